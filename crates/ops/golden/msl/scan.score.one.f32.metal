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

typedef metal::uint4 type_2[1];
typedef uint type_3[1];
typedef metal::float4 type_6[1];
struct type_7 {
    uint inner[64];
};
struct type_9 {
    metal::atomic_uint inner[1];
};
struct type_12 {
    metal::float4 inner[6];
};
struct type_13 {
    metal::uint4 inner[3];
};

uint key_of(
    float score
) {
    uint bits = as_type<uint>(score);
    uint key = ((bits & 2147483648u) != 0u) ? ~(bits) : (bits | 2147483648u);
    return (score == score) ? key : 0u;
}

float dot8_(
    metal::uint4 row,
    metal::float4 low,
    metal::float4 high
) {
    metal::float4 a = metal::float4(float2(as_type<half2>(row.x)), float2(as_type<half2>(row.y)));
    metal::float4 b = metal::float4(float2(as_type<half2>(row.z)), float2(as_type<half2>(row.w)));
    return metal::dot(a, low) + metal::dot(b, high);
}

bool allows(
    uint row_1,
    device type_3 const& allowed,
    constant _mslBufferSizes& _buffer_sizes
) {
    uint _e5 = allowed[row_1 / 32u];
    return ((_e5 >> (row_1 % 32u)) & 1u) != 0u;
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, device type_2 const& exact [[buffer(0)]]
, device type_3 const& allowed [[buffer(1)]]
, device type_6 const& padded [[buffer(2)]]
, device type_3& keys [[buffer(4)]]
, device type_7 const& params [[buffer(5)]]
, threadgroup type_9& best
, constant _mslBufferSizes& _buffer_sizes [[buffer(6)]]
) {
    uint i = {};
    type_12 q = {};
    uint at_1 = 0u;
    type_13 a0_ = {};
    type_13 a1_ = {};
    type_13 a2_ = {};
    type_13 a3_ = {};
    float s0_ = {};
    bool local = {};
    float s1_ = {};
    bool local_1 = {};
    float s2_ = {};
    bool local_2 = {};
    float s3_ = {};
    bool local_3 = {};
    uint i_1 = {};
    uint group = at.x;
    uint _e5 = params.inner[0];
    uint live = metal::min(_e5, 1u);
    uint part = thread_ % 16u;
    uint mine = thread_ / 16u;
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e19 = i;
            i = _e19 + 256u;
        }
        loop_init = false;
        uint _e13 = i;
        if (_e13 < live) {
        } else {
            break;
        }
        {
            uint _e16 = i;
            metal::atomic_store_explicit(&best.inner[_e16], 0u, metal::memory_order_relaxed);
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    metal::float4 _e32 = padded[((0u + part) * 2u) + 0u];
    q.inner[0] = _e32;
    metal::float4 _e42 = padded[((0u + part) * 2u) + 1u];
    q.inner[1] = _e42;
    metal::float4 _e52 = padded[((16u + part) * 2u) + 0u];
    q.inner[2] = _e52;
    metal::float4 _e62 = padded[((16u + part) * 2u) + 1u];
    q.inner[3] = _e62;
    metal::float4 _e72 = padded[((32u + part) * 2u) + 0u];
    q.inner[4] = _e72;
    metal::float4 _e82 = padded[((32u + part) * 2u) + 1u];
    q.inner[5] = _e82;
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e476 = at_1;
            at_1 = _e476 + 64u;
        }
        loop_init_1 = false;
        uint _e85 = at_1;
        if (_e85 < 256u) {
        } else {
            break;
        }
        {
            uint _e90 = at_1;
            uint row0_ = (((group * 256u) + _e90) + 0u) + mine;
            a0_ = type_13 {};
            metal::uint4 _e105 = exact[((row0_ * 48u) + 0u) + part];
            a0_.inner[0] = _e105;
            metal::uint4 _e114 = exact[((row0_ * 48u) + 16u) + part];
            a0_.inner[1] = _e114;
            metal::uint4 _e123 = exact[((row0_ * 48u) + 32u) + part];
            a0_.inner[2] = _e123;
            uint _e126 = at_1;
            uint row1_ = (((group * 256u) + _e126) + 16u) + mine;
            a1_ = type_13 {};
            metal::uint4 _e141 = exact[((row1_ * 48u) + 0u) + part];
            a1_.inner[0] = _e141;
            metal::uint4 _e150 = exact[((row1_ * 48u) + 16u) + part];
            a1_.inner[1] = _e150;
            metal::uint4 _e159 = exact[((row1_ * 48u) + 32u) + part];
            a1_.inner[2] = _e159;
            uint _e162 = at_1;
            uint row2_ = (((group * 256u) + _e162) + 32u) + mine;
            a2_ = type_13 {};
            metal::uint4 _e177 = exact[((row2_ * 48u) + 0u) + part];
            a2_.inner[0] = _e177;
            metal::uint4 _e186 = exact[((row2_ * 48u) + 16u) + part];
            a2_.inner[1] = _e186;
            metal::uint4 _e195 = exact[((row2_ * 48u) + 32u) + part];
            a2_.inner[2] = _e195;
            uint _e198 = at_1;
            uint row3_ = (((group * 256u) + _e198) + 48u) + mine;
            a3_ = type_13 {};
            metal::uint4 _e213 = exact[((row3_ * 48u) + 0u) + part];
            a3_.inner[0] = _e213;
            metal::uint4 _e222 = exact[((row3_ * 48u) + 16u) + part];
            a3_.inner[1] = _e222;
            metal::uint4 _e231 = exact[((row3_ * 48u) + 32u) + part];
            a3_.inner[2] = _e231;
            s0_ = 0.0;
            float _e234 = s0_;
            metal::uint4 _e236 = a0_.inner[0];
            metal::float4 _e238 = q.inner[0];
            metal::float4 _e240 = q.inner[1];
            float _e241 = dot8_(_e236, _e238, _e240);
            s0_ = _e234 + _e241;
            float _e243 = s0_;
            metal::uint4 _e245 = a0_.inner[1];
            metal::float4 _e247 = q.inner[2];
            metal::float4 _e249 = q.inner[3];
            float _e250 = dot8_(_e245, _e247, _e249);
            s0_ = _e243 + _e250;
            float _e252 = s0_;
            metal::uint4 _e254 = a0_.inner[2];
            metal::float4 _e256 = q.inner[4];
            metal::float4 _e258 = q.inner[5];
            float _e259 = dot8_(_e254, _e256, _e258);
            s0_ = _e252 + _e259;
            float _e261 = s0_;
            float _e262 = s0_;
            float unnamed = metal::simd_shuffle_xor(_e262, 8u);
            s0_ = _e261 + unnamed;
            float _e266 = s0_;
            float _e267 = s0_;
            float unnamed_1 = metal::simd_shuffle_xor(_e267, 4u);
            s0_ = _e266 + unnamed_1;
            float _e271 = s0_;
            float _e272 = s0_;
            float unnamed_2 = metal::simd_shuffle_xor(_e272, 2u);
            s0_ = _e271 + unnamed_2;
            float _e276 = s0_;
            float _e277 = s0_;
            float unnamed_3 = metal::simd_shuffle_xor(_e277, 1u);
            s0_ = _e276 + unnamed_3;
            if (part == 0u) {
                bool _e285 = allows(row0_, allowed, _buffer_sizes);
                local = _e285;
            } else {
                local = false;
            }
            bool _e287 = local;
            if (_e287) {
                float _e290 = s0_;
                uint _e291 = key_of(_e290);
                uint _e292 = metal::atomic_fetch_max_explicit(&best.inner[0], _e291, metal::memory_order_relaxed);
            }
            s1_ = 0.0;
            float _e295 = s1_;
            metal::uint4 _e297 = a1_.inner[0];
            metal::float4 _e299 = q.inner[0];
            metal::float4 _e301 = q.inner[1];
            float _e302 = dot8_(_e297, _e299, _e301);
            s1_ = _e295 + _e302;
            float _e304 = s1_;
            metal::uint4 _e306 = a1_.inner[1];
            metal::float4 _e308 = q.inner[2];
            metal::float4 _e310 = q.inner[3];
            float _e311 = dot8_(_e306, _e308, _e310);
            s1_ = _e304 + _e311;
            float _e313 = s1_;
            metal::uint4 _e315 = a1_.inner[2];
            metal::float4 _e317 = q.inner[4];
            metal::float4 _e319 = q.inner[5];
            float _e320 = dot8_(_e315, _e317, _e319);
            s1_ = _e313 + _e320;
            float _e322 = s1_;
            float _e323 = s1_;
            float unnamed_4 = metal::simd_shuffle_xor(_e323, 8u);
            s1_ = _e322 + unnamed_4;
            float _e327 = s1_;
            float _e328 = s1_;
            float unnamed_5 = metal::simd_shuffle_xor(_e328, 4u);
            s1_ = _e327 + unnamed_5;
            float _e332 = s1_;
            float _e333 = s1_;
            float unnamed_6 = metal::simd_shuffle_xor(_e333, 2u);
            s1_ = _e332 + unnamed_6;
            float _e337 = s1_;
            float _e338 = s1_;
            float unnamed_7 = metal::simd_shuffle_xor(_e338, 1u);
            s1_ = _e337 + unnamed_7;
            if (part == 0u) {
                bool _e346 = allows(row1_, allowed, _buffer_sizes);
                local_1 = _e346;
            } else {
                local_1 = false;
            }
            bool _e348 = local_1;
            if (_e348) {
                float _e351 = s1_;
                uint _e352 = key_of(_e351);
                uint _e353 = metal::atomic_fetch_max_explicit(&best.inner[0], _e352, metal::memory_order_relaxed);
            }
            s2_ = 0.0;
            float _e356 = s2_;
            metal::uint4 _e358 = a2_.inner[0];
            metal::float4 _e360 = q.inner[0];
            metal::float4 _e362 = q.inner[1];
            float _e363 = dot8_(_e358, _e360, _e362);
            s2_ = _e356 + _e363;
            float _e365 = s2_;
            metal::uint4 _e367 = a2_.inner[1];
            metal::float4 _e369 = q.inner[2];
            metal::float4 _e371 = q.inner[3];
            float _e372 = dot8_(_e367, _e369, _e371);
            s2_ = _e365 + _e372;
            float _e374 = s2_;
            metal::uint4 _e376 = a2_.inner[2];
            metal::float4 _e378 = q.inner[4];
            metal::float4 _e380 = q.inner[5];
            float _e381 = dot8_(_e376, _e378, _e380);
            s2_ = _e374 + _e381;
            float _e383 = s2_;
            float _e384 = s2_;
            float unnamed_8 = metal::simd_shuffle_xor(_e384, 8u);
            s2_ = _e383 + unnamed_8;
            float _e388 = s2_;
            float _e389 = s2_;
            float unnamed_9 = metal::simd_shuffle_xor(_e389, 4u);
            s2_ = _e388 + unnamed_9;
            float _e393 = s2_;
            float _e394 = s2_;
            float unnamed_10 = metal::simd_shuffle_xor(_e394, 2u);
            s2_ = _e393 + unnamed_10;
            float _e398 = s2_;
            float _e399 = s2_;
            float unnamed_11 = metal::simd_shuffle_xor(_e399, 1u);
            s2_ = _e398 + unnamed_11;
            if (part == 0u) {
                bool _e407 = allows(row2_, allowed, _buffer_sizes);
                local_2 = _e407;
            } else {
                local_2 = false;
            }
            bool _e409 = local_2;
            if (_e409) {
                float _e412 = s2_;
                uint _e413 = key_of(_e412);
                uint _e414 = metal::atomic_fetch_max_explicit(&best.inner[0], _e413, metal::memory_order_relaxed);
            }
            s3_ = 0.0;
            float _e417 = s3_;
            metal::uint4 _e419 = a3_.inner[0];
            metal::float4 _e421 = q.inner[0];
            metal::float4 _e423 = q.inner[1];
            float _e424 = dot8_(_e419, _e421, _e423);
            s3_ = _e417 + _e424;
            float _e426 = s3_;
            metal::uint4 _e428 = a3_.inner[1];
            metal::float4 _e430 = q.inner[2];
            metal::float4 _e432 = q.inner[3];
            float _e433 = dot8_(_e428, _e430, _e432);
            s3_ = _e426 + _e433;
            float _e435 = s3_;
            metal::uint4 _e437 = a3_.inner[2];
            metal::float4 _e439 = q.inner[4];
            metal::float4 _e441 = q.inner[5];
            float _e442 = dot8_(_e437, _e439, _e441);
            s3_ = _e435 + _e442;
            float _e444 = s3_;
            float _e445 = s3_;
            float unnamed_12 = metal::simd_shuffle_xor(_e445, 8u);
            s3_ = _e444 + unnamed_12;
            float _e449 = s3_;
            float _e450 = s3_;
            float unnamed_13 = metal::simd_shuffle_xor(_e450, 4u);
            s3_ = _e449 + unnamed_13;
            float _e454 = s3_;
            float _e455 = s3_;
            float unnamed_14 = metal::simd_shuffle_xor(_e455, 2u);
            s3_ = _e454 + unnamed_14;
            float _e459 = s3_;
            float _e460 = s3_;
            float unnamed_15 = metal::simd_shuffle_xor(_e460, 1u);
            s3_ = _e459 + unnamed_15;
            if (part == 0u) {
                bool _e468 = allows(row3_, allowed, _buffer_sizes);
                local_3 = _e468;
            } else {
                local_3 = false;
            }
            bool _e470 = local_3;
            if (_e470) {
                float _e473 = s3_;
                uint _e474 = key_of(_e473);
                uint _e475 = metal::atomic_fetch_max_explicit(&best.inner[0], _e474, metal::memory_order_relaxed);
            }
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i_1 = thread_;
    bool loop_init_2 = true;
    while(true) {
        if (!loop_init_2) {
            uint _e492 = i_1;
            i_1 = _e492 + 256u;
        }
        loop_init_2 = false;
        uint _e480 = i_1;
        if (_e480 < live) {
        } else {
            break;
        }
        {
            uint _e485 = i_1;
            uint _e489 = i_1;
            uint _e491 = metal::atomic_load_explicit(&best.inner[_e489], metal::memory_order_relaxed);
            keys[(group * 1u) + _e485] = _e491;
        }
    }
    return;
}
