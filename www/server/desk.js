// One address for the page, the Worker behind it, and the sandbox's controls. Loopback only: whoever reaches it may do everything.
import { once } from "node:events";
import { createServer } from "node:http";

import { serveFile } from "./files.js";
import { forward } from "./forward.js";
import { products } from "./products.js";
import { startSandbox } from "./sandbox.js";
import { startWitness } from "./witness.js";
import { startWorker } from "./worker.js";

/** What the Worker serves; everything else is the page's files. */
const WORKER = /^\/(?:api|catalog|balance|orders|campaigns)(?:\/|$)/;

/**
 * Starts sandbox, Worker and server; resolves to the page's address and a way to end all three.
 *
 * @param {{ port?: number, products?: object[], available?: string }} [options]
 */
export async function startDesk({ port = 0, available = "10000.00", ...options } = {}) {
  const listeners = new Set();
  const tell = (event) => listeners.forEach((listener) => listener.write(`data: ${JSON.stringify(event)}\n\n`));
  const sandbox = await startSandbox({ available, products: options.products ?? products() });
  const witness = await startWitness(sandbox.baseUrl);
  const worker = await startWorker({ ...sandbox, baseUrl: witness.url }, (event) => tell(witness.named(event)));
  const desk = { sandbox, worker, listeners, losses: 0 };

  const server = createServer((incoming, outgoing) => {
    answer(desk, incoming, outgoing).catch((error) => {
      console.error(`www: ${error.message}`);
      outgoing.destroy();
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  // The first catalog is forty pages of products: asked for now, nobody waits for it.
  await fetch(new URL("/catalog", worker.url));

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    sandbox,
    async close() {
      server.close();
      server.closeAllConnections();
      await worker.close();
      witness.close();
      sandbox.close();
    },
  };
}

async function answer(desk, incoming, outgoing) {
  const { pathname } = new URL(incoming.url, "http://localhost");
  if (isForeign(incoming.headers)) return send(outgoing, 403, { message: "Pages of other hosts may not use the desk." });
  if (pathname.startsWith("/_sandbox/")) return forward(incoming, outgoing, desk.sandbox.baseUrl);
  if (pathname.startsWith("/_desk/")) return control(desk, incoming, pathname.slice("/_desk/".length), outgoing);
  if (!WORKER.test(pathname)) return serveFile(pathname, incoming, outgoing);
  // A session would be checked here. The caller's token stays on the server.
  const headers = { authorization: `Bearer ${desk.worker.callerToken}` };
  const lose = desk.losses > 0 && incoming.method === "POST" && pathname === "/api/v1/Orders";
  if (lose) desk.losses -= 1;
  return forward(incoming, outgoing, desk.worker.url, { headers, lose });
}

/** What only the desk knows: the Worker's events, what the sandbox saw (without people), and losses between page and Worker. */
async function control(desk, incoming, command, outgoing) {
  switch (`${incoming.method} ${command}`) {
    case "GET events": {
      outgoing.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
      outgoing.write(": listening\n\n");
      desk.listeners.add(outgoing);
      outgoing.once("close", () => desk.listeners.delete(outgoing));
      return undefined;
    }
    case "GET orders": {
      const [orders, attempts] = await Promise.all([ask(desk, "orders"), ask(desk, "requests")]);
      return send(outgoing, 200, { orders: orders.map(({ PONumber }) => PONumber), attempts: attempts.filter(isOrder).map(attemptOf) });
    }
    case "POST lose": {
      desk.losses += 1;
      return send(outgoing, 200, { ok: true });
    }
    default:
      return send(outgoing, 404, { message: "There is no such control." });
  }
}

async function ask(desk, what) {
  return (await fetch(`${desk.sandbox.baseUrl}/_sandbox/${what}`)).json();
}

function isOrder({ method, path }) {
  return method === "POST" && path === "/v1/Orders";
}

function attemptOf({ status, fault, body }) {
  return { PONumber: JSON.parse(body).PONumber, status, fault };
}

/** Another site must not order with the token that is added here, nor through a name that it points to this machine. */
function isForeign({ host, origin, "sec-fetch-site": site }) {
  const isOwn = (url) => URL.canParse(url) && ["127.0.0.1", "localhost"].includes(new URL(url).hostname);
  if (!isOwn(`http://${host}`)) return true;
  if (origin !== undefined && origin !== `http://${host}`) return true;
  return site !== undefined && !["same-origin", "none"].includes(site);
}

function send(outgoing, status, value) {
  outgoing.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
  outgoing.end(JSON.stringify(value));
}