//! Pages of HTML: fixtures in many habits, properties, hostile input.

#[path = "../fixture/mod.rs"]
mod fixture;
mod fixtures;
mod hostile;
mod marker;
mod marks;
mod property;
mod visible;
#[path = "../text/words.rs"]
#[allow(dead_code, reason = "shared with the tests of pasted text, which use all of it")]
mod words;
