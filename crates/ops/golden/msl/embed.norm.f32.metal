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

typedef uint type_1[1];
typedef metal::float4 type_4[1];
struct type_5 {
    uint inner[64];
};
struct type_7 {
    metal::float4 inner[3];
};

float not_a_number(
) {
    uint bits = 2143289344u;
    uint _e2 = bits;
    return as_type<float>(_e2);
}

float dot_self(
    metal::float4 v_1
) {
    return metal::dot(v_1, v_1);
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, uint subgroup [[simdgroup_index_in_threadgroup]]
, uint lane [[thread_index_in_simdgroup]]
, device type_1 const& ids [[buffer(0)]]
, device type_1 const& positions [[buffer(1)]]
, device type_4 const& words [[buffer(2)]]
, device type_4 const& places [[buffer(3)]]
, device type_4 const& kind [[buffer(4)]]
, device type_4 const& gain [[buffer(5)]]
, device type_4 const& bias [[buffer(6)]]
, device type_4& out [[buffer(7)]]
, device type_5 const& params [[buffer(8)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(9)]]
) {
    type_7 v = {};
    bool local = {};
    float total = 0.0;
    float squares = 0.0;
    uint group = at.x;
    uint _e7 = params.inner[0];
    uint live = metal::min(_e7, 512u);
    uint row = (group * 8u) + subgroup;
    if (row >= live) {
        return;
    }
    uint base = row * 96u;
    uint _e19 = ids[row];
    if (_e19 < 1000u) {
        uint _e26 = positions[row];
        local = _e26 < 512u;
    } else {
        local = false;
    }
    bool known = local;
    uint _e34 = ids[row];
    uint word = (known ? _e34 : 0u) * 96u;
    uint _e41 = positions[row];
    uint place = (known ? _e41 : 0u) * 96u;
    float _e45 = not_a_number();
    float spoil = known ? 0.0 : _e45;
    {
        uint cell = 0u + lane;
        metal::float4 _e54 = words[word + cell];
        metal::float4 _e57 = kind[cell];
        metal::float4 _e62 = places[place + cell];
        v.inner[0] = ((_e54 + _e57) + _e62) + metal::float4(spoil);
    }
    {
        uint cell_1 = 32u + lane;
        metal::float4 _e72 = words[word + cell_1];
        metal::float4 _e75 = kind[cell_1];
        metal::float4 _e80 = places[place + cell_1];
        v.inner[1] = ((_e72 + _e75) + _e80) + metal::float4(spoil);
    }
    {
        uint cell_2 = 64u + lane;
        metal::float4 _e90 = words[word + cell_2];
        metal::float4 _e93 = kind[cell_2];
        metal::float4 _e98 = places[place + cell_2];
        v.inner[2] = ((_e90 + _e93) + _e98) + metal::float4(spoil);
    }
    {
        uint cell_3 = 0u + lane;
        float _e106 = total;
        metal::float4 _e108 = v.inner[0];
        total = _e106 + metal::dot(_e108, metal::float4(1.0));
    }
    {
        uint cell_4 = 32u + lane;
        float _e115 = total;
        metal::float4 _e117 = v.inner[1];
        total = _e115 + metal::dot(_e117, metal::float4(1.0));
    }
    {
        uint cell_5 = 64u + lane;
        float _e124 = total;
        metal::float4 _e126 = v.inner[2];
        total = _e124 + metal::dot(_e126, metal::float4(1.0));
    }
    float _e131 = total;
    float unnamed = metal::simd_sum(_e131);
    float mean = unnamed / 384.0;
    {
        uint cell_6 = 0u + lane;
        metal::float4 _e140 = v.inner[0];
        metal::float4 centred = _e140 - metal::float4(mean);
        v.inner[0] = centred;
        float _e144 = squares;
        float _e145 = dot_self(centred);
        squares = _e144 + _e145;
    }
    {
        uint cell_7 = 32u + lane;
        metal::float4 _e150 = v.inner[1];
        metal::float4 centred_1 = _e150 - metal::float4(mean);
        v.inner[1] = centred_1;
        float _e154 = squares;
        float _e155 = dot_self(centred_1);
        squares = _e154 + _e155;
    }
    {
        uint cell_8 = 64u + lane;
        metal::float4 _e160 = v.inner[2];
        metal::float4 centred_2 = _e160 - metal::float4(mean);
        v.inner[2] = centred_2;
        float _e164 = squares;
        float _e165 = dot_self(centred_2);
        squares = _e164 + _e165;
    }
    float _e167 = squares;
    float unnamed_1 = metal::simd_sum(_e167);
    float scale = metal::rsqrt((unnamed_1 / 384.0) + 0.000000000001);
    {
        uint cell_9 = 0u + lane;
        metal::float4 _e180 = v.inner[0];
        metal::float4 _e184 = gain[cell_9];
        metal::float4 _e188 = bias[cell_9];
        out[base + cell_9] = ((_e180 * scale) * _e184) + _e188;
    }
    {
        uint cell_10 = 32u + lane;
        metal::float4 _e196 = v.inner[1];
        metal::float4 _e200 = gain[cell_10];
        metal::float4 _e204 = bias[cell_10];
        out[base + cell_10] = ((_e196 * scale) * _e200) + _e204;
    }
    {
        uint cell_11 = 64u + lane;
        metal::float4 _e212 = v.inner[2];
        metal::float4 _e216 = gain[cell_11];
        metal::float4 _e220 = bias[cell_11];
        out[base + cell_11] = ((_e212 * scale) * _e216) + _e220;
        return;
    }
}
