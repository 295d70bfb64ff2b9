//! One row as a line of a request: its JSON, and whether that is valid.
//!
//! Two ways to the same verdict. A row of plain cells that surely meet their rules is accepted as it is built, at the speed of
//! the scan; any other row is given to the validator as an order of one line, which decides and says why.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::buffer::{Buffer, Key};
use crate::bulk::campaign::payments::Payment;
use crate::bulk::columns::fields::{
    CARRIER, COUNT, EMAIL, EXTERNAL_ID, FIELDS, Group, PRODUCT, QUANTITY, SMS, VALUE,
};
use crate::bulk::columns::header::Header;
use crate::bulk::columns::settings::ImportSettings;
use crate::bulk::csv::row::{Cells, Piece, Row};
use crate::bulk::csv::scan::{has_special, is_printable};
use crate::bulk::import::identity::{identity, short};
use crate::bulk::line::amount::{self, AmountFault};
use crate::bulk::line::line_issue::{LineIssue, amount_issue, line_issue};
use crate::bulk::line::offers::{Currency, DOLLAR, Offers, UNKNOWN, agree, currency_of, named};
use crate::bulk::line::stray::{is_cell_error, stray};
use crate::bulk::line::template::{Templates, separator};
use crate::catalog::fold;
use crate::compose::{Compose, composed};
use crate::error::Error;
use crate::json::{Decimal, decimal_text};
use crate::money::Amount;
use crate::order::{
    IssueCode, LineRule, OrderType, Severity, ValidateOptions, ValidationReport, limits, validate,
};

/// A line that is valid.
#[derive(Clone, Copy, Debug)]
pub(in crate::bulk) struct Line {
    /// Value times quantity.
    pub(in crate::bulk) face_value: Amount,
    /// That of the product, or the one that the cell names.
    pub(in crate::bulk) currency: Currency,
    pub(in crate::bulk) payment: Payment,
    /// Whether the row says who gets the cards.
    pub(in crate::bulk) has_recipient: bool,
    /// Whether the line has an `ExternalId` of the caller's.
    pub(in crate::bulk) is_named: bool,
}

/// Spaces behind a default, so that it can be read as a cell is, with what stands behind it.
const BEHIND: &str = "                                ";

/// Where a field of every line comes from.
#[derive(Debug)]
pub(in crate::bulk) struct Source {
    pub(in crate::bulk) field: usize,
    pub(in crate::bulk) group: Group,
    pub(in crate::bulk) group_key: Key,
    pub(in crate::bulk) column: Option<usize>,
    pub(in crate::bulk) key: Key,
    /// What it is where the cell is empty, or there is none; with spaces behind it.
    pub(in crate::bulk) default: String,
    pub(in crate::bulk) default_length: usize,
    /// That, where what is known of a plain row's cells is true of it as well.
    pub(in crate::bulk) plain_default: Option<usize>,
    pub(in crate::bulk) rule: Option<LineRule>,
}

impl Source {
    fn default_piece(&self) -> Piece<'_> {
        Piece {
            text: self.default.get(..self.default_length).unwrap_or_default(),
            from: self.default.as_bytes(),
        }
    }
}

/// What builds lines, one after the other, in the same memory.
#[derive(Debug)]
pub(in crate::bulk) struct LineBuilder {
    order_type: OrderType,
    /// The fields that a line can have, in the order of [`FIELDS`].
    sources: Vec<Source>,
    templates: Templates,
    /// Lines that were built and not taken yet, and where the one on hand begins, which is not closed.
    json: Buffer,
    begin: usize,
    number: Vec<u8>,
    payment: Buffer,
    offers: Option<Offers>,
    /// What the header says that amounts are in.
    currency: Currency,
    compose: Compose,
}

/// How far the line on hand is known to be valid.
#[derive(Debug)]
pub(in crate::bulk) struct Written {
    pub(in crate::bulk) surely_valid: bool,
    pub(in crate::bulk) present: u32,
    pub(in crate::bulk) value: Amount,
    pub(in crate::bulk) quantity: u64,
    pub(in crate::bulk) currency: Currency,
    /// Where the product ends in the payment.
    pub(in crate::bulk) product: usize,
    /// A hash of the phone number beside an address; 0 for none.
    pub(in crate::bulk) phone: u16,
    /// Fields whose cell is an error of the spreadsheet, of which all is said.
    pub(in crate::bulk) errors: u32,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            surely_valid: true,
            present: 0,
            value: Amount::ZERO,
            quantity: 0,
            currency: UNKNOWN,
            product: 0,
            phone: 0,
            errors: 0,
        }
    }
}

