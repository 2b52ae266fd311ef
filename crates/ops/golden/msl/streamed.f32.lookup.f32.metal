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
typedef metal::uint4 type_3[1];
typedef metal::float4 type_5[1];
struct type_6 {
    uint inner[64];
};

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, device type_1 const& ids [[buffer(0)]]
, device type_3 const& w [[buffer(1)]]
, device type_5& out [[buffer(2)]]
, device type_6 const& params [[buffer(3)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(4)]]
) {
    uint group = at.x;
    uint _e5 = params.inner[0];
    uint live = metal::min(_e5, 64u);
    uint i = (group * 256u) + thread_;
    uint to = i / 128u;
    uint p = i % 128u;
    if (to >= live) {
        return;
    }
    uint row = ids[to];
    if (row >= 768u) {
        return;
    }
    metal::uint4 w0_ = w[(row * 128u) + p];
    metal::float4 v0_ = as_type<metal::float4>(w0_);
    out[(to * 128u) + p] = v0_ * 1.5;
    return;
}
