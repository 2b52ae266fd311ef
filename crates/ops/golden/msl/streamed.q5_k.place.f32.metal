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
            metal::float2 _e285 = scale_and_min(h0_, (((p % 8u) / 2u) * 2u) + 0u);
            float scale0_ = _e285.x;
            float less0_ = _e285.y;
            metal::float2 _e296 = scale_and_min(h0_, (((p % 8u) / 2u) * 2u) + 1u);
            float scale1_ = _e296.x;
            float less1_ = _e296.y;
            metal::uint2 _e302 = narrow((v0_ * scale0_) - metal::float4(less0_));
            h0_0_ = _e302;
            metal::uint2 _e306 = narrow((v1_ * scale0_) - metal::float4(less0_));
            h0_1_ = _e306;
            metal::uint2 _e310 = narrow((v2_ * scale0_) - metal::float4(less0_));
            h0_2_ = _e310;
            metal::uint2 _e314 = narrow((v3_ * scale0_) - metal::float4(less0_));
            h0_3_ = _e314;
            metal::uint2 _e318 = narrow((v4_ * scale1_) - metal::float4(less1_));
            h1_0_ = _e318;
            metal::uint2 _e322 = narrow((v5_ * scale1_) - metal::float4(less1_));
            h1_1_ = _e322;
            metal::uint2 _e326 = narrow((v6_ * scale1_) - metal::float4(less1_));
            h1_2_ = _e326;
            metal::uint2 _e330 = narrow((v7_ * scale1_) - metal::float4(less1_));
            h1_3_ = _e330;
        }
        {
            uint p_1 = (run * 2u) + 1u;
            metal::uint4 h0_1 = w_1[(row_1 * 22u) + ((p_1 / 8u) * 11u)];
            metal::uint4 u0_1 = w_1[(((row_1 * 22u) + ((p_1 / 8u) * 11u)) + (p_1 % 2u)) + 1u];
            metal::uint4 w0_1 = w_1[(((row_1 * 22u) + ((p_1 / 8u) * 11u)) + (p_1 % 8u)) + 3u];
            metal::float4 v0_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1.x & 252645135u) | (((u0_1.x >> ((((p_1 % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v1_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1.y & 252645135u) | (((u0_1.y >> ((((p_1 % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v2_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1.z & 252645135u) | (((u0_1.z >> ((((p_1 % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v3_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1.w & 252645135u) | (((u0_1.w >> ((((p_1 % 8u) / 2u) * 2u) + 0u)) & 16843009u) << 4u))));
            metal::float4 v4_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1.x >> 4u) & 252645135u) | (((u0_1.x >> ((((p_1 % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v5_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1.y >> 4u) & 252645135u) | (((u0_1.y >> ((((p_1 % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v6_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1.z >> 4u) & 252645135u) | (((u0_1.z >> ((((p_1 % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float4 v7_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1.w >> 4u) & 252645135u) | (((u0_1.w >> ((((p_1 % 8u) / 2u) * 2u) + 1u)) & 16843009u) << 4u))));
            metal::float2 _e551 = scale_and_min(h0_1, (((p_1 % 8u) / 2u) * 2u) + 0u);
            float scale0_1 = _e551.x;
            float less0_1 = _e551.y;
            metal::float2 _e562 = scale_and_min(h0_1, (((p_1 % 8u) / 2u) * 2u) + 1u);
            float scale1_1 = _e562.x;
            float less1_1 = _e562.y;
            metal::uint2 _e568 = narrow((v0_1 * scale0_1) - metal::float4(less0_1));
            h0_4_ = _e568;
            metal::uint2 _e572 = narrow((v1_1 * scale0_1) - metal::float4(less0_1));
            h0_5_ = _e572;
            metal::uint2 _e576 = narrow((v2_1 * scale0_1) - metal::float4(less0_1));
            h0_6_ = _e576;
            metal::uint2 _e580 = narrow((v3_1 * scale0_1) - metal::float4(less0_1));
            h0_7_ = _e580;
            metal::uint2 _e584 = narrow((v4_1 * scale1_1) - metal::float4(less1_1));
            h1_4_ = _e584;
            metal::uint2 _e588 = narrow((v5_1 * scale1_1) - metal::float4(less1_1));
            h1_5_ = _e588;
            metal::uint2 _e592 = narrow((v6_1 * scale1_1) - metal::float4(less1_1));
            h1_6_ = _e592;
            metal::uint2 _e596 = narrow((v7_1 * scale1_1) - metal::float4(less1_1));
            h1_7_ = _e596;
        }
        uint turn = (_e25 / 2u) % 4u;
        uint at0_ = ((((run * 2u) - (first_run * 2u)) * 16u) + r) * 4u;
        uint _e617 = h0_0_.x;
        uint _e619 = h0_2_.x;
        uint _e621 = h0_4_.x;
        uint _e623 = h0_6_.x;
        made.inner[at0_ + (0u ^ turn)] = metal::uint4(_e617, _e619, _e621, _e623);
        uint _e631 = h0_0_.y;
        uint _e633 = h0_2_.y;
        uint _e635 = h0_4_.y;
        uint _e637 = h0_6_.y;
        made.inner[at0_ + (1u ^ turn)] = metal::uint4(_e631, _e633, _e635, _e637);
        uint _e645 = h0_1_.x;
        uint _e647 = h0_3_.x;
        uint _e649 = h0_5_.x;
        uint _e651 = h0_7_.x;
        made.inner[at0_ + (2u ^ turn)] = metal::uint4(_e645, _e647, _e649, _e651);
        uint _e659 = h0_1_.y;
        uint _e661 = h0_3_.y;
        uint _e663 = h0_5_.y;
        uint _e665 = h0_7_.y;
        made.inner[at0_ + (3u ^ turn)] = metal::uint4(_e659, _e661, _e663, _e665);
        uint at1_ = (((((run * 2u) + 1u) - (first_run * 2u)) * 16u) + r) * 4u;
        uint _e685 = h1_0_.x;
        uint _e687 = h1_2_.x;
        uint _e689 = h1_4_.x;
        uint _e691 = h1_6_.x;
        made.inner[at1_ + (0u ^ turn)] = metal::uint4(_e685, _e687, _e689, _e691);
        uint _e699 = h1_0_.y;
        uint _e701 = h1_2_.y;
        uint _e703 = h1_4_.y;
        uint _e705 = h1_6_.y;
        made.inner[at1_ + (1u ^ turn)] = metal::uint4(_e699, _e701, _e703, _e705);
        uint _e713 = h1_1_.x;
        uint _e715 = h1_3_.x;
        uint _e717 = h1_5_.x;
        uint _e719 = h1_7_.x;
        made.inner[at1_ + (2u ^ turn)] = metal::uint4(_e713, _e715, _e717, _e719);
        uint _e727 = h1_1_.y;
        uint _e729 = h1_3_.y;
        uint _e731 = h1_5_.y;
        uint _e733 = h1_7_.y;
        made.inner[at1_ + (3u ^ turn)] = metal::uint4(_e727, _e729, _e731, _e733);
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e775 = i;
            i = _e775 + 256u;
        }
        loop_init = false;
        uint _e736 = i;
        if (_e736 < 2048u) {
        } else {
            break;
        }
        {
            uint _e739 = i;
            uint own = base + ((_e739 / 4u) % 16u);
            uint _e747 = i;
            uint step = (first_run * 2u) + (_e747 / 64u);
            if (own < 768u) {
                local_1 = step < 16u;
            } else {
                local_1 = false;
            }
            bool _e758 = local_1;
            if (_e758) {
                uint _e762 = column_of(own);
                uint _e766 = i;
                uint _e772 = i;
                metal::uint4 _e774 = made.inner[_e772];
                out[(((step * 768u) + _e762) * 4u) + (_e766 % 4u)] = _e774;
            }
        }
    }
    return;
}
