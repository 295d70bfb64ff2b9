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
 * Adds the query parameters `po` (the PO number) and `sig`, replacing those of a URL that was signed before. Other parameters stay as
 * they are. `sig` is base64url, without padding, of HMAC-SHA-256 with the secret over the UTF-8 bytes of the PO number alone: the
 * same PO number has the same token wherever you serve it, and host and path may be rewritten on the way.
 *
 * Needs WebCrypto (`crypto.subtle`), as Workers, Node, Deno, Bun and pages over `https:` have it.
 *
 * Rejects with a {@link ConfigError} for a URL that is not absolute `http:` or `https:`, for a PO number that is empty or longer than
 * 255 characters, and for a secret shorter than 16 characters.
 */
export declare function signCallbackUrl(
  url: string | { readonly href: string },
  poNumber: string,
  secret: string,
): Promise<string>;

/**
 * The PO number of a URL that {@link signCallbackUrl} made. The MAC is compared in constant time, with each secret: list the new one and
 * the old one while you rotate them.
 *
 * Rejects with an {@link AuthenticationError} (`code` `"unauthorized"`, no `status`) where `po` or `sig` is missing, stands twice or does
 * not fit; it repeats nothing of the URL. A URL that was signed, then appended to with `?event=…` as if it had no query, or written with
 * `&amp;`, `&#38;` or `&#x26;`, is still that URL. Rejects with a {@link ConfigError} for an empty list and for a secret shorter than 16
 * characters.
 *
 * @param url The URL that was called, absolute or from its path on.
 */
export declare function verifyCallbackUrl(
  url: string | { readonly href: string },
  secret: string | readonly string[],
): Promise<{ poNumber: string }>;
