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
    bool local_1 = {};
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
                    uint _e92 = at_1;
                    at_1 = _e92 + 8u;
                }
                loop_init = false;
                uint _e36 = at_1;
                if (_e36 < last) {
                    uint _e40 = at_1;
                    local_1 = (last - _e40) > 6u;
                } else {
                    local_1 = false;
                }
                bool _e45 = local_1;
                if (_e45) {
                } else {
                    break;
                }
                {
                    uint _e47 = at_1;
                    metal::uint2 _e54 = x[((_e47 + 0u) * 96u) + cell];
                    metal::float4 _e55 = widen(_e54);
                    uint _e57 = at_1;
                    metal::uint2 _e64 = x[((_e57 + 2u) * 96u) + cell];
                    metal::float4 _e65 = widen(_e64);
                    uint _e67 = at_1;
                    metal::uint2 _e74 = x[((_e67 + 4u) * 96u) + cell];
                    metal::float4 _e75 = widen(_e74);
                    uint _e77 = at_1;
                    metal::uint2 _e84 = x[((_e77 + 6u) * 96u) + cell];
                    metal::float4 _e85 = widen(_e84);
                    metal::float4 _e87 = v.inner[0];
                    v.inner[0] = _e87 + ((_e55 + _e65) + (_e75 + _e85));
                }
            }
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e108 = at_1;
                    at_1 = _e108 + 2u;
                }
                loop_init_1 = false;
                uint _e95 = at_1;
                if (_e95 < last) {
                } else {
                    break;
                }
                {
                    metal::float4 _e98 = v.inner[0];
                    uint _e100 = at_1;
                    metal::uint2 _e105 = x[(_e100 * 96u) + cell];
                    metal::float4 _e106 = widen(_e105);
                    v.inner[0] = _e98 + _e106;
                }
            }
        }
    }
    metal::float4 _e114 = v.inner[0];
    sums.inner[thread_] = _e114;
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    if (part > 0u) {
        v.inner[0] = metal::float4 {};
    } else {
        bool loop_init_2 = true;
        while(true) {
            if (!loop_init_2) {
                uint _e135 = other;
                other = _e135 + 1u;
            }
            loop_init_2 = false;
            uint _e121 = other;
            if (_e121 < 2u) {
            } else {
                break;
            }
            {
                metal::float4 _e125 = v.inner[0];
                uint _e127 = other;
                metal::float4 _e132 = sums.inner[(_e127 * 96u) + column];
                v.inner[0] = _e125 + _e132;
            }
        }
    }
    float factor = 1.0 / static_cast<float>(metal::max(last - begin, 1u));
    float _e143 = not_a_number();
    scale = factor + (good ? 0.0 : _e143);
    {
        uint cell_1 = 0u + column;
        if (cell_1 < 96u) {
            metal::float4 _e155 = v.inner[0];
            metal::float4 mean = _e155 * factor;
            float _e157 = square;
            float _e158 = square_of(mean);
            square = _e157 + _e158;
        }
    }
    float _e162 = square;
    squares.inner[thread_] = _e162;
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    bool loop_init_3 = true;
    while(true) {
        if (!loop_init_3) {
            uint _e179 = half_;
            half_ = _e179 / 2u;
        }
        loop_init_3 = false;
        uint _e165 = half_;
        if (_e165 > 0u) {
        } else {
            break;
        }
        {
            uint _e168 = half_;
            if (thread_ < _e168) {
                float _e172 = squares.inner[thread_];
                uint _e174 = half_;
                float _e177 = squares.inner[thread_ + _e174];
                squares.inner[thread_] = _e172 + _e177;
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    float _e184 = squares.inner[0];
    if (_e184 != 0.0) {
        float _e187 = scale;
        float _e190 = squares.inner[0];
        scale = _e187 * (1.0 / metal::sqrt(_e190));
    }
    if (part == 0u) {
        {
            uint cell_2 = 0u + column;
            if (cell_2 < 96u) {
                metal::float4 _e207 = v.inner[0];
                float _e208 = scale;
                out[(group * 96u) + cell_2] = _e207 * _e208;
                return;
            } else {
                return;
            }
        }
    } else {
        return;
    }
}
