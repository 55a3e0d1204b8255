//! Reports (LKj): the agencies' own pages, and the office's side of them.

mod achievement;
mod autosave;
mod check;
mod door;
#[cfg(feature = "hydrate")]
mod fresh;
mod import;
mod links;
#[cfg(feature = "ssr")]
mod make;
mod model;
mod page;
mod parts;
mod pieces;
mod receipt;
mod send;
mod sending;
mod server;
mod upload;

pub use check::{CheckPage, CheckReceipt};
pub use door::{LinkDoor, LinkPage, LookAtLink};
pub use import::{GetImport, ImportPage, ImportRows};
pub use links::{GetLinks, LinksPage, MakeLinks, RevokeLink};
pub use page::{AgencyHome, ReportPage, VoidLinkPage};
pub use receipt::{GetReceipt, ReceiptPage};
pub use server::{GetAgencyHome, GetReport, PasteRows, RemoveFile, SaveParts, SaveRows, SendReport};
