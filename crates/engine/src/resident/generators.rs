//! Generators among the models in memory.

use super::store::{Held, Key, Resident};
use super::{GeneratorUse, KeepAlive, Residents};
use crate::cancel::Cancel;
use crate::choice::choose_for_generator;
use crate::error::Result;
use crate::generate::{Generator, Place, Room};
use crate::machine::{Machine, Starting};
use crate::open::{Engine, device_options, refused};
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
        engine: &Engine,
    ) -> Result<GeneratorUse> {
        let key = key(found);
        let load = || {
            let begun = Instant::now();
            let load_into = |place: &Place| self.store.making_room(|| Generator::load(found, place, room));
            let generator = engine.with_generators_device(load_into)?;
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
        match self.residents.store.known::<Generator>(name, keep) {
            Some(known) if !known.is_lost() => Ok(known),
            _ => self.use_generator(&generators::find(&self.generator_folders, name)?, keep, cancel),
        }
    }

    /// As [`Engine::generator`], of what was found before.
    ///
    /// # Errors
    /// As for [`Engine::generator`].
    pub fn use_generator(&self, found: &Found, keep: KeepAlive, cancel: &Cancel) -> Result<GeneratorUse> {
        self.residents.guard()?;
        self.residents.store.forget_lost(&key(found));
        // A smaller model has the context that it was made for.
        let most = found.facts.as_ref().map_or(u64::MAX, |facts| facts.context);
        let context = self.generator_room.context.min(usize::try_from(most).unwrap_or(usize::MAX));
        self.residents.generator(found, Room { context, ..self.generator_room }, keep, cancel, self)
    }

    /// Makes a generator leave: at once if it is idle, else with its last use. False if it is not loaded.
    pub fn unload_generator(&self, found: &Found) -> bool {
        self.residents.store.unload(&key(found))
    }

    /// Runs `load` with the place where generators are to run: on the engine's own device if that is the one to choose, else on
    /// another one, opened once beside it; with the engine's budget and on its schedule. What a card gives up, the processor does.
    fn with_generators_device<T>(&self, load: impl Fn(&Place) -> Result<T>) -> Result<T> {
        let choice = choose_for_generator(self.config.device, self.config.cache.as_deref())?;
        let on_processor = |reason: String| load(&self.place_on(&self.machine_of(Kind::Cpu, &reason)?, &reason));
        match self.machine_of(choice.kind, &choice.reason) {
            Ok(machine) => {
                let place = self.place_on(&machine, &choice.reason);
                load(&place).or_else(|failure| on_processor(place.given_up(failure)?))
            }
            Err(failure) if choice.kind != Kind::Cpu => on_processor(refused(&choice, failure)?),
            Err(failure) => Err(failure),
        }
    }

    fn place_on(&self, machine: &Machine, reason: &str) -> Place {
        Place::within(machine, reason, &self.budget, &self.scheduler)
    }

    /// A living device of that kind: the engine's own, or one that is opened beside it.
    fn machine_of(&self, kind: Kind, reason: &str) -> Result<Machine> {
        let own = self.machine();
        let is_of = |of: Kind| of == kind || matches!((of, kind), (Kind::Vulkan { .. }, Kind::Vulkan { index: None }));
        let fits = |machine: &Machine| is_of(machine.device.capabilities().kind) && machine.device.lost().is_none();
        if fits(&own) {
            return Ok(own);
        }
        let mut beside = self.beside.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(machine) = beside.as_ref().filter(|machine| fits(machine)) {
            return Ok(machine.clone());
        }
        let starting = Starting { budget: &self.budget, trace: &self.trace, sizes: &self.size_source };
        // Why measured sizes are ignored was told when the workspace was opened.
        let (machine, _) = Machine::start(&device_options(&self.config, kind), reason, 0, &starting)?;
        Ok(beside.insert(machine).clone())
    }
}
