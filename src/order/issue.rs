//! One thing that is wrong with an order, said so that a person and a program can act on it.

use super::Path;
use crate::json::Writer;
use alloc::string::String;
use alloc::vec::Vec;

/// Whether an issue keeps an order from being sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The order is not sent.
    Error,
    /// The order can be sent, but look.
    Warning,
}

impl Severity {
    /// The word in a report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! issue_codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal,)+) => {
        /// What kind of thing is wrong. The set is closed: programs switch on it, translations are keyed by it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum IssueCode {
            $($(#[doc = $doc])+ $name,)+
        }

        impl IssueCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code in a report.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }
        }
    };
}

issue_codes! {
    /// Not JSON; params: `reason`, and where there was a text to read `offset` in bytes, `line` and `column` from 1.
    InvalidJson = "invalid_json",
    /// Bytes of a row that are not UTF-8, or of a file that mixes encodings.
    InvalidEncoding = "invalid_encoding",
    /// A file that is not CSV, such as a workbook.
    UnsupportedFile = "unsupported_file",
    /// A row that pays the same recipient what an earlier one pays; params: `firstLine`.
    DuplicateRow = "duplicate_row",
    /// A row of a sheet that is hidden or filtered out, or a hidden column that would be read.
    HiddenRow = "hidden_row",
    /// A file that is neither UTF-8 nor UTF-16, of which the encoding was guessed; params: `encoding`, `sample`.
    UncertainEncoding = "uncertain_encoding",
    /// A file without a row under its header; of a workbook, sheets whose rows are not read (warning).
    NoRows = "no_rows",
    /// A header of which no column is known, or a mapped column that the file does not have.
    UnknownColumn = "unknown_column",
    /// A row with more cells than the header has columns.
    TooManyColumns = "too_many_columns",
    /// A cell with something behind its closing quote.
    MalformedQuotes = "malformed_quotes",
    /// A cell whose quote is never closed.
    UnclosedQuote = "unclosed_quote",
    /// An amount that can be read in two ways, such as `1.000`.
    AmbiguousAmount = "ambiguous_amount",
    /// Another JSON type than the field's; params: `expected`, `received`.
    InvalidType = "invalid_type",
    /// A required field that is absent or empty.
    Required = "required",
    /// An optional field that is there and has nothing but space in it. One that is empty counts as absent.
    Empty = "empty",
    /// A field that the API does not document (warning), or a known name in another case (error); params: `nearest`, where one
    /// is near.
    UnknownField = "unknown_field",
    /// A key that stands twice in one object, in the same case or another.
    DuplicateField = "duplicate_field",
    /// `Type` is none of the three; params: `allowed`.
    UnknownOrderType = "unknown_order_type",
    /// An amount or a quantity of zero or less.
    NotPositive = "not_positive",
    /// An amount with more than two decimals that count; params: `maximum`.
    TooManyDecimals = "too_many_decimals",
    /// A quantity that is not a whole number.
    NotInteger = "not_integer",
    /// A number that is too large; params: `maximum`.
    OutOfRange = "out_of_range",
    /// A text that is too long; params: `maximum` in characters.
    TooLong = "too_long",
    /// A control character in a text; line feeds are allowed in `Message` and `Note`.
    ControlCharacter = "control_character",
    /// Space at the start or the end of a text (warning).
    SurroundingSpace = "surrounding_space",
    /// Not an e-mail address, by the rule of `<input type=email>`; params: `reason`, where there is one: `surrounding_space`, `space`,
    /// `invisible_character` or `domain_not_ascii`.
    InvalidEmail = "invalid_email",
    /// Not a phone number in E.164: `+`, country code, number, 7 to 15 digits.
    InvalidPhone = "invalid_phone",
    /// Not an ISO 3166-1 alpha-2 country code in capitals.
    InvalidCountry = "invalid_country",
    /// Not a postal code of the address's country; params: `reason`, one of `guarded`, `number`, `lost_zero` (with `digits`) and `form`
    /// (with an `example`, where one is known).
    InvalidZip = "invalid_zip",
    /// Not an `https:` URL (`http:` is taken for loopback only).
    InvalidUrl = "invalid_url",
    /// Not a date and time with zone in RFC 3339.
    InvalidDateTime = "invalid_date_time",
    /// A delivery date that is past (warning).
    DateInPast = "date_in_past",
    /// A delivery date more than a year ahead (warning).
    DateFarAhead = "date_far_ahead",
    /// An e-mail address whose domain has no dot (warning).
    DomainWithoutDot = "domain_without_dot",
    /// A character that nobody sees in an identifier, a postal code, a name or an address (warning); params: `character`, such as `U+200B`.
    InvisibleCharacter = "invisible_character",
    /// A text that was read in another encoding than it was written in, such as `JosÃ©` (warning).
    GarbledText = "garbled_text",
    /// No address of the kind that the order's type needs; params: `orderType`.
    MissingDeliveryAddress = "missing_delivery_address",
    /// An address that the order's type does not use (warning); params: `orderType`.
    UnusedDeliveryAddress = "unused_delivery_address",
    /// The same product for the same recipient as in a line before (warning); params: `firstLine`, that line's index.
    DuplicateLine = "duplicate_line",
    /// More lines than one order should have (warning; an error in the client, whose `limits.maxLines` it is); params: `maximum`.
    TooManyLines = "too_many_lines",
    /// More bytes than one order should have (warning; an error in the client); params: `maximum`.
    TooLarge = "too_large",
    /// A product that the catalog does not have; params: `nearest`, where one is near.
    UnknownProduct = "unknown_product",
    /// A value that the product does not offer; params: `offered`, or `minimum` and `maximum`.
    DenominationNotOffered = "denomination_not_offered",
    /// The product cannot be delivered as the order's `Type` says; params: `offered`.
    DeliveryTypeNotOffered = "delivery_type_not_offered",
    /// A product in another currency than the order's first; params: `expected`, `received`.
    MixedCurrencies = "mixed_currencies",
    /// More money than the client's `limits.maxOrderValue` allows; params: `maximum`.
    OverLimit = "over_limit",
}

