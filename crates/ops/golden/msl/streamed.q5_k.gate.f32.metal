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
    metal::uint4 h0_0_ = w[(n0_ * 22u) + ((p0_ / 8u) * 11u)];
    metal::uint4 u0_0_ = w[(((n0_ * 22u) + ((p0_ / 8u) * 11u)) + (p0_ % 2u)) + 1u];
    metal::uint4 w0_0_ = w[(((n0_ * 22u) + ((p0_ / 8u) * 11u)) + (p0_ % 8u)) + 3u];
    metal::uint4 h0_1_ = w[(n1_ * 22u) + ((p0_ / 8u) * 11u)];
    metal::uint4 u0_1_ = w[(((n1_ * 22u) + ((p0_ / 8u) * 11u)) + (p0_ % 2u)) + 1u];
    metal::uint4 w0_1_ = w[(((n1_ * 22u) + ((p0_ / 8u) * 11u)) + (p0_ % 8u)) + 3u];
    metal::uint4 h0_2_ = w[(n2_ * 22u) + ((p0_ / 8u) * 11u)];
    metal::uint4 u0_2_ = w[(((n2_ * 22u) + ((p0_ / 8u) * 11u)) + (p0_ % 2u)) + 1u];
    metal::uint4 w0_2_ = w[(((n2_ * 22u) + ((p0_ / 8u) * 11u)) + (p0_ % 8u)) + 3u];
    metal::uint4 h0_3_ = w[(n3_ * 22u) + ((p0_ / 8u) * 11u)];
    metal::uint4 u0_3_ = w[(((n3_ * 22u) + ((p0_ / 8u) * 11u)) + (p0_ % 2u)) + 1u];
    metal::uint4 w0_3_ = w[(((n3_ * 22u) + ((p0_ / 8u) * 11u)) + (p0_ % 8u)) + 3u];
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
        metal::float4 _e363 = x_1[x0_ + c0_];
        metal::float4 raw0_0_ = own0_ ? _e363 : metal::float4 {};
        float _e365 = q0_;
        q0_ = _e365 + metal::dot(raw0_0_, raw0_0_);
        metal::float4 a0_0_ = raw0_0_ * g0_;
        metal::float4 _e373 = x_1[x0_ + c1_];
        metal::float4 raw0_1_ = own0_ ? _e373 : metal::float4 {};
        float _e375 = q0_;
        q0_ = _e375 + metal::dot(raw0_1_, raw0_1_);
        metal::float4 a0_1_ = raw0_1_ * g1_;
        metal::float4 _e383 = x_1[x0_ + c2_];
        metal::float4 raw0_2_ = own0_ ? _e383 : metal::float4 {};
        float _e385 = q0_;
        q0_ = _e385 + metal::dot(raw0_2_, raw0_2_);
        metal::float4 a0_2_ = raw0_2_ * g2_;
        metal::float4 _e393 = x_1[x0_ + c3_];
        metal::float4 raw0_3_ = own0_ ? _e393 : metal::float4 {};
        float _e395 = q0_;
        q0_ = _e395 + metal::dot(raw0_3_, raw0_3_);
        metal::float4 a0_3_ = raw0_3_ * g3_;
        metal::float4 _e403 = x_1[x0_ + c4_];
        metal::float4 raw0_4_ = own0_ ? _e403 : metal::float4 {};
        float _e405 = q0_;
        q0_ = _e405 + metal::dot(raw0_4_, raw0_4_);
        metal::float4 a0_4_ = raw0_4_ * g4_;
        metal::float4 _e413 = x_1[x0_ + c5_];
        metal::float4 raw0_5_ = own0_ ? _e413 : metal::float4 {};
        float _e415 = q0_;
        q0_ = _e415 + metal::dot(raw0_5_, raw0_5_);
        metal::float4 a0_5_ = raw0_5_ * g5_;
        metal::float4 _e423 = x_1[x0_ + c6_];
        metal::float4 raw0_6_ = own0_ ? _e423 : metal::float4 {};
        float _e425 = q0_;
        q0_ = _e425 + metal::dot(raw0_6_, raw0_6_);
        metal::float4 a0_6_ = raw0_6_ * g6_;
        metal::float4 _e433 = x_1[x0_ + c7_];
        metal::float4 raw0_7_ = own0_ ? _e433 : metal::float4 {};
        float _e435 = q0_;
        q0_ = _e435 + metal::dot(raw0_7_, raw0_7_);
        metal::float4 a0_7_ = raw0_7_ * g7_;
        float t0_0_ = metal::dot(((a0_0_ + a0_1_) + a0_2_) + a0_3_, metal::float4(1.0));
        float t0_1_ = metal::dot(((a0_4_ + a0_5_) + a0_6_) + a0_7_, metal::float4(1.0));
        {
            metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.x & 252645135u) | (((u0_0_.x >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.y & 252645135u) | (((u0_0_.y >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.z & 252645135u) | (((u0_0_.z >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.w & 252645135u) | (((u0_0_.w >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_0_.x >> 4u) & 252645135u) | (((u0_0_.x >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_0_.y >> 4u) & 252645135u) | (((u0_0_.y >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_0_.z >> 4u) & 252645135u) | (((u0_0_.z >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_0_.w >> 4u) & 252645135u) | (((u0_0_.w >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float2 _e627 = scale_and_min(h0_0_, (((p0_ % 8u) / 2u) * 2u) + 0u);
            float scale0_ = _e627.x;
            float less0_ = _e627.y;
            metal::float2 _e638 = scale_and_min(h0_0_, (((p0_ % 8u) / 2u) * 2u) + 1u);
            float scale1_ = _e638.x;
            float less1_ = _e638.y;
            {
                float _e645 = t;
                t = metal::fma(v0_.x, a0_0_.x, _e645);
                float _e649 = t;
                t = metal::fma(v0_.y, a0_0_.y, _e649);
                float _e653 = t;
                t = metal::fma(v0_.z, a0_0_.z, _e653);
                float _e657 = t;
                t = metal::fma(v0_.w, a0_0_.w, _e657);
                float _e661 = t;
                t = metal::fma(v1_.x, a0_1_.x, _e661);
                float _e665 = t;
                t = metal::fma(v1_.y, a0_1_.y, _e665);
                float _e669 = t;
                t = metal::fma(v1_.z, a0_1_.z, _e669);
                float _e673 = t;
                t = metal::fma(v1_.w, a0_1_.w, _e673);
                float _e677 = t;
                t = metal::fma(v2_.x, a0_2_.x, _e677);
                float _e681 = t;
                t = metal::fma(v2_.y, a0_2_.y, _e681);
                float _e685 = t;
                t = metal::fma(v2_.z, a0_2_.z, _e685);
                float _e689 = t;
                t = metal::fma(v2_.w, a0_2_.w, _e689);
                float _e693 = t;
                t = metal::fma(v3_.x, a0_3_.x, _e693);
                float _e697 = t;
                t = metal::fma(v3_.y, a0_3_.y, _e697);
                float _e701 = t;
                t = metal::fma(v3_.z, a0_3_.z, _e701);
                float _e705 = t;
                t = metal::fma(v3_.w, a0_3_.w, _e705);
                float _e707 = t;
                float _e708 = s0_0_;
                s0_0_ = metal::fma(scale0_, _e707, _e708);
            }
            float _e711 = s0_0_;
            s0_0_ = metal::fma(-(less0_), t0_0_, _e711);
            {
                float _e717 = t_1;
                t_1 = metal::fma(v4_.x, a0_4_.x, _e717);
                float _e721 = t_1;
                t_1 = metal::fma(v4_.y, a0_4_.y, _e721);
                float _e725 = t_1;
                t_1 = metal::fma(v4_.z, a0_4_.z, _e725);
                float _e729 = t_1;
                t_1 = metal::fma(v4_.w, a0_4_.w, _e729);
                float _e733 = t_1;
                t_1 = metal::fma(v5_.x, a0_5_.x, _e733);
                float _e737 = t_1;
                t_1 = metal::fma(v5_.y, a0_5_.y, _e737);
                float _e741 = t_1;
                t_1 = metal::fma(v5_.z, a0_5_.z, _e741);
                float _e745 = t_1;
                t_1 = metal::fma(v5_.w, a0_5_.w, _e745);
                float _e749 = t_1;
                t_1 = metal::fma(v6_.x, a0_6_.x, _e749);
                float _e753 = t_1;
                t_1 = metal::fma(v6_.y, a0_6_.y, _e753);
                float _e757 = t_1;
                t_1 = metal::fma(v6_.z, a0_6_.z, _e757);
                float _e761 = t_1;
                t_1 = metal::fma(v6_.w, a0_6_.w, _e761);
                float _e765 = t_1;
                t_1 = metal::fma(v7_.x, a0_7_.x, _e765);
                float _e769 = t_1;
                t_1 = metal::fma(v7_.y, a0_7_.y, _e769);
                float _e773 = t_1;
                t_1 = metal::fma(v7_.z, a0_7_.z, _e773);
                float _e777 = t_1;
                t_1 = metal::fma(v7_.w, a0_7_.w, _e777);
                float _e779 = t_1;
                float _e780 = s0_0_;
                s0_0_ = metal::fma(scale1_, _e779, _e780);
            }
            float _e783 = s0_0_;
            s0_0_ = metal::fma(-(less1_), t0_1_, _e783);
        }
        {
            metal::float4 v0_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.x & 252645135u) | (((u0_1_.x >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v1_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.y & 252645135u) | (((u0_1_.y >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v2_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.z & 252645135u) | (((u0_1_.z >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v3_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.w & 252645135u) | (((u0_1_.w >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v4_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1_.x >> 4u) & 252645135u) | (((u0_1_.x >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v5_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1_.y >> 4u) & 252645135u) | (((u0_1_.y >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v6_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1_.z >> 4u) & 252645135u) | (((u0_1_.z >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v7_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1_.w >> 4u) & 252645135u) | (((u0_1_.w >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float2 _e961 = scale_and_min(h0_1_, (((p0_ % 8u) / 2u) * 2u) + 0u);
            float scale0_1 = _e961.x;
            float less0_1 = _e961.y;
            metal::float2 _e972 = scale_and_min(h0_1_, (((p0_ % 8u) / 2u) * 2u) + 1u);
            float scale1_1 = _e972.x;
            float less1_1 = _e972.y;
            {
                float _e979 = t_2;
                t_2 = metal::fma(v0_1.x, a0_0_.x, _e979);
                float _e983 = t_2;
                t_2 = metal::fma(v0_1.y, a0_0_.y, _e983);
                float _e987 = t_2;
                t_2 = metal::fma(v0_1.z, a0_0_.z, _e987);
                float _e991 = t_2;
                t_2 = metal::fma(v0_1.w, a0_0_.w, _e991);
                float _e995 = t_2;
                t_2 = metal::fma(v1_1.x, a0_1_.x, _e995);
                float _e999 = t_2;
                t_2 = metal::fma(v1_1.y, a0_1_.y, _e999);
                float _e1003 = t_2;
                t_2 = metal::fma(v1_1.z, a0_1_.z, _e1003);
                float _e1007 = t_2;
                t_2 = metal::fma(v1_1.w, a0_1_.w, _e1007);
                float _e1011 = t_2;
                t_2 = metal::fma(v2_1.x, a0_2_.x, _e1011);
                float _e1015 = t_2;
                t_2 = metal::fma(v2_1.y, a0_2_.y, _e1015);
                float _e1019 = t_2;
                t_2 = metal::fma(v2_1.z, a0_2_.z, _e1019);
                float _e1023 = t_2;
                t_2 = metal::fma(v2_1.w, a0_2_.w, _e1023);
                float _e1027 = t_2;
                t_2 = metal::fma(v3_1.x, a0_3_.x, _e1027);
                float _e1031 = t_2;
                t_2 = metal::fma(v3_1.y, a0_3_.y, _e1031);
                float _e1035 = t_2;
                t_2 = metal::fma(v3_1.z, a0_3_.z, _e1035);
                float _e1039 = t_2;
                t_2 = metal::fma(v3_1.w, a0_3_.w, _e1039);
                float _e1041 = t_2;
                float _e1042 = s1_0_;
                s1_0_ = metal::fma(scale0_1, _e1041, _e1042);
            }
            float _e1045 = s1_0_;
            s1_0_ = metal::fma(-(less0_1), t0_0_, _e1045);
            {
                float _e1051 = t_3;
                t_3 = metal::fma(v4_1.x, a0_4_.x, _e1051);
                float _e1055 = t_3;
                t_3 = metal::fma(v4_1.y, a0_4_.y, _e1055);
                float _e1059 = t_3;
                t_3 = metal::fma(v4_1.z, a0_4_.z, _e1059);
                float _e1063 = t_3;
                t_3 = metal::fma(v4_1.w, a0_4_.w, _e1063);
                float _e1067 = t_3;
                t_3 = metal::fma(v5_1.x, a0_5_.x, _e1067);
                float _e1071 = t_3;
                t_3 = metal::fma(v5_1.y, a0_5_.y, _e1071);
                float _e1075 = t_3;
                t_3 = metal::fma(v5_1.z, a0_5_.z, _e1075);
                float _e1079 = t_3;
                t_3 = metal::fma(v5_1.w, a0_5_.w, _e1079);
                float _e1083 = t_3;
                t_3 = metal::fma(v6_1.x, a0_6_.x, _e1083);
                float _e1087 = t_3;
                t_3 = metal::fma(v6_1.y, a0_6_.y, _e1087);
                float _e1091 = t_3;
                t_3 = metal::fma(v6_1.z, a0_6_.z, _e1091);
                float _e1095 = t_3;
                t_3 = metal::fma(v6_1.w, a0_6_.w, _e1095);
                float _e1099 = t_3;
                t_3 = metal::fma(v7_1.x, a0_7_.x, _e1099);
                float _e1103 = t_3;
                t_3 = metal::fma(v7_1.y, a0_7_.y, _e1103);
                float _e1107 = t_3;
                t_3 = metal::fma(v7_1.z, a0_7_.z, _e1107);
                float _e1111 = t_3;
                t_3 = metal::fma(v7_1.w, a0_7_.w, _e1111);
                float _e1113 = t_3;
                float _e1114 = s1_0_;
                s1_0_ = metal::fma(scale1_1, _e1113, _e1114);
            }
            float _e1117 = s1_0_;
            s1_0_ = metal::fma(-(less1_1), t0_1_, _e1117);
        }
        {
            metal::float4 v0_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_2_.x & 252645135u) | (((u0_2_.x >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v1_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_2_.y & 252645135u) | (((u0_2_.y >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v2_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_2_.z & 252645135u) | (((u0_2_.z >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v3_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_2_.w & 252645135u) | (((u0_2_.w >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v4_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_2_.x >> 4u) & 252645135u) | (((u0_2_.x >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v5_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_2_.y >> 4u) & 252645135u) | (((u0_2_.y >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v6_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_2_.z >> 4u) & 252645135u) | (((u0_2_.z >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v7_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_2_.w >> 4u) & 252645135u) | (((u0_2_.w >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float2 _e1295 = scale_and_min(h0_2_, (((p0_ % 8u) / 2u) * 2u) + 0u);
            float scale0_2 = _e1295.x;
            float less0_2 = _e1295.y;
            metal::float2 _e1306 = scale_and_min(h0_2_, (((p0_ % 8u) / 2u) * 2u) + 1u);
            float scale1_2 = _e1306.x;
            float less1_2 = _e1306.y;
            {
                float _e1313 = t_4;
                t_4 = metal::fma(v0_2.x, a0_0_.x, _e1313);
                float _e1317 = t_4;
                t_4 = metal::fma(v0_2.y, a0_0_.y, _e1317);
                float _e1321 = t_4;
                t_4 = metal::fma(v0_2.z, a0_0_.z, _e1321);
                float _e1325 = t_4;
                t_4 = metal::fma(v0_2.w, a0_0_.w, _e1325);
                float _e1329 = t_4;
                t_4 = metal::fma(v1_2.x, a0_1_.x, _e1329);
                float _e1333 = t_4;
                t_4 = metal::fma(v1_2.y, a0_1_.y, _e1333);
                float _e1337 = t_4;
                t_4 = metal::fma(v1_2.z, a0_1_.z, _e1337);
                float _e1341 = t_4;
                t_4 = metal::fma(v1_2.w, a0_1_.w, _e1341);
                float _e1345 = t_4;
                t_4 = metal::fma(v2_2.x, a0_2_.x, _e1345);
                float _e1349 = t_4;
                t_4 = metal::fma(v2_2.y, a0_2_.y, _e1349);
                float _e1353 = t_4;
                t_4 = metal::fma(v2_2.z, a0_2_.z, _e1353);
                float _e1357 = t_4;
                t_4 = metal::fma(v2_2.w, a0_2_.w, _e1357);
                float _e1361 = t_4;
                t_4 = metal::fma(v3_2.x, a0_3_.x, _e1361);
                float _e1365 = t_4;
                t_4 = metal::fma(v3_2.y, a0_3_.y, _e1365);
                float _e1369 = t_4;
                t_4 = metal::fma(v3_2.z, a0_3_.z, _e1369);
                float _e1373 = t_4;
                t_4 = metal::fma(v3_2.w, a0_3_.w, _e1373);
                float _e1375 = t_4;
                float _e1376 = s2_0_;
                s2_0_ = metal::fma(scale0_2, _e1375, _e1376);
            }
            float _e1379 = s2_0_;
            s2_0_ = metal::fma(-(less0_2), t0_0_, _e1379);
            {
                float _e1385 = t_5;
                t_5 = metal::fma(v4_2.x, a0_4_.x, _e1385);
                float _e1389 = t_5;
                t_5 = metal::fma(v4_2.y, a0_4_.y, _e1389);
                float _e1393 = t_5;
                t_5 = metal::fma(v4_2.z, a0_4_.z, _e1393);
                float _e1397 = t_5;
                t_5 = metal::fma(v4_2.w, a0_4_.w, _e1397);
                float _e1401 = t_5;
                t_5 = metal::fma(v5_2.x, a0_5_.x, _e1401);
                float _e1405 = t_5;
                t_5 = metal::fma(v5_2.y, a0_5_.y, _e1405);
                float _e1409 = t_5;
                t_5 = metal::fma(v5_2.z, a0_5_.z, _e1409);
                float _e1413 = t_5;
                t_5 = metal::fma(v5_2.w, a0_5_.w, _e1413);
                float _e1417 = t_5;
                t_5 = metal::fma(v6_2.x, a0_6_.x, _e1417);
                float _e1421 = t_5;
                t_5 = metal::fma(v6_2.y, a0_6_.y, _e1421);
                float _e1425 = t_5;
                t_5 = metal::fma(v6_2.z, a0_6_.z, _e1425);
                float _e1429 = t_5;
                t_5 = metal::fma(v6_2.w, a0_6_.w, _e1429);
                float _e1433 = t_5;
                t_5 = metal::fma(v7_2.x, a0_7_.x, _e1433);
                float _e1437 = t_5;
                t_5 = metal::fma(v7_2.y, a0_7_.y, _e1437);
                float _e1441 = t_5;
                t_5 = metal::fma(v7_2.z, a0_7_.z, _e1441);
                float _e1445 = t_5;
                t_5 = metal::fma(v7_2.w, a0_7_.w, _e1445);
                float _e1447 = t_5;
                float _e1448 = s2_0_;
                s2_0_ = metal::fma(scale1_2, _e1447, _e1448);
            }
            float _e1451 = s2_0_;
            s2_0_ = metal::fma(-(less1_2), t0_1_, _e1451);
        }
        {
            metal::float4 v0_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_3_.x & 252645135u) | (((u0_3_.x >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v1_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_3_.y & 252645135u) | (((u0_3_.y >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v2_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_3_.z & 252645135u) | (((u0_3_.z >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v3_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_3_.w & 252645135u) | (((u0_3_.w >> ((((p0_ % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v4_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_3_.x >> 4u) & 252645135u) | (((u0_3_.x >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v5_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_3_.y >> 4u) & 252645135u) | (((u0_3_.y >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v6_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_3_.z >> 4u) & 252645135u) | (((u0_3_.z >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v7_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_3_.w >> 4u) & 252645135u) | (((u0_3_.w >> ((((p0_ % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float2 _e1629 = scale_and_min(h0_3_, (((p0_ % 8u) / 2u) * 2u) + 0u);
            float scale0_3 = _e1629.x;
            float less0_3 = _e1629.y;
            metal::float2 _e1640 = scale_and_min(h0_3_, (((p0_ % 8u) / 2u) * 2u) + 1u);
            float scale1_3 = _e1640.x;
            float less1_3 = _e1640.y;
            {
                float _e1647 = t_6;
                t_6 = metal::fma(v0_3.x, a0_0_.x, _e1647);
                float _e1651 = t_6;
                t_6 = metal::fma(v0_3.y, a0_0_.y, _e1651);
                float _e1655 = t_6;
                t_6 = metal::fma(v0_3.z, a0_0_.z, _e1655);
                float _e1659 = t_6;
                t_6 = metal::fma(v0_3.w, a0_0_.w, _e1659);
                float _e1663 = t_6;
                t_6 = metal::fma(v1_3.x, a0_1_.x, _e1663);
                float _e1667 = t_6;
                t_6 = metal::fma(v1_3.y, a0_1_.y, _e1667);
                float _e1671 = t_6;
                t_6 = metal::fma(v1_3.z, a0_1_.z, _e1671);
                float _e1675 = t_6;
                t_6 = metal::fma(v1_3.w, a0_1_.w, _e1675);
                float _e1679 = t_6;
                t_6 = metal::fma(v2_3.x, a0_2_.x, _e1679);
                float _e1683 = t_6;
                t_6 = metal::fma(v2_3.y, a0_2_.y, _e1683);
                float _e1687 = t_6;
                t_6 = metal::fma(v2_3.z, a0_2_.z, _e1687);
                float _e1691 = t_6;
                t_6 = metal::fma(v2_3.w, a0_2_.w, _e1691);
                float _e1695 = t_6;
                t_6 = metal::fma(v3_3.x, a0_3_.x, _e1695);
                float _e1699 = t_6;
                t_6 = metal::fma(v3_3.y, a0_3_.y, _e1699);
                float _e1703 = t_6;
                t_6 = metal::fma(v3_3.z, a0_3_.z, _e1703);
                float _e1707 = t_6;
                t_6 = metal::fma(v3_3.w, a0_3_.w, _e1707);
                float _e1709 = t_6;
                float _e1710 = s3_0_;
                s3_0_ = metal::fma(scale0_3, _e1709, _e1710);
            }
            float _e1713 = s3_0_;
            s3_0_ = metal::fma(-(less0_3), t0_0_, _e1713);
            {
                float _e1719 = t_7;
                t_7 = metal::fma(v4_3.x, a0_4_.x, _e1719);
                float _e1723 = t_7;
                t_7 = metal::fma(v4_3.y, a0_4_.y, _e1723);
                float _e1727 = t_7;
                t_7 = metal::fma(v4_3.z, a0_4_.z, _e1727);
                float _e1731 = t_7;
                t_7 = metal::fma(v4_3.w, a0_4_.w, _e1731);
                float _e1735 = t_7;
                t_7 = metal::fma(v5_3.x, a0_5_.x, _e1735);
                float _e1739 = t_7;
                t_7 = metal::fma(v5_3.y, a0_5_.y, _e1739);
                float _e1743 = t_7;
                t_7 = metal::fma(v5_3.z, a0_5_.z, _e1743);
                float _e1747 = t_7;
                t_7 = metal::fma(v5_3.w, a0_5_.w, _e1747);
                float _e1751 = t_7;
                t_7 = metal::fma(v6_3.x, a0_6_.x, _e1751);
                float _e1755 = t_7;
                t_7 = metal::fma(v6_3.y, a0_6_.y, _e1755);
                float _e1759 = t_7;
                t_7 = metal::fma(v6_3.z, a0_6_.z, _e1759);
                float _e1763 = t_7;
                t_7 = metal::fma(v6_3.w, a0_6_.w, _e1763);
                float _e1767 = t_7;
                t_7 = metal::fma(v7_3.x, a0_7_.x, _e1767);
                float _e1771 = t_7;
                t_7 = metal::fma(v7_3.y, a0_7_.y, _e1771);
                float _e1775 = t_7;
                t_7 = metal::fma(v7_3.z, a0_7_.z, _e1775);
                float _e1779 = t_7;
                t_7 = metal::fma(v7_3.w, a0_7_.w, _e1779);
                float _e1781 = t_7;
                float _e1782 = s3_0_;
                s3_0_ = metal::fma(scale1_3, _e1781, _e1782);
            }
            float _e1785 = s3_0_;
            s3_0_ = metal::fma(-(less1_3), t0_1_, _e1785);
        }
    }
    {
        float _e1787 = s0_0_;
        float unnamed = metal::simd_sum(_e1787);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 0u] = unnamed;
        }
    }
    {
        float _e1797 = s1_0_;
        float unnamed_1 = metal::simd_sum(_e1797);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 1u] = unnamed_1;
        }
    }
    {
        float _e1807 = s2_0_;
        float unnamed_2 = metal::simd_sum(_e1807);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 2u] = unnamed_2;
        }
    }
    {
        float _e1817 = s3_0_;
        float unnamed_3 = metal::simd_sum(_e1817);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 3u] = unnamed_3;
        }
    }
    {
        float _e1827 = q0_;
        float unnamed_4 = metal::simd_sum(_e1827);
        if (lane == 0u) {
            squares.inner[(subgroup * 1u) + 0u] = unnamed_4;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e1971 = i;
            i = _e1971 + 256u;
        }
        loop_init = false;
        uint _e1838 = i;
        if (_e1838 < 8u) {
        } else {
            break;
        }
        {
            uint _e1841 = i;
            uint own = _e1841 / 2u;
            uint _e1844 = i;
            uint m = (_e1844 % 2u) / 1u;
            uint _e1849 = i;
            uint r = _e1849 % 1u;
            uint n = ((group * 8u) + (own * 2u)) + m;
            uint row = 0u + r;
            if (n < 384u) {
                local = row < live;
            } else {
                local = false;
            }
            bool _e1865 = local;
            if (_e1865) {
                float _e1875 = squares.inner[(((own * 2u) + 0u) * 1u) + r];
                float _e1885 = squares.inner[(((own * 2u) + 1u) * 1u) + r];
                float factor = metal::rsqrt(((_e1875 + _e1885) / 512.0) + 0.00001);
                float _e1904 = parts.inner[((((own * 2u) + 0u) * 4u) + (m * 1u)) + r];
                float _e1917 = parts.inner[((((own * 2u) + 1u) * 4u) + (m * 1u)) + r];
                float _e1922 = bias[n];
                float gate = ((_e1904 + _e1917) * factor) + _e1922;
                float _e1938 = parts.inner[((((own * 2u) + 0u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e1953 = parts.inner[((((own * 2u) + 1u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e1960 = bias[n + 384u];
                float up = ((_e1938 + _e1953) * factor) + _e1960;
                uint to = ((row * 384u) + n) + 0u;
                float _e1969 = bent(gate);
                y[to] = _e1969 * up;
            }
        }
    }
    return;
}
