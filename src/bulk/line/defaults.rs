//! Defaults are held to the rules of a line before a file is read.

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
        match LineBuilder::wrong_default(self) {
            None => Ok(()),
            Some((path, sentence)) => {
                Err(Error::config(["defaults: ", path, " ", &sentence].concat()))
            }
        }
    }
}
