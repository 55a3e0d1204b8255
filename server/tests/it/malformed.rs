//! Two thousand requests that nobody honest sends: nothing falls over, nothing changes.

use axum::body::Body;
use axum::http::{HeaderValue, Method, header};
use desk::account::People;
use desk::problem::Problem;
use leptos::server_fn::axum::server_fn_paths;
use services::clock::Clock;

use crate::harness::{Answer, House, Visitor, run};

const REQUESTS: u64 = 2000;

/// Addresses that are no server functions.
const OTHERS: [&str; 26] = [
    "/",
    "/masuk",
    "/pertama",
    "/sandi",
    "/pelaksanaan/1",
    "/pelaksanaan/%FF",
    "/pelaksanaan/999999999999",
    "/sop/..%2f..",
    "/sop/%00",
    "/sop/%FF/waktu.xes",
    "/sop/ORG.2.2.2/waktu.ocel.json",
    "/pelaksanaan/%FF/rencana",
    "/kelola/akun",
    "/kelola/jejak",
    "/pelaksanaan/1/pengingat",
    "/pelaksanaan/%FF/pengingat",
    "/kalender/x.ics",
    "/kalender/%FF",
    "/kelola/kalender/%FF",
    "/kelola/kalender/2027/impor",
    "/kelola/kalender/x/hari-libur.csv",
    "/berkas",
    "/berkas/%FF",
    "/live",
    "/api/events",
    "/api/tidak-ada",
];

/// Fields that server functions know, and a value that would be right.
const FIELDS: [(&str, &str); 30] = [
    ("run", "1"),
    ("cell", "6.staf"),
    ("round", "1"),
    ("alasan", "Sebab."),
    ("isi[diterima.setda]", "ya"),
    ("isi[temuan]", "-"),
    ("akun", "staf"),
    ("nama", "Budi"),
    ("jabatan", "-"),
    ("lajur[staf]", "on"),
    ("admin", "on"),
    ("aktif", "on"),
    ("kunci", "x"),
    ("berkas", "{}"),
    ("id", "x"),
    ("after", "1"),
    ("wait", "0"),
    ("ke", "/"),
    ("kembali", "/"),
    ("sop", "ORG.2.2.2/1"),
    ("surel", "bukan alamat"),
    ("kode", "tidak-ada"),
    ("langkah", "h1"),
    ("persen", "80"),
    ("hari", "1"),
    ("naik_awal", "x"),
    ("apa", "tambah"),
    ("isian[tanggal]", "2027-01-13"),
    ("isian[jenis]", "kantor_tutup"),
    ("nomor", "1"),
];

/// Fields that make a request that would be right otherwise wrong for certain: every command
/// is for a run, or a year, that is not there, or has an id that cannot be one, and what is about an
/// account names one that cannot be.
const WRONG: [&[(&str, &str)]; 3] = [
    &[
        ("command_id", "tidak sah"),
        ("akun", "bukan akun"),
        ("sandi", "pendek"),
        ("sandi_lama", "x"),
        ("sandi_baru", "y"),
        ("sandi_ulang", "z"),
    ],
    &[
        ("command_id", ""),
        ("akun", ""),
        ("sandi", ""),
        ("sandi_lama", ""),
        ("sandi_baru", ""),
        ("sandi_ulang", ""),
    ],
    &[
        ("command_id", "uji-1"),
        ("akun", "Bukan Akun!"),
        ("run", "4294967295"),
        ("data_year", "1900"),
        ("sandi", "1234567890"),
        ("kunci", ""),
    ],
];

