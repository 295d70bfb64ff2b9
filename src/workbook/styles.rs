//! How cells look, of which the number format says what they mean, and the font whether they mean it.

use alloc::string::String;
use alloc::vec::Vec;

use crate::workbook::fault::{Damage, Limit, Result, WorkbookFault};
use crate::workbook::format::section::NumberFormat;
use crate::workbook::limits;
use crate::workbook::look::Look;
use crate::workbook::xml::attributes::number;
use crate::workbook::xml::scanner::{Scanner, Token};
use crate::workbook::zip::directory::Archive;
use crate::workbook::zip::part::Part;

/// The number formats and the fonts of a workbook's styles.
#[derive(Default)]
pub(super) struct Styles {
    formats: Vec<NumberFormat>,
    /// For each style, the place of its format.
    places: Vec<u16>,
    /// For each style the look of its font, up to the last one that is not usual.
    looks: Vec<Look>,
}

/// What has been read of the part.
#[derive(Default)]
struct Reading {
    codes: Vec<(u32, String)>,
    fonts: Vec<Look>,
    /// The number and place of each format that a style has.
    used: Vec<(u32, u16)>,
    styles: Styles,
}

/// Formats below this number need no code.
const FIRST_DEFINED: u32 = 164;

/// Which list is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Formats,
    Fonts,
    Cells,
    Other,
}

impl Styles {
    pub(super) fn read(archive: &Archive, name: &[u8]) -> Result<Self> {
        let missing = WorkbookFault::Damaged(Damage::Part);
        let entry = archive.find(name)?.ok_or(missing)?;
        let part = Part::open(archive, entry, (limits::PART, Limit::Part))?;
        let mut scanner = Scanner::open(part)?;
        let mut reading = Reading::default();
        let mut place = Place::Other;
        loop {
            match scanner.next()? {
                Token::Open {
                    name: b"numFmt",
                    attributes,
                    ..
                } if place == Place::Formats => {
                    let id = attributes.text(b"numFmtId")?;
                    let code = attributes.text(b"formatCode")?.unwrap_or_default();
                    let id = id.and_then(|id| number(id.as_bytes()));
                    let id = id.ok_or(WorkbookFault::Damaged(Damage::Xml))?;
                    reading.codes.push((id, code));
                    if reading.codes.len() > limits::FORMATS {
                        return Err(WorkbookFault::TooLarge(Limit::Part));
                    }
                }
                Token::Open {
                    name: b"xf",
                    attributes,
                    ..
                } if place == Place::Cells => {
                    let id = attributes.text(b"numFmtId")?;
                    let id = id.and_then(|id| number(id.as_bytes()));
                    let font = attributes.text(b"fontId")?;
                    let font = font.and_then(|font| number(font.as_bytes()));
                    reading.add_look(font.unwrap_or(0));
                    reading.add_style(id.unwrap_or(0))?;
                }
                Token::Open { name: b"font", .. } if place == Place::Fonts => {
                    reading.fonts.push(Look::default());
                    if reading.fonts.len() > limits::STYLES {
                        return Err(WorkbookFault::TooLarge(Limit::Part));
                    }
                }
                // The same elements stand in named styles and in those of conditions.
                Token::Open {
                    name, attributes, ..
                } => match name {
                    b"numFmts" => place = Place::Formats,
                    b"fonts" => place = Place::Fonts,
                    b"cellXfs" => place = Place::Cells,
                    b"fills" | b"cellStyleXfs" | b"cellStyles" | b"dxfs" => place = Place::Other,
                    _ if place == Place::Fonts => {
                        if let Some(font) = reading.fonts.last_mut() {
                            font.note(name, attributes)?;
                        }
                    }
                    _ => {}
                },
                Token::End => return Ok(reading.styles),
                _ => {}
            }
        }
    }

    /// The number format of a style; the first of a workbook without styles is the one of all cells.
    pub(super) fn format(&self, style: u32) -> Option<&NumberFormat> {
        static GENERAL: NumberFormat = NumberFormat::GENERAL;
        let place = usize::try_from(style).ok()?;
        match self.places.get(place) {
            Some(format) => self.formats.get(usize::from(*format)),
            None if style == 0 => Some(&GENERAL),
            None => None,
        }
    }

    /// The look of a style's letters.
    #[inline]
    pub(super) fn look(&self, style: u32) -> Look {
        let place = usize::try_from(style).unwrap_or(usize::MAX);
        self.looks.get(place).copied().unwrap_or_default()
    }

    /// Returns whether a style shows numbers as they are.
    #[inline]
    pub(super) fn is_general(&self, style: u32) -> bool {
        let is_general = self.format(style).is_some_and(NumberFormat::is_general);
        is_general && !self.look(style).is_struck
    }
}

impl Reading {
    /// Notes the font of the style that is added next.
    fn add_look(&mut self, font: u32) {
        let place = usize::try_from(font).unwrap_or(usize::MAX);
        let look = self.fonts.get(place).copied().unwrap_or_default();
        if !look.is_usual() {
            let looks = &mut self.styles.looks;
            looks.resize(self.styles.places.len(), Look::default());
            looks.push(look);
        }
    }

    fn add_style(&mut self, id: u32) -> Result<()> {
        let is_defined = |code: &(u32, String)| code.0 == id;
        let id = if id < FIRST_DEFINED || self.codes.iter().any(is_defined) {
            id
        } else {
            0
        };
        let known = self.used.iter().find(|used| used.0 == id);
        let place = if let Some((_, place)) = known {
            *place
        } else {
            let too_large = WorkbookFault::TooLarge(Limit::Part);
            let place = u16::try_from(self.used.len()).map_err(|_| too_large)?;
            let code = self.codes.iter().find(|code| code.0 == id);
            self.styles.formats.push(match code {
                Some((_, code)) => NumberFormat::parse(code),
                None => NumberFormat::built_in(id),
            });
            self.used.push((id, place));
            place
        };
        self.styles.places.push(place);
        if self.styles.places.len() > limits::STYLES {
            return Err(WorkbookFault::TooLarge(Limit::Part));
        }
        Ok(())
    }
}
