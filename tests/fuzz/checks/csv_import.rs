//! What must hold of the import for any bytes.

use giftcard_partners::bulk::{Import, ImportReport, ImportSettings};
use giftcard_partners::order::{OrderType, ValidateOptions, validate};
use serde_json::Value;

#[path = "../../bulk/reference.rs"]
mod reference;

/// The first byte says how the file is cut, the rest is the file under a header.
pub(crate) fn check(data: &[u8]) {
    let Some((size, body)) = data.split_first() else {
        return;
    };
    let file = [b"to,from name,message\n", body].concat();
    let whole = import(&file, usize::MAX);

    let pieces = import(&file, usize::from(*size % 32) + 1);
    assert_eq!(pieces.rejected_json(), whole.rejected_json());
    assert_eq!(pieces.summary_json(), whole.summary_json());
    assert_eq!(pieces.rejected_csv(), whole.rejected_csv());
    assert_eq!(lines(&pieces), lines(&whole));

    let rejected: Vec<Value> = serde_json::from_slice(&whole.rejected_json()).unwrap();
    assert_eq!(
        whole.rows(),
        (whole.accepted().rows().len() + rejected.len()) as u64
    );
    for line in lines(&whole) {
        let order = [
            b"{\"Type\":\"Links\",\"PONumber\":\"1\",\"LineItems\":[",
            line.as_slice(),
            b"]}",
        ]
        .concat();
        assert!(validate(&order, &ValidateOptions::default()).is_valid());
    }

    let again = import(&whole.rejected_csv(), usize::MAX);
    assert_eq!(
        again.accepted().rows().len(),
        0,
        "nothing was mended: {}",
        file.escape_ascii()
    );
    assert_eq!(again.rejected_count(), whole.rejected_count());

    if let Ok(text) = core::str::from_utf8(body)
        && whole.encoding() == "utf-8"
    {
        compare(text, &whole);
    }
}

/// Holds the report to what the slow reader finds.
fn compare(text: &str, report: &ImportReport) {
    // What may be a sum, an error of the spreadsheet, or the header once more, the slow reader does not know.
    let small = text.to_lowercase();
    if [
        "tot", "sum", "sub", "som", "ges", "gra", "#", "from", "sender", "name",
    ]
    .iter()
    .any(|word| small.contains(word))
    {
        return;
    }
    let mut rows = reference::rows(text);
    // An empty row below the last that holds something is none.
    let is_empty = |row: &reference::Row| {
        row.iter().flatten().all(|cell| cell.trim().is_empty()) && row.is_some()
    };
    while rows.last().is_some_and(is_empty) {
        rows.pop();
    }
    assert_eq!(report.rows(), rows.len() as u64, "{text:?}");
    let is_good = |row: &&Vec<String>| {
        // Line breaks are for messages.
        let bad = |column: usize, one: char| {
            one.is_control() && !(column == 2 && matches!(one, '\n' | '\r'))
        };
        let has_bad =
            |(column, cell): (usize, &String)| clean(cell).contains(|one| bad(column, one));
        // With nothing in it, it is for nobody.
        let is_filled = row.iter().take(3).any(|cell| !clean(cell).is_empty());
        // A number is no name.
        let is_number = |cell: &&String| {
            let cell = clean(cell);
            !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit())
        };
        is_filled
            && !row.iter().take(2).any(|cell| is_number(&cell))
            && !row.iter().take(3).enumerate().any(has_bad)
            // The header has no empty cell behind its last, so a row may have none.
            && row.len() <= 3
    };
    let expected: Vec<[String; 3]> = rows
        .iter()
        .flatten()
        .filter(is_good)
        .map(|row| {
            [0, 1, 2].map(|column| {
                // Every line break is one.
                row.get(column).map_or(String::new(), |cell| {
                    clean(cell).replace("\r\n", "\n").replace('\r', "\n")
                })
            })
        })
        .collect();
    let read: Vec<[String; 3]> = lines(report)
        .iter()
        .map(|line| {
            let line: Value = serde_json::from_slice(line).unwrap();
            ["To", "FromName", "Message"].map(|name| {
                line["Personalization"][name]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            })
        })
        .collect();
    assert_eq!(read, expected, "{text:?}");
}

/// A cell without the guards of `rejectedCsv` and of spreadsheets (`'02134`, `="02134"`), and without the space around it.
fn clean(cell: &str) -> &str {
    let guarded = cell
        .strip_prefix('\'')
        .filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
    let cell = guarded.unwrap_or(cell).trim();
    let digits = cell.strip_prefix('\'').filter(|rest| {
        rest.starts_with(|first: char| first.is_ascii_digit())
            && rest
                .chars()
                .all(|one| matches!(one, '0'..='9' | ' ' | '.' | '-'))
    });
    let quoted = cell
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|text| !text.is_empty());
    digits.or(quoted).map_or(cell, str::trim)
}

fn import(file: &[u8], size: usize) -> ImportReport {
    let mut settings = ImportSettings::new(OrderType::Links);
    settings
        .read_defaults(br#"{"ProductId":"CVS","Value":25}"#)
        .unwrap();
    let mut import = Import::new(settings);
    for piece in file.chunks(size) {
        import.push(piece).unwrap();
    }
    import.finish().unwrap()
}

fn lines(report: &ImportReport) -> Vec<Vec<u8>> {
    let accepted = report.accepted();
    let line = |index| accepted.line(index).unwrap();
    (0..accepted.rows().len()).map(line).collect()
}
