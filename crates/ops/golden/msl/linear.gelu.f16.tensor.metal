#include <metal_stdlib>
#include <metal_tensor>
#include <MetalPerformancePrimitives/MetalPerformancePrimitives.h>
using namespace metal;
using namespace mpp::tensor_ops;

inline float activated(float x) {
    float z = abs(x) * 0.70710678f;
    float t = 1.0f / (1.0f + 0.3275911f * z);
    float p = t * (0.254829592f + t * (-0.284496736f + t * (1.421413741f + t * (-1.453152027f + t * 1.061405429f))));
    float erf = 1.0f - p * exp(-z * z);
    return 0.5f * x + 0.5f * abs(x) * erf;
}

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
    uint live = min(params[0], uint(512));
    uint first_row = at.y * 64, first_column = at.x * 64;
    if (first_row >= live) {
        return;
    }
    using Halves = tensor<device half, dextents<int, 2>, tensor_inline>;
    using Sums = tensor<threadgroup float, dextents<int, 2>, tensor_inline>;
    Halves all_rows(x, dextents<int, 2>(384, int(live)));
    Halves all_columns(w, dextents<int, 2>(384, 1536));
    Sums sums(tile, dextents<int, 2>(64, 64));
    constexpr auto form = matmul2d_descriptor(64, 64, dynamic_length_v<int>, false, true, false);
    matmul2d<form, execution_simdgroups<4>> product;
    auto rows = all_rows.slice(0, int(first_row));
    auto columns = all_columns.slice(0, int(first_column));
    product.run(rows, columns, sums);
    threadgroup_barrier(mem_flags::mem_threadgroup);
    for (uint i = thread_; i < 64 * 64; i += 128) {
        uint row = first_row + i / 64, column = first_column + i % 64;
        if (row < live) {
            y[row * 1536 + column] = half(activated(tile[i] + bias[column]));
        }
    }
}
