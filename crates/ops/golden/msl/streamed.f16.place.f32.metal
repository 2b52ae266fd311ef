// language: metal3.1
#include <metal_stdlib>
#include <simd/simd.h>

using metal::uint;

struct _mslBufferSizes {
    uint size0;
    uint size1;
    uint size2;
    uint size3;
};

typedef float type_1[1];
typedef metal::uint4 type_4[1];
struct type_7 {
    metal::uint4 inner[1024];
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
, device type_4 const& w_1 [[buffer(1)]]
, device type_1& to_bias [[buffer(2)]]
, device type_4& out [[buffer(3)]]
, threadgroup type_7& made
, constant _mslBufferSizes& _buffer_sizes [[buffer(5)]]
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
            uint p = (run * 4u) + 0u;
            metal::uint4 w0_ = w_1[(row_1 * 64u) + p];
            metal::float4 v0_ = metal::float4(float2(as_type<half2>(w0_.x)), float2(as_type<half2>(w0_.y)));
            metal::float4 v1_ = metal::float4(float2(as_type<half2>(w0_.z)), float2(as_type<half2>(w0_.w)));
            metal::uint2 _e69 = narrow(v0_);
            h0_0_ = _e69;
            metal::uint2 _e70 = narrow(v1_);
            h0_1_ = _e70;
        }
        {
            uint p_1 = (run * 4u) + 1u;
            metal::uint4 w0_1 = w_1[(row_1 * 64u) + p_1];
            metal::float4 v0_1 = metal::float4(float2(as_type<half2>(w0_1.x)), float2(as_type<half2>(w0_1.y)));
            metal::float4 v1_1 = metal::float4(float2(as_type<half2>(w0_1.z)), float2(as_type<half2>(w0_1.w)));
            metal::uint2 _e91 = narrow(v0_1);
            h0_2_ = _e91;
            metal::uint2 _e92 = narrow(v1_1);
            h0_3_ = _e92;
        }
        {
            uint p_2 = (run * 4u) + 2u;
            metal::uint4 w0_2 = w_1[(row_1 * 64u) + p_2];
            metal::float4 v0_2 = metal::float4(float2(as_type<half2>(w0_2.x)), float2(as_type<half2>(w0_2.y)));
            metal::float4 v1_2 = metal::float4(float2(as_type<half2>(w0_2.z)), float2(as_type<half2>(w0_2.w)));
            metal::uint2 _e113 = narrow(v0_2);
            h0_4_ = _e113;
            metal::uint2 _e114 = narrow(v1_2);
            h0_5_ = _e114;
        }
        {
            uint p_3 = (run * 4u) + 3u;
            metal::uint4 w0_3 = w_1[(row_1 * 64u) + p_3];
            metal::float4 v0_3 = metal::float4(float2(as_type<half2>(w0_3.x)), float2(as_type<half2>(w0_3.y)));
            metal::float4 v1_3 = metal::float4(float2(as_type<half2>(w0_3.z)), float2(as_type<half2>(w0_3.w)));
            metal::uint2 _e135 = narrow(v0_3);
            h0_6_ = _e135;
            metal::uint2 _e136 = narrow(v1_3);
            h0_7_ = _e136;
        }
        uint turn = (_e25 / 2u) % 4u;
        uint at0_ = (((run - (first_run * 1u)) * 16u) + r) * 4u;
        uint _e155 = h0_0_.x;
        uint _e157 = h0_2_.x;
        uint _e159 = h0_4_.x;
        uint _e161 = h0_6_.x;
        made.inner[at0_ + (0u ^ turn)] = metal::uint4(_e155, _e157, _e159, _e161);
        uint _e169 = h0_0_.y;
        uint _e171 = h0_2_.y;
        uint _e173 = h0_4_.y;
        uint _e175 = h0_6_.y;
        made.inner[at0_ + (1u ^ turn)] = metal::uint4(_e169, _e171, _e173, _e175);
        uint _e183 = h0_1_.x;
        uint _e185 = h0_3_.x;
        uint _e187 = h0_5_.x;
        uint _e189 = h0_7_.x;
        made.inner[at0_ + (2u ^ turn)] = metal::uint4(_e183, _e185, _e187, _e189);
        uint _e197 = h0_1_.y;
        uint _e199 = h0_3_.y;
        uint _e201 = h0_5_.y;
        uint _e203 = h0_7_.y;
        made.inner[at0_ + (3u ^ turn)] = metal::uint4(_e197, _e199, _e201, _e203);
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e245 = i;
            i = _e245 + 256u;
        }
        loop_init = false;
        uint _e206 = i;
        if (_e206 < 1024u) {
        } else {
            break;
        }
        {
            uint _e209 = i;
            uint own = base + ((_e209 / 4u) % 16u);
            uint _e217 = i;
            uint step = (first_run * 1u) + (_e217 / 64u);
            if (own < 768u) {
                local_1 = step < 16u;
            } else {
                local_1 = false;
            }
            bool _e228 = local_1;
            if (_e228) {
                uint _e232 = column_of(own);
                uint _e236 = i;
                uint _e242 = i;
                metal::uint4 _e244 = made.inner[_e242];
                out[(((step * 768u) + _e232) * 4u) + (_e236 % 4u)] = _e244;
            }
        }
    }
    return;
}
