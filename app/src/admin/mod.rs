//! `/kelola`: accounts, agencies and procedures, for the administrator.

mod accounts;
mod agencies;
mod page;
mod publish;
pub(crate) mod server;

pub use accounts::AccountsPage;
pub use agencies::{AddAgency, AgenciesPage, CloseAgency, GetAgencies, RenameAgency};
pub use page::AdminPage;
pub use publish::PublishPage;
pub use server::{AddAccount, ChangeAccount, GetAccounts, PublishSop};
