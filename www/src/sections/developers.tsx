// Where to read on. The guides and the reference are plain pages, made at build from their sources and the package's .d.ts.
import placeSource from "../snippets/place.js?raw";

const GUIDES = [
  ["workers", "Workers", "Credentials, KV, a Durable Object for each PO number, a Workflow for a campaign."],
  ["browser", "Browser", "A client without credentials, the same check in the form, loading under a strict policy."],
  ["bulk", "Bulk", "From a spreadsheet to orders that stop and resume anywhere."],
  ["webhooks", "Webhooks", "A notification is a hint: sign the URL, fetch the order."],
  ["sandbox", "Testing with the sandbox", "The API in memory, with faults, in your tests and on a port."],
  ["security", "Security", "What must not leave the server, and what never does."],
  ["errors", "Error codes", "Every code, what it means, and what to do about it."],
] as const;

export function Developers() {
  return (
    <>
      <div class="intro">
        <h1 tabIndex={-1}>Developers</h1>
        <p class="soft">This page is made with the package that it shows. “Show code”, above, puts beside each part the code that does it: the files that run here.</p>
      </div>
      <div class="stack">
        <section class="panel stack" aria-labelledby="ten-title">
          <h2 id="ten-title">Ten lines</h2>
          <pre tabIndex={0} aria-label="Code: connect and place">
            <code>{placeSource.trim()}</code>
          </pre>
        </section>
        <section class="stack" aria-labelledby="guides-title">
          <h2 id="guides-title">Read on</h2>
          <ul class="links">
            <li>
              <a href="/reference/">
                <strong>Reference</strong>
                <span class="soft">Every export with its limits, units and defaults.</span>
              </a>
            </li>
            {GUIDES.map(([id, name, about]) => (
              <li key={id}>
                <a href={`/guides/${id}.html`}>
                  <strong>{name}</strong>
                  <span class="soft">{about}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}
