//! The orders of a list, and what is known of each.

pub(in crate::bulk) mod body;
pub(in crate::bulk) mod campaign_bytes;
pub(in crate::bulk) mod checksummed;
pub(in crate::bulk) mod claims;
pub(in crate::bulk) mod earlier;
pub(in crate::bulk) mod fault;
pub(in crate::bulk) mod ledger;
pub(in crate::bulk) mod order_index;
pub(in crate::bulk) mod order_state;
pub(in crate::bulk) mod orders;
pub(in crate::bulk) mod paying;
pub(in crate::bulk) mod payments;
pub(in crate::bulk) mod plan;
pub(in crate::bulk) mod progress;
pub(in crate::bulk) mod quote;
pub(in crate::bulk) mod reason;
pub(in crate::bulk) mod reconciliation;
pub(in crate::bulk) mod results;
pub(in crate::bulk) mod sending;
pub(in crate::bulk) mod totals;
