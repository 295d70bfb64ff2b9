//! Why a file is not read as a workbook, and what a person can do about it.

use core::fmt;

/// Why a file is not read as a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WorkbookFault {
    /// It is something else.
    Foreign(Foreign),
    /// The file ends before it should.
    Truncated,
    /// What the file says of itself does not hold.
    Damaged(Damage),
    /// It asks for more than one workbook may; see [`limits`](crate::workbook::limits).
    TooLarge(Limit),
    /// It is compressed in another way than workbooks are.
    UnknownCompression,
    /// It has no sheet of cells.
    NoSheet,
    /// All of its sheets are hidden, so that none was meant to be read.
    NoVisibleSheet,
    /// It has no sheet of that name, or at that place.
    UnknownSheet,
    /// It names a sheet that it does not hold.
    MissingSheet,
}

/// What a file is that is no `.xlsx` workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Foreign {
    /// An `.xlsx` workbook with a password to open it.
    Encrypted,
    /// Excel 97 to 2003.
    Xls,
    /// Excel's binary workbook.
    Xlsb,
    /// An OpenDocument spreadsheet.
    Ods,
    /// Another document of OpenDocument.
    OpenDocument,
    /// A spreadsheet of Apple's Numbers, or another document of iWork.
    Numbers,
    /// A Word document.
    Word,
    /// A PowerPoint presentation.
    PowerPoint,
    /// A document of another Office program.
    Office,
    /// A ZIP archive of anything.
    Archive,
    /// No archive at all.
    NoWorkbook,
}

/// What of a workbook does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// The archive's directory, or where it points.
    Archive,
    /// Two parts have one name.
    TwoParts,
    /// A part's compressed bytes, its length or its checksum.
    Compression,
    /// A part's XML.
    Xml,
    /// A part is neither in UTF-8 nor in UTF-16.
    Encoding,
    /// A part that every workbook has is missing.
    Part,
    /// Rows or cells of a sheet contradict each other: two at one place, or one out of order.
    Cells,
    /// A cell names a text or a style that the workbook does not have.
    Reference,
}

/// Which limit a workbook is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// [`limits::FILE`](crate::workbook::limits::FILE).
    File,
    /// [`limits::ENTRIES`](crate::workbook::limits::ENTRIES).
    Entries,
    /// [`limits::RATIO`](crate::workbook::limits::RATIO).
    Ratio,
    /// [`limits::SHEET`](crate::workbook::limits::SHEET), or one of its rows, columns and cells.
    Sheet,
    /// [`limits::STRINGS`](crate::workbook::limits::STRINGS).
    Strings,
    /// [`limits::PART`](crate::workbook::limits::PART), or the sheets, styles and formats in it.
    Part,
    /// [`limits::MERGES`](crate::workbook::limits::MERGES).
    Merges,
}

impl WorkbookFault {
    /// What is wrong and what to do, as the end of a sentence that begins with "The file".
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Foreign(foreign) => foreign.sentence(),
            Self::Truncated => {
                "is a workbook that was cut off: its end is missing. Download or copy it again."
            }
            Self::Damaged(damage) => damage.sentence(),
            Self::TooLarge(limit) => limit.sentence(),
            Self::UnknownCompression => {
                "is compressed in a way that workbooks are not. Open it in a spreadsheet program and save it as .xlsx."
            }
            Self::NoSheet => "is a workbook without a sheet of cells.",
            Self::NoVisibleSheet => {
                "is a workbook whose sheets are all hidden. Unhide the one with the list, or name it as `sheet`."
            }
            Self::UnknownSheet => "is a workbook that has no such sheet as `sheet` names.",
            Self::MissingSheet => {
                "is a damaged workbook: it names a sheet that it does not hold. Open it in a spreadsheet program and save it again."
            }
        }
    }
}

impl Foreign {
    const fn sentence(self) -> &'static str {
        match self {
            Self::Encrypted => {
                "is a workbook with a password. Open it, remove the password (File, Info, Protect Workbook, Encrypt with Password) and save it again."
            }
            Self::Xls => "is a workbook of Excel 97 to 2003 (.xls). Open it and save it as .xlsx.",
            Self::Xlsb => "is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx.",
            Self::Ods => "is an OpenDocument spreadsheet (.ods). Open it and save it as .xlsx.",
            Self::OpenDocument => {
                "is an OpenDocument file that is no spreadsheet. Put the list into a spreadsheet and save it as .xlsx."
            }
            Self::Numbers => {
                "is a document of Apple's iWork (.numbers). Open it in Numbers and choose File, Export To, Excel."
            }
            Self::Word => {
                "is a Word document. Put the list into a spreadsheet and save it as .xlsx."
            }
            Self::PowerPoint => {
                "is a PowerPoint presentation. Put the list into a spreadsheet and save it as .xlsx."
            }
            Self::Office => {
                "is an Office document that is no workbook. Put the list into a spreadsheet and save it as .xlsx."
            }
            Self::Archive => {
                "is a ZIP archive that is no workbook. Unpack it and take the list that is in it."
            }
            Self::NoWorkbook => "is no workbook. Save the list as .xlsx or as \"CSV UTF-8\".",
        }
    }
}

impl Damage {
    const fn sentence(self) -> &'static str {
        match self {
            Self::Archive => {
                "is a damaged workbook: its directory does not hold. Download or copy it again."
            }
            Self::TwoParts => {
                "is a damaged workbook: two of its parts have one name. Open it in a spreadsheet program and save it again."
            }
            Self::Compression => {
                "is a damaged workbook: a part of it does not have the length and the checksum that it should. Download or copy it again."
            }
            Self::Xml => {
                "is a damaged workbook: the XML of a part is broken. Open it in a spreadsheet program and save it again."
            }
            Self::Encoding => {
                "is a damaged workbook: a part of it is neither UTF-8 nor UTF-16. Open it in a spreadsheet program and save it again."
            }
            Self::Part => {
                "is a damaged workbook: a part of it is missing. Open it in a spreadsheet program and save it again."
            }
            Self::Cells => {
                "is a damaged workbook: rows or cells stand twice or out of order. Open it in a spreadsheet program and save it again."
            }
            Self::Reference => {
                "is a damaged workbook: a cell names a text or a format that is not there. Open it in a spreadsheet program and save it again."
            }
        }
    }
}

impl Limit {
    const fn sentence(self) -> &'static str {
        match self {
            Self::File => "is larger than 256 MiB, which is the most of a workbook.",
            Self::Entries => "has more than 10,000 parts, which is the most of a workbook.",
            Self::Ratio => {
                "is compressed more than 250 times, which no list is. Copy the list into a new workbook."
            }
            Self::Sheet => {
                "has a sheet that is too large (256 MiB of XML, 1,048,576 rows, 16,384 columns, 1 MiB a cell, 8 MiB a row). Copy the list into a new workbook."
            }
            Self::Strings => {
                "has more than 64 MiB of texts, which is the most of a workbook. Split it."
            }
            Self::Part => {
                "has too many sheets (1,000), formats (5,000) or styles (65,536). Copy the list into a new workbook."
            }
            Self::Merges => {
                "has too many merged cells (100,000 ranges, 1,024 across one row). Unmerge them."
            }
        }
    }
}

impl fmt::Display for WorkbookFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the file ")?;
        f.write_str(self.sentence())
    }
}

impl core::error::Error for WorkbookFault {}

/// What reading a workbook comes to.
pub(super) type Result<T, E = WorkbookFault> = core::result::Result<T, E>;
