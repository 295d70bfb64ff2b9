// The sandbox over HTTP, for pages and programs that want an address. Whoever reaches it may do everything, so it listens at this machine's own
// address alone unless another is named, as a container needs.
import { createServer } from "node:http";
import { isIP } from "node:net";

const BODY_LIMIT = 32 * 1024 * 1024;
/** Every address of this machine, and one of them. */
const WILDCARDS = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };

/** Listens until the process is told to end; `webhooks` says where notifications may be sent. Resolves to the server's address. */
export async function listen(sandbox, { host, port, webhooks }) {
  const server = createServer((incoming, outgoing) => {
    serve(sandbox, incoming, outgoing, host).catch((error) => {
      complain(error.message);
      outgoing.destroy();
    });
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  const notifying = setInterval(() => notify(sandbox, webhooks), 100);
  const ended = new Promise((resolve) => {
    const stop = () => {
      clearInterval(notifying);
      server.close(resolve);
      server.closeAllConnections();
    };
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  });
  const { address, port: taken, family } = server.address();
  return { baseUrl: `http://${WILDCARDS[address] ?? (family === "IPv6" ? `[${address}]` : address)}:${taken}`, ended };
}

async function serve(sandbox, incoming, outgoing, listeningAt) {
  if (!URL.canParse(incoming.url, sandbox.baseUrl)) return sendJson(outgoing, 400, { Status: 400, Message: "The request names no address." });
  const { pathname } = new URL(incoming.url, "http://localhost");
  const control = pathname.startsWith("/_sandbox/");
  const refusal = control ? whyForeign(incoming.headers, listeningAt) : undefined;
  if (refusal) return sendJson(outgoing, 403, { Message: refusal });

  allowOrigin(incoming, outgoing, control);
  if (incoming.method === "OPTIONS") {
    outgoing.writeHead(204).end();
    return;
  }
  const body = await readBody(incoming);
  if (body === undefined) {
    outgoing.setHeader("Connection", "close");
    return sendJson(outgoing, 413, { Status: 413, Message: "The body is larger than 32 MB." });
  }
  if (control) return obey(sandbox, incoming, pathname.slice("/_sandbox/".length), body, outgoing);
  return forward(sandbox, incoming, body, outgoing);
}

// Any page may use the API, as any page may use a public server; only pages of this machine may command the sandbox.
function whyForeign({ host, origin, "sec-fetch-site": site }, listeningAt) {
  if (!isLoopback(`http://${host}`) && !isNeighbour(`http://${host}`, listeningAt)) return "The Host header does not name this machine.";
  if (origin !== undefined && !isLoopback(origin)) return "Pages of other hosts may not command the sandbox.";
  if (origin === undefined && site !== undefined && !["none", "same-origin"].includes(site)) {
    return "Pages of other hosts may not command the sandbox.";
  }
  return undefined;
}

/**
 * Whether a Host header may be this machine's where it listens for others: an address, a name without a dot, such as a container's, or the
 * one that it was told. Any other may be a page's that had its own name lead here.
 */
function isNeighbour(url, listeningAt) {
  if (isLoopback(`http://${listeningAt}`) || listeningAt === "::1") return false;
  const hostname = URL.canParse(url) ? new URL(url).hostname : ".";
  return isIP(hostname.replace(/^\[|\]$/g, "")) > 0 || !hostname.includes(".") || hostname === listeningAt;
}

function isLoopback(url) {
  const hostname = URL.canParse(url) ? new URL(url).hostname : "";
  return ["localhost", "[::1]"].includes(hostname) || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function allowOrigin(incoming, outgoing, control) {
  const { origin } = incoming.headers;
  if (control) outgoing.setHeader("Vary", "Origin");
  if (control && origin === undefined) return;
  outgoing.setHeader("Access-Control-Allow-Origin", control ? origin : "*");
  outgoing.setHeader("Access-Control-Expose-Headers", "Date, Location, Retry-After, X-Request-Id");
  if (incoming.method !== "OPTIONS") return;
  outgoing.setHeader("Access-Control-Allow-Methods", "GET, POST");
  outgoing.setHeader("Access-Control-Allow-Headers", "Authorization, Email, AccessToken, Content-Type");
  outgoing.setHeader("Access-Control-Max-Age", "600");
  if (incoming.headers["access-control-request-private-network"] === "true") {
    outgoing.setHeader("Access-Control-Allow-Private-Network", "true");
  }
}

// The whole body, or undefined where it is over the limit.
async function readBody(incoming) {
  if (Number(incoming.headers["content-length"] ?? 0) > BODY_LIMIT) return undefined;
  const chunks = [];
  let length = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function obey(sandbox, incoming, command, body, outgoing) {
  const actions = {
    "POST inject": (fault) => sandbox.inject(fault),
    "POST advance": ({ ms }) => sandbox.advance(ms),
    "POST fund": ({ amount }) => sandbox.fund(amount),
    "POST settle": ({ amount }) => sandbox.settle(amount),
    "GET orders": () => sandbox.orders(),
    "GET requests": () => sandbox.requests(),
  };
  const name = `${incoming.method} ${command}`;
  if (!Object.hasOwn(actions, name)) return sendJson(outgoing, 404, { Message: `There is no control ${name}.` });
  const posted = incoming.method === "POST";
  if (posted && !/^application\/json\s*(;|$)/i.test(incoming.headers["content-type"] ?? "")) {
    return sendJson(outgoing, 415, { Message: "The Content-Type must be application/json." });
  }
  try {
    const result = actions[name](posted ? (JSON.parse(body.toString()) ?? {}) : undefined);
    return sendJson(outgoing, 200, result ?? { ok: true });
  } catch (error) {
    return sendJson(outgoing, 400, { Message: error.message });
  }
}

async function forward(sandbox, incoming, body, outgoing) {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const request = {
    method: incoming.method,
    url: new URL(incoming.url, sandbox.baseUrl).href,
    headers: Object.entries(incoming.headersDistinct).map(([name, values]) => [name, values.join(", ")]),
    signal: gone.signal,
    arrayBuffer: async () => body,
  };
  try {
    const response = await sandbox.fetch(request);
    outgoing.writeHead(response.status, [...response.headers].flat());
    for await (const chunk of response.body) outgoing.write(chunk);
    outgoing.end();
  } catch (error) {
    // A lost connection is one here too. Anything else is a caller who has gone.
    incoming.socket.destroy();
    if (!gone.signal.aborted && error.message !== "fetch failed") throw error;
  }
}

// A callback is sent once. Its URL came with an order that any page could have placed, hence loopback unless allowed.
function notify(sandbox, allowed) {
  for (const { url, body } of sandbox.webhooks()) {
    if (allowed === "off") continue;
    if (allowed === "loopback" && !isLoopback(url)) {
      complain("a webhook to another host was not sent (--webhooks any allows it)");
      continue;
    }
    fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      redirect: "manual",
      signal: AbortSignal.timeout(10_000),
    }).then(
      (response) => response.ok || complain(`a webhook was answered with ${response.status}`),
      () => complain("a webhook could not be delivered"),
    );
  }
}

function sendJson(outgoing, status, value) {
  outgoing.writeHead(status, { "Content-Type": "application/json", "X-Content-Type-Options": "nosniff" });
  outgoing.end(JSON.stringify(value));
}

function complain(sentence) {
  console.error(`giftcard-partners: ${sentence}`);
}
