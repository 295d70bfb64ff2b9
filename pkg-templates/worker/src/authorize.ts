// Who may use this Worker, and for what. Replace `authorize` with your own: a session, a signed request.
import { fromAccess } from "./access.js";
import { type Refusal, refusal } from "./answers.js";
import { fromToken } from "./callers.js";
import type { Env } from "./env.js";
import type { Caller } from "./roles.js";

/** By a bearer token of `CALLERS` or `CALLER_TOKEN`, else by Cloudflare Access; a refusal for everyone else. */
export async function authorize(request: Request, env: Env): Promise<Caller | Refusal> {
  const token = /^bearer +(.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const caller = token === undefined ? await fromAccess(env, request.headers.get("cf-access-jwt-assertion")) : await fromToken(env, token);
  return caller ?? refusal(401, "unauthorized", "Present a caller's token.");
}
