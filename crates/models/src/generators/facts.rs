//! What a generator is, from its header alone, and the memory it will take: asked before it is loaded.

use crate::architecture::{self, Architecture};
use crate::gguf::TensorType;
use crate::llama::{Held, loaded_bytes};
use crate::weights::Weights;
use crate::{Error, Gguf, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;

/// Sizes that a file may claim: products of a few of them are guarded, sums of two cannot overflow.
const SIZES: RangeInclusive<u64> = 1..=0xFFFF_FFFF;

/// The numbers that decide a generator's size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its family.
    pub architecture: Architecture,
    /// The type that most of its weights are stored in, as in names of files.
    pub quantisation: String,
    /// How many weights it has.
    pub parameters: u64,
    /// Bytes of its weights, as stored.
    pub weight_bytes: u64,
    /// Bytes of its weights once loaded: some types are widened, some tables kept twice.
    pub loaded_bytes: u64,
    /// The most tokens of prompt and answer together that it was made for.
    pub context: u64,
    /// Its layers.
    pub layers: u64,
    /// Heads of keys and values per layer.
    pub kv_heads: u64,
    /// Numbers of a key in one head.
    pub key_length: u64,
    /// Numbers of a value in one head.
    pub value_length: u64,
}

/// How keys and values are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheType {
    /// 16-bit floating point.
    F16,
    /// 8 bits, with a scale of 16 bits per 32 numbers.
    Q8,
}

/// Memory of a loaded generator, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GeneratorMemory {
    /// Weights, held as long as it is loaded.
    pub weights: u64,
    /// Keys and values of so many tokens, of all sessions together.
    pub cache: u64,
}

impl Facts {
    /// What it takes with a cache for `tokens` tokens. Layers that look back over a window only are counted whole, so it may take less.
    pub fn memory(&self, tokens: u64, cache: CacheType) -> GeneratorMemory {
        let row = self.kv_heads.saturating_mul(self.key_length.saturating_add(self.value_length));
        let numbers = self.layers.saturating_mul(row);
        let (bytes, per) = match cache {
            CacheType::F16 => (2, 1),
            CacheType::Q8 => (34, 32),
        };
        GeneratorMemory {
            weights: self.loaded_bytes,
            cache: numbers.saturating_mul(tokens).saturating_mul(bytes) / per,
        }
    }

    /// From the metadata of a GGUF file.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for families that cannot be run, [`Error::BadFile`] if a number is missing or no such number.
    pub fn of_gguf(file: &Gguf, name: &str) -> Result<Facts> {
        let unsupported = |reason: String| Error::Unsupported { name: name.to_owned(), reason };
        let key = "general.architecture";
        let family = file.text(key)?.ok_or_else(|| file.missing(key))?;
        let architecture = Architecture::from_name(family).map_err(unsupported)?;
        let number = |part: &str| file.integer(&format!("{family}.{part}"));
        let checked = |part: &str, value: Option<u64>| match value {
            Some(value) if SIZES.contains(&value) => Ok(value),
            Some(value) => Err(file.problem(format!("'{family}.{part}' is {value}"))),
            None => Err(file.missing(&format!("{family}.{part}"))),
        };
        let needed = |part: &str| checked(part, number(part)?);
        let or = |part: &str, default: u64| checked(part, Some(number(part)?.unwrap_or(default)));
        if number("expert_count")?.unwrap_or(0) > 0 {
            return Err(unsupported("it is a mixture of experts; dense models can be run".to_owned()));
        }
        let heads = needed("attention.head_count")?;
        let width = needed("embedding_length")? / heads;
        let tensors: Vec<_> = file.names().filter_map(|name| Some((name, file.tensor(name)?))).collect();
        let (mut parameters, mut bytes) = (0u64, 0u64);
        let mut of_type: BTreeMap<TensorType, u64> = BTreeMap::new();
        for (_, tensor) in &tensors {
            parameters += tensor.elements() as u64;
            bytes += tensor.bytes.len() as u64;
            *of_type.entry(tensor.kind).or_default() += tensor.elements() as u64;
        }
        let held = tensors.iter().map(|(name, tensor)| (*name, Held::of_gguf(tensor.kind), tensor.shape.as_slice()));
        let loaded_bytes = loaded_bytes(held);
        let most = of_type.into_iter().max_by_key(|(_, elements)| *elements);
        let Some((most, _)) = most else {
            return Err(unsupported("it has no weights: it is a vocabulary alone".to_owned()));
        };
        Ok(Facts {
            architecture,
            quantisation: most.name().to_owned(),
            parameters,
            weight_bytes: bytes,
            loaded_bytes,
            context: needed("context_length")?,
            layers: needed("block_count")?,
            kv_heads: or("attention.head_count_kv", heads)?,
            key_length: or("attention.key_length", width)?,
            value_length: or("attention.value_length", width)?,
        })
    }

