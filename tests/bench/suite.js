// What runs in every runtime: the same bundle, but for the package's own entry.
import { jobs as validate } from "./jobs/validate.js";
import { jobs as build } from "./jobs/build.js";
import { jobs as catalog } from "./jobs/catalog.js";
import { jobs as csv } from "./jobs/csv.js";
import { jobs as place } from "./jobs/place.js";
import { measure } from "./measure.js";

const JOBS = [...validate, ...build, ...csv, ...catalog, ...place];

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
