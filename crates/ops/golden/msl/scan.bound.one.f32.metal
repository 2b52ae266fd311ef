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
struct type_11 {
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
, threadgroup metal::atomic_uint& best
, constant _mslBufferSizes& _buffer_sizes [[buffer(7)]]
) {
    uint query = 0u;
    type_11 high = {};
    type_11 low = {};
    float greatest = {};
    uint at_1 = {};
    type_11 a0_ = {};
    type_11 a1_ = {};
    type_11 a2_ = {};
    type_11 a3_ = {};
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
    uint live = metal::min(_e6, 1u);
    uint part = thread_ % 8u;
    uint mine = thread_ / 8u;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e637 = query;
            query = _e637 + 1u;
        }
        loop_init = false;
        uint _e15 = query;
        if (_e15 < live) {
        } else {
            break;
        }
        {
            if (thread_ == 0u) {
                metal::atomic_store_explicit(&best, 0u, metal::memory_order_relaxed);
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            high = type_11 {};
            low = type_11 {};
            uint _e27 = query;
            metal::uint4 _e38 = queries[((_e27 * 48u) + ((0u + part) * 1u)) + 0u];
            high.inner[0] = _e38;
            uint _e41 = query;
            metal::uint4 _e54 = queries[(((_e41 * 48u) + 24u) + ((0u + part) * 1u)) + 0u];
            low.inner[0] = _e54;
            uint _e57 = query;
            metal::uint4 _e68 = queries[((_e57 * 48u) + ((8u + part) * 1u)) + 0u];
            high.inner[1] = _e68;
            uint _e71 = query;
            metal::uint4 _e84 = queries[(((_e71 * 48u) + 24u) + ((8u + part) * 1u)) + 0u];
            low.inner[1] = _e84;
            uint _e87 = query;
            metal::uint4 _e98 = queries[((_e87 * 48u) + ((16u + part) * 1u)) + 0u];
            high.inner[2] = _e98;
            uint _e101 = query;
            metal::uint4 _e114 = queries[(((_e101 * 48u) + 24u) + ((16u + part) * 1u)) + 0u];
            low.inner[2] = _e114;
            uint _e116 = query;
            float length = lengths[_e116];
            greatest = -300000000000000000000000000000000000000.0;
            at_1 = 0u;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e610 = at_1;
                    at_1 = _e610 + 128u;
                }
                loop_init_1 = false;
                uint _e123 = at_1;
                if (_e123 < 256u) {
                } else {
                    break;
                }
                {
                    uint _e128 = at_1;
                    uint row0_ = (((group * 256u) + _e128) + 0u) + mine;
                    float scale0_ = metas[row0_];
                    float error0_ = metas[row0_ + 8192u];
                    a0_ = type_11 {};
                    metal::uint4 _e151 = codes[((row0_ * 24u) + 0u) + part];
                    a0_.inner[0] = _e151;
                    metal::uint4 _e160 = codes[((row0_ * 24u) + 8u) + part];
                    a0_.inner[1] = _e160;
                    metal::uint4 _e169 = codes[((row0_ * 24u) + 16u) + part];
                    a0_.inner[2] = _e169;
                    uint _e172 = at_1;
                    uint row1_ = (((group * 256u) + _e172) + 32u) + mine;
                    float scale1_ = metas[row1_];
                    float error1_ = metas[row1_ + 8192u];
                    a1_ = type_11 {};
                    metal::uint4 _e195 = codes[((row1_ * 24u) + 0u) + part];
                    a1_.inner[0] = _e195;
                    metal::uint4 _e204 = codes[((row1_ * 24u) + 8u) + part];
                    a1_.inner[1] = _e204;
                    metal::uint4 _e213 = codes[((row1_ * 24u) + 16u) + part];
                    a1_.inner[2] = _e213;
                    uint _e216 = at_1;
                    uint row2_ = (((group * 256u) + _e216) + 64u) + mine;
                    float scale2_ = metas[row2_];
                    float error2_ = metas[row2_ + 8192u];
                    a2_ = type_11 {};
                    metal::uint4 _e239 = codes[((row2_ * 24u) + 0u) + part];
                    a2_.inner[0] = _e239;
                    metal::uint4 _e248 = codes[((row2_ * 24u) + 8u) + part];
                    a2_.inner[1] = _e248;
                    metal::uint4 _e257 = codes[((row2_ * 24u) + 16u) + part];
                    a2_.inner[2] = _e257;
                    uint _e260 = at_1;
                    uint row3_ = (((group * 256u) + _e260) + 96u) + mine;
                    float scale3_ = metas[row3_];
                    float error3_ = metas[row3_ + 8192u];
                    a3_ = type_11 {};
                    metal::uint4 _e283 = codes[((row3_ * 24u) + 0u) + part];
                    a3_.inner[0] = _e283;
                    metal::uint4 _e292 = codes[((row3_ * 24u) + 8u) + part];
                    a3_.inner[1] = _e292;
                    metal::uint4 _e301 = codes[((row3_ * 24u) + 16u) + part];
                    a3_.inner[2] = _e301;
                    high0_ = 0;
                    low0_ = 0;
                    int _e306 = high0_;
                    metal::uint4 _e308 = a0_.inner[0];
                    metal::uint4 _e310 = high.inner[0];
                    int _e311 = dot16_(_e308, _e310);
                    high0_ = as_type<int>(as_type<uint>(_e306) + as_type<uint>(_e311));
                    int _e313 = low0_;
                    metal::uint4 _e315 = a0_.inner[0];
                    metal::uint4 _e317 = low.inner[0];
                    int _e318 = dot16_(_e315, _e317);
                    low0_ = as_type<int>(as_type<uint>(_e313) + as_type<uint>(_e318));
                    int _e320 = high0_;
                    metal::uint4 _e322 = a0_.inner[1];
                    metal::uint4 _e324 = high.inner[1];
                    int _e325 = dot16_(_e322, _e324);
                    high0_ = as_type<int>(as_type<uint>(_e320) + as_type<uint>(_e325));
                    int _e327 = low0_;
                    metal::uint4 _e329 = a0_.inner[1];
                    metal::uint4 _e331 = low.inner[1];
                    int _e332 = dot16_(_e329, _e331);
                    low0_ = as_type<int>(as_type<uint>(_e327) + as_type<uint>(_e332));
                    int _e334 = high0_;
                    metal::uint4 _e336 = a0_.inner[2];
                    metal::uint4 _e338 = high.inner[2];
                    int _e339 = dot16_(_e336, _e338);
                    high0_ = as_type<int>(as_type<uint>(_e334) + as_type<uint>(_e339));
                    int _e341 = low0_;
                    metal::uint4 _e343 = a0_.inner[2];
                    metal::uint4 _e345 = low.inner[2];
                    int _e346 = dot16_(_e343, _e345);
                    low0_ = as_type<int>(as_type<uint>(_e341) + as_type<uint>(_e346));
                    int _e348 = high0_;
                    int _e351 = low0_;
                    sum0_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e348))) + as_type<uint>(_e351));
                    int _e354 = sum0_;
                    int _e355 = sum0_;
                    int unnamed = metal::simd_shuffle_xor(_e355, 4u);
                    sum0_ = as_type<int>(as_type<uint>(_e354) + as_type<uint>(unnamed));
                    int _e359 = sum0_;
                    int _e360 = sum0_;
                    int unnamed_1 = metal::simd_shuffle_xor(_e360, 2u);
                    sum0_ = as_type<int>(as_type<uint>(_e359) + as_type<uint>(unnamed_1));
                    int _e364 = sum0_;
                    int _e365 = sum0_;
                    int unnamed_2 = metal::simd_shuffle_xor(_e365, 1u);
                    sum0_ = as_type<int>(as_type<uint>(_e364) + as_type<uint>(unnamed_2));
                    bool _e369 = allows(row0_, allowed, _buffer_sizes);
                    if (_e369) {
                        float _e370 = greatest;
                        int _e371 = sum0_;
                        greatest = metal::max(_e370, ((static_cast<float>(_e371) * scale0_) / 16256.0) + (length * error0_));
                    }
                    high1_ = 0;
                    low1_ = 0;
                    int _e383 = high1_;
                    metal::uint4 _e385 = a1_.inner[0];
                    metal::uint4 _e387 = high.inner[0];
                    int _e388 = dot16_(_e385, _e387);
                    high1_ = as_type<int>(as_type<uint>(_e383) + as_type<uint>(_e388));
                    int _e390 = low1_;
                    metal::uint4 _e392 = a1_.inner[0];
                    metal::uint4 _e394 = low.inner[0];
                    int _e395 = dot16_(_e392, _e394);
                    low1_ = as_type<int>(as_type<uint>(_e390) + as_type<uint>(_e395));
                    int _e397 = high1_;
                    metal::uint4 _e399 = a1_.inner[1];
                    metal::uint4 _e401 = high.inner[1];
                    int _e402 = dot16_(_e399, _e401);
                    high1_ = as_type<int>(as_type<uint>(_e397) + as_type<uint>(_e402));
                    int _e404 = low1_;
                    metal::uint4 _e406 = a1_.inner[1];
                    metal::uint4 _e408 = low.inner[1];
                    int _e409 = dot16_(_e406, _e408);
                    low1_ = as_type<int>(as_type<uint>(_e404) + as_type<uint>(_e409));
                    int _e411 = high1_;
                    metal::uint4 _e413 = a1_.inner[2];
                    metal::uint4 _e415 = high.inner[2];
                    int _e416 = dot16_(_e413, _e415);
                    high1_ = as_type<int>(as_type<uint>(_e411) + as_type<uint>(_e416));
                    int _e418 = low1_;
                    metal::uint4 _e420 = a1_.inner[2];
                    metal::uint4 _e422 = low.inner[2];
                    int _e423 = dot16_(_e420, _e422);
                    low1_ = as_type<int>(as_type<uint>(_e418) + as_type<uint>(_e423));
                    int _e425 = high1_;
                    int _e428 = low1_;
                    sum1_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e425))) + as_type<uint>(_e428));
                    int _e431 = sum1_;
                    int _e432 = sum1_;
                    int unnamed_3 = metal::simd_shuffle_xor(_e432, 4u);
                    sum1_ = as_type<int>(as_type<uint>(_e431) + as_type<uint>(unnamed_3));
                    int _e436 = sum1_;
                    int _e437 = sum1_;
                    int unnamed_4 = metal::simd_shuffle_xor(_e437, 2u);
                    sum1_ = as_type<int>(as_type<uint>(_e436) + as_type<uint>(unnamed_4));
                    int _e441 = sum1_;
                    int _e442 = sum1_;
                    int unnamed_5 = metal::simd_shuffle_xor(_e442, 1u);
                    sum1_ = as_type<int>(as_type<uint>(_e441) + as_type<uint>(unnamed_5));
                    bool _e446 = allows(row1_, allowed, _buffer_sizes);
                    if (_e446) {
                        float _e447 = greatest;
                        int _e448 = sum1_;
                        greatest = metal::max(_e447, ((static_cast<float>(_e448) * scale1_) / 16256.0) + (length * error1_));
                    }
                    high2_ = 0;
                    low2_ = 0;
                    int _e460 = high2_;
                    metal::uint4 _e462 = a2_.inner[0];
                    metal::uint4 _e464 = high.inner[0];
                    int _e465 = dot16_(_e462, _e464);
                    high2_ = as_type<int>(as_type<uint>(_e460) + as_type<uint>(_e465));
                    int _e467 = low2_;
                    metal::uint4 _e469 = a2_.inner[0];
                    metal::uint4 _e471 = low.inner[0];
                    int _e472 = dot16_(_e469, _e471);
                    low2_ = as_type<int>(as_type<uint>(_e467) + as_type<uint>(_e472));
                    int _e474 = high2_;
                    metal::uint4 _e476 = a2_.inner[1];
                    metal::uint4 _e478 = high.inner[1];
                    int _e479 = dot16_(_e476, _e478);
                    high2_ = as_type<int>(as_type<uint>(_e474) + as_type<uint>(_e479));
                    int _e481 = low2_;
                    metal::uint4 _e483 = a2_.inner[1];
                    metal::uint4 _e485 = low.inner[1];
                    int _e486 = dot16_(_e483, _e485);
                    low2_ = as_type<int>(as_type<uint>(_e481) + as_type<uint>(_e486));
                    int _e488 = high2_;
                    metal::uint4 _e490 = a2_.inner[2];
                    metal::uint4 _e492 = high.inner[2];
                    int _e493 = dot16_(_e490, _e492);
                    high2_ = as_type<int>(as_type<uint>(_e488) + as_type<uint>(_e493));
                    int _e495 = low2_;
                    metal::uint4 _e497 = a2_.inner[2];
                    metal::uint4 _e499 = low.inner[2];
                    int _e500 = dot16_(_e497, _e499);
                    low2_ = as_type<int>(as_type<uint>(_e495) + as_type<uint>(_e500));
                    int _e502 = high2_;
                    int _e505 = low2_;
                    sum2_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e502))) + as_type<uint>(_e505));
                    int _e508 = sum2_;
                    int _e509 = sum2_;
                    int unnamed_6 = metal::simd_shuffle_xor(_e509, 4u);
                    sum2_ = as_type<int>(as_type<uint>(_e508) + as_type<uint>(unnamed_6));
                    int _e513 = sum2_;
                    int _e514 = sum2_;
                    int unnamed_7 = metal::simd_shuffle_xor(_e514, 2u);
                    sum2_ = as_type<int>(as_type<uint>(_e513) + as_type<uint>(unnamed_7));
                    int _e518 = sum2_;
                    int _e519 = sum2_;
                    int unnamed_8 = metal::simd_shuffle_xor(_e519, 1u);
                    sum2_ = as_type<int>(as_type<uint>(_e518) + as_type<uint>(unnamed_8));
                    bool _e523 = allows(row2_, allowed, _buffer_sizes);
                    if (_e523) {
                        float _e524 = greatest;
                        int _e525 = sum2_;
                        greatest = metal::max(_e524, ((static_cast<float>(_e525) * scale2_) / 16256.0) + (length * error2_));
                    }
                    high3_ = 0;
                    low3_ = 0;
                    int _e537 = high3_;
                    metal::uint4 _e539 = a3_.inner[0];
                    metal::uint4 _e541 = high.inner[0];
                    int _e542 = dot16_(_e539, _e541);
                    high3_ = as_type<int>(as_type<uint>(_e537) + as_type<uint>(_e542));
                    int _e544 = low3_;
                    metal::uint4 _e546 = a3_.inner[0];
                    metal::uint4 _e548 = low.inner[0];
                    int _e549 = dot16_(_e546, _e548);
                    low3_ = as_type<int>(as_type<uint>(_e544) + as_type<uint>(_e549));
                    int _e551 = high3_;
                    metal::uint4 _e553 = a3_.inner[1];
                    metal::uint4 _e555 = high.inner[1];
                    int _e556 = dot16_(_e553, _e555);
                    high3_ = as_type<int>(as_type<uint>(_e551) + as_type<uint>(_e556));
                    int _e558 = low3_;
                    metal::uint4 _e560 = a3_.inner[1];
                    metal::uint4 _e562 = low.inner[1];
                    int _e563 = dot16_(_e560, _e562);
                    low3_ = as_type<int>(as_type<uint>(_e558) + as_type<uint>(_e563));
                    int _e565 = high3_;
                    metal::uint4 _e567 = a3_.inner[2];
                    metal::uint4 _e569 = high.inner[2];
                    int _e570 = dot16_(_e567, _e569);
                    high3_ = as_type<int>(as_type<uint>(_e565) + as_type<uint>(_e570));
                    int _e572 = low3_;
                    metal::uint4 _e574 = a3_.inner[2];
                    metal::uint4 _e576 = low.inner[2];
                    int _e577 = dot16_(_e574, _e576);
                    low3_ = as_type<int>(as_type<uint>(_e572) + as_type<uint>(_e577));
                    int _e579 = high3_;
                    int _e582 = low3_;
                    sum3_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e579))) + as_type<uint>(_e582));
                    int _e585 = sum3_;
                    int _e586 = sum3_;
                    int unnamed_9 = metal::simd_shuffle_xor(_e586, 4u);
                    sum3_ = as_type<int>(as_type<uint>(_e585) + as_type<uint>(unnamed_9));
                    int _e590 = sum3_;
                    int _e591 = sum3_;
                    int unnamed_10 = metal::simd_shuffle_xor(_e591, 2u);
                    sum3_ = as_type<int>(as_type<uint>(_e590) + as_type<uint>(unnamed_10));
                    int _e595 = sum3_;
                    int _e596 = sum3_;
                    int unnamed_11 = metal::simd_shuffle_xor(_e596, 1u);
                    sum3_ = as_type<int>(as_type<uint>(_e595) + as_type<uint>(unnamed_11));
                    bool _e600 = allows(row3_, allowed, _buffer_sizes);
                    if (_e600) {
                        float _e601 = greatest;
                        int _e602 = sum3_;
                        greatest = metal::max(_e601, ((static_cast<float>(_e602) * scale3_) / 16256.0) + (length * error3_));
                    }
                }
            }
            float _e613 = greatest;
            float unnamed_12 = metal::simd_max(_e613);
            if (lane == 0u) {
                local = unnamed_12 > -300000000000000000000000000000000000000.0;
            } else {
                local = false;
            }
            bool _e622 = local;
            if (_e622) {
                uint _e624 = key_of(unnamed_12);
                uint _e625 = metal::atomic_fetch_max_explicit(&best, _e624, metal::memory_order_relaxed);
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            if (thread_ == 0u) {
                uint _e631 = query;
                uint _e635 = metal::atomic_load_explicit(&best, metal::memory_order_relaxed);
                keys[(group * 1u) + _e631] = _e635;
            }
        }
    }
    return;
}
