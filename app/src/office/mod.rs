//! What the features share of the office: its parts as pages ask for them, commands, and its words.

pub mod answer;
pub mod calendar;
#[cfg(feature = "ssr")]
pub(crate) mod deed;
pub mod server;
pub mod tabs;
pub mod wall;
#[cfg(feature = "ssr")]
pub(crate) mod words;
