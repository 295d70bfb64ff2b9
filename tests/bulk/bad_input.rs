//! Files that are broken, hostile or nothing at all: an answer with line, column and code, in bounded time and memory.

use std::time::{Duration, Instant};

use giftcard_partners::bulk::{Import, ImportSettings};
use giftcard_partners::order::OrderType;

use super::{digital, issues, lines, links, rejected};

#[test]
fn a_file_without_rows_says_so() {
    for file in ["", "\n\n", "\u{feff}", "\u{feff}\r\n"] {
        let report = links(file);
        assert_eq!(
            (report.rows(), issues(&report)),
            (0, vec!["1 - no_rows".to_owned()]),
            "{file:?}"
        );
    }
    for file in [
        "product,value",
        "product,value\n",
        "sep=;\nproduct;value\r\n\r\n",
    ] {
        let report = links(file);
        assert_eq!(
            (report.rows(), issues(&report)),
            (0, vec!["1 - no_rows".to_owned()]),
            "{file:?}"
        );
    }
}

#[test]
fn a_header_that_cannot_be_read_says_what_is_wrong_with_it() {
    let long = format!("\"{}\n", "x".repeat(300 << 10));
    for (file, code, rows) in [
        ("\"product\"x,value\nCVS,25\n", "malformed_quotes", 1),
        ("\"product,value\nCVS,25\n", "unclosed_quote", 0),
        (&long, "too_large", 0),
    ] {
        let report = links(file);

        assert_eq!(
            (report.rows(), issues(&report)),
            (rows, vec![format!("1 - {code}")])
        );
        assert_eq!(report.accepted().rows().len(), 0);
        let rejected = rejected(&report);
        assert_eq!(rejected.len() as u64, rows);
        assert!(
            rejected.iter().all(|row| row.ends_with(code)),
            "{rejected:?}"
        );
    }
}

#[test]
fn something_behind_a_closing_quote_rejects_the_row() {
    let report = links(
        "product,value,message\nCVS,25,\"He said \"hi, you\" to me\"\nCVS,25,\"ok\" \nCVS,25,5\" wide\nCVS,25, \"a,b\"\n",
    );

    assert_eq!(rejected(&report), ["2 message malformed_quotes"]);
    let messages: Vec<_> = lines(&report)
        .iter()
        .map(|line| line["Personalization"]["Message"].clone())
        .collect();
    assert_eq!(messages, ["ok", "5\" wide", "a,b"]);
}

#[test]
fn a_quote_that_is_never_closed_takes_no_row_behind_it_for_a_payment() {
    let report =
        links("product,value,message\nCVS,25,fine\nCVS,25,\"oops\nCVS,500,evil\nCVS,25,last\n");

    assert_eq!(rejected(&report), ["3 message unclosed_quote"]);
    assert_eq!(report.accepted().rows().len(), 1);
    let json = String::from_utf8(report.rejected_json()).unwrap();
    assert!(json.contains(r#""line":3,"lastLine":6"#), "{json}");
}

#[test]
fn text_in_a_cell_never_becomes_a_row_however_long_it_is() {
    let text = format!("{}\nCVS,500,evil\n", "x".repeat(300 << 10));
    let report = links(format!(
        "product,value,message\nCVS,25,\"{text}\"\nCVS,25,fine\n"
    ));

    assert_eq!(rejected(&report), ["2 message too_large"]);
    assert_eq!(report.accepted().rows().len(), 1);
    assert_eq!(report.accepted().rows()[0].sheet_line, 5);
}

#[test]
fn fifty_megabytes_of_one_quoted_cell_are_one_rejected_row() {
    let begun = Instant::now();
    for (piece, times) in [
        (vec![b'x'; 1 << 20], 50),
        (b"x\n\"\"".repeat(1 << 16), 10),
        (b"\r\n,,".repeat(1 << 16), 10),
    ] {
        let mut import = Import::new(ImportSettings::new(OrderType::Links));
        import.push(b"product,value,message\nCVS,25,\"").unwrap();
        for _ in 0..times {
            import.push(&piece).unwrap();
        }
        let report = import.finish().unwrap();

        assert_eq!(rejected(&report), ["2 message too_large"]);
        assert!(report.rejected_csv().len() < 2_000);
    }
    assert!(
        begun.elapsed() < Duration::from_mins(1),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn a_row_of_ten_thousand_cells_is_rejected() {
    let cells = vec!["x"; 10_000].join(",");
    let report = links(format!(
        "product,value\nCVS,25\n{cells}\nCVS,25,,,\nCVS,25,x\n"
    ));

    assert_eq!(
        rejected(&report),
        [
            "3 - too_many_columns",
            "4 - too_many_columns",
            "5 - too_many_columns"
        ]
    );
    assert_eq!(report.accepted().rows().len(), 1);

    let report = links(format!("{cells}\nCVS,25\n"));
    assert_eq!(issues(&report), ["1 - too_many_columns"]);
    assert_eq!(rejected(&report), ["2 - too_many_columns"]);
}

#[test]
fn zeros_and_other_control_characters_are_found() {
    let report = digital(
        "email,product,value,name\na\0@b.co,CVS,25,\na@b.co,CVS,25,An\0n\na@b.co,C\u{85}VS,25,Ann\na@b.co,CVS,2\x005,\n",
    );

    assert_eq!(
        rejected(&report),
        [
            "2 email invalid_email",
            "3 name control_character",
            "4 product control_character",
            "5 value invalid_type",
        ]
    );
}

#[test]
fn everything_that_is_wrong_with_a_row_is_told_at_once() {
    let report = digital(
        "email,product,value,qty,from email,name\nnobody,,1.000,1.5,x,Ann\n,CVS,25,1,,Ann\n",
    );

    assert_eq!(
        rejected(&report),
        [
            "2 value ambiguous_amount",
            "2 qty not_integer",
            "2 email invalid_email",
            "2 from email invalid_email",
            "2 product required",
            "3 - missing_delivery_address",
        ]
    );
    let json = String::from_utf8(report.rejected_json()).unwrap();
    for cell in ["nobody", "Ann", "1.000,"] {
        assert!(!json.contains(cell), "{cell}: {json}");
    }
}

#[test]
fn more_rows_than_can_be_kept_stop_the_import_with_a_reason() {
    let mut import = Import::new(ImportSettings::new(OrderType::Links));
    import.push(b"product,product\n").unwrap();
    let piece = b"x\n".repeat(100_000);

    let error = (0..20).find_map(|_| import.push(&piece).err()).unwrap();

    assert!(error.message.contains("1,000,000"), "{error}");
}

#[test]
fn pieces_of_one_byte_cost_no_more_than_large_ones() {
    // A quoted cell with a line break at every other byte, which a reader that starts over would read 100,000 times.
    let mut import = Import::new(ImportSettings::new(OrderType::Links));
    let begun = Instant::now();
    for byte in "\""
        .bytes()
        .chain("x\n".repeat(60_000).bytes())
        .chain("\",value\nCVS,25\n".bytes())
    {
        import.push(&[byte]).unwrap();
    }
    let report = import.finish().unwrap();

    assert_eq!(report.rows(), 1);
    assert!(
        begun.elapsed() < Duration::from_secs(20),
        "{:?}",
        begun.elapsed()
    );
}
