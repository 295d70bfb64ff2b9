//! The rows that were accepted, each with the record of its line.

use alloc::string::String;
use alloc::vec::Vec;

use crate::buffer::Buffer;
use crate::bulk::line::record::{BEHIND, Shapes, head_of_whole};
use crate::bulk::payment::Payment;
use crate::money::Amount;
use crate::order::OrderType;

/// Bytes of one piece of the kept records. Pieces never move, so nothing is copied when they grow in number.
const PIECE: usize = 1 << 20;

/// Pieces for which memory is asked for at a time.
const AHEAD: usize = 4;

/// Bytes of records that are held until they are copied into a piece.
const TOGETHER: usize = 32 << 10;

/// What is kept of an accepted row beside its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line of the file that the row began on, from 1.
    pub sheet_line: u32,
    /// Value times quantity.
    pub face_value: Amount,
    /// The place of the row's currency in [`Accepted::currencies`]; 0 where it is not known.
    pub currency: u16,
    /// As in [`Payment`].
    pub identity: u128,
    /// As in [`Payment`].
    pub content: u64,
    /// As in [`Payment`].
    pub phone: u16,
    /// How many rows before this one pay the same; of very many it is not known how many.
    pub occurrence: u16,
    /// Of a megabyte or more each.
    piece: u16,
    end: u32,
}

impl Row {
    /// What it pays.
    pub const fn payment(&self) -> Payment {
        Payment {
            identity: self.identity,
            face_value: self.face_value,
            phone: self.phone,
            content: self.content,
        }
    }
}

/// The accepted rows of one file, in its order.
#[derive(Clone, Debug)]
pub struct Accepted {
    order_type: OrderType,
    currencies: Vec<String>,
    shapes: Shapes,
    /// Records, one behind the other, and bytes behind the last of each piece.
    pieces: Vec<Vec<u8>>,
    /// Records that are not in the last piece yet, which has room for them.
    held: Buffer,
    /// Bytes of the longest record.
    longest: usize,
    rows: Vec<Row>,
}

impl Accepted {
    /// No row yet.
    pub fn new(order_type: OrderType) -> Self {
        Self {
            order_type,
            currencies: Vec::from([String::new()]),
            shapes: Shapes::default(),
            pieces: Vec::new(),
            held: Buffer::default(),
            longest: 0,
            rows: Vec::new(),
        }
    }

    /// The `Type` that every order of these rows has.
    pub const fn order_type(&self) -> OrderType {
        self.order_type
    }

    /// The rows.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Bytes of a row's line, the comma behind it counted.
    pub(in crate::bulk) fn size(&self, index: usize) -> usize {
        let line = self.line(index);
        line.map_or(usize::MAX, |line| line.len().saturating_add(1))
    }

    /// Bytes that no line has more of, the comma behind it counted.
    pub(in crate::bulk) fn longest(&self) -> usize {
        self.longest.saturating_add(self.shapes.room())
    }

    /// Bytes that the rows take with their records, about.
    pub(in crate::bulk) fn bytes(&self) -> usize {
        let records: usize = self.pieces.iter().map(Vec::len).sum();
        records.saturating_add(self.rows.len().saturating_mul(size_of::<Row>()))
    }

    /// The shapes of the records.
    pub(in crate::bulk) const fn shapes(&self) -> &Shapes {
        &self.shapes
    }

    /// The record of a row, with the bytes behind it, and its length.
    pub(in crate::bulk) fn record(&self, index: usize) -> Option<(&[u8], usize)> {
        let row = self.rows.get(index)?;
        let before = index.checked_sub(1).and_then(|index| self.rows.get(index));
        let start = before
            .filter(|before| before.piece == row.piece)
            .map_or(0, |before| before.end);
        let piece = self.pieces.get(usize::from(row.piece))?;
        let from = piece.get(usize::try_from(start).ok()?..)?;
        let length = usize::try_from(row.end.checked_sub(start)?).ok()?;
        Some((from, length))
    }

