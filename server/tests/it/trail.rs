//! Who did what: each act has its line, refusals are counted, and nothing is silent.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{StatusCode, header};
use chrono::{TimeDelta, Utc};
use desk::office::Desk;
use desk::trail::{Deed, KEPT_DAYS, Kind, Note, Sheet, Trail, Wanted, Weight};
use domain::id::AccountId;
use services::audit::Journal;
use services::clock::Clock;
use services::store::Store;

use crate::harness::{House, PDF, Sender, Visitor, now, row, run, send_file};

async fn all(house: &House) -> Vec<Deed> {
    let journal = &house.opened.deps.journal;
    let (mut deeds, mut before) = (Vec::new(), None);
    loop {
        let Sheet { deeds: page, next, waiting } = journal.sheet(Wanted::default(), before).await.unwrap();
        assert_eq!(waiting, 0);
        deeds.extend(page);
        match next {
            Some(next) => before = Some(next),
            None => return deeds,
        }
    }
}

fn of(deeds: &[Deed], kind: Kind) -> Vec<Note> {
    deeds.iter().filter(|deed| deed.note.kind == kind).map(|deed| deed.note.clone()).collect()
}

#[test]
fn acts_of_an_administrator_have_a_line_each() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let acts: [(&str, Vec<(&str, &str)>); 16] = [
            ("/api/add-account", vec![("akun", "budi"), ("nama", "Budi Baru"), ("lajur[staf]", "ya")]),
            ("/api/change-account", vec![("akun", "budi"), ("nama", "Budi Lama"), ("lajur[kabag]", "ya")]),
            ("/api/make-password-link", vec![("akun", "staf")]),
            ("/api/set-mail-of", vec![("akun", "staf"), ("surel", "staf@contoh.go.id")]),
            ("/api/set-contact", vec![("kode", "dinkes"), ("surel", "dinkes@contoh.go.id")]),
            ("/api/change-ladder", vec![("aktif", "ya"), ("persen", "80"), ("hari", "1")]),
            ("/api/set-automatic", vec![("run", "1"), ("otomatis", "ya")]),
            ("/api/make-links", vec![("run", "1"), ("pd", "dinkes")]),
            ("/api/revoke-link", vec![("run", "1"), ("pd", "dinkes")]),
            ("/api/make-feed", vec![]),
            ("/api/revoke-feed", vec![]),
            (
                "/api/add-agency",
                vec![("kode", "x"), ("nama", "Dinas Xenon"), ("singkatan", "Xenon"), ("command_id", "t-1")],
            ),
            (
                "/api/name-substitute",
                vec![
                    ("akun", "staf"),
                    ("lajur", "kabag"),
                    ("jenis", "plh"),
                    ("mulai", "2027-02-08"),
                    ("selesai", "2027-02-09"),
                    ("command_id", "t-2"),
                ],
            ),
            ("/api/end-substitute", vec![("nomor", "1"), ("command_id", "t-3")]),
            (
                "/api/change-calendar",
                vec![
                    ("apa", "tambah"),
                    ("isian[tanggal]", "2027-09-15"),
                    ("isian[jenis]", "kantor_tutup"),
                    ("isian[nama]", "Pindahan"),
                    ("isian[dasar]", "Surat"),
                    ("yakin", "ya"),
                    ("command_id", "t-4"),
                ],
            ),
            ("/api/sign-out", vec![]),
        ];
        for (path, fields) in acts {
            let answer = admin.post(&house, path, &fields).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        }
        let deeds = all(&house).await;
        let kinds = [
            Kind::SignedIn,
            Kind::AccountAdded,
            Kind::AccountChanged,
            Kind::PasswordLinkMade,
            Kind::MailChanged,
            Kind::LadderChanged,
            Kind::AutomaticSet,
            Kind::LinksMade,
            Kind::LinkRevoked,
            Kind::FeedMade,
            Kind::FeedRevoked,
            Kind::AgenciesChanged,
            Kind::SubstituteChanged,
            Kind::CalendarChanged,
            Kind::SignedOut,
        ];
        for kind in kinds {
            let lines = of(&deeds, kind);
            assert!(!lines.is_empty(), "{kind:?}: {deeds:#?}");
            for note in lines {
                assert_eq!((note.who.as_str(), note.origin.as_str()), ("admin", "127.0.0.1"), "{note:?}");
            }
        }
        let changed = &of(&deeds, Kind::AccountChanged)[0];
        assert_eq!(changed.whom, "budi");
        let facts = "nama: Budi Baru → Budi Lama; peran: STAF → KABAG; tidak boleh masuk";
        assert_eq!(changed.facts, facts);
        assert_eq!(of(&deeds, Kind::PasswordLinkMade).len(), 2, "a new account has one too");
        let text = format!("{deeds:?}");
        assert!(!text.contains("contoh.go.id"), "an address for mail is nobody's business there");
        assert!(deeds.windows(2).all(|pair| pair[0].at >= pair[1].at), "newest first");
    });
}

