//! Candidates for the next token on a GPU: a subgroup tells of a group of logits what [`super::candidates`] says.
//!
//! Groups are small, so that a row is read by the whole card, each of its logits once, and what is told is written at once.

use hal::{Access, Dispatch, Kernel, Recorder, Shader, ShaderRequest, Slice};

use super::candidates::{BLOCK, GROUP, KEPT, NONE, WORDS, words};
use crate::dispatch::{expect_items, gpus_only};
use crate::error::{OpError, expect_size};
use crate::limits::MAX_OUTPUTS;
use crate::wgsl::{Literal, Module, each, live, text};

const CANDIDATES: Kernel = Kernel { name: "sample.candidates", cpu: gpus_only, gpu: Some(candidates) };

/// Invocations of a workgroup: few, so that there is one for each processor of a card.
const THREADS: u32 = 64;

/// The run's parameters that candidates depend on.
#[derive(Clone, Copy, Debug)]
pub struct Params {
    /// Says how many rows are live.
    pub count: usize,
    /// The first of those that give the bits of each row's temperature ([`super::Chance::weighs_at`]).
    pub temperatures: usize,
}

/// Records it for up to `rows` rows: `logits` f32 `[rows, vocab]`, `told` u32 `[rows, words(vocab)]`. Constants: vocabulary, rows, and the
/// two parameters.
///
/// # Errors
/// [`OpError::Size`], [`OpError::Length`] and [`OpError::Device`].
pub fn record(
    recorder: &mut Recorder,
    logits: &Slice,
    told: &Slice,
    vocab: usize,
    rows: usize,
    params: Params,
) -> Result<(), OpError> {
    expect_size("sample", "the vocabulary", vocab, 1..=MAX_OUTPUTS)?;
    expect_items("sample", "logits", logits, rows * vocab)?;
    expect_items("sample", "what is told", told, rows * words(vocab))?;
    recorder.dispatch(Dispatch {
        kernel: CANDIDATES,
        bindings: vec![(logits.clone(), Access::Read), (told.clone(), Access::Write)],
        constants: vec![vocab as u32, rows as u32, params.count as u32, params.temperatures as u32],
        groups: 1,
    })?;
    Ok(())
}

pub(crate) fn candidates(request: &ShaderRequest<'_>) -> Shader {
    let &[vocab, rows, count, temperatures] = request.constants else { unreachable!("constants of candidates") };
    let lanes = request.features.subgroup;
    let threads = THREADS.max(lanes);
    let groups = vocab.div_ceil(GROUP as u32);
    let side = groups.div_ceil(threads / lanes);
    let cells = GROUP as u32 / lanes;
    let held = (WORDS as u32).div_ceil(lanes);
    let [lane_count, block, stride] = [lanes, BLOCK as u32, groups * BLOCK as u32].map(Literal);
    // Keys are ordered as their numbers are, by the bits, which no compiler takes for arithmetic. None is 0.
    let load = each(cells, |i| {
        text!(
            "{\nlet at = $i * $lanes + lane; let token = at / $block * $stride + own * $block + at % $block; var key = 0u;\n\
             if (token < $vocab) {\nlet bits = logits[row * $vocab + token];\n\
             bad |= u32(bits == 0x7f800000u || (bits & 0x7fffffffu) > 0x7f800000u);\n\
             key = select(select(bits | 0x80000000u, ~bits, bits >= 0x80000000u), 0u, bits == 0xff800000u);\n}\n\
             keys[$i] = key; most = max(most, key);\n}\n",
            i = i,
            lanes = lane_count,
            block = block,
            stride = stride,
            vocab = Literal(vocab),
        )
    });
    let weigh = each(cells, |i| {
        text!("if (keys[$i] != 0u) { sum += exp(max((number(keys[$i]) - largest) / temperature, -200.0)); }\n", i = i)
    });
    // The first of equal keys: a lane's tokens, and the lanes' for one cell, are in order.
    let find = each(cells, |i| {
        text!(
            "if (keys[$i] == top && at == $none) { at = $i * $lanes + lane; }\n",
            i = i,
            none = Literal(NONE),
            lanes = lane_count
        )
    });
    let take = each(cells, |i| {
        text!(
            "if (first == $i * $lanes + lane) { keys[$i] = 0u; }\nmost = max(most, keys[$i]);\n",
            i = i,
            lanes = lane_count
        )
    });
    // Each lane holds its part of the words, so that all are written at once.
    let hold = |word: &str| {
        if held == 1 { "held[0]".to_owned() } else { text!("held[($word) / $lanes]", word = word, lanes = lane_count) }
    };
    let body = text!(
        "$live let row = group / $side; let own = group % $side * $subgroups + subgroup;\n\
         if (row >= live || own >= $groups) { return; }\n\
         var keys: array<u32, $cells>; var held: array<u32, $held>; var bad = 0u; var most = 0u;\n$load\n\
         let wrong = subgroupMax(bad); let largest = number(subgroupMax(most)); var sum = 0.0;\n\
         let temperature = bitcast<f32>(params[$temperatures + row]);\nif (temperature > 0.0) {\n$weigh}\n\
         let sums = bitcast<u32>(subgroupAdd(sum));\n\
         for (var r = 0u; r <= $kept; r++) {\n\
         let top = subgroupMax(most); var at = $none;\n$find\n\
         let first = subgroupMin(at); most = 0u;\n$take\n\
         let token = first / $block * $stride + own * $block + first % $block;\n\
         let bits = select(0xff800000u, bits_of(top), top != 0u);\n\
         let second = select(select($none, token, top != 0u), sums, r == $kept);\n\
         if (lane == 2u * r % $lanes) { $even = select(bits, 0x7fc00000u, wrong != 0u && r == $kept); }\n\
         if (lane == (2u * r + 1u) % $lanes) { $odd = second; }\n}\n\
         for (var i = 0u; i < $held; i++) {\nlet word = i * $lanes + lane;\n\
         if (word < $words) { told[(row * $groups + own) * $words + word] = held[i]; }\n}\n",
        live = live(count as usize, rows),
        side = Literal(side),
        subgroups = Literal(threads / lanes),
        groups = Literal(groups),
        cells = cells,
        held = Literal(held),
        load = load,
        temperatures = Literal(temperatures),
        weigh = weigh,
        kept = Literal(KEPT as u32),
        none = Literal(NONE),
        find = find,
        take = take,
        block = block,
        stride = stride,
        even = hold("2u * r"),
        odd = hold("2u * r + 1u"),
        lanes = lane_count,
        words = Literal(WORDS as u32),
    );
    Module::default()
        .read("logits", "u32")
        .write("told", "u32")
        .params()
        .declare(
            "fn bits_of(key: u32) -> u32 { return select(~key, key & 0x7fffffffu, key >= 0x80000000u); }\n\
             fn number(key: u32) -> f32 { return bitcast<f32>(bits_of(key)); }\n",
        )
        .entry(threads, rows * side, &body)
}
