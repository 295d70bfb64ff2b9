// One HTTP exchange: a request, handed to whatever `fetch` there is, and its whole answer, within a time and the caller's signal. What an
// answer means is decided in Rust (src/wasm/client/transport.rs): here every end is a list of plain values, and none is an exception.
import { Wait } from "../shared/wait.js";

/** Bytes of an answer that are read: a page of products with all their texts is far below. */
const LARGEST = 33_554_432;

/** How it ended. These numbers are those of src/wasm/client/transport.rs. */
const ANSWERED = 0;
const TIMED_OUT = 1;
const ABORTED = 2;
/** Nobody knows how far the request got. */
const BROKE = 3;
/** `fetch` threw instead of promising: nothing left. */
const THREW = 4;
/** The request could not be made. */
const UNMADE = 5;

/** In place of a status: those of src/answer.rs. */
const NO_ANSWER = 0;
const HIDDEN_REDIRECT = 1;

const REQUEST_IDS = ["x-request-id", "request-id", "x-correlation-id"];

/** Sends a request, which `controller` gives up, and reads its answer. `given` is the option `fetch`; `body` is that of the request. */
export async function exchange(given, url, request, body, controller, timeoutMs, signal) {
  const holder = given ?? globalThis;
  const fetch = typeof holder === "function" ? holder : read(() => holder.fetch);
  if (typeof fetch !== "function") return [UNMADE, "There is no fetch here: give the client the option fetch."];
  const init = { method: request.method, headers: Object.fromEntries(request.headers), redirect: "manual", signal: controller.signal };
  if (body) init.body = body;
  const input = inputFor(fetch, url, request);
  const wait = new Wait(timeoutMs, signal);
  try {
    let response;
    try {
      response = Promise.resolve(fetch.call(holder === given && holder !== fetch ? holder : undefined, input, init));
    } catch (fault) {
      return [THREW, fault];
    }
    try {
      response = await wait.settled(response);
    } catch (fault) {
      return [BROKE, fault, isOfAnother(url, fault)];
    }
    if (response !== wait) {
      const answer = await answerOf(response, wait, controller);
      if (answer !== wait) return answer;
    }
    controller.abort();
    return [wait.isAborted ? ABORTED : TIMED_OUT];
  } finally {
    wait.release();
  }
}

/**
 * What `fetch` is called with first. One that declares two parameters is called with the URL. Any other gets the platform's `Request`, with
 * `init` beside it all the same: undici and node-fetch know no `Request` but their own, and take this one for the URL that it is as a text.
 */
function inputFor(fetch, url, request) {
  if (fetch.length > 1) return url;
  return Object.defineProperty(request, "toString", { value: () => url });
}

/** The head of an answer and its bytes, if they can be had; the wait where its end comes first. */
async function answerOf(response, wait, controller) {
  const headers = read(() => response.headers);
  const header = (name) => read(() => headers.get(name));
  const status = statusOf(response);
  const head = [ANSWERED, status, header("retry-after"), header("date"), REQUEST_IDS.map(header).find(Boolean), headers];
  if (status === NO_ANSWER || status === HIDDEN_REDIRECT) return head;
  if (header("content-length") > LARGEST) {
    controller.abort();
    return head;
  }
  try {
    const bytes = await wait.settled(Promise.resolve(response.arrayBuffer()));
    return bytes === wait ? wait : [...head, bytes];
  } catch {
    // The body broke off, or there is none; the status still tells what it tells.
    return head;
  }
}

function statusOf(response) {
  const status = read(() => response.status);
  if (typeof status !== "number") return NO_ANSWER;
  if (read(() => response.type) === "opaqueredirect") return HIDDEN_REDIRECT;
  return Number.isInteger(status) && status >= 100 && status < 1_000 ? status : NO_ANSWER;
}

/** What an object has there; nothing where reading it throws: a `fetch` of the caller's own may return anything. */
function read(get) {
  try {
    return get() ?? undefined;
  } catch {
    return undefined;
  }
}

/** Whether an error names another address than ours: a `fetch` of the caller's own may ask elsewhere too, once our request has left. */
function isOfAnother(url, fault) {
  const { hostname, port, protocol } = new URL(url);
  const ours = Number(port) || (protocol === "https:" ? 443 : 80);
  let next = fault;
  for (let depth = 0; next && depth < DEEPEST_CAUSE; depth += 1) {
    // A name that is on no certificate is its `host`.
    const [host, at] = [read(() => next.hostname ?? next.host), read(() => next.port)];
    if ((host !== undefined && host !== hostname) || (at !== undefined && Number(at) !== ours)) return true;
    next = read(() => next.cause ?? next.errors[0]);
  }
  return false;
}

const DEEPEST_CAUSE = 4;
