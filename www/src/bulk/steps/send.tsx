// The last step: what it costs, how far the balance goes, and the run itself.
import { signal } from "@preact/signals";
import type { CampaignQuote } from "giftcard-partners/slim";

import { count, money } from "../../desk";
import { focus } from "../../parts/dom";
import { plural } from "../../parts/text";
import { type Ending, doing, ending, finishing, order, plan, quotes, running } from "../job";
import { type Plan, hasPaid, mayExist, open } from "../messages";
import { Waffle } from "./waffle";

/** The plan that was to be forgotten; asked once more where that costs something. */
const forgetting = signal<Plan["id"]>();

export function Send() {
  const planned = plan.value;
  if (!planned) return null;
  const { id, name, type, progress, leftOut, earlier } = planned;
  const begun = progress.remaining.orders < progress.orders || progress.sent + progress.unknown > 0;
  const share = Math.round((progress.placed.orders / Math.max(1, progress.orders)) * 100);
  const busy = doing.value !== undefined;
  const forget = () => {
    if (!hasPaid(planned)) return order({ do: "forget" });
    forgetting.value = id;
    focus("forget-title");
  };
  return (
    <section class="panel stack" aria-labelledby="step-title">
      <h2 id="step-title" tabIndex={-1} class="anywhere">
        Campaign {name}
      </h2>
      <p class="soft num">
        {plural(progress.lines, "person", "people")} in {plural(progress.orders, "order")}, {money(progress.faceValue)} in all.
      </p>
      {leftOut > 0 && <p class="notice num">Left out, since an earlier plan has paid: {plural(leftOut, "row")}.</p>}
      {!progress.done && (quotes.value.length > 0 ? quotes.value.map((quote) => <Coverage key={quote.currency} quote={quote} />) : <NotQuoted faceValue={progress.faceValue} />)}
      <Waffle progress={progress} />
      <p role="status" class="num">
        {running.value ? underWay(share) : said(planned, ending.value, begun, share)}
      </p>
      {ending.value?.problem && ending.value.how === "failed" && <p class="notice bad">{ending.value.problem}</p>}
      {ending.value?.how === "short" && (
        <p class="notice warn">
          <a href="#/account">Fund the account</a>, then resume.
        </p>
      )}
      <div class="row">
        {doing.value === "run" ? (
          <button type="button" class="main" disabled={finishing.value !== undefined} onClick={once("pause")}>
            Pause
          </button>
        ) : (
          !progress.done && (
            <button type="button" class="main" disabled={busy} onClick={once("run")}>
              {begun ? "Resume" : `Place ${plural(progress.remaining.orders, "order")}`}
            </button>
          )
        )}
        {progress.placed.orders > 0 && (
          <a class={progress.done ? "button main" : "button"} href="#/results">
            See the results
          </a>
        )}
        {!running.value && (
          <button type="button" disabled={busy} onClick={forget}>
            Forget this campaign
          </button>
        )}
      </div>
      {forgetting.value === id && !running.value && <Forgetting planned={planned} />}
      {type === "Links" && progress.placed.orders > 0 && <Claims />}
      {earlier.map((one, index) => (
        <div key={index} class="stack tight">
          <p class="num soft">
            Before it: {one.name}, {plural(one.placed, "order")} placed.
          </p>
          {one.type === "Links" && one.placed > 0 && <Claims of={one.name} earlier={index} />}
        </div>
      ))}
      <p class="soft small">Close the tab whenever you like: plan and ledger are kept in this browser, and nobody is paid twice.</p>
    </section>
  );
}

/** One button starts and pauses: a double press must not do both. */
function once(what: "pause" | "run") {
  return ({ detail }: MouseEvent) => detail < 2 && order({ do: what });
}

