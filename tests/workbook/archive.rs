//! Workbooks part by part, as no program writes them.

#![allow(
    clippy::cast_possible_truncation,
    reason = "the archives of tests are small"
)]

use miniz_oxide::deflate::compress_to_vec;

/// A part of an archive, and what its entry says of it.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) method: u16,
    pub(super) flags: u16,
    pub(super) checksum: u32,
    pub(super) size: u64,
    pub(super) data: Vec<u8>,
}

impl Entry {
    pub(super) fn stored(name: &str, data: &[u8]) -> Self {
        Self {
            name: name.into(),
            method: 0,
            flags: 0,
            checksum: crc32(data),
            size: data.len() as u64,
            data: data.into(),
        }
    }

    pub(super) fn deflated(name: &str, data: &[u8]) -> Self {
        Self {
            method: 8,
            data: compress_to_vec(data, 6),
            ..Self::stored(name, data)
        }
    }
}

/// How the archive is put together.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Form {
    #[default]
    Plain,
    /// Sizes stand behind each part, as a writer does that streams.
    Descriptors,
    /// Sizes and places have 64 bits.
    Zip64,
    /// A comment stands at the end.
    Comment,
}

pub(super) fn zip(entries: &[Entry], form: Form) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    let is_wide = form == Form::Zip64;
    for entry in entries {
        let offset = out.len() as u64;
        let streams = form == Form::Descriptors;
        let flags = entry.flags | if streams { 8 } else { 0 };
        let compressed = entry.data.len() as u64;
        let narrow = |size: u64| u32::try_from(size).unwrap_or(u32::MAX);
        out.extend(b"PK\x03\x04\x14\0");
        out.extend(flags.to_le_bytes());
        out.extend(entry.method.to_le_bytes());
        out.extend([0; 4]);
        for field in [u64::from(entry.checksum), compressed, entry.size] {
            out.extend(if streams { 0 } else { narrow(field) }.to_le_bytes());
        }
        out.extend((entry.name.len() as u16).to_le_bytes());
        out.extend(4_u16.to_le_bytes());
        out.extend(entry.name.as_bytes());
        out.extend([0xFE, 0xCA, 0, 0]);
        out.extend(&entry.data);
        if streams {
            out.extend(b"PK\x07\x08");
            for field in [u64::from(entry.checksum), compressed, entry.size] {
                out.extend(narrow(field).to_le_bytes());
            }
        }

        let mut extra = Vec::new();
        if is_wide {
            extra.extend([0xFE, 0xCA, 2, 0, 7, 7, 1, 0, 24, 0]);
            for field in [entry.size, compressed, offset] {
                extra.extend(field.to_le_bytes());
            }
        }
        directory.extend(b"PK\x01\x02\x14\0\x14\0");
        directory.extend(flags.to_le_bytes());
        directory.extend(entry.method.to_le_bytes());
        directory.extend([0; 4]);
        directory.extend(entry.checksum.to_le_bytes());
        for field in [compressed, entry.size] {
            directory.extend(if is_wide { u32::MAX } else { narrow(field) }.to_le_bytes());
        }
        directory.extend((entry.name.len() as u16).to_le_bytes());
        directory.extend((extra.len() as u16).to_le_bytes());
        directory.extend([0; 10]);
        directory.extend(if is_wide { u32::MAX } else { narrow(offset) }.to_le_bytes());
        directory.extend(entry.name.as_bytes());
        directory.extend(extra);
    }
    let (start, size) = (out.len() as u64, directory.len() as u64);
    out.extend(directory);
    if is_wide {
        let end = out.len() as u64;
        out.extend(b"PK\x06\x06");
        out.extend(44_u64.to_le_bytes());
        out.extend([45, 0, 45, 0]);
        out.extend([0; 8]);
        for field in [entries.len() as u64, entries.len() as u64, size, start] {
            out.extend(field.to_le_bytes());
        }
        out.extend(b"PK\x06\x07\0\0\0\0");
        out.extend(end.to_le_bytes());
        out.extend(1_u32.to_le_bytes());
    }
    let count = if is_wide {
        u16::MAX
    } else {
        entries.len() as u16
    };
    let comment: &[u8] = if form == Form::Comment {
        b"made by hand PK\x05\x06"
    } else {
        b""
    };
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    for field in [size, start] {
        out.extend(if is_wide { u32::MAX } else { field as u32 }.to_le_bytes());
    }
    out.extend((comment.len() as u16).to_le_bytes());
    out.extend(comment);
    out
}

/// The parts of a workbook with one sheet; each may be put in the place of the usual one.
#[derive(Clone)]
pub(super) struct Parts {
    pub(super) top: String,
    pub(super) related: String,
    pub(super) workbook: String,
    pub(super) styles: String,
    pub(super) strings: String,
    pub(super) sheet: Vec<u8>,
}

const RELATED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

impl Parts {
    /// A workbook whose sheet has these rows.
    pub(super) fn rows(rows: &str) -> Self {
        Self::sheet(&format!(
            "<worksheet><sheetData>{rows}</sheetData></worksheet>"
        ))
    }

    /// A workbook with this sheet.
    pub(super) fn sheet(sheet: &str) -> Self {
        let relationship = |id: &str, role: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{RELATED}/{role}\" Target=\"{target}\"/>")
        };
        Self {
            top: format!("<Relationships>{}</Relationships>", relationship("rId1", "officeDocument", "xl/workbook.xml")),
            related: format!(
                "<Relationships>{}{}{}</Relationships>",
                relationship("rId1", "worksheet", "worksheets/sheet1.xml"),
                relationship("rId2", "styles", "styles.xml"),
                relationship("rId3", "sharedStrings", "sharedStrings.xml"),
            ),
            workbook: "<workbook><sheets><sheet name=\"List\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>".into(),
            styles: "<styleSheet><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"00000\"/><numFmt numFmtId=\"165\" formatCode=\"&quot;$&quot;#,##0.00\"/></numFmts><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs><dxfs><dxf><numFmt numFmtId=\"164\" formatCode=\"0%\"/></dxf></dxfs></styleSheet>".into(),
            strings: "<sst><si><t>ann@example.com</t></si><si><r><t>Ana </t></r><r><t>Lima</t></r><rPh><t>ANA</t></rPh></si><si/></sst>".into(),
            sheet: sheet.into(),
        }
    }

    pub(super) fn entries(&self) -> Vec<Entry> {
        vec![
            Entry::stored("[Content_Types].xml", b"<Types/>"),
            Entry::deflated("_rels/.rels", self.top.as_bytes()),
            Entry::deflated("xl/workbook.xml", self.workbook.as_bytes()),
            Entry::stored("xl/_rels/workbook.xml.rels", self.related.as_bytes()),
            Entry::deflated("xl/styles.xml", self.styles.as_bytes()),
            Entry::deflated("xl/sharedStrings.xml", self.strings.as_bytes()),
            Entry::deflated("xl/worksheets/sheet1.xml", &self.sheet),
        ]
    }

    pub(super) fn zip(&self) -> Vec<u8> {
        zip(&self.entries(), Form::Plain)
    }
}

/// CRC-32, by a table.
fn crc32(bytes: &[u8]) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|byte| {
        (0..8).fold(byte as u32, |state, _| {
            state >> 1 ^ if state & 1 == 1 { 0xEDB8_8320 } else { 0 }
        })
    });
    !bytes.iter().fold(u32::MAX, |state, byte| {
        state >> 8 ^ table[((state ^ u32::from(*byte)) & 255) as usize]
    })
}
