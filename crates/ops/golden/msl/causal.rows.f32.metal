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

typedef metal::float4 type_2[1];
typedef metal::uint4 type_5[1];
typedef uint type_6[1];
struct type_7 {
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
, device type_5 const& keys [[buffer(1)]]
, device type_5 const& values [[buffer(2)]]
, device type_6 const& positions [[buffer(3)]]
, device type_6 const& bases [[buffer(4)]]
, device type_2& out [[buffer(5)]]
, device type_7 const& params [[buffer(6)]]
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
            uint _e61 = i;
            i = _e61 + 256u;
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
            metal::float4 _e58 = q[(((row * 12u) + head) * 8u) + _e55];
            query.inner[_e47] = _e58 * 0.18033688;
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    uint side = lane % 4u;
    uint line = lane / 4u;
    start = 0u + (subgroup * 32u);
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e360 = start;
            start = _e360 + 256u;
        }
        loop_init_1 = false;
        uint _e78 = start;
        if (_e78 <= position) {
        } else {
            break;
        }
        {
            uint _e80 = start;
            uint mine = _e80 + lane;
            bool inside = mine <= position;
            s = 0.0;
            {
                uint seen = metal::min(mine, position);
                uint at_1 = ((((((base + seen) / 16u) * 12u) + kept) * 16u) + ((base + seen) % 16u)) * 4u;
                {
                    metal::uint4 k = keys[at_1 + 0u];
                    float _e105 = s;
                    metal::float4 _e107 = widen(k.xy);
                    metal::float4 _e110 = query.inner[0];
                    s = _e105 + metal::dot(_e107, _e110);
                    float _e113 = s;
                    metal::float4 _e115 = widen(k.zw);
                    metal::float4 _e118 = query.inner[1];
                    s = _e113 + metal::dot(_e115, _e118);
                }
                {
                    metal::uint4 k_1 = keys[at_1 + 1u];
                    float _e126 = s;
                    metal::float4 _e128 = widen(k_1.xy);
                    metal::float4 _e131 = query.inner[2];
                    s = _e126 + metal::dot(_e128, _e131);
                    float _e134 = s;
                    metal::float4 _e136 = widen(k_1.zw);
                    metal::float4 _e139 = query.inner[3];
                    s = _e134 + metal::dot(_e136, _e139);
                }
                {
                    metal::uint4 k_2 = keys[at_1 + 2u];
                    float _e147 = s;
                    metal::float4 _e149 = widen(k_2.xy);
                    metal::float4 _e152 = query.inner[4];
                    s = _e147 + metal::dot(_e149, _e152);
                    float _e155 = s;
                    metal::float4 _e157 = widen(k_2.zw);
                    metal::float4 _e160 = query.inner[5];
                    s = _e155 + metal::dot(_e157, _e160);
                }
                {
                    metal::uint4 k_3 = keys[at_1 + 3u];
                    float _e168 = s;
                    metal::float4 _e170 = widen(k_3.xy);
                    metal::float4 _e173 = query.inner[6];
                    s = _e168 + metal::dot(_e170, _e173);
                    float _e176 = s;
                    metal::float4 _e178 = widen(k_3.zw);
                    metal::float4 _e181 = query.inner[7];
                    s = _e176 + metal::dot(_e178, _e181);
                }
            }
            float _e184 = s;
            s = inside ? _e184 : -1000000000000000000000000000000.0;
            float _e187 = largest;
            float _e188 = s;
            float unnamed_1 = metal::simd_max(_e188);
            float larger = metal::max(_e187, unnamed_1);
            float _e191 = largest;
            float fade = metal::exp2(_e191 - larger);
            largest = larger;
            float _e194 = s;
            float p = inside ? metal::exp2(_e194 - larger) : 0.0;
            float _e199 = total;
            total = (_e199 * fade) + p;
            metal::float4 _e203 = sum.inner[0];
            sum.inner[0] = _e203 * fade;
            metal::float4 _e206 = sum.inner[1];
            sum.inner[1] = _e206 * fade;
            {
                uint source = 0u + line;
                float unnamed_2 = metal::simd_shuffle(p, source);
                uint _e211 = start;
                uint seen_1 = metal::min(_e211 + source, position);
                uint at_2 = ((((((base + seen_1) / 16u) * 12u) + kept) * 16u) + ((base + seen_1) % 16u)) * 4u;
                {
                    metal::uint4 v_2 = values[(at_2 + side) + 0u];
                    metal::float4 _e235 = sum.inner[0];
                    metal::float4 _e237 = widen(v_2.xy);
                    sum.inner[0] = _e235 + (unnamed_2 * _e237);
                    metal::float4 _e241 = sum.inner[1];
                    metal::float4 _e243 = widen(v_2.zw);
                    sum.inner[1] = _e241 + (unnamed_2 * _e243);
                }
            }
            {
                uint source_1 = 8u + line;
                float unnamed_3 = metal::simd_shuffle(p, source_1);
                uint _e249 = start;
                uint seen_2 = metal::min(_e249 + source_1, position);
                uint at_3 = ((((((base + seen_2) / 16u) * 12u) + kept) * 16u) + ((base + seen_2) % 16u)) * 4u;
                {
                    metal::uint4 v_3 = values[(at_3 + side) + 0u];
                    metal::float4 _e273 = sum.inner[0];
                    metal::float4 _e275 = widen(v_3.xy);
                    sum.inner[0] = _e273 + (unnamed_3 * _e275);
                    metal::float4 _e279 = sum.inner[1];
                    metal::float4 _e281 = widen(v_3.zw);
                    sum.inner[1] = _e279 + (unnamed_3 * _e281);
                }
            }
            {
                uint source_2 = 16u + line;
                float unnamed_4 = metal::simd_shuffle(p, source_2);
                uint _e287 = start;
                uint seen_3 = metal::min(_e287 + source_2, position);
                uint at_4 = ((((((base + seen_3) / 16u) * 12u) + kept) * 16u) + ((base + seen_3) % 16u)) * 4u;
                {
                    metal::uint4 v_4 = values[(at_4 + side) + 0u];
                    metal::float4 _e311 = sum.inner[0];
                    metal::float4 _e313 = widen(v_4.xy);
                    sum.inner[0] = _e311 + (unnamed_4 * _e313);
                    metal::float4 _e317 = sum.inner[1];
                    metal::float4 _e319 = widen(v_4.zw);
                    sum.inner[1] = _e317 + (unnamed_4 * _e319);
                }
            }
            {
                uint source_3 = 24u + line;
                float unnamed_5 = metal::simd_shuffle(p, source_3);
                uint _e325 = start;
                uint seen_4 = metal::min(_e325 + source_3, position);
                uint at_5 = ((((((base + seen_4) / 16u) * 12u) + kept) * 16u) + ((base + seen_4) % 16u)) * 4u;
                {
                    metal::uint4 v_5 = values[(at_5 + side) + 0u];
                    metal::float4 _e349 = sum.inner[0];
                    metal::float4 _e351 = widen(v_5.xy);
                    sum.inner[0] = _e349 + (unnamed_5 * _e351);
                    metal::float4 _e355 = sum.inner[1];
                    metal::float4 _e357 = widen(v_5.zw);
                    sum.inner[1] = _e355 + (unnamed_5 * _e357);
                }
            }
        }
    }
    float _e363 = total;
    float unnamed_6 = metal::simd_sum(_e363);
    metal::float4 _e366 = sum.inner[0];
    metal::float4 _e368 = sum.inner[0];
    metal::float4 _e370 = shuffled(_e368, 4u);
    sum.inner[0] = _e366 + _e370;
    metal::float4 _e373 = sum.inner[1];
    metal::float4 _e375 = sum.inner[1];
    metal::float4 _e377 = shuffled(_e375, 4u);
    sum.inner[1] = _e373 + _e377;
    metal::float4 _e380 = sum.inner[0];
    metal::float4 _e382 = sum.inner[0];
    metal::float4 _e384 = shuffled(_e382, 8u);
    sum.inner[0] = _e380 + _e384;
    metal::float4 _e387 = sum.inner[1];
    metal::float4 _e389 = sum.inner[1];
    metal::float4 _e391 = shuffled(_e389, 8u);
    sum.inner[1] = _e387 + _e391;
    metal::float4 _e394 = sum.inner[0];
    metal::float4 _e396 = sum.inner[0];
    metal::float4 _e398 = shuffled(_e396, 16u);
    sum.inner[0] = _e394 + _e398;
    metal::float4 _e401 = sum.inner[1];
    metal::float4 _e403 = sum.inner[1];
    metal::float4 _e405 = shuffled(_e403, 16u);
    sum.inner[1] = _e401 + _e405;
    if (lane == 0u) {
        float _e411 = largest;
        tops.inner[subgroup] = _e411;
        totals.inner[subgroup] = unnamed_6;
    }
    if (line == 0u) {
        local_2 = (side + 0u) < 4u;
    } else {
        local_2 = false;
    }
    bool _e423 = local_2;
    if (_e423) {
        metal::float4 _e436 = sum.inner[0];
        sums.inner[((subgroup * 8u) + ((side + 0u) * 2u)) + 0u] = _e436;
        metal::float4 _e449 = sum.inner[1];
        sums.inner[((subgroup * 8u) + ((side + 0u) * 2u)) + 1u] = _e449;
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    float _e452 = tops.inner[0];
    top = _e452;
    float _e454 = top;
    float _e457 = tops.inner[0];
    top = metal::max(_e454, _e457);
    float _e459 = top;
    float _e462 = tops.inner[1];
    top = metal::max(_e459, _e462);
    float _e464 = top;
    float _e467 = tops.inner[2];
    top = metal::max(_e464, _e467);
    float _e469 = top;
    float _e472 = tops.inner[3];
    top = metal::max(_e469, _e472);
    float _e474 = top;
    float _e477 = tops.inner[4];
    top = metal::max(_e474, _e477);
    float _e479 = top;
    float _e482 = tops.inner[5];
    top = metal::max(_e479, _e482);
    float _e484 = top;
    float _e487 = tops.inner[6];
    top = metal::max(_e484, _e487);
    float _e489 = top;
    float _e492 = tops.inner[7];
    top = metal::max(_e489, _e492);
    float _e498 = tops.inner[0];
    float _e499 = top;
    float w0_ = metal::exp2(_e498 - _e499);
    float _e502 = divisor;
    float _e505 = totals.inner[0];
    divisor = _e502 + (w0_ * _e505);
    float _e510 = tops.inner[1];
    float _e511 = top;
    float w1_ = metal::exp2(_e510 - _e511);
    float _e514 = divisor;
    float _e517 = totals.inner[1];
    divisor = _e514 + (w1_ * _e517);
    float _e522 = tops.inner[2];
    float _e523 = top;
    float w2_ = metal::exp2(_e522 - _e523);
    float _e526 = divisor;
    float _e529 = totals.inner[2];
    divisor = _e526 + (w2_ * _e529);
    float _e534 = tops.inner[3];
    float _e535 = top;
    float w3_ = metal::exp2(_e534 - _e535);
    float _e538 = divisor;
    float _e541 = totals.inner[3];
    divisor = _e538 + (w3_ * _e541);
    float _e546 = tops.inner[4];
    float _e547 = top;
    float w4_ = metal::exp2(_e546 - _e547);
    float _e550 = divisor;
    float _e553 = totals.inner[4];
    divisor = _e550 + (w4_ * _e553);
    float _e558 = tops.inner[5];
    float _e559 = top;
    float w5_ = metal::exp2(_e558 - _e559);
    float _e562 = divisor;
    float _e565 = totals.inner[5];
    divisor = _e562 + (w5_ * _e565);
    float _e570 = tops.inner[6];
    float _e571 = top;
    float w6_ = metal::exp2(_e570 - _e571);
    float _e574 = divisor;
    float _e577 = totals.inner[6];
    divisor = _e574 + (w6_ * _e577);
    float _e582 = tops.inner[7];
    float _e583 = top;
    float w7_ = metal::exp2(_e582 - _e583);
    float _e586 = divisor;
    float _e589 = totals.inner[7];
    divisor = _e586 + (w7_ * _e589);
    i_1 = thread_;
    bool loop_init_2 = true;
    while(true) {
        if (!loop_init_2) {
            uint _e683 = i_1;
            i_1 = _e683 + 256u;
        }
        loop_init_2 = false;
        uint _e593 = i_1;
        if (_e593 < 8u) {
        } else {
            break;
        }
        {
            value = metal::float4 {};
            metal::float4 _e598 = value;
            uint _e600 = i_1;
            metal::float4 _e604 = sums.inner[_e600 + 0u];
            value = _e598 + (w0_ * _e604);
            metal::float4 _e607 = value;
            uint _e609 = i_1;
            metal::float4 _e613 = sums.inner[_e609 + 8u];
            value = _e607 + (w1_ * _e613);
            metal::float4 _e616 = value;
            uint _e618 = i_1;
            metal::float4 _e622 = sums.inner[_e618 + 16u];
            value = _e616 + (w2_ * _e622);
            metal::float4 _e625 = value;
            uint _e627 = i_1;
            metal::float4 _e631 = sums.inner[_e627 + 24u];
            value = _e625 + (w3_ * _e631);
            metal::float4 _e634 = value;
            uint _e636 = i_1;
            metal::float4 _e640 = sums.inner[_e636 + 32u];
            value = _e634 + (w4_ * _e640);
            metal::float4 _e643 = value;
            uint _e645 = i_1;
            metal::float4 _e649 = sums.inner[_e645 + 40u];
            value = _e643 + (w5_ * _e649);
            metal::float4 _e652 = value;
            uint _e654 = i_1;
            metal::float4 _e658 = sums.inner[_e654 + 48u];
            value = _e652 + (w6_ * _e658);
            metal::float4 _e661 = value;
            uint _e663 = i_1;
            metal::float4 _e667 = sums.inner[_e663 + 56u];
            value = _e661 + (w7_ * _e667);
            uint _e676 = i_1;
            metal::float4 _e679 = value;
            float _e680 = divisor;
            out[(((row * 12u) + head) * 8u) + _e676] = _e679 / metal::float4(_e680);
        }
    }
    return;
}
