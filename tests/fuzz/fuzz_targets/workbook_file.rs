#![no_main]

#[path = "../checks/workbook_file.rs"]
mod workbook_file;

libfuzzer_sys::fuzz_target!(|data: &[u8]| workbook_file::check(data));
