//! A small language for whole runs, so that a person can read what happens and see what comes
//! of it.
//!
//! ```text
//! # Anything
//! akun sri staf karo
//! 2026-12-07 08.00 staf mulai ORG.2.2.2/1 2026
//! 2026-12-07 08.02 staf selesai 2.staf nota="untuk diperiksa"
//! 2026-12-07 09.00 kabag kembalikan 2.kabag "lampiran kurang"
//! tolak 2026-12-07 09.01 karo selesai 2.karo
//!   | the sentence of the refusal
//! 2026-12-07 09.02 gambar
//!   | the sheet, drawn as text
//! ```
//!
//! An account works in the lane it is called after, unless `akun` says otherwise. A cell is
//! meant in the round that its row is in, unless `putaran N` follows. The run is the newest,
//! unless `ke-N` stands at the end. `key=*` ticks every agency.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::id::RunId;
use domain::office::{Actor, Command};
use domain::sheet::{SheetView, draw};
use domain::sop::{CellRef, RawAnswers, SopKey};

use crate::ledger::{Ledger, moment};
use crate::people::{in_role, person};

/// What the lines that show an outcome begin with.
const SHOWN: &str = "  |";

/// Plays a script in a new office. Answers it with what came of it in place of what it showed
/// before, and the office.
pub(crate) fn play(script: &str) -> (String, Ledger) {
    let mut stage = Stage { ledger: Ledger::founded(), accounts: BTreeMap::new() };
    let mut played = String::new();
    for (number, line) in (1..).zip(script.lines()).filter(|(_, line)| !line.starts_with(SHOWN)) {
        played += &format!("{line}\n");
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let outcome = stage.line(line).unwrap_or_else(|why| panic!("line {number}: {line}\n{why}"));
        for line in outcome.lines() {
            played += format!("{SHOWN} {line}").trim_end();
            played.push('\n');
        }
    }
    (played, stage.ledger)
}

struct Stage {
    ledger: Ledger,
    accounts: BTreeMap<String, Actor>,
}

impl Stage {
    /// Plays one line and answers what it shows.
    fn line(&mut self, line: &str) -> Result<String, String> {
        let words = words(line);
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["akun", account, roles @ ..] => {
                self.accounts.insert((*account).to_owned(), person(account, &roles.join(" ")));
                Ok(String::new())
            }
            ["tolak", day, time, account, rest @ ..] => match self.act(day, time, account, rest) {
                Ok(()) => Err("this should be refused, but is accepted".into()),
                Err(sentence) => Ok(sentence),
            },
            [day, time, "gambar", rest @ ..] => Ok(self.draw(self.run(rest).0, at(day, time))),
            [day, time, account, rest @ ..] => self.act(day, time, account, rest).map(|()| String::new()),
            _ => Err("not a line of a script".into()),
        }
    }

    fn act(&mut self, day: &str, time: &str, account: &str, rest: &[&str]) -> Result<(), String> {
        let actor = self.accounts.get(account).cloned().unwrap_or_else(|| in_role(account));
        let command = self.command(rest);
        self.ledger.act(&actor, command, at(day, time)).map(drop).map_err(|refusal| refusal.to_string())
    }

    fn command(&self, words: &[&str]) -> Command {
        let (run, words) = self.run(words);
        let (cell, round, rest) = self.cell(run, words);
        let reason = || rest.first().map(|text| (*text).to_owned()).unwrap_or_default();
        match words {
            ["mulai", sop, year] => {
                let sop = SopKey::try_from((*sop).to_owned()).unwrap();
                Command::StartRun { sop, data_year: year.parse().unwrap() }
            }
            ["selesai", ..] => {
                Command::FinishCell { run, cell: cell.unwrap(), round, answers: self.answers(rest) }
            }
            ["kembalikan", ..] => Command::ReturnCell { run, cell: cell.unwrap(), round, reason: reason() },
            ["tarik", ..] => Command::TakeBack { run, cell: cell.unwrap(), round },
            ["jeda", ..] => Command::PauseRun { run, reason: reason() },
            ["lanjutkan"] => Command::ResumeRun { run },
            ["batalkan", ..] => Command::CancelRun { run, reason: reason() },
            _ => panic!("no such command: {words:?}"),
        }
    }

    /// The run meant, and the words without it.
    fn run<'a, 'b>(&self, words: &'a [&'b str]) -> (RunId, &'a [&'b str]) {
        let newest = self.ledger.office.runs.keys().next_back().copied().unwrap_or(RunId(1));
        match words.split_last() {
            Some((last, rest)) if last.starts_with("ke-") => (RunId(last[3..].parse().unwrap()), rest),
            _ => (newest, words),
        }
    }

    /// The cell meant, if one is; its round; and the words after it.
    fn cell<'a, 'b>(&self, run: RunId, words: &'a [&'b str]) -> (Option<CellRef>, u16, &'a [&'b str]) {
        let cell = words.get(1).and_then(|text| CellRef::try_from((*text).to_owned()).ok());
        let now = |cell: &CellRef| self.ledger.office.run(run).map_or(1, |(run, _)| run.round(cell.activity));
        match (cell, words) {
            (Some(cell), [_, _, "putaran", round, rest @ ..]) => (Some(cell), round.parse().unwrap(), rest),
            (Some(cell), [_, _, rest @ ..]) => (Some(cell.clone()), now(&cell), rest),
            (_, [_, rest @ ..]) => (None, 0, rest),
            _ => (None, 0, &[]),
        }
    }

    fn answers(&self, words: &[&str]) -> RawAnswers {
        let mut answers = RawAnswers::new();
        for word in words {
            match word.split_once('=').expect("key=answer") {
                (key, "*") => {
                    let fields = self.ledger.office.agencies.keys().map(|code| format!("{key}.{code}"));
                    answers.extend(fields.map(|field| (field, "on".to_owned())));
                }
                (key, text) => drop(answers.insert(key.to_owned(), text.to_owned())),
            }
        }
        answers
    }

    fn draw(&self, run: RunId, now: DateTime<Utc>) -> String {
        let (run, sop) = self.ledger.office.run(run).expect("the run is there");
        draw(sop, Some(run), &SheetView::of(sop, run, &self.ledger.office.calendar, now))
    }
}

fn at(day: &str, time: &str) -> DateTime<Utc> {
    moment(&format!("{day} {time}"))
}

/// The words of a line; blanks between double quotes do not part them.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
