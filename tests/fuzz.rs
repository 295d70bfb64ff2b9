//! The fuzz targets of tests/fuzz on stable: the committed corpus, and what a seeded mutator makes of it.
#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is its way of saying so"
)]

use std::fs;
use std::path::Path;

#[path = "fuzz/checks/csv_import.rs"]
mod csv_import;
#[path = "fuzz/checks/json_reader.rs"]
mod json_reader;

#[path = "fuzz/checks/workbook_file.rs"]
mod workbook_file;
#[path = "fuzz/checks/workbook_sheet.rs"]
mod workbook_sheet;

/// Mutated inputs of each target.
const MUTATIONS: u32 = 6_000;

#[test]
fn the_import_holds_for_the_corpus_and_what_is_like_it() {
    replay(
        "csv_import",
        csv_import::check,
        b"\",\r\n \t;'=+a\0\xc3\xa9\xe9",
    );
}

#[test]
fn the_json_reader_holds_for_the_corpus_and_what_is_like_it() {
    replay(
        "json_reader",
        json_reader::check,
        b"{}[]\",:\\u\n0-.eE19tfn\xc3\xa9\0",
    );
}

#[test]
fn the_reader_of_workbooks_holds_for_the_corpus_and_what_is_like_it() {
    replay(
        "workbook_file",
        workbook_file::check,
        b"PK\x01\x02\x03\x04\x05\x06\x07\x08\0\xFF",
    );
}

#[test]
fn the_reader_of_sheets_holds_for_the_corpus_and_what_is_like_it() {
    replay(
        "workbook_sheet",
        workbook_sheet::check,
        b"<>/=\"'&;![]-:?rstvcfAZ019.E+_x \n\xc3\xa9\0",
    );
}

fn replay(target: &str, check: fn(&[u8]), alphabet: &[u8]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz/corpus")
        .join(target);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let corpus: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    assert!(corpus.len() >= 5, "{target} has a corpus");

    for data in &corpus {
        check(data);
    }
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..MUTATIONS {
        let mut data = corpus[random.below(corpus.len())].clone();
        for _ in 0..=random.below(6) {
            mutate(&mut data, &corpus, alphabet, &mut random);
        }
        check(&data);
    }
}

fn mutate(data: &mut Vec<u8>, corpus: &[Vec<u8>], alphabet: &[u8], random: &mut Random) {
    let at = random.below(data.len() + 1);
    match random.below(5) {
        0 => data.insert(at, alphabet[random.below(alphabet.len())]),
        1 if at < data.len() => data[at] = alphabet[random.below(alphabet.len())],
        2 if at < data.len() => data[at] ^= 1 << random.below(8),
        3 => {
            let end = (at + random.below(8)).min(data.len());
            data.drain(at..end);
        }
        _ => {
            let other = &corpus[random.below(corpus.len())];
            let from = random.below(other.len() + 1);
            let to = (from + random.below(24)).min(other.len());
            data.splice(at..at, other[from..to].iter().copied());
        }
    }
    data.truncate(4_000);
}

/// xorshift64: the same inputs in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }
}
