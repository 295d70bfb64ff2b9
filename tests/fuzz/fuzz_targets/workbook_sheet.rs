#![no_main]

#[path = "../checks/workbook_file.rs"]
mod workbook_file;
#[path = "../checks/workbook_sheet.rs"]
mod workbook_sheet;

libfuzzer_sys::fuzz_target!(|data: &[u8]| workbook_sheet::check(data));