/// What a message says beside its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Param {
    /// A word of ours or of the reference, never the caller's data.
    Text(&'static str),
    /// An amount of money.
    Decimal(String),
    /// A word of the catalog.
    Word(String),
    /// Some words of the catalog, or amounts.
    Words(Vec<String>),
    /// A number.
    Number(u64),
    /// Some words.
    List(&'static [&'static str]),
}

/// One thing that is wrong with an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Whether it keeps the order from being sent.
    pub severity: Severity,
    /// What kind of thing it is.
    pub code: IssueCode,
    /// Where it is.
    pub path: Path,
    /// What a person can do about it, in English; it never repeats the value.
    pub message: String,
    /// What the message says, for a translation.
    pub params: Vec<(&'static str, Param)>,
}

impl Issue {
    pub(super) fn write(&self, json: &mut Writer) {
        json.object();
        json.key("severity");
        json.string(self.severity.as_str());
        json.key("code");
        json.string(self.code.as_str());
        json.key("path");
        self.path.write(json);
        json.key("message");
        json.string(&self.message);
        if !self.params.is_empty() {
            json.key("params");
            json.object();
            for (name, param) in &self.params {
                json.key(name);
                match param {
                    Param::Text(text) => json.string(text),
                    Param::Decimal(text) | Param::Word(text) => json.string(text),
                    Param::Number(number) => json.number(*number),
                    Param::Words(words) => {
                        json.array();
                        for word in words {
                            json.string(word);
                        }
                        json.close_array();
                    }
                    Param::List(words) => {
                        json.array();
                        words.iter().for_each(|word| json.string(word));
                        json.close_array();
                    }
                }
            }
            json.close_object();
        }
        json.close_object();
    }
}
