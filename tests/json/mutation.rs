//! Texts that are nearly JSON, by the hundred thousand.

use std::collections::BTreeSet;
use std::env;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::agreement::{disagreement, read};
use crate::cases::{jsontestsuite, order_bodies};
use crate::random::Random;
use crate::spelling::documents;

const SEED: u64 = 8259;
const COUNT: u64 = 200_000;

/// A case of the suite that is longer is one of brackets only; `nested` has those.
const LONGEST: usize = 500;

/// What is mutated.
struct Originals {
    seed: u64,
    generated: Vec<Vec<u8>>,
    suite: Vec<Vec<u8>>,
    orders: Vec<Vec<u8>>,
    deep: Vec<Vec<u8>>,
}

impl Originals {
    fn new(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let mut runner = TestRunner::new_with_rng(Config::default(), rng);
        let documents = documents();
        let mut generate = |_| documents.new_tree(&mut runner).unwrap().current().text;

        let generated = (0..1_000).map(&mut generate).collect();
        let mut suite: Vec<_> = jsontestsuite().into_iter().map(|case| case.input).collect();
        suite.retain(|text| text.len() <= LONGEST);
        let orders = order_bodies().into_iter().map(|case| case.input).collect();
        let deep = (98..=102).map(nested).collect();
        Self {
            seed,
            generated,
            suite,
            orders,
            deep,
        }
    }

    fn pick(&self, random: &mut Random) -> &[u8] {
        let group = match random.below(20) {
            0..8 => &self.generated,
            8..16 => &self.suite,
            16..19 => &self.orders,
            _ => &self.deep,
        };
        random.pick::<Vec<u8>>(group)
    }

    /// The mutated text of this number.
    fn mutated(&self, number: u64) -> Vec<u8> {
        let mut random = Random::for_input(self.seed, number);
        let mut text = self.pick(&mut random).to_vec();
        self.mutate(&mut text, &mut random);
        while random.below(3) == 0 {
            self.mutate(&mut text, &mut random);
        }
        text
    }

    fn mutate(&self, text: &mut Vec<u8>, random: &mut Random) {
        let at = random.below(text.len() + 1);
        // Short, mostly.
        let end = (at + 1 + random.below(4)).min(text.len());
        match random.below(10) {
            0 if at < end => text[at] ^= 1 << random.below(8),
            1 if at < end => text[at] = *random.pick(BYTES),
            2 if at < end => drop(text.remove(at)),
            3 if at < end => drop(text.drain(at..end)),
            4 | 5 => text.insert(at, *random.pick(BYTES)),
            6 => drop(text.splice(at..at, random.pick(PIECES).iter().copied())),
            7 => text.truncate(at),
            8 => {
                let again = text[at..end].to_vec();
                drop(text.splice(at..at, again));
            }
            _ => {
                let other = self.pick(random);
                let from = random.below(other.len() + 1);
                text.truncate(at);
                text.extend(&other[from..]);
            }
        }
    }
}

/// Arrays and objects in turn, so many levels of them.
fn nested(depth: usize) -> Vec<u8> {
    let open = (0..depth).map(|level| if level % 2 == 0 { "[" } else { "{\"\":" });
    let close = (0..depth)
        .rev()
        .map(|level| if level % 2 == 0 { "]" } else { "}" });
    open.chain(["0"]).chain(close).collect::<String>().into()
}

/// Bytes that JSON, UTF-8 or a careless reader treats apart.
const BYTES: &[u8] =
    b"{}[]\",:\\/ \t\n\r\x0b\x0c\0\x1f\x7f019-+.eEutfnb#'\x80\xbf\xc0\xc3\xe2\xed\xf0\xf4\xff";

#[rustfmt::skip]
const PIECES: &[&[u8]] = &[
    b"\\u", b"\\u00", b"\\u0000", b"\\u00e9", b"\\ud83c\\udf81", b"\\ud800", b"\\uDC00", b"\\\"", b"\\\\", b"\\x",
    b"\"\"", b"\"a\":", b"null", b"true", b"false", b"-0", b"1.5", b"e5", b"E+", b".0", b"00", b"[]", b"{}", b",,",
    b"\xef\xbb\xbf", b"\xc3\xa9", b"\xed\xa0\x80", b"\xf0\x9f\x8e\x81", b"\xe2\x80\xa8", b"//", b"[[[", b"]]]",
];

/// The number that the environment sets, or ours.
fn setting(name: &str, default: u64) -> u64 {
    env::var(name).map_or(default, |text| text.parse().unwrap())
}

#[test]
fn a_mutated_text_is_accepted_exactly_where_serde_json_accepts_it_and_says_the_same() {
    let seed = setting("JSON_SEED", SEED);
    let count = setting("JSON_COUNT", COUNT);
    let originals = Originals::new(seed);

    for number in 0..count {
        let text = originals.mutated(number);
        if let Some(disagreement) = disagreement(&text) {
            let text = text.escape_ascii();
            panic!("JSON_SEED={seed}, input {number}: {disagreement}\n{text}");
        }
    }
}

#[test]
fn the_mutations_meet_every_kind_of_fault_and_leave_enough_texts_intact() {
    let originals = Originals::new(SEED);
    let mut accepted = 0;
    let mut faults = BTreeSet::new();

    for number in 0..20_000 {
        match read(&originals.mutated(number)) {
            Ok(()) => accepted += 1,
            Err(fault) => drop(faults.insert(fault.kind().as_str())),
        }
    }

    assert!((2_000..18_000).contains(&accepted), "{accepted} accepted");
    assert_eq!(faults.len(), 9, "{faults:?}");
}
