// The miniflare of the starter Worker's tests: the one that is pinned, or with MINIFLARE=newest that of today, whose options are others.
const isNewest = process.env.MINIFLARE === "newest";

/** What wrangler.jsonc says, and the oldest that the template supports: the pinned runtime knows nothing newer. */
export const DATES = { newest: "2026-11-17", oldest: "2026-04-01" };
export const COMPATIBILITY_DATE = DATES[isNewest ? "newest" : "oldest"];

const { Miniflare, convertV4MiniflareOptions } = await import(isNewest ? "miniflare-newest" : "miniflare");

/** Starts one: what it stores is in a folder, and what it says is told. */
export function miniflareIn(folder, options, tell) {
  if (isNewest) {
    const handleStructuredLogs = ({ message }) => tell(`${message}\n`);
    return new Miniflare({ ...convertV4MiniflareOptions(options), resourcePersistencePath: folder, handleStructuredLogs });
  }
  return new Miniflare({
    ...options,
    kvPersist: `${folder}/kv`,
    durableObjectsPersist: `${folder}/do`,
    workflowsPersist: `${folder}/workflows`,
    handleRuntimeStdio: (...streams) => streams.forEach((stream) => stream.on("data", tell)),
  });
}
