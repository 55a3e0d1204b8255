//! Tables as agencies keep them, each with what should come of it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "an expectation that fails is how a test reports")]

use std::fs;
use std::path::Path;

use domain::achievement::Field;
use domain::achievement::import::{Held, ImportFault, Reason, Understood, Unused, Wish, letters, understand};
use paper::sheet_in::{Limits, SheetProblem, read_sheets};

/// The year that the run's data is about.
const YEAR: i32 = 2026;

fn bytes(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name)).unwrap()
}

fn wished(name: &str, wish: &Wish) -> Understood {
    let sheets = read_sheets(&bytes(name), &Limits::default()).unwrap();
    understand(&sheets, YEAR, wish).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

fn brought(name: &str) -> Understood {
    wished(name, &Wish::default())
}

/// The rows as one would read them aloud.
fn rows(found: &Understood) -> Vec<String> {
    let row = |row: &domain::achievement::Row| {
        let cells = [&row.sasaran, &row.indikator, &row.satuan, &row.target, &row.realisasi, &row.last];
        cells.map(String::as_str).join("|")
    };
    found.rows.iter().map(|taken| row(&taken.row)).collect()
}

fn left(found: &Understood) -> Vec<(usize, Reason)> {
    found.left.iter().map(|left| (left.line, left.why)).collect()
}

fn unused(found: &Understood) -> Vec<(String, Unused)> {
    let of = |held: Held| match held {
        Held::Left(why) => Some(why),
        Held::Field(_) => None,
    };
    found.columns.iter().filter_map(|column| Some((column.name.clone(), of(column.held)?))).collect()
}

/// What is asked: cells with their sentences.
fn asked(found: &Understood) -> Vec<String> {
    let asks = found.doubts.iter().filter(|doubt| doubt.asks);
    asks.map(|doubt| format!("{}: {}", doubt.cell, doubt.sentence)).collect()
}

/// What is shown as a choice: the field, the columns, the one that is proposed.
fn choices(found: &Understood) -> Vec<(Field, String, Option<String>)> {
    let choice = |choice: &domain::achievement::import::Choice| {
        let among = choice.among.iter().map(|at| letters(*at)).collect::<Vec<_>>().join(" ");
        (choice.field, among, choice.chosen.map(letters))
    };
    found.choices.iter().map(choice).collect()
}

fn proposed(field: Field, among: &str, chosen: &str) -> (Field, String, Option<String>) {
    (field, among.to_owned(), Some(chosen.to_owned()))
}

const HEALTH: [&str; 3] = [
    "Meningkatnya derajat kesehatan|Angka harapan hidup|Tahun|70,5|70,9|",
    "Meningkatnya derajat kesehatan|Prevalensi stunting|%|18,5|17,2|",
    "Meningkatnya mutu layanan|Indeks kepuasan masyarakat|Indeks|85|86,25|",
];

/// The rows of a file about which there is nothing to ask.
fn plainly(name: &str, expected: &[&str]) -> Understood {
    let found = brought(name);
    assert_eq!(rows(&found), expected, "{name}");
    assert_eq!(asked(&found), [""; 0], "{name}");
    assert!(found.choices.is_empty(), "{name}: {:?}", found.choices);
    found
}

#[test]
fn a_letterhead_above() {
    let found = plainly("xlsx/01-kop-8-baris.xlsx", &HEALTH);
    assert_eq!(found.heading, [10]);
    assert_eq!(left(&found), [1, 2, 3, 4, 5, 7, 8].map(|line| (line, Reason::Above)));
    assert_eq!(unused(&found), [("No".into(), Unused::Number), ("Capaian (%)".into(), Unused::Computed)]);
}

#[test]
fn two_rows_of_heading() {
    let found = plainly("xlsx/02-dua-baris-judul.xlsx", &HEALTH);
    assert_eq!(found.heading, [2, 3]);
    assert_eq!(left(&found), [(1, Reason::Above), (4, Reason::ColumnNumbers)]);
    assert_eq!(found.columns[4].name, "Tahun 2026 Target");
}

#[test]
fn two_years() {
    for (name, row, choice) in [
        (
            "04-dua-tahun",
            "S|I|%|85|86|81",
            [(Field::Target, "E G", "G"), (Field::Realisasi, "F H", "H")].as_slice(),
        ),
        ("04b-realisasi-2025", "S|I|%|80|81|79", &[(Field::Realisasi, "F G", "F")]),
        ("04c-target-dua-tahun", "S|I|%|80|81|", &[(Field::Target, "E F", "F")]),
    ] {
        let found = brought(&format!("xlsx/{name}.xlsx"));
        assert_eq!(rows(&found), [row], "{name}");
        assert_eq!(asked(&found), [""; 0], "{name}");
        let expected: Vec<_> = choice.iter().map(|(field, among, at)| proposed(*field, among, at)).collect();
        assert_eq!(choices(&found), expected, "{name}");
        assert!(found.choices.iter().all(|choice| choice.why.contains("tahun data 2026")), "{name}");
    }
}

#[test]
fn numbers_twice() {
    let found = plainly("xlsx/05-no-dua-kali.xlsx", &["S satu|I satu|%|80|81|", "S satu|I dua|%|70|71|"]);
    assert_eq!(unused(&found), [("NO".into(), Unused::Number), ("NO".into(), Unused::Number)]);
}

#[test]
fn quarters() {
    let found = brought("xlsx/06-triwulan.xlsx");
    assert_eq!(
        choices(&found),
        [proposed(Field::Target, "E F H", "E"), proposed(Field::Realisasi, "G I", "I")]
    );
    assert_eq!(rows(&found), ["S|I|%|100|45|"]);
    assert_eq!(found.columns[8].name, "Triwulan II Realisasi");
    // What is chosen instead.
    let wish = Wish { columns: vec![(Field::Target, Some(7))], ..Wish::default() };
    assert_eq!(rows(&wished("xlsx/06-triwulan.xlsx", &wish)), ["S|I|%|50|45|"]);

    let found = brought("xlsx/21-realisasi-empat-triwulan.xlsx");
    assert_eq!(rows(&found), ["Sasaran A|Indikator A|%|80|82|", "Sasaran B|Indikator B|Dokumen|4|4|"]);
    assert_eq!(choices(&found), [proposed(Field::Realisasi, "F G H I", "I")]);
    assert!(found.choices[0].why.contains("terakhir yang terisi"), "{}", found.choices[0].why);
}

#[test]
fn an_average_and_a_signature() {
    let found = plainly("xlsx/07-rata-rata-dan-tanda-tangan.xlsx", &HEALTH);
    let signature = [7, 8, 10, 11].map(|line| (line, Reason::Signature));
    assert_eq!(left(&found), [vec![(5, Reason::Total)], signature.to_vec()].concat());
    assert_eq!(found.left[0].text, "Rata-rata Capaian Kinerja | 103,02");
}

#[test]
fn formulas() {
    let found = brought("xlsx/08-rumus-tanpa-hasil.xlsx");
    assert_eq!(rows(&found), ["S|I|%|80||", "S2|I2|%|80|79|"]);
    assert_eq!(asked(&found), ["F2: rumus tanpa hasil, buka lalu simpan di Excel, atau tulis angkanya"]);
    let wish = Wish { mended: vec![("F2".to_owned(), "84".to_owned())], ..Wish::default() };
    let mended = wished("xlsx/08-rumus-tanpa-hasil.xlsx", &wish);
    assert_eq!(rows(&mended), ["S|I|%|80|84|", "S2|I2|%|80|79|"]);
    assert!(!mended.asks());
    plainly("other/13-lo-rumus.xlsx", &["S|I|%|80|84|", "S2|I2|%|80|79|"]);
}

#[test]
fn numbers_as_excel_shows_them() {
    let found = plainly(
        "xlsx/09-angka.xlsx",
        &[
            "S|I persen|%|95%|98,5%|",
            "S|I teks|%|98.5|97,25|",
            "S|I nbsp|%|1 234,5|97,2|",
            "S|I rp|Rp|Rp1500000000|1432567890,5|",
            "S|I fmt|%|98,5%|97|",
            "S|I apostrof|%|95|94,5|",
            "S|I persen0|Persen|95|95,12%|",
        ],
    );
    let shown: Vec<_> = found.doubts.iter().map(|doubt| doubt.cell.as_str()).collect();
    assert_eq!(shown, ["E3", "F4"], "{:?}", found.doubts);
}

#[test]
fn the_sheet_that_fits() {
    let found = plainly("xlsx/10-lembar-kedua.xlsx", &HEALTH);
    assert_eq!((found.sheet.name.as_str(), found.sheet.first), ("Capaian", false));
    assert_eq!(found.others, [(0, "Petunjuk".to_owned())]);
    assert!(found.said[0].contains("lembar \"Capaian\", bukan lembar pertama"), "{:?}", found.said);
}

#[test]
fn a_hidden_row() {
    let found = plainly("xlsx/11-baris-tersembunyi.xlsx", &HEALTH);
    assert_eq!(left(&found), [(5, Reason::Hidden)]);
    assert!(found.left[0].text.contains("Sasaran lama (dihapus)"));
}

#[test]
fn what_became_a_date() {
    let found = brought("xlsx/12-jadi-tanggal.xlsx");
    assert_eq!(rows(&found), ["S|Opini|Rasio|03/04/2026|03/03/2026|"]);
    assert_eq!(
        asked(&found),
        [
            "E2: Excel menyimpannya sebagai tanggal 03/04/2026; bila maksudnya 3/4 atau 3,4, tulis ulang",
            "F2: Excel menyimpannya sebagai tanggal 03/03/2026; bila maksudnya 3/3 atau 3,3, tulis ulang",
        ]
    );
}

#[test]
fn large_sheets() {
    let limits = Limits::default();
    let problem = read_sheets(&bytes("xlsx/13-5000.xlsx"), &limits).unwrap_err();
    assert_eq!(problem, SheetProblem::TooManyRows { limit: 2_000 });
    let more = Limits { rows: 6_000, ..limits };
    let sheets = read_sheets(&bytes("xlsx/13-5000.xlsx"), &more).unwrap();
    assert_eq!(understand(&sheets, YEAR, &Wish::default()), Err(ImportFault::TooManyRows(5_000)));
    // Blank cells with a format, or with nothing but spaces, are no rows.
    plainly("xlsx/13b-kosong-berformat.xlsx", &HEALTH);
    plainly("xlsx/13c-spasi-jauh.xlsx", &HEALTH);
}

#[test]
fn line_breaks() {
    plainly("xlsx/14-baris-baru.xlsx", &["Meningkatnya derajat|Indikator A \"mutu\"|%|1|1|"]);
}

#[test]
fn money_beside_it() {
    let found = plainly("xlsx/15-anggaran.xlsx", &["S|I|%|80|81|"]);
    let expected = [
        ("No", Unused::Number),
        ("Tujuan", Unused::Unknown),
        ("Capaian", Unused::Computed),
        ("Pagu Anggaran", Unused::Money),
        ("Realisasi Anggaran", Unused::Money),
    ];
    assert_eq!(unused(&found), expected.map(|(name, why)| (name.to_owned(), why)));
}

#[test]
fn other_names() {
    let found = brought("xlsx/16-capaian-sebagai-realisasi.xlsx");
    assert_eq!(rows(&found), ["S|I||80|81|"]);
    assert_eq!(choices(&found), [proposed(Field::Realisasi, "E", "E")]);
    assert!(found.choices[0].why.contains("dibaca sebagai realisasi"));
    assert_eq!(unused(&found)[1], ("TINGKAT CAPAIAN".to_owned(), Unused::Computed));

    let found = plainly("xlsx/16b-iku.xlsx", &["S|I||80 %|81 %|"]);
    assert!(found.missing.contains(&Field::Satuan));
}

#[test]
fn merged_cells() {
    plainly("xlsx/17-satuan-digabung.xlsx", &["S|I1|%|80|81|", "S|I2|%|70|71|"]);
    plainly(
        "xlsx/17b-indikator-digabung.xlsx",
        &["S|Persentase desa: a. berkembang|%|80|81|", "S|b. maju|%|10|11|", "S|b. maju|%|5|6|"],
    );
}

#[test]
fn texts() {
    plainly("other/01-cp1252-titik-koma.csv", &["Meningkatnya mutu – “baik”|Angka kematian ±|‰|98,5|97,25|"]);
    plainly("other/02-bom.csv", &["S|I|%|98,5|97|"]);
    plainly("other/03-utf16.csv", &["S|I|%|98,5|97|"]);
    plainly("other/04-koma-google.csv", &["S|I, dua|%|98,5|97,25|", "S|I2|%|98.5|97.25|"]);
    let found = plainly("other/04b-koma-judul-di-atas.csv", &["S|I|%|98,5|97,25|"]);
    assert_eq!(found.heading, [3]);
    plainly("other/07-kutip-baris.csv", &["Sasaran satu; dua|I \"mutu\"|%|98,5|97|"]);
    plainly("other/08-sep.csv", &["S|I|%|98,5|97|"]);
    plainly("other/12-base.csv", &["S|I|%|98.5|97|"]);
}

fn csv(text: &str) -> Result<Understood, ImportFault> {
    understand(&read_sheets(text.as_bytes(), &Limits::default()).unwrap(), YEAR, &Wish::default())
}

#[test]
fn commas_that_mark_decimals_are_asked_about() {
    let heading = "Sasaran,Indikator,Satuan,Target,Realisasi\n";
    // A cell too few: the unit is a number.
    let found = csv(&format!("{heading}S,I,100,98,5\n")).unwrap();
    assert!(asked(&found)[0].starts_with("D2: "), "{:?}", asked(&found));
    assert!(asked(&found)[0].contains("koma desimal"), "{:?}", asked(&found));
    let found = csv(&format!("{heading}S,I,98,5\n")).unwrap();
    assert!(!asked(&found).is_empty());
    // A cell too many: two ways to read it, and neither is taken.
    let found = csv(&format!("{heading}S,I,%,1,97\nS,I2,%,98,5,97\n")).unwrap();
    assert_eq!((rows(&found).len(), left(&found)), (1, vec![(3, Reason::Commas)]));
    // Without a heading there is nothing to count by.
    assert_eq!(csv("S,I,%,98,5\n"), Err(ImportFault::Columns));
}

#[test]
fn lines_of_a_text_are_counted_as_a_spreadsheet_does() {
    let found =
        csv("Judul\n\nSasaran;Indikator;Satuan;Target;Realisasi\n\n\"S\ndua\";I;%;1;2\nS;J;%;3;4\n").unwrap();
    assert_eq!(found.heading, [3]);
    assert_eq!(found.rows.iter().map(|taken| taken.line).collect::<Vec<_>>(), [5, 6]);
}
