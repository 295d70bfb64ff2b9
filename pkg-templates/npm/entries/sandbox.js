import "./shared.js";

import { sandboxBy } from "../sandbox/sandbox.js";
import text from "../giftcard_partners_sandbox.inline.js";

export const { createSandbox } = /* @__PURE__ */ sandboxBy(text);
