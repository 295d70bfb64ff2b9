// POST /campaigns: a list of people, or a plan that was made elsewhere with the same package, becomes a campaign that waits to be approved.
import { Campaign } from "giftcard-partners";

import { tellEvents } from "./bookkeeping.js";
import { wordsOf } from "./budgets.js";
import { CampaignDraft, type CampaignRequest } from "./campaign-draft.js";
import { campaignId, hex } from "./campaign-ids.js";
import { ensureRun } from "./campaign-run.js";
import type { Summary } from "./campaign-store.js";
import { progressOf } from "./campaigns.js";
import { catalogOf } from "./catalog.js";
import { clientOf } from "./client.js";
import type { Env } from "./env.js";
import { noted } from "./failures.js";
import { CHUNK_BYTES, PLAN_BYTES } from "./limits.js";
import { readList } from "./list-import.js";
import { bytesOf } from "./orders.js";
import { ordersOf, rowsBefore } from "./plan-orders.js";
import { openList } from "./posted-list.js";
import { type Answer, comesAfter, conflict, orRefuse, Refused, refusedBy } from "./refusals.js";
import { latestOf, Series } from "./series.js";

/** Imports a list: a workbook, or text of any length. Nothing is sent before somebody has approved what it costs. */
export async function importList(env: Env, posted: ReadableStream<Uint8Array>, request: CampaignRequest): Promise<Answer> {
  return take(env, posted, request, async (campaign, content) => readList(campaign, await openList(content, request.read.encoding)));
}

/** Takes a plan, `Campaign.toBytes()`: made with `plan({ after })`, say. Its orders that are not placed yet are run. */
export async function importPlan(env: Env, posted: ReadableStream<Uint8Array>, request: CampaignRequest): Promise<Answer> {
  return take(env, posted, request, async (campaign, content) => {
    // Programs call a workbook so as well.
    const list = await openList(content, "utf-8");
    return list.kind === "workbook" ? readList(campaign, list) : readPlan(campaign, list.content);
  });
}

async function readPlan(campaign: CampaignDraft, content: ReadableStream<Uint8Array>): Promise<object> {
  const bytes = await bytesOf({ headers: new Headers(), body: content }, PLAN_BYTES);
  if (!bytes) throw new Refused(413, "too_large", `A plan may have ${PLAN_BYTES} bytes. Send the file itself, or several plans.`);
  const plan = orRefuse(() => Campaign.fromBytes(bytes));
  const { remaining } = plan.progress();
  if (remaining.orders === 0) throw new Refused(400, "validation_failed", "Every order of this plan is placed already.");
  const { series, request } = campaign;
  const { rows, orders } = ordersOf(plan, campaign.paymentOptions(), campaign.planCosts());
  const { paid } = await series.take(campaign.children, rows, false);
  if (paid.length > 0) {
    const message = `${paid.length} rows of this plan are paid already, or may be. Send the file itself with the same ?after=.`;
    throw new Refused(400, "validation_failed", message, { alreadyPaid: paid.length });
  }
  if (!request.after) await series.add(campaign.children, rows.with(rowsBefore(plan, campaign.paymentOptions())));
  await campaign.addChild({ plan, orders, rows, offset: 0 });
  return { accepted: remaining.orders };
}

/** Reads what was posted, unless the campaign is there already: then the same content is its progress, and another is refused. */
async function take(
  env: Env,
  posted: ReadableStream<Uint8Array>,
  request: CampaignRequest,
  read: (campaign: CampaignDraft, content: ReadableStream<Uint8Array>) => Promise<object>,
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
  const campaign = new CampaignDraft(env, id, opened.import, request, joined, catalog, balance);
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
    const { status, code, message, more } = refusedBy(error);
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

interface Digested {
  content: ReadableStream<Uint8Array>;
  /** Known when the content was read to its end. */
  digest: Promise<string>;
}

/** The content passes through, many of the platform's small chunks at a time, and leaves its digest, with what else decides what is ordered. */
function digested(stream: ReadableStream<Uint8Array>, { read }: CampaignRequest): Digested {
  const digest = new crypto.DigestStream("SHA-256");
  const writer = digest.getWriter();
  const reader = stream.getReader({ mode: "byob" });
  const content = new ReadableStream<Uint8Array>({
    start: () => writer.write(new TextEncoder().encode(`${JSON.stringify(read)}\n`)),
    async pull(controller) {
      const { done, value } = await reader.read(new Uint8Array(CHUNK_BYTES));
      if (done) {
        await writer.close();
        return controller.close();
      }
      await writer.write(value);
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { content, digest: digest.digest.then(hex) };
}
