//! What must hold of the reader of workbooks for any bytes.

use giftcard_partners::sheet_rows::{Held, RowReader};
use giftcard_partners::workbook::limits::{COLUMNS, ROWS};
use giftcard_partners::workbook::{CellKind, Workbook};

/// The bytes are a file.
pub(crate) fn check(data: &[u8]) {
    let Ok(workbook) = Workbook::open(data.to_vec()) else {
        return;
    };
    assert!(!workbook.sheets().is_empty());
    for sheet in 0..workbook.sheets().len().min(3) {
        check_sheet(&workbook, sheet);
    }
}

pub(crate) fn check_sheet(workbook: &Workbook, sheet: usize) {
    let Ok(mut rows) = workbook.rows(sheet) else {
        return;
    };
    let mut before = 0;
    let mut seen = Vec::new();
    while let Ok(Some(row)) = rows.next_row() {
        assert!(before < row.number() && row.number() <= ROWS);
        before = row.number();
        let covered: Vec<u32> = row.covered().collect();
        let mut next = 0;
        for cell in row.cells() {
            assert!(next <= cell.column && cell.column < COLUMNS);
            next = cell.column + 1;
            assert!(!covered.contains(&cell.column));
            assert_eq!(cell.text.is_empty(), cell.kind == CellKind::NoValue);
            seen.push((row.number(), row.is_hidden(), cell.column, cell.text.len()));
        }
        assert!(next > 0, "a row holds something");
    }
    // What is handed on says the same, as far as a list has columns.
    let Ok(mut rows) = workbook.rows(sheet) else {
        return;
    };
    let mut told = Vec::new();
    loop {
        let batch = match rows.next_batch() {
            Ok(Some(batch)) => batch,
            Ok(None) => break,
            // A sheet that breaks off is refused whole.
            Err(_) => return,
        };
        let mut reader = RowReader::new(batch);
        while let Some(row) = reader.row() {
            for cell in row.cells() {
                if cell.held != Held::Covered {
                    let text = row.text(&cell).unwrap();
                    told.push((
                        row.number,
                        row.is_hidden,
                        u32::from(cell.column),
                        text.len(),
                    ));
                }
            }
        }
    }
    assert_eq!(told.len(), seen.len());
    for (told, seen) in told.iter().zip(&seen) {
        assert_eq!((told.0, told.1, told.2), (seen.0, seen.1, seen.2));
        assert!(told.3 >= seen.3, "with its unit");
    }
}
