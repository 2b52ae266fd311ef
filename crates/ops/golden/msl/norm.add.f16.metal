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
, device type_2 const& residual [[buffer(1)]]
, device type_5 const& gain [[buffer(2)]]
, device type_5 const& bias [[buffer(3)]]
, device type_2& out [[buffer(4)]]
, device type_6 const& params [[buffer(5)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(6)]]
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
        metal::uint2 _e28 = residual[base + cell];
        metal::float4 _e29 = widen(_e28);
        v.inner[0] = _e24 + _e29;
    }
    {
        uint cell_1 = 32u + lane;
        metal::uint2 _e37 = x[base + cell_1];
        metal::float4 _e38 = widen(_e37);
        metal::uint2 _e42 = residual[base + cell_1];
        metal::float4 _e43 = widen(_e42);
        v.inner[1] = _e38 + _e43;
    }
    {
        uint cell_2 = 64u + lane;
        metal::uint2 _e51 = x[base + cell_2];
        metal::float4 _e52 = widen(_e51);
        metal::uint2 _e56 = residual[base + cell_2];
        metal::float4 _e57 = widen(_e56);
        v.inner[2] = _e52 + _e57;
    }
    {
        uint cell_3 = 0u + lane;
        float _e63 = total;
        metal::float4 _e65 = v.inner[0];
        total = _e63 + metal::dot(_e65, metal::float4(1.0));
    }
    {
        uint cell_4 = 32u + lane;
        float _e72 = total;
        metal::float4 _e74 = v.inner[1];
        total = _e72 + metal::dot(_e74, metal::float4(1.0));
    }
    {
        uint cell_5 = 64u + lane;
        float _e81 = total;
        metal::float4 _e83 = v.inner[2];
        total = _e81 + metal::dot(_e83, metal::float4(1.0));
    }
    float _e88 = total;
    float unnamed = metal::simd_sum(_e88);
    float mean = unnamed / 384.0;
    {
        uint cell_6 = 0u + lane;
        metal::float4 _e97 = v.inner[0];
        metal::float4 centred = _e97 - metal::float4(mean);
        v.inner[0] = centred;
        float _e101 = squares;
        float _e102 = dot_self(centred);
        squares = _e101 + _e102;
    }
    {
        uint cell_7 = 32u + lane;
        metal::float4 _e107 = v.inner[1];
        metal::float4 centred_1 = _e107 - metal::float4(mean);
        v.inner[1] = centred_1;
        float _e111 = squares;
        float _e112 = dot_self(centred_1);
        squares = _e111 + _e112;
    }
    {
        uint cell_8 = 64u + lane;
        metal::float4 _e117 = v.inner[2];
        metal::float4 centred_2 = _e117 - metal::float4(mean);
        v.inner[2] = centred_2;
        float _e121 = squares;
        float _e122 = dot_self(centred_2);
        squares = _e121 + _e122;
    }
    float _e124 = squares;
    float unnamed_1 = metal::simd_sum(_e124);
    float scale = metal::rsqrt((unnamed_1 / 384.0) + 0.000000000001);
    {
        uint cell_9 = 0u + lane;
        metal::float4 _e137 = v.inner[0];
        metal::float4 _e141 = gain[cell_9];
        metal::float4 _e145 = bias[cell_9];
        metal::uint2 _e147 = narrow(((_e137 * scale) * _e141) + _e145);
        out[base + cell_9] = _e147;
    }
    {
        uint cell_10 = 32u + lane;
        metal::float4 _e154 = v.inner[1];
        metal::float4 _e158 = gain[cell_10];
        metal::float4 _e162 = bias[cell_10];
        metal::uint2 _e164 = narrow(((_e154 * scale) * _e158) + _e162);
        out[base + cell_10] = _e164;
    }
    {
        uint cell_11 = 64u + lane;
        metal::float4 _e171 = v.inner[2];
        metal::float4 _e175 = gain[cell_11];
        metal::float4 _e179 = bias[cell_11];
        metal::uint2 _e181 = narrow(((_e171 * scale) * _e175) + _e179);
        out[base + cell_11] = _e181;
        return;
    }
}
