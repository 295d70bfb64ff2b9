//! The fast path from a row to its line, which nearly every row takes: all cells are written in one pass.
//!
//! What stands between two cells in a line is the same for all rows that have the same cells filled: it is put together once, and then a
//! line is that and the cells in turn.
//!
//! It only ever says that a line is surely valid, and gives up without a word on anything else; then [`LineBuilder::build`] reads the row
//! from its start. Where it does not give up, both write the same.

#![expect(
    clippy::inline_always,
    reason = "what is inlined here is small or used once; over a call it would go through memory"
)]

use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::buffer::{Buffer, Pen};
use crate::bulk::columns::fields::{
    Content as Holds, EMAIL, EXTERNAL_ID, FIELDS, Group, PRODUCT, QUANTITY, SMS, VALUE, bit,
    of_payment,
};
use crate::bulk::columns::starter_list::EXAMPLE_NAME;
use crate::bulk::columns::words::Vocabulary;
use crate::bulk::csv::fast_split::FAST_CELLS;
use crate::bulk::csv::row::{CellKind, Cells, Content, Row, clean};
use crate::bulk::identity::{identity, short, tag_of};
use crate::bulk::line::line_draft::LineDraft;
use crate::bulk::line::padded::{Text, is_same};
use crate::bulk::line::record::{Shapes, USUAL, head};
use crate::bulk::line::source::Source;
use crate::bulk::line::step::{
    Kind, NUMBERS, Number, Part, Piece, Span, Step, is_ascii, piece, quantity, separator,
    write_number,
};
use crate::bulk::line::stray::{is_header, is_sum};
use crate::money::Amount;
use crate::order::{LineRule, OrderType};

/// Patterns of filled cells that are remembered. A spreadsheet has few.
const REMEMBERED: u64 = 32;

/// The templates of a file.
#[derive(Debug)]
pub(in crate::bulk) struct Templates {
    /// Columns that a field is read from.
    used: u64,
    /// Columns in which nothing may stand.
    nameless: u64,
    /// One to a slot, as its pattern has it.
    slots: Vec<Option<Template>>,
    vocabulary: Rc<Vocabulary>,
}

impl Templates {
    /// Those of a file with such sources: none at all where a column is too far to the right.
    pub(in crate::bulk) fn new(
        sources: &[Source],
        nameless: &[usize],
        vocabulary: Rc<Vocabulary>,
    ) -> Self {
        let mut templates = Self {
            used: 0,
            nameless: 0,
            slots: Vec::new(),
            vocabulary,
        };
        // A row on the fast path has no column further to the right.
        for column in nameless.iter().filter(|column| **column < FAST_CELLS) {
            templates.nameless |= 1 << column;
        }
        let of_sources = sources
            .iter()
            .flat_map(|source| source.columns.iter().copied());
        for column in of_sources {
            if column >= FAST_CELLS {
                return templates;
            }
            templates.used |= 1 << column;
        }
        for _ in 0..REMEMBERED {
            templates.slots.push(None);
        }
        templates
    }

    pub(in crate::bulk) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The template of a row, made now where there is none.
    pub(in crate::bulk) fn of(
        &mut self,
        row: &Row<'_>,
        sources: &[Source],
        order_type: OrderType,
    ) -> Option<&mut Template> {
        if row.filled & self.nameless != 0 {
            return None;
        }
        let filled = row.filled & self.used;
        // Bits that stand together differ most.
        let slot = (filled ^ filled >> 5 ^ filled >> 10) % REMEMBERED;
        let slot = self.slots.get_mut(usize::try_from(slot).ok()?)?;
        if slot.as_ref().is_none_or(|known| known.filled != filled) {
            *slot = Some(Template::new(filled, sources, order_type, &self.vocabulary));
        }
        slot.as_mut().filter(|template| template.is_usable)
    }
}

