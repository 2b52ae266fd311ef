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

typedef metal::float4 type_2[1];
typedef uint type_4[1];
typedef float type_5[1];
typedef metal::uint4 type_7[1];
struct type_8 {
    uint inner[64];
};
struct type_11 {
    float inner[128];
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
, uint subgroup [[simdgroup_index_in_threadgroup]]
, uint lane [[thread_index_in_simdgroup]]
, device type_2 const& x [[buffer(0)]]
, device type_4 const& picks [[buffer(1)]]
, device type_5 const& bias [[buffer(2)]]
, device type_7 const& w [[buffer(3)]]
, device type_5& y [[buffer(4)]]
, device type_8 const& params [[buffer(5)]]
, threadgroup type_11& parts
, constant _mslBufferSizes& _buffer_sizes [[buffer(6)]]
) {
    uint base = 0u;
    float s0_0_ = {};
    float s1_0_ = {};
    float s0_1_ = {};
    float s1_1_ = {};
    float s0_2_ = {};
    float s1_2_ = {};
    float s0_3_ = {};
    float s1_3_ = {};
    float s0_4_ = {};
    float s1_4_ = {};
    float s0_5_ = {};
    float s1_5_ = {};
    float s0_6_ = {};
    float s1_6_ = {};
    float s0_7_ = {};
    float s1_7_ = {};
    float t = {};
    float t_1 = {};
    float t_2 = {};
    float t_3 = {};
    float t_4 = {};
    float t_5 = {};
    float t_6 = {};
    float t_7 = {};
    float t_8 = {};
    float t_9 = {};
    float t_10 = {};
    float t_11 = {};
    float t_12 = {};
    float t_13 = {};
    float t_14 = {};
    float t_15 = {};
    float t_16 = {};
    float t_17 = {};
    float t_18 = {};
    float t_19 = {};
    float t_20 = {};
    float t_21 = {};
    float t_22 = {};
    float t_23 = {};
    float t_24 = {};
    float t_25 = {};
    float t_26 = {};
    float t_27 = {};
    float t_28 = {};
    float t_29 = {};
    float t_30 = {};
    float t_31 = {};
    uint i = {};
    bool local = {};
    uint group = at.x;
    uint _e7 = params.inner[1];
    uint live = metal::min(_e7, 11u);
    uint team = subgroup / 1u;
    uint part = subgroup % 1u;
    uint column = (group * 16u) + (team * 2u);
    uint n0_ = metal::min(column + 0u, 767u) + 0u;
    uint n1_ = metal::min(column + 1u, 767u) + 0u;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e3743 = base;
            base = _e3743 + 8u;
        }
        loop_init = false;
        uint _e33 = base;
        if (_e33 < live) {
        } else {
            break;
        }
        {
            uint _e36 = base;
            uint _e42 = picks[metal::min(_e36 + 0u, 10u)];
            uint x0_ = metal::min(_e42, 3u) * 128u;
            s0_0_ = 0.0;
            s1_0_ = 0.0;
            uint _e52 = base;
            uint _e58 = picks[metal::min(_e52 + 1u, 10u)];
            uint x1_ = metal::min(_e58, 3u) * 128u;
            s0_1_ = 0.0;
            s1_1_ = 0.0;
            uint _e68 = base;
            uint _e74 = picks[metal::min(_e68 + 2u, 10u)];
            uint x2_ = metal::min(_e74, 3u) * 128u;
            s0_2_ = 0.0;
            s1_2_ = 0.0;
            uint _e84 = base;
            uint _e90 = picks[metal::min(_e84 + 3u, 10u)];
            uint x3_ = metal::min(_e90, 3u) * 128u;
            s0_3_ = 0.0;
            s1_3_ = 0.0;
            uint _e100 = base;
            uint _e106 = picks[metal::min(_e100 + 4u, 10u)];
            uint x4_ = metal::min(_e106, 3u) * 128u;
            s0_4_ = 0.0;
            s1_4_ = 0.0;
            uint _e116 = base;
            uint _e122 = picks[metal::min(_e116 + 5u, 10u)];
            uint x5_ = metal::min(_e122, 3u) * 128u;
            s0_5_ = 0.0;
            s1_5_ = 0.0;
            uint _e132 = base;
            uint _e138 = picks[metal::min(_e132 + 6u, 10u)];
            uint x6_ = metal::min(_e138, 3u) * 128u;
            s0_6_ = 0.0;
            s1_6_ = 0.0;
            uint _e148 = base;
            uint _e154 = picks[metal::min(_e148 + 7u, 10u)];
            uint x7_ = metal::min(_e154, 3u) * 128u;
            s0_7_ = 0.0;
            s1_7_ = 0.0;
            bool own0_ = (((0u + 0u) + (part * 32u)) + lane) < 16u;
            uint p0_ = metal::min(((0u + 0u) + (part * 32u)) + lane, 15u);
            metal::uint4 h0_0_ = w[(n0_ * 22u) + ((p0_ / 8u) * 11u)];
            metal::uint4 u0_0_ = w[(((n0_ * 22u) + ((p0_ / 8u) * 11u)) + (p0_ % 2u)) + 1u];
            metal::uint4 w0_0_ = w[(((n0_ * 22u) + ((p0_ / 8u) * 11u)) + (p0_ % 8u)) + 3u];
            metal::uint4 h0_1_ = w[(n1_ * 22u) + ((p0_ / 8u) * 11u)];
            metal::uint4 u0_1_ = w[(((n1_ * 22u) + ((p0_ / 8u) * 11u)) + (p0_ % 2u)) + 1u];
            metal::uint4 w0_1_ = w[(((n1_ * 22u) + ((p0_ / 8u) * 11u)) + (p0_ % 8u)) + 3u];
            {
                uint c0_ = (((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 0u;
                uint c1_ = (((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 1u;
                uint c2_ = (((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 2u;
                uint c3_ = (((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 3u;
                uint c4_ = ((((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 8u) + 0u;
                uint c5_ = ((((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 8u) + 1u;
                uint c6_ = ((((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 8u) + 2u;
                uint c7_ = ((((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 8u) + 3u;
                metal::float4 _e360 = x[x0_ + c0_];
                metal::float4 a0_0_ = own0_ ? _e360 : metal::float4 {};
                metal::float4 _e366 = x[x0_ + c1_];
                metal::float4 a0_1_ = own0_ ? _e366 : metal::float4 {};
                metal::float4 _e372 = x[x0_ + c2_];
                metal::float4 a0_2_ = own0_ ? _e372 : metal::float4 {};
                metal::float4 _e378 = x[x0_ + c3_];
                metal::float4 a0_3_ = own0_ ? _e378 : metal::float4 {};
                metal::float4 _e384 = x[x0_ + c4_];
                metal::float4 a0_4_ = own0_ ? _e384 : metal::float4 {};
                metal::float4 _e390 = x[x0_ + c5_];
                metal::float4 a0_5_ = own0_ ? _e390 : metal::float4 {};
                metal::float4 _e396 = x[x0_ + c6_];
                metal::float4 a0_6_ = own0_ ? _e396 : metal::float4 {};
                metal::float4 _e402 = x[x0_ + c7_];
                metal::float4 a0_7_ = own0_ ? _e402 : metal::float4 {};
                float t0_0_ = metal::dot(((a0_0_ + a0_1_) + a0_2_) + a0_3_, metal::float4(1.0));
                float t0_1_ = metal::dot(((a0_4_ + a0_5_) + a0_6_) + a0_7_, metal::float4(1.0));
                metal::float4 _e420 = x[x1_ + c0_];
                metal::float4 a1_0_ = own0_ ? _e420 : metal::float4 {};
                metal::float4 _e426 = x[x1_ + c1_];
                metal::float4 a1_1_ = own0_ ? _e426 : metal::float4 {};
                metal::float4 _e432 = x[x1_ + c2_];
                metal::float4 a1_2_ = own0_ ? _e432 : metal::float4 {};
                metal::float4 _e438 = x[x1_ + c3_];
                metal::float4 a1_3_ = own0_ ? _e438 : metal::float4 {};
                metal::float4 _e444 = x[x1_ + c4_];
                metal::float4 a1_4_ = own0_ ? _e444 : metal::float4 {};
                metal::float4 _e450 = x[x1_ + c5_];
                metal::float4 a1_5_ = own0_ ? _e450 : metal::float4 {};
                metal::float4 _e456 = x[x1_ + c6_];
                metal::float4 a1_6_ = own0_ ? _e456 : metal::float4 {};
                metal::float4 _e462 = x[x1_ + c7_];
                metal::float4 a1_7_ = own0_ ? _e462 : metal::float4 {};
                float t1_0_ = metal::dot(((a1_0_ + a1_1_) + a1_2_) + a1_3_, metal::float4(1.0));
                float t1_1_ = metal::dot(((a1_4_ + a1_5_) + a1_6_) + a1_7_, metal::float4(1.0));
                metal::float4 _e480 = x[x2_ + c0_];
                metal::float4 a2_0_ = own0_ ? _e480 : metal::float4 {};
                metal::float4 _e486 = x[x2_ + c1_];
                metal::float4 a2_1_ = own0_ ? _e486 : metal::float4 {};
                metal::float4 _e492 = x[x2_ + c2_];
                metal::float4 a2_2_ = own0_ ? _e492 : metal::float4 {};
                metal::float4 _e498 = x[x2_ + c3_];
                metal::float4 a2_3_ = own0_ ? _e498 : metal::float4 {};
                metal::float4 _e504 = x[x2_ + c4_];
                metal::float4 a2_4_ = own0_ ? _e504 : metal::float4 {};
                metal::float4 _e510 = x[x2_ + c5_];
                metal::float4 a2_5_ = own0_ ? _e510 : metal::float4 {};
                metal::float4 _e516 = x[x2_ + c6_];
                metal::float4 a2_6_ = own0_ ? _e516 : metal::float4 {};
                metal::float4 _e522 = x[x2_ + c7_];
                metal::float4 a2_7_ = own0_ ? _e522 : metal::float4 {};
                float t2_0_ = metal::dot(((a2_0_ + a2_1_) + a2_2_) + a2_3_, metal::float4(1.0));
                float t2_1_ = metal::dot(((a2_4_ + a2_5_) + a2_6_) + a2_7_, metal::float4(1.0));
                metal::float4 _e540 = x[x3_ + c0_];
                metal::float4 a3_0_ = own0_ ? _e540 : metal::float4 {};
                metal::float4 _e546 = x[x3_ + c1_];
                metal::float4 a3_1_ = own0_ ? _e546 : metal::float4 {};
                metal::float4 _e552 = x[x3_ + c2_];
                metal::float4 a3_2_ = own0_ ? _e552 : metal::float4 {};
                metal::float4 _e558 = x[x3_ + c3_];
                metal::float4 a3_3_ = own0_ ? _e558 : metal::float4 {};
                metal::float4 _e564 = x[x3_ + c4_];
                metal::float4 a3_4_ = own0_ ? _e564 : metal::float4 {};
                metal::float4 _e570 = x[x3_ + c5_];
                metal::float4 a3_5_ = own0_ ? _e570 : metal::float4 {};
                metal::float4 _e576 = x[x3_ + c6_];
                metal::float4 a3_6_ = own0_ ? _e576 : metal::float4 {};
                metal::float4 _e582 = x[x3_ + c7_];
                metal::float4 a3_7_ = own0_ ? _e582 : metal::float4 {};
                float t3_0_ = metal::dot(((a3_0_ + a3_1_) + a3_2_) + a3_3_, metal::float4(1.0));
                float t3_1_ = metal::dot(((a3_4_ + a3_5_) + a3_6_) + a3_7_, metal::float4(1.0));
                metal::float4 _e600 = x[x4_ + c0_];
                metal::float4 a4_0_ = own0_ ? _e600 : metal::float4 {};
                metal::float4 _e606 = x[x4_ + c1_];
                metal::float4 a4_1_ = own0_ ? _e606 : metal::float4 {};
                metal::float4 _e612 = x[x4_ + c2_];
                metal::float4 a4_2_ = own0_ ? _e612 : metal::float4 {};
                metal::float4 _e618 = x[x4_ + c3_];
                metal::float4 a4_3_ = own0_ ? _e618 : metal::float4 {};
                metal::float4 _e624 = x[x4_ + c4_];
                metal::float4 a4_4_ = own0_ ? _e624 : metal::float4 {};
                metal::float4 _e630 = x[x4_ + c5_];
                metal::float4 a4_5_ = own0_ ? _e630 : metal::float4 {};
                metal::float4 _e636 = x[x4_ + c6_];
                metal::float4 a4_6_ = own0_ ? _e636 : metal::float4 {};
                metal::float4 _e642 = x[x4_ + c7_];
                metal::float4 a4_7_ = own0_ ? _e642 : metal::float4 {};
                float t4_0_ = metal::dot(((a4_0_ + a4_1_) + a4_2_) + a4_3_, metal::float4(1.0));
                float t4_1_ = metal::dot(((a4_4_ + a4_5_) + a4_6_) + a4_7_, metal::float4(1.0));
                metal::float4 _e660 = x[x5_ + c0_];
                metal::float4 a5_0_ = own0_ ? _e660 : metal::float4 {};
                metal::float4 _e666 = x[x5_ + c1_];
                metal::float4 a5_1_ = own0_ ? _e666 : metal::float4 {};
                metal::float4 _e672 = x[x5_ + c2_];
                metal::float4 a5_2_ = own0_ ? _e672 : metal::float4 {};
                metal::float4 _e678 = x[x5_ + c3_];
                metal::float4 a5_3_ = own0_ ? _e678 : metal::float4 {};
                metal::float4 _e684 = x[x5_ + c4_];
                metal::float4 a5_4_ = own0_ ? _e684 : metal::float4 {};
                metal::float4 _e690 = x[x5_ + c5_];
                metal::float4 a5_5_ = own0_ ? _e690 : metal::float4 {};
                metal::float4 _e696 = x[x5_ + c6_];
                metal::float4 a5_6_ = own0_ ? _e696 : metal::float4 {};
                metal::float4 _e702 = x[x5_ + c7_];
                metal::float4 a5_7_ = own0_ ? _e702 : metal::float4 {};
                float t5_0_ = metal::dot(((a5_0_ + a5_1_) + a5_2_) + a5_3_, metal::float4(1.0));
                float t5_1_ = metal::dot(((a5_4_ + a5_5_) + a5_6_) + a5_7_, metal::float4(1.0));
                metal::float4 _e720 = x[x6_ + c0_];
                metal::float4 a6_0_ = own0_ ? _e720 : metal::float4 {};
                metal::float4 _e726 = x[x6_ + c1_];
                metal::float4 a6_1_ = own0_ ? _e726 : metal::float4 {};
                metal::float4 _e732 = x[x6_ + c2_];
                metal::float4 a6_2_ = own0_ ? _e732 : metal::float4 {};
                metal::float4 _e738 = x[x6_ + c3_];
                metal::float4 a6_3_ = own0_ ? _e738 : metal::float4 {};
                metal::float4 _e744 = x[x6_ + c4_];
                metal::float4 a6_4_ = own0_ ? _e744 : metal::float4 {};
                metal::float4 _e750 = x[x6_ + c5_];
                metal::float4 a6_5_ = own0_ ? _e750 : metal::float4 {};
                metal::float4 _e756 = x[x6_ + c6_];
                metal::float4 a6_6_ = own0_ ? _e756 : metal::float4 {};
                metal::float4 _e762 = x[x6_ + c7_];
                metal::float4 a6_7_ = own0_ ? _e762 : metal::float4 {};
                float t6_0_ = metal::dot(((a6_0_ + a6_1_) + a6_2_) + a6_3_, metal::float4(1.0));
                float t6_1_ = metal::dot(((a6_4_ + a6_5_) + a6_6_) + a6_7_, metal::float4(1.0));
                metal::float4 _e780 = x[x7_ + c0_];
                metal::float4 a7_0_ = own0_ ? _e780 : metal::float4 {};
                metal::float4 _e786 = x[x7_ + c1_];
                metal::float4 a7_1_ = own0_ ? _e786 : metal::float4 {};
                metal::float4 _e792 = x[x7_ + c2_];
                metal::float4 a7_2_ = own0_ ? _e792 : metal::float4 {};
                metal::float4 _e798 = x[x7_ + c3_];
                metal::float4 a7_3_ = own0_ ? _e798 : metal::float4 {};
                metal::float4 _e804 = x[x7_ + c4_];
                metal::float4 a7_4_ = own0_ ? _e804 : metal::float4 {};
                metal::float4 _e810 = x[x7_ + c5_];
                metal::float4 a7_5_ = own0_ ? _e810 : metal::float4 {};
                metal::float4 _e816 = x[x7_ + c6_];
                metal::float4 a7_6_ = own0_ ? _e816 : metal::float4 {};
                metal::float4 _e822 = x[x7_ + c7_];
                metal::float4 a7_7_ = own0_ ? _e822 : metal::float4 {};
                float t7_0_ = metal::dot(((a7_0_ + a7_1_) + a7_2_) + a7_3_, metal::float4(1.0));
                float t7_1_ = metal::dot(((a7_4_ + a7_5_) + a7_6_) + a7_7_, metal::float4(1.0));
                {
                    metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.x & 252645135u) | (((u0_0_.x >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
                    metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.y & 252645135u) | (((u0_0_.y >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
                    metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.z & 252645135u) | (((u0_0_.z >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
                    metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.w & 252645135u) | (((u0_0_.w >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
                    metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_0_.x >> 4u) & 252645135u) | (((u0_0_.x >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
                    metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_0_.y >> 4u) & 252645135u) | (((u0_0_.y >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
                    metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_0_.z >> 4u) & 252645135u) | (((u0_0_.z >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
                    metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_0_.w >> 4u) & 252645135u) | (((u0_0_.w >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
                    metal::float2 _e1012 = scale_and_min(h0_0_, (((p0_ % 8u) / 2u) * 2u) + 0u);
                    float scale0_ = _e1012.x;
                    float less0_ = _e1012.y;
                    metal::float2 _e1023 = scale_and_min(h0_0_, (((p0_ % 8u) / 2u) * 2u) + 1u);
                    float scale1_ = _e1023.x;
                    float less1_ = _e1023.y;
                    {
                        t = 0.0;
                        float _e1030 = t;
                        t = metal::fma(v0_.x, a0_0_.x, _e1030);
                        float _e1034 = t;
                        t = metal::fma(v0_.y, a0_0_.y, _e1034);
                        float _e1038 = t;
                        t = metal::fma(v0_.z, a0_0_.z, _e1038);
                        float _e1042 = t;
                        t = metal::fma(v0_.w, a0_0_.w, _e1042);
                        float _e1046 = t;
                        t = metal::fma(v1_.x, a0_1_.x, _e1046);
                        float _e1050 = t;
                        t = metal::fma(v1_.y, a0_1_.y, _e1050);
                        float _e1054 = t;
                        t = metal::fma(v1_.z, a0_1_.z, _e1054);
                        float _e1058 = t;
                        t = metal::fma(v1_.w, a0_1_.w, _e1058);
                        float _e1062 = t;
                        t = metal::fma(v2_.x, a0_2_.x, _e1062);
                        float _e1066 = t;
                        t = metal::fma(v2_.y, a0_2_.y, _e1066);
                        float _e1070 = t;
                        t = metal::fma(v2_.z, a0_2_.z, _e1070);
                        float _e1074 = t;
                        t = metal::fma(v2_.w, a0_2_.w, _e1074);
                        float _e1078 = t;
                        t = metal::fma(v3_.x, a0_3_.x, _e1078);
                        float _e1082 = t;
                        t = metal::fma(v3_.y, a0_3_.y, _e1082);
                        float _e1086 = t;
                        t = metal::fma(v3_.z, a0_3_.z, _e1086);
                        float _e1090 = t;
                        t = metal::fma(v3_.w, a0_3_.w, _e1090);
                        float _e1092 = t;
                        float _e1093 = s0_0_;
                        s0_0_ = metal::fma(scale0_, _e1092, _e1093);
                    }
                    float _e1096 = s0_0_;
                    s0_0_ = metal::fma(-(less0_), t0_0_, _e1096);
                    {
                        t_1 = 0.0;
                        float _e1102 = t_1;
                        t_1 = metal::fma(v4_.x, a0_4_.x, _e1102);
                        float _e1106 = t_1;
                        t_1 = metal::fma(v4_.y, a0_4_.y, _e1106);
                        float _e1110 = t_1;
                        t_1 = metal::fma(v4_.z, a0_4_.z, _e1110);
                        float _e1114 = t_1;
                        t_1 = metal::fma(v4_.w, a0_4_.w, _e1114);
                        float _e1118 = t_1;
                        t_1 = metal::fma(v5_.x, a0_5_.x, _e1118);
                        float _e1122 = t_1;
                        t_1 = metal::fma(v5_.y, a0_5_.y, _e1122);
                        float _e1126 = t_1;
                        t_1 = metal::fma(v5_.z, a0_5_.z, _e1126);
                        float _e1130 = t_1;
                        t_1 = metal::fma(v5_.w, a0_5_.w, _e1130);
                        float _e1134 = t_1;
                        t_1 = metal::fma(v6_.x, a0_6_.x, _e1134);
                        float _e1138 = t_1;
                        t_1 = metal::fma(v6_.y, a0_6_.y, _e1138);
                        float _e1142 = t_1;
                        t_1 = metal::fma(v6_.z, a0_6_.z, _e1142);
                        float _e1146 = t_1;
                        t_1 = metal::fma(v6_.w, a0_6_.w, _e1146);
                        float _e1150 = t_1;
                        t_1 = metal::fma(v7_.x, a0_7_.x, _e1150);
                        float _e1154 = t_1;
                        t_1 = metal::fma(v7_.y, a0_7_.y, _e1154);
                        float _e1158 = t_1;
                        t_1 = metal::fma(v7_.z, a0_7_.z, _e1158);
                        float _e1162 = t_1;
                        t_1 = metal::fma(v7_.w, a0_7_.w, _e1162);
                        float _e1164 = t_1;
                        float _e1165 = s0_0_;
                        s0_0_ = metal::fma(scale1_, _e1164, _e1165);
                    }
                    float _e1168 = s0_0_;
                    s0_0_ = metal::fma(-(less1_), t0_1_, _e1168);
                    {
                        t_2 = 0.0;
                        float _e1174 = t_2;
                        t_2 = metal::fma(v0_.x, a1_0_.x, _e1174);
                        float _e1178 = t_2;
                        t_2 = metal::fma(v0_.y, a1_0_.y, _e1178);
                        float _e1182 = t_2;
                        t_2 = metal::fma(v0_.z, a1_0_.z, _e1182);
                        float _e1186 = t_2;
                        t_2 = metal::fma(v0_.w, a1_0_.w, _e1186);
                        float _e1190 = t_2;
                        t_2 = metal::fma(v1_.x, a1_1_.x, _e1190);
                        float _e1194 = t_2;
                        t_2 = metal::fma(v1_.y, a1_1_.y, _e1194);
                        float _e1198 = t_2;
                        t_2 = metal::fma(v1_.z, a1_1_.z, _e1198);
                        float _e1202 = t_2;
                        t_2 = metal::fma(v1_.w, a1_1_.w, _e1202);
                        float _e1206 = t_2;
                        t_2 = metal::fma(v2_.x, a1_2_.x, _e1206);
                        float _e1210 = t_2;
                        t_2 = metal::fma(v2_.y, a1_2_.y, _e1210);
                        float _e1214 = t_2;
                        t_2 = metal::fma(v2_.z, a1_2_.z, _e1214);
                        float _e1218 = t_2;
                        t_2 = metal::fma(v2_.w, a1_2_.w, _e1218);
                        float _e1222 = t_2;
                        t_2 = metal::fma(v3_.x, a1_3_.x, _e1222);
                        float _e1226 = t_2;
                        t_2 = metal::fma(v3_.y, a1_3_.y, _e1226);
                        float _e1230 = t_2;
                        t_2 = metal::fma(v3_.z, a1_3_.z, _e1230);
                        float _e1234 = t_2;
                        t_2 = metal::fma(v3_.w, a1_3_.w, _e1234);
                        float _e1236 = t_2;
                        float _e1237 = s0_1_;
                        s0_1_ = metal::fma(scale0_, _e1236, _e1237);
                    }
                    float _e1240 = s0_1_;
                    s0_1_ = metal::fma(-(less0_), t1_0_, _e1240);
                    {
                        t_3 = 0.0;
                        float _e1246 = t_3;
                        t_3 = metal::fma(v4_.x, a1_4_.x, _e1246);
                        float _e1250 = t_3;
                        t_3 = metal::fma(v4_.y, a1_4_.y, _e1250);
                        float _e1254 = t_3;
                        t_3 = metal::fma(v4_.z, a1_4_.z, _e1254);
                        float _e1258 = t_3;
                        t_3 = metal::fma(v4_.w, a1_4_.w, _e1258);
                        float _e1262 = t_3;
                        t_3 = metal::fma(v5_.x, a1_5_.x, _e1262);
                        float _e1266 = t_3;
                        t_3 = metal::fma(v5_.y, a1_5_.y, _e1266);
                        float _e1270 = t_3;
                        t_3 = metal::fma(v5_.z, a1_5_.z, _e1270);
                        float _e1274 = t_3;
                        t_3 = metal::fma(v5_.w, a1_5_.w, _e1274);
                        float _e1278 = t_3;
                        t_3 = metal::fma(v6_.x, a1_6_.x, _e1278);
                        float _e1282 = t_3;
                        t_3 = metal::fma(v6_.y, a1_6_.y, _e1282);
                        float _e1286 = t_3;
                        t_3 = metal::fma(v6_.z, a1_6_.z, _e1286);
                        float _e1290 = t_3;
                        t_3 = metal::fma(v6_.w, a1_6_.w, _e1290);
                        float _e1294 = t_3;
                        t_3 = metal::fma(v7_.x, a1_7_.x, _e1294);
                        float _e1298 = t_3;
                        t_3 = metal::fma(v7_.y, a1_7_.y, _e1298);
                        float _e1302 = t_3;
                        t_3 = metal::fma(v7_.z, a1_7_.z, _e1302);
                        float _e1306 = t_3;
                        t_3 = metal::fma(v7_.w, a1_7_.w, _e1306);
                        float _e1308 = t_3;
                        float _e1309 = s0_1_;
                        s0_1_ = metal::fma(scale1_, _e1308, _e1309);
                    }
                    float _e1312 = s0_1_;
                    s0_1_ = metal::fma(-(less1_), t1_1_, _e1312);
                    {
                        t_4 = 0.0;
                        float _e1318 = t_4;
                        t_4 = metal::fma(v0_.x, a2_0_.x, _e1318);
                        float _e1322 = t_4;
                        t_4 = metal::fma(v0_.y, a2_0_.y, _e1322);
                        float _e1326 = t_4;
                        t_4 = metal::fma(v0_.z, a2_0_.z, _e1326);
                        float _e1330 = t_4;
                        t_4 = metal::fma(v0_.w, a2_0_.w, _e1330);
                        float _e1334 = t_4;
                        t_4 = metal::fma(v1_.x, a2_1_.x, _e1334);
                        float _e1338 = t_4;
                        t_4 = metal::fma(v1_.y, a2_1_.y, _e1338);
                        float _e1342 = t_4;
                        t_4 = metal::fma(v1_.z, a2_1_.z, _e1342);
                        float _e1346 = t_4;
                        t_4 = metal::fma(v1_.w, a2_1_.w, _e1346);
                        float _e1350 = t_4;
                        t_4 = metal::fma(v2_.x, a2_2_.x, _e1350);
                        float _e1354 = t_4;
                        t_4 = metal::fma(v2_.y, a2_2_.y, _e1354);
                        float _e1358 = t_4;
                        t_4 = metal::fma(v2_.z, a2_2_.z, _e1358);
                        float _e1362 = t_4;
                        t_4 = metal::fma(v2_.w, a2_2_.w, _e1362);
                        float _e1366 = t_4;
                        t_4 = metal::fma(v3_.x, a2_3_.x, _e1366);
                        float _e1370 = t_4;
                        t_4 = metal::fma(v3_.y, a2_3_.y, _e1370);
                        float _e1374 = t_4;
                        t_4 = metal::fma(v3_.z, a2_3_.z, _e1374);
                        float _e1378 = t_4;
                        t_4 = metal::fma(v3_.w, a2_3_.w, _e1378);
                        float _e1380 = t_4;
                        float _e1381 = s0_2_;
                        s0_2_ = metal::fma(scale0_, _e1380, _e1381);
                    }
                    float _e1384 = s0_2_;
                    s0_2_ = metal::fma(-(less0_), t2_0_, _e1384);
                    {
                        t_5 = 0.0;
                        float _e1390 = t_5;
                        t_5 = metal::fma(v4_.x, a2_4_.x, _e1390);
                        float _e1394 = t_5;
                        t_5 = metal::fma(v4_.y, a2_4_.y, _e1394);
                        float _e1398 = t_5;
                        t_5 = metal::fma(v4_.z, a2_4_.z, _e1398);
                        float _e1402 = t_5;
                        t_5 = metal::fma(v4_.w, a2_4_.w, _e1402);
                        float _e1406 = t_5;
                        t_5 = metal::fma(v5_.x, a2_5_.x, _e1406);
                        float _e1410 = t_5;
                        t_5 = metal::fma(v5_.y, a2_5_.y, _e1410);
                        float _e1414 = t_5;
                        t_5 = metal::fma(v5_.z, a2_5_.z, _e1414);
                        float _e1418 = t_5;
                        t_5 = metal::fma(v5_.w, a2_5_.w, _e1418);
                        float _e1422 = t_5;
                        t_5 = metal::fma(v6_.x, a2_6_.x, _e1422);
                        float _e1426 = t_5;
                        t_5 = metal::fma(v6_.y, a2_6_.y, _e1426);
                        float _e1430 = t_5;
                        t_5 = metal::fma(v6_.z, a2_6_.z, _e1430);
                        float _e1434 = t_5;
                        t_5 = metal::fma(v6_.w, a2_6_.w, _e1434);
                        float _e1438 = t_5;
                        t_5 = metal::fma(v7_.x, a2_7_.x, _e1438);
                        float _e1442 = t_5;
                        t_5 = metal::fma(v7_.y, a2_7_.y, _e1442);
                        float _e1446 = t_5;
                        t_5 = metal::fma(v7_.z, a2_7_.z, _e1446);
                        float _e1450 = t_5;
                        t_5 = metal::fma(v7_.w, a2_7_.w, _e1450);
                        float _e1452 = t_5;
                        float _e1453 = s0_2_;
                        s0_2_ = metal::fma(scale1_, _e1452, _e1453);
                    }
                    float _e1456 = s0_2_;
                    s0_2_ = metal::fma(-(less1_), t2_1_, _e1456);
                    {
                        t_6 = 0.0;
                        float _e1462 = t_6;
                        t_6 = metal::fma(v0_.x, a3_0_.x, _e1462);
                        float _e1466 = t_6;
                        t_6 = metal::fma(v0_.y, a3_0_.y, _e1466);
                        float _e1470 = t_6;
                        t_6 = metal::fma(v0_.z, a3_0_.z, _e1470);
                        float _e1474 = t_6;
                        t_6 = metal::fma(v0_.w, a3_0_.w, _e1474);
                        float _e1478 = t_6;
                        t_6 = metal::fma(v1_.x, a3_1_.x, _e1478);
                        float _e1482 = t_6;
                        t_6 = metal::fma(v1_.y, a3_1_.y, _e1482);
                        float _e1486 = t_6;
                        t_6 = metal::fma(v1_.z, a3_1_.z, _e1486);
                        float _e1490 = t_6;
                        t_6 = metal::fma(v1_.w, a3_1_.w, _e1490);
                        float _e1494 = t_6;
                        t_6 = metal::fma(v2_.x, a3_2_.x, _e1494);
                        float _e1498 = t_6;
                        t_6 = metal::fma(v2_.y, a3_2_.y, _e1498);
                        float _e1502 = t_6;
                        t_6 = metal::fma(v2_.z, a3_2_.z, _e1502);
                        float _e1506 = t_6;
                        t_6 = metal::fma(v2_.w, a3_2_.w, _e1506);
                        float _e1510 = t_6;
                        t_6 = metal::fma(v3_.x, a3_3_.x, _e1510);
                        float _e1514 = t_6;
                        t_6 = metal::fma(v3_.y, a3_3_.y, _e1514);
                        float _e1518 = t_6;
                        t_6 = metal::fma(v3_.z, a3_3_.z, _e1518);
                        float _e1522 = t_6;
                        t_6 = metal::fma(v3_.w, a3_3_.w, _e1522);
                        float _e1524 = t_6;
                        float _e1525 = s0_3_;
                        s0_3_ = metal::fma(scale0_, _e1524, _e1525);
                    }
                    float _e1528 = s0_3_;
                    s0_3_ = metal::fma(-(less0_), t3_0_, _e1528);
                    {
                        t_7 = 0.0;
                        float _e1534 = t_7;
                        t_7 = metal::fma(v4_.x, a3_4_.x, _e1534);
                        float _e1538 = t_7;
                        t_7 = metal::fma(v4_.y, a3_4_.y, _e1538);
                        float _e1542 = t_7;
                        t_7 = metal::fma(v4_.z, a3_4_.z, _e1542);
                        float _e1546 = t_7;
                        t_7 = metal::fma(v4_.w, a3_4_.w, _e1546);
                        float _e1550 = t_7;
                        t_7 = metal::fma(v5_.x, a3_5_.x, _e1550);
                        float _e1554 = t_7;
                        t_7 = metal::fma(v5_.y, a3_5_.y, _e1554);
                        float _e1558 = t_7;
                        t_7 = metal::fma(v5_.z, a3_5_.z, _e1558);
                        float _e1562 = t_7;
                        t_7 = metal::fma(v5_.w, a3_5_.w, _e1562);
                        float _e1566 = t_7;
                        t_7 = metal::fma(v6_.x, a3_6_.x, _e1566);
                        float _e1570 = t_7;
                        t_7 = metal::fma(v6_.y, a3_6_.y, _e1570);
                        float _e1574 = t_7;
                        t_7 = metal::fma(v6_.z, a3_6_.z, _e1574);
                        float _e1578 = t_7;
                        t_7 = metal::fma(v6_.w, a3_6_.w, _e1578);
                        float _e1582 = t_7;
                        t_7 = metal::fma(v7_.x, a3_7_.x, _e1582);
                        float _e1586 = t_7;
                        t_7 = metal::fma(v7_.y, a3_7_.y, _e1586);
                        float _e1590 = t_7;
                        t_7 = metal::fma(v7_.z, a3_7_.z, _e1590);
                        float _e1594 = t_7;
                        t_7 = metal::fma(v7_.w, a3_7_.w, _e1594);
                        float _e1596 = t_7;
                        float _e1597 = s0_3_;
                        s0_3_ = metal::fma(scale1_, _e1596, _e1597);
                    }
                    float _e1600 = s0_3_;
                    s0_3_ = metal::fma(-(less1_), t3_1_, _e1600);
                    {
                        t_8 = 0.0;
                        float _e1606 = t_8;
                        t_8 = metal::fma(v0_.x, a4_0_.x, _e1606);
                        float _e1610 = t_8;
                        t_8 = metal::fma(v0_.y, a4_0_.y, _e1610);
                        float _e1614 = t_8;
                        t_8 = metal::fma(v0_.z, a4_0_.z, _e1614);
                        float _e1618 = t_8;
                        t_8 = metal::fma(v0_.w, a4_0_.w, _e1618);
                        float _e1622 = t_8;
                        t_8 = metal::fma(v1_.x, a4_1_.x, _e1622);
                        float _e1626 = t_8;
                        t_8 = metal::fma(v1_.y, a4_1_.y, _e1626);
                        float _e1630 = t_8;
                        t_8 = metal::fma(v1_.z, a4_1_.z, _e1630);
                        float _e1634 = t_8;
                        t_8 = metal::fma(v1_.w, a4_1_.w, _e1634);
                        float _e1638 = t_8;
                        t_8 = metal::fma(v2_.x, a4_2_.x, _e1638);
                        float _e1642 = t_8;
                        t_8 = metal::fma(v2_.y, a4_2_.y, _e1642);
                        float _e1646 = t_8;
                        t_8 = metal::fma(v2_.z, a4_2_.z, _e1646);
                        float _e1650 = t_8;
                        t_8 = metal::fma(v2_.w, a4_2_.w, _e1650);
                        float _e1654 = t_8;
                        t_8 = metal::fma(v3_.x, a4_3_.x, _e1654);
                        float _e1658 = t_8;
                        t_8 = metal::fma(v3_.y, a4_3_.y, _e1658);
                        float _e1662 = t_8;
                        t_8 = metal::fma(v3_.z, a4_3_.z, _e1662);
                        float _e1666 = t_8;
                        t_8 = metal::fma(v3_.w, a4_3_.w, _e1666);
                        float _e1668 = t_8;
                        float _e1669 = s0_4_;
                        s0_4_ = metal::fma(scale0_, _e1668, _e1669);
                    }
                    float _e1672 = s0_4_;
                    s0_4_ = metal::fma(-(less0_), t4_0_, _e1672);
                    {
                        t_9 = 0.0;
                        float _e1678 = t_9;
                        t_9 = metal::fma(v4_.x, a4_4_.x, _e1678);
                        float _e1682 = t_9;
                        t_9 = metal::fma(v4_.y, a4_4_.y, _e1682);
                        float _e1686 = t_9;
                        t_9 = metal::fma(v4_.z, a4_4_.z, _e1686);
                        float _e1690 = t_9;
                        t_9 = metal::fma(v4_.w, a4_4_.w, _e1690);
                        float _e1694 = t_9;
                        t_9 = metal::fma(v5_.x, a4_5_.x, _e1694);
                        float _e1698 = t_9;
                        t_9 = metal::fma(v5_.y, a4_5_.y, _e1698);
                        float _e1702 = t_9;
                        t_9 = metal::fma(v5_.z, a4_5_.z, _e1702);
                        float _e1706 = t_9;
                        t_9 = metal::fma(v5_.w, a4_5_.w, _e1706);
                        float _e1710 = t_9;
                        t_9 = metal::fma(v6_.x, a4_6_.x, _e1710);
                        float _e1714 = t_9;
                        t_9 = metal::fma(v6_.y, a4_6_.y, _e1714);
                        float _e1718 = t_9;
                        t_9 = metal::fma(v6_.z, a4_6_.z, _e1718);
                        float _e1722 = t_9;
                        t_9 = metal::fma(v6_.w, a4_6_.w, _e1722);
                        float _e1726 = t_9;
                        t_9 = metal::fma(v7_.x, a4_7_.x, _e1726);
                        float _e1730 = t_9;
                        t_9 = metal::fma(v7_.y, a4_7_.y, _e1730);
                        float _e1734 = t_9;
                        t_9 = metal::fma(v7_.z, a4_7_.z, _e1734);
                        float _e1738 = t_9;
                        t_9 = metal::fma(v7_.w, a4_7_.w, _e1738);
                        float _e1740 = t_9;
                        float _e1741 = s0_4_;
                        s0_4_ = metal::fma(scale1_, _e1740, _e1741);
                    }
                    float _e1744 = s0_4_;
                    s0_4_ = metal::fma(-(less1_), t4_1_, _e1744);
                    {
                        t_10 = 0.0;
                        float _e1750 = t_10;
                        t_10 = metal::fma(v0_.x, a5_0_.x, _e1750);
                        float _e1754 = t_10;
                        t_10 = metal::fma(v0_.y, a5_0_.y, _e1754);
                        float _e1758 = t_10;
                        t_10 = metal::fma(v0_.z, a5_0_.z, _e1758);
                        float _e1762 = t_10;
                        t_10 = metal::fma(v0_.w, a5_0_.w, _e1762);
                        float _e1766 = t_10;
                        t_10 = metal::fma(v1_.x, a5_1_.x, _e1766);
                        float _e1770 = t_10;
                        t_10 = metal::fma(v1_.y, a5_1_.y, _e1770);
                        float _e1774 = t_10;
                        t_10 = metal::fma(v1_.z, a5_1_.z, _e1774);
                        float _e1778 = t_10;
                        t_10 = metal::fma(v1_.w, a5_1_.w, _e1778);
                        float _e1782 = t_10;
                        t_10 = metal::fma(v2_.x, a5_2_.x, _e1782);
                        float _e1786 = t_10;
                        t_10 = metal::fma(v2_.y, a5_2_.y, _e1786);
                        float _e1790 = t_10;
                        t_10 = metal::fma(v2_.z, a5_2_.z, _e1790);
                        float _e1794 = t_10;
                        t_10 = metal::fma(v2_.w, a5_2_.w, _e1794);
                        float _e1798 = t_10;
                        t_10 = metal::fma(v3_.x, a5_3_.x, _e1798);
                        float _e1802 = t_10;
                        t_10 = metal::fma(v3_.y, a5_3_.y, _e1802);
                        float _e1806 = t_10;
                        t_10 = metal::fma(v3_.z, a5_3_.z, _e1806);
                        float _e1810 = t_10;
                        t_10 = metal::fma(v3_.w, a5_3_.w, _e1810);
                        float _e1812 = t_10;
                        float _e1813 = s0_5_;
                        s0_5_ = metal::fma(scale0_, _e1812, _e1813);
                    }
                    float _e1816 = s0_5_;
                    s0_5_ = metal::fma(-(less0_), t5_0_, _e1816);
                    {
                        t_11 = 0.0;
                        float _e1822 = t_11;
                        t_11 = metal::fma(v4_.x, a5_4_.x, _e1822);
                        float _e1826 = t_11;
                        t_11 = metal::fma(v4_.y, a5_4_.y, _e1826);
                        float _e1830 = t_11;
                        t_11 = metal::fma(v4_.z, a5_4_.z, _e1830);
                        float _e1834 = t_11;
                        t_11 = metal::fma(v4_.w, a5_4_.w, _e1834);
                        float _e1838 = t_11;
                        t_11 = metal::fma(v5_.x, a5_5_.x, _e1838);
                        float _e1842 = t_11;
                        t_11 = metal::fma(v5_.y, a5_5_.y, _e1842);
                        float _e1846 = t_11;
                        t_11 = metal::fma(v5_.z, a5_5_.z, _e1846);
                        float _e1850 = t_11;
                        t_11 = metal::fma(v5_.w, a5_5_.w, _e1850);
                        float _e1854 = t_11;
                        t_11 = metal::fma(v6_.x, a5_6_.x, _e1854);
                        float _e1858 = t_11;
                        t_11 = metal::fma(v6_.y, a5_6_.y, _e1858);
                        float _e1862 = t_11;
                        t_11 = metal::fma(v6_.z, a5_6_.z, _e1862);
                        float _e1866 = t_11;
                        t_11 = metal::fma(v6_.w, a5_6_.w, _e1866);
                        float _e1870 = t_11;
                        t_11 = metal::fma(v7_.x, a5_7_.x, _e1870);
                        float _e1874 = t_11;
                        t_11 = metal::fma(v7_.y, a5_7_.y, _e1874);
                        float _e1878 = t_11;
                        t_11 = metal::fma(v7_.z, a5_7_.z, _e1878);
                        float _e1882 = t_11;
                        t_11 = metal::fma(v7_.w, a5_7_.w, _e1882);
                        float _e1884 = t_11;
                        float _e1885 = s0_5_;
                        s0_5_ = metal::fma(scale1_, _e1884, _e1885);
                    }
                    float _e1888 = s0_5_;
                    s0_5_ = metal::fma(-(less1_), t5_1_, _e1888);
                    {
                        t_12 = 0.0;
                        float _e1894 = t_12;
                        t_12 = metal::fma(v0_.x, a6_0_.x, _e1894);
                        float _e1898 = t_12;
                        t_12 = metal::fma(v0_.y, a6_0_.y, _e1898);
                        float _e1902 = t_12;
                        t_12 = metal::fma(v0_.z, a6_0_.z, _e1902);
                        float _e1906 = t_12;
                        t_12 = metal::fma(v0_.w, a6_0_.w, _e1906);
                        float _e1910 = t_12;
                        t_12 = metal::fma(v1_.x, a6_1_.x, _e1910);
                        float _e1914 = t_12;
                        t_12 = metal::fma(v1_.y, a6_1_.y, _e1914);
                        float _e1918 = t_12;
                        t_12 = metal::fma(v1_.z, a6_1_.z, _e1918);
                        float _e1922 = t_12;
                        t_12 = metal::fma(v1_.w, a6_1_.w, _e1922);
                        float _e1926 = t_12;
                        t_12 = metal::fma(v2_.x, a6_2_.x, _e1926);
                        float _e1930 = t_12;
                        t_12 = metal::fma(v2_.y, a6_2_.y, _e1930);
                        float _e1934 = t_12;
                        t_12 = metal::fma(v2_.z, a6_2_.z, _e1934);
                        float _e1938 = t_12;
                        t_12 = metal::fma(v2_.w, a6_2_.w, _e1938);
                        float _e1942 = t_12;
                        t_12 = metal::fma(v3_.x, a6_3_.x, _e1942);
                        float _e1946 = t_12;
                        t_12 = metal::fma(v3_.y, a6_3_.y, _e1946);
                        float _e1950 = t_12;
                        t_12 = metal::fma(v3_.z, a6_3_.z, _e1950);
                        float _e1954 = t_12;
                        t_12 = metal::fma(v3_.w, a6_3_.w, _e1954);
                        float _e1956 = t_12;
                        float _e1957 = s0_6_;
                        s0_6_ = metal::fma(scale0_, _e1956, _e1957);
                    }
                    float _e1960 = s0_6_;
                    s0_6_ = metal::fma(-(less0_), t6_0_, _e1960);
                    {
                        t_13 = 0.0;
                        float _e1966 = t_13;
                        t_13 = metal::fma(v4_.x, a6_4_.x, _e1966);
                        float _e1970 = t_13;
                        t_13 = metal::fma(v4_.y, a6_4_.y, _e1970);
                        float _e1974 = t_13;
                        t_13 = metal::fma(v4_.z, a6_4_.z, _e1974);
                        float _e1978 = t_13;
                        t_13 = metal::fma(v4_.w, a6_4_.w, _e1978);
                        float _e1982 = t_13;
                        t_13 = metal::fma(v5_.x, a6_5_.x, _e1982);
                        float _e1986 = t_13;
                        t_13 = metal::fma(v5_.y, a6_5_.y, _e1986);
                        float _e1990 = t_13;
                        t_13 = metal::fma(v5_.z, a6_5_.z, _e1990);
                        float _e1994 = t_13;
                        t_13 = metal::fma(v5_.w, a6_5_.w, _e1994);
                        float _e1998 = t_13;
                        t_13 = metal::fma(v6_.x, a6_6_.x, _e1998);
                        float _e2002 = t_13;
                        t_13 = metal::fma(v6_.y, a6_6_.y, _e2002);
                        float _e2006 = t_13;
                        t_13 = metal::fma(v6_.z, a6_6_.z, _e2006);
                        float _e2010 = t_13;
                        t_13 = metal::fma(v6_.w, a6_6_.w, _e2010);
                        float _e2014 = t_13;
                        t_13 = metal::fma(v7_.x, a6_7_.x, _e2014);
                        float _e2018 = t_13;
                        t_13 = metal::fma(v7_.y, a6_7_.y, _e2018);
                        float _e2022 = t_13;
                        t_13 = metal::fma(v7_.z, a6_7_.z, _e2022);
                        float _e2026 = t_13;
                        t_13 = metal::fma(v7_.w, a6_7_.w, _e2026);
                        float _e2028 = t_13;
                        float _e2029 = s0_6_;
                        s0_6_ = metal::fma(scale1_, _e2028, _e2029);
                    }
                    float _e2032 = s0_6_;
                    s0_6_ = metal::fma(-(less1_), t6_1_, _e2032);
                    {
                        t_14 = 0.0;
                        float _e2038 = t_14;
                        t_14 = metal::fma(v0_.x, a7_0_.x, _e2038);
                        float _e2042 = t_14;
                        t_14 = metal::fma(v0_.y, a7_0_.y, _e2042);
                        float _e2046 = t_14;
                        t_14 = metal::fma(v0_.z, a7_0_.z, _e2046);
                        float _e2050 = t_14;
                        t_14 = metal::fma(v0_.w, a7_0_.w, _e2050);
                        float _e2054 = t_14;
                        t_14 = metal::fma(v1_.x, a7_1_.x, _e2054);
                        float _e2058 = t_14;
                        t_14 = metal::fma(v1_.y, a7_1_.y, _e2058);
                        float _e2062 = t_14;
                        t_14 = metal::fma(v1_.z, a7_1_.z, _e2062);
                        float _e2066 = t_14;
                        t_14 = metal::fma(v1_.w, a7_1_.w, _e2066);
                        float _e2070 = t_14;
                        t_14 = metal::fma(v2_.x, a7_2_.x, _e2070);
                        float _e2074 = t_14;
                        t_14 = metal::fma(v2_.y, a7_2_.y, _e2074);
                        float _e2078 = t_14;
                        t_14 = metal::fma(v2_.z, a7_2_.z, _e2078);
                        float _e2082 = t_14;
                        t_14 = metal::fma(v2_.w, a7_2_.w, _e2082);
                        float _e2086 = t_14;
                        t_14 = metal::fma(v3_.x, a7_3_.x, _e2086);
                        float _e2090 = t_14;
                        t_14 = metal::fma(v3_.y, a7_3_.y, _e2090);
                        float _e2094 = t_14;
                        t_14 = metal::fma(v3_.z, a7_3_.z, _e2094);
                        float _e2098 = t_14;
                        t_14 = metal::fma(v3_.w, a7_3_.w, _e2098);
                        float _e2100 = t_14;
                        float _e2101 = s0_7_;
                        s0_7_ = metal::fma(scale0_, _e2100, _e2101);
                    }
                    float _e2104 = s0_7_;
                    s0_7_ = metal::fma(-(less0_), t7_0_, _e2104);
                    {
                        t_15 = 0.0;
                        float _e2110 = t_15;
                        t_15 = metal::fma(v4_.x, a7_4_.x, _e2110);
                        float _e2114 = t_15;
                        t_15 = metal::fma(v4_.y, a7_4_.y, _e2114);
                        float _e2118 = t_15;
                        t_15 = metal::fma(v4_.z, a7_4_.z, _e2118);
                        float _e2122 = t_15;
                        t_15 = metal::fma(v4_.w, a7_4_.w, _e2122);
                        float _e2126 = t_15;
                        t_15 = metal::fma(v5_.x, a7_5_.x, _e2126);
                        float _e2130 = t_15;
                        t_15 = metal::fma(v5_.y, a7_5_.y, _e2130);
                        float _e2134 = t_15;
                        t_15 = metal::fma(v5_.z, a7_5_.z, _e2134);
                        float _e2138 = t_15;
                        t_15 = metal::fma(v5_.w, a7_5_.w, _e2138);
                        float _e2142 = t_15;
                        t_15 = metal::fma(v6_.x, a7_6_.x, _e2142);
                        float _e2146 = t_15;
                        t_15 = metal::fma(v6_.y, a7_6_.y, _e2146);
                        float _e2150 = t_15;
                        t_15 = metal::fma(v6_.z, a7_6_.z, _e2150);
                        float _e2154 = t_15;
                        t_15 = metal::fma(v6_.w, a7_6_.w, _e2154);
                        float _e2158 = t_15;
                        t_15 = metal::fma(v7_.x, a7_7_.x, _e2158);
                        float _e2162 = t_15;
                        t_15 = metal::fma(v7_.y, a7_7_.y, _e2162);
                        float _e2166 = t_15;
                        t_15 = metal::fma(v7_.z, a7_7_.z, _e2166);
                        float _e2170 = t_15;
                        t_15 = metal::fma(v7_.w, a7_7_.w, _e2170);
                        float _e2172 = t_15;
                        float _e2173 = s0_7_;
                        s0_7_ = metal::fma(scale1_, _e2172, _e2173);
                    }
                    float _e2176 = s0_7_;
                    s0_7_ = metal::fma(-(less1_), t7_1_, _e2176);
                }
                {
                    metal::float4 v0_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.x & 252645135u) | (((u0_1_.x >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
                    metal::float4 v1_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.y & 252645135u) | (((u0_1_.y >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
                    metal::float4 v2_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.z & 252645135u) | (((u0_1_.z >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
                    metal::float4 v3_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.w & 252645135u) | (((u0_1_.w >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
                    metal::float4 v4_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1_.x >> 4u) & 252645135u) | (((u0_1_.x >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
                    metal::float4 v5_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1_.y >> 4u) & 252645135u) | (((u0_1_.y >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
                    metal::float4 v6_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1_.z >> 4u) & 252645135u) | (((u0_1_.z >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
                    metal::float4 v7_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1_.w >> 4u) & 252645135u) | (((u0_1_.w >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
                    metal::float2 _e2354 = scale_and_min(h0_1_, (((p0_ % 8u) / 2u) * 2u) + 0u);
                    float scale0_1 = _e2354.x;
                    float less0_1 = _e2354.y;
                    metal::float2 _e2365 = scale_and_min(h0_1_, (((p0_ % 8u) / 2u) * 2u) + 1u);
                    float scale1_1 = _e2365.x;
                    float less1_1 = _e2365.y;
                    {
                        t_16 = 0.0;
                        float _e2372 = t_16;
                        t_16 = metal::fma(v0_1.x, a0_0_.x, _e2372);
                        float _e2376 = t_16;
                        t_16 = metal::fma(v0_1.y, a0_0_.y, _e2376);
                        float _e2380 = t_16;
                        t_16 = metal::fma(v0_1.z, a0_0_.z, _e2380);
                        float _e2384 = t_16;
                        t_16 = metal::fma(v0_1.w, a0_0_.w, _e2384);
                        float _e2388 = t_16;
                        t_16 = metal::fma(v1_1.x, a0_1_.x, _e2388);
                        float _e2392 = t_16;
                        t_16 = metal::fma(v1_1.y, a0_1_.y, _e2392);
                        float _e2396 = t_16;
                        t_16 = metal::fma(v1_1.z, a0_1_.z, _e2396);
                        float _e2400 = t_16;
                        t_16 = metal::fma(v1_1.w, a0_1_.w, _e2400);
                        float _e2404 = t_16;
                        t_16 = metal::fma(v2_1.x, a0_2_.x, _e2404);
                        float _e2408 = t_16;
                        t_16 = metal::fma(v2_1.y, a0_2_.y, _e2408);
                        float _e2412 = t_16;
                        t_16 = metal::fma(v2_1.z, a0_2_.z, _e2412);
                        float _e2416 = t_16;
                        t_16 = metal::fma(v2_1.w, a0_2_.w, _e2416);
                        float _e2420 = t_16;
                        t_16 = metal::fma(v3_1.x, a0_3_.x, _e2420);
                        float _e2424 = t_16;
                        t_16 = metal::fma(v3_1.y, a0_3_.y, _e2424);
                        float _e2428 = t_16;
                        t_16 = metal::fma(v3_1.z, a0_3_.z, _e2428);
                        float _e2432 = t_16;
                        t_16 = metal::fma(v3_1.w, a0_3_.w, _e2432);
                        float _e2434 = t_16;
                        float _e2435 = s1_0_;
                        s1_0_ = metal::fma(scale0_1, _e2434, _e2435);
                    }
                    float _e2438 = s1_0_;
                    s1_0_ = metal::fma(-(less0_1), t0_0_, _e2438);
                    {
                        t_17 = 0.0;
                        float _e2444 = t_17;
                        t_17 = metal::fma(v4_1.x, a0_4_.x, _e2444);
                        float _e2448 = t_17;
                        t_17 = metal::fma(v4_1.y, a0_4_.y, _e2448);
                        float _e2452 = t_17;
                        t_17 = metal::fma(v4_1.z, a0_4_.z, _e2452);
                        float _e2456 = t_17;
                        t_17 = metal::fma(v4_1.w, a0_4_.w, _e2456);
                        float _e2460 = t_17;
                        t_17 = metal::fma(v5_1.x, a0_5_.x, _e2460);
                        float _e2464 = t_17;
                        t_17 = metal::fma(v5_1.y, a0_5_.y, _e2464);
                        float _e2468 = t_17;
                        t_17 = metal::fma(v5_1.z, a0_5_.z, _e2468);
                        float _e2472 = t_17;
                        t_17 = metal::fma(v5_1.w, a0_5_.w, _e2472);
                        float _e2476 = t_17;
                        t_17 = metal::fma(v6_1.x, a0_6_.x, _e2476);
                        float _e2480 = t_17;
                        t_17 = metal::fma(v6_1.y, a0_6_.y, _e2480);
                        float _e2484 = t_17;
                        t_17 = metal::fma(v6_1.z, a0_6_.z, _e2484);
                        float _e2488 = t_17;
                        t_17 = metal::fma(v6_1.w, a0_6_.w, _e2488);
                        float _e2492 = t_17;
                        t_17 = metal::fma(v7_1.x, a0_7_.x, _e2492);
                        float _e2496 = t_17;
                        t_17 = metal::fma(v7_1.y, a0_7_.y, _e2496);
                        float _e2500 = t_17;
                        t_17 = metal::fma(v7_1.z, a0_7_.z, _e2500);
                        float _e2504 = t_17;
                        t_17 = metal::fma(v7_1.w, a0_7_.w, _e2504);
                        float _e2506 = t_17;
                        float _e2507 = s1_0_;
                        s1_0_ = metal::fma(scale1_1, _e2506, _e2507);
                    }
                    float _e2510 = s1_0_;
                    s1_0_ = metal::fma(-(less1_1), t0_1_, _e2510);
                    {
                        t_18 = 0.0;
                        float _e2516 = t_18;
                        t_18 = metal::fma(v0_1.x, a1_0_.x, _e2516);
                        float _e2520 = t_18;
                        t_18 = metal::fma(v0_1.y, a1_0_.y, _e2520);
                        float _e2524 = t_18;
                        t_18 = metal::fma(v0_1.z, a1_0_.z, _e2524);
                        float _e2528 = t_18;
                        t_18 = metal::fma(v0_1.w, a1_0_.w, _e2528);
                        float _e2532 = t_18;
                        t_18 = metal::fma(v1_1.x, a1_1_.x, _e2532);
                        float _e2536 = t_18;
                        t_18 = metal::fma(v1_1.y, a1_1_.y, _e2536);
                        float _e2540 = t_18;
                        t_18 = metal::fma(v1_1.z, a1_1_.z, _e2540);
                        float _e2544 = t_18;
                        t_18 = metal::fma(v1_1.w, a1_1_.w, _e2544);
                        float _e2548 = t_18;
                        t_18 = metal::fma(v2_1.x, a1_2_.x, _e2548);
                        float _e2552 = t_18;
                        t_18 = metal::fma(v2_1.y, a1_2_.y, _e2552);
                        float _e2556 = t_18;
                        t_18 = metal::fma(v2_1.z, a1_2_.z, _e2556);
                        float _e2560 = t_18;
                        t_18 = metal::fma(v2_1.w, a1_2_.w, _e2560);
                        float _e2564 = t_18;
                        t_18 = metal::fma(v3_1.x, a1_3_.x, _e2564);
                        float _e2568 = t_18;
                        t_18 = metal::fma(v3_1.y, a1_3_.y, _e2568);
                        float _e2572 = t_18;
                        t_18 = metal::fma(v3_1.z, a1_3_.z, _e2572);
                        float _e2576 = t_18;
                        t_18 = metal::fma(v3_1.w, a1_3_.w, _e2576);
                        float _e2578 = t_18;
                        float _e2579 = s1_1_;
                        s1_1_ = metal::fma(scale0_1, _e2578, _e2579);
                    }
                    float _e2582 = s1_1_;
                    s1_1_ = metal::fma(-(less0_1), t1_0_, _e2582);
                    {
                        t_19 = 0.0;
                        float _e2588 = t_19;
                        t_19 = metal::fma(v4_1.x, a1_4_.x, _e2588);
                        float _e2592 = t_19;
                        t_19 = metal::fma(v4_1.y, a1_4_.y, _e2592);
                        float _e2596 = t_19;
                        t_19 = metal::fma(v4_1.z, a1_4_.z, _e2596);
                        float _e2600 = t_19;
                        t_19 = metal::fma(v4_1.w, a1_4_.w, _e2600);
                        float _e2604 = t_19;
                        t_19 = metal::fma(v5_1.x, a1_5_.x, _e2604);
                        float _e2608 = t_19;
                        t_19 = metal::fma(v5_1.y, a1_5_.y, _e2608);
                        float _e2612 = t_19;
                        t_19 = metal::fma(v5_1.z, a1_5_.z, _e2612);
                        float _e2616 = t_19;
                        t_19 = metal::fma(v5_1.w, a1_5_.w, _e2616);
                        float _e2620 = t_19;
                        t_19 = metal::fma(v6_1.x, a1_6_.x, _e2620);
                        float _e2624 = t_19;
                        t_19 = metal::fma(v6_1.y, a1_6_.y, _e2624);
                        float _e2628 = t_19;
                        t_19 = metal::fma(v6_1.z, a1_6_.z, _e2628);
                        float _e2632 = t_19;
                        t_19 = metal::fma(v6_1.w, a1_6_.w, _e2632);
                        float _e2636 = t_19;
                        t_19 = metal::fma(v7_1.x, a1_7_.x, _e2636);
                        float _e2640 = t_19;
                        t_19 = metal::fma(v7_1.y, a1_7_.y, _e2640);
                        float _e2644 = t_19;
                        t_19 = metal::fma(v7_1.z, a1_7_.z, _e2644);
                        float _e2648 = t_19;
                        t_19 = metal::fma(v7_1.w, a1_7_.w, _e2648);
                        float _e2650 = t_19;
                        float _e2651 = s1_1_;
                        s1_1_ = metal::fma(scale1_1, _e2650, _e2651);
                    }
                    float _e2654 = s1_1_;
                    s1_1_ = metal::fma(-(less1_1), t1_1_, _e2654);
                    {
                        t_20 = 0.0;
                        float _e2660 = t_20;
                        t_20 = metal::fma(v0_1.x, a2_0_.x, _e2660);
                        float _e2664 = t_20;
                        t_20 = metal::fma(v0_1.y, a2_0_.y, _e2664);
                        float _e2668 = t_20;
                        t_20 = metal::fma(v0_1.z, a2_0_.z, _e2668);
                        float _e2672 = t_20;
                        t_20 = metal::fma(v0_1.w, a2_0_.w, _e2672);
                        float _e2676 = t_20;
                        t_20 = metal::fma(v1_1.x, a2_1_.x, _e2676);
                        float _e2680 = t_20;
                        t_20 = metal::fma(v1_1.y, a2_1_.y, _e2680);
                        float _e2684 = t_20;
                        t_20 = metal::fma(v1_1.z, a2_1_.z, _e2684);
                        float _e2688 = t_20;
                        t_20 = metal::fma(v1_1.w, a2_1_.w, _e2688);
                        float _e2692 = t_20;
                        t_20 = metal::fma(v2_1.x, a2_2_.x, _e2692);
                        float _e2696 = t_20;
                        t_20 = metal::fma(v2_1.y, a2_2_.y, _e2696);
                        float _e2700 = t_20;
                        t_20 = metal::fma(v2_1.z, a2_2_.z, _e2700);
                        float _e2704 = t_20;
                        t_20 = metal::fma(v2_1.w, a2_2_.w, _e2704);
                        float _e2708 = t_20;
                        t_20 = metal::fma(v3_1.x, a2_3_.x, _e2708);
                        float _e2712 = t_20;
                        t_20 = metal::fma(v3_1.y, a2_3_.y, _e2712);
                        float _e2716 = t_20;
                        t_20 = metal::fma(v3_1.z, a2_3_.z, _e2716);
                        float _e2720 = t_20;
                        t_20 = metal::fma(v3_1.w, a2_3_.w, _e2720);
                        float _e2722 = t_20;
                        float _e2723 = s1_2_;
                        s1_2_ = metal::fma(scale0_1, _e2722, _e2723);
                    }
                    float _e2726 = s1_2_;
                    s1_2_ = metal::fma(-(less0_1), t2_0_, _e2726);
                    {
                        t_21 = 0.0;
                        float _e2732 = t_21;
                        t_21 = metal::fma(v4_1.x, a2_4_.x, _e2732);
                        float _e2736 = t_21;
                        t_21 = metal::fma(v4_1.y, a2_4_.y, _e2736);
                        float _e2740 = t_21;
                        t_21 = metal::fma(v4_1.z, a2_4_.z, _e2740);
                        float _e2744 = t_21;
                        t_21 = metal::fma(v4_1.w, a2_4_.w, _e2744);
                        float _e2748 = t_21;
                        t_21 = metal::fma(v5_1.x, a2_5_.x, _e2748);
                        float _e2752 = t_21;
                        t_21 = metal::fma(v5_1.y, a2_5_.y, _e2752);
                        float _e2756 = t_21;
                        t_21 = metal::fma(v5_1.z, a2_5_.z, _e2756);
                        float _e2760 = t_21;
                        t_21 = metal::fma(v5_1.w, a2_5_.w, _e2760);
                        float _e2764 = t_21;
                        t_21 = metal::fma(v6_1.x, a2_6_.x, _e2764);
                        float _e2768 = t_21;
                        t_21 = metal::fma(v6_1.y, a2_6_.y, _e2768);
                        float _e2772 = t_21;
                        t_21 = metal::fma(v6_1.z, a2_6_.z, _e2772);
                        float _e2776 = t_21;
                        t_21 = metal::fma(v6_1.w, a2_6_.w, _e2776);
                        float _e2780 = t_21;
                        t_21 = metal::fma(v7_1.x, a2_7_.x, _e2780);
                        float _e2784 = t_21;
                        t_21 = metal::fma(v7_1.y, a2_7_.y, _e2784);
                        float _e2788 = t_21;
                        t_21 = metal::fma(v7_1.z, a2_7_.z, _e2788);
                        float _e2792 = t_21;
                        t_21 = metal::fma(v7_1.w, a2_7_.w, _e2792);
                        float _e2794 = t_21;
                        float _e2795 = s1_2_;
                        s1_2_ = metal::fma(scale1_1, _e2794, _e2795);
                    }
                    float _e2798 = s1_2_;
                    s1_2_ = metal::fma(-(less1_1), t2_1_, _e2798);
                    {
                        t_22 = 0.0;
                        float _e2804 = t_22;
                        t_22 = metal::fma(v0_1.x, a3_0_.x, _e2804);
                        float _e2808 = t_22;
                        t_22 = metal::fma(v0_1.y, a3_0_.y, _e2808);
                        float _e2812 = t_22;
                        t_22 = metal::fma(v0_1.z, a3_0_.z, _e2812);
                        float _e2816 = t_22;
                        t_22 = metal::fma(v0_1.w, a3_0_.w, _e2816);
                        float _e2820 = t_22;
                        t_22 = metal::fma(v1_1.x, a3_1_.x, _e2820);
                        float _e2824 = t_22;
                        t_22 = metal::fma(v1_1.y, a3_1_.y, _e2824);
                        float _e2828 = t_22;
                        t_22 = metal::fma(v1_1.z, a3_1_.z, _e2828);
                        float _e2832 = t_22;
                        t_22 = metal::fma(v1_1.w, a3_1_.w, _e2832);
                        float _e2836 = t_22;
                        t_22 = metal::fma(v2_1.x, a3_2_.x, _e2836);
                        float _e2840 = t_22;
                        t_22 = metal::fma(v2_1.y, a3_2_.y, _e2840);
                        float _e2844 = t_22;
                        t_22 = metal::fma(v2_1.z, a3_2_.z, _e2844);
                        float _e2848 = t_22;
                        t_22 = metal::fma(v2_1.w, a3_2_.w, _e2848);
                        float _e2852 = t_22;
                        t_22 = metal::fma(v3_1.x, a3_3_.x, _e2852);
                        float _e2856 = t_22;
                        t_22 = metal::fma(v3_1.y, a3_3_.y, _e2856);
                        float _e2860 = t_22;
                        t_22 = metal::fma(v3_1.z, a3_3_.z, _e2860);
                        float _e2864 = t_22;
                        t_22 = metal::fma(v3_1.w, a3_3_.w, _e2864);
                        float _e2866 = t_22;
                        float _e2867 = s1_3_;
                        s1_3_ = metal::fma(scale0_1, _e2866, _e2867);
                    }
                    float _e2870 = s1_3_;
                    s1_3_ = metal::fma(-(less0_1), t3_0_, _e2870);
                    {
                        t_23 = 0.0;
                        float _e2876 = t_23;
                        t_23 = metal::fma(v4_1.x, a3_4_.x, _e2876);
                        float _e2880 = t_23;
                        t_23 = metal::fma(v4_1.y, a3_4_.y, _e2880);
                        float _e2884 = t_23;
                        t_23 = metal::fma(v4_1.z, a3_4_.z, _e2884);
                        float _e2888 = t_23;
                        t_23 = metal::fma(v4_1.w, a3_4_.w, _e2888);
                        float _e2892 = t_23;
                        t_23 = metal::fma(v5_1.x, a3_5_.x, _e2892);
                        float _e2896 = t_23;
                        t_23 = metal::fma(v5_1.y, a3_5_.y, _e2896);
                        float _e2900 = t_23;
                        t_23 = metal::fma(v5_1.z, a3_5_.z, _e2900);
                        float _e2904 = t_23;
                        t_23 = metal::fma(v5_1.w, a3_5_.w, _e2904);
                        float _e2908 = t_23;
                        t_23 = metal::fma(v6_1.x, a3_6_.x, _e2908);
                        float _e2912 = t_23;
                        t_23 = metal::fma(v6_1.y, a3_6_.y, _e2912);
                        float _e2916 = t_23;
                        t_23 = metal::fma(v6_1.z, a3_6_.z, _e2916);
                        float _e2920 = t_23;
                        t_23 = metal::fma(v6_1.w, a3_6_.w, _e2920);
                        float _e2924 = t_23;
                        t_23 = metal::fma(v7_1.x, a3_7_.x, _e2924);
                        float _e2928 = t_23;
                        t_23 = metal::fma(v7_1.y, a3_7_.y, _e2928);
                        float _e2932 = t_23;
                        t_23 = metal::fma(v7_1.z, a3_7_.z, _e2932);
                        float _e2936 = t_23;
                        t_23 = metal::fma(v7_1.w, a3_7_.w, _e2936);
                        float _e2938 = t_23;
                        float _e2939 = s1_3_;
                        s1_3_ = metal::fma(scale1_1, _e2938, _e2939);
                    }
                    float _e2942 = s1_3_;
                    s1_3_ = metal::fma(-(less1_1), t3_1_, _e2942);
                    {
                        t_24 = 0.0;
                        float _e2948 = t_24;
                        t_24 = metal::fma(v0_1.x, a4_0_.x, _e2948);
                        float _e2952 = t_24;
                        t_24 = metal::fma(v0_1.y, a4_0_.y, _e2952);
                        float _e2956 = t_24;
                        t_24 = metal::fma(v0_1.z, a4_0_.z, _e2956);
                        float _e2960 = t_24;
                        t_24 = metal::fma(v0_1.w, a4_0_.w, _e2960);
                        float _e2964 = t_24;
                        t_24 = metal::fma(v1_1.x, a4_1_.x, _e2964);
                        float _e2968 = t_24;
                        t_24 = metal::fma(v1_1.y, a4_1_.y, _e2968);
                        float _e2972 = t_24;
                        t_24 = metal::fma(v1_1.z, a4_1_.z, _e2972);
                        float _e2976 = t_24;
                        t_24 = metal::fma(v1_1.w, a4_1_.w, _e2976);
                        float _e2980 = t_24;
                        t_24 = metal::fma(v2_1.x, a4_2_.x, _e2980);
                        float _e2984 = t_24;
                        t_24 = metal::fma(v2_1.y, a4_2_.y, _e2984);
                        float _e2988 = t_24;
                        t_24 = metal::fma(v2_1.z, a4_2_.z, _e2988);
                        float _e2992 = t_24;
                        t_24 = metal::fma(v2_1.w, a4_2_.w, _e2992);
                        float _e2996 = t_24;
                        t_24 = metal::fma(v3_1.x, a4_3_.x, _e2996);
                        float _e3000 = t_24;
                        t_24 = metal::fma(v3_1.y, a4_3_.y, _e3000);
                        float _e3004 = t_24;
                        t_24 = metal::fma(v3_1.z, a4_3_.z, _e3004);
                        float _e3008 = t_24;
                        t_24 = metal::fma(v3_1.w, a4_3_.w, _e3008);
                        float _e3010 = t_24;
                        float _e3011 = s1_4_;
                        s1_4_ = metal::fma(scale0_1, _e3010, _e3011);
                    }
                    float _e3014 = s1_4_;
                    s1_4_ = metal::fma(-(less0_1), t4_0_, _e3014);
                    {
                        t_25 = 0.0;
                        float _e3020 = t_25;
                        t_25 = metal::fma(v4_1.x, a4_4_.x, _e3020);
                        float _e3024 = t_25;
                        t_25 = metal::fma(v4_1.y, a4_4_.y, _e3024);
                        float _e3028 = t_25;
                        t_25 = metal::fma(v4_1.z, a4_4_.z, _e3028);
                        float _e3032 = t_25;
                        t_25 = metal::fma(v4_1.w, a4_4_.w, _e3032);
                        float _e3036 = t_25;
                        t_25 = metal::fma(v5_1.x, a4_5_.x, _e3036);
                        float _e3040 = t_25;
                        t_25 = metal::fma(v5_1.y, a4_5_.y, _e3040);
                        float _e3044 = t_25;
                        t_25 = metal::fma(v5_1.z, a4_5_.z, _e3044);
                        float _e3048 = t_25;
                        t_25 = metal::fma(v5_1.w, a4_5_.w, _e3048);
                        float _e3052 = t_25;
                        t_25 = metal::fma(v6_1.x, a4_6_.x, _e3052);
                        float _e3056 = t_25;
                        t_25 = metal::fma(v6_1.y, a4_6_.y, _e3056);
                        float _e3060 = t_25;
                        t_25 = metal::fma(v6_1.z, a4_6_.z, _e3060);
                        float _e3064 = t_25;
                        t_25 = metal::fma(v6_1.w, a4_6_.w, _e3064);
                        float _e3068 = t_25;
                        t_25 = metal::fma(v7_1.x, a4_7_.x, _e3068);
                        float _e3072 = t_25;
                        t_25 = metal::fma(v7_1.y, a4_7_.y, _e3072);
                        float _e3076 = t_25;
                        t_25 = metal::fma(v7_1.z, a4_7_.z, _e3076);
                        float _e3080 = t_25;
                        t_25 = metal::fma(v7_1.w, a4_7_.w, _e3080);
                        float _e3082 = t_25;
                        float _e3083 = s1_4_;
                        s1_4_ = metal::fma(scale1_1, _e3082, _e3083);
                    }
                    float _e3086 = s1_4_;
                    s1_4_ = metal::fma(-(less1_1), t4_1_, _e3086);
                    {
                        t_26 = 0.0;
                        float _e3092 = t_26;
                        t_26 = metal::fma(v0_1.x, a5_0_.x, _e3092);
                        float _e3096 = t_26;
                        t_26 = metal::fma(v0_1.y, a5_0_.y, _e3096);
                        float _e3100 = t_26;
                        t_26 = metal::fma(v0_1.z, a5_0_.z, _e3100);
                        float _e3104 = t_26;
                        t_26 = metal::fma(v0_1.w, a5_0_.w, _e3104);
                        float _e3108 = t_26;
                        t_26 = metal::fma(v1_1.x, a5_1_.x, _e3108);
                        float _e3112 = t_26;
                        t_26 = metal::fma(v1_1.y, a5_1_.y, _e3112);
                        float _e3116 = t_26;
                        t_26 = metal::fma(v1_1.z, a5_1_.z, _e3116);
                        float _e3120 = t_26;
                        t_26 = metal::fma(v1_1.w, a5_1_.w, _e3120);
                        float _e3124 = t_26;
                        t_26 = metal::fma(v2_1.x, a5_2_.x, _e3124);
                        float _e3128 = t_26;
                        t_26 = metal::fma(v2_1.y, a5_2_.y, _e3128);
                        float _e3132 = t_26;
                        t_26 = metal::fma(v2_1.z, a5_2_.z, _e3132);
                        float _e3136 = t_26;
                        t_26 = metal::fma(v2_1.w, a5_2_.w, _e3136);
                        float _e3140 = t_26;
                        t_26 = metal::fma(v3_1.x, a5_3_.x, _e3140);
                        float _e3144 = t_26;
                        t_26 = metal::fma(v3_1.y, a5_3_.y, _e3144);
                        float _e3148 = t_26;
                        t_26 = metal::fma(v3_1.z, a5_3_.z, _e3148);
                        float _e3152 = t_26;
                        t_26 = metal::fma(v3_1.w, a5_3_.w, _e3152);
                        float _e3154 = t_26;
                        float _e3155 = s1_5_;
                        s1_5_ = metal::fma(scale0_1, _e3154, _e3155);
                    }
                    float _e3158 = s1_5_;
                    s1_5_ = metal::fma(-(less0_1), t5_0_, _e3158);
                    {
                        t_27 = 0.0;
                        float _e3164 = t_27;
                        t_27 = metal::fma(v4_1.x, a5_4_.x, _e3164);
                        float _e3168 = t_27;
                        t_27 = metal::fma(v4_1.y, a5_4_.y, _e3168);
                        float _e3172 = t_27;
                        t_27 = metal::fma(v4_1.z, a5_4_.z, _e3172);
                        float _e3176 = t_27;
                        t_27 = metal::fma(v4_1.w, a5_4_.w, _e3176);
                        float _e3180 = t_27;
                        t_27 = metal::fma(v5_1.x, a5_5_.x, _e3180);
                        float _e3184 = t_27;
                        t_27 = metal::fma(v5_1.y, a5_5_.y, _e3184);
                        float _e3188 = t_27;
                        t_27 = metal::fma(v5_1.z, a5_5_.z, _e3188);
                        float _e3192 = t_27;
                        t_27 = metal::fma(v5_1.w, a5_5_.w, _e3192);
                        float _e3196 = t_27;
                        t_27 = metal::fma(v6_1.x, a5_6_.x, _e3196);
                        float _e3200 = t_27;
                        t_27 = metal::fma(v6_1.y, a5_6_.y, _e3200);
                        float _e3204 = t_27;
                        t_27 = metal::fma(v6_1.z, a5_6_.z, _e3204);
                        float _e3208 = t_27;
                        t_27 = metal::fma(v6_1.w, a5_6_.w, _e3208);
                        float _e3212 = t_27;
                        t_27 = metal::fma(v7_1.x, a5_7_.x, _e3212);
                        float _e3216 = t_27;
                        t_27 = metal::fma(v7_1.y, a5_7_.y, _e3216);
                        float _e3220 = t_27;
                        t_27 = metal::fma(v7_1.z, a5_7_.z, _e3220);
                        float _e3224 = t_27;
                        t_27 = metal::fma(v7_1.w, a5_7_.w, _e3224);
                        float _e3226 = t_27;
                        float _e3227 = s1_5_;
                        s1_5_ = metal::fma(scale1_1, _e3226, _e3227);
                    }
                    float _e3230 = s1_5_;
                    s1_5_ = metal::fma(-(less1_1), t5_1_, _e3230);
                    {
                        t_28 = 0.0;
                        float _e3236 = t_28;
                        t_28 = metal::fma(v0_1.x, a6_0_.x, _e3236);
                        float _e3240 = t_28;
                        t_28 = metal::fma(v0_1.y, a6_0_.y, _e3240);
                        float _e3244 = t_28;
                        t_28 = metal::fma(v0_1.z, a6_0_.z, _e3244);
                        float _e3248 = t_28;
                        t_28 = metal::fma(v0_1.w, a6_0_.w, _e3248);
                        float _e3252 = t_28;
                        t_28 = metal::fma(v1_1.x, a6_1_.x, _e3252);
                        float _e3256 = t_28;
                        t_28 = metal::fma(v1_1.y, a6_1_.y, _e3256);
                        float _e3260 = t_28;
                        t_28 = metal::fma(v1_1.z, a6_1_.z, _e3260);
                        float _e3264 = t_28;
                        t_28 = metal::fma(v1_1.w, a6_1_.w, _e3264);
                        float _e3268 = t_28;
                        t_28 = metal::fma(v2_1.x, a6_2_.x, _e3268);
                        float _e3272 = t_28;
                        t_28 = metal::fma(v2_1.y, a6_2_.y, _e3272);
                        float _e3276 = t_28;
                        t_28 = metal::fma(v2_1.z, a6_2_.z, _e3276);
                        float _e3280 = t_28;
                        t_28 = metal::fma(v2_1.w, a6_2_.w, _e3280);
                        float _e3284 = t_28;
                        t_28 = metal::fma(v3_1.x, a6_3_.x, _e3284);
                        float _e3288 = t_28;
                        t_28 = metal::fma(v3_1.y, a6_3_.y, _e3288);
                        float _e3292 = t_28;
                        t_28 = metal::fma(v3_1.z, a6_3_.z, _e3292);
                        float _e3296 = t_28;
                        t_28 = metal::fma(v3_1.w, a6_3_.w, _e3296);
                        float _e3298 = t_28;
                        float _e3299 = s1_6_;
                        s1_6_ = metal::fma(scale0_1, _e3298, _e3299);
                    }
                    float _e3302 = s1_6_;
                    s1_6_ = metal::fma(-(less0_1), t6_0_, _e3302);
                    {
                        t_29 = 0.0;
                        float _e3308 = t_29;
                        t_29 = metal::fma(v4_1.x, a6_4_.x, _e3308);
                        float _e3312 = t_29;
                        t_29 = metal::fma(v4_1.y, a6_4_.y, _e3312);
                        float _e3316 = t_29;
                        t_29 = metal::fma(v4_1.z, a6_4_.z, _e3316);
                        float _e3320 = t_29;
                        t_29 = metal::fma(v4_1.w, a6_4_.w, _e3320);
                        float _e3324 = t_29;
                        t_29 = metal::fma(v5_1.x, a6_5_.x, _e3324);
                        float _e3328 = t_29;
                        t_29 = metal::fma(v5_1.y, a6_5_.y, _e3328);
                        float _e3332 = t_29;
                        t_29 = metal::fma(v5_1.z, a6_5_.z, _e3332);
                        float _e3336 = t_29;
                        t_29 = metal::fma(v5_1.w, a6_5_.w, _e3336);
                        float _e3340 = t_29;
                        t_29 = metal::fma(v6_1.x, a6_6_.x, _e3340);
                        float _e3344 = t_29;
                        t_29 = metal::fma(v6_1.y, a6_6_.y, _e3344);
                        float _e3348 = t_29;
                        t_29 = metal::fma(v6_1.z, a6_6_.z, _e3348);
                        float _e3352 = t_29;
                        t_29 = metal::fma(v6_1.w, a6_6_.w, _e3352);
                        float _e3356 = t_29;
                        t_29 = metal::fma(v7_1.x, a6_7_.x, _e3356);
                        float _e3360 = t_29;
                        t_29 = metal::fma(v7_1.y, a6_7_.y, _e3360);
                        float _e3364 = t_29;
                        t_29 = metal::fma(v7_1.z, a6_7_.z, _e3364);
                        float _e3368 = t_29;
                        t_29 = metal::fma(v7_1.w, a6_7_.w, _e3368);
                        float _e3370 = t_29;
                        float _e3371 = s1_6_;
                        s1_6_ = metal::fma(scale1_1, _e3370, _e3371);
                    }
                    float _e3374 = s1_6_;
                    s1_6_ = metal::fma(-(less1_1), t6_1_, _e3374);
                    {
                        t_30 = 0.0;
                        float _e3380 = t_30;
                        t_30 = metal::fma(v0_1.x, a7_0_.x, _e3380);
                        float _e3384 = t_30;
                        t_30 = metal::fma(v0_1.y, a7_0_.y, _e3384);
                        float _e3388 = t_30;
                        t_30 = metal::fma(v0_1.z, a7_0_.z, _e3388);
                        float _e3392 = t_30;
                        t_30 = metal::fma(v0_1.w, a7_0_.w, _e3392);
                        float _e3396 = t_30;
                        t_30 = metal::fma(v1_1.x, a7_1_.x, _e3396);
                        float _e3400 = t_30;
                        t_30 = metal::fma(v1_1.y, a7_1_.y, _e3400);
                        float _e3404 = t_30;
                        t_30 = metal::fma(v1_1.z, a7_1_.z, _e3404);
                        float _e3408 = t_30;
                        t_30 = metal::fma(v1_1.w, a7_1_.w, _e3408);
                        float _e3412 = t_30;
                        t_30 = metal::fma(v2_1.x, a7_2_.x, _e3412);
                        float _e3416 = t_30;
                        t_30 = metal::fma(v2_1.y, a7_2_.y, _e3416);
                        float _e3420 = t_30;
                        t_30 = metal::fma(v2_1.z, a7_2_.z, _e3420);
                        float _e3424 = t_30;
                        t_30 = metal::fma(v2_1.w, a7_2_.w, _e3424);
                        float _e3428 = t_30;
                        t_30 = metal::fma(v3_1.x, a7_3_.x, _e3428);
                        float _e3432 = t_30;
                        t_30 = metal::fma(v3_1.y, a7_3_.y, _e3432);
                        float _e3436 = t_30;
                        t_30 = metal::fma(v3_1.z, a7_3_.z, _e3436);
                        float _e3440 = t_30;
                        t_30 = metal::fma(v3_1.w, a7_3_.w, _e3440);
                        float _e3442 = t_30;
                        float _e3443 = s1_7_;
                        s1_7_ = metal::fma(scale0_1, _e3442, _e3443);
                    }
                    float _e3446 = s1_7_;
                    s1_7_ = metal::fma(-(less0_1), t7_0_, _e3446);
                    {
                        t_31 = 0.0;
                        float _e3452 = t_31;
                        t_31 = metal::fma(v4_1.x, a7_4_.x, _e3452);
                        float _e3456 = t_31;
                        t_31 = metal::fma(v4_1.y, a7_4_.y, _e3456);
                        float _e3460 = t_31;
                        t_31 = metal::fma(v4_1.z, a7_4_.z, _e3460);
                        float _e3464 = t_31;
                        t_31 = metal::fma(v4_1.w, a7_4_.w, _e3464);
                        float _e3468 = t_31;
                        t_31 = metal::fma(v5_1.x, a7_5_.x, _e3468);
                        float _e3472 = t_31;
                        t_31 = metal::fma(v5_1.y, a7_5_.y, _e3472);
                        float _e3476 = t_31;
                        t_31 = metal::fma(v5_1.z, a7_5_.z, _e3476);
                        float _e3480 = t_31;
                        t_31 = metal::fma(v5_1.w, a7_5_.w, _e3480);
                        float _e3484 = t_31;
                        t_31 = metal::fma(v6_1.x, a7_6_.x, _e3484);
                        float _e3488 = t_31;
                        t_31 = metal::fma(v6_1.y, a7_6_.y, _e3488);
                        float _e3492 = t_31;
                        t_31 = metal::fma(v6_1.z, a7_6_.z, _e3492);
                        float _e3496 = t_31;
                        t_31 = metal::fma(v6_1.w, a7_6_.w, _e3496);
                        float _e3500 = t_31;
                        t_31 = metal::fma(v7_1.x, a7_7_.x, _e3500);
                        float _e3504 = t_31;
                        t_31 = metal::fma(v7_1.y, a7_7_.y, _e3504);
                        float _e3508 = t_31;
                        t_31 = metal::fma(v7_1.z, a7_7_.z, _e3508);
                        float _e3512 = t_31;
                        t_31 = metal::fma(v7_1.w, a7_7_.w, _e3512);
                        float _e3514 = t_31;
                        float _e3515 = s1_7_;
                        s1_7_ = metal::fma(scale1_1, _e3514, _e3515);
                    }
                    float _e3518 = s1_7_;
                    s1_7_ = metal::fma(-(less1_1), t7_1_, _e3518);
                }
            }
            {
                float _e3520 = s0_0_;
                float unnamed = metal::simd_sum(_e3520);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 0u] = unnamed;
                }
            }
            {
                float _e3530 = s1_0_;
                float unnamed_1 = metal::simd_sum(_e3530);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 8u] = unnamed_1;
                }
            }
            {
                float _e3540 = s0_1_;
                float unnamed_2 = metal::simd_sum(_e3540);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 1u] = unnamed_2;
                }
            }
            {
                float _e3550 = s1_1_;
                float unnamed_3 = metal::simd_sum(_e3550);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 9u] = unnamed_3;
                }
            }
            {
                float _e3560 = s0_2_;
                float unnamed_4 = metal::simd_sum(_e3560);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 2u] = unnamed_4;
                }
            }
            {
                float _e3570 = s1_2_;
                float unnamed_5 = metal::simd_sum(_e3570);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 10u] = unnamed_5;
                }
            }
            {
                float _e3580 = s0_3_;
                float unnamed_6 = metal::simd_sum(_e3580);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 3u] = unnamed_6;
                }
            }
            {
                float _e3590 = s1_3_;
                float unnamed_7 = metal::simd_sum(_e3590);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 11u] = unnamed_7;
                }
            }
            {
                float _e3600 = s0_4_;
                float unnamed_8 = metal::simd_sum(_e3600);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 4u] = unnamed_8;
                }
            }
            {
                float _e3610 = s1_4_;
                float unnamed_9 = metal::simd_sum(_e3610);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 12u] = unnamed_9;
                }
            }
            {
                float _e3620 = s0_5_;
                float unnamed_10 = metal::simd_sum(_e3620);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 5u] = unnamed_10;
                }
            }
            {
                float _e3630 = s1_5_;
                float unnamed_11 = metal::simd_sum(_e3630);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 13u] = unnamed_11;
                }
            }
            {
                float _e3640 = s0_6_;
                float unnamed_12 = metal::simd_sum(_e3640);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 6u] = unnamed_12;
                }
            }
            {
                float _e3650 = s1_6_;
                float unnamed_13 = metal::simd_sum(_e3650);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 14u] = unnamed_13;
                }
            }
            {
                float _e3660 = s0_7_;
                float unnamed_14 = metal::simd_sum(_e3660);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 7u] = unnamed_14;
                }
            }
            {
                float _e3670 = s1_7_;
                float unnamed_15 = metal::simd_sum(_e3670);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 15u] = unnamed_15;
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            i = thread_;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e3740 = i;
                    i = _e3740 + 256u;
                }
                loop_init_1 = false;
                uint _e3681 = i;
                if (_e3681 < 128u) {
                } else {
                    break;
                }
                {
                    uint _e3684 = i;
                    uint own = _e3684 / 16u;
                    uint _e3687 = i;
                    uint m = (_e3687 % 16u) / 8u;
                    uint _e3692 = i;
                    uint r = _e3692 % 8u;
                    uint n = ((group * 16u) + (own * 2u)) + m;
                    uint _e3701 = base;
                    uint row = _e3701 + r;
                    if (n < 768u) {
                        local = row < live;
                    } else {
                        local = false;
                    }
                    bool _e3709 = local;
                    if (_e3709) {
                        float _e3723 = parts.inner[((((own * 1u) + 0u) * 16u) + (m * 8u)) + r];
                        float _e3727 = bias[n];
                        float sum = (_e3723 * 1.0) + _e3727;
                        uint to = ((row * 768u) + n) + 0u;
                        float _e3738 = y[to];
                        y[to] = _e3738 + sum;
                    }
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    return;
}
