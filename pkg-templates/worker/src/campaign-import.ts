// POST /campaigns: a list of people, or a plan that was made elsewhere with the same package, becomes a campaign that waits to be approved.
import {
  type AccountBalance,
  Campaign,
  type Catalog,
  type ImportProgress,
  type ImportReport,
  importRecipients,
  inspectRecipients,
  isGiftCardError,
  type PlannedOrder,
  type PlanOptions,
  RecipientImport,
} from "giftcard-partners";

import { tellEvents } from "./bookkeeping.js";
import { type Left, limitsOf, type Over, type Spender, Spending, wordsOf } from "./budgets.js";
import { callbackUrl } from "./callbacks.js";
import { campaignId, childOf, childrenOf, hex } from "./campaign-ids.js";
import { type Quote, withOrder } from "./campaign-quote.js";
import { ensureRun } from "./campaign-run.js";
import type { NewOrder, Summary } from "./campaign-store.js";
import { progressOf } from "./campaigns.js";
import { catalogOf } from "./catalog.js";
import { clientOf } from "./client.js";
import { EndlessRecord, HEADER_ROW, linesOf, NoCsv, openCsv, recordsAt } from "./csv-records.js";
import type { Env } from "./env.js";
import { noted } from "./failures.js";
import type { ReadOptions } from "./import-options.js";
import { partsOf } from "./kept-files.js";
import { BODY_BYTES, CHILDREN, HEARD_MS, LINES_PER_ORDER, ORDERS_PER_CALL, PIECE_BYTES, PLAN_BYTES, ROW_BYTES, WORKBOOK_BYTES, WORKBOOK_ROWS } from "./limits.js";
import { ListReport } from "./list-report.js";
import { costOf } from "./order-cost.js";
import { bytesOf } from "./orders.js";
import { type PiecePlan, planPiece } from "./piece-plan.js";
import { openList, type PostedList, UnknownEncoding, WrongEncoding } from "./posted-list.js";
import { isToRun, latestOf, type PaidRow, Series } from "./series.js";

