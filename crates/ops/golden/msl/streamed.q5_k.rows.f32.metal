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
            uint _e3740 = base;
            base = _e3740 + 8u;
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
            bool own0_ = ((0u + (part * 32u)) + lane) <= 15u;
            uint p0_ = metal::min((0u + (part * 32u)) + lane, 15u);
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
                metal::float4 _e357 = x[x0_ + c0_];
                metal::float4 a0_0_ = own0_ ? _e357 : metal::float4 {};
                metal::float4 _e363 = x[x0_ + c1_];
                metal::float4 a0_1_ = own0_ ? _e363 : metal::float4 {};
                metal::float4 _e369 = x[x0_ + c2_];
                metal::float4 a0_2_ = own0_ ? _e369 : metal::float4 {};
                metal::float4 _e375 = x[x0_ + c3_];
                metal::float4 a0_3_ = own0_ ? _e375 : metal::float4 {};
                metal::float4 _e381 = x[x0_ + c4_];
                metal::float4 a0_4_ = own0_ ? _e381 : metal::float4 {};
                metal::float4 _e387 = x[x0_ + c5_];
                metal::float4 a0_5_ = own0_ ? _e387 : metal::float4 {};
                metal::float4 _e393 = x[x0_ + c6_];
                metal::float4 a0_6_ = own0_ ? _e393 : metal::float4 {};
                metal::float4 _e399 = x[x0_ + c7_];
                metal::float4 a0_7_ = own0_ ? _e399 : metal::float4 {};
                float t0_0_ = metal::dot(((a0_0_ + a0_1_) + a0_2_) + a0_3_, metal::float4(1.0));
                float t0_1_ = metal::dot(((a0_4_ + a0_5_) + a0_6_) + a0_7_, metal::float4(1.0));
                metal::float4 _e417 = x[x1_ + c0_];
                metal::float4 a1_0_ = own0_ ? _e417 : metal::float4 {};
                metal::float4 _e423 = x[x1_ + c1_];
                metal::float4 a1_1_ = own0_ ? _e423 : metal::float4 {};
                metal::float4 _e429 = x[x1_ + c2_];
                metal::float4 a1_2_ = own0_ ? _e429 : metal::float4 {};
                metal::float4 _e435 = x[x1_ + c3_];
                metal::float4 a1_3_ = own0_ ? _e435 : metal::float4 {};
                metal::float4 _e441 = x[x1_ + c4_];
                metal::float4 a1_4_ = own0_ ? _e441 : metal::float4 {};
                metal::float4 _e447 = x[x1_ + c5_];
                metal::float4 a1_5_ = own0_ ? _e447 : metal::float4 {};
                metal::float4 _e453 = x[x1_ + c6_];
                metal::float4 a1_6_ = own0_ ? _e453 : metal::float4 {};
                metal::float4 _e459 = x[x1_ + c7_];
                metal::float4 a1_7_ = own0_ ? _e459 : metal::float4 {};
                float t1_0_ = metal::dot(((a1_0_ + a1_1_) + a1_2_) + a1_3_, metal::float4(1.0));
                float t1_1_ = metal::dot(((a1_4_ + a1_5_) + a1_6_) + a1_7_, metal::float4(1.0));
                metal::float4 _e477 = x[x2_ + c0_];
                metal::float4 a2_0_ = own0_ ? _e477 : metal::float4 {};
                metal::float4 _e483 = x[x2_ + c1_];
                metal::float4 a2_1_ = own0_ ? _e483 : metal::float4 {};
                metal::float4 _e489 = x[x2_ + c2_];
                metal::float4 a2_2_ = own0_ ? _e489 : metal::float4 {};
                metal::float4 _e495 = x[x2_ + c3_];
                metal::float4 a2_3_ = own0_ ? _e495 : metal::float4 {};
                metal::float4 _e501 = x[x2_ + c4_];
                metal::float4 a2_4_ = own0_ ? _e501 : metal::float4 {};
                metal::float4 _e507 = x[x2_ + c5_];
                metal::float4 a2_5_ = own0_ ? _e507 : metal::float4 {};
                metal::float4 _e513 = x[x2_ + c6_];
                metal::float4 a2_6_ = own0_ ? _e513 : metal::float4 {};
                metal::float4 _e519 = x[x2_ + c7_];
                metal::float4 a2_7_ = own0_ ? _e519 : metal::float4 {};
                float t2_0_ = metal::dot(((a2_0_ + a2_1_) + a2_2_) + a2_3_, metal::float4(1.0));
                float t2_1_ = metal::dot(((a2_4_ + a2_5_) + a2_6_) + a2_7_, metal::float4(1.0));
                metal::float4 _e537 = x[x3_ + c0_];
                metal::float4 a3_0_ = own0_ ? _e537 : metal::float4 {};
                metal::float4 _e543 = x[x3_ + c1_];
                metal::float4 a3_1_ = own0_ ? _e543 : metal::float4 {};
                metal::float4 _e549 = x[x3_ + c2_];
                metal::float4 a3_2_ = own0_ ? _e549 : metal::float4 {};
                metal::float4 _e555 = x[x3_ + c3_];
                metal::float4 a3_3_ = own0_ ? _e555 : metal::float4 {};
                metal::float4 _e561 = x[x3_ + c4_];
                metal::float4 a3_4_ = own0_ ? _e561 : metal::float4 {};
                metal::float4 _e567 = x[x3_ + c5_];
                metal::float4 a3_5_ = own0_ ? _e567 : metal::float4 {};
                metal::float4 _e573 = x[x3_ + c6_];
                metal::float4 a3_6_ = own0_ ? _e573 : metal::float4 {};
                metal::float4 _e579 = x[x3_ + c7_];
                metal::float4 a3_7_ = own0_ ? _e579 : metal::float4 {};
                float t3_0_ = metal::dot(((a3_0_ + a3_1_) + a3_2_) + a3_3_, metal::float4(1.0));
                float t3_1_ = metal::dot(((a3_4_ + a3_5_) + a3_6_) + a3_7_, metal::float4(1.0));
                metal::float4 _e597 = x[x4_ + c0_];
                metal::float4 a4_0_ = own0_ ? _e597 : metal::float4 {};
                metal::float4 _e603 = x[x4_ + c1_];
                metal::float4 a4_1_ = own0_ ? _e603 : metal::float4 {};
                metal::float4 _e609 = x[x4_ + c2_];
                metal::float4 a4_2_ = own0_ ? _e609 : metal::float4 {};
                metal::float4 _e615 = x[x4_ + c3_];
                metal::float4 a4_3_ = own0_ ? _e615 : metal::float4 {};
                metal::float4 _e621 = x[x4_ + c4_];
                metal::float4 a4_4_ = own0_ ? _e621 : metal::float4 {};
                metal::float4 _e627 = x[x4_ + c5_];
                metal::float4 a4_5_ = own0_ ? _e627 : metal::float4 {};
                metal::float4 _e633 = x[x4_ + c6_];
                metal::float4 a4_6_ = own0_ ? _e633 : metal::float4 {};
                metal::float4 _e639 = x[x4_ + c7_];
                metal::float4 a4_7_ = own0_ ? _e639 : metal::float4 {};
                float t4_0_ = metal::dot(((a4_0_ + a4_1_) + a4_2_) + a4_3_, metal::float4(1.0));
                float t4_1_ = metal::dot(((a4_4_ + a4_5_) + a4_6_) + a4_7_, metal::float4(1.0));
                metal::float4 _e657 = x[x5_ + c0_];
                metal::float4 a5_0_ = own0_ ? _e657 : metal::float4 {};
                metal::float4 _e663 = x[x5_ + c1_];
                metal::float4 a5_1_ = own0_ ? _e663 : metal::float4 {};
                metal::float4 _e669 = x[x5_ + c2_];
                metal::float4 a5_2_ = own0_ ? _e669 : metal::float4 {};
                metal::float4 _e675 = x[x5_ + c3_];
                metal::float4 a5_3_ = own0_ ? _e675 : metal::float4 {};
                metal::float4 _e681 = x[x5_ + c4_];
                metal::float4 a5_4_ = own0_ ? _e681 : metal::float4 {};
                metal::float4 _e687 = x[x5_ + c5_];
                metal::float4 a5_5_ = own0_ ? _e687 : metal::float4 {};
                metal::float4 _e693 = x[x5_ + c6_];
                metal::float4 a5_6_ = own0_ ? _e693 : metal::float4 {};
                metal::float4 _e699 = x[x5_ + c7_];
                metal::float4 a5_7_ = own0_ ? _e699 : metal::float4 {};
                float t5_0_ = metal::dot(((a5_0_ + a5_1_) + a5_2_) + a5_3_, metal::float4(1.0));
                float t5_1_ = metal::dot(((a5_4_ + a5_5_) + a5_6_) + a5_7_, metal::float4(1.0));
                metal::float4 _e717 = x[x6_ + c0_];
                metal::float4 a6_0_ = own0_ ? _e717 : metal::float4 {};
                metal::float4 _e723 = x[x6_ + c1_];
                metal::float4 a6_1_ = own0_ ? _e723 : metal::float4 {};
                metal::float4 _e729 = x[x6_ + c2_];
                metal::float4 a6_2_ = own0_ ? _e729 : metal::float4 {};
                metal::float4 _e735 = x[x6_ + c3_];
                metal::float4 a6_3_ = own0_ ? _e735 : metal::float4 {};
                metal::float4 _e741 = x[x6_ + c4_];
                metal::float4 a6_4_ = own0_ ? _e741 : metal::float4 {};
                metal::float4 _e747 = x[x6_ + c5_];
                metal::float4 a6_5_ = own0_ ? _e747 : metal::float4 {};
                metal::float4 _e753 = x[x6_ + c6_];
                metal::float4 a6_6_ = own0_ ? _e753 : metal::float4 {};
                metal::float4 _e759 = x[x6_ + c7_];
                metal::float4 a6_7_ = own0_ ? _e759 : metal::float4 {};
                float t6_0_ = metal::dot(((a6_0_ + a6_1_) + a6_2_) + a6_3_, metal::float4(1.0));
                float t6_1_ = metal::dot(((a6_4_ + a6_5_) + a6_6_) + a6_7_, metal::float4(1.0));
                metal::float4 _e777 = x[x7_ + c0_];
                metal::float4 a7_0_ = own0_ ? _e777 : metal::float4 {};
                metal::float4 _e783 = x[x7_ + c1_];
                metal::float4 a7_1_ = own0_ ? _e783 : metal::float4 {};
                metal::float4 _e789 = x[x7_ + c2_];
                metal::float4 a7_2_ = own0_ ? _e789 : metal::float4 {};
                metal::float4 _e795 = x[x7_ + c3_];
                metal::float4 a7_3_ = own0_ ? _e795 : metal::float4 {};
                metal::float4 _e801 = x[x7_ + c4_];
                metal::float4 a7_4_ = own0_ ? _e801 : metal::float4 {};
                metal::float4 _e807 = x[x7_ + c5_];
                metal::float4 a7_5_ = own0_ ? _e807 : metal::float4 {};
                metal::float4 _e813 = x[x7_ + c6_];
                metal::float4 a7_6_ = own0_ ? _e813 : metal::float4 {};
                metal::float4 _e819 = x[x7_ + c7_];
                metal::float4 a7_7_ = own0_ ? _e819 : metal::float4 {};
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
                    metal::float2 _e1009 = scale_and_min(h0_0_, (((p0_ % 8u) / 2u) * 2u) + 0u);
                    float scale0_ = _e1009.x;
                    float less0_ = _e1009.y;
                    metal::float2 _e1020 = scale_and_min(h0_0_, (((p0_ % 8u) / 2u) * 2u) + 1u);
                    float scale1_ = _e1020.x;
                    float less1_ = _e1020.y;
                    {
                        t = 0.0;
                        float _e1027 = t;
                        t = metal::fma(v0_.x, a0_0_.x, _e1027);
                        float _e1031 = t;
                        t = metal::fma(v0_.y, a0_0_.y, _e1031);
                        float _e1035 = t;
                        t = metal::fma(v0_.z, a0_0_.z, _e1035);
                        float _e1039 = t;
                        t = metal::fma(v0_.w, a0_0_.w, _e1039);
                        float _e1043 = t;
                        t = metal::fma(v1_.x, a0_1_.x, _e1043);
                        float _e1047 = t;
                        t = metal::fma(v1_.y, a0_1_.y, _e1047);
                        float _e1051 = t;
                        t = metal::fma(v1_.z, a0_1_.z, _e1051);
                        float _e1055 = t;
                        t = metal::fma(v1_.w, a0_1_.w, _e1055);
                        float _e1059 = t;
                        t = metal::fma(v2_.x, a0_2_.x, _e1059);
                        float _e1063 = t;
                        t = metal::fma(v2_.y, a0_2_.y, _e1063);
                        float _e1067 = t;
                        t = metal::fma(v2_.z, a0_2_.z, _e1067);
                        float _e1071 = t;
                        t = metal::fma(v2_.w, a0_2_.w, _e1071);
                        float _e1075 = t;
                        t = metal::fma(v3_.x, a0_3_.x, _e1075);
                        float _e1079 = t;
                        t = metal::fma(v3_.y, a0_3_.y, _e1079);
                        float _e1083 = t;
                        t = metal::fma(v3_.z, a0_3_.z, _e1083);
                        float _e1087 = t;
                        t = metal::fma(v3_.w, a0_3_.w, _e1087);
                        float _e1089 = t;
                        float _e1090 = s0_0_;
                        s0_0_ = metal::fma(scale0_, _e1089, _e1090);
                    }
                    float _e1093 = s0_0_;
                    s0_0_ = metal::fma(-(less0_), t0_0_, _e1093);
                    {
                        t_1 = 0.0;
                        float _e1099 = t_1;
                        t_1 = metal::fma(v4_.x, a0_4_.x, _e1099);
                        float _e1103 = t_1;
                        t_1 = metal::fma(v4_.y, a0_4_.y, _e1103);
                        float _e1107 = t_1;
                        t_1 = metal::fma(v4_.z, a0_4_.z, _e1107);
                        float _e1111 = t_1;
                        t_1 = metal::fma(v4_.w, a0_4_.w, _e1111);
                        float _e1115 = t_1;
                        t_1 = metal::fma(v5_.x, a0_5_.x, _e1115);
                        float _e1119 = t_1;
                        t_1 = metal::fma(v5_.y, a0_5_.y, _e1119);
                        float _e1123 = t_1;
                        t_1 = metal::fma(v5_.z, a0_5_.z, _e1123);
                        float _e1127 = t_1;
                        t_1 = metal::fma(v5_.w, a0_5_.w, _e1127);
                        float _e1131 = t_1;
                        t_1 = metal::fma(v6_.x, a0_6_.x, _e1131);
                        float _e1135 = t_1;
                        t_1 = metal::fma(v6_.y, a0_6_.y, _e1135);
                        float _e1139 = t_1;
                        t_1 = metal::fma(v6_.z, a0_6_.z, _e1139);
                        float _e1143 = t_1;
                        t_1 = metal::fma(v6_.w, a0_6_.w, _e1143);
                        float _e1147 = t_1;
                        t_1 = metal::fma(v7_.x, a0_7_.x, _e1147);
                        float _e1151 = t_1;
                        t_1 = metal::fma(v7_.y, a0_7_.y, _e1151);
                        float _e1155 = t_1;
                        t_1 = metal::fma(v7_.z, a0_7_.z, _e1155);
                        float _e1159 = t_1;
                        t_1 = metal::fma(v7_.w, a0_7_.w, _e1159);
                        float _e1161 = t_1;
                        float _e1162 = s0_0_;
                        s0_0_ = metal::fma(scale1_, _e1161, _e1162);
                    }
                    float _e1165 = s0_0_;
                    s0_0_ = metal::fma(-(less1_), t0_1_, _e1165);
                    {
                        t_2 = 0.0;
                        float _e1171 = t_2;
                        t_2 = metal::fma(v0_.x, a1_0_.x, _e1171);
                        float _e1175 = t_2;
                        t_2 = metal::fma(v0_.y, a1_0_.y, _e1175);
                        float _e1179 = t_2;
                        t_2 = metal::fma(v0_.z, a1_0_.z, _e1179);
                        float _e1183 = t_2;
                        t_2 = metal::fma(v0_.w, a1_0_.w, _e1183);
                        float _e1187 = t_2;
                        t_2 = metal::fma(v1_.x, a1_1_.x, _e1187);
                        float _e1191 = t_2;
                        t_2 = metal::fma(v1_.y, a1_1_.y, _e1191);
                        float _e1195 = t_2;
                        t_2 = metal::fma(v1_.z, a1_1_.z, _e1195);
                        float _e1199 = t_2;
                        t_2 = metal::fma(v1_.w, a1_1_.w, _e1199);
                        float _e1203 = t_2;
                        t_2 = metal::fma(v2_.x, a1_2_.x, _e1203);
                        float _e1207 = t_2;
                        t_2 = metal::fma(v2_.y, a1_2_.y, _e1207);
                        float _e1211 = t_2;
                        t_2 = metal::fma(v2_.z, a1_2_.z, _e1211);
                        float _e1215 = t_2;
                        t_2 = metal::fma(v2_.w, a1_2_.w, _e1215);
                        float _e1219 = t_2;
                        t_2 = metal::fma(v3_.x, a1_3_.x, _e1219);
                        float _e1223 = t_2;
                        t_2 = metal::fma(v3_.y, a1_3_.y, _e1223);
                        float _e1227 = t_2;
                        t_2 = metal::fma(v3_.z, a1_3_.z, _e1227);
                        float _e1231 = t_2;
                        t_2 = metal::fma(v3_.w, a1_3_.w, _e1231);
                        float _e1233 = t_2;
                        float _e1234 = s0_1_;
                        s0_1_ = metal::fma(scale0_, _e1233, _e1234);
                    }
                    float _e1237 = s0_1_;
                    s0_1_ = metal::fma(-(less0_), t1_0_, _e1237);
                    {
                        t_3 = 0.0;
                        float _e1243 = t_3;
                        t_3 = metal::fma(v4_.x, a1_4_.x, _e1243);
                        float _e1247 = t_3;
                        t_3 = metal::fma(v4_.y, a1_4_.y, _e1247);
                        float _e1251 = t_3;
                        t_3 = metal::fma(v4_.z, a1_4_.z, _e1251);
                        float _e1255 = t_3;
                        t_3 = metal::fma(v4_.w, a1_4_.w, _e1255);
                        float _e1259 = t_3;
                        t_3 = metal::fma(v5_.x, a1_5_.x, _e1259);
                        float _e1263 = t_3;
                        t_3 = metal::fma(v5_.y, a1_5_.y, _e1263);
                        float _e1267 = t_3;
                        t_3 = metal::fma(v5_.z, a1_5_.z, _e1267);
                        float _e1271 = t_3;
                        t_3 = metal::fma(v5_.w, a1_5_.w, _e1271);
                        float _e1275 = t_3;
                        t_3 = metal::fma(v6_.x, a1_6_.x, _e1275);
                        float _e1279 = t_3;
                        t_3 = metal::fma(v6_.y, a1_6_.y, _e1279);
                        float _e1283 = t_3;
                        t_3 = metal::fma(v6_.z, a1_6_.z, _e1283);
                        float _e1287 = t_3;
                        t_3 = metal::fma(v6_.w, a1_6_.w, _e1287);
                        float _e1291 = t_3;
                        t_3 = metal::fma(v7_.x, a1_7_.x, _e1291);
                        float _e1295 = t_3;
                        t_3 = metal::fma(v7_.y, a1_7_.y, _e1295);
                        float _e1299 = t_3;
                        t_3 = metal::fma(v7_.z, a1_7_.z, _e1299);
                        float _e1303 = t_3;
                        t_3 = metal::fma(v7_.w, a1_7_.w, _e1303);
                        float _e1305 = t_3;
                        float _e1306 = s0_1_;
                        s0_1_ = metal::fma(scale1_, _e1305, _e1306);
                    }
                    float _e1309 = s0_1_;
                    s0_1_ = metal::fma(-(less1_), t1_1_, _e1309);
                    {
                        t_4 = 0.0;
                        float _e1315 = t_4;
                        t_4 = metal::fma(v0_.x, a2_0_.x, _e1315);
                        float _e1319 = t_4;
                        t_4 = metal::fma(v0_.y, a2_0_.y, _e1319);
                        float _e1323 = t_4;
                        t_4 = metal::fma(v0_.z, a2_0_.z, _e1323);
                        float _e1327 = t_4;
                        t_4 = metal::fma(v0_.w, a2_0_.w, _e1327);
                        float _e1331 = t_4;
                        t_4 = metal::fma(v1_.x, a2_1_.x, _e1331);
                        float _e1335 = t_4;
                        t_4 = metal::fma(v1_.y, a2_1_.y, _e1335);
                        float _e1339 = t_4;
                        t_4 = metal::fma(v1_.z, a2_1_.z, _e1339);
                        float _e1343 = t_4;
                        t_4 = metal::fma(v1_.w, a2_1_.w, _e1343);
                        float _e1347 = t_4;
                        t_4 = metal::fma(v2_.x, a2_2_.x, _e1347);
                        float _e1351 = t_4;
                        t_4 = metal::fma(v2_.y, a2_2_.y, _e1351);
                        float _e1355 = t_4;
                        t_4 = metal::fma(v2_.z, a2_2_.z, _e1355);
                        float _e1359 = t_4;
                        t_4 = metal::fma(v2_.w, a2_2_.w, _e1359);
                        float _e1363 = t_4;
                        t_4 = metal::fma(v3_.x, a2_3_.x, _e1363);
                        float _e1367 = t_4;
                        t_4 = metal::fma(v3_.y, a2_3_.y, _e1367);
                        float _e1371 = t_4;
                        t_4 = metal::fma(v3_.z, a2_3_.z, _e1371);
                        float _e1375 = t_4;
                        t_4 = metal::fma(v3_.w, a2_3_.w, _e1375);
                        float _e1377 = t_4;
                        float _e1378 = s0_2_;
                        s0_2_ = metal::fma(scale0_, _e1377, _e1378);
                    }
                    float _e1381 = s0_2_;
                    s0_2_ = metal::fma(-(less0_), t2_0_, _e1381);
                    {
                        t_5 = 0.0;
                        float _e1387 = t_5;
                        t_5 = metal::fma(v4_.x, a2_4_.x, _e1387);
                        float _e1391 = t_5;
                        t_5 = metal::fma(v4_.y, a2_4_.y, _e1391);
                        float _e1395 = t_5;
                        t_5 = metal::fma(v4_.z, a2_4_.z, _e1395);
                        float _e1399 = t_5;
                        t_5 = metal::fma(v4_.w, a2_4_.w, _e1399);
                        float _e1403 = t_5;
                        t_5 = metal::fma(v5_.x, a2_5_.x, _e1403);
                        float _e1407 = t_5;
                        t_5 = metal::fma(v5_.y, a2_5_.y, _e1407);
                        float _e1411 = t_5;
                        t_5 = metal::fma(v5_.z, a2_5_.z, _e1411);
                        float _e1415 = t_5;
                        t_5 = metal::fma(v5_.w, a2_5_.w, _e1415);
                        float _e1419 = t_5;
                        t_5 = metal::fma(v6_.x, a2_6_.x, _e1419);
                        float _e1423 = t_5;
                        t_5 = metal::fma(v6_.y, a2_6_.y, _e1423);
                        float _e1427 = t_5;
                        t_5 = metal::fma(v6_.z, a2_6_.z, _e1427);
                        float _e1431 = t_5;
                        t_5 = metal::fma(v6_.w, a2_6_.w, _e1431);
                        float _e1435 = t_5;
                        t_5 = metal::fma(v7_.x, a2_7_.x, _e1435);
                        float _e1439 = t_5;
                        t_5 = metal::fma(v7_.y, a2_7_.y, _e1439);
                        float _e1443 = t_5;
                        t_5 = metal::fma(v7_.z, a2_7_.z, _e1443);
                        float _e1447 = t_5;
                        t_5 = metal::fma(v7_.w, a2_7_.w, _e1447);
                        float _e1449 = t_5;
                        float _e1450 = s0_2_;
                        s0_2_ = metal::fma(scale1_, _e1449, _e1450);
                    }
                    float _e1453 = s0_2_;
                    s0_2_ = metal::fma(-(less1_), t2_1_, _e1453);
                    {
                        t_6 = 0.0;
                        float _e1459 = t_6;
                        t_6 = metal::fma(v0_.x, a3_0_.x, _e1459);
                        float _e1463 = t_6;
                        t_6 = metal::fma(v0_.y, a3_0_.y, _e1463);
                        float _e1467 = t_6;
                        t_6 = metal::fma(v0_.z, a3_0_.z, _e1467);
                        float _e1471 = t_6;
                        t_6 = metal::fma(v0_.w, a3_0_.w, _e1471);
                        float _e1475 = t_6;
                        t_6 = metal::fma(v1_.x, a3_1_.x, _e1475);
                        float _e1479 = t_6;
                        t_6 = metal::fma(v1_.y, a3_1_.y, _e1479);
                        float _e1483 = t_6;
                        t_6 = metal::fma(v1_.z, a3_1_.z, _e1483);
                        float _e1487 = t_6;
                        t_6 = metal::fma(v1_.w, a3_1_.w, _e1487);
                        float _e1491 = t_6;
                        t_6 = metal::fma(v2_.x, a3_2_.x, _e1491);
                        float _e1495 = t_6;
                        t_6 = metal::fma(v2_.y, a3_2_.y, _e1495);
                        float _e1499 = t_6;
                        t_6 = metal::fma(v2_.z, a3_2_.z, _e1499);
                        float _e1503 = t_6;
                        t_6 = metal::fma(v2_.w, a3_2_.w, _e1503);
                        float _e1507 = t_6;
                        t_6 = metal::fma(v3_.x, a3_3_.x, _e1507);
                        float _e1511 = t_6;
                        t_6 = metal::fma(v3_.y, a3_3_.y, _e1511);
                        float _e1515 = t_6;
                        t_6 = metal::fma(v3_.z, a3_3_.z, _e1515);
                        float _e1519 = t_6;
                        t_6 = metal::fma(v3_.w, a3_3_.w, _e1519);
                        float _e1521 = t_6;
                        float _e1522 = s0_3_;
                        s0_3_ = metal::fma(scale0_, _e1521, _e1522);
                    }
                    float _e1525 = s0_3_;
                    s0_3_ = metal::fma(-(less0_), t3_0_, _e1525);
                    {
                        t_7 = 0.0;
                        float _e1531 = t_7;
                        t_7 = metal::fma(v4_.x, a3_4_.x, _e1531);
                        float _e1535 = t_7;
                        t_7 = metal::fma(v4_.y, a3_4_.y, _e1535);
                        float _e1539 = t_7;
                        t_7 = metal::fma(v4_.z, a3_4_.z, _e1539);
                        float _e1543 = t_7;
                        t_7 = metal::fma(v4_.w, a3_4_.w, _e1543);
                        float _e1547 = t_7;
                        t_7 = metal::fma(v5_.x, a3_5_.x, _e1547);
                        float _e1551 = t_7;
                        t_7 = metal::fma(v5_.y, a3_5_.y, _e1551);
                        float _e1555 = t_7;
                        t_7 = metal::fma(v5_.z, a3_5_.z, _e1555);
                        float _e1559 = t_7;
                        t_7 = metal::fma(v5_.w, a3_5_.w, _e1559);
                        float _e1563 = t_7;
                        t_7 = metal::fma(v6_.x, a3_6_.x, _e1563);
                        float _e1567 = t_7;
                        t_7 = metal::fma(v6_.y, a3_6_.y, _e1567);
                        float _e1571 = t_7;
                        t_7 = metal::fma(v6_.z, a3_6_.z, _e1571);
                        float _e1575 = t_7;
                        t_7 = metal::fma(v6_.w, a3_6_.w, _e1575);
                        float _e1579 = t_7;
                        t_7 = metal::fma(v7_.x, a3_7_.x, _e1579);
                        float _e1583 = t_7;
                        t_7 = metal::fma(v7_.y, a3_7_.y, _e1583);
                        float _e1587 = t_7;
                        t_7 = metal::fma(v7_.z, a3_7_.z, _e1587);
                        float _e1591 = t_7;
                        t_7 = metal::fma(v7_.w, a3_7_.w, _e1591);
                        float _e1593 = t_7;
                        float _e1594 = s0_3_;
                        s0_3_ = metal::fma(scale1_, _e1593, _e1594);
                    }
                    float _e1597 = s0_3_;
                    s0_3_ = metal::fma(-(less1_), t3_1_, _e1597);
                    {
                        t_8 = 0.0;
                        float _e1603 = t_8;
                        t_8 = metal::fma(v0_.x, a4_0_.x, _e1603);
                        float _e1607 = t_8;
                        t_8 = metal::fma(v0_.y, a4_0_.y, _e1607);
                        float _e1611 = t_8;
                        t_8 = metal::fma(v0_.z, a4_0_.z, _e1611);
                        float _e1615 = t_8;
                        t_8 = metal::fma(v0_.w, a4_0_.w, _e1615);
                        float _e1619 = t_8;
                        t_8 = metal::fma(v1_.x, a4_1_.x, _e1619);
                        float _e1623 = t_8;
                        t_8 = metal::fma(v1_.y, a4_1_.y, _e1623);
                        float _e1627 = t_8;
                        t_8 = metal::fma(v1_.z, a4_1_.z, _e1627);
                        float _e1631 = t_8;
                        t_8 = metal::fma(v1_.w, a4_1_.w, _e1631);
                        float _e1635 = t_8;
                        t_8 = metal::fma(v2_.x, a4_2_.x, _e1635);
                        float _e1639 = t_8;
                        t_8 = metal::fma(v2_.y, a4_2_.y, _e1639);
                        float _e1643 = t_8;
                        t_8 = metal::fma(v2_.z, a4_2_.z, _e1643);
                        float _e1647 = t_8;
                        t_8 = metal::fma(v2_.w, a4_2_.w, _e1647);
                        float _e1651 = t_8;
                        t_8 = metal::fma(v3_.x, a4_3_.x, _e1651);
                        float _e1655 = t_8;
                        t_8 = metal::fma(v3_.y, a4_3_.y, _e1655);
                        float _e1659 = t_8;
                        t_8 = metal::fma(v3_.z, a4_3_.z, _e1659);
                        float _e1663 = t_8;
                        t_8 = metal::fma(v3_.w, a4_3_.w, _e1663);
                        float _e1665 = t_8;
                        float _e1666 = s0_4_;
                        s0_4_ = metal::fma(scale0_, _e1665, _e1666);
                    }
                    float _e1669 = s0_4_;
                    s0_4_ = metal::fma(-(less0_), t4_0_, _e1669);
                    {
                        t_9 = 0.0;
                        float _e1675 = t_9;
                        t_9 = metal::fma(v4_.x, a4_4_.x, _e1675);
                        float _e1679 = t_9;
                        t_9 = metal::fma(v4_.y, a4_4_.y, _e1679);
                        float _e1683 = t_9;
                        t_9 = metal::fma(v4_.z, a4_4_.z, _e1683);
                        float _e1687 = t_9;
                        t_9 = metal::fma(v4_.w, a4_4_.w, _e1687);
                        float _e1691 = t_9;
                        t_9 = metal::fma(v5_.x, a4_5_.x, _e1691);
                        float _e1695 = t_9;
                        t_9 = metal::fma(v5_.y, a4_5_.y, _e1695);
                        float _e1699 = t_9;
                        t_9 = metal::fma(v5_.z, a4_5_.z, _e1699);
                        float _e1703 = t_9;
                        t_9 = metal::fma(v5_.w, a4_5_.w, _e1703);
                        float _e1707 = t_9;
                        t_9 = metal::fma(v6_.x, a4_6_.x, _e1707);
                        float _e1711 = t_9;
                        t_9 = metal::fma(v6_.y, a4_6_.y, _e1711);
                        float _e1715 = t_9;
                        t_9 = metal::fma(v6_.z, a4_6_.z, _e1715);
                        float _e1719 = t_9;
                        t_9 = metal::fma(v6_.w, a4_6_.w, _e1719);
                        float _e1723 = t_9;
                        t_9 = metal::fma(v7_.x, a4_7_.x, _e1723);
                        float _e1727 = t_9;
                        t_9 = metal::fma(v7_.y, a4_7_.y, _e1727);
                        float _e1731 = t_9;
                        t_9 = metal::fma(v7_.z, a4_7_.z, _e1731);
                        float _e1735 = t_9;
                        t_9 = metal::fma(v7_.w, a4_7_.w, _e1735);
                        float _e1737 = t_9;
                        float _e1738 = s0_4_;
                        s0_4_ = metal::fma(scale1_, _e1737, _e1738);
                    }
                    float _e1741 = s0_4_;
                    s0_4_ = metal::fma(-(less1_), t4_1_, _e1741);
                    {
                        t_10 = 0.0;
                        float _e1747 = t_10;
                        t_10 = metal::fma(v0_.x, a5_0_.x, _e1747);
                        float _e1751 = t_10;
                        t_10 = metal::fma(v0_.y, a5_0_.y, _e1751);
                        float _e1755 = t_10;
                        t_10 = metal::fma(v0_.z, a5_0_.z, _e1755);
                        float _e1759 = t_10;
                        t_10 = metal::fma(v0_.w, a5_0_.w, _e1759);
                        float _e1763 = t_10;
                        t_10 = metal::fma(v1_.x, a5_1_.x, _e1763);
                        float _e1767 = t_10;
                        t_10 = metal::fma(v1_.y, a5_1_.y, _e1767);
                        float _e1771 = t_10;
                        t_10 = metal::fma(v1_.z, a5_1_.z, _e1771);
                        float _e1775 = t_10;
                        t_10 = metal::fma(v1_.w, a5_1_.w, _e1775);
                        float _e1779 = t_10;
                        t_10 = metal::fma(v2_.x, a5_2_.x, _e1779);
                        float _e1783 = t_10;
                        t_10 = metal::fma(v2_.y, a5_2_.y, _e1783);
                        float _e1787 = t_10;
                        t_10 = metal::fma(v2_.z, a5_2_.z, _e1787);
                        float _e1791 = t_10;
                        t_10 = metal::fma(v2_.w, a5_2_.w, _e1791);
                        float _e1795 = t_10;
                        t_10 = metal::fma(v3_.x, a5_3_.x, _e1795);
                        float _e1799 = t_10;
                        t_10 = metal::fma(v3_.y, a5_3_.y, _e1799);
                        float _e1803 = t_10;
                        t_10 = metal::fma(v3_.z, a5_3_.z, _e1803);
                        float _e1807 = t_10;
                        t_10 = metal::fma(v3_.w, a5_3_.w, _e1807);
                        float _e1809 = t_10;
                        float _e1810 = s0_5_;
                        s0_5_ = metal::fma(scale0_, _e1809, _e1810);
                    }
                    float _e1813 = s0_5_;
                    s0_5_ = metal::fma(-(less0_), t5_0_, _e1813);
                    {
                        t_11 = 0.0;
                        float _e1819 = t_11;
                        t_11 = metal::fma(v4_.x, a5_4_.x, _e1819);
                        float _e1823 = t_11;
                        t_11 = metal::fma(v4_.y, a5_4_.y, _e1823);
                        float _e1827 = t_11;
                        t_11 = metal::fma(v4_.z, a5_4_.z, _e1827);
                        float _e1831 = t_11;
                        t_11 = metal::fma(v4_.w, a5_4_.w, _e1831);
                        float _e1835 = t_11;
                        t_11 = metal::fma(v5_.x, a5_5_.x, _e1835);
                        float _e1839 = t_11;
                        t_11 = metal::fma(v5_.y, a5_5_.y, _e1839);
                        float _e1843 = t_11;
                        t_11 = metal::fma(v5_.z, a5_5_.z, _e1843);
                        float _e1847 = t_11;
                        t_11 = metal::fma(v5_.w, a5_5_.w, _e1847);
                        float _e1851 = t_11;
                        t_11 = metal::fma(v6_.x, a5_6_.x, _e1851);
                        float _e1855 = t_11;
                        t_11 = metal::fma(v6_.y, a5_6_.y, _e1855);
                        float _e1859 = t_11;
                        t_11 = metal::fma(v6_.z, a5_6_.z, _e1859);
                        float _e1863 = t_11;
                        t_11 = metal::fma(v6_.w, a5_6_.w, _e1863);
                        float _e1867 = t_11;
                        t_11 = metal::fma(v7_.x, a5_7_.x, _e1867);
                        float _e1871 = t_11;
                        t_11 = metal::fma(v7_.y, a5_7_.y, _e1871);
                        float _e1875 = t_11;
                        t_11 = metal::fma(v7_.z, a5_7_.z, _e1875);
                        float _e1879 = t_11;
                        t_11 = metal::fma(v7_.w, a5_7_.w, _e1879);
                        float _e1881 = t_11;
                        float _e1882 = s0_5_;
                        s0_5_ = metal::fma(scale1_, _e1881, _e1882);
                    }
                    float _e1885 = s0_5_;
                    s0_5_ = metal::fma(-(less1_), t5_1_, _e1885);
                    {
                        t_12 = 0.0;
                        float _e1891 = t_12;
                        t_12 = metal::fma(v0_.x, a6_0_.x, _e1891);
                        float _e1895 = t_12;
                        t_12 = metal::fma(v0_.y, a6_0_.y, _e1895);
                        float _e1899 = t_12;
                        t_12 = metal::fma(v0_.z, a6_0_.z, _e1899);
                        float _e1903 = t_12;
                        t_12 = metal::fma(v0_.w, a6_0_.w, _e1903);
                        float _e1907 = t_12;
                        t_12 = metal::fma(v1_.x, a6_1_.x, _e1907);
                        float _e1911 = t_12;
                        t_12 = metal::fma(v1_.y, a6_1_.y, _e1911);
                        float _e1915 = t_12;
                        t_12 = metal::fma(v1_.z, a6_1_.z, _e1915);
                        float _e1919 = t_12;
                        t_12 = metal::fma(v1_.w, a6_1_.w, _e1919);
                        float _e1923 = t_12;
                        t_12 = metal::fma(v2_.x, a6_2_.x, _e1923);
                        float _e1927 = t_12;
                        t_12 = metal::fma(v2_.y, a6_2_.y, _e1927);
                        float _e1931 = t_12;
                        t_12 = metal::fma(v2_.z, a6_2_.z, _e1931);
                        float _e1935 = t_12;
                        t_12 = metal::fma(v2_.w, a6_2_.w, _e1935);
                        float _e1939 = t_12;
                        t_12 = metal::fma(v3_.x, a6_3_.x, _e1939);
                        float _e1943 = t_12;
                        t_12 = metal::fma(v3_.y, a6_3_.y, _e1943);
                        float _e1947 = t_12;
                        t_12 = metal::fma(v3_.z, a6_3_.z, _e1947);
                        float _e1951 = t_12;
                        t_12 = metal::fma(v3_.w, a6_3_.w, _e1951);
                        float _e1953 = t_12;
                        float _e1954 = s0_6_;
                        s0_6_ = metal::fma(scale0_, _e1953, _e1954);
                    }
                    float _e1957 = s0_6_;
                    s0_6_ = metal::fma(-(less0_), t6_0_, _e1957);
                    {
                        t_13 = 0.0;
                        float _e1963 = t_13;
                        t_13 = metal::fma(v4_.x, a6_4_.x, _e1963);
                        float _e1967 = t_13;
                        t_13 = metal::fma(v4_.y, a6_4_.y, _e1967);
                        float _e1971 = t_13;
                        t_13 = metal::fma(v4_.z, a6_4_.z, _e1971);
                        float _e1975 = t_13;
                        t_13 = metal::fma(v4_.w, a6_4_.w, _e1975);
                        float _e1979 = t_13;
                        t_13 = metal::fma(v5_.x, a6_5_.x, _e1979);
                        float _e1983 = t_13;
                        t_13 = metal::fma(v5_.y, a6_5_.y, _e1983);
                        float _e1987 = t_13;
                        t_13 = metal::fma(v5_.z, a6_5_.z, _e1987);
                        float _e1991 = t_13;
                        t_13 = metal::fma(v5_.w, a6_5_.w, _e1991);
                        float _e1995 = t_13;
                        t_13 = metal::fma(v6_.x, a6_6_.x, _e1995);
                        float _e1999 = t_13;
                        t_13 = metal::fma(v6_.y, a6_6_.y, _e1999);
                        float _e2003 = t_13;
                        t_13 = metal::fma(v6_.z, a6_6_.z, _e2003);
                        float _e2007 = t_13;
                        t_13 = metal::fma(v6_.w, a6_6_.w, _e2007);
                        float _e2011 = t_13;
                        t_13 = metal::fma(v7_.x, a6_7_.x, _e2011);
                        float _e2015 = t_13;
                        t_13 = metal::fma(v7_.y, a6_7_.y, _e2015);
                        float _e2019 = t_13;
                        t_13 = metal::fma(v7_.z, a6_7_.z, _e2019);
                        float _e2023 = t_13;
                        t_13 = metal::fma(v7_.w, a6_7_.w, _e2023);
                        float _e2025 = t_13;
                        float _e2026 = s0_6_;
                        s0_6_ = metal::fma(scale1_, _e2025, _e2026);
                    }
                    float _e2029 = s0_6_;
                    s0_6_ = metal::fma(-(less1_), t6_1_, _e2029);
                    {
                        t_14 = 0.0;
                        float _e2035 = t_14;
                        t_14 = metal::fma(v0_.x, a7_0_.x, _e2035);
                        float _e2039 = t_14;
                        t_14 = metal::fma(v0_.y, a7_0_.y, _e2039);
                        float _e2043 = t_14;
                        t_14 = metal::fma(v0_.z, a7_0_.z, _e2043);
                        float _e2047 = t_14;
                        t_14 = metal::fma(v0_.w, a7_0_.w, _e2047);
                        float _e2051 = t_14;
                        t_14 = metal::fma(v1_.x, a7_1_.x, _e2051);
                        float _e2055 = t_14;
                        t_14 = metal::fma(v1_.y, a7_1_.y, _e2055);
                        float _e2059 = t_14;
                        t_14 = metal::fma(v1_.z, a7_1_.z, _e2059);
                        float _e2063 = t_14;
                        t_14 = metal::fma(v1_.w, a7_1_.w, _e2063);
                        float _e2067 = t_14;
                        t_14 = metal::fma(v2_.x, a7_2_.x, _e2067);
                        float _e2071 = t_14;
                        t_14 = metal::fma(v2_.y, a7_2_.y, _e2071);
                        float _e2075 = t_14;
                        t_14 = metal::fma(v2_.z, a7_2_.z, _e2075);
                        float _e2079 = t_14;
                        t_14 = metal::fma(v2_.w, a7_2_.w, _e2079);
                        float _e2083 = t_14;
                        t_14 = metal::fma(v3_.x, a7_3_.x, _e2083);
                        float _e2087 = t_14;
                        t_14 = metal::fma(v3_.y, a7_3_.y, _e2087);
                        float _e2091 = t_14;
                        t_14 = metal::fma(v3_.z, a7_3_.z, _e2091);
                        float _e2095 = t_14;
                        t_14 = metal::fma(v3_.w, a7_3_.w, _e2095);
                        float _e2097 = t_14;
                        float _e2098 = s0_7_;
                        s0_7_ = metal::fma(scale0_, _e2097, _e2098);
                    }
                    float _e2101 = s0_7_;
                    s0_7_ = metal::fma(-(less0_), t7_0_, _e2101);
                    {
                        t_15 = 0.0;
                        float _e2107 = t_15;
                        t_15 = metal::fma(v4_.x, a7_4_.x, _e2107);
                        float _e2111 = t_15;
                        t_15 = metal::fma(v4_.y, a7_4_.y, _e2111);
                        float _e2115 = t_15;
                        t_15 = metal::fma(v4_.z, a7_4_.z, _e2115);
                        float _e2119 = t_15;
                        t_15 = metal::fma(v4_.w, a7_4_.w, _e2119);
                        float _e2123 = t_15;
                        t_15 = metal::fma(v5_.x, a7_5_.x, _e2123);
                        float _e2127 = t_15;
                        t_15 = metal::fma(v5_.y, a7_5_.y, _e2127);
                        float _e2131 = t_15;
                        t_15 = metal::fma(v5_.z, a7_5_.z, _e2131);
                        float _e2135 = t_15;
                        t_15 = metal::fma(v5_.w, a7_5_.w, _e2135);
                        float _e2139 = t_15;
                        t_15 = metal::fma(v6_.x, a7_6_.x, _e2139);
                        float _e2143 = t_15;
                        t_15 = metal::fma(v6_.y, a7_6_.y, _e2143);
                        float _e2147 = t_15;
                        t_15 = metal::fma(v6_.z, a7_6_.z, _e2147);
                        float _e2151 = t_15;
                        t_15 = metal::fma(v6_.w, a7_6_.w, _e2151);
                        float _e2155 = t_15;
                        t_15 = metal::fma(v7_.x, a7_7_.x, _e2155);
                        float _e2159 = t_15;
                        t_15 = metal::fma(v7_.y, a7_7_.y, _e2159);
                        float _e2163 = t_15;
                        t_15 = metal::fma(v7_.z, a7_7_.z, _e2163);
                        float _e2167 = t_15;
                        t_15 = metal::fma(v7_.w, a7_7_.w, _e2167);
                        float _e2169 = t_15;
                        float _e2170 = s0_7_;
                        s0_7_ = metal::fma(scale1_, _e2169, _e2170);
                    }
                    float _e2173 = s0_7_;
                    s0_7_ = metal::fma(-(less1_), t7_1_, _e2173);
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
                    metal::float2 _e2351 = scale_and_min(h0_1_, (((p0_ % 8u) / 2u) * 2u) + 0u);
                    float scale0_1 = _e2351.x;
                    float less0_1 = _e2351.y;
                    metal::float2 _e2362 = scale_and_min(h0_1_, (((p0_ % 8u) / 2u) * 2u) + 1u);
                    float scale1_1 = _e2362.x;
                    float less1_1 = _e2362.y;
                    {
                        t_16 = 0.0;
                        float _e2369 = t_16;
                        t_16 = metal::fma(v0_1.x, a0_0_.x, _e2369);
                        float _e2373 = t_16;
                        t_16 = metal::fma(v0_1.y, a0_0_.y, _e2373);
                        float _e2377 = t_16;
                        t_16 = metal::fma(v0_1.z, a0_0_.z, _e2377);
                        float _e2381 = t_16;
                        t_16 = metal::fma(v0_1.w, a0_0_.w, _e2381);
                        float _e2385 = t_16;
                        t_16 = metal::fma(v1_1.x, a0_1_.x, _e2385);
                        float _e2389 = t_16;
                        t_16 = metal::fma(v1_1.y, a0_1_.y, _e2389);
                        float _e2393 = t_16;
                        t_16 = metal::fma(v1_1.z, a0_1_.z, _e2393);
                        float _e2397 = t_16;
                        t_16 = metal::fma(v1_1.w, a0_1_.w, _e2397);
                        float _e2401 = t_16;
                        t_16 = metal::fma(v2_1.x, a0_2_.x, _e2401);
                        float _e2405 = t_16;
                        t_16 = metal::fma(v2_1.y, a0_2_.y, _e2405);
                        float _e2409 = t_16;
                        t_16 = metal::fma(v2_1.z, a0_2_.z, _e2409);
                        float _e2413 = t_16;
                        t_16 = metal::fma(v2_1.w, a0_2_.w, _e2413);
                        float _e2417 = t_16;
                        t_16 = metal::fma(v3_1.x, a0_3_.x, _e2417);
                        float _e2421 = t_16;
                        t_16 = metal::fma(v3_1.y, a0_3_.y, _e2421);
                        float _e2425 = t_16;
                        t_16 = metal::fma(v3_1.z, a0_3_.z, _e2425);
                        float _e2429 = t_16;
                        t_16 = metal::fma(v3_1.w, a0_3_.w, _e2429);
                        float _e2431 = t_16;
                        float _e2432 = s1_0_;
                        s1_0_ = metal::fma(scale0_1, _e2431, _e2432);
                    }
                    float _e2435 = s1_0_;
                    s1_0_ = metal::fma(-(less0_1), t0_0_, _e2435);
                    {
                        t_17 = 0.0;
                        float _e2441 = t_17;
                        t_17 = metal::fma(v4_1.x, a0_4_.x, _e2441);
                        float _e2445 = t_17;
                        t_17 = metal::fma(v4_1.y, a0_4_.y, _e2445);
                        float _e2449 = t_17;
                        t_17 = metal::fma(v4_1.z, a0_4_.z, _e2449);
                        float _e2453 = t_17;
                        t_17 = metal::fma(v4_1.w, a0_4_.w, _e2453);
                        float _e2457 = t_17;
                        t_17 = metal::fma(v5_1.x, a0_5_.x, _e2457);
                        float _e2461 = t_17;
                        t_17 = metal::fma(v5_1.y, a0_5_.y, _e2461);
                        float _e2465 = t_17;
                        t_17 = metal::fma(v5_1.z, a0_5_.z, _e2465);
                        float _e2469 = t_17;
                        t_17 = metal::fma(v5_1.w, a0_5_.w, _e2469);
                        float _e2473 = t_17;
                        t_17 = metal::fma(v6_1.x, a0_6_.x, _e2473);
                        float _e2477 = t_17;
                        t_17 = metal::fma(v6_1.y, a0_6_.y, _e2477);
                        float _e2481 = t_17;
                        t_17 = metal::fma(v6_1.z, a0_6_.z, _e2481);
                        float _e2485 = t_17;
                        t_17 = metal::fma(v6_1.w, a0_6_.w, _e2485);
                        float _e2489 = t_17;
                        t_17 = metal::fma(v7_1.x, a0_7_.x, _e2489);
                        float _e2493 = t_17;
                        t_17 = metal::fma(v7_1.y, a0_7_.y, _e2493);
                        float _e2497 = t_17;
                        t_17 = metal::fma(v7_1.z, a0_7_.z, _e2497);
                        float _e2501 = t_17;
                        t_17 = metal::fma(v7_1.w, a0_7_.w, _e2501);
                        float _e2503 = t_17;
                        float _e2504 = s1_0_;
                        s1_0_ = metal::fma(scale1_1, _e2503, _e2504);
                    }
                    float _e2507 = s1_0_;
                    s1_0_ = metal::fma(-(less1_1), t0_1_, _e2507);
                    {
                        t_18 = 0.0;
                        float _e2513 = t_18;
                        t_18 = metal::fma(v0_1.x, a1_0_.x, _e2513);
                        float _e2517 = t_18;
                        t_18 = metal::fma(v0_1.y, a1_0_.y, _e2517);
                        float _e2521 = t_18;
                        t_18 = metal::fma(v0_1.z, a1_0_.z, _e2521);
                        float _e2525 = t_18;
                        t_18 = metal::fma(v0_1.w, a1_0_.w, _e2525);
                        float _e2529 = t_18;
                        t_18 = metal::fma(v1_1.x, a1_1_.x, _e2529);
                        float _e2533 = t_18;
                        t_18 = metal::fma(v1_1.y, a1_1_.y, _e2533);
                        float _e2537 = t_18;
                        t_18 = metal::fma(v1_1.z, a1_1_.z, _e2537);
                        float _e2541 = t_18;
                        t_18 = metal::fma(v1_1.w, a1_1_.w, _e2541);
                        float _e2545 = t_18;
                        t_18 = metal::fma(v2_1.x, a1_2_.x, _e2545);
                        float _e2549 = t_18;
                        t_18 = metal::fma(v2_1.y, a1_2_.y, _e2549);
                        float _e2553 = t_18;
                        t_18 = metal::fma(v2_1.z, a1_2_.z, _e2553);
                        float _e2557 = t_18;
                        t_18 = metal::fma(v2_1.w, a1_2_.w, _e2557);
                        float _e2561 = t_18;
                        t_18 = metal::fma(v3_1.x, a1_3_.x, _e2561);
                        float _e2565 = t_18;
                        t_18 = metal::fma(v3_1.y, a1_3_.y, _e2565);
                        float _e2569 = t_18;
                        t_18 = metal::fma(v3_1.z, a1_3_.z, _e2569);
                        float _e2573 = t_18;
                        t_18 = metal::fma(v3_1.w, a1_3_.w, _e2573);
                        float _e2575 = t_18;
                        float _e2576 = s1_1_;
                        s1_1_ = metal::fma(scale0_1, _e2575, _e2576);
                    }
                    float _e2579 = s1_1_;
                    s1_1_ = metal::fma(-(less0_1), t1_0_, _e2579);
                    {
                        t_19 = 0.0;
                        float _e2585 = t_19;
                        t_19 = metal::fma(v4_1.x, a1_4_.x, _e2585);
                        float _e2589 = t_19;
                        t_19 = metal::fma(v4_1.y, a1_4_.y, _e2589);
                        float _e2593 = t_19;
                        t_19 = metal::fma(v4_1.z, a1_4_.z, _e2593);
                        float _e2597 = t_19;
                        t_19 = metal::fma(v4_1.w, a1_4_.w, _e2597);
                        float _e2601 = t_19;
                        t_19 = metal::fma(v5_1.x, a1_5_.x, _e2601);
                        float _e2605 = t_19;
                        t_19 = metal::fma(v5_1.y, a1_5_.y, _e2605);
                        float _e2609 = t_19;
                        t_19 = metal::fma(v5_1.z, a1_5_.z, _e2609);
                        float _e2613 = t_19;
                        t_19 = metal::fma(v5_1.w, a1_5_.w, _e2613);
                        float _e2617 = t_19;
                        t_19 = metal::fma(v6_1.x, a1_6_.x, _e2617);
                        float _e2621 = t_19;
                        t_19 = metal::fma(v6_1.y, a1_6_.y, _e2621);
                        float _e2625 = t_19;
                        t_19 = metal::fma(v6_1.z, a1_6_.z, _e2625);
                        float _e2629 = t_19;
                        t_19 = metal::fma(v6_1.w, a1_6_.w, _e2629);
                        float _e2633 = t_19;
                        t_19 = metal::fma(v7_1.x, a1_7_.x, _e2633);
                        float _e2637 = t_19;
                        t_19 = metal::fma(v7_1.y, a1_7_.y, _e2637);
                        float _e2641 = t_19;
                        t_19 = metal::fma(v7_1.z, a1_7_.z, _e2641);
                        float _e2645 = t_19;
                        t_19 = metal::fma(v7_1.w, a1_7_.w, _e2645);
                        float _e2647 = t_19;
                        float _e2648 = s1_1_;
                        s1_1_ = metal::fma(scale1_1, _e2647, _e2648);
                    }
                    float _e2651 = s1_1_;
                    s1_1_ = metal::fma(-(less1_1), t1_1_, _e2651);
                    {
                        t_20 = 0.0;
                        float _e2657 = t_20;
                        t_20 = metal::fma(v0_1.x, a2_0_.x, _e2657);
                        float _e2661 = t_20;
                        t_20 = metal::fma(v0_1.y, a2_0_.y, _e2661);
                        float _e2665 = t_20;
                        t_20 = metal::fma(v0_1.z, a2_0_.z, _e2665);
                        float _e2669 = t_20;
                        t_20 = metal::fma(v0_1.w, a2_0_.w, _e2669);
                        float _e2673 = t_20;
                        t_20 = metal::fma(v1_1.x, a2_1_.x, _e2673);
                        float _e2677 = t_20;
                        t_20 = metal::fma(v1_1.y, a2_1_.y, _e2677);
                        float _e2681 = t_20;
                        t_20 = metal::fma(v1_1.z, a2_1_.z, _e2681);
                        float _e2685 = t_20;
                        t_20 = metal::fma(v1_1.w, a2_1_.w, _e2685);
                        float _e2689 = t_20;
                        t_20 = metal::fma(v2_1.x, a2_2_.x, _e2689);
                        float _e2693 = t_20;
                        t_20 = metal::fma(v2_1.y, a2_2_.y, _e2693);
                        float _e2697 = t_20;
                        t_20 = metal::fma(v2_1.z, a2_2_.z, _e2697);
                        float _e2701 = t_20;
                        t_20 = metal::fma(v2_1.w, a2_2_.w, _e2701);
                        float _e2705 = t_20;
                        t_20 = metal::fma(v3_1.x, a2_3_.x, _e2705);
                        float _e2709 = t_20;
                        t_20 = metal::fma(v3_1.y, a2_3_.y, _e2709);
                        float _e2713 = t_20;
                        t_20 = metal::fma(v3_1.z, a2_3_.z, _e2713);
                        float _e2717 = t_20;
                        t_20 = metal::fma(v3_1.w, a2_3_.w, _e2717);
                        float _e2719 = t_20;
                        float _e2720 = s1_2_;
                        s1_2_ = metal::fma(scale0_1, _e2719, _e2720);
                    }
                    float _e2723 = s1_2_;
                    s1_2_ = metal::fma(-(less0_1), t2_0_, _e2723);
                    {
                        t_21 = 0.0;
                        float _e2729 = t_21;
                        t_21 = metal::fma(v4_1.x, a2_4_.x, _e2729);
                        float _e2733 = t_21;
                        t_21 = metal::fma(v4_1.y, a2_4_.y, _e2733);
                        float _e2737 = t_21;
                        t_21 = metal::fma(v4_1.z, a2_4_.z, _e2737);
                        float _e2741 = t_21;
                        t_21 = metal::fma(v4_1.w, a2_4_.w, _e2741);
                        float _e2745 = t_21;
                        t_21 = metal::fma(v5_1.x, a2_5_.x, _e2745);
                        float _e2749 = t_21;
                        t_21 = metal::fma(v5_1.y, a2_5_.y, _e2749);
                        float _e2753 = t_21;
                        t_21 = metal::fma(v5_1.z, a2_5_.z, _e2753);
                        float _e2757 = t_21;
                        t_21 = metal::fma(v5_1.w, a2_5_.w, _e2757);
                        float _e2761 = t_21;
                        t_21 = metal::fma(v6_1.x, a2_6_.x, _e2761);
                        float _e2765 = t_21;
                        t_21 = metal::fma(v6_1.y, a2_6_.y, _e2765);
                        float _e2769 = t_21;
                        t_21 = metal::fma(v6_1.z, a2_6_.z, _e2769);
                        float _e2773 = t_21;
                        t_21 = metal::fma(v6_1.w, a2_6_.w, _e2773);
                        float _e2777 = t_21;
                        t_21 = metal::fma(v7_1.x, a2_7_.x, _e2777);
                        float _e2781 = t_21;
                        t_21 = metal::fma(v7_1.y, a2_7_.y, _e2781);
                        float _e2785 = t_21;
                        t_21 = metal::fma(v7_1.z, a2_7_.z, _e2785);
                        float _e2789 = t_21;
                        t_21 = metal::fma(v7_1.w, a2_7_.w, _e2789);
                        float _e2791 = t_21;
                        float _e2792 = s1_2_;
                        s1_2_ = metal::fma(scale1_1, _e2791, _e2792);
                    }
                    float _e2795 = s1_2_;
                    s1_2_ = metal::fma(-(less1_1), t2_1_, _e2795);
                    {
                        t_22 = 0.0;
                        float _e2801 = t_22;
                        t_22 = metal::fma(v0_1.x, a3_0_.x, _e2801);
                        float _e2805 = t_22;
                        t_22 = metal::fma(v0_1.y, a3_0_.y, _e2805);
                        float _e2809 = t_22;
                        t_22 = metal::fma(v0_1.z, a3_0_.z, _e2809);
                        float _e2813 = t_22;
                        t_22 = metal::fma(v0_1.w, a3_0_.w, _e2813);
                        float _e2817 = t_22;
                        t_22 = metal::fma(v1_1.x, a3_1_.x, _e2817);
                        float _e2821 = t_22;
                        t_22 = metal::fma(v1_1.y, a3_1_.y, _e2821);
                        float _e2825 = t_22;
                        t_22 = metal::fma(v1_1.z, a3_1_.z, _e2825);
                        float _e2829 = t_22;
                        t_22 = metal::fma(v1_1.w, a3_1_.w, _e2829);
                        float _e2833 = t_22;
                        t_22 = metal::fma(v2_1.x, a3_2_.x, _e2833);
                        float _e2837 = t_22;
                        t_22 = metal::fma(v2_1.y, a3_2_.y, _e2837);
                        float _e2841 = t_22;
                        t_22 = metal::fma(v2_1.z, a3_2_.z, _e2841);
                        float _e2845 = t_22;
                        t_22 = metal::fma(v2_1.w, a3_2_.w, _e2845);
                        float _e2849 = t_22;
                        t_22 = metal::fma(v3_1.x, a3_3_.x, _e2849);
                        float _e2853 = t_22;
                        t_22 = metal::fma(v3_1.y, a3_3_.y, _e2853);
                        float _e2857 = t_22;
                        t_22 = metal::fma(v3_1.z, a3_3_.z, _e2857);
                        float _e2861 = t_22;
                        t_22 = metal::fma(v3_1.w, a3_3_.w, _e2861);
                        float _e2863 = t_22;
                        float _e2864 = s1_3_;
                        s1_3_ = metal::fma(scale0_1, _e2863, _e2864);
                    }
                    float _e2867 = s1_3_;
                    s1_3_ = metal::fma(-(less0_1), t3_0_, _e2867);
                    {
                        t_23 = 0.0;
                        float _e2873 = t_23;
                        t_23 = metal::fma(v4_1.x, a3_4_.x, _e2873);
                        float _e2877 = t_23;
                        t_23 = metal::fma(v4_1.y, a3_4_.y, _e2877);
                        float _e2881 = t_23;
                        t_23 = metal::fma(v4_1.z, a3_4_.z, _e2881);
                        float _e2885 = t_23;
                        t_23 = metal::fma(v4_1.w, a3_4_.w, _e2885);
                        float _e2889 = t_23;
                        t_23 = metal::fma(v5_1.x, a3_5_.x, _e2889);
                        float _e2893 = t_23;
                        t_23 = metal::fma(v5_1.y, a3_5_.y, _e2893);
                        float _e2897 = t_23;
                        t_23 = metal::fma(v5_1.z, a3_5_.z, _e2897);
                        float _e2901 = t_23;
                        t_23 = metal::fma(v5_1.w, a3_5_.w, _e2901);
                        float _e2905 = t_23;
                        t_23 = metal::fma(v6_1.x, a3_6_.x, _e2905);
                        float _e2909 = t_23;
                        t_23 = metal::fma(v6_1.y, a3_6_.y, _e2909);
                        float _e2913 = t_23;
                        t_23 = metal::fma(v6_1.z, a3_6_.z, _e2913);
                        float _e2917 = t_23;
                        t_23 = metal::fma(v6_1.w, a3_6_.w, _e2917);
                        float _e2921 = t_23;
                        t_23 = metal::fma(v7_1.x, a3_7_.x, _e2921);
                        float _e2925 = t_23;
                        t_23 = metal::fma(v7_1.y, a3_7_.y, _e2925);
                        float _e2929 = t_23;
                        t_23 = metal::fma(v7_1.z, a3_7_.z, _e2929);
                        float _e2933 = t_23;
                        t_23 = metal::fma(v7_1.w, a3_7_.w, _e2933);
                        float _e2935 = t_23;
                        float _e2936 = s1_3_;
                        s1_3_ = metal::fma(scale1_1, _e2935, _e2936);
                    }
                    float _e2939 = s1_3_;
                    s1_3_ = metal::fma(-(less1_1), t3_1_, _e2939);
                    {
                        t_24 = 0.0;
                        float _e2945 = t_24;
                        t_24 = metal::fma(v0_1.x, a4_0_.x, _e2945);
                        float _e2949 = t_24;
                        t_24 = metal::fma(v0_1.y, a4_0_.y, _e2949);
                        float _e2953 = t_24;
                        t_24 = metal::fma(v0_1.z, a4_0_.z, _e2953);
                        float _e2957 = t_24;
                        t_24 = metal::fma(v0_1.w, a4_0_.w, _e2957);
                        float _e2961 = t_24;
                        t_24 = metal::fma(v1_1.x, a4_1_.x, _e2961);
                        float _e2965 = t_24;
                        t_24 = metal::fma(v1_1.y, a4_1_.y, _e2965);
                        float _e2969 = t_24;
                        t_24 = metal::fma(v1_1.z, a4_1_.z, _e2969);
                        float _e2973 = t_24;
                        t_24 = metal::fma(v1_1.w, a4_1_.w, _e2973);
                        float _e2977 = t_24;
                        t_24 = metal::fma(v2_1.x, a4_2_.x, _e2977);
                        float _e2981 = t_24;
                        t_24 = metal::fma(v2_1.y, a4_2_.y, _e2981);
                        float _e2985 = t_24;
                        t_24 = metal::fma(v2_1.z, a4_2_.z, _e2985);
                        float _e2989 = t_24;
                        t_24 = metal::fma(v2_1.w, a4_2_.w, _e2989);
                        float _e2993 = t_24;
                        t_24 = metal::fma(v3_1.x, a4_3_.x, _e2993);
                        float _e2997 = t_24;
                        t_24 = metal::fma(v3_1.y, a4_3_.y, _e2997);
                        float _e3001 = t_24;
                        t_24 = metal::fma(v3_1.z, a4_3_.z, _e3001);
                        float _e3005 = t_24;
                        t_24 = metal::fma(v3_1.w, a4_3_.w, _e3005);
                        float _e3007 = t_24;
                        float _e3008 = s1_4_;
                        s1_4_ = metal::fma(scale0_1, _e3007, _e3008);
                    }
                    float _e3011 = s1_4_;
                    s1_4_ = metal::fma(-(less0_1), t4_0_, _e3011);
                    {
                        t_25 = 0.0;
                        float _e3017 = t_25;
                        t_25 = metal::fma(v4_1.x, a4_4_.x, _e3017);
                        float _e3021 = t_25;
                        t_25 = metal::fma(v4_1.y, a4_4_.y, _e3021);
                        float _e3025 = t_25;
                        t_25 = metal::fma(v4_1.z, a4_4_.z, _e3025);
                        float _e3029 = t_25;
                        t_25 = metal::fma(v4_1.w, a4_4_.w, _e3029);
                        float _e3033 = t_25;
                        t_25 = metal::fma(v5_1.x, a4_5_.x, _e3033);
                        float _e3037 = t_25;
                        t_25 = metal::fma(v5_1.y, a4_5_.y, _e3037);
                        float _e3041 = t_25;
                        t_25 = metal::fma(v5_1.z, a4_5_.z, _e3041);
                        float _e3045 = t_25;
                        t_25 = metal::fma(v5_1.w, a4_5_.w, _e3045);
                        float _e3049 = t_25;
                        t_25 = metal::fma(v6_1.x, a4_6_.x, _e3049);
                        float _e3053 = t_25;
                        t_25 = metal::fma(v6_1.y, a4_6_.y, _e3053);
                        float _e3057 = t_25;
                        t_25 = metal::fma(v6_1.z, a4_6_.z, _e3057);
                        float _e3061 = t_25;
                        t_25 = metal::fma(v6_1.w, a4_6_.w, _e3061);
                        float _e3065 = t_25;
                        t_25 = metal::fma(v7_1.x, a4_7_.x, _e3065);
                        float _e3069 = t_25;
                        t_25 = metal::fma(v7_1.y, a4_7_.y, _e3069);
                        float _e3073 = t_25;
                        t_25 = metal::fma(v7_1.z, a4_7_.z, _e3073);
                        float _e3077 = t_25;
                        t_25 = metal::fma(v7_1.w, a4_7_.w, _e3077);
                        float _e3079 = t_25;
                        float _e3080 = s1_4_;
                        s1_4_ = metal::fma(scale1_1, _e3079, _e3080);
                    }
                    float _e3083 = s1_4_;
                    s1_4_ = metal::fma(-(less1_1), t4_1_, _e3083);
                    {
                        t_26 = 0.0;
                        float _e3089 = t_26;
                        t_26 = metal::fma(v0_1.x, a5_0_.x, _e3089);
                        float _e3093 = t_26;
                        t_26 = metal::fma(v0_1.y, a5_0_.y, _e3093);
                        float _e3097 = t_26;
                        t_26 = metal::fma(v0_1.z, a5_0_.z, _e3097);
                        float _e3101 = t_26;
                        t_26 = metal::fma(v0_1.w, a5_0_.w, _e3101);
                        float _e3105 = t_26;
                        t_26 = metal::fma(v1_1.x, a5_1_.x, _e3105);
                        float _e3109 = t_26;
                        t_26 = metal::fma(v1_1.y, a5_1_.y, _e3109);
                        float _e3113 = t_26;
                        t_26 = metal::fma(v1_1.z, a5_1_.z, _e3113);
                        float _e3117 = t_26;
                        t_26 = metal::fma(v1_1.w, a5_1_.w, _e3117);
                        float _e3121 = t_26;
                        t_26 = metal::fma(v2_1.x, a5_2_.x, _e3121);
                        float _e3125 = t_26;
                        t_26 = metal::fma(v2_1.y, a5_2_.y, _e3125);
                        float _e3129 = t_26;
                        t_26 = metal::fma(v2_1.z, a5_2_.z, _e3129);
                        float _e3133 = t_26;
                        t_26 = metal::fma(v2_1.w, a5_2_.w, _e3133);
                        float _e3137 = t_26;
                        t_26 = metal::fma(v3_1.x, a5_3_.x, _e3137);
                        float _e3141 = t_26;
                        t_26 = metal::fma(v3_1.y, a5_3_.y, _e3141);
                        float _e3145 = t_26;
                        t_26 = metal::fma(v3_1.z, a5_3_.z, _e3145);
                        float _e3149 = t_26;
                        t_26 = metal::fma(v3_1.w, a5_3_.w, _e3149);
                        float _e3151 = t_26;
                        float _e3152 = s1_5_;
                        s1_5_ = metal::fma(scale0_1, _e3151, _e3152);
                    }
                    float _e3155 = s1_5_;
                    s1_5_ = metal::fma(-(less0_1), t5_0_, _e3155);
                    {
                        t_27 = 0.0;
                        float _e3161 = t_27;
                        t_27 = metal::fma(v4_1.x, a5_4_.x, _e3161);
                        float _e3165 = t_27;
                        t_27 = metal::fma(v4_1.y, a5_4_.y, _e3165);
                        float _e3169 = t_27;
                        t_27 = metal::fma(v4_1.z, a5_4_.z, _e3169);
                        float _e3173 = t_27;
                        t_27 = metal::fma(v4_1.w, a5_4_.w, _e3173);
                        float _e3177 = t_27;
                        t_27 = metal::fma(v5_1.x, a5_5_.x, _e3177);
                        float _e3181 = t_27;
                        t_27 = metal::fma(v5_1.y, a5_5_.y, _e3181);
                        float _e3185 = t_27;
                        t_27 = metal::fma(v5_1.z, a5_5_.z, _e3185);
                        float _e3189 = t_27;
                        t_27 = metal::fma(v5_1.w, a5_5_.w, _e3189);
                        float _e3193 = t_27;
                        t_27 = metal::fma(v6_1.x, a5_6_.x, _e3193);
                        float _e3197 = t_27;
                        t_27 = metal::fma(v6_1.y, a5_6_.y, _e3197);
                        float _e3201 = t_27;
                        t_27 = metal::fma(v6_1.z, a5_6_.z, _e3201);
                        float _e3205 = t_27;
                        t_27 = metal::fma(v6_1.w, a5_6_.w, _e3205);
                        float _e3209 = t_27;
                        t_27 = metal::fma(v7_1.x, a5_7_.x, _e3209);
                        float _e3213 = t_27;
                        t_27 = metal::fma(v7_1.y, a5_7_.y, _e3213);
                        float _e3217 = t_27;
                        t_27 = metal::fma(v7_1.z, a5_7_.z, _e3217);
                        float _e3221 = t_27;
                        t_27 = metal::fma(v7_1.w, a5_7_.w, _e3221);
                        float _e3223 = t_27;
                        float _e3224 = s1_5_;
                        s1_5_ = metal::fma(scale1_1, _e3223, _e3224);
                    }
                    float _e3227 = s1_5_;
                    s1_5_ = metal::fma(-(less1_1), t5_1_, _e3227);
                    {
                        t_28 = 0.0;
                        float _e3233 = t_28;
                        t_28 = metal::fma(v0_1.x, a6_0_.x, _e3233);
                        float _e3237 = t_28;
                        t_28 = metal::fma(v0_1.y, a6_0_.y, _e3237);
                        float _e3241 = t_28;
                        t_28 = metal::fma(v0_1.z, a6_0_.z, _e3241);
                        float _e3245 = t_28;
                        t_28 = metal::fma(v0_1.w, a6_0_.w, _e3245);
                        float _e3249 = t_28;
                        t_28 = metal::fma(v1_1.x, a6_1_.x, _e3249);
                        float _e3253 = t_28;
                        t_28 = metal::fma(v1_1.y, a6_1_.y, _e3253);
                        float _e3257 = t_28;
                        t_28 = metal::fma(v1_1.z, a6_1_.z, _e3257);
                        float _e3261 = t_28;
                        t_28 = metal::fma(v1_1.w, a6_1_.w, _e3261);
                        float _e3265 = t_28;
                        t_28 = metal::fma(v2_1.x, a6_2_.x, _e3265);
                        float _e3269 = t_28;
                        t_28 = metal::fma(v2_1.y, a6_2_.y, _e3269);
                        float _e3273 = t_28;
                        t_28 = metal::fma(v2_1.z, a6_2_.z, _e3273);
                        float _e3277 = t_28;
                        t_28 = metal::fma(v2_1.w, a6_2_.w, _e3277);
                        float _e3281 = t_28;
                        t_28 = metal::fma(v3_1.x, a6_3_.x, _e3281);
                        float _e3285 = t_28;
                        t_28 = metal::fma(v3_1.y, a6_3_.y, _e3285);
                        float _e3289 = t_28;
                        t_28 = metal::fma(v3_1.z, a6_3_.z, _e3289);
                        float _e3293 = t_28;
                        t_28 = metal::fma(v3_1.w, a6_3_.w, _e3293);
                        float _e3295 = t_28;
                        float _e3296 = s1_6_;
                        s1_6_ = metal::fma(scale0_1, _e3295, _e3296);
                    }
                    float _e3299 = s1_6_;
                    s1_6_ = metal::fma(-(less0_1), t6_0_, _e3299);
                    {
                        t_29 = 0.0;
                        float _e3305 = t_29;
                        t_29 = metal::fma(v4_1.x, a6_4_.x, _e3305);
                        float _e3309 = t_29;
                        t_29 = metal::fma(v4_1.y, a6_4_.y, _e3309);
                        float _e3313 = t_29;
                        t_29 = metal::fma(v4_1.z, a6_4_.z, _e3313);
                        float _e3317 = t_29;
                        t_29 = metal::fma(v4_1.w, a6_4_.w, _e3317);
                        float _e3321 = t_29;
                        t_29 = metal::fma(v5_1.x, a6_5_.x, _e3321);
                        float _e3325 = t_29;
                        t_29 = metal::fma(v5_1.y, a6_5_.y, _e3325);
                        float _e3329 = t_29;
                        t_29 = metal::fma(v5_1.z, a6_5_.z, _e3329);
                        float _e3333 = t_29;
                        t_29 = metal::fma(v5_1.w, a6_5_.w, _e3333);
                        float _e3337 = t_29;
                        t_29 = metal::fma(v6_1.x, a6_6_.x, _e3337);
                        float _e3341 = t_29;
                        t_29 = metal::fma(v6_1.y, a6_6_.y, _e3341);
                        float _e3345 = t_29;
                        t_29 = metal::fma(v6_1.z, a6_6_.z, _e3345);
                        float _e3349 = t_29;
                        t_29 = metal::fma(v6_1.w, a6_6_.w, _e3349);
                        float _e3353 = t_29;
                        t_29 = metal::fma(v7_1.x, a6_7_.x, _e3353);
                        float _e3357 = t_29;
                        t_29 = metal::fma(v7_1.y, a6_7_.y, _e3357);
                        float _e3361 = t_29;
                        t_29 = metal::fma(v7_1.z, a6_7_.z, _e3361);
                        float _e3365 = t_29;
                        t_29 = metal::fma(v7_1.w, a6_7_.w, _e3365);
                        float _e3367 = t_29;
                        float _e3368 = s1_6_;
                        s1_6_ = metal::fma(scale1_1, _e3367, _e3368);
                    }
                    float _e3371 = s1_6_;
                    s1_6_ = metal::fma(-(less1_1), t6_1_, _e3371);
                    {
                        t_30 = 0.0;
                        float _e3377 = t_30;
                        t_30 = metal::fma(v0_1.x, a7_0_.x, _e3377);
                        float _e3381 = t_30;
                        t_30 = metal::fma(v0_1.y, a7_0_.y, _e3381);
                        float _e3385 = t_30;
                        t_30 = metal::fma(v0_1.z, a7_0_.z, _e3385);
                        float _e3389 = t_30;
                        t_30 = metal::fma(v0_1.w, a7_0_.w, _e3389);
                        float _e3393 = t_30;
                        t_30 = metal::fma(v1_1.x, a7_1_.x, _e3393);
                        float _e3397 = t_30;
                        t_30 = metal::fma(v1_1.y, a7_1_.y, _e3397);
                        float _e3401 = t_30;
                        t_30 = metal::fma(v1_1.z, a7_1_.z, _e3401);
                        float _e3405 = t_30;
                        t_30 = metal::fma(v1_1.w, a7_1_.w, _e3405);
                        float _e3409 = t_30;
                        t_30 = metal::fma(v2_1.x, a7_2_.x, _e3409);
                        float _e3413 = t_30;
                        t_30 = metal::fma(v2_1.y, a7_2_.y, _e3413);
                        float _e3417 = t_30;
                        t_30 = metal::fma(v2_1.z, a7_2_.z, _e3417);
                        float _e3421 = t_30;
                        t_30 = metal::fma(v2_1.w, a7_2_.w, _e3421);
                        float _e3425 = t_30;
                        t_30 = metal::fma(v3_1.x, a7_3_.x, _e3425);
                        float _e3429 = t_30;
                        t_30 = metal::fma(v3_1.y, a7_3_.y, _e3429);
                        float _e3433 = t_30;
                        t_30 = metal::fma(v3_1.z, a7_3_.z, _e3433);
                        float _e3437 = t_30;
                        t_30 = metal::fma(v3_1.w, a7_3_.w, _e3437);
                        float _e3439 = t_30;
                        float _e3440 = s1_7_;
                        s1_7_ = metal::fma(scale0_1, _e3439, _e3440);
                    }
                    float _e3443 = s1_7_;
                    s1_7_ = metal::fma(-(less0_1), t7_0_, _e3443);
                    {
                        t_31 = 0.0;
                        float _e3449 = t_31;
                        t_31 = metal::fma(v4_1.x, a7_4_.x, _e3449);
                        float _e3453 = t_31;
                        t_31 = metal::fma(v4_1.y, a7_4_.y, _e3453);
                        float _e3457 = t_31;
                        t_31 = metal::fma(v4_1.z, a7_4_.z, _e3457);
                        float _e3461 = t_31;
                        t_31 = metal::fma(v4_1.w, a7_4_.w, _e3461);
                        float _e3465 = t_31;
                        t_31 = metal::fma(v5_1.x, a7_5_.x, _e3465);
                        float _e3469 = t_31;
                        t_31 = metal::fma(v5_1.y, a7_5_.y, _e3469);
                        float _e3473 = t_31;
                        t_31 = metal::fma(v5_1.z, a7_5_.z, _e3473);
                        float _e3477 = t_31;
                        t_31 = metal::fma(v5_1.w, a7_5_.w, _e3477);
                        float _e3481 = t_31;
                        t_31 = metal::fma(v6_1.x, a7_6_.x, _e3481);
                        float _e3485 = t_31;
                        t_31 = metal::fma(v6_1.y, a7_6_.y, _e3485);
                        float _e3489 = t_31;
                        t_31 = metal::fma(v6_1.z, a7_6_.z, _e3489);
                        float _e3493 = t_31;
                        t_31 = metal::fma(v6_1.w, a7_6_.w, _e3493);
                        float _e3497 = t_31;
                        t_31 = metal::fma(v7_1.x, a7_7_.x, _e3497);
                        float _e3501 = t_31;
                        t_31 = metal::fma(v7_1.y, a7_7_.y, _e3501);
                        float _e3505 = t_31;
                        t_31 = metal::fma(v7_1.z, a7_7_.z, _e3505);
                        float _e3509 = t_31;
                        t_31 = metal::fma(v7_1.w, a7_7_.w, _e3509);
                        float _e3511 = t_31;
                        float _e3512 = s1_7_;
                        s1_7_ = metal::fma(scale1_1, _e3511, _e3512);
                    }
                    float _e3515 = s1_7_;
                    s1_7_ = metal::fma(-(less1_1), t7_1_, _e3515);
                }
            }
            {
                float _e3517 = s0_0_;
                float unnamed = metal::simd_sum(_e3517);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 0u] = unnamed;
                }
            }
            {
                float _e3527 = s1_0_;
                float unnamed_1 = metal::simd_sum(_e3527);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 8u] = unnamed_1;
                }
            }
            {
                float _e3537 = s0_1_;
                float unnamed_2 = metal::simd_sum(_e3537);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 1u] = unnamed_2;
                }
            }
            {
                float _e3547 = s1_1_;
                float unnamed_3 = metal::simd_sum(_e3547);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 9u] = unnamed_3;
                }
            }
            {
                float _e3557 = s0_2_;
                float unnamed_4 = metal::simd_sum(_e3557);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 2u] = unnamed_4;
                }
            }
            {
                float _e3567 = s1_2_;
                float unnamed_5 = metal::simd_sum(_e3567);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 10u] = unnamed_5;
                }
            }
            {
                float _e3577 = s0_3_;
                float unnamed_6 = metal::simd_sum(_e3577);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 3u] = unnamed_6;
                }
            }
            {
                float _e3587 = s1_3_;
                float unnamed_7 = metal::simd_sum(_e3587);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 11u] = unnamed_7;
                }
            }
            {
                float _e3597 = s0_4_;
                float unnamed_8 = metal::simd_sum(_e3597);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 4u] = unnamed_8;
                }
            }
            {
                float _e3607 = s1_4_;
                float unnamed_9 = metal::simd_sum(_e3607);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 12u] = unnamed_9;
                }
            }
            {
                float _e3617 = s0_5_;
                float unnamed_10 = metal::simd_sum(_e3617);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 5u] = unnamed_10;
                }
            }
            {
                float _e3627 = s1_5_;
                float unnamed_11 = metal::simd_sum(_e3627);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 13u] = unnamed_11;
                }
            }
            {
                float _e3637 = s0_6_;
                float unnamed_12 = metal::simd_sum(_e3637);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 6u] = unnamed_12;
                }
            }
            {
                float _e3647 = s1_6_;
                float unnamed_13 = metal::simd_sum(_e3647);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 14u] = unnamed_13;
                }
            }
            {
                float _e3657 = s0_7_;
                float unnamed_14 = metal::simd_sum(_e3657);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 7u] = unnamed_14;
                }
            }
            {
                float _e3667 = s1_7_;
                float unnamed_15 = metal::simd_sum(_e3667);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 15u] = unnamed_15;
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            i = thread_;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e3737 = i;
                    i = _e3737 + 256u;
                }
                loop_init_1 = false;
                uint _e3678 = i;
                if (_e3678 < 128u) {
                } else {
                    break;
                }
                {
                    uint _e3681 = i;
                    uint own = _e3681 / 16u;
                    uint _e3684 = i;
                    uint m = (_e3684 % 16u) / 8u;
                    uint _e3689 = i;
                    uint r = _e3689 % 8u;
                    uint n = ((group * 16u) + (own * 2u)) + m;
                    uint _e3698 = base;
                    uint row = _e3698 + r;
                    if (n < 768u) {
                        local = row < live;
                    } else {
                        local = false;
                    }
                    bool _e3706 = local;
                    if (_e3706) {
                        float _e3720 = parts.inner[((((own * 1u) + 0u) * 16u) + (m * 8u)) + r];
                        float _e3724 = bias[n];
                        float sum = (_e3720 * 1.0) + _e3724;
                        uint to = ((row * 768u) + n) + 0u;
                        float _e3735 = y[to];
                        y[to] = _e3735 + sum;
                    }
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    return;
}
