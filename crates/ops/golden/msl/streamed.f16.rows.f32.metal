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
            uint _e1628 = base;
            base = _e1628 + 8u;
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
            metal::uint4 w0_0_ = w[(n0_ * 64u) + p0_];
            metal::uint4 w0_1_ = w[(n1_ * 64u) + p0_];
            uint p1_ = (32u + (part * 32u)) + lane;
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
                    float _e281 = s0_0_;
                    s0_0_ = metal::fma(v0_.x, a0_0_.x, _e281);
                    float _e285 = s0_0_;
                    s0_0_ = metal::fma(v0_.y, a0_0_.y, _e285);
                    float _e289 = s0_0_;
                    s0_0_ = metal::fma(v0_.z, a0_0_.z, _e289);
                    float _e293 = s0_0_;
                    s0_0_ = metal::fma(v0_.w, a0_0_.w, _e293);
                    float _e297 = s0_0_;
                    s0_0_ = metal::fma(v1_.x, a0_1_.x, _e297);
                    float _e301 = s0_0_;
                    s0_0_ = metal::fma(v1_.y, a0_1_.y, _e301);
                    float _e305 = s0_0_;
                    s0_0_ = metal::fma(v1_.z, a0_1_.z, _e305);
                    float _e309 = s0_0_;
                    s0_0_ = metal::fma(v1_.w, a0_1_.w, _e309);
                    float _e313 = s0_1_;
                    s0_1_ = metal::fma(v0_.x, a1_0_.x, _e313);
                    float _e317 = s0_1_;
                    s0_1_ = metal::fma(v0_.y, a1_0_.y, _e317);
                    float _e321 = s0_1_;
                    s0_1_ = metal::fma(v0_.z, a1_0_.z, _e321);
                    float _e325 = s0_1_;
                    s0_1_ = metal::fma(v0_.w, a1_0_.w, _e325);
                    float _e329 = s0_1_;
                    s0_1_ = metal::fma(v1_.x, a1_1_.x, _e329);
                    float _e333 = s0_1_;
                    s0_1_ = metal::fma(v1_.y, a1_1_.y, _e333);
                    float _e337 = s0_1_;
                    s0_1_ = metal::fma(v1_.z, a1_1_.z, _e337);
                    float _e341 = s0_1_;
                    s0_1_ = metal::fma(v1_.w, a1_1_.w, _e341);
                    float _e345 = s0_2_;
                    s0_2_ = metal::fma(v0_.x, a2_0_.x, _e345);
                    float _e349 = s0_2_;
                    s0_2_ = metal::fma(v0_.y, a2_0_.y, _e349);
                    float _e353 = s0_2_;
                    s0_2_ = metal::fma(v0_.z, a2_0_.z, _e353);
                    float _e357 = s0_2_;
                    s0_2_ = metal::fma(v0_.w, a2_0_.w, _e357);
                    float _e361 = s0_2_;
                    s0_2_ = metal::fma(v1_.x, a2_1_.x, _e361);
                    float _e365 = s0_2_;
                    s0_2_ = metal::fma(v1_.y, a2_1_.y, _e365);
                    float _e369 = s0_2_;
                    s0_2_ = metal::fma(v1_.z, a2_1_.z, _e369);
                    float _e373 = s0_2_;
                    s0_2_ = metal::fma(v1_.w, a2_1_.w, _e373);
                    float _e377 = s0_3_;
                    s0_3_ = metal::fma(v0_.x, a3_0_.x, _e377);
                    float _e381 = s0_3_;
                    s0_3_ = metal::fma(v0_.y, a3_0_.y, _e381);
                    float _e385 = s0_3_;
                    s0_3_ = metal::fma(v0_.z, a3_0_.z, _e385);
                    float _e389 = s0_3_;
                    s0_3_ = metal::fma(v0_.w, a3_0_.w, _e389);
                    float _e393 = s0_3_;
                    s0_3_ = metal::fma(v1_.x, a3_1_.x, _e393);
                    float _e397 = s0_3_;
                    s0_3_ = metal::fma(v1_.y, a3_1_.y, _e397);
                    float _e401 = s0_3_;
                    s0_3_ = metal::fma(v1_.z, a3_1_.z, _e401);
                    float _e405 = s0_3_;
                    s0_3_ = metal::fma(v1_.w, a3_1_.w, _e405);
                    float _e409 = s0_4_;
                    s0_4_ = metal::fma(v0_.x, a4_0_.x, _e409);
                    float _e413 = s0_4_;
                    s0_4_ = metal::fma(v0_.y, a4_0_.y, _e413);
                    float _e417 = s0_4_;
                    s0_4_ = metal::fma(v0_.z, a4_0_.z, _e417);
                    float _e421 = s0_4_;
                    s0_4_ = metal::fma(v0_.w, a4_0_.w, _e421);
                    float _e425 = s0_4_;
                    s0_4_ = metal::fma(v1_.x, a4_1_.x, _e425);
                    float _e429 = s0_4_;
                    s0_4_ = metal::fma(v1_.y, a4_1_.y, _e429);
                    float _e433 = s0_4_;
                    s0_4_ = metal::fma(v1_.z, a4_1_.z, _e433);
                    float _e437 = s0_4_;
                    s0_4_ = metal::fma(v1_.w, a4_1_.w, _e437);
                    float _e441 = s0_5_;
                    s0_5_ = metal::fma(v0_.x, a5_0_.x, _e441);
                    float _e445 = s0_5_;
                    s0_5_ = metal::fma(v0_.y, a5_0_.y, _e445);
                    float _e449 = s0_5_;
                    s0_5_ = metal::fma(v0_.z, a5_0_.z, _e449);
                    float _e453 = s0_5_;
                    s0_5_ = metal::fma(v0_.w, a5_0_.w, _e453);
                    float _e457 = s0_5_;
                    s0_5_ = metal::fma(v1_.x, a5_1_.x, _e457);
                    float _e461 = s0_5_;
                    s0_5_ = metal::fma(v1_.y, a5_1_.y, _e461);
                    float _e465 = s0_5_;
                    s0_5_ = metal::fma(v1_.z, a5_1_.z, _e465);
                    float _e469 = s0_5_;
                    s0_5_ = metal::fma(v1_.w, a5_1_.w, _e469);
                    float _e473 = s0_6_;
                    s0_6_ = metal::fma(v0_.x, a6_0_.x, _e473);
                    float _e477 = s0_6_;
                    s0_6_ = metal::fma(v0_.y, a6_0_.y, _e477);
                    float _e481 = s0_6_;
                    s0_6_ = metal::fma(v0_.z, a6_0_.z, _e481);
                    float _e485 = s0_6_;
                    s0_6_ = metal::fma(v0_.w, a6_0_.w, _e485);
                    float _e489 = s0_6_;
                    s0_6_ = metal::fma(v1_.x, a6_1_.x, _e489);
                    float _e493 = s0_6_;
                    s0_6_ = metal::fma(v1_.y, a6_1_.y, _e493);
                    float _e497 = s0_6_;
                    s0_6_ = metal::fma(v1_.z, a6_1_.z, _e497);
                    float _e501 = s0_6_;
                    s0_6_ = metal::fma(v1_.w, a6_1_.w, _e501);
                    float _e505 = s0_7_;
                    s0_7_ = metal::fma(v0_.x, a7_0_.x, _e505);
                    float _e509 = s0_7_;
                    s0_7_ = metal::fma(v0_.y, a7_0_.y, _e509);
                    float _e513 = s0_7_;
                    s0_7_ = metal::fma(v0_.z, a7_0_.z, _e513);
                    float _e517 = s0_7_;
                    s0_7_ = metal::fma(v0_.w, a7_0_.w, _e517);
                    float _e521 = s0_7_;
                    s0_7_ = metal::fma(v1_.x, a7_1_.x, _e521);
                    float _e525 = s0_7_;
                    s0_7_ = metal::fma(v1_.y, a7_1_.y, _e525);
                    float _e529 = s0_7_;
                    s0_7_ = metal::fma(v1_.z, a7_1_.z, _e529);
                    float _e533 = s0_7_;
                    s0_7_ = metal::fma(v1_.w, a7_1_.w, _e533);
                }
                {
                    metal::float4 v0_1 = metal::float4(float2(as_type<half2>(w0_1_.x)), float2(as_type<half2>(w0_1_.y)));
                    metal::float4 v1_1 = metal::float4(float2(as_type<half2>(w0_1_.z)), float2(as_type<half2>(w0_1_.w)));
                    float _e547 = s1_0_;
                    s1_0_ = metal::fma(v0_1.x, a0_0_.x, _e547);
                    float _e551 = s1_0_;
                    s1_0_ = metal::fma(v0_1.y, a0_0_.y, _e551);
                    float _e555 = s1_0_;
                    s1_0_ = metal::fma(v0_1.z, a0_0_.z, _e555);
                    float _e559 = s1_0_;
                    s1_0_ = metal::fma(v0_1.w, a0_0_.w, _e559);
                    float _e563 = s1_0_;
                    s1_0_ = metal::fma(v1_1.x, a0_1_.x, _e563);
                    float _e567 = s1_0_;
                    s1_0_ = metal::fma(v1_1.y, a0_1_.y, _e567);
                    float _e571 = s1_0_;
                    s1_0_ = metal::fma(v1_1.z, a0_1_.z, _e571);
                    float _e575 = s1_0_;
                    s1_0_ = metal::fma(v1_1.w, a0_1_.w, _e575);
                    float _e579 = s1_1_;
                    s1_1_ = metal::fma(v0_1.x, a1_0_.x, _e579);
                    float _e583 = s1_1_;
                    s1_1_ = metal::fma(v0_1.y, a1_0_.y, _e583);
                    float _e587 = s1_1_;
                    s1_1_ = metal::fma(v0_1.z, a1_0_.z, _e587);
                    float _e591 = s1_1_;
                    s1_1_ = metal::fma(v0_1.w, a1_0_.w, _e591);
                    float _e595 = s1_1_;
                    s1_1_ = metal::fma(v1_1.x, a1_1_.x, _e595);
                    float _e599 = s1_1_;
                    s1_1_ = metal::fma(v1_1.y, a1_1_.y, _e599);
                    float _e603 = s1_1_;
                    s1_1_ = metal::fma(v1_1.z, a1_1_.z, _e603);
                    float _e607 = s1_1_;
                    s1_1_ = metal::fma(v1_1.w, a1_1_.w, _e607);
                    float _e611 = s1_2_;
                    s1_2_ = metal::fma(v0_1.x, a2_0_.x, _e611);
                    float _e615 = s1_2_;
                    s1_2_ = metal::fma(v0_1.y, a2_0_.y, _e615);
                    float _e619 = s1_2_;
                    s1_2_ = metal::fma(v0_1.z, a2_0_.z, _e619);
                    float _e623 = s1_2_;
                    s1_2_ = metal::fma(v0_1.w, a2_0_.w, _e623);
                    float _e627 = s1_2_;
                    s1_2_ = metal::fma(v1_1.x, a2_1_.x, _e627);
                    float _e631 = s1_2_;
                    s1_2_ = metal::fma(v1_1.y, a2_1_.y, _e631);
                    float _e635 = s1_2_;
                    s1_2_ = metal::fma(v1_1.z, a2_1_.z, _e635);
                    float _e639 = s1_2_;
                    s1_2_ = metal::fma(v1_1.w, a2_1_.w, _e639);
                    float _e643 = s1_3_;
                    s1_3_ = metal::fma(v0_1.x, a3_0_.x, _e643);
                    float _e647 = s1_3_;
                    s1_3_ = metal::fma(v0_1.y, a3_0_.y, _e647);
                    float _e651 = s1_3_;
                    s1_3_ = metal::fma(v0_1.z, a3_0_.z, _e651);
                    float _e655 = s1_3_;
                    s1_3_ = metal::fma(v0_1.w, a3_0_.w, _e655);
                    float _e659 = s1_3_;
                    s1_3_ = metal::fma(v1_1.x, a3_1_.x, _e659);
                    float _e663 = s1_3_;
                    s1_3_ = metal::fma(v1_1.y, a3_1_.y, _e663);
                    float _e667 = s1_3_;
                    s1_3_ = metal::fma(v1_1.z, a3_1_.z, _e667);
                    float _e671 = s1_3_;
                    s1_3_ = metal::fma(v1_1.w, a3_1_.w, _e671);
                    float _e675 = s1_4_;
                    s1_4_ = metal::fma(v0_1.x, a4_0_.x, _e675);
                    float _e679 = s1_4_;
                    s1_4_ = metal::fma(v0_1.y, a4_0_.y, _e679);
                    float _e683 = s1_4_;
                    s1_4_ = metal::fma(v0_1.z, a4_0_.z, _e683);
                    float _e687 = s1_4_;
                    s1_4_ = metal::fma(v0_1.w, a4_0_.w, _e687);
                    float _e691 = s1_4_;
                    s1_4_ = metal::fma(v1_1.x, a4_1_.x, _e691);
                    float _e695 = s1_4_;
                    s1_4_ = metal::fma(v1_1.y, a4_1_.y, _e695);
                    float _e699 = s1_4_;
                    s1_4_ = metal::fma(v1_1.z, a4_1_.z, _e699);
                    float _e703 = s1_4_;
                    s1_4_ = metal::fma(v1_1.w, a4_1_.w, _e703);
                    float _e707 = s1_5_;
                    s1_5_ = metal::fma(v0_1.x, a5_0_.x, _e707);
                    float _e711 = s1_5_;
                    s1_5_ = metal::fma(v0_1.y, a5_0_.y, _e711);
                    float _e715 = s1_5_;
                    s1_5_ = metal::fma(v0_1.z, a5_0_.z, _e715);
                    float _e719 = s1_5_;
                    s1_5_ = metal::fma(v0_1.w, a5_0_.w, _e719);
                    float _e723 = s1_5_;
                    s1_5_ = metal::fma(v1_1.x, a5_1_.x, _e723);
                    float _e727 = s1_5_;
                    s1_5_ = metal::fma(v1_1.y, a5_1_.y, _e727);
                    float _e731 = s1_5_;
                    s1_5_ = metal::fma(v1_1.z, a5_1_.z, _e731);
                    float _e735 = s1_5_;
                    s1_5_ = metal::fma(v1_1.w, a5_1_.w, _e735);
                    float _e739 = s1_6_;
                    s1_6_ = metal::fma(v0_1.x, a6_0_.x, _e739);
                    float _e743 = s1_6_;
                    s1_6_ = metal::fma(v0_1.y, a6_0_.y, _e743);
                    float _e747 = s1_6_;
                    s1_6_ = metal::fma(v0_1.z, a6_0_.z, _e747);
                    float _e751 = s1_6_;
                    s1_6_ = metal::fma(v0_1.w, a6_0_.w, _e751);
                    float _e755 = s1_6_;
                    s1_6_ = metal::fma(v1_1.x, a6_1_.x, _e755);
                    float _e759 = s1_6_;
                    s1_6_ = metal::fma(v1_1.y, a6_1_.y, _e759);
                    float _e763 = s1_6_;
                    s1_6_ = metal::fma(v1_1.z, a6_1_.z, _e763);
                    float _e767 = s1_6_;
                    s1_6_ = metal::fma(v1_1.w, a6_1_.w, _e767);
                    float _e771 = s1_7_;
                    s1_7_ = metal::fma(v0_1.x, a7_0_.x, _e771);
                    float _e775 = s1_7_;
                    s1_7_ = metal::fma(v0_1.y, a7_0_.y, _e775);
                    float _e779 = s1_7_;
                    s1_7_ = metal::fma(v0_1.z, a7_0_.z, _e779);
                    float _e783 = s1_7_;
                    s1_7_ = metal::fma(v0_1.w, a7_0_.w, _e783);
                    float _e787 = s1_7_;
                    s1_7_ = metal::fma(v1_1.x, a7_1_.x, _e787);
                    float _e791 = s1_7_;
                    s1_7_ = metal::fma(v1_1.y, a7_1_.y, _e791);
                    float _e795 = s1_7_;
                    s1_7_ = metal::fma(v1_1.z, a7_1_.z, _e795);
                    float _e799 = s1_7_;
                    s1_7_ = metal::fma(v1_1.w, a7_1_.w, _e799);
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
                    float _e885 = s0_0_;
                    s0_0_ = metal::fma(v0_2.x, a0_0_1.x, _e885);
                    float _e889 = s0_0_;
                    s0_0_ = metal::fma(v0_2.y, a0_0_1.y, _e889);
                    float _e893 = s0_0_;
                    s0_0_ = metal::fma(v0_2.z, a0_0_1.z, _e893);
                    float _e897 = s0_0_;
                    s0_0_ = metal::fma(v0_2.w, a0_0_1.w, _e897);
                    float _e901 = s0_0_;
                    s0_0_ = metal::fma(v1_2.x, a0_1_1.x, _e901);
                    float _e905 = s0_0_;
                    s0_0_ = metal::fma(v1_2.y, a0_1_1.y, _e905);
                    float _e909 = s0_0_;
                    s0_0_ = metal::fma(v1_2.z, a0_1_1.z, _e909);
                    float _e913 = s0_0_;
                    s0_0_ = metal::fma(v1_2.w, a0_1_1.w, _e913);
                    float _e917 = s0_1_;
                    s0_1_ = metal::fma(v0_2.x, a1_0_1.x, _e917);
                    float _e921 = s0_1_;
                    s0_1_ = metal::fma(v0_2.y, a1_0_1.y, _e921);
                    float _e925 = s0_1_;
                    s0_1_ = metal::fma(v0_2.z, a1_0_1.z, _e925);
                    float _e929 = s0_1_;
                    s0_1_ = metal::fma(v0_2.w, a1_0_1.w, _e929);
                    float _e933 = s0_1_;
                    s0_1_ = metal::fma(v1_2.x, a1_1_1.x, _e933);
                    float _e937 = s0_1_;
                    s0_1_ = metal::fma(v1_2.y, a1_1_1.y, _e937);
                    float _e941 = s0_1_;
                    s0_1_ = metal::fma(v1_2.z, a1_1_1.z, _e941);
                    float _e945 = s0_1_;
                    s0_1_ = metal::fma(v1_2.w, a1_1_1.w, _e945);
                    float _e949 = s0_2_;
                    s0_2_ = metal::fma(v0_2.x, a2_0_1.x, _e949);
                    float _e953 = s0_2_;
                    s0_2_ = metal::fma(v0_2.y, a2_0_1.y, _e953);
                    float _e957 = s0_2_;
                    s0_2_ = metal::fma(v0_2.z, a2_0_1.z, _e957);
                    float _e961 = s0_2_;
                    s0_2_ = metal::fma(v0_2.w, a2_0_1.w, _e961);
                    float _e965 = s0_2_;
                    s0_2_ = metal::fma(v1_2.x, a2_1_1.x, _e965);
                    float _e969 = s0_2_;
                    s0_2_ = metal::fma(v1_2.y, a2_1_1.y, _e969);
                    float _e973 = s0_2_;
                    s0_2_ = metal::fma(v1_2.z, a2_1_1.z, _e973);
                    float _e977 = s0_2_;
                    s0_2_ = metal::fma(v1_2.w, a2_1_1.w, _e977);
                    float _e981 = s0_3_;
                    s0_3_ = metal::fma(v0_2.x, a3_0_1.x, _e981);
                    float _e985 = s0_3_;
                    s0_3_ = metal::fma(v0_2.y, a3_0_1.y, _e985);
                    float _e989 = s0_3_;
                    s0_3_ = metal::fma(v0_2.z, a3_0_1.z, _e989);
                    float _e993 = s0_3_;
                    s0_3_ = metal::fma(v0_2.w, a3_0_1.w, _e993);
                    float _e997 = s0_3_;
                    s0_3_ = metal::fma(v1_2.x, a3_1_1.x, _e997);
                    float _e1001 = s0_3_;
                    s0_3_ = metal::fma(v1_2.y, a3_1_1.y, _e1001);
                    float _e1005 = s0_3_;
                    s0_3_ = metal::fma(v1_2.z, a3_1_1.z, _e1005);
                    float _e1009 = s0_3_;
                    s0_3_ = metal::fma(v1_2.w, a3_1_1.w, _e1009);
                    float _e1013 = s0_4_;
                    s0_4_ = metal::fma(v0_2.x, a4_0_1.x, _e1013);
                    float _e1017 = s0_4_;
                    s0_4_ = metal::fma(v0_2.y, a4_0_1.y, _e1017);
                    float _e1021 = s0_4_;
                    s0_4_ = metal::fma(v0_2.z, a4_0_1.z, _e1021);
                    float _e1025 = s0_4_;
                    s0_4_ = metal::fma(v0_2.w, a4_0_1.w, _e1025);
                    float _e1029 = s0_4_;
                    s0_4_ = metal::fma(v1_2.x, a4_1_1.x, _e1029);
                    float _e1033 = s0_4_;
                    s0_4_ = metal::fma(v1_2.y, a4_1_1.y, _e1033);
                    float _e1037 = s0_4_;
                    s0_4_ = metal::fma(v1_2.z, a4_1_1.z, _e1037);
                    float _e1041 = s0_4_;
                    s0_4_ = metal::fma(v1_2.w, a4_1_1.w, _e1041);
                    float _e1045 = s0_5_;
                    s0_5_ = metal::fma(v0_2.x, a5_0_1.x, _e1045);
                    float _e1049 = s0_5_;
                    s0_5_ = metal::fma(v0_2.y, a5_0_1.y, _e1049);
                    float _e1053 = s0_5_;
                    s0_5_ = metal::fma(v0_2.z, a5_0_1.z, _e1053);
                    float _e1057 = s0_5_;
                    s0_5_ = metal::fma(v0_2.w, a5_0_1.w, _e1057);
                    float _e1061 = s0_5_;
                    s0_5_ = metal::fma(v1_2.x, a5_1_1.x, _e1061);
                    float _e1065 = s0_5_;
                    s0_5_ = metal::fma(v1_2.y, a5_1_1.y, _e1065);
                    float _e1069 = s0_5_;
                    s0_5_ = metal::fma(v1_2.z, a5_1_1.z, _e1069);
                    float _e1073 = s0_5_;
                    s0_5_ = metal::fma(v1_2.w, a5_1_1.w, _e1073);
                    float _e1077 = s0_6_;
                    s0_6_ = metal::fma(v0_2.x, a6_0_1.x, _e1077);
                    float _e1081 = s0_6_;
                    s0_6_ = metal::fma(v0_2.y, a6_0_1.y, _e1081);
                    float _e1085 = s0_6_;
                    s0_6_ = metal::fma(v0_2.z, a6_0_1.z, _e1085);
                    float _e1089 = s0_6_;
                    s0_6_ = metal::fma(v0_2.w, a6_0_1.w, _e1089);
                    float _e1093 = s0_6_;
                    s0_6_ = metal::fma(v1_2.x, a6_1_1.x, _e1093);
                    float _e1097 = s0_6_;
                    s0_6_ = metal::fma(v1_2.y, a6_1_1.y, _e1097);
                    float _e1101 = s0_6_;
                    s0_6_ = metal::fma(v1_2.z, a6_1_1.z, _e1101);
                    float _e1105 = s0_6_;
                    s0_6_ = metal::fma(v1_2.w, a6_1_1.w, _e1105);
                    float _e1109 = s0_7_;
                    s0_7_ = metal::fma(v0_2.x, a7_0_1.x, _e1109);
                    float _e1113 = s0_7_;
                    s0_7_ = metal::fma(v0_2.y, a7_0_1.y, _e1113);
                    float _e1117 = s0_7_;
                    s0_7_ = metal::fma(v0_2.z, a7_0_1.z, _e1117);
                    float _e1121 = s0_7_;
                    s0_7_ = metal::fma(v0_2.w, a7_0_1.w, _e1121);
                    float _e1125 = s0_7_;
                    s0_7_ = metal::fma(v1_2.x, a7_1_1.x, _e1125);
                    float _e1129 = s0_7_;
                    s0_7_ = metal::fma(v1_2.y, a7_1_1.y, _e1129);
                    float _e1133 = s0_7_;
                    s0_7_ = metal::fma(v1_2.z, a7_1_1.z, _e1133);
                    float _e1137 = s0_7_;
                    s0_7_ = metal::fma(v1_2.w, a7_1_1.w, _e1137);
                }
                {
                    metal::float4 v0_3 = metal::float4(float2(as_type<half2>(w1_1_.x)), float2(as_type<half2>(w1_1_.y)));
                    metal::float4 v1_3 = metal::float4(float2(as_type<half2>(w1_1_.z)), float2(as_type<half2>(w1_1_.w)));
                    float _e1151 = s1_0_;
                    s1_0_ = metal::fma(v0_3.x, a0_0_1.x, _e1151);
                    float _e1155 = s1_0_;
                    s1_0_ = metal::fma(v0_3.y, a0_0_1.y, _e1155);
                    float _e1159 = s1_0_;
                    s1_0_ = metal::fma(v0_3.z, a0_0_1.z, _e1159);
                    float _e1163 = s1_0_;
                    s1_0_ = metal::fma(v0_3.w, a0_0_1.w, _e1163);
                    float _e1167 = s1_0_;
                    s1_0_ = metal::fma(v1_3.x, a0_1_1.x, _e1167);
                    float _e1171 = s1_0_;
                    s1_0_ = metal::fma(v1_3.y, a0_1_1.y, _e1171);
                    float _e1175 = s1_0_;
                    s1_0_ = metal::fma(v1_3.z, a0_1_1.z, _e1175);
                    float _e1179 = s1_0_;
                    s1_0_ = metal::fma(v1_3.w, a0_1_1.w, _e1179);
                    float _e1183 = s1_1_;
                    s1_1_ = metal::fma(v0_3.x, a1_0_1.x, _e1183);
                    float _e1187 = s1_1_;
                    s1_1_ = metal::fma(v0_3.y, a1_0_1.y, _e1187);
                    float _e1191 = s1_1_;
                    s1_1_ = metal::fma(v0_3.z, a1_0_1.z, _e1191);
                    float _e1195 = s1_1_;
                    s1_1_ = metal::fma(v0_3.w, a1_0_1.w, _e1195);
                    float _e1199 = s1_1_;
                    s1_1_ = metal::fma(v1_3.x, a1_1_1.x, _e1199);
                    float _e1203 = s1_1_;
                    s1_1_ = metal::fma(v1_3.y, a1_1_1.y, _e1203);
                    float _e1207 = s1_1_;
                    s1_1_ = metal::fma(v1_3.z, a1_1_1.z, _e1207);
                    float _e1211 = s1_1_;
                    s1_1_ = metal::fma(v1_3.w, a1_1_1.w, _e1211);
                    float _e1215 = s1_2_;
                    s1_2_ = metal::fma(v0_3.x, a2_0_1.x, _e1215);
                    float _e1219 = s1_2_;
                    s1_2_ = metal::fma(v0_3.y, a2_0_1.y, _e1219);
                    float _e1223 = s1_2_;
                    s1_2_ = metal::fma(v0_3.z, a2_0_1.z, _e1223);
                    float _e1227 = s1_2_;
                    s1_2_ = metal::fma(v0_3.w, a2_0_1.w, _e1227);
                    float _e1231 = s1_2_;
                    s1_2_ = metal::fma(v1_3.x, a2_1_1.x, _e1231);
                    float _e1235 = s1_2_;
                    s1_2_ = metal::fma(v1_3.y, a2_1_1.y, _e1235);
                    float _e1239 = s1_2_;
                    s1_2_ = metal::fma(v1_3.z, a2_1_1.z, _e1239);
                    float _e1243 = s1_2_;
                    s1_2_ = metal::fma(v1_3.w, a2_1_1.w, _e1243);
                    float _e1247 = s1_3_;
                    s1_3_ = metal::fma(v0_3.x, a3_0_1.x, _e1247);
                    float _e1251 = s1_3_;
                    s1_3_ = metal::fma(v0_3.y, a3_0_1.y, _e1251);
                    float _e1255 = s1_3_;
                    s1_3_ = metal::fma(v0_3.z, a3_0_1.z, _e1255);
                    float _e1259 = s1_3_;
                    s1_3_ = metal::fma(v0_3.w, a3_0_1.w, _e1259);
                    float _e1263 = s1_3_;
                    s1_3_ = metal::fma(v1_3.x, a3_1_1.x, _e1263);
                    float _e1267 = s1_3_;
                    s1_3_ = metal::fma(v1_3.y, a3_1_1.y, _e1267);
                    float _e1271 = s1_3_;
                    s1_3_ = metal::fma(v1_3.z, a3_1_1.z, _e1271);
                    float _e1275 = s1_3_;
                    s1_3_ = metal::fma(v1_3.w, a3_1_1.w, _e1275);
                    float _e1279 = s1_4_;
                    s1_4_ = metal::fma(v0_3.x, a4_0_1.x, _e1279);
                    float _e1283 = s1_4_;
                    s1_4_ = metal::fma(v0_3.y, a4_0_1.y, _e1283);
                    float _e1287 = s1_4_;
                    s1_4_ = metal::fma(v0_3.z, a4_0_1.z, _e1287);
                    float _e1291 = s1_4_;
                    s1_4_ = metal::fma(v0_3.w, a4_0_1.w, _e1291);
                    float _e1295 = s1_4_;
                    s1_4_ = metal::fma(v1_3.x, a4_1_1.x, _e1295);
                    float _e1299 = s1_4_;
                    s1_4_ = metal::fma(v1_3.y, a4_1_1.y, _e1299);
                    float _e1303 = s1_4_;
                    s1_4_ = metal::fma(v1_3.z, a4_1_1.z, _e1303);
                    float _e1307 = s1_4_;
                    s1_4_ = metal::fma(v1_3.w, a4_1_1.w, _e1307);
                    float _e1311 = s1_5_;
                    s1_5_ = metal::fma(v0_3.x, a5_0_1.x, _e1311);
                    float _e1315 = s1_5_;
                    s1_5_ = metal::fma(v0_3.y, a5_0_1.y, _e1315);
                    float _e1319 = s1_5_;
                    s1_5_ = metal::fma(v0_3.z, a5_0_1.z, _e1319);
                    float _e1323 = s1_5_;
                    s1_5_ = metal::fma(v0_3.w, a5_0_1.w, _e1323);
                    float _e1327 = s1_5_;
                    s1_5_ = metal::fma(v1_3.x, a5_1_1.x, _e1327);
                    float _e1331 = s1_5_;
                    s1_5_ = metal::fma(v1_3.y, a5_1_1.y, _e1331);
                    float _e1335 = s1_5_;
                    s1_5_ = metal::fma(v1_3.z, a5_1_1.z, _e1335);
                    float _e1339 = s1_5_;
                    s1_5_ = metal::fma(v1_3.w, a5_1_1.w, _e1339);
                    float _e1343 = s1_6_;
                    s1_6_ = metal::fma(v0_3.x, a6_0_1.x, _e1343);
                    float _e1347 = s1_6_;
                    s1_6_ = metal::fma(v0_3.y, a6_0_1.y, _e1347);
                    float _e1351 = s1_6_;
                    s1_6_ = metal::fma(v0_3.z, a6_0_1.z, _e1351);
                    float _e1355 = s1_6_;
                    s1_6_ = metal::fma(v0_3.w, a6_0_1.w, _e1355);
                    float _e1359 = s1_6_;
                    s1_6_ = metal::fma(v1_3.x, a6_1_1.x, _e1359);
                    float _e1363 = s1_6_;
                    s1_6_ = metal::fma(v1_3.y, a6_1_1.y, _e1363);
                    float _e1367 = s1_6_;
                    s1_6_ = metal::fma(v1_3.z, a6_1_1.z, _e1367);
                    float _e1371 = s1_6_;
                    s1_6_ = metal::fma(v1_3.w, a6_1_1.w, _e1371);
                    float _e1375 = s1_7_;
                    s1_7_ = metal::fma(v0_3.x, a7_0_1.x, _e1375);
                    float _e1379 = s1_7_;
                    s1_7_ = metal::fma(v0_3.y, a7_0_1.y, _e1379);
                    float _e1383 = s1_7_;
                    s1_7_ = metal::fma(v0_3.z, a7_0_1.z, _e1383);
                    float _e1387 = s1_7_;
                    s1_7_ = metal::fma(v0_3.w, a7_0_1.w, _e1387);
                    float _e1391 = s1_7_;
                    s1_7_ = metal::fma(v1_3.x, a7_1_1.x, _e1391);
                    float _e1395 = s1_7_;
                    s1_7_ = metal::fma(v1_3.y, a7_1_1.y, _e1395);
                    float _e1399 = s1_7_;
                    s1_7_ = metal::fma(v1_3.z, a7_1_1.z, _e1399);
                    float _e1403 = s1_7_;
                    s1_7_ = metal::fma(v1_3.w, a7_1_1.w, _e1403);
                }
            }
            {
                float _e1405 = s0_0_;
                float unnamed = metal::simd_sum(_e1405);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 0u] = unnamed;
                }
            }
            {
                float _e1415 = s1_0_;
                float unnamed_1 = metal::simd_sum(_e1415);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 8u] = unnamed_1;
                }
            }
            {
                float _e1425 = s0_1_;
                float unnamed_2 = metal::simd_sum(_e1425);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 1u] = unnamed_2;
                }
            }
            {
                float _e1435 = s1_1_;
                float unnamed_3 = metal::simd_sum(_e1435);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 9u] = unnamed_3;
                }
            }
            {
                float _e1445 = s0_2_;
                float unnamed_4 = metal::simd_sum(_e1445);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 2u] = unnamed_4;
                }
            }
            {
                float _e1455 = s1_2_;
                float unnamed_5 = metal::simd_sum(_e1455);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 10u] = unnamed_5;
                }
            }
            {
                float _e1465 = s0_3_;
                float unnamed_6 = metal::simd_sum(_e1465);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 3u] = unnamed_6;
                }
            }
            {
                float _e1475 = s1_3_;
                float unnamed_7 = metal::simd_sum(_e1475);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 11u] = unnamed_7;
                }
            }
            {
                float _e1485 = s0_4_;
                float unnamed_8 = metal::simd_sum(_e1485);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 4u] = unnamed_8;
                }
            }
            {
                float _e1495 = s1_4_;
                float unnamed_9 = metal::simd_sum(_e1495);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 12u] = unnamed_9;
                }
            }
            {
                float _e1505 = s0_5_;
                float unnamed_10 = metal::simd_sum(_e1505);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 5u] = unnamed_10;
                }
            }
            {
                float _e1515 = s1_5_;
                float unnamed_11 = metal::simd_sum(_e1515);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 13u] = unnamed_11;
                }
            }
            {
                float _e1525 = s0_6_;
                float unnamed_12 = metal::simd_sum(_e1525);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 6u] = unnamed_12;
                }
            }
            {
                float _e1535 = s1_6_;
                float unnamed_13 = metal::simd_sum(_e1535);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 14u] = unnamed_13;
                }
            }
            {
                float _e1545 = s0_7_;
                float unnamed_14 = metal::simd_sum(_e1545);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 7u] = unnamed_14;
                }
            }
            {
                float _e1555 = s1_7_;
                float unnamed_15 = metal::simd_sum(_e1555);
                if (lane == 0u) {
                    parts.inner[(subgroup * 16u) + 15u] = unnamed_15;
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            i = thread_;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e1625 = i;
                    i = _e1625 + 256u;
                }
                loop_init_1 = false;
                uint _e1566 = i;
                if (_e1566 < 128u) {
                } else {
                    break;
                }
                {
                    uint _e1569 = i;
                    uint own = _e1569 / 16u;
                    uint _e1572 = i;
                    uint m = (_e1572 % 16u) / 8u;
                    uint _e1577 = i;
                    uint r = _e1577 % 8u;
                    uint n = ((group * 16u) + (own * 2u)) + m;
                    uint _e1586 = base;
                    uint row = _e1586 + r;
                    if (n < 768u) {
                        local = row < live;
                    } else {
                        local = false;
                    }
                    bool _e1594 = local;
                    if (_e1594) {
                        float _e1608 = parts.inner[((((own * 1u) + 0u) * 16u) + (m * 8u)) + r];
                        float _e1612 = bias[n];
                        float sum = (_e1608 * 1.0) + _e1612;
                        uint to = ((row * 768u) + n) + 0u;
                        float _e1623 = y[to];
                        y[to] = _e1623 + sum;
                    }
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    return;
}
