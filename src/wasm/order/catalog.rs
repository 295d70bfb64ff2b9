//! The catalog, for the class of `order/catalog.js`. Bulk's wasm takes one by its bytes and shows nothing of it, so by itself it neither reads
//! an answer nor searches.

use alloc::rc::Rc;

use wasm_bindgen::prelude::*;

use crate::catalog::{self, Fault};
use crate::wasm::shared::{convert, error};

/// A compact index over products.
#[wasm_bindgen(js_name = Catalog, skip_typescript)]
pub struct Catalog {
    pub(crate) shared: Rc<catalog::Catalog>,
}

#[wasm_bindgen(js_class = Catalog)]
impl Catalog {
    /// A catalog of what `toBytes` gave, and where the order tools are also of products or of a products answer.
    ///
    /// # Errors
    ///
    /// `ConfigError` for anything else.
    pub fn from(products: &JsValue) -> Result<Catalog, JsValue> {
        let bytes = convert::order_bytes(products).map_err(|_| fault(Fault::NoProducts))?;
        let read = if cfg!(any(feature = "client", not(feature = "bulk"))) {
            catalog::Catalog::read(bytes)
        } else {
            catalog::Catalog::from_bytes(&bytes)
        };
        read.map(Self::new).map_err(fault)
    }

    /// Another handle to the same index, for whoever keeps one: `free()` of one does nothing to the other.
    #[must_use]
    pub fn share(&self) -> Catalog {
        Self {
            shared: Rc::clone(&self.shared),
        }
    }

    pub(crate) fn new(catalog: catalog::Catalog) -> Self {
        Self {
            shared: Rc::new(catalog),
        }
    }
}

fn fault(fault: Fault) -> JsValue {
    error::config(fault.as_str())
}
