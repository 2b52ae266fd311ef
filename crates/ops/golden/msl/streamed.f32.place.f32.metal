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
    bool local_1 = {};
    metal::uint2 h0_0_ = metal::uint2 {};
    metal::uint2 h0_1_ = metal::uint2 {};
    metal::uint2 h0_2_ = metal::uint2 {};
    metal::uint2 h0_3_ = metal::uint2 {};
    metal::uint2 h0_4_ = metal::uint2 {};
    metal::uint2 h0_5_ = metal::uint2 {};
    metal::uint2 h0_6_ = metal::uint2 {};
    metal::uint2 h0_7_ = metal::uint2 {};
    uint i = {};
    bool local_2 = {};
    uint group = at.x;
    uint base = (group % 48u) * 16u;
    uint first_run = (group / 48u) * 16u;
    uint r = thread_ / 16u;
    uint row_1 = base + r;
    uint own_run = (thread_ % 16u) / 1u;
    uint share = thread_ % 1u;
    uint run = first_run + own_run;
    if (row_1 < 768u) {
        local = run < 16u;
    } else {
        local = false;
    }
    bool _e28 = local;
    if (_e28) {
        uint _e29 = column_of(row_1);
        if (run == 0u) {
            local_1 = share == 0u;
        } else {
            local_1 = false;
        }
        bool _e37 = local_1;
        if (_e37) {
            float _e42 = bias[row_1];
            to_bias[_e29] = _e42;
        }
        {
            uint p = ((run * 8u) + (share * 8u)) + 0u;
            metal::uint4 w0_ = w_1[(row_1 * 128u) + p];
            metal::float4 v0_ = as_type<metal::float4>(w0_);
            metal::uint2 _e73 = narrow(v0_);
            h0_0_ = _e73;
        }
        {
            uint p_1 = ((run * 8u) + (share * 8u)) + 1u;
            metal::uint4 w0_1 = w_1[(row_1 * 128u) + p_1];
            metal::float4 v0_1 = as_type<metal::float4>(w0_1);
            metal::uint2 _e88 = narrow(v0_1);
            h0_1_ = _e88;
        }
        {
            uint p_2 = ((run * 8u) + (share * 8u)) + 2u;
            metal::uint4 w0_2 = w_1[(row_1 * 128u) + p_2];
            metal::float4 v0_2 = as_type<metal::float4>(w0_2);
            metal::uint2 _e103 = narrow(v0_2);
            h0_2_ = _e103;
        }
        {
            uint p_3 = ((run * 8u) + (share * 8u)) + 3u;
            metal::uint4 w0_3 = w_1[(row_1 * 128u) + p_3];
            metal::float4 v0_3 = as_type<metal::float4>(w0_3);
            metal::uint2 _e118 = narrow(v0_3);
            h0_3_ = _e118;
        }
        {
            uint p_4 = ((run * 8u) + (share * 8u)) + 4u;
            metal::uint4 w0_4 = w_1[(row_1 * 128u) + p_4];
            metal::float4 v0_4 = as_type<metal::float4>(w0_4);
            metal::uint2 _e133 = narrow(v0_4);
            h0_4_ = _e133;
        }
        {
            uint p_5 = ((run * 8u) + (share * 8u)) + 5u;
            metal::uint4 w0_5 = w_1[(row_1 * 128u) + p_5];
            metal::float4 v0_5 = as_type<metal::float4>(w0_5);
            metal::uint2 _e148 = narrow(v0_5);
            h0_5_ = _e148;
        }
        {
            uint p_6 = ((run * 8u) + (share * 8u)) + 6u;
            metal::uint4 w0_6 = w_1[(row_1 * 128u) + p_6];
            metal::float4 v0_6 = as_type<metal::float4>(w0_6);
            metal::uint2 _e163 = narrow(v0_6);
            h0_6_ = _e163;
        }
        {
            uint p_7 = ((run * 8u) + (share * 8u)) + 7u;
            metal::uint4 w0_7 = w_1[(row_1 * 128u) + p_7];
            metal::float4 v0_7 = as_type<metal::float4>(w0_7);
            metal::uint2 _e178 = narrow(v0_7);
            h0_7_ = _e178;
        }
        uint place = ((r * 4u) ^ ((_e29 / 2u) % 4u)) ^ (own_run % 8u);
        uint at0_ = (0u + own_run) * 64u;
        uint _e202 = h0_0_.x;
        uint _e204 = h0_2_.x;
        uint _e206 = h0_4_.x;
        uint _e208 = h0_6_.x;
        made.inner[((at0_ + (place ^ 0u)) * 1u) + share] = metal::uint4(_e202, _e204, _e206, _e208);
        uint _e219 = h0_0_.y;
        uint _e221 = h0_2_.y;
        uint _e223 = h0_4_.y;
        uint _e225 = h0_6_.y;
        made.inner[((at0_ + (place ^ 1u)) * 1u) + share] = metal::uint4(_e219, _e221, _e223, _e225);
        uint _e236 = h0_1_.x;
        uint _e238 = h0_3_.x;
        uint _e240 = h0_5_.x;
        uint _e242 = h0_7_.x;
        made.inner[((at0_ + (place ^ 2u)) * 1u) + share] = metal::uint4(_e236, _e238, _e240, _e242);
        uint _e253 = h0_1_.y;
        uint _e255 = h0_3_.y;
        uint _e257 = h0_5_.y;
        uint _e259 = h0_7_.y;
        made.inner[((at0_ + (place ^ 3u)) * 1u) + share] = metal::uint4(_e253, _e255, _e257, _e259);
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e311 = i;
            i = _e311 + 256u;
        }
        loop_init = false;
        uint _e262 = i;
        if (_e262 < 1024u) {
        } else {
            break;
        }
        {
            uint _e265 = i;
            uint own = base + ((_e265 / 4u) % 16u);
            uint _e271 = i;
            uint at_1 = _e271 / 64u;
            uint step = first_run + (at_1 % 16u);
            if (own < 768u) {
                local_2 = step < 16u;
            } else {
                local_2 = false;
            }
            bool _e284 = local_2;
            if (_e284) {
                uint _e285 = i;
                uint first = (_e285 ^ ((at_1 % 16u) % 8u)) * 1u;
                uint _e296 = column_of(own);
                uint _e300 = i;
                metal::uint4 _e309 = made.inner[first + 0u];
                out[(((step * 768u) + _e296) * 4u) + (_e300 % 4u)] = static_cast<metal::uint4>(_e309);
            }
        }
    }
    return;
}
