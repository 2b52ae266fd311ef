// language: metal3.1
#include <metal_stdlib>
#include <simd/simd.h>

using metal::uint;

struct _mslBufferSizes {
    uint size0;
    uint size1;
    uint size2;
    uint size3;
};

typedef metal::uint2 type_2[1];
typedef metal::float4 type_5[1];
struct type_6 {
    uint inner[64];
};
struct type_8 {
    metal::float4 inner[3];
};

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
, device type_2 const& x [[buffer(0)]]
, device type_5 const& gain [[buffer(1)]]
, device type_5 const& bias [[buffer(2)]]
, device type_2& out [[buffer(3)]]
, device type_6 const& params [[buffer(4)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(5)]]
) {
    type_8 v = {};
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
    {
        uint cell = 0u + lane;
        metal::uint2 _e23 = x[base + cell];
        metal::float4 _e24 = widen(_e23);
        v.inner[0] = _e24;
    }
    {
        uint cell_1 = 32u + lane;
        metal::uint2 _e31 = x[base + cell_1];
        metal::float4 _e32 = widen(_e31);
        v.inner[1] = _e32;
    }
    {
        uint cell_2 = 64u + lane;
        metal::uint2 _e39 = x[base + cell_2];
        metal::float4 _e40 = widen(_e39);
        v.inner[2] = _e40;
    }
    {
        uint cell_3 = 0u + lane;
        float _e45 = total;
        metal::float4 _e47 = v.inner[0];
        total = _e45 + metal::dot(_e47, metal::float4(1.0));
    }
    {
        uint cell_4 = 32u + lane;
        float _e54 = total;
        metal::float4 _e56 = v.inner[1];
        total = _e54 + metal::dot(_e56, metal::float4(1.0));
    }
    {
        uint cell_5 = 64u + lane;
        float _e63 = total;
        metal::float4 _e65 = v.inner[2];
        total = _e63 + metal::dot(_e65, metal::float4(1.0));
    }
    float _e70 = total;
    float unnamed = metal::simd_sum(_e70);
    float mean = unnamed / 384.0;
    {
        uint cell_6 = 0u + lane;
        metal::float4 _e79 = v.inner[0];
        metal::float4 centred = _e79 - metal::float4(mean);
        v.inner[0] = centred;
        float _e83 = squares;
        float _e84 = dot_self(centred);
        squares = _e83 + _e84;
    }
    {
        uint cell_7 = 32u + lane;
        metal::float4 _e89 = v.inner[1];
        metal::float4 centred_1 = _e89 - metal::float4(mean);
        v.inner[1] = centred_1;
        float _e93 = squares;
        float _e94 = dot_self(centred_1);
        squares = _e93 + _e94;
    }
    {
        uint cell_8 = 64u + lane;
        metal::float4 _e99 = v.inner[2];
        metal::float4 centred_2 = _e99 - metal::float4(mean);
        v.inner[2] = centred_2;
        float _e103 = squares;
        float _e104 = dot_self(centred_2);
        squares = _e103 + _e104;
    }
    float _e106 = squares;
    float unnamed_1 = metal::simd_sum(_e106);
    float scale = metal::rsqrt((unnamed_1 / 384.0) + 0.000000000001);
    {
        uint cell_9 = 0u + lane;
        metal::float4 _e119 = v.inner[0];
        metal::float4 _e123 = gain[cell_9];
        metal::float4 _e127 = bias[cell_9];
        metal::uint2 _e129 = narrow(((_e119 * scale) * _e123) + _e127);
        out[base + cell_9] = _e129;
    }
    {
        uint cell_10 = 32u + lane;
        metal::float4 _e136 = v.inner[1];
        metal::float4 _e140 = gain[cell_10];
        metal::float4 _e144 = bias[cell_10];
        metal::uint2 _e146 = narrow(((_e136 * scale) * _e140) + _e144);
        out[base + cell_10] = _e146;
    }
    {
        uint cell_11 = 64u + lane;
        metal::float4 _e153 = v.inner[2];
        metal::float4 _e157 = gain[cell_11];
        metal::float4 _e161 = bias[cell_11];
        metal::uint2 _e163 = narrow(((_e153 * scale) * _e157) + _e161);
        out[base + cell_11] = _e163;
        return;
    }
}
