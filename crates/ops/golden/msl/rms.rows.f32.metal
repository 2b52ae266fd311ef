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
struct type_5 {
    float inner[8];
};
struct type_7 {
    metal::float4 inner[1];
};

float total(
    float value,
    uint subgroup_1,
    uint lane_1,
    threadgroup type_5& parts
) {
    float all = 0.0;
    uint i = 0u;
    float unnamed = metal::simd_sum(value);
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    if (lane_1 == 0u) {
        parts.inner[subgroup_1] = unnamed;
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e22 = i;
            i = _e22 + 1u;
        }
        loop_init = false;
        uint _e12 = i;
        if (_e12 < 8u) {
        } else {
            break;
        }
        {
            float _e15 = all;
            uint _e17 = i;
            float _e19 = parts.inner[_e17];
            all = _e15 + _e19;
        }
    }
    float _e24 = all;
    return _e24;
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, uint subgroup [[simdgroup_index_in_threadgroup]]
, uint lane [[thread_index_in_simdgroup]]
, device type_2& x [[buffer(0)]]
, device type_2 const& delta [[buffer(1)]]
, device type_2 const& post [[buffer(2)]]
, device type_2 const& gain [[buffer(3)]]
, device type_2& out [[buffer(4)]]
, device type_4 const& params [[buffer(5)]]
, threadgroup type_5& parts
, constant _mslBufferSizes& _buffer_sizes [[buffer(6)]]
) {
    type_7 v = {};
    type_7 d = {};
    float own_squares = 0.0;
    float scale_squares = 0.0;
    uint row = at.x;
    uint _e7 = params.inner[0];
    uint live = metal::min(_e7, 512u);
    if (row >= live) {
        return;
    }
    uint base = row * 96u;
    {
        uint cell = 0u + thread_;
        if (cell < 96u) {
            metal::float4 _e22 = x[base + cell];
            v.inner[0] = _e22;
        }
    }
    {
        uint cell_1 = 0u + thread_;
        if (cell_1 < 96u) {
            metal::float4 _e34 = delta[(base + cell_1) + 0u];
            d.inner[0] = _e34;
        }
    }
    {
        uint cell_2 = 0u + thread_;
        if (cell_2 < 96u) {
            float _e41 = own_squares;
            metal::float4 _e43 = d.inner[0];
            metal::float4 _e45 = d.inner[0];
            own_squares = _e41 + metal::dot(_e43, _e45);
        }
    }
    float _e48 = own_squares;
    float _e49 = total(_e48, subgroup, lane, parts);
    float own = metal::rsqrt((_e49 / 384.0) + 0.000000000001);
    {
        uint cell_3 = 0u + thread_;
        if (cell_3 < 96u) {
            metal::float4 _e60 = v.inner[0];
            metal::float4 _e62 = d.inner[0];
            metal::float4 _e66 = post[cell_3];
            v.inner[0] = _e60 + ((_e62 * own) * _e66);
            metal::float4 _e73 = v.inner[0];
            x[base + cell_3] = _e73;
        }
    }
    {
        uint cell_4 = 0u + thread_;
        if (cell_4 < 96u) {
            float _e80 = scale_squares;
            metal::float4 _e82 = v.inner[0];
            metal::float4 _e84 = v.inner[0];
            scale_squares = _e80 + metal::dot(_e82, _e84);
        }
    }
    float _e87 = scale_squares;
    float _e88 = total(_e87, subgroup, lane, parts);
    float scale = metal::rsqrt((_e88 / 384.0) + 0.000000000001);
    {
        uint cell_5 = 0u + thread_;
        if (cell_5 < 96u) {
            metal::float4 _e102 = v.inner[0];
            metal::float4 _e106 = gain[cell_5];
            out[base + cell_5] = (_e102 * scale) * _e106;
            return;
        } else {
            return;
        }
    }
}