/// What lines have in common whose rows have the same cells filled.
#[derive(Debug)]
pub(in crate::bulk) struct Template {
    filled: u64,
    /// Whether there is nothing in it that only the validator can judge.
    is_usable: bool,
    /// Whether all but its cells is ASCII.
    is_ascii: bool,
    /// Whether a row with these cells filled may be for nobody, and why.
    stray: Stray,
    steps: Vec<Step>,
    /// What stands in a line's JSON before each cell, and behind the last.
    texts: Vec<Text>,
    /// What its lines are kept as.
    shape: Option<u16>,
    parts: Vec<Part>,
    /// The column of a phone number beside an address.
    detail: Option<usize>,
    /// The JSON behind the last cell, and what is said there.
    end: Text,
    said_end: Text,
    payment_end: Text,
    /// What a row needs beside its own length.
    room: usize,
    /// The amount and the quantity, each as its bit, where a cell says it.
    pub(in crate::bulk) numbers: u32,
    present: u32,
    /// Those that no cell says.
    value: u64,
    quantity: u64,
    /// Bytes of the product, where no cell says it.
    product: usize,
    vocabulary: Rc<Vocabulary>,
}

/// Where a line is written.
pub(in crate::bulk) struct Written<'a> {
    /// What the line says, as [`tag_of`] tells.
    pub(in crate::bulk) said: &'a mut Buffer,
    pub(in crate::bulk) record: &'a mut Buffer,
    pub(in crate::bulk) payment: &'a mut Buffer,
    pub(in crate::bulk) phone: &'a mut Buffer,
}

/// Whether a text is the name in the list to fill in.
fn is_example(from: &[u8], length: usize) -> bool {
    length == EXAMPLE_NAME.len() && from.starts_with(EXAMPLE_NAME.as_bytes())
}

/// Why a row may be for nobody: see [`crate::bulk::line::stray`].
#[derive(Clone, Copy, Debug)]
enum Stray {
    Nothing,
    /// Its one text may be the name of a sum.
    Sum,
    /// It has no text, so that a text which is not read may be the name of a sum.
    Numbers,
    /// It has no number, so it may be the header once more, in an order of this type.
    Header(OrderType),
}

impl Stray {
    /// What a row may be of which so many cells are filled, and so many of them are texts; nothing where none is: such a row is for
    /// nobody, whatever the defaults are.
    const fn of(texts: usize, filled: usize, order_type: OrderType) -> Option<Self> {
        Some(match (texts, order_type) {
            _ if filled == 0 => return None,
            (0, _) => Self::Numbers,
            (1, _) => Self::Sum,
            // Its address would not be one.
            (_, OrderType::DigitalDelivery) => Self::Nothing,
            (2.., _) if texts == filled => Self::Header(order_type),
            _ => Self::Nothing,
        })
    }
}

impl Template {
    fn new(
        filled: u64,
        sources: &[Source],
        order_type: OrderType,
        vocabulary: &Rc<Vocabulary>,
    ) -> Self {
        let mut template = Self {
            filled,
            is_usable: true,
            is_ascii: true,
            stray: Stray::Nothing,
            steps: Vec::new(),
            texts: Vec::new(),
            shape: None,
            parts: Vec::new(),
            detail: None,
            end: Text::default(),
            said_end: Text::default(),
            payment_end: Text::default(),
            room: 0,
            numbers: 0,
            present: 0,
            value: 0,
            quantity: 0,
            product: 0,
            vocabulary: Rc::clone(vocabulary),
        };
        template.is_usable = template.fill(sources, order_type).is_some();
        template
    }

