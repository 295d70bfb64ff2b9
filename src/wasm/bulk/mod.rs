//! Lists of recipients and campaigns.

pub mod campaign;
pub mod recipient_import;
pub mod sheet_import;
