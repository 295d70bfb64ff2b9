//! Trees, and the many texts that say the same tree.

use proptest::prelude::*;
use proptest::sample::select;

use crate::random::Random;
use crate::tree::Tree;

/// A tree and one of its texts.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) tree: Tree,
    pub(crate) text: Vec<u8>,
}

pub(crate) fn documents() -> impl Strategy<Value = Document> {
    (trees(), any::<u64>()).prop_map(|(tree, seed)| {
        let mut text = Vec::new();
        let mut random = Random::new(seed);
        space(&mut random, &mut text);
        spell(&tree, &mut random, &mut text);
        space(&mut random, &mut text);
        Document { tree, text }
    })
}

pub(crate) fn trees() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        1 => Just(Tree::Null),
        1 => any::<bool>().prop_map(Tree::Boolean),
        3 => numbers().prop_map(Tree::Number),
        3 => strings().prop_map(Tree::String),
    ];
    leaf.prop_recursive(5, 20, 5, |value| {
        prop_oneof![
            prop::collection::vec(value.clone(), 0..5).prop_map(Tree::Array),
            prop::collection::vec((strings(), value), 0..5).prop_map(Tree::Object),
        ]
    })
}

/// Numbers in every spelling that the grammar has, from `-0` to what no float holds.
fn numbers() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<u64>().prop_map(|whole| whole.to_string()),
        "-?(0|[1-9][0-9]{0,3}|[1-9][0-9]{15,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,6})?",
    ]
}

fn strings() -> impl Strategy<Value = String> {
    prop::collection::vec(characters(), 0..8)
        .prop_map(|characters| characters.into_iter().collect())
}

/// Characters, those that JSON treats apart more often than chance would.
fn characters() -> impl Strategy<Value = char> {
    prop_oneof![
        4 => prop::char::range(' ', '~'),
        2 => select(vec!['"', '\\', '/', '\u{8}', '\u{c}', '\n', '\r', '\t']),
        1 => prop::char::range('\0', '\u{1f}'),
        1 => select(vec!['\u{7f}', '\u{80}', '\u{2028}', '\u{2029}', '\u{d7ff}', '\u{e000}', '\u{feff}', '\u{ffff}']),
        1 => prop::char::range('\u{10000}', '\u{10ffff}'),
        2 => any::<char>(),
    ]
}

fn spell(tree: &Tree, random: &mut Random, text: &mut Vec<u8>) {
    match tree {
        Tree::Null => text.extend(b"null"),
        Tree::Boolean(true) => text.extend(b"true"),
        Tree::Boolean(false) => text.extend(b"false"),
        Tree::Number(number) => text.extend(number.bytes()),
        Tree::String(string) => spell_string(string, random, text),
        Tree::Array(elements) => {
            text.push(b'[');
            for (index, element) in elements.iter().enumerate() {
                separate(index, random, text);
                spell(element, random, text);
            }
            space(random, text);
            text.push(b']');
        }
        Tree::Object(members) => {
            text.push(b'{');
            for (index, (key, value)) in members.iter().enumerate() {
                separate(index, random, text);
                spell_string(key, random, text);
                space(random, text);
                text.push(b':');
                space(random, text);
                spell(value, random, text);
            }
            space(random, text);
            text.push(b'}');
        }
    }
}

fn separate(index: usize, random: &mut Random, text: &mut Vec<u8>) {
    space(random, text);
    if index > 0 {
        text.push(b',');
        space(random, text);
    }
}

/// Mostly none.
fn space(random: &mut Random, text: &mut Vec<u8>) {
    while random.below(4) == 0 {
        text.push(*random.pick(b" \n\r\t"));
    }
}

fn spell_string(string: &str, random: &mut Random, text: &mut Vec<u8>) {
    text.push(b'"');
    for character in string.chars() {
        let plain = !matches!(character, '\0'..='\u{1f}' | '"' | '\\');
        match (random.below(4), short_escape(character)) {
            (0 | 1, Some(letter)) => text.extend([b'\\', letter]),
            (0..=2, _) if plain => {
                text.extend(character.encode_utf8(&mut [0; 4]).bytes());
            }
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    text.extend(b"\\u");
                    text.extend(format!("{unit:04x}").bytes().map(|digit| {
                        if random.below(2) == 0 {
                            digit.to_ascii_uppercase()
                        } else {
                            digit
                        }
                    }));
                }
            }
        }
    }
    text.push(b'"');
}

const fn short_escape(character: char) -> Option<u8> {
    match character {
        '"' => Some(b'"'),
        '\\' => Some(b'\\'),
        '/' => Some(b'/'),
        '\u{8}' => Some(b'b'),
        '\u{c}' => Some(b'f'),
        '\n' => Some(b'n'),
        '\r' => Some(b'r'),
        '\t' => Some(b't'),
        _ => None,
    }
}
