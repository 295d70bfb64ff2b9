/** Names the method by which a client has a campaign placed: of whatever entry or copy of the package each of them is. */
export const PLACE = Symbol.for("giftcard-partners.place");
