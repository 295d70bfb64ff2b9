//! From a spreadsheet to orders: rows are read and checked as they stream, and kept as the lines of requests.
//!
//! Nothing is skipped silently: each row of the file is accepted or rejected, and the counts add up. What is kept is bounded by
//! the rows: an accepted one as what tells its line from the others and 48 bytes, a rejected one as it came, with what is wrong with it.
//!
//! From there [`plan`] makes a [`Campaign`]: orders whose PO numbers follow from what they hold, and a ledger of what became of
//! each. It must never pay a row twice, whatever is cut off, replayed or planned again.

mod campaign;
mod columns;
mod csv;
mod formats;
mod identity;
mod import;
mod line;
mod payment;

pub use campaign::claims::ClaimSheet;
pub use campaign::fault::CampaignFault;
pub use campaign::order_state::OrderState;
pub use campaign::orders::{Campaign, PlannedOrder};
pub use campaign::plan::{PlanOptions, plan};
pub use campaign::progress::Progress;
pub use campaign::quote::CampaignQuote;
pub use campaign::reason::Reason;
pub use campaign::reconciliation::{Finding, Reconciliation};
pub use campaign::results::ResultSheet;
pub use campaign::sending::{Course, Ending};
pub use campaign::totals::OrderTotals;
pub use columns::meaning::Certainty;
pub use columns::settings::ImportSettings;
pub use columns::starter_list::recipient_template;
pub use csv::encoding::Encoding;
pub use csv::file_issue::FileIssue;
pub use import::accepted::{Accepted, Row};
pub use import::progress::ImportProgress;
pub use import::report::{Duplicate, ImportReport, Total};
pub use import::sheet::SheetImport;
pub use import::stream::Import;
pub use payment::Payment;
