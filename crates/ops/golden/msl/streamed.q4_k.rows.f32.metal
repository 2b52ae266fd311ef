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
            uint _e3473 = base;
            base = _e3473 + 8u;
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
                metal::float4 _e330 = x[x0_ + c0_];
                metal::float4 a0_0_ = own0_ ? _e330 : metal::float4 {};
                metal::float4 _e336 = x[x0_ + c1_];
                metal::float4 a0_1_ = own0_ ? _e336 : metal::float4 {};
                metal::float4 _e342 = x[x0_ + c2_];
                metal::float4 a0_2_ = own0_ ? _e342 : metal::float4 {};
                metal::float4 _e348 = x[x0_ + c3_];
                metal::float4 a0_3_ = own0_ ? _e348 : metal::float4 {};
                metal::float4 _e354 = x[x0_ + c4_];
                metal::float4 a0_4_ = own0_ ? _e354 : metal::float4 {};
                metal::float4 _e360 = x[x0_ + c5_];
                metal::float4 a0_5_ = own0_ ? _e360 : metal::float4 {};
                metal::float4 _e366 = x[x0_ + c6_];
                metal::float4 a0_6_ = own0_ ? _e366 : metal::float4 {};
                metal::float4 _e372 = x[x0_ + c7_];
                metal::float4 a0_7_ = own0_ ? _e372 : metal::float4 {};
                float t0_0_ = metal::dot(((a0_0_ + a0_1_) + a0_2_) + a0_3_, metal::float4(1.0));
                float t0_1_ = metal::dot(((a0_4_ + a0_5_) + a0_6_) + a0_7_, metal::float4(1.0));
                metal::float4 _e390 = x[x1_ + c0_];
                metal::float4 a1_0_ = own0_ ? _e390 : metal::float4 {};
                metal::float4 _e396 = x[x1_ + c1_];
                metal::float4 a1_1_ = own0_ ? _e396 : metal::float4 {};
                metal::float4 _e402 = x[x1_ + c2_];
                metal::float4 a1_2_ = own0_ ? _e402 : metal::float4 {};
                metal::float4 _e408 = x[x1_ + c3_];
                metal::float4 a1_3_ = own0_ ? _e408 : metal::float4 {};
                metal::float4 _e414 = x[x1_ + c4_];
                metal::float4 a1_4_ = own0_ ? _e414 : metal::float4 {};
                metal::float4 _e420 = x[x1_ + c5_];
                metal::float4 a1_5_ = own0_ ? _e420 : metal::float4 {};
                metal::float4 _e426 = x[x1_ + c6_];
                metal::float4 a1_6_ = own0_ ? _e426 : metal::float4 {};
                metal::float4 _e432 = x[x1_ + c7_];
                metal::float4 a1_7_ = own0_ ? _e432 : metal::float4 {};
                float t1_0_ = metal::dot(((a1_0_ + a1_1_) + a1_2_) + a1_3_, metal::float4(1.0));
                float t1_1_ = metal::dot(((a1_4_ + a1_5_) + a1_6_) + a1_7_, metal::float4(1.0));
                metal::float4 _e450 = x[x2_ + c0_];
                metal::float4 a2_0_ = own0_ ? _e450 : metal::float4 {};
                metal::float4 _e456 = x[x2_ + c1_];
                metal::float4 a2_1_ = own0_ ? _e456 : metal::float4 {};
                metal::float4 _e462 = x[x2_ + c2_];
                metal::float4 a2_2_ = own0_ ? _e462 : metal::float4 {};
                metal::float4 _e468 = x[x2_ + c3_];
                metal::float4 a2_3_ = own0_ ? _e468 : metal::float4 {};
                metal::float4 _e474 = x[x2_ + c4_];
                metal::float4 a2_4_ = own0_ ? _e474 : metal::float4 {};
                metal::float4 _e480 = x[x2_ + c5_];
                metal::float4 a2_5_ = own0_ ? _e480 : metal::float4 {};
                metal::float4 _e486 = x[x2_ + c6_];
                metal::float4 a2_6_ = own0_ ? _e486 : metal::float4 {};
                metal::float4 _e492 = x[x2_ + c7_];
                metal::float4 a2_7_ = own0_ ? _e492 : metal::float4 {};
                float t2_0_ = metal::dot(((a2_0_ + a2_1_) + a2_2_) + a2_3_, metal::float4(1.0));
                float t2_1_ = metal::dot(((a2_4_ + a2_5_) + a2_6_) + a2_7_, metal::float4(1.0));
                metal::float4 _e510 = x[x3_ + c0_];
                metal::float4 a3_0_ = own0_ ? _e510 : metal::float4 {};
                metal::float4 _e516 = x[x3_ + c1_];
                metal::float4 a3_1_ = own0_ ? _e516 : metal::float4 {};
                metal::float4 _e522 = x[x3_ + c2_];
                metal::float4 a3_2_ = own0_ ? _e522 : metal::float4 {};
                metal::float4 _e528 = x[x3_ + c3_];
                metal::float4 a3_3_ = own0_ ? _e528 : metal::float4 {};
                metal::float4 _e534 = x[x3_ + c4_];
                metal::float4 a3_4_ = own0_ ? _e534 : metal::float4 {};
                metal::float4 _e540 = x[x3_ + c5_];
                metal::float4 a3_5_ = own0_ ? _e540 : metal::float4 {};
                metal::float4 _e546 = x[x3_ + c6_];
                metal::float4 a3_6_ = own0_ ? _e546 : metal::float4 {};
                metal::float4 _e552 = x[x3_ + c7_];
                metal::float4 a3_7_ = own0_ ? _e552 : metal::float4 {};
                float t3_0_ = metal::dot(((a3_0_ + a3_1_) + a3_2_) + a3_3_, metal::float4(1.0));
                float t3_1_ = metal::dot(((a3_4_ + a3_5_) + a3_6_) + a3_7_, metal::float4(1.0));
                metal::float4 _e570 = x[x4_ + c0_];
                metal::float4 a4_0_ = own0_ ? _e570 : metal::float4 {};
                metal::float4 _e576 = x[x4_ + c1_];
                metal::float4 a4_1_ = own0_ ? _e576 : metal::float4 {};
                metal::float4 _e582 = x[x4_ + c2_];
                metal::float4 a4_2_ = own0_ ? _e582 : metal::float4 {};
                metal::float4 _e588 = x[x4_ + c3_];
                metal::float4 a4_3_ = own0_ ? _e588 : metal::float4 {};
                metal::float4 _e594 = x[x4_ + c4_];
                metal::float4 a4_4_ = own0_ ? _e594 : metal::float4 {};
                metal::float4 _e600 = x[x4_ + c5_];
                metal::float4 a4_5_ = own0_ ? _e600 : metal::float4 {};
                metal::float4 _e606 = x[x4_ + c6_];
                metal::float4 a4_6_ = own0_ ? _e606 : metal::float4 {};
                metal::float4 _e612 = x[x4_ + c7_];
                metal::float4 a4_7_ = own0_ ? _e612 : metal::float4 {};
                float t4_0_ = metal::dot(((a4_0_ + a4_1_) + a4_2_) + a4_3_, metal::float4(1.0));
                float t4_1_ = metal::dot(((a4_4_ + a4_5_) + a4_6_) + a4_7_, metal::float4(1.0));
                metal::float4 _e630 = x[x5_ + c0_];
                metal::float4 a5_0_ = own0_ ? _e630 : metal::float4 {};
                metal::float4 _e636 = x[x5_ + c1_];
                metal::float4 a5_1_ = own0_ ? _e636 : metal::float4 {};
                metal::float4 _e642 = x[x5_ + c2_];
                metal::float4 a5_2_ = own0_ ? _e642 : metal::float4 {};
                metal::float4 _e648 = x[x5_ + c3_];
                metal::float4 a5_3_ = own0_ ? _e648 : metal::float4 {};
                metal::float4 _e654 = x[x5_ + c4_];
                metal::float4 a5_4_ = own0_ ? _e654 : metal::float4 {};
                metal::float4 _e660 = x[x5_ + c5_];
                metal::float4 a5_5_ = own0_ ? _e660 : metal::float4 {};
                metal::float4 _e666 = x[x5_ + c6_];
                metal::float4 a5_6_ = own0_ ? _e666 : metal::float4 {};
                metal::float4 _e672 = x[x5_ + c7_];
                metal::float4 a5_7_ = own0_ ? _e672 : metal::float4 {};
                float t5_0_ = metal::dot(((a5_0_ + a5_1_) + a5_2_) + a5_3_, metal::float4(1.0));
                float t5_1_ = metal::dot(((a5_4_ + a5_5_) + a5_6_) + a5_7_, metal::float4(1.0));
                metal::float4 _e690 = x[x6_ + c0_];
                metal::float4 a6_0_ = own0_ ? _e690 : metal::float4 {};
                metal::float4 _e696 = x[x6_ + c1_];
                metal::float4 a6_1_ = own0_ ? _e696 : metal::float4 {};
                metal::float4 _e702 = x[x6_ + c2_];
                metal::float4 a6_2_ = own0_ ? _e702 : metal::float4 {};
                metal::float4 _e708 = x[x6_ + c3_];
                metal::float4 a6_3_ = own0_ ? _e708 : metal::float4 {};
                metal::float4 _e714 = x[x6_ + c4_];
                metal::float4 a6_4_ = own0_ ? _e714 : metal::float4 {};
                metal::float4 _e720 = x[x6_ + c5_];
                metal::float4 a6_5_ = own0_ ? _e720 : metal::float4 {};
                metal::float4 _e726 = x[x6_ + c6_];
                metal::float4 a6_6_ = own0_ ? _e726 : metal::float4 {};
                metal::float4 _e732 = x[x6_ + c7_];
                metal::float4 a6_7_ = own0_ ? _e732 : metal::float4 {};
                float t6_0_ = metal::dot(((a6_0_ + a6_1_) + a6_2_) + a6_3_, metal::float4(1.0));
                float t6_1_ = metal::dot(((a6_4_ + a6_5_) + a6_6_) + a6_7_, metal::float4(1.0));
                metal::float4 _e750 = x[x7_ + c0_];
                metal::float4 a7_0_ = own0_ ? _e750 : metal::float4 {};
                metal::float4 _e756 = x[x7_ + c1_];
                metal::float4 a7_1_ = own0_ ? _e756 : metal::float4 {};
                metal::float4 _e762 = x[x7_ + c2_];
                metal::float4 a7_2_ = own0_ ? _e762 : metal::float4 {};
                metal::float4 _e768 = x[x7_ + c3_];
                metal::float4 a7_3_ = own0_ ? _e768 : metal::float4 {};
                metal::float4 _e774 = x[x7_ + c4_];
                metal::float4 a7_4_ = own0_ ? _e774 : metal::float4 {};
                metal::float4 _e780 = x[x7_ + c5_];
                metal::float4 a7_5_ = own0_ ? _e780 : metal::float4 {};
                metal::float4 _e786 = x[x7_ + c6_];
                metal::float4 a7_6_ = own0_ ? _e786 : metal::float4 {};
                metal::float4 _e792 = x[x7_ + c7_];
                metal::float4 a7_7_ = own0_ ? _e792 : metal::float4 {};
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
                    metal::float2 _e862 = scale_and_min(h0_0_, (((p0_ % 8u) / 2u) * 2u) + 0u);
                    float scale0_ = _e862.x;
                    float less0_ = _e862.y;
                    metal::float2 _e873 = scale_and_min(h0_0_, (((p0_ % 8u) / 2u) * 2u) + 1u);
                    float scale1_ = _e873.x;
                    float less1_ = _e873.y;
                    {
                        t = 0.0;
                        float _e880 = t;
                        t = metal::fma(v0_.x, a0_0_.x, _e880);
                        float _e884 = t;
                        t = metal::fma(v0_.y, a0_0_.y, _e884);
                        float _e888 = t;
                        t = metal::fma(v0_.z, a0_0_.z, _e888);
                        float _e892 = t;
                        t = metal::fma(v0_.w, a0_0_.w, _e892);
                        float _e896 = t;
                        t = metal::fma(v1_.x, a0_1_.x, _e896);
                        float _e900 = t;
                        t = metal::fma(v1_.y, a0_1_.y, _e900);
                        float _e904 = t;
                        t = metal::fma(v1_.z, a0_1_.z, _e904);
                        float _e908 = t;
                        t = metal::fma(v1_.w, a0_1_.w, _e908);
                        float _e912 = t;
                        t = metal::fma(v2_.x, a0_2_.x, _e912);
                        float _e916 = t;
                        t = metal::fma(v2_.y, a0_2_.y, _e916);
                        float _e920 = t;
                        t = metal::fma(v2_.z, a0_2_.z, _e920);
                        float _e924 = t;
                        t = metal::fma(v2_.w, a0_2_.w, _e924);
                        float _e928 = t;
                        t = metal::fma(v3_.x, a0_3_.x, _e928);
                        float _e932 = t;
                        t = metal::fma(v3_.y, a0_3_.y, _e932);
                        float _e936 = t;
                        t = metal::fma(v3_.z, a0_3_.z, _e936);
                        float _e940 = t;
                        t = metal::fma(v3_.w, a0_3_.w, _e940);
                        float _e942 = t;
                        float _e943 = s0_0_;
                        s0_0_ = metal::fma(scale0_, _e942, _e943);
                    }
                    float _e946 = s0_0_;
                    s0_0_ = metal::fma(-(less0_), t0_0_, _e946);
                    {
                        t_1 = 0.0;
                        float _e952 = t_1;
                        t_1 = metal::fma(v4_.x, a0_4_.x, _e952);
                        float _e956 = t_1;
                        t_1 = metal::fma(v4_.y, a0_4_.y, _e956);
                        float _e960 = t_1;
                        t_1 = metal::fma(v4_.z, a0_4_.z, _e960);
                        float _e964 = t_1;
                        t_1 = metal::fma(v4_.w, a0_4_.w, _e964);
                        float _e968 = t_1;
                        t_1 = metal::fma(v5_.x, a0_5_.x, _e968);
                        float _e972 = t_1;
                        t_1 = metal::fma(v5_.y, a0_5_.y, _e972);
                        float _e976 = t_1;
                        t_1 = metal::fma(v5_.z, a0_5_.z, _e976);
                        float _e980 = t_1;
                        t_1 = metal::fma(v5_.w, a0_5_.w, _e980);
                        float _e984 = t_1;
                        t_1 = metal::fma(v6_.x, a0_6_.x, _e984);
                        float _e988 = t_1;
                        t_1 = metal::fma(v6_.y, a0_6_.y, _e988);
                        float _e992 = t_1;
                        t_1 = metal::fma(v6_.z, a0_6_.z, _e992);
                        float _e996 = t_1;
                        t_1 = metal::fma(v6_.w, a0_6_.w, _e996);
                        float _e1000 = t_1;
                        t_1 = metal::fma(v7_.x, a0_7_.x, _e1000);
                        float _e1004 = t_1;
                        t_1 = metal::fma(v7_.y, a0_7_.y, _e1004);
                        float _e1008 = t_1;
                        t_1 = metal::fma(v7_.z, a0_7_.z, _e1008);
                        float _e1012 = t_1;
                        t_1 = metal::fma(v7_.w, a0_7_.w, _e1012);
                        float _e1014 = t_1;
                        float _e1015 = s0_0_;
                        s0_0_ = metal::fma(scale1_, _e1014, _e1015);
                    }
                    float _e1018 = s0_0_;
                    s0_0_ = metal::fma(-(less1_), t0_1_, _e1018);
                    {
                        t_2 = 0.0;
                        float _e1024 = t_2;
                        t_2 = metal::fma(v0_.x, a1_0_.x, _e1024);
                        float _e1028 = t_2;
                        t_2 = metal::fma(v0_.y, a1_0_.y, _e1028);
                        float _e1032 = t_2;
                        t_2 = metal::fma(v0_.z, a1_0_.z, _e1032);
                        float _e1036 = t_2;
                        t_2 = metal::fma(v0_.w, a1_0_.w, _e1036);
                        float _e1040 = t_2;
                        t_2 = metal::fma(v1_.x, a1_1_.x, _e1040);
                        float _e1044 = t_2;
                        t_2 = metal::fma(v1_.y, a1_1_.y, _e1044);
                        float _e1048 = t_2;
                        t_2 = metal::fma(v1_.z, a1_1_.z, _e1048);
                        float _e1052 = t_2;
                        t_2 = metal::fma(v1_.w, a1_1_.w, _e1052);
                        float _e1056 = t_2;
                        t_2 = metal::fma(v2_.x, a1_2_.x, _e1056);
                        float _e1060 = t_2;
                        t_2 = metal::fma(v2_.y, a1_2_.y, _e1060);
                        float _e1064 = t_2;
                        t_2 = metal::fma(v2_.z, a1_2_.z, _e1064);
                        float _e1068 = t_2;
                        t_2 = metal::fma(v2_.w, a1_2_.w, _e1068);
                        float _e1072 = t_2;
                        t_2 = metal::fma(v3_.x, a1_3_.x, _e1072);
                        float _e1076 = t_2;
                        t_2 = metal::fma(v3_.y, a1_3_.y, _e1076);
                        float _e1080 = t_2;
                        t_2 = metal::fma(v3_.z, a1_3_.z, _e1080);
                        float _e1084 = t_2;
                        t_2 = metal::fma(v3_.w, a1_3_.w, _e1084);
                        float _e1086 = t_2;
                        float _e1087 = s0_1_;
                        s0_1_ = metal::fma(scale0_, _e1086, _e1087);
                    }
                    float _e1090 = s0_1_;
                    s0_1_ = metal::fma(-(less0_), t1_0_, _e1090);
                    {
                        t_3 = 0.0;
                        float _e1096 = t_3;
                        t_3 = metal::fma(v4_.x, a1_4_.x, _e1096);
                        float _e1100 = t_3;
                        t_3 = metal::fma(v4_.y, a1_4_.y, _e1100);
                        float _e1104 = t_3;
                        t_3 = metal::fma(v4_.z, a1_4_.z, _e1104);
                        float _e1108 = t_3;
                        t_3 = metal::fma(v4_.w, a1_4_.w, _e1108);
                        float _e1112 = t_3;
                        t_3 = metal::fma(v5_.x, a1_5_.x, _e1112);
                        float _e1116 = t_3;
                        t_3 = metal::fma(v5_.y, a1_5_.y, _e1116);
                        float _e1120 = t_3;
                        t_3 = metal::fma(v5_.z, a1_5_.z, _e1120);
                        float _e1124 = t_3;
                        t_3 = metal::fma(v5_.w, a1_5_.w, _e1124);
                        float _e1128 = t_3;
                        t_3 = metal::fma(v6_.x, a1_6_.x, _e1128);
                        float _e1132 = t_3;
                        t_3 = metal::fma(v6_.y, a1_6_.y, _e1132);
                        float _e1136 = t_3;
                        t_3 = metal::fma(v6_.z, a1_6_.z, _e1136);
                        float _e1140 = t_3;
                        t_3 = metal::fma(v6_.w, a1_6_.w, _e1140);
                        float _e1144 = t_3;
                        t_3 = metal::fma(v7_.x, a1_7_.x, _e1144);
                        float _e1148 = t_3;
                        t_3 = metal::fma(v7_.y, a1_7_.y, _e1148);
                        float _e1152 = t_3;
                        t_3 = metal::fma(v7_.z, a1_7_.z, _e1152);
                        float _e1156 = t_3;
                        t_3 = metal::fma(v7_.w, a1_7_.w, _e1156);
                        float _e1158 = t_3;
                        float _e1159 = s0_1_;
                        s0_1_ = metal::fma(scale1_, _e1158, _e1159);
                    }
                    float _e1162 = s0_1_;
                    s0_1_ = metal::fma(-(less1_), t1_1_, _e1162);
                    {
                        t_4 = 0.0;
                        float _e1168 = t_4;
                        t_4 = metal::fma(v0_.x, a2_0_.x, _e1168);
                        float _e1172 = t_4;
                        t_4 = metal::fma(v0_.y, a2_0_.y, _e1172);
                        float _e1176 = t_4;
                        t_4 = metal::fma(v0_.z, a2_0_.z, _e1176);
                        float _e1180 = t_4;
                        t_4 = metal::fma(v0_.w, a2_0_.w, _e1180);
                        float _e1184 = t_4;
                        t_4 = metal::fma(v1_.x, a2_1_.x, _e1184);
                        float _e1188 = t_4;
                        t_4 = metal::fma(v1_.y, a2_1_.y, _e1188);
                        float _e1192 = t_4;
                        t_4 = metal::fma(v1_.z, a2_1_.z, _e1192);
                        float _e1196 = t_4;
                        t_4 = metal::fma(v1_.w, a2_1_.w, _e1196);
                        float _e1200 = t_4;
                        t_4 = metal::fma(v2_.x, a2_2_.x, _e1200);
                        float _e1204 = t_4;
                        t_4 = metal::fma(v2_.y, a2_2_.y, _e1204);
                        float _e1208 = t_4;
                        t_4 = metal::fma(v2_.z, a2_2_.z, _e1208);
                        float _e1212 = t_4;
                        t_4 = metal::fma(v2_.w, a2_2_.w, _e1212);
                        float _e1216 = t_4;
                        t_4 = metal::fma(v3_.x, a2_3_.x, _e1216);
                        float _e1220 = t_4;
                        t_4 = metal::fma(v3_.y, a2_3_.y, _e1220);
                        float _e1224 = t_4;
                        t_4 = metal::fma(v3_.z, a2_3_.z, _e1224);
                        float _e1228 = t_4;
                        t_4 = metal::fma(v3_.w, a2_3_.w, _e1228);
                        float _e1230 = t_4;
                        float _e1231 = s0_2_;
                        s0_2_ = metal::fma(scale0_, _e1230, _e1231);
                    }
                    float _e1234 = s0_2_;
                    s0_2_ = metal::fma(-(less0_), t2_0_, _e1234);
                    {
                        t_5 = 0.0;
                        float _e1240 = t_5;
                        t_5 = metal::fma(v4_.x, a2_4_.x, _e1240);
                        float _e1244 = t_5;
                        t_5 = metal::fma(v4_.y, a2_4_.y, _e1244);
                        float _e1248 = t_5;
                        t_5 = metal::fma(v4_.z, a2_4_.z, _e1248);
                        float _e1252 = t_5;
                        t_5 = metal::fma(v4_.w, a2_4_.w, _e1252);
                        float _e1256 = t_5;
                        t_5 = metal::fma(v5_.x, a2_5_.x, _e1256);
                        float _e1260 = t_5;
                        t_5 = metal::fma(v5_.y, a2_5_.y, _e1260);
                        float _e1264 = t_5;
                        t_5 = metal::fma(v5_.z, a2_5_.z, _e1264);
                        float _e1268 = t_5;
                        t_5 = metal::fma(v5_.w, a2_5_.w, _e1268);
                        float _e1272 = t_5;
                        t_5 = metal::fma(v6_.x, a2_6_.x, _e1272);
                        float _e1276 = t_5;
                        t_5 = metal::fma(v6_.y, a2_6_.y, _e1276);
                        float _e1280 = t_5;
                        t_5 = metal::fma(v6_.z, a2_6_.z, _e1280);
                        float _e1284 = t_5;
                        t_5 = metal::fma(v6_.w, a2_6_.w, _e1284);
                        float _e1288 = t_5;
                        t_5 = metal::fma(v7_.x, a2_7_.x, _e1288);
                        float _e1292 = t_5;
                        t_5 = metal::fma(v7_.y, a2_7_.y, _e1292);
                        float _e1296 = t_5;
                        t_5 = metal::fma(v7_.z, a2_7_.z, _e1296);
                        float _e1300 = t_5;
                        t_5 = metal::fma(v7_.w, a2_7_.w, _e1300);
                        float _e1302 = t_5;
                        float _e1303 = s0_2_;
                        s0_2_ = metal::fma(scale1_, _e1302, _e1303);
                    }
                    float _e1306 = s0_2_;
                    s0_2_ = metal::fma(-(less1_), t2_1_, _e1306);
                    {
                        t_6 = 0.0;
                        float _e1312 = t_6;
                        t_6 = metal::fma(v0_.x, a3_0_.x, _e1312);
                        float _e1316 = t_6;
                        t_6 = metal::fma(v0_.y, a3_0_.y, _e1316);
                        float _e1320 = t_6;
                        t_6 = metal::fma(v0_.z, a3_0_.z, _e1320);
                        float _e1324 = t_6;
                        t_6 = metal::fma(v0_.w, a3_0_.w, _e1324);
                        float _e1328 = t_6;
                        t_6 = metal::fma(v1_.x, a3_1_.x, _e1328);
                        float _e1332 = t_6;
                        t_6 = metal::fma(v1_.y, a3_1_.y, _e1332);
                        float _e1336 = t_6;
                        t_6 = metal::fma(v1_.z, a3_1_.z, _e1336);
                        float _e1340 = t_6;
                        t_6 = metal::fma(v1_.w, a3_1_.w, _e1340);
                        float _e1344 = t_6;
                        t_6 = metal::fma(v2_.x, a3_2_.x, _e1344);
                        float _e1348 = t_6;
                        t_6 = metal::fma(v2_.y, a3_2_.y, _e1348);
                        float _e1352 = t_6;
                        t_6 = metal::fma(v2_.z, a3_2_.z, _e1352);
                        float _e1356 = t_6;
                        t_6 = metal::fma(v2_.w, a3_2_.w, _e1356);
                        float _e1360 = t_6;
                        t_6 = metal::fma(v3_.x, a3_3_.x, _e1360);
                        float _e1364 = t_6;
                        t_6 = metal::fma(v3_.y, a3_3_.y, _e1364);
                        float _e1368 = t_6;
                        t_6 = metal::fma(v3_.z, a3_3_.z, _e1368);
                        float _e1372 = t_6;
                        t_6 = metal::fma(v3_.w, a3_3_.w, _e1372);
                        float _e1374 = t_6;
                        float _e1375 = s0_3_;
                        s0_3_ = metal::fma(scale0_, _e1374, _e1375);
                    }
                    float _e1378 = s0_3_;
                    s0_3_ = metal::fma(-(less0_), t3_0_, _e1378);
                    {
                        t_7 = 0.0;
                        float _e1384 = t_7;
                        t_7 = metal::fma(v4_.x, a3_4_.x, _e1384);
                        float _e1388 = t_7;
                        t_7 = metal::fma(v4_.y, a3_4_.y, _e1388);
                        float _e1392 = t_7;
                        t_7 = metal::fma(v4_.z, a3_4_.z, _e1392);
                        float _e1396 = t_7;
                        t_7 = metal::fma(v4_.w, a3_4_.w, _e1396);
                        float _e1400 = t_7;
                        t_7 = metal::fma(v5_.x, a3_5_.x, _e1400);
                        float _e1404 = t_7;
                        t_7 = metal::fma(v5_.y, a3_5_.y, _e1404);
                        float _e1408 = t_7;
                        t_7 = metal::fma(v5_.z, a3_5_.z, _e1408);
                        float _e1412 = t_7;
                        t_7 = metal::fma(v5_.w, a3_5_.w, _e1412);
                        float _e1416 = t_7;
                        t_7 = metal::fma(v6_.x, a3_6_.x, _e1416);
                        float _e1420 = t_7;
                        t_7 = metal::fma(v6_.y, a3_6_.y, _e1420);
                        float _e1424 = t_7;
                        t_7 = metal::fma(v6_.z, a3_6_.z, _e1424);
                        float _e1428 = t_7;
                        t_7 = metal::fma(v6_.w, a3_6_.w, _e1428);
                        float _e1432 = t_7;
                        t_7 = metal::fma(v7_.x, a3_7_.x, _e1432);
                        float _e1436 = t_7;
                        t_7 = metal::fma(v7_.y, a3_7_.y, _e1436);
                        float _e1440 = t_7;
                        t_7 = metal::fma(v7_.z, a3_7_.z, _e1440);
                        float _e1444 = t_7;
                        t_7 = metal::fma(v7_.w, a3_7_.w, _e1444);
                        float _e1446 = t_7;
                        float _e1447 = s0_3_;
                        s0_3_ = metal::fma(scale1_, _e1446, _e1447);
                    }
                    float _e1450 = s0_3_;
                    s0_3_ = metal::fma(-(less1_), t3_1_, _e1450);
                    {
                        t_8 = 0.0;
                        float _e1456 = t_8;
                        t_8 = metal::fma(v0_.x, a4_0_.x, _e1456);
                        float _e1460 = t_8;
                        t_8 = metal::fma(v0_.y, a4_0_.y, _e1460);
                        float _e1464 = t_8;
                        t_8 = metal::fma(v0_.z, a4_0_.z, _e1464);
                        float _e1468 = t_8;
                        t_8 = metal::fma(v0_.w, a4_0_.w, _e1468);
                        float _e1472 = t_8;
                        t_8 = metal::fma(v1_.x, a4_1_.x, _e1472);
                        float _e1476 = t_8;
                        t_8 = metal::fma(v1_.y, a4_1_.y, _e1476);
                        float _e1480 = t_8;
                        t_8 = metal::fma(v1_.z, a4_1_.z, _e1480);
                        float _e1484 = t_8;
                        t_8 = metal::fma(v1_.w, a4_1_.w, _e1484);
                        float _e1488 = t_8;
                        t_8 = metal::fma(v2_.x, a4_2_.x, _e1488);
                        float _e1492 = t_8;
                        t_8 = metal::fma(v2_.y, a4_2_.y, _e1492);
                        float _e1496 = t_8;
                        t_8 = metal::fma(v2_.z, a4_2_.z, _e1496);
                        float _e1500 = t_8;
                        t_8 = metal::fma(v2_.w, a4_2_.w, _e1500);
                        float _e1504 = t_8;
                        t_8 = metal::fma(v3_.x, a4_3_.x, _e1504);
                        float _e1508 = t_8;
                        t_8 = metal::fma(v3_.y, a4_3_.y, _e1508);
                        float _e1512 = t_8;
                        t_8 = metal::fma(v3_.z, a4_3_.z, _e1512);
                        float _e1516 = t_8;
                        t_8 = metal::fma(v3_.w, a4_3_.w, _e1516);
                        float _e1518 = t_8;
                        float _e1519 = s0_4_;
                        s0_4_ = metal::fma(scale0_, _e1518, _e1519);
                    }
                    float _e1522 = s0_4_;
                    s0_4_ = metal::fma(-(less0_), t4_0_, _e1522);
                    {
                        t_9 = 0.0;
                        float _e1528 = t_9;
                        t_9 = metal::fma(v4_.x, a4_4_.x, _e1528);
                        float _e1532 = t_9;
                        t_9 = metal::fma(v4_.y, a4_4_.y, _e1532);
                        float _e1536 = t_9;
                        t_9 = metal::fma(v4_.z, a4_4_.z, _e1536);
                        float _e1540 = t_9;
                        t_9 = metal::fma(v4_.w, a4_4_.w, _e1540);
                        float _e1544 = t_9;
                        t_9 = metal::fma(v5_.x, a4_5_.x, _e1544);
                        float _e1548 = t_9;
                        t_9 = metal::fma(v5_.y, a4_5_.y, _e1548);
                        float _e1552 = t_9;
                        t_9 = metal::fma(v5_.z, a4_5_.z, _e1552);
                        float _e1556 = t_9;
                        t_9 = metal::fma(v5_.w, a4_5_.w, _e1556);
                        float _e1560 = t_9;
                        t_9 = metal::fma(v6_.x, a4_6_.x, _e1560);
                        float _e1564 = t_9;
                        t_9 = metal::fma(v6_.y, a4_6_.y, _e1564);
                        float _e1568 = t_9;
                        t_9 = metal::fma(v6_.z, a4_6_.z, _e1568);
                        float _e1572 = t_9;
                        t_9 = metal::fma(v6_.w, a4_6_.w, _e1572);
                        float _e1576 = t_9;
                        t_9 = metal::fma(v7_.x, a4_7_.x, _e1576);
                        float _e1580 = t_9;
                        t_9 = metal::fma(v7_.y, a4_7_.y, _e1580);
                        float _e1584 = t_9;
                        t_9 = metal::fma(v7_.z, a4_7_.z, _e1584);
                        float _e1588 = t_9;
                        t_9 = metal::fma(v7_.w, a4_7_.w, _e1588);
                        float _e1590 = t_9;
                        float _e1591 = s0_4_;
                        s0_4_ = metal::fma(scale1_, _e1590, _e1591);
                    }
                    float _e1594 = s0_4_;
                    s0_4_ = metal::fma(-(less1_), t4_1_, _e1594);
                    {
                        t_10 = 0.0;
                        float _e1600 = t_10;
                        t_10 = metal::fma(v0_.x, a5_0_.x, _e1600);
                        float _e1604 = t_10;
                        t_10 = metal::fma(v0_.y, a5_0_.y, _e1604);
                        float _e1608 = t_10;
                        t_10 = metal::fma(v0_.z, a5_0_.z, _e1608);
                        float _e1612 = t_10;
                        t_10 = metal::fma(v0_.w, a5_0_.w, _e1612);
                        float _e1616 = t_10;
                        t_10 = metal::fma(v1_.x, a5_1_.x, _e1616);
                        float _e1620 = t_10;
                        t_10 = metal::fma(v1_.y, a5_1_.y, _e1620);
                        float _e1624 = t_10;
                        t_10 = metal::fma(v1_.z, a5_1_.z, _e1624);
                        float _e1628 = t_10;
                        t_10 = metal::fma(v1_.w, a5_1_.w, _e1628);
                        float _e1632 = t_10;
                        t_10 = metal::fma(v2_.x, a5_2_.x, _e1632);
                        float _e1636 = t_10;
                        t_10 = metal::fma(v2_.y, a5_2_.y, _e1636);
                        float _e1640 = t_10;
                        t_10 = metal::fma(v2_.z, a5_2_.z, _e1640);
                        float _e1644 = t_10;
                        t_10 = metal::fma(v2_.w, a5_2_.w, _e1644);
                        float _e1648 = t_10;
                        t_10 = metal::fma(v3_.x, a5_3_.x, _e1648);
                        float _e1652 = t_10;
                        t_10 = metal::fma(v3_.y, a5_3_.y, _e1652);
                        float _e1656 = t_10;
                        t_10 = metal::fma(v3_.z, a5_3_.z, _e1656);
                        float _e1660 = t_10;
                        t_10 = metal::fma(v3_.w, a5_3_.w, _e1660);
                        float _e1662 = t_10;
                        float _e1663 = s0_5_;
                        s0_5_ = metal::fma(scale0_, _e1662, _e1663);
                    }
                    float _e1666 = s0_5_;
                    s0_5_ = metal::fma(-(less0_), t5_0_, _e1666);
                    {
                        t_11 = 0.0;
                        float _e1672 = t_11;
                        t_11 = metal::fma(v4_.x, a5_4_.x, _e1672);
                        float _e1676 = t_11;
                        t_11 = metal::fma(v4_.y, a5_4_.y, _e1676);
                        float _e1680 = t_11;
                        t_11 = metal::fma(v4_.z, a5_4_.z, _e1680);
                        float _e1684 = t_11;
                        t_11 = metal::fma(v4_.w, a5_4_.w, _e1684);
                        float _e1688 = t_11;
                        t_11 = metal::fma(v5_.x, a5_5_.x, _e1688);
                        float _e1692 = t_11;
                        t_11 = metal::fma(v5_.y, a5_5_.y, _e1692);
                        float _e1696 = t_11;
                        t_11 = metal::fma(v5_.z, a5_5_.z, _e1696);
                        float _e1700 = t_11;
                        t_11 = metal::fma(v5_.w, a5_5_.w, _e1700);
                        float _e1704 = t_11;
                        t_11 = metal::fma(v6_.x, a5_6_.x, _e1704);
                        float _e1708 = t_11;
                        t_11 = metal::fma(v6_.y, a5_6_.y, _e1708);
                        float _e1712 = t_11;
                        t_11 = metal::fma(v6_.z, a5_6_.z, _e1712);
                        float _e1716 = t_11;
                        t_11 = metal::fma(v6_.w, a5_6_.w, _e1716);
                        float _e1720 = t_11;
                        t_11 = metal::fma(v7_.x, a5_7_.x, _e1720);
                        float _e1724 = t_11;
                        t_11 = metal::fma(v7_.y, a5_7_.y, _e1724);
                        float _e1728 = t_11;
                        t_11 = metal::fma(v7_.z, a5_7_.z, _e1728);
                        float _e1732 = t_11;
                        t_11 = metal::fma(v7_.w, a5_7_.w, _e1732);
                        float _e1734 = t_11;
                        float _e1735 = s0_5_;
                        s0_5_ = metal::fma(scale1_, _e1734, _e1735);
                    }
                    float _e1738 = s0_5_;
                    s0_5_ = metal::fma(-(less1_), t5_1_, _e1738);
                    {
                        t_12 = 0.0;
                        float _e1744 = t_12;
                        t_12 = metal::fma(v0_.x, a6_0_.x, _e1744);
                        float _e1748 = t_12;
                        t_12 = metal::fma(v0_.y, a6_0_.y, _e1748);
                        float _e1752 = t_12;
                        t_12 = metal::fma(v0_.z, a6_0_.z, _e1752);
                        float _e1756 = t_12;
                        t_12 = metal::fma(v0_.w, a6_0_.w, _e1756);
                        float _e1760 = t_12;
                        t_12 = metal::fma(v1_.x, a6_1_.x, _e1760);
                        float _e1764 = t_12;
                        t_12 = metal::fma(v1_.y, a6_1_.y, _e1764);
                        float _e1768 = t_12;
                        t_12 = metal::fma(v1_.z, a6_1_.z, _e1768);
                        float _e1772 = t_12;
                        t_12 = metal::fma(v1_.w, a6_1_.w, _e1772);
                        float _e1776 = t_12;
                        t_12 = metal::fma(v2_.x, a6_2_.x, _e1776);
                        float _e1780 = t_12;
                        t_12 = metal::fma(v2_.y, a6_2_.y, _e1780);
                        float _e1784 = t_12;
                        t_12 = metal::fma(v2_.z, a6_2_.z, _e1784);
                        float _e1788 = t_12;
                        t_12 = metal::fma(v2_.w, a6_2_.w, _e1788);
                        float _e1792 = t_12;
                        t_12 = metal::fma(v3_.x, a6_3_.x, _e1792);
                        float _e1796 = t_12;
                        t_12 = metal::fma(v3_.y, a6_3_.y, _e1796);
                        float _e1800 = t_12;
                        t_12 = metal::fma(v3_.z, a6_3_.z, _e1800);
                        float _e1804 = t_12;
                        t_12 = metal::fma(v3_.w, a6_3_.w, _e1804);
                        float _e1806 = t_12;
                        float _e1807 = s0_6_;
                        s0_6_ = metal::fma(scale0_, _e1806, _e1807);
                    }
                    float _e1810 = s0_6_;
                    s0_6_ = metal::fma(-(less0_), t6_0_, _e1810);
                    {
                        t_13 = 0.0;
                        float _e1816 = t_13;
                        t_13 = metal::fma(v4_.x, a6_4_.x, _e1816);
                        float _e1820 = t_13;
                        t_13 = metal::fma(v4_.y, a6_4_.y, _e1820);
                        float _e1824 = t_13;
                        t_13 = metal::fma(v4_.z, a6_4_.z, _e1824);
                        float _e1828 = t_13;
                        t_13 = metal::fma(v4_.w, a6_4_.w, _e1828);
                        float _e1832 = t_13;
                        t_13 = metal::fma(v5_.x, a6_5_.x, _e1832);
                        float _e1836 = t_13;
                        t_13 = metal::fma(v5_.y, a6_5_.y, _e1836);
                        float _e1840 = t_13;
                        t_13 = metal::fma(v5_.z, a6_5_.z, _e1840);
                        float _e1844 = t_13;
                        t_13 = metal::fma(v5_.w, a6_5_.w, _e1844);
                        float _e1848 = t_13;
                        t_13 = metal::fma(v6_.x, a6_6_.x, _e1848);
                        float _e1852 = t_13;
                        t_13 = metal::fma(v6_.y, a6_6_.y, _e1852);
                        float _e1856 = t_13;
                        t_13 = metal::fma(v6_.z, a6_6_.z, _e1856);
                        float _e1860 = t_13;
                        t_13 = metal::fma(v6_.w, a6_6_.w, _e1860);
                        float _e1864 = t_13;
                        t_13 = metal::fma(v7_.x, a6_7_.x, _e1864);
                        float _e1868 = t_13;
                        t_13 = metal::fma(v7_.y, a6_7_.y, _e1868);
                        float _e1872 = t_13;
                        t_13 = metal::fma(v7_.z, a6_7_.z, _e1872);
                        float _e1876 = t_13;
                        t_13 = metal::fma(v7_.w, a6_7_.w, _e1876);
                        float _e1878 = t_13;
                        float _e1879 = s0_6_;
                        s0_6_ = metal::fma(scale1_, _e1878, _e1879);
                    }
                    float _e1882 = s0_6_;
                    s0_6_ = metal::fma(-(less1_), t6_1_, _e1882);
                    {
                        t_14 = 0.0;
                        float _e1888 = t_14;
                        t_14 = metal::fma(v0_.x, a7_0_.x, _e1888);
                        float _e1892 = t_14;
                        t_14 = metal::fma(v0_.y, a7_0_.y, _e1892);
                        float _e1896 = t_14;
                        t_14 = metal::fma(v0_.z, a7_0_.z, _e1896);
                        float _e1900 = t_14;
                        t_14 = metal::fma(v0_.w, a7_0_.w, _e1900);
                        float _e1904 = t_14;
                        t_14 = metal::fma(v1_.x, a7_1_.x, _e1904);
                        float _e1908 = t_14;
                        t_14 = metal::fma(v1_.y, a7_1_.y, _e1908);
                        float _e1912 = t_14;
                        t_14 = metal::fma(v1_.z, a7_1_.z, _e1912);
                        float _e1916 = t_14;
                        t_14 = metal::fma(v1_.w, a7_1_.w, _e1916);
                        float _e1920 = t_14;
                        t_14 = metal::fma(v2_.x, a7_2_.x, _e1920);
                        float _e1924 = t_14;
                        t_14 = metal::fma(v2_.y, a7_2_.y, _e1924);
                        float _e1928 = t_14;
                        t_14 = metal::fma(v2_.z, a7_2_.z, _e1928);
                        float _e1932 = t_14;
                        t_14 = metal::fma(v2_.w, a7_2_.w, _e1932);
                        float _e1936 = t_14;
                        t_14 = metal::fma(v3_.x, a7_3_.x, _e1936);
                        float _e1940 = t_14;
                        t_14 = metal::fma(v3_.y, a7_3_.y, _e1940);
                        float _e1944 = t_14;
                        t_14 = metal::fma(v3_.z, a7_3_.z, _e1944);
                        float _e1948 = t_14;
                        t_14 = metal::fma(v3_.w, a7_3_.w, _e1948);
                        float _e1950 = t_14;
                        float _e1951 = s0_7_;
                        s0_7_ = metal::fma(scale0_, _e1950, _e1951);
                    }
                    float _e1954 = s0_7_;
                    s0_7_ = metal::fma(-(less0_), t7_0_, _e1954);
                    {
                        t_15 = 0.0;
                        float _e1960 = t_15;
                        t_15 = metal::fma(v4_.x, a7_4_.x, _e1960);
                        float _e1964 = t_15;
                        t_15 = metal::fma(v4_.y, a7_4_.y, _e1964);
                        float _e1968 = t_15;
                        t_15 = metal::fma(v4_.z, a7_4_.z, _e1968);
                        float _e1972 = t_15;
                        t_15 = metal::fma(v4_.w, a7_4_.w, _e1972);
                        float _e1976 = t_15;
                        t_15 = metal::fma(v5_.x, a7_5_.x, _e1976);
                        float _e1980 = t_15;
                        t_15 = metal::fma(v5_.y, a7_5_.y, _e1980);
                        float _e1984 = t_15;
                        t_15 = metal::fma(v5_.z, a7_5_.z, _e1984);
                        float _e1988 = t_15;
                        t_15 = metal::fma(v5_.w, a7_5_.w, _e1988);
                        float _e1992 = t_15;
                        t_15 = metal::fma(v6_.x, a7_6_.x, _e1992);
                        float _e1996 = t_15;
                        t_15 = metal::fma(v6_.y, a7_6_.y, _e1996);
                        float _e2000 = t_15;
                        t_15 = metal::fma(v6_.z, a7_6_.z, _e2000);
                        float _e2004 = t_15;
                        t_15 = metal::fma(v6_.w, a7_6_.w, _e2004);
                        float _e2008 = t_15;
                        t_15 = metal::fma(v7_.x, a7_7_.x, _e2008);
                        float _e2012 = t_15;
                        t_15 = metal::fma(v7_.y, a7_7_.y, _e2012);
                        float _e2016 = t_15;
                        t_15 = metal::fma(v7_.z, a7_7_.z, _e2016);
                        float _e2020 = t_15;
                        t_15 = metal::fma(v7_.w, a7_7_.w, _e2020);
                        float _e2022 = t_15;
                        float _e2023 = s0_7_;
                        s0_7_ = metal::fma(scale1_, _e2022, _e2023);
                    }
                    float _e2026 = s0_7_;
                    s0_7_ = metal::fma(-(less1_), t7_1_, _e2026);
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
                    metal::float2 _e2084 = scale_and_min(h0_1_, (((p0_ % 8u) / 2u) * 2u) + 0u);
                    float scale0_1 = _e2084.x;
                    float less0_1 = _e2084.y;
                    metal::float2 _e2095 = scale_and_min(h0_1_, (((p0_ % 8u) / 2u) * 2u) + 1u);
                    float scale1_1 = _e2095.x;
                    float less1_1 = _e2095.y;
                    {
                        t_16 = 0.0;
                        float _e2102 = t_16;
                        t_16 = metal::fma(v0_1.x, a0_0_.x, _e2102);
                        float _e2106 = t_16;
                        t_16 = metal::fma(v0_1.y, a0_0_.y, _e2106);
                        float _e2110 = t_16;
                        t_16 = metal::fma(v0_1.z, a0_0_.z, _e2110);
                        float _e2114 = t_16;
                        t_16 = metal::fma(v0_1.w, a0_0_.w, _e2114);
                        float _e2118 = t_16;
                        t_16 = metal::fma(v1_1.x, a0_1_.x, _e2118);
                        float _e2122 = t_16;
                        t_16 = metal::fma(v1_1.y, a0_1_.y, _e2122);
                        float _e2126 = t_16;
                        t_16 = metal::fma(v1_1.z, a0_1_.z, _e2126);
                        float _e2130 = t_16;
                        t_16 = metal::fma(v1_1.w, a0_1_.w, _e2130);
                        float _e2134 = t_16;
                        t_16 = metal::fma(v2_1.x, a0_2_.x, _e2134);
                        float _e2138 = t_16;
                        t_16 = metal::fma(v2_1.y, a0_2_.y, _e2138);
                        float _e2142 = t_16;
                        t_16 = metal::fma(v2_1.z, a0_2_.z, _e2142);
                        float _e2146 = t_16;
                        t_16 = metal::fma(v2_1.w, a0_2_.w, _e2146);
                        float _e2150 = t_16;
                        t_16 = metal::fma(v3_1.x, a0_3_.x, _e2150);
                        float _e2154 = t_16;
                        t_16 = metal::fma(v3_1.y, a0_3_.y, _e2154);
                        float _e2158 = t_16;
                        t_16 = metal::fma(v3_1.z, a0_3_.z, _e2158);
                        float _e2162 = t_16;
                        t_16 = metal::fma(v3_1.w, a0_3_.w, _e2162);
                        float _e2164 = t_16;
                        float _e2165 = s1_0_;
                        s1_0_ = metal::fma(scale0_1, _e2164, _e2165);
                    }
                    float _e2168 = s1_0_;
                    s1_0_ = metal::fma(-(less0_1), t0_0_, _e2168);
                    {
                        t_17 = 0.0;
                        float _e2174 = t_17;
                        t_17 = metal::fma(v4_1.x, a0_4_.x, _e2174);
                        float _e2178 = t_17;
                        t_17 = metal::fma(v4_1.y, a0_4_.y, _e2178);
                        float _e2182 = t_17;
                        t_17 = metal::fma(v4_1.z, a0_4_.z, _e2182);
                        float _e2186 = t_17;
                        t_17 = metal::fma(v4_1.w, a0_4_.w, _e2186);
                        float _e2190 = t_17;
                        t_17 = metal::fma(v5_1.x, a0_5_.x, _e2190);
                        float _e2194 = t_17;
                        t_17 = metal::fma(v5_1.y, a0_5_.y, _e2194);
                        float _e2198 = t_17;
                        t_17 = metal::fma(v5_1.z, a0_5_.z, _e2198);
                        float _e2202 = t_17;
                        t_17 = metal::fma(v5_1.w, a0_5_.w, _e2202);
                        float _e2206 = t_17;
                        t_17 = metal::fma(v6_1.x, a0_6_.x, _e2206);
                        float _e2210 = t_17;
                        t_17 = metal::fma(v6_1.y, a0_6_.y, _e2210);
                        float _e2214 = t_17;
                        t_17 = metal::fma(v6_1.z, a0_6_.z, _e2214);
                        float _e2218 = t_17;
                        t_17 = metal::fma(v6_1.w, a0_6_.w, _e2218);
                        float _e2222 = t_17;
                        t_17 = metal::fma(v7_1.x, a0_7_.x, _e2222);
                        float _e2226 = t_17;
                        t_17 = metal::fma(v7_1.y, a0_7_.y, _e2226);
                        float _e2230 = t_17;
                        t_17 = metal::fma(v7_1.z, a0_7_.z, _e2230);
                        float _e2234 = t_17;
                        t_17 = metal::fma(v7_1.w, a0_7_.w, _e2234);
                        float _e2236 = t_17;
                        float _e2237 = s1_0_;
                        s1_0_ = metal::fma(scale1_1, _e2236, _e2237);
                    }
                    float _e2240 = s1_0_;
                    s1_0_ = metal::fma(-(less1_1), t0_1_, _e2240);
                    {
                        t_18 = 0.0;
                        float _e2246 = t_18;
                        t_18 = metal::fma(v0_1.x, a1_0_.x, _e2246);
                        float _e2250 = t_18;
                        t_18 = metal::fma(v0_1.y, a1_0_.y, _e2250);
                        float _e2254 = t_18;
                        t_18 = metal::fma(v0_1.z, a1_0_.z, _e2254);
                        float _e2258 = t_18;
                        t_18 = metal::fma(v0_1.w, a1_0_.w, _e2258);
                        float _e2262 = t_18;
                        t_18 = metal::fma(v1_1.x, a1_1_.x, _e2262);
                        float _e2266 = t_18;
                        t_18 = metal::fma(v1_1.y, a1_1_.y, _e2266);
                        float _e2270 = t_18;
                        t_18 = metal::fma(v1_1.z, a1_1_.z, _e2270);
                        float _e2274 = t_18;
                        t_18 = metal::fma(v1_1.w, a1_1_.w, _e2274);
                        float _e2278 = t_18;
                        t_18 = metal::fma(v2_1.x, a1_2_.x, _e2278);
                        float _e2282 = t_18;
                        t_18 = metal::fma(v2_1.y, a1_2_.y, _e2282);
                        float _e2286 = t_18;
                        t_18 = metal::fma(v2_1.z, a1_2_.z, _e2286);
                        float _e2290 = t_18;
                        t_18 = metal::fma(v2_1.w, a1_2_.w, _e2290);
                        float _e2294 = t_18;
                        t_18 = metal::fma(v3_1.x, a1_3_.x, _e2294);
                        float _e2298 = t_18;
                        t_18 = metal::fma(v3_1.y, a1_3_.y, _e2298);
                        float _e2302 = t_18;
                        t_18 = metal::fma(v3_1.z, a1_3_.z, _e2302);
                        float _e2306 = t_18;
                        t_18 = metal::fma(v3_1.w, a1_3_.w, _e2306);
                        float _e2308 = t_18;
                        float _e2309 = s1_1_;
                        s1_1_ = metal::fma(scale0_1, _e2308, _e2309);
                    }
                    float _e2312 = s1_1_;
                    s1_1_ = metal::fma(-(less0_1), t1_0_, _e2312);
                    {
                        t_19 = 0.0;
                        float _e2318 = t_19;
                        t_19 = metal::fma(v4_1.x, a1_4_.x, _e2318);
                        float _e2322 = t_19;
                        t_19 = metal::fma(v4_1.y, a1_4_.y, _e2322);
                        float _e2326 = t_19;
                        t_19 = metal::fma(v4_1.z, a1_4_.z, _e2326);
                        float _e2330 = t_19;
                        t_19 = metal::fma(v4_1.w, a1_4_.w, _e2330);
                        float _e2334 = t_19;
                        t_19 = metal::fma(v5_1.x, a1_5_.x, _e2334);
                        float _e2338 = t_19;
                        t_19 = metal::fma(v5_1.y, a1_5_.y, _e2338);
                        float _e2342 = t_19;
                        t_19 = metal::fma(v5_1.z, a1_5_.z, _e2342);
                        float _e2346 = t_19;
                        t_19 = metal::fma(v5_1.w, a1_5_.w, _e2346);
                        float _e2350 = t_19;
                        t_19 = metal::fma(v6_1.x, a1_6_.x, _e2350);
                        float _e2354 = t_19;
                        t_19 = metal::fma(v6_1.y, a1_6_.y, _e2354);
                        float _e2358 = t_19;
                        t_19 = metal::fma(v6_1.z, a1_6_.z, _e2358);
                        float _e2362 = t_19;
                        t_19 = metal::fma(v6_1.w, a1_6_.w, _e2362);
                        float _e2366 = t_19;
                        t_19 = metal::fma(v7_1.x, a1_7_.x, _e2366);
                        float _e2370 = t_19;
                        t_19 = metal::fma(v7_1.y, a1_7_.y, _e2370);
                        float _e2374 = t_19;
                        t_19 = metal::fma(v7_1.z, a1_7_.z, _e2374);
                        float _e2378 = t_19;
                        t_19 = metal::fma(v7_1.w, a1_7_.w, _e2378);
                        float _e2380 = t_19;
                        float _e2381 = s1_1_;
                        s1_1_ = metal::fma(scale1_1, _e2380, _e2381);
                    }
                    float _e2384 = s1_1_;
                    s1_1_ = metal::fma(-(less1_1), t1_1_, _e2384);
                    {
                        t_20 = 0.0;
                        float _e2390 = t_20;
                        t_20 = metal::fma(v0_1.x, a2_0_.x, _e2390);
                        float _e2394 = t_20;
                        t_20 = metal::fma(v0_1.y, a2_0_.y, _e2394);
                        float _e2398 = t_20;
                        t_20 = metal::fma(v0_1.z, a2_0_.z, _e2398);
                        float _e2402 = t_20;
                        t_20 = metal::fma(v0_1.w, a2_0_.w, _e2402);
                        float _e2406 = t_20;
                        t_20 = metal::fma(v1_1.x, a2_1_.x, _e2406);
                        float _e2410 = t_20;
                        t_20 = metal::fma(v1_1.y, a2_1_.y, _e2410);
                        float _e2414 = t_20;
                        t_20 = metal::fma(v1_1.z, a2_1_.z, _e2414);
                        float _e2418 = t_20;
                        t_20 = metal::fma(v1_1.w, a2_1_.w, _e2418);
                        float _e2422 = t_20;
                        t_20 = metal::fma(v2_1.x, a2_2_.x, _e2422);
                        float _e2426 = t_20;
                        t_20 = metal::fma(v2_1.y, a2_2_.y, _e2426);
                        float _e2430 = t_20;
                        t_20 = metal::fma(v2_1.z, a2_2_.z, _e2430);
                        float _e2434 = t_20;
                        t_20 = metal::fma(v2_1.w, a2_2_.w, _e2434);
                        float _e2438 = t_20;
                        t_20 = metal::fma(v3_1.x, a2_3_.x, _e2438);
                        float _e2442 = t_20;
                        t_20 = metal::fma(v3_1.y, a2_3_.y, _e2442);
                        float _e2446 = t_20;
                        t_20 = metal::fma(v3_1.z, a2_3_.z, _e2446);
                        float _e2450 = t_20;
                        t_20 = metal::fma(v3_1.w, a2_3_.w, _e2450);
                        float _e2452 = t_20;
                        float _e2453 = s1_2_;
                        s1_2_ = metal::fma(scale0_1, _e2452, _e2453);
                    }
                    float _e2456 = s1_2_;
                    s1_2_ = metal::fma(-(less0_1), t2_0_, _e2456);
                    {
                        t_21 = 0.0;
                        float _e2462 = t_21;
                        t_21 = metal::fma(v4_1.x, a2_4_.x, _e2462);
                        float _e2466 = t_21;
                        t_21 = metal::fma(v4_1.y, a2_4_.y, _e2466);
                        float _e2470 = t_21;
                        t_21 = metal::fma(v4_1.z, a2_4_.z, _e2470);
                        float _e2474 = t_21;
                        t_21 = metal::fma(v4_1.w, a2_4_.w, _e2474);
                        float _e2478 = t_21;
                        t_21 = metal::fma(v5_1.x, a2_5_.x, _e2478);
                        float _e2482 = t_21;
                        t_21 = metal::fma(v5_1.y, a2_5_.y, _e2482);
                        float _e2486 = t_21;
                        t_21 = metal::fma(v5_1.z, a2_5_.z, _e2486);
                        float _e2490 = t_21;
                        t_21 = metal::fma(v5_1.w, a2_5_.w, _e2490);
                        float _e2494 = t_21;
                        t_21 = metal::fma(v6_1.x, a2_6_.x, _e2494);
                        float _e2498 = t_21;
                        t_21 = metal::fma(v6_1.y, a2_6_.y, _e2498);
                        float _e2502 = t_21;
                        t_21 = metal::fma(v6_1.z, a2_6_.z, _e2502);
                        float _e2506 = t_21;
                        t_21 = metal::fma(v6_1.w, a2_6_.w, _e2506);
                        float _e2510 = t_21;
                        t_21 = metal::fma(v7_1.x, a2_7_.x, _e2510);
                        float _e2514 = t_21;
                        t_21 = metal::fma(v7_1.y, a2_7_.y, _e2514);
                        float _e2518 = t_21;
                        t_21 = metal::fma(v7_1.z, a2_7_.z, _e2518);
                        float _e2522 = t_21;
                        t_21 = metal::fma(v7_1.w, a2_7_.w, _e2522);
                        float _e2524 = t_21;
                        float _e2525 = s1_2_;
                        s1_2_ = metal::fma(scale1_1, _e2524, _e2525);
                    }
                    float _e2528 = s1_2_;
                    s1_2_ = metal::fma(-(less1_1), t2_1_, _e2528);
                    {
                        t_22 = 0.0;
                        float _e2534 = t_22;
                        t_22 = metal::fma(v0_1.x, a3_0_.x, _e2534);
                        float _e2538 = t_22;
                        t_22 = metal::fma(v0_1.y, a3_0_.y, _e2538);
                        float _e2542 = t_22;
                        t_22 = metal::fma(v0_1.z, a3_0_.z, _e2542);
                        float _e2546 = t_22;
                        t_22 = metal::fma(v0_1.w, a3_0_.w, _e2546);
                        float _e2550 = t_22;
                        t_22 = metal::fma(v1_1.x, a3_1_.x, _e2550);
                        float _e2554 = t_22;
                        t_22 = metal::fma(v1_1.y, a3_1_.y, _e2554);
                        float _e2558 = t_22;
                        t_22 = metal::fma(v1_1.z, a3_1_.z, _e2558);
                        float _e2562 = t_22;
                        t_22 = metal::fma(v1_1.w, a3_1_.w, _e2562);
                        float _e2566 = t_22;
                        t_22 = metal::fma(v2_1.x, a3_2_.x, _e2566);
                        float _e2570 = t_22;
                        t_22 = metal::fma(v2_1.y, a3_2_.y, _e2570);
                        float _e2574 = t_22;
                        t_22 = metal::fma(v2_1.z, a3_2_.z, _e2574);
                        float _e2578 = t_22;
                        t_22 = metal::fma(v2_1.w, a3_2_.w, _e2578);
                        float _e2582 = t_22;
                        t_22 = metal::fma(v3_1.x, a3_3_.x, _e2582);
                        float _e2586 = t_22;
                        t_22 = metal::fma(v3_1.y, a3_3_.y, _e2586);
                        float _e2590 = t_22;
                        t_22 = metal::fma(v3_1.z, a3_3_.z, _e2590);
                        float _e2594 = t_22;
                        t_22 = metal::fma(v3_1.w, a3_3_.w, _e2594);
                        float _e2596 = t_22;
                        float _e2597 = s1_3_;
                        s1_3_ = metal::fma(scale0_1, _e2596, _e2597);
                    }
                    float _e2600 = s1_3_;
                    s1_3_ = metal::fma(-(less0_1), t3_0_, _e2600);
                    {
                        t_23 = 0.0;
                        float _e2606 = t_23;
                        t_23 = metal::fma(v4_1.x, a3_4_.x, _e2606);
                        float _e2610 = t_23;
                        t_23 = metal::fma(v4_1.y, a3_4_.y, _e2610);
                        float _e2614 = t_23;
                        t_23 = metal::fma(v4_1.z, a3_4_.z, _e2614);
                        float _e2618 = t_23;
                        t_23 = metal::fma(v4_1.w, a3_4_.w, _e2618);
                        float _e2622 = t_23;
                        t_23 = metal::fma(v5_1.x, a3_5_.x, _e2622);
                        float _e2626 = t_23;
                        t_23 = metal::fma(v5_1.y, a3_5_.y, _e2626);
                        float _e2630 = t_23;
                        t_23 = metal::fma(v5_1.z, a3_5_.z, _e2630);
                        float _e2634 = t_23;
                        t_23 = metal::fma(v5_1.w, a3_5_.w, _e2634);
                        float _e2638 = t_23;
                        t_23 = metal::fma(v6_1.x, a3_6_.x, _e2638);
                        float _e2642 = t_23;
                        t_23 = metal::fma(v6_1.y, a3_6_.y, _e2642);
                        float _e2646 = t_23;
                        t_23 = metal::fma(v6_1.z, a3_6_.z, _e2646);
                        float _e2650 = t_23;
                        t_23 = metal::fma(v6_1.w, a3_6_.w, _e2650);
                        float _e2654 = t_23;
                        t_23 = metal::fma(v7_1.x, a3_7_.x, _e2654);
                        float _e2658 = t_23;
                        t_23 = metal::fma(v7_1.y, a3_7_.y, _e2658);
                        float _e2662 = t_23;
                        t_23 = metal::fma(v7_1.z, a3_7_.z, _e2662);
                        float _e2666 = t_23;
                        t_23 = metal::fma(v7_1.w, a3_7_.w, _e2666);
                        float _e2668 = t_23;
                        float _e2669 = s1_3_;
                        s1_3_ = metal::fma(scale1_1, _e2668, _e2669);
                    }
                    float _e2672 = s1_3_;
                    s1_3_ = metal::fma(-(less1_1), t3_1_, _e2672);
                    {
                        t_24 = 0.0;
                        float _e2678 = t_24;
                        t_24 = metal::fma(v0_1.x, a4_0_.x, _e2678);
                        float _e2682 = t_24;
                        t_24 = metal::fma(v0_1.y, a4_0_.y, _e2682);
                        float _e2686 = t_24;
                        t_24 = metal::fma(v0_1.z, a4_0_.z, _e2686);
                        float _e2690 = t_24;
                        t_24 = metal::fma(v0_1.w, a4_0_.w, _e2690);
                        float _e2694 = t_24;
                        t_24 = metal::fma(v1_1.x, a4_1_.x, _e2694);
                        float _e2698 = t_24;
                        t_24 = metal::fma(v1_1.y, a4_1_.y, _e2698);
                        float _e2702 = t_24;
                        t_24 = metal::fma(v1_1.z, a4_1_.z, _e2702);
                        float _e2706 = t_24;
                        t_24 = metal::fma(v1_1.w, a4_1_.w, _e2706);
                        float _e2710 = t_24;
                        t_24 = metal::fma(v2_1.x, a4_2_.x, _e2710);
                        float _e2714 = t_24;
                        t_24 = metal::fma(v2_1.y, a4_2_.y, _e2714);
                        float _e2718 = t_24;
                        t_24 = metal::fma(v2_1.z, a4_2_.z, _e2718);
                        float _e2722 = t_24;
                        t_24 = metal::fma(v2_1.w, a4_2_.w, _e2722);
                        float _e2726 = t_24;
                        t_24 = metal::fma(v3_1.x, a4_3_.x, _e2726);
                        float _e2730 = t_24;
                        t_24 = metal::fma(v3_1.y, a4_3_.y, _e2730);
                        float _e2734 = t_24;
                        t_24 = metal::fma(v3_1.z, a4_3_.z, _e2734);
                        float _e2738 = t_24;
                        t_24 = metal::fma(v3_1.w, a4_3_.w, _e2738);
                        float _e2740 = t_24;
                        float _e2741 = s1_4_;
                        s1_4_ = metal::fma(scale0_1, _e2740, _e2741);
                    }
                    float _e2744 = s1_4_;
                    s1_4_ = metal::fma(-(less0_1), t4_0_, _e2744);
                    {
                        t_25 = 0.0;
                        float _e2750 = t_25;
                        t_25 = metal::fma(v4_1.x, a4_4_.x, _e2750);
                        float _e2754 = t_25;
                        t_25 = metal::fma(v4_1.y, a4_4_.y, _e2754);
                        float _e2758 = t_25;
                        t_25 = metal::fma(v4_1.z, a4_4_.z, _e2758);
                        float _e2762 = t_25;
                        t_25 = metal::fma(v4_1.w, a4_4_.w, _e2762);
                        float _e2766 = t_25;
                        t_25 = metal::fma(v5_1.x, a4_5_.x, _e2766);
                        float _e2770 = t_25;
                        t_25 = metal::fma(v5_1.y, a4_5_.y, _e2770);
                        float _e2774 = t_25;
                        t_25 = metal::fma(v5_1.z, a4_5_.z, _e2774);
                        float _e2778 = t_25;
                        t_25 = metal::fma(v5_1.w, a4_5_.w, _e2778);
                        float _e2782 = t_25;
                        t_25 = metal::fma(v6_1.x, a4_6_.x, _e2782);
                        float _e2786 = t_25;
                        t_25 = metal::fma(v6_1.y, a4_6_.y, _e2786);
                        float _e2790 = t_25;
                        t_25 = metal::fma(v6_1.z, a4_6_.z, _e2790);
                        float _e2794 = t_25;
                        t_25 = metal::fma(v6_1.w, a4_6_.w, _e2794);
                        float _e2798 = t_25;
                        t_25 = metal::fma(v7_1.x, a4_7_.x, _e2798);
                        float _e2802 = t_25;
                        t_25 = metal::fma(v7_1.y, a4_7_.y, _e2802);
                        float _e2806 = t_25;
                        t_25 = metal::fma(v7_1.z, a4_7_.z, _e2806);
                        float _e2810 = t_25;
                        t_25 = metal::fma(v7_1.w, a4_7_.w, _e2810);
                        float _e2812 = t_25;
                        float _e2813 = s1_4_;
                        s1_4_ = metal::fma(scale1_1, _e2812, _e2813);
                    }
                    float _e2816 = s1_4_;
                    s1_4_ = metal::fma(-(less1_1), t4_1_, _e2816);
                    {
                        t_26 = 0.0;
                        float _e2822 = t_26;
                        t_26 = metal::fma(v0_1.x, a5_0_.x, _e2822);
                        float _e2826 = t_26;
                        t_26 = metal::fma(v0_1.y, a5_0_.y, _e2826);
                        float _e2830 = t_26;
                        t_26 = metal::fma(v0_1.z, a5_0_.z, _e2830);
                        float _e2834 = t_26;
                        t_26 = metal::fma(v0_1.w, a5_0_.w, _e2834);
                        float _e2838 = t_26;
                        t_26 = metal::fma(v1_1.x, a5_1_.x, _e2838);
                        float _e2842 = t_26;
                        t_26 = metal::fma(v1_1.y, a5_1_.y, _e2842);
                        float _e2846 = t_26;
                        t_26 = metal::fma(v1_1.z, a5_1_.z, _e2846);
                        float _e2850 = t_26;
                        t_26 = metal::fma(v1_1.w, a5_1_.w, _e2850);
                        float _e2854 = t_26;
                        t_26 = metal::fma(v2_1.x, a5_2_.x, _e2854);
                        float _e2858 = t_26;
                        t_26 = metal::fma(v2_1.y, a5_2_.y, _e2858);
                        float _e2862 = t_26;
                        t_26 = metal::fma(v2_1.z, a5_2_.z, _e2862);
                        float _e2866 = t_26;
                        t_26 = metal::fma(v2_1.w, a5_2_.w, _e2866);
                        float _e2870 = t_26;
                        t_26 = metal::fma(v3_1.x, a5_3_.x, _e2870);
                        float _e2874 = t_26;
                        t_26 = metal::fma(v3_1.y, a5_3_.y, _e2874);
                        float _e2878 = t_26;
                        t_26 = metal::fma(v3_1.z, a5_3_.z, _e2878);
                        float _e2882 = t_26;
                        t_26 = metal::fma(v3_1.w, a5_3_.w, _e2882);
                        float _e2884 = t_26;
                        float _e2885 = s1_5_;
                        s1_5_ = metal::fma(scale0_1, _e2884, _e2885);
                    }
                    float _e2888 = s1_5_;
                    s1_5_ = metal::fma(-(less0_1), t5_0_, _e2888);
                    {
                        t_27 = 0.0;
                        float _e2894 = t_27;
                        t_27 = metal::fma(v4_1.x, a5_4_.x, _e2894);
                        float _e2898 = t_27;
                        t_27 = metal::fma(v4_1.y, a5_4_.y, _e2898);
                        float _e2902 = t_27;
                        t_27 = metal::fma(v4_1.z, a5_4_.z, _e2902);
                        float _e2906 = t_27;
                        t_27 = metal::fma(v4_1.w, a5_4_.w, _e2906);
                        float _e2910 = t_27;
                        t_27 = metal::fma(v5_1.x, a5_5_.x, _e2910);
                        float _e2914 = t_27;
                        t_27 = metal::fma(v5_1.y, a5_5_.y, _e2914);
                        float _e2918 = t_27;
                        t_27 = metal::fma(v5_1.z, a5_5_.z, _e2918);
                        float _e2922 = t_27;
                        t_27 = metal::fma(v5_1.w, a5_5_.w, _e2922);
                        float _e2926 = t_27;
                        t_27 = metal::fma(v6_1.x, a5_6_.x, _e2926);
                        float _e2930 = t_27;
                        t_27 = metal::fma(v6_1.y, a5_6_.y, _e2930);
                        float _e2934 = t_27;
                        t_27 = metal::fma(v6_1.z, a5_6_.z, _e2934);
                        float _e2938 = t_27;
                        t_27 = metal::fma(v6_1.w, a5_6_.w, _e2938);
                        float _e2942 = t_27;
                        t_27 = metal::fma(v7_1.x, a5_7_.x, _e2942);
                        float _e2946 = t_27;
                        t_27 = metal::fma(v7_1.y, a5_7_.y, _e2946);
                        float _e2950 = t_27;
                        t_27 = metal::fma(v7_1.z, a5_7_.z, _e2950);
                        float _e2954 = t_27;
                        t_27 = metal::fma(v7_1.w, a5_7_.w, _e2954);
                        float _e2956 = t_27;
                        float _e2957 = s1_5_;
                        s1_5_ = metal::fma(scale1_1, _e2956, _e2957);
                    }
                    float _e2960 = s1_5_;
                    s1_5_ = metal::fma(-(less1_1), t5_1_, _e2960);
                    {
                        t_28 = 0.0;
                        float _e2966 = t_28;
                        t_28 = metal::fma(v0_1.x, a6_0_.x, _e2966);
                        float _e2970 = t_28;
                        t_28 = metal::fma(v0_1.y, a6_0_.y, _e2970);
                        float _e2974 = t_28;
                        t_28 = metal::fma(v0_1.z, a6_0_.z, _e2974);
                        float _e2978 = t_28;
                        t_28 = metal::fma(v0_1.w, a6_0_.w, _e2978);
                        float _e2982 = t_28;
                        t_28 = metal::fma(v1_1.x, a6_1_.x, _e2982);
                        float _e2986 = t_28;
                        t_28 = metal::fma(v1_1.y, a6_1_.y, _e2986);
                        float _e2990 = t_28;
                        t_28 = metal::fma(v1_1.z, a6_1_.z, _e2990);
                        float _e2994 = t_28;
                        t_28 = metal::fma(v1_1.w, a6_1_.w, _e2994);
                        float _e2998 = t_28;
                        t_28 = metal::fma(v2_1.x, a6_2_.x, _e2998);
                        float _e3002 = t_28;
                        t_28 = metal::fma(v2_1.y, a6_2_.y, _e3002);
                        float _e3006 = t_28;
                        t_28 = metal::fma(v2_1.z, a6_2_.z, _e3006);
                        float _e3010 = t_28;
                        t_28 = metal::fma(v2_1.w, a6_2_.w, _e3010);
                        float _e3014 = t_28;
                        t_28 = metal::fma(v3_1.x, a6_3_.x, _e3014);
                        float _e3018 = t_28;
                        t_28 = metal::fma(v3_1.y, a6_3_.y, _e3018);
                        float _e3022 = t_28;
                        t_28 = metal::fma(v3_1.z, a6_3_.z, _e3022);
                        float _e3026 = t_28;
                        t_28 = metal::fma(v3_1.w, a6_3_.w, _e3026);
                        float _e3028 = t_28;
                        float _e3029 = s1_6_;
                        s1_6_ = metal::fma(scale0_1, _e3028, _e3029);
                    }
                    float _e3032 = s1_6_;
                    s1_6_ = metal::fma(-(less0_1), t6_0_, _e3032);
                    {
                        t_29 = 0.0;
                        float _e3038 = t_29;
                        t_29 = metal::fma(v4_1.x, a6_4_.x, _e3038);
                        float _e3042 = t_29;
                        t_29 = metal::fma(v4_1.y, a6_4_.y, _e3042);
                        float _e3046 = t_29;
                        t_29 = metal::fma(v4_1.z, a6_4_.z, _e3046);
                        float _e3050 = t_29;
                        t_29 = metal::fma(v4_1.w, a6_4_.w, _e3050);
                        float _e3054 = t_29;
                        t_29 = metal::fma(v5_1.x, a6_5_.x, _e3054);
                        float _e3058 = t_29;
                        t_29 = metal::fma(v5_1.y, a6_5_.y, _e3058);
                        float _e3062 = t_29;
                        t_29 = metal::fma(v5_1.z, a6_5_.z, _e3062);
                        float _e3066 = t_29;
                        t_29 = metal::fma(v5_1.w, a6_5_.w, _e3066);
                        float _e3070 = t_29;
                        t_29 = metal::fma(v6_1.x, a6_6_.x, _e3070);
                        float _e3074 = t_29;
                        t_29 = metal::fma(v6_1.y, a6_6_.y, _e3074);
                        float _e3078 = t_29;
                        t_29 = metal::fma(v6_1.z, a6_6_.z, _e3078);
                        float _e3082 = t_29;
                        t_29 = metal::fma(v6_1.w, a6_6_.w, _e3082);
                        float _e3086 = t_29;
                        t_29 = metal::fma(v7_1.x, a6_7_.x, _e3086);
                        float _e3090 = t_29;
                        t_29 = metal::fma(v7_1.y, a6_7_.y, _e3090);
                        float _e3094 = t_29;
                        t_29 = metal::fma(v7_1.z, a6_7_.z, _e3094);
                        float _e3098 = t_29;
                        t_29 = metal::fma(v7_1.w, a6_7_.w, _e3098);
                        float _e3100 = t_29;
                        float _e3101 = s1_6_;
                        s1_6_ = metal::fma(scale1_1, _e3100, _e3101);
                    }
                    float _e3104 = s1_6_;
                    s1_6_ = metal::fma(-(less1_1), t6_1_, _e3104);
                    {
                        t_30 = 0.0;
                        float _e3110 = t_30;
                        t_30 = metal::fma(v0_1.x, a7_0_.x, _e3110);
                        float _e3114 = t_30;
                        t_30 = metal::fma(v0_1.y, a7_0_.y, _e3114);
                        float _e3118 = t_30;
                        t_30 = metal::fma(v0_1.z, a7_0_.z, _e3118);
                        float _e3122 = t_30;
                        t_30 = metal::fma(v0_1.w, a7_0_.w, _e3122);
                        float _e3126 = t_30;
                        t_30 = metal::fma(v1_1.x, a7_1_.x, _e3126);
                        float _e3130 = t_30;
                        t_30 = metal::fma(v1_1.y, a7_1_.y, _e3130);
                        float _e3134 = t_30;
                        t_30 = metal::fma(v1_1.z, a7_1_.z, _e3134);
                        float _e3138 = t_30;
                        t_30 = metal::fma(v1_1.w, a7_1_.w, _e3138);
                        float _e3142 = t_30;
                        t_30 = metal::fma(v2_1.x, a7_2_.x, _e3142);
                        float _e3146 = t_30;
                        t_30 = metal::fma(v2_1.y, a7_2_.y, _e3146);
                        float _e3150 = t_30;
                        t_30 = metal::fma(v2_1.z, a7_2_.z, _e3150);
                        float _e3154 = t_30;
                        t_30 = metal::fma(v2_1.w, a7_2_.w, _e3154);
                        float _e3158 = t_30;
                        t_30 = metal::fma(v3_1.x, a7_3_.x, _e3158);
                        float _e3162 = t_30;
                        t_30 = metal::fma(v3_1.y, a7_3_.y, _e3162);
                        float _e3166 = t_30;
                        t_30 = metal::fma(v3_1.z, a7_3_.z, _e3166);
                        float _e3170 = t_30;
                        t_30 = metal::fma(v3_1.w, a7_3_.w, _e3170);
                        float _e3172 = t_30;
                        float _e3173 = s1_7_;
                        s1_7_ = metal::fma(scale0_1, _e3172, _e3173);
                    }
                    float _e3176 = s1_7_;
                    s1_7_ = metal::fma(-(less0_1), t7_0_, _e3176);
                    {
                        t_31 = 0.0;
                        float _e3182 = t_31;
                        t_31 = metal::fma(v4_1.x, a7_4_.x, _e3182);
                        float _e3186 = t_31;
                        t_31 = metal::fma(v4_1.y, a7_4_.y, _e3186);
                        float _e3190 = t_31;
                        t_31 = metal::fma(v4_1.z, a7_4_.z, _e3190);
                        float _e3194 = t_31;
                        t_31 = metal::fma(v4_1.w, a7_4_.w, _e3194);
                        float _e3198 = t_31;
                        t_31 = metal::fma(v5_1.x, a7_5_.x, _e3198);
                        float _e3202 = t_31;
                        t_31 = metal::fma(v5_1.y, a7_5_.y, _e3202);
                        float _e3206 = t_31;
                        t_31 = metal::fma(v5_1.z, a7_5_.z, _e3206);
                        float _e3210 = t_31;
                        t_31 = metal::fma(v5_1.w, a7_5_.w, _e3210);
                        float _e3214 = t_31;
                        t_31 = metal::fma(v6_1.x, a7_6_.x, _e3214);
                        float _e3218 = t_31;
                        t_31 = metal::fma(v6_1.y, a7_6_.y, _e3218);
                        float _e3222 = t_31;
                        t_31 = metal::fma(v6_1.z, a7_6_.z, _e3222);
                        float _e3226 = t_31;
                        t_31 = metal::fma(v6_1.w, a7_6_.w, _e3226);
                        float _e3230 = t_31;
                        t_31 = metal::fma(v7_1.x, a7_7_.x, _e3230);
                        float _e3234 = t_31;
                        t_31 = metal::fma(v7_1.y, a7_7_.y, _e3234);
                        float _e3238 = t_31;
                        t_31 = metal::fma(v7_1.z, a7_7_.z, _e3238);
                        float _e3242 = t_31;
                        t_31 = metal::fma(v7_1.w, a7_7_.w, _e3242);
                        float _e3244 = t_31;
                        float _e3245 = s1_7_;
                        s1_7_ = metal::fma(scale1_1, _e3244, _e3245);
                    }
                    float _e3248 = s1_7_;
                    s1_7_ = metal::fma(-(less1_1), t7_1_, _e3248);
                }
            }
            {
                float _e3250 = s0_0_;
                float unnamed = metal::simd_sum(_e3250);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 0u] = unnamed;
                }
            }
            {
                float _e3260 = s1_0_;
                float unnamed_1 = metal::simd_sum(_e3260);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 8u] = unnamed_1;
                }
            }
            {
                float _e3270 = s0_1_;
                float unnamed_2 = metal::simd_sum(_e3270);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 1u] = unnamed_2;
                }
            }
            {
                float _e3280 = s1_1_;
                float unnamed_3 = metal::simd_sum(_e3280);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 9u] = unnamed_3;
                }
            }
            {
                float _e3290 = s0_2_;
                float unnamed_4 = metal::simd_sum(_e3290);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 2u] = unnamed_4;
                }
            }
            {
                float _e3300 = s1_2_;
                float unnamed_5 = metal::simd_sum(_e3300);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 10u] = unnamed_5;
                }
            }
            {
                float _e3310 = s0_3_;
                float unnamed_6 = metal::simd_sum(_e3310);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 3u] = unnamed_6;
                }
            }
            {
                float _e3320 = s1_3_;
                float unnamed_7 = metal::simd_sum(_e3320);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 11u] = unnamed_7;
                }
            }
            {
                float _e3330 = s0_4_;
                float unnamed_8 = metal::simd_sum(_e3330);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 4u] = unnamed_8;
                }
            }
            {
                float _e3340 = s1_4_;
                float unnamed_9 = metal::simd_sum(_e3340);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 12u] = unnamed_9;
                }
            }
            {
                float _e3350 = s0_5_;
                float unnamed_10 = metal::simd_sum(_e3350);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 5u] = unnamed_10;
                }
            }
            {
                float _e3360 = s1_5_;
                float unnamed_11 = metal::simd_sum(_e3360);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 13u] = unnamed_11;
                }
            }
            {
                float _e3370 = s0_6_;
                float unnamed_12 = metal::simd_sum(_e3370);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 6u] = unnamed_12;
                }
            }
            {
                float _e3380 = s1_6_;
                float unnamed_13 = metal::simd_sum(_e3380);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 14u] = unnamed_13;
                }
            }
            {
                float _e3390 = s0_7_;
                float unnamed_14 = metal::simd_sum(_e3390);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 7u] = unnamed_14;
                }
            }
            {
                float _e3400 = s1_7_;
                float unnamed_15 = metal::simd_sum(_e3400);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 15u] = unnamed_15;
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            i = thread_;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e3470 = i;
                    i = _e3470 + 256u;
                }
                loop_init_1 = false;
                uint _e3411 = i;
                if (_e3411 < 128u) {
                } else {
                    break;
                }
                {
                    uint _e3414 = i;
                    uint own = _e3414 / 16u;
                    uint _e3417 = i;
                    uint m = (_e3417 % 16u) / 8u;
                    uint _e3422 = i;
                    uint r = _e3422 % 8u;
                    uint n = ((group * 16u) + (own * 2u)) + m;
                    uint _e3431 = base;
                    uint row = _e3431 + r;
                    if (n < 768u) {
                        local = row < live;
                    } else {
                        local = false;
                    }
                    bool _e3439 = local;
                    if (_e3439) {
                        float _e3453 = parts.inner[((((own * 1u) + 0u) * 16u) + (m * 8u)) + r];
                        float _e3457 = bias[n];
                        float sum = (_e3453 * 1.0) + _e3457;
                        uint to = ((row * 768u) + n) + 0u;
                        float _e3468 = y[to];
                        y[to] = _e3468 + sum;
                    }
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    return;
}
