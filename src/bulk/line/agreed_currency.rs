//! Which currency a line is in, where the cell, the header, another column and the catalog each may say one.

use crate::amount::currency::{self, Currency, UNKNOWN};
use crate::bulk::columns::fields::VALUE;
use crate::bulk::line::line_issue::LineIssue;
use crate::order::IssueCode;

/// The currency of a line, of what its cell names, what the header does, what another column does, and what its product is sold in.
pub(in crate::bulk) fn agreed(
    cell: Currency,
    header: Currency,
    beside: Option<(usize, Currency)>,
    sold: Currency,
) -> Result<Currency, LineIssue> {
    // Most files say nothing of it.
    if beside.is_none() && cell == UNKNOWN && header == UNKNOWN {
        return Ok(sold);
    }
    let mixed = |sentence| LineIssue::new(VALUE, IssueCode::MixedCurrencies, sentence);
    let named = currency::named(cell, header)
        .ok_or_else(|| mixed("is in a cell that names another currency than the header."))?;
    if !currency::agree(named, sold) {
        return Err(mixed("names another currency than the product is sold in."));
    }
    let named = match beside {
        None => named,
        Some((column, beside)) => currency::named(beside, named)
            .filter(|named| currency::agree(*named, sold) && currency::agree(beside, sold))
            .ok_or_else(|| LineIssue::other_currency(column))?,
    };
    Ok(match sold {
        UNKNOWN => currency::presumed(named),
        sold => sold,
    })
}
