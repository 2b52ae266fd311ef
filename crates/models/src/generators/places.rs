//! The folders of each application, and the names it gives to what lies in them.

use super::{Files, GeneratorFolders, Origin};
use crate::discover::{snapshot_with, subfolders};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// How deep GGUF files may lie below a model's folder: some repositories keep each quantisation in a folder of its own.
const DEPTH: usize = 2;
/// The most entries of a folder that are looked at.
const MAX_ENTRIES: usize = 10_000;
/// The registry whose name Ollama leaves out.
const OLLAMA_REGISTRY: &str = "registry.ollama.ai";
const OLLAMA_LIBRARY: &str = "library";
const OLLAMA_MODEL: &str = "application/vnd.ollama.image.model";

type Place = (String, Origin, Files);

/// Name, place and files of everything that looks like a generator, without opening it.
pub(super) fn all(folders: &GeneratorFolders) -> Vec<Place> {
    let mut found = Vec::new();
    if let Some(models) = &folders.models {
        two_levels(models, Origin::ModelsFolder, &mut found);
    }
    if let Some(hub) = &folders.hub {
        for (entry, folder) in subfolders(hub) {
            if let Some(name) = entry.strip_prefix("models--")
                && let Some(snapshot) = snapshot_with(&folder, is_model)
            {
                of_folder(&name.replace("--", "/"), Origin::HubCache, &snapshot, &mut found);
            }
        }
    }
    folders.ollama.iter().for_each(|folder| ollama(folder, &mut found));
    folders.lm_studio.iter().for_each(|folder| two_levels(folder, Origin::LmStudio, &mut found));
    found
}

/// `DIR/file.gguf`, `DIR/name/…` and `DIR/organisation/name/…`.
fn two_levels(root: &Path, origin: Origin, found: &mut Vec<Place>) {
    for file in gguf_files(root, 0) {
        found.push((stem(&file), origin, Files::Gguf(file)));
    }
    for (first, folder) in subfolders(root) {
        if is_folder_model(&folder) || !gguf_files(&folder, 0).is_empty() {
            of_folder(&first, origin, &folder, found);
            continue;
        }
        for (second, inner) in subfolders(&folder) {
            of_folder(&format!("{first}/{second}"), origin, &inner, found);
        }
    }
}

/// What one model's folder holds: one entry per quantisation, or the folder itself.
fn of_folder(name: &str, origin: Origin, folder: &Path, found: &mut Vec<Place>) {
    for file in gguf_files(folder, DEPTH) {
        let label = quantisation(&stem(&file)).unwrap_or_else(|| stem(&file));
        found.push((format!("{name}:{label}"), origin, Files::Gguf(file)));
    }
    if is_folder_model(folder) {
        found.push((name.to_owned(), origin, Files::Folder(folder.to_owned())));
    }
}

fn is_model(folder: &Path) -> bool {
    is_folder_model(folder) || !gguf_files(folder, DEPTH).is_empty()
}

/// Whether a folder's configuration names a model that writes text, usable or not.
fn is_folder_model(folder: &Path) -> bool {
    #[derive(Deserialize)]
    struct Config {
        #[serde(default)]
        architectures: Vec<String>,
    }
    let config = crate::files::read_json_if_there::<Config>(&folder.join("config.json"));
    let writes = |name: &String| name.ends_with("ForCausalLM") || name.ends_with("ForConditionalGeneration");
    matches!(config, Ok(Some(config)) if config.architectures.iter().any(writes))
}

/// GGUF files of generators in a folder and `depth` levels below: the first of several, and no encoders of pictures.
fn gguf_files(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().take(MAX_ENTRIES);
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| is_first_gguf(path)).collect();
    files.sort();
    if depth > 0 {
        files.extend(subfolders(folder).iter().flat_map(|(_, inner)| gguf_files(inner, depth - 1)));
    }
    files
}

fn is_first_gguf(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let shard = name.rsplit_once("-of-").and_then(|(before, _)| before.rsplit_once('-'));
    let first = shard.is_none_or(|(_, number)| number == "00001" || !number.bytes().all(|c| c.is_ascii_digit()));
    name.ends_with(".gguf") && !name.starts_with('.') && !name.starts_with("mmproj") && first && path.is_file()
}

/// A file's name without `.gguf` and the number of its shard.
fn stem(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    stem_of(name.strip_suffix(".gguf").unwrap_or(&name)).to_owned()
}

/// The name of a file (without `.gguf`) without the number of its shard.
pub fn stem_of(name: &str) -> &str {
    let numbered = name.rsplit_once("-of-").and_then(|(before, _)| before.rsplit_once('-'));
    match numbered {
        Some((before, number)) if number.len() == 5 && number.bytes().all(|c| c.is_ascii_digit()) => before,
        _ => name,
    }
}

/// The quantisation in a file's name, in capitals: `Q4_K_M` of `model-q4_k_m`.
pub fn quantisation(stem: &str) -> Option<String> {
    let last = stem.rsplit(['-', '.']).next()?.to_ascii_uppercase();
    let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let quantised = ["Q", "IQ", "TQ"].iter().any(|prefix| last.strip_prefix(prefix).is_some_and(digit));
    (quantised || matches!(last.as_str(), "F32" | "F16" | "BF16")).then_some(last)
}

/// Ollama's layout: `manifests/HOST/NAMESPACE/NAME/TAG` names the blobs of a model.
fn ollama(root: &Path, found: &mut Vec<Place>) {
    for (host, hosts) in subfolders(&root.join("manifests")) {
        for (namespace, namespaces) in subfolders(&hosts) {
            for (name, tags) in subfolders(&namespaces) {
                let entries = std::fs::read_dir(&tags).into_iter().flatten().flatten().take(MAX_ENTRIES);
                let mut entries: Vec<_> = entries.map(|entry| (entry.file_name(), entry.path())).collect();
                entries.sort();
                for (tag, manifest) in entries {
                    let Some(blob) = blob_of(root, &manifest) else { continue };
                    let path = match (host.as_str(), namespace.as_str()) {
                        (OLLAMA_REGISTRY, OLLAMA_LIBRARY) => name.clone(),
                        (OLLAMA_REGISTRY, namespace) => format!("{namespace}/{name}"),
                        (host, namespace) => format!("{host}/{namespace}/{name}"),
                    };
                    found.push((format!("{path}:{}", tag.to_string_lossy()), Origin::Ollama, Files::Gguf(blob)));
                }
            }
        }
    }
}

/// The blob of a manifest's weights; `None` for what is no manifest of a model that lies here.
fn blob_of(root: &Path, manifest: &Path) -> Option<PathBuf> {
    #[derive(Deserialize)]
    struct Manifest {
        layers: Vec<Layer>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Layer {
        media_type: String,
        digest: String,
    }
    let manifest: Manifest = crate::files::read_json(manifest).ok()?;
    let layer = manifest.layers.into_iter().find(|layer| layer.media_type == OLLAMA_MODEL)?;
    let digest = layer.digest.strip_prefix("sha256:").filter(|hex| hex.bytes().all(|c| c.is_ascii_hexdigit()))?;
    let blob = root.join("blobs").join(format!("sha256-{digest}"));
    blob.is_file().then_some(blob)
}
