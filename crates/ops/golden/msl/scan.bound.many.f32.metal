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
    uint live = metal::min(_e6, 64u);
    uint part = thread_ % 8u;
    uint mine = thread_ / 8u;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e613 = query;
            query = _e613 + 1u;
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
            metal::uint4 _e34 = queries[((_e27 * 48u) + 0u) + part];
            high.inner[0] = _e34;
            uint _e37 = query;
            metal::uint4 _e46 = queries[(((_e37 * 48u) + 24u) + 0u) + part];
            low.inner[0] = _e46;
            uint _e49 = query;
            metal::uint4 _e56 = queries[((_e49 * 48u) + 8u) + part];
            high.inner[1] = _e56;
            uint _e59 = query;
            metal::uint4 _e68 = queries[(((_e59 * 48u) + 24u) + 8u) + part];
            low.inner[1] = _e68;
            uint _e71 = query;
            metal::uint4 _e78 = queries[((_e71 * 48u) + 16u) + part];
            high.inner[2] = _e78;
            uint _e81 = query;
            metal::uint4 _e90 = queries[(((_e81 * 48u) + 24u) + 16u) + part];
            low.inner[2] = _e90;
            uint _e92 = query;
            float length = lengths[_e92];
            greatest = -300000000000000000000000000000000000000.0;
            at_1 = 0u;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e586 = at_1;
                    at_1 = _e586 + 128u;
                }
                loop_init_1 = false;
                uint _e99 = at_1;
                if (_e99 < 256u) {
                } else {
                    break;
                }
                {
                    uint _e104 = at_1;
                    uint row0_ = (((group * 256u) + _e104) + 0u) + mine;
                    float scale0_ = metas[row0_];
                    float error0_ = metas[row0_ + 8192u];
                    a0_ = type_11 {};
                    metal::uint4 _e127 = codes[((row0_ * 24u) + 0u) + part];
                    a0_.inner[0] = _e127;
                    metal::uint4 _e136 = codes[((row0_ * 24u) + 8u) + part];
                    a0_.inner[1] = _e136;
                    metal::uint4 _e145 = codes[((row0_ * 24u) + 16u) + part];
                    a0_.inner[2] = _e145;
                    uint _e148 = at_1;
                    uint row1_ = (((group * 256u) + _e148) + 32u) + mine;
                    float scale1_ = metas[row1_];
                    float error1_ = metas[row1_ + 8192u];
                    a1_ = type_11 {};
                    metal::uint4 _e171 = codes[((row1_ * 24u) + 0u) + part];
                    a1_.inner[0] = _e171;
                    metal::uint4 _e180 = codes[((row1_ * 24u) + 8u) + part];
                    a1_.inner[1] = _e180;
                    metal::uint4 _e189 = codes[((row1_ * 24u) + 16u) + part];
                    a1_.inner[2] = _e189;
                    uint _e192 = at_1;
                    uint row2_ = (((group * 256u) + _e192) + 64u) + mine;
                    float scale2_ = metas[row2_];
                    float error2_ = metas[row2_ + 8192u];
                    a2_ = type_11 {};
                    metal::uint4 _e215 = codes[((row2_ * 24u) + 0u) + part];
                    a2_.inner[0] = _e215;
                    metal::uint4 _e224 = codes[((row2_ * 24u) + 8u) + part];
                    a2_.inner[1] = _e224;
                    metal::uint4 _e233 = codes[((row2_ * 24u) + 16u) + part];
                    a2_.inner[2] = _e233;
                    uint _e236 = at_1;
                    uint row3_ = (((group * 256u) + _e236) + 96u) + mine;
                    float scale3_ = metas[row3_];
                    float error3_ = metas[row3_ + 8192u];
                    a3_ = type_11 {};
                    metal::uint4 _e259 = codes[((row3_ * 24u) + 0u) + part];
                    a3_.inner[0] = _e259;
                    metal::uint4 _e268 = codes[((row3_ * 24u) + 8u) + part];
                    a3_.inner[1] = _e268;
                    metal::uint4 _e277 = codes[((row3_ * 24u) + 16u) + part];
                    a3_.inner[2] = _e277;
                    high0_ = 0;
                    low0_ = 0;
                    int _e282 = high0_;
                    metal::uint4 _e284 = a0_.inner[0];
                    metal::uint4 _e286 = high.inner[0];
                    int _e287 = dot16_(_e284, _e286);
                    high0_ = as_type<int>(as_type<uint>(_e282) + as_type<uint>(_e287));
                    int _e289 = low0_;
                    metal::uint4 _e291 = a0_.inner[0];
                    metal::uint4 _e293 = low.inner[0];
                    int _e294 = dot16_(_e291, _e293);
                    low0_ = as_type<int>(as_type<uint>(_e289) + as_type<uint>(_e294));
                    int _e296 = high0_;
                    metal::uint4 _e298 = a0_.inner[1];
                    metal::uint4 _e300 = high.inner[1];
                    int _e301 = dot16_(_e298, _e300);
                    high0_ = as_type<int>(as_type<uint>(_e296) + as_type<uint>(_e301));
                    int _e303 = low0_;
                    metal::uint4 _e305 = a0_.inner[1];
                    metal::uint4 _e307 = low.inner[1];
                    int _e308 = dot16_(_e305, _e307);
                    low0_ = as_type<int>(as_type<uint>(_e303) + as_type<uint>(_e308));
                    int _e310 = high0_;
                    metal::uint4 _e312 = a0_.inner[2];
                    metal::uint4 _e314 = high.inner[2];
                    int _e315 = dot16_(_e312, _e314);
                    high0_ = as_type<int>(as_type<uint>(_e310) + as_type<uint>(_e315));
                    int _e317 = low0_;
                    metal::uint4 _e319 = a0_.inner[2];
                    metal::uint4 _e321 = low.inner[2];
                    int _e322 = dot16_(_e319, _e321);
                    low0_ = as_type<int>(as_type<uint>(_e317) + as_type<uint>(_e322));
                    int _e324 = high0_;
                    int _e327 = low0_;
                    sum0_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e324))) + as_type<uint>(_e327));
                    int _e330 = sum0_;
                    int _e331 = sum0_;
                    int unnamed = metal::simd_shuffle_xor(_e331, 4u);
                    sum0_ = as_type<int>(as_type<uint>(_e330) + as_type<uint>(unnamed));
                    int _e335 = sum0_;
                    int _e336 = sum0_;
                    int unnamed_1 = metal::simd_shuffle_xor(_e336, 2u);
                    sum0_ = as_type<int>(as_type<uint>(_e335) + as_type<uint>(unnamed_1));
                    int _e340 = sum0_;
                    int _e341 = sum0_;
                    int unnamed_2 = metal::simd_shuffle_xor(_e341, 1u);
                    sum0_ = as_type<int>(as_type<uint>(_e340) + as_type<uint>(unnamed_2));
                    bool _e345 = allows(row0_, allowed, _buffer_sizes);
                    if (_e345) {
                        float _e346 = greatest;
                        int _e347 = sum0_;
                        greatest = metal::max(_e346, ((static_cast<float>(_e347) * scale0_) / 16256.0) + (length * error0_));
                    }
                    high1_ = 0;
                    low1_ = 0;
                    int _e359 = high1_;
                    metal::uint4 _e361 = a1_.inner[0];
                    metal::uint4 _e363 = high.inner[0];
                    int _e364 = dot16_(_e361, _e363);
                    high1_ = as_type<int>(as_type<uint>(_e359) + as_type<uint>(_e364));
                    int _e366 = low1_;
                    metal::uint4 _e368 = a1_.inner[0];
                    metal::uint4 _e370 = low.inner[0];
                    int _e371 = dot16_(_e368, _e370);
                    low1_ = as_type<int>(as_type<uint>(_e366) + as_type<uint>(_e371));
                    int _e373 = high1_;
                    metal::uint4 _e375 = a1_.inner[1];
                    metal::uint4 _e377 = high.inner[1];
                    int _e378 = dot16_(_e375, _e377);
                    high1_ = as_type<int>(as_type<uint>(_e373) + as_type<uint>(_e378));
                    int _e380 = low1_;
                    metal::uint4 _e382 = a1_.inner[1];
                    metal::uint4 _e384 = low.inner[1];
                    int _e385 = dot16_(_e382, _e384);
                    low1_ = as_type<int>(as_type<uint>(_e380) + as_type<uint>(_e385));
                    int _e387 = high1_;
                    metal::uint4 _e389 = a1_.inner[2];
                    metal::uint4 _e391 = high.inner[2];
                    int _e392 = dot16_(_e389, _e391);
                    high1_ = as_type<int>(as_type<uint>(_e387) + as_type<uint>(_e392));
                    int _e394 = low1_;
                    metal::uint4 _e396 = a1_.inner[2];
                    metal::uint4 _e398 = low.inner[2];
                    int _e399 = dot16_(_e396, _e398);
                    low1_ = as_type<int>(as_type<uint>(_e394) + as_type<uint>(_e399));
                    int _e401 = high1_;
                    int _e404 = low1_;
                    sum1_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e401))) + as_type<uint>(_e404));
                    int _e407 = sum1_;
                    int _e408 = sum1_;
                    int unnamed_3 = metal::simd_shuffle_xor(_e408, 4u);
                    sum1_ = as_type<int>(as_type<uint>(_e407) + as_type<uint>(unnamed_3));
                    int _e412 = sum1_;
                    int _e413 = sum1_;
                    int unnamed_4 = metal::simd_shuffle_xor(_e413, 2u);
                    sum1_ = as_type<int>(as_type<uint>(_e412) + as_type<uint>(unnamed_4));
                    int _e417 = sum1_;
                    int _e418 = sum1_;
                    int unnamed_5 = metal::simd_shuffle_xor(_e418, 1u);
                    sum1_ = as_type<int>(as_type<uint>(_e417) + as_type<uint>(unnamed_5));
                    bool _e422 = allows(row1_, allowed, _buffer_sizes);
                    if (_e422) {
                        float _e423 = greatest;
                        int _e424 = sum1_;
                        greatest = metal::max(_e423, ((static_cast<float>(_e424) * scale1_) / 16256.0) + (length * error1_));
                    }
                    high2_ = 0;
                    low2_ = 0;
                    int _e436 = high2_;
                    metal::uint4 _e438 = a2_.inner[0];
                    metal::uint4 _e440 = high.inner[0];
                    int _e441 = dot16_(_e438, _e440);
                    high2_ = as_type<int>(as_type<uint>(_e436) + as_type<uint>(_e441));
                    int _e443 = low2_;
                    metal::uint4 _e445 = a2_.inner[0];
                    metal::uint4 _e447 = low.inner[0];
                    int _e448 = dot16_(_e445, _e447);
                    low2_ = as_type<int>(as_type<uint>(_e443) + as_type<uint>(_e448));
                    int _e450 = high2_;
                    metal::uint4 _e452 = a2_.inner[1];
                    metal::uint4 _e454 = high.inner[1];
                    int _e455 = dot16_(_e452, _e454);
                    high2_ = as_type<int>(as_type<uint>(_e450) + as_type<uint>(_e455));
                    int _e457 = low2_;
                    metal::uint4 _e459 = a2_.inner[1];
                    metal::uint4 _e461 = low.inner[1];
                    int _e462 = dot16_(_e459, _e461);
                    low2_ = as_type<int>(as_type<uint>(_e457) + as_type<uint>(_e462));
                    int _e464 = high2_;
                    metal::uint4 _e466 = a2_.inner[2];
                    metal::uint4 _e468 = high.inner[2];
                    int _e469 = dot16_(_e466, _e468);
                    high2_ = as_type<int>(as_type<uint>(_e464) + as_type<uint>(_e469));
                    int _e471 = low2_;
                    metal::uint4 _e473 = a2_.inner[2];
                    metal::uint4 _e475 = low.inner[2];
                    int _e476 = dot16_(_e473, _e475);
                    low2_ = as_type<int>(as_type<uint>(_e471) + as_type<uint>(_e476));
                    int _e478 = high2_;
                    int _e481 = low2_;
                    sum2_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e478))) + as_type<uint>(_e481));
                    int _e484 = sum2_;
                    int _e485 = sum2_;
                    int unnamed_6 = metal::simd_shuffle_xor(_e485, 4u);
                    sum2_ = as_type<int>(as_type<uint>(_e484) + as_type<uint>(unnamed_6));
                    int _e489 = sum2_;
                    int _e490 = sum2_;
                    int unnamed_7 = metal::simd_shuffle_xor(_e490, 2u);
                    sum2_ = as_type<int>(as_type<uint>(_e489) + as_type<uint>(unnamed_7));
                    int _e494 = sum2_;
                    int _e495 = sum2_;
                    int unnamed_8 = metal::simd_shuffle_xor(_e495, 1u);
                    sum2_ = as_type<int>(as_type<uint>(_e494) + as_type<uint>(unnamed_8));
                    bool _e499 = allows(row2_, allowed, _buffer_sizes);
                    if (_e499) {
                        float _e500 = greatest;
                        int _e501 = sum2_;
                        greatest = metal::max(_e500, ((static_cast<float>(_e501) * scale2_) / 16256.0) + (length * error2_));
                    }
                    high3_ = 0;
                    low3_ = 0;
                    int _e513 = high3_;
                    metal::uint4 _e515 = a3_.inner[0];
                    metal::uint4 _e517 = high.inner[0];
                    int _e518 = dot16_(_e515, _e517);
                    high3_ = as_type<int>(as_type<uint>(_e513) + as_type<uint>(_e518));
                    int _e520 = low3_;
                    metal::uint4 _e522 = a3_.inner[0];
                    metal::uint4 _e524 = low.inner[0];
                    int _e525 = dot16_(_e522, _e524);
                    low3_ = as_type<int>(as_type<uint>(_e520) + as_type<uint>(_e525));
                    int _e527 = high3_;
                    metal::uint4 _e529 = a3_.inner[1];
                    metal::uint4 _e531 = high.inner[1];
                    int _e532 = dot16_(_e529, _e531);
                    high3_ = as_type<int>(as_type<uint>(_e527) + as_type<uint>(_e532));
                    int _e534 = low3_;
                    metal::uint4 _e536 = a3_.inner[1];
                    metal::uint4 _e538 = low.inner[1];
                    int _e539 = dot16_(_e536, _e538);
                    low3_ = as_type<int>(as_type<uint>(_e534) + as_type<uint>(_e539));
                    int _e541 = high3_;
                    metal::uint4 _e543 = a3_.inner[2];
                    metal::uint4 _e545 = high.inner[2];
                    int _e546 = dot16_(_e543, _e545);
                    high3_ = as_type<int>(as_type<uint>(_e541) + as_type<uint>(_e546));
                    int _e548 = low3_;
                    metal::uint4 _e550 = a3_.inner[2];
                    metal::uint4 _e552 = low.inner[2];
                    int _e553 = dot16_(_e550, _e552);
                    low3_ = as_type<int>(as_type<uint>(_e548) + as_type<uint>(_e553));
                    int _e555 = high3_;
                    int _e558 = low3_;
                    sum3_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e555))) + as_type<uint>(_e558));
                    int _e561 = sum3_;
                    int _e562 = sum3_;
                    int unnamed_9 = metal::simd_shuffle_xor(_e562, 4u);
                    sum3_ = as_type<int>(as_type<uint>(_e561) + as_type<uint>(unnamed_9));
                    int _e566 = sum3_;
                    int _e567 = sum3_;
                    int unnamed_10 = metal::simd_shuffle_xor(_e567, 2u);
                    sum3_ = as_type<int>(as_type<uint>(_e566) + as_type<uint>(unnamed_10));
                    int _e571 = sum3_;
                    int _e572 = sum3_;
                    int unnamed_11 = metal::simd_shuffle_xor(_e572, 1u);
                    sum3_ = as_type<int>(as_type<uint>(_e571) + as_type<uint>(unnamed_11));
                    bool _e576 = allows(row3_, allowed, _buffer_sizes);
                    if (_e576) {
                        float _e577 = greatest;
                        int _e578 = sum3_;
                        greatest = metal::max(_e577, ((static_cast<float>(_e578) * scale3_) / 16256.0) + (length * error3_));
                    }
                }
            }
            float _e589 = greatest;
            float unnamed_12 = metal::simd_max(_e589);
            if (lane == 0u) {
                local = unnamed_12 > -300000000000000000000000000000000000000.0;
            } else {
                local = false;
            }
            bool _e598 = local;
            if (_e598) {
                uint _e600 = key_of(unnamed_12);
                uint _e601 = metal::atomic_fetch_max_explicit(&best, _e600, metal::memory_order_relaxed);
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            if (thread_ == 0u) {
                uint _e607 = query;
                uint _e611 = metal::atomic_load_explicit(&best, metal::memory_order_relaxed);
                keys[(group * 64u) + _e607] = _e611;
            }
        }
    }
    return;
}
