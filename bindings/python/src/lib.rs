//! The Python package patra.
