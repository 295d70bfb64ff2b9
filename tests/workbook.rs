//! `giftcard_partners::workbook`: what each writer's file comes to, cell by cell, and what is refused.
#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is its way of saying so"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use giftcard_partners::workbook::{Cell, CellKind, Workbook, WorkbookFault};

#[path = "workbook/archive.rs"]
mod archive;
#[path = "workbook/damage.rs"]
mod damage;
#[path = "workbook/differential.rs"]
mod differential;
#[path = "workbook/limits.rs"]
mod limits;
#[path = "workbook/looks.rs"]
mod looks;
#[path = "workbook/parts.rs"]
mod parts;
#[path = "workbook/refused.rs"]
mod refused;
#[path = "workbook/values.rs"]
mod values;
#[path = "workbook/writers.rs"]
mod writers;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbook/files")
}

fn file(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

/// All sheets of a workbook as text: a line a row, its cells as `A:kind text {unit}`, with `!` where the sheet shows something else and `~` where
/// not all of it is meant.
fn dump(file: Vec<u8>) -> Result<String, WorkbookFault> {
    let workbook = Workbook::open(file)?;
    let mut out = String::new();
    for (place, sheet) in workbook.sheets().iter().enumerate() {
        let state = if sheet.is_hidden { " (hidden)" } else { "" };
        writeln!(out, "sheet {}{state}", sheet.name).unwrap();
        out.push_str(&dump_rows(&workbook, place)?);
    }
    Ok(out)
}

fn dump_rows(workbook: &Workbook, sheet: usize) -> Result<String, WorkbookFault> {
    let mut out = String::new();
    let mut rows = workbook.rows(sheet)?;
    while let Some(row) = rows.next_row()? {
        let state = if row.is_hidden() { " (hidden)" } else { "" };
        write!(out, "{}{state}", row.number()).unwrap();
        for cell in row.cells() {
            write!(out, " | {}", shown(&cell)).unwrap();
        }
        let covered: String = row.covered().map(name).collect();
        if !covered.is_empty() {
            write!(out, " | covered {covered}").unwrap();
        }
        out.push('\n');
    }
    Ok(out)
}

fn shown(cell: &Cell<'_>) -> String {
    let kind = match cell.kind {
        CellKind::Text => "",
        CellKind::Number => "number ",
        CellKind::Percent => "percent ",
        CellKind::Date => "date ",
        CellKind::DateTime => "moment ",
        CellKind::Time => "time ",
        CellKind::Boolean => "boolean ",
        CellKind::Error => "error ",
        CellKind::NoValue => "no value",
    };
    let unit = if cell.unit.is_empty() {
        String::new()
    } else {
        format!(" {{{}}}", cell.unit)
    };
    let mark = if cell.is_otherwise { " !" } else { "" };
    let unclear = if cell.is_unclear { " ~" } else { "" };
    let hidden = if cell.is_hidden { " (hidden)" } else { "" };
    let text = cell.text.replace('\n', "\\n");
    format!(
        "{}: {kind}{text}{unit}{mark}{unclear}{hidden}",
        name(cell.column)
    )
}

/// The letters of a column.
fn name(column: u32) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).unwrap());
    match column / 26 {
        0 => letter.into(),
        rest => format!("{}{letter}", name(rest - 1)),
    }
}
