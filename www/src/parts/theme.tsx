import { signal } from "@preact/signals";

type Theme = "light" | "dark";

const system: Theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
const theme = signal<Theme>((document.documentElement.dataset["theme"] as Theme | undefined) ?? system);

/** The theme that is not shown, on a button; the system's until one was chosen. */
export function ThemeButton() {
  const other: Theme = theme.value === "dark" ? "light" : "dark";
  const choose = () => {
    theme.value = other;
    document.documentElement.dataset["theme"] = other;
    try {
      localStorage.setItem("theme", other);
    } catch {
      // Storage may be forbidden: then it holds for this visit.
    }
  };
  return (
    <button type="button" class="theme bare" onClick={choose}>
      {other === "dark" ? "Dark theme" : "Light theme"}
    </button>
  );
}
