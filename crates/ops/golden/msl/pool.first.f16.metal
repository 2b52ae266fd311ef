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
                    uint _e52 = at_1;
                    at_1 = _e52 + 2u;
                }
                loop_init = false;
                uint _e39 = at_1;
                if (_e39 < last) {
                } else {
                    break;
                }
                {
                    metal::float4 _e42 = v.inner[0];
                    uint _e44 = at_1;
                    metal::uint2 _e49 = x[(_e44 * 96u) + cell];
                    metal::float4 _e50 = widen(_e49);
                    v.inner[0] = _e42 + _e50;
                }
            }
        }
    }
    metal::float4 _e58 = v.inner[0];
    sums.inner[thread_] = _e58;
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    if (part > 0u) {
        v.inner[0] = metal::float4 {};
    } else {
        bool loop_init_1 = true;
        while(true) {
            if (!loop_init_1) {
                uint _e79 = other;
                other = _e79 + 1u;
            }
            loop_init_1 = false;
            uint _e65 = other;
            if (_e65 < 2u) {
            } else {
                break;
            }
            {
                metal::float4 _e69 = v.inner[0];
                uint _e71 = other;
                metal::float4 _e76 = sums.inner[(_e71 * 96u) + column];
                v.inner[0] = _e69 + _e76;
            }
        }
    }
    float factor = 1.0 / static_cast<float>(metal::max(last - begin, 1u));
    float _e87 = not_a_number();
    scale = factor + (good ? 0.0 : _e87);
    if (part == 0u) {
        {
            uint cell_1 = 0u + column;
            if (cell_1 < 96u) {
                metal::float4 _e104 = v.inner[0];
                float _e105 = scale;
                out[(group * 96u) + cell_1] = _e104 * _e105;
                return;
            } else {
                return;
            }
        }
    } else {
        return;
    }
}
