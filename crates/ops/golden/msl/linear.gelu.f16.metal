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

typedef metal::uint2 type_2[1];
typedef metal::float4 type_5[1];
struct type_6 {
    uint inner[64];
};
struct type_7 {
    float inner[4];
};
struct type_8 {
    type_7 inner[272];
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

metal::float4 gelu(
    metal::float4 x
) {
    metal::float4 z = metal::abs(x) * 0.70710677;
    metal::float4 t = metal::float4(1.0) / (metal::float4(1.0) + (0.3275911 * z));
    metal::float4 p = t * (metal::float4(0.2548296) + (t * (metal::float4(-0.28449672) + (t * (metal::float4(1.4214138) + (t * (metal::float4(-1.4531521) + (t * 1.0614054))))))));
    metal::float4 erf = metal::float4(1.0) - (p * metal::exp(-(z) * z));
    return (0.5 * x) + ((0.5 * metal::abs(x)) * erf);
}

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, device type_2 const& x_1 [[buffer(0)]]
, device type_5 const& bias [[buffer(1)]]
, device type_2 const& w_1 [[buffer(2)]]
, device type_2& y [[buffer(3)]]
, device type_6 const& params [[buffer(4)]]
, threadgroup type_8& tile_x
, threadgroup type_8& tile_w
, constant _mslBufferSizes& _buffer_sizes [[buffer(5)]]
) {
    metal::float4 c0_ = metal::float4 {};
    metal::float4 c1_ = metal::float4 {};
    metal::float4 c2_ = metal::float4 {};
    metal::float4 c3_ = metal::float4 {};
    uint base = 0u;
    metal::float4 a = {};
    uint group = at.x;
    uint _e5 = params.inner[0];
    uint live = metal::min(_e5, 512u);
    uint m0_ = (group / 24u) * 64u;
    uint n0_ = (group % 24u) * 64u;
    if (m0_ >= live) {
        return;
    }
    uint across = thread_ / 16u;
    uint along = thread_ % 16u;
    uint moved = thread_ / 4u;
    uint part = (thread_ % 4u) * 4u;
    uint row = metal::min(m0_ + moved, live - 1u);
    bool loop_init = true;
    while(true) {
        if (!loop_init) {
            uint _e1241 = base;
            base = _e1241 + 16u;
        }
        loop_init = false;
        uint _e41 = base;
        if (_e41 < 384u) {
        } else {
            break;
        }
        {
            uint _e44 = base;
            uint at_1 = _e44 + part;
            a = metal::float4 {};
            {
                metal::uint2 _e55 = x_1[(row * 96u) + (at_1 / 4u)];
                metal::float4 _e56 = widen(_e55);
                a = _e56;
            }
            metal::uint2 _e67 = w_1[(((n0_ + moved) + 0u) * 96u) + (at_1 / 4u)];
            metal::float4 _e68 = widen(_e67);
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            float _e82 = a.x;
            tile_x.inner[((part + 0u) * 17u) + (moved / 4u)].inner[moved % 4u] = _e82;
            tile_w.inner[((part + 0u) * 17u) + ((moved + 0u) / 4u)].inner[moved % 4u] = _e68.x;
            float _e111 = a.y;
            tile_x.inner[((part + 1u) * 17u) + (moved / 4u)].inner[moved % 4u] = _e111;
            tile_w.inner[((part + 1u) * 17u) + ((moved + 0u) / 4u)].inner[moved % 4u] = _e68.y;
            float _e140 = a.z;
            tile_x.inner[((part + 2u) * 17u) + (moved / 4u)].inner[moved % 4u] = _e140;
            tile_w.inner[((part + 2u) * 17u) + ((moved + 0u) / 4u)].inner[moved % 4u] = _e68.z;
            float _e169 = a.w;
            tile_x.inner[((part + 3u) * 17u) + (moved / 4u)].inner[moved % 4u] = _e169;
            tile_w.inner[((part + 3u) * 17u) + ((moved + 0u) / 4u)].inner[moved % 4u] = _e68.w;
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            {
                float _e190 = tile_x.inner[0u + across].inner[0];
                float _e196 = tile_x.inner[0u + across].inner[1];
                float _e202 = tile_x.inner[0u + across].inner[2];
                float _e208 = tile_x.inner[0u + across].inner[3];
                metal::float4 a_1 = metal::float4(_e190, _e196, _e202, _e208);
                float _e215 = tile_w.inner[0u + along].inner[0];
                float _e221 = tile_w.inner[0u + along].inner[1];
                float _e227 = tile_w.inner[0u + along].inner[2];
                float _e233 = tile_w.inner[0u + along].inner[3];
                metal::float4 b = metal::float4(_e215, _e221, _e227, _e233);
                metal::float4 _e237 = c0_;
                c0_ = metal::fma(metal::float4(a_1.x), b, _e237);
                metal::float4 _e241 = c1_;
                c1_ = metal::fma(metal::float4(a_1.y), b, _e241);
                metal::float4 _e245 = c2_;
                c2_ = metal::fma(metal::float4(a_1.z), b, _e245);
                metal::float4 _e249 = c3_;
                c3_ = metal::fma(metal::float4(a_1.w), b, _e249);
            }
            {
                float _e256 = tile_x.inner[17u + across].inner[0];
                float _e262 = tile_x.inner[17u + across].inner[1];
                float _e268 = tile_x.inner[17u + across].inner[2];
                float _e274 = tile_x.inner[17u + across].inner[3];
                metal::float4 a_2 = metal::float4(_e256, _e262, _e268, _e274);
                float _e281 = tile_w.inner[17u + along].inner[0];
                float _e287 = tile_w.inner[17u + along].inner[1];
                float _e293 = tile_w.inner[17u + along].inner[2];
                float _e299 = tile_w.inner[17u + along].inner[3];
                metal::float4 b_1 = metal::float4(_e281, _e287, _e293, _e299);
                metal::float4 _e303 = c0_;
                c0_ = metal::fma(metal::float4(a_2.x), b_1, _e303);
                metal::float4 _e307 = c1_;
                c1_ = metal::fma(metal::float4(a_2.y), b_1, _e307);
                metal::float4 _e311 = c2_;
                c2_ = metal::fma(metal::float4(a_2.z), b_1, _e311);
                metal::float4 _e315 = c3_;
                c3_ = metal::fma(metal::float4(a_2.w), b_1, _e315);
            }
            {
                float _e322 = tile_x.inner[34u + across].inner[0];
                float _e328 = tile_x.inner[34u + across].inner[1];
                float _e334 = tile_x.inner[34u + across].inner[2];
                float _e340 = tile_x.inner[34u + across].inner[3];
                metal::float4 a_3 = metal::float4(_e322, _e328, _e334, _e340);
                float _e347 = tile_w.inner[34u + along].inner[0];
                float _e353 = tile_w.inner[34u + along].inner[1];
                float _e359 = tile_w.inner[34u + along].inner[2];
                float _e365 = tile_w.inner[34u + along].inner[3];
                metal::float4 b_2 = metal::float4(_e347, _e353, _e359, _e365);
                metal::float4 _e369 = c0_;
                c0_ = metal::fma(metal::float4(a_3.x), b_2, _e369);
                metal::float4 _e373 = c1_;
                c1_ = metal::fma(metal::float4(a_3.y), b_2, _e373);
                metal::float4 _e377 = c2_;
                c2_ = metal::fma(metal::float4(a_3.z), b_2, _e377);
                metal::float4 _e381 = c3_;
                c3_ = metal::fma(metal::float4(a_3.w), b_2, _e381);
            }
            {
                float _e388 = tile_x.inner[51u + across].inner[0];
                float _e394 = tile_x.inner[51u + across].inner[1];
                float _e400 = tile_x.inner[51u + across].inner[2];
                float _e406 = tile_x.inner[51u + across].inner[3];
                metal::float4 a_4 = metal::float4(_e388, _e394, _e400, _e406);
                float _e413 = tile_w.inner[51u + along].inner[0];
                float _e419 = tile_w.inner[51u + along].inner[1];
                float _e425 = tile_w.inner[51u + along].inner[2];
                float _e431 = tile_w.inner[51u + along].inner[3];
                metal::float4 b_3 = metal::float4(_e413, _e419, _e425, _e431);
                metal::float4 _e435 = c0_;
                c0_ = metal::fma(metal::float4(a_4.x), b_3, _e435);
                metal::float4 _e439 = c1_;
                c1_ = metal::fma(metal::float4(a_4.y), b_3, _e439);
                metal::float4 _e443 = c2_;
                c2_ = metal::fma(metal::float4(a_4.z), b_3, _e443);
                metal::float4 _e447 = c3_;
                c3_ = metal::fma(metal::float4(a_4.w), b_3, _e447);
            }
            {
                float _e454 = tile_x.inner[68u + across].inner[0];
                float _e460 = tile_x.inner[68u + across].inner[1];
                float _e466 = tile_x.inner[68u + across].inner[2];
                float _e472 = tile_x.inner[68u + across].inner[3];
                metal::float4 a_5 = metal::float4(_e454, _e460, _e466, _e472);
                float _e479 = tile_w.inner[68u + along].inner[0];
                float _e485 = tile_w.inner[68u + along].inner[1];
                float _e491 = tile_w.inner[68u + along].inner[2];
                float _e497 = tile_w.inner[68u + along].inner[3];
                metal::float4 b_4 = metal::float4(_e479, _e485, _e491, _e497);
                metal::float4 _e501 = c0_;
                c0_ = metal::fma(metal::float4(a_5.x), b_4, _e501);
                metal::float4 _e505 = c1_;
                c1_ = metal::fma(metal::float4(a_5.y), b_4, _e505);
                metal::float4 _e509 = c2_;
                c2_ = metal::fma(metal::float4(a_5.z), b_4, _e509);
                metal::float4 _e513 = c3_;
                c3_ = metal::fma(metal::float4(a_5.w), b_4, _e513);
            }
            {
                float _e520 = tile_x.inner[85u + across].inner[0];
                float _e526 = tile_x.inner[85u + across].inner[1];
                float _e532 = tile_x.inner[85u + across].inner[2];
                float _e538 = tile_x.inner[85u + across].inner[3];
                metal::float4 a_6 = metal::float4(_e520, _e526, _e532, _e538);
                float _e545 = tile_w.inner[85u + along].inner[0];
                float _e551 = tile_w.inner[85u + along].inner[1];
                float _e557 = tile_w.inner[85u + along].inner[2];
                float _e563 = tile_w.inner[85u + along].inner[3];
                metal::float4 b_5 = metal::float4(_e545, _e551, _e557, _e563);
                metal::float4 _e567 = c0_;
                c0_ = metal::fma(metal::float4(a_6.x), b_5, _e567);
                metal::float4 _e571 = c1_;
                c1_ = metal::fma(metal::float4(a_6.y), b_5, _e571);
                metal::float4 _e575 = c2_;
                c2_ = metal::fma(metal::float4(a_6.z), b_5, _e575);
                metal::float4 _e579 = c3_;
                c3_ = metal::fma(metal::float4(a_6.w), b_5, _e579);
            }
            {
                float _e586 = tile_x.inner[102u + across].inner[0];
                float _e592 = tile_x.inner[102u + across].inner[1];
                float _e598 = tile_x.inner[102u + across].inner[2];
                float _e604 = tile_x.inner[102u + across].inner[3];
                metal::float4 a_7 = metal::float4(_e586, _e592, _e598, _e604);
                float _e611 = tile_w.inner[102u + along].inner[0];
                float _e617 = tile_w.inner[102u + along].inner[1];
                float _e623 = tile_w.inner[102u + along].inner[2];
                float _e629 = tile_w.inner[102u + along].inner[3];
                metal::float4 b_6 = metal::float4(_e611, _e617, _e623, _e629);
                metal::float4 _e633 = c0_;
                c0_ = metal::fma(metal::float4(a_7.x), b_6, _e633);
                metal::float4 _e637 = c1_;
                c1_ = metal::fma(metal::float4(a_7.y), b_6, _e637);
                metal::float4 _e641 = c2_;
                c2_ = metal::fma(metal::float4(a_7.z), b_6, _e641);
                metal::float4 _e645 = c3_;
                c3_ = metal::fma(metal::float4(a_7.w), b_6, _e645);
            }
            {
                float _e652 = tile_x.inner[119u + across].inner[0];
                float _e658 = tile_x.inner[119u + across].inner[1];
                float _e664 = tile_x.inner[119u + across].inner[2];
                float _e670 = tile_x.inner[119u + across].inner[3];
                metal::float4 a_8 = metal::float4(_e652, _e658, _e664, _e670);
                float _e677 = tile_w.inner[119u + along].inner[0];
                float _e683 = tile_w.inner[119u + along].inner[1];
                float _e689 = tile_w.inner[119u + along].inner[2];
                float _e695 = tile_w.inner[119u + along].inner[3];
                metal::float4 b_7 = metal::float4(_e677, _e683, _e689, _e695);
                metal::float4 _e699 = c0_;
                c0_ = metal::fma(metal::float4(a_8.x), b_7, _e699);
                metal::float4 _e703 = c1_;
                c1_ = metal::fma(metal::float4(a_8.y), b_7, _e703);
                metal::float4 _e707 = c2_;
                c2_ = metal::fma(metal::float4(a_8.z), b_7, _e707);
                metal::float4 _e711 = c3_;
                c3_ = metal::fma(metal::float4(a_8.w), b_7, _e711);
            }
            {
                float _e718 = tile_x.inner[136u + across].inner[0];
                float _e724 = tile_x.inner[136u + across].inner[1];
                float _e730 = tile_x.inner[136u + across].inner[2];
                float _e736 = tile_x.inner[136u + across].inner[3];
                metal::float4 a_9 = metal::float4(_e718, _e724, _e730, _e736);
                float _e743 = tile_w.inner[136u + along].inner[0];
                float _e749 = tile_w.inner[136u + along].inner[1];
                float _e755 = tile_w.inner[136u + along].inner[2];
                float _e761 = tile_w.inner[136u + along].inner[3];
                metal::float4 b_8 = metal::float4(_e743, _e749, _e755, _e761);
                metal::float4 _e765 = c0_;
                c0_ = metal::fma(metal::float4(a_9.x), b_8, _e765);
                metal::float4 _e769 = c1_;
                c1_ = metal::fma(metal::float4(a_9.y), b_8, _e769);
                metal::float4 _e773 = c2_;
                c2_ = metal::fma(metal::float4(a_9.z), b_8, _e773);
                metal::float4 _e777 = c3_;
                c3_ = metal::fma(metal::float4(a_9.w), b_8, _e777);
            }
            {
                float _e784 = tile_x.inner[153u + across].inner[0];
                float _e790 = tile_x.inner[153u + across].inner[1];
                float _e796 = tile_x.inner[153u + across].inner[2];
                float _e802 = tile_x.inner[153u + across].inner[3];
                metal::float4 a_10 = metal::float4(_e784, _e790, _e796, _e802);
                float _e809 = tile_w.inner[153u + along].inner[0];
                float _e815 = tile_w.inner[153u + along].inner[1];
                float _e821 = tile_w.inner[153u + along].inner[2];
                float _e827 = tile_w.inner[153u + along].inner[3];
                metal::float4 b_9 = metal::float4(_e809, _e815, _e821, _e827);
                metal::float4 _e831 = c0_;
                c0_ = metal::fma(metal::float4(a_10.x), b_9, _e831);
                metal::float4 _e835 = c1_;
                c1_ = metal::fma(metal::float4(a_10.y), b_9, _e835);
                metal::float4 _e839 = c2_;
                c2_ = metal::fma(metal::float4(a_10.z), b_9, _e839);
                metal::float4 _e843 = c3_;
                c3_ = metal::fma(metal::float4(a_10.w), b_9, _e843);
            }
            {
                float _e850 = tile_x.inner[170u + across].inner[0];
                float _e856 = tile_x.inner[170u + across].inner[1];
                float _e862 = tile_x.inner[170u + across].inner[2];
                float _e868 = tile_x.inner[170u + across].inner[3];
                metal::float4 a_11 = metal::float4(_e850, _e856, _e862, _e868);
                float _e875 = tile_w.inner[170u + along].inner[0];
                float _e881 = tile_w.inner[170u + along].inner[1];
                float _e887 = tile_w.inner[170u + along].inner[2];
                float _e893 = tile_w.inner[170u + along].inner[3];
                metal::float4 b_10 = metal::float4(_e875, _e881, _e887, _e893);
                metal::float4 _e897 = c0_;
                c0_ = metal::fma(metal::float4(a_11.x), b_10, _e897);
                metal::float4 _e901 = c1_;
                c1_ = metal::fma(metal::float4(a_11.y), b_10, _e901);
                metal::float4 _e905 = c2_;
                c2_ = metal::fma(metal::float4(a_11.z), b_10, _e905);
                metal::float4 _e909 = c3_;
                c3_ = metal::fma(metal::float4(a_11.w), b_10, _e909);
            }
            {
                float _e916 = tile_x.inner[187u + across].inner[0];
                float _e922 = tile_x.inner[187u + across].inner[1];
                float _e928 = tile_x.inner[187u + across].inner[2];
                float _e934 = tile_x.inner[187u + across].inner[3];
                metal::float4 a_12 = metal::float4(_e916, _e922, _e928, _e934);
                float _e941 = tile_w.inner[187u + along].inner[0];
                float _e947 = tile_w.inner[187u + along].inner[1];
                float _e953 = tile_w.inner[187u + along].inner[2];
                float _e959 = tile_w.inner[187u + along].inner[3];
                metal::float4 b_11 = metal::float4(_e941, _e947, _e953, _e959);
                metal::float4 _e963 = c0_;
                c0_ = metal::fma(metal::float4(a_12.x), b_11, _e963);
                metal::float4 _e967 = c1_;
                c1_ = metal::fma(metal::float4(a_12.y), b_11, _e967);
                metal::float4 _e971 = c2_;
                c2_ = metal::fma(metal::float4(a_12.z), b_11, _e971);
                metal::float4 _e975 = c3_;
                c3_ = metal::fma(metal::float4(a_12.w), b_11, _e975);
            }
            {
                float _e982 = tile_x.inner[204u + across].inner[0];
                float _e988 = tile_x.inner[204u + across].inner[1];
                float _e994 = tile_x.inner[204u + across].inner[2];
                float _e1000 = tile_x.inner[204u + across].inner[3];
                metal::float4 a_13 = metal::float4(_e982, _e988, _e994, _e1000);
                float _e1007 = tile_w.inner[204u + along].inner[0];
                float _e1013 = tile_w.inner[204u + along].inner[1];
                float _e1019 = tile_w.inner[204u + along].inner[2];
                float _e1025 = tile_w.inner[204u + along].inner[3];
                metal::float4 b_12 = metal::float4(_e1007, _e1013, _e1019, _e1025);
                metal::float4 _e1029 = c0_;
                c0_ = metal::fma(metal::float4(a_13.x), b_12, _e1029);
                metal::float4 _e1033 = c1_;
                c1_ = metal::fma(metal::float4(a_13.y), b_12, _e1033);
                metal::float4 _e1037 = c2_;
                c2_ = metal::fma(metal::float4(a_13.z), b_12, _e1037);
                metal::float4 _e1041 = c3_;
                c3_ = metal::fma(metal::float4(a_13.w), b_12, _e1041);
            }
            {
                float _e1048 = tile_x.inner[221u + across].inner[0];
                float _e1054 = tile_x.inner[221u + across].inner[1];
                float _e1060 = tile_x.inner[221u + across].inner[2];
                float _e1066 = tile_x.inner[221u + across].inner[3];
                metal::float4 a_14 = metal::float4(_e1048, _e1054, _e1060, _e1066);
                float _e1073 = tile_w.inner[221u + along].inner[0];
                float _e1079 = tile_w.inner[221u + along].inner[1];
                float _e1085 = tile_w.inner[221u + along].inner[2];
                float _e1091 = tile_w.inner[221u + along].inner[3];
                metal::float4 b_13 = metal::float4(_e1073, _e1079, _e1085, _e1091);
                metal::float4 _e1095 = c0_;
                c0_ = metal::fma(metal::float4(a_14.x), b_13, _e1095);
                metal::float4 _e1099 = c1_;
                c1_ = metal::fma(metal::float4(a_14.y), b_13, _e1099);
                metal::float4 _e1103 = c2_;
                c2_ = metal::fma(metal::float4(a_14.z), b_13, _e1103);
                metal::float4 _e1107 = c3_;
                c3_ = metal::fma(metal::float4(a_14.w), b_13, _e1107);
            }
            {
                float _e1114 = tile_x.inner[238u + across].inner[0];
                float _e1120 = tile_x.inner[238u + across].inner[1];
                float _e1126 = tile_x.inner[238u + across].inner[2];
                float _e1132 = tile_x.inner[238u + across].inner[3];
                metal::float4 a_15 = metal::float4(_e1114, _e1120, _e1126, _e1132);
                float _e1139 = tile_w.inner[238u + along].inner[0];
                float _e1145 = tile_w.inner[238u + along].inner[1];
                float _e1151 = tile_w.inner[238u + along].inner[2];
                float _e1157 = tile_w.inner[238u + along].inner[3];
                metal::float4 b_14 = metal::float4(_e1139, _e1145, _e1151, _e1157);
                metal::float4 _e1161 = c0_;
                c0_ = metal::fma(metal::float4(a_15.x), b_14, _e1161);
                metal::float4 _e1165 = c1_;
                c1_ = metal::fma(metal::float4(a_15.y), b_14, _e1165);
                metal::float4 _e1169 = c2_;
                c2_ = metal::fma(metal::float4(a_15.z), b_14, _e1169);
                metal::float4 _e1173 = c3_;
                c3_ = metal::fma(metal::float4(a_15.w), b_14, _e1173);
            }
            {
                float _e1180 = tile_x.inner[255u + across].inner[0];
                float _e1186 = tile_x.inner[255u + across].inner[1];
                float _e1192 = tile_x.inner[255u + across].inner[2];
                float _e1198 = tile_x.inner[255u + across].inner[3];
                metal::float4 a_16 = metal::float4(_e1180, _e1186, _e1192, _e1198);
                float _e1205 = tile_w.inner[255u + along].inner[0];
                float _e1211 = tile_w.inner[255u + along].inner[1];
                float _e1217 = tile_w.inner[255u + along].inner[2];
                float _e1223 = tile_w.inner[255u + along].inner[3];
                metal::float4 b_15 = metal::float4(_e1205, _e1211, _e1217, _e1223);
                metal::float4 _e1227 = c0_;
                c0_ = metal::fma(metal::float4(a_16.x), b_15, _e1227);
                metal::float4 _e1231 = c1_;
                c1_ = metal::fma(metal::float4(a_16.y), b_15, _e1231);
                metal::float4 _e1235 = c2_;
                c2_ = metal::fma(metal::float4(a_16.z), b_15, _e1235);
                metal::float4 _e1239 = c3_;
                c3_ = metal::fma(metal::float4(a_16.w), b_15, _e1239);
            }
        }
    }
    uint column = n0_ + (along * 4u);
    {
        uint row_1 = (m0_ + (across * 4u)) + 0u;
        if (row_1 < live) {
            metal::float4 _e1253 = c0_;
            metal::float4 _e1258 = bias[column / 4u];
            metal::float4 _e1260 = gelu(_e1253 + _e1258);
            if (column < 1536u) {
                metal::uint2 _e1270 = narrow(_e1260);
                y[(row_1 * 384u) + (column / 4u)] = _e1270;
            }
        }
    }
    {
        uint row_2 = (m0_ + (across * 4u)) + 1u;
        if (row_2 < live) {
            metal::float4 _e1277 = c1_;
            metal::float4 _e1282 = bias[column / 4u];
            metal::float4 _e1284 = gelu(_e1277 + _e1282);
            if (column < 1536u) {
                metal::uint2 _e1294 = narrow(_e1284);
                y[(row_2 * 384u) + (column / 4u)] = _e1294;
            }
        }
    }
    {
        uint row_3 = (m0_ + (across * 4u)) + 2u;
        if (row_3 < live) {
            metal::float4 _e1301 = c2_;
            metal::float4 _e1306 = bias[column / 4u];
            metal::float4 _e1308 = gelu(_e1301 + _e1306);
            if (column < 1536u) {
                metal::uint2 _e1318 = narrow(_e1308);
                y[(row_3 * 384u) + (column / 4u)] = _e1318;
            }
        }
    }
    {
        uint row_4 = (m0_ + (across * 4u)) + 3u;
        if (row_4 < live) {
            metal::float4 _e1325 = c3_;
            metal::float4 _e1330 = bias[column / 4u];
            metal::float4 _e1332 = gelu(_e1325 + _e1330);
            if (column < 1536u) {
                metal::uint2 _e1342 = narrow(_e1332);
                y[(row_4 * 384u) + (column / 4u)] = _e1342;
                return;
            } else {
                return;
            }
        } else {
            return;
        }
    }
}
