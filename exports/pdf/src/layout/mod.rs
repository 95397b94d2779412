//! Layout: from the material to slices of a column, and from slices to pages.

mod block;
mod column;
mod figure;
mod handout;
mod number;
mod page;
mod slice;
mod table;
mod tree;

pub(crate) use column::{Align, Bookmark, Column, Frame};
pub(crate) use figure::Picture;
pub(crate) use handout::handout;
pub(crate) use page::{Page, paginate};
pub(crate) use slice::{Bar, Draw, Keep, Shape, Slice};
pub(crate) use tree::{NodeId, Role, Scope, Tree};