#[test]
fn displays_are_paired_and_revoked_with_a_line() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let waiting = Visitor::default().get(&house, "/api/pairing").await.text();
        let code = waiting.split("\"code\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let pair = [("kode", code.as_str()), ("nama", "Lobi")];
        assert_eq!(admin.post(&house, "/api/pair-display", &pair).await.status, StatusCode::OK);
        let displays = house.opened.deps.displays.clone();
        let id = desk::display::Displays::list(displays.as_ref())[0].id.clone();
        let rename = [("papan", id.as_str()), ("nama", "Ruang Karo")];
        assert_eq!(admin.post(&house, "/api/rename-display", &rename).await.status, StatusCode::OK);
        let revoke = [("papan", id.as_str())];
        assert_eq!(admin.post(&house, "/api/revoke-display", &revoke).await.status, StatusCode::OK);
        let deeds = all(&house).await;
        let line = |kind| of(&deeds, kind).remove(0);
        assert_eq!(line(Kind::DisplayPaired).whom, "Lobi");
        let renamed = line(Kind::DisplayRenamed);
        assert_eq!((renamed.whom.as_str(), renamed.facts.as_str()), ("Lobi", "menjadi Ruang Karo"));
        assert_eq!(line(Kind::DisplayRevoked).whom, "Ruang Karo");
    });
}

#[test]
fn who_reads_and_takes_away_files_is_written_down() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        sender.save(&house, vec![row("Indikator", "100", "90")]).await;
        let answer = send_file(&house, &sender.visitor, "/pd/kirim-berkas/1/lkj", "LKj Kami.pdf", PDF).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        sender.submit(&house).await;
        let office = house.opened.office.office();
        let sent = office.runs[&crate::harness::RUN].reports[&sender.code].last().unwrap().clone();
        let sha = sent.digest.files[0].sha256.clone();
        let (staff, admin) = (house.signed_in("staf").await, house.signed_in("admin").await);
        let ask =
            async |who: &Visitor, path: &str| assert_eq!(who.get(&house, path).await.status, 200, "{path}");
        ask(&staff, &format!("/berkas/{sha}")).await;
        ask(&sender.visitor, &format!("/pd/berkas/1/{sha}")).await;
        // A viewer that asks for the rest of it has not opened it again.
        let piece = staff.request("GET", &format!("/berkas/{sha}")).header(header::RANGE, "bytes=10-19");
        assert_eq!(house.send(piece.body(Body::empty()).unwrap()).await.status, 206);
        for path in ["/pelaksanaan/1/lkj.xlsx", "/pelaksanaan/1/lkj.zip", "/sop/ORG.2.2.2/waktu.csv"] {
            ask(&staff, path).await;
        }
        for path in ["/kelola/pd.csv", "/kelola/jejak.csv"] {
            ask(&admin, path).await;
        }
        let deeds = all(&house).await;
        let mut read: Vec<_> =
            of(&deeds, Kind::FileRead).into_iter().map(|note| (note.who.0, note.whom)).collect();
        read.sort();
        let link = format!("tautan:1:{}", sender.code);
        let name = || "LKj Kami.pdf".to_owned();
        assert_eq!(read, [("staf".to_owned(), name()), (link.clone(), name())]);
        assert_eq!(of(&deeds, Kind::LinkOpened)[0].who.as_str(), link);
        let taken: Vec<_> = of(&deeds, Kind::Exported).into_iter().map(|note| note.who.0).collect();
        assert_eq!(taken, ["admin", "admin", "staf", "staf", "staf"]);
    });
}

