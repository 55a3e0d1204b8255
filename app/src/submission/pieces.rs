//! Sends a chosen file piece by piece: what has arrived stays, and a broken line goes on
//! where it stopped.

use domain::id::RunId;
use leptos::prelude::*;

/// How far a file is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Progress {
    /// What the person is told.
    words: String,
    /// Bytes that have arrived.
    sent: u64,
    /// Bytes of the file; 0: nothing is being sent.
    size: u64,
}

/// Takes over the form with this id: a file that is chosen in it is sent at once.
#[cfg_attr(any(feature = "ssr", feature = "agency"), island)]
#[cfg_attr(not(any(feature = "ssr", feature = "agency")), component)]
pub(super) fn Pieces(run: RunId, kind: String, form: String) -> impl IntoView {
    let progress = RwSignal::new(Progress::default());
    let held = StoredValue::new((run, kind, form));
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        let (run, kind, form) = held.get_value();
        browser::take_over(format!("/pd/unggah/{run}/{kind}"), &form, progress);
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = held;
    view! {
        <div class="pieces" hidden=move || progress.with(|progress| progress.words.is_empty())>
            <progress
                aria-label="Kemajuan unggahan"
                max=move || progress.with(|progress| progress.size.max(1))
                value=move || progress.with(|progress| progress.sent)
            ></progress>
            <span role="status">{move || progress.with(|progress| progress.words.clone())}</span>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::time::Duration;

    use gloo_net::http::Request;
    use gloo_timers::future::sleep;
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use serde::Deserialize;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;
    use web_sys::{Event, File, HtmlFormElement, HtmlInputElement};

    use super::Progress;
    use crate::submission::fresh;
    use desk::file::size_words;
    use desk::problem::Problem;

    /// Bytes of a piece: short enough that little is lost when the line breaks.
    const PIECE: u64 = 128 * 1024;
    /// The longest wait for the next try.
    const LONGEST: u64 = 15;

    #[derive(Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Taken {
        So(u64),
        All(serde::de::IgnoredAny),
    }

    pub(super) fn take_over(address: String, form: &str, progress: RwSignal<Progress>) {
        let form =
            document().get_element_by_id(form).and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = form else { return };
        let input = form.query_selector("input[type=file]").ok().flatten();
        let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else { return };
        if let Ok(Some(button)) = form.query_selector("button") {
            let _ = button.set_attribute("hidden", "");
        }
        let chosen = input.clone();
        let changed = Closure::<dyn FnMut(Event)>::new(move |_| {
            let Some(file) = chosen.files().and_then(|files| files.get(0)) else { return };
            let (address, input) = (address.clone(), chosen.clone());
            input.set_disabled(true);
            spawn_local(async move {
                match send(&address, &file, progress).await {
                    Ok(()) => {
                        progress.set(Progress::default());
                        fresh::refresh().await;
                    }
                    Err(problem) => {
                        progress.set(Progress { words: problem.to_string(), ..Progress::default() });
                    }
                }
                input.set_value("");
                input.set_disabled(false);
            });
        });
        let _ = input.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
        // It lives as long as the page.
        changed.forget();
    }

    async fn send(address: &str, file: &File, progress: RwSignal<Progress>) -> Result<(), Problem> {
        let size = file.size() as u64;
        let name = String::from(web_sys::js_sys::encode_uri_component(&file.name()));
        // The same file chosen again goes on where it stopped.
        let id = format!("{size}-{}-{}", file.last_modified(), checksum(&file.name()));
        let address = format!("{address}/{id}");
        let say = |words: String, sent: u64| progress.set(Progress { words, sent, size });
        let (mut sent, mut wait) = (0, 1);
        let mut known = false;
        loop {
            let step = if known { put(&address, file, sent, size, &name).await } else { ask(&address).await };
            match step {
                Ok(Taken::All(_)) => return Ok(()),
                Ok(Taken::So(now)) => {
                    (sent, wait, known) = (now.min(size), 1, true);
                    say(format!("Mengunggah {} dari {}", size_words(sent), size_words(size)), sent);
                }
                Err(Problem::Offline | Problem::Unwell) => {
                    say("Sambungan terputus; dilanjutkan otomatis.".to_owned(), sent);
                    sleep(Duration::from_secs(wait)).await;
                    (wait, known) = ((wait * 2).min(LONGEST), false);
                }
                Err(problem) => return Err(problem),
            }
        }
    }

    async fn ask(address: &str) -> Result<Taken, Problem> {
        let request = Request::get(address).header("Accept", "application/json");
        read(request.send().await).await
    }

    async fn put(address: &str, file: &File, from: u64, size: u64, name: &str) -> Result<Taken, Problem> {
        let to = (from + PIECE).min(size);
        let piece = file.slice_with_f64_and_f64(from as f64, to as f64).map_err(|_| Problem::Offline)?;
        let address = format!("{address}?dari={from}&ukuran={size}&nama={name}");
        let request = Request::put(&address).header("Accept", "application/json").body(piece);
        read(request.map_err(|_| Problem::Offline)?.send().await).await
    }

    async fn read(response: Result<gloo_net::http::Response, gloo_net::Error>) -> Result<Taken, Problem> {
        let response = response.map_err(|_| Problem::Offline)?;
        let (ok, text) = (response.ok(), response.text().await.map_err(|_| Problem::Offline)?);
        if ok {
            return serde_json::from_str(&text).map_err(|_| Problem::Offline);
        }
        Err(serde_json::from_str(&text).unwrap_or(Problem::Offline))
    }

    fn checksum(text: &str) -> u32 {
        text.bytes().fold(2_166_136_261, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619))
    }
}
