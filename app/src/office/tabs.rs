//! The pages of one run, beside each other.

use domain::id::RunId;
use leptos::prelude::*;

/// A page of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunTab {
    /// The sheet itself.
    Sheet,
    /// What the agencies have sent.
    Reports,
    /// Their achievement, put together.
    Recap,
    /// Plan and forecast.
    Plan,
    /// Who is reminded.
    Reminders,
}

impl RunTab {
    const ALL: [Self; 5] = [Self::Sheet, Self::Reports, Self::Recap, Self::Plan, Self::Reminders];

    fn words(self) -> &'static str {
        match self {
            Self::Sheet => "Lembar",
            Self::Reports => "LKj PD",
            Self::Recap => "Rekap capaian",
            Self::Plan => "Rencana",
            Self::Reminders => "Pengingat",
        }
    }

    /// Below `/pelaksanaan/{id}`.
    fn path(self) -> &'static str {
        match self {
            Self::Sheet => "",
            Self::Reports => "/lkj",
            Self::Recap => "/rekap",
            Self::Plan => "/rencana",
            Self::Reminders => "/pengingat",
        }
    }

    fn about_reports(self) -> bool {
        matches!(self, Self::Reports | Self::Recap)
    }
}

/// Leads from any page of a run to the others. Those about reports are there only where the
/// procedure collects any.
#[component]
pub fn RunTabs(
    /// The run.
    run: RunId,
    /// The page that is shown.
    here: RunTab,
    /// Whether its procedure collects reports.
    collects: bool,
) -> impl IntoView {
    let tabs = RunTab::ALL
        .into_iter()
        .filter(|tab| collects || !tab.about_reports())
        .map(|tab| {
            let current = (tab == here).then_some("page");
            view! {
                <a href=format!("/pelaksanaan/{run}{}", tab.path()) aria-current=current>
                    {tab.words()}
                </a>
            }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label="Halaman pelaksanaan ini">{tabs}</nav> }
}
