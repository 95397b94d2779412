//! Printable handouts in PDF.
