//! The import of a spreadsheet, for JavaScript.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use crate::bulk::{self, Import, ImportProgress, ImportSettings};
use crate::error::Error;
use crate::json::Writer;
use crate::order::OrderType;
use crate::wasm::order::catalog::Catalog;
use crate::wasm::shared::clock::now;
use crate::wasm::shared::compose::compose;
use crate::wasm::shared::{convert, error, field, number};

/// A file that is being read.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct RecipientImport {
    /// Nothing once it is finished.
    import: Option<Import>,
}

#[wasm_bindgen]
impl RecipientImport {
    /// Takes the options, the catalog by itself, and the label of the encoding as the host knows it, of which it makes UTF-8 unless it is one
    /// of ours.
    ///
    /// # Errors
    ///
    /// `ConfigError` for options that cannot be used.
    #[wasm_bindgen(constructor)]
    pub fn new(
        options: &JsValue,
        catalog: Option<Catalog>,
        encoding: Option<String>,
    ) -> Result<Self, JsValue> {
        let mut settings = settings(options, catalog)?;
        if let Some(label) = encoding {
            settings.set_encoding(&label);
        }
        Ok(Self {
            import: Some(Import::new(settings)),
        })
    }

    /// Reads a piece of the file, cut anywhere.
    ///
    /// # Errors
    ///
    /// `ConfigError` where the piece is not bytes, the import is finished, or the file has more rows than one import takes.
    pub fn push(&mut self, chunk: &JsValue) -> Result<Option<JsValue>, JsValue> {
        let import = self.import.as_mut().ok_or_else(finished)?;
        let view = convert::as_bytes(chunk)
            .ok_or_else(|| error::config("push takes the bytes of a file: a Uint8Array."))?;
        let mut progress = import.progress();
        let mut from = 0;
        while from < view.length() {
            let to = from.saturating_add(STEP).min(view.length());
            let piece = view.subarray(from, to).to_vec();
            progress = import
                .push(&piece)
                .map_err(|refusal| error::config(&refusal.message))?;
            from = to;
        }
        Ok(progress_json(progress))
    }

    /// Ends the file. The import is used up.
    ///
    /// # Errors
    ///
    /// As `push`.
    pub fn finish(&mut self) -> Result<ImportReport, JsValue> {
        let import = self.import.take().ok_or_else(finished)?;
        ImportReport::of(import.finish())
    }
}

/// What became of a file's rows. What can be read of it is made of these in JavaScript: `bulk/import-report.js`.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct ImportReport {
    pub(super) report: bulk::ImportReport,
}

#[wasm_bindgen]
impl ImportReport {
    /// Rows to mend.
    pub fn rejected(&self) -> Option<JsValue> {
        convert::parse(&self.report.rejected_json())
    }

    /// What the beginning of the file seems to be, where it was read with `keepsSamples`.
    pub fn inspection(&self) -> Option<JsValue> {
        convert::parse(&self.report.inspection_json())
    }

    /// What is wrong with them, each thing once.
    pub fn groups(&self) -> Option<JsValue> {
        convert::parse(&self.report.groups_json())
    }

    /// Everything else.
    pub fn summary(&self) -> Option<JsValue> {
        convert::parse(&self.report.summary_json())
    }

    /// The rejected rows as CSV, to mend.
    #[wasm_bindgen(js_name = rejectedCsv)]
    pub fn rejected_csv(&self) -> Uint8Array {
        Uint8Array::from(self.report.rejected_csv().as_slice())
    }
}

/// A CSV to fill in, for orders of a type.
///
/// # Errors
///
/// `ConfigError` for what is no type.
#[wasm_bindgen(js_name = recipientTemplate, skip_typescript)]
pub fn recipient_template(
    order_type: &JsValue,
    catalog: Option<Catalog>,
) -> Result<Uint8Array, JsValue> {
    let order_type = type_of(Some(order_type.clone()).filter(|given| !given.is_undefined()))?;
    let catalog = catalog.map(|catalog| catalog.shared);
    Ok(Uint8Array::from(
        bulk::recipient_template(order_type, catalog.as_deref()).as_slice(),
    ))
}