    fn fill(&mut self, sources: &[Source], order_type: OrderType) -> Option<()> {
        let of_payment = of_payment(order_type);
        let mut group = Group::Line;
        // Whether what comes next is the first in its object.
        let mut is_first = true;
        let mut texts = 0_usize;
        for source in sources {
            let is_filled = |column: &&usize| self.filled >> **column & 1 == 1;
            let columns: Vec<usize> = source.columns.iter().filter(is_filled).copied().collect();
            let default = source.fast_default;
            if columns.is_empty() && default == Some(0) {
                continue;
            }
            let field = bit(source.field);
            self.present |= field;
            if source.group != group {
                if group != Group::Line {
                    self.end.push(b"}");
                }
                group = source.group;
                if group != Group::Line {
                    self.push_key(source.group_key.bytes(), is_first);
                    is_first = true;
                }
            }
            self.push_key(source.key.bytes(), is_first);
            self.said_end.push(&[tag_of(source.field)]);
            is_first = false;
            let is_number = matches!(source.field, VALUE | QUANTITY);
            let is_detail = source.field == SMS && self.present & bit(EMAIL) != 0;
            let is_payment = of_payment & field != 0 && !is_detail;
            if columns.is_empty() {
                if is_detail {
                    return None;
                }
                self.fill_default(source, default?)?;
                if is_payment {
                    self.payment_end.push(source.default().as_bytes());
                    if source.field == PRODUCT {
                        self.product = self.payment_end.length;
                    }
                    self.payment_end.push(&separator(field));
                }
            } else {
                if !is_number {
                    texts = texts.wrapping_add(columns.len());
                }
                self.fill_columns(source, &columns, is_detail, is_payment)?;
            }
            if !is_number {
                self.end.push(b"\"");
            }
        }
        if group != Group::Line {
            self.end.push(b"}");
        }
        self.texts.push(self.end.take());
        let mut room = self.said_end.length.saturating_add(self.payment_end.length);
        for step in &self.steps {
            room = room.saturating_add(step.before.length).saturating_add(32);
        }
        for part in &self.parts {
            room = room.saturating_add(part.before.length).saturating_add(32);
        }
        self.room = room;
        self.is_ascii = self.said_end.bytes.is_ascii()
            && self.steps.iter().all(|step| step.before.bytes.is_ascii());
        self.stray = Stray::of(texts, self.steps.len(), order_type)?;
        Some(())
    }

    /// Whether a row is surely for somebody.
    #[inline(always)]
    pub(in crate::bulk) fn is_for_somebody(&self, row: &Row<'_>) -> bool {
        matches!(self.stray, Stray::Nothing) || self.may_be_stray(row) == Some(false)
    }

    /// Whether a row may be for nobody.
    #[inline(never)]
    fn may_be_stray(&self, row: &Row<'_>) -> Option<bool> {
        let mut names = 0_u32;
        if let Stray::Numbers = self.stray {
            let text = core::str::from_utf8(row.bytes).ok()?;
            let cells = Cells {
                text,
                places: row.cells,
            };
            let mut cells = (0..row.cells.len()).map(|column| clean(cells.get(column)));
            return Some(cells.any(is_sum));
        }
        for step in &self.steps {
            if let Kind::Value | Kind::Quantity = step.kind {
                continue;
            }
            let Piece {
                from,
                length,
                is_escaped,
            } = piece(row, row.cells.get(step.column)?, false)?;
            if is_escaped {
                return Some(true);
            }
            let text = from.get(..length)?;
            match self.stray {
                Stray::Nothing | Stray::Numbers => return Some(false),
                Stray::Sum => return Some(is_sum(core::str::from_utf8(text).ok()?)),
                Stray::Header(order_type) => {
                    let text = core::str::from_utf8(text).ok()?;
                    let is_name = is_header(text, step.field, order_type, &self.vocabulary);
                    names = names.wrapping_add(is_name.into());
                }
            }
        }
        Some(names >= 2)
    }

