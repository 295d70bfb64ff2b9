//! Files that do not hold: nothing of them is taken, and nothing panics.

use std::sync::LazyLock;

use giftcard_partners::workbook::{Damage, Workbook, WorkbookFault};
use proptest::prelude::*;

use super::archive::{Entry, Form, Parts, zip};
use super::{dump, file};

fn fault(file: Vec<u8>) -> WorkbookFault {
    dump(file).unwrap_err()
}

fn damage(damage: Damage) -> WorkbookFault {
    WorkbookFault::Damaged(damage)
}

#[test]
fn a_file_that_was_cut_off_is_refused_wherever_it_was_cut() {
    let whole = file("xlsxwriter.xlsx");
    for end in 2..whole.len() {
        assert_eq!(
            fault(whole[..end].to_vec()),
            WorkbookFault::Truncated,
            "{end}"
        );
    }
}

#[test]
fn a_byte_that_changed_is_found_by_the_checksum() {
    for form in [true, false] {
        let mut entries = Parts::rows("<row><c><v>25</v></c></row>").entries();
        let sheet = entries.last_mut().unwrap();
        if form {
            *sheet = Entry::stored(
                &sheet.name,
                b"<worksheet><sheetData><row><c><v>25</v></c></row></sheetData></worksheet>",
            );
            let at = sheet
                .data
                .windows(2)
                .position(|bytes| bytes == b"25")
                .unwrap();
            sheet.data[at] = b'7';
        } else {
            sheet.checksum ^= 1;
        }
        assert_eq!(
            fault(zip(&entries, Form::Plain)),
            damage(Damage::Compression)
        );
    }
}

#[test]
fn a_part_has_the_length_that_the_directory_says() {
    for (longer, method) in [(true, 8), (false, 8), (true, 0), (false, 0)] {
        let mut entries = Parts::rows("<row><c><v>25</v></c></row>").entries();
        let sheet = entries.last_mut().unwrap();
        if method == 0 {
            *sheet = Entry::stored(&sheet.name, b"<worksheet><sheetData/></worksheet>");
        }
        sheet.size = if longer {
            sheet.size + 1
        } else {
            sheet.size - 1
        };
        assert_eq!(
            fault(zip(&entries, Form::Plain)),
            damage(Damage::Compression)
        );
    }
}

#[test]
fn two_parts_of_one_name_are_refused() {
    let mut entries = Parts::rows("<row><c><v>25</v></c></row>").entries();
    entries.push(Entry::stored("XL\\worksheets/Sheet1.xml", b"<worksheet/>"));
    assert_eq!(fault(zip(&entries, Form::Plain)), damage(Damage::TwoParts));
}

#[test]
fn another_compression_is_told() {
    for method in [9, 12, 14, 93] {
        let mut entries = Parts::rows("").entries();
        entries.last_mut().unwrap().method = method;
        assert_eq!(
            fault(zip(&entries, Form::Plain)),
            WorkbookFault::UnknownCompression
        );
    }
}

#[test]
fn rows_and_cells_that_contradict_each_other_are_refused() {
    for rows in [
        "<row r='2'><c><v>1</v></c></row><row r='2'><c><v>2</v></c></row>",
        "<row r='2'><c><v>1</v></c></row><row r='1'><c><v>2</v></c></row>",
        "<row r='0'><c><v>1</v></c></row>",
        "<row r='x'><c><v>1</v></c></row>",
        "<row r='1'><c r='A2'><v>1</v></c></row>",
        "<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>",
        "<row r='1'><c r='B1'><v>1</v></c><c r='A1'><v>2</v></c></row>",
        "<row r='1'><c r='1'><v>1</v></c></row>",
        "<row r='1'><c r='XFE1'><v>1</v></c></row>",
        "<row r='1'><c><v>1</v><v>2</v></c></row>",
    ] {
        assert_eq!(
            fault(Parts::rows(rows).zip()),
            damage(Damage::Cells),
            "{rows}"
        );
    }
    let overlapping = "<worksheet><sheetData><row r='1'><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref='A1:B2'/><mergeCell ref='B1:C1'/></mergeCells></worksheet>";
    assert_eq!(
        fault(Parts::sheet(overlapping).zip()),
        damage(Damage::Cells)
    );
}

