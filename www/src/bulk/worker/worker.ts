// The Web Worker that does the bulk job: it reads the list, plans, quotes and places, and the page only shows what it is told.
import { recipientTemplate } from "giftcard-partners/slim";

import type { Command } from "../messages";
import { alone, claims, close, forget, pause, place, quote, recall, replan, sentenceOf } from "./campaign";
import { inspect, mend, read } from "./list";
import { catalog, ready } from "./needs";
import { port, tell } from "./port";
import { again, results, resultsFile } from "./results";

/** What reads the list waits for what has read it before. */
let last: Promise<void> = ready;

port.onmessage = ({ data }) => {
  obey(data)
    .catch((error: unknown) => tell({ news: "failed", problem: sentenceOf(error) }))
    .finally(() => tell({ news: "idle", after: data.do }));
};

async function obey(command: Command): Promise<void> {
  await ready;
  switch (command.do) {
    case "inspect":
      return inTurn(() => inspect(command));
    case "import":
      return inTurn(() => read(command));
    case "mend":
      return inTurn(() => mend(command));
    case "again":
      return inTurn(() => again(command));
    case "template":
      return template(command);
    case "plan":
      return alone(() => replan(command));
    case "reopen":
      return recall(false);
    case "quote":
      return quote();
    case "run":
      return alone(place);
    case "settle":
      return alone(close);
    case "pause":
      return pause();
    case "results":
      return results(command);
    case "results-file":
      return resultsFile();
    case "claims":
      return claims(command);
    case "forget":
      return alone(forget);
  }
}

function inTurn(act: () => Promise<void>): Promise<void> {
  const next = last.then(act);
  last = next.catch(() => undefined);
  return next;
}

function template({ type }: Command & { do: "template" }): void {
  const file = new Blob([recipientTemplate({ type, catalog }) as Uint8Array<ArrayBuffer>], { type: "text/csv" });
  tell({ news: "file", name: "recipients.csv", file });
}
