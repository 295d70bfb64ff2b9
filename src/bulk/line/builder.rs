//! One row as a line of a request: its JSON, and whether that is valid.
//!
//! Two ways to the same verdict. A row that was split in one go and whose cells surely meet their rules is written by its template
//! ([`crate::bulk::line::template`]); any other row is read cell by cell here. What is not surely valid is given to the validator as an
//! order of one line, which decides and says why.

use alloc::borrow::Cow;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::amount::currency::{self, Currency, UNKNOWN};
use crate::amount::reader::{self, AmountFault};
use crate::buffer::Buffer;
use crate::bulk::columns::fields::{
    CARRIER, COUNTRY, Content, EMAIL, EXTERNAL_ID, FIELDS, Group, MESSAGE, PRODUCT, QUANTITY, SMS,
    VALUE, bit, of_payment,
};
use crate::bulk::columns::header::Header;
use crate::bulk::columns::settings::ImportSettings;
use crate::bulk::columns::words::Vocabulary;
use crate::bulk::csv::row::{Cells, Row};
use crate::bulk::formats::phone;
use crate::bulk::identity::{identity, short, tag_of};
use crate::bulk::line::agreed_currency::agreed;
use crate::bulk::line::catalog_cache::CatalogCache;
use crate::bulk::line::cell_text::{address, comparable, country, seen, unescaped, unguarded};
use crate::bulk::line::foreign::has_double_l;
use crate::bulk::line::json::{write_amount, write_text};
use crate::bulk::line::line_draft::{Line, LineDraft};
use crate::bulk::line::line_issue::{LineIssue, amount_issue, line_issue};
use crate::bulk::line::record::{Shapes, write_open};
use crate::bulk::line::source::Source;
use crate::bulk::line::step::{separator, short_thousandths};
use crate::bulk::line::stray::stray;
use crate::bulk::line::template::{Templates, Written};
use crate::bulk::line::unread::{Asked, Unread};
use crate::json::Decimal;
use crate::money::{Amount, Decimals};
use crate::order::{IssueCode, Severity, ValidateOptions, ValidationReport, limits, validate};

/// What builds lines, one after the other, in the same memory.
#[derive(Debug)]
pub(in crate::bulk) struct LineBuilder {
    settings: Rc<ImportSettings>,
    /// Whether tabs part the cells.
    is_tabbed: bool,
    /// The fields that a line can have, in the order of [`FIELDS`].
    sources: Vec<Source>,
    templates: Templates,
    /// Columns that nothing is read from.
    unread: Unread,
    /// The line on hand as JSON, which is not closed, where it is not on the fast path.
    json: Buffer,
    /// What it says, as [`tag_of`] tells, and the record of it.
    said: Buffer,
    record: Buffer,
    shapes: Shapes,
    number: Vec<u8>,
    /// The product as the API knows it, then what says who is paid.
    payment: Buffer,
    /// The phone number beside an address.
    phone: Buffer,
    offers: Option<CatalogCache>,
    /// What the header says that amounts are in.
    currency: Currency,
    /// What an unread column of the row on hand says that its amount is in.
    beside: Option<(usize, Currency)>,
    /// What there is to look at in the row on hand.
    warnings: Vec<LineIssue>,
}

impl LineBuilder {
    /// What builds the lines of the rows under a header; without one, of nothing but defaults.
    pub(in crate::bulk) fn new(
        settings: Rc<ImportSettings>,
        header: Option<&Header>,
        vocabulary: Rc<Vocabulary>,
        is_tabbed: bool,
    ) -> Self {
        let sources = Source::of(&settings, header);
        let unread = header
            .map(|header| Unread::of(header, &sources))
            .unwrap_or_default();
        let nameless = header.map_or(&[][..], |header| &header.nameless);
        Self {
            templates: Templates::new(&sources, nameless, vocabulary),
            unread,
            sources,
            json: Buffer::default(),
            said: Buffer::default(),
            record: Buffer::default(),
            shapes: Shapes::default(),
            number: Vec::new(),
            payment: Buffer::default(),
            phone: Buffer::default(),
            offers: settings.catalog.clone().map(CatalogCache::new),
            currency: header.map_or(UNKNOWN, |header| header.currency),
            beside: None,
            warnings: Vec::new(),
            is_tabbed,
            settings,
        }
    }

