//! A table as text is read, its encoding and delimiter found out.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| patra_fuzz::source("csv", data));
