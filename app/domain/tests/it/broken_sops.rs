//! Procedures that cannot be carried out, and what their author is told.

use domain::calendar::{Allowance, FixedDate};
use domain::id::LaneId;
use domain::sop::{Cell, CellRef, Limit, Shape, Sop, SopFault};

use crate::ledger::{TRIP, sop};

/// Spoils the second procedure and compares everything that is said about it.
fn check(spoil: impl FnOnce(&mut Sop), expected: &[&str]) {
    let mut sop = sop(TRIP);
    spoil(&mut sop);
    let faults = sop.check().expect_err("it should not be taken");
    assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
    for fault in faults {
        assert!(is_tested(&fault));
    }
}

/// A fault without a case here does not compile: add the case below, then the arm.
fn is_tested(fault: &SopFault) -> bool {
    match fault {
        SopFault::NoName
        | SopFault::LaneCount
        | SopFault::LaneId(_)
        | SopFault::NoSuchLane { .. }
        | SopFault::RowCount
        | SopFault::NoText(_)
        | SopFault::Cells(_)
        | SopFault::Time { .. }
        | SopFault::Ends(_)
        | SopFault::Exit { .. }
        | SopFault::Ask { .. }
        | SopFault::Hidden { .. }
        | SopFault::Limit(_) => true,
    }
}

fn cell(sop: &mut Sop, row: usize, place: usize) -> &mut Cell {
    &mut sop.activities[row - 1].cells[place]
}

#[test]
fn its_name() {
    let nameless = ["SOP tanpa nomor, nama atau versi"];
    check(|sop| sop.name = " ".into(), &nameless);
    check(|sop| sop.key.number = "\t".into(), &nameless);
    check(|sop| sop.key.version = 0, &nameless);
}

#[test]
fn its_texts() {
    let turned = "memuat tanda yang membalik arah baca (U+202E) pada huruf ke-2";
    type Place = fn(&mut Sop) -> &mut String;
    let places: [(Place, &str); 6] = [
        (|sop| &mut sop.key.number, "nomor SOP"),
        (|sop| &mut sop.name, "nama SOP"),
        (|sop| &mut sop.lanes[0].name, "nama lajur"),
        (|sop| &mut sop.activities[1].text, "baris 2"),
        (|sop| sop.activities[1].remarks.insert(String::new()), "baris 2"),
        (|sop| sop.identity.approved_by.name.insert(String::new()), "identitas"),
    ];
    for (text, place) in places {
        check(|sop| *text(sop) = "a\u{202e}b".into(), &[format!("{place} {turned}").as_str()]);
    }
}

#[test]
fn its_lanes() {
    let wrong_id = |id: &str| format!("lajur {id:?}: id harus unik, huruf kecil, angka atau tanda hubung");
    check(
        |sop| {
            let extra = sop.lanes[0].clone();
            sop.lanes
                .extend((0..10).map(|n| domain::sop::Lane { id: LaneId(format!("l{n}")), ..extra.clone() }));
        },
        &["SOP harus punya 1 sampai 12 lajur pelaksana"],
    );
    check(|sop| sop.lanes.push(sop.lanes[0].clone()), &[&wrong_id("pemohon")]);
    for bad in ["", "Kepala Dinas", "kepala.dinas", "kepala\"", &"x".repeat(41)] {
        check(
            |sop| {
                let mut lane = sop.lanes[0].clone();
                lane.id = bad.into();
                sop.lanes.push(lane);
            },
            &[&wrong_id(bad)],
        );
    }
}

#[test]
fn lanes_that_are_not_there() {
    check(|sop| sop.steering.start.push("sekda".into()), &["wewenang: lajur \"sekda\" tidak ada"]);
    check(|sop| sop.steering.pause.push("sekda".into()), &["wewenang: lajur \"sekda\" tidak ada"]);
    check(|sop| sop.steering.cancel.push("sekda".into()), &["wewenang: lajur \"sekda\" tidak ada"]);
    check(
        |sop| sop.lanes[0].recorded_by = Some("sekda".into()),
        &["dicatat oleh: lajur \"sekda\" tidak ada"],
    );
    check(
        |sop| cell(sop, 4, 0).lane = "sekda".into(),
        &[
            "baris 4: lajur \"sekda\" tidak ada",
            "baris 4: anak panah Tidak di lajur kepala harus kembali ke simbol sebelumnya",
        ],
    );
}

