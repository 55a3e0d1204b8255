//! The administrator's calendar: looked at first, then applied, and said in the history.

use axum::body::Body;
use axum::http::{StatusCode, header};
use desk::problem::Problem;
use domain::log::{CalendarEvent, Event};
use tempfile::TempDir;

use crate::harness::pausing::sign_in;
use crate::harness::{Answer, House, Program, RUN, Visitor, run};

const CHANGE: &str = "/api/change-calendar";

fn day<'a>(id: &'a str, date: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("apa", "tambah"),
        ("command_id", id),
        ("isian[tanggal]", date),
        ("isian[jenis]", "kantor_tutup"),
        ("isian[nama]", "Pindah ruang"),
        ("isian[dasar]", ""),
    ]
}

fn location(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header("location").to_owned()
}

#[test]
fn a_change_is_looked_at_then_applied_and_stands_in_the_history() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let before = house.opened.deps.desk.office();
        // Row 6 waits until 10 January whatever the calendar says; what follows it is planned anew.
        let page = "/kelola/kalender/2027";
        let asked = admin.submit(&house, page, CHANGE, &day("hari-1", "2027-01-13")).await;
        let preview = location(&asked);
        assert!(preview.starts_with("/kelola/kalender/2027?gagal="), "{preview}");
        assert_eq!(*house.opened.deps.desk.office(), *before, "nothing has changed yet");
        let shown = admin.get(&house, &preview).await.text();
        assert!(shown.contains("Periksa dahulu: belum ada yang disimpan"), "{shown}");
        assert!(
            shown.contains("Rencana baris 9 Analisa pemenuhan: 22 Jan 16.30 menjadi 25 Jan 16.00"),
            "{shown}"
        );

        let mut sure = day("hari-2", "2027-01-13");
        sure.push(("yakin", "ya"));
        let applied = admin.submit(&house, &preview, CHANGE, &sure).await;
        assert_eq!(location(&applied), "/kelola/kalender/2027?sudah=ya");
        let office = house.opened.deps.desk.office();
        let last = &office.runs[&RUN].history.last().unwrap().event;
        assert!(
            matches!(last, Event::Calendar(CalendarEvent::DaysOffChanged { moved, .. }) if !moved.is_empty())
        );
        let sheet = admin.get(&house, "/pelaksanaan/1").await.text();
        assert!(
            sheet.contains("Hari libur ditambah: 13 Januari 2027 Pindah ruang (kantor tutup)"),
            "{sheet}"
        );
        let log = admin.get(&house, "/kelola/kalender").await.text();
        assert!(log.contains("menggeser batas waktu di 1 pelaksanaan"), "{log}");
    });
}

#[test]
fn what_is_refused_comes_back_as_it_was_typed() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let mut typed = day("hari-1", "2027-01-13");
        typed[3] = ("isian[jenis]", "libur_nasional");
        let answer = admin.submit(&house, "/kelola/kalender/2027", CHANGE, &typed).await;
        let shown = admin.get(&house, &location(&answer)).await.text();
        assert!(shown.contains("belum menyebut dasar keputusannya"), "{shown}");
        assert!(shown.contains("value=\"Pindah ruang\""), "{shown}");
        let staff = house.signed_in("staf").await;
        let forbidden = staff.post(&house, CHANGE, &day("hari-2", "2027-01-13")).await;
        assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
        assert_eq!(staff.get(&house, "/kelola/kalender").await.status, StatusCode::FORBIDDEN);
        assert_eq!(admin.get(&house, "/kelola/kalender/abc").await.status, StatusCode::NOT_FOUND);
        let unsure = admin.post(&house, CHANGE, &day("hari-3", "2027-01-13")).await;
        assert_eq!((unsure.status.as_u16(), unsure.problem()), (428, Problem::Confirm));
    });
}

