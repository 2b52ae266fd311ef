//! Embedding for requests of every shape.

use crate::app::{Caller, Shared};
use crate::failure::Failure;
use crate::reply::Made;
use axum::http::StatusCode;
use engine::{Conditions, Embedded, Engine, Input, KeepAlive, Lane, ModelUse};
use models::EmbedderInfo;
use serde::Deserialize;

/// An embedder that computes on the calling thread takes at most this much text without a thread of the pool, in bytes: less than a
/// millisecond, in which other requests of the same thread wait.
const HERE_BYTES: usize = 64 << 10;

/// Texts to embed, or their tokens.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a text, a list of texts, a list of token ids, or a list of lists of token ids")]
pub enum Texts {
    /// One text.
    One(String),
    /// Several.
    Many(Vec<String>),
    /// The token ids of one, of the model's own vocabulary and with its special tokens.
    Tokens(Vec<u32>),
    /// The token ids of several.
    ManyTokens(Vec<Vec<u32>>),
}

/// What is wanted.
pub struct Wanted {
    /// The texts.
    pub texts: Texts,
    /// The model's name.
    pub model: String,
    /// Length of the vectors, if shorter than the model's.
    pub dimensions: Option<usize>,
    /// How long the model stays after this.
    pub keep: KeepAlive,
    /// What of the request is not followed.
    pub warnings: Vec<String>,
}

/// Vectors of a request.
pub struct Done {
    /// `[texts, dim]` row-major.
    vectors: Vec<f32>,
    dim: usize,
    /// Tokens that were read.
    pub tokens: usize,
    /// The embedder's name.
    pub model: String,
    /// How they were made.
    pub made: Made,
}

impl Done {
    /// The vectors.
    pub fn rows(&self) -> std::slice::ChunksExact<'_, f32> {
        self.vectors.chunks_exact(self.dim)
    }

    /// Shortens the vectors and makes them of length one again.
    fn shorten(&mut self, dim: usize) {
        let mut short = Vec::with_capacity(self.vectors.len() / self.dim * dim);
        for row in self.vectors.chunks_exact(self.dim) {
            let length = row[..dim].iter().map(|value| value * value).sum::<f32>().sqrt();
            let scale = if length > 0.0 { 1.0 / length } else { 0.0 };
            short.extend(row[..dim].iter().map(|value| value * scale));
        }
        (self.vectors, self.dim) = (short, dim);
    }
}

impl Texts {
    fn len(&self) -> usize {
        match self {
            Texts::One(_) => 1,
            Texts::Many(texts) => texts.len(),
            Texts::Tokens(tokens) => usize::from(!tokens.is_empty()),
            Texts::ManyTokens(texts) => texts.len(),
        }
    }

    /// Bytes of text, or about as many as these tokens stand for.
    fn bytes(&self) -> usize {
        const TOKEN: usize = 4;
        match self {
            Texts::One(text) => text.len(),
            Texts::Many(texts) => texts.iter().map(String::len).sum(),
            Texts::Tokens(tokens) => tokens.len() * TOKEN,
            Texts::ManyTokens(texts) => texts.iter().map(|tokens| tokens.len() * TOKEN).sum(),
        }
    }

    fn check(&self, most: usize) -> Result<(), Failure> {
        if self.len() == 0 {
            return Err(Failure::field("input", "there is nothing to embed"));
        }
        if self.len() > most {
            let message = format!("{} texts; the most at once is {most}", self.len());
            let failure = Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "limit", message);
            return Err(Failure { field: Some("input".into()), ..failure });
        }
        Ok(())
    }

    fn embed(
        &self,
        engine: &Engine,
        model: &ModelUse,
        caller: Caller,
        cancel: &engine::Cancel,
    ) -> engine::Result<Embedded> {
        let embed = |input: Input<'_>| engine.embed_by(model, input, Lane::Interactive, caller.0, cancel);
        match self {
            Texts::One(text) => embed(Input::Texts(&[text.as_str()])),
            Texts::Many(texts) => embed(Input::Texts(&texts.iter().map(String::as_str).collect::<Vec<_>>())),
            Texts::Tokens(ids) => embed(Input::Tokens(std::slice::from_ref(ids))),
            Texts::ManyTokens(lists) => embed(Input::Tokens(lists)),
        }
    }
}

