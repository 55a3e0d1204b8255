//! The browser's half: one save at a time for each form, each of what was typed last.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use desk::problem::Problem;
use desk::report::Saved;
use gloo_net::http::Request;
use gloo_timers::future::sleep;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventInit, FormData, HtmlFormElement, HtmlInputElement, Storage, UrlSearchParams};

use crate::submission::autosave::saving::Saving;
use crate::submission::fresh;
use crate::ui::fresh_command_id;

/// How long after the last key the form is saved.
const PAUSE: Duration = Duration::from_millis(900);
/// How long until the next try where there is no line.
const AGAIN: Duration = Duration::from_secs(4);
/// How often those who wait for a save look after it.
const LOOK: Duration = Duration::from_millis(100);

thread_local! {
    /// The forms of this page.
    static SAVERS: RefCell<Vec<Rc<Saver>>> = const { RefCell::new(Vec::new()) };
    /// The name of this page, by which the server knows its own changes again.
    static PAGE: String = fresh_command_id().0;
}

/// A form, and how far it is saved.
struct Saver {
    id: String,
    /// Where its unsaved content is kept in this browser.
    key: String,
    saving: RwSignal<Saving>,
    /// How often it was changed.
    changes: Cell<u32>,
    /// Whether it is being saved; a second save would not know what the first came to.
    busy: Cell<bool>,
}

/// Begins to watch a form. What was left unsaved before goes first.
pub(super) fn watch(id: &str, of: &str, saving: RwSignal<Saving>) {
    let Some(form) = form(id) else { return };
    if SAVERS.with_borrow(Vec::is_empty) {
        hold_back();
        forget_nameless();
    }
    let (id, key) = (id.to_owned(), format!("alur:{of}:{id}"));
    let saver = Rc::new(Saver { id, key, saving, changes: Cell::new(0), busy: Cell::new(false) });
    SAVERS.with_borrow_mut(|savers| savers.push(Rc::clone(&saver)));
    if let Some(left) = local().and_then(|local| local.get_item(&saver.key).ok()?) {
        spawn_local(bring(Rc::clone(&saver), left));
    }
    let changed = Closure::<dyn FnMut(Event)>::new(move |_| saver.changed());
    for event in ["input", "change"] {
        let _ = form.add_event_listener_with_callback(event, changed.as_ref().unchecked_ref());
    }
    let stay = Closure::<dyn FnMut(Event)>::new(|event: Event| event.prevent_default());
    let _ = form.add_event_listener_with_callback("submit", stay.as_ref().unchecked_ref());
    // They live as long as the page.
    changed.forget();
    stay.forget();
}

/// Lets forms that change the draft on the server go only after what was typed is there: it
/// would else come back as if another device had changed it.
fn hold_back() {
    let submit = Closure::<dyn FnMut(Event)>::new(|event: Event| {
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let held = |form: &HtmlFormElement| matches!(form.closest("[data-after-saving]"), Ok(Some(_)));
        let Some(form) = form.filter(held) else { return };
        event.prevent_default();
        spawn_local(async move {
            // Where there is no line, the words beside the table say so, and the form stays.
            if settled().await.is_ok() {
                let _ = form.submit();
            }
        });
    });
    let _ = document().add_event_listener_with_callback("submit", submit.as_ref().unchecked_ref());
    // It lives as long as the page.
    submit.forget();
}

/// Sends what was left unsaved when the page was closed, until it is there; then shows it.
async fn bring(saver: Rc<Saver>, left: String) {
    if saver.busy.replace(true) {
        return;
    }
    while saver.changes.get() == 0 {
        match saver.send(&left).await {
            Some(Saved::Kept(_)) => return drop(window().location().reload()),
            Some(Saved::Changed(_)) => break,
            None if saver.saving.get_untracked() != Saving::Here => break,
            None => sleep(AGAIN).await,
        }
    }
    saver.busy.set(false);
    if saver.changes.get() > 0 {
        saver.changed();
    }
}

/// Waits until everything that was typed is on the server.
///
/// # Errors
/// Why it is not there.
pub(crate) async fn settled() -> Result<(), Problem> {
    let savers = SAVERS.with_borrow(Clone::clone);
    for saver in savers {
        while saver.busy.get() && saver.saving.get_untracked() != Saving::Here {
            sleep(LOOK).await;
        }
        match saver.saving.get_untracked() {
            Saving::Still | Saving::Going | Saving::Kept(_) => {}
            Saving::Here => return Err(Problem::Offline),
            Saving::Refused(why) => return Err(Problem::invalid(why)),
            Saving::Other(_) => {
                return Err(Problem::invalid(
                    "Ada bagian yang diubah di perangkat lain. Pilih dulu isian yang dipakai di atas.",
                ));
            }
        }
    }
    Ok(())
}

