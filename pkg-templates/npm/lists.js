// The list methods of the client, each a PagePromise over one page at a time.
import { ConfigError } from "./errors.js";
import { GiftCardPartners } from "./giftcard_partners.js";
import { PagePromise } from "./page.js";

// The generated code is minified; a console should still say what it shows.
Object.defineProperty(GiftCardPartners, "name", { value: "GiftCardPartners" });

const client = GiftCardPartners.prototype;

client.listProducts = function listProducts(params, options) {
  return list(this, "listProducts", params, options);
};

client.listOrders = function listOrders(params, options) {
  return list(this, "listOrders", params, options);
};

client.listShippingMethods = function listShippingMethods(options) {
  return short(this, "listShippingMethods", options);
};

client.listCarriers = function listCarriers(options) {
  return short(this, "listCarriers", options);
};

client.listBrandings = function listBrandings(options) {
  return short(this, "listBrandings", options);
};

client.listDepartments = function listDepartments(options) {
  return short(this, "listDepartments", options);
};

function list(client, method, params, options) {
  const first = params?.pageIndex ?? 1;
  return PagePromise.of(first, async (index) => {
    if (!Number.isInteger(index) || index < 1 || index > 2 ** 31) {
      throw new ConfigError(`${method}: pageIndex must be a whole number from 1.`);
    }
    return client.__page(method, params, index, options);
  });
}

/** A list whose paging is not documented: its first page is asked for without a number. */
function short(client, method, options) {
  return PagePromise.of(1, async (index) => {
    return client.__page(method, undefined, index === 1 ? undefined : index, options);
  });
}
