// The plan: what it costs, how far the balance goes, and the run itself.
import type { CampaignQuote } from "giftcard-partners/slim";

import { count, money } from "../desk";
import { plural } from "../parts/text";
import { type Ending, ending, order, plan, quotes, running } from "./job";
import { Waffle } from "./waffle";

export function RunPanel() {
  const planned = plan.value;
  if (!planned) return null;
  const { name, progress } = planned;
  const begun = progress.remaining.orders < progress.orders || progress.sent + progress.unknown > 0;
  const share = Math.round((progress.placed.orders / Math.max(1, progress.orders)) * 100);
  return (
    <section class="panel stack" aria-labelledby="run-title">
      <h2 id="run-title">Campaign {name}</h2>
      <p class="soft num">
        {plural(progress.lines, "person", "people")} in {plural(progress.orders, "order")}, {money(progress.faceValue)} in all.
      </p>
      {!progress.done && quotes.value.map((quote) => <Coverage key={quote.currency} quote={quote} />)}
      <Waffle progress={progress} />
      <p role="status" class="num">
        {running.value ? `Placing: ${share} % are placed.` : ending.value ? said(ending.value) : begun ? `Stopped at ${share} %. It goes on where it stopped.` : "Nothing was sent yet."}
      </p>
      {ending.value?.problem && ending.value.how === "failed" && <p class="notice bad">{ending.value.problem}</p>}
      {ending.value?.how === "short" && (
        <p class="notice warn">
          <a href="#/account">Fund the account</a>, then resume.
        </p>
      )}
      <div class="row">
        {running.value ? (
          <button type="button" class="main" onClick={() => order({ do: "pause" })}>
            Pause
          </button>
        ) : (
          !progress.done && (
            <button type="button" class="main" onClick={() => order({ do: "run" })}>
              {begun ? "Resume" : `Place ${plural(progress.remaining.orders, "order")}`}
            </button>
          )
        )}
        {!running.value && (
          <button type="button" onClick={() => order({ do: "forget" })}>
            Forget this campaign
          </button>
        )}
      </div>
      <p class="soft small">Close the tab whenever you like: plan and ledger are kept in this browser, and nobody is paid twice.</p>
    </section>
  );
}

function said({ how }: Ending): string {
  switch (how) {
    case "done":
      return "Every order is placed or was refused; nothing remains.";
    case "short":
      return "The funds ran out. What was not covered does not exist.";
    case "open":
      return "Some orders are open: resume sends them again under the same PO numbers.";
    case "paused":
      return "Paused. What was under way is unknown until it is sent again under the same PO number.";
    case "failed":
      return "It stopped; what is placed is kept.";
  }
}

/** How much of what remains the balance pays for, as a picture. */
function Coverage({ quote }: { quote: CampaignQuote }) {
  const { orders, covered = 0, total, available, short, currency } = quote;
  if (orders === 0) return null;
  const share = (covered / orders) * 100;
  const text = short
    ? `The balance of ${money(available, currency)} covers ${covered === 0 ? "none" : `the first ${count(covered)}`} of ${plural(orders, "order")}; ${money(short, currency)} is missing.`
    : `The balance of ${money(available, currency)} covers all ${plural(orders, "order")}.`;
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
