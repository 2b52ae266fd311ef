//! Ids of words that were cut before: a prompt of hundreds of words takes tens of microseconds.
//!
//! Byte-level tokenizers cut text by a pattern and merge each word by itself, so that a word's ids do not depend on what is around it. The
//! library's engine for patterns tries one place after another, because of a single look ahead at the end of all these patterns. What that
//! says is put in words here, and the rest needs no such engine. Words that are not known yet are merged by the library. Patterns,
//! normalizers and tokens of other kinds are left to it altogether: there, a pattern may mean something else, or match nothing for ever.

use super::from_gguf::{LLAMA3, QWEN2, TEKKEN};
use super::pieces::byte_level;
use aho_corasick::{AhoCorasick, MatchKind};
use regex_automata::Input;
use regex_automata::meta::{Cache, Regex};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError, RwLock};
use tokenizers::{Model, NormalizedString, Normalizer, Tokenizer};

/// Words that are remembered, and the longest of them in bytes: some 5 MB at most, usually one.
const MOST_WORDS: usize = 1 << 14;
const LONGEST: usize = 48;

/// Threads for which what they have made of the pattern is kept.
const MOST_CACHES: usize = 8;

/// What all patterns end with: of white space, what stands right before a word is left to that word.
const SPACES: &str = r"|\s+(?!\S)|\s+";

/// The pattern of a `ByteLevel` step that cuts.
const GPT2: &str = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

/// The words of a tokenizer.
pub(super) struct Words {
    /// Words, and after them white space.
    pattern: Regex,
    /// What the pattern has made of texts so far, which takes longer than cutting them: for as many threads as cut at once. The
    /// pattern's own pool keeps one for each thread, and every answer has a thread of its own.
    caches: Mutex<Vec<Cache>>,
    /// What is a token wherever it stands, and its id.
    added: Option<(AhoCorasick, Vec<u32>)>,
    known: RwLock<HashMap<Box<str>, Box<[u32]>>>,
}

impl Words {
    /// For a tokenizer that cuts words in a way that is known here; none for others.
    pub(super) fn of(library: &Tokenizer) -> Option<Words> {
        let cut = serde_json::to_value(library.get_pre_tokenizer()?).ok()?;
        let others = pattern(&cut)?.strip_suffix(SPACES)?;
        let pattern = Regex::new_many(&[others, r"\s+"]).ok()?;
        let normal = library.get_normalizer().map(serde_json::to_value).transpose().ok()?;
        if normal.as_ref().is_some_and(|normal| normal["type"] != "NFC") {
            return None;
        }
        let (mut texts, mut ids, mut normalized) = (Vec::new(), Vec::new(), Vec::new());
        for (id, token) in library.get_added_tokens_decoder() {
            if token.single_word || token.lstrip || token.rstrip || (token.normalized && normal.is_some()) {
                return None;
            }
            normalized.push(token.normalized);
            texts.push(token.content);
            ids.push(id);
        }
        // Those of one kind are looked for before those of the other.
        normalized.dedup();
        if normalized.len() > 1 {
            return None;
        }
        let builder = || AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&texts);
        let added = if texts.is_empty() { None } else { Some((builder().ok()?, ids)) };
        Some(Words { pattern, caches: Mutex::default(), added, known: RwLock::default() })
    }

    /// Adds the ids of `text`.
    pub(super) fn encode(&self, library: &Tokenizer, text: &str, ids: &mut Vec<u32>) -> tokenizers::Result<()> {
        let mut new: HashMap<Box<str>, Box<[u32]>> = HashMap::new();
        let caches = || self.caches.lock().unwrap_or_else(PoisonError::into_inner);
        let mut cache = caches().pop().unwrap_or_else(|| self.pattern.create_cache());
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let mut between = |text: &str, ids: &mut Vec<u32>| -> tokenizers::Result<()> {
            let mut normal = None;
            // What it changes is never ASCII.
            if let Some(normalizer) = library.get_normalizer().filter(|_| !text.is_ascii()) {
                let mut changed = NormalizedString::from(text);
                normalizer.normalize(&mut changed)?;
                normal = Some(changed.get().to_owned());
            }
            self.cut(normal.as_deref().unwrap_or(text), &mut cache, |word| {
                if let Some(known) = known.get(word).or_else(|| new.get(word)) {
                    ids.extend_from_slice(known);
                    return Ok(());
                }
                let tokens = library.get_model().tokenize(&byte_level(word))?;
                let start = ids.len();
                ids.extend(tokens.into_iter().map(|token| token.id));
                if word.len() <= LONGEST && new.len() < MOST_WORDS {
                    new.insert(Box::from(word), Box::from(&ids[start..]));
                }
                Ok(())
            })
        };
        let mut rest = 0;
        if let Some((added, added_ids)) = &self.added {
            for found in added.find_iter(text) {
                between(&text[rest..found.start()], ids)?;
                ids.push(added_ids[found.pattern().as_usize()]);
                rest = found.end();
            }
        }
        between(&text[rest..], ids)?;
        drop(known);
        let mut caches = caches();
        if caches.len() < MOST_CACHES {
            caches.push(cache);
        }
        drop(caches);
        self.remember(new);
        Ok(())
    }

    /// Unless somebody else is just reading: another text will have the words again.
    fn remember(&self, new: HashMap<Box<str>, Box<[u32]>>) {
        let Some(mut known) = self.known.try_write().ok().filter(|_| !new.is_empty()) else { return };
        if known.len() + new.len() > MOST_WORDS {
            known.clear();
        }
        known.extend(new);
    }

    /// Gives the words of `text`, one after another.
    fn cut(
        &self,
        text: &str,
        cache: &mut Cache,
        mut word: impl FnMut(&str) -> tokenizers::Result<()>,
    ) -> tokenizers::Result<()> {
        let mut at = 0;
        while at < text.len() {
            let input = Input::new(text).range(at..);
            let Some(found) = self.pattern.search_with(cache, &input) else { return word(&text[at..]) };
            // What no alternative takes is a word by itself.
            if found.start() > at {
                word(&text[at..found.start()])?;
            }
            let mut end = found.end();
            if found.pattern().as_usize() == 1 && end < text.len() {
                let last = text[..end].chars().next_back().map_or(0, char::len_utf8);
                if end - last > found.start() {
                    end -= last;
                }
            }
            word(&text[found.start()..end])?;
            at = end;
        }
        Ok(())
    }
}

