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
            uint _e3822 = base;
            base = _e3822 + 8u;
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
            metal::uint4 h0_0_ = w[(n0_ * 26u) + ((p0_ / 8u) * 13u)];
            metal::uint4 u0_0_ = w[((((n0_ * 26u) + ((p0_ / 8u) * 13u)) + (((p0_ % 8u) / 4u) * 2u)) + (p0_ % 2u)) + 1u];
            metal::uint4 w0_0_ = w[(((n0_ * 26u) + ((p0_ / 8u) * 13u)) + (p0_ % 8u)) + 5u];
            float _e229 = scale_of((n0_ * 2u) + (p0_ / 8u), scales, _buffer_sizes);
            metal::uint4 h0_1_ = w[(n1_ * 26u) + ((p0_ / 8u) * 13u)];
            metal::uint4 u0_1_ = w[((((n1_ * 26u) + ((p0_ / 8u) * 13u)) + (((p0_ % 8u) / 4u) * 2u)) + (p0_ % 2u)) + 1u];
            metal::uint4 w0_1_ = w[(((n1_ * 26u) + ((p0_ / 8u) * 13u)) + (p0_ % 8u)) + 5u];
            float _e282 = scale_of((n1_ * 2u) + (p0_ / 8u), scales, _buffer_sizes);
            {
                uint c0_ = (((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 0u;
                uint c1_ = (((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 1u;
                uint c2_ = (((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 2u;
                uint c3_ = (((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 3u;
                uint c4_ = ((((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 16u) + 0u;
                uint c5_ = ((((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 16u) + 1u;
                uint c6_ = ((((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 16u) + 2u;
                uint c7_ = ((((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 16u) + 3u;
                metal::float4 _e383 = x[x0_ + c0_];
                metal::float4 a0_0_ = own0_ ? _e383 : metal::float4 {};
                metal::float4 _e389 = x[x0_ + c1_];
                metal::float4 a0_1_ = own0_ ? _e389 : metal::float4 {};
                metal::float4 _e395 = x[x0_ + c2_];
                metal::float4 a0_2_ = own0_ ? _e395 : metal::float4 {};
                metal::float4 _e401 = x[x0_ + c3_];
                metal::float4 a0_3_ = own0_ ? _e401 : metal::float4 {};
                metal::float4 _e407 = x[x0_ + c4_];
                metal::float4 a0_4_ = own0_ ? _e407 : metal::float4 {};
                metal::float4 _e413 = x[x0_ + c5_];
                metal::float4 a0_5_ = own0_ ? _e413 : metal::float4 {};
                metal::float4 _e419 = x[x0_ + c6_];
                metal::float4 a0_6_ = own0_ ? _e419 : metal::float4 {};
                metal::float4 _e425 = x[x0_ + c7_];
                metal::float4 a0_7_ = own0_ ? _e425 : metal::float4 {};
                float t0_0_ = metal::dot(((a0_0_ + a0_1_) + a0_2_) + a0_3_, metal::float4(1.0));
                float t0_1_ = metal::dot(((a0_4_ + a0_5_) + a0_6_) + a0_7_, metal::float4(1.0));
                metal::float4 _e443 = x[x1_ + c0_];
                metal::float4 a1_0_ = own0_ ? _e443 : metal::float4 {};
                metal::float4 _e449 = x[x1_ + c1_];
                metal::float4 a1_1_ = own0_ ? _e449 : metal::float4 {};
                metal::float4 _e455 = x[x1_ + c2_];
                metal::float4 a1_2_ = own0_ ? _e455 : metal::float4 {};
                metal::float4 _e461 = x[x1_ + c3_];
                metal::float4 a1_3_ = own0_ ? _e461 : metal::float4 {};
                metal::float4 _e467 = x[x1_ + c4_];
                metal::float4 a1_4_ = own0_ ? _e467 : metal::float4 {};
                metal::float4 _e473 = x[x1_ + c5_];
                metal::float4 a1_5_ = own0_ ? _e473 : metal::float4 {};
                metal::float4 _e479 = x[x1_ + c6_];
                metal::float4 a1_6_ = own0_ ? _e479 : metal::float4 {};
                metal::float4 _e485 = x[x1_ + c7_];
                metal::float4 a1_7_ = own0_ ? _e485 : metal::float4 {};
                float t1_0_ = metal::dot(((a1_0_ + a1_1_) + a1_2_) + a1_3_, metal::float4(1.0));
                float t1_1_ = metal::dot(((a1_4_ + a1_5_) + a1_6_) + a1_7_, metal::float4(1.0));
                metal::float4 _e503 = x[x2_ + c0_];
                metal::float4 a2_0_ = own0_ ? _e503 : metal::float4 {};
                metal::float4 _e509 = x[x2_ + c1_];
                metal::float4 a2_1_ = own0_ ? _e509 : metal::float4 {};
                metal::float4 _e515 = x[x2_ + c2_];
                metal::float4 a2_2_ = own0_ ? _e515 : metal::float4 {};
                metal::float4 _e521 = x[x2_ + c3_];
                metal::float4 a2_3_ = own0_ ? _e521 : metal::float4 {};
                metal::float4 _e527 = x[x2_ + c4_];
                metal::float4 a2_4_ = own0_ ? _e527 : metal::float4 {};
                metal::float4 _e533 = x[x2_ + c5_];
                metal::float4 a2_5_ = own0_ ? _e533 : metal::float4 {};
                metal::float4 _e539 = x[x2_ + c6_];
                metal::float4 a2_6_ = own0_ ? _e539 : metal::float4 {};
                metal::float4 _e545 = x[x2_ + c7_];
                metal::float4 a2_7_ = own0_ ? _e545 : metal::float4 {};
                float t2_0_ = metal::dot(((a2_0_ + a2_1_) + a2_2_) + a2_3_, metal::float4(1.0));
                float t2_1_ = metal::dot(((a2_4_ + a2_5_) + a2_6_) + a2_7_, metal::float4(1.0));
                metal::float4 _e563 = x[x3_ + c0_];
                metal::float4 a3_0_ = own0_ ? _e563 : metal::float4 {};
                metal::float4 _e569 = x[x3_ + c1_];
                metal::float4 a3_1_ = own0_ ? _e569 : metal::float4 {};
                metal::float4 _e575 = x[x3_ + c2_];
                metal::float4 a3_2_ = own0_ ? _e575 : metal::float4 {};
                metal::float4 _e581 = x[x3_ + c3_];
                metal::float4 a3_3_ = own0_ ? _e581 : metal::float4 {};
                metal::float4 _e587 = x[x3_ + c4_];
                metal::float4 a3_4_ = own0_ ? _e587 : metal::float4 {};
                metal::float4 _e593 = x[x3_ + c5_];
                metal::float4 a3_5_ = own0_ ? _e593 : metal::float4 {};
                metal::float4 _e599 = x[x3_ + c6_];
                metal::float4 a3_6_ = own0_ ? _e599 : metal::float4 {};
                metal::float4 _e605 = x[x3_ + c7_];
                metal::float4 a3_7_ = own0_ ? _e605 : metal::float4 {};
                float t3_0_ = metal::dot(((a3_0_ + a3_1_) + a3_2_) + a3_3_, metal::float4(1.0));
                float t3_1_ = metal::dot(((a3_4_ + a3_5_) + a3_6_) + a3_7_, metal::float4(1.0));
                metal::float4 _e623 = x[x4_ + c0_];
                metal::float4 a4_0_ = own0_ ? _e623 : metal::float4 {};
                metal::float4 _e629 = x[x4_ + c1_];
                metal::float4 a4_1_ = own0_ ? _e629 : metal::float4 {};
                metal::float4 _e635 = x[x4_ + c2_];
                metal::float4 a4_2_ = own0_ ? _e635 : metal::float4 {};
                metal::float4 _e641 = x[x4_ + c3_];
                metal::float4 a4_3_ = own0_ ? _e641 : metal::float4 {};
                metal::float4 _e647 = x[x4_ + c4_];
                metal::float4 a4_4_ = own0_ ? _e647 : metal::float4 {};
                metal::float4 _e653 = x[x4_ + c5_];
                metal::float4 a4_5_ = own0_ ? _e653 : metal::float4 {};
                metal::float4 _e659 = x[x4_ + c6_];
                metal::float4 a4_6_ = own0_ ? _e659 : metal::float4 {};
                metal::float4 _e665 = x[x4_ + c7_];
                metal::float4 a4_7_ = own0_ ? _e665 : metal::float4 {};
                float t4_0_ = metal::dot(((a4_0_ + a4_1_) + a4_2_) + a4_3_, metal::float4(1.0));
                float t4_1_ = metal::dot(((a4_4_ + a4_5_) + a4_6_) + a4_7_, metal::float4(1.0));
                metal::float4 _e683 = x[x5_ + c0_];
                metal::float4 a5_0_ = own0_ ? _e683 : metal::float4 {};
                metal::float4 _e689 = x[x5_ + c1_];
                metal::float4 a5_1_ = own0_ ? _e689 : metal::float4 {};
                metal::float4 _e695 = x[x5_ + c2_];
                metal::float4 a5_2_ = own0_ ? _e695 : metal::float4 {};
                metal::float4 _e701 = x[x5_ + c3_];
                metal::float4 a5_3_ = own0_ ? _e701 : metal::float4 {};
                metal::float4 _e707 = x[x5_ + c4_];
                metal::float4 a5_4_ = own0_ ? _e707 : metal::float4 {};
                metal::float4 _e713 = x[x5_ + c5_];
                metal::float4 a5_5_ = own0_ ? _e713 : metal::float4 {};
                metal::float4 _e719 = x[x5_ + c6_];
                metal::float4 a5_6_ = own0_ ? _e719 : metal::float4 {};
                metal::float4 _e725 = x[x5_ + c7_];
                metal::float4 a5_7_ = own0_ ? _e725 : metal::float4 {};
                float t5_0_ = metal::dot(((a5_0_ + a5_1_) + a5_2_) + a5_3_, metal::float4(1.0));
                float t5_1_ = metal::dot(((a5_4_ + a5_5_) + a5_6_) + a5_7_, metal::float4(1.0));
                metal::float4 _e743 = x[x6_ + c0_];
                metal::float4 a6_0_ = own0_ ? _e743 : metal::float4 {};
                metal::float4 _e749 = x[x6_ + c1_];
                metal::float4 a6_1_ = own0_ ? _e749 : metal::float4 {};
                metal::float4 _e755 = x[x6_ + c2_];
                metal::float4 a6_2_ = own0_ ? _e755 : metal::float4 {};
                metal::float4 _e761 = x[x6_ + c3_];
                metal::float4 a6_3_ = own0_ ? _e761 : metal::float4 {};
                metal::float4 _e767 = x[x6_ + c4_];
                metal::float4 a6_4_ = own0_ ? _e767 : metal::float4 {};
                metal::float4 _e773 = x[x6_ + c5_];
                metal::float4 a6_5_ = own0_ ? _e773 : metal::float4 {};
                metal::float4 _e779 = x[x6_ + c6_];
                metal::float4 a6_6_ = own0_ ? _e779 : metal::float4 {};
                metal::float4 _e785 = x[x6_ + c7_];
                metal::float4 a6_7_ = own0_ ? _e785 : metal::float4 {};
                float t6_0_ = metal::dot(((a6_0_ + a6_1_) + a6_2_) + a6_3_, metal::float4(1.0));
                float t6_1_ = metal::dot(((a6_4_ + a6_5_) + a6_6_) + a6_7_, metal::float4(1.0));
                metal::float4 _e803 = x[x7_ + c0_];
                metal::float4 a7_0_ = own0_ ? _e803 : metal::float4 {};
                metal::float4 _e809 = x[x7_ + c1_];
                metal::float4 a7_1_ = own0_ ? _e809 : metal::float4 {};
                metal::float4 _e815 = x[x7_ + c2_];
                metal::float4 a7_2_ = own0_ ? _e815 : metal::float4 {};
                metal::float4 _e821 = x[x7_ + c3_];
                metal::float4 a7_3_ = own0_ ? _e821 : metal::float4 {};
                metal::float4 _e827 = x[x7_ + c4_];
                metal::float4 a7_4_ = own0_ ? _e827 : metal::float4 {};
                metal::float4 _e833 = x[x7_ + c5_];
                metal::float4 a7_5_ = own0_ ? _e833 : metal::float4 {};
                metal::float4 _e839 = x[x7_ + c6_];
                metal::float4 a7_6_ = own0_ ? _e839 : metal::float4 {};
                metal::float4 _e845 = x[x7_ + c7_];
                metal::float4 a7_7_ = own0_ ? _e845 : metal::float4 {};
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
                    uint _e1045 = (at0_ % 4u) * 8u;
                    float scale0_ = _e229 * static_cast<float>(metal::extract_bits(as_type<int>(h0_0_[at0_ / 4u]), metal::min(_e1045, 32u), metal::min(8u, 32u - metal::min(_e1045, 32u))));
                    float less0_ = scale0_ * 32.0;
                    uint at1_ = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 4u;
                    uint _e1070 = (at1_ % 4u) * 8u;
                    float scale1_ = _e229 * static_cast<float>(metal::extract_bits(as_type<int>(h0_0_[at1_ / 4u]), metal::min(_e1070, 32u), metal::min(8u, 32u - metal::min(_e1070, 32u))));
                    float less1_ = scale1_ * 32.0;
                    {
                        t = 0.0;
                        float _e1081 = t;
                        t = metal::fma(v0_.x, a0_0_.x, _e1081);
                        float _e1085 = t;
                        t = metal::fma(v0_.y, a0_0_.y, _e1085);
                        float _e1089 = t;
                        t = metal::fma(v0_.z, a0_0_.z, _e1089);
                        float _e1093 = t;
                        t = metal::fma(v0_.w, a0_0_.w, _e1093);
                        float _e1097 = t;
                        t = metal::fma(v1_.x, a0_1_.x, _e1097);
                        float _e1101 = t;
                        t = metal::fma(v1_.y, a0_1_.y, _e1101);
                        float _e1105 = t;
                        t = metal::fma(v1_.z, a0_1_.z, _e1105);
                        float _e1109 = t;
                        t = metal::fma(v1_.w, a0_1_.w, _e1109);
                        float _e1113 = t;
                        t = metal::fma(v2_.x, a0_2_.x, _e1113);
                        float _e1117 = t;
                        t = metal::fma(v2_.y, a0_2_.y, _e1117);
                        float _e1121 = t;
                        t = metal::fma(v2_.z, a0_2_.z, _e1121);
                        float _e1125 = t;
                        t = metal::fma(v2_.w, a0_2_.w, _e1125);
                        float _e1129 = t;
                        t = metal::fma(v3_.x, a0_3_.x, _e1129);
                        float _e1133 = t;
                        t = metal::fma(v3_.y, a0_3_.y, _e1133);
                        float _e1137 = t;
                        t = metal::fma(v3_.z, a0_3_.z, _e1137);
                        float _e1141 = t;
                        t = metal::fma(v3_.w, a0_3_.w, _e1141);
                        float _e1143 = t;
                        float _e1144 = s0_0_;
                        s0_0_ = metal::fma(scale0_, _e1143, _e1144);
                    }
                    float _e1147 = s0_0_;
                    s0_0_ = metal::fma(-(less0_), t0_0_, _e1147);
                    {
                        t_1 = 0.0;
                        float _e1153 = t_1;
                        t_1 = metal::fma(v4_.x, a0_4_.x, _e1153);
                        float _e1157 = t_1;
                        t_1 = metal::fma(v4_.y, a0_4_.y, _e1157);
                        float _e1161 = t_1;
                        t_1 = metal::fma(v4_.z, a0_4_.z, _e1161);
                        float _e1165 = t_1;
                        t_1 = metal::fma(v4_.w, a0_4_.w, _e1165);
                        float _e1169 = t_1;
                        t_1 = metal::fma(v5_.x, a0_5_.x, _e1169);
                        float _e1173 = t_1;
                        t_1 = metal::fma(v5_.y, a0_5_.y, _e1173);
                        float _e1177 = t_1;
                        t_1 = metal::fma(v5_.z, a0_5_.z, _e1177);
                        float _e1181 = t_1;
                        t_1 = metal::fma(v5_.w, a0_5_.w, _e1181);
                        float _e1185 = t_1;
                        t_1 = metal::fma(v6_.x, a0_6_.x, _e1185);
                        float _e1189 = t_1;
                        t_1 = metal::fma(v6_.y, a0_6_.y, _e1189);
                        float _e1193 = t_1;
                        t_1 = metal::fma(v6_.z, a0_6_.z, _e1193);
                        float _e1197 = t_1;
                        t_1 = metal::fma(v6_.w, a0_6_.w, _e1197);
                        float _e1201 = t_1;
                        t_1 = metal::fma(v7_.x, a0_7_.x, _e1201);
                        float _e1205 = t_1;
                        t_1 = metal::fma(v7_.y, a0_7_.y, _e1205);
                        float _e1209 = t_1;
                        t_1 = metal::fma(v7_.z, a0_7_.z, _e1209);
                        float _e1213 = t_1;
                        t_1 = metal::fma(v7_.w, a0_7_.w, _e1213);
                        float _e1215 = t_1;
                        float _e1216 = s0_0_;
                        s0_0_ = metal::fma(scale1_, _e1215, _e1216);
                    }
                    float _e1219 = s0_0_;
                    s0_0_ = metal::fma(-(less1_), t0_1_, _e1219);
                    {
                        t_2 = 0.0;
                        float _e1225 = t_2;
                        t_2 = metal::fma(v0_.x, a1_0_.x, _e1225);
                        float _e1229 = t_2;
                        t_2 = metal::fma(v0_.y, a1_0_.y, _e1229);
                        float _e1233 = t_2;
                        t_2 = metal::fma(v0_.z, a1_0_.z, _e1233);
                        float _e1237 = t_2;
                        t_2 = metal::fma(v0_.w, a1_0_.w, _e1237);
                        float _e1241 = t_2;
                        t_2 = metal::fma(v1_.x, a1_1_.x, _e1241);
                        float _e1245 = t_2;
                        t_2 = metal::fma(v1_.y, a1_1_.y, _e1245);
                        float _e1249 = t_2;
                        t_2 = metal::fma(v1_.z, a1_1_.z, _e1249);
                        float _e1253 = t_2;
                        t_2 = metal::fma(v1_.w, a1_1_.w, _e1253);
                        float _e1257 = t_2;
                        t_2 = metal::fma(v2_.x, a1_2_.x, _e1257);
                        float _e1261 = t_2;
                        t_2 = metal::fma(v2_.y, a1_2_.y, _e1261);
                        float _e1265 = t_2;
                        t_2 = metal::fma(v2_.z, a1_2_.z, _e1265);
                        float _e1269 = t_2;
                        t_2 = metal::fma(v2_.w, a1_2_.w, _e1269);
                        float _e1273 = t_2;
                        t_2 = metal::fma(v3_.x, a1_3_.x, _e1273);
                        float _e1277 = t_2;
                        t_2 = metal::fma(v3_.y, a1_3_.y, _e1277);
                        float _e1281 = t_2;
                        t_2 = metal::fma(v3_.z, a1_3_.z, _e1281);
                        float _e1285 = t_2;
                        t_2 = metal::fma(v3_.w, a1_3_.w, _e1285);
                        float _e1287 = t_2;
                        float _e1288 = s0_1_;
                        s0_1_ = metal::fma(scale0_, _e1287, _e1288);
                    }
                    float _e1291 = s0_1_;
                    s0_1_ = metal::fma(-(less0_), t1_0_, _e1291);
                    {
                        t_3 = 0.0;
                        float _e1297 = t_3;
                        t_3 = metal::fma(v4_.x, a1_4_.x, _e1297);
                        float _e1301 = t_3;
                        t_3 = metal::fma(v4_.y, a1_4_.y, _e1301);
                        float _e1305 = t_3;
                        t_3 = metal::fma(v4_.z, a1_4_.z, _e1305);
                        float _e1309 = t_3;
                        t_3 = metal::fma(v4_.w, a1_4_.w, _e1309);
                        float _e1313 = t_3;
                        t_3 = metal::fma(v5_.x, a1_5_.x, _e1313);
                        float _e1317 = t_3;
                        t_3 = metal::fma(v5_.y, a1_5_.y, _e1317);
                        float _e1321 = t_3;
                        t_3 = metal::fma(v5_.z, a1_5_.z, _e1321);
                        float _e1325 = t_3;
                        t_3 = metal::fma(v5_.w, a1_5_.w, _e1325);
                        float _e1329 = t_3;
                        t_3 = metal::fma(v6_.x, a1_6_.x, _e1329);
                        float _e1333 = t_3;
                        t_3 = metal::fma(v6_.y, a1_6_.y, _e1333);
                        float _e1337 = t_3;
                        t_3 = metal::fma(v6_.z, a1_6_.z, _e1337);
                        float _e1341 = t_3;
                        t_3 = metal::fma(v6_.w, a1_6_.w, _e1341);
                        float _e1345 = t_3;
                        t_3 = metal::fma(v7_.x, a1_7_.x, _e1345);
                        float _e1349 = t_3;
                        t_3 = metal::fma(v7_.y, a1_7_.y, _e1349);
                        float _e1353 = t_3;
                        t_3 = metal::fma(v7_.z, a1_7_.z, _e1353);
                        float _e1357 = t_3;
                        t_3 = metal::fma(v7_.w, a1_7_.w, _e1357);
                        float _e1359 = t_3;
                        float _e1360 = s0_1_;
                        s0_1_ = metal::fma(scale1_, _e1359, _e1360);
                    }
                    float _e1363 = s0_1_;
                    s0_1_ = metal::fma(-(less1_), t1_1_, _e1363);
                    {
                        t_4 = 0.0;
                        float _e1369 = t_4;
                        t_4 = metal::fma(v0_.x, a2_0_.x, _e1369);
                        float _e1373 = t_4;
                        t_4 = metal::fma(v0_.y, a2_0_.y, _e1373);
                        float _e1377 = t_4;
                        t_4 = metal::fma(v0_.z, a2_0_.z, _e1377);
                        float _e1381 = t_4;
                        t_4 = metal::fma(v0_.w, a2_0_.w, _e1381);
                        float _e1385 = t_4;
                        t_4 = metal::fma(v1_.x, a2_1_.x, _e1385);
                        float _e1389 = t_4;
                        t_4 = metal::fma(v1_.y, a2_1_.y, _e1389);
                        float _e1393 = t_4;
                        t_4 = metal::fma(v1_.z, a2_1_.z, _e1393);
                        float _e1397 = t_4;
                        t_4 = metal::fma(v1_.w, a2_1_.w, _e1397);
                        float _e1401 = t_4;
                        t_4 = metal::fma(v2_.x, a2_2_.x, _e1401);
                        float _e1405 = t_4;
                        t_4 = metal::fma(v2_.y, a2_2_.y, _e1405);
                        float _e1409 = t_4;
                        t_4 = metal::fma(v2_.z, a2_2_.z, _e1409);
                        float _e1413 = t_4;
                        t_4 = metal::fma(v2_.w, a2_2_.w, _e1413);
                        float _e1417 = t_4;
                        t_4 = metal::fma(v3_.x, a2_3_.x, _e1417);
                        float _e1421 = t_4;
                        t_4 = metal::fma(v3_.y, a2_3_.y, _e1421);
                        float _e1425 = t_4;
                        t_4 = metal::fma(v3_.z, a2_3_.z, _e1425);
                        float _e1429 = t_4;
                        t_4 = metal::fma(v3_.w, a2_3_.w, _e1429);
                        float _e1431 = t_4;
                        float _e1432 = s0_2_;
                        s0_2_ = metal::fma(scale0_, _e1431, _e1432);
                    }
                    float _e1435 = s0_2_;
                    s0_2_ = metal::fma(-(less0_), t2_0_, _e1435);
                    {
                        t_5 = 0.0;
                        float _e1441 = t_5;
                        t_5 = metal::fma(v4_.x, a2_4_.x, _e1441);
                        float _e1445 = t_5;
                        t_5 = metal::fma(v4_.y, a2_4_.y, _e1445);
                        float _e1449 = t_5;
                        t_5 = metal::fma(v4_.z, a2_4_.z, _e1449);
                        float _e1453 = t_5;
                        t_5 = metal::fma(v4_.w, a2_4_.w, _e1453);
                        float _e1457 = t_5;
                        t_5 = metal::fma(v5_.x, a2_5_.x, _e1457);
                        float _e1461 = t_5;
                        t_5 = metal::fma(v5_.y, a2_5_.y, _e1461);
                        float _e1465 = t_5;
                        t_5 = metal::fma(v5_.z, a2_5_.z, _e1465);
                        float _e1469 = t_5;
                        t_5 = metal::fma(v5_.w, a2_5_.w, _e1469);
                        float _e1473 = t_5;
                        t_5 = metal::fma(v6_.x, a2_6_.x, _e1473);
                        float _e1477 = t_5;
                        t_5 = metal::fma(v6_.y, a2_6_.y, _e1477);
                        float _e1481 = t_5;
                        t_5 = metal::fma(v6_.z, a2_6_.z, _e1481);
                        float _e1485 = t_5;
                        t_5 = metal::fma(v6_.w, a2_6_.w, _e1485);
                        float _e1489 = t_5;
                        t_5 = metal::fma(v7_.x, a2_7_.x, _e1489);
                        float _e1493 = t_5;
                        t_5 = metal::fma(v7_.y, a2_7_.y, _e1493);
                        float _e1497 = t_5;
                        t_5 = metal::fma(v7_.z, a2_7_.z, _e1497);
                        float _e1501 = t_5;
                        t_5 = metal::fma(v7_.w, a2_7_.w, _e1501);
                        float _e1503 = t_5;
                        float _e1504 = s0_2_;
                        s0_2_ = metal::fma(scale1_, _e1503, _e1504);
                    }
                    float _e1507 = s0_2_;
                    s0_2_ = metal::fma(-(less1_), t2_1_, _e1507);
                    {
                        t_6 = 0.0;
                        float _e1513 = t_6;
                        t_6 = metal::fma(v0_.x, a3_0_.x, _e1513);
                        float _e1517 = t_6;
                        t_6 = metal::fma(v0_.y, a3_0_.y, _e1517);
                        float _e1521 = t_6;
                        t_6 = metal::fma(v0_.z, a3_0_.z, _e1521);
                        float _e1525 = t_6;
                        t_6 = metal::fma(v0_.w, a3_0_.w, _e1525);
                        float _e1529 = t_6;
                        t_6 = metal::fma(v1_.x, a3_1_.x, _e1529);
                        float _e1533 = t_6;
                        t_6 = metal::fma(v1_.y, a3_1_.y, _e1533);
                        float _e1537 = t_6;
                        t_6 = metal::fma(v1_.z, a3_1_.z, _e1537);
                        float _e1541 = t_6;
                        t_6 = metal::fma(v1_.w, a3_1_.w, _e1541);
                        float _e1545 = t_6;
                        t_6 = metal::fma(v2_.x, a3_2_.x, _e1545);
                        float _e1549 = t_6;
                        t_6 = metal::fma(v2_.y, a3_2_.y, _e1549);
                        float _e1553 = t_6;
                        t_6 = metal::fma(v2_.z, a3_2_.z, _e1553);
                        float _e1557 = t_6;
                        t_6 = metal::fma(v2_.w, a3_2_.w, _e1557);
                        float _e1561 = t_6;
                        t_6 = metal::fma(v3_.x, a3_3_.x, _e1561);
                        float _e1565 = t_6;
                        t_6 = metal::fma(v3_.y, a3_3_.y, _e1565);
                        float _e1569 = t_6;
                        t_6 = metal::fma(v3_.z, a3_3_.z, _e1569);
                        float _e1573 = t_6;
                        t_6 = metal::fma(v3_.w, a3_3_.w, _e1573);
                        float _e1575 = t_6;
                        float _e1576 = s0_3_;
                        s0_3_ = metal::fma(scale0_, _e1575, _e1576);
                    }
                    float _e1579 = s0_3_;
                    s0_3_ = metal::fma(-(less0_), t3_0_, _e1579);
                    {
                        t_7 = 0.0;
                        float _e1585 = t_7;
                        t_7 = metal::fma(v4_.x, a3_4_.x, _e1585);
                        float _e1589 = t_7;
                        t_7 = metal::fma(v4_.y, a3_4_.y, _e1589);
                        float _e1593 = t_7;
                        t_7 = metal::fma(v4_.z, a3_4_.z, _e1593);
                        float _e1597 = t_7;
                        t_7 = metal::fma(v4_.w, a3_4_.w, _e1597);
                        float _e1601 = t_7;
                        t_7 = metal::fma(v5_.x, a3_5_.x, _e1601);
                        float _e1605 = t_7;
                        t_7 = metal::fma(v5_.y, a3_5_.y, _e1605);
                        float _e1609 = t_7;
                        t_7 = metal::fma(v5_.z, a3_5_.z, _e1609);
                        float _e1613 = t_7;
                        t_7 = metal::fma(v5_.w, a3_5_.w, _e1613);
                        float _e1617 = t_7;
                        t_7 = metal::fma(v6_.x, a3_6_.x, _e1617);
                        float _e1621 = t_7;
                        t_7 = metal::fma(v6_.y, a3_6_.y, _e1621);
                        float _e1625 = t_7;
                        t_7 = metal::fma(v6_.z, a3_6_.z, _e1625);
                        float _e1629 = t_7;
                        t_7 = metal::fma(v6_.w, a3_6_.w, _e1629);
                        float _e1633 = t_7;
                        t_7 = metal::fma(v7_.x, a3_7_.x, _e1633);
                        float _e1637 = t_7;
                        t_7 = metal::fma(v7_.y, a3_7_.y, _e1637);
                        float _e1641 = t_7;
                        t_7 = metal::fma(v7_.z, a3_7_.z, _e1641);
                        float _e1645 = t_7;
                        t_7 = metal::fma(v7_.w, a3_7_.w, _e1645);
                        float _e1647 = t_7;
                        float _e1648 = s0_3_;
                        s0_3_ = metal::fma(scale1_, _e1647, _e1648);
                    }
                    float _e1651 = s0_3_;
                    s0_3_ = metal::fma(-(less1_), t3_1_, _e1651);
                    {
                        t_8 = 0.0;
                        float _e1657 = t_8;
                        t_8 = metal::fma(v0_.x, a4_0_.x, _e1657);
                        float _e1661 = t_8;
                        t_8 = metal::fma(v0_.y, a4_0_.y, _e1661);
                        float _e1665 = t_8;
                        t_8 = metal::fma(v0_.z, a4_0_.z, _e1665);
                        float _e1669 = t_8;
                        t_8 = metal::fma(v0_.w, a4_0_.w, _e1669);
                        float _e1673 = t_8;
                        t_8 = metal::fma(v1_.x, a4_1_.x, _e1673);
                        float _e1677 = t_8;
                        t_8 = metal::fma(v1_.y, a4_1_.y, _e1677);
                        float _e1681 = t_8;
                        t_8 = metal::fma(v1_.z, a4_1_.z, _e1681);
                        float _e1685 = t_8;
                        t_8 = metal::fma(v1_.w, a4_1_.w, _e1685);
                        float _e1689 = t_8;
                        t_8 = metal::fma(v2_.x, a4_2_.x, _e1689);
                        float _e1693 = t_8;
                        t_8 = metal::fma(v2_.y, a4_2_.y, _e1693);
                        float _e1697 = t_8;
                        t_8 = metal::fma(v2_.z, a4_2_.z, _e1697);
                        float _e1701 = t_8;
                        t_8 = metal::fma(v2_.w, a4_2_.w, _e1701);
                        float _e1705 = t_8;
                        t_8 = metal::fma(v3_.x, a4_3_.x, _e1705);
                        float _e1709 = t_8;
                        t_8 = metal::fma(v3_.y, a4_3_.y, _e1709);
                        float _e1713 = t_8;
                        t_8 = metal::fma(v3_.z, a4_3_.z, _e1713);
                        float _e1717 = t_8;
                        t_8 = metal::fma(v3_.w, a4_3_.w, _e1717);
                        float _e1719 = t_8;
                        float _e1720 = s0_4_;
                        s0_4_ = metal::fma(scale0_, _e1719, _e1720);
                    }
                    float _e1723 = s0_4_;
                    s0_4_ = metal::fma(-(less0_), t4_0_, _e1723);
                    {
                        t_9 = 0.0;
                        float _e1729 = t_9;
                        t_9 = metal::fma(v4_.x, a4_4_.x, _e1729);
                        float _e1733 = t_9;
                        t_9 = metal::fma(v4_.y, a4_4_.y, _e1733);
                        float _e1737 = t_9;
                        t_9 = metal::fma(v4_.z, a4_4_.z, _e1737);
                        float _e1741 = t_9;
                        t_9 = metal::fma(v4_.w, a4_4_.w, _e1741);
                        float _e1745 = t_9;
                        t_9 = metal::fma(v5_.x, a4_5_.x, _e1745);
                        float _e1749 = t_9;
                        t_9 = metal::fma(v5_.y, a4_5_.y, _e1749);
                        float _e1753 = t_9;
                        t_9 = metal::fma(v5_.z, a4_5_.z, _e1753);
                        float _e1757 = t_9;
                        t_9 = metal::fma(v5_.w, a4_5_.w, _e1757);
                        float _e1761 = t_9;
                        t_9 = metal::fma(v6_.x, a4_6_.x, _e1761);
                        float _e1765 = t_9;
                        t_9 = metal::fma(v6_.y, a4_6_.y, _e1765);
                        float _e1769 = t_9;
                        t_9 = metal::fma(v6_.z, a4_6_.z, _e1769);
                        float _e1773 = t_9;
                        t_9 = metal::fma(v6_.w, a4_6_.w, _e1773);
                        float _e1777 = t_9;
                        t_9 = metal::fma(v7_.x, a4_7_.x, _e1777);
                        float _e1781 = t_9;
                        t_9 = metal::fma(v7_.y, a4_7_.y, _e1781);
                        float _e1785 = t_9;
                        t_9 = metal::fma(v7_.z, a4_7_.z, _e1785);
                        float _e1789 = t_9;
                        t_9 = metal::fma(v7_.w, a4_7_.w, _e1789);
                        float _e1791 = t_9;
                        float _e1792 = s0_4_;
                        s0_4_ = metal::fma(scale1_, _e1791, _e1792);
                    }
                    float _e1795 = s0_4_;
                    s0_4_ = metal::fma(-(less1_), t4_1_, _e1795);
                    {
                        t_10 = 0.0;
                        float _e1801 = t_10;
                        t_10 = metal::fma(v0_.x, a5_0_.x, _e1801);
                        float _e1805 = t_10;
                        t_10 = metal::fma(v0_.y, a5_0_.y, _e1805);
                        float _e1809 = t_10;
                        t_10 = metal::fma(v0_.z, a5_0_.z, _e1809);
                        float _e1813 = t_10;
                        t_10 = metal::fma(v0_.w, a5_0_.w, _e1813);
                        float _e1817 = t_10;
                        t_10 = metal::fma(v1_.x, a5_1_.x, _e1817);
                        float _e1821 = t_10;
                        t_10 = metal::fma(v1_.y, a5_1_.y, _e1821);
                        float _e1825 = t_10;
                        t_10 = metal::fma(v1_.z, a5_1_.z, _e1825);
                        float _e1829 = t_10;
                        t_10 = metal::fma(v1_.w, a5_1_.w, _e1829);
                        float _e1833 = t_10;
                        t_10 = metal::fma(v2_.x, a5_2_.x, _e1833);
                        float _e1837 = t_10;
                        t_10 = metal::fma(v2_.y, a5_2_.y, _e1837);
                        float _e1841 = t_10;
                        t_10 = metal::fma(v2_.z, a5_2_.z, _e1841);
                        float _e1845 = t_10;
                        t_10 = metal::fma(v2_.w, a5_2_.w, _e1845);
                        float _e1849 = t_10;
                        t_10 = metal::fma(v3_.x, a5_3_.x, _e1849);
                        float _e1853 = t_10;
                        t_10 = metal::fma(v3_.y, a5_3_.y, _e1853);
                        float _e1857 = t_10;
                        t_10 = metal::fma(v3_.z, a5_3_.z, _e1857);
                        float _e1861 = t_10;
                        t_10 = metal::fma(v3_.w, a5_3_.w, _e1861);
                        float _e1863 = t_10;
                        float _e1864 = s0_5_;
                        s0_5_ = metal::fma(scale0_, _e1863, _e1864);
                    }
                    float _e1867 = s0_5_;
                    s0_5_ = metal::fma(-(less0_), t5_0_, _e1867);
                    {
                        t_11 = 0.0;
                        float _e1873 = t_11;
                        t_11 = metal::fma(v4_.x, a5_4_.x, _e1873);
                        float _e1877 = t_11;
                        t_11 = metal::fma(v4_.y, a5_4_.y, _e1877);
                        float _e1881 = t_11;
                        t_11 = metal::fma(v4_.z, a5_4_.z, _e1881);
                        float _e1885 = t_11;
                        t_11 = metal::fma(v4_.w, a5_4_.w, _e1885);
                        float _e1889 = t_11;
                        t_11 = metal::fma(v5_.x, a5_5_.x, _e1889);
                        float _e1893 = t_11;
                        t_11 = metal::fma(v5_.y, a5_5_.y, _e1893);
                        float _e1897 = t_11;
                        t_11 = metal::fma(v5_.z, a5_5_.z, _e1897);
                        float _e1901 = t_11;
                        t_11 = metal::fma(v5_.w, a5_5_.w, _e1901);
                        float _e1905 = t_11;
                        t_11 = metal::fma(v6_.x, a5_6_.x, _e1905);
                        float _e1909 = t_11;
                        t_11 = metal::fma(v6_.y, a5_6_.y, _e1909);
                        float _e1913 = t_11;
                        t_11 = metal::fma(v6_.z, a5_6_.z, _e1913);
                        float _e1917 = t_11;
                        t_11 = metal::fma(v6_.w, a5_6_.w, _e1917);
                        float _e1921 = t_11;
                        t_11 = metal::fma(v7_.x, a5_7_.x, _e1921);
                        float _e1925 = t_11;
                        t_11 = metal::fma(v7_.y, a5_7_.y, _e1925);
                        float _e1929 = t_11;
                        t_11 = metal::fma(v7_.z, a5_7_.z, _e1929);
                        float _e1933 = t_11;
                        t_11 = metal::fma(v7_.w, a5_7_.w, _e1933);
                        float _e1935 = t_11;
                        float _e1936 = s0_5_;
                        s0_5_ = metal::fma(scale1_, _e1935, _e1936);
                    }
                    float _e1939 = s0_5_;
                    s0_5_ = metal::fma(-(less1_), t5_1_, _e1939);
                    {
                        t_12 = 0.0;
                        float _e1945 = t_12;
                        t_12 = metal::fma(v0_.x, a6_0_.x, _e1945);
                        float _e1949 = t_12;
                        t_12 = metal::fma(v0_.y, a6_0_.y, _e1949);
                        float _e1953 = t_12;
                        t_12 = metal::fma(v0_.z, a6_0_.z, _e1953);
                        float _e1957 = t_12;
                        t_12 = metal::fma(v0_.w, a6_0_.w, _e1957);
                        float _e1961 = t_12;
                        t_12 = metal::fma(v1_.x, a6_1_.x, _e1961);
                        float _e1965 = t_12;
                        t_12 = metal::fma(v1_.y, a6_1_.y, _e1965);
                        float _e1969 = t_12;
                        t_12 = metal::fma(v1_.z, a6_1_.z, _e1969);
                        float _e1973 = t_12;
                        t_12 = metal::fma(v1_.w, a6_1_.w, _e1973);
                        float _e1977 = t_12;
                        t_12 = metal::fma(v2_.x, a6_2_.x, _e1977);
                        float _e1981 = t_12;
                        t_12 = metal::fma(v2_.y, a6_2_.y, _e1981);
                        float _e1985 = t_12;
                        t_12 = metal::fma(v2_.z, a6_2_.z, _e1985);
                        float _e1989 = t_12;
                        t_12 = metal::fma(v2_.w, a6_2_.w, _e1989);
                        float _e1993 = t_12;
                        t_12 = metal::fma(v3_.x, a6_3_.x, _e1993);
                        float _e1997 = t_12;
                        t_12 = metal::fma(v3_.y, a6_3_.y, _e1997);
                        float _e2001 = t_12;
                        t_12 = metal::fma(v3_.z, a6_3_.z, _e2001);
                        float _e2005 = t_12;
                        t_12 = metal::fma(v3_.w, a6_3_.w, _e2005);
                        float _e2007 = t_12;
                        float _e2008 = s0_6_;
                        s0_6_ = metal::fma(scale0_, _e2007, _e2008);
                    }
                    float _e2011 = s0_6_;
                    s0_6_ = metal::fma(-(less0_), t6_0_, _e2011);
                    {
                        t_13 = 0.0;
                        float _e2017 = t_13;
                        t_13 = metal::fma(v4_.x, a6_4_.x, _e2017);
                        float _e2021 = t_13;
                        t_13 = metal::fma(v4_.y, a6_4_.y, _e2021);
                        float _e2025 = t_13;
                        t_13 = metal::fma(v4_.z, a6_4_.z, _e2025);
                        float _e2029 = t_13;
                        t_13 = metal::fma(v4_.w, a6_4_.w, _e2029);
                        float _e2033 = t_13;
                        t_13 = metal::fma(v5_.x, a6_5_.x, _e2033);
                        float _e2037 = t_13;
                        t_13 = metal::fma(v5_.y, a6_5_.y, _e2037);
                        float _e2041 = t_13;
                        t_13 = metal::fma(v5_.z, a6_5_.z, _e2041);
                        float _e2045 = t_13;
                        t_13 = metal::fma(v5_.w, a6_5_.w, _e2045);
                        float _e2049 = t_13;
                        t_13 = metal::fma(v6_.x, a6_6_.x, _e2049);
                        float _e2053 = t_13;
                        t_13 = metal::fma(v6_.y, a6_6_.y, _e2053);
                        float _e2057 = t_13;
                        t_13 = metal::fma(v6_.z, a6_6_.z, _e2057);
                        float _e2061 = t_13;
                        t_13 = metal::fma(v6_.w, a6_6_.w, _e2061);
                        float _e2065 = t_13;
                        t_13 = metal::fma(v7_.x, a6_7_.x, _e2065);
                        float _e2069 = t_13;
                        t_13 = metal::fma(v7_.y, a6_7_.y, _e2069);
                        float _e2073 = t_13;
                        t_13 = metal::fma(v7_.z, a6_7_.z, _e2073);
                        float _e2077 = t_13;
                        t_13 = metal::fma(v7_.w, a6_7_.w, _e2077);
                        float _e2079 = t_13;
                        float _e2080 = s0_6_;
                        s0_6_ = metal::fma(scale1_, _e2079, _e2080);
                    }
                    float _e2083 = s0_6_;
                    s0_6_ = metal::fma(-(less1_), t6_1_, _e2083);
                    {
                        t_14 = 0.0;
                        float _e2089 = t_14;
                        t_14 = metal::fma(v0_.x, a7_0_.x, _e2089);
                        float _e2093 = t_14;
                        t_14 = metal::fma(v0_.y, a7_0_.y, _e2093);
                        float _e2097 = t_14;
                        t_14 = metal::fma(v0_.z, a7_0_.z, _e2097);
                        float _e2101 = t_14;
                        t_14 = metal::fma(v0_.w, a7_0_.w, _e2101);
                        float _e2105 = t_14;
                        t_14 = metal::fma(v1_.x, a7_1_.x, _e2105);
                        float _e2109 = t_14;
                        t_14 = metal::fma(v1_.y, a7_1_.y, _e2109);
                        float _e2113 = t_14;
                        t_14 = metal::fma(v1_.z, a7_1_.z, _e2113);
                        float _e2117 = t_14;
                        t_14 = metal::fma(v1_.w, a7_1_.w, _e2117);
                        float _e2121 = t_14;
                        t_14 = metal::fma(v2_.x, a7_2_.x, _e2121);
                        float _e2125 = t_14;
                        t_14 = metal::fma(v2_.y, a7_2_.y, _e2125);
                        float _e2129 = t_14;
                        t_14 = metal::fma(v2_.z, a7_2_.z, _e2129);
                        float _e2133 = t_14;
                        t_14 = metal::fma(v2_.w, a7_2_.w, _e2133);
                        float _e2137 = t_14;
                        t_14 = metal::fma(v3_.x, a7_3_.x, _e2137);
                        float _e2141 = t_14;
                        t_14 = metal::fma(v3_.y, a7_3_.y, _e2141);
                        float _e2145 = t_14;
                        t_14 = metal::fma(v3_.z, a7_3_.z, _e2145);
                        float _e2149 = t_14;
                        t_14 = metal::fma(v3_.w, a7_3_.w, _e2149);
                        float _e2151 = t_14;
                        float _e2152 = s0_7_;
                        s0_7_ = metal::fma(scale0_, _e2151, _e2152);
                    }
                    float _e2155 = s0_7_;
                    s0_7_ = metal::fma(-(less0_), t7_0_, _e2155);
                    {
                        t_15 = 0.0;
                        float _e2161 = t_15;
                        t_15 = metal::fma(v4_.x, a7_4_.x, _e2161);
                        float _e2165 = t_15;
                        t_15 = metal::fma(v4_.y, a7_4_.y, _e2165);
                        float _e2169 = t_15;
                        t_15 = metal::fma(v4_.z, a7_4_.z, _e2169);
                        float _e2173 = t_15;
                        t_15 = metal::fma(v4_.w, a7_4_.w, _e2173);
                        float _e2177 = t_15;
                        t_15 = metal::fma(v5_.x, a7_5_.x, _e2177);
                        float _e2181 = t_15;
                        t_15 = metal::fma(v5_.y, a7_5_.y, _e2181);
                        float _e2185 = t_15;
                        t_15 = metal::fma(v5_.z, a7_5_.z, _e2185);
                        float _e2189 = t_15;
                        t_15 = metal::fma(v5_.w, a7_5_.w, _e2189);
                        float _e2193 = t_15;
                        t_15 = metal::fma(v6_.x, a7_6_.x, _e2193);
                        float _e2197 = t_15;
                        t_15 = metal::fma(v6_.y, a7_6_.y, _e2197);
                        float _e2201 = t_15;
                        t_15 = metal::fma(v6_.z, a7_6_.z, _e2201);
                        float _e2205 = t_15;
                        t_15 = metal::fma(v6_.w, a7_6_.w, _e2205);
                        float _e2209 = t_15;
                        t_15 = metal::fma(v7_.x, a7_7_.x, _e2209);
                        float _e2213 = t_15;
                        t_15 = metal::fma(v7_.y, a7_7_.y, _e2213);
                        float _e2217 = t_15;
                        t_15 = metal::fma(v7_.z, a7_7_.z, _e2217);
                        float _e2221 = t_15;
                        t_15 = metal::fma(v7_.w, a7_7_.w, _e2221);
                        float _e2223 = t_15;
                        float _e2224 = s0_7_;
                        s0_7_ = metal::fma(scale1_, _e2223, _e2224);
                    }
                    float _e2227 = s0_7_;
                    s0_7_ = metal::fma(-(less1_), t7_1_, _e2227);
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
                    uint _e2415 = (at0_1 % 4u) * 8u;
                    float scale0_1 = _e282 * static_cast<float>(metal::extract_bits(as_type<int>(h0_1_[at0_1 / 4u]), metal::min(_e2415, 32u), metal::min(8u, 32u - metal::min(_e2415, 32u))));
                    float less0_1 = scale0_1 * 32.0;
                    uint at1_1 = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 4u;
                    uint _e2440 = (at1_1 % 4u) * 8u;
                    float scale1_1 = _e282 * static_cast<float>(metal::extract_bits(as_type<int>(h0_1_[at1_1 / 4u]), metal::min(_e2440, 32u), metal::min(8u, 32u - metal::min(_e2440, 32u))));
                    float less1_1 = scale1_1 * 32.0;
                    {
                        t_16 = 0.0;
                        float _e2451 = t_16;
                        t_16 = metal::fma(v0_1.x, a0_0_.x, _e2451);
                        float _e2455 = t_16;
                        t_16 = metal::fma(v0_1.y, a0_0_.y, _e2455);
                        float _e2459 = t_16;
                        t_16 = metal::fma(v0_1.z, a0_0_.z, _e2459);
                        float _e2463 = t_16;
                        t_16 = metal::fma(v0_1.w, a0_0_.w, _e2463);
                        float _e2467 = t_16;
                        t_16 = metal::fma(v1_1.x, a0_1_.x, _e2467);
                        float _e2471 = t_16;
                        t_16 = metal::fma(v1_1.y, a0_1_.y, _e2471);
                        float _e2475 = t_16;
                        t_16 = metal::fma(v1_1.z, a0_1_.z, _e2475);
                        float _e2479 = t_16;
                        t_16 = metal::fma(v1_1.w, a0_1_.w, _e2479);
                        float _e2483 = t_16;
                        t_16 = metal::fma(v2_1.x, a0_2_.x, _e2483);
                        float _e2487 = t_16;
                        t_16 = metal::fma(v2_1.y, a0_2_.y, _e2487);
                        float _e2491 = t_16;
                        t_16 = metal::fma(v2_1.z, a0_2_.z, _e2491);
                        float _e2495 = t_16;
                        t_16 = metal::fma(v2_1.w, a0_2_.w, _e2495);
                        float _e2499 = t_16;
                        t_16 = metal::fma(v3_1.x, a0_3_.x, _e2499);
                        float _e2503 = t_16;
                        t_16 = metal::fma(v3_1.y, a0_3_.y, _e2503);
                        float _e2507 = t_16;
                        t_16 = metal::fma(v3_1.z, a0_3_.z, _e2507);
                        float _e2511 = t_16;
                        t_16 = metal::fma(v3_1.w, a0_3_.w, _e2511);
                        float _e2513 = t_16;
                        float _e2514 = s1_0_;
                        s1_0_ = metal::fma(scale0_1, _e2513, _e2514);
                    }
                    float _e2517 = s1_0_;
                    s1_0_ = metal::fma(-(less0_1), t0_0_, _e2517);
                    {
                        t_17 = 0.0;
                        float _e2523 = t_17;
                        t_17 = metal::fma(v4_1.x, a0_4_.x, _e2523);
                        float _e2527 = t_17;
                        t_17 = metal::fma(v4_1.y, a0_4_.y, _e2527);
                        float _e2531 = t_17;
                        t_17 = metal::fma(v4_1.z, a0_4_.z, _e2531);
                        float _e2535 = t_17;
                        t_17 = metal::fma(v4_1.w, a0_4_.w, _e2535);
                        float _e2539 = t_17;
                        t_17 = metal::fma(v5_1.x, a0_5_.x, _e2539);
                        float _e2543 = t_17;
                        t_17 = metal::fma(v5_1.y, a0_5_.y, _e2543);
                        float _e2547 = t_17;
                        t_17 = metal::fma(v5_1.z, a0_5_.z, _e2547);
                        float _e2551 = t_17;
                        t_17 = metal::fma(v5_1.w, a0_5_.w, _e2551);
                        float _e2555 = t_17;
                        t_17 = metal::fma(v6_1.x, a0_6_.x, _e2555);
                        float _e2559 = t_17;
                        t_17 = metal::fma(v6_1.y, a0_6_.y, _e2559);
                        float _e2563 = t_17;
                        t_17 = metal::fma(v6_1.z, a0_6_.z, _e2563);
                        float _e2567 = t_17;
                        t_17 = metal::fma(v6_1.w, a0_6_.w, _e2567);
                        float _e2571 = t_17;
                        t_17 = metal::fma(v7_1.x, a0_7_.x, _e2571);
                        float _e2575 = t_17;
                        t_17 = metal::fma(v7_1.y, a0_7_.y, _e2575);
                        float _e2579 = t_17;
                        t_17 = metal::fma(v7_1.z, a0_7_.z, _e2579);
                        float _e2583 = t_17;
                        t_17 = metal::fma(v7_1.w, a0_7_.w, _e2583);
                        float _e2585 = t_17;
                        float _e2586 = s1_0_;
                        s1_0_ = metal::fma(scale1_1, _e2585, _e2586);
                    }
                    float _e2589 = s1_0_;
                    s1_0_ = metal::fma(-(less1_1), t0_1_, _e2589);
                    {
                        t_18 = 0.0;
                        float _e2595 = t_18;
                        t_18 = metal::fma(v0_1.x, a1_0_.x, _e2595);
                        float _e2599 = t_18;
                        t_18 = metal::fma(v0_1.y, a1_0_.y, _e2599);
                        float _e2603 = t_18;
                        t_18 = metal::fma(v0_1.z, a1_0_.z, _e2603);
                        float _e2607 = t_18;
                        t_18 = metal::fma(v0_1.w, a1_0_.w, _e2607);
                        float _e2611 = t_18;
                        t_18 = metal::fma(v1_1.x, a1_1_.x, _e2611);
                        float _e2615 = t_18;
                        t_18 = metal::fma(v1_1.y, a1_1_.y, _e2615);
                        float _e2619 = t_18;
                        t_18 = metal::fma(v1_1.z, a1_1_.z, _e2619);
                        float _e2623 = t_18;
                        t_18 = metal::fma(v1_1.w, a1_1_.w, _e2623);
                        float _e2627 = t_18;
                        t_18 = metal::fma(v2_1.x, a1_2_.x, _e2627);
                        float _e2631 = t_18;
                        t_18 = metal::fma(v2_1.y, a1_2_.y, _e2631);
                        float _e2635 = t_18;
                        t_18 = metal::fma(v2_1.z, a1_2_.z, _e2635);
                        float _e2639 = t_18;
                        t_18 = metal::fma(v2_1.w, a1_2_.w, _e2639);
                        float _e2643 = t_18;
                        t_18 = metal::fma(v3_1.x, a1_3_.x, _e2643);
                        float _e2647 = t_18;
                        t_18 = metal::fma(v3_1.y, a1_3_.y, _e2647);
                        float _e2651 = t_18;
                        t_18 = metal::fma(v3_1.z, a1_3_.z, _e2651);
                        float _e2655 = t_18;
                        t_18 = metal::fma(v3_1.w, a1_3_.w, _e2655);
                        float _e2657 = t_18;
                        float _e2658 = s1_1_;
                        s1_1_ = metal::fma(scale0_1, _e2657, _e2658);
                    }
                    float _e2661 = s1_1_;
                    s1_1_ = metal::fma(-(less0_1), t1_0_, _e2661);
                    {
                        t_19 = 0.0;
                        float _e2667 = t_19;
                        t_19 = metal::fma(v4_1.x, a1_4_.x, _e2667);
                        float _e2671 = t_19;
                        t_19 = metal::fma(v4_1.y, a1_4_.y, _e2671);
                        float _e2675 = t_19;
                        t_19 = metal::fma(v4_1.z, a1_4_.z, _e2675);
                        float _e2679 = t_19;
                        t_19 = metal::fma(v4_1.w, a1_4_.w, _e2679);
                        float _e2683 = t_19;
                        t_19 = metal::fma(v5_1.x, a1_5_.x, _e2683);
                        float _e2687 = t_19;
                        t_19 = metal::fma(v5_1.y, a1_5_.y, _e2687);
                        float _e2691 = t_19;
                        t_19 = metal::fma(v5_1.z, a1_5_.z, _e2691);
                        float _e2695 = t_19;
                        t_19 = metal::fma(v5_1.w, a1_5_.w, _e2695);
                        float _e2699 = t_19;
                        t_19 = metal::fma(v6_1.x, a1_6_.x, _e2699);
                        float _e2703 = t_19;
                        t_19 = metal::fma(v6_1.y, a1_6_.y, _e2703);
                        float _e2707 = t_19;
                        t_19 = metal::fma(v6_1.z, a1_6_.z, _e2707);
                        float _e2711 = t_19;
                        t_19 = metal::fma(v6_1.w, a1_6_.w, _e2711);
                        float _e2715 = t_19;
                        t_19 = metal::fma(v7_1.x, a1_7_.x, _e2715);
                        float _e2719 = t_19;
                        t_19 = metal::fma(v7_1.y, a1_7_.y, _e2719);
                        float _e2723 = t_19;
                        t_19 = metal::fma(v7_1.z, a1_7_.z, _e2723);
                        float _e2727 = t_19;
                        t_19 = metal::fma(v7_1.w, a1_7_.w, _e2727);
                        float _e2729 = t_19;
                        float _e2730 = s1_1_;
                        s1_1_ = metal::fma(scale1_1, _e2729, _e2730);
                    }
                    float _e2733 = s1_1_;
                    s1_1_ = metal::fma(-(less1_1), t1_1_, _e2733);
                    {
                        t_20 = 0.0;
                        float _e2739 = t_20;
                        t_20 = metal::fma(v0_1.x, a2_0_.x, _e2739);
                        float _e2743 = t_20;
                        t_20 = metal::fma(v0_1.y, a2_0_.y, _e2743);
                        float _e2747 = t_20;
                        t_20 = metal::fma(v0_1.z, a2_0_.z, _e2747);
                        float _e2751 = t_20;
                        t_20 = metal::fma(v0_1.w, a2_0_.w, _e2751);
                        float _e2755 = t_20;
                        t_20 = metal::fma(v1_1.x, a2_1_.x, _e2755);
                        float _e2759 = t_20;
                        t_20 = metal::fma(v1_1.y, a2_1_.y, _e2759);
                        float _e2763 = t_20;
                        t_20 = metal::fma(v1_1.z, a2_1_.z, _e2763);
                        float _e2767 = t_20;
                        t_20 = metal::fma(v1_1.w, a2_1_.w, _e2767);
                        float _e2771 = t_20;
                        t_20 = metal::fma(v2_1.x, a2_2_.x, _e2771);
                        float _e2775 = t_20;
                        t_20 = metal::fma(v2_1.y, a2_2_.y, _e2775);
                        float _e2779 = t_20;
                        t_20 = metal::fma(v2_1.z, a2_2_.z, _e2779);
                        float _e2783 = t_20;
                        t_20 = metal::fma(v2_1.w, a2_2_.w, _e2783);
                        float _e2787 = t_20;
                        t_20 = metal::fma(v3_1.x, a2_3_.x, _e2787);
                        float _e2791 = t_20;
                        t_20 = metal::fma(v3_1.y, a2_3_.y, _e2791);
                        float _e2795 = t_20;
                        t_20 = metal::fma(v3_1.z, a2_3_.z, _e2795);
                        float _e2799 = t_20;
                        t_20 = metal::fma(v3_1.w, a2_3_.w, _e2799);
                        float _e2801 = t_20;
                        float _e2802 = s1_2_;
                        s1_2_ = metal::fma(scale0_1, _e2801, _e2802);
                    }
                    float _e2805 = s1_2_;
                    s1_2_ = metal::fma(-(less0_1), t2_0_, _e2805);
                    {
                        t_21 = 0.0;
                        float _e2811 = t_21;
                        t_21 = metal::fma(v4_1.x, a2_4_.x, _e2811);
                        float _e2815 = t_21;
                        t_21 = metal::fma(v4_1.y, a2_4_.y, _e2815);
                        float _e2819 = t_21;
                        t_21 = metal::fma(v4_1.z, a2_4_.z, _e2819);
                        float _e2823 = t_21;
                        t_21 = metal::fma(v4_1.w, a2_4_.w, _e2823);
                        float _e2827 = t_21;
                        t_21 = metal::fma(v5_1.x, a2_5_.x, _e2827);
                        float _e2831 = t_21;
                        t_21 = metal::fma(v5_1.y, a2_5_.y, _e2831);
                        float _e2835 = t_21;
                        t_21 = metal::fma(v5_1.z, a2_5_.z, _e2835);
                        float _e2839 = t_21;
                        t_21 = metal::fma(v5_1.w, a2_5_.w, _e2839);
                        float _e2843 = t_21;
                        t_21 = metal::fma(v6_1.x, a2_6_.x, _e2843);
                        float _e2847 = t_21;
                        t_21 = metal::fma(v6_1.y, a2_6_.y, _e2847);
                        float _e2851 = t_21;
                        t_21 = metal::fma(v6_1.z, a2_6_.z, _e2851);
                        float _e2855 = t_21;
                        t_21 = metal::fma(v6_1.w, a2_6_.w, _e2855);
                        float _e2859 = t_21;
                        t_21 = metal::fma(v7_1.x, a2_7_.x, _e2859);
                        float _e2863 = t_21;
                        t_21 = metal::fma(v7_1.y, a2_7_.y, _e2863);
                        float _e2867 = t_21;
                        t_21 = metal::fma(v7_1.z, a2_7_.z, _e2867);
                        float _e2871 = t_21;
                        t_21 = metal::fma(v7_1.w, a2_7_.w, _e2871);
                        float _e2873 = t_21;
                        float _e2874 = s1_2_;
                        s1_2_ = metal::fma(scale1_1, _e2873, _e2874);
                    }
                    float _e2877 = s1_2_;
                    s1_2_ = metal::fma(-(less1_1), t2_1_, _e2877);
                    {
                        t_22 = 0.0;
                        float _e2883 = t_22;
                        t_22 = metal::fma(v0_1.x, a3_0_.x, _e2883);
                        float _e2887 = t_22;
                        t_22 = metal::fma(v0_1.y, a3_0_.y, _e2887);
                        float _e2891 = t_22;
                        t_22 = metal::fma(v0_1.z, a3_0_.z, _e2891);
                        float _e2895 = t_22;
                        t_22 = metal::fma(v0_1.w, a3_0_.w, _e2895);
                        float _e2899 = t_22;
                        t_22 = metal::fma(v1_1.x, a3_1_.x, _e2899);
                        float _e2903 = t_22;
                        t_22 = metal::fma(v1_1.y, a3_1_.y, _e2903);
                        float _e2907 = t_22;
                        t_22 = metal::fma(v1_1.z, a3_1_.z, _e2907);
                        float _e2911 = t_22;
                        t_22 = metal::fma(v1_1.w, a3_1_.w, _e2911);
                        float _e2915 = t_22;
                        t_22 = metal::fma(v2_1.x, a3_2_.x, _e2915);
                        float _e2919 = t_22;
                        t_22 = metal::fma(v2_1.y, a3_2_.y, _e2919);
                        float _e2923 = t_22;
                        t_22 = metal::fma(v2_1.z, a3_2_.z, _e2923);
                        float _e2927 = t_22;
                        t_22 = metal::fma(v2_1.w, a3_2_.w, _e2927);
                        float _e2931 = t_22;
                        t_22 = metal::fma(v3_1.x, a3_3_.x, _e2931);
                        float _e2935 = t_22;
                        t_22 = metal::fma(v3_1.y, a3_3_.y, _e2935);
                        float _e2939 = t_22;
                        t_22 = metal::fma(v3_1.z, a3_3_.z, _e2939);
                        float _e2943 = t_22;
                        t_22 = metal::fma(v3_1.w, a3_3_.w, _e2943);
                        float _e2945 = t_22;
                        float _e2946 = s1_3_;
                        s1_3_ = metal::fma(scale0_1, _e2945, _e2946);
                    }
                    float _e2949 = s1_3_;
                    s1_3_ = metal::fma(-(less0_1), t3_0_, _e2949);
                    {
                        t_23 = 0.0;
                        float _e2955 = t_23;
                        t_23 = metal::fma(v4_1.x, a3_4_.x, _e2955);
                        float _e2959 = t_23;
                        t_23 = metal::fma(v4_1.y, a3_4_.y, _e2959);
                        float _e2963 = t_23;
                        t_23 = metal::fma(v4_1.z, a3_4_.z, _e2963);
                        float _e2967 = t_23;
                        t_23 = metal::fma(v4_1.w, a3_4_.w, _e2967);
                        float _e2971 = t_23;
                        t_23 = metal::fma(v5_1.x, a3_5_.x, _e2971);
                        float _e2975 = t_23;
                        t_23 = metal::fma(v5_1.y, a3_5_.y, _e2975);
                        float _e2979 = t_23;
                        t_23 = metal::fma(v5_1.z, a3_5_.z, _e2979);
                        float _e2983 = t_23;
                        t_23 = metal::fma(v5_1.w, a3_5_.w, _e2983);
                        float _e2987 = t_23;
                        t_23 = metal::fma(v6_1.x, a3_6_.x, _e2987);
                        float _e2991 = t_23;
                        t_23 = metal::fma(v6_1.y, a3_6_.y, _e2991);
                        float _e2995 = t_23;
                        t_23 = metal::fma(v6_1.z, a3_6_.z, _e2995);
                        float _e2999 = t_23;
                        t_23 = metal::fma(v6_1.w, a3_6_.w, _e2999);
                        float _e3003 = t_23;
                        t_23 = metal::fma(v7_1.x, a3_7_.x, _e3003);
                        float _e3007 = t_23;
                        t_23 = metal::fma(v7_1.y, a3_7_.y, _e3007);
                        float _e3011 = t_23;
                        t_23 = metal::fma(v7_1.z, a3_7_.z, _e3011);
                        float _e3015 = t_23;
                        t_23 = metal::fma(v7_1.w, a3_7_.w, _e3015);
                        float _e3017 = t_23;
                        float _e3018 = s1_3_;
                        s1_3_ = metal::fma(scale1_1, _e3017, _e3018);
                    }
                    float _e3021 = s1_3_;
                    s1_3_ = metal::fma(-(less1_1), t3_1_, _e3021);
                    {
                        t_24 = 0.0;
                        float _e3027 = t_24;
                        t_24 = metal::fma(v0_1.x, a4_0_.x, _e3027);
                        float _e3031 = t_24;
                        t_24 = metal::fma(v0_1.y, a4_0_.y, _e3031);
                        float _e3035 = t_24;
                        t_24 = metal::fma(v0_1.z, a4_0_.z, _e3035);
                        float _e3039 = t_24;
                        t_24 = metal::fma(v0_1.w, a4_0_.w, _e3039);
                        float _e3043 = t_24;
                        t_24 = metal::fma(v1_1.x, a4_1_.x, _e3043);
                        float _e3047 = t_24;
                        t_24 = metal::fma(v1_1.y, a4_1_.y, _e3047);
                        float _e3051 = t_24;
                        t_24 = metal::fma(v1_1.z, a4_1_.z, _e3051);
                        float _e3055 = t_24;
                        t_24 = metal::fma(v1_1.w, a4_1_.w, _e3055);
                        float _e3059 = t_24;
                        t_24 = metal::fma(v2_1.x, a4_2_.x, _e3059);
                        float _e3063 = t_24;
                        t_24 = metal::fma(v2_1.y, a4_2_.y, _e3063);
                        float _e3067 = t_24;
                        t_24 = metal::fma(v2_1.z, a4_2_.z, _e3067);
                        float _e3071 = t_24;
                        t_24 = metal::fma(v2_1.w, a4_2_.w, _e3071);
                        float _e3075 = t_24;
                        t_24 = metal::fma(v3_1.x, a4_3_.x, _e3075);
                        float _e3079 = t_24;
                        t_24 = metal::fma(v3_1.y, a4_3_.y, _e3079);
                        float _e3083 = t_24;
                        t_24 = metal::fma(v3_1.z, a4_3_.z, _e3083);
                        float _e3087 = t_24;
                        t_24 = metal::fma(v3_1.w, a4_3_.w, _e3087);
                        float _e3089 = t_24;
                        float _e3090 = s1_4_;
                        s1_4_ = metal::fma(scale0_1, _e3089, _e3090);
                    }
                    float _e3093 = s1_4_;
                    s1_4_ = metal::fma(-(less0_1), t4_0_, _e3093);
                    {
                        t_25 = 0.0;
                        float _e3099 = t_25;
                        t_25 = metal::fma(v4_1.x, a4_4_.x, _e3099);
                        float _e3103 = t_25;
                        t_25 = metal::fma(v4_1.y, a4_4_.y, _e3103);
                        float _e3107 = t_25;
                        t_25 = metal::fma(v4_1.z, a4_4_.z, _e3107);
                        float _e3111 = t_25;
                        t_25 = metal::fma(v4_1.w, a4_4_.w, _e3111);
                        float _e3115 = t_25;
                        t_25 = metal::fma(v5_1.x, a4_5_.x, _e3115);
                        float _e3119 = t_25;
                        t_25 = metal::fma(v5_1.y, a4_5_.y, _e3119);
                        float _e3123 = t_25;
                        t_25 = metal::fma(v5_1.z, a4_5_.z, _e3123);
                        float _e3127 = t_25;
                        t_25 = metal::fma(v5_1.w, a4_5_.w, _e3127);
                        float _e3131 = t_25;
                        t_25 = metal::fma(v6_1.x, a4_6_.x, _e3131);
                        float _e3135 = t_25;
                        t_25 = metal::fma(v6_1.y, a4_6_.y, _e3135);
                        float _e3139 = t_25;
                        t_25 = metal::fma(v6_1.z, a4_6_.z, _e3139);
                        float _e3143 = t_25;
                        t_25 = metal::fma(v6_1.w, a4_6_.w, _e3143);
                        float _e3147 = t_25;
                        t_25 = metal::fma(v7_1.x, a4_7_.x, _e3147);
                        float _e3151 = t_25;
                        t_25 = metal::fma(v7_1.y, a4_7_.y, _e3151);
                        float _e3155 = t_25;
                        t_25 = metal::fma(v7_1.z, a4_7_.z, _e3155);
                        float _e3159 = t_25;
                        t_25 = metal::fma(v7_1.w, a4_7_.w, _e3159);
                        float _e3161 = t_25;
                        float _e3162 = s1_4_;
                        s1_4_ = metal::fma(scale1_1, _e3161, _e3162);
                    }
                    float _e3165 = s1_4_;
                    s1_4_ = metal::fma(-(less1_1), t4_1_, _e3165);
                    {
                        t_26 = 0.0;
                        float _e3171 = t_26;
                        t_26 = metal::fma(v0_1.x, a5_0_.x, _e3171);
                        float _e3175 = t_26;
                        t_26 = metal::fma(v0_1.y, a5_0_.y, _e3175);
                        float _e3179 = t_26;
                        t_26 = metal::fma(v0_1.z, a5_0_.z, _e3179);
                        float _e3183 = t_26;
                        t_26 = metal::fma(v0_1.w, a5_0_.w, _e3183);
                        float _e3187 = t_26;
                        t_26 = metal::fma(v1_1.x, a5_1_.x, _e3187);
                        float _e3191 = t_26;
                        t_26 = metal::fma(v1_1.y, a5_1_.y, _e3191);
                        float _e3195 = t_26;
                        t_26 = metal::fma(v1_1.z, a5_1_.z, _e3195);
                        float _e3199 = t_26;
                        t_26 = metal::fma(v1_1.w, a5_1_.w, _e3199);
                        float _e3203 = t_26;
                        t_26 = metal::fma(v2_1.x, a5_2_.x, _e3203);
                        float _e3207 = t_26;
                        t_26 = metal::fma(v2_1.y, a5_2_.y, _e3207);
                        float _e3211 = t_26;
                        t_26 = metal::fma(v2_1.z, a5_2_.z, _e3211);
                        float _e3215 = t_26;
                        t_26 = metal::fma(v2_1.w, a5_2_.w, _e3215);
                        float _e3219 = t_26;
                        t_26 = metal::fma(v3_1.x, a5_3_.x, _e3219);
                        float _e3223 = t_26;
                        t_26 = metal::fma(v3_1.y, a5_3_.y, _e3223);
                        float _e3227 = t_26;
                        t_26 = metal::fma(v3_1.z, a5_3_.z, _e3227);
                        float _e3231 = t_26;
                        t_26 = metal::fma(v3_1.w, a5_3_.w, _e3231);
                        float _e3233 = t_26;
                        float _e3234 = s1_5_;
                        s1_5_ = metal::fma(scale0_1, _e3233, _e3234);
                    }
                    float _e3237 = s1_5_;
                    s1_5_ = metal::fma(-(less0_1), t5_0_, _e3237);
                    {
                        t_27 = 0.0;
                        float _e3243 = t_27;
                        t_27 = metal::fma(v4_1.x, a5_4_.x, _e3243);
                        float _e3247 = t_27;
                        t_27 = metal::fma(v4_1.y, a5_4_.y, _e3247);
                        float _e3251 = t_27;
                        t_27 = metal::fma(v4_1.z, a5_4_.z, _e3251);
                        float _e3255 = t_27;
                        t_27 = metal::fma(v4_1.w, a5_4_.w, _e3255);
                        float _e3259 = t_27;
                        t_27 = metal::fma(v5_1.x, a5_5_.x, _e3259);
                        float _e3263 = t_27;
                        t_27 = metal::fma(v5_1.y, a5_5_.y, _e3263);
                        float _e3267 = t_27;
                        t_27 = metal::fma(v5_1.z, a5_5_.z, _e3267);
                        float _e3271 = t_27;
                        t_27 = metal::fma(v5_1.w, a5_5_.w, _e3271);
                        float _e3275 = t_27;
                        t_27 = metal::fma(v6_1.x, a5_6_.x, _e3275);
                        float _e3279 = t_27;
                        t_27 = metal::fma(v6_1.y, a5_6_.y, _e3279);
                        float _e3283 = t_27;
                        t_27 = metal::fma(v6_1.z, a5_6_.z, _e3283);
                        float _e3287 = t_27;
                        t_27 = metal::fma(v6_1.w, a5_6_.w, _e3287);
                        float _e3291 = t_27;
                        t_27 = metal::fma(v7_1.x, a5_7_.x, _e3291);
                        float _e3295 = t_27;
                        t_27 = metal::fma(v7_1.y, a5_7_.y, _e3295);
                        float _e3299 = t_27;
                        t_27 = metal::fma(v7_1.z, a5_7_.z, _e3299);
                        float _e3303 = t_27;
                        t_27 = metal::fma(v7_1.w, a5_7_.w, _e3303);
                        float _e3305 = t_27;
                        float _e3306 = s1_5_;
                        s1_5_ = metal::fma(scale1_1, _e3305, _e3306);
                    }
                    float _e3309 = s1_5_;
                    s1_5_ = metal::fma(-(less1_1), t5_1_, _e3309);
                    {
                        t_28 = 0.0;
                        float _e3315 = t_28;
                        t_28 = metal::fma(v0_1.x, a6_0_.x, _e3315);
                        float _e3319 = t_28;
                        t_28 = metal::fma(v0_1.y, a6_0_.y, _e3319);
                        float _e3323 = t_28;
                        t_28 = metal::fma(v0_1.z, a6_0_.z, _e3323);
                        float _e3327 = t_28;
                        t_28 = metal::fma(v0_1.w, a6_0_.w, _e3327);
                        float _e3331 = t_28;
                        t_28 = metal::fma(v1_1.x, a6_1_.x, _e3331);
                        float _e3335 = t_28;
                        t_28 = metal::fma(v1_1.y, a6_1_.y, _e3335);
                        float _e3339 = t_28;
                        t_28 = metal::fma(v1_1.z, a6_1_.z, _e3339);
                        float _e3343 = t_28;
                        t_28 = metal::fma(v1_1.w, a6_1_.w, _e3343);
                        float _e3347 = t_28;
                        t_28 = metal::fma(v2_1.x, a6_2_.x, _e3347);
                        float _e3351 = t_28;
                        t_28 = metal::fma(v2_1.y, a6_2_.y, _e3351);
                        float _e3355 = t_28;
                        t_28 = metal::fma(v2_1.z, a6_2_.z, _e3355);
                        float _e3359 = t_28;
                        t_28 = metal::fma(v2_1.w, a6_2_.w, _e3359);
                        float _e3363 = t_28;
                        t_28 = metal::fma(v3_1.x, a6_3_.x, _e3363);
                        float _e3367 = t_28;
                        t_28 = metal::fma(v3_1.y, a6_3_.y, _e3367);
                        float _e3371 = t_28;
                        t_28 = metal::fma(v3_1.z, a6_3_.z, _e3371);
                        float _e3375 = t_28;
                        t_28 = metal::fma(v3_1.w, a6_3_.w, _e3375);
                        float _e3377 = t_28;
                        float _e3378 = s1_6_;
                        s1_6_ = metal::fma(scale0_1, _e3377, _e3378);
                    }
                    float _e3381 = s1_6_;
                    s1_6_ = metal::fma(-(less0_1), t6_0_, _e3381);
                    {
                        t_29 = 0.0;
                        float _e3387 = t_29;
                        t_29 = metal::fma(v4_1.x, a6_4_.x, _e3387);
                        float _e3391 = t_29;
                        t_29 = metal::fma(v4_1.y, a6_4_.y, _e3391);
                        float _e3395 = t_29;
                        t_29 = metal::fma(v4_1.z, a6_4_.z, _e3395);
                        float _e3399 = t_29;
                        t_29 = metal::fma(v4_1.w, a6_4_.w, _e3399);
                        float _e3403 = t_29;
                        t_29 = metal::fma(v5_1.x, a6_5_.x, _e3403);
                        float _e3407 = t_29;
                        t_29 = metal::fma(v5_1.y, a6_5_.y, _e3407);
                        float _e3411 = t_29;
                        t_29 = metal::fma(v5_1.z, a6_5_.z, _e3411);
                        float _e3415 = t_29;
                        t_29 = metal::fma(v5_1.w, a6_5_.w, _e3415);
                        float _e3419 = t_29;
                        t_29 = metal::fma(v6_1.x, a6_6_.x, _e3419);
                        float _e3423 = t_29;
                        t_29 = metal::fma(v6_1.y, a6_6_.y, _e3423);
                        float _e3427 = t_29;
                        t_29 = metal::fma(v6_1.z, a6_6_.z, _e3427);
                        float _e3431 = t_29;
                        t_29 = metal::fma(v6_1.w, a6_6_.w, _e3431);
                        float _e3435 = t_29;
                        t_29 = metal::fma(v7_1.x, a6_7_.x, _e3435);
                        float _e3439 = t_29;
                        t_29 = metal::fma(v7_1.y, a6_7_.y, _e3439);
                        float _e3443 = t_29;
                        t_29 = metal::fma(v7_1.z, a6_7_.z, _e3443);
                        float _e3447 = t_29;
                        t_29 = metal::fma(v7_1.w, a6_7_.w, _e3447);
                        float _e3449 = t_29;
                        float _e3450 = s1_6_;
                        s1_6_ = metal::fma(scale1_1, _e3449, _e3450);
                    }
                    float _e3453 = s1_6_;
                    s1_6_ = metal::fma(-(less1_1), t6_1_, _e3453);
                    {
                        t_30 = 0.0;
                        float _e3459 = t_30;
                        t_30 = metal::fma(v0_1.x, a7_0_.x, _e3459);
                        float _e3463 = t_30;
                        t_30 = metal::fma(v0_1.y, a7_0_.y, _e3463);
                        float _e3467 = t_30;
                        t_30 = metal::fma(v0_1.z, a7_0_.z, _e3467);
                        float _e3471 = t_30;
                        t_30 = metal::fma(v0_1.w, a7_0_.w, _e3471);
                        float _e3475 = t_30;
                        t_30 = metal::fma(v1_1.x, a7_1_.x, _e3475);
                        float _e3479 = t_30;
                        t_30 = metal::fma(v1_1.y, a7_1_.y, _e3479);
                        float _e3483 = t_30;
                        t_30 = metal::fma(v1_1.z, a7_1_.z, _e3483);
                        float _e3487 = t_30;
                        t_30 = metal::fma(v1_1.w, a7_1_.w, _e3487);
                        float _e3491 = t_30;
                        t_30 = metal::fma(v2_1.x, a7_2_.x, _e3491);
                        float _e3495 = t_30;
                        t_30 = metal::fma(v2_1.y, a7_2_.y, _e3495);
                        float _e3499 = t_30;
                        t_30 = metal::fma(v2_1.z, a7_2_.z, _e3499);
                        float _e3503 = t_30;
                        t_30 = metal::fma(v2_1.w, a7_2_.w, _e3503);
                        float _e3507 = t_30;
                        t_30 = metal::fma(v3_1.x, a7_3_.x, _e3507);
                        float _e3511 = t_30;
                        t_30 = metal::fma(v3_1.y, a7_3_.y, _e3511);
                        float _e3515 = t_30;
                        t_30 = metal::fma(v3_1.z, a7_3_.z, _e3515);
                        float _e3519 = t_30;
                        t_30 = metal::fma(v3_1.w, a7_3_.w, _e3519);
                        float _e3521 = t_30;
                        float _e3522 = s1_7_;
                        s1_7_ = metal::fma(scale0_1, _e3521, _e3522);
                    }
                    float _e3525 = s1_7_;
                    s1_7_ = metal::fma(-(less0_1), t7_0_, _e3525);
                    {
                        t_31 = 0.0;
                        float _e3531 = t_31;
                        t_31 = metal::fma(v4_1.x, a7_4_.x, _e3531);
                        float _e3535 = t_31;
                        t_31 = metal::fma(v4_1.y, a7_4_.y, _e3535);
                        float _e3539 = t_31;
                        t_31 = metal::fma(v4_1.z, a7_4_.z, _e3539);
                        float _e3543 = t_31;
                        t_31 = metal::fma(v4_1.w, a7_4_.w, _e3543);
                        float _e3547 = t_31;
                        t_31 = metal::fma(v5_1.x, a7_5_.x, _e3547);
                        float _e3551 = t_31;
                        t_31 = metal::fma(v5_1.y, a7_5_.y, _e3551);
                        float _e3555 = t_31;
                        t_31 = metal::fma(v5_1.z, a7_5_.z, _e3555);
                        float _e3559 = t_31;
                        t_31 = metal::fma(v5_1.w, a7_5_.w, _e3559);
                        float _e3563 = t_31;
                        t_31 = metal::fma(v6_1.x, a7_6_.x, _e3563);
                        float _e3567 = t_31;
                        t_31 = metal::fma(v6_1.y, a7_6_.y, _e3567);
                        float _e3571 = t_31;
                        t_31 = metal::fma(v6_1.z, a7_6_.z, _e3571);
                        float _e3575 = t_31;
                        t_31 = metal::fma(v6_1.w, a7_6_.w, _e3575);
                        float _e3579 = t_31;
                        t_31 = metal::fma(v7_1.x, a7_7_.x, _e3579);
                        float _e3583 = t_31;
                        t_31 = metal::fma(v7_1.y, a7_7_.y, _e3583);
                        float _e3587 = t_31;
                        t_31 = metal::fma(v7_1.z, a7_7_.z, _e3587);
                        float _e3591 = t_31;
                        t_31 = metal::fma(v7_1.w, a7_7_.w, _e3591);
                        float _e3593 = t_31;
                        float _e3594 = s1_7_;
                        s1_7_ = metal::fma(scale1_1, _e3593, _e3594);
                    }
                    float _e3597 = s1_7_;
                    s1_7_ = metal::fma(-(less1_1), t7_1_, _e3597);
                }
            }
            {
                float _e3599 = s0_0_;
                float unnamed = metal::simd_sum(_e3599);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 0u] = unnamed;
                }
            }
            {
                float _e3609 = s1_0_;
                float unnamed_1 = metal::simd_sum(_e3609);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 8u] = unnamed_1;
                }
            }
            {
                float _e3619 = s0_1_;
                float unnamed_2 = metal::simd_sum(_e3619);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 1u] = unnamed_2;
                }
            }
            {
                float _e3629 = s1_1_;
                float unnamed_3 = metal::simd_sum(_e3629);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 9u] = unnamed_3;
                }
            }
            {
                float _e3639 = s0_2_;
                float unnamed_4 = metal::simd_sum(_e3639);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 2u] = unnamed_4;
                }
            }
            {
                float _e3649 = s1_2_;
                float unnamed_5 = metal::simd_sum(_e3649);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 10u] = unnamed_5;
                }
            }
            {
                float _e3659 = s0_3_;
                float unnamed_6 = metal::simd_sum(_e3659);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 3u] = unnamed_6;
                }
            }
            {
                float _e3669 = s1_3_;
                float unnamed_7 = metal::simd_sum(_e3669);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 11u] = unnamed_7;
                }
            }
            {
                float _e3679 = s0_4_;
                float unnamed_8 = metal::simd_sum(_e3679);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 4u] = unnamed_8;
                }
            }
            {
                float _e3689 = s1_4_;
                float unnamed_9 = metal::simd_sum(_e3689);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 12u] = unnamed_9;
                }
            }
            {
                float _e3699 = s0_5_;
                float unnamed_10 = metal::simd_sum(_e3699);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 5u] = unnamed_10;
                }
            }
            {
                float _e3709 = s1_5_;
                float unnamed_11 = metal::simd_sum(_e3709);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 13u] = unnamed_11;
                }
            }
            {
                float _e3719 = s0_6_;
                float unnamed_12 = metal::simd_sum(_e3719);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 6u] = unnamed_12;
                }
            }
            {
                float _e3729 = s1_6_;
                float unnamed_13 = metal::simd_sum(_e3729);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 14u] = unnamed_13;
                }
            }
            {
                float _e3739 = s0_7_;
                float unnamed_14 = metal::simd_sum(_e3739);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 7u] = unnamed_14;
                }
            }
            {
                float _e3749 = s1_7_;
                float unnamed_15 = metal::simd_sum(_e3749);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 15u] = unnamed_15;
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            i = thread_;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e3819 = i;
                    i = _e3819 + 256u;
                }
                loop_init_1 = false;
                uint _e3760 = i;
                if (_e3760 < 128u) {
                } else {
                    break;
                }
                {
                    uint _e3763 = i;
                    uint own = _e3763 / 16u;
                    uint _e3766 = i;
                    uint m = (_e3766 % 16u) / 8u;
                    uint _e3771 = i;
                    uint r = _e3771 % 8u;
                    uint n = ((group * 16u) + (own * 2u)) + m;
                    uint _e3780 = base;
                    uint row = _e3780 + r;
                    if (n < 768u) {
                        local = row < live;
                    } else {
                        local = false;
                    }
                    bool _e3788 = local;
                    if (_e3788) {
                        float _e3802 = parts.inner[((((own * 1u) + 0u) * 16u) + (m * 8u)) + r];
                        float _e3806 = bias[n];
                        float sum = (_e3802 * 1.0) + _e3806;
                        uint to = ((row * 768u) + n) + 0u;
                        float _e3817 = y[to];
                        y[to] = _e3817 + sum;
                    }
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    return;
}
