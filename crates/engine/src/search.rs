//! Hybrid retrieval: full text and vectors side by side, fused by rank.

use crate::call::Call;
use crate::cancel::Cancel;
use crate::chain::Asked;
use crate::error::{Error, Result};
use crate::open::{Conditions, Engine};
use crate::scheduler::{Lane, SessionId};
use crate::terms::codes;
use data::{LiveSources, StoredChunk};
use search::fuse::{Ranking, fuse};
use search::passage::passage;
use search::text::TextFilter;
use search::vectors::Neighbour;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

/// The most hits of one search.
pub const MAX_HITS: usize = 200;

/// The longest query in bytes; what is longer is cut, which the reply says.
pub const MAX_QUERY_BYTES: usize = 16 << 10;

/// How many candidates each side gives before they are fused.
const CANDIDATES: usize = 50;

/// The longest passage shown of a hit, in bytes.
const PASSAGE_BYTES: usize = 480;

/// What is searched by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Full text and vectors, fused.
    Hybrid,
    /// Full text only.
    Text,
    /// Vectors only.
    Vector,
}

/// A search.
#[derive(Debug, Clone)]
pub struct SearchRequest {
    /// Words, or a question.
    pub query: String,
    /// How many hits.
    pub k: usize,
    /// Only sources whose path matches this glob or folder.
    pub source: Option<String>,
    /// What is searched by.
    pub mode: Mode,
}

/// One hit.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Hit {
    /// Place in the list, from 1.
    pub rank: usize,
    /// The chunk.
    pub chunk: u64,
    /// Path of its source.
    pub source: String,
    /// Headings above it.
    pub heading_path: String,
    /// Lines of the source it covers, from 1, inclusive.
    pub lines: (u32, u32),
    /// The fused score; comparable only within one reply.
    pub score: f32,
    /// Its rank by full text and by vector, from 1, where that side found it.
    pub text_rank: Option<u32>,
    /// See `text_rank`.
    pub vector_rank: Option<u32>,
    /// Cosine with the query, where the vector side found it.
    pub cosine: Option<f32>,
    /// The part of the chunk that fits best.
    pub passage: String,
    /// Bytes of `passage` that match words of the query.
    pub matches: Vec<Range<usize>>,
}

/// The reply to a search.
#[derive(Debug, Clone, serde::Serialize)]
pub struct SearchReply {
    /// The hits, the best first.
    pub hits: Vec<Hit>,
    /// How it was made.
    #[serde(flatten)]
    pub conditions: Conditions,
    /// Time in milliseconds, all in all.
    pub wall_ms: f64,
}

/// A chunk that retrieval found, with what each side said of it.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The chunk.
    pub stored: StoredChunk,
    /// Path of its source.
    pub path: String,
    /// Fused score.
    pub score: f32,
    /// Ranks from 0: full text, vector.
    pub ranks: [Option<u32>; 2],
    /// Cosine with the query, where the vector side found it.
    pub cosine: Option<f32>,
}

/// Candidates and the query's vector, which is empty where the soft deadline came first.
pub(crate) struct Retrieved {
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) query: Vec<f32>,
    pub(crate) conditions: Conditions,
}

/// What the two sides of a search found.
#[derive(Default)]
struct Sides {
    query: Vec<f32>,
    cut: bool,
    vector_hits: Vec<Neighbour>,
    /// Chunks, and how many words of the query were left out.
    text: (Vec<u64>, usize),
}

impl Engine {
    /// Searches the workspace. Past the soft deadline of `cancel` a hybrid search is answered by words alone.
    ///
    /// # Errors
    /// [`Error::Limit`] for more than [`MAX_HITS`], [`data::Error::Invalid`] for a bad glob.
    pub fn search(&self, request: &SearchRequest, session: SessionId, cancel: &Cancel) -> Result<SearchReply> {
        let begun = Instant::now();
        let _person = self.scheduler.person_waits();
        if request.k > MAX_HITS {
            return Err(Error::Limit(format!("{} hits asked for; the most is {MAX_HITS}", request.k)));
        }
        let mut call = Call::new(Lane::Interactive, session, cancel);
        let Retrieved { candidates, conditions, .. } = self.retrieve(request, &mut call)?;
        let hits =
            candidates.into_iter().enumerate().map(|(index, candidate)| hit(index + 1, candidate, &request.query));
        Ok(SearchReply {
            hits: hits.collect(),
            conditions: conditions.timed(&call),
            wall_ms: begun.elapsed().as_secs_f64() * 1e3,
        })
    }

