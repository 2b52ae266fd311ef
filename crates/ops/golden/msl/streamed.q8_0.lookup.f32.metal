// language: metal3.1
#include <metal_stdlib>
#include <simd/simd.h>

using metal::uint;

struct _mslBufferSizes {
    uint size0;
    uint size1;
    uint size2;
    uint size3;
};

typedef uint type_1[1];
typedef metal::uint4 type_3[1];
typedef metal::float4 type_6[1];
struct type_7 {
    uint inner[64];
};

float scale_of(
    uint i,
    device type_1 const& scales,
    constant _mslBufferSizes& _buffer_sizes
) {
    uint _e5 = scales[i / 2u];
    return float2(as_type<half2>(_e5))[i % 2u];
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, device type_1 const& ids [[buffer(0)]]
, device type_1 const& scales [[buffer(1)]]
, device type_3 const& w [[buffer(2)]]
, device type_6& out [[buffer(3)]]
, device type_7 const& params [[buffer(4)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(5)]]
) {
    uint group = at.x;
    uint _e5 = params.inner[0];
    uint live = metal::min(_e5, 64u);
    uint i_1 = (group * 256u) + thread_;
    uint to = i_1 / 32u;
    uint p = i_1 % 32u;
    if (to >= live) {
        return;
    }
    uint row = ids[to];
    if (row >= 768u) {
        return;
    }
    metal::uint4 w0_ = w[(row * 32u) + p];
    float _e32 = scale_of((row * 16u) + (p / 2u), scales, _buffer_sizes);
    metal::float4 v0_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_.x)));
    metal::float4 v1_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_.y)));
    metal::float4 v2_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_.z)));
    metal::float4 v3_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_.w)));
    out[(to * 128u) + ((p * 4u) + 0u)] = (v0_ * _e32) * 1.5;
    out[(to * 128u) + ((p * 4u) + 1u)] = (v1_ * _e32) * 1.5;
    out[(to * 128u) + ((p * 4u) + 2u)] = (v2_ * _e32) * 1.5;
    out[(to * 128u) + ((p * 4u) + 3u)] = (v3_ * _e32) * 1.5;
    return;
}
