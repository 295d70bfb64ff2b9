// The list methods of the client, each a PagePromise over one page at a time.
import { callerOf } from "./caller.js";
import { GiftCardPartners } from "./giftcard_partners.js";
import { isPlain, refusing } from "./input.js";
import { knowOptions } from "./options.js";
import { PagePromise } from "./page.js";

const methods = GiftCardPartners.prototype;
const PARAMS = {
  listProducts: "pageIndex pageSize productName productDescription productType",
  listOrders: "pageIndex pageSize",
};

methods.listProducts = function listProducts(params, options) {
  return list(this, "listProducts", params, options);
};

methods.listOrders = function listOrders(params, options) {
  return list(this, "listOrders", params, options);
};

methods.listShippingMethods = function listShippingMethods(options) {
  return short(this, "listShippingMethods", options);
};

methods.listCarriers = function listCarriers(options) {
  return short(this, "listCarriers", options);
};

methods.listBrandings = function listBrandings(options) {
  return short(this, "listBrandings", options);
};

methods.listDepartments = function listDepartments(options) {
  return short(this, "listDepartments", options);
};

function list(client, method, params, options) {
  const seenFrom = callerOf(client[method]);
  let given;
  let refusal;
  try {
    given = refusing(`${method}: params must be an object, and no getter of it may throw.`, () => {
      if (params != null && !isPlain(params)) throw params;
      return { ...params };
    });
    knowOptions(method, given, PARAMS[method]);
  } catch (error) {
    // A list rejects.
    refusal = error;
  }
  return PagePromise.of(given?.pageIndex ?? 1, seenFrom, async (pageIndex, seen) => {
    if (refusal) throw refusal;
    return client.__ask(method, { ...given, pageIndex, seen }, options);
  });
}

/** A list whose paging is not documented: its first page is asked for without a number. */
function short(client, method, options) {
  const load = async (pageIndex, seen) => client.__ask(method, pageIndex === 1 ? undefined : { pageIndex, seen }, options);
  return PagePromise.of(1, callerOf(client[method]), load);
}
