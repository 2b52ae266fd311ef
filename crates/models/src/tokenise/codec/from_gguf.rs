//! A generator's tokenizer from the metadata of a GGUF file.

use super::pieces::{Pieces, Role, Spelling, byte_token};
use super::{Codec, MAX_VOCABULARY, Parts};
use crate::Result;
use crate::gguf::Gguf;
use std::collections::HashMap;
use tokenizers::models::bpe::{BPE, Merges, Vocab};
use tokenizers::normalizers::{NFC, Prepend, Replace, Sequence as Normalizers};
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::digits::Digits;
use tokenizers::pre_tokenizers::sequence::Sequence as Cuts;
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::{AddedToken, NormalizerWrapper, PreTokenizerWrapper, SplitDelimiterBehavior, Tokenizer};

const MODEL: &str = "tokenizer.ggml.model";
const TOKENS: &str = "tokenizer.ggml.tokens";
const KINDS: &str = "tokenizer.ggml.token_type";
const SCORES: &str = "tokenizer.ggml.scores";
const MERGES: &str = "tokenizer.ggml.merges";
const CUT: &str = "tokenizer.ggml.pre";

/// Numbers of `tokenizer.ggml.token_type`.
const UNKNOWN: i64 = 2;
const CONTROL: i64 = 3;
const USER_DEFINED: i64 = 4;
const BYTE: i64 = 6;

/// How Llama 3 cuts text into words before merging.
pub(super) const LLAMA3: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
/// Qwen 2, 2.5 and 3: as Llama 3, with single digits.
pub(super) const QWEN2: &str =
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
/// Mistral's later models: words change where lower case becomes upper case.
pub(super) const TEKKEN: &str = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

/// The longest token that is read, in bytes; published ones stay far below. Every place to cut a token in two is looked at, which takes
/// time by the square of its length.
const MAX_TOKEN_BYTES: usize = 2 << 10;

/// The lists of a file, of one length.
struct Table<'a> {
    tokens: Vec<&'a str>,
    kinds: Vec<i64>,
}

impl Codec {
    /// The tokenizer inside a GGUF file.
    ///
    /// # Errors
    /// [`crate::Error::BadFile`] if it is missing, its lists do not fit together, or it is of a kind that is not supported; the message names it.
    pub fn from_gguf(file: &Gguf, name: &str) -> Result<Codec> {
        let table = Table::read(file)?;
        let (library, spelling) = match file.text(MODEL)?.ok_or_else(|| file.missing(MODEL))? {
            "gpt2" => (byte_level(file, &table)?, Spelling::Bytes),
            "llama" => (with_spaces(file, &table)?, Spelling::Spaces),
            other => {
                let problem = format!("has a tokenizer of the kind '{other}'; 'gpt2' and 'llama' can be used");
                return Err(file.problem(problem));
            }
        };
        let special = |key: &str| -> Result<Option<u32>> {
            let Some(id) = file.integer(key)? else { return Ok(None) };
            let known = u32::try_from(id).ok().filter(|&id| (id as usize) < table.tokens.len());
            known.map(Some).ok_or_else(|| file.problem(format!("'{key}' is {id}, which is no token")))
        };
        let bos = special("tokenizer.ggml.bos_token_id")?;
        let eos = special("tokenizer.ggml.eos_token_id")?;
        let ends = ["tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id"];
        let ends: Vec<Option<u32>> = ends.into_iter().map(special).collect::<Result<_>>()?;
        let begins = spelling == Spelling::Spaces || matches!(file.text(CUT)?, Some("llama-bpe" | "tekken"));
        let begins = file.flag("tokenizer.ggml.add_bos_token")?.unwrap_or(begins);
        let closes = file.flag("tokenizer.ggml.add_eos_token")?.unwrap_or(false);
        let parts = Parts {
            library,
            pieces: Pieces::new(spelling, table.with_roles()),
            before: bos.filter(|_| begins).into_iter().collect(),
            after: eos.filter(|_| closes).into_iter().collect(),
            bos,
            eos,
            ends: ends.into_iter().flatten().collect(),
            drops_first_space: spelling == Spelling::Spaces && puts_space_first(file)?,
        };
        Ok(Codec::new(name, parts))
    }
}

