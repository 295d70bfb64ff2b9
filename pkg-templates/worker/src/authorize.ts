// Who may use this Worker. Replace `authorize` with your own: a session, Cloudflare Access, a signed request.
import type { Env } from "./env.js";

/**
 * Whether a caller may order and read orders. The default wants `Authorization: Bearer <CALLER_TOKEN>`; where that secret is not set,
 * nobody may.
 */
export async function authorize(request: Request, env: Env): Promise<boolean> {
  const expected = env.CALLER_TOKEN;
  const given = /^bearer +(.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  return expected && given ? equal(given, expected) : false;
}

/** In a time that tells nothing of either text: digests have one length, and their comparison is the platform's. */
async function equal(left: string, right: string): Promise<boolean> {
  const digest = (text: string) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const [one, other] = await Promise.all([digest(left), digest(right)]);
  return crypto.subtle.timingSafeEqual(one, other);
}