#[test]
fn broken_xml_is_refused() {
    for sheet in [
        "",
        "worksheet",
        "<worksheet>",
        "<worksheet><sheetData></worksheet>",
        "<worksheet></sheetData></worksheet></x>",
        "<worksheet/><worksheet/>",
        "<worksheet><sheetData><row><c t=str><v>a</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c t><v>a</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c t=\"str\"><v>&nbsp;</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c t=\"str\"><v>a</v></c></row></sheetData></worksheet",
        "<worksheet><!-- a comment",
        "<!DOCTYPE worksheet [<!ENTITY a \"b\">]><worksheet/>",
        "< ><worksheet/></>",
    ] {
        assert_eq!(
            fault(Parts::sheet(sheet).zip()),
            damage(Damage::Xml),
            "{sheet}"
        );
    }
}

/// Each sample, and the parts of one of them.
static SAMPLES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    [
        "openpyxl.xlsx",
        "gnumeric.xlsx",
        "write-excel-file.xlsx",
        "sheetjs.xlsx",
        "sheetjs.xls",
        "sheetjs.ods",
        "word.docx",
    ]
    .iter()
    .map(|name| file(name))
    .collect()
});

/// Changes a few bytes.
fn change(bytes: &mut Vec<u8>, changes: &[(prop::sample::Index, u8, u8)]) {
    for (place, kind, byte) in changes {
        if bytes.is_empty() {
            return;
        }
        let at = place.index(bytes.len());
        match kind % 4 {
            0 => bytes[at] = *byte,
            1 => bytes[at] ^= 1 << (byte % 8),
            2 => bytes.insert(at, *byte),
            _ => {
                let end = (at + usize::from(*byte)).min(bytes.len());
                bytes.drain(at..end);
            }
        }
    }
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, u8)>> {
    prop::collection::vec(
        (any::<prop::sample::Index>(), any::<u8>(), any::<u8>()),
        1..6,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn random_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..600), is_archive in any::<bool>()) {
        let bytes = if is_archive { [b"PK\x03\x04", bytes.as_slice(), b"PK\x05\x06", &bytes].concat() } else { bytes };
        prop_assert!(Workbook::open(bytes).is_err());
    }

    #[test]
    fn a_changed_file_is_refused_or_says_what_the_whole_one_says(sample in any::<prop::sample::Index>(), changes in changes()) {
        let whole = sample.get(&SAMPLES);
        let mut changed = whole.clone();
        change(&mut changed, &changes);
        // What is not covered by a checksum is the directory: where the parts stand, and their names.
        if let Ok(seen) = dump(changed) {
            prop_assert_eq!(seen, dump(whole.clone()).unwrap());
        }
    }

    #[test]
    fn changed_xml_is_refused_or_read(part in 1_usize..7, changes in changes()) {
        let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"3\"><v>25.5</v></c><c t=\"inlineStr\"><is><t>a_x000D_&amp;</t></is></c></row><row r=\"3\" hidden=\"1\"><c s=\"1\"><f>A1</f><v>46380.5</v></c></row></sheetData><mergeCells><mergeCell ref=\"B3:C9\"/></mergeCells></worksheet>";
        let mut parts = Parts::sheet(sheet);
        let mut bytes = match part {
            1 => parts.top.clone().into_bytes(),
            2 => parts.related.clone().into_bytes(),
            3 => parts.workbook.clone().into_bytes(),
            4 => parts.styles.clone().into_bytes(),
            5 => parts.strings.clone().into_bytes(),
            _ => parts.sheet.clone(),
        };
        change(&mut bytes, &changes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match part {
            1 => parts.top = text,
            2 => parts.related = text,
            3 => parts.workbook = text,
            4 => parts.styles = text,
            5 => parts.strings = text,
            _ => parts.sheet = bytes,
        }
        let _ = dump(parts.zip());
    }
}
