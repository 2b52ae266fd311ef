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
            uint p = (run * 1u) + 0u;
            metal::uint4 w0_ = w_1[(row_1 * 16u) + p];
            float _e62 = scale_of((row_1 * 16u) + p, scales, _buffer_sizes);
            metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_.x & 252645135u)));
            metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_.y & 252645135u)));
            metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_.z & 252645135u)));
            metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_.w & 252645135u)));
            metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.x >> 4u) & 252645135u)));
            metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.y >> 4u) & 252645135u)));
            metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.z >> 4u) & 252645135u)));
            metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.w >> 4u) & 252645135u)));
            float less0_ = _e62 * 8.0;
            metal::uint2 _e116 = narrow((v0_ * _e62) - metal::float4(less0_));
            h0_0_ = _e116;
            metal::uint2 _e120 = narrow((v1_ * _e62) - metal::float4(less0_));
            h0_1_ = _e120;
            metal::uint2 _e124 = narrow((v2_ * _e62) - metal::float4(less0_));
            h0_2_ = _e124;
            metal::uint2 _e128 = narrow((v3_ * _e62) - metal::float4(less0_));
            h0_3_ = _e128;
            metal::uint2 _e132 = narrow((v4_ * _e62) - metal::float4(less0_));
            h0_4_ = _e132;
            metal::uint2 _e136 = narrow((v5_ * _e62) - metal::float4(less0_));
            h0_5_ = _e136;
            metal::uint2 _e140 = narrow((v6_ * _e62) - metal::float4(less0_));
            h0_6_ = _e140;
            metal::uint2 _e144 = narrow((v7_ * _e62) - metal::float4(less0_));
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
