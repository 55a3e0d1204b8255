//! `/kelola`: accounts, substitutes, agencies, calendar and procedures, for the administrator.

mod accounts;
mod agencies;
mod calendar;
mod page;
mod publish;
pub(crate) mod server;
mod substitutes;

pub use accounts::AccountsPage;
pub use agencies::{AddAgency, AgenciesPage, CloseAgency, GetAgencies, RenameAgency};
#[cfg(feature = "ssr")]
pub use calendar::calendar_command;
pub use calendar::{CalendarPage, CalendarYearPage, ChangeCalendar, GetCalendar};
pub(crate) use calendar::{change_words, due_words};
pub use page::AdminPage;
pub use publish::PublishPage;
pub use server::{AddAccount, ChangeAccount, GetAccounts, PublishSop};
pub use substitutes::{EndSubstitute, GetSubstitutes, NameSubstitute, SubstitutesPage};
