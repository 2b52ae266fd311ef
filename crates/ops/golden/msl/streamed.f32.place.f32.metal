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
            uint p = (run * 8u) + 0u;
            metal::uint4 w0_ = w_1[(row_1 * 128u) + p];
            metal::float4 v0_ = as_type<metal::float4>(w0_);
            metal::uint2 _e60 = narrow(v0_);
            h0_0_ = _e60;
        }
        {
            uint p_1 = (run * 8u) + 1u;
            metal::uint4 w0_1 = w_1[(row_1 * 128u) + p_1];
            metal::float4 v0_1 = as_type<metal::float4>(w0_1);
            metal::uint2 _e72 = narrow(v0_1);
            h0_1_ = _e72;
        }
        {
            uint p_2 = (run * 8u) + 2u;
            metal::uint4 w0_2 = w_1[(row_1 * 128u) + p_2];
            metal::float4 v0_2 = as_type<metal::float4>(w0_2);
            metal::uint2 _e84 = narrow(v0_2);
            h0_2_ = _e84;
        }
        {
            uint p_3 = (run * 8u) + 3u;
            metal::uint4 w0_3 = w_1[(row_1 * 128u) + p_3];
            metal::float4 v0_3 = as_type<metal::float4>(w0_3);
            metal::uint2 _e96 = narrow(v0_3);
            h0_3_ = _e96;
        }
        {
            uint p_4 = (run * 8u) + 4u;
            metal::uint4 w0_4 = w_1[(row_1 * 128u) + p_4];
            metal::float4 v0_4 = as_type<metal::float4>(w0_4);
            metal::uint2 _e108 = narrow(v0_4);
            h0_4_ = _e108;
        }
        {
            uint p_5 = (run * 8u) + 5u;
            metal::uint4 w0_5 = w_1[(row_1 * 128u) + p_5];
            metal::float4 v0_5 = as_type<metal::float4>(w0_5);
            metal::uint2 _e120 = narrow(v0_5);
            h0_5_ = _e120;
        }
        {
            uint p_6 = (run * 8u) + 6u;
            metal::uint4 w0_6 = w_1[(row_1 * 128u) + p_6];
            metal::float4 v0_6 = as_type<metal::float4>(w0_6);
            metal::uint2 _e132 = narrow(v0_6);
            h0_6_ = _e132;
        }
        {
            uint p_7 = (run * 8u) + 7u;
            metal::uint4 w0_7 = w_1[(row_1 * 128u) + p_7];
            metal::float4 v0_7 = as_type<metal::float4>(w0_7);
            metal::uint2 _e144 = narrow(v0_7);
            h0_7_ = _e144;
        }
        uint turn = (_e25 / 2u) % 4u;
        uint at0_ = (((run - (first_run * 1u)) * 16u) + r) * 4u;
        uint _e163 = h0_0_.x;
        uint _e165 = h0_2_.x;
        uint _e167 = h0_4_.x;
        uint _e169 = h0_6_.x;
        made.inner[at0_ + (0u ^ turn)] = metal::uint4(_e163, _e165, _e167, _e169);
        uint _e177 = h0_0_.y;
        uint _e179 = h0_2_.y;
        uint _e181 = h0_4_.y;
        uint _e183 = h0_6_.y;
        made.inner[at0_ + (1u ^ turn)] = metal::uint4(_e177, _e179, _e181, _e183);
        uint _e191 = h0_1_.x;
        uint _e193 = h0_3_.x;
        uint _e195 = h0_5_.x;
        uint _e197 = h0_7_.x;
        made.inner[at0_ + (2u ^ turn)] = metal::uint4(_e191, _e193, _e195, _e197);
        uint _e205 = h0_1_.y;
        uint _e207 = h0_3_.y;
        uint _e209 = h0_5_.y;
        uint _e211 = h0_7_.y;
        made.inner[at0_ + (3u ^ turn)] = metal::uint4(_e205, _e207, _e209, _e211);
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e253 = i;
            i = _e253 + 256u;
        }
        loop_init = false;
        uint _e214 = i;
        if (_e214 < 1024u) {
        } else {
            break;
        }
        {
            uint _e217 = i;
            uint own = base + ((_e217 / 4u) % 16u);
            uint _e225 = i;
            uint step = (first_run * 1u) + (_e225 / 64u);
            if (own < 768u) {
                local_1 = step < 16u;
            } else {
                local_1 = false;
            }
            bool _e236 = local_1;
            if (_e236) {
                uint _e240 = column_of(own);
                uint _e244 = i;
                uint _e250 = i;
                metal::uint4 _e252 = made.inner[_e250];
                out[(((step * 768u) + _e240) * 4u) + (_e244 % 4u)] = _e252;
            }
        }
    }
    return;
}
