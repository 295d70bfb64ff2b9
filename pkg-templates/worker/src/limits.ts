// The platform's limits, and what follows from them. Everything that depends on a limit is computed here and nowhere else.
// They are those of the Workers Paid plan, compared on 1 December 2026 with Cloudflare's documentation as it stood in mid 2026; the free one's 10 ms of CPU time
// do not import a spreadsheet.
import { PAYMENT_BYTES } from "./payment-rows.js";

/** What Cloudflare documents; tests hold the values below to it. */
export const PLATFORM = {
  /** Bytes of a row of a Durable Object's SQLite: 2 MB. developers.cloudflare.com/durable-objects/platform/limits */
  rowBytes: 2_000_000,
  /** Bytes of one call to a Durable Object, arguments or result: 32 MiB. developers.cloudflare.com/workers/runtime-apis/rpc */
  callBytes: 32 * 1_024 * 1_024,
  /** Requests of one invocation, calls to Durable Objects and KV included. developers.cloudflare.com/workers/platform/limits */
  subrequests: 10_000,
  /** CPU time of an invocation, as wrangler.jsonc sets it: 5 minutes is the most. developers.cloudflare.com/workers/platform/limits */
  cpuMs: 300_000,
  /** Connections that an invocation may wait for at a time. developers.cloudflare.com/workers/platform/limits */
  connections: 6,
  /** Memory of an isolate. developers.cloudflare.com/workers/platform/limits */
  memoryBytes: 128_000_000,
  /** The largest body of a request on the Free and Pro plans of a domain. developers.cloudflare.com/workers/platform/limits */
  uploadBytes: 100_000_000,
  /** Steps of a Workflow: 10,000 on the paid plan. developers.cloudflare.com/workflows/reference/limits */
  steps: 10_000,
  /** Milliseconds that a Workflow waits for an event at the least: a second. developers.cloudflare.com/workflows/build/events-and-parameters */
  eventMs: 1_000,
  /** Characters of an instance's id. developers.cloudflare.com/workflows/reference/limits */
  instanceIdCharacters: 100,
} as const;

/** Attempts that the client makes for one request, and the milliseconds after which it gives a call up: its defaults. */
const ATTEMPTS = 4;
const DEADLINE_MS = 120_000;

/** What an imported row takes in memory at the most, and in a file at the least: an address and a value. */
export const ROW_IN_MEMORY = 600;
export const ROW_IN_FILE = 20;

/** Microseconds of CPU time that a row may take to import, so that the longest file gets through: several times what it takes. */
export const ROW_CPU_US = (PLATFORM.cpuMs * 1_000) / (PLATFORM.uploadBytes / ROW_IN_FILE);

/** A quarter of the memory may hold imported rows; their orders, the catalog and other requests want theirs. */
const IMPORT_BYTES = PLATFORM.memoryBytes / 4;

/** The longest body of an order: those that are sent at a time are in memory twice, beside their plan. */
export const BODY_BYTES = 1_900_000;

/** Lines of one order of a campaign: at 3.5 KB a line, which is a long message and every field, the body is no longer than it may be. */
export const LINES_PER_ORDER = 500;

/** A file is imported in pieces of this size, and each piece becomes a child campaign. */
export const PIECE_BYTES = Math.floor(IMPORT_BYTES / (ROW_IN_MEMORY / ROW_IN_FILE));

/** Bytes of an upload that are read at a time, where so many are there: the platform hands out 4 KB otherwise, each at the price of a wait. */
export const CHUNK_BYTES = 128 * 1_024;

/** Bytes of a part of a plan that is kept: it fits a row. */
export const PLAN_PART_BYTES = PLATFORM.rowBytes - 100_000;

/** Parts of a plan that one call takes: those of a piece of a usual file. */
export const PARTS_PER_CALL = 3;

/** Payments of which the index keeps one row: with its other columns it fits a row. */
export const PAYMENTS_PER_PAGE = Math.floor((PLATFORM.rowBytes - 100_000) / PAYMENT_BYTES);

/** Lines of the audit that one call takes or tells: each is far under a kilobyte. */
export const LINES_PER_PAGE = 1_000;

/** What was done to a campaign and could not be told to the audit and the list at once is told so much later. */
export const TOLD_MS = 60_000;

