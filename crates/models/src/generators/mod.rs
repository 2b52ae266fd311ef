//! Which generators there are on this machine, and which of them a name means.
//!
//! Models are used where they lie: in the models folder, in the Hugging Face cache, and in the folders of Ollama and LM Studio. A generator
//! is a GGUF file, the first of several, or a folder with `config.json` and safetensors. Nothing is downloaded, copied or changed, and
//! of a file only the header is read.

mod facts;
mod places;

pub use facts::{CacheType, Facts, GeneratorMemory};
pub use places::{quantisation, stem_of};

use crate::{Error, Gguf, Result};
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// Where generators are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GeneratorFolders {
    /// The models folder.
    pub models: Option<PathBuf>,
    /// The hub folder of the Hugging Face cache.
    pub hub: Option<PathBuf>,
    /// Ollama's folders: each has `manifests` and `blobs`.
    pub ollama: Vec<PathBuf>,
    /// LM Studio's folders: `publisher/repository/file.gguf`.
    pub lm_studio: Vec<PathBuf>,
}

impl GeneratorFolders {
    /// The folders of this process: those of `folders`, and those of the other applications where they put them, or where
    /// `OLLAMA_MODELS` says.
    pub fn of_process(folders: &crate::Folders) -> GeneratorFolders {
        let home = etcetera::choose_base_strategy().ok().map(|base| base.home_dir().to_owned());
        let in_home = |path: &str| home.as_ref().map(|home| home.join(path));
        let named = std::env::var_os("OLLAMA_MODELS").filter(|value| !value.is_empty()).map(PathBuf::from);
        let ollama = match named {
            Some(folder) => vec![folder],
            None => in_home(".ollama/models")
                .into_iter()
                .chain([PathBuf::from("/usr/share/ollama/.ollama/models")])
                .collect(),
        };
        let lm_studio = [".lmstudio/models", ".cache/lm-studio/models"].into_iter().filter_map(in_home).collect();
        GeneratorFolders { models: folders.models.clone(), hub: folders.hub.clone(), ollama, lm_studio }
    }

    fn all(&self) -> impl Iterator<Item = &PathBuf> {
        self.models.iter().chain(&self.hub).chain(&self.ollama).chain(&self.lm_studio)
    }
}

/// Whose folder a generator was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The models folder.
    ModelsFolder,
    /// The Hugging Face cache.
    HubCache,
    /// Ollama's.
    Ollama,
    /// LM Studio's.
    LmStudio,
    /// The path that was given.
    Path,
}

impl Origin {
    /// In words for people.
    pub fn name(self) -> &'static str {
        match self {
            Origin::ModelsFolder => "models folder",
            Origin::HubCache => "Hugging Face cache",
            Origin::Ollama => "Ollama",
            Origin::LmStudio => "LM Studio",
            Origin::Path => "path",
        }
    }
}

/// What a generator is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Files {
    /// A GGUF file, of several the first.
    Gguf(PathBuf),
    /// A folder with `config.json`, `tokenizer.json` and safetensors.
    Folder(PathBuf),
}

impl Files {
    /// The file or the folder.
    pub fn path(&self) -> &Path {
        match self {
            Files::Gguf(path) | Files::Folder(path) => path,
        }
    }
}

/// A generator on this machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Generator {
    /// Its name: `name:tag` as in Ollama, `organisation/name:QUANTISATION` as in the others.
    pub name: String,
    /// Whose folder it lies in.
    pub origin: Origin,
    /// What it is read from.
    pub files: Files,
    /// What it is, or why it cannot be used.
    pub facts: std::result::Result<Facts, String>,
}

impl Generator {
    fn new(name: String, origin: Origin, files: Files) -> Generator {
        let facts = match &files {
            Files::Gguf(path) => Gguf::open(path).and_then(|file| Facts::of_gguf(&file, &name)),
            Files::Folder(folder) => Facts::of_folder(folder, &name),
        };
        let facts = facts.map_err(|error| match error {
            Error::Unsupported { reason, .. } => reason,
            other => other.to_string(),
        });
        Generator { name, origin, files, facts }
    }
}

