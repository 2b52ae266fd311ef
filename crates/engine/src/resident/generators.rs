//! Generators among the models in memory.

use super::store::{Held, Key, Resident};
use super::{GeneratorUse, KeepAlive, Residents};
use crate::cancel::Cancel;
use crate::error::Result;
use crate::generate::{Generator, Place, Room};
use crate::machine::{Machine, Starting};
use crate::open::Engine;
use hal::Kind;
use models::generators::{self, Generator as Found, Origin};
use std::sync::{Arc, PoisonError};
use std::time::Instant;

impl Residents {
    /// What discovery has found, loaded into `place` now if it is not in memory. Idle models leave for it, the longest idle first.
    fn generator(
        &self,
        found: &Found,
        room: Room,
        keep: KeepAlive,
        cancel: &Cancel,
        place: impl FnOnce() -> Result<Place>,
    ) -> Result<GeneratorUse> {
        let key = key(found);
        let load = || {
            let begun = Instant::now();
            let place = place()?;
            let generator = self.store.making_room(|| Generator::load(found, &place, room))?;
            let bytes = generator.bytes();
            Ok(Resident::new(Held::Generator(Arc::new(generator)), found.name.clone(), bytes, begun))
        };
        let generator = self.store.get::<Generator>(key.clone(), keep, cancel, load)?;
        if found.origin != Origin::Path {
            self.store.note_name::<Generator>(&found.name, &key);
        }
        Ok(generator)
    }
}

/// One file may be found in several places.
fn key(found: &Found) -> Key {
    let path = found.files.path();
    Key::Generator(path.canonicalize().unwrap_or_else(|_| path.to_owned()))
}

impl Engine {
    /// The generators on this machine, sorted by name; those that cannot be used with the reason.
    pub fn generators(&self) -> Vec<Found> {
        generators::list(&self.generator_folders)
    }

    /// The generator that a name means, as [`Engine::generators`] lists it or in short (see [`generators::find`]); a path means none.
    ///
    /// # Errors
    /// [`models::Error::NotFound`] with the names there are, [`models::Error::Unsupported`] if it cannot be used.
    pub fn find_generator(&self, name: &str) -> Result<Found> {
        Ok(generators::find_listed(&self.generator_folders, name)?)
    }

    /// The generator that a name or a path means (see [`generators::find`]), loaded now if it is not, beside what is. It cannot leave
    /// before the result is dropped; after that it stays as `keep` says. Who asks for one that is just being loaded waits for that
    /// until `cancel` is set.
    ///
    /// # Errors
    /// [`crate::Error::Memory`] with the numbers if it does not fit even when every idle model has left; what [`generators::find`] and
    /// [`Generator::load`] refuse; [`crate::Error::Cancelled`].
    pub fn generator(&self, name: &str, keep: KeepAlive, cancel: &Cancel) -> Result<GeneratorUse> {
        match self.residents.store.known(name, keep) {
            Some(known) => Ok(known),
            None => self.use_generator(&generators::find(&self.generator_folders, name)?, keep, cancel),
        }
    }

    /// As [`Engine::generator`], of what was found before.
    ///
    /// # Errors
    /// As for [`Engine::generator`].
    pub fn use_generator(&self, found: &Found, keep: KeepAlive, cancel: &Cancel) -> Result<GeneratorUse> {
        self.residents.guard()?;
        self.residents.generator(found, self.generator_room, keep, cancel, || self.generator_place())
    }

    /// Makes a generator leave: at once if it is idle, else with its last use. False if it is not loaded.
    pub fn unload_generator(&self, found: &Found) -> bool {
        self.residents.store.unload(&key(found))
    }

    /// Where generators run: with the engine's budget and on its schedule; on its own device if that is the processor, else on the
    /// processor beside it, since generators run on the processor only so far.
    pub(crate) fn generator_place(&self) -> Result<Place> {
        let own = self.machine();
        let machine = match own.device.capabilities().kind {
            Kind::Cpu => own,
            _ => self.processor_beside()?,
        };
        Ok(Place::within(&machine, &self.budget, &self.scheduler))
    }

    /// The processor, opened once beside a device of another kind.
    fn processor_beside(&self) -> Result<Machine> {
        let mut beside = self.beside.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(machine) = &*beside {
            return Ok(machine.clone());
        }
        let starting = Starting { budget: &self.budget, trace: &self.trace, sizes: &self.size_source };
        let reason = "generators run on the CPU only so far";
        // Why measured sizes are ignored was told when the workspace was opened.
        let (machine, _) = Machine::start(&self.processor, reason, 0, &starting)?;
        Ok(beside.insert(machine).clone())
    }
}
