// language: metal3.1
#include <metal_stdlib>
#include <simd/simd.h>

using metal::uint;

struct _mslBufferSizes {
    uint size0;
    uint size1;
    uint size2;
};

typedef float type_1[1];
typedef uint type_3[1];
struct type_4 {
    uint inner[64];
};
struct type_5 {
    float inner[64];
};

struct main_Input {
};
[[max_total_threads_per_threadgroup(64)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, device type_1 const& raw [[buffer(0)]]
, device type_1& padded [[buffer(1)]]
, device type_3& halves [[buffer(2)]]
, device type_4 const& params [[buffer(3)]]
, threadgroup type_5& parts
, constant _mslBufferSizes& _buffer_sizes [[buffer(4)]]
) {
    float largest = 0.0;
    uint i = {};
    float greatest = 0.0;
    uint i_1 = 0u;
    uint i_2 = {};
    metal::float2 pair = {};
    bool local = {};
    bool local_1 = {};
    uint query = at.x;
    uint _e5 = params.inner[0];
    uint live = metal::min(_e5, 64u);
    bool lives = query < live;
    uint source = (lives ? query : 0u) * 384u;
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e27 = i;
            i = _e27 + 64u;
        }
        loop_init = false;
        uint _e16 = i;
        if (_e16 < 384u) {
        } else {
            break;
        }
        {
            float _e19 = largest;
            uint _e21 = i;
            float _e24 = raw[source + _e21];
            largest = metal::max(_e19, metal::abs(_e24));
        }
    }
    float _e32 = largest;
    parts.inner[thread_] = _e32;
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e47 = i_1;
            i_1 = _e47 + 1u;
        }
        loop_init_1 = false;
        uint _e37 = i_1;
        if (_e37 < 64u) {
        } else {
            break;
        }
        {
            float _e40 = greatest;
            uint _e42 = i_1;
            float _e44 = parts.inner[_e42];
            greatest = metal::max(_e40, _e44);
        }
    }
    float _e49 = greatest;
    float _e50 = greatest;
    float divisor = (_e50 > 0.0) ? _e49 : 1.0;
    i_2 = thread_ * 2u;
    bool loop_init_2 = true;
    while(true) {
        if (!loop_init_2) {
            uint _e125 = i_2;
            i_2 = _e125 + 128u;
        }
        loop_init_2 = false;
        uint _e58 = i_2;
        if (_e58 < 384u) {
        } else {
            break;
        }
        {
            pair = metal::float2 {};
            if (lives) {
                uint _e65 = i_2;
                local = _e65 < 384u;
            } else {
                local = false;
            }
            bool _e69 = local;
            if (_e69) {
                uint _e72 = i_2;
                float _e75 = raw[source + _e72];
                pair.x = _e75 / divisor;
            }
            if (lives) {
                uint _e79 = i_2;
                local_1 = (_e79 + 1u) < 384u;
            } else {
                local_1 = false;
            }
            bool _e85 = local_1;
            if (_e85) {
                uint _e88 = i_2;
                float _e93 = raw[(source + _e88) + 1u];
                pair.y = _e93 / divisor;
            }
            if (query < 64u) {
                uint _e100 = i_2;
                float _e104 = pair.x;
                padded[(query * 384u) + _e100] = _e104;
                uint _e108 = i_2;
                float _e114 = pair.y;
                padded[((query * 384u) + _e108) + 1u] = _e114;
            }
            uint _e118 = i_2;
            metal::float2 _e123 = pair;
            halves[((query * 384u) + _e118) / 2u] = as_type<uint>(half2(_e123));
        }
    }
    return;
}
