// The sandbox as a fetch function. What the API does is decided in wasm; here a Request becomes plain values and a reply
// becomes what a network would make of it: a Response, a broken connection, or silence.
import { ConfigError } from "../shared/errors.js";
import { SandboxCore, instance } from "../giftcard_partners_sandbox.js";
import { refusing, toJson } from "../shared/input.js";
import { onlyKnown } from "../shared/options.js";
import { Wait } from "../shared/wait.js";

const BASE_URL = "https://sandbox.giftcard-partners.invalid";

/** The offline API, with the wasm from there once one is made. */
export function sandboxBy(source) {
  instance().from(source);
  return { createSandbox };
}

const OPTIONS = ["seed", "clock", "casing", "lists", "asyncThreshold", "fulfillmentMs", "available", "pending", "products", "faults"];

function createSandbox(options = {}) {
  onlyKnown("createSandbox", options, OPTIONS);
  let core = new SandboxCore(jsonOf(options, "options"));
  const manual = options.clock === "manual";
  const slowBodies = new Set();
  const alive = () => {
    if (core === undefined) throw new ConfigError("sandbox: it was freed");
    return core;
  };
  const now = () => alive().now(Date.now());

  return {
    baseUrl: BASE_URL,
    credentials: { email: core.email, accessToken: core.accessToken },

    async fetch(input, init) {
      const request = toRequest(input, init);
      const signal = init?.signal ?? request.signal ?? undefined;
      if (signal?.aborted) throw signal.reason;
      const body = await abortable(request.arrayBuffer(), signal);
      if (signal?.aborted) throw signal.reason;
      const reply = handle(alive(), request, new Uint8Array(body));
      switch (reply.kind) {
        case "answer":
          return new Response(reply.body, { status: reply.status, headers: reply.headers });
        case "slow":
          return new Response(slowBody(reply, signal), { status: reply.status, headers: reply.headers });
        case "dropped":
          throw new TypeError("fetch failed");
        default:
          return abortable(new Promise(() => {}), signal);
      }
    },

    inject: (fault) => alive().inject(jsonOf(typeof fault === "string" ? { fault } : fault, "the fault")),
    advance(ms) {
      alive().advance(typeof ms === "number" ? ms : NaN);
      for (const slow of slowBodies) slow.look();
    },
    fund: (amount) => alive().fund(typeof amount === "string" ? amount : ""),
    settle: (amount) => alive().settle(typeof amount === "string" ? amount : ""),
    orders: () => fromJson(alive().orders(Date.now())),
    requests: () => fromJson(alive().requests()),
    webhooks: () => fromJson(alive().webhooks(Date.now())),
    free() {
      for (const slow of slowBodies) slow.fail(new TypeError("fetch failed"));
      core?.free();
      core = undefined;
    },
  };

  // Sends half of the body at once and the rest when the sandbox's clock says so.
  function slowBody({ body, delayMs }, signal) {
    const half = body.byteLength >> 1;
    const due = now() + delayMs;
    const abort = () => slow.fail(signal.reason);
    const slow = {
      timer: undefined,
      look() {
        clearTimeout(slow.timer);
        const left = due - now();
        if (left <= 0) {
          slow.forget();
          slow.controller.enqueue(body.subarray(half));
          slow.controller.close();
        } else if (!manual) {
          slow.timer = setTimeout(slow.look, Math.min(left, 2 ** 31 - 1));
        }
      },
      fail(reason) {
        slow.forget();
        slow.controller.error(reason);
      },
      forget() {
        clearTimeout(slow.timer);
        signal?.removeEventListener("abort", abort);
        slowBodies.delete(slow);
      },
    };
    return new ReadableStream({
      start(controller) {
        slow.controller = controller;
        slowBodies.add(slow);
        signal?.addEventListener("abort", abort, { once: true });
        controller.enqueue(body.subarray(0, half));
        slow.look();
      },
      cancel: () => slow.forget(),
    });
  }
}

// A Request of another realm is taken as it is: it is known by what it can do, not by its class.
function toRequest(input, init) {
  const isRequest = typeof input?.arrayBuffer === "function" && typeof input.url === "string";
  if (isRequest && init === undefined) return input;
  return new Request(isRequest ? input : new URL(input, BASE_URL), init);
}

function handle(core, request, body) {
  const { pathname, search } = new URL(request.url, BASE_URL);
  // One byte over the limit is as much as is needed to be refused.
  const read = body.subarray(0, SandboxCore.bodyLimit() + 1);
  return core.handle(request.method, pathname, search.slice(1), [...request.headers].flat(), read, Date.now());
}

/** As `fetch` does, it rejects with the signal's own reason. */
async function abortable(promise, signal) {
  if (!signal) return promise;
  const wait = new Wait(Infinity, signal);
  try {
    const settled = await wait.settled(promise);
    if (settled === wait) throw signal.reason;
    return settled;
  } finally {
    wait.release();
  }
}

function jsonOf(value, name) {
  const checked = (_, inner) => {
    // JSON would leave it out without a word.
    if (typeof inner === "function" || typeof inner === "symbol") throw inner;
    return inner;
  };
  return refusing(`sandbox: ${name} must be plain data`, () => toJson(value, checked) ?? "null");
}

function fromJson(bytes) {
  return JSON.parse(new TextDecoder().decode(bytes));
}
