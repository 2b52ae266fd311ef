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
            uint _e3470 = base;
            base = _e3470 + 8u;
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
            metal::uint4 h0_0_ = w[(n0_ * 18u) + ((p0_ / 8u) * 9u)];
            metal::uint4 w0_0_ = w[(((n0_ * 18u) + ((p0_ / 8u) * 9u)) + (p0_ % 8u)) + 1u];
            metal::uint4 h0_1_ = w[(n1_ * 18u) + ((p0_ / 8u) * 9u)];
            metal::uint4 w0_1_ = w[(((n1_ * 18u) + ((p0_ / 8u) * 9u)) + (p0_ % 8u)) + 1u];
            {
                uint c0_ = (((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 0u;
                uint c1_ = (((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 1u;
                uint c2_ = (((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 2u;
                uint c3_ = (((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 3u;
                uint c4_ = ((((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 8u) + 0u;
                uint c5_ = ((((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 8u) + 1u;
                uint c6_ = ((((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 8u) + 2u;
                uint c7_ = ((((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 8u) + 3u;
                metal::float4 _e327 = x[x0_ + c0_];
                metal::float4 a0_0_ = own0_ ? _e327 : metal::float4 {};
                metal::float4 _e333 = x[x0_ + c1_];
                metal::float4 a0_1_ = own0_ ? _e333 : metal::float4 {};
                metal::float4 _e339 = x[x0_ + c2_];
                metal::float4 a0_2_ = own0_ ? _e339 : metal::float4 {};
                metal::float4 _e345 = x[x0_ + c3_];
                metal::float4 a0_3_ = own0_ ? _e345 : metal::float4 {};
                metal::float4 _e351 = x[x0_ + c4_];
                metal::float4 a0_4_ = own0_ ? _e351 : metal::float4 {};
                metal::float4 _e357 = x[x0_ + c5_];
                metal::float4 a0_5_ = own0_ ? _e357 : metal::float4 {};
                metal::float4 _e363 = x[x0_ + c6_];
                metal::float4 a0_6_ = own0_ ? _e363 : metal::float4 {};
                metal::float4 _e369 = x[x0_ + c7_];
                metal::float4 a0_7_ = own0_ ? _e369 : metal::float4 {};
                float t0_0_ = metal::dot(((a0_0_ + a0_1_) + a0_2_) + a0_3_, metal::float4(1.0));
                float t0_1_ = metal::dot(((a0_4_ + a0_5_) + a0_6_) + a0_7_, metal::float4(1.0));
                metal::float4 _e387 = x[x1_ + c0_];
                metal::float4 a1_0_ = own0_ ? _e387 : metal::float4 {};
                metal::float4 _e393 = x[x1_ + c1_];
                metal::float4 a1_1_ = own0_ ? _e393 : metal::float4 {};
                metal::float4 _e399 = x[x1_ + c2_];
                metal::float4 a1_2_ = own0_ ? _e399 : metal::float4 {};
                metal::float4 _e405 = x[x1_ + c3_];
                metal::float4 a1_3_ = own0_ ? _e405 : metal::float4 {};
                metal::float4 _e411 = x[x1_ + c4_];
                metal::float4 a1_4_ = own0_ ? _e411 : metal::float4 {};
                metal::float4 _e417 = x[x1_ + c5_];
                metal::float4 a1_5_ = own0_ ? _e417 : metal::float4 {};
                metal::float4 _e423 = x[x1_ + c6_];
                metal::float4 a1_6_ = own0_ ? _e423 : metal::float4 {};
                metal::float4 _e429 = x[x1_ + c7_];
                metal::float4 a1_7_ = own0_ ? _e429 : metal::float4 {};
                float t1_0_ = metal::dot(((a1_0_ + a1_1_) + a1_2_) + a1_3_, metal::float4(1.0));
                float t1_1_ = metal::dot(((a1_4_ + a1_5_) + a1_6_) + a1_7_, metal::float4(1.0));
                metal::float4 _e447 = x[x2_ + c0_];
                metal::float4 a2_0_ = own0_ ? _e447 : metal::float4 {};
                metal::float4 _e453 = x[x2_ + c1_];
                metal::float4 a2_1_ = own0_ ? _e453 : metal::float4 {};
                metal::float4 _e459 = x[x2_ + c2_];
                metal::float4 a2_2_ = own0_ ? _e459 : metal::float4 {};
                metal::float4 _e465 = x[x2_ + c3_];
                metal::float4 a2_3_ = own0_ ? _e465 : metal::float4 {};
                metal::float4 _e471 = x[x2_ + c4_];
                metal::float4 a2_4_ = own0_ ? _e471 : metal::float4 {};
                metal::float4 _e477 = x[x2_ + c5_];
                metal::float4 a2_5_ = own0_ ? _e477 : metal::float4 {};
                metal::float4 _e483 = x[x2_ + c6_];
                metal::float4 a2_6_ = own0_ ? _e483 : metal::float4 {};
                metal::float4 _e489 = x[x2_ + c7_];
                metal::float4 a2_7_ = own0_ ? _e489 : metal::float4 {};
                float t2_0_ = metal::dot(((a2_0_ + a2_1_) + a2_2_) + a2_3_, metal::float4(1.0));
                float t2_1_ = metal::dot(((a2_4_ + a2_5_) + a2_6_) + a2_7_, metal::float4(1.0));
                metal::float4 _e507 = x[x3_ + c0_];
                metal::float4 a3_0_ = own0_ ? _e507 : metal::float4 {};
                metal::float4 _e513 = x[x3_ + c1_];
                metal::float4 a3_1_ = own0_ ? _e513 : metal::float4 {};
                metal::float4 _e519 = x[x3_ + c2_];
                metal::float4 a3_2_ = own0_ ? _e519 : metal::float4 {};
                metal::float4 _e525 = x[x3_ + c3_];
                metal::float4 a3_3_ = own0_ ? _e525 : metal::float4 {};
                metal::float4 _e531 = x[x3_ + c4_];
                metal::float4 a3_4_ = own0_ ? _e531 : metal::float4 {};
                metal::float4 _e537 = x[x3_ + c5_];
                metal::float4 a3_5_ = own0_ ? _e537 : metal::float4 {};
                metal::float4 _e543 = x[x3_ + c6_];
                metal::float4 a3_6_ = own0_ ? _e543 : metal::float4 {};
                metal::float4 _e549 = x[x3_ + c7_];
                metal::float4 a3_7_ = own0_ ? _e549 : metal::float4 {};
                float t3_0_ = metal::dot(((a3_0_ + a3_1_) + a3_2_) + a3_3_, metal::float4(1.0));
                float t3_1_ = metal::dot(((a3_4_ + a3_5_) + a3_6_) + a3_7_, metal::float4(1.0));
                metal::float4 _e567 = x[x4_ + c0_];
                metal::float4 a4_0_ = own0_ ? _e567 : metal::float4 {};
                metal::float4 _e573 = x[x4_ + c1_];
                metal::float4 a4_1_ = own0_ ? _e573 : metal::float4 {};
                metal::float4 _e579 = x[x4_ + c2_];
                metal::float4 a4_2_ = own0_ ? _e579 : metal::float4 {};
                metal::float4 _e585 = x[x4_ + c3_];
                metal::float4 a4_3_ = own0_ ? _e585 : metal::float4 {};
                metal::float4 _e591 = x[x4_ + c4_];
                metal::float4 a4_4_ = own0_ ? _e591 : metal::float4 {};
                metal::float4 _e597 = x[x4_ + c5_];
                metal::float4 a4_5_ = own0_ ? _e597 : metal::float4 {};
                metal::float4 _e603 = x[x4_ + c6_];
                metal::float4 a4_6_ = own0_ ? _e603 : metal::float4 {};
                metal::float4 _e609 = x[x4_ + c7_];
                metal::float4 a4_7_ = own0_ ? _e609 : metal::float4 {};
                float t4_0_ = metal::dot(((a4_0_ + a4_1_) + a4_2_) + a4_3_, metal::float4(1.0));
                float t4_1_ = metal::dot(((a4_4_ + a4_5_) + a4_6_) + a4_7_, metal::float4(1.0));
                metal::float4 _e627 = x[x5_ + c0_];
                metal::float4 a5_0_ = own0_ ? _e627 : metal::float4 {};
                metal::float4 _e633 = x[x5_ + c1_];
                metal::float4 a5_1_ = own0_ ? _e633 : metal::float4 {};
                metal::float4 _e639 = x[x5_ + c2_];
                metal::float4 a5_2_ = own0_ ? _e639 : metal::float4 {};
                metal::float4 _e645 = x[x5_ + c3_];
                metal::float4 a5_3_ = own0_ ? _e645 : metal::float4 {};
                metal::float4 _e651 = x[x5_ + c4_];
                metal::float4 a5_4_ = own0_ ? _e651 : metal::float4 {};
                metal::float4 _e657 = x[x5_ + c5_];
                metal::float4 a5_5_ = own0_ ? _e657 : metal::float4 {};
                metal::float4 _e663 = x[x5_ + c6_];
                metal::float4 a5_6_ = own0_ ? _e663 : metal::float4 {};
                metal::float4 _e669 = x[x5_ + c7_];
                metal::float4 a5_7_ = own0_ ? _e669 : metal::float4 {};
                float t5_0_ = metal::dot(((a5_0_ + a5_1_) + a5_2_) + a5_3_, metal::float4(1.0));
                float t5_1_ = metal::dot(((a5_4_ + a5_5_) + a5_6_) + a5_7_, metal::float4(1.0));
                metal::float4 _e687 = x[x6_ + c0_];
                metal::float4 a6_0_ = own0_ ? _e687 : metal::float4 {};
                metal::float4 _e693 = x[x6_ + c1_];
                metal::float4 a6_1_ = own0_ ? _e693 : metal::float4 {};
                metal::float4 _e699 = x[x6_ + c2_];
                metal::float4 a6_2_ = own0_ ? _e699 : metal::float4 {};
                metal::float4 _e705 = x[x6_ + c3_];
                metal::float4 a6_3_ = own0_ ? _e705 : metal::float4 {};
                metal::float4 _e711 = x[x6_ + c4_];
                metal::float4 a6_4_ = own0_ ? _e711 : metal::float4 {};
                metal::float4 _e717 = x[x6_ + c5_];
                metal::float4 a6_5_ = own0_ ? _e717 : metal::float4 {};
                metal::float4 _e723 = x[x6_ + c6_];
                metal::float4 a6_6_ = own0_ ? _e723 : metal::float4 {};
                metal::float4 _e729 = x[x6_ + c7_];
                metal::float4 a6_7_ = own0_ ? _e729 : metal::float4 {};
                float t6_0_ = metal::dot(((a6_0_ + a6_1_) + a6_2_) + a6_3_, metal::float4(1.0));
                float t6_1_ = metal::dot(((a6_4_ + a6_5_) + a6_6_) + a6_7_, metal::float4(1.0));
                metal::float4 _e747 = x[x7_ + c0_];
                metal::float4 a7_0_ = own0_ ? _e747 : metal::float4 {};
                metal::float4 _e753 = x[x7_ + c1_];
                metal::float4 a7_1_ = own0_ ? _e753 : metal::float4 {};
                metal::float4 _e759 = x[x7_ + c2_];
                metal::float4 a7_2_ = own0_ ? _e759 : metal::float4 {};
                metal::float4 _e765 = x[x7_ + c3_];
                metal::float4 a7_3_ = own0_ ? _e765 : metal::float4 {};
                metal::float4 _e771 = x[x7_ + c4_];
                metal::float4 a7_4_ = own0_ ? _e771 : metal::float4 {};
                metal::float4 _e777 = x[x7_ + c5_];
                metal::float4 a7_5_ = own0_ ? _e777 : metal::float4 {};
                metal::float4 _e783 = x[x7_ + c6_];
                metal::float4 a7_6_ = own0_ ? _e783 : metal::float4 {};
                metal::float4 _e789 = x[x7_ + c7_];
                metal::float4 a7_7_ = own0_ ? _e789 : metal::float4 {};
                float t7_0_ = metal::dot(((a7_0_ + a7_1_) + a7_2_) + a7_3_, metal::float4(1.0));
                float t7_1_ = metal::dot(((a7_4_ + a7_5_) + a7_6_) + a7_7_, metal::float4(1.0));
                {
                    metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_0_.x & 252645135u)));
                    metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_0_.y & 252645135u)));
                    metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_0_.z & 252645135u)));
                    metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_0_.w & 252645135u)));
                    metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.x >> 4u) & 252645135u)));
                    metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.y >> 4u) & 252645135u)));
                    metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.z >> 4u) & 252645135u)));
                    metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.w >> 4u) & 252645135u)));
                    metal::float2 _e859 = scale_and_min(h0_0_, (((p0_ % 8u) / 2u) * 2u) + 0u);
                    float scale0_ = _e859.x;
                    float less0_ = _e859.y;
                    metal::float2 _e870 = scale_and_min(h0_0_, (((p0_ % 8u) / 2u) * 2u) + 1u);
                    float scale1_ = _e870.x;
                    float less1_ = _e870.y;
                    {
                        t = 0.0;
                        float _e877 = t;
                        t = metal::fma(v0_.x, a0_0_.x, _e877);
                        float _e881 = t;
                        t = metal::fma(v0_.y, a0_0_.y, _e881);
                        float _e885 = t;
                        t = metal::fma(v0_.z, a0_0_.z, _e885);
                        float _e889 = t;
                        t = metal::fma(v0_.w, a0_0_.w, _e889);
                        float _e893 = t;
                        t = metal::fma(v1_.x, a0_1_.x, _e893);
                        float _e897 = t;
                        t = metal::fma(v1_.y, a0_1_.y, _e897);
                        float _e901 = t;
                        t = metal::fma(v1_.z, a0_1_.z, _e901);
                        float _e905 = t;
                        t = metal::fma(v1_.w, a0_1_.w, _e905);
                        float _e909 = t;
                        t = metal::fma(v2_.x, a0_2_.x, _e909);
                        float _e913 = t;
                        t = metal::fma(v2_.y, a0_2_.y, _e913);
                        float _e917 = t;
                        t = metal::fma(v2_.z, a0_2_.z, _e917);
                        float _e921 = t;
                        t = metal::fma(v2_.w, a0_2_.w, _e921);
                        float _e925 = t;
                        t = metal::fma(v3_.x, a0_3_.x, _e925);
                        float _e929 = t;
                        t = metal::fma(v3_.y, a0_3_.y, _e929);
                        float _e933 = t;
                        t = metal::fma(v3_.z, a0_3_.z, _e933);
                        float _e937 = t;
                        t = metal::fma(v3_.w, a0_3_.w, _e937);
                        float _e939 = t;
                        float _e940 = s0_0_;
                        s0_0_ = metal::fma(scale0_, _e939, _e940);
                    }
                    float _e943 = s0_0_;
                    s0_0_ = metal::fma(-(less0_), t0_0_, _e943);
                    {
                        t_1 = 0.0;
                        float _e949 = t_1;
                        t_1 = metal::fma(v4_.x, a0_4_.x, _e949);
                        float _e953 = t_1;
                        t_1 = metal::fma(v4_.y, a0_4_.y, _e953);
                        float _e957 = t_1;
                        t_1 = metal::fma(v4_.z, a0_4_.z, _e957);
                        float _e961 = t_1;
                        t_1 = metal::fma(v4_.w, a0_4_.w, _e961);
                        float _e965 = t_1;
                        t_1 = metal::fma(v5_.x, a0_5_.x, _e965);
                        float _e969 = t_1;
                        t_1 = metal::fma(v5_.y, a0_5_.y, _e969);
                        float _e973 = t_1;
                        t_1 = metal::fma(v5_.z, a0_5_.z, _e973);
                        float _e977 = t_1;
                        t_1 = metal::fma(v5_.w, a0_5_.w, _e977);
                        float _e981 = t_1;
                        t_1 = metal::fma(v6_.x, a0_6_.x, _e981);
                        float _e985 = t_1;
                        t_1 = metal::fma(v6_.y, a0_6_.y, _e985);
                        float _e989 = t_1;
                        t_1 = metal::fma(v6_.z, a0_6_.z, _e989);
                        float _e993 = t_1;
                        t_1 = metal::fma(v6_.w, a0_6_.w, _e993);
                        float _e997 = t_1;
                        t_1 = metal::fma(v7_.x, a0_7_.x, _e997);
                        float _e1001 = t_1;
                        t_1 = metal::fma(v7_.y, a0_7_.y, _e1001);
                        float _e1005 = t_1;
                        t_1 = metal::fma(v7_.z, a0_7_.z, _e1005);
                        float _e1009 = t_1;
                        t_1 = metal::fma(v7_.w, a0_7_.w, _e1009);
                        float _e1011 = t_1;
                        float _e1012 = s0_0_;
                        s0_0_ = metal::fma(scale1_, _e1011, _e1012);
                    }
                    float _e1015 = s0_0_;
                    s0_0_ = metal::fma(-(less1_), t0_1_, _e1015);
                    {
                        t_2 = 0.0;
                        float _e1021 = t_2;
                        t_2 = metal::fma(v0_.x, a1_0_.x, _e1021);
                        float _e1025 = t_2;
                        t_2 = metal::fma(v0_.y, a1_0_.y, _e1025);
                        float _e1029 = t_2;
                        t_2 = metal::fma(v0_.z, a1_0_.z, _e1029);
                        float _e1033 = t_2;
                        t_2 = metal::fma(v0_.w, a1_0_.w, _e1033);
                        float _e1037 = t_2;
                        t_2 = metal::fma(v1_.x, a1_1_.x, _e1037);
                        float _e1041 = t_2;
                        t_2 = metal::fma(v1_.y, a1_1_.y, _e1041);
                        float _e1045 = t_2;
                        t_2 = metal::fma(v1_.z, a1_1_.z, _e1045);
                        float _e1049 = t_2;
                        t_2 = metal::fma(v1_.w, a1_1_.w, _e1049);
                        float _e1053 = t_2;
                        t_2 = metal::fma(v2_.x, a1_2_.x, _e1053);
                        float _e1057 = t_2;
                        t_2 = metal::fma(v2_.y, a1_2_.y, _e1057);
                        float _e1061 = t_2;
                        t_2 = metal::fma(v2_.z, a1_2_.z, _e1061);
                        float _e1065 = t_2;
                        t_2 = metal::fma(v2_.w, a1_2_.w, _e1065);
                        float _e1069 = t_2;
                        t_2 = metal::fma(v3_.x, a1_3_.x, _e1069);
                        float _e1073 = t_2;
                        t_2 = metal::fma(v3_.y, a1_3_.y, _e1073);
                        float _e1077 = t_2;
                        t_2 = metal::fma(v3_.z, a1_3_.z, _e1077);
                        float _e1081 = t_2;
                        t_2 = metal::fma(v3_.w, a1_3_.w, _e1081);
                        float _e1083 = t_2;
                        float _e1084 = s0_1_;
                        s0_1_ = metal::fma(scale0_, _e1083, _e1084);
                    }
                    float _e1087 = s0_1_;
                    s0_1_ = metal::fma(-(less0_), t1_0_, _e1087);
                    {
                        t_3 = 0.0;
                        float _e1093 = t_3;
                        t_3 = metal::fma(v4_.x, a1_4_.x, _e1093);
                        float _e1097 = t_3;
                        t_3 = metal::fma(v4_.y, a1_4_.y, _e1097);
                        float _e1101 = t_3;
                        t_3 = metal::fma(v4_.z, a1_4_.z, _e1101);
                        float _e1105 = t_3;
                        t_3 = metal::fma(v4_.w, a1_4_.w, _e1105);
                        float _e1109 = t_3;
                        t_3 = metal::fma(v5_.x, a1_5_.x, _e1109);
                        float _e1113 = t_3;
                        t_3 = metal::fma(v5_.y, a1_5_.y, _e1113);
                        float _e1117 = t_3;
                        t_3 = metal::fma(v5_.z, a1_5_.z, _e1117);
                        float _e1121 = t_3;
                        t_3 = metal::fma(v5_.w, a1_5_.w, _e1121);
                        float _e1125 = t_3;
                        t_3 = metal::fma(v6_.x, a1_6_.x, _e1125);
                        float _e1129 = t_3;
                        t_3 = metal::fma(v6_.y, a1_6_.y, _e1129);
                        float _e1133 = t_3;
                        t_3 = metal::fma(v6_.z, a1_6_.z, _e1133);
                        float _e1137 = t_3;
                        t_3 = metal::fma(v6_.w, a1_6_.w, _e1137);
                        float _e1141 = t_3;
                        t_3 = metal::fma(v7_.x, a1_7_.x, _e1141);
                        float _e1145 = t_3;
                        t_3 = metal::fma(v7_.y, a1_7_.y, _e1145);
                        float _e1149 = t_3;
                        t_3 = metal::fma(v7_.z, a1_7_.z, _e1149);
                        float _e1153 = t_3;
                        t_3 = metal::fma(v7_.w, a1_7_.w, _e1153);
                        float _e1155 = t_3;
                        float _e1156 = s0_1_;
                        s0_1_ = metal::fma(scale1_, _e1155, _e1156);
                    }
                    float _e1159 = s0_1_;
                    s0_1_ = metal::fma(-(less1_), t1_1_, _e1159);
                    {
                        t_4 = 0.0;
                        float _e1165 = t_4;
                        t_4 = metal::fma(v0_.x, a2_0_.x, _e1165);
                        float _e1169 = t_4;
                        t_4 = metal::fma(v0_.y, a2_0_.y, _e1169);
                        float _e1173 = t_4;
                        t_4 = metal::fma(v0_.z, a2_0_.z, _e1173);
                        float _e1177 = t_4;
                        t_4 = metal::fma(v0_.w, a2_0_.w, _e1177);
                        float _e1181 = t_4;
                        t_4 = metal::fma(v1_.x, a2_1_.x, _e1181);
                        float _e1185 = t_4;
                        t_4 = metal::fma(v1_.y, a2_1_.y, _e1185);
                        float _e1189 = t_4;
                        t_4 = metal::fma(v1_.z, a2_1_.z, _e1189);
                        float _e1193 = t_4;
                        t_4 = metal::fma(v1_.w, a2_1_.w, _e1193);
                        float _e1197 = t_4;
                        t_4 = metal::fma(v2_.x, a2_2_.x, _e1197);
                        float _e1201 = t_4;
                        t_4 = metal::fma(v2_.y, a2_2_.y, _e1201);
                        float _e1205 = t_4;
                        t_4 = metal::fma(v2_.z, a2_2_.z, _e1205);
                        float _e1209 = t_4;
                        t_4 = metal::fma(v2_.w, a2_2_.w, _e1209);
                        float _e1213 = t_4;
                        t_4 = metal::fma(v3_.x, a2_3_.x, _e1213);
                        float _e1217 = t_4;
                        t_4 = metal::fma(v3_.y, a2_3_.y, _e1217);
                        float _e1221 = t_4;
                        t_4 = metal::fma(v3_.z, a2_3_.z, _e1221);
                        float _e1225 = t_4;
                        t_4 = metal::fma(v3_.w, a2_3_.w, _e1225);
                        float _e1227 = t_4;
                        float _e1228 = s0_2_;
                        s0_2_ = metal::fma(scale0_, _e1227, _e1228);
                    }
                    float _e1231 = s0_2_;
                    s0_2_ = metal::fma(-(less0_), t2_0_, _e1231);
                    {
                        t_5 = 0.0;
                        float _e1237 = t_5;
                        t_5 = metal::fma(v4_.x, a2_4_.x, _e1237);
                        float _e1241 = t_5;
                        t_5 = metal::fma(v4_.y, a2_4_.y, _e1241);
                        float _e1245 = t_5;
                        t_5 = metal::fma(v4_.z, a2_4_.z, _e1245);
                        float _e1249 = t_5;
                        t_5 = metal::fma(v4_.w, a2_4_.w, _e1249);
                        float _e1253 = t_5;
                        t_5 = metal::fma(v5_.x, a2_5_.x, _e1253);
                        float _e1257 = t_5;
                        t_5 = metal::fma(v5_.y, a2_5_.y, _e1257);
                        float _e1261 = t_5;
                        t_5 = metal::fma(v5_.z, a2_5_.z, _e1261);
                        float _e1265 = t_5;
                        t_5 = metal::fma(v5_.w, a2_5_.w, _e1265);
                        float _e1269 = t_5;
                        t_5 = metal::fma(v6_.x, a2_6_.x, _e1269);
                        float _e1273 = t_5;
                        t_5 = metal::fma(v6_.y, a2_6_.y, _e1273);
                        float _e1277 = t_5;
                        t_5 = metal::fma(v6_.z, a2_6_.z, _e1277);
                        float _e1281 = t_5;
                        t_5 = metal::fma(v6_.w, a2_6_.w, _e1281);
                        float _e1285 = t_5;
                        t_5 = metal::fma(v7_.x, a2_7_.x, _e1285);
                        float _e1289 = t_5;
                        t_5 = metal::fma(v7_.y, a2_7_.y, _e1289);
                        float _e1293 = t_5;
                        t_5 = metal::fma(v7_.z, a2_7_.z, _e1293);
                        float _e1297 = t_5;
                        t_5 = metal::fma(v7_.w, a2_7_.w, _e1297);
                        float _e1299 = t_5;
                        float _e1300 = s0_2_;
                        s0_2_ = metal::fma(scale1_, _e1299, _e1300);
                    }
                    float _e1303 = s0_2_;
                    s0_2_ = metal::fma(-(less1_), t2_1_, _e1303);
                    {
                        t_6 = 0.0;
                        float _e1309 = t_6;
                        t_6 = metal::fma(v0_.x, a3_0_.x, _e1309);
                        float _e1313 = t_6;
                        t_6 = metal::fma(v0_.y, a3_0_.y, _e1313);
                        float _e1317 = t_6;
                        t_6 = metal::fma(v0_.z, a3_0_.z, _e1317);
                        float _e1321 = t_6;
                        t_6 = metal::fma(v0_.w, a3_0_.w, _e1321);
                        float _e1325 = t_6;
                        t_6 = metal::fma(v1_.x, a3_1_.x, _e1325);
                        float _e1329 = t_6;
                        t_6 = metal::fma(v1_.y, a3_1_.y, _e1329);
                        float _e1333 = t_6;
                        t_6 = metal::fma(v1_.z, a3_1_.z, _e1333);
                        float _e1337 = t_6;
                        t_6 = metal::fma(v1_.w, a3_1_.w, _e1337);
                        float _e1341 = t_6;
                        t_6 = metal::fma(v2_.x, a3_2_.x, _e1341);
                        float _e1345 = t_6;
                        t_6 = metal::fma(v2_.y, a3_2_.y, _e1345);
                        float _e1349 = t_6;
                        t_6 = metal::fma(v2_.z, a3_2_.z, _e1349);
                        float _e1353 = t_6;
                        t_6 = metal::fma(v2_.w, a3_2_.w, _e1353);
                        float _e1357 = t_6;
                        t_6 = metal::fma(v3_.x, a3_3_.x, _e1357);
                        float _e1361 = t_6;
                        t_6 = metal::fma(v3_.y, a3_3_.y, _e1361);
                        float _e1365 = t_6;
                        t_6 = metal::fma(v3_.z, a3_3_.z, _e1365);
                        float _e1369 = t_6;
                        t_6 = metal::fma(v3_.w, a3_3_.w, _e1369);
                        float _e1371 = t_6;
                        float _e1372 = s0_3_;
                        s0_3_ = metal::fma(scale0_, _e1371, _e1372);
                    }
                    float _e1375 = s0_3_;
                    s0_3_ = metal::fma(-(less0_), t3_0_, _e1375);
                    {
                        t_7 = 0.0;
                        float _e1381 = t_7;
                        t_7 = metal::fma(v4_.x, a3_4_.x, _e1381);
                        float _e1385 = t_7;
                        t_7 = metal::fma(v4_.y, a3_4_.y, _e1385);
                        float _e1389 = t_7;
                        t_7 = metal::fma(v4_.z, a3_4_.z, _e1389);
                        float _e1393 = t_7;
                        t_7 = metal::fma(v4_.w, a3_4_.w, _e1393);
                        float _e1397 = t_7;
                        t_7 = metal::fma(v5_.x, a3_5_.x, _e1397);
                        float _e1401 = t_7;
                        t_7 = metal::fma(v5_.y, a3_5_.y, _e1401);
                        float _e1405 = t_7;
                        t_7 = metal::fma(v5_.z, a3_5_.z, _e1405);
                        float _e1409 = t_7;
                        t_7 = metal::fma(v5_.w, a3_5_.w, _e1409);
                        float _e1413 = t_7;
                        t_7 = metal::fma(v6_.x, a3_6_.x, _e1413);
                        float _e1417 = t_7;
                        t_7 = metal::fma(v6_.y, a3_6_.y, _e1417);
                        float _e1421 = t_7;
                        t_7 = metal::fma(v6_.z, a3_6_.z, _e1421);
                        float _e1425 = t_7;
                        t_7 = metal::fma(v6_.w, a3_6_.w, _e1425);
                        float _e1429 = t_7;
                        t_7 = metal::fma(v7_.x, a3_7_.x, _e1429);
                        float _e1433 = t_7;
                        t_7 = metal::fma(v7_.y, a3_7_.y, _e1433);
                        float _e1437 = t_7;
                        t_7 = metal::fma(v7_.z, a3_7_.z, _e1437);
                        float _e1441 = t_7;
                        t_7 = metal::fma(v7_.w, a3_7_.w, _e1441);
                        float _e1443 = t_7;
                        float _e1444 = s0_3_;
                        s0_3_ = metal::fma(scale1_, _e1443, _e1444);
                    }
                    float _e1447 = s0_3_;
                    s0_3_ = metal::fma(-(less1_), t3_1_, _e1447);
                    {
                        t_8 = 0.0;
                        float _e1453 = t_8;
                        t_8 = metal::fma(v0_.x, a4_0_.x, _e1453);
                        float _e1457 = t_8;
                        t_8 = metal::fma(v0_.y, a4_0_.y, _e1457);
                        float _e1461 = t_8;
                        t_8 = metal::fma(v0_.z, a4_0_.z, _e1461);
                        float _e1465 = t_8;
                        t_8 = metal::fma(v0_.w, a4_0_.w, _e1465);
                        float _e1469 = t_8;
                        t_8 = metal::fma(v1_.x, a4_1_.x, _e1469);
                        float _e1473 = t_8;
                        t_8 = metal::fma(v1_.y, a4_1_.y, _e1473);
                        float _e1477 = t_8;
                        t_8 = metal::fma(v1_.z, a4_1_.z, _e1477);
                        float _e1481 = t_8;
                        t_8 = metal::fma(v1_.w, a4_1_.w, _e1481);
                        float _e1485 = t_8;
                        t_8 = metal::fma(v2_.x, a4_2_.x, _e1485);
                        float _e1489 = t_8;
                        t_8 = metal::fma(v2_.y, a4_2_.y, _e1489);
                        float _e1493 = t_8;
                        t_8 = metal::fma(v2_.z, a4_2_.z, _e1493);
                        float _e1497 = t_8;
                        t_8 = metal::fma(v2_.w, a4_2_.w, _e1497);
                        float _e1501 = t_8;
                        t_8 = metal::fma(v3_.x, a4_3_.x, _e1501);
                        float _e1505 = t_8;
                        t_8 = metal::fma(v3_.y, a4_3_.y, _e1505);
                        float _e1509 = t_8;
                        t_8 = metal::fma(v3_.z, a4_3_.z, _e1509);
                        float _e1513 = t_8;
                        t_8 = metal::fma(v3_.w, a4_3_.w, _e1513);
                        float _e1515 = t_8;
                        float _e1516 = s0_4_;
                        s0_4_ = metal::fma(scale0_, _e1515, _e1516);
                    }
                    float _e1519 = s0_4_;
                    s0_4_ = metal::fma(-(less0_), t4_0_, _e1519);
                    {
                        t_9 = 0.0;
                        float _e1525 = t_9;
                        t_9 = metal::fma(v4_.x, a4_4_.x, _e1525);
                        float _e1529 = t_9;
                        t_9 = metal::fma(v4_.y, a4_4_.y, _e1529);
                        float _e1533 = t_9;
                        t_9 = metal::fma(v4_.z, a4_4_.z, _e1533);
                        float _e1537 = t_9;
                        t_9 = metal::fma(v4_.w, a4_4_.w, _e1537);
                        float _e1541 = t_9;
                        t_9 = metal::fma(v5_.x, a4_5_.x, _e1541);
                        float _e1545 = t_9;
                        t_9 = metal::fma(v5_.y, a4_5_.y, _e1545);
                        float _e1549 = t_9;
                        t_9 = metal::fma(v5_.z, a4_5_.z, _e1549);
                        float _e1553 = t_9;
                        t_9 = metal::fma(v5_.w, a4_5_.w, _e1553);
                        float _e1557 = t_9;
                        t_9 = metal::fma(v6_.x, a4_6_.x, _e1557);
                        float _e1561 = t_9;
                        t_9 = metal::fma(v6_.y, a4_6_.y, _e1561);
                        float _e1565 = t_9;
                        t_9 = metal::fma(v6_.z, a4_6_.z, _e1565);
                        float _e1569 = t_9;
                        t_9 = metal::fma(v6_.w, a4_6_.w, _e1569);
                        float _e1573 = t_9;
                        t_9 = metal::fma(v7_.x, a4_7_.x, _e1573);
                        float _e1577 = t_9;
                        t_9 = metal::fma(v7_.y, a4_7_.y, _e1577);
                        float _e1581 = t_9;
                        t_9 = metal::fma(v7_.z, a4_7_.z, _e1581);
                        float _e1585 = t_9;
                        t_9 = metal::fma(v7_.w, a4_7_.w, _e1585);
                        float _e1587 = t_9;
                        float _e1588 = s0_4_;
                        s0_4_ = metal::fma(scale1_, _e1587, _e1588);
                    }
                    float _e1591 = s0_4_;
                    s0_4_ = metal::fma(-(less1_), t4_1_, _e1591);
                    {
                        t_10 = 0.0;
                        float _e1597 = t_10;
                        t_10 = metal::fma(v0_.x, a5_0_.x, _e1597);
                        float _e1601 = t_10;
                        t_10 = metal::fma(v0_.y, a5_0_.y, _e1601);
                        float _e1605 = t_10;
                        t_10 = metal::fma(v0_.z, a5_0_.z, _e1605);
                        float _e1609 = t_10;
                        t_10 = metal::fma(v0_.w, a5_0_.w, _e1609);
                        float _e1613 = t_10;
                        t_10 = metal::fma(v1_.x, a5_1_.x, _e1613);
                        float _e1617 = t_10;
                        t_10 = metal::fma(v1_.y, a5_1_.y, _e1617);
                        float _e1621 = t_10;
                        t_10 = metal::fma(v1_.z, a5_1_.z, _e1621);
                        float _e1625 = t_10;
                        t_10 = metal::fma(v1_.w, a5_1_.w, _e1625);
                        float _e1629 = t_10;
                        t_10 = metal::fma(v2_.x, a5_2_.x, _e1629);
                        float _e1633 = t_10;
                        t_10 = metal::fma(v2_.y, a5_2_.y, _e1633);
                        float _e1637 = t_10;
                        t_10 = metal::fma(v2_.z, a5_2_.z, _e1637);
                        float _e1641 = t_10;
                        t_10 = metal::fma(v2_.w, a5_2_.w, _e1641);
                        float _e1645 = t_10;
                        t_10 = metal::fma(v3_.x, a5_3_.x, _e1645);
                        float _e1649 = t_10;
                        t_10 = metal::fma(v3_.y, a5_3_.y, _e1649);
                        float _e1653 = t_10;
                        t_10 = metal::fma(v3_.z, a5_3_.z, _e1653);
                        float _e1657 = t_10;
                        t_10 = metal::fma(v3_.w, a5_3_.w, _e1657);
                        float _e1659 = t_10;
                        float _e1660 = s0_5_;
                        s0_5_ = metal::fma(scale0_, _e1659, _e1660);
                    }
                    float _e1663 = s0_5_;
                    s0_5_ = metal::fma(-(less0_), t5_0_, _e1663);
                    {
                        t_11 = 0.0;
                        float _e1669 = t_11;
                        t_11 = metal::fma(v4_.x, a5_4_.x, _e1669);
                        float _e1673 = t_11;
                        t_11 = metal::fma(v4_.y, a5_4_.y, _e1673);
                        float _e1677 = t_11;
                        t_11 = metal::fma(v4_.z, a5_4_.z, _e1677);
                        float _e1681 = t_11;
                        t_11 = metal::fma(v4_.w, a5_4_.w, _e1681);
                        float _e1685 = t_11;
                        t_11 = metal::fma(v5_.x, a5_5_.x, _e1685);
                        float _e1689 = t_11;
                        t_11 = metal::fma(v5_.y, a5_5_.y, _e1689);
                        float _e1693 = t_11;
                        t_11 = metal::fma(v5_.z, a5_5_.z, _e1693);
                        float _e1697 = t_11;
                        t_11 = metal::fma(v5_.w, a5_5_.w, _e1697);
                        float _e1701 = t_11;
                        t_11 = metal::fma(v6_.x, a5_6_.x, _e1701);
                        float _e1705 = t_11;
                        t_11 = metal::fma(v6_.y, a5_6_.y, _e1705);
                        float _e1709 = t_11;
                        t_11 = metal::fma(v6_.z, a5_6_.z, _e1709);
                        float _e1713 = t_11;
                        t_11 = metal::fma(v6_.w, a5_6_.w, _e1713);
                        float _e1717 = t_11;
                        t_11 = metal::fma(v7_.x, a5_7_.x, _e1717);
                        float _e1721 = t_11;
                        t_11 = metal::fma(v7_.y, a5_7_.y, _e1721);
                        float _e1725 = t_11;
                        t_11 = metal::fma(v7_.z, a5_7_.z, _e1725);
                        float _e1729 = t_11;
                        t_11 = metal::fma(v7_.w, a5_7_.w, _e1729);
                        float _e1731 = t_11;
                        float _e1732 = s0_5_;
                        s0_5_ = metal::fma(scale1_, _e1731, _e1732);
                    }
                    float _e1735 = s0_5_;
                    s0_5_ = metal::fma(-(less1_), t5_1_, _e1735);
                    {
                        t_12 = 0.0;
                        float _e1741 = t_12;
                        t_12 = metal::fma(v0_.x, a6_0_.x, _e1741);
                        float _e1745 = t_12;
                        t_12 = metal::fma(v0_.y, a6_0_.y, _e1745);
                        float _e1749 = t_12;
                        t_12 = metal::fma(v0_.z, a6_0_.z, _e1749);
                        float _e1753 = t_12;
                        t_12 = metal::fma(v0_.w, a6_0_.w, _e1753);
                        float _e1757 = t_12;
                        t_12 = metal::fma(v1_.x, a6_1_.x, _e1757);
                        float _e1761 = t_12;
                        t_12 = metal::fma(v1_.y, a6_1_.y, _e1761);
                        float _e1765 = t_12;
                        t_12 = metal::fma(v1_.z, a6_1_.z, _e1765);
                        float _e1769 = t_12;
                        t_12 = metal::fma(v1_.w, a6_1_.w, _e1769);
                        float _e1773 = t_12;
                        t_12 = metal::fma(v2_.x, a6_2_.x, _e1773);
                        float _e1777 = t_12;
                        t_12 = metal::fma(v2_.y, a6_2_.y, _e1777);
                        float _e1781 = t_12;
                        t_12 = metal::fma(v2_.z, a6_2_.z, _e1781);
                        float _e1785 = t_12;
                        t_12 = metal::fma(v2_.w, a6_2_.w, _e1785);
                        float _e1789 = t_12;
                        t_12 = metal::fma(v3_.x, a6_3_.x, _e1789);
                        float _e1793 = t_12;
                        t_12 = metal::fma(v3_.y, a6_3_.y, _e1793);
                        float _e1797 = t_12;
                        t_12 = metal::fma(v3_.z, a6_3_.z, _e1797);
                        float _e1801 = t_12;
                        t_12 = metal::fma(v3_.w, a6_3_.w, _e1801);
                        float _e1803 = t_12;
                        float _e1804 = s0_6_;
                        s0_6_ = metal::fma(scale0_, _e1803, _e1804);
                    }
                    float _e1807 = s0_6_;
                    s0_6_ = metal::fma(-(less0_), t6_0_, _e1807);
                    {
                        t_13 = 0.0;
                        float _e1813 = t_13;
                        t_13 = metal::fma(v4_.x, a6_4_.x, _e1813);
                        float _e1817 = t_13;
                        t_13 = metal::fma(v4_.y, a6_4_.y, _e1817);
                        float _e1821 = t_13;
                        t_13 = metal::fma(v4_.z, a6_4_.z, _e1821);
                        float _e1825 = t_13;
                        t_13 = metal::fma(v4_.w, a6_4_.w, _e1825);
                        float _e1829 = t_13;
                        t_13 = metal::fma(v5_.x, a6_5_.x, _e1829);
                        float _e1833 = t_13;
                        t_13 = metal::fma(v5_.y, a6_5_.y, _e1833);
                        float _e1837 = t_13;
                        t_13 = metal::fma(v5_.z, a6_5_.z, _e1837);
                        float _e1841 = t_13;
                        t_13 = metal::fma(v5_.w, a6_5_.w, _e1841);
                        float _e1845 = t_13;
                        t_13 = metal::fma(v6_.x, a6_6_.x, _e1845);
                        float _e1849 = t_13;
                        t_13 = metal::fma(v6_.y, a6_6_.y, _e1849);
                        float _e1853 = t_13;
                        t_13 = metal::fma(v6_.z, a6_6_.z, _e1853);
                        float _e1857 = t_13;
                        t_13 = metal::fma(v6_.w, a6_6_.w, _e1857);
                        float _e1861 = t_13;
                        t_13 = metal::fma(v7_.x, a6_7_.x, _e1861);
                        float _e1865 = t_13;
                        t_13 = metal::fma(v7_.y, a6_7_.y, _e1865);
                        float _e1869 = t_13;
                        t_13 = metal::fma(v7_.z, a6_7_.z, _e1869);
                        float _e1873 = t_13;
                        t_13 = metal::fma(v7_.w, a6_7_.w, _e1873);
                        float _e1875 = t_13;
                        float _e1876 = s0_6_;
                        s0_6_ = metal::fma(scale1_, _e1875, _e1876);
                    }
                    float _e1879 = s0_6_;
                    s0_6_ = metal::fma(-(less1_), t6_1_, _e1879);
                    {
                        t_14 = 0.0;
                        float _e1885 = t_14;
                        t_14 = metal::fma(v0_.x, a7_0_.x, _e1885);
                        float _e1889 = t_14;
                        t_14 = metal::fma(v0_.y, a7_0_.y, _e1889);
                        float _e1893 = t_14;
                        t_14 = metal::fma(v0_.z, a7_0_.z, _e1893);
                        float _e1897 = t_14;
                        t_14 = metal::fma(v0_.w, a7_0_.w, _e1897);
                        float _e1901 = t_14;
                        t_14 = metal::fma(v1_.x, a7_1_.x, _e1901);
                        float _e1905 = t_14;
                        t_14 = metal::fma(v1_.y, a7_1_.y, _e1905);
                        float _e1909 = t_14;
                        t_14 = metal::fma(v1_.z, a7_1_.z, _e1909);
                        float _e1913 = t_14;
                        t_14 = metal::fma(v1_.w, a7_1_.w, _e1913);
                        float _e1917 = t_14;
                        t_14 = metal::fma(v2_.x, a7_2_.x, _e1917);
                        float _e1921 = t_14;
                        t_14 = metal::fma(v2_.y, a7_2_.y, _e1921);
                        float _e1925 = t_14;
                        t_14 = metal::fma(v2_.z, a7_2_.z, _e1925);
                        float _e1929 = t_14;
                        t_14 = metal::fma(v2_.w, a7_2_.w, _e1929);
                        float _e1933 = t_14;
                        t_14 = metal::fma(v3_.x, a7_3_.x, _e1933);
                        float _e1937 = t_14;
                        t_14 = metal::fma(v3_.y, a7_3_.y, _e1937);
                        float _e1941 = t_14;
                        t_14 = metal::fma(v3_.z, a7_3_.z, _e1941);
                        float _e1945 = t_14;
                        t_14 = metal::fma(v3_.w, a7_3_.w, _e1945);
                        float _e1947 = t_14;
                        float _e1948 = s0_7_;
                        s0_7_ = metal::fma(scale0_, _e1947, _e1948);
                    }
                    float _e1951 = s0_7_;
                    s0_7_ = metal::fma(-(less0_), t7_0_, _e1951);
                    {
                        t_15 = 0.0;
                        float _e1957 = t_15;
                        t_15 = metal::fma(v4_.x, a7_4_.x, _e1957);
                        float _e1961 = t_15;
                        t_15 = metal::fma(v4_.y, a7_4_.y, _e1961);
                        float _e1965 = t_15;
                        t_15 = metal::fma(v4_.z, a7_4_.z, _e1965);
                        float _e1969 = t_15;
                        t_15 = metal::fma(v4_.w, a7_4_.w, _e1969);
                        float _e1973 = t_15;
                        t_15 = metal::fma(v5_.x, a7_5_.x, _e1973);
                        float _e1977 = t_15;
                        t_15 = metal::fma(v5_.y, a7_5_.y, _e1977);
                        float _e1981 = t_15;
                        t_15 = metal::fma(v5_.z, a7_5_.z, _e1981);
                        float _e1985 = t_15;
                        t_15 = metal::fma(v5_.w, a7_5_.w, _e1985);
                        float _e1989 = t_15;
                        t_15 = metal::fma(v6_.x, a7_6_.x, _e1989);
                        float _e1993 = t_15;
                        t_15 = metal::fma(v6_.y, a7_6_.y, _e1993);
                        float _e1997 = t_15;
                        t_15 = metal::fma(v6_.z, a7_6_.z, _e1997);
                        float _e2001 = t_15;
                        t_15 = metal::fma(v6_.w, a7_6_.w, _e2001);
                        float _e2005 = t_15;
                        t_15 = metal::fma(v7_.x, a7_7_.x, _e2005);
                        float _e2009 = t_15;
                        t_15 = metal::fma(v7_.y, a7_7_.y, _e2009);
                        float _e2013 = t_15;
                        t_15 = metal::fma(v7_.z, a7_7_.z, _e2013);
                        float _e2017 = t_15;
                        t_15 = metal::fma(v7_.w, a7_7_.w, _e2017);
                        float _e2019 = t_15;
                        float _e2020 = s0_7_;
                        s0_7_ = metal::fma(scale1_, _e2019, _e2020);
                    }
                    float _e2023 = s0_7_;
                    s0_7_ = metal::fma(-(less1_), t7_1_, _e2023);
                }
                {
                    metal::float4 v0_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_1_.x & 252645135u)));
                    metal::float4 v1_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_1_.y & 252645135u)));
                    metal::float4 v2_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_1_.z & 252645135u)));
                    metal::float4 v3_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_1_.w & 252645135u)));
                    metal::float4 v4_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.x >> 4u) & 252645135u)));
                    metal::float4 v5_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.y >> 4u) & 252645135u)));
                    metal::float4 v6_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.z >> 4u) & 252645135u)));
                    metal::float4 v7_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.w >> 4u) & 252645135u)));
                    metal::float2 _e2081 = scale_and_min(h0_1_, (((p0_ % 8u) / 2u) * 2u) + 0u);
                    float scale0_1 = _e2081.x;
                    float less0_1 = _e2081.y;
                    metal::float2 _e2092 = scale_and_min(h0_1_, (((p0_ % 8u) / 2u) * 2u) + 1u);
                    float scale1_1 = _e2092.x;
                    float less1_1 = _e2092.y;
                    {
                        t_16 = 0.0;
                        float _e2099 = t_16;
                        t_16 = metal::fma(v0_1.x, a0_0_.x, _e2099);
                        float _e2103 = t_16;
                        t_16 = metal::fma(v0_1.y, a0_0_.y, _e2103);
                        float _e2107 = t_16;
                        t_16 = metal::fma(v0_1.z, a0_0_.z, _e2107);
                        float _e2111 = t_16;
                        t_16 = metal::fma(v0_1.w, a0_0_.w, _e2111);
                        float _e2115 = t_16;
                        t_16 = metal::fma(v1_1.x, a0_1_.x, _e2115);
                        float _e2119 = t_16;
                        t_16 = metal::fma(v1_1.y, a0_1_.y, _e2119);
                        float _e2123 = t_16;
                        t_16 = metal::fma(v1_1.z, a0_1_.z, _e2123);
                        float _e2127 = t_16;
                        t_16 = metal::fma(v1_1.w, a0_1_.w, _e2127);
                        float _e2131 = t_16;
                        t_16 = metal::fma(v2_1.x, a0_2_.x, _e2131);
                        float _e2135 = t_16;
                        t_16 = metal::fma(v2_1.y, a0_2_.y, _e2135);
                        float _e2139 = t_16;
                        t_16 = metal::fma(v2_1.z, a0_2_.z, _e2139);
                        float _e2143 = t_16;
                        t_16 = metal::fma(v2_1.w, a0_2_.w, _e2143);
                        float _e2147 = t_16;
                        t_16 = metal::fma(v3_1.x, a0_3_.x, _e2147);
                        float _e2151 = t_16;
                        t_16 = metal::fma(v3_1.y, a0_3_.y, _e2151);
                        float _e2155 = t_16;
                        t_16 = metal::fma(v3_1.z, a0_3_.z, _e2155);
                        float _e2159 = t_16;
                        t_16 = metal::fma(v3_1.w, a0_3_.w, _e2159);
                        float _e2161 = t_16;
                        float _e2162 = s1_0_;
                        s1_0_ = metal::fma(scale0_1, _e2161, _e2162);
                    }
                    float _e2165 = s1_0_;
                    s1_0_ = metal::fma(-(less0_1), t0_0_, _e2165);
                    {
                        t_17 = 0.0;
                        float _e2171 = t_17;
                        t_17 = metal::fma(v4_1.x, a0_4_.x, _e2171);
                        float _e2175 = t_17;
                        t_17 = metal::fma(v4_1.y, a0_4_.y, _e2175);
                        float _e2179 = t_17;
                        t_17 = metal::fma(v4_1.z, a0_4_.z, _e2179);
                        float _e2183 = t_17;
                        t_17 = metal::fma(v4_1.w, a0_4_.w, _e2183);
                        float _e2187 = t_17;
                        t_17 = metal::fma(v5_1.x, a0_5_.x, _e2187);
                        float _e2191 = t_17;
                        t_17 = metal::fma(v5_1.y, a0_5_.y, _e2191);
                        float _e2195 = t_17;
                        t_17 = metal::fma(v5_1.z, a0_5_.z, _e2195);
                        float _e2199 = t_17;
                        t_17 = metal::fma(v5_1.w, a0_5_.w, _e2199);
                        float _e2203 = t_17;
                        t_17 = metal::fma(v6_1.x, a0_6_.x, _e2203);
                        float _e2207 = t_17;
                        t_17 = metal::fma(v6_1.y, a0_6_.y, _e2207);
                        float _e2211 = t_17;
                        t_17 = metal::fma(v6_1.z, a0_6_.z, _e2211);
                        float _e2215 = t_17;
                        t_17 = metal::fma(v6_1.w, a0_6_.w, _e2215);
                        float _e2219 = t_17;
                        t_17 = metal::fma(v7_1.x, a0_7_.x, _e2219);
                        float _e2223 = t_17;
                        t_17 = metal::fma(v7_1.y, a0_7_.y, _e2223);
                        float _e2227 = t_17;
                        t_17 = metal::fma(v7_1.z, a0_7_.z, _e2227);
                        float _e2231 = t_17;
                        t_17 = metal::fma(v7_1.w, a0_7_.w, _e2231);
                        float _e2233 = t_17;
                        float _e2234 = s1_0_;
                        s1_0_ = metal::fma(scale1_1, _e2233, _e2234);
                    }
                    float _e2237 = s1_0_;
                    s1_0_ = metal::fma(-(less1_1), t0_1_, _e2237);
                    {
                        t_18 = 0.0;
                        float _e2243 = t_18;
                        t_18 = metal::fma(v0_1.x, a1_0_.x, _e2243);
                        float _e2247 = t_18;
                        t_18 = metal::fma(v0_1.y, a1_0_.y, _e2247);
                        float _e2251 = t_18;
                        t_18 = metal::fma(v0_1.z, a1_0_.z, _e2251);
                        float _e2255 = t_18;
                        t_18 = metal::fma(v0_1.w, a1_0_.w, _e2255);
                        float _e2259 = t_18;
                        t_18 = metal::fma(v1_1.x, a1_1_.x, _e2259);
                        float _e2263 = t_18;
                        t_18 = metal::fma(v1_1.y, a1_1_.y, _e2263);
                        float _e2267 = t_18;
                        t_18 = metal::fma(v1_1.z, a1_1_.z, _e2267);
                        float _e2271 = t_18;
                        t_18 = metal::fma(v1_1.w, a1_1_.w, _e2271);
                        float _e2275 = t_18;
                        t_18 = metal::fma(v2_1.x, a1_2_.x, _e2275);
                        float _e2279 = t_18;
                        t_18 = metal::fma(v2_1.y, a1_2_.y, _e2279);
                        float _e2283 = t_18;
                        t_18 = metal::fma(v2_1.z, a1_2_.z, _e2283);
                        float _e2287 = t_18;
                        t_18 = metal::fma(v2_1.w, a1_2_.w, _e2287);
                        float _e2291 = t_18;
                        t_18 = metal::fma(v3_1.x, a1_3_.x, _e2291);
                        float _e2295 = t_18;
                        t_18 = metal::fma(v3_1.y, a1_3_.y, _e2295);
                        float _e2299 = t_18;
                        t_18 = metal::fma(v3_1.z, a1_3_.z, _e2299);
                        float _e2303 = t_18;
                        t_18 = metal::fma(v3_1.w, a1_3_.w, _e2303);
                        float _e2305 = t_18;
                        float _e2306 = s1_1_;
                        s1_1_ = metal::fma(scale0_1, _e2305, _e2306);
                    }
                    float _e2309 = s1_1_;
                    s1_1_ = metal::fma(-(less0_1), t1_0_, _e2309);
                    {
                        t_19 = 0.0;
                        float _e2315 = t_19;
                        t_19 = metal::fma(v4_1.x, a1_4_.x, _e2315);
                        float _e2319 = t_19;
                        t_19 = metal::fma(v4_1.y, a1_4_.y, _e2319);
                        float _e2323 = t_19;
                        t_19 = metal::fma(v4_1.z, a1_4_.z, _e2323);
                        float _e2327 = t_19;
                        t_19 = metal::fma(v4_1.w, a1_4_.w, _e2327);
                        float _e2331 = t_19;
                        t_19 = metal::fma(v5_1.x, a1_5_.x, _e2331);
                        float _e2335 = t_19;
                        t_19 = metal::fma(v5_1.y, a1_5_.y, _e2335);
                        float _e2339 = t_19;
                        t_19 = metal::fma(v5_1.z, a1_5_.z, _e2339);
                        float _e2343 = t_19;
                        t_19 = metal::fma(v5_1.w, a1_5_.w, _e2343);
                        float _e2347 = t_19;
                        t_19 = metal::fma(v6_1.x, a1_6_.x, _e2347);
                        float _e2351 = t_19;
                        t_19 = metal::fma(v6_1.y, a1_6_.y, _e2351);
                        float _e2355 = t_19;
                        t_19 = metal::fma(v6_1.z, a1_6_.z, _e2355);
                        float _e2359 = t_19;
                        t_19 = metal::fma(v6_1.w, a1_6_.w, _e2359);
                        float _e2363 = t_19;
                        t_19 = metal::fma(v7_1.x, a1_7_.x, _e2363);
                        float _e2367 = t_19;
                        t_19 = metal::fma(v7_1.y, a1_7_.y, _e2367);
                        float _e2371 = t_19;
                        t_19 = metal::fma(v7_1.z, a1_7_.z, _e2371);
                        float _e2375 = t_19;
                        t_19 = metal::fma(v7_1.w, a1_7_.w, _e2375);
                        float _e2377 = t_19;
                        float _e2378 = s1_1_;
                        s1_1_ = metal::fma(scale1_1, _e2377, _e2378);
                    }
                    float _e2381 = s1_1_;
                    s1_1_ = metal::fma(-(less1_1), t1_1_, _e2381);
                    {
                        t_20 = 0.0;
                        float _e2387 = t_20;
                        t_20 = metal::fma(v0_1.x, a2_0_.x, _e2387);
                        float _e2391 = t_20;
                        t_20 = metal::fma(v0_1.y, a2_0_.y, _e2391);
                        float _e2395 = t_20;
                        t_20 = metal::fma(v0_1.z, a2_0_.z, _e2395);
                        float _e2399 = t_20;
                        t_20 = metal::fma(v0_1.w, a2_0_.w, _e2399);
                        float _e2403 = t_20;
                        t_20 = metal::fma(v1_1.x, a2_1_.x, _e2403);
                        float _e2407 = t_20;
                        t_20 = metal::fma(v1_1.y, a2_1_.y, _e2407);
                        float _e2411 = t_20;
                        t_20 = metal::fma(v1_1.z, a2_1_.z, _e2411);
                        float _e2415 = t_20;
                        t_20 = metal::fma(v1_1.w, a2_1_.w, _e2415);
                        float _e2419 = t_20;
                        t_20 = metal::fma(v2_1.x, a2_2_.x, _e2419);
                        float _e2423 = t_20;
                        t_20 = metal::fma(v2_1.y, a2_2_.y, _e2423);
                        float _e2427 = t_20;
                        t_20 = metal::fma(v2_1.z, a2_2_.z, _e2427);
                        float _e2431 = t_20;
                        t_20 = metal::fma(v2_1.w, a2_2_.w, _e2431);
                        float _e2435 = t_20;
                        t_20 = metal::fma(v3_1.x, a2_3_.x, _e2435);
                        float _e2439 = t_20;
                        t_20 = metal::fma(v3_1.y, a2_3_.y, _e2439);
                        float _e2443 = t_20;
                        t_20 = metal::fma(v3_1.z, a2_3_.z, _e2443);
                        float _e2447 = t_20;
                        t_20 = metal::fma(v3_1.w, a2_3_.w, _e2447);
                        float _e2449 = t_20;
                        float _e2450 = s1_2_;
                        s1_2_ = metal::fma(scale0_1, _e2449, _e2450);
                    }
                    float _e2453 = s1_2_;
                    s1_2_ = metal::fma(-(less0_1), t2_0_, _e2453);
                    {
                        t_21 = 0.0;
                        float _e2459 = t_21;
                        t_21 = metal::fma(v4_1.x, a2_4_.x, _e2459);
                        float _e2463 = t_21;
                        t_21 = metal::fma(v4_1.y, a2_4_.y, _e2463);
                        float _e2467 = t_21;
                        t_21 = metal::fma(v4_1.z, a2_4_.z, _e2467);
                        float _e2471 = t_21;
                        t_21 = metal::fma(v4_1.w, a2_4_.w, _e2471);
                        float _e2475 = t_21;
                        t_21 = metal::fma(v5_1.x, a2_5_.x, _e2475);
                        float _e2479 = t_21;
                        t_21 = metal::fma(v5_1.y, a2_5_.y, _e2479);
                        float _e2483 = t_21;
                        t_21 = metal::fma(v5_1.z, a2_5_.z, _e2483);
                        float _e2487 = t_21;
                        t_21 = metal::fma(v5_1.w, a2_5_.w, _e2487);
                        float _e2491 = t_21;
                        t_21 = metal::fma(v6_1.x, a2_6_.x, _e2491);
                        float _e2495 = t_21;
                        t_21 = metal::fma(v6_1.y, a2_6_.y, _e2495);
                        float _e2499 = t_21;
                        t_21 = metal::fma(v6_1.z, a2_6_.z, _e2499);
                        float _e2503 = t_21;
                        t_21 = metal::fma(v6_1.w, a2_6_.w, _e2503);
                        float _e2507 = t_21;
                        t_21 = metal::fma(v7_1.x, a2_7_.x, _e2507);
                        float _e2511 = t_21;
                        t_21 = metal::fma(v7_1.y, a2_7_.y, _e2511);
                        float _e2515 = t_21;
                        t_21 = metal::fma(v7_1.z, a2_7_.z, _e2515);
                        float _e2519 = t_21;
                        t_21 = metal::fma(v7_1.w, a2_7_.w, _e2519);
                        float _e2521 = t_21;
                        float _e2522 = s1_2_;
                        s1_2_ = metal::fma(scale1_1, _e2521, _e2522);
                    }
                    float _e2525 = s1_2_;
                    s1_2_ = metal::fma(-(less1_1), t2_1_, _e2525);
                    {
                        t_22 = 0.0;
                        float _e2531 = t_22;
                        t_22 = metal::fma(v0_1.x, a3_0_.x, _e2531);
                        float _e2535 = t_22;
                        t_22 = metal::fma(v0_1.y, a3_0_.y, _e2535);
                        float _e2539 = t_22;
                        t_22 = metal::fma(v0_1.z, a3_0_.z, _e2539);
                        float _e2543 = t_22;
                        t_22 = metal::fma(v0_1.w, a3_0_.w, _e2543);
                        float _e2547 = t_22;
                        t_22 = metal::fma(v1_1.x, a3_1_.x, _e2547);
                        float _e2551 = t_22;
                        t_22 = metal::fma(v1_1.y, a3_1_.y, _e2551);
                        float _e2555 = t_22;
                        t_22 = metal::fma(v1_1.z, a3_1_.z, _e2555);
                        float _e2559 = t_22;
                        t_22 = metal::fma(v1_1.w, a3_1_.w, _e2559);
                        float _e2563 = t_22;
                        t_22 = metal::fma(v2_1.x, a3_2_.x, _e2563);
                        float _e2567 = t_22;
                        t_22 = metal::fma(v2_1.y, a3_2_.y, _e2567);
                        float _e2571 = t_22;
                        t_22 = metal::fma(v2_1.z, a3_2_.z, _e2571);
                        float _e2575 = t_22;
                        t_22 = metal::fma(v2_1.w, a3_2_.w, _e2575);
                        float _e2579 = t_22;
                        t_22 = metal::fma(v3_1.x, a3_3_.x, _e2579);
                        float _e2583 = t_22;
                        t_22 = metal::fma(v3_1.y, a3_3_.y, _e2583);
                        float _e2587 = t_22;
                        t_22 = metal::fma(v3_1.z, a3_3_.z, _e2587);
                        float _e2591 = t_22;
                        t_22 = metal::fma(v3_1.w, a3_3_.w, _e2591);
                        float _e2593 = t_22;
                        float _e2594 = s1_3_;
                        s1_3_ = metal::fma(scale0_1, _e2593, _e2594);
                    }
                    float _e2597 = s1_3_;
                    s1_3_ = metal::fma(-(less0_1), t3_0_, _e2597);
                    {
                        t_23 = 0.0;
                        float _e2603 = t_23;
                        t_23 = metal::fma(v4_1.x, a3_4_.x, _e2603);
                        float _e2607 = t_23;
                        t_23 = metal::fma(v4_1.y, a3_4_.y, _e2607);
                        float _e2611 = t_23;
                        t_23 = metal::fma(v4_1.z, a3_4_.z, _e2611);
                        float _e2615 = t_23;
                        t_23 = metal::fma(v4_1.w, a3_4_.w, _e2615);
                        float _e2619 = t_23;
                        t_23 = metal::fma(v5_1.x, a3_5_.x, _e2619);
                        float _e2623 = t_23;
                        t_23 = metal::fma(v5_1.y, a3_5_.y, _e2623);
                        float _e2627 = t_23;
                        t_23 = metal::fma(v5_1.z, a3_5_.z, _e2627);
                        float _e2631 = t_23;
                        t_23 = metal::fma(v5_1.w, a3_5_.w, _e2631);
                        float _e2635 = t_23;
                        t_23 = metal::fma(v6_1.x, a3_6_.x, _e2635);
                        float _e2639 = t_23;
                        t_23 = metal::fma(v6_1.y, a3_6_.y, _e2639);
                        float _e2643 = t_23;
                        t_23 = metal::fma(v6_1.z, a3_6_.z, _e2643);
                        float _e2647 = t_23;
                        t_23 = metal::fma(v6_1.w, a3_6_.w, _e2647);
                        float _e2651 = t_23;
                        t_23 = metal::fma(v7_1.x, a3_7_.x, _e2651);
                        float _e2655 = t_23;
                        t_23 = metal::fma(v7_1.y, a3_7_.y, _e2655);
                        float _e2659 = t_23;
                        t_23 = metal::fma(v7_1.z, a3_7_.z, _e2659);
                        float _e2663 = t_23;
                        t_23 = metal::fma(v7_1.w, a3_7_.w, _e2663);
                        float _e2665 = t_23;
                        float _e2666 = s1_3_;
                        s1_3_ = metal::fma(scale1_1, _e2665, _e2666);
                    }
                    float _e2669 = s1_3_;
                    s1_3_ = metal::fma(-(less1_1), t3_1_, _e2669);
                    {
                        t_24 = 0.0;
                        float _e2675 = t_24;
                        t_24 = metal::fma(v0_1.x, a4_0_.x, _e2675);
                        float _e2679 = t_24;
                        t_24 = metal::fma(v0_1.y, a4_0_.y, _e2679);
                        float _e2683 = t_24;
                        t_24 = metal::fma(v0_1.z, a4_0_.z, _e2683);
                        float _e2687 = t_24;
                        t_24 = metal::fma(v0_1.w, a4_0_.w, _e2687);
                        float _e2691 = t_24;
                        t_24 = metal::fma(v1_1.x, a4_1_.x, _e2691);
                        float _e2695 = t_24;
                        t_24 = metal::fma(v1_1.y, a4_1_.y, _e2695);
                        float _e2699 = t_24;
                        t_24 = metal::fma(v1_1.z, a4_1_.z, _e2699);
                        float _e2703 = t_24;
                        t_24 = metal::fma(v1_1.w, a4_1_.w, _e2703);
                        float _e2707 = t_24;
                        t_24 = metal::fma(v2_1.x, a4_2_.x, _e2707);
                        float _e2711 = t_24;
                        t_24 = metal::fma(v2_1.y, a4_2_.y, _e2711);
                        float _e2715 = t_24;
                        t_24 = metal::fma(v2_1.z, a4_2_.z, _e2715);
                        float _e2719 = t_24;
                        t_24 = metal::fma(v2_1.w, a4_2_.w, _e2719);
                        float _e2723 = t_24;
                        t_24 = metal::fma(v3_1.x, a4_3_.x, _e2723);
                        float _e2727 = t_24;
                        t_24 = metal::fma(v3_1.y, a4_3_.y, _e2727);
                        float _e2731 = t_24;
                        t_24 = metal::fma(v3_1.z, a4_3_.z, _e2731);
                        float _e2735 = t_24;
                        t_24 = metal::fma(v3_1.w, a4_3_.w, _e2735);
                        float _e2737 = t_24;
                        float _e2738 = s1_4_;
                        s1_4_ = metal::fma(scale0_1, _e2737, _e2738);
                    }
                    float _e2741 = s1_4_;
                    s1_4_ = metal::fma(-(less0_1), t4_0_, _e2741);
                    {
                        t_25 = 0.0;
                        float _e2747 = t_25;
                        t_25 = metal::fma(v4_1.x, a4_4_.x, _e2747);
                        float _e2751 = t_25;
                        t_25 = metal::fma(v4_1.y, a4_4_.y, _e2751);
                        float _e2755 = t_25;
                        t_25 = metal::fma(v4_1.z, a4_4_.z, _e2755);
                        float _e2759 = t_25;
                        t_25 = metal::fma(v4_1.w, a4_4_.w, _e2759);
                        float _e2763 = t_25;
                        t_25 = metal::fma(v5_1.x, a4_5_.x, _e2763);
                        float _e2767 = t_25;
                        t_25 = metal::fma(v5_1.y, a4_5_.y, _e2767);
                        float _e2771 = t_25;
                        t_25 = metal::fma(v5_1.z, a4_5_.z, _e2771);
                        float _e2775 = t_25;
                        t_25 = metal::fma(v5_1.w, a4_5_.w, _e2775);
                        float _e2779 = t_25;
                        t_25 = metal::fma(v6_1.x, a4_6_.x, _e2779);
                        float _e2783 = t_25;
                        t_25 = metal::fma(v6_1.y, a4_6_.y, _e2783);
                        float _e2787 = t_25;
                        t_25 = metal::fma(v6_1.z, a4_6_.z, _e2787);
                        float _e2791 = t_25;
                        t_25 = metal::fma(v6_1.w, a4_6_.w, _e2791);
                        float _e2795 = t_25;
                        t_25 = metal::fma(v7_1.x, a4_7_.x, _e2795);
                        float _e2799 = t_25;
                        t_25 = metal::fma(v7_1.y, a4_7_.y, _e2799);
                        float _e2803 = t_25;
                        t_25 = metal::fma(v7_1.z, a4_7_.z, _e2803);
                        float _e2807 = t_25;
                        t_25 = metal::fma(v7_1.w, a4_7_.w, _e2807);
                        float _e2809 = t_25;
                        float _e2810 = s1_4_;
                        s1_4_ = metal::fma(scale1_1, _e2809, _e2810);
                    }
                    float _e2813 = s1_4_;
                    s1_4_ = metal::fma(-(less1_1), t4_1_, _e2813);
                    {
                        t_26 = 0.0;
                        float _e2819 = t_26;
                        t_26 = metal::fma(v0_1.x, a5_0_.x, _e2819);
                        float _e2823 = t_26;
                        t_26 = metal::fma(v0_1.y, a5_0_.y, _e2823);
                        float _e2827 = t_26;
                        t_26 = metal::fma(v0_1.z, a5_0_.z, _e2827);
                        float _e2831 = t_26;
                        t_26 = metal::fma(v0_1.w, a5_0_.w, _e2831);
                        float _e2835 = t_26;
                        t_26 = metal::fma(v1_1.x, a5_1_.x, _e2835);
                        float _e2839 = t_26;
                        t_26 = metal::fma(v1_1.y, a5_1_.y, _e2839);
                        float _e2843 = t_26;
                        t_26 = metal::fma(v1_1.z, a5_1_.z, _e2843);
                        float _e2847 = t_26;
                        t_26 = metal::fma(v1_1.w, a5_1_.w, _e2847);
                        float _e2851 = t_26;
                        t_26 = metal::fma(v2_1.x, a5_2_.x, _e2851);
                        float _e2855 = t_26;
                        t_26 = metal::fma(v2_1.y, a5_2_.y, _e2855);
                        float _e2859 = t_26;
                        t_26 = metal::fma(v2_1.z, a5_2_.z, _e2859);
                        float _e2863 = t_26;
                        t_26 = metal::fma(v2_1.w, a5_2_.w, _e2863);
                        float _e2867 = t_26;
                        t_26 = metal::fma(v3_1.x, a5_3_.x, _e2867);
                        float _e2871 = t_26;
                        t_26 = metal::fma(v3_1.y, a5_3_.y, _e2871);
                        float _e2875 = t_26;
                        t_26 = metal::fma(v3_1.z, a5_3_.z, _e2875);
                        float _e2879 = t_26;
                        t_26 = metal::fma(v3_1.w, a5_3_.w, _e2879);
                        float _e2881 = t_26;
                        float _e2882 = s1_5_;
                        s1_5_ = metal::fma(scale0_1, _e2881, _e2882);
                    }
                    float _e2885 = s1_5_;
                    s1_5_ = metal::fma(-(less0_1), t5_0_, _e2885);
                    {
                        t_27 = 0.0;
                        float _e2891 = t_27;
                        t_27 = metal::fma(v4_1.x, a5_4_.x, _e2891);
                        float _e2895 = t_27;
                        t_27 = metal::fma(v4_1.y, a5_4_.y, _e2895);
                        float _e2899 = t_27;
                        t_27 = metal::fma(v4_1.z, a5_4_.z, _e2899);
                        float _e2903 = t_27;
                        t_27 = metal::fma(v4_1.w, a5_4_.w, _e2903);
                        float _e2907 = t_27;
                        t_27 = metal::fma(v5_1.x, a5_5_.x, _e2907);
                        float _e2911 = t_27;
                        t_27 = metal::fma(v5_1.y, a5_5_.y, _e2911);
                        float _e2915 = t_27;
                        t_27 = metal::fma(v5_1.z, a5_5_.z, _e2915);
                        float _e2919 = t_27;
                        t_27 = metal::fma(v5_1.w, a5_5_.w, _e2919);
                        float _e2923 = t_27;
                        t_27 = metal::fma(v6_1.x, a5_6_.x, _e2923);
                        float _e2927 = t_27;
                        t_27 = metal::fma(v6_1.y, a5_6_.y, _e2927);
                        float _e2931 = t_27;
                        t_27 = metal::fma(v6_1.z, a5_6_.z, _e2931);
                        float _e2935 = t_27;
                        t_27 = metal::fma(v6_1.w, a5_6_.w, _e2935);
                        float _e2939 = t_27;
                        t_27 = metal::fma(v7_1.x, a5_7_.x, _e2939);
                        float _e2943 = t_27;
                        t_27 = metal::fma(v7_1.y, a5_7_.y, _e2943);
                        float _e2947 = t_27;
                        t_27 = metal::fma(v7_1.z, a5_7_.z, _e2947);
                        float _e2951 = t_27;
                        t_27 = metal::fma(v7_1.w, a5_7_.w, _e2951);
                        float _e2953 = t_27;
                        float _e2954 = s1_5_;
                        s1_5_ = metal::fma(scale1_1, _e2953, _e2954);
                    }
                    float _e2957 = s1_5_;
                    s1_5_ = metal::fma(-(less1_1), t5_1_, _e2957);
                    {
                        t_28 = 0.0;
                        float _e2963 = t_28;
                        t_28 = metal::fma(v0_1.x, a6_0_.x, _e2963);
                        float _e2967 = t_28;
                        t_28 = metal::fma(v0_1.y, a6_0_.y, _e2967);
                        float _e2971 = t_28;
                        t_28 = metal::fma(v0_1.z, a6_0_.z, _e2971);
                        float _e2975 = t_28;
                        t_28 = metal::fma(v0_1.w, a6_0_.w, _e2975);
                        float _e2979 = t_28;
                        t_28 = metal::fma(v1_1.x, a6_1_.x, _e2979);
                        float _e2983 = t_28;
                        t_28 = metal::fma(v1_1.y, a6_1_.y, _e2983);
                        float _e2987 = t_28;
                        t_28 = metal::fma(v1_1.z, a6_1_.z, _e2987);
                        float _e2991 = t_28;
                        t_28 = metal::fma(v1_1.w, a6_1_.w, _e2991);
                        float _e2995 = t_28;
                        t_28 = metal::fma(v2_1.x, a6_2_.x, _e2995);
                        float _e2999 = t_28;
                        t_28 = metal::fma(v2_1.y, a6_2_.y, _e2999);
                        float _e3003 = t_28;
                        t_28 = metal::fma(v2_1.z, a6_2_.z, _e3003);
                        float _e3007 = t_28;
                        t_28 = metal::fma(v2_1.w, a6_2_.w, _e3007);
                        float _e3011 = t_28;
                        t_28 = metal::fma(v3_1.x, a6_3_.x, _e3011);
                        float _e3015 = t_28;
                        t_28 = metal::fma(v3_1.y, a6_3_.y, _e3015);
                        float _e3019 = t_28;
                        t_28 = metal::fma(v3_1.z, a6_3_.z, _e3019);
                        float _e3023 = t_28;
                        t_28 = metal::fma(v3_1.w, a6_3_.w, _e3023);
                        float _e3025 = t_28;
                        float _e3026 = s1_6_;
                        s1_6_ = metal::fma(scale0_1, _e3025, _e3026);
                    }
                    float _e3029 = s1_6_;
                    s1_6_ = metal::fma(-(less0_1), t6_0_, _e3029);
                    {
                        t_29 = 0.0;
                        float _e3035 = t_29;
                        t_29 = metal::fma(v4_1.x, a6_4_.x, _e3035);
                        float _e3039 = t_29;
                        t_29 = metal::fma(v4_1.y, a6_4_.y, _e3039);
                        float _e3043 = t_29;
                        t_29 = metal::fma(v4_1.z, a6_4_.z, _e3043);
                        float _e3047 = t_29;
                        t_29 = metal::fma(v4_1.w, a6_4_.w, _e3047);
                        float _e3051 = t_29;
                        t_29 = metal::fma(v5_1.x, a6_5_.x, _e3051);
                        float _e3055 = t_29;
                        t_29 = metal::fma(v5_1.y, a6_5_.y, _e3055);
                        float _e3059 = t_29;
                        t_29 = metal::fma(v5_1.z, a6_5_.z, _e3059);
                        float _e3063 = t_29;
                        t_29 = metal::fma(v5_1.w, a6_5_.w, _e3063);
                        float _e3067 = t_29;
                        t_29 = metal::fma(v6_1.x, a6_6_.x, _e3067);
                        float _e3071 = t_29;
                        t_29 = metal::fma(v6_1.y, a6_6_.y, _e3071);
                        float _e3075 = t_29;
                        t_29 = metal::fma(v6_1.z, a6_6_.z, _e3075);
                        float _e3079 = t_29;
                        t_29 = metal::fma(v6_1.w, a6_6_.w, _e3079);
                        float _e3083 = t_29;
                        t_29 = metal::fma(v7_1.x, a6_7_.x, _e3083);
                        float _e3087 = t_29;
                        t_29 = metal::fma(v7_1.y, a6_7_.y, _e3087);
                        float _e3091 = t_29;
                        t_29 = metal::fma(v7_1.z, a6_7_.z, _e3091);
                        float _e3095 = t_29;
                        t_29 = metal::fma(v7_1.w, a6_7_.w, _e3095);
                        float _e3097 = t_29;
                        float _e3098 = s1_6_;
                        s1_6_ = metal::fma(scale1_1, _e3097, _e3098);
                    }
                    float _e3101 = s1_6_;
                    s1_6_ = metal::fma(-(less1_1), t6_1_, _e3101);
                    {
                        t_30 = 0.0;
                        float _e3107 = t_30;
                        t_30 = metal::fma(v0_1.x, a7_0_.x, _e3107);
                        float _e3111 = t_30;
                        t_30 = metal::fma(v0_1.y, a7_0_.y, _e3111);
                        float _e3115 = t_30;
                        t_30 = metal::fma(v0_1.z, a7_0_.z, _e3115);
                        float _e3119 = t_30;
                        t_30 = metal::fma(v0_1.w, a7_0_.w, _e3119);
                        float _e3123 = t_30;
                        t_30 = metal::fma(v1_1.x, a7_1_.x, _e3123);
                        float _e3127 = t_30;
                        t_30 = metal::fma(v1_1.y, a7_1_.y, _e3127);
                        float _e3131 = t_30;
                        t_30 = metal::fma(v1_1.z, a7_1_.z, _e3131);
                        float _e3135 = t_30;
                        t_30 = metal::fma(v1_1.w, a7_1_.w, _e3135);
                        float _e3139 = t_30;
                        t_30 = metal::fma(v2_1.x, a7_2_.x, _e3139);
                        float _e3143 = t_30;
                        t_30 = metal::fma(v2_1.y, a7_2_.y, _e3143);
                        float _e3147 = t_30;
                        t_30 = metal::fma(v2_1.z, a7_2_.z, _e3147);
                        float _e3151 = t_30;
                        t_30 = metal::fma(v2_1.w, a7_2_.w, _e3151);
                        float _e3155 = t_30;
                        t_30 = metal::fma(v3_1.x, a7_3_.x, _e3155);
                        float _e3159 = t_30;
                        t_30 = metal::fma(v3_1.y, a7_3_.y, _e3159);
                        float _e3163 = t_30;
                        t_30 = metal::fma(v3_1.z, a7_3_.z, _e3163);
                        float _e3167 = t_30;
                        t_30 = metal::fma(v3_1.w, a7_3_.w, _e3167);
                        float _e3169 = t_30;
                        float _e3170 = s1_7_;
                        s1_7_ = metal::fma(scale0_1, _e3169, _e3170);
                    }
                    float _e3173 = s1_7_;
                    s1_7_ = metal::fma(-(less0_1), t7_0_, _e3173);
                    {
                        t_31 = 0.0;
                        float _e3179 = t_31;
                        t_31 = metal::fma(v4_1.x, a7_4_.x, _e3179);
                        float _e3183 = t_31;
                        t_31 = metal::fma(v4_1.y, a7_4_.y, _e3183);
                        float _e3187 = t_31;
                        t_31 = metal::fma(v4_1.z, a7_4_.z, _e3187);
                        float _e3191 = t_31;
                        t_31 = metal::fma(v4_1.w, a7_4_.w, _e3191);
                        float _e3195 = t_31;
                        t_31 = metal::fma(v5_1.x, a7_5_.x, _e3195);
                        float _e3199 = t_31;
                        t_31 = metal::fma(v5_1.y, a7_5_.y, _e3199);
                        float _e3203 = t_31;
                        t_31 = metal::fma(v5_1.z, a7_5_.z, _e3203);
                        float _e3207 = t_31;
                        t_31 = metal::fma(v5_1.w, a7_5_.w, _e3207);
                        float _e3211 = t_31;
                        t_31 = metal::fma(v6_1.x, a7_6_.x, _e3211);
                        float _e3215 = t_31;
                        t_31 = metal::fma(v6_1.y, a7_6_.y, _e3215);
                        float _e3219 = t_31;
                        t_31 = metal::fma(v6_1.z, a7_6_.z, _e3219);
                        float _e3223 = t_31;
                        t_31 = metal::fma(v6_1.w, a7_6_.w, _e3223);
                        float _e3227 = t_31;
                        t_31 = metal::fma(v7_1.x, a7_7_.x, _e3227);
                        float _e3231 = t_31;
                        t_31 = metal::fma(v7_1.y, a7_7_.y, _e3231);
                        float _e3235 = t_31;
                        t_31 = metal::fma(v7_1.z, a7_7_.z, _e3235);
                        float _e3239 = t_31;
                        t_31 = metal::fma(v7_1.w, a7_7_.w, _e3239);
                        float _e3241 = t_31;
                        float _e3242 = s1_7_;
                        s1_7_ = metal::fma(scale1_1, _e3241, _e3242);
                    }
                    float _e3245 = s1_7_;
                    s1_7_ = metal::fma(-(less1_1), t7_1_, _e3245);
                }
            }
            {
                float _e3247 = s0_0_;
                float unnamed = metal::simd_sum(_e3247);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 0u] = unnamed;
                }
            }
            {
                float _e3257 = s1_0_;
                float unnamed_1 = metal::simd_sum(_e3257);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 8u] = unnamed_1;
                }
            }
            {
                float _e3267 = s0_1_;
                float unnamed_2 = metal::simd_sum(_e3267);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 1u] = unnamed_2;
                }
            }
            {
                float _e3277 = s1_1_;
                float unnamed_3 = metal::simd_sum(_e3277);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 9u] = unnamed_3;
                }
            }
            {
                float _e3287 = s0_2_;
                float unnamed_4 = metal::simd_sum(_e3287);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 2u] = unnamed_4;
                }
            }
            {
                float _e3297 = s1_2_;
                float unnamed_5 = metal::simd_sum(_e3297);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 10u] = unnamed_5;
                }
            }
            {
                float _e3307 = s0_3_;
                float unnamed_6 = metal::simd_sum(_e3307);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 3u] = unnamed_6;
                }
            }
            {
                float _e3317 = s1_3_;
                float unnamed_7 = metal::simd_sum(_e3317);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 11u] = unnamed_7;
                }
            }
            {
                float _e3327 = s0_4_;
                float unnamed_8 = metal::simd_sum(_e3327);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 4u] = unnamed_8;
                }
            }
            {
                float _e3337 = s1_4_;
                float unnamed_9 = metal::simd_sum(_e3337);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 12u] = unnamed_9;
                }
            }
            {
                float _e3347 = s0_5_;
                float unnamed_10 = metal::simd_sum(_e3347);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 5u] = unnamed_10;
                }
            }
            {
                float _e3357 = s1_5_;
                float unnamed_11 = metal::simd_sum(_e3357);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 13u] = unnamed_11;
                }
            }
            {
                float _e3367 = s0_6_;
                float unnamed_12 = metal::simd_sum(_e3367);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 6u] = unnamed_12;
                }
            }
            {
                float _e3377 = s1_6_;
                float unnamed_13 = metal::simd_sum(_e3377);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 14u] = unnamed_13;
                }
            }
            {
                float _e3387 = s0_7_;
                float unnamed_14 = metal::simd_sum(_e3387);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 7u] = unnamed_14;
                }
            }
            {
                float _e3397 = s1_7_;
                float unnamed_15 = metal::simd_sum(_e3397);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 15u] = unnamed_15;
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            i = thread_;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e3467 = i;
                    i = _e3467 + 256u;
                }
                loop_init_1 = false;
                uint _e3408 = i;
                if (_e3408 < 128u) {
                } else {
                    break;
                }
                {
                    uint _e3411 = i;
                    uint own = _e3411 / 16u;
                    uint _e3414 = i;
                    uint m = (_e3414 % 16u) / 8u;
                    uint _e3419 = i;
                    uint r = _e3419 % 8u;
                    uint n = ((group * 16u) + (own * 2u)) + m;
                    uint _e3428 = base;
                    uint row = _e3428 + r;
                    if (n < 768u) {
                        local = row < live;
                    } else {
                        local = false;
                    }
                    bool _e3436 = local;
                    if (_e3436) {
                        float _e3450 = parts.inner[((((own * 1u) + 0u) * 16u) + (m * 8u)) + r];
                        float _e3454 = bias[n];
                        float sum = (_e3450 * 1.0) + _e3454;
                        uint to = ((row * 768u) + n) + 0u;
                        float _e3465 = y[to];
                        y[to] = _e3465 + sum;
                    }
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    return;
}