/// All generators of this machine, sorted by name. Unusable ones are listed with the reason. Of files that several places share, each
/// place's name is listed.
pub fn list(folders: &GeneratorFolders) -> Vec<Generator> {
    let mut found: Vec<Generator> =
        places::all(folders).into_iter().map(|(name, origin, files)| Generator::new(name, origin, files)).collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// As [`find`], unusable ones too.
///
/// # Errors
/// [`Error::NotFound`] with the names there are.
pub fn find_any(folders: &GeneratorFolders, name: &str) -> Result<Generator> {
    by_name(folders, name)
}

/// The generator that `name` means: a path to a GGUF file or a folder, a name as [`list`] shows it, or the end of one (after a `/`),
/// without the part after the colon too. Where several of one model fit, `Q4_K_M` and `latest` count before others; of equal names, the
/// first place that is looked in.
///
/// # Errors
/// [`Error::NotFound`] with the names there are, [`Error::Ambiguous`] if it is the end of several, [`Error::Unsupported`] if the model
/// cannot be used.
pub fn find(folders: &GeneratorFolders, name: &str) -> Result<Generator> {
    usable(by_name(folders, name)?)
}

/// As [`find`], by names alone: a path means nothing, and what lies beside the folders is not looked at.
///
/// # Errors
/// As for [`find`].
pub fn find_listed(folders: &GeneratorFolders, name: &str) -> Result<Generator> {
    usable(listed(folders, name)?)
}

fn usable(found: Generator) -> Result<Generator> {
    match &found.facts {
        Ok(_) => Ok(found),
        Err(reason) => Err(Error::Unsupported { name: found.name.clone(), reason: reason.clone() }),
    }
}

fn by_name(folders: &GeneratorFolders, name: &str) -> Result<Generator> {
    let path = Path::new(name);
    if path.is_file() || path.join("config.json").is_file() {
        let files = if path.is_file() { Files::Gguf(path.to_owned()) } else { Files::Folder(path.to_owned()) };
        let stem = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        return Ok(Generator::new(stem, Origin::Path, files));
    }
    listed(folders, name)
}

fn listed(folders: &GeneratorFolders, name: &str) -> Result<Generator> {
    let all = places::all(folders);
    let bare = |full: &str| full.split(':').next().unwrap_or(full).to_owned();
    let last = |full: &str| full.rsplit('/').next().unwrap_or(full).to_owned();
    let same = |a: &str| a.eq_ignore_ascii_case(name);
    let fits: [&dyn Fn(&str) -> bool; 4] =
        [&|full| same(full), &|full| same(&bare(full)), &|full| same(&last(full)), &|full| same(&last(&bare(full)))];
    let usual = |full: &str| full.ends_with(":Q4_K_M") || full.ends_with(":latest");
    for fits in fits {
        let hits = || all.iter().filter(|(full, ..)| fits(full));
        let mut names: Vec<&String> = hits().map(|(full, ..)| full).collect();
        names.sort();
        names.dedup();
        let one_model = names.iter().all(|full| bare(full) == bare(names[0]));
        let preferred = hits().find(|(full, ..)| one_model && usual(full));
        if names.len() > 1 && preferred.is_none() {
            return Err(Error::Ambiguous { name: name.to_owned(), meant: names.into_iter().cloned().collect() });
        }
        if let Some((full, origin, files)) = preferred.or_else(|| hits().next()) {
            return Ok(Generator::new(full.clone(), *origin, files.clone()));
        }
    }
    let mut known: Vec<String> = all.into_iter().map(|(name, ..)| name).collect();
    known.sort();
    Err(Error::NotFound {
        name: name.to_owned(),
        known,
        looked_in: folders.all().map(|path| path.display().to_string()).collect(),
    })
}
