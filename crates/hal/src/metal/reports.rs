//! What the system reports about the end of work: soon before or after the value behind it is reached, if at all.

use crate::error::Error;
use crate::heap::QUEUES;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// A report about work whose value is reached is waited for so long: without it a failure would count as success.
const REPORT: Duration = Duration::from_millis(if cfg!(test) { 200 } else { 1000 });

/// The same while reports do not come: there may be systems that give none.
const UNTOLD: Duration = Duration::from_millis(20);

/// How work ended that the system has told of.
#[derive(Default)]
pub(super) struct Ends {
    /// For each role, work whose ticket has not been reached yet.
    told: [BTreeMap<u64, Option<Error>>; QUEUES],
    /// For each role, the value of the last ticket that was reached.
    landed: [u64; QUEUES],
    /// Tickets that were reached without a report.
    untold: u64,
}

impl Ends {
    /// Takes a report. What is told too late comes back: somebody has been told of a success.
    pub(super) fn note(&mut self, role: usize, value: u64, failure: Option<Error>) -> Option<Error> {
        if value <= self.landed[role] {
            return failure;
        }
        self.told[role].insert(value, failure);
        None
    }

    /// How work ended, if that was told: none without a failure.
    pub(super) fn of(&self, role: usize, value: u64) -> Option<Option<Error>> {
        self.told[role].get(&value).cloned()
    }

    /// A ticket counts as reached although nothing was told.
    pub(super) fn untold(&mut self) {
        self.untold += 1;
    }

    /// A ticket is reached from now on.
    pub(super) fn land(&mut self, role: usize, value: u64) {
        self.landed[role] = value.max(self.landed[role]);
        self.told[role].retain(|at, _| *at > value);
    }

    /// What people are to know of it.
    pub(super) fn complaint(&self) -> Option<String> {
        let untold = self.untold;
        (untold > 0).then(|| {
            format!(
                "how {untold} submissions ended was not told in time: of a failure among them it would be known late"
            )
        })
    }
}

/// For each role, until when a report about its first work is waited for, where that is all that is missing. Each has a time of its own:
/// one that is late for another says nothing.
#[derive(Default)]
pub(super) struct Reports {
    until: [Option<Instant>; QUEUES],
    /// The last report did not come in its time.
    missed: bool,
}

impl Reports {
    /// Whether the report about work of a role whose value is reached has been waited for long enough.
    pub(super) fn are_late(&mut self, role: usize, now: Instant) -> bool {
        let patience = if self.missed { UNTOLD } else { REPORT };
        let late = *self.until[role].get_or_insert(now + patience) <= now;
        self.missed |= late;
        late
    }

    /// A report has come in its time.
    pub(super) fn came(&mut self) {
        self.missed = false;
    }

    /// The first work of a role has ended.
    pub(super) fn ended(&mut self, role: usize) {
        self.until[role] = None;
    }

    /// When the next one will be late.
    pub(super) fn next(&self) -> Option<Instant> {
        self.until.iter().flatten().min().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_waits_for_its_own_report() {
        let begin = Instant::now();
        let mut reports = Reports::default();
        assert!(!reports.are_late(2, begin));
        // Another role's work ends while the first report is nearly late: its own has all its time.
        let later = begin + REPORT / 4 * 3;
        assert!(!reports.are_late(1, later));
        assert_eq!(reports.next(), Some(begin + REPORT));
        assert!(!reports.are_late(1, begin + REPORT));
        assert!(reports.are_late(2, begin + REPORT));
        reports.ended(2);
        assert_eq!(reports.next(), Some(later + REPORT));
        assert!(reports.are_late(1, later + REPORT));
    }

    #[test]
    fn where_none_come_little_time_is_spent_on_them() {
        let begin = Instant::now();
        let mut reports = Reports::default();
        assert!(!reports.are_late(0, begin) && reports.are_late(0, begin + REPORT));
        reports.ended(0);
        let next = begin + REPORT;
        assert!(!reports.are_late(0, next) && reports.are_late(0, next + UNTOLD));
        reports.ended(0);
        reports.came();
        let next = next + UNTOLD;
        assert!(!reports.are_late(0, next) && !reports.are_late(0, next + UNTOLD));
    }

    #[test]
    fn a_failure_that_is_told_late_comes_back() {
        let mut ends = Ends::default();
        let failure = || Some(Error::OutOfMemory { requested: 0, used: 0, limit: 0 });
        assert!(ends.note(1, 5, failure()).is_none());
        assert!(matches!(ends.of(1, 5), Some(Some(Error::OutOfMemory { .. }))));
        ends.land(1, 5);
        assert!(ends.of(1, 5).is_none() && ends.complaint().is_none());
        assert!(ends.note(1, 5, failure()).is_some() && ends.note(1, 4, None).is_none());
        assert!(ends.of(1, 5).is_none() && ends.of(1, 4).is_none(), "nothing of it is kept");
        assert!(ends.note(0, 5, failure()).is_none(), "another role has not come so far");
        ends.untold();
        assert!(ends.complaint().is_some_and(|told| told.contains("1 submissions")));
    }
}
