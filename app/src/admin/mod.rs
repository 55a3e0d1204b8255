//! `/kelola`: accounts, substitutes, agencies, calendar and procedures, for the administrator.

mod accounts;
mod agencies;
mod calendar;
mod contact;
mod page;
mod publish;
mod server;
mod storage;
mod substitutes;

pub use accounts::AccountsPage;
pub use agencies::{AddAgency, AgenciesPage, CloseAgency, GetAgencies, RenameAgency};
pub use calendar::{CalendarPage, CalendarYearPage, ChangeCalendar, GetCalendar};
pub use contact::{SetContact, SetMailOf};
pub use page::AdminPage;
pub use publish::PublishPage;
pub use server::{AddAccount, ChangeAccount, GetAccounts, MakePasswordLink, PublishSop};
pub use substitutes::{EndSubstitute, GetSubstitutes, NameSubstitute, SubstitutesPage};
