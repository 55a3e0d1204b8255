//! The pages and server functions of `app`, given what they need.

use std::panic::resume_unwind;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use app::shell::{App, document};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{Method, StatusCode, header, request};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, any, on};
use desk::problem::Problem;
use desk::site::Ports;
use leptos::nonce::use_nonce;
use leptos::prelude::{LeptosOptions, provide_context, use_context};
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::{
    AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list_with_exclusions_and_ssg_and_context,
    handle_server_fns_with_context, render_app_async_with_context,
};
use tokio::time::timeout;
use tracing::Instrument;

use services::assets::Assets;
use services::forms;
use services::forms::flash::FlashBox;
use services::guard::page_policy;
use services::refuse::Refusal;

/// How long a page may take. They take milliseconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// Every page; a public file or the page "not found" for every other address.
pub(crate) fn routes(ports: &Ports, assets: Arc<Assets>) -> Router {
    let options = LeptosOptions::builder().output_name("alur").build();
    let context = page_context(ports.clone());
    let list = addresses(ports);
    let shell = {
        let (options, site) = (options.clone(), Arc::clone(&ports.site));
        move || document(options.clone(), &site)
    };
    let other = render_app_async_with_context(context.clone(), shell.clone());
    Router::new()
        .leptos_routes_with_context(&options, list, context, shell)
        .with_state(options)
        .layer(from_fn(in_time))
        .fallback(move |request: Request| {
            let (assets, other) = (Arc::clone(&assets), other.clone());
            async move {
                if !matches!(*request.method(), Method::GET | Method::HEAD) {
                    return Refusal::no_such_address().into_response();
                }
                match assets.serve(&request).await {
                    Some(file) => file,
                    None => missing(other(request).await),
                }
            }
        })
}

/// Where the pages are, without the server functions, which have routes of their own.
///
/// Made once: a page that is rendered elsewhere in the process at the same moment would wait
/// for its resources for ever (leptos issue 4773).
fn addresses(ports: &Ports) -> Vec<AxumRouteListing> {
    static LIST: OnceLock<Vec<AxumRouteListing>> = OnceLock::new();
    let make = || {
        let calls = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
        let context = page_context(ports.clone());
        generate_route_list_with_exclusions_and_ssg_and_context(App, Some(calls), context).0
    };
    LIST.get_or_init(make).clone()
}

/// Answers calmly for a page that does not come.
///
/// A page is made in a task of its own and to its end: a browser that goes away in the middle,
/// as walls do when their line breaks, would take apart what is being rendered, and Leptos
/// panics on values that are gone.
async fn in_time(request: Request, next: Next) -> Result<Response, Refusal> {
    let whole = async {
        let (parts, body) = next.run(request).await.into_parts();
        // Pages are rendered whole before their first byte, so nobody waits longer for it.
        let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
        Response::from_parts(parts, Body::from(body))
    };
    let made = tokio::spawn(timeout(PATIENCE, whole).in_current_span()).await;
    match made {
        Ok(Ok(page)) => Ok(page),
        Ok(Err(_)) => {
            tracing::error!("a page was not rendered in time");
            Err(Problem::Unwell.into())
        }
        // Told, and answered, where all panics are.
        Err(error) => match error.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(_) => Err(Problem::Offline.into()),
        },
    }
}

/// Every server function, under `/api`.
pub(crate) fn calls(ports: &Ports, flashes: Arc<FlashBox>) -> Router {
    let ports = ports.clone();
    let context = move || provide_context(ports.clone());
    let handler = move |request: Request| {
        let context = context.clone();
        async move { handle_server_fns_with_context(context, request).await.into_response() }
    };
    let mut calls = Router::new();
    for (path, method) in server_fn_paths() {
        if let Ok(method) = MethodFilter::try_from(method) {
            calls = calls.route(path, on(method, handler.clone()));
        }
    }
    calls
        .route("/api/{*other}", any(async || Refusal::no_such_address()))
        .layer(from_fn_with_state(flashes, forms::call))
}

/// What a page is given: the ports, and a policy with the nonce of its own scripts.
fn page_context(ports: Ports) -> impl Fn() + Clone + Send + Sync + 'static {
    move || {
        provide_context(ports.clone());
        let parts = use_context::<request::Parts>();
        if let (Some(nonce), Some(parts), Some(response)) =
            (use_nonce(), parts, use_context::<ResponseOptions>())
            && let Some(policy) = page_policy(&nonce, &parts.headers)
        {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}

/// A page that is none must not look like one to a machine.
fn missing(mut page: Response) -> Response {
    if page.status() == StatusCode::OK {
        *page.status_mut() = StatusCode::NOT_FOUND;
    }
    page
}
