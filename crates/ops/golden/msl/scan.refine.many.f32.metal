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
    uint size6;
    uint size7;
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
, device type_5 const& coarse [[buffer(5)]]
, device type_5 const& floors [[buffer(6)]]
, device type_5& keys [[buffer(7)]]
, device type_6 const& params [[buffer(8)]]
, threadgroup metal::atomic_uint& best
, constant _mslBufferSizes& _buffer_sizes [[buffer(9)]]
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
    uint live = metal::min(_e6, 64u);
    uint part = thread_ % 8u;
    uint mine = thread_ / 8u;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e649 = query;
            query = _e649 + 1u;
        }
        loop_init = false;
        uint _e15 = query;
        if (_e15 < live) {
        } else {
            break;
        }
        {
            uint _e20 = query;
            uint _e23 = coarse[(group * 64u) + _e20];
            uint _e25 = query;
            uint _e27 = floors[_e25];
            if (_e23 < _e27) {
                continue;
            }
            if (thread_ == 0u) {
                metal::atomic_store_explicit(&best, 0u, metal::memory_order_relaxed);
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            high = type_11 {};
            low = type_11 {};
            uint _e39 = query;
            metal::uint4 _e50 = queries[((_e39 * 48u) + ((0u + part) * 1u)) + 0u];
            high.inner[0] = _e50;
            uint _e53 = query;
            metal::uint4 _e66 = queries[(((_e53 * 48u) + 24u) + ((0u + part) * 1u)) + 0u];
            low.inner[0] = _e66;
            uint _e69 = query;
            metal::uint4 _e80 = queries[((_e69 * 48u) + ((8u + part) * 1u)) + 0u];
            high.inner[1] = _e80;
            uint _e83 = query;
            metal::uint4 _e96 = queries[(((_e83 * 48u) + 24u) + ((8u + part) * 1u)) + 0u];
            low.inner[1] = _e96;
            uint _e99 = query;
            metal::uint4 _e110 = queries[((_e99 * 48u) + ((16u + part) * 1u)) + 0u];
            high.inner[2] = _e110;
            uint _e113 = query;
            metal::uint4 _e126 = queries[(((_e113 * 48u) + 24u) + ((16u + part) * 1u)) + 0u];
            low.inner[2] = _e126;
            uint _e128 = query;
            float length = lengths[_e128];
            greatest = -300000000000000000000000000000000000000.0;
            at_1 = 0u;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e622 = at_1;
                    at_1 = _e622 + 128u;
                }
                loop_init_1 = false;
                uint _e135 = at_1;
                if (_e135 < 256u) {
                } else {
                    break;
                }
                {
                    uint _e140 = at_1;
                    uint row0_ = (((group * 256u) + _e140) + 0u) + mine;
                    float scale0_ = metas[row0_];
                    float error0_ = metas[row0_ + 8192u];
                    a0_ = type_11 {};
                    metal::uint4 _e163 = codes[((row0_ * 24u) + 0u) + part];
                    a0_.inner[0] = _e163;
                    metal::uint4 _e172 = codes[((row0_ * 24u) + 8u) + part];
                    a0_.inner[1] = _e172;
                    metal::uint4 _e181 = codes[((row0_ * 24u) + 16u) + part];
                    a0_.inner[2] = _e181;
                    uint _e184 = at_1;
                    uint row1_ = (((group * 256u) + _e184) + 32u) + mine;
                    float scale1_ = metas[row1_];
                    float error1_ = metas[row1_ + 8192u];
                    a1_ = type_11 {};
                    metal::uint4 _e207 = codes[((row1_ * 24u) + 0u) + part];
                    a1_.inner[0] = _e207;
                    metal::uint4 _e216 = codes[((row1_ * 24u) + 8u) + part];
                    a1_.inner[1] = _e216;
                    metal::uint4 _e225 = codes[((row1_ * 24u) + 16u) + part];
                    a1_.inner[2] = _e225;
                    uint _e228 = at_1;
                    uint row2_ = (((group * 256u) + _e228) + 64u) + mine;
                    float scale2_ = metas[row2_];
                    float error2_ = metas[row2_ + 8192u];
                    a2_ = type_11 {};
                    metal::uint4 _e251 = codes[((row2_ * 24u) + 0u) + part];
                    a2_.inner[0] = _e251;
                    metal::uint4 _e260 = codes[((row2_ * 24u) + 8u) + part];
                    a2_.inner[1] = _e260;
                    metal::uint4 _e269 = codes[((row2_ * 24u) + 16u) + part];
                    a2_.inner[2] = _e269;
                    uint _e272 = at_1;
                    uint row3_ = (((group * 256u) + _e272) + 96u) + mine;
                    float scale3_ = metas[row3_];
                    float error3_ = metas[row3_ + 8192u];
                    a3_ = type_11 {};
                    metal::uint4 _e295 = codes[((row3_ * 24u) + 0u) + part];
                    a3_.inner[0] = _e295;
                    metal::uint4 _e304 = codes[((row3_ * 24u) + 8u) + part];
                    a3_.inner[1] = _e304;
                    metal::uint4 _e313 = codes[((row3_ * 24u) + 16u) + part];
                    a3_.inner[2] = _e313;
                    high0_ = 0;
                    low0_ = 0;
                    int _e318 = high0_;
                    metal::uint4 _e320 = a0_.inner[0];
                    metal::uint4 _e322 = high.inner[0];
                    int _e323 = dot16_(_e320, _e322);
                    high0_ = as_type<int>(as_type<uint>(_e318) + as_type<uint>(_e323));
                    int _e325 = low0_;
                    metal::uint4 _e327 = a0_.inner[0];
                    metal::uint4 _e329 = low.inner[0];
                    int _e330 = dot16_(_e327, _e329);
                    low0_ = as_type<int>(as_type<uint>(_e325) + as_type<uint>(_e330));
                    int _e332 = high0_;
                    metal::uint4 _e334 = a0_.inner[1];
                    metal::uint4 _e336 = high.inner[1];
                    int _e337 = dot16_(_e334, _e336);
                    high0_ = as_type<int>(as_type<uint>(_e332) + as_type<uint>(_e337));
                    int _e339 = low0_;
                    metal::uint4 _e341 = a0_.inner[1];
                    metal::uint4 _e343 = low.inner[1];
                    int _e344 = dot16_(_e341, _e343);
                    low0_ = as_type<int>(as_type<uint>(_e339) + as_type<uint>(_e344));
                    int _e346 = high0_;
                    metal::uint4 _e348 = a0_.inner[2];
                    metal::uint4 _e350 = high.inner[2];
                    int _e351 = dot16_(_e348, _e350);
                    high0_ = as_type<int>(as_type<uint>(_e346) + as_type<uint>(_e351));
                    int _e353 = low0_;
                    metal::uint4 _e355 = a0_.inner[2];
                    metal::uint4 _e357 = low.inner[2];
                    int _e358 = dot16_(_e355, _e357);
                    low0_ = as_type<int>(as_type<uint>(_e353) + as_type<uint>(_e358));
                    int _e360 = high0_;
                    int _e363 = low0_;
                    sum0_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e360))) + as_type<uint>(_e363));
                    int _e366 = sum0_;
                    int _e367 = sum0_;
                    int unnamed = metal::simd_shuffle_xor(_e367, 4u);
                    sum0_ = as_type<int>(as_type<uint>(_e366) + as_type<uint>(unnamed));
                    int _e371 = sum0_;
                    int _e372 = sum0_;
                    int unnamed_1 = metal::simd_shuffle_xor(_e372, 2u);
                    sum0_ = as_type<int>(as_type<uint>(_e371) + as_type<uint>(unnamed_1));
                    int _e376 = sum0_;
                    int _e377 = sum0_;
                    int unnamed_2 = metal::simd_shuffle_xor(_e377, 1u);
                    sum0_ = as_type<int>(as_type<uint>(_e376) + as_type<uint>(unnamed_2));
                    bool _e381 = allows(row0_, allowed, _buffer_sizes);
                    if (_e381) {
                        float _e382 = greatest;
                        int _e383 = sum0_;
                        greatest = metal::max(_e382, ((static_cast<float>(_e383) * scale0_) / 16256.0) + (length * error0_));
                    }
                    high1_ = 0;
                    low1_ = 0;
                    int _e395 = high1_;
                    metal::uint4 _e397 = a1_.inner[0];
                    metal::uint4 _e399 = high.inner[0];
                    int _e400 = dot16_(_e397, _e399);
                    high1_ = as_type<int>(as_type<uint>(_e395) + as_type<uint>(_e400));
                    int _e402 = low1_;
                    metal::uint4 _e404 = a1_.inner[0];
                    metal::uint4 _e406 = low.inner[0];
                    int _e407 = dot16_(_e404, _e406);
                    low1_ = as_type<int>(as_type<uint>(_e402) + as_type<uint>(_e407));
                    int _e409 = high1_;
                    metal::uint4 _e411 = a1_.inner[1];
                    metal::uint4 _e413 = high.inner[1];
                    int _e414 = dot16_(_e411, _e413);
                    high1_ = as_type<int>(as_type<uint>(_e409) + as_type<uint>(_e414));
                    int _e416 = low1_;
                    metal::uint4 _e418 = a1_.inner[1];
                    metal::uint4 _e420 = low.inner[1];
                    int _e421 = dot16_(_e418, _e420);
                    low1_ = as_type<int>(as_type<uint>(_e416) + as_type<uint>(_e421));
                    int _e423 = high1_;
                    metal::uint4 _e425 = a1_.inner[2];
                    metal::uint4 _e427 = high.inner[2];
                    int _e428 = dot16_(_e425, _e427);
                    high1_ = as_type<int>(as_type<uint>(_e423) + as_type<uint>(_e428));
                    int _e430 = low1_;
                    metal::uint4 _e432 = a1_.inner[2];
                    metal::uint4 _e434 = low.inner[2];
                    int _e435 = dot16_(_e432, _e434);
                    low1_ = as_type<int>(as_type<uint>(_e430) + as_type<uint>(_e435));
                    int _e437 = high1_;
                    int _e440 = low1_;
                    sum1_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e437))) + as_type<uint>(_e440));
                    int _e443 = sum1_;
                    int _e444 = sum1_;
                    int unnamed_3 = metal::simd_shuffle_xor(_e444, 4u);
                    sum1_ = as_type<int>(as_type<uint>(_e443) + as_type<uint>(unnamed_3));
                    int _e448 = sum1_;
                    int _e449 = sum1_;
                    int unnamed_4 = metal::simd_shuffle_xor(_e449, 2u);
                    sum1_ = as_type<int>(as_type<uint>(_e448) + as_type<uint>(unnamed_4));
                    int _e453 = sum1_;
                    int _e454 = sum1_;
                    int unnamed_5 = metal::simd_shuffle_xor(_e454, 1u);
                    sum1_ = as_type<int>(as_type<uint>(_e453) + as_type<uint>(unnamed_5));
                    bool _e458 = allows(row1_, allowed, _buffer_sizes);
                    if (_e458) {
                        float _e459 = greatest;
                        int _e460 = sum1_;
                        greatest = metal::max(_e459, ((static_cast<float>(_e460) * scale1_) / 16256.0) + (length * error1_));
                    }
                    high2_ = 0;
                    low2_ = 0;
                    int _e472 = high2_;
                    metal::uint4 _e474 = a2_.inner[0];
                    metal::uint4 _e476 = high.inner[0];
                    int _e477 = dot16_(_e474, _e476);
                    high2_ = as_type<int>(as_type<uint>(_e472) + as_type<uint>(_e477));
                    int _e479 = low2_;
                    metal::uint4 _e481 = a2_.inner[0];
                    metal::uint4 _e483 = low.inner[0];
                    int _e484 = dot16_(_e481, _e483);
                    low2_ = as_type<int>(as_type<uint>(_e479) + as_type<uint>(_e484));
                    int _e486 = high2_;
                    metal::uint4 _e488 = a2_.inner[1];
                    metal::uint4 _e490 = high.inner[1];
                    int _e491 = dot16_(_e488, _e490);
                    high2_ = as_type<int>(as_type<uint>(_e486) + as_type<uint>(_e491));
                    int _e493 = low2_;
                    metal::uint4 _e495 = a2_.inner[1];
                    metal::uint4 _e497 = low.inner[1];
                    int _e498 = dot16_(_e495, _e497);
                    low2_ = as_type<int>(as_type<uint>(_e493) + as_type<uint>(_e498));
                    int _e500 = high2_;
                    metal::uint4 _e502 = a2_.inner[2];
                    metal::uint4 _e504 = high.inner[2];
                    int _e505 = dot16_(_e502, _e504);
                    high2_ = as_type<int>(as_type<uint>(_e500) + as_type<uint>(_e505));
                    int _e507 = low2_;
                    metal::uint4 _e509 = a2_.inner[2];
                    metal::uint4 _e511 = low.inner[2];
                    int _e512 = dot16_(_e509, _e511);
                    low2_ = as_type<int>(as_type<uint>(_e507) + as_type<uint>(_e512));
                    int _e514 = high2_;
                    int _e517 = low2_;
                    sum2_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e514))) + as_type<uint>(_e517));
                    int _e520 = sum2_;
                    int _e521 = sum2_;
                    int unnamed_6 = metal::simd_shuffle_xor(_e521, 4u);
                    sum2_ = as_type<int>(as_type<uint>(_e520) + as_type<uint>(unnamed_6));
                    int _e525 = sum2_;
                    int _e526 = sum2_;
                    int unnamed_7 = metal::simd_shuffle_xor(_e526, 2u);
                    sum2_ = as_type<int>(as_type<uint>(_e525) + as_type<uint>(unnamed_7));
                    int _e530 = sum2_;
                    int _e531 = sum2_;
                    int unnamed_8 = metal::simd_shuffle_xor(_e531, 1u);
                    sum2_ = as_type<int>(as_type<uint>(_e530) + as_type<uint>(unnamed_8));
                    bool _e535 = allows(row2_, allowed, _buffer_sizes);
                    if (_e535) {
                        float _e536 = greatest;
                        int _e537 = sum2_;
                        greatest = metal::max(_e536, ((static_cast<float>(_e537) * scale2_) / 16256.0) + (length * error2_));
                    }
                    high3_ = 0;
                    low3_ = 0;
                    int _e549 = high3_;
                    metal::uint4 _e551 = a3_.inner[0];
                    metal::uint4 _e553 = high.inner[0];
                    int _e554 = dot16_(_e551, _e553);
                    high3_ = as_type<int>(as_type<uint>(_e549) + as_type<uint>(_e554));
                    int _e556 = low3_;
                    metal::uint4 _e558 = a3_.inner[0];
                    metal::uint4 _e560 = low.inner[0];
                    int _e561 = dot16_(_e558, _e560);
                    low3_ = as_type<int>(as_type<uint>(_e556) + as_type<uint>(_e561));
                    int _e563 = high3_;
                    metal::uint4 _e565 = a3_.inner[1];
                    metal::uint4 _e567 = high.inner[1];
                    int _e568 = dot16_(_e565, _e567);
                    high3_ = as_type<int>(as_type<uint>(_e563) + as_type<uint>(_e568));
                    int _e570 = low3_;
                    metal::uint4 _e572 = a3_.inner[1];
                    metal::uint4 _e574 = low.inner[1];
                    int _e575 = dot16_(_e572, _e574);
                    low3_ = as_type<int>(as_type<uint>(_e570) + as_type<uint>(_e575));
                    int _e577 = high3_;
                    metal::uint4 _e579 = a3_.inner[2];
                    metal::uint4 _e581 = high.inner[2];
                    int _e582 = dot16_(_e579, _e581);
                    high3_ = as_type<int>(as_type<uint>(_e577) + as_type<uint>(_e582));
                    int _e584 = low3_;
                    metal::uint4 _e586 = a3_.inner[2];
                    metal::uint4 _e588 = low.inner[2];
                    int _e589 = dot16_(_e586, _e588);
                    low3_ = as_type<int>(as_type<uint>(_e584) + as_type<uint>(_e589));
                    int _e591 = high3_;
                    int _e594 = low3_;
                    sum3_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e591))) + as_type<uint>(_e594));
                    int _e597 = sum3_;
                    int _e598 = sum3_;
                    int unnamed_9 = metal::simd_shuffle_xor(_e598, 4u);
                    sum3_ = as_type<int>(as_type<uint>(_e597) + as_type<uint>(unnamed_9));
                    int _e602 = sum3_;
                    int _e603 = sum3_;
                    int unnamed_10 = metal::simd_shuffle_xor(_e603, 2u);
                    sum3_ = as_type<int>(as_type<uint>(_e602) + as_type<uint>(unnamed_10));
                    int _e607 = sum3_;
                    int _e608 = sum3_;
                    int unnamed_11 = metal::simd_shuffle_xor(_e608, 1u);
                    sum3_ = as_type<int>(as_type<uint>(_e607) + as_type<uint>(unnamed_11));
                    bool _e612 = allows(row3_, allowed, _buffer_sizes);
                    if (_e612) {
                        float _e613 = greatest;
                        int _e614 = sum3_;
                        greatest = metal::max(_e613, ((static_cast<float>(_e614) * scale3_) / 16256.0) + (length * error3_));
                    }
                }
            }
            float _e625 = greatest;
            float unnamed_12 = metal::simd_max(_e625);
            if (lane == 0u) {
                local = unnamed_12 > -300000000000000000000000000000000000000.0;
            } else {
                local = false;
            }
            bool _e634 = local;
            if (_e634) {
                uint _e636 = key_of(unnamed_12);
                uint _e637 = metal::atomic_fetch_max_explicit(&best, _e636, metal::memory_order_relaxed);
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            if (thread_ == 0u) {
                uint _e643 = query;
                uint _e647 = metal::atomic_load_explicit(&best, metal::memory_order_relaxed);
                keys[(group * 64u) + _e643] = _e647;
            }
        }
    }
    return;
}
