//! `/kelola/pengganti`: who stands in for whom, Plt. and Plh.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use chrono::NaiveDate;
use desk::office::Accepted;
use desk::problem::Problem;
use domain::calendar::words;
use domain::id::{AccountId, CommandId, LaneId};
use domain::log::{ActingKind, SubstituteId};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::GetUrl;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use crate::ui::{Flashed, Loaded, Post};

/// The substitutions, and who can be named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubstituteList {
    /// Every substitution, the newest first.
    substitutes: Vec<SubstituteView>,
    /// Accounts that may sign in, with their names.
    accounts: Vec<(AccountId, String)>,
    /// The lanes of the procedures in force, with their printed names.
    lanes: Vec<(LaneId, String)>,
    /// Today, in WIB.
    today: NaiveDate,
}

/// A substitution as the administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct SubstituteView {
    id: SubstituteId,
    who: String,
    /// "Plh. KABAG"
    title: String,
    from: NaiveDate,
    to: NaiveDate,
    phase: SubstitutePhase,
    /// Who wrote it down, and when.
    named: String,
    /// Who ended it before its time, and when.
    ended: Option<String>,
}

/// How a substitution stands, for the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum SubstitutePhase {
    Running,
    Coming,
    Past,
}

/// The substitutions, and who can be named.
#[server(prefix = "/api", endpoint = "substitutes", input = GetUrl)]
pub async fn get_substitutes() -> Result<SubstituteList, Problem> {
    use crate::ui::request::{ports, require_admin};
    use domain::office::Phase;
    require_admin()?;
    let ports = ports();
    let (office, now, names) = (ports.desk.office(), ports.desk.now(), ports.people.names());
    let lanes = super::server::lanes(&office);
    let lane_name = |id: &LaneId| {
        lanes.iter().find(|(lane, _)| lane == id).map_or_else(|| id.to_string(), |(_, name)| name.clone())
    };
    let name = |id: &AccountId| names.get(id).map_or_else(|| id.to_string(), |person| person.name.clone());
    let stamp = |stamp: &domain::log::Stamp| format!("{}, {}", name(&stamp.by), words::short(stamp.at));
    let substitutes = office.substitutes.values().rev().map(|it| SubstituteView {
        id: it.id,
        who: name(&it.account),
        title: format!("{} {}", it.kind, lane_name(&it.lane)),
        from: it.from,
        to: it.to,
        phase: match it.phase(now) {
            Phase::Coming => SubstitutePhase::Coming,
            Phase::Running => SubstitutePhase::Running,
            Phase::Past => SubstitutePhase::Past,
        },
        named: stamp(&it.named),
        ended: it.ended.as_ref().map(stamp),
    });
    let substitutes = substitutes.collect();
    let active = ports.people.list().await?.into_iter().filter(|it| it.active && it.agency.is_none());
    let accounts = active.map(|account| (account.id, account.person.name)).collect();
    Ok(SubstituteList { substitutes, accounts, lanes, today: domain::calendar::date_of(now) })
}

/// Names a substitute.
#[server(prefix = "/api", endpoint = "name-substitute")]
pub async fn name_substitute(
    akun: AccountId,
    lajur: LaneId,
    jenis: String,
    mulai: String,
    selesai: String,
    command_id: CommandId,
) -> Result<Accepted, Problem> {
    use crate::ui::request::{ports, require_admin};
    require_admin()?;
    let kind = ActingKind::from_code(&jenis).ok_or_else(|| Problem::invalid("Pilih Plh. atau Plt."))?;
    let date = |text: &str, label: &str| {
        let read = text.trim().parse::<NaiveDate>();
        read.map_err(|_| Problem::invalid(format!("{label}: tulis tanggal seperti 2026-12-31.")))
    };
    let (from, to) = (date(&mulai, "Mulai")?, date(&selesai, "Sampai dengan")?);
    let accounts = ports().people.list().await?;
    let account = accounts.into_iter().find(|it| it.id == akun && it.active && it.agency.is_none());
    let account = account.ok_or_else(|| Problem::invalid("Akun itu tidak ada, atau tidak aktif."))?;
    if account.lanes.contains(&lajur) {
        return Err(Problem::invalid("Akun itu sudah bekerja di lajur ini; tidak perlu menjadi pengganti."));
    }
    let command =
        domain::office::Command::NameSubstitute { account: account.id, lane: lajur, kind, from, to };
    let accepted = crate::office::deed::submit(command_id, command).await?;
    leptos_axum::redirect("/kelola/pengganti?sudah=ya");
    Ok(accepted)
}

/// Ends a substitution before its time.
#[server(prefix = "/api", endpoint = "end-substitute")]
pub async fn end_substitute(nomor: SubstituteId, command_id: CommandId) -> Result<Accepted, Problem> {
    let command = domain::office::Command::EndSubstitute { substitute: nomor };
    let accepted = crate::office::deed::submit(command_id, command).await?;
    leptos_axum::redirect("/kelola/pengganti?sudah=ya");
    Ok(accepted)
}

/// Substitutes.
#[component]
pub fn SubstitutesPage() -> impl IntoView {
    let data = Resource::new_blocking(|| (), |()| get_substitutes());
    view! {
        <Title text="Pengganti"/>
        <div class="title"><h1>"Pengganti (Plt. dan Plh.)"</h1></div>
        <Loaded data children=|list: SubstituteList, flash| view! { <List list flash/> }/>
    }
    .into_any()
}