export interface CampaignRequest {
  name: string;
  /** How the list is read. */
  read: ReadOptions;
  /** The campaign that this one follows: whom it and all before it have paid is left out. */
  after?: string | undefined;
  /** Leaves rejected rows out instead of refusing the file. */
  skipRejected: boolean;
  /** Says what it would cost, and keeps nothing. */
  dryRun: boolean;
  /** Who posts it, and what that caller may spend. */
  poster: Spender;
  /** Where this Worker is reached from outside: the orders' webhooks come here. */
  origin: string;
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Imports a list: a workbook, or text of any length. Nothing is sent before somebody has approved what it costs. */
export async function importList(env: Env, posted: ReadableStream<Uint8Array>, request: CampaignRequest): Promise<Answer> {
  return take(env, posted, request, async (campaign, content) => readList(campaign, await openList(content, request.read.encoding)));
}

async function readList(campaign: Import, { kind, ...list }: PostedList): Promise<object> {
  const report = new ListReport();
  if (kind === "workbook") await readWorkbook(campaign, list.content, report);
  else await readText(campaign, list, report);
  const refusal = (message: string) => new Refused(400, "validation_failed", message, report.toJSON());
  if (report.accepted === 0 || (report.rejected > 0 && !campaign.request.skipRejected)) {
    const again = report.duplicates.length > 0 ? "?duplicates=accept where people are meant to be paid again, or " : "";
    const left = report.rejected > 0 && report.accepted > 0 ? `, or send it with ${again}?skipRejected=true to leave such rows out` : "";
    throw refusal(`Nothing was sent. Mend what \`summary\` says${left}; \`help\` names parameters that say more.`);
  }
  if (campaign.children === 0) throw refusal("Every row of this file is paid already, or may be.");
  return report.toJSON();
}

/** Piece by piece, however long it is. */
async function readText(campaign: Import, { content, encoding: known }: Omit<PostedList, "kind">, told: ListReport): Promise<void> {
  const { request, catalog } = campaign;
  const { type, columns, delimiter: said, headerRow } = request.read;
  const options = { type, ...(columns ? { columns } : {}), ...(said ? { delimiter: said } : {}), ...(headerRow ? { headerRow } : {}), ...(known ? { encoding: known } : {}) };
  const { header, delimiter, pieces } = await openCsv(content, (start) => inspectRecipients(start, options).catch(refuse));
  let encoding: string | undefined;
  for await (const { bytes, rows, linesBefore, isAscii } of pieces(PIECE_BYTES, ROW_BYTES)) {
    await campaign.touch();
    const report = reportOf(request, catalog, known, header, bytes);
    try {
      // The file was cut where the import sees no row end: what it makes of the pieces is not what it makes of the file.
      if (report.rows !== rows) throw unclear(linesBefore + 1);
      // Each piece tells its encoding by itself. Where two of them differ, the package would reject rows of the whole file.
      if (!isAscii) encoding ??= report.encoding;
      if (!isAscii && report.encoding !== encoding) throw mixed(linesBefore + 1);
      // Each piece was read behind a copy of the header.
      const offset = linesBefore - linesOf(header);
      const planned = await takePiece(campaign, report, offset, told);
      if (request.skipRejected && planned.rejected.length > 0) {
        const lines = new Set(planned.repeated.map((line) => line - linesBefore));
        const repeated = recordsAt(bytes, delimiter, lines);
        await campaign.keepRejected(report.rejectedCsv(), lines.size > 0 ? repeatedCsv(request, catalog, known, header, repeated) : undefined);
      }
      if (planned.plan) await campaign.addChild(planned.plan, planned.rows, offset);
    } finally {
      report.free();
    }
  }
  if (encoding) told.encoding = encoding;
}

/** As a whole: what a workbook says stands at its end. */
async function readWorkbook(campaign: Import, content: ReadableStream<Uint8Array>, told: ListReport): Promise<void> {
  const { request, catalog } = campaign;
  const bytes = await bytesOf({ headers: new Headers(), body: content }, WORKBOOK_BYTES);
  if (!bytes) throw new Refused(413, "too_large", `A workbook may have ${WORKBOOK_BYTES} bytes. Save the sheet as CSV UTF-8, which may be of any length.`);
  const { headerRow, encoding: _, delimiter: __, ...read } = request.read;
  const onProgress = ({ rows }: ImportProgress) => {
    if (rows > WORKBOOK_ROWS) throw new Refused(413, "too_large", `A workbook may have ${WORKBOOK_ROWS} rows. Save the sheet as CSV UTF-8, which may be of any length.`);
  };
  const report = await importRecipients(bytes, { ...read, ...(headerRow ? { headerRow } : {}), ...(catalog ? { catalog } : {}), onProgress }).catch(refuse);
  try {
    onProgress({ bytes: bytes.length, rows: report.rows, accepted: report.accepted, rejected: report.rejected.length });
    await campaign.touch();
    const planned = await takePiece(campaign, report, 0, told);
    if (request.skipRejected && planned.rejected.length > 0) await campaign.keepRejected(report.rejectedCsv());
    if (planned.plan) await campaign.addChild(planned.plan, planned.rows, 0);
  } finally {
    report.free();
  }
}

async function takePiece(campaign: Import, report: ImportReport, offset: number, told: ListReport): Promise<PiecePlan> {
  const rejects = campaign.request.read.duplicates !== "accept";
  const planned = await planPiece(campaign.series, { report, offset, rejects }, campaign.planOptions());
  told.add(report, planned, offset);
  return planned;
}

/** Takes a plan, `Campaign.toBytes()`: made with `plan({ after })`, say. Its orders that are not placed yet are run. */
export async function importPlan(env: Env, posted: ReadableStream<Uint8Array>, request: CampaignRequest): Promise<Answer> {
  return take(env, posted, request, async (campaign, content) => {
    // Programs call a workbook so as well.
    const list = await openList(content, "utf-8");
    return list.kind === "workbook" ? readList(campaign, list) : readPlan(campaign, list.content);
  });
}

async function readPlan(campaign: Import, content: ReadableStream<Uint8Array>): Promise<object> {
  const bytes = await bytesOf({ headers: new Headers(), body: content }, PLAN_BYTES);
  if (!bytes) throw new Refused(413, "too_large", `A plan may have ${PLAN_BYTES} bytes. Send the file itself, or several plans.`);
  const plan = orRefuse(() => Campaign.fromBytes(bytes));
  const { orders } = plan.progress().remaining;
  if (orders === 0) throw new Refused(400, "validation_failed", "Every order of this plan is placed already.");
  const { series, request } = campaign;
  const rows = await series.rowsOf(plan, 0);
  const { paid } = await series.judge(rows, false);
  if (paid.length > 0) {
    const message = `${paid.length} rows of this plan are paid already, or may be. Send the file itself with the same ?after=.`;
    throw new Refused(400, "validation_failed", message, { alreadyPaid: paid.length });
  }
  if (!request.after) rows.push(...(await series.rowsBefore(plan)));
  await campaign.addChild(plan, rows, 0);
  return { accepted: orders };
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
  read: (campaign: Import, content: ReadableStream<Uint8Array>) => Promise<object>,
): Promise<Answer> {
  const id = await campaignId(request.name, request.after);
  const before = request.after === undefined ? undefined : await env.CAMPAIGNS.getByName(request.after).summary();
  if (request.after !== undefined && !before) return { status: 404, body: { code: "not_found", message: "There is no such campaign to come after." } };
  const series = before?.series ?? id;
  const parent = env.CAMPAIGNS.getByName(id);
  const { content, digest } = digested(posted, request);

  const opened = await parent.open(request.name, series, request.poster);
  if ("known" in opened) {
    const { known } = opened;
    if (known.status === "importing") return conflict(id, "This campaign is being imported. Ask again in some minutes.");
    for await (const _ of content) {
      // Read to the end: only then its digest is known.
    }
    if ((await digest) !== known.digest) {
      if (known.status === "review") return conflict(id, "A campaign of this name with another content waits to be approved. Approve it, or delete it first.");
      return comesAfter(id, await latestOf(env, series));
    }
    // Whoever approved it may have gone before it was started.
    if (!["done", "review", "cancelled"].includes(known.status)) await ensureRun(env, id, known.children);
    return { status: 200, body: (await progressOf(env, id)) ?? {} };
  }

  const joined = await joinSeries(env, series, { id, opened: opened.import, after: request.after }, before);
  if ("status" in joined) {
    await parent.discard(opened.import);
    return joined;
  }
  const [catalog, balance] = await Promise.all([catalogOf(env), clientOf(env).accountBalance().catch(() => undefined)]);
  const campaign = new Import(env, id, opened.import, request, joined, catalog, balance);
  let report: object;
  try {
    report = await read(campaign, content.pipeThrough(campaign.hearing()));
    const { quotes, over } = await campaign.judged();
    if (over) throw new Refused(402, "over_budget", `${wordsOf(over, "The campaign")} Nothing was kept.`, { ...report, quote: quotes, over });
    if (request.dryRun) {
      await campaign.discard();
      return { status: 200, body: { ...report, quote: quotes } };
    }
    await parent.close(opened.import, await digest, campaign.children, quotes, campaign.spending.toJSON(), request.poster.id);
  } catch (error) {
    await campaign.discard();
    const { status, code, message, more } = refusalOf(error);
    return { status, body: { code, message, ...more } };
  } finally {
    catalog?.free();
  }
  await tellEvents(env, id).catch(noted);
  return { status: 202, body: { ...report, ...(await progressOf(env, id)) } };
}

/** Takes part in a series, unless its last campaign is not the one that is to be followed, or is not approved. */
async function joinSeries(
  env: Env,
  series: string,
  { id, opened, after }: { id: string; opened: number; after: string | undefined },
  before: Summary | undefined,
): Promise<Series | Answer> {
  if (before && (before.status === "importing" || before.status === "review")) {
    return conflict(id, "The campaign that this one is to follow waits to be approved. Approve it, or delete it first.");
  }
  const joined = await Series.join(env, series, { id, opened, after });
  return "latest" in joined ? comesAfter(id, joined.latest) : joined;
}

/** How a file that has grown is sent. */
function comesAfter(id: string, latest: string | undefined): Answer {
  const message = "There is a campaign of this name with another content, or another one is the last that was sent after it.";
  const how = `Send the file with ?after=${latest}: whom that campaign and all before it have paid is left out.`;
  return { status: 409, body: { ...conflict(id, `${message} ${how}`).body, after: latest } };
}

function refusalOf(error: unknown): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof UnknownEncoding) return new Refused(400, "bad_request", error.message);
  if (error instanceof WrongEncoding) return new Refused(400, "invalid_encoding", "The file is not in the encoding that was said, or that its first bytes say. Nothing was sent.");
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
  /** What the children so far would cost, and what of it no budget has counted yet. */
  quotes: Quote[] = [];
  readonly spending: Spending;
  #heard = Date.now();
  #rejectedFiles = 0;

  constructor(
    readonly env: Env,
    readonly id: string,
    readonly number: number,
    readonly request: CampaignRequest,
    readonly series: Series,
    readonly catalog: Catalog | undefined,
    readonly balance: AccountBalance | undefined,
  ) {
    this.spending = new Spending(env, request.poster, limitsOf(env, request.poster));
  }

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

  /** How its next child is planned. The same rows after another campaign are other orders. */
  planOptions(): PlanOptions {
    const { name, after } = this.request;
    return { campaign: `${name}/${this.children}`, maxLinesPerOrder: LINES_PER_ORDER, ...(after ? { salt: after } : {}) };
  }

  /** Stores the orders of a plan, which is freed, and whom they pay. `offset`: how many lines further down the file has what the plan has. */
  async addChild(plan: Campaign, rows: PaidRow[], offset: number): Promise<void> {
    if (this.children >= CHILDREN) throw new Refused(413, "too_large", "The file is too long: send its parts as campaigns of their own.");
    const number = this.children;
    const child = childOf(this.id, number);
    const store = this.env.CAMPAIGNS.getByName(child);
    this.children += 1;
    try {
      await store.openChild(this.id, number, this.number);
      await this.series.add(number, rows);
      for (const [part, bytes] of partsOf(plan.toBytes()).entries()) await store.keepFile(this.number, "plan", part, bytes, offset);
      let batch: NewOrder[] = [];
      for (const order of plan.orders()) {
        if (!isToRun(order.state)) continue;
        batch.push(await this.#stored(child, order));
        if (batch.length < ORDERS_PER_CALL) continue;
        await store.add(this.number, batch);
        await this.spending.add(batch);
        batch = [];
      }
      await store.add(this.number, batch);
      await this.spending.add(batch);
    } finally {
      plan.free();
    }
    await store.closeChild(this.number);
  }

  /** Keeps the rejected rows of a piece. */
  async keepRejected(...files: (Uint8Array | undefined)[]): Promise<void> {
    for (const file of files) {
      if (!file) continue;
      const name = `rejected ${this.#rejectedFiles}` as const;
      this.#rejectedFiles += 1;
      for (const [part, bytes] of partsOf(file).entries()) await this.env.CAMPAIGNS.getByName(this.id).keepFile(this.number, name, part, bytes, 0);
    }
  }

  /** What it costs, with what the budgets have left; and which of them it would exceed. */
  async judged(): Promise<{ quotes: Quote[]; over?: Over }> {
    const { left, over } = await this.spending.judge(this.quotes.map(({ currency = "" }) => currency));
    const quotes = this.quotes.map((quote) => ({ ...quote, ...(left.has(quote.currency ?? "") ? { left: left.get(quote.currency ?? "") as Left } : {}) }));
    return { quotes, ...(over ? { over } : {}) };
  }

  async discard(): Promise<void> {
    // The campaign first: one that runs keeps its children.
    if (!(await this.env.CAMPAIGNS.getByName(this.id).discard(this.number))) return;
    await this.series.leave(this.id, this.number);
    for (const id of childrenOf(this.id, this.children)) await this.env.CAMPAIGNS.getByName(id).discard(this.number);
  }

  /** With a callback URL as its last field, unless it was sent before: then its bytes stay what they were. */
  async #stored(child: string, { poNumber, lineCount, state, body }: PlannedOrder): Promise<NewOrder> {
    const mayExist = state === "sent" || state === "unknown";
    const cost = orRefuse(() => costOf(body, this.catalog, this.balance));
    this.quotes = withOrder(this.quotes, cost, lineCount);
    const url = mayExist ? undefined : await callbackUrl(this.env, this.request.origin, child, poNumber);
    const bytes = url ? withField(body, `"WebhookSettings":${JSON.stringify({ FulfillmentComplete: url })}`) : body;
    if (bytes.length > BODY_BYTES) {
      throw new Refused(413, "too_large", `An order has more than ${BODY_BYTES} bytes. Plan it with fewer lines an order.`);
    }
    return { poNumber, lineCount, body: bytes, mayExist, cost };
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

/** What some pieces make. What the caller asked for and cannot be had is the caller's to mend. `encoding`: what the pieces are in, where that is known. */
function reportOf({ read }: CampaignRequest, catalog: Catalog | undefined, encoding: string | undefined, ...pieces: Uint8Array[]): ImportReport {
  // What is said of the whole file, each piece's header says already.
  const { sheet: _, delimiter: __, encoding: ___, ...options } = read;
  const told = { ...options, headerRow: HEADER_ROW, ...(encoding ? { encoding } : {}), ...(catalog ? { catalog } : {}) };
  const importer = orRefuse(() => new RecipientImport(told));
  for (const piece of pieces) importer.push(piece);
  return importer.finish();
}

/** Rows that repeat those of a piece before, as the package writes rejected ones: of each row twice the second is one. */
function repeatedCsv(request: CampaignRequest, catalog: Catalog | undefined, encoding: string | undefined, header: Uint8Array, records: Uint8Array): Uint8Array {
  const report = reportOf(request, catalog, encoding, header, records, records);
  try {
    return report.rejectedCsv();
  } finally {
    report.free();
  }
}

function orRefuse<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    return refuse(error);
  }
}

function refuse(error: unknown): never {
  if (error instanceof Refused) throw error;
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
function digested(stream: ReadableStream<Uint8Array>, { read }: CampaignRequest): Digested {
  const digest = new crypto.DigestStream("SHA-256");
  const writer = digest.getWriter();
  const content = stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      start: () => writer.write(new TextEncoder().encode(`${JSON.stringify(read)}\n`)),
      async transform(chunk, controller) {
        await writer.write(chunk);
        controller.enqueue(chunk);
      },
      flush: () => writer.close(),
    }),
  );
  return { content, digest: digest.digest.then(hex) };
}