/// The pattern by which a pre-tokenizer cuts, if it is known here, and it does nothing else but write bytes as characters.
fn pattern(cut: &Value) -> Option<&'static str> {
    let steps = cut["pretokenizers"].as_array().map_or(std::slice::from_ref(cut), Vec::as_slice);
    let bytes = |step: &Value, cuts: bool| {
        step["type"] == "ByteLevel" && step["add_prefix_space"] == false && step["use_regex"] == cuts
    };
    match steps {
        [step] if bytes(step, true) => Some(GPT2),
        [split, step] if bytes(step, false) => {
            let isolates = split["type"] == "Split" && split["behavior"] == "Isolated" && split["invert"] == false;
            let pattern = split["pattern"]["Regex"].as_str().filter(|_| isolates)?;
            [LLAMA3, QWEN2, TEKKEN].into_iter().find(|known| *known == pattern)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Codec;
    use serde_json::Value;
    use std::path::Path;

    /// Characters that patterns tell apart, or that are in the way.
    const PARTS: [&str; 40] = [
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "\u{a0}",
        "\u{3000}",
        "a",
        "B",
        "word",
        " Word",
        "ß",
        "É",
        "e\u{301}",
        "ſ",
        "'s",
        "'S",
        "'ſ",
        "'ll",
        "1",
        "23",
        "4567",
        "½",
        "٣",
        ".",
        ",",
        " ?!",
        "…",
        "中文",
        "日本",
        "한국",
        "🙂",
        "👩‍👩‍👧",
        "\u{200d}",
        "/",
        "_",
        "<|im_end|>",
        "<|end_of_text|>",
        "</s>",
    ];

    fn both(family: &str) -> [Codec; 2] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/tokenisers");
        let gguf = crate::Gguf::open(&folder.join(format!("{family}.gguf"))).unwrap();
        let json = std::fs::read(folder.join(format!("{family}.json"))).unwrap();
        [Codec::from_json(&json, family).unwrap(), Codec::from_gguf(&gguf, family).unwrap()]
    }

    #[test]
    fn words_are_cut_as_the_library_cuts_them() {
        let mut state = 1u64;
        let mut below = |end: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % end
        };
        let texts: Vec<String> =
            (0..2000).map(|_| (0..below(30)).map(|_| PARTS[below(PARTS.len())]).collect()).collect();
        for family in ["gpt2", "llama3", "qwen2", "tekken"] {
            for codec in both(family) {
                let words = codec.words.as_ref().unwrap_or_else(|| panic!("{family} is known"));
                // The second time all words are known.
                for text in texts.iter().chain(&texts) {
                    let theirs = codec.library.encode_fast(text.as_str(), false).unwrap();
                    let mut mine = Vec::new();
                    words.encode(&codec.library, text, &mut mine).unwrap();
                    assert_eq!(mine, theirs.get_ids(), "{family}: {text:?}");
                }
            }
        }
        for family in ["llama2", "gemma", "phi3"] {
            assert!(both(family).iter().all(|codec| codec.words.is_none()), "{family} cuts no words");
        }
    }

    /// What is not as expected in the smallest part is the library's: it knows what it means.
    #[test]
    fn other_patterns_normalizers_and_tokens_are_left_to_the_library() {
        let json = |change: fn(&mut Value)| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/tokenisers");
            let mut json: Value = serde_json::from_slice(&std::fs::read(folder.join("llama3.json")).unwrap()).unwrap();
            change(&mut json);
            Codec::from_json(&serde_json::to_vec(&json).unwrap(), "changed").unwrap()
        };
        assert!(json(|_| ()).words.is_some());
        type Change = (&'static str, fn(&mut Value));
        let changes: [Change; 5] = [
            ("matches nothing", |json| {
                json["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"] = r"\p{L}*|\s+(?!\S)|\s+".into();
            }),
            ("possessive", |json| {
                json["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"] =
                    r"[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}|\s+(?!\S)|\s+".into();
            }),
            ("lower case", |json| json["normalizer"] = serde_json::json!({"type": "Lowercase"})),
            ("normalized token", |json| json["added_tokens"][0]["normalized"] = true.into()),
            ("swallowing token", |json| json["added_tokens"][0]["rstrip"] = true.into()),
        ];
        for (what, change) in changes {
            let codec = json(change);
            assert!(codec.words.is_none(), "{what}");
            assert!(!codec.encode_bare("Some words, 12345 !!!abc").unwrap().is_empty(), "{what}");
        }
    }
}
