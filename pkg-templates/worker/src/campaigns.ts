// POST /campaigns: a CSV, or a plan that was made elsewhere with the same package, becomes a campaign that runs.
import { Campaign, type Catalog, type ImportReport, type LineItem, type OrderType, RecipientImport, signCallbackUrl } from "giftcard-partners";

import { childOf, start, tell } from "./campaign-run.js";
import type { CampaignStatus, Progress, StoredOrder } from "./campaign-store.js";
import { clientOf } from "./client.js";
import { headerOf, isUtf16, linesOf, pieces } from "./csv-records.js";
import type { Env } from "./env.js";
import { BODY_BYTES, LINES_PER_ORDER, PIECE_BYTES } from "./limits.js";

export interface CampaignRequest {
  name: string;
  type: OrderType;
  /** What the file's columns do not say. */
  defaults: Partial<LineItem>;
  /** Starts although some rows were rejected. */
  skipRejected: boolean;
  /** Where this Worker is reached from outside: the orders' webhooks come here. */
  origin: string;
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Rejected rows that an answer lists. */
const LISTED = 1_000;
/** Orders that go to a Durable Object in one call. */
const BATCH = 10;

/** Imports a file of any length and starts it. Nothing is sent before the whole file was read and found right. */
export async function importCsv(env: Env, csv: ReadableStream<Uint8Array>, request: CampaignRequest): Promise<Answer> {
  return take(env, csv, request, async (id, content) => {
    const catalog = await catalogOf(env);
    const rejected: unknown[] = [];
    const totals = { rows: 0, accepted: 0, rejected: 0 };
    let header: Uint8Array | undefined;
    let children = 0;
    for await (const { bytes, linesBefore } of pieces(content, PIECE_BYTES)) {
      if (!header && isUtf16(bytes)) return refuse(415, "unsupported_encoding", "Save the file as CSV UTF-8 and send it again.");
      const importer = new RecipientImport({ type: request.type, defaults: request.defaults, ...(catalog ? { catalog } : {}) });
      if (header) importer.push(header);
      header ??= headerOf(bytes);
      importer.push(bytes);
      const report = importer.finish();
      totals.rows += report.rows;
      totals.accepted += report.accepted;
      totals.rejected += report.rejected.length;
      // The piece began with a copy of the header.
      const offset = linesBefore === 0 ? 0 : linesBefore - linesOf(header);
      rejected.push(...rejectedOf(report, offset).slice(0, Math.max(0, LISTED - rejected.length)));
      if (report.accepted > 0) {
        const added = await addPiece(env, childOf(id, children), report, children, request);
        if (!added) return refuse(413, "too_large", "A row of the file is too long.");
        children += 1;
      }
      report.free();
    }
    const answer = { ...totals, rejectedRows: rejected };
    if (totals.accepted === 0 || (totals.rejected > 0 && !request.skipRejected)) {
      const message = "Nothing was sent. Mend the rows, or send the file with ?skipRejected=true.";
      return { children, answer: { status: 400, body: { code: "validation_failed", message, ...answer } } };
    }
    return { children, report: answer };
  });
}

/** Takes a plan, `Campaign.toBytes()`: made with `plan({ after })`, say. Its orders that are not placed yet are run. */
export async function importPlan(env: Env, plan: ReadableStream<Uint8Array>, request: CampaignRequest): Promise<Answer> {
  return take(env, plan, request, async (id, content) => {
    const campaign = Campaign.fromBytes(new Uint8Array(await new Response(content).arrayBuffer()));
    const orders = campaign.next();
    campaign.free();
    const added = await addOrders(env, childOf(id, 0), orders, request);
    if (!added) return refuse(413, "too_large", "An order of the plan is too long: plan it with fewer lines an order.");
    return { children: 1, report: { orders: orders.length } };
  });
}

/** How far a campaign is: the sum of its children. */
export async function progressOf(env: Env, id: string): Promise<Record<string, unknown> | undefined> {
  const summary = await env.CAMPAIGNS.getByName(id).summary();
  if (!summary) return undefined;
  const children = await Promise.all(childrenOf(env, id, summary.children).map((child) => child.progress()));
  const sum = (count: (child: Progress) => number) => children.reduce((total, child) => total + count(child), 0);
  const states: Record<string, number> = {};
  for (const child of children) {
    for (const [state, count] of Object.entries(child.states)) states[state] = (states[state] ?? 0) + count;
  }
  // The parent's own word counts where it has one; what a child waits for is the whole's affair.
  const stopped = children.map(({ status }) => status).find((status) => status === "unfunded" || status === "stuck" || status === "waiting");
  const status: CampaignStatus = summary.status === "running" ? (stopped ?? "running") : summary.status;
  return { id, name: summary.name, status, orders: sum(({ orders }) => orders), lines: sum(({ lines }) => lines), states, pending: sum(({ pending }) => pending) };
}

export async function pause(env: Env, id: string): Promise<boolean> {
  const parent = env.CAMPAIGNS.getByName(id);
  const summary = await parent.summary();
  if (!summary || summary.status === "importing" || summary.status === "done") return false;
  await parent.setStatus("paused");
  return true;
}

/** Goes on: after a pause, after funds arrived, or where a run came to its end before the campaign did. */
export async function resume(env: Env, id: string): Promise<boolean> {
  const parent = env.CAMPAIGNS.getByName(id);
  const summary = await parent.summary();
  if (!summary || summary.status === "importing" || summary.status === "done") return false;
  await parent.setStatus("running");
  for (let child = 0; child < summary.children; child += 1) await tell(env, childOf(id, child), "resume");
  return true;
}

/** The same name is the same campaign. */
export async function campaignId(name: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(name));
  return hex(digest).slice(0, 24);
}