/// A small generator, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        (self.roll() % n as u64) as usize
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Bytes that mean nothing.
    fn noise(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.roll() as u8).collect()
    }

    /// What somebody may put where a value belongs.
    fn value(&mut self) -> Vec<u8> {
        match self.below(12) {
            0 => Vec::new(),
            1 => b"-1".to_vec(),
            2 => b"1e999".to_vec(),
            3 => b"18446744073709551616".to_vec(),
            4 => b"%FF%FE%00".to_vec(),
            5 => b"%".to_vec(),
            6 => vec![b'9'; 5000],
            7 => "%F0%9F%92%A9".repeat(500).into_bytes(),
            8 => b"%00%0D%0ALocation:%20//evil".to_vec(),
            9 => b"../../etc/passwd".to_vec(),
            10 => b"<script>alert(1)</script>".to_vec(),
            _ => self.noise(40).into_iter().map(|b| if b == b'&' { b'=' } else { b }).collect(),
        }
    }

    /// A form in which something is wrong.
    fn form(&mut self) -> Vec<u8> {
        let mut pairs = Vec::new();
        for (name, right) in FIELDS {
            match self.below(4) {
                0 => {}
                1 => pairs.push([name.as_bytes(), b"=", &self.value()].concat()),
                _ => pairs.push(format!("{name}={right}").into_bytes()),
            }
        }
        pairs.extend(self.pick(&WRONG).iter().map(|(name, value)| format!("{name}={value}").into_bytes()));
        match self.below(6) {
            0 => pairs.push(b"run=1&run=2&run[]=3&run[a]=4".to_vec()),
            1 => pairs.push(format!("isi{}=x", "[a]".repeat(200)).into_bytes()),
            2 => pairs.push(b"isi[=x&]=y&[]=z&=&&&".to_vec()),
            _ => {}
        }
        pairs.join(&b'&')
    }

    fn body(&mut self) -> Vec<u8> {
        match self.below(8) {
            0 => Vec::new(),
            1 => self.noise(300),
            2 => br#"{"run":1,"cell":"6.staf","round":1}"#.to_vec(),
            3 => "[".repeat(20_000).into_bytes(),
            4 => [b"alasan=".to_vec(), vec![b'x'; 280 * 1024]].concat(),
            _ => self.form(),
        }
    }
}

#[test]
fn two_thousand_malformed_requests_change_nothing() {
    run(async || {
        let house = House::practice().await;
        let deps = &house.opened.deps;
        let before = (deps.desk.office(), deps.accounts.list().await.unwrap());
        let mut paths: Vec<String> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
        assert!(paths.len() > 10, "the server functions are known");
        paths.sort();
        paths.extend(OTHERS.map(str::to_owned));
        let mut dice = Dice(0x5eed);
        for n in 0..REQUESTS {
            let path = paths[(n as usize) % paths.len()].clone();
            let visitor = visitor(&house, &mut dice).await;
            let (shown, answer) = try_one(&house, &visitor, &mut dice, &path).await;
            assert!(!answer.status.is_server_error(), "{n}: {shown}: {} {}", answer.status, answer.text());
            let refused =
                answer.status.is_client_error() && path.starts_with("/api/") && !shown.starts_with("HEAD");
            if refused {
                let sentence = answer.json::<Problem>().to_string();
                assert!(!sentence.is_empty() && !sentence.contains('\n'), "{n}: {shown}: {sentence}");
            }
        }
        assert_eq!((deps.desk.office(), deps.accounts.list().await.unwrap()), before);
    });
}

/// Somebody of each kind, with a session of their own: one of the requests signs out.
async fn visitor(house: &House, dice: &mut Dice) -> Visitor {
    let Some(account) = dice.pick(&[None, Some("staf"), Some("gubernur"), Some("admin")]) else {
        return Visitor { session: dice.pick(&[None, Some("x".repeat(3000))]).clone() };
    };
    let token = house.opened.deps.sessions.begin(&(*account).into(), Clock::system().now()).await.unwrap();
    Visitor { session: Some(token.reveal()) }
}

async fn try_one(house: &House, visitor: &Visitor, dice: &mut Dice, path: &str) -> (String, Answer) {
    let usual = [Method::GET, Method::POST];
    let rare = [Method::HEAD, Method::PUT, Method::DELETE, Method::OPTIONS, Method::PATCH, Method::TRACE];
    let method = if dice.below(8) == 0 { dice.pick(&rare) } else { dice.pick(&usual) }.clone();
    let query: String = match dice.below(3) {
        0 => String::new(),
        _ => dice
            .form()
            .into_iter()
            .filter(u8::is_ascii_graphic)
            .map(char::from)
            .filter(|c| !"<>\"\\^`{|}#".contains(*c))
            .collect(),
    };
    let target = format!("{path}?{query}");
    let kinds = [
        "application/x-www-form-urlencoded",
        "application/json",
        "multipart/form-data; boundary=b",
        "text/plain",
        "?",
    ];
    let accepts: [&[u8]; 4] = [b"application/json", b"text/html", b"*/*", b"\xff"];
    let request = visitor
        .request(method.as_str(), &target)
        .header(header::CONTENT_TYPE, *dice.pick(&kinds))
        .header(header::ACCEPT, HeaderValue::from_bytes(accepts[dice.below(4)]).unwrap())
        .header(
            header::REFERER,
            *dice.pick(&["http://alur.kantor/pelaksanaan/1", "//evil", "", "http://alur.kantor/%FF"]),
        );
    let body = dice.body();
    let shown = format!("{method} {path} {:?}", String::from_utf8_lossy(&body[..body.len().min(200)]));
    (shown, house.send(request.body(Body::from(body)).unwrap()).await)
}
