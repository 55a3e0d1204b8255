//! Every refusal, and the sentence that the person reads: `tests/golden/refusals.txt`.

use std::collections::BTreeSet;
use std::fmt::Write;

use domain::calendar::{DayOff, DayOffKind, HoursException, WeekHours};
use domain::id::RunId;
use domain::log::{ActingKind, SubstituteId};
use domain::office::{Actor, Command, Refusal, decide};
use domain::report::{Digest, Finding, Judgement};
use domain::sop::{AskKind, CellRef, SopKey};

use crate::golden;
use crate::ledger::{Ledger, ORG, TRIP, agencies, days_off, full_digest, moment, sop};
use crate::people::{admin, in_role, of_agency, person};

/// Something that is refused.
struct Case {
    /// What somebody does, in words.
    what: String,
    refusal: Refusal,
}

/// The moment of every command here.
const NOW: &str = "2026-12-08 08.00";

fn case(what: impl Into<String>, ledger: &Ledger, actor: &Actor, command: Command) -> Case {
    let what = what.into();
    let refusal = decide(&ledger.office, actor, command, moment(NOW)).expect_err(&what);
    Case { what, refusal }
}

/// An office with run 1 of the shipped procedure, this cell being open.
fn at(cell: &str) -> Ledger {
    let mut ledger = Ledger::founded();
    ledger.start_org();
    ledger.walk_to(1, cell);
    ledger
}

fn cell(at: &str) -> CellRef {
    CellRef::try_from(at.to_owned()).unwrap()
}

fn finish(at: &str, round: u16, answers: &[(&str, &str)]) -> Command {
    let answers = answers.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
    Command::FinishCell { run: RunId(1), cell: cell(at), round, answers }
}

fn send_back(at: &str, reason: &str) -> Command {
    Command::ReturnCell { run: RunId(1), cell: cell(at), round: 1, reason: reason.into() }
}

fn take_back(at: &str) -> Command {
    Command::TakeBack { run: RunId(1), cell: cell(at), round: 1 }
}

fn pause(reason: &str) -> Command {
    Command::PauseRun { run: RunId(1), reason: reason.into() }
}

fn start(number: &str, version: u16, data_year: i32) -> Command {
    Command::StartRun { sop: SopKey { number: number.into(), version }, data_year }
}

fn whose_turn() -> Vec<Case> {
    let (row2, row3) = (at("2.kasubbag"), at("3.gubernur"));
    let (staf, kasubbag) = (in_role("staf"), in_role("kasubbag"));
    let other_run = Command::ResumeRun { run: RunId(8) };
    let nowhere = finish("7.kabag", 1, &[]);
    vec![
        case("lajur orang lain", &row2, &staf, finish("2.kasubbag", 1, &[])),
        case("lajur yang boleh dicatatkan", &row3, &kasubbag, finish("3.gubernur", 1, &[])),
        case("tanpa peran", &row2, &Actor::nobody(), pause("libur")),
        case("bukan administrator", &row2, &staf, Command::ListAgencies { agencies: agencies() }),
        case("administrator tanpa lajur", &row2, &admin(), finish("2.kasubbag", 1, &[])),
        case("pelaksanaan lain", &row2, &staf, other_run),
        case("tempat tanpa simbol", &row2, &in_role("kabag"), nowhere),
        case("terlalu dini", &row2, &in_role("karo"), finish("2.karo", 1, &[])),
        case("sudah dikerjakan", &row2, &staf, finish("2.staf", 1, &[])),
        case("halaman lama", &row2, &kasubbag, finish("2.kasubbag", 2, &[])),
        case("tanpa jalur Tidak", &at("4.staf"), &staf, send_back("4.staf", "salah")),
    ]
}

fn taking_back() -> Vec<Case> {
    let (row2, row3) = (at("2.kasubbag"), at("3.gubernur"));
    let staf = in_role("staf");
    vec![
        case("tarik: belum dikerjakan", &row2, &in_role("kasubbag"), take_back("2.kasubbag")),
        case("tarik: milik orang lain", &row2, &person("staf-lain", "staf"), take_back("2.staf")),
        case("tarik: sudah lanjut", &row3, &staf, take_back("2.staf")),
    ]
}

