//! Pages and server functions of Alur, one folder per feature.

// Views are types, nested as deep as the pages are.
#![recursion_limit = "512"]

pub mod account;
pub mod admin;
pub mod audit;
pub mod file;
pub mod home;
pub mod live;
pub mod office;
pub mod plan;
pub mod reminder;
pub mod review;
pub mod run;
pub mod sheet;
pub mod shell;
pub mod sop;
pub mod submission;
pub mod timing;
pub mod ui;
pub mod wall;
