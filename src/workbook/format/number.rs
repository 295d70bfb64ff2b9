//! The decimal text of a number, as a person who typed it would see it.

use alloc::string::String;
use core::cmp::Ordering;

/// Digits that a number of a spreadsheet has: a binary float holds any fifteen, and shows more that nobody typed.
const DIGITS: usize = 15;

/// Digits that are looked at; more have no meaning.
const LONGEST: usize = 40;

/// Zeros that are put in front of a number's digits or behind them. What has more keeps its exponent.
const ZEROS: i32 = 20;

/// Appends the number that an XML text is, in plain digits: `25.100000000000001` as `25.1`, `1.5555555555E10` as `15555555555`. Nothing
/// where it is not a number.
///
/// A number with more than fifteen digits in front of its point keeps them all, since an account number is not rounded.
pub(in crate::workbook) fn push(text: &str, out: &mut String) -> Option<()> {
    let text = text.trim_ascii();
    let bytes = text.as_bytes();
    if is_as_shown(bytes) {
        out.push_str(text);
        return Some(());
    }
    let (is_negative, unsigned) = signed(bytes);
    let mut digits = [0_u8; LONGEST];
    let (count, point) = read(unsigned, &mut digits)?;
    let (count, point) = round(&mut digits, count, point);
    let digits = digits.get(..count)?;
    if is_negative && count > 0 {
        out.push('-');
    }
    write(digits, point, out);
    Some(())
}

/// Returns whether a number is in plain digits already, as most are: 25, 12.5.
#[inline]
pub(in crate::workbook) fn is_as_shown(bytes: &[u8]) -> bool {
    if !matches!(bytes, [b'1'..=b'9', ..]) || bytes.len() > DIGITS {
        return false;
    }
    let mut has_point = false;
    for byte in bytes {
        match *byte {
            b'0'..=b'9' => {}
            b'.' if !has_point => has_point = true,
            _ => return false,
        }
    }
    // Zeros at the end are not shown.
    !has_point || matches!(bytes, [.., b'1'..=b'9'])
}

/// Reads the digits that count, without zeros in front; how many there are, and in front of which the point stands.
fn read(text: &[u8], digits: &mut [u8; LONGEST]) -> Option<(usize, i32)> {
    let (mut count, mut point) = (0_usize, 0_i32);
    let (mut has_digit, mut has_point) = (false, false);
    let mut rest = text;
    while let [byte, behind @ ..] = rest {
        match *byte {
            b'0'..=b'9' => {
                has_digit = true;
                if !has_point && (count > 0 || *byte != b'0') {
                    point = point.saturating_add(1);
                } else if has_point && count == 0 && *byte == b'0' {
                    point = point.saturating_sub(1);
                }
                if count > 0 || *byte != b'0' {
                    if let Some(digit) = digits.get_mut(count) {
                        *digit = *byte;
                    }
                    count = count.saturating_add(1);
                }
            }
            b'.' if !has_point => has_point = true,
            b'e' | b'E' if has_digit => {
                point = point.saturating_add(exponent(behind)?);
                rest = &[];
                break;
            }
            _ => return None,
        }
        rest = behind;
    }
    (has_digit && rest.is_empty()).then_some((count.min(LONGEST), point))
}

/// Returns whether a number is below zero, and what stands behind its sign.
fn signed(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] | rest => (false, rest),
    }
}

fn exponent(text: &[u8]) -> Option<i32> {
    let (is_negative, digits) = signed(text);
    // A float's has three.
    if digits.is_empty() || digits.len() > 6 {
        return None;
    }
    let mut exponent = 0_i32;
    for byte in digits {
        let digit = byte.is_ascii_digit().then(|| i32::from(*byte & 15))?;
        exponent = exponent.wrapping_mul(10).wrapping_add(digit);
    }
    Some(if is_negative {
        exponent.wrapping_neg()
    } else {
        exponent
    })
}

