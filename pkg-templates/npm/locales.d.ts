/**
 * German, French and Spanish for `messageOf` and `orderSchema.with`. Import it once; nothing needs to be called:
 *
 * ```js
 * import "giftcard-partners/locales";
 * ```
 */

/** The languages that messages can be in after this import, English included. */
export declare const locales: readonly string[];
