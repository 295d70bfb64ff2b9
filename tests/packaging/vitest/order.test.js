// A user's own tests, where a browser seems to be.
import { expect, test } from "vitest";

import { GiftCardPartners } from "giftcard-partners";

import { DESK } from "./app/expected.js";
import { desk } from "./app/desk.js";

test("the package works in jsdom", async () => {
  expect(document.nodeType).toBe(9);
  expect(await desk()).toEqual(DESK);
});

test("jsdom counts as a browser: credentials are refused there", () => {
  const credentials = { email: "a@example.org", accessToken: "secret" };

  expect(() => new GiftCardPartners({ baseUrl: "https://api.example", credentials })).toThrow(/browser/i);
});
