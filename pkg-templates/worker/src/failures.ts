// What the log says of a failure of our own: its class and its place. A message may hold what a person wrote, so none is repeated.

/** Frames of a stack that are written down. */
const FRAMES = 4;

/** Writes it down, and gives the id under which it stands there. */
export function noted(error: unknown): string {
  const id = crypto.randomUUID();
  console.error(JSON.stringify({ failed: "internal", id, error: classOf(error), at: placeOf(error) }));
  return id;
}

function classOf(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  return /^\w{1,60}$/.test(name) ? name : "Error";
}

/** Where it was thrown: the frames of the stack, which stand behind the message. */
function placeOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const { stack = "" } = error;
  const head = String(error);
  if (!stack.startsWith(head)) return [];
  const frames = stack.slice(head.length).split("\n").map((line) => line.trim());
  return frames.filter((line) => line.startsWith("at ")).slice(0, FRAMES).map((line) => line.slice("at ".length));
}
