// language: metal3.1
#include <metal_stdlib>
#include <simd/simd.h>

using metal::uint;

struct _mslBufferSizes {
    uint size2;
    uint size3;
    uint size4;
};

struct type_2 {
    metal::float4 inner[256];
};
struct type_3 {
    float inner[256];
};
typedef metal::uint2 type_6[1];
typedef uint type_7[1];
typedef metal::float4 type_8[1];
struct type_9 {
    uint inner[64];
};
struct type_12 {
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
, threadgroup type_3& squares
, device type_6 const& x [[buffer(0)]]
, device type_7 const& offsets [[buffer(1)]]
, device type_8& out [[buffer(2)]]
, device type_9 const& params [[buffer(3)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(4)]]
) {
    bool local = {};
    type_12 v = {};
    uint at_1 = {};
    uint other = 1u;
    float scale = {};
    float square = 0.0;
    uint half_ = 128u;
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
    uint last = good ? end : begin;
    uint column = thread_ % 96u;
    uint part = thread_ / 96u;
    {
        uint cell = 0u + column;
        if (cell < 96u) {
            at_1 = begin + part;
            bool loop_init = true;
            while(true) {
                if (!loop_init) {
                    uint _e49 = at_1;
                    at_1 = _e49 + 2u;
                }
                loop_init = false;
                uint _e36 = at_1;
                if (_e36 < last) {
                } else {
                    break;
                }
                {
                    metal::float4 _e39 = v.inner[0];
                    uint _e41 = at_1;
                    metal::uint2 _e46 = x[(_e41 * 96u) + cell];
                    metal::float4 _e47 = widen(_e46);
                    v.inner[0] = _e39 + _e47;
                }
            }
        }
    }
    metal::float4 _e55 = v.inner[0];
    sums.inner[thread_] = _e55;
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    if (part > 0u) {
        v.inner[0] = metal::float4 {};
    } else {
        bool loop_init_1 = true;
        while(true) {
            if (!loop_init_1) {
                uint _e76 = other;
                other = _e76 + 1u;
            }
            loop_init_1 = false;
            uint _e62 = other;
            if (_e62 < 2u) {
            } else {
                break;
            }
            {
                metal::float4 _e66 = v.inner[0];
                uint _e68 = other;
                metal::float4 _e73 = sums.inner[(_e68 * 96u) + column];
                v.inner[0] = _e66 + _e73;
            }
        }
    }
    float factor = 1.0 / static_cast<float>(metal::max(last - begin, 1u));
    float _e84 = not_a_number();
    scale = factor + (good ? 0.0 : _e84);
    {
        uint cell_1 = 0u + column;
        if (cell_1 < 96u) {
            metal::float4 _e96 = v.inner[0];
            metal::float4 mean = _e96 * factor;
            float _e98 = square;
            float _e99 = square_of(mean);
            square = _e98 + _e99;
        }
    }
    float _e103 = square;
    squares.inner[thread_] = _e103;
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    bool loop_init_2 = true;
    while(true) {
        if (!loop_init_2) {
            uint _e120 = half_;
            half_ = _e120 / 2u;
        }
        loop_init_2 = false;
        uint _e106 = half_;
        if (_e106 > 0u) {
        } else {
            break;
        }
        {
            uint _e109 = half_;
            if (thread_ < _e109) {
                float _e113 = squares.inner[thread_];
                uint _e115 = half_;
                float _e118 = squares.inner[thread_ + _e115];
                squares.inner[thread_] = _e113 + _e118;
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    float _e125 = squares.inner[0];
    if (_e125 != 0.0) {
        float _e128 = scale;
        float _e131 = squares.inner[0];
        scale = _e128 * (1.0 / metal::sqrt(_e131));
    }
    if (part == 0u) {
        {
            uint cell_2 = 0u + column;
            if (cell_2 < 96u) {
                metal::float4 _e148 = v.inner[0];
                float _e149 = scale;
                out[(group * 96u) + cell_2] = _e148 * _e149;
                return;
            } else {
                return;
            }
        }
    } else {
        return;
    }
}
