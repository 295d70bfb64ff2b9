// The token in a callback URL: HMAC-SHA-256 over the PO number, by the platform's WebCrypto.
import { AuthenticationError, ConfigError } from "../shared/errors.js";
import { refusing } from "../shared/input.js";

const ALGORITHM = { name: "HMAC", hash: "SHA-256" };
const SHORTEST_SECRET = 16;
const encoder = new TextEncoder();

export async function signCallbackUrl(url, poNumber, secret) {
  if (poNumber == null) throw new ConfigError("signCallbackUrl: poNumber is missing.");
  // By characters, as an order is checked, and not by UTF-16 units.
  if (typeof poNumber !== "string" || poNumber.trim() === "" || !/^.{1,255}$/su.test(poNumber)) {
    throw new ConfigError("signCallbackUrl: poNumber must be a text of 1 to 255 characters.");
  }
  const signed = parsed(url);
  if (!signed || !/^https?:$/.test(signed.protocol)) {
    throw new ConfigError("signCallbackUrl: url must be an absolute http(s) URL.");
  }
  const sig = toBase64Url(await webCrypto().sign(ALGORITHM.name, await key(secret), encoder.encode(poNumber)));
  for (const name of ["po", "sig"]) if (signed.searchParams.has(name)) signed.searchParams.delete(name);
  signed.search += `${signed.search ? "&" : "?"}po=${encoded(poNumber)}&sig=${sig}`;
  return signed.href;
}

export async function verifyCallbackUrl(url, secret) {
  const secrets = refusing("verifyCallbackUrl: at least one secret is needed.", () => {
    const given = Array.isArray(secret) ? [...secret] : [secret];
    if (given.length === 0) throw given;
    return given;
  });
  const keys = await Promise.all(secrets.map(key));
  // A server may know its request by the path alone. A URL that went through HTML or XML may have `&amp;` in the place of `&`.
  const href = parsed(url, "http://localhost")?.href.replace(/&(?:(?:amp|#0*38|#x0*26);)+/gi, "&");
  const [pos, sigs] = ["po", "sig"].map((name) => (href ? new URL(href).searchParams.getAll(name) : []));
  // Who calls it may append a query as if there were none: `?event=…` stands at the end of the last parameter then, which sig is.
  const mac = sigs.length === 1 ? fromBase64Url(sigs[0].replace(/\?.*$/s, "")) : undefined;
  if (pos.length !== 1 || pos[0] === "" || !mac) throw forged();
  const message = encoder.encode(pos[0]);
  // Each secret is tried, whichever fits: `verify` compares in constant time.
  const fits = await Promise.all(keys.map((one) => webCrypto().verify(ALGORITHM.name, one, mac, message)));
  if (!fits.includes(true)) throw forged();
  return { poNumber: pos[0] };
}

function forged() {
  return new AuthenticationError("The callback URL does not carry a valid token: po and sig, once each.");
}

function parsed(url, base) {
  if (url == null) throw new ConfigError("The callback URL is missing.");
  const wrong = "The callback URL must be a text or a URL.";
  const text = typeof url === "string" ? url : refusing(wrong, () => url.href);
  if (typeof text !== "string") throw new ConfigError(wrong);
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

function encoded(poNumber) {
  try {
    return encodeURIComponent(poNumber);
  } catch {
    throw new ConfigError("signCallbackUrl: poNumber holds half of a surrogate pair.");
  }
}

async function key(secret) {
  if (secret == null) throw new ConfigError("The callback secret is missing.");
  if (typeof secret !== "string" || secret.trim().length < SHORTEST_SECRET) {
    throw new ConfigError(`A callback secret must be a text of at least ${SHORTEST_SECRET} characters.`);
  }
  return webCrypto().importKey("raw", encoder.encode(secret), ALGORITHM, false, ["sign", "verify"]);
}

function webCrypto() {
  const { subtle } = globalThis.crypto ?? {};
  if (!subtle) throw new ConfigError("Callback URLs need WebCrypto (crypto.subtle): pages have it over https: alone.");
  return subtle;
}

function toBase64Url(buffer) {
  const text = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes of a MAC; nothing where it is spelled in any but the one way. */
function fromBase64Url(text) {
  if (!/^[\w-]{43}$/.test(text)) return undefined;
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
  return toBase64Url(bytes) === text ? bytes : undefined;
}
