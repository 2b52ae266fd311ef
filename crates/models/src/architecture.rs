//! The families of generators that can be run: dense models that read and write text.

/// A family of generators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Architecture {
    /// Llama 2 and 3, and Mistral, whose GGUF files do not tell themselves apart from it.
    Llama,
    /// Mistral, as its folders say: Llama with a sliding window.
    Mistral,
    /// Qwen 2 and 2.5: biases on queries, keys and values.
    Qwen2,
    /// Qwen 3: norms of queries and keys.
    Qwen3,
    /// Gemma 2: soft caps, norms after each part, windows on every other layer.
    Gemma2,
    /// Gemma 3, for text: norms of queries and keys, windows on five of six layers.
    Gemma3,
    /// Phi 3: queries, keys and values in one matrix, gate and up in another.
    Phi3,
}

impl Architecture {
    /// All of them.
    pub const ALL: [Architecture; 7] = [
        Architecture::Llama,
        Architecture::Mistral,
        Architecture::Qwen2,
        Architecture::Qwen3,
        Architecture::Gemma2,
        Architecture::Gemma3,
        Architecture::Phi3,
    ];

    /// Its name in GGUF files and, but for Gemma 3's `gemma3_text`, in configurations.
    pub fn name(self) -> &'static str {
        match self {
            Architecture::Llama => "llama",
            Architecture::Mistral => "mistral",
            Architecture::Qwen2 => "qwen2",
            Architecture::Qwen3 => "qwen3",
            Architecture::Gemma2 => "gemma2",
            Architecture::Gemma3 => "gemma3",
            Architecture::Phi3 => "phi3",
        }
    }

    /// The family that a file names.
    ///
    /// # Errors
    /// The reason for people: which one it is, and which can be run.
    pub fn from_name(name: &str) -> Result<Architecture, String> {
        let bare = if name == "gemma3_text" { "gemma3" } else { name };
        Architecture::ALL.into_iter().find(|known| known.name() == bare).ok_or_else(|| {
            let known: Vec<&str> = Architecture::ALL.iter().map(|known| known.name()).collect();
            format!("it is of the architecture '{name}'; {} can be run", known.join(", "))
        })
    }

    /// Whether each head's queries and keys have a norm.
    pub(crate) fn norms_heads(self) -> bool {
        matches!(self, Architecture::Qwen3 | Architecture::Gemma3)
    }

    pub(crate) fn is_gemma(self) -> bool {
        matches!(self, Architecture::Gemma2 | Architecture::Gemma3)
    }
}
