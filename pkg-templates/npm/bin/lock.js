// One run at a time in a folder, also after a run was killed.
//
// Each run puts a file of its own name there and then looks for others. Of two runs the one that looked later sees the other's file, so
// both never go on; both may give way, and try again. A dead run's file is deleted by its name, which no living run has.
import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync, unlinkSync } from "node:fs";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { Refusal } from "./fault.js";

const NAME = /^lock-[\w-]+\.json$/;
const ATTEMPTS = 6;
const LONGEST_WAIT_MS = 150;

/** Takes the folder; resolves to what gives it back. */
export async function lock(folder) {
  const path = join(folder, `lock-${randomUUID()}.json`);
  for (let attempt = 1; ; attempt += 1) {
    await put(path);
    const release = () => {
      try {
        unlinkSync(path);
      } catch {
        // It is gone, or the next run finds that its process is.
      }
    };
    let other;
    try {
      other = await livingOther(folder, path);
    } catch (error) {
      release();
      throw error;
    }
    if (!other) {
      process.once("exit", release);
      return release;
    }
    release();
    if (attempt === ATTEMPTS || other.isForeign) throw new Refusal(other.sentence);
    await wait(Math.random() * LONGEST_WAIT_MS);
  }
}

/** Whether a run holds the folder now, without taking it: what it says of that run. */
export async function holderOf(folder) {
  return (await livingOther(folder, undefined, { sweep: false }))?.sentence;
}

/** Whole at once: a file without its content would say nothing of its process. */
async function put(path) {
  await writeFile(`${path}.new`, JSON.stringify(SELF), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

async function livingOther(folder, own, { sweep = true } = {}) {
  for (const name of (await readdir(folder)).filter((name) => NAME.test(name))) {
    const path = join(folder, name);
    if (path === own) continue;
    const holder = await read(path);
    if (!holder) continue;
    const isForeign = holder.machine !== SELF.machine || holder.processes !== SELF.processes;
    // After a restart of the machine none of its processes is left.
    const isDead = holder.host === SELF.host && holder.processes === SELF.processes && (holder.machine !== SELF.machine || !isRunning(holder));
    if (isDead) {
      if (sweep) await rm(path, { force: true });
      continue;
    }
    if (!isForeign) return { isForeign, sentence: `Another run is at work in ${folder} (process ${holder.pid}, since ${holder.since}).` };
    return { isForeign, sentence: `A run on the machine ${holder.host} holds ${folder} (process ${holder.pid}, since ${holder.since}). If it has ended, delete ${path}.` };
  }
  return undefined;
}

async function read(path) {
  try {
    const { pid, host = "unknown", since = "unknown", ...rest } = JSON.parse(await readFile(path, "utf8"));
    return { pid, host, since, ...rest };
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw new Refusal(`${path} cannot be read. If no run is at work there, delete it.`);
  }
}

/** A process number is given again: it is the same process where it also began at the same moment. */
function isRunning({ pid, began }) {
  const now = stateOf(pid);
  if (now) return now.isAlive && now.began === began;
  if (hasProc()) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function hasProc() {
  return stateOf(process.pid) !== undefined;
}

/** What Linux says of a process; undefined where there is none, or no such system. */
function stateOf(pid) {
  const text = quietly(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The name before it may hold anything, parentheses and spaces too.
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields && { isAlive: !"ZX".includes(fields[0]), began: fields[19] };
}

function quietly(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}

const SELF = {
  pid: process.pid,
  began: stateOf(process.pid)?.began,
  since: new Date().toISOString(),
  host: hostname(),
  /** Of this start of the machine. */
  machine: quietly(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()) ?? hostname(),
  /** Containers of one machine number their processes apart. */
  processes: quietly(() => readlinkSync("/proc/self/ns/pid")) ?? "",
};
