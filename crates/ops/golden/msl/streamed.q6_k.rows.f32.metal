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
typedef uint type_4[1];
typedef float type_5[1];
typedef metal::uint4 type_7[1];
struct type_8 {
    uint inner[64];
};
struct type_9 {
    float inner[128];
};

float scale_of(
    uint i_1,
    device type_4 const& scales,
    constant _mslBufferSizes& _buffer_sizes
) {
    uint _e5 = scales[i_1 / 2u];
    return float2(as_type<half2>(_e5))[i_1 % 2u];
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
, device type_4 const& scales [[buffer(3)]]
, device type_7 const& w [[buffer(4)]]
, device type_5& y [[buffer(5)]]
, device type_8 const& params [[buffer(6)]]
, threadgroup type_9& parts
, constant _mslBufferSizes& _buffer_sizes [[buffer(7)]]
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
            uint _e3825 = base;
            base = _e3825 + 8u;
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
            metal::uint4 h0_0_ = w[(n0_ * 26u) + ((p0_ / 8u) * 13u)];
            metal::uint4 u0_0_ = w[((((n0_ * 26u) + ((p0_ / 8u) * 13u)) + (((p0_ % 8u) / 4u) * 2u)) + (p0_ % 2u)) + 1u];
            metal::uint4 w0_0_ = w[(((n0_ * 26u) + ((p0_ / 8u) * 13u)) + (p0_ % 8u)) + 5u];
            float _e232 = scale_of((n0_ * 2u) + (p0_ / 8u), scales, _buffer_sizes);
            metal::uint4 h0_1_ = w[(n1_ * 26u) + ((p0_ / 8u) * 13u)];
            metal::uint4 u0_1_ = w[((((n1_ * 26u) + ((p0_ / 8u) * 13u)) + (((p0_ % 8u) / 4u) * 2u)) + (p0_ % 2u)) + 1u];
            metal::uint4 w0_1_ = w[(((n1_ * 26u) + ((p0_ / 8u) * 13u)) + (p0_ % 8u)) + 5u];
            float _e285 = scale_of((n1_ * 2u) + (p0_ / 8u), scales, _buffer_sizes);
            {
                uint c0_ = (((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 0u;
                uint c1_ = (((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 1u;
                uint c2_ = (((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 2u;
                uint c3_ = (((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 3u;
                uint c4_ = ((((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 16u) + 0u;
                uint c5_ = ((((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 16u) + 1u;
                uint c6_ = ((((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 16u) + 2u;
                uint c7_ = ((((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 16u) + 3u;
                metal::float4 _e386 = x[x0_ + c0_];
                metal::float4 a0_0_ = own0_ ? _e386 : metal::float4 {};
                metal::float4 _e392 = x[x0_ + c1_];
                metal::float4 a0_1_ = own0_ ? _e392 : metal::float4 {};
                metal::float4 _e398 = x[x0_ + c2_];
                metal::float4 a0_2_ = own0_ ? _e398 : metal::float4 {};
                metal::float4 _e404 = x[x0_ + c3_];
                metal::float4 a0_3_ = own0_ ? _e404 : metal::float4 {};
                metal::float4 _e410 = x[x0_ + c4_];
                metal::float4 a0_4_ = own0_ ? _e410 : metal::float4 {};
                metal::float4 _e416 = x[x0_ + c5_];
                metal::float4 a0_5_ = own0_ ? _e416 : metal::float4 {};
                metal::float4 _e422 = x[x0_ + c6_];
                metal::float4 a0_6_ = own0_ ? _e422 : metal::float4 {};
                metal::float4 _e428 = x[x0_ + c7_];
                metal::float4 a0_7_ = own0_ ? _e428 : metal::float4 {};
                float t0_0_ = metal::dot(((a0_0_ + a0_1_) + a0_2_) + a0_3_, metal::float4(1.0));
                float t0_1_ = metal::dot(((a0_4_ + a0_5_) + a0_6_) + a0_7_, metal::float4(1.0));
                metal::float4 _e446 = x[x1_ + c0_];
                metal::float4 a1_0_ = own0_ ? _e446 : metal::float4 {};
                metal::float4 _e452 = x[x1_ + c1_];
                metal::float4 a1_1_ = own0_ ? _e452 : metal::float4 {};
                metal::float4 _e458 = x[x1_ + c2_];
                metal::float4 a1_2_ = own0_ ? _e458 : metal::float4 {};
                metal::float4 _e464 = x[x1_ + c3_];
                metal::float4 a1_3_ = own0_ ? _e464 : metal::float4 {};
                metal::float4 _e470 = x[x1_ + c4_];
                metal::float4 a1_4_ = own0_ ? _e470 : metal::float4 {};
                metal::float4 _e476 = x[x1_ + c5_];
                metal::float4 a1_5_ = own0_ ? _e476 : metal::float4 {};
                metal::float4 _e482 = x[x1_ + c6_];
                metal::float4 a1_6_ = own0_ ? _e482 : metal::float4 {};
                metal::float4 _e488 = x[x1_ + c7_];
                metal::float4 a1_7_ = own0_ ? _e488 : metal::float4 {};
                float t1_0_ = metal::dot(((a1_0_ + a1_1_) + a1_2_) + a1_3_, metal::float4(1.0));
                float t1_1_ = metal::dot(((a1_4_ + a1_5_) + a1_6_) + a1_7_, metal::float4(1.0));
                metal::float4 _e506 = x[x2_ + c0_];
                metal::float4 a2_0_ = own0_ ? _e506 : metal::float4 {};
                metal::float4 _e512 = x[x2_ + c1_];
                metal::float4 a2_1_ = own0_ ? _e512 : metal::float4 {};
                metal::float4 _e518 = x[x2_ + c2_];
                metal::float4 a2_2_ = own0_ ? _e518 : metal::float4 {};
                metal::float4 _e524 = x[x2_ + c3_];
                metal::float4 a2_3_ = own0_ ? _e524 : metal::float4 {};
                metal::float4 _e530 = x[x2_ + c4_];
                metal::float4 a2_4_ = own0_ ? _e530 : metal::float4 {};
                metal::float4 _e536 = x[x2_ + c5_];
                metal::float4 a2_5_ = own0_ ? _e536 : metal::float4 {};
                metal::float4 _e542 = x[x2_ + c6_];
                metal::float4 a2_6_ = own0_ ? _e542 : metal::float4 {};
                metal::float4 _e548 = x[x2_ + c7_];
                metal::float4 a2_7_ = own0_ ? _e548 : metal::float4 {};
                float t2_0_ = metal::dot(((a2_0_ + a2_1_) + a2_2_) + a2_3_, metal::float4(1.0));
                float t2_1_ = metal::dot(((a2_4_ + a2_5_) + a2_6_) + a2_7_, metal::float4(1.0));
                metal::float4 _e566 = x[x3_ + c0_];
                metal::float4 a3_0_ = own0_ ? _e566 : metal::float4 {};
                metal::float4 _e572 = x[x3_ + c1_];
                metal::float4 a3_1_ = own0_ ? _e572 : metal::float4 {};
                metal::float4 _e578 = x[x3_ + c2_];
                metal::float4 a3_2_ = own0_ ? _e578 : metal::float4 {};
                metal::float4 _e584 = x[x3_ + c3_];
                metal::float4 a3_3_ = own0_ ? _e584 : metal::float4 {};
                metal::float4 _e590 = x[x3_ + c4_];
                metal::float4 a3_4_ = own0_ ? _e590 : metal::float4 {};
                metal::float4 _e596 = x[x3_ + c5_];
                metal::float4 a3_5_ = own0_ ? _e596 : metal::float4 {};
                metal::float4 _e602 = x[x3_ + c6_];
                metal::float4 a3_6_ = own0_ ? _e602 : metal::float4 {};
                metal::float4 _e608 = x[x3_ + c7_];
                metal::float4 a3_7_ = own0_ ? _e608 : metal::float4 {};
                float t3_0_ = metal::dot(((a3_0_ + a3_1_) + a3_2_) + a3_3_, metal::float4(1.0));
                float t3_1_ = metal::dot(((a3_4_ + a3_5_) + a3_6_) + a3_7_, metal::float4(1.0));
                metal::float4 _e626 = x[x4_ + c0_];
                metal::float4 a4_0_ = own0_ ? _e626 : metal::float4 {};
                metal::float4 _e632 = x[x4_ + c1_];
                metal::float4 a4_1_ = own0_ ? _e632 : metal::float4 {};
                metal::float4 _e638 = x[x4_ + c2_];
                metal::float4 a4_2_ = own0_ ? _e638 : metal::float4 {};
                metal::float4 _e644 = x[x4_ + c3_];
                metal::float4 a4_3_ = own0_ ? _e644 : metal::float4 {};
                metal::float4 _e650 = x[x4_ + c4_];
                metal::float4 a4_4_ = own0_ ? _e650 : metal::float4 {};
                metal::float4 _e656 = x[x4_ + c5_];
                metal::float4 a4_5_ = own0_ ? _e656 : metal::float4 {};
                metal::float4 _e662 = x[x4_ + c6_];
                metal::float4 a4_6_ = own0_ ? _e662 : metal::float4 {};
                metal::float4 _e668 = x[x4_ + c7_];
                metal::float4 a4_7_ = own0_ ? _e668 : metal::float4 {};
                float t4_0_ = metal::dot(((a4_0_ + a4_1_) + a4_2_) + a4_3_, metal::float4(1.0));
                float t4_1_ = metal::dot(((a4_4_ + a4_5_) + a4_6_) + a4_7_, metal::float4(1.0));
                metal::float4 _e686 = x[x5_ + c0_];
                metal::float4 a5_0_ = own0_ ? _e686 : metal::float4 {};
                metal::float4 _e692 = x[x5_ + c1_];
                metal::float4 a5_1_ = own0_ ? _e692 : metal::float4 {};
                metal::float4 _e698 = x[x5_ + c2_];
                metal::float4 a5_2_ = own0_ ? _e698 : metal::float4 {};
                metal::float4 _e704 = x[x5_ + c3_];
                metal::float4 a5_3_ = own0_ ? _e704 : metal::float4 {};
                metal::float4 _e710 = x[x5_ + c4_];
                metal::float4 a5_4_ = own0_ ? _e710 : metal::float4 {};
                metal::float4 _e716 = x[x5_ + c5_];
                metal::float4 a5_5_ = own0_ ? _e716 : metal::float4 {};
                metal::float4 _e722 = x[x5_ + c6_];
                metal::float4 a5_6_ = own0_ ? _e722 : metal::float4 {};
                metal::float4 _e728 = x[x5_ + c7_];
                metal::float4 a5_7_ = own0_ ? _e728 : metal::float4 {};
                float t5_0_ = metal::dot(((a5_0_ + a5_1_) + a5_2_) + a5_3_, metal::float4(1.0));
                float t5_1_ = metal::dot(((a5_4_ + a5_5_) + a5_6_) + a5_7_, metal::float4(1.0));
                metal::float4 _e746 = x[x6_ + c0_];
                metal::float4 a6_0_ = own0_ ? _e746 : metal::float4 {};
                metal::float4 _e752 = x[x6_ + c1_];
                metal::float4 a6_1_ = own0_ ? _e752 : metal::float4 {};
                metal::float4 _e758 = x[x6_ + c2_];
                metal::float4 a6_2_ = own0_ ? _e758 : metal::float4 {};
                metal::float4 _e764 = x[x6_ + c3_];
                metal::float4 a6_3_ = own0_ ? _e764 : metal::float4 {};
                metal::float4 _e770 = x[x6_ + c4_];
                metal::float4 a6_4_ = own0_ ? _e770 : metal::float4 {};
                metal::float4 _e776 = x[x6_ + c5_];
                metal::float4 a6_5_ = own0_ ? _e776 : metal::float4 {};
                metal::float4 _e782 = x[x6_ + c6_];
                metal::float4 a6_6_ = own0_ ? _e782 : metal::float4 {};
                metal::float4 _e788 = x[x6_ + c7_];
                metal::float4 a6_7_ = own0_ ? _e788 : metal::float4 {};
                float t6_0_ = metal::dot(((a6_0_ + a6_1_) + a6_2_) + a6_3_, metal::float4(1.0));
                float t6_1_ = metal::dot(((a6_4_ + a6_5_) + a6_6_) + a6_7_, metal::float4(1.0));
                metal::float4 _e806 = x[x7_ + c0_];
                metal::float4 a7_0_ = own0_ ? _e806 : metal::float4 {};
                metal::float4 _e812 = x[x7_ + c1_];
                metal::float4 a7_1_ = own0_ ? _e812 : metal::float4 {};
                metal::float4 _e818 = x[x7_ + c2_];
                metal::float4 a7_2_ = own0_ ? _e818 : metal::float4 {};
                metal::float4 _e824 = x[x7_ + c3_];
                metal::float4 a7_3_ = own0_ ? _e824 : metal::float4 {};
                metal::float4 _e830 = x[x7_ + c4_];
                metal::float4 a7_4_ = own0_ ? _e830 : metal::float4 {};
                metal::float4 _e836 = x[x7_ + c5_];
                metal::float4 a7_5_ = own0_ ? _e836 : metal::float4 {};
                metal::float4 _e842 = x[x7_ + c6_];
                metal::float4 a7_6_ = own0_ ? _e842 : metal::float4 {};
                metal::float4 _e848 = x[x7_ + c7_];
                metal::float4 a7_7_ = own0_ ? _e848 : metal::float4 {};
                float t7_0_ = metal::dot(((a7_0_ + a7_1_) + a7_2_) + a7_3_, metal::float4(1.0));
                float t7_1_ = metal::dot(((a7_4_ + a7_5_) + a7_6_) + a7_7_, metal::float4(1.0));
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
                    uint _e1048 = (at0_ % 4u) * 8u;
                    float scale0_ = _e232 * static_cast<float>(metal::extract_bits(as_type<int>(h0_0_[at0_ / 4u]), metal::min(_e1048, 32u), metal::min(8u, 32u - metal::min(_e1048, 32u))));
                    float less0_ = scale0_ * 32.0;
                    uint at1_ = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 4u;
                    uint _e1073 = (at1_ % 4u) * 8u;
                    float scale1_ = _e232 * static_cast<float>(metal::extract_bits(as_type<int>(h0_0_[at1_ / 4u]), metal::min(_e1073, 32u), metal::min(8u, 32u - metal::min(_e1073, 32u))));
                    float less1_ = scale1_ * 32.0;
                    {
                        t = 0.0;
                        float _e1084 = t;
                        t = metal::fma(v0_.x, a0_0_.x, _e1084);
                        float _e1088 = t;
                        t = metal::fma(v0_.y, a0_0_.y, _e1088);
                        float _e1092 = t;
                        t = metal::fma(v0_.z, a0_0_.z, _e1092);
                        float _e1096 = t;
                        t = metal::fma(v0_.w, a0_0_.w, _e1096);
                        float _e1100 = t;
                        t = metal::fma(v1_.x, a0_1_.x, _e1100);
                        float _e1104 = t;
                        t = metal::fma(v1_.y, a0_1_.y, _e1104);
                        float _e1108 = t;
                        t = metal::fma(v1_.z, a0_1_.z, _e1108);
                        float _e1112 = t;
                        t = metal::fma(v1_.w, a0_1_.w, _e1112);
                        float _e1116 = t;
                        t = metal::fma(v2_.x, a0_2_.x, _e1116);
                        float _e1120 = t;
                        t = metal::fma(v2_.y, a0_2_.y, _e1120);
                        float _e1124 = t;
                        t = metal::fma(v2_.z, a0_2_.z, _e1124);
                        float _e1128 = t;
                        t = metal::fma(v2_.w, a0_2_.w, _e1128);
                        float _e1132 = t;
                        t = metal::fma(v3_.x, a0_3_.x, _e1132);
                        float _e1136 = t;
                        t = metal::fma(v3_.y, a0_3_.y, _e1136);
                        float _e1140 = t;
                        t = metal::fma(v3_.z, a0_3_.z, _e1140);
                        float _e1144 = t;
                        t = metal::fma(v3_.w, a0_3_.w, _e1144);
                        float _e1146 = t;
                        float _e1147 = s0_0_;
                        s0_0_ = metal::fma(scale0_, _e1146, _e1147);
                    }
                    float _e1150 = s0_0_;
                    s0_0_ = metal::fma(-(less0_), t0_0_, _e1150);
                    {
                        t_1 = 0.0;
                        float _e1156 = t_1;
                        t_1 = metal::fma(v4_.x, a0_4_.x, _e1156);
                        float _e1160 = t_1;
                        t_1 = metal::fma(v4_.y, a0_4_.y, _e1160);
                        float _e1164 = t_1;
                        t_1 = metal::fma(v4_.z, a0_4_.z, _e1164);
                        float _e1168 = t_1;
                        t_1 = metal::fma(v4_.w, a0_4_.w, _e1168);
                        float _e1172 = t_1;
                        t_1 = metal::fma(v5_.x, a0_5_.x, _e1172);
                        float _e1176 = t_1;
                        t_1 = metal::fma(v5_.y, a0_5_.y, _e1176);
                        float _e1180 = t_1;
                        t_1 = metal::fma(v5_.z, a0_5_.z, _e1180);
                        float _e1184 = t_1;
                        t_1 = metal::fma(v5_.w, a0_5_.w, _e1184);
                        float _e1188 = t_1;
                        t_1 = metal::fma(v6_.x, a0_6_.x, _e1188);
                        float _e1192 = t_1;
                        t_1 = metal::fma(v6_.y, a0_6_.y, _e1192);
                        float _e1196 = t_1;
                        t_1 = metal::fma(v6_.z, a0_6_.z, _e1196);
                        float _e1200 = t_1;
                        t_1 = metal::fma(v6_.w, a0_6_.w, _e1200);
                        float _e1204 = t_1;
                        t_1 = metal::fma(v7_.x, a0_7_.x, _e1204);
                        float _e1208 = t_1;
                        t_1 = metal::fma(v7_.y, a0_7_.y, _e1208);
                        float _e1212 = t_1;
                        t_1 = metal::fma(v7_.z, a0_7_.z, _e1212);
                        float _e1216 = t_1;
                        t_1 = metal::fma(v7_.w, a0_7_.w, _e1216);
                        float _e1218 = t_1;
                        float _e1219 = s0_0_;
                        s0_0_ = metal::fma(scale1_, _e1218, _e1219);
                    }
                    float _e1222 = s0_0_;
                    s0_0_ = metal::fma(-(less1_), t0_1_, _e1222);
                    {
                        t_2 = 0.0;
                        float _e1228 = t_2;
                        t_2 = metal::fma(v0_.x, a1_0_.x, _e1228);
                        float _e1232 = t_2;
                        t_2 = metal::fma(v0_.y, a1_0_.y, _e1232);
                        float _e1236 = t_2;
                        t_2 = metal::fma(v0_.z, a1_0_.z, _e1236);
                        float _e1240 = t_2;
                        t_2 = metal::fma(v0_.w, a1_0_.w, _e1240);
                        float _e1244 = t_2;
                        t_2 = metal::fma(v1_.x, a1_1_.x, _e1244);
                        float _e1248 = t_2;
                        t_2 = metal::fma(v1_.y, a1_1_.y, _e1248);
                        float _e1252 = t_2;
                        t_2 = metal::fma(v1_.z, a1_1_.z, _e1252);
                        float _e1256 = t_2;
                        t_2 = metal::fma(v1_.w, a1_1_.w, _e1256);
                        float _e1260 = t_2;
                        t_2 = metal::fma(v2_.x, a1_2_.x, _e1260);
                        float _e1264 = t_2;
                        t_2 = metal::fma(v2_.y, a1_2_.y, _e1264);
                        float _e1268 = t_2;
                        t_2 = metal::fma(v2_.z, a1_2_.z, _e1268);
                        float _e1272 = t_2;
                        t_2 = metal::fma(v2_.w, a1_2_.w, _e1272);
                        float _e1276 = t_2;
                        t_2 = metal::fma(v3_.x, a1_3_.x, _e1276);
                        float _e1280 = t_2;
                        t_2 = metal::fma(v3_.y, a1_3_.y, _e1280);
                        float _e1284 = t_2;
                        t_2 = metal::fma(v3_.z, a1_3_.z, _e1284);
                        float _e1288 = t_2;
                        t_2 = metal::fma(v3_.w, a1_3_.w, _e1288);
                        float _e1290 = t_2;
                        float _e1291 = s0_1_;
                        s0_1_ = metal::fma(scale0_, _e1290, _e1291);
                    }
                    float _e1294 = s0_1_;
                    s0_1_ = metal::fma(-(less0_), t1_0_, _e1294);
                    {
                        t_3 = 0.0;
                        float _e1300 = t_3;
                        t_3 = metal::fma(v4_.x, a1_4_.x, _e1300);
                        float _e1304 = t_3;
                        t_3 = metal::fma(v4_.y, a1_4_.y, _e1304);
                        float _e1308 = t_3;
                        t_3 = metal::fma(v4_.z, a1_4_.z, _e1308);
                        float _e1312 = t_3;
                        t_3 = metal::fma(v4_.w, a1_4_.w, _e1312);
                        float _e1316 = t_3;
                        t_3 = metal::fma(v5_.x, a1_5_.x, _e1316);
                        float _e1320 = t_3;
                        t_3 = metal::fma(v5_.y, a1_5_.y, _e1320);
                        float _e1324 = t_3;
                        t_3 = metal::fma(v5_.z, a1_5_.z, _e1324);
                        float _e1328 = t_3;
                        t_3 = metal::fma(v5_.w, a1_5_.w, _e1328);
                        float _e1332 = t_3;
                        t_3 = metal::fma(v6_.x, a1_6_.x, _e1332);
                        float _e1336 = t_3;
                        t_3 = metal::fma(v6_.y, a1_6_.y, _e1336);
                        float _e1340 = t_3;
                        t_3 = metal::fma(v6_.z, a1_6_.z, _e1340);
                        float _e1344 = t_3;
                        t_3 = metal::fma(v6_.w, a1_6_.w, _e1344);
                        float _e1348 = t_3;
                        t_3 = metal::fma(v7_.x, a1_7_.x, _e1348);
                        float _e1352 = t_3;
                        t_3 = metal::fma(v7_.y, a1_7_.y, _e1352);
                        float _e1356 = t_3;
                        t_3 = metal::fma(v7_.z, a1_7_.z, _e1356);
                        float _e1360 = t_3;
                        t_3 = metal::fma(v7_.w, a1_7_.w, _e1360);
                        float _e1362 = t_3;
                        float _e1363 = s0_1_;
                        s0_1_ = metal::fma(scale1_, _e1362, _e1363);
                    }
                    float _e1366 = s0_1_;
                    s0_1_ = metal::fma(-(less1_), t1_1_, _e1366);
                    {
                        t_4 = 0.0;
                        float _e1372 = t_4;
                        t_4 = metal::fma(v0_.x, a2_0_.x, _e1372);
                        float _e1376 = t_4;
                        t_4 = metal::fma(v0_.y, a2_0_.y, _e1376);
                        float _e1380 = t_4;
                        t_4 = metal::fma(v0_.z, a2_0_.z, _e1380);
                        float _e1384 = t_4;
                        t_4 = metal::fma(v0_.w, a2_0_.w, _e1384);
                        float _e1388 = t_4;
                        t_4 = metal::fma(v1_.x, a2_1_.x, _e1388);
                        float _e1392 = t_4;
                        t_4 = metal::fma(v1_.y, a2_1_.y, _e1392);
                        float _e1396 = t_4;
                        t_4 = metal::fma(v1_.z, a2_1_.z, _e1396);
                        float _e1400 = t_4;
                        t_4 = metal::fma(v1_.w, a2_1_.w, _e1400);
                        float _e1404 = t_4;
                        t_4 = metal::fma(v2_.x, a2_2_.x, _e1404);
                        float _e1408 = t_4;
                        t_4 = metal::fma(v2_.y, a2_2_.y, _e1408);
                        float _e1412 = t_4;
                        t_4 = metal::fma(v2_.z, a2_2_.z, _e1412);
                        float _e1416 = t_4;
                        t_4 = metal::fma(v2_.w, a2_2_.w, _e1416);
                        float _e1420 = t_4;
                        t_4 = metal::fma(v3_.x, a2_3_.x, _e1420);
                        float _e1424 = t_4;
                        t_4 = metal::fma(v3_.y, a2_3_.y, _e1424);
                        float _e1428 = t_4;
                        t_4 = metal::fma(v3_.z, a2_3_.z, _e1428);
                        float _e1432 = t_4;
                        t_4 = metal::fma(v3_.w, a2_3_.w, _e1432);
                        float _e1434 = t_4;
                        float _e1435 = s0_2_;
                        s0_2_ = metal::fma(scale0_, _e1434, _e1435);
                    }
                    float _e1438 = s0_2_;
                    s0_2_ = metal::fma(-(less0_), t2_0_, _e1438);
                    {
                        t_5 = 0.0;
                        float _e1444 = t_5;
                        t_5 = metal::fma(v4_.x, a2_4_.x, _e1444);
                        float _e1448 = t_5;
                        t_5 = metal::fma(v4_.y, a2_4_.y, _e1448);
                        float _e1452 = t_5;
                        t_5 = metal::fma(v4_.z, a2_4_.z, _e1452);
                        float _e1456 = t_5;
                        t_5 = metal::fma(v4_.w, a2_4_.w, _e1456);
                        float _e1460 = t_5;
                        t_5 = metal::fma(v5_.x, a2_5_.x, _e1460);
                        float _e1464 = t_5;
                        t_5 = metal::fma(v5_.y, a2_5_.y, _e1464);
                        float _e1468 = t_5;
                        t_5 = metal::fma(v5_.z, a2_5_.z, _e1468);
                        float _e1472 = t_5;
                        t_5 = metal::fma(v5_.w, a2_5_.w, _e1472);
                        float _e1476 = t_5;
                        t_5 = metal::fma(v6_.x, a2_6_.x, _e1476);
                        float _e1480 = t_5;
                        t_5 = metal::fma(v6_.y, a2_6_.y, _e1480);
                        float _e1484 = t_5;
                        t_5 = metal::fma(v6_.z, a2_6_.z, _e1484);
                        float _e1488 = t_5;
                        t_5 = metal::fma(v6_.w, a2_6_.w, _e1488);
                        float _e1492 = t_5;
                        t_5 = metal::fma(v7_.x, a2_7_.x, _e1492);
                        float _e1496 = t_5;
                        t_5 = metal::fma(v7_.y, a2_7_.y, _e1496);
                        float _e1500 = t_5;
                        t_5 = metal::fma(v7_.z, a2_7_.z, _e1500);
                        float _e1504 = t_5;
                        t_5 = metal::fma(v7_.w, a2_7_.w, _e1504);
                        float _e1506 = t_5;
                        float _e1507 = s0_2_;
                        s0_2_ = metal::fma(scale1_, _e1506, _e1507);
                    }
                    float _e1510 = s0_2_;
                    s0_2_ = metal::fma(-(less1_), t2_1_, _e1510);
                    {
                        t_6 = 0.0;
                        float _e1516 = t_6;
                        t_6 = metal::fma(v0_.x, a3_0_.x, _e1516);
                        float _e1520 = t_6;
                        t_6 = metal::fma(v0_.y, a3_0_.y, _e1520);
                        float _e1524 = t_6;
                        t_6 = metal::fma(v0_.z, a3_0_.z, _e1524);
                        float _e1528 = t_6;
                        t_6 = metal::fma(v0_.w, a3_0_.w, _e1528);
                        float _e1532 = t_6;
                        t_6 = metal::fma(v1_.x, a3_1_.x, _e1532);
                        float _e1536 = t_6;
                        t_6 = metal::fma(v1_.y, a3_1_.y, _e1536);
                        float _e1540 = t_6;
                        t_6 = metal::fma(v1_.z, a3_1_.z, _e1540);
                        float _e1544 = t_6;
                        t_6 = metal::fma(v1_.w, a3_1_.w, _e1544);
                        float _e1548 = t_6;
                        t_6 = metal::fma(v2_.x, a3_2_.x, _e1548);
                        float _e1552 = t_6;
                        t_6 = metal::fma(v2_.y, a3_2_.y, _e1552);
                        float _e1556 = t_6;
                        t_6 = metal::fma(v2_.z, a3_2_.z, _e1556);
                        float _e1560 = t_6;
                        t_6 = metal::fma(v2_.w, a3_2_.w, _e1560);
                        float _e1564 = t_6;
                        t_6 = metal::fma(v3_.x, a3_3_.x, _e1564);
                        float _e1568 = t_6;
                        t_6 = metal::fma(v3_.y, a3_3_.y, _e1568);
                        float _e1572 = t_6;
                        t_6 = metal::fma(v3_.z, a3_3_.z, _e1572);
                        float _e1576 = t_6;
                        t_6 = metal::fma(v3_.w, a3_3_.w, _e1576);
                        float _e1578 = t_6;
                        float _e1579 = s0_3_;
                        s0_3_ = metal::fma(scale0_, _e1578, _e1579);
                    }
                    float _e1582 = s0_3_;
                    s0_3_ = metal::fma(-(less0_), t3_0_, _e1582);
                    {
                        t_7 = 0.0;
                        float _e1588 = t_7;
                        t_7 = metal::fma(v4_.x, a3_4_.x, _e1588);
                        float _e1592 = t_7;
                        t_7 = metal::fma(v4_.y, a3_4_.y, _e1592);
                        float _e1596 = t_7;
                        t_7 = metal::fma(v4_.z, a3_4_.z, _e1596);
                        float _e1600 = t_7;
                        t_7 = metal::fma(v4_.w, a3_4_.w, _e1600);
                        float _e1604 = t_7;
                        t_7 = metal::fma(v5_.x, a3_5_.x, _e1604);
                        float _e1608 = t_7;
                        t_7 = metal::fma(v5_.y, a3_5_.y, _e1608);
                        float _e1612 = t_7;
                        t_7 = metal::fma(v5_.z, a3_5_.z, _e1612);
                        float _e1616 = t_7;
                        t_7 = metal::fma(v5_.w, a3_5_.w, _e1616);
                        float _e1620 = t_7;
                        t_7 = metal::fma(v6_.x, a3_6_.x, _e1620);
                        float _e1624 = t_7;
                        t_7 = metal::fma(v6_.y, a3_6_.y, _e1624);
                        float _e1628 = t_7;
                        t_7 = metal::fma(v6_.z, a3_6_.z, _e1628);
                        float _e1632 = t_7;
                        t_7 = metal::fma(v6_.w, a3_6_.w, _e1632);
                        float _e1636 = t_7;
                        t_7 = metal::fma(v7_.x, a3_7_.x, _e1636);
                        float _e1640 = t_7;
                        t_7 = metal::fma(v7_.y, a3_7_.y, _e1640);
                        float _e1644 = t_7;
                        t_7 = metal::fma(v7_.z, a3_7_.z, _e1644);
                        float _e1648 = t_7;
                        t_7 = metal::fma(v7_.w, a3_7_.w, _e1648);
                        float _e1650 = t_7;
                        float _e1651 = s0_3_;
                        s0_3_ = metal::fma(scale1_, _e1650, _e1651);
                    }
                    float _e1654 = s0_3_;
                    s0_3_ = metal::fma(-(less1_), t3_1_, _e1654);
                    {
                        t_8 = 0.0;
                        float _e1660 = t_8;
                        t_8 = metal::fma(v0_.x, a4_0_.x, _e1660);
                        float _e1664 = t_8;
                        t_8 = metal::fma(v0_.y, a4_0_.y, _e1664);
                        float _e1668 = t_8;
                        t_8 = metal::fma(v0_.z, a4_0_.z, _e1668);
                        float _e1672 = t_8;
                        t_8 = metal::fma(v0_.w, a4_0_.w, _e1672);
                        float _e1676 = t_8;
                        t_8 = metal::fma(v1_.x, a4_1_.x, _e1676);
                        float _e1680 = t_8;
                        t_8 = metal::fma(v1_.y, a4_1_.y, _e1680);
                        float _e1684 = t_8;
                        t_8 = metal::fma(v1_.z, a4_1_.z, _e1684);
                        float _e1688 = t_8;
                        t_8 = metal::fma(v1_.w, a4_1_.w, _e1688);
                        float _e1692 = t_8;
                        t_8 = metal::fma(v2_.x, a4_2_.x, _e1692);
                        float _e1696 = t_8;
                        t_8 = metal::fma(v2_.y, a4_2_.y, _e1696);
                        float _e1700 = t_8;
                        t_8 = metal::fma(v2_.z, a4_2_.z, _e1700);
                        float _e1704 = t_8;
                        t_8 = metal::fma(v2_.w, a4_2_.w, _e1704);
                        float _e1708 = t_8;
                        t_8 = metal::fma(v3_.x, a4_3_.x, _e1708);
                        float _e1712 = t_8;
                        t_8 = metal::fma(v3_.y, a4_3_.y, _e1712);
                        float _e1716 = t_8;
                        t_8 = metal::fma(v3_.z, a4_3_.z, _e1716);
                        float _e1720 = t_8;
                        t_8 = metal::fma(v3_.w, a4_3_.w, _e1720);
                        float _e1722 = t_8;
                        float _e1723 = s0_4_;
                        s0_4_ = metal::fma(scale0_, _e1722, _e1723);
                    }
                    float _e1726 = s0_4_;
                    s0_4_ = metal::fma(-(less0_), t4_0_, _e1726);
                    {
                        t_9 = 0.0;
                        float _e1732 = t_9;
                        t_9 = metal::fma(v4_.x, a4_4_.x, _e1732);
                        float _e1736 = t_9;
                        t_9 = metal::fma(v4_.y, a4_4_.y, _e1736);
                        float _e1740 = t_9;
                        t_9 = metal::fma(v4_.z, a4_4_.z, _e1740);
                        float _e1744 = t_9;
                        t_9 = metal::fma(v4_.w, a4_4_.w, _e1744);
                        float _e1748 = t_9;
                        t_9 = metal::fma(v5_.x, a4_5_.x, _e1748);
                        float _e1752 = t_9;
                        t_9 = metal::fma(v5_.y, a4_5_.y, _e1752);
                        float _e1756 = t_9;
                        t_9 = metal::fma(v5_.z, a4_5_.z, _e1756);
                        float _e1760 = t_9;
                        t_9 = metal::fma(v5_.w, a4_5_.w, _e1760);
                        float _e1764 = t_9;
                        t_9 = metal::fma(v6_.x, a4_6_.x, _e1764);
                        float _e1768 = t_9;
                        t_9 = metal::fma(v6_.y, a4_6_.y, _e1768);
                        float _e1772 = t_9;
                        t_9 = metal::fma(v6_.z, a4_6_.z, _e1772);
                        float _e1776 = t_9;
                        t_9 = metal::fma(v6_.w, a4_6_.w, _e1776);
                        float _e1780 = t_9;
                        t_9 = metal::fma(v7_.x, a4_7_.x, _e1780);
                        float _e1784 = t_9;
                        t_9 = metal::fma(v7_.y, a4_7_.y, _e1784);
                        float _e1788 = t_9;
                        t_9 = metal::fma(v7_.z, a4_7_.z, _e1788);
                        float _e1792 = t_9;
                        t_9 = metal::fma(v7_.w, a4_7_.w, _e1792);
                        float _e1794 = t_9;
                        float _e1795 = s0_4_;
                        s0_4_ = metal::fma(scale1_, _e1794, _e1795);
                    }
                    float _e1798 = s0_4_;
                    s0_4_ = metal::fma(-(less1_), t4_1_, _e1798);
                    {
                        t_10 = 0.0;
                        float _e1804 = t_10;
                        t_10 = metal::fma(v0_.x, a5_0_.x, _e1804);
                        float _e1808 = t_10;
                        t_10 = metal::fma(v0_.y, a5_0_.y, _e1808);
                        float _e1812 = t_10;
                        t_10 = metal::fma(v0_.z, a5_0_.z, _e1812);
                        float _e1816 = t_10;
                        t_10 = metal::fma(v0_.w, a5_0_.w, _e1816);
                        float _e1820 = t_10;
                        t_10 = metal::fma(v1_.x, a5_1_.x, _e1820);
                        float _e1824 = t_10;
                        t_10 = metal::fma(v1_.y, a5_1_.y, _e1824);
                        float _e1828 = t_10;
                        t_10 = metal::fma(v1_.z, a5_1_.z, _e1828);
                        float _e1832 = t_10;
                        t_10 = metal::fma(v1_.w, a5_1_.w, _e1832);
                        float _e1836 = t_10;
                        t_10 = metal::fma(v2_.x, a5_2_.x, _e1836);
                        float _e1840 = t_10;
                        t_10 = metal::fma(v2_.y, a5_2_.y, _e1840);
                        float _e1844 = t_10;
                        t_10 = metal::fma(v2_.z, a5_2_.z, _e1844);
                        float _e1848 = t_10;
                        t_10 = metal::fma(v2_.w, a5_2_.w, _e1848);
                        float _e1852 = t_10;
                        t_10 = metal::fma(v3_.x, a5_3_.x, _e1852);
                        float _e1856 = t_10;
                        t_10 = metal::fma(v3_.y, a5_3_.y, _e1856);
                        float _e1860 = t_10;
                        t_10 = metal::fma(v3_.z, a5_3_.z, _e1860);
                        float _e1864 = t_10;
                        t_10 = metal::fma(v3_.w, a5_3_.w, _e1864);
                        float _e1866 = t_10;
                        float _e1867 = s0_5_;
                        s0_5_ = metal::fma(scale0_, _e1866, _e1867);
                    }
                    float _e1870 = s0_5_;
                    s0_5_ = metal::fma(-(less0_), t5_0_, _e1870);
                    {
                        t_11 = 0.0;
                        float _e1876 = t_11;
                        t_11 = metal::fma(v4_.x, a5_4_.x, _e1876);
                        float _e1880 = t_11;
                        t_11 = metal::fma(v4_.y, a5_4_.y, _e1880);
                        float _e1884 = t_11;
                        t_11 = metal::fma(v4_.z, a5_4_.z, _e1884);
                        float _e1888 = t_11;
                        t_11 = metal::fma(v4_.w, a5_4_.w, _e1888);
                        float _e1892 = t_11;
                        t_11 = metal::fma(v5_.x, a5_5_.x, _e1892);
                        float _e1896 = t_11;
                        t_11 = metal::fma(v5_.y, a5_5_.y, _e1896);
                        float _e1900 = t_11;
                        t_11 = metal::fma(v5_.z, a5_5_.z, _e1900);
                        float _e1904 = t_11;
                        t_11 = metal::fma(v5_.w, a5_5_.w, _e1904);
                        float _e1908 = t_11;
                        t_11 = metal::fma(v6_.x, a5_6_.x, _e1908);
                        float _e1912 = t_11;
                        t_11 = metal::fma(v6_.y, a5_6_.y, _e1912);
                        float _e1916 = t_11;
                        t_11 = metal::fma(v6_.z, a5_6_.z, _e1916);
                        float _e1920 = t_11;
                        t_11 = metal::fma(v6_.w, a5_6_.w, _e1920);
                        float _e1924 = t_11;
                        t_11 = metal::fma(v7_.x, a5_7_.x, _e1924);
                        float _e1928 = t_11;
                        t_11 = metal::fma(v7_.y, a5_7_.y, _e1928);
                        float _e1932 = t_11;
                        t_11 = metal::fma(v7_.z, a5_7_.z, _e1932);
                        float _e1936 = t_11;
                        t_11 = metal::fma(v7_.w, a5_7_.w, _e1936);
                        float _e1938 = t_11;
                        float _e1939 = s0_5_;
                        s0_5_ = metal::fma(scale1_, _e1938, _e1939);
                    }
                    float _e1942 = s0_5_;
                    s0_5_ = metal::fma(-(less1_), t5_1_, _e1942);
                    {
                        t_12 = 0.0;
                        float _e1948 = t_12;
                        t_12 = metal::fma(v0_.x, a6_0_.x, _e1948);
                        float _e1952 = t_12;
                        t_12 = metal::fma(v0_.y, a6_0_.y, _e1952);
                        float _e1956 = t_12;
                        t_12 = metal::fma(v0_.z, a6_0_.z, _e1956);
                        float _e1960 = t_12;
                        t_12 = metal::fma(v0_.w, a6_0_.w, _e1960);
                        float _e1964 = t_12;
                        t_12 = metal::fma(v1_.x, a6_1_.x, _e1964);
                        float _e1968 = t_12;
                        t_12 = metal::fma(v1_.y, a6_1_.y, _e1968);
                        float _e1972 = t_12;
                        t_12 = metal::fma(v1_.z, a6_1_.z, _e1972);
                        float _e1976 = t_12;
                        t_12 = metal::fma(v1_.w, a6_1_.w, _e1976);
                        float _e1980 = t_12;
                        t_12 = metal::fma(v2_.x, a6_2_.x, _e1980);
                        float _e1984 = t_12;
                        t_12 = metal::fma(v2_.y, a6_2_.y, _e1984);
                        float _e1988 = t_12;
                        t_12 = metal::fma(v2_.z, a6_2_.z, _e1988);
                        float _e1992 = t_12;
                        t_12 = metal::fma(v2_.w, a6_2_.w, _e1992);
                        float _e1996 = t_12;
                        t_12 = metal::fma(v3_.x, a6_3_.x, _e1996);
                        float _e2000 = t_12;
                        t_12 = metal::fma(v3_.y, a6_3_.y, _e2000);
                        float _e2004 = t_12;
                        t_12 = metal::fma(v3_.z, a6_3_.z, _e2004);
                        float _e2008 = t_12;
                        t_12 = metal::fma(v3_.w, a6_3_.w, _e2008);
                        float _e2010 = t_12;
                        float _e2011 = s0_6_;
                        s0_6_ = metal::fma(scale0_, _e2010, _e2011);
                    }
                    float _e2014 = s0_6_;
                    s0_6_ = metal::fma(-(less0_), t6_0_, _e2014);
                    {
                        t_13 = 0.0;
                        float _e2020 = t_13;
                        t_13 = metal::fma(v4_.x, a6_4_.x, _e2020);
                        float _e2024 = t_13;
                        t_13 = metal::fma(v4_.y, a6_4_.y, _e2024);
                        float _e2028 = t_13;
                        t_13 = metal::fma(v4_.z, a6_4_.z, _e2028);
                        float _e2032 = t_13;
                        t_13 = metal::fma(v4_.w, a6_4_.w, _e2032);
                        float _e2036 = t_13;
                        t_13 = metal::fma(v5_.x, a6_5_.x, _e2036);
                        float _e2040 = t_13;
                        t_13 = metal::fma(v5_.y, a6_5_.y, _e2040);
                        float _e2044 = t_13;
                        t_13 = metal::fma(v5_.z, a6_5_.z, _e2044);
                        float _e2048 = t_13;
                        t_13 = metal::fma(v5_.w, a6_5_.w, _e2048);
                        float _e2052 = t_13;
                        t_13 = metal::fma(v6_.x, a6_6_.x, _e2052);
                        float _e2056 = t_13;
                        t_13 = metal::fma(v6_.y, a6_6_.y, _e2056);
                        float _e2060 = t_13;
                        t_13 = metal::fma(v6_.z, a6_6_.z, _e2060);
                        float _e2064 = t_13;
                        t_13 = metal::fma(v6_.w, a6_6_.w, _e2064);
                        float _e2068 = t_13;
                        t_13 = metal::fma(v7_.x, a6_7_.x, _e2068);
                        float _e2072 = t_13;
                        t_13 = metal::fma(v7_.y, a6_7_.y, _e2072);
                        float _e2076 = t_13;
                        t_13 = metal::fma(v7_.z, a6_7_.z, _e2076);
                        float _e2080 = t_13;
                        t_13 = metal::fma(v7_.w, a6_7_.w, _e2080);
                        float _e2082 = t_13;
                        float _e2083 = s0_6_;
                        s0_6_ = metal::fma(scale1_, _e2082, _e2083);
                    }
                    float _e2086 = s0_6_;
                    s0_6_ = metal::fma(-(less1_), t6_1_, _e2086);
                    {
                        t_14 = 0.0;
                        float _e2092 = t_14;
                        t_14 = metal::fma(v0_.x, a7_0_.x, _e2092);
                        float _e2096 = t_14;
                        t_14 = metal::fma(v0_.y, a7_0_.y, _e2096);
                        float _e2100 = t_14;
                        t_14 = metal::fma(v0_.z, a7_0_.z, _e2100);
                        float _e2104 = t_14;
                        t_14 = metal::fma(v0_.w, a7_0_.w, _e2104);
                        float _e2108 = t_14;
                        t_14 = metal::fma(v1_.x, a7_1_.x, _e2108);
                        float _e2112 = t_14;
                        t_14 = metal::fma(v1_.y, a7_1_.y, _e2112);
                        float _e2116 = t_14;
                        t_14 = metal::fma(v1_.z, a7_1_.z, _e2116);
                        float _e2120 = t_14;
                        t_14 = metal::fma(v1_.w, a7_1_.w, _e2120);
                        float _e2124 = t_14;
                        t_14 = metal::fma(v2_.x, a7_2_.x, _e2124);
                        float _e2128 = t_14;
                        t_14 = metal::fma(v2_.y, a7_2_.y, _e2128);
                        float _e2132 = t_14;
                        t_14 = metal::fma(v2_.z, a7_2_.z, _e2132);
                        float _e2136 = t_14;
                        t_14 = metal::fma(v2_.w, a7_2_.w, _e2136);
                        float _e2140 = t_14;
                        t_14 = metal::fma(v3_.x, a7_3_.x, _e2140);
                        float _e2144 = t_14;
                        t_14 = metal::fma(v3_.y, a7_3_.y, _e2144);
                        float _e2148 = t_14;
                        t_14 = metal::fma(v3_.z, a7_3_.z, _e2148);
                        float _e2152 = t_14;
                        t_14 = metal::fma(v3_.w, a7_3_.w, _e2152);
                        float _e2154 = t_14;
                        float _e2155 = s0_7_;
                        s0_7_ = metal::fma(scale0_, _e2154, _e2155);
                    }
                    float _e2158 = s0_7_;
                    s0_7_ = metal::fma(-(less0_), t7_0_, _e2158);
                    {
                        t_15 = 0.0;
                        float _e2164 = t_15;
                        t_15 = metal::fma(v4_.x, a7_4_.x, _e2164);
                        float _e2168 = t_15;
                        t_15 = metal::fma(v4_.y, a7_4_.y, _e2168);
                        float _e2172 = t_15;
                        t_15 = metal::fma(v4_.z, a7_4_.z, _e2172);
                        float _e2176 = t_15;
                        t_15 = metal::fma(v4_.w, a7_4_.w, _e2176);
                        float _e2180 = t_15;
                        t_15 = metal::fma(v5_.x, a7_5_.x, _e2180);
                        float _e2184 = t_15;
                        t_15 = metal::fma(v5_.y, a7_5_.y, _e2184);
                        float _e2188 = t_15;
                        t_15 = metal::fma(v5_.z, a7_5_.z, _e2188);
                        float _e2192 = t_15;
                        t_15 = metal::fma(v5_.w, a7_5_.w, _e2192);
                        float _e2196 = t_15;
                        t_15 = metal::fma(v6_.x, a7_6_.x, _e2196);
                        float _e2200 = t_15;
                        t_15 = metal::fma(v6_.y, a7_6_.y, _e2200);
                        float _e2204 = t_15;
                        t_15 = metal::fma(v6_.z, a7_6_.z, _e2204);
                        float _e2208 = t_15;
                        t_15 = metal::fma(v6_.w, a7_6_.w, _e2208);
                        float _e2212 = t_15;
                        t_15 = metal::fma(v7_.x, a7_7_.x, _e2212);
                        float _e2216 = t_15;
                        t_15 = metal::fma(v7_.y, a7_7_.y, _e2216);
                        float _e2220 = t_15;
                        t_15 = metal::fma(v7_.z, a7_7_.z, _e2220);
                        float _e2224 = t_15;
                        t_15 = metal::fma(v7_.w, a7_7_.w, _e2224);
                        float _e2226 = t_15;
                        float _e2227 = s0_7_;
                        s0_7_ = metal::fma(scale1_, _e2226, _e2227);
                    }
                    float _e2230 = s0_7_;
                    s0_7_ = metal::fma(-(less1_), t7_1_, _e2230);
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
                    uint _e2418 = (at0_1 % 4u) * 8u;
                    float scale0_1 = _e285 * static_cast<float>(metal::extract_bits(as_type<int>(h0_1_[at0_1 / 4u]), metal::min(_e2418, 32u), metal::min(8u, 32u - metal::min(_e2418, 32u))));
                    float less0_1 = scale0_1 * 32.0;
                    uint at1_1 = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 4u;
                    uint _e2443 = (at1_1 % 4u) * 8u;
                    float scale1_1 = _e285 * static_cast<float>(metal::extract_bits(as_type<int>(h0_1_[at1_1 / 4u]), metal::min(_e2443, 32u), metal::min(8u, 32u - metal::min(_e2443, 32u))));
                    float less1_1 = scale1_1 * 32.0;
                    {
                        t_16 = 0.0;
                        float _e2454 = t_16;
                        t_16 = metal::fma(v0_1.x, a0_0_.x, _e2454);
                        float _e2458 = t_16;
                        t_16 = metal::fma(v0_1.y, a0_0_.y, _e2458);
                        float _e2462 = t_16;
                        t_16 = metal::fma(v0_1.z, a0_0_.z, _e2462);
                        float _e2466 = t_16;
                        t_16 = metal::fma(v0_1.w, a0_0_.w, _e2466);
                        float _e2470 = t_16;
                        t_16 = metal::fma(v1_1.x, a0_1_.x, _e2470);
                        float _e2474 = t_16;
                        t_16 = metal::fma(v1_1.y, a0_1_.y, _e2474);
                        float _e2478 = t_16;
                        t_16 = metal::fma(v1_1.z, a0_1_.z, _e2478);
                        float _e2482 = t_16;
                        t_16 = metal::fma(v1_1.w, a0_1_.w, _e2482);
                        float _e2486 = t_16;
                        t_16 = metal::fma(v2_1.x, a0_2_.x, _e2486);
                        float _e2490 = t_16;
                        t_16 = metal::fma(v2_1.y, a0_2_.y, _e2490);
                        float _e2494 = t_16;
                        t_16 = metal::fma(v2_1.z, a0_2_.z, _e2494);
                        float _e2498 = t_16;
                        t_16 = metal::fma(v2_1.w, a0_2_.w, _e2498);
                        float _e2502 = t_16;
                        t_16 = metal::fma(v3_1.x, a0_3_.x, _e2502);
                        float _e2506 = t_16;
                        t_16 = metal::fma(v3_1.y, a0_3_.y, _e2506);
                        float _e2510 = t_16;
                        t_16 = metal::fma(v3_1.z, a0_3_.z, _e2510);
                        float _e2514 = t_16;
                        t_16 = metal::fma(v3_1.w, a0_3_.w, _e2514);
                        float _e2516 = t_16;
                        float _e2517 = s1_0_;
                        s1_0_ = metal::fma(scale0_1, _e2516, _e2517);
                    }
                    float _e2520 = s1_0_;
                    s1_0_ = metal::fma(-(less0_1), t0_0_, _e2520);
                    {
                        t_17 = 0.0;
                        float _e2526 = t_17;
                        t_17 = metal::fma(v4_1.x, a0_4_.x, _e2526);
                        float _e2530 = t_17;
                        t_17 = metal::fma(v4_1.y, a0_4_.y, _e2530);
                        float _e2534 = t_17;
                        t_17 = metal::fma(v4_1.z, a0_4_.z, _e2534);
                        float _e2538 = t_17;
                        t_17 = metal::fma(v4_1.w, a0_4_.w, _e2538);
                        float _e2542 = t_17;
                        t_17 = metal::fma(v5_1.x, a0_5_.x, _e2542);
                        float _e2546 = t_17;
                        t_17 = metal::fma(v5_1.y, a0_5_.y, _e2546);
                        float _e2550 = t_17;
                        t_17 = metal::fma(v5_1.z, a0_5_.z, _e2550);
                        float _e2554 = t_17;
                        t_17 = metal::fma(v5_1.w, a0_5_.w, _e2554);
                        float _e2558 = t_17;
                        t_17 = metal::fma(v6_1.x, a0_6_.x, _e2558);
                        float _e2562 = t_17;
                        t_17 = metal::fma(v6_1.y, a0_6_.y, _e2562);
                        float _e2566 = t_17;
                        t_17 = metal::fma(v6_1.z, a0_6_.z, _e2566);
                        float _e2570 = t_17;
                        t_17 = metal::fma(v6_1.w, a0_6_.w, _e2570);
                        float _e2574 = t_17;
                        t_17 = metal::fma(v7_1.x, a0_7_.x, _e2574);
                        float _e2578 = t_17;
                        t_17 = metal::fma(v7_1.y, a0_7_.y, _e2578);
                        float _e2582 = t_17;
                        t_17 = metal::fma(v7_1.z, a0_7_.z, _e2582);
                        float _e2586 = t_17;
                        t_17 = metal::fma(v7_1.w, a0_7_.w, _e2586);
                        float _e2588 = t_17;
                        float _e2589 = s1_0_;
                        s1_0_ = metal::fma(scale1_1, _e2588, _e2589);
                    }
                    float _e2592 = s1_0_;
                    s1_0_ = metal::fma(-(less1_1), t0_1_, _e2592);
                    {
                        t_18 = 0.0;
                        float _e2598 = t_18;
                        t_18 = metal::fma(v0_1.x, a1_0_.x, _e2598);
                        float _e2602 = t_18;
                        t_18 = metal::fma(v0_1.y, a1_0_.y, _e2602);
                        float _e2606 = t_18;
                        t_18 = metal::fma(v0_1.z, a1_0_.z, _e2606);
                        float _e2610 = t_18;
                        t_18 = metal::fma(v0_1.w, a1_0_.w, _e2610);
                        float _e2614 = t_18;
                        t_18 = metal::fma(v1_1.x, a1_1_.x, _e2614);
                        float _e2618 = t_18;
                        t_18 = metal::fma(v1_1.y, a1_1_.y, _e2618);
                        float _e2622 = t_18;
                        t_18 = metal::fma(v1_1.z, a1_1_.z, _e2622);
                        float _e2626 = t_18;
                        t_18 = metal::fma(v1_1.w, a1_1_.w, _e2626);
                        float _e2630 = t_18;
                        t_18 = metal::fma(v2_1.x, a1_2_.x, _e2630);
                        float _e2634 = t_18;
                        t_18 = metal::fma(v2_1.y, a1_2_.y, _e2634);
                        float _e2638 = t_18;
                        t_18 = metal::fma(v2_1.z, a1_2_.z, _e2638);
                        float _e2642 = t_18;
                        t_18 = metal::fma(v2_1.w, a1_2_.w, _e2642);
                        float _e2646 = t_18;
                        t_18 = metal::fma(v3_1.x, a1_3_.x, _e2646);
                        float _e2650 = t_18;
                        t_18 = metal::fma(v3_1.y, a1_3_.y, _e2650);
                        float _e2654 = t_18;
                        t_18 = metal::fma(v3_1.z, a1_3_.z, _e2654);
                        float _e2658 = t_18;
                        t_18 = metal::fma(v3_1.w, a1_3_.w, _e2658);
                        float _e2660 = t_18;
                        float _e2661 = s1_1_;
                        s1_1_ = metal::fma(scale0_1, _e2660, _e2661);
                    }
                    float _e2664 = s1_1_;
                    s1_1_ = metal::fma(-(less0_1), t1_0_, _e2664);
                    {
                        t_19 = 0.0;
                        float _e2670 = t_19;
                        t_19 = metal::fma(v4_1.x, a1_4_.x, _e2670);
                        float _e2674 = t_19;
                        t_19 = metal::fma(v4_1.y, a1_4_.y, _e2674);
                        float _e2678 = t_19;
                        t_19 = metal::fma(v4_1.z, a1_4_.z, _e2678);
                        float _e2682 = t_19;
                        t_19 = metal::fma(v4_1.w, a1_4_.w, _e2682);
                        float _e2686 = t_19;
                        t_19 = metal::fma(v5_1.x, a1_5_.x, _e2686);
                        float _e2690 = t_19;
                        t_19 = metal::fma(v5_1.y, a1_5_.y, _e2690);
                        float _e2694 = t_19;
                        t_19 = metal::fma(v5_1.z, a1_5_.z, _e2694);
                        float _e2698 = t_19;
                        t_19 = metal::fma(v5_1.w, a1_5_.w, _e2698);
                        float _e2702 = t_19;
                        t_19 = metal::fma(v6_1.x, a1_6_.x, _e2702);
                        float _e2706 = t_19;
                        t_19 = metal::fma(v6_1.y, a1_6_.y, _e2706);
                        float _e2710 = t_19;
                        t_19 = metal::fma(v6_1.z, a1_6_.z, _e2710);
                        float _e2714 = t_19;
                        t_19 = metal::fma(v6_1.w, a1_6_.w, _e2714);
                        float _e2718 = t_19;
                        t_19 = metal::fma(v7_1.x, a1_7_.x, _e2718);
                        float _e2722 = t_19;
                        t_19 = metal::fma(v7_1.y, a1_7_.y, _e2722);
                        float _e2726 = t_19;
                        t_19 = metal::fma(v7_1.z, a1_7_.z, _e2726);
                        float _e2730 = t_19;
                        t_19 = metal::fma(v7_1.w, a1_7_.w, _e2730);
                        float _e2732 = t_19;
                        float _e2733 = s1_1_;
                        s1_1_ = metal::fma(scale1_1, _e2732, _e2733);
                    }
                    float _e2736 = s1_1_;
                    s1_1_ = metal::fma(-(less1_1), t1_1_, _e2736);
                    {
                        t_20 = 0.0;
                        float _e2742 = t_20;
                        t_20 = metal::fma(v0_1.x, a2_0_.x, _e2742);
                        float _e2746 = t_20;
                        t_20 = metal::fma(v0_1.y, a2_0_.y, _e2746);
                        float _e2750 = t_20;
                        t_20 = metal::fma(v0_1.z, a2_0_.z, _e2750);
                        float _e2754 = t_20;
                        t_20 = metal::fma(v0_1.w, a2_0_.w, _e2754);
                        float _e2758 = t_20;
                        t_20 = metal::fma(v1_1.x, a2_1_.x, _e2758);
                        float _e2762 = t_20;
                        t_20 = metal::fma(v1_1.y, a2_1_.y, _e2762);
                        float _e2766 = t_20;
                        t_20 = metal::fma(v1_1.z, a2_1_.z, _e2766);
                        float _e2770 = t_20;
                        t_20 = metal::fma(v1_1.w, a2_1_.w, _e2770);
                        float _e2774 = t_20;
                        t_20 = metal::fma(v2_1.x, a2_2_.x, _e2774);
                        float _e2778 = t_20;
                        t_20 = metal::fma(v2_1.y, a2_2_.y, _e2778);
                        float _e2782 = t_20;
                        t_20 = metal::fma(v2_1.z, a2_2_.z, _e2782);
                        float _e2786 = t_20;
                        t_20 = metal::fma(v2_1.w, a2_2_.w, _e2786);
                        float _e2790 = t_20;
                        t_20 = metal::fma(v3_1.x, a2_3_.x, _e2790);
                        float _e2794 = t_20;
                        t_20 = metal::fma(v3_1.y, a2_3_.y, _e2794);
                        float _e2798 = t_20;
                        t_20 = metal::fma(v3_1.z, a2_3_.z, _e2798);
                        float _e2802 = t_20;
                        t_20 = metal::fma(v3_1.w, a2_3_.w, _e2802);
                        float _e2804 = t_20;
                        float _e2805 = s1_2_;
                        s1_2_ = metal::fma(scale0_1, _e2804, _e2805);
                    }
                    float _e2808 = s1_2_;
                    s1_2_ = metal::fma(-(less0_1), t2_0_, _e2808);
                    {
                        t_21 = 0.0;
                        float _e2814 = t_21;
                        t_21 = metal::fma(v4_1.x, a2_4_.x, _e2814);
                        float _e2818 = t_21;
                        t_21 = metal::fma(v4_1.y, a2_4_.y, _e2818);
                        float _e2822 = t_21;
                        t_21 = metal::fma(v4_1.z, a2_4_.z, _e2822);
                        float _e2826 = t_21;
                        t_21 = metal::fma(v4_1.w, a2_4_.w, _e2826);
                        float _e2830 = t_21;
                        t_21 = metal::fma(v5_1.x, a2_5_.x, _e2830);
                        float _e2834 = t_21;
                        t_21 = metal::fma(v5_1.y, a2_5_.y, _e2834);
                        float _e2838 = t_21;
                        t_21 = metal::fma(v5_1.z, a2_5_.z, _e2838);
                        float _e2842 = t_21;
                        t_21 = metal::fma(v5_1.w, a2_5_.w, _e2842);
                        float _e2846 = t_21;
                        t_21 = metal::fma(v6_1.x, a2_6_.x, _e2846);
                        float _e2850 = t_21;
                        t_21 = metal::fma(v6_1.y, a2_6_.y, _e2850);
                        float _e2854 = t_21;
                        t_21 = metal::fma(v6_1.z, a2_6_.z, _e2854);
                        float _e2858 = t_21;
                        t_21 = metal::fma(v6_1.w, a2_6_.w, _e2858);
                        float _e2862 = t_21;
                        t_21 = metal::fma(v7_1.x, a2_7_.x, _e2862);
                        float _e2866 = t_21;
                        t_21 = metal::fma(v7_1.y, a2_7_.y, _e2866);
                        float _e2870 = t_21;
                        t_21 = metal::fma(v7_1.z, a2_7_.z, _e2870);
                        float _e2874 = t_21;
                        t_21 = metal::fma(v7_1.w, a2_7_.w, _e2874);
                        float _e2876 = t_21;
                        float _e2877 = s1_2_;
                        s1_2_ = metal::fma(scale1_1, _e2876, _e2877);
                    }
                    float _e2880 = s1_2_;
                    s1_2_ = metal::fma(-(less1_1), t2_1_, _e2880);
                    {
                        t_22 = 0.0;
                        float _e2886 = t_22;
                        t_22 = metal::fma(v0_1.x, a3_0_.x, _e2886);
                        float _e2890 = t_22;
                        t_22 = metal::fma(v0_1.y, a3_0_.y, _e2890);
                        float _e2894 = t_22;
                        t_22 = metal::fma(v0_1.z, a3_0_.z, _e2894);
                        float _e2898 = t_22;
                        t_22 = metal::fma(v0_1.w, a3_0_.w, _e2898);
                        float _e2902 = t_22;
                        t_22 = metal::fma(v1_1.x, a3_1_.x, _e2902);
                        float _e2906 = t_22;
                        t_22 = metal::fma(v1_1.y, a3_1_.y, _e2906);
                        float _e2910 = t_22;
                        t_22 = metal::fma(v1_1.z, a3_1_.z, _e2910);
                        float _e2914 = t_22;
                        t_22 = metal::fma(v1_1.w, a3_1_.w, _e2914);
                        float _e2918 = t_22;
                        t_22 = metal::fma(v2_1.x, a3_2_.x, _e2918);
                        float _e2922 = t_22;
                        t_22 = metal::fma(v2_1.y, a3_2_.y, _e2922);
                        float _e2926 = t_22;
                        t_22 = metal::fma(v2_1.z, a3_2_.z, _e2926);
                        float _e2930 = t_22;
                        t_22 = metal::fma(v2_1.w, a3_2_.w, _e2930);
                        float _e2934 = t_22;
                        t_22 = metal::fma(v3_1.x, a3_3_.x, _e2934);
                        float _e2938 = t_22;
                        t_22 = metal::fma(v3_1.y, a3_3_.y, _e2938);
                        float _e2942 = t_22;
                        t_22 = metal::fma(v3_1.z, a3_3_.z, _e2942);
                        float _e2946 = t_22;
                        t_22 = metal::fma(v3_1.w, a3_3_.w, _e2946);
                        float _e2948 = t_22;
                        float _e2949 = s1_3_;
                        s1_3_ = metal::fma(scale0_1, _e2948, _e2949);
                    }
                    float _e2952 = s1_3_;
                    s1_3_ = metal::fma(-(less0_1), t3_0_, _e2952);
                    {
                        t_23 = 0.0;
                        float _e2958 = t_23;
                        t_23 = metal::fma(v4_1.x, a3_4_.x, _e2958);
                        float _e2962 = t_23;
                        t_23 = metal::fma(v4_1.y, a3_4_.y, _e2962);
                        float _e2966 = t_23;
                        t_23 = metal::fma(v4_1.z, a3_4_.z, _e2966);
                        float _e2970 = t_23;
                        t_23 = metal::fma(v4_1.w, a3_4_.w, _e2970);
                        float _e2974 = t_23;
                        t_23 = metal::fma(v5_1.x, a3_5_.x, _e2974);
                        float _e2978 = t_23;
                        t_23 = metal::fma(v5_1.y, a3_5_.y, _e2978);
                        float _e2982 = t_23;
                        t_23 = metal::fma(v5_1.z, a3_5_.z, _e2982);
                        float _e2986 = t_23;
                        t_23 = metal::fma(v5_1.w, a3_5_.w, _e2986);
                        float _e2990 = t_23;
                        t_23 = metal::fma(v6_1.x, a3_6_.x, _e2990);
                        float _e2994 = t_23;
                        t_23 = metal::fma(v6_1.y, a3_6_.y, _e2994);
                        float _e2998 = t_23;
                        t_23 = metal::fma(v6_1.z, a3_6_.z, _e2998);
                        float _e3002 = t_23;
                        t_23 = metal::fma(v6_1.w, a3_6_.w, _e3002);
                        float _e3006 = t_23;
                        t_23 = metal::fma(v7_1.x, a3_7_.x, _e3006);
                        float _e3010 = t_23;
                        t_23 = metal::fma(v7_1.y, a3_7_.y, _e3010);
                        float _e3014 = t_23;
                        t_23 = metal::fma(v7_1.z, a3_7_.z, _e3014);
                        float _e3018 = t_23;
                        t_23 = metal::fma(v7_1.w, a3_7_.w, _e3018);
                        float _e3020 = t_23;
                        float _e3021 = s1_3_;
                        s1_3_ = metal::fma(scale1_1, _e3020, _e3021);
                    }
                    float _e3024 = s1_3_;
                    s1_3_ = metal::fma(-(less1_1), t3_1_, _e3024);
                    {
                        t_24 = 0.0;
                        float _e3030 = t_24;
                        t_24 = metal::fma(v0_1.x, a4_0_.x, _e3030);
                        float _e3034 = t_24;
                        t_24 = metal::fma(v0_1.y, a4_0_.y, _e3034);
                        float _e3038 = t_24;
                        t_24 = metal::fma(v0_1.z, a4_0_.z, _e3038);
                        float _e3042 = t_24;
                        t_24 = metal::fma(v0_1.w, a4_0_.w, _e3042);
                        float _e3046 = t_24;
                        t_24 = metal::fma(v1_1.x, a4_1_.x, _e3046);
                        float _e3050 = t_24;
                        t_24 = metal::fma(v1_1.y, a4_1_.y, _e3050);
                        float _e3054 = t_24;
                        t_24 = metal::fma(v1_1.z, a4_1_.z, _e3054);
                        float _e3058 = t_24;
                        t_24 = metal::fma(v1_1.w, a4_1_.w, _e3058);
                        float _e3062 = t_24;
                        t_24 = metal::fma(v2_1.x, a4_2_.x, _e3062);
                        float _e3066 = t_24;
                        t_24 = metal::fma(v2_1.y, a4_2_.y, _e3066);
                        float _e3070 = t_24;
                        t_24 = metal::fma(v2_1.z, a4_2_.z, _e3070);
                        float _e3074 = t_24;
                        t_24 = metal::fma(v2_1.w, a4_2_.w, _e3074);
                        float _e3078 = t_24;
                        t_24 = metal::fma(v3_1.x, a4_3_.x, _e3078);
                        float _e3082 = t_24;
                        t_24 = metal::fma(v3_1.y, a4_3_.y, _e3082);
                        float _e3086 = t_24;
                        t_24 = metal::fma(v3_1.z, a4_3_.z, _e3086);
                        float _e3090 = t_24;
                        t_24 = metal::fma(v3_1.w, a4_3_.w, _e3090);
                        float _e3092 = t_24;
                        float _e3093 = s1_4_;
                        s1_4_ = metal::fma(scale0_1, _e3092, _e3093);
                    }
                    float _e3096 = s1_4_;
                    s1_4_ = metal::fma(-(less0_1), t4_0_, _e3096);
                    {
                        t_25 = 0.0;
                        float _e3102 = t_25;
                        t_25 = metal::fma(v4_1.x, a4_4_.x, _e3102);
                        float _e3106 = t_25;
                        t_25 = metal::fma(v4_1.y, a4_4_.y, _e3106);
                        float _e3110 = t_25;
                        t_25 = metal::fma(v4_1.z, a4_4_.z, _e3110);
                        float _e3114 = t_25;
                        t_25 = metal::fma(v4_1.w, a4_4_.w, _e3114);
                        float _e3118 = t_25;
                        t_25 = metal::fma(v5_1.x, a4_5_.x, _e3118);
                        float _e3122 = t_25;
                        t_25 = metal::fma(v5_1.y, a4_5_.y, _e3122);
                        float _e3126 = t_25;
                        t_25 = metal::fma(v5_1.z, a4_5_.z, _e3126);
                        float _e3130 = t_25;
                        t_25 = metal::fma(v5_1.w, a4_5_.w, _e3130);
                        float _e3134 = t_25;
                        t_25 = metal::fma(v6_1.x, a4_6_.x, _e3134);
                        float _e3138 = t_25;
                        t_25 = metal::fma(v6_1.y, a4_6_.y, _e3138);
                        float _e3142 = t_25;
                        t_25 = metal::fma(v6_1.z, a4_6_.z, _e3142);
                        float _e3146 = t_25;
                        t_25 = metal::fma(v6_1.w, a4_6_.w, _e3146);
                        float _e3150 = t_25;
                        t_25 = metal::fma(v7_1.x, a4_7_.x, _e3150);
                        float _e3154 = t_25;
                        t_25 = metal::fma(v7_1.y, a4_7_.y, _e3154);
                        float _e3158 = t_25;
                        t_25 = metal::fma(v7_1.z, a4_7_.z, _e3158);
                        float _e3162 = t_25;
                        t_25 = metal::fma(v7_1.w, a4_7_.w, _e3162);
                        float _e3164 = t_25;
                        float _e3165 = s1_4_;
                        s1_4_ = metal::fma(scale1_1, _e3164, _e3165);
                    }
                    float _e3168 = s1_4_;
                    s1_4_ = metal::fma(-(less1_1), t4_1_, _e3168);
                    {
                        t_26 = 0.0;
                        float _e3174 = t_26;
                        t_26 = metal::fma(v0_1.x, a5_0_.x, _e3174);
                        float _e3178 = t_26;
                        t_26 = metal::fma(v0_1.y, a5_0_.y, _e3178);
                        float _e3182 = t_26;
                        t_26 = metal::fma(v0_1.z, a5_0_.z, _e3182);
                        float _e3186 = t_26;
                        t_26 = metal::fma(v0_1.w, a5_0_.w, _e3186);
                        float _e3190 = t_26;
                        t_26 = metal::fma(v1_1.x, a5_1_.x, _e3190);
                        float _e3194 = t_26;
                        t_26 = metal::fma(v1_1.y, a5_1_.y, _e3194);
                        float _e3198 = t_26;
                        t_26 = metal::fma(v1_1.z, a5_1_.z, _e3198);
                        float _e3202 = t_26;
                        t_26 = metal::fma(v1_1.w, a5_1_.w, _e3202);
                        float _e3206 = t_26;
                        t_26 = metal::fma(v2_1.x, a5_2_.x, _e3206);
                        float _e3210 = t_26;
                        t_26 = metal::fma(v2_1.y, a5_2_.y, _e3210);
                        float _e3214 = t_26;
                        t_26 = metal::fma(v2_1.z, a5_2_.z, _e3214);
                        float _e3218 = t_26;
                        t_26 = metal::fma(v2_1.w, a5_2_.w, _e3218);
                        float _e3222 = t_26;
                        t_26 = metal::fma(v3_1.x, a5_3_.x, _e3222);
                        float _e3226 = t_26;
                        t_26 = metal::fma(v3_1.y, a5_3_.y, _e3226);
                        float _e3230 = t_26;
                        t_26 = metal::fma(v3_1.z, a5_3_.z, _e3230);
                        float _e3234 = t_26;
                        t_26 = metal::fma(v3_1.w, a5_3_.w, _e3234);
                        float _e3236 = t_26;
                        float _e3237 = s1_5_;
                        s1_5_ = metal::fma(scale0_1, _e3236, _e3237);
                    }
                    float _e3240 = s1_5_;
                    s1_5_ = metal::fma(-(less0_1), t5_0_, _e3240);
                    {
                        t_27 = 0.0;
                        float _e3246 = t_27;
                        t_27 = metal::fma(v4_1.x, a5_4_.x, _e3246);
                        float _e3250 = t_27;
                        t_27 = metal::fma(v4_1.y, a5_4_.y, _e3250);
                        float _e3254 = t_27;
                        t_27 = metal::fma(v4_1.z, a5_4_.z, _e3254);
                        float _e3258 = t_27;
                        t_27 = metal::fma(v4_1.w, a5_4_.w, _e3258);
                        float _e3262 = t_27;
                        t_27 = metal::fma(v5_1.x, a5_5_.x, _e3262);
                        float _e3266 = t_27;
                        t_27 = metal::fma(v5_1.y, a5_5_.y, _e3266);
                        float _e3270 = t_27;
                        t_27 = metal::fma(v5_1.z, a5_5_.z, _e3270);
                        float _e3274 = t_27;
                        t_27 = metal::fma(v5_1.w, a5_5_.w, _e3274);
                        float _e3278 = t_27;
                        t_27 = metal::fma(v6_1.x, a5_6_.x, _e3278);
                        float _e3282 = t_27;
                        t_27 = metal::fma(v6_1.y, a5_6_.y, _e3282);
                        float _e3286 = t_27;
                        t_27 = metal::fma(v6_1.z, a5_6_.z, _e3286);
                        float _e3290 = t_27;
                        t_27 = metal::fma(v6_1.w, a5_6_.w, _e3290);
                        float _e3294 = t_27;
                        t_27 = metal::fma(v7_1.x, a5_7_.x, _e3294);
                        float _e3298 = t_27;
                        t_27 = metal::fma(v7_1.y, a5_7_.y, _e3298);
                        float _e3302 = t_27;
                        t_27 = metal::fma(v7_1.z, a5_7_.z, _e3302);
                        float _e3306 = t_27;
                        t_27 = metal::fma(v7_1.w, a5_7_.w, _e3306);
                        float _e3308 = t_27;
                        float _e3309 = s1_5_;
                        s1_5_ = metal::fma(scale1_1, _e3308, _e3309);
                    }
                    float _e3312 = s1_5_;
                    s1_5_ = metal::fma(-(less1_1), t5_1_, _e3312);
                    {
                        t_28 = 0.0;
                        float _e3318 = t_28;
                        t_28 = metal::fma(v0_1.x, a6_0_.x, _e3318);
                        float _e3322 = t_28;
                        t_28 = metal::fma(v0_1.y, a6_0_.y, _e3322);
                        float _e3326 = t_28;
                        t_28 = metal::fma(v0_1.z, a6_0_.z, _e3326);
                        float _e3330 = t_28;
                        t_28 = metal::fma(v0_1.w, a6_0_.w, _e3330);
                        float _e3334 = t_28;
                        t_28 = metal::fma(v1_1.x, a6_1_.x, _e3334);
                        float _e3338 = t_28;
                        t_28 = metal::fma(v1_1.y, a6_1_.y, _e3338);
                        float _e3342 = t_28;
                        t_28 = metal::fma(v1_1.z, a6_1_.z, _e3342);
                        float _e3346 = t_28;
                        t_28 = metal::fma(v1_1.w, a6_1_.w, _e3346);
                        float _e3350 = t_28;
                        t_28 = metal::fma(v2_1.x, a6_2_.x, _e3350);
                        float _e3354 = t_28;
                        t_28 = metal::fma(v2_1.y, a6_2_.y, _e3354);
                        float _e3358 = t_28;
                        t_28 = metal::fma(v2_1.z, a6_2_.z, _e3358);
                        float _e3362 = t_28;
                        t_28 = metal::fma(v2_1.w, a6_2_.w, _e3362);
                        float _e3366 = t_28;
                        t_28 = metal::fma(v3_1.x, a6_3_.x, _e3366);
                        float _e3370 = t_28;
                        t_28 = metal::fma(v3_1.y, a6_3_.y, _e3370);
                        float _e3374 = t_28;
                        t_28 = metal::fma(v3_1.z, a6_3_.z, _e3374);
                        float _e3378 = t_28;
                        t_28 = metal::fma(v3_1.w, a6_3_.w, _e3378);
                        float _e3380 = t_28;
                        float _e3381 = s1_6_;
                        s1_6_ = metal::fma(scale0_1, _e3380, _e3381);
                    }
                    float _e3384 = s1_6_;
                    s1_6_ = metal::fma(-(less0_1), t6_0_, _e3384);
                    {
                        t_29 = 0.0;
                        float _e3390 = t_29;
                        t_29 = metal::fma(v4_1.x, a6_4_.x, _e3390);
                        float _e3394 = t_29;
                        t_29 = metal::fma(v4_1.y, a6_4_.y, _e3394);
                        float _e3398 = t_29;
                        t_29 = metal::fma(v4_1.z, a6_4_.z, _e3398);
                        float _e3402 = t_29;
                        t_29 = metal::fma(v4_1.w, a6_4_.w, _e3402);
                        float _e3406 = t_29;
                        t_29 = metal::fma(v5_1.x, a6_5_.x, _e3406);
                        float _e3410 = t_29;
                        t_29 = metal::fma(v5_1.y, a6_5_.y, _e3410);
                        float _e3414 = t_29;
                        t_29 = metal::fma(v5_1.z, a6_5_.z, _e3414);
                        float _e3418 = t_29;
                        t_29 = metal::fma(v5_1.w, a6_5_.w, _e3418);
                        float _e3422 = t_29;
                        t_29 = metal::fma(v6_1.x, a6_6_.x, _e3422);
                        float _e3426 = t_29;
                        t_29 = metal::fma(v6_1.y, a6_6_.y, _e3426);
                        float _e3430 = t_29;
                        t_29 = metal::fma(v6_1.z, a6_6_.z, _e3430);
                        float _e3434 = t_29;
                        t_29 = metal::fma(v6_1.w, a6_6_.w, _e3434);
                        float _e3438 = t_29;
                        t_29 = metal::fma(v7_1.x, a6_7_.x, _e3438);
                        float _e3442 = t_29;
                        t_29 = metal::fma(v7_1.y, a6_7_.y, _e3442);
                        float _e3446 = t_29;
                        t_29 = metal::fma(v7_1.z, a6_7_.z, _e3446);
                        float _e3450 = t_29;
                        t_29 = metal::fma(v7_1.w, a6_7_.w, _e3450);
                        float _e3452 = t_29;
                        float _e3453 = s1_6_;
                        s1_6_ = metal::fma(scale1_1, _e3452, _e3453);
                    }
                    float _e3456 = s1_6_;
                    s1_6_ = metal::fma(-(less1_1), t6_1_, _e3456);
                    {
                        t_30 = 0.0;
                        float _e3462 = t_30;
                        t_30 = metal::fma(v0_1.x, a7_0_.x, _e3462);
                        float _e3466 = t_30;
                        t_30 = metal::fma(v0_1.y, a7_0_.y, _e3466);
                        float _e3470 = t_30;
                        t_30 = metal::fma(v0_1.z, a7_0_.z, _e3470);
                        float _e3474 = t_30;
                        t_30 = metal::fma(v0_1.w, a7_0_.w, _e3474);
                        float _e3478 = t_30;
                        t_30 = metal::fma(v1_1.x, a7_1_.x, _e3478);
                        float _e3482 = t_30;
                        t_30 = metal::fma(v1_1.y, a7_1_.y, _e3482);
                        float _e3486 = t_30;
                        t_30 = metal::fma(v1_1.z, a7_1_.z, _e3486);
                        float _e3490 = t_30;
                        t_30 = metal::fma(v1_1.w, a7_1_.w, _e3490);
                        float _e3494 = t_30;
                        t_30 = metal::fma(v2_1.x, a7_2_.x, _e3494);
                        float _e3498 = t_30;
                        t_30 = metal::fma(v2_1.y, a7_2_.y, _e3498);
                        float _e3502 = t_30;
                        t_30 = metal::fma(v2_1.z, a7_2_.z, _e3502);
                        float _e3506 = t_30;
                        t_30 = metal::fma(v2_1.w, a7_2_.w, _e3506);
                        float _e3510 = t_30;
                        t_30 = metal::fma(v3_1.x, a7_3_.x, _e3510);
                        float _e3514 = t_30;
                        t_30 = metal::fma(v3_1.y, a7_3_.y, _e3514);
                        float _e3518 = t_30;
                        t_30 = metal::fma(v3_1.z, a7_3_.z, _e3518);
                        float _e3522 = t_30;
                        t_30 = metal::fma(v3_1.w, a7_3_.w, _e3522);
                        float _e3524 = t_30;
                        float _e3525 = s1_7_;
                        s1_7_ = metal::fma(scale0_1, _e3524, _e3525);
                    }
                    float _e3528 = s1_7_;
                    s1_7_ = metal::fma(-(less0_1), t7_0_, _e3528);
                    {
                        t_31 = 0.0;
                        float _e3534 = t_31;
                        t_31 = metal::fma(v4_1.x, a7_4_.x, _e3534);
                        float _e3538 = t_31;
                        t_31 = metal::fma(v4_1.y, a7_4_.y, _e3538);
                        float _e3542 = t_31;
                        t_31 = metal::fma(v4_1.z, a7_4_.z, _e3542);
                        float _e3546 = t_31;
                        t_31 = metal::fma(v4_1.w, a7_4_.w, _e3546);
                        float _e3550 = t_31;
                        t_31 = metal::fma(v5_1.x, a7_5_.x, _e3550);
                        float _e3554 = t_31;
                        t_31 = metal::fma(v5_1.y, a7_5_.y, _e3554);
                        float _e3558 = t_31;
                        t_31 = metal::fma(v5_1.z, a7_5_.z, _e3558);
                        float _e3562 = t_31;
                        t_31 = metal::fma(v5_1.w, a7_5_.w, _e3562);
                        float _e3566 = t_31;
                        t_31 = metal::fma(v6_1.x, a7_6_.x, _e3566);
                        float _e3570 = t_31;
                        t_31 = metal::fma(v6_1.y, a7_6_.y, _e3570);
                        float _e3574 = t_31;
                        t_31 = metal::fma(v6_1.z, a7_6_.z, _e3574);
                        float _e3578 = t_31;
                        t_31 = metal::fma(v6_1.w, a7_6_.w, _e3578);
                        float _e3582 = t_31;
                        t_31 = metal::fma(v7_1.x, a7_7_.x, _e3582);
                        float _e3586 = t_31;
                        t_31 = metal::fma(v7_1.y, a7_7_.y, _e3586);
                        float _e3590 = t_31;
                        t_31 = metal::fma(v7_1.z, a7_7_.z, _e3590);
                        float _e3594 = t_31;
                        t_31 = metal::fma(v7_1.w, a7_7_.w, _e3594);
                        float _e3596 = t_31;
                        float _e3597 = s1_7_;
                        s1_7_ = metal::fma(scale1_1, _e3596, _e3597);
                    }
                    float _e3600 = s1_7_;
                    s1_7_ = metal::fma(-(less1_1), t7_1_, _e3600);
                }
            }
            {
                float _e3602 = s0_0_;
                float unnamed = metal::simd_sum(_e3602);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 0u] = unnamed;
                }
            }
            {
                float _e3612 = s1_0_;
                float unnamed_1 = metal::simd_sum(_e3612);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 8u] = unnamed_1;
                }
            }
            {
                float _e3622 = s0_1_;
                float unnamed_2 = metal::simd_sum(_e3622);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 1u] = unnamed_2;
                }
            }
            {
                float _e3632 = s1_1_;
                float unnamed_3 = metal::simd_sum(_e3632);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 9u] = unnamed_3;
                }
            }
            {
                float _e3642 = s0_2_;
                float unnamed_4 = metal::simd_sum(_e3642);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 2u] = unnamed_4;
                }
            }
            {
                float _e3652 = s1_2_;
                float unnamed_5 = metal::simd_sum(_e3652);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 10u] = unnamed_5;
                }
            }
            {
                float _e3662 = s0_3_;
                float unnamed_6 = metal::simd_sum(_e3662);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 3u] = unnamed_6;
                }
            }
            {
                float _e3672 = s1_3_;
                float unnamed_7 = metal::simd_sum(_e3672);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 11u] = unnamed_7;
                }
            }
            {
                float _e3682 = s0_4_;
                float unnamed_8 = metal::simd_sum(_e3682);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 4u] = unnamed_8;
                }
            }
            {
                float _e3692 = s1_4_;
                float unnamed_9 = metal::simd_sum(_e3692);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 12u] = unnamed_9;
                }
            }
            {
                float _e3702 = s0_5_;
                float unnamed_10 = metal::simd_sum(_e3702);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 5u] = unnamed_10;
                }
            }
            {
                float _e3712 = s1_5_;
                float unnamed_11 = metal::simd_sum(_e3712);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 13u] = unnamed_11;
                }
            }
            {
                float _e3722 = s0_6_;
                float unnamed_12 = metal::simd_sum(_e3722);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 6u] = unnamed_12;
                }
            }
            {
                float _e3732 = s1_6_;
                float unnamed_13 = metal::simd_sum(_e3732);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 14u] = unnamed_13;
                }
            }
            {
                float _e3742 = s0_7_;
                float unnamed_14 = metal::simd_sum(_e3742);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 7u] = unnamed_14;
                }
            }
            {
                float _e3752 = s1_7_;
                float unnamed_15 = metal::simd_sum(_e3752);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 15u] = unnamed_15;
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            i = thread_;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e3822 = i;
                    i = _e3822 + 256u;
                }
                loop_init_1 = false;
                uint _e3763 = i;
                if (_e3763 < 128u) {
                } else {
                    break;
                }
                {
                    uint _e3766 = i;
                    uint own = _e3766 / 16u;
                    uint _e3769 = i;
                    uint m = (_e3769 % 16u) / 8u;
                    uint _e3774 = i;
                    uint r = _e3774 % 8u;
                    uint n = ((group * 16u) + (own * 2u)) + m;
                    uint _e3783 = base;
                    uint row = _e3783 + r;
                    if (n < 768u) {
                        local = row < live;
                    } else {
                        local = false;
                    }
                    bool _e3791 = local;
                    if (_e3791) {
                        float _e3805 = parts.inner[((((own * 1u) + 0u) * 16u) + (m * 8u)) + r];
                        float _e3809 = bias[n];
                        float sum = (_e3805 * 1.0) + _e3809;
                        uint to = ((row * 768u) + n) + 0u;
                        float _e3820 = y[to];
                        y[to] = _e3820 + sum;
                    }
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    return;
}
