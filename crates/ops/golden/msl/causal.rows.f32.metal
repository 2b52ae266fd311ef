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

typedef metal::float4 type_2[1];
typedef metal::uint4 type_5[1];
typedef uint type_6[1];
struct type_7 {
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
, device type_5 const& keys [[buffer(1)]]
, device type_5 const& values [[buffer(2)]]
, device type_6 const& positions [[buffer(3)]]
, device type_6 const& bases [[buffer(4)]]
, device type_2& out [[buffer(5)]]
, device type_7 const& params [[buffer(6)]]
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
            uint _e61 = i;
            i = _e61 + 256u;
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
            metal::float4 _e58 = q[(((row * 12u) + head) * 8u) + _e55];
            query.inner[_e47] = _e58 * 0.18033688;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    uint end = position + 1u;
    uint side = lane % 4u;
    uint line = lane / 4u;
    {
        metal::float4 _e81 = query.inner[((side + 0u) * 2u) + 0u];
        mine.inner[0] = _e81;
        metal::float4 _e91 = query.inner[((side + 0u) * 2u) + 1u];
        mine.inner[1] = _e91;
    }
    start = 0u + (subgroup * 64u);
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e820 = start;
            start = _e820 + 512u;
        }
        loop_init_1 = false;
        uint _e101 = start;
        if (_e101 < end) {
        } else {
            break;
        }
        {
            uint _e103 = start;
            uint key0_ = (_e103 + 0u) + line;
            uint at0_ = ((((((base + metal::min(key0_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key0_, end - 1u)) % 16u)) * 4u;
            uint _e127 = start;
            uint key1_ = (_e127 + 8u) + line;
            uint at1_ = ((((((base + metal::min(key1_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key1_, end - 1u)) % 16u)) * 4u;
            uint _e151 = start;
            uint key2_ = (_e151 + 16u) + line;
            uint at2_ = ((((((base + metal::min(key2_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key2_, end - 1u)) % 16u)) * 4u;
            uint _e175 = start;
            uint key3_ = (_e175 + 24u) + line;
            uint at3_ = ((((((base + metal::min(key3_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key3_, end - 1u)) % 16u)) * 4u;
            uint _e199 = start;
            uint key4_ = (_e199 + 32u) + line;
            uint at4_ = ((((((base + metal::min(key4_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key4_, end - 1u)) % 16u)) * 4u;
            uint _e223 = start;
            uint key5_ = (_e223 + 40u) + line;
            uint at5_ = ((((((base + metal::min(key5_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key5_, end - 1u)) % 16u)) * 4u;
            uint _e247 = start;
            uint key6_ = (_e247 + 48u) + line;
            uint at6_ = ((((((base + metal::min(key6_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key6_, end - 1u)) % 16u)) * 4u;
            uint _e271 = start;
            uint key7_ = (_e271 + 56u) + line;
            uint at7_ = ((((((base + metal::min(key7_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key7_, end - 1u)) % 16u)) * 4u;
            s0_ = 0.0;
            {
                metal::uint4 k = keys[(at0_ + side) + 0u];
                float _e303 = s0_;
                metal::float4 _e305 = widen(k.xy);
                metal::float4 _e307 = mine.inner[0];
                s0_ = _e303 + metal::dot(_e305, _e307);
                float _e310 = s0_;
                metal::float4 _e312 = widen(k.zw);
                metal::float4 _e314 = mine.inner[1];
                s0_ = _e310 + metal::dot(_e312, _e314);
            }
            float _e317 = s0_;
            float _e318 = s0_;
            float unnamed_1 = metal::simd_shuffle_xor(_e318, 1u);
            s0_ = _e317 + unnamed_1;
            float _e322 = s0_;
            float _e323 = s0_;
            float unnamed_2 = metal::simd_shuffle_xor(_e323, 2u);
            s0_ = _e322 + unnamed_2;
            float _e327 = s0_;
            s0_ = (key0_ < end) ? _e327 : -1000000000000000000000000000000.0;
            s1_ = 0.0;
            {
                metal::uint4 k_1 = keys[(at1_ + side) + 0u];
                float _e339 = s1_;
                metal::float4 _e341 = widen(k_1.xy);
                metal::float4 _e343 = mine.inner[0];
                s1_ = _e339 + metal::dot(_e341, _e343);
                float _e346 = s1_;
                metal::float4 _e348 = widen(k_1.zw);
                metal::float4 _e350 = mine.inner[1];
                s1_ = _e346 + metal::dot(_e348, _e350);
            }
            float _e353 = s1_;
            float _e354 = s1_;
            float unnamed_3 = metal::simd_shuffle_xor(_e354, 1u);
            s1_ = _e353 + unnamed_3;
            float _e358 = s1_;
            float _e359 = s1_;
            float unnamed_4 = metal::simd_shuffle_xor(_e359, 2u);
            s1_ = _e358 + unnamed_4;
            float _e363 = s1_;
            s1_ = (key1_ < end) ? _e363 : -1000000000000000000000000000000.0;
            s2_ = 0.0;
            {
                metal::uint4 k_2 = keys[(at2_ + side) + 0u];
                float _e375 = s2_;
                metal::float4 _e377 = widen(k_2.xy);
                metal::float4 _e379 = mine.inner[0];
                s2_ = _e375 + metal::dot(_e377, _e379);
                float _e382 = s2_;
                metal::float4 _e384 = widen(k_2.zw);
                metal::float4 _e386 = mine.inner[1];
                s2_ = _e382 + metal::dot(_e384, _e386);
            }
            float _e389 = s2_;
            float _e390 = s2_;
            float unnamed_5 = metal::simd_shuffle_xor(_e390, 1u);
            s2_ = _e389 + unnamed_5;
            float _e394 = s2_;
            float _e395 = s2_;
            float unnamed_6 = metal::simd_shuffle_xor(_e395, 2u);
            s2_ = _e394 + unnamed_6;
            float _e399 = s2_;
            s2_ = (key2_ < end) ? _e399 : -1000000000000000000000000000000.0;
            s3_ = 0.0;
            {
                metal::uint4 k_3 = keys[(at3_ + side) + 0u];
                float _e411 = s3_;
                metal::float4 _e413 = widen(k_3.xy);
                metal::float4 _e415 = mine.inner[0];
                s3_ = _e411 + metal::dot(_e413, _e415);
                float _e418 = s3_;
                metal::float4 _e420 = widen(k_3.zw);
                metal::float4 _e422 = mine.inner[1];
                s3_ = _e418 + metal::dot(_e420, _e422);
            }
            float _e425 = s3_;
            float _e426 = s3_;
            float unnamed_7 = metal::simd_shuffle_xor(_e426, 1u);
            s3_ = _e425 + unnamed_7;
            float _e430 = s3_;
            float _e431 = s3_;
            float unnamed_8 = metal::simd_shuffle_xor(_e431, 2u);
            s3_ = _e430 + unnamed_8;
            float _e435 = s3_;
            s3_ = (key3_ < end) ? _e435 : -1000000000000000000000000000000.0;
            s4_ = 0.0;
            {
                metal::uint4 k_4 = keys[(at4_ + side) + 0u];
                float _e447 = s4_;
                metal::float4 _e449 = widen(k_4.xy);
                metal::float4 _e451 = mine.inner[0];
                s4_ = _e447 + metal::dot(_e449, _e451);
                float _e454 = s4_;
                metal::float4 _e456 = widen(k_4.zw);
                metal::float4 _e458 = mine.inner[1];
                s4_ = _e454 + metal::dot(_e456, _e458);
            }
            float _e461 = s4_;
            float _e462 = s4_;
            float unnamed_9 = metal::simd_shuffle_xor(_e462, 1u);
            s4_ = _e461 + unnamed_9;
            float _e466 = s4_;
            float _e467 = s4_;
            float unnamed_10 = metal::simd_shuffle_xor(_e467, 2u);
            s4_ = _e466 + unnamed_10;
            float _e471 = s4_;
            s4_ = (key4_ < end) ? _e471 : -1000000000000000000000000000000.0;
            s5_ = 0.0;
            {
                metal::uint4 k_5 = keys[(at5_ + side) + 0u];
                float _e483 = s5_;
                metal::float4 _e485 = widen(k_5.xy);
                metal::float4 _e487 = mine.inner[0];
                s5_ = _e483 + metal::dot(_e485, _e487);
                float _e490 = s5_;
                metal::float4 _e492 = widen(k_5.zw);
                metal::float4 _e494 = mine.inner[1];
                s5_ = _e490 + metal::dot(_e492, _e494);
            }
            float _e497 = s5_;
            float _e498 = s5_;
            float unnamed_11 = metal::simd_shuffle_xor(_e498, 1u);
            s5_ = _e497 + unnamed_11;
            float _e502 = s5_;
            float _e503 = s5_;
            float unnamed_12 = metal::simd_shuffle_xor(_e503, 2u);
            s5_ = _e502 + unnamed_12;
            float _e507 = s5_;
            s5_ = (key5_ < end) ? _e507 : -1000000000000000000000000000000.0;
            s6_ = 0.0;
            {
                metal::uint4 k_6 = keys[(at6_ + side) + 0u];
                float _e519 = s6_;
                metal::float4 _e521 = widen(k_6.xy);
                metal::float4 _e523 = mine.inner[0];
                s6_ = _e519 + metal::dot(_e521, _e523);
                float _e526 = s6_;
                metal::float4 _e528 = widen(k_6.zw);
                metal::float4 _e530 = mine.inner[1];
                s6_ = _e526 + metal::dot(_e528, _e530);
            }
            float _e533 = s6_;
            float _e534 = s6_;
            float unnamed_13 = metal::simd_shuffle_xor(_e534, 1u);
            s6_ = _e533 + unnamed_13;
            float _e538 = s6_;
            float _e539 = s6_;
            float unnamed_14 = metal::simd_shuffle_xor(_e539, 2u);
            s6_ = _e538 + unnamed_14;
            float _e543 = s6_;
            s6_ = (key6_ < end) ? _e543 : -1000000000000000000000000000000.0;
            s7_ = 0.0;
            {
                metal::uint4 k_7 = keys[(at7_ + side) + 0u];
                float _e555 = s7_;
                metal::float4 _e557 = widen(k_7.xy);
                metal::float4 _e559 = mine.inner[0];
                s7_ = _e555 + metal::dot(_e557, _e559);
                float _e562 = s7_;
                metal::float4 _e564 = widen(k_7.zw);
                metal::float4 _e566 = mine.inner[1];
                s7_ = _e562 + metal::dot(_e564, _e566);
            }
            float _e569 = s7_;
            float _e570 = s7_;
            float unnamed_15 = metal::simd_shuffle_xor(_e570, 1u);
            s7_ = _e569 + unnamed_15;
            float _e574 = s7_;
            float _e575 = s7_;
            float unnamed_16 = metal::simd_shuffle_xor(_e575, 2u);
            s7_ = _e574 + unnamed_16;
            float _e579 = s7_;
            s7_ = (key7_ < end) ? _e579 : -1000000000000000000000000000000.0;
            float _e583 = largest;
            float _e584 = s0_;
            float _e585 = s1_;
            float _e587 = s2_;
            float _e589 = s3_;
            float _e591 = s4_;
            float _e593 = s5_;
            float _e595 = s6_;
            float _e597 = s7_;
            float unnamed_17 = metal::simd_max(metal::max(metal::max(metal::max(metal::max(metal::max(metal::max(metal::max(_e584, _e585), _e587), _e589), _e591), _e593), _e595), _e597));
            float larger = metal::max(_e583, unnamed_17);
            float _e601 = largest;
            float fade = metal::exp2(_e601 - larger);
            largest = larger;
            float _e604 = total;
            total = _e604 * fade;
            metal::float4 _e607 = sum.inner[0];
            sum.inner[0] = _e607 * fade;
            metal::float4 _e610 = sum.inner[1];
            sum.inner[1] = _e610 * fade;
            float _e612 = s0_;
            float p0_ = (key0_ < end) ? metal::exp2(_e612 - larger) : 0.0;
            float _e618 = total;
            total = _e618 + p0_;
            {
                metal::uint4 v_2 = values[(at0_ + side) + 0u];
                metal::float4 _e627 = sum.inner[0];
                metal::float4 _e629 = widen(v_2.xy);
                sum.inner[0] = _e627 + (p0_ * _e629);
                metal::float4 _e633 = sum.inner[1];
                metal::float4 _e635 = widen(v_2.zw);
                sum.inner[1] = _e633 + (p0_ * _e635);
            }
            float _e638 = s1_;
            float p1_ = (key1_ < end) ? metal::exp2(_e638 - larger) : 0.0;
            float _e644 = total;
            total = _e644 + p1_;
            {
                metal::uint4 v_3 = values[(at1_ + side) + 0u];
                metal::float4 _e653 = sum.inner[0];
                metal::float4 _e655 = widen(v_3.xy);
                sum.inner[0] = _e653 + (p1_ * _e655);
                metal::float4 _e659 = sum.inner[1];
                metal::float4 _e661 = widen(v_3.zw);
                sum.inner[1] = _e659 + (p1_ * _e661);
            }
            float _e664 = s2_;
            float p2_ = (key2_ < end) ? metal::exp2(_e664 - larger) : 0.0;
            float _e670 = total;
            total = _e670 + p2_;
            {
                metal::uint4 v_4 = values[(at2_ + side) + 0u];
                metal::float4 _e679 = sum.inner[0];
                metal::float4 _e681 = widen(v_4.xy);
                sum.inner[0] = _e679 + (p2_ * _e681);
                metal::float4 _e685 = sum.inner[1];
                metal::float4 _e687 = widen(v_4.zw);
                sum.inner[1] = _e685 + (p2_ * _e687);
            }
            float _e690 = s3_;
            float p3_ = (key3_ < end) ? metal::exp2(_e690 - larger) : 0.0;
            float _e696 = total;
            total = _e696 + p3_;
            {
                metal::uint4 v_5 = values[(at3_ + side) + 0u];
                metal::float4 _e705 = sum.inner[0];
                metal::float4 _e707 = widen(v_5.xy);
                sum.inner[0] = _e705 + (p3_ * _e707);
                metal::float4 _e711 = sum.inner[1];
                metal::float4 _e713 = widen(v_5.zw);
                sum.inner[1] = _e711 + (p3_ * _e713);
            }
            float _e716 = s4_;
            float p4_ = (key4_ < end) ? metal::exp2(_e716 - larger) : 0.0;
            float _e722 = total;
            total = _e722 + p4_;
            {
                metal::uint4 v_6 = values[(at4_ + side) + 0u];
                metal::float4 _e731 = sum.inner[0];
                metal::float4 _e733 = widen(v_6.xy);
                sum.inner[0] = _e731 + (p4_ * _e733);
                metal::float4 _e737 = sum.inner[1];
                metal::float4 _e739 = widen(v_6.zw);
                sum.inner[1] = _e737 + (p4_ * _e739);
            }
            float _e742 = s5_;
            float p5_ = (key5_ < end) ? metal::exp2(_e742 - larger) : 0.0;
            float _e748 = total;
            total = _e748 + p5_;
            {
                metal::uint4 v_7 = values[(at5_ + side) + 0u];
                metal::float4 _e757 = sum.inner[0];
                metal::float4 _e759 = widen(v_7.xy);
                sum.inner[0] = _e757 + (p5_ * _e759);
                metal::float4 _e763 = sum.inner[1];
                metal::float4 _e765 = widen(v_7.zw);
                sum.inner[1] = _e763 + (p5_ * _e765);
            }
            float _e768 = s6_;
            float p6_ = (key6_ < end) ? metal::exp2(_e768 - larger) : 0.0;
            float _e774 = total;
            total = _e774 + p6_;
            {
                metal::uint4 v_8 = values[(at6_ + side) + 0u];
                metal::float4 _e783 = sum.inner[0];
                metal::float4 _e785 = widen(v_8.xy);
                sum.inner[0] = _e783 + (p6_ * _e785);
                metal::float4 _e789 = sum.inner[1];
                metal::float4 _e791 = widen(v_8.zw);
                sum.inner[1] = _e789 + (p6_ * _e791);
            }
            float _e794 = s7_;
            float p7_ = (key7_ < end) ? metal::exp2(_e794 - larger) : 0.0;
            float _e800 = total;
            total = _e800 + p7_;
            {
                metal::uint4 v_9 = values[(at7_ + side) + 0u];
                metal::float4 _e809 = sum.inner[0];
                metal::float4 _e811 = widen(v_9.xy);
                sum.inner[0] = _e809 + (p7_ * _e811);
                metal::float4 _e815 = sum.inner[1];
                metal::float4 _e817 = widen(v_9.zw);
                sum.inner[1] = _e815 + (p7_ * _e817);
            }
        }
    }
    metal::float4 _e824 = sum.inner[0];
    metal::float4 _e826 = sum.inner[0];
    metal::float4 _e828 = shuffled(_e826, 4u);
    sum.inner[0] = _e824 + _e828;
    metal::float4 _e831 = sum.inner[1];
    metal::float4 _e833 = sum.inner[1];
    metal::float4 _e835 = shuffled(_e833, 4u);
    sum.inner[1] = _e831 + _e835;
    float _e837 = total;
    float _e838 = total;
    float unnamed_18 = metal::simd_shuffle_xor(_e838, 4u);
    total = _e837 + unnamed_18;
    metal::float4 _e843 = sum.inner[0];
    metal::float4 _e845 = sum.inner[0];
    metal::float4 _e847 = shuffled(_e845, 8u);
    sum.inner[0] = _e843 + _e847;
    metal::float4 _e850 = sum.inner[1];
    metal::float4 _e852 = sum.inner[1];
    metal::float4 _e854 = shuffled(_e852, 8u);
    sum.inner[1] = _e850 + _e854;
    float _e856 = total;
    float _e857 = total;
    float unnamed_19 = metal::simd_shuffle_xor(_e857, 8u);
    total = _e856 + unnamed_19;
    metal::float4 _e862 = sum.inner[0];
    metal::float4 _e864 = sum.inner[0];
    metal::float4 _e866 = shuffled(_e864, 16u);
    sum.inner[0] = _e862 + _e866;
    metal::float4 _e869 = sum.inner[1];
    metal::float4 _e871 = sum.inner[1];
    metal::float4 _e873 = shuffled(_e871, 16u);
    sum.inner[1] = _e869 + _e873;
    float _e875 = total;
    float _e876 = total;
    float unnamed_20 = metal::simd_shuffle_xor(_e876, 16u);
    total = _e875 + unnamed_20;
    if (lane == 0u) {
        float _e884 = largest;
        tops.inner[subgroup] = _e884;
        float _e887 = total;
        totals.inner[subgroup] = _e887;
    }
    {
        if (line == 0u) {
            metal::float4 _e902 = sum.inner[0];
            sums.inner[((subgroup * 8u) + ((side + 0u) * 2u)) + 0u] = _e902;
            metal::float4 _e915 = sum.inner[1];
            sums.inner[((subgroup * 8u) + ((side + 0u) * 2u)) + 1u] = _e915;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    float _e918 = tops.inner[0];
    top = _e918;
    bool loop_init_2 = true;
    while(true) {
        if (!loop_init_2) {
            uint _e932 = s;
            s = _e932 + 1u;
        }
        loop_init_2 = false;
        uint _e922 = s;
        if (_e922 < 8u) {
        } else {
            break;
        }
        {
            float _e925 = top;
            uint _e927 = s;
            float _e929 = tops.inner[_e927];
            top = metal::max(_e925, _e929);
        }
    }
    i_1 = thread_;
    bool loop_init_3 = true;
    while(true) {
        if (!loop_init_3) {
            uint _e988 = i_1;
            i_1 = _e988 + 256u;
        }
        loop_init_3 = false;
        uint _e935 = i_1;
        if (_e935 < 8u) {
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
                    uint _e973 = s_1;
                    s_1 = _e973 + 1u;
                }
                loop_init_4 = false;
                uint _e944 = s_1;
                if (_e944 < 8u) {
                } else {
                    break;
                }
                {
                    uint _e948 = s_1;
                    float _e950 = tops.inner[_e948];
                    float _e951 = top;
                    float weight = metal::exp2(_e950 - _e951);
                    float _e954 = divisor;
                    uint _e956 = s_1;
                    float _e958 = totals.inner[_e956];
                    divisor = _e954 + (weight * _e958);
                    metal::float4 _e961 = value;
                    uint _e963 = s_1;
                    uint _e966 = i_1;
                    metal::float4 _e969 = sums.inner[(_e963 * 8u) + _e966];
                    value = _e961 + (weight * _e969);
                }
            }
            uint _e981 = i_1;
            metal::float4 _e984 = value;
            float _e985 = divisor;
            out[(((row * 12u) + head) * 8u) + _e981] = _e984 / metal::float4(_e985);
        }
    }
    return;
}
