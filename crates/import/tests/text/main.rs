//! Text pasted from the web: fixtures in many habits, properties, hostile input.

mod fixtures;
mod hostile;
mod property;
mod words;
