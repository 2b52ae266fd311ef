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
    metal::uint4 inner[2048];
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
            metal::uint4 h0_ = w_1[(row_1 * 26u) + ((p / 8u) * 13u)];
            metal::uint4 u0_ = w_1[((((row_1 * 26u) + ((p / 8u) * 13u)) + (((p % 8u) / 4u) * 2u)) + (p % 2u)) + 1u];
            metal::uint4 w0_ = w_1[(((row_1 * 26u) + ((p / 8u) * 13u)) + (p % 8u)) + 5u];
            float _e121 = scale_of((row_1 * 2u) + (p / 8u), scales, _buffer_sizes);
            metal::float4 v0_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.x & 252645135u) | (((u0_.x >> ((((p % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v1_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.y & 252645135u) | (((u0_.y >> ((((p % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v2_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.z & 252645135u) | (((u0_.z >> ((((p % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v3_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_.w & 252645135u) | (((u0_.w >> ((((p % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v4_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.x >> 4u) & 252645135u) | (((u0_.x >> ((((p % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v5_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.y >> 4u) & 252645135u) | (((u0_.y >> ((((p % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v6_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.z >> 4u) & 252645135u) | (((u0_.z >> ((((p % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v7_ = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_.w >> 4u) & 252645135u) | (((u0_.w >> ((((p % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            uint at0_ = ((((p % 8u) / 4u) * 8u) + (p % 4u)) + 0u;
            uint _e308 = (at0_ % 4u) * 8u;
            float scale0_ = _e121 * static_cast<float>(metal::extract_bits(as_type<int>(h0_[at0_ / 4u]), metal::min(_e308, 32u), metal::min(8u, 32u - metal::min(_e308, 32u))));
            float less0_ = scale0_ * 32.0;
            uint at1_ = ((((p % 8u) / 4u) * 8u) + (p % 4u)) + 4u;
            uint _e333 = (at1_ % 4u) * 8u;
            float scale1_ = _e121 * static_cast<float>(metal::extract_bits(as_type<int>(h0_[at1_ / 4u]), metal::min(_e333, 32u), metal::min(8u, 32u - metal::min(_e333, 32u))));
            float less1_ = scale1_ * 32.0;
            metal::uint2 _e343 = narrow((v0_ * scale0_) - metal::float4(less0_));
            h0_0_ = _e343;
            metal::uint2 _e347 = narrow((v1_ * scale0_) - metal::float4(less0_));
            h0_1_ = _e347;
            metal::uint2 _e351 = narrow((v2_ * scale0_) - metal::float4(less0_));
            h0_2_ = _e351;
            metal::uint2 _e355 = narrow((v3_ * scale0_) - metal::float4(less0_));
            h0_3_ = _e355;
            metal::uint2 _e359 = narrow((v4_ * scale1_) - metal::float4(less1_));
            h1_0_ = _e359;
            metal::uint2 _e363 = narrow((v5_ * scale1_) - metal::float4(less1_));
            h1_1_ = _e363;
            metal::uint2 _e367 = narrow((v6_ * scale1_) - metal::float4(less1_));
            h1_2_ = _e367;
            metal::uint2 _e371 = narrow((v7_ * scale1_) - metal::float4(less1_));
            h1_3_ = _e371;
        }
        {
            uint p_1 = (run * 2u) + 1u;
            metal::uint4 h0_1 = w_1[(row_1 * 26u) + ((p_1 / 8u) * 13u)];
            metal::uint4 u0_1 = w_1[((((row_1 * 26u) + ((p_1 / 8u) * 13u)) + (((p_1 % 8u) / 4u) * 2u)) + (p_1 % 2u)) + 1u];
            metal::uint4 w0_1 = w_1[(((row_1 * 26u) + ((p_1 / 8u) * 13u)) + (p_1 % 8u)) + 5u];
            float _e428 = scale_of((row_1 * 2u) + (p_1 / 8u), scales, _buffer_sizes);
            metal::float4 v0_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1.x & 252645135u) | (((u0_1.x >> ((((p_1 % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v1_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1.y & 252645135u) | (((u0_1.y >> ((((p_1 % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v2_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1.z & 252645135u) | (((u0_1.z >> ((((p_1 % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v3_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>((w0_1.w & 252645135u) | (((u0_1.w >> ((((p_1 % 4u) / 2u) * 2u) + 0u)) & 50529027u) << 4u))));
            metal::float4 v4_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1.x >> 4u) & 252645135u) | (((u0_1.x >> ((((p_1 % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v5_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1.y >> 4u) & 252645135u) | (((u0_1.y >> ((((p_1 % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v6_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1.z >> 4u) & 252645135u) | (((u0_1.z >> ((((p_1 % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            metal::float4 v7_1 = static_cast<metal::float4>(uint4(as_type<packed_uchar4>(((w0_1.w >> 4u) & 252645135u) | (((u0_1.w >> ((((p_1 % 4u) / 2u) * 2u) + 4u)) & 50529027u) << 4u))));
            uint at0_1 = ((((p_1 % 8u) / 4u) * 8u) + (p_1 % 4u)) + 0u;
            uint _e615 = (at0_1 % 4u) * 8u;
            float scale0_1 = _e428 * static_cast<float>(metal::extract_bits(as_type<int>(h0_1[at0_1 / 4u]), metal::min(_e615, 32u), metal::min(8u, 32u - metal::min(_e615, 32u))));
            float less0_1 = scale0_1 * 32.0;
            uint at1_1 = ((((p_1 % 8u) / 4u) * 8u) + (p_1 % 4u)) + 4u;
            uint _e640 = (at1_1 % 4u) * 8u;
            float scale1_1 = _e428 * static_cast<float>(metal::extract_bits(as_type<int>(h0_1[at1_1 / 4u]), metal::min(_e640, 32u), metal::min(8u, 32u - metal::min(_e640, 32u))));
            float less1_1 = scale1_1 * 32.0;
            metal::uint2 _e650 = narrow((v0_1 * scale0_1) - metal::float4(less0_1));
            h0_4_ = _e650;
            metal::uint2 _e654 = narrow((v1_1 * scale0_1) - metal::float4(less0_1));
            h0_5_ = _e654;
            metal::uint2 _e658 = narrow((v2_1 * scale0_1) - metal::float4(less0_1));
            h0_6_ = _e658;
            metal::uint2 _e662 = narrow((v3_1 * scale0_1) - metal::float4(less0_1));
            h0_7_ = _e662;
            metal::uint2 _e666 = narrow((v4_1 * scale1_1) - metal::float4(less1_1));
            h1_4_ = _e666;
            metal::uint2 _e670 = narrow((v5_1 * scale1_1) - metal::float4(less1_1));
            h1_5_ = _e670;
            metal::uint2 _e674 = narrow((v6_1 * scale1_1) - metal::float4(less1_1));
            h1_6_ = _e674;
            metal::uint2 _e678 = narrow((v7_1 * scale1_1) - metal::float4(less1_1));
            h1_7_ = _e678;
        }
        uint turn = (_e25 / 2u) % 4u;
        uint at0_2 = ((((((run / 2u) * 4u) + (run % 2u)) - (first_run * 2u)) * 16u) + r) * 4u;
        uint _e704 = h0_0_.x;
        uint _e706 = h0_2_.x;
        uint _e708 = h0_4_.x;
        uint _e710 = h0_6_.x;
        made.inner[at0_2 + (0u ^ turn)] = metal::uint4(_e704, _e706, _e708, _e710);
        uint _e718 = h0_0_.y;
        uint _e720 = h0_2_.y;
        uint _e722 = h0_4_.y;
        uint _e724 = h0_6_.y;
        made.inner[at0_2 + (1u ^ turn)] = metal::uint4(_e718, _e720, _e722, _e724);
        uint _e732 = h0_1_.x;
        uint _e734 = h0_3_.x;
        uint _e736 = h0_5_.x;
        uint _e738 = h0_7_.x;
        made.inner[at0_2 + (2u ^ turn)] = metal::uint4(_e732, _e734, _e736, _e738);
        uint _e746 = h0_1_.y;
        uint _e748 = h0_3_.y;
        uint _e750 = h0_5_.y;
        uint _e752 = h0_7_.y;
        made.inner[at0_2 + (3u ^ turn)] = metal::uint4(_e746, _e748, _e750, _e752);
        uint at1_2 = (((((((run / 2u) * 4u) + (run % 2u)) + 2u) - (first_run * 2u)) * 16u) + r) * 4u;
        uint _e777 = h1_0_.x;
        uint _e779 = h1_2_.x;
        uint _e781 = h1_4_.x;
        uint _e783 = h1_6_.x;
        made.inner[at1_2 + (0u ^ turn)] = metal::uint4(_e777, _e779, _e781, _e783);
        uint _e791 = h1_0_.y;
        uint _e793 = h1_2_.y;
        uint _e795 = h1_4_.y;
        uint _e797 = h1_6_.y;
        made.inner[at1_2 + (1u ^ turn)] = metal::uint4(_e791, _e793, _e795, _e797);
        uint _e805 = h1_1_.x;
        uint _e807 = h1_3_.x;
        uint _e809 = h1_5_.x;
        uint _e811 = h1_7_.x;
        made.inner[at1_2 + (2u ^ turn)] = metal::uint4(_e805, _e807, _e809, _e811);
        uint _e819 = h1_1_.y;
        uint _e821 = h1_3_.y;
        uint _e823 = h1_5_.y;
        uint _e825 = h1_7_.y;
        made.inner[at1_2 + (3u ^ turn)] = metal::uint4(_e819, _e821, _e823, _e825);
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e867 = i;
            i = _e867 + 256u;
        }
        loop_init = false;
        uint _e828 = i;
        if (_e828 < 2048u) {
        } else {
            break;
        }
        {
            uint _e831 = i;
            uint own = base + ((_e831 / 4u) % 16u);
            uint _e839 = i;
            uint step = (first_run * 2u) + (_e839 / 64u);
            if (own < 768u) {
                local_1 = step < 16u;
            } else {
                local_1 = false;
            }
            bool _e850 = local_1;
            if (_e850) {
                uint _e854 = column_of(own);
                uint _e858 = i;
                uint _e864 = i;
                metal::uint4 _e866 = made.inner[_e864];
                out[(((step * 768u) + _e854) * 4u) + (_e858 % 4u)] = _e866;
            }
        }
    }
    return;
}
