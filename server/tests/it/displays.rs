//! Displays: pairing, what they may see, and how their right ends.

use app::office::wall::WallSnapshot;
use app::wall::server::{DisplayList, Pairing};
use axum::http::StatusCode;
use desk::account::People;
use desk::live::Message;
use domain::id::RunId;
use domain::office::evolve;

use crate::harness::{Answer, House, Sender, Visitor, row, run};

/// A display: a browser that keeps its cookies.
#[derive(Clone, Default)]
struct Screen {
    cookies: Vec<(String, String)>,
}

impl Screen {
    async fn get(&mut self, house: &House, path: &str) -> Answer {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Visitor::default().request("GET", path).header("cookie", cookies.join("; "));
        let request =
            request.header("accept", if path.starts_with("/api") { "application/json" } else { "text/html" });
        let answer = house.send(request.body(axum::body::Body::empty()).unwrap()).await;
        for set in answer.headers.get_all("set-cookie") {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        answer
    }

    fn cookie(&self) -> String {
        let cookie = self.cookies.iter().find(|(name, _)| name == "alur_papan");
        format!("alur_papan={}", cookie.map_or("", |(_, value)| value))
    }

    async fn code(&mut self, house: &House) -> String {
        match self.get(house, "/api/pairing").await.json() {
            Pairing::Waiting { code, .. } => code,
            Pairing::Paired => panic!("paired already"),
        }
    }
}

async fn pair(house: &House, admin: &Visitor, name: &str) -> Screen {
    let mut screen = Screen::default();
    let code = screen.code(house).await;
    let paired = admin.post(house, "/api/pair-display", &[("kode", &code), ("nama", name)]).await;
    assert_eq!(paired.status, StatusCode::OK, "{}", paired.text());
    assert_eq!(screen.get(house, "/api/pairing").await.json::<Pairing>(), Pairing::Paired);
    screen
}

async fn list(house: &House, admin: &Visitor) -> DisplayList {
    admin.get(house, "/api/displays").await.json()
}

#[test]
fn a_display_is_paired_by_its_code_and_keeps_its_cookie() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let mut screen = Screen::default();
        let page = screen.get(&house, "/papan/pasang").await;
        let code = screen.code(&house).await;
        assert!(page.text().contains(&code), "the page shows the code that the script asks for");
        assert!(page.text().contains("<svg viewBox"), "and the same as a QR code");
        let mut thief = Screen::default();
        assert_ne!(thief.code(&house).await, code);
        let wrong = admin.post(&house, "/api/pair-display", &[("kode", "BBBB-BBBB"), ("nama", "Lobi")]).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        let right = [("kode", code.as_str()), ("nama", "Ruang Karo")];
        let staff = house.signed_in("staf").await;
        assert_eq!(staff.post(&house, "/api/pair-display", &right).await.status, StatusCode::FORBIDDEN);
        assert_eq!(admin.post(&house, "/api/pair-display", &right).await.status, StatusCode::OK);
        assert_eq!(list(&house, &admin).await.displays[0].seen, None);
        let led = screen.get(&house, "/papan/pasang").await;
        assert_eq!((led.status, led.header("location")), (StatusCode::FOUND, "/papan"));
        let wall = screen.get(&house, "/papan").await;
        let renewed = wall.header("set-cookie");
        assert!(renewed.starts_with(&screen.cookie()), "{renewed}");
        for part in ["HttpOnly", "SameSite=Lax", "Max-Age=34560000"] {
            assert!(renewed.contains(part), "{renewed}");
        }
        assert!(wall.text().contains("Ruang Karo"), "it knows its name");
        assert!(list(&house, &admin).await.displays[0].seen.is_some());
        assert!(matches!(thief.get(&house, "/api/pairing").await.json(), Pairing::Waiting { .. }));
        // Its code is used up.
        assert_eq!(admin.post(&house, "/api/pair-display", &right).await.status, StatusCode::BAD_REQUEST);
    });
}

