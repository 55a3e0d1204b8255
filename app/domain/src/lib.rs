//! The rules of the office, as pure functions over plain values.
//!
//! An office is a log, folded: [`office::decide`] turns a command into events or a
//! refusal, [`office::evolve`] folds one event into the state, [`office::replay`]
//! folds a whole log, [`office::possible`] says what may be clicked. The same code
//! runs on the server and in the browser. Nothing here knows the clock, the network,
//! a database or a user interface: time and ids come in as arguments.

pub mod achievement;
pub mod agency;
pub mod audience;
pub mod calendar;
pub mod csv;
pub mod feed;
pub mod forecast;
pub mod id;
pub mod log;
pub mod office;
pub mod plan;
pub mod reminder;
pub mod report;
pub mod run;
pub mod sheet;
pub mod sop;
pub mod text;
pub mod timing;
pub mod wall;
