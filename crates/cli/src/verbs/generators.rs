//! The generators' part of `downbeat models`.

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::output::{bytes, table};
use data::DATABASE_FILE;
use engine::ask::{QUOTING, usual_generator};
use engine::budget::{Budget, MemorySource};
use models::GeneratorFolders;
use models::generators::{self, CacheType, Files, Generator, Origin};
use models::llama::Options;
use serde_json::{Value, json};
use std::path::Path;

/// How to come by a model.
const HOW: &str = "`downbeat pull organisation/name` downloads one; a file or a folder does as well as a name";

fn folders(context: &Context) -> GeneratorFolders {
    GeneratorFolders::of_process(&context.globals.models)
}

/// All generators of this machine.
pub fn all(context: &Context) -> Vec<Generator> {
    generators::list(&folders(context))
}

/// The generator of that name, unless an embedder is called so or none is.
///
/// # Errors
/// [`models::Error::Ambiguous`] as a failure, with the names that it may mean.
pub fn found(name: &str, context: &Context) -> Result<Option<Generator>, Failure> {
    if models::find(&context.globals.models, name).is_ok() {
        return Ok(None);
    }
    match generators::find_any(&folders(context), name) {
        Err(ambiguous @ models::Error::Ambiguous { .. }) => Err(engine::Error::from(ambiguous).into()),
        found => Ok(found.ok()),
    }
}

/// The generator of that name or path; without a name the one that the workspace has chosen, else the only one there is.
pub fn chosen(name: Option<&str>, context: &Context) -> Result<Generator, Failure> {
    let named = |name: &str| generators::find(&folders(context), name).map_err(|error| missing(error.into()));
    if let Some(name) = name {
        return named(name);
    }
    let workspace = &context.globals.workspace;
    if workspace.join(DATABASE_FILE).exists() {
        match usual_generator(workspace) {
            Ok(Some(name)) => {
                let chosen = named(&name);
                if chosen.is_err() {
                    context
                        .out
                        .note("this workspace has chosen it; --model names another, `downbeat models use` changes it");
                }
                return chosen;
            }
            Ok(None) => {}
            Err(cause) => context.out.note(format!("which generator the workspace has chosen cannot be read: {cause}")),
        }
    }
    let all = all(context);
    let mut usable: Vec<&Generator> = all.iter().filter(|found| found.facts.is_ok()).collect();
    // One file may be found in several places.
    let place = |found: &Generator| found.files.path().canonicalize().unwrap_or(found.files.path().to_owned());
    usable.sort_by_cached_key(|found| place(found));
    usable.dedup_by_key(|found| place(found));
    match usable.as_slice() {
        [] if all.is_empty() => Err(unknown(format!("there is no generator on this machine; {HOW}"))),
        [] => {
            let reason = |found: &Generator| found.facts.as_ref().err().cloned().unwrap_or_default();
            let list: Vec<String> = all.iter().map(|found| format!("{} ({})", found.name, reason(found))).collect();
            Err(unknown(format!("no generator here can be used: {}. {HOW}", list.join(", "))))
        }
        [one] => Ok((*one).clone()),
        several => {
            let mut names: Vec<&str> = several.iter().map(|found| found.name.as_str()).collect();
            names.sort_unstable();
            let names = names.join(", ");
            Err(Failure::usage(format!("there are several generators; choose one with --model: {names}")))
        }
    }
}

/// What went wrong with a generator that was named.
pub fn missing(error: engine::Error) -> Failure {
    match error {
        engine::Error::Model(models::Error::NotFound { name, known, .. }) => {
            unknown(format!("no generator is called '{name}'; here are: {}. {HOW}", listed(&known)))
        }
        other => other.into(),
    }
}

