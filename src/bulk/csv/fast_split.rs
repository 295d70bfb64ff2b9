//! The fast path through nearly every row: split where it stands, 64 bytes at a time.

use crate::bulk::csv::escapes::mark;
use crate::bulk::csv::row::{Cell, CellKind, Content, ROW};
use crate::json::Block;

/// Cells of a row on the fast path, at most.
pub(in crate::bulk) const FAST_CELLS: usize = 64;

/// A row that was split in one go.
pub(in crate::bulk) struct FastRow {
    pub(in crate::bulk) length: usize,
    /// Where the next row begins.
    pub(in crate::bulk) behind: usize,
    /// Whether it ends with a carriage return without a line feed.
    pub(in crate::bulk) after_return: bool,
    pub(in crate::bulk) content: Content,
    pub(in crate::bulk) cells: usize,
    pub(in crate::bulk) filled: u64,
    /// Line breaks in its cells.
    pub(in crate::bulk) breaks: u32,
}

/// Bytes of a row with line breaks in it: with a quote that nothing closes, it would be the rest of the file.
const BROKEN_ROW: usize = 16 << 10;

/// What is looked for in a row, each sixteen times. They are in memory and no constants, since an engine would put a constant together
/// anew wherever it is used.
#[derive(Debug)]
pub(in crate::bulk) struct Needles {
    delimiter: [u8; 16],
    feed: [u8; 16],
    carriage: [u8; 16],
    quote: [u8; 16],
    space: [u8; 16],
    backslash: [u8; 16],
    delete: [u8; 16],
}

impl Needles {
    pub(in crate::bulk) const fn new(delimiter: u8) -> Self {
        Self {
            delimiter: [delimiter; 16],
            feed: [b'\n'; 16],
            carriage: [b'\r'; 16],
            quote: [b'"'; 16],
            space: [b' '; 16],
            backslash: [b'\\'; 16],
            delete: [0x7F; 16],
        }
    }
}

/// Splits the row at the start of a text, 64 bytes at a time. Nothing where it is none that can be split so: a quote that is neither at
/// an end of its cell nor one of two, a control character inside, an end that is nearer to the text's than 64 bytes. All that is
/// said of it is what the states say.
///
/// A bit stands for each byte. Between two quotes is what has an odd number of quotes before it; a doubled quote changes nothing.
#[inline(never)]
pub(in crate::bulk) fn split_fast(
    text: &[u8],
    needles: &Needles,
    cells: &mut [Cell],
) -> Option<FastRow> {
    let [delimiter, ..] = needles.delimiter;
    let mut start = 0_usize;
    let mut at = 0_usize;
    // All ones behind an odd number of quotes.
    let mut is_inside = 0_u64;
    let (mut quotes, mut around) = (0_u32, 0_u32);
    let (mut high, mut odd, mut filled, mut count) = (0_u64, 0_u64, 0_u64, 0_usize);
    loop {
        let group = Group::of(text.get(at..)?.first_chunk()?, needles);
        let mut inside = is_inside;
        if group.quotes != 0 {
            let mut behind = group.quotes;
            behind ^= behind << 1;
            behind ^= behind << 2;
            behind ^= behind << 4;
            behind ^= behind << 8;
            behind ^= behind << 16;
            behind ^= behind << 32;
            inside ^= behind;
            is_inside = 0_u64.wrapping_sub(inside >> 63);
        }
        let mut stops = group.stops & !inside;
        // The line break at the row's end is a stop, as a tab can be.
        let group_odd = group.odd & !group.high & !stops;
        while stops != 0 {
            let end = at.wrapping_add(stops.trailing_zeros() as usize);
            let (mut first, mut last) = (start, end);
            if text.get(first) == Some(&b'"') {
                first = first.wrapping_add(1);
                last = last.wrapping_sub(1);
                if first > last || text.get(last) != Some(&b'"') {
                    return None;
                }
                around = around.wrapping_add(2);
            }
            // By its fields: see `end_cell`.
            let cell = cells.get_mut(count)?;
            cell.start = first;
            cell.end = last;
            cell.kind = CellKind::Text;
            filled |= u64::from(last > first) << count;
            count = count.wrapping_add(1);
            start = end.wrapping_add(1);
            let stop = text.get(end).copied()?;
            if stop != delimiter {
                // Of this group only what stands before the row's end.
                let before = (stops & stops.wrapping_neg()).wrapping_sub(1);
                high |= group.high & before;
                odd |= group_odd & before;
                quotes = quotes.wrapping_add((group.quotes & before).count_ones());
                if end == 0 || end > ROW {
                    return None;
                }
                let (mut breaks, mut content) = (0, Content::Ascii);
                if odd != 0 || quotes != around {
                    breaks = mark(text, cells.get_mut(..count)?)?;
                    content = Content::Escaped;
                } else if high != 0 {
                    content = Content::Unicode;
                }
                let is_return = stop == b'\r';
                let is_pair = is_return && text.get(start) == Some(&b'\n');
                return Some(FastRow {
                    length: end,
                    behind: start.wrapping_add(usize::from(is_pair)),
                    after_return: is_return && !is_pair,
                    content,
                    cells: count,
                    filled,
                    breaks,
                });
            }
            stops &= stops.wrapping_sub(1);
        }
        odd |= group_odd;
        if odd != 0 && at > BROKEN_ROW {
            return None;
        }
        high |= group.high;
        quotes = quotes.wrapping_add(group.quotes.count_ones());
        at = at.wrapping_add(64);
    }
}

/// What stands where in 64 bytes.
struct Group {
    /// Delimiters and line breaks.
    stops: u64,
    quotes: u64,
    /// Control characters, backslashes, and what is not ASCII.
    odd: u64,
    high: u64,
}

#[expect(
    clippy::inline_always,
    reason = "handed out of a call, it would go over the stack"
)]
impl Group {
    #[inline(always)]
    fn of(bytes: &[u8; 64], needles: &Needles) -> Self {
        let mut group = Self {
            stops: 0,
            quotes: 0,
            odd: 0,
            high: 0,
        };
        // A loop would not be unrolled for its size, and its state would be in memory.
        if let [a, b, c, d] = bytes.as_chunks().0 {
            group.put(a, 0, needles);
            group.put(b, 16, needles);
            group.put(c, 32, needles);
            group.put(d, 48, needles);
        }
        group
    }

    #[inline(always)]
    fn put(&mut self, bytes: &[u8; 16], shift: u32, needles: &Needles) {
        let block = Block::from(bytes);
        let of = |needle: &[u8; 16]| Block::from(needle);
        let put = |bits: u32| u64::from(bits) << shift;
        self.stops |= put(block.same_as_any(
            of(&needles.delimiter),
            of(&needles.feed),
            of(&needles.carriage),
        ));
        self.quotes |= put(block.same(of(&needles.quote)));
        self.odd |= put(block.outside(
            of(&needles.space),
            of(&needles.backslash),
            of(&needles.delete),
        ));
        self.high |= put(block.high());
    }
}
