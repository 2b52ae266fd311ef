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
            uint _e1619 = base;
            base = _e1619 + 8u;
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
            uint c0_ = ((0u + 0u) + (part * 32u)) + lane;
            metal::uint4 w0_0_ = w[(n0_ * 128u) + c0_];
            metal::uint4 w0_1_ = w[(n1_ * 128u) + c0_];
            uint c0_1 = ((0u + 32u) + (part * 32u)) + lane;
            metal::uint4 w1_0_ = w[(n0_ * 128u) + c0_1];
            metal::uint4 w1_1_ = w[(n1_ * 128u) + c0_1];
            uint c0_2 = ((0u + 64u) + (part * 32u)) + lane;
            metal::uint4 w2_0_ = w[(n0_ * 128u) + c0_2];
            metal::uint4 w2_1_ = w[(n1_ * 128u) + c0_2];
            uint c0_3 = ((0u + 96u) + (part * 32u)) + lane;
            metal::uint4 w3_0_ = w[(n0_ * 128u) + c0_3];
            metal::uint4 w3_1_ = w[(n1_ * 128u) + c0_3];
            {
                metal::float4 a0_0_ = x[x0_ + c0_];
                metal::float4 a1_0_ = x[x1_ + c0_];
                metal::float4 a2_0_ = x[x2_ + c0_];
                metal::float4 a3_0_ = x[x3_ + c0_];
                metal::float4 a4_0_ = x[x4_ + c0_];
                metal::float4 a5_0_ = x[x5_ + c0_];
                metal::float4 a6_0_ = x[x6_ + c0_];
                metal::float4 a7_0_ = x[x7_ + c0_];
                {
                    metal::float4 v0_ = as_type<metal::float4>(w0_0_);
                    float _e271 = s0_0_;
                    s0_0_ = metal::fma(v0_.x, a0_0_.x, _e271);
                    float _e275 = s0_0_;
                    s0_0_ = metal::fma(v0_.y, a0_0_.y, _e275);
                    float _e279 = s0_0_;
                    s0_0_ = metal::fma(v0_.z, a0_0_.z, _e279);
                    float _e283 = s0_0_;
                    s0_0_ = metal::fma(v0_.w, a0_0_.w, _e283);
                    float _e287 = s0_1_;
                    s0_1_ = metal::fma(v0_.x, a1_0_.x, _e287);
                    float _e291 = s0_1_;
                    s0_1_ = metal::fma(v0_.y, a1_0_.y, _e291);
                    float _e295 = s0_1_;
                    s0_1_ = metal::fma(v0_.z, a1_0_.z, _e295);
                    float _e299 = s0_1_;
                    s0_1_ = metal::fma(v0_.w, a1_0_.w, _e299);
                    float _e303 = s0_2_;
                    s0_2_ = metal::fma(v0_.x, a2_0_.x, _e303);
                    float _e307 = s0_2_;
                    s0_2_ = metal::fma(v0_.y, a2_0_.y, _e307);
                    float _e311 = s0_2_;
                    s0_2_ = metal::fma(v0_.z, a2_0_.z, _e311);
                    float _e315 = s0_2_;
                    s0_2_ = metal::fma(v0_.w, a2_0_.w, _e315);
                    float _e319 = s0_3_;
                    s0_3_ = metal::fma(v0_.x, a3_0_.x, _e319);
                    float _e323 = s0_3_;
                    s0_3_ = metal::fma(v0_.y, a3_0_.y, _e323);
                    float _e327 = s0_3_;
                    s0_3_ = metal::fma(v0_.z, a3_0_.z, _e327);
                    float _e331 = s0_3_;
                    s0_3_ = metal::fma(v0_.w, a3_0_.w, _e331);
                    float _e335 = s0_4_;
                    s0_4_ = metal::fma(v0_.x, a4_0_.x, _e335);
                    float _e339 = s0_4_;
                    s0_4_ = metal::fma(v0_.y, a4_0_.y, _e339);
                    float _e343 = s0_4_;
                    s0_4_ = metal::fma(v0_.z, a4_0_.z, _e343);
                    float _e347 = s0_4_;
                    s0_4_ = metal::fma(v0_.w, a4_0_.w, _e347);
                    float _e351 = s0_5_;
                    s0_5_ = metal::fma(v0_.x, a5_0_.x, _e351);
                    float _e355 = s0_5_;
                    s0_5_ = metal::fma(v0_.y, a5_0_.y, _e355);
                    float _e359 = s0_5_;
                    s0_5_ = metal::fma(v0_.z, a5_0_.z, _e359);
                    float _e363 = s0_5_;
                    s0_5_ = metal::fma(v0_.w, a5_0_.w, _e363);
                    float _e367 = s0_6_;
                    s0_6_ = metal::fma(v0_.x, a6_0_.x, _e367);
                    float _e371 = s0_6_;
                    s0_6_ = metal::fma(v0_.y, a6_0_.y, _e371);
                    float _e375 = s0_6_;
                    s0_6_ = metal::fma(v0_.z, a6_0_.z, _e375);
                    float _e379 = s0_6_;
                    s0_6_ = metal::fma(v0_.w, a6_0_.w, _e379);
                    float _e383 = s0_7_;
                    s0_7_ = metal::fma(v0_.x, a7_0_.x, _e383);
                    float _e387 = s0_7_;
                    s0_7_ = metal::fma(v0_.y, a7_0_.y, _e387);
                    float _e391 = s0_7_;
                    s0_7_ = metal::fma(v0_.z, a7_0_.z, _e391);
                    float _e395 = s0_7_;
                    s0_7_ = metal::fma(v0_.w, a7_0_.w, _e395);
                }
                {
                    metal::float4 v0_1 = as_type<metal::float4>(w0_1_);
                    float _e400 = s1_0_;
                    s1_0_ = metal::fma(v0_1.x, a0_0_.x, _e400);
                    float _e404 = s1_0_;
                    s1_0_ = metal::fma(v0_1.y, a0_0_.y, _e404);
                    float _e408 = s1_0_;
                    s1_0_ = metal::fma(v0_1.z, a0_0_.z, _e408);
                    float _e412 = s1_0_;
                    s1_0_ = metal::fma(v0_1.w, a0_0_.w, _e412);
                    float _e416 = s1_1_;
                    s1_1_ = metal::fma(v0_1.x, a1_0_.x, _e416);
                    float _e420 = s1_1_;
                    s1_1_ = metal::fma(v0_1.y, a1_0_.y, _e420);
                    float _e424 = s1_1_;
                    s1_1_ = metal::fma(v0_1.z, a1_0_.z, _e424);
                    float _e428 = s1_1_;
                    s1_1_ = metal::fma(v0_1.w, a1_0_.w, _e428);
                    float _e432 = s1_2_;
                    s1_2_ = metal::fma(v0_1.x, a2_0_.x, _e432);
                    float _e436 = s1_2_;
                    s1_2_ = metal::fma(v0_1.y, a2_0_.y, _e436);
                    float _e440 = s1_2_;
                    s1_2_ = metal::fma(v0_1.z, a2_0_.z, _e440);
                    float _e444 = s1_2_;
                    s1_2_ = metal::fma(v0_1.w, a2_0_.w, _e444);
                    float _e448 = s1_3_;
                    s1_3_ = metal::fma(v0_1.x, a3_0_.x, _e448);
                    float _e452 = s1_3_;
                    s1_3_ = metal::fma(v0_1.y, a3_0_.y, _e452);
                    float _e456 = s1_3_;
                    s1_3_ = metal::fma(v0_1.z, a3_0_.z, _e456);
                    float _e460 = s1_3_;
                    s1_3_ = metal::fma(v0_1.w, a3_0_.w, _e460);
                    float _e464 = s1_4_;
                    s1_4_ = metal::fma(v0_1.x, a4_0_.x, _e464);
                    float _e468 = s1_4_;
                    s1_4_ = metal::fma(v0_1.y, a4_0_.y, _e468);
                    float _e472 = s1_4_;
                    s1_4_ = metal::fma(v0_1.z, a4_0_.z, _e472);
                    float _e476 = s1_4_;
                    s1_4_ = metal::fma(v0_1.w, a4_0_.w, _e476);
                    float _e480 = s1_5_;
                    s1_5_ = metal::fma(v0_1.x, a5_0_.x, _e480);
                    float _e484 = s1_5_;
                    s1_5_ = metal::fma(v0_1.y, a5_0_.y, _e484);
                    float _e488 = s1_5_;
                    s1_5_ = metal::fma(v0_1.z, a5_0_.z, _e488);
                    float _e492 = s1_5_;
                    s1_5_ = metal::fma(v0_1.w, a5_0_.w, _e492);
                    float _e496 = s1_6_;
                    s1_6_ = metal::fma(v0_1.x, a6_0_.x, _e496);
                    float _e500 = s1_6_;
                    s1_6_ = metal::fma(v0_1.y, a6_0_.y, _e500);
                    float _e504 = s1_6_;
                    s1_6_ = metal::fma(v0_1.z, a6_0_.z, _e504);
                    float _e508 = s1_6_;
                    s1_6_ = metal::fma(v0_1.w, a6_0_.w, _e508);
                    float _e512 = s1_7_;
                    s1_7_ = metal::fma(v0_1.x, a7_0_.x, _e512);
                    float _e516 = s1_7_;
                    s1_7_ = metal::fma(v0_1.y, a7_0_.y, _e516);
                    float _e520 = s1_7_;
                    s1_7_ = metal::fma(v0_1.z, a7_0_.z, _e520);
                    float _e524 = s1_7_;
                    s1_7_ = metal::fma(v0_1.w, a7_0_.w, _e524);
                }
            }
            {
                metal::float4 a0_0_1 = x[x0_ + c0_1];
                metal::float4 a1_0_1 = x[x1_ + c0_1];
                metal::float4 a2_0_1 = x[x2_ + c0_1];
                metal::float4 a3_0_1 = x[x3_ + c0_1];
                metal::float4 a4_0_1 = x[x4_ + c0_1];
                metal::float4 a5_0_1 = x[x5_ + c0_1];
                metal::float4 a6_0_1 = x[x6_ + c0_1];
                metal::float4 a7_0_1 = x[x7_ + c0_1];
                {
                    metal::float4 v0_2 = as_type<metal::float4>(w1_0_);
                    float _e561 = s0_0_;
                    s0_0_ = metal::fma(v0_2.x, a0_0_1.x, _e561);
                    float _e565 = s0_0_;
                    s0_0_ = metal::fma(v0_2.y, a0_0_1.y, _e565);
                    float _e569 = s0_0_;
                    s0_0_ = metal::fma(v0_2.z, a0_0_1.z, _e569);
                    float _e573 = s0_0_;
                    s0_0_ = metal::fma(v0_2.w, a0_0_1.w, _e573);
                    float _e577 = s0_1_;
                    s0_1_ = metal::fma(v0_2.x, a1_0_1.x, _e577);
                    float _e581 = s0_1_;
                    s0_1_ = metal::fma(v0_2.y, a1_0_1.y, _e581);
                    float _e585 = s0_1_;
                    s0_1_ = metal::fma(v0_2.z, a1_0_1.z, _e585);
                    float _e589 = s0_1_;
                    s0_1_ = metal::fma(v0_2.w, a1_0_1.w, _e589);
                    float _e593 = s0_2_;
                    s0_2_ = metal::fma(v0_2.x, a2_0_1.x, _e593);
                    float _e597 = s0_2_;
                    s0_2_ = metal::fma(v0_2.y, a2_0_1.y, _e597);
                    float _e601 = s0_2_;
                    s0_2_ = metal::fma(v0_2.z, a2_0_1.z, _e601);
                    float _e605 = s0_2_;
                    s0_2_ = metal::fma(v0_2.w, a2_0_1.w, _e605);
                    float _e609 = s0_3_;
                    s0_3_ = metal::fma(v0_2.x, a3_0_1.x, _e609);
                    float _e613 = s0_3_;
                    s0_3_ = metal::fma(v0_2.y, a3_0_1.y, _e613);
                    float _e617 = s0_3_;
                    s0_3_ = metal::fma(v0_2.z, a3_0_1.z, _e617);
                    float _e621 = s0_3_;
                    s0_3_ = metal::fma(v0_2.w, a3_0_1.w, _e621);
                    float _e625 = s0_4_;
                    s0_4_ = metal::fma(v0_2.x, a4_0_1.x, _e625);
                    float _e629 = s0_4_;
                    s0_4_ = metal::fma(v0_2.y, a4_0_1.y, _e629);
                    float _e633 = s0_4_;
                    s0_4_ = metal::fma(v0_2.z, a4_0_1.z, _e633);
                    float _e637 = s0_4_;
                    s0_4_ = metal::fma(v0_2.w, a4_0_1.w, _e637);
                    float _e641 = s0_5_;
                    s0_5_ = metal::fma(v0_2.x, a5_0_1.x, _e641);
                    float _e645 = s0_5_;
                    s0_5_ = metal::fma(v0_2.y, a5_0_1.y, _e645);
                    float _e649 = s0_5_;
                    s0_5_ = metal::fma(v0_2.z, a5_0_1.z, _e649);
                    float _e653 = s0_5_;
                    s0_5_ = metal::fma(v0_2.w, a5_0_1.w, _e653);
                    float _e657 = s0_6_;
                    s0_6_ = metal::fma(v0_2.x, a6_0_1.x, _e657);
                    float _e661 = s0_6_;
                    s0_6_ = metal::fma(v0_2.y, a6_0_1.y, _e661);
                    float _e665 = s0_6_;
                    s0_6_ = metal::fma(v0_2.z, a6_0_1.z, _e665);
                    float _e669 = s0_6_;
                    s0_6_ = metal::fma(v0_2.w, a6_0_1.w, _e669);
                    float _e673 = s0_7_;
                    s0_7_ = metal::fma(v0_2.x, a7_0_1.x, _e673);
                    float _e677 = s0_7_;
                    s0_7_ = metal::fma(v0_2.y, a7_0_1.y, _e677);
                    float _e681 = s0_7_;
                    s0_7_ = metal::fma(v0_2.z, a7_0_1.z, _e681);
                    float _e685 = s0_7_;
                    s0_7_ = metal::fma(v0_2.w, a7_0_1.w, _e685);
                }
                {
                    metal::float4 v0_3 = as_type<metal::float4>(w1_1_);
                    float _e690 = s1_0_;
                    s1_0_ = metal::fma(v0_3.x, a0_0_1.x, _e690);
                    float _e694 = s1_0_;
                    s1_0_ = metal::fma(v0_3.y, a0_0_1.y, _e694);
                    float _e698 = s1_0_;
                    s1_0_ = metal::fma(v0_3.z, a0_0_1.z, _e698);
                    float _e702 = s1_0_;
                    s1_0_ = metal::fma(v0_3.w, a0_0_1.w, _e702);
                    float _e706 = s1_1_;
                    s1_1_ = metal::fma(v0_3.x, a1_0_1.x, _e706);
                    float _e710 = s1_1_;
                    s1_1_ = metal::fma(v0_3.y, a1_0_1.y, _e710);
                    float _e714 = s1_1_;
                    s1_1_ = metal::fma(v0_3.z, a1_0_1.z, _e714);
                    float _e718 = s1_1_;
                    s1_1_ = metal::fma(v0_3.w, a1_0_1.w, _e718);
                    float _e722 = s1_2_;
                    s1_2_ = metal::fma(v0_3.x, a2_0_1.x, _e722);
                    float _e726 = s1_2_;
                    s1_2_ = metal::fma(v0_3.y, a2_0_1.y, _e726);
                    float _e730 = s1_2_;
                    s1_2_ = metal::fma(v0_3.z, a2_0_1.z, _e730);
                    float _e734 = s1_2_;
                    s1_2_ = metal::fma(v0_3.w, a2_0_1.w, _e734);
                    float _e738 = s1_3_;
                    s1_3_ = metal::fma(v0_3.x, a3_0_1.x, _e738);
                    float _e742 = s1_3_;
                    s1_3_ = metal::fma(v0_3.y, a3_0_1.y, _e742);
                    float _e746 = s1_3_;
                    s1_3_ = metal::fma(v0_3.z, a3_0_1.z, _e746);
                    float _e750 = s1_3_;
                    s1_3_ = metal::fma(v0_3.w, a3_0_1.w, _e750);
                    float _e754 = s1_4_;
                    s1_4_ = metal::fma(v0_3.x, a4_0_1.x, _e754);
                    float _e758 = s1_4_;
                    s1_4_ = metal::fma(v0_3.y, a4_0_1.y, _e758);
                    float _e762 = s1_4_;
                    s1_4_ = metal::fma(v0_3.z, a4_0_1.z, _e762);
                    float _e766 = s1_4_;
                    s1_4_ = metal::fma(v0_3.w, a4_0_1.w, _e766);
                    float _e770 = s1_5_;
                    s1_5_ = metal::fma(v0_3.x, a5_0_1.x, _e770);
                    float _e774 = s1_5_;
                    s1_5_ = metal::fma(v0_3.y, a5_0_1.y, _e774);
                    float _e778 = s1_5_;
                    s1_5_ = metal::fma(v0_3.z, a5_0_1.z, _e778);
                    float _e782 = s1_5_;
                    s1_5_ = metal::fma(v0_3.w, a5_0_1.w, _e782);
                    float _e786 = s1_6_;
                    s1_6_ = metal::fma(v0_3.x, a6_0_1.x, _e786);
                    float _e790 = s1_6_;
                    s1_6_ = metal::fma(v0_3.y, a6_0_1.y, _e790);
                    float _e794 = s1_6_;
                    s1_6_ = metal::fma(v0_3.z, a6_0_1.z, _e794);
                    float _e798 = s1_6_;
                    s1_6_ = metal::fma(v0_3.w, a6_0_1.w, _e798);
                    float _e802 = s1_7_;
                    s1_7_ = metal::fma(v0_3.x, a7_0_1.x, _e802);
                    float _e806 = s1_7_;
                    s1_7_ = metal::fma(v0_3.y, a7_0_1.y, _e806);
                    float _e810 = s1_7_;
                    s1_7_ = metal::fma(v0_3.z, a7_0_1.z, _e810);
                    float _e814 = s1_7_;
                    s1_7_ = metal::fma(v0_3.w, a7_0_1.w, _e814);
                }
            }
            {
                metal::float4 a0_0_2 = x[x0_ + c0_2];
                metal::float4 a1_0_2 = x[x1_ + c0_2];
                metal::float4 a2_0_2 = x[x2_ + c0_2];
                metal::float4 a3_0_2 = x[x3_ + c0_2];
                metal::float4 a4_0_2 = x[x4_ + c0_2];
                metal::float4 a5_0_2 = x[x5_ + c0_2];
                metal::float4 a6_0_2 = x[x6_ + c0_2];
                metal::float4 a7_0_2 = x[x7_ + c0_2];
                {
                    metal::float4 v0_4 = as_type<metal::float4>(w2_0_);
                    float _e851 = s0_0_;
                    s0_0_ = metal::fma(v0_4.x, a0_0_2.x, _e851);
                    float _e855 = s0_0_;
                    s0_0_ = metal::fma(v0_4.y, a0_0_2.y, _e855);
                    float _e859 = s0_0_;
                    s0_0_ = metal::fma(v0_4.z, a0_0_2.z, _e859);
                    float _e863 = s0_0_;
                    s0_0_ = metal::fma(v0_4.w, a0_0_2.w, _e863);
                    float _e867 = s0_1_;
                    s0_1_ = metal::fma(v0_4.x, a1_0_2.x, _e867);
                    float _e871 = s0_1_;
                    s0_1_ = metal::fma(v0_4.y, a1_0_2.y, _e871);
                    float _e875 = s0_1_;
                    s0_1_ = metal::fma(v0_4.z, a1_0_2.z, _e875);
                    float _e879 = s0_1_;
                    s0_1_ = metal::fma(v0_4.w, a1_0_2.w, _e879);
                    float _e883 = s0_2_;
                    s0_2_ = metal::fma(v0_4.x, a2_0_2.x, _e883);
                    float _e887 = s0_2_;
                    s0_2_ = metal::fma(v0_4.y, a2_0_2.y, _e887);
                    float _e891 = s0_2_;
                    s0_2_ = metal::fma(v0_4.z, a2_0_2.z, _e891);
                    float _e895 = s0_2_;
                    s0_2_ = metal::fma(v0_4.w, a2_0_2.w, _e895);
                    float _e899 = s0_3_;
                    s0_3_ = metal::fma(v0_4.x, a3_0_2.x, _e899);
                    float _e903 = s0_3_;
                    s0_3_ = metal::fma(v0_4.y, a3_0_2.y, _e903);
                    float _e907 = s0_3_;
                    s0_3_ = metal::fma(v0_4.z, a3_0_2.z, _e907);
                    float _e911 = s0_3_;
                    s0_3_ = metal::fma(v0_4.w, a3_0_2.w, _e911);
                    float _e915 = s0_4_;
                    s0_4_ = metal::fma(v0_4.x, a4_0_2.x, _e915);
                    float _e919 = s0_4_;
                    s0_4_ = metal::fma(v0_4.y, a4_0_2.y, _e919);
                    float _e923 = s0_4_;
                    s0_4_ = metal::fma(v0_4.z, a4_0_2.z, _e923);
                    float _e927 = s0_4_;
                    s0_4_ = metal::fma(v0_4.w, a4_0_2.w, _e927);
                    float _e931 = s0_5_;
                    s0_5_ = metal::fma(v0_4.x, a5_0_2.x, _e931);
                    float _e935 = s0_5_;
                    s0_5_ = metal::fma(v0_4.y, a5_0_2.y, _e935);
                    float _e939 = s0_5_;
                    s0_5_ = metal::fma(v0_4.z, a5_0_2.z, _e939);
                    float _e943 = s0_5_;
                    s0_5_ = metal::fma(v0_4.w, a5_0_2.w, _e943);
                    float _e947 = s0_6_;
                    s0_6_ = metal::fma(v0_4.x, a6_0_2.x, _e947);
                    float _e951 = s0_6_;
                    s0_6_ = metal::fma(v0_4.y, a6_0_2.y, _e951);
                    float _e955 = s0_6_;
                    s0_6_ = metal::fma(v0_4.z, a6_0_2.z, _e955);
                    float _e959 = s0_6_;
                    s0_6_ = metal::fma(v0_4.w, a6_0_2.w, _e959);
                    float _e963 = s0_7_;
                    s0_7_ = metal::fma(v0_4.x, a7_0_2.x, _e963);
                    float _e967 = s0_7_;
                    s0_7_ = metal::fma(v0_4.y, a7_0_2.y, _e967);
                    float _e971 = s0_7_;
                    s0_7_ = metal::fma(v0_4.z, a7_0_2.z, _e971);
                    float _e975 = s0_7_;
                    s0_7_ = metal::fma(v0_4.w, a7_0_2.w, _e975);
                }
                {
                    metal::float4 v0_5 = as_type<metal::float4>(w2_1_);
                    float _e980 = s1_0_;
                    s1_0_ = metal::fma(v0_5.x, a0_0_2.x, _e980);
                    float _e984 = s1_0_;
                    s1_0_ = metal::fma(v0_5.y, a0_0_2.y, _e984);
                    float _e988 = s1_0_;
                    s1_0_ = metal::fma(v0_5.z, a0_0_2.z, _e988);
                    float _e992 = s1_0_;
                    s1_0_ = metal::fma(v0_5.w, a0_0_2.w, _e992);
                    float _e996 = s1_1_;
                    s1_1_ = metal::fma(v0_5.x, a1_0_2.x, _e996);
                    float _e1000 = s1_1_;
                    s1_1_ = metal::fma(v0_5.y, a1_0_2.y, _e1000);
                    float _e1004 = s1_1_;
                    s1_1_ = metal::fma(v0_5.z, a1_0_2.z, _e1004);
                    float _e1008 = s1_1_;
                    s1_1_ = metal::fma(v0_5.w, a1_0_2.w, _e1008);
                    float _e1012 = s1_2_;
                    s1_2_ = metal::fma(v0_5.x, a2_0_2.x, _e1012);
                    float _e1016 = s1_2_;
                    s1_2_ = metal::fma(v0_5.y, a2_0_2.y, _e1016);
                    float _e1020 = s1_2_;
                    s1_2_ = metal::fma(v0_5.z, a2_0_2.z, _e1020);
                    float _e1024 = s1_2_;
                    s1_2_ = metal::fma(v0_5.w, a2_0_2.w, _e1024);
                    float _e1028 = s1_3_;
                    s1_3_ = metal::fma(v0_5.x, a3_0_2.x, _e1028);
                    float _e1032 = s1_3_;
                    s1_3_ = metal::fma(v0_5.y, a3_0_2.y, _e1032);
                    float _e1036 = s1_3_;
                    s1_3_ = metal::fma(v0_5.z, a3_0_2.z, _e1036);
                    float _e1040 = s1_3_;
                    s1_3_ = metal::fma(v0_5.w, a3_0_2.w, _e1040);
                    float _e1044 = s1_4_;
                    s1_4_ = metal::fma(v0_5.x, a4_0_2.x, _e1044);
                    float _e1048 = s1_4_;
                    s1_4_ = metal::fma(v0_5.y, a4_0_2.y, _e1048);
                    float _e1052 = s1_4_;
                    s1_4_ = metal::fma(v0_5.z, a4_0_2.z, _e1052);
                    float _e1056 = s1_4_;
                    s1_4_ = metal::fma(v0_5.w, a4_0_2.w, _e1056);
                    float _e1060 = s1_5_;
                    s1_5_ = metal::fma(v0_5.x, a5_0_2.x, _e1060);
                    float _e1064 = s1_5_;
                    s1_5_ = metal::fma(v0_5.y, a5_0_2.y, _e1064);
                    float _e1068 = s1_5_;
                    s1_5_ = metal::fma(v0_5.z, a5_0_2.z, _e1068);
                    float _e1072 = s1_5_;
                    s1_5_ = metal::fma(v0_5.w, a5_0_2.w, _e1072);
                    float _e1076 = s1_6_;
                    s1_6_ = metal::fma(v0_5.x, a6_0_2.x, _e1076);
                    float _e1080 = s1_6_;
                    s1_6_ = metal::fma(v0_5.y, a6_0_2.y, _e1080);
                    float _e1084 = s1_6_;
                    s1_6_ = metal::fma(v0_5.z, a6_0_2.z, _e1084);
                    float _e1088 = s1_6_;
                    s1_6_ = metal::fma(v0_5.w, a6_0_2.w, _e1088);
                    float _e1092 = s1_7_;
                    s1_7_ = metal::fma(v0_5.x, a7_0_2.x, _e1092);
                    float _e1096 = s1_7_;
                    s1_7_ = metal::fma(v0_5.y, a7_0_2.y, _e1096);
                    float _e1100 = s1_7_;
                    s1_7_ = metal::fma(v0_5.z, a7_0_2.z, _e1100);
                    float _e1104 = s1_7_;
                    s1_7_ = metal::fma(v0_5.w, a7_0_2.w, _e1104);
                }
            }
            {
                metal::float4 a0_0_3 = x[x0_ + c0_3];
                metal::float4 a1_0_3 = x[x1_ + c0_3];
                metal::float4 a2_0_3 = x[x2_ + c0_3];
                metal::float4 a3_0_3 = x[x3_ + c0_3];
                metal::float4 a4_0_3 = x[x4_ + c0_3];
                metal::float4 a5_0_3 = x[x5_ + c0_3];
                metal::float4 a6_0_3 = x[x6_ + c0_3];
                metal::float4 a7_0_3 = x[x7_ + c0_3];
                {
                    metal::float4 v0_6 = as_type<metal::float4>(w3_0_);
                    float _e1141 = s0_0_;
                    s0_0_ = metal::fma(v0_6.x, a0_0_3.x, _e1141);
                    float _e1145 = s0_0_;
                    s0_0_ = metal::fma(v0_6.y, a0_0_3.y, _e1145);
                    float _e1149 = s0_0_;
                    s0_0_ = metal::fma(v0_6.z, a0_0_3.z, _e1149);
                    float _e1153 = s0_0_;
                    s0_0_ = metal::fma(v0_6.w, a0_0_3.w, _e1153);
                    float _e1157 = s0_1_;
                    s0_1_ = metal::fma(v0_6.x, a1_0_3.x, _e1157);
                    float _e1161 = s0_1_;
                    s0_1_ = metal::fma(v0_6.y, a1_0_3.y, _e1161);
                    float _e1165 = s0_1_;
                    s0_1_ = metal::fma(v0_6.z, a1_0_3.z, _e1165);
                    float _e1169 = s0_1_;
                    s0_1_ = metal::fma(v0_6.w, a1_0_3.w, _e1169);
                    float _e1173 = s0_2_;
                    s0_2_ = metal::fma(v0_6.x, a2_0_3.x, _e1173);
                    float _e1177 = s0_2_;
                    s0_2_ = metal::fma(v0_6.y, a2_0_3.y, _e1177);
                    float _e1181 = s0_2_;
                    s0_2_ = metal::fma(v0_6.z, a2_0_3.z, _e1181);
                    float _e1185 = s0_2_;
                    s0_2_ = metal::fma(v0_6.w, a2_0_3.w, _e1185);
                    float _e1189 = s0_3_;
                    s0_3_ = metal::fma(v0_6.x, a3_0_3.x, _e1189);
                    float _e1193 = s0_3_;
                    s0_3_ = metal::fma(v0_6.y, a3_0_3.y, _e1193);
                    float _e1197 = s0_3_;
                    s0_3_ = metal::fma(v0_6.z, a3_0_3.z, _e1197);
                    float _e1201 = s0_3_;
                    s0_3_ = metal::fma(v0_6.w, a3_0_3.w, _e1201);
                    float _e1205 = s0_4_;
                    s0_4_ = metal::fma(v0_6.x, a4_0_3.x, _e1205);
                    float _e1209 = s0_4_;
                    s0_4_ = metal::fma(v0_6.y, a4_0_3.y, _e1209);
                    float _e1213 = s0_4_;
                    s0_4_ = metal::fma(v0_6.z, a4_0_3.z, _e1213);
                    float _e1217 = s0_4_;
                    s0_4_ = metal::fma(v0_6.w, a4_0_3.w, _e1217);
                    float _e1221 = s0_5_;
                    s0_5_ = metal::fma(v0_6.x, a5_0_3.x, _e1221);
                    float _e1225 = s0_5_;
                    s0_5_ = metal::fma(v0_6.y, a5_0_3.y, _e1225);
                    float _e1229 = s0_5_;
                    s0_5_ = metal::fma(v0_6.z, a5_0_3.z, _e1229);
                    float _e1233 = s0_5_;
                    s0_5_ = metal::fma(v0_6.w, a5_0_3.w, _e1233);
                    float _e1237 = s0_6_;
                    s0_6_ = metal::fma(v0_6.x, a6_0_3.x, _e1237);
                    float _e1241 = s0_6_;
                    s0_6_ = metal::fma(v0_6.y, a6_0_3.y, _e1241);
                    float _e1245 = s0_6_;
                    s0_6_ = metal::fma(v0_6.z, a6_0_3.z, _e1245);
                    float _e1249 = s0_6_;
                    s0_6_ = metal::fma(v0_6.w, a6_0_3.w, _e1249);
                    float _e1253 = s0_7_;
                    s0_7_ = metal::fma(v0_6.x, a7_0_3.x, _e1253);
                    float _e1257 = s0_7_;
                    s0_7_ = metal::fma(v0_6.y, a7_0_3.y, _e1257);
                    float _e1261 = s0_7_;
                    s0_7_ = metal::fma(v0_6.z, a7_0_3.z, _e1261);
                    float _e1265 = s0_7_;
                    s0_7_ = metal::fma(v0_6.w, a7_0_3.w, _e1265);
                }
                {
                    metal::float4 v0_7 = as_type<metal::float4>(w3_1_);
                    float _e1270 = s1_0_;
                    s1_0_ = metal::fma(v0_7.x, a0_0_3.x, _e1270);
                    float _e1274 = s1_0_;
                    s1_0_ = metal::fma(v0_7.y, a0_0_3.y, _e1274);
                    float _e1278 = s1_0_;
                    s1_0_ = metal::fma(v0_7.z, a0_0_3.z, _e1278);
                    float _e1282 = s1_0_;
                    s1_0_ = metal::fma(v0_7.w, a0_0_3.w, _e1282);
                    float _e1286 = s1_1_;
                    s1_1_ = metal::fma(v0_7.x, a1_0_3.x, _e1286);
                    float _e1290 = s1_1_;
                    s1_1_ = metal::fma(v0_7.y, a1_0_3.y, _e1290);
                    float _e1294 = s1_1_;
                    s1_1_ = metal::fma(v0_7.z, a1_0_3.z, _e1294);
                    float _e1298 = s1_1_;
                    s1_1_ = metal::fma(v0_7.w, a1_0_3.w, _e1298);
                    float _e1302 = s1_2_;
                    s1_2_ = metal::fma(v0_7.x, a2_0_3.x, _e1302);
                    float _e1306 = s1_2_;
                    s1_2_ = metal::fma(v0_7.y, a2_0_3.y, _e1306);
                    float _e1310 = s1_2_;
                    s1_2_ = metal::fma(v0_7.z, a2_0_3.z, _e1310);
                    float _e1314 = s1_2_;
                    s1_2_ = metal::fma(v0_7.w, a2_0_3.w, _e1314);
                    float _e1318 = s1_3_;
                    s1_3_ = metal::fma(v0_7.x, a3_0_3.x, _e1318);
                    float _e1322 = s1_3_;
                    s1_3_ = metal::fma(v0_7.y, a3_0_3.y, _e1322);
                    float _e1326 = s1_3_;
                    s1_3_ = metal::fma(v0_7.z, a3_0_3.z, _e1326);
                    float _e1330 = s1_3_;
                    s1_3_ = metal::fma(v0_7.w, a3_0_3.w, _e1330);
                    float _e1334 = s1_4_;
                    s1_4_ = metal::fma(v0_7.x, a4_0_3.x, _e1334);
                    float _e1338 = s1_4_;
                    s1_4_ = metal::fma(v0_7.y, a4_0_3.y, _e1338);
                    float _e1342 = s1_4_;
                    s1_4_ = metal::fma(v0_7.z, a4_0_3.z, _e1342);
                    float _e1346 = s1_4_;
                    s1_4_ = metal::fma(v0_7.w, a4_0_3.w, _e1346);
                    float _e1350 = s1_5_;
                    s1_5_ = metal::fma(v0_7.x, a5_0_3.x, _e1350);
                    float _e1354 = s1_5_;
                    s1_5_ = metal::fma(v0_7.y, a5_0_3.y, _e1354);
                    float _e1358 = s1_5_;
                    s1_5_ = metal::fma(v0_7.z, a5_0_3.z, _e1358);
                    float _e1362 = s1_5_;
                    s1_5_ = metal::fma(v0_7.w, a5_0_3.w, _e1362);
                    float _e1366 = s1_6_;
                    s1_6_ = metal::fma(v0_7.x, a6_0_3.x, _e1366);
                    float _e1370 = s1_6_;
                    s1_6_ = metal::fma(v0_7.y, a6_0_3.y, _e1370);
                    float _e1374 = s1_6_;
                    s1_6_ = metal::fma(v0_7.z, a6_0_3.z, _e1374);
                    float _e1378 = s1_6_;
                    s1_6_ = metal::fma(v0_7.w, a6_0_3.w, _e1378);
                    float _e1382 = s1_7_;
                    s1_7_ = metal::fma(v0_7.x, a7_0_3.x, _e1382);
                    float _e1386 = s1_7_;
                    s1_7_ = metal::fma(v0_7.y, a7_0_3.y, _e1386);
                    float _e1390 = s1_7_;
                    s1_7_ = metal::fma(v0_7.z, a7_0_3.z, _e1390);
                    float _e1394 = s1_7_;
                    s1_7_ = metal::fma(v0_7.w, a7_0_3.w, _e1394);
                }
            }
            {
                float _e1396 = s0_0_;
                float unnamed = metal::simd_sum(_e1396);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 0u] = unnamed;
                }
            }
            {
                float _e1406 = s1_0_;
                float unnamed_1 = metal::simd_sum(_e1406);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 8u] = unnamed_1;
                }
            }
            {
                float _e1416 = s0_1_;
                float unnamed_2 = metal::simd_sum(_e1416);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 1u] = unnamed_2;
                }
            }
            {
                float _e1426 = s1_1_;
                float unnamed_3 = metal::simd_sum(_e1426);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 9u] = unnamed_3;
                }
            }
            {
                float _e1436 = s0_2_;
                float unnamed_4 = metal::simd_sum(_e1436);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 2u] = unnamed_4;
                }
            }
            {
                float _e1446 = s1_2_;
                float unnamed_5 = metal::simd_sum(_e1446);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 10u] = unnamed_5;
                }
            }
            {
                float _e1456 = s0_3_;
                float unnamed_6 = metal::simd_sum(_e1456);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 3u] = unnamed_6;
                }
            }
            {
                float _e1466 = s1_3_;
                float unnamed_7 = metal::simd_sum(_e1466);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 11u] = unnamed_7;
                }
            }
            {
                float _e1476 = s0_4_;
                float unnamed_8 = metal::simd_sum(_e1476);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 4u] = unnamed_8;
                }
            }
            {
                float _e1486 = s1_4_;
                float unnamed_9 = metal::simd_sum(_e1486);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 12u] = unnamed_9;
                }
            }
            {
                float _e1496 = s0_5_;
                float unnamed_10 = metal::simd_sum(_e1496);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 5u] = unnamed_10;
                }
            }
            {
                float _e1506 = s1_5_;
                float unnamed_11 = metal::simd_sum(_e1506);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 13u] = unnamed_11;
                }
            }
            {
                float _e1516 = s0_6_;
                float unnamed_12 = metal::simd_sum(_e1516);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 6u] = unnamed_12;
                }
            }
            {
                float _e1526 = s1_6_;
                float unnamed_13 = metal::simd_sum(_e1526);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 14u] = unnamed_13;
                }
            }
            {
                float _e1536 = s0_7_;
                float unnamed_14 = metal::simd_sum(_e1536);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 7u] = unnamed_14;
                }
            }
            {
                float _e1546 = s1_7_;
                float unnamed_15 = metal::simd_sum(_e1546);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 15u] = unnamed_15;
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            i = thread_;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e1616 = i;
                    i = _e1616 + 256u;
                }
                loop_init_1 = false;
                uint _e1557 = i;
                if (_e1557 < 128u) {
                } else {
                    break;
                }
                {
                    uint _e1560 = i;
                    uint own = _e1560 / 16u;
                    uint _e1563 = i;
                    uint m = (_e1563 % 16u) / 8u;
                    uint _e1568 = i;
                    uint r = _e1568 % 8u;
                    uint n = ((group * 16u) + (own * 2u)) + m;
                    uint _e1577 = base;
                    uint row = _e1577 + r;
                    if (n < 768u) {
                        local = row < live;
                    } else {
                        local = false;
                    }
                    bool _e1585 = local;
                    if (_e1585) {
                        float _e1599 = parts.inner[((((own * 1u) + 0u) * 16u) + (m * 8u)) + r];
                        float _e1603 = bias[n];
                        float sum = (_e1599 * 1.0) + _e1603;
                        uint to = ((row * 768u) + n) + 0u;
                        float _e1614 = y[to];
                        y[to] = _e1614 + sum;
                    }
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    return;
}
