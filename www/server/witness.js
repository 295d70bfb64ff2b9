// Between the Worker and the sandbox: it passes everything on, and remembers which order each request was for. The Worker's events name
// no PO number, since nobody knows what callers make theirs of; in this sandbox it is known, and the page's log is to show it.
import { once } from "node:events";
import { createServer } from "node:http";

import { forward } from "./forward.js";

/** Requests whose event has not come. The Worker tells each within seconds. */
const REMEMBERED = 1_000;

export async function startWitness(sandboxUrl) {
  const seen = [];
  let last;
  const server = createServer((incoming, outgoing) => {
    if (isOrder({ method: incoming.method, path: incoming.url })) watch(incoming, outgoing, seen);
    forward(incoming, outgoing, sandboxUrl);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** The event, with the PO number of its order. Requests under way at once are told apart by how they were answered. */
    named(event) {
      if (!isOrder(event)) return event;
      if (event.type === "response") {
        const index = Math.max(0, seen.findIndex(({ status }) => status === event.status));
        last = seen.splice(index, 1)[0]?.poNumber;
      }
      // A retry is told in the same breath as the answer before it.
      return last && event.type !== "request" ? { ...event, poNumber: last } : event;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function isOrder({ method, path }) {
  return method === "POST" && path === "/v1/Orders";
}

function watch(incoming, outgoing, seen) {
  const parts = [];
  incoming.on("data", (part) => parts.push(part));
  incoming.once("end", () => {
    const request = { poNumber: poNumberOf(Buffer.concat(parts)), status: undefined };
    seen.push(request);
    if (seen.length > REMEMBERED) seen.shift();
    // What breaks on the way has no status, as in the Worker's event.
    outgoing.once("finish", () => (request.status = outgoing.statusCode));
  });
}

function poNumberOf(body) {
  try {
    return JSON.parse(body).PONumber;
  } catch {
    return undefined;
  }
}
