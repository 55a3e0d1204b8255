//! Sends a form from the browser without leaving the page, and asks for data.

use desk::problem::Problem;
use gloo_net::http::{Request, Response};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use web_sys::{AbortSignal, FormData, HtmlFormElement, UrlSearchParams};

/// Data that has not come by then, in milliseconds, does not come: packets are lost.
const PATIENCE_MS: u32 = 20_000;

/// Sends the form of this event, once at a time, and hands on what the server says.
pub(super) fn submit<T: DeserializeOwned + 'static>(
    event: &SubmitEvent,
    action: &'static str,
    busy: RwSignal<bool>,
    answered: impl FnOnce(Result<T, Problem>) + 'static,
) {
    event.prevent_default();
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let Some(form) = form.filter(|_| !busy.get_untracked()) else { return };
    busy.set(true);
    spawn_local(async move {
        let answer = post(action, &form).await.and_then(|text| parse(&text));
        // The form may have gone with its dialog in the meantime.
        busy.try_set(false);
        answered(answer);
    });
}

/// Asks a server function for data.
pub(crate) async fn get<T: DeserializeOwned>(address: &str) -> Result<T, Problem> {
    let patience = AbortSignal::timeout_with_u32(PATIENCE_MS);
    let request = Request::get(address).header("Accept", "application/json").abort_signal(Some(&patience));
    let response = request.send().await;
    parse(&read(response.map_err(|_| Problem::Offline)?).await?)
}

async fn post(action: &str, form: &HtmlFormElement) -> Result<String, Problem> {
    let fields = FormData::new_with_form(form).map_err(|_| Problem::Offline)?;
    let fields = UrlSearchParams::new_with_str_sequence_sequence(&fields).map_err(|_| Problem::Offline)?;
    let request = Request::post(action).header("Accept", "application/json").body(fields);
    let response = request.map_err(|_| Problem::Offline)?.send().await;
    read(response.map_err(|_| Problem::Offline)?).await
}

async fn read(response: Response) -> Result<String, Problem> {
    let text = response.text().await.map_err(|_| Problem::Offline)?;
    if response.ok() { Ok(text) } else { Err(parse(&text)?) }
}

/// Whatever is not the server's own answer, such as the page of a captive portal, counts
/// as no answer.
fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    serde_json::from_str(text).map_err(|_| Problem::Offline)
}
