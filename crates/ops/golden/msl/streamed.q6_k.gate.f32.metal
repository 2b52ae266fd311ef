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
    uint size5;
};

typedef metal::float4 type_2[1];
typedef float type_3[1];
typedef uint type_5[1];
typedef metal::uint4 type_7[1];
struct type_8 {
    uint inner[64];
};
struct type_9 {
    float inner[32];
};
struct type_10 {
    float inner[8];
};
struct type_11 {
    metal::float4 inner[128];
};

float scale_of(
    uint i_1,
    device type_5 const& scales,
    constant _mslBufferSizes& _buffer_sizes
) {
    uint _e5 = scales[i_1 / 2u];
    return float2(as_type<half2>(_e5))[i_1 % 2u];
}

float bent(
    float x
) {
    return x / (1.0 + metal::exp(-(x)));
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, uint subgroup [[simdgroup_index_in_threadgroup]]
, uint lane [[thread_index_in_simdgroup]]
, device type_2 const& x_1 [[buffer(0)]]
, device type_2 const& gain [[buffer(1)]]
, device type_3 const& bias [[buffer(2)]]
, device type_5 const& scales [[buffer(3)]]
, device type_7 const& w [[buffer(4)]]
, device type_3& y [[buffer(5)]]
, device type_8 const& params [[buffer(6)]]
, threadgroup type_9& parts
, threadgroup type_10& squares
, threadgroup type_11& staged
, constant _mslBufferSizes& _buffer_sizes [[buffer(7)]]
) {
    float s0_0_ = 0.0;
    float s1_0_ = 0.0;
    float s2_0_ = 0.0;
    float s3_0_ = 0.0;
    float q0_ = 0.0;
    uint c = {};
    metal::float4 value = {};
    float t = 0.0;
    float t_1 = 0.0;
    float t_2 = 0.0;
    float t_3 = 0.0;
    float t_4 = 0.0;
    float t_5 = 0.0;
    float t_6 = 0.0;
    float t_7 = 0.0;
    uint i = {};
    bool local = {};
    uint group = at.x;
    uint _e7 = params.inner[0];
    uint live = metal::min(_e7, 1u);
    uint team = subgroup / 2u;
    uint part = subgroup % 2u;
    uint column = (group * 8u) + (team * 2u);
    uint n0_ = metal::min(column + 0u, 383u) + 0u;
    uint n1_ = metal::min(column + 1u, 383u) + 0u;
    uint n2_ = metal::min(column + 0u, 383u) + 384u;
    uint n3_ = metal::min(column + 1u, 383u) + 384u;
    uint x0_ = metal::min(metal::min(0u + 0u, 0u), 0u) * 128u;
    bool own0_ = ((0u + (part * 32u)) + lane) <= 15u;
    uint p0_ = metal::min((0u + (part * 32u)) + lane, 15u);
    metal::uint4 h0_0_ = w[(n0_ * 26u) + ((p0_ / 8u) * 13u)];
    metal::uint4 u0_0_ = w[((((n0_ * 26u) + ((p0_ / 8u) * 13u)) + (((p0_ % 8u) / 4u) * 2u)) + (p0_ % 2u)) + 1u];
    metal::uint4 w0_0_ = w[(((n0_ * 26u) + ((p0_ / 8u) * 13u)) + (p0_ % 8u)) + 5u];
    float _e128 = scale_of((n0_ * 2u) + (p0_ / 8u), scales, _buffer_sizes);
    metal::uint4 h0_1_ = w[(n1_ * 26u) + ((p0_ / 8u) * 13u)];
    metal::uint4 u0_1_ = w[((((n1_ * 26u) + ((p0_ / 8u) * 13u)) + (((p0_ % 8u) / 4u) * 2u)) + (p0_ % 2u)) + 1u];
    metal::uint4 w0_1_ = w[(((n1_ * 26u) + ((p0_ / 8u) * 13u)) + (p0_ % 8u)) + 5u];
    float _e181 = scale_of((n1_ * 2u) + (p0_ / 8u), scales, _buffer_sizes);
    metal::uint4 h0_2_ = w[(n2_ * 26u) + ((p0_ / 8u) * 13u)];
    metal::uint4 u0_2_ = w[((((n2_ * 26u) + ((p0_ / 8u) * 13u)) + (((p0_ % 8u) / 4u) * 2u)) + (p0_ % 2u)) + 1u];
    metal::uint4 w0_2_ = w[(((n2_ * 26u) + ((p0_ / 8u) * 13u)) + (p0_ % 8u)) + 5u];
    float _e234 = scale_of((n2_ * 2u) + (p0_ / 8u), scales, _buffer_sizes);
    metal::uint4 h0_3_ = w[(n3_ * 26u) + ((p0_ / 8u) * 13u)];
    metal::uint4 u0_3_ = w[((((n3_ * 26u) + ((p0_ / 8u) * 13u)) + (((p0_ % 8u) / 4u) * 2u)) + (p0_ % 2u)) + 1u];
    metal::uint4 w0_3_ = w[(((n3_ * 26u) + ((p0_ / 8u) * 13u)) + (p0_ % 8u)) + 5u];
    float _e287 = scale_of((n3_ * 2u) + (p0_ / 8u), scales, _buffer_sizes);
    c = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e339 = c;
            c = _e339 + 256u;
        }
        loop_init = false;
        uint _e289 = c;
        if (_e289 < 128u) {
        } else {
            break;
        }
        {
            {
                uint _e293 = c;
                metal::float4 _e296 = x_1[x0_ + _e293];
                value = _e296;
                float _e298 = q0_;
                metal::float4 _e299 = value;
                metal::float4 _e300 = value;
                q0_ = _e298 + metal::dot(_e299, _e300);
                metal::float4 _e303 = value;
                uint _e305 = c;
                metal::float4 _e307 = gain[_e305];
                value = _e303 * _e307;
                uint _e311 = c;
                uint _e314 = c;
                uint _e325 = c;
                uint _e331 = c;
                metal::float4 _e338 = value;
                staged.inner[((0u + (((_e311 % 4u) + (((_e314 / 16u) % 2u) * 4u)) * 16u)) + ((_e325 / 32u) * 4u)) + ((_e331 / 4u) % 4u)] = _e338;
            }
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    {
        metal::float4 _e347 = staged.inner[0u + p0_];
        metal::float4 a0_0_ = own0_ ? _e347 : metal::float4 {};
        metal::float4 _e354 = staged.inner[16u + p0_];
        metal::float4 a0_1_ = own0_ ? _e354 : metal::float4 {};
        metal::float4 _e361 = staged.inner[32u + p0_];
        metal::float4 a0_2_ = own0_ ? _e361 : metal::float4 {};
        metal::float4 _e368 = staged.inner[48u + p0_];
        metal::float4 a0_3_ = own0_ ? _e368 : metal::float4 {};
        metal::float4 _e375 = staged.inner[64u + p0_];
        metal::float4 a0_4_ = own0_ ? _e375 : metal::float4 {};
        metal::float4 _e382 = staged.inner[80u + p0_];
        metal::float4 a0_5_ = own0_ ? _e382 : metal::float4 {};
        metal::float4 _e389 = staged.inner[96u + p0_];
        metal::float4 a0_6_ = own0_ ? _e389 : metal::float4 {};
        metal::float4 _e396 = staged.inner[112u + p0_];
        metal::float4 a0_7_ = own0_ ? _e396 : metal::float4 {};
        float t0_0_ = metal::dot(((a0_0_ + a0_1_) + a0_2_) + a0_3_, metal::float4(1.0));
        float t0_1_ = metal::dot(((a0_4_ + a0_5_) + a0_6_) + a0_7_, metal::float4(1.0));
        {
            metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.x & 252645135u) | (((u0_0_.x >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.y & 252645135u) | (((u0_0_.y >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.z & 252645135u) | (((u0_0_.z >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.w & 252645135u) | (((u0_0_.w >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_0_.x >> 4u) & 252645135u) | (((u0_0_.x >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_0_.y >> 4u) & 252645135u) | (((u0_0_.y >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_0_.z >> 4u) & 252645135u) | (((u0_0_.z >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_0_.w >> 4u) & 252645135u) | (((u0_0_.w >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            uint at0_ = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 0u;
            uint _e596 = (at0_ % 4u) * 8u;
            float scale0_ = _e128 * static_cast<float>(metal::extract_bits(as_type<int>(h0_0_[at0_ / 4u]), metal::min(_e596, 32u), metal::min(8u, 32u - metal::min(_e596, 32u))));
            float less0_ = scale0_ * 32.0;
            uint at1_ = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 4u;
            uint _e621 = (at1_ % 4u) * 8u;
            float scale1_ = _e128 * static_cast<float>(metal::extract_bits(as_type<int>(h0_0_[at1_ / 4u]), metal::min(_e621, 32u), metal::min(8u, 32u - metal::min(_e621, 32u))));
            float less1_ = scale1_ * 32.0;
            {
                float _e632 = t;
                t = metal::fma(v0_.x, a0_0_.x, _e632);
                float _e636 = t;
                t = metal::fma(v0_.y, a0_0_.y, _e636);
                float _e640 = t;
                t = metal::fma(v0_.z, a0_0_.z, _e640);
                float _e644 = t;
                t = metal::fma(v0_.w, a0_0_.w, _e644);
                float _e648 = t;
                t = metal::fma(v1_.x, a0_1_.x, _e648);
                float _e652 = t;
                t = metal::fma(v1_.y, a0_1_.y, _e652);
                float _e656 = t;
                t = metal::fma(v1_.z, a0_1_.z, _e656);
                float _e660 = t;
                t = metal::fma(v1_.w, a0_1_.w, _e660);
                float _e664 = t;
                t = metal::fma(v2_.x, a0_2_.x, _e664);
                float _e668 = t;
                t = metal::fma(v2_.y, a0_2_.y, _e668);
                float _e672 = t;
                t = metal::fma(v2_.z, a0_2_.z, _e672);
                float _e676 = t;
                t = metal::fma(v2_.w, a0_2_.w, _e676);
                float _e680 = t;
                t = metal::fma(v3_.x, a0_3_.x, _e680);
                float _e684 = t;
                t = metal::fma(v3_.y, a0_3_.y, _e684);
                float _e688 = t;
                t = metal::fma(v3_.z, a0_3_.z, _e688);
                float _e692 = t;
                t = metal::fma(v3_.w, a0_3_.w, _e692);
                float _e694 = t;
                float _e695 = s0_0_;
                s0_0_ = metal::fma(scale0_, _e694, _e695);
            }
            float _e698 = s0_0_;
            s0_0_ = metal::fma(-(less0_), t0_0_, _e698);
            {
                float _e704 = t_1;
                t_1 = metal::fma(v4_.x, a0_4_.x, _e704);
                float _e708 = t_1;
                t_1 = metal::fma(v4_.y, a0_4_.y, _e708);
                float _e712 = t_1;
                t_1 = metal::fma(v4_.z, a0_4_.z, _e712);
                float _e716 = t_1;
                t_1 = metal::fma(v4_.w, a0_4_.w, _e716);
                float _e720 = t_1;
                t_1 = metal::fma(v5_.x, a0_5_.x, _e720);
                float _e724 = t_1;
                t_1 = metal::fma(v5_.y, a0_5_.y, _e724);
                float _e728 = t_1;
                t_1 = metal::fma(v5_.z, a0_5_.z, _e728);
                float _e732 = t_1;
                t_1 = metal::fma(v5_.w, a0_5_.w, _e732);
                float _e736 = t_1;
                t_1 = metal::fma(v6_.x, a0_6_.x, _e736);
                float _e740 = t_1;
                t_1 = metal::fma(v6_.y, a0_6_.y, _e740);
                float _e744 = t_1;
                t_1 = metal::fma(v6_.z, a0_6_.z, _e744);
                float _e748 = t_1;
                t_1 = metal::fma(v6_.w, a0_6_.w, _e748);
                float _e752 = t_1;
                t_1 = metal::fma(v7_.x, a0_7_.x, _e752);
                float _e756 = t_1;
                t_1 = metal::fma(v7_.y, a0_7_.y, _e756);
                float _e760 = t_1;
                t_1 = metal::fma(v7_.z, a0_7_.z, _e760);
                float _e764 = t_1;
                t_1 = metal::fma(v7_.w, a0_7_.w, _e764);
                float _e766 = t_1;
                float _e767 = s0_0_;
                s0_0_ = metal::fma(scale1_, _e766, _e767);
            }
            float _e770 = s0_0_;
            s0_0_ = metal::fma(-(less1_), t0_1_, _e770);
        }
        {
            metal::float4 v0_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.x & 252645135u) | (((u0_1_.x >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v1_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.y & 252645135u) | (((u0_1_.y >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v2_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.z & 252645135u) | (((u0_1_.z >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v3_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.w & 252645135u) | (((u0_1_.w >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v4_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1_.x >> 4u) & 252645135u) | (((u0_1_.x >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v5_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1_.y >> 4u) & 252645135u) | (((u0_1_.y >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v6_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1_.z >> 4u) & 252645135u) | (((u0_1_.z >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v7_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1_.w >> 4u) & 252645135u) | (((u0_1_.w >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            uint at0_1 = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 0u;
            uint _e958 = (at0_1 % 4u) * 8u;
            float scale0_1 = _e181 * static_cast<float>(metal::extract_bits(as_type<int>(h0_1_[at0_1 / 4u]), metal::min(_e958, 32u), metal::min(8u, 32u - metal::min(_e958, 32u))));
            float less0_1 = scale0_1 * 32.0;
            uint at1_1 = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 4u;
            uint _e983 = (at1_1 % 4u) * 8u;
            float scale1_1 = _e181 * static_cast<float>(metal::extract_bits(as_type<int>(h0_1_[at1_1 / 4u]), metal::min(_e983, 32u), metal::min(8u, 32u - metal::min(_e983, 32u))));
            float less1_1 = scale1_1 * 32.0;
            {
                float _e994 = t_2;
                t_2 = metal::fma(v0_1.x, a0_0_.x, _e994);
                float _e998 = t_2;
                t_2 = metal::fma(v0_1.y, a0_0_.y, _e998);
                float _e1002 = t_2;
                t_2 = metal::fma(v0_1.z, a0_0_.z, _e1002);
                float _e1006 = t_2;
                t_2 = metal::fma(v0_1.w, a0_0_.w, _e1006);
                float _e1010 = t_2;
                t_2 = metal::fma(v1_1.x, a0_1_.x, _e1010);
                float _e1014 = t_2;
                t_2 = metal::fma(v1_1.y, a0_1_.y, _e1014);
                float _e1018 = t_2;
                t_2 = metal::fma(v1_1.z, a0_1_.z, _e1018);
                float _e1022 = t_2;
                t_2 = metal::fma(v1_1.w, a0_1_.w, _e1022);
                float _e1026 = t_2;
                t_2 = metal::fma(v2_1.x, a0_2_.x, _e1026);
                float _e1030 = t_2;
                t_2 = metal::fma(v2_1.y, a0_2_.y, _e1030);
                float _e1034 = t_2;
                t_2 = metal::fma(v2_1.z, a0_2_.z, _e1034);
                float _e1038 = t_2;
                t_2 = metal::fma(v2_1.w, a0_2_.w, _e1038);
                float _e1042 = t_2;
                t_2 = metal::fma(v3_1.x, a0_3_.x, _e1042);
                float _e1046 = t_2;
                t_2 = metal::fma(v3_1.y, a0_3_.y, _e1046);
                float _e1050 = t_2;
                t_2 = metal::fma(v3_1.z, a0_3_.z, _e1050);
                float _e1054 = t_2;
                t_2 = metal::fma(v3_1.w, a0_3_.w, _e1054);
                float _e1056 = t_2;
                float _e1057 = s1_0_;
                s1_0_ = metal::fma(scale0_1, _e1056, _e1057);
            }
            float _e1060 = s1_0_;
            s1_0_ = metal::fma(-(less0_1), t0_0_, _e1060);
            {
                float _e1066 = t_3;
                t_3 = metal::fma(v4_1.x, a0_4_.x, _e1066);
                float _e1070 = t_3;
                t_3 = metal::fma(v4_1.y, a0_4_.y, _e1070);
                float _e1074 = t_3;
                t_3 = metal::fma(v4_1.z, a0_4_.z, _e1074);
                float _e1078 = t_3;
                t_3 = metal::fma(v4_1.w, a0_4_.w, _e1078);
                float _e1082 = t_3;
                t_3 = metal::fma(v5_1.x, a0_5_.x, _e1082);
                float _e1086 = t_3;
                t_3 = metal::fma(v5_1.y, a0_5_.y, _e1086);
                float _e1090 = t_3;
                t_3 = metal::fma(v5_1.z, a0_5_.z, _e1090);
                float _e1094 = t_3;
                t_3 = metal::fma(v5_1.w, a0_5_.w, _e1094);
                float _e1098 = t_3;
                t_3 = metal::fma(v6_1.x, a0_6_.x, _e1098);
                float _e1102 = t_3;
                t_3 = metal::fma(v6_1.y, a0_6_.y, _e1102);
                float _e1106 = t_3;
                t_3 = metal::fma(v6_1.z, a0_6_.z, _e1106);
                float _e1110 = t_3;
                t_3 = metal::fma(v6_1.w, a0_6_.w, _e1110);
                float _e1114 = t_3;
                t_3 = metal::fma(v7_1.x, a0_7_.x, _e1114);
                float _e1118 = t_3;
                t_3 = metal::fma(v7_1.y, a0_7_.y, _e1118);
                float _e1122 = t_3;
                t_3 = metal::fma(v7_1.z, a0_7_.z, _e1122);
                float _e1126 = t_3;
                t_3 = metal::fma(v7_1.w, a0_7_.w, _e1126);
                float _e1128 = t_3;
                float _e1129 = s1_0_;
                s1_0_ = metal::fma(scale1_1, _e1128, _e1129);
            }
            float _e1132 = s1_0_;
            s1_0_ = metal::fma(-(less1_1), t0_1_, _e1132);
        }
        {
            metal::float4 v0_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_2_.x & 252645135u) | (((u0_2_.x >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v1_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_2_.y & 252645135u) | (((u0_2_.y >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v2_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_2_.z & 252645135u) | (((u0_2_.z >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v3_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_2_.w & 252645135u) | (((u0_2_.w >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v4_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_2_.x >> 4u) & 252645135u) | (((u0_2_.x >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v5_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_2_.y >> 4u) & 252645135u) | (((u0_2_.y >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v6_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_2_.z >> 4u) & 252645135u) | (((u0_2_.z >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v7_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_2_.w >> 4u) & 252645135u) | (((u0_2_.w >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            uint at0_2 = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 0u;
            uint _e1320 = (at0_2 % 4u) * 8u;
            float scale0_2 = _e234 * static_cast<float>(metal::extract_bits(as_type<int>(h0_2_[at0_2 / 4u]), metal::min(_e1320, 32u), metal::min(8u, 32u - metal::min(_e1320, 32u))));
            float less0_2 = scale0_2 * 32.0;
            uint at1_2 = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 4u;
            uint _e1345 = (at1_2 % 4u) * 8u;
            float scale1_2 = _e234 * static_cast<float>(metal::extract_bits(as_type<int>(h0_2_[at1_2 / 4u]), metal::min(_e1345, 32u), metal::min(8u, 32u - metal::min(_e1345, 32u))));
            float less1_2 = scale1_2 * 32.0;
            {
                float _e1356 = t_4;
                t_4 = metal::fma(v0_2.x, a0_0_.x, _e1356);
                float _e1360 = t_4;
                t_4 = metal::fma(v0_2.y, a0_0_.y, _e1360);
                float _e1364 = t_4;
                t_4 = metal::fma(v0_2.z, a0_0_.z, _e1364);
                float _e1368 = t_4;
                t_4 = metal::fma(v0_2.w, a0_0_.w, _e1368);
                float _e1372 = t_4;
                t_4 = metal::fma(v1_2.x, a0_1_.x, _e1372);
                float _e1376 = t_4;
                t_4 = metal::fma(v1_2.y, a0_1_.y, _e1376);
                float _e1380 = t_4;
                t_4 = metal::fma(v1_2.z, a0_1_.z, _e1380);
                float _e1384 = t_4;
                t_4 = metal::fma(v1_2.w, a0_1_.w, _e1384);
                float _e1388 = t_4;
                t_4 = metal::fma(v2_2.x, a0_2_.x, _e1388);
                float _e1392 = t_4;
                t_4 = metal::fma(v2_2.y, a0_2_.y, _e1392);
                float _e1396 = t_4;
                t_4 = metal::fma(v2_2.z, a0_2_.z, _e1396);
                float _e1400 = t_4;
                t_4 = metal::fma(v2_2.w, a0_2_.w, _e1400);
                float _e1404 = t_4;
                t_4 = metal::fma(v3_2.x, a0_3_.x, _e1404);
                float _e1408 = t_4;
                t_4 = metal::fma(v3_2.y, a0_3_.y, _e1408);
                float _e1412 = t_4;
                t_4 = metal::fma(v3_2.z, a0_3_.z, _e1412);
                float _e1416 = t_4;
                t_4 = metal::fma(v3_2.w, a0_3_.w, _e1416);
                float _e1418 = t_4;
                float _e1419 = s2_0_;
                s2_0_ = metal::fma(scale0_2, _e1418, _e1419);
            }
            float _e1422 = s2_0_;
            s2_0_ = metal::fma(-(less0_2), t0_0_, _e1422);
            {
                float _e1428 = t_5;
                t_5 = metal::fma(v4_2.x, a0_4_.x, _e1428);
                float _e1432 = t_5;
                t_5 = metal::fma(v4_2.y, a0_4_.y, _e1432);
                float _e1436 = t_5;
                t_5 = metal::fma(v4_2.z, a0_4_.z, _e1436);
                float _e1440 = t_5;
                t_5 = metal::fma(v4_2.w, a0_4_.w, _e1440);
                float _e1444 = t_5;
                t_5 = metal::fma(v5_2.x, a0_5_.x, _e1444);
                float _e1448 = t_5;
                t_5 = metal::fma(v5_2.y, a0_5_.y, _e1448);
                float _e1452 = t_5;
                t_5 = metal::fma(v5_2.z, a0_5_.z, _e1452);
                float _e1456 = t_5;
                t_5 = metal::fma(v5_2.w, a0_5_.w, _e1456);
                float _e1460 = t_5;
                t_5 = metal::fma(v6_2.x, a0_6_.x, _e1460);
                float _e1464 = t_5;
                t_5 = metal::fma(v6_2.y, a0_6_.y, _e1464);
                float _e1468 = t_5;
                t_5 = metal::fma(v6_2.z, a0_6_.z, _e1468);
                float _e1472 = t_5;
                t_5 = metal::fma(v6_2.w, a0_6_.w, _e1472);
                float _e1476 = t_5;
                t_5 = metal::fma(v7_2.x, a0_7_.x, _e1476);
                float _e1480 = t_5;
                t_5 = metal::fma(v7_2.y, a0_7_.y, _e1480);
                float _e1484 = t_5;
                t_5 = metal::fma(v7_2.z, a0_7_.z, _e1484);
                float _e1488 = t_5;
                t_5 = metal::fma(v7_2.w, a0_7_.w, _e1488);
                float _e1490 = t_5;
                float _e1491 = s2_0_;
                s2_0_ = metal::fma(scale1_2, _e1490, _e1491);
            }
            float _e1494 = s2_0_;
            s2_0_ = metal::fma(-(less1_2), t0_1_, _e1494);
        }
        {
            metal::float4 v0_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_3_.x & 252645135u) | (((u0_3_.x >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v1_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_3_.y & 252645135u) | (((u0_3_.y >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v2_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_3_.z & 252645135u) | (((u0_3_.z >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v3_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_3_.w & 252645135u) | (((u0_3_.w >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v4_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_3_.x >> 4u) & 252645135u) | (((u0_3_.x >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v5_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_3_.y >> 4u) & 252645135u) | (((u0_3_.y >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v6_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_3_.z >> 4u) & 252645135u) | (((u0_3_.z >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v7_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_3_.w >> 4u) & 252645135u) | (((u0_3_.w >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            uint at0_3 = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 0u;
            uint _e1682 = (at0_3 % 4u) * 8u;
            float scale0_3 = _e287 * static_cast<float>(metal::extract_bits(as_type<int>(h0_3_[at0_3 / 4u]), metal::min(_e1682, 32u), metal::min(8u, 32u - metal::min(_e1682, 32u))));
            float less0_3 = scale0_3 * 32.0;
            uint at1_3 = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 4u;
            uint _e1707 = (at1_3 % 4u) * 8u;
            float scale1_3 = _e287 * static_cast<float>(metal::extract_bits(as_type<int>(h0_3_[at1_3 / 4u]), metal::min(_e1707, 32u), metal::min(8u, 32u - metal::min(_e1707, 32u))));
            float less1_3 = scale1_3 * 32.0;
            {
                float _e1718 = t_6;
                t_6 = metal::fma(v0_3.x, a0_0_.x, _e1718);
                float _e1722 = t_6;
                t_6 = metal::fma(v0_3.y, a0_0_.y, _e1722);
                float _e1726 = t_6;
                t_6 = metal::fma(v0_3.z, a0_0_.z, _e1726);
                float _e1730 = t_6;
                t_6 = metal::fma(v0_3.w, a0_0_.w, _e1730);
                float _e1734 = t_6;
                t_6 = metal::fma(v1_3.x, a0_1_.x, _e1734);
                float _e1738 = t_6;
                t_6 = metal::fma(v1_3.y, a0_1_.y, _e1738);
                float _e1742 = t_6;
                t_6 = metal::fma(v1_3.z, a0_1_.z, _e1742);
                float _e1746 = t_6;
                t_6 = metal::fma(v1_3.w, a0_1_.w, _e1746);
                float _e1750 = t_6;
                t_6 = metal::fma(v2_3.x, a0_2_.x, _e1750);
                float _e1754 = t_6;
                t_6 = metal::fma(v2_3.y, a0_2_.y, _e1754);
                float _e1758 = t_6;
                t_6 = metal::fma(v2_3.z, a0_2_.z, _e1758);
                float _e1762 = t_6;
                t_6 = metal::fma(v2_3.w, a0_2_.w, _e1762);
                float _e1766 = t_6;
                t_6 = metal::fma(v3_3.x, a0_3_.x, _e1766);
                float _e1770 = t_6;
                t_6 = metal::fma(v3_3.y, a0_3_.y, _e1770);
                float _e1774 = t_6;
                t_6 = metal::fma(v3_3.z, a0_3_.z, _e1774);
                float _e1778 = t_6;
                t_6 = metal::fma(v3_3.w, a0_3_.w, _e1778);
                float _e1780 = t_6;
                float _e1781 = s3_0_;
                s3_0_ = metal::fma(scale0_3, _e1780, _e1781);
            }
            float _e1784 = s3_0_;
            s3_0_ = metal::fma(-(less0_3), t0_0_, _e1784);
            {
                float _e1790 = t_7;
                t_7 = metal::fma(v4_3.x, a0_4_.x, _e1790);
                float _e1794 = t_7;
                t_7 = metal::fma(v4_3.y, a0_4_.y, _e1794);
                float _e1798 = t_7;
                t_7 = metal::fma(v4_3.z, a0_4_.z, _e1798);
                float _e1802 = t_7;
                t_7 = metal::fma(v4_3.w, a0_4_.w, _e1802);
                float _e1806 = t_7;
                t_7 = metal::fma(v5_3.x, a0_5_.x, _e1806);
                float _e1810 = t_7;
                t_7 = metal::fma(v5_3.y, a0_5_.y, _e1810);
                float _e1814 = t_7;
                t_7 = metal::fma(v5_3.z, a0_5_.z, _e1814);
                float _e1818 = t_7;
                t_7 = metal::fma(v5_3.w, a0_5_.w, _e1818);
                float _e1822 = t_7;
                t_7 = metal::fma(v6_3.x, a0_6_.x, _e1822);
                float _e1826 = t_7;
                t_7 = metal::fma(v6_3.y, a0_6_.y, _e1826);
                float _e1830 = t_7;
                t_7 = metal::fma(v6_3.z, a0_6_.z, _e1830);
                float _e1834 = t_7;
                t_7 = metal::fma(v6_3.w, a0_6_.w, _e1834);
                float _e1838 = t_7;
                t_7 = metal::fma(v7_3.x, a0_7_.x, _e1838);
                float _e1842 = t_7;
                t_7 = metal::fma(v7_3.y, a0_7_.y, _e1842);
                float _e1846 = t_7;
                t_7 = metal::fma(v7_3.z, a0_7_.z, _e1846);
                float _e1850 = t_7;
                t_7 = metal::fma(v7_3.w, a0_7_.w, _e1850);
                float _e1852 = t_7;
                float _e1853 = s3_0_;
                s3_0_ = metal::fma(scale1_3, _e1852, _e1853);
            }
            float _e1856 = s3_0_;
            s3_0_ = metal::fma(-(less1_3), t0_1_, _e1856);
        }
    }
    {
        float _e1858 = s0_0_;
        float unnamed = metal::simd_sum(_e1858);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 0u] = unnamed;
        }
    }
    {
        float _e1868 = s1_0_;
        float unnamed_1 = metal::simd_sum(_e1868);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 1u] = unnamed_1;
        }
    }
    {
        float _e1878 = s2_0_;
        float unnamed_2 = metal::simd_sum(_e1878);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 2u] = unnamed_2;
        }
    }
    {
        float _e1888 = s3_0_;
        float unnamed_3 = metal::simd_sum(_e1888);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 3u] = unnamed_3;
        }
    }
    {
        float _e1898 = q0_;
        float unnamed_4 = metal::simd_sum(_e1898);
        if (lane == 0u) {
            squares.inner[(subgroup * 1u) + 0u] = unnamed_4;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e2068 = i;
            i = _e2068 + 256u;
        }
        loop_init_1 = false;
        uint _e1909 = i;
        if (_e1909 < 8u) {
        } else {
            break;
        }
        {
            uint _e1912 = i;
            uint own = _e1912 / 2u;
            uint _e1915 = i;
            uint m = (_e1915 % 2u) / 1u;
            uint _e1920 = i;
            uint r = _e1920 % 1u;
            uint n = ((group * 8u) + (own * 2u)) + m;
            uint row = 0u + r;
            if (n < 384u) {
                local = row < live;
            } else {
                local = false;
            }
            bool _e1936 = local;
            if (_e1936) {
                float _e1941 = squares.inner[0u + r];
                float _e1946 = squares.inner[1u + r];
                float _e1952 = squares.inner[2u + r];
                float _e1958 = squares.inner[3u + r];
                float _e1964 = squares.inner[4u + r];
                float _e1970 = squares.inner[5u + r];
                float _e1976 = squares.inner[6u + r];
                float _e1982 = squares.inner[7u + r];
                float factor = metal::rsqrt(((((((((_e1941 + _e1946) + _e1952) + _e1958) + _e1964) + _e1970) + _e1976) + _e1982) / 512.0) + 0.00001);
                float _e2001 = parts.inner[((((own * 2u) + 0u) * 4u) + (m * 1u)) + r];
                float _e2014 = parts.inner[((((own * 2u) + 1u) * 4u) + (m * 1u)) + r];
                float _e2019 = bias[n];
                float gate = ((_e2001 + _e2014) * factor) + _e2019;
                float _e2035 = parts.inner[((((own * 2u) + 0u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e2050 = parts.inner[((((own * 2u) + 1u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e2057 = bias[n + 384u];
                float up = ((_e2035 + _e2050) * factor) + _e2057;
                uint to = ((row * 384u) + n) + 0u;
                float _e2066 = bent(gate);
                y[to] = _e2066 * up;
            }
        }
    }
    return;
}
