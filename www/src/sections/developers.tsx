// Where to read on. The guides and the reference are plain pages, made at build from the package's own documents.
import placeSource from "../snippets/place.js?raw";

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
            <li>
              <a href="/guides/">
                <strong>Guides</strong>
                <span class="soft">Orders, lists, campaigns, Workers, testing, errors, a checklist for production.</span>
              </a>
            </li>
          </ul>
        </section>
      </div>
    </>
  );
}
