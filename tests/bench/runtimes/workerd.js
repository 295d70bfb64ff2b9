import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";

const WORKER = `
import * as suite from "./suite.js";
export default {
  async fetch(request) {
    try {
      const { list, run } = await request.json();
      return Response.json({ result: list ? suite.list() : await suite.run(run) });
    } catch (error) {
      return Response.json({ error: error.stack });
    }
  },
};`;

export async function openWorkerd(file, wasm, version) {
  const modules = [
    { type: "ESModule", path: "main.js", contents: WORKER },
    { type: "ESModule", path: "suite.js", contents: readFileSync(file, "utf8") },
    ...[...wasm].map(([name, path]) => ({ type: "CompiledWasm", path: name.replace("./", ""), contents: readFileSync(path) })),
  ];
  const miniflare = new Miniflare({ modules, compatibilityDate: "2026-04-01" });
  await miniflare.ready;
  const ask = async (command) => {
    const answer = await miniflare.dispatchFetch("https://bench.example/", { method: "POST", body: JSON.stringify(command) });
    const { result, error } = await answer.json();
    if (error !== undefined) throw new Error(error);
    return result;
  };
  return {
    name: "workerd", version, list: () => ask({ list: true }), run: (command) => ask({ run: command }), close: () => miniflare.dispose(),
  };
}