fn halting() -> Vec<Case> {
    let (staf, karo) = (in_role("staf"), in_role("karo"));
    let (mut paused, mut over) = (at("2.staf"), at("2.staf"));
    paused.act(&staf, pause("menunggu"), moment("2026-12-07 10.00")).unwrap();
    let cancel = |reason: &str| Command::CancelRun { run: RunId(1), reason: reason.into() };
    over.act(&karo, cancel("diganti"), moment("2026-12-07 10.00")).unwrap();
    vec![
        case("dijeda: selesai", &paused, &staf, finish("2.staf", 1, &[])),
        case("dijeda: jeda lagi", &paused, &staf, pause("menunggu")),
        case("dijeda: tarik", &paused, &staf, take_back("1.staf")),
        case("tidak dijeda: lanjutkan", &at("2.staf"), &staf, Command::ResumeRun { run: RunId(1) }),
        case("berakhir: selesai", &over, &staf, finish("2.staf", 1, &[])),
        case("berakhir: jeda", &over, &staf, pause("menunggu")),
        case("berakhir: batalkan", &over, &karo, cancel("diganti")),
        case("berakhir: tarik", &over, &staf, take_back("1.staf")),
        case(
            "kembalikan tanpa alasan",
            &at("2.kasubbag"),
            &in_role("kasubbag"),
            send_back("2.kasubbag", " \n"),
        ),
        case("jeda tanpa alasan", &at("2.staf"), &staf, pause("")),
        case("batalkan tanpa alasan", &at("2.staf"), &karo, cancel("")),
        case("alasan terlalu panjang", &at("2.staf"), &staf, pause(&"a".repeat(4001))),
        case("alasan dengan huruf rusak", &at("2.staf"), &staf, pause("a\u{7}b")),
    ]
}

fn starting() -> Vec<Case> {
    let (here, staf) = (at("2.staf"), in_role("staf"));
    let mut newer = Ledger::founded();
    let mut sop = Box::new(sop(ORG));
    sop.key.version = 2;
    newer.act(&Actor::system(), Command::PublishSop { sop }, moment("2026-12-07 10.00")).unwrap();
    vec![
        case("mulai: tahun sudah ada", &here, &staf, start("ORG.2.2.2", 1, 2026)),
        case("mulai: tahun depan", &here, &staf, start("ORG.2.2.2", 1, 2027)),
        case("mulai: terlalu lama", &here, &staf, start("ORG.2.2.2", 1, 2024)),
        case("mulai: SOP tidak ada", &here, &staf, start("ORG.9", 1, 2026)),
        case("mulai: versi lama", &newer, &staf, start("ORG.2.2.2", 1, 2026)),
        case("mulai: bukan wewenang", &here, &in_role("karo"), start("ORG.2.2.2", 1, 2025)),
    ]
}

fn answers() -> Vec<Case> {
    let (row3, row4, row5, row6) = (at("3.gubernur"), at("4.staf"), at("5.staf"), at("6.staf"));
    let staf = in_role("staf");
    let signed = |fields: &[(&str, &str)]| finish("3.gubernur", 1, fields);
    let letter =
        |number: &str| finish("4.staf", 1, &[("nomor_surat", number), ("tanggal_surat", "2026-12-08")]);
    let mut elsewhere = at("4.staf");
    elsewhere.act(&staf, letter("000/1/ORG"), moment(NOW)).unwrap();
    elsewhere.act(&staf, start("ORG.2.2.2", 1, 2025), moment(NOW)).unwrap();
    elsewhere.walk_to(2, "4.staf");
    let mut again = letter(" 000/1/org ");
    if let Command::FinishCell { run, .. } = &mut again {
        *run = RunId(2);
    }
    let long = "a".repeat(4001);
    vec![
        case("tanggal kosong", &row3, &staf, signed(&[])),
        case("tanggal keliru", &row3, &staf, signed(&[("tanggal_ttd", "8/12/2026")])),
        case("tanggal belum tiba", &row3, &staf, signed(&[("tanggal_ttd", "2026-12-09")])),
        case("tanggal salah tahun", &row3, &staf, signed(&[("tanggal_ttd", "1926-12-08")])),
        case(
            "berkas tidak dikenal",
            &row3,
            &staf,
            signed(&[("tanggal_ttd", "2026-12-08"), ("pindaian", "surat.pdf")]),
        ),
        case("dua isian kosong", &row4, &staf, finish("4.staf", 1, &[])),
        case("nomor terlalu panjang", &row4, &staf, letter(&"9".repeat(201))),
        case("nomor dua baris", &row4, &staf, letter("000/1\n/ORG")),
        case("nomor sudah dipakai", &elsewhere, &staf, again),
        case("PD belum semua", &row5, &staf, finish("5.staf", 1, &[("dikirim.bappeda", "on")])),
        case("PD tanpa satu pun", &row6, &staf, finish("6.staf", 1, &[])),
        case("PD, alasan terlalu panjang", &row6, &staf, finish("6.staf", 1, &[("diterima.alasan", &long)])),
        case("catatan terlalu panjang", &at("2.staf"), &staf, finish("2.staf", 1, &[("nota", &long)])),
        case(
            "nomor sudah dipakai di sini",
            &twice_numbered(),
            &staf,
            finish("11.staf", 1, &[("arsip", "N-1")]),
        ),
    ]
}

