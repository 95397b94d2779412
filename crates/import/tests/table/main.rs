//! Tables: fixtures in many habits, properties, workbooks, hostile input.

#[path = "../fixture/mod.rs"]
mod fixture;
mod fixtures;
mod hostile;
mod property;
mod workbook;