impl<'a> Table<'a> {
    fn read(file: &'a Gguf) -> Result<Table<'a>> {
        let tokens = file.texts(TOKENS)?.ok_or_else(|| file.missing(TOKENS))?;
        if tokens.is_empty() || tokens.len() > MAX_VOCABULARY {
            let problem = format!("has {} tokens; 1 to {MAX_VOCABULARY} can be read", tokens.len());
            return Err(file.problem(problem));
        }
        if let Some(at) = tokens.iter().position(|token| token.len() > MAX_TOKEN_BYTES) {
            let length = tokens[at].len();
            return Err(
                file.problem(format!("has a token of {length} bytes (number {at}); the limit is {MAX_TOKEN_BYTES}"))
            );
        }
        let kinds = file.integers(KINDS)?.unwrap_or_else(|| vec![1; tokens.len()]);
        if kinds.len() != tokens.len() {
            return Err(file.problem(format!("has {} tokens and {} kinds of them", tokens.len(), kinds.len())));
        }
        Ok(Table { tokens, kinds })
    }

    fn with_roles(&self) -> impl Iterator<Item = Option<(&'a str, Role)>> {
        self.tokens.iter().zip(&self.kinds).map(|(&token, &kind)| {
            let role = match kind {
                CONTROL | UNKNOWN => Role::Special,
                USER_DEFINED => Role::Literal,
                _ => Role::Piece,
            };
            Some((token, role))
        })
    }

    fn ids(&self) -> HashMap<&'a str, u32> {
        // Of equal tokens the first is the one that texts get.
        self.tokens.iter().enumerate().rev().map(|(id, &token)| (token, id as u32)).collect()
    }

    /// A tokenizer whose special and user-defined tokens are found in texts before anything else.
    fn tokenizer(
        &self,
        file: &Gguf,
        model: tokenizers::Result<BPE>,
        normalizer: Option<NormalizerWrapper>,
        added: impl Fn(&str) -> AddedToken,
    ) -> Result<Tokenizer> {
        let unusable = |error: tokenizers::Error| file.problem(format!("has a tokenizer that cannot be used: {error}"));
        let mut tokenizer = Tokenizer::new(model.map_err(unusable)?);
        tokenizer.with_normalizer(normalizer).map_err(unusable)?;
        let of_kind = |wanted: &'static [i64]| {
            let tokens = self.tokens.iter().zip(&self.kinds).filter(|(_, kind)| wanted.contains(kind));
            tokens.map(|(token, _)| *token).filter(|token| !token.is_empty())
        };
        tokenizer.add_special_tokens(of_kind(&[CONTROL, UNKNOWN]).map(&added)).map_err(unusable)?;
        let plain = |token: &str| AddedToken::from(token, false).normalized(false);
        tokenizer.add_tokens(of_kind(&[USER_DEFINED]).map(plain)).map_err(unusable)?;
        Ok(tokenizer)
    }
}

fn owned(ids: HashMap<&str, u32>) -> Vocab {
    ids.into_iter().map(|(token, id)| (token.to_owned(), id)).collect()
}

/// Byte-level merging, with the merges the file lists.
fn byte_level(file: &Gguf, table: &Table) -> Result<Tokenizer> {
    let ids = table.ids();
    let mut merges: Merges = Vec::new();
    for merge in file.texts(MERGES)?.ok_or_else(|| file.missing(MERGES))? {
        let pair = merge.split_once(' ').filter(|(left, right)| {
            ids.contains_key(left) && ids.contains_key(right) && ids.contains_key(format!("{left}{right}").as_str())
        });
        let (left, right) = pair.ok_or_else(|| file.problem(format!("merges '{merge}', which are no tokens")))?;
        merges.push((left.to_owned(), right.to_owned()));
    }
    let cut = file.text(CUT)?.ok_or_else(|| file.missing(CUT))?;
    let whole_words = matches!(cut, "llama-bpe" | "tekken");
    let model = BPE::builder().vocab_and_merges(owned(ids), merges).ignore_merges(whole_words).build();
    let normalizer = (cut == "qwen2").then(|| NFC.into());
    let mut tokenizer =
        table.tokenizer(file, model, normalizer, |token| AddedToken::from(token, true).normalized(false))?;
    let steps: Vec<PreTokenizerWrapper> = match cut {
        "gpt-2" => vec![ByteLevel::new(false, true, true).into()],
        "smollm" => vec![Digits::new(true).into(), ByteLevel::new(false, true, true).into()],
        "llama-bpe" => by_pattern(file, LLAMA3)?,
        "qwen2" => by_pattern(file, QWEN2)?,
        "tekken" => by_pattern(file, TEKKEN)?,
        other => {
            let problem = format!(
                "cuts words as '{other}'; gpt-2, smollm, llama-bpe, qwen2 and tekken are supported (files of old converters say 'default': take a newer one)"
            );
            return Err(file.problem(problem));
        }
    };
    tokenizer.with_pre_tokenizer(Some(Cuts::new(steps)));
    Ok(tokenizer)
}