impl LineBuilder {
    /// What builds the lines of the rows under a header; without one, of nothing but defaults.
    pub(in crate::bulk) fn new(settings: &ImportSettings, header: Option<&Header>) -> Self {
        let columns = header.map_or([None; COUNT], |header| header.columns);
        let nameless = header.map_or(&[][..], |header| &header.nameless);
        let mut sources = Vec::new();
        let places = columns.iter().zip(&settings.defaults).zip(&FIELDS);
        for (field, ((column, default), known)) in places.enumerate() {
            let default = match (default, column) {
                (Some(default), _) => default.as_str(),
                // A file that does not speak of quantity means one card a row.
                (None, None) if field == QUANTITY => "1",
                (None, None) => continue,
                (None, Some(_)) => "",
            };
            let name = known.path.as_bytes().rsplit(|byte| *byte == b'.').next();
            let end: &[u8] = match field {
                VALUE | QUANTITY => b"\":",
                _ => b"\":\"",
            };
            sources.push(Source {
                field,
                group: known.group,
                group_key: Key::new(&[known.group.key()]),
                column: column.map(usize::from),
                key: Key::new(&[b",\"", name.unwrap_or_default(), end]),
                default: [default, BEHIND].concat(),
                default_length: default.len(),
                plain_default: is_printable(default.as_bytes()).then_some(default.len()),
                rule: LineRule::of(known.path),
            });
        }
        Self {
            order_type: settings.order_type,
            templates: Templates::new(&sources, nameless),
            sources,
            json: Buffer::default(),
            begin: 0,
            number: Vec::new(),
            payment: Buffer::default(),
            offers: settings.catalog.clone().map(Offers::new),
            currency: header.map_or(UNKNOWN, |header| header.currency),
            compose: settings.compose,
        }
    }

    /// The JSON of lines that were built before, and of the last one from that place on, without the bracket that closes it. What is left
    /// in front of that place stays there.
    pub(in crate::bulk) fn json(&mut self) -> (&mut Buffer, &mut usize) {
        (&mut self.json, &mut self.begin)
    }

    /// Refuses defaults that no line could have.
    pub(in crate::bulk) fn check_defaults(settings: &ImportSettings) -> Result<(), Box<Error>> {
        let mut builder = Self::new(settings, None);
        let Err(issues) = builder.build_any(Cells::default()) else {
            return Ok(());
        };
        let of_absence = [IssueCode::Required, IssueCode::MissingDeliveryAddress];
        let wrong = issues
            .iter()
            .find(|issue| !of_absence.contains(&issue.code));
        wrong.map_or(Ok(()), |issue| {
            let field = issue.field.and_then(|field| FIELDS.get(field));
            let path = field.map_or("the line", |field| field.path);
            Err(Error::config(
                ["defaults: ", path, " ", &issue.sentence].concat(),
            ))
        })
    }

