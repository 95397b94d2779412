//! A book and its files are read.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| patra_fuzz::book(data));
