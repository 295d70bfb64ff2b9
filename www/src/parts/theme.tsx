import { computed, signal } from "@preact/signals";

import { keepChoice } from "./choice";

type Theme = "light" | "dark";

const dark = matchMedia("(prefers-color-scheme: dark)");
const system = signal<Theme>(dark.matches ? "dark" : "light");
dark.addEventListener("change", ({ matches }) => (system.value = matches ? "dark" : "light"));

/** Chosen here against the system; without a choice it is the system's, also where that changes in the evening. */
const chosen = signal(document.documentElement.dataset["theme"] as Theme | undefined);
const theme = computed(() => chosen.value ?? system.value);

/** The theme that is not shown, on a button. */
export function ThemeButton() {
  const other: Theme = theme.value === "dark" ? "light" : "dark";
  const choose = () => {
    chosen.value = other === system.value ? undefined : other;
    if (chosen.value) document.documentElement.dataset["theme"] = chosen.value;
    else delete document.documentElement.dataset["theme"];
    keepChoice("theme", chosen.value);
  };
  return (
    <button type="button" class="bare" onClick={choose}>
      {other === "dark" ? "Dark theme" : "Light theme"}
    </button>
  );
}
