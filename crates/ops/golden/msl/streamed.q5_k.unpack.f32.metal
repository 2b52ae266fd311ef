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

metal::float2 scale_and_min(
    metal::uint4 head,
    uint sub
) {
    uint shift = (sub & 3u) * 8u;
    uint a = head.y >> shift;
    uint b = head.z >> shift;
    uint c = head.w >> shift;
    metal::uint2 low = metal::uint2(a & 63u, b & 63u);
    metal::uint2 high = metal::uint2((c & 15u) | ((a >> 2u) & 48u), ((c >> 4u) & 15u) | ((b >> 2u) & 48u));
    return static_cast<metal::float2>((sub < 4u) ? low : high) * float2(as_type<half2>(head.x));
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
    uint row = i / 16u;
    uint p = i % 16u;
    if (row >= 768u) {
        return;
    }
    if (p == 0u) {
        float _e20 = bias[row];
        to_bias[row + 0u] = _e20;
    }
    uint to = (row + 0u) * 64u;
    metal::uint4 h0_ = w_1[(row * 22u) + ((p / 8u) * 11u)];
    metal::uint4 u0_ = w_1[(((row * 22u) + ((p / 8u) * 11u)) + (p % 2u)) + 1u];
    metal::uint4 w0_ = w_1[(((row * 22u) + ((p / 8u) * 11u)) + (p % 8u)) + 3u];
    metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.x & 252645135u) | (((u0_.x >> ((((p % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
    metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.y & 252645135u) | (((u0_.y >> ((((p % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
    metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.z & 252645135u) | (((u0_.z >> ((((p % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
    metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.w & 252645135u) | (((u0_.w >> ((((p % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
    metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.x >> 4u) & 252645135u) | (((u0_.x >> ((((p % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
    metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.y >> 4u) & 252645135u) | (((u0_.y >> ((((p % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
    metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.z >> 4u) & 252645135u) | (((u0_.z >> ((((p % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
    metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.w >> 4u) & 252645135u) | (((u0_.w >> ((((p % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
    metal::float2 _e241 = scale_and_min(h0_, (((p % 8u) / 2u) * 2u) + 0u);
    float scale0_ = _e241.x;
    float less0_ = _e241.y;
    metal::float2 _e252 = scale_and_min(h0_, (((p % 8u) / 2u) * 2u) + 1u);
    float scale1_ = _e252.x;
    float less1_ = _e252.y;
    metal::uint2 _e274 = narrow((v0_ * scale0_) - metal::float4(less0_));
    metal::uint2 _e278 = narrow((v1_ * scale0_) - metal::float4(less0_));
    out[to + (((((p / 2u) * 16u) + ((p % 2u) * 4u)) + 0u) / 2u)] = metal::uint4(_e274, _e278);
    metal::uint2 _e299 = narrow((v2_ * scale0_) - metal::float4(less0_));
    metal::uint2 _e303 = narrow((v3_ * scale0_) - metal::float4(less0_));
    out[to + (((((p / 2u) * 16u) + ((p % 2u) * 4u)) + 2u) / 2u)] = metal::uint4(_e299, _e303);
    metal::uint2 _e326 = narrow((v4_ * scale1_) - metal::float4(less1_));
    metal::uint2 _e330 = narrow((v5_ * scale1_) - metal::float4(less1_));
    out[to + ((((((p / 2u) * 16u) + ((p % 2u) * 4u)) + 8u) + 0u) / 2u)] = metal::uint4(_e326, _e330);
    metal::uint2 _e353 = narrow((v6_ * scale1_) - metal::float4(less1_));
    metal::uint2 _e357 = narrow((v7_ * scale1_) - metal::float4(less1_));
    out[to + ((((((p / 2u) * 16u) + ((p % 2u) * 4u)) + 8u) + 2u) / 2u)] = metal::uint4(_e353, _e357);
    return;
}
