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
struct type_9 {
    float inner[128];
};

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
, threadgroup type_9& parts
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
            uint _e1631 = base;
            base = _e1631 + 8u;
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
            metal::uint4 w0_0_ = w[(n0_ * 64u) + p0_];
            metal::uint4 w0_1_ = w[(n1_ * 64u) + p0_];
            uint p1_ = ((0u + 32u) + (part * 32u)) + lane;
            metal::uint4 w1_0_ = w[(n0_ * 64u) + p1_];
            metal::uint4 w1_1_ = w[(n1_ * 64u) + p1_];
            {
                uint c0_ = (p0_ * 2u) + 0u;
                uint c1_ = (p0_ * 2u) + 1u;
                metal::float4 a0_0_ = x[x0_ + c0_];
                metal::float4 a0_1_ = x[x0_ + c1_];
                metal::float4 a1_0_ = x[x1_ + c0_];
                metal::float4 a1_1_ = x[x1_ + c1_];
                metal::float4 a2_0_ = x[x2_ + c0_];
                metal::float4 a2_1_ = x[x2_ + c1_];
                metal::float4 a3_0_ = x[x3_ + c0_];
                metal::float4 a3_1_ = x[x3_ + c1_];
                metal::float4 a4_0_ = x[x4_ + c0_];
                metal::float4 a4_1_ = x[x4_ + c1_];
                metal::float4 a5_0_ = x[x5_ + c0_];
                metal::float4 a5_1_ = x[x5_ + c1_];
                metal::float4 a6_0_ = x[x6_ + c0_];
                metal::float4 a6_1_ = x[x6_ + c1_];
                metal::float4 a7_0_ = x[x7_ + c0_];
                metal::float4 a7_1_ = x[x7_ + c1_];
                {
                    metal::float4 v0_ = metal::float4(float2(as_type<half2>(w0_0_.x)), float2(as_type<half2>(w0_0_.y)));
                    metal::float4 v1_ = metal::float4(float2(as_type<half2>(w0_0_.z)), float2(as_type<half2>(w0_0_.w)));
                    float _e284 = s0_0_;
                    s0_0_ = metal::fma(v0_.x, a0_0_.x, _e284);
                    float _e288 = s0_0_;
                    s0_0_ = metal::fma(v0_.y, a0_0_.y, _e288);
                    float _e292 = s0_0_;
                    s0_0_ = metal::fma(v0_.z, a0_0_.z, _e292);
                    float _e296 = s0_0_;
                    s0_0_ = metal::fma(v0_.w, a0_0_.w, _e296);
                    float _e300 = s0_0_;
                    s0_0_ = metal::fma(v1_.x, a0_1_.x, _e300);
                    float _e304 = s0_0_;
                    s0_0_ = metal::fma(v1_.y, a0_1_.y, _e304);
                    float _e308 = s0_0_;
                    s0_0_ = metal::fma(v1_.z, a0_1_.z, _e308);
                    float _e312 = s0_0_;
                    s0_0_ = metal::fma(v1_.w, a0_1_.w, _e312);
                    float _e316 = s0_1_;
                    s0_1_ = metal::fma(v0_.x, a1_0_.x, _e316);
                    float _e320 = s0_1_;
                    s0_1_ = metal::fma(v0_.y, a1_0_.y, _e320);
                    float _e324 = s0_1_;
                    s0_1_ = metal::fma(v0_.z, a1_0_.z, _e324);
                    float _e328 = s0_1_;
                    s0_1_ = metal::fma(v0_.w, a1_0_.w, _e328);
                    float _e332 = s0_1_;
                    s0_1_ = metal::fma(v1_.x, a1_1_.x, _e332);
                    float _e336 = s0_1_;
                    s0_1_ = metal::fma(v1_.y, a1_1_.y, _e336);
                    float _e340 = s0_1_;
                    s0_1_ = metal::fma(v1_.z, a1_1_.z, _e340);
                    float _e344 = s0_1_;
                    s0_1_ = metal::fma(v1_.w, a1_1_.w, _e344);
                    float _e348 = s0_2_;
                    s0_2_ = metal::fma(v0_.x, a2_0_.x, _e348);
                    float _e352 = s0_2_;
                    s0_2_ = metal::fma(v0_.y, a2_0_.y, _e352);
                    float _e356 = s0_2_;
                    s0_2_ = metal::fma(v0_.z, a2_0_.z, _e356);
                    float _e360 = s0_2_;
                    s0_2_ = metal::fma(v0_.w, a2_0_.w, _e360);
                    float _e364 = s0_2_;
                    s0_2_ = metal::fma(v1_.x, a2_1_.x, _e364);
                    float _e368 = s0_2_;
                    s0_2_ = metal::fma(v1_.y, a2_1_.y, _e368);
                    float _e372 = s0_2_;
                    s0_2_ = metal::fma(v1_.z, a2_1_.z, _e372);
                    float _e376 = s0_2_;
                    s0_2_ = metal::fma(v1_.w, a2_1_.w, _e376);
                    float _e380 = s0_3_;
                    s0_3_ = metal::fma(v0_.x, a3_0_.x, _e380);
                    float _e384 = s0_3_;
                    s0_3_ = metal::fma(v0_.y, a3_0_.y, _e384);
                    float _e388 = s0_3_;
                    s0_3_ = metal::fma(v0_.z, a3_0_.z, _e388);
                    float _e392 = s0_3_;
                    s0_3_ = metal::fma(v0_.w, a3_0_.w, _e392);
                    float _e396 = s0_3_;
                    s0_3_ = metal::fma(v1_.x, a3_1_.x, _e396);
                    float _e400 = s0_3_;
                    s0_3_ = metal::fma(v1_.y, a3_1_.y, _e400);
                    float _e404 = s0_3_;
                    s0_3_ = metal::fma(v1_.z, a3_1_.z, _e404);
                    float _e408 = s0_3_;
                    s0_3_ = metal::fma(v1_.w, a3_1_.w, _e408);
                    float _e412 = s0_4_;
                    s0_4_ = metal::fma(v0_.x, a4_0_.x, _e412);
                    float _e416 = s0_4_;
                    s0_4_ = metal::fma(v0_.y, a4_0_.y, _e416);
                    float _e420 = s0_4_;
                    s0_4_ = metal::fma(v0_.z, a4_0_.z, _e420);
                    float _e424 = s0_4_;
                    s0_4_ = metal::fma(v0_.w, a4_0_.w, _e424);
                    float _e428 = s0_4_;
                    s0_4_ = metal::fma(v1_.x, a4_1_.x, _e428);
                    float _e432 = s0_4_;
                    s0_4_ = metal::fma(v1_.y, a4_1_.y, _e432);
                    float _e436 = s0_4_;
                    s0_4_ = metal::fma(v1_.z, a4_1_.z, _e436);
                    float _e440 = s0_4_;
                    s0_4_ = metal::fma(v1_.w, a4_1_.w, _e440);
                    float _e444 = s0_5_;
                    s0_5_ = metal::fma(v0_.x, a5_0_.x, _e444);
                    float _e448 = s0_5_;
                    s0_5_ = metal::fma(v0_.y, a5_0_.y, _e448);
                    float _e452 = s0_5_;
                    s0_5_ = metal::fma(v0_.z, a5_0_.z, _e452);
                    float _e456 = s0_5_;
                    s0_5_ = metal::fma(v0_.w, a5_0_.w, _e456);
                    float _e460 = s0_5_;
                    s0_5_ = metal::fma(v1_.x, a5_1_.x, _e460);
                    float _e464 = s0_5_;
                    s0_5_ = metal::fma(v1_.y, a5_1_.y, _e464);
                    float _e468 = s0_5_;
                    s0_5_ = metal::fma(v1_.z, a5_1_.z, _e468);
                    float _e472 = s0_5_;
                    s0_5_ = metal::fma(v1_.w, a5_1_.w, _e472);
                    float _e476 = s0_6_;
                    s0_6_ = metal::fma(v0_.x, a6_0_.x, _e476);
                    float _e480 = s0_6_;
                    s0_6_ = metal::fma(v0_.y, a6_0_.y, _e480);
                    float _e484 = s0_6_;
                    s0_6_ = metal::fma(v0_.z, a6_0_.z, _e484);
                    float _e488 = s0_6_;
                    s0_6_ = metal::fma(v0_.w, a6_0_.w, _e488);
                    float _e492 = s0_6_;
                    s0_6_ = metal::fma(v1_.x, a6_1_.x, _e492);
                    float _e496 = s0_6_;
                    s0_6_ = metal::fma(v1_.y, a6_1_.y, _e496);
                    float _e500 = s0_6_;
                    s0_6_ = metal::fma(v1_.z, a6_1_.z, _e500);
                    float _e504 = s0_6_;
                    s0_6_ = metal::fma(v1_.w, a6_1_.w, _e504);
                    float _e508 = s0_7_;
                    s0_7_ = metal::fma(v0_.x, a7_0_.x, _e508);
                    float _e512 = s0_7_;
                    s0_7_ = metal::fma(v0_.y, a7_0_.y, _e512);
                    float _e516 = s0_7_;
                    s0_7_ = metal::fma(v0_.z, a7_0_.z, _e516);
                    float _e520 = s0_7_;
                    s0_7_ = metal::fma(v0_.w, a7_0_.w, _e520);
                    float _e524 = s0_7_;
                    s0_7_ = metal::fma(v1_.x, a7_1_.x, _e524);
                    float _e528 = s0_7_;
                    s0_7_ = metal::fma(v1_.y, a7_1_.y, _e528);
                    float _e532 = s0_7_;
                    s0_7_ = metal::fma(v1_.z, a7_1_.z, _e532);
                    float _e536 = s0_7_;
                    s0_7_ = metal::fma(v1_.w, a7_1_.w, _e536);
                }
                {
                    metal::float4 v0_1 = metal::float4(float2(as_type<half2>(w0_1_.x)), float2(as_type<half2>(w0_1_.y)));
                    metal::float4 v1_1 = metal::float4(float2(as_type<half2>(w0_1_.z)), float2(as_type<half2>(w0_1_.w)));
                    float _e550 = s1_0_;
                    s1_0_ = metal::fma(v0_1.x, a0_0_.x, _e550);
                    float _e554 = s1_0_;
                    s1_0_ = metal::fma(v0_1.y, a0_0_.y, _e554);
                    float _e558 = s1_0_;
                    s1_0_ = metal::fma(v0_1.z, a0_0_.z, _e558);
                    float _e562 = s1_0_;
                    s1_0_ = metal::fma(v0_1.w, a0_0_.w, _e562);
                    float _e566 = s1_0_;
                    s1_0_ = metal::fma(v1_1.x, a0_1_.x, _e566);
                    float _e570 = s1_0_;
                    s1_0_ = metal::fma(v1_1.y, a0_1_.y, _e570);
                    float _e574 = s1_0_;
                    s1_0_ = metal::fma(v1_1.z, a0_1_.z, _e574);
                    float _e578 = s1_0_;
                    s1_0_ = metal::fma(v1_1.w, a0_1_.w, _e578);
                    float _e582 = s1_1_;
                    s1_1_ = metal::fma(v0_1.x, a1_0_.x, _e582);
                    float _e586 = s1_1_;
                    s1_1_ = metal::fma(v0_1.y, a1_0_.y, _e586);
                    float _e590 = s1_1_;
                    s1_1_ = metal::fma(v0_1.z, a1_0_.z, _e590);
                    float _e594 = s1_1_;
                    s1_1_ = metal::fma(v0_1.w, a1_0_.w, _e594);
                    float _e598 = s1_1_;
                    s1_1_ = metal::fma(v1_1.x, a1_1_.x, _e598);
                    float _e602 = s1_1_;
                    s1_1_ = metal::fma(v1_1.y, a1_1_.y, _e602);
                    float _e606 = s1_1_;
                    s1_1_ = metal::fma(v1_1.z, a1_1_.z, _e606);
                    float _e610 = s1_1_;
                    s1_1_ = metal::fma(v1_1.w, a1_1_.w, _e610);
                    float _e614 = s1_2_;
                    s1_2_ = metal::fma(v0_1.x, a2_0_.x, _e614);
                    float _e618 = s1_2_;
                    s1_2_ = metal::fma(v0_1.y, a2_0_.y, _e618);
                    float _e622 = s1_2_;
                    s1_2_ = metal::fma(v0_1.z, a2_0_.z, _e622);
                    float _e626 = s1_2_;
                    s1_2_ = metal::fma(v0_1.w, a2_0_.w, _e626);
                    float _e630 = s1_2_;
                    s1_2_ = metal::fma(v1_1.x, a2_1_.x, _e630);
                    float _e634 = s1_2_;
                    s1_2_ = metal::fma(v1_1.y, a2_1_.y, _e634);
                    float _e638 = s1_2_;
                    s1_2_ = metal::fma(v1_1.z, a2_1_.z, _e638);
                    float _e642 = s1_2_;
                    s1_2_ = metal::fma(v1_1.w, a2_1_.w, _e642);
                    float _e646 = s1_3_;
                    s1_3_ = metal::fma(v0_1.x, a3_0_.x, _e646);
                    float _e650 = s1_3_;
                    s1_3_ = metal::fma(v0_1.y, a3_0_.y, _e650);
                    float _e654 = s1_3_;
                    s1_3_ = metal::fma(v0_1.z, a3_0_.z, _e654);
                    float _e658 = s1_3_;
                    s1_3_ = metal::fma(v0_1.w, a3_0_.w, _e658);
                    float _e662 = s1_3_;
                    s1_3_ = metal::fma(v1_1.x, a3_1_.x, _e662);
                    float _e666 = s1_3_;
                    s1_3_ = metal::fma(v1_1.y, a3_1_.y, _e666);
                    float _e670 = s1_3_;
                    s1_3_ = metal::fma(v1_1.z, a3_1_.z, _e670);
                    float _e674 = s1_3_;
                    s1_3_ = metal::fma(v1_1.w, a3_1_.w, _e674);
                    float _e678 = s1_4_;
                    s1_4_ = metal::fma(v0_1.x, a4_0_.x, _e678);
                    float _e682 = s1_4_;
                    s1_4_ = metal::fma(v0_1.y, a4_0_.y, _e682);
                    float _e686 = s1_4_;
                    s1_4_ = metal::fma(v0_1.z, a4_0_.z, _e686);
                    float _e690 = s1_4_;
                    s1_4_ = metal::fma(v0_1.w, a4_0_.w, _e690);
                    float _e694 = s1_4_;
                    s1_4_ = metal::fma(v1_1.x, a4_1_.x, _e694);
                    float _e698 = s1_4_;
                    s1_4_ = metal::fma(v1_1.y, a4_1_.y, _e698);
                    float _e702 = s1_4_;
                    s1_4_ = metal::fma(v1_1.z, a4_1_.z, _e702);
                    float _e706 = s1_4_;
                    s1_4_ = metal::fma(v1_1.w, a4_1_.w, _e706);
                    float _e710 = s1_5_;
                    s1_5_ = metal::fma(v0_1.x, a5_0_.x, _e710);
                    float _e714 = s1_5_;
                    s1_5_ = metal::fma(v0_1.y, a5_0_.y, _e714);
                    float _e718 = s1_5_;
                    s1_5_ = metal::fma(v0_1.z, a5_0_.z, _e718);
                    float _e722 = s1_5_;
                    s1_5_ = metal::fma(v0_1.w, a5_0_.w, _e722);
                    float _e726 = s1_5_;
                    s1_5_ = metal::fma(v1_1.x, a5_1_.x, _e726);
                    float _e730 = s1_5_;
                    s1_5_ = metal::fma(v1_1.y, a5_1_.y, _e730);
                    float _e734 = s1_5_;
                    s1_5_ = metal::fma(v1_1.z, a5_1_.z, _e734);
                    float _e738 = s1_5_;
                    s1_5_ = metal::fma(v1_1.w, a5_1_.w, _e738);
                    float _e742 = s1_6_;
                    s1_6_ = metal::fma(v0_1.x, a6_0_.x, _e742);
                    float _e746 = s1_6_;
                    s1_6_ = metal::fma(v0_1.y, a6_0_.y, _e746);
                    float _e750 = s1_6_;
                    s1_6_ = metal::fma(v0_1.z, a6_0_.z, _e750);
                    float _e754 = s1_6_;
                    s1_6_ = metal::fma(v0_1.w, a6_0_.w, _e754);
                    float _e758 = s1_6_;
                    s1_6_ = metal::fma(v1_1.x, a6_1_.x, _e758);
                    float _e762 = s1_6_;
                    s1_6_ = metal::fma(v1_1.y, a6_1_.y, _e762);
                    float _e766 = s1_6_;
                    s1_6_ = metal::fma(v1_1.z, a6_1_.z, _e766);
                    float _e770 = s1_6_;
                    s1_6_ = metal::fma(v1_1.w, a6_1_.w, _e770);
                    float _e774 = s1_7_;
                    s1_7_ = metal::fma(v0_1.x, a7_0_.x, _e774);
                    float _e778 = s1_7_;
                    s1_7_ = metal::fma(v0_1.y, a7_0_.y, _e778);
                    float _e782 = s1_7_;
                    s1_7_ = metal::fma(v0_1.z, a7_0_.z, _e782);
                    float _e786 = s1_7_;
                    s1_7_ = metal::fma(v0_1.w, a7_0_.w, _e786);
                    float _e790 = s1_7_;
                    s1_7_ = metal::fma(v1_1.x, a7_1_.x, _e790);
                    float _e794 = s1_7_;
                    s1_7_ = metal::fma(v1_1.y, a7_1_.y, _e794);
                    float _e798 = s1_7_;
                    s1_7_ = metal::fma(v1_1.z, a7_1_.z, _e798);
                    float _e802 = s1_7_;
                    s1_7_ = metal::fma(v1_1.w, a7_1_.w, _e802);
                }
            }
            {
                uint c0_1 = (p1_ * 2u) + 0u;
                uint c1_1 = (p1_ * 2u) + 1u;
                metal::float4 a0_0_1 = x[x0_ + c0_1];
                metal::float4 a0_1_1 = x[x0_ + c1_1];
                metal::float4 a1_0_1 = x[x1_ + c0_1];
                metal::float4 a1_1_1 = x[x1_ + c1_1];
                metal::float4 a2_0_1 = x[x2_ + c0_1];
                metal::float4 a2_1_1 = x[x2_ + c1_1];
                metal::float4 a3_0_1 = x[x3_ + c0_1];
                metal::float4 a3_1_1 = x[x3_ + c1_1];
                metal::float4 a4_0_1 = x[x4_ + c0_1];
                metal::float4 a4_1_1 = x[x4_ + c1_1];
                metal::float4 a5_0_1 = x[x5_ + c0_1];
                metal::float4 a5_1_1 = x[x5_ + c1_1];
                metal::float4 a6_0_1 = x[x6_ + c0_1];
                metal::float4 a6_1_1 = x[x6_ + c1_1];
                metal::float4 a7_0_1 = x[x7_ + c0_1];
                metal::float4 a7_1_1 = x[x7_ + c1_1];
                {
                    metal::float4 v0_2 = metal::float4(float2(as_type<half2>(w1_0_.x)), float2(as_type<half2>(w1_0_.y)));
                    metal::float4 v1_2 = metal::float4(float2(as_type<half2>(w1_0_.z)), float2(as_type<half2>(w1_0_.w)));
                    float _e888 = s0_0_;
                    s0_0_ = metal::fma(v0_2.x, a0_0_1.x, _e888);
                    float _e892 = s0_0_;
                    s0_0_ = metal::fma(v0_2.y, a0_0_1.y, _e892);
                    float _e896 = s0_0_;
                    s0_0_ = metal::fma(v0_2.z, a0_0_1.z, _e896);
                    float _e900 = s0_0_;
                    s0_0_ = metal::fma(v0_2.w, a0_0_1.w, _e900);
                    float _e904 = s0_0_;
                    s0_0_ = metal::fma(v1_2.x, a0_1_1.x, _e904);
                    float _e908 = s0_0_;
                    s0_0_ = metal::fma(v1_2.y, a0_1_1.y, _e908);
                    float _e912 = s0_0_;
                    s0_0_ = metal::fma(v1_2.z, a0_1_1.z, _e912);
                    float _e916 = s0_0_;
                    s0_0_ = metal::fma(v1_2.w, a0_1_1.w, _e916);
                    float _e920 = s0_1_;
                    s0_1_ = metal::fma(v0_2.x, a1_0_1.x, _e920);
                    float _e924 = s0_1_;
                    s0_1_ = metal::fma(v0_2.y, a1_0_1.y, _e924);
                    float _e928 = s0_1_;
                    s0_1_ = metal::fma(v0_2.z, a1_0_1.z, _e928);
                    float _e932 = s0_1_;
                    s0_1_ = metal::fma(v0_2.w, a1_0_1.w, _e932);
                    float _e936 = s0_1_;
                    s0_1_ = metal::fma(v1_2.x, a1_1_1.x, _e936);
                    float _e940 = s0_1_;
                    s0_1_ = metal::fma(v1_2.y, a1_1_1.y, _e940);
                    float _e944 = s0_1_;
                    s0_1_ = metal::fma(v1_2.z, a1_1_1.z, _e944);
                    float _e948 = s0_1_;
                    s0_1_ = metal::fma(v1_2.w, a1_1_1.w, _e948);
                    float _e952 = s0_2_;
                    s0_2_ = metal::fma(v0_2.x, a2_0_1.x, _e952);
                    float _e956 = s0_2_;
                    s0_2_ = metal::fma(v0_2.y, a2_0_1.y, _e956);
                    float _e960 = s0_2_;
                    s0_2_ = metal::fma(v0_2.z, a2_0_1.z, _e960);
                    float _e964 = s0_2_;
                    s0_2_ = metal::fma(v0_2.w, a2_0_1.w, _e964);
                    float _e968 = s0_2_;
                    s0_2_ = metal::fma(v1_2.x, a2_1_1.x, _e968);
                    float _e972 = s0_2_;
                    s0_2_ = metal::fma(v1_2.y, a2_1_1.y, _e972);
                    float _e976 = s0_2_;
                    s0_2_ = metal::fma(v1_2.z, a2_1_1.z, _e976);
                    float _e980 = s0_2_;
                    s0_2_ = metal::fma(v1_2.w, a2_1_1.w, _e980);
                    float _e984 = s0_3_;
                    s0_3_ = metal::fma(v0_2.x, a3_0_1.x, _e984);
                    float _e988 = s0_3_;
                    s0_3_ = metal::fma(v0_2.y, a3_0_1.y, _e988);
                    float _e992 = s0_3_;
                    s0_3_ = metal::fma(v0_2.z, a3_0_1.z, _e992);
                    float _e996 = s0_3_;
                    s0_3_ = metal::fma(v0_2.w, a3_0_1.w, _e996);
                    float _e1000 = s0_3_;
                    s0_3_ = metal::fma(v1_2.x, a3_1_1.x, _e1000);
                    float _e1004 = s0_3_;
                    s0_3_ = metal::fma(v1_2.y, a3_1_1.y, _e1004);
                    float _e1008 = s0_3_;
                    s0_3_ = metal::fma(v1_2.z, a3_1_1.z, _e1008);
                    float _e1012 = s0_3_;
                    s0_3_ = metal::fma(v1_2.w, a3_1_1.w, _e1012);
                    float _e1016 = s0_4_;
                    s0_4_ = metal::fma(v0_2.x, a4_0_1.x, _e1016);
                    float _e1020 = s0_4_;
                    s0_4_ = metal::fma(v0_2.y, a4_0_1.y, _e1020);
                    float _e1024 = s0_4_;
                    s0_4_ = metal::fma(v0_2.z, a4_0_1.z, _e1024);
                    float _e1028 = s0_4_;
                    s0_4_ = metal::fma(v0_2.w, a4_0_1.w, _e1028);
                    float _e1032 = s0_4_;
                    s0_4_ = metal::fma(v1_2.x, a4_1_1.x, _e1032);
                    float _e1036 = s0_4_;
                    s0_4_ = metal::fma(v1_2.y, a4_1_1.y, _e1036);
                    float _e1040 = s0_4_;
                    s0_4_ = metal::fma(v1_2.z, a4_1_1.z, _e1040);
                    float _e1044 = s0_4_;
                    s0_4_ = metal::fma(v1_2.w, a4_1_1.w, _e1044);
                    float _e1048 = s0_5_;
                    s0_5_ = metal::fma(v0_2.x, a5_0_1.x, _e1048);
                    float _e1052 = s0_5_;
                    s0_5_ = metal::fma(v0_2.y, a5_0_1.y, _e1052);
                    float _e1056 = s0_5_;
                    s0_5_ = metal::fma(v0_2.z, a5_0_1.z, _e1056);
                    float _e1060 = s0_5_;
                    s0_5_ = metal::fma(v0_2.w, a5_0_1.w, _e1060);
                    float _e1064 = s0_5_;
                    s0_5_ = metal::fma(v1_2.x, a5_1_1.x, _e1064);
                    float _e1068 = s0_5_;
                    s0_5_ = metal::fma(v1_2.y, a5_1_1.y, _e1068);
                    float _e1072 = s0_5_;
                    s0_5_ = metal::fma(v1_2.z, a5_1_1.z, _e1072);
                    float _e1076 = s0_5_;
                    s0_5_ = metal::fma(v1_2.w, a5_1_1.w, _e1076);
                    float _e1080 = s0_6_;
                    s0_6_ = metal::fma(v0_2.x, a6_0_1.x, _e1080);
                    float _e1084 = s0_6_;
                    s0_6_ = metal::fma(v0_2.y, a6_0_1.y, _e1084);
                    float _e1088 = s0_6_;
                    s0_6_ = metal::fma(v0_2.z, a6_0_1.z, _e1088);
                    float _e1092 = s0_6_;
                    s0_6_ = metal::fma(v0_2.w, a6_0_1.w, _e1092);
                    float _e1096 = s0_6_;
                    s0_6_ = metal::fma(v1_2.x, a6_1_1.x, _e1096);
                    float _e1100 = s0_6_;
                    s0_6_ = metal::fma(v1_2.y, a6_1_1.y, _e1100);
                    float _e1104 = s0_6_;
                    s0_6_ = metal::fma(v1_2.z, a6_1_1.z, _e1104);
                    float _e1108 = s0_6_;
                    s0_6_ = metal::fma(v1_2.w, a6_1_1.w, _e1108);
                    float _e1112 = s0_7_;
                    s0_7_ = metal::fma(v0_2.x, a7_0_1.x, _e1112);
                    float _e1116 = s0_7_;
                    s0_7_ = metal::fma(v0_2.y, a7_0_1.y, _e1116);
                    float _e1120 = s0_7_;
                    s0_7_ = metal::fma(v0_2.z, a7_0_1.z, _e1120);
                    float _e1124 = s0_7_;
                    s0_7_ = metal::fma(v0_2.w, a7_0_1.w, _e1124);
                    float _e1128 = s0_7_;
                    s0_7_ = metal::fma(v1_2.x, a7_1_1.x, _e1128);
                    float _e1132 = s0_7_;
                    s0_7_ = metal::fma(v1_2.y, a7_1_1.y, _e1132);
                    float _e1136 = s0_7_;
                    s0_7_ = metal::fma(v1_2.z, a7_1_1.z, _e1136);
                    float _e1140 = s0_7_;
                    s0_7_ = metal::fma(v1_2.w, a7_1_1.w, _e1140);
                }
                {
                    metal::float4 v0_3 = metal::float4(float2(as_type<half2>(w1_1_.x)), float2(as_type<half2>(w1_1_.y)));
                    metal::float4 v1_3 = metal::float4(float2(as_type<half2>(w1_1_.z)), float2(as_type<half2>(w1_1_.w)));
                    float _e1154 = s1_0_;
                    s1_0_ = metal::fma(v0_3.x, a0_0_1.x, _e1154);
                    float _e1158 = s1_0_;
                    s1_0_ = metal::fma(v0_3.y, a0_0_1.y, _e1158);
                    float _e1162 = s1_0_;
                    s1_0_ = metal::fma(v0_3.z, a0_0_1.z, _e1162);
                    float _e1166 = s1_0_;
                    s1_0_ = metal::fma(v0_3.w, a0_0_1.w, _e1166);
                    float _e1170 = s1_0_;
                    s1_0_ = metal::fma(v1_3.x, a0_1_1.x, _e1170);
                    float _e1174 = s1_0_;
                    s1_0_ = metal::fma(v1_3.y, a0_1_1.y, _e1174);
                    float _e1178 = s1_0_;
                    s1_0_ = metal::fma(v1_3.z, a0_1_1.z, _e1178);
                    float _e1182 = s1_0_;
                    s1_0_ = metal::fma(v1_3.w, a0_1_1.w, _e1182);
                    float _e1186 = s1_1_;
                    s1_1_ = metal::fma(v0_3.x, a1_0_1.x, _e1186);
                    float _e1190 = s1_1_;
                    s1_1_ = metal::fma(v0_3.y, a1_0_1.y, _e1190);
                    float _e1194 = s1_1_;
                    s1_1_ = metal::fma(v0_3.z, a1_0_1.z, _e1194);
                    float _e1198 = s1_1_;
                    s1_1_ = metal::fma(v0_3.w, a1_0_1.w, _e1198);
                    float _e1202 = s1_1_;
                    s1_1_ = metal::fma(v1_3.x, a1_1_1.x, _e1202);
                    float _e1206 = s1_1_;
                    s1_1_ = metal::fma(v1_3.y, a1_1_1.y, _e1206);
                    float _e1210 = s1_1_;
                    s1_1_ = metal::fma(v1_3.z, a1_1_1.z, _e1210);
                    float _e1214 = s1_1_;
                    s1_1_ = metal::fma(v1_3.w, a1_1_1.w, _e1214);
                    float _e1218 = s1_2_;
                    s1_2_ = metal::fma(v0_3.x, a2_0_1.x, _e1218);
                    float _e1222 = s1_2_;
                    s1_2_ = metal::fma(v0_3.y, a2_0_1.y, _e1222);
                    float _e1226 = s1_2_;
                    s1_2_ = metal::fma(v0_3.z, a2_0_1.z, _e1226);
                    float _e1230 = s1_2_;
                    s1_2_ = metal::fma(v0_3.w, a2_0_1.w, _e1230);
                    float _e1234 = s1_2_;
                    s1_2_ = metal::fma(v1_3.x, a2_1_1.x, _e1234);
                    float _e1238 = s1_2_;
                    s1_2_ = metal::fma(v1_3.y, a2_1_1.y, _e1238);
                    float _e1242 = s1_2_;
                    s1_2_ = metal::fma(v1_3.z, a2_1_1.z, _e1242);
                    float _e1246 = s1_2_;
                    s1_2_ = metal::fma(v1_3.w, a2_1_1.w, _e1246);
                    float _e1250 = s1_3_;
                    s1_3_ = metal::fma(v0_3.x, a3_0_1.x, _e1250);
                    float _e1254 = s1_3_;
                    s1_3_ = metal::fma(v0_3.y, a3_0_1.y, _e1254);
                    float _e1258 = s1_3_;
                    s1_3_ = metal::fma(v0_3.z, a3_0_1.z, _e1258);
                    float _e1262 = s1_3_;
                    s1_3_ = metal::fma(v0_3.w, a3_0_1.w, _e1262);
                    float _e1266 = s1_3_;
                    s1_3_ = metal::fma(v1_3.x, a3_1_1.x, _e1266);
                    float _e1270 = s1_3_;
                    s1_3_ = metal::fma(v1_3.y, a3_1_1.y, _e1270);
                    float _e1274 = s1_3_;
                    s1_3_ = metal::fma(v1_3.z, a3_1_1.z, _e1274);
                    float _e1278 = s1_3_;
                    s1_3_ = metal::fma(v1_3.w, a3_1_1.w, _e1278);
                    float _e1282 = s1_4_;
                    s1_4_ = metal::fma(v0_3.x, a4_0_1.x, _e1282);
                    float _e1286 = s1_4_;
                    s1_4_ = metal::fma(v0_3.y, a4_0_1.y, _e1286);
                    float _e1290 = s1_4_;
                    s1_4_ = metal::fma(v0_3.z, a4_0_1.z, _e1290);
                    float _e1294 = s1_4_;
                    s1_4_ = metal::fma(v0_3.w, a4_0_1.w, _e1294);
                    float _e1298 = s1_4_;
                    s1_4_ = metal::fma(v1_3.x, a4_1_1.x, _e1298);
                    float _e1302 = s1_4_;
                    s1_4_ = metal::fma(v1_3.y, a4_1_1.y, _e1302);
                    float _e1306 = s1_4_;
                    s1_4_ = metal::fma(v1_3.z, a4_1_1.z, _e1306);
                    float _e1310 = s1_4_;
                    s1_4_ = metal::fma(v1_3.w, a4_1_1.w, _e1310);
                    float _e1314 = s1_5_;
                    s1_5_ = metal::fma(v0_3.x, a5_0_1.x, _e1314);
                    float _e1318 = s1_5_;
                    s1_5_ = metal::fma(v0_3.y, a5_0_1.y, _e1318);
                    float _e1322 = s1_5_;
                    s1_5_ = metal::fma(v0_3.z, a5_0_1.z, _e1322);
                    float _e1326 = s1_5_;
                    s1_5_ = metal::fma(v0_3.w, a5_0_1.w, _e1326);
                    float _e1330 = s1_5_;
                    s1_5_ = metal::fma(v1_3.x, a5_1_1.x, _e1330);
                    float _e1334 = s1_5_;
                    s1_5_ = metal::fma(v1_3.y, a5_1_1.y, _e1334);
                    float _e1338 = s1_5_;
                    s1_5_ = metal::fma(v1_3.z, a5_1_1.z, _e1338);
                    float _e1342 = s1_5_;
                    s1_5_ = metal::fma(v1_3.w, a5_1_1.w, _e1342);
                    float _e1346 = s1_6_;
                    s1_6_ = metal::fma(v0_3.x, a6_0_1.x, _e1346);
                    float _e1350 = s1_6_;
                    s1_6_ = metal::fma(v0_3.y, a6_0_1.y, _e1350);
                    float _e1354 = s1_6_;
                    s1_6_ = metal::fma(v0_3.z, a6_0_1.z, _e1354);
                    float _e1358 = s1_6_;
                    s1_6_ = metal::fma(v0_3.w, a6_0_1.w, _e1358);
                    float _e1362 = s1_6_;
                    s1_6_ = metal::fma(v1_3.x, a6_1_1.x, _e1362);
                    float _e1366 = s1_6_;
                    s1_6_ = metal::fma(v1_3.y, a6_1_1.y, _e1366);
                    float _e1370 = s1_6_;
                    s1_6_ = metal::fma(v1_3.z, a6_1_1.z, _e1370);
                    float _e1374 = s1_6_;
                    s1_6_ = metal::fma(v1_3.w, a6_1_1.w, _e1374);
                    float _e1378 = s1_7_;
                    s1_7_ = metal::fma(v0_3.x, a7_0_1.x, _e1378);
                    float _e1382 = s1_7_;
                    s1_7_ = metal::fma(v0_3.y, a7_0_1.y, _e1382);
                    float _e1386 = s1_7_;
                    s1_7_ = metal::fma(v0_3.z, a7_0_1.z, _e1386);
                    float _e1390 = s1_7_;
                    s1_7_ = metal::fma(v0_3.w, a7_0_1.w, _e1390);
                    float _e1394 = s1_7_;
                    s1_7_ = metal::fma(v1_3.x, a7_1_1.x, _e1394);
                    float _e1398 = s1_7_;
                    s1_7_ = metal::fma(v1_3.y, a7_1_1.y, _e1398);
                    float _e1402 = s1_7_;
                    s1_7_ = metal::fma(v1_3.z, a7_1_1.z, _e1402);
                    float _e1406 = s1_7_;
                    s1_7_ = metal::fma(v1_3.w, a7_1_1.w, _e1406);
                }
            }
            {
                float _e1408 = s0_0_;
                float unnamed = metal::simd_sum(_e1408);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 0u] = unnamed;
                }
            }
            {
                float _e1418 = s1_0_;
                float unnamed_1 = metal::simd_sum(_e1418);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 8u] = unnamed_1;
                }
            }
            {
                float _e1428 = s0_1_;
                float unnamed_2 = metal::simd_sum(_e1428);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 1u] = unnamed_2;
                }
            }
            {
                float _e1438 = s1_1_;
                float unnamed_3 = metal::simd_sum(_e1438);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 9u] = unnamed_3;
                }
            }
            {
                float _e1448 = s0_2_;
                float unnamed_4 = metal::simd_sum(_e1448);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 2u] = unnamed_4;
                }
            }
            {
                float _e1458 = s1_2_;
                float unnamed_5 = metal::simd_sum(_e1458);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 10u] = unnamed_5;
                }
            }
            {
                float _e1468 = s0_3_;
                float unnamed_6 = metal::simd_sum(_e1468);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 3u] = unnamed_6;
                }
            }
            {
                float _e1478 = s1_3_;
                float unnamed_7 = metal::simd_sum(_e1478);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 11u] = unnamed_7;
                }
            }
            {
                float _e1488 = s0_4_;
                float unnamed_8 = metal::simd_sum(_e1488);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 4u] = unnamed_8;
                }
            }
            {
                float _e1498 = s1_4_;
                float unnamed_9 = metal::simd_sum(_e1498);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 12u] = unnamed_9;
                }
            }
            {
                float _e1508 = s0_5_;
                float unnamed_10 = metal::simd_sum(_e1508);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 5u] = unnamed_10;
                }
            }
            {
                float _e1518 = s1_5_;
                float unnamed_11 = metal::simd_sum(_e1518);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 13u] = unnamed_11;
                }
            }
            {
                float _e1528 = s0_6_;
                float unnamed_12 = metal::simd_sum(_e1528);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 6u] = unnamed_12;
                }
            }
            {
                float _e1538 = s1_6_;
                float unnamed_13 = metal::simd_sum(_e1538);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 14u] = unnamed_13;
                }
            }
            {
                float _e1548 = s0_7_;
                float unnamed_14 = metal::simd_sum(_e1548);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 7u] = unnamed_14;
                }
            }
            {
                float _e1558 = s1_7_;
                float unnamed_15 = metal::simd_sum(_e1558);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 15u] = unnamed_15;
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            i = thread_;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e1628 = i;
                    i = _e1628 + 256u;
                }
                loop_init_1 = false;
                uint _e1569 = i;
                if (_e1569 < 128u) {
                } else {
                    break;
                }
                {
                    uint _e1572 = i;
                    uint own = _e1572 / 16u;
                    uint _e1575 = i;
                    uint m = (_e1575 % 16u) / 8u;
                    uint _e1580 = i;
                    uint r = _e1580 % 8u;
                    uint n = ((group * 16u) + (own * 2u)) + m;
                    uint _e1589 = base;
                    uint row = _e1589 + r;
                    if (n < 768u) {
                        local = row < live;
                    } else {
                        local = false;
                    }
                    bool _e1597 = local;
                    if (_e1597) {
                        float _e1611 = parts.inner[((((own * 1u) + 0u) * 16u) + (m * 8u)) + r];
                        float _e1615 = bias[n];
                        float sum = (_e1611 * 1.0) + _e1615;
                        uint to = ((row * 768u) + n) + 0u;
                        float _e1626 = y[to];
                        y[to] = _e1626 + sum;
                    }
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    return;
}
