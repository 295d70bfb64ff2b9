//! What one workbook may ask for. Each limit is checked before the memory or the time is spent.

/// Bytes of the file: more than any list of a million rows has.
pub const FILE: usize = 256 << 20;

/// Files inside the archive.
pub const ENTRIES: usize = 10_000;

/// How many times larger a part may be than its compressed bytes, beyond the first [`RATIO_FREE`]. What spreadsheets write is 5 to 40 times
/// larger; deflate's own bound is 1,032, which is what a bomb is made of.
pub const RATIO: usize = 250;

/// Bytes of a part to which no ratio applies: small parts of one repeated line are no danger.
pub const RATIO_FREE: usize = 4 << 20;

/// Bytes of a sheet's XML, uncompressed: about a million rows of six cells.
pub const SHEET: usize = 256 << 20;

/// Bytes of a sheet's XML that are kept from its survey to its rows; a larger sheet is uncompressed twice, or three times where
/// cells are merged.
pub const KEPT: usize = 32 << 20;

/// Bytes of the XML of the texts that cells share, uncompressed.
pub const STRINGS: usize = 64 << 20;

/// Bytes of any other part, uncompressed: the list of sheets, relationships, styles.
pub const PART: usize = 16 << 20;

/// Bytes of one tag, or of one text between two tags. A cell holds 32,767 characters.
pub const TOKEN: usize = 1 << 20;

/// Bytes of what the cells of one row hold.
pub const ROW: usize = 8 << 20;

/// Sheets of a workbook.
pub const SHEETS: usize = 1_000;

/// Relationships of a workbook.
pub const RELATIONSHIPS: usize = 10_000;

/// Number formats that a workbook defines.
pub const FORMATS: usize = 5_000;

/// Looks of cells that a workbook defines; as in Excel.
pub const STYLES: usize = 65_536;

/// Ranges of merged cells of a sheet.
pub const MERGES: usize = 100_000;

/// Ranges of merged cells that one row meets.
pub const MERGES_OF_A_ROW: usize = 1_024;

/// Rows of a sheet; as in Excel.
pub const ROWS: u32 = 1_048_576;

/// Columns of a sheet; as in Excel.
pub const COLUMNS: u32 = 16_384;

/// Bytes of what all cells of a sheet hold. A text that many cells share counts as often as it stands.
pub const HELD: usize = 512 << 20;
