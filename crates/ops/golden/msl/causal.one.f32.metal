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
    uint size8;
    uint size9;
};

typedef metal::float4 type_2[1];
typedef metal::uint4 type_5[1];
typedef metal::float2 type_7[1];
typedef uint type_8[1];
struct type_10 {
    metal::float4 inner[8];
};
struct type_11 {
    metal::float4 inner[256];
};
struct type_12 {
    float inner[32];
};
struct type_15 {
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

metal::float2 value_of(
    uint source,
    uint c_5,
    uint head,
    float factor,
    device type_7 const& qkv,
    device type_7 const& q_gain,
    device type_7 const& k_gain,
    constant _mslBufferSizes& _buffer_sizes
) {
    metal::float2 v_2 = {};
    metal::float2 _e7 = qkv[source + c_5];
    v_2 = _e7;
    metal::float2 _e9 = v_2;
    v_2 = _e9 * factor;
    if (head < 12u) {
        metal::float2 _e13 = v_2;
        metal::float2 _e16 = q_gain[c_5];
        v_2 = _e13 * _e16;
    } else {
        metal::float2 _e18 = v_2;
        metal::float2 _e21 = k_gain[c_5];
        v_2 = _e18 * _e21;
    }
    metal::float2 _e23 = v_2;
    return _e23;
}

metal::float2 turned(
    uint source_1,
    uint c_6,
    uint head_1,
    float factor_1,
    uint angle,
    device type_7 const& qkv,
    device type_7 const& table,
    device type_7 const& q_gain,
    device type_7 const& k_gain,
    constant _mslBufferSizes& _buffer_sizes
) {
    metal::float2 _e5 = value_of(source_1, c_6, head_1, factor_1, qkv, q_gain, k_gain, _buffer_sizes);
    if (c_6 < 16u) {
        float cos = table[angle + (c_6 / 2u)][c_6 % 2u];
        float sin = table[(angle + 8u) + (c_6 / 2u)][c_6 % 2u];
        return metal::float2((_e5.x * cos) - (_e5.y * sin), (_e5.y * cos) + (_e5.x * sin));
    }
    return _e5;
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(1024)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, uint subgroup [[simdgroup_index_in_threadgroup]]
, uint lane [[thread_index_in_simdgroup]]
, device type_2& out [[buffer(0)]]
, device type_5& keys [[buffer(1)]]
, device type_5& values [[buffer(2)]]
, device type_7 const& qkv [[buffer(3)]]
, device type_8 const& positions [[buffer(4)]]
, device type_8 const& slots [[buffer(5)]]
, device type_8 const& bases [[buffer(6)]]
, device type_7 const& table [[buffer(7)]]
, device type_7 const& q_gain [[buffer(8)]]
, device type_7 const& k_gain [[buffer(9)]]
, threadgroup type_10& query
, threadgroup type_11& sums
, threadgroup type_12& tops
, threadgroup type_12& totals
, threadgroup type_10& own_key
, threadgroup type_10& own_value
, constant _mslBufferSizes& _buffer_sizes [[buffer(11)]]
) {
    bool local = {};
    bool local_1 = {};
    bool local_2 = {};
    bool local_3 = {};
    float squares = 0.0;
    uint c = {};
    uint c_1 = {};
    float squares_1 = 0.0;
    uint c_2 = {};
    uint c_3 = {};
    uint c_4 = {};
    type_15 mine = {};
    float largest = -1000000000000000000000000000000.0;
    float total = 0.0;
    type_15 sum = {};
    float own = 0.0;
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
    uint i = {};
    metal::float4 value = {};
    float divisor = {};
    uint s_1 = {};
    uint head_2 = at.x;
    uint kept = head_2 / 1u;
    bool writes = (head_2 % 1u) == 0u;
    uint end = positions[0];
    uint slot = slots[0];
    uint base = bases[0];
    if (!(((base % 16u) != 0u))) {
        local = base >= 4096u;
    } else {
        local = true;
    }
    bool _e30 = local;
    if (!(_e30)) {
        local_1 = end >= (4096u - base);
    } else {
        local_1 = true;
    }
    bool _e38 = local_1;
    if (!(_e38)) {
        local_2 = slot >= 4096u;
    } else {
        local_2 = true;
    }
    bool _e45 = local_2;
    if (!(_e45)) {
        local_3 = end >= 512u;
    } else {
        local_3 = true;
    }
    bool _e52 = local_3;
    if (_e52) {
        return;
    }
    uint angle_1 = end * 16u;
    uint home = (((((slot / 16u) * 12u) + kept) * 16u) + (slot % 16u)) * 16u;
    if (subgroup == 0u) {
        uint source_2 = head_2 * 16u;
        c = lane;
        bool loop_init = true;
        while(true) {
            if (!loop_init) {
                uint _e85 = c;
                c = _e85 + 32u;
            }
            loop_init = false;
            uint _e74 = c;
            if (_e74 < 16u) {
            } else {
                break;
            }
            {
                uint _e78 = c;
                metal::float2 v_3 = qkv[source_2 + _e78];
                float _e82 = squares;
                squares = _e82 + metal::dot(v_3, v_3);
            }
        }
        float _e88 = squares;
        float unnamed_1 = metal::simd_sum(_e88);
        float factor_2 = metal::rsqrt((unnamed_1 / 32.0) + 0.000000000001);
        c_1 = lane;
        bool loop_init_1 = true;
        while(true) {
            if (!loop_init_1) {
                uint _e129 = c_1;
                c_1 = _e129 + 32u;
            }
            loop_init_1 = false;
            uint _e96 = c_1;
            if (_e96 < 16u) {
            } else {
                break;
            }
            {
                uint _e99 = c_1;
                metal::float2 _e100 = turned(source_2, _e99, head_2, factor_2, angle_1, qkv, table, q_gain, k_gain, _buffer_sizes);
                metal::float2 v_4 = _e100 * 0.18033688;
                uint _e104 = c_1;
                uint _e108 = c_1;
                query.inner[_e104 / 2u][(_e108 % 2u) * 2u] = v_4.x;
                uint _e116 = c_1;
                uint _e120 = c_1;
                query.inner[_e116 / 2u][((_e120 % 2u) * 2u) + 1u] = v_4.y;
            }
        }
    }
    if (subgroup == 1u) {
        uint owner = 12u + kept;
        uint source_3 = owner * 16u;
        c_2 = lane;
        bool loop_init_2 = true;
        while(true) {
            if (!loop_init_2) {
                uint _e152 = c_2;
                c_2 = _e152 + 32u;
            }
            loop_init_2 = false;
            uint _e141 = c_2;
            if (_e141 < 16u) {
            } else {
                break;
            }
            {
                uint _e145 = c_2;
                metal::float2 v_5 = qkv[source_3 + _e145];
                float _e149 = squares_1;
                squares_1 = _e149 + metal::dot(v_5, v_5);
            }
        }
        float _e155 = squares_1;
        float unnamed_2 = metal::simd_sum(_e155);
        float factor_3 = metal::rsqrt((unnamed_2 / 32.0) + 0.000000000001);
        c_3 = lane;
        bool loop_init_3 = true;
        while(true) {
            if (!loop_init_3) {
                uint _e206 = c_3;
                c_3 = _e206 + 32u;
            }
            loop_init_3 = false;
            uint _e163 = c_3;
            if (_e163 < 16u) {
            } else {
                break;
            }
            {
                uint _e166 = c_3;
                metal::float2 _e167 = turned(source_3, _e166, owner, factor_3, angle_1, qkv, table, q_gain, k_gain, _buffer_sizes);
                metal::float2 k = float2(as_type<half2>(as_type<uint>(half2(_e167))));
                uint _e171 = c_3;
                uint _e175 = c_3;
                own_key.inner[_e171 / 2u][(_e175 % 2u) * 2u] = k.x;
                uint _e183 = c_3;
                uint _e187 = c_3;
                own_key.inner[_e183 / 2u][((_e187 % 2u) * 2u) + 1u] = k.y;
                if (writes) {
                    uint _e196 = c_3;
                    uint at_1 = home + _e196;
                    keys[at_1 / 4u][at_1 % 4u] = as_type<uint>(half2(k));
                }
            }
        }
    }
    if (subgroup == 2u) {
        uint source_4 = (24u + kept) * 16u;
        c_4 = lane;
        bool loop_init_4 = true;
        while(true) {
            if (!loop_init_4) {
                uint _e262 = c_4;
                c_4 = _e262 + 32u;
            }
            loop_init_4 = false;
            uint _e216 = c_4;
            if (_e216 < 16u) {
            } else {
                break;
            }
            {
                uint _e220 = c_4;
                metal::float2 v_6 = qkv[source_4 + _e220];
                metal::float2 k_1 = float2(as_type<half2>(as_type<uint>(half2(v_6))));
                uint _e227 = c_4;
                uint _e231 = c_4;
                own_value.inner[_e227 / 2u][(_e231 % 2u) * 2u] = k_1.x;
                uint _e239 = c_4;
                uint _e243 = c_4;
                own_value.inner[_e239 / 2u][((_e243 % 2u) * 2u) + 1u] = k_1.y;
                if (writes) {
                    uint _e252 = c_4;
                    uint at_2 = home + _e252;
                    values[at_2 / 4u][at_2 % 4u] = as_type<uint>(half2(k_1));
                }
            }
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    uint side = lane % 4u;
    uint line = lane / 4u;
    {
        metal::float4 _e280 = query.inner[((side + 0u) * 2u) + 0u];
        mine.inner[0] = _e280;
        metal::float4 _e290 = query.inner[((side + 0u) * 2u) + 1u];
        mine.inner[1] = _e290;
    }
    {
        float _e298 = own;
        metal::float4 _e307 = own_key.inner[((side + 0u) * 2u) + 0u];
        metal::float4 _e309 = mine.inner[0];
        own = _e298 + metal::dot(_e307, _e309);
        float _e312 = own;
        metal::float4 _e321 = own_key.inner[((side + 0u) * 2u) + 1u];
        metal::float4 _e323 = mine.inner[1];
        own = _e312 + metal::dot(_e321, _e323);
    }
    float _e326 = own;
    float _e327 = own;
    float unnamed_3 = metal::simd_shuffle_xor(_e327, 1u);
    own = _e326 + unnamed_3;
    float _e331 = own;
    float _e332 = own;
    float unnamed_4 = metal::simd_shuffle_xor(_e332, 2u);
    own = _e331 + unnamed_4;
    if (subgroup == 0u) {
        float _e338 = own;
        largest = _e338;
        if (line == 0u) {
            total = 1.0;
            {
                metal::float4 _e351 = own_value.inner[((side + 0u) * 2u) + 0u];
                sum.inner[0] = _e351;
                metal::float4 _e361 = own_value.inner[((side + 0u) * 2u) + 1u];
                sum.inner[1] = _e361;
            }
        }
    }
    start = 0u + (subgroup * 64u);
    bool loop_init_5 = true;
    while(true) {
        if (!loop_init_5) {
            uint _e1085 = start;
            start = _e1085 + 2048u;
        }
        loop_init_5 = false;
        uint _e366 = start;
        if (_e366 < end) {
        } else {
            break;
        }
        {
            uint _e368 = start;
            uint key0_ = (_e368 + 0u) + line;
            uint at0_ = ((((((base + metal::min(key0_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key0_, end - 1u)) % 16u)) * 4u;
            uint _e392 = start;
            uint key1_ = (_e392 + 8u) + line;
            uint at1_ = ((((((base + metal::min(key1_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key1_, end - 1u)) % 16u)) * 4u;
            uint _e416 = start;
            uint key2_ = (_e416 + 16u) + line;
            uint at2_ = ((((((base + metal::min(key2_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key2_, end - 1u)) % 16u)) * 4u;
            uint _e440 = start;
            uint key3_ = (_e440 + 24u) + line;
            uint at3_ = ((((((base + metal::min(key3_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key3_, end - 1u)) % 16u)) * 4u;
            uint _e464 = start;
            uint key4_ = (_e464 + 32u) + line;
            uint at4_ = ((((((base + metal::min(key4_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key4_, end - 1u)) % 16u)) * 4u;
            uint _e488 = start;
            uint key5_ = (_e488 + 40u) + line;
            uint at5_ = ((((((base + metal::min(key5_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key5_, end - 1u)) % 16u)) * 4u;
            uint _e512 = start;
            uint key6_ = (_e512 + 48u) + line;
            uint at6_ = ((((((base + metal::min(key6_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key6_, end - 1u)) % 16u)) * 4u;
            uint _e536 = start;
            uint key7_ = (_e536 + 56u) + line;
            uint at7_ = ((((((base + metal::min(key7_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key7_, end - 1u)) % 16u)) * 4u;
            s0_ = 0.0;
            {
                metal::uint4 k_2 = keys[(at0_ + side) + 0u];
                float _e568 = s0_;
                metal::float4 _e570 = widen(k_2.xy);
                metal::float4 _e572 = mine.inner[0];
                s0_ = _e568 + metal::dot(_e570, _e572);
                float _e575 = s0_;
                metal::float4 _e577 = widen(k_2.zw);
                metal::float4 _e579 = mine.inner[1];
                s0_ = _e575 + metal::dot(_e577, _e579);
            }
            float _e582 = s0_;
            float _e583 = s0_;
            float unnamed_5 = metal::simd_shuffle_xor(_e583, 1u);
            s0_ = _e582 + unnamed_5;
            float _e587 = s0_;
            float _e588 = s0_;
            float unnamed_6 = metal::simd_shuffle_xor(_e588, 2u);
            s0_ = _e587 + unnamed_6;
            float _e592 = s0_;
            s0_ = (key0_ < end) ? _e592 : -1000000000000000000000000000000.0;
            s1_ = 0.0;
            {
                metal::uint4 k_3 = keys[(at1_ + side) + 0u];
                float _e604 = s1_;
                metal::float4 _e606 = widen(k_3.xy);
                metal::float4 _e608 = mine.inner[0];
                s1_ = _e604 + metal::dot(_e606, _e608);
                float _e611 = s1_;
                metal::float4 _e613 = widen(k_3.zw);
                metal::float4 _e615 = mine.inner[1];
                s1_ = _e611 + metal::dot(_e613, _e615);
            }
            float _e618 = s1_;
            float _e619 = s1_;
            float unnamed_7 = metal::simd_shuffle_xor(_e619, 1u);
            s1_ = _e618 + unnamed_7;
            float _e623 = s1_;
            float _e624 = s1_;
            float unnamed_8 = metal::simd_shuffle_xor(_e624, 2u);
            s1_ = _e623 + unnamed_8;
            float _e628 = s1_;
            s1_ = (key1_ < end) ? _e628 : -1000000000000000000000000000000.0;
            s2_ = 0.0;
            {
                metal::uint4 k_4 = keys[(at2_ + side) + 0u];
                float _e640 = s2_;
                metal::float4 _e642 = widen(k_4.xy);
                metal::float4 _e644 = mine.inner[0];
                s2_ = _e640 + metal::dot(_e642, _e644);
                float _e647 = s2_;
                metal::float4 _e649 = widen(k_4.zw);
                metal::float4 _e651 = mine.inner[1];
                s2_ = _e647 + metal::dot(_e649, _e651);
            }
            float _e654 = s2_;
            float _e655 = s2_;
            float unnamed_9 = metal::simd_shuffle_xor(_e655, 1u);
            s2_ = _e654 + unnamed_9;
            float _e659 = s2_;
            float _e660 = s2_;
            float unnamed_10 = metal::simd_shuffle_xor(_e660, 2u);
            s2_ = _e659 + unnamed_10;
            float _e664 = s2_;
            s2_ = (key2_ < end) ? _e664 : -1000000000000000000000000000000.0;
            s3_ = 0.0;
            {
                metal::uint4 k_5 = keys[(at3_ + side) + 0u];
                float _e676 = s3_;
                metal::float4 _e678 = widen(k_5.xy);
                metal::float4 _e680 = mine.inner[0];
                s3_ = _e676 + metal::dot(_e678, _e680);
                float _e683 = s3_;
                metal::float4 _e685 = widen(k_5.zw);
                metal::float4 _e687 = mine.inner[1];
                s3_ = _e683 + metal::dot(_e685, _e687);
            }
            float _e690 = s3_;
            float _e691 = s3_;
            float unnamed_11 = metal::simd_shuffle_xor(_e691, 1u);
            s3_ = _e690 + unnamed_11;
            float _e695 = s3_;
            float _e696 = s3_;
            float unnamed_12 = metal::simd_shuffle_xor(_e696, 2u);
            s3_ = _e695 + unnamed_12;
            float _e700 = s3_;
            s3_ = (key3_ < end) ? _e700 : -1000000000000000000000000000000.0;
            s4_ = 0.0;
            {
                metal::uint4 k_6 = keys[(at4_ + side) + 0u];
                float _e712 = s4_;
                metal::float4 _e714 = widen(k_6.xy);
                metal::float4 _e716 = mine.inner[0];
                s4_ = _e712 + metal::dot(_e714, _e716);
                float _e719 = s4_;
                metal::float4 _e721 = widen(k_6.zw);
                metal::float4 _e723 = mine.inner[1];
                s4_ = _e719 + metal::dot(_e721, _e723);
            }
            float _e726 = s4_;
            float _e727 = s4_;
            float unnamed_13 = metal::simd_shuffle_xor(_e727, 1u);
            s4_ = _e726 + unnamed_13;
            float _e731 = s4_;
            float _e732 = s4_;
            float unnamed_14 = metal::simd_shuffle_xor(_e732, 2u);
            s4_ = _e731 + unnamed_14;
            float _e736 = s4_;
            s4_ = (key4_ < end) ? _e736 : -1000000000000000000000000000000.0;
            s5_ = 0.0;
            {
                metal::uint4 k_7 = keys[(at5_ + side) + 0u];
                float _e748 = s5_;
                metal::float4 _e750 = widen(k_7.xy);
                metal::float4 _e752 = mine.inner[0];
                s5_ = _e748 + metal::dot(_e750, _e752);
                float _e755 = s5_;
                metal::float4 _e757 = widen(k_7.zw);
                metal::float4 _e759 = mine.inner[1];
                s5_ = _e755 + metal::dot(_e757, _e759);
            }
            float _e762 = s5_;
            float _e763 = s5_;
            float unnamed_15 = metal::simd_shuffle_xor(_e763, 1u);
            s5_ = _e762 + unnamed_15;
            float _e767 = s5_;
            float _e768 = s5_;
            float unnamed_16 = metal::simd_shuffle_xor(_e768, 2u);
            s5_ = _e767 + unnamed_16;
            float _e772 = s5_;
            s5_ = (key5_ < end) ? _e772 : -1000000000000000000000000000000.0;
            s6_ = 0.0;
            {
                metal::uint4 k_8 = keys[(at6_ + side) + 0u];
                float _e784 = s6_;
                metal::float4 _e786 = widen(k_8.xy);
                metal::float4 _e788 = mine.inner[0];
                s6_ = _e784 + metal::dot(_e786, _e788);
                float _e791 = s6_;
                metal::float4 _e793 = widen(k_8.zw);
                metal::float4 _e795 = mine.inner[1];
                s6_ = _e791 + metal::dot(_e793, _e795);
            }
            float _e798 = s6_;
            float _e799 = s6_;
            float unnamed_17 = metal::simd_shuffle_xor(_e799, 1u);
            s6_ = _e798 + unnamed_17;
            float _e803 = s6_;
            float _e804 = s6_;
            float unnamed_18 = metal::simd_shuffle_xor(_e804, 2u);
            s6_ = _e803 + unnamed_18;
            float _e808 = s6_;
            s6_ = (key6_ < end) ? _e808 : -1000000000000000000000000000000.0;
            s7_ = 0.0;
            {
                metal::uint4 k_9 = keys[(at7_ + side) + 0u];
                float _e820 = s7_;
                metal::float4 _e822 = widen(k_9.xy);
                metal::float4 _e824 = mine.inner[0];
                s7_ = _e820 + metal::dot(_e822, _e824);
                float _e827 = s7_;
                metal::float4 _e829 = widen(k_9.zw);
                metal::float4 _e831 = mine.inner[1];
                s7_ = _e827 + metal::dot(_e829, _e831);
            }
            float _e834 = s7_;
            float _e835 = s7_;
            float unnamed_19 = metal::simd_shuffle_xor(_e835, 1u);
            s7_ = _e834 + unnamed_19;
            float _e839 = s7_;
            float _e840 = s7_;
            float unnamed_20 = metal::simd_shuffle_xor(_e840, 2u);
            s7_ = _e839 + unnamed_20;
            float _e844 = s7_;
            s7_ = (key7_ < end) ? _e844 : -1000000000000000000000000000000.0;
            float _e848 = largest;
            float _e849 = s0_;
            float _e850 = s1_;
            float _e852 = s2_;
            float _e854 = s3_;
            float _e856 = s4_;
            float _e858 = s5_;
            float _e860 = s6_;
            float _e862 = s7_;
            float unnamed_21 = metal::simd_max(metal::max(metal::max(metal::max(metal::max(metal::max(metal::max(metal::max(_e849, _e850), _e852), _e854), _e856), _e858), _e860), _e862));
            float larger = metal::max(_e848, unnamed_21);
            float _e866 = largest;
            float fade = metal::exp2(_e866 - larger);
            largest = larger;
            float _e869 = total;
            total = _e869 * fade;
            metal::float4 _e872 = sum.inner[0];
            sum.inner[0] = _e872 * fade;
            metal::float4 _e875 = sum.inner[1];
            sum.inner[1] = _e875 * fade;
            float _e877 = s0_;
            float p0_ = (key0_ < end) ? metal::exp2(_e877 - larger) : 0.0;
            float _e883 = total;
            total = _e883 + p0_;
            {
                metal::uint4 v_7 = values[(at0_ + side) + 0u];
                metal::float4 _e892 = sum.inner[0];
                metal::float4 _e894 = widen(v_7.xy);
                sum.inner[0] = _e892 + (p0_ * _e894);
                metal::float4 _e898 = sum.inner[1];
                metal::float4 _e900 = widen(v_7.zw);
                sum.inner[1] = _e898 + (p0_ * _e900);
            }
            float _e903 = s1_;
            float p1_ = (key1_ < end) ? metal::exp2(_e903 - larger) : 0.0;
            float _e909 = total;
            total = _e909 + p1_;
            {
                metal::uint4 v_8 = values[(at1_ + side) + 0u];
                metal::float4 _e918 = sum.inner[0];
                metal::float4 _e920 = widen(v_8.xy);
                sum.inner[0] = _e918 + (p1_ * _e920);
                metal::float4 _e924 = sum.inner[1];
                metal::float4 _e926 = widen(v_8.zw);
                sum.inner[1] = _e924 + (p1_ * _e926);
            }
            float _e929 = s2_;
            float p2_ = (key2_ < end) ? metal::exp2(_e929 - larger) : 0.0;
            float _e935 = total;
            total = _e935 + p2_;
            {
                metal::uint4 v_9 = values[(at2_ + side) + 0u];
                metal::float4 _e944 = sum.inner[0];
                metal::float4 _e946 = widen(v_9.xy);
                sum.inner[0] = _e944 + (p2_ * _e946);
                metal::float4 _e950 = sum.inner[1];
                metal::float4 _e952 = widen(v_9.zw);
                sum.inner[1] = _e950 + (p2_ * _e952);
            }
            float _e955 = s3_;
            float p3_ = (key3_ < end) ? metal::exp2(_e955 - larger) : 0.0;
            float _e961 = total;
            total = _e961 + p3_;
            {
                metal::uint4 v_10 = values[(at3_ + side) + 0u];
                metal::float4 _e970 = sum.inner[0];
                metal::float4 _e972 = widen(v_10.xy);
                sum.inner[0] = _e970 + (p3_ * _e972);
                metal::float4 _e976 = sum.inner[1];
                metal::float4 _e978 = widen(v_10.zw);
                sum.inner[1] = _e976 + (p3_ * _e978);
            }
            float _e981 = s4_;
            float p4_ = (key4_ < end) ? metal::exp2(_e981 - larger) : 0.0;
            float _e987 = total;
            total = _e987 + p4_;
            {
                metal::uint4 v_11 = values[(at4_ + side) + 0u];
                metal::float4 _e996 = sum.inner[0];
                metal::float4 _e998 = widen(v_11.xy);
                sum.inner[0] = _e996 + (p4_ * _e998);
                metal::float4 _e1002 = sum.inner[1];
                metal::float4 _e1004 = widen(v_11.zw);
                sum.inner[1] = _e1002 + (p4_ * _e1004);
            }
            float _e1007 = s5_;
            float p5_ = (key5_ < end) ? metal::exp2(_e1007 - larger) : 0.0;
            float _e1013 = total;
            total = _e1013 + p5_;
            {
                metal::uint4 v_12 = values[(at5_ + side) + 0u];
                metal::float4 _e1022 = sum.inner[0];
                metal::float4 _e1024 = widen(v_12.xy);
                sum.inner[0] = _e1022 + (p5_ * _e1024);
                metal::float4 _e1028 = sum.inner[1];
                metal::float4 _e1030 = widen(v_12.zw);
                sum.inner[1] = _e1028 + (p5_ * _e1030);
            }
            float _e1033 = s6_;
            float p6_ = (key6_ < end) ? metal::exp2(_e1033 - larger) : 0.0;
            float _e1039 = total;
            total = _e1039 + p6_;
            {
                metal::uint4 v_13 = values[(at6_ + side) + 0u];
                metal::float4 _e1048 = sum.inner[0];
                metal::float4 _e1050 = widen(v_13.xy);
                sum.inner[0] = _e1048 + (p6_ * _e1050);
                metal::float4 _e1054 = sum.inner[1];
                metal::float4 _e1056 = widen(v_13.zw);
                sum.inner[1] = _e1054 + (p6_ * _e1056);
            }
            float _e1059 = s7_;
            float p7_ = (key7_ < end) ? metal::exp2(_e1059 - larger) : 0.0;
            float _e1065 = total;
            total = _e1065 + p7_;
            {
                metal::uint4 v_14 = values[(at7_ + side) + 0u];
                metal::float4 _e1074 = sum.inner[0];
                metal::float4 _e1076 = widen(v_14.xy);
                sum.inner[0] = _e1074 + (p7_ * _e1076);
                metal::float4 _e1080 = sum.inner[1];
                metal::float4 _e1082 = widen(v_14.zw);
                sum.inner[1] = _e1080 + (p7_ * _e1082);
            }
        }
    }
    metal::float4 _e1089 = sum.inner[0];
    metal::float4 _e1091 = sum.inner[0];
    metal::float4 _e1093 = shuffled(_e1091, 4u);
    sum.inner[0] = _e1089 + _e1093;
    metal::float4 _e1096 = sum.inner[1];
    metal::float4 _e1098 = sum.inner[1];
    metal::float4 _e1100 = shuffled(_e1098, 4u);
    sum.inner[1] = _e1096 + _e1100;
    float _e1102 = total;
    float _e1103 = total;
    float unnamed_22 = metal::simd_shuffle_xor(_e1103, 4u);
    total = _e1102 + unnamed_22;
    metal::float4 _e1108 = sum.inner[0];
    metal::float4 _e1110 = sum.inner[0];
    metal::float4 _e1112 = shuffled(_e1110, 8u);
    sum.inner[0] = _e1108 + _e1112;
    metal::float4 _e1115 = sum.inner[1];
    metal::float4 _e1117 = sum.inner[1];
    metal::float4 _e1119 = shuffled(_e1117, 8u);
    sum.inner[1] = _e1115 + _e1119;
    float _e1121 = total;
    float _e1122 = total;
    float unnamed_23 = metal::simd_shuffle_xor(_e1122, 8u);
    total = _e1121 + unnamed_23;
    metal::float4 _e1127 = sum.inner[0];
    metal::float4 _e1129 = sum.inner[0];
    metal::float4 _e1131 = shuffled(_e1129, 16u);
    sum.inner[0] = _e1127 + _e1131;
    metal::float4 _e1134 = sum.inner[1];
    metal::float4 _e1136 = sum.inner[1];
    metal::float4 _e1138 = shuffled(_e1136, 16u);
    sum.inner[1] = _e1134 + _e1138;
    float _e1140 = total;
    float _e1141 = total;
    float unnamed_24 = metal::simd_shuffle_xor(_e1141, 16u);
    total = _e1140 + unnamed_24;
    if (lane == 0u) {
        float _e1149 = largest;
        tops.inner[subgroup] = _e1149;
        float _e1152 = total;
        totals.inner[subgroup] = _e1152;
    }
    {
        if (line == 0u) {
            metal::float4 _e1167 = sum.inner[0];
            sums.inner[((subgroup * 8u) + ((side + 0u) * 2u)) + 0u] = _e1167;
            metal::float4 _e1180 = sum.inner[1];
            sums.inner[((subgroup * 8u) + ((side + 0u) * 2u)) + 1u] = _e1180;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    float _e1183 = tops.inner[0];
    top = _e1183;
    bool loop_init_6 = true;
    while(true) {
        if (!loop_init_6) {
            uint _e1197 = s;
            s = _e1197 + 1u;
        }
        loop_init_6 = false;
        uint _e1187 = s;
        if (_e1187 < 32u) {
        } else {
            break;
        }
        {
            float _e1190 = top;
            uint _e1192 = s;
            float _e1194 = tops.inner[_e1192];
            top = metal::max(_e1190, _e1194);
        }
    }
    i = thread_;
    bool loop_init_7 = true;
    while(true) {
        if (!loop_init_7) {
            uint _e1250 = i;
            i = _e1250 + 1024u;
        }
        loop_init_7 = false;
        uint _e1200 = i;
        if (_e1200 < 8u) {
        } else {
            break;
        }
        {
            value = metal::float4 {};
            divisor = 0.0;
            s_1 = 0u;
            bool loop_init_8 = true;
            while(true) {
                if (!loop_init_8) {
                    uint _e1238 = s_1;
                    s_1 = _e1238 + 1u;
                }
                loop_init_8 = false;
                uint _e1209 = s_1;
                if (_e1209 < 32u) {
                } else {
                    break;
                }
                {
                    uint _e1213 = s_1;
                    float _e1215 = tops.inner[_e1213];
                    float _e1216 = top;
                    float weight = metal::exp2(_e1215 - _e1216);
                    float _e1219 = divisor;
                    uint _e1221 = s_1;
                    float _e1223 = totals.inner[_e1221];
                    divisor = _e1219 + (weight * _e1223);
                    metal::float4 _e1226 = value;
                    uint _e1228 = s_1;
                    uint _e1231 = i;
                    metal::float4 _e1234 = sums.inner[(_e1228 * 8u) + _e1231];
                    value = _e1226 + (weight * _e1234);
                }
            }
            uint _e1243 = i;
            metal::float4 _e1246 = value;
            float _e1247 = divisor;
            out[(head_2 * 8u) + _e1243] = _e1246 / metal::float4(_e1247);
        }
    }
    return;
}
