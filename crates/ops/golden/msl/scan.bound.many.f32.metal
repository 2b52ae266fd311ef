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

typedef metal::uint4 type_2[1];
typedef float type_4[1];
typedef uint type_5[1];
struct type_6 {
    uint inner[64];
};
struct type_8 {
    metal::atomic_uint inner[1];
};
struct type_12 {
    metal::uint4 inner[3];
};
constant metal::uint4 ONES = metal::uint4(16843009u);

int dot16_(
    metal::uint4 a,
    metal::uint4 b
) {
    uint _e2 = a.x;
    uint _e3 = b.x;
    packed_char4 reinterpreted_packed_char4_e2 = as_type<packed_char4>(_e2);
    packed_char4 reinterpreted_packed_char4_e3 = as_type<packed_char4>(_e3);
    uint _e5 = a.y;
    uint _e6 = b.y;
    packed_char4 reinterpreted_packed_char4_e5 = as_type<packed_char4>(_e5);
    packed_char4 reinterpreted_packed_char4_e6 = as_type<packed_char4>(_e6);
    uint _e9 = a.z;
    uint _e10 = b.z;
    packed_char4 reinterpreted_packed_char4_e9 = as_type<packed_char4>(_e9);
    packed_char4 reinterpreted_packed_char4_e10 = as_type<packed_char4>(_e10);
    uint _e13 = a.w;
    uint _e14 = b.w;
    packed_char4 reinterpreted_packed_char4_e13 = as_type<packed_char4>(_e13);
    packed_char4 reinterpreted_packed_char4_e14 = as_type<packed_char4>(_e14);
    return as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(( + reinterpreted_packed_char4_e2[0] * reinterpreted_packed_char4_e3[0] + reinterpreted_packed_char4_e2[1] * reinterpreted_packed_char4_e3[1] + reinterpreted_packed_char4_e2[2] * reinterpreted_packed_char4_e3[2] + reinterpreted_packed_char4_e2[3] * reinterpreted_packed_char4_e3[3])) + as_type<uint>(( + reinterpreted_packed_char4_e5[0] * reinterpreted_packed_char4_e6[0] + reinterpreted_packed_char4_e5[1] * reinterpreted_packed_char4_e6[1] + reinterpreted_packed_char4_e5[2] * reinterpreted_packed_char4_e6[2] + reinterpreted_packed_char4_e5[3] * reinterpreted_packed_char4_e6[3])))) + as_type<uint>(( + reinterpreted_packed_char4_e9[0] * reinterpreted_packed_char4_e10[0] + reinterpreted_packed_char4_e9[1] * reinterpreted_packed_char4_e10[1] + reinterpreted_packed_char4_e9[2] * reinterpreted_packed_char4_e10[2] + reinterpreted_packed_char4_e9[3] * reinterpreted_packed_char4_e10[3])))) + as_type<uint>(( + reinterpreted_packed_char4_e13[0] * reinterpreted_packed_char4_e14[0] + reinterpreted_packed_char4_e13[1] * reinterpreted_packed_char4_e14[1] + reinterpreted_packed_char4_e13[2] * reinterpreted_packed_char4_e14[2] + reinterpreted_packed_char4_e13[3] * reinterpreted_packed_char4_e14[3])));
}

int dot32_(
    metal::uint4 a_1,
    metal::uint4 b_1,
    metal::uint4 c
) {
    metal::uint4 mask = metal::uint4(252645135u);
    metal::uint4 even = a_1 & mask;
    metal::uint4 odd = (a_1 >> metal::uint4(4u)) & mask;
    int _e15 = dot16_(metal::uint4(even.x, odd.x, even.y, odd.y), b_1);
    int _e21 = dot16_(metal::uint4(even.z, odd.z, even.w, odd.w), c);
    return as_type<int>(as_type<uint>(_e15) + as_type<uint>(_e21));
}

