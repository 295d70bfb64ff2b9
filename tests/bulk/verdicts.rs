//! The import and the validator agree: what one takes the other takes.

use giftcard_partners::bulk::ImportSettings;
use giftcard_partners::order::{OrderType, ValidateOptions, validate};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::import;

const COLUMNS: [&str; 15] = [
    "ProductId",
    "Value",
    "Quantity",
    "DigitalDeliveryAddress.Email",
    "DigitalDeliveryAddress.Sms",
    "PhysicalDeliveryAddress.ShippingMethodId",
    "PhysicalDeliveryAddress.Name",
    "PhysicalDeliveryAddress.AddressLine1",
    "PhysicalDeliveryAddress.City",
    "PhysicalDeliveryAddress.State",
    "PhysicalDeliveryAddress.Zip",
    "PhysicalDeliveryAddress.Country",
    "Personalization.Message",
    "Personalization.DeliveryDate",
    "Personalization.FromEmail",
];

/// Cells that are mostly right, since one that is wrong decides the row.
fn cell(column: usize) -> BoxedStrategy<String> {
    let good = match COLUMNS[column] {
        "Value" => "[1-9][0-9]{0,2}(\\.[0-9]{2})?",
        "Quantity" => "[1-9]",
        "DigitalDeliveryAddress.Email" | "Personalization.FromEmail" => {
            "[a-z]{1,5}@[a-z]{1,5}\\.com"
        }
        "DigitalDeliveryAddress.Sms" => "\\+1[0-9]{10}",
        "PhysicalDeliveryAddress.Country" => "US|CA|DE|JM",
        "Personalization.DeliveryDate" => "2026-1[0-2]-[0-3][0-9]T09:00:00Z",
        "Personalization.Message" => "[a-zé\"\\\\\n, 😀]{0,12}",
        _ => "[A-Za-zéß'\" ]{1,8}",
    };
    let long = "x{250,260}|y{499,502}|é{254,256}";
    prop_oneof![
        20 => good.prop_map(String::from),
        3 => Just(String::new()),
        1 => "[\\x00-\\x7f]{0,4}",
        1 => "[\\x7f-\\xa0]{1,3}|\u{3000}{1,2}",
        1 => long,
        1 => "[-0-9.eE+]{1,6}",
    ]
    // An apostrophe in front may be a guard: tests/bulk/mending.rs.
    .prop_map(|cell| cell.trim_start_matches('\'').to_owned())
    .boxed()
}

fn row() -> impl Strategy<Value = Vec<String>> {
    (0..COLUMNS.len()).map(cell).collect::<Vec<_>>()
}

/// The order of one line that a row says, made another way than the import makes it. A number that is none stays text.
fn order(order_type: OrderType, row: &[String]) -> Value {
    let mut line = json!({});
    for (path, cell) in COLUMNS.iter().zip(row) {
        let cell = cell.trim();
        let physical = order_type == OrderType::PhysicalShipment;
        let unused = if physical { "Digital" } else { "Physical" };
        if cell.is_empty() || path.starts_with(unused) {
            continue;
        }
        let digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_number = cell
            .split_once('.')
            .map_or(digits(cell), |(whole, rest)| digits(whole) && digits(rest));
        let value = match *path {
            "Value" | "Quantity" if is_number => {
                let shorter = cell.trim_start_matches('0');
                let number = if shorter.starts_with(|first: char| first.is_ascii_digit()) {
                    shorter.to_owned()
                } else {
                    format!("0{shorter}")
                };
                serde_json::from_str(&number).unwrap()
            }
            _ => json!(cell),
        };
        match path.split_once('.') {
            Some((group, name)) => line[group][name] = value,
            None => line[*path] = value,
        }
    }
    json!({ "Type": order_type.as_str(), "LineItems": [line], "PONumber": "PO-1" })
}

fn is_valid(order: &Value) -> bool {
    validate(
        &serde_json::to_vec(order).unwrap(),
        &ValidateOptions::default(),
    )
    .is_valid()
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, max_global_rejects: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_row_is_accepted_where_its_order_is_valid_and_rejected_where_it_is_not(
        row in row(),
        order_type in prop_oneof![Just(OrderType::DigitalDelivery), Just(OrderType::Links), Just(OrderType::PhysicalShipment)],
    ) {
        // What the import reads more leniently, or as text only: tests/bulk/amounts.rs and mending.rs.
        let lenient = |cell: &String| !cell.trim().bytes().all(|byte| byte == b'.' || byte.is_ascii_digit()) || cell.trim().starts_with('.');
        prop_assume!(!row[1..3].iter().any(lenient));
        let three_decimals = row[1..3].iter().any(|cell| cell.trim().split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3));
        prop_assume!(!three_decimals);
        // A country in small letters, a name that is a number, an address that is taken out by what it begins with: tests/bulk/meant.rs.
        let meant = |(path, cell): (&&str, &String)| {
            let letters: String = cell.chars().filter(|letter| letter.is_alphanumeric()).collect();
            match *path {
                "PhysicalDeliveryAddress.Country" => letters.len() == 2 && *cell != letters.to_uppercase(),
                "DigitalDeliveryAddress.Email" | "Personalization.FromEmail" => cell.trim().starts_with('/'),
                path if path.ends_with("Name") || path.ends_with("To") => cell.trim().bytes().all(|byte| byte.is_ascii_digit()),
                _ => false,
            }
        };
        prop_assume!(!COLUMNS.iter().zip(&row).filter(|(_, cell)| !cell.trim().is_empty()).any(meant));
        // The apostrophe of a spreadsheet comes off: tests/bulk/cells.rs.
        prop_assume!(!row.iter().any(|cell| cell.trim().starts_with('\'')));
        // What may be a program's word for nothing, or an error of its: tests/bulk/cells.rs.
        let words = ["n/a", "nan", "nat", "nil", "null", "none"];
        let is_foreign = |cell: &str| cell.starts_with(['\\', '#', '{', '[', '<', '(', '*', '$']) || words.contains(&cell.to_lowercase().as_str());
        prop_assume!(!row.iter().any(|cell| is_foreign(cell.trim())));

        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        let file = format!("{}\n{}\n", COLUMNS.join(","), cells.join(","));
        let report = import(ImportSettings::new(order_type), file);
        let expected = order(order_type, &row);

        prop_assert_eq!(report.rows(), 1);
        prop_assert_eq!(report.rejected_count() == 0, is_valid(&expected), "{:?} {}", super::rejected(&report), expected);
        if let Some(line) = report.accepted().line(0) {
            let line: Value = serde_json::from_slice(&line).unwrap();
            let order = json!({ "Type": order_type.as_str(), "LineItems": [line], "PONumber": "PO-1" });
            prop_assert!(is_valid(&order), "{}", order);
        }
    }
}
