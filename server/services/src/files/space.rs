//! How much room is left on the disk, and what of it is not for files: the log's reserve.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use desk::file::StorageState;
use rustix::fs::statvfs;

/// The largest reserve unless another was told, in bytes; on a small disk it is a part of it.
const LARGEST_RESERVE: u64 = 1024 << 20;
const RESERVED_PART: u64 = 20;

/// What a disk has room for, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Altogether.
    pub size: u64,
    /// What can still be written.
    pub free: u64,
}

/// Tells how much room there is.
pub trait Gauge: Send + Sync {
    /// How much there is at this moment.
    ///
    /// # Errors
    /// If the system does not say.
    fn room(&self) -> io::Result<Room>;
}

/// The disk on which a folder lies.
pub struct DiskOf(pub PathBuf);

impl Gauge for DiskOf {
    fn room(&self) -> io::Result<Room> {
        let told = statvfs(&self.0)?;
        let bytes = |blocks: u64| blocks.saturating_mul(told.f_frsize);
        // What is only for root does not count.
        Ok(Room { size: bytes(told.f_blocks), free: bytes(told.f_bavail) })
    }
}

/// What room is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// What somebody brings. The whole reserve is out of its reach.
    Upload,
    /// What the server writes so that work can go on: drafts, documents. It may use half of
    /// the reserve; the other half is the log's alone.
    Work,
}

/// The room on the disk, shared by all who write files.
pub struct Space {
    gauge: Arc<dyn Gauge>,
    /// In bytes, if it was told.
    reserve: Option<u64>,
    /// The largest file that may come.
    largest: u64,
    /// Bytes that are being written, which the disk may not count yet.
    promised: Mutex<u64>,
}

/// How the disk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The room.
    pub room: Room,
    /// What is kept free for the log.
    pub reserve: u64,
    /// In a word.
    pub state: StorageState,
    /// The largest file that may come.
    pub largest: u64,
}

impl Standing {
    /// Whether there is so much room again that a full disk is over, and not just for a moment.
    pub fn has_recovered(&self) -> bool {
        let enough = self.reserve.saturating_add(self.reserve / 4).saturating_add(self.largest);
        self.room.free >= enough
    }
}

/// Why there is no room.
#[derive(Debug)]
pub(crate) enum Shortage {
    /// The disk would come under its reserve.
    Full,
    /// It is not known.
    Unknown(io::Error),
}

/// Bytes that may be written; to be dropped once they are.
pub(crate) struct Promise {
    space: Arc<Space>,
    bytes: u64,
}

impl Drop for Promise {
    fn drop(&mut self) {
        let mut promised = self.space.promised.lock().unwrap_or_else(PoisonError::into_inner);
        *promised = promised.saturating_sub(self.bytes);
    }
}

impl Space {
    /// The room that a gauge tells of. `reserve` in bytes; without it 1 GiB, or a twentieth of a disk
    /// of less than 20 GiB.
    pub fn new(gauge: Arc<dyn Gauge>, reserve: Option<u64>, largest: u64) -> Arc<Self> {
        Arc::new(Self { gauge, reserve, largest, promised: Mutex::default() })
    }

    /// How the disk stands.
    ///
    /// # Errors
    /// If the system does not say.
    pub fn standing(&self) -> io::Result<Standing> {
        let room = self.gauge.room()?;
        let reserve = self.reserve_of(room);
        let beyond = room.free.saturating_sub(reserve);
        // Full is said while small files still come in: who has a large one is refused already.
        let state = match beyond {
            none if none < self.largest => StorageState::Full,
            little if little < self.largest.saturating_add(reserve) => StorageState::Low,
            _ => StorageState::Ample,
        };
        Ok(Standing { room, reserve, state, largest: self.largest })
    }

    /// Promises that so many bytes may be written. Whoever asks at the same moment gets only what
    /// is left beside them.
    pub(crate) fn promise(self: &Arc<Self>, bytes: u64, purpose: Purpose) -> Result<Promise, Shortage> {
        let mut promised = self.promised.lock().unwrap_or_else(PoisonError::into_inner);
        let room = self.gauge.room().map_err(Shortage::Unknown)?;
        let kept = match purpose {
            Purpose::Upload => self.reserve_of(room),
            Purpose::Work => self.reserve_of(room) / 2,
        };
        let wanted = bytes.saturating_add(*promised).saturating_add(kept);
        if room.free < wanted {
            return Err(Shortage::Full);
        }
        *promised = promised.saturating_add(bytes);
        Ok(Promise { space: Arc::clone(self), bytes })
    }

    fn reserve_of(&self, room: Room) -> u64 {
        self.reserve.unwrap_or(LARGEST_RESERVE.min(room.size / RESERVED_PART))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u64);

    impl Gauge for Fixed {
        fn room(&self) -> io::Result<Room> {
            Ok(Room { size: 100 << 30, free: self.0 })
        }
    }

    fn space(free: u64, reserve: Option<u64>) -> Arc<Space> {
        Space::new(Arc::new(Fixed(free)), reserve, 20)
    }

    #[test]
    fn promises_made_at_once_never_reach_into_the_reserve() {
        let space = space(1_000, Some(600));
        let askers: Vec<_> = (0..8)
            .map(|_| {
                let space = Arc::clone(&space);
                std::thread::spawn(move || {
                    let ask = || space.promise(10, Purpose::Upload).ok();
                    (0..100).filter_map(|_| ask()).collect::<Vec<_>>()
                })
            })
            .collect();
        let given: Vec<_> = askers.into_iter().flat_map(|asker| asker.join().unwrap()).collect();
        assert_eq!(given.len(), 40, "400 bytes beyond the reserve, 10 each");
        assert!(matches!(space.promise(1, Purpose::Upload), Err(Shortage::Full)));
        drop(given);
        assert!(space.promise(400, Purpose::Upload).is_ok(), "what was written is promised no longer");
    }

    #[test]
    fn work_goes_on_in_the_first_half_of_the_reserve() {
        let space = space(599, Some(600));
        assert!(space.promise(1, Purpose::Upload).is_err());
        assert!(space.promise(299, Purpose::Work).is_ok());
        assert!(space.promise(300, Purpose::Work).is_err());
    }

    #[test]
    fn the_reserve_is_a_part_of_a_small_disk() {
        let reserve = |size| space(0, None).reserve_of(Room { size, free: 0 });
        assert_eq!((reserve(100 << 30), reserve(2 << 30)), (1 << 30, (2 << 30) / 20));
    }

    #[test]
    fn it_says_full_before_the_last_small_file_has_come() {
        let state = |free| space(free, Some(600)).standing().unwrap().state;
        assert_eq!(state(10_000), StorageState::Ample);
        assert_eq!(state(1_219), StorageState::Low);
        assert_eq!(state(619), StorageState::Full);
        assert_eq!(state(0), StorageState::Full);
    }

    #[test]
    fn the_disk_of_a_folder_says_how_large_it_is() {
        let room = DiskOf("/".into()).room().unwrap();
        assert!(room.size > 0 && room.free <= room.size, "{room:?}");
    }
}
