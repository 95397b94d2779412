//! A workbook is read, or a worksheet in a workbook that is sound else.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| patra_fuzz::workbook(data));
