//! Tables in random habits give back what was put in, or ask.

use proptest::prelude::*;
use proptest::test_runner::RngAlgorithm;

use super::super::{Cell, Grid, Kind, Merge, Reason};
use super::{Wish, YEAR, understand};
use crate::achievement::{Field, Reading};

/// What somebody wanted to say with a row.
#[derive(Debug, Clone)]
struct Meant {
    sasaran: usize,
    satuan: &'static str,
    target: i64,
    realisasi: i64,
    last: i64,
}

/// How somebody keeps a table.
#[derive(Debug, Clone)]
struct Habit {
    letterhead: usize,
    numbered: bool,
    numbers_below: bool,
    /// One heading row, groups over blank cells, or merged groups.
    groups: u8,
    years: bool,
    quarters: u8,
    merged: bool,
    total: bool,
    signature: bool,
    hidden_row: bool,
    hidden_column: bool,
    percent: bool,
    texts: bool,
    swapped: bool,
}

fn meant() -> impl Strategy<Value = Vec<Meant>> {
    let satuan = prop::sample::select(vec!["%", "Dokumen", "Indeks", "Tahun"]);
    let row = (0..3_usize, satuan, 100..9_999_i64, 100..9_999_i64, 100..9_999_i64);
    prop::collection::vec(row, 1..6).prop_map(|rows| {
        let mut rows: Vec<Meant> = rows
            .into_iter()
            .map(|(sasaran, satuan, target, realisasi, last)| Meant {
                sasaran,
                satuan,
                target,
                realisasi,
                last,
            })
            .collect();
        rows.sort_by_key(|row| row.sasaran);
        rows
    })
}

fn habit() -> impl Strategy<Value = Habit> {
    let flags = prop::collection::vec(any::<bool>(), 11);
    (0..9_usize, 0..3_u8, 0..5_u8, flags).prop_map(|(letterhead, groups, quarters, flags)| Habit {
        letterhead,
        groups,
        quarters,
        numbered: flags[0],
        numbers_below: flags[1],
        years: flags[2],
        merged: flags[3],
        total: flags[4],
        signature: flags[5],
        hidden_row: flags[6],
        hidden_column: flags[7],
        percent: flags[8],
        texts: flags[9],
        swapped: flags[10],
    })
}

/// A number of hundredths as this habit writes it.
fn number(hundredths: i64, satuan: &str, habit: &Habit) -> Cell {
    let decimals = format!("{:02}", hundredths % 100);
    let text = format!("{},{decimals}", hundredths / 100);
    let text = text.trim_end_matches('0').trim_end_matches(',').to_owned();
    let text = if habit.percent && satuan == "%" { format!("{text}%") } else { text };
    if habit.texts { Cell::words(text) } else { Cell::of(Kind::Number, text) }
}

/// A column: its group, its name, and what it holds of a row.
type Column = (&'static str, &'static str, Box<dyn Fn(usize, &Meant, bool) -> Cell>);

