//! The body for Metal's tensor operations: a tile of 64 x 64 sums for each workgroup, by the four SIMD groups of it together.

use hal::MslBody;

use super::Shape;
use crate::dispatch::PARAM_TOKENS;
use crate::float::Float;
use crate::wgsl::text;

/// Rows and columns of a tile.
const TILE: u32 = 64;

/// Invocations of a workgroup: four SIMD groups.
const THREADS: u32 = 128;

/// GELU as in [`crate::elementwise::gpu::GELU`].
const GELU: &str = "
inline float activated(float x) {
    float z = abs(x) * 0.70710678f;
    float t = 1.0f / (1.0f + 0.3275911f * z);
    float p = t * (0.254829592f + t * (-0.284496736f + t * (1.421413741f + t * (-1.453152027f + t * 1.061405429f))));
    float erf = 1.0f - p * exp(-z * z);
    return 0.5f * x + 0.5f * abs(x) * erf;
}
";

const PLAIN: &str = "
inline float activated(float x) { return x; }
";

const BODY: &str = "#include <metal_stdlib>
#include <metal_tensor>
#include <MetalPerformancePrimitives/MetalPerformancePrimitives.h>
using namespace metal;
using namespace mpp::tensor_ops;
$activation
kernel void linear(
  device half* x [[buffer(0)]]
, device float* bias [[buffer(1)]]
, device half* w [[buffer(2)]]
, device half* y [[buffer(3)]]
, constant uint* params [[buffer(4)]]
, threadgroup float* tile [[threadgroup(0)]]
, uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
) {
    uint live = min(params[$tokens], uint($capacity));
    uint first_row = at.y * $tile, first_column = at.x * $tile;
    if (first_row >= live) {
        return;
    }
    using Halves = tensor<device half, dextents<int, 2>, tensor_inline>;
    using Sums = tensor<threadgroup float, dextents<int, 2>, tensor_inline>;
    Halves all_rows(x, dextents<int, 2>($k, int(live)));
    Halves all_columns(w, dextents<int, 2>($k, $n));
    Sums sums(tile, dextents<int, 2>($tile, $tile));
    constexpr auto form = matmul2d_descriptor($tile, $tile, dynamic_length_v<int>, false, true, false);
    matmul2d<form, execution_simdgroups<4>> product;
    auto rows = all_rows.slice(0, int(first_row));
    auto columns = all_columns.slice(0, int(first_column));
    product.run(rows, columns, sums);
    threadgroup_barrier(mem_flags::mem_threadgroup);
    for (uint i = thread_; i < $tile * $tile; i += $threads) {
        uint row = first_row + i / $tile, column = first_column + i % $tile;
        if (row < live) {
            y[row * $n + column] = half(activated(tile[i] + bias[column]));
        }
    }
}
";

/// The body, for halves in whole tiles: packed rows have no room between them then.
pub(super) fn linear(shape: &Shape) -> Option<MslBody> {
    let &Shape { k, n, depth, float, gelu, capacity, .. } = shape;
    if float != Float::F16 || depth != k || !n.is_multiple_of(TILE) {
        return None;
    }
    let text = text!(
        BODY,
        activation = if gelu { GELU } else { PLAIN },
        tokens = PARAM_TOKENS,
        capacity = capacity,
        tile = TILE,
        threads = THREADS,
        k = k,
        n = n,
    );
    let groups = [n / TILE, capacity.div_ceil(TILE), 1];
    Some(MslBody { text, entry: "linear", workgroup: [THREADS, 1, 1], groups, shared: vec![TILE * TILE * 4] })
}
