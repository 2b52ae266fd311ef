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
    uint size5;
};

typedef metal::uint4 type_2[1];
typedef uint type_3[1];
struct type_4 {
    uint inner[64];
};

struct main_Input {
};
[[max_total_threads_per_threadgroup(64)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, device type_2 const& exact [[buffer(0)]]
, device type_3 const& chosen [[buffer(1)]]
, device type_3 const& picked [[buffer(2)]]
, device type_3 const& firsts [[buffer(3)]]
, device type_3& rows [[buffer(4)]]
, device type_2& values [[buffer(5)]]
, device type_4 const& params [[buffer(6)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(7)]]
) {
    bool local = {};
    uint i = {};
    uint group = at.x;
    uint _e7 = params.inner[0];
    if ((group / 16u) >= metal::min(_e7, 1u)) {
        return;
    }
    uint pick = picked[group];
    if (pick >= 4096u) {
        return;
    }
    uint tile = chosen[((group / 16u) * 16u) + (pick / 256u)];
    uint _e28 = firsts[0];
    if (!((tile < _e28))) {
        uint _e35 = firsts[64];
        local = tile >= _e35;
    } else {
        local = true;
    }
    bool _e38 = local;
    if (_e38) {
        return;
    }
    uint _e41 = firsts[0];
    uint row = ((tile - _e41) * 256u) + (pick % 256u);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e65 = i;
            i = _e65 + 64u;
        }
        loop_init = false;
        uint _e49 = i;
        if (_e49 < 48u) {
        } else {
            break;
        }
        {
            uint _e55 = i;
            uint _e61 = i;
            metal::uint4 _e64 = exact[(row * 48u) + _e61];
            values[(group * 48u) + _e55] = _e64;
        }
    }
    if (thread_ == 0u) {
        rows[group] = (tile * 256u) + (pick % 256u);
        return;
    } else {
        return;
    }
}
