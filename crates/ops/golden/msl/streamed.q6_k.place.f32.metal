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
    metal::uint2 inner[2048];
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
            metal::uint4 h0_ = w_1[(row_1 * 26u) + ((p / 8u) * 13u)];
            metal::uint4 u0_ = w_1[((((row_1 * 26u) + ((p / 8u) * 13u)) + (((p % 8u) / 4u) * 2u)) + (p % 2u)) + 1u];
            metal::uint4 w0_ = w_1[(((row_1 * 26u) + ((p / 8u) * 13u)) + (p % 8u)) + 5u];
            float _e118 = scale_of((row_1 * 2u) + (p / 8u), scales, _buffer_sizes);
            metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.x & 252645135u) | (((u0_.x >> ((((p % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.y & 252645135u) | (((u0_.y >> ((((p % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.z & 252645135u) | (((u0_.z >> ((((p % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.w & 252645135u) | (((u0_.w >> ((((p % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.x >> 4u) & 252645135u) | (((u0_.x >> ((((p % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.y >> 4u) & 252645135u) | (((u0_.y >> ((((p % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.z >> 4u) & 252645135u) | (((u0_.z >> ((((p % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.w >> 4u) & 252645135u) | (((u0_.w >> ((((p % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            uint at0_ = ((((p % 8u) / 4u) * 8u) + (p % 4u)) + 0u;
            uint _e305 = (at0_ % 4u) * 8u;
            float scale0_ = _e118 * static_cast<float>(metal::extract_bits(as_type<int>(h0_[at0_ / 4u]), metal::min(_e305, 32u), metal::min(8u, 32u - metal::min(_e305, 32u))));
            float less0_ = scale0_ * 32.0;
            uint at1_ = ((((p % 8u) / 4u) * 8u) + (p % 4u)) + 4u;
            uint _e330 = (at1_ % 4u) * 8u;
            float scale1_ = _e118 * static_cast<float>(metal::extract_bits(as_type<int>(h0_[at1_ / 4u]), metal::min(_e330, 32u), metal::min(8u, 32u - metal::min(_e330, 32u))));
            float less1_ = scale1_ * 32.0;
            metal::uint2 _e340 = narrow((v0_ * scale0_) - metal::float4(less0_));
            h0_0_ = _e340;
            metal::uint2 _e344 = narrow((v1_ * scale0_) - metal::float4(less0_));
            h0_1_ = _e344;
            metal::uint2 _e348 = narrow((v2_ * scale0_) - metal::float4(less0_));
            h0_2_ = _e348;
            metal::uint2 _e352 = narrow((v3_ * scale0_) - metal::float4(less0_));
            h0_3_ = _e352;
            metal::uint2 _e356 = narrow((v4_ * scale1_) - metal::float4(less1_));
            h1_0_ = _e356;
            metal::uint2 _e360 = narrow((v5_ * scale1_) - metal::float4(less1_));
            h1_1_ = _e360;
            metal::uint2 _e364 = narrow((v6_ * scale1_) - metal::float4(less1_));
            h1_2_ = _e364;
            metal::uint2 _e368 = narrow((v7_ * scale1_) - metal::float4(less1_));
            h1_3_ = _e368;
        }
        uint place = ((r * 4u) ^ ((_e29 / 2u) % 4u)) ^ (own_run % 8u);
        uint at0_1 = (0u + own_run) * 64u;
        uint _e392 = h0_0_.x;
        uint _e394 = h0_2_.x;
        made.inner[((at0_1 + (place ^ 0u)) * 2u) + share] = metal::uint2(_e392, _e394);
        uint _e405 = h0_0_.y;
        uint _e407 = h0_2_.y;
        made.inner[((at0_1 + (place ^ 1u)) * 2u) + share] = metal::uint2(_e405, _e407);
        uint _e418 = h0_1_.x;
        uint _e420 = h0_3_.x;
        made.inner[((at0_1 + (place ^ 2u)) * 2u) + share] = metal::uint2(_e418, _e420);
        uint _e431 = h0_1_.y;
        uint _e433 = h0_3_.y;
        made.inner[((at0_1 + (place ^ 3u)) * 2u) + share] = metal::uint2(_e431, _e433);
        uint at1_1 = (8u + own_run) * 64u;
        uint _e448 = h1_0_.x;
        uint _e450 = h1_2_.x;
        made.inner[((at1_1 + (place ^ 0u)) * 2u) + share] = metal::uint2(_e448, _e450);
        uint _e461 = h1_0_.y;
        uint _e463 = h1_2_.y;
        made.inner[((at1_1 + (place ^ 1u)) * 2u) + share] = metal::uint2(_e461, _e463);
        uint _e474 = h1_1_.x;
        uint _e476 = h1_3_.x;
        made.inner[((at1_1 + (place ^ 2u)) * 2u) + share] = metal::uint2(_e474, _e476);
        uint _e487 = h1_1_.y;
        uint _e489 = h1_3_.y;
        made.inner[((at1_1 + (place ^ 3u)) * 2u) + share] = metal::uint2(_e487, _e489);
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e565 = i;
            i = _e565 + 256u;
        }
        loop_init = false;
        uint _e492 = i;
        if (_e492 < 1024u) {
        } else {
            break;
        }
        {
            uint _e495 = i;
            uint own = base + ((_e495 / 4u) % 16u);
            uint _e501 = i;
            uint at_1 = _e501 / 64u;
            uint run_1 = first_run + (at_1 % 8u);
            if (own < 768u) {
                local_2 = run_1 < 8u;
            } else {
                local_2 = false;
            }
            bool _e514 = local_2;
            if (_e514) {
                uint step = (at_1 < 8u) ? (((run_1 / 2u) * 4u) + (run_1 % 2u)) : ((((run_1 / 2u) * 4u) + (run_1 % 2u)) + 2u);
                uint _e534 = i;
                uint first = (_e534 ^ ((at_1 % 8u) % 8u)) * 2u;
                uint _e545 = column_of(own);
                uint _e549 = i;
                metal::uint2 _e558 = made.inner[first + 0u];
                metal::uint2 _e563 = made.inner[first + 1u];
                out[(((step * 768u) + _e545) * 4u) + (_e549 % 4u)] = metal::uint4(_e558, _e563);
            }
        }
    }
    return;
}
