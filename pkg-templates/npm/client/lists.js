// Lists of the API, each a PagePromise over one page at a time.
import { isPlain, refusing } from "../shared/input.js";
import { CALL, onlyKnown } from "../shared/options.js";
import { callerOf } from "../shared/trace.js";
import { ask } from "./ask.js";
import { PagePromise } from "./page.js";

const PAGE = ["pageIndex", "pageSize"];
const FILTERS = ["productName", "productDescription", "productType"];

export function list(client, method, params, options) {
  const seenFrom = callerOf(client[method]);
  let given;
  let refusal;
  try {
    onlyKnown(method, params, [...PAGE, ...(method === "listProducts" ? FILTERS : [])]);
    onlyKnown(method, options, CALL);
    given = refusing(`${method}: params must be an object, and no getter of it may throw.`, () => {
      if (params != null && !isPlain(params)) throw params;
      return { ...params };
    });
  } catch (error) {
    // A list rejects.
    refusal = error;
  }
  return PagePromise.of(given?.pageIndex ?? 1, seenFrom, async (pageIndex, seen) => {
    if (refusal) throw refusal;
    return ask(client, method, { ...given, pageIndex, seen }, options);
  });
}

/** A list whose paging is not documented: its first page is asked for without a number. */
export function shortList(client, method, options) {
  return PagePromise.of(1, callerOf(client[method]), async (pageIndex, seen) => {
    onlyKnown(method, options, CALL);
    return ask(client, method, pageIndex === 1 ? undefined : { pageIndex, seen }, options);
  });
}
