// A Node of its own for the jobs, so that nothing of this process is measured.
import { execFileSync, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { once } from "node:events";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The Node that is tested beside the one that runs this: a package of its own, where there is one for this machine. */
export function currentNode() {
  const file = new URL(`../node_modules/node-${process.platform}-${process.arch}/bin/node`, import.meta.url);
  return existsSync(file) ? fileURLToPath(file) : undefined;
}

export async function openNode(name, execPath, file) {
  const child = fork(new URL("./node-child.js", import.meta.url), [pathToFileURL(file).href], {
    execPath, execArgv: ["--max-old-space-size=4096"], stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const gone = once(child, "exit").then(([code]) => { throw new Error(`${name} ended with ${code}`); });
  gone.catch(() => {});
  const ask = async (command) => {
    child.send(command);
    const [{ result, error }] = await Promise.race([once(child, "message"), gone]);
    if (error !== undefined) throw new Error(error);
    return result;
  };
  return {
    name,
    version: execFileSync(execPath, ["--version"], { encoding: "utf8" }).trim().slice(1),
    list: () => ask({ list: true }),
    run: (command) => ask({ run: command }),
    close: async () => child.kill(),
  };
}
