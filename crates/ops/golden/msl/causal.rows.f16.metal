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
    uint size5;
};

typedef metal::uint2 type_2[1];
typedef metal::uint4 type_4[1];
typedef uint type_5[1];
struct type_6 {
    uint inner[64];
};
struct type_9 {
    metal::float4 inner[8];
};
struct type_10 {
    metal::float4 inner[64];
};
struct type_11 {
    float inner[8];
};
struct type_14 {
    metal::float4 inner[2];
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

metal::float4 shuffled(
    metal::float4 v_1,
    uint by
) {
    metal::float4 unnamed = metal::simd_shuffle_xor(v_1, by);
    return unnamed;
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, uint subgroup [[simdgroup_index_in_threadgroup]]
, uint lane [[thread_index_in_simdgroup]]
, device type_2 const& q [[buffer(0)]]
, device type_4 const& keys [[buffer(1)]]
, device type_4 const& values [[buffer(2)]]
, device type_5 const& positions [[buffer(3)]]
, device type_5 const& bases [[buffer(4)]]
, device type_2& out [[buffer(5)]]
, device type_6 const& params [[buffer(6)]]
, threadgroup type_9& query
, threadgroup type_10& sums
, threadgroup type_11& tops
, threadgroup type_11& totals
, constant _mslBufferSizes& _buffer_sizes [[buffer(7)]]
) {
    bool local = {};
    bool local_1 = {};
    uint i = {};
    float largest = -1000000000000000000000000000000.0;
    float total = 0.0;
    type_14 sum = {};
    uint start = {};
    float s = {};
    bool local_2 = {};
    float top = {};
    float divisor = 0.0;
    uint i_1 = {};
    metal::float4 value = {};
    uint group = at.x;
    uint _e7 = params.inner[0];
    uint live = metal::min(_e7, 512u);
    uint row = group / 12u;
    uint head = group % 12u;
    uint kept = head / 1u;
    if (row >= live) {
        return;
    }
    uint position = positions[row];
    uint base = bases[row];
    if (!(((base % 16u) != 0u))) {
        local = base >= 4096u;
    } else {
        local = true;
    }
    bool _e33 = local;
    if (!(_e33)) {
        local_1 = position >= (4096u - base);
    } else {
        local_1 = true;
    }
    bool _e41 = local_1;
    if (_e41) {
        return;
    }
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e62 = i;
            i = _e62 + 256u;
        }
        loop_init = false;
        uint _e43 = i;
        if (_e43 < 8u) {
        } else {
            break;
        }
        {
            uint _e47 = i;
            uint _e55 = i;
            metal::uint2 _e58 = q[(((row * 12u) + head) * 8u) + _e55];
            metal::float4 _e59 = widen(_e58);
            query.inner[_e47] = _e59 * 0.18033688;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    uint side = lane % 4u;
    uint line = lane / 4u;
    start = 0u + (subgroup * 32u);
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e361 = start;
            start = _e361 + 256u;
        }
        loop_init_1 = false;
        uint _e79 = start;
        if (_e79 <= position) {
        } else {
            break;
        }
        {
            uint _e81 = start;
            uint mine = _e81 + lane;
            bool inside = mine <= position;
            s = 0.0;
            {
                uint seen = metal::min(mine, position);
                uint at_1 = ((((((base + seen) / 16u) * 12u) + kept) * 16u) + ((base + seen) % 16u)) * 4u;
                {
                    metal::uint4 k = keys[at_1 + 0u];
                    float _e106 = s;
                    metal::float4 _e108 = widen(k.xy);
                    metal::float4 _e111 = query.inner[0];
                    s = _e106 + metal::dot(_e108, _e111);
                    float _e114 = s;
                    metal::float4 _e116 = widen(k.zw);
                    metal::float4 _e119 = query.inner[1];
                    s = _e114 + metal::dot(_e116, _e119);
                }
                {
                    metal::uint4 k_1 = keys[at_1 + 1u];
                    float _e127 = s;
                    metal::float4 _e129 = widen(k_1.xy);
                    metal::float4 _e132 = query.inner[2];
                    s = _e127 + metal::dot(_e129, _e132);
                    float _e135 = s;
                    metal::float4 _e137 = widen(k_1.zw);
                    metal::float4 _e140 = query.inner[3];
                    s = _e135 + metal::dot(_e137, _e140);
                }
                {
                    metal::uint4 k_2 = keys[at_1 + 2u];
                    float _e148 = s;
                    metal::float4 _e150 = widen(k_2.xy);
                    metal::float4 _e153 = query.inner[4];
                    s = _e148 + metal::dot(_e150, _e153);
                    float _e156 = s;
                    metal::float4 _e158 = widen(k_2.zw);
                    metal::float4 _e161 = query.inner[5];
                    s = _e156 + metal::dot(_e158, _e161);
                }
                {
                    metal::uint4 k_3 = keys[at_1 + 3u];
                    float _e169 = s;
                    metal::float4 _e171 = widen(k_3.xy);
                    metal::float4 _e174 = query.inner[6];
                    s = _e169 + metal::dot(_e171, _e174);
                    float _e177 = s;
                    metal::float4 _e179 = widen(k_3.zw);
                    metal::float4 _e182 = query.inner[7];
                    s = _e177 + metal::dot(_e179, _e182);
                }
            }
            float _e185 = s;
            s = inside ? _e185 : -1000000000000000000000000000000.0;
            float _e188 = largest;
            float _e189 = s;
            float unnamed_1 = metal::simd_max(_e189);
            float larger = metal::max(_e188, unnamed_1);
            float _e192 = largest;
            float fade = metal::exp2(_e192 - larger);
            largest = larger;
            float _e195 = s;
            float p = inside ? metal::exp2(_e195 - larger) : 0.0;
            float _e200 = total;
            total = (_e200 * fade) + p;
            metal::float4 _e204 = sum.inner[0];
            sum.inner[0] = _e204 * fade;
            metal::float4 _e207 = sum.inner[1];
            sum.inner[1] = _e207 * fade;
            {
                uint source = 0u + line;
                float unnamed_2 = metal::simd_shuffle(p, source);
                uint _e212 = start;
                uint seen_1 = metal::min(_e212 + source, position);
                uint at_2 = ((((((base + seen_1) / 16u) * 12u) + kept) * 16u) + ((base + seen_1) % 16u)) * 4u;
                {
                    metal::uint4 v_2 = values[(at_2 + side) + 0u];
                    metal::float4 _e236 = sum.inner[0];
                    metal::float4 _e238 = widen(v_2.xy);
                    sum.inner[0] = _e236 + (unnamed_2 * _e238);
                    metal::float4 _e242 = sum.inner[1];
                    metal::float4 _e244 = widen(v_2.zw);
                    sum.inner[1] = _e242 + (unnamed_2 * _e244);
                }
            }
            {
                uint source_1 = 8u + line;
                float unnamed_3 = metal::simd_shuffle(p, source_1);
                uint _e250 = start;
                uint seen_2 = metal::min(_e250 + source_1, position);
                uint at_3 = ((((((base + seen_2) / 16u) * 12u) + kept) * 16u) + ((base + seen_2) % 16u)) * 4u;
                {
                    metal::uint4 v_3 = values[(at_3 + side) + 0u];
                    metal::float4 _e274 = sum.inner[0];
                    metal::float4 _e276 = widen(v_3.xy);
                    sum.inner[0] = _e274 + (unnamed_3 * _e276);
                    metal::float4 _e280 = sum.inner[1];
                    metal::float4 _e282 = widen(v_3.zw);
                    sum.inner[1] = _e280 + (unnamed_3 * _e282);
                }
            }
            {
                uint source_2 = 16u + line;
                float unnamed_4 = metal::simd_shuffle(p, source_2);
                uint _e288 = start;
                uint seen_3 = metal::min(_e288 + source_2, position);
                uint at_4 = ((((((base + seen_3) / 16u) * 12u) + kept) * 16u) + ((base + seen_3) % 16u)) * 4u;
                {
                    metal::uint4 v_4 = values[(at_4 + side) + 0u];
                    metal::float4 _e312 = sum.inner[0];
                    metal::float4 _e314 = widen(v_4.xy);
                    sum.inner[0] = _e312 + (unnamed_4 * _e314);
                    metal::float4 _e318 = sum.inner[1];
                    metal::float4 _e320 = widen(v_4.zw);
                    sum.inner[1] = _e318 + (unnamed_4 * _e320);
                }
            }
            {
                uint source_3 = 24u + line;
                float unnamed_5 = metal::simd_shuffle(p, source_3);
                uint _e326 = start;
                uint seen_4 = metal::min(_e326 + source_3, position);
                uint at_5 = ((((((base + seen_4) / 16u) * 12u) + kept) * 16u) + ((base + seen_4) % 16u)) * 4u;
                {
                    metal::uint4 v_5 = values[(at_5 + side) + 0u];
                    metal::float4 _e350 = sum.inner[0];
                    metal::float4 _e352 = widen(v_5.xy);
                    sum.inner[0] = _e350 + (unnamed_5 * _e352);
                    metal::float4 _e356 = sum.inner[1];
                    metal::float4 _e358 = widen(v_5.zw);
                    sum.inner[1] = _e356 + (unnamed_5 * _e358);
                }
            }
        }
    }
    float _e364 = total;
    float unnamed_6 = metal::simd_sum(_e364);
    metal::float4 _e367 = sum.inner[0];
    metal::float4 _e369 = sum.inner[0];
    metal::float4 _e371 = shuffled(_e369, 4u);
    sum.inner[0] = _e367 + _e371;
    metal::float4 _e374 = sum.inner[1];
    metal::float4 _e376 = sum.inner[1];
    metal::float4 _e378 = shuffled(_e376, 4u);
    sum.inner[1] = _e374 + _e378;
    metal::float4 _e381 = sum.inner[0];
    metal::float4 _e383 = sum.inner[0];
    metal::float4 _e385 = shuffled(_e383, 8u);
    sum.inner[0] = _e381 + _e385;
    metal::float4 _e388 = sum.inner[1];
    metal::float4 _e390 = sum.inner[1];
    metal::float4 _e392 = shuffled(_e390, 8u);
    sum.inner[1] = _e388 + _e392;
    metal::float4 _e395 = sum.inner[0];
    metal::float4 _e397 = sum.inner[0];
    metal::float4 _e399 = shuffled(_e397, 16u);
    sum.inner[0] = _e395 + _e399;
    metal::float4 _e402 = sum.inner[1];
    metal::float4 _e404 = sum.inner[1];
    metal::float4 _e406 = shuffled(_e404, 16u);
    sum.inner[1] = _e402 + _e406;
    if (lane == 0u) {
        float _e412 = largest;
        tops.inner[subgroup] = _e412;
        totals.inner[subgroup] = unnamed_6;
    }
    if (line == 0u) {
        local_2 = (side + 0u) < 4u;
    } else {
        local_2 = false;
    }
    bool _e424 = local_2;
    if (_e424) {
        metal::float4 _e437 = sum.inner[0];
        sums.inner[((subgroup * 8u) + ((side + 0u) * 2u)) + 0u] = _e437;
        metal::float4 _e450 = sum.inner[1];
        sums.inner[((subgroup * 8u) + ((side + 0u) * 2u)) + 1u] = _e450;
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    float _e453 = tops.inner[0];
    top = _e453;
    float _e455 = top;
    float _e458 = tops.inner[0];
    top = metal::max(_e455, _e458);
    float _e460 = top;
    float _e463 = tops.inner[1];
    top = metal::max(_e460, _e463);
    float _e465 = top;
    float _e468 = tops.inner[2];
    top = metal::max(_e465, _e468);
    float _e470 = top;
    float _e473 = tops.inner[3];
    top = metal::max(_e470, _e473);
    float _e475 = top;
    float _e478 = tops.inner[4];
    top = metal::max(_e475, _e478);
    float _e480 = top;
    float _e483 = tops.inner[5];
    top = metal::max(_e480, _e483);
    float _e485 = top;
    float _e488 = tops.inner[6];
    top = metal::max(_e485, _e488);
    float _e490 = top;
    float _e493 = tops.inner[7];
    top = metal::max(_e490, _e493);
    float _e499 = tops.inner[0];
    float _e500 = top;
    float w0_ = metal::exp2(_e499 - _e500);
    float _e503 = divisor;
    float _e506 = totals.inner[0];
    divisor = _e503 + (w0_ * _e506);
    float _e511 = tops.inner[1];
    float _e512 = top;
    float w1_ = metal::exp2(_e511 - _e512);
    float _e515 = divisor;
    float _e518 = totals.inner[1];
    divisor = _e515 + (w1_ * _e518);
    float _e523 = tops.inner[2];
    float _e524 = top;
    float w2_ = metal::exp2(_e523 - _e524);
    float _e527 = divisor;
    float _e530 = totals.inner[2];
    divisor = _e527 + (w2_ * _e530);
    float _e535 = tops.inner[3];
    float _e536 = top;
    float w3_ = metal::exp2(_e535 - _e536);
    float _e539 = divisor;
    float _e542 = totals.inner[3];
    divisor = _e539 + (w3_ * _e542);
    float _e547 = tops.inner[4];
    float _e548 = top;
    float w4_ = metal::exp2(_e547 - _e548);
    float _e551 = divisor;
    float _e554 = totals.inner[4];
    divisor = _e551 + (w4_ * _e554);
    float _e559 = tops.inner[5];
    float _e560 = top;
    float w5_ = metal::exp2(_e559 - _e560);
    float _e563 = divisor;
    float _e566 = totals.inner[5];
    divisor = _e563 + (w5_ * _e566);
    float _e571 = tops.inner[6];
    float _e572 = top;
    float w6_ = metal::exp2(_e571 - _e572);
    float _e575 = divisor;
    float _e578 = totals.inner[6];
    divisor = _e575 + (w6_ * _e578);
    float _e583 = tops.inner[7];
    float _e584 = top;
    float w7_ = metal::exp2(_e583 - _e584);
    float _e587 = divisor;
    float _e590 = totals.inner[7];
    divisor = _e587 + (w7_ * _e590);
    i_1 = thread_;
    bool loop_init_2 = true;
    while(true) {
        if (!loop_init_2) {
            uint _e685 = i_1;
            i_1 = _e685 + 256u;
        }
        loop_init_2 = false;
        uint _e594 = i_1;
        if (_e594 < 8u) {
        } else {
            break;
        }
        {
            value = metal::float4 {};
            metal::float4 _e599 = value;
            uint _e601 = i_1;
            metal::float4 _e605 = sums.inner[_e601 + 0u];
            value = _e599 + (w0_ * _e605);
            metal::float4 _e608 = value;
            uint _e610 = i_1;
            metal::float4 _e614 = sums.inner[_e610 + 8u];
            value = _e608 + (w1_ * _e614);
            metal::float4 _e617 = value;
            uint _e619 = i_1;
            metal::float4 _e623 = sums.inner[_e619 + 16u];
            value = _e617 + (w2_ * _e623);
            metal::float4 _e626 = value;
            uint _e628 = i_1;
            metal::float4 _e632 = sums.inner[_e628 + 24u];
            value = _e626 + (w3_ * _e632);
            metal::float4 _e635 = value;
            uint _e637 = i_1;
            metal::float4 _e641 = sums.inner[_e637 + 32u];
            value = _e635 + (w4_ * _e641);
            metal::float4 _e644 = value;
            uint _e646 = i_1;
            metal::float4 _e650 = sums.inner[_e646 + 40u];
            value = _e644 + (w5_ * _e650);
            metal::float4 _e653 = value;
            uint _e655 = i_1;
            metal::float4 _e659 = sums.inner[_e655 + 48u];
            value = _e653 + (w6_ * _e659);
            metal::float4 _e662 = value;
            uint _e664 = i_1;
            metal::float4 _e668 = sums.inner[_e664 + 56u];
            value = _e662 + (w7_ * _e668);
            uint _e677 = i_1;
            metal::float4 _e680 = value;
            float _e681 = divisor;
            metal::uint2 _e684 = narrow(_e680 / metal::float4(_e681));
            out[(((row * 12u) + head) * 8u) + _e677] = _e684;
        }
    }
    return;
}
