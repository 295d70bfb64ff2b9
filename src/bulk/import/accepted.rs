//! The rows that were accepted, as the lines of requests.

use alloc::string::String;
use alloc::vec::Vec;

use crate::buffer::Buffer;
use crate::bulk::payment::Payment;
use crate::money::Amount;
use crate::order::OrderType;

/// Bytes of one piece of the kept lines. Pieces never move, so nothing is copied when they grow in number.
const PIECE: usize = 1 << 20;

/// Bytes of lines that are held until they are copied into a piece.
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
    pieces: Vec<Vec<u8>>,
    rows: Vec<Row>,
}

impl Accepted {
    /// No row yet.
    pub fn new(order_type: OrderType) -> Self {
        Self {
            order_type,
            currencies: Vec::from([String::new()]),
            pieces: Vec::new(),
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

    /// Bytes of each row's line, the comma behind it counted.
    pub(in crate::bulk) fn sizes(&self) -> impl Iterator<Item = usize> {
        let (mut piece, mut end) = (0, 0);
        self.rows.iter().map(move |row| {
            let start = if row.piece == piece { end } else { 0 };
            (piece, end) = (row.piece, row.end);
            usize::try_from(end.wrapping_sub(start)).unwrap_or(usize::MAX)
        })
    }

    /// The row's element of `LineItems`, as JSON without white space.
    pub fn line(&self, index: usize) -> Option<&[u8]> {
        let (lines, _) = self.lines(index, index)?;
        Some(lines)
    }

    /// The lines of rows that follow each other, from the first on to the last or as far as they stand in one place, with commas
    /// between them; and the row behind them.
    pub(in crate::bulk) fn lines(&self, first: usize, last: usize) -> Option<(&[u8], usize)> {
        let row = self.rows.get(first)?;
        let before = first.checked_sub(1).and_then(|index| self.rows.get(index));
        let start = before
            .filter(|before| before.piece == row.piece)
            .map_or(0, |before| before.end);
        let piece = self.pieces.get(usize::from(row.piece))?;
        let mut end = self.rows.get(last)?;
        let mut behind = last.checked_add(1)?;
        if end.piece != row.piece {
            let rest = self.rows.get(first..)?;
            let count = rest.partition_point(|other| other.piece == row.piece);
            behind = first.checked_add(count)?;
            end = self.rows.get(behind.checked_sub(1)?)?;
        }
        // Without the comma behind the last.
        let end = usize::try_from(end.end).ok()?.checked_sub(1)?;
        Some((piece.get(usize::try_from(start).ok()?..end)?, behind))
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

    /// Keeps a row.
    pub fn push(
        &mut self,
        line: &[u8],
        sheet_line: u32,
        face_value: Amount,
        currency: u16,
        payment: Payment,
        occurrence: u16,
    ) {
        self.make_room(line.len().saturating_add(1));
        if let Some(bytes) = self.pieces.last_mut() {
            bytes.extend_from_slice(line);
            bytes.push(b',');
        }
        self.note(sheet_line, face_value, currency, payment, occurrence, 0);
    }

    /// Notes a row whose line ends there behind the last piece.
    pub(in crate::bulk) fn note(
        &mut self,
        sheet_line: u32,
        face_value: Amount,
        currency: u16,
        payment: Payment,
        occurrence: u16,
        behind: usize,
    ) {
        let piece = self.pieces.len().saturating_sub(1);
        let end = self
            .pieces
            .last()
            .map_or(0, Vec::len)
            .saturating_add(behind);
        self.rows.push(Row {
            sheet_line,
            face_value,
            currency,
            identity: payment.identity,
            content: payment.content,
            phone: payment.phone,
            occurrence,
            piece: u16::try_from(piece).unwrap_or(u16::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        });
    }

    /// Begins a piece, unless the last one has room for so many bytes.
    fn make_room(&mut self, size: usize) {
        let fits = |piece: &Vec<u8>| piece.len().saturating_add(size) <= piece.capacity();
        if !self.pieces.last().is_some_and(fits) {
            self.pieces.push(Vec::with_capacity(PIECE.max(size)));
        }
    }

    /// Sees to it that lines fit behind the last piece, of which the last one begins there, each with a comma behind it; where that one ends.
    ///
    /// They are taken many at a time: so large a copy does not read the memory first that it writes, which is in no cache.
    pub(in crate::bulk) fn hold(&mut self, lines: &mut Buffer, begin: usize) -> usize {
        let full = |piece: &Vec<u8>| piece.len().saturating_add(lines.len()) > piece.capacity();
        if lines.len() >= TOGETHER || self.pieces.last().is_none_or(full) {
            let before = lines.bytes().get(..begin).unwrap_or_default();
            if let Some(piece) = self.pieces.last_mut() {
                piece.extend_from_slice(before);
            }
            lines.drop_first(begin);
            self.make_room(lines.len());
        }
        lines.len()
    }

    /// Takes all lines that were held, which are the last: what was spare is given back.
    pub(in crate::bulk) fn take(&mut self, lines: &mut Buffer) {
        if let Some(piece) = self.pieces.last_mut() {
            piece.extend_from_slice(lines.bytes());
            piece.shrink_to_fit();
        }
        self.rows.shrink_to_fit();
        lines.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(accepted.line(index), Some(line.as_slice()));
        }
        let mut together = Vec::new();
        let mut from = 0;
        while let Some((run, behind)) = accepted.lines(from, lines.len() - 1) {
            together.push(run);
            from = behind;
        }
        assert_eq!(together.len(), accepted.pieces.len());
        assert_eq!(together.join(&b','), lines.join(&b','));
        assert_eq!(accepted.line(lines.len()), None);
    }

    #[test]
    fn nothing_spare_is_kept_of_a_file_that_has_ended() {
        let mut accepted = Accepted::new(OrderType::Links);
        let mut lines = Buffer::default();
        lines.append(b"{}");

        accepted.hold(&mut lines, 0);
        accepted.note(2, Amount::ZERO, 0, 0.into(), 0, 2);
        assert!(accepted.pieces[0].capacity() >= PIECE);
        accepted.take(&mut lines);

        assert_eq!(accepted.pieces[0].capacity(), 2);
        assert_eq!(accepted.rows.capacity(), 1);
        assert_eq!(accepted.pieces[0], b"{}");
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
