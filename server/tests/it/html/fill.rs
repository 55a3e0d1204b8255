//! An office in which people wrote something everywhere.

use axum::body::Body;
use domain::achievement::Row;
use domain::id::AgencyCode;

use super::sides::{Browser, Side};
use super::words::Room;
use crate::harness::{Answer, House, PDF, Sender, Visitor};

/// Who looks at the pages afterwards.
pub(super) struct People {
    pub(super) admin: Browser,
    pub(super) staff: Browser,
    pub(super) head: Browser,
    pub(super) agency_by_link: Browser,
    pub(super) agency_by_account: Browser,
    pub(super) display: Browser,
    /// Agencies whose reports were returned, and accepted.
    pub(super) agencies: [AgencyCode; 2],
    /// The number of the procedure that somebody made up.
    pub(super) number: String,
    /// The page with a link that was just made.
    pub(super) slip: String,
}

/// Numbers of texts, one for each place.
#[derive(Default)]
struct Numbers(usize);

impl Numbers {
    fn line(&mut self, side: &Side) -> String {
        self.0 += 1;
        side.say(self.0, Room::Line)
    }

    fn short(&mut self, side: &Side) -> String {
        self.0 += 1;
        side.say(self.0, Room::Short)
    }

    fn lines(&mut self, side: &Side) -> String {
        self.0 += 1;
        side.say(self.0, Room::Lines)
    }

    fn file(&mut self, side: &Side) -> String {
        self.0 += 1;
        side.say(self.0, Room::File)
    }
}

/// Fills it. The second answer is how many texts there are.
pub(super) async fn fill(side: &Side) -> (People, usize) {
    let mut n = Numbers::default();
    let house = &side.house;
    let mut admin = Browser::of(&house.signed_in("admin").await);
    let mut staff = Browser::of(&house.signed_in("staf").await);
    let mut head = Browser::of(&house.signed_in("kasubbag").await);
    let mut chief = Browser::of(&house.signed_in("kabag").await);
    let returned = Sender::fresh(house).await;
    name(side, &mut n, &mut admin, returned.code.as_str()).await;
    name(side, &mut n, &mut admin, "dinkes").await;
    people(side, &mut n, &mut admin).await;
    calendar(side, &mut n, &mut admin).await;
    let display = display(side, &mut n, &mut admin).await;

    write(side, &mut n, &returned).await;
    judge(side, &mut n, &mut staff, &mut head, &returned).await;
    let places = ["umum", "berkas", "bab1", "baris.1"];
    let mut fields = report(&returned, "1", "kembali");
    fields.extend(places.map(|place| (place, n.lines(side))).map(|(place, text)| match place {
        "umum" => ("temuan[umum]", text),
        "berkas" => ("temuan[berkas]", text),
        "bab1" => ("temuan[bab1]", text),
        _ => ("temuan[baris.1]", text),
    }));
    staff.act(side, "/api/return-report", &fields).await;
    // What cannot be counted can be written, but not sent.
    let draft =
        Row { target: n.short(side), realisasi: n.short(side), last: n.short(side), ..cells(&mut n, side) };
    returned.save(house, vec![draft]).await;

    let accepted = Sender::fresh(house).await;
    name(side, &mut n, &mut admin, accepted.code.as_str()).await;
    write(side, &mut n, &accepted).await;
    judge(side, &mut n, &mut staff, &mut head, &accepted).await;
    head.act(side, "/api/accept-report", &report(&accepted, "1", "terima")).await;

    run(side, &mut n, &mut staff, &mut head, &mut chief).await;
    let number = procedure(side, &mut n, &mut admin, &mut staff).await;
    let text = |it: &str| it.to_owned();
    let made = staff.act(side, "/api/make-links", &[("run", text("1")), ("pd", text("dinkes"))]).await;
    let people = People {
        agency_by_link: Browser::of(&returned.visitor),
        agency_by_account: Browser::of(&house.signed_in("dinkes").await),
        agencies: [returned.code, accepted.code],
        number,
        slip: made.header("location").to_owned(),
        admin,
        staff,
        head,
        display,
    };
    (people, n.0)
}

/// Calls an agency by another name.
async fn name(side: &Side, n: &mut Numbers, admin: &mut Browser, code: &str) {
    let id = format!("nama-{code}");
    let fields =
        [("kode", code.to_owned()), ("nama", n.line(side)), ("singkatan", n.line(side)), ("command_id", id)];
    admin.act(side, "/api/rename-agency", &fields).await;
}

