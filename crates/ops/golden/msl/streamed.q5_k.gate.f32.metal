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
    c = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e287 = c;
            c = _e287 + 256u;
        }
        loop_init = false;
        uint _e237 = c;
        if (_e237 < 128u) {
        } else {
            break;
        }
        {
            {
                uint _e241 = c;
                metal::float4 _e244 = x_1[x0_ + _e241];
                value = _e244;
                float _e246 = q0_;
                metal::float4 _e247 = value;
                metal::float4 _e248 = value;
                q0_ = _e246 + metal::dot(_e247, _e248);
                metal::float4 _e251 = value;
                uint _e253 = c;
                metal::float4 _e255 = gain[_e253];
                value = _e251 * _e255;
                uint _e259 = c;
                uint _e262 = c;
                uint _e273 = c;
                uint _e279 = c;
                metal::float4 _e286 = value;
                staged.inner[((0u + (((_e259 % 4u) + (((_e262 / 8u) % 2u) * 4u)) * 16u)) + ((_e273 / 16u) * 2u)) + ((_e279 / 4u) % 2u)] = _e286;
            }
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    {
        metal::float4 _e295 = staged.inner[0u + p0_];
        metal::float4 a0_0_ = own0_ ? _e295 : metal::float4 {};
        metal::float4 _e302 = staged.inner[16u + p0_];
        metal::float4 a0_1_ = own0_ ? _e302 : metal::float4 {};
        metal::float4 _e309 = staged.inner[32u + p0_];
        metal::float4 a0_2_ = own0_ ? _e309 : metal::float4 {};
        metal::float4 _e316 = staged.inner[48u + p0_];
        metal::float4 a0_3_ = own0_ ? _e316 : metal::float4 {};
        metal::float4 _e323 = staged.inner[64u + p0_];
        metal::float4 a0_4_ = own0_ ? _e323 : metal::float4 {};
        metal::float4 _e330 = staged.inner[80u + p0_];
        metal::float4 a0_5_ = own0_ ? _e330 : metal::float4 {};
        metal::float4 _e337 = staged.inner[96u + p0_];
        metal::float4 a0_6_ = own0_ ? _e337 : metal::float4 {};
        metal::float4 _e344 = staged.inner[112u + p0_];
        metal::float4 a0_7_ = own0_ ? _e344 : metal::float4 {};
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
            metal::float2 _e534 = scale_and_min(h0_0_, (((p0_ % 8u) / 2u) * 2u) + 0u);
            float scale0_ = _e534.x;
            float less0_ = _e534.y;
            metal::float2 _e545 = scale_and_min(h0_0_, (((p0_ % 8u) / 2u) * 2u) + 1u);
            float scale1_ = _e545.x;
            float less1_ = _e545.y;
            {
                float _e552 = t;
                t = metal::fma(v0_.x, a0_0_.x, _e552);
                float _e556 = t;
                t = metal::fma(v0_.y, a0_0_.y, _e556);
                float _e560 = t;
                t = metal::fma(v0_.z, a0_0_.z, _e560);
                float _e564 = t;
                t = metal::fma(v0_.w, a0_0_.w, _e564);
                float _e568 = t;
                t = metal::fma(v1_.x, a0_1_.x, _e568);
                float _e572 = t;
                t = metal::fma(v1_.y, a0_1_.y, _e572);
                float _e576 = t;
                t = metal::fma(v1_.z, a0_1_.z, _e576);
                float _e580 = t;
                t = metal::fma(v1_.w, a0_1_.w, _e580);
                float _e584 = t;
                t = metal::fma(v2_.x, a0_2_.x, _e584);
                float _e588 = t;
                t = metal::fma(v2_.y, a0_2_.y, _e588);
                float _e592 = t;
                t = metal::fma(v2_.z, a0_2_.z, _e592);
                float _e596 = t;
                t = metal::fma(v2_.w, a0_2_.w, _e596);
                float _e600 = t;
                t = metal::fma(v3_.x, a0_3_.x, _e600);
                float _e604 = t;
                t = metal::fma(v3_.y, a0_3_.y, _e604);
                float _e608 = t;
                t = metal::fma(v3_.z, a0_3_.z, _e608);
                float _e612 = t;
                t = metal::fma(v3_.w, a0_3_.w, _e612);
                float _e614 = t;
                float _e615 = s0_0_;
                s0_0_ = metal::fma(scale0_, _e614, _e615);
            }
            float _e618 = s0_0_;
            s0_0_ = metal::fma(-(less0_), t0_0_, _e618);
            {
                float _e624 = t_1;
                t_1 = metal::fma(v4_.x, a0_4_.x, _e624);
                float _e628 = t_1;
                t_1 = metal::fma(v4_.y, a0_4_.y, _e628);
                float _e632 = t_1;
                t_1 = metal::fma(v4_.z, a0_4_.z, _e632);
                float _e636 = t_1;
                t_1 = metal::fma(v4_.w, a0_4_.w, _e636);
                float _e640 = t_1;
                t_1 = metal::fma(v5_.x, a0_5_.x, _e640);
                float _e644 = t_1;
                t_1 = metal::fma(v5_.y, a0_5_.y, _e644);
                float _e648 = t_1;
                t_1 = metal::fma(v5_.z, a0_5_.z, _e648);
                float _e652 = t_1;
                t_1 = metal::fma(v5_.w, a0_5_.w, _e652);
                float _e656 = t_1;
                t_1 = metal::fma(v6_.x, a0_6_.x, _e656);
                float _e660 = t_1;
                t_1 = metal::fma(v6_.y, a0_6_.y, _e660);
                float _e664 = t_1;
                t_1 = metal::fma(v6_.z, a0_6_.z, _e664);
                float _e668 = t_1;
                t_1 = metal::fma(v6_.w, a0_6_.w, _e668);
                float _e672 = t_1;
                t_1 = metal::fma(v7_.x, a0_7_.x, _e672);
                float _e676 = t_1;
                t_1 = metal::fma(v7_.y, a0_7_.y, _e676);
                float _e680 = t_1;
                t_1 = metal::fma(v7_.z, a0_7_.z, _e680);
                float _e684 = t_1;
                t_1 = metal::fma(v7_.w, a0_7_.w, _e684);
                float _e686 = t_1;
                float _e687 = s0_0_;
                s0_0_ = metal::fma(scale1_, _e686, _e687);
            }
            float _e690 = s0_0_;
            s0_0_ = metal::fma(-(less1_), t0_1_, _e690);
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
            metal::float2 _e868 = scale_and_min(h0_1_, (((p0_ % 8u) / 2u) * 2u) + 0u);
            float scale0_1 = _e868.x;
            float less0_1 = _e868.y;
            metal::float2 _e879 = scale_and_min(h0_1_, (((p0_ % 8u) / 2u) * 2u) + 1u);
            float scale1_1 = _e879.x;
            float less1_1 = _e879.y;
            {
                float _e886 = t_2;
                t_2 = metal::fma(v0_1.x, a0_0_.x, _e886);
                float _e890 = t_2;
                t_2 = metal::fma(v0_1.y, a0_0_.y, _e890);
                float _e894 = t_2;
                t_2 = metal::fma(v0_1.z, a0_0_.z, _e894);
                float _e898 = t_2;
                t_2 = metal::fma(v0_1.w, a0_0_.w, _e898);
                float _e902 = t_2;
                t_2 = metal::fma(v1_1.x, a0_1_.x, _e902);
                float _e906 = t_2;
                t_2 = metal::fma(v1_1.y, a0_1_.y, _e906);
                float _e910 = t_2;
                t_2 = metal::fma(v1_1.z, a0_1_.z, _e910);
                float _e914 = t_2;
                t_2 = metal::fma(v1_1.w, a0_1_.w, _e914);
                float _e918 = t_2;
                t_2 = metal::fma(v2_1.x, a0_2_.x, _e918);
                float _e922 = t_2;
                t_2 = metal::fma(v2_1.y, a0_2_.y, _e922);
                float _e926 = t_2;
                t_2 = metal::fma(v2_1.z, a0_2_.z, _e926);
                float _e930 = t_2;
                t_2 = metal::fma(v2_1.w, a0_2_.w, _e930);
                float _e934 = t_2;
                t_2 = metal::fma(v3_1.x, a0_3_.x, _e934);
                float _e938 = t_2;
                t_2 = metal::fma(v3_1.y, a0_3_.y, _e938);
                float _e942 = t_2;
                t_2 = metal::fma(v3_1.z, a0_3_.z, _e942);
                float _e946 = t_2;
                t_2 = metal::fma(v3_1.w, a0_3_.w, _e946);
                float _e948 = t_2;
                float _e949 = s1_0_;
                s1_0_ = metal::fma(scale0_1, _e948, _e949);
            }
            float _e952 = s1_0_;
            s1_0_ = metal::fma(-(less0_1), t0_0_, _e952);
            {
                float _e958 = t_3;
                t_3 = metal::fma(v4_1.x, a0_4_.x, _e958);
                float _e962 = t_3;
                t_3 = metal::fma(v4_1.y, a0_4_.y, _e962);
                float _e966 = t_3;
                t_3 = metal::fma(v4_1.z, a0_4_.z, _e966);
                float _e970 = t_3;
                t_3 = metal::fma(v4_1.w, a0_4_.w, _e970);
                float _e974 = t_3;
                t_3 = metal::fma(v5_1.x, a0_5_.x, _e974);
                float _e978 = t_3;
                t_3 = metal::fma(v5_1.y, a0_5_.y, _e978);
                float _e982 = t_3;
                t_3 = metal::fma(v5_1.z, a0_5_.z, _e982);
                float _e986 = t_3;
                t_3 = metal::fma(v5_1.w, a0_5_.w, _e986);
                float _e990 = t_3;
                t_3 = metal::fma(v6_1.x, a0_6_.x, _e990);
                float _e994 = t_3;
                t_3 = metal::fma(v6_1.y, a0_6_.y, _e994);
                float _e998 = t_3;
                t_3 = metal::fma(v6_1.z, a0_6_.z, _e998);
                float _e1002 = t_3;
                t_3 = metal::fma(v6_1.w, a0_6_.w, _e1002);
                float _e1006 = t_3;
                t_3 = metal::fma(v7_1.x, a0_7_.x, _e1006);
                float _e1010 = t_3;
                t_3 = metal::fma(v7_1.y, a0_7_.y, _e1010);
                float _e1014 = t_3;
                t_3 = metal::fma(v7_1.z, a0_7_.z, _e1014);
                float _e1018 = t_3;
                t_3 = metal::fma(v7_1.w, a0_7_.w, _e1018);
                float _e1020 = t_3;
                float _e1021 = s1_0_;
                s1_0_ = metal::fma(scale1_1, _e1020, _e1021);
            }
            float _e1024 = s1_0_;
            s1_0_ = metal::fma(-(less1_1), t0_1_, _e1024);
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
            metal::float2 _e1202 = scale_and_min(h0_2_, (((p0_ % 8u) / 2u) * 2u) + 0u);
            float scale0_2 = _e1202.x;
            float less0_2 = _e1202.y;
            metal::float2 _e1213 = scale_and_min(h0_2_, (((p0_ % 8u) / 2u) * 2u) + 1u);
            float scale1_2 = _e1213.x;
            float less1_2 = _e1213.y;
            {
                float _e1220 = t_4;
                t_4 = metal::fma(v0_2.x, a0_0_.x, _e1220);
                float _e1224 = t_4;
                t_4 = metal::fma(v0_2.y, a0_0_.y, _e1224);
                float _e1228 = t_4;
                t_4 = metal::fma(v0_2.z, a0_0_.z, _e1228);
                float _e1232 = t_4;
                t_4 = metal::fma(v0_2.w, a0_0_.w, _e1232);
                float _e1236 = t_4;
                t_4 = metal::fma(v1_2.x, a0_1_.x, _e1236);
                float _e1240 = t_4;
                t_4 = metal::fma(v1_2.y, a0_1_.y, _e1240);
                float _e1244 = t_4;
                t_4 = metal::fma(v1_2.z, a0_1_.z, _e1244);
                float _e1248 = t_4;
                t_4 = metal::fma(v1_2.w, a0_1_.w, _e1248);
                float _e1252 = t_4;
                t_4 = metal::fma(v2_2.x, a0_2_.x, _e1252);
                float _e1256 = t_4;
                t_4 = metal::fma(v2_2.y, a0_2_.y, _e1256);
                float _e1260 = t_4;
                t_4 = metal::fma(v2_2.z, a0_2_.z, _e1260);
                float _e1264 = t_4;
                t_4 = metal::fma(v2_2.w, a0_2_.w, _e1264);
                float _e1268 = t_4;
                t_4 = metal::fma(v3_2.x, a0_3_.x, _e1268);
                float _e1272 = t_4;
                t_4 = metal::fma(v3_2.y, a0_3_.y, _e1272);
                float _e1276 = t_4;
                t_4 = metal::fma(v3_2.z, a0_3_.z, _e1276);
                float _e1280 = t_4;
                t_4 = metal::fma(v3_2.w, a0_3_.w, _e1280);
                float _e1282 = t_4;
                float _e1283 = s2_0_;
                s2_0_ = metal::fma(scale0_2, _e1282, _e1283);
            }
            float _e1286 = s2_0_;
            s2_0_ = metal::fma(-(less0_2), t0_0_, _e1286);
            {
                float _e1292 = t_5;
                t_5 = metal::fma(v4_2.x, a0_4_.x, _e1292);
                float _e1296 = t_5;
                t_5 = metal::fma(v4_2.y, a0_4_.y, _e1296);
                float _e1300 = t_5;
                t_5 = metal::fma(v4_2.z, a0_4_.z, _e1300);
                float _e1304 = t_5;
                t_5 = metal::fma(v4_2.w, a0_4_.w, _e1304);
                float _e1308 = t_5;
                t_5 = metal::fma(v5_2.x, a0_5_.x, _e1308);
                float _e1312 = t_5;
                t_5 = metal::fma(v5_2.y, a0_5_.y, _e1312);
                float _e1316 = t_5;
                t_5 = metal::fma(v5_2.z, a0_5_.z, _e1316);
                float _e1320 = t_5;
                t_5 = metal::fma(v5_2.w, a0_5_.w, _e1320);
                float _e1324 = t_5;
                t_5 = metal::fma(v6_2.x, a0_6_.x, _e1324);
                float _e1328 = t_5;
                t_5 = metal::fma(v6_2.y, a0_6_.y, _e1328);
                float _e1332 = t_5;
                t_5 = metal::fma(v6_2.z, a0_6_.z, _e1332);
                float _e1336 = t_5;
                t_5 = metal::fma(v6_2.w, a0_6_.w, _e1336);
                float _e1340 = t_5;
                t_5 = metal::fma(v7_2.x, a0_7_.x, _e1340);
                float _e1344 = t_5;
                t_5 = metal::fma(v7_2.y, a0_7_.y, _e1344);
                float _e1348 = t_5;
                t_5 = metal::fma(v7_2.z, a0_7_.z, _e1348);
                float _e1352 = t_5;
                t_5 = metal::fma(v7_2.w, a0_7_.w, _e1352);
                float _e1354 = t_5;
                float _e1355 = s2_0_;
                s2_0_ = metal::fma(scale1_2, _e1354, _e1355);
            }
            float _e1358 = s2_0_;
            s2_0_ = metal::fma(-(less1_2), t0_1_, _e1358);
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
            metal::float2 _e1536 = scale_and_min(h0_3_, (((p0_ % 8u) / 2u) * 2u) + 0u);
            float scale0_3 = _e1536.x;
            float less0_3 = _e1536.y;
            metal::float2 _e1547 = scale_and_min(h0_3_, (((p0_ % 8u) / 2u) * 2u) + 1u);
            float scale1_3 = _e1547.x;
            float less1_3 = _e1547.y;
            {
                float _e1554 = t_6;
                t_6 = metal::fma(v0_3.x, a0_0_.x, _e1554);
                float _e1558 = t_6;
                t_6 = metal::fma(v0_3.y, a0_0_.y, _e1558);
                float _e1562 = t_6;
                t_6 = metal::fma(v0_3.z, a0_0_.z, _e1562);
                float _e1566 = t_6;
                t_6 = metal::fma(v0_3.w, a0_0_.w, _e1566);
                float _e1570 = t_6;
                t_6 = metal::fma(v1_3.x, a0_1_.x, _e1570);
                float _e1574 = t_6;
                t_6 = metal::fma(v1_3.y, a0_1_.y, _e1574);
                float _e1578 = t_6;
                t_6 = metal::fma(v1_3.z, a0_1_.z, _e1578);
                float _e1582 = t_6;
                t_6 = metal::fma(v1_3.w, a0_1_.w, _e1582);
                float _e1586 = t_6;
                t_6 = metal::fma(v2_3.x, a0_2_.x, _e1586);
                float _e1590 = t_6;
                t_6 = metal::fma(v2_3.y, a0_2_.y, _e1590);
                float _e1594 = t_6;
                t_6 = metal::fma(v2_3.z, a0_2_.z, _e1594);
                float _e1598 = t_6;
                t_6 = metal::fma(v2_3.w, a0_2_.w, _e1598);
                float _e1602 = t_6;
                t_6 = metal::fma(v3_3.x, a0_3_.x, _e1602);
                float _e1606 = t_6;
                t_6 = metal::fma(v3_3.y, a0_3_.y, _e1606);
                float _e1610 = t_6;
                t_6 = metal::fma(v3_3.z, a0_3_.z, _e1610);
                float _e1614 = t_6;
                t_6 = metal::fma(v3_3.w, a0_3_.w, _e1614);
                float _e1616 = t_6;
                float _e1617 = s3_0_;
                s3_0_ = metal::fma(scale0_3, _e1616, _e1617);
            }
            float _e1620 = s3_0_;
            s3_0_ = metal::fma(-(less0_3), t0_0_, _e1620);
            {
                float _e1626 = t_7;
                t_7 = metal::fma(v4_3.x, a0_4_.x, _e1626);
                float _e1630 = t_7;
                t_7 = metal::fma(v4_3.y, a0_4_.y, _e1630);
                float _e1634 = t_7;
                t_7 = metal::fma(v4_3.z, a0_4_.z, _e1634);
                float _e1638 = t_7;
                t_7 = metal::fma(v4_3.w, a0_4_.w, _e1638);
                float _e1642 = t_7;
                t_7 = metal::fma(v5_3.x, a0_5_.x, _e1642);
                float _e1646 = t_7;
                t_7 = metal::fma(v5_3.y, a0_5_.y, _e1646);
                float _e1650 = t_7;
                t_7 = metal::fma(v5_3.z, a0_5_.z, _e1650);
                float _e1654 = t_7;
                t_7 = metal::fma(v5_3.w, a0_5_.w, _e1654);
                float _e1658 = t_7;
                t_7 = metal::fma(v6_3.x, a0_6_.x, _e1658);
                float _e1662 = t_7;
                t_7 = metal::fma(v6_3.y, a0_6_.y, _e1662);
                float _e1666 = t_7;
                t_7 = metal::fma(v6_3.z, a0_6_.z, _e1666);
                float _e1670 = t_7;
                t_7 = metal::fma(v6_3.w, a0_6_.w, _e1670);
                float _e1674 = t_7;
                t_7 = metal::fma(v7_3.x, a0_7_.x, _e1674);
                float _e1678 = t_7;
                t_7 = metal::fma(v7_3.y, a0_7_.y, _e1678);
                float _e1682 = t_7;
                t_7 = metal::fma(v7_3.z, a0_7_.z, _e1682);
                float _e1686 = t_7;
                t_7 = metal::fma(v7_3.w, a0_7_.w, _e1686);
                float _e1688 = t_7;
                float _e1689 = s3_0_;
                s3_0_ = metal::fma(scale1_3, _e1688, _e1689);
            }
            float _e1692 = s3_0_;
            s3_0_ = metal::fma(-(less1_3), t0_1_, _e1692);
        }
    }
    {
        float _e1694 = s0_0_;
        float unnamed = metal::simd_sum(_e1694);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 0u] = unnamed;
        }
    }
    {
        float _e1704 = s1_0_;
        float unnamed_1 = metal::simd_sum(_e1704);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 1u] = unnamed_1;
        }
    }
    {
        float _e1714 = s2_0_;
        float unnamed_2 = metal::simd_sum(_e1714);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 2u] = unnamed_2;
        }
    }
    {
        float _e1724 = s3_0_;
        float unnamed_3 = metal::simd_sum(_e1724);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 3u] = unnamed_3;
        }
    }
    {
        float _e1734 = q0_;
        float unnamed_4 = metal::simd_sum(_e1734);
        if (lane == 0u) {
            squares.inner[(subgroup * 1u) + 0u] = unnamed_4;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e1904 = i;
            i = _e1904 + 256u;
        }
        loop_init_1 = false;
        uint _e1745 = i;
        if (_e1745 < 8u) {
        } else {
            break;
        }
        {
            uint _e1748 = i;
            uint own = _e1748 / 2u;
            uint _e1751 = i;
            uint m = (_e1751 % 2u) / 1u;
            uint _e1756 = i;
            uint r = _e1756 % 1u;
            uint n = ((group * 8u) + (own * 2u)) + m;
            uint row = 0u + r;
            if (n < 384u) {
                local = row < live;
            } else {
                local = false;
            }
            bool _e1772 = local;
            if (_e1772) {
                float _e1777 = squares.inner[0u + r];
                float _e1782 = squares.inner[1u + r];
                float _e1788 = squares.inner[2u + r];
                float _e1794 = squares.inner[3u + r];
                float _e1800 = squares.inner[4u + r];
                float _e1806 = squares.inner[5u + r];
                float _e1812 = squares.inner[6u + r];
                float _e1818 = squares.inner[7u + r];
                float factor = metal::rsqrt(((((((((_e1777 + _e1782) + _e1788) + _e1794) + _e1800) + _e1806) + _e1812) + _e1818) / 512.0) + 0.00001);
                float _e1837 = parts.inner[((((own * 2u) + 0u) * 4u) + (m * 1u)) + r];
                float _e1850 = parts.inner[((((own * 2u) + 1u) * 4u) + (m * 1u)) + r];
                float _e1855 = bias[n];
                float gate = ((_e1837 + _e1850) * factor) + _e1855;
                float _e1871 = parts.inner[((((own * 2u) + 0u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e1886 = parts.inner[((((own * 2u) + 1u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e1893 = bias[n + 384u];
                float up = ((_e1871 + _e1886) * factor) + _e1893;
                uint to = ((row * 384u) + n) + 0u;
                float _e1902 = bent(gate);
                y[to] = _e1902 * up;
            }
        }
    }
    return;
}
