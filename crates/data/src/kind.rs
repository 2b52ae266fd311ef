//! What kind of source a file is, from its name and, where the name says nothing, from its first bytes.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// The kinds of file that can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SourceKind {
    /// CommonMark with tables.
    Markdown,
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// Source code or configuration, with the language's name.
    Code(#[serde(skip, default = "unknown_language")] &'static str),
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// One JSON document.
    Json,
    /// One JSON value per line.
    JsonLines,
    /// Apache Parquet.
    Parquet,
}

fn unknown_language() -> &'static str {
    "code"
}

/// File name endings of source code and configuration, with the language.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("Assembly", &["asm", "s"]),
    ("Batch", &["bat", "cmd"]),
    ("C", &["c", "h"]),
    ("C#", &["cs"]),
    ("C++", &["cc", "cpp", "cxx", "hh", "hpp", "hxx"]),
    ("CMake", &["cmake"]),
    ("CSS", &["css", "less", "sass", "scss"]),
    ("Clojure", &["clj", "cljs", "edn"]),
    ("Configuration", &["cfg", "conf", "ini", "properties", "toml", "yaml", "yml"]),
    ("D", &["d"]),
    ("Dart", &["dart"]),
    ("Elixir", &["ex", "exs"]),
    ("Elm", &["elm"]),
    ("Erlang", &["erl", "hrl"]),
    ("F#", &["fs", "fsi", "fsx"]),
    ("Fortran", &["f", "f90", "f95", "for"]),
    ("GLSL", &["comp", "frag", "glsl", "vert"]),
    ("Go", &["go"]),
    ("GraphQL", &["gql", "graphql"]),
    ("Groovy", &["gradle", "groovy"]),
    ("Haskell", &["hs", "lhs"]),
    ("Java", &["java"]),
    ("JavaScript", &["cjs", "js", "jsx", "mjs"]),
    ("Julia", &["jl"]),
    ("Kotlin", &["kt", "kts"]),
    ("Lisp", &["el", "lisp", "lsp", "rkt", "scm"]),
    ("Lua", &["lua"]),
    ("Metal", &["metal"]),
    ("Nim", &["nim"]),
    ("Nix", &["nix"]),
    ("OCaml", &["ml", "mli"]),
    ("Objective-C", &["m", "mm"]),
    ("PHP", &["php"]),
    ("Pascal", &["pas"]),
    ("Perl", &["pl", "pm"]),
    ("PowerShell", &["ps1", "psm1"]),
    ("Protocol Buffers", &["proto"]),
    ("Python", &["py", "pyi"]),
    ("R", &["r"]),
    ("Ruby", &["rb"]),
    ("Rust", &["rs"]),
    ("SQL", &["sql"]),
    ("Scala", &["sbt", "scala"]),
    ("Shell", &["bash", "fish", "sh", "zsh"]),
    ("Svelte", &["svelte"]),
    ("Swift", &["swift"]),
    ("TeX", &["sty", "tex"]),
    ("Terraform", &["hcl", "tf"]),
    ("TypeScript", &["cts", "mts", "ts", "tsx"]),
    ("Verilog", &["sv", "v"]),
    ("Vim", &["vim"]),
    ("Vue", &["vue"]),
    ("WGSL", &["wgsl"]),
    ("XML", &["xml", "xsd", "xsl"]),
    ("Zig", &["zig"]),
];

/// Names without an ending that are source code.
const LANGUAGE_FILES: &[(&str, &str)] = &[
    ("Build", "makefile"),
    ("Build", "cmakelists.txt"),
    ("Build", "dockerfile"),
    ("Build", "justfile"),
    ("Ruby", "gemfile"),
    ("Ruby", "rakefile"),
];

/// Endings of formats known to hold no text to read here, so that they are refused without being opened.
const BINARY: &[&str] = &[
    "7z",
    "a",
    "avi",
    "avif",
    "bin",
    "bmp",
    "bz2",
    "class",
    "db",
    "dll",
    "doc",
    "docx",
    "duckdb",
    "dylib",
    "exe",
    "flac",
    "gguf",
    "gif",
    "gz",
    "ico",
    "iso",
    "jar",
    "jpeg",
    "jpg",
    "lib",
    "m4a",
    "mkv",
    "mov",
    "mp3",
    "mp4",
    "npy",
    "npz",
    "o",
    "odt",
    "ogg",
    "onnx",
    "otf",
    "pdf",
    "png",
    "ppt",
    "pptx",
    "pyc",
    "rar",
    "rlib",
    "safetensors",
    "so",
    "sqlite",
    "tar",
    "tif",
    "tiff",
    "ttf",
    "wasm",
    "wav",
    "webm",
    "webp",
    "woff",
    "woff2",
    "xls",
    "xlsx",
    "xz",
    "zip",
    "zst",
];

