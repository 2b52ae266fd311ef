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
            uint _e1687 = base;
            base = _e1687 + 8u;
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
            uint p0_ = (0u + (part * 32u)) + lane;
            metal::uint4 w0_0_ = w[(n0_ * 32u) + p0_];
            float _e179 = scale_of((n0_ * 16u) + (p0_ / 2u), scales, _buffer_sizes);
            metal::uint4 w0_1_ = w[(n1_ * 32u) + p0_];
            float _e191 = scale_of((n1_ * 16u) + (p0_ / 2u), scales, _buffer_sizes);
            {
                uint c0_ = (p0_ * 4u) + 0u;
                uint c1_ = (p0_ * 4u) + 1u;
                uint c2_ = (p0_ * 4u) + 2u;
                uint c3_ = (p0_ * 4u) + 3u;
                metal::float4 a0_0_ = x[x0_ + c0_];
                metal::float4 a0_1_ = x[x0_ + c1_];
                metal::float4 a0_2_ = x[x0_ + c2_];
                metal::float4 a0_3_ = x[x0_ + c3_];
                metal::float4 a1_0_ = x[x1_ + c0_];
                metal::float4 a1_1_ = x[x1_ + c1_];
                metal::float4 a1_2_ = x[x1_ + c2_];
                metal::float4 a1_3_ = x[x1_ + c3_];
                metal::float4 a2_0_ = x[x2_ + c0_];
                metal::float4 a2_1_ = x[x2_ + c1_];
                metal::float4 a2_2_ = x[x2_ + c2_];
                metal::float4 a2_3_ = x[x2_ + c3_];
                metal::float4 a3_0_ = x[x3_ + c0_];
                metal::float4 a3_1_ = x[x3_ + c1_];
                metal::float4 a3_2_ = x[x3_ + c2_];
                metal::float4 a3_3_ = x[x3_ + c3_];
                metal::float4 a4_0_ = x[x4_ + c0_];
                metal::float4 a4_1_ = x[x4_ + c1_];
                metal::float4 a4_2_ = x[x4_ + c2_];
                metal::float4 a4_3_ = x[x4_ + c3_];
                metal::float4 a5_0_ = x[x5_ + c0_];
                metal::float4 a5_1_ = x[x5_ + c1_];
                metal::float4 a5_2_ = x[x5_ + c2_];
                metal::float4 a5_3_ = x[x5_ + c3_];
                metal::float4 a6_0_ = x[x6_ + c0_];
                metal::float4 a6_1_ = x[x6_ + c1_];
                metal::float4 a6_2_ = x[x6_ + c2_];
                metal::float4 a6_3_ = x[x6_ + c3_];
                metal::float4 a7_0_ = x[x7_ + c0_];
                metal::float4 a7_1_ = x[x7_ + c1_];
                metal::float4 a7_2_ = x[x7_ + c2_];
                metal::float4 a7_3_ = x[x7_ + c3_];
                {
                    metal::float4 v0_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_0_.x)));
                    metal::float4 v1_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_0_.y)));
                    metal::float4 v2_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_0_.z)));
                    metal::float4 v3_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_0_.w)));
                    {
                        t = 0.0;
                        float _e352 = t;
                        t = metal::fma(v0_.x, a0_0_.x, _e352);
                        float _e356 = t;
                        t = metal::fma(v0_.y, a0_0_.y, _e356);
                        float _e360 = t;
                        t = metal::fma(v0_.z, a0_0_.z, _e360);
                        float _e364 = t;
                        t = metal::fma(v0_.w, a0_0_.w, _e364);
                        float _e368 = t;
                        t = metal::fma(v1_.x, a0_1_.x, _e368);
                        float _e372 = t;
                        t = metal::fma(v1_.y, a0_1_.y, _e372);
                        float _e376 = t;
                        t = metal::fma(v1_.z, a0_1_.z, _e376);
                        float _e380 = t;
                        t = metal::fma(v1_.w, a0_1_.w, _e380);
                        float _e384 = t;
                        t = metal::fma(v2_.x, a0_2_.x, _e384);
                        float _e388 = t;
                        t = metal::fma(v2_.y, a0_2_.y, _e388);
                        float _e392 = t;
                        t = metal::fma(v2_.z, a0_2_.z, _e392);
                        float _e396 = t;
                        t = metal::fma(v2_.w, a0_2_.w, _e396);
                        float _e400 = t;
                        t = metal::fma(v3_.x, a0_3_.x, _e400);
                        float _e404 = t;
                        t = metal::fma(v3_.y, a0_3_.y, _e404);
                        float _e408 = t;
                        t = metal::fma(v3_.z, a0_3_.z, _e408);
                        float _e412 = t;
                        t = metal::fma(v3_.w, a0_3_.w, _e412);
                        float _e414 = t;
                        float _e415 = s0_0_;
                        s0_0_ = metal::fma(_e179, _e414, _e415);
                    }
                    {
                        t_1 = 0.0;
                        float _e421 = t_1;
                        t_1 = metal::fma(v0_.x, a1_0_.x, _e421);
                        float _e425 = t_1;
                        t_1 = metal::fma(v0_.y, a1_0_.y, _e425);
                        float _e429 = t_1;
                        t_1 = metal::fma(v0_.z, a1_0_.z, _e429);
                        float _e433 = t_1;
                        t_1 = metal::fma(v0_.w, a1_0_.w, _e433);
                        float _e437 = t_1;
                        t_1 = metal::fma(v1_.x, a1_1_.x, _e437);
                        float _e441 = t_1;
                        t_1 = metal::fma(v1_.y, a1_1_.y, _e441);
                        float _e445 = t_1;
                        t_1 = metal::fma(v1_.z, a1_1_.z, _e445);
                        float _e449 = t_1;
                        t_1 = metal::fma(v1_.w, a1_1_.w, _e449);
                        float _e453 = t_1;
                        t_1 = metal::fma(v2_.x, a1_2_.x, _e453);
                        float _e457 = t_1;
                        t_1 = metal::fma(v2_.y, a1_2_.y, _e457);
                        float _e461 = t_1;
                        t_1 = metal::fma(v2_.z, a1_2_.z, _e461);
                        float _e465 = t_1;
                        t_1 = metal::fma(v2_.w, a1_2_.w, _e465);
                        float _e469 = t_1;
                        t_1 = metal::fma(v3_.x, a1_3_.x, _e469);
                        float _e473 = t_1;
                        t_1 = metal::fma(v3_.y, a1_3_.y, _e473);
                        float _e477 = t_1;
                        t_1 = metal::fma(v3_.z, a1_3_.z, _e477);
                        float _e481 = t_1;
                        t_1 = metal::fma(v3_.w, a1_3_.w, _e481);
                        float _e483 = t_1;
                        float _e484 = s0_1_;
                        s0_1_ = metal::fma(_e179, _e483, _e484);
                    }
                    {
                        t_2 = 0.0;
                        float _e490 = t_2;
                        t_2 = metal::fma(v0_.x, a2_0_.x, _e490);
                        float _e494 = t_2;
                        t_2 = metal::fma(v0_.y, a2_0_.y, _e494);
                        float _e498 = t_2;
                        t_2 = metal::fma(v0_.z, a2_0_.z, _e498);
                        float _e502 = t_2;
                        t_2 = metal::fma(v0_.w, a2_0_.w, _e502);
                        float _e506 = t_2;
                        t_2 = metal::fma(v1_.x, a2_1_.x, _e506);
                        float _e510 = t_2;
                        t_2 = metal::fma(v1_.y, a2_1_.y, _e510);
                        float _e514 = t_2;
                        t_2 = metal::fma(v1_.z, a2_1_.z, _e514);
                        float _e518 = t_2;
                        t_2 = metal::fma(v1_.w, a2_1_.w, _e518);
                        float _e522 = t_2;
                        t_2 = metal::fma(v2_.x, a2_2_.x, _e522);
                        float _e526 = t_2;
                        t_2 = metal::fma(v2_.y, a2_2_.y, _e526);
                        float _e530 = t_2;
                        t_2 = metal::fma(v2_.z, a2_2_.z, _e530);
                        float _e534 = t_2;
                        t_2 = metal::fma(v2_.w, a2_2_.w, _e534);
                        float _e538 = t_2;
                        t_2 = metal::fma(v3_.x, a2_3_.x, _e538);
                        float _e542 = t_2;
                        t_2 = metal::fma(v3_.y, a2_3_.y, _e542);
                        float _e546 = t_2;
                        t_2 = metal::fma(v3_.z, a2_3_.z, _e546);
                        float _e550 = t_2;
                        t_2 = metal::fma(v3_.w, a2_3_.w, _e550);
                        float _e552 = t_2;
                        float _e553 = s0_2_;
                        s0_2_ = metal::fma(_e179, _e552, _e553);
                    }
                    {
                        t_3 = 0.0;
                        float _e559 = t_3;
                        t_3 = metal::fma(v0_.x, a3_0_.x, _e559);
                        float _e563 = t_3;
                        t_3 = metal::fma(v0_.y, a3_0_.y, _e563);
                        float _e567 = t_3;
                        t_3 = metal::fma(v0_.z, a3_0_.z, _e567);
                        float _e571 = t_3;
                        t_3 = metal::fma(v0_.w, a3_0_.w, _e571);
                        float _e575 = t_3;
                        t_3 = metal::fma(v1_.x, a3_1_.x, _e575);
                        float _e579 = t_3;
                        t_3 = metal::fma(v1_.y, a3_1_.y, _e579);
                        float _e583 = t_3;
                        t_3 = metal::fma(v1_.z, a3_1_.z, _e583);
                        float _e587 = t_3;
                        t_3 = metal::fma(v1_.w, a3_1_.w, _e587);
                        float _e591 = t_3;
                        t_3 = metal::fma(v2_.x, a3_2_.x, _e591);
                        float _e595 = t_3;
                        t_3 = metal::fma(v2_.y, a3_2_.y, _e595);
                        float _e599 = t_3;
                        t_3 = metal::fma(v2_.z, a3_2_.z, _e599);
                        float _e603 = t_3;
                        t_3 = metal::fma(v2_.w, a3_2_.w, _e603);
                        float _e607 = t_3;
                        t_3 = metal::fma(v3_.x, a3_3_.x, _e607);
                        float _e611 = t_3;
                        t_3 = metal::fma(v3_.y, a3_3_.y, _e611);
                        float _e615 = t_3;
                        t_3 = metal::fma(v3_.z, a3_3_.z, _e615);
                        float _e619 = t_3;
                        t_3 = metal::fma(v3_.w, a3_3_.w, _e619);
                        float _e621 = t_3;
                        float _e622 = s0_3_;
                        s0_3_ = metal::fma(_e179, _e621, _e622);
                    }
                    {
                        t_4 = 0.0;
                        float _e628 = t_4;
                        t_4 = metal::fma(v0_.x, a4_0_.x, _e628);
                        float _e632 = t_4;
                        t_4 = metal::fma(v0_.y, a4_0_.y, _e632);
                        float _e636 = t_4;
                        t_4 = metal::fma(v0_.z, a4_0_.z, _e636);
                        float _e640 = t_4;
                        t_4 = metal::fma(v0_.w, a4_0_.w, _e640);
                        float _e644 = t_4;
                        t_4 = metal::fma(v1_.x, a4_1_.x, _e644);
                        float _e648 = t_4;
                        t_4 = metal::fma(v1_.y, a4_1_.y, _e648);
                        float _e652 = t_4;
                        t_4 = metal::fma(v1_.z, a4_1_.z, _e652);
                        float _e656 = t_4;
                        t_4 = metal::fma(v1_.w, a4_1_.w, _e656);
                        float _e660 = t_4;
                        t_4 = metal::fma(v2_.x, a4_2_.x, _e660);
                        float _e664 = t_4;
                        t_4 = metal::fma(v2_.y, a4_2_.y, _e664);
                        float _e668 = t_4;
                        t_4 = metal::fma(v2_.z, a4_2_.z, _e668);
                        float _e672 = t_4;
                        t_4 = metal::fma(v2_.w, a4_2_.w, _e672);
                        float _e676 = t_4;
                        t_4 = metal::fma(v3_.x, a4_3_.x, _e676);
                        float _e680 = t_4;
                        t_4 = metal::fma(v3_.y, a4_3_.y, _e680);
                        float _e684 = t_4;
                        t_4 = metal::fma(v3_.z, a4_3_.z, _e684);
                        float _e688 = t_4;
                        t_4 = metal::fma(v3_.w, a4_3_.w, _e688);
                        float _e690 = t_4;
                        float _e691 = s0_4_;
                        s0_4_ = metal::fma(_e179, _e690, _e691);
                    }
                    {
                        t_5 = 0.0;
                        float _e697 = t_5;
                        t_5 = metal::fma(v0_.x, a5_0_.x, _e697);
                        float _e701 = t_5;
                        t_5 = metal::fma(v0_.y, a5_0_.y, _e701);
                        float _e705 = t_5;
                        t_5 = metal::fma(v0_.z, a5_0_.z, _e705);
                        float _e709 = t_5;
                        t_5 = metal::fma(v0_.w, a5_0_.w, _e709);
                        float _e713 = t_5;
                        t_5 = metal::fma(v1_.x, a5_1_.x, _e713);
                        float _e717 = t_5;
                        t_5 = metal::fma(v1_.y, a5_1_.y, _e717);
                        float _e721 = t_5;
                        t_5 = metal::fma(v1_.z, a5_1_.z, _e721);
                        float _e725 = t_5;
                        t_5 = metal::fma(v1_.w, a5_1_.w, _e725);
                        float _e729 = t_5;
                        t_5 = metal::fma(v2_.x, a5_2_.x, _e729);
                        float _e733 = t_5;
                        t_5 = metal::fma(v2_.y, a5_2_.y, _e733);
                        float _e737 = t_5;
                        t_5 = metal::fma(v2_.z, a5_2_.z, _e737);
                        float _e741 = t_5;
                        t_5 = metal::fma(v2_.w, a5_2_.w, _e741);
                        float _e745 = t_5;
                        t_5 = metal::fma(v3_.x, a5_3_.x, _e745);
                        float _e749 = t_5;
                        t_5 = metal::fma(v3_.y, a5_3_.y, _e749);
                        float _e753 = t_5;
                        t_5 = metal::fma(v3_.z, a5_3_.z, _e753);
                        float _e757 = t_5;
                        t_5 = metal::fma(v3_.w, a5_3_.w, _e757);
                        float _e759 = t_5;
                        float _e760 = s0_5_;
                        s0_5_ = metal::fma(_e179, _e759, _e760);
                    }
                    {
                        t_6 = 0.0;
                        float _e766 = t_6;
                        t_6 = metal::fma(v0_.x, a6_0_.x, _e766);
                        float _e770 = t_6;
                        t_6 = metal::fma(v0_.y, a6_0_.y, _e770);
                        float _e774 = t_6;
                        t_6 = metal::fma(v0_.z, a6_0_.z, _e774);
                        float _e778 = t_6;
                        t_6 = metal::fma(v0_.w, a6_0_.w, _e778);
                        float _e782 = t_6;
                        t_6 = metal::fma(v1_.x, a6_1_.x, _e782);
                        float _e786 = t_6;
                        t_6 = metal::fma(v1_.y, a6_1_.y, _e786);
                        float _e790 = t_6;
                        t_6 = metal::fma(v1_.z, a6_1_.z, _e790);
                        float _e794 = t_6;
                        t_6 = metal::fma(v1_.w, a6_1_.w, _e794);
                        float _e798 = t_6;
                        t_6 = metal::fma(v2_.x, a6_2_.x, _e798);
                        float _e802 = t_6;
                        t_6 = metal::fma(v2_.y, a6_2_.y, _e802);
                        float _e806 = t_6;
                        t_6 = metal::fma(v2_.z, a6_2_.z, _e806);
                        float _e810 = t_6;
                        t_6 = metal::fma(v2_.w, a6_2_.w, _e810);
                        float _e814 = t_6;
                        t_6 = metal::fma(v3_.x, a6_3_.x, _e814);
                        float _e818 = t_6;
                        t_6 = metal::fma(v3_.y, a6_3_.y, _e818);
                        float _e822 = t_6;
                        t_6 = metal::fma(v3_.z, a6_3_.z, _e822);
                        float _e826 = t_6;
                        t_6 = metal::fma(v3_.w, a6_3_.w, _e826);
                        float _e828 = t_6;
                        float _e829 = s0_6_;
                        s0_6_ = metal::fma(_e179, _e828, _e829);
                    }
                    {
                        t_7 = 0.0;
                        float _e835 = t_7;
                        t_7 = metal::fma(v0_.x, a7_0_.x, _e835);
                        float _e839 = t_7;
                        t_7 = metal::fma(v0_.y, a7_0_.y, _e839);
                        float _e843 = t_7;
                        t_7 = metal::fma(v0_.z, a7_0_.z, _e843);
                        float _e847 = t_7;
                        t_7 = metal::fma(v0_.w, a7_0_.w, _e847);
                        float _e851 = t_7;
                        t_7 = metal::fma(v1_.x, a7_1_.x, _e851);
                        float _e855 = t_7;
                        t_7 = metal::fma(v1_.y, a7_1_.y, _e855);
                        float _e859 = t_7;
                        t_7 = metal::fma(v1_.z, a7_1_.z, _e859);
                        float _e863 = t_7;
                        t_7 = metal::fma(v1_.w, a7_1_.w, _e863);
                        float _e867 = t_7;
                        t_7 = metal::fma(v2_.x, a7_2_.x, _e867);
                        float _e871 = t_7;
                        t_7 = metal::fma(v2_.y, a7_2_.y, _e871);
                        float _e875 = t_7;
                        t_7 = metal::fma(v2_.z, a7_2_.z, _e875);
                        float _e879 = t_7;
                        t_7 = metal::fma(v2_.w, a7_2_.w, _e879);
                        float _e883 = t_7;
                        t_7 = metal::fma(v3_.x, a7_3_.x, _e883);
                        float _e887 = t_7;
                        t_7 = metal::fma(v3_.y, a7_3_.y, _e887);
                        float _e891 = t_7;
                        t_7 = metal::fma(v3_.z, a7_3_.z, _e891);
                        float _e895 = t_7;
                        t_7 = metal::fma(v3_.w, a7_3_.w, _e895);
                        float _e897 = t_7;
                        float _e898 = s0_7_;
                        s0_7_ = metal::fma(_e179, _e897, _e898);
                    }
                }
                {
                    metal::float4 v0_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1_.x)));
                    metal::float4 v1_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1_.y)));
                    metal::float4 v2_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1_.z)));
                    metal::float4 v3_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1_.w)));
                    {
                        t_8 = 0.0;
                        float _e916 = t_8;
                        t_8 = metal::fma(v0_1.x, a0_0_.x, _e916);
                        float _e920 = t_8;
                        t_8 = metal::fma(v0_1.y, a0_0_.y, _e920);
                        float _e924 = t_8;
                        t_8 = metal::fma(v0_1.z, a0_0_.z, _e924);
                        float _e928 = t_8;
                        t_8 = metal::fma(v0_1.w, a0_0_.w, _e928);
                        float _e932 = t_8;
                        t_8 = metal::fma(v1_1.x, a0_1_.x, _e932);
                        float _e936 = t_8;
                        t_8 = metal::fma(v1_1.y, a0_1_.y, _e936);
                        float _e940 = t_8;
                        t_8 = metal::fma(v1_1.z, a0_1_.z, _e940);
                        float _e944 = t_8;
                        t_8 = metal::fma(v1_1.w, a0_1_.w, _e944);
                        float _e948 = t_8;
                        t_8 = metal::fma(v2_1.x, a0_2_.x, _e948);
                        float _e952 = t_8;
                        t_8 = metal::fma(v2_1.y, a0_2_.y, _e952);
                        float _e956 = t_8;
                        t_8 = metal::fma(v2_1.z, a0_2_.z, _e956);
                        float _e960 = t_8;
                        t_8 = metal::fma(v2_1.w, a0_2_.w, _e960);
                        float _e964 = t_8;
                        t_8 = metal::fma(v3_1.x, a0_3_.x, _e964);
                        float _e968 = t_8;
                        t_8 = metal::fma(v3_1.y, a0_3_.y, _e968);
                        float _e972 = t_8;
                        t_8 = metal::fma(v3_1.z, a0_3_.z, _e972);
                        float _e976 = t_8;
                        t_8 = metal::fma(v3_1.w, a0_3_.w, _e976);
                        float _e978 = t_8;
                        float _e979 = s1_0_;
                        s1_0_ = metal::fma(_e191, _e978, _e979);
                    }
                    {
                        t_9 = 0.0;
                        float _e985 = t_9;
                        t_9 = metal::fma(v0_1.x, a1_0_.x, _e985);
                        float _e989 = t_9;
                        t_9 = metal::fma(v0_1.y, a1_0_.y, _e989);
                        float _e993 = t_9;
                        t_9 = metal::fma(v0_1.z, a1_0_.z, _e993);
                        float _e997 = t_9;
                        t_9 = metal::fma(v0_1.w, a1_0_.w, _e997);
                        float _e1001 = t_9;
                        t_9 = metal::fma(v1_1.x, a1_1_.x, _e1001);
                        float _e1005 = t_9;
                        t_9 = metal::fma(v1_1.y, a1_1_.y, _e1005);
                        float _e1009 = t_9;
                        t_9 = metal::fma(v1_1.z, a1_1_.z, _e1009);
                        float _e1013 = t_9;
                        t_9 = metal::fma(v1_1.w, a1_1_.w, _e1013);
                        float _e1017 = t_9;
                        t_9 = metal::fma(v2_1.x, a1_2_.x, _e1017);
                        float _e1021 = t_9;
                        t_9 = metal::fma(v2_1.y, a1_2_.y, _e1021);
                        float _e1025 = t_9;
                        t_9 = metal::fma(v2_1.z, a1_2_.z, _e1025);
                        float _e1029 = t_9;
                        t_9 = metal::fma(v2_1.w, a1_2_.w, _e1029);
                        float _e1033 = t_9;
                        t_9 = metal::fma(v3_1.x, a1_3_.x, _e1033);
                        float _e1037 = t_9;
                        t_9 = metal::fma(v3_1.y, a1_3_.y, _e1037);
                        float _e1041 = t_9;
                        t_9 = metal::fma(v3_1.z, a1_3_.z, _e1041);
                        float _e1045 = t_9;
                        t_9 = metal::fma(v3_1.w, a1_3_.w, _e1045);
                        float _e1047 = t_9;
                        float _e1048 = s1_1_;
                        s1_1_ = metal::fma(_e191, _e1047, _e1048);
                    }
                    {
                        t_10 = 0.0;
                        float _e1054 = t_10;
                        t_10 = metal::fma(v0_1.x, a2_0_.x, _e1054);
                        float _e1058 = t_10;
                        t_10 = metal::fma(v0_1.y, a2_0_.y, _e1058);
                        float _e1062 = t_10;
                        t_10 = metal::fma(v0_1.z, a2_0_.z, _e1062);
                        float _e1066 = t_10;
                        t_10 = metal::fma(v0_1.w, a2_0_.w, _e1066);
                        float _e1070 = t_10;
                        t_10 = metal::fma(v1_1.x, a2_1_.x, _e1070);
                        float _e1074 = t_10;
                        t_10 = metal::fma(v1_1.y, a2_1_.y, _e1074);
                        float _e1078 = t_10;
                        t_10 = metal::fma(v1_1.z, a2_1_.z, _e1078);
                        float _e1082 = t_10;
                        t_10 = metal::fma(v1_1.w, a2_1_.w, _e1082);
                        float _e1086 = t_10;
                        t_10 = metal::fma(v2_1.x, a2_2_.x, _e1086);
                        float _e1090 = t_10;
                        t_10 = metal::fma(v2_1.y, a2_2_.y, _e1090);
                        float _e1094 = t_10;
                        t_10 = metal::fma(v2_1.z, a2_2_.z, _e1094);
                        float _e1098 = t_10;
                        t_10 = metal::fma(v2_1.w, a2_2_.w, _e1098);
                        float _e1102 = t_10;
                        t_10 = metal::fma(v3_1.x, a2_3_.x, _e1102);
                        float _e1106 = t_10;
                        t_10 = metal::fma(v3_1.y, a2_3_.y, _e1106);
                        float _e1110 = t_10;
                        t_10 = metal::fma(v3_1.z, a2_3_.z, _e1110);
                        float _e1114 = t_10;
                        t_10 = metal::fma(v3_1.w, a2_3_.w, _e1114);
                        float _e1116 = t_10;
                        float _e1117 = s1_2_;
                        s1_2_ = metal::fma(_e191, _e1116, _e1117);
                    }
                    {
                        t_11 = 0.0;
                        float _e1123 = t_11;
                        t_11 = metal::fma(v0_1.x, a3_0_.x, _e1123);
                        float _e1127 = t_11;
                        t_11 = metal::fma(v0_1.y, a3_0_.y, _e1127);
                        float _e1131 = t_11;
                        t_11 = metal::fma(v0_1.z, a3_0_.z, _e1131);
                        float _e1135 = t_11;
                        t_11 = metal::fma(v0_1.w, a3_0_.w, _e1135);
                        float _e1139 = t_11;
                        t_11 = metal::fma(v1_1.x, a3_1_.x, _e1139);
                        float _e1143 = t_11;
                        t_11 = metal::fma(v1_1.y, a3_1_.y, _e1143);
                        float _e1147 = t_11;
                        t_11 = metal::fma(v1_1.z, a3_1_.z, _e1147);
                        float _e1151 = t_11;
                        t_11 = metal::fma(v1_1.w, a3_1_.w, _e1151);
                        float _e1155 = t_11;
                        t_11 = metal::fma(v2_1.x, a3_2_.x, _e1155);
                        float _e1159 = t_11;
                        t_11 = metal::fma(v2_1.y, a3_2_.y, _e1159);
                        float _e1163 = t_11;
                        t_11 = metal::fma(v2_1.z, a3_2_.z, _e1163);
                        float _e1167 = t_11;
                        t_11 = metal::fma(v2_1.w, a3_2_.w, _e1167);
                        float _e1171 = t_11;
                        t_11 = metal::fma(v3_1.x, a3_3_.x, _e1171);
                        float _e1175 = t_11;
                        t_11 = metal::fma(v3_1.y, a3_3_.y, _e1175);
                        float _e1179 = t_11;
                        t_11 = metal::fma(v3_1.z, a3_3_.z, _e1179);
                        float _e1183 = t_11;
                        t_11 = metal::fma(v3_1.w, a3_3_.w, _e1183);
                        float _e1185 = t_11;
                        float _e1186 = s1_3_;
                        s1_3_ = metal::fma(_e191, _e1185, _e1186);
                    }
                    {
                        t_12 = 0.0;
                        float _e1192 = t_12;
                        t_12 = metal::fma(v0_1.x, a4_0_.x, _e1192);
                        float _e1196 = t_12;
                        t_12 = metal::fma(v0_1.y, a4_0_.y, _e1196);
                        float _e1200 = t_12;
                        t_12 = metal::fma(v0_1.z, a4_0_.z, _e1200);
                        float _e1204 = t_12;
                        t_12 = metal::fma(v0_1.w, a4_0_.w, _e1204);
                        float _e1208 = t_12;
                        t_12 = metal::fma(v1_1.x, a4_1_.x, _e1208);
                        float _e1212 = t_12;
                        t_12 = metal::fma(v1_1.y, a4_1_.y, _e1212);
                        float _e1216 = t_12;
                        t_12 = metal::fma(v1_1.z, a4_1_.z, _e1216);
                        float _e1220 = t_12;
                        t_12 = metal::fma(v1_1.w, a4_1_.w, _e1220);
                        float _e1224 = t_12;
                        t_12 = metal::fma(v2_1.x, a4_2_.x, _e1224);
                        float _e1228 = t_12;
                        t_12 = metal::fma(v2_1.y, a4_2_.y, _e1228);
                        float _e1232 = t_12;
                        t_12 = metal::fma(v2_1.z, a4_2_.z, _e1232);
                        float _e1236 = t_12;
                        t_12 = metal::fma(v2_1.w, a4_2_.w, _e1236);
                        float _e1240 = t_12;
                        t_12 = metal::fma(v3_1.x, a4_3_.x, _e1240);
                        float _e1244 = t_12;
                        t_12 = metal::fma(v3_1.y, a4_3_.y, _e1244);
                        float _e1248 = t_12;
                        t_12 = metal::fma(v3_1.z, a4_3_.z, _e1248);
                        float _e1252 = t_12;
                        t_12 = metal::fma(v3_1.w, a4_3_.w, _e1252);
                        float _e1254 = t_12;
                        float _e1255 = s1_4_;
                        s1_4_ = metal::fma(_e191, _e1254, _e1255);
                    }
                    {
                        t_13 = 0.0;
                        float _e1261 = t_13;
                        t_13 = metal::fma(v0_1.x, a5_0_.x, _e1261);
                        float _e1265 = t_13;
                        t_13 = metal::fma(v0_1.y, a5_0_.y, _e1265);
                        float _e1269 = t_13;
                        t_13 = metal::fma(v0_1.z, a5_0_.z, _e1269);
                        float _e1273 = t_13;
                        t_13 = metal::fma(v0_1.w, a5_0_.w, _e1273);
                        float _e1277 = t_13;
                        t_13 = metal::fma(v1_1.x, a5_1_.x, _e1277);
                        float _e1281 = t_13;
                        t_13 = metal::fma(v1_1.y, a5_1_.y, _e1281);
                        float _e1285 = t_13;
                        t_13 = metal::fma(v1_1.z, a5_1_.z, _e1285);
                        float _e1289 = t_13;
                        t_13 = metal::fma(v1_1.w, a5_1_.w, _e1289);
                        float _e1293 = t_13;
                        t_13 = metal::fma(v2_1.x, a5_2_.x, _e1293);
                        float _e1297 = t_13;
                        t_13 = metal::fma(v2_1.y, a5_2_.y, _e1297);
                        float _e1301 = t_13;
                        t_13 = metal::fma(v2_1.z, a5_2_.z, _e1301);
                        float _e1305 = t_13;
                        t_13 = metal::fma(v2_1.w, a5_2_.w, _e1305);
                        float _e1309 = t_13;
                        t_13 = metal::fma(v3_1.x, a5_3_.x, _e1309);
                        float _e1313 = t_13;
                        t_13 = metal::fma(v3_1.y, a5_3_.y, _e1313);
                        float _e1317 = t_13;
                        t_13 = metal::fma(v3_1.z, a5_3_.z, _e1317);
                        float _e1321 = t_13;
                        t_13 = metal::fma(v3_1.w, a5_3_.w, _e1321);
                        float _e1323 = t_13;
                        float _e1324 = s1_5_;
                        s1_5_ = metal::fma(_e191, _e1323, _e1324);
                    }
                    {
                        t_14 = 0.0;
                        float _e1330 = t_14;
                        t_14 = metal::fma(v0_1.x, a6_0_.x, _e1330);
                        float _e1334 = t_14;
                        t_14 = metal::fma(v0_1.y, a6_0_.y, _e1334);
                        float _e1338 = t_14;
                        t_14 = metal::fma(v0_1.z, a6_0_.z, _e1338);
                        float _e1342 = t_14;
                        t_14 = metal::fma(v0_1.w, a6_0_.w, _e1342);
                        float _e1346 = t_14;
                        t_14 = metal::fma(v1_1.x, a6_1_.x, _e1346);
                        float _e1350 = t_14;
                        t_14 = metal::fma(v1_1.y, a6_1_.y, _e1350);
                        float _e1354 = t_14;
                        t_14 = metal::fma(v1_1.z, a6_1_.z, _e1354);
                        float _e1358 = t_14;
                        t_14 = metal::fma(v1_1.w, a6_1_.w, _e1358);
                        float _e1362 = t_14;
                        t_14 = metal::fma(v2_1.x, a6_2_.x, _e1362);
                        float _e1366 = t_14;
                        t_14 = metal::fma(v2_1.y, a6_2_.y, _e1366);
                        float _e1370 = t_14;
                        t_14 = metal::fma(v2_1.z, a6_2_.z, _e1370);
                        float _e1374 = t_14;
                        t_14 = metal::fma(v2_1.w, a6_2_.w, _e1374);
                        float _e1378 = t_14;
                        t_14 = metal::fma(v3_1.x, a6_3_.x, _e1378);
                        float _e1382 = t_14;
                        t_14 = metal::fma(v3_1.y, a6_3_.y, _e1382);
                        float _e1386 = t_14;
                        t_14 = metal::fma(v3_1.z, a6_3_.z, _e1386);
                        float _e1390 = t_14;
                        t_14 = metal::fma(v3_1.w, a6_3_.w, _e1390);
                        float _e1392 = t_14;
                        float _e1393 = s1_6_;
                        s1_6_ = metal::fma(_e191, _e1392, _e1393);
                    }
                    {
                        t_15 = 0.0;
                        float _e1399 = t_15;
                        t_15 = metal::fma(v0_1.x, a7_0_.x, _e1399);
                        float _e1403 = t_15;
                        t_15 = metal::fma(v0_1.y, a7_0_.y, _e1403);
                        float _e1407 = t_15;
                        t_15 = metal::fma(v0_1.z, a7_0_.z, _e1407);
                        float _e1411 = t_15;
                        t_15 = metal::fma(v0_1.w, a7_0_.w, _e1411);
                        float _e1415 = t_15;
                        t_15 = metal::fma(v1_1.x, a7_1_.x, _e1415);
                        float _e1419 = t_15;
                        t_15 = metal::fma(v1_1.y, a7_1_.y, _e1419);
                        float _e1423 = t_15;
                        t_15 = metal::fma(v1_1.z, a7_1_.z, _e1423);
                        float _e1427 = t_15;
                        t_15 = metal::fma(v1_1.w, a7_1_.w, _e1427);
                        float _e1431 = t_15;
                        t_15 = metal::fma(v2_1.x, a7_2_.x, _e1431);
                        float _e1435 = t_15;
                        t_15 = metal::fma(v2_1.y, a7_2_.y, _e1435);
                        float _e1439 = t_15;
                        t_15 = metal::fma(v2_1.z, a7_2_.z, _e1439);
                        float _e1443 = t_15;
                        t_15 = metal::fma(v2_1.w, a7_2_.w, _e1443);
                        float _e1447 = t_15;
                        t_15 = metal::fma(v3_1.x, a7_3_.x, _e1447);
                        float _e1451 = t_15;
                        t_15 = metal::fma(v3_1.y, a7_3_.y, _e1451);
                        float _e1455 = t_15;
                        t_15 = metal::fma(v3_1.z, a7_3_.z, _e1455);
                        float _e1459 = t_15;
                        t_15 = metal::fma(v3_1.w, a7_3_.w, _e1459);
                        float _e1461 = t_15;
                        float _e1462 = s1_7_;
                        s1_7_ = metal::fma(_e191, _e1461, _e1462);
                    }
                }
            }
            {
                float _e1464 = s0_0_;
                float unnamed = metal::simd_sum(_e1464);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 0u] = unnamed;
                }
            }
            {
                float _e1474 = s1_0_;
                float unnamed_1 = metal::simd_sum(_e1474);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 8u] = unnamed_1;
                }
            }
            {
                float _e1484 = s0_1_;
                float unnamed_2 = metal::simd_sum(_e1484);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 1u] = unnamed_2;
                }
            }
            {
                float _e1494 = s1_1_;
                float unnamed_3 = metal::simd_sum(_e1494);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 9u] = unnamed_3;
                }
            }
            {
                float _e1504 = s0_2_;
                float unnamed_4 = metal::simd_sum(_e1504);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 2u] = unnamed_4;
                }
            }
            {
                float _e1514 = s1_2_;
                float unnamed_5 = metal::simd_sum(_e1514);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 10u] = unnamed_5;
                }
            }
            {
                float _e1524 = s0_3_;
                float unnamed_6 = metal::simd_sum(_e1524);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 3u] = unnamed_6;
                }
            }
            {
                float _e1534 = s1_3_;
                float unnamed_7 = metal::simd_sum(_e1534);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 11u] = unnamed_7;
                }
            }
            {
                float _e1544 = s0_4_;
                float unnamed_8 = metal::simd_sum(_e1544);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 4u] = unnamed_8;
                }
            }
            {
                float _e1554 = s1_4_;
                float unnamed_9 = metal::simd_sum(_e1554);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 12u] = unnamed_9;
                }
            }
            {
                float _e1564 = s0_5_;
                float unnamed_10 = metal::simd_sum(_e1564);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 5u] = unnamed_10;
                }
            }
            {
                float _e1574 = s1_5_;
                float unnamed_11 = metal::simd_sum(_e1574);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 13u] = unnamed_11;
                }
            }
            {
                float _e1584 = s0_6_;
                float unnamed_12 = metal::simd_sum(_e1584);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 6u] = unnamed_12;
                }
            }
            {
                float _e1594 = s1_6_;
                float unnamed_13 = metal::simd_sum(_e1594);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 14u] = unnamed_13;
                }
            }
            {
                float _e1604 = s0_7_;
                float unnamed_14 = metal::simd_sum(_e1604);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 7u] = unnamed_14;
                }
            }
            {
                float _e1614 = s1_7_;
                float unnamed_15 = metal::simd_sum(_e1614);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 15u] = unnamed_15;
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            i = thread_;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e1684 = i;
                    i = _e1684 + 256u;
                }
                loop_init_1 = false;
                uint _e1625 = i;
                if (_e1625 < 128u) {
                } else {
                    break;
                }
                {
                    uint _e1628 = i;
                    uint own = _e1628 / 16u;
                    uint _e1631 = i;
                    uint m = (_e1631 % 16u) / 8u;
                    uint _e1636 = i;
                    uint r = _e1636 % 8u;
                    uint n = ((group * 16u) + (own * 2u)) + m;
                    uint _e1645 = base;
                    uint row = _e1645 + r;
                    if (n < 768u) {
                        local = row < live;
                    } else {
                        local = false;
                    }
                    bool _e1653 = local;
                    if (_e1653) {
                        float _e1667 = parts.inner[((((own * 1u) + 0u) * 16u) + (m * 8u)) + r];
                        float _e1671 = bias[n];
                        float sum = (_e1667 * 1.0) + _e1671;
                        uint to = ((row * 768u) + n) + 0u;
                        float _e1682 = y[to];
                        y[to] = _e1682 + sum;
                    }
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    return;
}
