// language: metal3.1
#include <metal_stdlib>
#include <simd/simd.h>

using metal::uint;

struct _mslBufferSizes {
    uint size1;
    uint size2;
    uint size3;
};

struct type_2 {
    metal::float4 inner[256];
};
typedef metal::uint2 type_5[1];
typedef uint type_6[1];
typedef metal::float4 type_7[1];
struct type_8 {
    uint inner[64];
};
struct type_11 {
    metal::float4 inner[1];
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

float not_a_number(
) {
    uint bits = 2143289344u;
    uint _e2 = bits;
    return as_type<float>(_e2);
}

float square_of(
    metal::float4 v_2
) {
    return metal::dot(v_2, v_2);
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, threadgroup type_2& sums
, device type_5 const& x [[buffer(0)]]
, device type_6 const& offsets [[buffer(1)]]
, device type_7& out [[buffer(2)]]
, device type_8 const& params [[buffer(3)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(4)]]
) {
    bool local = {};
    type_11 v = {};
    uint at_1 = {};
    bool local_1 = {};
    uint other = 1u;
    float scale = {};
    uint group = at.x;
    uint _e5 = params.inner[1];
    uint live = metal::min(_e5, 16u);
    if (group >= live) {
        return;
    }
    uint begin = offsets[group];
    uint end = offsets[group + 1u];
    if (begin <= end) {
        local = end <= 512u;
    } else {
        local = false;
    }
    bool good = local;
    uint last = good ? metal::min(end, begin + 1u) : begin;
    uint column = thread_ % 96u;
    uint part = thread_ / 96u;
    {
        uint cell = 0u + column;
        if (cell < 96u) {
            at_1 = begin + part;
            bool loop_init = true;
            while(true) {
                if (!loop_init) {
                    uint _e95 = at_1;
                    at_1 = _e95 + 8u;
                }
                loop_init = false;
                uint _e39 = at_1;
                if (_e39 < last) {
                    uint _e43 = at_1;
                    local_1 = (last - _e43) > 6u;
                } else {
                    local_1 = false;
                }
                bool _e48 = local_1;
                if (_e48) {
                } else {
                    break;
                }
                {
                    uint _e50 = at_1;
                    metal::uint2 _e57 = x[((_e50 + 0u) * 96u) + cell];
                    metal::float4 _e58 = widen(_e57);
                    uint _e60 = at_1;
                    metal::uint2 _e67 = x[((_e60 + 2u) * 96u) + cell];
                    metal::float4 _e68 = widen(_e67);
                    uint _e70 = at_1;
                    metal::uint2 _e77 = x[((_e70 + 4u) * 96u) + cell];
                    metal::float4 _e78 = widen(_e77);
                    uint _e80 = at_1;
                    metal::uint2 _e87 = x[((_e80 + 6u) * 96u) + cell];
                    metal::float4 _e88 = widen(_e87);
                    metal::float4 _e90 = v.inner[0];
                    v.inner[0] = _e90 + ((_e58 + _e68) + (_e78 + _e88));
                }
            }
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e111 = at_1;
                    at_1 = _e111 + 2u;
                }
                loop_init_1 = false;
                uint _e98 = at_1;
                if (_e98 < last) {
                } else {
                    break;
                }
                {
                    metal::float4 _e101 = v.inner[0];
                    uint _e103 = at_1;
                    metal::uint2 _e108 = x[(_e103 * 96u) + cell];
                    metal::float4 _e109 = widen(_e108);
                    v.inner[0] = _e101 + _e109;
                }
            }
        }
    }
    metal::float4 _e117 = v.inner[0];
    sums.inner[thread_] = _e117;
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    if (part > 0u) {
        v.inner[0] = metal::float4 {};
    } else {
        bool loop_init_2 = true;
        while(true) {
            if (!loop_init_2) {
                uint _e138 = other;
                other = _e138 + 1u;
            }
            loop_init_2 = false;
            uint _e124 = other;
            if (_e124 < 2u) {
            } else {
                break;
            }
            {
                metal::float4 _e128 = v.inner[0];
                uint _e130 = other;
                metal::float4 _e135 = sums.inner[(_e130 * 96u) + column];
                v.inner[0] = _e128 + _e135;
            }
        }
    }
    float factor = 1.0 / static_cast<float>(metal::max(last - begin, 1u));
    float _e146 = not_a_number();
    scale = factor + (good ? 0.0 : _e146);
    if (part == 0u) {
        {
            uint cell_1 = 0u + column;
            if (cell_1 < 96u) {
                metal::float4 _e163 = v.inner[0];
                float _e164 = scale;
                out[(group * 96u) + cell_1] = _e163 * _e164;
                return;
            } else {
                return;
            }
        }
    } else {
        return;
    }
}
