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
                    uint _e88 = at_1;
                    at_1 = _e88 + 8u;
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
                    metal::float4 x0_ = x[((_e47 + 0u) * 96u) + cell];
                    uint _e56 = at_1;
                    metal::float4 x1_ = x[((_e56 + 2u) * 96u) + cell];
                    uint _e65 = at_1;
                    metal::float4 x2_ = x[((_e65 + 4u) * 96u) + cell];
                    uint _e74 = at_1;
                    metal::float4 x3_ = x[((_e74 + 6u) * 96u) + cell];
                    metal::float4 _e83 = v.inner[0];
                    v.inner[0] = _e83 + ((x0_ + x1_) + (x2_ + x3_));
                }
            }
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e103 = at_1;
                    at_1 = _e103 + 2u;
                }
                loop_init_1 = false;
                uint _e91 = at_1;
                if (_e91 < last) {
                } else {
                    break;
                }
                {
                    metal::float4 _e94 = v.inner[0];
                    uint _e96 = at_1;
                    metal::float4 _e101 = x[(_e96 * 96u) + cell];
                    v.inner[0] = _e94 + _e101;
                }
            }
        }
    }
    metal::float4 _e109 = v.inner[0];
    sums.inner[thread_] = _e109;
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    if (part > 0u) {
        v.inner[0] = metal::float4 {};
    } else {
        bool loop_init_2 = true;
        while(true) {
            if (!loop_init_2) {
                uint _e130 = other;
                other = _e130 + 1u;
            }
            loop_init_2 = false;
            uint _e116 = other;
            if (_e116 < 2u) {
            } else {
                break;
            }
            {
                metal::float4 _e120 = v.inner[0];
                uint _e122 = other;
                metal::float4 _e127 = sums.inner[(_e122 * 96u) + column];
                v.inner[0] = _e120 + _e127;
            }
        }
    }
    float factor = 1.0 / static_cast<float>(metal::max(last - begin, 1u));
    float _e138 = not_a_number();
    scale = factor + (good ? 0.0 : _e138);
    {
        uint cell_1 = 0u + column;
        if (cell_1 < 96u) {
            metal::float4 _e150 = v.inner[0];
            metal::float4 mean = _e150 * factor;
            float _e152 = square;
            float _e153 = square_of(mean);
            square = _e152 + _e153;
        }
    }
    float _e157 = square;
    squares.inner[thread_] = _e157;
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    bool loop_init_3 = true;
    while(true) {
        if (!loop_init_3) {
            uint _e174 = half_;
            half_ = _e174 / 2u;
        }
        loop_init_3 = false;
        uint _e160 = half_;
        if (_e160 > 0u) {
        } else {
            break;
        }
        {
            uint _e163 = half_;
            if (thread_ < _e163) {
                float _e167 = squares.inner[thread_];
                uint _e169 = half_;
                float _e172 = squares.inner[thread_ + _e169];
                squares.inner[thread_] = _e167 + _e172;
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    float _e179 = squares.inner[0];
    if (_e179 != 0.0) {
        float _e182 = scale;
        float _e185 = squares.inner[0];
        scale = _e182 * (1.0 / metal::sqrt(_e185));
    }
    if (part == 0u) {
        {
            uint cell_2 = 0u + column;
            if (cell_2 < 96u) {
                metal::float4 _e202 = v.inner[0];
                float _e203 = scale;
                out[(group * 96u) + cell_2] = _e202 * _e203;
                return;
            } else {
                return;
            }
        }
    } else {
        return;
    }
}
