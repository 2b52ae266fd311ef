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
, constant _mslBufferSizes& _buffer_sizes [[buffer(6)]]
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
    bool own0_ = (((0u + 0u) + (part * 32u)) + lane) < 16u;
    uint p0_ = metal::min(((0u + 0u) + (part * 32u)) + lane, 15u);
    metal::uint4 h0_0_ = w[(n0_ * 18u) + ((p0_ / 8u) * 9u)];
    metal::uint4 w0_0_ = w[(((n0_ * 18u) + ((p0_ / 8u) * 9u)) + (p0_ % 8u)) + 1u];
    metal::uint4 h0_1_ = w[(n1_ * 18u) + ((p0_ / 8u) * 9u)];
    metal::uint4 w0_1_ = w[(((n1_ * 18u) + ((p0_ / 8u) * 9u)) + (p0_ % 8u)) + 1u];
    metal::uint4 h0_2_ = w[(n2_ * 18u) + ((p0_ / 8u) * 9u)];
    metal::uint4 w0_2_ = w[(((n2_ * 18u) + ((p0_ / 8u) * 9u)) + (p0_ % 8u)) + 1u];
    metal::uint4 h0_3_ = w[(n3_ * 18u) + ((p0_ / 8u) * 9u)];
    metal::uint4 w0_3_ = w[(((n3_ * 18u) + ((p0_ / 8u) * 9u)) + (p0_ % 8u)) + 1u];
    {
        uint c0_ = (((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 0u;
        metal::float4 g0_ = gain[c0_];
        uint c1_ = (((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 1u;
        metal::float4 g1_ = gain[c1_];
        uint c2_ = (((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 2u;
        metal::float4 g2_ = gain[c2_];
        uint c3_ = (((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 3u;
        metal::float4 g3_ = gain[c3_];
        uint c4_ = ((((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 8u) + 0u;
        metal::float4 g4_ = gain[c4_];
        uint c5_ = ((((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 8u) + 1u;
        metal::float4 g5_ = gain[c5_];
        uint c6_ = ((((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 8u) + 2u;
        metal::float4 g6_ = gain[c6_];
        uint c7_ = ((((p0_ / 2u) * 16u) + ((p0_ % 2u) * 4u)) + 8u) + 3u;
        metal::float4 g7_ = gain[c7_];
        metal::float4 _e303 = x_1[x0_ + c0_];
        metal::float4 raw0_0_ = own0_ ? _e303 : metal::float4 {};
        float _e305 = q0_;
        q0_ = _e305 + metal::dot(raw0_0_, raw0_0_);
        metal::float4 a0_0_ = raw0_0_ * g0_;
        metal::float4 _e313 = x_1[x0_ + c1_];
        metal::float4 raw0_1_ = own0_ ? _e313 : metal::float4 {};
        float _e315 = q0_;
        q0_ = _e315 + metal::dot(raw0_1_, raw0_1_);
        metal::float4 a0_1_ = raw0_1_ * g1_;
        metal::float4 _e323 = x_1[x0_ + c2_];
        metal::float4 raw0_2_ = own0_ ? _e323 : metal::float4 {};
        float _e325 = q0_;
        q0_ = _e325 + metal::dot(raw0_2_, raw0_2_);
        metal::float4 a0_2_ = raw0_2_ * g2_;
        metal::float4 _e333 = x_1[x0_ + c3_];
        metal::float4 raw0_3_ = own0_ ? _e333 : metal::float4 {};
        float _e335 = q0_;
        q0_ = _e335 + metal::dot(raw0_3_, raw0_3_);
        metal::float4 a0_3_ = raw0_3_ * g3_;
        metal::float4 _e343 = x_1[x0_ + c4_];
        metal::float4 raw0_4_ = own0_ ? _e343 : metal::float4 {};
        float _e345 = q0_;
        q0_ = _e345 + metal::dot(raw0_4_, raw0_4_);
        metal::float4 a0_4_ = raw0_4_ * g4_;
        metal::float4 _e353 = x_1[x0_ + c5_];
        metal::float4 raw0_5_ = own0_ ? _e353 : metal::float4 {};
        float _e355 = q0_;
        q0_ = _e355 + metal::dot(raw0_5_, raw0_5_);
        metal::float4 a0_5_ = raw0_5_ * g5_;
        metal::float4 _e363 = x_1[x0_ + c6_];
        metal::float4 raw0_6_ = own0_ ? _e363 : metal::float4 {};
        float _e365 = q0_;
        q0_ = _e365 + metal::dot(raw0_6_, raw0_6_);
        metal::float4 a0_6_ = raw0_6_ * g6_;
        metal::float4 _e373 = x_1[x0_ + c7_];
        metal::float4 raw0_7_ = own0_ ? _e373 : metal::float4 {};
        float _e375 = q0_;
        q0_ = _e375 + metal::dot(raw0_7_, raw0_7_);
        metal::float4 a0_7_ = raw0_7_ * g7_;
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
            metal::float2 _e447 = scale_and_min(h0_0_, (((p0_ % 8u) / 2u) * 2u) + 0u);
            float scale0_ = _e447.x;
            float less0_ = _e447.y;
            metal::float2 _e458 = scale_and_min(h0_0_, (((p0_ % 8u) / 2u) * 2u) + 1u);
            float scale1_ = _e458.x;
            float less1_ = _e458.y;
            {
                float _e465 = t;
                t = metal::fma(v0_.x, a0_0_.x, _e465);
                float _e469 = t;
                t = metal::fma(v0_.y, a0_0_.y, _e469);
                float _e473 = t;
                t = metal::fma(v0_.z, a0_0_.z, _e473);
                float _e477 = t;
                t = metal::fma(v0_.w, a0_0_.w, _e477);
                float _e481 = t;
                t = metal::fma(v1_.x, a0_1_.x, _e481);
                float _e485 = t;
                t = metal::fma(v1_.y, a0_1_.y, _e485);
                float _e489 = t;
                t = metal::fma(v1_.z, a0_1_.z, _e489);
                float _e493 = t;
                t = metal::fma(v1_.w, a0_1_.w, _e493);
                float _e497 = t;
                t = metal::fma(v2_.x, a0_2_.x, _e497);
                float _e501 = t;
                t = metal::fma(v2_.y, a0_2_.y, _e501);
                float _e505 = t;
                t = metal::fma(v2_.z, a0_2_.z, _e505);
                float _e509 = t;
                t = metal::fma(v2_.w, a0_2_.w, _e509);
                float _e513 = t;
                t = metal::fma(v3_.x, a0_3_.x, _e513);
                float _e517 = t;
                t = metal::fma(v3_.y, a0_3_.y, _e517);
                float _e521 = t;
                t = metal::fma(v3_.z, a0_3_.z, _e521);
                float _e525 = t;
                t = metal::fma(v3_.w, a0_3_.w, _e525);
                float _e527 = t;
                float _e528 = s0_0_;
                s0_0_ = metal::fma(scale0_, _e527, _e528);
            }
            float _e531 = s0_0_;
            s0_0_ = metal::fma(-(less0_), t0_0_, _e531);
            {
                float _e537 = t_1;
                t_1 = metal::fma(v4_.x, a0_4_.x, _e537);
                float _e541 = t_1;
                t_1 = metal::fma(v4_.y, a0_4_.y, _e541);
                float _e545 = t_1;
                t_1 = metal::fma(v4_.z, a0_4_.z, _e545);
                float _e549 = t_1;
                t_1 = metal::fma(v4_.w, a0_4_.w, _e549);
                float _e553 = t_1;
                t_1 = metal::fma(v5_.x, a0_5_.x, _e553);
                float _e557 = t_1;
                t_1 = metal::fma(v5_.y, a0_5_.y, _e557);
                float _e561 = t_1;
                t_1 = metal::fma(v5_.z, a0_5_.z, _e561);
                float _e565 = t_1;
                t_1 = metal::fma(v5_.w, a0_5_.w, _e565);
                float _e569 = t_1;
                t_1 = metal::fma(v6_.x, a0_6_.x, _e569);
                float _e573 = t_1;
                t_1 = metal::fma(v6_.y, a0_6_.y, _e573);
                float _e577 = t_1;
                t_1 = metal::fma(v6_.z, a0_6_.z, _e577);
                float _e581 = t_1;
                t_1 = metal::fma(v6_.w, a0_6_.w, _e581);
                float _e585 = t_1;
                t_1 = metal::fma(v7_.x, a0_7_.x, _e585);
                float _e589 = t_1;
                t_1 = metal::fma(v7_.y, a0_7_.y, _e589);
                float _e593 = t_1;
                t_1 = metal::fma(v7_.z, a0_7_.z, _e593);
                float _e597 = t_1;
                t_1 = metal::fma(v7_.w, a0_7_.w, _e597);
                float _e599 = t_1;
                float _e600 = s0_0_;
                s0_0_ = metal::fma(scale1_, _e599, _e600);
            }
            float _e603 = s0_0_;
            s0_0_ = metal::fma(-(less1_), t0_1_, _e603);
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
            metal::float2 _e661 = scale_and_min(h0_1_, (((p0_ % 8u) / 2u) * 2u) + 0u);
            float scale0_1 = _e661.x;
            float less0_1 = _e661.y;
            metal::float2 _e672 = scale_and_min(h0_1_, (((p0_ % 8u) / 2u) * 2u) + 1u);
            float scale1_1 = _e672.x;
            float less1_1 = _e672.y;
            {
                float _e679 = t_2;
                t_2 = metal::fma(v0_1.x, a0_0_.x, _e679);
                float _e683 = t_2;
                t_2 = metal::fma(v0_1.y, a0_0_.y, _e683);
                float _e687 = t_2;
                t_2 = metal::fma(v0_1.z, a0_0_.z, _e687);
                float _e691 = t_2;
                t_2 = metal::fma(v0_1.w, a0_0_.w, _e691);
                float _e695 = t_2;
                t_2 = metal::fma(v1_1.x, a0_1_.x, _e695);
                float _e699 = t_2;
                t_2 = metal::fma(v1_1.y, a0_1_.y, _e699);
                float _e703 = t_2;
                t_2 = metal::fma(v1_1.z, a0_1_.z, _e703);
                float _e707 = t_2;
                t_2 = metal::fma(v1_1.w, a0_1_.w, _e707);
                float _e711 = t_2;
                t_2 = metal::fma(v2_1.x, a0_2_.x, _e711);
                float _e715 = t_2;
                t_2 = metal::fma(v2_1.y, a0_2_.y, _e715);
                float _e719 = t_2;
                t_2 = metal::fma(v2_1.z, a0_2_.z, _e719);
                float _e723 = t_2;
                t_2 = metal::fma(v2_1.w, a0_2_.w, _e723);
                float _e727 = t_2;
                t_2 = metal::fma(v3_1.x, a0_3_.x, _e727);
                float _e731 = t_2;
                t_2 = metal::fma(v3_1.y, a0_3_.y, _e731);
                float _e735 = t_2;
                t_2 = metal::fma(v3_1.z, a0_3_.z, _e735);
                float _e739 = t_2;
                t_2 = metal::fma(v3_1.w, a0_3_.w, _e739);
                float _e741 = t_2;
                float _e742 = s1_0_;
                s1_0_ = metal::fma(scale0_1, _e741, _e742);
            }
            float _e745 = s1_0_;
            s1_0_ = metal::fma(-(less0_1), t0_0_, _e745);
            {
                float _e751 = t_3;
                t_3 = metal::fma(v4_1.x, a0_4_.x, _e751);
                float _e755 = t_3;
                t_3 = metal::fma(v4_1.y, a0_4_.y, _e755);
                float _e759 = t_3;
                t_3 = metal::fma(v4_1.z, a0_4_.z, _e759);
                float _e763 = t_3;
                t_3 = metal::fma(v4_1.w, a0_4_.w, _e763);
                float _e767 = t_3;
                t_3 = metal::fma(v5_1.x, a0_5_.x, _e767);
                float _e771 = t_3;
                t_3 = metal::fma(v5_1.y, a0_5_.y, _e771);
                float _e775 = t_3;
                t_3 = metal::fma(v5_1.z, a0_5_.z, _e775);
                float _e779 = t_3;
                t_3 = metal::fma(v5_1.w, a0_5_.w, _e779);
                float _e783 = t_3;
                t_3 = metal::fma(v6_1.x, a0_6_.x, _e783);
                float _e787 = t_3;
                t_3 = metal::fma(v6_1.y, a0_6_.y, _e787);
                float _e791 = t_3;
                t_3 = metal::fma(v6_1.z, a0_6_.z, _e791);
                float _e795 = t_3;
                t_3 = metal::fma(v6_1.w, a0_6_.w, _e795);
                float _e799 = t_3;
                t_3 = metal::fma(v7_1.x, a0_7_.x, _e799);
                float _e803 = t_3;
                t_3 = metal::fma(v7_1.y, a0_7_.y, _e803);
                float _e807 = t_3;
                t_3 = metal::fma(v7_1.z, a0_7_.z, _e807);
                float _e811 = t_3;
                t_3 = metal::fma(v7_1.w, a0_7_.w, _e811);
                float _e813 = t_3;
                float _e814 = s1_0_;
                s1_0_ = metal::fma(scale1_1, _e813, _e814);
            }
            float _e817 = s1_0_;
            s1_0_ = metal::fma(-(less1_1), t0_1_, _e817);
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
            metal::float2 _e875 = scale_and_min(h0_2_, (((p0_ % 8u) / 2u) * 2u) + 0u);
            float scale0_2 = _e875.x;
            float less0_2 = _e875.y;
            metal::float2 _e886 = scale_and_min(h0_2_, (((p0_ % 8u) / 2u) * 2u) + 1u);
            float scale1_2 = _e886.x;
            float less1_2 = _e886.y;
            {
                float _e893 = t_4;
                t_4 = metal::fma(v0_2.x, a0_0_.x, _e893);
                float _e897 = t_4;
                t_4 = metal::fma(v0_2.y, a0_0_.y, _e897);
                float _e901 = t_4;
                t_4 = metal::fma(v0_2.z, a0_0_.z, _e901);
                float _e905 = t_4;
                t_4 = metal::fma(v0_2.w, a0_0_.w, _e905);
                float _e909 = t_4;
                t_4 = metal::fma(v1_2.x, a0_1_.x, _e909);
                float _e913 = t_4;
                t_4 = metal::fma(v1_2.y, a0_1_.y, _e913);
                float _e917 = t_4;
                t_4 = metal::fma(v1_2.z, a0_1_.z, _e917);
                float _e921 = t_4;
                t_4 = metal::fma(v1_2.w, a0_1_.w, _e921);
                float _e925 = t_4;
                t_4 = metal::fma(v2_2.x, a0_2_.x, _e925);
                float _e929 = t_4;
                t_4 = metal::fma(v2_2.y, a0_2_.y, _e929);
                float _e933 = t_4;
                t_4 = metal::fma(v2_2.z, a0_2_.z, _e933);
                float _e937 = t_4;
                t_4 = metal::fma(v2_2.w, a0_2_.w, _e937);
                float _e941 = t_4;
                t_4 = metal::fma(v3_2.x, a0_3_.x, _e941);
                float _e945 = t_4;
                t_4 = metal::fma(v3_2.y, a0_3_.y, _e945);
                float _e949 = t_4;
                t_4 = metal::fma(v3_2.z, a0_3_.z, _e949);
                float _e953 = t_4;
                t_4 = metal::fma(v3_2.w, a0_3_.w, _e953);
                float _e955 = t_4;
                float _e956 = s2_0_;
                s2_0_ = metal::fma(scale0_2, _e955, _e956);
            }
            float _e959 = s2_0_;
            s2_0_ = metal::fma(-(less0_2), t0_0_, _e959);
            {
                float _e965 = t_5;
                t_5 = metal::fma(v4_2.x, a0_4_.x, _e965);
                float _e969 = t_5;
                t_5 = metal::fma(v4_2.y, a0_4_.y, _e969);
                float _e973 = t_5;
                t_5 = metal::fma(v4_2.z, a0_4_.z, _e973);
                float _e977 = t_5;
                t_5 = metal::fma(v4_2.w, a0_4_.w, _e977);
                float _e981 = t_5;
                t_5 = metal::fma(v5_2.x, a0_5_.x, _e981);
                float _e985 = t_5;
                t_5 = metal::fma(v5_2.y, a0_5_.y, _e985);
                float _e989 = t_5;
                t_5 = metal::fma(v5_2.z, a0_5_.z, _e989);
                float _e993 = t_5;
                t_5 = metal::fma(v5_2.w, a0_5_.w, _e993);
                float _e997 = t_5;
                t_5 = metal::fma(v6_2.x, a0_6_.x, _e997);
                float _e1001 = t_5;
                t_5 = metal::fma(v6_2.y, a0_6_.y, _e1001);
                float _e1005 = t_5;
                t_5 = metal::fma(v6_2.z, a0_6_.z, _e1005);
                float _e1009 = t_5;
                t_5 = metal::fma(v6_2.w, a0_6_.w, _e1009);
                float _e1013 = t_5;
                t_5 = metal::fma(v7_2.x, a0_7_.x, _e1013);
                float _e1017 = t_5;
                t_5 = metal::fma(v7_2.y, a0_7_.y, _e1017);
                float _e1021 = t_5;
                t_5 = metal::fma(v7_2.z, a0_7_.z, _e1021);
                float _e1025 = t_5;
                t_5 = metal::fma(v7_2.w, a0_7_.w, _e1025);
                float _e1027 = t_5;
                float _e1028 = s2_0_;
                s2_0_ = metal::fma(scale1_2, _e1027, _e1028);
            }
            float _e1031 = s2_0_;
            s2_0_ = metal::fma(-(less1_2), t0_1_, _e1031);
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
            metal::float2 _e1089 = scale_and_min(h0_3_, (((p0_ % 8u) / 2u) * 2u) + 0u);
            float scale0_3 = _e1089.x;
            float less0_3 = _e1089.y;
            metal::float2 _e1100 = scale_and_min(h0_3_, (((p0_ % 8u) / 2u) * 2u) + 1u);
            float scale1_3 = _e1100.x;
            float less1_3 = _e1100.y;
            {
                float _e1107 = t_6;
                t_6 = metal::fma(v0_3.x, a0_0_.x, _e1107);
                float _e1111 = t_6;
                t_6 = metal::fma(v0_3.y, a0_0_.y, _e1111);
                float _e1115 = t_6;
                t_6 = metal::fma(v0_3.z, a0_0_.z, _e1115);
                float _e1119 = t_6;
                t_6 = metal::fma(v0_3.w, a0_0_.w, _e1119);
                float _e1123 = t_6;
                t_6 = metal::fma(v1_3.x, a0_1_.x, _e1123);
                float _e1127 = t_6;
                t_6 = metal::fma(v1_3.y, a0_1_.y, _e1127);
                float _e1131 = t_6;
                t_6 = metal::fma(v1_3.z, a0_1_.z, _e1131);
                float _e1135 = t_6;
                t_6 = metal::fma(v1_3.w, a0_1_.w, _e1135);
                float _e1139 = t_6;
                t_6 = metal::fma(v2_3.x, a0_2_.x, _e1139);
                float _e1143 = t_6;
                t_6 = metal::fma(v2_3.y, a0_2_.y, _e1143);
                float _e1147 = t_6;
                t_6 = metal::fma(v2_3.z, a0_2_.z, _e1147);
                float _e1151 = t_6;
                t_6 = metal::fma(v2_3.w, a0_2_.w, _e1151);
                float _e1155 = t_6;
                t_6 = metal::fma(v3_3.x, a0_3_.x, _e1155);
                float _e1159 = t_6;
                t_6 = metal::fma(v3_3.y, a0_3_.y, _e1159);
                float _e1163 = t_6;
                t_6 = metal::fma(v3_3.z, a0_3_.z, _e1163);
                float _e1167 = t_6;
                t_6 = metal::fma(v3_3.w, a0_3_.w, _e1167);
                float _e1169 = t_6;
                float _e1170 = s3_0_;
                s3_0_ = metal::fma(scale0_3, _e1169, _e1170);
            }
            float _e1173 = s3_0_;
            s3_0_ = metal::fma(-(less0_3), t0_0_, _e1173);
            {
                float _e1179 = t_7;
                t_7 = metal::fma(v4_3.x, a0_4_.x, _e1179);
                float _e1183 = t_7;
                t_7 = metal::fma(v4_3.y, a0_4_.y, _e1183);
                float _e1187 = t_7;
                t_7 = metal::fma(v4_3.z, a0_4_.z, _e1187);
                float _e1191 = t_7;
                t_7 = metal::fma(v4_3.w, a0_4_.w, _e1191);
                float _e1195 = t_7;
                t_7 = metal::fma(v5_3.x, a0_5_.x, _e1195);
                float _e1199 = t_7;
                t_7 = metal::fma(v5_3.y, a0_5_.y, _e1199);
                float _e1203 = t_7;
                t_7 = metal::fma(v5_3.z, a0_5_.z, _e1203);
                float _e1207 = t_7;
                t_7 = metal::fma(v5_3.w, a0_5_.w, _e1207);
                float _e1211 = t_7;
                t_7 = metal::fma(v6_3.x, a0_6_.x, _e1211);
                float _e1215 = t_7;
                t_7 = metal::fma(v6_3.y, a0_6_.y, _e1215);
                float _e1219 = t_7;
                t_7 = metal::fma(v6_3.z, a0_6_.z, _e1219);
                float _e1223 = t_7;
                t_7 = metal::fma(v6_3.w, a0_6_.w, _e1223);
                float _e1227 = t_7;
                t_7 = metal::fma(v7_3.x, a0_7_.x, _e1227);
                float _e1231 = t_7;
                t_7 = metal::fma(v7_3.y, a0_7_.y, _e1231);
                float _e1235 = t_7;
                t_7 = metal::fma(v7_3.z, a0_7_.z, _e1235);
                float _e1239 = t_7;
                t_7 = metal::fma(v7_3.w, a0_7_.w, _e1239);
                float _e1241 = t_7;
                float _e1242 = s3_0_;
                s3_0_ = metal::fma(scale1_3, _e1241, _e1242);
            }
            float _e1245 = s3_0_;
            s3_0_ = metal::fma(-(less1_3), t0_1_, _e1245);
        }
    }
    {
        float _e1247 = s0_0_;
        float unnamed = metal::simd_sum(_e1247);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 0u] = unnamed;
        }
    }
    {
        float _e1257 = s1_0_;
        float unnamed_1 = metal::simd_sum(_e1257);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 1u] = unnamed_1;
        }
    }
    {
        float _e1267 = s2_0_;
        float unnamed_2 = metal::simd_sum(_e1267);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 2u] = unnamed_2;
        }
    }
    {
        float _e1277 = s3_0_;
        float unnamed_3 = metal::simd_sum(_e1277);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 3u] = unnamed_3;
        }
    }
    {
        float _e1287 = q0_;
        float unnamed_4 = metal::simd_sum(_e1287);
        if (lane == 0u) {
            squares.inner[(subgroup * 1u) + 0u] = unnamed_4;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e1431 = i;
            i = _e1431 + 256u;
        }
        loop_init = false;
        uint _e1298 = i;
        if (_e1298 < 8u) {
        } else {
            break;
        }
        {
            uint _e1301 = i;
            uint own = _e1301 / 2u;
            uint _e1304 = i;
            uint m = (_e1304 % 2u) / 1u;
            uint _e1309 = i;
            uint r = _e1309 % 1u;
            uint n = ((group * 8u) + (own * 2u)) + m;
            uint row = 0u + r;
            if (n < 384u) {
                local = row < live;
            } else {
                local = false;
            }
            bool _e1325 = local;
            if (_e1325) {
                float _e1335 = squares.inner[(((own * 2u) + 0u) * 1u) + r];
                float _e1345 = squares.inner[(((own * 2u) + 1u) * 1u) + r];
                float factor = metal::rsqrt(((_e1335 + _e1345) / 512.0) + 0.00001);
                float _e1364 = parts.inner[((((own * 2u) + 0u) * 4u) + (m * 1u)) + r];
                float _e1377 = parts.inner[((((own * 2u) + 1u) * 4u) + (m * 1u)) + r];
                float _e1382 = bias[n];
                float gate = ((_e1364 + _e1377) * factor) + _e1382;
                float _e1398 = parts.inner[((((own * 2u) + 0u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e1413 = parts.inner[((((own * 2u) + 1u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e1420 = bias[n + 384u];
                float up = ((_e1398 + _e1413) * factor) + _e1420;
                uint to = ((row * 384u) + n) + 0u;
                float _e1429 = bent(gate);
                y[to] = _e1429 * up;
            }
        }
    }
    return;
}
