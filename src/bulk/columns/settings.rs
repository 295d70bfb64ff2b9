//! What the caller says of a file before it is read.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::bulk::columns::fields::{self, COUNT, FIELDS, letters};
use crate::bulk::columns::note::parenthesised;
use crate::bulk::columns::words::{Vocabulary, key};
use crate::bulk::csv::delimiter::DELIMITERS;
use crate::bulk::csv::encoding::Encoding;
use crate::bulk::formats::date::Dates;
use crate::bulk::formats::phone::NumberingPlan;
use crate::catalog::Catalog;
use crate::compose::{Compose, as_written};
use crate::error::{Error, Result};
use crate::json::{Kind, Reader};
use crate::money::{Amount, Decimals};
use crate::order::OrderType;

/// How a file is read.
#[derive(Clone, Debug)]
pub struct ImportSettings {
    pub(in crate::bulk) order_type: OrderType,
    /// What the caller says of columns, in the caller's order.
    pub(in crate::bulk) columns: Vec<Mapping>,
    /// What a field is where no cell says it.
    pub(in crate::bulk) defaults: [Option<String>; COUNT],
    pub(in crate::bulk) delimiter: Option<u8>,
    pub(in crate::bulk) encoding: Option<Encoding>,
    pub(in crate::bulk) host_encoding: Option<String>,
    pub(in crate::bulk) phones: Option<&'static NumberingPlan>,
    pub(in crate::bulk) dates: Dates,
    pub(in crate::bulk) max_value: Option<Amount>,
    pub(in crate::bulk) max_campaign_value: Option<Amount>,
    /// What can be ordered, where that is known.
    pub catalog: Option<Rc<Catalog>>,
    /// Seconds since 1970; without it nothing is said of when cards are delivered.
    pub now: Option<i64>,
    /// The host's function that composes a text, by which recipients are compared.
    pub compose: Compose,
    /// Whether a row is taken that pays the same recipient what an earlier one pays.
    pub accepts_duplicates: bool,
    /// Whether rows of a sheet are taken that a person does not see.
    pub accepts_hidden: bool,
    /// The line of the header, or its row in a sheet, from 1; found where it is not said.
    pub header_row: Option<u32>,
    /// Whether the report shows cells of each column, and says what a line lacks: only the beginning of a file is read then.
    pub keeps_samples: bool,
}

/// What the caller says of a column.
#[derive(Clone, Debug)]
pub(in crate::bulk) struct Mapping {
    pub(in crate::bulk) header: String,
    /// The index of the column, where it is named by its place: `#3`.
    index: Option<usize>,
    /// Nothing where it is to be left out.
    pub(in crate::bulk) field: Option<usize>,
}

impl ImportSettings {
    /// Everything as the headers say.
    pub const fn new(order_type: OrderType) -> Self {
        Self {
            order_type,
            columns: Vec::new(),
            defaults: [const { None }; COUNT],
            delimiter: None,
            encoding: None,
            host_encoding: None,
            phones: None,
            dates: Dates::new(),
            max_value: None,
            max_campaign_value: None,
            catalog: None,
            now: None,
            compose: as_written,
            accepts_duplicates: false,
            accepts_hidden: false,
            header_row: None,
            keeps_samples: false,
        }
    }

    /// Decides what stands between cells.
    ///
    /// # Errors
    ///
    /// `Config` for what is none of the four.
    pub fn set_delimiter(&mut self, text: &str) -> Result<()> {
        let known = text
            .as_bytes()
            .first()
            .filter(|byte| text.len() == 1 && DELIMITERS.contains(byte));
        self.delimiter = Some(*known.ok_or_else(|| {
            Error::config("delimiter must be one of \",\", \";\", \"\\t\" and \"|\".")
        })?);
        Ok(())
    }

    /// Decides what the bytes mean, by a label of the Encoding Standard. Those of another encoding than UTF-8, UTF-16 and Windows-1252 are UTF-8
    /// that the host has made of it; what was no character is U+FFFD.
    pub fn set_encoding(&mut self, label: &str) {
        let own = Encoding::ALL
            .into_iter()
            .find(|encoding| encoding.as_str() == label);
        self.encoding = Some(own.unwrap_or(Encoding::Utf8));
        if own.is_none() {
            self.host_encoding = Some(label.to_owned());
        }
    }

    /// Decides what becomes of a row that pays the same recipient what an earlier one pays.
    ///
    /// # Errors
    ///
    /// `Config` for anything but `reject` and `accept`.
    pub fn set_duplicates(&mut self, text: &str) -> Result<()> {
        self.accepts_duplicates = accepts(text, "duplicates")?;
        Ok(())
    }

