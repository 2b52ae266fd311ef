//! `/`, `/api/version`, `/api/tags`, `/api/ps`, `/api/show`.

use super::date;
use crate::app::{Shared, WORKSPACE_MODEL};
use crate::failure::Failure;
use crate::input::Input;
use crate::openai::{Facts, Model, all_models, called};
use crate::routes::PAGE_HEADERS;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use axum::response::{Html, IntoResponse, Response};
use engine::resident::LoadedModel;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Which model.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ShowRequest {
    /// Its name.
    model: Option<String>,
    /// The older name of `model`.
    name: Option<String>,
    /// Has no effect: everything is always told.
    #[allow(dead_code, reason = "what it asks for is always told")]
    verbose: Option<bool>,
}

/// That something answers here
#[utoipa::path(get, path = "/", tag = "ollama", responses((status = 200, body = String)))]
pub async fn root(headers: HeaderMap) -> Response {
    // Clients look whether anything is here; a person in a browser looks for a way in.
    let browser =
        headers.get(ACCEPT).and_then(|kinds| kinds.to_str().ok()).is_some_and(|kinds| kinds.contains("text/html"));
    match browser {
        true => (PAGE_HEADERS, Html(WAYS_IN)).into_response(),
        false => "Downbeat is running; see /docs and /dashboard\n".into_response(),
    }
}

/// What a person sees at `/`.
const WAYS_IN: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Downbeat</title>\
    <style>:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;margin:4rem auto;max-width:30rem;padding:0 1rem}</style>\
    <h1>Downbeat is running</h1><p><a href=\"/dashboard\">Dashboard</a>: what it does just now</p>\
    <p><a href=\"/docs\">Routes</a>: what programs can ask it, and a form to try them</p></html>";

/// The version of this program
#[utoipa::path(get, path = "/api/version", tag = "ollama", responses((status = 200, body = Object)))]
pub async fn version() -> Json<Value> {
    Json(json!({"version": env!("CARGO_PKG_VERSION")}))
}

/// The models that requests may name
#[utoipa::path(get, path = "/api/tags", tag = "ollama", responses((status = 200, body = Object)))]
pub async fn tags(State(app): State<Shared>) -> Result<Json<Value>, Failure> {
    let state = app.clone();
    let models = app.look_up(move |_| Ok(all_models(&state))).await?;
    let models: Vec<Value> = models.iter().map(|model| listed(&app, model)).collect();
    Ok(Json(json!({"models": models})))
}

/// The models that are loaded
#[utoipa::path(get, path = "/api/ps", tag = "ollama", responses((status = 200, body = Object)))]
pub async fn ps(State(app): State<Shared>) -> Result<Json<Value>, Failure> {
    let state = app.clone();
    let models = app.look_up(move |_| Ok(all_models(&state))).await?;
    let resident = app.engine.loaded_models();
    let embedders = models.iter().filter(|model| model.loaded && model.kind == "embedding").map(|model| {
        let mut entry = listed(&app, model);
        let place = resident
            .iter()
            .filter(|place| place.kind == "embedder")
            .find(|place| place.name.rsplit_once(':').map_or(&*place.name, |(name, _)| name) == model.id);
        // The workspace's embedder stays as long as the server runs.
        let until = place.filter(|_| !model.active).and_then(|place| place.until);
        in_memory(&mut entry, place, until);
        entry
    });
    let generators = resident.iter().filter(|place| place.kind == "generator").map(|place| {
        // One that was loaded by its path is in no list.
        let known = models.iter().find(|model| model.kind == "generator" && model.id == place.name);
        let name = tagged(&place.name);
        let mut entry = known.map_or_else(|| json!({"name": name, "model": name}), |model| listed(&app, model));
        in_memory(&mut entry, Some(place), place.until);
        entry
    });
    Ok(Json(json!({"models": embedders.chain(generators).collect::<Vec<_>>()})))
}

