// What is told of campaigns afterwards: the list of them, their files, and the audit.
import { Hono } from "hono";

import { refused } from "./answers.js";
import { serveAudit } from "./audit-log.js";
import { tellDownload } from "./bookkeeping.js";
import { budgetsOf } from "./budget-report.js";
import { claims, PlanGone, rejected, results, serveCsv } from "./campaign-files.js";
import { isCampaignId } from "./campaign-ids.js";
import { listOf } from "./campaign-list.js";
import type { Env } from "./env.js";
import { needs, type Routed } from "./roles.js";

export const records = new Hono<Routed>();

records.get("/campaigns", needs("read"), async ({ env, req }) => Response.json(await listOf(env).page(req.query("cursor"))));

records.get("/campaigns/:id/results.csv", needs("read"), async ({ env, req, var: { caller } }) => serve(env, req.param("id"), caller.id, "results"));
records.get("/campaigns/:id/rejected.csv", needs("read"), async ({ env, req, var: { caller } }) => serve(env, req.param("id"), caller.id, "rejected"));
records.get("/campaigns/:id/claims.csv", needs("claims"), async ({ env, req, var: { caller } }) => serve(env, req.param("id"), caller.id, "claims"));

records.get("/budgets", needs("read"), async ({ env, var: { caller } }) => Response.json({ budgets: await budgetsOf(env, caller) }));

records.get("/audit", needs("read"), async ({ env, req }) => {
  const { from, to, campaign } = req.query();
  const times = [from, to].map((text) => (text === undefined ? undefined : Date.parse(text)));
  if (times.some((time) => Number.isNaN(time)) || (campaign !== undefined && !isCampaignId(campaign))) {
    return refused(400, "bad_request", "Say ?from= and ?to= as 2026-12-01T00:00:00Z, and ?campaign= as its id.");
  }
  return serveAudit(env, { from: times[0], to: times[1], campaign });
});

const FILES = { results, claims, rejected };

async function serve(env: Env, id: string, who: string, file: keyof typeof FILES): Promise<Response> {
  if (!isCampaignId(id)) return missing();
  try {
    const answer = await serveCsv(FILES[file](env, id), `${file}-${id}`);
    if (!answer) return missing();
    // Before a byte of it leaves.
    await tellDownload(env, id, who, file);
    return answer;
  } catch (error) {
    if (!(error instanceof PlanGone)) throw error;
    return refused(410, "gone", "The people of this campaign are deleted. Its results stay; each order has its cards: GET /orders/ORDER-ID?include=claims.");
  }
}

function missing(): Response {
  return refused(404, "not_found", "There is no such campaign, or it has no such file.");
}
