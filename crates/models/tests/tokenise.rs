//! The own WordPiece against the `tokenizers` crate, id for id.

mod common;

use common::Random;
use models::Tokeniser;

fn both(max_tokens: usize) -> (Tokeniser, Tokeniser) {
    let json = std::fs::read(common::minilm().join("tokenizer.json")).expect("tokenizer.json can be read");
    let fast = Tokeniser::from_json(&json, "fast", max_tokens).expect("it is a tokenizer");
    assert!(fast.is_fast(), "the own WordPiece serves MiniLM");
    (fast, Tokeniser::library_from_json(&json, "library", max_tokens).expect("it is a tokenizer"))
}

/// Ids and cuts agree; the message shows the text escaped.
fn agree(fast: &Tokeniser, library: &Tokeniser, text: &str) {
    let (mine, theirs) = (fast.batch(&[text]).unwrap(), library.batch(&[text]).unwrap());
    assert_eq!(mine, theirs, "for {:?}", text.escape_unicode().to_string());
    assert_eq!(fast.count(text), theirs.ids().len() + theirs.cut(0) as usize - 2, "count of {text:?}");
}

#[test]
fn texts_that_were_thought_of() {
    let (fast, library) = both(256);
    let texts = [
        "",
        " \t\r\n\u{a0}\u{2003}\u{3000}",
        "Hello, world! it's 3.14 — \"naïve\" café.",
        "UPPER lower MiXeD straße ẞ İstanbul ǅ ﬁ",
        "a\u{200b}b c\u{ad}d e\0f g\u{fffd}h i\u{7f}j k\u{b}l",
        "[CLS] x [SEP]y[MASK]z[PAD] [UNK] [sep] [CLS [[SEP]] [unused1]",
        "##ing # ## ###s",
        "漢字かな交じり文 中文字符 한국어 텍스트 뷁",
        "e\u{301}e\u{323}\u{302} \u{1d157}\u{1d165} \u{302e}\u{301}가\u{302f}",
        "a\u{1d165}\u{301}\u{1d16d}b ab\u{1b44}\u{301}c",
        "≠ ≮ \u{37e} \u{1fef} \u{212a}\u{2126} \u{2f800}",
        "👩‍👩‍👧 🇩🇪 😀😀",
        "https://example.org/a_b?c=d&e=%20#f C:\\dir\\file.txt",
    ];
    texts.iter().for_each(|text| agree(&fast, &library, text));
    for length in [99, 100, 101, 5000] {
        for unit in ["a", "é", "漢", "가", "x\u{301}", "qzx", "\u{1d165}"] {
            agree(&fast, &library, &unit.repeat(length));
        }
    }
}

/// Every character of the planes that have any, and some of the empty ones.
#[test]
fn every_character() {
    let (fast, library) = both(usize::MAX);
    let assigned = (0..0x33480).chain(0xE0000..0xE0200);
    let characters: Vec<char> = assigned.chain((0..=char::MAX as u32).step_by(97)).filter_map(char::from_u32).collect();
    for some in characters.chunks(128) {
        let mut text = String::new();
        for c in some {
            text.extend([' ', 'x', *c, 'y', ' ', *c]);
        }
        agree(&fast, &library, &text);
    }
}

#[test]
fn made_up_texts() {
    let (fast, library) = both(64);
    let mut random = Random(20_26);
    let words = ["[SEP]", "unaffable ", "Tokenisation", " the ", "\u{301}", "\u{1d165}", "##", "naïve", "한국"];
    for _ in 0..20_000 {
        let mut text = random.text(60);
        for _ in 0..random.below(4) {
            let at = (0..=random.below(text.len() + 1)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            text.insert_str(at, words[random.below(words.len())]);
        }
        agree(&fast, &library, &text);
    }
}

#[test]
fn cuts_are_counted() {
    let (fast, library) = both(8);
    for (count, cut) in [(5, 0), (6, 0), (7, 1), (1000, 994)] {
        let text = "word ".repeat(count);
        agree(&fast, &library, &text);
        let batch = fast.batch(&[&text]).unwrap();
        assert_eq!((batch.cut(0), batch.text(0).len()), (cut, (count + 2).min(8)));
        assert_eq!((batch.text(0)[0], batch.text(0).last()), (101, Some(&102)), "[CLS] and [SEP] stay");
    }
}

#[test]
fn slices_cover_the_batch_in_order() {
    let (fast, _) = both(64);
    let texts: Vec<String> = (0..50).map(|n| "word ".repeat(n % 9 + usize::from(n == 20) * 50)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let batch = fast.batch(&texts).unwrap();
    let slices = batch.slices(32, 4);
    assert_eq!(slices.iter().flat_map(|slice| slice.clone()).collect::<Vec<_>>(), (0..50).collect::<Vec<_>>());
    for slice in slices {
        assert!(slice.len() <= 4, "{slice:?}");
        assert!(batch.texts(slice.clone()).len() <= 32 || slice.len() == 1, "{slice:?}");
    }
}
