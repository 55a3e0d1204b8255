//! The desk between the office and those who come to it: what pages and server both speak of, and the
//! ports through which pages ask the server. It knows the rules (`domain`), and neither of the two.

pub mod account;
pub mod calendar;
pub mod cookie;
pub mod display;
pub mod file;
pub mod live;
pub mod office;
pub mod problem;
pub mod reminder;
pub mod report;
pub mod request;
pub mod site;
pub mod trail;
