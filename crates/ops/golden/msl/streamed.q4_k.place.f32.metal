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
    metal::uint4 inner[2048];
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
    metal::uint2 h0_0_ = metal::uint2 {};
    metal::uint2 h0_1_ = metal::uint2 {};
    metal::uint2 h0_2_ = metal::uint2 {};
    metal::uint2 h0_3_ = metal::uint2 {};
    metal::uint2 h0_4_ = metal::uint2 {};
    metal::uint2 h0_5_ = metal::uint2 {};
    metal::uint2 h0_6_ = metal::uint2 {};
    metal::uint2 h0_7_ = metal::uint2 {};
    metal::uint2 h1_0_ = metal::uint2 {};
    metal::uint2 h1_1_ = metal::uint2 {};
    metal::uint2 h1_2_ = metal::uint2 {};
    metal::uint2 h1_3_ = metal::uint2 {};
    metal::uint2 h1_4_ = metal::uint2 {};
    metal::uint2 h1_5_ = metal::uint2 {};
    metal::uint2 h1_6_ = metal::uint2 {};
    metal::uint2 h1_7_ = metal::uint2 {};
    uint i = {};
    bool local_1 = {};
    uint group = at.x;
    uint base = (group % 48u) * 16u;
    uint first_run = (group / 48u) * 16u;
    uint r = thread_ % 16u;
    uint row_1 = base + r;
    uint run = first_run + (thread_ / 16u);
    if (row_1 < 768u) {
        local = run < 8u;
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
            metal::float2 _e150 = scale_and_min(h0_, (((p % 8u) / 2u) * 2u) + 0u);
            float scale0_ = _e150.x;
            float less0_ = _e150.y;
            metal::float2 _e161 = scale_and_min(h0_, (((p % 8u) / 2u) * 2u) + 1u);
            float scale1_ = _e161.x;
            float less1_ = _e161.y;
            metal::uint2 _e167 = narrow((v0_ * scale0_) - metal::float4(less0_));
            h0_0_ = _e167;
            metal::uint2 _e171 = narrow((v1_ * scale0_) - metal::float4(less0_));
            h0_1_ = _e171;
            metal::uint2 _e175 = narrow((v2_ * scale0_) - metal::float4(less0_));
            h0_2_ = _e175;
            metal::uint2 _e179 = narrow((v3_ * scale0_) - metal::float4(less0_));
            h0_3_ = _e179;
            metal::uint2 _e183 = narrow((v4_ * scale1_) - metal::float4(less1_));
            h1_0_ = _e183;
            metal::uint2 _e187 = narrow((v5_ * scale1_) - metal::float4(less1_));
            h1_1_ = _e187;
            metal::uint2 _e191 = narrow((v6_ * scale1_) - metal::float4(less1_));
            h1_2_ = _e191;
            metal::uint2 _e195 = narrow((v7_ * scale1_) - metal::float4(less1_));
            h1_3_ = _e195;
        }
        {
            uint p_1 = (run * 2u) + 1u;
            metal::uint4 h0_1 = w_1[(row_1 * 18u) + ((p_1 / 8u) * 9u)];
            metal::uint4 w0_1 = w_1[(((row_1 * 18u) + ((p_1 / 8u) * 9u)) + (p_1 % 8u)) + 1u];
            metal::float4 v0_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_1.x & 252645135u)));
            metal::float4 v1_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_1.y & 252645135u)));
            metal::float4 v2_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_1.z & 252645135u)));
            metal::float4 v3_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(w0_1.w & 252645135u)));
            metal::float4 v4_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1.x >> 4u) & 252645135u)));
            metal::float4 v5_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1.y >> 4u) & 252645135u)));
            metal::float4 v6_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1.z >> 4u) & 252645135u)));
            metal::float4 v7_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1.w >> 4u) & 252645135u)));
            metal::float2 _e281 = scale_and_min(h0_1, (((p_1 % 8u) / 2u) * 2u) + 0u);
            float scale0_1 = _e281.x;
            float less0_1 = _e281.y;
            metal::float2 _e292 = scale_and_min(h0_1, (((p_1 % 8u) / 2u) * 2u) + 1u);
            float scale1_1 = _e292.x;
            float less1_1 = _e292.y;
            metal::uint2 _e298 = narrow((v0_1 * scale0_1) - metal::float4(less0_1));
            h0_4_ = _e298;
            metal::uint2 _e302 = narrow((v1_1 * scale0_1) - metal::float4(less0_1));
            h0_5_ = _e302;
            metal::uint2 _e306 = narrow((v2_1 * scale0_1) - metal::float4(less0_1));
            h0_6_ = _e306;
            metal::uint2 _e310 = narrow((v3_1 * scale0_1) - metal::float4(less0_1));
            h0_7_ = _e310;
            metal::uint2 _e314 = narrow((v4_1 * scale1_1) - metal::float4(less1_1));
            h1_4_ = _e314;
            metal::uint2 _e318 = narrow((v5_1 * scale1_1) - metal::float4(less1_1));
            h1_5_ = _e318;
            metal::uint2 _e322 = narrow((v6_1 * scale1_1) - metal::float4(less1_1));
            h1_6_ = _e322;
            metal::uint2 _e326 = narrow((v7_1 * scale1_1) - metal::float4(less1_1));
            h1_7_ = _e326;
        }
        uint turn = (_e25 / 2u) % 4u;
        uint at0_ = ((((run * 2u) - (first_run * 2u)) * 16u) + r) * 4u;
        uint _e347 = h0_0_.x;
        uint _e349 = h0_2_.x;
        uint _e351 = h0_4_.x;
        uint _e353 = h0_6_.x;
        made.inner[at0_ + (0u ^ turn)] = metal::uint4(_e347, _e349, _e351, _e353);
        uint _e361 = h0_0_.y;
        uint _e363 = h0_2_.y;
        uint _e365 = h0_4_.y;
        uint _e367 = h0_6_.y;
        made.inner[at0_ + (1u ^ turn)] = metal::uint4(_e361, _e363, _e365, _e367);
        uint _e375 = h0_1_.x;
        uint _e377 = h0_3_.x;
        uint _e379 = h0_5_.x;
        uint _e381 = h0_7_.x;
        made.inner[at0_ + (2u ^ turn)] = metal::uint4(_e375, _e377, _e379, _e381);
        uint _e389 = h0_1_.y;
        uint _e391 = h0_3_.y;
        uint _e393 = h0_5_.y;
        uint _e395 = h0_7_.y;
        made.inner[at0_ + (3u ^ turn)] = metal::uint4(_e389, _e391, _e393, _e395);
        uint at1_ = (((((run * 2u) + 1u) - (first_run * 2u)) * 16u) + r) * 4u;
        uint _e415 = h1_0_.x;
        uint _e417 = h1_2_.x;
        uint _e419 = h1_4_.x;
        uint _e421 = h1_6_.x;
        made.inner[at1_ + (0u ^ turn)] = metal::uint4(_e415, _e417, _e419, _e421);
        uint _e429 = h1_0_.y;
        uint _e431 = h1_2_.y;
        uint _e433 = h1_4_.y;
        uint _e435 = h1_6_.y;
        made.inner[at1_ + (1u ^ turn)] = metal::uint4(_e429, _e431, _e433, _e435);
        uint _e443 = h1_1_.x;
        uint _e445 = h1_3_.x;
        uint _e447 = h1_5_.x;
        uint _e449 = h1_7_.x;
        made.inner[at1_ + (2u ^ turn)] = metal::uint4(_e443, _e445, _e447, _e449);
        uint _e457 = h1_1_.y;
        uint _e459 = h1_3_.y;
        uint _e461 = h1_5_.y;
        uint _e463 = h1_7_.y;
        made.inner[at1_ + (3u ^ turn)] = metal::uint4(_e457, _e459, _e461, _e463);
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e505 = i;
            i = _e505 + 256u;
        }
        loop_init = false;
        uint _e466 = i;
        if (_e466 < 2048u) {
        } else {
            break;
        }
        {
            uint _e469 = i;
            uint own = base + ((_e469 / 4u) % 16u);
            uint _e477 = i;
            uint step = (first_run * 2u) + (_e477 / 64u);
            if (own < 768u) {
                local_1 = step < 16u;
            } else {
                local_1 = false;
            }
            bool _e488 = local_1;
            if (_e488) {
                uint _e492 = column_of(own);
                uint _e496 = i;
                uint _e502 = i;
                metal::uint4 _e504 = made.inner[_e502];
                out[(((step * 768u) + _e492) * 4u) + (_e496 % 4u)] = _e504;
            }
        }
    }
    return;
}
