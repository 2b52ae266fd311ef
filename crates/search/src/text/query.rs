//! What a person typed into a query of the engine. Nothing is ever refused.

use std::collections::HashMap;

use tantivy::{
    Term,
    query::{BooleanQuery, BoostQuery, Occur, PhraseQuery, Query, TermQuery},
    schema::{Field, IndexRecordOption},
};

use super::schema::{Fields, HEADING_BOOST, NAME_BOOST, PATH_BOOST};
use crate::words;

/// Most different words that take part in a search: enough for a paragraph pasted as a query.
pub const MAX_QUERY_WORDS: usize = 64;

/// Most words of one quoted phrase.
const MAX_PHRASE_WORDS: usize = 32;

/// A query in pieces.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Parsed {
    /// Stems of natural words with the number of times they occur, in order of first occurrence.
    pub(crate) stems: Vec<(String, usize)>,
    /// Canonical forms to look up as names.
    pub(crate) names: Vec<String>,
    /// Stems of each quoted phrase, at their positions.
    pub(crate) phrases: Vec<Vec<String>>,
    /// Different words that did not take part.
    pub(crate) ignored: usize,
}

/// Reads a query. Parts in double quotes are phrases; a quote without its partner is none.
pub(crate) fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let pieces: Vec<&str> = text.split(['"', '“', '”', '„']).collect();
    for (at, piece) in pieces.iter().enumerate() {
        let quoted = at % 2 == 1 && at + 1 < pieces.len();
        if quoted {
            let mut phrase = Vec::new();
            words::compounds(piece, |compound| {
                phrase.extend(compound.parts.iter().map(|part| words::stem(&piece[part.clone()])));
            });
            phrase.truncate(MAX_PHRASE_WORDS);
            if !phrase.is_empty() {
                parsed.phrases.push(phrase);
            }
        }
    }
    collect_words(text, true, &mut parsed);
    if parsed.stems.is_empty() {
        collect_words(text, false, &mut parsed);
    }
    parsed
}

fn collect_words(text: &str, skip_stop_words: bool, parsed: &mut Parsed) {
    let mut seen: HashMap<String, Option<usize>> = HashMap::new();
    words::compounds(text, |compound| {
        let name = words::canonical(&text[compound.range.clone()]);
        for part in &compound.parts {
            let part = &text[part.clone()];
            if skip_stop_words && !compound.is_name && words::is_stop_word(&words::fold(part)) {
                continue;
            }
            let stem = words::stem(part);
            match seen.get(&stem) {
                Some(Some(at)) => parsed.stems[*at].1 += 1,
                Some(None) => {}
                None if parsed.stems.len() < MAX_QUERY_WORDS => {
                    seen.insert(stem.clone(), Some(parsed.stems.len()));
                    parsed.stems.push((stem, 1));
                    if !parsed.names.contains(&name) {
                        parsed.names.push(name.clone());
                    }
                }
                None => {
                    parsed.ignored += 1;
                    seen.insert(stem, None);
                }
            }
        }
    });
}

/// The engine's query, or none where nothing can match.
pub(super) fn build(parsed: &Parsed, fields: &Fields) -> Option<BooleanQuery> {
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for (stem, times) in &parsed.stems {
        // A word said twice means more, but not twice as much.
        let weight = 1.0 + (*times as f32).ln();
        for (field, boost) in [(fields.body, 1.0), (fields.heading, HEADING_BOOST), (fields.path, PATH_BOOST)] {
            clauses.push((Occur::Should, term(field, stem, boost * weight)));
        }
    }
    for name in &parsed.names {
        clauses.push((Occur::Should, term(fields.names, name, NAME_BOOST)));
    }
    for phrase in &parsed.phrases {
        let places = [(fields.body, 1.0), (fields.heading, HEADING_BOOST)];
        let either = places.into_iter().map(|(field, boost)| (Occur::Should, in_sequence(field, phrase, boost)));
        clauses.push((Occur::Must, Box::new(BooleanQuery::new(either.collect()))));
    }
    (!clauses.is_empty()).then(|| BooleanQuery::new(clauses))
}

fn term(field: Field, text: &str, boost: f32) -> Box<dyn Query> {
    let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs);
    if boost == 1.0 { Box::new(query) } else { Box::new(BoostQuery::new(Box::new(query), boost)) }
}

fn in_sequence(field: Field, stems: &[String], boost: f32) -> Box<dyn Query> {
    match stems {
        [single] => term(field, single, boost),
        _ => {
            let terms = stems.iter().map(|stem| Term::from_field_text(field, stem)).collect();
            Box::new(BoostQuery::new(Box::new(PhraseQuery::new(terms)), boost))
        }
    }
}
