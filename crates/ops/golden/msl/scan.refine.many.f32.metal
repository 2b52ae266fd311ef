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
            uint _e237 = query;
            query = _e237 + 1u;
        }
        loop_init = false;
        uint _e14 = query;
        if (_e14 < live) {
        } else {
            break;
        }
        {
            uint _e17 = query;
            uint floor = floors[_e17];
            uint _e23 = query;
            uint _e26 = coarse[(group * 64u) + _e23];
            if (_e26 < floor) {
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
                    uint _e224 = p;
                    p = _e224 + 1u;
                }
                loop_init_1 = false;
                uint _e34 = p;
                if (_e34 < 8u) {
                } else {
                    break;
                }
                {
                    uint _e40 = query;
                    uint _e44 = p;
                    uint _e47 = coarse_parts[(((group * 64u) + _e40) * 8u) + _e44];
                    if (_e47 < floor) {
                        continue;
                    }
                    at_1 = 0u;
                    bool loop_init_2 = true;
                    while(true) {
                        if (!loop_init_2) {
                            uint _e220 = at_1;
                            at_1 = _e220 + 16u;
                        }
                        loop_init_2 = false;
                        uint _e51 = at_1;
                        if (_e51 < 32u) {
                        } else {
                            break;
                        }
                        {
                            uint _e56 = p;
                            uint _e60 = at_1;
                            uint row_2 = ((group * 256u) + (_e56 * 32u)) + metal::min(_e60 + mine, 31u);
                            a = type_11 {};
                            metal::uint4 _e75 = exact[((row_2 * 48u) + 0u) + part];
                            a.inner[0] = _e75;
                            metal::uint4 _e84 = exact[((row_2 * 48u) + 16u) + part];
                            a.inner[1] = _e84;
                            metal::uint4 _e93 = exact[((row_2 * 48u) + 32u) + part];
                            a.inner[2] = _e93;
                            s = 0.0;
                            float _e96 = s;
                            metal::uint4 _e98 = a.inner[0];
                            uint _e100 = query;
                            metal::float4 _e111 = padded[((((_e100 * 48u) + 0u) + part) * 2u) + 0u];
                            uint _e113 = query;
                            metal::float4 _e124 = padded[((((_e113 * 48u) + 0u) + part) * 2u) + 1u];
                            float _e125 = dot8_(_e98, _e111, _e124);
                            s = _e96 + _e125;
                            float _e127 = s;
                            metal::uint4 _e129 = a.inner[1];
                            uint _e131 = query;
                            metal::float4 _e142 = padded[((((_e131 * 48u) + 16u) + part) * 2u) + 0u];
                            uint _e144 = query;
                            metal::float4 _e155 = padded[((((_e144 * 48u) + 16u) + part) * 2u) + 1u];
                            float _e156 = dot8_(_e129, _e142, _e155);
                            s = _e127 + _e156;
                            float _e158 = s;
                            metal::uint4 _e160 = a.inner[2];
                            uint _e162 = query;
                            metal::float4 _e173 = padded[((((_e162 * 48u) + 32u) + part) * 2u) + 0u];
                            uint _e175 = query;
                            metal::float4 _e186 = padded[((((_e175 * 48u) + 32u) + part) * 2u) + 1u];
                            float _e187 = dot8_(_e160, _e173, _e186);
                            s = _e158 + _e187;
                            float _e189 = s;
                            float _e190 = s;
                            float unnamed = metal::simd_shuffle_xor(_e190, 8u);
                            s = _e189 + unnamed;
                            float _e194 = s;
                            float _e195 = s;
                            float unnamed_1 = metal::simd_shuffle_xor(_e195, 4u);
                            s = _e194 + unnamed_1;
                            float _e199 = s;
                            float _e200 = s;
                            float unnamed_2 = metal::simd_shuffle_xor(_e200, 2u);
                            s = _e199 + unnamed_2;
                            float _e204 = s;
                            float _e205 = s;
                            float unnamed_3 = metal::simd_shuffle_xor(_e205, 1u);
                            s = _e204 + unnamed_3;
                            if (part == 0u) {
                                bool _e213 = allows(row_2, allowed, _buffer_sizes);
                                local = _e213;
                            } else {
                                local = false;
                            }
                            bool _e215 = local;
                            if (_e215) {
                                float _e217 = s;
                                uint _e218 = key_of(_e217);
                                uint _e219 = metal::atomic_fetch_max_explicit(&best, _e218, metal::memory_order_relaxed);
                            }
                        }
                    }
                }
            }
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            if (thread_ == 0u) {
                uint _e231 = query;
                uint _e235 = metal::atomic_load_explicit(&best, metal::memory_order_relaxed);
                keys[(group * 64u) + _e231] = _e235;
            }
        }
    }
    return;
}
