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
struct type_8 {
    float inner[32];
};
struct type_9 {
    float inner[8];
};

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
, threadgroup type_8& parts
, threadgroup type_9& squares
, constant _mslBufferSizes& _buffer_sizes [[buffer(6)]]
) {
    float s0_0_ = 0.0;
    float s1_0_ = 0.0;
    float s2_0_ = 0.0;
    float s3_0_ = 0.0;
    float q0_ = 0.0;
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
    uint c0_ = ((0u + 0u) + (part * 32u)) + lane;
    metal::uint4 w0_0_ = w[(n0_ * 128u) + c0_];
    metal::uint4 w0_1_ = w[(n1_ * 128u) + c0_];
    metal::uint4 w0_2_ = w[(n2_ * 128u) + c0_];
    metal::uint4 w0_3_ = w[(n3_ * 128u) + c0_];
    uint c0_1 = ((0u + 64u) + (part * 32u)) + lane;
    metal::uint4 w1_0_ = w[(n0_ * 128u) + c0_1];
    metal::uint4 w1_1_ = w[(n1_ * 128u) + c0_1];
    metal::uint4 w1_2_ = w[(n2_ * 128u) + c0_1];
    metal::uint4 w1_3_ = w[(n3_ * 128u) + c0_1];
    {
        metal::float4 g0_ = gain[c0_];
        metal::float4 raw0_0_ = x_1[x0_ + c0_];
        float _e130 = q0_;
        q0_ = _e130 + metal::dot(raw0_0_, raw0_0_);
        metal::float4 a0_0_ = raw0_0_ * g0_;
        {
            metal::float4 v0_ = as_type<metal::float4>(w0_0_);
            float _e137 = s0_0_;
            s0_0_ = metal::fma(v0_.x, a0_0_.x, _e137);
            float _e141 = s0_0_;
            s0_0_ = metal::fma(v0_.y, a0_0_.y, _e141);
            float _e145 = s0_0_;
            s0_0_ = metal::fma(v0_.z, a0_0_.z, _e145);
            float _e149 = s0_0_;
            s0_0_ = metal::fma(v0_.w, a0_0_.w, _e149);
        }
        {
            metal::float4 v0_1 = as_type<metal::float4>(w0_1_);
            float _e154 = s1_0_;
            s1_0_ = metal::fma(v0_1.x, a0_0_.x, _e154);
            float _e158 = s1_0_;
            s1_0_ = metal::fma(v0_1.y, a0_0_.y, _e158);
            float _e162 = s1_0_;
            s1_0_ = metal::fma(v0_1.z, a0_0_.z, _e162);
            float _e166 = s1_0_;
            s1_0_ = metal::fma(v0_1.w, a0_0_.w, _e166);
        }
        {
            metal::float4 v0_2 = as_type<metal::float4>(w0_2_);
            float _e171 = s2_0_;
            s2_0_ = metal::fma(v0_2.x, a0_0_.x, _e171);
            float _e175 = s2_0_;
            s2_0_ = metal::fma(v0_2.y, a0_0_.y, _e175);
            float _e179 = s2_0_;
            s2_0_ = metal::fma(v0_2.z, a0_0_.z, _e179);
            float _e183 = s2_0_;
            s2_0_ = metal::fma(v0_2.w, a0_0_.w, _e183);
        }
        {
            metal::float4 v0_3 = as_type<metal::float4>(w0_3_);
            float _e188 = s3_0_;
            s3_0_ = metal::fma(v0_3.x, a0_0_.x, _e188);
            float _e192 = s3_0_;
            s3_0_ = metal::fma(v0_3.y, a0_0_.y, _e192);
            float _e196 = s3_0_;
            s3_0_ = metal::fma(v0_3.z, a0_0_.z, _e196);
            float _e200 = s3_0_;
            s3_0_ = metal::fma(v0_3.w, a0_0_.w, _e200);
        }
    }
    {
        metal::float4 g0_1 = gain[c0_1];
        metal::float4 raw0_0_1 = x_1[x0_ + c0_1];
        float _e209 = q0_;
        q0_ = _e209 + metal::dot(raw0_0_1, raw0_0_1);
        metal::float4 a0_0_1 = raw0_0_1 * g0_1;
        {
            metal::float4 v0_4 = as_type<metal::float4>(w1_0_);
            float _e216 = s0_0_;
            s0_0_ = metal::fma(v0_4.x, a0_0_1.x, _e216);
            float _e220 = s0_0_;
            s0_0_ = metal::fma(v0_4.y, a0_0_1.y, _e220);
            float _e224 = s0_0_;
            s0_0_ = metal::fma(v0_4.z, a0_0_1.z, _e224);
            float _e228 = s0_0_;
            s0_0_ = metal::fma(v0_4.w, a0_0_1.w, _e228);
        }
        {
            metal::float4 v0_5 = as_type<metal::float4>(w1_1_);
            float _e233 = s1_0_;
            s1_0_ = metal::fma(v0_5.x, a0_0_1.x, _e233);
            float _e237 = s1_0_;
            s1_0_ = metal::fma(v0_5.y, a0_0_1.y, _e237);
            float _e241 = s1_0_;
            s1_0_ = metal::fma(v0_5.z, a0_0_1.z, _e241);
            float _e245 = s1_0_;
            s1_0_ = metal::fma(v0_5.w, a0_0_1.w, _e245);
        }
        {
            metal::float4 v0_6 = as_type<metal::float4>(w1_2_);
            float _e250 = s2_0_;
            s2_0_ = metal::fma(v0_6.x, a0_0_1.x, _e250);
            float _e254 = s2_0_;
            s2_0_ = metal::fma(v0_6.y, a0_0_1.y, _e254);
            float _e258 = s2_0_;
            s2_0_ = metal::fma(v0_6.z, a0_0_1.z, _e258);
            float _e262 = s2_0_;
            s2_0_ = metal::fma(v0_6.w, a0_0_1.w, _e262);
        }
        {
            metal::float4 v0_7 = as_type<metal::float4>(w1_3_);
            float _e267 = s3_0_;
            s3_0_ = metal::fma(v0_7.x, a0_0_1.x, _e267);
            float _e271 = s3_0_;
            s3_0_ = metal::fma(v0_7.y, a0_0_1.y, _e271);
            float _e275 = s3_0_;
            s3_0_ = metal::fma(v0_7.z, a0_0_1.z, _e275);
            float _e279 = s3_0_;
            s3_0_ = metal::fma(v0_7.w, a0_0_1.w, _e279);
        }
    }
    {
        float _e281 = s0_0_;
        float unnamed = metal::simd_sum(_e281);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 0u] = unnamed;
        }
    }
    {
        float _e291 = s1_0_;
        float unnamed_1 = metal::simd_sum(_e291);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 1u] = unnamed_1;
        }
    }
    {
        float _e301 = s2_0_;
        float unnamed_2 = metal::simd_sum(_e301);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 2u] = unnamed_2;
        }
    }
    {
        float _e311 = s3_0_;
        float unnamed_3 = metal::simd_sum(_e311);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 3u] = unnamed_3;
        }
    }
    {
        float _e321 = q0_;
        float unnamed_4 = metal::simd_sum(_e321);
        if (lane == 0u) {
            squares.inner[(subgroup * 1u) + 0u] = unnamed_4;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e465 = i;
            i = _e465 + 256u;
        }
        loop_init = false;
        uint _e332 = i;
        if (_e332 < 8u) {
        } else {
            break;
        }
        {
            uint _e335 = i;
            uint own = _e335 / 2u;
            uint _e338 = i;
            uint m = (_e338 % 2u) / 1u;
            uint _e343 = i;
            uint r = _e343 % 1u;
            uint n = ((group * 8u) + (own * 2u)) + m;
            uint row = 0u + r;
            if (n < 384u) {
                local = row < live;
            } else {
                local = false;
            }
            bool _e359 = local;
            if (_e359) {
                float _e369 = squares.inner[(((own * 2u) + 0u) * 1u) + r];
                float _e379 = squares.inner[(((own * 2u) + 1u) * 1u) + r];
                float factor = metal::rsqrt(((_e369 + _e379) / 512.0) + 0.00001);
                float _e398 = parts.inner[((((own * 2u) + 0u) * 4u) + (m * 1u)) + r];
                float _e411 = parts.inner[((((own * 2u) + 1u) * 4u) + (m * 1u)) + r];
                float _e416 = bias[n];
                float gate = ((_e398 + _e411) * factor) + _e416;
                float _e432 = parts.inner[((((own * 2u) + 0u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e447 = parts.inner[((((own * 2u) + 1u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e454 = bias[n + 384u];
                float up = ((_e432 + _e447) * factor) + _e454;
                uint to = ((row * 384u) + n) + 0u;
                float _e463 = bent(gate);
                y[to] = _e463 * up;
            }
        }
    }
    return;
}
