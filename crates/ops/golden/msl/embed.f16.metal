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

typedef uint type_1[1];
typedef metal::float4 type_4[1];
typedef metal::uint2 type_6[1];
struct type_7 {
    uint inner[64];
};
struct type_9 {
    metal::float4 inner[3];
};

float not_a_number(
) {
    uint bits = 2143289344u;
    uint _e2 = bits;
    return as_type<float>(_e2);
}

metal::float4 widen(
    metal::uint2 w
) {
    return metal::float4(float2(as_type<half2>(w.x)), float2(as_type<half2>(w.y)));
}

metal::uint2 narrow(
    metal::float4 v_1
) {
    return metal::uint2(as_type<uint>(half2(v_1.xy)), as_type<uint>(half2(v_1.zw)));
}

float dot_self(
    metal::float4 v_2
) {
    return metal::dot(v_2, v_2);
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
, device type_6& out [[buffer(5)]]
, device type_7 const& params [[buffer(6)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(7)]]
) {
    type_9 v = {};
    bool local = {};
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
        metal::float4 _e108 = v.inner[0];
        metal::uint2 _e109 = narrow(_e108);
        out[base + cell_3] = _e109;
    }
    {
        uint cell_4 = 32u + lane;
        metal::float4 _e116 = v.inner[1];
        metal::uint2 _e117 = narrow(_e116);
        out[base + cell_4] = _e117;
    }
    {
        uint cell_5 = 64u + lane;
        metal::float4 _e124 = v.inner[2];
        metal::uint2 _e125 = narrow(_e124);
        out[base + cell_5] = _e125;
        return;
    }
}
