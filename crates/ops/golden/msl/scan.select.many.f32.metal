// language: metal3.1
#include <metal_stdlib>
#include <simd/simd.h>

using metal::uint;

struct _mslBufferSizes {
    uint size0;
    uint size1;
    uint size2;
};

typedef uint type_1[1];
struct type_2 {
    uint inner[64];
};
struct type_4 {
    metal::atomic_uint inner[32];
};
struct type_6 {
    uint inner[1];
};

struct main_Input {
};
[[max_total_threads_per_threadgroup(1024)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, uint lane [[thread_index_in_simdgroup]]
, device type_1 const& keys [[buffer(0)]]
, device type_1& chosen [[buffer(1)]]
, device type_1& floor_of [[buffer(2)]]
, device type_2 const& params [[buffer(3)]]
, threadgroup type_4& counts
, threadgroup metal::atomic_uint& filled
, constant _mslBufferSizes& _buffer_sizes [[buffer(4)]]
) {
    uint i = {};
    type_6 kept = {};
    uint least = 0u;
    uint round = 0u;
    uint reached = {};
    bool local = {};
    uint query = at.x;
    uint _e6 = params.inner[0];
    if (query >= metal::min(_e6, 64u)) {
        return;
    }
    if (thread_ < 32u) {
        metal::atomic_store_explicit(&counts.inner[thread_], 0u, metal::memory_order_relaxed);
    }
    if (thread_ == 32u) {
        metal::atomic_store_explicit(&filled, 0u, metal::memory_order_relaxed);
    }
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e30 = i;
            i = _e30 + 1024u;
        }
        loop_init = false;
        uint _e20 = i;
        if (_e20 < 16u) {
        } else {
            break;
        }
        {
            uint _e26 = i;
            chosen[(query * 16u) + _e26] = 4294967295u;
        }
    }
    {
        uint i_1 = 0u + thread_;
        if (i_1 < 16u) {
            uint _e46 = keys[(query * 1u) + (i_1 * 64u)];
            kept.inner[0] = _e46;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e92 = round;
            round = _e92 + 1u;
        }
        loop_init_1 = false;
        uint _e51 = round;
        if (_e51 < 32u) {
        } else {
            break;
        }
        {
            uint _e54 = least;
            uint _e56 = round;
            uint tried = _e54 | (2147483648u >> _e56);
            reached = 0u;
            {
                uint i_2 = 0u + thread_;
                if (i_2 < 16u) {
                    uint _e66 = kept.inner[0];
                    if (_e66 >= tried) {
                        uint _e68 = reached;
                        reached = _e68 + 1u;
                    }
                }
            }
            uint _e71 = reached;
            uint unnamed = metal::simd_sum(_e71);
            if (lane == 0u) {
                local = unnamed > 0u;
            } else {
                local = false;
            }
            bool _e80 = local;
            if (_e80) {
                uint _e82 = round;
                uint _e84 = metal::atomic_fetch_add_explicit(&counts.inner[_e82], unnamed, metal::memory_order_relaxed);
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            uint _e86 = round;
            uint _e88 = metal::atomic_load_explicit(&counts.inner[_e86], metal::memory_order_relaxed);
            if (_e88 >= 16u) {
                least = tried;
            }
        }
    }
    {
        uint i_3 = 0u + thread_;
        if (i_3 < 16u) {
            uint _e99 = kept.inner[0];
            uint _e100 = least;
            if (_e99 > _e100) {
                uint _e104 = metal::atomic_fetch_add_explicit(&filled, 1u, metal::memory_order_relaxed);
                if (_e104 < 16u) {
                    chosen[(query * 16u) + _e104] = i_3;
                }
            }
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    uint _e112 = least;
    if (_e112 > 0u) {
        {
            uint i_4 = 0u + thread_;
            if (i_4 < 16u) {
                uint _e120 = kept.inner[0];
                uint _e121 = least;
                if (_e120 == _e121) {
                    uint _e125 = metal::atomic_fetch_add_explicit(&filled, 1u, metal::memory_order_relaxed);
                    if (_e125 < 16u) {
                        chosen[(query * 16u) + _e125] = i_4;
                    }
                }
            }
        }
    }
    if (thread_ == 0u) {
        uint _e137 = least;
        floor_of[query] = _e137;
        return;
    } else {
        return;
    }
}
