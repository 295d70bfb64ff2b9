// POST /campaigns: a CSV, or a plan that was made elsewhere with the same package, becomes a campaign that runs.
import {
  type AccountBalance,
  Campaign,
  type Catalog,
  type FileIssue,
  type ImportReport,
  inspectRecipients,
  isGiftCardError,
  type LineItem,
  type OrderType,
  type PlannedOrder,
  RecipientImport,
} from "giftcard-partners";

import { callbackUrl } from "./callbacks.js";
import { campaignId, childOf, childrenOf, hex } from "./campaign-ids.js";
import { type Quote, withPiece } from "./campaign-quote.js";
import { ensureRun } from "./campaign-run.js";
import type { NewOrder } from "./campaign-store.js";
import { progressOf } from "./campaigns.js";
import { catalogOf } from "./catalog.js";
import { clientOf } from "./client.js";
import { EndlessRecord, HEADER_ROW, linesOf, NoCsv, openCsv } from "./csv-records.js";
import type { Env } from "./env.js";
import { BODY_BYTES, CHILDREN, HEARD_MS, LINES_PER_ORDER, ORDERS_PER_CALL, PIECE_BYTES, PLAN_BYTES, ROW_BYTES } from "./limits.js";
import { bytesOf } from "./orders.js";
import { rowOfFile, withIssues } from "./piece-report.js";

