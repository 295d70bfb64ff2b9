// The executable in a terminal: the bar is one line that is drawn over, and the total is typed.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";

import { EXECUTABLE, folder, people, serve } from "./cli.js";

const PTY = "import os, pty, sys; pid = pty.fork()\nif pid[0] == 0: os.execvp(sys.argv[1], sys.argv[1:])\n" + "import select, termios, struct, fcntl\nfcntl.ioctl(pid[1], termios.TIOCSWINSZ, struct.pack('HHHH', 24, 100, 0, 0))\nopen_in = True\nwhile True:\n  ready, _, _ = select.select([pid[1]] + ([0] if open_in else []), [], [])\n  if pid[1] in ready:\n    try: data = os.read(pid[1], 65536)\n    except OSError: break\n    if not data: break\n    os.write(1, data)\n  if open_in and 0 in ready:\n    typed = os.read(0, 1024)\n    if typed: os.write(pid[1], typed)\n    else: open_in = False\nsys.exit(os.waitstatus_to_exitcode(os.waitpid(pid[0], 0)[1]))\n";
const hasPty = spawnSync("python3", ["-c", "import pty"]).status === 0;

/** Runs it in a pseudo-terminal; `type` is called with what it has said so far and writes into the terminal. */
async function terminal(args, { cwd, env, type }) {
  const child = spawn("python3", ["-c", PTY, process.execPath, EXECUTABLE, ...args], { cwd, env: { PATH: process.env.PATH, TERM: "xterm", ...env }, stdio: ["pipe", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    said += text;
    type(said, (keys) => child.stdin.write(keys));
  });
  const [code] = await once(child, "close");
  return { code, said };
}

/** What stands on the terminal in the end: a line is what was drawn last on it. */
function screen(said) {
  return said.split("\r\n").map((line) => line.split("\r\x1b[K").at(-1).replace(/\x1b\[[\d;?]*[A-Za-z]/g, ""));
}

test("the total is typed, a bar shows how far it is, and nothing of it is left", { skip: !hasPty && "needs python3 for a pseudo-terminal" }, async (t) => {
  const { env, sandbox } = await serve(t, { before: ({ method, url }) => method === "POST" && url === "/v1/Orders" && new Promise((resolve) => setTimeout(resolve, 30)) });
  const cwd = folder(t, { "people.csv": people(24) });
  let isTyped = false;

  const { code, said } = await terminal(["send", "people.csv", "--campaign", "spring", "--max-lines", "1"], {
    cwd,
    env,
    type(said, write) {
      if (isTyped || !said.includes("Type the total")) return;
      isTyped = true;
      write("600.00\r");
    },
  });

  assert.equal(code, 0, said);
  assert.equal(sandbox.orders().length, 24);
  const bars = said.split("\r\x1b[K").filter((text) => text.startsWith("["));
  assert.ok(bars.length > 2, said);
  assert.match(bars[0], /^\[-{20}\] {2}0\/24 orders {2}0\/24 cards {2}0\.00\/600\.00/);
  assert.ok(bars.some((bar) => /^\[#{20}\] {2}24\/24 orders {2}24\/24 cards {2}600\.00\/600\.00 {2}[\d.]+\/s {2}0:00 left/.test(bar)), bars.at(-1));
  for (const bar of bars) assert.ok(bar.split("\r")[0].length < 100, bar);
  assert.ok(!screen(said).some((line) => line.includes("[#")));
  assert.ok(screen(said).includes("24 of 24 orders placed, 24 lines, 600.00"));
});

test("Ctrl-C at the bar says what happens next, and ends after the orders under way", { skip: !hasPty && "needs python3 for a pseudo-terminal" }, async (t) => {
  const { env, sandbox } = await serve(t, { before: ({ method, url }) => method === "POST" && url === "/v1/Orders" && new Promise((resolve) => setTimeout(resolve, 100)) });
  const cwd = folder(t, { "people.csv": people(60) });
  let isStopped = false;

  const { code, said } = await terminal(["send", "people.csv", "--campaign", "spring", "--max-lines", "1", "--yes-spend", "1500"], {
    cwd,
    env,
    type(said, write) {
      if (isStopped || !/ [1-9]\d*\/60 orders/.test(said)) return;
      isStopped = true;
      write("\x03");
    },
  });

  assert.equal(code, 1);
  assert.match(said, /Stopping: the orders under way end first\. Ctrl-C once more gives them up/);
  assert.match(said, /It was stopped\. The same command goes on\./);
  const placed = sandbox.orders().length;
  assert.ok(placed >= 1 && placed < 60, `${placed}`);
  assert.ok(said.includes(`${placed} of 60 orders placed`), said);
});

test("Ctrl-C at the question sends nothing", { skip: !hasPty && "needs python3 for a pseudo-terminal" }, async (t) => {
  const { env, sandbox } = await serve(t);
  const cwd = folder(t, { "people.csv": people(2) });
  let isTyped = false;

  const { code, said } = await terminal(["send", "people.csv", "--campaign", "spring"], {
    cwd,
    env,
    type(said, write) {
      if (isTyped || !said.includes("Type the total")) return;
      isTyped = true;
      write("\x03");
    },
  });

  assert.equal(code, 1);
  assert.match(said, /Nothing was sent\./);
  assert.equal(sandbox.orders().length, 0);
});
