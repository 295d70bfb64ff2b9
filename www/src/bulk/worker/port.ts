// The Web Worker's side of what is said.
import type { Command, News } from "../messages";

/** Milliseconds between two pieces of news about progress: more than a person can see would only cost frames. */
const PACE = 100;

export const port = self as unknown as { postMessage(news: News): void; onmessage: (event: MessageEvent<Command>) => void };

export function tell(news: News): void {
  port.postMessage(news);
}

/** Says at most every so often that it is time. */
export function pace(ms = PACE): () => boolean {
  let last = -ms;
  return () => {
    const now = performance.now();
    if (now - last < ms) return false;
    last = now;
    return true;
  };
}
