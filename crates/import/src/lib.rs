//! Text pasted from the web, and other foreign sources, to patra's model.