fn columns(habit: &Habit) -> Vec<Column> {
    let words = |text: String| Cell::words(text);
    let mut columns: Vec<Column> = Vec::new();
    if habit.numbered {
        columns.push(("", "No", Box::new(move |at, _, _| words((at + 1).to_string()))));
    }
    let sasaran = move |_: usize, row: &Meant, first: bool| {
        if first { words(format!("Tujuan ke-{}", row.sasaran)) } else { Cell::default() }
    };
    columns.push(("", "Sasaran Strategis", Box::new(sasaran)));
    columns.push(("", "Indikator Kinerja", Box::new(move |at, _, _| words(format!("Ukuran ke-{at}")))));
    columns.push(("", "Satuan", Box::new(move |_, row: &Meant, _| words(row.satuan.to_owned()))));
    let held = habit.clone();
    let value = move |of: fn(&Meant) -> i64| {
        let held = held.clone();
        Box::new(move |_: usize, row: &Meant, _: bool| number(of(row), row.satuan, &held))
            as Box<dyn Fn(usize, &Meant, bool) -> Cell>
    };
    if habit.years {
        columns.push(("Tahun 2025", "Target", value(|row| row.last + 1)));
        columns.push(("Tahun 2025", "Realisasi", value(|row| row.last)));
    }
    columns.push(("Tahun 2026", "Target", value(|row| row.target)));
    for quarter in 1..habit.quarters {
        let name = ["TW I Realisasi", "TW II Realisasi", "TW III Realisasi"][usize::from(quarter) - 1];
        columns.push(("Tahun 2026", name, value(|row| row.realisasi / 2)));
    }
    let last = if habit.quarters > 1 { "TW IV Realisasi" } else { "Realisasi" };
    columns.push(("Tahun 2026", last, value(|row| row.realisasi)));
    columns.push(("Tahun 2026", "Capaian (%)", value(|row| row.realisasi)));
    if habit.swapped {
        let at = usize::from(habit.numbered);
        columns.swap(at, at + 2);
    }
    columns
}

