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

typedef metal::uint4 type_2[1];
typedef uint type_3[1];
typedef metal::float4 type_6[1];
struct type_7 {
    uint inner[64];
};
struct type_10 {
    metal::uint4 inner[3];
};

uint key_of(
    float score
) {
    uint bits = as_type<uint>(score);
    uint key = ((bits & 2147483648u) != 0u) ? ~(bits) : (bits | 2147483648u);
    return (score == score) ? key : 0u;
}

float dot8_(
    metal::uint4 row,
    metal::float4 low,
    metal::float4 high
) {
    metal::float4 a_1 = metal::float4(float2(as_type<half2>(row.x)), float2(as_type<half2>(row.y)));
    metal::float4 b = metal::float4(float2(as_type<half2>(row.z)), float2(as_type<half2>(row.w)));
    return metal::dot(a_1, low) + metal::dot(b, high);
}

bool allows(
    uint row_1,
    device type_3 const& allowed,
    constant _mslBufferSizes& _buffer_sizes
) {
    uint _e5 = allowed[row_1 / 32u];
    return ((_e5 >> (row_1 % 32u)) & 1u) != 0u;
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, device type_2 const& exact [[buffer(0)]]
, device type_3 const& allowed [[buffer(1)]]
, device type_6 const& padded [[buffer(2)]]
, device type_3 const& chosen [[buffer(3)]]
, device type_3 const& firsts [[buffer(4)]]
, device type_3& keys [[buffer(5)]]
, device type_7 const& params [[buffer(6)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(7)]]
) {
    bool local = {};
    uint at_1 = 0u;
    type_10 a = {};
    float s = {};
    bool local_1 = {};
    uint group = at.x;
    uint query = group / 16u;
    uint _e7 = params.inner[0];
    if (query >= metal::min(_e7, 1u)) {
        return;
    }
    uint tile = chosen[group];
    uint _e16 = firsts[0];
    if (!((tile < _e16))) {
        uint _e23 = firsts[64];
        local = tile >= _e23;
    } else {
        local = true;
    }
    bool _e26 = local;
    if (_e26) {
        return;
    }
    uint part = thread_ % 16u;
    uint mine = thread_ / 16u;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e199 = at_1;
            at_1 = _e199 + 16u;
        }
        loop_init = false;
        uint _e33 = at_1;
        if (_e33 < 256u) {
        } else {
            break;
        }
        {
            uint _e38 = firsts[0];
            uint _e42 = at_1;
            uint row_2 = (((tile - _e38) * 256u) + _e42) + mine;
            a = type_10 {};
            metal::uint4 _e55 = exact[((row_2 * 48u) + 0u) + part];
            a.inner[0] = _e55;
            metal::uint4 _e64 = exact[((row_2 * 48u) + 16u) + part];
            a.inner[1] = _e64;
            metal::uint4 _e73 = exact[((row_2 * 48u) + 32u) + part];
            a.inner[2] = _e73;
            s = 0.0;
            float _e76 = s;
            metal::uint4 _e78 = a.inner[0];
            metal::float4 _e90 = padded[((((query * 48u) + 0u) + part) * 2u) + 0u];
            metal::float4 _e102 = padded[((((query * 48u) + 0u) + part) * 2u) + 1u];
            float _e103 = dot8_(_e78, _e90, _e102);
            s = _e76 + _e103;
            float _e105 = s;
            metal::uint4 _e107 = a.inner[1];
            metal::float4 _e119 = padded[((((query * 48u) + 16u) + part) * 2u) + 0u];
            metal::float4 _e131 = padded[((((query * 48u) + 16u) + part) * 2u) + 1u];
            float _e132 = dot8_(_e107, _e119, _e131);
            s = _e105 + _e132;
            float _e134 = s;
            metal::uint4 _e136 = a.inner[2];
            metal::float4 _e148 = padded[((((query * 48u) + 32u) + part) * 2u) + 0u];
            metal::float4 _e160 = padded[((((query * 48u) + 32u) + part) * 2u) + 1u];
            float _e161 = dot8_(_e136, _e148, _e160);
            s = _e134 + _e161;
            float _e163 = s;
            float _e164 = s;
            float unnamed = metal::simd_shuffle_xor(_e164, 8u);
            s = _e163 + unnamed;
            float _e168 = s;
            float _e169 = s;
            float unnamed_1 = metal::simd_shuffle_xor(_e169, 4u);
            s = _e168 + unnamed_1;
            float _e173 = s;
            float _e174 = s;
            float unnamed_2 = metal::simd_shuffle_xor(_e174, 2u);
            s = _e173 + unnamed_2;
            float _e178 = s;
            float _e179 = s;
            float unnamed_3 = metal::simd_shuffle_xor(_e179, 1u);
            s = _e178 + unnamed_3;
            if (part == 0u) {
                bool _e187 = allows(row_2, allowed, _buffer_sizes);
                local_1 = _e187;
            } else {
                local_1 = false;
            }
            bool _e189 = local_1;
            if (_e189) {
                uint _e193 = at_1;
                float _e197 = s;
                uint _e198 = key_of(_e197);
                keys[((group * 256u) + _e193) + mine] = _e198;
            }
        }
    }
    return;
}
