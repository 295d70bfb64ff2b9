//! Lists: which part of one was asked for, and how it is wrapped.
//!
//! Pages count from 1 and lists come in an envelope, as clients of the platform have it (fact sheet, section 3.0). The
//! bounds are ours: the default of `pageSize` is 50 and its maximum 500, the largest that a client is known to ask for; what
//! is outside is refused, so that nobody relies on a page that the API might cut.

use alloc::borrow::ToOwned;
use alloc::vec;
use core::str::FromStr;

use serde_json::Value;

use super::answer::Draft;
use super::http::Request;
use super::json::object;

const DEFAULT_SIZE: usize = 50;
const MAX_SIZE: usize = 500;

/// How lists are answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lists {
    /// A page in `{ Data, Page, PageSize, TotalCount }`.
    #[default]
    Envelope,
    /// The whole list as an array. Paging parameters are checked and otherwise ignored: an array cannot say that there is
    /// more.
    Bare,
}

impl FromStr for Lists {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "envelope" => Ok(Self::Envelope),
            "bare" => Ok(Self::Bare),
            _ => Err(()),
        }
    }
}

impl Lists {
    /// Answers the part of a list that the request asks for; only that part is rendered.
    pub(super) fn answer<T>(
        self,
        request: &Request<'_>,
        items: impl ExactSizeIterator<Item = T>,
        render: impl FnMut(T) -> Value,
    ) -> Draft {
        let page = match Page::asked(request) {
            Ok(page) => page,
            Err(refusal) => return refusal,
        };
        let total = items.len();
        match self {
            Self::Bare => Draft::ok(items.map(render).collect::<Value>()),
            Self::Envelope => {
                let skipped = page.index.saturating_sub(1).saturating_mul(page.size);
                let data: Value = items.skip(skipped).take(page.size).map(render).collect();
                Draft::ok(object(vec![
                    ("Data", data),
                    ("Page", page.index.into()),
                    ("PageSize", page.size.into()),
                    ("TotalCount", total.into()),
                ]))
            }
        }
    }
}

struct Page {
    index: usize,
    size: usize,
}

impl Page {
    fn asked(request: &Request<'_>) -> Result<Self, Draft> {
        let index = number(
            request,
            "pageIndex",
            1,
            usize::try_from(i32::MAX).unwrap_or(1),
        )?;
        let size = number(request, "pageSize", DEFAULT_SIZE, MAX_SIZE)?;
        Ok(Self { index, size })
    }
}

fn number(
    request: &Request<'_>,
    name: &str,
    default: usize,
    maximum: usize,
) -> Result<usize, Draft> {
    let Some(text) = request.parameter(name) else {
        return Ok(default);
    };
    text.parse()
        .ok()
        .filter(|number| (1..=maximum).contains(number))
        .ok_or_else(|| {
            Draft::invalid(vec![(
                name.to_owned(),
                format!("must be an integer from 1 to {maximum}"),
            )])
        })
}
