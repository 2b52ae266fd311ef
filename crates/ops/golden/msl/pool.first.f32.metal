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
typedef metal::float4 type_3[1];
typedef uint type_5[1];
struct type_6 {
    uint inner[64];
};
struct type_9 {
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
, device type_3 const& x [[buffer(0)]]
, device type_5 const& offsets [[buffer(1)]]
, device type_3& out [[buffer(2)]]
, device type_6 const& params [[buffer(3)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(4)]]
) {
    bool local = {};
    type_9 v = {};
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
                    uint _e91 = at_1;
                    at_1 = _e91 + 8u;
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
                    metal::float4 x0_ = x[((_e50 + 0u) * 96u) + cell];
                    uint _e59 = at_1;
                    metal::float4 x1_ = x[((_e59 + 2u) * 96u) + cell];
                    uint _e68 = at_1;
                    metal::float4 x2_ = x[((_e68 + 4u) * 96u) + cell];
                    uint _e77 = at_1;
                    metal::float4 x3_ = x[((_e77 + 6u) * 96u) + cell];
                    metal::float4 _e86 = v.inner[0];
                    v.inner[0] = _e86 + ((x0_ + x1_) + (x2_ + x3_));
                }
            }
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e106 = at_1;
                    at_1 = _e106 + 2u;
                }
                loop_init_1 = false;
                uint _e94 = at_1;
                if (_e94 < last) {
                } else {
                    break;
                }
                {
                    metal::float4 _e97 = v.inner[0];
                    uint _e99 = at_1;
                    metal::float4 _e104 = x[(_e99 * 96u) + cell];
                    v.inner[0] = _e97 + _e104;
                }
            }
        }
    }
    metal::float4 _e112 = v.inner[0];
    sums.inner[thread_] = _e112;
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    if (part > 0u) {
        v.inner[0] = metal::float4 {};
    } else {
        bool loop_init_2 = true;
        while(true) {
            if (!loop_init_2) {
                uint _e133 = other;
                other = _e133 + 1u;
            }
            loop_init_2 = false;
            uint _e119 = other;
            if (_e119 < 2u) {
            } else {
                break;
            }
            {
                metal::float4 _e123 = v.inner[0];
                uint _e125 = other;
                metal::float4 _e130 = sums.inner[(_e125 * 96u) + column];
                v.inner[0] = _e123 + _e130;
            }
        }
    }
    float factor = 1.0 / static_cast<float>(metal::max(last - begin, 1u));
    float _e141 = not_a_number();
    scale = factor + (good ? 0.0 : _e141);
    if (part == 0u) {
        {
            uint cell_1 = 0u + column;
            if (cell_1 < 96u) {
                metal::float4 _e158 = v.inner[0];
                float _e159 = scale;
                out[(group * 96u) + cell_1] = _e158 * _e159;
                return;
            } else {
                return;
            }
        }
    } else {
        return;
    }
}
