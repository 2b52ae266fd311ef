//! The tiny generators as GGUF files, by the names and orders that llama.cpp's converter has.

use crate::random::Golden;
use models::gguf::{Value, Writer};
use serde_json::Value as Json;

/// Parts of a layer: in transformers, in GGUF.
const PARTS: [(&str, &str); 15] = [
    ("self_attn.q_proj", "attn_q"),
    ("self_attn.k_proj", "attn_k"),
    ("self_attn.v_proj", "attn_v"),
    ("self_attn.qkv_proj", "attn_qkv"),
    ("self_attn.o_proj", "attn_output"),
    ("self_attn.q_norm", "attn_q_norm"),
    ("self_attn.k_norm", "attn_k_norm"),
    ("mlp.gate_proj", "ffn_gate"),
    ("mlp.up_proj", "ffn_up"),
    ("mlp.gate_up_proj", "ffn_up"),
    ("mlp.down_proj", "ffn_down"),
    ("input_layernorm", "attn_norm"),
    ("pre_feedforward_layernorm", "ffn_norm"),
    ("post_feedforward_layernorm", "post_ffw_norm"),
    ("post_attention_layernorm", "ffn_norm"),
];

fn name_of(name: &str, gemma: bool) -> String {
    match name {
        "model.embed_tokens.weight" => return "token_embd.weight".to_owned(),
        "model.norm.weight" => return "output_norm.weight".to_owned(),
        "lm_head.weight" => return "output.weight".to_owned(),
        _ => {}
    }
    let rest = name.strip_prefix("model.layers.").expect("a layer");
    let (layer, rest) = rest.split_once('.').expect("a part");
    let (part, what) = rest.rsplit_once('.').expect("weight or bias");
    let mut to = PARTS.iter().find(|(from, _)| *from == part).expect("a known part").1;
    if gemma && part == "post_attention_layernorm" {
        to = "post_attention_norm";
    }
    format!("blk.{layer}.{to}.{what}")
}

/// The file of a golden generator.
pub fn of(golden: &Golden) -> Vec<u8> {
    let config = golden.config();
    let number = |key: &str| config[key].as_u64().unwrap_or_else(|| panic!("{key}")) as u32;
    let (kind, hidden) = (config["model_type"].as_str().expect("a type"), number("hidden_size"));
    let arch = match kind {
        "mistral" => "llama",
        "gemma3_text" => "gemma3",
        other => other,
    };
    let gemma = kind.starts_with("gemma");
    let head =
        config.get("head_dim").and_then(Json::as_u64).map_or(hidden / number("num_attention_heads"), |v| v as u32);
    let mut out = Writer::new();
    let mut key = |suffix: &str, value: Value| {
        out.key(&format!("{arch}.{suffix}"), value);
    };
    key("embedding_length", Value::U32(hidden));
    key("block_count", Value::U32(number("num_hidden_layers")));
    key("feed_forward_length", Value::U32(number("intermediate_size")));
    key("context_length", Value::U32(number("max_position_embeddings")));
    key("attention.head_count", Value::U32(number("num_attention_heads")));
    key("attention.head_count_kv", Value::U32(number("num_key_value_heads")));
    key("attention.key_length", Value::U32(head));
    key("attention.layer_norm_rms_epsilon", Value::F32(config["rms_norm_eps"].as_f64().expect("epsilon") as f32));
    let ropes = &config["rope_parameters"];
    let whole = ropes.get("full_attention").unwrap_or(ropes);
    let base = whole["rope_theta"].as_f64().expect("a base");
    key("rope.freq_base", Value::F32(base as f32));
    if let Some(window) = config.get("sliding_window").and_then(Json::as_u64) {
        key("attention.sliding_window", Value::U32(window as u32));
    }
    for (from, to) in
        [("attn_logit_softcapping", "attn_logit_softcapping"), ("final_logit_softcapping", "final_logit_softcapping")]
    {
        if let Some(cap) = config.get(from).and_then(Json::as_f64) {
            key(to, Value::F32(cap as f32));
        }
    }
    let turned = head as usize;
    match whole["rope_type"].as_str() {
        Some("llama3") => {
            let plain = ops::rotary::table::frequencies(base, turned);
            let mut stretched = plain.clone();
            let of = |key: &str| whole[key].as_f64().expect("a factor");
            let original = of("original_max_position_embeddings");
            ops::rotary::table::stretch_llama3(
                &mut stretched,
                of("factor"),
                of("low_freq_factor"),
                of("high_freq_factor"),
                original,
            );
            let factors: Vec<f32> = plain.iter().zip(stretched).map(|(plain, s)| (plain / s) as f32).collect();
            out.f32("rope_freqs.weight", &[turned / 2], &factors);
        }
        Some("longrope") => {
            out.key(&format!("{arch}.rope.scaling.type"), Value::Text("longrope".to_owned()));
            let original = number("original_max_position_embeddings");
            out.key(&format!("{arch}.rope.scaling.original_context_length"), Value::U32(original));
            for (from, to) in
                [("long_factor", "rope_factors_long.weight"), ("short_factor", "rope_factors_short.weight")]
            {
                let factors: Vec<f32> = whole[from]
                    .as_array()
                    .expect("factors")
                    .iter()
                    .map(|v| v.as_f64().expect("a factor") as f32)
                    .collect();
                out.f32(to, &[turned / 2], &factors);
            }
        }
        _ => {}
    }
    out.key("general.architecture", Value::Text(arch.to_owned()));
    for (name, shape) in &golden.tensors {
        let mut values = golden.tensor(name, shape);
        if arch == "llama" && (name.contains("q_proj") || name.contains("k_proj")) {
            values = reorder(&values, head as usize, shape);
        }
        if gemma && shape.len() == 1 {
            values.iter_mut().for_each(|value| *value += 1.0);
        }
        out.f32(&name_of(name, gemma), shape, &values);
    }
    out.to_bytes()
}

/// Rows of each head in the order of pairs of neighbours: row 2 i was row i, row 2 i + 1 was row i + half.
fn reorder(values: &[f32], head: usize, shape: &[usize]) -> Vec<f32> {
    let width = values.len() / shape[0];
    let from = |row: usize| row / head * head + row % head / 2 + row % 2 * head / 2;
    (0..shape[0]).flat_map(|row| values[from(row) * width..(from(row) + 1) * width].to_vec()).collect()
}
