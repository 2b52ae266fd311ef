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
            uint p = ((run * 2u) + (share * 2u)) + 0u;
            metal::uint4 w0_ = w_1[(row_1 * 32u) + p];
            float _e77 = scale_of((row_1 * 16u) + (p / 2u), scales, _buffer_sizes);
            metal::float4 v0_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_.x)));
            metal::float4 v1_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_.y)));
            metal::float4 v2_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_.z)));
            metal::float4 v3_ = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_.w)));
            metal::uint2 _e91 = narrow(v0_ * _e77);
            h0_0_ = _e91;
            metal::uint2 _e93 = narrow(v1_ * _e77);
            h0_1_ = _e93;
            metal::uint2 _e95 = narrow(v2_ * _e77);
            h0_2_ = _e95;
            metal::uint2 _e97 = narrow(v3_ * _e77);
            h0_3_ = _e97;
        }
        {
            uint p_1 = ((run * 2u) + (share * 2u)) + 1u;
            metal::uint4 w0_1 = w_1[(row_1 * 32u) + p_1];
            float _e116 = scale_of((row_1 * 16u) + (p_1 / 2u), scales, _buffer_sizes);
            metal::float4 v0_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1.x)));
            metal::float4 v1_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1.y)));
            metal::float4 v2_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1.z)));
            metal::float4 v3_1 = static_cast<metal::float4>(int4(as_type<packed_char4>(w0_1.w)));
            metal::uint2 _e130 = narrow(v0_1 * _e116);
            h0_4_ = _e130;
            metal::uint2 _e132 = narrow(v1_1 * _e116);
            h0_5_ = _e132;
            metal::uint2 _e134 = narrow(v2_1 * _e116);
            h0_6_ = _e134;
            metal::uint2 _e136 = narrow(v3_1 * _e116);
            h0_7_ = _e136;
        }
        uint place = ((r * 4u) ^ ((_e29 / 2u) % 4u)) ^ (own_run % 8u);
        uint at0_ = (0u + own_run) * 64u;
        uint _e160 = h0_0_.x;
        uint _e162 = h0_2_.x;
        uint _e164 = h0_4_.x;
        uint _e166 = h0_6_.x;
        made.inner[((at0_ + (place ^ 0u)) * 1u) + share] = metal::uint4(_e160, _e162, _e164, _e166);
        uint _e177 = h0_0_.y;
        uint _e179 = h0_2_.y;
        uint _e181 = h0_4_.y;
        uint _e183 = h0_6_.y;
        made.inner[((at0_ + (place ^ 1u)) * 1u) + share] = metal::uint4(_e177, _e179, _e181, _e183);
        uint _e194 = h0_1_.x;
        uint _e196 = h0_3_.x;
        uint _e198 = h0_5_.x;
        uint _e200 = h0_7_.x;
        made.inner[((at0_ + (place ^ 2u)) * 1u) + share] = metal::uint4(_e194, _e196, _e198, _e200);
        uint _e211 = h0_1_.y;
        uint _e213 = h0_3_.y;
        uint _e215 = h0_5_.y;
        uint _e217 = h0_7_.y;
        made.inner[((at0_ + (place ^ 3u)) * 1u) + share] = metal::uint4(_e211, _e213, _e215, _e217);
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e269 = i;
            i = _e269 + 256u;
        }
        loop_init = false;
        uint _e220 = i;
        if (_e220 < 1024u) {
        } else {
            break;
        }
        {
            uint _e223 = i;
            uint own = base + ((_e223 / 4u) % 16u);
            uint _e229 = i;
            uint at_1 = _e229 / 64u;
            uint step = first_run + (at_1 % 16u);
            if (own < 768u) {
                local_2 = step < 16u;
            } else {
                local_2 = false;
            }
            bool _e242 = local_2;
            if (_e242) {
                uint _e243 = i;
                uint first = (_e243 ^ ((at_1 % 16u) % 8u)) * 1u;
                uint _e254 = column_of(own);
                uint _e258 = i;
                metal::uint4 _e267 = made.inner[first + 0u];
                out[(((step * 768u) + _e254) * 4u) + (_e258 % 4u)] = static_cast<metal::uint4>(_e267);
            }
        }
    }
    return;
}
