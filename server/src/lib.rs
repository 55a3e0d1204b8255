//! The program `alur`: the pages of `app`, given what the services offer, and the commands of the
//! operator.

pub mod cli;
pub mod config;
pub mod control;
pub mod opening;
mod pages;

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use desk::office::Desk;
use desk::site::{Ports, Site};
use services::account::Accounts;
use services::assets::Assets;
use services::audit::Journal;
use services::audit::layer::{Watch, refusals};
use services::display::Displays;
use services::display::layer::{Watchman, recognise};
use services::feed::Feeds;
use services::files::Shelf;
use services::forms::flash::FlashBox;
use services::health::Vitals;
use services::live::{Hub, Seats};
use services::mail::Mailroom;
use services::own::{OwnAddress, reached};
use services::refuse::Refusal;
use services::report::Reports;
use services::session::Sessions;
use services::session::layer::{Gate, identify};
use services::store::Store;
use services::{agencies, audit, calendar, feed, files, forms, guard, health, live, mining, observe, report};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

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
    /// Who did what.
    pub journal: Journal,
    /// The browser's program and public files.
    pub assets: Arc<Assets>,
    /// Whether this is a practice office.
    pub practice: bool,
    /// How people reach this server.
    pub own: Arc<OwnAddress>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted: Arc<[IpAddr]>,
    /// Who may have how many live pages open.
    pub seats: Arc<Seats>,
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
        journal,
        assets,
        practice,
        own,
        trusted,
        seats,
    } = deps;
    let site = Site { practice, build: assets.build().to_owned(), address: own.url().to_owned() };
    let ports = Ports {
        desk: Arc::clone(&desk),
        people: Arc::clone(&accounts) as _,
        files: Arc::clone(&shelf) as _,
        submissions: Arc::clone(&reports) as _,
        displays: Arc::clone(&displays) as _,
        post: Arc::clone(&mailroom) as _,
        feeds: Arc::clone(&feeds) as _,
        trail: Arc::new(journal.clone()) as _,
        site: Arc::new(site),
    };
    let watch = Watch { journal: journal.clone(), trusted: Arc::clone(&trusted) };
    let gate = Gate { sessions: Arc::clone(&sessions), accounts, trusted };
    // The last layer is the first to see a request.
    Router::new()
        .merge(pages::routes(&ports, assets))
        .merge(pages::calls(&ports, Arc::clone(&flashes)))
        .layer(from_fn_with_state(Arc::clone(&flashes), forms::hand_over))
        .layer(compression())
        .merge(files::routes(Arc::clone(&shelf), Arc::clone(&flashes), Arc::clone(&desk)))
        .merge(calendar::routes(Arc::clone(&desk), Arc::clone(&flashes)))
        .merge(agencies::routes(Arc::clone(&desk), Arc::clone(&reports), mailroom, Arc::clone(&flashes)))
        .merge(report::office_routes(Arc::clone(&reports), Arc::clone(&shelf)))
        .merge(report::routes(reports, Arc::clone(&shelf), flashes))
        .merge(mining::routes(Arc::clone(&desk)))
        .merge(audit::export::routes(journal))
        .merge(feed::routes(feeds))
        .merge(live::routes(hub, seats))
        .layer(from_fn_with_state(Watchman { displays, practice }, recognise))
        .layer(from_fn_with_state(gate, identify))
        .merge(health::routes(Vitals { store, desk, sessions, shelf }))
        .method_not_allowed_fallback(async || Refusal::wrong_method())
        .layer(from_fn(guard::origin))
        .layer(from_fn_with_state(own, reached))
        .layer(from_fn(guard::headers))
        .layer(from_fn_with_state(watch, refusals))
        .layer(from_fn(observe::request))
}

/// For pages and answers, at the speed of a line rather than of a disk. Fonts are compressed
/// already.
fn compression() -> CompressionLayer<impl Predicate> {
    let worth_it = DefaultPredicate::new().and(NotForContentType::const_new("font/"));
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth_it)
}
