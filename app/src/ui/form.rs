//! Forms that call a server function. What was typed stays until the server has taken it.

use desk::problem::Problem;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;

use crate::ui::{Flashed, Notice, fresh_command_id};

/// An ordinary form for the server function `S`: the browser posts it and is led on.
#[component]
pub fn Post<S>(
    /// What the same form was refused for just before.
    flash: Flashed,
    /// What the form's style is called.
    #[prop(optional, into)]
    class: Option<&'static str>,
    /// What it is known by in the page.
    #[prop(optional, into)]
    id: Option<&'static str>,
    /// The form's fields and buttons.
    children: Children,
    #[prop(optional)] _marker: std::marker::PhantomData<S>,
) -> impl IntoView
where
    S: ServerFn<Error = Problem>,
{
    let problem = Signal::stored(flash.problem(S::url()));
    let command_id = fresh_command_id().0;
    view! {
        <form method="post" action=S::url() class=class id=id>
            <input type="hidden" name="command_id" value=command_id/>
            <Notice problem/>
            {children()}
        </form>
    }
    .into_any()
}

/// A form for a server function inside a live part of a page: with JavaScript it is sent
/// without leaving the page, without it like any other. `done` gets the answer.
#[component]
pub fn Act<T, C>(
    /// The path of the server function.
    action: &'static str,
    /// Called when the server has carried it out.
    #[prop(into)]
    done: Callback<T>,
    /// What the same form was refused for when it was sent without JavaScript.
    flash: Flashed,
    /// The form's fields and buttons.
    children: TypedChildren<C>,
) -> impl IntoView
where
    T: DeserializeOwned + Send + Sync + 'static,
    C: IntoView + 'static,
{
    let problem = RwSignal::new(flash.problem(action));
    let busy = RwSignal::new(false);
    // The id is made once for each form: sending it again after a lost answer is the same
    // command, and has one effect.
    let command_id = fresh_command_id().0;
    let submit = move |event: SubmitEvent| {
        super::send::submit(&event, action, busy, move |answer| match answer {
            Ok(answer) => drop(done.try_run(answer)),
            Err(refused) => drop(problem.try_set(Some(refused))),
        });
    };
    view! {
        <form method="post" action=action on:submit=submit aria-busy=move || busy.get().to_string()>
            <input type="hidden" name="command_id" value=command_id/>
            <Notice problem/>
            {children.into_inner()()}
        </form>
    }
}
