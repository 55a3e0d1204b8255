//! Files that belong to a run, such as a signed scan.

mod field;
mod upload;

pub use field::{FileField, UPLOAD_FORM};
