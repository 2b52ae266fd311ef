// language: metal3.1
#include <metal_stdlib>
#include <simd/simd.h>

using metal::uint;

struct _mslBufferSizes {
    uint size0;
    uint size1;
};

typedef metal::float4 type_2[1];
struct type_4 {
    uint inner[64];
};

float bent(
    float x
) {
    return x / (1.0 + metal::exp(-(x)));
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, device type_2 const& x_1 [[buffer(0)]]
, device type_2& out [[buffer(1)]]
, device type_4 const& params [[buffer(2)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(3)]]
) {
    uint group = at.x;
    uint _e5 = params.inner[0];
    uint live = metal::min(_e5, 512u);
    uint i = (group * 256u) + thread_;
    uint row = i / 96u;
    uint source = (row * 192u) + (i % 96u);
    if (row >= live) {
        return;
    }
    metal::float4 g = x_1[source];
    metal::float4 up = x_1[source + 96u];
    float _e30 = bent(g.x);
    float _e32 = bent(g.y);
    float _e34 = bent(g.z);
    float _e36 = bent(g.w);
    out[i] = metal::float4(_e30, _e32, _e34, _e36) * up;
    return;
}