    /// Builds the line of a row.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub(in crate::bulk) fn build(&mut self, row: Cells<'_>) -> Result<Line, Vec<LineIssue>> {
        match stray(row, &self.sources, self.order_type) {
            Some(issue) => Err(Vec::from([issue])),
            None => self.build_any(row),
        }
    }

    fn build_any(&mut self, row: Cells<'_>) -> Result<Line, Vec<LineIssue>> {
        let mut issues = Vec::new();
        let written = self.write(row, &mut issues);
        let combination = self.combination(&written);
        let (face_value, sold) = if let Some(sure) = self.sure(&written, combination) {
            sure
        } else {
            let face_value = self.ask_validator(&written, &mut issues)?;
            let mut sold = UNKNOWN;
            if let Some(offers) = &mut self.offers {
                sold = offers.currency(product(self.payment.bytes(), &written));
                offers.remember(combination, sold);
            }
            (face_value, sold)
        };
        let currency = currency(written.currency, self.currency, sold)?;
        Ok(self.line(&written, face_value, currency))
    }

    /// The face value of a line that surely is valid, and the currency that its product is sold in.
    fn sure(&self, written: &Written, combination: u128) -> Option<(Amount, Currency)> {
        let required = required(self.order_type);
        let addressed = self.order_type != OrderType::DigitalDelivery
            || written.present & (bit(EMAIL) | bit(SMS)) != 0;
        if !(written.surely_valid && written.present & required == required && addressed) {
            return None;
        }
        let sold = match &self.offers {
            Some(offers) => offers.remembered(combination)?,
            None => UNKNOWN,
        };
        Some((written.value.checked_mul(written.quantity)?, sold))
    }

    fn line(&mut self, written: &Written, face_value: Amount, currency: Currency) -> Line {
        // Case does not tell two mailboxes, two houses or two products apart.
        self.payment.make_lowercase(0);
        self.payment.put_word(written.value.thousandths(), 8);
        Line {
            face_value,
            currency,
            payment: Payment {
                identity: identity(self.payment.bytes()),
                phone: written.phone,
                ..Payment::default()
            },
            has_recipient: written.present & recipient(self.order_type) != 0,
            is_named: written.present & bit(EXTERNAL_ID) != 0,
        }
    }

    /// Builds the line of a row that was split in one go, where that is surely valid. Nothing says nothing: then [`LineBuilder::build`] must
    /// be asked, which would build the same.
    pub(in crate::bulk) fn build_plain(&mut self, row: &Row<'_>) -> Option<Line> {
        let template = self.templates.of(row, &self.sources, self.order_type)?;
        self.json.truncate(self.begin);
        let written = template.write(row, &mut self.json, &mut self.payment)?;
        let combination = self.combination(&written);
        let (face_value, sold) = self.sure(&written, combination)?;
        let currency = currency(written.currency, self.currency, sold).ok()?;
        Some(self.line(&written, face_value, currency))
    }

    /// Writes the line's JSON, and what makes it the same payment as another but for the value.
    fn write(&mut self, row: Cells<'_>, issues: &mut Vec<LineIssue>) -> Written {
        let mut written = Written::default();
        let of_payment = bit(PRODUCT) | recipient(self.order_type);
        let sources = core::mem::take(&mut self.sources);
        self.payment.clear();
        self.json.truncate(self.begin);
        let mut group = Group::Line;
        // Whether what comes next is the first in its object.
        let mut is_first = true;
        for source in &sources {
            let cell = source.column.and_then(|column| row.piece(column));
            let piece = match cell.filter(|cell| !cell.text.is_empty()) {
                Some(piece) => piece,
                None if source.default_length > 0 => source.default_piece(),
                None => continue,
            };
            let field = bit(source.field);
            written.present |= field;
            if is_cell_error(piece.text) {
                written.errors |= field;
                written.surely_valid = false;
                issues.push(LineIssue::cell_error(source.field));
            }
            if source.group != group {
                if group != Group::Line {
                    self.json.put(b'}');
                }
                group = source.group;
                if group != Group::Line {
                    self.json.append_key(&source.group_key, is_first);
                    is_first = true;
                }
            }
            self.json.append_key(&source.key, is_first);
            is_first = false;
            if let VALUE | QUANTITY = source.field {
                self.write_number(source.field, piece.text, &mut written, issues);
                continue;
            }
            let is_plain = self.write_text(piece, source.rule, &mut written);
            if source.field == SMS && written.present & bit(EMAIL) != 0 {
                // A phone number that is added to an address is no other recipient.
                written.phone = short(identity(piece.text.as_bytes()));
            } else if of_payment & field != 0 {
                self.write_payment(field, piece, is_plain);
                if source.field == PRODUCT {
                    written.product = self.payment.len();
                }
            }
        }
        if group != Group::Line {
            self.json.put(b'}');
        }
        if is_first {
            self.json.put(b'{');
        }
        self.sources = sources;
        written
    }

    /// Writes a text, and notes where it does not surely meet its rule; whether it is plain.
    fn write_text(
        &mut self,
        piece: Piece<'_>,
        rule: Option<LineRule>,
        written: &mut Written,
    ) -> bool {
        let start = self.json.len();
        let is_plain = self.json.append_text(piece.from, piece.text.len());
        if !is_plain && has_special(piece.text.as_bytes()) {
            self.json.truncate(start);
            escape(&mut self.json, piece.text);
        }
        self.json.put(b'"');
        written.surely_valid &= rule.is_some_and(|rule| {
            if is_plain {
                rule.is_surely_met_by_ascii(piece.from, piece.text.len())
            } else {
                rule.is_surely_met(piece.text)
            }
        });
        is_plain
    }

    /// Notes a field of the payment.
    fn write_payment(&mut self, field: u32, piece: Piece<'_>, is_plain: bool) {
        if is_plain || piece.text.is_ascii() {
            self.payment.append_text(piece.from, piece.text.len());
        } else {
            let text = composed(piece.text, self.compose);
            self.payment.append(fold(&text).as_bytes());
        }
        // No text of a valid line has a control character in it, and none of these is a capital.
        self.payment.append(&separator(field));
    }

    fn write_number(
        &mut self,
        place: usize,
        text: &str,
        written: &mut Written,
        issues: &mut Vec<LineIssue>,
    ) {
        let read = match short_number(text) {
            Some(thousandths) => Ok(("", Some(thousandths))),
            None => amount::read(text, &mut self.number).map(|currency| {
                let number = core::str::from_utf8(&self.number).unwrap_or_default();
                let exact = Decimal::parse(number).and_then(|number| number.units(3).ok());
                (
                    currency,
                    exact.filter(|thousandths| *thousandths <= Amount::MAX.thousandths()),
                )
            }),
        };
        let (currency, thousandths) = match read {
            Ok(read) => read,
            Err(fault) => {
                if written.errors & bit(place) == 0 {
                    issues.push(amount_issue(place, fault));
                }
                // Something valid in its place, so that the validator speaks of the other fields only.
                self.json.put(b'1');
                written.surely_valid = false;
                return;
            }
        };
        if place == QUANTITY && !currency.is_empty() {
            issues.push(amount_issue(place, AmountFault::NotANumber));
            written.surely_valid = false;
        }
        let maximum = limits::QUANTITY.saturating_mul(1_000);
        let usable = |thousandths: &u64| {
            let is_count = thousandths.is_multiple_of(1_000) && *thousandths <= maximum;
            *thousandths > 0 && (place == VALUE || is_count)
        };
        let Some(thousandths) = thousandths.filter(usable) else {
            written.surely_valid = false;
            match thousandths {
                Some(thousandths) => self.write_amount(thousandths),
                None => self.json.append(&self.number),
            }
            return;
        };
        self.write_amount(thousandths);
        if place == VALUE {
            written.value = Amount::from_thousandths(thousandths);
            written.currency = currency_of(currency);
            // Only the validator knows whether the currency has a third decimal.
            written.surely_valid &= thousandths.is_multiple_of(10);
        } else {
            written.quantity = thousandths / 1_000;
        }
    }

    /// Writes an amount the same way, however the cell wrote it: `25`, `25.50`, `25.125`.
    fn write_amount(&mut self, thousandths: u64) {
        /// What has a digit more is written by the digits of any number.
        const SHORT: u64 = 100_000_000;

        let digit = |number: u64| (number % 10) | u64::from(b'0');
        let (mut whole, fraction) = (thousandths / 1_000, thousandths % 1_000);
        if whole < SHORT {
            let (mut digits, mut count) = (digit(whole), 1_usize);
            while whole >= 10 {
                whole /= 10;
                digits = digits << 8 | digit(whole);
                count = count.wrapping_add(1);
            }
            self.json.put_word(digits, count);
        } else {
            self.json.append(decimal_text(whole).as_bytes());
        }
        if fraction > 0 {
            let cents = digit(fraction / 10) << 16 | digit(fraction / 100) << 8;
            let length = if fraction.is_multiple_of(10) { 3 } else { 4 };
            let digits = digit(fraction) << 24 | cents | u64::from(b'.');
            self.json.put_word(digits, length);
        }
    }

    /// What the catalog is asked for.
    fn combination(&mut self, written: &Written) -> u128 {
        if self.offers.is_none() {
            return 0;
        }
        self.number.clear();
        let product = product(self.payment.bytes(), written);
        self.number.extend_from_slice(product.as_bytes());
        self.number
            .push(u8::from(written.present & bit(CARRIER) != 0));
        self.number
            .extend_from_slice(&written.value.thousandths().to_le_bytes());
        identity(&self.number)
    }

    /// Asks the validator for its verdict on the line; the face value of a valid one.
    fn ask_validator(
        &mut self,
        written: &Written,
        issues: &mut Vec<LineIssue>,
    ) -> Result<Amount, Vec<LineIssue>> {
        let offers = self.offers.as_mut();
        let product = product(self.payment.bytes(), written);
        let catalog = offers.and_then(|offers| offers.catalog_for(product));
        let is_error = |field: usize| written.errors & bit(field) != 0;
        let is_unknown = catalog.is_none() && self.offers.is_some() && !product.is_empty();
        if is_unknown && !is_error(PRODUCT) {
            issues.push(LineIssue {
                field: Some(PRODUCT),
                code: IssueCode::UnknownProduct,
                sentence: "is not in the catalog.".into(),
            });
        }
        let order_type = self.order_type.as_str().as_bytes();
        let order: [&[u8]; 5] = [
            br#"{"Type":""#,
            order_type,
            br#"","LineItems":["#,
            self.json.bytes().get(self.begin..).unwrap_or_default(),
            br#"}],"PONumber":"1"}"#,
        ];
        let options = ValidateOptions {
            catalog: catalog.as_deref(),
            ..ValidateOptions::default()
        };
        let report = validate(&order.concat(), &options);
        let ValidationReport {
            issues: found,
            face_value,
            ..
        } = report;
        let errors = found
            .iter()
            .filter(|issue| issue.severity == Severity::Error);
        let errors = errors.map(line_issue);
        issues.extend(errors.filter(|issue| !issue.field.is_some_and(is_error)));
        if issues.is_empty() {
            Ok(face_value)
        } else {
            Err(core::mem::take(issues))
        }
    }
}

