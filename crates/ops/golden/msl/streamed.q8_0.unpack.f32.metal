// language: metal3.1
#include <metal_stdlib>
#include <simd/simd.h>

using metal::uint;

struct _mslBufferSizes {
    uint size0;
    uint size1;
    uint size2;
    uint size3;
    uint size4;
};

typedef float type_1[1];
typedef uint type_3[1];
typedef metal::uint4 type_5[1];

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

float scale_of(
    uint i,
    device type_3 const& scales,
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
, device type_1 const& bias [[buffer(0)]]
, device type_3 const& scales [[buffer(1)]]
, device type_5 const& w_1 [[buffer(2)]]
, device type_1& to_bias [[buffer(3)]]
, device type_5& out [[buffer(4)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(6)]]
) {
    uint group = at.x;
    uint i_1 = (group * 256u) + thread_;
    uint row = i_1 / 32u;
    uint p = i_1 % 32u;
    if (row >= 768u) {
        return;
    }
    if (p == 0u) {
        float _e20 = bias[row];
        to_bias[row + 0u] = _e20;
    }
    uint to = (row + 0u) * 64u;
    metal::uint4 w0_ = w_1[(row * 32u) + p];
    float _e36 = scale_of((row * 16u) + (p / 2u), scales, _buffer_sizes);
    metal::float4 v0_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_.x)));
    metal::float4 v1_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_.y)));
    metal::float4 v2_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_.z)));
    metal::float4 v3_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_.w)));
    metal::uint2 _e59 = narrow(v0_ * _e36);
    metal::uint2 _e61 = narrow(v1_ * _e36);
    out[to + (((p * 4u) + 0u) / 2u)] = metal::uint4(_e59, _e61);
    metal::uint2 _e73 = narrow(v2_ * _e36);
    metal::uint2 _e75 = narrow(v3_ * _e36);
    out[to + (((p * 4u) + 2u) / 2u)] = metal::uint4(_e73, _e75);
    return;
}
