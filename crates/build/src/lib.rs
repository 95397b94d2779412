//! From sources to files: the one way that the command and the Python package go. It knows no terminal and no arguments.
//!
//! A build goes through the modules in this order: [`input`] (which files), [`load`] (files to models, by the crate patra-source),
//! [`settings`] (how files are made, by the options of a call and of a book), [`edition`] (editions beside a material), [`folder_lock`]
//! (one build at a time), [`lock`] (what decks have handed out), [`make`] (model to files in memory; [`register`](mod@register) lists the
//! deck's cards for the sheets), [`build`](mod@build) (over all materials), [`deliver`] and [`journal`] (memory to disk). What it does
//! and finds goes to a [`listener::Listener`].

pub mod book;
pub mod build;
pub mod course;
pub mod deliver;
pub mod edition;
pub mod exit;
pub mod folder_lock;
pub mod input;
pub mod journal;
pub mod listener;
pub mod load;
pub mod lock;
pub mod make;
pub mod pool;
pub mod register;
pub mod replace;
pub mod settings;
