//! Reading the code of a number format (ECMA-376 part 1, 18.8.31).

use alloc::string::String;
use alloc::vec::Vec;

use crate::workbook::format::section::{Condition, NumberFormat, Piece, Section, Show};
use crate::workbook::format::{number, symbol};

/// The codes of the formats that have a number and need none (18.8.30), as far as they change what a cell means. The others show a number
/// as it is; those of East Asia are dates.
const BUILT_IN: [(u32, &str); 34] = [
    (1, "0"),
    (2, "0.00"),
    (3, "#,##0"),
    (4, "#,##0.00"),
    (5, "\"$\"#,##0"),
    (6, "\"$\"#,##0"),
    (7, "\"$\"#,##0.00"),
    (8, "\"$\"#,##0.00"),
    (9, "0%"),
    (10, "0.00%"),
    (14, "m/d/yyyy"),
    (15, "d-mmm-yy"),
    (16, "d-mmm"),
    (17, "mmm-yy"),
    (18, "h:mm AM/PM"),
    (19, "h:mm:ss AM/PM"),
    (20, "h:mm"),
    (21, "h:mm:ss"),
    (22, "m/d/yyyy h:mm"),
    (32, "h:mm"),
    (33, "h:mm:ss"),
    (34, "h:mm"),
    (35, "h:mm:ss"),
    (37, "#,##0"),
    (38, "#,##0"),
    (39, "#,##0.00"),
    (40, "#,##0.00"),
    (41, "#,##0"),
    (42, "\"$\"#,##0"),
    (43, "#,##0.00"),
    (44, "\"$\"#,##0.00"),
    (45, "mm:ss"),
    (46, "[h]:mm:ss"),
    (47, "mm:ss.0"),
];

impl NumberFormat {
    /// The format of that number that no workbook has to define.
    pub(in crate::workbook) fn built_in(id: u32) -> Self {
        let known = BUILT_IN.iter().find(|known| known.0 == id);
        match (known, id) {
            (Some((_, code)), _) => Self::parse(code),
            (None, 27..=31 | 36 | 50..=58) => Self::parse("yyyy/m/d"),
            _ => Self::default(),
        }
    }

    /// Reads a code.
    pub(in crate::workbook) fn parse(code: &str) -> Self {
        if code.is_empty() {
            return Self::default();
        }
        let mut sections = Vec::new();
        let mut parser = Parser::default();
        let mut characters = code.chars();
        while let Some(character) = characters.next() {
            if character == ';' {
                sections.push(core::mem::take(&mut parser).section());
            } else {
                parser.take(character, &mut characters);
            }
        }
        sections.push(parser.section());
        Self { sections }
    }
}

/// A section, as far as it has been read.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a sign of the language that was met or not"
)]
struct Parser {
    pieces: Vec<Piece>,
    condition: Option<Condition>,
    /// Of `0` in front of the point.
    zeros: usize,
    decimals: usize,
    /// Whether a comma stands behind the last place for a digit: between two it parts thousands, behind the last one it drops them.
    has_comma: bool,
    is_scaled: bool,
    has_point: bool,
    has_group: bool,
    has_percent: bool,
    has_exponent: bool,
    has_fraction: bool,
    has_text: bool,
    is_general: bool,
    is_elapsed: bool,
    has_day: bool,
    has_clock: bool,
    has_month: bool,
    /// A place for a digit that is no part of a second.
    has_place: bool,
    /// The piece that the point stands in front of.
    point: Option<usize>,
}

impl Parser {
    fn take(&mut self, character: char, rest: &mut core::str::Chars<'_>) {
        match character {
            '"' => {
                for character in rest.by_ref().take_while(|character| *character != '"') {
                    self.literal(character);
                }
            }
            '\\' => {
                if let Some(character) = rest.next() {
                    self.literal(character);
                }
            }
            // The width of a character, and what fills the cell.
            '_' | '*' => {
                rest.next();
            }
            '[' => {
                let mut inside = String::new();
                inside.extend(rest.by_ref().take_while(|character| *character != ']'));
                self.bracket(&inside);
            }
            '0' | '#' | '?' => self.place(character),
            '.' => {
                self.has_point = true;
                self.is_scaled |= self.has_comma;
                self.point = Some(self.pieces.len());
            }
            ',' => self.has_comma = self.has_place,
            '%' => self.has_percent = true,
            '@' => {
                self.has_text = true;
                self.pieces.push(Piece::Digit);
            }
            'E' | 'e' if self.has_place && rest.as_str().starts_with(['+', '-']) => {
                self.has_exponent = true;
                rest.next();
            }
            '/' => {
                self.has_fraction |= self.has_place;
                self.literal('/');
            }
            'G' | 'g' if is_general(rest.as_str()) => {
                for _ in 1.."General".len() {
                    rest.next();
                }
                self.is_general = true;
                self.pieces.push(Piece::Digit);
            }
            'A' | 'a' if is_half_day(rest.as_str()) => {
                self.has_clock = true;
                let count = if rest.as_str().starts_with('/') { 2 } else { 4 };
                for _ in 0..count {
                    rest.next();
                }
            }
            character => {
                self.letter(character);
                self.literal(character);
            }
        }
    }

