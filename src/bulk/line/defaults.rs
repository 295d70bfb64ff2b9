//! Defaults are held to the rules of a line before a file is read.

use alloc::rc::Rc;

use crate::bulk::columns::settings::ImportSettings;
use crate::bulk::line::builder::LineBuilder;
use crate::error::{Error, Result};

impl ImportSettings {
    /// Reads what a field is where no cell says it: JSON, a part of a line.
    ///
    /// # Errors
    ///
    /// `Config` for what is no part of a line, and for values that no line could have.
    pub fn read_defaults(&mut self, json: &[u8]) -> Result<()> {
        self.take_defaults(json)?;
        // Lent to a builder for as long: to copy them would be code for nothing else.
        let lent = Rc::new(core::mem::replace(self, Self::new(self.order_type)));
        let wrong = LineBuilder::wrong_default(Rc::clone(&lent));
        if let Some(settings) = Rc::into_inner(lent) {
            *self = settings;
        }
        match wrong {
            None => Ok(()),
            Some((path, sentence)) => {
                Err(Error::config(["defaults: ", path, " ", &sentence].concat()))
            }
        }
    }
}
