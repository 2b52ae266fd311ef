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
    bool own0_ = ((0u + (part * 32u)) + lane) <= 31u;
    uint p0_ = metal::min((0u + (part * 32u)) + lane, 31u);
    metal::uint4 w0_0_ = w[(n0_ * 32u) + p0_];
    float _e87 = scale_of((n0_ * 16u) + (p0_ / 2u), scales, _buffer_sizes);
    metal::uint4 w0_1_ = w[(n1_ * 32u) + p0_];
    float _e99 = scale_of((n1_ * 16u) + (p0_ / 2u), scales, _buffer_sizes);
    metal::uint4 w0_2_ = w[(n2_ * 32u) + p0_];
    float _e111 = scale_of((n2_ * 16u) + (p0_ / 2u), scales, _buffer_sizes);
    metal::uint4 w0_3_ = w[(n3_ * 32u) + p0_];
    float _e123 = scale_of((n3_ * 16u) + (p0_ / 2u), scales, _buffer_sizes);
    c = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e159 = c;
            c = _e159 + 256u;
        }
        loop_init = false;
        uint _e125 = c;
        if (_e125 < 128u) {
        } else {
            break;
        }
        {
            {
                uint _e129 = c;
                metal::float4 _e132 = x_1[x0_ + _e129];
                value = _e132;
                float _e134 = q0_;
                metal::float4 _e135 = value;
                metal::float4 _e136 = value;
                q0_ = _e134 + metal::dot(_e135, _e136);
                metal::float4 _e139 = value;
                uint _e141 = c;
                metal::float4 _e143 = gain[_e141];
                value = _e139 * _e143;
                uint _e147 = c;
                uint _e153 = c;
                metal::float4 _e158 = value;
                staged.inner[(0u + ((_e147 % 4u) * 32u)) + (_e153 / 4u)] = _e158;
            }
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    {
        metal::float4 _e167 = staged.inner[0u + p0_];
        metal::float4 a0_0_ = own0_ ? _e167 : metal::float4 {};
        metal::float4 _e174 = staged.inner[32u + p0_];
        metal::float4 a0_1_ = own0_ ? _e174 : metal::float4 {};
        metal::float4 _e181 = staged.inner[64u + p0_];
        metal::float4 a0_2_ = own0_ ? _e181 : metal::float4 {};
        metal::float4 _e188 = staged.inner[96u + p0_];
        metal::float4 a0_3_ = own0_ ? _e188 : metal::float4 {};
        {
            metal::float4 v0_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_0_.x)));
            metal::float4 v1_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_0_.y)));
            metal::float4 v2_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_0_.z)));
            metal::float4 v3_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_0_.w)));
            {
                float _e206 = t;
                t = metal::fma(v0_.x, a0_0_.x, _e206);
                float _e210 = t;
                t = metal::fma(v0_.y, a0_0_.y, _e210);
                float _e214 = t;
                t = metal::fma(v0_.z, a0_0_.z, _e214);
                float _e218 = t;
                t = metal::fma(v0_.w, a0_0_.w, _e218);
                float _e222 = t;
                t = metal::fma(v1_.x, a0_1_.x, _e222);
                float _e226 = t;
                t = metal::fma(v1_.y, a0_1_.y, _e226);
                float _e230 = t;
                t = metal::fma(v1_.z, a0_1_.z, _e230);
                float _e234 = t;
                t = metal::fma(v1_.w, a0_1_.w, _e234);
                float _e238 = t;
                t = metal::fma(v2_.x, a0_2_.x, _e238);
                float _e242 = t;
                t = metal::fma(v2_.y, a0_2_.y, _e242);
                float _e246 = t;
                t = metal::fma(v2_.z, a0_2_.z, _e246);
                float _e250 = t;
                t = metal::fma(v2_.w, a0_2_.w, _e250);
                float _e254 = t;
                t = metal::fma(v3_.x, a0_3_.x, _e254);
                float _e258 = t;
                t = metal::fma(v3_.y, a0_3_.y, _e258);
                float _e262 = t;
                t = metal::fma(v3_.z, a0_3_.z, _e262);
                float _e266 = t;
                t = metal::fma(v3_.w, a0_3_.w, _e266);
                float _e268 = t;
                float _e269 = s0_0_;
                s0_0_ = metal::fma(_e87, _e268, _e269);
            }
        }
        {
            metal::float4 v0_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1_.x)));
            metal::float4 v1_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1_.y)));
            metal::float4 v2_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1_.z)));
            metal::float4 v3_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1_.w)));
            {
                float _e287 = t_1;
                t_1 = metal::fma(v0_1.x, a0_0_.x, _e287);
                float _e291 = t_1;
                t_1 = metal::fma(v0_1.y, a0_0_.y, _e291);
                float _e295 = t_1;
                t_1 = metal::fma(v0_1.z, a0_0_.z, _e295);
                float _e299 = t_1;
                t_1 = metal::fma(v0_1.w, a0_0_.w, _e299);
                float _e303 = t_1;
                t_1 = metal::fma(v1_1.x, a0_1_.x, _e303);
                float _e307 = t_1;
                t_1 = metal::fma(v1_1.y, a0_1_.y, _e307);
                float _e311 = t_1;
                t_1 = metal::fma(v1_1.z, a0_1_.z, _e311);
                float _e315 = t_1;
                t_1 = metal::fma(v1_1.w, a0_1_.w, _e315);
                float _e319 = t_1;
                t_1 = metal::fma(v2_1.x, a0_2_.x, _e319);
                float _e323 = t_1;
                t_1 = metal::fma(v2_1.y, a0_2_.y, _e323);
                float _e327 = t_1;
                t_1 = metal::fma(v2_1.z, a0_2_.z, _e327);
                float _e331 = t_1;
                t_1 = metal::fma(v2_1.w, a0_2_.w, _e331);
                float _e335 = t_1;
                t_1 = metal::fma(v3_1.x, a0_3_.x, _e335);
                float _e339 = t_1;
                t_1 = metal::fma(v3_1.y, a0_3_.y, _e339);
                float _e343 = t_1;
                t_1 = metal::fma(v3_1.z, a0_3_.z, _e343);
                float _e347 = t_1;
                t_1 = metal::fma(v3_1.w, a0_3_.w, _e347);
                float _e349 = t_1;
                float _e350 = s1_0_;
                s1_0_ = metal::fma(_e99, _e349, _e350);
            }
        }
        {
            metal::float4 v0_2 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_2_.x)));
            metal::float4 v1_2 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_2_.y)));
            metal::float4 v2_2 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_2_.z)));
            metal::float4 v3_2 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_2_.w)));
            {
                float _e368 = t_2;
                t_2 = metal::fma(v0_2.x, a0_0_.x, _e368);
                float _e372 = t_2;
                t_2 = metal::fma(v0_2.y, a0_0_.y, _e372);
                float _e376 = t_2;
                t_2 = metal::fma(v0_2.z, a0_0_.z, _e376);
                float _e380 = t_2;
                t_2 = metal::fma(v0_2.w, a0_0_.w, _e380);
                float _e384 = t_2;
                t_2 = metal::fma(v1_2.x, a0_1_.x, _e384);
                float _e388 = t_2;
                t_2 = metal::fma(v1_2.y, a0_1_.y, _e388);
                float _e392 = t_2;
                t_2 = metal::fma(v1_2.z, a0_1_.z, _e392);
                float _e396 = t_2;
                t_2 = metal::fma(v1_2.w, a0_1_.w, _e396);
                float _e400 = t_2;
                t_2 = metal::fma(v2_2.x, a0_2_.x, _e400);
                float _e404 = t_2;
                t_2 = metal::fma(v2_2.y, a0_2_.y, _e404);
                float _e408 = t_2;
                t_2 = metal::fma(v2_2.z, a0_2_.z, _e408);
                float _e412 = t_2;
                t_2 = metal::fma(v2_2.w, a0_2_.w, _e412);
                float _e416 = t_2;
                t_2 = metal::fma(v3_2.x, a0_3_.x, _e416);
                float _e420 = t_2;
                t_2 = metal::fma(v3_2.y, a0_3_.y, _e420);
                float _e424 = t_2;
                t_2 = metal::fma(v3_2.z, a0_3_.z, _e424);
                float _e428 = t_2;
                t_2 = metal::fma(v3_2.w, a0_3_.w, _e428);
                float _e430 = t_2;
                float _e431 = s2_0_;
                s2_0_ = metal::fma(_e111, _e430, _e431);
            }
        }
        {
            metal::float4 v0_3 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_3_.x)));
            metal::float4 v1_3 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_3_.y)));
            metal::float4 v2_3 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_3_.z)));
            metal::float4 v3_3 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_3_.w)));
            {
                float _e449 = t_3;
                t_3 = metal::fma(v0_3.x, a0_0_.x, _e449);
                float _e453 = t_3;
                t_3 = metal::fma(v0_3.y, a0_0_.y, _e453);
                float _e457 = t_3;
                t_3 = metal::fma(v0_3.z, a0_0_.z, _e457);
                float _e461 = t_3;
                t_3 = metal::fma(v0_3.w, a0_0_.w, _e461);
                float _e465 = t_3;
                t_3 = metal::fma(v1_3.x, a0_1_.x, _e465);
                float _e469 = t_3;
                t_3 = metal::fma(v1_3.y, a0_1_.y, _e469);
                float _e473 = t_3;
                t_3 = metal::fma(v1_3.z, a0_1_.z, _e473);
                float _e477 = t_3;
                t_3 = metal::fma(v1_3.w, a0_1_.w, _e477);
                float _e481 = t_3;
                t_3 = metal::fma(v2_3.x, a0_2_.x, _e481);
                float _e485 = t_3;
                t_3 = metal::fma(v2_3.y, a0_2_.y, _e485);
                float _e489 = t_3;
                t_3 = metal::fma(v2_3.z, a0_2_.z, _e489);
                float _e493 = t_3;
                t_3 = metal::fma(v2_3.w, a0_2_.w, _e493);
                float _e497 = t_3;
                t_3 = metal::fma(v3_3.x, a0_3_.x, _e497);
                float _e501 = t_3;
                t_3 = metal::fma(v3_3.y, a0_3_.y, _e501);
                float _e505 = t_3;
                t_3 = metal::fma(v3_3.z, a0_3_.z, _e505);
                float _e509 = t_3;
                t_3 = metal::fma(v3_3.w, a0_3_.w, _e509);
                float _e511 = t_3;
                float _e512 = s3_0_;
                s3_0_ = metal::fma(_e123, _e511, _e512);
            }
        }
    }
    {
        float _e514 = s0_0_;
        float unnamed = metal::simd_sum(_e514);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 0u] = unnamed;
        }
    }
    {
        float _e524 = s1_0_;
        float unnamed_1 = metal::simd_sum(_e524);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 1u] = unnamed_1;
        }
    }
    {
        float _e534 = s2_0_;
        float unnamed_2 = metal::simd_sum(_e534);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 2u] = unnamed_2;
        }
    }
    {
        float _e544 = s3_0_;
        float unnamed_3 = metal::simd_sum(_e544);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 3u] = unnamed_3;
        }
    }
    {
        float _e554 = q0_;
        float unnamed_4 = metal::simd_sum(_e554);
        if (lane == 0u) {
            squares.inner[(subgroup * 1u) + 0u] = unnamed_4;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e724 = i;
            i = _e724 + 256u;
        }
        loop_init_1 = false;
        uint _e565 = i;
        if (_e565 < 8u) {
        } else {
            break;
        }
        {
            uint _e568 = i;
            uint own = _e568 / 2u;
            uint _e571 = i;
            uint m = (_e571 % 2u) / 1u;
            uint _e576 = i;
            uint r = _e576 % 1u;
            uint n = ((group * 8u) + (own * 2u)) + m;
            uint row = 0u + r;
            if (n < 384u) {
                local = row < live;
            } else {
                local = false;
            }
            bool _e592 = local;
            if (_e592) {
                float _e597 = squares.inner[0u + r];
                float _e602 = squares.inner[1u + r];
                float _e608 = squares.inner[2u + r];
                float _e614 = squares.inner[3u + r];
                float _e620 = squares.inner[4u + r];
                float _e626 = squares.inner[5u + r];
                float _e632 = squares.inner[6u + r];
                float _e638 = squares.inner[7u + r];
                float factor = metal::rsqrt(((((((((_e597 + _e602) + _e608) + _e614) + _e620) + _e626) + _e632) + _e638) / 512.0) + 0.00001);
                float _e657 = parts.inner[((((own * 2u) + 0u) * 4u) + (m * 1u)) + r];
                float _e670 = parts.inner[((((own * 2u) + 1u) * 4u) + (m * 1u)) + r];
                float _e675 = bias[n];
                float gate = ((_e657 + _e670) * factor) + _e675;
                float _e691 = parts.inner[((((own * 2u) + 0u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e706 = parts.inner[((((own * 2u) + 1u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e713 = bias[n + 384u];
                float up = ((_e691 + _e706) * factor) + _e713;
                uint to = ((row * 384u) + n) + 0u;
                float _e722 = bent(gate);
                y[to] = _e722 * up;
            }
        }
    }
    return;
}
