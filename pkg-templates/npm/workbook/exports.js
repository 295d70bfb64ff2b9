// What reads workbooks, whose wasm is loaded when one comes.
import { Workbook, instance } from "../giftcard_partners_workbook.js";

/** The wasm's own class; `load` imports what the wasm is made of, unless `initWorkbook` does. */
export async function loadWorkbook(load) {
  // Nothing but the wasm is loaded later: of what a later part has in common with the rest, a bundler would keep all.
  if (load) instance().from((await load()).default);
  return Workbook;
}
