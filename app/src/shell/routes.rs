//! Which page stands at which address.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::SsrMode;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::{use_location, use_query_map};
use leptos_router::path;

use super::bar::Bar;
use crate::account::{AccountPage, FirstAdminPage, PasswordLinkPage, SignInPage, SignOutPage};
use crate::admin::{
    AccountsPage, AdminPage, AgenciesPage, CalendarPage, CalendarYearPage, PublishPage, SubstitutesPage,
};
use crate::audit::TrailPage;
use crate::home::HomePage;
use crate::plan::PlanPage;
use crate::reminder::{LadderPage, RemindersPage};
use crate::review::{MatrixPage, RecapPage, ReportOfPage};
use crate::run::list::RunsPage;
use crate::run::page::RunPage;
use crate::sop::{SopPage, SopsPage};
use crate::submission::{
    AgencyHome, CheckPage, ImportPage, LinkPage, LinksPage, ReceiptPage, ReportPage, VoidLinkPage,
};
use crate::timing::TimingPage;
use crate::ui::{NotFound, escaped, use_frame};
use crate::wall::manage::DisplaysPage;
use crate::wall::page::WallPage;
use crate::wall::pair::PairPage;

/// Every page of Alur. Pages are rendered whole on the server, so that they can be read
/// before, and without, any script.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=title/>
        <Router>
            <Frames>
                <Around>
                    <Routes fallback=|| view! { <NotFound/> }>
                        <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
                        <Route path=path!("/masuk") view=SignInPage ssr=SsrMode::Async/>
                        <Route path=path!("/keluar") view=SignOutPage ssr=SsrMode::Async/>
                        <Route path=path!("/pertama") view=FirstAdminPage ssr=SsrMode::Async/>
                        <Route path=path!("/sandi") view=PasswordLinkPage ssr=SsrMode::Async/>
                        <Route path=path!("/akun") view=AccountPage ssr=SsrMode::Async/>
                        <Route path=path!("/pelaksanaan") view=RunsPage ssr=SsrMode::Async/>
                        <Route path=path!("/pelaksanaan/:id") view=RunPage ssr=SsrMode::Async/>
                        <Route path=path!("/pelaksanaan/:id/lkj") view=MatrixPage ssr=SsrMode::Async/>
                        <Route path=path!("/pelaksanaan/:id/lkj/:pd") view=ReportOfPage ssr=SsrMode::Async/>
                        <Route path=path!("/pelaksanaan/:id/rekap") view=RecapPage ssr=SsrMode::Async/>
                        <Route path=path!("/pelaksanaan/:id/rencana") view=PlanPage ssr=SsrMode::Async/>
                        <Route path=path!("/pelaksanaan/:id/tautan") view=LinksPage ssr=SsrMode::Async/>
                        <Route path=path!("/pelaksanaan/:id/pengingat") view=RemindersPage ssr=SsrMode::Async/>
                        <Route path=path!("/pd") view=AgencyHome ssr=SsrMode::Async/>
                        <Route path=path!("/pd/t/:token") view=LinkPage ssr=SsrMode::Async/>
                        <Route path=path!("/pd/tautan-tidak-berlaku") view=VoidLinkPage ssr=SsrMode::Async/>
                        <Route path=path!("/pd/lkj/:tahun") view=ReportPage ssr=SsrMode::Async/>
                        <Route path=path!("/pd/lkj/:tahun/impor") view=ImportPage ssr=SsrMode::Async/>
                        <Route
                            path=path!("/pd/lkj/:tahun/tanda-terima/:putaran")
                            view=ReceiptPage
                            ssr=SsrMode::Async
                        />
                        <Route path=path!("/cek/:kode") view=CheckPage ssr=SsrMode::Async/>
                        <Route path=path!("/sop") view=SopsPage ssr=SsrMode::Async/>
                        <Route path=path!("/sop/:nomor") view=SopPage ssr=SsrMode::Async/>
                        <Route path=path!("/sop/:nomor/waktu") view=TimingPage ssr=SsrMode::Async/>
                        <Route path=path!("/kelola") view=AdminPage ssr=SsrMode::Async/>
                        <Route path=path!("/kelola/akun") view=AccountsPage ssr=SsrMode::Async/>
                        <Route path=path!("/kelola/pd") view=AgenciesPage ssr=SsrMode::Async/>
                        <Route path=path!("/kelola/sop") view=PublishPage ssr=SsrMode::Async/>
                        <Route path=path!("/kelola/kalender") view=CalendarPage ssr=SsrMode::Async/>
                        <Route path=path!("/kelola/kalender/:tahun") view=CalendarYearPage ssr=SsrMode::Async/>
                        <Route path=path!("/kelola/pengganti") view=SubstitutesPage ssr=SsrMode::Async/>
                        <Route path=path!("/kelola/papan") view=DisplaysPage ssr=SsrMode::Async/>
                        <Route path=path!("/kelola/jejak") view=TrailPage ssr=SsrMode::Async/>
                        <Route path=path!("/kelola/pengingat") view=LadderPage ssr=SsrMode::Async/>
                        <Route path=path!("/papan") view=WallPage ssr=SsrMode::Async/>
                        <Route path=path!("/papan/pasang") view=PairPage ssr=SsrMode::Async/>
                    </Routes>
                </Around>
                <Watermark/>
            </Frames>
        </Router>
    }
    .into_any()
}

/// The document's title, as markup: Leptos writes it into the page as it is. Titles name agencies and
/// procedures, and an agency may be called anything.
fn title(of_page: String) -> String {
    format!("{} · Alur", escaped(&of_page))
}

/// The bar above a page. What hangs on a wall has none, and brings its own `main`.
#[component]
fn Around(children: Children) -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    if path == "/papan" || path.starts_with("/papan/") {
        return children().into_any();
    }
    view! {
        <Bar/>
        <main id="isi">{children()}</main>
    }
    .into_any()
}

/// Gives every page below it the frame and, after a refused form, the flash.
#[component]
fn Frames(children: Children) -> impl IntoView {
    provide_context(Resource::new_blocking(|| (), |()| crate::ui::get_frame()));
    let refused = use_query_map().with_untracked(|query| query.get("gagal"));
    provide_context(Resource::new_blocking(
        || (),
        move |()| {
            let refused = refused.clone();
            async move {
                match refused {
                    Some(id) => crate::ui::get_flash(id).await.unwrap_or_default(),
                    None => crate::ui::Flashed::default(),
                }
            }
        },
    ));
    children()
}

/// Says on every page of a practice office that nothing here counts.
#[component]
fn Watermark() -> impl IntoView {
    let frame = use_frame();
    let practice = move || frame.get().and_then(Result::ok).is_some_and(|frame| frame.practice);
    view! {
        <Suspense fallback=|| ()>
            {move || practice().then(|| view! { <footer class="practice">"LATIHAN"</footer> })}
        </Suspense>
    }
    .into_any()
}
