// The frame: where one is, and how to get elsewhere. A section is a hash route and loads when it is first asked for.
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { failure } from "./desk";
import { Catalog } from "./sections/catalog";
import { CodeSwitch } from "./parts/code";
import { ThemeButton } from "./parts/theme";

interface Section {
  id: string;
  name: string;
  load: () => Promise<ComponentType>;
}

const SECTIONS: Section[] = [
  { id: "catalog", name: "Catalog", load: async () => Catalog },
  { id: "order", name: "One order", load: async () => (await import("./sections/order")).OneOrder },
  { id: "bulk", name: "Bulk", load: async () => (await import("./sections/bulk")).Bulk },
  { id: "results", name: "Results", load: async () => (await import("./sections/results")).Results },
  { id: "account", name: "Account", load: async () => (await import("./sections/account")).Account },
  { id: "trouble", name: "Trouble", load: async () => (await import("./sections/trouble")).Trouble },
  { id: "developers", name: "Developers", load: async () => (await import("./sections/developers")).Developers },
];

const [FIRST] = SECTIONS as [Section];

const route = signal(FIRST);
const shown = signal<{ section: Section; Content: ComponentType }>({ section: FIRST, Content: Catalog });

/** The section that was asked for and could not be loaded. */
const missing = signal<string>();

addEventListener("hashchange", () => void follow());
void follow();

async function follow(): Promise<void> {
  const id = location.hash.replace(/^#\/?/, "").split("?")[0];
  // A link inside the page, such as the one to the content, is no route.
  if (location.hash && !location.hash.startsWith("#/")) return;
  const section = SECTIONS.find((candidate) => candidate.id === id) ?? FIRST;
  route.value = section;
  document.title = `${section.name} · Order desk`;
  missing.value = undefined;
  try {
    const Content = await section.load();
    if (route.value === section) shown.value = { section, Content };
  } catch {
    if (route.value === section) missing.value = section.name;
  }
}

/** The skip link stands before the desk, and is no route: a page that is loaded again stays where it is. */
document.querySelector(".skip")?.addEventListener("click", (event) => {
  event.preventDefault();
  const main = document.getElementById("main");
  main?.focus();
  main?.scrollIntoView();
});

export function App() {
  const main = useRef<HTMLElement>(null);
  const header = useRef<HTMLElement>(null);
  const arrived = useRef(false);
  const { section, Content } = shown.value;

  // A screen reader is told where one has arrived; the first page is announced by itself.
  useEffect(() => {
    if (arrived.current) {
      scrollTo(0, 0);
      main.current?.querySelector("h1")?.focus();
    }
    arrived.current = true;
  }, [section]);

  // What has the focus must not be under the header, which is of several rows on a narrow screen.
  useEffect(() => {
    const measure = () => document.documentElement.style.setProperty("--top", `${header.current?.offsetHeight ?? 0}px`);
    const observer = new ResizeObserver(measure);
    if (header.current) observer.observe(header.current);
    return () => observer.disconnect();
  }, []);

  return (
    <>
      <header class="top" ref={header}>
        <div class="top-inner">
          <span class="brand">
            <svg viewBox="0 0 32 32" aria-hidden="true">
              <rect width="32" height="32" rx="7" fill="#0c5c4f" />
              <rect x="6" y="9" width="20" height="14" rx="3" fill="#fff" />
              <path d="M6 14h20" stroke="#0c5c4f" stroke-width="3" />
              <circle cx="21.500" cy="19" r="1.800" fill="#e0a100" />
            </svg>
            Order desk <span class="tag">sandbox</span>
          </span>
          <nav aria-label="Sections">
            <ul>
              {SECTIONS.map(({ id, name }) => (
                <li key={id}>
                  <a href={`#/${id}`} aria-current={id === section.id ? "page" : undefined}>
                    {name}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <div class="switches">
            <CodeSwitch />
            <ThemeButton />
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} ref={main}>
        {failure.value && (
          <p class="notice bad" role="alert">
            The desk cannot work: {failure.value} Load the page again; if that does not help, start <code>cargo xtask www</code> again.
          </p>
        )}
        {missing.value && (
          <p class="notice bad" role="alert">
            {missing.value} could not be loaded. See whether you are connected, then load the page again.
          </p>
        )}
        <Content />
      </main>
      <footer class="foot">
        Page → Worker → sandbox, all on this machine. No card, no money and no mail is real. <a href="/reference/">Reference</a> ·{" "}
        <a href="/guides/">Guides</a>
      </footer>
    </>
  );
}
