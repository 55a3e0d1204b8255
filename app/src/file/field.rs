//! A form field for one file. The file is sent at once, by itself; the form then only
//! carries its hash.

use desk::problem::Problem;
use leptos::prelude::*;

use crate::ui::Notice;

/// The id of the form, beside the one that asks, through which a browser without JavaScript
/// sends the file.
pub const UPLOAD_FORM: &str = "unggah";

/// A file, as the field knows it: its hash and its name.
type Sent = (String, String);

/// A field for one file.
#[component]
pub fn FileField(
    /// The name of the field that carries the hash.
    name: String,
    /// The question.
    label: String,
    /// A line of help.
    help: Option<String>,
    /// The file, if it was sent before the page was loaded.
    sent: Option<Sent>,
) -> impl IntoView {
    let file = RwSignal::new(sent);
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let choose = move |event: leptos::ev::Event| super::upload::send(&event, file, problem, busy);
    let hash = move || file.with(|file| file.as_ref().map(|(hash, _)| hash.clone()).unwrap_or_default());
    let state = move || match (busy.get(), file.get()) {
        (true, _) => "Mengunggah…".to_owned(),
        (false, Some((hash, name))) => {
            format!("{name} · SHA-256 {}…", hash.get(..12).unwrap_or_default())
        }
        (false, None) => "Belum ada berkas".to_owned(),
    };
    view! {
        <div class="file">
            <label>
                {label}
                <input
                    type="file"
                    name="berkas"
                    form=UPLOAD_FORM
                    accept="application/pdf,image/png,image/jpeg"
                    on:change=choose
                />
                {help.map(|help| view! { <small>{help}</small> })}
            </label>
            <input type="hidden" name=name prop:value=hash value=hash/>
            <p role="status">{state}</p>
            <Notice problem/>
            <noscript><button class="ghost" form=UPLOAD_FORM>"Unggah berkas dahulu"</button></noscript>
        </div>
    }
}
