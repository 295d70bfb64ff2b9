//! Numbers: the grammar of JSON's, and the text of ours.

use alloc::string::String;

/// The length of the JSON number at the start, or nothing where there is none.
pub(super) fn number_length(bytes: &[u8]) -> Option<usize> {
    let rest = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let rest = match rest {
        [b'0', rest @ ..] => rest,
        rest => skip_digits(rest)?,
    };
    let rest = match rest {
        [b'.', rest @ ..] => skip_digits(rest)?,
        rest => rest,
    };
    let rest = match rest {
        [b'e' | b'E', b'+' | b'-', rest @ ..] | [b'e' | b'E', rest @ ..] => skip_digits(rest)?,
        rest => rest,
    };
    bytes.len().checked_sub(rest.len())
}

/// The number that some digits are; nothing where it is too large, and 0 where there are none.
pub(crate) fn whole(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |number, digit| {
        let digit = char::from(*digit).to_digit(10)?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

/// What follows the digits at the start, of which there is at least one.
fn skip_digits(bytes: &[u8]) -> Option<&[u8]> {
    match bytes {
        [b'0'..=b'9', rest @ ..] => {
            let more = rest.iter().take_while(|b| b.is_ascii_digit()).count();
            rest.get(more..)
        }
        _ => None,
    }
}

/// The decimal text of a whole number, without the weight of `core::fmt`.
pub fn decimal_text(mut number: u64) -> String {
    let mut digits = [0_u8; 20];
    let mut used = 0_usize;
    for slot in digits.iter_mut().rev() {
        // A digit is below 10.
        *slot = b'0'.wrapping_add((number % 10) as u8);
        used = used.wrapping_add(1);
        number /= 10;
        if number == 0 {
            break;
        }
    }
    digits
        .iter()
        .skip(digits.len().saturating_sub(used))
        .map(|digit| char::from(*digit))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_text_is_that_of_the_standard_library() {
        for number in [0, 1, 9, 10, 99, 100, 12_345, u64::MAX] {
            assert_eq!(decimal_text(number), number.to_string());
        }
    }
}