/** Forgetting what was sent is how somebody is paid twice: it is said before. */
function Forgetting({ planned: { progress, earlier } }: { planned: Plan }) {
  const placed = earlier.reduce((sum, one) => sum + one.placed, mayExist(progress));
  return (
    <div class="notice warn stack tight" role="group" aria-labelledby="forget-title">
      <h3 id="forget-title" tabIndex={-1}>
        Forget {plural(placed, "order")} that {placed === 1 ? "is or may be" : "are or may be"} placed?
      </h3>
      <p>They stay placed. But this browser no longer knows whom they paid: planned again in another way, a file pays them again.</p>
      <div class="row">
        <button type="button" disabled={doing.value !== undefined} onClick={() => order({ do: "forget" })}>
          Forget it all the same
        </button>
        <button
          type="button"
          onClick={() => {
            forgetting.value = undefined;
            focus("step-title");
          }}
        >
          Keep it
        </button>
      </div>
    </div>
  );
}

/** Asked for by hand: whoever has the file has the cards. */
function Claims({ of: name, earlier }: { of?: string; earlier?: number }) {
  return (
    <div class="row">
      <button type="button" disabled={doing.value !== undefined} onClick={() => order({ do: "claims", ...(earlier === undefined ? {} : { earlier }) })}>
        Download the claim links{name ? ` of ${name}` : ""}
      </button>
      <span class="soft small">They are money: keep the file as you would keep cash.</span>
    </div>
  );
}

function underWay(share: number): string {
  if (doing.value === "settle") return "Settling what is open.";
  if (finishing.value === undefined) return `Placing: ${share} % are placed.`;
  return finishing.value > 0 ? `Pausing: ${finishing.value} are being finished.` : "Pausing: what is under way is being finished.";
}

function said({ progress }: Plan, ended: Ending | undefined, begun: boolean, share: number): string {
  if (progress.orders === 0) return "Everyone in the file is paid already; nothing is to be sent.";
  switch (ended?.how) {
    case "done":
      return finished(progress);
    case "short":
      return "The funds ran out. What was not covered does not exist.";
    case "open":
      return "Some orders ended without an answer: Resume asks for them under the same PO numbers.";
    case "paused":
      return `Paused. ${ended.finished ? `${plural(ended.finished, "order")} that ${ended.finished === 1 ? "was" : "were"} under way ${ended.finished === 1 ? "is" : "are"} finished.` : "Nothing was under way."}`;
    case "failed":
      return "It stopped; what is placed is kept.";
    case "settled":
      return `Settled: of each order that was sent it is known what became of it. ${share} % are placed.`;
    default:
      if (progress.done) return finished(progress);
      if (!begun) return "Nothing was sent yet.";
      return `Stopped at ${share} %. It goes on where it stopped${open(progress) > 0 ? `: ${plural(open(progress), "order")} that ${open(progress) === 1 ? "was" : "were"} under way ${open(progress) === 1 ? "is" : "are"} finished first` : ""}.`;
  }
}

function finished({ refused, placed }: Plan["progress"]): string {
  return refused.orders > 0 ? `Every order is placed or was refused: ${plural(refused.orders, "order")} refused.` : `Every order is placed: ${plural(placed.lines, "person is", "people are")} paid.`;
}

/** Takes the room of the picture until it is there, at any width: no button moves under a finger. */
function NotQuoted({ faceValue }: { faceValue: string }) {
  return (
    <div class="stack tight">
      <div class="bar" />
      <p class="num">Face value {money(faceValue)}. What the balance covers is not known yet.</p>
    </div>
  );
}

/** How much of what remains the balance pays for, as a picture. */
function Coverage({ quote }: { quote: CampaignQuote }) {
  const { orders, covered = 0, total, available, short, currency } = quote;
  if (orders === 0) return null;
  const share = (covered / orders) * 100;
  const text = short
    ? `The balance of ${money(available, currency)} covers ${covered === 0 ? "none" : `the first ${count(covered)}`} of ${plural(orders, "order")}; ${money(short, currency)} is missing.`
    : `The balance of ${money(available, currency)} covers ${orders === 1 ? "it" : `all ${count(orders)} orders`}.`;
  return (
    <figure class="stack tight">
      <div class="bar" role="img" aria-label={`Coverage. ${text}`}>
        <div class="covered" style={{ width: `${share}%` }} />
        <div class="lacking" style={{ width: `${100 - share}%` }} />
      </div>
      <figcaption class="num">
        Will cost {money(total, currency)}. {text}
      </figcaption>
    </figure>
  );
}