#[test]
fn a_year_without_a_decree_says_so_until_its_file_is_brought_in() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let page = admin.get(&house, "/kelola/kalender/2028").await.text();
        assert!(page.contains("Kalender 2028 belum ditetapkan. Alur tidak menebak"), "{page}");

        let bad =
            "tanggal,jenis,nama,dasar\n2028-1-1,libur_nasional,Tahun Baru,SKB\n2028-01-02,libur,Lain,SKB\n";
        let shown = admin.get(&house, &location(&upload(&house, &admin, bad).await)).await.text();
        assert!(shown.contains("baris 2: tanggal") && shown.contains("baris 3: jenis"), "{shown}");

        let good = "tanggal,jenis,nama,dasar\n2028-01-01,libur_nasional,Tahun Baru,SKB 3 Menteri\n";
        let preview = location(&upload(&house, &admin, good).await);
        let shown = admin.get(&house, &preview).await.text();
        assert!(shown.contains("Kalender 2028 ditetapkan; sebelumnya belum"), "{shown}");
        assert!(!house.opened.deps.desk.office().calendar.is_decreed(2028));
        let fields = [
            ("apa", "impor"),
            ("command_id", "impor-1"),
            ("isian[tahun]", "2028"),
            ("isian[csv]", good),
            ("yakin", "ya"),
        ];
        location(&admin.submit(&house, &preview, CHANGE, &fields).await);
        assert!(house.opened.deps.desk.office().calendar.is_decreed(2028));
        let csv = admin.get(&house, "/kelola/kalender/2028/hari-libur.csv").await;
        assert_eq!(csv.text(), good);
        assert!(csv.header("content-disposition").contains("hari-libur-2028.csv"));
        let staff = house.signed_in("staf").await;
        let refused = staff.get(&house, "/kelola/kalender/2028/hari-libur.csv").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    });
}

async fn upload(house: &House, admin: &Visitor, csv: &str) -> Answer {
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"a.csv\"\r\n\r\n{csv}\r\n--b--\r\n"
    );
    let request = admin
        .request("POST", "/kelola/kalender/2028/impor")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
    house.send(request.body(Body::from(body)).unwrap()).await
}

#[test]
fn hours_change_from_a_day_on_and_ramadan_is_only_a_proposal() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let week = [("isian[hari0]", "08.00-12.00"), ("isian[hari1]", "08.00-12.00, 13.00-15.00")];
        let usual = [
            &[("apa", "jam"), ("command_id", "jam-1"), ("isian[mulai]", "2027-06-01"), ("yakin", "ya")],
            &week[..],
        ]
        .concat();
        let answer = admin.post(&house, CHANGE, &usual).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let mut special = vec![
            ("apa", "khusus"),
            ("command_id", "khusus-1"),
            ("isian[nama]", "Ramadan 1448 H"),
            ("isian[mulai]", "2027-02-08"),
            ("isian[selesai]", "2027-03-09"),
            ("yakin", "ya"),
        ];
        special.extend(week);
        let answer = admin.post(&house, CHANGE, &special).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.problem().to_string().contains("hanya usulan"));
        special.extend([("isian[cocok]", "ya"), ("command_id", "khusus-2")]);
        special.retain(|field| *field != ("command_id", "khusus-1"));
        assert_eq!(admin.post(&house, CHANGE, &special).await.status, StatusCode::OK);
        let calendar = house.opened.deps.desk.office().calendar.clone();
        assert_eq!((calendar.exceptions().len(), calendar.hours_changes().len()), (1, 1));
        let page = admin.get(&house, "/kelola/kalender").await.text();
        assert!(page.contains("Ramadan 1448 H") && page.contains("Mulai 1 Juni 2027"), "{page}");
    });
}

/// The same office at the same moment on two machines: the page says the same.
#[test]
fn the_zone_of_the_machine_changes_nothing() {
    run(async || {
        let mut drawn = Vec::new();
        for zone in ["Asia/Jakarta", "America/New_York", "Pacific/Kiritimati"] {
            let folder = TempDir::new().unwrap();
            let environment = [("TZ", zone), ("ALUR_NOW", "=2027-01-07T03:47:00+07:00")];
            let program = Program::start_with(folder.path(), "practice", &environment);
            let session = sign_in(&program).await.remove(0);
            let page = reqwest::Client::new().get(format!("{}/pelaksanaan/1", program.site));
            let page = page.header("cookie", session).send().await.unwrap().text().await.unwrap();
            let (_, text) = page.split_once("<pre id=\"teks\"").unwrap();
            let (text, _) = text.split_once("</pre>").unwrap();
            assert!(text.contains("sampai 10 Jan 23.59"), "{text}");
            drawn.push(text.to_owned());
        }
        assert!(drawn.iter().all(|text| *text == drawn[0]));
    });
}
