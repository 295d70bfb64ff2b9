//! What a number is, as its cell shows it.

use alloc::string::String;

use crate::workbook::format::date::Moment;
use crate::workbook::format::number::Plain;
use crate::workbook::format::section::{NumberFormat, Piece, Show};
use crate::workbook::row::CellKind;

/// What a number was shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::workbook) struct Shown<'f> {
    pub(in crate::workbook) kind: CellKind,
    /// Whether a person sees another number than the cell holds: it is rounded, in thousands, with a sign of its format, or not shown.
    pub(in crate::workbook) is_otherwise: bool,
    /// What stands beside the number.
    pub(in crate::workbook) unit: &'f str,
}

impl NumberFormat {
    /// Appends a number, which is in plain digits, as it is shown: with all digits that it has, as a date, as a percentage.
    pub(in crate::workbook) fn show(
        &self,
        text: &str,
        is_1904: bool,
        out: &mut String,
    ) -> Shown<'_> {
        let mut shown = Shown {
            kind: CellKind::Number,
            is_otherwise: false,
            unit: "",
        };
        let number = Plain::read(text);
        let section =
            number.and_then(|number| self.section(&number).map(|section| (number, section)));
        let Some((number, section)) = section else {
            out.push_str(text);
            // Of a format without conditions that fit, a spreadsheet shows `####`.
            shown.is_otherwise = number.is_some() && !self.sections.is_empty();
            return shown;
        };
        shown.unit = &section.unit;
        shown.is_otherwise = section.is_negated && !number.is_negative && !number.is_zero();
        let decimals = number.fraction.len();
        match &section.show {
            Show::General => {}
            Show::Decimals(most) => shown.is_otherwise |= decimals > *most,
            Show::Percent(most) => {
                push_hundredfold(&number, out);
                out.push('%');
                shown.kind = CellKind::Percent;
                shown.is_otherwise |= decimals > most.saturating_add(2);
                return shown;
            }
            Show::Pattern(pieces) if number.fraction.is_empty() => {
                push_pattern(&number, pieces, out);
                // What stands beside the digits is there to be read.
                shown.is_otherwise = false;
                return shown;
            }
            Show::Scaled | Show::Hidden | Show::Pattern(_) => shown.is_otherwise = true,
            Show::Date { has_date, has_time } => {
                let from = out.len();
                let kind = push_moment(&number, *has_date, is_1904, out);
                if let Some(kind) = kind {
                    shown.kind = kind;
                    // A day alone is shown, and there is a time; or a time alone, and there is a day.
                    shown.is_otherwise = kind == CellKind::DateTime && !(*has_date && *has_time);
                    return shown;
                }
                out.truncate(from);
                shown.is_otherwise = true;
            }
            Show::Elapsed => {
                if let Some(moment) = Moment::read(&number) {
                    moment.push_elapsed(out);
                    shown.kind = CellKind::Time;
                    return shown;
                }
                shown.is_otherwise = true;
            }
        }
        out.push_str(text);
        shown
    }
}

/// Appends a date, a time or both; nothing where it is none.
fn push_moment(
    number: &Plain<'_>,
    has_date: bool,
    is_1904: bool,
    out: &mut String,
) -> Option<CellKind> {
    let moment = Moment::read(number)?;
    if moment.is_time() && !has_date {
        moment.push_time(out);
        return Some(CellKind::Time);
    }
    moment.push_date(is_1904, out)?;
    if !moment.has_time() {
        return Some(CellKind::Date);
    }
    out.push('T');
    moment.push_time(out);
    Some(CellKind::DateTime)
}

/// Appends a number a hundred times.
fn push_hundredfold(number: &Plain<'_>, out: &mut String) {
    if number.is_negative {
        out.push('-');
    }
    let mut fraction = number.fraction.chars();
    let from = out.len();
    if number.whole != "0" {
        out.push_str(number.whole);
    }
    for _ in 0..2 {
        match fraction.next().unwrap_or('0') {
            '0' if out.len() == from => {}
            digit => out.push(digit),
        }
    }
    if out.len() == from {
        out.push('0');
    }
    let rest = fraction.as_str();
    if !rest.is_empty() {
        out.push('.');
        out.push_str(rest);
    }
}

