//! Encodings: recognised and decoded, or rejected; never garbled.

use giftcard_partners::bulk::ImportSettings;
use giftcard_partners::order::OrderType;
use serde_json::Value;

use super::{import_in_pieces, issues, links, rejected, unnamed};

const FILE: &str = "product,value,to\nCVS,25,José €5 “x” 😀\n";

fn to(line: &Value) -> &str {
    line["Personalization"]["To"].as_str().unwrap()
}

fn utf16(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = if mark { "\u{feff}" } else { "" };
    mark.encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(bytes)
        .collect()
}

#[test]
fn unicode_is_read_in_each_of_its_encodings() {
    for (file, encoding) in [
        (FILE.as_bytes().to_vec(), "utf-8"),
        (["\u{feff}", FILE].concat().into_bytes(), "utf-8"),
        (utf16(FILE, true, u16::to_le_bytes), "utf-16le"),
        (utf16(FILE, true, u16::to_be_bytes), "utf-16be"),
        (utf16(FILE, false, u16::to_le_bytes), "utf-16le"),
        (utf16(FILE, false, u16::to_be_bytes), "utf-16be"),
    ] {
        for size in [1, 2, 3, 5, 1000] {
            let report = import_in_pieces(ImportSettings::new(OrderType::Links), &file, size);

            assert_eq!(report.encoding(), encoding);
            assert_eq!(rejected(&report), [""; 0]);
            assert_eq!(to(&unnamed(&report)[0]), "José €5 “x” 😀");
        }
    }
}

#[test]
fn windows_1252_is_read_where_nothing_was_utf_8() {
    let report = links(
        b"product,value,to\nCVS,25,Ann\nCVS,25,Jos\xe9\nCVS,25,\x8045 \x93x\x94\nCVS,25,Bob\n",
    );

    assert_eq!(rejected(&report), [""; 0]);
    assert_eq!(report.encoding(), "windows-1252");
    let lines = unnamed(&report);
    assert_eq!([to(&lines[1]), to(&lines[2])], ["José", "€45 “x”"]);
}

#[test]
fn a_row_in_another_encoding_than_the_file_s_is_rejected() {
    let utf8_first = "product,value,to\nCVS,25,José\n".as_bytes();
    let report = links([utf8_first, b"CVS,25,Jos\xe9\nCVS,25,Ann\n"].concat());
    assert_eq!(rejected(&report), ["3 - invalid_encoding"]);
    assert_eq!(report.encoding(), "utf-8");

    let other_first = b"product,value,to\nCVS,25,Jos\xe9\n".as_slice();
    let report = links([other_first, "CVS,25,José\nCVS,25,Ann\n".as_bytes()].concat());
    assert_eq!(rejected(&report), ["3 - invalid_encoding"]);

    let both_in_one_row = "product,value,to,message\nCVS,25,José,".as_bytes();
    let report = links([both_in_one_row, b"Jos\xe9\n"].concat());
    assert_eq!(rejected(&report), ["2 - invalid_encoding"]);
}

#[test]
fn bytes_that_are_no_character_are_rejected() {
    // Not in Windows-1252 either.
    let report = links(b"product,value,to\nCVS,25,a\x81b\n");
    assert_eq!(rejected(&report), ["2 - invalid_encoding"]);

    // Half of a surrogate pair, and half of a unit at the end.
    let mut file = utf16("product,value,to\nCVS,25,a", true, u16::to_le_bytes);
    file.extend([0x00, 0xd8, b'b', 0, b'\n', 0, b'C', 0, b'V']);
    let report = links(file);
    assert_eq!(
        rejected(&report),
        ["2 - invalid_encoding", "3 - invalid_encoding"]
    );
}

#[test]
fn a_row_without_clear_cells_comes_back_in_the_file_s_encoding() {
    for (file, text) in [
        // Known from a row before, and from the row itself.
        (
            b"product,value,to\nCVS,25,Jos\xe9\nCVS,25,\"\x80 \x93a\x94\" b\n".as_slice(),
            "€ “a”",
        ),
        (b"product,value,to\nCVS,25,\"Jos\xe9\" b\n", "José"),
        // UTF-8 before: nobody knows what the byte is.
        (
            b"product,value,to\nCVS,25,\xc3\xa9\nCVS,25,\"Jos\xe9\" b\n",
            "Jos\u{fffd}",
        ),
    ] {
        let report = links(file);

        let csv = String::from_utf8(report.rejected_csv()).unwrap();
        assert_eq!(report.rejected_count(), 1, "{csv}");
        assert!(csv.contains(text), "{csv}");
        assert_eq!(csv.contains('\u{fffd}'), text.contains('\u{fffd}'));
    }
}

#[test]
fn the_rejected_rows_of_a_file_that_is_no_csv_are_text() {
    let csv = links(b"PK\x03\x04").rejected_csv();

    assert!(!csv.contains(&0), "{csv:?}");
}

#[test]
fn utf_16_that_does_not_begin_as_such_is_refused_with_advice() {
    let cyrillic = "Почта,product,value\na@b.co,CVS,25\n";
    let of_one_column = "Почта\na@b.co\n";
    for file in [
        utf16(cyrillic, false, u16::to_le_bytes),
        utf16(cyrillic, false, u16::to_be_bytes),
        utf16(of_one_column, false, u16::to_le_bytes),
        b"\0product,value\nCVS,25\n".to_vec(),
    ] {
        let report = links(&file);

        assert_eq!(issues(&report), ["1 - invalid_encoding"], "{file:?}");
        assert!(report.issues()[0].message.contains("CSV UTF-8"));
        assert!(report.accepted().rows().is_empty());
        assert!(report.rows() > 0);
        assert_eq!(report.encoding(), "utf-8");
    }
}

#[test]
fn what_is_no_csv_is_refused_with_advice() {
    for start in [
        b"PK\x03\x04".as_slice(),
        b"\xd0\xcf\x11\xe0",
        b"\xff\xfe\0\0",
        b"\0\0\xfe\xff",
    ] {
        let report = links([start, &vec![7; 100_000]].concat());

        assert_eq!(rejected(&report), ["1 - unsupported_file"]);
        assert_eq!(super::issues(&report), ["1 - unsupported_file"]);
        assert!(report.issues()[0].message.contains("CSV UTF-8"));
    }
}