    /// Adds the row's element of `LineItems` to a buffer, as JSON without white space.
    pub(in crate::bulk) fn write_line(&self, index: usize, out: &mut Buffer) -> Option<()> {
        let (from, length) = self.record(index)?;
        let identity = self.rows.get(index)?.identity;
        self.shapes.write_line(from, length, identity, out)
    }

    /// The row's element of `LineItems`, as JSON without white space.
    pub fn line(&self, index: usize) -> Option<Vec<u8>> {
        let mut line = Buffer::default();
        self.write_line(index, &mut line)?;
        Some(line.into_bytes())
    }

    /// ISO 4217 codes; the first is empty and means that the currency is not known.
    pub fn currencies(&self) -> &[String] {
        &self.currencies
    }

    /// The place of a currency, which is added where it is new; an empty code is place 0.
    pub fn currency(&mut self, code: &str) -> u16 {
        if code.is_empty() {
            return 0;
        }
        let known = self.currencies.iter().position(|known| known == code);
        let place = known.unwrap_or_else(|| {
            self.currencies.push(String::from(code));
            self.currencies.len().saturating_sub(1)
        });
        u16::try_from(place).unwrap_or_default()
    }

    /// Keeps a row with its line, as it is.
    pub fn push(
        &mut self,
        line: &[u8],
        sheet_line: u32,
        face_value: Amount,
        currency: u16,
        payment: Payment,
        occurrence: u16,
    ) {
        let head = head_of_whole();
        let size = line.len().saturating_add(head.len());
        self.longest = self.longest.max(size);
        self.copy_held();
        self.make_room(size);
        if let Some(piece) = self.pieces.last_mut() {
            piece.extend_from_slice(&head);
            piece.extend_from_slice(line);
        }
        let payment = Payment {
            face_value,
            ..payment
        };
        self.note(sheet_line, currency, payment, occurrence);
    }

    /// Keeps a row with the record of its line.
    ///
    /// Records are copied into a piece many at a time: so large a copy does not read the memory first that it writes, which is in no cache.
    pub(in crate::bulk) fn keep(
        &mut self,
        record: &Buffer,
        sheet_line: u32,
        currency: u16,
        payment: Payment,
        occurrence: u16,
    ) {
        let size = self.held.len().saturating_add(record.len());
        if size > TOGETHER || !self.has_room(size) {
            self.copy_held();
            self.make_room(record.len());
        }
        self.longest = self.longest.max(record.len());
        self.held.append_all(record);
        self.note(sheet_line, currency, payment, occurrence);
    }

    /// There is no row to come, and these are the shapes of the records.
    pub(in crate::bulk) fn finish(&mut self, shapes: Shapes) {
        self.shapes = shapes;
        self.copy_held();
        self.held = Buffer::default();
        if let Some(piece) = self.pieces.last_mut() {
            piece.extend_from_slice(&[0; BEHIND]);
            piece.shrink_to_fit();
        }
        self.rows.shrink_to_fit();
    }

