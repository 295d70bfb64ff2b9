//! Which column a field is read from, where several may hold it.
//!
//! What the caller says comes first, then what is sure, then what is likely. An amount, a quantity and a product that are only
//! likely are asked about: read, they could pay what nobody meant, and passed over, a default would stand for them.

use alloc::vec::Vec;

use crate::bulk::columns::fields::{self, COUNT, Content, FIELDS, PRODUCT, QUANTITY, SMS, VALUE};
use crate::bulk::columns::header::Header;
use crate::bulk::columns::meaning::{Certainty, Meaning, Subject};
use crate::bulk::columns::settings::ImportSettings;
use crate::bulk::columns::words::{CODE, FIRST_NAME, ID, MOBILE, NOMBRE, NUMBER, Words};

/// A column that may hold something.
#[derive(Clone, Copy, Debug)]
pub(in crate::bulk) struct Claim {
    pub(in crate::bulk) column: u16,
    pub(in crate::bulk) meaning: Meaning,
    /// Whether its name has a note: `Email (other)` gives way to `Email`.
    pub(in crate::bulk) is_noted: bool,
}

/// The claims of a file's columns.
#[derive(Debug)]
pub(in crate::bulk) struct Claims<'a> {
    settings: &'a ImportSettings,
    known: Vec<Claim>,
    /// What the caller says: in which order, of which column, which field.
    mapped: Vec<(usize, u16, usize)>,
}

impl<'a> Claims<'a> {
    pub(in crate::bulk) const fn new(settings: &'a ImportSettings) -> Self {
        Self {
            settings,
            known: Vec::new(),
            mapped: Vec::new(),
        }
    }

    pub(in crate::bulk) fn add(&mut self, claim: Claim) {
        self.known.push(claim);
    }

    pub(in crate::bulk) fn add_mapped(&mut self, order: usize, column: u16, field: usize) {
        let place = self.mapped.iter().position(|(other, _, _)| *other > order);
        let place = place.unwrap_or(self.mapped.len());
        self.mapped.insert(place, (order, column, field));
    }

    /// Decides, and notes in the header what is read from where.
    pub(in crate::bulk) fn settle(self, header: &mut Header) {
        for field in 0..COUNT {
            let is_used = FIELDS
                .get(field)
                .is_some_and(|known| known.group.is_used_by(self.settings.order_type));
            if !is_used {
                continue;
            }
            let mapped: Vec<u16> = self
                .mapped
                .iter()
                .filter(|(_, _, of)| *of == field)
                .map(|(_, column, _)| *column)
                .collect();
            if mapped.is_empty() {
                self.settle_field(header, field);
            } else {
                if let [_, second, ..] = *mapped
                    && !is_joined(field)
                {
                    header.conflict(field, &[second]);
                }
                header.take(field, &mapped, Certainty::Sure);
            }
        }
    }

    fn settle_field(&self, header: &mut Header, field: usize) {
        let is_name = field == fields::recipient_name(self.settings.order_type);
        for certainty in [Certainty::Sure, Certainty::Likely] {
            let of = |subject: Subject| self.of(subject, certainty);
            let mut claims = of(Subject::Field(field));
            if is_name {
                claims.extend(of(Subject::WholeName));
                if claims.is_empty()
                    && let Some(parts) = self.name_of_parts(certainty)
                {
                    header.take(field, &parts, certainty);
                    return;
                }
                if self.of(Subject::FirstName, certainty).is_empty()
                    && self.of(Subject::LastName, certainty).is_empty()
                {
                    claims.extend(of(Subject::Name));
                }
            }
            let claims = narrowed(field, claims);
            let [first, rest @ ..] = claims.as_slice() else {
                continue;
            };
            let is_asked =
                certainty == Certainty::Likely && matches!(field, PRODUCT | VALUE | QUANTITY);
            let columns: Vec<u16> = claims.iter().map(|claim| claim.column).collect();
            if is_asked {
                header.ask(field, &columns);
            } else {
                if !rest.is_empty() {
                    header.conflict(field, &columns);
                }
                let mut taken = alloc::vec![first.column];
                // Beside a second city it begins a second address.
                if field == fields::ADDRESS_LINE && of(Subject::SecondCity).is_empty() {
                    let lines = self.of(Subject::SecondLine, Certainty::Sure);
                    taken.extend(lines.iter().map(|claim| claim.column));
                }
                header.take(field, &taken, certainty);
            }
            return;
        }
    }

    fn of(&self, subject: Subject, certainty: Certainty) -> Vec<Claim> {
        let is_it = |claim: &&Claim| {
            claim.meaning.subject == subject && claim.meaning.certainty == certainty
        };
        self.known.iter().filter(is_it).copied().collect()
    }

    /// The columns of a name that stands in two: first and last name, or one of them beside a `Name`.
    fn name_of_parts(&self, certainty: Certainty) -> Option<Vec<u16>> {
        let single = |subject: Subject| {
            let claims = self.of(subject, certainty);
            claims.first().copied()
        };
        let (first, last, name) = (
            single(Subject::FirstName),
            single(Subject::LastName),
            single(Subject::Name),
        );
        let parts = match (first, last, name) {
            (Some(first), Some(last), _) => [Some(first), Some(last)],
            // `Vorname, Name` and `Prénom, Nom`; but `First Name, Name` has the whole name as well.
            (Some(first), None, Some(name))
                if first.meaning.words & FIRST_NAME != 0 && name.meaning.words & NOMBRE == 0 =>
            {
                [Some(first), Some(name)]
            }
            (Some(_), None, Some(name)) => [Some(name), None],
            // `Nombre, Apellidos` and `Nome, Cognome`.
            (None, Some(last), Some(name)) => [Some(name), Some(last)],
            (first, last, None) => [first, last],
            (None, None, Some(_)) => return None,
        };
        let columns: Vec<u16> = parts.iter().flatten().map(|claim| claim.column).collect();
        (!columns.is_empty()).then_some(columns)
    }
}

/// The claims that are left where some say more than others.
fn narrowed(field: usize, claims: Vec<Claim>) -> Vec<Claim> {
    let keep = |claims: Vec<Claim>, is_better: &dyn Fn(&Claim) -> bool| {
        let better: Vec<Claim> = claims
            .iter()
            .filter(|claim| is_better(claim))
            .copied()
            .collect();
        if claims.len() > 1 && !better.is_empty() {
            better
        } else {
            claims
        }
    };
    let has = |words: Words| move |claim: &Claim| claim.meaning.words & words != 0;
    match field {
        SMS => keep(keep(claims, &|claim| !claim.is_noted), &has(MOBILE)),
        PRODUCT => keep(
            keep(claims, &|claim| !claim.is_noted),
            &has(ID | CODE | NUMBER),
        ),
        _ => keep(claims, &|claim| !claim.is_noted),
    }
}

/// Returns whether several columns of a field make one text.
const fn is_joined(field: usize) -> bool {
    match FIELDS.as_slice().split_at_checked(field) {
        Some((_, [known, ..])) => matches!(known.content, Content::Words | Content::Person),
        _ => false,
    }
}
