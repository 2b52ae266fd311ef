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
    metal::uint4 w0_0_ = w[(n0_ * 64u) + p0_];
    metal::uint4 w0_1_ = w[(n1_ * 64u) + p0_];
    metal::uint4 w0_2_ = w[(n2_ * 64u) + p0_];
    metal::uint4 w0_3_ = w[(n3_ * 64u) + p0_];
    c = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e126 = c;
            c = _e126 + 256u;
        }
        loop_init = false;
        uint _e92 = c;
        if (_e92 < 128u) {
        } else {
            break;
        }
        {
            {
                uint _e96 = c;
                metal::float4 _e99 = x_1[x0_ + _e96];
                value = _e99;
                float _e101 = q0_;
                metal::float4 _e102 = value;
                metal::float4 _e103 = value;
                q0_ = _e101 + metal::dot(_e102, _e103);
                metal::float4 _e106 = value;
                uint _e108 = c;
                metal::float4 _e110 = gain[_e108];
                value = _e106 * _e110;
                uint _e114 = c;
                uint _e120 = c;
                metal::float4 _e125 = value;
                staged.inner[(0u + ((_e114 % 2u) * 64u)) + (_e120 / 2u)] = _e125;
            }
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    {
        metal::float4 a0_0_ = staged.inner[0u + p0_];
        metal::float4 a0_1_ = staged.inner[64u + p0_];
        {
            metal::float4 v0_ = metal::float4(float2(as_type<half2>(w0_0_.x)), float2(as_type<half2>(w0_0_.y)));
            metal::float4 v1_ = metal::float4(float2(as_type<half2>(w0_0_.z)), float2(as_type<half2>(w0_0_.w)));
            float _e151 = s0_0_;
            s0_0_ = metal::fma(v0_.x, a0_0_.x, _e151);
            float _e155 = s0_0_;
            s0_0_ = metal::fma(v0_.y, a0_0_.y, _e155);
            float _e159 = s0_0_;
            s0_0_ = metal::fma(v0_.z, a0_0_.z, _e159);
            float _e163 = s0_0_;
            s0_0_ = metal::fma(v0_.w, a0_0_.w, _e163);
            float _e167 = s0_0_;
            s0_0_ = metal::fma(v1_.x, a0_1_.x, _e167);
            float _e171 = s0_0_;
            s0_0_ = metal::fma(v1_.y, a0_1_.y, _e171);
            float _e175 = s0_0_;
            s0_0_ = metal::fma(v1_.z, a0_1_.z, _e175);
            float _e179 = s0_0_;
            s0_0_ = metal::fma(v1_.w, a0_1_.w, _e179);
        }
        {
            metal::float4 v0_1 = metal::float4(float2(as_type<half2>(w0_1_.x)), float2(as_type<half2>(w0_1_.y)));
            metal::float4 v1_1 = metal::float4(float2(as_type<half2>(w0_1_.z)), float2(as_type<half2>(w0_1_.w)));
            float _e193 = s1_0_;
            s1_0_ = metal::fma(v0_1.x, a0_0_.x, _e193);
            float _e197 = s1_0_;
            s1_0_ = metal::fma(v0_1.y, a0_0_.y, _e197);
            float _e201 = s1_0_;
            s1_0_ = metal::fma(v0_1.z, a0_0_.z, _e201);
            float _e205 = s1_0_;
            s1_0_ = metal::fma(v0_1.w, a0_0_.w, _e205);
            float _e209 = s1_0_;
            s1_0_ = metal::fma(v1_1.x, a0_1_.x, _e209);
            float _e213 = s1_0_;
            s1_0_ = metal::fma(v1_1.y, a0_1_.y, _e213);
            float _e217 = s1_0_;
            s1_0_ = metal::fma(v1_1.z, a0_1_.z, _e217);
            float _e221 = s1_0_;
            s1_0_ = metal::fma(v1_1.w, a0_1_.w, _e221);
        }
        {
            metal::float4 v0_2 = metal::float4(float2(as_type<half2>(w0_2_.x)), float2(as_type<half2>(w0_2_.y)));
            metal::float4 v1_2 = metal::float4(float2(as_type<half2>(w0_2_.z)), float2(as_type<half2>(w0_2_.w)));
            float _e235 = s2_0_;
            s2_0_ = metal::fma(v0_2.x, a0_0_.x, _e235);
            float _e239 = s2_0_;
            s2_0_ = metal::fma(v0_2.y, a0_0_.y, _e239);
            float _e243 = s2_0_;
            s2_0_ = metal::fma(v0_2.z, a0_0_.z, _e243);
            float _e247 = s2_0_;
            s2_0_ = metal::fma(v0_2.w, a0_0_.w, _e247);
            float _e251 = s2_0_;
            s2_0_ = metal::fma(v1_2.x, a0_1_.x, _e251);
            float _e255 = s2_0_;
            s2_0_ = metal::fma(v1_2.y, a0_1_.y, _e255);
            float _e259 = s2_0_;
            s2_0_ = metal::fma(v1_2.z, a0_1_.z, _e259);
            float _e263 = s2_0_;
            s2_0_ = metal::fma(v1_2.w, a0_1_.w, _e263);
        }
        {
            metal::float4 v0_3 = metal::float4(float2(as_type<half2>(w0_3_.x)), float2(as_type<half2>(w0_3_.y)));
            metal::float4 v1_3 = metal::float4(float2(as_type<half2>(w0_3_.z)), float2(as_type<half2>(w0_3_.w)));
            float _e277 = s3_0_;
            s3_0_ = metal::fma(v0_3.x, a0_0_.x, _e277);
            float _e281 = s3_0_;
            s3_0_ = metal::fma(v0_3.y, a0_0_.y, _e281);
            float _e285 = s3_0_;
            s3_0_ = metal::fma(v0_3.z, a0_0_.z, _e285);
            float _e289 = s3_0_;
            s3_0_ = metal::fma(v0_3.w, a0_0_.w, _e289);
            float _e293 = s3_0_;
            s3_0_ = metal::fma(v1_3.x, a0_1_.x, _e293);
            float _e297 = s3_0_;
            s3_0_ = metal::fma(v1_3.y, a0_1_.y, _e297);
            float _e301 = s3_0_;
            s3_0_ = metal::fma(v1_3.z, a0_1_.z, _e301);
            float _e305 = s3_0_;
            s3_0_ = metal::fma(v1_3.w, a0_1_.w, _e305);
        }
    }
    {
        float _e307 = s0_0_;
        float unnamed = metal::simd_sum(_e307);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 0u] = unnamed;
        }
    }
    {
        float _e317 = s1_0_;
        float unnamed_1 = metal::simd_sum(_e317);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 1u] = unnamed_1;
        }
    }
    {
        float _e327 = s2_0_;
        float unnamed_2 = metal::simd_sum(_e327);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 2u] = unnamed_2;
        }
    }
    {
        float _e337 = s3_0_;
        float unnamed_3 = metal::simd_sum(_e337);
        if (lane == 0u) {
            parts.inner[(subgroup * 4u) + 3u] = unnamed_3;
        }
    }
    {
        float _e347 = q0_;
        float unnamed_4 = metal::simd_sum(_e347);
        if (lane == 0u) {
            squares.inner[(subgroup * 1u) + 0u] = unnamed_4;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e517 = i;
            i = _e517 + 256u;
        }
        loop_init_1 = false;
        uint _e358 = i;
        if (_e358 < 8u) {
        } else {
            break;
        }
        {
            uint _e361 = i;
            uint own = _e361 / 2u;
            uint _e364 = i;
            uint m = (_e364 % 2u) / 1u;
            uint _e369 = i;
            uint r = _e369 % 1u;
            uint n = ((group * 8u) + (own * 2u)) + m;
            uint row = 0u + r;
            if (n < 384u) {
                local = row < live;
            } else {
                local = false;
            }
            bool _e385 = local;
            if (_e385) {
                float _e390 = squares.inner[0u + r];
                float _e395 = squares.inner[1u + r];
                float _e401 = squares.inner[2u + r];
                float _e407 = squares.inner[3u + r];
                float _e413 = squares.inner[4u + r];
                float _e419 = squares.inner[5u + r];
                float _e425 = squares.inner[6u + r];
                float _e431 = squares.inner[7u + r];
                float factor = metal::rsqrt(((((((((_e390 + _e395) + _e401) + _e407) + _e413) + _e419) + _e425) + _e431) / 512.0) + 0.00001);
                float _e450 = parts.inner[((((own * 2u) + 0u) * 4u) + (m * 1u)) + r];
                float _e463 = parts.inner[((((own * 2u) + 1u) * 4u) + (m * 1u)) + r];
                float _e468 = bias[n];
                float gate = ((_e450 + _e463) * factor) + _e468;
                float _e484 = parts.inner[((((own * 2u) + 0u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e499 = parts.inner[((((own * 2u) + 1u) * 4u) + ((m + 2u) * 1u)) + r];
                float _e506 = bias[n + 384u];
                float up = ((_e484 + _e499) * factor) + _e506;
                uint to = ((row * 384u) + n) + 0u;
                float _e515 = bent(gate);
                y[to] = _e515 * up;
            }
        }
    }
    return;
}