fn by_pattern(file: &Gguf, pattern: &str) -> Result<Vec<PreTokenizerWrapper>> {
    let pattern = SplitPattern::Regex(pattern.to_owned());
    let split = Split::new(pattern, SplitDelimiterBehavior::Isolated, false);
    let split = split.map_err(|error| file.problem(format!("cannot cut words: {error}")))?;
    Ok(vec![split.into(), ByteLevel::new(false, true, false).into()])
}

/// Whether every stretch of text gets a space before it, so that a first word is the same token as any other.
fn puts_space_first(file: &Gguf) -> Result<bool> {
    Ok(file.flag("tokenizer.ggml.add_space_prefix")?.unwrap_or(true))
}

/// Merging in the order of scores, with `▁` for spaces and bytes for what has no token.
fn with_spaces(file: &Gguf, table: &Table) -> Result<Tokenizer> {
    let scores = file.floats(SCORES)?.ok_or_else(|| file.missing(SCORES))?;
    if scores.len() != table.tokens.len() {
        return Err(file.problem(format!("has {} tokens and {} scores", table.tokens.len(), scores.len())));
    }
    let ids = table.ids();
    let merges = merges_of(table, &ids, &scores);
    let has_bytes = table.tokens.iter().any(|token| byte_token(token).is_some());
    let unknown = table.kinds.iter().position(|&kind| kind == UNKNOWN).map(|id| table.tokens[id].to_owned());
    let mut model = BPE::builder().vocab_and_merges(owned(ids), merges).byte_fallback(has_bytes).fuse_unk(true);
    if let Some(unknown) = unknown {
        model = model.unk_token(unknown);
    }
    let unusable = |error: tokenizers::Error| file.problem(format!("has a tokenizer that cannot be used: {error}"));
    let spaces = Replace::new(" ", "▁").map_err(unusable)?;
    let normalizer: NormalizerWrapper = if puts_space_first(file)? {
        Normalizers::new(vec![Prepend::new("▁".to_owned()).into(), spaces.into()]).into()
    } else {
        spaces.into()
    };
    // Phi-3 swallows the white space after its marks; its files cannot say so.
    let swallows = file.text("general.architecture")? == Some("phi3");
    let added = |token: &str| {
        let swallows = swallows && !matches!(token, "<unk>" | "<s>" | "<|endoftext|>");
        AddedToken::from(token, true).normalized(false).rstrip(swallows)
    };
    table.tokenizer(file, model.build(), Some(normalizer), added)
}

/// Every way to put a token together from two others; the token of the highest score comes first, as its merge would be found first.
fn merges_of(table: &Table, ids: &HashMap<&str, u32>, scores: &[f64]) -> Merges {
    let mut merges = Vec::new();
    for (&token, &id) in ids {
        if matches!(table.kinds[id as usize], CONTROL | UNKNOWN | BYTE) {
            continue;
        }
        for (at, _) in token.char_indices().skip(1) {
            let (left, right) = token.split_at(at);
            if let (Some(&left_id), Some(&right_id)) = (ids.get(left), ids.get(right)) {
                merges.push((scores[id as usize], left_id, right_id, left, right));
            }
        }
    }
    merges.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    merges.into_iter().map(|(.., left, right)| (left.to_owned(), right.to_owned())).collect()
}
