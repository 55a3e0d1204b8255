//! Keeps a form's content on the server while it is typed, and in the browser while there
//! is no line. Never overwrites what another device wrote without being told to.

use leptos::prelude::*;

/// What the form's saving is at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "saving is the browser's"))]
enum Saving {
    /// As it came.
    Still,
    /// Changed, on its way.
    Going,
    /// Kept, at this time by the browser's clock.
    Kept(String),
    /// No line; kept in this browser.
    Here,
    /// Refused, with a sentence.
    Refused(String),
    /// Another device was first; the version that it wrote.
    Other(u32),
}

/// Saves the form with this id whenever it changes.
#[cfg_attr(any(feature = "ssr", feature = "agency"), island)]
#[cfg_attr(not(any(feature = "ssr", feature = "agency")), component)]
pub(crate) fn Autosave(form: String) -> impl IntoView {
    let saving = RwSignal::new(Saving::Still);
    let held = StoredValue::new(form);
    let ready = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        browser::watch(held.get_value(), saving);
        ready.set(true);
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = held;
    let words = move || match saving.get() {
        Saving::Still => String::new(),
        Saving::Going => "Menyimpan…".to_owned(),
        Saving::Kept(at) => format!("Tersimpan {at}"),
        Saving::Here => {
            "Tidak ada sambungan. Yang Anda ketik disimpan di perangkat ini dan dikirim begitu tersambung."
                .to_owned()
        }
        Saving::Refused(why) => why,
        Saving::Other(_) => "Bagian ini diubah di perangkat lain. Pilih yang dipakai:".to_owned(),
    };
    let state = move || match saving.get() {
        Saving::Still => "still",
        Saving::Going => "going",
        Saving::Kept(_) => "kept",
        Saving::Here => "here",
        Saving::Refused(_) => "refused",
        Saving::Other(_) => "other",
    };
    let mine = move |_| {
        #[cfg(feature = "hydrate")]
        browser::insist(&held.get_value(), saving);
    };
    let theirs = move |_| {
        #[cfg(feature = "hydrate")]
        browser::give_in(&held.get_value());
    };
    let choice = move || !matches!(saving.get(), Saving::Other(_));
    view! {
        <p class="saving" role="status" data-saving=state data-ready=move || ready.get().then_some("")>
            {words}
            <button class="ghost" type="button" hidden=choice on:click=mine>"Isian di sini"</button>
            <button class="ghost" type="button" hidden=choice on:click=theirs>"Isian perangkat lain"</button>
        </p>
    }
}

