// The package's own executable, on a free port.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Orders of more cards than this are `Pending` for a few seconds, so that their life can be watched. */
const CARDS = "4";
const FULFILLMENT_MS = "3000";

export async function startSandbox({ available, products }) {
  const folder = mkdtempSync(join(tmpdir(), "order-desk-"));
  const file = join(folder, "products.json");
  writeFileSync(file, JSON.stringify(products));
  const options = ["--available", available, "--products", file, "--async-threshold", CARDS, "--fulfillment-ms", FULFILLMENT_MS];
  const child = spawn(process.execPath, [executable(), "sandbox", "--port", "0", "--json", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const stop = () => child.kill();
  process.once("exit", stop);

  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the sandbox ended before it listened (status ${code})`);
  });
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), "line"), ended]);
  ended.catch(() => {});
  rmSync(folder, { recursive: true });
  return {
    ...JSON.parse(line),
    close() {
      process.off("exit", stop);
      stop();
    },
  };
}

function executable() {
  const manifest = new URL(import.meta.resolve("giftcard-partners/package.json"));
  const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
  return fileURLToPath(new URL(bin["giftcard-partners"], manifest));
}
