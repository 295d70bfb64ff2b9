// The files of a campaign: what became of each row, the cards, and the rows that were rejected. Of any length: a child at a time.
import { Campaign, claimsCsv, type Order, resultsCsv } from "giftcard-partners";

import { childrenOf } from "./campaign-ids.js";
import { clientOf } from "./client.js";
import type { Env } from "./env.js";
import { noted } from "./failures.js";
import { type FilePart, wholeOf } from "./kept-files.js";
import { CONCURRENCY, ORDERS_PER_LIST } from "./limits.js";
import { recordsOf, recordText } from "./plan-rows.js";

const BOM = "\ufeff";

/** What is told of a child: a CSV with its header. Nothing where its people are deleted and the file tells of people. */
type Part = AsyncGenerator<string, void>;

/** What became of each row. When its people are deleted, without whom it was for. */
export async function* results(env: Env, id: string): Part {
  for (const child of await childrenNamed(env, id)) {
    const store = env.CAMPAIGNS.getByName(child);
    const left = await wholeOf((part) => store.file("results", part));
    if (left) yield new TextDecoder().decode(left.bytes);
    else yield await resultsOf(env, child);
  }
}

/** The results of a child whose plan is there. */
export async function resultsOf(env: Env, child: string, { isWithoutRecipients = false } = {}): Promise<string> {
  return withPlan(env, child, async (plan, offset) => ofFile(resultsCsv(plan), plan, offset, isWithoutRecipients ? 1 : undefined));
}

/** The cards, as the API has them now. */
export async function* claims(env: Env, id: string): Part {
  for (const child of await childrenNamed(env, id)) {
    yield await withPlan(env, child, async (plan, offset) => {
      const ids = [...plan.orders()].flatMap(({ orderId }) => (orderId ? [orderId] : []));
      return ofFile(claimsCsv(plan, await ordersOf(env, ids)), plan, offset);
    });
  }
}

/** The rows that were left out, and why. */
export async function* rejected(env: Env, id: string): Part {
  const store = env.CAMPAIGNS.getByName(id);
  for (let piece = 0; ; piece += 1) {
    const file = await wholeOf((part) => store.file(`rejected ${piece}`, part));
    if (!file) return;
    yield new TextDecoder().decode(file.bytes);
  }
}

/** What a file says at its end that is not whole: not every program that asks for one says that it was broken off. */
export const NOT_WHOLE = "This file is not whole. Ask for it again.";

/** A file of several parts, each with a header of which the first is the file's. What fails in the middle breaks the file off. */
export async function serveCsv(parts: Part, name: string): Promise<Response | undefined> {
  // The first part decides what is answered.
  const first = await parts.next();
  if (first.done) return undefined;
  let next: string | undefined = `${BOM}${withoutMark(first.value)}`;
  let failure: unknown;
  const utf8 = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (failure !== undefined) return controller.error(failure);
      if (next === undefined) return controller.close();
      controller.enqueue(utf8.encode(next));
      try {
        const { done, value } = await parts.next();
        next = done ? undefined : withoutHeader(withoutMark(value));
      } catch (error) {
        noted(error);
        failure = error;
        controller.enqueue(utf8.encode(`${NOT_WHOLE}\r\n`));
      }
    },
    async cancel() {
      await parts.return();
    },
  });
  const headers = { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="${name}.csv"`, "cache-control": "no-store" };
  return new Response(body, { headers });
}

/** The plan of a child is gone. */
export class PlanGone extends Error {}

async function withPlan(env: Env, child: string, tell: (plan: Campaign, offset: number) => Promise<string>): Promise<string> {
  const store = env.CAMPAIGNS.getByName(child);
  const kept = await wholeOf((part) => store.file("plan", part));
  if (!kept) throw new PlanGone("the people of this campaign are deleted");
  const plan = await planAsOfNow(env, child, kept);
  try {
    return await tell(plan, kept.offset);
  } finally {
    plan.free();
  }
}

async function planAsOfNow(env: Env, child: string, { bytes }: FilePart): Promise<Campaign> {
  const plan = Campaign.fromBytes(bytes);
  const store = env.CAMPAIGNS.getByName(child);
  for (let from = 0; ; from += ORDERS_PER_LIST) {
    const orders = await store.known(from, ORDERS_PER_LIST);
    for (const { poNumber, state, orderId } of orders) if (state !== "planned") plan.record(poNumber, state, orderId);
    if (orders.length < ORDERS_PER_LIST) return plan;
  }
}

/** A CSV of a plan's rows with the lines of the file, and without those of campaigns before, which it may carry. `blank`: a column to empty. */
function ofFile(csv: Uint8Array, plan: Campaign, offset: number, blank?: number): string {
  const [header = [], ...records] = recordsOf(new TextDecoder().decode(csv));
  const own = new Set([...plan.orders()].map(({ poNumber }) => poNumber));
  const [line, poNumber] = [header.indexOf("Line"), header.indexOf("PONumber")];
  const rows = records.filter((cells) => own.has(cells[poNumber] ?? ""));
  for (const cells of rows) {
    if (cells[line]) cells[line] = String(Number(cells[line]) + offset);
    if (blank !== undefined) cells[blank] = "";
  }
  return [header, ...rows].map(recordText).join("");
}

async function ordersOf(env: Env, ids: string[]): Promise<Order[]> {
  const client = clientOf(env);
  const orders: Order[] = [];
  for (let from = 0; from < ids.length; from += CONCURRENCY) {
    orders.push(...(await Promise.all(ids.slice(from, from + CONCURRENCY).map((id) => client.getOrder(id)))));
  }
  return orders;
}

async function childrenNamed(env: Env, id: string): Promise<string[]> {
  const summary = await env.CAMPAIGNS.getByName(id).summary();
  return summary && summary.status !== "importing" ? childrenOf(id, summary.children) : [];
}

function withoutMark(text: string): string {
  return text.startsWith(BOM) ? text.slice(1) : text;
}

/** Of a CSV that the package has written. */
function withoutHeader(text: string): string {
  const header = /^(?:"(?:[^"]|"")*"|[^"\r\n])*\r\n/.exec(text)?.[0] ?? "";
  return text.slice(header.length);
}
