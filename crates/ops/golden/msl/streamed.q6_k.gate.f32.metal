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
    metal::uint4 h0_0_ = w[(n0_ * 26u) + ((p0_ / 8u) * 13u)];
    metal::uint4 u0_0_ = w[((((n0_ * 26u) + ((p0_ / 8u) * 13u)) + (((p0_ % 8u) / 4u) * 2u)) + (p0_ % 2u)) + 1u];
    metal::uint4 w0_0_ = w[(((n0_ * 26u) + ((p0_ / 8u) * 13u)) + (p0_ % 8u)) + 5u];
    float _e131 = scale_of((n0_ * 2u) + (p0_ / 8u), scales, _buffer_sizes);
    metal::uint4 h0_1_ = w[(n1_ * 26u) + ((p0_ / 8u) * 13u)];
    metal::uint4 u0_1_ = w[((((n1_ * 26u) + ((p0_ / 8u) * 13u)) + (((p0_ % 8u) / 4u) * 2u)) + (p0_ % 2u)) + 1u];
    metal::uint4 w0_1_ = w[(((n1_ * 26u) + ((p0_ / 8u) * 13u)) + (p0_ % 8u)) + 5u];
    float _e184 = scale_of((n1_ * 2u) + (p0_ / 8u), scales, _buffer_sizes);
    metal::uint4 h0_2_ = w[(n2_ * 26u) + ((p0_ / 8u) * 13u)];
    metal::uint4 u0_2_ = w[((((n2_ * 26u) + ((p0_ / 8u) * 13u)) + (((p0_ % 8u) / 4u) * 2u)) + (p0_ % 2u)) + 1u];
    metal::uint4 w0_2_ = w[(((n2_ * 26u) + ((p0_ / 8u) * 13u)) + (p0_ % 8u)) + 5u];
    float _e237 = scale_of((n2_ * 2u) + (p0_ / 8u), scales, _buffer_sizes);
    metal::uint4 h0_3_ = w[(n3_ * 26u) + ((p0_ / 8u) * 13u)];
    metal::uint4 u0_3_ = w[((((n3_ * 26u) + ((p0_ / 8u) * 13u)) + (((p0_ % 8u) / 4u) * 2u)) + (p0_ % 2u)) + 1u];
    metal::uint4 w0_3_ = w[(((n3_ * 26u) + ((p0_ / 8u) * 13u)) + (p0_ % 8u)) + 5u];
    float _e290 = scale_of((n3_ * 2u) + (p0_ / 8u), scales, _buffer_sizes);
    {
        uint c0_ = (((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 0u;
        metal::float4 g0_ = gain[c0_];
        uint c1_ = (((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 1u;
        metal::float4 g1_ = gain[c1_];
        uint c2_ = (((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 2u;
        metal::float4 g2_ = gain[c2_];
        uint c3_ = (((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 3u;
        metal::float4 g3_ = gain[c3_];
        uint c4_ = ((((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 16u) + 0u;
        metal::float4 g4_ = gain[c4_];
        uint c5_ = ((((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 16u) + 1u;
        metal::float4 g5_ = gain[c5_];
        uint c6_ = ((((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 16u) + 2u;
        metal::float4 g6_ = gain[c6_];
        uint c7_ = ((((p0_ / 4u) * 32u) + ((p0_ % 4u) * 4u)) + 16u) + 3u;
        metal::float4 g7_ = gain[c7_];
        metal::float4 _e415 = x_1[x0_ + c0_];
        metal::float4 raw0_0_ = own0_ ? _e415 : metal::float4 {};
        float _e417 = q0_;
        q0_ = _e417 + metal::dot(raw0_0_, raw0_0_);
        metal::float4 a0_0_ = raw0_0_ * g0_;
        metal::float4 _e425 = x_1[x0_ + c1_];
        metal::float4 raw0_1_ = own0_ ? _e425 : metal::float4 {};
        float _e427 = q0_;
        q0_ = _e427 + metal::dot(raw0_1_, raw0_1_);
        metal::float4 a0_1_ = raw0_1_ * g1_;
        metal::float4 _e435 = x_1[x0_ + c2_];
        metal::float4 raw0_2_ = own0_ ? _e435 : metal::float4 {};
        float _e437 = q0_;
        q0_ = _e437 + metal::dot(raw0_2_, raw0_2_);
        metal::float4 a0_2_ = raw0_2_ * g2_;
        metal::float4 _e445 = x_1[x0_ + c3_];
        metal::float4 raw0_3_ = own0_ ? _e445 : metal::float4 {};
        float _e447 = q0_;
        q0_ = _e447 + metal::dot(raw0_3_, raw0_3_);
        metal::float4 a0_3_ = raw0_3_ * g3_;
        metal::float4 _e455 = x_1[x0_ + c4_];
        metal::float4 raw0_4_ = own0_ ? _e455 : metal::float4 {};
        float _e457 = q0_;
        q0_ = _e457 + metal::dot(raw0_4_, raw0_4_);
        metal::float4 a0_4_ = raw0_4_ * g4_;
        metal::float4 _e465 = x_1[x0_ + c5_];
        metal::float4 raw0_5_ = own0_ ? _e465 : metal::float4 {};
        float _e467 = q0_;
        q0_ = _e467 + metal::dot(raw0_5_, raw0_5_);
        metal::float4 a0_5_ = raw0_5_ * g5_;
        metal::float4 _e475 = x_1[x0_ + c6_];
        metal::float4 raw0_6_ = own0_ ? _e475 : metal::float4 {};
        float _e477 = q0_;
        q0_ = _e477 + metal::dot(raw0_6_, raw0_6_);
        metal::float4 a0_6_ = raw0_6_ * g6_;
        metal::float4 _e485 = x_1[x0_ + c7_];
        metal::float4 raw0_7_ = own0_ ? _e485 : metal::float4 {};
        float _e487 = q0_;
        q0_ = _e487 + metal::dot(raw0_7_, raw0_7_);
        metal::float4 a0_7_ = raw0_7_ * g7_;
        float t0_0_ = metal::dot(((a0_0_ + a0_1_) + a0_2_) + a0_3_, metal::float4(1.0));
        float t0_1_ = metal::dot(((a0_4_ + a0_5_) + a0_6_) + a0_7_, metal::float4(1.0));
        {
            metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.x & 252645135u) | (((u0_0_.x >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.y & 252645135u) | (((u0_0_.y >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.z & 252645135u) | (((u0_0_.z >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_0_.w & 252645135u) | (((u0_0_.w >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_0_.x >> 4u) & 252645135u) | (((u0_0_.x >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_0_.y >> 4u) & 252645135u) | (((u0_0_.y >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_0_.z >> 4u) & 252645135u) | (((u0_0_.z >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_0_.w >> 4u) & 252645135u) | (((u0_0_.w >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            uint at0_ = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 0u;
            uint _e689 = (at0_ % 4u) * 8u;
            float scale0_ = _e131 * static_cast<float>(metal::extract_bits(as_type<int>(h0_0_[at0_ / 4u]), metal::min(_e689, 32u), metal::min(8u, 32u - metal::min(_e689, 32u))));
            float less0_ = scale0_ * 32.0;
            uint at1_ = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 4u;
            uint _e714 = (at1_ % 4u) * 8u;
            float scale1_ = _e131 * static_cast<float>(metal::extract_bits(as_type<int>(h0_0_[at1_ / 4u]), metal::min(_e714, 32u), metal::min(8u, 32u - metal::min(_e714, 32u))));
            float less1_ = scale1_ * 32.0;
            {
                float _e725 = t;
                t = metal::fma(v0_.x, a0_0_.x, _e725);
                float _e729 = t;
                t = metal::fma(v0_.y, a0_0_.y, _e729);
                float _e733 = t;
                t = metal::fma(v0_.z, a0_0_.z, _e733);
                float _e737 = t;
                t = metal::fma(v0_.w, a0_0_.w, _e737);
                float _e741 = t;
                t = metal::fma(v1_.x, a0_1_.x, _e741);
                float _e745 = t;
                t = metal::fma(v1_.y, a0_1_.y, _e745);
                float _e749 = t;
                t = metal::fma(v1_.z, a0_1_.z, _e749);
                float _e753 = t;
                t = metal::fma(v1_.w, a0_1_.w, _e753);
                float _e757 = t;
                t = metal::fma(v2_.x, a0_2_.x, _e757);
                float _e761 = t;
                t = metal::fma(v2_.y, a0_2_.y, _e761);
                float _e765 = t;
                t = metal::fma(v2_.z, a0_2_.z, _e765);
                float _e769 = t;
                t = metal::fma(v2_.w, a0_2_.w, _e769);
                float _e773 = t;
                t = metal::fma(v3_.x, a0_3_.x, _e773);
                float _e777 = t;
                t = metal::fma(v3_.y, a0_3_.y, _e777);
                float _e781 = t;
                t = metal::fma(v3_.z, a0_3_.z, _e781);
                float _e785 = t;
                t = metal::fma(v3_.w, a0_3_.w, _e785);
                float _e787 = t;
                float _e788 = s0_0_;
                s0_0_ = metal::fma(scale0_, _e787, _e788);
            }
            float _e791 = s0_0_;
            s0_0_ = metal::fma(-(less0_), t0_0_, _e791);
            {
                float _e797 = t_1;
                t_1 = metal::fma(v4_.x, a0_4_.x, _e797);
                float _e801 = t_1;
                t_1 = metal::fma(v4_.y, a0_4_.y, _e801);
                float _e805 = t_1;
                t_1 = metal::fma(v4_.z, a0_4_.z, _e805);
                float _e809 = t_1;
                t_1 = metal::fma(v4_.w, a0_4_.w, _e809);
                float _e813 = t_1;
                t_1 = metal::fma(v5_.x, a0_5_.x, _e813);
                float _e817 = t_1;
                t_1 = metal::fma(v5_.y, a0_5_.y, _e817);
                float _e821 = t_1;
                t_1 = metal::fma(v5_.z, a0_5_.z, _e821);
                float _e825 = t_1;
                t_1 = metal::fma(v5_.w, a0_5_.w, _e825);
                float _e829 = t_1;
                t_1 = metal::fma(v6_.x, a0_6_.x, _e829);
                float _e833 = t_1;
                t_1 = metal::fma(v6_.y, a0_6_.y, _e833);
                float _e837 = t_1;
                t_1 = metal::fma(v6_.z, a0_6_.z, _e837);
                float _e841 = t_1;
                t_1 = metal::fma(v6_.w, a0_6_.w, _e841);
                float _e845 = t_1;
                t_1 = metal::fma(v7_.x, a0_7_.x, _e845);
                float _e849 = t_1;
                t_1 = metal::fma(v7_.y, a0_7_.y, _e849);
                float _e853 = t_1;
                t_1 = metal::fma(v7_.z, a0_7_.z, _e853);
                float _e857 = t_1;
                t_1 = metal::fma(v7_.w, a0_7_.w, _e857);
                float _e859 = t_1;
                float _e860 = s0_0_;
                s0_0_ = metal::fma(scale1_, _e859, _e860);
            }
            float _e863 = s0_0_;
            s0_0_ = metal::fma(-(less1_), t0_1_, _e863);
        }
        {
            metal::float4 v0_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.x & 252645135u) | (((u0_1_.x >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v1_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.y & 252645135u) | (((u0_1_.y >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v2_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.z & 252645135u) | (((u0_1_.z >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v3_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1_.w & 252645135u) | (((u0_1_.w >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v4_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1_.x >> 4u) & 252645135u) | (((u0_1_.x >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v5_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1_.y >> 4u) & 252645135u) | (((u0_1_.y >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v6_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1_.z >> 4u) & 252645135u) | (((u0_1_.z >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v7_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1_.w >> 4u) & 252645135u) | (((u0_1_.w >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            uint at0_1 = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 0u;
            uint _e1051 = (at0_1 % 4u) * 8u;
            float scale0_1 = _e184 * static_cast<float>(metal::extract_bits(as_type<int>(h0_1_[at0_1 / 4u]), metal::min(_e1051, 32u), metal::min(8u, 32u - metal::min(_e1051, 32u))));
            float less0_1 = scale0_1 * 32.0;
            uint at1_1 = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 4u;
            uint _e1076 = (at1_1 % 4u) * 8u;
            float scale1_1 = _e184 * static_cast<float>(metal::extract_bits(as_type<int>(h0_1_[at1_1 / 4u]), metal::min(_e1076, 32u), metal::min(8u, 32u - metal::min(_e1076, 32u))));
            float less1_1 = scale1_1 * 32.0;
            {
                float _e1087 = t_2;
                t_2 = metal::fma(v0_1.x, a0_0_.x, _e1087);
                float _e1091 = t_2;
                t_2 = metal::fma(v0_1.y, a0_0_.y, _e1091);
                float _e1095 = t_2;
                t_2 = metal::fma(v0_1.z, a0_0_.z, _e1095);
                float _e1099 = t_2;
                t_2 = metal::fma(v0_1.w, a0_0_.w, _e1099);
                float _e1103 = t_2;
                t_2 = metal::fma(v1_1.x, a0_1_.x, _e1103);
                float _e1107 = t_2;
                t_2 = metal::fma(v1_1.y, a0_1_.y, _e1107);
                float _e1111 = t_2;
                t_2 = metal::fma(v1_1.z, a0_1_.z, _e1111);
                float _e1115 = t_2;
                t_2 = metal::fma(v1_1.w, a0_1_.w, _e1115);
                float _e1119 = t_2;
                t_2 = metal::fma(v2_1.x, a0_2_.x, _e1119);
                float _e1123 = t_2;
                t_2 = metal::fma(v2_1.y, a0_2_.y, _e1123);
                float _e1127 = t_2;
                t_2 = metal::fma(v2_1.z, a0_2_.z, _e1127);
                float _e1131 = t_2;
                t_2 = metal::fma(v2_1.w, a0_2_.w, _e1131);
                float _e1135 = t_2;
                t_2 = metal::fma(v3_1.x, a0_3_.x, _e1135);
                float _e1139 = t_2;
                t_2 = metal::fma(v3_1.y, a0_3_.y, _e1139);
                float _e1143 = t_2;
                t_2 = metal::fma(v3_1.z, a0_3_.z, _e1143);
                float _e1147 = t_2;
                t_2 = metal::fma(v3_1.w, a0_3_.w, _e1147);
                float _e1149 = t_2;
                float _e1150 = s1_0_;
                s1_0_ = metal::fma(scale0_1, _e1149, _e1150);
            }
            float _e1153 = s1_0_;
            s1_0_ = metal::fma(-(less0_1), t0_0_, _e1153);
            {
                float _e1159 = t_3;
                t_3 = metal::fma(v4_1.x, a0_4_.x, _e1159);
                float _e1163 = t_3;
                t_3 = metal::fma(v4_1.y, a0_4_.y, _e1163);
                float _e1167 = t_3;
                t_3 = metal::fma(v4_1.z, a0_4_.z, _e1167);
                float _e1171 = t_3;
                t_3 = metal::fma(v4_1.w, a0_4_.w, _e1171);
                float _e1175 = t_3;
                t_3 = metal::fma(v5_1.x, a0_5_.x, _e1175);
                float _e1179 = t_3;
                t_3 = metal::fma(v5_1.y, a0_5_.y, _e1179);
                float _e1183 = t_3;
                t_3 = metal::fma(v5_1.z, a0_5_.z, _e1183);
                float _e1187 = t_3;
                t_3 = metal::fma(v5_1.w, a0_5_.w, _e1187);
                float _e1191 = t_3;
                t_3 = metal::fma(v6_1.x, a0_6_.x, _e1191);
                float _e1195 = t_3;
                t_3 = metal::fma(v6_1.y, a0_6_.y, _e1195);
                float _e1199 = t_3;
                t_3 = metal::fma(v6_1.z, a0_6_.z, _e1199);
                float _e1203 = t_3;
                t_3 = metal::fma(v6_1.w, a0_6_.w, _e1203);
                float _e1207 = t_3;
                t_3 = metal::fma(v7_1.x, a0_7_.x, _e1207);
                float _e1211 = t_3;
                t_3 = metal::fma(v7_1.y, a0_7_.y, _e1211);
                float _e1215 = t_3;
                t_3 = metal::fma(v7_1.z, a0_7_.z, _e1215);
                float _e1219 = t_3;
                t_3 = metal::fma(v7_1.w, a0_7_.w, _e1219);
                float _e1221 = t_3;
                float _e1222 = s1_0_;
                s1_0_ = metal::fma(scale1_1, _e1221, _e1222);
            }
            float _e1225 = s1_0_;
            s1_0_ = metal::fma(-(less1_1), t0_1_, _e1225);
        }
        {
            metal::float4 v0_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_2_.x & 252645135u) | (((u0_2_.x >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v1_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_2_.y & 252645135u) | (((u0_2_.y >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v2_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_2_.z & 252645135u) | (((u0_2_.z >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v3_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_2_.w & 252645135u) | (((u0_2_.w >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v4_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_2_.x >> 4u) & 252645135u) | (((u0_2_.x >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v5_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_2_.y >> 4u) & 252645135u) | (((u0_2_.y >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v6_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_2_.z >> 4u) & 252645135u) | (((u0_2_.z >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v7_2 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_2_.w >> 4u) & 252645135u) | (((u0_2_.w >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            uint at0_2 = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 0u;
            uint _e1413 = (at0_2 % 4u) * 8u;
            float scale0_2 = _e237 * static_cast<float>(metal::extract_bits(as_type<int>(h0_2_[at0_2 / 4u]), metal::min(_e1413, 32u), metal::min(8u, 32u - metal::min(_e1413, 32u))));
            float less0_2 = scale0_2 * 32.0;
            uint at1_2 = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 4u;
            uint _e1438 = (at1_2 % 4u) * 8u;
            float scale1_2 = _e237 * static_cast<float>(metal::extract_bits(as_type<int>(h0_2_[at1_2 / 4u]), metal::min(_e1438, 32u), metal::min(8u, 32u - metal::min(_e1438, 32u))));
            float less1_2 = scale1_2 * 32.0;
            {
                float _e1449 = t_4;
                t_4 = metal::fma(v0_2.x, a0_0_.x, _e1449);
                float _e1453 = t_4;
                t_4 = metal::fma(v0_2.y, a0_0_.y, _e1453);
                float _e1457 = t_4;
                t_4 = metal::fma(v0_2.z, a0_0_.z, _e1457);
                float _e1461 = t_4;
                t_4 = metal::fma(v0_2.w, a0_0_.w, _e1461);
                float _e1465 = t_4;
                t_4 = metal::fma(v1_2.x, a0_1_.x, _e1465);
                float _e1469 = t_4;
                t_4 = metal::fma(v1_2.y, a0_1_.y, _e1469);
                float _e1473 = t_4;
                t_4 = metal::fma(v1_2.z, a0_1_.z, _e1473);
                float _e1477 = t_4;
                t_4 = metal::fma(v1_2.w, a0_1_.w, _e1477);
                float _e1481 = t_4;
                t_4 = metal::fma(v2_2.x, a0_2_.x, _e1481);
                float _e1485 = t_4;
                t_4 = metal::fma(v2_2.y, a0_2_.y, _e1485);
                float _e1489 = t_4;
                t_4 = metal::fma(v2_2.z, a0_2_.z, _e1489);
                float _e1493 = t_4;
                t_4 = metal::fma(v2_2.w, a0_2_.w, _e1493);
                float _e1497 = t_4;
                t_4 = metal::fma(v3_2.x, a0_3_.x, _e1497);
                float _e1501 = t_4;
                t_4 = metal::fma(v3_2.y, a0_3_.y, _e1501);
                float _e1505 = t_4;
                t_4 = metal::fma(v3_2.z, a0_3_.z, _e1505);
                float _e1509 = t_4;
                t_4 = metal::fma(v3_2.w, a0_3_.w, _e1509);
                float _e1511 = t_4;
                float _e1512 = s2_0_;
                s2_0_ = metal::fma(scale0_2, _e1511, _e1512);
            }
            float _e1515 = s2_0_;
            s2_0_ = metal::fma(-(less0_2), t0_0_, _e1515);
            {
                float _e1521 = t_5;
                t_5 = metal::fma(v4_2.x, a0_4_.x, _e1521);
                float _e1525 = t_5;
                t_5 = metal::fma(v4_2.y, a0_4_.y, _e1525);
                float _e1529 = t_5;
                t_5 = metal::fma(v4_2.z, a0_4_.z, _e1529);
                float _e1533 = t_5;
                t_5 = metal::fma(v4_2.w, a0_4_.w, _e1533);
                float _e1537 = t_5;
                t_5 = metal::fma(v5_2.x, a0_5_.x, _e1537);
                float _e1541 = t_5;
                t_5 = metal::fma(v5_2.y, a0_5_.y, _e1541);
                float _e1545 = t_5;
                t_5 = metal::fma(v5_2.z, a0_5_.z, _e1545);
                float _e1549 = t_5;
                t_5 = metal::fma(v5_2.w, a0_5_.w, _e1549);
                float _e1553 = t_5;
                t_5 = metal::fma(v6_2.x, a0_6_.x, _e1553);
                float _e1557 = t_5;
                t_5 = metal::fma(v6_2.y, a0_6_.y, _e1557);
                float _e1561 = t_5;
                t_5 = metal::fma(v6_2.z, a0_6_.z, _e1561);
                float _e1565 = t_5;
                t_5 = metal::fma(v6_2.w, a0_6_.w, _e1565);
                float _e1569 = t_5;
                t_5 = metal::fma(v7_2.x, a0_7_.x, _e1569);
                float _e1573 = t_5;
                t_5 = metal::fma(v7_2.y, a0_7_.y, _e1573);
                float _e1577 = t_5;
                t_5 = metal::fma(v7_2.z, a0_7_.z, _e1577);
                float _e1581 = t_5;
                t_5 = metal::fma(v7_2.w, a0_7_.w, _e1581);
                float _e1583 = t_5;
                float _e1584 = s2_0_;
                s2_0_ = metal::fma(scale1_2, _e1583, _e1584);
            }
            float _e1587 = s2_0_;
            s2_0_ = metal::fma(-(less1_2), t0_1_, _e1587);
        }
        {
            metal::float4 v0_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_3_.x & 252645135u) | (((u0_3_.x >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v1_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_3_.y & 252645135u) | (((u0_3_.y >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v2_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_3_.z & 252645135u) | (((u0_3_.z >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v3_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_3_.w & 252645135u) | (((u0_3_.w >> ((((p0_ % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v4_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_3_.x >> 4u) & 252645135u) | (((u0_3_.x >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v5_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_3_.y >> 4u) & 252645135u) | (((u0_3_.y >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v6_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_3_.z >> 4u) & 252645135u) | (((u0_3_.z >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v7_3 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_3_.w >> 4u) & 252645135u) | (((u0_3_.w >> ((((p0_ % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            uint at0_3 = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 0u;
            uint _e1775 = (at0_3 % 4u) * 8u;
            float scale0_3 = _e290 * static_cast<float>(metal::extract_bits(as_type<int>(h0_3_[at0_3 / 4u]), metal::min(_e1775, 32u), metal::min(8u, 32u - metal::min(_e1775, 32u))));
            float less0_3 = scale0_3 * 32.0;
            uint at1_3 = ((((p0_ % 8u) / 4u) * 8u) + (p0_ % 4u)) + 4u;
            uint _e1800 = (at1_3 % 4u) * 8u;
            float scale1_3 = _e290 * static_cast<float>(metal::extract_bits(as_type<int>(h0_3_[at1_3 / 4u]), metal::min(_e1800, 32u), metal::min(8u, 32u - metal::min(_e1800, 32u))));
            float less1_3 = scale1_3 * 32.0;
            {
                float _e1811 = t_6;
                t_6 = metal::fma(v0_3.x, a0_0_.x, _e1811);
                float _e1815 = t_6;
                t_6 = metal::fma(v0_3.y, a0_0_.y, _e1815);
                float _e1819 = t_6;
                t_6 = metal::fma(v0_3.z, a0_0_.z, _e1819);
                float _e1823 = t_6;
                t_6 = metal::fma(v0_3.w, a0_0_.w, _e1823);
                float _e1827 = t_6;
                t_6 = metal::fma(v1_3.x, a0_1_.x, _e1827);
                float _e1831 = t_6;
                t_6 = metal::fma(v1_3.y, a0_1_.y, _e1831);
                float _e1835 = t_6;
                t_6 = metal::fma(v1_3.z, a0_1_.z, _e1835);
                float _e1839 = t_6;
                t_6 = metal::fma(v1_3.w, a0_1_.w, _e1839);
                float _e1843 = t_6;
                t_6 = metal::fma(v2_3.x, a0_2_.x, _e1843);
                float _e1847 = t_6;
                t_6 = metal::fma(v2_3.y, a0_2_.y, _e1847);
                float _e1851 = t_6;
                t_6 = metal::fma(v2_3.z, a0_2_.z, _e1851);
                float _e1855 = t_6;
                t_6 = metal::fma(v2_3.w, a0_2_.w, _e1855);
                float _e1859 = t_6;
                t_6 = metal::fma(v3_3.x, a0_3_.x, _e1859);
                float _e1863 = t_6;
                t_6 = metal::fma(v3_3.y, a0_3_.y, _e1863);
                float _e1867 = t_6;
                t_6 = metal::fma(v3_3.z, a0_3_.z, _e1867);
                float _e1871 = t_6;
                t_6 = metal::fma(v3_3.w, a0_3_.w, _e1871);
                float _e1873 = t_6;
                float _e1874 = s3_0_;
                s3_0_ = metal::fma(scale0_3, _e1873, _e1874);
            }
            float _e1877 = s3_0_;
            s3_0_ = metal::fma(-(less0_3), t0_0_, _e1877);
            {
                float _e1883 = t_7;
                t_7 = metal::fma(v4_3.x, a0_4_.x, _e1883);
                float _e1887 = t_7;
                t_7 = metal::fma(v4_3.y, a0_4_.y, _e1887);
                float _e1891 = t_7;
                t_7 = metal::fma(v4_3.z, a0_4_.z, _e1891);
                float _e1895 = t_7;
                t_7 = metal::fma(v4_3.w, a0_4_.w, _e1895);
                float _e1899 = t_7;
                t_7 = metal::fma(v5_3.x, a0_5_.x, _e1899);
                float _e1903 = t_7;
                t_7 = metal::fma(v5_3.y, a0_5_.y, _e1903);
                float _e1907 = t_7;
                t_7 = metal::fma(v5_3.z, a0_5_.z, _e1907);
                float _e1911 = t_7;
                t_7 = metal::fma(v5_3.w, a0_5_.w, _e1911);
                float _e1915 = t_7;
                t_7 = metal::fma(v6_3.x, a0_6_.x, _e1915);
                float _e1919 = t_7;
                t_7 = metal::fma(v6_3.y, a0_6_.y, _e1919);
                float _e1923 = t_7;
                t_7 = metal::fma(v6_3.z, a0_6_.z, _e1923);
                float _e1927 = t_7;
                t_7 = metal::fma(v6_3.w, a0_6_.w, _e1927);
                float _e1931 = t_7;
                t_7 = metal::fma(v7_3.x, a0_7_.x, _e1931);
                float _e1935 = t_7;
                t_7 = metal::fma(v7_3.y, a0_7_.y, _e1935);
                float _e1939 = t_7;
                t_7 = metal::fma(v7_3.z, a0_7_.z, _e1939);
                float _e1943 = t_7;
                t_7 = metal::fma(v7_3.w, a0_7_.w, _e1943);
                float _e1945 = t_7;
                float _e1946 = s3_0_;
                s3_0_ = metal::fma(scale1_3, _e1945, _e1946);
            }
            float _e1949 = s3_0_;
            s3_0_ = metal::fma(-(less1_3), t0_1_, _e1949);
        }
    }
    {
        float _e1951 = s0_0_;
        float unnamed = metal::simd_sum(_e1951);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 0u] = unnamed;
        }
    }
    {
        float _e1961 = s1_0_;
        float unnamed_1 = metal::simd_sum(_e1961);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 1u] = unnamed_1;
        }
    }
    {
        float _e1971 = s2_0_;
        float unnamed_2 = metal::simd_sum(_e1971);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 2u] = unnamed_2;
        }
    }
    {
        float _e1981 = s3_0_;
        float unnamed_3 = metal::simd_sum(_e1981);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 3u] = unnamed_3;
        }
    }
    {
        float _e1991 = q0_;
        float unnamed_4 = metal::simd_sum(_e1991);
        if (lane == 0u) {
            squares.inner[(subgroup * 1u) + 0u] = unnamed_4;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e2135 = i;
            i = _e2135 + 256u;
        }
        loop_init = false;
        uint _e2002 = i;
        if (_e2002 < 8u) {
        } else {
            break;
        }
        {
            uint _e2005 = i;
            uint own = _e2005 / 2u;
            uint _e2008 = i;
            uint m = (_e2008 % 2u) / 1u;
            uint _e2013 = i;
            uint r = _e2013 % 1u;
            uint n = ((group * 8u) + (own * 2u)) + m;
            uint row = 0u + r;
            if (n < 384u) {
                local = row < live;
            } else {
                local = false;
            }
            bool _e2029 = local;
            if (_e2029) {
                float _e2039 = squares.inner[(((own * 2u) + 0u) * 1u) + r];
                float _e2049 = squares.inner[(((own * 2u) + 1u) * 1u) + r];
                float factor = metal::rsqrt(((_e2039 + _e2049) / 512.0) + 0.00001);
                float _e2068 = parts.inner[((((own * 2u) + 0u) * 4u) + (m * 1u)) + r];
                float _e2081 = parts.inner[((((own * 2u) + 1u) * 4u) + (m * 1u)) + r];
                float _e2086 = bias[n];
                float gate = ((_e2068 + _e2081) * factor) + _e2086;
                float _e2102 = parts.inner[((((own * 2u) + 0u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e2117 = parts.inner[((((own * 2u) + 1u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e2124 = bias[n + 384u];
                float up = ((_e2102 + _e2117) * factor) + _e2124;
                uint to = ((row * 384u) + n) + 0u;
                float _e2133 = bent(gate);
                y[to] = _e2133 * up;
            }
        }
    }
    return;
}