/// What went wrong with an embedder that was named, where a generator would have done as well.
pub fn neither(error: models::Error, context: &Context) -> Failure {
    match error {
        models::Error::NotFound { name, known, .. } => {
            let generators: Vec<String> = all(context).into_iter().map(|found| found.name).collect();
            let (embedders, generators) = (listed(&known), listed(&generators));
            unknown(format!(
                "no model is called '{name}'; embedders here: {embedders}; generators: {generators}. {HOW}"
            ))
        }
        other => engine::Error::from(other).into(),
    }
}

fn listed(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn unknown(message: String) -> Failure {
    Failure::Failed { kind: "unknown_model", message }
}

/// A generator as JSON.
pub fn described(found: &Generator) -> Value {
    let facts = found.facts.as_ref().ok();
    json!({
        "name": found.name,
        "place": found.origin.name(),
        "path": found.files.path(),
        "usable": found.facts.is_ok(),
        "reason": found.facts.as_ref().err(),
        "architecture": facts.map(|facts| facts.architecture.name()),
        "quantisation": facts.map(|facts| &facts.quantisation),
        "parameters": facts.map(|facts| facts.parameters),
        "bytes": facts.map(|facts| facts.weight_bytes),
        "context": facts.map(|facts| facts.context),
    })
}

/// A table for people.
pub fn table_of(list: &[Generator]) -> String {
    let rows = list.iter().map(|found| {
        let origin = found.origin.name().to_owned();
        match &found.facts {
            Ok(facts) => vec![
                found.name.clone(),
                parameters(facts.parameters),
                bytes(facts.weight_bytes),
                origin,
                format!("{}, {}, {} tokens", facts.architecture.name(), facts.quantisation, facts.context),
            ],
            Err(reason) => {
                vec![found.name.clone(), String::new(), String::new(), origin, format!("unusable: {reason}")]
            }
        }
    });
    table(&["generator", "weights", "size", "found in", "what it is"], &[1, 2], rows.collect())
}

fn parameters(number: u64) -> String {
    match number {
        0..1_000_000 => format!("{:.0} k", number as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.0} M", number as f64 / 1e6),
        _ => format!("{:.1} G", number as f64 / 1e9),
    }
}

/// One generator, and whether its memory would be granted.
pub fn show(found: &Generator, tokens: u64, context: &Context) -> Result<Exit, Failure> {
    let refused = |reason: &String| models::Error::Unsupported { name: found.name.clone(), reason: reason.clone() };
    let facts = found.facts.as_ref().map_err(|reason| engine::Error::from(refused(reason)))?;
    let memory = facts.memory(tokens, CacheType::F16);
    let rows = usize::try_from(tokens).unwrap_or(usize::MAX);
    let options = Options { rows, ..Options::default() };
    // Files that lack a size can be shown, though not loaded.
    let known = models::llama::working_bytes(found.files.path(), &options);
    let working = known.as_ref().map_or(0, |bytes| *bytes);
    let (limit, left) = Budget::new(context.globals.memory, MemorySource::default()).left();
    let fits = memory.weights.saturating_add(memory.cache).saturating_add(working) <= left;
    let out = &context.out;
    if out.json {
        let estimate = json!({
            "tokens": tokens, "weights_bytes": memory.weights, "cache_bytes": memory.cache,
            "working_bytes": known.as_ref().ok(), "left_bytes": left, "limit_bytes": limit, "fits": fits,
        });
        return out.value(&json!({"generator": described(found), "estimate": estimate})).map(|()| Exit::Done);
    }
    let style = out.style;
    let (kind, stored) = (facts.architecture.name(), &facts.quantisation);
    let what =
        format!("{kind}, {} weights in {stored}, made for {} tokens", parameters(facts.parameters), facts.context);
    out.line(format!("{}  {what}", style.bold(&found.name)))?;
    let path = found.files.path().display().to_string();
    out.line(format!("found in {} ({})", style.name(&path), found.origin.name()))?;
    let (weights, cache, working) = (bytes(memory.weights), bytes(memory.cache), bytes(working));
    out.line(format!(
        "memory: {weights} for weights, {cache} for the keys and values of {tokens} tokens, {working} to work with"
    ))?;
    let granted = format!("{} of a budget of {} can be granted now", bytes(left), bytes(limit));
    out.line(if fits {
        style.good(&format!("fits: {granted}"))
    } else {
        style.bad(&format!("does not fit: {granted}"))
    })?;
    if let Err(cause) = known {
        out.note(format!("what it works with is not counted: {cause}"));
    }
    if tokens > facts.context {
        out.note(format!("it was made for {} tokens, not {tokens}", facts.context));
    }
    Ok(Exit::Done)
}

/// Has the answers of the workspace be written by this generator, or be quoted where there is none.
pub fn choose(found: Option<&Generator>, context: &Context) -> Result<Exit, Failure> {
    let name = match found {
        None => QUOTING.to_owned(),
        Some(found) => {
            let unusable =
                |reason: &String| models::Error::Unsupported { name: found.name.clone(), reason: reason.clone() };
            found.facts.as_ref().map_err(|reason| engine::Error::from(unusable(reason)))?;
            match found.origin {
                // A name would not find it again.
                Origin::Path => {
                    let path = found.files.path();
                    let whole = path.canonicalize().map_err(|cause| Failure::file("find", path, &cause))?;
                    whole.to_string_lossy().into_owned()
                }
                _ => found.name.clone(),
            }
        }
    };
    let engine = context.open_to_write()?;
    engine.set_usual_generator(Some(&name))?;
    let out = &context.out;
    if out.json {
        out.value(&json!({"generator": found.map(|found| &found.name)}))?;
    } else {
        out.line(match found {
            Some(found) => format!("{} writes the answers of this workspace now.", found.name),
            None => "Answers of this workspace quote passages now.".to_owned(),
        })?;
    }
    Ok(Exit::Done)
}

/// Links a file or a folder into the models folder; nothing is copied.
pub fn import(path: &Path, name: Option<&str>, context: &Context) -> Result<Exit, Failure> {
    let folder = context.globals.models.models.clone().ok_or_else(|| {
        Failure::usage("there is no models folder to link it into; name one with --models DIR or DOWNBEAT_MODELS")
    })?;
    let target = path.canonicalize().map_err(|cause| Failure::file("find", path, &cause))?;
    let found =
        generators::find(&GeneratorFolders::default(), &target.to_string_lossy()).map_err(engine::Error::from)?;
    let own = path.file_name().or(target.file_name()).unwrap_or_default().to_string_lossy().into_owned();
    let name = match (name, &found.files) {
        (None, _) => own.clone(),
        (Some(name), Files::Gguf(_)) if !name.ends_with(".gguf") => format!("{name}.gguf"),
        (Some(name), _) => name.to_owned(),
    };
    if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\']) {
        return Err(Failure::usage(format!("'{name}' is no name for a model")));
    }
    let own_stem = own.strip_suffix(".gguf").unwrap_or(&own);
    if generators::stem_of(own_stem) != own_stem && matches!(found.files, Files::Gguf(_)) {
        return Err(Failure::usage("a model of several files is imported by the folder they lie in"));
    }
    let link = folder.join(&name);
    #[cfg(unix)]
    let made = std::os::unix::fs::symlink(&target, &link);
    #[cfg(not(unix))]
    let made = std::fs::hard_link(&target, &link);
    made.map_err(|cause| Failure::file("link", &link, &cause))?;
    let out = &context.out;
    if out.json {
        let linked =
            generators::find(&GeneratorFolders::default(), &link.to_string_lossy()).map_err(engine::Error::from)?;
        return out.value(&json!({"linked": link, "generator": described(&linked)})).map(|()| Exit::Done);
    }
    out.line(format!("{} leads to {}.", link.display(), target.display()))?;
    Ok(Exit::Done)
}
