//! Which part of a workbook belongs to which: by relationships, since no name of a part is promised.

use alloc::string::String;
use alloc::vec::Vec;

use crate::workbook::fault::{Limit, Result, WorkbookFault};
use crate::workbook::limits;
use crate::workbook::xml::scanner::{Scanner, Token};
use crate::workbook::zip::directory::Archive;
use crate::workbook::zip::part::Part;

/// What one part is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Document,
    Worksheet,
    SharedStrings,
    Styles,
    Other,
}

/// A part that belongs to another one.
#[derive(Debug)]
pub(super) struct Relationship {
    pub(super) id: String,
    pub(super) role: Role,
    /// The part's name in the archive.
    pub(super) target: Vec<u8>,
}

/// The relationships of a part, or of the archive where the name is empty; none where it has no list of them.
pub(super) fn read(archive: &Archive, of: &[u8]) -> Result<Vec<Relationship>> {
    let mut relationships = Vec::new();
    let (folder, name) = split(of);
    let list = [folder, b"_rels/", name, b".rels"].concat();
    let Some(entry) = archive.find(&list)? else {
        return Ok(relationships);
    };
    let part = Part::open(archive, entry, (limits::PART, Limit::Part))?;
    let mut scanner = Scanner::open(part)?;
    loop {
        let attributes = match scanner.next()? {
            Token::Open {
                name: b"Relationship",
                attributes,
                ..
            } => attributes,
            Token::End => return Ok(relationships),
            _ => continue,
        };
        if attributes.text(b"TargetMode")?.as_deref() == Some("External") {
            continue;
        }
        let target = attributes.text(b"Target")?.unwrap_or_default();
        relationships.push(Relationship {
            id: attributes.text(b"Id")?.unwrap_or_default(),
            role: Role::of(&attributes.text(b"Type")?.unwrap_or_default()),
            target: resolve(folder, target.as_bytes()),
        });
        if relationships.len() > limits::RELATIONSHIPS {
            return Err(WorkbookFault::TooLarge(Limit::Part));
        }
    }
}

/// The part in that role, where there is one.
pub(super) fn target(relationships: &[Relationship], role: Role) -> Option<&[u8]> {
    let relationship = relationships.iter().find(|known| known.role == role)?;
    Some(&relationship.target)
}

impl Role {
    /// By the last word: the namespace before it is another one in "strict" workbooks.
    fn of(name: &str) -> Self {
        let (_, word) = split(name.as_bytes());
        match word {
            b"officeDocument" => Self::Document,
            b"worksheet" => Self::Worksheet,
            b"sharedStrings" => Self::SharedStrings,
            b"styles" => Self::Styles,
            _ => Self::Other,
        }
    }
}

/// A part's folder, with the slash behind it, and the name in it.
fn split(path: &[u8]) -> (&[u8], &[u8]) {
    let slash = path.iter().rposition(|byte| *byte == b'/');
    let start = slash.map_or(0, |slash| slash.saturating_add(1));
    path.split_at_checked(start).unwrap_or_default()
}

/// The part that a target is, seen from a folder.
fn resolve(folder: &[u8], target: &[u8]) -> Vec<u8> {
    let is_slash = |byte: &u8| matches!(*byte, b'/' | b'\\');
    let folder = if target.first().is_some_and(is_slash) {
        &[]
    } else {
        folder
    };
    let mut path: Vec<&[u8]> = Vec::new();
    for step in folder.split(is_slash).chain(target.split(is_slash)) {
        match step {
            b"" | b"." => {}
            b".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join(&b'/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_seen_from_its_folder_or_from_the_top() {
        for (target, part) in [
            ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("./worksheets//sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("../other/sheet1.xml", "other/sheet1.xml"),
            ("..\\..\\..\\sheet1.xml", "sheet1.xml"),
            ("", "xl"),
        ] {
            assert_eq!(resolve(b"xl/", target.as_bytes()), part.as_bytes());
        }
    }

    #[test]
    fn a_role_is_told_in_strict_workbooks_too() {
        for name in [
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet",
            "http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet",
        ] {
            assert_eq!(Role::of(name), Role::Worksheet);
        }
        assert_eq!(Role::of("…/relationships/chartsheet"), Role::Other);
    }
}
