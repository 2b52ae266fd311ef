// language: metal3.1
#include <metal_stdlib>
#include <simd/simd.h>

using metal::uint;

struct _mslBufferSizes {
    uint size0;
    uint size1;
};

typedef uint type_1[1];
struct type_2 {
    uint inner[64];
};
struct type_6 {
    uint inner[16];
};
struct type_7 {
    uint inner[1];
};

uint bits_of(
    uint key_16
) {
    return (key_16 >= 2147483648u) ? (key_16 & 2147483647u) : ~(key_16);
}

float number(
    uint key_17
) {
    uint _e1 = bits_of(key_17);
    return as_type<float>(_e1);
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(64)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, uint subgroup [[simdgroup_index_in_threadgroup]]
, uint lane [[thread_index_in_simdgroup]]
, device type_1 const& logits [[buffer(0)]]
, device type_1& told [[buffer(1)]]
, device type_2 const& params [[buffer(2)]]
, constant _mslBufferSizes& _buffer_sizes [[buffer(3)]]
) {
    bool local = {};
    type_6 keys = {};
    type_7 held = {};
    uint bad = 0u;
    uint most = 0u;
    uint key = 0u;
    bool local_1 = {};
    uint key_1 = 0u;
    bool local_2 = {};
    uint key_2 = 0u;
    bool local_3 = {};
    uint key_3 = 0u;
    bool local_4 = {};
    uint key_4 = 0u;
    bool local_5 = {};
    uint key_5 = 0u;
    bool local_6 = {};
    uint key_6 = 0u;
    bool local_7 = {};
    uint key_7 = 0u;
    bool local_8 = {};
    uint key_8 = 0u;
    bool local_9 = {};
    uint key_9 = 0u;
    bool local_10 = {};
    uint key_10 = 0u;
    bool local_11 = {};
    uint key_11 = 0u;
    bool local_12 = {};
    uint key_12 = 0u;
    bool local_13 = {};
    uint key_13 = 0u;
    bool local_14 = {};
    uint key_14 = 0u;
    bool local_15 = {};
    uint key_15 = 0u;
    bool local_16 = {};
    float sum = 0.0;
    uint r = 0u;
    uint at_1 = {};
    bool local_17 = {};
    bool local_18 = {};
    bool local_19 = {};
    bool local_20 = {};
    bool local_21 = {};
    bool local_22 = {};
    bool local_23 = {};
    bool local_24 = {};
    bool local_25 = {};
    bool local_26 = {};
    bool local_27 = {};
    bool local_28 = {};
    bool local_29 = {};
    bool local_30 = {};
    bool local_31 = {};
    bool local_32 = {};
    bool local_33 = {};
    uint i = 0u;
    uint group = at.x;
    uint _e7 = params.inner[1];
    uint live = metal::min(_e7, 16u);
    uint row = group / 2u;
    uint own = ((group % 2u) * 2u) + subgroup;
    if (!((row >= live))) {
        local = own >= 3u;
    } else {
        local = true;
    }
    bool _e24 = local;
    if (_e24) {
        return;
    }
    {
        uint at_2 = 0u + lane;
        uint token = (((at_2 / 8u) * 24u) + (own * 8u)) + (at_2 % 8u);
        if (token < 1536u) {
            uint bits = logits[(row * 1536u) + token];
            uint _e53 = bad;
            if (!((bits == 2139095040u))) {
                local_1 = (bits & 2147483647u) > 2139095040u;
            } else {
                local_1 = true;
            }
            bool _e64 = local_1;
            bad = _e53 | static_cast<uint>(_e64);
            key = (bits == 4286578688u) ? 0u : ((bits >= 2147483648u) ? ~(bits) : (bits | 2147483648u));
        }
        uint _e78 = key;
        keys.inner[0] = _e78;
        uint _e79 = most;
        uint _e80 = key;
        most = metal::max(_e79, _e80);
    }
    {
        uint at_3 = 32u + lane;
        uint token_1 = (((at_3 / 8u) * 24u) + (own * 8u)) + (at_3 % 8u);
        if (token_1 < 1536u) {
            uint bits_1 = logits[(row * 1536u) + token_1];
            uint _e104 = bad;
            if (!((bits_1 == 2139095040u))) {
                local_2 = (bits_1 & 2147483647u) > 2139095040u;
            } else {
                local_2 = true;
            }
            bool _e115 = local_2;
            bad = _e104 | static_cast<uint>(_e115);
            key_1 = (bits_1 == 4286578688u) ? 0u : ((bits_1 >= 2147483648u) ? ~(bits_1) : (bits_1 | 2147483648u));
        }
        uint _e129 = key_1;
        keys.inner[1] = _e129;
        uint _e130 = most;
        uint _e131 = key_1;
        most = metal::max(_e130, _e131);
    }
    {
        uint at_4 = 64u + lane;
        uint token_2 = (((at_4 / 8u) * 24u) + (own * 8u)) + (at_4 % 8u);
        if (token_2 < 1536u) {
            uint bits_2 = logits[(row * 1536u) + token_2];
            uint _e155 = bad;
            if (!((bits_2 == 2139095040u))) {
                local_3 = (bits_2 & 2147483647u) > 2139095040u;
            } else {
                local_3 = true;
            }
            bool _e166 = local_3;
            bad = _e155 | static_cast<uint>(_e166);
            key_2 = (bits_2 == 4286578688u) ? 0u : ((bits_2 >= 2147483648u) ? ~(bits_2) : (bits_2 | 2147483648u));
        }
        uint _e180 = key_2;
        keys.inner[2] = _e180;
        uint _e181 = most;
        uint _e182 = key_2;
        most = metal::max(_e181, _e182);
    }
    {
        uint at_5 = 96u + lane;
        uint token_3 = (((at_5 / 8u) * 24u) + (own * 8u)) + (at_5 % 8u);
        if (token_3 < 1536u) {
            uint bits_3 = logits[(row * 1536u) + token_3];
            uint _e206 = bad;
            if (!((bits_3 == 2139095040u))) {
                local_4 = (bits_3 & 2147483647u) > 2139095040u;
            } else {
                local_4 = true;
            }
            bool _e217 = local_4;
            bad = _e206 | static_cast<uint>(_e217);
            key_3 = (bits_3 == 4286578688u) ? 0u : ((bits_3 >= 2147483648u) ? ~(bits_3) : (bits_3 | 2147483648u));
        }
        uint _e231 = key_3;
        keys.inner[3] = _e231;
        uint _e232 = most;
        uint _e233 = key_3;
        most = metal::max(_e232, _e233);
    }
    {
        uint at_6 = 128u + lane;
        uint token_4 = (((at_6 / 8u) * 24u) + (own * 8u)) + (at_6 % 8u);
        if (token_4 < 1536u) {
            uint bits_4 = logits[(row * 1536u) + token_4];
            uint _e257 = bad;
            if (!((bits_4 == 2139095040u))) {
                local_5 = (bits_4 & 2147483647u) > 2139095040u;
            } else {
                local_5 = true;
            }
            bool _e268 = local_5;
            bad = _e257 | static_cast<uint>(_e268);
            key_4 = (bits_4 == 4286578688u) ? 0u : ((bits_4 >= 2147483648u) ? ~(bits_4) : (bits_4 | 2147483648u));
        }
        uint _e282 = key_4;
        keys.inner[4] = _e282;
        uint _e283 = most;
        uint _e284 = key_4;
        most = metal::max(_e283, _e284);
    }
    {
        uint at_7 = 160u + lane;
        uint token_5 = (((at_7 / 8u) * 24u) + (own * 8u)) + (at_7 % 8u);
        if (token_5 < 1536u) {
            uint bits_5 = logits[(row * 1536u) + token_5];
            uint _e308 = bad;
            if (!((bits_5 == 2139095040u))) {
                local_6 = (bits_5 & 2147483647u) > 2139095040u;
            } else {
                local_6 = true;
            }
            bool _e319 = local_6;
            bad = _e308 | static_cast<uint>(_e319);
            key_5 = (bits_5 == 4286578688u) ? 0u : ((bits_5 >= 2147483648u) ? ~(bits_5) : (bits_5 | 2147483648u));
        }
        uint _e333 = key_5;
        keys.inner[5] = _e333;
        uint _e334 = most;
        uint _e335 = key_5;
        most = metal::max(_e334, _e335);
    }
    {
        uint at_8 = 192u + lane;
        uint token_6 = (((at_8 / 8u) * 24u) + (own * 8u)) + (at_8 % 8u);
        if (token_6 < 1536u) {
            uint bits_6 = logits[(row * 1536u) + token_6];
            uint _e359 = bad;
            if (!((bits_6 == 2139095040u))) {
                local_7 = (bits_6 & 2147483647u) > 2139095040u;
            } else {
                local_7 = true;
            }
            bool _e370 = local_7;
            bad = _e359 | static_cast<uint>(_e370);
            key_6 = (bits_6 == 4286578688u) ? 0u : ((bits_6 >= 2147483648u) ? ~(bits_6) : (bits_6 | 2147483648u));
        }
        uint _e384 = key_6;
        keys.inner[6] = _e384;
        uint _e385 = most;
        uint _e386 = key_6;
        most = metal::max(_e385, _e386);
    }
    {
        uint at_9 = 224u + lane;
        uint token_7 = (((at_9 / 8u) * 24u) + (own * 8u)) + (at_9 % 8u);
        if (token_7 < 1536u) {
            uint bits_7 = logits[(row * 1536u) + token_7];
            uint _e410 = bad;
            if (!((bits_7 == 2139095040u))) {
                local_8 = (bits_7 & 2147483647u) > 2139095040u;
            } else {
                local_8 = true;
            }
            bool _e421 = local_8;
            bad = _e410 | static_cast<uint>(_e421);
            key_7 = (bits_7 == 4286578688u) ? 0u : ((bits_7 >= 2147483648u) ? ~(bits_7) : (bits_7 | 2147483648u));
        }
        uint _e435 = key_7;
        keys.inner[7] = _e435;
        uint _e436 = most;
        uint _e437 = key_7;
        most = metal::max(_e436, _e437);
    }
    {
        uint at_10 = 256u + lane;
        uint token_8 = (((at_10 / 8u) * 24u) + (own * 8u)) + (at_10 % 8u);
        if (token_8 < 1536u) {
            uint bits_8 = logits[(row * 1536u) + token_8];
            uint _e461 = bad;
            if (!((bits_8 == 2139095040u))) {
                local_9 = (bits_8 & 2147483647u) > 2139095040u;
            } else {
                local_9 = true;
            }
            bool _e472 = local_9;
            bad = _e461 | static_cast<uint>(_e472);
            key_8 = (bits_8 == 4286578688u) ? 0u : ((bits_8 >= 2147483648u) ? ~(bits_8) : (bits_8 | 2147483648u));
        }
        uint _e486 = key_8;
        keys.inner[8] = _e486;
        uint _e487 = most;
        uint _e488 = key_8;
        most = metal::max(_e487, _e488);
    }
    {
        uint at_11 = 288u + lane;
        uint token_9 = (((at_11 / 8u) * 24u) + (own * 8u)) + (at_11 % 8u);
        if (token_9 < 1536u) {
            uint bits_9 = logits[(row * 1536u) + token_9];
            uint _e512 = bad;
            if (!((bits_9 == 2139095040u))) {
                local_10 = (bits_9 & 2147483647u) > 2139095040u;
            } else {
                local_10 = true;
            }
            bool _e523 = local_10;
            bad = _e512 | static_cast<uint>(_e523);
            key_9 = (bits_9 == 4286578688u) ? 0u : ((bits_9 >= 2147483648u) ? ~(bits_9) : (bits_9 | 2147483648u));
        }
        uint _e537 = key_9;
        keys.inner[9] = _e537;
        uint _e538 = most;
        uint _e539 = key_9;
        most = metal::max(_e538, _e539);
    }
    {
        uint at_12 = 320u + lane;
        uint token_10 = (((at_12 / 8u) * 24u) + (own * 8u)) + (at_12 % 8u);
        if (token_10 < 1536u) {
            uint bits_10 = logits[(row * 1536u) + token_10];
            uint _e563 = bad;
            if (!((bits_10 == 2139095040u))) {
                local_11 = (bits_10 & 2147483647u) > 2139095040u;
            } else {
                local_11 = true;
            }
            bool _e574 = local_11;
            bad = _e563 | static_cast<uint>(_e574);
            key_10 = (bits_10 == 4286578688u) ? 0u : ((bits_10 >= 2147483648u) ? ~(bits_10) : (bits_10 | 2147483648u));
        }
        uint _e588 = key_10;
        keys.inner[10] = _e588;
        uint _e589 = most;
        uint _e590 = key_10;
        most = metal::max(_e589, _e590);
    }
    {
        uint at_13 = 352u + lane;
        uint token_11 = (((at_13 / 8u) * 24u) + (own * 8u)) + (at_13 % 8u);
        if (token_11 < 1536u) {
            uint bits_11 = logits[(row * 1536u) + token_11];
            uint _e614 = bad;
            if (!((bits_11 == 2139095040u))) {
                local_12 = (bits_11 & 2147483647u) > 2139095040u;
            } else {
                local_12 = true;
            }
            bool _e625 = local_12;
            bad = _e614 | static_cast<uint>(_e625);
            key_11 = (bits_11 == 4286578688u) ? 0u : ((bits_11 >= 2147483648u) ? ~(bits_11) : (bits_11 | 2147483648u));
        }
        uint _e639 = key_11;
        keys.inner[11] = _e639;
        uint _e640 = most;
        uint _e641 = key_11;
        most = metal::max(_e640, _e641);
    }
    {
        uint at_14 = 384u + lane;
        uint token_12 = (((at_14 / 8u) * 24u) + (own * 8u)) + (at_14 % 8u);
        if (token_12 < 1536u) {
            uint bits_12 = logits[(row * 1536u) + token_12];
            uint _e665 = bad;
            if (!((bits_12 == 2139095040u))) {
                local_13 = (bits_12 & 2147483647u) > 2139095040u;
            } else {
                local_13 = true;
            }
            bool _e676 = local_13;
            bad = _e665 | static_cast<uint>(_e676);
            key_12 = (bits_12 == 4286578688u) ? 0u : ((bits_12 >= 2147483648u) ? ~(bits_12) : (bits_12 | 2147483648u));
        }
        uint _e690 = key_12;
        keys.inner[12] = _e690;
        uint _e691 = most;
        uint _e692 = key_12;
        most = metal::max(_e691, _e692);
    }
    {
        uint at_15 = 416u + lane;
        uint token_13 = (((at_15 / 8u) * 24u) + (own * 8u)) + (at_15 % 8u);
        if (token_13 < 1536u) {
            uint bits_13 = logits[(row * 1536u) + token_13];
            uint _e716 = bad;
            if (!((bits_13 == 2139095040u))) {
                local_14 = (bits_13 & 2147483647u) > 2139095040u;
            } else {
                local_14 = true;
            }
            bool _e727 = local_14;
            bad = _e716 | static_cast<uint>(_e727);
            key_13 = (bits_13 == 4286578688u) ? 0u : ((bits_13 >= 2147483648u) ? ~(bits_13) : (bits_13 | 2147483648u));
        }
        uint _e741 = key_13;
        keys.inner[13] = _e741;
        uint _e742 = most;
        uint _e743 = key_13;
        most = metal::max(_e742, _e743);
    }
    {
        uint at_16 = 448u + lane;
        uint token_14 = (((at_16 / 8u) * 24u) + (own * 8u)) + (at_16 % 8u);
        if (token_14 < 1536u) {
            uint bits_14 = logits[(row * 1536u) + token_14];
            uint _e767 = bad;
            if (!((bits_14 == 2139095040u))) {
                local_15 = (bits_14 & 2147483647u) > 2139095040u;
            } else {
                local_15 = true;
            }
            bool _e778 = local_15;
            bad = _e767 | static_cast<uint>(_e778);
            key_14 = (bits_14 == 4286578688u) ? 0u : ((bits_14 >= 2147483648u) ? ~(bits_14) : (bits_14 | 2147483648u));
        }
        uint _e792 = key_14;
        keys.inner[14] = _e792;
        uint _e793 = most;
        uint _e794 = key_14;
        most = metal::max(_e793, _e794);
    }
    {
        uint at_17 = 480u + lane;
        uint token_15 = (((at_17 / 8u) * 24u) + (own * 8u)) + (at_17 % 8u);
        if (token_15 < 1536u) {
            uint bits_15 = logits[(row * 1536u) + token_15];
            uint _e818 = bad;
            if (!((bits_15 == 2139095040u))) {
                local_16 = (bits_15 & 2147483647u) > 2139095040u;
            } else {
                local_16 = true;
            }
            bool _e829 = local_16;
            bad = _e818 | static_cast<uint>(_e829);
            key_15 = (bits_15 == 4286578688u) ? 0u : ((bits_15 >= 2147483648u) ? ~(bits_15) : (bits_15 | 2147483648u));
        }
        uint _e843 = key_15;
        keys.inner[15] = _e843;
        uint _e844 = most;
        uint _e845 = key_15;
        most = metal::max(_e844, _e845);
    }
    uint _e847 = bad;
    uint unnamed = metal::simd_max(_e847);
    uint _e849 = most;
    uint unnamed_1 = metal::simd_max(_e849);
    float _e851 = number(unnamed_1);
    uint _e858 = params.inner[2u + row];
    float temperature = as_type<float>(_e858);
    if (temperature > 0.0) {
        uint _e863 = keys.inner[0];
        if (_e863 != 0u) {
            float _e866 = sum;
            uint _e868 = keys.inner[0];
            float _e869 = number(_e868);
            sum = _e866 + metal::exp(metal::max((_e869 - _e851) / temperature, -200.0));
        }
        uint _e877 = keys.inner[1];
        if (_e877 != 0u) {
            float _e880 = sum;
            uint _e882 = keys.inner[1];
            float _e883 = number(_e882);
            sum = _e880 + metal::exp(metal::max((_e883 - _e851) / temperature, -200.0));
        }
        uint _e891 = keys.inner[2];
        if (_e891 != 0u) {
            float _e894 = sum;
            uint _e896 = keys.inner[2];
            float _e897 = number(_e896);
            sum = _e894 + metal::exp(metal::max((_e897 - _e851) / temperature, -200.0));
        }
        uint _e905 = keys.inner[3];
        if (_e905 != 0u) {
            float _e908 = sum;
            uint _e910 = keys.inner[3];
            float _e911 = number(_e910);
            sum = _e908 + metal::exp(metal::max((_e911 - _e851) / temperature, -200.0));
        }
        uint _e919 = keys.inner[4];
        if (_e919 != 0u) {
            float _e922 = sum;
            uint _e924 = keys.inner[4];
            float _e925 = number(_e924);
            sum = _e922 + metal::exp(metal::max((_e925 - _e851) / temperature, -200.0));
        }
        uint _e933 = keys.inner[5];
        if (_e933 != 0u) {
            float _e936 = sum;
            uint _e938 = keys.inner[5];
            float _e939 = number(_e938);
            sum = _e936 + metal::exp(metal::max((_e939 - _e851) / temperature, -200.0));
        }
        uint _e947 = keys.inner[6];
        if (_e947 != 0u) {
            float _e950 = sum;
            uint _e952 = keys.inner[6];
            float _e953 = number(_e952);
            sum = _e950 + metal::exp(metal::max((_e953 - _e851) / temperature, -200.0));
        }
        uint _e961 = keys.inner[7];
        if (_e961 != 0u) {
            float _e964 = sum;
            uint _e966 = keys.inner[7];
            float _e967 = number(_e966);
            sum = _e964 + metal::exp(metal::max((_e967 - _e851) / temperature, -200.0));
        }
        uint _e975 = keys.inner[8];
        if (_e975 != 0u) {
            float _e978 = sum;
            uint _e980 = keys.inner[8];
            float _e981 = number(_e980);
            sum = _e978 + metal::exp(metal::max((_e981 - _e851) / temperature, -200.0));
        }
        uint _e989 = keys.inner[9];
        if (_e989 != 0u) {
            float _e992 = sum;
            uint _e994 = keys.inner[9];
            float _e995 = number(_e994);
            sum = _e992 + metal::exp(metal::max((_e995 - _e851) / temperature, -200.0));
        }
        uint _e1003 = keys.inner[10];
        if (_e1003 != 0u) {
            float _e1006 = sum;
            uint _e1008 = keys.inner[10];
            float _e1009 = number(_e1008);
            sum = _e1006 + metal::exp(metal::max((_e1009 - _e851) / temperature, -200.0));
        }
        uint _e1017 = keys.inner[11];
        if (_e1017 != 0u) {
            float _e1020 = sum;
            uint _e1022 = keys.inner[11];
            float _e1023 = number(_e1022);
            sum = _e1020 + metal::exp(metal::max((_e1023 - _e851) / temperature, -200.0));
        }
        uint _e1031 = keys.inner[12];
        if (_e1031 != 0u) {
            float _e1034 = sum;
            uint _e1036 = keys.inner[12];
            float _e1037 = number(_e1036);
            sum = _e1034 + metal::exp(metal::max((_e1037 - _e851) / temperature, -200.0));
        }
        uint _e1045 = keys.inner[13];
        if (_e1045 != 0u) {
            float _e1048 = sum;
            uint _e1050 = keys.inner[13];
            float _e1051 = number(_e1050);
            sum = _e1048 + metal::exp(metal::max((_e1051 - _e851) / temperature, -200.0));
        }
        uint _e1059 = keys.inner[14];
        if (_e1059 != 0u) {
            float _e1062 = sum;
            uint _e1064 = keys.inner[14];
            float _e1065 = number(_e1064);
            sum = _e1062 + metal::exp(metal::max((_e1065 - _e851) / temperature, -200.0));
        }
        uint _e1073 = keys.inner[15];
        if (_e1073 != 0u) {
            float _e1076 = sum;
            uint _e1078 = keys.inner[15];
            float _e1079 = number(_e1078);
            sum = _e1076 + metal::exp(metal::max((_e1079 - _e851) / temperature, -200.0));
        }
    }
    float _e1086 = sum;
    float unnamed_2 = metal::simd_sum(_e1086);
    uint sums = as_type<uint>(unnamed_2);
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e1488 = r;
            r = _e1488 + 1u;
        }
        loop_init = false;
        uint _e1091 = r;
        if (_e1091 <= 8u) {
        } else {
            break;
        }
        {
            uint _e1094 = most;
            uint unnamed_3 = metal::simd_max(_e1094);
            at_1 = 4294967295u;
            uint _e1099 = keys.inner[0];
            if (_e1099 == unnamed_3) {
                uint _e1103 = at_1;
                local_17 = _e1103 == 4294967295u;
            } else {
                local_17 = false;
            }
            bool _e1107 = local_17;
            if (_e1107) {
                at_1 = 0u + lane;
            }
            uint _e1111 = keys.inner[1];
            if (_e1111 == unnamed_3) {
                uint _e1115 = at_1;
                local_18 = _e1115 == 4294967295u;
            } else {
                local_18 = false;
            }
            bool _e1119 = local_18;
            if (_e1119) {
                at_1 = 32u + lane;
            }
            uint _e1123 = keys.inner[2];
            if (_e1123 == unnamed_3) {
                uint _e1127 = at_1;
                local_19 = _e1127 == 4294967295u;
            } else {
                local_19 = false;
            }
            bool _e1131 = local_19;
            if (_e1131) {
                at_1 = 64u + lane;
            }
            uint _e1135 = keys.inner[3];
            if (_e1135 == unnamed_3) {
                uint _e1139 = at_1;
                local_20 = _e1139 == 4294967295u;
            } else {
                local_20 = false;
            }
            bool _e1143 = local_20;
            if (_e1143) {
                at_1 = 96u + lane;
            }
            uint _e1147 = keys.inner[4];
            if (_e1147 == unnamed_3) {
                uint _e1151 = at_1;
                local_21 = _e1151 == 4294967295u;
            } else {
                local_21 = false;
            }
            bool _e1155 = local_21;
            if (_e1155) {
                at_1 = 128u + lane;
            }
            uint _e1159 = keys.inner[5];
            if (_e1159 == unnamed_3) {
                uint _e1163 = at_1;
                local_22 = _e1163 == 4294967295u;
            } else {
                local_22 = false;
            }
            bool _e1167 = local_22;
            if (_e1167) {
                at_1 = 160u + lane;
            }
            uint _e1171 = keys.inner[6];
            if (_e1171 == unnamed_3) {
                uint _e1175 = at_1;
                local_23 = _e1175 == 4294967295u;
            } else {
                local_23 = false;
            }
            bool _e1179 = local_23;
            if (_e1179) {
                at_1 = 192u + lane;
            }
            uint _e1183 = keys.inner[7];
            if (_e1183 == unnamed_3) {
                uint _e1187 = at_1;
                local_24 = _e1187 == 4294967295u;
            } else {
                local_24 = false;
            }
            bool _e1191 = local_24;
            if (_e1191) {
                at_1 = 224u + lane;
            }
            uint _e1195 = keys.inner[8];
            if (_e1195 == unnamed_3) {
                uint _e1199 = at_1;
                local_25 = _e1199 == 4294967295u;
            } else {
                local_25 = false;
            }
            bool _e1203 = local_25;
            if (_e1203) {
                at_1 = 256u + lane;
            }
            uint _e1207 = keys.inner[9];
            if (_e1207 == unnamed_3) {
                uint _e1211 = at_1;
                local_26 = _e1211 == 4294967295u;
            } else {
                local_26 = false;
            }
            bool _e1215 = local_26;
            if (_e1215) {
                at_1 = 288u + lane;
            }
            uint _e1219 = keys.inner[10];
            if (_e1219 == unnamed_3) {
                uint _e1223 = at_1;
                local_27 = _e1223 == 4294967295u;
            } else {
                local_27 = false;
            }
            bool _e1227 = local_27;
            if (_e1227) {
                at_1 = 320u + lane;
            }
            uint _e1231 = keys.inner[11];
            if (_e1231 == unnamed_3) {
                uint _e1235 = at_1;
                local_28 = _e1235 == 4294967295u;
            } else {
                local_28 = false;
            }
            bool _e1239 = local_28;
            if (_e1239) {
                at_1 = 352u + lane;
            }
            uint _e1243 = keys.inner[12];
            if (_e1243 == unnamed_3) {
                uint _e1247 = at_1;
                local_29 = _e1247 == 4294967295u;
            } else {
                local_29 = false;
            }
            bool _e1251 = local_29;
            if (_e1251) {
                at_1 = 384u + lane;
            }
            uint _e1255 = keys.inner[13];
            if (_e1255 == unnamed_3) {
                uint _e1259 = at_1;
                local_30 = _e1259 == 4294967295u;
            } else {
                local_30 = false;
            }
            bool _e1263 = local_30;
            if (_e1263) {
                at_1 = 416u + lane;
            }
            uint _e1267 = keys.inner[14];
            if (_e1267 == unnamed_3) {
                uint _e1271 = at_1;
                local_31 = _e1271 == 4294967295u;
            } else {
                local_31 = false;
            }
            bool _e1275 = local_31;
            if (_e1275) {
                at_1 = 448u + lane;
            }
            uint _e1279 = keys.inner[15];
            if (_e1279 == unnamed_3) {
                uint _e1283 = at_1;
                local_32 = _e1283 == 4294967295u;
            } else {
                local_32 = false;
            }
            bool _e1287 = local_32;
            if (_e1287) {
                at_1 = 480u + lane;
            }
            uint _e1290 = at_1;
            uint unnamed_4 = metal::simd_min(_e1290);
            most = 0u;
            if (unnamed_4 == (0u + lane)) {
                keys.inner[0] = 0u;
            }
            uint _e1298 = most;
            uint _e1300 = keys.inner[0];
            most = metal::max(_e1298, _e1300);
            if (unnamed_4 == (32u + lane)) {
                keys.inner[1] = 0u;
            }
            uint _e1307 = most;
            uint _e1309 = keys.inner[1];
            most = metal::max(_e1307, _e1309);
            if (unnamed_4 == (64u + lane)) {
                keys.inner[2] = 0u;
            }
            uint _e1316 = most;
            uint _e1318 = keys.inner[2];
            most = metal::max(_e1316, _e1318);
            if (unnamed_4 == (96u + lane)) {
                keys.inner[3] = 0u;
            }
            uint _e1325 = most;
            uint _e1327 = keys.inner[3];
            most = metal::max(_e1325, _e1327);
            if (unnamed_4 == (128u + lane)) {
                keys.inner[4] = 0u;
            }
            uint _e1334 = most;
            uint _e1336 = keys.inner[4];
            most = metal::max(_e1334, _e1336);
            if (unnamed_4 == (160u + lane)) {
                keys.inner[5] = 0u;
            }
            uint _e1343 = most;
            uint _e1345 = keys.inner[5];
            most = metal::max(_e1343, _e1345);
            if (unnamed_4 == (192u + lane)) {
                keys.inner[6] = 0u;
            }
            uint _e1352 = most;
            uint _e1354 = keys.inner[6];
            most = metal::max(_e1352, _e1354);
            if (unnamed_4 == (224u + lane)) {
                keys.inner[7] = 0u;
            }
            uint _e1361 = most;
            uint _e1363 = keys.inner[7];
            most = metal::max(_e1361, _e1363);
            if (unnamed_4 == (256u + lane)) {
                keys.inner[8] = 0u;
            }
            uint _e1370 = most;
            uint _e1372 = keys.inner[8];
            most = metal::max(_e1370, _e1372);
            if (unnamed_4 == (288u + lane)) {
                keys.inner[9] = 0u;
            }
            uint _e1379 = most;
            uint _e1381 = keys.inner[9];
            most = metal::max(_e1379, _e1381);
            if (unnamed_4 == (320u + lane)) {
                keys.inner[10] = 0u;
            }
            uint _e1388 = most;
            uint _e1390 = keys.inner[10];
            most = metal::max(_e1388, _e1390);
            if (unnamed_4 == (352u + lane)) {
                keys.inner[11] = 0u;
            }
            uint _e1397 = most;
            uint _e1399 = keys.inner[11];
            most = metal::max(_e1397, _e1399);
            if (unnamed_4 == (384u + lane)) {
                keys.inner[12] = 0u;
            }
            uint _e1406 = most;
            uint _e1408 = keys.inner[12];
            most = metal::max(_e1406, _e1408);
            if (unnamed_4 == (416u + lane)) {
                keys.inner[13] = 0u;
            }
            uint _e1415 = most;
            uint _e1417 = keys.inner[13];
            most = metal::max(_e1415, _e1417);
            if (unnamed_4 == (448u + lane)) {
                keys.inner[14] = 0u;
            }
            uint _e1424 = most;
            uint _e1426 = keys.inner[14];
            most = metal::max(_e1424, _e1426);
            if (unnamed_4 == (480u + lane)) {
                keys.inner[15] = 0u;
            }
            uint _e1433 = most;
            uint _e1435 = keys.inner[15];
            most = metal::max(_e1433, _e1435);
            uint token_16 = (((unnamed_4 / 8u) * 24u) + (own * 8u)) + (unnamed_4 % 8u);
            uint _e1448 = bits_of(unnamed_3);
            uint bits_16 = (unnamed_3 != 0u) ? _e1448 : 4286578688u;
            uint _e1456 = r;
            uint second = (_e1456 == 8u) ? sums : ((unnamed_3 != 0u) ? token_16 : 4294967295u);
            uint _e1461 = r;
            if (lane == ((2u * _e1461) % 32u)) {
                if (unnamed != 0u) {
                    uint _e1472 = r;
                    local_33 = _e1472 == 8u;
                } else {
                    local_33 = false;
                }
                bool _e1476 = local_33;
                held.inner[0] = _e1476 ? 2143289344u : bits_16;
            }
            uint _e1479 = r;
            if (lane == (((2u * _e1479) + 1u) % 32u)) {
                held.inner[0] = second;
            }
        }
    }
    bool loop_init_1 = true;
    while(true) {
        if (!loop_init_1) {
            uint _e1513 = i;
            i = _e1513 + 1u;
        }
        loop_init_1 = false;
        uint _e1492 = i;
        if (_e1492 < 1u) {
        } else {
            break;
        }
        {
            uint _e1495 = i;
            uint word = (_e1495 * 32u) + lane;
            if (word < 18u) {
                uint _e1509 = i;
                uint _e1511 = held.inner[_e1509];
                told[(((row * 3u) + own) * 18u) + word] = _e1511;
            }
        }
    }
    return;
}