    /// What the line says that was built last, without a name that is not the caller's; and the record of it.
    pub(in crate::bulk) fn built(&self) -> (&[u8], &Buffer) {
        (self.said.bytes(), &self.record)
    }

    /// The shapes that the records speak of.
    pub(in crate::bulk) fn take_shapes(&mut self) -> Shapes {
        core::mem::take(&mut self.shapes)
    }

    /// Builds the line of a row that begins on that line of the file.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub(in crate::bulk) fn build(
        &mut self,
        row: Cells<'_>,
        line: u32,
    ) -> Result<Line, Vec<LineIssue>> {
        match stray(
            row,
            &self.sources,
            self.settings.order_type,
            self.templates.vocabulary(),
        ) {
            Some(issue) => Err(Vec::from([issue])),
            None => self.build_any(row, line),
        }
    }

    /// Builds the line of a row that is for somebody.
    ///
    /// # Errors
    ///
    /// As [`LineBuilder::build`].
    fn build_any(&mut self, row: Cells<'_>, line: u32) -> Result<Line, Vec<LineIssue>> {
        let mut issues = Vec::new();
        self.warnings.clear();
        let mut filled = 0;
        for source in &self.sources {
            let is_number = matches!(source.field, VALUE | QUANTITY);
            if is_number && (!source.cell(row).is_empty() || source.lack(row).is_some()) {
                filled |= bit(source.field);
            }
        }
        let asked = Asked {
            cells: row,
            line,
            filled,
        };
        self.beside = self.unread.ask(asked).map_err(|issue| Vec::from([issue]))?;
        let written = self.write(row, &mut issues);
        let combination = self.combination(&written);
        let sure = if issues.is_empty() {
            self.sure(&written, combination)
        } else {
            None
        };
        let (face_value, sold) = if let Some(sure) = sure {
            sure
        } else {
            let face_value = self.ask_validator(&written, &mut issues)?;
            let mut sold = UNKNOWN;
            if let Some(offers) = &mut self.offers {
                sold = offers.currency(product(&self.payment, &written));
                offers.remember(combination, sold);
            }
            (face_value, sold)
        };
        write_open(&self.json, written.has(bit(EXTERNAL_ID)), &mut self.record);
        self.line(&written, face_value, sold)
            .map_err(|issue| Vec::from([issue]))
    }

    /// What there is to look at in the row that was built last, cell by cell.
    pub(in crate::bulk) fn take_warnings(&mut self) -> Vec<LineIssue> {
        core::mem::take(&mut self.warnings)
    }

    /// Builds the line of a row that was split in one go, where that is surely valid; otherwise nothing, and [`LineBuilder::build`] must be
    /// asked, which would build the same.
    pub(in crate::bulk) fn build_fast(&mut self, row: &Row<'_>) -> Option<Line> {
        if has_double_l(row.bytes) {
            return None;
        }
        let template = self
            .templates
            .of(row, &self.sources, self.settings.order_type)?;
        // Nothing is asked of such a row, here as there.
        if !template.is_for_somebody(row) {
            return None;
        }
        self.beside = None;
        if self.unread.is_escaped(row.cells) {
            return None;
        }
        if !self.unread.is_empty() {
            let cells = Cells {
                text: core::str::from_utf8(row.bytes).ok()?,
                places: row.cells,
            };
            let asked = Asked {
                cells,
                line: row.line,
                filled: template.numbers,
            };
            self.beside = self.unread.ask(asked).ok()?;
        }
        self.phone.clear();
        let mut buffers = Written {
            said: &mut self.said,
            record: &mut self.record,
            payment: &mut self.payment,
            phone: &mut self.phone,
        };
        let written = template.write(row, &mut buffers, &mut self.shapes)?;
        let combination = self.combination(&written);
        let (face_value, sold) = self.sure(&written, combination)?;
        self.line(&written, face_value, sold).ok()
    }

    /// The face value of a line that surely is valid, and the currency that its product is sold in.
    fn sure(&self, written: &LineDraft, combination: u128) -> Option<(Amount, Currency)> {
        if !written.is_sure(self.settings.order_type) {
            return None;
        }
        let sold = match &self.offers {
            Some(offers) => offers.remembered(combination)?,
            None => UNKNOWN,
        };
        Some((written.value.checked_mul(written.quantity)?, sold))
    }

    /// The line, by what the validator does not know of it.
    fn line(
        &mut self,
        written: &LineDraft,
        face_value: Amount,
        sold: Currency,
    ) -> Result<Line, LineIssue> {
        let currency = agreed(written.currency, self.currency, self.beside, sold)?;
        let fits = || written.value.fits(Decimals::of(currency::code(&currency)));
        if sold == UNKNOWN && !written.value.is_whole() && !fits() {
            return Err(LineIssue::too_fine());
        }
        if self
            .settings
            .max_value
            .is_some_and(|most| face_value > most)
        {
            return Err(LineIssue::over_limit());
        }
        let by_phone = (self.phone.len() > 0).then(|| self.by_phone(written));
        // Case and space do not tell two mailboxes, two houses or two products apart.
        let identity = identity_of(&mut self.payment, written.value);
        Ok(written.line(
            self.settings.order_type,
            identity,
            by_phone,
            face_value,
            currency,
        ))
    }

    /// The identity that the row on hand would have without its address.
    fn by_phone(&mut self, written: &LineDraft) -> u128 {
        let product = self.payment.bytes().get(..written.product_length);
        self.number.clear();
        self.number.extend_from_slice(product.unwrap_or_default());
        self.number.extend_from_slice(&separator(bit(PRODUCT)));
        self.number.extend_from_slice(self.phone.bytes());
        self.number.extend_from_slice(&separator(bit(SMS)));
        self.phone.clear();
        self.phone.append(&self.number);
        identity_of(&mut self.phone, written.value)
    }

    /// Writes the line's JSON, and what makes it the same payment as another but for the value.
    fn write(&mut self, row: Cells<'_>, issues: &mut Vec<LineIssue>) -> LineDraft {
        let mut written = LineDraft::default();
        let of_payment = of_payment(self.settings.order_type);
        let sources = core::mem::take(&mut self.sources);
        self.payment.clear();
        self.phone.clear();
        self.json.clear();
        self.said.clear();
        let mut group = Group::Line;
        // Whether what comes next is the first in its object.
        let mut is_first = true;
        for source in &sources {
            let field = bit(source.field);
            if let Some(kind) = source.lack(row) {
                issues.push(LineIssue::lacking(source.field, kind));
                written.errors |= field;
                continue;
            }
            let cell = source.cell(row);
            let text = match (cell.is_empty(), source.default()) {
                (true, "") => continue,
                (true, default) => Cow::Borrowed(default),
                (false, _) => match source.foreign(row) {
                    Some(found) => {
                        issues.push(LineIssue::foreign(source.field, found));
                        written.errors |= field;
                        cell
                    }
                    None => self.read(source.field, cell, &mut written, issues),
                },
            };
            written.present |= field;
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
            let start = self.json.len();
            self.said.put(tag_of(source.field));
            if let VALUE | QUANTITY = source.field {
                self.write_number(source.field, &text, &mut written, issues);
                self.said.append(self.json.written_from(start));
                continue;
            }
            write_text(&mut self.json, &text);
            self.said.append(self.json.written_from(start));
            self.json.put(b'"');
            written.surely_valid &= source.rule.is_some_and(|rule| rule.is_surely_met(&text));
            if source.field == SMS && written.has(bit(EMAIL)) {
                // A phone number that is added to an address is no other recipient.
                written.phone = short(identity(text.as_bytes()));
                self.phone.append(text.as_bytes());
            } else if of_payment & field != 0 {
                if source.field == PRODUCT {
                    self.payment.append(text.as_bytes());
                    written.product_length = self.payment.len();
                } else {
                    self.payment
                        .append(comparable(&text, self.settings.compose).as_bytes());
                }
                // No text of a valid line has a control character in it, and none of these is a capital or a space.
                self.payment.append(&separator(field));
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

    /// What a cell that is not empty means, by what its field holds.
    fn read<'a>(
        &mut self,
        field: usize,
        cell: Cow<'a, str>,
        written: &mut LineDraft,
        issues: &mut Vec<LineIssue>,
    ) -> Cow<'a, str> {
        let Some(known) = FIELDS.get(field) else {
            return cell;
        };
        let mut wrong = |code, sentence: &str| {
            issues.push(LineIssue::new(field, code, sentence));
            written.errors |= bit(field);
        };
        match known.content {
            Content::Words if field == MESSAGE && self.is_tabbed => unescaped(cell),
            Content::Person if cell.bytes().all(|byte| byte.is_ascii_digit()) => {
                wrong(IssueCode::InvalidType, "is a number, and no name.");
                cell
            }
            Content::Words | Content::Person => cell,
            Content::Identifier if field == COUNTRY => country(cell),
            Content::Identifier => unguarded(cell),
            Content::Number => seen(cell),
            Content::Product => match &mut self.offers {
                Some(offers) => offers.product(seen(cell)),
                None => seen(cell),
            },
            Content::Email => {
                if cell.starts_with(['#', '/']) {
                    wrong(
                        IssueCode::InvalidEmail,
                        "is taken out of the list by what it begins with. Remove the row.",
                    );
                }
                address(cell)
            }
            Content::Phone => {
                let cell = seen(cell);
                match phone::read(&cell, self.settings.phones) {
                    Ok(number) => number.map_or(cell, Cow::Owned),
                    Err(fault) => {
                        wrong(IssueCode::InvalidPhone, fault.sentence());
                        cell
                    }
                }
            }
            Content::Date => {
                let cell = seen(cell);
                match self.settings.dates.read(&cell) {
                    Ok(date) => date.map_or(cell, Cow::Owned),
                    Err(fault) => {
                        wrong(IssueCode::InvalidDateTime, fault.sentence());
                        cell
                    }
                }
            }
        }
    }

    fn write_number(
        &mut self,
        field: usize,
        text: &str,
        written: &mut LineDraft,
        issues: &mut Vec<LineIssue>,
    ) {
        let read = match short_thousandths(text.as_bytes()) {
            Some(thousandths) => Some((thousandths, UNKNOWN)),
            None => self.read_number(field, text, written, issues),
        };
        let Some((thousandths, currency)) = read else {
            written.surely_valid = false;
            return;
        };
        write_amount(&mut self.json, thousandths);
        let maximum = limits::QUANTITY.saturating_mul(1_000);
        let is_count = thousandths.is_multiple_of(1_000) && thousandths <= maximum;
        if field == VALUE {
            written.value = Amount::from_thousandths(thousandths);
            written.currency = currency;
            // Only the validator knows whether the currency has a third decimal.
            written.surely_valid &= thousandths > 0 && thousandths.is_multiple_of(10);
        } else {
            written.quantity = thousandths / 1_000;
            written.surely_valid &= thousandths > 0 && is_count;
        }
    }

    /// Reads a number that people write in one of many ways: how many thousandths it is, and the currency that it names. Where it is none that
    /// could be written, what stands for it is.
    fn read_number(
        &mut self,
        field: usize,
        text: &str,
        written: &mut LineDraft,
        issues: &mut Vec<LineIssue>,
    ) -> Option<(u64, Currency)> {
        let context = match field {
            VALUE => self.context(written),
            _ => UNKNOWN,
        };
        let currency = match reader::read(text, context, None, &mut self.number) {
            Ok(currency) => currency,
            Err(fault) => {
                if written.errors & bit(field) == 0 {
                    issues.push(amount_issue(field, fault));
                }
                // Something valid in its place, so that the validator speaks of the other fields only.
                self.json.put(b'1');
                return None;
            }
        };
        if field == QUANTITY && currency != UNKNOWN {
            issues.push(amount_issue(field, AmountFault::NotANumber));
            written.surely_valid = false;
        }
        let number = core::str::from_utf8(&self.number).unwrap_or_default();
        let exact = Decimal::parse(number).and_then(|number| number.units(3).ok());
        let exact = exact.filter(|thousandths| *thousandths <= Amount::MAX.thousandths());
        if exact.is_none() {
            self.json.append(&self.number);
        }
        exact.map(|thousandths| (thousandths, currency))
    }

    /// The currency of an amount whose cell names none.
    fn context(&self, written: &LineDraft) -> Currency {
        match &self.offers {
            _ if self.currency != UNKNOWN => self.currency,
            _ if let Some((_, currency)) = self.beside => currency,
            Some(offers) => offers.currency(product(&self.payment, written)),
            None => UNKNOWN,
        }
    }

    /// What the catalog is asked for.
    fn combination(&mut self, written: &LineDraft) -> u128 {
        if self.offers.is_none() {
            return 0;
        }
        self.number.clear();
        self.number
            .extend_from_slice(product(&self.payment, written).as_bytes());
        self.number.push(u8::from(written.has(bit(CARRIER))));
        self.number
            .extend_from_slice(&written.value.thousandths().to_le_bytes());
        identity(&self.number)
    }

    /// Asks the validator for its verdict on the line; the face value of a valid one.
    fn ask_validator(
        &mut self,
        written: &LineDraft,
        issues: &mut Vec<LineIssue>,
    ) -> Result<Amount, Vec<LineIssue>> {
        let offers = self.offers.as_mut();
        let product = product(&self.payment, written);
        let catalog = offers.and_then(|offers| offers.catalog_for(product));
        let is_error = |field: usize| written.errors & bit(field) != 0;
        let is_unknown = catalog.is_none() && self.offers.is_some() && !product.is_empty();
        if is_unknown && !is_error(PRODUCT) {
            issues.push(LineIssue::new(
                PRODUCT,
                IssueCode::UnknownProduct,
                "is not in the catalog.",
            ));
        }
        let order_type = self.settings.order_type.as_str().as_bytes();
        let order: [&[u8]; 5] = [
            br#"{"Type":""#,
            order_type,
            br#"","LineItems":["#,
            self.json.bytes(),
            br#"}],"PONumber":"1"}"#,
        ];
        let options = ValidateOptions {
            catalog: catalog.as_deref(),
            now: self.settings.now,
            ..ValidateOptions::default()
        };
        let ValidationReport {
            issues: found,
            face_value,
            ..
        } = validate(&order.concat(), &options);
        for found in &found {
            let issue = line_issue(found);
            if found.severity == Severity::Warning {
                self.warnings.push(issue);
            } else if !issue.field.is_some_and(is_error) {
                issues.push(issue);
            }
        }
        if issues.is_empty() {
            Ok(face_value)
        } else {
            Err(core::mem::take(issues))
        }
    }

    /// Refuses defaults that no line could have: the first thing that is wrong with them, and its field.
    pub(in crate::bulk) fn wrong_default(
        settings: Rc<ImportSettings>,
    ) -> Option<(&'static str, String)> {
        let mut builder = Self::new(settings, None, Rc::new(Vocabulary::new()), false);
        let issues = builder.build_any(Cells::default(), 0).err()?;
        let of_absence = [IssueCode::Required, IssueCode::MissingDeliveryAddress];
        let wrong = issues
            .into_iter()
            .find(|issue| !of_absence.contains(&issue.code))?;
        let field = wrong.field.and_then(|field| FIELDS.get(field));
        Some((field.map_or("the line", |field| field.path), wrong.sentence))
    }
}

/// The identity of a payment of that value.
fn identity_of(payment: &mut Buffer, value: Amount) -> u128 {
    payment.make_lowercase(0);
    payment.drop_all(b' ');
    payment.put_word(value.thousandths(), 8);
    identity(payment.bytes())
}

/// The product of the line on hand.
fn product<'a>(payment: &'a Buffer, written: &LineDraft) -> &'a str {
    let product = payment.bytes().get(..written.product_length);
    core::str::from_utf8(product.unwrap_or_default()).unwrap_or_default()
}