#[component]
fn List(list: SubstituteList, flash: Flashed) -> impl IntoView {
    let done = use_query_map().with_untracked(|query| query.get("sudah").is_some());
    let SubstituteList { substitutes, accounts, lanes, today } = list;
    let group = |phase| substitutes.iter().filter(|it| it.phase == phase).cloned().collect::<Vec<_>>();
    let groups = [
        ("Sedang berlaku", SubstitutePhase::Running, "Tidak ada pengganti yang sedang bertugas."),
        ("Akan datang", SubstitutePhase::Coming, "Tidak ada yang akan datang."),
        ("Sudah lewat", SubstitutePhase::Past, "Belum ada yang lewat."),
    ]
    .map(|(title, phase, empty)| {
        let there = group(phase);
        let none = there.is_empty();
        let rows = there
            .into_iter()
            .map(|substitute| view! { <One substitute flash=flash.clone()/> })
            .collect_view();
        view! {
            <section>
                <h2>{title}</h2>
                <p class="hint" hidden=!none>{empty}</p>
                <ul class="accounts substitutes">{rows}</ul>
            </section>
        }
    });
    view! {
        <p class="good" role="status" hidden=!done>"Tersimpan."</p>
        <p class="lead">"Selama masa itu pengganti dapat mengerjakan lajur yang digantikan, dan tiap tindakannya dicatat a.n. lajur itu. Pekerjaan sendiri tidak dapat diperiksa sendiri."</p>
        <Adding accounts lanes today flash=flash.clone()/>
        {groups.collect_view()}
    }
    .into_any()
}

#[component]
fn Adding(
    accounts: Vec<(AccountId, String)>,
    lanes: Vec<(LaneId, String)>,
    today: NaiveDate,
    flash: Flashed,
) -> impl IntoView {
    let path = NameSubstitute::PATH;
    let typed = |field: &str| flash.typed(path, field).unwrap_or_default();
    let open = flash.problem(path).is_some();
    let (account, lane, kind) = (typed("akun"), typed("lajur"), typed("jenis"));
    let (from, to) = (flash.typed(path, "mulai").unwrap_or_else(|| today.to_string()), typed("selesai"));
    let earliest = today.to_string();
    let last = earliest.clone();
    let accounts = accounts
        .into_iter()
        .map(|(id, name)| {
            let chosen = id.0 == account;
            let shown = format!("{name} ({id})");
            view! { <option value=id.0 selected=chosen>{shown}</option> }
        })
        .collect_view();
    let lanes = lanes
        .into_iter()
        .map(|(id, name)| {
            let chosen = id.0 == lane;
            view! { <option value=id.0 selected=chosen>{name}</option> }
        })
        .collect_view();
    let kinds = ActingKind::ALL
        .map(|it| {
            let words = match it {
                ActingKind::Plh => "Plh. (pejabatnya berhalangan sementara)",
                ActingKind::Plt => "Plt. (jabatannya kosong)",
            };
            let chosen = it.code() == kind;
            view! { <option value=it.code() selected=chosen>{words}</option> }
        })
        .collect_view();
    view! {
        <details class="menu start" open=open>
            <summary class="primary">"Tunjuk pengganti…"</summary>
            <div class="pop">
                <Post<NameSubstitute> flash>
                    <label>"Siapa" <select name="akun" required>{accounts}</select></label>
                    <label>"Menggantikan lajur" <select name="lajur" required>{lanes}</select></label>
                    <label>"Sebagai" <select name="jenis">{kinds}</select></label>
                    <div class="pair">
                        <label>"Mulai" <input type="date" name="mulai" required min=earliest value=from/></label>
                        <label>"Sampai dengan" <input type="date" name="selesai" required min=last value=to/></label>
                    </div>
                    <button class="primary">"Tunjuk pengganti"</button>
                </Post<NameSubstitute>>
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn One(substitute: SubstituteView, flash: Flashed) -> impl IntoView {
    let SubstituteView { id, who, title, from, to, phase, named, ended } = substitute;
    let here = flash.typed(EndSubstitute::PATH, "nomor") == Some(id.to_string());
    let flash = if here { flash } else { Flashed::default() };
    let (state, button) = match (phase, &ended) {
        (SubstitutePhase::Running, _) => ("berlaku", Some("Akhiri sekarang")),
        (SubstitutePhase::Coming, _) => ("akan datang", Some("Batalkan penunjukan ini")),
        (SubstitutePhase::Past, Some(_)) => ("diakhiri", None),
        (SubstitutePhase::Past, None) => ("selesai", None),
    };
    let running = phase == SubstitutePhase::Running;
    let end = button.map(|button| {
        view! {
            <Post<EndSubstitute> flash>
                <input type="hidden" name="nomor" value=id.to_string()/>
                <button class="danger">{button}</button>
            </Post<EndSubstitute>>
        }
    });
    view! {
        <li>
            <details open=here>
                <summary>
                    <b>{title}</b>
                    <span>{who}<small>{words::date(from)}" sampai "{words::date(to)}</small></span>
                    <span></span>
                    <span class="state" data-active=running.then_some("")>{state}</span>
                </summary>
                <p class="hint">"Ditunjuk oleh "{named}{ended.map(|ended| format!("; diakhiri oleh {ended}"))}</p>
                {end}
            </details>
        </li>
    }
    .into_any()
}
