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
};

typedef metal::uint4 type_2[1];
typedef float type_4[1];
typedef uint type_5[1];
struct type_6 {
    uint inner[64];
};
struct type_11 {
    metal::uint4 inner[6];
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
, device type_4 const& slack [[buffer(2)]]
, device type_5 const& allowed [[buffer(3)]]
, device type_2 const& queries [[buffer(4)]]
, device type_4 const& lengths [[buffer(5)]]
, device type_5& keys [[buffer(6)]]
, device type_6 const& params [[buffer(7)]]
, threadgroup metal::atomic_uint& best
, constant _mslBufferSizes& _buffer_sizes [[buffer(8)]]
) {
    uint query = 0u;
    type_11 high = {};
    type_11 low = {};
    int total = {};
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
    uint part = thread_ % 4u;
    uint mine = thread_ / 4u;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e881 = query;
            query = _e881 + 1u;
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
            metal::uint4 _e38 = queries[((_e27 * 48u) + ((0u + part) * 2u)) + 0u];
            high.inner[0] = _e38;
            uint _e41 = query;
            metal::uint4 _e54 = queries[(((_e41 * 48u) + 24u) + ((0u + part) * 2u)) + 0u];
            low.inner[0] = _e54;
            uint _e57 = query;
            metal::uint4 _e68 = queries[((_e57 * 48u) + ((0u + part) * 2u)) + 1u];
            high.inner[1] = _e68;
            uint _e71 = query;
            metal::uint4 _e84 = queries[(((_e71 * 48u) + 24u) + ((0u + part) * 2u)) + 1u];
            low.inner[1] = _e84;
            uint _e87 = query;
            metal::uint4 _e98 = queries[((_e87 * 48u) + ((4u + part) * 2u)) + 0u];
            high.inner[2] = _e98;
            uint _e101 = query;
            metal::uint4 _e114 = queries[(((_e101 * 48u) + 24u) + ((4u + part) * 2u)) + 0u];
            low.inner[2] = _e114;
            uint _e117 = query;
            metal::uint4 _e128 = queries[((_e117 * 48u) + ((4u + part) * 2u)) + 1u];
            high.inner[3] = _e128;
            uint _e131 = query;
            metal::uint4 _e144 = queries[(((_e131 * 48u) + 24u) + ((4u + part) * 2u)) + 1u];
            low.inner[3] = _e144;
            uint _e147 = query;
            metal::uint4 _e158 = queries[((_e147 * 48u) + ((8u + part) * 2u)) + 0u];
            high.inner[4] = _e158;
            uint _e161 = query;
            metal::uint4 _e174 = queries[(((_e161 * 48u) + 24u) + ((8u + part) * 2u)) + 0u];
            low.inner[4] = _e174;
            uint _e177 = query;
            metal::uint4 _e188 = queries[((_e177 * 48u) + ((8u + part) * 2u)) + 1u];
            high.inner[5] = _e188;
            uint _e191 = query;
            metal::uint4 _e204 = queries[(((_e191 * 48u) + 24u) + ((8u + part) * 2u)) + 1u];
            low.inner[5] = _e204;
            total = 0;
            int _e207 = total;
            metal::uint4 _e209 = high.inner[0];
            int _e211 = dot16_(_e209, ONES);
            metal::uint4 _e215 = low.inner[0];
            int _e217 = dot16_(_e215, ONES);
            total = as_type<int>(as_type<uint>(_e207) + as_type<uint>(as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e211))) + as_type<uint>(_e217))));
            int _e220 = total;
            metal::uint4 _e222 = high.inner[1];
            int _e224 = dot16_(_e222, ONES);
            metal::uint4 _e228 = low.inner[1];
            int _e230 = dot16_(_e228, ONES);
            total = as_type<int>(as_type<uint>(_e220) + as_type<uint>(as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e224))) + as_type<uint>(_e230))));
            int _e233 = total;
            metal::uint4 _e235 = high.inner[2];
            int _e237 = dot16_(_e235, ONES);
            metal::uint4 _e241 = low.inner[2];
            int _e243 = dot16_(_e241, ONES);
            total = as_type<int>(as_type<uint>(_e233) + as_type<uint>(as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e237))) + as_type<uint>(_e243))));
            int _e246 = total;
            metal::uint4 _e248 = high.inner[3];
            int _e250 = dot16_(_e248, ONES);
            metal::uint4 _e254 = low.inner[3];
            int _e256 = dot16_(_e254, ONES);
            total = as_type<int>(as_type<uint>(_e246) + as_type<uint>(as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e250))) + as_type<uint>(_e256))));
            int _e259 = total;
            metal::uint4 _e261 = high.inner[4];
            int _e263 = dot16_(_e261, ONES);
            metal::uint4 _e267 = low.inner[4];
            int _e269 = dot16_(_e267, ONES);
            total = as_type<int>(as_type<uint>(_e259) + as_type<uint>(as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e263))) + as_type<uint>(_e269))));
            int _e272 = total;
            metal::uint4 _e274 = high.inner[5];
            int _e276 = dot16_(_e274, ONES);
            metal::uint4 _e280 = low.inner[5];
            int _e282 = dot16_(_e280, ONES);
            total = as_type<int>(as_type<uint>(_e272) + as_type<uint>(as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e276))) + as_type<uint>(_e282))));
            int _e285 = total;
            int _e286 = total;
            int unnamed = metal::simd_shuffle_xor(_e286, 2u);
            total = as_type<int>(as_type<uint>(_e285) + as_type<uint>(unnamed));
            int _e290 = total;
            int _e291 = total;
            int unnamed_1 = metal::simd_shuffle_xor(_e291, 1u);
            total = as_type<int>(as_type<uint>(_e290) + as_type<uint>(unnamed_1));
            uint _e296 = query;
            float length = lengths[_e296];
            greatest = -300000000000000000000000000000000000000.0;
            at_1 = 0u;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e854 = at_1;
                    at_1 = _e854 + 256u;
                }
                loop_init_1 = false;
                uint _e303 = at_1;
                if (_e303 < 256u) {
                } else {
                    break;
                }
                {
                    uint _e308 = at_1;
                    uint row0_ = (((group * 256u) + _e308) + 0u) + mine;
                    float scale0_ = metas[row0_];
                    float error0_ = slack[row0_];
                    a0_ = type_12 {};
                    metal::uint4 _e329 = codes[((row0_ * 12u) + 0u) + part];
                    a0_.inner[0] = _e329;
                    metal::uint4 _e338 = codes[((row0_ * 12u) + 4u) + part];
                    a0_.inner[1] = _e338;
                    metal::uint4 _e347 = codes[((row0_ * 12u) + 8u) + part];
                    a0_.inner[2] = _e347;
                    uint _e350 = at_1;
                    uint row1_ = (((group * 256u) + _e350) + 64u) + mine;
                    float scale1_ = metas[row1_];
                    float error1_ = slack[row1_];
                    a1_ = type_12 {};
                    metal::uint4 _e371 = codes[((row1_ * 12u) + 0u) + part];
                    a1_.inner[0] = _e371;
                    metal::uint4 _e380 = codes[((row1_ * 12u) + 4u) + part];
                    a1_.inner[1] = _e380;
                    metal::uint4 _e389 = codes[((row1_ * 12u) + 8u) + part];
                    a1_.inner[2] = _e389;
                    uint _e392 = at_1;
                    uint row2_ = (((group * 256u) + _e392) + 128u) + mine;
                    float scale2_ = metas[row2_];
                    float error2_ = slack[row2_];
                    a2_ = type_12 {};
                    metal::uint4 _e413 = codes[((row2_ * 12u) + 0u) + part];
                    a2_.inner[0] = _e413;
                    metal::uint4 _e422 = codes[((row2_ * 12u) + 4u) + part];
                    a2_.inner[1] = _e422;
                    metal::uint4 _e431 = codes[((row2_ * 12u) + 8u) + part];
                    a2_.inner[2] = _e431;
                    uint _e434 = at_1;
                    uint row3_ = (((group * 256u) + _e434) + 192u) + mine;
                    float scale3_ = metas[row3_];
                    float error3_ = slack[row3_];
                    a3_ = type_12 {};
                    metal::uint4 _e455 = codes[((row3_ * 12u) + 0u) + part];
                    a3_.inner[0] = _e455;
                    metal::uint4 _e464 = codes[((row3_ * 12u) + 4u) + part];
                    a3_.inner[1] = _e464;
                    metal::uint4 _e473 = codes[((row3_ * 12u) + 8u) + part];
                    a3_.inner[2] = _e473;
                    high0_ = 0;
                    low0_ = 0;
                    int _e478 = high0_;
                    metal::uint4 _e480 = a0_.inner[0];
                    metal::uint4 _e482 = high.inner[0];
                    metal::uint4 _e484 = high.inner[1];
                    int _e485 = dot32_(_e480, _e482, _e484);
                    high0_ = as_type<int>(as_type<uint>(_e478) + as_type<uint>(_e485));
                    int _e487 = low0_;
                    metal::uint4 _e489 = a0_.inner[0];
                    metal::uint4 _e491 = low.inner[0];
                    metal::uint4 _e493 = low.inner[1];
                    int _e494 = dot32_(_e489, _e491, _e493);
                    low0_ = as_type<int>(as_type<uint>(_e487) + as_type<uint>(_e494));
                    int _e496 = high0_;
                    metal::uint4 _e498 = a0_.inner[1];
                    metal::uint4 _e500 = high.inner[2];
                    metal::uint4 _e502 = high.inner[3];
                    int _e503 = dot32_(_e498, _e500, _e502);
                    high0_ = as_type<int>(as_type<uint>(_e496) + as_type<uint>(_e503));
                    int _e505 = low0_;
                    metal::uint4 _e507 = a0_.inner[1];
                    metal::uint4 _e509 = low.inner[2];
                    metal::uint4 _e511 = low.inner[3];
                    int _e512 = dot32_(_e507, _e509, _e511);
                    low0_ = as_type<int>(as_type<uint>(_e505) + as_type<uint>(_e512));
                    int _e514 = high0_;
                    metal::uint4 _e516 = a0_.inner[2];
                    metal::uint4 _e518 = high.inner[4];
                    metal::uint4 _e520 = high.inner[5];
                    int _e521 = dot32_(_e516, _e518, _e520);
                    high0_ = as_type<int>(as_type<uint>(_e514) + as_type<uint>(_e521));
                    int _e523 = low0_;
                    metal::uint4 _e525 = a0_.inner[2];
                    metal::uint4 _e527 = low.inner[4];
                    metal::uint4 _e529 = low.inner[5];
                    int _e530 = dot32_(_e525, _e527, _e529);
                    low0_ = as_type<int>(as_type<uint>(_e523) + as_type<uint>(_e530));
                    int _e532 = high0_;
                    int _e535 = low0_;
                    sum0_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e532))) + as_type<uint>(_e535));
                    int _e538 = sum0_;
                    int _e539 = sum0_;
                    int unnamed_2 = metal::simd_shuffle_xor(_e539, 2u);
                    sum0_ = as_type<int>(as_type<uint>(_e538) + as_type<uint>(unnamed_2));
                    int _e543 = sum0_;
                    int _e544 = sum0_;
                    int unnamed_3 = metal::simd_shuffle_xor(_e544, 1u);
                    sum0_ = as_type<int>(as_type<uint>(_e543) + as_type<uint>(unnamed_3));
                    bool _e548 = allows(row0_, allowed, _buffer_sizes);
                    if (_e548) {
                        float _e549 = greatest;
                        int _e550 = sum0_;
                        int _e551 = total;
                        int _e558 = total;
                        greatest = metal::max(_e549, ((((16.0 * static_cast<float>(as_type<int>(as_type<uint>(_e550) - as_type<uint>(as_type<int>(as_type<uint>(8) * as_type<uint>(_e551)))))) + (7.5 * static_cast<float>(_e558))) * scale0_) / 16256.0) + (length * error0_));
                    }
                    high1_ = 0;
                    low1_ = 0;
                    int _e573 = high1_;
                    metal::uint4 _e575 = a1_.inner[0];
                    metal::uint4 _e577 = high.inner[0];
                    metal::uint4 _e579 = high.inner[1];
                    int _e580 = dot32_(_e575, _e577, _e579);
                    high1_ = as_type<int>(as_type<uint>(_e573) + as_type<uint>(_e580));
                    int _e582 = low1_;
                    metal::uint4 _e584 = a1_.inner[0];
                    metal::uint4 _e586 = low.inner[0];
                    metal::uint4 _e588 = low.inner[1];
                    int _e589 = dot32_(_e584, _e586, _e588);
                    low1_ = as_type<int>(as_type<uint>(_e582) + as_type<uint>(_e589));
                    int _e591 = high1_;
                    metal::uint4 _e593 = a1_.inner[1];
                    metal::uint4 _e595 = high.inner[2];
                    metal::uint4 _e597 = high.inner[3];
                    int _e598 = dot32_(_e593, _e595, _e597);
                    high1_ = as_type<int>(as_type<uint>(_e591) + as_type<uint>(_e598));
                    int _e600 = low1_;
                    metal::uint4 _e602 = a1_.inner[1];
                    metal::uint4 _e604 = low.inner[2];
                    metal::uint4 _e606 = low.inner[3];
                    int _e607 = dot32_(_e602, _e604, _e606);
                    low1_ = as_type<int>(as_type<uint>(_e600) + as_type<uint>(_e607));
                    int _e609 = high1_;
                    metal::uint4 _e611 = a1_.inner[2];
                    metal::uint4 _e613 = high.inner[4];
                    metal::uint4 _e615 = high.inner[5];
                    int _e616 = dot32_(_e611, _e613, _e615);
                    high1_ = as_type<int>(as_type<uint>(_e609) + as_type<uint>(_e616));
                    int _e618 = low1_;
                    metal::uint4 _e620 = a1_.inner[2];
                    metal::uint4 _e622 = low.inner[4];
                    metal::uint4 _e624 = low.inner[5];
                    int _e625 = dot32_(_e620, _e622, _e624);
                    low1_ = as_type<int>(as_type<uint>(_e618) + as_type<uint>(_e625));
                    int _e627 = high1_;
                    int _e630 = low1_;
                    sum1_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e627))) + as_type<uint>(_e630));
                    int _e633 = sum1_;
                    int _e634 = sum1_;
                    int unnamed_4 = metal::simd_shuffle_xor(_e634, 2u);
                    sum1_ = as_type<int>(as_type<uint>(_e633) + as_type<uint>(unnamed_4));
                    int _e638 = sum1_;
                    int _e639 = sum1_;
                    int unnamed_5 = metal::simd_shuffle_xor(_e639, 1u);
                    sum1_ = as_type<int>(as_type<uint>(_e638) + as_type<uint>(unnamed_5));
                    bool _e643 = allows(row1_, allowed, _buffer_sizes);
                    if (_e643) {
                        float _e644 = greatest;
                        int _e645 = sum1_;
                        int _e646 = total;
                        int _e653 = total;
                        greatest = metal::max(_e644, ((((16.0 * static_cast<float>(as_type<int>(as_type<uint>(_e645) - as_type<uint>(as_type<int>(as_type<uint>(8) * as_type<uint>(_e646)))))) + (7.5 * static_cast<float>(_e653))) * scale1_) / 16256.0) + (length * error1_));
                    }
                    high2_ = 0;
                    low2_ = 0;
                    int _e668 = high2_;
                    metal::uint4 _e670 = a2_.inner[0];
                    metal::uint4 _e672 = high.inner[0];
                    metal::uint4 _e674 = high.inner[1];
                    int _e675 = dot32_(_e670, _e672, _e674);
                    high2_ = as_type<int>(as_type<uint>(_e668) + as_type<uint>(_e675));
                    int _e677 = low2_;
                    metal::uint4 _e679 = a2_.inner[0];
                    metal::uint4 _e681 = low.inner[0];
                    metal::uint4 _e683 = low.inner[1];
                    int _e684 = dot32_(_e679, _e681, _e683);
                    low2_ = as_type<int>(as_type<uint>(_e677) + as_type<uint>(_e684));
                    int _e686 = high2_;
                    metal::uint4 _e688 = a2_.inner[1];
                    metal::uint4 _e690 = high.inner[2];
                    metal::uint4 _e692 = high.inner[3];
                    int _e693 = dot32_(_e688, _e690, _e692);
                    high2_ = as_type<int>(as_type<uint>(_e686) + as_type<uint>(_e693));
                    int _e695 = low2_;
                    metal::uint4 _e697 = a2_.inner[1];
                    metal::uint4 _e699 = low.inner[2];
                    metal::uint4 _e701 = low.inner[3];
                    int _e702 = dot32_(_e697, _e699, _e701);
                    low2_ = as_type<int>(as_type<uint>(_e695) + as_type<uint>(_e702));
                    int _e704 = high2_;
                    metal::uint4 _e706 = a2_.inner[2];
                    metal::uint4 _e708 = high.inner[4];
                    metal::uint4 _e710 = high.inner[5];
                    int _e711 = dot32_(_e706, _e708, _e710);
                    high2_ = as_type<int>(as_type<uint>(_e704) + as_type<uint>(_e711));
                    int _e713 = low2_;
                    metal::uint4 _e715 = a2_.inner[2];
                    metal::uint4 _e717 = low.inner[4];
                    metal::uint4 _e719 = low.inner[5];
                    int _e720 = dot32_(_e715, _e717, _e719);
                    low2_ = as_type<int>(as_type<uint>(_e713) + as_type<uint>(_e720));
                    int _e722 = high2_;
                    int _e725 = low2_;
                    sum2_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e722))) + as_type<uint>(_e725));
                    int _e728 = sum2_;
                    int _e729 = sum2_;
                    int unnamed_6 = metal::simd_shuffle_xor(_e729, 2u);
                    sum2_ = as_type<int>(as_type<uint>(_e728) + as_type<uint>(unnamed_6));
                    int _e733 = sum2_;
                    int _e734 = sum2_;
                    int unnamed_7 = metal::simd_shuffle_xor(_e734, 1u);
                    sum2_ = as_type<int>(as_type<uint>(_e733) + as_type<uint>(unnamed_7));
                    bool _e738 = allows(row2_, allowed, _buffer_sizes);
                    if (_e738) {
                        float _e739 = greatest;
                        int _e740 = sum2_;
                        int _e741 = total;
                        int _e748 = total;
                        greatest = metal::max(_e739, ((((16.0 * static_cast<float>(as_type<int>(as_type<uint>(_e740) - as_type<uint>(as_type<int>(as_type<uint>(8) * as_type<uint>(_e741)))))) + (7.5 * static_cast<float>(_e748))) * scale2_) / 16256.0) + (length * error2_));
                    }
                    high3_ = 0;
                    low3_ = 0;
                    int _e763 = high3_;
                    metal::uint4 _e765 = a3_.inner[0];
                    metal::uint4 _e767 = high.inner[0];
                    metal::uint4 _e769 = high.inner[1];
                    int _e770 = dot32_(_e765, _e767, _e769);
                    high3_ = as_type<int>(as_type<uint>(_e763) + as_type<uint>(_e770));
                    int _e772 = low3_;
                    metal::uint4 _e774 = a3_.inner[0];
                    metal::uint4 _e776 = low.inner[0];
                    metal::uint4 _e778 = low.inner[1];
                    int _e779 = dot32_(_e774, _e776, _e778);
                    low3_ = as_type<int>(as_type<uint>(_e772) + as_type<uint>(_e779));
                    int _e781 = high3_;
                    metal::uint4 _e783 = a3_.inner[1];
                    metal::uint4 _e785 = high.inner[2];
                    metal::uint4 _e787 = high.inner[3];
                    int _e788 = dot32_(_e783, _e785, _e787);
                    high3_ = as_type<int>(as_type<uint>(_e781) + as_type<uint>(_e788));
                    int _e790 = low3_;
                    metal::uint4 _e792 = a3_.inner[1];
                    metal::uint4 _e794 = low.inner[2];
                    metal::uint4 _e796 = low.inner[3];
                    int _e797 = dot32_(_e792, _e794, _e796);
                    low3_ = as_type<int>(as_type<uint>(_e790) + as_type<uint>(_e797));
                    int _e799 = high3_;
                    metal::uint4 _e801 = a3_.inner[2];
                    metal::uint4 _e803 = high.inner[4];
                    metal::uint4 _e805 = high.inner[5];
                    int _e806 = dot32_(_e801, _e803, _e805);
                    high3_ = as_type<int>(as_type<uint>(_e799) + as_type<uint>(_e806));
                    int _e808 = low3_;
                    metal::uint4 _e810 = a3_.inner[2];
                    metal::uint4 _e812 = low.inner[4];
                    metal::uint4 _e814 = low.inner[5];
                    int _e815 = dot32_(_e810, _e812, _e814);
                    low3_ = as_type<int>(as_type<uint>(_e808) + as_type<uint>(_e815));
                    int _e817 = high3_;
                    int _e820 = low3_;
                    sum3_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e817))) + as_type<uint>(_e820));
                    int _e823 = sum3_;
                    int _e824 = sum3_;
                    int unnamed_8 = metal::simd_shuffle_xor(_e824, 2u);
                    sum3_ = as_type<int>(as_type<uint>(_e823) + as_type<uint>(unnamed_8));
                    int _e828 = sum3_;
                    int _e829 = sum3_;
                    int unnamed_9 = metal::simd_shuffle_xor(_e829, 1u);
                    sum3_ = as_type<int>(as_type<uint>(_e828) + as_type<uint>(unnamed_9));
                    bool _e833 = allows(row3_, allowed, _buffer_sizes);
                    if (_e833) {
                        float _e834 = greatest;
                        int _e835 = sum3_;
                        int _e836 = total;
                        int _e843 = total;
                        greatest = metal::max(_e834, ((((16.0 * static_cast<float>(as_type<int>(as_type<uint>(_e835) - as_type<uint>(as_type<int>(as_type<uint>(8) * as_type<uint>(_e836)))))) + (7.5 * static_cast<float>(_e843))) * scale3_) / 16256.0) + (length * error3_));
                    }
                }
            }
            float _e857 = greatest;
            float unnamed_10 = metal::simd_max(_e857);
            if (lane == 0u) {
                local = unnamed_10 > -300000000000000000000000000000000000000.0;
            } else {
                local = false;
            }
            bool _e866 = local;
            if (_e866) {
                uint _e868 = key_of(unnamed_10);
                uint _e869 = metal::atomic_fetch_max_explicit(&best, _e868, metal::memory_order_relaxed);
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            if (thread_ == 0u) {
                uint _e875 = query;
                uint _e879 = metal::atomic_load_explicit(&best, metal::memory_order_relaxed);
                keys[(group * 1u) + _e875] = _e879;
            }
        }
    }
    return;
}
