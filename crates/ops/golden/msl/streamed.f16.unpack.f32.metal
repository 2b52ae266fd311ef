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

typedef float type_1[1];
typedef metal::uint4 type_4[1];

metal::float4 widen(
    metal::uint2 w
) {
    return metal::float4(float2(as_type<half2>(w.x)), float2(as_type<half2>(w.y)));
}

metal::uint2 narrow(
    metal::float4 v
) {
    return metal::uint2(as_type<uint>(half2(v.xy)), as_type<uint>(half2(v.zw)));
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, device type_1 const& bias [[buffer(0)]]
, device type_4 const& w_1 [[buffer(1)]]
, device type_1& to_bias [[buffer(2)]]
, device type_4& out [[buffer(3)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(5)]]
) {
    uint group = at.x;
    uint i = (group * 256u) + thread_;
    uint row = i / 64u;
    uint p = i % 64u;
    if (row >= 768u) {
        return;
    }
    if (p == 0u) {
        float _e20 = bias[row];
        to_bias[row + 0u] = _e20;
    }
    uint to = (row + 0u) * 64u;
    metal::uint4 w0_ = w_1[(row * 64u) + p];
    metal::float4 v0_ = metal::float4(float2(as_type<half2>(w0_.x)), float2(as_type<half2>(w0_.y)));
    metal::float4 v1_ = metal::float4(float2(as_type<half2>(w0_.z)), float2(as_type<half2>(w0_.w)));
    metal::uint2 _e50 = narrow(v0_);
    metal::uint2 _e51 = narrow(v1_);
    out[to + (((p * 2u) + 0u) / 2u)] = metal::uint4(_e50, _e51);
    return;
}
