//! Formats of single values: pure predicates, each by a public standard.

mod country;
mod date_time;
mod email;
mod garbled;
mod invisible;
mod phone;
mod postal_code;
mod url;

pub use country::is_country;
pub use date_time::{instant, is_date_time};
pub use email::is_email;
pub use garbled::is_garbled;
pub(crate) use garbled::may_garble;
pub use invisible::{invisible_in_identifier, invisible_in_words};
pub use phone::is_phone;
pub use postal_code::{PostalCodeFault, postal_code_fault};
pub use url::{is_callback_url, is_loopback};
