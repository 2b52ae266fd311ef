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
    metal::uint4 h0_ = w_1[(row * 26u) + ((p / 8u) * 13u)];
    metal::uint4 u0_ = w_1[((((row * 26u) + ((p / 8u) * 13u)) + (((p % 8u) / 4u) * 2u)) + (p % 2u)) + 1u];
    metal::uint4 w0_ = w_1[(((row * 26u) + ((p / 8u) * 13u)) + (p % 8u)) + 5u];
    float _e77 = scale_of((row * 2u) + (p / 8u), scales, _buffer_sizes);
    metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.x & 252645135u) | (((u0_.x >> ((((p % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
    metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.y & 252645135u) | (((u0_.y >> ((((p % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
    metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.z & 252645135u) | (((u0_.z >> ((((p % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
    metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.w & 252645135u) | (((u0_.w >> ((((p % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
    metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.x >> 4u) & 252645135u) | (((u0_.x >> ((((p % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
    metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.y >> 4u) & 252645135u) | (((u0_.y >> ((((p % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
    metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.z >> 4u) & 252645135u) | (((u0_.z >> ((((p % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
    metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.w >> 4u) & 252645135u) | (((u0_.w >> ((((p % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
    uint at0_ = ((((p % 8u) / 4u) * 8u) + (p % 4u)) + 0u;
    uint _e264 = (at0_ % 4u) * 8u;
    float scale0_ = _e77 * static_cast<float>(metal::extract_bits(as_type<int>(h0_[at0_ / 4u]), metal::min(_e264, 32u), metal::min(8u, 32u - metal::min(_e264, 32u))));
    float less0_ = scale0_ * 32.0;
    uint at1_ = ((((p % 8u) / 4u) * 8u) + (p % 4u)) + 4u;
    uint _e289 = (at1_ % 4u) * 8u;
    float scale1_ = _e77 * static_cast<float>(metal::extract_bits(as_type<int>(h0_[at1_ / 4u]), metal::min(_e289, 32u), metal::min(8u, 32u - metal::min(_e289, 32u))));
    float less1_ = scale1_ * 32.0;
    metal::uint2 _e315 = narrow((v0_ * scale0_) - metal::float4(less0_));
    metal::uint2 _e319 = narrow((v1_ * scale0_) - metal::float4(less0_));
    out[to + (((((p / 4u) * 32u) + ((p % 4u) * 4u)) + 0u) / 2u)] = metal::uint4(_e315, _e319);
    metal::uint2 _e340 = narrow((v2_ * scale0_) - metal::float4(less0_));
    metal::uint2 _e344 = narrow((v3_ * scale0_) - metal::float4(less0_));
    out[to + (((((p / 4u) * 32u) + ((p % 4u) * 4u)) + 2u) / 2u)] = metal::uint4(_e340, _e344);
    metal::uint2 _e367 = narrow((v4_ * scale1_) - metal::float4(less1_));
    metal::uint2 _e371 = narrow((v5_ * scale1_) - metal::float4(less1_));
    out[to + ((((((p / 4u) * 32u) + ((p % 4u) * 4u)) + 16u) + 0u) / 2u)] = metal::uint4(_e367, _e371);
    metal::uint2 _e394 = narrow((v6_ * scale1_) - metal::float4(less1_));
    metal::uint2 _e398 = narrow((v7_ * scale1_) - metal::float4(less1_));
    out[to + ((((((p / 4u) * 32u) + ((p % 4u) * 4u)) + 16u) + 2u) / 2u)] = metal::uint4(_e394, _e398);
    return;
}