#[test]
fn its_rows() {
    check(
        |sop| {
            sop.activities.truncate(1);
            sop.steering = domain::sop::Steering { start: vec![], pause: vec![], cancel: vec![] };
        },
        &["SOP harus punya 2 sampai 200 baris"],
    );
    check(
        |sop| {
            let row = sop.activities[0].clone();
            let middle = domain::sop::Activity {
                cells: vec![Cell { shape: Shape::Process, ..row.cells[0].clone() }],
                ..row
            };
            let end = sop.activities.pop().unwrap();
            sop.activities.truncate(1);
            sop.activities.extend(std::iter::repeat_n(middle, 199));
            sop.activities.push(end);
            sop.activities[200].cells[0].no = None;
        },
        &["SOP harus punya 2 sampai 200 baris"],
    );
    check(|sop| sop.activities[2].text = "  ".into(), &["baris 3: aktivitas kosong"]);
    for bad in ["segera", "0 Hari", "1,5 Bulan", "1 Hari 2 Jam", "99999999999 Jam"] {
        assert!(Allowance::parse(bad).is_err());
        check(
            |sop| sop.activities[3].time = bad.into(),
            &[&format!("baris 4: Waktu {bad:?} tidak dapat dibaca")],
        );
    }
}

#[test]
fn its_cells() {
    const CELLS: &str = "setiap baris perlu satu simbol atau lebih, paling banyak satu di tiap lajur";
    check(
        |sop| sop.activities[1].cells[1].lane = "kepala".into(),
        &[
            &format!("baris 2: {CELLS}"),
            "baris 2: anak panah Tidak di lajur kepala harus kembali ke simbol sebelumnya",
        ],
    );
    check(
        |sop| {
            sop.activities[2].cells.clear();
            cell(sop, 5, 0).no = None;
        },
        &[&format!("baris 3: {CELLS}")],
    );
}

#[test]
fn its_beginning_and_end() {
    const ENDS: &str = "simbol mulai hanya di sel pertama, simbol selesai hanya di sel terakhir";
    let at = |row: u16| format!("baris {row}: {ENDS}");
    check(|sop| cell(sop, 1, 0).shape = Shape::Process, &[&at(1)]);
    check(|sop| cell(sop, 1, 0).shape = Shape::End, &[&at(1)]);
    check(|sop| cell(sop, 2, 2).shape = Shape::Start, &[&at(2)]);
    check(|sop| cell(sop, 4, 0).shape = Shape::End, &[&at(4)]);
    check(|sop| cell(sop, 5, 1).shape = Shape::Process, &[&at(5)]);
}

#[test]
fn its_ways_back() {
    let exit = |row: u16, lane: &str| {
        format!("baris {row}: anak panah Tidak di lajur {lane} harus kembali ke simbol sebelumnya")
    };
    let back_to = |sop: &mut Sop, to: CellRef| cell(sop, 3, 0).no = Some(to);
    check(|sop| back_to(sop, CellRef::new(4, "pemohon")), &[&exit(3, "bendahara")]);
    check(|sop| back_to(sop, CellRef::new(3, "bendahara")), &[&exit(3, "bendahara")]);
    check(|sop| back_to(sop, CellRef::new(1, "pemohon")), &[&exit(3, "bendahara")]);
    check(|sop| back_to(sop, CellRef::new(0, "kepala")), &[&exit(3, "bendahara")]);
    check(|sop| back_to(sop, CellRef::new(999, "kepala")), &[&exit(3, "bendahara")]);
    check(|sop| cell(sop, 3, 0).shape = Shape::Process, &[&exit(3, "bendahara")]);
}

#[test]
fn its_questions() {
    let twice = |sop: &mut Sop| {
        let ask = cell(sop, 2, 2).asks[0].clone();
        cell(sop, 2, 2).asks.push(ask);
    };
    check(twice, &["baris 2: pertanyaan \"tujuan\" kembar atau bukan kata sederhana"]);
    for bad in ["", "Tujuan", "tujuan.lain", "tujuan lain"] {
        let words = format!("baris 2: pertanyaan {bad:?} kembar atau bukan kata sederhana");
        check(|sop| cell(sop, 2, 2).asks[0].key = bad.into(), &[&words]);
    }
}

#[test]
fn its_outer_dates() {
    let wrong = ["batas luar 1: perlu keterangan, dasar, dan baris yang ada"];
    let limit = || Limit {
        what: "Laporan kepada pimpinan".into(),
        before: FixedDate::new(4, 1, 1).unwrap(),
        basis: "uji".into(),
        row: Some(2),
    };
    check(|sop| sop.limits.push(Limit { what: " ".into(), ..limit() }), &wrong);
    check(|sop| sop.limits.push(Limit { basis: String::new(), ..limit() }), &wrong);
    for row in [0, 99] {
        check(|sop| sop.limits.push(Limit { row: Some(row), ..limit() }), &wrong);
    }
    let mut sop = sop(TRIP);
    sop.limits.push(limit());
    assert_eq!(sop.check(), Ok(()));
}

#[test]
fn several_faults_are_told_together_first_row_first() {
    check(
        |sop| {
            sop.name.clear();
            sop.activities[1].text.clear();
            sop.activities[3].time = "lama".into();
        },
        &[
            "SOP tanpa nomor, nama atau versi",
            "baris 2: aktivitas kosong",
            "baris 4: Waktu \"lama\" tidak dapat dibaca",
        ],
    );
}
