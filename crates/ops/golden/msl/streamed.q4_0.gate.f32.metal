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
typedef float type_3[1];
typedef uint type_5[1];
typedef metal::uint4 type_7[1];
struct type_8 {
    uint inner[64];
};
struct type_9 {
    float inner[32];
};
struct type_10 {
    float inner[8];
};
struct type_11 {
    metal::float4 inner[128];
};

float scale_of(
    uint i_1,
    device type_5 const& scales,
    constant _mslBufferSizes& _buffer_sizes
) {
    uint _e5 = scales[i_1 / 2u];
    return float2(as_type<half2>(_e5))[i_1 % 2u];
}

float bent(
    float x
) {
    return x / (1.0 + metal::exp(-(x)));
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, uint subgroup [[simdgroup_index_in_threadgroup]]
, uint lane [[thread_index_in_simdgroup]]
, device type_2 const& x_1 [[buffer(0)]]
, device type_2 const& gain [[buffer(1)]]
, device type_3 const& bias [[buffer(2)]]
, device type_5 const& scales [[buffer(3)]]
, device type_7 const& w [[buffer(4)]]
, device type_3& y [[buffer(5)]]
, device type_8 const& params [[buffer(6)]]
, threadgroup type_9& parts
, threadgroup type_10& squares
, threadgroup type_11& staged
, constant _mslBufferSizes& _buffer_sizes [[buffer(7)]]
) {
    float s0_0_ = 0.0;
    float s1_0_ = 0.0;
    float s2_0_ = 0.0;
    float s3_0_ = 0.0;
    float q0_ = 0.0;
    uint c = {};
    metal::float4 value = {};
    float t = 0.0;
    float t_1 = 0.0;
    float t_2 = 0.0;
    float t_3 = 0.0;
    uint i = {};
    bool local = {};
    uint group = at.x;
    uint _e7 = params.inner[0];
    uint live = metal::min(_e7, 1u);
    uint team = subgroup / 2u;
    uint part = subgroup % 2u;
    uint column = (group * 8u) + (team * 2u);
    uint n0_ = metal::min(column + 0u, 383u) + 0u;
    uint n1_ = metal::min(column + 1u, 383u) + 0u;
    uint n2_ = metal::min(column + 0u, 383u) + 384u;
    uint n3_ = metal::min(column + 1u, 383u) + 384u;
    uint x0_ = metal::min(metal::min(0u + 0u, 0u), 0u) * 128u;
    bool own0_ = ((0u + (part * 32u)) + lane) <= 15u;
    uint p0_ = metal::min((0u + (part * 32u)) + lane, 15u);
    metal::uint4 w0_0_ = w[(n0_ * 16u) + p0_];
    float _e85 = scale_of((n0_ * 16u) + p0_, scales, _buffer_sizes);
    metal::uint4 w0_1_ = w[(n1_ * 16u) + p0_];
    float _e95 = scale_of((n1_ * 16u) + p0_, scales, _buffer_sizes);
    metal::uint4 w0_2_ = w[(n2_ * 16u) + p0_];
    float _e105 = scale_of((n2_ * 16u) + p0_, scales, _buffer_sizes);
    metal::uint4 w0_3_ = w[(n3_ * 16u) + p0_];
    float _e115 = scale_of((n3_ * 16u) + p0_, scales, _buffer_sizes);
    c = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e151 = c;
            c = _e151 + 256u;
        }
        loop_init = false;
        uint _e117 = c;
        if (_e117 < 128u) {
        } else {
            break;
        }
        {
            {
                uint _e121 = c;
                metal::float4 _e124 = x_1[x0_ + _e121];
                value = _e124;
                float _e126 = q0_;
                metal::float4 _e127 = value;
                metal::float4 _e128 = value;
                q0_ = _e126 + metal::dot(_e127, _e128);
                metal::float4 _e131 = value;
                uint _e133 = c;
                metal::float4 _e135 = gain[_e133];
                value = _e131 * _e135;
                uint _e139 = c;
                uint _e145 = c;
                metal::float4 _e150 = value;
                staged.inner[(0u + ((_e139 % 8u) * 16u)) + (_e145 / 8u)] = _e150;
            }
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    {
        metal::float4 _e159 = staged.inner[0u + p0_];
        metal::float4 a0_0_ = own0_ ? _e159 : metal::float4 {};
        metal::float4 _e166 = staged.inner[16u + p0_];
        metal::float4 a0_1_ = own0_ ? _e166 : metal::float4 {};
        metal::float4 _e173 = staged.inner[32u + p0_];
        metal::float4 a0_2_ = own0_ ? _e173 : metal::float4 {};
        metal::float4 _e180 = staged.inner[48u + p0_];
        metal::float4 a0_3_ = own0_ ? _e180 : metal::float4 {};
        metal::float4 _e187 = staged.inner[64u + p0_];
        metal::float4 a0_4_ = own0_ ? _e187 : metal::float4 {};
        metal::float4 _e194 = staged.inner[80u + p0_];
        metal::float4 a0_5_ = own0_ ? _e194 : metal::float4 {};
        metal::float4 _e201 = staged.inner[96u + p0_];
        metal::float4 a0_6_ = own0_ ? _e201 : metal::float4 {};
        metal::float4 _e208 = staged.inner[112u + p0_];
        metal::float4 a0_7_ = own0_ ? _e208 : metal::float4 {};
        float t0_0_ = metal::dot(((((((a0_0_ + a0_1_) + a0_2_) + a0_3_) + a0_4_) + a0_5_) + a0_6_) + a0_7_, metal::float4(1.0));
        {
            metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_0_.x & 252645135u)));
            metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_0_.y & 252645135u)));
            metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_0_.z & 252645135u)));
            metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_0_.w & 252645135u)));
            metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.x >> 4u) & 252645135u)));
            metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.y >> 4u) & 252645135u)));
            metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.z >> 4u) & 252645135u)));
            metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.w >> 4u) & 252645135u)));
            float less0_ = _e85 * 8.0;
            {
                float _e274 = t;
                t = metal::fma(v0_.x, a0_0_.x, _e274);
                float _e278 = t;
                t = metal::fma(v0_.y, a0_0_.y, _e278);
                float _e282 = t;
                t = metal::fma(v0_.z, a0_0_.z, _e282);
                float _e286 = t;
                t = metal::fma(v0_.w, a0_0_.w, _e286);
                float _e290 = t;
                t = metal::fma(v1_.x, a0_1_.x, _e290);
                float _e294 = t;
                t = metal::fma(v1_.y, a0_1_.y, _e294);
                float _e298 = t;
                t = metal::fma(v1_.z, a0_1_.z, _e298);
                float _e302 = t;
                t = metal::fma(v1_.w, a0_1_.w, _e302);
                float _e306 = t;
                t = metal::fma(v2_.x, a0_2_.x, _e306);
                float _e310 = t;
                t = metal::fma(v2_.y, a0_2_.y, _e310);
                float _e314 = t;
                t = metal::fma(v2_.z, a0_2_.z, _e314);
                float _e318 = t;
                t = metal::fma(v2_.w, a0_2_.w, _e318);
                float _e322 = t;
                t = metal::fma(v3_.x, a0_3_.x, _e322);
                float _e326 = t;
                t = metal::fma(v3_.y, a0_3_.y, _e326);
                float _e330 = t;
                t = metal::fma(v3_.z, a0_3_.z, _e330);
                float _e334 = t;
                t = metal::fma(v3_.w, a0_3_.w, _e334);
                float _e338 = t;
                t = metal::fma(v4_.x, a0_4_.x, _e338);
                float _e342 = t;
                t = metal::fma(v4_.y, a0_4_.y, _e342);
                float _e346 = t;
                t = metal::fma(v4_.z, a0_4_.z, _e346);
                float _e350 = t;
                t = metal::fma(v4_.w, a0_4_.w, _e350);
                float _e354 = t;
                t = metal::fma(v5_.x, a0_5_.x, _e354);
                float _e358 = t;
                t = metal::fma(v5_.y, a0_5_.y, _e358);
                float _e362 = t;
                t = metal::fma(v5_.z, a0_5_.z, _e362);
                float _e366 = t;
                t = metal::fma(v5_.w, a0_5_.w, _e366);
                float _e370 = t;
                t = metal::fma(v6_.x, a0_6_.x, _e370);
                float _e374 = t;
                t = metal::fma(v6_.y, a0_6_.y, _e374);
                float _e378 = t;
                t = metal::fma(v6_.z, a0_6_.z, _e378);
                float _e382 = t;
                t = metal::fma(v6_.w, a0_6_.w, _e382);
                float _e386 = t;
                t = metal::fma(v7_.x, a0_7_.x, _e386);
                float _e390 = t;
                t = metal::fma(v7_.y, a0_7_.y, _e390);
                float _e394 = t;
                t = metal::fma(v7_.z, a0_7_.z, _e394);
                float _e398 = t;
                t = metal::fma(v7_.w, a0_7_.w, _e398);
                float _e400 = t;
                float _e401 = s0_0_;
                s0_0_ = metal::fma(_e85, _e400, _e401);
            }
            float _e404 = s0_0_;
            s0_0_ = metal::fma(-(less0_), t0_0_, _e404);
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
            float less0_1 = _e95 * 8.0;
            {
                float _e460 = t_1;
                t_1 = metal::fma(v0_1.x, a0_0_.x, _e460);
                float _e464 = t_1;
                t_1 = metal::fma(v0_1.y, a0_0_.y, _e464);
                float _e468 = t_1;
                t_1 = metal::fma(v0_1.z, a0_0_.z, _e468);
                float _e472 = t_1;
                t_1 = metal::fma(v0_1.w, a0_0_.w, _e472);
                float _e476 = t_1;
                t_1 = metal::fma(v1_1.x, a0_1_.x, _e476);
                float _e480 = t_1;
                t_1 = metal::fma(v1_1.y, a0_1_.y, _e480);
                float _e484 = t_1;
                t_1 = metal::fma(v1_1.z, a0_1_.z, _e484);
                float _e488 = t_1;
                t_1 = metal::fma(v1_1.w, a0_1_.w, _e488);
                float _e492 = t_1;
                t_1 = metal::fma(v2_1.x, a0_2_.x, _e492);
                float _e496 = t_1;
                t_1 = metal::fma(v2_1.y, a0_2_.y, _e496);
                float _e500 = t_1;
                t_1 = metal::fma(v2_1.z, a0_2_.z, _e500);
                float _e504 = t_1;
                t_1 = metal::fma(v2_1.w, a0_2_.w, _e504);
                float _e508 = t_1;
                t_1 = metal::fma(v3_1.x, a0_3_.x, _e508);
                float _e512 = t_1;
                t_1 = metal::fma(v3_1.y, a0_3_.y, _e512);
                float _e516 = t_1;
                t_1 = metal::fma(v3_1.z, a0_3_.z, _e516);
                float _e520 = t_1;
                t_1 = metal::fma(v3_1.w, a0_3_.w, _e520);
                float _e524 = t_1;
                t_1 = metal::fma(v4_1.x, a0_4_.x, _e524);
                float _e528 = t_1;
                t_1 = metal::fma(v4_1.y, a0_4_.y, _e528);
                float _e532 = t_1;
                t_1 = metal::fma(v4_1.z, a0_4_.z, _e532);
                float _e536 = t_1;
                t_1 = metal::fma(v4_1.w, a0_4_.w, _e536);
                float _e540 = t_1;
                t_1 = metal::fma(v5_1.x, a0_5_.x, _e540);
                float _e544 = t_1;
                t_1 = metal::fma(v5_1.y, a0_5_.y, _e544);
                float _e548 = t_1;
                t_1 = metal::fma(v5_1.z, a0_5_.z, _e548);
                float _e552 = t_1;
                t_1 = metal::fma(v5_1.w, a0_5_.w, _e552);
                float _e556 = t_1;
                t_1 = metal::fma(v6_1.x, a0_6_.x, _e556);
                float _e560 = t_1;
                t_1 = metal::fma(v6_1.y, a0_6_.y, _e560);
                float _e564 = t_1;
                t_1 = metal::fma(v6_1.z, a0_6_.z, _e564);
                float _e568 = t_1;
                t_1 = metal::fma(v6_1.w, a0_6_.w, _e568);
                float _e572 = t_1;
                t_1 = metal::fma(v7_1.x, a0_7_.x, _e572);
                float _e576 = t_1;
                t_1 = metal::fma(v7_1.y, a0_7_.y, _e576);
                float _e580 = t_1;
                t_1 = metal::fma(v7_1.z, a0_7_.z, _e580);
                float _e584 = t_1;
                t_1 = metal::fma(v7_1.w, a0_7_.w, _e584);
                float _e586 = t_1;
                float _e587 = s1_0_;
                s1_0_ = metal::fma(_e95, _e586, _e587);
            }
            float _e590 = s1_0_;
            s1_0_ = metal::fma(-(less0_1), t0_0_, _e590);
        }
        {
            metal::float4 v0_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_2_.x & 252645135u)));
            metal::float4 v1_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_2_.y & 252645135u)));
            metal::float4 v2_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_2_.z & 252645135u)));
            metal::float4 v3_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_2_.w & 252645135u)));
            metal::float4 v4_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_2_.x >> 4u) & 252645135u)));
            metal::float4 v5_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_2_.y >> 4u) & 252645135u)));
            metal::float4 v6_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_2_.z >> 4u) & 252645135u)));
            metal::float4 v7_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_2_.w >> 4u) & 252645135u)));
            float less0_2 = _e105 * 8.0;
            {
                float _e646 = t_2;
                t_2 = metal::fma(v0_2.x, a0_0_.x, _e646);
                float _e650 = t_2;
                t_2 = metal::fma(v0_2.y, a0_0_.y, _e650);
                float _e654 = t_2;
                t_2 = metal::fma(v0_2.z, a0_0_.z, _e654);
                float _e658 = t_2;
                t_2 = metal::fma(v0_2.w, a0_0_.w, _e658);
                float _e662 = t_2;
                t_2 = metal::fma(v1_2.x, a0_1_.x, _e662);
                float _e666 = t_2;
                t_2 = metal::fma(v1_2.y, a0_1_.y, _e666);
                float _e670 = t_2;
                t_2 = metal::fma(v1_2.z, a0_1_.z, _e670);
                float _e674 = t_2;
                t_2 = metal::fma(v1_2.w, a0_1_.w, _e674);
                float _e678 = t_2;
                t_2 = metal::fma(v2_2.x, a0_2_.x, _e678);
                float _e682 = t_2;
                t_2 = metal::fma(v2_2.y, a0_2_.y, _e682);
                float _e686 = t_2;
                t_2 = metal::fma(v2_2.z, a0_2_.z, _e686);
                float _e690 = t_2;
                t_2 = metal::fma(v2_2.w, a0_2_.w, _e690);
                float _e694 = t_2;
                t_2 = metal::fma(v3_2.x, a0_3_.x, _e694);
                float _e698 = t_2;
                t_2 = metal::fma(v3_2.y, a0_3_.y, _e698);
                float _e702 = t_2;
                t_2 = metal::fma(v3_2.z, a0_3_.z, _e702);
                float _e706 = t_2;
                t_2 = metal::fma(v3_2.w, a0_3_.w, _e706);
                float _e710 = t_2;
                t_2 = metal::fma(v4_2.x, a0_4_.x, _e710);
                float _e714 = t_2;
                t_2 = metal::fma(v4_2.y, a0_4_.y, _e714);
                float _e718 = t_2;
                t_2 = metal::fma(v4_2.z, a0_4_.z, _e718);
                float _e722 = t_2;
                t_2 = metal::fma(v4_2.w, a0_4_.w, _e722);
                float _e726 = t_2;
                t_2 = metal::fma(v5_2.x, a0_5_.x, _e726);
                float _e730 = t_2;
                t_2 = metal::fma(v5_2.y, a0_5_.y, _e730);
                float _e734 = t_2;
                t_2 = metal::fma(v5_2.z, a0_5_.z, _e734);
                float _e738 = t_2;
                t_2 = metal::fma(v5_2.w, a0_5_.w, _e738);
                float _e742 = t_2;
                t_2 = metal::fma(v6_2.x, a0_6_.x, _e742);
                float _e746 = t_2;
                t_2 = metal::fma(v6_2.y, a0_6_.y, _e746);
                float _e750 = t_2;
                t_2 = metal::fma(v6_2.z, a0_6_.z, _e750);
                float _e754 = t_2;
                t_2 = metal::fma(v6_2.w, a0_6_.w, _e754);
                float _e758 = t_2;
                t_2 = metal::fma(v7_2.x, a0_7_.x, _e758);
                float _e762 = t_2;
                t_2 = metal::fma(v7_2.y, a0_7_.y, _e762);
                float _e766 = t_2;
                t_2 = metal::fma(v7_2.z, a0_7_.z, _e766);
                float _e770 = t_2;
                t_2 = metal::fma(v7_2.w, a0_7_.w, _e770);
                float _e772 = t_2;
                float _e773 = s2_0_;
                s2_0_ = metal::fma(_e105, _e772, _e773);
            }
            float _e776 = s2_0_;
            s2_0_ = metal::fma(-(less0_2), t0_0_, _e776);
        }
        {
            metal::float4 v0_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_3_.x & 252645135u)));
            metal::float4 v1_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_3_.y & 252645135u)));
            metal::float4 v2_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_3_.z & 252645135u)));
            metal::float4 v3_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_3_.w & 252645135u)));
            metal::float4 v4_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_3_.x >> 4u) & 252645135u)));
            metal::float4 v5_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_3_.y >> 4u) & 252645135u)));
            metal::float4 v6_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_3_.z >> 4u) & 252645135u)));
            metal::float4 v7_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_3_.w >> 4u) & 252645135u)));
            float less0_3 = _e115 * 8.0;
            {
                float _e832 = t_3;
                t_3 = metal::fma(v0_3.x, a0_0_.x, _e832);
                float _e836 = t_3;
                t_3 = metal::fma(v0_3.y, a0_0_.y, _e836);
                float _e840 = t_3;
                t_3 = metal::fma(v0_3.z, a0_0_.z, _e840);
                float _e844 = t_3;
                t_3 = metal::fma(v0_3.w, a0_0_.w, _e844);
                float _e848 = t_3;
                t_3 = metal::fma(v1_3.x, a0_1_.x, _e848);
                float _e852 = t_3;
                t_3 = metal::fma(v1_3.y, a0_1_.y, _e852);
                float _e856 = t_3;
                t_3 = metal::fma(v1_3.z, a0_1_.z, _e856);
                float _e860 = t_3;
                t_3 = metal::fma(v1_3.w, a0_1_.w, _e860);
                float _e864 = t_3;
                t_3 = metal::fma(v2_3.x, a0_2_.x, _e864);
                float _e868 = t_3;
                t_3 = metal::fma(v2_3.y, a0_2_.y, _e868);
                float _e872 = t_3;
                t_3 = metal::fma(v2_3.z, a0_2_.z, _e872);
                float _e876 = t_3;
                t_3 = metal::fma(v2_3.w, a0_2_.w, _e876);
                float _e880 = t_3;
                t_3 = metal::fma(v3_3.x, a0_3_.x, _e880);
                float _e884 = t_3;
                t_3 = metal::fma(v3_3.y, a0_3_.y, _e884);
                float _e888 = t_3;
                t_3 = metal::fma(v3_3.z, a0_3_.z, _e888);
                float _e892 = t_3;
                t_3 = metal::fma(v3_3.w, a0_3_.w, _e892);
                float _e896 = t_3;
                t_3 = metal::fma(v4_3.x, a0_4_.x, _e896);
                float _e900 = t_3;
                t_3 = metal::fma(v4_3.y, a0_4_.y, _e900);
                float _e904 = t_3;
                t_3 = metal::fma(v4_3.z, a0_4_.z, _e904);
                float _e908 = t_3;
                t_3 = metal::fma(v4_3.w, a0_4_.w, _e908);
                float _e912 = t_3;
                t_3 = metal::fma(v5_3.x, a0_5_.x, _e912);
                float _e916 = t_3;
                t_3 = metal::fma(v5_3.y, a0_5_.y, _e916);
                float _e920 = t_3;
                t_3 = metal::fma(v5_3.z, a0_5_.z, _e920);
                float _e924 = t_3;
                t_3 = metal::fma(v5_3.w, a0_5_.w, _e924);
                float _e928 = t_3;
                t_3 = metal::fma(v6_3.x, a0_6_.x, _e928);
                float _e932 = t_3;
                t_3 = metal::fma(v6_3.y, a0_6_.y, _e932);
                float _e936 = t_3;
                t_3 = metal::fma(v6_3.z, a0_6_.z, _e936);
                float _e940 = t_3;
                t_3 = metal::fma(v6_3.w, a0_6_.w, _e940);
                float _e944 = t_3;
                t_3 = metal::fma(v7_3.x, a0_7_.x, _e944);
                float _e948 = t_3;
                t_3 = metal::fma(v7_3.y, a0_7_.y, _e948);
                float _e952 = t_3;
                t_3 = metal::fma(v7_3.z, a0_7_.z, _e952);
                float _e956 = t_3;
                t_3 = metal::fma(v7_3.w, a0_7_.w, _e956);
                float _e958 = t_3;
                float _e959 = s3_0_;
                s3_0_ = metal::fma(_e115, _e958, _e959);
            }
            float _e962 = s3_0_;
            s3_0_ = metal::fma(-(less0_3), t0_0_, _e962);
        }
    }
    {
        float _e964 = s0_0_;
        float unnamed = metal::simd_sum(_e964);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 0u] = unnamed;
        }
    }
    {
        float _e974 = s1_0_;
        float unnamed_1 = metal::simd_sum(_e974);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 1u] = unnamed_1;
        }
    }
    {
        float _e984 = s2_0_;
        float unnamed_2 = metal::simd_sum(_e984);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 2u] = unnamed_2;
        }
    }
    {
        float _e994 = s3_0_;
        float unnamed_3 = metal::simd_sum(_e994);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 3u] = unnamed_3;
        }
    }
    {
        float _e1004 = q0_;
        float unnamed_4 = metal::simd_sum(_e1004);
        if (lane == 0u) {
            squares.inner[(subgroup * 1u) + 0u] = unnamed_4;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e1174 = i;
            i = _e1174 + 256u;
        }
        loop_init_1 = false;
        uint _e1015 = i;
        if (_e1015 < 8u) {
        } else {
            break;
        }
        {
            uint _e1018 = i;
            uint own = _e1018 / 2u;
            uint _e1021 = i;
            uint m = (_e1021 % 2u) / 1u;
            uint _e1026 = i;
            uint r = _e1026 % 1u;
            uint n = ((group * 8u) + (own * 2u)) + m;
            uint row = 0u + r;
            if (n < 384u) {
                local = row < live;
            } else {
                local = false;
            }
            bool _e1042 = local;
            if (_e1042) {
                float _e1047 = squares.inner[0u + r];
                float _e1052 = squares.inner[1u + r];
                float _e1058 = squares.inner[2u + r];
                float _e1064 = squares.inner[3u + r];
                float _e1070 = squares.inner[4u + r];
                float _e1076 = squares.inner[5u + r];
                float _e1082 = squares.inner[6u + r];
                float _e1088 = squares.inner[7u + r];
                float factor = metal::rsqrt(((((((((_e1047 + _e1052) + _e1058) + _e1064) + _e1070) + _e1076) + _e1082) + _e1088) / 512.0) + 0.00001);
                float _e1107 = parts.inner[((((own * 2u) + 0u) * 4u) + (m * 1u)) + r];
                float _e1120 = parts.inner[((((own * 2u) + 1u) * 4u) + (m * 1u)) + r];
                float _e1125 = bias[n];
                float gate = ((_e1107 + _e1120) * factor) + _e1125;
                float _e1141 = parts.inner[((((own * 2u) + 0u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e1156 = parts.inner[((((own * 2u) + 1u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e1163 = bias[n + 384u];
                float up = ((_e1141 + _e1156) * factor) + _e1163;
                uint to = ((row * 384u) + n) + 0u;
                float _e1172 = bent(gate);
                y[to] = _e1172 * up;
            }
        }
    }
    return;
}