/// Run 1 at row 11, which asks for a letter number as well, after row 4 was given `N-1`.
fn twice_numbered() -> Ledger {
    let mut ledger = Ledger::founded();
    let mut sop = Box::new(sop(ORG));
    sop.key.version = 2;
    sop.activities[10].cells[0].asks[0].kind = AskKind::LetterNumber;
    ledger.act(&Actor::system(), Command::PublishSop { sop }, moment("2026-12-07 08.00")).unwrap();
    ledger.act(&in_role("staf"), start("ORG.2.2.2", 2, 2026), moment("2026-12-07 08.00")).unwrap();
    ledger.walk_to(1, "4.staf");
    let numbered = finish("4.staf", 1, &[("nomor_surat", "N-1"), ("tanggal_surat", "2026-12-07")]);
    ledger.act(&in_role("staf"), numbered, moment("2026-12-07 10.00")).unwrap();
    ledger.walk_to(1, "11.staf");
    ledger
}

/// What can be refused about reports. The tables of `reports.rs` say who may do what.
fn reports() -> Vec<Case> {
    let here = at("6.staf");
    let (staf, bappeda) = (in_role("staf"), of_agency("bappeda"));
    let mut sent = here.clone();
    sent.act(&bappeda, submit("bappeda", full_digest()), moment(NOW)).unwrap();
    let judge = |code: &str, round, missing: &[&str]| Command::JudgeReport {
        run: RunId(1),
        agency: code.into(),
        round,
        judgement: Judgement {
            missing: missing.iter().map(|key| (*key).to_owned()).collect(),
            note: String::new(),
        },
    };
    let give_back = |place: &str, text: &str| Command::ReturnReport {
        run: RunId(1),
        agency: "bappeda".into(),
        round: 1,
        findings: vec![Finding { place: place.into(), text: text.into() }],
    };
    let mut trip = Ledger::founded();
    let start = Command::StartRun { sop: sop(TRIP).key, data_year: 2026 };
    trip.act(&in_role("pemohon"), start, moment(NOW)).unwrap();
    let without = |digest: Digest| submit("bappeda", digest);
    let lacking = Digest { missing: vec!["bab4".into()], ..full_digest() };
    vec![
        case("LKj: milik PD lain", &here, &bappeda, submit("dinkes", full_digest())),
        case("LKj: PD tidak ada", &here, &bappeda, submit("kecamatan", full_digest())),
        case("LKj: SOP tanpa LKj", &trip, &bappeda, submit("bappeda", full_digest())),
        case("LKj: sudah terkirim", &sent, &bappeda, submit("bappeda", full_digest())),
        case("LKj: tanpa berkas", &here, &bappeda, without(Digest { files: Vec::new(), ..full_digest() })),
        case("LKj: tabel kosong", &here, &bappeda, without(Digest { rows: 0, ..full_digest() })),
        case("LKj: kurang tanpa alasan", &here, &bappeda, without(lacking)),
        case("LKj: belum dikirim", &here, &staf, judge("dinkes", 1, &[])),
        case("LKj: putaran lama", &sent, &staf, judge("bappeda", 2, &[])),
        case("LKj: bagian tidak dikenal", &sent, &staf, judge("bappeda", 1, &["bab9"])),
        case("LKj: kembali tanpa temuan", &sent, &staf, give_back("umum", "  ")),
        case("LKj: temuan di luar tabel", &sent, &staf, give_back("baris.4", "perbaiki")),
        case("LKj: menerima bukan wewenang", &sent, &staf, accept()),
    ]
}

