//! A disk that fills up: files are refused in a sentence, the log has its reserve, and those who can
//! help hear of it.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use axum::http::StatusCode;
use futures::future::join_all;
use server::opening::Keeping;
use services::files::{Alarm, DiskOf, Gauge, Room};
use tempfile::TempDir;

use crate::harness::pausing::{Heard, People, Sent, sign_in};
use crate::harness::{
    House, Mailbox, PASSWORD, PIECE, Program, Sender, Visitor, other_pdf, piece, run, send_file,
};

const MB: u64 = 1 << 20;

/// A small disk of which a folder takes as much as really lies in it.
#[derive(Default)]
struct SmallDisk {
    folder: OnceLock<PathBuf>,
    size: u64,
    /// What others have written there.
    others: AtomicU64,
    /// The least that was ever free.
    least: AtomicU64,
}

impl SmallDisk {
    fn new(size: u64) -> Arc<Self> {
        Arc::new(Self { size, least: AtomicU64::new(u64::MAX), ..Self::default() })
    }

    fn keeping(self: &Arc<Self>, reserve: u64) -> Keeping {
        let gauge = Arc::clone(self) as Arc<dyn Gauge>;
        Keeping { reserve: Some(reserve), gauge: Some(gauge), ..Keeping::default() }
    }
}

impl Gauge for SmallDisk {
    fn room(&self) -> io::Result<Room> {
        let lies = |folder: &Path| {
            folder.read_dir().unwrap().filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len())).sum()
        };
        let used: u64 = self.folder.get().map_or(0, |folder| lies(folder));
        let free = self.size.saturating_sub(used + self.others.load(Ordering::SeqCst));
        self.least.fetch_min(free, Ordering::SeqCst);
        Ok(Room { size: self.size, free })
    }
}

#[test]
fn many_pieces_at_once_never_bring_the_disk_under_its_reserve() {
    const RESERVE: u64 = 40 * MB;
    const AGENCIES: usize = 6;
    run(async || {
        let disk = SmallDisk::new(120 * MB);
        let house = House::bounded(disk.keeping(RESERVE), None).await;
        disk.folder.set(house.data().join("files")).unwrap();
        let mut senders = Vec::new();
        for _ in 0..AGENCIES {
            senders.push(Sender::at_work(&house).await);
        }
        // 240 MB would like to come, by 24 uploads at once.
        let uploads = senders.iter().flat_map(|sender| (0..4).map(move |n| (sender, format!("u{n}"))));
        let (house, size) = (&house, 10 << 20);
        let refused = join_all(uploads.map(|(sender, id)| async move {
            for from in (0..size - PIECE).step_by(PIECE) {
                let answer = piece(house, &sender.visitor, &id, from, size, vec![b'x'; PIECE]).await;
                if answer.status != StatusCode::OK {
                    return Some((answer.status, answer.problem().to_string()));
                }
            }
            None
        }));
        let refused: Vec<_> = refused.await.into_iter().flatten().collect();
        let least = disk.least.load(Ordering::SeqCst);
        println!(
            "{} of 24 uploads refused; never less than {} MB free, reserve {} MB",
            refused.len(),
            least / MB,
            RESERVE / MB
        );
        assert!(!refused.is_empty() && disk.room().unwrap().free < RESERVE + 20 * MB, "it did come to it");
        assert!(least >= RESERVE, "{least}");
        for (status, sentence) in refused {
            assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
            assert!(sentence.starts_with("Penyimpanan kantor penuh"), "{sentence}");
        }
        full(house, &senders[0]).await;
        assert!(disk.least.load(Ordering::SeqCst) >= RESERVE - MB, "drafts and documents are small");
    });
}

/// What goes on when the disk is full, what does not, and who says so.
async fn full(house: &House, sender: &Sender) {
    let nobody = Visitor::default();
    let (staff, admin) = (house.signed_in("staf").await, house.signed_in("admin").await);
    let ready = nobody.get(house, "/readyz").await;
    assert_eq!(
        (ready.status, ready.text().as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "penyimpanan penuh\n")
    );
    let metrics = nobody.get(house, "/metrics").await.text();
    for line in [
        "alur_disk_full 1",
        "alur_disk_reserve_bytes 41943040",
        "alur_uploads_begun ",
        "alur_files_bytes{kind=\"begun\"} ",
    ] {
        assert!(metrics.contains(line), "{line}: {metrics}");
    }
    let page = admin.get(house, "/kelola").await.text();
    assert!(
        page.contains("Penuh: unggahan dan impor ditolak") && page.contains("data-state=\"late\""),
        "{page}"
    );
    let large = other_pdf(&"x".repeat(19 << 20));
    for (visitor, path) in [(&sender.visitor, "/pd/kirim-berkas/1/lampiran"), (&staff, "/berkas")] {
        let refused = send_file(house, visitor, path, "a.pdf", &large).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}: {}", refused.text());
        assert!(refused.problem().to_string().starts_with("Penyimpanan kantor penuh"), "{path}");
    }
    // Work goes on: what is typed is kept, and a click is a click.
    let rows = [("run", "1"), ("tempelan", "Sasaran\tIndikator lain\t%\t1\t2")];
    assert_eq!(sender.visitor.post(house, "/api/paste-rows", &rows).await.status, StatusCode::OK);
    let pause = [("run", "1"), ("command_id", "jeda-penuh"), ("alasan", "Disk penuh.")];
    let paused = staff.post(house, "/api/pause-run", &pause).await;
    assert_eq!(paused.status, StatusCode::OK, "{}", paused.text());
    let resumed = staff.post(house, "/api/resume-run", &[("run", "1"), ("command_id", "lanjut-penuh")]).await;
    assert_eq!(resumed.status, StatusCode::OK, "{}", resumed.text());
}

