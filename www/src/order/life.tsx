import { plural } from "../parts/text";
import { type Life, ask, cardOf, hideClaims, send, showClaims } from "./lives";

const STEPS = [
  ["sending", "Sent"],
  ["pending", "Pending"],
  ["done", "Done"],
] as const;

const SAID = {
  sending: "It is being sent.",
  pending: "The API has it and is working on it.",
  done: "It is done.",
  placed: "It is placed. What became of it since is not known: ask for it, and do not place it anew.",
  failed: "It was not placed.",
};

/** One order from being sent to being done. */
export function LifeCard({ life }: { life: Life }) {
  const { poNumber, state, outcome, attempts, order, problem, cards } = life;
  const reached = Math.max(0, STEPS.findIndex(([step]) => step === state));
  const unknown = isUnknown(life);
  const first = unknown ? "Unknown" : state === "failed" ? "Failed" : undefined;
  return (
    <li class="life" id={cardOf(poNumber)} tabIndex={-1} aria-label={`Order ${poNumber}`}>
      <div class="row">
        <strong class="num anywhere">{poNumber}</strong>
        {outcome && <span class={`tag ${outcomeTone(outcome)}`}>{outcome}</span>}
        {attempts !== undefined && <span class="soft small">{plural(attempts, "attempt")}</span>}
      </div>
      <ol class="steps" aria-label={`Life of ${poNumber}`}>
        {STEPS.map(([step, name], index) => (
          <li key={step} class={first && index === 0 ? first.toLowerCase() : index <= reached ? "reached" : ""} aria-current={index === reached ? "step" : undefined}>
            {(index === 0 && first) || name}
          </li>
        ))}
      </ol>
      <p class="soft">{saidOf(life)}</p>
      {problem && <p class="notice bad">{problem}</p>}
      {unknown && (
        <div class="row">
          <button type="button" onClick={() => void send(poNumber, life.body)}>
            Send {poNumber} again
          </button>
        </div>
      )}
      {state === "placed" && (
        <div class="row">
          <button type="button" onClick={() => void ask(life)}>
            Ask for {poNumber}
          </button>
        </div>
      )}
      {state === "done" && order?.Type === "Links" && (
        <div class="stack tight">
          <div class="row">
            <button type="button" aria-expanded={cards !== undefined} onClick={() => (cards ? hideClaims(life) : void showClaims(life))}>
              {cards ? "Hide claim links" : "Show claim links"}
            </button>
            <span class="soft small">A link with its answer is money: whoever reads it can spend it.</span>
          </div>
          {cards && (
            <ul class="stack tight plain" aria-label="Claim links">
              {cards.map((card) => (
                <li key={card.Id}>
                  <code>{card.ClaimLink}</code>
                  <br />
                  <span class="soft small">
                    Answer: <code>{card.ClaimLinkChallengeAnswer}</code>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </li>
  );
}

/** Where it is, for eyes and for ears. */
export function saidOf(life: Life): string {
  if (isUnknown(life)) return "Nobody knows whether it was placed. Send it again: under this PO number there can be one order only.";
  const found = life.state === "done" && life.outcome === "reconciled";
  return SAID[life.state] + (found ? " An answer was lost on the way; the order was found by its PO number and is the same." : "");
}

function isUnknown({ state, outcome }: Life): boolean {
  return state === "failed" && outcome === "unknown";
}

function outcomeTone(outcome: string): string {
  if (outcome === "created" || outcome === "reconciled") return "good";
  return outcome === "unknown" ? "warn" : "bad";
}
