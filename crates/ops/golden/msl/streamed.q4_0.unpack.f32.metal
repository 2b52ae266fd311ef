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
    uint row = i_1 / 16u;
    uint p = i_1 % 16u;
    if (row >= 768u) {
        return;
    }
    if (p == 0u) {
        float _e20 = bias[row];
        to_bias[row + 0u] = _e20;
    }
    uint to = (row + 0u) * 64u;
    metal::uint4 w0_ = w_1[(row * 16u) + p];
    float _e34 = scale_of((row * 16u) + p, scales, _buffer_sizes);
    metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_.x & 252645135u)));
    metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_.y & 252645135u)));
    metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_.z & 252645135u)));
    metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_.w & 252645135u)));
    metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.x >> 4u) & 252645135u)));
    metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.y >> 4u) & 252645135u)));
    metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.z >> 4u) & 252645135u)));
    metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.w >> 4u) & 252645135u)));
    float less0_ = _e34 * 8.0;
    metal::uint2 _e97 = narrow((v0_ * _e34) - metal::float4(less0_));
    metal::uint2 _e101 = narrow((v1_ * _e34) - metal::float4(less0_));
    out[to + (((p * 8u) + 0u) / 2u)] = metal::uint4(_e97, _e101);
    metal::uint2 _e115 = narrow((v2_ * _e34) - metal::float4(less0_));
    metal::uint2 _e119 = narrow((v3_ * _e34) - metal::float4(less0_));
    out[to + (((p * 8u) + 2u) / 2u)] = metal::uint4(_e115, _e119);
    metal::uint2 _e133 = narrow((v4_ * _e34) - metal::float4(less0_));
    metal::uint2 _e137 = narrow((v5_ * _e34) - metal::float4(less0_));
    out[to + (((p * 8u) + 4u) / 2u)] = metal::uint4(_e133, _e137);
    metal::uint2 _e151 = narrow((v6_ * _e34) - metal::float4(less0_));
    metal::uint2 _e155 = narrow((v7_ * _e34) - metal::float4(less0_));
    out[to + (((p * 8u) + 6u) / 2u)] = metal::uint4(_e151, _e155);
    return;
}
