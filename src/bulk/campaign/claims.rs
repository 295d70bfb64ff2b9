//! Claim links, joined to the rows of the spreadsheet that they are for.
//!
//! A link in the wrong row gives somebody's card to somebody else. So a line of an answer is joined by the `ExternalId` that it
//! echoes, else by its place, and only where what it echoes of recipient, product, value and quantity agrees. Where it would be as good for somebody
//! else's row, it is given to none; what cannot be joined is left empty and says so.

use alloc::string::String;
use alloc::vec::Vec;

use crate::api::fields::{elements, identifier, member, text};
use crate::bulk::campaign::order_index::OrderIndex;
use crate::bulk::csv::cell::{BOM, push_row};
use crate::bulk::{Campaign, Row};
use crate::compose::{Compose, composed};
use crate::json::{Decimal, decimal_text};
use crate::sorted::sorted;

const COLUMNS: [&str; 15] = [
    "Line",
    "ExternalId",
    "To",
    "Name",
    "Email",
    "Sms",
    "ProductId",
    "Value",
    "Card",
    "Cards",
    "ClaimLink",
    "ClaimLinkChallengeAnswer",
    "Status",
    "PONumber",
    "OrderId",
];

/// Cards of one row without a link that are listed one by one; more are one line of the sheet.
const LISTED: u64 = 100;

/// What a card's line says where its order was answered and its line cannot be told from others.
const NOT_MATCHED: &str = "not matched";

/// A CSV file of the campaign's cards that fills as answers come in.
#[derive(Debug)]
pub struct ClaimSheet<'a> {
    campaign: &'a Campaign,
    index: OrderIndex<'a>,
    compose: Compose,
    /// By order, its part of the file.
    parts: Vec<Option<Vec<u8>>>,
}

impl<'a> ClaimSheet<'a> {
    /// No answer yet. Texts are compared in one spelling, by the host's function.
    pub fn new(campaign: &'a Campaign, compose: Compose) -> Self {
        let parts = campaign.orders.iter().map(|_| None).collect();
        Self {
            campaign,
            index: OrderIndex::new(campaign),
            compose,
            parts,
        }
    }

    /// Takes an order as answered, in any casing. One that is not of this campaign is passed over; of two answers for the same
    /// order the later one stands.
    pub fn add(&mut self, order: &[u8]) {
        let part = self.index.find(order).and_then(|index| {
            let part = self.part(index, Some(order))?;
            Some((index, part))
        });
        if let Some((index, part)) = part
            && let Some(slot) = self.parts.get_mut(index)
        {
            *slot = Some(part);
        }
    }

    /// The file: UTF-8 with a byte order mark, safe to open in a spreadsheet. The cards of earlier campaigns come first.
    pub fn finish(mut self) -> Vec<u8> {
        let mut file = BOM.to_vec();
        push_row(&mut file, &COLUMNS);
        for index in self.campaign.by_age() {
            let part = self.parts.get_mut(index).and_then(Option::take);
            let part = part.or_else(|| self.part(index, None));
            file.extend_from_slice(&part.unwrap_or_default());
        }
        file
    }

