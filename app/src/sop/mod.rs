//! Procedures: the list, and one as the official sheet.

mod identity;
mod list;
mod page;
mod server;

pub use list::SopsPage;
pub use page::SopPage;
pub use server::GetSops;
