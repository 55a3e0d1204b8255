//! Reminders: who is told what and when, by mail or by hand; and due dates as a calendar.

mod ladder;
mod letters;
mod make;
mod model;
mod page;
mod server;

pub use ladder::{ChangeLadder, GetLadder, LadderPage};
pub use page::RemindersPage;
pub use server::{GetReminders, ReleaseReminders, SetAutomatic};
