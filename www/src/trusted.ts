// The one Trusted Types policy of the page. It lets two things through: the address of our own Web Worker, and text to a parser whose
// document is never shown (terms.tsx rebuilds what it keeps, element by element).
interface Policy {
  createHTML(text: string): string;
  createScriptURL(url: string): string;
}

const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }).trustedTypes;

const rules: Policy = {
  createHTML: (text) => text,
  createScriptURL(url) {
    if (new URL(url, location.href).origin !== location.origin) throw new TypeError("A script of another host is not loaded.");
    return url;
  },
};

const policy = factory?.createPolicy("order-desk", rules) ?? rules;

/** A document that is never shown: scripts do not run in it and nothing is fetched. */
export function inertDocument(html: string): Document {
  return new DOMParser().parseFromString(policy.createHTML(html), "text/html");
}

export function startWorker(url: string): Worker {
  return new Worker(policy.createScriptURL(url), { type: "module" });
}