    fn part(&self, index: usize, answer: Option<&[u8]>) -> Option<Vec<u8>> {
        let order = self.campaign.order(index)?;
        let answered = |name: &str| answer.and_then(|answer| member(answer, name));
        let status = answered("Status").and_then(text);
        let id = answered("Id").and_then(identifier);
        let about = About {
            status: status.as_deref().unwrap_or(order.state().as_str()),
            po_number: order.po_number(),
            // What was recorded stands: an id that went through JavaScript as a number may have lost digits.
            order_id: order.order_id().or(id.as_deref()).unwrap_or_default(),
        };
        let unmatched = About {
            status: NOT_MATCHED,
            ..about
        };
        // As they were sent, with their names; but of an order that is not whole there is no body.
        let body = self.campaign.body(index);
        let sent = body.as_deref().and_then(|body| member(body, "LineItems"));
        let mut sent = sent.map(elements).unwrap_or_default().into_iter();
        let rows: Vec<(&Row, Vec<u8>)> = self.campaign.lines_of(order).collect();
        let mut lines = Vec::new();
        for (row, line) in &rows {
            lines.push(Asked::read(row, sent.next().unwrap_or(line)));
        }
        let answers = answered("LineItems").map(elements).unwrap_or_default();
        let joined = join(&lines, &answers, self.compose);

        let mut part = Vec::new();
        for (line, joined) in lines.iter().zip(joined) {
            let about = match joined {
                None if !answers.is_empty() => &unmatched,
                _ => &about,
            };
            push_cards(&mut part, line, joined, about);
        }
        Some(part)
    }
}

/// What every line of an order says.
#[derive(Clone, Copy)]
struct About<'a> {
    status: &'a str,
    po_number: &'a str,
    order_id: &'a str,
}

/// The texts of a line that are shown and that tell lines apart, by the object that each is in.
const TEXTS: [(&str, &str); 6] = [
    ("", "ExternalId"),
    ("Personalization", "To"),
    ("PhysicalDeliveryAddress", "Name"),
    ("DigitalDeliveryAddress", "Email"),
    ("DigitalDeliveryAddress", "Sms"),
    ("", "ProductId"),
];

/// What is shown of a line that was sent.
struct Asked<'a> {
    sheet_line: u32,
    texts: [String; TEXTS.len()],
    value: &'a str,
    quantity: u64,
}

impl<'a> Asked<'a> {
    fn read(row: &Row, line: &'a [u8]) -> Self {
        let number = |name: &str| {
            let number = member(line, name).unwrap_or_default();
            core::str::from_utf8(number).unwrap_or_default()
        };
        Self {
            sheet_line: row.sheet_line,
            texts: TEXTS.map(|way| text_at(line, way)),
            value: number("Value"),
            quantity: units(number("Quantity"), 0).unwrap_or(1),
        }
    }

    fn external_id(&self) -> &str {
        let [external_id, ..] = &self.texts;
        external_id
    }

    /// Returns whether nothing that an answer's line echoes of the recipient, the product, the value and the quantity is another's.
    fn agrees(&self, echo: &Echo, compose: Compose) -> bool {
        echo.texts.iter().zip(&self.texts).all(|(echoed, asked)| {
            let [one, other] = [echoed, asked].map(|text| composed(text.trim(), compose));
            echoed.is_empty() || one.eq_ignore_ascii_case(&other)
        }) && (echo.value.as_deref()).is_none_or(|value| units(value, 2) == units(self.value, 2))
            && (echo.quantity.as_deref())
                .is_none_or(|number| units(number, 0) == Some(self.quantity))
    }

    /// Returns whether both say the same of who it is for, of what, and of how much: a link of 50 is no good for a row of 25.
    fn is_alike(&self, other: &Self) -> bool {
        self.texts == other.texts
            && units(self.value, 2) == units(other.value, 2)
            && self.quantity == other.quantity
    }
}

/// What a line of an answer says of the one that was sent.
struct Echo {
    texts: [String; TEXTS.len()],
    value: Option<String>,
    quantity: Option<String>,
}

impl Echo {
    fn read(answer: &[u8]) -> Self {
        Self {
            texts: TEXTS.map(|way| text_at(answer, way)),
            value: member(answer, "Value").and_then(identifier),
            quantity: member(answer, "Quantity").and_then(identifier),
        }
    }
}

/// A text of a line, or of an object in it, or the digits of a number in its place; an empty one where there is none.
fn text_at(line: &[u8], (object, name): (&str, &str)) -> String {
    let inside = match object {
        "" => Some(line),
        _ => member(line, object),
    };
    let text = inside.and_then(|inside| identifier(member(inside, name)?));
    text.unwrap_or_default()
}

