import { reading } from "./text";

/** The code that does what stands beside it: the very file that this page runs. */
export function Code({ title, source }: { title: string; source: string }) {
  return (
    <details class="code">
      <summary>{title}</summary>
      <pre tabIndex={0} aria-label={reading(title)}>
        <code>{source.trim()}</code>
      </pre>
    </details>
  );
}
