//! Which generator writes an answer, if any does.

use super::GeneratorWish;
use crate::error::Result;
use crate::open::Engine;
use models::generators::{self, Generator as Found};
use std::path::PathBuf;

/// The workspace's setting that names its generator.
const SETTING: &str = "generator";

/// What that setting says where passages are to be quoted, whatever generators there are.
pub const QUOTING: &str = "passages";

impl Engine {
    /// The generator that is wished for, not loaded yet; and what is to be said where it is another than one may expect.
    ///
    /// # Errors
    /// What [`generators::find`] refuses, for one that the request names.
    pub(super) fn chosen_generator(&self, wish: &GeneratorWish) -> Result<(Option<Found>, Vec<String>)> {
        match wish {
            GeneratorWish::Passages => return Ok((None, Vec::new())),
            GeneratorWish::Named(name) => {
                return Ok((Some(generators::find(&self.generator_folders, name)?), Vec::new()));
            }
            GeneratorWish::Usual => {}
        }
        match self.workspace.setting(SETTING)? {
            Some(name) if name == QUOTING => Ok((None, Vec::new())),
            Some(name) => match generators::find(&self.generator_folders, &name) {
                Ok(found) => Ok((Some(found), Vec::new())),
                Err(refused) => {
                    let what = format!("passages are quoted: {name}, which this workspace uses, cannot be: {refused}");
                    Ok((None, vec![what]))
                }
            },
            None => Ok(self.only_generator()),
        }
    }

    /// The generator that would write an answer, if one would: it may still not fit into memory.
    ///
    /// # Errors
    /// As for [`Engine::ask`].
    pub fn writer(&self, wish: &GeneratorWish) -> Result<Option<Found>> {
        Ok(self.chosen_generator(wish)?.0)
    }

    /// The only generator on this machine that can be used.
    fn only_generator(&self) -> (Option<Found>, Vec<String>) {
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
