//! The import of a workbook's rows, for our own JavaScript: they come as bytes from the wasm that reads workbooks.

use wasm_bindgen::prelude::*;

use super::recipient_import::{ImportReport, finished, progress_json, settings};
use crate::bulk;
use crate::sheet_rows;
use crate::wasm::order::catalog::Catalog;
use crate::wasm::shared::{convert, error};

/// A sheet that is being read.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct SheetImport {
    /// Nothing once it is finished.
    import: Option<bulk::SheetImport>,
}

#[wasm_bindgen]
impl SheetImport {
    /// Takes what `RecipientImport` takes.
    ///
    /// # Errors
    ///
    /// `ConfigError` for options that cannot be used.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue, catalog: Option<Catalog>) -> Result<Self, JsValue> {
        let settings = settings(options, catalog)?;
        Ok(Self {
            import: Some(bulk::SheetImport::new(settings)),
        })
    }

    /// Reads rows; how far the import has come, in so many bytes of the workbook.
    ///
    /// # Errors
    ///
    /// `ConfigError` where the sheet has more rows than one import takes.
    #[wasm_bindgen(js_name = pushRows)]
    pub fn push_rows(&mut self, rows: &[u8], bytes: u32) -> Result<Option<JsValue>, JsValue> {
        let import = self.import.as_mut().ok_or_else(finished)?;
        import
            .push_rows(rows)
            .map_err(|refusal| error::config(&refusal.message))?;
        Ok(progress_json(import.progress(bytes.into())))
    }

    /// Takes the workbook for one that cannot be read.
    pub fn refuse(&mut self, sentence: &str) {
        if let Some(import) = &mut self.import {
            import.refuse(sentence);
        }
    }

    /// Ends the sheet. The import is used up.
    ///
    /// # Errors
    ///
    /// As `pushRows`.
    pub fn finish(&mut self) -> Result<ImportReport, JsValue> {
        let import = self.import.take().ok_or_else(finished)?;
        ImportReport::of(import.finish())
    }
}

/// Returns whether a file that begins so, with four bytes or more, is a workbook of some kind.
#[wasm_bindgen(js_name = isWorkbook, skip_typescript)]
pub fn is_workbook(start: &JsValue) -> bool {
    let start = convert::as_bytes(start).map(|view| view.subarray(0, 4).to_vec());
    start.is_some_and(|start| sheet_rows::is_workbook(&start))
}
