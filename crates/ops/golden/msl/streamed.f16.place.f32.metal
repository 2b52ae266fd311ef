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
            uint p = ((run * 4u) + (share * 4u)) + 0u;
            metal::uint4 w0_ = w_1[(row_1 * 64u) + p];
            metal::float4 v0_ = metal::float4(float2(as_type<half2>(w0_.x)), float2(as_type<half2>(w0_.y)));
            metal::float4 v1_ = metal::float4(float2(as_type<half2>(w0_.z)), float2(as_type<half2>(w0_.w)));
            metal::uint2 _e82 = narrow(v0_);
            h0_0_ = _e82;
            metal::uint2 _e83 = narrow(v1_);
            h0_1_ = _e83;
        }
        {
            uint p_1 = ((run * 4u) + (share * 4u)) + 1u;
            metal::uint4 w0_1 = w_1[(row_1 * 64u) + p_1];
            metal::float4 v0_1 = metal::float4(float2(as_type<half2>(w0_1.x)), float2(as_type<half2>(w0_1.y)));
            metal::float4 v1_1 = metal::float4(float2(as_type<half2>(w0_1.z)), float2(as_type<half2>(w0_1.w)));
            metal::uint2 _e107 = narrow(v0_1);
            h0_2_ = _e107;
            metal::uint2 _e108 = narrow(v1_1);
            h0_3_ = _e108;
        }
        {
            uint p_2 = ((run * 4u) + (share * 4u)) + 2u;
            metal::uint4 w0_2 = w_1[(row_1 * 64u) + p_2];
            metal::float4 v0_2 = metal::float4(float2(as_type<half2>(w0_2.x)), float2(as_type<half2>(w0_2.y)));
            metal::float4 v1_2 = metal::float4(float2(as_type<half2>(w0_2.z)), float2(as_type<half2>(w0_2.w)));
            metal::uint2 _e132 = narrow(v0_2);
            h0_4_ = _e132;
            metal::uint2 _e133 = narrow(v1_2);
            h0_5_ = _e133;
        }
        {
            uint p_3 = ((run * 4u) + (share * 4u)) + 3u;
            metal::uint4 w0_3 = w_1[(row_1 * 64u) + p_3];
            metal::float4 v0_3 = metal::float4(float2(as_type<half2>(w0_3.x)), float2(as_type<half2>(w0_3.y)));
            metal::float4 v1_3 = metal::float4(float2(as_type<half2>(w0_3.z)), float2(as_type<half2>(w0_3.w)));
            metal::uint2 _e157 = narrow(v0_3);
            h0_6_ = _e157;
            metal::uint2 _e158 = narrow(v1_3);
            h0_7_ = _e158;
        }
        uint place = ((r * 4u) ^ ((_e29 / 2u) % 4u)) ^ (own_run % 8u);
        uint at0_ = (0u + own_run) * 64u;
        uint _e182 = h0_0_.x;
        uint _e184 = h0_2_.x;
        uint _e186 = h0_4_.x;
        uint _e188 = h0_6_.x;
        made.inner[((at0_ + (place ^ 0u)) * 1u) + share] = metal::uint4(_e182, _e184, _e186, _e188);
        uint _e199 = h0_0_.y;
        uint _e201 = h0_2_.y;
        uint _e203 = h0_4_.y;
        uint _e205 = h0_6_.y;
        made.inner[((at0_ + (place ^ 1u)) * 1u) + share] = metal::uint4(_e199, _e201, _e203, _e205);
        uint _e216 = h0_1_.x;
        uint _e218 = h0_3_.x;
        uint _e220 = h0_5_.x;
        uint _e222 = h0_7_.x;
        made.inner[((at0_ + (place ^ 2u)) * 1u) + share] = metal::uint4(_e216, _e218, _e220, _e222);
        uint _e233 = h0_1_.y;
        uint _e235 = h0_3_.y;
        uint _e237 = h0_5_.y;
        uint _e239 = h0_7_.y;
        made.inner[((at0_ + (place ^ 3u)) * 1u) + share] = metal::uint4(_e233, _e235, _e237, _e239);
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e291 = i;
            i = _e291 + 256u;
        }
        loop_init = false;
        uint _e242 = i;
        if (_e242 < 1024u) {
        } else {
            break;
        }
        {
            uint _e245 = i;
            uint own = base + ((_e245 / 4u) % 16u);
            uint _e251 = i;
            uint at_1 = _e251 / 64u;
            uint step = first_run + (at_1 % 16u);
            if (own < 768u) {
                local_2 = step < 16u;
            } else {
                local_2 = false;
            }
            bool _e264 = local_2;
            if (_e264) {
                uint _e265 = i;
                uint first = (_e265 ^ ((at_1 % 16u) % 8u)) * 1u;
                uint _e276 = column_of(own);
                uint _e280 = i;
                metal::uint4 _e289 = made.inner[first + 0u];
                out[(((step * 768u) + _e276) * 4u) + (_e280 % 4u)] = static_cast<metal::uint4>(_e289);
            }
        }
    }
    return;
}