impl Saver {
    /// Something was typed: keeps it here at once, and on the server soon.
    fn changed(self: &Rc<Self>) {
        self.changes.set(self.changes.get() + 1);
        if let (Some(local), Some(body)) = (local(), body(&self.id)) {
            let _ = local.set_item(&self.key, &body);
        }
        if !self.busy.replace(true) {
            spawn_local(Rc::clone(self).save());
        }
    }

    /// Saves until what was typed last is on the server, or the person has to decide.
    async fn save(self: Rc<Self>) {
        loop {
            let now = self.changes.get();
            sleep(PAUSE).await;
            if self.changes.get() != now {
                continue;
            }
            let Some(body) = body(&self.id) else { break };
            match self.send(&body).await {
                Some(Saved::Kept(_)) if self.changes.get() == now => break,
                None if self.saving.get_untracked() == Saving::Here => sleep(AGAIN).await,
                Some(Saved::Kept(_)) => {}
                Some(Saved::Changed(_)) | None => break,
            }
        }
        self.busy.set(false);
        if matches!(self.saving.get_untracked(), Saving::Kept(_)) {
            fresh::refresh().await;
        }
    }

    /// Sends what the form held; `None` if it was not taken.
    async fn send(&self, body: &str) -> Option<Saved> {
        let (id, saving) = (&self.id, self.saving);
        let action = form(id)?.get_attribute("action")?;
        let now = self.changes.get();
        saving.try_set(Saving::Going);
        match post(&action, body).await {
            Ok(Saved::Kept(version)) => {
                base(id)?.set_value(&version.to_string());
                if self.changes.get() == now {
                    let _ = local()?.remove_item(&self.key);
                }
                saving.try_set(Saving::Kept(clock()));
                Some(Saved::Kept(version))
            }
            Ok(Saved::Changed(draft)) => {
                let version = if action.ends_with("rows") { draft.rows_version } else { draft.have_version };
                saving.try_set(Saving::Other(version));
                Some(Saved::Changed(draft))
            }
            Err(Problem::Offline | Problem::Unwell) => {
                saving.try_set(Saving::Here);
                None
            }
            Err(problem) => {
                saving.try_set(Saving::Refused(problem.to_string()));
                None
            }
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
pub(super) fn insist(id: &str) {
    let Some(saver) = saver(id) else { return };
    let Saving::Other(version) = saver.saving.get_untracked() else { return };
    if let Some(base) = base(id) {
        base.set_value(&version.to_string());
    }
    saver.changed();
}

/// Takes what another device wrote.
pub(super) fn give_in(id: &str) {
    let _ = local().zip(saver(id)).map(|(local, saver)| local.remove_item(&saver.key));
    let _ = window().location().reload();
}

/// Says to a form that its content was changed by the program.
pub(crate) fn nudge(id: &str) {
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

fn form(id: &str) -> Option<HtmlFormElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The field with the version that the form shows.
fn base(id: &str) -> Option<HtmlInputElement> {
    form(id)?.query_selector("input[name=base]").ok()??.dyn_into().ok()
}

fn local() -> Option<Storage> {
    window().local_storage().ok()?
}

fn saver(id: &str) -> Option<Rc<Saver>> {
    SAVERS.with_borrow(|savers| savers.iter().find(|saver| saver.id == id).cloned())
}

/// Forgets what was kept under the address of a page, which does not say whose it is.
fn forget_nameless() {
    let Some(local) = local() else { return };
    let keys = (0..local.length().unwrap_or_default()).filter_map(|at| local.key(at).ok()?);
    let nameless: Vec<_> = keys.filter(|key| key.starts_with("alur:/")).collect();
    for key in nameless {
        let _ = local.remove_item(&key);
    }
}

fn body(id: &str) -> Option<String> {
    let fields = FormData::new_with_form(&form(id)?).ok()?;
    let fields = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    fields.append("halaman", "true");
    PAGE.with(|page| fields.append("perangkat", page));
    Some(String::from(fields.to_string()))
}

fn clock() -> String {
    let now = web_sys::js_sys::Date::new_0();
    format!("{:02}.{:02}.{:02}", now.get_hours(), now.get_minutes(), now.get_seconds())
}
