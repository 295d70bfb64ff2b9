import { sandboxBy } from "../sandbox/sandbox.js";
import text from "../giftcard_partners_sandbox.inline.js";
import { inflated } from "../shared/inflate.js";

export const { createSandbox } = /* @__PURE__ */ sandboxBy(() => inflated(text));
