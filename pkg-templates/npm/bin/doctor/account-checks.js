// Token and balance.
import { clientOf } from "../account.js";
import { keyOf, keysOf, member } from "./answer.js";
import { asAssumed, notSeen, otherwise, works } from "./verdict.js";

/** Seconds that a token may live, where they are seconds: less than the first is rather minutes, more than the second milliseconds. */
const LEAST_S = 300;
const MOST_S = 30 * 24 * 3600;

export async function tokenChecks(probe, account) {
  const { json } = probe.token;
  const copes = await works(() => clientOf(account, { maxRetries: 0 }).createToken());
  const value = member(json, "Value");
  const keys = keysOf(json);
  const isNamed = typeof value === "string" && keyOf(json, "ExpiresIn") !== undefined;
  return {
    "token.keys": isNamed ? asAssumed(keys) : otherwise(keys, { copes }),
    "token.lifetime": lifetime(member(json, "ExpiresIn"), claimed(value), probe.isReused, copes),
  };
}

function lifetime(expiresIn, ofToken, isReused, copes) {
  if (expiresIn === undefined) return notSeen();
  const seen = { expiresIn: typeof expiresIn === "number" ? expiresIn : typeof expiresIn, ofToken, isReused };
  const isSeconds = Number.isInteger(expiresIn) && expiresIn >= LEAST_S && expiresIn <= MOST_S;
  const agrees = ofToken === undefined || Math.abs(ofToken - expiresIn) <= expiresIn / 10;
  return isSeconds && agrees && isReused ? asAssumed(seen) : otherwise(seen, { copes });
}

/** Seconds between `iat` and `exp` of a JWT, which say the unit; undefined where it is none. */
function claimed(token) {
  try {
    const { iat, exp } = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
    return Number.isFinite(exp - iat) ? exp - iat : undefined;
  } catch {
    return undefined;
  }
}

export async function balanceChecks(probe, client) {
  const { status, json } = await probe.get("/v1/AccountBalance");
  const keys = keysOf(json);
  if (status >= 300) return { "balance.keys": otherwise({ status }, { copes: false }) };
  const isNamed = ["Available", "Pending"].every((name) => isAmount(member(json, name)));
  const copes = await works(async () => isAmount((await client.accountBalance()).Available));
  return { "balance.keys": isNamed ? asAssumed(keys) : otherwise(keys, { copes }) };
}

function isAmount(value) {
  return typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value));
}
