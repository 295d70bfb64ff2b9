//! What is written: the bytes of serde_json and of JSON.stringify.

use giftcard_partners::json::Writer;
use proptest::prelude::*;

use crate::spelling::trees;
use crate::tree::Tree;

fn written(tree: &Tree) -> Vec<u8> {
    let mut writer = Writer::new();
    tree.write(&mut writer);
    writer.into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_tree_is_written_in_the_bytes_that_serde_json_writes(tree in trees()) {
        let theirs = serde_json::to_string(&tree).unwrap();

        prop_assert_eq!(String::from_utf8(written(&tree)).unwrap(), theirs);
    }

    #[test]
    fn what_is_written_reads_back_as_the_same_tree(tree in trees()) {
        let text = written(&tree);

        prop_assert_eq!(&Tree::read_all(&text).unwrap(), &tree);
        prop_assert_eq!(
            serde_json::from_slice::<Tree>(&text).unwrap(),
            tree.with_serde_json_exponents()
        );
    }
}

/// `JSON.stringify(String.fromCharCode(i)).slice(1, -1)` for i below 32, as Node 20 answers.
#[rustfmt::skip]
const CONTROL_CHARACTERS: [&str; 32] = [
    "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007",
    "\\b", "\\t", "\\n", "\\u000b", "\\f", "\\r", "\\u000e", "\\u000f",
    "\\u0010", "\\u0011", "\\u0012", "\\u0013", "\\u0014", "\\u0015", "\\u0016", "\\u0017",
    "\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c", "\\u001d", "\\u001e", "\\u001f",
];

#[test]
fn every_character_is_written_as_json_stringify_writes_it() {
    for character in '\0'..=char::MAX {
        let mut plain = [0; 4];
        let expected = match character {
            '"' => "\\\"",
            '\\' => "\\\\",
            control @ '\0'..='\u{1f}' => CONTROL_CHARACTERS[control as usize],
            other => &*other.encode_utf8(&mut plain),
        };

        let text = written(&Tree::String(character.into()));

        assert_eq!(text, format!("\"{expected}\"").as_bytes());
    }
}
