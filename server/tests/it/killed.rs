//! The real server, killed 200 times at random moments while people work: nothing that was
//! acknowledged is lost or doubled, no place in the log is empty, every start succeeds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::OpenOptions;
use std::io::Write;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use desk::office::Accepted;
use futures::future::join_all;
use services::store::record::read_record;
use services::store::verify;
use tempfile::TempDir;
use tokio::sync::mpsc;

use crate::harness::pausing::{Heard, People, Sent, sign_in};
use crate::harness::{Program, alur, open, run};

const KILLS: usize = 200;
/// Every so many kills one comes while the server is starting, or just after.
const WHILE_STARTING: usize = 10;
/// How many people work at once.
const PEOPLE: usize = 8;

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    run(async || {
        let folder = TempDir::new().unwrap();
        let mut random = Random::new();
        let sessions = sign_in(&Program::start(folder.path(), "practice")).await;
        let mut acknowledged = BTreeMap::new();
        let mut open_questions = Vec::new();
        let mut last = Vec::new();
        let mut recovery = Vec::new();
        for kill in 1..=KILLS {
            if kill % WHILE_STARTING == 0 {
                kill_while_starting(&folder, &mut random).await;
                continue;
            }
            let begin = Instant::now();
            let program = Program::start(folder.path(), "practice");
            recovery.push(begin.elapsed());
            let office = Arc::new(People::at(&program, &sessions));
            ask_again(&office, &mut acknowledged, &last, std::mem::take(&mut open_questions)).await;
            let heard = work_until_killed(&office, program, kill, random.below(24)).await;
            last.clear();
            for (sent, heard) in heard {
                match heard {
                    Heard::Accepted(accepted) => {
                        assert_eq!(acknowledged.insert(sent.id.clone(), accepted), None);
                        last.push(sent);
                    }
                    Heard::Refused => {}
                    Heard::Nothing => open_questions.push(sent),
                }
            }
        }
        recovery.sort();
        let at = |percent: usize| recovery[(recovery.len() - 1) * percent / 100];
        println!(
            "{KILLS} kills, {} acknowledged; ready again after {:?} (p50), {:?} (p99)",
            acknowledged.len(),
            at(50),
            at(99)
        );
        assert!(acknowledged.len() > KILLS, "hardly anything was done");
        check_log(&folder, &acknowledged).await;
    });
}

/// A kill can end a write in its middle. What is written after the next start must not be
/// taken for a part of that damage at the start after it.
#[test]
fn half_a_record_at_the_end_of_the_log_costs_nothing_later() {
    run(async || {
        let folder = TempDir::new().unwrap();
        let program = Program::start(folder.path(), "practice");
        let sessions = sign_in(&program).await;
        drop(program);
        let mut acknowledged = Vec::new();
        for start in 0..3 {
            write_half_a_record(&folder);
            let program = Program::start(folder.path(), "practice");
            let office = People::at(&program, &sessions);
            // The last first: what was lost would else be done again, and look the same.
            for (sent, before) in acknowledged.iter().rev() {
                assert_eq!(&office.send(sent).await, before, "start {start}");
            }
            for pause in [true, false] {
                let sent = Sent { person: 0, id: format!("{start}-{pause}"), pause };
                let heard = office.send(&sent).await;
                assert!(matches!(heard, Heard::Accepted(_)), "start {start}: {heard:?}");
                acknowledged.push((sent, heard));
            }
        }
    });
}

/// What is there of a record when the server was killed while it wrote its header. (Where a
/// record goes on in the next block of the log, a kill in between does the same.)
fn write_half_a_record(folder: &TempDir) {
    let logs = folder.path().join("db/wal").read_dir().unwrap();
    let newest = logs.map(|log| log.unwrap().path()).max().expect("a killed server leaves its log");
    let mut file = OpenOptions::new().append(true).open(newest).unwrap();
    file.write_all(&[1, 2, 3]).unwrap();
}

/// Sends again what was sent before the kill. What had been acknowledged must get the same
/// answer; of the rest the answer now counts.
async fn ask_again(
    office: &People,
    acknowledged: &mut BTreeMap<String, Accepted>,
    last: &[Sent],
    open_questions: Vec<Sent>,
) {
    for sent in last {
        let again = match office.send(sent).await {
            Heard::Accepted(again) => again,
            other => panic!("{sent:?} was lost: {other:?}"),
        };
        assert_eq!(acknowledged[&sent.id], again, "{sent:?}");
    }
    for sent in open_questions {
        match office.send(&sent).await {
            Heard::Accepted(accepted) => drop(acknowledged.insert(sent.id, accepted)),
            Heard::Refused => {}
            Heard::Nothing => panic!("{sent:?}: no answer from a server that runs"),
        }
    }
}

/// Lets everybody work, and kills the server after so many answers.
async fn work_until_killed(
    office: &Arc<People>,
    program: Program,
    kill: usize,
    answers: u64,
) -> Vec<(Sent, Heard)> {
    let (told, mut heard) = mpsc::unbounded_channel();
    let people = (0..PEOPLE).map(|person| {
        let (office, told) = (Arc::clone(office), told.clone());
        tokio::spawn(async move {
            for n in 0.. {
                let sent = Sent { person, id: format!("k{kill}-{person}-{n}"), pause: n % 2 == 0 };
                let heard = office.send(&sent).await;
                let gone = matches!(heard, Heard::Nothing);
                told.send((sent, heard)).unwrap();
                if gone {
                    return;
                }
            }
        })
    });
    let people: Vec<_> = people.collect();
    drop(told);
    let mut all = Vec::new();
    for _ in 0..answers {
        all.push(heard.recv().await.unwrap());
    }
    drop(program);
    join_all(people).await;
    while let Some(heard) = heard.recv().await {
        all.push(heard);
    }
    all
}

async fn kill_while_starting(folder: &TempDir, random: &mut Random) {
    let mut child =
        alur(folder.path()).arg("practice").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // This is no waiting for something to happen, but the random moment itself.
    tokio::time::sleep(Duration::from_millis(random.below(400))).await;
    child.kill().unwrap();
    child.wait().unwrap();
}

/// The log as it is on disk holds every acknowledged command once, where it was promised.
async fn check_log(folder: &TempDir, acknowledged: &BTreeMap<String, Accepted>) {
    let store = open(folder).await.unwrap();
    let records = verify(&store).await.unwrap().records;
    let mut after = 0;
    let mut commands = BTreeSet::new();
    let mut before = String::new();
    while after < records {
        for entry in store.entries_after(after, 4000).await.unwrap() {
            after = entry.seq;
            let id = read_record(&entry.body).unwrap().command_id.0;
            if let Some(accepted) = acknowledged.get(&id) {
                assert!((accepted.first..=accepted.last).contains(&entry.seq), "{id} at {}", entry.seq);
            }
            assert!(id == before || commands.insert(id.clone()), "{id} was carried out twice");
            before = id;
        }
    }
    assert!(acknowledged.keys().all(|id| commands.contains(id)));
}

/// Numbers from a seed that is printed, so that what happened can be understood.
struct Random(u64);

impl Random {
    fn new() -> Self {
        let seed = getrandom::u64().unwrap();
        println!("seed {seed}");
        Self(seed)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}