    fn letter(&mut self, letter: char) {
        match letter {
            'y' | 'Y' | 'd' | 'D' | 'e' | 'E' | 'g' | 'G' | 'b' | 'B' | 'a' | 'A' => {
                self.has_day = true;
            }
            'h' | 'H' | 's' | 'S' => self.has_clock = true,
            'm' | 'M' => self.has_month = true,
            _ => {}
        }
    }

    fn literal(&mut self, character: char) {
        self.pieces.push(Piece::Literal(character));
    }

    fn is_time(&self) -> bool {
        self.has_clock || self.is_elapsed
    }

    fn place(&mut self, character: char) {
        // The tenths of a second.
        if character == '0' && self.has_point && self.is_time() && !self.has_place {
            return;
        }
        self.has_place = true;
        if self.has_exponent {
            return;
        }
        self.has_group |= core::mem::take(&mut self.has_comma);
        if self.has_point {
            self.decimals = self.decimals.saturating_add(1);
        } else if character == '0' {
            self.zeros = self.zeros.saturating_add(1);
        }
        self.pieces.push(match character {
            '0' => Piece::Zero,
            _ => Piece::Digit,
        });
    }

    /// What stands in brackets: a currency, a condition, a count of hours; a colour or the shape of digits, which say nothing.
    fn bracket(&mut self, inside: &str) {
        let bytes = inside.as_bytes();
        match bytes {
            [b'$', ..] => self.currency(inside.get(1..).unwrap_or_default()),
            [b'<' | b'>' | b'=', ..] => self.condition = condition(inside),
            [first, rest @ ..]
                if matches!(first, b'h' | b'H' | b'm' | b'M' | b's' | b'S')
                    && rest.iter().all(|byte| byte == first) =>
            {
                self.is_elapsed = true;
            }
            _ => {}
        }
    }

    fn currency(&mut self, inside: &str) {
        let dash = inside.bytes().position(|byte| byte == b'-');
        let (sign, locale) = dash
            .and_then(|dash| inside.split_at_checked(dash))
            .unwrap_or((inside, ""));
        let digits = locale.get(1..).unwrap_or_default();
        let locale = u32::from_str_radix(digits, 16).unwrap_or(0);
        for character in symbol::code(sign, locale).unwrap_or(sign).chars() {
            self.literal(character);
        }
    }

    fn section(mut self) -> Section {
        let is_date = self.has_day || self.has_clock || self.has_month;
        let show = if self.is_general {
            Show::General
        } else if self.has_place {
            self.number()
        } else if self.is_elapsed {
            Show::Elapsed
        } else if is_date {
            // Beside hours or seconds, `m` is minutes.
            Show::Date {
                has_date: self.has_day || !self.has_clock,
                has_time: self.has_clock,
            }
        } else if self.has_text {
            Show::General
        } else {
            Show::Hidden
        };
        let unit = match show {
            Show::General | Show::Decimals(_) | Show::Percent(_) | Show::Scaled => self.unit(),
            _ => String::new(),
        };
        Section {
            is_negated: self.is_negated(),
            condition: self.condition,
            show,
            unit,
        }
    }

    fn number(&mut self) -> Show {
        if self.has_fraction || self.has_exponent {
            Show::General
        } else if self.has_percent {
            Show::Percent(self.decimals)
        } else if self.has_comma || self.is_scaled {
            Show::Scaled
        } else if self.is_pattern() {
            Show::Pattern(core::mem::take(&mut self.pieces))
        } else {
            Show::Decimals(self.decimals)
        }
    }