#[test]
fn refusals_are_counted_by_kind_and_address_and_never_name_what_was_typed() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("staf").await;
        for _ in 0..3 {
            assert_eq!(
                Visitor::default().get(&house, "/api/overview").await.status,
                StatusCode::UNAUTHORIZED
            );
            assert_eq!(staff.get(&house, "/api/accounts").await.status, StatusCode::FORBIDDEN);
        }
        // Also where a browser without JavaScript is led back to its form.
        let led =
            staff.submit(&house, "/kelola/akun", "/api/add-account", &[("akun", "x"), ("nama", "X")]).await;
        assert_eq!(led.status, StatusCode::SEE_OTHER);
        let elsewhere = Visitor::default()
            .request("POST", "/api/sign-out")
            .header("sec-fetch-site", "cross-site")
            .header(header::ORIGIN, "https://jahat.example");
        assert_eq!(house.send(elsewhere.body(Body::empty()).unwrap()).await.status, StatusCode::FORBIDDEN);
        for _ in 0..6 {
            house.try_sign_in("staf", "bukan sandinya").await;
        }
        house.try_sign_in("sandiRahasiaSaya", "x").await;
        let void = Visitor::default().post(&house, "/pd/t/0000", &[]).await;
        assert_eq!(void.header("location"), "/pd/tautan-tidak-berlaku");

        let deeds = all(&house).await;
        let times = |kind: Kind, who: &str| {
            let lines = deeds.iter().filter(|deed| deed.note.kind == kind && deed.note.who.as_str() == who);
            let times: Vec<_> = lines.map(|deed| deed.times).collect();
            assert_eq!(times.len(), 1, "{kind:?} {who}: {deeds:#?}");
            times[0]
        };
        assert_eq!(times(Kind::SignedOutRefused, ""), 3);
        assert_eq!(times(Kind::Forbidden, "staf"), 4);
        assert_eq!(times(Kind::Forbidden, ""), 1);
        assert_eq!(times(Kind::TooMany, ""), 1);
        assert_eq!(times(Kind::LinkRefused, ""), 1);
        let failed: BTreeSet<_> = of(&deeds, Kind::SignInFailed).into_iter().map(|note| note.whom).collect();
        assert_eq!(failed, ["".to_owned(), "staf".to_owned()].into());
        assert!(!format!("{deeds:?}").to_lowercase().contains("sandirahasia"));
    });
}

