// language: metal3.1
#include <metal_stdlib>
#include <simd/simd.h>

using metal::uint;

struct _mslBufferSizes {
    uint size0;
    uint size1;
    uint size2;
};

typedef float type_1[1];
typedef uint type_3[1];
struct type_4 {
    uint inner[64];
};
struct type_5 {
    uint inner[32];
};

struct main_Input {
};
[[max_total_threads_per_threadgroup(1024)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, uint subgroup [[simdgroup_index_in_threadgroup]]
, uint lane [[thread_index_in_simdgroup]]
, device type_1 const& logits [[buffer(0)]]
, device type_1& copy [[buffer(1)]]
, device type_3& best [[buffer(2)]]
, device type_4 const& params [[buffer(3)]]
, threadgroup type_5& tops
, threadgroup type_5& tokens
, threadgroup type_5& bads
, constant _mslBufferSizes& _buffer_sizes [[buffer(4)]]
) {
    uint top = 0u;
    uint token = 4294967295u;
    uint bad = 0u;
    uint i = {};
    bool local = {};
    bool local_1 = {};
    uint all = {};
    uint chosen = {};
    uint wrong = {};
    uint s = 1u;
    bool local_2 = {};
    bool local_3 = {};
    uint group = at.x;
    uint _e7 = params.inner[1];
    uint live = metal::min(_e7, 16u);
    if (group >= live) {
        return;
    }
    uint first = group * 1536u;
    i = thread_;
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e60 = i;
            i = _e60 + 1024u;
        }
        loop_init = false;
        uint _e20 = i;
        if (_e20 < 1536u) {
        } else {
            break;
        }
        {
            uint _e24 = i;
            float value = logits[first + _e24];
            uint _e29 = i;
            copy[first + _e29] = value;
            uint bits = as_type<uint>(value);
            if (!((bits == 2139095040u))) {
                local = (bits & 2147483647u) > 2139095040u;
            } else {
                local = true;
            }
            bool _e43 = local;
            if (_e43) {
                bad = 1u;
            }
            uint key = (bits >= 2147483648u) ? ~(bits) : (bits | 2147483648u);
            uint _e51 = top;
            if (key > _e51) {
                local_1 = bits != 4286578688u;
            } else {
                local_1 = false;
            }
            bool _e58 = local_1;
            if (_e58) {
                top = key;
                uint _e59 = i;
                token = _e59;
            }
        }
    }
    uint _e63 = top;
    uint unnamed = metal::simd_max(_e63);
    uint _e66 = token;
    uint _e67 = top;
    uint unnamed_1 = metal::simd_min((_e67 == unnamed) ? _e66 : 4294967295u);
    uint _e71 = bad;
    uint unnamed_2 = metal::simd_max(_e71);
    if (lane == 0u) {
        tops.inner[subgroup] = unnamed;
        tokens.inner[subgroup] = unnamed_1;
        bads.inner[subgroup] = unnamed_2;
    }
    metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    if (thread_ == 0u) {
        uint _e85 = tops.inner[0];
        all = _e85;
        uint _e89 = tokens.inner[0];
        chosen = _e89;
        uint _e93 = bads.inner[0];
        wrong = _e93;
        bool loop_init_1 = true;
        while(true) {
            if (!loop_init_1) {
                uint _e142 = s;
                s = _e142 + 1u;
            }
            loop_init_1 = false;
            uint _e97 = s;
            if (_e97 < 32u) {
            } else {
                break;
            }
            {
                uint _e100 = wrong;
                uint _e102 = s;
                uint _e104 = bads.inner[_e102];
                wrong = _e100 | _e104;
                uint _e107 = s;
                uint _e109 = tops.inner[_e107];
                uint _e110 = all;
                if (!((_e109 > _e110))) {
                    uint _e116 = s;
                    uint _e118 = tops.inner[_e116];
                    uint _e119 = all;
                    if (_e118 == _e119) {
                        uint _e124 = s;
                        uint _e126 = tokens.inner[_e124];
                        uint _e127 = chosen;
                        local_3 = _e126 < _e127;
                    } else {
                        local_3 = false;
                    }
                    bool _e130 = local_3;
                    local_2 = _e130;
                } else {
                    local_2 = true;
                }
                bool _e132 = local_2;
                if (_e132) {
                    uint _e134 = s;
                    uint _e136 = tops.inner[_e134];
                    all = _e136;
                    uint _e138 = s;
                    uint _e140 = tokens.inner[_e138];
                    chosen = _e140;
                }
            }
        }
        uint _e146 = chosen;
        uint _e148 = wrong;
        best[group] = (_e148 != 0u) ? 4294967295u : _e146;
        return;
    } else {
        return;
    }
}
