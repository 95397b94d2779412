//! The course that comes with the program.

/// The editions of the embedded course, each with the name of its file.
pub const EDITIONS: [(&str, &str); 2] = [
    ("bpo.hi.md", include_str!("../../../materials/bpo.hi.md")),
    ("bpo.en.md", include_str!("../../../materials/bpo.en.md")),
];
