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
    uint p0_ = ((0u + 0u) + (part * 32u)) + lane;
    metal::uint4 w0_0_ = w[(n0_ * 64u) + p0_];
    metal::uint4 w0_1_ = w[(n1_ * 64u) + p0_];
    metal::uint4 w0_2_ = w[(n2_ * 64u) + p0_];
    metal::uint4 w0_3_ = w[(n3_ * 64u) + p0_];
    {
        uint c0_ = (p0_ * 2u) + 0u;
        metal::float4 g0_ = gain[c0_];
        uint c1_ = (p0_ * 2u) + 1u;
        metal::float4 g1_ = gain[c1_];
        metal::float4 raw0_0_ = x_1[x0_ + c0_];
        float _e111 = q0_;
        q0_ = _e111 + metal::dot(raw0_0_, raw0_0_);
        metal::float4 a0_0_ = raw0_0_ * g0_;
        metal::float4 raw0_1_ = x_1[x0_ + c1_];
        float _e119 = q0_;
        q0_ = _e119 + metal::dot(raw0_1_, raw0_1_);
        metal::float4 a0_1_ = raw0_1_ * g1_;
        {
            metal::float4 v0_ = metal::float4(float2(as_type<half2>(w0_0_.x)), float2(as_type<half2>(w0_0_.y)));
            metal::float4 v1_ = metal::float4(float2(as_type<half2>(w0_0_.z)), float2(as_type<half2>(w0_0_.w)));
            float _e135 = s0_0_;
            s0_0_ = metal::fma(v0_.x, a0_0_.x, _e135);
            float _e139 = s0_0_;
            s0_0_ = metal::fma(v0_.y, a0_0_.y, _e139);
            float _e143 = s0_0_;
            s0_0_ = metal::fma(v0_.z, a0_0_.z, _e143);
            float _e147 = s0_0_;
            s0_0_ = metal::fma(v0_.w, a0_0_.w, _e147);
            float _e151 = s0_0_;
            s0_0_ = metal::fma(v1_.x, a0_1_.x, _e151);
            float _e155 = s0_0_;
            s0_0_ = metal::fma(v1_.y, a0_1_.y, _e155);
            float _e159 = s0_0_;
            s0_0_ = metal::fma(v1_.z, a0_1_.z, _e159);
            float _e163 = s0_0_;
            s0_0_ = metal::fma(v1_.w, a0_1_.w, _e163);
        }
        {
            metal::float4 v0_1 = metal::float4(float2(as_type<half2>(w0_1_.x)), float2(as_type<half2>(w0_1_.y)));
            metal::float4 v1_1 = metal::float4(float2(as_type<half2>(w0_1_.z)), float2(as_type<half2>(w0_1_.w)));
            float _e177 = s1_0_;
            s1_0_ = metal::fma(v0_1.x, a0_0_.x, _e177);
            float _e181 = s1_0_;
            s1_0_ = metal::fma(v0_1.y, a0_0_.y, _e181);
            float _e185 = s1_0_;
            s1_0_ = metal::fma(v0_1.z, a0_0_.z, _e185);
            float _e189 = s1_0_;
            s1_0_ = metal::fma(v0_1.w, a0_0_.w, _e189);
            float _e193 = s1_0_;
            s1_0_ = metal::fma(v1_1.x, a0_1_.x, _e193);
            float _e197 = s1_0_;
            s1_0_ = metal::fma(v1_1.y, a0_1_.y, _e197);
            float _e201 = s1_0_;
            s1_0_ = metal::fma(v1_1.z, a0_1_.z, _e201);
            float _e205 = s1_0_;
            s1_0_ = metal::fma(v1_1.w, a0_1_.w, _e205);
        }
        {
            metal::float4 v0_2 = metal::float4(float2(as_type<half2>(w0_2_.x)), float2(as_type<half2>(w0_2_.y)));
            metal::float4 v1_2 = metal::float4(float2(as_type<half2>(w0_2_.z)), float2(as_type<half2>(w0_2_.w)));
            float _e219 = s2_0_;
            s2_0_ = metal::fma(v0_2.x, a0_0_.x, _e219);
            float _e223 = s2_0_;
            s2_0_ = metal::fma(v0_2.y, a0_0_.y, _e223);
            float _e227 = s2_0_;
            s2_0_ = metal::fma(v0_2.z, a0_0_.z, _e227);
            float _e231 = s2_0_;
            s2_0_ = metal::fma(v0_2.w, a0_0_.w, _e231);
            float _e235 = s2_0_;
            s2_0_ = metal::fma(v1_2.x, a0_1_.x, _e235);
            float _e239 = s2_0_;
            s2_0_ = metal::fma(v1_2.y, a0_1_.y, _e239);
            float _e243 = s2_0_;
            s2_0_ = metal::fma(v1_2.z, a0_1_.z, _e243);
            float _e247 = s2_0_;
            s2_0_ = metal::fma(v1_2.w, a0_1_.w, _e247);
        }
        {
            metal::float4 v0_3 = metal::float4(float2(as_type<half2>(w0_3_.x)), float2(as_type<half2>(w0_3_.y)));
            metal::float4 v1_3 = metal::float4(float2(as_type<half2>(w0_3_.z)), float2(as_type<half2>(w0_3_.w)));
            float _e261 = s3_0_;
            s3_0_ = metal::fma(v0_3.x, a0_0_.x, _e261);
            float _e265 = s3_0_;
            s3_0_ = metal::fma(v0_3.y, a0_0_.y, _e265);
            float _e269 = s3_0_;
            s3_0_ = metal::fma(v0_3.z, a0_0_.z, _e269);
            float _e273 = s3_0_;
            s3_0_ = metal::fma(v0_3.w, a0_0_.w, _e273);
            float _e277 = s3_0_;
            s3_0_ = metal::fma(v1_3.x, a0_1_.x, _e277);
            float _e281 = s3_0_;
            s3_0_ = metal::fma(v1_3.y, a0_1_.y, _e281);
            float _e285 = s3_0_;
            s3_0_ = metal::fma(v1_3.z, a0_1_.z, _e285);
            float _e289 = s3_0_;
            s3_0_ = metal::fma(v1_3.w, a0_1_.w, _e289);
        }
    }
    {
        float _e291 = s0_0_;
        float unnamed = metal::simd_sum(_e291);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 0u] = unnamed;
        }
    }
    {
        float _e301 = s1_0_;
        float unnamed_1 = metal::simd_sum(_e301);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 1u] = unnamed_1;
        }
    }
    {
        float _e311 = s2_0_;
        float unnamed_2 = metal::simd_sum(_e311);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 2u] = unnamed_2;
        }
    }
    {
        float _e321 = s3_0_;
        float unnamed_3 = metal::simd_sum(_e321);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 3u] = unnamed_3;
        }
    }
    {
        float _e331 = q0_;
        float unnamed_4 = metal::simd_sum(_e331);
        if (lane == 0u) {
            squares.inner[(subgroup * 1u) + 0u] = unnamed_4;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e475 = i;
            i = _e475 + 256u;
        }
        loop_init = false;
        uint _e342 = i;
        if (_e342 < 8u) {
        } else {
            break;
        }
        {
            uint _e345 = i;
            uint own = _e345 / 2u;
            uint _e348 = i;
            uint m = (_e348 % 2u) / 1u;
            uint _e353 = i;
            uint r = _e353 % 1u;
            uint n = ((group * 8u) + (own * 2u)) + m;
            uint row = 0u + r;
            if (n < 384u) {
                local = row < live;
            } else {
                local = false;
            }
            bool _e369 = local;
            if (_e369) {
                float _e379 = squares.inner[(((own * 2u) + 0u) * 1u) + r];
                float _e389 = squares.inner[(((own * 2u) + 1u) * 1u) + r];
                float factor = metal::rsqrt(((_e379 + _e389) / 512.0) + 0.00001);
                float _e408 = parts.inner[((((own * 2u) + 0u) * 4u) + (m * 1u)) + r];
                float _e421 = parts.inner[((((own * 2u) + 1u) * 4u) + (m * 1u)) + r];
                float _e426 = bias[n];
                float gate = ((_e408 + _e421) * factor) + _e426;
                float _e442 = parts.inner[((((own * 2u) + 0u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e457 = parts.inner[((((own * 2u) + 1u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e464 = bias[n + 384u];
                float up = ((_e442 + _e457) * factor) + _e464;
                uint to = ((row * 384u) + n) + 0u;
                float _e473 = bent(gate);
                y[to] = _e473 * up;
            }
        }
    }
    return;
}
