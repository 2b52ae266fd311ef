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

typedef metal::float4 type_2[1];
struct type_4 {
    uint inner[64];
};
struct type_6 {
    metal::float4 inner[3];
};

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
, device type_2 const& x [[buffer(0)]]
, device type_2 const& residual [[buffer(1)]]
, device type_2 const& gain [[buffer(2)]]
, device type_2 const& bias [[buffer(3)]]
, device type_2& out [[buffer(4)]]
, device type_4 const& params [[buffer(5)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(6)]]
) {
    type_6 v = {};
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
        metal::float4 _e23 = x[base + cell];
        metal::float4 _e27 = residual[base + cell];
        v.inner[0] = _e23 + _e27;
    }
    {
        uint cell_1 = 32u + lane;
        metal::float4 _e35 = x[base + cell_1];
        metal::float4 _e39 = residual[base + cell_1];
        v.inner[1] = _e35 + _e39;
    }
    {
        uint cell_2 = 64u + lane;
        metal::float4 _e47 = x[base + cell_2];
        metal::float4 _e51 = residual[base + cell_2];
        v.inner[2] = _e47 + _e51;
    }
    {
        uint cell_3 = 0u + lane;
        float _e57 = total;
        metal::float4 _e59 = v.inner[0];
        total = _e57 + metal::dot(_e59, metal::float4(1.0));
    }
    {
        uint cell_4 = 32u + lane;
        float _e66 = total;
        metal::float4 _e68 = v.inner[1];
        total = _e66 + metal::dot(_e68, metal::float4(1.0));
    }
    {
        uint cell_5 = 64u + lane;
        float _e75 = total;
        metal::float4 _e77 = v.inner[2];
        total = _e75 + metal::dot(_e77, metal::float4(1.0));
    }
    float _e82 = total;
    float unnamed = metal::simd_sum(_e82);
    float mean = unnamed / 384.0;
    {
        uint cell_6 = 0u + lane;
        metal::float4 _e91 = v.inner[0];
        metal::float4 centred = _e91 - metal::float4(mean);
        v.inner[0] = centred;
        float _e95 = squares;
        float _e96 = dot_self(centred);
        squares = _e95 + _e96;
    }
    {
        uint cell_7 = 32u + lane;
        metal::float4 _e101 = v.inner[1];
        metal::float4 centred_1 = _e101 - metal::float4(mean);
        v.inner[1] = centred_1;
        float _e105 = squares;
        float _e106 = dot_self(centred_1);
        squares = _e105 + _e106;
    }
    {
        uint cell_8 = 64u + lane;
        metal::float4 _e111 = v.inner[2];
        metal::float4 centred_2 = _e111 - metal::float4(mean);
        v.inner[2] = centred_2;
        float _e115 = squares;
        float _e116 = dot_self(centred_2);
        squares = _e115 + _e116;
    }
    float _e118 = squares;
    float unnamed_1 = metal::simd_sum(_e118);
    float scale = metal::rsqrt((unnamed_1 / 384.0) + 0.000000000001);
    {
        uint cell_9 = 0u + lane;
        metal::float4 _e131 = v.inner[0];
        metal::float4 _e135 = gain[cell_9];
        metal::float4 _e139 = bias[cell_9];
        out[base + cell_9] = ((_e131 * scale) * _e135) + _e139;
    }
    {
        uint cell_10 = 32u + lane;
        metal::float4 _e147 = v.inner[1];
        metal::float4 _e151 = gain[cell_10];
        metal::float4 _e155 = bias[cell_10];
        out[base + cell_10] = ((_e147 * scale) * _e151) + _e155;
    }
    {
        uint cell_11 = 64u + lane;
        metal::float4 _e163 = v.inner[2];
        metal::float4 _e167 = gain[cell_11];
        metal::float4 _e171 = bias[cell_11];
        out[base + cell_11] = ((_e163 * scale) * _e167) + _e171;
        return;
    }
}
