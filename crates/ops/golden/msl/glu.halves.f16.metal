// language: metal3.1
#include <metal_stdlib>
#include <simd/simd.h>

using metal::uint;

struct _mslBufferSizes {
    uint size0;
    uint size1;
};

typedef metal::uint2 type_2[1];
struct type_3 {
    uint inner[64];
};

metal::float4 widen(
    metal::uint2 w
) {
    return metal::float4(float2(as_type<half2>(w.x)), float2(as_type<half2>(w.y)));
}

metal::uint2 narrow(
    metal::float4 v
) {
    return metal::uint2(as_type<uint>(half2(v.xy)), as_type<uint>(half2(v.zw)));
}

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
, device type_3 const& params [[buffer(2)]]
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
    metal::uint2 _e21 = x_1[source];
    metal::float4 _e22 = widen(_e21);
    metal::uint2 _e27 = x_1[source + 96u];
    metal::float4 _e28 = widen(_e27);
    float _e32 = bent(_e22.x);
    float _e34 = bent(_e22.y);
    float _e36 = bent(_e22.z);
    float _e38 = bent(_e22.w);
    metal::uint2 _e41 = narrow(metal::float4(_e32, _e34, _e36, _e38) * _e28);
    out[i] = _e41;
    return;
}
