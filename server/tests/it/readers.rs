//! What Alur writes, read by programs that have nothing to do with it: openpyxl, Python's zip
//! reader, pdftotext, and LibreOffice where it is installed.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use axum::http::StatusCode;
use chrono::DateTime;
use desk::office::Desk;
use paper::receipt::{ReceiptFile, ReceiptPaper, receipt};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::harness::{House, PDF, RUN, Sender, row, run};

/// A sheet as openpyxl sees it.
#[derive(Debug, Deserialize)]
struct Sheet {
    name: String,
    rows: Vec<Vec<String>>,
    formulas: Vec<String>,
}

/// What a script of `end2end/python` says about these bytes.
fn ask(script: &str, bytes: &[u8]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let python = root.join("target/tools/python/bin/python");
    assert!(python.exists(), "{} is missing: make target/tools/python/.ready", python.display());
    let mut command = Command::new(python);
    output(command.arg(root.join("end2end/python").join(script)), bytes)
}

/// Runs a program with bytes on its standard input. What it printed.
fn output(command: &mut Command, bytes: &[u8]) -> String {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{command:?}");
    String::from_utf8(output.stdout).unwrap()
}

const HOSTILE: &str = "=HYPERLINK(\"http://jahat.example\";\"klik\")";

/// An office in which an agency has sent a report with a row that would like to be a formula.
async fn with_report() -> (House, Sender) {
    let house = House::practice().await;
    let sender = Sender::fresh(&house).await;
    let rows = vec![row(HOSTILE, "100", "98,5"), row("Angka \u{2265} 5; \"mutu\"", "1.234,5", "1.000")];
    sender.send(&house, rows).await;
    (house, sender)
}

#[test]
fn the_workbook_says_the_same_to_openpyxl() {
    run(async || {
        let (house, sender) = with_report().await;
        let answer = house.signed_in("staf").await.get(&house, "/pelaksanaan/1/lkj.xlsx").await;
        assert_eq!(answer.status, StatusCode::OK);
        let sheets: Vec<Sheet> = serde_json::from_str(&ask("book_facts.py", &answer.body)).unwrap();
        let names: Vec<_> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, ["LKj PD", "Capaian"]);
        assert!(sheets.iter().all(|sheet| sheet.formulas.is_empty()), "{sheets:?}");
        let office = house.opened.office.office();
        let agency = &office.agencies[&sender.code];
        let line = sheets[0].rows.iter().find(|line| line[0] == agency.name).unwrap();
        assert_eq!([&line[2], &line[4], &line[5]], ["terkirim", "tepat waktu", "12/13"]);
        let rows: Vec<_> = sheets[1].rows.iter().filter(|line| line[0] == agency.short).collect();
        assert!(
            rows[0].contains(&format!("'{HOSTILE}")) && rows[0].contains(&"98,50%".to_owned()),
            "{rows:?}"
        );
        assert!(
            rows[1].contains(&"Angka \u{2265} 5; \"mutu\"".to_owned())
                && rows[1].contains(&"1.234,5".to_owned())
        );
        let template = sender.visitor.get(&house, "/pd/templat/1").await;
        let template: Vec<Sheet> = serde_json::from_str(&ask("book_facts.py", &template.body)).unwrap();
        assert_eq!(template[0].rows[0][..5], ["Sasaran", "Indikator", "Satuan", "Target", "Realisasi"]);
        assert!(template[0].formulas.is_empty());
    });
}

#[test]
fn the_zip_says_the_same_to_python() {
    run(async || {
        let (house, sender) = with_report().await;
        let answer = house.signed_in("staf").await.get(&house, "/pelaksanaan/1/lkj.zip").await;
        let files: BTreeMap<String, String> =
            serde_json::from_str(&ask("zip_facts.py", &answer.body)).unwrap();
        let office = house.opened.office.office();
        let sent = office.runs[&RUN].reports.values().flat_map(|report| &report.last().unwrap().digest.files);
        assert_eq!(files.len(), sent.count());
        let short = &office.agencies[&sender.code].short;
        assert_eq!(files[&format!("{short}/LKj.pdf")], format!("{:x}", Sha256::digest(PDF)));
    });
}

#[test]
fn the_receipt_is_a_pdf_whose_text_can_be_taken_out() {
    run(async || {
        let (house, sender) = with_report().await;
        let paper = sender.visitor.get(&house, "/pd/tanda-terima/1/1").await;
        let text = output(Command::new("pdftotext").args(["-layout", "-", "-"]), &paper.body);
        let office = house.opened.office.office();
        let receipt = desk::report::Receipt::of(&office, RUN, &sender.code, 1).unwrap();
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let together: String = text.split_whitespace().collect();
        for words in
            [&receipt.number, &receipt.agency, &receipt.received_wib, &receipt.received_utc, &receipt.timing]
        {
            assert!(flat.contains(words.as_str()), "{words}: {text}");
        }
        // Long hashes may be broken at the end of a line.
        assert!(together.contains(&receipt.content) && together.contains(&receipt.files[0].sha256), "{text}");
        assert!(together.contains(&format!("/cek/{}", receipt.code)), "{text}");
    });
}

