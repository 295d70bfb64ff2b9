/**
 * German, French and Spanish for `messageOf` and `orderSchema.with`. To import it is enough, once:
 *
 * ```js
 * import "giftcard-partners/locales";
 * ```
 */

/** The languages that there are then, English too. */
export declare const locales: readonly string[];
