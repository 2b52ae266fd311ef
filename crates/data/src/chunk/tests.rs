//! The promises of the chunkers on generated text, and their structure on examples.

use super::*;
use crate::estimate_tokens;

const KINDS: [SourceKind; 9] = [
    SourceKind::Markdown,
    SourceKind::Text,
    SourceKind::Html,
    SourceKind::Code("Rust"),
    SourceKind::Csv,
    SourceKind::Tsv,
    SourceKind::JsonLines,
    SourceKind::Json,
    SourceKind::Parquet,
];

const SIZES: [ChunkOptions; 3] = [
    ChunkOptions { target_tokens: 200, max_tokens: 240 },
    ChunkOptions { target_tokens: 12, max_tokens: 16 },
    ChunkOptions { target_tokens: 1, max_tokens: 1 },
];

fn check(kind: SourceKind, text: &str, options: &ChunkOptions) {
    let chunks = chunk_text(kind, "file.x", text, options, &estimate_tokens).chunks;
    if let Err(broken) = check_promises(kind, text, &chunks, options, &estimate_tokens) {
        panic!("{options:?} {text:?}: {broken}");
    }
}

/// A small deterministic generator (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }

    fn text(&mut self) -> String {
        const PARTS: &[&str] = &[
            "# ",
            "## ",
            "\n",
            "\n\n",
            "word ",
            "Sentence one. ",
            "- ",
            "1. ",
            "> ",
            "```",
            "```rust\n",
            "| a | b |\n",
            "|---|---|\n",
            "| 1 | 2 |\n",
            "fn f() {\n",
            "}\n",
            "    ",
            "\t",
            "<p>",
            "</p>",
            "<h1>",
            "</h1>",
            "<script>",
            "</script>",
            "<li>",
            "&amp;",
            "<table><tr><td>",
            "<pre>",
            "</pre>",
            "<!--",
            "-->",
            "é",
            "日本語",
            "🦀",
            "\u{301}",
            "\r\n",
            "\r",
            "a,b,c\n",
            "\"q,\n\"",
            "\"",
            "{\"k\": 1}\n",
            "[{\"a\":\"b\"},",
            "{\"a\":2}]",
            "[",
            "]",
            "---\n",
            "+++\n",
            "===\n",
            "[x]: http://y \"t\"\n",
            "[^1]: note\n",
            "\u{feff}",
            "$",
            "*",
            "_",
            "\\",
            "\0",
            "class A:\n",
            "pub ",
            "a;b",
            "averyveryverylongwordwithoutanyspaceinit",
            " \u{a0} ",
            "\u{2028}",
        ];
        let n = self.below(60);
        (0..n).map(|_| PARTS[self.below(PARTS.len())]).collect()
    }
}

#[test]
fn promises_hold_on_generated_text() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..3000 {
        let text = random.text();
        for kind in KINDS {
            check(kind, &text, &SIZES[random.below(SIZES.len())]);
        }
    }
}

#[test]
fn promises_hold_on_hard_cases() {
    let word = "x".repeat(100_000);
    let wide = "日".repeat(20_000);
    let deep = "> ".repeat(2_000);
    let row = format!("a,b\n{word},{wide}\n");
    let cases = [
        "",
        " ",
        "\n\n",
        "\u{feff}",
        "#",
        "# \n# \n",
        word.as_str(),
        wide.as_str(),
        deep.as_str(),
        row.as_str(),
        "|a|\n|-|\n",
        "<",
    ];
    for text in cases {
        for kind in KINDS {
            check(kind, text, &SIZES[0]);
        }
    }
}

/// One line per chunk: kind, lines, heading path, context, text.
fn shown(kind: SourceKind, text: &str, options: &ChunkOptions) -> Vec<String> {
    let chunks = chunk_text(kind, "file.x", text, options, &estimate_tokens).chunks;
    let line = |c: &Chunk| {
        format!("{:?} {}-{} [{}] ({}) {}", c.kind, c.line_start, c.line_end, c.heading_path, c.context, c.text)
            .replace('\n', "/")
    };
    chunks.iter().map(line).collect()
}