fn submit(agency: &str, digest: Digest) -> Command {
    let (agency, received, digest) = (agency.into(), moment(NOW), Box::new(digest));
    Command::SubmitReport { run: RunId(1), agency, received, code: "kode".into(), digest }
}

fn accept() -> Command {
    Command::AcceptReport { run: RunId(1), agency: "bappeda".into(), round: 1 }
}

fn all() -> [Vec<Case>; 9] {
    let administering = administering();
    [
        whose_turn(),
        taking_back(),
        halting(),
        starting(),
        answers(),
        reports(),
        administering,
        calendar(),
        substitutes(),
    ]
}

fn administering() -> Vec<Case> {
    let (office, admin) = (Ledger::founded(), admin());
    let sop_with = |spoil: fn(&mut domain::sop::Sop)| {
        let mut sop = Box::new(sop(ORG));
        spoil(&mut sop);
        Command::PublishSop { sop }
    };
    let year = |year, days| Command::DecreeYear { year, days };
    let mut nameless = days_off(2026);
    nameless[0].name.clear();
    let list = |change: fn(&mut Vec<domain::agency::Agency>)| {
        let mut agencies = agencies();
        change(&mut agencies);
        Command::ListAgencies { agencies }
    };
    let faulty = sop_with(|sop| {
        sop.key.version = 2;
        sop.name.clear();
        sop.activities[3].time = "lama".into();
    });
    vec![
        case("SOP cacat", &office, &admin, faulty),
        case("SOP versi yang sudah ada", &office, &admin, sop_with(|_| {})),
        case("SOP versi yang terlompat", &office, &admin, sop_with(|sop| sop.key.version = 3)),
        case("kalender: tahun terlalu jauh", &office, &admin, year(2500, Vec::new())),
        case("kalender: tanggal tahun lain", &office, &admin, year(2026, days_off(2027))),
        case("kalender: tanpa libur", &office, &admin, year(2028, Vec::new())),
        case("kalender: libur tanpa nama", &office, &admin, year(2026, nameless)),
        case("kalender: tidak berubah", &office, &admin, year(2026, days_off(2026))),
        case("PD: daftar kosong", &office, &admin, list(Vec::clear)),
        case("PD: tidak berubah", &office, &admin, list(|_| {})),
        case("PD: kode kembar", &office, &admin, list(|all| all.push(all[0].clone()))),
        case("PD: kode keliru", &office, &admin, list(|all| all[0].code = "Dinas A".into())),
        case("PD: tanpa nama", &office, &admin, list(|all| all[0].name = " ".into())),
        case("PD: tanpa singkatan", &office, &admin, list(|all| all[0].short = "".into())),
        case("PD: nama berbalik", &office, &admin, list(|all| all[0].name.push('\u{202e}'))),
        case("PD: singkatan tak tampak", &office, &admin, list(|all| all[0].short.insert(1, '\u{200b}'))),
    ]
}

