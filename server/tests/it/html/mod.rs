//! What people wrote comes back as text, on every page and in every form: two offices in which the
//! same was done, one of them with texts that try to be markup, have the same pages, element by element.

mod fill;
mod sides;
mod tree;
mod words;

use std::collections::BTreeSet;

use axum::http::StatusCode;
use leptos::server_fn::axum::server_fn_paths;

use self::fill::{People, fill};
use self::sides::{Both, Browser, Side, offices};
use self::tree::{Field, Form, Kind};
use self::words::{Room, marks};
use crate::harness::{House, run};
use crate::isolation::TABLE;

/// How often the same form of a page is tried: lists have one for each of their lines.
const OF_A_KIND: usize = 2;
/// Numbers from here on are texts in forms.
const TYPED: usize = 400;
/// Forms that are left alone: they have no text, and who sends them is not here any more.
const LEAVE: [&str; 1] = ["/api/sign-out"];

/// What was looked at.
#[derive(Default)]
struct Count {
    pages: usize,
    refused: usize,
    tried: BTreeSet<String>,
    seen: BTreeSet<usize>,
    kept: BTreeSet<String>,
    escaped: Vec<String>,
}

impl Count {
    fn look(&mut self, both: &Both) {
        self.pages += 1;
        self.escaped.extend(both.differs.clone());
    }
}

#[test]
fn hostile_text_stays_text_on_every_page_and_in_every_refused_form() {
    run(async || {
        let (first, seeds) = asked();
        for seed in first..first + seeds {
            let mut count = Count::default();
            println!("seed {seed}");
            everything(seed, &mut count).await;
            first_administrator(seed, &mut count).await;
            let (pages, refused, escapes) = (count.pages, count.refused, count.escaped.len());
            println!("{pages} pages, {refused} refused forms, {escapes} escapes");
            count.escaped.truncate(12);
            assert!(escapes == 0, "seed {seed}:\n{}", count.escaped.join("\n"));
        }
    });
}

/// Which seeds: `HTML_SEED`, and `HTML_SEEDS` of them. `make fuzz-html` asks for many.
fn asked() -> (u64, u64) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    (number("HTML_SEED").unwrap_or(1), number("HTML_SEEDS").unwrap_or(1))
}

