// What the tests of the client share: orders, fetch functions, a clock that runs by itself, and a search for what leaked.
import assert from "node:assert/strict";
import { inspect } from "node:util";

import { GiftCardPartners, isGiftCardError } from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";

export const BASE_URL = "https://api.example/base";
export const LIMIT = { timeout: 30_000 };

export const DIGITAL = {
  Type: "DigitalDelivery",
  LineItems: [
    {
      ProductId: "INKWHISTLE",
      Value: 25,
      Quantity: 2,
      DigitalDeliveryAddress: { Email: "person@example.org" },
      Personalization: { To: "Ada", FromName: "Grace", Message: "Well done!\nThank you." },
    },
  ],
  PONumber: "DIGITAL-1",
  Note: "a note",
};
export const LINKS = { Type: "Links", LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity: 2 }], PONumber: "LINKS-1" };
export const PHYSICAL = {
  Type: "PhysicalShipment",
  LineItems: [
    {
      ProductId: "LAMPENVALE",
      Value: 50,
      Quantity: 1,
      PhysicalDeliveryAddress: {
        ShippingMethodId: "STANDARD",
        CarrierId: "DEFAULT",
        Name: "Ada Lovelace",
        AddressLine1: "1 Main Street",
        City: "Springfield",
        State: "IL",
        Zip: "62701",
        Country: "US",
      },
    },
  ],
  PONumber: "PHYSICAL-1",
};

/** A sandbox and a client of it. */
export function setUp({ sandbox: sandboxOptions, ...options } = {}) {
  const sandbox = createSandbox(sandboxOptions);
  const { fetch, baseUrl, credentials } = sandbox;
  const events = [];
  const onEvent = (event) => events.push(event);
  const client = new GiftCardPartners({ baseUrl, credentials, fetch, onEvent, ...options });
  const sent = (method, path) =>
    sandbox.requests().filter((request) => request.method === method && request.path === path);
  return { sandbox, client, events, sent };
}

/** A client without credentials (behind a proxy), so that every request is the one that was asked for. */
export function bare(fetch, options) {
  const requests = [];
  const recording = (request) => {
    requests.push({ method: request.method, path: new URL(request.url).pathname, request });
    return fetch(request, requests.length);
  };
  const client = new GiftCardPartners({ baseUrl: BASE_URL, fetch: recording, ...options });
  const posts = () => requests.filter(({ method }) => method === "POST");
  return { client, requests, posts };
}

export const json = (value, status = 200, headers = {}) =>
  new Response(JSON.stringify(value), { status, headers: { "Content-Type": "application/json", ...headers } });

/** The error that a promise rejects with, which must be one of the package's. */
export async function rejection(promise) {
  const error = await promise.then(
    (value) => assert.fail(`it resolved to ${inspect(value)}`),
    (error) => error,
  );
  assert.ok(isGiftCardError(error), `no error of the package: ${inspect(error)}`);
  return error;
}

/** The error that a function throws, which must be one of the package's. */
export function thrown(act) {
  try {
    act();
  } catch (error) {
    assert.ok(isGiftCardError(error), `no error of the package: ${inspect(error)}`);
    return error;
  }
  return assert.fail("it did not throw");
}

/** That none of the secrets can be found by any of the ways in which errors and events reach a log. */
export function assertSilent(value, secrets) {
  const chain = [];
  for (let next = value; next instanceof Error; next = next.cause) {
    chain.push(next.message, String(next.stack), String(next));
  }
  const shown = [...chain, JSON.stringify(value) ?? "", inspect(value, { depth: Infinity, showHidden: true })].join("\n");
  for (const secret of secrets) {
    assert.ok(!shown.includes(secret), `${secret} is shown: ${shown}`);
  }
}

/**
 * A clock that runs by itself: whenever nothing but timers is left to wait for, it moves to the next one. Retries, timeouts and
 * polls take no real time.
 */
export function fastClock(t) {
  const real = { setTimeout, clearTimeout, now: Date.now };
  const timers = new Map();
  let now = real.now();
  const start = now;
  let ids = 0;
  globalThis.setTimeout = (callback, ms = 0, ...args) => {
    ids += 1;
    timers.set(ids, { due: now + Math.max(ms, 1), run: () => callback(...args) });
    return ids;
  };
  globalThis.clearTimeout = (id) => {
    timers.delete(id);
  };
  Date.now = () => now;
  t.after(() => {
    globalThis.setTimeout = real.setTimeout;
    globalThis.clearTimeout = real.clearTimeout;
    Date.now = real.now;
  });

  return {
    /** Waits for a promise, however long that takes on this clock. */
    async run(promise) {
      let settled = false;
      const done = () => (settled = true);
      promise.then(done, done);
      while (!settled) {
        // Streams and fetch pass through a few turns of the event loop.
        for (let turn = 0; turn < 40 && !settled; turn += 1) await new Promise(setImmediate);
        const [next] = [...timers].sort(([, a], [, b]) => a.due - b.due);
        if (settled || !next) continue;
        const [id, { due, run }] = next;
        timers.delete(id);
        now = Math.max(now, due);
        run();
      }
      return promise;
    },
    /** Milliseconds since the test began. */
    elapsed: () => now - start,
    /** Timers that nobody cleared. */
    pending: () => timers.size,
  };
}

/** An AbortController whose signal counts its listeners. */
export function countingController() {
  const controller = new AbortController();
  const { signal } = controller;
  const count = { added: 0, removed: 0, live: new Set() };
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (type, listener, options) => {
    count.added += 1;
    count.live.add(listener);
    addEventListener.call(signal, type, listener, options);
  };
  signal.removeEventListener = (type, listener, options) => {
    count.removed += 1;
    count.live.delete(listener);
    removeEventListener.call(signal, type, listener, options);
  };
  return { controller, signal, count };
}
