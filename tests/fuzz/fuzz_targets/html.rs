//! A page of HTML is read.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| patra_fuzz::source("html", data));
