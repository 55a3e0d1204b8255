//! The frame around every page: document, bar, routes, and what every page knows.

mod bar;
mod copy;
mod counter;
#[cfg(feature = "ssr")]
mod document;
mod form;
mod frame;
mod icon;
mod notice;
mod notify;
mod packed;
#[cfg(feature = "ssr")]
pub mod port;
mod print;
mod random;
#[cfg(feature = "ssr")]
pub mod request;
mod routes;
#[cfg(feature = "hydrate")]
pub(crate) mod send;
mod server;

pub use copy::CopyIsland;
pub(crate) use counter::{count_in_title, counted};
#[cfg(feature = "ssr")]
pub use document::document;
pub use form::{Act, Post};
pub use frame::{AgencyHere, Flashed, Frame, use_flash, use_frame};
pub use icon::{Icon, Sprite};
pub use notice::{ErrorPage, Loaded, NotFound, Notice};
pub use notify::NotifyIsland;
pub use packed::Packed;
pub use print::{PrintIsland, PrintKey};
pub use random::fresh_command_id;
pub use routes::App;
pub(crate) use server::get_frame;
pub use server::{GetFlash, GetFrame};
