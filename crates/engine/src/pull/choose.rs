//! What is to be downloaded: reading the name, and choosing among a repository's files.

use super::RemoteFile;
use crate::{Error, Result};
use std::str::FromStr;

/// The version that is meant where none is named.
const MAIN: &str = "main";
/// Quantisations that are taken where none is named, the first that there is.
const USUAL: [&str; 4] = ["Q4_K_M", "Q4_0", "Q8_0", "F16"];
/// Small files that belong to a model in safetensors.
const BESIDE: [&str; 10] = [
    "config.json",
    "generation_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "chat_template.jinja",
    "modules.json",
    "sentence_bert_config.json",
    "1_Pooling/config.json",
    "model.safetensors.index.json",
];

/// `organisation/name[@revision][:quantisation]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Whose repository.
    pub organisation: String,
    /// Its name.
    pub name: String,
    /// A branch, a tag or a commit.
    pub revision: String,
    /// Which of several GGUF files.
    pub quantisation: Option<String>,
}

impl Wish {
    /// `organisation/name`.
    pub fn repository(&self) -> String {
        format!("{}/{}", self.organisation, self.name)
    }
}

impl FromStr for Wish {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Wish, String> {
        let refused = || {
            format!(
                "'{text}' is no repository; one is named organisation/name, with :Q4_K_M after it for one of several GGUF files"
            )
        };
        let text = text.strip_prefix("hf.co/").or_else(|| text.strip_prefix("https://huggingface.co/")).unwrap_or(text);
        let (rest, quantisation) = match text.split_once(':') {
            Some((rest, quantisation)) => (rest, Some(quantisation)),
            None => (text, None),
        };
        let (rest, revision) = rest.split_once('@').unwrap_or((rest, MAIN));
        let (organisation, name) = rest.split_once('/').ok_or_else(refused)?;
        let parts = [organisation, name, revision].into_iter().chain(quantisation);
        if !parts.into_iter().all(is_plain) {
            return Err(refused());
        }
        Ok(Wish {
            organisation: organisation.to_owned(),
            name: name.to_owned(),
            revision: revision.to_owned(),
            quantisation: quantisation.map(str::to_owned),
        })
    }
}

/// Whether a part of a name can stand in an address and in a path as it is.
fn is_plain(part: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !part.is_empty() && part.len() <= 96 && !part.starts_with('.') && part.chars().all(allowed)
}

/// The files of the model, of all files of the repository: those of one quantisation, or a model in safetensors with what belongs to it.
///
/// # Errors
/// [`Error::Pull`] with the quantisations there are, or with what the repository lacks.
pub fn chosen(wish: &Wish, files: Vec<RemoteFile>) -> Result<Vec<RemoteFile>> {
    let repository = wish.repository();
    let mut labels: Vec<String> = files.iter().filter_map(|file| label(&file.path)).collect();
    labels.sort();
    labels.dedup();
    if labels.is_empty() {
        if let Some(wanted) = &wish.quantisation {
            return Err(Error::Pull(format!("{repository} has no GGUF files, and so no '{wanted}'")));
        }
        let belongs = |file: &RemoteFile| {
            let top = !file.path.contains('/');
            BESIDE.contains(&file.path.as_str()) || (top && file.path.ends_with(".safetensors"))
        };
        let files: Vec<RemoteFile> = files.into_iter().filter(belongs).collect();
        let has = |end: &str| files.iter().any(|file| file.path.ends_with(end));
        return match (has(".safetensors"), has("config.json"), has("tokenizer.json")) {
            (true, true, true) => Ok(files),
            (false, ..) => Err(Error::Pull(format!("{repository} has neither GGUF files nor safetensors"))),
            _ => Err(Error::Pull(format!("{repository} lacks config.json or tokenizer.json"))),
        };
    }
    let same = |label: &String, wanted: &str| label.eq_ignore_ascii_case(wanted);
    let label_of_wish = match &wish.quantisation {
        Some(wanted) => labels.iter().find(|label| same(label, wanted)),
        None if labels.len() == 1 => labels.first(),
        None => USUAL.iter().find_map(|usual| labels.iter().find(|label| same(label, usual))),
    };
    let Some(label_of_wish) = label_of_wish.cloned() else {
        let asked = match &wish.quantisation {
            Some(wanted) => format!("{repository} has no '{wanted}'"),
            None => format!("{repository} has several files"),
        };
        return Err(Error::Pull(format!("{asked}; choose one of {repository}:{{{}}}", labels.join(", "))));
    };
    Ok(files.into_iter().filter(|file| label(&file.path).as_ref() == Some(&label_of_wish)).collect())
}

