//! Nobody changes history unseen, not even with the database open.

use services::store::Store;
use services::store::{Hash, VerifyError, verify};

use crate::harness::{Clerk, TestOffice, finish, open, raw, run};

#[test]
fn a_whole_chain_is_verified_and_named() {
    run(async || {
        let test = TestOffice::founded().await;
        let before = verify(&test.store).await.unwrap();
        assert_eq!(before.records, 3);
        Clerk::staff("staf").submit(&test.office, finish("2.staf", 1)).await.unwrap();
        let after = verify(&test.store).await.unwrap();
        assert_eq!(after.records, 4);
        assert_ne!(after.last_hash, before.last_hash);
        let next = test.store.entries_after(3, 1).await.unwrap();
        assert_eq!(next[0].prev, before.last_hash);
    });
}

#[test]
fn an_empty_log_is_whole() {
    run(async || {
        let store = Store::open("mem://").await.unwrap();
        let verified = verify(&store).await.unwrap();
        assert_eq!((verified.records, verified.last_hash), (0, Hash::default()));
    });
}

/// Founds an office, does something to its database behind its back, and says what `verify`
/// and the next start find.
async fn tampered(statement: &str) -> (VerifyError, String) {
    let folder = TestOffice::founded().await.close().await;
    let db = raw(folder.path()).await;
    let make_writable =
        "DEFINE FIELD OVERWRITE body ON log TYPE string; DEFINE FIELD OVERWRITE prev ON log TYPE string;";
    db.query(format!("{make_writable} {statement}")).await.unwrap().check().unwrap();
    drop(db);
    let store = open(&folder).await.unwrap();
    let found = verify(&store).await.unwrap_err();
    drop(store);
    let start = TestOffice::open(folder).await.map(|_| ()).unwrap_err();
    (found, start.to_string())
}

#[test]
fn a_changed_body_is_found() {
    run(async || {
        let (found, start) =
            tampered("UPDATE log:2 SET body = string::replace(body, '2026', '2025') RETURN NONE").await;
        assert_eq!(found.to_string(), "catatan 2 atau 3 diubah setelah ditulis: rantai SHA-256 putus");
        assert_eq!(start, format!("riwayat kantor rusak: {found}"));
    });
}

#[test]
fn a_removed_record_is_found() {
    run(async || {
        let (found, start) = tampered("DELETE log:2").await;
        assert_eq!(found.to_string(), "catatan 3 mengikuti catatan 1: ada yang hilang atau disisipkan");
        assert_eq!(start, format!("riwayat kantor rusak: {found}"));
    });
}

#[test]
fn an_appended_forgery_is_found() {
    run(async || {
        let (found, _) =
            tampered("CREATE log:4 SET body = (SELECT VALUE body FROM ONLY log:3), prev = 'zz'").await;
        assert!(found.to_string().contains("catatan 4"), "{found}");
        let prev = Hash::default();
        let forged = format!("CREATE log:4 SET body = (SELECT VALUE body FROM ONLY log:3), prev = '{prev}'");
        let (found, start) = tampered(&forged).await;
        assert_eq!(found.to_string(), "catatan 3 atau 4 diubah setelah ditulis: rantai SHA-256 putus");
        assert!(start.contains("catatan 3 atau 4"));
    });
}
