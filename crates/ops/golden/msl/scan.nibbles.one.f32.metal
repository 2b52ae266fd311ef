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

typedef uint type_1[1];
typedef float type_3[1];
typedef metal::float2 type_5[1];

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, device type_1 const& codes [[buffer(0)]]
, device type_3 const& metas [[buffer(1)]]
, device type_1& packed [[buffer(2)]]
, device type_5& slack [[buffer(3)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(5)]]
) {
    int square = 0;
    uint i = {};
    uint j = {};
    uint group = at.x;
    uint part = thread_ % 8u;
    uint row = (group * 32u) + (thread_ / 8u);
    i = part;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e108 = i;
            i = _e108 + 8u;
        }
        loop_init = false;
        uint _e13 = i;
        if (_e13 < 48u) {
        } else {
            break;
        }
        {
            uint _e20 = i;
            uint _e24 = codes[(row * 96u) + (2u * _e20)];
            uint a = _e24 ^ 2155905152u;
            uint _e31 = i;
            uint _e37 = codes[((row * 96u) + (2u * _e31)) + 1u];
            uint b = _e37 ^ 2155905152u;
            uint _e43 = i;
            packed[(row * 48u) + _e43] = ((a >> 4u) & 252645135u) | (b & 4042322160u);
            j = 0u;
            bool loop_init_1 = true;
            while(true) {
                if (!loop_init_1) {
                    uint _e106 = j;
                    j = _e106 + 1u;
                }
                loop_init_1 = false;
                uint _e55 = j;
                if (_e55 < 4u) {
                } else {
                    break;
                }
                {
                    uint _e59 = j;
                    int x = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(2) * as_type<uint>(static_cast<int>((a >> (8u * _e59)) & 15u)))) - as_type<uint>(15));
                    uint _e70 = j;
                    int y = as_type<int>(as_type<uint>(as_type<int>(as_type<uint>(2) * as_type<uint>(static_cast<int>((b >> (8u * _e70)) & 15u)))) - as_type<uint>(15));
                    int _e80 = square;
                    uint _e83 = i;
                    uint _e85 = j;
                    uint _e93 = i;
                    uint _e97 = j;
                    square = as_type<int>(as_type<uint>(_e80) + as_type<uint>(as_type<int>(as_type<uint>((((8u * _e83) + _e85) < 384u) ? as_type<int>(as_type<uint>(x) * as_type<uint>(x)) : 0) + as_type<uint>(((((8u * _e93) + 4u) + _e97) < 384u) ? as_type<int>(as_type<uint>(y) * as_type<uint>(y)) : 0))));
                }
            }
        }
    }
    int _e111 = square;
    int _e112 = square;
    int unnamed = metal::simd_shuffle_xor(_e112, 4u);
    square = as_type<int>(as_type<uint>(_e111) + as_type<uint>(unnamed));
    int _e116 = square;
    int _e117 = square;
    int unnamed_1 = metal::simd_shuffle_xor(_e117, 2u);
    square = as_type<int>(as_type<uint>(_e116) + as_type<uint>(unnamed_1));
    int _e121 = square;
    int _e122 = square;
    int unnamed_2 = metal::simd_shuffle_xor(_e122, 1u);
    square = as_type<int>(as_type<uint>(_e121) + as_type<uint>(unnamed_2));
    if (part == 0u) {
        float error = metas[row + 8192u];
        float _e135 = metas[row];
        int _e136 = square;
        float lower = (_e135 * metal::sqrt(static_cast<float>(_e136))) * 0.5;
        float _e149 = metas[row + 4096u];
        slack[row] = metal::float2(lower + error, _e149 + error) * 1.001;
        return;
    } else {
        return;
    }
}
