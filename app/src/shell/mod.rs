//! The roof over all pages: document, bar, routes. It knows every feature, and no feature knows it.

mod bar;
#[cfg(feature = "ssr")]
mod document;
mod routes;

#[cfg(feature = "ssr")]
pub use document::document;
pub use routes::App;
