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
struct type_10 {
    metal::float4 inner[128];
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
, threadgroup type_10& staged
, constant _mslBufferSizes& _buffer_sizes [[buffer(6)]]
) {
    float s0_0_ = 0.0;
    float s1_0_ = 0.0;
    float s2_0_ = 0.0;
    float s3_0_ = 0.0;
    float q0_ = 0.0;
    uint c = {};
    metal::float4 value = {};
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
    uint p0_ = (0u + (part * 32u)) + lane;
    metal::uint4 w0_0_ = w[(n0_ * 128u) + p0_];
    metal::uint4 w0_1_ = w[(n1_ * 128u) + p0_];
    metal::uint4 w0_2_ = w[(n2_ * 128u) + p0_];
    metal::uint4 w0_3_ = w[(n3_ * 128u) + p0_];
    uint p1_ = (64u + (part * 32u)) + lane;
    metal::uint4 w1_0_ = w[(n0_ * 128u) + p1_];
    metal::uint4 w1_1_ = w[(n1_ * 128u) + p1_];
    metal::uint4 w1_2_ = w[(n2_ * 128u) + p1_];
    metal::uint4 w1_3_ = w[(n3_ * 128u) + p1_];
    c = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e147 = c;
            c = _e147 + 256u;
        }
        loop_init = false;
        uint _e121 = c;
        if (_e121 < 128u) {
        } else {
            break;
        }
        {
            {
                uint _e125 = c;
                metal::float4 _e128 = x_1[x0_ + _e125];
                value = _e128;
                float _e130 = q0_;
                metal::float4 _e131 = value;
                metal::float4 _e132 = value;
                q0_ = _e130 + metal::dot(_e131, _e132);
                metal::float4 _e135 = value;
                uint _e137 = c;
                metal::float4 _e139 = gain[_e137];
                value = _e135 * _e139;
                uint _e143 = c;
                metal::float4 _e146 = value;
                staged.inner[0u + _e143] = _e146;
            }
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    {
        metal::float4 a0_0_ = staged.inner[0u + p0_];
        {
            metal::float4 v0_ = as_type<metal::float4>(w0_0_);
            float _e158 = s0_0_;
            s0_0_ = metal::fma(v0_.x, a0_0_.x, _e158);
            float _e162 = s0_0_;
            s0_0_ = metal::fma(v0_.y, a0_0_.y, _e162);
            float _e166 = s0_0_;
            s0_0_ = metal::fma(v0_.z, a0_0_.z, _e166);
            float _e170 = s0_0_;
            s0_0_ = metal::fma(v0_.w, a0_0_.w, _e170);
        }
        {
            metal::float4 v0_1 = as_type<metal::float4>(w0_1_);
            float _e175 = s1_0_;
            s1_0_ = metal::fma(v0_1.x, a0_0_.x, _e175);
            float _e179 = s1_0_;
            s1_0_ = metal::fma(v0_1.y, a0_0_.y, _e179);
            float _e183 = s1_0_;
            s1_0_ = metal::fma(v0_1.z, a0_0_.z, _e183);
            float _e187 = s1_0_;
            s1_0_ = metal::fma(v0_1.w, a0_0_.w, _e187);
        }
        {
            metal::float4 v0_2 = as_type<metal::float4>(w0_2_);
            float _e192 = s2_0_;
            s2_0_ = metal::fma(v0_2.x, a0_0_.x, _e192);
            float _e196 = s2_0_;
            s2_0_ = metal::fma(v0_2.y, a0_0_.y, _e196);
            float _e200 = s2_0_;
            s2_0_ = metal::fma(v0_2.z, a0_0_.z, _e200);
            float _e204 = s2_0_;
            s2_0_ = metal::fma(v0_2.w, a0_0_.w, _e204);
        }
        {
            metal::float4 v0_3 = as_type<metal::float4>(w0_3_);
            float _e209 = s3_0_;
            s3_0_ = metal::fma(v0_3.x, a0_0_.x, _e209);
            float _e213 = s3_0_;
            s3_0_ = metal::fma(v0_3.y, a0_0_.y, _e213);
            float _e217 = s3_0_;
            s3_0_ = metal::fma(v0_3.z, a0_0_.z, _e217);
            float _e221 = s3_0_;
            s3_0_ = metal::fma(v0_3.w, a0_0_.w, _e221);
        }
    }
    {
        metal::float4 a0_0_1 = staged.inner[0u + p1_];
        {
            metal::float4 v0_4 = as_type<metal::float4>(w1_0_);
            float _e231 = s0_0_;
            s0_0_ = metal::fma(v0_4.x, a0_0_1.x, _e231);
            float _e235 = s0_0_;
            s0_0_ = metal::fma(v0_4.y, a0_0_1.y, _e235);
            float _e239 = s0_0_;
            s0_0_ = metal::fma(v0_4.z, a0_0_1.z, _e239);
            float _e243 = s0_0_;
            s0_0_ = metal::fma(v0_4.w, a0_0_1.w, _e243);
        }
        {
            metal::float4 v0_5 = as_type<metal::float4>(w1_1_);
            float _e248 = s1_0_;
            s1_0_ = metal::fma(v0_5.x, a0_0_1.x, _e248);
            float _e252 = s1_0_;
            s1_0_ = metal::fma(v0_5.y, a0_0_1.y, _e252);
            float _e256 = s1_0_;
            s1_0_ = metal::fma(v0_5.z, a0_0_1.z, _e256);
            float _e260 = s1_0_;
            s1_0_ = metal::fma(v0_5.w, a0_0_1.w, _e260);
        }
        {
            metal::float4 v0_6 = as_type<metal::float4>(w1_2_);
            float _e265 = s2_0_;
            s2_0_ = metal::fma(v0_6.x, a0_0_1.x, _e265);
            float _e269 = s2_0_;
            s2_0_ = metal::fma(v0_6.y, a0_0_1.y, _e269);
            float _e273 = s2_0_;
            s2_0_ = metal::fma(v0_6.z, a0_0_1.z, _e273);
            float _e277 = s2_0_;
            s2_0_ = metal::fma(v0_6.w, a0_0_1.w, _e277);
        }
        {
            metal::float4 v0_7 = as_type<metal::float4>(w1_3_);
            float _e282 = s3_0_;
            s3_0_ = metal::fma(v0_7.x, a0_0_1.x, _e282);
            float _e286 = s3_0_;
            s3_0_ = metal::fma(v0_7.y, a0_0_1.y, _e286);
            float _e290 = s3_0_;
            s3_0_ = metal::fma(v0_7.z, a0_0_1.z, _e290);
            float _e294 = s3_0_;
            s3_0_ = metal::fma(v0_7.w, a0_0_1.w, _e294);
        }
    }
    {
        float _e296 = s0_0_;
        float unnamed = metal::simd_sum(_e296);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 0u] = unnamed;
        }
    }
    {
        float _e306 = s1_0_;
        float unnamed_1 = metal::simd_sum(_e306);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 1u] = unnamed_1;
        }
    }
    {
        float _e316 = s2_0_;
        float unnamed_2 = metal::simd_sum(_e316);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 2u] = unnamed_2;
        }
    }
    {
        float _e326 = s3_0_;
        float unnamed_3 = metal::simd_sum(_e326);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 3u] = unnamed_3;
        }
    }
    {
        float _e336 = q0_;
        float unnamed_4 = metal::simd_sum(_e336);
        if (lane == 0u) {
            squares.inner[(subgroup * 1u) + 0u] = unnamed_4;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e506 = i;
            i = _e506 + 256u;
        }
        loop_init_1 = false;
        uint _e347 = i;
        if (_e347 < 8u) {
        } else {
            break;
        }
        {
            uint _e350 = i;
            uint own = _e350 / 2u;
            uint _e353 = i;
            uint m = (_e353 % 2u) / 1u;
            uint _e358 = i;
            uint r = _e358 % 1u;
            uint n = ((group * 8u) + (own * 2u)) + m;
            uint row = 0u + r;
            if (n < 384u) {
                local = row < live;
            } else {
                local = false;
            }
            bool _e374 = local;
            if (_e374) {
                float _e379 = squares.inner[0u + r];
                float _e384 = squares.inner[1u + r];
                float _e390 = squares.inner[2u + r];
                float _e396 = squares.inner[3u + r];
                float _e402 = squares.inner[4u + r];
                float _e408 = squares.inner[5u + r];
                float _e414 = squares.inner[6u + r];
                float _e420 = squares.inner[7u + r];
                float factor = metal::rsqrt(((((((((_e379 + _e384) + _e390) + _e396) + _e402) + _e408) + _e414) + _e420) / 512.0) + 0.00001);
                float _e439 = parts.inner[((((own * 2u) + 0u) * 4u) + (m * 1u)) + r];
                float _e452 = parts.inner[((((own * 2u) + 1u) * 4u) + (m * 1u)) + r];
                float _e457 = bias[n];
                float gate = ((_e439 + _e452) * factor) + _e457;
                float _e473 = parts.inner[((((own * 2u) + 0u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e488 = parts.inner[((((own * 2u) + 1u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e495 = bias[n + 384u];
                float up = ((_e473 + _e488) * factor) + _e495;
                uint to = ((row * 384u) + n) + 0u;
                float _e504 = bent(gate);
                y[to] = _e504 * up;
            }
        }
    }
    return;
}