uint key_of(
    float score
) {
    uint bits = as_type<uint>(score);
    uint key = ((bits & 2147483648u) != 0u) ? ~(bits) : (bits | 2147483648u);
    return (score == score) ? key : 0u;
}

bool allows(
    uint row,
    device type_5 const& allowed,
    constant _mslBufferSizes& _buffer_sizes
) {
    uint _e5 = allowed[row / 32u];
    return ((_e5 >> (row % 32u)) & 1u) != 0u;
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, uint lane [[thread_index_in_simdgroup]]
, device type_2 const& codes [[buffer(0)]]
, device type_4 const& metas [[buffer(1)]]
, device type_5 const& allowed [[buffer(2)]]
, device type_2 const& queries [[buffer(3)]]
, device type_4 const& lengths [[buffer(4)]]
, device type_5& keys [[buffer(5)]]
, device type_6 const& params [[buffer(6)]]
, threadgroup type_8& best
, constant _mslBufferSizes& _buffer_sizes [[buffer(7)]]
) {
    uint query = 0u;
    float greatest = {};
    type_12 high = {};
    type_12 low = {};
    uint at_1 = {};
    type_12 a0_ = {};
    type_12 a1_ = {};
    type_12 a2_ = {};
    type_12 a3_ = {};
    int high0_ = {};
    int low0_ = {};
    int sum0_ = {};
    int high1_ = {};
    int low1_ = {};
    int sum1_ = {};
    int high2_ = {};
    int low2_ = {};
    int sum2_ = {};
    int high3_ = {};
    int low3_ = {};
    int sum3_ = {};
    bool local = {};
    uint group = at.x;
    uint _e6 = params.inner[0];
    uint live = metal::min(_e6, 64u);
    uint part = thread_ % 8u;
    uint mine = thread_ / 8u;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e646 = query;
            query = _e646 + 1u;
        }
        loop_init = false;
        uint _e15 = query;
        if (_e15 < live) {
        } else {
            break;
        }
        {
            if (thread_ < 1u) {
                metal::atomic_store_explicit(&best.inner[thread_], 0u, metal::memory_order_relaxed);
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            uint _e23 = query;
            float length = lengths[_e23];
            greatest = -300000000000000000000000000000000000000.0;
            high = type_12 {};
            uint _e32 = query;
            metal::uint4 _e45 = queries[(((_e32 * 48u) + 0u) + ((0u + part) * 1u)) + 0u];
            high.inner[0] = _e45;
            uint _e48 = query;
            metal::uint4 _e61 = queries[(((_e48 * 48u) + 0u) + ((8u + part) * 1u)) + 0u];
            high.inner[1] = _e61;
            uint _e64 = query;
            metal::uint4 _e77 = queries[(((_e64 * 48u) + 0u) + ((16u + part) * 1u)) + 0u];
            high.inner[2] = _e77;
            low = type_12 {};
            uint _e82 = query;
            metal::uint4 _e95 = queries[(((_e82 * 48u) + 24u) + ((0u + part) * 1u)) + 0u];
            low.inner[0] = _e95;
            uint _e98 = query;
            metal::uint4 _e111 = queries[(((_e98 * 48u) + 24u) + ((8u + part) * 1u)) + 0u];
            low.inner[1] = _e111;
            uint _e114 = query;
            metal::uint4 _e127 = queries[(((_e114 * 48u) + 24u) + ((16u + part) * 1u)) + 0u];
            low.inner[2] = _e127;
            at_1 = 0u;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e617 = at_1;
                    at_1 = _e617 + 128u;
                }
                loop_init_1 = false;
                uint _e130 = at_1;
                if (_e130 < 256u) {
                } else {
                    break;
                }
                {
                    uint _e135 = at_1;
                    uint row0_ = (((group * 256u) + _e135) + 0u) + mine;
                    float scale0_ = metas[row0_];
                    float _e147 = metas[row0_ + 8192u];
                    float error0_ = length * _e147;
                    a0_ = type_12 {};
                    metal::uint4 _e159 = codes[((row0_ * 24u) + 0u) + part];
                    a0_.inner[0] = _e159;
                    metal::uint4 _e168 = codes[((row0_ * 24u) + 8u) + part];
                    a0_.inner[1] = _e168;
                    metal::uint4 _e177 = codes[((row0_ * 24u) + 16u) + part];
                    a0_.inner[2] = _e177;
                    uint _e180 = at_1;
                    uint row1_ = (((group * 256u) + _e180) + 32u) + mine;
                    float scale1_ = metas[row1_];
                    float _e192 = metas[row1_ + 8192u];
                    float error1_ = length * _e192;
                    a1_ = type_12 {};
                    metal::uint4 _e204 = codes[((row1_ * 24u) + 0u) + part];
                    a1_.inner[0] = _e204;
                    metal::uint4 _e213 = codes[((row1_ * 24u) + 8u) + part];
                    a1_.inner[1] = _e213;
                    metal::uint4 _e222 = codes[((row1_ * 24u) + 16u) + part];
                    a1_.inner[2] = _e222;
                    uint _e225 = at_1;
                    uint row2_ = (((group * 256u) + _e225) + 64u) + mine;
                    float scale2_ = metas[row2_];
                    float _e237 = metas[row2_ + 8192u];
                    float error2_ = length * _e237;
                    a2_ = type_12 {};
                    metal::uint4 _e249 = codes[((row2_ * 24u) + 0u) + part];
                    a2_.inner[0] = _e249;
                    metal::uint4 _e258 = codes[((row2_ * 24u) + 8u) + part];
                    a2_.inner[1] = _e258;
                    metal::uint4 _e267 = codes[((row2_ * 24u) + 16u) + part];
                    a2_.inner[2] = _e267;
                    uint _e270 = at_1;
                    uint row3_ = (((group * 256u) + _e270) + 96u) + mine;
                    float scale3_ = metas[row3_];
                    float _e282 = metas[row3_ + 8192u];
                    float error3_ = length * _e282;
                    a3_ = type_12 {};
                    metal::uint4 _e294 = codes[((row3_ * 24u) + 0u) + part];
                    a3_.inner[0] = _e294;
                    metal::uint4 _e303 = codes[((row3_ * 24u) + 8u) + part];
                    a3_.inner[1] = _e303;
                    metal::uint4 _e312 = codes[((row3_ * 24u) + 16u) + part];
                    a3_.inner[2] = _e312;
                    high0_ = 0;
                    low0_ = 0;
                    int _e317 = high0_;
                    metal::uint4 _e319 = a0_.inner[0];
                    metal::uint4 _e321 = high.inner[0];
                    int _e322 = dot16_(_e319, _e321);
                    high0_ = as_type<int>(as_type<uint>(_e317) + as_type<uint>(_e322));
                    int _e324 = low0_;
                    metal::uint4 _e326 = a0_.inner[0];
                    metal::uint4 _e328 = low.inner[0];
                    int _e329 = dot16_(_e326, _e328);
                    low0_ = as_type<int>(as_type<uint>(_e324) + as_type<uint>(_e329));
                    int _e331 = high0_;
                    metal::uint4 _e333 = a0_.inner[1];
                    metal::uint4 _e335 = high.inner[1];
                    int _e336 = dot16_(_e333, _e335);
                    high0_ = as_type<int>(as_type<uint>(_e331) + as_type<uint>(_e336));
                    int _e338 = low0_;
                    metal::uint4 _e340 = a0_.inner[1];
                    metal::uint4 _e342 = low.inner[1];
                    int _e343 = dot16_(_e340, _e342);
                    low0_ = as_type<int>(as_type<uint>(_e338) + as_type<uint>(_e343));
                    int _e345 = high0_;
                    metal::uint4 _e347 = a0_.inner[2];
                    metal::uint4 _e349 = high.inner[2];
                    int _e350 = dot16_(_e347, _e349);
                    high0_ = as_type<int>(as_type<uint>(_e345) + as_type<uint>(_e350));
                    int _e352 = low0_;
                    metal::uint4 _e354 = a0_.inner[2];
                    metal::uint4 _e356 = low.inner[2];
                    int _e357 = dot16_(_e354, _e356);
                    low0_ = as_type<int>(as_type<uint>(_e352) + as_type<uint>(_e357));
                    int _e359 = high0_;
                    int _e362 = low0_;
                    sum0_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e359))) + as_type<uint>(_e362));
                    int _e365 = sum0_;
                    int _e366 = sum0_;
                    int unnamed = metal::simd_shuffle_xor(_e366, 4u);
                    sum0_ = as_type<int>(as_type<uint>(_e365) + as_type<uint>(unnamed));
                    int _e370 = sum0_;
                    int _e371 = sum0_;
                    int unnamed_1 = metal::simd_shuffle_xor(_e371, 2u);
                    sum0_ = as_type<int>(as_type<uint>(_e370) + as_type<uint>(unnamed_1));
                    int _e375 = sum0_;
                    int _e376 = sum0_;
                    int unnamed_2 = metal::simd_shuffle_xor(_e376, 1u);
                    sum0_ = as_type<int>(as_type<uint>(_e375) + as_type<uint>(unnamed_2));
                    bool _e380 = allows(row0_, allowed, _buffer_sizes);
                    if (_e380) {
                        float _e381 = greatest;
                        int _e382 = sum0_;
                        greatest = metal::max(_e381, ((static_cast<float>(_e382) * scale0_) / 16256.0) + error0_);
                    }
                    high1_ = 0;
                    low1_ = 0;
                    int _e393 = high1_;
                    metal::uint4 _e395 = a1_.inner[0];
                    metal::uint4 _e397 = high.inner[0];
                    int _e398 = dot16_(_e395, _e397);
                    high1_ = as_type<int>(as_type<uint>(_e393) + as_type<uint>(_e398));
                    int _e400 = low1_;
                    metal::uint4 _e402 = a1_.inner[0];
                    metal::uint4 _e404 = low.inner[0];
                    int _e405 = dot16_(_e402, _e404);
                    low1_ = as_type<int>(as_type<uint>(_e400) + as_type<uint>(_e405));
                    int _e407 = high1_;
                    metal::uint4 _e409 = a1_.inner[1];
                    metal::uint4 _e411 = high.inner[1];
                    int _e412 = dot16_(_e409, _e411);
                    high1_ = as_type<int>(as_type<uint>(_e407) + as_type<uint>(_e412));
                    int _e414 = low1_;
                    metal::uint4 _e416 = a1_.inner[1];
                    metal::uint4 _e418 = low.inner[1];
                    int _e419 = dot16_(_e416, _e418);
                    low1_ = as_type<int>(as_type<uint>(_e414) + as_type<uint>(_e419));
                    int _e421 = high1_;
                    metal::uint4 _e423 = a1_.inner[2];
                    metal::uint4 _e425 = high.inner[2];
                    int _e426 = dot16_(_e423, _e425);
                    high1_ = as_type<int>(as_type<uint>(_e421) + as_type<uint>(_e426));
                    int _e428 = low1_;
                    metal::uint4 _e430 = a1_.inner[2];
                    metal::uint4 _e432 = low.inner[2];
                    int _e433 = dot16_(_e430, _e432);
                    low1_ = as_type<int>(as_type<uint>(_e428) + as_type<uint>(_e433));
                    int _e435 = high1_;
                    int _e438 = low1_;
                    sum1_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e435))) + as_type<uint>(_e438));
                    int _e441 = sum1_;
                    int _e442 = sum1_;
                    int unnamed_3 = metal::simd_shuffle_xor(_e442, 4u);
                    sum1_ = as_type<int>(as_type<uint>(_e441) + as_type<uint>(unnamed_3));
                    int _e446 = sum1_;
                    int _e447 = sum1_;
                    int unnamed_4 = metal::simd_shuffle_xor(_e447, 2u);
                    sum1_ = as_type<int>(as_type<uint>(_e446) + as_type<uint>(unnamed_4));
                    int _e451 = sum1_;
                    int _e452 = sum1_;
                    int unnamed_5 = metal::simd_shuffle_xor(_e452, 1u);
                    sum1_ = as_type<int>(as_type<uint>(_e451) + as_type<uint>(unnamed_5));
                    bool _e456 = allows(row1_, allowed, _buffer_sizes);
                    if (_e456) {
                        float _e457 = greatest;
                        int _e458 = sum1_;
                        greatest = metal::max(_e457, ((static_cast<float>(_e458) * scale1_) / 16256.0) + error1_);
                    }
                    high2_ = 0;
                    low2_ = 0;
                    int _e469 = high2_;
                    metal::uint4 _e471 = a2_.inner[0];
                    metal::uint4 _e473 = high.inner[0];
                    int _e474 = dot16_(_e471, _e473);
                    high2_ = as_type<int>(as_type<uint>(_e469) + as_type<uint>(_e474));
                    int _e476 = low2_;
                    metal::uint4 _e478 = a2_.inner[0];
                    metal::uint4 _e480 = low.inner[0];
                    int _e481 = dot16_(_e478, _e480);
                    low2_ = as_type<int>(as_type<uint>(_e476) + as_type<uint>(_e481));
                    int _e483 = high2_;
                    metal::uint4 _e485 = a2_.inner[1];
                    metal::uint4 _e487 = high.inner[1];
                    int _e488 = dot16_(_e485, _e487);
                    high2_ = as_type<int>(as_type<uint>(_e483) + as_type<uint>(_e488));
                    int _e490 = low2_;
                    metal::uint4 _e492 = a2_.inner[1];
                    metal::uint4 _e494 = low.inner[1];
                    int _e495 = dot16_(_e492, _e494);
                    low2_ = as_type<int>(as_type<uint>(_e490) + as_type<uint>(_e495));
                    int _e497 = high2_;
                    metal::uint4 _e499 = a2_.inner[2];
                    metal::uint4 _e501 = high.inner[2];
                    int _e502 = dot16_(_e499, _e501);
                    high2_ = as_type<int>(as_type<uint>(_e497) + as_type<uint>(_e502));
                    int _e504 = low2_;
                    metal::uint4 _e506 = a2_.inner[2];
                    metal::uint4 _e508 = low.inner[2];
                    int _e509 = dot16_(_e506, _e508);
                    low2_ = as_type<int>(as_type<uint>(_e504) + as_type<uint>(_e509));
                    int _e511 = high2_;
                    int _e514 = low2_;
                    sum2_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e511))) + as_type<uint>(_e514));
                    int _e517 = sum2_;
                    int _e518 = sum2_;
                    int unnamed_6 = metal::simd_shuffle_xor(_e518, 4u);
                    sum2_ = as_type<int>(as_type<uint>(_e517) + as_type<uint>(unnamed_6));
                    int _e522 = sum2_;
                    int _e523 = sum2_;
                    int unnamed_7 = metal::simd_shuffle_xor(_e523, 2u);
                    sum2_ = as_type<int>(as_type<uint>(_e522) + as_type<uint>(unnamed_7));
                    int _e527 = sum2_;
                    int _e528 = sum2_;
                    int unnamed_8 = metal::simd_shuffle_xor(_e528, 1u);
                    sum2_ = as_type<int>(as_type<uint>(_e527) + as_type<uint>(unnamed_8));
                    bool _e532 = allows(row2_, allowed, _buffer_sizes);
                    if (_e532) {
                        float _e533 = greatest;
                        int _e534 = sum2_;
                        greatest = metal::max(_e533, ((static_cast<float>(_e534) * scale2_) / 16256.0) + error2_);
                    }
                    high3_ = 0;
                    low3_ = 0;
                    int _e545 = high3_;
                    metal::uint4 _e547 = a3_.inner[0];
                    metal::uint4 _e549 = high.inner[0];
                    int _e550 = dot16_(_e547, _e549);
                    high3_ = as_type<int>(as_type<uint>(_e545) + as_type<uint>(_e550));
                    int _e552 = low3_;
                    metal::uint4 _e554 = a3_.inner[0];
                    metal::uint4 _e556 = low.inner[0];
                    int _e557 = dot16_(_e554, _e556);
                    low3_ = as_type<int>(as_type<uint>(_e552) + as_type<uint>(_e557));
                    int _e559 = high3_;
                    metal::uint4 _e561 = a3_.inner[1];
                    metal::uint4 _e563 = high.inner[1];
                    int _e564 = dot16_(_e561, _e563);
                    high3_ = as_type<int>(as_type<uint>(_e559) + as_type<uint>(_e564));
                    int _e566 = low3_;
                    metal::uint4 _e568 = a3_.inner[1];
                    metal::uint4 _e570 = low.inner[1];
                    int _e571 = dot16_(_e568, _e570);
                    low3_ = as_type<int>(as_type<uint>(_e566) + as_type<uint>(_e571));
                    int _e573 = high3_;
                    metal::uint4 _e575 = a3_.inner[2];
                    metal::uint4 _e577 = high.inner[2];
                    int _e578 = dot16_(_e575, _e577);
                    high3_ = as_type<int>(as_type<uint>(_e573) + as_type<uint>(_e578));
                    int _e580 = low3_;
                    metal::uint4 _e582 = a3_.inner[2];
                    metal::uint4 _e584 = low.inner[2];
                    int _e585 = dot16_(_e582, _e584);
                    low3_ = as_type<int>(as_type<uint>(_e580) + as_type<uint>(_e585));
                    int _e587 = high3_;
                    int _e590 = low3_;
                    sum3_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e587))) + as_type<uint>(_e590));
                    int _e593 = sum3_;
                    int _e594 = sum3_;
                    int unnamed_9 = metal::simd_shuffle_xor(_e594, 4u);
                    sum3_ = as_type<int>(as_type<uint>(_e593) + as_type<uint>(unnamed_9));
                    int _e598 = sum3_;
                    int _e599 = sum3_;
                    int unnamed_10 = metal::simd_shuffle_xor(_e599, 2u);
                    sum3_ = as_type<int>(as_type<uint>(_e598) + as_type<uint>(unnamed_10));
                    int _e603 = sum3_;
                    int _e604 = sum3_;
                    int unnamed_11 = metal::simd_shuffle_xor(_e604, 1u);
                    sum3_ = as_type<int>(as_type<uint>(_e603) + as_type<uint>(unnamed_11));
                    bool _e608 = allows(row3_, allowed, _buffer_sizes);
                    if (_e608) {
                        float _e609 = greatest;
                        int _e610 = sum3_;
                        greatest = metal::max(_e609, ((static_cast<float>(_e610) * scale3_) / 16256.0) + error3_);
                    }
                }
            }
            float _e620 = greatest;
            float unnamed_12 = metal::simd_max(_e620);
            if (lane == 0u) {
                local = unnamed_12 > -300000000000000000000000000000000000000.0;
            } else {
                local = false;
            }
            bool _e629 = local;
            if (_e629) {
                uint _e632 = key_of(unnamed_12);
                uint _e633 = metal::atomic_fetch_max_explicit(&best.inner[0], _e632, metal::memory_order_relaxed);
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            if (thread_ == 0u) {
                uint _e639 = query;
                uint _e644 = metal::atomic_load_explicit(&best.inner[0], metal::memory_order_relaxed);
                keys[(group * 64u) + _e639] = _e644;
            }
        }
    }
    return;
}
