//! The wall display: what hangs in the office and is read from afar, and how it gets there.

mod board;
mod html;
#[cfg(feature = "ssr")]
pub mod manage;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod pair;
mod picture;
#[cfg(feature = "ssr")]
mod qr;
#[cfg(feature = "ssr")]
pub mod server;
mod told;

pub use board::Board;
