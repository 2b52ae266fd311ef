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

typedef uint type_1[1];
typedef metal::float2 type_4[1];
struct type_5 {
    uint inner[64];
};

metal::float2 value_of(
    uint source,
    uint c_4,
    uint head,
    float factor,
    device type_1 const& qkv,
    device type_4 const& q_gain,
    device type_4 const& k_gain,
    constant _mslBufferSizes& _buffer_sizes
) {
    metal::float2 v = {};
    uint _e7 = qkv[source + c_4];
    v = float2(as_type<half2>(_e7));
    metal::float2 _e10 = v;
    v = _e10 * factor;
    if (head < 12u) {
        metal::float2 _e14 = v;
        metal::float2 _e17 = q_gain[c_4];
        v = _e14 * _e17;
    } else {
        metal::float2 _e19 = v;
        metal::float2 _e22 = k_gain[c_4];
        v = _e19 * _e22;
    }
    metal::float2 _e24 = v;
    return _e24;
}

metal::float2 turned(
    uint source_1,
    uint c_5,
    uint head_1,
    float factor_1,
    uint angle,
    device type_1 const& qkv,
    device type_4 const& table,
    device type_4 const& q_gain,
    device type_4 const& k_gain,
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
, device type_1& q [[buffer(0)]]
, device type_1& keys [[buffer(1)]]
, device type_1& values [[buffer(2)]]
, device type_1 const& qkv [[buffer(3)]]
, device type_1 const& positions [[buffer(4)]]
, device type_1 const& slots [[buffer(5)]]
, device type_4 const& table [[buffer(6)]]
, device type_4 const& q_gain [[buffer(7)]]
, device type_4 const& k_gain [[buffer(8)]]
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
                uint _e68 = c;
                c = _e68 + 32u;
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
                uint _e65 = qkv[source_2 + _e62];
                values[to + _e58] = as_type<uint>(half2(float2(as_type<half2>(_e65))));
            }
        }
        return;
    }
    c_1 = lane;
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e86 = c_1;
            c_1 = _e86 + 32u;
        }
        loop_init_1 = false;
        uint _e74 = c_1;
        if (_e74 < 16u) {
        } else {
            break;
        }
        {
            uint _e78 = c_1;
            uint _e81 = qkv[source_2 + _e78];
            metal::float2 v_1 = float2(as_type<half2>(_e81));
            float _e83 = squares;
            squares = _e83 + metal::dot(v_1, v_1);
        }
    }
    float _e89 = squares;
    float unnamed = metal::simd_sum(_e89);
    float factor_2 = metal::rsqrt((unnamed / 32.0) + 0.000000000001);
    if (head_2 < 12u) {
        uint to_1 = ((row * 12u) + head_2) * 16u;
        c_2 = lane;
        bool loop_init_2 = true;
        while(true) {
            if (!loop_init_2) {
                uint _e114 = c_2;
                c_2 = _e114 + 32u;
            }
            loop_init_2 = false;
            uint _e104 = c_2;
            if (_e104 < 16u) {
            } else {
                break;
            }
            {
                uint _e108 = c_2;
                uint _e111 = c_2;
                metal::float2 _e112 = turned(source_2, _e111, head_2, factor_2, angle_1, qkv, table, q_gain, k_gain, _buffer_sizes);
                q[to_1 + _e108] = as_type<uint>(half2(_e112));
            }
        }
        return;
    } else {
        uint to_2 = (((((slot / 16u) * 12u) + (head_2 - 12u)) * 16u) + (slot % 16u)) * 16u;
        c_3 = lane;
        bool loop_init_3 = true;
        while(true) {
            if (!loop_init_3) {
                uint _e142 = c_3;
                c_3 = _e142 + 32u;
            }
            loop_init_3 = false;
            uint _e132 = c_3;
            if (_e132 < 16u) {
            } else {
                break;
            }
            {
                uint _e136 = c_3;
                uint _e139 = c_3;
                metal::float2 _e140 = turned(source_2, _e139, head_2, factor_2, angle_1, qkv, table, q_gain, k_gain, _buffer_sizes);
                keys[to_2 + _e136] = as_type<uint>(half2(_e140));
            }
        }
        return;
    }
}