#[test]
fn the_page_is_for_administrators_and_can_be_narrowed_and_taken_away() {
    run(async || {
        let house = House::practice().await;
        let (staff, admin) = (house.signed_in("staf").await, house.signed_in("admin").await);
        assert_eq!(staff.get(&house, "/kelola/jejak").await.status, StatusCode::FORBIDDEN);
        assert_eq!(staff.get(&house, "/kelola/jejak.csv").await.status, StatusCode::FORBIDDEN);
        let dangerous = [("akun", "budi"), ("nama", "=HYPERLINK(1)"), ("jabatan", "a;b"), ("tetap", "ya")];
        assert_eq!(admin.post(&house, "/api/add-account", &dangerous).await.status, StatusCode::OK);
        let change = [("akun", "budi"), ("nama", "Budi"), ("aktif", "ya")];
        assert_eq!(admin.post(&house, "/api/change-account", &change).await.status, StatusCode::OK);
        let page = admin.get(&house, "/kelola/jejak").await.text();
        for words in ["Menambah akun", "Mengubah akun", "dua tahun", "riwayat kantor", "127.0.0.1"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let narrowed = admin.get(&house, "/kelola/jejak?siapa=BUDI&jenis=ubah-akun&hari=").await.text();
        assert!(
            narrowed.contains("data-kind=\"ubah-akun\"") && !narrowed.contains("data-kind=\"akun-baru\"")
        );
        let none = admin.get(&house, "/kelola/jejak?hari=2020-01-01").await.text();
        assert!(none.contains("Tidak ada baris yang cocok"));
        let today = domain::calendar::date_of(Utc::now());
        let day = admin.get(&house, &format!("/kelola/jejak?hari={today}")).await.text();
        assert!(day.contains("data-kind=\"akun-baru\""));
        let csv = admin.get(&house, "/kelola/jejak.csv?siapa=budi&jenis=&hari=").await;
        assert!(csv.header("content-disposition").contains("jejak.csv"));
        let text = csv.text();
        assert!(text.starts_with("\u{feff}waktu_wib;") && text.lines().count() >= 4, "{text}");
        assert!(!text.contains(";="), "{text}");
        let formula = admin.get(&house, "/kelola/jejak.csv?jenis=ubah-akun").await.text();
        assert!(formula.contains("nama: =HYPERLINK(1) → Budi"), "{formula}");
    });
}

#[test]
fn it_is_read_page_by_page_and_forgotten_after_two_years() {
    run(async || {
        let store = Store::open("mem://").await.unwrap();
        let clock = Clock::frozen(now());
        let journal = Journal::with_clock(store.clone(), clock.clone());
        for n in 0..120 {
            clock.set(now() + TimeDelta::minutes(n));
            journal
                .note(Note::new("admin".into(), "10.0.0.1", Kind::AccountAdded).on(format!("akun{n}")))
                .await;
        }
        let (mut seen, mut before) = (Vec::new(), None);
        loop {
            let sheet = journal.sheet(Wanted::default(), before).await.unwrap();
            seen.extend(sheet.deeds.into_iter().map(|deed| deed.note.whom));
            match sheet.next {
                Some(next) => before = Some(next),
                None => break,
            }
        }
        let expected: Vec<_> = (0..120).rev().map(|n| format!("akun{n}")).collect();
        assert_eq!(seen, expected);
        clock.set(now() + TimeDelta::days(KEPT_DAYS) + TimeDelta::minutes(100));
        journal.sweep().await.unwrap();
        let left = journal.sheet(Wanted::default(), None).await.unwrap().deeds;
        let left: Vec<_> = left.into_iter().map(|deed| deed.note.whom).collect();
        assert_eq!(left, expected[..20]);
    });
}

#[test]
fn what_is_counted_grows_in_its_line_and_survives_a_restart() {
    run(async || {
        let store = Store::open("mem://").await.unwrap();
        let journal = Journal::with_clock(store.clone(), Clock::frozen(now()));
        let refusal = || Note::new(AccountId::from(""), "203.0.113.7", Kind::TooMany);
        for round in 1..=3 {
            for _ in 0..100 {
                journal.count(refusal());
            }
            journal.settle().await.unwrap();
            let kept = journal.read(&Wanted::default(), None, 10).await.unwrap();
            assert_eq!((kept.len(), kept[0].deed.times), (1, 100 * round));
        }
        let anew = Journal::with_clock(store, Clock::frozen(now()));
        anew.count(refusal());
        assert_eq!(
            anew.sheet(Wanted::default(), None).await.unwrap().deeds.len(),
            2,
            "nothing is overwritten"
        );
    });
}

/// A server function that changes something for others says so in the trail.
#[test]
fn every_kind_of_act_is_told_somewhere() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut code = String::new();
    for folder in ["app/src", "server/src", "server/services/src"] {
        collect(&root.join(folder), &mut code);
    }
    let refusals: Vec<_> = [401, 403, 421, 429].into_iter().filter_map(Kind::of_refusal).collect();
    assert_eq!(refusals.len(), 4);
    for kind in Kind::ALL.iter().filter(|kind| !refusals.contains(kind)) {
        let name = format!("Kind::{kind:?}");
        assert!(code.contains(&name), "{name} is never written");
    }
    assert!(Kind::ALL.iter().filter(|kind| kind.weight() == Weight::Act).count() >= 15);
}

fn collect(folder: &std::path::Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("audit/kind.rs") {
            into.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}
