// language: metal3.1
#include <metal_stdlib>
#include <simd/simd.h>

using metal::uint;

struct _mslBufferSizes {
    uint size0;
    uint size1;
    uint size2;
};

typedef metal::float4 type_2[1];
typedef uint type_4[1];
struct type_5 {
    uint inner[64];
};
struct type_6 {
    metal::float4 inner[256];
};
struct type_7 {
    uint inner[2];
};
struct type_10 {
    metal::float4 inner[8];
};

metal::uint2 bounds_of(
    uint row,
    uint sequences,
    uint rows,
    device type_4 const& offsets,
    constant _mslBufferSizes& _buffer_sizes
) {
    uint low = 0u;
    uint high = {};
    high = sequences;
    while(true) {
        uint _e6 = high;
        uint _e7 = low;
        if ((_e6 - _e7) > 1u) {
        } else {
            break;
        }
        {
            uint _e11 = low;
            uint _e12 = high;
            uint middle = (_e11 + _e12) / 2u;
            uint _e18 = offsets[middle];
            if (_e18 <= row) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }
    uint _e21 = low;
    uint _e23 = offsets[_e21];
    uint _e26 = low;
    uint _e30 = offsets[_e26 + 1u];
    return metal::uint2(metal::min(_e23, rows), metal::min(_e30, rows));
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(64)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, device type_2 const& qkv [[buffer(0)]]
, device type_4 const& offsets [[buffer(1)]]
, device type_2& out [[buffer(2)]]
, device type_5 const& params [[buffer(3)]]
, threadgroup type_6& keys
, threadgroup type_6& values
, threadgroup type_7& bounds
, constant _mslBufferSizes& _buffer_sizes [[buffer(4)]]
) {
    type_10 q = {};
    type_10 sum = {};
    float largest = -300000000000000000000000000000000000000.0;
    float total = 0.0;
    uint base = {};
    uint i = {};
    uint at_1 = {};
    float s0_ = {};
    bool local = {};
    float s1_ = {};
    bool local_1 = {};
    float s2_ = {};
    bool local_2 = {};
    float s3_ = {};
    bool local_3 = {};
    float s4_ = {};
    bool local_4 = {};
    float s5_ = {};
    bool local_5 = {};
    float s6_ = {};
    bool local_6 = {};
    float s7_ = {};
    bool local_7 = {};
    uint group = at.x;
    uint _e5 = params.inner[1];
    uint live = metal::min(_e5, 16u);
    uint block = group / 12u;
    uint head = group % 12u;
    uint row_1 = (block * 64u) + thread_;
    uint _e18 = offsets[live];
    uint end_of_all = (live > 0u) ? metal::min(_e18, 512u) : 0u;
    if ((block * 64u) >= end_of_all) {
        return;
    }
    uint query = metal::min(row_1, end_of_all - 1u);
    metal::uint2 _e31 = bounds_of(query, live, 512u, offsets, _buffer_sizes);
    if (thread_ == 0u) {
        bounds.inner[0] = _e31.x;
    }
    if (thread_ == 63u) {
        bounds.inner[1] = _e31.y;
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    uint first = bounds.inner[0];
    uint end = bounds.inner[1];
    metal::float4 _e66 = qkv[(((query * 288u) + 0u) + (head * 8u)) + 0u];
    q.inner[0] = _e66 * 0.25503486;
    metal::float4 _e81 = qkv[(((query * 288u) + 0u) + (head * 8u)) + 1u];
    q.inner[1] = _e81 * 0.25503486;
    metal::float4 _e96 = qkv[(((query * 288u) + 0u) + (head * 8u)) + 2u];
    q.inner[2] = _e96 * 0.25503486;
    metal::float4 _e111 = qkv[(((query * 288u) + 0u) + (head * 8u)) + 3u];
    q.inner[3] = _e111 * 0.25503486;
    metal::float4 _e126 = qkv[(((query * 288u) + 0u) + (head * 8u)) + 4u];
    q.inner[4] = _e126 * 0.25503486;
    metal::float4 _e141 = qkv[(((query * 288u) + 0u) + (head * 8u)) + 5u];
    q.inner[5] = _e141 * 0.25503486;
    metal::float4 _e156 = qkv[(((query * 288u) + 0u) + (head * 8u)) + 6u];
    q.inner[6] = _e156 * 0.25503486;
    metal::float4 _e171 = qkv[(((query * 288u) + 0u) + (head * 8u)) + 7u];
    q.inner[7] = _e171 * 0.25503486;
    base = first;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e2360 = base;
            base = _e2360 + 32u;
        }
        loop_init = false;
        uint _e175 = base;
        if (_e175 < end) {
        } else {
            break;
        }
        {
            i = thread_;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e223 = i;
                    i = _e223 + 64u;
                }
                loop_init_1 = false;
                uint _e178 = i;
                if (_e178 < 256u) {
                } else {
                    break;
                }
                {
                    uint _e181 = base;
                    uint _e182 = i;
                    uint key = metal::min(_e181 + (_e182 / 8u), end - 1u);
                    uint _e190 = i;
                    uint _e200 = i;
                    metal::float4 _e205 = qkv[(((key * 288u) + 96u) + (head * 8u)) + (_e200 % 8u)];
                    keys.inner[_e190] = _e205;
                    uint _e207 = i;
                    uint _e217 = i;
                    metal::float4 _e222 = qkv[(((key * 288u) + 192u) + (head * 8u)) + (_e217 % 8u)];
                    values.inner[_e207] = _e222;
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            at_1 = 0u;
            bool loop_init_2 = true;
            while(true) {
                if (!loop_init_2) {
                    uint _e2357 = at_1;
                    at_1 = _e2357 + 8u;
                }
                loop_init_2 = false;
                uint _e228 = at_1;
                if (_e228 < 32u) {
                } else {
                    break;
                }
                {
                    s0_ = 0.0;
                    float _e233 = s0_;
                    metal::float4 _e235 = q.inner[0];
                    uint _e237 = at_1;
                    metal::float4 _e245 = keys.inner[((_e237 + 0u) * 8u) + 0u];
                    s0_ = _e233 + metal::dot(_e235, _e245);
                    float _e248 = s0_;
                    metal::float4 _e250 = q.inner[1];
                    uint _e252 = at_1;
                    metal::float4 _e260 = keys.inner[((_e252 + 0u) * 8u) + 1u];
                    s0_ = _e248 + metal::dot(_e250, _e260);
                    float _e263 = s0_;
                    metal::float4 _e265 = q.inner[2];
                    uint _e267 = at_1;
                    metal::float4 _e275 = keys.inner[((_e267 + 0u) * 8u) + 2u];
                    s0_ = _e263 + metal::dot(_e265, _e275);
                    float _e278 = s0_;
                    metal::float4 _e280 = q.inner[3];
                    uint _e282 = at_1;
                    metal::float4 _e290 = keys.inner[((_e282 + 0u) * 8u) + 3u];
                    s0_ = _e278 + metal::dot(_e280, _e290);
                    float _e293 = s0_;
                    metal::float4 _e295 = q.inner[4];
                    uint _e297 = at_1;
                    metal::float4 _e305 = keys.inner[((_e297 + 0u) * 8u) + 4u];
                    s0_ = _e293 + metal::dot(_e295, _e305);
                    float _e308 = s0_;
                    metal::float4 _e310 = q.inner[5];
                    uint _e312 = at_1;
                    metal::float4 _e320 = keys.inner[((_e312 + 0u) * 8u) + 5u];
                    s0_ = _e308 + metal::dot(_e310, _e320);
                    float _e323 = s0_;
                    metal::float4 _e325 = q.inner[6];
                    uint _e327 = at_1;
                    metal::float4 _e335 = keys.inner[((_e327 + 0u) * 8u) + 6u];
                    s0_ = _e323 + metal::dot(_e325, _e335);
                    float _e338 = s0_;
                    metal::float4 _e340 = q.inner[7];
                    uint _e342 = at_1;
                    metal::float4 _e350 = keys.inner[((_e342 + 0u) * 8u) + 7u];
                    s0_ = _e338 + metal::dot(_e340, _e350);
                    uint _e353 = base;
                    uint _e354 = at_1;
                    if (((_e353 + _e354) + 0u) >= _e31.x) {
                        uint _e362 = base;
                        uint _e363 = at_1;
                        local = ((_e362 + _e363) + 0u) < _e31.y;
                    } else {
                        local = false;
                    }
                    bool in0_ = local;
                    float _e371 = s0_;
                    s0_ = in0_ ? _e371 : -300000000000000000000000000000000000000.0;
                    s1_ = 0.0;
                    float _e376 = s1_;
                    metal::float4 _e378 = q.inner[0];
                    uint _e380 = at_1;
                    metal::float4 _e388 = keys.inner[((_e380 + 1u) * 8u) + 0u];
                    s1_ = _e376 + metal::dot(_e378, _e388);
                    float _e391 = s1_;
                    metal::float4 _e393 = q.inner[1];
                    uint _e395 = at_1;
                    metal::float4 _e403 = keys.inner[((_e395 + 1u) * 8u) + 1u];
                    s1_ = _e391 + metal::dot(_e393, _e403);
                    float _e406 = s1_;
                    metal::float4 _e408 = q.inner[2];
                    uint _e410 = at_1;
                    metal::float4 _e418 = keys.inner[((_e410 + 1u) * 8u) + 2u];
                    s1_ = _e406 + metal::dot(_e408, _e418);
                    float _e421 = s1_;
                    metal::float4 _e423 = q.inner[3];
                    uint _e425 = at_1;
                    metal::float4 _e433 = keys.inner[((_e425 + 1u) * 8u) + 3u];
                    s1_ = _e421 + metal::dot(_e423, _e433);
                    float _e436 = s1_;
                    metal::float4 _e438 = q.inner[4];
                    uint _e440 = at_1;
                    metal::float4 _e448 = keys.inner[((_e440 + 1u) * 8u) + 4u];
                    s1_ = _e436 + metal::dot(_e438, _e448);
                    float _e451 = s1_;
                    metal::float4 _e453 = q.inner[5];
                    uint _e455 = at_1;
                    metal::float4 _e463 = keys.inner[((_e455 + 1u) * 8u) + 5u];
                    s1_ = _e451 + metal::dot(_e453, _e463);
                    float _e466 = s1_;
                    metal::float4 _e468 = q.inner[6];
                    uint _e470 = at_1;
                    metal::float4 _e478 = keys.inner[((_e470 + 1u) * 8u) + 6u];
                    s1_ = _e466 + metal::dot(_e468, _e478);
                    float _e481 = s1_;
                    metal::float4 _e483 = q.inner[7];
                    uint _e485 = at_1;
                    metal::float4 _e493 = keys.inner[((_e485 + 1u) * 8u) + 7u];
                    s1_ = _e481 + metal::dot(_e483, _e493);
                    uint _e496 = base;
                    uint _e497 = at_1;
                    if (((_e496 + _e497) + 1u) >= _e31.x) {
                        uint _e505 = base;
                        uint _e506 = at_1;
                        local_1 = ((_e505 + _e506) + 1u) < _e31.y;
                    } else {
                        local_1 = false;
                    }
                    bool in1_ = local_1;
                    float _e514 = s1_;
                    s1_ = in1_ ? _e514 : -300000000000000000000000000000000000000.0;
                    s2_ = 0.0;
                    float _e519 = s2_;
                    metal::float4 _e521 = q.inner[0];
                    uint _e523 = at_1;
                    metal::float4 _e531 = keys.inner[((_e523 + 2u) * 8u) + 0u];
                    s2_ = _e519 + metal::dot(_e521, _e531);
                    float _e534 = s2_;
                    metal::float4 _e536 = q.inner[1];
                    uint _e538 = at_1;
                    metal::float4 _e546 = keys.inner[((_e538 + 2u) * 8u) + 1u];
                    s2_ = _e534 + metal::dot(_e536, _e546);
                    float _e549 = s2_;
                    metal::float4 _e551 = q.inner[2];
                    uint _e553 = at_1;
                    metal::float4 _e561 = keys.inner[((_e553 + 2u) * 8u) + 2u];
                    s2_ = _e549 + metal::dot(_e551, _e561);
                    float _e564 = s2_;
                    metal::float4 _e566 = q.inner[3];
                    uint _e568 = at_1;
                    metal::float4 _e576 = keys.inner[((_e568 + 2u) * 8u) + 3u];
                    s2_ = _e564 + metal::dot(_e566, _e576);
                    float _e579 = s2_;
                    metal::float4 _e581 = q.inner[4];
                    uint _e583 = at_1;
                    metal::float4 _e591 = keys.inner[((_e583 + 2u) * 8u) + 4u];
                    s2_ = _e579 + metal::dot(_e581, _e591);
                    float _e594 = s2_;
                    metal::float4 _e596 = q.inner[5];
                    uint _e598 = at_1;
                    metal::float4 _e606 = keys.inner[((_e598 + 2u) * 8u) + 5u];
                    s2_ = _e594 + metal::dot(_e596, _e606);
                    float _e609 = s2_;
                    metal::float4 _e611 = q.inner[6];
                    uint _e613 = at_1;
                    metal::float4 _e621 = keys.inner[((_e613 + 2u) * 8u) + 6u];
                    s2_ = _e609 + metal::dot(_e611, _e621);
                    float _e624 = s2_;
                    metal::float4 _e626 = q.inner[7];
                    uint _e628 = at_1;
                    metal::float4 _e636 = keys.inner[((_e628 + 2u) * 8u) + 7u];
                    s2_ = _e624 + metal::dot(_e626, _e636);
                    uint _e639 = base;
                    uint _e640 = at_1;
                    if (((_e639 + _e640) + 2u) >= _e31.x) {
                        uint _e648 = base;
                        uint _e649 = at_1;
                        local_2 = ((_e648 + _e649) + 2u) < _e31.y;
                    } else {
                        local_2 = false;
                    }
                    bool in2_ = local_2;
                    float _e657 = s2_;
                    s2_ = in2_ ? _e657 : -300000000000000000000000000000000000000.0;
                    s3_ = 0.0;
                    float _e662 = s3_;
                    metal::float4 _e664 = q.inner[0];
                    uint _e666 = at_1;
                    metal::float4 _e674 = keys.inner[((_e666 + 3u) * 8u) + 0u];
                    s3_ = _e662 + metal::dot(_e664, _e674);
                    float _e677 = s3_;
                    metal::float4 _e679 = q.inner[1];
                    uint _e681 = at_1;
                    metal::float4 _e689 = keys.inner[((_e681 + 3u) * 8u) + 1u];
                    s3_ = _e677 + metal::dot(_e679, _e689);
                    float _e692 = s3_;
                    metal::float4 _e694 = q.inner[2];
                    uint _e696 = at_1;
                    metal::float4 _e704 = keys.inner[((_e696 + 3u) * 8u) + 2u];
                    s3_ = _e692 + metal::dot(_e694, _e704);
                    float _e707 = s3_;
                    metal::float4 _e709 = q.inner[3];
                    uint _e711 = at_1;
                    metal::float4 _e719 = keys.inner[((_e711 + 3u) * 8u) + 3u];
                    s3_ = _e707 + metal::dot(_e709, _e719);
                    float _e722 = s3_;
                    metal::float4 _e724 = q.inner[4];
                    uint _e726 = at_1;
                    metal::float4 _e734 = keys.inner[((_e726 + 3u) * 8u) + 4u];
                    s3_ = _e722 + metal::dot(_e724, _e734);
                    float _e737 = s3_;
                    metal::float4 _e739 = q.inner[5];
                    uint _e741 = at_1;
                    metal::float4 _e749 = keys.inner[((_e741 + 3u) * 8u) + 5u];
                    s3_ = _e737 + metal::dot(_e739, _e749);
                    float _e752 = s3_;
                    metal::float4 _e754 = q.inner[6];
                    uint _e756 = at_1;
                    metal::float4 _e764 = keys.inner[((_e756 + 3u) * 8u) + 6u];
                    s3_ = _e752 + metal::dot(_e754, _e764);
                    float _e767 = s3_;
                    metal::float4 _e769 = q.inner[7];
                    uint _e771 = at_1;
                    metal::float4 _e779 = keys.inner[((_e771 + 3u) * 8u) + 7u];
                    s3_ = _e767 + metal::dot(_e769, _e779);
                    uint _e782 = base;
                    uint _e783 = at_1;
                    if (((_e782 + _e783) + 3u) >= _e31.x) {
                        uint _e791 = base;
                        uint _e792 = at_1;
                        local_3 = ((_e791 + _e792) + 3u) < _e31.y;
                    } else {
                        local_3 = false;
                    }
                    bool in3_ = local_3;
                    float _e800 = s3_;
                    s3_ = in3_ ? _e800 : -300000000000000000000000000000000000000.0;
                    s4_ = 0.0;
                    float _e805 = s4_;
                    metal::float4 _e807 = q.inner[0];
                    uint _e809 = at_1;
                    metal::float4 _e817 = keys.inner[((_e809 + 4u) * 8u) + 0u];
                    s4_ = _e805 + metal::dot(_e807, _e817);
                    float _e820 = s4_;
                    metal::float4 _e822 = q.inner[1];
                    uint _e824 = at_1;
                    metal::float4 _e832 = keys.inner[((_e824 + 4u) * 8u) + 1u];
                    s4_ = _e820 + metal::dot(_e822, _e832);
                    float _e835 = s4_;
                    metal::float4 _e837 = q.inner[2];
                    uint _e839 = at_1;
                    metal::float4 _e847 = keys.inner[((_e839 + 4u) * 8u) + 2u];
                    s4_ = _e835 + metal::dot(_e837, _e847);
                    float _e850 = s4_;
                    metal::float4 _e852 = q.inner[3];
                    uint _e854 = at_1;
                    metal::float4 _e862 = keys.inner[((_e854 + 4u) * 8u) + 3u];
                    s4_ = _e850 + metal::dot(_e852, _e862);
                    float _e865 = s4_;
                    metal::float4 _e867 = q.inner[4];
                    uint _e869 = at_1;
                    metal::float4 _e877 = keys.inner[((_e869 + 4u) * 8u) + 4u];
                    s4_ = _e865 + metal::dot(_e867, _e877);
                    float _e880 = s4_;
                    metal::float4 _e882 = q.inner[5];
                    uint _e884 = at_1;
                    metal::float4 _e892 = keys.inner[((_e884 + 4u) * 8u) + 5u];
                    s4_ = _e880 + metal::dot(_e882, _e892);
                    float _e895 = s4_;
                    metal::float4 _e897 = q.inner[6];
                    uint _e899 = at_1;
                    metal::float4 _e907 = keys.inner[((_e899 + 4u) * 8u) + 6u];
                    s4_ = _e895 + metal::dot(_e897, _e907);
                    float _e910 = s4_;
                    metal::float4 _e912 = q.inner[7];
                    uint _e914 = at_1;
                    metal::float4 _e922 = keys.inner[((_e914 + 4u) * 8u) + 7u];
                    s4_ = _e910 + metal::dot(_e912, _e922);
                    uint _e925 = base;
                    uint _e926 = at_1;
                    if (((_e925 + _e926) + 4u) >= _e31.x) {
                        uint _e934 = base;
                        uint _e935 = at_1;
                        local_4 = ((_e934 + _e935) + 4u) < _e31.y;
                    } else {
                        local_4 = false;
                    }
                    bool in4_ = local_4;
                    float _e943 = s4_;
                    s4_ = in4_ ? _e943 : -300000000000000000000000000000000000000.0;
                    s5_ = 0.0;
                    float _e948 = s5_;
                    metal::float4 _e950 = q.inner[0];
                    uint _e952 = at_1;
                    metal::float4 _e960 = keys.inner[((_e952 + 5u) * 8u) + 0u];
                    s5_ = _e948 + metal::dot(_e950, _e960);
                    float _e963 = s5_;
                    metal::float4 _e965 = q.inner[1];
                    uint _e967 = at_1;
                    metal::float4 _e975 = keys.inner[((_e967 + 5u) * 8u) + 1u];
                    s5_ = _e963 + metal::dot(_e965, _e975);
                    float _e978 = s5_;
                    metal::float4 _e980 = q.inner[2];
                    uint _e982 = at_1;
                    metal::float4 _e990 = keys.inner[((_e982 + 5u) * 8u) + 2u];
                    s5_ = _e978 + metal::dot(_e980, _e990);
                    float _e993 = s5_;
                    metal::float4 _e995 = q.inner[3];
                    uint _e997 = at_1;
                    metal::float4 _e1005 = keys.inner[((_e997 + 5u) * 8u) + 3u];
                    s5_ = _e993 + metal::dot(_e995, _e1005);
                    float _e1008 = s5_;
                    metal::float4 _e1010 = q.inner[4];
                    uint _e1012 = at_1;
                    metal::float4 _e1020 = keys.inner[((_e1012 + 5u) * 8u) + 4u];
                    s5_ = _e1008 + metal::dot(_e1010, _e1020);
                    float _e1023 = s5_;
                    metal::float4 _e1025 = q.inner[5];
                    uint _e1027 = at_1;
                    metal::float4 _e1035 = keys.inner[((_e1027 + 5u) * 8u) + 5u];
                    s5_ = _e1023 + metal::dot(_e1025, _e1035);
                    float _e1038 = s5_;
                    metal::float4 _e1040 = q.inner[6];
                    uint _e1042 = at_1;
                    metal::float4 _e1050 = keys.inner[((_e1042 + 5u) * 8u) + 6u];
                    s5_ = _e1038 + metal::dot(_e1040, _e1050);
                    float _e1053 = s5_;
                    metal::float4 _e1055 = q.inner[7];
                    uint _e1057 = at_1;
                    metal::float4 _e1065 = keys.inner[((_e1057 + 5u) * 8u) + 7u];
                    s5_ = _e1053 + metal::dot(_e1055, _e1065);
                    uint _e1068 = base;
                    uint _e1069 = at_1;
                    if (((_e1068 + _e1069) + 5u) >= _e31.x) {
                        uint _e1077 = base;
                        uint _e1078 = at_1;
                        local_5 = ((_e1077 + _e1078) + 5u) < _e31.y;
                    } else {
                        local_5 = false;
                    }
                    bool in5_ = local_5;
                    float _e1086 = s5_;
                    s5_ = in5_ ? _e1086 : -300000000000000000000000000000000000000.0;
                    s6_ = 0.0;
                    float _e1091 = s6_;
                    metal::float4 _e1093 = q.inner[0];
                    uint _e1095 = at_1;
                    metal::float4 _e1103 = keys.inner[((_e1095 + 6u) * 8u) + 0u];
                    s6_ = _e1091 + metal::dot(_e1093, _e1103);
                    float _e1106 = s6_;
                    metal::float4 _e1108 = q.inner[1];
                    uint _e1110 = at_1;
                    metal::float4 _e1118 = keys.inner[((_e1110 + 6u) * 8u) + 1u];
                    s6_ = _e1106 + metal::dot(_e1108, _e1118);
                    float _e1121 = s6_;
                    metal::float4 _e1123 = q.inner[2];
                    uint _e1125 = at_1;
                    metal::float4 _e1133 = keys.inner[((_e1125 + 6u) * 8u) + 2u];
                    s6_ = _e1121 + metal::dot(_e1123, _e1133);
                    float _e1136 = s6_;
                    metal::float4 _e1138 = q.inner[3];
                    uint _e1140 = at_1;
                    metal::float4 _e1148 = keys.inner[((_e1140 + 6u) * 8u) + 3u];
                    s6_ = _e1136 + metal::dot(_e1138, _e1148);
                    float _e1151 = s6_;
                    metal::float4 _e1153 = q.inner[4];
                    uint _e1155 = at_1;
                    metal::float4 _e1163 = keys.inner[((_e1155 + 6u) * 8u) + 4u];
                    s6_ = _e1151 + metal::dot(_e1153, _e1163);
                    float _e1166 = s6_;
                    metal::float4 _e1168 = q.inner[5];
                    uint _e1170 = at_1;
                    metal::float4 _e1178 = keys.inner[((_e1170 + 6u) * 8u) + 5u];
                    s6_ = _e1166 + metal::dot(_e1168, _e1178);
                    float _e1181 = s6_;
                    metal::float4 _e1183 = q.inner[6];
                    uint _e1185 = at_1;
                    metal::float4 _e1193 = keys.inner[((_e1185 + 6u) * 8u) + 6u];
                    s6_ = _e1181 + metal::dot(_e1183, _e1193);
                    float _e1196 = s6_;
                    metal::float4 _e1198 = q.inner[7];
                    uint _e1200 = at_1;
                    metal::float4 _e1208 = keys.inner[((_e1200 + 6u) * 8u) + 7u];
                    s6_ = _e1196 + metal::dot(_e1198, _e1208);
                    uint _e1211 = base;
                    uint _e1212 = at_1;
                    if (((_e1211 + _e1212) + 6u) >= _e31.x) {
                        uint _e1220 = base;
                        uint _e1221 = at_1;
                        local_6 = ((_e1220 + _e1221) + 6u) < _e31.y;
                    } else {
                        local_6 = false;
                    }
                    bool in6_ = local_6;
                    float _e1229 = s6_;
                    s6_ = in6_ ? _e1229 : -300000000000000000000000000000000000000.0;
                    s7_ = 0.0;
                    float _e1234 = s7_;
                    metal::float4 _e1236 = q.inner[0];
                    uint _e1238 = at_1;
                    metal::float4 _e1246 = keys.inner[((_e1238 + 7u) * 8u) + 0u];
                    s7_ = _e1234 + metal::dot(_e1236, _e1246);
                    float _e1249 = s7_;
                    metal::float4 _e1251 = q.inner[1];
                    uint _e1253 = at_1;
                    metal::float4 _e1261 = keys.inner[((_e1253 + 7u) * 8u) + 1u];
                    s7_ = _e1249 + metal::dot(_e1251, _e1261);
                    float _e1264 = s7_;
                    metal::float4 _e1266 = q.inner[2];
                    uint _e1268 = at_1;
                    metal::float4 _e1276 = keys.inner[((_e1268 + 7u) * 8u) + 2u];
                    s7_ = _e1264 + metal::dot(_e1266, _e1276);
                    float _e1279 = s7_;
                    metal::float4 _e1281 = q.inner[3];
                    uint _e1283 = at_1;
                    metal::float4 _e1291 = keys.inner[((_e1283 + 7u) * 8u) + 3u];
                    s7_ = _e1279 + metal::dot(_e1281, _e1291);
                    float _e1294 = s7_;
                    metal::float4 _e1296 = q.inner[4];
                    uint _e1298 = at_1;
                    metal::float4 _e1306 = keys.inner[((_e1298 + 7u) * 8u) + 4u];
                    s7_ = _e1294 + metal::dot(_e1296, _e1306);
                    float _e1309 = s7_;
                    metal::float4 _e1311 = q.inner[5];
                    uint _e1313 = at_1;
                    metal::float4 _e1321 = keys.inner[((_e1313 + 7u) * 8u) + 5u];
                    s7_ = _e1309 + metal::dot(_e1311, _e1321);
                    float _e1324 = s7_;
                    metal::float4 _e1326 = q.inner[6];
                    uint _e1328 = at_1;
                    metal::float4 _e1336 = keys.inner[((_e1328 + 7u) * 8u) + 6u];
                    s7_ = _e1324 + metal::dot(_e1326, _e1336);
                    float _e1339 = s7_;
                    metal::float4 _e1341 = q.inner[7];
                    uint _e1343 = at_1;
                    metal::float4 _e1351 = keys.inner[((_e1343 + 7u) * 8u) + 7u];
                    s7_ = _e1339 + metal::dot(_e1341, _e1351);
                    uint _e1354 = base;
                    uint _e1355 = at_1;
                    if (((_e1354 + _e1355) + 7u) >= _e31.x) {
                        uint _e1363 = base;
                        uint _e1364 = at_1;
                        local_7 = ((_e1363 + _e1364) + 7u) < _e31.y;
                    } else {
                        local_7 = false;
                    }
                    bool in7_ = local_7;
                    float _e1372 = s7_;
                    s7_ = in7_ ? _e1372 : -300000000000000000000000000000000000000.0;
                    float _e1375 = largest;
                    float _e1376 = s0_;
                    float _e1377 = s1_;
                    float _e1379 = s2_;
                    float _e1381 = s3_;
                    float _e1383 = s4_;
                    float _e1385 = s5_;
                    float _e1387 = s6_;
                    float _e1389 = s7_;
                    float larger = metal::max(_e1375, metal::max(metal::max(metal::max(metal::max(metal::max(metal::max(metal::max(_e1376, _e1377), _e1379), _e1381), _e1383), _e1385), _e1387), _e1389));
                    float _e1392 = largest;
                    float fade = metal::exp2(_e1392 - larger);
                    largest = larger;
                    float _e1395 = total;
                    total = _e1395 * fade;
                    metal::float4 _e1398 = sum.inner[0];
                    sum.inner[0] = _e1398 * fade;
                    metal::float4 _e1401 = sum.inner[1];
                    sum.inner[1] = _e1401 * fade;
                    metal::float4 _e1404 = sum.inner[2];
                    sum.inner[2] = _e1404 * fade;
                    metal::float4 _e1407 = sum.inner[3];
                    sum.inner[3] = _e1407 * fade;
                    metal::float4 _e1410 = sum.inner[4];
                    sum.inner[4] = _e1410 * fade;
                    metal::float4 _e1413 = sum.inner[5];
                    sum.inner[5] = _e1413 * fade;
                    metal::float4 _e1416 = sum.inner[6];
                    sum.inner[6] = _e1416 * fade;
                    metal::float4 _e1419 = sum.inner[7];
                    sum.inner[7] = _e1419 * fade;
                    if (in0_) {
                        float _e1421 = s0_;
                        float p = metal::exp2(_e1421 - larger);
                        float _e1424 = total;
                        total = _e1424 + p;
                        metal::float4 _e1427 = sum.inner[0];
                        uint _e1429 = at_1;
                        metal::float4 _e1437 = values.inner[((_e1429 + 0u) * 8u) + 0u];
                        sum.inner[0] = _e1427 + (p * _e1437);
                        metal::float4 _e1441 = sum.inner[1];
                        uint _e1443 = at_1;
                        metal::float4 _e1451 = values.inner[((_e1443 + 0u) * 8u) + 1u];
                        sum.inner[1] = _e1441 + (p * _e1451);
                        metal::float4 _e1455 = sum.inner[2];
                        uint _e1457 = at_1;
                        metal::float4 _e1465 = values.inner[((_e1457 + 0u) * 8u) + 2u];
                        sum.inner[2] = _e1455 + (p * _e1465);
                        metal::float4 _e1469 = sum.inner[3];
                        uint _e1471 = at_1;
                        metal::float4 _e1479 = values.inner[((_e1471 + 0u) * 8u) + 3u];
                        sum.inner[3] = _e1469 + (p * _e1479);
                        metal::float4 _e1483 = sum.inner[4];
                        uint _e1485 = at_1;
                        metal::float4 _e1493 = values.inner[((_e1485 + 0u) * 8u) + 4u];
                        sum.inner[4] = _e1483 + (p * _e1493);
                        metal::float4 _e1497 = sum.inner[5];
                        uint _e1499 = at_1;
                        metal::float4 _e1507 = values.inner[((_e1499 + 0u) * 8u) + 5u];
                        sum.inner[5] = _e1497 + (p * _e1507);
                        metal::float4 _e1511 = sum.inner[6];
                        uint _e1513 = at_1;
                        metal::float4 _e1521 = values.inner[((_e1513 + 0u) * 8u) + 6u];
                        sum.inner[6] = _e1511 + (p * _e1521);
                        metal::float4 _e1525 = sum.inner[7];
                        uint _e1527 = at_1;
                        metal::float4 _e1535 = values.inner[((_e1527 + 0u) * 8u) + 7u];
                        sum.inner[7] = _e1525 + (p * _e1535);
                    }
                    if (in1_) {
                        float _e1538 = s1_;
                        float p_1 = metal::exp2(_e1538 - larger);
                        float _e1541 = total;
                        total = _e1541 + p_1;
                        metal::float4 _e1544 = sum.inner[0];
                        uint _e1546 = at_1;
                        metal::float4 _e1554 = values.inner[((_e1546 + 1u) * 8u) + 0u];
                        sum.inner[0] = _e1544 + (p_1 * _e1554);
                        metal::float4 _e1558 = sum.inner[1];
                        uint _e1560 = at_1;
                        metal::float4 _e1568 = values.inner[((_e1560 + 1u) * 8u) + 1u];
                        sum.inner[1] = _e1558 + (p_1 * _e1568);
                        metal::float4 _e1572 = sum.inner[2];
                        uint _e1574 = at_1;
                        metal::float4 _e1582 = values.inner[((_e1574 + 1u) * 8u) + 2u];
                        sum.inner[2] = _e1572 + (p_1 * _e1582);
                        metal::float4 _e1586 = sum.inner[3];
                        uint _e1588 = at_1;
                        metal::float4 _e1596 = values.inner[((_e1588 + 1u) * 8u) + 3u];
                        sum.inner[3] = _e1586 + (p_1 * _e1596);
                        metal::float4 _e1600 = sum.inner[4];
                        uint _e1602 = at_1;
                        metal::float4 _e1610 = values.inner[((_e1602 + 1u) * 8u) + 4u];
                        sum.inner[4] = _e1600 + (p_1 * _e1610);
                        metal::float4 _e1614 = sum.inner[5];
                        uint _e1616 = at_1;
                        metal::float4 _e1624 = values.inner[((_e1616 + 1u) * 8u) + 5u];
                        sum.inner[5] = _e1614 + (p_1 * _e1624);
                        metal::float4 _e1628 = sum.inner[6];
                        uint _e1630 = at_1;
                        metal::float4 _e1638 = values.inner[((_e1630 + 1u) * 8u) + 6u];
                        sum.inner[6] = _e1628 + (p_1 * _e1638);
                        metal::float4 _e1642 = sum.inner[7];
                        uint _e1644 = at_1;
                        metal::float4 _e1652 = values.inner[((_e1644 + 1u) * 8u) + 7u];
                        sum.inner[7] = _e1642 + (p_1 * _e1652);
                    }
                    if (in2_) {
                        float _e1655 = s2_;
                        float p_2 = metal::exp2(_e1655 - larger);
                        float _e1658 = total;
                        total = _e1658 + p_2;
                        metal::float4 _e1661 = sum.inner[0];
                        uint _e1663 = at_1;
                        metal::float4 _e1671 = values.inner[((_e1663 + 2u) * 8u) + 0u];
                        sum.inner[0] = _e1661 + (p_2 * _e1671);
                        metal::float4 _e1675 = sum.inner[1];
                        uint _e1677 = at_1;
                        metal::float4 _e1685 = values.inner[((_e1677 + 2u) * 8u) + 1u];
                        sum.inner[1] = _e1675 + (p_2 * _e1685);
                        metal::float4 _e1689 = sum.inner[2];
                        uint _e1691 = at_1;
                        metal::float4 _e1699 = values.inner[((_e1691 + 2u) * 8u) + 2u];
                        sum.inner[2] = _e1689 + (p_2 * _e1699);
                        metal::float4 _e1703 = sum.inner[3];
                        uint _e1705 = at_1;
                        metal::float4 _e1713 = values.inner[((_e1705 + 2u) * 8u) + 3u];
                        sum.inner[3] = _e1703 + (p_2 * _e1713);
                        metal::float4 _e1717 = sum.inner[4];
                        uint _e1719 = at_1;
                        metal::float4 _e1727 = values.inner[((_e1719 + 2u) * 8u) + 4u];
                        sum.inner[4] = _e1717 + (p_2 * _e1727);
                        metal::float4 _e1731 = sum.inner[5];
                        uint _e1733 = at_1;
                        metal::float4 _e1741 = values.inner[((_e1733 + 2u) * 8u) + 5u];
                        sum.inner[5] = _e1731 + (p_2 * _e1741);
                        metal::float4 _e1745 = sum.inner[6];
                        uint _e1747 = at_1;
                        metal::float4 _e1755 = values.inner[((_e1747 + 2u) * 8u) + 6u];
                        sum.inner[6] = _e1745 + (p_2 * _e1755);
                        metal::float4 _e1759 = sum.inner[7];
                        uint _e1761 = at_1;
                        metal::float4 _e1769 = values.inner[((_e1761 + 2u) * 8u) + 7u];
                        sum.inner[7] = _e1759 + (p_2 * _e1769);
                    }
                    if (in3_) {
                        float _e1772 = s3_;
                        float p_3 = metal::exp2(_e1772 - larger);
                        float _e1775 = total;
                        total = _e1775 + p_3;
                        metal::float4 _e1778 = sum.inner[0];
                        uint _e1780 = at_1;
                        metal::float4 _e1788 = values.inner[((_e1780 + 3u) * 8u) + 0u];
                        sum.inner[0] = _e1778 + (p_3 * _e1788);
                        metal::float4 _e1792 = sum.inner[1];
                        uint _e1794 = at_1;
                        metal::float4 _e1802 = values.inner[((_e1794 + 3u) * 8u) + 1u];
                        sum.inner[1] = _e1792 + (p_3 * _e1802);
                        metal::float4 _e1806 = sum.inner[2];
                        uint _e1808 = at_1;
                        metal::float4 _e1816 = values.inner[((_e1808 + 3u) * 8u) + 2u];
                        sum.inner[2] = _e1806 + (p_3 * _e1816);
                        metal::float4 _e1820 = sum.inner[3];
                        uint _e1822 = at_1;
                        metal::float4 _e1830 = values.inner[((_e1822 + 3u) * 8u) + 3u];
                        sum.inner[3] = _e1820 + (p_3 * _e1830);
                        metal::float4 _e1834 = sum.inner[4];
                        uint _e1836 = at_1;
                        metal::float4 _e1844 = values.inner[((_e1836 + 3u) * 8u) + 4u];
                        sum.inner[4] = _e1834 + (p_3 * _e1844);
                        metal::float4 _e1848 = sum.inner[5];
                        uint _e1850 = at_1;
                        metal::float4 _e1858 = values.inner[((_e1850 + 3u) * 8u) + 5u];
                        sum.inner[5] = _e1848 + (p_3 * _e1858);
                        metal::float4 _e1862 = sum.inner[6];
                        uint _e1864 = at_1;
                        metal::float4 _e1872 = values.inner[((_e1864 + 3u) * 8u) + 6u];
                        sum.inner[6] = _e1862 + (p_3 * _e1872);
                        metal::float4 _e1876 = sum.inner[7];
                        uint _e1878 = at_1;
                        metal::float4 _e1886 = values.inner[((_e1878 + 3u) * 8u) + 7u];
                        sum.inner[7] = _e1876 + (p_3 * _e1886);
                    }
                    if (in4_) {
                        float _e1889 = s4_;
                        float p_4 = metal::exp2(_e1889 - larger);
                        float _e1892 = total;
                        total = _e1892 + p_4;
                        metal::float4 _e1895 = sum.inner[0];
                        uint _e1897 = at_1;
                        metal::float4 _e1905 = values.inner[((_e1897 + 4u) * 8u) + 0u];
                        sum.inner[0] = _e1895 + (p_4 * _e1905);
                        metal::float4 _e1909 = sum.inner[1];
                        uint _e1911 = at_1;
                        metal::float4 _e1919 = values.inner[((_e1911 + 4u) * 8u) + 1u];
                        sum.inner[1] = _e1909 + (p_4 * _e1919);
                        metal::float4 _e1923 = sum.inner[2];
                        uint _e1925 = at_1;
                        metal::float4 _e1933 = values.inner[((_e1925 + 4u) * 8u) + 2u];
                        sum.inner[2] = _e1923 + (p_4 * _e1933);
                        metal::float4 _e1937 = sum.inner[3];
                        uint _e1939 = at_1;
                        metal::float4 _e1947 = values.inner[((_e1939 + 4u) * 8u) + 3u];
                        sum.inner[3] = _e1937 + (p_4 * _e1947);
                        metal::float4 _e1951 = sum.inner[4];
                        uint _e1953 = at_1;
                        metal::float4 _e1961 = values.inner[((_e1953 + 4u) * 8u) + 4u];
                        sum.inner[4] = _e1951 + (p_4 * _e1961);
                        metal::float4 _e1965 = sum.inner[5];
                        uint _e1967 = at_1;
                        metal::float4 _e1975 = values.inner[((_e1967 + 4u) * 8u) + 5u];
                        sum.inner[5] = _e1965 + (p_4 * _e1975);
                        metal::float4 _e1979 = sum.inner[6];
                        uint _e1981 = at_1;
                        metal::float4 _e1989 = values.inner[((_e1981 + 4u) * 8u) + 6u];
                        sum.inner[6] = _e1979 + (p_4 * _e1989);
                        metal::float4 _e1993 = sum.inner[7];
                        uint _e1995 = at_1;
                        metal::float4 _e2003 = values.inner[((_e1995 + 4u) * 8u) + 7u];
                        sum.inner[7] = _e1993 + (p_4 * _e2003);
                    }
                    if (in5_) {
                        float _e2006 = s5_;
                        float p_5 = metal::exp2(_e2006 - larger);
                        float _e2009 = total;
                        total = _e2009 + p_5;
                        metal::float4 _e2012 = sum.inner[0];
                        uint _e2014 = at_1;
                        metal::float4 _e2022 = values.inner[((_e2014 + 5u) * 8u) + 0u];
                        sum.inner[0] = _e2012 + (p_5 * _e2022);
                        metal::float4 _e2026 = sum.inner[1];
                        uint _e2028 = at_1;
                        metal::float4 _e2036 = values.inner[((_e2028 + 5u) * 8u) + 1u];
                        sum.inner[1] = _e2026 + (p_5 * _e2036);
                        metal::float4 _e2040 = sum.inner[2];
                        uint _e2042 = at_1;
                        metal::float4 _e2050 = values.inner[((_e2042 + 5u) * 8u) + 2u];
                        sum.inner[2] = _e2040 + (p_5 * _e2050);
                        metal::float4 _e2054 = sum.inner[3];
                        uint _e2056 = at_1;
                        metal::float4 _e2064 = values.inner[((_e2056 + 5u) * 8u) + 3u];
                        sum.inner[3] = _e2054 + (p_5 * _e2064);
                        metal::float4 _e2068 = sum.inner[4];
                        uint _e2070 = at_1;
                        metal::float4 _e2078 = values.inner[((_e2070 + 5u) * 8u) + 4u];
                        sum.inner[4] = _e2068 + (p_5 * _e2078);
                        metal::float4 _e2082 = sum.inner[5];
                        uint _e2084 = at_1;
                        metal::float4 _e2092 = values.inner[((_e2084 + 5u) * 8u) + 5u];
                        sum.inner[5] = _e2082 + (p_5 * _e2092);
                        metal::float4 _e2096 = sum.inner[6];
                        uint _e2098 = at_1;
                        metal::float4 _e2106 = values.inner[((_e2098 + 5u) * 8u) + 6u];
                        sum.inner[6] = _e2096 + (p_5 * _e2106);
                        metal::float4 _e2110 = sum.inner[7];
                        uint _e2112 = at_1;
                        metal::float4 _e2120 = values.inner[((_e2112 + 5u) * 8u) + 7u];
                        sum.inner[7] = _e2110 + (p_5 * _e2120);
                    }
                    if (in6_) {
                        float _e2123 = s6_;
                        float p_6 = metal::exp2(_e2123 - larger);
                        float _e2126 = total;
                        total = _e2126 + p_6;
                        metal::float4 _e2129 = sum.inner[0];
                        uint _e2131 = at_1;
                        metal::float4 _e2139 = values.inner[((_e2131 + 6u) * 8u) + 0u];
                        sum.inner[0] = _e2129 + (p_6 * _e2139);
                        metal::float4 _e2143 = sum.inner[1];
                        uint _e2145 = at_1;
                        metal::float4 _e2153 = values.inner[((_e2145 + 6u) * 8u) + 1u];
                        sum.inner[1] = _e2143 + (p_6 * _e2153);
                        metal::float4 _e2157 = sum.inner[2];
                        uint _e2159 = at_1;
                        metal::float4 _e2167 = values.inner[((_e2159 + 6u) * 8u) + 2u];
                        sum.inner[2] = _e2157 + (p_6 * _e2167);
                        metal::float4 _e2171 = sum.inner[3];
                        uint _e2173 = at_1;
                        metal::float4 _e2181 = values.inner[((_e2173 + 6u) * 8u) + 3u];
                        sum.inner[3] = _e2171 + (p_6 * _e2181);
                        metal::float4 _e2185 = sum.inner[4];
                        uint _e2187 = at_1;
                        metal::float4 _e2195 = values.inner[((_e2187 + 6u) * 8u) + 4u];
                        sum.inner[4] = _e2185 + (p_6 * _e2195);
                        metal::float4 _e2199 = sum.inner[5];
                        uint _e2201 = at_1;
                        metal::float4 _e2209 = values.inner[((_e2201 + 6u) * 8u) + 5u];
                        sum.inner[5] = _e2199 + (p_6 * _e2209);
                        metal::float4 _e2213 = sum.inner[6];
                        uint _e2215 = at_1;
                        metal::float4 _e2223 = values.inner[((_e2215 + 6u) * 8u) + 6u];
                        sum.inner[6] = _e2213 + (p_6 * _e2223);
                        metal::float4 _e2227 = sum.inner[7];
                        uint _e2229 = at_1;
                        metal::float4 _e2237 = values.inner[((_e2229 + 6u) * 8u) + 7u];
                        sum.inner[7] = _e2227 + (p_6 * _e2237);
                    }
                    if (in7_) {
                        float _e2240 = s7_;
                        float p_7 = metal::exp2(_e2240 - larger);
                        float _e2243 = total;
                        total = _e2243 + p_7;
                        metal::float4 _e2246 = sum.inner[0];
                        uint _e2248 = at_1;
                        metal::float4 _e2256 = values.inner[((_e2248 + 7u) * 8u) + 0u];
                        sum.inner[0] = _e2246 + (p_7 * _e2256);
                        metal::float4 _e2260 = sum.inner[1];
                        uint _e2262 = at_1;
                        metal::float4 _e2270 = values.inner[((_e2262 + 7u) * 8u) + 1u];
                        sum.inner[1] = _e2260 + (p_7 * _e2270);
                        metal::float4 _e2274 = sum.inner[2];
                        uint _e2276 = at_1;
                        metal::float4 _e2284 = values.inner[((_e2276 + 7u) * 8u) + 2u];
                        sum.inner[2] = _e2274 + (p_7 * _e2284);
                        metal::float4 _e2288 = sum.inner[3];
                        uint _e2290 = at_1;
                        metal::float4 _e2298 = values.inner[((_e2290 + 7u) * 8u) + 3u];
                        sum.inner[3] = _e2288 + (p_7 * _e2298);
                        metal::float4 _e2302 = sum.inner[4];
                        uint _e2304 = at_1;
                        metal::float4 _e2312 = values.inner[((_e2304 + 7u) * 8u) + 4u];
                        sum.inner[4] = _e2302 + (p_7 * _e2312);
                        metal::float4 _e2316 = sum.inner[5];
                        uint _e2318 = at_1;
                        metal::float4 _e2326 = values.inner[((_e2318 + 7u) * 8u) + 5u];
                        sum.inner[5] = _e2316 + (p_7 * _e2326);
                        metal::float4 _e2330 = sum.inner[6];
                        uint _e2332 = at_1;
                        metal::float4 _e2340 = values.inner[((_e2332 + 7u) * 8u) + 6u];
                        sum.inner[6] = _e2330 + (p_7 * _e2340);
                        metal::float4 _e2344 = sum.inner[7];
                        uint _e2346 = at_1;
                        metal::float4 _e2354 = values.inner[((_e2346 + 7u) * 8u) + 7u];
                        sum.inner[7] = _e2344 + (p_7 * _e2354);
                    }
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    if (row_1 < end_of_all) {
        metal::float4 _e2374 = sum.inner[0];
        float _e2375 = total;
        out[((row_1 * 96u) + (head * 8u)) + 0u] = _e2374 / metal::float4(_e2375);
        metal::float4 _e2388 = sum.inner[1];
        float _e2389 = total;
        out[((row_1 * 96u) + (head * 8u)) + 1u] = _e2388 / metal::float4(_e2389);
        metal::float4 _e2402 = sum.inner[2];
        float _e2403 = total;
        out[((row_1 * 96u) + (head * 8u)) + 2u] = _e2402 / metal::float4(_e2403);
        metal::float4 _e2416 = sum.inner[3];
        float _e2417 = total;
        out[((row_1 * 96u) + (head * 8u)) + 3u] = _e2416 / metal::float4(_e2417);
        metal::float4 _e2430 = sum.inner[4];
        float _e2431 = total;
        out[((row_1 * 96u) + (head * 8u)) + 4u] = _e2430 / metal::float4(_e2431);
        metal::float4 _e2444 = sum.inner[5];
        float _e2445 = total;
        out[((row_1 * 96u) + (head * 8u)) + 5u] = _e2444 / metal::float4(_e2445);
        metal::float4 _e2458 = sum.inner[6];
        float _e2459 = total;
        out[((row_1 * 96u) + (head * 8u)) + 6u] = _e2458 / metal::float4(_e2459);
        metal::float4 _e2472 = sum.inner[7];
        float _e2473 = total;
        out[((row_1 * 96u) + (head * 8u)) + 7u] = _e2472 / metal::float4(_e2473);
        return;
    } else {
        return;
    }
}
