//! Decks: those that patra made, those of others, hostile packages.

mod foreign;
mod hostile;
mod own;
