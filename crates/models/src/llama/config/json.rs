//! `config.json` of transformers, versions 4 and 5.

use super::{Config, LayerKind, Rope};
use crate::architecture::{self, Architecture};
use crate::{Error, Result};
use ops::cache::Heads;
use ops::glu::Gate;
use ops::rotary::{Pairs, table};
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;

#[derive(Deserialize)]
struct Json {
    model_type: Option<String>,
    hidden_size: usize,
    num_hidden_layers: usize,
    num_attention_heads: usize,
    num_key_value_heads: Option<usize>,
    head_dim: Option<usize>,
    intermediate_size: usize,
    vocab_size: usize,
    #[serde(default = "default_context")]
    max_position_embeddings: usize,
    original_max_position_embeddings: Option<usize>,
    #[serde(default = "default_epsilon")]
    rms_norm_eps: f32,
    rope_theta: Option<f64>,
    rope_local_base_freq: Option<f64>,
    rope_scaling: Option<Value>,
    /// Version 5: what was `rope_theta` and `rope_scaling`; for Gemma 3 one for each type of layer.
    rope_parameters: Option<Value>,
    partial_rotary_factor: Option<f64>,
    hidden_act: Option<String>,
    hidden_activation: Option<String>,
    sliding_window: Option<usize>,
    use_sliding_window: Option<bool>,
    sliding_window_pattern: Option<usize>,
    layer_types: Option<Vec<String>>,
    query_pre_attn_scalar: Option<f64>,
    attn_logit_softcapping: Option<f32>,
    final_logit_softcapping: Option<f32>,
}

fn default_context() -> usize {
    2048
}

fn default_epsilon() -> f32 {
    1e-6
}

pub(super) fn read(path: &Path) -> Result<Config> {
    let json: Json = architecture::read_config(path)?;
    let file = path.display().to_string();
    let architecture = Architecture::from_name(json.model_type.as_deref().unwrap_or("(none)"))
        .map_err(|reason| Error::Unsupported { name: file.clone(), reason })?;
    let gemma = architecture.is_gemma();
    let queries = json.num_attention_heads;
    let size = json.head_dim.unwrap_or(json.hidden_size.checked_div(queries).unwrap_or(0));
    // Held before anything is made of it; what is too large is refused with the other sizes.
    let share = json.partial_rotary_factor.or(number_in(whole_rope(&json), "partial_rotary_factor")).unwrap_or(1.0);
    let turned = ((size as f64 * share) as usize).min(super::MOST_TURNED);
    let act = json.hidden_activation.as_deref().or(json.hidden_act.as_deref()).unwrap_or("silu");
    let gate = match act {
        "silu" | "swish" => Gate::Silu,
        "gelu_pytorch_tanh" | "gelu_new" => Gate::GeluTanh,
        // Gemma's first files name the wrong function, and transformers overrules them.
        "gelu" if gemma => Gate::GeluTanh,
        other => {
            let reason = format!("its activation '{other}' cannot be run; silu and gelu_pytorch_tanh can");
            return Err(Error::Unsupported { name: file, reason });
        }
    };
    let ropes = ropes(&json, architecture, turned, &file)?;
    let local = ropes.len() - 1;
    let window = json.sliding_window.filter(|window| *window > 0 && json.use_sliding_window != Some(false));
    let window = window.filter(|_| {
        !matches!(architecture, Architecture::Qwen2 | Architecture::Qwen3) || json.use_sliding_window == Some(true)
    });
    let slides = |layer: usize| match (&json.layer_types, architecture) {
        (Some(types), _) => types.get(layer).is_some_and(|kind| kind == "sliding_attention"),
        (None, Architecture::Gemma2) => layer.is_multiple_of(2),
        (None, Architecture::Gemma3) => !(layer + 1).is_multiple_of(json.sliding_window_pattern.unwrap_or(6).max(1)),
        (None, Architecture::Qwen2 | Architecture::Qwen3) => false,
        (None, _) => true,
    };
    let layer = |at: usize| match window.filter(|_| slides(at)) {
        Some(window) => LayerKind { window: Some(window), rope: local },
        None => LayerKind { window: None, rope: 0 },
    };
    let head_scale = json.query_pre_attn_scalar.unwrap_or(size as f64);
    Ok(Config {
        architecture,
        hidden: json.hidden_size,
        heads: Heads { queries, kept: json.num_key_value_heads.unwrap_or(queries), size },
        intermediate: json.intermediate_size,
        vocab: json.vocab_size,
        context: json.max_position_embeddings,
        epsilon: json.rms_norm_eps,
        scale: (1.0 / head_scale.sqrt()) as f32,
        attention_cap: json.attn_logit_softcapping,
        logit_cap: json.final_logit_softcapping,
        gate,
        embedding_factor: if gemma { (json.hidden_size as f32).sqrt() } else { 1.0 },
        gain_plus_one: gemma,
        pairs: Pairs::Halves,
        turned,
        ropes,
        layers: (0..json.num_hidden_layers.min(super::MAX_LAYERS + 1)).map(layer).collect(),
    })
}

