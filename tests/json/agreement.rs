//! What our reader and serde_json make of the same bytes.

use giftcard_partners::json::{Error, ErrorKind, MAX_DEPTH, Reader};
use serde_json::Value;

use crate::tree::Tree;

/// Reads a text as the crate does where it only wants to know whether it is JSON.
pub(crate) fn read(text: &[u8]) -> Result<(), Error> {
    let mut reader = Reader::new(text);
    reader.skip()?;
    reader.end()
}

/// Panics where the readers differ in more than the policy lets them.
#[track_caller]
pub(crate) fn assert_agreement(text: &[u8]) {
    if let Some(disagreement) = disagreement(text) {
        panic!("{disagreement}: {}", text.escape_ascii());
    }
}

/// How the readers differ, if in more than the policy lets them.
pub(crate) fn disagreement(text: &[u8]) -> Option<String> {
    let theirs = serde_json::from_slice::<Value>(text);
    match (read(text), theirs) {
        (Ok(()), Ok(_)) => disagreement_of_content(text),
        (Err(fault), _) if fault.kind() == ErrorKind::TooDeep => {
            let depth = depth(&text[..fault.offset()]);
            (depth != usize::from(MAX_DEPTH) + 1).then(|| format!("refused at a depth of {depth}"))
        }
        (Err(fault), Err(_)) => {
            (fault.offset() > text.len()).then(|| format!("a fault behind the end: {fault}"))
        }
        (Ok(()), Err(fault)) => Some(format!("only ours accepts, serde_json says: {fault}")),
        (Err(fault), Ok(_)) => Some(format!("only serde_json accepts, ours says: {fault}")),
    }
}

fn disagreement_of_content(text: &[u8]) -> Option<String> {
    let ours = match Tree::read_all(text) {
        Ok(tree) => tree.with_serde_json_exponents(),
        Err(fault) => return Some(format!("skipped but not read: {fault}")),
    };
    let theirs = serde_json::from_slice::<Tree>(text).unwrap();
    (ours != theirs).then(|| format!("ours reads {ours:?}, serde_json {theirs:?}"))
}

/// How many brackets stand open at the end of a text that is JSON so far.
fn depth(text: &[u8]) -> usize {
    let mut depth = 0;
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            b'"' => {
                while let Some(inside) = bytes.next().filter(|inside| **inside != b'"') {
                    if *inside == b'\\' {
                        bytes.next();
                    }
                }
            }
            _ => {}
        }
    }
    depth
}
