//! Layout: from the material to slices of a column, and from slices to pages.

mod bank;
mod bilingual;
mod block;
mod booklet;
mod calibration;
mod card;
mod column;
mod contents;
mod exercise;
mod figure;
mod handout;
mod key;
mod mark;
mod matching;
mod number;
mod page;
mod pairs;
mod room;
mod running;
mod slice;
mod table;
mod tree;
mod worksheet;

pub(crate) use bilingual::{GUTTER, Voice, bilingual};
pub(crate) use booklet::{Side, booklet};
pub(crate) use card::cards;
pub(crate) use column::{Align, Bookmark, Column, Frame};
pub(crate) use contents::{ContentsPlace, target};
pub(crate) use figure::{Picture, Pictures, ReadPicture, read_beside};
pub(crate) use handout::handout;
pub(crate) use key::key;
pub(crate) use page::{Laid, Page, paginate, shared};
pub(crate) use running::{Running, running_lines};
pub(crate) use slice::{Bar, Draw, Keep, Shape, Slice};
pub(crate) use tree::{Node, NodeId, Role, Scope, Tree};
pub(crate) use worksheet::worksheet;
