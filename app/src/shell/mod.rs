//! The roof over all pages: document, bar, routes. It knows every feature, and no feature knows it.

mod bar;
mod document;
mod routes;

pub use document::document;
pub use routes::App;
