//! From a source in Markdown to every output.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| patra_fuzz::outputs(data));
