//! The office's side of reports (LKj): all of them in one matrix, and one of them with its
//! judgement, review and answer.

mod achievement;
mod changes;
mod checklist;
mod divide;
mod findings;
mod judge;
#[cfg(feature = "ssr")]
mod make;
mod marks;
mod matrix;
pub mod model;
mod one;
mod overview;
mod plot;
mod recap;
mod rounds;
mod server;
mod words;

pub use one::ReportOfPage;
pub use overview::MatrixPage;
pub use recap::{GetRecap, RecapPage};
pub use server::{
    AcceptReport, AssignReview, DivideReviews, GetMatrix, GetReportOf, JudgeReport, ReturnReport,
    ReviewReport,
};
