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
typedef metal::float2 type_6[1];
typedef uint type_7[1];
struct type_8 {
    uint inner[64];
};
struct type_10 {
    metal::atomic_uint inner[9];
};
struct type_14 {
    metal::uint4 inner[6];
};
struct type_15 {
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
    device type_7 const& allowed,
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
, device type_6 const& slack [[buffer(2)]]
, device type_7 const& allowed [[buffer(3)]]
, device type_2 const& queries [[buffer(4)]]
, device type_4 const& lengths [[buffer(5)]]
, device type_7& keys [[buffer(6)]]
, device type_7& parts [[buffer(7)]]
, device type_8 const& params [[buffer(8)]]
, threadgroup type_10& best
, constant _mslBufferSizes& _buffer_sizes [[buffer(9)]]
) {
    uint query = 0u;
    float greatest = {};
    type_14 high = {};
    int total = {};
    int rest = {};
    type_14 low = {};
    uint at_1 = {};
    type_15 a0_ = {};
    type_15 a1_ = {};
    type_15 a2_ = {};
    type_15 a3_ = {};
    int sum0_ = {};
    int sum1_ = {};
    int sum2_ = {};
    int sum3_ = {};
    bool local = {};
    bool local_1 = {};
    uint group = at.x;
    uint _e6 = params.inner[0];
    uint live = metal::min(_e6, 1u);
    uint part = thread_ % 4u;
    uint mine = thread_ / 4u;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e853 = query;
            query = _e853 + 1u;
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
            uint _e23 = query;
            float length = lengths[_e23];
            greatest = -300000000000000000000000000000000000000.0;
            high = type_14 {};
            uint _e32 = query;
            metal::uint4 _e45 = queries[(((_e32 * 48u) + 0u) + ((0u + part) * 2u)) + 0u];
            high.inner[0] = _e45;
            uint _e48 = query;
            metal::uint4 _e61 = queries[(((_e48 * 48u) + 0u) + ((0u + part) * 2u)) + 1u];
            high.inner[1] = _e61;
            uint _e64 = query;
            metal::uint4 _e77 = queries[(((_e64 * 48u) + 0u) + ((4u + part) * 2u)) + 0u];
            high.inner[2] = _e77;
            uint _e80 = query;
            metal::uint4 _e93 = queries[(((_e80 * 48u) + 0u) + ((4u + part) * 2u)) + 1u];
            high.inner[3] = _e93;
            uint _e96 = query;
            metal::uint4 _e109 = queries[(((_e96 * 48u) + 0u) + ((8u + part) * 2u)) + 0u];
            high.inner[4] = _e109;
            uint _e112 = query;
            metal::uint4 _e125 = queries[(((_e112 * 48u) + 0u) + ((8u + part) * 2u)) + 1u];
            high.inner[5] = _e125;
            total = 0;
            rest = 0;
            {
                low = type_14 {};
                uint _e134 = query;
                metal::uint4 _e147 = queries[(((_e134 * 48u) + 24u) + ((0u + part) * 2u)) + 0u];
                low.inner[0] = _e147;
                uint _e150 = query;
                metal::uint4 _e163 = queries[(((_e150 * 48u) + 24u) + ((0u + part) * 2u)) + 1u];
                low.inner[1] = _e163;
                uint _e166 = query;
                metal::uint4 _e179 = queries[(((_e166 * 48u) + 24u) + ((4u + part) * 2u)) + 0u];
                low.inner[2] = _e179;
                uint _e182 = query;
                metal::uint4 _e195 = queries[(((_e182 * 48u) + 24u) + ((4u + part) * 2u)) + 1u];
                low.inner[3] = _e195;
                uint _e198 = query;
                metal::uint4 _e211 = queries[(((_e198 * 48u) + 24u) + ((8u + part) * 2u)) + 0u];
                low.inner[4] = _e211;
                uint _e214 = query;
                metal::uint4 _e227 = queries[(((_e214 * 48u) + 24u) + ((8u + part) * 2u)) + 1u];
                low.inner[5] = _e227;
                int _e228 = total;
                metal::uint4 _e230 = high.inner[0];
                int _e232 = dot16_(_e230, ONES);
                total = as_type<int>(as_type<uint>(_e228) + as_type<uint>(_e232));
                int _e234 = rest;
                metal::uint4 _e236 = low.inner[0];
                metal::uint4 _e238 = low.inner[0];
                int _e239 = dot16_(_e236, _e238);
                rest = as_type<int>(as_type<uint>(_e234) + as_type<uint>(_e239));
                int _e241 = total;
                metal::uint4 _e243 = high.inner[1];
                int _e245 = dot16_(_e243, ONES);
                total = as_type<int>(as_type<uint>(_e241) + as_type<uint>(_e245));
                int _e247 = rest;
                metal::uint4 _e249 = low.inner[1];
                metal::uint4 _e251 = low.inner[1];
                int _e252 = dot16_(_e249, _e251);
                rest = as_type<int>(as_type<uint>(_e247) + as_type<uint>(_e252));
                int _e254 = total;
                metal::uint4 _e256 = high.inner[2];
                int _e258 = dot16_(_e256, ONES);
                total = as_type<int>(as_type<uint>(_e254) + as_type<uint>(_e258));
                int _e260 = rest;
                metal::uint4 _e262 = low.inner[2];
                metal::uint4 _e264 = low.inner[2];
                int _e265 = dot16_(_e262, _e264);
                rest = as_type<int>(as_type<uint>(_e260) + as_type<uint>(_e265));
                int _e267 = total;
                metal::uint4 _e269 = high.inner[3];
                int _e271 = dot16_(_e269, ONES);
                total = as_type<int>(as_type<uint>(_e267) + as_type<uint>(_e271));
                int _e273 = rest;
                metal::uint4 _e275 = low.inner[3];
                metal::uint4 _e277 = low.inner[3];
                int _e278 = dot16_(_e275, _e277);
                rest = as_type<int>(as_type<uint>(_e273) + as_type<uint>(_e278));
                int _e280 = total;
                metal::uint4 _e282 = high.inner[4];
                int _e284 = dot16_(_e282, ONES);
                total = as_type<int>(as_type<uint>(_e280) + as_type<uint>(_e284));
                int _e286 = rest;
                metal::uint4 _e288 = low.inner[4];
                metal::uint4 _e290 = low.inner[4];
                int _e291 = dot16_(_e288, _e290);
                rest = as_type<int>(as_type<uint>(_e286) + as_type<uint>(_e291));
                int _e293 = total;
                metal::uint4 _e295 = high.inner[5];
                int _e297 = dot16_(_e295, ONES);
                total = as_type<int>(as_type<uint>(_e293) + as_type<uint>(_e297));
                int _e299 = rest;
                metal::uint4 _e301 = low.inner[5];
                metal::uint4 _e303 = low.inner[5];
                int _e304 = dot16_(_e301, _e303);
                rest = as_type<int>(as_type<uint>(_e299) + as_type<uint>(_e304));
            }
            int _e306 = total;
            int _e307 = total;
            int unnamed = metal::simd_shuffle_xor(_e307, 2u);
            total = as_type<int>(as_type<uint>(_e306) + as_type<uint>(unnamed));
            int _e311 = total;
            int _e312 = total;
            int unnamed_1 = metal::simd_shuffle_xor(_e312, 1u);
            total = as_type<int>(as_type<uint>(_e311) + as_type<uint>(unnamed_1));
            int _e316 = rest;
            int _e317 = rest;
            int unnamed_2 = metal::simd_shuffle_xor(_e317, 2u);
            rest = as_type<int>(as_type<uint>(_e316) + as_type<uint>(unnamed_2));
            int _e321 = rest;
            int _e322 = rest;
            int unnamed_3 = metal::simd_shuffle_xor(_e322, 1u);
            rest = as_type<int>(as_type<uint>(_e321) + as_type<uint>(unnamed_3));
            int _e326 = rest;
            float spare = metal::sqrt(static_cast<float>(_e326)) / 16256.0;
            at_1 = 0u;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e776 = at_1;
                    at_1 = _e776 + 256u;
                }
                loop_init_1 = false;
                uint _e333 = at_1;
                if (_e333 < 256u) {
                } else {
                    break;
                }
                {
                    uint _e341 = at_1;
                    uint row0_ = (((group * 256u) + (mine * 4u)) + (_e341 / 64u)) + 0u;
                    float scale0_ = metas[row0_];
                    metal::float2 _e354 = slack[row0_];
                    float error0_ = metal::dot(metal::float2(length + spare, spare), _e354);
                    a0_ = type_15 {};
                    metal::uint4 _e366 = codes[((row0_ * 12u) + 0u) + part];
                    a0_.inner[0] = _e366;
                    metal::uint4 _e375 = codes[((row0_ * 12u) + 4u) + part];
                    a0_.inner[1] = _e375;
                    metal::uint4 _e384 = codes[((row0_ * 12u) + 8u) + part];
                    a0_.inner[2] = _e384;
                    uint _e390 = at_1;
                    uint row1_ = (((group * 256u) + (mine * 4u)) + (_e390 / 64u)) + 1u;
                    float scale1_ = metas[row1_];
                    metal::float2 _e403 = slack[row1_];
                    float error1_ = metal::dot(metal::float2(length + spare, spare), _e403);
                    a1_ = type_15 {};
                    metal::uint4 _e415 = codes[((row1_ * 12u) + 0u) + part];
                    a1_.inner[0] = _e415;
                    metal::uint4 _e424 = codes[((row1_ * 12u) + 4u) + part];
                    a1_.inner[1] = _e424;
                    metal::uint4 _e433 = codes[((row1_ * 12u) + 8u) + part];
                    a1_.inner[2] = _e433;
                    uint _e439 = at_1;
                    uint row2_ = (((group * 256u) + (mine * 4u)) + (_e439 / 64u)) + 2u;
                    float scale2_ = metas[row2_];
                    metal::float2 _e452 = slack[row2_];
                    float error2_ = metal::dot(metal::float2(length + spare, spare), _e452);
                    a2_ = type_15 {};
                    metal::uint4 _e464 = codes[((row2_ * 12u) + 0u) + part];
                    a2_.inner[0] = _e464;
                    metal::uint4 _e473 = codes[((row2_ * 12u) + 4u) + part];
                    a2_.inner[1] = _e473;
                    metal::uint4 _e482 = codes[((row2_ * 12u) + 8u) + part];
                    a2_.inner[2] = _e482;
                    uint _e488 = at_1;
                    uint row3_ = (((group * 256u) + (mine * 4u)) + (_e488 / 64u)) + 3u;
                    float scale3_ = metas[row3_];
                    metal::float2 _e501 = slack[row3_];
                    float error3_ = metal::dot(metal::float2(length + spare, spare), _e501);
                    a3_ = type_15 {};
                    metal::uint4 _e513 = codes[((row3_ * 12u) + 0u) + part];
                    a3_.inner[0] = _e513;
                    metal::uint4 _e522 = codes[((row3_ * 12u) + 4u) + part];
                    a3_.inner[1] = _e522;
                    metal::uint4 _e531 = codes[((row3_ * 12u) + 8u) + part];
                    a3_.inner[2] = _e531;
                    sum0_ = 0;
                    int _e534 = sum0_;
                    metal::uint4 _e536 = a0_.inner[0];
                    metal::uint4 _e538 = high.inner[0];
                    metal::uint4 _e540 = high.inner[1];
                    int _e541 = dot32_(_e536, _e538, _e540);
                    sum0_ = as_type<int>(as_type<uint>(_e534) + as_type<uint>(_e541));
                    int _e543 = sum0_;
                    metal::uint4 _e545 = a0_.inner[1];
                    metal::uint4 _e547 = high.inner[2];
                    metal::uint4 _e549 = high.inner[3];
                    int _e550 = dot32_(_e545, _e547, _e549);
                    sum0_ = as_type<int>(as_type<uint>(_e543) + as_type<uint>(_e550));
                    int _e552 = sum0_;
                    metal::uint4 _e554 = a0_.inner[2];
                    metal::uint4 _e556 = high.inner[4];
                    metal::uint4 _e558 = high.inner[5];
                    int _e559 = dot32_(_e554, _e556, _e558);
                    sum0_ = as_type<int>(as_type<uint>(_e552) + as_type<uint>(_e559));
                    int _e561 = sum0_;
                    int _e562 = sum0_;
                    int unnamed_4 = metal::simd_shuffle_xor(_e562, 2u);
                    sum0_ = as_type<int>(as_type<uint>(_e561) + as_type<uint>(unnamed_4));
                    int _e566 = sum0_;
                    int _e567 = sum0_;
                    int unnamed_5 = metal::simd_shuffle_xor(_e567, 1u);
                    sum0_ = as_type<int>(as_type<uint>(_e566) + as_type<uint>(unnamed_5));
                    bool _e571 = allows(row0_, allowed, _buffer_sizes);
                    if (_e571) {
                        float _e572 = greatest;
                        int _e573 = sum0_;
                        int _e574 = total;
                        int _e581 = total;
                        greatest = metal::max(_e572, (((128.0 * ((16.0 * static_cast<float>(as_type<int>(as_type<uint>(_e573) - as_type<uint>(as_type<int>(as_type<uint>(8) * as_type<uint>(_e574)))))) + (7.5 * static_cast<float>(_e581)))) * scale0_) / 16256.0) + error0_);
                    }
                    sum1_ = 0;
                    int _e595 = sum1_;
                    metal::uint4 _e597 = a1_.inner[0];
                    metal::uint4 _e599 = high.inner[0];
                    metal::uint4 _e601 = high.inner[1];
                    int _e602 = dot32_(_e597, _e599, _e601);
                    sum1_ = as_type<int>(as_type<uint>(_e595) + as_type<uint>(_e602));
                    int _e604 = sum1_;
                    metal::uint4 _e606 = a1_.inner[1];
                    metal::uint4 _e608 = high.inner[2];
                    metal::uint4 _e610 = high.inner[3];
                    int _e611 = dot32_(_e606, _e608, _e610);
                    sum1_ = as_type<int>(as_type<uint>(_e604) + as_type<uint>(_e611));
                    int _e613 = sum1_;
                    metal::uint4 _e615 = a1_.inner[2];
                    metal::uint4 _e617 = high.inner[4];
                    metal::uint4 _e619 = high.inner[5];
                    int _e620 = dot32_(_e615, _e617, _e619);
                    sum1_ = as_type<int>(as_type<uint>(_e613) + as_type<uint>(_e620));
                    int _e622 = sum1_;
                    int _e623 = sum1_;
                    int unnamed_6 = metal::simd_shuffle_xor(_e623, 2u);
                    sum1_ = as_type<int>(as_type<uint>(_e622) + as_type<uint>(unnamed_6));
                    int _e627 = sum1_;
                    int _e628 = sum1_;
                    int unnamed_7 = metal::simd_shuffle_xor(_e628, 1u);
                    sum1_ = as_type<int>(as_type<uint>(_e627) + as_type<uint>(unnamed_7));
                    bool _e632 = allows(row1_, allowed, _buffer_sizes);
                    if (_e632) {
                        float _e633 = greatest;
                        int _e634 = sum1_;
                        int _e635 = total;
                        int _e642 = total;
                        greatest = metal::max(_e633, (((128.0 * ((16.0 * static_cast<float>(as_type<int>(as_type<uint>(_e634) - as_type<uint>(as_type<int>(as_type<uint>(8) * as_type<uint>(_e635)))))) + (7.5 * static_cast<float>(_e642)))) * scale1_) / 16256.0) + error1_);
                    }
                    sum2_ = 0;
                    int _e656 = sum2_;
                    metal::uint4 _e658 = a2_.inner[0];
                    metal::uint4 _e660 = high.inner[0];
                    metal::uint4 _e662 = high.inner[1];
                    int _e663 = dot32_(_e658, _e660, _e662);
                    sum2_ = as_type<int>(as_type<uint>(_e656) + as_type<uint>(_e663));
                    int _e665 = sum2_;
                    metal::uint4 _e667 = a2_.inner[1];
                    metal::uint4 _e669 = high.inner[2];
                    metal::uint4 _e671 = high.inner[3];
                    int _e672 = dot32_(_e667, _e669, _e671);
                    sum2_ = as_type<int>(as_type<uint>(_e665) + as_type<uint>(_e672));
                    int _e674 = sum2_;
                    metal::uint4 _e676 = a2_.inner[2];
                    metal::uint4 _e678 = high.inner[4];
                    metal::uint4 _e680 = high.inner[5];
                    int _e681 = dot32_(_e676, _e678, _e680);
                    sum2_ = as_type<int>(as_type<uint>(_e674) + as_type<uint>(_e681));
                    int _e683 = sum2_;
                    int _e684 = sum2_;
                    int unnamed_8 = metal::simd_shuffle_xor(_e684, 2u);
                    sum2_ = as_type<int>(as_type<uint>(_e683) + as_type<uint>(unnamed_8));
                    int _e688 = sum2_;
                    int _e689 = sum2_;
                    int unnamed_9 = metal::simd_shuffle_xor(_e689, 1u);
                    sum2_ = as_type<int>(as_type<uint>(_e688) + as_type<uint>(unnamed_9));
                    bool _e693 = allows(row2_, allowed, _buffer_sizes);
                    if (_e693) {
                        float _e694 = greatest;
                        int _e695 = sum2_;
                        int _e696 = total;
                        int _e703 = total;
                        greatest = metal::max(_e694, (((128.0 * ((16.0 * static_cast<float>(as_type<int>(as_type<uint>(_e695) - as_type<uint>(as_type<int>(as_type<uint>(8) * as_type<uint>(_e696)))))) + (7.5 * static_cast<float>(_e703)))) * scale2_) / 16256.0) + error2_);
                    }
                    sum3_ = 0;
                    int _e717 = sum3_;
                    metal::uint4 _e719 = a3_.inner[0];
                    metal::uint4 _e721 = high.inner[0];
                    metal::uint4 _e723 = high.inner[1];
                    int _e724 = dot32_(_e719, _e721, _e723);
                    sum3_ = as_type<int>(as_type<uint>(_e717) + as_type<uint>(_e724));
                    int _e726 = sum3_;
                    metal::uint4 _e728 = a3_.inner[1];
                    metal::uint4 _e730 = high.inner[2];
                    metal::uint4 _e732 = high.inner[3];
                    int _e733 = dot32_(_e728, _e730, _e732);
                    sum3_ = as_type<int>(as_type<uint>(_e726) + as_type<uint>(_e733));
                    int _e735 = sum3_;
                    metal::uint4 _e737 = a3_.inner[2];
                    metal::uint4 _e739 = high.inner[4];
                    metal::uint4 _e741 = high.inner[5];
                    int _e742 = dot32_(_e737, _e739, _e741);
                    sum3_ = as_type<int>(as_type<uint>(_e735) + as_type<uint>(_e742));
                    int _e744 = sum3_;
                    int _e745 = sum3_;
                    int unnamed_10 = metal::simd_shuffle_xor(_e745, 2u);
                    sum3_ = as_type<int>(as_type<uint>(_e744) + as_type<uint>(unnamed_10));
                    int _e749 = sum3_;
                    int _e750 = sum3_;
                    int unnamed_11 = metal::simd_shuffle_xor(_e750, 1u);
                    sum3_ = as_type<int>(as_type<uint>(_e749) + as_type<uint>(unnamed_11));
                    bool _e754 = allows(row3_, allowed, _buffer_sizes);
                    if (_e754) {
                        float _e755 = greatest;
                        int _e756 = sum3_;
                        int _e757 = total;
                        int _e764 = total;
                        greatest = metal::max(_e755, (((128.0 * ((16.0 * static_cast<float>(as_type<int>(as_type<uint>(_e756) - as_type<uint>(as_type<int>(as_type<uint>(8) * as_type<uint>(_e757)))))) + (7.5 * static_cast<float>(_e764)))) * scale3_) / 16256.0) + error3_);
                    }
                }
            }
            float _e779 = greatest;
            float _e780 = greatest;
            float unnamed_12 = metal::simd_shuffle_xor(_e780, 4u);
            greatest = metal::max(_e779, unnamed_12);
            float _e784 = greatest;
            float _e785 = greatest;
            float unnamed_13 = metal::simd_shuffle_xor(_e785, 8u);
            greatest = metal::max(_e784, unnamed_13);
            float _e789 = greatest;
            float _e790 = greatest;
            float unnamed_14 = metal::simd_shuffle_xor(_e790, 16u);
            greatest = metal::max(_e789, unnamed_14);
            if ((lane % 32u) == 0u) {
                float _e800 = greatest;
                local = _e800 > -300000000000000000000000000000000000000.0;
            } else {
                local = false;
            }
            bool _e804 = local;
            if (_e804) {
                float _e805 = greatest;
                uint _e806 = key_of(_e805);
                uint _e809 = metal::atomic_fetch_max_explicit(&best.inner[0], _e806, metal::memory_order_relaxed);
                uint _e818 = metal::atomic_fetch_max_explicit(&best.inner[1u + ((mine * 4u) / 32u)], _e806, metal::memory_order_relaxed);
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            if (thread_ == 0u) {
                uint _e824 = query;
                uint _e829 = metal::atomic_load_explicit(&best.inner[0], metal::memory_order_relaxed);
                keys[(group * 1u) + _e824] = _e829;
            }
            if (thread_ > 0u) {
                local_1 = thread_ <= 8u;
            } else {
                local_1 = false;
            }
            bool _e837 = local_1;
            if (_e837) {
                uint _e841 = query;
                uint _e851 = metal::atomic_load_explicit(&best.inner[thread_], metal::memory_order_relaxed);
                parts[((((group * 1u) + _e841) * 8u) + thread_) - 1u] = _e851;
            }
        }
    }
    return;
}