export interface CampaignRequest {
  name: string;
  type: OrderType;
  /** What the file's columns do not say. */
  defaults: Partial<LineItem>;
  /** Leaves rejected rows out instead of refusing the file. */
  skipRejected: boolean;
  /** Whether a row that pays the same person the same again is meant so. */
  duplicates: "reject" | "accept";
  /** Says what it would cost, and keeps nothing. */
  dryRun: boolean;
  /** Where this Worker is reached from outside: the orders' webhooks come here. */
  origin: string;
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Rejected and repeated rows that an answer lists. */
const LISTED = 1_000;

/** Imports a file of any length. Nothing is sent before somebody has approved what it costs. */
export async function importCsv(env: Env, posted: ReadableStream<Uint8Array>, request: CampaignRequest): Promise<Answer> {
  const catalog = await catalogOf(env);
  try {
    return await take(env, posted, request, catalog, async (campaign, content) => {
      const { header, pieces } = await openCsv(content, (start) => inspectRecipients(start, { type: request.type }).catch(refuse));
      const told = { rows: 0, accepted: 0, rejected: 0, ignoredColumns: [] as string[], issues: [] as FileIssue[] };
      const rejectedRows: ImportReport["rejected"] = [];
      const duplicates: unknown[] = [];
      let encoding: string | undefined;
      for await (const { bytes, rows, linesBefore, isAscii } of pieces(PIECE_BYTES, ROW_BYTES)) {
        await campaign.touch();
        const { type, defaults } = request;
        const importer = importerOf({ type, defaults, duplicates: request.duplicates, headerRow: HEADER_ROW, ...(catalog ? { catalog } : {}) });
        importer.push(header);
        importer.push(bytes);
        const report = importer.finish();
        try {
          // The file was cut where the import sees no row end: what it makes of the pieces is not what it makes of the file.
          if (report.rows !== rows) throw unclear(linesBefore + 1);
          // Each piece tells its encoding by itself. Where two of them differ, the package would reject rows of the whole file.
          if (!isAscii) encoding ??= report.encoding;
          if (!isAscii && report.encoding !== encoding) throw mixed(linesBefore + 1);
          // Each piece was read behind a copy of the header.
          const offset = linesBefore - linesOf(header);
          told.rows += report.rows;
          told.ignoredColumns = report.ignoredColumns;
          told.issues = withIssues(told.issues, report.issues, offset);
          told.accepted += report.accepted;
          told.rejected += report.rejected.length;
          for (const row of report.rejected.slice(0, LISTED - rejectedRows.length)) rejectedRows.push(rowOfFile(row, offset));
          for (const { line, firstLine } of report.duplicates.slice(0, LISTED - duplicates.length)) {
            duplicates.push({ line: line + offset, firstLine: firstLine + offset });
          }
          if (report.accepted > 0) await campaign.addChild((child) => planOf(report, `${request.name}/${child}`));
        } finally {
          report.free();
        }
      }
      const answer = { ...told, rejectedRows, duplicates };
      if (told.accepted === 0 || (told.rejected > 0 && !request.skipRejected)) {
        throw new Refused(400, "validation_failed", `Nothing was sent. Mend the rows, or send the file with ${parametersFor(rejectedRows)}.`, answer);
      }
      return answer;
    });
  } finally {
    catalog?.free();
  }
}

/** Takes a plan, `Campaign.toBytes()`: made with `plan({ after })`, say. Its orders that are not placed yet are run. */
export async function importPlan(env: Env, posted: ReadableStream<Uint8Array>, request: CampaignRequest): Promise<Answer> {
  const catalog = await catalogOf(env);
  try {
    return await take(env, posted, request, catalog, async (campaign, content) => {
      const bytes = await bytesOf({ headers: new Headers(), body: content }, PLAN_BYTES);
      if (!bytes) throw new Refused(413, "too_large", `A plan may have ${PLAN_BYTES} bytes. Send the file itself, or several plans.`);
      const plan = orRefuse(() => Campaign.fromBytes(bytes));
      const { orders } = plan.progress().remaining;
      if (orders === 0) throw new Refused(400, "validation_failed", "Every order of this plan is placed already.");
      await campaign.addChild(() => plan);
      return { accepted: orders };
    });
  } finally {
    catalog?.free();
  }
}

/** What takes a file as it is. */
function parametersFor(rejected: ImportReport["rejected"]): string {
  const isRepeated = rejected.some(({ issues }) => issues.some(({ code }) => code === "duplicate_row"));
  return isRepeated ? "?duplicates=accept where people are meant to be paid again, or ?skipRejected=true to leave such rows out" : "?skipRejected=true";
}

/** Why a file is not taken. */
class Refused extends Error {
  constructor(readonly status: number, readonly code: string, message: string, readonly more: object = {}) {
    super(message);
  }
}

/** Reads what was posted, unless the campaign is there already: then the same content is its progress, and another is refused. */
async function take(
  env: Env,
  posted: ReadableStream<Uint8Array>,
  request: CampaignRequest,
  catalog: Catalog | undefined,
  read: (campaign: Import, content: ReadableStream<Uint8Array>) => Promise<object>,
): Promise<Answer> {
  const id = await campaignId(request.name);
  const parent = env.CAMPAIGNS.getByName(id);
  const { content, digest } = digested(posted, request);

  const opened = await parent.open(request.name);
  if ("known" in opened) {
    const { known } = opened;
    if (known.status === "importing") return conflict(id, "This campaign is being imported. Ask again in some minutes.");
    for await (const _ of content) {
      // Read to the end: only then its digest is known.
    }
    if ((await digest) !== known.digest) {
      if (known.status === "review") return conflict(id, "A campaign of this name with another content waits to be approved. Approve it, or delete it first.");
      const again = "Under a new name, a grown or mended file would pay again whom this one has paid.";
      return conflict(id, `A campaign of this name has another content. ${again} README.md says how it is planned after this one.`);
    }
    // Whoever approved it may have gone before it was started.
    if (known.status !== "done" && known.status !== "review") await ensureRun(env, id, known.children);
    return { status: 200, body: (await progressOf(env, id)) ?? {} };
  }

  const balance = await clientOf(env).accountBalance().catch(() => undefined);
  const campaign = new Import(env, id, opened.import, request, catalog, balance);
  let report: object;
  try {
    report = await read(campaign, content.pipeThrough(campaign.hearing()));
    if (request.dryRun) {
      await campaign.discard();
      return { status: 200, body: { ...report, quote: campaign.quotes } };
    }
    await parent.close(opened.import, await digest, campaign.children, campaign.quotes);
  } catch (error) {
    await campaign.discard();
    const { status, code, message, more } = refusalOf(error);
    return { status, body: { code, message, ...more } };
  }
  return { status: 202, body: { ...report, ...(await progressOf(env, id)) } };
}

function refusalOf(error: unknown): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof NoCsv) return new Refused(415, "unsupported_encoding", "Save the file as CSV UTF-8 and send it again.");
  if (!(error instanceof EndlessRecord)) throw error;
  const { line, limit } = error;
  const message = `The row that begins in line ${line} is longer than ${limit} bytes: is its quote never closed? Nothing was sent.`;
  return new Refused(400, "validation_failed", message, { line });
}

function unclear(line: number): Refused {
  const message = `From line ${line} on it is not clear where rows end. Nothing was sent. Look at the quotes, or send the file's plan.`;
  return new Refused(400, "unsupported_file", message, { line });
}

function mixed(line: number): Refused {
  const message = `From line ${line} on the file is in another encoding than before. Nothing was sent. Save the file as CSV UTF-8.`;
  return new Refused(400, "invalid_encoding", message, { line });
}

/** A campaign that is being imported; its children are filled one after the other. */
class Import {
  children = 0;
  /** What the children so far would cost. */
  quotes: Quote[] = [];
  #heard = Date.now();