fn type_of(name: Option<JsValue>) -> Result<OrderType, JsValue> {
    let name = name.ok_or_else(|| {
        error::config("type is missing: DigitalDelivery, Links or PhysicalShipment.")
    })?;
    name.as_string()
        .and_then(|name| OrderType::from_name(&name))
        .ok_or_else(|| error::config("type must be DigitalDelivery, Links or PhysicalShipment."))
}

/// Returns how far an import has come.
pub(super) fn progress_json(progress: ImportProgress) -> Option<JsValue> {
    let mut json = Writer::new();
    json.object();
    for (name, count) in [
        ("bytes", progress.bytes),
        ("rows", progress.rows),
        ("accepted", progress.accepted),
        ("rejected", progress.rejected),
    ] {
        json.key(name);
        json.number(count);
    }
    json.close_object();
    convert::parse(&json.into_bytes())
}

impl ImportReport {
    pub(super) fn of(finished: Result<bulk::ImportReport, Box<Error>>) -> Result<Self, JsValue> {
        let report = finished.map_err(|refusal| error::config(&refusal.message))?;
        Ok(Self { report })
    }
}

/// What the caller says of the import, and the catalog by itself.
pub(super) fn settings(
    options: &JsValue,
    catalog: Option<Catalog>,
) -> Result<ImportSettings, JsValue> {
    let order_type = type_of(field::option(options, "type")?)?;
    let mut settings = ImportSettings::new(order_type);
    settings.compose = compose;
    settings.now = now();
    if let Some(columns) = field::option(options, "columns")? {
        taken(settings.read_columns(&json(&columns)?))?;
    }
    if let Some(defaults) = field::option(options, "defaults")? {
        taken(settings.read_defaults(&json(&defaults)?))?;
    }
    for (name, take) in TEXTS {
        if let Some(given) = field::option(options, name)? {
            let text = given
                .as_string()
                .ok_or_else(|| error::config(&[name, " must be a text."].concat()))?;
            taken(take(&mut settings, &text))?;
        }
    }
    if let Some(given) = field::option(options, "headerRow")? {
        let row = given.as_f64().and_then(number::whole);
        let row = row
            .and_then(|row| u32::try_from(row).ok())
            .filter(|row| *row > 0);
        settings.header_row = Some(row.ok_or_else(|| {
            error::config("headerRow must be the number of a line or row, from 1.")
        })?);
    }
    if let Some(limits) = field::option(options, "limits")?
        && let Some(maximum) = field::option(&limits, "maxCampaignValue")?
    {
        taken(settings.set_max_campaign_value(&maximum.as_string().unwrap_or_default()))?;
    }
    // Our own JavaScript's, for an inspection.
    settings.keeps_samples = field::option(options, "keepsSamples")?.is_some();
    settings.catalog = catalog.map(|catalog| catalog.shared);
    Ok(settings)
}

/// Options that are texts, and what takes each.
type Taking = fn(&mut ImportSettings, &str) -> Result<(), Box<Error>>;
const TEXTS: [(&str, Taking); 7] = [
    ("delimiter", ImportSettings::set_delimiter),
    ("duplicates", ImportSettings::set_duplicates),
    ("hidden", ImportSettings::set_hidden),
    ("defaultCountry", ImportSettings::set_default_country),
    ("deliveryTime", ImportSettings::set_delivery_time),
    ("dateOrder", ImportSettings::set_date_order),
    ("maxValue", ImportSettings::set_max_value),
];

fn taken(result: Result<(), Box<Error>>) -> Result<(), JsValue> {
    result.map_err(|refusal| error::config(&refusal.message))
}

/// Bytes that are copied out of JavaScript at a time: a file given in one piece does not stand in memory twice.
const STEP: u32 = 256 << 10;

pub(super) fn finished() -> JsValue {
    error::config("The import is finished. Make a new one for another file.")
}

/// An option as JSON.
fn json(option: &JsValue) -> Result<Vec<u8>, JsValue> {
    convert::json(option)
        .and_then(|text| convert::text_bytes(&text).ok())
        .ok_or_else(|| error::config("columns and defaults must be plain objects."))
}