    /// The steps of a source's cells; nothing where they are read step by step.
    fn fill_columns(
        &mut self,
        source: &Source,
        columns: &[usize],
        is_detail: bool,
        is_payment: bool,
    ) -> Option<()> {
        let field = bit(source.field);
        let is_number = matches!(source.field, VALUE | QUANTITY);
        // A phone number in two cells, or a product, is read step by step.
        if columns.len() > 1 && (is_number || is_detail || source.field == PRODUCT) {
            return None;
        }
        let maximum = source.rule.and_then(LineRule::maximum);
        let holds = FIELDS.get(source.field)?.content;
        let is_words = matches!(holds, Holds::Words | Holds::Person);
        for (place, column) in columns.iter().copied().enumerate() {
            let is_last = place.wrapping_add(1) == columns.len();
            let mut numbers = Vec::new();
            if is_number {
                numbers.resize(NUMBERS, Number::default());
            }
            if place > 0 {
                self.end.push(b" ");
                self.said_end.push(b" ");
            }
            self.texts.push(self.end.take());
            if is_payment {
                self.parts.push(Part {
                    step: self.steps.len(),
                    field: if is_last { field } else { 0 },
                    before: self.payment_end.take(),
                });
            }
            if is_detail {
                self.detail = Some(column);
            }
            if is_number {
                self.numbers |= field;
            }
            self.steps.push(Step {
                column,
                field: source.field,
                kind: match source.field {
                    VALUE => Kind::Value,
                    QUANTITY => Kind::Quantity,
                    _ if maximum.is_some() => Kind::Words,
                    // A rule of the whole says nothing of its parts.
                    _ if columns.len() > 1 => return None,
                    _ => Kind::Text,
                },
                before: self.said_end.take(),
                usual: Text::default(),
                // Together they may have no more.
                maximum: maximum
                    .unwrap_or_default()
                    .checked_div(columns.len())
                    .unwrap_or_default()
                    .saturating_sub(place),
                rule: source.rule,
                may_have_accents: is_words && !is_payment && !is_detail,
                is_person: holds == Holds::Person,
                numbers,
                span: Span::default(),
            });
        }
        Some(())
    }

    /// Adds what no cell says.
    fn fill_default(&mut self, source: &Source, length: usize) -> Option<()> {
        let from = source.padded_default.as_bytes();
        if !matches!(source.field, VALUE | QUANTITY) {
            let text = from.get(..length)?;
            self.end.push(text);
            self.said_end.push(text);
            return source
                .rule?
                .is_surely_met_by_ascii(from, length)
                .then_some(());
        }
        let mut number = Buffer::default();
        let mut pen = number.blank(from.len());
        let minor = write_number(&mut pen, from, length)?;
        let written = pen.written();
        number.take(written);
        self.end.push(number.bytes());
        self.said_end.push(number.bytes());
        if source.field == VALUE {
            self.value = minor;
        } else {
            self.quantity = quantity(minor)?;
        }
        Some(())
    }

    fn push_key(&mut self, key: &[u8], is_first: bool) {
        let key = match key {
            [_, key @ ..] if is_first => {
                self.end.push(b"{");
                key
            }
            key => key,
        };
        self.end.push(key);
    }