/// Names in every script that Indonesia writes are text in a receipt, in the order in which they are read.
#[test]
fn names_in_a_receipt_are_read_in_their_scripts() {
    let names = [
        "Nguyễn Łódź – Žižek",
        "وزارة الداخلية",
        "محمد يوسف",
        "ڤڠݢڽۏ چڎۑڟ",
        "ꦢꦶꦤꦱ꧀ꦥꦼꦤ꧀ꦢꦶꦢꦶꦏꦤ꧀",
        "ꦏꦺꦴꦠꦪꦺꦴꦒꦾꦏꦂꦠ",
        "ꦫꦢꦺꦤ꧀ꦄꦗꦼꦁꦏꦂꦠꦶꦤꦶ",
        "ꦧꦺꦴꦫꦺꦴꦧꦸꦢꦸꦂ",
        "ᬦᬶᬫᬤᬾᬲᬸᬓᬭᬶ",
        "ᬯᬬᬦ᭄ᬓᭀᬲ᭄ᬢᭂᬃ",
        "ᮘᮔ᮪ᮓᮥᮀ",
        "ᨅᨔ ᨕᨘᨁᨗ",
        "Жуков",
        "文件",
    ];
    let file = |name: &str| ReceiptFile {
        name: name.to_owned(),
        size_words: "1,2 MB".to_owned(),
        sha256: "ab".repeat(32),
    };
    let paper = ReceiptPaper {
        office: "Biro Organisasi".to_owned(),
        number: "0042/LKj/2026".to_owned(),
        agency: "ꦢꦶꦤꦱ꧀ꦏꦼꦧꦸꦢꦪꦲꦤ꧀ · Dinas Kebudayaan · دينس كبودايأن".to_owned(),
        data_year: 2025,
        round: 1,
        received_wib: "Jumat, 9 Januari 2026 pukul 14.05.30 WIB".to_owned(),
        received_utc: "2026-01-09T07:05:30Z".to_owned(),
        timing: "tepat waktu".to_owned(),
        files: names.map(file).to_vec(),
        content_sha256: "cd".repeat(32),
        check_url: "https://alur.example.go.id/cek/1".to_owned(),
        practice: false,
    };
    let pdf = receipt(&paper, DateTime::UNIX_EPOCH).unwrap();
    let text = output(Command::new("pdftotext").args(["-layout", "-", "-"]), &pdf);
    // Marks that pdftotext sets around what is read from the right.
    let text: String = text.chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}')).collect();
    assert!(text.contains(&paper.agency), "{text}");
    for (number, name) in (1..).zip(names) {
        let name = if name == "文件" { "[U+6587][U+4EF6]" } else { name };
        let line = text.lines().find(|line| line.trim_start().starts_with(&format!("{number}. "))).unwrap();
        assert!(line.contains(name), "{name}: {line}");
    }
    let about = output(Command::new("pdfinfo").arg("-"), &pdf);
    assert!(about.contains("Tagged:          yes") && about.contains("PDF version:     1.7"), "{about}");
}

/// LibreOffice is large, so `make test` does not install it. Where it is there, it must open
/// what is exported, with the same content.
#[test]
fn libreoffice_opens_what_is_exported() {
    let Some(office) = ["soffice", "libreoffice"].into_iter().find(|name| {
        Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    }) else {
        println!("LibreOffice is not installed; openpyxl has read the same");
        return;
    };
    run(async move || {
        let (house, sender) = with_report().await;
        let staff = house.signed_in("staf").await;
        let folder = TempDir::new().unwrap();
        let zip = staff.get(&house, "/pelaksanaan/1/lkj.zip").await.body;
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
        archive.extract(folder.path().join("zip")).unwrap();
        let book = folder.path().join("lkj.xlsx");
        std::fs::write(&book, staff.get(&house, "/pelaksanaan/1/lkj.xlsx").await.body).unwrap();
        // All sheets, as UTF-8, every cell as shown.
        let filter = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1";
        let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
        let mut convert = Command::new(office);
        convert
            .args([&profile, "--headless", "--convert-to", filter, "--outdir"])
            .arg(folder.path())
            .arg(&book);
        assert!(convert.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success());
        let sheet =
            |name: &str| std::fs::read_to_string(folder.path().join(format!("lkj-{name}.csv"))).unwrap();
        let (matrix, rows) = (sheet("LKj PD"), sheet("Capaian"));
        let state = house.opened.office.office();
        let agency = &state.agencies[&sender.code];
        assert_eq!(matrix.lines().count(), state.agencies.len() + 1, "{matrix}");
        let line = matrix.lines().find(|line| line.contains(&agency.name)).unwrap();
        assert!(
            line.contains("terkirim") && line.contains("tepat waktu") && line.contains("12/13"),
            "{line}"
        );
        assert!(rows.contains("HYPERLINK") && !rows.contains("\nklik"), "the formula is text: {rows}");
        assert!(rows.contains("98,50%") && rows.contains("1.234,5"), "{rows}");
        println!(
            "LibreOffice reads {} lines of the matrix and {} of the tables",
            matrix.lines().count(),
            rows.lines().count()
        );
    });
}
