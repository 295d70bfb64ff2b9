//! Claim links, joined to the rows of the spreadsheet that they are for.
//!
//! A link in the wrong row gives somebody's card to somebody else. So a line of an answer is joined by the `ExternalId` that it
//! echoes, else by its place and only where product and value agree; what cannot be joined is left empty and says so.

use alloc::borrow::Cow;
use alloc::vec;
use alloc::vec::Vec;

use super::cell::{BOM, push_row};
use super::sorted::sorted;
use super::{Campaign, Row};
use crate::api::fields::{elements, identifier, member, text};
use crate::json::{Decimal, decimal_text};

const COLUMNS: [&str; 14] = [
    "Line",
    "ExternalId",
    "To",
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
    /// By order, its part of the file.
    parts: Vec<Option<Vec<u8>>>,
}

impl<'a> ClaimSheet<'a> {
    /// No answer yet.
    pub fn new(campaign: &'a Campaign) -> Self {
        let parts = campaign.orders().iter().map(|_| None).collect();
        Self { campaign, parts }
    }

    /// Takes an order as answered, in any casing. One that is not of this campaign is passed over; of two answers for the same
    /// order the later one stands.
    pub fn add(&mut self, order: &[u8]) {
        let part = self.campaign.find_answer(order).and_then(|place| {
            let part = self.part(place, Some(order))?;
            Some((place, part))
        });
        if let Some((place, part)) = part
            && let Some(slot) = self.parts.get_mut(place)
        {
            *slot = Some(part);
        }
    }

    /// The file: UTF-8 with a byte order mark, safe to open in a spreadsheet.
    pub fn finish(mut self) -> Vec<u8> {
        let mut file = BOM.to_vec();
        push_row(&mut file, &COLUMNS);
        for (place, part) in core::mem::take(&mut self.parts).into_iter().enumerate() {
            let part = part.or_else(|| self.part(place, None));
            file.extend_from_slice(&part.unwrap_or_default());
        }
        file
    }

    fn part(&self, place: usize, answer: Option<&[u8]>) -> Option<Vec<u8>> {
        let order = self.campaign.orders().get(place)?;
        let answered = |name: &str| answer.and_then(|answer| member(answer, name));
        let status = answered("Status").and_then(text);
        let id = answered("Id").and_then(identifier);
        let about = About {
            status: status.as_deref().unwrap_or(order.state().as_str()),
            po_number: order.po_number(),
            order_id: id.as_deref().or(order.order_id()).unwrap_or_default(),
        };
        let unmatched = About {
            status: NOT_MATCHED,
            ..about
        };
        let lines: Vec<(&Row, Asked<'_>)> = self
            .campaign
            .members(place)
            .iter()
            .filter_map(|row| self.campaign.row(*row))
            .map(|(row, line)| (row, Asked::read(line)))
            .collect();
        let answers = answered("LineItems").map(elements).unwrap_or_default();
        let joined = join(&lines, &answers);

        let mut part = Vec::new();
        for ((row, line), joined) in lines.iter().zip(joined) {
            let about = match joined {
                None if !answers.is_empty() => &unmatched,
                _ => &about,
            };
            push_cards(&mut part, row, line, joined, about);
        }
        Some(part)
    }
}

impl Campaign {
    /// The place of the order that an answer is of: by its PO number, else by the id that was recorded.
    pub(super) fn find_answer(&self, order: &[u8]) -> Option<usize> {
        if let Some(po_number) = member(order, "PONumber").and_then(text) {
            return self.find(&po_number);
        }
        let id = member(order, "Id").and_then(identifier)?;
        self.orders()
            .iter()
            .position(|order| order.order_id() == Some(id.as_str()))
    }
}

/// What every line of an order says.
#[derive(Clone, Copy)]
struct About<'a> {
    status: &'a str,
    po_number: &'a str,
    order_id: &'a str,
}

/// What is shown of the line that was sent.
struct Asked<'a> {
    external_id: Cow<'a, str>,
    to: Cow<'a, str>,
    email: Cow<'a, str>,
    sms: Cow<'a, str>,
    product_id: Cow<'a, str>,
    value: &'a str,
    quantity: u64,
}

