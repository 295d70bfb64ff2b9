// The built package as wrangler would hand it to workerd: modules by name, wasm by `?module`.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGE = dirname(fileURLToPath(import.meta.resolve("giftcard-partners")));

/** A Worker as miniflare's `modules`, with the package's files under ./package. */
export function modules(worker) {
  const found = [{ type: "ESModule", path: "main.js", contents: worker }];
  for (const name of readdirSync(PACKAGE)) {
    const contents = () => readFileSync(join(PACKAGE, name));
    if (name.endsWith(".js")) {
      found.push({ type: "ESModule", path: `package/${name}`, contents: contents().toString() });
    }
    if (name.endsWith(".wasm")) found.push({ type: "CompiledWasm", path: `package/${name}?module`, contents: contents() });
  }
  return found;
}
