//! The import: bytes of a file in, a report at last.

use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::bulk::columns::settings::ImportSettings;
use crate::bulk::csv::delimiter::Sniffer;
use crate::bulk::csv::splitter::Splitter;
use crate::bulk::import::progress::ImportProgress;
use crate::bulk::import::report::ImportReport;
use crate::bulk::import::row_intake::RowIntake;
use crate::error::Result;

/// Bytes that are decoded at a time.
const STEP: usize = 64 << 10;

/// A file that is being read.
#[derive(Debug)]
pub struct Import {
    bytes: u64,
    text: Vec<u8>,
    /// What tells the delimiter, until it has.
    sniffer: Option<Sniffer>,
    splitter: Splitter,
    intake: RowIntake,
}

impl Import {
    /// A file of which nothing has been read.
    pub fn new(settings: ImportSettings) -> Self {
        let delimiter = settings.delimiter;
        let mut import = Self {
            bytes: 0,
            text: Vec::new(),
            sniffer: Some(Sniffer::default()),
            splitter: Splitter::new(),
            intake: RowIntake::new(Rc::new(settings)),
        };
        if let Some(delimiter) = delimiter {
            import.sniffer = None;
            import.begin(delimiter, &[]);
        }
        import
    }

    /// Reads a piece of the file, cut anywhere.
    ///
    /// # Errors
    ///
    /// `Config`, where the file has more rows than an import takes.
    pub fn push(&mut self, piece: &[u8]) -> Result<ImportProgress> {
        self.bytes = self.bytes.saturating_add(piece.len() as u64);
        for step in piece.chunks(STEP) {
            self.text.clear();
            if self.sniffer.is_none() && self.intake.decoder().is_through() {
                // It is read where it stands.
                let intake = &mut self.intake;
                self.splitter.push(step, &mut |row| intake.row(row));
            } else if !self.intake.is_refused() {
                let decoded = self.intake.decoder().push(step, &mut self.text);
                self.read(decoded);
            }
            self.intake.check_limits()?;
        }
        Ok(self.progress())
    }

    /// Reads what is left of the file's end and reports.
    ///
    /// # Errors
    ///
    /// As [`Import::push`].
    pub fn finish(mut self) -> Result<ImportReport> {
        if !self.intake.is_refused() {
            self.text.clear();
            let decoded = self.intake.decoder().finish(&mut self.text);
            self.read(decoded);
            if let Some(sniffer) = self.sniffer.take() {
                let (delimiter, held) =
                    sniffer.finish(&|line, delimiter| self.intake.known(line, delimiter));
                self.begin(delimiter, &held);
            }
            let intake = &mut self.intake;
            self.splitter.finish(&mut |row| intake.row(row));
        }
        self.intake.check_limits()?;
        Ok(self.intake.finish())
    }

    /// How far the import has come.
    pub fn progress(&self) -> ImportProgress {
        self.intake.progress(self.bytes)
    }

    fn read(&mut self, decoded: Result<(), &'static str>) {
        if let Err(sentence) = decoded {
            self.intake.refuse(sentence);
            return;
        }
        match self.sniffer.take() {
            None => {
                let intake = &mut self.intake;
                self.splitter.push(&self.text, &mut |row| intake.row(row));
            }
            Some(mut sniffer) => {
                let known = |line: &[u8], delimiter: u8| self.intake.known(line, delimiter);
                if sniffer.push(&self.text, &known) {
                    let (delimiter, held) = sniffer.finish(&known);
                    self.begin(delimiter, &held);
                } else {
                    self.sniffer = Some(sniffer);
                }
            }
        }
    }

    /// Reads what was held back until the delimiter was known.
    fn begin(&mut self, delimiter: u8, held: &[u8]) {
        self.splitter.set_delimiter(delimiter);
        self.intake.set_delimiter(delimiter);
        let intake = &mut self.intake;
        self.splitter.push(held, &mut |row| intake.row(row));
    }
}
