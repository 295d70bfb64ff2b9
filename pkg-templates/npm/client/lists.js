// Lists of the API, each a PagePromise over one page at a time.
import { isPlain, refusing } from "../shared/input.js";
import { CALL, onlyKnown, optionOf } from "../shared/options.js";
import { callerOf } from "../shared/trace.js";
import { ask } from "./ask.js";
import { PagePromise } from "./page.js";

const PAGE = ["pageIndex", "pageSize"];
const FILTERS = ["productName", "productDescription", "productType"];

export function list(client, method, params, options) {
  const seenFrom = callerOf(client[method]);
  let given;
  let begun;
  let refusal;
  try {
    onlyKnown(method, params, [...PAGE, ...(method === "listProducts" ? FILTERS : [])]);
    onlyKnown(method, options, CALL);
    // The client's own deadline is for each page: the caller's work between two of them may take any time.
    begun = optionOf(options, "deadlineMs") && Date.now();
    given = refusing(`${method}: params must be an object, and no getter of it may throw.`, () => {
      if (params != null && !isPlain(params)) throw params;
      return { ...params };
    });
  } catch (error) {
    // A list rejects.
    refusal = error;
  }
  return PagePromise.of(seenFrom, async (next) => {
    if (refusal) throw refusal;
    return ask(client, method, { ...given, next }, options, begun);
  });
}
