//! What is read, and where it stands.

use giftcard_partners::json::{Error, ErrorKind, Kind, Reader};
use proptest::prelude::*;

use crate::agreement::{assert_agreement, disagreement, read};
use crate::spelling::{Document, documents};
use crate::tree::Tree;

/// Visits every value of a text, and holds the slice that `skip` hands out for it to the bytes and to the tree.
fn check_slices(reader: &mut Reader<'_>, text: &[u8], tree: &Tree) {
    let mut ahead = reader.clone();
    let slice = ahead.skip().unwrap();
    let kind = reader.peek().unwrap();
    let start = reader.offset();

    assert_eq!(slice, &text[start..ahead.offset()]);
    assert_eq!(&Tree::read_all(slice).unwrap(), tree);
    assert_eq!(
        serde_json::from_slice::<Tree>(slice).unwrap(),
        tree.clone().with_serde_json_exponents()
    );

    match tree {
        Tree::Array(elements) => {
            assert_eq!(kind, Kind::Array);
            let mut places = reader.array().unwrap();
            for element in elements {
                assert!(places.next(reader).unwrap());
                check_slices(reader, text, element);
            }
            assert!(!places.next(reader).unwrap());
        }
        Tree::Object(members) => {
            assert_eq!(kind, Kind::Object);
            let mut places = reader.object().unwrap();
            for (key, value) in members {
                assert!(places.next(reader).unwrap().unwrap().is(key));
                check_slices(reader, text, value);
            }
            assert!(places.next(reader).unwrap().is_none());
        }
        Tree::String(decoded) => {
            assert_eq!(kind, Kind::String);
            let string = reader.string().unwrap();
            assert_eq!(format!("\"{}\"", string.raw()).as_bytes(), slice);
            assert!(string.is(decoded));
            assert!(!string.is(&format!("{decoded}.")));
        }
        Tree::Number(number) => {
            assert_eq!(kind, Kind::Number);
            assert_eq!(number.as_bytes(), slice);
            reader.number().unwrap();
        }
        Tree::Boolean(value) => {
            assert_eq!(kind, Kind::Boolean);
            assert_eq!(reader.boolean().unwrap(), *value);
        }
        Tree::Null => {
            assert_eq!(kind, Kind::Null);
            reader.null().unwrap();
        }
    }

    assert_eq!(reader.offset(), ahead.offset());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_text_reads_as_the_tree_that_it_spells(document in documents()) {
        let Document { tree, text } = document;

        prop_assert_eq!(Tree::read_all(&text), Ok(tree));
    }

    #[test]
    fn a_text_reads_as_serde_json_reads_it(document in documents()) {
        prop_assert_eq!(disagreement(&document.text), None);
    }

    #[test]
    fn a_skipped_value_is_the_slice_where_it_stands(document in documents()) {
        let Document { tree, text } = document;
        let mut reader = Reader::new(&text);

        check_slices(&mut reader, &text, &tree);

        prop_assert_eq!(reader.end(), Ok(()));
    }
}

#[test]
fn every_escape_is_decoded_as_serde_json_decodes_it() {
    for byte in 0..=u8::MAX {
        assert_agreement(&[b'"', b'\\', byte, b'"']);
    }
    for unit in 0..=u16::MAX {
        assert_agreement(format!("\"\\u{unit:04x}\"").as_bytes());
        assert_agreement(format!("\"\\u{unit:04X}\\udc00\"").as_bytes());
        assert_agreement(format!("\"\\ud800\\u{unit:04X}\"").as_bytes());
    }
}

#[test]
fn every_two_bytes_in_a_string_are_judged_as_serde_json_judges_them() {
    for first in 0..=u8::MAX {
        for second in 0..=u8::MAX {
            assert_agreement(&[b'"', first, second, b'"']);
        }
    }
}

#[test]
fn every_short_text_of_structural_bytes_is_judged_as_serde_json_judges_it() {
    const ALPHABET: &[u8] = b"[]{}\",:\\ 01-+.eE";
    let mut texts = vec![Vec::new()];
    for _ in 0..4 {
        texts = texts
            .iter()
            .flat_map(|text| {
                ALPHABET
                    .iter()
                    .map(move |byte| [text.as_slice(), &[*byte]].concat())
            })
            .collect();
        for text in &texts {
            assert_agreement(text);
        }
    }
}

#[test]
fn depth_alone_tells_the_readers_apart() {
    let brackets = [
        (1, "[", "]"),
        (2, "{\"\":[", "]}"),
        (2, " [ {\"[\" : ", " } ] "),
    ];
    for times in 0..130 {
        for (levels, open, close) in brackets {
            let depth = times * levels + 1;
            let text = format!("{}[]{}", open.repeat(times), close.repeat(times));

            let ours = read(text.as_bytes()).map_err(Error::kind);
            let theirs = serde_json::from_str::<serde_json::Value>(&text);

            let expected = if depth <= 100 {
                Ok(())
            } else {
                Err(ErrorKind::TooDeep)
            };
            assert_eq!(ours, expected, "{depth}");
            assert_eq!(theirs.is_ok(), depth <= 127, "{depth}");
            assert_agreement(text.as_bytes());
        }
    }
}

#[test]
fn siblings_do_not_add_to_the_depth() {
    let siblings = format!("[{}[]]", "[{\"a\":{}}],".repeat(1_000));

    assert_eq!(read(siblings.as_bytes()), Ok(()));
}

#[test]
fn a_value_is_read_by_the_method_of_its_kind_and_refused_by_every_other() {
    type Read = fn(&mut Reader<'_>) -> Result<(), Error>;
    let methods: [(Kind, Read); 6] = [
        (Kind::Object, |reader| reader.object().map(drop)),
        (Kind::Array, |reader| reader.array().map(drop)),
        (Kind::String, |reader| reader.string().map(drop)),
        (Kind::Number, |reader| reader.number().map(drop)),
        (Kind::Boolean, |reader| reader.boolean().map(drop)),
        (Kind::Null, |reader| reader.null()),
    ];
    let values = [
        ("{}", Some(Kind::Object)),
        ("[]", Some(Kind::Array)),
        ("\"1\"", Some(Kind::String)),
        ("1", Some(Kind::Number)),
        ("-1", Some(Kind::Number)),
        ("true", Some(Kind::Boolean)),
        ("false", Some(Kind::Boolean)),
        ("null", Some(Kind::Null)),
        ("+1", None),
        (".5", None),
        ("}", None),
        ("", None),
    ];

    for (text, kind) in values {
        let text = format!(" {text}");
        for (method, read) in methods {
            let mut reader = Reader::new(text.as_bytes());

            let result = read(&mut reader);

            assert_eq!(result.is_ok(), kind == Some(method), "{method:?} of{text}");
            assert_eq!(result.map_or_else(Error::offset, |()| 1), 1);
        }
    }
}