    /// The best chunks for a query, without passages.
    pub(crate) fn retrieve(&self, request: &SearchRequest, call: &mut Call<'_>) -> Result<Retrieved> {
        let (mut truncated, mut degraded) = (false, Vec::new());
        let query = cut(&request.query, MAX_QUERY_BYTES);
        if query.len() < request.query.len() {
            truncated = true;
            degraded.push(format!("only the first {MAX_QUERY_BYTES} bytes of the query were used"));
        }
        let live = self.workspace.live_sources()?;
        let allowed = request.source.as_deref().map(|glob| allowed(glob, &live)).transpose()?;
        let wanted = CANDIDATES.max(request.k);
        let by_text = || -> Result<(Vec<u64>, usize)> {
            if request.mode == Mode::Vector {
                return Ok((Vec::new(), 0));
            }
            let filter = allowed.as_ref().map(|allowed| TextFilter::Sources(allowed.sources.clone()));
            let found = self.indexes.reader().search(query, wanted, filter.as_ref())?;
            Ok((found.hits.into_iter().map(|(chunk, _)| chunk).collect(), found.ignored_words))
        };
        let both = |call: &Call<'_>| -> Result<Sides> {
            let asked = Asked { query, k: wanted, allowed: allowed.as_ref().map(|allowed| &allowed.chunks) };
            let (embedded, vector_hits, text) = self.embed_and_search(&asked, call, by_text)?;
            Ok(Sides { query: embedded.vectors, cut: embedded.cut_texts > 0, vector_hits, text })
        };
        let sides = match request.mode {
            Mode::Hybrid => call.unless_late(both)?,
            Mode::Vector => Some(both(call)?),
            Mode::Text => Some(Sides { text: by_text()?, ..Sides::default() }),
        };
        let Sides { query: vector, cut, vector_hits, text: (text_hits, ignored_words) } = match sides {
            Some(sides) => sides,
            None => {
                degraded.push("the soft deadline came first: this was found by words alone".into());
                Sides { text: by_text()?, ..Sides::default() }
            }
        };
        if cut {
            truncated = true;
            degraded.push("the query is longer than the embedder reads; its end had no part in the vector".into());
        }
        if ignored_words > 0 {
            degraded.push(format!("{ignored_words} words of the query were left out of the text search"));
        }
        let cosines: HashMap<u64, f32> = vector_hits.iter().map(|hit| (hit.chunk, hit.score)).collect();
        let vector_ids: Vec<u64> = vector_hits.iter().map(|hit| hit.chunk).collect();
        let lists = [
            Ranking { chunks: &text_hits, weight: TEXT_WEIGHT },
            Ranking { chunks: &vector_ids, weight: vector_weight(query) },
        ];
        let fused = fuse(&lists, request.k);
        let ids: Vec<u64> = fused.iter().map(|fused| fused.chunk).collect();
        let mut stored: HashMap<u64, StoredChunk> = self
            .indexes
            .chunks(&self.workspace, &live, &ids, &mut degraded)?
            .into_iter()
            .map(|stored| (stored.id, stored))
            .collect();
        let candidates = fused.into_iter().filter_map(|fused| {
            // A chunk that is gone, or came after the search began, has no place in the reply.
            let stored = stored.remove(&fused.chunk)?;
            Some(Candidate {
                path: live.get(&stored.source)?.path.clone(),
                score: fused.score,
                ranks: [fused.ranks[0], fused.ranks[1]],
                cosine: cosines.get(&stored.id).copied(),
                stored,
            })
        });
        let mut conditions = self.conditions();
        conditions.truncated = truncated;
        conditions.degraded.extend(degraded);
        Ok(Retrieved { candidates: candidates.collect(), query: vector, conditions })
    }
}

fn allowed(glob: &str, live: &LiveSources) -> Result<Allowed> {
    let matcher = data::source_matcher(glob)?;
    let matching = || live.iter().filter(|(_, source)| matcher.is_match(&source.path));
    let sources = Arc::new(matching().map(|(id, _)| *id).collect());
    Ok(Allowed { sources, chunks: matching().flat_map(|(_, source)| source.chunks.clone()).collect() })
}

/// The text side's weight in the fusion.
const TEXT_WEIGHT: f32 = 1.0;

/// The vector side's weight for a query that names a code (`K-133`, `FY24`). Embedders see no difference between two codes, so
/// for such a query the vectors only order what the words leave open.
const VECTOR_WEIGHT_FOR_CODES: f32 = 0.1;

fn vector_weight(query: &str) -> f32 {
    if codes(query).is_empty() { TEXT_WEIGHT } else { VECTOR_WEIGHT_FOR_CODES }
}

struct Allowed {
    sources: Arc<HashSet<u64>>,
    chunks: HashSet<u64>,
}

fn hit(rank: usize, candidate: Candidate, query: &str) -> Hit {
    let Candidate { stored, path, score, ranks, cosine } = candidate;
    let best = passage(&stored.chunk.text, query, PASSAGE_BYTES);
    let start = best.range.start;
    Hit {
        rank,
        chunk: stored.id,
        source: path,
        heading_path: stored.chunk.heading_path,
        lines: (stored.chunk.line_start, stored.chunk.line_end),
        score,
        text_rank: ranks[0].map(|rank| rank + 1),
        vector_rank: ranks[1].map(|rank| rank + 1),
        cosine,
        matches: best.matches.into_iter().map(|range| range.start - start..range.end - start).collect(),
        passage: stored.chunk.text[best.range].to_owned(),
    }
}

/// The longest start of `text` of at most `bytes` bytes that ends between characters.
fn cut(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}