#[test]
fn a_full_disk_is_told_to_the_administrators_once_until_it_has_recovered() {
    run(async || {
        let (mailbox, disk) = (Mailbox::start("", 0), SmallDisk::new(1000 * MB));
        let house = House::bounded(disk.keeping(100 * MB), Some(mailbox.port)).await;
        let admin = house.signed_in("admin").await;
        for (account, mail) in [("admin", "admin@biro.uji"), ("staf", "staf@biro.uji")] {
            let fields = [("akun", account), ("surel", mail)];
            let answer = admin.post(&house, "/api/set-mail-of", &fields).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        }
        let alarm =
            || Alarm::new(Arc::clone(&house.opened.deps.shelf), Arc::clone(&house.opened.deps.mailroom));
        let first = alarm();
        let free = |free: u64| disk.others.store(1000 * MB - free, Ordering::SeqCst);
        free(500 * MB);
        first.look().await.unwrap();
        assert!(mailbox.taken().is_empty());
        free(90 * MB);
        first.look().await.unwrap();
        first.look().await.unwrap();
        // A restart does not say it again, nor does room for a moment.
        alarm().look().await.unwrap();
        free(121 * MB);
        first.look().await.unwrap();
        free(90 * MB);
        first.look().await.unwrap();
        let taken = mailbox.taken();
        assert_eq!(taken.len(), 1, "{taken:?}");
        assert_eq!(
            (taken[0].to.as_slice(), taken[0].subject.as_str()),
            (["admin@biro.uji".to_owned()].as_slice(), "[LATIHAN] Penyimpanan Alur penuh")
        );
        assert!(taken[0].text.contains("http://alur.kantor/kelola"), "{}", taken[0].text);
        free(300 * MB);
        first.look().await.unwrap();
        free(90 * MB);
        first.look().await.unwrap();
        assert_eq!(mailbox.taken().len(), 2, "after it had recovered it is said again");
    });
}

/// The real program on a real, small file system.
#[test]
fn a_small_disk_of_the_system_keeps_its_reserve_and_the_office_goes_on() {
    const RESERVE: u64 = 40 * MB;
    let Some(mount) = Mount::new("160m") else {
        println!("no file system can be mounted here; the injected disk has shown the same");
        return;
    };
    run(async move || {
        let disk = DiskOf(mount.path().to_owned());
        let free = || disk.room().unwrap().free;
        let program = Program::start_with(mount.path(), "practice", &[("ALUR_RESERVE_MB", "40")]);
        let people = People::at(&program, &sign_in(&program).await);
        let client = reqwest::Client::new();
        let agency = sign_in_as(&program, "dinkes").await;
        let size = 20 * PIECE;
        let refused = 'filled: {
            for n in 0..20 {
                for from in (0..size - PIECE).step_by(PIECE) {
                    let path = format!("pd/unggah/1/lampiran/u{n}?dari={from}&ukuran={size}&nama=a.pdf");
                    let request = client.put(format!("{}/{path}", program.site)).header("cookie", &agency);
                    let answer = request.body(vec![b'x'; PIECE]).send().await.unwrap();
                    if answer.status() != StatusCode::OK {
                        break 'filled answer;
                    }
                }
            }
            panic!("400 MB were taken by a disk of 160 MB");
        };
        assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
        let sentence = refused.text().await.unwrap();
        println!("a disk of 160 MB, reserve 40 MB: refused with {} MB free", free() / MB);
        assert!(sentence.contains("Penyimpanan kantor penuh") && free() >= RESERVE, "{sentence}");
        // Somebody else takes half of the reserve as well.
        std::fs::write(mount.path().join("arsip.tar"), vec![0; (free() - RESERVE / 2) as usize]).unwrap();
        let click = |id: &str, pause| Sent { person: 0, id: id.to_owned(), pause };
        for sent in [click("penuh-1", true), click("penuh-2", false)] {
            assert!(matches!(people.send(&sent).await, Heard::Accepted(_)), "{sent:?}");
        }
        let ready = client.get(format!("{}/readyz", program.site)).send().await.unwrap();
        assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(ready.text().await.unwrap(), "penyimpanan penuh\n");
        drop(program);
    });
}

async fn sign_in_as(program: &Program, account: &str) -> String {
    let request = reqwest::Client::new().post(format!("{}/api/sign-in", program.site));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let answer = request.body(format!("akun={account}&sandi={PASSWORD}")).send().await.unwrap();
    answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned()
}

/// A file system in memory, for as long as this lives.
struct Mount(TempDir);

impl Mount {
    /// One of this size; `None` where nobody may mount one.
    fn new(size: &str) -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(folder.path());
        mount.output().is_ok_and(|done| done.status.success()).then(|| Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        // What is still open there is let go with its program.
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}
