//! The office's side of reports (LKj): all of them in one matrix, and one of them with its
//! judgement, review and answer.

mod capaian;
mod changes;
mod checklist;
mod divide;
mod findings;
mod judge;
mod matrix;
mod one;
mod overview;
mod plot;
mod recap;
mod rounds;
mod server;
#[cfg(feature = "ssr")]
mod view;

pub use matrix::{Line, Standing, lines};
pub use one::ReportOfPage;
pub use overview::MatrixPage;
pub use recap::{GetRecap, Recap, RecapPage};
pub use server::{
    AcceptReport, AssignReview, DivideReviews, GetMatrix, GetReportOf, JudgeReport, MatrixView, ReportSheet,
    ReturnReport, ReviewReport,
};

/// An average or a capaian of so many hundredths of a percent: "98,50%".
pub fn percent(hundredths: i64) -> String {
    let number = domain::achievement::Decimal::new(hundredths, 2);
    number.map(|number| format!("{}%", number.fixed(2))).unwrap_or_default()
}
