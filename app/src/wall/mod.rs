//! The wall display: what hangs in the office and is read from afar, and how it gets there.

mod board;
mod html;
mod manage;
mod page;
mod pair;
mod picture;
#[cfg(feature = "ssr")]
mod qr;
mod server;
mod told;

pub use board::Board;
pub use manage::DisplaysPage;
pub use page::WallPage;
pub use pair::PairPage;
pub use server::{
    DisplayList, GetDisplays, GetPairing, IdentifyDisplay, PairDisplay, Pairing, RenameDisplay, RevokeDisplay,
};
