//! Text pasted from the web: fixtures in many habits, properties, hostile input.

#[path = "../fixture/mod.rs"]
mod fixture;
mod fixtures;
mod hostile;
mod property;
mod words;
