//! Formats of single values: pure predicates, each by a public standard.

mod country;
mod date_time;
mod email;
mod phone;
mod url;

pub use country::is_country;
pub use date_time::is_date_time;
pub use email::is_email;
pub use phone::is_phone;
pub use url::{is_callback_url, is_loopback};
