//! What the office takes away: workbook, zip, the list of agencies; and bringing that in.

use std::io::{Cursor, Read};

use axum::body::Body;
use axum::http::{StatusCode, header};
use domain::id::AgencyCode;
use paper::sheet_in::{Limits, read_table};
use zip::ZipArchive;

use crate::harness::{Answer, House, PDF, Sender, Visitor, row, run};

/// A file of a zip.
fn entry(zip: &[u8], name: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut bytes = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

fn text(zip: &[u8], name: &str) -> String {
    String::from_utf8(entry(zip, name)).unwrap()
}

#[test]
fn the_workbook_has_the_matrix_and_all_rows_and_no_formula() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        let hostile = "=HYPERLINK(\"http://jahat.example\";\"klik\")";
        sender.send(&house, vec![row(hostile, "100", "90"), row("Indikator B", "4", "3")]).await;
        let staff = house.signed_in("staf").await;
        let answer = staff.get(&house, "/pelaksanaan/1/lkj.xlsx").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.header("content-disposition").starts_with("attachment"));
        let table = read_table(&answer.body, &Limits::default()).unwrap();
        let office = house.opened.deps.desk.office();
        assert_eq!(table.len(), office.agencies.len() + 1);
        let name = &office.agencies[&sender.code].name;
        let line = table.iter().find(|line| line[0] == *name).unwrap();
        assert_eq!((&*line[2], &*line[4], &*line[5]), ("terkirim", "tepat waktu", "12/13"));
        assert_eq!(line[6], "82,50%");
        let words = text(&answer.body, "xl/sharedStrings.xml");
        assert!(words.contains("'=HYPERLINK") && words.contains("90,00%") && words.contains("Tinggi"));
        assert!(!words.contains(">=HYPERLINK"), "a formula is neutralised");
        assert!(!text(&answer.body, "xl/worksheets/sheet2.xml").contains("<f>"), "nothing is computed");
    });
}

#[test]
fn the_zip_has_the_files_of_the_latest_rounds_in_folders() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        sender.send(&house, vec![row("Indikator A", "100", "90")]).await;
        let answer = house.signed_in("karo").await.get(&house, "/pelaksanaan/1/lkj.zip").await;
        assert_eq!(answer.status, StatusCode::OK);
        let short = house.opened.deps.desk.office().agencies[&sender.code].short.clone();
        assert_eq!(entry(&answer.body, &format!("{short}/LKj.pdf")), PDF);
    });
}

async fn import(house: &House, visitor: &Visitor, csv: &str) -> Answer {
    let body = format!(
        "--batas\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"pd.csv\"\r\n\r\n{csv}\r\n--batas--\r\n"
    );
    let request = visitor.request("POST", "/kelola/pd/impor");
    let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=batas");
    house.send(request.header(header::ACCEPT, "application/json").body(Body::from(body)).unwrap()).await
}

#[test]
fn the_list_of_agencies_goes_out_and_comes_back() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let csv = admin.get(&house, "/kelola/pd.csv").await;
        assert_eq!(csv.status, StatusCode::OK);
        let same = import(&house, &admin, &csv.text()).await;
        assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing has changed: {}", same.text());
        let more = format!("{}balai-uji;Balai Uji;\"Balai; Uji\"\r\n", csv.text());
        let answer = import(&house, &admin, &more).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let office = || house.opened.deps.desk.office();
        assert_eq!(office().agencies[&AgencyCode::from("balai-uji")].short, "Balai; Uji");
        let commas =
            import(&house, &admin, "kode,nama,singkatan\nsatu,Dinas Satu,Satu\ndua,Dinas Dua,Dua\n").await;
        assert_eq!(commas.status, StatusCode::OK, "{}", commas.text());
        assert_eq!(office().agencies.len(), 2, "who is not in the list is closed");

        let add = [("kode", "tiga"), ("nama", "Dinas Tiga"), ("singkatan", "Tiga"), ("command_id", "pd-1")];
        assert_eq!(admin.post(&house, "/api/add-agency", &add).await.status, StatusCode::OK);
        let twice =
            admin.post(&house, "/api/add-agency", &[("command_id", "pd-2"), add[0], add[1], add[2]]).await;
        assert_eq!(twice.status, StatusCode::BAD_REQUEST, "{}", twice.text());
        let rename =
            [("kode", "tiga"), ("nama", "Dinas Ketiga"), ("singkatan", "D3"), ("command_id", "pd-3")];
        assert_eq!(admin.post(&house, "/api/rename-agency", &rename).await.status, StatusCode::OK);
        assert_eq!(office().agencies[&AgencyCode::from("tiga")].name, "Dinas Ketiga");
        let close = [("kode", "dua"), ("command_id", "pd-4")];
        assert_eq!(admin.post(&house, "/api/close-agency", &close).await.status, StatusCode::OK);
        assert_eq!(office().agencies.len(), 2);
        assert!(admin.get(&house, "/kelola/pd").await.text().contains("daftar contoh"));
    });
}

#[test]
fn the_list_of_agencies_is_the_administrators() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        let staff = house.signed_in("staf").await;
        let before = house.opened.deps.desk.office().seq;
        for (visitor, expected) in [
            (&Visitor::default(), StatusCode::UNAUTHORIZED),
            (&sender.visitor, StatusCode::UNAUTHORIZED),
            (&staff, StatusCode::FORBIDDEN),
        ] {
            for path in ["/kelola/pd.csv", "/api/agencies"] {
                assert_eq!(visitor.get(&house, path).await.status, expected, "{path}");
            }
            let csv = "kode,nama,singkatan\nsatu,Dinas Satu,Satu\n";
            assert_eq!(import(&house, visitor, csv).await.status, expected);
            let form = [("kode", "x"), ("nama", "X"), ("singkatan", "X"), ("command_id", "pd-9")];
            for path in ["/api/add-agency", "/api/rename-agency", "/api/close-agency"] {
                assert_eq!(visitor.post(&house, path, &form).await.status, expected, "{path}");
            }
        }
        assert_eq!(house.opened.deps.desk.office().seq, before);
    });
}
