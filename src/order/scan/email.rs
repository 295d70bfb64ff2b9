//! E-mail addresses of up to 64 bytes, by the rule of [`is_email`](crate::order::format::is_email), as bits of one word.

use super::Scanner;
use crate::json::{Block, Class};

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
/// What a host name is made of.
static DOMAIN: Class = Class::of(LETTERS);
/// What stands before the `@`, beside that.
static LOCAL: Class = Class::of(
    b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!#$%&'*+/=?^_`{|}~",
);

/// Where an address has what: a bit for each of its bytes.
#[derive(Default)]
struct Places {
    quote: u64,
    domain: u64,
    at: u64,
    dot: u64,
    hyphen: u64,
}

impl<'a> Scanner<'a, '_> {
    #[inline(always)]
    pub(super) fn email(&mut self) -> Option<&'a [u8]> {
        self.token(b'"')?;
        let start = self.at;
        let length = address(self.text, start, 0);
        self.skip(length.wrapping_add(1));
        let address = self.text.get(start..start.wrapping_add(length));
        address.filter(|address| !address.is_empty())
    }
}

/// How long the address is that stands here, before a quote or the byte whose bit is `end`; 0 where there is none.
#[inline(never)]
pub(in crate::order) fn address(text: &[u8], start: usize, end: u64) -> usize {
    let places = places(text, start, end);
    let length = places.quote.trailing_zeros();
    if length >= 64 {
        return 0;
    }
    let inside = !(u64::MAX.wrapping_shl(length));
    let local_length = (places.at & inside).trailing_zeros();
    if local_length == 0 || local_length >= length {
        return 0;
    }
    let local = !(u64::MAX.wrapping_shl(local_length));
    let domain = inside & (u64::MAX.wrapping_shl(local_length).wrapping_shl(1));
    // What a label stands between: the `@`, each dot, and the end. A label of 64 bytes has no room here.
    let between = (places.dot & domain) | (inside & !local & !domain) | !inside;
    let after = between.wrapping_shl(1) & !local;
    let before = between.wrapping_shr(1);
    let hyphen_at_an_end = places.hyphen & domain & (after | before);
    let empty_label = between & after & (domain | inside.wrapping_shl(1) & !inside);
    // An address in a domain without a dot is looked at by the exact reader, which warns.
    let fine = domain & !places.domain == 0
        && domain & places.dot != 0
        && hyphen_at_an_end == 0
        && empty_label == 0
        && (local & !places.domain == 0 || local & !locals(text, start) == 0);
    if fine { length as usize } else { 0 }
}

#[inline(always)]
fn places(text: &[u8], start: usize, end: u64) -> Places {
    let mut places = Places {
        quote: end,
        ..Places::default()
    };
    let mut part = 0_u32;
    while part < 64 && places.quote.trailing_zeros() >= part {
        let block = Block::at(text, start.wrapping_add(part as usize));
        let put = |bits: u32| u64::from(bits).wrapping_shl(part);
        places.quote |= put(block.equal(b'"'));
        places.domain |= put(block.within(&DOMAIN));
        places.at |= put(block.equal(b'@'));
        places.dot |= put(block.equal(b'.'));
        places.hyphen |= put(block.equal(b'-'));
        part = part.wrapping_add(16);
    }
    places
}

/// Where the text has what may stand before the `@`. Most addresses have nothing there that a host name has not.
#[cold]
#[inline(never)]
fn locals(text: &[u8], start: usize) -> u64 {
    let mut locals = 0;
    let mut part = 0_u32;
    while part < 64 {
        let block = Block::at(text, start.wrapping_add(part as usize));
        locals |= u64::from(block.within(&LOCAL)).wrapping_shl(part);
        part = part.wrapping_add(16);
    }
    locals
}
