//! What stands beside the words of a header: `email (required)`, `Value [EUR]`, `Amount USD`, `Betrag in €`.

use crate::amount::currency::{self, Currency};
use crate::bulk::columns::fields::{VALUE, is_one_of, letter};
use crate::bulk::columns::meaning::{Meaning, Subject};
use crate::bulk::columns::words::{Vocabulary, is_letter};
use crate::catalog::lower;

/// What a note says of amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bulk) enum Note {
    /// Nothing that changes what they are.
    None,
    Currency(Currency),
    /// What is not understood.
    Other,
}

/// A header, read with its note.
pub(in crate::bulk) struct Noted {
    pub(in crate::bulk) meaning: Option<Meaning>,
    pub(in crate::bulk) note: Note,
    /// Whether it has a note in parentheses.
    pub(in crate::bulk) has_note: bool,
}

/// What may be noted without changing what a column is.
const NOTES: &[u8] = b"required optional mandatory percard each facevalue ifknown";

/// Reads a header with its note.
pub(in crate::bulk) fn read_note(name: &str, vocabulary: &Vocabulary) -> Noted {
    if let Some((front, note)) = parenthesised(name) {
        let meaning = vocabulary.meaning(front);
        let said = currency::noted(note);
        let is_harmless = is_one_of(note, NOTES);
        // What a note adds to other words than those of an amount may make them somebody else's: `Email (manager)`.
        let is_amount = meaning.is_some_and(|meaning| meaning.subject == Subject::Field(VALUE));
        let whole = if said.is_some() || is_harmless || is_amount {
            meaning
        } else if vocabulary.is_other(note) {
            None
        } else {
            let of_all = vocabulary.meaning(name).or(meaning);
            of_all.map(|of_all| {
                let front = meaning.filter(|front| front.certainty > of_all.certainty);
                front.unwrap_or(of_all)
            })
        };
        let note = match said {
            Some(currency) => Note::Currency(currency),
            None if is_harmless => Note::None,
            None => Note::Other,
        };
        return Noted {
            meaning: whole,
            note,
            has_note: true,
        };
    }
    let meaning = vocabulary.meaning(name);
    if let Some((rest, currency)) = with_currency(name) {
        let of_rest = vocabulary.meaning(rest);
        if of_rest.is_some_and(|meaning| meaning.subject == Subject::Field(VALUE)) {
            return Noted {
                meaning: of_rest,
                note: Note::Currency(currency),
                has_note: false,
            };
        }
    }
    Noted {
        meaning,
        note: Note::None,
        has_note: false,
    }
}

/// A name without the note behind it, and that.
pub(in crate::bulk) fn parenthesised(name: &str) -> Option<(&str, &str)> {
    let mut inside = name.chars();
    let open = loop {
        match inside.next_back()? {
            ')' => break b'(',
            ']' => break b'[',
            other if letter(other).is_some() => return None,
            _ => {}
        }
    };
    let inside = inside.as_str();
    let at = inside.bytes().rposition(|byte| byte == open)?;
    Some((inside.get(..at)?, inside.get(at.saturating_add(1)..)?))
}

/// A name without the currency at one of its ends, and that.
fn with_currency(name: &str) -> Option<(&str, Currency)> {
    let is_joint = |character: char| {
        character.is_whitespace() || matches!(character, '_' | '-' | '/' | ',' | ':' | '.')
    };
    let trimmed = name.trim_matches(is_joint);
    if let Some((rest, last)) = trimmed.rsplit_once(is_joint)
        && let Some(currency) = currency::noted(last)
    {
        return Some((rest, currency));
    }
    if let Some((first, rest)) = trimmed.split_once(is_joint)
        && let Some(currency) = currency::noted(first)
    {
        return Some((rest, currency));
    }
    // `amountUSD`, `Betrag€`.
    let (at, _) = trimmed
        .char_indices()
        .rev()
        .find(|(_, character)| is_letter(*character) && lower(*character) == *character)?;
    let from = trimmed
        .get(at..)?
        .chars()
        .next()?
        .len_utf8()
        .saturating_add(at);
    let (rest, last) = trimmed.split_at_checked(from)?;
    Some((rest, currency::noted(last)?))
}
