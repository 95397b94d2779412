//! The patra command.
