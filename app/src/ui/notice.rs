//! What a page says when something is wrong: one calm sentence, and what to do next.

use desk::problem::Problem;
use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::ui::{Flashed, use_flash};

/// A sentence about a problem, announced to screen readers. Nothing if there is none.
#[component]
pub fn Notice(
    /// The problem, if there is one.
    #[prop(into)]
    problem: Signal<Option<Problem>>,
) -> impl IntoView {
    view! {
        <p class="notice" role="alert" hidden=move || problem.with(Option::is_none)>
            {move || problem.with(|problem| problem.as_ref().map(ToString::to_string))}
        </p>
    }
}

/// A whole page for a problem.
#[component]
pub fn ErrorPage(
    /// What went wrong.
    problem: Problem,
) -> impl IntoView {
    super::here::answer(&problem);
    let next = match problem {
        Problem::SignedOut => ("/masuk", "Masuk"),
        Problem::Offline | Problem::Unwell => ("", "Coba lagi"),
        Problem::Forbidden { .. }
        | Problem::Refused { .. }
        | Problem::NotFound { .. }
        | Problem::Invalid { .. }
        | Problem::NoRoom { .. }
        | Problem::Confirm
        | Problem::Alike { .. }
        | Problem::Unreadable { .. }
        | Problem::TooMany { .. } => ("/", "Ke beranda"),
    };
    let title = match problem {
        Problem::SignedOut => "Masuk",
        Problem::Forbidden { .. } => "Bukan wewenang Anda",
        Problem::NotFound { .. } => "Tidak ditemukan",
        _ => "Ada kendala",
    };
    view! {
        <Title text=title/>
        <section class="empty">
            <h1>{problem.to_string()}</h1>
            <p><a class="primary" href=next.0>{next.1}</a></p>
        </section>
    }
    .into_any()
}

/// Waits for what a page needs, then shows the page, or the problem. The page also gets the
/// form that was refused just before, if there is one.
#[component]
pub fn Loaded<T, V>(
    /// What the page needs.
    data: Resource<Result<T, Problem>>,
    /// The page.
    children: impl Fn(T, Flashed) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + serde::Serialize + serde::de::DeserializeOwned + 'static,
    V: IntoView + 'static,
{
    let (children, flash) = (StoredValue::new(children), use_flash());
    view! {
        <Suspense fallback=|| view! { <p class="loading" role="status">"Memuat…"</p> }>
            {move || Suspend::new(async move {
                let (data, flash) = (data.await, flash.await);
                match data {
                    Ok(data) => Either::Left(children.with_value(|children| children(data, flash))),
                    Err(problem) => Either::Right(view! { <ErrorPage problem/> }),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// The page for an address that leads nowhere.
#[component]
pub fn NotFound() -> impl IntoView {
    view! { <ErrorPage problem=Problem::not_found("Halaman ini")/> }.into_any()
}
