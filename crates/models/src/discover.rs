//! Which models there are on this machine, and which of them a name means.
//!
//! Models are used where they lie: in the models folder (`DIR/name` or `DIR/organisation/name`), in the Hugging Face cache
//! (`models--organisation--name/snapshots/…`, <https://huggingface.co/docs/huggingface_hub/guides/manage-cache>), at a path the user
//! gives, or in the program itself. Nothing is downloaded, copied or changed.

use crate::bert::{BertConfig, Layout};
use crate::static_table::{self, STATIC_NAME};
use crate::{Error, Precision, Result, Weights};
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// The environment variable that names the models folder.
pub const MODELS_VARIABLE: &str = "DOWNBEAT_MODELS";

/// The most entries of a folder that are looked at.
const MAX_ENTRIES: usize = 10_000;

/// Where models are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders {
    /// The models folder.
    pub models: Option<PathBuf>,
    /// The hub folder of the Hugging Face cache.
    pub hub: Option<PathBuf>,
}

impl Folders {
    /// The folders of this process: `models` if given, else `DOWNBEAT_MODELS`; the cache as its own tools find it, by `HF_HUB_CACHE`,
    /// `HF_HOME` or in the user's cache folder.
    pub fn of_process(models: Option<PathBuf>) -> Folders {
        Folders {
            models: models.or_else(|| variable(MODELS_VARIABLE)),
            hub: variable("HF_HUB_CACHE").or_else(|| Some(hub_home()?.join("hub"))),
        }
    }
}

/// The folder of the Hugging Face tools, with their cache and the token that their login leaves; none on an account without a home.
pub fn hub_home() -> Option<PathBuf> {
    let cache = || etcetera::choose_base_strategy().ok().map(|base| base.home_dir().join(".cache"));
    variable("HF_HOME").or_else(|| Some(variable("XDG_CACHE_HOME").or_else(cache)?.join("huggingface")))
}

fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// Where a model was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the program.
    Embedded,
    /// In the models folder.
    ModelsFolder,
    /// In the Hugging Face cache.
    HubCache,
    /// At the path that was given.
    Path,
}

impl Place {
    /// In words for people.
    pub fn name(self) -> &'static str {
        match self {
            Place::Embedded => "embedded",
            Place::ModelsFolder => "models folder",
            Place::HubCache => "Hugging Face cache",
            Place::Path => "path",
        }
    }
}

/// What a usable model is.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A table with one vector per token.
    Static,
    /// A BERT-shaped sentence encoder.
    Bert(BertConfig),
}

/// A model on this machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its name: `static`, or `organisation/name` as in its folders.
    pub name: String,
    /// Where it was found.
    pub place: Place,
    /// Its folder; `None` for the embedded one.
    pub folder: Option<PathBuf>,
    /// Bytes of its files.
    pub bytes: u64,
    /// What it is, or why it cannot be used.
    pub shape: std::result::Result<Shape, String>,
}

impl Found {
    /// In words: what kind of model it is.
    pub fn kind(&self) -> &'static str {
        match &self.shape {
            Ok(Shape::Static) => "static table",
            Ok(Shape::Bert(_)) => "sentence encoder",
            Err(_) => "unusable",
        }
    }

    /// The length of its vectors.
    pub fn dim(&self) -> Option<usize> {
        match self.shape.as_ref().ok()? {
            Shape::Static => static_table::embedded().ok().map(|table| table.dim()),
            Shape::Bert(config) => Some(config.hidden),
        }
    }

    /// The precisions it can be run in, the default first.
    pub fn precisions(&self) -> &'static [Precision] {
        match &self.shape {
            Ok(Shape::Static) => &[Precision::Int8],
            Ok(Shape::Bert(_)) => &Precision::ALL,
            Err(_) => &[],
        }
    }

    fn embedded() -> Found {
        let table = static_table::embedded();
        Found {
            name: STATIC_NAME.to_owned(),
            place: Place::Embedded,
            folder: None,
            bytes: table.as_ref().map_or(0, |table| table.bytes()),
            shape: table.map(|_| Shape::Static).map_err(|error| error.to_string()),
        }
    }

    fn in_folder(name: String, place: Place, folder: PathBuf) -> Found {
        let shape = inspect(&folder, &name).map_err(|error| match error {
            Error::Unsupported { reason, .. } => reason,
            other => other.to_string(),
        });
        Found { name, place, bytes: size(&folder), folder: Some(folder), shape: shape.map(Shape::Bert) }
    }
}

/// All models of this machine: the embedded one, then those of the models folder and of the cache, sorted by name. Unusable ones are
/// listed with the reason.
pub fn list(folders: &Folders) -> Vec<Found> {
    let mut found = vec![Found::embedded()];
    for (name, place, folder) in candidates(folders) {
        found.push(Found::in_folder(name, place, folder));
    }
    found
}

/// The model that `name` means: `static`, a name as [`list`] shows it, its last part, or the path of a folder; each may end in a
/// precision, as in `all-MiniLM-L6-v2:int8`. Of equal names, the models folder counts before the cache.
///
/// # Errors
/// [`Error::NotFound`] with the names there are, [`Error::Ambiguous`] if it is the end of several, [`Error::Unsupported`] if the model
/// cannot be used.
pub fn find(folders: &Folders, name: &str) -> Result<(Found, Precision)> {
    let (bare, precision) = split_precision(name);
    let found = if bare == STATIC_NAME { Found::embedded() } else { by_name(folders, bare)? };
    let unsupported = |reason: String| Error::Unsupported { name: found.name.clone(), reason };
    if let Err(reason) = &found.shape {
        return Err(unsupported(reason.clone()));
    }
    let known = found.precisions();
    match precision {
        None => Ok((found.clone(), known[0])),
        Some(precision) if known.contains(&precision) => Ok((found, precision)),
        Some(precision) => {
            let names: Vec<&str> = known.iter().map(|known| known.name()).collect();
            Err(unsupported(format!("it cannot be run in {precision}; {} it can", names.join(", "))))
        }
    }
}

