// A file that a caller hands in, piece by piece.
import { viewOf } from "../shared/bytes-and-json.js";
import { ConfigError } from "../shared/errors.js";

/** The bytes of a file, of a `Blob`, of a stream, or of what is iterated. */
export async function* chunksOf(source, method) {
  const refuse = (sentence) => {
    throw new ConfigError(`${method}: ${sentence}`);
  };
  const bytesOf = (chunk) => viewOf(chunk) ?? refuse("a piece of the list is not bytes (a Uint8Array).");
  const bytes = viewOf(source);
  if (bytes) return yield bytes;
  const stream = typeof source?.stream === "function" ? source.stream() : source;
  if (typeof stream?.getReader === "function") return yield* ofStream(stream, bytesOf);
  if (!stream || typeof stream !== "object" || !(stream[Symbol.asyncIterator] ?? stream[Symbol.iterator])) {
    refuse("the list must be a Blob, a Uint8Array, a ReadableStream or an async iterable of bytes.");
  }
  for await (const chunk of stream) yield bytesOf(chunk);
}

/** By a reader: in Safari a stream cannot be iterated. */
async function* ofStream(stream, bytesOf) {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield bytesOf(value);
    }
  } finally {
    // Nothing more is wanted of a list that could not be read on.
    reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}

/** Pieces that follow each other, as one. */
export function joined(chunks) {
  if (chunks.length === 1) return chunks[0];
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
