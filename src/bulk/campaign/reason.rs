//! Why an order is not placed, as a code.

use crate::error::Kind;
use crate::order::IssueCode;

/// The code of an error, or of the issue that makes an order invalid. It is one of a closed list, so that a ledger can hold it: no
/// person and none of the API's words fit into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason(&'static str);

impl Reason {
    /// The reason of that code; none of a word that is no code of this package.
    pub fn from_code(code: &str) -> Option<Self> {
        let of_errors = Kind::ALL.iter().map(|kind| kind.code());
        let of_issues = IssueCode::ALL.iter().map(|code| code.as_str());
        of_errors
            .chain(of_issues)
            .find(|known| *known == code)
            .map(Self)
    }

    /// The code.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}
