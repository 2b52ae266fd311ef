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
struct type_8 {
    metal::uint2 inner[2048];
};

metal::float2 scale_and_min(
    metal::uint4 head,
    uint sub
) {
    uint shift = (sub & 3u) * 8u;
    uint a = head.y >> shift;
    uint b = head.z >> shift;
    uint c = head.w >> shift;
    metal::uint2 low = metal::uint2(a & 63u, b & 63u);
    metal::uint2 high = metal::uint2((c & 15u) | ((a >> 2u) & 48u), ((c >> 4u) & 15u) | ((b >> 2u) & 48u));
    return static_cast<metal::float2>((sub < 4u) ? low : high) * float2(as_type<half2>(head.x));
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
, device type_4 const& w_1 [[buffer(1)]]
, device type_1& to_bias [[buffer(2)]]
, device type_4& out [[buffer(3)]]
, threadgroup type_8& made
, constant _mslBufferSizes& _buffer_sizes [[buffer(5)]]
) {
    bool local = {};
    bool local_1 = {};
    metal::uint2 h0_0_ = metal::uint2 {};
    metal::uint2 h0_1_ = metal::uint2 {};
    metal::uint2 h0_2_ = metal::uint2 {};
    metal::uint2 h0_3_ = metal::uint2 {};
    metal::uint2 h1_0_ = metal::uint2 {};
    metal::uint2 h1_1_ = metal::uint2 {};
    metal::uint2 h1_2_ = metal::uint2 {};
    metal::uint2 h1_3_ = metal::uint2 {};
    uint i = {};
    bool local_2 = {};
    uint group = at.x;
    uint base = (group % 48u) * 16u;
    uint first_run = (group / 48u) * 8u;
    uint r = thread_ / 16u;
    uint row_1 = base + r;
    uint own_run = (thread_ % 16u) / 2u;
    uint share = thread_ % 2u;
    uint run = first_run + own_run;
    if (row_1 < 768u) {
        local = run < 8u;
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
            uint p = ((run * 2u) + (share * 1u)) + 0u;
            metal::uint4 h0_ = w_1[(row_1 * 22u) + ((p / 8u) * 11u)];
            metal::uint4 u0_ = w_1[(((row_1 * 22u) + ((p / 8u) * 11u)) + (p % 2u)) + 1u];
            metal::uint4 w0_ = w_1[(((row_1 * 22u) + ((p / 8u) * 11u)) + (p % 8u)) + 3u];
            metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.x & 252645135u) | (((u0_.x >> ((((p % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.y & 252645135u) | (((u0_.y >> ((((p % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.z & 252645135u) | (((u0_.z >> ((((p % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.w & 252645135u) | (((u0_.w >> ((((p % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.x >> 4u) & 252645135u) | (((u0_.x >> ((((p % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.y >> 4u) & 252645135u) | (((u0_.y >> ((((p % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.z >> 4u) & 252645135u) | (((u0_.z >> ((((p % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.w >> 4u) & 252645135u) | (((u0_.w >> ((((p % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float2 _e282 = scale_and_min(h0_, (((p % 8u) / 2u) * 2u) + 0u);
            float scale0_ = _e282.x;
            float less0_ = _e282.y;
            metal::float2 _e293 = scale_and_min(h0_, (((p % 8u) / 2u) * 2u) + 1u);
            float scale1_ = _e293.x;
            float less1_ = _e293.y;
            metal::uint2 _e299 = narrow((v0_ * scale0_) - metal::float4(less0_));
            h0_0_ = _e299;
            metal::uint2 _e303 = narrow((v1_ * scale0_) - metal::float4(less0_));
            h0_1_ = _e303;
            metal::uint2 _e307 = narrow((v2_ * scale0_) - metal::float4(less0_));
            h0_2_ = _e307;
            metal::uint2 _e311 = narrow((v3_ * scale0_) - metal::float4(less0_));
            h0_3_ = _e311;
            metal::uint2 _e315 = narrow((v4_ * scale1_) - metal::float4(less1_));
            h1_0_ = _e315;
            metal::uint2 _e319 = narrow((v5_ * scale1_) - metal::float4(less1_));
            h1_1_ = _e319;
            metal::uint2 _e323 = narrow((v6_ * scale1_) - metal::float4(less1_));
            h1_2_ = _e323;
            metal::uint2 _e327 = narrow((v7_ * scale1_) - metal::float4(less1_));
            h1_3_ = _e327;
        }
        uint place = ((r * 4u) ^ ((_e29 / 2u) % 4u)) ^ (own_run % 8u);
        uint at0_ = (0u + own_run) * 64u;
        uint _e351 = h0_0_.x;
        uint _e353 = h0_2_.x;
        made.inner[((at0_ + (place ^ 0u)) * 2u) + share] = metal::uint2(_e351, _e353);
        uint _e364 = h0_0_.y;
        uint _e366 = h0_2_.y;
        made.inner[((at0_ + (place ^ 1u)) * 2u) + share] = metal::uint2(_e364, _e366);
        uint _e377 = h0_1_.x;
        uint _e379 = h0_3_.x;
        made.inner[((at0_ + (place ^ 2u)) * 2u) + share] = metal::uint2(_e377, _e379);
        uint _e390 = h0_1_.y;
        uint _e392 = h0_3_.y;
        made.inner[((at0_ + (place ^ 3u)) * 2u) + share] = metal::uint2(_e390, _e392);
        uint at1_ = (8u + own_run) * 64u;
        uint _e407 = h1_0_.x;
        uint _e409 = h1_2_.x;
        made.inner[((at1_ + (place ^ 0u)) * 2u) + share] = metal::uint2(_e407, _e409);
        uint _e420 = h1_0_.y;
        uint _e422 = h1_2_.y;
        made.inner[((at1_ + (place ^ 1u)) * 2u) + share] = metal::uint2(_e420, _e422);
        uint _e433 = h1_1_.x;
        uint _e435 = h1_3_.x;
        made.inner[((at1_ + (place ^ 2u)) * 2u) + share] = metal::uint2(_e433, _e435);
        uint _e446 = h1_1_.y;
        uint _e448 = h1_3_.y;
        made.inner[((at1_ + (place ^ 3u)) * 2u) + share] = metal::uint2(_e446, _e448);
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e514 = i;
            i = _e514 + 256u;
        }
        loop_init = false;
        uint _e451 = i;
        if (_e451 < 1024u) {
        } else {
            break;
        }
        {
            uint _e454 = i;
            uint own = base + ((_e454 / 4u) % 16u);
            uint _e460 = i;
            uint at_1 = _e460 / 64u;
            uint run_1 = first_run + (at_1 % 8u);
            if (own < 768u) {
                local_2 = run_1 < 8u;
            } else {
                local_2 = false;
            }
            bool _e473 = local_2;
            if (_e473) {
                uint step = (at_1 < 8u) ? (run_1 * 2u) : ((run_1 * 2u) + 1u);
                uint _e483 = i;
                uint first = (_e483 ^ ((at_1 % 8u) % 8u)) * 2u;
                uint _e494 = column_of(own);
                uint _e498 = i;
                metal::uint2 _e507 = made.inner[first + 0u];
                metal::uint2 _e512 = made.inner[first + 1u];
                out[(((step * 768u) + _e494) * 4u) + (_e498 % 4u)] = metal::uint4(_e507, _e512);
            }
        }
    }
    return;
}
