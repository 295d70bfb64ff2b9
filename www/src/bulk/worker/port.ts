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

/** Says the newest of what is to be said, at most every so often; what comes in between is said a moment later. */
export function newest<T>(say: (value: T) => void, ms = PACE): { next(value: T): void; stop(): void } {
  let last = -ms;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let value: T;
  const now = () => {
    timer = undefined;
    last = performance.now();
    say(value);
  };
  return {
    next(following) {
      value = following;
      timer ??= setTimeout(now, last + ms - performance.now());
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
