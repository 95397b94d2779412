//! Sheets of data: CSV with a Data Package descriptor.