#[test]
fn who_guesses_codes_has_to_wait() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let guess = async || {
            admin.post(&house, "/api/pair-display", &[("kode", "BCDF-GHJK"), ("nama", "x")]).await.status
        };
        for _ in 0..5 {
            assert_eq!(guess().await, StatusCode::BAD_REQUEST);
        }
        assert_eq!(guess().await, StatusCode::TOO_MANY_REQUESTS);
    });
}

#[test]
fn outside_practice_a_stranger_is_led_to_pairing_and_never_to_signing_in() {
    run(async || {
        let house = House::empty().await;
        let mut screen = Screen::default();
        let page = screen.get(&house, "/papan").await;
        assert_eq!((page.status, page.header("location")), (StatusCode::FOUND, "/papan/pasang"));
        assert_eq!(screen.get(&house, "/api/wall").await.status, StatusCode::UNAUTHORIZED);
        let poll = screen.get(&house, "/api/events?after=0&wait=0&papan=1").await;
        assert_eq!(poll.status, StatusCode::UNAUTHORIZED);
        let practice = House::practice().await;
        assert_eq!(screen.get(&practice, "/papan").await.status, StatusCode::OK);
        assert_eq!(
            screen.get(&practice, "/api/events?after=0&wait=0").await.status,
            StatusCode::UNAUTHORIZED
        );
    });
}

/// Nothing that is made for people answers to a display.
#[test]
fn a_display_is_refused_by_everything_but_the_wall() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let screen = pair(&house, &admin, "Lobi").await;
        let open = [
            "/api/wall",
            "/api/pairing",
            "/api/frame",
            "/api/flash",
            "/api/practice-accounts",
            "/api/first-link",
            "/api/look-at-link",
            "/api/sign-in",
            "/api/sign-out",
            "/api/first-admin",
            "/api/password-link",
            "/api/use-password-link",
        ];
        let mut asked = 0;
        for (path, method) in leptos::server_fn::axum::server_fn_paths() {
            if open.contains(&path) {
                continue;
            }
            let fields = "run=1&cell=6.staf&round=1&command_id=x&sop=ORG.2.2.2/1&data_year=2026&number=ORG.2.2.2\
                          &akun=x&nama=x&sandi=x&sandi_lama=x&sandi_baru=x&sandi_ulang=x&berkas=x&kode=x&papan=x&alasan=x";
            let query = if method == axum::http::Method::GET { format!("?{fields}") } else { String::new() };
            let request = Visitor::default()
                .request(method.as_str(), &format!("{path}{query}"))
                .header("cookie", screen.cookie())
                .header("content-type", "application/x-www-form-urlencoded");
            let body = if query.is_empty() { fields } else { "" };
            let answer = house.send(request.body(axum::body::Body::from(body)).unwrap()).await;
            let refused = [StatusCode::UNAUTHORIZED, StatusCode::BAD_REQUEST, StatusCode::FORBIDDEN];
            assert!(refused.contains(&answer.status), "{path}: {} {}", answer.status, answer.text());
            asked += u32::from(answer.status == StatusCode::UNAUTHORIZED);
        }
        assert!(asked >= 15, "only {asked} were really asked");
        for path in ["/berkas/0000000000000000000000000000000000000000000000000000000000000000"] {
            assert_eq!(screen.clone().get(&house, path).await.status, StatusCode::UNAUTHORIZED, "{path}");
        }
        let page = screen.clone().get(&house, "/pelaksanaan/1").await;
        assert!(page.header("location").starts_with("/masuk"), "{}", page.status);
    });
}

/// What people write where it can be written: names, numbers, and what a letter says.
const SECRETS: [&str; 6] = [
    "Bu Sulastri",
    "196804121990032007",
    "0812-7400-1234",
    "Rahasia isi surat",
    "Nota untuk Pak Darwis",
    "perkara-77",
];

fn secret(what: &str) -> String {
    format!("{what}: {}", SECRETS.join(", "))
}