/// What a file's name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameSays {
    /// It is of this kind.
    Kind(SourceKind),
    /// A known format that is not supported.
    Binary,
    /// Nothing: look inside.
    Unknown,
}

impl SourceKind {
    /// Judges by the name alone.
    pub fn from_name(path: &Path) -> NameSays {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("").to_ascii_lowercase();
        if let Some((language, _)) = LANGUAGE_FILES.iter().find(|(_, file)| *file == name) {
            return NameSays::Kind(SourceKind::Code(language));
        }
        let Some((_, ending)) = name.rsplit_once('.') else { return NameSays::Unknown };
        let kind = match ending {
            "md" | "markdown" | "mdown" | "mkd" | "mdx" | "qmd" | "rmd" => SourceKind::Markdown,
            "txt" | "text" | "log" | "rst" | "adoc" | "asciidoc" | "org" | "srt" | "vtt" => SourceKind::Text,
            "html" | "htm" | "xhtml" => SourceKind::Html,
            "csv" => SourceKind::Csv,
            "tsv" | "tab" => SourceKind::Tsv,
            "json" | "geojson" | "ipynb" => SourceKind::Json,
            "jsonl" | "ndjson" => SourceKind::JsonLines,
            "parquet" | "pq" => SourceKind::Parquet,
            _ => match LANGUAGES.iter().find(|(_, endings)| endings.contains(&ending)) {
                Some((language, _)) => SourceKind::Code(language),
                None if BINARY.contains(&ending) => return NameSays::Binary,
                None => return NameSays::Unknown,
            },
        };
        NameSays::Kind(kind)
    }

    /// Whether SQL sees it as a table.
    pub fn is_table(self) -> bool {
        matches!(
            self,
            SourceKind::Csv | SourceKind::Tsv | SourceKind::Json | SourceKind::JsonLines | SourceKind::Parquet
        )
    }

    /// The name stored in the database and shown to people.
    pub fn name(self) -> &'static str {
        match self {
            SourceKind::Markdown => "markdown",
            SourceKind::Text => "text",
            SourceKind::Html => "html",
            SourceKind::Code(_) => "code",
            SourceKind::Csv => "csv",
            SourceKind::Tsv => "tsv",
            SourceKind::Json => "json",
            SourceKind::JsonLines => "jsonl",
            SourceKind::Parquet => "parquet",
        }
    }

    /// Kind of an unnamed text by how it begins.
    pub(crate) fn from_text(text: &str) -> SourceKind {
        let head = text.trim_start();
        let starts = |word: &str| head.get(..word.len()).is_some_and(|h| h.eq_ignore_ascii_case(word));
        if starts("<!doctype html") || starts("<html") {
            SourceKind::Html
        } else if head.starts_with("#!") {
            SourceKind::Code("script")
        } else {
            SourceKind::Text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let cases = [
            ("a/README.md", NameSays::Kind(SourceKind::Markdown)),
            ("NOTES.TXT", NameSays::Kind(SourceKind::Text)),
            ("x.rs", NameSays::Kind(SourceKind::Code("Rust"))),
            ("Makefile", NameSays::Kind(SourceKind::Code("Build"))),
            ("CMakeLists.txt", NameSays::Kind(SourceKind::Code("Build"))),
            ("t.csv", NameSays::Kind(SourceKind::Csv)),
            ("t.parquet", NameSays::Kind(SourceKind::Parquet)),
            ("p.png", NameSays::Binary),
            ("LICENSE", NameSays::Unknown),
            (".gitignore", NameSays::Unknown),
        ];
        for (name, expected) in cases {
            assert_eq!(SourceKind::from_name(Path::new(name)), expected, "{name}");
        }
    }

    #[test]
    fn endings_are_listed_once() {
        let mut seen = std::collections::HashSet::new();
        for ending in LANGUAGES.iter().flat_map(|(_, e)| e.iter()).chain(BINARY) {
            assert!(seen.insert(ending), "{ending} is listed twice");
        }
    }
}
