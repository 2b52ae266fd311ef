//! One ranking out of several, and fewer of the same.
//!
//! Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): each list gives a chunk `weight / (60 + rank)`, ranks
//! from 1. Only ranks count, so scores of different kinds need no common scale.

use std::collections::HashMap;

/// The paper's constant: how little the very first ranks stand out.
const RANK_OFFSET: f32 = 60.0;

/// A list to fuse.
#[derive(Clone, Copy, Debug)]
pub struct Ranking<'a> {
    /// Chunks, best first. If one occurs twice, its first place counts.
    pub chunks: &'a [u64],
    /// How much this list counts; a negative weight or NaN counts as 0.
    pub weight: f32,
}

/// A chunk in the fused ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct Fused {
    /// The chunk.
    pub chunk: u64,
    /// Sum of what the lists gave it; at most the sum of weights / 61.
    pub score: f32,
    /// Its place in each list, 0 = best; none where it does not occur. Explains the score.
    pub ranks: Vec<Option<u32>>,
}

/// The `k` best chunks of all lists together, best first; equal scores are ordered by best place, then by chunk number.
pub fn fuse(rankings: &[Ranking<'_>], k: usize) -> Vec<Fused> {
    let mut all: HashMap<u64, Fused> = HashMap::new();
    for (list, ranking) in rankings.iter().enumerate() {
        for (rank, &chunk) in ranking.chunks.iter().enumerate() {
            let fused =
                all.entry(chunk).or_insert_with(|| Fused { chunk, score: 0.0, ranks: vec![None; rankings.len()] });
            if fused.ranks[list].is_none() {
                fused.ranks[list] = Some(rank as u32);
                fused.score += ranking.weight.max(0.0) / (RANK_OFFSET + 1.0 + rank as f32);
            }
        }
    }
    let mut all: Vec<Fused> = all.into_values().collect();
    let best = |fused: &Fused| fused.ranks.iter().flatten().min().copied();
    all.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then_with(|| best(a).cmp(&best(b))).then_with(|| a.chunk.cmp(&b.chunk))
    });
    all.truncate(k);
    all
}

/// Places in `candidates`, in order, of those that are not nearly the same as one kept before: cosine below `threshold`.
/// At most `limit`. Vectors of different lengths, and zero vectors, are like no other.
pub fn distinct(candidates: &[&[f32]], threshold: f32, limit: usize) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        if kept.len() >= limit {
            break;
        }
        if kept.iter().all(|&other| cosine(candidate, candidates[other]) < threshold) {
            kept.push(at);
        }
    }
    kept
}

/// Places in `candidates` by maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): each next one has the greatest
/// `balance · relevance − (1 − balance) · cosine to the nearest one chosen before`. `relevance` has one number per candidate.
/// At most `limit`; ties go to the earlier place.
pub fn diverse(relevance: &[f32], candidates: &[&[f32]], balance: f32, limit: usize) -> Vec<usize> {
    let mut chosen: Vec<usize> = Vec::new();
    let mut nearest = vec![0.0f32; candidates.len()];
    let mut left: Vec<usize> = (0..candidates.len().min(relevance.len())).collect();
    while chosen.len() < limit && !left.is_empty() {
        let gain = |at: usize| balance * relevance[at] - (1.0 - balance) * nearest[at];
        let mut best = 0;
        for place in 1..left.len() {
            if gain(left[place]) > gain(left[best]) {
                best = place;
            }
        }
        let next = left.remove(best);
        for &at in &left {
            nearest[at] = nearest[at].max(cosine(candidates[at], candidates[next]));
        }
        chosen.push(next);
    }
    chosen
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    if a.len() != b.len() {
        return 0.0;
    }
    let dot = |x: &[f32], y: &[f32]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
    let lengths = (dot(a, a) * dot(b, b)).sqrt();
    if lengths > 0.0 { dot(a, b) / lengths } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranking(chunks: &[u64], weight: f32) -> Ranking<'_> {
        Ranking { chunks, weight }
    }

    type Lists<'a> = &'a [(&'a [u64], f32)];

    #[test]
    fn fusion_of_known_lists() {
        let cases: [(Lists<'_>, &[u64]); 7] = [
            (&[], &[]),
            (&[(&[], 1.0), (&[], 1.0)], &[]),
            (&[(&[3, 1, 2], 1.0)], &[3, 1, 2]),
            // In both lists beats first in one.
            (&[(&[1, 2], 1.0), (&[3, 2], 1.0)], &[2, 1, 3]),
            // A heavy list decides.
            (&[(&[1, 2], 1.0), (&[2, 1], 1.5)], &[2, 1]),
            // Only the first place of a repeated chunk counts.
            (&[(&[5, 5, 5, 6], 1.0), (&[6], 1.0)], &[6, 5]),
            (&[(&[1], f32::NAN), (&[2], -1.0), (&[3], 1.0)], &[3, 1, 2]),
        ];
        for (lists, expected) in cases {
            let lists: Vec<Ranking> = lists.iter().map(|(chunks, weight)| ranking(chunks, *weight)).collect();
            let fused: Vec<u64> = fuse(&lists, 10).iter().map(|fused| fused.chunk).collect();
            assert_eq!(fused, expected);
        }
    }

    #[test]
    fn ranks_explain_the_score() {
        let fused = fuse(&[ranking(&[7, 8], 1.0), ranking(&[9, 7], 2.0)], 1);
        assert_eq!(fused.len(), 1);
        assert_eq!((fused[0].chunk, &fused[0].ranks), (7, &vec![Some(0), Some(1)]));
        assert!((fused[0].score - (1.0 / 61.0 + 2.0 / 62.0)).abs() < 1e-7);
    }

    #[test]
    fn near_duplicates_go() {
        let vectors: [&[f32]; 6] = [&[1.0, 0.0], &[0.99, 0.01], &[0.0, 1.0], &[0.0, 0.0], &[-1.0, 0.0], &[1.0]];
        assert_eq!(distinct(&vectors, 0.95, 10), [0, 2, 3, 4, 5]);
        assert_eq!(distinct(&vectors, 0.95, 2), [0, 2]);
        assert_eq!(distinct(&[], 0.95, 2), [0usize; 0]);
    }

    #[test]
    fn diversity_is_weighed_against_relevance() {
        let vectors: [&[f32]; 3] = [&[1.0, 0.0], &[1.0, 0.01], &[0.0, 1.0]];
        let relevance = [0.9, 0.89, 0.5];
        assert_eq!(diverse(&relevance, &vectors, 1.0, 3), [0, 1, 2]);
        assert_eq!(diverse(&relevance, &vectors, 0.5, 3), [0, 2, 1]);
        assert_eq!(diverse(&relevance, &vectors, 0.5, 0), [0usize; 0]);
    }
}