    /// From `config.json` and the header of the weights of a folder.
    ///
    /// # Errors
    /// As for [`Facts::of_gguf`].
    pub fn of_folder(folder: &Path, name: &str) -> Result<Facts> {
        #[derive(Deserialize)]
        struct Config {
            model_type: String,
            #[serde(default)]
            num_hidden_layers: u64,
            #[serde(default)]
            num_attention_heads: u64,
            num_key_value_heads: Option<u64>,
            head_dim: Option<u64>,
            #[serde(default)]
            hidden_size: u64,
            #[serde(default)]
            max_position_embeddings: u64,
            quantization_config: Option<serde_json::Value>,
        }
        let unsupported = |reason: String| Error::Unsupported { name: name.to_owned(), reason };
        let path = folder.join("config.json");
        let config: Config = architecture::read_config(&path)?;
        let architecture = Architecture::from_name(&config.model_type).map_err(unsupported)?;
        if let Some(quantised) = &config.quantization_config {
            let method = quantised["quant_method"].as_str().unwrap_or("an unknown way");
            return Err(unsupported(format!("its weights are quantised by '{method}'; take a GGUF file of it")));
        }
        if !folder.join("tokenizer.json").is_file() {
            return Err(unsupported("it has no tokenizer.json; save its tokenizer in the fast format".to_owned()));
        }
        let heads = config.num_attention_heads;
        let kv_heads = config.num_key_value_heads.unwrap_or(heads);
        let head = config.head_dim.unwrap_or(config.hidden_size.checked_div(heads).unwrap_or(0));
        for (what, size) in [
            ("num_hidden_layers", config.num_hidden_layers),
            ("num_attention_heads", heads),
            ("num_key_value_heads", kv_heads),
            ("hidden_size", config.hidden_size),
            ("head_dim", head),
            ("max_position_embeddings", config.max_position_embeddings),
        ] {
            if !SIZES.contains(&size) {
                return Err(Error::bad_file(&path, format!("lacks '{what}', or it is out of range: {size}")));
            }
        }
        let weights = Weights::open(folder)?;
        // Of a model for pictures and text only the part for text is loaded.
        let inside = weights.names().any(|name| name.contains("language_model."));
        let loaded =
            weights.names().filter(|name| !inside || name.contains("language_model.") || *name == "lm_head.weight");
        let held = loaded.filter_map(|name| Some((name, Held::of_folder(&weights, name), weights.shape(name)?)));
        let elements = |name: &str| weights.shape(name).map_or(0, |shape| shape.iter().product::<usize>() as u64);
        Ok(Facts {
            architecture,
            quantisation: weights.names().next().and_then(|name| weights.kind(name)).unwrap_or_default(),
            parameters: weights.names().map(elements).sum(),
            weight_bytes: weights.size(),
            loaded_bytes: loaded_bytes(held),
            context: config.max_position_embeddings,
            layers: config.num_hidden_layers,
            kv_heads,
            key_length: head,
            value_length: head,
        })
    }
}
