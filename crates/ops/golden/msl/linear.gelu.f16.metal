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
typedef metal::float4 type_4[1];
struct type_5 {
    uint inner[64];
};
struct type_6 {
    metal::float4 inner[280];
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
, device type_4 const& bias [[buffer(1)]]
, device type_2 const& w_1 [[buffer(2)]]
, device type_2& y [[buffer(3)]]
, device type_5 const& params [[buffer(4)]]
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
            uint _e598 = base;
            base = _e598 + 16u;
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
            metal::float4 _e83 = a;
            tile_x.inner[(((thread_ % 4u) * 70u) + ((moved % 4u) * 17u)) + (moved / 4u)] = _e83;
            tile_w.inner[(((thread_ % 4u) * 70u) + (((moved + 0u) % 4u) * 17u)) + ((moved + 0u) / 4u)] = _e68;
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            {
                metal::float4 a0_ = tile_x.inner[0u + across];
                metal::float4 b0_ = tile_w.inner[0u + along];
                metal::float4 a1_ = tile_x.inner[17u + across];
                metal::float4 b1_ = tile_w.inner[17u + along];
                metal::float4 a2_ = tile_x.inner[34u + across];
                metal::float4 b2_ = tile_w.inner[34u + along];
                metal::float4 a3_ = tile_x.inner[51u + across];
                metal::float4 b3_ = tile_w.inner[51u + along];
                {
                    metal::float4 b = metal::float4(b0_.x, b1_.x, b2_.x, b3_.x);
                    metal::float4 _e149 = c0_;
                    c0_ = metal::fma(metal::float4(a0_.x), b, _e149);
                    metal::float4 _e153 = c1_;
                    c1_ = metal::fma(metal::float4(a1_.x), b, _e153);
                    metal::float4 _e157 = c2_;
                    c2_ = metal::fma(metal::float4(a2_.x), b, _e157);
                    metal::float4 _e161 = c3_;
                    c3_ = metal::fma(metal::float4(a3_.x), b, _e161);
                }
                {
                    metal::float4 b_1 = metal::float4(b0_.y, b1_.y, b2_.y, b3_.y);
                    metal::float4 _e170 = c0_;
                    c0_ = metal::fma(metal::float4(a0_.y), b_1, _e170);
                    metal::float4 _e174 = c1_;
                    c1_ = metal::fma(metal::float4(a1_.y), b_1, _e174);
                    metal::float4 _e178 = c2_;
                    c2_ = metal::fma(metal::float4(a2_.y), b_1, _e178);
                    metal::float4 _e182 = c3_;
                    c3_ = metal::fma(metal::float4(a3_.y), b_1, _e182);
                }
                {
                    metal::float4 b_2 = metal::float4(b0_.z, b1_.z, b2_.z, b3_.z);
                    metal::float4 _e191 = c0_;
                    c0_ = metal::fma(metal::float4(a0_.z), b_2, _e191);
                    metal::float4 _e195 = c1_;
                    c1_ = metal::fma(metal::float4(a1_.z), b_2, _e195);
                    metal::float4 _e199 = c2_;
                    c2_ = metal::fma(metal::float4(a2_.z), b_2, _e199);
                    metal::float4 _e203 = c3_;
                    c3_ = metal::fma(metal::float4(a3_.z), b_2, _e203);
                }
                {
                    metal::float4 b_3 = metal::float4(b0_.w, b1_.w, b2_.w, b3_.w);
                    metal::float4 _e212 = c0_;
                    c0_ = metal::fma(metal::float4(a0_.w), b_3, _e212);
                    metal::float4 _e216 = c1_;
                    c1_ = metal::fma(metal::float4(a1_.w), b_3, _e216);
                    metal::float4 _e220 = c2_;
                    c2_ = metal::fma(metal::float4(a2_.w), b_3, _e220);
                    metal::float4 _e224 = c3_;
                    c3_ = metal::fma(metal::float4(a3_.w), b_3, _e224);
                }
            }
            {
                metal::float4 a0_1 = tile_x.inner[70u + across];
                metal::float4 b0_1 = tile_w.inner[70u + along];
                metal::float4 a1_1 = tile_x.inner[87u + across];
                metal::float4 b1_1 = tile_w.inner[87u + along];
                metal::float4 a2_1 = tile_x.inner[104u + across];
                metal::float4 b2_1 = tile_w.inner[104u + along];
                metal::float4 a3_1 = tile_x.inner[121u + across];
                metal::float4 b3_1 = tile_w.inner[121u + along];
                {
                    metal::float4 b_4 = metal::float4(b0_1.x, b1_1.x, b2_1.x, b3_1.x);
                    metal::float4 _e273 = c0_;
                    c0_ = metal::fma(metal::float4(a0_1.x), b_4, _e273);
                    metal::float4 _e277 = c1_;
                    c1_ = metal::fma(metal::float4(a1_1.x), b_4, _e277);
                    metal::float4 _e281 = c2_;
                    c2_ = metal::fma(metal::float4(a2_1.x), b_4, _e281);
                    metal::float4 _e285 = c3_;
                    c3_ = metal::fma(metal::float4(a3_1.x), b_4, _e285);
                }
                {
                    metal::float4 b_5 = metal::float4(b0_1.y, b1_1.y, b2_1.y, b3_1.y);
                    metal::float4 _e294 = c0_;
                    c0_ = metal::fma(metal::float4(a0_1.y), b_5, _e294);
                    metal::float4 _e298 = c1_;
                    c1_ = metal::fma(metal::float4(a1_1.y), b_5, _e298);
                    metal::float4 _e302 = c2_;
                    c2_ = metal::fma(metal::float4(a2_1.y), b_5, _e302);
                    metal::float4 _e306 = c3_;
                    c3_ = metal::fma(metal::float4(a3_1.y), b_5, _e306);
                }
                {
                    metal::float4 b_6 = metal::float4(b0_1.z, b1_1.z, b2_1.z, b3_1.z);
                    metal::float4 _e315 = c0_;
                    c0_ = metal::fma(metal::float4(a0_1.z), b_6, _e315);
                    metal::float4 _e319 = c1_;
                    c1_ = metal::fma(metal::float4(a1_1.z), b_6, _e319);
                    metal::float4 _e323 = c2_;
                    c2_ = metal::fma(metal::float4(a2_1.z), b_6, _e323);
                    metal::float4 _e327 = c3_;
                    c3_ = metal::fma(metal::float4(a3_1.z), b_6, _e327);
                }
                {
                    metal::float4 b_7 = metal::float4(b0_1.w, b1_1.w, b2_1.w, b3_1.w);
                    metal::float4 _e336 = c0_;
                    c0_ = metal::fma(metal::float4(a0_1.w), b_7, _e336);
                    metal::float4 _e340 = c1_;
                    c1_ = metal::fma(metal::float4(a1_1.w), b_7, _e340);
                    metal::float4 _e344 = c2_;
                    c2_ = metal::fma(metal::float4(a2_1.w), b_7, _e344);
                    metal::float4 _e348 = c3_;
                    c3_ = metal::fma(metal::float4(a3_1.w), b_7, _e348);
                }
            }
            {
                metal::float4 a0_2 = tile_x.inner[140u + across];
                metal::float4 b0_2 = tile_w.inner[140u + along];
                metal::float4 a1_2 = tile_x.inner[157u + across];
                metal::float4 b1_2 = tile_w.inner[157u + along];
                metal::float4 a2_2 = tile_x.inner[174u + across];
                metal::float4 b2_2 = tile_w.inner[174u + along];
                metal::float4 a3_2 = tile_x.inner[191u + across];
                metal::float4 b3_2 = tile_w.inner[191u + along];
                {
                    metal::float4 b_8 = metal::float4(b0_2.x, b1_2.x, b2_2.x, b3_2.x);
                    metal::float4 _e397 = c0_;
                    c0_ = metal::fma(metal::float4(a0_2.x), b_8, _e397);
                    metal::float4 _e401 = c1_;
                    c1_ = metal::fma(metal::float4(a1_2.x), b_8, _e401);
                    metal::float4 _e405 = c2_;
                    c2_ = metal::fma(metal::float4(a2_2.x), b_8, _e405);
                    metal::float4 _e409 = c3_;
                    c3_ = metal::fma(metal::float4(a3_2.x), b_8, _e409);
                }
                {
                    metal::float4 b_9 = metal::float4(b0_2.y, b1_2.y, b2_2.y, b3_2.y);
                    metal::float4 _e418 = c0_;
                    c0_ = metal::fma(metal::float4(a0_2.y), b_9, _e418);
                    metal::float4 _e422 = c1_;
                    c1_ = metal::fma(metal::float4(a1_2.y), b_9, _e422);
                    metal::float4 _e426 = c2_;
                    c2_ = metal::fma(metal::float4(a2_2.y), b_9, _e426);
                    metal::float4 _e430 = c3_;
                    c3_ = metal::fma(metal::float4(a3_2.y), b_9, _e430);
                }
                {
                    metal::float4 b_10 = metal::float4(b0_2.z, b1_2.z, b2_2.z, b3_2.z);
                    metal::float4 _e439 = c0_;
                    c0_ = metal::fma(metal::float4(a0_2.z), b_10, _e439);
                    metal::float4 _e443 = c1_;
                    c1_ = metal::fma(metal::float4(a1_2.z), b_10, _e443);
                    metal::float4 _e447 = c2_;
                    c2_ = metal::fma(metal::float4(a2_2.z), b_10, _e447);
                    metal::float4 _e451 = c3_;
                    c3_ = metal::fma(metal::float4(a3_2.z), b_10, _e451);
                }
                {
                    metal::float4 b_11 = metal::float4(b0_2.w, b1_2.w, b2_2.w, b3_2.w);
                    metal::float4 _e460 = c0_;
                    c0_ = metal::fma(metal::float4(a0_2.w), b_11, _e460);
                    metal::float4 _e464 = c1_;
                    c1_ = metal::fma(metal::float4(a1_2.w), b_11, _e464);
                    metal::float4 _e468 = c2_;
                    c2_ = metal::fma(metal::float4(a2_2.w), b_11, _e468);
                    metal::float4 _e472 = c3_;
                    c3_ = metal::fma(metal::float4(a3_2.w), b_11, _e472);
                }
            }
            {
                metal::float4 a0_3 = tile_x.inner[210u + across];
                metal::float4 b0_3 = tile_w.inner[210u + along];
                metal::float4 a1_3 = tile_x.inner[227u + across];
                metal::float4 b1_3 = tile_w.inner[227u + along];
                metal::float4 a2_3 = tile_x.inner[244u + across];
                metal::float4 b2_3 = tile_w.inner[244u + along];
                metal::float4 a3_3 = tile_x.inner[261u + across];
                metal::float4 b3_3 = tile_w.inner[261u + along];
                {
                    metal::float4 b_12 = metal::float4(b0_3.x, b1_3.x, b2_3.x, b3_3.x);
                    metal::float4 _e521 = c0_;
                    c0_ = metal::fma(metal::float4(a0_3.x), b_12, _e521);
                    metal::float4 _e525 = c1_;
                    c1_ = metal::fma(metal::float4(a1_3.x), b_12, _e525);
                    metal::float4 _e529 = c2_;
                    c2_ = metal::fma(metal::float4(a2_3.x), b_12, _e529);
                    metal::float4 _e533 = c3_;
                    c3_ = metal::fma(metal::float4(a3_3.x), b_12, _e533);
                }
                {
                    metal::float4 b_13 = metal::float4(b0_3.y, b1_3.y, b2_3.y, b3_3.y);
                    metal::float4 _e542 = c0_;
                    c0_ = metal::fma(metal::float4(a0_3.y), b_13, _e542);
                    metal::float4 _e546 = c1_;
                    c1_ = metal::fma(metal::float4(a1_3.y), b_13, _e546);
                    metal::float4 _e550 = c2_;
                    c2_ = metal::fma(metal::float4(a2_3.y), b_13, _e550);
                    metal::float4 _e554 = c3_;
                    c3_ = metal::fma(metal::float4(a3_3.y), b_13, _e554);
                }
                {
                    metal::float4 b_14 = metal::float4(b0_3.z, b1_3.z, b2_3.z, b3_3.z);
                    metal::float4 _e563 = c0_;
                    c0_ = metal::fma(metal::float4(a0_3.z), b_14, _e563);
                    metal::float4 _e567 = c1_;
                    c1_ = metal::fma(metal::float4(a1_3.z), b_14, _e567);
                    metal::float4 _e571 = c2_;
                    c2_ = metal::fma(metal::float4(a2_3.z), b_14, _e571);
                    metal::float4 _e575 = c3_;
                    c3_ = metal::fma(metal::float4(a3_3.z), b_14, _e575);
                }
                {
                    metal::float4 b_15 = metal::float4(b0_3.w, b1_3.w, b2_3.w, b3_3.w);
                    metal::float4 _e584 = c0_;
                    c0_ = metal::fma(metal::float4(a0_3.w), b_15, _e584);
                    metal::float4 _e588 = c1_;
                    c1_ = metal::fma(metal::float4(a1_3.w), b_15, _e588);
                    metal::float4 _e592 = c2_;
                    c2_ = metal::fma(metal::float4(a2_3.w), b_15, _e592);
                    metal::float4 _e596 = c3_;
                    c3_ = metal::fma(metal::float4(a3_3.w), b_15, _e596);
                }
            }
        }
    }
    uint column = n0_ + (along * 4u);
    {
        uint row_1 = (m0_ + (across * 4u)) + 0u;
        if (row_1 < live) {
            metal::float4 _e610 = c0_;
            metal::float4 _e615 = bias[column / 4u];
            metal::float4 _e617 = gelu(_e610 + _e615);
            if (column < 1536u) {
                metal::uint2 _e627 = narrow(_e617);
                y[(row_1 * 384u) + (column / 4u)] = _e627;
            }
        }
    }
    {
        uint row_2 = (m0_ + (across * 4u)) + 1u;
        if (row_2 < live) {
            metal::float4 _e634 = c1_;
            metal::float4 _e639 = bias[column / 4u];
            metal::float4 _e641 = gelu(_e634 + _e639);
            if (column < 1536u) {
                metal::uint2 _e651 = narrow(_e641);
                y[(row_2 * 384u) + (column / 4u)] = _e651;
            }
        }
    }
    {
        uint row_3 = (m0_ + (across * 4u)) + 2u;
        if (row_3 < live) {
            metal::float4 _e658 = c2_;
            metal::float4 _e663 = bias[column / 4u];
            metal::float4 _e665 = gelu(_e658 + _e663);
            if (column < 1536u) {
                metal::uint2 _e675 = narrow(_e665);
                y[(row_3 * 384u) + (column / 4u)] = _e675;
            }
        }
    }
    {
        uint row_4 = (m0_ + (across * 4u)) + 3u;
        if (row_4 < live) {
            metal::float4 _e682 = c3_;
            metal::float4 _e687 = bias[column / 4u];
            metal::float4 _e689 = gelu(_e682 + _e687);
            if (column < 1536u) {
                metal::uint2 _e699 = narrow(_e689);
                y[(row_4 * 384u) + (column / 4u)] = _e699;
                return;
            } else {
                return;
            }
        } else {
            return;
        }
    }
}
