// The order desk on this machine: page → starter Worker (workerd) → sandbox. `cargo xtask www` builds and runs it.
import { parseArgs } from "node:util";

import { startDesk } from "./server/desk.js";

const { values } = parseArgs({ options: { port: { type: "string", default: "8080" }, "end-with-parent": { type: "boolean" } } });
const port = Number(values.port);
if (!/^\d{1,5}$/.test(values.port) || port > 65535) {
  console.error("--port must be a number from 0 to 65535; 0 takes any free one");
  process.exit(2);
}

const desk = await startDesk({ port }).catch((error) => {
  console.error(error.code === "EADDRINUSE" ? `port ${port} is in use: choose another with --port, or 0 for any free one` : error);
  process.exit(1);
});
console.log(`The order desk is open: ${desk.url}

Nothing here is real: no card, no money, no mail. Ctrl+C closes it.`);

const stop = () => desk.close().then(() => process.exit(0));
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, stop);
}
// xtask passes no signal on that only it was sent.
const parent = process.ppid;
if (values["end-with-parent"]) setInterval(() => process.ppid !== parent && stop(), 1_000).unref();