  constructor(
    readonly env: Env,
    readonly id: string,
    readonly number: number,
    readonly request: CampaignRequest,
    readonly catalog: Catalog | undefined,
    readonly balance: AccountBalance | undefined,
  ) {}

  /** Whoever is not heard of for some minutes is given up. */
  async touch(): Promise<void> {
    this.#heard = Date.now();
    await this.env.CAMPAIGNS.getByName(this.id).touch(this.number);
  }

  /** Passes an upload through, and is heard of while it goes on. */
  hearing(): TransformStream<Uint8Array, Uint8Array> {
    return new TransformStream({
      transform: async (chunk, controller) => {
        if (Date.now() - this.#heard >= HEARD_MS) await this.touch();
        controller.enqueue(chunk);
      },
    });
  }

  /** Stores the orders of a plan, which is freed. */
  async addChild(planned: (child: number) => Campaign): Promise<void> {
    if (this.children >= CHILDREN) throw new Refused(413, "too_large", "The file is too long: send its parts as campaigns of their own.");
    const number = this.children;
    const child = childOf(this.id, number);
    const store = this.env.CAMPAIGNS.getByName(child);
    this.children += 1;
    await store.openChild(this.id, number, this.number);
    const plan = planned(number);
    try {
      this.quotes = orRefuse(() => withPiece(this.quotes, plan, this.catalog, this.balance));
      let batch: NewOrder[] = [];
      for (const order of plan.orders()) {
        if (!["planned", "short", "sent", "unknown"].includes(order.state)) continue;
        batch.push(await this.#stored(child, order));
        if (batch.length < ORDERS_PER_CALL) continue;
        await store.add(this.number, batch);
        batch = [];
      }
      await store.add(this.number, batch);
    } finally {
      plan.free();
    }
    await store.closeChild(this.number);
  }

  async discard(): Promise<void> {
    // The campaign first: one that runs keeps its children.
    if (!(await this.env.CAMPAIGNS.getByName(this.id).discard(this.number))) return;
    for (const id of childrenOf(this.id, this.children)) await this.env.CAMPAIGNS.getByName(id).discard(this.number);
  }

  /** With a callback URL as its last field, unless it was sent before: then its bytes stay what they were. */
  async #stored(child: string, { poNumber, lineCount, state, body }: PlannedOrder): Promise<NewOrder> {
    const mayExist = state === "sent" || state === "unknown";
    const url = mayExist ? undefined : await callbackUrl(this.env, this.request.origin, child, poNumber);
    const bytes = url ? withField(body, `"WebhookSettings":${JSON.stringify({ FulfillmentComplete: url })}`) : body;
    if (bytes.length > BODY_BYTES) {
      throw new Refused(413, "too_large", `An order has more than ${BODY_BYTES} bytes. Plan it with fewer lines an order.`);
    }
    return { poNumber, lineCount, body: bytes, mayExist };
  }
}

function withField(body: Uint8Array, field: string): Uint8Array {
  const end = body.lastIndexOf(0x7d);
  const tail = new TextEncoder().encode(`,${field}}`);
  const whole = new Uint8Array(end + tail.length);
  whole.set(body.subarray(0, end));
  whole.set(tail, end);
  return whole;
}

function planOf(report: ImportReport, campaign: string): Campaign {
  return report.plan({ campaign, maxLinesPerOrder: LINES_PER_ORDER });
}

/** What the caller asked for and cannot be had is the caller's to mend. */
function importerOf(options: ConstructorParameters<typeof RecipientImport>[0]): RecipientImport {
  return orRefuse(() => new RecipientImport(options));
}

function orRefuse<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    return refuse(error);
  }
}

function refuse(error: unknown): never {
  if (isGiftCardError(error)) throw new Refused(400, "bad_request", error.message);
  throw error;
}

function conflict(id: string, message: string): Answer {
  return { status: 409, body: { code: "conflict", message, id } };
}

interface Digested {
  content: ReadableStream<Uint8Array>;
  /** Known when the content was read to its end. */
  digest: Promise<string>;
}

/** The content passes through and leaves its digest, with what else decides what is ordered. */
function digested(stream: ReadableStream<Uint8Array>, { type, defaults, duplicates }: CampaignRequest): Digested {
  const digest = new crypto.DigestStream("SHA-256");
  const writer = digest.getWriter();
  const content = stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      start: () => writer.write(new TextEncoder().encode(`${JSON.stringify([type, defaults, ...(duplicates === "accept" ? [duplicates] : [])])}\n`)),
      async transform(chunk, controller) {
        await writer.write(chunk);
        controller.enqueue(chunk);
      },
      flush: () => writer.close(),
    }),
  );
  return { content, digest: digest.digest.then(hex) };
}
