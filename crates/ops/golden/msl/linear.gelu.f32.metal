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

typedef metal::float4 type_2[1];
struct type_4 {
    uint inner[64];
};
struct type_5 {
    float inner[4];
};
struct type_6 {
    type_5 inner[272];
};

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
, device type_2 const& bias [[buffer(1)]]
, device type_2 const& w [[buffer(2)]]
, device type_2& y [[buffer(3)]]
, device type_4 const& params [[buffer(4)]]
, threadgroup type_6& tile_x
, threadgroup type_6& tile_w
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
            uint _e1239 = base;
            base = _e1239 + 16u;
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
                metal::float4 _e55 = x_1[(row * 96u) + (at_1 / 4u)];
                a = _e55;
            }
            metal::float4 b0_ = w[(((n0_ + moved) + 0u) * 96u) + (at_1 / 4u)];
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            float _e80 = a.x;
            tile_x.inner[((part + 0u) * 17u) + (moved / 4u)].inner[moved % 4u] = _e80;
            tile_w.inner[((part + 0u) * 17u) + ((moved + 0u) / 4u)].inner[moved % 4u] = b0_.x;
            float _e109 = a.y;
            tile_x.inner[((part + 1u) * 17u) + (moved / 4u)].inner[moved % 4u] = _e109;
            tile_w.inner[((part + 1u) * 17u) + ((moved + 0u) / 4u)].inner[moved % 4u] = b0_.y;
            float _e138 = a.z;
            tile_x.inner[((part + 2u) * 17u) + (moved / 4u)].inner[moved % 4u] = _e138;
            tile_w.inner[((part + 2u) * 17u) + ((moved + 0u) / 4u)].inner[moved % 4u] = b0_.z;
            float _e167 = a.w;
            tile_x.inner[((part + 3u) * 17u) + (moved / 4u)].inner[moved % 4u] = _e167;
            tile_w.inner[((part + 3u) * 17u) + ((moved + 0u) / 4u)].inner[moved % 4u] = b0_.w;
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            {
                float _e188 = tile_x.inner[0u + across].inner[0];
                float _e194 = tile_x.inner[0u + across].inner[1];
                float _e200 = tile_x.inner[0u + across].inner[2];
                float _e206 = tile_x.inner[0u + across].inner[3];
                metal::float4 a_1 = metal::float4(_e188, _e194, _e200, _e206);
                float _e213 = tile_w.inner[0u + along].inner[0];
                float _e219 = tile_w.inner[0u + along].inner[1];
                float _e225 = tile_w.inner[0u + along].inner[2];
                float _e231 = tile_w.inner[0u + along].inner[3];
                metal::float4 b = metal::float4(_e213, _e219, _e225, _e231);
                metal::float4 _e235 = c0_;
                c0_ = metal::fma(metal::float4(a_1.x), b, _e235);
                metal::float4 _e239 = c1_;
                c1_ = metal::fma(metal::float4(a_1.y), b, _e239);
                metal::float4 _e243 = c2_;
                c2_ = metal::fma(metal::float4(a_1.z), b, _e243);
                metal::float4 _e247 = c3_;
                c3_ = metal::fma(metal::float4(a_1.w), b, _e247);
            }
            {
                float _e254 = tile_x.inner[17u + across].inner[0];
                float _e260 = tile_x.inner[17u + across].inner[1];
                float _e266 = tile_x.inner[17u + across].inner[2];
                float _e272 = tile_x.inner[17u + across].inner[3];
                metal::float4 a_2 = metal::float4(_e254, _e260, _e266, _e272);
                float _e279 = tile_w.inner[17u + along].inner[0];
                float _e285 = tile_w.inner[17u + along].inner[1];
                float _e291 = tile_w.inner[17u + along].inner[2];
                float _e297 = tile_w.inner[17u + along].inner[3];
                metal::float4 b_1 = metal::float4(_e279, _e285, _e291, _e297);
                metal::float4 _e301 = c0_;
                c0_ = metal::fma(metal::float4(a_2.x), b_1, _e301);
                metal::float4 _e305 = c1_;
                c1_ = metal::fma(metal::float4(a_2.y), b_1, _e305);
                metal::float4 _e309 = c2_;
                c2_ = metal::fma(metal::float4(a_2.z), b_1, _e309);
                metal::float4 _e313 = c3_;
                c3_ = metal::fma(metal::float4(a_2.w), b_1, _e313);
            }
            {
                float _e320 = tile_x.inner[34u + across].inner[0];
                float _e326 = tile_x.inner[34u + across].inner[1];
                float _e332 = tile_x.inner[34u + across].inner[2];
                float _e338 = tile_x.inner[34u + across].inner[3];
                metal::float4 a_3 = metal::float4(_e320, _e326, _e332, _e338);
                float _e345 = tile_w.inner[34u + along].inner[0];
                float _e351 = tile_w.inner[34u + along].inner[1];
                float _e357 = tile_w.inner[34u + along].inner[2];
                float _e363 = tile_w.inner[34u + along].inner[3];
                metal::float4 b_2 = metal::float4(_e345, _e351, _e357, _e363);
                metal::float4 _e367 = c0_;
                c0_ = metal::fma(metal::float4(a_3.x), b_2, _e367);
                metal::float4 _e371 = c1_;
                c1_ = metal::fma(metal::float4(a_3.y), b_2, _e371);
                metal::float4 _e375 = c2_;
                c2_ = metal::fma(metal::float4(a_3.z), b_2, _e375);
                metal::float4 _e379 = c3_;
                c3_ = metal::fma(metal::float4(a_3.w), b_2, _e379);
            }
            {
                float _e386 = tile_x.inner[51u + across].inner[0];
                float _e392 = tile_x.inner[51u + across].inner[1];
                float _e398 = tile_x.inner[51u + across].inner[2];
                float _e404 = tile_x.inner[51u + across].inner[3];
                metal::float4 a_4 = metal::float4(_e386, _e392, _e398, _e404);
                float _e411 = tile_w.inner[51u + along].inner[0];
                float _e417 = tile_w.inner[51u + along].inner[1];
                float _e423 = tile_w.inner[51u + along].inner[2];
                float _e429 = tile_w.inner[51u + along].inner[3];
                metal::float4 b_3 = metal::float4(_e411, _e417, _e423, _e429);
                metal::float4 _e433 = c0_;
                c0_ = metal::fma(metal::float4(a_4.x), b_3, _e433);
                metal::float4 _e437 = c1_;
                c1_ = metal::fma(metal::float4(a_4.y), b_3, _e437);
                metal::float4 _e441 = c2_;
                c2_ = metal::fma(metal::float4(a_4.z), b_3, _e441);
                metal::float4 _e445 = c3_;
                c3_ = metal::fma(metal::float4(a_4.w), b_3, _e445);
            }
            {
                float _e452 = tile_x.inner[68u + across].inner[0];
                float _e458 = tile_x.inner[68u + across].inner[1];
                float _e464 = tile_x.inner[68u + across].inner[2];
                float _e470 = tile_x.inner[68u + across].inner[3];
                metal::float4 a_5 = metal::float4(_e452, _e458, _e464, _e470);
                float _e477 = tile_w.inner[68u + along].inner[0];
                float _e483 = tile_w.inner[68u + along].inner[1];
                float _e489 = tile_w.inner[68u + along].inner[2];
                float _e495 = tile_w.inner[68u + along].inner[3];
                metal::float4 b_4 = metal::float4(_e477, _e483, _e489, _e495);
                metal::float4 _e499 = c0_;
                c0_ = metal::fma(metal::float4(a_5.x), b_4, _e499);
                metal::float4 _e503 = c1_;
                c1_ = metal::fma(metal::float4(a_5.y), b_4, _e503);
                metal::float4 _e507 = c2_;
                c2_ = metal::fma(metal::float4(a_5.z), b_4, _e507);
                metal::float4 _e511 = c3_;
                c3_ = metal::fma(metal::float4(a_5.w), b_4, _e511);
            }
            {
                float _e518 = tile_x.inner[85u + across].inner[0];
                float _e524 = tile_x.inner[85u + across].inner[1];
                float _e530 = tile_x.inner[85u + across].inner[2];
                float _e536 = tile_x.inner[85u + across].inner[3];
                metal::float4 a_6 = metal::float4(_e518, _e524, _e530, _e536);
                float _e543 = tile_w.inner[85u + along].inner[0];
                float _e549 = tile_w.inner[85u + along].inner[1];
                float _e555 = tile_w.inner[85u + along].inner[2];
                float _e561 = tile_w.inner[85u + along].inner[3];
                metal::float4 b_5 = metal::float4(_e543, _e549, _e555, _e561);
                metal::float4 _e565 = c0_;
                c0_ = metal::fma(metal::float4(a_6.x), b_5, _e565);
                metal::float4 _e569 = c1_;
                c1_ = metal::fma(metal::float4(a_6.y), b_5, _e569);
                metal::float4 _e573 = c2_;
                c2_ = metal::fma(metal::float4(a_6.z), b_5, _e573);
                metal::float4 _e577 = c3_;
                c3_ = metal::fma(metal::float4(a_6.w), b_5, _e577);
            }
            {
                float _e584 = tile_x.inner[102u + across].inner[0];
                float _e590 = tile_x.inner[102u + across].inner[1];
                float _e596 = tile_x.inner[102u + across].inner[2];
                float _e602 = tile_x.inner[102u + across].inner[3];
                metal::float4 a_7 = metal::float4(_e584, _e590, _e596, _e602);
                float _e609 = tile_w.inner[102u + along].inner[0];
                float _e615 = tile_w.inner[102u + along].inner[1];
                float _e621 = tile_w.inner[102u + along].inner[2];
                float _e627 = tile_w.inner[102u + along].inner[3];
                metal::float4 b_6 = metal::float4(_e609, _e615, _e621, _e627);
                metal::float4 _e631 = c0_;
                c0_ = metal::fma(metal::float4(a_7.x), b_6, _e631);
                metal::float4 _e635 = c1_;
                c1_ = metal::fma(metal::float4(a_7.y), b_6, _e635);
                metal::float4 _e639 = c2_;
                c2_ = metal::fma(metal::float4(a_7.z), b_6, _e639);
                metal::float4 _e643 = c3_;
                c3_ = metal::fma(metal::float4(a_7.w), b_6, _e643);
            }
            {
                float _e650 = tile_x.inner[119u + across].inner[0];
                float _e656 = tile_x.inner[119u + across].inner[1];
                float _e662 = tile_x.inner[119u + across].inner[2];
                float _e668 = tile_x.inner[119u + across].inner[3];
                metal::float4 a_8 = metal::float4(_e650, _e656, _e662, _e668);
                float _e675 = tile_w.inner[119u + along].inner[0];
                float _e681 = tile_w.inner[119u + along].inner[1];
                float _e687 = tile_w.inner[119u + along].inner[2];
                float _e693 = tile_w.inner[119u + along].inner[3];
                metal::float4 b_7 = metal::float4(_e675, _e681, _e687, _e693);
                metal::float4 _e697 = c0_;
                c0_ = metal::fma(metal::float4(a_8.x), b_7, _e697);
                metal::float4 _e701 = c1_;
                c1_ = metal::fma(metal::float4(a_8.y), b_7, _e701);
                metal::float4 _e705 = c2_;
                c2_ = metal::fma(metal::float4(a_8.z), b_7, _e705);
                metal::float4 _e709 = c3_;
                c3_ = metal::fma(metal::float4(a_8.w), b_7, _e709);
            }
            {
                float _e716 = tile_x.inner[136u + across].inner[0];
                float _e722 = tile_x.inner[136u + across].inner[1];
                float _e728 = tile_x.inner[136u + across].inner[2];
                float _e734 = tile_x.inner[136u + across].inner[3];
                metal::float4 a_9 = metal::float4(_e716, _e722, _e728, _e734);
                float _e741 = tile_w.inner[136u + along].inner[0];
                float _e747 = tile_w.inner[136u + along].inner[1];
                float _e753 = tile_w.inner[136u + along].inner[2];
                float _e759 = tile_w.inner[136u + along].inner[3];
                metal::float4 b_8 = metal::float4(_e741, _e747, _e753, _e759);
                metal::float4 _e763 = c0_;
                c0_ = metal::fma(metal::float4(a_9.x), b_8, _e763);
                metal::float4 _e767 = c1_;
                c1_ = metal::fma(metal::float4(a_9.y), b_8, _e767);
                metal::float4 _e771 = c2_;
                c2_ = metal::fma(metal::float4(a_9.z), b_8, _e771);
                metal::float4 _e775 = c3_;
                c3_ = metal::fma(metal::float4(a_9.w), b_8, _e775);
            }
            {
                float _e782 = tile_x.inner[153u + across].inner[0];
                float _e788 = tile_x.inner[153u + across].inner[1];
                float _e794 = tile_x.inner[153u + across].inner[2];
                float _e800 = tile_x.inner[153u + across].inner[3];
                metal::float4 a_10 = metal::float4(_e782, _e788, _e794, _e800);
                float _e807 = tile_w.inner[153u + along].inner[0];
                float _e813 = tile_w.inner[153u + along].inner[1];
                float _e819 = tile_w.inner[153u + along].inner[2];
                float _e825 = tile_w.inner[153u + along].inner[3];
                metal::float4 b_9 = metal::float4(_e807, _e813, _e819, _e825);
                metal::float4 _e829 = c0_;
                c0_ = metal::fma(metal::float4(a_10.x), b_9, _e829);
                metal::float4 _e833 = c1_;
                c1_ = metal::fma(metal::float4(a_10.y), b_9, _e833);
                metal::float4 _e837 = c2_;
                c2_ = metal::fma(metal::float4(a_10.z), b_9, _e837);
                metal::float4 _e841 = c3_;
                c3_ = metal::fma(metal::float4(a_10.w), b_9, _e841);
            }
            {
                float _e848 = tile_x.inner[170u + across].inner[0];
                float _e854 = tile_x.inner[170u + across].inner[1];
                float _e860 = tile_x.inner[170u + across].inner[2];
                float _e866 = tile_x.inner[170u + across].inner[3];
                metal::float4 a_11 = metal::float4(_e848, _e854, _e860, _e866);
                float _e873 = tile_w.inner[170u + along].inner[0];
                float _e879 = tile_w.inner[170u + along].inner[1];
                float _e885 = tile_w.inner[170u + along].inner[2];
                float _e891 = tile_w.inner[170u + along].inner[3];
                metal::float4 b_10 = metal::float4(_e873, _e879, _e885, _e891);
                metal::float4 _e895 = c0_;
                c0_ = metal::fma(metal::float4(a_11.x), b_10, _e895);
                metal::float4 _e899 = c1_;
                c1_ = metal::fma(metal::float4(a_11.y), b_10, _e899);
                metal::float4 _e903 = c2_;
                c2_ = metal::fma(metal::float4(a_11.z), b_10, _e903);
                metal::float4 _e907 = c3_;
                c3_ = metal::fma(metal::float4(a_11.w), b_10, _e907);
            }
            {
                float _e914 = tile_x.inner[187u + across].inner[0];
                float _e920 = tile_x.inner[187u + across].inner[1];
                float _e926 = tile_x.inner[187u + across].inner[2];
                float _e932 = tile_x.inner[187u + across].inner[3];
                metal::float4 a_12 = metal::float4(_e914, _e920, _e926, _e932);
                float _e939 = tile_w.inner[187u + along].inner[0];
                float _e945 = tile_w.inner[187u + along].inner[1];
                float _e951 = tile_w.inner[187u + along].inner[2];
                float _e957 = tile_w.inner[187u + along].inner[3];
                metal::float4 b_11 = metal::float4(_e939, _e945, _e951, _e957);
                metal::float4 _e961 = c0_;
                c0_ = metal::fma(metal::float4(a_12.x), b_11, _e961);
                metal::float4 _e965 = c1_;
                c1_ = metal::fma(metal::float4(a_12.y), b_11, _e965);
                metal::float4 _e969 = c2_;
                c2_ = metal::fma(metal::float4(a_12.z), b_11, _e969);
                metal::float4 _e973 = c3_;
                c3_ = metal::fma(metal::float4(a_12.w), b_11, _e973);
            }
            {
                float _e980 = tile_x.inner[204u + across].inner[0];
                float _e986 = tile_x.inner[204u + across].inner[1];
                float _e992 = tile_x.inner[204u + across].inner[2];
                float _e998 = tile_x.inner[204u + across].inner[3];
                metal::float4 a_13 = metal::float4(_e980, _e986, _e992, _e998);
                float _e1005 = tile_w.inner[204u + along].inner[0];
                float _e1011 = tile_w.inner[204u + along].inner[1];
                float _e1017 = tile_w.inner[204u + along].inner[2];
                float _e1023 = tile_w.inner[204u + along].inner[3];
                metal::float4 b_12 = metal::float4(_e1005, _e1011, _e1017, _e1023);
                metal::float4 _e1027 = c0_;
                c0_ = metal::fma(metal::float4(a_13.x), b_12, _e1027);
                metal::float4 _e1031 = c1_;
                c1_ = metal::fma(metal::float4(a_13.y), b_12, _e1031);
                metal::float4 _e1035 = c2_;
                c2_ = metal::fma(metal::float4(a_13.z), b_12, _e1035);
                metal::float4 _e1039 = c3_;
                c3_ = metal::fma(metal::float4(a_13.w), b_12, _e1039);
            }
            {
                float _e1046 = tile_x.inner[221u + across].inner[0];
                float _e1052 = tile_x.inner[221u + across].inner[1];
                float _e1058 = tile_x.inner[221u + across].inner[2];
                float _e1064 = tile_x.inner[221u + across].inner[3];
                metal::float4 a_14 = metal::float4(_e1046, _e1052, _e1058, _e1064);
                float _e1071 = tile_w.inner[221u + along].inner[0];
                float _e1077 = tile_w.inner[221u + along].inner[1];
                float _e1083 = tile_w.inner[221u + along].inner[2];
                float _e1089 = tile_w.inner[221u + along].inner[3];
                metal::float4 b_13 = metal::float4(_e1071, _e1077, _e1083, _e1089);
                metal::float4 _e1093 = c0_;
                c0_ = metal::fma(metal::float4(a_14.x), b_13, _e1093);
                metal::float4 _e1097 = c1_;
                c1_ = metal::fma(metal::float4(a_14.y), b_13, _e1097);
                metal::float4 _e1101 = c2_;
                c2_ = metal::fma(metal::float4(a_14.z), b_13, _e1101);
                metal::float4 _e1105 = c3_;
                c3_ = metal::fma(metal::float4(a_14.w), b_13, _e1105);
            }
            {
                float _e1112 = tile_x.inner[238u + across].inner[0];
                float _e1118 = tile_x.inner[238u + across].inner[1];
                float _e1124 = tile_x.inner[238u + across].inner[2];
                float _e1130 = tile_x.inner[238u + across].inner[3];
                metal::float4 a_15 = metal::float4(_e1112, _e1118, _e1124, _e1130);
                float _e1137 = tile_w.inner[238u + along].inner[0];
                float _e1143 = tile_w.inner[238u + along].inner[1];
                float _e1149 = tile_w.inner[238u + along].inner[2];
                float _e1155 = tile_w.inner[238u + along].inner[3];
                metal::float4 b_14 = metal::float4(_e1137, _e1143, _e1149, _e1155);
                metal::float4 _e1159 = c0_;
                c0_ = metal::fma(metal::float4(a_15.x), b_14, _e1159);
                metal::float4 _e1163 = c1_;
                c1_ = metal::fma(metal::float4(a_15.y), b_14, _e1163);
                metal::float4 _e1167 = c2_;
                c2_ = metal::fma(metal::float4(a_15.z), b_14, _e1167);
                metal::float4 _e1171 = c3_;
                c3_ = metal::fma(metal::float4(a_15.w), b_14, _e1171);
            }
            {
                float _e1178 = tile_x.inner[255u + across].inner[0];
                float _e1184 = tile_x.inner[255u + across].inner[1];
                float _e1190 = tile_x.inner[255u + across].inner[2];
                float _e1196 = tile_x.inner[255u + across].inner[3];
                metal::float4 a_16 = metal::float4(_e1178, _e1184, _e1190, _e1196);
                float _e1203 = tile_w.inner[255u + along].inner[0];
                float _e1209 = tile_w.inner[255u + along].inner[1];
                float _e1215 = tile_w.inner[255u + along].inner[2];
                float _e1221 = tile_w.inner[255u + along].inner[3];
                metal::float4 b_15 = metal::float4(_e1203, _e1209, _e1215, _e1221);
                metal::float4 _e1225 = c0_;
                c0_ = metal::fma(metal::float4(a_16.x), b_15, _e1225);
                metal::float4 _e1229 = c1_;
                c1_ = metal::fma(metal::float4(a_16.y), b_15, _e1229);
                metal::float4 _e1233 = c2_;
                c2_ = metal::fma(metal::float4(a_16.z), b_15, _e1233);
                metal::float4 _e1237 = c3_;
                c3_ = metal::fma(metal::float4(a_16.w), b_15, _e1237);
            }
        }
    }
    uint column = n0_ + (along * 4u);
    {
        uint row_1 = (m0_ + (across * 4u)) + 0u;
        if (row_1 < live) {
            metal::float4 _e1251 = c0_;
            metal::float4 _e1256 = bias[column / 4u];
            metal::float4 _e1258 = gelu(_e1251 + _e1256);
            if (column < 1536u) {
                y[(row_1 * 384u) + (column / 4u)] = _e1258;
            }
        }
    }
    {
        uint row_2 = (m0_ + (across * 4u)) + 1u;
        if (row_2 < live) {
            metal::float4 _e1274 = c1_;
            metal::float4 _e1279 = bias[column / 4u];
            metal::float4 _e1281 = gelu(_e1274 + _e1279);
            if (column < 1536u) {
                y[(row_2 * 384u) + (column / 4u)] = _e1281;
            }
        }
    }
    {
        uint row_3 = (m0_ + (across * 4u)) + 2u;
        if (row_3 < live) {
            metal::float4 _e1297 = c2_;
            metal::float4 _e1302 = bias[column / 4u];
            metal::float4 _e1304 = gelu(_e1297 + _e1302);
            if (column < 1536u) {
                y[(row_3 * 384u) + (column / 4u)] = _e1304;
            }
        }
    }
    {
        uint row_4 = (m0_ + (across * 4u)) + 3u;
        if (row_4 < live) {
            metal::float4 _e1320 = c3_;
            metal::float4 _e1325 = bias[column / 4u];
            metal::float4 _e1327 = gelu(_e1320 + _e1325);
            if (column < 1536u) {
                y[(row_4 * 384u) + (column / 4u)] = _e1327;
                return;
            } else {
                return;
            }
        } else {
            return;
        }
    }
}
