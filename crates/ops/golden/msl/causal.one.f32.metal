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
struct type_13 {
    metal::uint4 inner[4];
};
struct type_16 {
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
, threadgroup type_13& own_key
, threadgroup type_13& own_value
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
    type_16 mine = {};
    float largest = -1000000000000000000000000000000.0;
    float total = 0.0;
    type_16 sum = {};
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
                uint _e188 = c_3;
                c_3 = _e188 + 32u;
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
                uint _e169 = c_3;
                uint _e173 = c_3;
                own_key.inner[_e169 / 4u][_e173 % 4u] = as_type<uint>(half2(_e167));
                if (writes) {
                    uint _e178 = c_3;
                    uint at_1 = home + _e178;
                    keys[at_1 / 4u][at_1 % 4u] = as_type<uint>(half2(_e167));
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
                uint _e226 = c_4;
                c_4 = _e226 + 32u;
            }
            loop_init_4 = false;
            uint _e198 = c_4;
            if (_e198 < 16u) {
            } else {
                break;
            }
            {
                uint _e202 = c_4;
                metal::float2 v_6 = qkv[source_4 + _e202];
                uint _e207 = c_4;
                uint _e211 = c_4;
                own_value.inner[_e207 / 4u][_e211 % 4u] = as_type<uint>(half2(v_6));
                if (writes) {
                    uint _e216 = c_4;
                    uint at_2 = home + _e216;
                    values[at_2 / 4u][at_2 % 4u] = as_type<uint>(half2(v_6));
                }
            }
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    uint side = lane % 4u;
    uint line = lane / 4u;
    {
        metal::float4 _e244 = query.inner[((side + 0u) * 2u) + 0u];
        mine.inner[0] = _e244;
        metal::float4 _e254 = query.inner[((side + 0u) * 2u) + 1u];
        mine.inner[1] = _e254;
    }
    {
        metal::uint4 k = own_key.inner[side + 0u];
        float _e267 = own;
        metal::float4 _e269 = widen(k.xy);
        metal::float4 _e271 = mine.inner[0];
        own = _e267 + metal::dot(_e269, _e271);
        float _e274 = own;
        metal::float4 _e276 = widen(k.zw);
        metal::float4 _e278 = mine.inner[1];
        own = _e274 + metal::dot(_e276, _e278);
    }
    float _e281 = own;
    float _e282 = own;
    float unnamed_3 = metal::simd_shuffle_xor(_e282, 1u);
    own = _e281 + unnamed_3;
    float _e286 = own;
    float _e287 = own;
    float unnamed_4 = metal::simd_shuffle_xor(_e287, 2u);
    own = _e286 + unnamed_4;
    if (subgroup == 0u) {
        float _e293 = own;
        largest = _e293;
        if (line == 0u) {
            total = 1.0;
            {
                metal::uint4 v_7 = own_value.inner[side + 0u];
                metal::float4 _e304 = widen(v_7.xy);
                sum.inner[0] = _e304;
                metal::float4 _e307 = widen(v_7.zw);
                sum.inner[1] = _e307;
            }
        }
    }
    start = 0u + (subgroup * 64u);
    bool loop_init_5 = true;
    while(true) {
        if (!loop_init_5) {
            uint _e1031 = start;
            start = _e1031 + 2048u;
        }
        loop_init_5 = false;
        uint _e312 = start;
        if (_e312 < end) {
        } else {
            break;
        }
        {
            uint _e314 = start;
            uint key0_ = (_e314 + 0u) + line;
            uint at0_ = ((((((base + metal::min(key0_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key0_, end - 1u)) % 16u)) * 4u;
            uint _e338 = start;
            uint key1_ = (_e338 + 8u) + line;
            uint at1_ = ((((((base + metal::min(key1_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key1_, end - 1u)) % 16u)) * 4u;
            uint _e362 = start;
            uint key2_ = (_e362 + 16u) + line;
            uint at2_ = ((((((base + metal::min(key2_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key2_, end - 1u)) % 16u)) * 4u;
            uint _e386 = start;
            uint key3_ = (_e386 + 24u) + line;
            uint at3_ = ((((((base + metal::min(key3_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key3_, end - 1u)) % 16u)) * 4u;
            uint _e410 = start;
            uint key4_ = (_e410 + 32u) + line;
            uint at4_ = ((((((base + metal::min(key4_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key4_, end - 1u)) % 16u)) * 4u;
            uint _e434 = start;
            uint key5_ = (_e434 + 40u) + line;
            uint at5_ = ((((((base + metal::min(key5_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key5_, end - 1u)) % 16u)) * 4u;
            uint _e458 = start;
            uint key6_ = (_e458 + 48u) + line;
            uint at6_ = ((((((base + metal::min(key6_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key6_, end - 1u)) % 16u)) * 4u;
            uint _e482 = start;
            uint key7_ = (_e482 + 56u) + line;
            uint at7_ = ((((((base + metal::min(key7_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key7_, end - 1u)) % 16u)) * 4u;
            s0_ = 0.0;
            {
                metal::uint4 k_1 = keys[(at0_ + side) + 0u];
                float _e514 = s0_;
                metal::float4 _e516 = widen(k_1.xy);
                metal::float4 _e518 = mine.inner[0];
                s0_ = _e514 + metal::dot(_e516, _e518);
                float _e521 = s0_;
                metal::float4 _e523 = widen(k_1.zw);
                metal::float4 _e525 = mine.inner[1];
                s0_ = _e521 + metal::dot(_e523, _e525);
            }
            float _e528 = s0_;
            float _e529 = s0_;
            float unnamed_5 = metal::simd_shuffle_xor(_e529, 1u);
            s0_ = _e528 + unnamed_5;
            float _e533 = s0_;
            float _e534 = s0_;
            float unnamed_6 = metal::simd_shuffle_xor(_e534, 2u);
            s0_ = _e533 + unnamed_6;
            float _e538 = s0_;
            s0_ = (key0_ < end) ? _e538 : -1000000000000000000000000000000.0;
            s1_ = 0.0;
            {
                metal::uint4 k_2 = keys[(at1_ + side) + 0u];
                float _e550 = s1_;
                metal::float4 _e552 = widen(k_2.xy);
                metal::float4 _e554 = mine.inner[0];
                s1_ = _e550 + metal::dot(_e552, _e554);
                float _e557 = s1_;
                metal::float4 _e559 = widen(k_2.zw);
                metal::float4 _e561 = mine.inner[1];
                s1_ = _e557 + metal::dot(_e559, _e561);
            }
            float _e564 = s1_;
            float _e565 = s1_;
            float unnamed_7 = metal::simd_shuffle_xor(_e565, 1u);
            s1_ = _e564 + unnamed_7;
            float _e569 = s1_;
            float _e570 = s1_;
            float unnamed_8 = metal::simd_shuffle_xor(_e570, 2u);
            s1_ = _e569 + unnamed_8;
            float _e574 = s1_;
            s1_ = (key1_ < end) ? _e574 : -1000000000000000000000000000000.0;
            s2_ = 0.0;
            {
                metal::uint4 k_3 = keys[(at2_ + side) + 0u];
                float _e586 = s2_;
                metal::float4 _e588 = widen(k_3.xy);
                metal::float4 _e590 = mine.inner[0];
                s2_ = _e586 + metal::dot(_e588, _e590);
                float _e593 = s2_;
                metal::float4 _e595 = widen(k_3.zw);
                metal::float4 _e597 = mine.inner[1];
                s2_ = _e593 + metal::dot(_e595, _e597);
            }
            float _e600 = s2_;
            float _e601 = s2_;
            float unnamed_9 = metal::simd_shuffle_xor(_e601, 1u);
            s2_ = _e600 + unnamed_9;
            float _e605 = s2_;
            float _e606 = s2_;
            float unnamed_10 = metal::simd_shuffle_xor(_e606, 2u);
            s2_ = _e605 + unnamed_10;
            float _e610 = s2_;
            s2_ = (key2_ < end) ? _e610 : -1000000000000000000000000000000.0;
            s3_ = 0.0;
            {
                metal::uint4 k_4 = keys[(at3_ + side) + 0u];
                float _e622 = s3_;
                metal::float4 _e624 = widen(k_4.xy);
                metal::float4 _e626 = mine.inner[0];
                s3_ = _e622 + metal::dot(_e624, _e626);
                float _e629 = s3_;
                metal::float4 _e631 = widen(k_4.zw);
                metal::float4 _e633 = mine.inner[1];
                s3_ = _e629 + metal::dot(_e631, _e633);
            }
            float _e636 = s3_;
            float _e637 = s3_;
            float unnamed_11 = metal::simd_shuffle_xor(_e637, 1u);
            s3_ = _e636 + unnamed_11;
            float _e641 = s3_;
            float _e642 = s3_;
            float unnamed_12 = metal::simd_shuffle_xor(_e642, 2u);
            s3_ = _e641 + unnamed_12;
            float _e646 = s3_;
            s3_ = (key3_ < end) ? _e646 : -1000000000000000000000000000000.0;
            s4_ = 0.0;
            {
                metal::uint4 k_5 = keys[(at4_ + side) + 0u];
                float _e658 = s4_;
                metal::float4 _e660 = widen(k_5.xy);
                metal::float4 _e662 = mine.inner[0];
                s4_ = _e658 + metal::dot(_e660, _e662);
                float _e665 = s4_;
                metal::float4 _e667 = widen(k_5.zw);
                metal::float4 _e669 = mine.inner[1];
                s4_ = _e665 + metal::dot(_e667, _e669);
            }
            float _e672 = s4_;
            float _e673 = s4_;
            float unnamed_13 = metal::simd_shuffle_xor(_e673, 1u);
            s4_ = _e672 + unnamed_13;
            float _e677 = s4_;
            float _e678 = s4_;
            float unnamed_14 = metal::simd_shuffle_xor(_e678, 2u);
            s4_ = _e677 + unnamed_14;
            float _e682 = s4_;
            s4_ = (key4_ < end) ? _e682 : -1000000000000000000000000000000.0;
            s5_ = 0.0;
            {
                metal::uint4 k_6 = keys[(at5_ + side) + 0u];
                float _e694 = s5_;
                metal::float4 _e696 = widen(k_6.xy);
                metal::float4 _e698 = mine.inner[0];
                s5_ = _e694 + metal::dot(_e696, _e698);
                float _e701 = s5_;
                metal::float4 _e703 = widen(k_6.zw);
                metal::float4 _e705 = mine.inner[1];
                s5_ = _e701 + metal::dot(_e703, _e705);
            }
            float _e708 = s5_;
            float _e709 = s5_;
            float unnamed_15 = metal::simd_shuffle_xor(_e709, 1u);
            s5_ = _e708 + unnamed_15;
            float _e713 = s5_;
            float _e714 = s5_;
            float unnamed_16 = metal::simd_shuffle_xor(_e714, 2u);
            s5_ = _e713 + unnamed_16;
            float _e718 = s5_;
            s5_ = (key5_ < end) ? _e718 : -1000000000000000000000000000000.0;
            s6_ = 0.0;
            {
                metal::uint4 k_7 = keys[(at6_ + side) + 0u];
                float _e730 = s6_;
                metal::float4 _e732 = widen(k_7.xy);
                metal::float4 _e734 = mine.inner[0];
                s6_ = _e730 + metal::dot(_e732, _e734);
                float _e737 = s6_;
                metal::float4 _e739 = widen(k_7.zw);
                metal::float4 _e741 = mine.inner[1];
                s6_ = _e737 + metal::dot(_e739, _e741);
            }
            float _e744 = s6_;
            float _e745 = s6_;
            float unnamed_17 = metal::simd_shuffle_xor(_e745, 1u);
            s6_ = _e744 + unnamed_17;
            float _e749 = s6_;
            float _e750 = s6_;
            float unnamed_18 = metal::simd_shuffle_xor(_e750, 2u);
            s6_ = _e749 + unnamed_18;
            float _e754 = s6_;
            s6_ = (key6_ < end) ? _e754 : -1000000000000000000000000000000.0;
            s7_ = 0.0;
            {
                metal::uint4 k_8 = keys[(at7_ + side) + 0u];
                float _e766 = s7_;
                metal::float4 _e768 = widen(k_8.xy);
                metal::float4 _e770 = mine.inner[0];
                s7_ = _e766 + metal::dot(_e768, _e770);
                float _e773 = s7_;
                metal::float4 _e775 = widen(k_8.zw);
                metal::float4 _e777 = mine.inner[1];
                s7_ = _e773 + metal::dot(_e775, _e777);
            }
            float _e780 = s7_;
            float _e781 = s7_;
            float unnamed_19 = metal::simd_shuffle_xor(_e781, 1u);
            s7_ = _e780 + unnamed_19;
            float _e785 = s7_;
            float _e786 = s7_;
            float unnamed_20 = metal::simd_shuffle_xor(_e786, 2u);
            s7_ = _e785 + unnamed_20;
            float _e790 = s7_;
            s7_ = (key7_ < end) ? _e790 : -1000000000000000000000000000000.0;
            float _e794 = largest;
            float _e795 = s0_;
            float _e796 = s1_;
            float _e798 = s2_;
            float _e800 = s3_;
            float _e802 = s4_;
            float _e804 = s5_;
            float _e806 = s6_;
            float _e808 = s7_;
            float unnamed_21 = metal::simd_max(metal::max(metal::max(metal::max(metal::max(metal::max(metal::max(metal::max(_e795, _e796), _e798), _e800), _e802), _e804), _e806), _e808));
            float larger = metal::max(_e794, unnamed_21);
            float _e812 = largest;
            float fade = metal::exp2(_e812 - larger);
            largest = larger;
            float _e815 = total;
            total = _e815 * fade;
            metal::float4 _e818 = sum.inner[0];
            sum.inner[0] = _e818 * fade;
            metal::float4 _e821 = sum.inner[1];
            sum.inner[1] = _e821 * fade;
            float _e823 = s0_;
            float p0_ = (key0_ < end) ? metal::exp2(_e823 - larger) : 0.0;
            float _e829 = total;
            total = _e829 + p0_;
            {
                metal::uint4 v_8 = values[(at0_ + side) + 0u];
                metal::float4 _e838 = sum.inner[0];
                metal::float4 _e840 = widen(v_8.xy);
                sum.inner[0] = _e838 + (p0_ * _e840);
                metal::float4 _e844 = sum.inner[1];
                metal::float4 _e846 = widen(v_8.zw);
                sum.inner[1] = _e844 + (p0_ * _e846);
            }
            float _e849 = s1_;
            float p1_ = (key1_ < end) ? metal::exp2(_e849 - larger) : 0.0;
            float _e855 = total;
            total = _e855 + p1_;
            {
                metal::uint4 v_9 = values[(at1_ + side) + 0u];
                metal::float4 _e864 = sum.inner[0];
                metal::float4 _e866 = widen(v_9.xy);
                sum.inner[0] = _e864 + (p1_ * _e866);
                metal::float4 _e870 = sum.inner[1];
                metal::float4 _e872 = widen(v_9.zw);
                sum.inner[1] = _e870 + (p1_ * _e872);
            }
            float _e875 = s2_;
            float p2_ = (key2_ < end) ? metal::exp2(_e875 - larger) : 0.0;
            float _e881 = total;
            total = _e881 + p2_;
            {
                metal::uint4 v_10 = values[(at2_ + side) + 0u];
                metal::float4 _e890 = sum.inner[0];
                metal::float4 _e892 = widen(v_10.xy);
                sum.inner[0] = _e890 + (p2_ * _e892);
                metal::float4 _e896 = sum.inner[1];
                metal::float4 _e898 = widen(v_10.zw);
                sum.inner[1] = _e896 + (p2_ * _e898);
            }
            float _e901 = s3_;
            float p3_ = (key3_ < end) ? metal::exp2(_e901 - larger) : 0.0;
            float _e907 = total;
            total = _e907 + p3_;
            {
                metal::uint4 v_11 = values[(at3_ + side) + 0u];
                metal::float4 _e916 = sum.inner[0];
                metal::float4 _e918 = widen(v_11.xy);
                sum.inner[0] = _e916 + (p3_ * _e918);
                metal::float4 _e922 = sum.inner[1];
                metal::float4 _e924 = widen(v_11.zw);
                sum.inner[1] = _e922 + (p3_ * _e924);
            }
            float _e927 = s4_;
            float p4_ = (key4_ < end) ? metal::exp2(_e927 - larger) : 0.0;
            float _e933 = total;
            total = _e933 + p4_;
            {
                metal::uint4 v_12 = values[(at4_ + side) + 0u];
                metal::float4 _e942 = sum.inner[0];
                metal::float4 _e944 = widen(v_12.xy);
                sum.inner[0] = _e942 + (p4_ * _e944);
                metal::float4 _e948 = sum.inner[1];
                metal::float4 _e950 = widen(v_12.zw);
                sum.inner[1] = _e948 + (p4_ * _e950);
            }
            float _e953 = s5_;
            float p5_ = (key5_ < end) ? metal::exp2(_e953 - larger) : 0.0;
            float _e959 = total;
            total = _e959 + p5_;
            {
                metal::uint4 v_13 = values[(at5_ + side) + 0u];
                metal::float4 _e968 = sum.inner[0];
                metal::float4 _e970 = widen(v_13.xy);
                sum.inner[0] = _e968 + (p5_ * _e970);
                metal::float4 _e974 = sum.inner[1];
                metal::float4 _e976 = widen(v_13.zw);
                sum.inner[1] = _e974 + (p5_ * _e976);
            }
            float _e979 = s6_;
            float p6_ = (key6_ < end) ? metal::exp2(_e979 - larger) : 0.0;
            float _e985 = total;
            total = _e985 + p6_;
            {
                metal::uint4 v_14 = values[(at6_ + side) + 0u];
                metal::float4 _e994 = sum.inner[0];
                metal::float4 _e996 = widen(v_14.xy);
                sum.inner[0] = _e994 + (p6_ * _e996);
                metal::float4 _e1000 = sum.inner[1];
                metal::float4 _e1002 = widen(v_14.zw);
                sum.inner[1] = _e1000 + (p6_ * _e1002);
            }
            float _e1005 = s7_;
            float p7_ = (key7_ < end) ? metal::exp2(_e1005 - larger) : 0.0;
            float _e1011 = total;
            total = _e1011 + p7_;
            {
                metal::uint4 v_15 = values[(at7_ + side) + 0u];
                metal::float4 _e1020 = sum.inner[0];
                metal::float4 _e1022 = widen(v_15.xy);
                sum.inner[0] = _e1020 + (p7_ * _e1022);
                metal::float4 _e1026 = sum.inner[1];
                metal::float4 _e1028 = widen(v_15.zw);
                sum.inner[1] = _e1026 + (p7_ * _e1028);
            }
        }
    }
    metal::float4 _e1035 = sum.inner[0];
    metal::float4 _e1037 = sum.inner[0];
    metal::float4 _e1039 = shuffled(_e1037, 4u);
    sum.inner[0] = _e1035 + _e1039;
    metal::float4 _e1042 = sum.inner[1];
    metal::float4 _e1044 = sum.inner[1];
    metal::float4 _e1046 = shuffled(_e1044, 4u);
    sum.inner[1] = _e1042 + _e1046;
    float _e1048 = total;
    float _e1049 = total;
    float unnamed_22 = metal::simd_shuffle_xor(_e1049, 4u);
    total = _e1048 + unnamed_22;
    metal::float4 _e1054 = sum.inner[0];
    metal::float4 _e1056 = sum.inner[0];
    metal::float4 _e1058 = shuffled(_e1056, 8u);
    sum.inner[0] = _e1054 + _e1058;
    metal::float4 _e1061 = sum.inner[1];
    metal::float4 _e1063 = sum.inner[1];
    metal::float4 _e1065 = shuffled(_e1063, 8u);
    sum.inner[1] = _e1061 + _e1065;
    float _e1067 = total;
    float _e1068 = total;
    float unnamed_23 = metal::simd_shuffle_xor(_e1068, 8u);
    total = _e1067 + unnamed_23;
    metal::float4 _e1073 = sum.inner[0];
    metal::float4 _e1075 = sum.inner[0];
    metal::float4 _e1077 = shuffled(_e1075, 16u);
    sum.inner[0] = _e1073 + _e1077;
    metal::float4 _e1080 = sum.inner[1];
    metal::float4 _e1082 = sum.inner[1];
    metal::float4 _e1084 = shuffled(_e1082, 16u);
    sum.inner[1] = _e1080 + _e1084;
    float _e1086 = total;
    float _e1087 = total;
    float unnamed_24 = metal::simd_shuffle_xor(_e1087, 16u);
    total = _e1086 + unnamed_24;
    if (lane == 0u) {
        float _e1095 = largest;
        tops.inner[subgroup] = _e1095;
        float _e1098 = total;
        totals.inner[subgroup] = _e1098;
    }
    {
        if (line == 0u) {
            metal::float4 _e1113 = sum.inner[0];
            sums.inner[((subgroup * 8u) + ((side + 0u) * 2u)) + 0u] = _e1113;
            metal::float4 _e1126 = sum.inner[1];
            sums.inner[((subgroup * 8u) + ((side + 0u) * 2u)) + 1u] = _e1126;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    float _e1129 = tops.inner[0];
    top = _e1129;
    bool loop_init_6 = true;
    while(true) {
        if (!loop_init_6) {
            uint _e1143 = s;
            s = _e1143 + 1u;
        }
        loop_init_6 = false;
        uint _e1133 = s;
        if (_e1133 < 32u) {
        } else {
            break;
        }
        {
            float _e1136 = top;
            uint _e1138 = s;
            float _e1140 = tops.inner[_e1138];
            top = metal::max(_e1136, _e1140);
        }
    }
    i = thread_;
    bool loop_init_7 = true;
    while(true) {
        if (!loop_init_7) {
            uint _e1196 = i;
            i = _e1196 + 1024u;
        }
        loop_init_7 = false;
        uint _e1146 = i;
        if (_e1146 < 8u) {
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
                    uint _e1184 = s_1;
                    s_1 = _e1184 + 1u;
                }
                loop_init_8 = false;
                uint _e1155 = s_1;
                if (_e1155 < 32u) {
                } else {
                    break;
                }
                {
                    uint _e1159 = s_1;
                    float _e1161 = tops.inner[_e1159];
                    float _e1162 = top;
                    float weight = metal::exp2(_e1161 - _e1162);
                    float _e1165 = divisor;
                    uint _e1167 = s_1;
                    float _e1169 = totals.inner[_e1167];
                    divisor = _e1165 + (weight * _e1169);
                    metal::float4 _e1172 = value;
                    uint _e1174 = s_1;
                    uint _e1177 = i;
                    metal::float4 _e1180 = sums.inner[(_e1174 * 8u) + _e1177];
                    value = _e1172 + (weight * _e1180);
                }
            }
            uint _e1189 = i;
            metal::float4 _e1192 = value;
            float _e1193 = divisor;
            out[(head_2 * 8u) + _e1189] = _e1192 / metal::float4(_e1193);
        }
    }
    return;
}