/// Says to a form that its content was changed by the program.
#[cfg(feature = "hydrate")]
pub(crate) fn nudge(form: &str) {
    browser::nudge(form);
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::Cell;
    use std::rc::Rc;
    use std::time::Duration;

    use gloo_net::http::Request;
    use gloo_timers::future::sleep;
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;
    use web_sys::{Event, EventInit, FormData, HtmlFormElement, HtmlInputElement, Storage, UrlSearchParams};

    use super::Saving;
    use crate::problem::Problem;
    use crate::submission::Saved;

    /// How long after the last key the form is saved.
    const PAUSE: Duration = Duration::from_millis(900);
    /// How long until the next try where there is no line.
    const AGAIN: Duration = Duration::from_secs(4);

    fn form(id: &str) -> Option<HtmlFormElement> {
        document().get_element_by_id(id)?.dyn_into().ok()
    }

    fn base(id: &str) -> Option<HtmlInputElement> {
        form(id)?.query_selector("input[name=base]").ok()??.dyn_into().ok()
    }

    fn local() -> Option<Storage> {
        window().local_storage().ok()?
    }

    /// Where the unsaved content of a form is kept in this browser.
    fn key(id: &str) -> String {
        format!("alur:{}:{id}", window().location().pathname().unwrap_or_default())
    }

    fn body(id: &str) -> Option<String> {
        let fields = FormData::new_with_form(&form(id)?).ok()?;
        let fields = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
        fields.append("halaman", "true");
        Some(String::from(fields.to_string()))
    }

    /// Begins to watch a form. What was left unsaved before goes first.
    pub(super) fn watch(id: String, saving: RwSignal<Saving>) {
        let Some(element) = form(&id) else { return };
        if let Some(left) = local().and_then(|local| local.get_item(&key(&id)).ok()?) {
            let id = id.clone();
            spawn_local(async move {
                if let Some(Saved::Kept(_)) = send(&id, &left, saving).await {
                    let _ = window().location().reload();
                }
            });
        }
        let changes = Rc::new(Cell::new(0_u32));
        let changed = Closure::<dyn FnMut(Event)>::new(move |_| {
            let (id, changes, now) = (id.clone(), Rc::clone(&changes), changes.get() + 1);
            changes.set(now);
            if let (Some(local), Some(body)) = (local(), body(&id)) {
                let _ = local.set_item(&key(&id), &body);
            }
            spawn_local(async move {
                sleep(PAUSE).await;
                while changes.get() == now {
                    let Some(body) = body(&id) else { return };
                    if send(&id, &body, saving).await.is_some() || saving.get_untracked() != Saving::Here {
                        return;
                    }
                    sleep(AGAIN).await;
                }
            });
        });
        for event in ["input", "change"] {
            let _ = element.add_event_listener_with_callback(event, changed.as_ref().unchecked_ref());
        }
        let stay = Closure::<dyn FnMut(Event)>::new(|event: Event| event.prevent_default());
        let _ = element.add_event_listener_with_callback("submit", stay.as_ref().unchecked_ref());
        // They live as long as the page.
        changed.forget();
        stay.forget();
    }

    /// Sends what the form holds; `None` if it was not taken.
    async fn send(id: &str, body: &str, saving: RwSignal<Saving>) -> Option<Saved> {
        let action = form(id)?.get_attribute("action")?;
        saving.try_set(Saving::Going);
        match post(&action, body).await {
            Ok(Saved::Kept(version)) => {
                base(id)?.set_value(&version.to_string());
                let _ = local()?.remove_item(&key(id));
                saving.try_set(Saving::Kept(clock()));
                Some(Saved::Kept(version))
            }
            Ok(Saved::Changed(draft)) => {
                let version = if action.ends_with("rows") { draft.rows_version } else { draft.have_version };
                saving.try_set(Saving::Other(version));
                Some(Saved::Changed(draft))
            }
            Err(Problem::Offline) => {
                saving.try_set(Saving::Here);
                None
            }
            Err(problem) => {
                saving.try_set(Saving::Refused(problem.to_string()));
                None
            }
        }
    }

    async fn post(action: &str, body: &str) -> Result<Saved, Problem> {
        let request = Request::post(action)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(body.to_owned());
        let response = request.map_err(|_| Problem::Offline)?.send().await.map_err(|_| Problem::Offline)?;
        let (ok, text) = (response.ok(), response.text().await.map_err(|_| Problem::Offline)?);
        if ok {
            return serde_json::from_str(&text).map_err(|_| Problem::Offline);
        }
        Err(serde_json::from_str(&text).unwrap_or(Problem::Offline))
    }

    /// Keeps what is here over what another device wrote.
    pub(super) fn insist(id: &str, saving: RwSignal<Saving>) {
        let Saving::Other(version) = saving.get_untracked() else { return };
        if let Some(base) = base(id) {
            base.set_value(&version.to_string());
        }
        let id = id.to_owned();
        spawn_local(async move {
            if let Some(body) = body(&id) {
                send(&id, &body, saving).await;
            }
        });
    }

    /// Takes what another device wrote.
    pub(super) fn give_in(id: &str) {
        let _ = local().map(|local| local.remove_item(&key(id)));
        let _ = window().location().reload();
    }

    pub(super) fn nudge(id: &str) {
        let id = id.to_owned();
        // After the rows are drawn.
        request_animation_frame(move || {
            let bubbling = EventInit::new();
            bubbling.set_bubbles(true);
            let event = Event::new_with_event_init_dict("input", &bubbling);
            if let (Some(form), Ok(event)) = (form(&id), event) {
                let _ = form.dispatch_event(&event);
            }
        });
    }

    fn clock() -> String {
        let now = web_sys::js_sys::Date::new_0();
        format!("{:02}.{:02}.{:02}", now.get_hours(), now.get_minutes(), now.get_seconds())
    }
}
