// The platform's limits, and what follows from them. Everything that depends on a limit is computed here and nowhere else.

/** Bytes of a value in a Durable Object's SQLite row: 2 MB. developers.cloudflare.com/durable-objects/platform/limits */
const ROW_BYTES = 2_000_000;

/** Requests that one invocation may make: 1,000 unless configured higher. developers.cloudflare.com/workers/platform/limits */
const SUBREQUESTS = 1_000;

/** Steps of a Workflow: 1,024 on the free plan, 10,000 on the paid one. developers.cloudflare.com/workflows/reference/limits */
const STEPS = 1_024;

/** Memory of an isolate: 128 MB. developers.cloudflare.com/workers/platform/limits. A quarter of it may hold imported rows. */
const IMPORT_BYTES = 32_000_000;

/** What an imported row takes in memory, and the fewest bytes that it has in a file: an address and a value. */
const ROW_IN_MEMORY = 600;
const ROW_IN_FILE = 20;

/** Requests that one order takes at worst: attempts, the history, the original, a token, the ledger. */
const REQUESTS_PER_ORDER = 18;

/** Steps of a run that are kept for looking at pending orders; a look takes three. */
const STEPS_FOR_LOOKS = 450;

/** The longest body of an order that a row holds, and that POST /orders takes. */
export const BODY_BYTES = ROW_BYTES - 100_000;

/** Lines of one order of a campaign: at 3.5 KB a line, which is a long message and every field, the body still fits a row. */
export const LINES_PER_ORDER = 500;

/** A file is imported in pieces of this size, and each piece becomes a child campaign. */
export const PIECE_BYTES = Math.floor(IMPORT_BYTES / (ROW_IN_MEMORY / ROW_IN_FILE));

/** The longest plan that is taken, bodies included: it is in memory twice. */
export const PLAN_BYTES = IMPORT_BYTES / 2;

/** Orders that one step places. */
export const ORDERS_PER_STEP = Math.min(20, Math.floor(SUBREQUESTS / REQUESTS_PER_ORDER));

/** Looks at pending orders before a run ends; with waits of 5 minutes at the most that is half a day. `resume` looks again. */
export const LOOKS_PER_RUN = Math.floor(STEPS_FOR_LOOKS / 3);

/** Orders that are looked at in one step; each takes up to four attempts. */
export const LOOKS_PER_STEP = Math.floor(SUBREQUESTS / 5);

/** Rounds of a run that place orders: each takes up to four steps. A run that uses them up ends, and `resume` goes on. */
export const ROUNDS_PER_RUN = Math.floor((STEPS - STEPS_FOR_LOOKS) / 4);
