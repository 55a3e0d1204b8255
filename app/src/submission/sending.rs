//! Sends the report from the page: first what was typed last, and again until the line holds.

use leptos::prelude::*;

/// Takes over the form with this id. The server knows a sending again by its command id, so
/// sending it once more after a lost answer has one effect.
#[cfg_attr(any(feature = "ssr", feature = "agency"), island)]
#[cfg_attr(not(any(feature = "ssr", feature = "agency")), component)]
pub(super) fn Sending(form: String) -> impl IntoView {
    let (going, refused) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let held = StoredValue::new(form);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| browser::take_over(&held.get_value(), going, refused));
    #[cfg(not(feature = "hydrate"))]
    let _ = held;
    view! {
        <p class="notice" role="alert" hidden=move || refused.with(String::is_empty)>{refused}</p>
        <p class="going" role="status" hidden=move || going.with(String::is_empty)>{going}</p>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::time::Duration;

    use gloo_net::http::Request;
    use gloo_timers::future::sleep;
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;
    use web_sys::{Event, FormData, HtmlFormElement, UrlSearchParams};

    use crate::submission::autosave::settled;
    use desk::problem::Problem;

    /// How long until the next try where there is no line.
    const AGAIN: Duration = Duration::from_secs(3);

    pub(super) fn take_over(form: &str, going: RwSignal<String>, refused: RwSignal<String>) {
        let form =
            document().get_element_by_id(form).and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = form else { return };
        let sent = form.clone();
        let submit = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            event.prevent_default();
            let form = sent.clone();
            if form.get_attribute("aria-busy").as_deref() == Some("true") {
                return;
            }
            let _ = form.set_attribute("aria-busy", "true");
            refused.set(String::new());
            spawn_local(async move {
                let outcome = send(&form, going).await;
                going.set(String::new());
                match outcome {
                    Ok(receipt) => drop(window().location().set_href(&receipt)),
                    Err(problem) => {
                        refused.set(problem.to_string());
                        let _ = form.set_attribute("aria-busy", "false");
                    }
                }
            });
        });
        let _ = form.add_event_listener_with_callback("submit", submit.as_ref().unchecked_ref());
        let _ = form.set_attribute("data-ready", "");
        // It lives as long as the page.
        submit.forget();
    }

    /// Sends until there is an answer. The address of the receipt.
    async fn send(form: &HtmlFormElement, going: RwSignal<String>) -> Result<String, Problem> {
        loop {
            going.set("Menyimpan isian terakhir…".to_owned());
            let outcome = match settled().await {
                Ok(()) => {
                    going.set("Mengirim LKj…".to_owned());
                    post(form).await
                }
                Err(problem) => Err(problem),
            };
            match outcome {
                Err(Problem::Offline | Problem::Unwell) => {
                    going.set(
                        "Belum terkirim: tidak ada sambungan. Dicoba lagi otomatis; biarkan halaman ini terbuka."
                            .to_owned(),
                    );
                    sleep(AGAIN).await;
                }
                outcome => return outcome,
            }
        }
    }

    async fn post(form: &HtmlFormElement) -> Result<String, Problem> {
        let action = form.get_attribute("action").ok_or(Problem::Offline)?;
        let fields = FormData::new_with_form(form).map_err(|_| Problem::Offline)?;
        let fields =
            UrlSearchParams::new_with_str_sequence_sequence(&fields).map_err(|_| Problem::Offline)?;
        let request = Request::post(&action).header("Accept", "application/json").body(fields);
        let response = request.map_err(|_| Problem::Offline)?.send().await.map_err(|_| Problem::Offline)?;
        if response.ok() {
            return response.headers().get("location").ok_or(Problem::Offline);
        }
        let text = response.text().await.map_err(|_| Problem::Offline)?;
        Err(serde_json::from_str(&text).unwrap_or(Problem::Offline))
    }
}
