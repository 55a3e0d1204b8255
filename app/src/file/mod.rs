//! Files that belong to a run, such as a signed scan.

mod field;
#[cfg(feature = "hydrate")]
mod upload;

pub(crate) use field::{FileField, UPLOAD_FORM};
