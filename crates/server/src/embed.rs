//! Embedding for requests of every shape.

use crate::app::{Caller, Shared};
use crate::failure::Failure;
use crate::reply::Made;
use axum::http::StatusCode;
use engine::{Conditions, Lane};
use serde::Deserialize;

/// Texts to embed.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a text or a list of texts")]
pub enum Texts {
    /// One text.
    One(String),
    /// Several.
    Many(Vec<String>),
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
}

/// Embeds texts with the model that is named.
///
/// # Errors
/// A model or a length that cannot be used, too much at once, and what the engine reports.
pub async fn embed(
    app: &Shared,
    caller: Caller,
    texts: Texts,
    model: &str,
    dimensions: Option<usize>,
    mut warnings: Vec<String>,
) -> Result<Done, Failure> {
    texts.check(app.limits().inputs)?;
    let embedder = app.engine.embedder();
    let info = embedder.info().clone();
    check_model(app, model)?;
    if let Some(dim) = dimensions.filter(|dim| *dim == 0 || *dim > info.dim) {
        let message = format!("{} gives vectors of length {}; {dim} cannot be had", info.name, info.dim);
        return Err(Failure::field("dimensions", message));
    }
    let count = texts.len();
    let ran = app
        .for_person(move |engine, cancel| {
            let texts: Vec<&str> = match &texts {
                Texts::One(text) => vec![text],
                Texts::Many(texts) => texts.iter().map(String::as_str).collect(),
            };
            let tokens = texts.iter().map(|text| embedder.tokeniser().count(text)).sum::<usize>();
            Ok((tokens, engine.embed(&texts, Lane::Interactive, caller.0, cancel)?))
        })
        .await?;
    let mut conditions = app.engine.conditions();
    let (tokens, embedded) = &ran.value;
    if embedded.cut_texts > 0 {
        conditions.truncated = true;
        let cut = format!(
            "{} of {count} texts are longer than the {} tokens that {} reads; their ends had no part",
            embedded.cut_texts, info.max_tokens, info.name
        );
        conditions.degraded.push(cut);
    }
    if dimensions.is_some_and(|dim| dim < info.dim) {
        warnings.push(format!("{} was not trained for shorter vectors; quality falls with `dimensions`", info.name));
    }
    let conditions = Conditions { embedder: format!("{} {}", info.name, info.precision), ..conditions };
    let made = Made::new(conditions, &ran, warnings);
    let mut done =
        Done { tokens: *tokens, dim: embedded.dim, vectors: ran.value.1.vectors, model: info.name.clone(), made };
    if let Some(dim) = dimensions.filter(|dim| *dim < info.dim) {
        done.shorten(dim);
    }
    Ok(done)
}

/// Whether `name` means the workspace's embedder.
fn check_model(app: &Shared, name: &str) -> Result<(), Failure> {
    let embedder = app.engine.embedder();
    let info = embedder.info();
    let bare = name.strip_suffix(":latest").unwrap_or(name);
    let last = info.name.rsplit('/').next().unwrap_or(&info.name);
    let precise = [format!("{}:{}", info.name, info.precision), format!("{last}:{}", info.precision)];
    if bare == info.name || bare == last || bare == info.id || precise.iter().any(|known| known == bare) {
        return Ok(());
    }
    let shown: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
    let message = format!("no embedder `{shown}` is loaded; `{}` is", info.name);
    Err(Failure { kind: "model_not_found", field: Some("model".into()), ..Failure::not_found(message) })
}
