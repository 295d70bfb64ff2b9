// In a page: the report of a form, and the fetch of the window.
import { GiftCardPartners } from "giftcard-partners";
import { validateOrder } from "giftcard-partners/order";
import { createSandbox } from "giftcard-partners/sandbox";

new GiftCardPartners({ baseUrl: location, fetch: window.fetch.bind(window) });
new GiftCardPartners({ baseUrl: "/api", fetch: window });

const form = document.querySelector("form")!;
const { issues } = validateOrder(await new Blob(["{}"]).arrayBuffer());
for (const { path, message } of issues) {
  const field = form.elements.namedItem(path.join("."));
  if (field instanceof HTMLInputElement) field.setCustomValidity(message);
}

/** What takes a fetch takes the sandbox's. */
declare function library(fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>): void;
library(createSandbox().fetch);
library(globalThis.fetch);
