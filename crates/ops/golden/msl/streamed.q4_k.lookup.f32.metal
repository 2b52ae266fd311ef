// language: metal3.1
#include <metal_stdlib>
#include <simd/simd.h>

using metal::uint;

struct _mslBufferSizes {
    uint size0;
    uint size1;
    uint size2;
};

typedef uint type_1[1];
typedef metal::uint4 type_3[1];
typedef metal::float4 type_5[1];
struct type_6 {
    uint inner[64];
};

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
, device type_1 const& ids [[buffer(0)]]
, device type_3 const& w [[buffer(1)]]
, device type_5& out [[buffer(2)]]
, device type_6 const& params [[buffer(3)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(4)]]
) {
    uint group = at.x;
    uint _e5 = params.inner[0];
    uint live = metal::min(_e5, 64u);
    uint i = (group * 256u) + thread_;
    uint to = i / 16u;
    uint p = i % 16u;
    if (to >= live) {
        return;
    }
    uint row = ids[to];
    if (row >= 768u) {
        return;
    }
    metal::uint4 h0_ = w[(row * 18u) + ((p / 8u) * 9u)];
    metal::uint4 w0_ = w[(((row * 18u) + ((p / 8u) * 9u)) + (p % 8u)) + 1u];
    metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_.x & 252645135u)));
    metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_.y & 252645135u)));
    metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_.z & 252645135u)));
    metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_.w & 252645135u)));
    metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.x >> 4u) & 252645135u)));
    metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.y >> 4u) & 252645135u)));
    metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.z >> 4u) & 252645135u)));
    metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.w >> 4u) & 252645135u)));
    metal::float2 _e102 = scale_and_min(h0_, (((p % 8u) / 2u) * 2u) + 0u);
    float scale0_ = _e102.x;
    float less0_ = _e102.y;
    metal::float2 _e113 = scale_and_min(h0_, (((p % 8u) / 2u) * 2u) + 1u);
    float scale1_ = _e113.x;
    float less1_ = _e113.y;
    out[(to * 128u) + ((((p / 2u) * 16u) + ((p % 2u) * 4u)) + 0u)] = ((v0_ * scale0_) - metal::float4(less0_)) * 1.5;
    out[(to * 128u) + ((((p / 2u) * 16u) + ((p % 2u) * 4u)) + 1u)] = ((v1_ * scale0_) - metal::float4(less0_)) * 1.5;
    out[(to * 128u) + ((((p / 2u) * 16u) + ((p % 2u) * 4u)) + 2u)] = ((v2_ * scale0_) - metal::float4(less0_)) * 1.5;
    out[(to * 128u) + ((((p / 2u) * 16u) + ((p % 2u) * 4u)) + 3u)] = ((v3_ * scale0_) - metal::float4(less0_)) * 1.5;
    out[(to * 128u) + (((((p / 2u) * 16u) + ((p % 2u) * 4u)) + 8u) + 0u)] = ((v4_ * scale1_) - metal::float4(less1_)) * 1.5;
    out[(to * 128u) + (((((p / 2u) * 16u) + ((p % 2u) * 4u)) + 8u) + 1u)] = ((v5_ * scale1_) - metal::float4(less1_)) * 1.5;
    out[(to * 128u) + (((((p / 2u) * 16u) + ((p % 2u) * 4u)) + 8u) + 2u)] = ((v6_ * scale1_) - metal::float4(less1_)) * 1.5;
    out[(to * 128u) + (((((p / 2u) * 16u) + ((p % 2u) * 4u)) + 8u) + 3u)] = ((v7_ * scale1_) - metal::float4(less1_)) * 1.5;
    return;
}