/// The product of the line on hand.
fn product<'a>(payment: &'a [u8], written: &Written) -> &'a str {
    // Behind it stand a zero and its bit.
    let product = payment.get(..written.product.saturating_sub(5));
    core::str::from_utf8(product.unwrap_or_default()).unwrap_or_default()
}

/// The currency of a line, of what its cell names, what the header does, and what its product is sold in.
fn currency(cell: Currency, header: Currency, sold: Currency) -> Result<Currency, Vec<LineIssue>> {
    let mixed = |sentence: &str| {
        Vec::from([LineIssue {
            field: Some(VALUE),
            code: IssueCode::MixedCurrencies,
            sentence: sentence.into(),
        }])
    };
    let named = named(cell, header)
        .ok_or_else(|| mixed("is in a cell that names another currency than the header."))?;
    if !agree(named, sold) {
        return Err(mixed("names another currency than the product is sold in."));
    }
    Ok(match (named, sold) {
        (DOLLAR, UNKNOWN) => *b"USD",
        (named, UNKNOWN) => named,
        (_, sold) => sold,
    })
}

#[expect(clippy::cast_possible_truncation, reason = "there are 21 fields")]
pub(in crate::bulk) const fn bit(field: usize) -> u32 {
    1_u32.wrapping_shl(field as u32)
}

