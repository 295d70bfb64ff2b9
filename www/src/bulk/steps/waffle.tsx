// Orders by state as squares, each kind together, and the same as numbers: colour alone says nothing to some.
import type { CampaignProgress, CampaignState } from "giftcard-partners/slim";

import { count } from "../../desk";

const SQUARES = 300;

const STATES: [CampaignState, string][] = [
  ["created", "Placed"],
  ["reconciled", "Placed before, found again"],
  ["sent", "Under way"],
  ["unknown", "No answer, asked for again"],
  ["short", "Not covered by the funds"],
  ["rejected", "Refused"],
  ["conflict", "PO number taken"],
  ["planned", "To be sent"],
];

export function Waffle({ progress }: { progress: CampaignProgress }) {
  const present = STATES.filter(([state]) => progress[state] > 0);
  const scale = Math.min(1, SQUARES / Math.max(1, progress.orders));
  const squares = present.flatMap(([state]) => Array.from({ length: Math.max(1, Math.round(progress[state] * scale)) }, () => state));
  const said = present.map(([state, name]) => `${name}: ${count(progress[state])}`).join(", ");
  return (
    <figure class="stack tight">
      <div class={squares.length > 60 ? "waffle" : "waffle few"} role="img" aria-label={`Orders by state. ${said}`}>
        {squares.map((state, index) => (
          <i key={index} class={`is-${state}`} />
        ))}
      </div>
      <figcaption>
        <ul class="key" aria-label="Orders by state">
          {present.map(([state, name]) => (
            <li key={state}>
              <span class={`swatch is-${state}`} aria-hidden="true" />
              {name}: {count(progress[state])}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
