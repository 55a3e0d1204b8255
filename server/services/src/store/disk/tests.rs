//! Files that the engine itself wrote, whole and damaged.

use std::path::Path;

use surrealkv::{Durability, Mode, Tree, TreeBuilder};
use tempfile::TempDir;

use super::{Found, inspect};

async fn tree(folder: &Path) -> Tree {
    TreeBuilder::new().with_path(folder.to_owned()).with_enable_vlog(true).build().unwrap()
}

async fn write(tree: &Tree, numbers: std::ops::Range<u32>) {
    for number in numbers {
        let mut transaction = tree.begin_with_mode(Mode::ReadWrite).unwrap();
        transaction.set_durability(Durability::Immediate);
        // Every third goes into a file of its own.
        let value = vec![7_u8; if number % 3 == 0 { 3000 } else { 40 }];
        transaction.set(format!("kunci {number:06}").as_bytes(), value.as_slice()).unwrap();
        transaction.commit().await.unwrap();
    }
}

/// A database that was stopped in order a few times, and then killed.
async fn killed() -> TempDir {
    let folder = TempDir::new().unwrap();
    for round in 0..3 {
        let tree = tree(folder.path()).await;
        write(&tree, round * 1000..round * 1000 + 900).await;
        tree.close().await.unwrap();
    }
    let tree = tree(folder.path()).await;
    write(&tree, 5000..5100).await;
    // Dropping it would close it in order.
    std::mem::forget(tree);
    folder
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if !path.ends_with("LOCK") {
            files.push(path);
        }
    }
    files
}

#[tokio::test]
async fn what_the_engine_wrote_is_whole() {
    let folder = TempDir::new().unwrap();
    assert_eq!(inspect(folder.path()).unwrap(), Found::Nothing);
    let opened = tree(folder.path()).await;
    write(&opened, 0..500).await;
    assert_eq!(inspect(folder.path()).unwrap(), Found::Database { unclean: true, broken: None });
    opened.close().await.unwrap();
    assert_eq!(inspect(folder.path()).unwrap(), Found::Database { unclean: false, broken: None });
    let folder = killed().await;
    assert_eq!(inspect(folder.path()).unwrap(), Found::Database { unclean: true, broken: None });
}

#[tokio::test]
async fn no_flipped_bit_goes_unseen() {
    let folder = killed().await;
    let files = files(folder.path());
    let kind = |path: &Path| path.extension().unwrap().to_str().unwrap().to_owned();
    let kinds: std::collections::BTreeSet<_> = files.iter().map(|path| kind(path)).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["manifest", "sst", "vlog", "wal"]);
    for path in files {
        let whole = std::fs::read(&path).unwrap();
        let step = (whole.len() / 90).max(1);
        for at in (0..whole.len()).step_by(step) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            std::fs::write(&path, &bytes).unwrap();
            let seen = match inspect(folder.path()) {
                Err(damage) => damage.to_string().contains("rusak"),
                Ok(Found::Database { broken, .. }) => broken.is_some(),
                Ok(Found::Nothing) => false,
            };
            // Numbers that nobody relies on: when a file was made, and how large it may become; the
            // number of the next table, if it only becomes larger, and that of the first log, if it
            // becomes smaller.
            let idle = match kind(&path).as_str() {
                "vlog" => (10..31).contains(&at),
                "sst" => at + 50 > whole.len(),
                "manifest" => (2..18).contains(&at),
                _ => false,
            };
            assert!(seen || idle, "{} byte {at}", path.display());
        }
        for cut in [0, 1, whole.len() / 3, whole.len() - 1] {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let found = inspect(folder.path());
            let seen = !matches!(&found, Ok(Found::Database { broken: None, .. }));
            // A log that ends earlier is a log that ends: what was acknowledged tells.
            assert!(seen || kind(&path) == "wal", "{} cut at {cut}: {found:?}", path.display());
        }
        std::fs::remove_file(&path).unwrap();
        let found = inspect(folder.path());
        assert!(found.is_err() || kind(&path) == "wal", "{} removed: {found:?}", path.display());
        std::fs::write(&path, &whole).unwrap();
    }
}

/// Every number that was written, as the engine finds it.
async fn found(folder: &Path) -> usize {
    let tree = tree(folder).await;
    let transaction = tree.begin_with_mode(Mode::ReadOnly).unwrap();
    let mut there = 0;
    for number in 0..6000_u32 {
        there += usize::from(transaction.get(format!("kunci {number:06}").as_bytes()).unwrap().is_some());
    }
    drop(transaction);
    tree.close().await.unwrap();
    there
}

/// The same files in another folder, which nobody has open.
fn copied(folder: &Path) -> TempDir {
    let copy = TempDir::new().unwrap();
    for path in files(folder) {
        let target = copy.path().join(path.strip_prefix(folder).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(path, target).unwrap();
    }
    copy
}

#[tokio::test]
async fn a_table_that_was_not_listed_when_the_program_ended_is_no_damage() {
    let killed = killed().await;
    let (before, after) = (copied(killed.path()), copied(killed.path()));
    tree(after.path()).await.close().await.unwrap();
    let newest = files(&after.path().join("sstables")).into_iter().max().unwrap();
    let there = before.path().join("sstables").join(newest.file_name().unwrap());
    assert!(!there.exists(), "it was just written");
    std::fs::copy(&newest, there).unwrap();
    assert_eq!(inspect(before.path()).unwrap(), Found::Database { unclean: true, broken: None });
    assert_eq!(found(before.path()).await, 2800);
}

#[tokio::test]
async fn an_old_list_is_damage() {
    let killed = killed().await;
    let folder = copied(killed.path());
    let list = folder.path().join("manifest").join(format!("{:020}.manifest", 0));
    let old = std::fs::read(&list).unwrap();
    tree(folder.path()).await.close().await.unwrap();
    std::fs::write(&list, old).unwrap();
    let damage = inspect(folder.path()).unwrap_err();
    assert!(damage.to_string().contains("tidak mengenal"), "{damage}");
}
