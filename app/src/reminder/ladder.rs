//! `/kelola/pengingat`: how mail stands, and the ladder.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use desk::problem::Problem;
use desk::reminder::PostState;
use domain::reminder::{Ladder, Rung};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::GetUrl;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use super::page::post_words;
use crate::ui::{Flashed, Loaded, Post};

/// How mail stands, and the ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LadderView {
    /// The ladder.
    pub ladder: Ladder,
    /// How mail stands.
    pub post: PostState,
    /// How many agencies have an address, and how many there are.
    pub agencies: (usize, usize),
    /// How many accounts have one.
    pub accounts: usize,
}

/// How mail stands, and the ladder.
#[server(prefix = "/api", endpoint = "ladder", input = GetUrl)]
pub async fn get_ladder() -> Result<LadderView, Problem> {
    use crate::ui::request::{ports, require_admin};
    require_admin()?;
    let ports = ports();
    let (addresses, office) = (ports.post.addresses(), ports.desk.office());
    let has =
        |code: &domain::id::AgencyCode| addresses.contains_key(&domain::reminder::To::Agency(code.clone()));
    let agencies = (office.agencies.keys().filter(|code| has(code)).count(), office.agencies.len());
    let accounts = addresses.keys().filter(|of| matches!(of, domain::reminder::To::Account(_))).count();
    let ladder = ports.post.rules()?.ladder.clone();
    Ok(LadderView { ladder, post: ports.post.state(), agencies, accounts })
}

/// Changes the ladder. `naik_…` is how many roles up, empty: nobody.
#[server(prefix = "/api", endpoint = "change-ladder")]
pub async fn change_ladder(
    #[server(default)] aktif: String,
    persen: u8,
    hari: u8,
    #[server(default)] naik_awal: String,
    #[server(default)] naik_tempo: String,
    #[server(default)] naik_lewat: String,
) -> Result<(), Problem> {
    use crate::ui::request::{act, ports, require_admin};
    use desk::trail::Kind;
    let caller = require_admin()?;
    let up = |typed: String| match typed.trim() {
        "" => Ok(None),
        digits => digits.parse().map(Some).map_err(|_| Problem::invalid("Tingkat harus angka 0 sampai 5.")),
    };
    let up = [up(naik_awal)?, up(naik_tempo)?, up(naik_lewat)?];
    let ladder = Ladder { on: !aktif.is_empty(), percent: persen, days_over: hari, up };
    let words = if ladder.on { format!("aktif, {persen} %, {hari} hari") } else { "tidak aktif".to_owned() };
    let post = ports().post;
    let told = |(): &()| (String::new(), words);
    act(Kind::LadderChanged, told, post.set_ladder(ladder, caller.actor.account)).await?;
    leptos_axum::redirect("/kelola/pengingat?sudah=ya");
    Ok(())
}

/// The page.
#[component]
pub fn LadderPage() -> impl IntoView {
    let data = Resource::new_blocking(|| (), |()| get_ladder());
    view! {
        <Title text="Surel dan pengingat"/>
        <div class="title"><h1>"Surel dan pengingat"</h1></div>
        <Loaded data children=|view: LadderView, flash| view! { <Shown view flash/> }/>
    }
    .into_any()
}

#[component]
fn Shown(view: LadderView, flash: Flashed) -> impl IntoView {
    let done = use_query_map().with_untracked(|query| query.get("sudah").is_some());
    let LadderView { ladder, post, agencies, accounts } = view;
    let (with, all) = agencies;
    let typed = |field: &str, otherwise: String| flash.typed(ChangeLadder::url(), field).unwrap_or(otherwise);
    let up =
        |field: &str, rung: Rung| typed(field, ladder.up(rung).map(|up| up.to_string()).unwrap_or_default());
    let (early, due, over) =
        (up("naik_awal", Rung::Early), up("naik_tempo", Rung::Due), up("naik_lewat", Rung::Over));
    let (percent, days) =
        (typed("persen", ladder.percent.to_string()), typed("hari", ladder.days_over.to_string()));
    let on = ladder.on;
    view! {
        <p class="good" role="status" hidden=!done>"Tersimpan."</p>
        <section class="part">
            <h2>"Surel"</h2>
            <p>{post_words(&post)}</p>
            <p class="hint">
                {format!("{with} dari {all} PD dan {accounts} akun punya alamat surel. ")}
                "Alamat PD diisi di "<a href="/kelola/pd">"Perangkat Daerah"</a>", alamat pegawai di halaman akunnya sendiri atau di "
                <a href="/kelola/akun">"Akun dan peran"</a>"."
            </p>
        </section>
        <section class="part">
            <h2>"Tangga pemberitahuan"</h2>
            <p class="hint">"Bila pekerjaan di satu baris berlarut, peran di atasnya diberi tahu lewat surel. Tingkat 0 adalah peran yang mendapat giliran, 1 peran berikutnya di kanan pada lembar, dan seterusnya; kosong berarti tidak ada yang diberi tahu. Semula tidak aktif."</p>
            <Post<ChangeLadder> flash class="narrow">
                <label class="tick">
                    <input type="checkbox" name="aktif" value="ya" checked=on/>
                    "Tangga aktif"
                </label>
                <fieldset>
                    <legend>"1. Waktu hampir habis"</legend>
                    <div class="pair">
                        <label>"Setelah persen waktu kerja" <input name="persen" type="number" min="1" max="99" required value=percent/></label>
                        <label>"Naik berapa tingkat" <input name="naik_awal" type="number" min="0" max=Ladder::MOST_UP value=early/></label>
                    </div>
                </fieldset>
                <fieldset>
                    <legend>"2. Jatuh tempo"</legend>
                    <div class="pair">
                        <label>"Naik berapa tingkat" <input name="naik_tempo" type="number" min="0" max=Ladder::MOST_UP value=due/></label>
                    </div>
                </fieldset>
                <fieldset>
                    <legend>"3. Masih terlambat"</legend>
                    <div class="pair">
                        <label>"Setelah hari kerja" <input name="hari" type="number" min="1" max=Ladder::MOST_DAYS required value=days/></label>
                        <label>"Naik berapa tingkat" <input name="naik_lewat" type="number" min="0" max=Ladder::MOST_UP value=over/></label>
                    </div>
                </fieldset>
                <button class="primary">"Simpan tangga"</button>
            </Post<ChangeLadder>>
        </section>
    }
    .into_any()
}
