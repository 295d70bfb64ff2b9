import { signal } from "@preact/signals";

import { keptChoice, keepChoice } from "./choice";
import { reading } from "./text";

/** Whether the page shows the code that does what it does: one switch for all of it. */
export const coded = signal(keptChoice("code") === "shown");

export function CodeSwitch() {
  const turn = () => {
    coded.value = !coded.value;
    keepChoice("code", coded.value ? "shown" : undefined);
  };
  return (
    <button type="button" class="bare" role="switch" aria-checked={coded.value} onClick={turn}>
      Show code
    </button>
  );
}

/** The code that does what stands beside it: the very file that this page runs. */
export function Code({ title, source, open }: { title: string; source: string; open?: boolean }) {
  if (!coded.value) return null;
  return (
    <details class="code" open={open}>
      <summary>{title}</summary>
      <pre tabIndex={0} aria-label={reading(title)}>
        <code>{source.trim()}</code>
      </pre>
    </details>
  );
}
