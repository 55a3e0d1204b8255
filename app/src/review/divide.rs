//! The form that divides the reports that nobody reviews yet among people.

use desk::account::Person;
use domain::id::{AccountId, RunId};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::server::DivideReviews;
use crate::ui::{Flashed, Post};

/// The form, for those who may say who reviews.
#[component]
pub(super) fn Dividing(
    run: RunId,
    waiting: usize,
    reviewers: Vec<(AccountId, Person)>,
    flash: Flashed,
) -> impl IntoView {
    let path = DivideReviews::url();
    let open = flash.problem(path).is_some();
    let boxes = reviewers
        .iter()
        .map(|(id, person)| {
            let name = format!("penelaah[{id}]");
            let ticked = flash.typed(path, &name).is_some();
            view! {
                <label class="tick">
                    <input type="checkbox" name=name value="ya" checked=ticked/>
                    {format!("{} ({})", person.name, person.title)}
                </label>
            }
        })
        .collect_view();
    (!reviewers.is_empty() && waiting > 0).then(|| {
        view! {
            <details class="menu start divide" open=open>
                <summary class="ghost">{format!("Bagi {waiting} LKj tanpa penelaah…")}</summary>
                <div class="pop">
                    <Post<DivideReviews> flash>
                        <input type="hidden" name="run" value=run.to_string()/>
                        <fieldset>
                            <legend>"Dibagi rata kepada"</legend>
                            <div>{boxes}</div>
                        </fieldset>
                        <p class="hint">"Yang sudah memegang LKj lain mendapat lebih sedikit. Penelaah tiap LKj tetap dapat diganti di halamannya."</p>
                        <button class="primary">"Bagi rata"</button>
                    </Post<DivideReviews>>
                </div>
            </details>
        }
    })
}
