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

typedef metal::uint4 type_2[1];
typedef uint type_3[1];
typedef metal::float4 type_6[1];
struct type_7 {
    uint inner[64];
};
struct type_9 {
    metal::atomic_uint inner[64];
};
struct type_12 {
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
, device type_3& keys [[buffer(4)]]
, device type_7 const& params [[buffer(5)]]
, threadgroup type_9& best
, constant _mslBufferSizes& _buffer_sizes [[buffer(6)]]
) {
    uint i = {};
    uint at_1 = 0u;
    type_12 a = {};
    uint query = {};
    float s = {};
    bool local = {};
    uint i_1 = {};
    uint group = at.x;
    uint _e5 = params.inner[0];
    uint live = metal::min(_e5, 64u);
    uint part = thread_ % 16u;
    uint mine = thread_ / 16u;
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e19 = i;
            i = _e19 + 256u;
        }
        loop_init = false;
        uint _e13 = i;
        if (_e13 < live) {
        } else {
            break;
        }
        {
            uint _e16 = i;
            metal::atomic_store_explicit(&best.inner[_e16], 0u, metal::memory_order_relaxed);
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e196 = at_1;
            at_1 = _e196 + 16u;
        }
        loop_init_1 = false;
        uint _e24 = at_1;
        if (_e24 < 256u) {
        } else {
            break;
        }
        {
            uint _e29 = at_1;
            uint row_2 = ((group * 256u) + _e29) + mine;
            a = type_12 {};
            metal::uint4 _e42 = exact[((row_2 * 48u) + 0u) + part];
            a.inner[0] = _e42;
            metal::uint4 _e51 = exact[((row_2 * 48u) + 16u) + part];
            a.inner[1] = _e51;
            metal::uint4 _e60 = exact[((row_2 * 48u) + 32u) + part];
            a.inner[2] = _e60;
            query = 0u;
            bool loop_init_2 = true;
            while(true) {
                if (!loop_init_2) {
                    uint _e194 = query;
                    query = _e194 + 1u;
                }
                loop_init_2 = false;
                uint _e63 = query;
                if (_e63 < live) {
                } else {
                    break;
                }
                {
                    s = 0.0;
                    float _e67 = s;
                    metal::uint4 _e69 = a.inner[0];
                    uint _e71 = query;
                    metal::float4 _e82 = padded[((((_e71 * 48u) + 0u) + part) * 2u) + 0u];
                    uint _e84 = query;
                    metal::float4 _e95 = padded[((((_e84 * 48u) + 0u) + part) * 2u) + 1u];
                    float _e96 = dot8_(_e69, _e82, _e95);
                    s = _e67 + _e96;
                    float _e98 = s;
                    metal::uint4 _e100 = a.inner[1];
                    uint _e102 = query;
                    metal::float4 _e113 = padded[((((_e102 * 48u) + 16u) + part) * 2u) + 0u];
                    uint _e115 = query;
                    metal::float4 _e126 = padded[((((_e115 * 48u) + 16u) + part) * 2u) + 1u];
                    float _e127 = dot8_(_e100, _e113, _e126);
                    s = _e98 + _e127;
                    float _e129 = s;
                    metal::uint4 _e131 = a.inner[2];
                    uint _e133 = query;
                    metal::float4 _e144 = padded[((((_e133 * 48u) + 32u) + part) * 2u) + 0u];
                    uint _e146 = query;
                    metal::float4 _e157 = padded[((((_e146 * 48u) + 32u) + part) * 2u) + 1u];
                    float _e158 = dot8_(_e131, _e144, _e157);
                    s = _e129 + _e158;
                    float _e160 = s;
                    float _e161 = s;
                    float unnamed = metal::simd_shuffle_xor(_e161, 8u);
                    s = _e160 + unnamed;
                    float _e165 = s;
                    float _e166 = s;
                    float unnamed_1 = metal::simd_shuffle_xor(_e166, 4u);
                    s = _e165 + unnamed_1;
                    float _e170 = s;
                    float _e171 = s;
                    float unnamed_2 = metal::simd_shuffle_xor(_e171, 2u);
                    s = _e170 + unnamed_2;
                    float _e175 = s;
                    float _e176 = s;
                    float unnamed_3 = metal::simd_shuffle_xor(_e176, 1u);
                    s = _e175 + unnamed_3;
                    if (part == 0u) {
                        bool _e184 = allows(row_2, allowed, _buffer_sizes);
                        local = _e184;
                    } else {
                        local = false;
                    }
                    bool _e186 = local;
                    if (_e186) {
                        uint _e188 = query;
                        float _e190 = s;
                        uint _e191 = key_of(_e190);
                        uint _e192 = metal::atomic_fetch_max_explicit(&best.inner[_e188], _e191, metal::memory_order_relaxed);
                    }
                }
            }
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    i_1 = thread_;
    bool loop_init_3 = true;
    while(true) {
        if (!loop_init_3) {
            uint _e212 = i_1;
            i_1 = _e212 + 256u;
        }
        loop_init_3 = false;
        uint _e200 = i_1;
        if (_e200 < live) {
        } else {
            break;
        }
        {
            uint _e205 = i_1;
            uint _e209 = i_1;
            uint _e211 = metal::atomic_load_explicit(&best.inner[_e209], metal::memory_order_relaxed);
            keys[(group * 64u) + _e205] = _e211;
        }
    }
    return;
}
