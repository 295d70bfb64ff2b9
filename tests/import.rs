//! `giftcard_partners::bulk`: what an import takes, what it refuses and why, and that nothing of a file is lost on the way.
#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is its way of saying so"
)]

use giftcard_partners::bulk::{Import, ImportReport, ImportSettings};
use giftcard_partners::order::OrderType;
use serde_json::Value;

#[path = "bulk/amounts.rs"]
mod amounts;
#[path = "bulk/bad_input.rs"]
mod bad_input;
#[path = "bulk/cells.rs"]
mod cells;
#[path = "bulk/columns.rs"]
mod columns;
#[path = "bulk/currencies.rs"]
mod currencies;
#[path = "bulk/duplicates.rs"]
mod duplicates;
#[path = "bulk/encodings.rs"]
mod encodings;
#[path = "bulk/fast_path.rs"]
mod fast_path;
#[path = "bulk/found.rs"]
mod found;
#[path = "bulk/headers.rs"]
mod headers;
#[path = "bulk/meant.rs"]
mod meant;
#[path = "bulk/mending.rs"]
mod mending;
#[path = "bulk/people.rs"]
mod people;
#[path = "bulk/reference.rs"]
mod reference;
#[path = "bulk/rows.rs"]
mod rows;
#[path = "bulk/share.rs"]
mod share;
#[path = "bulk/sheets.rs"]
mod sheets;
#[path = "bulk/stray.rs"]
mod stray;
#[path = "bulk/surplus.rs"]
mod surplus;
#[path = "bulk/unread.rs"]
mod unread;
#[path = "bulk/verdicts.rs"]
mod verdicts;
#[path = "bulk/warnings.rs"]
mod warnings;

/// Imports a whole file.
fn import(settings: ImportSettings, file: impl AsRef<[u8]>) -> ImportReport {
    import_in_pieces(settings, file.as_ref(), usize::MAX)
}

fn import_in_pieces(settings: ImportSettings, file: &[u8], size: usize) -> ImportReport {
    let mut import = Import::new(settings);
    for piece in file.chunks(size) {
        import.push(piece).unwrap();
    }
    import.finish().unwrap()
}

/// What a file comes to, read in both ways of a row, which must agree.
fn read_both_ways(settings: &ImportSettings, file: &str) -> ImportReport {
    let file = [file, &"\n".repeat(300)].concat();
    let at_once = import(settings.clone(), &file);
    let step_by_step = import_in_pieces(settings.clone(), file.as_bytes(), 7);
    assert_eq!(at_once.rejected_json(), step_by_step.rejected_json());
    assert_eq!(at_once.summary_json(), step_by_step.summary_json());
    at_once
}

fn digital(file: impl AsRef<[u8]>) -> ImportReport {
    import(ImportSettings::new(OrderType::DigitalDelivery), file)
}

/// Settings by which rows may repeat each other.
fn accepting(order_type: OrderType) -> ImportSettings {
    let mut settings = ImportSettings::new(order_type);
    settings.accepts_duplicates = true;
    settings
}

fn links(file: impl AsRef<[u8]>) -> ImportReport {
    import(ImportSettings::new(OrderType::Links), file)
}

/// The accepted lines.
fn lines(report: &ImportReport) -> Vec<Value> {
    let accepted = report.accepted();
    let line = |index| serde_json::from_slice(&accepted.line(index).unwrap()).unwrap();
    (0..accepted.rows().len()).map(line).collect()
}

/// The accepted lines without the names that the import gave them.
fn unnamed(report: &ImportReport) -> Vec<Value> {
    let mut lines = lines(report);
    for line in &mut lines {
        line.as_object_mut().unwrap().remove("ExternalId");
    }
    lines
}

/// Each rejected row's issues as `line column code`, a missing column as `-`.
fn rejected(report: &ImportReport) -> Vec<String> {
    let rows: Vec<Value> = serde_json::from_slice(&report.rejected_json()).unwrap();
    assert_eq!(rows.len(), report.rejected_count());
    assert_eq!(
        report.rows(),
        (rows.len() + report.accepted().rows().len()) as u64,
        "every row is accepted or rejected"
    );
    let issues = |row: &Value| {
        let line = row["line"].clone();
        let issue = move |issue: &Value| {
            let column = issue["column"].as_str().unwrap_or("-");
            format!("{line} {column} {}", issue["code"].as_str().unwrap())
        };
        row["issues"]
            .as_array()
            .unwrap()
            .iter()
            .map(issue)
            .collect::<Vec<_>>()
    };
    rows.iter().flat_map(issues).collect()
}

/// What is said of the file as a whole, as `line column code`.
fn issues(report: &ImportReport) -> Vec<String> {
    let issue = |issue: &giftcard_partners::bulk::FileIssue| {
        let column = issue.column.as_deref().unwrap_or("-");
        format!("{} {column} {}", issue.line, issue.code.as_str())
    };
    report.issues().iter().map(issue).collect()
}