/// Rounds to the digits that a person sees, half up, and drops zeros at the end; how many digits are left, and the point.
fn round(digits: &mut [u8; LONGEST], count: usize, point: i32) -> (usize, i32) {
    let whole = usize::try_from(point).unwrap_or(0);
    let keep = DIGITS.max(whole).min(count);
    let is_up = digits
        .get(keep)
        .is_some_and(|digit| keep < count && *digit >= b'5');
    let (mut count, mut point) = (keep, point);
    if is_up {
        let mut at = keep;
        loop {
            let Some(before) = at.checked_sub(1) else {
                // All were nines.
                if let Some(first) = digits.first_mut() {
                    *first = b'1';
                }
                (count, point) = (1, point.saturating_add(1));
                break;
            };
            at = before;
            match digits.get_mut(at) {
                Some(digit @ b'0'..=b'8') => {
                    *digit = digit.wrapping_add(1);
                    count = at.saturating_add(1);
                    break;
                }
                Some(digit) => *digit = b'0',
                None => break,
            }
        }
    }
    while let Some(last) = count.checked_sub(1)
        && digits.get(last) == Some(&b'0')
    {
        count = last;
    }
    (count, if count == 0 { 1 } else { point })
}

/// Writes digits with the point in front of the one at its place.
fn write(digits: &[u8], point: i32, out: &mut String) {
    if digits.is_empty() {
        out.push('0');
        return;
    }
    let count = i32::try_from(digits.len()).unwrap_or(0);
    let behind = point.saturating_sub(count);
    if point < ZEROS.wrapping_neg() || behind > ZEROS {
        write(digits, 1, out);
        out.push('E');
        let exponent = point.saturating_sub(1);
        if exponent < 0 {
            out.push('-');
        }
        push_integer(u64::from(exponent.unsigned_abs()), out);
        return;
    }
    if point <= 0 {
        out.push_str("0.");
        push_zeros(point.unsigned_abs(), out);
    }
    for (digit, place) in digits.iter().zip(0_i32..) {
        if place == point && place > 0 {
            out.push('.');
        }
        out.push(char::from(*digit));
    }
    push_zeros(u32::try_from(behind).unwrap_or(0), out);
}

pub(super) fn push_zeros(count: u32, out: &mut String) {
    for _ in 0..count {
        out.push('0');
    }
}

/// Appends a whole number.
pub(super) fn push_integer(number: u64, out: &mut String) {
    let mut digits = [b'0'; 20];
    let (mut rest, mut used) = (number, 0_usize);
    for slot in digits.iter_mut().rev() {
        if rest == 0 && used > 0 {
            break;
        }
        let digit = u8::try_from(rest % 10).unwrap_or(0);
        *slot = b'0' | digit;
        rest /= 10;
        used = used.saturating_add(1);
    }
    let start = digits.len().saturating_sub(used);
    let digits = digits.get(start..).unwrap_or_default();
    out.push_str(core::str::from_utf8(digits).unwrap_or_default());
}

/// A number in plain digits, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plain<'t> {
    pub(super) is_negative: bool,
    /// `0` where there is nothing in front of the point.
    pub(super) whole: &'t str,
    /// Without zeros at the end.
    pub(super) fraction: &'t str,
}

impl<'t> Plain<'t> {
    /// Takes a number apart; nothing where it has an exponent, or is none.
    pub(super) fn read(text: &'t str) -> Option<Self> {
        let (is_negative, unsigned) = match text.strip_prefix("-") {
            Some(unsigned) => (true, unsigned),
            None => (false, text),
        };
        let bytes = unsigned.as_bytes();
        let point = bytes.iter().position(|byte| *byte == b'.');
        let (whole, fraction) = match point {
            Some(point) => (
                unsigned.get(..point)?,
                unsigned.get(point.checked_add(1)?..)?,
            ),
            None => (unsigned, ""),
        };
        let mut digits = whole.bytes().chain(fraction.bytes());
        let is_plain = !whole.is_empty() && digits.all(|byte| byte.is_ascii_digit());
        is_plain.then_some(Self {
            is_negative,
            whole,
            fraction,
        })
    }

