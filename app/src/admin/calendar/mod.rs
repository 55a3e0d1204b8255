//! `/kelola/kalender`: working hours and days off, for the administrator.

mod hours;
mod month;
mod page;
mod preview;
mod server;
mod year;

use desk::problem::Problem;

pub use page::CalendarPage;
pub use server::{ChangeCalendar, GetCalendar};
pub use year::CalendarYearPage;

use crate::ui::Flashed;

/// The refused form, if it is the one that does this to the day or hours called `key`. What
/// only waits to be confirmed is no fault, so it has no sentence above the form.
fn of_form(flash: &Flashed, what: &str, key: Option<(&str, &str)>) -> Flashed {
    let path = <ChangeCalendar as leptos::server_fn::ServerFn>::PATH;
    let typed = |field: &str| flash.typed(path, field);
    let same = key.is_none_or(|(field, value)| typed(field).as_deref() == Some(value));
    if typed("apa").as_deref() != Some(what) || !same {
        return Flashed::default();
    }
    let problem = flash.problem.clone().filter(|problem| *problem != Problem::Confirm);
    Flashed { problem, ..flash.clone() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_server_knows_where_the_forms_are_sent_to() {
        assert_eq!(<super::ChangeCalendar as leptos::server_fn::ServerFn>::PATH, desk::calendar::ADDRESS);
    }
}
