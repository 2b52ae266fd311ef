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

typedef metal::uint2 type_2[1];
typedef metal::uint4 type_4[1];
typedef uint type_5[1];
struct type_6 {
    uint inner[64];
};
struct type_9 {
    metal::float4 inner[8];
};
struct type_10 {
    metal::float4 inner[64];
};
struct type_11 {
    float inner[8];
};
struct type_14 {
    metal::float4 inner[2];
};

metal::float4 widen(
    metal::uint2 w
) {
    return metal::float4(float2(as_type<half2>(w.x)), float2(as_type<half2>(w.y)));
}

metal::uint2 narrow(
    metal::float4 v
) {
    return metal::uint2(as_type<uint>(half2(v.xy)), as_type<uint>(half2(v.zw)));
}

metal::float4 shuffled(
    metal::float4 v_1,
    uint by
) {
    metal::float4 unnamed = metal::simd_shuffle_xor(v_1, by);
    return unnamed;
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, uint subgroup [[simdgroup_index_in_threadgroup]]
, uint lane [[thread_index_in_simdgroup]]
, device type_2 const& q [[buffer(0)]]
, device type_4 const& keys [[buffer(1)]]
, device type_4 const& values [[buffer(2)]]
, device type_5 const& positions [[buffer(3)]]
, device type_5 const& bases [[buffer(4)]]
, device type_2& out [[buffer(5)]]
, device type_6 const& params [[buffer(6)]]
, threadgroup type_9& query
, threadgroup type_10& sums
, threadgroup type_11& tops
, threadgroup type_11& totals
, constant _mslBufferSizes& _buffer_sizes [[buffer(7)]]
) {
    bool local = {};
    bool local_1 = {};
    uint i = {};
    type_14 mine = {};
    float largest = -1000000000000000000000000000000.0;
    float total = 0.0;
    type_14 sum = {};
    uint start = {};
    float s0_ = {};
    float s1_ = {};
    float s2_ = {};
    float s3_ = {};
    float s4_ = {};
    float s5_ = {};
    float s6_ = {};
    float s7_ = {};
    float top = {};
    uint s = 1u;
    uint i_1 = {};
    metal::float4 value = {};
    float divisor = {};
    uint s_1 = {};
    uint group = at.x;
    uint _e7 = params.inner[0];
    uint live = metal::min(_e7, 512u);
    uint row = group / 12u;
    uint head = group % 12u;
    uint kept = head / 1u;
    if (row >= live) {
        return;
    }
    uint position = positions[row];
    uint base = bases[row];
    if (!(((base % 16u) != 0u))) {
        local = base >= 4096u;
    } else {
        local = true;
    }
    bool _e33 = local;
    if (!(_e33)) {
        local_1 = position >= (4096u - base);
    } else {
        local_1 = true;
    }
    bool _e41 = local_1;
    if (_e41) {
        return;
    }
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e62 = i;
            i = _e62 + 256u;
        }
        loop_init = false;
        uint _e43 = i;
        if (_e43 < 8u) {
        } else {
            break;
        }
        {
            uint _e47 = i;
            uint _e55 = i;
            metal::uint2 _e58 = q[(((row * 12u) + head) * 8u) + _e55];
            metal::float4 _e59 = widen(_e58);
            query.inner[_e47] = _e59 * 0.18033688;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    uint end = position + 1u;
    uint side = lane % 4u;
    uint line = lane / 4u;
    {
        metal::float4 _e82 = query.inner[((side + 0u) * 2u) + 0u];
        mine.inner[0] = _e82;
        metal::float4 _e92 = query.inner[((side + 0u) * 2u) + 1u];
        mine.inner[1] = _e92;
    }
    start = 0u + (subgroup * 64u);
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e821 = start;
            start = _e821 + 512u;
        }
        loop_init_1 = false;
        uint _e102 = start;
        if (_e102 < end) {
        } else {
            break;
        }
        {
            uint _e104 = start;
            uint key0_ = (_e104 + 0u) + line;
            uint at0_ = ((((((base + metal::min(key0_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key0_, end - 1u)) % 16u)) * 4u;
            uint _e128 = start;
            uint key1_ = (_e128 + 8u) + line;
            uint at1_ = ((((((base + metal::min(key1_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key1_, end - 1u)) % 16u)) * 4u;
            uint _e152 = start;
            uint key2_ = (_e152 + 16u) + line;
            uint at2_ = ((((((base + metal::min(key2_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key2_, end - 1u)) % 16u)) * 4u;
            uint _e176 = start;
            uint key3_ = (_e176 + 24u) + line;
            uint at3_ = ((((((base + metal::min(key3_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key3_, end - 1u)) % 16u)) * 4u;
            uint _e200 = start;
            uint key4_ = (_e200 + 32u) + line;
            uint at4_ = ((((((base + metal::min(key4_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key4_, end - 1u)) % 16u)) * 4u;
            uint _e224 = start;
            uint key5_ = (_e224 + 40u) + line;
            uint at5_ = ((((((base + metal::min(key5_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key5_, end - 1u)) % 16u)) * 4u;
            uint _e248 = start;
            uint key6_ = (_e248 + 48u) + line;
            uint at6_ = ((((((base + metal::min(key6_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key6_, end - 1u)) % 16u)) * 4u;
            uint _e272 = start;
            uint key7_ = (_e272 + 56u) + line;
            uint at7_ = ((((((base + metal::min(key7_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key7_, end - 1u)) % 16u)) * 4u;
            s0_ = 0.0;
            {
                metal::uint4 k = keys[(at0_ + side) + 0u];
                float _e304 = s0_;
                metal::float4 _e306 = widen(k.xy);
                metal::float4 _e308 = mine.inner[0];
                s0_ = _e304 + metal::dot(_e306, _e308);
                float _e311 = s0_;
                metal::float4 _e313 = widen(k.zw);
                metal::float4 _e315 = mine.inner[1];
                s0_ = _e311 + metal::dot(_e313, _e315);
            }
            float _e318 = s0_;
            float _e319 = s0_;
            float unnamed_1 = metal::simd_shuffle_xor(_e319, 1u);
            s0_ = _e318 + unnamed_1;
            float _e323 = s0_;
            float _e324 = s0_;
            float unnamed_2 = metal::simd_shuffle_xor(_e324, 2u);
            s0_ = _e323 + unnamed_2;
            float _e328 = s0_;
            s0_ = (key0_ < end) ? _e328 : -1000000000000000000000000000000.0;
            s1_ = 0.0;
            {
                metal::uint4 k_1 = keys[(at1_ + side) + 0u];
                float _e340 = s1_;
                metal::float4 _e342 = widen(k_1.xy);
                metal::float4 _e344 = mine.inner[0];
                s1_ = _e340 + metal::dot(_e342, _e344);
                float _e347 = s1_;
                metal::float4 _e349 = widen(k_1.zw);
                metal::float4 _e351 = mine.inner[1];
                s1_ = _e347 + metal::dot(_e349, _e351);
            }
            float _e354 = s1_;
            float _e355 = s1_;
            float unnamed_3 = metal::simd_shuffle_xor(_e355, 1u);
            s1_ = _e354 + unnamed_3;
            float _e359 = s1_;
            float _e360 = s1_;
            float unnamed_4 = metal::simd_shuffle_xor(_e360, 2u);
            s1_ = _e359 + unnamed_4;
            float _e364 = s1_;
            s1_ = (key1_ < end) ? _e364 : -1000000000000000000000000000000.0;
            s2_ = 0.0;
            {
                metal::uint4 k_2 = keys[(at2_ + side) + 0u];
                float _e376 = s2_;
                metal::float4 _e378 = widen(k_2.xy);
                metal::float4 _e380 = mine.inner[0];
                s2_ = _e376 + metal::dot(_e378, _e380);
                float _e383 = s2_;
                metal::float4 _e385 = widen(k_2.zw);
                metal::float4 _e387 = mine.inner[1];
                s2_ = _e383 + metal::dot(_e385, _e387);
            }
            float _e390 = s2_;
            float _e391 = s2_;
            float unnamed_5 = metal::simd_shuffle_xor(_e391, 1u);
            s2_ = _e390 + unnamed_5;
            float _e395 = s2_;
            float _e396 = s2_;
            float unnamed_6 = metal::simd_shuffle_xor(_e396, 2u);
            s2_ = _e395 + unnamed_6;
            float _e400 = s2_;
            s2_ = (key2_ < end) ? _e400 : -1000000000000000000000000000000.0;
            s3_ = 0.0;
            {
                metal::uint4 k_3 = keys[(at3_ + side) + 0u];
                float _e412 = s3_;
                metal::float4 _e414 = widen(k_3.xy);
                metal::float4 _e416 = mine.inner[0];
                s3_ = _e412 + metal::dot(_e414, _e416);
                float _e419 = s3_;
                metal::float4 _e421 = widen(k_3.zw);
                metal::float4 _e423 = mine.inner[1];
                s3_ = _e419 + metal::dot(_e421, _e423);
            }
            float _e426 = s3_;
            float _e427 = s3_;
            float unnamed_7 = metal::simd_shuffle_xor(_e427, 1u);
            s3_ = _e426 + unnamed_7;
            float _e431 = s3_;
            float _e432 = s3_;
            float unnamed_8 = metal::simd_shuffle_xor(_e432, 2u);
            s3_ = _e431 + unnamed_8;
            float _e436 = s3_;
            s3_ = (key3_ < end) ? _e436 : -1000000000000000000000000000000.0;
            s4_ = 0.0;
            {
                metal::uint4 k_4 = keys[(at4_ + side) + 0u];
                float _e448 = s4_;
                metal::float4 _e450 = widen(k_4.xy);
                metal::float4 _e452 = mine.inner[0];
                s4_ = _e448 + metal::dot(_e450, _e452);
                float _e455 = s4_;
                metal::float4 _e457 = widen(k_4.zw);
                metal::float4 _e459 = mine.inner[1];
                s4_ = _e455 + metal::dot(_e457, _e459);
            }
            float _e462 = s4_;
            float _e463 = s4_;
            float unnamed_9 = metal::simd_shuffle_xor(_e463, 1u);
            s4_ = _e462 + unnamed_9;
            float _e467 = s4_;
            float _e468 = s4_;
            float unnamed_10 = metal::simd_shuffle_xor(_e468, 2u);
            s4_ = _e467 + unnamed_10;
            float _e472 = s4_;
            s4_ = (key4_ < end) ? _e472 : -1000000000000000000000000000000.0;
            s5_ = 0.0;
            {
                metal::uint4 k_5 = keys[(at5_ + side) + 0u];
                float _e484 = s5_;
                metal::float4 _e486 = widen(k_5.xy);
                metal::float4 _e488 = mine.inner[0];
                s5_ = _e484 + metal::dot(_e486, _e488);
                float _e491 = s5_;
                metal::float4 _e493 = widen(k_5.zw);
                metal::float4 _e495 = mine.inner[1];
                s5_ = _e491 + metal::dot(_e493, _e495);
            }
            float _e498 = s5_;
            float _e499 = s5_;
            float unnamed_11 = metal::simd_shuffle_xor(_e499, 1u);
            s5_ = _e498 + unnamed_11;
            float _e503 = s5_;
            float _e504 = s5_;
            float unnamed_12 = metal::simd_shuffle_xor(_e504, 2u);
            s5_ = _e503 + unnamed_12;
            float _e508 = s5_;
            s5_ = (key5_ < end) ? _e508 : -1000000000000000000000000000000.0;
            s6_ = 0.0;
            {
                metal::uint4 k_6 = keys[(at6_ + side) + 0u];
                float _e520 = s6_;
                metal::float4 _e522 = widen(k_6.xy);
                metal::float4 _e524 = mine.inner[0];
                s6_ = _e520 + metal::dot(_e522, _e524);
                float _e527 = s6_;
                metal::float4 _e529 = widen(k_6.zw);
                metal::float4 _e531 = mine.inner[1];
                s6_ = _e527 + metal::dot(_e529, _e531);
            }
            float _e534 = s6_;
            float _e535 = s6_;
            float unnamed_13 = metal::simd_shuffle_xor(_e535, 1u);
            s6_ = _e534 + unnamed_13;
            float _e539 = s6_;
            float _e540 = s6_;
            float unnamed_14 = metal::simd_shuffle_xor(_e540, 2u);
            s6_ = _e539 + unnamed_14;
            float _e544 = s6_;
            s6_ = (key6_ < end) ? _e544 : -1000000000000000000000000000000.0;
            s7_ = 0.0;
            {
                metal::uint4 k_7 = keys[(at7_ + side) + 0u];
                float _e556 = s7_;
                metal::float4 _e558 = widen(k_7.xy);
                metal::float4 _e560 = mine.inner[0];
                s7_ = _e556 + metal::dot(_e558, _e560);
                float _e563 = s7_;
                metal::float4 _e565 = widen(k_7.zw);
                metal::float4 _e567 = mine.inner[1];
                s7_ = _e563 + metal::dot(_e565, _e567);
            }
            float _e570 = s7_;
            float _e571 = s7_;
            float unnamed_15 = metal::simd_shuffle_xor(_e571, 1u);
            s7_ = _e570 + unnamed_15;
            float _e575 = s7_;
            float _e576 = s7_;
            float unnamed_16 = metal::simd_shuffle_xor(_e576, 2u);
            s7_ = _e575 + unnamed_16;
            float _e580 = s7_;
            s7_ = (key7_ < end) ? _e580 : -1000000000000000000000000000000.0;
            float _e584 = largest;
            float _e585 = s0_;
            float _e586 = s1_;
            float _e588 = s2_;
            float _e590 = s3_;
            float _e592 = s4_;
            float _e594 = s5_;
            float _e596 = s6_;
            float _e598 = s7_;
            float unnamed_17 = metal::simd_max(metal::max(metal::max(metal::max(metal::max(metal::max(metal::max(metal::max(_e585, _e586), _e588), _e590), _e592), _e594), _e596), _e598));
            float larger = metal::max(_e584, unnamed_17);
            float _e602 = largest;
            float fade = metal::exp2(_e602 - larger);
            largest = larger;
            float _e605 = total;
            total = _e605 * fade;
            metal::float4 _e608 = sum.inner[0];
            sum.inner[0] = _e608 * fade;
            metal::float4 _e611 = sum.inner[1];
            sum.inner[1] = _e611 * fade;
            float _e613 = s0_;
            float p0_ = (key0_ < end) ? metal::exp2(_e613 - larger) : 0.0;
            float _e619 = total;
            total = _e619 + p0_;
            {
                metal::uint4 v_2 = values[(at0_ + side) + 0u];
                metal::float4 _e628 = sum.inner[0];
                metal::float4 _e630 = widen(v_2.xy);
                sum.inner[0] = _e628 + (p0_ * _e630);
                metal::float4 _e634 = sum.inner[1];
                metal::float4 _e636 = widen(v_2.zw);
                sum.inner[1] = _e634 + (p0_ * _e636);
            }
            float _e639 = s1_;
            float p1_ = (key1_ < end) ? metal::exp2(_e639 - larger) : 0.0;
            float _e645 = total;
            total = _e645 + p1_;
            {
                metal::uint4 v_3 = values[(at1_ + side) + 0u];
                metal::float4 _e654 = sum.inner[0];
                metal::float4 _e656 = widen(v_3.xy);
                sum.inner[0] = _e654 + (p1_ * _e656);
                metal::float4 _e660 = sum.inner[1];
                metal::float4 _e662 = widen(v_3.zw);
                sum.inner[1] = _e660 + (p1_ * _e662);
            }
            float _e665 = s2_;
            float p2_ = (key2_ < end) ? metal::exp2(_e665 - larger) : 0.0;
            float _e671 = total;
            total = _e671 + p2_;
            {
                metal::uint4 v_4 = values[(at2_ + side) + 0u];
                metal::float4 _e680 = sum.inner[0];
                metal::float4 _e682 = widen(v_4.xy);
                sum.inner[0] = _e680 + (p2_ * _e682);
                metal::float4 _e686 = sum.inner[1];
                metal::float4 _e688 = widen(v_4.zw);
                sum.inner[1] = _e686 + (p2_ * _e688);
            }
            float _e691 = s3_;
            float p3_ = (key3_ < end) ? metal::exp2(_e691 - larger) : 0.0;
            float _e697 = total;
            total = _e697 + p3_;
            {
                metal::uint4 v_5 = values[(at3_ + side) + 0u];
                metal::float4 _e706 = sum.inner[0];
                metal::float4 _e708 = widen(v_5.xy);
                sum.inner[0] = _e706 + (p3_ * _e708);
                metal::float4 _e712 = sum.inner[1];
                metal::float4 _e714 = widen(v_5.zw);
                sum.inner[1] = _e712 + (p3_ * _e714);
            }
            float _e717 = s4_;
            float p4_ = (key4_ < end) ? metal::exp2(_e717 - larger) : 0.0;
            float _e723 = total;
            total = _e723 + p4_;
            {
                metal::uint4 v_6 = values[(at4_ + side) + 0u];
                metal::float4 _e732 = sum.inner[0];
                metal::float4 _e734 = widen(v_6.xy);
                sum.inner[0] = _e732 + (p4_ * _e734);
                metal::float4 _e738 = sum.inner[1];
                metal::float4 _e740 = widen(v_6.zw);
                sum.inner[1] = _e738 + (p4_ * _e740);
            }
            float _e743 = s5_;
            float p5_ = (key5_ < end) ? metal::exp2(_e743 - larger) : 0.0;
            float _e749 = total;
            total = _e749 + p5_;
            {
                metal::uint4 v_7 = values[(at5_ + side) + 0u];
                metal::float4 _e758 = sum.inner[0];
                metal::float4 _e760 = widen(v_7.xy);
                sum.inner[0] = _e758 + (p5_ * _e760);
                metal::float4 _e764 = sum.inner[1];
                metal::float4 _e766 = widen(v_7.zw);
                sum.inner[1] = _e764 + (p5_ * _e766);
            }
            float _e769 = s6_;
            float p6_ = (key6_ < end) ? metal::exp2(_e769 - larger) : 0.0;
            float _e775 = total;
            total = _e775 + p6_;
            {
                metal::uint4 v_8 = values[(at6_ + side) + 0u];
                metal::float4 _e784 = sum.inner[0];
                metal::float4 _e786 = widen(v_8.xy);
                sum.inner[0] = _e784 + (p6_ * _e786);
                metal::float4 _e790 = sum.inner[1];
                metal::float4 _e792 = widen(v_8.zw);
                sum.inner[1] = _e790 + (p6_ * _e792);
            }
            float _e795 = s7_;
            float p7_ = (key7_ < end) ? metal::exp2(_e795 - larger) : 0.0;
            float _e801 = total;
            total = _e801 + p7_;
            {
                metal::uint4 v_9 = values[(at7_ + side) + 0u];
                metal::float4 _e810 = sum.inner[0];
                metal::float4 _e812 = widen(v_9.xy);
                sum.inner[0] = _e810 + (p7_ * _e812);
                metal::float4 _e816 = sum.inner[1];
                metal::float4 _e818 = widen(v_9.zw);
                sum.inner[1] = _e816 + (p7_ * _e818);
            }
        }
    }
    metal::float4 _e825 = sum.inner[0];
    metal::float4 _e827 = sum.inner[0];
    metal::float4 _e829 = shuffled(_e827, 4u);
    sum.inner[0] = _e825 + _e829;
    metal::float4 _e832 = sum.inner[1];
    metal::float4 _e834 = sum.inner[1];
    metal::float4 _e836 = shuffled(_e834, 4u);
    sum.inner[1] = _e832 + _e836;
    float _e838 = total;
    float _e839 = total;
    float unnamed_18 = metal::simd_shuffle_xor(_e839, 4u);
    total = _e838 + unnamed_18;
    metal::float4 _e844 = sum.inner[0];
    metal::float4 _e846 = sum.inner[0];
    metal::float4 _e848 = shuffled(_e846, 8u);
    sum.inner[0] = _e844 + _e848;
    metal::float4 _e851 = sum.inner[1];
    metal::float4 _e853 = sum.inner[1];
    metal::float4 _e855 = shuffled(_e853, 8u);
    sum.inner[1] = _e851 + _e855;
    float _e857 = total;
    float _e858 = total;
    float unnamed_19 = metal::simd_shuffle_xor(_e858, 8u);
    total = _e857 + unnamed_19;
    metal::float4 _e863 = sum.inner[0];
    metal::float4 _e865 = sum.inner[0];
    metal::float4 _e867 = shuffled(_e865, 16u);
    sum.inner[0] = _e863 + _e867;
    metal::float4 _e870 = sum.inner[1];
    metal::float4 _e872 = sum.inner[1];
    metal::float4 _e874 = shuffled(_e872, 16u);
    sum.inner[1] = _e870 + _e874;
    float _e876 = total;
    float _e877 = total;
    float unnamed_20 = metal::simd_shuffle_xor(_e877, 16u);
    total = _e876 + unnamed_20;
    if (lane == 0u) {
        float _e885 = largest;
        tops.inner[subgroup] = _e885;
        float _e888 = total;
        totals.inner[subgroup] = _e888;
    }
    {
        if (line == 0u) {
            metal::float4 _e903 = sum.inner[0];
            sums.inner[((subgroup * 8u) + ((side + 0u) * 2u)) + 0u] = _e903;
            metal::float4 _e916 = sum.inner[1];
            sums.inner[((subgroup * 8u) + ((side + 0u) * 2u)) + 1u] = _e916;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    float _e919 = tops.inner[0];
    top = _e919;
    bool loop_init_2 = true;
    while(true) {
        if (!loop_init_2) {
            uint _e933 = s;
            s = _e933 + 1u;
        }
        loop_init_2 = false;
        uint _e923 = s;
        if (_e923 < 8u) {
        } else {
            break;
        }
        {
            float _e926 = top;
            uint _e928 = s;
            float _e930 = tops.inner[_e928];
            top = metal::max(_e926, _e930);
        }
    }
    i_1 = thread_;
    bool loop_init_3 = true;
    while(true) {
        if (!loop_init_3) {
            uint _e990 = i_1;
            i_1 = _e990 + 256u;
        }
        loop_init_3 = false;
        uint _e936 = i_1;
        if (_e936 < 8u) {
        } else {
            break;
        }
        {
            value = metal::float4 {};
            divisor = 0.0;
            s_1 = 0u;
            bool loop_init_4 = true;
            while(true) {
                if (!loop_init_4) {
                    uint _e974 = s_1;
                    s_1 = _e974 + 1u;
                }
                loop_init_4 = false;
                uint _e945 = s_1;
                if (_e945 < 8u) {
                } else {
                    break;
                }
                {
                    uint _e949 = s_1;
                    float _e951 = tops.inner[_e949];
                    float _e952 = top;
                    float weight = metal::exp2(_e951 - _e952);
                    float _e955 = divisor;
                    uint _e957 = s_1;
                    float _e959 = totals.inner[_e957];
                    divisor = _e955 + (weight * _e959);
                    metal::float4 _e962 = value;
                    uint _e964 = s_1;
                    uint _e967 = i_1;
                    metal::float4 _e970 = sums.inner[(_e964 * 8u) + _e967];
                    value = _e962 + (weight * _e970);
                }
            }
            uint _e982 = i_1;
            metal::float4 _e985 = value;
            float _e986 = divisor;
            metal::uint2 _e989 = narrow(_e985 / metal::float4(_e986));
            out[(((row * 12u) + head) * 8u) + _e982] = _e989;
        }
    }
    return;
}