fn split_precision(name: &str) -> (&str, Option<Precision>) {
    match name.rsplit_once(':').map(|(bare, last)| (bare, last.parse())) {
        Some((bare, Ok(precision))) => (bare, Some(precision)),
        _ => (name, None),
    }
}

fn by_name(folders: &Folders, name: &str) -> Result<Found> {
    let path = Path::new(name);
    if path.join("config.json").is_file() {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        return Ok(Found::in_folder(name, Place::Path, path.to_owned()));
    }
    let all = candidates(folders);
    let last_part = |full: &str| full.rsplit('/').next().is_some_and(|last| last == name);
    let opened =
        |(name, place, folder): &(String, Place, PathBuf)| Found::in_folder(name.clone(), *place, folder.clone());
    if let Some(whole) = all.iter().find(|(full, ..)| full == name) {
        return Ok(opened(whole));
    }
    let fit: Vec<Found> = all.iter().filter(|(full, ..)| last_part(full)).map(opened).collect();
    let mut meant: Vec<String> =
        fit.iter().filter(|found| found.shape.is_ok()).map(|found| found.name.clone()).collect();
    meant.sort();
    meant.dedup();
    if meant.len() > 1 {
        return Err(Error::Ambiguous { name: name.to_owned(), meant });
    }
    // Of several, what can be used.
    let unusable = fit.first().cloned();
    match fit.into_iter().find(|found| found.shape.is_ok()).or(unusable) {
        Some(found) => Ok(found),
        None => Err(Error::NotFound {
            name: name.to_owned(),
            known: std::iter::once(STATIC_NAME.to_owned()).chain(all.into_iter().map(|(name, ..)| name)).collect(),
            looked_in: [&folders.models, &folders.hub]
                .into_iter()
                .flatten()
                .map(|path| path.display().to_string())
                .collect(),
        }),
    }
}

/// Name, place and folder of everything that has a `config.json`, without opening it.
fn candidates(folders: &Folders) -> Vec<(String, Place, PathBuf)> {
    let mut found = Vec::new();
    if let Some(models) = &folders.models {
        for (first, folder) in subfolders(models) {
            if folder.join("config.json").is_file() {
                found.push((first, Place::ModelsFolder, folder));
                continue;
            }
            let inner = subfolders(&folder).into_iter().filter(|(_, folder)| folder.join("config.json").is_file());
            found.extend(inner.map(|(second, folder)| (format!("{first}/{second}"), Place::ModelsFolder, folder)));
        }
    }
    if let Some(hub) = &folders.hub {
        for (entry, folder) in subfolders(hub) {
            if let Some(name) = entry.strip_prefix("models--")
                && let Some(snapshot) = snapshot(&folder)
            {
                found.push((name.replace("--", "/"), Place::HubCache, snapshot));
            }
        }
    }
    found
}

fn snapshot(model: &Path) -> Option<PathBuf> {
    snapshot_with(model, |folder| folder.join("config.json").is_file())
}

/// The snapshot that `refs/main` names, else the last one by name, of those that have what is looked for.
pub(crate) fn snapshot_with(model: &Path, has: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    let snapshots = model.join("snapshots");
    let named = std::fs::read_to_string(model.join("refs/main")).ok().map(|commit| snapshots.join(commit.trim()));
    let any = || subfolders(&snapshots).into_iter().map(|(_, folder)| folder).rfind(|folder| has(folder));
    named.filter(|folder| has(folder)).or_else(any)
}

/// Folders in `folder`, sorted by name; none if it cannot be read.
pub(crate) fn subfolders(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().take(MAX_ENTRIES);
    let mut found: Vec<_> = entries
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
        .filter(|(name, path)| !name.starts_with('.') && path.is_dir())
        .collect();
    found.sort();
    found
}

/// Whether the model of a folder can be used, from its configuration and the header of its weights.
fn inspect(folder: &Path, name: &str) -> Result<BertConfig> {
    let config = BertConfig::open(folder, name)?;
    let unsupported = |reason: &str| Err(Error::Unsupported { name: name.to_owned(), reason: reason.to_owned() });
    if !folder.join("tokenizer.json").is_file() {
        return unsupported("it has no tokenizer.json; save its tokenizer in the fast format");
    }
    if !folder.join("model.safetensors").is_file() && !folder.join("model.safetensors.index.json").is_file() {
        return unsupported("it has no model.safetensors; convert its weights to safetensors");
    }
    Layout::new(&Weights::open(folder)?, &config).check()?;
    Ok(config)
}

/// Bytes of the files of a folder and of the folders in it, links followed once.
fn size(folder: &Path) -> u64 {
    let files = |folder: &Path| -> u64 {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().take(MAX_ENTRIES);
        let files = entries.filter_map(|entry| std::fs::metadata(entry.path()).ok());
        files.filter(|file| file.is_file()).map(|file| file.len()).sum()
    };
    files(folder) + subfolders(folder).iter().map(|(_, inner)| files(inner)).sum::<u64>()
}
