/** For the wasm alone: the orders of a campaign, one at a time, since all their bodies at once are as large as the file. */
export function* plannedOrders(campaign) {
  try {
    for (let place = 0; place < campaign.__size; place += 1) yield campaign.__order(place);
  } finally {
    campaign.free();
  }
}
