#include <metal_stdlib>
#include <metal_tensor>
#include <MetalPerformancePrimitives/MetalPerformancePrimitives.h>
using namespace metal;
using namespace mpp::tensor_ops;

inline float activated(float x) { return x; }

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
    Halves all_columns(w, dextents<int, 2>(384, 384));
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
            y[row * 384 + column] = half(activated(tile[i] + bias[column]));
        }
    }
}