    /// Returns whether digits are shown with zeros in front or characters between: `00000`, `(###) ###-####`, `+0`.
    fn is_pattern(&self) -> bool {
        if self.has_point || self.has_group {
            return false;
        }
        let mut is_inside = false;
        let mut between = false;
        let mut has_between = false;
        let mut has_plus = false;
        for piece in &self.pieces {
            match piece {
                Piece::Literal('+') => has_plus = true,
                // Some countries part thousands so.
                Piece::Literal(' ' | '\u{A0}' | '\u{202F}' | '\'' | '’' | ',' | '.') => {}
                Piece::Literal(_) => between = is_inside,
                _ => {
                    has_between |= between;
                    is_inside = true;
                }
            }
        }
        self.zeros > 1 || has_between || has_plus
    }

    /// Returns whether a number is shown as one below zero is: `-0`, `$-0`, `0-`, `($0)`. The dash that stands for no cents is none, `0.-`.
    fn is_negated(&self) -> bool {
        let is_place = |piece: &Piece| !matches!(piece, Piece::Literal(_));
        let literal = |piece: &Piece| match piece {
            Piece::Literal(character) if !character.is_whitespace() => Some(*character),
            _ => None,
        };
        let (Some(first), Some(last)) = (
            self.pieces.iter().position(is_place),
            self.pieces.iter().rposition(is_place),
        ) else {
            return false;
        };
        let behind = last.saturating_add(1);
        let front = self.pieces.get(..first).unwrap_or_default();
        let mut front = front.iter().filter_map(literal);
        let mut depth = 0_i32;
        for character in front.clone() {
            match character {
                '(' | '（' => depth = depth.saturating_add(1),
                ')' | '）' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        let mut is_negated = depth > 0;
        is_negated |= front.next().is_some_and(is_minus) || front.next_back().is_some_and(is_minus);

        let mut is_for_cents = self.point == Some(behind);
        let mut is_first = true;
        let mut ends_in_minus = false;
        let back = self.pieces.get(behind..).unwrap_or_default();
        for character in back.iter().filter_map(literal) {
            let is_minus = is_minus(character);
            if is_minus && is_for_cents {
                continue;
            }
            is_for_cents = matches!(character, '.' | ',' | ':');
            is_negated |= is_first && is_minus;
            is_first = false;
            ends_in_minus = is_minus;
            match character {
                '(' | '（' => depth = depth.saturating_add(1),
                ')' | '）' => depth = depth.saturating_sub(1),
                _ => {}
            }
            is_negated |= depth < 0;
        }
        is_negated || ends_in_minus
    }

    /// What stands in front of the number and behind it, without what is a sign or space.
    fn unit(&self) -> String {
        let is_place = |piece: &Piece| !matches!(piece, Piece::Literal(_));
        let first = self.pieces.iter().position(is_place).unwrap_or(0);
        let last = self.pieces.iter().rposition(is_place).unwrap_or(0);
        let mut unit = String::new();
        for (piece, place) in self.pieces.iter().zip(0_usize..) {
            let is_beside = place < first || place > last;
            let Piece::Literal(character) = *piece else {
                continue;
            };
            let is_said = !matches!(
                character,
                '(' | ')' | '-' | '+' | ' ' | '\u{A0}' | '\u{202F}'
            );
            if is_beside && is_said {
                unit.push(character);
            }
        }
        unit
    }
}

/// Returns whether a character is a minus, or a dash that stands for one.
const fn is_minus(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}'
    )
}

/// Returns whether these are the rest of `General`.
fn is_general(rest: &str) -> bool {
    let word = rest.get(.."eneral".len());
    word.is_some_and(|word| word.eq_ignore_ascii_case("eneral"))
}

/// Returns whether these are the rest of `AM/PM` or `A/P`.
fn is_half_day(rest: &str) -> bool {
    let begins = |word: &str| {
        let rest = rest.get(..word.len());
        rest.is_some_and(|rest| rest.eq_ignore_ascii_case(word))
    };
    begins("M/PM") || begins("/P")
}

fn condition(inside: &str) -> Option<Condition> {
    let signs = inside
        .bytes()
        .take_while(|byte| matches!(*byte, b'<' | b'>' | b'='));
    let (signs, limit) = inside.split_at_checked(signs.count())?;
    let (less, equal, greater) = match signs {
        "<" => (true, false, false),
        "<=" => (true, true, false),
        "=" => (false, true, false),
        ">=" => (false, true, true),
        ">" => (false, false, true),
        "<>" => (true, false, true),
        _ => return None,
    };
    let mut plain = String::new();
    number::push(limit, &mut plain)?;
    Some(Condition {
        less,
        equal,
        greater,
        limit: plain,
    })
}
