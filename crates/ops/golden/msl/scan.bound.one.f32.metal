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
    type_12 high = {};
    type_12 low = {};
    float greatest = {};
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
    uint live = metal::min(_e6, 1u);
    uint part = thread_ % 8u;
    uint mine = thread_ / 8u;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e640 = query;
            query = _e640 + 1u;
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
            high = type_12 {};
            low = type_12 {};
            uint _e28 = query;
            metal::uint4 _e39 = queries[((_e28 * 48u) + ((0u + part) * 1u)) + 0u];
            high.inner[0] = _e39;
            uint _e42 = query;
            metal::uint4 _e55 = queries[(((_e42 * 48u) + 24u) + ((0u + part) * 1u)) + 0u];
            low.inner[0] = _e55;
            uint _e58 = query;
            metal::uint4 _e69 = queries[((_e58 * 48u) + ((8u + part) * 1u)) + 0u];
            high.inner[1] = _e69;
            uint _e72 = query;
            metal::uint4 _e85 = queries[(((_e72 * 48u) + 24u) + ((8u + part) * 1u)) + 0u];
            low.inner[1] = _e85;
            uint _e88 = query;
            metal::uint4 _e99 = queries[((_e88 * 48u) + ((16u + part) * 1u)) + 0u];
            high.inner[2] = _e99;
            uint _e102 = query;
            metal::uint4 _e115 = queries[(((_e102 * 48u) + 24u) + ((16u + part) * 1u)) + 0u];
            low.inner[2] = _e115;
            uint _e117 = query;
            float length = lengths[_e117];
            greatest = -300000000000000000000000000000000000000.0;
            at_1 = 0u;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e611 = at_1;
                    at_1 = _e611 + 128u;
                }
                loop_init_1 = false;
                uint _e124 = at_1;
                if (_e124 < 256u) {
                } else {
                    break;
                }
                {
                    uint _e129 = at_1;
                    uint row0_ = (((group * 256u) + _e129) + 0u) + mine;
                    float scale0_ = metas[row0_];
                    float error0_ = metas[row0_ + 8192u];
                    a0_ = type_12 {};
                    metal::uint4 _e152 = codes[((row0_ * 24u) + 0u) + part];
                    a0_.inner[0] = _e152;
                    metal::uint4 _e161 = codes[((row0_ * 24u) + 8u) + part];
                    a0_.inner[1] = _e161;
                    metal::uint4 _e170 = codes[((row0_ * 24u) + 16u) + part];
                    a0_.inner[2] = _e170;
                    uint _e173 = at_1;
                    uint row1_ = (((group * 256u) + _e173) + 32u) + mine;
                    float scale1_ = metas[row1_];
                    float error1_ = metas[row1_ + 8192u];
                    a1_ = type_12 {};
                    metal::uint4 _e196 = codes[((row1_ * 24u) + 0u) + part];
                    a1_.inner[0] = _e196;
                    metal::uint4 _e205 = codes[((row1_ * 24u) + 8u) + part];
                    a1_.inner[1] = _e205;
                    metal::uint4 _e214 = codes[((row1_ * 24u) + 16u) + part];
                    a1_.inner[2] = _e214;
                    uint _e217 = at_1;
                    uint row2_ = (((group * 256u) + _e217) + 64u) + mine;
                    float scale2_ = metas[row2_];
                    float error2_ = metas[row2_ + 8192u];
                    a2_ = type_12 {};
                    metal::uint4 _e240 = codes[((row2_ * 24u) + 0u) + part];
                    a2_.inner[0] = _e240;
                    metal::uint4 _e249 = codes[((row2_ * 24u) + 8u) + part];
                    a2_.inner[1] = _e249;
                    metal::uint4 _e258 = codes[((row2_ * 24u) + 16u) + part];
                    a2_.inner[2] = _e258;
                    uint _e261 = at_1;
                    uint row3_ = (((group * 256u) + _e261) + 96u) + mine;
                    float scale3_ = metas[row3_];
                    float error3_ = metas[row3_ + 8192u];
                    a3_ = type_12 {};
                    metal::uint4 _e284 = codes[((row3_ * 24u) + 0u) + part];
                    a3_.inner[0] = _e284;
                    metal::uint4 _e293 = codes[((row3_ * 24u) + 8u) + part];
                    a3_.inner[1] = _e293;
                    metal::uint4 _e302 = codes[((row3_ * 24u) + 16u) + part];
                    a3_.inner[2] = _e302;
                    high0_ = 0;
                    low0_ = 0;
                    int _e307 = high0_;
                    metal::uint4 _e309 = a0_.inner[0];
                    metal::uint4 _e311 = high.inner[0];
                    int _e312 = dot16_(_e309, _e311);
                    high0_ = as_type<int>(as_type<uint>(_e307) + as_type<uint>(_e312));
                    int _e314 = low0_;
                    metal::uint4 _e316 = a0_.inner[0];
                    metal::uint4 _e318 = low.inner[0];
                    int _e319 = dot16_(_e316, _e318);
                    low0_ = as_type<int>(as_type<uint>(_e314) + as_type<uint>(_e319));
                    int _e321 = high0_;
                    metal::uint4 _e323 = a0_.inner[1];
                    metal::uint4 _e325 = high.inner[1];
                    int _e326 = dot16_(_e323, _e325);
                    high0_ = as_type<int>(as_type<uint>(_e321) + as_type<uint>(_e326));
                    int _e328 = low0_;
                    metal::uint4 _e330 = a0_.inner[1];
                    metal::uint4 _e332 = low.inner[1];
                    int _e333 = dot16_(_e330, _e332);
                    low0_ = as_type<int>(as_type<uint>(_e328) + as_type<uint>(_e333));
                    int _e335 = high0_;
                    metal::uint4 _e337 = a0_.inner[2];
                    metal::uint4 _e339 = high.inner[2];
                    int _e340 = dot16_(_e337, _e339);
                    high0_ = as_type<int>(as_type<uint>(_e335) + as_type<uint>(_e340));
                    int _e342 = low0_;
                    metal::uint4 _e344 = a0_.inner[2];
                    metal::uint4 _e346 = low.inner[2];
                    int _e347 = dot16_(_e344, _e346);
                    low0_ = as_type<int>(as_type<uint>(_e342) + as_type<uint>(_e347));
                    int _e349 = high0_;
                    int _e352 = low0_;
                    sum0_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e349))) + as_type<uint>(_e352));
                    int _e355 = sum0_;
                    int _e356 = sum0_;
                    int unnamed = metal::simd_shuffle_xor(_e356, 4u);
                    sum0_ = as_type<int>(as_type<uint>(_e355) + as_type<uint>(unnamed));
                    int _e360 = sum0_;
                    int _e361 = sum0_;
                    int unnamed_1 = metal::simd_shuffle_xor(_e361, 2u);
                    sum0_ = as_type<int>(as_type<uint>(_e360) + as_type<uint>(unnamed_1));
                    int _e365 = sum0_;
                    int _e366 = sum0_;
                    int unnamed_2 = metal::simd_shuffle_xor(_e366, 1u);
                    sum0_ = as_type<int>(as_type<uint>(_e365) + as_type<uint>(unnamed_2));
                    bool _e370 = allows(row0_, allowed, _buffer_sizes);
                    if (_e370) {
                        float _e371 = greatest;
                        int _e372 = sum0_;
                        greatest = metal::max(_e371, ((static_cast<float>(_e372) * scale0_) / 16256.0) + (length * error0_));
                    }
                    high1_ = 0;
                    low1_ = 0;
                    int _e384 = high1_;
                    metal::uint4 _e386 = a1_.inner[0];
                    metal::uint4 _e388 = high.inner[0];
                    int _e389 = dot16_(_e386, _e388);
                    high1_ = as_type<int>(as_type<uint>(_e384) + as_type<uint>(_e389));
                    int _e391 = low1_;
                    metal::uint4 _e393 = a1_.inner[0];
                    metal::uint4 _e395 = low.inner[0];
                    int _e396 = dot16_(_e393, _e395);
                    low1_ = as_type<int>(as_type<uint>(_e391) + as_type<uint>(_e396));
                    int _e398 = high1_;
                    metal::uint4 _e400 = a1_.inner[1];
                    metal::uint4 _e402 = high.inner[1];
                    int _e403 = dot16_(_e400, _e402);
                    high1_ = as_type<int>(as_type<uint>(_e398) + as_type<uint>(_e403));
                    int _e405 = low1_;
                    metal::uint4 _e407 = a1_.inner[1];
                    metal::uint4 _e409 = low.inner[1];
                    int _e410 = dot16_(_e407, _e409);
                    low1_ = as_type<int>(as_type<uint>(_e405) + as_type<uint>(_e410));
                    int _e412 = high1_;
                    metal::uint4 _e414 = a1_.inner[2];
                    metal::uint4 _e416 = high.inner[2];
                    int _e417 = dot16_(_e414, _e416);
                    high1_ = as_type<int>(as_type<uint>(_e412) + as_type<uint>(_e417));
                    int _e419 = low1_;
                    metal::uint4 _e421 = a1_.inner[2];
                    metal::uint4 _e423 = low.inner[2];
                    int _e424 = dot16_(_e421, _e423);
                    low1_ = as_type<int>(as_type<uint>(_e419) + as_type<uint>(_e424));
                    int _e426 = high1_;
                    int _e429 = low1_;
                    sum1_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e426))) + as_type<uint>(_e429));
                    int _e432 = sum1_;
                    int _e433 = sum1_;
                    int unnamed_3 = metal::simd_shuffle_xor(_e433, 4u);
                    sum1_ = as_type<int>(as_type<uint>(_e432) + as_type<uint>(unnamed_3));
                    int _e437 = sum1_;
                    int _e438 = sum1_;
                    int unnamed_4 = metal::simd_shuffle_xor(_e438, 2u);
                    sum1_ = as_type<int>(as_type<uint>(_e437) + as_type<uint>(unnamed_4));
                    int _e442 = sum1_;
                    int _e443 = sum1_;
                    int unnamed_5 = metal::simd_shuffle_xor(_e443, 1u);
                    sum1_ = as_type<int>(as_type<uint>(_e442) + as_type<uint>(unnamed_5));
                    bool _e447 = allows(row1_, allowed, _buffer_sizes);
                    if (_e447) {
                        float _e448 = greatest;
                        int _e449 = sum1_;
                        greatest = metal::max(_e448, ((static_cast<float>(_e449) * scale1_) / 16256.0) + (length * error1_));
                    }
                    high2_ = 0;
                    low2_ = 0;
                    int _e461 = high2_;
                    metal::uint4 _e463 = a2_.inner[0];
                    metal::uint4 _e465 = high.inner[0];
                    int _e466 = dot16_(_e463, _e465);
                    high2_ = as_type<int>(as_type<uint>(_e461) + as_type<uint>(_e466));
                    int _e468 = low2_;
                    metal::uint4 _e470 = a2_.inner[0];
                    metal::uint4 _e472 = low.inner[0];
                    int _e473 = dot16_(_e470, _e472);
                    low2_ = as_type<int>(as_type<uint>(_e468) + as_type<uint>(_e473));
                    int _e475 = high2_;
                    metal::uint4 _e477 = a2_.inner[1];
                    metal::uint4 _e479 = high.inner[1];
                    int _e480 = dot16_(_e477, _e479);
                    high2_ = as_type<int>(as_type<uint>(_e475) + as_type<uint>(_e480));
                    int _e482 = low2_;
                    metal::uint4 _e484 = a2_.inner[1];
                    metal::uint4 _e486 = low.inner[1];
                    int _e487 = dot16_(_e484, _e486);
                    low2_ = as_type<int>(as_type<uint>(_e482) + as_type<uint>(_e487));
                    int _e489 = high2_;
                    metal::uint4 _e491 = a2_.inner[2];
                    metal::uint4 _e493 = high.inner[2];
                    int _e494 = dot16_(_e491, _e493);
                    high2_ = as_type<int>(as_type<uint>(_e489) + as_type<uint>(_e494));
                    int _e496 = low2_;
                    metal::uint4 _e498 = a2_.inner[2];
                    metal::uint4 _e500 = low.inner[2];
                    int _e501 = dot16_(_e498, _e500);
                    low2_ = as_type<int>(as_type<uint>(_e496) + as_type<uint>(_e501));
                    int _e503 = high2_;
                    int _e506 = low2_;
                    sum2_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e503))) + as_type<uint>(_e506));
                    int _e509 = sum2_;
                    int _e510 = sum2_;
                    int unnamed_6 = metal::simd_shuffle_xor(_e510, 4u);
                    sum2_ = as_type<int>(as_type<uint>(_e509) + as_type<uint>(unnamed_6));
                    int _e514 = sum2_;
                    int _e515 = sum2_;
                    int unnamed_7 = metal::simd_shuffle_xor(_e515, 2u);
                    sum2_ = as_type<int>(as_type<uint>(_e514) + as_type<uint>(unnamed_7));
                    int _e519 = sum2_;
                    int _e520 = sum2_;
                    int unnamed_8 = metal::simd_shuffle_xor(_e520, 1u);
                    sum2_ = as_type<int>(as_type<uint>(_e519) + as_type<uint>(unnamed_8));
                    bool _e524 = allows(row2_, allowed, _buffer_sizes);
                    if (_e524) {
                        float _e525 = greatest;
                        int _e526 = sum2_;
                        greatest = metal::max(_e525, ((static_cast<float>(_e526) * scale2_) / 16256.0) + (length * error2_));
                    }
                    high3_ = 0;
                    low3_ = 0;
                    int _e538 = high3_;
                    metal::uint4 _e540 = a3_.inner[0];
                    metal::uint4 _e542 = high.inner[0];
                    int _e543 = dot16_(_e540, _e542);
                    high3_ = as_type<int>(as_type<uint>(_e538) + as_type<uint>(_e543));
                    int _e545 = low3_;
                    metal::uint4 _e547 = a3_.inner[0];
                    metal::uint4 _e549 = low.inner[0];
                    int _e550 = dot16_(_e547, _e549);
                    low3_ = as_type<int>(as_type<uint>(_e545) + as_type<uint>(_e550));
                    int _e552 = high3_;
                    metal::uint4 _e554 = a3_.inner[1];
                    metal::uint4 _e556 = high.inner[1];
                    int _e557 = dot16_(_e554, _e556);
                    high3_ = as_type<int>(as_type<uint>(_e552) + as_type<uint>(_e557));
                    int _e559 = low3_;
                    metal::uint4 _e561 = a3_.inner[1];
                    metal::uint4 _e563 = low.inner[1];
                    int _e564 = dot16_(_e561, _e563);
                    low3_ = as_type<int>(as_type<uint>(_e559) + as_type<uint>(_e564));
                    int _e566 = high3_;
                    metal::uint4 _e568 = a3_.inner[2];
                    metal::uint4 _e570 = high.inner[2];
                    int _e571 = dot16_(_e568, _e570);
                    high3_ = as_type<int>(as_type<uint>(_e566) + as_type<uint>(_e571));
                    int _e573 = low3_;
                    metal::uint4 _e575 = a3_.inner[2];
                    metal::uint4 _e577 = low.inner[2];
                    int _e578 = dot16_(_e575, _e577);
                    low3_ = as_type<int>(as_type<uint>(_e573) + as_type<uint>(_e578));
                    int _e580 = high3_;
                    int _e583 = low3_;
                    sum3_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e580))) + as_type<uint>(_e583));
                    int _e586 = sum3_;
                    int _e587 = sum3_;
                    int unnamed_9 = metal::simd_shuffle_xor(_e587, 4u);
                    sum3_ = as_type<int>(as_type<uint>(_e586) + as_type<uint>(unnamed_9));
                    int _e591 = sum3_;
                    int _e592 = sum3_;
                    int unnamed_10 = metal::simd_shuffle_xor(_e592, 2u);
                    sum3_ = as_type<int>(as_type<uint>(_e591) + as_type<uint>(unnamed_10));
                    int _e596 = sum3_;
                    int _e597 = sum3_;
                    int unnamed_11 = metal::simd_shuffle_xor(_e597, 1u);
                    sum3_ = as_type<int>(as_type<uint>(_e596) + as_type<uint>(unnamed_11));
                    bool _e601 = allows(row3_, allowed, _buffer_sizes);
                    if (_e601) {
                        float _e602 = greatest;
                        int _e603 = sum3_;
                        greatest = metal::max(_e602, ((static_cast<float>(_e603) * scale3_) / 16256.0) + (length * error3_));
                    }
                }
            }
            float _e614 = greatest;
            float unnamed_12 = metal::simd_max(_e614);
            if (lane == 0u) {
                local = unnamed_12 > -300000000000000000000000000000000000000.0;
            } else {
                local = false;
            }
            bool _e623 = local;
            if (_e623) {
                uint _e626 = key_of(unnamed_12);
                uint _e627 = metal::atomic_fetch_max_explicit(&best.inner[0], _e626, metal::memory_order_relaxed);
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            if (thread_ == 0u) {
                uint _e633 = query;
                uint _e638 = metal::atomic_load_explicit(&best.inner[0], metal::memory_order_relaxed);
                keys[(group * 1u) + _e633] = _e638;
            }
        }
    }
    return;
}
