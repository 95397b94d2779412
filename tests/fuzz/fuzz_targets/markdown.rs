//! patra's Markdown is read, and what is written of it reads back the same.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| patra_fuzz::markdown(data));
