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
, constant _mslBufferSizes& _buffer_sizes [[buffer(7)]]
) {
    float s0_0_ = 0.0;
    float s1_0_ = 0.0;
    float s2_0_ = 0.0;
    float s3_0_ = 0.0;
    float q0_ = 0.0;
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
    bool own0_ = (((0u + 0u) + (part * 32u)) + lane) < 16u;
    uint p0_ = metal::min(((0u + 0u) + (part * 32u)) + lane, 15u);
    metal::uint4 w0_0_ = w[(n0_ * 16u) + p0_];
    float _e88 = scale_of((n0_ * 16u) + p0_, scales, _buffer_sizes);
    metal::uint4 w0_1_ = w[(n1_ * 16u) + p0_];
    float _e98 = scale_of((n1_ * 16u) + p0_, scales, _buffer_sizes);
    metal::uint4 w0_2_ = w[(n2_ * 16u) + p0_];
    float _e108 = scale_of((n2_ * 16u) + p0_, scales, _buffer_sizes);
    metal::uint4 w0_3_ = w[(n3_ * 16u) + p0_];
    float _e118 = scale_of((n3_ * 16u) + p0_, scales, _buffer_sizes);
    {
        uint c0_ = (p0_ * 8u) + 0u;
        metal::float4 g0_ = gain[c0_];
        uint c1_ = (p0_ * 8u) + 1u;
        metal::float4 g1_ = gain[c1_];
        uint c2_ = (p0_ * 8u) + 2u;
        metal::float4 g2_ = gain[c2_];
        uint c3_ = (p0_ * 8u) + 3u;
        metal::float4 g3_ = gain[c3_];
        uint c4_ = (p0_ * 8u) + 4u;
        metal::float4 g4_ = gain[c4_];
        uint c5_ = (p0_ * 8u) + 5u;
        metal::float4 g5_ = gain[c5_];
        uint c6_ = (p0_ * 8u) + 6u;
        metal::float4 g6_ = gain[c6_];
        uint c7_ = (p0_ * 8u) + 7u;
        metal::float4 g7_ = gain[c7_];
        metal::float4 _e179 = x_1[x0_ + c0_];
        metal::float4 raw0_0_ = own0_ ? _e179 : metal::float4 {};
        float _e181 = q0_;
        q0_ = _e181 + metal::dot(raw0_0_, raw0_0_);
        metal::float4 a0_0_ = raw0_0_ * g0_;
        metal::float4 _e189 = x_1[x0_ + c1_];
        metal::float4 raw0_1_ = own0_ ? _e189 : metal::float4 {};
        float _e191 = q0_;
        q0_ = _e191 + metal::dot(raw0_1_, raw0_1_);
        metal::float4 a0_1_ = raw0_1_ * g1_;
        metal::float4 _e199 = x_1[x0_ + c2_];
        metal::float4 raw0_2_ = own0_ ? _e199 : metal::float4 {};
        float _e201 = q0_;
        q0_ = _e201 + metal::dot(raw0_2_, raw0_2_);
        metal::float4 a0_2_ = raw0_2_ * g2_;
        metal::float4 _e209 = x_1[x0_ + c3_];
        metal::float4 raw0_3_ = own0_ ? _e209 : metal::float4 {};
        float _e211 = q0_;
        q0_ = _e211 + metal::dot(raw0_3_, raw0_3_);
        metal::float4 a0_3_ = raw0_3_ * g3_;
        metal::float4 _e219 = x_1[x0_ + c4_];
        metal::float4 raw0_4_ = own0_ ? _e219 : metal::float4 {};
        float _e221 = q0_;
        q0_ = _e221 + metal::dot(raw0_4_, raw0_4_);
        metal::float4 a0_4_ = raw0_4_ * g4_;
        metal::float4 _e229 = x_1[x0_ + c5_];
        metal::float4 raw0_5_ = own0_ ? _e229 : metal::float4 {};
        float _e231 = q0_;
        q0_ = _e231 + metal::dot(raw0_5_, raw0_5_);
        metal::float4 a0_5_ = raw0_5_ * g5_;
        metal::float4 _e239 = x_1[x0_ + c6_];
        metal::float4 raw0_6_ = own0_ ? _e239 : metal::float4 {};
        float _e241 = q0_;
        q0_ = _e241 + metal::dot(raw0_6_, raw0_6_);
        metal::float4 a0_6_ = raw0_6_ * g6_;
        metal::float4 _e249 = x_1[x0_ + c7_];
        metal::float4 raw0_7_ = own0_ ? _e249 : metal::float4 {};
        float _e251 = q0_;
        q0_ = _e251 + metal::dot(raw0_7_, raw0_7_);
        metal::float4 a0_7_ = raw0_7_ * g7_;
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
            float less0_ = _e88 * 8.0;
            {
                float _e319 = t;
                t = metal::fma(v0_.x, a0_0_.x, _e319);
                float _e323 = t;
                t = metal::fma(v0_.y, a0_0_.y, _e323);
                float _e327 = t;
                t = metal::fma(v0_.z, a0_0_.z, _e327);
                float _e331 = t;
                t = metal::fma(v0_.w, a0_0_.w, _e331);
                float _e335 = t;
                t = metal::fma(v1_.x, a0_1_.x, _e335);
                float _e339 = t;
                t = metal::fma(v1_.y, a0_1_.y, _e339);
                float _e343 = t;
                t = metal::fma(v1_.z, a0_1_.z, _e343);
                float _e347 = t;
                t = metal::fma(v1_.w, a0_1_.w, _e347);
                float _e351 = t;
                t = metal::fma(v2_.x, a0_2_.x, _e351);
                float _e355 = t;
                t = metal::fma(v2_.y, a0_2_.y, _e355);
                float _e359 = t;
                t = metal::fma(v2_.z, a0_2_.z, _e359);
                float _e363 = t;
                t = metal::fma(v2_.w, a0_2_.w, _e363);
                float _e367 = t;
                t = metal::fma(v3_.x, a0_3_.x, _e367);
                float _e371 = t;
                t = metal::fma(v3_.y, a0_3_.y, _e371);
                float _e375 = t;
                t = metal::fma(v3_.z, a0_3_.z, _e375);
                float _e379 = t;
                t = metal::fma(v3_.w, a0_3_.w, _e379);
                float _e383 = t;
                t = metal::fma(v4_.x, a0_4_.x, _e383);
                float _e387 = t;
                t = metal::fma(v4_.y, a0_4_.y, _e387);
                float _e391 = t;
                t = metal::fma(v4_.z, a0_4_.z, _e391);
                float _e395 = t;
                t = metal::fma(v4_.w, a0_4_.w, _e395);
                float _e399 = t;
                t = metal::fma(v5_.x, a0_5_.x, _e399);
                float _e403 = t;
                t = metal::fma(v5_.y, a0_5_.y, _e403);
                float _e407 = t;
                t = metal::fma(v5_.z, a0_5_.z, _e407);
                float _e411 = t;
                t = metal::fma(v5_.w, a0_5_.w, _e411);
                float _e415 = t;
                t = metal::fma(v6_.x, a0_6_.x, _e415);
                float _e419 = t;
                t = metal::fma(v6_.y, a0_6_.y, _e419);
                float _e423 = t;
                t = metal::fma(v6_.z, a0_6_.z, _e423);
                float _e427 = t;
                t = metal::fma(v6_.w, a0_6_.w, _e427);
                float _e431 = t;
                t = metal::fma(v7_.x, a0_7_.x, _e431);
                float _e435 = t;
                t = metal::fma(v7_.y, a0_7_.y, _e435);
                float _e439 = t;
                t = metal::fma(v7_.z, a0_7_.z, _e439);
                float _e443 = t;
                t = metal::fma(v7_.w, a0_7_.w, _e443);
                float _e445 = t;
                float _e446 = s0_0_;
                s0_0_ = metal::fma(_e88, _e445, _e446);
            }
            float _e449 = s0_0_;
            s0_0_ = metal::fma(-(less0_), t0_0_, _e449);
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
            float less0_1 = _e98 * 8.0;
            {
                float _e505 = t_1;
                t_1 = metal::fma(v0_1.x, a0_0_.x, _e505);
                float _e509 = t_1;
                t_1 = metal::fma(v0_1.y, a0_0_.y, _e509);
                float _e513 = t_1;
                t_1 = metal::fma(v0_1.z, a0_0_.z, _e513);
                float _e517 = t_1;
                t_1 = metal::fma(v0_1.w, a0_0_.w, _e517);
                float _e521 = t_1;
                t_1 = metal::fma(v1_1.x, a0_1_.x, _e521);
                float _e525 = t_1;
                t_1 = metal::fma(v1_1.y, a0_1_.y, _e525);
                float _e529 = t_1;
                t_1 = metal::fma(v1_1.z, a0_1_.z, _e529);
                float _e533 = t_1;
                t_1 = metal::fma(v1_1.w, a0_1_.w, _e533);
                float _e537 = t_1;
                t_1 = metal::fma(v2_1.x, a0_2_.x, _e537);
                float _e541 = t_1;
                t_1 = metal::fma(v2_1.y, a0_2_.y, _e541);
                float _e545 = t_1;
                t_1 = metal::fma(v2_1.z, a0_2_.z, _e545);
                float _e549 = t_1;
                t_1 = metal::fma(v2_1.w, a0_2_.w, _e549);
                float _e553 = t_1;
                t_1 = metal::fma(v3_1.x, a0_3_.x, _e553);
                float _e557 = t_1;
                t_1 = metal::fma(v3_1.y, a0_3_.y, _e557);
                float _e561 = t_1;
                t_1 = metal::fma(v3_1.z, a0_3_.z, _e561);
                float _e565 = t_1;
                t_1 = metal::fma(v3_1.w, a0_3_.w, _e565);
                float _e569 = t_1;
                t_1 = metal::fma(v4_1.x, a0_4_.x, _e569);
                float _e573 = t_1;
                t_1 = metal::fma(v4_1.y, a0_4_.y, _e573);
                float _e577 = t_1;
                t_1 = metal::fma(v4_1.z, a0_4_.z, _e577);
                float _e581 = t_1;
                t_1 = metal::fma(v4_1.w, a0_4_.w, _e581);
                float _e585 = t_1;
                t_1 = metal::fma(v5_1.x, a0_5_.x, _e585);
                float _e589 = t_1;
                t_1 = metal::fma(v5_1.y, a0_5_.y, _e589);
                float _e593 = t_1;
                t_1 = metal::fma(v5_1.z, a0_5_.z, _e593);
                float _e597 = t_1;
                t_1 = metal::fma(v5_1.w, a0_5_.w, _e597);
                float _e601 = t_1;
                t_1 = metal::fma(v6_1.x, a0_6_.x, _e601);
                float _e605 = t_1;
                t_1 = metal::fma(v6_1.y, a0_6_.y, _e605);
                float _e609 = t_1;
                t_1 = metal::fma(v6_1.z, a0_6_.z, _e609);
                float _e613 = t_1;
                t_1 = metal::fma(v6_1.w, a0_6_.w, _e613);
                float _e617 = t_1;
                t_1 = metal::fma(v7_1.x, a0_7_.x, _e617);
                float _e621 = t_1;
                t_1 = metal::fma(v7_1.y, a0_7_.y, _e621);
                float _e625 = t_1;
                t_1 = metal::fma(v7_1.z, a0_7_.z, _e625);
                float _e629 = t_1;
                t_1 = metal::fma(v7_1.w, a0_7_.w, _e629);
                float _e631 = t_1;
                float _e632 = s1_0_;
                s1_0_ = metal::fma(_e98, _e631, _e632);
            }
            float _e635 = s1_0_;
            s1_0_ = metal::fma(-(less0_1), t0_0_, _e635);
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
            float less0_2 = _e108 * 8.0;
            {
                float _e691 = t_2;
                t_2 = metal::fma(v0_2.x, a0_0_.x, _e691);
                float _e695 = t_2;
                t_2 = metal::fma(v0_2.y, a0_0_.y, _e695);
                float _e699 = t_2;
                t_2 = metal::fma(v0_2.z, a0_0_.z, _e699);
                float _e703 = t_2;
                t_2 = metal::fma(v0_2.w, a0_0_.w, _e703);
                float _e707 = t_2;
                t_2 = metal::fma(v1_2.x, a0_1_.x, _e707);
                float _e711 = t_2;
                t_2 = metal::fma(v1_2.y, a0_1_.y, _e711);
                float _e715 = t_2;
                t_2 = metal::fma(v1_2.z, a0_1_.z, _e715);
                float _e719 = t_2;
                t_2 = metal::fma(v1_2.w, a0_1_.w, _e719);
                float _e723 = t_2;
                t_2 = metal::fma(v2_2.x, a0_2_.x, _e723);
                float _e727 = t_2;
                t_2 = metal::fma(v2_2.y, a0_2_.y, _e727);
                float _e731 = t_2;
                t_2 = metal::fma(v2_2.z, a0_2_.z, _e731);
                float _e735 = t_2;
                t_2 = metal::fma(v2_2.w, a0_2_.w, _e735);
                float _e739 = t_2;
                t_2 = metal::fma(v3_2.x, a0_3_.x, _e739);
                float _e743 = t_2;
                t_2 = metal::fma(v3_2.y, a0_3_.y, _e743);
                float _e747 = t_2;
                t_2 = metal::fma(v3_2.z, a0_3_.z, _e747);
                float _e751 = t_2;
                t_2 = metal::fma(v3_2.w, a0_3_.w, _e751);
                float _e755 = t_2;
                t_2 = metal::fma(v4_2.x, a0_4_.x, _e755);
                float _e759 = t_2;
                t_2 = metal::fma(v4_2.y, a0_4_.y, _e759);
                float _e763 = t_2;
                t_2 = metal::fma(v4_2.z, a0_4_.z, _e763);
                float _e767 = t_2;
                t_2 = metal::fma(v4_2.w, a0_4_.w, _e767);
                float _e771 = t_2;
                t_2 = metal::fma(v5_2.x, a0_5_.x, _e771);
                float _e775 = t_2;
                t_2 = metal::fma(v5_2.y, a0_5_.y, _e775);
                float _e779 = t_2;
                t_2 = metal::fma(v5_2.z, a0_5_.z, _e779);
                float _e783 = t_2;
                t_2 = metal::fma(v5_2.w, a0_5_.w, _e783);
                float _e787 = t_2;
                t_2 = metal::fma(v6_2.x, a0_6_.x, _e787);
                float _e791 = t_2;
                t_2 = metal::fma(v6_2.y, a0_6_.y, _e791);
                float _e795 = t_2;
                t_2 = metal::fma(v6_2.z, a0_6_.z, _e795);
                float _e799 = t_2;
                t_2 = metal::fma(v6_2.w, a0_6_.w, _e799);
                float _e803 = t_2;
                t_2 = metal::fma(v7_2.x, a0_7_.x, _e803);
                float _e807 = t_2;
                t_2 = metal::fma(v7_2.y, a0_7_.y, _e807);
                float _e811 = t_2;
                t_2 = metal::fma(v7_2.z, a0_7_.z, _e811);
                float _e815 = t_2;
                t_2 = metal::fma(v7_2.w, a0_7_.w, _e815);
                float _e817 = t_2;
                float _e818 = s2_0_;
                s2_0_ = metal::fma(_e108, _e817, _e818);
            }
            float _e821 = s2_0_;
            s2_0_ = metal::fma(-(less0_2), t0_0_, _e821);
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
            float less0_3 = _e118 * 8.0;
            {
                float _e877 = t_3;
                t_3 = metal::fma(v0_3.x, a0_0_.x, _e877);
                float _e881 = t_3;
                t_3 = metal::fma(v0_3.y, a0_0_.y, _e881);
                float _e885 = t_3;
                t_3 = metal::fma(v0_3.z, a0_0_.z, _e885);
                float _e889 = t_3;
                t_3 = metal::fma(v0_3.w, a0_0_.w, _e889);
                float _e893 = t_3;
                t_3 = metal::fma(v1_3.x, a0_1_.x, _e893);
                float _e897 = t_3;
                t_3 = metal::fma(v1_3.y, a0_1_.y, _e897);
                float _e901 = t_3;
                t_3 = metal::fma(v1_3.z, a0_1_.z, _e901);
                float _e905 = t_3;
                t_3 = metal::fma(v1_3.w, a0_1_.w, _e905);
                float _e909 = t_3;
                t_3 = metal::fma(v2_3.x, a0_2_.x, _e909);
                float _e913 = t_3;
                t_3 = metal::fma(v2_3.y, a0_2_.y, _e913);
                float _e917 = t_3;
                t_3 = metal::fma(v2_3.z, a0_2_.z, _e917);
                float _e921 = t_3;
                t_3 = metal::fma(v2_3.w, a0_2_.w, _e921);
                float _e925 = t_3;
                t_3 = metal::fma(v3_3.x, a0_3_.x, _e925);
                float _e929 = t_3;
                t_3 = metal::fma(v3_3.y, a0_3_.y, _e929);
                float _e933 = t_3;
                t_3 = metal::fma(v3_3.z, a0_3_.z, _e933);
                float _e937 = t_3;
                t_3 = metal::fma(v3_3.w, a0_3_.w, _e937);
                float _e941 = t_3;
                t_3 = metal::fma(v4_3.x, a0_4_.x, _e941);
                float _e945 = t_3;
                t_3 = metal::fma(v4_3.y, a0_4_.y, _e945);
                float _e949 = t_3;
                t_3 = metal::fma(v4_3.z, a0_4_.z, _e949);
                float _e953 = t_3;
                t_3 = metal::fma(v4_3.w, a0_4_.w, _e953);
                float _e957 = t_3;
                t_3 = metal::fma(v5_3.x, a0_5_.x, _e957);
                float _e961 = t_3;
                t_3 = metal::fma(v5_3.y, a0_5_.y, _e961);
                float _e965 = t_3;
                t_3 = metal::fma(v5_3.z, a0_5_.z, _e965);
                float _e969 = t_3;
                t_3 = metal::fma(v5_3.w, a0_5_.w, _e969);
                float _e973 = t_3;
                t_3 = metal::fma(v6_3.x, a0_6_.x, _e973);
                float _e977 = t_3;
                t_3 = metal::fma(v6_3.y, a0_6_.y, _e977);
                float _e981 = t_3;
                t_3 = metal::fma(v6_3.z, a0_6_.z, _e981);
                float _e985 = t_3;
                t_3 = metal::fma(v6_3.w, a0_6_.w, _e985);
                float _e989 = t_3;
                t_3 = metal::fma(v7_3.x, a0_7_.x, _e989);
                float _e993 = t_3;
                t_3 = metal::fma(v7_3.y, a0_7_.y, _e993);
                float _e997 = t_3;
                t_3 = metal::fma(v7_3.z, a0_7_.z, _e997);
                float _e1001 = t_3;
                t_3 = metal::fma(v7_3.w, a0_7_.w, _e1001);
                float _e1003 = t_3;
                float _e1004 = s3_0_;
                s3_0_ = metal::fma(_e118, _e1003, _e1004);
            }
            float _e1007 = s3_0_;
            s3_0_ = metal::fma(-(less0_3), t0_0_, _e1007);
        }
    }
    {
        float _e1009 = s0_0_;
        float unnamed = metal::simd_sum(_e1009);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 0u] = unnamed;
        }
    }
    {
        float _e1019 = s1_0_;
        float unnamed_1 = metal::simd_sum(_e1019);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 1u] = unnamed_1;
        }
    }
    {
        float _e1029 = s2_0_;
        float unnamed_2 = metal::simd_sum(_e1029);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 2u] = unnamed_2;
        }
    }
    {
        float _e1039 = s3_0_;
        float unnamed_3 = metal::simd_sum(_e1039);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 3u] = unnamed_3;
        }
    }
    {
        float _e1049 = q0_;
        float unnamed_4 = metal::simd_sum(_e1049);
        if (lane == 0u) {
            squares.inner[(subgroup * 1u) + 0u] = unnamed_4;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e1193 = i;
            i = _e1193 + 256u;
        }
        loop_init = false;
        uint _e1060 = i;
        if (_e1060 < 8u) {
        } else {
            break;
        }
        {
            uint _e1063 = i;
            uint own = _e1063 / 2u;
            uint _e1066 = i;
            uint m = (_e1066 % 2u) / 1u;
            uint _e1071 = i;
            uint r = _e1071 % 1u;
            uint n = ((group * 8u) + (own * 2u)) + m;
            uint row = 0u + r;
            if (n < 384u) {
                local = row < live;
            } else {
                local = false;
            }
            bool _e1087 = local;
            if (_e1087) {
                float _e1097 = squares.inner[(((own * 2u) + 0u) * 1u) + r];
                float _e1107 = squares.inner[(((own * 2u) + 1u) * 1u) + r];
                float factor = metal::rsqrt(((_e1097 + _e1107) / 512.0) + 0.00001);
                float _e1126 = parts.inner[((((own * 2u) + 0u) * 4u) + (m * 1u)) + r];
                float _e1139 = parts.inner[((((own * 2u) + 1u) * 4u) + (m * 1u)) + r];
                float _e1144 = bias[n];
                float gate = ((_e1126 + _e1139) * factor) + _e1144;
                float _e1160 = parts.inner[((((own * 2u) + 0u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e1175 = parts.inner[((((own * 2u) + 1u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e1182 = bias[n + 384u];
                float up = ((_e1160 + _e1175) * factor) + _e1182;
                uint to = ((row * 384u) + n) + 0u;
                float _e1191 = bent(gate);
                y[to] = _e1191 * up;
            }
        }
    }
    return;
}
