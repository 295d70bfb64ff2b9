// Callers that Cloudflare Access lets through: its JWT, checked against the team's keys. The header alone says nothing; anyone can write it.
import { verifyWithJwks } from "hono/jwt";

import { type Refusal, refusal } from "./answers.js";
import { rolesOf } from "./callers.js";
import { NotConfigured, record } from "./configuration.js";
import type { Env } from "./env.js";
import { type Caller, ROLES } from "./roles.js";

/** A key of the team's, as JWK. */
type Key = JsonWebKey & { kid: string };

interface Keys {
  keys: Key[];
  /** When they were fetched. */
  known: number;
  /** When they were last asked for. */
  asked: number;
}

/** Access changes keys every six weeks and lets the old one go on for a week. */
const FRESH_MS = 60 * 60_000;
/** Keys that cannot be fetched again are used for so long. */
const KEPT_MS = 24 * 60 * 60_000;
/** Tokens with a key that nobody knows ask for the keys so often at the most: anyone can make such tokens. */
const ASK_MS = 60_000;
const TIMEOUT_MS = 5_000;
/** How far the clocks of Access and of this Worker may be apart: a token is used as soon as it is made. */
const CLOCKS_MS = 30_000;
const TOKEN_CHARACTERS = 16_384;

/** By team. Requests share what was fetched, and never a promise. */
const teams = new Map<string, Keys>();

/** Whoever Access says it is; nothing without a token that is right, and where no team is configured. */
export async function fromAccess(env: Env, token: string | null): Promise<Caller | Refusal | undefined> {
  const team = env.ACCESS_TEAM ? teamOf(env.ACCESS_TEAM) : undefined;
  if (!team || !token || token.length > TOKEN_CHARACTERS) return undefined;
  const audiences = (env.ACCESS_AUD ?? "").split(/[\s,]+/).filter(Boolean);
  if (audiences.length === 0) throw new NotConfigured("ACCESS_AUD", "it is the application's audience tag, which ACCESS_TEAM goes with");
  const kid = keyIdOf(token);
  if (kid === undefined) return undefined;
  const keys = await keysOf(team, kid);
  if (!keys) return { ...refusal(503, "unavailable", "The keys of Cloudflare Access could not be had. Ask again in a moment."), retryAfterMs: ASK_MS / 12 };
  const verification = { iss: team, aud: audiences, nbf: false, iat: false };
  // What it throws repeats the token.
  const claims: Record<string, unknown> | undefined = await verifyWithJwks(token, { keys, allowedAlgorithms: ["RS256"], verification }).catch(() => undefined);
  return claims && isOfNow(claims) ? callerOf(env, claims) : undefined;
}

/** A token without an end would be one for ever. */
function isOfNow({ exp, nbf = 0 }: Record<string, unknown>): boolean {
  return typeof exp === "number" && typeof nbf === "number" && nbf * 1_000 <= Date.now() + CLOCKS_MS;
}

/** A person by the e-mail address, a program by the service token's id. */
function callerOf(env: Env, { email, common_name: program, groups, custom }: Record<string, unknown>): Caller | undefined {
  const id = [email, program].find((name): name is string => typeof name === "string" && name.trim() !== "")?.trim().toLowerCase();
  if (id === undefined) return undefined;
  const inCustom = typeof custom === "object" && custom !== null && "groups" in custom ? custom.groups : undefined;
  const names = new Set([id, `@${id.split("@").at(-1)}`]);
  for (const group of [groups, inCustom].flat()) if (typeof group === "string") names.add(`group:${group.toLowerCase()}`);
  const roles = new Set<unknown>();
  for (const [name, of] of Object.entries(record("ACCESS_ROLES", env.ACCESS_ROLES))) {
    const granted = rolesOf("ACCESS_ROLES", of);
    if (names.has(name.trim().toLowerCase())) for (const role of granted) roles.add(role);
  }
  return { id, roles: ROLES.filter((role) => roles.has(role)) };
}

/** `acme`, `acme.cloudflareaccess.com` or the whole address. */
function teamOf(team: string): string {
  const host = team.trim().replace(/^https:\/\//i, "").replace(/\/+$/, "").toLowerCase();
  if (!/^[a-z0-9.-]+$/.test(host)) throw new NotConfigured("ACCESS_TEAM", "it is the team's name, or its domain");
  return `https://${host.includes(".") ? host : `${host}.cloudflareaccess.com`}`;
}

/** Which key a token says it was signed with. */
function keyIdOf(token: string): string | undefined {
  try {
    const header: unknown = JSON.parse(atob((token.split(".")[0] ?? "").replaceAll("-", "+").replaceAll("_", "/")));
    return typeof header === "object" && header !== null && "kid" in header && typeof header.kid === "string" ? header.kid : undefined;
  } catch {
    return undefined;
  }
}

/** The team's keys; nothing where there are none to be had. */
async function keysOf(team: string, kid: string): Promise<Key[] | undefined> {
  const now = Date.now();
  const of = teams.get(team) ?? { keys: [], known: -Infinity, asked: -Infinity };
  teams.set(team, of);
  const isKnown = of.keys.some((key) => key.kid === kid);
  // A time that is yet to come is one of a clock that was ahead.
  const isWithin = (then: number, milliseconds: number) => then <= now && now - then < milliseconds;
  const isFresh = isWithin(of.known, FRESH_MS);
  // Where there are none yet each request asks, since it cannot wait for what another one has begun.
  const mayAsk = of.known === -Infinity || !isWithin(of.asked, ASK_MS);
  if (mayAsk && !(isKnown && isFresh)) {
    of.asked = now;
    const keys = await fetchKeys(team);
    if (keys) Object.assign(of, { keys, known: now });
  }
  return Math.abs(now - of.known) < KEPT_MS ? of.keys : undefined;
}

async function fetchKeys(team: string): Promise<Key[] | undefined> {
  try {
    const answer = await fetch(`${team}/cdn-cgi/access/certs`, { redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) });
    const body: unknown = answer.ok ? await answer.json() : undefined;
    const keys = typeof body === "object" && body !== null && "keys" in body && Array.isArray(body.keys) ? body.keys : [];
    const found = keys.filter((key): key is Key => key?.kty === "RSA" && typeof key.kid === "string");
    return found.length > 0 ? found : undefined;
  } catch {
    return undefined;
  }
}