async fn people(side: &Side, n: &mut Numbers, admin: &mut Browser) {
    for (id, right) in
        [("staf", "lajur[staf]"), ("kasubbag", "lajur[kasubbag]"), ("admin", "admin"), ("dinkes", "pd")]
    {
        let ya = || "ya".to_owned();
        let fields = [
            ("akun", id.to_owned()),
            ("nama", n.line(side)),
            ("jabatan", n.line(side)),
            ("aktif", ya()),
            (right, ya()),
        ];
        admin.act(side, "/api/change-account", &fields).await;
    }
    let fields = [
        ("akun", "kasubbag"),
        ("lajur", "kabag"),
        ("jenis", "plh"),
        ("mulai", "2027-01-07"),
        ("selesai", "2027-01-09"),
        ("command_id", "plh"),
    ];
    admin.act(side, "/api/name-substitute", &fields.map(|(name, value)| (name, value.to_owned()))).await;
}

async fn calendar(side: &Side, n: &mut Numbers, admin: &mut Browser) {
    let text = |it: &str| it.to_owned();
    let mut day = vec![
        ("apa", text("tambah")),
        ("isian[tanggal]", text("2027-03-17")),
        ("isian[jenis]", text("kantor_tutup")),
    ];
    day.extend([
        ("isian[nama]", n.line(side)),
        ("isian[dasar]", n.line(side)),
        ("yakin", text("ya")),
        ("command_id", text("hari")),
    ]);
    admin.act(side, "/api/change-calendar", &day).await;
    let mut special = vec![
        ("apa", text("khusus")),
        ("isian[mulai]", text("2027-02-08")),
        ("isian[selesai]", text("2027-03-09")),
    ];
    for weekday in ["isian[hari0]", "isian[hari1]", "isian[hari2]", "isian[hari3]", "isian[hari4]"] {
        special.push((weekday, text("08.00-12.00, 12.30-15.00")));
    }
    special.extend([
        ("isian[nama]", n.line(side)),
        ("isian[cocok]", text("ya")),
        ("yakin", text("ya")),
        ("command_id", text("khusus")),
    ]);
    admin.act(side, "/api/change-calendar", &special).await;
}

async fn display(side: &Side, n: &mut Numbers, admin: &mut Browser) -> Browser {
    let mut display = Browser::default();
    let asked: serde_json::Value = display.get(side, "/api/pairing").await.json();
    let code = asked["waiting"]["code"].as_str().unwrap().to_owned();
    admin.act(side, "/api/pair-display", &[("kode", code), ("nama", n.short(side))]).await;
    display.get(side, "/api/pairing").await;
    display
}

/// A row of a table: its words, and what can be counted.
fn cells(n: &mut Numbers, side: &Side) -> Row {
    Row {
        sasaran: n.line(side),
        indikator: n.line(side),
        satuan: n.short(side),
        target: "100".to_owned(),
        realisasi: "90".to_owned(),
        last: "80".to_owned(),
        note: n.lines(side),
        ..Row::default()
    }
}

/// An agency writes its report and sends it.
async fn write(side: &Side, n: &mut Numbers, sender: &Sender) {
    let rows = vec![cells(n, side), cells(n, side)];
    sender.save(&side.house, rows).await;
    for (kind, id) in [("lkj", "satu"), ("lampiran", "dua")] {
        let bytes = [PDF, id.as_bytes()].concat();
        let query =
            form_urlencoded::Serializer::new(String::new()).append_pair("nama", &n.file(side)).finish();
        let path = format!("/pd/unggah/1/{kind}/{id}?dari=0&ukuran={}&{query}", bytes.len());
        let answer = put(&side.house, &sender.visitor, &path, bytes).await;
        assert!(answer.status.is_success(), "{}", answer.text());
    }
    let fields = [
        ("run", "1".to_owned()),
        ("command_id", format!("kirim-{}", sender.code)),
        ("alasan", n.lines(side)),
    ];
    Browser::of(&sender.visitor).act(side, "/api/send-report", &fields).await;
}

async fn put(house: &House, visitor: &Visitor, path: &str, bytes: Vec<u8>) -> Answer {
    house.send(visitor.request("PUT", path).body(Body::from(bytes)).unwrap()).await
}

fn report(sender: &Sender, round: &str, what: &str) -> Vec<(&'static str, String)> {
    let id = format!("{what}-{}", sender.code);
    vec![
        ("run", "1".to_owned()),
        ("pd", sender.code.to_string()),
        ("round", round.to_owned()),
        ("command_id", id),
    ]
}