async fn everything(seed: u64, count: &mut Count) {
    let [harmless, hostile] = offices(seed, House::practice).await;
    let sides = [&harmless, &hostile];
    let ((one, texts), (other, _)) = futures::join!(fill(&harmless), fill(&hostile));
    let pages = pages(&one).into_iter().zip(self::pages(&other)).collect::<Vec<_>>();
    let nobody = Browser::default();
    let people = [
        ("admin", one.admin, other.admin),
        ("staf", one.staff, other.staff),
        ("kasubbag", one.head, other.head),
        ("agency by link", one.agency_by_link, other.agency_by_link),
        ("agency by account", one.agency_by_account, other.agency_by_account),
        ("display", one.display, other.display),
        ("nobody", nobody.clone(), nobody),
    ];
    let mut forms = Vec::new();
    for (who, mut here, mut there) in people {
        let mut known = Vec::new();
        for (one, other) in &pages {
            let shown = format!("{who}: {other}");
            let answers = futures::join!(here.get(sides[0], one), there.get(sides[1], other));
            let Some(both) = Both::read(&shown, &answers.0, &answers.1) else { continue };
            count.look(&both);
            count.seen.extend(both.hostile.marks());
            let found = both.harmless.forms.into_iter().zip(both.hostile.forms);
            known.extend(found.map(|forms| ((one.clone(), other.clone()), forms)));
        }
        forms.push((who, here, there, known));
    }
    let unseen: Vec<_> = (1..=texts).filter(|number| !count.seen.contains(number)).collect();
    assert!(unseen.is_empty(), "texts that no page shows: {unseen:?}\n{}", count.escaped.join("\n"));
    for (who, mut here, mut there, known) in forms {
        let mut times = std::collections::BTreeMap::<(String, String), usize>::new();
        for (at, (pages, (one, other))) in known.into_iter().enumerate() {
            let path = pages.1.split('?').next().unwrap_or_default().to_owned();
            let times = times.entry((path, one.action.clone())).or_default();
            *times += 1;
            if *times > OF_A_KIND || LEAVE.contains(&one.action.as_str()) {
                continue;
            }
            let shown = format!("{who}: {} on {}", other.action, pages.1);
            // What has nothing to type and no id would be carried out.
            let refused = |field: &Field| field.kind != Kind::Set || field.name == "command_id";
            let harmless = one.fields.iter().any(refused);
            for all in if harmless { &[false, true][..] } else { &[true] } {
                let typed = [fill_in(sides[0], &one, at, *all), fill_in(sides[1], &other, at, *all)];
                let on = (pages.0.as_str(), pages.1.as_str());
                try_form(
                    &shown,
                    sides,
                    [&mut here, &mut there],
                    on,
                    [&one.action, &other.action],
                    typed,
                    count,
                )
                .await;
            }
        }
        // Whatever the API takes, also where this person has no form for it.
        for (address, method, target, form, _) in TABLE {
            if *method != "POST" || !address.starts_with("/api/") || LEAVE.contains(address) {
                continue;
            }
            let typed = sides.map(|side| by_hand(side, form));
            try_form(
                &format!("{who}: {target}"),
                sides,
                [&mut here, &mut there],
                ("/", "/"),
                [address, address],
                typed,
                count,
            )
            .await;
        }
    }
    let all: BTreeSet<_> = server_fn_paths()
        .filter(|(_, method)| *method == axum::http::Method::POST)
        .map(|(path, _)| path.to_owned())
        .collect();
    let untried: Vec<_> =
        all.iter().filter(|path| !count.tried.contains(*path) && !LEAVE.contains(&path.as_str())).collect();
    assert!(untried.is_empty(), "forms that nobody tried: {untried:?}");
    for form in
        ["/api/publish-sop", "/api/pause-run", "/api/judge-report", "/api/sign-in", "/api/add-account"]
    {
        assert!(count.kept.contains(form), "what was typed into {form} came back: {:?}", count.kept);
    }
}

/// An office that has no administrator yet has one form more.
async fn first_administrator(seed: u64, count: &mut Count) {
    let [harmless, hostile] = offices(seed, House::empty).await;
    let sides = [&harmless, &hostile];
    let key = |side: &Side| side.house.opened.deps.accounts.make_first_link().unwrap();
    let pages = sides.map(|side| format!("/pertama?kunci={}", key(side)));
    let (mut here, mut there) = (Browser::default(), Browser::default());
    let answers = futures::join!(here.get(sides[0], &pages[0]), there.get(sides[1], &pages[1]));
    let both = Both::read("/pertama", &answers.0, &answers.1).unwrap();
    count.look(&both);
    let form = both.hostile.forms.iter().find(|form| form.action == "/api/first-admin").unwrap().clone();
    let typed = sides.map(|side| fill_in(side, &form, 1, false));
    let path = "/api/first-admin";
    let on = (pages[0].as_str(), pages[1].as_str());
    try_form(path, sides, [&mut here, &mut there], on, [path, path], typed, count).await;
    assert!(count.kept.contains(path), "what was typed came back");
}

/// Every page of the table of addresses, with what was made up in its place; and each cell's dialog.
fn pages(people: &People) -> Vec<String> {
    let number =
        form_urlencoded::byte_serialize(people.number.as_bytes()).collect::<String>().replace('+', "%20");
    let mut pages: Vec<String> = Vec::new();
    for (address, method, target, ..) in TABLE {
        let page = *method == "GET" && !address.starts_with("/api/") && !address.contains('.');
        if !page
            || ["/healthz", "/readyz", "/metrics", "/live"].contains(address)
            || address.contains("{sha256}")
        {
            continue;
        }
        let target = target.replace("{token}", "x").replace("{code}", "x").replace("{content}", "x");
        for agency in &people.agencies {
            pages.push(target.replace("{pd}", agency.as_str()));
        }
    }
    for cell in [
        "1.staf",
        "2.staf",
        "2.kabag",
        "3.gubernur",
        "4.staf",
        "5.staf",
        "6.staf",
        "7.staf",
        "8.kasubbag",
        "8.kabag",
        "9.kasubbag",
    ] {
        pages.push(format!("/pelaksanaan/1?sel={cell}"));
    }
    pages.extend(
        ["/pelaksanaan/1/lkj?cari=Uj&urut=pd", "/pd/lkj/2026/tanda-terima/1", "/kelola/kalender/2027?apa=1"]
            .map(str::to_owned),
    );
    pages.extend(
        ["", "/rencana", "/lkj", "/pengingat", "?sel=2.staf", "?sel=1.staf", "?sel=2.kepala"]
            .map(|page| format!("/pelaksanaan/2{page}")),
    );
    pages.extend([format!("/sop/{number}"), format!("/sop/{number}/waktu"), people.slip.clone()]);
    pages.sort();
    pages.dedup();
    pages
}