    /// Decides what becomes of rows of a sheet that a person does not see.
    ///
    /// # Errors
    ///
    /// As [`ImportSettings::set_duplicates`].
    pub fn set_hidden(&mut self, text: &str) -> Result<()> {
        self.accepts_hidden = accepts(text, "hidden")?;
        Ok(())
    }

    /// Decides in which country phone numbers without a country code are.
    ///
    /// # Errors
    ///
    /// `Config` for a country whose numbers are not known.
    pub fn set_default_country(&mut self, code: &str) -> Result<()> {
        let plan = NumberingPlan::of(code);
        self.phones = Some(plan.ok_or_else(|| {
            Error::config("defaultCountry must be a country of which phone numbers are known, as two letters such as US. Write numbers of another with + and their country code.")
        })?);
        Ok(())
    }

    /// Decides the time of a delivery of which only the day is said: `09:00-05:00`.
    ///
    /// # Errors
    ///
    /// `Config` for what is no time with its zone.
    pub fn set_delivery_time(&mut self, time: &str) -> Result<()> {
        if self.dates.set_time(time) {
            return Ok(());
        }
        Err(Error::config(
            "deliveryTime must be a time with its zone, such as 09:00-05:00 or 14:30Z.",
        ))
    }

    /// Decides what `12/24/2026` begins with.
    ///
    /// # Errors
    ///
    /// `Config` for anything but `mdy` and `dmy`.
    pub fn set_date_order(&mut self, order: &str) -> Result<()> {
        if self.dates.set_order(order) {
            return Ok(());
        }
        Err(Error::config("dateOrder must be \"mdy\" or \"dmy\"."))
    }

    /// Decides what a row may come to.
    ///
    /// # Errors
    ///
    /// `Config` for what is no amount above zero.
    pub fn set_max_value(&mut self, text: &str) -> Result<()> {
        let amount = Amount::parse_in(Decimals::Three, text)
            .ok()
            .filter(|amount| !amount.is_zero());
        self.max_value = Some(amount.ok_or_else(|| {
            Error::config("maxValue must be an amount above 0 as decimal text, such as \"500.00\".")
        })?);
        Ok(())
    }

    /// Decides what all rows may come to.
    ///
    /// # Errors
    ///
    /// `Config` for what is no amount.
    pub fn set_max_campaign_value(&mut self, text: &str) -> Result<()> {
        self.max_campaign_value = Some(Amount::parse(text).map_err(|_| {
            Error::config("limits.maxCampaignValue must be a decimal text such as \"500.00\".")
        })?);
        Ok(())
    }

    /// Reads which header is which field: JSON, an object of texts. A field is named by its name, its path or the words of a header; `ignore`
    /// and an empty text leave the column out.
    pub fn read_columns(&mut self, json: &[u8]) -> Result<()> {
        let unreadable = |_| Error::config(COLUMNS);
        let vocabulary = Vocabulary::new();
        let mut reader = Reader::new(json);
        let mut members = reader.object().map_err(unreadable)?;
        while let Some(header) = members.next(&mut reader).map_err(unreadable)? {
            let header = header.decode().into_owned();
            if reader.peek().map_err(unreadable)? != Kind::String {
                return Err(Error::config(COLUMNS));
            }
            let name = reader.string().map_err(unreadable)?.decode();
            let is_left_out = name.is_empty() || &*name == "ignore";
            let named = || fields::at_path(&name).or_else(|| self.named(&name, &vocabulary));
            let field = if is_left_out { None } else { named() };
            if field.is_none() && !is_left_out {
                let near = fields::near(&name).map(|field| field.name);
                let advice = match near {
                    Some(near) => ["Did you mean ", near, "?"].concat(),
                    None => "Give one such as email, value or DigitalDeliveryAddress.Email, or \"ignore\".".to_owned(),
                };
                return Err(Error::config(
                    [
                        "columns: ",
                        &header,
                        " is mapped to ",
                        &name,
                        ", which is no field of a line. ",
                        &advice,
                    ]
                    .concat(),
                ));
            }
            if let Some(field) = field.and_then(|field| FIELDS.get(field)) {
                self.must_use(field, "columns: ")?;
            }
            let digits = header
                .strip_prefix('#')
                .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
            let index = digits.and_then(|digits| digits.parse::<usize>().ok());
            self.columns.push(Mapping {
                index: index.and_then(|place| place.checked_sub(1)),
                header,
                field,
            });
        }
        Ok(())
    }

    /// The field that a name surely means, in an order of this type.
    fn named(&self, name: &str, vocabulary: &Vocabulary) -> Option<usize> {
        // `name` is what a message begins with where there is no parcel.
        let is_it = |field: &usize| vocabulary.names(name, *field, self.order_type);
        (0..COUNT).find(is_it)
    }

