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
    bool own0_ = (((0u + 0u) + (part * 32u)) + lane) < 32u;
    uint p0_ = metal::min(((0u + 0u) + (part * 32u)) + lane, 31u);
    metal::uint4 w0_0_ = w[(n0_ * 32u) + p0_];
    float _e90 = scale_of((n0_ * 16u) + (p0_ / 2u), scales, _buffer_sizes);
    metal::uint4 w0_1_ = w[(n1_ * 32u) + p0_];
    float _e102 = scale_of((n1_ * 16u) + (p0_ / 2u), scales, _buffer_sizes);
    metal::uint4 w0_2_ = w[(n2_ * 32u) + p0_];
    float _e114 = scale_of((n2_ * 16u) + (p0_ / 2u), scales, _buffer_sizes);
    metal::uint4 w0_3_ = w[(n3_ * 32u) + p0_];
    float _e126 = scale_of((n3_ * 16u) + (p0_ / 2u), scales, _buffer_sizes);
    {
        uint c0_ = (p0_ * 4u) + 0u;
        metal::float4 g0_ = gain[c0_];
        uint c1_ = (p0_ * 4u) + 1u;
        metal::float4 g1_ = gain[c1_];
        uint c2_ = (p0_ * 4u) + 2u;
        metal::float4 g2_ = gain[c2_];
        uint c3_ = (p0_ * 4u) + 3u;
        metal::float4 g3_ = gain[c3_];
        metal::float4 _e159 = x_1[x0_ + c0_];
        metal::float4 raw0_0_ = own0_ ? _e159 : metal::float4 {};
        float _e161 = q0_;
        q0_ = _e161 + metal::dot(raw0_0_, raw0_0_);
        metal::float4 a0_0_ = raw0_0_ * g0_;
        metal::float4 _e169 = x_1[x0_ + c1_];
        metal::float4 raw0_1_ = own0_ ? _e169 : metal::float4 {};
        float _e171 = q0_;
        q0_ = _e171 + metal::dot(raw0_1_, raw0_1_);
        metal::float4 a0_1_ = raw0_1_ * g1_;
        metal::float4 _e179 = x_1[x0_ + c2_];
        metal::float4 raw0_2_ = own0_ ? _e179 : metal::float4 {};
        float _e181 = q0_;
        q0_ = _e181 + metal::dot(raw0_2_, raw0_2_);
        metal::float4 a0_2_ = raw0_2_ * g2_;
        metal::float4 _e189 = x_1[x0_ + c3_];
        metal::float4 raw0_3_ = own0_ ? _e189 : metal::float4 {};
        float _e191 = q0_;
        q0_ = _e191 + metal::dot(raw0_3_, raw0_3_);
        metal::float4 a0_3_ = raw0_3_ * g3_;
        {
            metal::float4 v0_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_0_.x)));
            metal::float4 v1_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_0_.y)));
            metal::float4 v2_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_0_.z)));
            metal::float4 v3_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_0_.w)));
            {
                float _e211 = t;
                t = metal::fma(v0_.x, a0_0_.x, _e211);
                float _e215 = t;
                t = metal::fma(v0_.y, a0_0_.y, _e215);
                float _e219 = t;
                t = metal::fma(v0_.z, a0_0_.z, _e219);
                float _e223 = t;
                t = metal::fma(v0_.w, a0_0_.w, _e223);
                float _e227 = t;
                t = metal::fma(v1_.x, a0_1_.x, _e227);
                float _e231 = t;
                t = metal::fma(v1_.y, a0_1_.y, _e231);
                float _e235 = t;
                t = metal::fma(v1_.z, a0_1_.z, _e235);
                float _e239 = t;
                t = metal::fma(v1_.w, a0_1_.w, _e239);
                float _e243 = t;
                t = metal::fma(v2_.x, a0_2_.x, _e243);
                float _e247 = t;
                t = metal::fma(v2_.y, a0_2_.y, _e247);
                float _e251 = t;
                t = metal::fma(v2_.z, a0_2_.z, _e251);
                float _e255 = t;
                t = metal::fma(v2_.w, a0_2_.w, _e255);
                float _e259 = t;
                t = metal::fma(v3_.x, a0_3_.x, _e259);
                float _e263 = t;
                t = metal::fma(v3_.y, a0_3_.y, _e263);
                float _e267 = t;
                t = metal::fma(v3_.z, a0_3_.z, _e267);
                float _e271 = t;
                t = metal::fma(v3_.w, a0_3_.w, _e271);
                float _e273 = t;
                float _e274 = s0_0_;
                s0_0_ = metal::fma(_e90, _e273, _e274);
            }
        }
        {
            metal::float4 v0_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1_.x)));
            metal::float4 v1_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1_.y)));
            metal::float4 v2_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1_.z)));
            metal::float4 v3_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1_.w)));
            {
                float _e292 = t_1;
                t_1 = metal::fma(v0_1.x, a0_0_.x, _e292);
                float _e296 = t_1;
                t_1 = metal::fma(v0_1.y, a0_0_.y, _e296);
                float _e300 = t_1;
                t_1 = metal::fma(v0_1.z, a0_0_.z, _e300);
                float _e304 = t_1;
                t_1 = metal::fma(v0_1.w, a0_0_.w, _e304);
                float _e308 = t_1;
                t_1 = metal::fma(v1_1.x, a0_1_.x, _e308);
                float _e312 = t_1;
                t_1 = metal::fma(v1_1.y, a0_1_.y, _e312);
                float _e316 = t_1;
                t_1 = metal::fma(v1_1.z, a0_1_.z, _e316);
                float _e320 = t_1;
                t_1 = metal::fma(v1_1.w, a0_1_.w, _e320);
                float _e324 = t_1;
                t_1 = metal::fma(v2_1.x, a0_2_.x, _e324);
                float _e328 = t_1;
                t_1 = metal::fma(v2_1.y, a0_2_.y, _e328);
                float _e332 = t_1;
                t_1 = metal::fma(v2_1.z, a0_2_.z, _e332);
                float _e336 = t_1;
                t_1 = metal::fma(v2_1.w, a0_2_.w, _e336);
                float _e340 = t_1;
                t_1 = metal::fma(v3_1.x, a0_3_.x, _e340);
                float _e344 = t_1;
                t_1 = metal::fma(v3_1.y, a0_3_.y, _e344);
                float _e348 = t_1;
                t_1 = metal::fma(v3_1.z, a0_3_.z, _e348);
                float _e352 = t_1;
                t_1 = metal::fma(v3_1.w, a0_3_.w, _e352);
                float _e354 = t_1;
                float _e355 = s1_0_;
                s1_0_ = metal::fma(_e102, _e354, _e355);
            }
        }
        {
            metal::float4 v0_2 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_2_.x)));
            metal::float4 v1_2 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_2_.y)));
            metal::float4 v2_2 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_2_.z)));
            metal::float4 v3_2 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_2_.w)));
            {
                float _e373 = t_2;
                t_2 = metal::fma(v0_2.x, a0_0_.x, _e373);
                float _e377 = t_2;
                t_2 = metal::fma(v0_2.y, a0_0_.y, _e377);
                float _e381 = t_2;
                t_2 = metal::fma(v0_2.z, a0_0_.z, _e381);
                float _e385 = t_2;
                t_2 = metal::fma(v0_2.w, a0_0_.w, _e385);
                float _e389 = t_2;
                t_2 = metal::fma(v1_2.x, a0_1_.x, _e389);
                float _e393 = t_2;
                t_2 = metal::fma(v1_2.y, a0_1_.y, _e393);
                float _e397 = t_2;
                t_2 = metal::fma(v1_2.z, a0_1_.z, _e397);
                float _e401 = t_2;
                t_2 = metal::fma(v1_2.w, a0_1_.w, _e401);
                float _e405 = t_2;
                t_2 = metal::fma(v2_2.x, a0_2_.x, _e405);
                float _e409 = t_2;
                t_2 = metal::fma(v2_2.y, a0_2_.y, _e409);
                float _e413 = t_2;
                t_2 = metal::fma(v2_2.z, a0_2_.z, _e413);
                float _e417 = t_2;
                t_2 = metal::fma(v2_2.w, a0_2_.w, _e417);
                float _e421 = t_2;
                t_2 = metal::fma(v3_2.x, a0_3_.x, _e421);
                float _e425 = t_2;
                t_2 = metal::fma(v3_2.y, a0_3_.y, _e425);
                float _e429 = t_2;
                t_2 = metal::fma(v3_2.z, a0_3_.z, _e429);
                float _e433 = t_2;
                t_2 = metal::fma(v3_2.w, a0_3_.w, _e433);
                float _e435 = t_2;
                float _e436 = s2_0_;
                s2_0_ = metal::fma(_e114, _e435, _e436);
            }
        }
        {
            metal::float4 v0_3 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_3_.x)));
            metal::float4 v1_3 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_3_.y)));
            metal::float4 v2_3 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_3_.z)));
            metal::float4 v3_3 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_3_.w)));
            {
                float _e454 = t_3;
                t_3 = metal::fma(v0_3.x, a0_0_.x, _e454);
                float _e458 = t_3;
                t_3 = metal::fma(v0_3.y, a0_0_.y, _e458);
                float _e462 = t_3;
                t_3 = metal::fma(v0_3.z, a0_0_.z, _e462);
                float _e466 = t_3;
                t_3 = metal::fma(v0_3.w, a0_0_.w, _e466);
                float _e470 = t_3;
                t_3 = metal::fma(v1_3.x, a0_1_.x, _e470);
                float _e474 = t_3;
                t_3 = metal::fma(v1_3.y, a0_1_.y, _e474);
                float _e478 = t_3;
                t_3 = metal::fma(v1_3.z, a0_1_.z, _e478);
                float _e482 = t_3;
                t_3 = metal::fma(v1_3.w, a0_1_.w, _e482);
                float _e486 = t_3;
                t_3 = metal::fma(v2_3.x, a0_2_.x, _e486);
                float _e490 = t_3;
                t_3 = metal::fma(v2_3.y, a0_2_.y, _e490);
                float _e494 = t_3;
                t_3 = metal::fma(v2_3.z, a0_2_.z, _e494);
                float _e498 = t_3;
                t_3 = metal::fma(v2_3.w, a0_2_.w, _e498);
                float _e502 = t_3;
                t_3 = metal::fma(v3_3.x, a0_3_.x, _e502);
                float _e506 = t_3;
                t_3 = metal::fma(v3_3.y, a0_3_.y, _e506);
                float _e510 = t_3;
                t_3 = metal::fma(v3_3.z, a0_3_.z, _e510);
                float _e514 = t_3;
                t_3 = metal::fma(v3_3.w, a0_3_.w, _e514);
                float _e516 = t_3;
                float _e517 = s3_0_;
                s3_0_ = metal::fma(_e126, _e516, _e517);
            }
        }
    }
    {
        float _e519 = s0_0_;
        float unnamed = metal::simd_sum(_e519);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 0u] = unnamed;
        }
    }
    {
        float _e529 = s1_0_;
        float unnamed_1 = metal::simd_sum(_e529);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 1u] = unnamed_1;
        }
    }
    {
        float _e539 = s2_0_;
        float unnamed_2 = metal::simd_sum(_e539);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 2u] = unnamed_2;
        }
    }
    {
        float _e549 = s3_0_;
        float unnamed_3 = metal::simd_sum(_e549);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 3u] = unnamed_3;
        }
    }
    {
        float _e559 = q0_;
        float unnamed_4 = metal::simd_sum(_e559);
        if (lane == 0u) {
            squares.inner[(subgroup * 1u) + 0u] = unnamed_4;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e703 = i;
            i = _e703 + 256u;
        }
        loop_init = false;
        uint _e570 = i;
        if (_e570 < 8u) {
        } else {
            break;
        }
        {
            uint _e573 = i;
            uint own = _e573 / 2u;
            uint _e576 = i;
            uint m = (_e576 % 2u) / 1u;
            uint _e581 = i;
            uint r = _e581 % 1u;
            uint n = ((group * 8u) + (own * 2u)) + m;
            uint row = 0u + r;
            if (n < 384u) {
                local = row < live;
            } else {
                local = false;
            }
            bool _e597 = local;
            if (_e597) {
                float _e607 = squares.inner[(((own * 2u) + 0u) * 1u) + r];
                float _e617 = squares.inner[(((own * 2u) + 1u) * 1u) + r];
                float factor = metal::rsqrt(((_e607 + _e617) / 512.0) + 0.00001);
                float _e636 = parts.inner[((((own * 2u) + 0u) * 4u) + (m * 1u)) + r];
                float _e649 = parts.inner[((((own * 2u) + 1u) * 4u) + (m * 1u)) + r];
                float _e654 = bias[n];
                float gate = ((_e636 + _e649) * factor) + _e654;
                float _e670 = parts.inner[((((own * 2u) + 0u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e685 = parts.inner[((((own * 2u) + 1u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e692 = bias[n + 384u];
                float up = ((_e670 + _e685) * factor) + _e692;
                uint to = ((row * 384u) + n) + 0u;
                float _e701 = bent(gate);
                y[to] = _e701 * up;
            }
        }
    }
    return;
}
