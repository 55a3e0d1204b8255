//! The shipped procedure says what the signed sheet says, row by row and word by word.

use domain::calendar::Allowance;
use domain::id::LaneId;
use domain::sop::{Cell, IdentityLine, Shape, Sop, Source};

use crate::ledger::{ORG, TRIP, sop};

/// What is left of the signed sheet.
const SHEET: &str = include_str!("../fixtures/sop-org-2-2-2.txt");

/// Row, printed number, what its text begins with, cells in order (`name` start or end,
/// `[name]` process, `<name>row.lane` decision with its Tidak exit), Waktu, how we know.
const TABLE: &str = "
 1 |  1. | Mulai                                    | (staf)                                                                    |         | assumed
 2 |  2. | Menyiapkan Nota Dinas dan Surat          | [staf] <kasubbag>2.staf <kabag>2.staf <karo>2.staf                        | 1 Jam   | trace
 3 |  3. | Penandatanganan                          | <gubernur>2.staf                                                          | 1 Hari  | assumed
 4 |  4. | Penomoran Surat                          | [staf]                                                                    | 1 Jam   | assumed
 5 |  5. | Menggandakan/memperbanyak surat          | [staf]                                                                    | 2 Jam   | trace
 6 |  6. | Menunggu data capaian kinerja / LKj PD   | [staf]                                                                    | 1 Bulan | assumed
 7 |  9. | Setelah LKj PD terkumpul, kemudian Biro  | [staf]                                                                    | 10 hari | assumed
 8 |  7. | Reviu capaian kinerja perangkat daerah   | [kasubbag] <kabag>8.kasubbag <karo>8.kasubbag                             | 10 Hari | trace
 9 |  8. | Analisis capaian kinerja                 | [kasubbag]                                                                | 4 Hari  | assumed
10 |  9. | Menyiapkan surat Reviu                   | [staf]                                                                    | 1 Hari  | assumed
11 | 10. | Pengarsipan                              | [staf]                                                                    | 2 Jam   | assumed
12 | 11. | Selesai                                  | (staf)                                                                    | -       | trace
";

#[test]
fn the_rows_are_those_of_the_table() {
    let sop = sop(ORG);
    let rows: Vec<_> = TABLE.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(rows.len(), sop.activities.len());
    for (order, (row, activity)) in rows.iter().zip(&sop.activities).enumerate() {
        let [number, printed, text, cells, time, source] =
            row.split('|').map(str::trim).collect::<Vec<_>>().try_into().unwrap();
        assert_eq!(number, (order + 1).to_string());
        assert_eq!(activity.printed, printed, "row {number}");
        assert!(activity.text.starts_with(text), "row {number}: {}", activity.text);
        assert_eq!(activity.cells.iter().map(written).collect::<Vec<_>>().join(" "), cells, "row {number}");
        assert_eq!(activity.time, time, "row {number}");
        for cell in &activity.cells {
            assert_eq!(format!("{:?}", cell.source).to_lowercase(), source, "row {number}");
        }
    }
}

/// A cell as the table above writes it.
fn written(cell: &Cell) -> String {
    let lane = &cell.lane;
    match (cell.shape, &cell.no) {
        (Shape::Start | Shape::End, None) => format!("({lane})"),
        (Shape::Process, None) => format!("[{lane}]"),
        (Shape::Decision, Some(no)) => format!("<{lane}>{no}"),
        strange => format!("{strange:?}"),
    }
}

#[test]
fn the_lanes_stand_as_printed_and_only_the_governor_has_a_recorder() {
    let sop = sop(ORG);
    let lanes: Vec<_> = sop.lanes.iter().map(|lane| (lane.id.as_str(), lane.name.as_str())).collect();
    let expected = [
        ("staf", "STAF"),
        ("kasubbag", "KASUBBAG"),
        ("kabag", "KABAG"),
        ("karo", "KARO"),
        ("gubernur", "GUBERNUR/SEKDA"),
    ];
    assert_eq!(lanes, expected);
    for lane in &sop.lanes {
        let recorder = lane.recorded_by.as_ref().map(LaneId::as_str);
        assert_eq!(recorder, (lane.id.as_str() == "gubernur").then_some("staf"));
    }
}

#[test]
fn waktu_is_read_as_working_time_and_row_six_has_a_date() {
    use Allowance::{Days, Hours, Months, None};
    let sop = sop(ORG);
    let read: Vec<_> = sop.activities.iter().map(domain::sop::Activity::allowance).collect();
    let expected = [
        None,
        Hours(1),
        Days(1),
        Hours(1),
        Hours(2),
        Months(1),
        Days(10),
        Days(10),
        Days(4),
        Days(1),
        Hours(2),
        None,
    ];
    assert_eq!(read, expected);
    let dated: Vec<_> = sop.activities.iter().map(|row| row.before.map(|date| date.words(2026))).collect();
    for (row, words) in (1..).zip(dated) {
        assert_eq!(words.as_deref(), (row == 6).then_some("sebelum 11 Januari 2027"), "row {row}");
    }
}

