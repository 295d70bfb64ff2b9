/**
 * Callback URLs with a token: the API signs none of its notifications, so the URL that you give it carries the proof.
 *
 * ```js
 * const url = await signCallbackUrl("https://example.com/fulfilled", order.PONumber, secret);
 * await client.createOrder({ ...order, WebhookSettings: { FulfillmentComplete: url } });
 *
 * // In the handler of that URL:
 * const { poNumber } = await verifyCallbackUrl(request.url, secret);
 * const finished = await client.confirmFulfillment(request, { poNumber });
 * ```
 *
 * The token says that you made the URL for that PO number, and no more: whoever learns the URL can call it, as often as they like.
 * So fetch the order, as `confirmFulfillment` does, and let a repeat change nothing.
 */

/**
 * Signs a URL for `WebhookSettings.FulfillmentComplete`: adds the query parameters `po` (the PO number) and `sig`, or replaces them
 * in a URL that was signed before. Other parameters stay.
 *
 * `sig` is HMAC-SHA-256 with the secret over the UTF-8 bytes of the PO number alone, as base64url without padding. So host and path
 * may be rewritten on the way, and the same PO number always has the same `sig`.
 *
 * It needs WebCrypto (`crypto.subtle`): Workers, Node, Deno, Bun, and pages over `https:` have it.
 *
 * Rejects with a {@link ConfigError} for a URL that is not absolute `http:` or `https:`, for a PO number that is empty or longer
 * than 255 characters, and for a secret shorter than 16 characters.
 */
export declare function signCallbackUrl(
  url: string | { readonly href: string },
  poNumber: string,
  secret: string,
): Promise<string>;

/**
 * The PO number of a URL that {@link signCallbackUrl} signed. While you change the secret, give the new one and the old one.
 * Signatures are compared in constant time.
 *
 * Rejects with an {@link AuthenticationError} (`code` `"unauthorized"`, no `status`) if `po` or `sig` is missing, stands twice or
 * does not fit. The error repeats nothing of the URL. A signed URL to which somebody appended `?event=…` as if it had no query, or
 * in which `&` was written as `&amp;`, `&#38;` or `&#x26;`, is still taken. Rejects with a {@link ConfigError} for an empty list,
 * and for a secret shorter than 16 characters.
 *
 * @param url The URL that was called: absolute, or from its path on.
 */
export declare function verifyCallbackUrl(
  url: string | { readonly href: string },
  secret: string | readonly string[],
): Promise<{ poNumber: string }>;
