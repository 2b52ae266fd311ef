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
};

typedef float type_1[1];
typedef uint type_3[1];
typedef metal::uint4 type_5[1];
struct type_8 {
    metal::uint4 inner[1024];
};

float scale_of(
    uint i_1,
    device type_3 const& scales,
    constant _mslBufferSizes& _buffer_sizes
) {
    uint _e5 = scales[i_1 / 2u];
    return float2(as_type<half2>(_e5))[i_1 % 2u];
}

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

uint column_of(
    uint row
) {
    return row + 0u;
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, device type_1 const& bias [[buffer(0)]]
, device type_3 const& scales [[buffer(1)]]
, device type_5 const& w_1 [[buffer(2)]]
, device type_1& to_bias [[buffer(3)]]
, device type_5& out [[buffer(4)]]
, threadgroup type_8& made
, constant _mslBufferSizes& _buffer_sizes [[buffer(6)]]
) {
    bool local = {};
    metal::uint2 h0_0_ = metal::uint2 {};
    metal::uint2 h0_1_ = metal::uint2 {};
    metal::uint2 h0_2_ = metal::uint2 {};
    metal::uint2 h0_3_ = metal::uint2 {};
    metal::uint2 h0_4_ = metal::uint2 {};
    metal::uint2 h0_5_ = metal::uint2 {};
    metal::uint2 h0_6_ = metal::uint2 {};
    metal::uint2 h0_7_ = metal::uint2 {};
    uint i = {};
    bool local_1 = {};
    uint group = at.x;
    uint base = (group % 48u) * 16u;
    uint first_run = (group / 48u) * 16u;
    uint r = thread_ % 16u;
    uint row_1 = base + r;
    uint run = first_run + (thread_ / 16u);
    if (row_1 < 768u) {
        local = run < 16u;
    } else {
        local = false;
    }
    bool _e24 = local;
    if (_e24) {
        uint _e25 = column_of(row_1);
        if (run == 0u) {
            float _e32 = bias[row_1];
            to_bias[_e25] = _e32;
        }
        {
            uint p = (run * 2u) + 0u;
            metal::uint4 w0_ = w_1[(row_1 * 32u) + p];
            float _e64 = scale_of((row_1 * 16u) + (p / 2u), scales, _buffer_sizes);
            metal::float4 v0_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_.x)));
            metal::float4 v1_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_.y)));
            metal::float4 v2_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_.z)));
            metal::float4 v3_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_.w)));
            metal::uint2 _e78 = narrow(v0_ * _e64);
            h0_0_ = _e78;
            metal::uint2 _e80 = narrow(v1_ * _e64);
            h0_1_ = _e80;
            metal::uint2 _e82 = narrow(v2_ * _e64);
            h0_2_ = _e82;
            metal::uint2 _e84 = narrow(v3_ * _e64);
            h0_3_ = _e84;
        }
        {
            uint p_1 = (run * 2u) + 1u;
            metal::uint4 w0_1 = w_1[(row_1 * 32u) + p_1];
            float _e100 = scale_of((row_1 * 16u) + (p_1 / 2u), scales, _buffer_sizes);
            metal::float4 v0_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1.x)));
            metal::float4 v1_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1.y)));
            metal::float4 v2_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1.z)));
            metal::float4 v3_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1.w)));
            metal::uint2 _e114 = narrow(v0_1 * _e100);
            h0_4_ = _e114;
            metal::uint2 _e116 = narrow(v1_1 * _e100);
            h0_5_ = _e116;
            metal::uint2 _e118 = narrow(v2_1 * _e100);
            h0_6_ = _e118;
            metal::uint2 _e120 = narrow(v3_1 * _e100);
            h0_7_ = _e120;
        }
        uint turn = (_e25 / 2u) % 4u;
        uint at0_ = (((run - (first_run * 1u)) * 16u) + r) * 4u;
        uint _e139 = h0_0_.x;
        uint _e141 = h0_2_.x;
        uint _e143 = h0_4_.x;
        uint _e145 = h0_6_.x;
        made.inner[at0_ + (0u ^ turn)] = metal::uint4(_e139, _e141, _e143, _e145);
        uint _e153 = h0_0_.y;
        uint _e155 = h0_2_.y;
        uint _e157 = h0_4_.y;
        uint _e159 = h0_6_.y;
        made.inner[at0_ + (1u ^ turn)] = metal::uint4(_e153, _e155, _e157, _e159);
        uint _e167 = h0_1_.x;
        uint _e169 = h0_3_.x;
        uint _e171 = h0_5_.x;
        uint _e173 = h0_7_.x;
        made.inner[at0_ + (2u ^ turn)] = metal::uint4(_e167, _e169, _e171, _e173);
        uint _e181 = h0_1_.y;
        uint _e183 = h0_3_.y;
        uint _e185 = h0_5_.y;
        uint _e187 = h0_7_.y;
        made.inner[at0_ + (3u ^ turn)] = metal::uint4(_e181, _e183, _e185, _e187);
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e229 = i;
            i = _e229 + 256u;
        }
        loop_init = false;
        uint _e190 = i;
        if (_e190 < 1024u) {
        } else {
            break;
        }
        {
            uint _e193 = i;
            uint own = base + ((_e193 / 4u) % 16u);
            uint _e201 = i;
            uint step = (first_run * 1u) + (_e201 / 64u);
            if (own < 768u) {
                local_1 = step < 16u;
            } else {
                local_1 = false;
            }
            bool _e212 = local_1;
            if (_e212) {
                uint _e216 = column_of(own);
                uint _e220 = i;
                uint _e226 = i;
                metal::uint4 _e228 = made.inner[_e226];
                out[(((step * 768u) + _e216) * 4u) + (_e220 % 4u)] = _e228;
            }
        }
    }
    return;
}
