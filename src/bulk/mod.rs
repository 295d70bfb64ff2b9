//! From a spreadsheet to orders: rows are read and checked as they stream, and kept as the lines of requests.
//!
//! Nothing is skipped silently: each row of the file is accepted or rejected, and the counts add up. What is kept is bounded by
//! the rows: an accepted one as its line's JSON and 48 bytes, a rejected one as it came, with what is wrong with it.
//!
//! From there [`plan`] makes a [`Campaign`]: orders whose PO numbers follow from what they hold, and a ledger of what became of
//! each. It must never pay a row twice, whatever is cut off, replayed or planned again.

mod accepted;
mod amount;
mod answers;
mod archive;
mod campaign;
mod campaign_quote;
mod cell;
mod claims;
mod csv;
mod delimiter;
mod encoding;
mod fault;
mod fields;
mod header;
mod identity;
mod import;
mod kept;
mod ledger;
mod line;
mod line_issue;
mod offers;
mod order_state;
mod payments;
mod plain_row;
mod plan;
mod reconciliation;
mod rejected;
mod report;
mod scan;
mod sealed;
mod sending;
mod settings;
mod stray;
mod table;
mod tally;
mod template;

pub use accepted::{Accepted, Row};
use answers::Answers;
pub use campaign::{Campaign, PlannedOrder};
pub use campaign_quote::CampaignQuote;
pub use claims::ClaimSheet;
pub use encoding::Encoding;
pub use fault::CampaignFault;
pub use import::{Import, ImportProgress};
pub use order_state::OrderState;
pub use payments::Payment;
pub use plan::{PlanOptions, plan};
pub use reconciliation::{Finding, Reconciliation};
pub use report::{Duplicate, FileIssue, ImportReport, Total};
pub use sending::{Course, Ending};
pub use settings::ImportSettings;
pub use tally::Tally;
