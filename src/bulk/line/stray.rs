//! Rows of a spreadsheet that are for nobody: the empty ones under a table, its sum, its header once more.
//!
//! Where defaults fill the gaps, and for links, which need no address, each would be a valid line, and buy a card. They are rejected,
//! since whether a row is one of them is for a person to say.

use crate::bulk::columns::fields::{QUANTITY, VALUE, is_one_of};
use crate::bulk::columns::words::{Vocabulary, is_letter};
use crate::bulk::csv::row::Cells;
use crate::bulk::line::foreign::names_rows;
use crate::bulk::line::line_issue::LineIssue;
use crate::bulk::line::source::Source;
use crate::order::{IssueCode, OrderType};

/// What spreadsheets call a sum; in Latin-1.
const SUMS: &[u8] = b"total totals grandtotal subtotal sum summe gesamt gesamtsumme gesamtergebnis zwischensumme totalg\xE9n\xE9ral soustotal somme totale totalegenerale suma totalgeneral totalgeral totaal eindtotaal razem average count toplam yhteens\xE4 \xF6sszesen celkem";

/// The same in other scripts.
const SUMS_ELSEWHERE: &str = "Итого итого ИТОГО Всего всего 合計 小計 总计 總計 合计 합계 Σύνολο";

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
    } else {
        let (field, text) = last?;
        if texts != 1 || !is_sum(&text) {
            return None;
        }
        (
            Some(field),
            "names a sum. Remove the row, or fill in another cell, such as ExternalId.",
        )
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

/// Whether a cell names the sum of those above it, with or without its figure: `Total: 50`, `Total des lignes`.
fn is_sum(cell: &str) -> bool {
    let name = cell.trim_end_matches(|character| !is_letter(character));
    // A word alone is somebody's name as well.
    let is_more = name.len() < cell.len() || name.contains(' ');
    may_be_sum(cell.as_bytes())
        && (is_one_of(name, SUMS)
            || SUMS_ELSEWHERE.split(' ').any(|sum| sum == name)
            || is_more && names_rows(name))
}

/// Whether a cell begins as one that names a sum: nearly no recipient's name does.
pub(in crate::bulk) fn may_be_sum(cell: &[u8]) -> bool {
    let Some(begin) = cell.first_chunk::<4>() else {
        return cell.len() == 3;
    };
    let begin = begin.map(|byte| byte.to_ascii_lowercase());
    matches!(
        &begin,
        b"tota"
            | b"sum "
            | b"sum:"
            | b"summ"
            | b"suma"
            | b"subt"
            | b"sub-"
            | b"sub "
            | b"somm"
            | b"gran"
            | b"gesa"
            | b"zwis"
            | b"sous"
            | b"eind"
            | b"raze"
            | b"aver"
            | b"coun"
            | b"topl"
            | b"yhte"
            | b"celk"
            | b"rows"
            | b"row "
            | b"numb"
            | b"nomb"
            | b"anza"
    ) || matches!(
        begin,
        [0xC3, 0x96 | 0xB6, ..]
            | [0xCE, 0xA3, ..]
            | [0xD0, 0x92 | 0x98 | 0xB2 | 0xB8, ..]
            | [0xE5, 0x90 | 0xB0, ..]
            | [0xE6, 0x80, ..]
            | [0xE7, 0xB8, ..]
            | [0xED, 0x95, ..]
    )
}
