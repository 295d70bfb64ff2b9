// What a check says: as assumed, otherwise (and whether the client copes), or not seen.

export const asAssumed = (seen) => ({ verdict: "as-assumed", seen });
export const otherwise = (seen, { copes }) => ({ verdict: "otherwise", seen, copes });
export const notSeen = (seen = null) => ({ verdict: "not-seen", seen });

/** Whether a call of the client does its work. */
export async function works(act) {
  try {
    return Boolean(await act());
  } catch {
    return false;
  }
}