/// The quantisation of a GGUF file, or its name where that names none; nothing for other files and for encoders of pictures.
fn label(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if name.starts_with("mmproj") {
        return None;
    }
    let stem = models::generators::stem_of(name.strip_suffix(".gguf")?);
    Some(models::generators::quantisation(stem).unwrap_or_else(|| stem.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(text: &str) -> Wish {
        text.parse().expect("a repository")
    }

    fn files(paths: &[&str]) -> Vec<RemoteFile> {
        paths.iter().map(|path| RemoteFile::new((*path).to_owned(), 1, "00".repeat(32))).collect()
    }

    #[test]
    fn names_are_read_and_what_could_lead_elsewhere_is_refused() {
        let full = wish("org/name-GGUF@v1.0:q8_0");
        assert_eq!((full.repository().as_str(), full.revision.as_str()), ("org/name-GGUF", "v1.0"));
        assert_eq!(full.quantisation.as_deref(), Some("q8_0"));
        assert_eq!((wish("a/b").revision.as_str(), wish("a/b").quantisation), (MAIN, None));
        assert_eq!(wish("hf.co/a/b"), wish("https://huggingface.co/a/b"));
        for bad in
            ["", "name", "a/b/c", "../b", "a/..", "a/b:", "a/b@", "a b/c", "a/b:../x", "/b", "a/%2e", "a/b@refs/pr/1"]
        {
            assert!(bad.parse::<Wish>().is_err(), "{bad}");
        }
    }

    #[test]
    fn one_quantisation_is_chosen_with_all_its_shards() {
        let all = [
            "README.md",
            "m-Q8_0.gguf",
            "m-Q4_K_M.gguf",
            "F16/m-F16-00001-of-00002.gguf",
            "F16/m-F16-00002-of-00002.gguf",
            "mmproj-m-F16.gguf",
        ];
        let chosen = |wished: &str| -> std::result::Result<Vec<String>, String> {
            let chosen = super::chosen(&wish(wished), files(&all)).map_err(|error| error.to_string())?;
            Ok(chosen.into_iter().map(|file| file.path).collect())
        };
        assert_eq!(chosen("o/r").unwrap(), ["m-Q4_K_M.gguf"]);
        assert_eq!(chosen("o/r:q8_0").unwrap(), ["m-Q8_0.gguf"]);
        assert_eq!(chosen("o/r:f16").unwrap(), [all[3], all[4]]);
        assert_eq!(chosen("o/r:Q2_K").unwrap_err(), "o/r has no 'Q2_K'; choose one of o/r:{F16, Q4_K_M, Q8_0}");
        let several = super::chosen(&wish("o/r"), files(&["m-Q5_K_M.gguf", "m-Q6_K.gguf"])).unwrap_err().to_string();
        assert_eq!(several, "o/r has several files; choose one of o/r:{Q5_K_M, Q6_K}");
    }

    #[test]
    fn a_model_in_safetensors_comes_with_what_belongs_to_it() {
        let all = [
            "README.md",
            "config.json",
            "tokenizer.json",
            "model.safetensors",
            "onnx/model.onnx",
            "other/model.safetensors",
        ];
        let chosen = super::chosen(&wish("o/r"), files(&all)).unwrap();
        assert_eq!(chosen.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), &all[1..4]);
        for (paths, words) in
            [(&all[..3], "neither GGUF files nor safetensors"), (&all[3..4], "lacks config.json or tokenizer.json")]
        {
            let message = super::chosen(&wish("o/r"), files(paths)).unwrap_err().to_string();
            assert!(message.contains(words), "{message}");
        }
        assert!(super::chosen(&wish("o/r:Q8_0"), files(&all)).unwrap_err().to_string().contains("no GGUF files"));
    }
}
