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
            uint _e1689 = base;
            base = _e1689 + 8u;
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
            uint p0_ = ((0u + 0u) + (part * 32u)) + lane;
            metal::uint4 w0_0_ = w[(n0_ * 32u) + p0_];
            float _e181 = scale_of((n0_ * 16u) + (p0_ / 2u), scales, _buffer_sizes);
            metal::uint4 w0_1_ = w[(n1_ * 32u) + p0_];
            float _e193 = scale_of((n1_ * 16u) + (p0_ / 2u), scales, _buffer_sizes);
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
                        float _e354 = t;
                        t = metal::fma(v0_.x, a0_0_.x, _e354);
                        float _e358 = t;
                        t = metal::fma(v0_.y, a0_0_.y, _e358);
                        float _e362 = t;
                        t = metal::fma(v0_.z, a0_0_.z, _e362);
                        float _e366 = t;
                        t = metal::fma(v0_.w, a0_0_.w, _e366);
                        float _e370 = t;
                        t = metal::fma(v1_.x, a0_1_.x, _e370);
                        float _e374 = t;
                        t = metal::fma(v1_.y, a0_1_.y, _e374);
                        float _e378 = t;
                        t = metal::fma(v1_.z, a0_1_.z, _e378);
                        float _e382 = t;
                        t = metal::fma(v1_.w, a0_1_.w, _e382);
                        float _e386 = t;
                        t = metal::fma(v2_.x, a0_2_.x, _e386);
                        float _e390 = t;
                        t = metal::fma(v2_.y, a0_2_.y, _e390);
                        float _e394 = t;
                        t = metal::fma(v2_.z, a0_2_.z, _e394);
                        float _e398 = t;
                        t = metal::fma(v2_.w, a0_2_.w, _e398);
                        float _e402 = t;
                        t = metal::fma(v3_.x, a0_3_.x, _e402);
                        float _e406 = t;
                        t = metal::fma(v3_.y, a0_3_.y, _e406);
                        float _e410 = t;
                        t = metal::fma(v3_.z, a0_3_.z, _e410);
                        float _e414 = t;
                        t = metal::fma(v3_.w, a0_3_.w, _e414);
                        float _e416 = t;
                        float _e417 = s0_0_;
                        s0_0_ = metal::fma(_e181, _e416, _e417);
                    }
                    {
                        t_1 = 0.0;
                        float _e423 = t_1;
                        t_1 = metal::fma(v0_.x, a1_0_.x, _e423);
                        float _e427 = t_1;
                        t_1 = metal::fma(v0_.y, a1_0_.y, _e427);
                        float _e431 = t_1;
                        t_1 = metal::fma(v0_.z, a1_0_.z, _e431);
                        float _e435 = t_1;
                        t_1 = metal::fma(v0_.w, a1_0_.w, _e435);
                        float _e439 = t_1;
                        t_1 = metal::fma(v1_.x, a1_1_.x, _e439);
                        float _e443 = t_1;
                        t_1 = metal::fma(v1_.y, a1_1_.y, _e443);
                        float _e447 = t_1;
                        t_1 = metal::fma(v1_.z, a1_1_.z, _e447);
                        float _e451 = t_1;
                        t_1 = metal::fma(v1_.w, a1_1_.w, _e451);
                        float _e455 = t_1;
                        t_1 = metal::fma(v2_.x, a1_2_.x, _e455);
                        float _e459 = t_1;
                        t_1 = metal::fma(v2_.y, a1_2_.y, _e459);
                        float _e463 = t_1;
                        t_1 = metal::fma(v2_.z, a1_2_.z, _e463);
                        float _e467 = t_1;
                        t_1 = metal::fma(v2_.w, a1_2_.w, _e467);
                        float _e471 = t_1;
                        t_1 = metal::fma(v3_.x, a1_3_.x, _e471);
                        float _e475 = t_1;
                        t_1 = metal::fma(v3_.y, a1_3_.y, _e475);
                        float _e479 = t_1;
                        t_1 = metal::fma(v3_.z, a1_3_.z, _e479);
                        float _e483 = t_1;
                        t_1 = metal::fma(v3_.w, a1_3_.w, _e483);
                        float _e485 = t_1;
                        float _e486 = s0_1_;
                        s0_1_ = metal::fma(_e181, _e485, _e486);
                    }
                    {
                        t_2 = 0.0;
                        float _e492 = t_2;
                        t_2 = metal::fma(v0_.x, a2_0_.x, _e492);
                        float _e496 = t_2;
                        t_2 = metal::fma(v0_.y, a2_0_.y, _e496);
                        float _e500 = t_2;
                        t_2 = metal::fma(v0_.z, a2_0_.z, _e500);
                        float _e504 = t_2;
                        t_2 = metal::fma(v0_.w, a2_0_.w, _e504);
                        float _e508 = t_2;
                        t_2 = metal::fma(v1_.x, a2_1_.x, _e508);
                        float _e512 = t_2;
                        t_2 = metal::fma(v1_.y, a2_1_.y, _e512);
                        float _e516 = t_2;
                        t_2 = metal::fma(v1_.z, a2_1_.z, _e516);
                        float _e520 = t_2;
                        t_2 = metal::fma(v1_.w, a2_1_.w, _e520);
                        float _e524 = t_2;
                        t_2 = metal::fma(v2_.x, a2_2_.x, _e524);
                        float _e528 = t_2;
                        t_2 = metal::fma(v2_.y, a2_2_.y, _e528);
                        float _e532 = t_2;
                        t_2 = metal::fma(v2_.z, a2_2_.z, _e532);
                        float _e536 = t_2;
                        t_2 = metal::fma(v2_.w, a2_2_.w, _e536);
                        float _e540 = t_2;
                        t_2 = metal::fma(v3_.x, a2_3_.x, _e540);
                        float _e544 = t_2;
                        t_2 = metal::fma(v3_.y, a2_3_.y, _e544);
                        float _e548 = t_2;
                        t_2 = metal::fma(v3_.z, a2_3_.z, _e548);
                        float _e552 = t_2;
                        t_2 = metal::fma(v3_.w, a2_3_.w, _e552);
                        float _e554 = t_2;
                        float _e555 = s0_2_;
                        s0_2_ = metal::fma(_e181, _e554, _e555);
                    }
                    {
                        t_3 = 0.0;
                        float _e561 = t_3;
                        t_3 = metal::fma(v0_.x, a3_0_.x, _e561);
                        float _e565 = t_3;
                        t_3 = metal::fma(v0_.y, a3_0_.y, _e565);
                        float _e569 = t_3;
                        t_3 = metal::fma(v0_.z, a3_0_.z, _e569);
                        float _e573 = t_3;
                        t_3 = metal::fma(v0_.w, a3_0_.w, _e573);
                        float _e577 = t_3;
                        t_3 = metal::fma(v1_.x, a3_1_.x, _e577);
                        float _e581 = t_3;
                        t_3 = metal::fma(v1_.y, a3_1_.y, _e581);
                        float _e585 = t_3;
                        t_3 = metal::fma(v1_.z, a3_1_.z, _e585);
                        float _e589 = t_3;
                        t_3 = metal::fma(v1_.w, a3_1_.w, _e589);
                        float _e593 = t_3;
                        t_3 = metal::fma(v2_.x, a3_2_.x, _e593);
                        float _e597 = t_3;
                        t_3 = metal::fma(v2_.y, a3_2_.y, _e597);
                        float _e601 = t_3;
                        t_3 = metal::fma(v2_.z, a3_2_.z, _e601);
                        float _e605 = t_3;
                        t_3 = metal::fma(v2_.w, a3_2_.w, _e605);
                        float _e609 = t_3;
                        t_3 = metal::fma(v3_.x, a3_3_.x, _e609);
                        float _e613 = t_3;
                        t_3 = metal::fma(v3_.y, a3_3_.y, _e613);
                        float _e617 = t_3;
                        t_3 = metal::fma(v3_.z, a3_3_.z, _e617);
                        float _e621 = t_3;
                        t_3 = metal::fma(v3_.w, a3_3_.w, _e621);
                        float _e623 = t_3;
                        float _e624 = s0_3_;
                        s0_3_ = metal::fma(_e181, _e623, _e624);
                    }
                    {
                        t_4 = 0.0;
                        float _e630 = t_4;
                        t_4 = metal::fma(v0_.x, a4_0_.x, _e630);
                        float _e634 = t_4;
                        t_4 = metal::fma(v0_.y, a4_0_.y, _e634);
                        float _e638 = t_4;
                        t_4 = metal::fma(v0_.z, a4_0_.z, _e638);
                        float _e642 = t_4;
                        t_4 = metal::fma(v0_.w, a4_0_.w, _e642);
                        float _e646 = t_4;
                        t_4 = metal::fma(v1_.x, a4_1_.x, _e646);
                        float _e650 = t_4;
                        t_4 = metal::fma(v1_.y, a4_1_.y, _e650);
                        float _e654 = t_4;
                        t_4 = metal::fma(v1_.z, a4_1_.z, _e654);
                        float _e658 = t_4;
                        t_4 = metal::fma(v1_.w, a4_1_.w, _e658);
                        float _e662 = t_4;
                        t_4 = metal::fma(v2_.x, a4_2_.x, _e662);
                        float _e666 = t_4;
                        t_4 = metal::fma(v2_.y, a4_2_.y, _e666);
                        float _e670 = t_4;
                        t_4 = metal::fma(v2_.z, a4_2_.z, _e670);
                        float _e674 = t_4;
                        t_4 = metal::fma(v2_.w, a4_2_.w, _e674);
                        float _e678 = t_4;
                        t_4 = metal::fma(v3_.x, a4_3_.x, _e678);
                        float _e682 = t_4;
                        t_4 = metal::fma(v3_.y, a4_3_.y, _e682);
                        float _e686 = t_4;
                        t_4 = metal::fma(v3_.z, a4_3_.z, _e686);
                        float _e690 = t_4;
                        t_4 = metal::fma(v3_.w, a4_3_.w, _e690);
                        float _e692 = t_4;
                        float _e693 = s0_4_;
                        s0_4_ = metal::fma(_e181, _e692, _e693);
                    }
                    {
                        t_5 = 0.0;
                        float _e699 = t_5;
                        t_5 = metal::fma(v0_.x, a5_0_.x, _e699);
                        float _e703 = t_5;
                        t_5 = metal::fma(v0_.y, a5_0_.y, _e703);
                        float _e707 = t_5;
                        t_5 = metal::fma(v0_.z, a5_0_.z, _e707);
                        float _e711 = t_5;
                        t_5 = metal::fma(v0_.w, a5_0_.w, _e711);
                        float _e715 = t_5;
                        t_5 = metal::fma(v1_.x, a5_1_.x, _e715);
                        float _e719 = t_5;
                        t_5 = metal::fma(v1_.y, a5_1_.y, _e719);
                        float _e723 = t_5;
                        t_5 = metal::fma(v1_.z, a5_1_.z, _e723);
                        float _e727 = t_5;
                        t_5 = metal::fma(v1_.w, a5_1_.w, _e727);
                        float _e731 = t_5;
                        t_5 = metal::fma(v2_.x, a5_2_.x, _e731);
                        float _e735 = t_5;
                        t_5 = metal::fma(v2_.y, a5_2_.y, _e735);
                        float _e739 = t_5;
                        t_5 = metal::fma(v2_.z, a5_2_.z, _e739);
                        float _e743 = t_5;
                        t_5 = metal::fma(v2_.w, a5_2_.w, _e743);
                        float _e747 = t_5;
                        t_5 = metal::fma(v3_.x, a5_3_.x, _e747);
                        float _e751 = t_5;
                        t_5 = metal::fma(v3_.y, a5_3_.y, _e751);
                        float _e755 = t_5;
                        t_5 = metal::fma(v3_.z, a5_3_.z, _e755);
                        float _e759 = t_5;
                        t_5 = metal::fma(v3_.w, a5_3_.w, _e759);
                        float _e761 = t_5;
                        float _e762 = s0_5_;
                        s0_5_ = metal::fma(_e181, _e761, _e762);
                    }
                    {
                        t_6 = 0.0;
                        float _e768 = t_6;
                        t_6 = metal::fma(v0_.x, a6_0_.x, _e768);
                        float _e772 = t_6;
                        t_6 = metal::fma(v0_.y, a6_0_.y, _e772);
                        float _e776 = t_6;
                        t_6 = metal::fma(v0_.z, a6_0_.z, _e776);
                        float _e780 = t_6;
                        t_6 = metal::fma(v0_.w, a6_0_.w, _e780);
                        float _e784 = t_6;
                        t_6 = metal::fma(v1_.x, a6_1_.x, _e784);
                        float _e788 = t_6;
                        t_6 = metal::fma(v1_.y, a6_1_.y, _e788);
                        float _e792 = t_6;
                        t_6 = metal::fma(v1_.z, a6_1_.z, _e792);
                        float _e796 = t_6;
                        t_6 = metal::fma(v1_.w, a6_1_.w, _e796);
                        float _e800 = t_6;
                        t_6 = metal::fma(v2_.x, a6_2_.x, _e800);
                        float _e804 = t_6;
                        t_6 = metal::fma(v2_.y, a6_2_.y, _e804);
                        float _e808 = t_6;
                        t_6 = metal::fma(v2_.z, a6_2_.z, _e808);
                        float _e812 = t_6;
                        t_6 = metal::fma(v2_.w, a6_2_.w, _e812);
                        float _e816 = t_6;
                        t_6 = metal::fma(v3_.x, a6_3_.x, _e816);
                        float _e820 = t_6;
                        t_6 = metal::fma(v3_.y, a6_3_.y, _e820);
                        float _e824 = t_6;
                        t_6 = metal::fma(v3_.z, a6_3_.z, _e824);
                        float _e828 = t_6;
                        t_6 = metal::fma(v3_.w, a6_3_.w, _e828);
                        float _e830 = t_6;
                        float _e831 = s0_6_;
                        s0_6_ = metal::fma(_e181, _e830, _e831);
                    }
                    {
                        t_7 = 0.0;
                        float _e837 = t_7;
                        t_7 = metal::fma(v0_.x, a7_0_.x, _e837);
                        float _e841 = t_7;
                        t_7 = metal::fma(v0_.y, a7_0_.y, _e841);
                        float _e845 = t_7;
                        t_7 = metal::fma(v0_.z, a7_0_.z, _e845);
                        float _e849 = t_7;
                        t_7 = metal::fma(v0_.w, a7_0_.w, _e849);
                        float _e853 = t_7;
                        t_7 = metal::fma(v1_.x, a7_1_.x, _e853);
                        float _e857 = t_7;
                        t_7 = metal::fma(v1_.y, a7_1_.y, _e857);
                        float _e861 = t_7;
                        t_7 = metal::fma(v1_.z, a7_1_.z, _e861);
                        float _e865 = t_7;
                        t_7 = metal::fma(v1_.w, a7_1_.w, _e865);
                        float _e869 = t_7;
                        t_7 = metal::fma(v2_.x, a7_2_.x, _e869);
                        float _e873 = t_7;
                        t_7 = metal::fma(v2_.y, a7_2_.y, _e873);
                        float _e877 = t_7;
                        t_7 = metal::fma(v2_.z, a7_2_.z, _e877);
                        float _e881 = t_7;
                        t_7 = metal::fma(v2_.w, a7_2_.w, _e881);
                        float _e885 = t_7;
                        t_7 = metal::fma(v3_.x, a7_3_.x, _e885);
                        float _e889 = t_7;
                        t_7 = metal::fma(v3_.y, a7_3_.y, _e889);
                        float _e893 = t_7;
                        t_7 = metal::fma(v3_.z, a7_3_.z, _e893);
                        float _e897 = t_7;
                        t_7 = metal::fma(v3_.w, a7_3_.w, _e897);
                        float _e899 = t_7;
                        float _e900 = s0_7_;
                        s0_7_ = metal::fma(_e181, _e899, _e900);
                    }
                }
                {
                    metal::float4 v0_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1_.x)));
                    metal::float4 v1_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1_.y)));
                    metal::float4 v2_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1_.z)));
                    metal::float4 v3_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1_.w)));
                    {
                        t_8 = 0.0;
                        float _e918 = t_8;
                        t_8 = metal::fma(v0_1.x, a0_0_.x, _e918);
                        float _e922 = t_8;
                        t_8 = metal::fma(v0_1.y, a0_0_.y, _e922);
                        float _e926 = t_8;
                        t_8 = metal::fma(v0_1.z, a0_0_.z, _e926);
                        float _e930 = t_8;
                        t_8 = metal::fma(v0_1.w, a0_0_.w, _e930);
                        float _e934 = t_8;
                        t_8 = metal::fma(v1_1.x, a0_1_.x, _e934);
                        float _e938 = t_8;
                        t_8 = metal::fma(v1_1.y, a0_1_.y, _e938);
                        float _e942 = t_8;
                        t_8 = metal::fma(v1_1.z, a0_1_.z, _e942);
                        float _e946 = t_8;
                        t_8 = metal::fma(v1_1.w, a0_1_.w, _e946);
                        float _e950 = t_8;
                        t_8 = metal::fma(v2_1.x, a0_2_.x, _e950);
                        float _e954 = t_8;
                        t_8 = metal::fma(v2_1.y, a0_2_.y, _e954);
                        float _e958 = t_8;
                        t_8 = metal::fma(v2_1.z, a0_2_.z, _e958);
                        float _e962 = t_8;
                        t_8 = metal::fma(v2_1.w, a0_2_.w, _e962);
                        float _e966 = t_8;
                        t_8 = metal::fma(v3_1.x, a0_3_.x, _e966);
                        float _e970 = t_8;
                        t_8 = metal::fma(v3_1.y, a0_3_.y, _e970);
                        float _e974 = t_8;
                        t_8 = metal::fma(v3_1.z, a0_3_.z, _e974);
                        float _e978 = t_8;
                        t_8 = metal::fma(v3_1.w, a0_3_.w, _e978);
                        float _e980 = t_8;
                        float _e981 = s1_0_;
                        s1_0_ = metal::fma(_e193, _e980, _e981);
                    }
                    {
                        t_9 = 0.0;
                        float _e987 = t_9;
                        t_9 = metal::fma(v0_1.x, a1_0_.x, _e987);
                        float _e991 = t_9;
                        t_9 = metal::fma(v0_1.y, a1_0_.y, _e991);
                        float _e995 = t_9;
                        t_9 = metal::fma(v0_1.z, a1_0_.z, _e995);
                        float _e999 = t_9;
                        t_9 = metal::fma(v0_1.w, a1_0_.w, _e999);
                        float _e1003 = t_9;
                        t_9 = metal::fma(v1_1.x, a1_1_.x, _e1003);
                        float _e1007 = t_9;
                        t_9 = metal::fma(v1_1.y, a1_1_.y, _e1007);
                        float _e1011 = t_9;
                        t_9 = metal::fma(v1_1.z, a1_1_.z, _e1011);
                        float _e1015 = t_9;
                        t_9 = metal::fma(v1_1.w, a1_1_.w, _e1015);
                        float _e1019 = t_9;
                        t_9 = metal::fma(v2_1.x, a1_2_.x, _e1019);
                        float _e1023 = t_9;
                        t_9 = metal::fma(v2_1.y, a1_2_.y, _e1023);
                        float _e1027 = t_9;
                        t_9 = metal::fma(v2_1.z, a1_2_.z, _e1027);
                        float _e1031 = t_9;
                        t_9 = metal::fma(v2_1.w, a1_2_.w, _e1031);
                        float _e1035 = t_9;
                        t_9 = metal::fma(v3_1.x, a1_3_.x, _e1035);
                        float _e1039 = t_9;
                        t_9 = metal::fma(v3_1.y, a1_3_.y, _e1039);
                        float _e1043 = t_9;
                        t_9 = metal::fma(v3_1.z, a1_3_.z, _e1043);
                        float _e1047 = t_9;
                        t_9 = metal::fma(v3_1.w, a1_3_.w, _e1047);
                        float _e1049 = t_9;
                        float _e1050 = s1_1_;
                        s1_1_ = metal::fma(_e193, _e1049, _e1050);
                    }
                    {
                        t_10 = 0.0;
                        float _e1056 = t_10;
                        t_10 = metal::fma(v0_1.x, a2_0_.x, _e1056);
                        float _e1060 = t_10;
                        t_10 = metal::fma(v0_1.y, a2_0_.y, _e1060);
                        float _e1064 = t_10;
                        t_10 = metal::fma(v0_1.z, a2_0_.z, _e1064);
                        float _e1068 = t_10;
                        t_10 = metal::fma(v0_1.w, a2_0_.w, _e1068);
                        float _e1072 = t_10;
                        t_10 = metal::fma(v1_1.x, a2_1_.x, _e1072);
                        float _e1076 = t_10;
                        t_10 = metal::fma(v1_1.y, a2_1_.y, _e1076);
                        float _e1080 = t_10;
                        t_10 = metal::fma(v1_1.z, a2_1_.z, _e1080);
                        float _e1084 = t_10;
                        t_10 = metal::fma(v1_1.w, a2_1_.w, _e1084);
                        float _e1088 = t_10;
                        t_10 = metal::fma(v2_1.x, a2_2_.x, _e1088);
                        float _e1092 = t_10;
                        t_10 = metal::fma(v2_1.y, a2_2_.y, _e1092);
                        float _e1096 = t_10;
                        t_10 = metal::fma(v2_1.z, a2_2_.z, _e1096);
                        float _e1100 = t_10;
                        t_10 = metal::fma(v2_1.w, a2_2_.w, _e1100);
                        float _e1104 = t_10;
                        t_10 = metal::fma(v3_1.x, a2_3_.x, _e1104);
                        float _e1108 = t_10;
                        t_10 = metal::fma(v3_1.y, a2_3_.y, _e1108);
                        float _e1112 = t_10;
                        t_10 = metal::fma(v3_1.z, a2_3_.z, _e1112);
                        float _e1116 = t_10;
                        t_10 = metal::fma(v3_1.w, a2_3_.w, _e1116);
                        float _e1118 = t_10;
                        float _e1119 = s1_2_;
                        s1_2_ = metal::fma(_e193, _e1118, _e1119);
                    }
                    {
                        t_11 = 0.0;
                        float _e1125 = t_11;
                        t_11 = metal::fma(v0_1.x, a3_0_.x, _e1125);
                        float _e1129 = t_11;
                        t_11 = metal::fma(v0_1.y, a3_0_.y, _e1129);
                        float _e1133 = t_11;
                        t_11 = metal::fma(v0_1.z, a3_0_.z, _e1133);
                        float _e1137 = t_11;
                        t_11 = metal::fma(v0_1.w, a3_0_.w, _e1137);
                        float _e1141 = t_11;
                        t_11 = metal::fma(v1_1.x, a3_1_.x, _e1141);
                        float _e1145 = t_11;
                        t_11 = metal::fma(v1_1.y, a3_1_.y, _e1145);
                        float _e1149 = t_11;
                        t_11 = metal::fma(v1_1.z, a3_1_.z, _e1149);
                        float _e1153 = t_11;
                        t_11 = metal::fma(v1_1.w, a3_1_.w, _e1153);
                        float _e1157 = t_11;
                        t_11 = metal::fma(v2_1.x, a3_2_.x, _e1157);
                        float _e1161 = t_11;
                        t_11 = metal::fma(v2_1.y, a3_2_.y, _e1161);
                        float _e1165 = t_11;
                        t_11 = metal::fma(v2_1.z, a3_2_.z, _e1165);
                        float _e1169 = t_11;
                        t_11 = metal::fma(v2_1.w, a3_2_.w, _e1169);
                        float _e1173 = t_11;
                        t_11 = metal::fma(v3_1.x, a3_3_.x, _e1173);
                        float _e1177 = t_11;
                        t_11 = metal::fma(v3_1.y, a3_3_.y, _e1177);
                        float _e1181 = t_11;
                        t_11 = metal::fma(v3_1.z, a3_3_.z, _e1181);
                        float _e1185 = t_11;
                        t_11 = metal::fma(v3_1.w, a3_3_.w, _e1185);
                        float _e1187 = t_11;
                        float _e1188 = s1_3_;
                        s1_3_ = metal::fma(_e193, _e1187, _e1188);
                    }
                    {
                        t_12 = 0.0;
                        float _e1194 = t_12;
                        t_12 = metal::fma(v0_1.x, a4_0_.x, _e1194);
                        float _e1198 = t_12;
                        t_12 = metal::fma(v0_1.y, a4_0_.y, _e1198);
                        float _e1202 = t_12;
                        t_12 = metal::fma(v0_1.z, a4_0_.z, _e1202);
                        float _e1206 = t_12;
                        t_12 = metal::fma(v0_1.w, a4_0_.w, _e1206);
                        float _e1210 = t_12;
                        t_12 = metal::fma(v1_1.x, a4_1_.x, _e1210);
                        float _e1214 = t_12;
                        t_12 = metal::fma(v1_1.y, a4_1_.y, _e1214);
                        float _e1218 = t_12;
                        t_12 = metal::fma(v1_1.z, a4_1_.z, _e1218);
                        float _e1222 = t_12;
                        t_12 = metal::fma(v1_1.w, a4_1_.w, _e1222);
                        float _e1226 = t_12;
                        t_12 = metal::fma(v2_1.x, a4_2_.x, _e1226);
                        float _e1230 = t_12;
                        t_12 = metal::fma(v2_1.y, a4_2_.y, _e1230);
                        float _e1234 = t_12;
                        t_12 = metal::fma(v2_1.z, a4_2_.z, _e1234);
                        float _e1238 = t_12;
                        t_12 = metal::fma(v2_1.w, a4_2_.w, _e1238);
                        float _e1242 = t_12;
                        t_12 = metal::fma(v3_1.x, a4_3_.x, _e1242);
                        float _e1246 = t_12;
                        t_12 = metal::fma(v3_1.y, a4_3_.y, _e1246);
                        float _e1250 = t_12;
                        t_12 = metal::fma(v3_1.z, a4_3_.z, _e1250);
                        float _e1254 = t_12;
                        t_12 = metal::fma(v3_1.w, a4_3_.w, _e1254);
                        float _e1256 = t_12;
                        float _e1257 = s1_4_;
                        s1_4_ = metal::fma(_e193, _e1256, _e1257);
                    }
                    {
                        t_13 = 0.0;
                        float _e1263 = t_13;
                        t_13 = metal::fma(v0_1.x, a5_0_.x, _e1263);
                        float _e1267 = t_13;
                        t_13 = metal::fma(v0_1.y, a5_0_.y, _e1267);
                        float _e1271 = t_13;
                        t_13 = metal::fma(v0_1.z, a5_0_.z, _e1271);
                        float _e1275 = t_13;
                        t_13 = metal::fma(v0_1.w, a5_0_.w, _e1275);
                        float _e1279 = t_13;
                        t_13 = metal::fma(v1_1.x, a5_1_.x, _e1279);
                        float _e1283 = t_13;
                        t_13 = metal::fma(v1_1.y, a5_1_.y, _e1283);
                        float _e1287 = t_13;
                        t_13 = metal::fma(v1_1.z, a5_1_.z, _e1287);
                        float _e1291 = t_13;
                        t_13 = metal::fma(v1_1.w, a5_1_.w, _e1291);
                        float _e1295 = t_13;
                        t_13 = metal::fma(v2_1.x, a5_2_.x, _e1295);
                        float _e1299 = t_13;
                        t_13 = metal::fma(v2_1.y, a5_2_.y, _e1299);
                        float _e1303 = t_13;
                        t_13 = metal::fma(v2_1.z, a5_2_.z, _e1303);
                        float _e1307 = t_13;
                        t_13 = metal::fma(v2_1.w, a5_2_.w, _e1307);
                        float _e1311 = t_13;
                        t_13 = metal::fma(v3_1.x, a5_3_.x, _e1311);
                        float _e1315 = t_13;
                        t_13 = metal::fma(v3_1.y, a5_3_.y, _e1315);
                        float _e1319 = t_13;
                        t_13 = metal::fma(v3_1.z, a5_3_.z, _e1319);
                        float _e1323 = t_13;
                        t_13 = metal::fma(v3_1.w, a5_3_.w, _e1323);
                        float _e1325 = t_13;
                        float _e1326 = s1_5_;
                        s1_5_ = metal::fma(_e193, _e1325, _e1326);
                    }
                    {
                        t_14 = 0.0;
                        float _e1332 = t_14;
                        t_14 = metal::fma(v0_1.x, a6_0_.x, _e1332);
                        float _e1336 = t_14;
                        t_14 = metal::fma(v0_1.y, a6_0_.y, _e1336);
                        float _e1340 = t_14;
                        t_14 = metal::fma(v0_1.z, a6_0_.z, _e1340);
                        float _e1344 = t_14;
                        t_14 = metal::fma(v0_1.w, a6_0_.w, _e1344);
                        float _e1348 = t_14;
                        t_14 = metal::fma(v1_1.x, a6_1_.x, _e1348);
                        float _e1352 = t_14;
                        t_14 = metal::fma(v1_1.y, a6_1_.y, _e1352);
                        float _e1356 = t_14;
                        t_14 = metal::fma(v1_1.z, a6_1_.z, _e1356);
                        float _e1360 = t_14;
                        t_14 = metal::fma(v1_1.w, a6_1_.w, _e1360);
                        float _e1364 = t_14;
                        t_14 = metal::fma(v2_1.x, a6_2_.x, _e1364);
                        float _e1368 = t_14;
                        t_14 = metal::fma(v2_1.y, a6_2_.y, _e1368);
                        float _e1372 = t_14;
                        t_14 = metal::fma(v2_1.z, a6_2_.z, _e1372);
                        float _e1376 = t_14;
                        t_14 = metal::fma(v2_1.w, a6_2_.w, _e1376);
                        float _e1380 = t_14;
                        t_14 = metal::fma(v3_1.x, a6_3_.x, _e1380);
                        float _e1384 = t_14;
                        t_14 = metal::fma(v3_1.y, a6_3_.y, _e1384);
                        float _e1388 = t_14;
                        t_14 = metal::fma(v3_1.z, a6_3_.z, _e1388);
                        float _e1392 = t_14;
                        t_14 = metal::fma(v3_1.w, a6_3_.w, _e1392);
                        float _e1394 = t_14;
                        float _e1395 = s1_6_;
                        s1_6_ = metal::fma(_e193, _e1394, _e1395);
                    }
                    {
                        t_15 = 0.0;
                        float _e1401 = t_15;
                        t_15 = metal::fma(v0_1.x, a7_0_.x, _e1401);
                        float _e1405 = t_15;
                        t_15 = metal::fma(v0_1.y, a7_0_.y, _e1405);
                        float _e1409 = t_15;
                        t_15 = metal::fma(v0_1.z, a7_0_.z, _e1409);
                        float _e1413 = t_15;
                        t_15 = metal::fma(v0_1.w, a7_0_.w, _e1413);
                        float _e1417 = t_15;
                        t_15 = metal::fma(v1_1.x, a7_1_.x, _e1417);
                        float _e1421 = t_15;
                        t_15 = metal::fma(v1_1.y, a7_1_.y, _e1421);
                        float _e1425 = t_15;
                        t_15 = metal::fma(v1_1.z, a7_1_.z, _e1425);
                        float _e1429 = t_15;
                        t_15 = metal::fma(v1_1.w, a7_1_.w, _e1429);
                        float _e1433 = t_15;
                        t_15 = metal::fma(v2_1.x, a7_2_.x, _e1433);
                        float _e1437 = t_15;
                        t_15 = metal::fma(v2_1.y, a7_2_.y, _e1437);
                        float _e1441 = t_15;
                        t_15 = metal::fma(v2_1.z, a7_2_.z, _e1441);
                        float _e1445 = t_15;
                        t_15 = metal::fma(v2_1.w, a7_2_.w, _e1445);
                        float _e1449 = t_15;
                        t_15 = metal::fma(v3_1.x, a7_3_.x, _e1449);
                        float _e1453 = t_15;
                        t_15 = metal::fma(v3_1.y, a7_3_.y, _e1453);
                        float _e1457 = t_15;
                        t_15 = metal::fma(v3_1.z, a7_3_.z, _e1457);
                        float _e1461 = t_15;
                        t_15 = metal::fma(v3_1.w, a7_3_.w, _e1461);
                        float _e1463 = t_15;
                        float _e1464 = s1_7_;
                        s1_7_ = metal::fma(_e193, _e1463, _e1464);
                    }
                }
            }
            {
                float _e1466 = s0_0_;
                float unnamed = metal::simd_sum(_e1466);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 0u] = unnamed;
                }
            }
            {
                float _e1476 = s1_0_;
                float unnamed_1 = metal::simd_sum(_e1476);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 8u] = unnamed_1;
                }
            }
            {
                float _e1486 = s0_1_;
                float unnamed_2 = metal::simd_sum(_e1486);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 1u] = unnamed_2;
                }
            }
            {
                float _e1496 = s1_1_;
                float unnamed_3 = metal::simd_sum(_e1496);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 9u] = unnamed_3;
                }
            }
            {
                float _e1506 = s0_2_;
                float unnamed_4 = metal::simd_sum(_e1506);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 2u] = unnamed_4;
                }
            }
            {
                float _e1516 = s1_2_;
                float unnamed_5 = metal::simd_sum(_e1516);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 10u] = unnamed_5;
                }
            }
            {
                float _e1526 = s0_3_;
                float unnamed_6 = metal::simd_sum(_e1526);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 3u] = unnamed_6;
                }
            }
            {
                float _e1536 = s1_3_;
                float unnamed_7 = metal::simd_sum(_e1536);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 11u] = unnamed_7;
                }
            }
            {
                float _e1546 = s0_4_;
                float unnamed_8 = metal::simd_sum(_e1546);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 4u] = unnamed_8;
                }
            }
            {
                float _e1556 = s1_4_;
                float unnamed_9 = metal::simd_sum(_e1556);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 12u] = unnamed_9;
                }
            }
            {
                float _e1566 = s0_5_;
                float unnamed_10 = metal::simd_sum(_e1566);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 5u] = unnamed_10;
                }
            }
            {
                float _e1576 = s1_5_;
                float unnamed_11 = metal::simd_sum(_e1576);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 13u] = unnamed_11;
                }
            }
            {
                float _e1586 = s0_6_;
                float unnamed_12 = metal::simd_sum(_e1586);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 6u] = unnamed_12;
                }
            }
            {
                float _e1596 = s1_6_;
                float unnamed_13 = metal::simd_sum(_e1596);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 14u] = unnamed_13;
                }
            }
            {
                float _e1606 = s0_7_;
                float unnamed_14 = metal::simd_sum(_e1606);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 7u] = unnamed_14;
                }
            }
            {
                float _e1616 = s1_7_;
                float unnamed_15 = metal::simd_sum(_e1616);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 15u] = unnamed_15;
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            i = thread_;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e1686 = i;
                    i = _e1686 + 256u;
                }
                loop_init_1 = false;
                uint _e1627 = i;
                if (_e1627 < 128u) {
                } else {
                    break;
                }
                {
                    uint _e1630 = i;
                    uint own = _e1630 / 16u;
                    uint _e1633 = i;
                    uint m = (_e1633 % 16u) / 8u;
                    uint _e1638 = i;
                    uint r = _e1638 % 8u;
                    uint n = ((group * 16u) + (own * 2u)) + m;
                    uint _e1647 = base;
                    uint row = _e1647 + r;
                    if (n < 768u) {
                        local = row < live;
                    } else {
                        local = false;
                    }
                    bool _e1655 = local;
                    if (_e1655) {
                        float _e1669 = parts.inner[((((own * 1u) + 0u) * 16u) + (m * 8u)) + r];
                        float _e1673 = bias[n];
                        float sum = (_e1669 * 1.0) + _e1673;
                        uint to = ((row * 768u) + n) + 0u;
                        float _e1684 = y[to];
                        y[to] = _e1684 + sum;
                    }
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    return;
}
