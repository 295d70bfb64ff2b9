// A list of people becomes orders, and the orders are placed: with a pause, a reload and a closed tab in between if need be.
import { useEffect } from "preact/hooks";

import { type Step, list, order, plan, problem, reading, recall, report, show, step } from "../bulk/job";
import { steps } from "../bulk/steps";
import { Upload, takeAnywhere } from "../bulk/upload";
import { count } from "../desk";
import { Code, coded } from "../parts/code";
import { plural } from "../parts/text";
import claimsSource from "../snippets/campaign-claims.js?raw";
import campaignSource from "../snippets/campaign.js?raw";
import importSource from "../snippets/import.js?raw";
import settleSource from "../snippets/settle.js?raw";

const STEPS: [Step, string][] = [
  ["upload", "Upload"],
  ["match", "Match columns"],
  ["fix", "Fix"],
  ["review", "Review"],
  ["send", "Send"],
];

export function Bulk() {
  useEffect(() => {
    if (plan.value) order({ do: "quote" });
    else void recall();
  }, []);
  useEffect(takeAnywhere, []);
  const told = report.value;
  return (
    <>
      <div class="intro">
        <h1 tabIndex={-1}>Bulk</h1>
        <p class="soft">Gift cards for everyone on a list. The list is read on this machine; nothing is sent before you say so.</p>
      </div>
      <p class="hidden-text" role="status">
        {reading.value ? "The list is being read." : told ? `${told.name} is read: ${plural(told.accepted, "row")} ready, ${count(told.wrong)} to fix.` : ""}
      </p>
      <div class={coded.value ? "columns" : "stack"}>
        <div class="stack">
          <Stepper />
          {problem.value && (
            <p class="notice bad" role="alert">
              {problem.value}
            </p>
          )}
          <Content />
        </div>
        {coded.value && (
          <div class="stack">
            <Code title="The code that reads the list" source={importSource} />
            <Code title="The code that places, pauses and resumes" source={campaignSource} />
            <Code title="The code that settles what is open" source={settleSource} />
            <Code title="The code that fetches claim links" source={claimsSource} />
          </div>
        )}
      </div>
    </>
  );
}

function Content() {
  if (reading.value) return <Reading />;
  if (step.value === "upload") return <Upload />;
  const Step = steps.value?.[step.value];
  return Step ? <Step /> : null;
}

/** Where one is, and the way back; a step that cannot be taken yet is no button. */
function Stepper() {
  const isOpen = (id: Step) => id === "upload" || (id === "match" ? list.value : id === "send" ? plan.value : report.value);
  const at = STEPS.findIndex(([id]) => id === step.value);
  return (
    <nav aria-label="Steps">
      <ol class="stepper">
        {STEPS.map(([id, name], index) => (
          <li key={id} class={index < at ? "past" : ""}>
            <button type="button" class="bare" aria-current={index === at ? "step" : undefined} disabled={!isOpen(id) || reading.value !== undefined} onClick={() => show(id)}>
              <i aria-hidden="true">{index + 1}</i>
              {name}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Reading() {
  const { progress, size } = reading.value ?? { size: 1 };
  const share = Math.min(100, Math.round(((progress?.bytes ?? 0) / Math.max(1, size)) * 100));
  return (
    <section class="panel stack" aria-labelledby="reading-title">
      <h2 id="reading-title">Reading</h2>
      <div class="bar" role="progressbar" aria-labelledby="reading-title" aria-valuenow={share} aria-valuemin={0} aria-valuemax={100}>
        <div class="read" style={{ width: `${share}%` }} />
      </div>
      <p class="num">{progress ? `${count(progress.rows)} rows: ${count(progress.accepted)} ready, ${count(progress.rejected)} to look at` : "Looking at the columns."}</p>
    </section>
  );
}
