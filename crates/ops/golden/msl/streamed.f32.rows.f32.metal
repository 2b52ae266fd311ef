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
            uint _e1614 = base;
            base = _e1614 + 8u;
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
            uint c0_ = (0u + (part * 32u)) + lane;
            metal::uint4 w0_0_ = w[(n0_ * 128u) + c0_];
            metal::uint4 w0_1_ = w[(n1_ * 128u) + c0_];
            uint c0_1 = (32u + (part * 32u)) + lane;
            metal::uint4 w1_0_ = w[(n0_ * 128u) + c0_1];
            metal::uint4 w1_1_ = w[(n1_ * 128u) + c0_1];
            uint c0_2 = (64u + (part * 32u)) + lane;
            metal::uint4 w2_0_ = w[(n0_ * 128u) + c0_2];
            metal::uint4 w2_1_ = w[(n1_ * 128u) + c0_2];
            uint c0_3 = (96u + (part * 32u)) + lane;
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
                    float _e266 = s0_0_;
                    s0_0_ = metal::fma(v0_.x, a0_0_.x, _e266);
                    float _e270 = s0_0_;
                    s0_0_ = metal::fma(v0_.y, a0_0_.y, _e270);
                    float _e274 = s0_0_;
                    s0_0_ = metal::fma(v0_.z, a0_0_.z, _e274);
                    float _e278 = s0_0_;
                    s0_0_ = metal::fma(v0_.w, a0_0_.w, _e278);
                    float _e282 = s0_1_;
                    s0_1_ = metal::fma(v0_.x, a1_0_.x, _e282);
                    float _e286 = s0_1_;
                    s0_1_ = metal::fma(v0_.y, a1_0_.y, _e286);
                    float _e290 = s0_1_;
                    s0_1_ = metal::fma(v0_.z, a1_0_.z, _e290);
                    float _e294 = s0_1_;
                    s0_1_ = metal::fma(v0_.w, a1_0_.w, _e294);
                    float _e298 = s0_2_;
                    s0_2_ = metal::fma(v0_.x, a2_0_.x, _e298);
                    float _e302 = s0_2_;
                    s0_2_ = metal::fma(v0_.y, a2_0_.y, _e302);
                    float _e306 = s0_2_;
                    s0_2_ = metal::fma(v0_.z, a2_0_.z, _e306);
                    float _e310 = s0_2_;
                    s0_2_ = metal::fma(v0_.w, a2_0_.w, _e310);
                    float _e314 = s0_3_;
                    s0_3_ = metal::fma(v0_.x, a3_0_.x, _e314);
                    float _e318 = s0_3_;
                    s0_3_ = metal::fma(v0_.y, a3_0_.y, _e318);
                    float _e322 = s0_3_;
                    s0_3_ = metal::fma(v0_.z, a3_0_.z, _e322);
                    float _e326 = s0_3_;
                    s0_3_ = metal::fma(v0_.w, a3_0_.w, _e326);
                    float _e330 = s0_4_;
                    s0_4_ = metal::fma(v0_.x, a4_0_.x, _e330);
                    float _e334 = s0_4_;
                    s0_4_ = metal::fma(v0_.y, a4_0_.y, _e334);
                    float _e338 = s0_4_;
                    s0_4_ = metal::fma(v0_.z, a4_0_.z, _e338);
                    float _e342 = s0_4_;
                    s0_4_ = metal::fma(v0_.w, a4_0_.w, _e342);
                    float _e346 = s0_5_;
                    s0_5_ = metal::fma(v0_.x, a5_0_.x, _e346);
                    float _e350 = s0_5_;
                    s0_5_ = metal::fma(v0_.y, a5_0_.y, _e350);
                    float _e354 = s0_5_;
                    s0_5_ = metal::fma(v0_.z, a5_0_.z, _e354);
                    float _e358 = s0_5_;
                    s0_5_ = metal::fma(v0_.w, a5_0_.w, _e358);
                    float _e362 = s0_6_;
                    s0_6_ = metal::fma(v0_.x, a6_0_.x, _e362);
                    float _e366 = s0_6_;
                    s0_6_ = metal::fma(v0_.y, a6_0_.y, _e366);
                    float _e370 = s0_6_;
                    s0_6_ = metal::fma(v0_.z, a6_0_.z, _e370);
                    float _e374 = s0_6_;
                    s0_6_ = metal::fma(v0_.w, a6_0_.w, _e374);
                    float _e378 = s0_7_;
                    s0_7_ = metal::fma(v0_.x, a7_0_.x, _e378);
                    float _e382 = s0_7_;
                    s0_7_ = metal::fma(v0_.y, a7_0_.y, _e382);
                    float _e386 = s0_7_;
                    s0_7_ = metal::fma(v0_.z, a7_0_.z, _e386);
                    float _e390 = s0_7_;
                    s0_7_ = metal::fma(v0_.w, a7_0_.w, _e390);
                }
                {
                    metal::float4 v0_1 = as_type<metal::float4>(w0_1_);
                    float _e395 = s1_0_;
                    s1_0_ = metal::fma(v0_1.x, a0_0_.x, _e395);
                    float _e399 = s1_0_;
                    s1_0_ = metal::fma(v0_1.y, a0_0_.y, _e399);
                    float _e403 = s1_0_;
                    s1_0_ = metal::fma(v0_1.z, a0_0_.z, _e403);
                    float _e407 = s1_0_;
                    s1_0_ = metal::fma(v0_1.w, a0_0_.w, _e407);
                    float _e411 = s1_1_;
                    s1_1_ = metal::fma(v0_1.x, a1_0_.x, _e411);
                    float _e415 = s1_1_;
                    s1_1_ = metal::fma(v0_1.y, a1_0_.y, _e415);
                    float _e419 = s1_1_;
                    s1_1_ = metal::fma(v0_1.z, a1_0_.z, _e419);
                    float _e423 = s1_1_;
                    s1_1_ = metal::fma(v0_1.w, a1_0_.w, _e423);
                    float _e427 = s1_2_;
                    s1_2_ = metal::fma(v0_1.x, a2_0_.x, _e427);
                    float _e431 = s1_2_;
                    s1_2_ = metal::fma(v0_1.y, a2_0_.y, _e431);
                    float _e435 = s1_2_;
                    s1_2_ = metal::fma(v0_1.z, a2_0_.z, _e435);
                    float _e439 = s1_2_;
                    s1_2_ = metal::fma(v0_1.w, a2_0_.w, _e439);
                    float _e443 = s1_3_;
                    s1_3_ = metal::fma(v0_1.x, a3_0_.x, _e443);
                    float _e447 = s1_3_;
                    s1_3_ = metal::fma(v0_1.y, a3_0_.y, _e447);
                    float _e451 = s1_3_;
                    s1_3_ = metal::fma(v0_1.z, a3_0_.z, _e451);
                    float _e455 = s1_3_;
                    s1_3_ = metal::fma(v0_1.w, a3_0_.w, _e455);
                    float _e459 = s1_4_;
                    s1_4_ = metal::fma(v0_1.x, a4_0_.x, _e459);
                    float _e463 = s1_4_;
                    s1_4_ = metal::fma(v0_1.y, a4_0_.y, _e463);
                    float _e467 = s1_4_;
                    s1_4_ = metal::fma(v0_1.z, a4_0_.z, _e467);
                    float _e471 = s1_4_;
                    s1_4_ = metal::fma(v0_1.w, a4_0_.w, _e471);
                    float _e475 = s1_5_;
                    s1_5_ = metal::fma(v0_1.x, a5_0_.x, _e475);
                    float _e479 = s1_5_;
                    s1_5_ = metal::fma(v0_1.y, a5_0_.y, _e479);
                    float _e483 = s1_5_;
                    s1_5_ = metal::fma(v0_1.z, a5_0_.z, _e483);
                    float _e487 = s1_5_;
                    s1_5_ = metal::fma(v0_1.w, a5_0_.w, _e487);
                    float _e491 = s1_6_;
                    s1_6_ = metal::fma(v0_1.x, a6_0_.x, _e491);
                    float _e495 = s1_6_;
                    s1_6_ = metal::fma(v0_1.y, a6_0_.y, _e495);
                    float _e499 = s1_6_;
                    s1_6_ = metal::fma(v0_1.z, a6_0_.z, _e499);
                    float _e503 = s1_6_;
                    s1_6_ = metal::fma(v0_1.w, a6_0_.w, _e503);
                    float _e507 = s1_7_;
                    s1_7_ = metal::fma(v0_1.x, a7_0_.x, _e507);
                    float _e511 = s1_7_;
                    s1_7_ = metal::fma(v0_1.y, a7_0_.y, _e511);
                    float _e515 = s1_7_;
                    s1_7_ = metal::fma(v0_1.z, a7_0_.z, _e515);
                    float _e519 = s1_7_;
                    s1_7_ = metal::fma(v0_1.w, a7_0_.w, _e519);
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
                    float _e556 = s0_0_;
                    s0_0_ = metal::fma(v0_2.x, a0_0_1.x, _e556);
                    float _e560 = s0_0_;
                    s0_0_ = metal::fma(v0_2.y, a0_0_1.y, _e560);
                    float _e564 = s0_0_;
                    s0_0_ = metal::fma(v0_2.z, a0_0_1.z, _e564);
                    float _e568 = s0_0_;
                    s0_0_ = metal::fma(v0_2.w, a0_0_1.w, _e568);
                    float _e572 = s0_1_;
                    s0_1_ = metal::fma(v0_2.x, a1_0_1.x, _e572);
                    float _e576 = s0_1_;
                    s0_1_ = metal::fma(v0_2.y, a1_0_1.y, _e576);
                    float _e580 = s0_1_;
                    s0_1_ = metal::fma(v0_2.z, a1_0_1.z, _e580);
                    float _e584 = s0_1_;
                    s0_1_ = metal::fma(v0_2.w, a1_0_1.w, _e584);
                    float _e588 = s0_2_;
                    s0_2_ = metal::fma(v0_2.x, a2_0_1.x, _e588);
                    float _e592 = s0_2_;
                    s0_2_ = metal::fma(v0_2.y, a2_0_1.y, _e592);
                    float _e596 = s0_2_;
                    s0_2_ = metal::fma(v0_2.z, a2_0_1.z, _e596);
                    float _e600 = s0_2_;
                    s0_2_ = metal::fma(v0_2.w, a2_0_1.w, _e600);
                    float _e604 = s0_3_;
                    s0_3_ = metal::fma(v0_2.x, a3_0_1.x, _e604);
                    float _e608 = s0_3_;
                    s0_3_ = metal::fma(v0_2.y, a3_0_1.y, _e608);
                    float _e612 = s0_3_;
                    s0_3_ = metal::fma(v0_2.z, a3_0_1.z, _e612);
                    float _e616 = s0_3_;
                    s0_3_ = metal::fma(v0_2.w, a3_0_1.w, _e616);
                    float _e620 = s0_4_;
                    s0_4_ = metal::fma(v0_2.x, a4_0_1.x, _e620);
                    float _e624 = s0_4_;
                    s0_4_ = metal::fma(v0_2.y, a4_0_1.y, _e624);
                    float _e628 = s0_4_;
                    s0_4_ = metal::fma(v0_2.z, a4_0_1.z, _e628);
                    float _e632 = s0_4_;
                    s0_4_ = metal::fma(v0_2.w, a4_0_1.w, _e632);
                    float _e636 = s0_5_;
                    s0_5_ = metal::fma(v0_2.x, a5_0_1.x, _e636);
                    float _e640 = s0_5_;
                    s0_5_ = metal::fma(v0_2.y, a5_0_1.y, _e640);
                    float _e644 = s0_5_;
                    s0_5_ = metal::fma(v0_2.z, a5_0_1.z, _e644);
                    float _e648 = s0_5_;
                    s0_5_ = metal::fma(v0_2.w, a5_0_1.w, _e648);
                    float _e652 = s0_6_;
                    s0_6_ = metal::fma(v0_2.x, a6_0_1.x, _e652);
                    float _e656 = s0_6_;
                    s0_6_ = metal::fma(v0_2.y, a6_0_1.y, _e656);
                    float _e660 = s0_6_;
                    s0_6_ = metal::fma(v0_2.z, a6_0_1.z, _e660);
                    float _e664 = s0_6_;
                    s0_6_ = metal::fma(v0_2.w, a6_0_1.w, _e664);
                    float _e668 = s0_7_;
                    s0_7_ = metal::fma(v0_2.x, a7_0_1.x, _e668);
                    float _e672 = s0_7_;
                    s0_7_ = metal::fma(v0_2.y, a7_0_1.y, _e672);
                    float _e676 = s0_7_;
                    s0_7_ = metal::fma(v0_2.z, a7_0_1.z, _e676);
                    float _e680 = s0_7_;
                    s0_7_ = metal::fma(v0_2.w, a7_0_1.w, _e680);
                }
                {
                    metal::float4 v0_3 = as_type<metal::float4>(w1_1_);
                    float _e685 = s1_0_;
                    s1_0_ = metal::fma(v0_3.x, a0_0_1.x, _e685);
                    float _e689 = s1_0_;
                    s1_0_ = metal::fma(v0_3.y, a0_0_1.y, _e689);
                    float _e693 = s1_0_;
                    s1_0_ = metal::fma(v0_3.z, a0_0_1.z, _e693);
                    float _e697 = s1_0_;
                    s1_0_ = metal::fma(v0_3.w, a0_0_1.w, _e697);
                    float _e701 = s1_1_;
                    s1_1_ = metal::fma(v0_3.x, a1_0_1.x, _e701);
                    float _e705 = s1_1_;
                    s1_1_ = metal::fma(v0_3.y, a1_0_1.y, _e705);
                    float _e709 = s1_1_;
                    s1_1_ = metal::fma(v0_3.z, a1_0_1.z, _e709);
                    float _e713 = s1_1_;
                    s1_1_ = metal::fma(v0_3.w, a1_0_1.w, _e713);
                    float _e717 = s1_2_;
                    s1_2_ = metal::fma(v0_3.x, a2_0_1.x, _e717);
                    float _e721 = s1_2_;
                    s1_2_ = metal::fma(v0_3.y, a2_0_1.y, _e721);
                    float _e725 = s1_2_;
                    s1_2_ = metal::fma(v0_3.z, a2_0_1.z, _e725);
                    float _e729 = s1_2_;
                    s1_2_ = metal::fma(v0_3.w, a2_0_1.w, _e729);
                    float _e733 = s1_3_;
                    s1_3_ = metal::fma(v0_3.x, a3_0_1.x, _e733);
                    float _e737 = s1_3_;
                    s1_3_ = metal::fma(v0_3.y, a3_0_1.y, _e737);
                    float _e741 = s1_3_;
                    s1_3_ = metal::fma(v0_3.z, a3_0_1.z, _e741);
                    float _e745 = s1_3_;
                    s1_3_ = metal::fma(v0_3.w, a3_0_1.w, _e745);
                    float _e749 = s1_4_;
                    s1_4_ = metal::fma(v0_3.x, a4_0_1.x, _e749);
                    float _e753 = s1_4_;
                    s1_4_ = metal::fma(v0_3.y, a4_0_1.y, _e753);
                    float _e757 = s1_4_;
                    s1_4_ = metal::fma(v0_3.z, a4_0_1.z, _e757);
                    float _e761 = s1_4_;
                    s1_4_ = metal::fma(v0_3.w, a4_0_1.w, _e761);
                    float _e765 = s1_5_;
                    s1_5_ = metal::fma(v0_3.x, a5_0_1.x, _e765);
                    float _e769 = s1_5_;
                    s1_5_ = metal::fma(v0_3.y, a5_0_1.y, _e769);
                    float _e773 = s1_5_;
                    s1_5_ = metal::fma(v0_3.z, a5_0_1.z, _e773);
                    float _e777 = s1_5_;
                    s1_5_ = metal::fma(v0_3.w, a5_0_1.w, _e777);
                    float _e781 = s1_6_;
                    s1_6_ = metal::fma(v0_3.x, a6_0_1.x, _e781);
                    float _e785 = s1_6_;
                    s1_6_ = metal::fma(v0_3.y, a6_0_1.y, _e785);
                    float _e789 = s1_6_;
                    s1_6_ = metal::fma(v0_3.z, a6_0_1.z, _e789);
                    float _e793 = s1_6_;
                    s1_6_ = metal::fma(v0_3.w, a6_0_1.w, _e793);
                    float _e797 = s1_7_;
                    s1_7_ = metal::fma(v0_3.x, a7_0_1.x, _e797);
                    float _e801 = s1_7_;
                    s1_7_ = metal::fma(v0_3.y, a7_0_1.y, _e801);
                    float _e805 = s1_7_;
                    s1_7_ = metal::fma(v0_3.z, a7_0_1.z, _e805);
                    float _e809 = s1_7_;
                    s1_7_ = metal::fma(v0_3.w, a7_0_1.w, _e809);
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
                    float _e846 = s0_0_;
                    s0_0_ = metal::fma(v0_4.x, a0_0_2.x, _e846);
                    float _e850 = s0_0_;
                    s0_0_ = metal::fma(v0_4.y, a0_0_2.y, _e850);
                    float _e854 = s0_0_;
                    s0_0_ = metal::fma(v0_4.z, a0_0_2.z, _e854);
                    float _e858 = s0_0_;
                    s0_0_ = metal::fma(v0_4.w, a0_0_2.w, _e858);
                    float _e862 = s0_1_;
                    s0_1_ = metal::fma(v0_4.x, a1_0_2.x, _e862);
                    float _e866 = s0_1_;
                    s0_1_ = metal::fma(v0_4.y, a1_0_2.y, _e866);
                    float _e870 = s0_1_;
                    s0_1_ = metal::fma(v0_4.z, a1_0_2.z, _e870);
                    float _e874 = s0_1_;
                    s0_1_ = metal::fma(v0_4.w, a1_0_2.w, _e874);
                    float _e878 = s0_2_;
                    s0_2_ = metal::fma(v0_4.x, a2_0_2.x, _e878);
                    float _e882 = s0_2_;
                    s0_2_ = metal::fma(v0_4.y, a2_0_2.y, _e882);
                    float _e886 = s0_2_;
                    s0_2_ = metal::fma(v0_4.z, a2_0_2.z, _e886);
                    float _e890 = s0_2_;
                    s0_2_ = metal::fma(v0_4.w, a2_0_2.w, _e890);
                    float _e894 = s0_3_;
                    s0_3_ = metal::fma(v0_4.x, a3_0_2.x, _e894);
                    float _e898 = s0_3_;
                    s0_3_ = metal::fma(v0_4.y, a3_0_2.y, _e898);
                    float _e902 = s0_3_;
                    s0_3_ = metal::fma(v0_4.z, a3_0_2.z, _e902);
                    float _e906 = s0_3_;
                    s0_3_ = metal::fma(v0_4.w, a3_0_2.w, _e906);
                    float _e910 = s0_4_;
                    s0_4_ = metal::fma(v0_4.x, a4_0_2.x, _e910);
                    float _e914 = s0_4_;
                    s0_4_ = metal::fma(v0_4.y, a4_0_2.y, _e914);
                    float _e918 = s0_4_;
                    s0_4_ = metal::fma(v0_4.z, a4_0_2.z, _e918);
                    float _e922 = s0_4_;
                    s0_4_ = metal::fma(v0_4.w, a4_0_2.w, _e922);
                    float _e926 = s0_5_;
                    s0_5_ = metal::fma(v0_4.x, a5_0_2.x, _e926);
                    float _e930 = s0_5_;
                    s0_5_ = metal::fma(v0_4.y, a5_0_2.y, _e930);
                    float _e934 = s0_5_;
                    s0_5_ = metal::fma(v0_4.z, a5_0_2.z, _e934);
                    float _e938 = s0_5_;
                    s0_5_ = metal::fma(v0_4.w, a5_0_2.w, _e938);
                    float _e942 = s0_6_;
                    s0_6_ = metal::fma(v0_4.x, a6_0_2.x, _e942);
                    float _e946 = s0_6_;
                    s0_6_ = metal::fma(v0_4.y, a6_0_2.y, _e946);
                    float _e950 = s0_6_;
                    s0_6_ = metal::fma(v0_4.z, a6_0_2.z, _e950);
                    float _e954 = s0_6_;
                    s0_6_ = metal::fma(v0_4.w, a6_0_2.w, _e954);
                    float _e958 = s0_7_;
                    s0_7_ = metal::fma(v0_4.x, a7_0_2.x, _e958);
                    float _e962 = s0_7_;
                    s0_7_ = metal::fma(v0_4.y, a7_0_2.y, _e962);
                    float _e966 = s0_7_;
                    s0_7_ = metal::fma(v0_4.z, a7_0_2.z, _e966);
                    float _e970 = s0_7_;
                    s0_7_ = metal::fma(v0_4.w, a7_0_2.w, _e970);
                }
                {
                    metal::float4 v0_5 = as_type<metal::float4>(w2_1_);
                    float _e975 = s1_0_;
                    s1_0_ = metal::fma(v0_5.x, a0_0_2.x, _e975);
                    float _e979 = s1_0_;
                    s1_0_ = metal::fma(v0_5.y, a0_0_2.y, _e979);
                    float _e983 = s1_0_;
                    s1_0_ = metal::fma(v0_5.z, a0_0_2.z, _e983);
                    float _e987 = s1_0_;
                    s1_0_ = metal::fma(v0_5.w, a0_0_2.w, _e987);
                    float _e991 = s1_1_;
                    s1_1_ = metal::fma(v0_5.x, a1_0_2.x, _e991);
                    float _e995 = s1_1_;
                    s1_1_ = metal::fma(v0_5.y, a1_0_2.y, _e995);
                    float _e999 = s1_1_;
                    s1_1_ = metal::fma(v0_5.z, a1_0_2.z, _e999);
                    float _e1003 = s1_1_;
                    s1_1_ = metal::fma(v0_5.w, a1_0_2.w, _e1003);
                    float _e1007 = s1_2_;
                    s1_2_ = metal::fma(v0_5.x, a2_0_2.x, _e1007);
                    float _e1011 = s1_2_;
                    s1_2_ = metal::fma(v0_5.y, a2_0_2.y, _e1011);
                    float _e1015 = s1_2_;
                    s1_2_ = metal::fma(v0_5.z, a2_0_2.z, _e1015);
                    float _e1019 = s1_2_;
                    s1_2_ = metal::fma(v0_5.w, a2_0_2.w, _e1019);
                    float _e1023 = s1_3_;
                    s1_3_ = metal::fma(v0_5.x, a3_0_2.x, _e1023);
                    float _e1027 = s1_3_;
                    s1_3_ = metal::fma(v0_5.y, a3_0_2.y, _e1027);
                    float _e1031 = s1_3_;
                    s1_3_ = metal::fma(v0_5.z, a3_0_2.z, _e1031);
                    float _e1035 = s1_3_;
                    s1_3_ = metal::fma(v0_5.w, a3_0_2.w, _e1035);
                    float _e1039 = s1_4_;
                    s1_4_ = metal::fma(v0_5.x, a4_0_2.x, _e1039);
                    float _e1043 = s1_4_;
                    s1_4_ = metal::fma(v0_5.y, a4_0_2.y, _e1043);
                    float _e1047 = s1_4_;
                    s1_4_ = metal::fma(v0_5.z, a4_0_2.z, _e1047);
                    float _e1051 = s1_4_;
                    s1_4_ = metal::fma(v0_5.w, a4_0_2.w, _e1051);
                    float _e1055 = s1_5_;
                    s1_5_ = metal::fma(v0_5.x, a5_0_2.x, _e1055);
                    float _e1059 = s1_5_;
                    s1_5_ = metal::fma(v0_5.y, a5_0_2.y, _e1059);
                    float _e1063 = s1_5_;
                    s1_5_ = metal::fma(v0_5.z, a5_0_2.z, _e1063);
                    float _e1067 = s1_5_;
                    s1_5_ = metal::fma(v0_5.w, a5_0_2.w, _e1067);
                    float _e1071 = s1_6_;
                    s1_6_ = metal::fma(v0_5.x, a6_0_2.x, _e1071);
                    float _e1075 = s1_6_;
                    s1_6_ = metal::fma(v0_5.y, a6_0_2.y, _e1075);
                    float _e1079 = s1_6_;
                    s1_6_ = metal::fma(v0_5.z, a6_0_2.z, _e1079);
                    float _e1083 = s1_6_;
                    s1_6_ = metal::fma(v0_5.w, a6_0_2.w, _e1083);
                    float _e1087 = s1_7_;
                    s1_7_ = metal::fma(v0_5.x, a7_0_2.x, _e1087);
                    float _e1091 = s1_7_;
                    s1_7_ = metal::fma(v0_5.y, a7_0_2.y, _e1091);
                    float _e1095 = s1_7_;
                    s1_7_ = metal::fma(v0_5.z, a7_0_2.z, _e1095);
                    float _e1099 = s1_7_;
                    s1_7_ = metal::fma(v0_5.w, a7_0_2.w, _e1099);
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
                    float _e1136 = s0_0_;
                    s0_0_ = metal::fma(v0_6.x, a0_0_3.x, _e1136);
                    float _e1140 = s0_0_;
                    s0_0_ = metal::fma(v0_6.y, a0_0_3.y, _e1140);
                    float _e1144 = s0_0_;
                    s0_0_ = metal::fma(v0_6.z, a0_0_3.z, _e1144);
                    float _e1148 = s0_0_;
                    s0_0_ = metal::fma(v0_6.w, a0_0_3.w, _e1148);
                    float _e1152 = s0_1_;
                    s0_1_ = metal::fma(v0_6.x, a1_0_3.x, _e1152);
                    float _e1156 = s0_1_;
                    s0_1_ = metal::fma(v0_6.y, a1_0_3.y, _e1156);
                    float _e1160 = s0_1_;
                    s0_1_ = metal::fma(v0_6.z, a1_0_3.z, _e1160);
                    float _e1164 = s0_1_;
                    s0_1_ = metal::fma(v0_6.w, a1_0_3.w, _e1164);
                    float _e1168 = s0_2_;
                    s0_2_ = metal::fma(v0_6.x, a2_0_3.x, _e1168);
                    float _e1172 = s0_2_;
                    s0_2_ = metal::fma(v0_6.y, a2_0_3.y, _e1172);
                    float _e1176 = s0_2_;
                    s0_2_ = metal::fma(v0_6.z, a2_0_3.z, _e1176);
                    float _e1180 = s0_2_;
                    s0_2_ = metal::fma(v0_6.w, a2_0_3.w, _e1180);
                    float _e1184 = s0_3_;
                    s0_3_ = metal::fma(v0_6.x, a3_0_3.x, _e1184);
                    float _e1188 = s0_3_;
                    s0_3_ = metal::fma(v0_6.y, a3_0_3.y, _e1188);
                    float _e1192 = s0_3_;
                    s0_3_ = metal::fma(v0_6.z, a3_0_3.z, _e1192);
                    float _e1196 = s0_3_;
                    s0_3_ = metal::fma(v0_6.w, a3_0_3.w, _e1196);
                    float _e1200 = s0_4_;
                    s0_4_ = metal::fma(v0_6.x, a4_0_3.x, _e1200);
                    float _e1204 = s0_4_;
                    s0_4_ = metal::fma(v0_6.y, a4_0_3.y, _e1204);
                    float _e1208 = s0_4_;
                    s0_4_ = metal::fma(v0_6.z, a4_0_3.z, _e1208);
                    float _e1212 = s0_4_;
                    s0_4_ = metal::fma(v0_6.w, a4_0_3.w, _e1212);
                    float _e1216 = s0_5_;
                    s0_5_ = metal::fma(v0_6.x, a5_0_3.x, _e1216);
                    float _e1220 = s0_5_;
                    s0_5_ = metal::fma(v0_6.y, a5_0_3.y, _e1220);
                    float _e1224 = s0_5_;
                    s0_5_ = metal::fma(v0_6.z, a5_0_3.z, _e1224);
                    float _e1228 = s0_5_;
                    s0_5_ = metal::fma(v0_6.w, a5_0_3.w, _e1228);
                    float _e1232 = s0_6_;
                    s0_6_ = metal::fma(v0_6.x, a6_0_3.x, _e1232);
                    float _e1236 = s0_6_;
                    s0_6_ = metal::fma(v0_6.y, a6_0_3.y, _e1236);
                    float _e1240 = s0_6_;
                    s0_6_ = metal::fma(v0_6.z, a6_0_3.z, _e1240);
                    float _e1244 = s0_6_;
                    s0_6_ = metal::fma(v0_6.w, a6_0_3.w, _e1244);
                    float _e1248 = s0_7_;
                    s0_7_ = metal::fma(v0_6.x, a7_0_3.x, _e1248);
                    float _e1252 = s0_7_;
                    s0_7_ = metal::fma(v0_6.y, a7_0_3.y, _e1252);
                    float _e1256 = s0_7_;
                    s0_7_ = metal::fma(v0_6.z, a7_0_3.z, _e1256);
                    float _e1260 = s0_7_;
                    s0_7_ = metal::fma(v0_6.w, a7_0_3.w, _e1260);
                }
                {
                    metal::float4 v0_7 = as_type<metal::float4>(w3_1_);
                    float _e1265 = s1_0_;
                    s1_0_ = metal::fma(v0_7.x, a0_0_3.x, _e1265);
                    float _e1269 = s1_0_;
                    s1_0_ = metal::fma(v0_7.y, a0_0_3.y, _e1269);
                    float _e1273 = s1_0_;
                    s1_0_ = metal::fma(v0_7.z, a0_0_3.z, _e1273);
                    float _e1277 = s1_0_;
                    s1_0_ = metal::fma(v0_7.w, a0_0_3.w, _e1277);
                    float _e1281 = s1_1_;
                    s1_1_ = metal::fma(v0_7.x, a1_0_3.x, _e1281);
                    float _e1285 = s1_1_;
                    s1_1_ = metal::fma(v0_7.y, a1_0_3.y, _e1285);
                    float _e1289 = s1_1_;
                    s1_1_ = metal::fma(v0_7.z, a1_0_3.z, _e1289);
                    float _e1293 = s1_1_;
                    s1_1_ = metal::fma(v0_7.w, a1_0_3.w, _e1293);
                    float _e1297 = s1_2_;
                    s1_2_ = metal::fma(v0_7.x, a2_0_3.x, _e1297);
                    float _e1301 = s1_2_;
                    s1_2_ = metal::fma(v0_7.y, a2_0_3.y, _e1301);
                    float _e1305 = s1_2_;
                    s1_2_ = metal::fma(v0_7.z, a2_0_3.z, _e1305);
                    float _e1309 = s1_2_;
                    s1_2_ = metal::fma(v0_7.w, a2_0_3.w, _e1309);
                    float _e1313 = s1_3_;
                    s1_3_ = metal::fma(v0_7.x, a3_0_3.x, _e1313);
                    float _e1317 = s1_3_;
                    s1_3_ = metal::fma(v0_7.y, a3_0_3.y, _e1317);
                    float _e1321 = s1_3_;
                    s1_3_ = metal::fma(v0_7.z, a3_0_3.z, _e1321);
                    float _e1325 = s1_3_;
                    s1_3_ = metal::fma(v0_7.w, a3_0_3.w, _e1325);
                    float _e1329 = s1_4_;
                    s1_4_ = metal::fma(v0_7.x, a4_0_3.x, _e1329);
                    float _e1333 = s1_4_;
                    s1_4_ = metal::fma(v0_7.y, a4_0_3.y, _e1333);
                    float _e1337 = s1_4_;
                    s1_4_ = metal::fma(v0_7.z, a4_0_3.z, _e1337);
                    float _e1341 = s1_4_;
                    s1_4_ = metal::fma(v0_7.w, a4_0_3.w, _e1341);
                    float _e1345 = s1_5_;
                    s1_5_ = metal::fma(v0_7.x, a5_0_3.x, _e1345);
                    float _e1349 = s1_5_;
                    s1_5_ = metal::fma(v0_7.y, a5_0_3.y, _e1349);
                    float _e1353 = s1_5_;
                    s1_5_ = metal::fma(v0_7.z, a5_0_3.z, _e1353);
                    float _e1357 = s1_5_;
                    s1_5_ = metal::fma(v0_7.w, a5_0_3.w, _e1357);
                    float _e1361 = s1_6_;
                    s1_6_ = metal::fma(v0_7.x, a6_0_3.x, _e1361);
                    float _e1365 = s1_6_;
                    s1_6_ = metal::fma(v0_7.y, a6_0_3.y, _e1365);
                    float _e1369 = s1_6_;
                    s1_6_ = metal::fma(v0_7.z, a6_0_3.z, _e1369);
                    float _e1373 = s1_6_;
                    s1_6_ = metal::fma(v0_7.w, a6_0_3.w, _e1373);
                    float _e1377 = s1_7_;
                    s1_7_ = metal::fma(v0_7.x, a7_0_3.x, _e1377);
                    float _e1381 = s1_7_;
                    s1_7_ = metal::fma(v0_7.y, a7_0_3.y, _e1381);
                    float _e1385 = s1_7_;
                    s1_7_ = metal::fma(v0_7.z, a7_0_3.z, _e1385);
                    float _e1389 = s1_7_;
                    s1_7_ = metal::fma(v0_7.w, a7_0_3.w, _e1389);
                }
            }
            {
                float _e1391 = s0_0_;
                float unnamed = metal::simd_sum(_e1391);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 0u] = unnamed;
                }
            }
            {
                float _e1401 = s1_0_;
                float unnamed_1 = metal::simd_sum(_e1401);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 8u] = unnamed_1;
                }
            }
            {
                float _e1411 = s0_1_;
                float unnamed_2 = metal::simd_sum(_e1411);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 1u] = unnamed_2;
                }
            }
            {
                float _e1421 = s1_1_;
                float unnamed_3 = metal::simd_sum(_e1421);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 9u] = unnamed_3;
                }
            }
            {
                float _e1431 = s0_2_;
                float unnamed_4 = metal::simd_sum(_e1431);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 2u] = unnamed_4;
                }
            }
            {
                float _e1441 = s1_2_;
                float unnamed_5 = metal::simd_sum(_e1441);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 10u] = unnamed_5;
                }
            }
            {
                float _e1451 = s0_3_;
                float unnamed_6 = metal::simd_sum(_e1451);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 3u] = unnamed_6;
                }
            }
            {
                float _e1461 = s1_3_;
                float unnamed_7 = metal::simd_sum(_e1461);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 11u] = unnamed_7;
                }
            }
            {
                float _e1471 = s0_4_;
                float unnamed_8 = metal::simd_sum(_e1471);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 4u] = unnamed_8;
                }
            }
            {
                float _e1481 = s1_4_;
                float unnamed_9 = metal::simd_sum(_e1481);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 12u] = unnamed_9;
                }
            }
            {
                float _e1491 = s0_5_;
                float unnamed_10 = metal::simd_sum(_e1491);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 5u] = unnamed_10;
                }
            }
            {
                float _e1501 = s1_5_;
                float unnamed_11 = metal::simd_sum(_e1501);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 13u] = unnamed_11;
                }
            }
            {
                float _e1511 = s0_6_;
                float unnamed_12 = metal::simd_sum(_e1511);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 6u] = unnamed_12;
                }
            }
            {
                float _e1521 = s1_6_;
                float unnamed_13 = metal::simd_sum(_e1521);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 14u] = unnamed_13;
                }
            }
            {
                float _e1531 = s0_7_;
                float unnamed_14 = metal::simd_sum(_e1531);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 7u] = unnamed_14;
                }
            }
            {
                float _e1541 = s1_7_;
                float unnamed_15 = metal::simd_sum(_e1541);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 15u] = unnamed_15;
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            i = thread_;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e1611 = i;
                    i = _e1611 + 256u;
                }
                loop_init_1 = false;
                uint _e1552 = i;
                if (_e1552 < 128u) {
                } else {
                    break;
                }
                {
                    uint _e1555 = i;
                    uint own = _e1555 / 16u;
                    uint _e1558 = i;
                    uint m = (_e1558 % 16u) / 8u;
                    uint _e1563 = i;
                    uint r = _e1563 % 8u;
                    uint n = ((group * 16u) + (own * 2u)) + m;
                    uint _e1572 = base;
                    uint row = _e1572 + r;
                    if (n < 768u) {
                        local = row < live;
                    } else {
                        local = false;
                    }
                    bool _e1580 = local;
                    if (_e1580) {
                        float _e1594 = parts.inner[((((own * 1u) + 0u) * 16u) + (m * 8u)) + r];
                        float _e1598 = bias[n];
                        float sum = (_e1594 * 1.0) + _e1598;
                        uint to = ((row * 768u) + n) + 0u;
                        float _e1609 = y[to];
                        y[to] = _e1609 + sum;
                    }
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    return;
}