/// For each line that was sent the line of the answer that is its own.
fn join<'a>(lines: &[Asked<'_>], answers: &[&'a [u8]], compose: Compose) -> Vec<Option<&'a [u8]>> {
    let mut joined = Vec::new();
    for _ in lines {
        joined.push(None);
    }
    let line = |place: u32| lines.get(usize::try_from(place).ok()?);
    let id = |place: u32| line(place).map(Asked::external_id);
    let by_id = sorted(lines.len(), &|a, b| id(a).cmp(&id(b)));

    for (place, answer) in answers.iter().enumerate() {
        let echo = Echo::read(answer);
        let [external_id, ..] = &echo.texts;
        // Where lines are missing, places say nothing.
        let place = u32::try_from(place)
            .ok()
            .filter(|_| answers.len() == lines.len());
        let candidates = if external_id.is_empty() {
            place.as_slice()
        } else {
            let echoed = Some(external_id.as_str());
            let from = by_id.partition_point(|place| id(*place) < echoed);
            let same = by_id.get(from..).unwrap_or_default();
            let count = same.partition_point(|place| id(*place) == echoed);
            same.get(..count).unwrap_or_default()
        };
        if let Some(slot) = own(lines, candidates, &echo, compose, &mut joined) {
            *slot = Some(*answer);
        }
    }
    joined
}

/// The place of the line that the answer's line is of; none where that may be one of several that are not alike.
fn own<'a, 'b>(
    lines: &[Asked<'_>],
    candidates: &[u32],
    echo: &Echo,
    compose: Compose,
    joined: &'b mut [Option<&'a [u8]>],
) -> Option<&'b mut Option<&'a [u8]>> {
    let mut first: Option<&Asked<'_>> = None;
    let mut free = None;
    for place in candidates {
        let place = usize::try_from(*place).ok()?;
        let line = lines.get(place).filter(|line| line.agrees(echo, compose));
        let Some(line) = line else { continue };
        if !first.get_or_insert(line).is_alike(line) {
            return None;
        }
        if free.is_none() && joined.get(place)?.is_none() {
            free = Some(place);
        }
    }
    joined.get_mut(free?)
}

fn push_cards(out: &mut Vec<u8>, line: &Asked<'_>, answer: Option<&[u8]>, about: &About<'_>) {
    let claims = answer.and_then(|answer| member(answer, "ClaimData"));
    let claims = claims.map(elements).unwrap_or_default();
    let own = text_at(answer.unwrap_or_default(), ("", "Status"));
    let status = if own.is_empty() { about.status } else { &own };
    let found = claims.len() as u64;
    let cards = line.quantity.max(found);
    let listed = cards.min(found.saturating_add(LISTED));

    let sheet_line = decimal_text(u64::from(line.sheet_line));
    let count = decimal_text(cards);
    let mut claims = claims.into_iter();
    let mut card = 0_u64;
    while card < cards {
        card = card.saturating_add(1);
        let data = claims.next().unwrap_or_default();
        let part = |name: &str| text_at(data, ("", name));
        let (url, challenge) = (part("ClaimLink"), part("ClaimLinkChallengeAnswer"));
        let mut number = decimal_text(card);
        if card > listed {
            number = [&number, "-", &count].concat();
            card = cards;
        }
        let [external_id, to, name, email, sms, product_id] = &line.texts;
        let row: [&str; COLUMNS.len()] = [
            &sheet_line,
            external_id,
            to,
            name,
            email,
            sms,
            product_id,
            line.value,
            &number,
            &count,
            &url,
            &challenge,
            status,
            about.po_number,
            about.order_id,
        ];
        push_row(out, &row);
    }
}

/// A number's text as whole units of so many decimals.
fn units(number: &str, decimals: i64) -> Option<u64> {
    Decimal::parse(number.trim())?.units(decimals).ok()
}
