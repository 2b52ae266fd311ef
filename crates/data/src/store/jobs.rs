//! Jobs: long work that a person may ask about, and that a dead process leaves visibly unfinished.

use serde::Serialize;

use super::Workspace;
use super::rows::collect;
use crate::error::Result;

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum JobState {
    /// Under way in the process that has the workspace.
    Running,
    /// Finished.
    Done,
    /// Stopped by an error, told in its message.
    Failed,
    /// Stopped by a person.
    Cancelled,
    /// Its process ended without saying so.
    Interrupted,
}

impl JobState {
    fn name(self) -> &'static str {
        match self {
            JobState::Running => "running",
            JobState::Done => "done",
            JobState::Failed => "failed",
            JobState::Cancelled => "cancelled",
            JobState::Interrupted => "interrupted",
        }
    }

    fn from_name(name: &str) -> Self {
        match name {
            "running" => JobState::Running,
            "done" => JobState::Done,
            "failed" => JobState::Failed,
            "cancelled" => JobState::Cancelled,
            _ => JobState::Interrupted,
        }
    }
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Job {
    /// Its id, ascending.
    pub id: u64,
    /// What sort of work, e.g. `ingest`.
    pub kind: String,
    /// What it works on, enough to start it again.
    pub detail: String,
    /// Where it stands.
    pub state: JobState,
    /// Units done.
    pub done: u64,
    /// Units in all, 0 when unknown.
    pub total: u64,
    /// The error, or a closing word.
    pub message: String,
    /// Start, seconds since 1970.
    pub started: i64,
    /// Last change, seconds since 1970.
    pub updated: i64,
}

/// Jobs remembered: a watched folder makes one per burst of changes.
const KEPT_JOBS: u64 = 1000;

const COLUMNS: &str = "id, kind, detail, state, done, total, message, started, updated";

impl Workspace {
    /// Records that a job begins; returns its id.
    pub fn start_job(&self, kind: &str, detail: &str, total: u64) -> Result<u64> {
        self.write("record a job", |db| {
            let id: u64 = db.query_row("SELECT next_job FROM counters", [], |r| r.get(0))?;
            db.execute("UPDATE counters SET next_job = next_job + 1", [])?;
            db.execute("DELETE FROM jobs WHERE id + ? <= ? AND state <> 'running'", [KEPT_JOBS, id])?;
            db.execute(
                "INSERT INTO jobs VALUES (?, ?, ?, 'running', 0, ?, '', epoch(now())::BIGINT, epoch(now())::BIGINT)",
                duckdb::params![id, kind, detail, total],
            )?;
            Ok(id)
        })
    }

    /// Records how far a job is. One small commit: call it every second or so, not for every file.
    pub fn progress_job(&self, id: u64, done: u64, total: u64) -> Result<()> {
        self.write("record a job's progress", |db| {
            db.execute(
                "UPDATE jobs SET done = ?, total = ?, updated = epoch(now())::BIGINT WHERE id = ?",
                duckdb::params![done, total, id],
            )
            .map(drop)
        })
    }

    /// Records how a job ended.
    pub fn finish_job(&self, id: u64, state: JobState, message: &str) -> Result<()> {
        self.write("record a job's end", |db| {
            db.execute(
                "UPDATE jobs SET state = ?, message = ?, updated = epoch(now())::BIGINT WHERE id = ?",
                duckdb::params![state.name(), message, id],
            )
            .map(drop)
        })
    }

    /// The last `limit` jobs, newest first.
    pub fn jobs(&self, limit: usize) -> Result<Vec<Job>> {
        let sql = format!("SELECT {COLUMNS} FROM jobs ORDER BY id DESC LIMIT {limit}");
        collect(&self.reader(), "reading the jobs", &sql, [], job)
    }

    /// One job, if it is still remembered.
    pub fn job(&self, id: u64) -> Result<Option<Job>> {
        let sql = format!("SELECT {COLUMNS} FROM jobs WHERE id = ?");
        Ok(collect(&self.reader(), "reading a job", &sql, [id], job)?.pop())
    }

    /// Called with the exclusive lock held: whatever still says "running" belongs to a process that is gone.
    pub(super) fn mark_interrupted_jobs(&self) -> Result<Vec<Job>> {
        let sql = format!("SELECT {COLUMNS} FROM jobs WHERE state = 'running' ORDER BY id");
        let mut jobs = collect(&self.reader(), "reading the jobs", &sql, [], job)?;
        if !jobs.is_empty() {
            self.write("mark interrupted jobs", |db| {
                db.execute("UPDATE jobs SET state = 'interrupted' WHERE state = 'running'", []).map(drop)
            })?;
        }
        for job in &mut jobs {
            job.state = JobState::Interrupted;
        }
        Ok(jobs)
    }
}

fn job(row: &duckdb::Row<'_>) -> duckdb::Result<Job> {
    Ok(Job {
        id: row.get(0)?,
        kind: row.get(1)?,
        detail: row.get(2)?,
        state: JobState::from_name(&row.get::<_, String>(3)?),
        done: row.get(4)?,
        total: row.get(5)?,
        message: row.get(6)?,
        started: row.get(7)?,
        updated: row.get(8)?,
    })
}