#[test]
fn what_the_wall_is_sent_names_nobody() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let mut screen = pair(&house, &admin, "Lobi").await;
        let server = house.serve().await;
        let before = house.opened.deps.desk.office().seq;
        let cookie = [("cookie", screen.cookie())];
        let cookie = cookie.each_ref().map(|(name, value)| (*name, value.as_str()));
        let mut following = server.try_page(&format!("after={before}"), &cookie).await.unwrap();
        fill_with_secrets(&house).await;

        let seq = house.opened.deps.desk.office().seq;
        assert!(seq >= before + 10, "only {} events", seq - before);
        // The page as it is loaded, the snapshot, the whole stream, what a page that was there
        // already is told, and the same over the long poll.
        let mut bytes = screen.get(&house, "/papan").await.text();
        bytes.push_str(&screen.get(&house, "/api/wall").await.text());
        let mut office = domain::office::Office::default();
        let mut page = server.try_page("after=0", &cookie).await.unwrap();
        while office.seq < seq {
            if let Message::Events { records } = page.next().await.unwrap() {
                bytes.push_str(&serde_json::to_string(&records).unwrap());
                records.iter().for_each(|record| evolve(&mut office, record));
            }
        }
        let mut heard = before;
        while heard < seq {
            if let Message::Events { records } = following.next().await.unwrap() {
                bytes.push_str(&serde_json::to_string(&records).unwrap());
                heard = records.last().unwrap().seq;
            }
        }
        bytes.push_str(&screen.get(&house, "/api/events?after=0&wait=0").await.text());
        assert!(office.runs[&RunId(1)].paused().is_some());

        let people = house.opened.deps.accounts.names();
        let roles = |id| ["actor", "by", "reviewer", "to"].map(|field| format!("\"{field}\":\"{id}\""));
        let mut hidden: Vec<_> =
            people.iter().flat_map(|(id, it)| roles(id).into_iter().chain([it.name.clone()])).collect();
        assert!(people.len() >= 6);
        hidden.extend(SECRETS.map(str::to_owned));
        // Names and hashes of the files of every report, and the codes of the receipts.
        for report in house.opened.deps.desk.office().runs[&RunId(1)].reports.values() {
            for round in &report.rounds {
                hidden.extend([round.code.clone(), round.digest.content.clone()]);
                hidden.extend(round.digest.files.iter().flat_map(|it| [it.name.clone(), it.sha256.clone()]));
            }
        }
        hidden.extend(["jeda-1", ".pdf", "Menyusul setelah"].map(str::to_owned));
        assert!(hidden.len() > 60, "only {} things were looked for", hidden.len());
        for text in &hidden {
            assert!(!bytes.contains(text.as_str()), "{text}");
        }
        let nip = |text: &str| text.len() == 18 && text.bytes().all(|byte| byte.is_ascii_digit());
        let numbers = bytes.split(|letter: char| !letter.is_ascii_digit());
        assert_eq!(numbers.filter(|text| nip(text)).collect::<Vec<_>>(), Vec::<&str>::new());
    });
}

