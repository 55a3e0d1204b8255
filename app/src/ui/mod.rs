//! What every page is made of: forms, notices, icons, what a page knows of the request. It knows no feature.

mod area;
#[cfg(feature = "office")]
pub(crate) mod copy;
mod counter;
mod escape;
mod form;
mod frame;
#[cfg_attr(feature = "hydrate", path = "here/browser.rs")]
#[cfg_attr(not(feature = "hydrate"), path = "here/server.rs")]
mod here;
mod icon;
mod notice;
#[cfg(feature = "office")]
pub(crate) mod notify;
mod packed;
mod print;
mod random;
#[cfg(feature = "ssr")]
pub mod request;
pub(crate) mod send;
mod server;
mod tell;

pub use area::Area;
pub use counter::{count_in_title, counted};
pub use escape::{escape_into, escaped};
pub use form::{Act, Post};
pub use frame::{AgencyHere, Flashed, Frame, use_flash, use_frame};
pub(crate) use here::IN_BROWSER;
pub use icon::{Icon, Sprite};
pub use notice::{ErrorPage, Loaded, NotFound, Notice};
pub use packed::Packed;
pub use print::{PrintIsland, PrintKey};
pub use random::fresh_command_id;
pub use server::{GetFlash, GetFrame};
pub use server::{get_flash, get_frame};