    /// Writes what [`LineBuilder::write`](crate::bulk::line::builder::LineBuilder) would, and the record of the line.
    #[inline(never)]
    pub(in crate::bulk) fn write(
        &mut self,
        row: &Row<'_>,
        buffers: &mut Written<'_>,
        shapes: &mut Shapes,
    ) -> Option<LineDraft> {
        let room = row.bytes.len().wrapping_add(self.room);
        // An escape takes twice the room of what it stands for.
        let room = match row.content {
            Content::Escaped => room.wrapping_add(row.bytes.len()),
            _ => room,
        };
        let mut said = buffers.said.blank(room);
        let mut record = buffers.record.blank(room);
        // The head, which is known at the end.
        record.put_word(0, 2)?;
        let (mut value, mut quantity) = (self.value, self.quantity);
        for step in &mut self.steps {
            said.put_text(&step.before.bytes, step.before.length)?;
            let start = said.written();
            step.span.start = start;
            let cell = row.cells.get(step.column)?;
            let is_number = matches!(step.kind, Kind::Value | Kind::Quantity);
            let from = row.from.get(cell.start..)?;
            let length = cell.end.wrapping_sub(cell.start);
            if !is_number && cell.kind == CellKind::Text && is_same(&step.usual, from, length) {
                // It was judged when it became the usual one.
                said.put_text(from, length)?;
            } else {
                let Piece {
                    from,
                    length,
                    is_escaped,
                } = piece(row, cell, is_number)?;
                match step.kind {
                    _ if is_escaped => step.write_escaped(&mut said, from, length)?,
                    Kind::Value => value = step.number(&mut said, from, length)?,
                    Kind::Quantity => {
                        quantity = self::quantity(step.number(&mut said, from, length)?)?;
                    }
                    kind => {
                        said.put_text(from, length)?;
                        if row.content != Content::Ascii && !is_ascii(from, length)? {
                            step.judge(from, length)?;
                        } else if kind == Kind::Words {
                            // A name that begins as a number may be one.
                            let is_number = step.is_person && from.first()?.is_ascii_digit();
                            if length > step.maximum || is_number || is_example(from, length) {
                                return None;
                            }
                        } else if !step.rule?.is_surely_met_by_ascii(from, length) {
                            return None;
                        }
                    }
                }
            }
            let end = said.written();
            step.span.end = end;
            let (from, length) = (said.from(start), end.wrapping_sub(start));
            if is_same(&step.usual, from, length) {
                record.put_word(USUAL.into(), 2)?;
                continue;
            }
            let size = u16::try_from(length).ok()?;
            if size == USUAL {
                return None;
            }
            record.put_word(size.into(), 2)?;
            record.put_text(from, length)?;
        }
        if self.said_end.length > 0 {
            said.put_text(&self.said_end.bytes, self.said_end.length)?;
        }
        let (said, record) = (said.written(), record.written());
        buffers.said.take(said);
        buffers.record.take(record);

        let mut written = LineDraft {
            present: self.present,
            is_ascii: self.is_ascii && row.content == Content::Ascii,
            value: Amount::from_cents(value),
            quantity,
            product_length: self.product,
            ..LineDraft::default()
        };
        self.write_payment(buffers.said, buffers.payment.blank(room), &mut written)
            .map(|length| buffers.payment.take(length))?;
        if let Some(column) = self.detail {
            let Piece { from, length, .. } = piece(row, row.cells.get(column)?, false)?;
            let phone = from.get(..length)?;
            written.phone = short(identity(phone));
            buffers.phone.append(phone);
        }
        let shape = match self.shape {
            Some(shape) => shape,
            None => self.find_shape(buffers.said, shapes)?,
        };
        let is_named = self.present & bit(EXTERNAL_ID) != 0;
        buffers.record.put_count(0, head(shape, is_named));
        Some(written)
    }

    /// The number of the template's shape, by the line that was written last; nothing where a file has too many.
    #[cold]
    fn find_shape(&mut self, said: &Buffer, shapes: &mut Shapes) -> Option<u16> {
        let spans = self.steps.iter().map(|step| step.span);
        let cells = spans.map(|Span { start, end }| said.bytes().get(start..end));
        let shape = shapes.number(&self.texts, cells.map(Option::unwrap_or_default))?;
        for (step, usual) in self.steps.iter_mut().zip(shapes.usual(shape)) {
            step.usual = usual.clone();
        }
        self.shape = Some(shape);
        self.shape
    }

    /// Writes what makes the line the same payment as another but for the value; how much that is.
    #[inline(always)]
    fn write_payment(
        &self,
        said: &Buffer,
        mut pen: Pen<'_>,
        written: &mut LineDraft,
    ) -> Option<usize> {
        for part in &self.parts {
            if part.before.length > 0 {
                pen.put_text(&part.before.bytes, part.before.length)?;
            }
            // Nothing in it is written otherwise.
            let Span { start, end } = self.steps.get(part.step)?.span;
            pen.put_text(said.from(start), end.wrapping_sub(start))?;
            if part.field == bit(PRODUCT) {
                written.product_length = pen.written();
            }
            if part.field != 0 {
                pen.put_word(u64::from(part.field) << 8, 5)?;
            }
        }
        if self.payment_end.length > 0 {
            pen.put_text(&self.payment_end.bytes, self.payment_end.length)?;
        }
        Some(pen.written())
    }
}
