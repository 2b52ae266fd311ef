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
typedef float type_3[1];
typedef metal::uint4 type_6[1];
struct type_7 {
    uint inner[64];
};
struct type_10 {
    float inner[32];
};
struct type_11 {
    float inner[8];
};
struct type_12 {
    metal::float4 inner[128];
};

metal::float2 scale_and_min(
    metal::uint4 head,
    uint sub
) {
    uint shift = (sub & 3u) * 8u;
    uint a = head.y >> shift;
    uint b = head.z >> shift;
    uint c_1 = head.w >> shift;
    metal::uint2 low = metal::uint2(a & 63u, b & 63u);
    metal::uint2 high = metal::uint2((c_1 & 15u) | ((a >> 2u) & 48u), ((c_1 >> 4u) & 15u) | ((b >> 2u) & 48u));
    return static_cast<metal::float2>((sub < 4u) ? low : high) * float2(as_type<half2>(head.x));
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
, device type_6 const& w [[buffer(3)]]
, device type_3& y [[buffer(4)]]
, device type_7 const& params [[buffer(5)]]
, threadgroup type_10& parts
, threadgroup type_11& squares
, threadgroup type_12& staged
, constant _mslBufferSizes& _buffer_sizes [[buffer(6)]]
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
    float t_4 = 0.0;
    float t_5 = 0.0;
    float t_6 = 0.0;
    float t_7 = 0.0;
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
    metal::uint4 h0_0_ = w[(n0_ * 18u) + ((p0_ / 8u) * 9u)];
    metal::uint4 w0_0_ = w[(((n0_ * 18u) + ((p0_ / 8u) * 9u)) + (p0_ % 8u)) + 1u];
    metal::uint4 h0_1_ = w[(n1_ * 18u) + ((p0_ / 8u) * 9u)];
    metal::uint4 w0_1_ = w[(((n1_ * 18u) + ((p0_ / 8u) * 9u)) + (p0_ % 8u)) + 1u];
    metal::uint4 h0_2_ = w[(n2_ * 18u) + ((p0_ / 8u) * 9u)];
    metal::uint4 w0_2_ = w[(((n2_ * 18u) + ((p0_ / 8u) * 9u)) + (p0_ % 8u)) + 1u];
    metal::uint4 h0_3_ = w[(n3_ * 18u) + ((p0_ / 8u) * 9u)];
    metal::uint4 w0_3_ = w[(((n3_ * 18u) + ((p0_ / 8u) * 9u)) + (p0_ % 8u)) + 1u];
    c = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e227 = c;
            c = _e227 + 256u;
        }
        loop_init = false;
        uint _e177 = c;
        if (_e177 < 128u) {
        } else {
            break;
        }
        {
            {
                uint _e181 = c;
                metal::float4 _e184 = x_1[x0_ + _e181];
                value = _e184;
                float _e186 = q0_;
                metal::float4 _e187 = value;
                metal::float4 _e188 = value;
                q0_ = _e186 + metal::dot(_e187, _e188);
                metal::float4 _e191 = value;
                uint _e193 = c;
                metal::float4 _e195 = gain[_e193];
                value = _e191 * _e195;
                uint _e199 = c;
                uint _e202 = c;
                uint _e213 = c;
                uint _e219 = c;
                metal::float4 _e226 = value;
                staged.inner[((0u + (((_e199 % 4u) + (((_e202 / 8u) % 2u) * 4u)) * 16u)) + ((_e213 / 16u) * 2u)) + ((_e219 / 4u) % 2u)] = _e226;
            }
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    {
        metal::float4 _e235 = staged.inner[0u + p0_];
        metal::float4 a0_0_ = own0_ ? _e235 : metal::float4 {};
        metal::float4 _e242 = staged.inner[16u + p0_];
        metal::float4 a0_1_ = own0_ ? _e242 : metal::float4 {};
        metal::float4 _e249 = staged.inner[32u + p0_];
        metal::float4 a0_2_ = own0_ ? _e249 : metal::float4 {};
        metal::float4 _e256 = staged.inner[48u + p0_];
        metal::float4 a0_3_ = own0_ ? _e256 : metal::float4 {};
        metal::float4 _e263 = staged.inner[64u + p0_];
        metal::float4 a0_4_ = own0_ ? _e263 : metal::float4 {};
        metal::float4 _e270 = staged.inner[80u + p0_];
        metal::float4 a0_5_ = own0_ ? _e270 : metal::float4 {};
        metal::float4 _e277 = staged.inner[96u + p0_];
        metal::float4 a0_6_ = own0_ ? _e277 : metal::float4 {};
        metal::float4 _e284 = staged.inner[112u + p0_];
        metal::float4 a0_7_ = own0_ ? _e284 : metal::float4 {};
        float t0_0_ = metal::dot(((a0_0_ + a0_1_) + a0_2_) + a0_3_, metal::float4(1.0));
        float t0_1_ = metal::dot(((a0_4_ + a0_5_) + a0_6_) + a0_7_, metal::float4(1.0));
        {
            metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_0_.x & 252645135u)));
            metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_0_.y & 252645135u)));
            metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_0_.z & 252645135u)));
            metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_0_.w & 252645135u)));
            metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.x >> 4u) & 252645135u)));
            metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.y >> 4u) & 252645135u)));
            metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.z >> 4u) & 252645135u)));
            metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.w >> 4u) & 252645135u)));
            metal::float2 _e354 = scale_and_min(h0_0_, (((p0_ % 8u) / 2u) * 2u) + 0u);
            float scale0_ = _e354.x;
            float less0_ = _e354.y;
            metal::float2 _e365 = scale_and_min(h0_0_, (((p0_ % 8u) / 2u) * 2u) + 1u);
            float scale1_ = _e365.x;
            float less1_ = _e365.y;
            {
                float _e372 = t;
                t = metal::fma(v0_.x, a0_0_.x, _e372);
                float _e376 = t;
                t = metal::fma(v0_.y, a0_0_.y, _e376);
                float _e380 = t;
                t = metal::fma(v0_.z, a0_0_.z, _e380);
                float _e384 = t;
                t = metal::fma(v0_.w, a0_0_.w, _e384);
                float _e388 = t;
                t = metal::fma(v1_.x, a0_1_.x, _e388);
                float _e392 = t;
                t = metal::fma(v1_.y, a0_1_.y, _e392);
                float _e396 = t;
                t = metal::fma(v1_.z, a0_1_.z, _e396);
                float _e400 = t;
                t = metal::fma(v1_.w, a0_1_.w, _e400);
                float _e404 = t;
                t = metal::fma(v2_.x, a0_2_.x, _e404);
                float _e408 = t;
                t = metal::fma(v2_.y, a0_2_.y, _e408);
                float _e412 = t;
                t = metal::fma(v2_.z, a0_2_.z, _e412);
                float _e416 = t;
                t = metal::fma(v2_.w, a0_2_.w, _e416);
                float _e420 = t;
                t = metal::fma(v3_.x, a0_3_.x, _e420);
                float _e424 = t;
                t = metal::fma(v3_.y, a0_3_.y, _e424);
                float _e428 = t;
                t = metal::fma(v3_.z, a0_3_.z, _e428);
                float _e432 = t;
                t = metal::fma(v3_.w, a0_3_.w, _e432);
                float _e434 = t;
                float _e435 = s0_0_;
                s0_0_ = metal::fma(scale0_, _e434, _e435);
            }
            float _e438 = s0_0_;
            s0_0_ = metal::fma(-(less0_), t0_0_, _e438);
            {
                float _e444 = t_1;
                t_1 = metal::fma(v4_.x, a0_4_.x, _e444);
                float _e448 = t_1;
                t_1 = metal::fma(v4_.y, a0_4_.y, _e448);
                float _e452 = t_1;
                t_1 = metal::fma(v4_.z, a0_4_.z, _e452);
                float _e456 = t_1;
                t_1 = metal::fma(v4_.w, a0_4_.w, _e456);
                float _e460 = t_1;
                t_1 = metal::fma(v5_.x, a0_5_.x, _e460);
                float _e464 = t_1;
                t_1 = metal::fma(v5_.y, a0_5_.y, _e464);
                float _e468 = t_1;
                t_1 = metal::fma(v5_.z, a0_5_.z, _e468);
                float _e472 = t_1;
                t_1 = metal::fma(v5_.w, a0_5_.w, _e472);
                float _e476 = t_1;
                t_1 = metal::fma(v6_.x, a0_6_.x, _e476);
                float _e480 = t_1;
                t_1 = metal::fma(v6_.y, a0_6_.y, _e480);
                float _e484 = t_1;
                t_1 = metal::fma(v6_.z, a0_6_.z, _e484);
                float _e488 = t_1;
                t_1 = metal::fma(v6_.w, a0_6_.w, _e488);
                float _e492 = t_1;
                t_1 = metal::fma(v7_.x, a0_7_.x, _e492);
                float _e496 = t_1;
                t_1 = metal::fma(v7_.y, a0_7_.y, _e496);
                float _e500 = t_1;
                t_1 = metal::fma(v7_.z, a0_7_.z, _e500);
                float _e504 = t_1;
                t_1 = metal::fma(v7_.w, a0_7_.w, _e504);
                float _e506 = t_1;
                float _e507 = s0_0_;
                s0_0_ = metal::fma(scale1_, _e506, _e507);
            }
            float _e510 = s0_0_;
            s0_0_ = metal::fma(-(less1_), t0_1_, _e510);
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
            metal::float2 _e568 = scale_and_min(h0_1_, (((p0_ % 8u) / 2u) * 2u) + 0u);
            float scale0_1 = _e568.x;
            float less0_1 = _e568.y;
            metal::float2 _e579 = scale_and_min(h0_1_, (((p0_ % 8u) / 2u) * 2u) + 1u);
            float scale1_1 = _e579.x;
            float less1_1 = _e579.y;
            {
                float _e586 = t_2;
                t_2 = metal::fma(v0_1.x, a0_0_.x, _e586);
                float _e590 = t_2;
                t_2 = metal::fma(v0_1.y, a0_0_.y, _e590);
                float _e594 = t_2;
                t_2 = metal::fma(v0_1.z, a0_0_.z, _e594);
                float _e598 = t_2;
                t_2 = metal::fma(v0_1.w, a0_0_.w, _e598);
                float _e602 = t_2;
                t_2 = metal::fma(v1_1.x, a0_1_.x, _e602);
                float _e606 = t_2;
                t_2 = metal::fma(v1_1.y, a0_1_.y, _e606);
                float _e610 = t_2;
                t_2 = metal::fma(v1_1.z, a0_1_.z, _e610);
                float _e614 = t_2;
                t_2 = metal::fma(v1_1.w, a0_1_.w, _e614);
                float _e618 = t_2;
                t_2 = metal::fma(v2_1.x, a0_2_.x, _e618);
                float _e622 = t_2;
                t_2 = metal::fma(v2_1.y, a0_2_.y, _e622);
                float _e626 = t_2;
                t_2 = metal::fma(v2_1.z, a0_2_.z, _e626);
                float _e630 = t_2;
                t_2 = metal::fma(v2_1.w, a0_2_.w, _e630);
                float _e634 = t_2;
                t_2 = metal::fma(v3_1.x, a0_3_.x, _e634);
                float _e638 = t_2;
                t_2 = metal::fma(v3_1.y, a0_3_.y, _e638);
                float _e642 = t_2;
                t_2 = metal::fma(v3_1.z, a0_3_.z, _e642);
                float _e646 = t_2;
                t_2 = metal::fma(v3_1.w, a0_3_.w, _e646);
                float _e648 = t_2;
                float _e649 = s1_0_;
                s1_0_ = metal::fma(scale0_1, _e648, _e649);
            }
            float _e652 = s1_0_;
            s1_0_ = metal::fma(-(less0_1), t0_0_, _e652);
            {
                float _e658 = t_3;
                t_3 = metal::fma(v4_1.x, a0_4_.x, _e658);
                float _e662 = t_3;
                t_3 = metal::fma(v4_1.y, a0_4_.y, _e662);
                float _e666 = t_3;
                t_3 = metal::fma(v4_1.z, a0_4_.z, _e666);
                float _e670 = t_3;
                t_3 = metal::fma(v4_1.w, a0_4_.w, _e670);
                float _e674 = t_3;
                t_3 = metal::fma(v5_1.x, a0_5_.x, _e674);
                float _e678 = t_3;
                t_3 = metal::fma(v5_1.y, a0_5_.y, _e678);
                float _e682 = t_3;
                t_3 = metal::fma(v5_1.z, a0_5_.z, _e682);
                float _e686 = t_3;
                t_3 = metal::fma(v5_1.w, a0_5_.w, _e686);
                float _e690 = t_3;
                t_3 = metal::fma(v6_1.x, a0_6_.x, _e690);
                float _e694 = t_3;
                t_3 = metal::fma(v6_1.y, a0_6_.y, _e694);
                float _e698 = t_3;
                t_3 = metal::fma(v6_1.z, a0_6_.z, _e698);
                float _e702 = t_3;
                t_3 = metal::fma(v6_1.w, a0_6_.w, _e702);
                float _e706 = t_3;
                t_3 = metal::fma(v7_1.x, a0_7_.x, _e706);
                float _e710 = t_3;
                t_3 = metal::fma(v7_1.y, a0_7_.y, _e710);
                float _e714 = t_3;
                t_3 = metal::fma(v7_1.z, a0_7_.z, _e714);
                float _e718 = t_3;
                t_3 = metal::fma(v7_1.w, a0_7_.w, _e718);
                float _e720 = t_3;
                float _e721 = s1_0_;
                s1_0_ = metal::fma(scale1_1, _e720, _e721);
            }
            float _e724 = s1_0_;
            s1_0_ = metal::fma(-(less1_1), t0_1_, _e724);
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
            metal::float2 _e782 = scale_and_min(h0_2_, (((p0_ % 8u) / 2u) * 2u) + 0u);
            float scale0_2 = _e782.x;
            float less0_2 = _e782.y;
            metal::float2 _e793 = scale_and_min(h0_2_, (((p0_ % 8u) / 2u) * 2u) + 1u);
            float scale1_2 = _e793.x;
            float less1_2 = _e793.y;
            {
                float _e800 = t_4;
                t_4 = metal::fma(v0_2.x, a0_0_.x, _e800);
                float _e804 = t_4;
                t_4 = metal::fma(v0_2.y, a0_0_.y, _e804);
                float _e808 = t_4;
                t_4 = metal::fma(v0_2.z, a0_0_.z, _e808);
                float _e812 = t_4;
                t_4 = metal::fma(v0_2.w, a0_0_.w, _e812);
                float _e816 = t_4;
                t_4 = metal::fma(v1_2.x, a0_1_.x, _e816);
                float _e820 = t_4;
                t_4 = metal::fma(v1_2.y, a0_1_.y, _e820);
                float _e824 = t_4;
                t_4 = metal::fma(v1_2.z, a0_1_.z, _e824);
                float _e828 = t_4;
                t_4 = metal::fma(v1_2.w, a0_1_.w, _e828);
                float _e832 = t_4;
                t_4 = metal::fma(v2_2.x, a0_2_.x, _e832);
                float _e836 = t_4;
                t_4 = metal::fma(v2_2.y, a0_2_.y, _e836);
                float _e840 = t_4;
                t_4 = metal::fma(v2_2.z, a0_2_.z, _e840);
                float _e844 = t_4;
                t_4 = metal::fma(v2_2.w, a0_2_.w, _e844);
                float _e848 = t_4;
                t_4 = metal::fma(v3_2.x, a0_3_.x, _e848);
                float _e852 = t_4;
                t_4 = metal::fma(v3_2.y, a0_3_.y, _e852);
                float _e856 = t_4;
                t_4 = metal::fma(v3_2.z, a0_3_.z, _e856);
                float _e860 = t_4;
                t_4 = metal::fma(v3_2.w, a0_3_.w, _e860);
                float _e862 = t_4;
                float _e863 = s2_0_;
                s2_0_ = metal::fma(scale0_2, _e862, _e863);
            }
            float _e866 = s2_0_;
            s2_0_ = metal::fma(-(less0_2), t0_0_, _e866);
            {
                float _e872 = t_5;
                t_5 = metal::fma(v4_2.x, a0_4_.x, _e872);
                float _e876 = t_5;
                t_5 = metal::fma(v4_2.y, a0_4_.y, _e876);
                float _e880 = t_5;
                t_5 = metal::fma(v4_2.z, a0_4_.z, _e880);
                float _e884 = t_5;
                t_5 = metal::fma(v4_2.w, a0_4_.w, _e884);
                float _e888 = t_5;
                t_5 = metal::fma(v5_2.x, a0_5_.x, _e888);
                float _e892 = t_5;
                t_5 = metal::fma(v5_2.y, a0_5_.y, _e892);
                float _e896 = t_5;
                t_5 = metal::fma(v5_2.z, a0_5_.z, _e896);
                float _e900 = t_5;
                t_5 = metal::fma(v5_2.w, a0_5_.w, _e900);
                float _e904 = t_5;
                t_5 = metal::fma(v6_2.x, a0_6_.x, _e904);
                float _e908 = t_5;
                t_5 = metal::fma(v6_2.y, a0_6_.y, _e908);
                float _e912 = t_5;
                t_5 = metal::fma(v6_2.z, a0_6_.z, _e912);
                float _e916 = t_5;
                t_5 = metal::fma(v6_2.w, a0_6_.w, _e916);
                float _e920 = t_5;
                t_5 = metal::fma(v7_2.x, a0_7_.x, _e920);
                float _e924 = t_5;
                t_5 = metal::fma(v7_2.y, a0_7_.y, _e924);
                float _e928 = t_5;
                t_5 = metal::fma(v7_2.z, a0_7_.z, _e928);
                float _e932 = t_5;
                t_5 = metal::fma(v7_2.w, a0_7_.w, _e932);
                float _e934 = t_5;
                float _e935 = s2_0_;
                s2_0_ = metal::fma(scale1_2, _e934, _e935);
            }
            float _e938 = s2_0_;
            s2_0_ = metal::fma(-(less1_2), t0_1_, _e938);
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
            metal::float2 _e996 = scale_and_min(h0_3_, (((p0_ % 8u) / 2u) * 2u) + 0u);
            float scale0_3 = _e996.x;
            float less0_3 = _e996.y;
            metal::float2 _e1007 = scale_and_min(h0_3_, (((p0_ % 8u) / 2u) * 2u) + 1u);
            float scale1_3 = _e1007.x;
            float less1_3 = _e1007.y;
            {
                float _e1014 = t_6;
                t_6 = metal::fma(v0_3.x, a0_0_.x, _e1014);
                float _e1018 = t_6;
                t_6 = metal::fma(v0_3.y, a0_0_.y, _e1018);
                float _e1022 = t_6;
                t_6 = metal::fma(v0_3.z, a0_0_.z, _e1022);
                float _e1026 = t_6;
                t_6 = metal::fma(v0_3.w, a0_0_.w, _e1026);
                float _e1030 = t_6;
                t_6 = metal::fma(v1_3.x, a0_1_.x, _e1030);
                float _e1034 = t_6;
                t_6 = metal::fma(v1_3.y, a0_1_.y, _e1034);
                float _e1038 = t_6;
                t_6 = metal::fma(v1_3.z, a0_1_.z, _e1038);
                float _e1042 = t_6;
                t_6 = metal::fma(v1_3.w, a0_1_.w, _e1042);
                float _e1046 = t_6;
                t_6 = metal::fma(v2_3.x, a0_2_.x, _e1046);
                float _e1050 = t_6;
                t_6 = metal::fma(v2_3.y, a0_2_.y, _e1050);
                float _e1054 = t_6;
                t_6 = metal::fma(v2_3.z, a0_2_.z, _e1054);
                float _e1058 = t_6;
                t_6 = metal::fma(v2_3.w, a0_2_.w, _e1058);
                float _e1062 = t_6;
                t_6 = metal::fma(v3_3.x, a0_3_.x, _e1062);
                float _e1066 = t_6;
                t_6 = metal::fma(v3_3.y, a0_3_.y, _e1066);
                float _e1070 = t_6;
                t_6 = metal::fma(v3_3.z, a0_3_.z, _e1070);
                float _e1074 = t_6;
                t_6 = metal::fma(v3_3.w, a0_3_.w, _e1074);
                float _e1076 = t_6;
                float _e1077 = s3_0_;
                s3_0_ = metal::fma(scale0_3, _e1076, _e1077);
            }
            float _e1080 = s3_0_;
            s3_0_ = metal::fma(-(less0_3), t0_0_, _e1080);
            {
                float _e1086 = t_7;
                t_7 = metal::fma(v4_3.x, a0_4_.x, _e1086);
                float _e1090 = t_7;
                t_7 = metal::fma(v4_3.y, a0_4_.y, _e1090);
                float _e1094 = t_7;
                t_7 = metal::fma(v4_3.z, a0_4_.z, _e1094);
                float _e1098 = t_7;
                t_7 = metal::fma(v4_3.w, a0_4_.w, _e1098);
                float _e1102 = t_7;
                t_7 = metal::fma(v5_3.x, a0_5_.x, _e1102);
                float _e1106 = t_7;
                t_7 = metal::fma(v5_3.y, a0_5_.y, _e1106);
                float _e1110 = t_7;
                t_7 = metal::fma(v5_3.z, a0_5_.z, _e1110);
                float _e1114 = t_7;
                t_7 = metal::fma(v5_3.w, a0_5_.w, _e1114);
                float _e1118 = t_7;
                t_7 = metal::fma(v6_3.x, a0_6_.x, _e1118);
                float _e1122 = t_7;
                t_7 = metal::fma(v6_3.y, a0_6_.y, _e1122);
                float _e1126 = t_7;
                t_7 = metal::fma(v6_3.z, a0_6_.z, _e1126);
                float _e1130 = t_7;
                t_7 = metal::fma(v6_3.w, a0_6_.w, _e1130);
                float _e1134 = t_7;
                t_7 = metal::fma(v7_3.x, a0_7_.x, _e1134);
                float _e1138 = t_7;
                t_7 = metal::fma(v7_3.y, a0_7_.y, _e1138);
                float _e1142 = t_7;
                t_7 = metal::fma(v7_3.z, a0_7_.z, _e1142);
                float _e1146 = t_7;
                t_7 = metal::fma(v7_3.w, a0_7_.w, _e1146);
                float _e1148 = t_7;
                float _e1149 = s3_0_;
                s3_0_ = metal::fma(scale1_3, _e1148, _e1149);
            }
            float _e1152 = s3_0_;
            s3_0_ = metal::fma(-(less1_3), t0_1_, _e1152);
        }
    }
    {
        float _e1154 = s0_0_;
        float unnamed = metal::simd_sum(_e1154);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 0u] = unnamed;
        }
    }
    {
        float _e1164 = s1_0_;
        float unnamed_1 = metal::simd_sum(_e1164);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 1u] = unnamed_1;
        }
    }
    {
        float _e1174 = s2_0_;
        float unnamed_2 = metal::simd_sum(_e1174);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 2u] = unnamed_2;
        }
    }
    {
        float _e1184 = s3_0_;
        float unnamed_3 = metal::simd_sum(_e1184);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 3u] = unnamed_3;
        }
    }
    {
        float _e1194 = q0_;
        float unnamed_4 = metal::simd_sum(_e1194);
        if (lane == 0u) {
            squares.inner[(subgroup * 1u) + 0u] = unnamed_4;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e1364 = i;
            i = _e1364 + 256u;
        }
        loop_init_1 = false;
        uint _e1205 = i;
        if (_e1205 < 8u) {
        } else {
            break;
        }
        {
            uint _e1208 = i;
            uint own = _e1208 / 2u;
            uint _e1211 = i;
            uint m = (_e1211 % 2u) / 1u;
            uint _e1216 = i;
            uint r = _e1216 % 1u;
            uint n = ((group * 8u) + (own * 2u)) + m;
            uint row = 0u + r;
            if (n < 384u) {
                local = row < live;
            } else {
                local = false;
            }
            bool _e1232 = local;
            if (_e1232) {
                float _e1237 = squares.inner[0u + r];
                float _e1242 = squares.inner[1u + r];
                float _e1248 = squares.inner[2u + r];
                float _e1254 = squares.inner[3u + r];
                float _e1260 = squares.inner[4u + r];
                float _e1266 = squares.inner[5u + r];
                float _e1272 = squares.inner[6u + r];
                float _e1278 = squares.inner[7u + r];
                float factor = metal::rsqrt(((((((((_e1237 + _e1242) + _e1248) + _e1254) + _e1260) + _e1266) + _e1272) + _e1278) / 512.0) + 0.00001);
                float _e1297 = parts.inner[((((own * 2u) + 0u) * 4u) + (m * 1u)) + r];
                float _e1310 = parts.inner[((((own * 2u) + 1u) * 4u) + (m * 1u)) + r];
                float _e1315 = bias[n];
                float gate = ((_e1297 + _e1310) * factor) + _e1315;
                float _e1331 = parts.inner[((((own * 2u) + 0u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e1346 = parts.inner[((((own * 2u) + 1u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e1353 = bias[n + 384u];
                float up = ((_e1331 + _e1346) * factor) + _e1353;
                uint to = ((row * 384u) + n) + 0u;
                float _e1362 = bent(gate);
                y[to] = _e1362 * up;
            }
        }
    }
    return;
}
