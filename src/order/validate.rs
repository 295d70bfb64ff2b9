//! The validator: one reading of the bytes against the rule table, all issues at once.
//!
//! It decides from the text alone, never from an object or a float made of it, so the same bytes get the same verdict in the
//! form, at the edge and in a test.

use super::catalog_rules::CatalogRules;
use super::duplicates::Duplicates;
use super::limits::OrderLimits;
use super::line::{Line, country_of};
use super::line_key;
use super::scan;
use super::schema::{self, Field, Rule, Shape};
use super::{
    Issue, IssueCode, OrderType, Param, Path, Segment, Severity, ValidationReport, limits,
};
use crate::catalog::Catalog;
use crate::json::{self, Kind, Reader};

/// How an order is checked.
#[derive(Clone, Debug)]
pub struct ValidateOptions<'a> {
    /// Issues that are listed; further ones are counted.
    pub max_issues: usize,
    /// Limits that are errors; without them the usual size of an order is a warning.
    pub limits: Option<OrderLimits>,
    /// What can be ordered; without it only the rules of the reference count.
    pub catalog: Option<&'a Catalog>,
    /// Seconds since 1970; without it nothing is said of when cards are delivered.
    pub now: Option<i64>,
}

impl Default for ValidateOptions<'_> {
    fn default() -> Self {
        Self {
            max_issues: limits::ISSUES,
            limits: None,
            catalog: None,
            now: None,
        }
    }
}

/// Checks the body of `POST /v1/Orders`.
///
/// ```
/// use giftcard_partners::order::{ValidateOptions, validate};
///
/// let report = validate(br#"{"Type":"Links","LineItems":[{"ProductId":"CVS","Value":-1,"Quantity":5}]}"#, &ValidateOptions::default());
///
/// let found: Vec<_> = report.issues.iter().map(|issue| (issue.path.to_text(), issue.code.as_str())).collect();
/// assert_eq!(found, [("LineItems[0].Value".into(), "not_positive"), ("PONumber".into(), "required")]);
/// ```
pub fn validate<'a>(body: &'a [u8], options: &ValidateOptions<'a>) -> ValidationReport {
    report(body, options, true)
}

/// The report with the scanner or without it: the same one, which its tests prove.
pub(super) fn report<'a>(
    body: &'a [u8],
    options: &ValidateOptions<'a>,
    scan: bool,
) -> ValidationReport {
    if scan
        && body.len() <= SMALL
        && let Some(report) = plain_report(body, options)
    {
        return report;
    }
    if body.len() > limits::INPUT {
        return ValidationReport::too_large();
    }
    let report = read(body, options, scan, u64::MAX);
    if report.omitted == 0 || report.errors == 0 {
        return report;
    }
    // No warning is listed in the place of an error. How many errors there are is known by now.
    let room = (options.max_issues as u64).saturating_sub(report.errors);
    read(body, options, scan, room)
}

fn read<'a>(
    body: &'a [u8],
    options: &ValidateOptions<'a>,
    scan: bool,
    max_warnings: u64,
) -> ValidationReport {
    let mut validator = Validator {
        scan,
        reader: Reader::new(body),
        path: Path::default(),
        report: ValidationReport::default(),
        max_issues: options.max_issues,
        max_warnings,
        line: Line::default(),
        duplicates: Duplicates::default(),
        country: None,
        now: options.now,
        overflow: false,
        limits: options.limits,
        catalog: options.catalog.map(CatalogRules::new),
    };
    validator.check_size(body.len(), options.limits.is_some());
    if let Err(fault) = validator.order() {
        validator.invalid_json(body, fault);
    }
    if let Some(rules) = &validator.catalog {
        validator.report.decimals = rules.decimals();
    }
    validator.report
}

/// Orders up to so many bytes are scanned as a whole first: in one of a few lines, reading what is around the lines exactly costs
/// more than scanning them, and starting again costs little. In a larger one it is the other way round.
const SMALL: usize = 4_096;

