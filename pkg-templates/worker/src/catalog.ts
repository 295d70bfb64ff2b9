// GET /catalog, and the catalog that orders are held to.
import type { Catalog } from "giftcard-partners";

import { clientOf } from "./client.js";
import type { Env } from "./env.js";

/** The compact index: a page's `Catalog.from(bytes)` reads it. What it holds is on sale to everyone. */
export async function serveCatalog(env: Env, ifNoneMatch: string | undefined): Promise<Response> {
  const catalog = await clientOf(env).catalog();
  const { hash } = catalog;
  const bytes = catalog.toBytes() as Uint8Array<ArrayBuffer>;
  catalog.free();
  const etag = `"${hash}"`;
  const headers = { etag, "cache-control": "public, max-age=3600", "content-type": "application/octet-stream" };
  // A proxy on the way may have marked it as weak.
  const known = (ifNoneMatch ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return known.includes(etag) || known.includes("*") ? new Response(null, { status: 304, headers }) : new Response(bytes, { headers });
}

/** Nothing where there is none to be had: the API is the judge of products then. */
export async function catalogOf(env: Env): Promise<Catalog | undefined> {
  try {
    return await clientOf(env).catalog();
  } catch {
    return undefined;
  }
}