    /// Reads what a field is where no cell says it: JSON, a part of a line.
    pub(in crate::bulk) fn take_defaults(&mut self, json: &[u8]) -> Result<()> {
        self.read_group(json, "")
    }

    fn read_group(&mut self, json: &[u8], group: &str) -> Result<()> {
        let unreadable = |_| Error::config("defaults must be an object such as { Quantity: 1 }.");
        let mut reader = Reader::new(json);
        let mut members = reader.object().map_err(unreadable)?;
        while let Some(name) = members.next(&mut reader).map_err(unreadable)? {
            let path = [group, &name.decode()].concat();
            let kind = reader.peek().map_err(unreadable)?;
            if kind == Kind::Object && group.is_empty() {
                let inside = reader.skip().map_err(unreadable)?;
                self.read_group(inside, &[&path, "."].concat())?;
                continue;
            }
            let place = fields::at_path(&path);
            let Some(field) = place.and_then(|place| FIELDS.get(place)) else {
                let near = fields::near(&path).map(|field| field.path);
                let advice = near.map(|near| [" Did you mean ", near, "?"].concat());
                return Err(Error::config(
                    [
                        "defaults: ",
                        &path,
                        " is no field of a line that can be filled in.",
                        &advice.unwrap_or_default(),
                    ]
                    .concat(),
                ));
            };
            self.must_use(field, "defaults: ")?;
            let is_number = matches!(place, Some(fields::VALUE | fields::QUANTITY));
            let text = match kind {
                Kind::Number if is_number => reader.number().map_err(unreadable)?.to_owned(),
                Kind::String if !is_number => {
                    reader.string().map_err(unreadable)?.decode().into_owned()
                }
                _ => {
                    let wanted = if is_number {
                        " must be a number."
                    } else {
                        " must be a text."
                    };
                    return Err(Error::config(["defaults: ", &path, wanted].concat()));
                }
            };
            if let Some(slot) = place.and_then(|place| self.defaults.get_mut(place)) {
                *slot = Some(text);
            }
        }
        Ok(())
    }

    fn must_use(&self, field: &fields::Field, option: &str) -> Result<(), Box<Error>> {
        if field.group.is_used_by(self.order_type) {
            return Ok(());
        }
        let order_type = self.order_type.as_str();
        Err(Error::config(
            [option, field.path, " is not used by ", order_type, "."].concat(),
        ))
    }

    /// What the caller says of a column, as its place in [`ImportSettings::columns`]: by its whole name, by its place, then by a name that
    /// differs in case and the like, or by its note.
    pub(in crate::bulk) fn mapping_of(&self, header: &str, index: usize) -> Option<usize> {
        let find = |is_it: &dyn Fn(&Mapping) -> bool| self.columns.iter().position(is_it);
        find(&|mapping| mapping.header == header)
            .or_else(|| find(&|mapping| mapping.index == Some(index)))
            .or_else(|| find(&|mapping| is_meant(header, &mapping.header)))
            .or_else(|| {
                let (front, _) = parenthesised(header)?;
                find(&|mapping| is_meant(front, &mapping.header))
            })
    }

    /// Returns whether the caller speaks of columns, and of each by its place.
    pub(in crate::bulk) fn speaks_of_places(&self) -> bool {
        let mut columns = self.columns.iter();
        !self.columns.is_empty() && columns.all(|mapping| mapping.index.is_some())
    }

    /// Returns whether the caller names a header as it stands, with its note.
    pub(in crate::bulk) fn names_exactly(&self, header: &str, index: usize) -> bool {
        let is_it =
            |mapping: &Mapping| mapping.index == Some(index) || is_meant(header, &mapping.header);
        self.columns.iter().any(is_it)
    }
}

fn accepts(text: &str, option: &str) -> Result<bool> {
    match text {
        "accept" => Ok(true),
        "reject" => Ok(false),
        _ => Err(Error::config(
            [option, " must be \"reject\" or \"accept\"."].concat(),
        )),
    }
}

/// Returns whether a header is the one that the caller names.
#[inline(never)]
pub(in crate::bulk) fn is_meant(header: &str, name: &str) -> bool {
    // Without accents nothing would be left of a header that is none: `#` is not `%`.
    header == name || letters(header).eq(letters(name)) || {
        let of_header = key(header);
        !of_header.is_empty() && of_header == key(name)
    }
}

const COLUMNS: &str =
    "columns must be an object of texts such as { \"E-Mail\": \"DigitalDeliveryAddress.Email\" }.";