async fn judge(side: &Side, n: &mut Numbers, staff: &mut Browser, head: &mut Browser, sender: &Sender) {
    let mut judged = report(sender, "1", "nilai");
    judged.extend([("kurang[lampiran]", "ya".to_owned()), ("catatan", n.lines(side))]);
    staff.act(side, "/api/judge-report", &judged).await;
    let mut reviewed = report(sender, "1", "reviu");
    let answers = [("daftar", "1"), ("jawab[I.1]", "ya"), ("jawab[III.1]", "tidak")];
    reviewed.extend(answers.map(|(name, value)| (name, value.to_owned())));
    reviewed.push(("catatan", n.lines(side)));
    head.act(side, "/api/review-report", &reviewed).await;
}

/// What is written while a run goes on.
async fn run(side: &Side, n: &mut Numbers, staff: &mut Browser, head: &mut Browser, chief: &mut Browser) {
    let at = |cell: &str, id: &str| {
        let fields = [("run", "1"), ("cell", cell), ("round", "1"), ("command_id", id)];
        fields.map(|(name, value)| (name, value.to_owned())).to_vec()
    };
    let mut done = at("6.staf", "langkah-6");
    done.push(("isi[diterima.alasan]", n.lines(side)));
    staff.act(side, "/api/finish-cell", &done).await;
    let mut done = at("7.staf", "langkah-7");
    done.push(("isi[dinilai.alasan]", n.lines(side)));
    staff.act(side, "/api/finish-cell", &done).await;
    let mut done = at("8.kasubbag", "langkah-8");
    done.push(("isi[direviu.alasan]", n.lines(side)));
    head.act(side, "/api/finish-cell", &done).await;
    let mut back = at("8.kabag", "kembali-8");
    back.push(("alasan", n.lines(side)));
    chief.act(side, "/api/return-cell", &back).await;
    let text = |it: &str| it.to_owned();
    let pause = [("run", text("1")), ("command_id", text("jeda")), ("alasan", n.lines(side))];
    staff.act(side, "/api/pause-run", &pause).await;
    staff.act(side, "/api/resume-run", &[("run", text("1")), ("command_id", text("lanjut"))]).await;
}

/// A procedure of which every word is somebody's, and a run of it.
async fn procedure(side: &Side, n: &mut Numbers, admin: &mut Browser, staff: &mut Browser) -> String {
    let mut sop: serde_json::Value = serde_json::from_str(include_str!("../fixtures/uji.json")).unwrap();
    let number = n.short(side).replace('/', "-");
    sop["key"] = format!("{number}/1").into();
    sop["name"] = n.line(side).into();
    sop["identity"]["unit"] = vec![n.line(side)].into();
    for key in ["created", "revised", "approved", "effective"] {
        sop["identity"][key] = n.line(side).into();
    }
    for key in ["title", "name", "nip"] {
        sop["identity"]["approved_by"][key] = n.line(side).into();
    }
    for key in ["legal_basis", "qualifications", "related", "equipment", "warnings", "records"] {
        sop["identity"][key] = serde_json::json!([{ "text": n.line(side), "note": n.line(side) }]);
    }
    sop["identity"]["notes"] = vec![n.line(side)].into();
    for lane in 0..2 {
        sop["lanes"][lane]["name"] = n.line(side).into();
    }
    for row in 0..3 {
        for key in ["text", "short", "printed", "requirements", "output", "remarks"] {
            sop["activities"][row][key] = n.line(side).into();
        }
    }
    let ask = |key: &str, kind: &str, n: &mut Numbers| serde_json::json!({ "key": key, "label": n.line(side), "help": n.line(side), "kind": kind, "required": true });
    sop["activities"][1]["cells"][0]["asks"] =
        vec![ask("catatan", "note", n), ask("nomor", "letter_number", n), ask("berkas", "file", n)].into();
    sop["limits"] = serde_json::json!([{ "what": n.line(side), "before": { "month": 3, "day": 1, "year_offset": 1 }, "basis": n.line(side), "row": 2 }]);
    let fields = [("berkas", sop.to_string()), ("command_id", "terbit".to_owned())];
    admin.act(side, "/api/publish-sop", &fields).await;
    let text = |it: &str| it.to_owned();
    staff
        .act(
            side,
            "/api/start-run",
            &[("sop", format!("{number}/1")), ("data_year", text("2026")), ("command_id", text("mulai"))],
        )
        .await;
    let start = [("run", "2"), ("cell", "1.staf"), ("round", "1"), ("command_id", "mulai-1")];
    staff.act(side, "/api/finish-cell", &start.map(|(name, value)| (name, value.to_owned()))).await;
    number
}
