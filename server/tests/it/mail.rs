//! Reminders by mail, to a real mail server: who gets one, and who decides it.

use axum::http::StatusCode;
use desk::reminder::{Letter, LetterState, Mailing};
use domain::id::AgencyCode;
use domain::reminder::{About, Step, To};

use crate::harness::{House, Mailbox, RUN, Sender, Visitor, row, run};

/// Thursday before the deadline, in working hours: H-1.
const THURSDAY: &str = "2027-01-07T10:47:00+07:00";

/// Agencies that have sent nothing.
fn idle(house: &House) -> Vec<AgencyCode> {
    let office = house.opened.deps.desk.office();
    let sent = &office.runs[&RUN].reports;
    office.agencies.keys().filter(|code| !sent.contains_key(*code)).cloned().collect()
}

/// Gives agencies an address each, `<code>@pd.uji`.
async fn give_addresses(house: &House, admin: &Visitor, codes: &[AgencyCode]) {
    for code in codes {
        let fields = [("kode", code.as_str()), ("surel", &format!("{code}@pd.uji"))];
        let answer = admin.post(house, "/api/set-contact", &fields).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
}

async fn letters(house: &House) -> Vec<Letter> {
    house.opened.deps.mailroom.letters(RUN).await.unwrap()
}

async fn release(house: &House, who: &Visitor, step: &str) -> Result<u32, String> {
    let answer = who.post(house, "/api/release-reminders", &[("run", "1"), ("langkah", step)]).await;
    if answer.status == StatusCode::OK { Ok(answer.json()) } else { Err(answer.problem().to_string()) }
}

#[test]
fn nothing_goes_to_agencies_before_it_is_released_and_then_once() {
    run(async || {
        let mailbox = Mailbox::start("", 0);
        let house = House::mailing(THURSDAY, mailbox.port).await;
        let (admin, staff) = (house.signed_in("admin").await, house.signed_in("staf").await);
        let codes = idle(&house);
        give_addresses(&house, &admin, &codes[..3]).await;
        house.opened.deps.mailroom.round().await.unwrap();
        assert!(mailbox.taken().is_empty(), "off by default");
        let page = staff.get(&house, "/pelaksanaan/1/pengingat").await.text();
        assert!(page.contains("Kirim ke 3 PD sekarang"), "{page}");
        assert!(page.contains(&format!("{}@pd.uji", codes[0])), "the recipients are shown before");
        assert!(page.contains(&format!("{} PD tanpa alamat surel", codes.len() - 3)), "{page}");

        assert_eq!(release(&house, &staff, "h1").await, Ok(3));
        assert_eq!(release(&house, &staff, "h1").await, Ok(0), "never twice");
        house.opened.deps.mailroom.round().await.unwrap();
        house.opened.deps.mailroom.round().await.unwrap();
        let taken = mailbox.taken();
        let to: Vec<_> = taken.iter().map(|mail| mail.to.join(",")).collect();
        assert_eq!(to, [&codes[0], &codes[1], &codes[2]].map(|code| format!("{code}@pd.uji")));
        let first = &taken[0];
        assert_eq!((first.from.as_str(), first.auto.as_str()), ("biro@uji.go.id", "auto-generated"));
        assert!(first.subject.starts_with("[LATIHAN] Pengingat: LKj tahun 2026"), "{}", first.subject);
        assert!(first.text.contains("1 hari kerja lagi") && first.text.contains("http://alur.kantor/pd"));
        let letters = letters(&house).await;
        assert!(letters.iter().all(|one| one.state == LetterState::Sent && one.note.contains("250")));
        assert_eq!(letters[0].made_by, Some("staf".into()));
        let page = staff.get(&house, "/pelaksanaan/1/pengingat").await.text();
        assert!(page.contains("terkirim") && !page.contains("Kirim ke"), "{page}");
    });
}

#[test]
fn what_goes_by_itself_goes_to_those_who_have_not_sent_and_another_step_is_refused() {
    run(async || {
        let mailbox = Mailbox::start("", 0);
        let house = House::mailing(THURSDAY, mailbox.port).await;
        let (admin, staff) = (house.signed_in("admin").await, house.signed_in("staf").await);
        let sender = Sender::fresh(&house).await;
        let mut codes = idle(&house);
        codes.truncate(4);
        if !codes.contains(&sender.code) {
            codes.push(sender.code.clone());
        }
        give_addresses(&house, &admin, &codes).await;
        for step in ["h7", "h3", "h0", "h9"] {
            assert!(release(&house, &staff, step).await.is_err(), "{step}");
        }
        let on = staff.post(&house, "/api/set-automatic", &[("run", "1"), ("otomatis", "ya")]).await;
        assert_eq!(on.status, StatusCode::OK, "{}", on.text());
        // One of them sends its report after all, before the mail is due to go.
        sender.send(&house, vec![row("Indikator", "80", "84,5")]).await;
        house.opened.deps.mailroom.round().await.unwrap();
        let to: Vec<_> = mailbox.taken().into_iter().flat_map(|mail| mail.to).collect();
        assert_eq!(to.len(), codes.len() - 1);
        assert!(!to.contains(&format!("{}@pd.uji", sender.code)), "it has sent");
        let letters = letters(&house).await;
        assert!(letters.iter().all(|one| one.about_step() == Some(Step::One) && one.made_by.is_none()));
        let off = staff.post(&house, "/api/set-automatic", &[("run", "1"), ("otomatis", "")]).await;
        assert_eq!(off.status, StatusCode::OK);
        assert!(house.opened.deps.mailroom.rules().unwrap().automatic.is_empty());
    });
}

#[test]
fn a_report_that_came_after_the_release_drops_its_mail() {
    run(async || {
        let mailbox = Mailbox::start("", 0);
        let house = House::mailing(THURSDAY, mailbox.port).await;
        let (admin, staff) = (house.signed_in("admin").await, house.signed_in("staf").await);
        let sender = Sender::fresh(&house).await;
        give_addresses(&house, &admin, std::slice::from_ref(&sender.code)).await;
        assert_eq!(release(&house, &staff, "h1").await, Ok(1));
        sender.send(&house, vec![row("Indikator", "80", "84,5")]).await;
        house.opened.deps.mailroom.round().await.unwrap();
        let letters = letters(&house).await;
        assert_eq!(
            (letters[0].state, letters[0].note.as_str()),
            (LetterState::Dropped, "LKj sudah terkirim")
        );
        assert!(mailbox.taken().is_empty());
    });
}

#[test]
fn nothing_goes_outside_office_hours_or_without_a_decree() {
    run(async || {
        for (moment, says) in [
            ("2027-01-07T17:30:00+07:00", "di luar jam kerja"),
            ("2027-01-05T10:00:00+07:00", "di luar jam kerja"),
            ("2029-01-08T10:00:00+07:00", "kalender 2029 belum ditetapkan"),
        ] {
            let mailbox = Mailbox::start("", 0);
            let house = House::mailing(moment, mailbox.port).await;
            let (admin, staff) = (house.signed_in("admin").await, house.signed_in("staf").await);
            let codes = idle(&house);
            give_addresses(&house, &admin, &codes[..1]).await;
            house.opened.deps.mailroom.set_automatic(RUN, true, "staf".into()).await.unwrap();
            let refused = release(&house, &staff, "h1").await.unwrap_err();
            assert!(refused.contains(says), "{moment}: {refused}");
            house.opened.deps.mailroom.round().await.unwrap();
            assert!(mailbox.taken().is_empty() && letters(&house).await.is_empty(), "{moment}");
            let page = staff.get(&house, "/pelaksanaan/1/pengingat").await;
            assert_eq!(page.status, StatusCode::OK, "{moment}: {}", page.text());
            assert!(page.text().contains(says), "{moment}: {}", page.text());
        }
    });
}

#[test]
fn an_official_is_told_of_a_turn_and_the_next_role_up_of_a_late_row() {
    run(async || {
        let mailbox = Mailbox::start("", 0);
        // Long after row 6 was due.
        let house = House::mailing("2027-02-17T09:00:00+07:00", mailbox.port).await;
        let admin = house.signed_in("admin").await;
        for account in ["staf", "kasubbag", "kabag", "karo", "gubernur"] {
            let who = house.signed_in(account).await;
            let answer =
                who.post(&house, "/api/set-mail", &[("surel", &format!("{account}@biro.uji"))]).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        }
        house.opened.deps.mailroom.round().await.unwrap();
        assert!(mailbox.taken().is_empty(), "STAF brought it to itself, and the ladder is off");
        let fields = [
            ("aktif", "ya"),
            ("persen", "80"),
            ("hari", "1"),
            ("naik_awal", "0"),
            ("naik_tempo", "1"),
            ("naik_lewat", "2"),
        ];
        let staff = house.signed_in("staf").await;
        assert_eq!(staff.post(&house, "/api/change-ladder", &fields).await.status, StatusCode::FORBIDDEN);
        assert_eq!(admin.post(&house, "/api/change-ladder", &fields).await.status, StatusCode::OK);
        house.opened.deps.mailroom.round().await.unwrap();
        house.opened.deps.mailroom.round().await.unwrap();
        let taken = mailbox.taken();
        assert_eq!(taken.len(), 1, "{taken:?}");
        assert_eq!(taken[0].to, ["kabag@biro.uji"]);
        assert!(taken[0].subject.contains("Masih terlambat"), "{}", taken[0].subject);
        let bad = [("aktif", "ya"), ("persen", "0"), ("hari", "1")];
        assert_eq!(admin.post(&house, "/api/change-ladder", &bad).await.status, StatusCode::BAD_REQUEST);
        let page = admin.get(&house, "/kelola/pengingat").await.text();
        assert!(page.contains("Tangga aktif") && page.contains("5 akun punya alamat"), "{page}");
    });
}

#[test]
fn a_refusal_is_final_for_that_mail_alone() {
    run(async || {
        let mailbox = Mailbox::start("refuse", 2);
        let house = House::mailing(THURSDAY, mailbox.port).await;
        let (admin, staff) = (house.signed_in("admin").await, house.signed_in("staf").await);
        give_addresses(&house, &admin, &idle(&house)[..3]).await;
        release(&house, &staff, "h1").await.unwrap();
        house.opened.deps.mailroom.round().await.unwrap();
        house.opened.deps.mailroom.round().await.unwrap();
        assert_eq!(mailbox.taken().len(), 2);
        let letters = letters(&house).await;
        let failed: Vec<_> = letters.iter().filter(|one| one.state == LetterState::Failed).collect();
        assert!(failed.len() == 1 && failed[0].note.contains("550"), "{letters:?}");
    });
}

/// How the mail server behaves towards some addresses, by the step at which it does, and how
/// it ends with their mails; see `mailbox.py`.
const TOUCHY: [(&str, LetterState); 11] = [
    ("rcpt-drop", LetterState::Failed),
    ("rcpt-421", LetterState::Failed),
    ("rcpt-451", LetterState::Failed),
    ("rcpt-550", LetterState::Failed),
    ("data-drop", LetterState::Failed),
    ("data-421", LetterState::Failed),
    ("data-451", LetterState::Failed),
    ("data-550", LetterState::Failed),
    ("dot-drop", LetterState::Uncertain),
    ("dot-451", LetterState::Failed),
    ("dot-550", LetterState::Failed),
];

#[test]
fn an_address_at_which_the_server_breaks_stands_in_nobodys_way() {
    run(async || {
        let mailbox = Mailbox::start("", 0);
        let house = House::mailing("2026-12-29T08:00:00+07:00", mailbox.port).await;
        let (admin, staff) = (house.signed_in("admin").await, house.signed_in("staf").await);
        for number in idle(&house).len()..45 {
            let (code, command) = (format!("uji-{number}"), format!("mail-uji-{number}"));
            let named = [("nama", "Dinas Uji"), ("singkatan", "Uji"), ("tetap", "ya")];
            let fields = [&named[..], &[("kode", &code), ("command_id", &command)]].concat();
            let added = admin.post(&house, "/api/add-agency", &fields).await;
            assert_eq!(added.status, StatusCode::OK, "{}", added.text());
        }
        let codes = idle(&house);
        // The worst come first, all in a row: the names of the kinds sort before those of the others.
        for (at, code) in codes.iter().enumerate() {
            let name = TOUCHY.get(at).map_or("baik", |(kind, _)| kind);
            let fields = [("kode", code.as_str()), ("surel", &format!("{name}.{at}@pd.uji"))];
            assert_eq!(admin.post(&house, "/api/set-contact", &fields).await.status, StatusCode::OK);
        }
        assert_eq!(codes.len(), 45);
        let all = u32::try_from(codes.len()).unwrap();
        assert_eq!(release(&house, &staff, "h7").await, Ok(all));
        // Each round ends early at most once for three that break, and none is begun at the same mail again.
        for _ in 0..8 {
            let _ = house.opened.deps.mailroom.round().await;
        }
        let good = codes.len() - TOUCHY.len();
        assert_eq!(mailbox.taken().len(), good, "all others have gone, each once");
        let mut to: Vec<_> = mailbox.taken().into_iter().flat_map(|mail| mail.to).collect();
        to.sort();
        to.dedup();
        assert_eq!(to.len(), good);
        // Pauses grow until it is given up.
        for time in ["08:02", "08:08", "08:24", "09:30", "13:40"] {
            house.clock.set(format!("2026-12-29T{time}:00+07:00").parse().unwrap());
            for _ in 0..8 {
                let _ = house.opened.deps.mailroom.round().await;
            }
        }
        let letters = letters(&house).await;
        for (at, (kind, ends)) in TOUCHY.iter().enumerate() {
            let letter = letters.iter().find(|one| one.reminder.to == To::Agency(codes[at].clone())).unwrap();
            assert_eq!(letter.state, *ends, "{kind}: {letter:?}");
            assert!(!letter.note.is_empty(), "{kind}: named with what the server said");
        }
        assert_eq!(mailbox.taken().len(), good, "and none twice");
    });
}

#[test]
fn who_may_see_and_change_what_about_mail() {
    run(async || {
        let house = House::practice().await;
        let (staff, admin) = (house.signed_in("staf").await, house.signed_in("admin").await);
        let code = idle(&house)[0].0.clone();
        let contact = [("kode", code.as_str()), ("surel", "a@pd.uji")];
        let nobody = Visitor::default();
        for (path, fields) in [
            ("/api/set-contact", &contact[..]),
            ("/api/release-reminders", &[("run", "1"), ("langkah", "h1")]),
            ("/api/set-automatic", &[("run", "1"), ("otomatis", "ya")]),
            ("/api/set-mail", &[("surel", "a@b.id")]),
            ("/api/make-feed", &[]),
            ("/api/revoke-feed", &[]),
            ("/api/change-ladder", &[("persen", "80"), ("hari", "1")]),
        ] {
            assert_eq!(nobody.post(&house, path, fields).await.status, StatusCode::UNAUTHORIZED, "{path}");
        }
        assert_eq!(staff.post(&house, "/api/set-contact", &contact).await.status, StatusCode::FORBIDDEN);
        let unknown = [("kode", "tidak-ada"), ("surel", "a@pd.uji")];
        assert_eq!(admin.post(&house, "/api/set-contact", &unknown).await.status, StatusCode::NOT_FOUND);
        let wrong = [("kode", code.as_str()), ("surel", "bukan alamat")];
        let refused = admin.post(&house, "/api/set-contact", &wrong).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        // Without a mail server the page still has the texts to copy.
        let page = staff.get(&house, "/pelaksanaan/1/pengingat").await.text();
        assert!(page.contains("belum diatur untuk mengirim surel") && page.contains("belum kami terima"));
        assert!(release(&house, &staff, "h1").await.unwrap_err().contains("belum diatur"));
        // An address is nobody's on the wall, nor in the log.
        assert_eq!(admin.post(&house, "/api/set-contact", &contact).await.status, StatusCode::OK);
        for path in ["/api/wall", "/api/sheet?run=1", "/api/overview"] {
            assert!(!staff.get(&house, path).await.text().contains("a@pd.uji"), "{path}");
        }
        let csv = admin.get(&house, "/kelola/pd.csv").await.text();
        assert!(csv.lines().next().unwrap().ends_with("kode;nama;singkatan;surel"), "{csv}");
        assert!(csv.contains(";a@pd.uji"), "{csv}");
    });
}

/// Which step a letter is about.
trait AboutStep {
    fn about_step(&self) -> Option<Step>;
}

impl AboutStep for Letter {
    fn about_step(&self) -> Option<Step> {
        match (&self.reminder.about, &self.reminder.to) {
            (About::Report(step), To::Agency(_)) => Some(*step),
            _ => None,
        }
    }
}
