//! Everything of Alur that touches the world: database, sockets, files and the clock.

pub mod account;
pub mod assets;
pub mod backup;
pub mod calendar;
pub mod cli;
pub mod clock;
pub mod config;
pub mod control;
pub mod display;
pub mod feed;
pub mod files;
pub mod forms;
pub mod founding;
pub mod guard;
pub mod health;
pub mod live;
pub mod mail;
pub mod mining;
pub mod observe;
pub mod office;
pub mod opening;
mod pages;
pub mod paper;
pub mod practice;
pub mod refuse;
pub mod report;
pub mod session;
pub mod store;
pub mod token;

use std::net::IpAddr;
use std::sync::Arc;

use app::run::port::Desk;
use app::shell::port::{Ports, Site};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::account::Accounts;
use crate::assets::Assets;
use crate::config::Switch;
use crate::display::Displays;
use crate::display::layer::{Watchman, recognise};
use crate::feed::Feeds;
use crate::files::Shelf;
use crate::forms::flash::FlashBox;
use crate::health::Vitals;
use crate::live::Hub;
use crate::mail::Mailroom;
use crate::report::Reports;
use crate::session::Sessions;
use crate::session::layer::{Gate, identify};
use crate::store::Store;

/// What the server is made of.
#[derive(Clone)]
pub struct Deps {
    /// The database.
    pub store: Store,
    /// The office.
    pub desk: Arc<dyn Desk>,
    /// Open pages.
    pub hub: Arc<Hub>,
    /// Accounts.
    pub accounts: Arc<Accounts>,
    /// Sessions.
    pub sessions: Arc<Sessions>,
    /// Received files.
    pub shelf: Arc<Shelf>,
    /// What agencies write and send.
    pub reports: Arc<Reports>,
    /// The displays on the walls.
    pub displays: Arc<Displays>,
    /// Mail and reminders.
    pub mailroom: Arc<Mailroom>,
    /// Calendars to subscribe to.
    pub feeds: Arc<Feeds>,
    /// The browser's program and public files.
    pub assets: Arc<Assets>,
    /// Whether this is a practice office.
    pub practice: bool,
    /// Whether cookies are `Secure`; without a word, when a request came over https.
    pub secure: Option<Switch>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted: Arc<[IpAddr]>,
}

/// The whole server as one service.
pub fn router(deps: Deps) -> Router {
    let flashes = Arc::new(FlashBox::default());
    let Deps {
        store,
        desk,
        hub,
        accounts,
        sessions,
        shelf,
        reports,
        displays,
        mailroom,
        feeds,
        assets,
        practice,
        secure,
        trusted,
    } = deps;
    let site =
        Site { practice, build: assets.build().to_owned(), secure_cookies: secure == Some(Switch::On) };
    let ports = Ports {
        desk: Arc::clone(&desk),
        people: Arc::clone(&accounts) as _,
        files: Arc::clone(&shelf) as _,
        submissions: Arc::clone(&reports) as _,
        displays: Arc::clone(&displays) as _,
        post: Arc::clone(&mailroom) as _,
        feeds: Arc::clone(&feeds) as _,
        flashes: Arc::clone(&flashes) as _,
        site: Arc::new(site),
    };
    let gate = Gate { sessions: Arc::clone(&sessions), accounts, trusted, secure };
    // The last layer is the first to see a request.
    Router::new()
        .merge(pages::routes(&ports, assets))
        .merge(pages::calls(&ports, Arc::clone(&flashes)))
        .layer(compression())
        .merge(files::routes(Arc::clone(&shelf), Arc::clone(&flashes), Arc::clone(&desk)))
        .merge(calendar::routes(Arc::clone(&desk), Arc::clone(&flashes)))
        .merge(report::office_routes(
            Arc::clone(&reports),
            mailroom,
            Arc::clone(&shelf),
            Arc::clone(&flashes),
        ))
        .merge(report::routes(reports, shelf, flashes))
        .merge(mining::routes(Arc::clone(&desk)))
        .merge(feed::routes(feeds))
        .merge(live::routes(hub))
        .layer(from_fn_with_state(Watchman { displays, practice }, recognise))
        .layer(from_fn_with_state(gate, identify))
        .merge(health::routes(Vitals { store, desk, sessions }))
        .method_not_allowed_fallback(async || refuse::wrong_method())
        .layer(from_fn(guard::origin))
        .layer(from_fn(guard::headers))
        .layer(from_fn(observe::request))
}

/// For pages and answers, at the speed of a line rather than of a disk. Fonts are compressed
/// already.
fn compression() -> CompressionLayer<impl Predicate> {
    let worth_it = DefaultPredicate::new().and(NotForContentType::const_new("font/"));
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth_it)
}
