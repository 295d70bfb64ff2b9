// A Node of its own for the jobs, so that nothing of this process is measured.
import { fork } from "node:child_process";
import { once } from "node:events";
import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";

export async function openNode(name, execPath, file) {
  const child = fork(new URL("./node-child.js", import.meta.url), [pathToFileURL(file).href], {
    execPath, execArgv: ["--max-old-space-size=4096"], stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ask = async (command) => {
    child.send(command);
    const gone = once(child, "exit").then(([code]) => { throw new Error(`${name} ended with ${code}`); });
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
