//! Which generator writes an answer, if any does.

use super::GeneratorWish;
use crate::error::Result;
use crate::open::Engine;
use data::{Access, Workspace};
use models::generators::{self, Generator as Found};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The workspace's setting that names its generator.
const SETTING: &str = "generator";

/// What that setting says where passages are to be quoted, whatever generators there are.
pub const QUOTING: &str = "passages";

/// How long it is believed what was found: looking reads the header of every file, which takes longer than finding passages.
const BELIEVED: Duration = Duration::from_secs(30);

/// Names of which it is remembered.
const MOST_NAMES: usize = 64;

/// What names were found to mean lately; no name: the only generator there is.
#[derive(Default)]
pub(crate) struct LookedUp(Mutex<HashMap<Option<String>, (Instant, Choice)>>);

/// The generator, and what is to be said where it is another than one may expect.
type Choice = (Option<Found>, Vec<String>);

impl LookedUp {
    fn or(&self, name: Option<&str>, look: impl FnOnce() -> Result<Choice>) -> Result<Choice> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let name = name.map(str::to_owned);
        if let Some((_, choice)) = lock().get(&name).filter(|(at, _)| at.elapsed() < BELIEVED) {
            return Ok(choice.clone());
        }
        let choice = look()?;
        let mut known = lock();
        if known.len() >= MOST_NAMES {
            known.clear();
        }
        known.insert(name, (Instant::now(), choice.clone()));
        Ok(choice)
    }
}

/// The generator that the workspace in `folder` has chosen, by name or path: none where it quotes, or takes the only one there is. Nothing
/// but that is opened.
///
/// # Errors
/// [`data::Error`] if there is no workspace, or it cannot be read, as while a server has it.
pub fn usual_generator(folder: &Path) -> Result<Option<String>> {
    let chosen = Workspace::open(folder, Access::ReadOnly)?.setting(SETTING)?;
    Ok(chosen.filter(|name| name != QUOTING))
}

impl Engine {
    /// The generator that is wished for, not loaded yet; and what is to be said where it is another than one may expect.
    ///
    /// # Errors
    /// What [`generators::find`] refuses, for one that the request names.
    pub(super) fn chosen_generator(&self, wish: &GeneratorWish) -> Result<Choice> {
        match wish {
            GeneratorWish::Passages => return Ok((None, Vec::new())),
            GeneratorWish::Named(name) => return self.named_generator(name),
            GeneratorWish::Usual => {}
        }
        match self.workspace.setting(SETTING)? {
            Some(name) if name == QUOTING => Ok((None, Vec::new())),
            Some(name) => self.named_generator(&name).or_else(|refused| {
                let what = format!("passages are quoted: {name}, which this workspace uses, cannot be: {refused}");
                Ok((None, vec![what]))
            }),
            None => self.looked_up.or(None, || Ok(self.only_generator())),
        }
    }

    /// The generator that would write an answer, if one would: it may still not fit into memory.
    ///
    /// # Errors
    /// As for [`Engine::ask`].
    pub fn writer(&self, wish: &GeneratorWish) -> Result<Option<Found>> {
        Ok(self.chosen_generator(wish)?.0)
    }

    fn named_generator(&self, name: &str) -> Result<Choice> {
        let look = || Ok((Some(generators::find(&self.generator_folders, name)?), Vec::new()));
        self.looked_up.or(Some(name), look)
    }

    /// The only generator on this machine that can be used.
    fn only_generator(&self) -> Choice {
        let mut usable: Vec<(PathBuf, Found)> = Vec::new();
        for found in self.generators().into_iter().filter(|found| found.facts.is_ok()) {
            // One file may be found in several places.
            let path = found.files.path().canonicalize().unwrap_or(found.files.path().to_owned());
            if usable.iter().all(|(known, _)| *known != path) {
                usable.push((path, found));
            }
        }
        if usable.len() < 2 {
            return (usable.pop().map(|(_, found)| found), Vec::new());
        }
        let names: Vec<&str> = usable.iter().map(|(_, found)| found.name.as_str()).collect();
        let what = format!(
            "passages are quoted, since there are several generators: {}. `downbeat models use NAME` chooses one for this workspace",
            names.join(", ")
        );
        (None, vec![what])
    }

    /// Has answers be written by this generator from now on, or [`QUOTING`], or with `None` by the only one there is.
    ///
    /// # Errors
    /// [`data::Error`] if the workspace cannot be written.
    pub fn set_usual_generator(&self, name: Option<&str>) -> Result<()> {
        Ok(self.workspace.set_setting(SETTING, name)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    #[test]
    fn what_was_found_is_believed_and_what_was_not_is_looked_for_again() {
        let known = LookedUp::default();
        let found = |what: &str| Ok((None, vec![what.to_owned()]));
        assert!(known.or(Some("a"), || Err(Error::Late)).is_err());
        assert_eq!(known.or(Some("a"), || found("one")).unwrap().1, ["one"]);
        assert_eq!(known.or(Some("a"), || found("two")).unwrap().1, ["one"]);
        assert_eq!(known.or(None, || found("three")).unwrap().1, ["three"]);
        let long_ago = Instant::now().checked_sub(BELIEVED).expect("the clock runs for longer");
        known.0.lock().unwrap().values_mut().for_each(|(at, _)| *at = long_ago);
        assert_eq!(known.or(Some("a"), || found("two")).unwrap().1, ["two"]);
    }
}
