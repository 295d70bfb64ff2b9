// Workers refuse to compile bytes at run time: the module is imported, and the bundler compiles it. It is named as it stands in the package.
import "./shared.js";

import module from "./giftcard_partners_sandbox.wasm?module";
import { sandboxBy } from "../sandbox/sandbox.js";

export const { createSandbox } = /* @__PURE__ */ sandboxBy(module);