#[test]
fn structure() {
    let small = ChunkOptions { target_tokens: 20, max_tokens: 28 };
    let large = SIZES[0];
    let cases: &[(&str, SourceKind, ChunkOptions, &str, &[&str])] = &[
        (
            "headings merge with their text and nest",
            SourceKind::Markdown,
            large,
            "# Guide\n\n## Setup\n\nRun it.\n\nThen wait.\n\n## Use\n\nOpen it.\n",
            &[
                "Prose 1-7 [Guide > Setup] () # Guide//## Setup//Run it.//Then wait.",
                "Prose 9-11 [Guide > Use] (Guide) ## Use//Open it.",
            ],
        ),
        (
            "text before the first heading has the file's name",
            SourceKind::Markdown,
            large,
            "Hello.\n\n# A\n\nB\n",
            &["Prose 1-1 [file.x] (file.x) Hello.", "Prose 3-5 [A] () # A//B"],
        ),
        (
            "a table repeats its header",
            SourceKind::Markdown,
            small,
            "| name | city |\n|---|---|\n| Ada | Bern |\n| Bob | Zug |\n| Cid | Ulm |\n| Dee | Bonn |\n",
            &[
                "Table 1-3 [file.x] (file.x) | name | city |/|---|---|/| Ada | Bern |",
                "Table 4-6 [file.x] (file.x/| name | city |) | Bob | Zug |/| Cid | Ulm |/| Dee | Bonn |",
            ],
        ),
        (
            "link definitions are kept",
            SourceKind::Markdown,
            large,
            "See [x].\n\n[x]: http://y\n",
            &["Prose 1-3 [file.x] (file.x) See [x].//[x]: http://y"],
        ),
        (
            "html",
            SourceKind::Html,
            large,
            "<html><head><title>T</title><style>p{}</style></head><body><h1>Caf&eacute;</h1>\n<p>One <b>two</b>\nthree.</p><script>x()</script>\n<ul><li>a</li><li>b</li></ul><table><tr><th>k</th><th>v</th></tr><tr><td>1</td><td>2</td></tr></table></body></html>",
            &["Prose 1-4 [Café] () Café/One two three./a/b/k | v/1 | 2"],
        ),
        (
            "code is cut before definitions and named by them",
            SourceKind::Code("Rust"),
            ChunkOptions { target_tokens: 30, max_tokens: 45 },
            "//! Docs.\n\nuse a::b;\n\n/// Adds.\npub fn add(a: u32, b: u32) -> u32 {\n    a + b\n}\n\nfn sub() {\n\n    1\n}\n",
            &[
                "Code 1-3 [file.x] (file.x) //! Docs.//use a::b;",
                "Code 5-8 [file.x > pub fn add(a: u32, b: u32) -> u32] (file.x) /// Adds./pub fn add(a: u32, b: u32) -> u32 {/    a + b/}",
                "Code 10-13 [file.x > fn sub()] (file.x) fn sub() {//    1/}",
            ],
        ),
        (
            "csv rows are rendered with their columns",
            SourceKind::Csv,
            large,
            "city,amount\nBern,10\n\"Zug, ZG\",\nUlm,1,extra\n",
            &["Table 1-4 [file.x] (file.x) city: Bern; amount: 10/city: Zug, ZG/city: Ulm; amount: 1; column3: extra"],
        ),
        (
            "csv without a header",
            SourceKind::Csv,
            large,
            "1,2\n3,4\n",
            &["Table 1-2 [file.x] (file.x) column1: 1; column2: 2/column1: 3; column2: 4"],
        ),
        (
            "json lines",
            SourceKind::JsonLines,
            large,
            "{\"b\":1,\"a\":\"x\"}\n\nno json\n",
            &["Table 1-3 [file.x] (file.x) b: 1; a: x/no json"],
        ),
        (
            "json array",
            SourceKind::Json,
            large,
            "[{\"a\":1},\n{\"a\":2}]\n",
            &["Table 1-2 [file.x] (file.x) a: 1/a: 2"],
        ),
        (
            "json document",
            SourceKind::Json,
            large,
            "{\n  \"a\": 1\n}\n",
            &["Data 1-3 [file.x] (file.x) {/  \"a\": 1/}"],
        ),
    ];
    for (name, kind, options, text, expected) in cases {
        assert_eq!(&shown(*kind, text, options), expected, "{name}");
    }
}

#[test]
fn rows_keep_their_numbers() {
    let rows = (0..50).map(|i| format!("k: {i}; v: some words to fill the row")).collect();
    let chunks = chunk_rows("t", rows, &ChunkOptions::default(), &estimate_tokens);
    assert!(chunks.len() > 1);
    assert_eq!((chunks[0].line_start, chunks.last().map(|c| c.line_end)), (1, Some(50)));
    assert!(chunks.windows(2).all(|w| w[0].bytes.end == w[1].bytes.start && w[0].line_end + 1 == w[1].line_start));
}
