//! Rows of a spreadsheet that are for nobody: the empty ones under a table, its sum, its header once more.
//!
//! Where defaults fill the gaps, and for links, which need no address, each would be a valid line, and buy a card. They are rejected,
//! since whether a row is one of them is for a person to say.

use crate::amount::currency;
use crate::bulk::columns::fields::{ADDRESS_LINE, EMAIL, NAME, QUANTITY, TO, VALUE};
use crate::bulk::columns::starter_list::{EXAMPLE_ADDRESS, EXAMPLE_EMAIL, EXAMPLE_NAME};
use crate::bulk::columns::words::{Vocabulary, is_among, key, parts};
use crate::bulk::csv::row::{Cells, clean};
use crate::bulk::line::footer::{SUMS, names_rows};
use crate::bulk::line::line_issue::LineIssue;
use crate::bulk::line::source::Source;
use crate::order::{IssueCode, OrderType};

/// Whether a row is the example of the list to fill in, whatever it pays.
fn is_example(row: Cells<'_>, sources: &[Source]) -> bool {
    const ADDRESSES: [(usize, &str); 2] = [(EMAIL, EXAMPLE_EMAIL), (ADDRESS_LINE, EXAMPLE_ADDRESS)];

    let cell = |field: usize| {
        let source = sources.iter().find(|source| source.field == field);
        // As the list has it: in one column.
        let source = source.filter(|source| source.columns.len() == 1);
        source.map(|source| source.cell(row)).unwrap_or_default()
    };
    (cell(TO) == EXAMPLE_NAME || cell(NAME) == EXAMPLE_NAME)
        && ADDRESSES.iter().all(|(field, example)| {
            let cell = cell(*field);
            cell.is_empty() || cell == *example
        })
}

/// Why a row is for nobody; nothing where it seems to be for somebody.
///
/// A function of its own: few rows come here, and those that do would have its values in memory.
#[inline(never)]
pub(in crate::bulk) fn stray(
    row: Cells<'_>,
    sources: &[Source],
    order_type: OrderType,
    vocabulary: &Vocabulary,
) -> Option<LineIssue> {
    if is_example(row, sources) {
        return Some(LineIssue::of_row(
            "The row is the example of the list to fill in. Replace it, or remove it.",
        ));
    }
    let (mut texts, mut names) = (0_usize, 0_usize);
    let mut is_empty = true;
    // Whether it has an amount, which no header has.
    let mut is_counted = false;
    let mut last = None;
    let mut is_rule = true;
    for source in sources {
        if source.lack(row).is_some() {
            return None;
        }
        let text = source.cell(row);
        if text.is_empty() {
            continue;
        }
        is_empty = false;
        is_rule &= is_line(text.as_bytes());
        let is_number = matches!(source.field, VALUE | QUANTITY);
        if is_number && text.bytes().any(|byte| byte.is_ascii_digit()) {
            is_counted = true;
            continue;
        }
        // Of a digital delivery its address would not be one.
        if !is_counted && order_type != OrderType::DigitalDelivery {
            names = names.saturating_add(usize::from(is_header(
                &text,
                source.field,
                order_type,
                vocabulary,
            )));
        }
        if !is_number {
            texts = texts.saturating_add(1);
            last = Some((source.field, text));
        }
    }
    if names >= 2 && !is_counted {
        return Some(LineIssue::header());
    }
    if is_rule && !is_empty {
        return Some(LineIssue::of_row(
            "The row is a line under the header and can be removed.",
        ));
    }
    let (field, sentence) = if is_empty {
        (None, "The row is empty and can be removed.")
    } else if let Some((field, text)) = last {
        if texts != 1 || !is_sum(&text) {
            return None;
        }
        (
            Some(field),
            "names a sum. Remove the row, or fill in another cell, such as ExternalId.",
        )
    } else {
        // The name of a sum may stand in a column that nothing is read from.
        let mut cells = (0..row.places.len()).map(|column| clean(row.get(column)));
        if !cells.any(is_sum) {
            return None;
        }
        (None, "The row is a sum. Remove it.")
    };
    Some(match field {
        Some(field) => LineIssue::new(field, IssueCode::Required, sentence),
        None => LineIssue::of_row(sentence),
    })
}

/// Whether a cell names the field of its column, as headers do.
pub(in crate::bulk) fn is_header(
    cell: &str,
    field: usize,
    order_type: OrderType,
    vocabulary: &Vocabulary,
) -> bool {
    // Most names and addresses are told from a header by a look.
    let is_word = |byte: u8| !matches!(byte, b'0'..=b'9' | b'@' | b',');
    cell.len() <= 60 && cell.bytes().all(is_word) && vocabulary.names(cell, field, order_type)
}

/// Whether a cell is a line of dashes, which database tools put under a header.
fn is_line(cell: &[u8]) -> bool {
    cell.len() > 1
        && cell
            .iter()
            .all(|byte| matches!(byte, b'-' | b'=' | b'_' | b'+'))
}

/// Whether a cell names the sum of a group, as Excel does: `Sales Total`, `Total for Sales`.
fn is_subtotal(cell: &str) -> bool {
    const BEHIND: &str = "total totals subtotal ergebnis teilergebnis zwischensumme totaal razem";

    let last = parts(cell).last().unwrap_or_default();
    cell.len() > last.len() && is_among(BEHIND, &key(last)) || key(cell).starts_with(b"totalfor")
}

/// Whether a cell names the sum of those above it, with or without its figure: `Total: 50`, `Total des lignes`.
pub(in crate::bulk) fn is_sum(cell: &str) -> bool {
    // `Grand total (USD)`.
    let bytes = cell.as_bytes();
    let gap = bytes.iter().rposition(|byte| matches!(byte, b' ' | b'('));
    let behind = gap.and_then(|gap| cell.get(gap.saturating_add(1)..));
    let is_currency = behind.is_some_and(|last| {
        let name = last.strip_suffix(')').unwrap_or(last);
        currency::noted(name).is_some()
    });
    let cell = match gap {
        Some(gap) if is_currency => cell.get(..gap).unwrap_or_default(),
        _ => cell,
    };
    let key = key(cell);
    let figure = key.iter().rev().take_while(|byte| byte.is_ascii_digit());
    let name = key.get(..key.len().saturating_sub(figure.count()));
    // Of several words, or with a figure; `Row` alone is somebody's name.
    is_among(SUMS, name.unwrap_or_default())
        || is_subtotal(cell)
        || (cell.contains(' ') || name.map_or(0, <[u8]>::len) < key.len()) && names_rows(cell)
}