/// The report on an order that there is nothing to say of.
fn plain_report<'a>(body: &'a [u8], options: &ValidateOptions<'a>) -> Option<ValidationReport> {
    let (order_type, order) = scan::order(body, options.now)?;
    let mut rules = options.catalog.map(CatalogRules::new);
    let mut duplicates = Duplicates::default();
    let mut report = ValidationReport {
        order_type: Some(order_type),
        po_number: Some(core::str::from_utf8(order.po_number).ok()?.into()),
        line_count: u64::try_from(order.lines.len()).ok()?,
        ..ValidationReport::default()
    };
    for (index, line) in (0..).zip(&order.lines) {
        if let Some(rules) = &mut rules
            && !rules.accept(line, order_type)
        {
            return None;
        }
        if report.line_count > 1
            && let Some(key) = line.key(report.order_type)
            && duplicates.first(key, index).is_some()
        {
            return None;
        }
        let value = line.value?.checked_mul(line.quantity?)?;
        report.face_value = report.face_value.checked_add(value)?;
    }
    if let Some(rules) = &rules {
        report.decimals = rules.decimals();
    }
    let allowed = options.limits.unwrap_or_default();
    let within = report.line_count <= allowed.lines
        && allowed.value.is_none_or(|most| report.face_value <= most);
    within.then_some(report)
}

/// The fields of an object, a bit for each.
#[derive(Default)]
pub(super) struct Fields {
    /// Those that stand there.
    seen: u32,
    /// Those of them that are not empty.
    given: u32,
}

pub(super) struct Validator<'a> {
    /// Whether lines are given to the scanner first.
    pub(super) scan: bool,
    pub(super) reader: Reader<'a>,
    pub(super) path: Path,
    pub(super) report: ValidationReport,
    pub(super) max_issues: usize,
    max_warnings: u64,
    pub(super) line: Line<'a>,
    pub(super) duplicates: Duplicates,
    /// The physical address's country, where it is known.
    pub(super) country: Option<[u8; 2]>,
    pub(super) now: Option<i64>,
    /// Whether the face value went out of range.
    pub(super) overflow: bool,
    pub(super) limits: Option<OrderLimits>,
    pub(super) catalog: Option<CatalogRules<'a>>,
}

