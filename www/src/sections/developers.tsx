// Where to read on. The guides and the reference are plain pages, made at build from the package's own documents.
import placeSource from "../snippets/place.js?raw";

const GUIDES = [
  ["orders", "One order", "Building, checking, pricing and naming one; what an outcome means."],
  ["lists", "Lists and columns", "From a person's spreadsheet to checked rows."],
  ["campaigns", "Campaigns and money", "Orders that stop and resume anywhere; what is promised, and what is not."],
  ["workers", "Cloudflare Workers", "A client for the isolate, KV, a Durable Object, a Workflow."],
  ["browser", "The browser", "A client without credentials, messages for people, a policy, loading the wasm."],
  ["webhooks", "Webhooks", "A notification is a hint: sign the URL, fetch the order."],
  ["testing", "Testing with the sandbox", "The API in memory, with faults, in your tests and on a port."],
  ["errors", "Errors", "Every code, its cause, and what to do about it."],
  ["security", "Security", "What must not leave the server, and what never does."],
  ["production", "Going to production", "A checklist before real money moves."],
] as const;

export function Developers() {
  return (
    <>
      <div class="intro">
        <h1 tabIndex={-1}>For developers</h1>
        <p class="soft">This page is made with the package that it shows. Beside each part stands the code that does it: the files that run here.</p>
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
