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
    metal::uint2 w_2
) {
    return metal::float4(float2(as_type<half2>(w_2.x)), float2(as_type<half2>(w_2.y)));
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
    uint c_2,
    uint head,
    float factor,
    device type_7 const& qkv,
    device type_7 const& q_gain,
    device type_7 const& k_gain,
    constant _mslBufferSizes& _buffer_sizes
) {
    metal::float2 v_2 = {};
    metal::float2 _e7 = qkv[source + c_2];
    v_2 = _e7;
    metal::float2 _e9 = v_2;
    v_2 = _e9 * factor;
    if (head < 12u) {
        metal::float2 _e13 = v_2;
        metal::float2 _e16 = q_gain[c_2];
        v_2 = _e13 * _e16;
    } else {
        metal::float2 _e18 = v_2;
        metal::float2 _e21 = k_gain[c_2];
        v_2 = _e18 * _e21;
    }
    metal::float2 _e23 = v_2;
    return _e23;
}

metal::float2 turned(
    uint source_1,
    uint c_3,
    uint head_1,
    float factor_1,
    uint angle,
    device type_7 const& qkv,
    device type_7 const& table,
    device type_7 const& q_gain,
    device type_7 const& k_gain,
    constant _mslBufferSizes& _buffer_sizes
) {
    metal::float2 _e5 = value_of(source_1, c_3, head_1, factor_1, qkv, q_gain, k_gain, _buffer_sizes);
    if (c_3 < 16u) {
        float cos = table[angle + (c_3 / 2u)][c_3 % 2u];
        float sin = table[(angle + 8u) + (c_3 / 2u)][c_3 % 2u];
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
    uint i = {};
    float squares_1 = 0.0;
    uint c_1 = {};
    uint w = {};
    uint w_1 = {};
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
    uint i_1 = {};
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
    uint home = (((((slot / 16u) * 12u) + kept) * 16u) + (slot % 16u)) * 4u;
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
        i = lane;
        bool loop_init_1 = true;
        while(true) {
            if (!loop_init_1) {
                uint _e117 = i;
                i = _e117 + 32u;
            }
            loop_init_1 = false;
            uint _e96 = i;
            if (_e96 < 8u) {
            } else {
                break;
            }
            {
                uint _e100 = i;
                uint _e102 = i;
                metal::float2 _e107 = turned(source_2, (_e102 * 2u) + 0u, head_2, factor_2, angle_1, qkv, table, q_gain, k_gain, _buffer_sizes);
                uint _e108 = i;
                metal::float2 _e113 = turned(source_2, (_e108 * 2u) + 1u, head_2, factor_2, angle_1, qkv, table, q_gain, k_gain, _buffer_sizes);
                query.inner[_e100] = metal::float4(_e107, _e113) * 0.18033688;
            }
        }
    }
    if (subgroup == 1u) {
        uint owner = 12u + kept;
        uint source_3 = owner * 16u;
        c_1 = lane;
        bool loop_init_2 = true;
        while(true) {
            if (!loop_init_2) {
                uint _e140 = c_1;
                c_1 = _e140 + 32u;
            }
            loop_init_2 = false;
            uint _e129 = c_1;
            if (_e129 < 16u) {
            } else {
                break;
            }
            {
                uint _e133 = c_1;
                metal::float2 v_4 = qkv[source_3 + _e133];
                float _e137 = squares_1;
                squares_1 = _e137 + metal::dot(v_4, v_4);
            }
        }
        float _e143 = squares_1;
        float unnamed_2 = metal::simd_sum(_e143);
        float factor_3 = metal::rsqrt((unnamed_2 / 32.0) + 0.000000000001);
        w = lane;
        bool loop_init_3 = true;
        while(true) {
            if (!loop_init_3) {
                uint _e190 = w;
                w = _e190 + 32u;
            }
            loop_init_3 = false;
            uint _e151 = w;
            if (_e151 < 4u) {
            } else {
                break;
            }
            {
                uint _e154 = w;
                metal::float2 _e159 = turned(source_3, (_e154 * 4u) + 0u, owner, factor_3, angle_1, qkv, table, q_gain, k_gain, _buffer_sizes);
                uint _e161 = w;
                metal::float2 _e166 = turned(source_3, (_e161 * 4u) + 1u, owner, factor_3, angle_1, qkv, table, q_gain, k_gain, _buffer_sizes);
                uint _e168 = w;
                metal::float2 _e173 = turned(source_3, (_e168 * 4u) + 2u, owner, factor_3, angle_1, qkv, table, q_gain, k_gain, _buffer_sizes);
                uint _e175 = w;
                metal::float2 _e180 = turned(source_3, (_e175 * 4u) + 3u, owner, factor_3, angle_1, qkv, table, q_gain, k_gain, _buffer_sizes);
                metal::uint4 k = metal::uint4(as_type<uint>(half2(_e159)), as_type<uint>(half2(_e166)), as_type<uint>(half2(_e173)), as_type<uint>(half2(_e180)));
                uint _e184 = w;
                own_key.inner[_e184] = k;
                if (writes) {
                    uint _e187 = w;
                    keys[home + _e187] = k;
                }
            }
        }
    }
    if (subgroup == 2u) {
        uint source_4 = (24u + kept) * 16u;
        w_1 = lane;
        bool loop_init_4 = true;
        while(true) {
            if (!loop_init_4) {
                uint _e251 = w_1;
                w_1 = _e251 + 32u;
            }
            loop_init_4 = false;
            uint _e200 = w_1;
            if (_e200 < 4u) {
            } else {
                break;
            }
            {
                uint _e204 = w_1;
                metal::float2 _e211 = qkv[(source_4 + (_e204 * 4u)) + 0u];
                uint _e214 = w_1;
                metal::float2 _e221 = qkv[(source_4 + (_e214 * 4u)) + 1u];
                uint _e224 = w_1;
                metal::float2 _e231 = qkv[(source_4 + (_e224 * 4u)) + 2u];
                uint _e234 = w_1;
                metal::float2 _e241 = qkv[(source_4 + (_e234 * 4u)) + 3u];
                metal::uint4 v_5 = metal::uint4(as_type<uint>(half2(_e211)), as_type<uint>(half2(_e221)), as_type<uint>(half2(_e231)), as_type<uint>(half2(_e241)));
                uint _e245 = w_1;
                own_value.inner[_e245] = v_5;
                if (writes) {
                    uint _e248 = w_1;
                    values[home + _e248] = v_5;
                }
            }
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    uint side = lane % 4u;
    uint line = lane / 4u;
    {
        metal::float4 _e269 = query.inner[((side + 0u) * 2u) + 0u];
        mine.inner[0] = _e269;
        metal::float4 _e279 = query.inner[((side + 0u) * 2u) + 1u];
        mine.inner[1] = _e279;
    }
    {
        metal::uint4 k_1 = own_key.inner[side + 0u];
        float _e292 = own;
        metal::float4 _e294 = widen(k_1.xy);
        metal::float4 _e296 = mine.inner[0];
        own = _e292 + metal::dot(_e294, _e296);
        float _e299 = own;
        metal::float4 _e301 = widen(k_1.zw);
        metal::float4 _e303 = mine.inner[1];
        own = _e299 + metal::dot(_e301, _e303);
    }
    float _e306 = own;
    float _e307 = own;
    float unnamed_3 = metal::simd_shuffle_xor(_e307, 1u);
    own = _e306 + unnamed_3;
    float _e311 = own;
    float _e312 = own;
    float unnamed_4 = metal::simd_shuffle_xor(_e312, 2u);
    own = _e311 + unnamed_4;
    if (subgroup == 0u) {
        float _e318 = own;
        largest = _e318;
        if (line == 0u) {
            total = 1.0;
            {
                metal::uint4 v_6 = own_value.inner[side + 0u];
                metal::float4 _e329 = widen(v_6.xy);
                sum.inner[0] = _e329;
                metal::float4 _e332 = widen(v_6.zw);
                sum.inner[1] = _e332;
            }
        }
    }
    start = 0u + (subgroup * 64u);
    bool loop_init_5 = true;
    while(true) {
        if (!loop_init_5) {
            uint _e1056 = start;
            start = _e1056 + 2048u;
        }
        loop_init_5 = false;
        uint _e337 = start;
        if (_e337 < end) {
        } else {
            break;
        }
        {
            uint _e339 = start;
            uint key0_ = (_e339 + 0u) + line;
            uint at0_ = ((((((base + metal::min(key0_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key0_, end - 1u)) % 16u)) * 4u;
            uint _e363 = start;
            uint key1_ = (_e363 + 8u) + line;
            uint at1_ = ((((((base + metal::min(key1_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key1_, end - 1u)) % 16u)) * 4u;
            uint _e387 = start;
            uint key2_ = (_e387 + 16u) + line;
            uint at2_ = ((((((base + metal::min(key2_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key2_, end - 1u)) % 16u)) * 4u;
            uint _e411 = start;
            uint key3_ = (_e411 + 24u) + line;
            uint at3_ = ((((((base + metal::min(key3_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key3_, end - 1u)) % 16u)) * 4u;
            uint _e435 = start;
            uint key4_ = (_e435 + 32u) + line;
            uint at4_ = ((((((base + metal::min(key4_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key4_, end - 1u)) % 16u)) * 4u;
            uint _e459 = start;
            uint key5_ = (_e459 + 40u) + line;
            uint at5_ = ((((((base + metal::min(key5_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key5_, end - 1u)) % 16u)) * 4u;
            uint _e483 = start;
            uint key6_ = (_e483 + 48u) + line;
            uint at6_ = ((((((base + metal::min(key6_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key6_, end - 1u)) % 16u)) * 4u;
            uint _e507 = start;
            uint key7_ = (_e507 + 56u) + line;
            uint at7_ = ((((((base + metal::min(key7_, end - 1u)) / 16u) * 12u) + kept) * 16u) + ((base + metal::min(key7_, end - 1u)) % 16u)) * 4u;
            s0_ = 0.0;
            {
                metal::uint4 k_2 = keys[(at0_ + side) + 0u];
                float _e539 = s0_;
                metal::float4 _e541 = widen(k_2.xy);
                metal::float4 _e543 = mine.inner[0];
                s0_ = _e539 + metal::dot(_e541, _e543);
                float _e546 = s0_;
                metal::float4 _e548 = widen(k_2.zw);
                metal::float4 _e550 = mine.inner[1];
                s0_ = _e546 + metal::dot(_e548, _e550);
            }
            float _e553 = s0_;
            float _e554 = s0_;
            float unnamed_5 = metal::simd_shuffle_xor(_e554, 1u);
            s0_ = _e553 + unnamed_5;
            float _e558 = s0_;
            float _e559 = s0_;
            float unnamed_6 = metal::simd_shuffle_xor(_e559, 2u);
            s0_ = _e558 + unnamed_6;
            float _e563 = s0_;
            s0_ = (key0_ < end) ? _e563 : -1000000000000000000000000000000.0;
            s1_ = 0.0;
            {
                metal::uint4 k_3 = keys[(at1_ + side) + 0u];
                float _e575 = s1_;
                metal::float4 _e577 = widen(k_3.xy);
                metal::float4 _e579 = mine.inner[0];
                s1_ = _e575 + metal::dot(_e577, _e579);
                float _e582 = s1_;
                metal::float4 _e584 = widen(k_3.zw);
                metal::float4 _e586 = mine.inner[1];
                s1_ = _e582 + metal::dot(_e584, _e586);
            }
            float _e589 = s1_;
            float _e590 = s1_;
            float unnamed_7 = metal::simd_shuffle_xor(_e590, 1u);
            s1_ = _e589 + unnamed_7;
            float _e594 = s1_;
            float _e595 = s1_;
            float unnamed_8 = metal::simd_shuffle_xor(_e595, 2u);
            s1_ = _e594 + unnamed_8;
            float _e599 = s1_;
            s1_ = (key1_ < end) ? _e599 : -1000000000000000000000000000000.0;
            s2_ = 0.0;
            {
                metal::uint4 k_4 = keys[(at2_ + side) + 0u];
                float _e611 = s2_;
                metal::float4 _e613 = widen(k_4.xy);
                metal::float4 _e615 = mine.inner[0];
                s2_ = _e611 + metal::dot(_e613, _e615);
                float _e618 = s2_;
                metal::float4 _e620 = widen(k_4.zw);
                metal::float4 _e622 = mine.inner[1];
                s2_ = _e618 + metal::dot(_e620, _e622);
            }
            float _e625 = s2_;
            float _e626 = s2_;
            float unnamed_9 = metal::simd_shuffle_xor(_e626, 1u);
            s2_ = _e625 + unnamed_9;
            float _e630 = s2_;
            float _e631 = s2_;
            float unnamed_10 = metal::simd_shuffle_xor(_e631, 2u);
            s2_ = _e630 + unnamed_10;
            float _e635 = s2_;
            s2_ = (key2_ < end) ? _e635 : -1000000000000000000000000000000.0;
            s3_ = 0.0;
            {
                metal::uint4 k_5 = keys[(at3_ + side) + 0u];
                float _e647 = s3_;
                metal::float4 _e649 = widen(k_5.xy);
                metal::float4 _e651 = mine.inner[0];
                s3_ = _e647 + metal::dot(_e649, _e651);
                float _e654 = s3_;
                metal::float4 _e656 = widen(k_5.zw);
                metal::float4 _e658 = mine.inner[1];
                s3_ = _e654 + metal::dot(_e656, _e658);
            }
            float _e661 = s3_;
            float _e662 = s3_;
            float unnamed_11 = metal::simd_shuffle_xor(_e662, 1u);
            s3_ = _e661 + unnamed_11;
            float _e666 = s3_;
            float _e667 = s3_;
            float unnamed_12 = metal::simd_shuffle_xor(_e667, 2u);
            s3_ = _e666 + unnamed_12;
            float _e671 = s3_;
            s3_ = (key3_ < end) ? _e671 : -1000000000000000000000000000000.0;
            s4_ = 0.0;
            {
                metal::uint4 k_6 = keys[(at4_ + side) + 0u];
                float _e683 = s4_;
                metal::float4 _e685 = widen(k_6.xy);
                metal::float4 _e687 = mine.inner[0];
                s4_ = _e683 + metal::dot(_e685, _e687);
                float _e690 = s4_;
                metal::float4 _e692 = widen(k_6.zw);
                metal::float4 _e694 = mine.inner[1];
                s4_ = _e690 + metal::dot(_e692, _e694);
            }
            float _e697 = s4_;
            float _e698 = s4_;
            float unnamed_13 = metal::simd_shuffle_xor(_e698, 1u);
            s4_ = _e697 + unnamed_13;
            float _e702 = s4_;
            float _e703 = s4_;
            float unnamed_14 = metal::simd_shuffle_xor(_e703, 2u);
            s4_ = _e702 + unnamed_14;
            float _e707 = s4_;
            s4_ = (key4_ < end) ? _e707 : -1000000000000000000000000000000.0;
            s5_ = 0.0;
            {
                metal::uint4 k_7 = keys[(at5_ + side) + 0u];
                float _e719 = s5_;
                metal::float4 _e721 = widen(k_7.xy);
                metal::float4 _e723 = mine.inner[0];
                s5_ = _e719 + metal::dot(_e721, _e723);
                float _e726 = s5_;
                metal::float4 _e728 = widen(k_7.zw);
                metal::float4 _e730 = mine.inner[1];
                s5_ = _e726 + metal::dot(_e728, _e730);
            }
            float _e733 = s5_;
            float _e734 = s5_;
            float unnamed_15 = metal::simd_shuffle_xor(_e734, 1u);
            s5_ = _e733 + unnamed_15;
            float _e738 = s5_;
            float _e739 = s5_;
            float unnamed_16 = metal::simd_shuffle_xor(_e739, 2u);
            s5_ = _e738 + unnamed_16;
            float _e743 = s5_;
            s5_ = (key5_ < end) ? _e743 : -1000000000000000000000000000000.0;
            s6_ = 0.0;
            {
                metal::uint4 k_8 = keys[(at6_ + side) + 0u];
                float _e755 = s6_;
                metal::float4 _e757 = widen(k_8.xy);
                metal::float4 _e759 = mine.inner[0];
                s6_ = _e755 + metal::dot(_e757, _e759);
                float _e762 = s6_;
                metal::float4 _e764 = widen(k_8.zw);
                metal::float4 _e766 = mine.inner[1];
                s6_ = _e762 + metal::dot(_e764, _e766);
            }
            float _e769 = s6_;
            float _e770 = s6_;
            float unnamed_17 = metal::simd_shuffle_xor(_e770, 1u);
            s6_ = _e769 + unnamed_17;
            float _e774 = s6_;
            float _e775 = s6_;
            float unnamed_18 = metal::simd_shuffle_xor(_e775, 2u);
            s6_ = _e774 + unnamed_18;
            float _e779 = s6_;
            s6_ = (key6_ < end) ? _e779 : -1000000000000000000000000000000.0;
            s7_ = 0.0;
            {
                metal::uint4 k_9 = keys[(at7_ + side) + 0u];
                float _e791 = s7_;
                metal::float4 _e793 = widen(k_9.xy);
                metal::float4 _e795 = mine.inner[0];
                s7_ = _e791 + metal::dot(_e793, _e795);
                float _e798 = s7_;
                metal::float4 _e800 = widen(k_9.zw);
                metal::float4 _e802 = mine.inner[1];
                s7_ = _e798 + metal::dot(_e800, _e802);
            }
            float _e805 = s7_;
            float _e806 = s7_;
            float unnamed_19 = metal::simd_shuffle_xor(_e806, 1u);
            s7_ = _e805 + unnamed_19;
            float _e810 = s7_;
            float _e811 = s7_;
            float unnamed_20 = metal::simd_shuffle_xor(_e811, 2u);
            s7_ = _e810 + unnamed_20;
            float _e815 = s7_;
            s7_ = (key7_ < end) ? _e815 : -1000000000000000000000000000000.0;
            float _e819 = largest;
            float _e820 = s0_;
            float _e821 = s1_;
            float _e823 = s2_;
            float _e825 = s3_;
            float _e827 = s4_;
            float _e829 = s5_;
            float _e831 = s6_;
            float _e833 = s7_;
            float unnamed_21 = metal::simd_max(metal::max(metal::max(metal::max(metal::max(metal::max(metal::max(metal::max(_e820, _e821), _e823), _e825), _e827), _e829), _e831), _e833));
            float larger = metal::max(_e819, unnamed_21);
            float _e837 = largest;
            float fade = metal::exp2(_e837 - larger);
            largest = larger;
            float _e840 = total;
            total = _e840 * fade;
            metal::float4 _e843 = sum.inner[0];
            sum.inner[0] = _e843 * fade;
            metal::float4 _e846 = sum.inner[1];
            sum.inner[1] = _e846 * fade;
            float _e848 = s0_;
            float p0_ = (key0_ < end) ? metal::exp2(_e848 - larger) : 0.0;
            float _e854 = total;
            total = _e854 + p0_;
            {
                metal::uint4 v_7 = values[(at0_ + side) + 0u];
                metal::float4 _e863 = sum.inner[0];
                metal::float4 _e865 = widen(v_7.xy);
                sum.inner[0] = _e863 + (p0_ * _e865);
                metal::float4 _e869 = sum.inner[1];
                metal::float4 _e871 = widen(v_7.zw);
                sum.inner[1] = _e869 + (p0_ * _e871);
            }
            float _e874 = s1_;
            float p1_ = (key1_ < end) ? metal::exp2(_e874 - larger) : 0.0;
            float _e880 = total;
            total = _e880 + p1_;
            {
                metal::uint4 v_8 = values[(at1_ + side) + 0u];
                metal::float4 _e889 = sum.inner[0];
                metal::float4 _e891 = widen(v_8.xy);
                sum.inner[0] = _e889 + (p1_ * _e891);
                metal::float4 _e895 = sum.inner[1];
                metal::float4 _e897 = widen(v_8.zw);
                sum.inner[1] = _e895 + (p1_ * _e897);
            }
            float _e900 = s2_;
            float p2_ = (key2_ < end) ? metal::exp2(_e900 - larger) : 0.0;
            float _e906 = total;
            total = _e906 + p2_;
            {
                metal::uint4 v_9 = values[(at2_ + side) + 0u];
                metal::float4 _e915 = sum.inner[0];
                metal::float4 _e917 = widen(v_9.xy);
                sum.inner[0] = _e915 + (p2_ * _e917);
                metal::float4 _e921 = sum.inner[1];
                metal::float4 _e923 = widen(v_9.zw);
                sum.inner[1] = _e921 + (p2_ * _e923);
            }
            float _e926 = s3_;
            float p3_ = (key3_ < end) ? metal::exp2(_e926 - larger) : 0.0;
            float _e932 = total;
            total = _e932 + p3_;
            {
                metal::uint4 v_10 = values[(at3_ + side) + 0u];
                metal::float4 _e941 = sum.inner[0];
                metal::float4 _e943 = widen(v_10.xy);
                sum.inner[0] = _e941 + (p3_ * _e943);
                metal::float4 _e947 = sum.inner[1];
                metal::float4 _e949 = widen(v_10.zw);
                sum.inner[1] = _e947 + (p3_ * _e949);
            }
            float _e952 = s4_;
            float p4_ = (key4_ < end) ? metal::exp2(_e952 - larger) : 0.0;
            float _e958 = total;
            total = _e958 + p4_;
            {
                metal::uint4 v_11 = values[(at4_ + side) + 0u];
                metal::float4 _e967 = sum.inner[0];
                metal::float4 _e969 = widen(v_11.xy);
                sum.inner[0] = _e967 + (p4_ * _e969);
                metal::float4 _e973 = sum.inner[1];
                metal::float4 _e975 = widen(v_11.zw);
                sum.inner[1] = _e973 + (p4_ * _e975);
            }
            float _e978 = s5_;
            float p5_ = (key5_ < end) ? metal::exp2(_e978 - larger) : 0.0;
            float _e984 = total;
            total = _e984 + p5_;
            {
                metal::uint4 v_12 = values[(at5_ + side) + 0u];
                metal::float4 _e993 = sum.inner[0];
                metal::float4 _e995 = widen(v_12.xy);
                sum.inner[0] = _e993 + (p5_ * _e995);
                metal::float4 _e999 = sum.inner[1];
                metal::float4 _e1001 = widen(v_12.zw);
                sum.inner[1] = _e999 + (p5_ * _e1001);
            }
            float _e1004 = s6_;
            float p6_ = (key6_ < end) ? metal::exp2(_e1004 - larger) : 0.0;
            float _e1010 = total;
            total = _e1010 + p6_;
            {
                metal::uint4 v_13 = values[(at6_ + side) + 0u];
                metal::float4 _e1019 = sum.inner[0];
                metal::float4 _e1021 = widen(v_13.xy);
                sum.inner[0] = _e1019 + (p6_ * _e1021);
                metal::float4 _e1025 = sum.inner[1];
                metal::float4 _e1027 = widen(v_13.zw);
                sum.inner[1] = _e1025 + (p6_ * _e1027);
            }
            float _e1030 = s7_;
            float p7_ = (key7_ < end) ? metal::exp2(_e1030 - larger) : 0.0;
            float _e1036 = total;
            total = _e1036 + p7_;
            {
                metal::uint4 v_14 = values[(at7_ + side) + 0u];
                metal::float4 _e1045 = sum.inner[0];
                metal::float4 _e1047 = widen(v_14.xy);
                sum.inner[0] = _e1045 + (p7_ * _e1047);
                metal::float4 _e1051 = sum.inner[1];
                metal::float4 _e1053 = widen(v_14.zw);
                sum.inner[1] = _e1051 + (p7_ * _e1053);
            }
        }
    }
    metal::float4 _e1060 = sum.inner[0];
    metal::float4 _e1062 = sum.inner[0];
    metal::float4 _e1064 = shuffled(_e1062, 4u);
    sum.inner[0] = _e1060 + _e1064;
    metal::float4 _e1067 = sum.inner[1];
    metal::float4 _e1069 = sum.inner[1];
    metal::float4 _e1071 = shuffled(_e1069, 4u);
    sum.inner[1] = _e1067 + _e1071;
    float _e1073 = total;
    float _e1074 = total;
    float unnamed_22 = metal::simd_shuffle_xor(_e1074, 4u);
    total = _e1073 + unnamed_22;
    metal::float4 _e1079 = sum.inner[0];
    metal::float4 _e1081 = sum.inner[0];
    metal::float4 _e1083 = shuffled(_e1081, 8u);
    sum.inner[0] = _e1079 + _e1083;
    metal::float4 _e1086 = sum.inner[1];
    metal::float4 _e1088 = sum.inner[1];
    metal::float4 _e1090 = shuffled(_e1088, 8u);
    sum.inner[1] = _e1086 + _e1090;
    float _e1092 = total;
    float _e1093 = total;
    float unnamed_23 = metal::simd_shuffle_xor(_e1093, 8u);
    total = _e1092 + unnamed_23;
    metal::float4 _e1098 = sum.inner[0];
    metal::float4 _e1100 = sum.inner[0];
    metal::float4 _e1102 = shuffled(_e1100, 16u);
    sum.inner[0] = _e1098 + _e1102;
    metal::float4 _e1105 = sum.inner[1];
    metal::float4 _e1107 = sum.inner[1];
    metal::float4 _e1109 = shuffled(_e1107, 16u);
    sum.inner[1] = _e1105 + _e1109;
    float _e1111 = total;
    float _e1112 = total;
    float unnamed_24 = metal::simd_shuffle_xor(_e1112, 16u);
    total = _e1111 + unnamed_24;
    if (lane == 0u) {
        float _e1120 = largest;
        tops.inner[subgroup] = _e1120;
        float _e1123 = total;
        totals.inner[subgroup] = _e1123;
    }
    {
        if (line == 0u) {
            metal::float4 _e1138 = sum.inner[0];
            sums.inner[((subgroup * 8u) + ((side + 0u) * 2u)) + 0u] = _e1138;
            metal::float4 _e1151 = sum.inner[1];
            sums.inner[((subgroup * 8u) + ((side + 0u) * 2u)) + 1u] = _e1151;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    float _e1154 = tops.inner[0];
    top = _e1154;
    bool loop_init_6 = true;
    while(true) {
        if (!loop_init_6) {
            uint _e1168 = s;
            s = _e1168 + 1u;
        }
        loop_init_6 = false;
        uint _e1158 = s;
        if (_e1158 < 32u) {
        } else {
            break;
        }
        {
            float _e1161 = top;
            uint _e1163 = s;
            float _e1165 = tops.inner[_e1163];
            top = metal::max(_e1161, _e1165);
        }
    }
    i_1 = thread_;
    bool loop_init_7 = true;
    while(true) {
        if (!loop_init_7) {
            uint _e1221 = i_1;
            i_1 = _e1221 + 1024u;
        }
        loop_init_7 = false;
        uint _e1171 = i_1;
        if (_e1171 < 8u) {
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
                    uint _e1209 = s_1;
                    s_1 = _e1209 + 1u;
                }
                loop_init_8 = false;
                uint _e1180 = s_1;
                if (_e1180 < 32u) {
                } else {
                    break;
                }
                {
                    uint _e1184 = s_1;
                    float _e1186 = tops.inner[_e1184];
                    float _e1187 = top;
                    float weight = metal::exp2(_e1186 - _e1187);
                    float _e1190 = divisor;
                    uint _e1192 = s_1;
                    float _e1194 = totals.inner[_e1192];
                    divisor = _e1190 + (weight * _e1194);
                    metal::float4 _e1197 = value;
                    uint _e1199 = s_1;
                    uint _e1202 = i_1;
                    metal::float4 _e1205 = sums.inner[(_e1199 * 8u) + _e1202];
                    value = _e1197 + (weight * _e1205);
                }
            }
            uint _e1214 = i_1;
            metal::float4 _e1217 = value;
            float _e1218 = divisor;
            out[(head_2 * 8u) + _e1214] = _e1217 / metal::float4(_e1218);
        }
    }
    return;
}
