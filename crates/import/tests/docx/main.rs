//! Word's documents, made here part by part.

mod archive;
mod blocks;
mod hostile;
mod lists;
mod marks;
