//! What there is to look at in rows that are accepted is said once for all of them.

use giftcard_partners::bulk::{ImportReport, ImportSettings};
use giftcard_partners::order::OrderType::{self, DigitalDelivery, Links, PhysicalShipment};
use serde_json::{Value, json};

use super::{import, import_in_pieces, lines, rejected};

/// 1 December 2026.
const NOW: i64 = 1_796_083_200;

/// What a file comes to, read in both ways of a row, which must agree.
fn read(order_type: OrderType, file: &str) -> ImportReport {
    let mut settings = ImportSettings::new(order_type);
    settings.now = Some(NOW);
    let file = [file, &"\n".repeat(600)].concat();
    let at_once = import(settings.clone(), &file);
    let step_by_step = import_in_pieces(settings, file.as_bytes(), 7);
    assert_eq!(at_once.rejected_json(), step_by_step.rejected_json());
    assert_eq!(at_once.summary_json(), step_by_step.summary_json());
    assert_eq!(at_once.groups_json(), step_by_step.groups_json());
    at_once
}

fn issues(report: &ImportReport) -> Value {
    let summary: Value = serde_json::from_slice(&report.summary_json()).unwrap();
    summary["issues"].clone()
}

#[test]
fn each_warning_is_said_once_with_its_count_and_its_first_lines() {
    let file = "Email,Product,Value,Name,Delivery Date,Message\n\
        ann@localhost,CVS,25,Ann,,\n\
        b@b.co,CVS,25,JosÃ©,2026-11-01T09:00:00Z,Hi\n\
        c@b.co,CVS,25,Zo\u{fffd},2026-12-24T09:00:00Z,JosÃ©\n\
        bob@mail,CVS,25,Bob,2028-12-24T09:00:00Z,Hi\u{2060}\u{2060}you\n\
        d@b.co,CVS,25,Zoë Müller,2026-12-24T09:00:00Z,It’s “yours” – Zoë…\n\
        nobody,CVS,25,JosÃ©,,\n";

    let report = read(DigitalDelivery, file);

    assert_eq!(rejected(&report), ["7 Email invalid_email"]);
    assert_eq!(lines(&report).len(), 5);
    let said: Vec<Value> = issues(&report)
        .as_array()
        .unwrap()
        .iter()
        .map(|issue| {
            json!([
                issue["severity"],
                issue["code"],
                issue["column"],
                issue["path"],
                issue["line"],
                issue["params"]
            ])
        })
        .collect();
    let to = json!(["Personalization", "To"]);
    let date = json!(["Personalization", "DeliveryDate"]);
    let message = json!(["Personalization", "Message"]);
    assert_eq!(
        said,
        [
            json!(["warning", "domain_without_dot", "Email", ["DigitalDeliveryAddress", "Email"], 2, {"count": 2, "firstLines": [2, 5]}]),
            json!(["warning", "garbled_text", "Name", to, 3, {"count": 2, "firstLines": [3, 4]}]),
            json!(["warning", "date_in_past", "Delivery Date", date, 3, {"count": 1, "firstLines": [3]}]),
            json!(["warning", "garbled_text", "Message", message, 4, {"count": 1, "firstLines": [4]}]),
            json!(["warning", "invisible_character", "Message", message, 5, {"count": 1, "firstLines": [5]}]),
            json!(["warning", "date_far_ahead", "Delivery Date", date, 5, {"count": 1, "firstLines": [5]}]),
        ]
    );
    let groups: Vec<Value> = serde_json::from_slice(&report.groups_json()).unwrap();
    assert_eq!(groups[0]["severity"], "error");
    assert_eq!(
        groups[1],
        json!({"severity": "warning", "code": "domain_without_dot", "column": "Email",
            "message": "Email has a domain without a dot. Mail to it leaves no company's network.", "count": 2, "firstLines": [2, 5]})
    );
    assert_eq!(groups.len(), 7);
}

