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
typedef uint type_3[1];
struct type_4 {
    uint inner[64];
};
struct type_5 {
    float inner[64];
};

uint packed(
    metal::int4 v
) {
    metal::uint4 b = as_type<metal::uint4>(v) & metal::uint4(255u);
    return ((b.x | (b.y << 8u)) | (b.z << 16u)) | (b.w << 24u);
}
metal::int4 naga_f2i32(metal::float4 value) {
    return static_cast<metal::int4>(metal::clamp(value, -2147483600.0, 2147483500.0));
}


struct main_Input {
};
[[max_total_threads_per_threadgroup(64)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, device type_1 const& raw [[buffer(0)]]
, device type_1& padded [[buffer(1)]]
, device type_3& codes [[buffer(2)]]
, device type_1& lengths [[buffer(3)]]
, device type_4 const& params [[buffer(4)]]
, threadgroup type_5& parts
, constant _mslBufferSizes& _buffer_sizes [[buffer(5)]]
) {
    float largest = 0.0;
    uint i = {};
    float greatest = 0.0;
    uint i_1 = 0u;
    float square = 0.0;
    uint i_2 = {};
    metal::float4 four = {};
    uint j = {};
    uint j_1 = {};
    float whole_sum = 0.0;
    uint i_3 = 0u;
    uint query = at.x;
    uint _e5 = params.inner[0];
    if (query >= metal::min(_e5, 1u)) {
        return;
    }
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e25 = i;
            i = _e25 + 64u;
        }
        loop_init = false;
        uint _e12 = i;
        if (_e12 < 384u) {
        } else {
            break;
        }
        {
            float _e15 = largest;
            uint _e19 = i;
            float _e22 = raw[(query * 384u) + _e19];
            largest = metal::max(_e15, metal::abs(_e22));
        }
    }
    float _e30 = largest;
    parts.inner[thread_] = _e30;
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e45 = i_1;
            i_1 = _e45 + 1u;
        }
        loop_init_1 = false;
        uint _e35 = i_1;
        if (_e35 < 64u) {
        } else {
            break;
        }
        {
            float _e38 = greatest;
            uint _e40 = i_1;
            float _e42 = parts.inner[_e40];
            greatest = metal::max(_e38, _e42);
        }
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    float _e47 = greatest;
    float _e48 = greatest;
    float divisor = (_e48 > 0.0) ? _e47 : 1.0;
    i_2 = thread_ * 4u;
    bool loop_init_2 = true;
    while(true) {
        if (!loop_init_2) {
            uint _e157 = i_2;
            i_2 = _e157 + 256u;
        }
        loop_init_2 = false;
        uint _e58 = i_2;
        if (_e58 < 384u) {
        } else {
            break;
        }
        {
            four = metal::float4 {};
            j = 0u;
            bool loop_init_3 = true;
            while(true) {
                if (!loop_init_3) {
                    uint _e86 = j;
                    j = _e86 + 1u;
                }
                loop_init_3 = false;
                uint _e65 = j;
                if (_e65 < 4u) {
                } else {
                    break;
                }
                {
                    uint _e68 = i_2;
                    uint _e69 = j;
                    if ((_e68 + _e69) < 384u) {
                        uint _e73 = j;
                        uint _e78 = i_2;
                        uint _e80 = j;
                        float _e83 = raw[((query * 384u) + _e78) + _e80];
                        four[_e73] = _e83 / divisor;
                    }
                }
            }
            j_1 = 0u;
            bool loop_init_4 = true;
            while(true) {
                if (!loop_init_4) {
                    uint _e105 = j_1;
                    j_1 = _e105 + 1u;
                }
                loop_init_4 = false;
                uint _e90 = j_1;
                if (_e90 < 4u) {
                } else {
                    break;
                }
                {
                    uint _e96 = i_2;
                    uint _e98 = j_1;
                    uint _e101 = j_1;
                    float _e103 = four[_e101];
                    padded[((query * 384u) + _e96) + _e98] = _e103;
                }
            }
            metal::float4 _e107 = four;
            metal::int4 whole = naga_f2i32(metal::rint(metal::clamp(_e107, metal::float4(-1.0), metal::float4(1.0)) * 16256.0));
            metal::int4 high = as_type<metal::int4>(as_type<metal::uint4>(whole) + as_type<metal::uint4>(metal::int4(64))) >> metal::uint4(7u);
            metal::int4 low = as_type<metal::int4>(as_type<metal::uint4>(whole) - as_type<metal::uint4>(as_type<metal::int4>(as_type<metal::uint4>(high) * as_type<uint>(128))));
            uint _e131 = i_2;
            uint _e136 = packed(high);
            codes[(((query * 2u) * 384u) + _e131) / 4u] = _e136;
            uint _e144 = i_2;
            uint _e149 = packed(low);
            codes[((((query * 2u) * 384u) + 384u) + _e144) / 4u] = _e149;
            metal::float4 value = static_cast<metal::float4>(whole) / metal::float4(16256.0);
            float _e154 = square;
            square = _e154 + metal::dot(value, value);
        }
    }
    float _e162 = square;
    parts.inner[thread_] = _e162;
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    if (thread_ == 0u) {
        bool loop_init_5 = true;
        while(true) {
            if (!loop_init_5) {
                uint _e179 = i_3;
                i_3 = _e179 + 1u;
            }
            loop_init_5 = false;
            uint _e169 = i_3;
            if (_e169 < 64u) {
            } else {
                break;
            }
            {
                float _e172 = whole_sum;
                uint _e174 = i_3;
                float _e176 = parts.inner[_e174];
                whole_sum = _e172 + _e176;
            }
        }
        float _e183 = whole_sum;
        lengths[query] = metal::sqrt(_e183) * 1.0001;
        return;
    } else {
        return;
    }
}
