//! What Linux knows: the machine, how busy it is, and what a process has used.

use std::fs::read_to_string;
use std::time::Duration;

use crate::Outcome;

/// How many ticks of `/proc/<pid>/stat` make a second; the same on every Linux.
const TICKS: u64 = 100;

/// What a process has used so far.
#[derive(Clone, Copy)]
pub(crate) struct Usage {
    /// Processor time, to 10 ms.
    pub(crate) cpu: Duration,
    /// Memory of its own, in KiB: also what was swapped out, but nothing that is a copy of a file,
    /// which the system may drop at any time.
    pub(crate) memory: u64,
}

impl Usage {
    /// Of the process with this id.
    pub(crate) fn of(id: u32) -> Outcome<Self> {
        let stat = read_to_string(format!("/proc/{id}/stat"))?;
        // The name of the program stands in parentheses and may hold anything.
        let (_, fields) = stat.rsplit_once(')').ok_or("/proc/<pid>/stat has another form")?;
        // User and system time are the fields 14 and 15, of which two are cut off.
        let ticks =
            fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>).sum::<Result<u64, _>>()?;
        let status = read_to_string(format!("/proc/{id}/status"))?;
        let field = |name: &str| -> Outcome<u64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            Ok(line.ok_or_else(|| format!("no {name}"))?.trim().trim_end_matches(" kB").parse()?)
        };
        let memory = field("RssAnon:")? + field("VmSwap:")?;
        Ok(Self { cpu: Duration::from_millis(ticks * 1000 / TICKS), memory })
    }
}

/// Processor and kernel in one line.
pub(crate) fn description() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let read = |path| read_to_string(path).unwrap_or_default();
    let info = read("/proc/cpuinfo");
    let model = info.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let model = model.trim_start_matches(['\t', ' ', ':']);
    format!("{cores} cores of {model}, Linux {}", read("/proc/sys/kernel/osrelease").trim())
}

/// The load average of the last minute: above the number of cores, others are at work too.
pub(crate) fn load() -> String {
    let text = read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}
