//! Connections that read. There are several, since a person's look-up must not wait behind one of background work, whose thread may have
//! to leave its core to others in the middle of it.

use std::ops::Deref;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use duckdb::Connection;

use crate::error::{Result, While};

const CONNECTIONS: usize = 4;

/// The connections of a workspace.
pub(super) struct Readers {
    connections: Vec<Mutex<Connection>>,
    /// Places of those that nobody uses. Who waits is handed one in turn, which waiting for one of several locks would not do.
    free: Mutex<Vec<usize>>,
    given_back: Condvar,
}

/// A connection in use.
pub(super) struct Reader<'a> {
    readers: &'a Readers,
    place: usize,
    connection: MutexGuard<'a, Connection>,
}

impl Readers {
    pub(super) fn beside(writer: &Connection) -> Result<Readers> {
        let connections = (0..CONNECTIONS).map(|_| writer.try_clone().map(Mutex::new));
        let connections = connections.collect::<duckdb::Result<_>>().while_("opening another connection")?;
        Ok(Readers { connections, free: Mutex::new((0..CONNECTIONS).collect()), given_back: Condvar::new() })
    }

    /// Takes a connection; waits while all are in use.
    pub(super) fn take(&self) -> Reader<'_> {
        let mut free = self.free();
        let place = loop {
            match free.pop() {
                Some(place) => break place,
                None => free = self.given_back.wait(free).unwrap_or_else(PoisonError::into_inner),
            }
        };
        drop(free);
        // A panic elsewhere leaves no half-made state in a connection: transactions roll back when dropped.
        let connection = self.connections[place].lock().unwrap_or_else(PoisonError::into_inner);
        Reader { readers: self, place, connection }
    }

    fn free(&self) -> MutexGuard<'_, Vec<usize>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Deref for Reader<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        self.readers.free().push(self.place);
        self.readers.given_back.notify_one();
    }
}