#[test]
fn a_row_that_is_garbled_or_late_is_told_whatever_stands_around_it() {
    for (file, code) in [
        ("Name,Product,Value\nMÃ¼ller,CVS,25\n", "garbled_text"),
        ("Name,Product,Value\nJos√©,CVS,25\n", "garbled_text"),
        ("Name,Product,Value\nJos├®,CVS,25\n", "garbled_text"),
        ("Name,Product,Value\nJos\u{fffd},CVS,25\n", "garbled_text"),
        ("Name,Product,Value\nDonâ€™t,CVS,25\n", "garbled_text"),
        ("Name,Product,Value\næ—¥æœ¬,CVS,25\n", "garbled_text"),
        (
            "Name,Product,Value\nAnn\u{200b}Lee,CVS,25\n",
            "invisible_character",
        ),
        (
            "Name,Product,Value\nAnn\u{ad}Lee,CVS,25\n",
            "invisible_character",
        ),
        (
            "Name,Product,Value\nAnn\u{feff}Lee,CVS,25\n",
            "invisible_character",
        ),
        (
            "Name,Product,Value\nAnn\u{202e}Lee,CVS,25\n",
            "invisible_character",
        ),
        (
            "Name,Product,Value\nAnn\u{180e}Lee,CVS,25\n",
            "invisible_character",
        ),
        (
            "Name,Product,Value\nAnn\u{fff9}Lee,CVS,25\n",
            "invisible_character",
        ),
        (
            "Name,Product,Value,Delivery date\nAnn,CVS,25,2026-11-30T23:58:59Z\n",
            "date_in_past",
        ),
        (
            "Name,Product,Value,From Email\nAnn,CVS,25,hr@intranet\n",
            "domain_without_dot",
        ),
    ] {
        let report = read(Links, file);
        assert_eq!(rejected(&report), [""; 0], "{file}");
        let codes: Vec<&str> = report
            .issues()
            .iter()
            .map(|issue| issue.code.as_str())
            .collect();
        assert_eq!(codes, [code], "{file}");
    }
    for name in [
        "Zoë",
        "JOÃO",
        "«CAFÉ»",
        "山田 蓮",
        "Иван Петров",
        "Ελένη",
        "L’Été",
        "Łukasz Śliwa",
        "ÑANDÚ",
        "👍",
    ] {
        let report = read(
            Links,
            &format!("Name,Product,Value,Delivery date\n{name},CVS,25,2026-12-24T09:00:00Z\n"),
        );
        assert_eq!(report.issues(), [], "{name}");
        assert_eq!(lines(&report).len(), 1);
    }
}

#[test]
fn a_default_that_is_doubtful_is_told_of_every_row() {
    let mut settings = ImportSettings::new(Links);
    settings
        .read_defaults(br#"{"Personalization":{"FromEmail":"hr@intranet"}}"#)
        .unwrap();
    let report = import(settings, "Name,Product,Value\nAnn,CVS,25\nBob,CVS,25\n");
    let issue = &report.issues()[0];
    assert_eq!(
        (issue.column.as_deref(), &issue.rows),
        (None, &(2, vec![2, 3]))
    );
    assert_eq!(
        issue.message,
        "Personalization.FromEmail has a domain without a dot. Mail to it leaves no company's network."
    );
}

#[test]
fn every_issue_of_a_file_says_how_grave_it_is_and_where() {
    let of = |order_type, file: &str| {
        let issues = issues(&read(order_type, file));
        let first = &issues[0];
        json!([first["severity"], first["code"], first["path"]])
    };
    assert_eq!(
        of(Links, "Name,Product,Value\n"),
        json!(["error", "no_rows", []])
    );
    assert_eq!(
        of(Links, "Name,Product,Gift Amt\nAnn,CVS,5\n"),
        json!(["error", "unknown_column", ["Value"]])
    );
    assert_eq!(
        of(PhysicalShipment, "Name,Product,Value\nAnn,CVS,5\n"),
        json!([
            "error",
            "required",
            ["PhysicalDeliveryAddress", "ShippingMethodId"]
        ])
    );
    let guessed = import(
        ImportSettings::new(Links),
        b"Name,Product,Value\nZo\xEB,CVS,5\n",
    );
    assert_eq!(issues(&guessed)[0]["severity"], "warning");

    let mut settings = ImportSettings::new(Links);
    settings
        .read_columns(br#"{"Gift":"value","Who":"to"}"#)
        .unwrap();
    let report = import(settings.clone(), "Name,Product,Value\nAnn,CVS,5\n");
    assert_eq!(issues(&report)[0]["severity"], "warning");
    assert_eq!(issues(&report)[0]["path"], json!(["Value"]));
    settings.read_defaults(br#"{"Value":5}"#).unwrap();
    let report = import(settings, "Name,Product\nAnn,CVS\n");
    assert_eq!(issues(&report)[0]["severity"], "error");
}