/// A form with texts in its fields: in those that are typed, or in all. It is sent under an id that cannot
/// be one, so that it is refused.
fn fill_in(side: &Side, form: &Form, at: usize, all: bool) -> Vec<(String, String)> {
    let text = |(place, field): (usize, &Field)| {
        let number = TYPED + (at * 7 + place) % 590;
        let value = match field.kind {
            _ if field.name == "command_id" => "tidak sah!".to_owned(),
            // A password is never shown again, and a good one would end somebody's sessions.
            _ if field.name.contains("sandi") => "x".to_owned(),
            Kind::Area => side.say(number, Room::Lines),
            Kind::Line => side.say(number, Room::Line),
            Kind::Set if all && !["apa", "kembali", "run"].contains(&field.name.as_str()) => {
                side.say(number, Room::Line)
            }
            Kind::Set => field.value.clone(),
        };
        (field.name.clone(), value)
    };
    form.fields.iter().enumerate().map(text).collect()
}

/// A form as a program would send it, with a text in every field.
fn by_hand(side: &Side, form: &str) -> Vec<(String, String)> {
    let fields = form_urlencoded::parse(form.as_bytes());
    let text = |(place, (name, _)): (usize, (std::borrow::Cow<'_, str>, _))| {
        let value =
            if name == "command_id" { "tidak sah!".to_owned() } else { side.say(TYPED + place, Room::Lines) };
        (name.into_owned(), value)
    };
    fields.enumerate().map(text).collect()
}

/// Sends a form in both offices, follows to the page that it leads to, and looks at that.
async fn try_form(
    shown: &str,
    sides: [&Side; 2],
    people: [&mut Browser; 2],
    on: (&str, &str),
    actions: [&str; 2],
    typed: [Vec<(String, String)>; 2],
    count: &mut Count,
) {
    let [here, there] = people;
    let action =
        |at: usize, page: &str| if actions[at].is_empty() { page.to_owned() } else { actions[at].to_owned() };
    let (one, other) = (action(0, on.0), action(1, on.1));
    let answers = futures::join!(
        here.submit(sides[0], on.0, &one, &typed[0]),
        there.submit(sides[1], on.1, &other, &typed[1])
    );
    assert_eq!(answers.0.status, answers.1.status, "{shown}: {} {}", answers.0.text(), answers.1.text());
    assert!(!answers.1.status.is_server_error(), "{shown}");
    count.tried.insert(actions[1].to_owned());
    if answers.1.status != StatusCode::SEE_OTHER {
        return;
    }
    let [to, there_to] = [&answers.0, &answers.1].map(|answer| answer.header("location").to_owned());
    assert_eq!(to.contains("gagal="), there_to.contains("gagal="), "{shown}: {to} {there_to}");
    let pages = futures::join!(here.get(sides[0], &to), there.get(sides[1], &there_to));
    let Some(both) = Both::read(&format!("{shown}, refused"), &pages.0, &pages.1) else {
        return;
    };
    count.look(&both);
    if there_to.contains("gagal=") {
        count.refused += 1;
        let numbers: BTreeSet<_> = typed[1].iter().flat_map(|(_, value)| marks(value)).collect();
        let back: BTreeSet<_> = both.hostile.marks().intersection(&numbers).copied().collect();
        if !back.is_empty() {
            count.kept.insert(actions[1].to_owned());
        }
    }
}