impl Validator<'_> {
    fn order(&mut self) -> Result<(), json::Error> {
        if self.expect(Kind::Object)? {
            self.object(&schema::ORDER)?;
        }
        self.reader.end()
    }

    /// Reads an object: its present fields as they come, then what is absent.
    pub(super) fn object(&mut self, shape: &'static Shape) -> Result<Fields, json::Error> {
        let Fields {
            mut seen,
            mut given,
        } = Fields::default();
        let mut unknown = Duplicates::default();
        let mut members = self.reader.object()?;
        while let Some(key) = members.next(&mut self.reader)? {
            let name = key.decode();
            let Some((place, field)) = shape.field(&name) else {
                self.path.push(Segment::Key(name.clone().into_owned()));
                let key = line_key::key(name.as_bytes(), b"", b"");
                if unknown.first(key, 0).is_some() {
                    self.stands_twice();
                } else if !shape.fields.is_empty() {
                    self.unknown_field(shape, &name);
                }
                self.unknown_value()?;
                self.path.pop();
                continue;
            };
            self.path.push(Segment::Field(field.name));
            let bit = 1_u32.wrapping_shl(place);
            if seen & bit != 0 {
                self.stands_twice();
                self.reader.skip()?;
            } else {
                seen |= bit;
                if matches!(field.rule, Rule::LineItems) && self.report.order_type.is_none() {
                    self.look_ahead_for_type(members.clone())?;
                }
                if self.field(field)? {
                    given |= bit;
                }
            }
            self.path.pop();
        }

        for (place, field) in (0..).zip(shape.fields) {
            if seen & 1_u32.wrapping_shl(place) == 0 {
                self.absent(field);
            }
        }
        Ok(Fields { seen, given })
    }

    /// Which address a line needs depends on `Type`, which may stand behind the lines.
    fn look_ahead_for_type(&mut self, mut members: json::Members) -> Result<(), json::Error> {
        let mut ahead = self.reader.clone();
        ahead.skip()?;
        while let Some(key) = members.next(&mut ahead)? {
            if key.is("Type") && ahead.peek()? == Kind::String {
                self.report.order_type = OrderType::from_name(&ahead.string()?.decode());
                return Ok(());
            }
            ahead.skip()?;
        }
        Ok(())
    }

    /// Reads a field: whether it is given.
    fn field(&mut self, field: &'static Field) -> Result<bool, json::Error> {
        if self.is_unused(field) {
            self.issue(
                Severity::Warning,
                IssueCode::UnusedDeliveryAddress,
                "is not used by an order of this Type. Remove it, or change Type.",
                &self.order_type_param(),
            );
        }
        match field.rule {
            Rule::Object(shape) => self.nested(shape)?,
            Rule::LineItems => self.lines()?,
            Rule::Amount => self.amount()?,
            Rule::Quantity => self.quantity()?,
            rule => return self.text(rule, field.need),
        }
        Ok(true)
    }

    fn nested(&mut self, shape: &'static Shape) -> Result<(), json::Error> {
        if !self.expect(Kind::Object)? {
            return Ok(());
        }
        if core::ptr::eq(shape, &raw const schema::PHYSICAL_DELIVERY_ADDRESS) {
            self.country = country_of(self.reader.clone());
        }
        let fields = self.object(shape)?;
        let digital = core::ptr::eq(shape, &raw const schema::DIGITAL_DELIVERY_ADDRESS);
        if digital
            && fields.given == 0
            && self.report.order_type == Some(OrderType::DigitalDelivery)
        {
            // At the field that a form has left empty, where there is one: there it is seen.
            let empty = fields.seen.trailing_zeros();
            let field = shape.fields.get(empty as usize);
            let rest = match field {
                Some(_) => "is required: an Email, an Sms number or both.",
                None => "needs Email, Sms or both.",
            };
            if let Some(field) = field {
                self.path.push(Segment::Field(field.name));
            }
            self.issue(
                Severity::Error,
                IssueCode::MissingDeliveryAddress,
                rest,
                &self.order_type_param(),
            );
            if field.is_some() {
                self.path.pop();
            }
        }
        Ok(())
    }

    /// Whether the next value is of the kind that the field takes; if not, it is skipped and noted.
    pub(super) fn expect(&mut self, expected: Kind) -> Result<bool, json::Error> {
        let received = self.reader.peek()?;
        if received == expected {
            return Ok(true);
        }
        self.reader.skip()?;
        let advice = match (expected, received) {
            (Kind::Number, Kind::String) => " Write the number without quotes.",
            (_, Kind::Null) => " Leave the field out where there is no value.",
            _ => "",
        };
        let rest = [
            "must be ",
            article(expected),
            ", not ",
            article(received),
            ".",
            advice,
        ]
        .concat();
        self.issue(
            Severity::Error,
            IssueCode::InvalidType,
            &rest,
            &[
                ("expected", Param::Text(expected.as_str())),
                ("received", Param::Text(received.as_str())),
            ],
        );
        Ok(false)
    }

    fn invalid_json(&mut self, body: &[u8], fault: json::Error) {
        self.path = Path::default();
        let before = body.get(..fault.offset()).unwrap_or(body);
        let lines = before.split(|byte| *byte == b'\n').count();
        let last_line = before
            .rsplit(|byte| *byte == b'\n')
            .next()
            .unwrap_or_default();
        let column = characters(last_line);
        let rest = ["is not JSON: ", fault.kind().as_str(), "."].concat();
        self.issue(
            Severity::Error,
            IssueCode::InvalidJson,
            &rest,
            &[
                ("reason", Param::Text(fault.kind().as_str())),
                ("offset", number(fault.offset())),
                ("line", number(lines)),
                ("column", number(column.saturating_add(1))),
            ],
        );
    }

    #[inline(never)]
    pub(super) fn error(&mut self, code: IssueCode, rest: &str) {
        self.issue(Severity::Error, code, rest, &[]);
    }

    #[inline(never)]
    pub(super) fn warning(&mut self, code: IssueCode, rest: &str) {
        self.issue(Severity::Warning, code, rest, &[]);
    }

    /// Notes an issue at the present place; `rest` is the sentence behind the place's name.
    pub(super) fn issue(
        &mut self,
        severity: Severity,
        code: IssueCode,
        rest: &str,
        params: &[(&'static str, Param)],
    ) {
        let path = &self.path;
        let issue = || {
            let place = path.to_text();
            let subject = if place.is_empty() {
                "The order"
            } else {
                &place
            };
            Issue {
                severity,
                code,
                path: path.clone(),
                message: [subject, " ", rest].concat(),
                params: params.to_vec(),
            }
        };
        let warnings = (self.report.issues.len() as u64).saturating_sub(self.report.errors);
        let is_listed = self.report.issues.len() < self.max_issues
            && (severity == Severity::Error || warnings < self.max_warnings);
        self.report.push(is_listed.then(issue), severity);
    }
}

/// The characters of a UTF-8 text: a continuation byte begins none.
pub(super) fn characters(text: &[u8]) -> usize {
    text.iter().fold(0, |count, byte| {
        count.wrapping_add(usize::from(*byte & 0xC0 != 0x80))
    })
}

pub(super) fn number(size: usize) -> Param {
    Param::Number(u64::try_from(size).unwrap_or(u64::MAX))
}

fn article(kind: Kind) -> &'static str {
    match kind {
        Kind::Object => "an object",
        Kind::Array => "an array",
        Kind::String => "a string",
        Kind::Number => "a number",
        Kind::Boolean => "a boolean",
        Kind::Null => "null",
    }
}
