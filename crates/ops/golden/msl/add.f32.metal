// language: metal3.1
#include <metal_stdlib>
#include <simd/simd.h>

using metal::uint;

struct _mslBufferSizes {
    uint size0;
    uint size1;
    uint size2;
};

typedef metal::float4 type_1[1];
struct type_3 {
    uint inner[64];
};

metal::float4 gelu(
    metal::float4 x
) {
    metal::float4 z = metal::abs(x) * 0.70710677;
    metal::float4 t = metal::float4(1.0) / (metal::float4(1.0) + (0.3275911 * z));
    metal::float4 p = t * (metal::float4(0.2548296) + (t * (metal::float4(-0.28449672) + (t * (metal::float4(1.4214138) + (t * (metal::float4(-1.4531521) + (t * 1.0614054))))))));
    metal::float4 erf = metal::float4(1.0) - (p * metal::exp(-(z) * z));
    return (0.5 * x) + ((0.5 * metal::abs(x)) * erf);
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, device type_1 const& a [[buffer(0)]]
, device type_1 const& b [[buffer(1)]]
, device type_1& out [[buffer(2)]]
, device type_3 const& params [[buffer(3)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(4)]]
) {
    uint group = at.x;
    uint _e5 = params.inner[0];
    uint live = metal::min(_e5, 512u);
    uint i = (group * 256u) + thread_;
    if (i >= (live * 96u)) {
        return;
    }
    metal::float4 _e18 = a[i];
    metal::float4 _e21 = b[i];
    out[i] = _e18 + _e21;
    return;
}
