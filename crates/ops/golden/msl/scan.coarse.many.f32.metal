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
struct type_8 {
    metal::atomic_uint inner[9];
};
struct type_12 {
    metal::uint4 inner[6];
};
struct type_13 {
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
, device type_5& parts [[buffer(7)]]
, device type_6 const& params [[buffer(8)]]
, threadgroup type_8& best
, constant _mslBufferSizes& _buffer_sizes [[buffer(9)]]
) {
    uint query = 0u;
    type_12 high = {};
    type_12 low = {};
    int total = {};
    float greatest = {};
    uint at_1 = {};
    type_13 a0_ = {};
    type_13 a1_ = {};
    type_13 a2_ = {};
    type_13 a3_ = {};
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
    bool local_1 = {};
    uint group = at.x;
    uint _e6 = params.inner[0];
    uint live = metal::min(_e6, 64u);
    uint part = thread_ % 4u;
    uint mine = thread_ / 4u;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e948 = query;
            query = _e948 + 1u;
        }
        loop_init = false;
        uint _e15 = query;
        if (_e15 < live) {
        } else {
            break;
        }
        {
            if (thread_ < 9u) {
                metal::atomic_store_explicit(&best.inner[thread_], 0u, metal::memory_order_relaxed);
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            high = type_12 {};
            low = type_12 {};
            uint _e28 = query;
            metal::uint4 _e39 = queries[((_e28 * 48u) + ((0u + part) * 2u)) + 0u];
            high.inner[0] = _e39;
            uint _e42 = query;
            metal::uint4 _e55 = queries[(((_e42 * 48u) + 24u) + ((0u + part) * 2u)) + 0u];
            low.inner[0] = _e55;
            uint _e58 = query;
            metal::uint4 _e69 = queries[((_e58 * 48u) + ((0u + part) * 2u)) + 1u];
            high.inner[1] = _e69;
            uint _e72 = query;
            metal::uint4 _e85 = queries[(((_e72 * 48u) + 24u) + ((0u + part) * 2u)) + 1u];
            low.inner[1] = _e85;
            uint _e88 = query;
            metal::uint4 _e99 = queries[((_e88 * 48u) + ((4u + part) * 2u)) + 0u];
            high.inner[2] = _e99;
            uint _e102 = query;
            metal::uint4 _e115 = queries[(((_e102 * 48u) + 24u) + ((4u + part) * 2u)) + 0u];
            low.inner[2] = _e115;
            uint _e118 = query;
            metal::uint4 _e129 = queries[((_e118 * 48u) + ((4u + part) * 2u)) + 1u];
            high.inner[3] = _e129;
            uint _e132 = query;
            metal::uint4 _e145 = queries[(((_e132 * 48u) + 24u) + ((4u + part) * 2u)) + 1u];
            low.inner[3] = _e145;
            uint _e148 = query;
            metal::uint4 _e159 = queries[((_e148 * 48u) + ((8u + part) * 2u)) + 0u];
            high.inner[4] = _e159;
            uint _e162 = query;
            metal::uint4 _e175 = queries[(((_e162 * 48u) + 24u) + ((8u + part) * 2u)) + 0u];
            low.inner[4] = _e175;
            uint _e178 = query;
            metal::uint4 _e189 = queries[((_e178 * 48u) + ((8u + part) * 2u)) + 1u];
            high.inner[5] = _e189;
            uint _e192 = query;
            metal::uint4 _e205 = queries[(((_e192 * 48u) + 24u) + ((8u + part) * 2u)) + 1u];
            low.inner[5] = _e205;
            total = 0;
            int _e208 = total;
            metal::uint4 _e210 = high.inner[0];
            int _e212 = dot16_(_e210, ONES);
            metal::uint4 _e216 = low.inner[0];
            int _e218 = dot16_(_e216, ONES);
            total = as_type<int>(as_type<uint>(_e208) + as_type<uint>(as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e212))) + as_type<uint>(_e218))));
            int _e221 = total;
            metal::uint4 _e223 = high.inner[1];
            int _e225 = dot16_(_e223, ONES);
            metal::uint4 _e229 = low.inner[1];
            int _e231 = dot16_(_e229, ONES);
            total = as_type<int>(as_type<uint>(_e221) + as_type<uint>(as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e225))) + as_type<uint>(_e231))));
            int _e234 = total;
            metal::uint4 _e236 = high.inner[2];
            int _e238 = dot16_(_e236, ONES);
            metal::uint4 _e242 = low.inner[2];
            int _e244 = dot16_(_e242, ONES);
            total = as_type<int>(as_type<uint>(_e234) + as_type<uint>(as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e238))) + as_type<uint>(_e244))));
            int _e247 = total;
            metal::uint4 _e249 = high.inner[3];
            int _e251 = dot16_(_e249, ONES);
            metal::uint4 _e255 = low.inner[3];
            int _e257 = dot16_(_e255, ONES);
            total = as_type<int>(as_type<uint>(_e247) + as_type<uint>(as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e251))) + as_type<uint>(_e257))));
            int _e260 = total;
            metal::uint4 _e262 = high.inner[4];
            int _e264 = dot16_(_e262, ONES);
            metal::uint4 _e268 = low.inner[4];
            int _e270 = dot16_(_e268, ONES);
            total = as_type<int>(as_type<uint>(_e260) + as_type<uint>(as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e264))) + as_type<uint>(_e270))));
            int _e273 = total;
            metal::uint4 _e275 = high.inner[5];
            int _e277 = dot16_(_e275, ONES);
            metal::uint4 _e281 = low.inner[5];
            int _e283 = dot16_(_e281, ONES);
            total = as_type<int>(as_type<uint>(_e273) + as_type<uint>(as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e277))) + as_type<uint>(_e283))));
            int _e286 = total;
            int _e287 = total;
            int unnamed = metal::simd_shuffle_xor(_e287, 2u);
            total = as_type<int>(as_type<uint>(_e286) + as_type<uint>(unnamed));
            int _e291 = total;
            int _e292 = total;
            int unnamed_1 = metal::simd_shuffle_xor(_e292, 1u);
            total = as_type<int>(as_type<uint>(_e291) + as_type<uint>(unnamed_1));
            uint _e297 = query;
            float length = lengths[_e297];
            greatest = -300000000000000000000000000000000000000.0;
            at_1 = 0u;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e871 = at_1;
                    at_1 = _e871 + 256u;
                }
                loop_init_1 = false;
                uint _e304 = at_1;
                if (_e304 < 256u) {
                } else {
                    break;
                }
                {
                    uint _e312 = at_1;
                    uint row0_ = (((group * 256u) + (mine * 4u)) + (_e312 / 64u)) + 0u;
                    float scale0_ = metas[row0_];
                    float error0_ = slack[row0_];
                    a0_ = type_13 {};
                    metal::uint4 _e334 = codes[((row0_ * 12u) + 0u) + part];
                    a0_.inner[0] = _e334;
                    metal::uint4 _e343 = codes[((row0_ * 12u) + 4u) + part];
                    a0_.inner[1] = _e343;
                    metal::uint4 _e352 = codes[((row0_ * 12u) + 8u) + part];
                    a0_.inner[2] = _e352;
                    uint _e358 = at_1;
                    uint row1_ = (((group * 256u) + (mine * 4u)) + (_e358 / 64u)) + 1u;
                    float scale1_ = metas[row1_];
                    float error1_ = slack[row1_];
                    a1_ = type_13 {};
                    metal::uint4 _e380 = codes[((row1_ * 12u) + 0u) + part];
                    a1_.inner[0] = _e380;
                    metal::uint4 _e389 = codes[((row1_ * 12u) + 4u) + part];
                    a1_.inner[1] = _e389;
                    metal::uint4 _e398 = codes[((row1_ * 12u) + 8u) + part];
                    a1_.inner[2] = _e398;
                    uint _e404 = at_1;
                    uint row2_ = (((group * 256u) + (mine * 4u)) + (_e404 / 64u)) + 2u;
                    float scale2_ = metas[row2_];
                    float error2_ = slack[row2_];
                    a2_ = type_13 {};
                    metal::uint4 _e426 = codes[((row2_ * 12u) + 0u) + part];
                    a2_.inner[0] = _e426;
                    metal::uint4 _e435 = codes[((row2_ * 12u) + 4u) + part];
                    a2_.inner[1] = _e435;
                    metal::uint4 _e444 = codes[((row2_ * 12u) + 8u) + part];
                    a2_.inner[2] = _e444;
                    uint _e450 = at_1;
                    uint row3_ = (((group * 256u) + (mine * 4u)) + (_e450 / 64u)) + 3u;
                    float scale3_ = metas[row3_];
                    float error3_ = slack[row3_];
                    a3_ = type_13 {};
                    metal::uint4 _e472 = codes[((row3_ * 12u) + 0u) + part];
                    a3_.inner[0] = _e472;
                    metal::uint4 _e481 = codes[((row3_ * 12u) + 4u) + part];
                    a3_.inner[1] = _e481;
                    metal::uint4 _e490 = codes[((row3_ * 12u) + 8u) + part];
                    a3_.inner[2] = _e490;
                    high0_ = 0;
                    low0_ = 0;
                    int _e495 = high0_;
                    metal::uint4 _e497 = a0_.inner[0];
                    metal::uint4 _e499 = high.inner[0];
                    metal::uint4 _e501 = high.inner[1];
                    int _e502 = dot32_(_e497, _e499, _e501);
                    high0_ = as_type<int>(as_type<uint>(_e495) + as_type<uint>(_e502));
                    int _e504 = low0_;
                    metal::uint4 _e506 = a0_.inner[0];
                    metal::uint4 _e508 = low.inner[0];
                    metal::uint4 _e510 = low.inner[1];
                    int _e511 = dot32_(_e506, _e508, _e510);
                    low0_ = as_type<int>(as_type<uint>(_e504) + as_type<uint>(_e511));
                    int _e513 = high0_;
                    metal::uint4 _e515 = a0_.inner[1];
                    metal::uint4 _e517 = high.inner[2];
                    metal::uint4 _e519 = high.inner[3];
                    int _e520 = dot32_(_e515, _e517, _e519);
                    high0_ = as_type<int>(as_type<uint>(_e513) + as_type<uint>(_e520));
                    int _e522 = low0_;
                    metal::uint4 _e524 = a0_.inner[1];
                    metal::uint4 _e526 = low.inner[2];
                    metal::uint4 _e528 = low.inner[3];
                    int _e529 = dot32_(_e524, _e526, _e528);
                    low0_ = as_type<int>(as_type<uint>(_e522) + as_type<uint>(_e529));
                    int _e531 = high0_;
                    metal::uint4 _e533 = a0_.inner[2];
                    metal::uint4 _e535 = high.inner[4];
                    metal::uint4 _e537 = high.inner[5];
                    int _e538 = dot32_(_e533, _e535, _e537);
                    high0_ = as_type<int>(as_type<uint>(_e531) + as_type<uint>(_e538));
                    int _e540 = low0_;
                    metal::uint4 _e542 = a0_.inner[2];
                    metal::uint4 _e544 = low.inner[4];
                    metal::uint4 _e546 = low.inner[5];
                    int _e547 = dot32_(_e542, _e544, _e546);
                    low0_ = as_type<int>(as_type<uint>(_e540) + as_type<uint>(_e547));
                    int _e549 = high0_;
                    int _e552 = low0_;
                    sum0_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e549))) + as_type<uint>(_e552));
                    int _e555 = sum0_;
                    int _e556 = sum0_;
                    int unnamed_2 = metal::simd_shuffle_xor(_e556, 2u);
                    sum0_ = as_type<int>(as_type<uint>(_e555) + as_type<uint>(unnamed_2));
                    int _e560 = sum0_;
                    int _e561 = sum0_;
                    int unnamed_3 = metal::simd_shuffle_xor(_e561, 1u);
                    sum0_ = as_type<int>(as_type<uint>(_e560) + as_type<uint>(unnamed_3));
                    bool _e565 = allows(row0_, allowed, _buffer_sizes);
                    if (_e565) {
                        float _e566 = greatest;
                        int _e567 = sum0_;
                        int _e568 = total;
                        int _e575 = total;
                        greatest = metal::max(_e566, ((((16.0 * static_cast<float>(as_type<int>(as_type<uint>(_e567) - as_type<uint>(as_type<int>(as_type<uint>(8) * as_type<uint>(_e568)))))) + (7.5 * static_cast<float>(_e575))) * scale0_) / 16256.0) + (length * error0_));
                    }
                    high1_ = 0;
                    low1_ = 0;
                    int _e590 = high1_;
                    metal::uint4 _e592 = a1_.inner[0];
                    metal::uint4 _e594 = high.inner[0];
                    metal::uint4 _e596 = high.inner[1];
                    int _e597 = dot32_(_e592, _e594, _e596);
                    high1_ = as_type<int>(as_type<uint>(_e590) + as_type<uint>(_e597));
                    int _e599 = low1_;
                    metal::uint4 _e601 = a1_.inner[0];
                    metal::uint4 _e603 = low.inner[0];
                    metal::uint4 _e605 = low.inner[1];
                    int _e606 = dot32_(_e601, _e603, _e605);
                    low1_ = as_type<int>(as_type<uint>(_e599) + as_type<uint>(_e606));
                    int _e608 = high1_;
                    metal::uint4 _e610 = a1_.inner[1];
                    metal::uint4 _e612 = high.inner[2];
                    metal::uint4 _e614 = high.inner[3];
                    int _e615 = dot32_(_e610, _e612, _e614);
                    high1_ = as_type<int>(as_type<uint>(_e608) + as_type<uint>(_e615));
                    int _e617 = low1_;
                    metal::uint4 _e619 = a1_.inner[1];
                    metal::uint4 _e621 = low.inner[2];
                    metal::uint4 _e623 = low.inner[3];
                    int _e624 = dot32_(_e619, _e621, _e623);
                    low1_ = as_type<int>(as_type<uint>(_e617) + as_type<uint>(_e624));
                    int _e626 = high1_;
                    metal::uint4 _e628 = a1_.inner[2];
                    metal::uint4 _e630 = high.inner[4];
                    metal::uint4 _e632 = high.inner[5];
                    int _e633 = dot32_(_e628, _e630, _e632);
                    high1_ = as_type<int>(as_type<uint>(_e626) + as_type<uint>(_e633));
                    int _e635 = low1_;
                    metal::uint4 _e637 = a1_.inner[2];
                    metal::uint4 _e639 = low.inner[4];
                    metal::uint4 _e641 = low.inner[5];
                    int _e642 = dot32_(_e637, _e639, _e641);
                    low1_ = as_type<int>(as_type<uint>(_e635) + as_type<uint>(_e642));
                    int _e644 = high1_;
                    int _e647 = low1_;
                    sum1_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e644))) + as_type<uint>(_e647));
                    int _e650 = sum1_;
                    int _e651 = sum1_;
                    int unnamed_4 = metal::simd_shuffle_xor(_e651, 2u);
                    sum1_ = as_type<int>(as_type<uint>(_e650) + as_type<uint>(unnamed_4));
                    int _e655 = sum1_;
                    int _e656 = sum1_;
                    int unnamed_5 = metal::simd_shuffle_xor(_e656, 1u);
                    sum1_ = as_type<int>(as_type<uint>(_e655) + as_type<uint>(unnamed_5));
                    bool _e660 = allows(row1_, allowed, _buffer_sizes);
                    if (_e660) {
                        float _e661 = greatest;
                        int _e662 = sum1_;
                        int _e663 = total;
                        int _e670 = total;
                        greatest = metal::max(_e661, ((((16.0 * static_cast<float>(as_type<int>(as_type<uint>(_e662) - as_type<uint>(as_type<int>(as_type<uint>(8) * as_type<uint>(_e663)))))) + (7.5 * static_cast<float>(_e670))) * scale1_) / 16256.0) + (length * error1_));
                    }
                    high2_ = 0;
                    low2_ = 0;
                    int _e685 = high2_;
                    metal::uint4 _e687 = a2_.inner[0];
                    metal::uint4 _e689 = high.inner[0];
                    metal::uint4 _e691 = high.inner[1];
                    int _e692 = dot32_(_e687, _e689, _e691);
                    high2_ = as_type<int>(as_type<uint>(_e685) + as_type<uint>(_e692));
                    int _e694 = low2_;
                    metal::uint4 _e696 = a2_.inner[0];
                    metal::uint4 _e698 = low.inner[0];
                    metal::uint4 _e700 = low.inner[1];
                    int _e701 = dot32_(_e696, _e698, _e700);
                    low2_ = as_type<int>(as_type<uint>(_e694) + as_type<uint>(_e701));
                    int _e703 = high2_;
                    metal::uint4 _e705 = a2_.inner[1];
                    metal::uint4 _e707 = high.inner[2];
                    metal::uint4 _e709 = high.inner[3];
                    int _e710 = dot32_(_e705, _e707, _e709);
                    high2_ = as_type<int>(as_type<uint>(_e703) + as_type<uint>(_e710));
                    int _e712 = low2_;
                    metal::uint4 _e714 = a2_.inner[1];
                    metal::uint4 _e716 = low.inner[2];
                    metal::uint4 _e718 = low.inner[3];
                    int _e719 = dot32_(_e714, _e716, _e718);
                    low2_ = as_type<int>(as_type<uint>(_e712) + as_type<uint>(_e719));
                    int _e721 = high2_;
                    metal::uint4 _e723 = a2_.inner[2];
                    metal::uint4 _e725 = high.inner[4];
                    metal::uint4 _e727 = high.inner[5];
                    int _e728 = dot32_(_e723, _e725, _e727);
                    high2_ = as_type<int>(as_type<uint>(_e721) + as_type<uint>(_e728));
                    int _e730 = low2_;
                    metal::uint4 _e732 = a2_.inner[2];
                    metal::uint4 _e734 = low.inner[4];
                    metal::uint4 _e736 = low.inner[5];
                    int _e737 = dot32_(_e732, _e734, _e736);
                    low2_ = as_type<int>(as_type<uint>(_e730) + as_type<uint>(_e737));
                    int _e739 = high2_;
                    int _e742 = low2_;
                    sum2_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e739))) + as_type<uint>(_e742));
                    int _e745 = sum2_;
                    int _e746 = sum2_;
                    int unnamed_6 = metal::simd_shuffle_xor(_e746, 2u);
                    sum2_ = as_type<int>(as_type<uint>(_e745) + as_type<uint>(unnamed_6));
                    int _e750 = sum2_;
                    int _e751 = sum2_;
                    int unnamed_7 = metal::simd_shuffle_xor(_e751, 1u);
                    sum2_ = as_type<int>(as_type<uint>(_e750) + as_type<uint>(unnamed_7));
                    bool _e755 = allows(row2_, allowed, _buffer_sizes);
                    if (_e755) {
                        float _e756 = greatest;
                        int _e757 = sum2_;
                        int _e758 = total;
                        int _e765 = total;
                        greatest = metal::max(_e756, ((((16.0 * static_cast<float>(as_type<int>(as_type<uint>(_e757) - as_type<uint>(as_type<int>(as_type<uint>(8) * as_type<uint>(_e758)))))) + (7.5 * static_cast<float>(_e765))) * scale2_) / 16256.0) + (length * error2_));
                    }
                    high3_ = 0;
                    low3_ = 0;
                    int _e780 = high3_;
                    metal::uint4 _e782 = a3_.inner[0];
                    metal::uint4 _e784 = high.inner[0];
                    metal::uint4 _e786 = high.inner[1];
                    int _e787 = dot32_(_e782, _e784, _e786);
                    high3_ = as_type<int>(as_type<uint>(_e780) + as_type<uint>(_e787));
                    int _e789 = low3_;
                    metal::uint4 _e791 = a3_.inner[0];
                    metal::uint4 _e793 = low.inner[0];
                    metal::uint4 _e795 = low.inner[1];
                    int _e796 = dot32_(_e791, _e793, _e795);
                    low3_ = as_type<int>(as_type<uint>(_e789) + as_type<uint>(_e796));
                    int _e798 = high3_;
                    metal::uint4 _e800 = a3_.inner[1];
                    metal::uint4 _e802 = high.inner[2];
                    metal::uint4 _e804 = high.inner[3];
                    int _e805 = dot32_(_e800, _e802, _e804);
                    high3_ = as_type<int>(as_type<uint>(_e798) + as_type<uint>(_e805));
                    int _e807 = low3_;
                    metal::uint4 _e809 = a3_.inner[1];
                    metal::uint4 _e811 = low.inner[2];
                    metal::uint4 _e813 = low.inner[3];
                    int _e814 = dot32_(_e809, _e811, _e813);
                    low3_ = as_type<int>(as_type<uint>(_e807) + as_type<uint>(_e814));
                    int _e816 = high3_;
                    metal::uint4 _e818 = a3_.inner[2];
                    metal::uint4 _e820 = high.inner[4];
                    metal::uint4 _e822 = high.inner[5];
                    int _e823 = dot32_(_e818, _e820, _e822);
                    high3_ = as_type<int>(as_type<uint>(_e816) + as_type<uint>(_e823));
                    int _e825 = low3_;
                    metal::uint4 _e827 = a3_.inner[2];
                    metal::uint4 _e829 = low.inner[4];
                    metal::uint4 _e831 = low.inner[5];
                    int _e832 = dot32_(_e827, _e829, _e831);
                    low3_ = as_type<int>(as_type<uint>(_e825) + as_type<uint>(_e832));
                    int _e834 = high3_;
                    int _e837 = low3_;
                    sum3_ = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(128) * as_type<uint>(_e834))) + as_type<uint>(_e837));
                    int _e840 = sum3_;
                    int _e841 = sum3_;
                    int unnamed_8 = metal::simd_shuffle_xor(_e841, 2u);
                    sum3_ = as_type<int>(as_type<uint>(_e840) + as_type<uint>(unnamed_8));
                    int _e845 = sum3_;
                    int _e846 = sum3_;
                    int unnamed_9 = metal::simd_shuffle_xor(_e846, 1u);
                    sum3_ = as_type<int>(as_type<uint>(_e845) + as_type<uint>(unnamed_9));
                    bool _e850 = allows(row3_, allowed, _buffer_sizes);
                    if (_e850) {
                        float _e851 = greatest;
                        int _e852 = sum3_;
                        int _e853 = total;
                        int _e860 = total;
                        greatest = metal::max(_e851, ((((16.0 * static_cast<float>(as_type<int>(as_type<uint>(_e852) - as_type<uint>(as_type<int>(as_type<uint>(8) * as_type<uint>(_e853)))))) + (7.5 * static_cast<float>(_e860))) * scale3_) / 16256.0) + (length * error3_));
                    }
                }
            }
            float _e874 = greatest;
            float _e875 = greatest;
            float unnamed_10 = metal::simd_shuffle_xor(_e875, 4u);
            greatest = metal::max(_e874, unnamed_10);
            float _e879 = greatest;
            float _e880 = greatest;
            float unnamed_11 = metal::simd_shuffle_xor(_e880, 8u);
            greatest = metal::max(_e879, unnamed_11);
            float _e884 = greatest;
            float _e885 = greatest;
            float unnamed_12 = metal::simd_shuffle_xor(_e885, 16u);
            greatest = metal::max(_e884, unnamed_12);
            if ((lane % 32u) == 0u) {
                float _e895 = greatest;
                local = _e895 > -300000000000000000000000000000000000000.0;
            } else {
                local = false;
            }
            bool _e899 = local;
            if (_e899) {
                float _e900 = greatest;
                uint _e901 = key_of(_e900);
                uint _e904 = metal::atomic_fetch_max_explicit(&best.inner[0], _e901, metal::memory_order_relaxed);
                uint _e913 = metal::atomic_fetch_max_explicit(&best.inner[1u + ((mine * 4u) / 32u)], _e901, metal::memory_order_relaxed);
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            if (thread_ == 0u) {
                uint _e919 = query;
                uint _e924 = metal::atomic_load_explicit(&best.inner[0], metal::memory_order_relaxed);
                keys[(group * 64u) + _e919] = _e924;
            }
            if (thread_ > 0u) {
                local_1 = thread_ <= 8u;
            } else {
                local_1 = false;
            }
            bool _e932 = local_1;
            if (_e932) {
                uint _e936 = query;
                uint _e946 = metal::atomic_load_explicit(&best.inner[thread_], metal::memory_order_relaxed);
                parts[((((group * 64u) + _e936) * 8u) + thread_) - 1u] = _e946;
            }
        }
    }
    return;
}
