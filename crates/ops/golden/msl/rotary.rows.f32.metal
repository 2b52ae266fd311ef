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
};

typedef metal::float2 type_2[1];
typedef uint type_4[1];
struct type_5 {
    uint inner[64];
};

metal::float2 value_of(
    uint source,
    uint c_4,
    uint head,
    float factor,
    device type_2 const& qkv,
    device type_2 const& q_gain,
    device type_2 const& k_gain,
    constant _mslBufferSizes& _buffer_sizes
) {
    metal::float2 v = {};
    metal::float2 _e7 = qkv[source + c_4];
    v = _e7;
    metal::float2 _e9 = v;
    v = _e9 * factor;
    if (head < 12u) {
        metal::float2 _e13 = v;
        metal::float2 _e16 = q_gain[c_4];
        v = _e13 * _e16;
    } else {
        metal::float2 _e18 = v;
        metal::float2 _e21 = k_gain[c_4];
        v = _e18 * _e21;
    }
    metal::float2 _e23 = v;
    return _e23;
}

metal::float2 turned(
    uint source_1,
    uint c_5,
    uint head_1,
    float factor_1,
    uint angle,
    device type_2 const& qkv,
    device type_2 const& table,
    device type_2 const& q_gain,
    device type_2 const& k_gain,
    constant _mslBufferSizes& _buffer_sizes
) {
    metal::float2 _e5 = value_of(source_1, c_5, head_1, factor_1, qkv, q_gain, k_gain, _buffer_sizes);
    if (c_5 < 8u) {
        metal::float2 _e10 = value_of(source_1, c_5 + 8u, head_1, factor_1, qkv, q_gain, k_gain, _buffer_sizes);
        metal::float2 _e14 = table[angle + c_5];
        metal::float2 _e21 = table[(angle + c_5) + 8u];
        return (_e5 * _e14) - (_e10 * _e21);
    }
    if (c_5 < 16u) {
        metal::float2 _e28 = value_of(source_1, c_5 - 8u, head_1, factor_1, qkv, q_gain, k_gain, _buffer_sizes);
        metal::float2 _e34 = table[(angle + c_5) - 8u];
        metal::float2 _e39 = table[angle + c_5];
        return (_e5 * _e34) + (_e28 * _e39);
    }
    return _e5;
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, uint subgroup [[simdgroup_index_in_threadgroup]]
, uint lane [[thread_index_in_simdgroup]]
, device type_2& q [[buffer(0)]]
, device type_4& keys [[buffer(1)]]
, device type_4& values [[buffer(2)]]
, device type_2 const& qkv [[buffer(3)]]
, device type_4 const& positions [[buffer(4)]]
, device type_4 const& slots [[buffer(5)]]
, device type_2 const& table [[buffer(6)]]
, device type_2 const& q_gain [[buffer(7)]]
, device type_2 const& k_gain [[buffer(8)]]
, device type_5 const& params [[buffer(9)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(10)]]
) {
    bool local = {};
    uint c = {};
    float squares = 0.0;
    uint c_1 = {};
    uint c_2 = {};
    uint c_3 = {};
    uint group = at.x;
    uint _e7 = params.inner[0];
    uint live = metal::min(_e7, 512u);
    uint unit = (group * 8u) + subgroup;
    uint row = unit / 36u;
    uint head_2 = unit % 36u;
    if (row >= live) {
        return;
    }
    uint position = positions[row];
    uint slot = slots[row];
    if (!((slot >= 4096u))) {
        local = position >= 512u;
    } else {
        local = true;
    }
    bool _e32 = local;
    if (_e32) {
        return;
    }
    uint source_2 = unit * 16u;
    uint angle_1 = position * 16u;
    if (head_2 >= 24u) {
        uint to = (((((slot / 16u) * 12u) + (head_2 - 24u)) * 16u) + (slot % 16u)) * 16u;
        c = lane;
        bool loop_init = true;
        while(true) {
            if (!loop_init) {
                uint _e67 = c;
                c = _e67 + 32u;
            }
            loop_init = false;
            uint _e54 = c;
            if (_e54 < 16u) {
            } else {
                break;
            }
            {
                uint _e58 = c;
                uint _e62 = c;
                metal::float2 _e65 = qkv[source_2 + _e62];
                values[to + _e58] = as_type<uint>(half2(_e65));
            }
        }
        return;
    }
    c_1 = lane;
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e84 = c_1;
            c_1 = _e84 + 32u;
        }
        loop_init_1 = false;
        uint _e73 = c_1;
        if (_e73 < 16u) {
        } else {
            break;
        }
        {
            uint _e77 = c_1;
            metal::float2 v_1 = qkv[source_2 + _e77];
            float _e81 = squares;
            squares = _e81 + metal::dot(v_1, v_1);
        }
    }
    float _e87 = squares;
    float unnamed = metal::simd_sum(_e87);
    float factor_2 = metal::rsqrt((unnamed / 32.0) + 0.000000000001);
    if (head_2 < 12u) {
        uint to_1 = ((row * 12u) + head_2) * 16u;
        c_2 = lane;
        bool loop_init_2 = true;
        while(true) {
            if (!loop_init_2) {
                uint _e111 = c_2;
                c_2 = _e111 + 32u;
            }
            loop_init_2 = false;
            uint _e102 = c_2;
            if (_e102 < 16u) {
            } else {
                break;
            }
            {
                uint _e106 = c_2;
                uint _e109 = c_2;
                metal::float2 _e110 = turned(source_2, _e109, head_2, factor_2, angle_1, qkv, table, q_gain, k_gain, _buffer_sizes);
                q[to_1 + _e106] = _e110;
            }
        }
        return;
    } else {
        uint to_2 = (((((slot / 16u) * 12u) + (head_2 - 12u)) * 16u) + (slot % 16u)) * 16u;
        c_3 = lane;
        bool loop_init_3 = true;
        while(true) {
            if (!loop_init_3) {
                uint _e139 = c_3;
                c_3 = _e139 + 32u;
            }
            loop_init_3 = false;
            uint _e129 = c_3;
            if (_e129 < 16u) {
            } else {
                break;
            }
            {
                uint _e133 = c_3;
                uint _e136 = c_3;
                metal::float2 _e137 = turned(source_2, _e136, head_2, factor_2, angle_1, qkv, table, q_gain, k_gain, _buffer_sizes);
                keys[to_2 + _e133] = as_type<uint>(half2(_e137));
            }
        }
        return;
    }
}
