// What runs in every runtime: the same bundle, but for the package's own entry.
import { jobs as validate } from "./jobs/validate.js";
import { measure } from "./measure.js";

const JOBS = [...validate];

/** The jobs that there are: `[name, sizes]` pairs. */
export function list() {
  return JOBS.map(({ job, sizes, unit, absent }) => ({ job, sizes, unit, absent }));
}

/** Checks and times one job at one size. */
export async function run({ job, size, ...pace }) {
  const { prepare } = JOBS.find((one) => one.job === job);
  const { contenders, ...facts } = await prepare(size);
  return { ...facts, times: await measure(contenders, pace) };
}