interface Taken {
  children: number;
  report?: Record<string, unknown>;
  /** Instead of a start. */
  answer?: Answer;
}

/** Reads what was posted, unless the campaign is there already: then the same content is its progress, and another is refused. */
async function take(
  env: Env,
  posted: ReadableStream<Uint8Array>,
  { name }: CampaignRequest,
  read: (id: string, content: ReadableStream<Uint8Array>) => Promise<Taken>,
): Promise<Answer> {
  const id = await campaignId(name);
  const parent = env.CAMPAIGNS.getByName(id);
  const { content, digest } = digested(posted);

  const known = await parent.open(name);
  if (known) {
    if (known.status === "importing") return { status: 409, body: { code: "conflict", message: "This campaign is being imported." } };
    for await (const _ of content) {
      // Read to the end: only then its digest is known.
    }
    if ((await digest) === known.digest) return { status: 200, body: (await progressOf(env, id)) ?? {} };
    const message = "A campaign of this name has another content. A grown or mended file is planned with plan({ after }) and posted as a plan under a new name.";
    return { status: 409, body: { code: "conflict", message, id } };
  }

  try {
    const { children, report, answer } = await read(id, content);
    if (answer) {
      await discard(env, id, children);
      return answer;
    }
    await parent.close(await digest, children);
    await start(env, id, children);
    return { status: 202, body: { id, ...report, ...(await progressOf(env, id)) } };
  } catch (error) {
    await parent.discard();
    throw error;
  }
}

async function discard(env: Env, id: string, children: number): Promise<void> {
  for (const child of childrenOf(env, id, children)) await child.discard();
  await env.CAMPAIGNS.getByName(id).discard();
}

async function addPiece(env: Env, child: string, report: ImportReport, index: number, request: CampaignRequest): Promise<boolean> {
  const campaign = report.plan({ campaign: `${request.name}/${index}`, maxLinesPerOrder: LINES_PER_ORDER });
  const added = await addOrders(env, child, campaign.orders(), request);
  campaign.free();
  return added;
}

async function addOrders(env: Env, child: string, orders: Iterable<StoredOrder>, request: CampaignRequest): Promise<boolean> {
  const store = env.CAMPAIGNS.getByName(child);
  // What an import that never ended has left.
  await store.discard();
  await store.open(child);
  let batch: StoredOrder[] = [];
  for (const order of orders) {
    const body = await withWebhook(env, order, child, request.origin);
    if (body.length > BODY_BYTES) return false;
    batch.push({ poNumber: order.poNumber, lineCount: order.lineCount, faceValue: order.faceValue, body });
    if (batch.length < BATCH) continue;
    await store.add(batch);
    batch = [];
  }
  await store.add(batch);
  await store.close("", 0);
  return true;
}

/** The order's bytes with a signed callback URL as their last field. The same order gets the same bytes each time. */
async function withWebhook(env: Env, order: StoredOrder, child: string, origin: string): Promise<Uint8Array> {
  const [secret] = secretsOf(env);
  if (!secret || !origin.startsWith("https:")) return order.body;
  const url = await signCallbackUrl(`${origin}/fulfillment?campaign=${child}`, order.poNumber, secret);
  const field = new TextEncoder().encode(`,"WebhookSettings":{"FulfillmentComplete":${JSON.stringify(url)}}}`);
  const end = order.body.lastIndexOf(0x7d);
  const body = new Uint8Array(end + field.length);
  body.set(order.body.subarray(0, end));
  body.set(field, end);
  return body;
}

/** The secrets that sign and verify callbacks; the first one signs. */
export function secretsOf(env: Env): string[] {
  return (env.CALLBACK_SECRET ?? "").split(" ").filter(Boolean);
}

/** Nothing where there is none to be had: the API is the judge of products then. */
export async function catalogOf(env: Env): Promise<Catalog | undefined> {
  try {
    return await clientOf(env).catalog();
  } catch {
    return undefined;
  }
}

function rejectedOf(report: ImportReport, offset: number): unknown[] {
  return report.rejected.slice(0, LISTED).map(({ line, issues }) => ({ line: line + offset, issues }));
}

function refuse(status: number, code: string, message: string): Taken {
  return { children: 0, answer: { status, body: { code, message } } };
}

function childrenOf(env: Env, id: string, children: number) {
  return Array.from({ length: children }, (_, child) => env.CAMPAIGNS.getByName(childOf(id, child)));
}

function digested(stream: ReadableStream<Uint8Array>): { content: ReadableStream<Uint8Array>; digest: Promise<string> } {
  const digest = new crypto.DigestStream("SHA-256");
  const writer = digest.getWriter();
  const content = stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      async transform(chunk, controller) {
        await writer.write(chunk);
        controller.enqueue(chunk);
      },
      flush: () => writer.close(),
    }),
  );
  return { content, digest: digest.digest.then(hex) };
}

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
