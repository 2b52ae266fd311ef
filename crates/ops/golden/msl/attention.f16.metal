// language: metal3.1
#include <metal_stdlib>
#include <simd/simd.h>

using metal::uint;

struct _mslBufferSizes {
    uint size0;
    uint size1;
    uint size2;
};

typedef metal::uint2 type_2[1];
typedef uint type_3[1];
struct type_4 {
    uint inner[64];
};
struct type_7 {
    metal::float4 inner[256];
};
struct type_8 {
    uint inner[2];
};
struct type_10 {
    metal::float4 inner[8];
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

metal::uint2 bounds_of(
    uint row,
    uint sequences,
    uint rows,
    device type_3 const& offsets,
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
, device type_3 const& offsets [[buffer(1)]]
, device type_2& out [[buffer(2)]]
, device type_4 const& params [[buffer(3)]]
, threadgroup type_7& keys
, threadgroup type_7& values
, threadgroup type_8& bounds
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
    metal::uint2 _e66 = qkv[(((query * 288u) + 0u) + (head * 8u)) + 0u];
    metal::float4 _e67 = widen(_e66);
    q.inner[0] = _e67 * 0.25503486;
    metal::uint2 _e82 = qkv[(((query * 288u) + 0u) + (head * 8u)) + 1u];
    metal::float4 _e83 = widen(_e82);
    q.inner[1] = _e83 * 0.25503486;
    metal::uint2 _e98 = qkv[(((query * 288u) + 0u) + (head * 8u)) + 2u];
    metal::float4 _e99 = widen(_e98);
    q.inner[2] = _e99 * 0.25503486;
    metal::uint2 _e114 = qkv[(((query * 288u) + 0u) + (head * 8u)) + 3u];
    metal::float4 _e115 = widen(_e114);
    q.inner[3] = _e115 * 0.25503486;
    metal::uint2 _e130 = qkv[(((query * 288u) + 0u) + (head * 8u)) + 4u];
    metal::float4 _e131 = widen(_e130);
    q.inner[4] = _e131 * 0.25503486;
    metal::uint2 _e146 = qkv[(((query * 288u) + 0u) + (head * 8u)) + 5u];
    metal::float4 _e147 = widen(_e146);
    q.inner[5] = _e147 * 0.25503486;
    metal::uint2 _e162 = qkv[(((query * 288u) + 0u) + (head * 8u)) + 6u];
    metal::float4 _e163 = widen(_e162);
    q.inner[6] = _e163 * 0.25503486;
    metal::uint2 _e178 = qkv[(((query * 288u) + 0u) + (head * 8u)) + 7u];
    metal::float4 _e179 = widen(_e178);
    q.inner[7] = _e179 * 0.25503486;
    base = first;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e2370 = base;
            base = _e2370 + 32u;
        }
        loop_init = false;
        uint _e183 = base;
        if (_e183 < end) {
        } else {
            break;
        }
        {
            i = thread_;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e233 = i;
                    i = _e233 + 64u;
                }
                loop_init_1 = false;
                uint _e186 = i;
                if (_e186 < 256u) {
                } else {
                    break;
                }
                {
                    uint _e189 = base;
                    uint _e190 = i;
                    uint key = metal::min(_e189 + (_e190 / 8u), end - 1u);
                    uint _e198 = i;
                    uint _e208 = i;
                    metal::uint2 _e213 = qkv[(((key * 288u) + 96u) + (head * 8u)) + (_e208 % 8u)];
                    metal::float4 _e214 = widen(_e213);
                    keys.inner[_e198] = _e214;
                    uint _e216 = i;
                    uint _e226 = i;
                    metal::uint2 _e231 = qkv[(((key * 288u) + 192u) + (head * 8u)) + (_e226 % 8u)];
                    metal::float4 _e232 = widen(_e231);
                    values.inner[_e216] = _e232;
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            at_1 = 0u;
            bool loop_init_2 = true;
            while(true) {
                if (!loop_init_2) {
                    uint _e2367 = at_1;
                    at_1 = _e2367 + 8u;
                }
                loop_init_2 = false;
                uint _e238 = at_1;
                if (_e238 < 32u) {
                } else {
                    break;
                }
                {
                    s0_ = 0.0;
                    float _e243 = s0_;
                    metal::float4 _e245 = q.inner[0];
                    uint _e247 = at_1;
                    metal::float4 _e255 = keys.inner[((_e247 + 0u) * 8u) + 0u];
                    s0_ = _e243 + metal::dot(_e245, _e255);
                    float _e258 = s0_;
                    metal::float4 _e260 = q.inner[1];
                    uint _e262 = at_1;
                    metal::float4 _e270 = keys.inner[((_e262 + 0u) * 8u) + 1u];
                    s0_ = _e258 + metal::dot(_e260, _e270);
                    float _e273 = s0_;
                    metal::float4 _e275 = q.inner[2];
                    uint _e277 = at_1;
                    metal::float4 _e285 = keys.inner[((_e277 + 0u) * 8u) + 2u];
                    s0_ = _e273 + metal::dot(_e275, _e285);
                    float _e288 = s0_;
                    metal::float4 _e290 = q.inner[3];
                    uint _e292 = at_1;
                    metal::float4 _e300 = keys.inner[((_e292 + 0u) * 8u) + 3u];
                    s0_ = _e288 + metal::dot(_e290, _e300);
                    float _e303 = s0_;
                    metal::float4 _e305 = q.inner[4];
                    uint _e307 = at_1;
                    metal::float4 _e315 = keys.inner[((_e307 + 0u) * 8u) + 4u];
                    s0_ = _e303 + metal::dot(_e305, _e315);
                    float _e318 = s0_;
                    metal::float4 _e320 = q.inner[5];
                    uint _e322 = at_1;
                    metal::float4 _e330 = keys.inner[((_e322 + 0u) * 8u) + 5u];
                    s0_ = _e318 + metal::dot(_e320, _e330);
                    float _e333 = s0_;
                    metal::float4 _e335 = q.inner[6];
                    uint _e337 = at_1;
                    metal::float4 _e345 = keys.inner[((_e337 + 0u) * 8u) + 6u];
                    s0_ = _e333 + metal::dot(_e335, _e345);
                    float _e348 = s0_;
                    metal::float4 _e350 = q.inner[7];
                    uint _e352 = at_1;
                    metal::float4 _e360 = keys.inner[((_e352 + 0u) * 8u) + 7u];
                    s0_ = _e348 + metal::dot(_e350, _e360);
                    uint _e363 = base;
                    uint _e364 = at_1;
                    if (((_e363 + _e364) + 0u) >= _e31.x) {
                        uint _e372 = base;
                        uint _e373 = at_1;
                        local = ((_e372 + _e373) + 0u) < _e31.y;
                    } else {
                        local = false;
                    }
                    bool in0_ = local;
                    float _e381 = s0_;
                    s0_ = in0_ ? _e381 : -300000000000000000000000000000000000000.0;
                    s1_ = 0.0;
                    float _e386 = s1_;
                    metal::float4 _e388 = q.inner[0];
                    uint _e390 = at_1;
                    metal::float4 _e398 = keys.inner[((_e390 + 1u) * 8u) + 0u];
                    s1_ = _e386 + metal::dot(_e388, _e398);
                    float _e401 = s1_;
                    metal::float4 _e403 = q.inner[1];
                    uint _e405 = at_1;
                    metal::float4 _e413 = keys.inner[((_e405 + 1u) * 8u) + 1u];
                    s1_ = _e401 + metal::dot(_e403, _e413);
                    float _e416 = s1_;
                    metal::float4 _e418 = q.inner[2];
                    uint _e420 = at_1;
                    metal::float4 _e428 = keys.inner[((_e420 + 1u) * 8u) + 2u];
                    s1_ = _e416 + metal::dot(_e418, _e428);
                    float _e431 = s1_;
                    metal::float4 _e433 = q.inner[3];
                    uint _e435 = at_1;
                    metal::float4 _e443 = keys.inner[((_e435 + 1u) * 8u) + 3u];
                    s1_ = _e431 + metal::dot(_e433, _e443);
                    float _e446 = s1_;
                    metal::float4 _e448 = q.inner[4];
                    uint _e450 = at_1;
                    metal::float4 _e458 = keys.inner[((_e450 + 1u) * 8u) + 4u];
                    s1_ = _e446 + metal::dot(_e448, _e458);
                    float _e461 = s1_;
                    metal::float4 _e463 = q.inner[5];
                    uint _e465 = at_1;
                    metal::float4 _e473 = keys.inner[((_e465 + 1u) * 8u) + 5u];
                    s1_ = _e461 + metal::dot(_e463, _e473);
                    float _e476 = s1_;
                    metal::float4 _e478 = q.inner[6];
                    uint _e480 = at_1;
                    metal::float4 _e488 = keys.inner[((_e480 + 1u) * 8u) + 6u];
                    s1_ = _e476 + metal::dot(_e478, _e488);
                    float _e491 = s1_;
                    metal::float4 _e493 = q.inner[7];
                    uint _e495 = at_1;
                    metal::float4 _e503 = keys.inner[((_e495 + 1u) * 8u) + 7u];
                    s1_ = _e491 + metal::dot(_e493, _e503);
                    uint _e506 = base;
                    uint _e507 = at_1;
                    if (((_e506 + _e507) + 1u) >= _e31.x) {
                        uint _e515 = base;
                        uint _e516 = at_1;
                        local_1 = ((_e515 + _e516) + 1u) < _e31.y;
                    } else {
                        local_1 = false;
                    }
                    bool in1_ = local_1;
                    float _e524 = s1_;
                    s1_ = in1_ ? _e524 : -300000000000000000000000000000000000000.0;
                    s2_ = 0.0;
                    float _e529 = s2_;
                    metal::float4 _e531 = q.inner[0];
                    uint _e533 = at_1;
                    metal::float4 _e541 = keys.inner[((_e533 + 2u) * 8u) + 0u];
                    s2_ = _e529 + metal::dot(_e531, _e541);
                    float _e544 = s2_;
                    metal::float4 _e546 = q.inner[1];
                    uint _e548 = at_1;
                    metal::float4 _e556 = keys.inner[((_e548 + 2u) * 8u) + 1u];
                    s2_ = _e544 + metal::dot(_e546, _e556);
                    float _e559 = s2_;
                    metal::float4 _e561 = q.inner[2];
                    uint _e563 = at_1;
                    metal::float4 _e571 = keys.inner[((_e563 + 2u) * 8u) + 2u];
                    s2_ = _e559 + metal::dot(_e561, _e571);
                    float _e574 = s2_;
                    metal::float4 _e576 = q.inner[3];
                    uint _e578 = at_1;
                    metal::float4 _e586 = keys.inner[((_e578 + 2u) * 8u) + 3u];
                    s2_ = _e574 + metal::dot(_e576, _e586);
                    float _e589 = s2_;
                    metal::float4 _e591 = q.inner[4];
                    uint _e593 = at_1;
                    metal::float4 _e601 = keys.inner[((_e593 + 2u) * 8u) + 4u];
                    s2_ = _e589 + metal::dot(_e591, _e601);
                    float _e604 = s2_;
                    metal::float4 _e606 = q.inner[5];
                    uint _e608 = at_1;
                    metal::float4 _e616 = keys.inner[((_e608 + 2u) * 8u) + 5u];
                    s2_ = _e604 + metal::dot(_e606, _e616);
                    float _e619 = s2_;
                    metal::float4 _e621 = q.inner[6];
                    uint _e623 = at_1;
                    metal::float4 _e631 = keys.inner[((_e623 + 2u) * 8u) + 6u];
                    s2_ = _e619 + metal::dot(_e621, _e631);
                    float _e634 = s2_;
                    metal::float4 _e636 = q.inner[7];
                    uint _e638 = at_1;
                    metal::float4 _e646 = keys.inner[((_e638 + 2u) * 8u) + 7u];
                    s2_ = _e634 + metal::dot(_e636, _e646);
                    uint _e649 = base;
                    uint _e650 = at_1;
                    if (((_e649 + _e650) + 2u) >= _e31.x) {
                        uint _e658 = base;
                        uint _e659 = at_1;
                        local_2 = ((_e658 + _e659) + 2u) < _e31.y;
                    } else {
                        local_2 = false;
                    }
                    bool in2_ = local_2;
                    float _e667 = s2_;
                    s2_ = in2_ ? _e667 : -300000000000000000000000000000000000000.0;
                    s3_ = 0.0;
                    float _e672 = s3_;
                    metal::float4 _e674 = q.inner[0];
                    uint _e676 = at_1;
                    metal::float4 _e684 = keys.inner[((_e676 + 3u) * 8u) + 0u];
                    s3_ = _e672 + metal::dot(_e674, _e684);
                    float _e687 = s3_;
                    metal::float4 _e689 = q.inner[1];
                    uint _e691 = at_1;
                    metal::float4 _e699 = keys.inner[((_e691 + 3u) * 8u) + 1u];
                    s3_ = _e687 + metal::dot(_e689, _e699);
                    float _e702 = s3_;
                    metal::float4 _e704 = q.inner[2];
                    uint _e706 = at_1;
                    metal::float4 _e714 = keys.inner[((_e706 + 3u) * 8u) + 2u];
                    s3_ = _e702 + metal::dot(_e704, _e714);
                    float _e717 = s3_;
                    metal::float4 _e719 = q.inner[3];
                    uint _e721 = at_1;
                    metal::float4 _e729 = keys.inner[((_e721 + 3u) * 8u) + 3u];
                    s3_ = _e717 + metal::dot(_e719, _e729);
                    float _e732 = s3_;
                    metal::float4 _e734 = q.inner[4];
                    uint _e736 = at_1;
                    metal::float4 _e744 = keys.inner[((_e736 + 3u) * 8u) + 4u];
                    s3_ = _e732 + metal::dot(_e734, _e744);
                    float _e747 = s3_;
                    metal::float4 _e749 = q.inner[5];
                    uint _e751 = at_1;
                    metal::float4 _e759 = keys.inner[((_e751 + 3u) * 8u) + 5u];
                    s3_ = _e747 + metal::dot(_e749, _e759);
                    float _e762 = s3_;
                    metal::float4 _e764 = q.inner[6];
                    uint _e766 = at_1;
                    metal::float4 _e774 = keys.inner[((_e766 + 3u) * 8u) + 6u];
                    s3_ = _e762 + metal::dot(_e764, _e774);
                    float _e777 = s3_;
                    metal::float4 _e779 = q.inner[7];
                    uint _e781 = at_1;
                    metal::float4 _e789 = keys.inner[((_e781 + 3u) * 8u) + 7u];
                    s3_ = _e777 + metal::dot(_e779, _e789);
                    uint _e792 = base;
                    uint _e793 = at_1;
                    if (((_e792 + _e793) + 3u) >= _e31.x) {
                        uint _e801 = base;
                        uint _e802 = at_1;
                        local_3 = ((_e801 + _e802) + 3u) < _e31.y;
                    } else {
                        local_3 = false;
                    }
                    bool in3_ = local_3;
                    float _e810 = s3_;
                    s3_ = in3_ ? _e810 : -300000000000000000000000000000000000000.0;
                    s4_ = 0.0;
                    float _e815 = s4_;
                    metal::float4 _e817 = q.inner[0];
                    uint _e819 = at_1;
                    metal::float4 _e827 = keys.inner[((_e819 + 4u) * 8u) + 0u];
                    s4_ = _e815 + metal::dot(_e817, _e827);
                    float _e830 = s4_;
                    metal::float4 _e832 = q.inner[1];
                    uint _e834 = at_1;
                    metal::float4 _e842 = keys.inner[((_e834 + 4u) * 8u) + 1u];
                    s4_ = _e830 + metal::dot(_e832, _e842);
                    float _e845 = s4_;
                    metal::float4 _e847 = q.inner[2];
                    uint _e849 = at_1;
                    metal::float4 _e857 = keys.inner[((_e849 + 4u) * 8u) + 2u];
                    s4_ = _e845 + metal::dot(_e847, _e857);
                    float _e860 = s4_;
                    metal::float4 _e862 = q.inner[3];
                    uint _e864 = at_1;
                    metal::float4 _e872 = keys.inner[((_e864 + 4u) * 8u) + 3u];
                    s4_ = _e860 + metal::dot(_e862, _e872);
                    float _e875 = s4_;
                    metal::float4 _e877 = q.inner[4];
                    uint _e879 = at_1;
                    metal::float4 _e887 = keys.inner[((_e879 + 4u) * 8u) + 4u];
                    s4_ = _e875 + metal::dot(_e877, _e887);
                    float _e890 = s4_;
                    metal::float4 _e892 = q.inner[5];
                    uint _e894 = at_1;
                    metal::float4 _e902 = keys.inner[((_e894 + 4u) * 8u) + 5u];
                    s4_ = _e890 + metal::dot(_e892, _e902);
                    float _e905 = s4_;
                    metal::float4 _e907 = q.inner[6];
                    uint _e909 = at_1;
                    metal::float4 _e917 = keys.inner[((_e909 + 4u) * 8u) + 6u];
                    s4_ = _e905 + metal::dot(_e907, _e917);
                    float _e920 = s4_;
                    metal::float4 _e922 = q.inner[7];
                    uint _e924 = at_1;
                    metal::float4 _e932 = keys.inner[((_e924 + 4u) * 8u) + 7u];
                    s4_ = _e920 + metal::dot(_e922, _e932);
                    uint _e935 = base;
                    uint _e936 = at_1;
                    if (((_e935 + _e936) + 4u) >= _e31.x) {
                        uint _e944 = base;
                        uint _e945 = at_1;
                        local_4 = ((_e944 + _e945) + 4u) < _e31.y;
                    } else {
                        local_4 = false;
                    }
                    bool in4_ = local_4;
                    float _e953 = s4_;
                    s4_ = in4_ ? _e953 : -300000000000000000000000000000000000000.0;
                    s5_ = 0.0;
                    float _e958 = s5_;
                    metal::float4 _e960 = q.inner[0];
                    uint _e962 = at_1;
                    metal::float4 _e970 = keys.inner[((_e962 + 5u) * 8u) + 0u];
                    s5_ = _e958 + metal::dot(_e960, _e970);
                    float _e973 = s5_;
                    metal::float4 _e975 = q.inner[1];
                    uint _e977 = at_1;
                    metal::float4 _e985 = keys.inner[((_e977 + 5u) * 8u) + 1u];
                    s5_ = _e973 + metal::dot(_e975, _e985);
                    float _e988 = s5_;
                    metal::float4 _e990 = q.inner[2];
                    uint _e992 = at_1;
                    metal::float4 _e1000 = keys.inner[((_e992 + 5u) * 8u) + 2u];
                    s5_ = _e988 + metal::dot(_e990, _e1000);
                    float _e1003 = s5_;
                    metal::float4 _e1005 = q.inner[3];
                    uint _e1007 = at_1;
                    metal::float4 _e1015 = keys.inner[((_e1007 + 5u) * 8u) + 3u];
                    s5_ = _e1003 + metal::dot(_e1005, _e1015);
                    float _e1018 = s5_;
                    metal::float4 _e1020 = q.inner[4];
                    uint _e1022 = at_1;
                    metal::float4 _e1030 = keys.inner[((_e1022 + 5u) * 8u) + 4u];
                    s5_ = _e1018 + metal::dot(_e1020, _e1030);
                    float _e1033 = s5_;
                    metal::float4 _e1035 = q.inner[5];
                    uint _e1037 = at_1;
                    metal::float4 _e1045 = keys.inner[((_e1037 + 5u) * 8u) + 5u];
                    s5_ = _e1033 + metal::dot(_e1035, _e1045);
                    float _e1048 = s5_;
                    metal::float4 _e1050 = q.inner[6];
                    uint _e1052 = at_1;
                    metal::float4 _e1060 = keys.inner[((_e1052 + 5u) * 8u) + 6u];
                    s5_ = _e1048 + metal::dot(_e1050, _e1060);
                    float _e1063 = s5_;
                    metal::float4 _e1065 = q.inner[7];
                    uint _e1067 = at_1;
                    metal::float4 _e1075 = keys.inner[((_e1067 + 5u) * 8u) + 7u];
                    s5_ = _e1063 + metal::dot(_e1065, _e1075);
                    uint _e1078 = base;
                    uint _e1079 = at_1;
                    if (((_e1078 + _e1079) + 5u) >= _e31.x) {
                        uint _e1087 = base;
                        uint _e1088 = at_1;
                        local_5 = ((_e1087 + _e1088) + 5u) < _e31.y;
                    } else {
                        local_5 = false;
                    }
                    bool in5_ = local_5;
                    float _e1096 = s5_;
                    s5_ = in5_ ? _e1096 : -300000000000000000000000000000000000000.0;
                    s6_ = 0.0;
                    float _e1101 = s6_;
                    metal::float4 _e1103 = q.inner[0];
                    uint _e1105 = at_1;
                    metal::float4 _e1113 = keys.inner[((_e1105 + 6u) * 8u) + 0u];
                    s6_ = _e1101 + metal::dot(_e1103, _e1113);
                    float _e1116 = s6_;
                    metal::float4 _e1118 = q.inner[1];
                    uint _e1120 = at_1;
                    metal::float4 _e1128 = keys.inner[((_e1120 + 6u) * 8u) + 1u];
                    s6_ = _e1116 + metal::dot(_e1118, _e1128);
                    float _e1131 = s6_;
                    metal::float4 _e1133 = q.inner[2];
                    uint _e1135 = at_1;
                    metal::float4 _e1143 = keys.inner[((_e1135 + 6u) * 8u) + 2u];
                    s6_ = _e1131 + metal::dot(_e1133, _e1143);
                    float _e1146 = s6_;
                    metal::float4 _e1148 = q.inner[3];
                    uint _e1150 = at_1;
                    metal::float4 _e1158 = keys.inner[((_e1150 + 6u) * 8u) + 3u];
                    s6_ = _e1146 + metal::dot(_e1148, _e1158);
                    float _e1161 = s6_;
                    metal::float4 _e1163 = q.inner[4];
                    uint _e1165 = at_1;
                    metal::float4 _e1173 = keys.inner[((_e1165 + 6u) * 8u) + 4u];
                    s6_ = _e1161 + metal::dot(_e1163, _e1173);
                    float _e1176 = s6_;
                    metal::float4 _e1178 = q.inner[5];
                    uint _e1180 = at_1;
                    metal::float4 _e1188 = keys.inner[((_e1180 + 6u) * 8u) + 5u];
                    s6_ = _e1176 + metal::dot(_e1178, _e1188);
                    float _e1191 = s6_;
                    metal::float4 _e1193 = q.inner[6];
                    uint _e1195 = at_1;
                    metal::float4 _e1203 = keys.inner[((_e1195 + 6u) * 8u) + 6u];
                    s6_ = _e1191 + metal::dot(_e1193, _e1203);
                    float _e1206 = s6_;
                    metal::float4 _e1208 = q.inner[7];
                    uint _e1210 = at_1;
                    metal::float4 _e1218 = keys.inner[((_e1210 + 6u) * 8u) + 7u];
                    s6_ = _e1206 + metal::dot(_e1208, _e1218);
                    uint _e1221 = base;
                    uint _e1222 = at_1;
                    if (((_e1221 + _e1222) + 6u) >= _e31.x) {
                        uint _e1230 = base;
                        uint _e1231 = at_1;
                        local_6 = ((_e1230 + _e1231) + 6u) < _e31.y;
                    } else {
                        local_6 = false;
                    }
                    bool in6_ = local_6;
                    float _e1239 = s6_;
                    s6_ = in6_ ? _e1239 : -300000000000000000000000000000000000000.0;
                    s7_ = 0.0;
                    float _e1244 = s7_;
                    metal::float4 _e1246 = q.inner[0];
                    uint _e1248 = at_1;
                    metal::float4 _e1256 = keys.inner[((_e1248 + 7u) * 8u) + 0u];
                    s7_ = _e1244 + metal::dot(_e1246, _e1256);
                    float _e1259 = s7_;
                    metal::float4 _e1261 = q.inner[1];
                    uint _e1263 = at_1;
                    metal::float4 _e1271 = keys.inner[((_e1263 + 7u) * 8u) + 1u];
                    s7_ = _e1259 + metal::dot(_e1261, _e1271);
                    float _e1274 = s7_;
                    metal::float4 _e1276 = q.inner[2];
                    uint _e1278 = at_1;
                    metal::float4 _e1286 = keys.inner[((_e1278 + 7u) * 8u) + 2u];
                    s7_ = _e1274 + metal::dot(_e1276, _e1286);
                    float _e1289 = s7_;
                    metal::float4 _e1291 = q.inner[3];
                    uint _e1293 = at_1;
                    metal::float4 _e1301 = keys.inner[((_e1293 + 7u) * 8u) + 3u];
                    s7_ = _e1289 + metal::dot(_e1291, _e1301);
                    float _e1304 = s7_;
                    metal::float4 _e1306 = q.inner[4];
                    uint _e1308 = at_1;
                    metal::float4 _e1316 = keys.inner[((_e1308 + 7u) * 8u) + 4u];
                    s7_ = _e1304 + metal::dot(_e1306, _e1316);
                    float _e1319 = s7_;
                    metal::float4 _e1321 = q.inner[5];
                    uint _e1323 = at_1;
                    metal::float4 _e1331 = keys.inner[((_e1323 + 7u) * 8u) + 5u];
                    s7_ = _e1319 + metal::dot(_e1321, _e1331);
                    float _e1334 = s7_;
                    metal::float4 _e1336 = q.inner[6];
                    uint _e1338 = at_1;
                    metal::float4 _e1346 = keys.inner[((_e1338 + 7u) * 8u) + 6u];
                    s7_ = _e1334 + metal::dot(_e1336, _e1346);
                    float _e1349 = s7_;
                    metal::float4 _e1351 = q.inner[7];
                    uint _e1353 = at_1;
                    metal::float4 _e1361 = keys.inner[((_e1353 + 7u) * 8u) + 7u];
                    s7_ = _e1349 + metal::dot(_e1351, _e1361);
                    uint _e1364 = base;
                    uint _e1365 = at_1;
                    if (((_e1364 + _e1365) + 7u) >= _e31.x) {
                        uint _e1373 = base;
                        uint _e1374 = at_1;
                        local_7 = ((_e1373 + _e1374) + 7u) < _e31.y;
                    } else {
                        local_7 = false;
                    }
                    bool in7_ = local_7;
                    float _e1382 = s7_;
                    s7_ = in7_ ? _e1382 : -300000000000000000000000000000000000000.0;
                    float _e1385 = largest;
                    float _e1386 = s0_;
                    float _e1387 = s1_;
                    float _e1389 = s2_;
                    float _e1391 = s3_;
                    float _e1393 = s4_;
                    float _e1395 = s5_;
                    float _e1397 = s6_;
                    float _e1399 = s7_;
                    float larger = metal::max(_e1385, metal::max(metal::max(metal::max(metal::max(metal::max(metal::max(metal::max(_e1386, _e1387), _e1389), _e1391), _e1393), _e1395), _e1397), _e1399));
                    float _e1402 = largest;
                    float fade = metal::exp2(_e1402 - larger);
                    largest = larger;
                    float _e1405 = total;
                    total = _e1405 * fade;
                    metal::float4 _e1408 = sum.inner[0];
                    sum.inner[0] = _e1408 * fade;
                    metal::float4 _e1411 = sum.inner[1];
                    sum.inner[1] = _e1411 * fade;
                    metal::float4 _e1414 = sum.inner[2];
                    sum.inner[2] = _e1414 * fade;
                    metal::float4 _e1417 = sum.inner[3];
                    sum.inner[3] = _e1417 * fade;
                    metal::float4 _e1420 = sum.inner[4];
                    sum.inner[4] = _e1420 * fade;
                    metal::float4 _e1423 = sum.inner[5];
                    sum.inner[5] = _e1423 * fade;
                    metal::float4 _e1426 = sum.inner[6];
                    sum.inner[6] = _e1426 * fade;
                    metal::float4 _e1429 = sum.inner[7];
                    sum.inner[7] = _e1429 * fade;
                    if (in0_) {
                        float _e1431 = s0_;
                        float p = metal::exp2(_e1431 - larger);
                        float _e1434 = total;
                        total = _e1434 + p;
                        metal::float4 _e1437 = sum.inner[0];
                        uint _e1439 = at_1;
                        metal::float4 _e1447 = values.inner[((_e1439 + 0u) * 8u) + 0u];
                        sum.inner[0] = _e1437 + (p * _e1447);
                        metal::float4 _e1451 = sum.inner[1];
                        uint _e1453 = at_1;
                        metal::float4 _e1461 = values.inner[((_e1453 + 0u) * 8u) + 1u];
                        sum.inner[1] = _e1451 + (p * _e1461);
                        metal::float4 _e1465 = sum.inner[2];
                        uint _e1467 = at_1;
                        metal::float4 _e1475 = values.inner[((_e1467 + 0u) * 8u) + 2u];
                        sum.inner[2] = _e1465 + (p * _e1475);
                        metal::float4 _e1479 = sum.inner[3];
                        uint _e1481 = at_1;
                        metal::float4 _e1489 = values.inner[((_e1481 + 0u) * 8u) + 3u];
                        sum.inner[3] = _e1479 + (p * _e1489);
                        metal::float4 _e1493 = sum.inner[4];
                        uint _e1495 = at_1;
                        metal::float4 _e1503 = values.inner[((_e1495 + 0u) * 8u) + 4u];
                        sum.inner[4] = _e1493 + (p * _e1503);
                        metal::float4 _e1507 = sum.inner[5];
                        uint _e1509 = at_1;
                        metal::float4 _e1517 = values.inner[((_e1509 + 0u) * 8u) + 5u];
                        sum.inner[5] = _e1507 + (p * _e1517);
                        metal::float4 _e1521 = sum.inner[6];
                        uint _e1523 = at_1;
                        metal::float4 _e1531 = values.inner[((_e1523 + 0u) * 8u) + 6u];
                        sum.inner[6] = _e1521 + (p * _e1531);
                        metal::float4 _e1535 = sum.inner[7];
                        uint _e1537 = at_1;
                        metal::float4 _e1545 = values.inner[((_e1537 + 0u) * 8u) + 7u];
                        sum.inner[7] = _e1535 + (p * _e1545);
                    }
                    if (in1_) {
                        float _e1548 = s1_;
                        float p_1 = metal::exp2(_e1548 - larger);
                        float _e1551 = total;
                        total = _e1551 + p_1;
                        metal::float4 _e1554 = sum.inner[0];
                        uint _e1556 = at_1;
                        metal::float4 _e1564 = values.inner[((_e1556 + 1u) * 8u) + 0u];
                        sum.inner[0] = _e1554 + (p_1 * _e1564);
                        metal::float4 _e1568 = sum.inner[1];
                        uint _e1570 = at_1;
                        metal::float4 _e1578 = values.inner[((_e1570 + 1u) * 8u) + 1u];
                        sum.inner[1] = _e1568 + (p_1 * _e1578);
                        metal::float4 _e1582 = sum.inner[2];
                        uint _e1584 = at_1;
                        metal::float4 _e1592 = values.inner[((_e1584 + 1u) * 8u) + 2u];
                        sum.inner[2] = _e1582 + (p_1 * _e1592);
                        metal::float4 _e1596 = sum.inner[3];
                        uint _e1598 = at_1;
                        metal::float4 _e1606 = values.inner[((_e1598 + 1u) * 8u) + 3u];
                        sum.inner[3] = _e1596 + (p_1 * _e1606);
                        metal::float4 _e1610 = sum.inner[4];
                        uint _e1612 = at_1;
                        metal::float4 _e1620 = values.inner[((_e1612 + 1u) * 8u) + 4u];
                        sum.inner[4] = _e1610 + (p_1 * _e1620);
                        metal::float4 _e1624 = sum.inner[5];
                        uint _e1626 = at_1;
                        metal::float4 _e1634 = values.inner[((_e1626 + 1u) * 8u) + 5u];
                        sum.inner[5] = _e1624 + (p_1 * _e1634);
                        metal::float4 _e1638 = sum.inner[6];
                        uint _e1640 = at_1;
                        metal::float4 _e1648 = values.inner[((_e1640 + 1u) * 8u) + 6u];
                        sum.inner[6] = _e1638 + (p_1 * _e1648);
                        metal::float4 _e1652 = sum.inner[7];
                        uint _e1654 = at_1;
                        metal::float4 _e1662 = values.inner[((_e1654 + 1u) * 8u) + 7u];
                        sum.inner[7] = _e1652 + (p_1 * _e1662);
                    }
                    if (in2_) {
                        float _e1665 = s2_;
                        float p_2 = metal::exp2(_e1665 - larger);
                        float _e1668 = total;
                        total = _e1668 + p_2;
                        metal::float4 _e1671 = sum.inner[0];
                        uint _e1673 = at_1;
                        metal::float4 _e1681 = values.inner[((_e1673 + 2u) * 8u) + 0u];
                        sum.inner[0] = _e1671 + (p_2 * _e1681);
                        metal::float4 _e1685 = sum.inner[1];
                        uint _e1687 = at_1;
                        metal::float4 _e1695 = values.inner[((_e1687 + 2u) * 8u) + 1u];
                        sum.inner[1] = _e1685 + (p_2 * _e1695);
                        metal::float4 _e1699 = sum.inner[2];
                        uint _e1701 = at_1;
                        metal::float4 _e1709 = values.inner[((_e1701 + 2u) * 8u) + 2u];
                        sum.inner[2] = _e1699 + (p_2 * _e1709);
                        metal::float4 _e1713 = sum.inner[3];
                        uint _e1715 = at_1;
                        metal::float4 _e1723 = values.inner[((_e1715 + 2u) * 8u) + 3u];
                        sum.inner[3] = _e1713 + (p_2 * _e1723);
                        metal::float4 _e1727 = sum.inner[4];
                        uint _e1729 = at_1;
                        metal::float4 _e1737 = values.inner[((_e1729 + 2u) * 8u) + 4u];
                        sum.inner[4] = _e1727 + (p_2 * _e1737);
                        metal::float4 _e1741 = sum.inner[5];
                        uint _e1743 = at_1;
                        metal::float4 _e1751 = values.inner[((_e1743 + 2u) * 8u) + 5u];
                        sum.inner[5] = _e1741 + (p_2 * _e1751);
                        metal::float4 _e1755 = sum.inner[6];
                        uint _e1757 = at_1;
                        metal::float4 _e1765 = values.inner[((_e1757 + 2u) * 8u) + 6u];
                        sum.inner[6] = _e1755 + (p_2 * _e1765);
                        metal::float4 _e1769 = sum.inner[7];
                        uint _e1771 = at_1;
                        metal::float4 _e1779 = values.inner[((_e1771 + 2u) * 8u) + 7u];
                        sum.inner[7] = _e1769 + (p_2 * _e1779);
                    }
                    if (in3_) {
                        float _e1782 = s3_;
                        float p_3 = metal::exp2(_e1782 - larger);
                        float _e1785 = total;
                        total = _e1785 + p_3;
                        metal::float4 _e1788 = sum.inner[0];
                        uint _e1790 = at_1;
                        metal::float4 _e1798 = values.inner[((_e1790 + 3u) * 8u) + 0u];
                        sum.inner[0] = _e1788 + (p_3 * _e1798);
                        metal::float4 _e1802 = sum.inner[1];
                        uint _e1804 = at_1;
                        metal::float4 _e1812 = values.inner[((_e1804 + 3u) * 8u) + 1u];
                        sum.inner[1] = _e1802 + (p_3 * _e1812);
                        metal::float4 _e1816 = sum.inner[2];
                        uint _e1818 = at_1;
                        metal::float4 _e1826 = values.inner[((_e1818 + 3u) * 8u) + 2u];
                        sum.inner[2] = _e1816 + (p_3 * _e1826);
                        metal::float4 _e1830 = sum.inner[3];
                        uint _e1832 = at_1;
                        metal::float4 _e1840 = values.inner[((_e1832 + 3u) * 8u) + 3u];
                        sum.inner[3] = _e1830 + (p_3 * _e1840);
                        metal::float4 _e1844 = sum.inner[4];
                        uint _e1846 = at_1;
                        metal::float4 _e1854 = values.inner[((_e1846 + 3u) * 8u) + 4u];
                        sum.inner[4] = _e1844 + (p_3 * _e1854);
                        metal::float4 _e1858 = sum.inner[5];
                        uint _e1860 = at_1;
                        metal::float4 _e1868 = values.inner[((_e1860 + 3u) * 8u) + 5u];
                        sum.inner[5] = _e1858 + (p_3 * _e1868);
                        metal::float4 _e1872 = sum.inner[6];
                        uint _e1874 = at_1;
                        metal::float4 _e1882 = values.inner[((_e1874 + 3u) * 8u) + 6u];
                        sum.inner[6] = _e1872 + (p_3 * _e1882);
                        metal::float4 _e1886 = sum.inner[7];
                        uint _e1888 = at_1;
                        metal::float4 _e1896 = values.inner[((_e1888 + 3u) * 8u) + 7u];
                        sum.inner[7] = _e1886 + (p_3 * _e1896);
                    }
                    if (in4_) {
                        float _e1899 = s4_;
                        float p_4 = metal::exp2(_e1899 - larger);
                        float _e1902 = total;
                        total = _e1902 + p_4;
                        metal::float4 _e1905 = sum.inner[0];
                        uint _e1907 = at_1;
                        metal::float4 _e1915 = values.inner[((_e1907 + 4u) * 8u) + 0u];
                        sum.inner[0] = _e1905 + (p_4 * _e1915);
                        metal::float4 _e1919 = sum.inner[1];
                        uint _e1921 = at_1;
                        metal::float4 _e1929 = values.inner[((_e1921 + 4u) * 8u) + 1u];
                        sum.inner[1] = _e1919 + (p_4 * _e1929);
                        metal::float4 _e1933 = sum.inner[2];
                        uint _e1935 = at_1;
                        metal::float4 _e1943 = values.inner[((_e1935 + 4u) * 8u) + 2u];
                        sum.inner[2] = _e1933 + (p_4 * _e1943);
                        metal::float4 _e1947 = sum.inner[3];
                        uint _e1949 = at_1;
                        metal::float4 _e1957 = values.inner[((_e1949 + 4u) * 8u) + 3u];
                        sum.inner[3] = _e1947 + (p_4 * _e1957);
                        metal::float4 _e1961 = sum.inner[4];
                        uint _e1963 = at_1;
                        metal::float4 _e1971 = values.inner[((_e1963 + 4u) * 8u) + 4u];
                        sum.inner[4] = _e1961 + (p_4 * _e1971);
                        metal::float4 _e1975 = sum.inner[5];
                        uint _e1977 = at_1;
                        metal::float4 _e1985 = values.inner[((_e1977 + 4u) * 8u) + 5u];
                        sum.inner[5] = _e1975 + (p_4 * _e1985);
                        metal::float4 _e1989 = sum.inner[6];
                        uint _e1991 = at_1;
                        metal::float4 _e1999 = values.inner[((_e1991 + 4u) * 8u) + 6u];
                        sum.inner[6] = _e1989 + (p_4 * _e1999);
                        metal::float4 _e2003 = sum.inner[7];
                        uint _e2005 = at_1;
                        metal::float4 _e2013 = values.inner[((_e2005 + 4u) * 8u) + 7u];
                        sum.inner[7] = _e2003 + (p_4 * _e2013);
                    }
                    if (in5_) {
                        float _e2016 = s5_;
                        float p_5 = metal::exp2(_e2016 - larger);
                        float _e2019 = total;
                        total = _e2019 + p_5;
                        metal::float4 _e2022 = sum.inner[0];
                        uint _e2024 = at_1;
                        metal::float4 _e2032 = values.inner[((_e2024 + 5u) * 8u) + 0u];
                        sum.inner[0] = _e2022 + (p_5 * _e2032);
                        metal::float4 _e2036 = sum.inner[1];
                        uint _e2038 = at_1;
                        metal::float4 _e2046 = values.inner[((_e2038 + 5u) * 8u) + 1u];
                        sum.inner[1] = _e2036 + (p_5 * _e2046);
                        metal::float4 _e2050 = sum.inner[2];
                        uint _e2052 = at_1;
                        metal::float4 _e2060 = values.inner[((_e2052 + 5u) * 8u) + 2u];
                        sum.inner[2] = _e2050 + (p_5 * _e2060);
                        metal::float4 _e2064 = sum.inner[3];
                        uint _e2066 = at_1;
                        metal::float4 _e2074 = values.inner[((_e2066 + 5u) * 8u) + 3u];
                        sum.inner[3] = _e2064 + (p_5 * _e2074);
                        metal::float4 _e2078 = sum.inner[4];
                        uint _e2080 = at_1;
                        metal::float4 _e2088 = values.inner[((_e2080 + 5u) * 8u) + 4u];
                        sum.inner[4] = _e2078 + (p_5 * _e2088);
                        metal::float4 _e2092 = sum.inner[5];
                        uint _e2094 = at_1;
                        metal::float4 _e2102 = values.inner[((_e2094 + 5u) * 8u) + 5u];
                        sum.inner[5] = _e2092 + (p_5 * _e2102);
                        metal::float4 _e2106 = sum.inner[6];
                        uint _e2108 = at_1;
                        metal::float4 _e2116 = values.inner[((_e2108 + 5u) * 8u) + 6u];
                        sum.inner[6] = _e2106 + (p_5 * _e2116);
                        metal::float4 _e2120 = sum.inner[7];
                        uint _e2122 = at_1;
                        metal::float4 _e2130 = values.inner[((_e2122 + 5u) * 8u) + 7u];
                        sum.inner[7] = _e2120 + (p_5 * _e2130);
                    }
                    if (in6_) {
                        float _e2133 = s6_;
                        float p_6 = metal::exp2(_e2133 - larger);
                        float _e2136 = total;
                        total = _e2136 + p_6;
                        metal::float4 _e2139 = sum.inner[0];
                        uint _e2141 = at_1;
                        metal::float4 _e2149 = values.inner[((_e2141 + 6u) * 8u) + 0u];
                        sum.inner[0] = _e2139 + (p_6 * _e2149);
                        metal::float4 _e2153 = sum.inner[1];
                        uint _e2155 = at_1;
                        metal::float4 _e2163 = values.inner[((_e2155 + 6u) * 8u) + 1u];
                        sum.inner[1] = _e2153 + (p_6 * _e2163);
                        metal::float4 _e2167 = sum.inner[2];
                        uint _e2169 = at_1;
                        metal::float4 _e2177 = values.inner[((_e2169 + 6u) * 8u) + 2u];
                        sum.inner[2] = _e2167 + (p_6 * _e2177);
                        metal::float4 _e2181 = sum.inner[3];
                        uint _e2183 = at_1;
                        metal::float4 _e2191 = values.inner[((_e2183 + 6u) * 8u) + 3u];
                        sum.inner[3] = _e2181 + (p_6 * _e2191);
                        metal::float4 _e2195 = sum.inner[4];
                        uint _e2197 = at_1;
                        metal::float4 _e2205 = values.inner[((_e2197 + 6u) * 8u) + 4u];
                        sum.inner[4] = _e2195 + (p_6 * _e2205);
                        metal::float4 _e2209 = sum.inner[5];
                        uint _e2211 = at_1;
                        metal::float4 _e2219 = values.inner[((_e2211 + 6u) * 8u) + 5u];
                        sum.inner[5] = _e2209 + (p_6 * _e2219);
                        metal::float4 _e2223 = sum.inner[6];
                        uint _e2225 = at_1;
                        metal::float4 _e2233 = values.inner[((_e2225 + 6u) * 8u) + 6u];
                        sum.inner[6] = _e2223 + (p_6 * _e2233);
                        metal::float4 _e2237 = sum.inner[7];
                        uint _e2239 = at_1;
                        metal::float4 _e2247 = values.inner[((_e2239 + 6u) * 8u) + 7u];
                        sum.inner[7] = _e2237 + (p_6 * _e2247);
                    }
                    if (in7_) {
                        float _e2250 = s7_;
                        float p_7 = metal::exp2(_e2250 - larger);
                        float _e2253 = total;
                        total = _e2253 + p_7;
                        metal::float4 _e2256 = sum.inner[0];
                        uint _e2258 = at_1;
                        metal::float4 _e2266 = values.inner[((_e2258 + 7u) * 8u) + 0u];
                        sum.inner[0] = _e2256 + (p_7 * _e2266);
                        metal::float4 _e2270 = sum.inner[1];
                        uint _e2272 = at_1;
                        metal::float4 _e2280 = values.inner[((_e2272 + 7u) * 8u) + 1u];
                        sum.inner[1] = _e2270 + (p_7 * _e2280);
                        metal::float4 _e2284 = sum.inner[2];
                        uint _e2286 = at_1;
                        metal::float4 _e2294 = values.inner[((_e2286 + 7u) * 8u) + 2u];
                        sum.inner[2] = _e2284 + (p_7 * _e2294);
                        metal::float4 _e2298 = sum.inner[3];
                        uint _e2300 = at_1;
                        metal::float4 _e2308 = values.inner[((_e2300 + 7u) * 8u) + 3u];
                        sum.inner[3] = _e2298 + (p_7 * _e2308);
                        metal::float4 _e2312 = sum.inner[4];
                        uint _e2314 = at_1;
                        metal::float4 _e2322 = values.inner[((_e2314 + 7u) * 8u) + 4u];
                        sum.inner[4] = _e2312 + (p_7 * _e2322);
                        metal::float4 _e2326 = sum.inner[5];
                        uint _e2328 = at_1;
                        metal::float4 _e2336 = values.inner[((_e2328 + 7u) * 8u) + 5u];
                        sum.inner[5] = _e2326 + (p_7 * _e2336);
                        metal::float4 _e2340 = sum.inner[6];
                        uint _e2342 = at_1;
                        metal::float4 _e2350 = values.inner[((_e2342 + 7u) * 8u) + 6u];
                        sum.inner[6] = _e2340 + (p_7 * _e2350);
                        metal::float4 _e2354 = sum.inner[7];
                        uint _e2356 = at_1;
                        metal::float4 _e2364 = values.inner[((_e2356 + 7u) * 8u) + 7u];
                        sum.inner[7] = _e2354 + (p_7 * _e2364);
                    }
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
        }
    }
    if (row_1 < end_of_all) {
        metal::float4 _e2384 = sum.inner[0];
        float _e2385 = total;
        metal::uint2 _e2388 = narrow(_e2384 / metal::float4(_e2385));
        out[((row_1 * 96u) + (head * 8u)) + 0u] = _e2388;
        metal::float4 _e2399 = sum.inner[1];
        float _e2400 = total;
        metal::uint2 _e2403 = narrow(_e2399 / metal::float4(_e2400));
        out[((row_1 * 96u) + (head * 8u)) + 1u] = _e2403;
        metal::float4 _e2414 = sum.inner[2];
        float _e2415 = total;
        metal::uint2 _e2418 = narrow(_e2414 / metal::float4(_e2415));
        out[((row_1 * 96u) + (head * 8u)) + 2u] = _e2418;
        metal::float4 _e2429 = sum.inner[3];
        float _e2430 = total;
        metal::uint2 _e2433 = narrow(_e2429 / metal::float4(_e2430));
        out[((row_1 * 96u) + (head * 8u)) + 3u] = _e2433;
        metal::float4 _e2444 = sum.inner[4];
        float _e2445 = total;
        metal::uint2 _e2448 = narrow(_e2444 / metal::float4(_e2445));
        out[((row_1 * 96u) + (head * 8u)) + 4u] = _e2448;
        metal::float4 _e2459 = sum.inner[5];
        float _e2460 = total;
        metal::uint2 _e2463 = narrow(_e2459 / metal::float4(_e2460));
        out[((row_1 * 96u) + (head * 8u)) + 5u] = _e2463;
        metal::float4 _e2474 = sum.inner[6];
        float _e2475 = total;
        metal::uint2 _e2478 = narrow(_e2474 / metal::float4(_e2475));
        out[((row_1 * 96u) + (head * 8u)) + 6u] = _e2478;
        metal::float4 _e2489 = sum.inner[7];
        float _e2490 = total;
        metal::uint2 _e2493 = narrow(_e2489 / metal::float4(_e2490));
        out[((row_1 * 96u) + (head * 8u)) + 7u] = _e2493;
        return;
    } else {
        return;
    }
}
