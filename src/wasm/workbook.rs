//! Workbooks, for our own JavaScript: a file in, rows of a sheet out as bytes, which another wasm makes lines of orders of.
//!
//! What is thrown is a text: the end of a sentence that begins with "The file".

use alloc::vec::Vec;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use crate::json::Writer;
use crate::workbook::{self, Rows, WorkbookFault};

/// A workbook.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct Workbook {
    workbook: workbook::Workbook,
    /// Whether the caller has told which sheet is meant.
    is_told: bool,
}

#[wasm_bindgen]
impl Workbook {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// A sentence, where it is none.
    pub fn open(file: &Uint8Array) -> Result<Self, JsValue> {
        if file.length() as usize > workbook::limits::FILE {
            return Err(sentence(WorkbookFault::TooLarge(workbook::Limit::File)));
        }
        let workbook = workbook::Workbook::open(file.to_vec()).map_err(sentence)?;
        Ok(Self {
            workbook,
            is_told: true,
        })
    }

    /// Its sheets as JSON: `[{ name, hidden }]`.
    pub fn sheets(&self) -> Uint8Array {
        let mut json = Writer::new();
        json.array();
        for sheet in self.workbook.sheets() {
            json.object();
            json.key("name");
            json.string(&sheet.name);
            json.key("hidden");
            json.boolean(sheet.is_hidden);
            json.close_object();
        }
        json.close_array();
        Uint8Array::from(json.into_bytes().as_slice())
    }

    /// The place of a sheet that is told by its name or its place; where nothing is told, of the first that is not hidden.
    ///
    /// # Errors
    ///
    /// A sentence, where there is none.
    pub fn find(&mut self, name: Option<Vec<u8>>, place: Option<u32>) -> Result<u32, JsValue> {
        let found = match (name, place) {
            (Some(name), _) => {
                let name = core::str::from_utf8(&name).unwrap_or_default();
                self.workbook.named(name)
            }
            (None, Some(place)) => return Ok(place),
            (None, None) => {
                self.is_told = false;
                self.workbook.first_visible()
            }
        };
        let found = found.map_err(sentence)?;
        Ok(u32::try_from(found).unwrap_or(u32::MAX))
    }

    /// Returns how many rows of the sheet at a place hold something.
    ///
    /// # Errors
    ///
    /// As `rows`.
    pub fn count(&self, place: u32) -> Result<u32, JsValue> {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        self.workbook.count_rows(place).map_err(sentence)
    }

    /// Begins with the rows of the sheet at a place.
    ///
    /// # Errors
    ///
    /// A sentence, where there is no such sheet, or it cannot be read.
    pub fn rows(&self, place: u32) -> Result<SheetRows, JsValue> {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        let mut rows = self.workbook.rows(place).map_err(sentence)?;
        if !self.is_told {
            rows.say(self.workbook.unread(place));
        }
        Ok(SheetRows {
            rows,
            room: Uint8Array::new_with_length(0),
        })
    }
}

/// The rows of a sheet.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct SheetRows {
    rows: Rows,
    /// Where rows are handed out: memory that is made anew for each batch keeps the garbage collector busy.
    room: Uint8Array,
}

#[wasm_bindgen]
impl SheetRows {
    /// The next rows as bytes, which are there until this is asked again; nothing behind the last.
    ///
    /// # Errors
    ///
    /// A sentence, where the sheet cannot be read on. What was handed out before must not be used then.
    #[wasm_bindgen(js_name = next)]
    pub fn next_batch(&mut self) -> Result<Option<Uint8Array>, JsValue> {
        let Some(batch) = self.rows.next_batch().map_err(sentence)? else {
            return Ok(None);
        };
        let length = u32::try_from(batch.len()).unwrap_or(u32::MAX);
        if self.room.length() < length {
            // Batches are of about one size.
            self.room = Uint8Array::new_with_length(length.saturating_add(length / 16));
        }
        let bytes = self.room.subarray(0, length);
        bytes.copy_from(batch);
        Ok(Some(bytes))
    }
}

fn sentence(fault: WorkbookFault) -> JsValue {
    JsValue::from_str(fault.sentence())
}