/** Campaigns of a page of the list. */
export const CAMPAIGNS_PER_PAGE = 100;

/** How long the webhook of alerts may take. */
export const ALERT_ANSWER_MS = 10_000;

/** How long it is until an alert is tried again at first; then twice as long each time. */
export const ALERT_MS = 10_000;

/** Tries of an alert: the last one comes a day after the first. */
export const ALERT_TRIES = 14;

/** A campaign that has not moved for so long is looked at, and a person hears of it. */
export const STILL_MS = 2 * 60 * 60_000;

/** Days for which people are kept after a campaign has ended, where RETENTION_DAYS says nothing. */
export const RETENTION_DAYS = 30;

/** The longest row of a file; the import rejects longer ones. A file with one is refused: a quote in it is not closed. */
export const ROW_BYTES = 256 * 1_024;

/** The longest plan that is taken, bodies included: it is in memory twice. */
export const PLAN_BYTES = IMPORT_BYTES / 2;

/** The largest workbook, and its most rows: it is in memory as it is, beside its rows. */
export const WORKBOOK_BYTES = IMPORT_BYTES / 4;
export const WORKBOOK_ROWS = Math.floor(IMPORT_BYTES / ROW_IN_MEMORY);

/** Of an import that was not heard of for so long nobody waits for the rest; nothing of it was sent. An upload may pause for less. */
export const ABANDONED_MS = 5 * 60_000;

/** How often a slow upload says that it goes on. */
export const HEARD_MS = ABANDONED_MS / 5;

/** Characters of a campaign's name. */
export const NAME_CHARACTERS = 200;

/** Over how long wrangler.jsonc has the platform count a caller's requests, and how long whoever asked for too much waits. */
export const RATE_LIMIT_MS = 60_000;

/** Orders of which one call tells what is known: a PO number, what it costs, a URL, a state and an id, each far under a kilobyte. */
export const ORDERS_PER_LIST = Math.floor(PLATFORM.callBytes / 4_000);

/** Orders that are sent at a time: two connections are left to the token and the ledger. */
export const CONCURRENCY = PLATFORM.connections - 2;

/** The longest callback that is read: it names an order, and no more of it is believed. */
export const HOOK_BYTES = 1_000_000;

/** Orders that one step places: each takes two requests to a Durable Object that are the step's, whatever it places. */
export const ORDERS_PER_STEP = 28;

/** What a step's orders may take: each may use its deadline twice, for itself and for the history. */
export const STEP_MS = Math.ceil(ORDERS_PER_STEP / CONCURRENCY) * 2 * DEADLINE_MS + 60_000;

/** Pages of a hundred orders in which an order in doubt is looked for: as many as `createOrder` reads. */
export const HISTORY_PAGES = 10;

/** Requests that one order takes: its attempts, the history, the original with its attempts, a token, the catalog's cache, ledger and budgets. */
export const REQUESTS_PER_ORDER = 2 * ATTEMPTS + HISTORY_PAGES + 8;

/** A run's requests are shared evenly between placing and looking. When one is used up, the next run goes on. */
const RUN_REQUESTS = PLATFORM.subrequests / 2;

/** Requests of a round that are none of its orders': its plan is read, and what it comes to is told to the audit, the list and the alerts. */
export const REQUESTS_PER_ROUND = 14 + Math.ceil(IMPORT_BYTES / PLAN_PART_BYTES);

/** Rounds of a run that place orders; each takes up to four steps. */
export const ROUNDS_PER_RUN = Math.floor(RUN_REQUESTS / (ORDERS_PER_STEP * REQUESTS_PER_ORDER + REQUESTS_PER_ROUND));

/** Pending orders that are looked at in one step; each takes its attempts and a call to the ledger. */
export const LOOKS_PER_STEP = 50;

/** Steps of a run that look at pending orders; each comes with two more. */
export const LOOKS_PER_RUN = Math.floor(RUN_REQUESTS / (LOOKS_PER_STEP * (ATTEMPTS + 1)));

/** Looks at its children in a parent's run; each takes two steps and four requests, and a file has at most `CHILDREN` of them. */
export const PARENT_LOOKS_PER_RUN = 1_000;

/** Children of the longest file. */
export const CHILDREN = Math.ceil(PLATFORM.uploadBytes / PIECE_BYTES);
