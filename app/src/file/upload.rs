//! Sends a chosen file while the form is still open.

use desk::file::FileView;
use desk::problem::Problem;
use gloo_net::http::Request;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlInputElement};

/// Sends the file that was chosen in the input of this event.
pub(super) fn send(
    event: &leptos::ev::Event,
    file: RwSignal<Option<(String, String)>>,
    problem: RwSignal<Option<Problem>>,
    busy: RwSignal<bool>,
) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let chosen = input.and_then(|input| input.files()).and_then(|files| files.get(0));
    let Some(chosen) = chosen else { return };
    busy.set(true);
    spawn_local(async move {
        let answer = post(&chosen).await;
        busy.try_set(false);
        match answer {
            Ok(sent) => {
                problem.try_set(None);
                file.try_set(Some((sent.sha256, sent.name)));
            }
            Err(refused) => {
                problem.try_set(Some(refused));
            }
        }
    });
}

async fn post(chosen: &web_sys::File) -> Result<FileView, Problem> {
    let form = FormData::new().map_err(|_| Problem::Offline)?;
    form.append_with_blob_and_filename("berkas", chosen, &chosen.name()).map_err(|_| Problem::Offline)?;
    let request = Request::post("/berkas").header("Accept", "application/json").body(form);
    let response = request.map_err(|_| Problem::Offline)?.send().await.map_err(|_| Problem::Offline)?;
    if response.ok() {
        return response.json().await.map_err(|_| Problem::Offline);
    }
    Err(response.json().await.unwrap_or(Problem::Offline))
}
