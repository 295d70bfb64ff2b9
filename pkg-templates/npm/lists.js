// The list methods of the client, each a PagePromise over one page at a time.
import { ConfigError } from "./errors.js";
import { GiftCardPartners } from "./giftcard_partners.js";
import { PagePromise } from "./page.js";

// The generated code is minified; a console should still say what it shows.
Object.defineProperty(GiftCardPartners, "name", { value: "GiftCardPartners" });

GiftCardPartners.prototype.listProducts = function listProducts(params, options) {
  return list(this, "listProducts", params, options);
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
