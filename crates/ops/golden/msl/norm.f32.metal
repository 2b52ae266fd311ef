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
, device type_2 const& gain [[buffer(1)]]
, device type_2 const& bias [[buffer(2)]]
, device type_2& out [[buffer(3)]]
, device type_4 const& params [[buffer(4)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(5)]]
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
        v.inner[0] = _e23;
    }
    {
        uint cell_1 = 32u + lane;
        metal::float4 _e30 = x[base + cell_1];
        v.inner[1] = _e30;
    }
    {
        uint cell_2 = 64u + lane;
        metal::float4 _e37 = x[base + cell_2];
        v.inner[2] = _e37;
    }
    {
        uint cell_3 = 0u + lane;
        float _e42 = total;
        metal::float4 _e44 = v.inner[0];
        total = _e42 + metal::dot(_e44, metal::float4(1.0));
    }
    {
        uint cell_4 = 32u + lane;
        float _e51 = total;
        metal::float4 _e53 = v.inner[1];
        total = _e51 + metal::dot(_e53, metal::float4(1.0));
    }
    {
        uint cell_5 = 64u + lane;
        float _e60 = total;
        metal::float4 _e62 = v.inner[2];
        total = _e60 + metal::dot(_e62, metal::float4(1.0));
    }
    float _e67 = total;
    float unnamed = metal::simd_sum(_e67);
    float mean = unnamed / 384.0;
    {
        uint cell_6 = 0u + lane;
        metal::float4 _e76 = v.inner[0];
        metal::float4 centred = _e76 - metal::float4(mean);
        v.inner[0] = centred;
        float _e80 = squares;
        float _e81 = dot_self(centred);
        squares = _e80 + _e81;
    }
    {
        uint cell_7 = 32u + lane;
        metal::float4 _e86 = v.inner[1];
        metal::float4 centred_1 = _e86 - metal::float4(mean);
        v.inner[1] = centred_1;
        float _e90 = squares;
        float _e91 = dot_self(centred_1);
        squares = _e90 + _e91;
    }
    {
        uint cell_8 = 64u + lane;
        metal::float4 _e96 = v.inner[2];
        metal::float4 centred_2 = _e96 - metal::float4(mean);
        v.inner[2] = centred_2;
        float _e100 = squares;
        float _e101 = dot_self(centred_2);
        squares = _e100 + _e101;
    }
    float _e103 = squares;
    float unnamed_1 = metal::simd_sum(_e103);
    float scale = metal::rsqrt((unnamed_1 / 384.0) + 0.000000000001);
    {
        uint cell_9 = 0u + lane;
        metal::float4 _e116 = v.inner[0];
        metal::float4 _e120 = gain[cell_9];
        metal::float4 _e124 = bias[cell_9];
        out[base + cell_9] = ((_e116 * scale) * _e120) + _e124;
    }
    {
        uint cell_10 = 32u + lane;
        metal::float4 _e132 = v.inner[1];
        metal::float4 _e136 = gain[cell_10];
        metal::float4 _e140 = bias[cell_10];
        out[base + cell_10] = ((_e132 * scale) * _e136) + _e140;
    }
    {
        uint cell_11 = 64u + lane;
        metal::float4 _e148 = v.inner[2];
        metal::float4 _e152 = gain[cell_11];
        metal::float4 _e156 = bias[cell_11];
        out[base + cell_11] = ((_e148 * scale) * _e152) + _e156;
        return;
    }
}
