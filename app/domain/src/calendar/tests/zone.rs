//! The clock zone of the machine changes nothing: every deadline is decided in WIB.

use std::process::Command;

/// Runs the golden case, the reference table and the words once more, as on a machine in
/// each of these zones.
#[test]
fn the_zone_of_the_machine_changes_nothing() {
    let tests = ["calendar::tests::golden", "calendar::tests::reference", "calendar::tests::words"];
    for zone in ["America/New_York", "Pacific/Kiritimati", "Asia/Kolkata", "tidak/ada"] {
        let mut again = Command::new(std::env::current_exe().unwrap());
        let output = again.args(tests).env("TZ", zone).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{zone}: {said}");
        assert!(!said.contains("running 0 tests"), "{said}");
    }
}
