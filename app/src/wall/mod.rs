//! The wall display: what hangs in the office and is read from afar, and how it gets there.

mod board;
mod html;
#[cfg(feature = "ssr")]
pub mod manage;
mod news;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod pair;
mod picture;
#[cfg(feature = "ssr")]
mod qr;
#[cfg(feature = "ssr")]
pub mod server;

pub use board::Board;