    /// Notes the row whose record was added last.
    fn note(&mut self, sheet_line: u32, currency: u16, payment: Payment, occurrence: u16) {
        let piece = self.pieces.len().saturating_sub(1);
        let last = self.pieces.last().map_or(0, Vec::len);
        let end = last.saturating_add(self.held.len());
        self.rows.push(Row {
            sheet_line,
            face_value: payment.face_value,
            currency,
            identity: payment.identity,
            content: payment.content,
            phone: payment.phone,
            occurrence,
            piece: u16::try_from(piece).unwrap_or(u16::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        });
    }

    /// Whether the last piece has room for so many bytes, and for those behind its last record.
    fn has_room(&self, size: usize) -> bool {
        let size = size.saturating_add(BEHIND);
        let fits = |piece: &Vec<u8>| piece.len().saturating_add(size) <= piece.capacity();
        self.pieces.last().is_some_and(fits)
    }

    fn copy_held(&mut self) {
        if let Some(piece) = self.pieces.last_mut() {
            piece.extend_from_slice(self.held.bytes());
        }
        self.held.clear();
    }

    /// Begins a piece, unless the last one has room for so many bytes.
    fn make_room(&mut self, size: usize) {
        if self.has_room(size) {
            return;
        }
        if let Some(piece) = self.pieces.last_mut() {
            piece.extend_from_slice(&[0; BEHIND]);
            if self.pieces.len().is_multiple_of(AHEAD) {
                ask_for(PIECE.saturating_mul(AHEAD));
            }
        }
        let size = PIECE.max(size.saturating_add(BEHIND));
        self.pieces.push(Vec::with_capacity(size));
    }
}

/// Makes memory grow by so many bytes at once, if it can: an engine may look through its whole heap at each step.
fn ask_for(bytes: usize) {
    let mut memory: Vec<u8> = Vec::new();
    let is_there = memory.try_reserve_exact(bytes);
    // Without it the compiler would ask for nothing.
    core::hint::black_box((memory, is_there.is_ok()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::line::record::write_open;

    #[test]
    fn each_row_has_the_line_that_was_kept_with_it() {
        let mut accepted = Accepted::new(OrderType::Links);
        let lines: Vec<Vec<u8>> = (0_u8..60)
            .map(|index| alloc::vec![index; usize::from(index) * 1_000 + 1])
            .collect();

        for (index, line) in (0..).zip(&lines) {
            accepted.push(line, index, Amount::ZERO, 0, 0.into(), 0);
        }

        assert!(accepted.pieces.len() > 1);
        for (index, line) in lines.iter().enumerate() {
            assert_eq!(accepted.line(index).as_ref(), Some(line));
        }
        for (index, line) in lines.iter().enumerate() {
            assert_eq!(accepted.size(index), line.len() + 1);
            assert!(accepted.longest() > line.len());
        }
        assert_eq!(accepted.line(lines.len()), None);
    }

    #[test]
    fn nothing_spare_is_kept_of_a_file_that_has_ended() {
        let mut accepted = Accepted::new(OrderType::Links);
        let mut record = Buffer::default();
        let mut json = Buffer::default();
        json.append(b"{\"Value\":1");
        write_open(&json, false, &mut record);

        accepted.keep(&record, 2, 0, 0.into(), 0);
        assert!(accepted.pieces[0].capacity() >= PIECE);
        accepted.finish(Shapes::default());

        let size = record.len() + BEHIND;
        assert_eq!(accepted.pieces[0].capacity(), size);
        assert_eq!(accepted.rows.capacity(), 1);
        let name = "0".repeat(24);
        let line = format!("{{\"Value\":1,\"ExternalId\":\"{name}\"}}");
        assert_eq!(accepted.line(0), Some(line.into_bytes()));
    }

    #[test]
    fn lines_that_are_kept_in_both_ways_stay_apart() {
        let mut accepted = Accepted::new(OrderType::Links);
        let (mut json, mut record) = (Buffer::default(), Buffer::default());
        for index in 0..2_000_u32 {
            json.clear();
            json.append(format!("{{\"Value\":{index}").as_bytes());
            write_open(&json, true, &mut record);
            accepted.keep(&record, index, 0, 0.into(), 0);
            accepted.push(&[b'x'; 1_000], index, Amount::ZERO, 0, 0.into(), 0);
        }
        accepted.finish(Shapes::default());

        assert!(accepted.pieces.len() > 1);
        for index in 0..2_000 {
            let line = format!("{{\"Value\":{index}}}");
            assert_eq!(accepted.line(index * 2), Some(line.into_bytes()));
            assert_eq!(accepted.line(index * 2 + 1), Some(vec![b'x'; 1_000]));
        }
    }

    #[test]
    fn a_currency_keeps_its_place() {
        let mut accepted = Accepted::new(OrderType::Links);

        assert_eq!(accepted.currency(""), 0);
        assert_eq!(accepted.currency("USD"), 1);
        assert_eq!(accepted.currency("EUR"), 2);
        assert_eq!(accepted.currency("USD"), 1);
        assert_eq!(accepted.currencies(), ["", "USD", "EUR"]);
    }
}
