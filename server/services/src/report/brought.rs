//! Tables that agencies have brought and not imported yet, kept in memory for a while. Each belongs to
//! the session that brought it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::achievement::import::{Grid, Understood, Wish};
use domain::id::{AgencyCode, RunId};

use crate::token::TokenHash;

/// How long a table is kept after it was last looked at.
const KEPT: Duration = Duration::from_secs(60 * 60);
/// How many are kept; beyond it the oldest is dropped,
const TABLES: usize = 200;
/// as it is beyond so many of one agency,
const EACH: usize = 4;
/// or so many bytes in all.
const BYTES: usize = 64 * 1024 * 1024;
/// What a cell costs beside its text.
const CELL: usize = 80;

/// Whose a table is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Owner {
    pub(super) session: TokenHash,
    pub(super) agency: AgencyCode,
    pub(super) run: RunId,
}

/// A table that waits.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// What its file is called.
    pub(super) name: String,
    pub(super) sheets: Arc<Vec<Grid>>,
    pub(super) wish: Wish,
    /// How it was understood with that wish.
    pub(super) shown: Arc<Understood>,
    /// What to say above it.
    pub(super) note: String,
}

/// The tables that wait, the oldest first.
#[derive(Default)]
pub(super) struct Waiting(Mutex<VecDeque<Kept>>);

struct Kept {
    of: Owner,
    at: Instant,
    bytes: usize,
    table: Table,
}

impl Waiting {
    /// Keeps a table, in the place of the one that this session has brought before for the run.
    pub(super) fn keep(&self, of: Owner, table: Table, now: Instant) {
        let cells = table.sheets.iter().flat_map(|sheet| &sheet.rows).flatten();
        let bytes = cells.map(|cell| CELL + cell.text.len()).sum();
        let mut kept = self.lock(now);
        kept.retain(|other| other.of != of);
        let of_agency = kept.iter().filter(|other| other.of.agency == of.agency).count();
        if of_agency >= EACH
            && let Some(oldest) = kept.iter().position(|other| other.of.agency == of.agency)
        {
            kept.remove(oldest);
        }
        kept.push_back(Kept { of, at: now, bytes, table });
        while kept.len() > TABLES || kept.iter().map(|other| other.bytes).sum::<usize>() > BYTES {
            kept.pop_front();
        }
    }

    /// The table that this session has brought for the run.
    pub(super) fn of(&self, of: &Owner, now: Instant) -> Option<Table> {
        let mut kept = self.lock(now);
        let at = kept.iter().position(|other| other.of == *of)?;
        let mut found = kept.remove(at)?;
        found.at = now;
        let table = found.table.clone();
        kept.push_back(found);
        Some(table)
    }

    /// Forgets the table that was imported.
    pub(super) fn forget(&self, of: &Owner, now: Instant) {
        self.lock(now).retain(|other| other.of != *of);
    }

    fn lock(&self, now: Instant) -> MutexGuard<'_, VecDeque<Kept>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while kept.front().is_some_and(|oldest| now.saturating_duration_since(oldest.at) >= KEPT) {
            kept.pop_front();
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(session: &str, agency: &str) -> Owner {
        Owner { session: TokenHash::of(session), agency: AgencyCode::from(agency), run: RunId(1) }
    }

    fn table(name: &str, text: usize) -> Table {
        let sheet = Grid::of_words(&[vec!["x".repeat(text)]]);
        Table {
            name: name.to_owned(),
            sheets: Arc::new(vec![sheet]),
            wish: Wish::default(),
            shown: Arc::default(),
            note: String::new(),
        }
    }

    fn name(waiting: &Waiting, of: &Owner, now: Instant) -> Option<String> {
        waiting.of(of, now).map(|table| table.name)
    }

    #[test]
    fn a_table_is_shown_to_the_session_that_brought_it() {
        let (waiting, now) = (Waiting::default(), Instant::now());
        let mine = owner("saya", "a");
        waiting.keep(mine.clone(), table("satu", 1), now);
        waiting.keep(mine.clone(), table("dua", 1), now);
        assert_eq!(name(&waiting, &mine, now).as_deref(), Some("dua"));
        for other in [owner("lain", "a"), owner("saya", "b"), Owner { run: RunId(2), ..mine.clone() }] {
            assert_eq!(name(&waiting, &other, now), None);
        }
        waiting.forget(&mine, now);
        assert_eq!(name(&waiting, &mine, now), None);
    }

    #[test]
    fn tables_are_bounded_in_time_number_and_size() {
        let (waiting, now) = (Waiting::default(), Instant::now());
        let mine = owner("saya", "a");
        waiting.keep(mine.clone(), table("satu", 1), now);
        assert!(name(&waiting, &mine, now + KEPT / 2).is_some());
        assert!(name(&waiting, &mine, now + KEPT).is_some(), "it was looked at");
        assert!(name(&waiting, &mine, now + KEPT * 2).is_none());

        for session in 0..=EACH {
            waiting.keep(owner(&session.to_string(), "a"), table("x", 1), now);
        }
        assert_eq!(waiting.0.lock().unwrap().len(), EACH);
        assert!(name(&waiting, &owner("0", "a"), now).is_none());

        for agency in 0..TABLES {
            waiting.keep(owner("s", &agency.to_string()), table("x", 1), now);
        }
        assert_eq!(waiting.0.lock().unwrap().len(), TABLES);
        for agency in 0..9 {
            waiting.keep(owner("besar", &agency.to_string()), table("x", BYTES / 4), now);
        }
        let kept: usize = waiting.0.lock().unwrap().iter().map(|kept| kept.bytes).sum();
        assert!(kept <= BYTES, "{kept}");
    }
}
