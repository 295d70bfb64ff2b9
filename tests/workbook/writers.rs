//! One list, as each program writes it. `make/make.sh` writes the files; what they must come to stands beside each, and is read by a person
//! where `UPDATE=1` writes it anew.

use std::env;
use std::fs;

use super::{dump, file, folder};

#[test]
fn each_writers_file_is_read_as_a_person_sees_it() {
    for name in [
        "exceljs",
        "exceljs-1904",
        "gnumeric",
        "hucre",
        "libreoffice",
        "openpyxl",
        "openpyxl-1904",
        "sheetjs",
        "sheetjs-shared",
        "write-excel-file",
        "xlsxwriter",
        "xlsxwriter-1904",
    ] {
        let seen = dump(file(&format!("{name}.xlsx"))).unwrap();
        let path = folder().join(format!("{name}.txt"));
        if env::var_os("UPDATE").is_some() {
            fs::write(&path, &seen).unwrap();
        }
        let expected = fs::read_to_string(path).unwrap();
        assert_eq!(seen, expected, "{name}");
    }
}
