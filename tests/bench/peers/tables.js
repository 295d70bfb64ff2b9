// Spreadsheets to checked orders: everyone who can do it here.
import csvParseHand from "./tables/csv-parse-hand.js";
import papaparseHand from "./tables/papaparse-hand.js";
import papaparseZod from "./tables/papaparse-zod.js";
import udsvHand from "./tables/udsv-hand.js";

/** Whether code may be made from text now. udsv writes its parser so; Workers allow it while they start and never in a request. */
function compilesText() {
  try {
    return new Function("return true")();
  } catch {
    return false;
  }
}

export const tables = () => ({
  "papaparse + zod": papaparseZod,
  "papaparse + by hand": papaparseHand,
  "csv-parse + by hand": csvParseHand,
  ...(compilesText() && { "udsv + by hand": udsvHand }),
});