/// What is said of the angles of layers that see everything.
fn whole_rope(json: &Json) -> Option<&Value> {
    let parameters = json.rope_parameters.as_ref();
    parameters.and_then(|all| all.get("full_attention")).or(parameters).or(json.rope_scaling.as_ref())
}

fn number_in(value: Option<&Value>, key: &str) -> Option<f64> {
    value.and_then(|value| value.get(key)).and_then(Value::as_f64)
}

/// Angles of the layers that see everything, then of those with a window where they differ.
fn ropes(json: &Json, architecture: Architecture, turned: usize, file: &str) -> Result<Vec<Rope>> {
    let whole = whole_rope(json);
    let default = if architecture == Architecture::Gemma3 { 1e6 } else { 1e4 };
    let theta = number_in(whole, "rope_theta").or(json.rope_theta).unwrap_or(default);
    let mut ropes = vec![rope(json, theta, whole, turned, file)?];
    if architecture == Architecture::Gemma3 {
        let local = json.rope_parameters.as_ref().and_then(|all| all.get("sliding_attention"));
        let theta = number_in(local, "rope_theta").or(json.rope_local_base_freq).unwrap_or(1e4);
        ropes.push(rope(json, theta, local, turned, file)?);
    }
    Ok(ropes)
}

fn rope(json: &Json, theta: f64, scaling: Option<&Value>, turned: usize, file: &str) -> Result<Rope> {
    let mut frequencies = table::frequencies(theta, turned);
    let (mut scale, mut longer) = (1.0, None);
    let text = |key: &str| scaling.and_then(|value| value.get(key)).and_then(Value::as_str);
    let number = |key: &str, default: f64| number_in(scaling, key).unwrap_or(default);
    match text("rope_type").or(text("type")).unwrap_or("default") {
        "default" => {}
        "linear" => frequencies.iter_mut().for_each(|frequency| *frequency /= number("factor", 1.0)),
        "llama3" => table::stretch_llama3(
            &mut frequencies,
            number("factor", 8.0),
            number("low_freq_factor", 1.0),
            number("high_freq_factor", 4.0),
            number("original_max_position_embeddings", 8192.0),
        ),
        "longrope" | "su" => {
            let original = json.original_max_position_embeddings.map(|v| v as f64);
            let original = original.unwrap_or(number("original_max_position_embeddings", 4096.0));
            let context = json.max_position_embeddings as f64;
            let divided = |key: &str| -> Result<Vec<f64>> {
                let factors = scaling.and_then(|value| value.get(key)).and_then(Value::as_array);
                let factors: Vec<f64> = factors.into_iter().flatten().filter_map(Value::as_f64).collect();
                if factors.len() != frequencies.len() {
                    let reason = format!("its {key} has {} factors for {} angles", factors.len(), frequencies.len());
                    return Err(Error::Unsupported { name: file.to_owned(), reason });
                }
                Ok(frequencies.iter().zip(factors).map(|(frequency, factor)| frequency / factor).collect())
            };
            longer = Some((original as usize, divided("long_factor")?));
            frequencies = divided("short_factor")?;
            let stretch = number("factor", context / original);
            let made = if stretch <= 1.0 { 1.0 } else { (1.0 + stretch.ln() / original.ln()).sqrt() };
            scale = number("attention_factor", made);
        }
        other => {
            let reason =
                format!("its positions of type '{other}' cannot be run; default, linear, llama3 and longrope can");
            return Err(Error::Unsupported { name: file.to_owned(), reason });
        }
    }
    Ok(Rope { frequencies, longer, scale })
}
