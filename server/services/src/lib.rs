//! The services behind the pages: everything of Alur that touches the world, database, sockets, files and
//! the clock. None of them knows a page; they answer through the ports of `desk`.

pub mod account;
pub mod agencies;
pub mod assets;
pub mod audit;
pub mod backup;
pub mod calendar;
pub mod callers;
pub mod clock;
pub mod display;
pub mod door;
pub mod feed;
pub mod files;
pub mod forms;
pub mod founding;
pub mod guard;
pub mod health;
pub mod live;
pub mod mail;
pub mod mining;
pub mod observe;
pub mod office;
pub mod own;
pub mod practice;
pub mod queue;
pub mod refuse;
mod remote;
pub mod report;
pub mod session;
pub mod store;
pub mod token;
