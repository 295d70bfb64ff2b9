// The file of a wasm, where it can be read at once: Node, Deno and Bun have it compiled in 1 ms, where unpacking the text takes 7 to 11.
// Where this script lies is known by a stack trace. Of `import.meta.url` webpack makes the place on the machine that bundled, which every page would
// show, bundlers ship what they see named beside it, and in CommonJS, which some make of this, it is no syntax.

/** What lies under that name beside this script, or beside the bundle that it is part of; nothing where no file can be read. */
export function fileBeside(name) {
  try {
    const { readFileSync } = globalThis.process.getBuiltinModule("node:fs");
    const path = folderOf(here()) + name;
    const file = path.startsWith("file:") ? new URL(path) : path;
    return mayRead(file) ? readFileSync(file) : undefined;
  } catch {
    return undefined;
  }
}

/** A stack trace of one frame: for each more the engine counts the lines of a script, which takes Node longer than reading the file. */
function here() {
  const limit = Error.stackTraceLimit;
  try {
    if (limit > 1) Reflect.set(Error, "stackTraceLimit", 1);
    return new Error().stack;
  } finally {
    if (limit > 1) Reflect.set(Error, "stackTraceLimit", limit);
  }
}

/** Of the first frame: `at name (file:///a/b.js:1:2)`, or a path, as Bun has it. A regular expression would take Node as long as all the rest here. */
function folderOf(stack) {
  const frame = stack.split("\n").find((line) => line.includes("/") || line.includes("\\"));
  const starts = [frame.indexOf("file:"), frame.indexOf("/"), frame.indexOf(":\\") - 1].filter((start) => start >= 0);
  return frame.slice(Math.min(...starts), Math.max(frame.lastIndexOf("/"), frame.lastIndexOf("\\")) + 1);
}

/** Deno would ask who sits at the terminal. */
const mayRead = (path) => !globalThis.Deno || globalThis.Deno.permissions.querySync({ name: "read", path }).state === "granted";
