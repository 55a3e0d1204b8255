//! An office with accounts, acts, drafts and files, and all that it has acknowledged.

use std::path::Path;

use desk::account::People as _;
use serde_json::{Value, json};
use server::opening::{Keeping, Opened, Opening, open};
use services::clock::Clock;
use services::door::Crowd;
use services::store::verify;
use tempfile::TempDir;

use crate::harness::pausing::{Heard, People, Sent, sign_in};
use crate::harness::{Program, copy_all, run_alur};
use crate::report_killed::{Browser, idle};

/// How many acts are acknowledged, over two runs of the program.
const ACTS: usize = 30;

/// A data folder and what it holds.
pub(crate) struct Kept {
    pub(crate) name: &'static str,
    pub(crate) folder: TempDir,
    /// Everything that was acknowledged.
    pub(crate) dump: Value,
}

/// An office whose server was stopped in order once, and killed the second time.
pub(crate) async fn killed() -> Kept {
    let folder = TempDir::new().unwrap();
    for round in 0..2 {
        let program = Program::start(folder.path(), "practice");
        work(&program, folder.path(), round).await;
        if round == 0 {
            assert!(program.stop());
        }
    }
    keep("killed", folder).await
}

/// The same, stopped in order.
pub(crate) async fn stopped() -> Kept {
    let folder = TempDir::new().unwrap();
    for round in 0..2 {
        let program = Program::start(folder.path(), "practice");
        work(&program, folder.path(), round).await;
        assert!(program.stop());
    }
    keep("stopped", folder).await
}

async fn work(program: &Program, data: &Path, round: usize) {
    let sessions = sign_in(program).await;
    let people = People::at(program, &sessions);
    for n in 0..ACTS {
        let sent = Sent { person: n, id: format!("laku-{round}-{n}"), pause: n % 2 == 0 };
        let heard = people.send(&sent).await;
        assert!(matches!(heard, Heard::Accepted(_)), "{heard:?}");
        if n == ACTS / 2 {
            let name = format!("orang-{round}");
            let added = run_alur(data, &["account", "add", &name, "--lanes", "staf"], "kuda jambu 7 pagi\n");
            assert!(added.status.success());
        }
    }
    let agency = idle(program, &sessions[0]).await.remove(0);
    let browser = Browser::come(program, &sessions[0], &agency).await;
    // Long enough to be kept in a file of values.
    browser.fill_rows(program, 60).await;
    browser.upload(program).await;
}

/// Reads what is there from a copy, so that the folder itself stays as the program left it.
async fn keep(name: &'static str, folder: TempDir) -> Kept {
    let copy = TempDir::new().unwrap();
    copy_all(folder.path(), copy.path());
    let dump = dump(&open_office(copy.path()).await.unwrap_or_else(|error| panic!("{error}"))).await.unwrap();
    Kept { name, folder, dump }
}

/// Opens an office as `alur serve` does.
pub(crate) async fn open_office(data: &Path) -> Result<Opened, String> {
    let site = data.join("situs");
    std::fs::create_dir_all(site.join("pkg")).unwrap();
    let opening = Opening {
        data: data.to_owned(),
        database: format!("surrealkv://{}/db?sync=every", data.display()),
        site,
        clock: Clock::system(),
        practice: false,
        listening: "127.0.0.1:3000".parse().unwrap(),
        secure: None,
        trusted: [].into(),
        sizes: desk::report::Sizes::default(),
        keeping: Keeping { reserve: Some(0), ..Keeping::default() },
        crowd: Crowd::default(),
        sender: None,
        url: None,
    };
    open(opening).await.map_err(|error| error.to_string())
}

/// Everything that was acknowledged, as one value. Each draft and file is asked for by its key, too:
/// a filter of the engine that is wrong hides a row from that alone.
pub(crate) async fn dump(opened: &Opened) -> Result<Value, String> {
    let store = &opened.deps.store;
    let log = verify(store).await.map_err(|error| error.to_string())?;
    let said = |error: services::store::StoreError| error.to_string();
    let drafts = store.all_drafts().await.map_err(said)?.whole().map_err(|error| error.to_string())?;
    let mut by_key = Vec::new();
    for (run, agency, _) in &drafts {
        by_key.push(format!("{:?}", store.draft(*run, agency).await.map_err(said)?));
    }
    let files = store.files().await.map_err(said)?;
    for file in &files {
        by_key.push(format!("{:?}", store.file(&file.view.sha256).await.map_err(said)?));
    }
    let links = store.all_links().await.map_err(said)?.whole().map_err(|error| error.to_string())?;
    for link in &links {
        by_key.push(format!("{:?}", store.link(link.key).await.map_err(said)?));
    }
    let sessions = store.sessions().await.map_err(said)?;
    let mut sessions: Vec<_> =
        sessions.iter().map(|kept| format!("{} {}", kept.account, kept.key.as_hex())).collect();
    sessions.sort();
    let accounts = store.accounts().await.map_err(said)?;
    let list = opened.deps.accounts.list().await.map_err(|problem| problem.to_string())?;
    Ok(json!({
        "records": log.records,
        "hash": log.last_hash,
        "accounts": accounts,
        "list": list,
        "drafts": format!("{drafts:?}"),
        "files": files,
        "links": format!("{links:?}"),
        "by_key": by_key,
        "sessions": sessions,
        "addresses": store.addresses().await.map_err(said)?,
        "letters": store.all_letters().await.map_err(said)?,
        "rules": format!("{:?}", store.reminding().await.map_err(said)?),
    }))
}