/// Appends a whole number digit by digit: the last one at the last place, and those for which there is no place at the first.
fn push_pattern(number: &Plain<'_>, pieces: &[Piece], out: &mut String) {
    let digits = if number.is_zero() { "" } else { number.whole };
    let is_place = |piece: &&Piece| !matches!(piece, Piece::Literal(_));
    let mut left = pieces.iter().filter(is_place).count();
    let mut rest = digits;
    if number.is_negative {
        out.push('-');
    }
    for piece in pieces {
        if let Piece::Literal(character) = piece {
            out.push(*character);
            continue;
        }
        let count = rest.len().saturating_sub(left.saturating_sub(1));
        let (here, behind) = rest.split_at_checked(count).unwrap_or_default();
        out.push_str(here);
        if count == 0 && *piece == Piece::Zero {
            out.push('0');
        }
        rest = behind;
        left = left.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(code: &str, number: &str) -> (String, CellKind, bool, String) {
        let format = NumberFormat::parse(code);
        let mut out = String::new();
        let shown = format.show(number, false, &mut out);
        let unit = shown.unit.into();
        (out, shown.kind, shown.is_otherwise, unit)
    }

    fn text(code: &str, number: &str) -> String {
        let (text, _, is_otherwise, _) = show(code, number);
        assert!(!is_otherwise, "{code} of {number}");
        text
    }

    fn unit(code: &str, number: &str) -> String {
        let (text, kind, is_otherwise, unit) = show(code, number);
        assert_eq!((text.as_str(), kind), (number, CellKind::Number), "{code}");
        assert!(!is_otherwise, "{code} of {number}");
        unit
    }

    #[test]
    fn a_currency_of_the_format_stands_beside_the_amount() {
        for (code, expected) in [
            ("General", ""),
            ("0.00", ""),
            ("#,##0.00", ""),
            ("@", ""),
            ("", ""),
            ("\"$\"#,##0.00", "$"),
            ("$#,##0.00", "$"),
            ("\\$#,##0.00", "$"),
            ("[$$-409]#,##0.00", "USD"),
            ("[$$-1009]#,##0.00;[RED]-[$$-1009]#,##0.00", "CAD"),
            ("[$$-407]#,##0.00", "$"),
            ("[$-407]#,##0.00", ""),
            ("[$€-407]#,##0.00", "€"),
            ("#,##0.00\\ [$€-407]", "€"),
            ("#,##0.00 [$€-x-euro2]", "€"),
            ("[$€-2] #,##0.00", "€"),
            ("#,##0.00 €", "€"),
            ("#,##0.00\\ \"€\"", "€"),
            ("[$USD] #,##0.00", "USD"),
            ("[$USD-409] #,##0.00", "USD"),
            ("#,##0.00 \"USD\"", "USD"),
            ("0.00 USD", "USD"),
            ("USD 0.00", "USD"),
            ("General\" USD\"", "USD"),
            ("\"$\"General", "$"),
            ("#,##0.00 [$kr-41D]", "SEK"),
            ("#,##0.00 [$kr.-406]", "DKK"),
            ("[$¥-411]#,##0.00", "JPY"),
            ("[$¥-804]#,##0.00", "CNY"),
            ("# ##0.00\\ \"kr\"", "kr"),
            ("#'##0.00 [$CHF-807]", "CHF"),
            ("\"R$ \"#,##0.00", "R$"),
            (
                "_(\"$\"* #,##0.00_);_(\"$\"* \\(#,##0.00\\);_(\"$\"* \"-\"??_);_(@_)",
                "$",
            ),
            (
                "_-* #,##0.00\\ \"€\"_-;\\-* #,##0.00\\ \"€\"_-;_-* \"-\"??\\ \"€\"_-;_-@_-",
                "€",
            ),
            (
                "_ [$₹-4009]\\ * #,##0.00_ ;_ [$₹-4009]\\ * -#,##0.00_ ;_ [$₹-4009]\\ * \"-\"??_ ;_ @_ ",
                "₹",
            ),
            (
                "[>=10000000]##\\,##\\,##\\,##0.00;[>=100000]##\\,##\\,##0.00;##,##0.00",
                "",
            ),
            ("0.00 \"pcs\"", "pcs"),
            ("# ?/?", ""),
        ] {
            assert_eq!(unit(code, "25.5"), expected, "{code}");
        }
        let accounting = "_(\"$\"* #,##0.00_);_(\"$\"* \\(#,##0.00\\);_(\"$\"* \"-\"??_);_(@_)";
        assert_eq!(unit(accounting, "0"), "$");
        assert_eq!(unit(accounting, "-25.5"), "$");
        assert_eq!(unit("#\\ ##0\\ \"kr\"", "1000"), "kr");
        assert_eq!(unit("[>=100000]##\\,##\\,##0;##,##0", "250000"), "");
    }

    #[test]
    fn digits_that_a_format_shows_are_shown() {
        for (code, number, expected) in [
            ("00000", "2134", "02134"),
            ("00000", "0", "00000"),
            ("00000", "123456", "123456"),
            ("00000-0000", "21341234", "02134-1234"),
            ("00000\\-0000", "21341234", "02134-1234"),
            ("[<=99999]00000;00000\\-0000", "2134", "02134"),
            ("[<=99999]00000;00000\\-0000", "21341234", "02134-1234"),
            ("000-00-0000", "12345678", "012-34-5678"),
            ("000\\ 00", "12345", "123 45"),
            (
                "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####",
                "5550100",
                "555-0100",
            ),
            (
                "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####",
                "5555550100",
                "(555) 555-0100",
            ),
            ("\"+\"0", "15555550100", "+15555550100"),
            ("+#", "447911123456", "+447911123456"),
            ("\"ID-\"0000", "7", "ID-0007"),
            ("0", "15555555555", "15555555555"),
            ("0.00E+00", "15555555555", "15555555555"),
            ("##0.0E+0", "15555555555", "15555555555"),
            ("000", "-7", "-007"),
        ] {
            assert_eq!(text(code, number), expected, "{code} of {number}");
        }
    }

    #[test]
    fn percentages_are_shown_as_such() {
        for (code, number, expected) in [
            ("0%", "0.5", "50%"),
            ("0.00%", "0.1225", "12.25%"),
            ("0.0%", "1.225", "122.5%"),
            ("0%", "0.07", "7%"),
            ("0%", "0", "0%"),
            ("0%", "25", "2500%"),
            ("0%", "-0.5", "-50%"),
        ] {
            assert_eq!(text(code, number), expected);
            assert_eq!(show(code, number).1, CellKind::Percent);
        }
        assert_eq!(
            show("0%", "0.125"),
            ("12.5%".into(), CellKind::Percent, true, String::new())
        );
    }

    #[test]
    fn dates_and_times_are_told_by_the_format() {
        for (code, number, expected, kind) in [
            ("m/d/yyyy", "46380", "2026-12-24", CellKind::Date),
            ("dd.mm.yy", "46380", "2026-12-24", CellKind::Date),
            ("yyyy\\-mm\\-dd", "46380", "2026-12-24", CellKind::Date),
            (
                "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
                "46380",
                "2026-12-24",
                CellKind::Date,
            ),
            ("[$-411]ge.m.d", "46380", "2026-12-24", CellKind::Date),
            (
                "yyyy\"年\"m\"月\"d\"日\"",
                "46380",
                "2026-12-24",
                CellKind::Date,
            ),
            ("mmm", "46380", "2026-12-24", CellKind::Date),
            ("m/d/yyyy;@", "46380", "2026-12-24", CellKind::Date),
            (
                "m/d/yyyy h:mm",
                "46380.375",
                "2026-12-24T09:00:00",
                CellKind::DateTime,
            ),
            (
                "yyyy-mm-dd hh:mm:ss.000",
                "46380.375",
                "2026-12-24T09:00:00",
                CellKind::DateTime,
            ),
            ("m/d/yyyy h:mm", "46380", "2026-12-24", CellKind::Date),
            ("h:mm AM/PM", "0.375", "09:00:00", CellKind::Time),
            ("hh:mm:ss", "0.999988425925926", "23:59:59", CellKind::Time),
            ("mm:ss.0", "0.375", "09:00:00", CellKind::Time),
            ("[h]:mm:ss", "1.5", "36:00:00", CellKind::Time),
            ("[hh]:mm", "0.5", "12:00:00", CellKind::Time),
        ] {
            let (text, shown, is_otherwise, _) = show(code, number);
            assert_eq!(
                (text.as_str(), shown, is_otherwise),
                (expected, kind, false),
                "{code}"
            );
        }
        // Not all of it is shown.
        assert!(show("m/d/yyyy", "46380.375").2);
        assert!(show("h:mm", "46380.375").2);
        // No day of the calendar: a spreadsheet shows `####` or 29 February 1900.
        for number in ["-5", "60", "9999999", "0"] {
            assert_eq!(
                show("m/d/yyyy", number),
                (number.into(), CellKind::Number, true, String::new())
            );
        }
    }

    #[test]
    fn what_is_shown_otherwise_than_it_is_held_is_said() {
        for (code, number) in [
            ("0", "25.4"),
            ("#,##0.00", "8.325"),
            ("\"$\"#,##0", "25.5"),
            ("0.0,\"k\"", "1234"),
            ("0,.0", "1234"),
            ("#,##0,,", "1234000"),
            (";;;", "25"),
            ("\"free\"", "25"),
            ("0;;", "-25"),
            ("00000", "2134.5"),
        ] {
            let (text, kind, is_otherwise, _) = show(code, number);
            assert_eq!(
                (text.as_str(), kind, is_otherwise),
                (number, CellKind::Number, true),
                "{code}"
            );
        }
        assert!(!show("#,##0.00", "8.3").2);
        assert!(!show("General", "0.333333333333333").2);
    }

    #[test]
    fn a_number_that_its_format_shows_as_one_below_zero_is_another() {
        for code in [
            "-0",
            "-General",
            "-@",
            "- $0.00",
            "$-0.00",
            "$ - 0.00",
            "0-",
            "0\"-\"",
            "0 -;0",
            "0.00- $",
            "0.00 $-",
            "0%-",
            "(0)",
            "($0.00)",
            "\"(\"$0.00\")\"",
            "(0",
            "0)",
            "\u{2212}0",
            "\u{2013} 0.0",
            "[Red](#,##0.00);(#,##0.00)",
            "[>0](0.00);0",
            "\"ID-\"0",
        ] {
            assert!(show(code, "25").2, "{code}");
            assert!(!show(code, "0").2, "{code}");
            assert!(!NumberFormat::parse(code).is_general(), "{code}");
        }
        for code in [
            "0.-",
            "0.--",
            "0\".-\"",
            "0\",-\"",
            "0\\,\u{2013} $",
            "#,##0.00_-;-#,##0.00_-",
            "#,##0_);(#,##0)",
            "0 \"(USD)\"",
            "\"(net) \"0",
            "\"e-card \"0",
            "0\" gift-cards\"",
            "0.00E-00",
        ] {
            assert!(!show(code, "25").2, "{code}");
        }
        assert!(!show("(0)", "-25").2);
        assert_eq!(text("\"-\"00", "25"), "-25");
    }

    #[test]
    fn formats_without_a_code_are_known_by_their_number() {
        for (id, number, expected, unit) in [
            (0, "25.5", "25.5", ""),
            (2, "25.5", "25.5", ""),
            (7, "25.5", "25.5", "$"),
            (44, "25.5", "25.5", "$"),
            (10, "0.5", "50%", ""),
            (14, "46380", "2026-12-24", ""),
            (22, "46380.5", "2026-12-24T12:00:00", ""),
            (20, "0.5", "12:00:00", ""),
            (31, "46380", "2026-12-24", ""),
            (46, "1.5", "36:00:00", ""),
            (57, "46380", "2026-12-24", ""),
            (49, "25.5", "25.5", ""),
            (163, "25.5", "25.5", ""),
        ] {
            let format = NumberFormat::built_in(id);
            let mut out = String::new();
            let shown = format.show(number, false, &mut out);
            assert_eq!((out.as_str(), shown.unit), (expected, unit), "{id}");
        }
    }
}
