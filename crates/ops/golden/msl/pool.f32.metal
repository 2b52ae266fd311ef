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
typedef metal::float4 type_4[1];
typedef uint type_6[1];
struct type_7 {
    uint inner[64];
};
struct type_10 {
    metal::float4 inner[1];
};

float not_a_number(
) {
    uint bits = 2143289344u;
    uint _e2 = bits;
    return as_type<float>(_e2);
}

float square_of(
    metal::float4 v_1
) {
    return metal::dot(v_1, v_1);
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, threadgroup type_2& sums
, threadgroup type_3& squares
, device type_4 const& x [[buffer(0)]]
, device type_6 const& offsets [[buffer(1)]]
, device type_4& out [[buffer(2)]]
, device type_7 const& params [[buffer(3)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(4)]]
) {
    bool local = {};
    type_10 v = {};
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
                    uint _e48 = at_1;
                    at_1 = _e48 + 2u;
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
                    metal::float4 _e46 = x[(_e41 * 96u) + cell];
                    v.inner[0] = _e39 + _e46;
                }
            }
        }
    }
    metal::float4 _e54 = v.inner[0];
    sums.inner[thread_] = _e54;
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    if (part > 0u) {
        v.inner[0] = metal::float4 {};
    } else {
        bool loop_init_1 = true;
        while(true) {
            if (!loop_init_1) {
                uint _e75 = other;
                other = _e75 + 1u;
            }
            loop_init_1 = false;
            uint _e61 = other;
            if (_e61 < 2u) {
            } else {
                break;
            }
            {
                metal::float4 _e65 = v.inner[0];
                uint _e67 = other;
                metal::float4 _e72 = sums.inner[(_e67 * 96u) + column];
                v.inner[0] = _e65 + _e72;
            }
        }
    }
    float factor = 1.0 / static_cast<float>(metal::max(last - begin, 1u));
    float _e83 = not_a_number();
    scale = factor + (good ? 0.0 : _e83);
    {
        uint cell_1 = 0u + column;
        if (cell_1 < 96u) {
            metal::float4 _e95 = v.inner[0];
            metal::float4 mean = _e95 * factor;
            float _e97 = square;
            float _e98 = square_of(mean);
            square = _e97 + _e98;
        }
    }
    float _e102 = square;
    squares.inner[thread_] = _e102;
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    bool loop_init_2 = true;
    while(true) {
        if (!loop_init_2) {
            uint _e119 = half_;
            half_ = _e119 / 2u;
        }
        loop_init_2 = false;
        uint _e105 = half_;
        if (_e105 > 0u) {
        } else {
            break;
        }
        {
            uint _e108 = half_;
            if (thread_ < _e108) {
                float _e112 = squares.inner[thread_];
                uint _e114 = half_;
                float _e117 = squares.inner[thread_ + _e114];
                squares.inner[thread_] = _e112 + _e117;
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    float _e124 = squares.inner[0];
    if (_e124 != 0.0) {
        float _e127 = scale;
        float _e130 = squares.inner[0];
        scale = _e127 * (1.0 / metal::sqrt(_e130));
    }
    if (part == 0u) {
        {
            uint cell_2 = 0u + column;
            if (cell_2 < 96u) {
                metal::float4 _e147 = v.inner[0];
                float _e148 = scale;
                out[(group * 96u) + cell_2] = _e147 * _e148;
                return;
            } else {
                return;
            }
        }
    } else {
        return;
    }
}
