// A product's texts are HTML from elsewhere: parsed where nothing runs, then rebuilt from a list of harmless elements.
import { type ComponentChild, h } from "preact";

import { inertDocument } from "../trusted";

const KEPT = new Set(["p", "br", "ul", "ol", "li", "strong", "b", "em", "i", "u", "sup", "sub", "small"]);
const DROPPED = new Set(["script", "style", "template", "iframe", "object", "svg", "math", "noscript", "textarea", "select", "title"]);

export function Terms({ html }: { html: string }) {
  return <div class="terms">{childrenOf(inertDocument(html).body)}</div>;
}

function childrenOf(element: Element): ComponentChild[] {
  return [...element.childNodes].map(rebuilt);
}

/** Text as text, an element of the list without its attributes, and of the rest the content. */
function rebuilt(node: Node): ComponentChild {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (!(node instanceof Element)) return null;
  const name = node.localName;
  if (DROPPED.has(name)) return null;
  if (KEPT.has(name)) return h(name, null, ...childrenOf(node));
  return childrenOf(node);
}
