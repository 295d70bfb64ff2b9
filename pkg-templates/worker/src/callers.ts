// Callers that present a bearer token: each has a name and roles. What is compared are digests, in a time that tells nothing of either.
import { isSpendable } from "./amounts.js";

import { listed, NotConfigured, record } from "./configuration.js";
import type { Env } from "./env.js";
import { type Caller, type CallerLimits, ROLES, type Role } from "./roles.js";

/** A token that can be guessed is none. `CALLER_TOKEN` was there before this rule, and is taken as it is. */
const TOKEN_CHARACTERS = 16;

interface Known extends Caller {
  /** SHA-256 of the token. */
  digest: Uint8Array;
}

const known = new WeakMap<Env, Known[]>();

/** Whoever has this token; nothing where nobody has. */
export async function fromToken(env: Env, token: string): Promise<Caller | undefined> {
  const callers = known.get(env) ?? (await callersOf(env));
  known.set(env, callers);
  const given = await digestOf(token);
  // Each of them is compared, wherever the right one stands.
  const [caller] = callers.filter(({ digest }) => crypto.subtle.timingSafeEqual(digest, given));
  if (!caller) return undefined;
  const { digest: _, ...who } = caller;
  return who;
}

/** What `CALLERS` says that a caller may spend; nothing for one whom it does not name. */
export async function limitsOfCaller(env: Env, id: string): Promise<CallerLimits | undefined> {
  return (await callersOf(env)).find((caller) => caller.id === id)?.limits;
}

async function callersOf(env: Env): Promise<Known[]> {
  const callers: Known[] = [];
  for (const entry of listed("CALLERS", env.CALLERS)) callers.push(await callerOf(entry));
  if (env.CALLER_TOKEN) callers.push({ id: "caller", roles: ROLES, digest: await digestOf(env.CALLER_TOKEN) });
  const ids = callers.map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw new NotConfigured("CALLERS", "two callers have one id");
  const digests = callers.map(({ digest }) => digest.join());
  if (new Set(digests).size < digests.length) throw new NotConfigured("CALLERS", "two callers have one token");
  return callers;
}

/** `{ "id": "ann", "roles": ["order", "read"], "sha256": "…" }`, or `token` instead of its digest. */
async function callerOf(entry: unknown): Promise<Known> {
  const { id, roles, token, sha256, limits, ...rest } = record("CALLERS", entry);
  const fault = (what: string) => new NotConfigured("CALLERS", what);
  if (typeof id !== "string" || !id.trim()) throw fault("a caller has no `id`");
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw fault("a caller has `id`, `roles`, `sha256` or `token`, `limits`, and nothing else");
  if ((token === undefined) === (sha256 === undefined)) throw fault("a caller has either `token` or `sha256`");
  if (token !== undefined && (typeof token !== "string" || token.length < TOKEN_CHARACTERS)) {
    throw fault(`a token has at least ${TOKEN_CHARACTERS} characters`);
  }
  if (sha256 !== undefined && !(typeof sha256 === "string" && /^[0-9a-f]{64}$/i.test(sha256))) throw fault("`sha256` has 64 hexadecimal digits");
  return {
    id: id.trim().toLowerCase(),
    roles: rolesOf("CALLERS", roles),
    ...(limits === undefined ? {} : { limits: limitsOf("CALLERS", limits) }),
    digest: typeof token === "string" ? await digestOf(token) : fromHex(sha256 as string),
  };
}

export function rolesOf(name: string, value: unknown): Role[] {
  const isRole = (role: unknown): role is Role => (ROLES as readonly unknown[]).includes(role);
  if (!Array.isArray(value) || !value.every(isRole)) throw new NotConfigured(name, `roles are a list of ${ROLES.join(", ")}`);
  return value;
}

export function limitsOf(name: string, value: unknown): CallerLimits {
  const { order, day, ...rest } = record(name, value);
  const isRight = Object.keys(rest).length === 0 && [order, day].every((limit) => limit === undefined || isSpendable(limit));
  if (!isRight) throw new NotConfigured(name, '`limits` are { "order": …, "day": … }, each an amount as text or amounts by currency');
  return value as CallerLimits;
}

async function digestOf(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

function fromHex(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
