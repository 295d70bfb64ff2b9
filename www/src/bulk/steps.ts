// What comes after the upload is loaded when a list comes, or a campaign is found.
import { effect, signal } from "@preact/signals";

import { plan, problem, reading } from "./job";

export const steps = signal<typeof import("./steps/later")>();

effect(() => {
  if (steps.value || (!reading.value && !plan.value)) return;
  import("./steps/later").then(
    (loaded) => (steps.value = loaded),
    () => (problem.value = "The steps could not be loaded. See whether you are connected, then load the page again."),
  );
});