/// How a model stands in memory, as Ollama tells it.
fn in_memory(entry: &mut Value, place: Option<&LoadedModel>, until: Option<u64>) {
    entry["expires_at"] = json!(date(until.unwrap_or(FOREVER), 0));
    entry["size"] = json!(place.map_or(0, |place| place.bytes));
    entry["size_vram"] = json!(0);
    entry["context_length"] = json!(place.and_then(|place| place.context));
    entry["processor"] = json!(place.map_or("", |place| place.device.as_str()));
}

/// What a model is
#[utoipa::path(post, path = "/api/show", tag = "ollama", request_body = ShowRequest, responses((status = 200, body = Object),
    (status = 400, description = "The request cannot be used"), (status = 404, description = "There is no such model")))]
pub async fn show(
    State(app): State<Shared>,
    Input { value: request, .. }: Input<ShowRequest>,
) -> Result<Json<Value>, Failure> {
    let name = request.model.or(request.name).ok_or_else(|| Failure::field("model", "name a model in `model`"))?;
    let state = app.clone();
    let models = app.look_up(move |_| Ok(all_models(&state))).await?;
    let model = called(models, &name)?.ok_or_else(|| {
        let shown: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
        Failure { kind: "model_not_found", ..Failure::not_found(format!("model '{shown}' not found")) }
    })?;
    let mut entry = listed(&app, &model);
    let mut abilities = vec![if model.kind == "embedding" { "embedding" } else { "completion" }];
    if model.kind == "generator" {
        let name = model.id.clone();
        let made_for = app.look_up(move |engine| engine.abilities(&engine.find_generator(&name)?)).await?;
        abilities.extend(made_for.tools.then_some("tools").into_iter().chain(made_for.thinking.then_some("thinking")));
    }
    entry["capabilities"] = json!(abilities);
    entry["template"] = json!("");
    entry["parameters"] = json!("");
    entry["modelfile"] = json!(format!("# {} is not made from a Modelfile", model.id));
    let mut info = json!({
        "general.architecture": model.kind,
        "general.name": model.id,
        "embedding_length": model.dimensions,
        "owned_by": model.owned_by,
    });
    if let Some(facts) = &model.facts {
        info["general.architecture"] = json!(facts.family);
        info["general.parameter_count"] = json!(facts.parameters);
        info[format!("{}.context_length", facts.family)] = json!(facts.context);
    }
    entry["model_info"] = info;
    Ok(Json(entry))
}

/// The end of the year 9999, in seconds since 1970.
const FOREVER: u64 = 253_402_300_799;

fn listed(app: &Shared, model: &Model) -> Value {
    let found = models::find(app.engine.folders(), &model.id).ok().filter(|_| model.kind == "embedding");
    let bytes = found.as_ref().map_or(0, |(found, _)| found.bytes);
    let (bytes, details) = match &model.facts {
        Some(Facts { family, parameters, quantisation, bytes, format, .. }) => {
            let size = match *parameters {
                0..1_000_000 => format!("{:.0}K", *parameters as f64 / 1e3),
                1_000_000..1_000_000_000 => format!("{:.0}M", *parameters as f64 / 1e6),
                _ => format!("{:.1}B", *parameters as f64 / 1e9),
            };
            (*bytes, (*format, *family, size, quantisation.as_str()))
        }
        None => {
            let family = match model.kind {
                "chat" => WORKSPACE_MODEL,
                _ => found.as_ref().map_or("", |(found, _)| found.kind()),
            };
            let precision = found.as_ref().map_or("", |(_, precision)| precision.name());
            (bytes, ("safetensors", family, String::new(), precision))
        }
    };
    let (format, family, size, quantisation) = details;
    let name = tagged(&model.id);
    json!({
        "name": name,
        "model": name,
        "modified_at": date(model.created, 0),
        "size": bytes,
        "digest": blake3::hash(format!("{}{bytes}", model.id).as_bytes()).to_hex().as_str(),
        "details": {
            "parent_model": "", "format": format, "family": family, "families": [family],
            "parameter_size": size, "quantization_level": quantisation,
        },
    })
}

/// A name as Ollama's clients expect it: with a tag.
fn tagged(name: &str) -> String {
    if name.contains(':') { name.to_owned() } else { format!("{name}:latest") }
}