/// Embeds texts with the model that is named, which is loaded for it if need be.
///
/// # Errors
/// A model or a length that cannot be used, too much at once, and what the engine reports.
pub async fn embed(app: &Shared, caller: Caller, wanted: Wanted) -> Result<Done, Failure> {
    let Wanted { texts, model, dimensions, keep, mut warnings } = wanted;
    texts.check(app.limits().inputs)?;
    let count = texts.len();
    let here = texts.bytes() <= HERE_BYTES && at_hand(&app.engine, &model);
    let work =
        move |engine: &Engine, cancel: &engine::Cancel| -> engine::Result<Result<(Embedded, EmbedderInfo), Failure>> {
            let (active, other);
            let model: &ModelUse = if names(engine.embedder().info(), &model) {
                active = engine.active();
                &active
            } else {
                other = match listed(engine, &model) {
                    Ok(name) => engine.model(&name, keep)?,
                    Err(failure) => return Ok(Err(failure)),
                };
                &other
            };
            let info = model.embedder().info().clone();
            if let Some(dim) = dimensions.filter(|dim| *dim == 0 || *dim > info.dim) {
                let message = format!("{} gives vectors of length {}; {dim} cannot be had", info.name, info.dim);
                return Ok(Err(Failure::field("dimensions", message)));
            }
            Ok(Ok((texts.embed(engine, model, caller, cancel)?, info)))
        };
    let ran = match here {
        true => app.people.run_here(|cancel| work(&app.engine, cancel)).await?,
        false => app.for_person(work).await?,
    };
    let (embedded, info) = ran.value.as_ref().map_err(Clone::clone)?;
    let mut conditions = app.engine.conditions();
    if embedded.cut_texts > 0 {
        conditions.truncated = true;
        let (cut, most, name) = (embedded.cut_texts, info.max_tokens, &info.name);
        let cut = format!(
            "{cut} of {count} texts are longer than the {most} tokens that {name} reads; their ends had no part"
        );
        conditions.degraded.push(cut);
    }
    let empty =
        embedded.vectors.chunks_exact(embedded.dim.max(1)).filter(|row| row.iter().all(|value| *value == 0.0)).count();
    if empty > 0 {
        conditions
            .degraded
            .push(format!("{empty} of {count} texts hold nothing that {} knows; their vectors are zero", info.name));
    }
    if dimensions.is_some_and(|dim| dim < info.dim) {
        warnings.push(format!("{} was not trained for shorter vectors; quality falls with `dimensions`", info.name));
    }
    if keep != KeepAlive::Unchanged && names(app.engine.embedder().info(), &info.name) {
        warnings.push("`keep_alive` had no effect: the workspace's embedder stays loaded".into());
    }
    let conditions = Conditions {
        device: info.device.clone(),
        device_reason: info.reason.clone(),
        embedder: format!("{} {}", info.name, info.precision),
        queue_ms: embedded.queue_ms,
        run_ms: embedded.run_ms,
        ..conditions
    };
    let made = Made::new(conditions, &ran, warnings);
    let (embedded, info) = ran.value?;
    let mut done =
        Done { tokens: embedded.tokens, dim: embedded.dim, vectors: embedded.vectors, model: info.name, made };
    if let Some(dim) = dimensions.filter(|dim| *dim < done.dim) {
        done.shorten(dim);
    }
    Ok(done)
}

/// Whether this is the workspace's own embedder and computes on the calling thread, so that nothing is waited for.
fn at_hand(engine: &Engine, name: &str) -> bool {
    let embedder = engine.embedder();
    embedder.is_immediate() && names(embedder.info(), name)
}

/// Whether `name` means this embedder.
fn names(info: &EmbedderInfo, name: &str) -> bool {
    let bare = name.strip_suffix(":latest").unwrap_or(name);
    let last = info.name.rsplit('/').next().unwrap_or(&info.name);
    let precise = [format!("{}:{}", info.name, info.precision), format!("{last}:{}", info.precision)];
    bare == info.name || bare == last || bare == info.id || precise.iter().any(|known| known == bare)
}

/// The name of a listed model that `name` means, with its precision if one is said. A path means none: what is on this machine beside
/// its models is nobody's business.
fn listed(engine: &Engine, name: &str) -> Result<String, Failure> {
    let bare = name.strip_suffix(":latest").unwrap_or(name);
    let (stem, precision) = match bare.rsplit_once(':') {
        Some((stem, last)) if last.parse::<models::Precision>().is_ok() => (stem, Some(last)),
        _ => (bare, None),
    };
    let known = models::list(engine.folders());
    let means = |full: &str| full == stem || full.rsplit('/').next() == Some(stem);
    match known.iter().find(|found| found.shape.is_ok() && means(&found.name)) {
        Some(found) => Ok(precision.map_or(found.name.clone(), |precision| format!("{}:{precision}", found.name))),
        None => {
            let shown: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
            let usable = known.iter().filter(|found| found.shape.is_ok()).map(|found| found.name.as_str());
            let usable = usable.collect::<Vec<_>>().join(", ");
            let message = format!("no embedder is called `{shown}`; there are {usable}");
            Err(Failure { kind: "model_not_found", field: Some("model".into()), ..Failure::not_found(message) })
        }
    }
}
