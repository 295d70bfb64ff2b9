// After the money: what became of each recipient.
import { useEffect } from "preact/hooks";

import { plan, problem, recall } from "../bulk/job";
import { steps } from "../bulk/steps";

export function Results() {
  useEffect(() => {
    if (!plan.value) void recall();
  }, []);
  const { value: kept } = plan;
  const Found = steps.value?.results;
  return (
    <>
      <div class="intro">
        <h1 tabIndex={-1}>Results</h1>
        <p class="soft">
          What became of each recipient of {kept ? `campaign ${kept.name}` : "a campaign"}
          {kept && kept.earlier.length > 0 && " and those before it"}.
        </p>
      </div>
      {problem.value && (
        <p class="notice bad" role="alert">
          {problem.value}
        </p>
      )}
      {!kept && (
        <p class="notice">
          No campaign is kept in this browser. <a href="#/bulk">Upload a list</a>, and what becomes of it is shown here.
        </p>
      )}
      {kept && Found && <Found />}
    </>
  );
}