fn calendar() -> Vec<Case> {
    let (mut office, admin) = (Ledger::founded(), admin());
    let day = |date: &str, kind, name: &str| DayOff {
        date: date.parse().unwrap(),
        kind,
        name: name.into(),
        decree: if kind == DayOffKind::OfficeClosed { String::new() } else { "SKB".into() },
    };
    let add = |day: &DayOff| Command::ChangeDaysOff { remove: Vec::new(), add: vec![day.clone()] };
    let remove = |days: Vec<DayOff>| Command::ChangeDaysOff { remove: days, add: Vec::new() };
    let closed = day("2026-12-30", DayOffKind::OfficeClosed, "Pindah ruang");
    office.act(&admin, add(&closed), moment(NOW)).unwrap();
    let special = |from: &str, to: &str, name: &str, hours: WeekHours| Command::AddSpecialHours {
        special: HoursException {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
            name: name.into(),
            hours,
        },
    };
    let ramadan = WeekHours::ramadan_proposal;
    let before = special("2027-02-08", "2027-03-09", "Ramadan 1448 H", ramadan());
    office.act(&admin, before, moment(NOW)).unwrap();
    let hours = |hours| Command::SetHours { from: "2026-12-08".parse().unwrap(), hours };
    let holiday = DayOffKind::NationalHoliday;
    let groundless = DayOff { decree: " ".into(), ..day("2026-12-10", holiday, "Pilkada") };
    let mut holidays = days_off(2027);
    holidays.retain(|day| day.kind == holiday);
    let none = WeekHours::weekdays(Vec::new(), Vec::new()).unwrap();
    vec![
        case("hari libur: bukan administrator", &office, &in_role("staf"), add(&closed)),
        case("hari libur: sudah ada", &office, &admin, add(&closed)),
        case(
            "hari libur: tutup dua kali",
            &office,
            &admin,
            add(&DayOff { name: "Banjir".into(), ..closed.clone() }),
        ),
        case("hari libur: tanpa nama", &office, &admin, add(&day("2026-12-10", holiday, " "))),
        case("hari libur: tanpa dasar", &office, &admin, add(&groundless)),
        case("hari libur: nama panjang", &office, &admin, add(&day("2026-12-10", holiday, &"a".repeat(121)))),
        case(
            "hari libur: nama tak tampak",
            &office,
            &admin,
            add(&day("2026-12-10", holiday, "Pil\u{2060}kada")),
        ),
        case("hari libur: tahun keliru", &office, &admin, add(&day("0206-12-10", holiday, "Pilkada"))),
        case("hari libur: tidak ada", &office, &admin, remove(vec![day("2026-12-10", holiday, "Pilkada")])),
        case("hari libur: semua dihapus", &office, &admin, remove(holidays)),
        case("hari libur: tidak ada perubahan", &office, &admin, remove(Vec::new())),
        case("jam kerja: tidak berubah", &office, &admin, hours(WeekHours::default())),
        case("jam kerja: tidak ada", &office, &admin, hours(none.clone())),
        case(
            "jam khusus: bertumpuk",
            &office,
            &admin,
            special("2027-03-09", "2027-03-12", "Lain", ramadan()),
        ),
        case("jam khusus: terbalik", &office, &admin, special("2027-04-09", "2027-04-01", "Lain", ramadan())),
        case("jam khusus: tanpa nama", &office, &admin, special("2027-04-01", "2027-04-09", "", ramadan())),
        case("jam khusus: tanpa jam", &office, &admin, special("2027-04-01", "2027-04-09", "Lain", none)),
        case(
            "jam khusus: tidak ada",
            &office,
            &admin,
            Command::RemoveSpecialHours { from: "2027-04-01".parse().unwrap() },
        ),
    ]
}

