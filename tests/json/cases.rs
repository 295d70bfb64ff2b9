//! The form of the fixtures: a case a line, `name bytes`, in text that survives an editor.

/// A text under its name.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) input: Vec<u8>,
}

pub(crate) fn jsontestsuite() -> Vec<Case> {
    read(include_str!("jsontestsuite.txt"))
}

pub(crate) fn order_bodies() -> Vec<Case> {
    read(include_str!("order_bodies.txt"))
}

fn read(fixture: &'static str) -> Vec<Case> {
    fixture
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (name, bytes) = line.split_once(' ').unwrap_or((line, ""));
            let input = unescape(bytes);
            Case { name, input }
        })
        .collect()
}

/// `%41` is the byte 0x41, `%(3*[)` is `[[[`.
fn unescape(escaped: &str) -> Vec<u8> {
    let mut pieces = escaped.split('%');
    let mut bytes = pieces.next().unwrap().as_bytes().to_vec();
    for piece in pieces {
        let rest = if let Some(repetition) = piece.strip_prefix('(') {
            let (repetition, rest) = repetition.split_once(')').unwrap();
            let (times, what) = repetition.split_once('*').unwrap();
            bytes.extend(what.repeat(times.parse().unwrap()).bytes());
            rest
        } else {
            let (byte, rest) = piece.split_at(2);
            bytes.push(u8::from_str_radix(byte, 16).unwrap());
            rest
        };
        bytes.extend(rest.bytes());
    }
    bytes
}
