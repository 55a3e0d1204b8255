//! What the features share of the office: its parts as pages ask for them, commands, and its words.

pub(crate) mod answer;
pub(crate) mod calendar;
pub mod server;
pub(crate) mod tabs;
pub mod wall;
pub(crate) mod words;