fn substitutes() -> Vec<Case> {
    let (mut office, admin) = (at("2.kasubbag"), admin());
    let name = |account: &str, lane: &str, from: &str, to: &str| Command::NameSubstitute {
        account: account.into(),
        lane: lane.into(),
        kind: ActingKind::Plh,
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
    };
    let end = |number| Command::EndSubstitute { substitute: SubstituteId(number) };
    // Until yesterday KASUBBAG stood in for STAF, and finished something for them.
    let early = moment("2026-12-07 08.00");
    office.act(&admin, name("kasubbag", "staf", "2026-12-07", "2026-12-07"), early).unwrap();
    let mut over = Ledger::founded();
    over.start_org();
    over.act(&admin, name("kasubbag", "staf", "2026-12-07", "2026-12-07"), early).unwrap();
    over.act(&in_role("kasubbag"), finish("1.staf", 1, &[]), moment("2026-12-07 09.00")).unwrap();
    // Today STAF stands in for KASUBBAG, whose paraf waits for what STAF did.
    office.act(&admin, name("staf", "kasubbag", "2026-12-08", "2026-12-10"), moment(NOW)).unwrap();
    let staf = in_role("staf");
    vec![
        case("pengganti: karya sendiri", &office, &staf, finish("2.kasubbag", 1, &[])),
        case("pengganti: kembalikan sendiri", &office, &staf, send_back("2.kasubbag", "salah")),
        case("pengganti: masa sudah lewat", &over, &in_role("kasubbag"), take_back("1.staf")),
        case(
            "pengganti: bukan administrator",
            &office,
            &staf,
            name("staf", "karo", "2026-12-08", "2026-12-09"),
        ),
        case(
            "pengganti: lajur tidak ada",
            &office,
            &admin,
            name("staf", "camat", "2026-12-08", "2026-12-09"),
        ),
        case("pengganti: tanpa akun", &office, &admin, name("", "karo", "2026-12-08", "2026-12-09")),
        case("pengganti: terbalik", &office, &admin, name("staf", "karo", "2026-12-09", "2026-12-08")),
        case("pengganti: sudah lewat", &office, &admin, name("staf", "karo", "2026-12-07", "2026-12-09")),
        case("pengganti: terlalu lama", &office, &admin, name("staf", "karo", "2026-12-08", "2027-12-09")),
        case("pengganti: bertumpuk", &office, &admin, name("karo", "kasubbag", "2026-12-10", "2026-12-12")),
        case("pengganti: akhiri yang tidak ada", &office, &admin, end(9)),
        case("pengganti: akhiri yang berakhir", &office, &admin, end(1)),
    ]
}

#[test]
fn every_refusal_has_its_sentence() {
    let groups = all();
    let (mut text, mut met) = (String::new(), BTreeSet::new());
    for case in groups.iter().flatten() {
        let name = name(&case.refusal);
        met.insert(name);
        writeln!(text, "{name:<17} {:<31} {}", case.what, case.refusal).unwrap();
        if let Refusal::Answers { problems } = &case.refusal {
            for problem in problems.iter().skip(1) {
                writeln!(text, "{:<49} + {}: {}", "", problem.key, problem.message).unwrap();
            }
        }
    }
    golden::check(&golden::folder("refusals.txt"), &text);
    assert_eq!(met.len(), NAMES, "a kind of refusal has no case: {met:?}");
}

#[test]
fn a_refusal_is_the_same_after_a_journey_as_json() {
    for case in all().iter().flatten() {
        let json = serde_json::to_string(&case.refusal).unwrap();
        assert_eq!(serde_json::from_str::<Refusal>(&json).unwrap(), case.refusal, "{json}");
    }
}

/// How many kinds of refusals there are: as many as `name` has arms.
const NAMES: usize = 27;

/// A new kind of refusal does not compile here: add a case, then the arm.
fn name(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NotAllowed { .. } => "NotAllowed",
        Refusal::NoSuchRun { .. } => "NoSuchRun",
        Refusal::NoSuchCell { .. } => "NoSuchCell",
        Refusal::NotItsTurn { .. } => "NotItsTurn",
        Refusal::Stale { .. } => "Stale",
        Refusal::NoWayBack => "NoWayBack",
        Refusal::NothingToTakeBack => "NothingToTakeBack",
        Refusal::NotYours => "NotYours",
        Refusal::TooLateToTakeBack => "TooLateToTakeBack",
        Refusal::SubstitutionOver { .. } => "SubstitutionOver",
        Refusal::OwnWork { .. } => "OwnWork",
        Refusal::Answers { .. } => "Answers",
        Refusal::Reason { .. } => "Reason",
        Refusal::Paused => "Paused",
        Refusal::NotPaused => "NotPaused",
        Refusal::Over => "Over",
        Refusal::AlreadyStarted { .. } => "AlreadyStarted",
        Refusal::YearOutOfReach { .. } => "YearOutOfReach",
        Refusal::SopNotInForce { .. } => "SopNotInForce",
        Refusal::SopFaulty { .. } => "SopFaulty",
        Refusal::SopVersion { .. } => "SopVersion",
        Refusal::BadList { .. } => "BadList",
        Refusal::NoReports => "NoReports",
        Refusal::NoSuchAgency => "NoSuchAgency",
        Refusal::NotSent => "NotSent",
        Refusal::AlreadySent { .. } => "AlreadySent",
        Refusal::Incomplete { .. } => "Incomplete",
    }
}
