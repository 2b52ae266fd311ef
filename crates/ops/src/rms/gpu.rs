//! GPU body: a workgroup a row, whose values stay in registers between the passes.

use hal::{Access, Dispatch, Kernel, Recorder, Shader, ShaderRequest, Slice};

use crate::dispatch::{PARAM_TOKENS, expect_items, expect_values, gpus_only};
use crate::error::{OpError, expect_size};
use crate::float::Float;
use crate::limits::MAX_WIDTH;
use crate::linear::MOST_PARTS;
use crate::wgsl::{Cells, Literal, Module, THREADS, each, live, text};

const ADDED: Kernel = Kernel { name: "rms.rows", cpu: gpus_only, gpu: Some(added) };

/// What a dispatch reads and writes.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    /// The stream, f32; added to in place where there is a delta.
    pub x: &'a Slice,
    /// What is added to it, in the type of the results: so many parts of it, one after another, in equal shares of the slice.
    pub delta: Option<(&'a Slice, usize)>,
    /// The gain of the delta's own norm, f32.
    pub post: Option<&'a Slice>,
    /// The norm's gain, f32, and where the normed rows go; none where the stream alone is wanted.
    pub out: Option<(&'a Slice, &'a Slice)>,
    /// The type of delta and out.
    pub float: Float,
}

/// Records the sum and norm of up to `tokens` rows of `width` values. Constants: width, epsilon (bits), type, capacity, how many parts
/// the delta has, values from one to the next, whether there are a norm of it, results. Bindings: x, delta, post, gain, out.
///
/// # Errors
/// [`OpError::Size`], also for a width that is no multiple of 4, [`OpError::Length`] and [`OpError::Device`].
pub fn record(
    recorder: &mut Recorder,
    rows: Rows<'_>,
    width: usize,
    epsilon: f32,
    tokens: usize,
) -> Result<(), OpError> {
    let whole = width.next_multiple_of(4).min(MAX_WIDTH);
    expect_size("rms", "the width", width, whole.max(1)..=whole)?;
    expect_items("rms", "x", rows.x, tokens * width)?;
    let mut bindings = vec![(rows.x.clone(), if rows.delta.is_some() { Access::Write } else { Access::Read })];
    let (mut parts, mut apart) = (0, 0);
    if let Some((delta, count)) = rows.delta {
        let values = delta.len() as usize / rows.float.bytes();
        (parts, apart) = (count, values / count.max(1));
        expect_size("rms", "the parts of what is added", parts, 1..=MOST_PARTS as usize)?;
        expect_values("rms", "delta", delta, parts * tokens * width, rows.float)?;
        let whole = apart / width * width;
        expect_size("rms", "the values of a part (whole rows)", apart, if parts > 1 { whole } else { 0 }..=apart)?;
        bindings.push((delta.clone(), Access::Read));
    }
    if let Some(post) = rows.post {
        expect_items("rms", "post", post, width)?;
        bindings.push((post.clone(), Access::Read));
    }
    if let Some((gain, out)) = rows.out {
        expect_items("rms", "gain", gain, width)?;
        expect_values("rms", "out", out, tokens * width, rows.float)?;
        bindings.extend([(gain.clone(), Access::Read), (out.clone(), Access::Write)]);
    }
    let flags = [rows.post.is_some(), rows.out.is_some()].map(u32::from);
    let apart = if parts > 1 { apart } else { 0 };
    let sizes = [width as u32, epsilon.to_bits(), rows.float.code(), tokens as u32, parts as u32, apart as u32];
    let constants = [sizes.as_slice(), &flags].concat();
    recorder.dispatch(Dispatch { kernel: ADDED, bindings, constants, groups: 1 })?;
    Ok(())
}

pub(crate) fn added(request: &ShaderRequest<'_>) -> Shader {
    let &[width, epsilon, float, capacity, parts, apart, post, out] = request.constants else {
        unreachable!("constants of rms")
    };
    let (delta, post, out) = (parts > 0, post != 0, out != 0);
    let (cells, epsilon) = (Cells::of(Float::from_code(float), width), f32::from_bits(epsilon));
    let count = cells.count(width);
    let pieces = count.div_ceil(THREADS);
    let at = |piece: &str, text: &str| {
        let inside = if count.is_multiple_of(THREADS) { String::new() } else { format!("if (cell < {count}u) ") };
        format!("{{ let cell = {piece} * {THREADS}u + thread;\n{inside}{{ {} }} }}\n", text.replace("$piece", piece))
    };
    let all = |text: &str| each(pieces, |piece| at(piece, text));
    let scale = |name: &str, values: &str| {
        let squares = all(&format!("{name}_squares += dot({values}[$piece], {values}[$piece]);"));
        format!(
            "var {name}_squares = 0.0;\n{squares}\
             let {name} = inverseSqrt(total({name}_squares, subgroup, lane) / {:?} + {epsilon:?});\n",
            width as f32
        )
    };
    let mut body = text!(
        "$live let row = group; if (row >= live) { return; }\nlet base = row * $count;\nvar v: array<vec4<f32>, $pieces>;\n$load",
        live = live(PARAM_TOKENS, capacity),
        count = Literal(count),
        pieces = pieces,
        load = all("v[$piece] = x[base + cell];"),
    );
    if delta {
        body += &format!("var d: array<vec4<f32>, {pieces}>;\n");
        let part = |part: u32| cells.load(&format!("delta[base + cell + {}u]", part * cells.count(apart)));
        body += &all(&format!("d[$piece] = {};", (0..parts).map(part).collect::<Vec<_>>().join(" + ")));
        let value = if post { "d[$piece] * own * post[cell]" } else { "d[$piece]" };
        if post {
            body += &scale("own", "d");
        }
        body += &all(&format!("v[$piece] += {value}; x[base + cell] = v[$piece];"));
    }
    if out {
        body += &scale("scale", "v");
        body += &all(&format!("out[base + cell] = {};", cells.store("v[$piece] * scale * gain[cell]")));
    }
    let mut module = Module::default();
    module = if delta { module.write("x", "vec4<f32>") } else { module.read("x", "vec4<f32>") };
    if delta {
        module = module.read("delta", cells.stored());
    }
    if post {
        module = module.read("post", "vec4<f32>");
    }
    if out {
        module = module.read("gain", "vec4<f32>").write("out", cells.stored());
    }
    let subgroups = THREADS / request.features.subgroup;
    let total = text!(
        "var<workgroup> parts: array<f32, $subgroups>;\n\
         fn total(value: f32, subgroup: u32, lane: u32) -> f32 {\n\
         let sum = subgroupAdd(value);\nworkgroupBarrier();\nif (lane == 0u) { parts[subgroup] = sum; }\nworkgroupBarrier();\n\
         var all = 0.0;\nfor (var i = 0u; i < $count; i++) { all += parts[i]; }\nreturn all;\n}\n",
        subgroups = subgroups,
        count = Literal(subgroups),
    );
    let module = module.params().declare(cells.functions());
    let module = if post || out { module.declare(&total) } else { module };
    module.entry(THREADS, capacity, &body)
}
