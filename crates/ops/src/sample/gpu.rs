//! The largest logit of each row on a GPU, found while the rows go to where the host reads them: a workgroup a row.

use hal::{Access, Dispatch, Kernel, Recorder, Shader, ShaderRequest, Slice};

use crate::dispatch::{expect_items, gpus_only};
use crate::error::{OpError, expect_size};
use crate::limits::MAX_OUTPUTS;
use crate::wgsl::{Literal, Module, live, text};

const LARGEST: Kernel = Kernel { name: "sample.largest", cpu: gpus_only, gpu: Some(largest) };

/// What stands for no token: a logit is NaN or infinite, or all forbid theirs.
pub const NONE: u32 = u32::MAX;

const THREADS: u32 = 1024;

/// Records it for up to `rows` rows: `logits` and `copy` f32 `[rows, vocab]`, `best` u32 `[rows]`: of equal logits the first, or
/// [`NONE`]. The run's parameter `count` says how many rows are live. Constants: vocabulary, rows, count.
///
/// # Errors
/// [`OpError::Size`], [`OpError::Length`] and [`OpError::Device`].
pub fn record(
    recorder: &mut Recorder,
    logits: &Slice,
    copy: &Slice,
    best: &Slice,
    vocab: usize,
    rows: usize,
    count: usize,
) -> Result<(), OpError> {
    expect_size("sample", "the vocabulary", vocab, 1..=MAX_OUTPUTS)?;
    expect_items("sample", "logits", logits, rows * vocab)?;
    expect_items("sample", "the copy", copy, rows * vocab)?;
    expect_items("sample", "the tokens", best, rows)?;
    let written = [copy, best].map(|slice| (slice.clone(), Access::Write));
    recorder.dispatch(Dispatch {
        kernel: LARGEST,
        bindings: [(logits.clone(), Access::Read)].into_iter().chain(written).collect(),
        constants: vec![vocab as u32, rows as u32, count as u32],
        groups: 1,
    })?;
    Ok(())
}

pub(crate) fn largest(request: &ShaderRequest<'_>) -> Shader {
    let &[vocab, rows, count] = request.constants else { unreachable!("constants of the largest logit") };
    let threads = THREADS.min(request.features.workgroup_size);
    let subgroups = threads / request.features.subgroup;
    // Ordered keys of numbers: by the bits, which no compiler takes for arithmetic.
    let body = text!(
        "$live if (group >= live) { return; }\nlet first = group * $vocab; var top = 0u; var token = $none; var bad = 0u;\n\
         for (var i = thread; i < $vocab; i += $threads) {\nlet value = logits[first + i]; copy[first + i] = value;\n\
         let bits = bitcast<u32>(value);\n\
         if (bits == 0x7f800000u || (bits & 0x7fffffffu) > 0x7f800000u) { bad = 1u; }\n\
         let key = select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);\n\
         if (key > top && bits != 0xff800000u) { top = key; token = i; }\n}\n\
         let most = subgroupMax(top); let mine = subgroupMin(select($none, token, top == most)); let any = subgroupMax(bad);\n\
         if (lane == 0u) { tops[subgroup] = most; tokens[subgroup] = mine; bads[subgroup] = any; }\nworkgroupBarrier();\n\
         if (thread == 0u) {\nvar all = tops[0]; var chosen = tokens[0]; var wrong = bads[0];\n\
         for (var s = 1u; s < $subgroups; s++) {\nwrong |= bads[s];\n\
         if (tops[s] > all || (tops[s] == all && tokens[s] < chosen)) { all = tops[s]; chosen = tokens[s]; }\n}\n\
         best[group] = select(chosen, $none, wrong != 0u);\n}\n",
        live = live(count as usize, rows),
        vocab = Literal(vocab),
        none = Literal(NONE),
        threads = Literal(threads),
        subgroups = Literal(subgroups),
    );
    let held = ["tops", "tokens", "bads"].map(|name| format!("var<workgroup> {name}: array<u32, {subgroups}>;\n"));
    Module::default()
        .read("logits", "f32")
        .write("copy", "f32")
        .write("best", "u32")
        .params()
        .declare(&held.concat())
        .entry(threads, rows, &body)
}