/// The fields that say who is paid.
pub(in crate::bulk) const fn recipient(order_type: OrderType) -> u32 {
    match order_type {
        OrderType::DigitalDelivery | OrderType::Links => bit(EMAIL) | bit(SMS),
        // From Name to Country.
        OrderType::PhysicalShipment => 0b1_1111_1000_0000,
    }
}

/// The fields without which a line is not surely valid.
const fn required(order_type: OrderType) -> u32 {
    let always = bit(PRODUCT) | bit(VALUE) | bit(QUANTITY);
    match order_type {
        OrderType::DigitalDelivery | OrderType::Links => always,
        // ShippingMethodId, and from Name to Country.
        OrderType::PhysicalShipment => always | 0b1_1111_1010_0000,
    }
}

/// The thousandths of a number of few digits, perhaps with decimals: nearly every cell.
fn short_number(text: &str) -> Option<u64> {
    let digit = |byte: u8| u64::from(byte & 15);
    let (whole, cents) = match text.as_bytes() {
        [whole @ .., b'.', tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => (
            whole,
            digit(*tens).wrapping_mul(10).wrapping_add(digit(*ones)),
        ),
        [whole @ .., b'.', tens @ b'0'..=b'9'] => (whole, digit(*tens).wrapping_mul(10)),
        whole => (whole, 0),
    };
    if !(1..=9).contains(&whole.len()) {
        return None;
    }
    let mut number = 0_u64;
    for byte in whole {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number.wrapping_mul(10).wrapping_add(digit(*byte));
    }
    Some(
        number
            .wrapping_mul(1_000)
            .wrapping_add(cents.wrapping_mul(10)),
    )
}

/// Writes a text as the inside of a JSON string.
#[cold]
fn escape(json: &mut Buffer, text: &str) {
    let digit = |half: u8| b"0123456789abcdef".get(usize::from(half)).copied();
    for byte in text.bytes() {
        let short = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            0..0x20 => {
                json.append(b"\\u00");
                json.put(digit(byte >> 4).unwrap_or_default());
                json.put(digit(byte & 15).unwrap_or_default());
                continue;
            }
            _ => {
                json.put(byte);
                continue;
            }
        };
        json.put(b'\\');
        json.put(short);
    }
}
