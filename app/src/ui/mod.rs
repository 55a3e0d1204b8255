//! What every page is made of: forms, notices, icons, what a page knows of the request. It knows no feature.

mod area;
mod copy;
mod counter;
mod escape;
mod form;
mod frame;
mod icon;
mod notice;
mod notify;
mod packed;
mod print;
mod random;
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(feature = "hydrate")]
pub(crate) mod send;
mod server;

pub use area::Area;
pub use copy::CopyIsland;
pub(crate) use counter::{count_in_title, counted};
pub(crate) use escape::{escape_into, escaped};
pub use form::{Act, Post};
pub use frame::{AgencyHere, Flashed, Frame, use_flash, use_frame};
pub use icon::{Icon, Sprite};
pub use notice::{ErrorPage, Loaded, NotFound, Notice};
pub use notify::NotifyIsland;
pub use packed::Packed;
pub use print::{PrintIsland, PrintKey};
pub use random::fresh_command_id;
pub use server::{GetFlash, GetFrame};
pub(crate) use server::{get_flash, get_frame};
