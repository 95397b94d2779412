//! Tables: fixtures in many habits, properties, workbooks, hostile input.

mod fixtures;
mod hostile;
mod property;
mod workbook;