impl<'a> Asked<'a> {
    fn read(line: &'a [u8]) -> Self {
        let inside = |object: &str, name: &str| member(member(line, object)?, name).and_then(text);
        let number = |name: &str| {
            let number = member(line, name).unwrap_or_default();
            core::str::from_utf8(number).unwrap_or_default()
        };
        let own = |name: &str| member(line, name).and_then(text).unwrap_or_default();
        Self {
            external_id: own("ExternalId"),
            to: inside("Personalization", "To")
                .or_else(|| inside("PhysicalDeliveryAddress", "Name"))
                .unwrap_or_default(),
            email: inside("DigitalDeliveryAddress", "Email").unwrap_or_default(),
            sms: inside("DigitalDeliveryAddress", "Sms").unwrap_or_default(),
            product_id: own("ProductId"),
            value: number("Value"),
            quantity: units(number("Quantity"), 0).unwrap_or(1),
        }
    }

    /// Whether nothing that an answer's line echoes of product and value is another's.
    fn agrees(&self, answer: &[u8]) -> bool {
        let product = member(answer, "ProductId").and_then(text);
        let value = member(answer, "Value").and_then(identifier);
        product.is_none_or(|product| product.trim().eq_ignore_ascii_case(&self.product_id))
            && value.is_none_or(|value| units(&value, 2) == units(self.value, 2))
    }
}

/// For each line that was sent the line of the answer that is its own.
fn join<'a>(lines: &[(&Row, Asked<'_>)], answers: &[&'a [u8]]) -> Vec<Option<&'a [u8]>> {
    let mut joined = vec![None; lines.len()];
    let id = |place: u32| {
        let line = usize::try_from(place)
            .ok()
            .and_then(|place| lines.get(place));
        line.map(|(_, line)| &*line.external_id)
    };
    let by_id = sorted(lines.len(), &|a, b| id(a).cmp(&id(b)));

    for (place, answer) in answers.iter().enumerate() {
        let echoed = member(answer, "ExternalId").and_then(text);
        let echoed = echoed.filter(|id| !id.is_empty());
        let found = match echoed.as_deref() {
            Some(echoed) => {
                let from = by_id.partition_point(|place| id(*place) < Some(echoed));
                let same = by_id.get(from..).unwrap_or_default().iter();
                same.take_while(|place| id(**place) == Some(echoed))
                    .filter_map(|place| usize::try_from(*place).ok())
                    .find(|place| joined.get(*place) == Some(&None))
            }
            None => lines
                .get(place)
                .filter(|(_, line)| line.agrees(answer))
                .map(|_| place),
        };
        if let Some(slot) = found.and_then(|place| joined.get_mut(place)) {
            *slot = Some(*answer);
        }
    }
    joined
}

fn push_cards(
    out: &mut Vec<u8>,
    row: &Row,
    line: &Asked<'_>,
    answer: Option<&[u8]>,
    about: &About<'_>,
) {
    let claims = answer
        .and_then(|answer| member(answer, "ClaimData"))
        .map(elements)
        .unwrap_or_default();
    let found = claims.len() as u64;
    let cards = line.quantity.max(found);
    let status = answer
        .and_then(|answer| member(answer, "Status"))
        .and_then(text);
    let status = status.as_deref().unwrap_or(about.status);

    let sheet_line = decimal_text(u64::from(row.sheet_line));
    let count = decimal_text(cards);
    let mut push = |card: &str, link: &str, answer: &str| {
        let cells: [&str; COLUMNS.len()] = [
            &sheet_line,
            &line.external_id,
            &line.to,
            &line.email,
            &line.sms,
            &line.product_id,
            line.value,
            card,
            &count,
            link,
            answer,
            status,
            about.po_number,
            about.order_id,
        ];
        push_row(out, &cells);
    };
    for (card, claim) in (1..).zip(claims) {
        let part = |name: &str| member(claim, name).and_then(text).unwrap_or_default();
        push(
            &decimal_text(card),
            &part("ClaimLink"),
            &part("ClaimLinkChallengeAnswer"),
        );
    }
    let first = found.saturating_add(1);
    let last = cards.min(found.saturating_add(LISTED));
    for card in first..=last {
        push(&decimal_text(card), "", "");
    }
    if last < cards {
        let rest = [decimal_text(last.saturating_add(1)), decimal_text(cards)];
        push(&rest.join("-"), "", "");
    }
}

/// A number's text as whole units of so many decimals.
fn units(number: &str, decimals: i64) -> Option<u64> {
    Decimal::parse(number.trim())?.units(decimals).ok()
}
