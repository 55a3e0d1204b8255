//! A brought table is shown first, and imported only as it was shown.

use axum::body::Body;
use axum::http::{StatusCode, header};
use desk::report::Submissions;

use crate::harness::{Answer, House, RUN, Sender, Visitor, row, run};

const PAGE: &str = "/pd/lkj/2026/impor";

/// A table of two years, with a sum and a doubtful number.
const TABLE: &str = "Sasaran;Indikator;Satuan;Target 2025;Target 2026;Realisasi 2026\n\
    S;Indikator A;%;70;80;81\n;Indikator B;Dokumen;1;1.234;1.300\n;Rata-rata;;;;101\n";

async fn bring(house: &House, visitor: &Visitor, csv: &str) -> Answer {
    let body = format!(
        "--batas\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"capaian.csv\"\r\n\r\n{csv}\r\n--batas--\r\n"
    );
    let request = visitor.request("POST", "/pd/impor/1");
    let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=batas");
    house.send(request.header(header::ACCEPT, "text/html").body(Body::from(body)).unwrap()).await
}

async fn rows(house: &House, sender: &Sender) -> Vec<String> {
    let draft = house.opened.deps.reports.draft(RUN, sender.code.clone()).await.unwrap();
    let row = |row: &domain::achievement::Row| format!("{}|{}|{}", row.indikator, row.target, row.realisasi);
    draft.rows.iter().map(row).collect()
}

#[test]
fn nothing_is_imported_before_it_was_shown() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        let brought = bring(&house, &sender.visitor, TABLE).await;
        assert_eq!((brought.status, brought.header("location")), (StatusCode::SEE_OTHER, PAGE));
        assert!(rows(&house, &sender).await.is_empty());
        let page = sender.visitor.get(&house, PAGE).await.text();
        for words in [
            "capaian.csv",
            "Impor 2 baris",
            "name=\"kolom[target]\"",
            "tahun data 2026",
            "name=\"isi[E3]\"",
            "Baris 4",
            "jumlah atau rata-rata",
        ] {
            assert!(page.contains(words), "{words}");
        }
        // Another column was chosen: it is shown again.
        let other = [("run", "1"), ("base", "0"), ("langkah", "impor"), ("kolom[target]", "3")];
        let answer = sender.visitor.post(&house, "/api/import-rows", &other).await;
        assert_eq!(answer.text(), "\"shown\"");
        assert!(rows(&house, &sender).await.is_empty());
        assert!(sender.visitor.get(&house, PAGE).await.text().contains("Pilihan berubah"));
        let back = [("run", "1"), ("base", "0"), ("langkah", "lihat"), ("kolom[target]", "4")];
        assert_eq!(sender.visitor.post(&house, "/api/import-rows", &back).await.text(), "\"shown\"");
        // Now as it is shown, with a number mended.
        let import = [
            ("run", "1"),
            ("base", "0"),
            ("langkah", "impor"),
            ("kolom[target]", "4"),
            ("isi[E3]", "1.250"),
            ("periksa", "true"),
        ];
        let answer = sender.visitor.post(&house, "/api/import-rows", &import).await;
        assert_eq!(answer.text(), "{\"rows\":2}");
        assert_eq!(rows(&house, &sender).await, ["Indikator A|80|81", "Indikator B|1.250|1.300"]);
        let again = sender.visitor.post(&house, "/api/import-rows", &import).await;
        assert!(again.problem().to_string().contains("tidak tersimpan lagi"), "{}", again.problem());
    });
}

#[test]
fn rows_that_are_there_are_marked_and_not_added_twice() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        let mut there = row("Indikator A", "1", "1");
        "S".clone_into(&mut there.sasaran);
        sender.save(&house, vec![there, row("Lain", "5", "5")]).await;
        bring(&house, &sender.visitor, TABLE).await;
        let page = sender.visitor.get(&house, PAGE).await.text();
        assert!(page.contains("sudah ada") && page.contains("Ganti isi tabel (2 baris yang ada dihapus)"));
        let version = house.opened.deps.reports.draft(RUN, sender.code.clone()).await.unwrap().rows_version;
        let (version, older) = (version.to_string(), (version + 7).to_string());
        let form = |base| {
            [("run", "1"), ("base", base), ("langkah", "impor"), ("cara", "tambah"), ("periksa", "true")]
        };
        let answer = sender.visitor.post(&house, "/api/import-rows", &form(&older)).await;
        assert!(answer.problem().to_string().contains("diubah di perangkat lain"), "{}", answer.text());
        let answer = sender.visitor.post(&house, "/api/import-rows", &form(&version)).await;
        assert_eq!(answer.text(), "{\"rows\":1}");
        assert_eq!(rows(&house, &sender).await, ["Indikator A|1|1", "Lain|5|5", "Indikator B|1.234|1.300"]);
    });
}

#[test]
fn a_table_is_shown_to_the_session_that_brought_it_only() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::at_work(&house).await;
        let other = Sender::at_work(&house).await;
        bring(&house, &sender.visitor, TABLE).await;
        assert!(sender.visitor.get(&house, PAGE).await.text().contains("Indikator B"));
        let page = other.visitor.get(&house, PAGE).await.text();
        assert!(page.contains("Belum ada berkas") && !page.contains("Indikator B"));
        let form = [("run", "1"), ("base", "1"), ("langkah", "impor"), ("periksa", "true")];
        let answer = other.visitor.post(&house, "/api/import-rows", &form).await;
        assert!(answer.problem().to_string().contains("tidak tersimpan lagi"));
    });
}
