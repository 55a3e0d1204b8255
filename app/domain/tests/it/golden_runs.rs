//! Whole runs as files: `tests/golden/runs/*.txt`, in the language of [`crate::script`].

use std::fs;

use domain::office::replay;

use crate::golden;
use crate::script::play;

#[test]
fn every_golden_run_goes_as_written() {
    let mut files: Vec<_> =
        fs::read_dir(golden::folder("runs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 12, "golden runs are missing");
    for file in files {
        println!("{}", file.display());
        let (played, ledger) = play(&fs::read_to_string(&file).unwrap());
        golden::check(&file, &played);
        assert_eq!(replay(ledger.log), Ok(ledger.office));
    }
}
