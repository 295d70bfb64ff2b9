//! What the caller says of a file before it is read.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::bulk::columns::fields::{self, COUNT, FIELDS, letters};
use crate::bulk::line::builder::LineBuilder;
use crate::catalog::Catalog;
use crate::compose::{self, Compose};
use crate::error::{Error, Result};
use crate::json::{Kind, Reader};
use crate::order::OrderType;

/// How a file is read.
#[derive(Clone, Debug)]
pub struct ImportSettings {
    pub(in crate::bulk) order_type: OrderType,
    /// Headers of the caller's, and the field that each is; nothing where it is to be left out.
    pub(in crate::bulk) columns: Vec<(String, Option<usize>)>,
    /// What a field is where no cell says it.
    pub(in crate::bulk) defaults: [Option<String>; COUNT],
    /// What can be ordered, where that is known.
    pub catalog: Option<Rc<Catalog>>,
    /// The host's function: what identifies is the same in either spelling of its letters.
    pub compose: Compose,
}

impl ImportSettings {
    /// Everything as the headers say.
    pub const fn new(order_type: OrderType) -> Self {
        Self {
            order_type,
            columns: Vec::new(),
            defaults: [const { None }; COUNT],
            catalog: None,
            compose: compose::as_written,
        }
    }

    /// Reads which header is which field: JSON, an object of texts. A field is named by its path or by a usual spelling; an
    /// empty one leaves the column out.
    pub fn read_columns(&mut self, json: &[u8]) -> Result<()> {
        let unreadable = |_| Error::config(COLUMNS);
        let mut reader = Reader::new(json);
        let mut members = reader.object().map_err(unreadable)?;
        while let Some(header) = members.next(&mut reader).map_err(unreadable)? {
            let header = header.decode().into_owned();
            if reader.peek().map_err(unreadable)? != Kind::String {
                return Err(Error::config(COLUMNS));
            }
            let name = reader.string().map_err(unreadable)?.decode();
            let field = fields::at_path(&name).or_else(|| fields::named(&name, self.order_type));
            if field.is_none() && !name.is_empty() {
                return Err(Error::config(
                    ["columns: ", &header, " is mapped to ", &name, ", which is no field of a line. Give a path such as DigitalDeliveryAddress.Email."].concat(),
                ));
            }
            if let Some(field) = field.and_then(|field| FIELDS.get(field)) {
                self.must_use(field, "columns: ")?;
            }
            self.columns.push((header, field));
        }
        Ok(())
    }

    /// Reads what a field is where no cell says it: JSON, a part of a line.
    pub fn read_defaults(&mut self, json: &[u8]) -> Result<()> {
        self.read_group(json, "")?;
        LineBuilder::check_defaults(self)
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
                return Err(Error::config(
                    [
                        "defaults: ",
                        &path,
                        " is no field of a line that can be filled in.",
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

    /// What the caller says of a header: its field, or nothing where it is left out.
    pub(in crate::bulk) fn mapped(&self, header: &str) -> Option<&(String, Option<usize>)> {
        let exact = self.columns.iter().find(|(name, _)| name == header);
        let similar = || self.columns.iter().find(|(name, _)| is_meant(header, name));
        exact.or_else(similar)
    }

    /// Whether anybody knows a header, and its field; a known one without is left out.
    #[inline(never)]
    pub(in crate::bulk) fn field(&self, header: &str) -> (bool, Option<usize>) {
        if let Some((_, field)) = self.mapped(header) {
            return (true, *field);
        }
        let field = fields::named(header, self.order_type);
        (field.is_some(), field)
    }
}

/// Whether a header is the one that the caller names.
#[inline(never)]
pub(in crate::bulk) fn is_meant(header: &str, name: &str) -> bool {
    header == name || letters(header).eq(letters(name))
}

const COLUMNS: &str =
    "columns must be an object of texts such as { \"E-Mail\": \"DigitalDeliveryAddress.Email\" }.";
