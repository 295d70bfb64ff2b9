// The files of target/www with the headers that a production server would send.
import { createReadStream, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { extname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const PAGE = fileURLToPath(new URL("../../target/www/", import.meta.url));

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** The policy stands in index.html too, for servers that send no headers; this one adds what a meta element cannot say. */
const policy = () => {
  const [, inPage] = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(readFileSync(join(PAGE, "index.html"), "utf8")) ?? [];
  if (!inPage) throw new Error("index.html has no Content-Security-Policy");
  return `${inPage}; frame-ancestors 'none'`;
};

let headers;

export async function serveFile(pathname, incoming, outgoing) {
  headers ??= {
    "Content-Security-Policy": policy(),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  };
  const wanted = normalize(decodeURIComponent(pathname)).replace(/\/$/, "/index.html");
  const path = join(PAGE, wanted);
  const found = path.startsWith(PAGE) ? await stat(path).catch(() => undefined) : undefined;
  if (found?.isDirectory() && ["GET", "HEAD"].includes(incoming.method)) {
    // From its own parts: what was asked for may be no path of this host, such as //elsewhere.
    outgoing.writeHead(308, { ...headers, Location: `/${relative(PAGE, path).replaceAll("\\", "/")}/` });
    return outgoing.end();
  }
  if (!found?.isFile() || !["GET", "HEAD"].includes(incoming.method)) {
    outgoing.writeHead(404, { ...headers, "Content-Type": "text/plain" });
    return outgoing.end("Not found");
  }
  outgoing.writeHead(200, {
    ...headers,
    "Content-Type": TYPES[extname(path)] ?? "application/octet-stream",
    "Content-Length": found.size,
    // Names of assets have a hash of their content.
    "Cache-Control": wanted.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
  });
  return incoming.method === "HEAD" ? outgoing.end() : createReadStream(path).pipe(outgoing);
}
