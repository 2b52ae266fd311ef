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
    uint size6;
};

typedef metal::uint4 type_2[1];
typedef uint type_3[1];
typedef metal::float4 type_6[1];
struct type_7 {
    uint inner[64];
};
struct type_11 {
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
, device type_3 const& coarse [[buffer(3)]]
, device type_3 const& coarse_parts [[buffer(4)]]
, device type_3 const& floors [[buffer(5)]]
, device type_3& keys [[buffer(6)]]
, device type_7 const& params [[buffer(7)]]
, threadgroup metal::atomic_uint& best
, constant _mslBufferSizes& _buffer_sizes [[buffer(8)]]
) {
    uint query = 0u;
    uint p = {};
    uint at_1 = {};
    type_11 a = {};
    float s = {};
    bool local = {};
    uint group = at.x;
    uint _e5 = params.inner[0];
    uint live = metal::min(_e5, 64u);
    uint part = thread_ % 16u;
    uint mine = thread_ / 16u;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e239 = query;
            query = _e239 + 1u;
        }
        loop_init = false;
        uint _e14 = query;
        if (_e14 < live) {
        } else {
            break;
        }
        {
            uint _e17 = query;
            uint _e19 = floors[_e17];
            uint floor = metal::max(_e19, 1u);
            uint _e25 = query;
            uint _e28 = coarse[(group * 64u) + _e25];
            if (_e28 < floor) {
                continue;
            }
            if (thread_ == 0u) {
                metal::atomic_store_explicit(&best, 0u, metal::memory_order_relaxed);
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            p = 0u;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e226 = p;
                    p = _e226 + 1u;
                }
                loop_init_1 = false;
                uint _e36 = p;
                if (_e36 < 8u) {
                } else {
                    break;
                }
                {
                    uint _e42 = query;
                    uint _e46 = p;
                    uint _e49 = coarse_parts[(((group * 64u) + _e42) * 8u) + _e46];
                    if (_e49 < floor) {
                        continue;
                    }
                    at_1 = 0u;
                    bool loop_init_2 = true;
                    while(true) {
                        if (!loop_init_2) {
                            uint _e222 = at_1;
                            at_1 = _e222 + 16u;
                        }
                        loop_init_2 = false;
                        uint _e53 = at_1;
                        if (_e53 < 32u) {
                        } else {
                            break;
                        }
                        {
                            uint _e58 = p;
                            uint _e62 = at_1;
                            uint row_2 = ((group * 256u) + (_e58 * 32u)) + metal::min(_e62 + mine, 31u);
                            a = type_11 {};
                            metal::uint4 _e77 = exact[((row_2 * 48u) + 0u) + part];
                            a.inner[0] = _e77;
                            metal::uint4 _e86 = exact[((row_2 * 48u) + 16u) + part];
                            a.inner[1] = _e86;
                            metal::uint4 _e95 = exact[((row_2 * 48u) + 32u) + part];
                            a.inner[2] = _e95;
                            s = 0.0;
                            float _e98 = s;
                            metal::uint4 _e100 = a.inner[0];
                            uint _e102 = query;
                            metal::float4 _e113 = padded[((((_e102 * 48u) + 0u) + part) * 2u) + 0u];
                            uint _e115 = query;
                            metal::float4 _e126 = padded[((((_e115 * 48u) + 0u) + part) * 2u) + 1u];
                            float _e127 = dot8_(_e100, _e113, _e126);
                            s = _e98 + _e127;
                            float _e129 = s;
                            metal::uint4 _e131 = a.inner[1];
                            uint _e133 = query;
                            metal::float4 _e144 = padded[((((_e133 * 48u) + 16u) + part) * 2u) + 0u];
                            uint _e146 = query;
                            metal::float4 _e157 = padded[((((_e146 * 48u) + 16u) + part) * 2u) + 1u];
                            float _e158 = dot8_(_e131, _e144, _e157);
                            s = _e129 + _e158;
                            float _e160 = s;
                            metal::uint4 _e162 = a.inner[2];
                            uint _e164 = query;
                            metal::float4 _e175 = padded[((((_e164 * 48u) + 32u) + part) * 2u) + 0u];
                            uint _e177 = query;
                            metal::float4 _e188 = padded[((((_e177 * 48u) + 32u) + part) * 2u) + 1u];
                            float _e189 = dot8_(_e162, _e175, _e188);
                            s = _e160 + _e189;
                            float _e191 = s;
                            float _e192 = s;
                            float unnamed = metal::simd_shuffle_xor(_e192, 8u);
                            s = _e191 + unnamed;
                            float _e196 = s;
                            float _e197 = s;
                            float unnamed_1 = metal::simd_shuffle_xor(_e197, 4u);
                            s = _e196 + unnamed_1;
                            float _e201 = s;
                            float _e202 = s;
                            float unnamed_2 = metal::simd_shuffle_xor(_e202, 2u);
                            s = _e201 + unnamed_2;
                            float _e206 = s;
                            float _e207 = s;
                            float unnamed_3 = metal::simd_shuffle_xor(_e207, 1u);
                            s = _e206 + unnamed_3;
                            if (part == 0u) {
                                bool _e215 = allows(row_2, allowed, _buffer_sizes);
                                local = _e215;
                            } else {
                                local = false;
                            }
                            bool _e217 = local;
                            if (_e217) {
                                float _e219 = s;
                                uint _e220 = key_of(_e219);
                                uint _e221 = metal::atomic_fetch_max_explicit(&best, _e220, metal::memory_order_relaxed);
                            }
                        }
                    }
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            if (thread_ == 0u) {
                uint _e233 = query;
                uint _e237 = metal::atomic_load_explicit(&best, metal::memory_order_relaxed);
                keys[(group * 64u) + _e233] = _e237;
            }
        }
    }
    return;
}
