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
            metal::uint4 h0_ = w_1[(row_1 * 18u) + ((p / 8u) * 9u)];
            metal::uint4 w0_ = w_1[(((row_1 * 18u) + ((p / 8u) * 9u)) + (p % 8u)) + 1u];
            metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_.x & 252645135u)));
            metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_.y & 252645135u)));
            metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_.z & 252645135u)));
            metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_.w & 252645135u)));
            metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.x >> 4u) & 252645135u)));
            metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.y >> 4u) & 252645135u)));
            metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.z >> 4u) & 252645135u)));
            metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.w >> 4u) & 252645135u)));
            metal::float2 _e147 = scale_and_min(h0_, (((p % 8u) / 2u) * 2u) + 0u);
            float scale0_ = _e147.x;
            float less0_ = _e147.y;
            metal::float2 _e158 = scale_and_min(h0_, (((p % 8u) / 2u) * 2u) + 1u);
            float scale1_ = _e158.x;
            float less1_ = _e158.y;
            metal::uint2 _e164 = narrow((v0_ * scale0_) - metal::float4(less0_));
            h0_0_ = _e164;
            metal::uint2 _e168 = narrow((v1_ * scale0_) - metal::float4(less0_));
            h0_1_ = _e168;
            metal::uint2 _e172 = narrow((v2_ * scale0_) - metal::float4(less0_));
            h0_2_ = _e172;
            metal::uint2 _e176 = narrow((v3_ * scale0_) - metal::float4(less0_));
            h0_3_ = _e176;
            metal::uint2 _e180 = narrow((v4_ * scale1_) - metal::float4(less1_));
            h1_0_ = _e180;
            metal::uint2 _e184 = narrow((v5_ * scale1_) - metal::float4(less1_));
            h1_1_ = _e184;
            metal::uint2 _e188 = narrow((v6_ * scale1_) - metal::float4(less1_));
            h1_2_ = _e188;
            metal::uint2 _e192 = narrow((v7_ * scale1_) - metal::float4(less1_));
            h1_3_ = _e192;
        }
        uint place = ((r * 4u) ^ ((_e29 / 2u) % 4u)) ^ (own_run % 8u);
        uint at0_ = (0u + own_run) * 64u;
        uint _e216 = h0_0_.x;
        uint _e218 = h0_2_.x;
        made.inner[((at0_ + (place ^ 0u)) * 2u) + share] = metal::uint2(_e216, _e218);
        uint _e229 = h0_0_.y;
        uint _e231 = h0_2_.y;
        made.inner[((at0_ + (place ^ 1u)) * 2u) + share] = metal::uint2(_e229, _e231);
        uint _e242 = h0_1_.x;
        uint _e244 = h0_3_.x;
        made.inner[((at0_ + (place ^ 2u)) * 2u) + share] = metal::uint2(_e242, _e244);
        uint _e255 = h0_1_.y;
        uint _e257 = h0_3_.y;
        made.inner[((at0_ + (place ^ 3u)) * 2u) + share] = metal::uint2(_e255, _e257);
        uint at1_ = (8u + own_run) * 64u;
        uint _e272 = h1_0_.x;
        uint _e274 = h1_2_.x;
        made.inner[((at1_ + (place ^ 0u)) * 2u) + share] = metal::uint2(_e272, _e274);
        uint _e285 = h1_0_.y;
        uint _e287 = h1_2_.y;
        made.inner[((at1_ + (place ^ 1u)) * 2u) + share] = metal::uint2(_e285, _e287);
        uint _e298 = h1_1_.x;
        uint _e300 = h1_3_.x;
        made.inner[((at1_ + (place ^ 2u)) * 2u) + share] = metal::uint2(_e298, _e300);
        uint _e311 = h1_1_.y;
        uint _e313 = h1_3_.y;
        made.inner[((at1_ + (place ^ 3u)) * 2u) + share] = metal::uint2(_e311, _e313);
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e379 = i;
            i = _e379 + 256u;
        }
        loop_init = false;
        uint _e316 = i;
        if (_e316 < 1024u) {
        } else {
            break;
        }
        {
            uint _e319 = i;
            uint own = base + ((_e319 / 4u) % 16u);
            uint _e325 = i;
            uint at_1 = _e325 / 64u;
            uint run_1 = first_run + (at_1 % 8u);
            if (own < 768u) {
                local_2 = run_1 < 8u;
            } else {
                local_2 = false;
            }
            bool _e338 = local_2;
            if (_e338) {
                uint step = (at_1 < 8u) ? (run_1 * 2u) : ((run_1 * 2u) + 1u);
                uint _e348 = i;
                uint first = (_e348 ^ ((at_1 % 8u) % 8u)) * 2u;
                uint _e359 = column_of(own);
                uint _e363 = i;
                metal::uint2 _e372 = made.inner[first + 0u];
                metal::uint2 _e377 = made.inner[first + 1u];
                out[(((step * 768u) + _e359) * 4u) + (_e363 % 4u)] = metal::uint4(_e372, _e377);
            }
        }
    }
    return;
}