fn table(rows: &[Meant], habit: &Habit) -> Grid {
    let columns = columns(habit);
    let width = columns.len();
    let mut cells: Vec<Vec<Cell>> = Vec::new();
    let mut merges = Vec::new();
    let line = |texts: Vec<String>| texts.into_iter().map(Cell::words).collect::<Vec<_>>();
    for at in 0..habit.letterhead {
        cells.push(line(vec![
            ["PEMERINTAH PROVINSI", "", "Tahun Anggaran : 2026", "PENGUKURAN KINERJA"][at % 4].to_owned(),
        ]));
    }
    let top = cells.len();
    if habit.groups == 0 {
        let name = |(group, name, _): &Column| {
            format!("{name} {}", group.trim_start_matches("Tahun ")).trim().to_owned()
        };
        cells.push(line(columns.iter().map(name).collect()));
    } else {
        let mut upper = Vec::new();
        let mut lower = Vec::new();
        for (at, (group, name, _)) in columns.iter().enumerate() {
            let begins = at == 0 || columns[at - 1].0 != *group;
            match (group.is_empty(), begins) {
                (true, _) => upper.push((*name).to_owned()),
                (false, true) => upper.push((*group).to_owned()),
                (false, false) => upper.push(String::new()),
            }
            lower.push(if group.is_empty() { String::new() } else { (*name).to_owned() });
            if habit.groups == 2 && group.is_empty() {
                merges.push(Merge { top, left: at, bottom: top + 1, right: at });
            } else if habit.groups == 2 && begins {
                let right = (at..width).take_while(|other| columns[*other].0 == *group).last().unwrap();
                merges.push(Merge { top, left: at, bottom: top, right });
            }
        }
        cells.extend([line(upper), line(lower)]);
    }
    if habit.numbers_below {
        cells.push(line((1..=width).map(|at| format!("({at})")).collect()));
    }
    let sasaran = columns.iter().position(|(_, name, _)| name.starts_with("Sasaran")).unwrap();
    let mut begun = cells.len();
    for (at, row) in rows.iter().enumerate() {
        let first = at == 0 || rows[at - 1].sasaran != row.sasaran;
        if first {
            begun = cells.len();
        } else if habit.merged {
            merges.retain(|merge| merge.top != begun || merge.left != sasaran);
            merges.push(Merge { top: begun, left: sasaran, bottom: cells.len(), right: sasaran });
        }
        cells.push(columns.iter().map(|(_, _, cell)| cell(at, row, first)).collect());
    }
    let hidden = cells.len();
    if habit.hidden_row {
        cells.push(line((0..width).map(|at| format!("lama {at}")).collect()));
    }
    if habit.total {
        let mut total = vec![String::new(); width];
        total[0] = "Rata-rata".to_owned();
        total[width - 1] = "99,5".to_owned();
        cells.push(line(total));
    }
    if habit.signature {
        for text in ["Jambi, 5 Januari 2027", "Kepala Dinas,", "", "NAMA ORANG", "NIP 198001012005011001"] {
            let mut signature = vec![String::new(); width];
            signature[width - 2] = text.to_owned();
            cells.push(line(signature));
        }
    }
    if habit.hidden_column {
        for row in &mut cells[top..] {
            row.resize_with(width + 1, Cell::default);
            row[width] = Cell::words("Target 2026");
        }
    }
    let mut grid = Grid::new("Capaian", cells).merged(&merges);
    if habit.hidden_row {
        grid.hidden_rows.insert(hidden);
    }
    if habit.hidden_column {
        grid.hidden_columns.insert(width);
    }
    grid
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1500,
        failure_persistence: None,
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_was_put_in_comes_back_or_is_asked(rows in meant(), habit in habit()) {
        let found = understand(&[table(&rows, &habit)], YEAR, &Wish::default()).unwrap();
        prop_assert!(!found.is_open(), "{:?}", found.choices);
        prop_assert_eq!(found.rows.len(), rows.len(), "{:?}", found);
        for (at, (taken, meant)) in found.rows.iter().zip(&rows).enumerate() {
            let row = &taken.row;
            prop_assert_eq!(&row.sasaran, &format!("Tujuan ke-{}", meant.sasaran));
            prop_assert_eq!(&row.indikator, &format!("Ukuran ke-{at}"));
            prop_assert_eq!(row.satuan.as_str(), meant.satuan);
            let last = habit.years.then_some(meant.last);
            for (cell, wanted) in [(&row.target, Some(meant.target)), (&row.realisasi, Some(meant.realisasi)), (&row.last, last)] {
                let value = Reading::of(cell).number().map(|number| number.value.hundredths());
                prop_assert_eq!(value, wanted, "{:?}", row);
            }
        }
        prop_assert_eq!(found.left.iter().any(|left| left.why == Reason::Hidden), habit.hidden_row);
        prop_assert_eq!(found.left.iter().any(|left| left.why == Reason::Total), habit.total);
        prop_assert_eq!(found.left.iter().any(|left| left.why == Reason::Signature), habit.signature);
        if habit.quarters > 1 || habit.years {
            prop_assert!(found.choices.iter().any(|choice| choice.field == Field::Realisasi));
        }
    }

    #[test]
    fn anything_may_be_brought(cells in prop::collection::vec(prop::collection::vec(any_cell(), 0..7), 0..9), commas in any::<bool>()) {
        let mut grid = Grid::new("", cells).merged(&[Merge { top: 0, left: 0, bottom: 2, right: 1 }]);
        grid.commas = commas;
        if let Ok(found) = understand(&[grid], YEAR, &Wish::default()) {
            prop_assert!(found.is_open() || !found.rows.is_empty());
            prop_assert!(found.doubts.iter().all(|doubt| doubt.row < found.rows.len()));
        }
    }
}

fn any_cell() -> impl Strategy<Value = Cell> {
    let texts = prop::sample::select(vec![
        "",
        "",
        "Sasaran",
        "Indikator",
        "Target",
        "Realisasi",
        "Target 2025",
        "Realisasi TW IV",
        "Capaian",
        "Satuan",
        "No",
        "1",
        "2",
        "98,5",
        "1.234",
        "BB",
        "Jumlah",
        "Sumber: x",
        "Jambi, 5 Januari 2027",
        "NIP 198001012005011001",
        "S",
        "2026",
        "Anggaran",
        "#DIV/0!",
        "31 Desember",
    ]);
    let kind = prop::sample::select(vec![
        Kind::Text,
        Kind::Text,
        Kind::Number,
        Kind::Date,
        Kind::Error,
        Kind::Unsaved,
    ]);
    (texts, kind).prop_map(|(text, kind)| Cell::of(kind, text))
}
