//! Pages and server functions of Alur, one folder per feature.
//!
//! A browser program brings the live parts of its feature (`office`, `sheet`, `agency`, `wall`) and what they
//! stand on. The server brings everything.

// Views are types, nested as deep as the pages are.
#![recursion_limit = "512"]

#[cfg(feature = "ssr")]
pub mod account;
#[cfg(feature = "ssr")]
pub mod admin;
#[cfg(feature = "ssr")]
pub mod audit;
pub mod file;
#[cfg(feature = "office")]
pub mod home;
pub mod live;
pub mod office;
#[cfg(feature = "ssr")]
pub mod plan;
#[cfg(feature = "ssr")]
pub mod reminder;
#[cfg(feature = "office")]
pub mod review;
pub mod run;
pub mod sheet;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod sop;
#[cfg(feature = "agency")]
pub mod submission;
#[cfg(feature = "ssr")]
pub mod timing;
pub mod ui;
#[cfg(feature = "wall")]
pub mod wall;
