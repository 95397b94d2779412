//! What is written reads back as the same material.

use patra_core::{Material, Source, arbitrary};
use patra_markdown::{ReadOptions, read, write};
use proptest::prelude::*;

fn reread(source: &str) -> Material {
    read(&Source::new(source.to_owned()), &ReadOptions::default()).material.expect("there is text")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_material_written_and_read_is_the_same(material in arbitrary::material()) {
        let source = write(&material);
        let again = reread(&source);
        prop_assert!(again == material, "written:\n{source}\n\nwanted:\n{}\n\nread:\n{}", material.to_json(), again.to_json());
        prop_assert_eq!(write(&again), source);
    }
}
