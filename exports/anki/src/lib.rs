//! Decks of flashcards for Anki.