/// Writes into everything that people can write into: reasons, notes, findings, remarks, rows,
/// file names.
async fn fill_with_secrets(house: &House) {
    let (staff, subhead, head) =
        (house.signed_in("staf").await, house.signed_in("kasubbag").await, house.signed_in("kabag").await);
    let accepted = async |who: &Visitor, path: &str, fields: &[(&str, &str)]| {
        let answer = who.post(house, path, fields).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    };
    let sender = Sender::fresh(house).await;
    let code = sender.code.as_str();
    sender.send(house, vec![row(&secret("Indikator"), "100", "90")]).await;
    let of = |id: &'static str| [("run", "1"), ("pd", code), ("round", "1"), ("command_id", id)];
    let note = secret("Catatan");
    let judged = [&of("nilai-9")[..], &[("kurang[lampiran]", "ya"), ("catatan", &note)]].concat();
    accepted(&staff, "/api/judge-report", &judged).await;
    let reviewed = [&of("reviu-9")[..], &[("daftar", "1"), ("jawab[I.1]", "ya")]].concat();
    accepted(&subhead, "/api/review-report", &reviewed).await;
    let returned = [&of("kembali-9")[..], &[("temuan[umum]", &note), ("temuan[baris.1]", &note)]].concat();
    accepted(&staff, "/api/return-report", &returned).await;

    let second = house.opened.deps.desk.office().runs[&RunId(1)].data_year + 1;
    let year = second.to_string();
    let start = [("sop", "ORG.2.2.2/1"), ("data_year", year.as_str()), ("command_id", "mulai-9")];
    accepted(&staff, "/api/start-run", &start).await;
    let finish = |cell: &'static str, id: &'static str| {
        [("run", "2"), ("cell", cell), ("round", "1"), ("command_id", id)]
    };
    accepted(&staff, "/api/finish-cell", &finish("1.staf", "s-1")).await;
    let noted = [&finish("2.staf", "s-2")[..], &[("isi[nota]", &note)]].concat();
    accepted(&staff, "/api/finish-cell", &noted).await;
    let returned = [&finish("2.kasubbag", "s-3")[..], &[("alasan", &note)]].concat();
    accepted(&subhead, "/api/return-cell", &returned).await;
    let reason = secret("Rapat bersama");
    let pause = [("run", "1"), ("command_id", "jeda-1"), ("alasan", reason.as_str())];
    accepted(&head, "/api/pause-run", &pause).await;
    let cancel = [("run", "2"), ("command_id", "batal-1"), ("alasan", reason.as_str())];
    accepted(&head, "/api/cancel-run", &cancel).await;
}

#[test]
fn a_revoked_display_hears_of_it_at_once_and_gets_nothing_more() {
    run(async || {
        let house = House::practice().await;
        let admin = house.signed_in("admin").await;
        let mut screen = pair(&house, &admin, "Lobi").await;
        let server = house.serve().await;
        let seq = screen.get(&house, "/api/wall").await.json::<WallSnapshot>().office.seq;
        let cookie = [("cookie", screen.cookie())];
        let cookie = cookie.each_ref().map(|(name, value)| (*name, value.as_str()));
        let mut page = server.try_page(&format!("after={seq}"), &cookie).await.unwrap();
        assert!(matches!(page.next().await, Ok(Message::Beat { .. })));
        let shown = list(&house, &admin).await.displays.remove(0);
        assert!(shown.connected);

        let id = shown.id.as_str();
        let rename = [("papan", id), ("nama", "Ruang Karo")];
        assert_eq!(admin.post(&house, "/api/rename-display", &rename).await.status, StatusCode::OK);
        assert_eq!(
            admin.post(&house, "/api/identify-display", &[("papan", id)]).await.status,
            StatusCode::OK
        );
        assert_eq!(page.next().await, Ok(Message::Call { name: "Ruang Karo".to_owned() }));

        assert_eq!(admin.post(&house, "/api/revoke-display", &[("papan", id)]).await.status, StatusCode::OK);
        assert_eq!(page.next().await, Err(4403));
        assert_eq!(server.try_page("after=0", &cookie).await.err(), Some(401));
        assert_eq!(screen.get(&house, "/api/events?after=0&wait=0").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(screen.get(&house, "/api/wall").await.status, StatusCode::FORBIDDEN);
        let page = screen.get(&house, "/papan").await;
        assert!(page.text().contains("Papan ini dicabut"), "{}", page.status);
        assert!(list(&house, &admin).await.displays.is_empty());
        let again = admin.post(&house, "/api/revoke-display", &[("papan", id)]).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn displays_are_known_again_after_a_restart() {
    run(async || {
        let house = House::on_disk().await;
        let admin = house.signed_in("admin").await;
        let screen = pair(&house, &admin, "Lobi").await;
        let kept = house.opened.deps.store.displays().await.unwrap();
        assert_eq!((kept.len(), kept[0].name.as_str()), (1, "Lobi"));
        let secret = screen.cookie().split_once('=').unwrap().1.to_owned();
        assert_ne!(kept[0].key.as_hex(), secret, "only the hash is kept");
        let anew = services::display::Displays::open(house.opened.deps.store.clone()).await.unwrap();
        assert!(std::sync::Arc::new(anew).present(&secret, chrono::Utc::now()).is_some());
    });
}
