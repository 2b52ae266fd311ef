//! The keys of a GGUF file (<https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>).

use super::{Config, LayerKind, Rope};
use crate::architecture::Architecture;
use crate::gguf::Gguf;
use crate::{Error, Result};
use ops::cache::Heads;
use ops::glu::Gate;
use ops::rotary::{Pairs, table};

pub(super) fn read(file: &Gguf) -> Result<Config> {
    let name = file.text("general.architecture")?.ok_or_else(|| file.missing("general.architecture"))?;
    let unsupported = |reason| Error::Unsupported { name: file.path().display().to_string(), reason };
    let architecture = Architecture::from_name(name).map_err(unsupported)?;
    let key = |suffix: &str| format!("{name}.{suffix}");
    let optional = |suffix: &str| -> Result<Option<usize>> {
        let value = file.integer(&key(suffix))?;
        Ok(value.map(|value| usize::try_from(value).unwrap_or(usize::MAX)))
    };
    let size = |suffix: &str| optional(suffix)?.ok_or_else(|| file.missing(&key(suffix)));
    let float = |suffix: &str| file.float(&key(suffix));
    let (hidden, queries, blocks) = (size("embedding_length")?, size("attention.head_count")?, size("block_count")?);
    let head = optional("attention.key_length")?.unwrap_or(hidden.checked_div(queries).unwrap_or(0));
    if optional("attention.value_length")?.is_some_and(|value| value != head) {
        let reason = "keys and values of different lengths cannot be run".to_owned();
        return Err(Error::Unsupported { name: file.path().display().to_string(), reason });
    }
    // Held before anything is made of it; what is too large is refused with the other sizes.
    let turned = optional("rope.dimension_count")?.unwrap_or(head).min(super::MOST_TURNED);
    let table =
        file.tensor("token_embd.weight").ok_or_else(|| file.problem("tensor 'token_embd.weight' is missing"))?;
    let gemma = architecture.is_gemma();
    let window = optional("attention.sliding_window")?.filter(|window| *window > 0);
    let slides = |layer: usize| match architecture {
        Architecture::Gemma2 => layer.is_multiple_of(2),
        Architecture::Gemma3 => !(layer + 1).is_multiple_of(6),
        Architecture::Llama | Architecture::Mistral | Architecture::Phi3 => true,
        // The files of Qwen name a window that their models are not run with.
        Architecture::Qwen2 | Architecture::Qwen3 => false,
    };
    let ropes = ropes(file, architecture, &key, turned)?;
    let local = ropes.len() - 1;
    let layer = |at: usize| match window.filter(|_| slides(at)) {
        Some(window) => LayerKind { window: Some(window), rope: local },
        None => LayerKind { window: None, rope: 0 },
    };
    // The largest models of both Gemmas scale by the width of the model, not of a head.
    let largest = matches!((architecture, blocks), (Architecture::Gemma2, 46) | (Architecture::Gemma3, 62));
    let scaled_by = if largest { hidden / queries.max(1) } else { head };
    Ok(Config {
        architecture,
        hidden,
        heads: Heads { queries, kept: optional("attention.head_count_kv")?.unwrap_or(queries), size: head },
        intermediate: size("feed_forward_length")?,
        vocab: table.shape.first().copied().unwrap_or(0),
        context: size("context_length")?,
        epsilon: float("attention.layer_norm_rms_epsilon")?.unwrap_or(1e-6) as f32,
        scale: 1.0 / (scaled_by as f32).sqrt(),
        attention_cap: float("attn_logit_softcapping")?.map(|cap| cap as f32),
        logit_cap: float("final_logit_softcapping")?.map(|cap| cap as f32),
        gate: if gemma { Gate::GeluTanh } else { Gate::Silu },
        embedding_factor: if gemma { (hidden as f32).sqrt() } else { 1.0 },
        gain_plus_one: false,
        pairs: match architecture {
            Architecture::Llama | Architecture::Mistral => Pairs::Neighbours,
            _ => Pairs::Halves,
        },
        turned,
        ropes,
        layers: (0..blocks.min(super::MAX_LAYERS + 1)).map(layer).collect(),
    })
}

fn ropes(file: &Gguf, architecture: Architecture, key: &impl Fn(&str) -> String, turned: usize) -> Result<Vec<Rope>> {
    let float = |suffix: &str| file.float(&key(suffix));
    let mut whole = table::frequencies(float("rope.freq_base")?.unwrap_or(1e4), turned);
    let mut scale = 1.0;
    match file.text(&key("rope.scaling.type"))?.unwrap_or("none") {
        "linear" => {
            let factor = float("rope.scaling.factor")?.unwrap_or(1.0);
            whole.iter_mut().for_each(|frequency| *frequency /= factor);
        }
        "none" | "longrope" => {}
        other => {
            let reason = format!("its positions of type '{other}' cannot be run; none, linear and longrope can");
            return Err(Error::Unsupported { name: file.path().display().to_string(), reason });
        }
    }
    let context = file.integer(&key("context_length"))?.unwrap_or(0) as f64;
    let original = file.integer(&key("rope.scaling.original_context_length"))?.unwrap_or(0) as f64;
    // Llama 3's stretching arrives as a factor for each angle, Phi's in two sets.
    if let Some(divided) = divided(file, &whole, "rope_freqs.weight")? {
        whole = divided;
    }
    let long = divided(file, &whole, "rope_factors_long.weight")?.filter(|_| original > 0.0);
    let longer = long.map(|frequencies| (original as usize, frequencies));
    if let Some(short) = divided(file, &whole, "rope_factors_short.weight")? {
        whole = short;
    }
    if architecture == Architecture::Phi3 && original > 0.0 && context > original {
        let made = (1.0 + (context / original).ln() / original.ln()).sqrt();
        scale = float("rope.scaling.attn_factor")?.unwrap_or(made);
    }
    let mut ropes = vec![Rope { frequencies: whole, longer, scale }];
    if architecture == Architecture::Gemma3 {
        ropes.push(Rope { frequencies: table::frequencies(1e4, turned), longer: None, scale: 1.0 });
    }
    Ok(ropes)
}

/// Frequencies by the factors in a tensor, if the file has it.
fn divided(file: &Gguf, frequencies: &[f64], name: &str) -> Result<Option<Vec<f64>>> {
    let Some(factors) = file.tensor(name) else { return Ok(None) };
    let factors = factors.to_f32();
    if factors.len() != frequencies.len() {
        let problem = format!("tensor '{name}' has {} factors for {} angles", factors.len(), frequencies.len());
        return Err(file.problem(problem));
    }
    Ok(Some(frequencies.iter().zip(factors).map(|(frequency, factor)| frequency / f64::from(factor)).collect()))
}