    pub(super) fn is_zero(&self) -> bool {
        self.whole == "0" && self.fraction.is_empty()
    }

    /// Which of two is the larger.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.compare_size(other),
            (true, true) => other.compare_size(self),
        }
    }

    fn compare_size(&self, other: &Self) -> Ordering {
        let whole = self.whole.len().cmp(&other.whole.len());
        let digits = whole.then_with(|| self.whole.as_bytes().cmp(other.whole.as_bytes()));
        digits.then_with(|| self.fraction.as_bytes().cmp(other.fraction.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(text: &str) -> Option<String> {
        let mut out = String::new();
        push(text, &mut out)?;
        Some(out)
    }

    #[test]
    fn a_number_is_what_a_person_typed() {
        for (held, shown) in [
            ("25", "25"),
            ("25.0", "25"),
            (" 25 ", "25"),
            ("0", "0"),
            ("-0", "0"),
            ("0.0E0", "0"),
            ("000", "0"),
            ("-25.50", "-25.5"),
            ("+7", "7"),
            (".5", "0.5"),
            ("5.", "5"),
            ("25.100000000000001", "25.1"),
            ("25.050000000000001", "25.05"),
            ("0.30000000000000004", "0.3"),
            ("2.9999999999999999E-2", "0.03"),
            ("2.9999999999999996E-2", "0.03"),
            ("1234567.8900000001", "1234567.89"),
            ("99.999999999999999", "100"),
            ("9.9999999999999995E-2", "0.1"),
            ("8.3250000000000011", "8.325"),
            ("0.33333333333333331", "0.333333333333333"),
            ("15555555555", "15555555555"),
            ("1.5555555555E10", "15555555555"),
            ("1.55555E+10", "15555500000"),
            ("447911123456", "447911123456"),
            ("123456789012345", "123456789012345"),
            ("12345678901234567", "12345678901234567"),
            ("1.2345678901234567E+17", "123456789012345670"),
            ("123456789012345.6", "123456789012346"),
            ("1E+20", "100000000000000000000"),
            ("1.5E+300", "1.5E300"),
            ("-1.5e-300", "-1.5E-300"),
            ("1E-7", "0.0000001"),
            ("46380.375", "46380.375"),
        ] {
            assert_eq!(plain(held).as_deref(), Some(shown), "{held}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "",
            ".",
            "-",
            "abc",
            "1,5",
            "1.2.3",
            "1e",
            "1e+",
            "e5",
            "NaN",
            "inf",
            "0x10",
            "--1",
            "1 2",
            "1E99999999",
        ] {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_float_of_fifteen_digits_is_read_back_from_any_way_to_write_it(mantissa in 1_u64..999_999_999_999_999, exponent in -12_i32..=0) {
            let typed: f64 = format!("{mantissa}e{exponent}").parse().unwrap();
            let shown = plain(&format!("{typed:.17e}")).unwrap();
            prop_assert_eq!(&shown, &plain(&format!("{typed}")).unwrap());
            prop_assert_eq!(&shown, &plain(&format!("{mantissa}e{exponent}")).unwrap());
            prop_assert_eq!(shown.parse::<f64>().unwrap().to_bits(), typed.to_bits());
            prop_assert_eq!(plain(&shown).unwrap(), shown);
        }

        #[test]
        fn numbers_compare_as_numbers(one in -2000_i32..2000, other in -2000_i32..2000) {
            let [a, b] = [one, other].map(|number| plain(&format!("{number}E-2")).unwrap());
            let order = Plain::read(&a).unwrap().compare(&Plain::read(&b).unwrap());
            prop_assert_eq!(order, one.cmp(&other));
        }
    }
}
