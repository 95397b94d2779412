//! A package of Anki's is read, or a collection, or the fields of notes in a package that is sound else.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| patra_fuzz::deck(data));
