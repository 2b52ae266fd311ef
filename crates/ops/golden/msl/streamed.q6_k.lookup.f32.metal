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
    uint to = i_1 / 16u;
    uint p = i_1 % 16u;
    if (to >= live) {
        return;
    }
    uint row = ids[to];
    if (row >= 768u) {
        return;
    }
    metal::uint4 h0_ = w[(row * 26u) + ((p / 8u) * 13u)];
    metal::uint4 u0_ = w[((((row * 26u) + ((p / 8u) * 13u)) + (((p % 8u) / 4u) * 2u)) + (p % 2u)) + 1u];
    metal::uint4 w0_ = w[(((row * 26u) + ((p / 8u) * 13u)) + (p % 8u)) + 5u];
    float _e73 = scale_of((row * 2u) + (p / 8u), scales, _buffer_sizes);
    metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.x & 252645135u) | (((u0_.x >> ((((p % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
    metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.y & 252645135u) | (((u0_.y >> ((((p % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
    metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.z & 252645135u) | (((u0_.z >> ((((p % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
    metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.w & 252645135u) | (((u0_.w >> ((((p % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
    metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.x >> 4u) & 252645135u) | (((u0_.x >> ((((p % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
    metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.y >> 4u) & 252645135u) | (((u0_.y >> ((((p % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
    metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.z >> 4u) & 252645135u) | (((u0_.z >> ((((p % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
    metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.w >> 4u) & 252645135u) | (((u0_.w >> ((((p % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
    uint at0_ = ((((p % 8u) / 4u) * 8u) + (p % 4u)) + 0u;
    uint _e260 = (at0_ % 4u) * 8u;
    float scale0_ = _e73 * static_cast<float>(metal::extract_bits(as_type<int>(h0_[at0_ / 4u]), metal::min(_e260, 32u), metal::min(8u, 32u - metal::min(_e260, 32u))));
    float less0_ = scale0_ * 32.0;
    uint at1_ = ((((p % 8u) / 4u) * 8u) + (p % 4u)) + 4u;
    uint _e285 = (at1_ % 4u) * 8u;
    float scale1_ = _e73 * static_cast<float>(metal::extract_bits(as_type<int>(h0_[at1_ / 4u]), metal::min(_e285, 32u), metal::min(8u, 32u - metal::min(_e285, 32u))));
    float less1_ = scale1_ * 32.0;
    out[(to * 128u) + ((((p / 4u) * 32u) + ((p % 4u) * 4u)) + 0u)] = ((v0_ * scale0_) - metal::float4(less0_)) * 1.5;
    out[(to * 128u) + ((((p / 4u) * 32u) + ((p % 4u) * 4u)) + 1u)] = ((v1_ * scale0_) - metal::float4(less0_)) * 1.5;
    out[(to * 128u) + ((((p / 4u) * 32u) + ((p % 4u) * 4u)) + 2u)] = ((v2_ * scale0_) - metal::float4(less0_)) * 1.5;
    out[(to * 128u) + ((((p / 4u) * 32u) + ((p % 4u) * 4u)) + 3u)] = ((v3_ * scale0_) - metal::float4(less0_)) * 1.5;
    out[(to * 128u) + (((((p / 4u) * 32u) + ((p % 4u) * 4u)) + 16u) + 0u)] = ((v4_ * scale1_) - metal::float4(less1_)) * 1.5;
    out[(to * 128u) + (((((p / 4u) * 32u) + ((p % 4u) * 4u)) + 16u) + 1u)] = ((v5_ * scale1_) - metal::float4(less1_)) * 1.5;
    out[(to * 128u) + (((((p / 4u) * 32u) + ((p % 4u) * 4u)) + 16u) + 2u)] = ((v6_ * scale1_) - metal::float4(less1_)) * 1.5;
    out[(to * 128u) + (((((p / 4u) * 32u) + ((p % 4u) * 4u)) + 16u) + 3u)] = ((v7_ * scale1_) - metal::float4(less1_)) * 1.5;
    return;
}