#[test]
fn every_printed_word_stands_on_the_sheet() {
    let (sop, sheet) = (sop(ORG), folded(SHEET));
    let block = &sop.identity;
    let lines = [
        &block.legal_basis,
        &block.qualifications,
        &block.related,
        &block.equipment,
        &block.warnings,
        &block.records,
    ];
    let lines = lines.into_iter().flatten().map(|line: &IdentityLine| &line.text);
    let dates = [&block.created, &block.revised, &block.approved].into_iter().flatten();
    let rows = sop.activities.iter().flat_map(|row| [&row.printed, &row.text, &row.time]);
    for text in lines.chain(dates).chain(&block.unit).chain(rows).chain([&sop.name, &sop.key.number]) {
        assert!(sheet.contains(&folded(text)), "not on the sheet: {text}");
    }
    let squeezed: String = SHEET.split_whitespace().collect();
    let heads: String = sop.lanes.iter().map(|lane| lane.name.as_str()).collect();
    assert!(squeezed.contains(&heads), "the lanes do not stand on the sheet in this order: {heads}");
}

#[test]
fn the_rows_stand_on_the_sheet_in_this_order_and_nothing_between_them_is_left_out() {
    let (_, table) = SHEET.split_once("WAKTU").unwrap();
    let sop = sop(ORG);
    let rows = sop.activities.iter().flat_map(|row| [&row.printed, &row.text, &row.time]);
    let ours: String = rows.flat_map(|text| text.split_whitespace()).collect();
    let theirs: String = table.split_whitespace().collect();
    let heads: String = sop.lanes.iter().map(|lane| lane.name.as_str()).collect();
    assert_eq!(theirs.strip_prefix(&heads), Some(ours.as_str()));
}

#[test]
fn what_the_sheet_does_not_say_stays_open() {
    let sop = sop(ORG);
    assert_eq!(sop.identity.effective, None);
    assert!(sop.identity.warnings.is_empty());
    assert_eq!(sop.identity.approved_by.name, None);
    for row in &sop.activities {
        assert_eq!((&row.requirements, &row.output, &row.remarks), (&None, &None, &None));
    }
}

#[test]
fn what_is_printed_wrongly_is_kept_with_a_note() {
    let sop = sop(ORG);
    let wrong = sop.identity.legal_basis.iter().find(|line| line.text.contains("86 Tahun 2016")).unwrap();
    assert!(wrong.note.as_ref().unwrap().contains("86 Tahun 2017"));
    assert!(sop.identity.notes.iter().any(|note| note.contains("Dinas Pemberdayaan Perempuan")));
}

#[test]
fn work_that_needs_data_asks_for_it() {
    let sop = sop(ORG);
    let required: Vec<_> = sop
        .path()
        .flat_map(|(at, cell)| {
            cell.asks.iter().filter(|ask| ask.required).map(move |ask| format!("{at} {}", ask.key))
        })
        .collect();
    let expected = [
        "3.gubernur tanggal_ttd",
        "4.staf nomor_surat",
        "4.staf tanggal_surat",
        "5.staf dikirim",
        "6.staf diterima",
        "7.staf dinilai",
        "8.kasubbag direviu",
        "11.staf arsip",
    ];
    assert_eq!(required, expected);
}

#[test]
fn both_procedures_can_be_carried_out_and_are_the_same_after_storing() {
    for json in [ORG, TRIP] {
        let sop = sop(json);
        assert_eq!(sop.check(), Ok(()));
        let stored = serde_json::to_string(&sop).unwrap();
        assert_eq!(serde_json::from_str::<Sop>(&stored).unwrap(), sop);
    }
}

#[test]
fn the_path_goes_once_through_every_cell() {
    for json in [ORG, TRIP] {
        let sop = sop(json);
        let mut walked = vec![sop.first().unwrap()];
        while let Some(next) = sop.next(walked.last().unwrap()) {
            walked.push(next);
        }
        assert_eq!(walked, sop.path().map(|(at, _)| at).collect::<Vec<_>>());
        let ends: Vec<_> =
            sop.path().filter(|(_, cell)| cell.shape == Shape::End).map(|(at, _)| at).collect();
        assert_eq!(ends, [walked.last().unwrap().clone()]);
    }
}

#[test]
fn a_file_with_a_stray_word_is_not_a_procedure() {
    let spoiled = [
        (ORG.replacen("\"lanes\"", "\"lajur\"", 1), "unknown field `lajur`"),
        (ORG.replacen("\"2.staf\"", "\"staf\"", 1), "bukan sel lembar SOP: \"staf\""),
        (ORG.replacen("\"2.staf\"", "\"x.staf\"", 1), "bukan sel lembar SOP: \"x.staf\""),
        (ORG.replacen("ORG.2.2.2/1", "ORG.2.2.2", 1), "bukan nomor dan versi SOP: \"ORG.2.2.2\""),
        (ORG.replacen("\"decision\"", "\"cloud\"", 1), "unknown variant `cloud`"),
        (ORG.replacen("\"day\": 11", "\"day\": 32", 1), "tanggal 32 bulan 1 tidak ada"),
    ];
    for (text, why) in spoiled {
        let error = serde_json::from_str::<Sop>(&text).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn the_second_procedure_is_different_wherever_a_rule_could_know_the_first() {
    let (first, second) = (sop(ORG), sop(TRIP));
    let shapes = |sop: &Sop| sop.path().map(|(_, cell)| cell.shape).collect::<Vec<_>>();
    assert_ne!(shapes(&first), shapes(&second));
    assert!(second.lanes.iter().all(|lane| first.lane(&lane.id).is_none()));
    assert_ne!(first.steering.start.len(), second.steering.start.len());
    assert!(second.path().all(|(_, cell)| cell.source == Source::Printed));
    let right_to_left = second.path().take(4).map(|(at, _)| at.to_string()).collect::<Vec<_>>();
    assert_eq!(right_to_left, ["1.kepala", "2.kepala", "2.bendahara", "2.pemohon"]);
}

/// Text with every stretch of blanks made one.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
