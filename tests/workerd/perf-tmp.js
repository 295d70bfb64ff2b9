import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import WebSocket from "ws";
import { BINDINGS, csv, startWorker, usedByRuntime } from "./worker.js";
const [which = "now", out = "/tmp/profile.cpuprofile", phase = "import"] = process.argv.slice(2);
const ROWS = 100_000;
const SANDBOX = { available: "100000000000.00", asyncThreshold: 1_000_000 };
const { ORDERS, CAMPAIGNS } = BINDINGS.durableObjects;
const list = csv(ROWS);
const worker = which === "now"
  ? await startWorker({ sandbox: SANDBOX, bindings: { GIFTCARD_TIMEOUT_MS: "20000" }, platform: { inspectorPort: 0 } })
  : await startWorker({ folder: resolve(which), sandbox: SANDBOX, bindings: ({ email, accessToken }, baseUrl) => ({ GCP_BASE_URL: baseUrl, GCP_EMAIL: email, GCP_ACCESS_TOKEN: accessToken, GCP_TIMEOUT_MS: "20000" }), platform: { durableObjects: { ORDERS, CAMPAIGNS }, inspectorPort: 0 } });
const url = await worker.miniflare.getInspectorURL();
console.log(String(url));
const targets = await (await fetch(`http://${url.host}/json`)).json();
console.log(targets.map((t) => t.id + " " + t.title));
const target = targets[0];
const ws = new WebSocket(target.webSocketDebuggerUrl);
await new Promise((r) => ws.once("open", r));
let n = 0; const waiting = new Map();
ws.on("message", (m) => { const d = JSON.parse(m); if (waiting.has(d.id)) { waiting.get(d.id)(d.result ?? d); waiting.delete(d.id); } });
const call = (method, params = {}) => new Promise((r) => { n += 1; waiting.set(n, r); ws.send(JSON.stringify({ id: n, method, params })); });
await call("Profiler.enable");
await call("Profiler.setSamplingInterval", { interval: 200 });
const [, warm] = await worker.review("warm", csv(1000));
if (which === "now") { await worker.approve(warm.id, warm.quote[0].total); }
await worker.reach(warm.id, "done");

const pids = (await import("node:child_process")).execSync("pgrep -P " + process.pid + " workerd").toString().trim().split("\n"); console.log(pids); if (process.env.PERF) { (await import("node:child_process")).spawn("perf", ["record","-F","4000","-o","/tmp/perf.data","-p",pids[0]],{stdio:"ignore"}); await new Promise(r=>setTimeout(r,1500)); }
const begun = performance.now(); const cpu = usedByRuntime().cpuSeconds;
const [status, review] = await worker.review("list", list);
console.log(status, performance.now() - begun, usedByRuntime().cpuSeconds - cpu);
if (process.env.PERF) { (await import("node:child_process")).execSync("pkill -INT -P "+process.pid+" perf"); await new Promise(r=>setTimeout(r,1000)); }
if (phase !== "import") {
  await call("Profiler.start");
  if (which === "now") await worker.approve(review.id, review.quote[0].total);
  await worker.reach(review.id, "done", 600);
}
await worker.dispose(); process.exit(0); let profile;
writeFileSync(out, JSON.stringify(profile));
ws.close();
await worker.dispose();
const self = new Map(); const byId = new Map(profile.nodes.map((x) => [x.id, x]));
let total = 0;
for (const [i, id] of profile.samples.entries()) {
  const dt = (profile.timeDeltas[i + 1] ?? 0) / 1000;
  const { functionName, url, lineNumber } = byId.get(id).callFrame;
  const key = `${functionName || "(anon)"} ${url.split("/").at(-1)}:${lineNumber + 1}`;
  self.set(key, (self.get(key) ?? 0) + dt); total += dt;
}
for (const [key, ms] of [...self].sort((a, b) => b[1] - a[1]).slice(0, 45)) console.log(ms.toFixed(1).padStart(8), key);
console.log(total);
process.exit(0);
