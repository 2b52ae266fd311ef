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

typedef metal::float4 type_1[1];
struct type_3 {
    uint inner[64];
};
struct type_4 {
    metal::float4 inner[272];
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
, device type_1 const& x_1 [[buffer(0)]]
, device type_1 const& bias [[buffer(1)]]
, device type_1 const& w [[buffer(2)]]
, device type_1& y [[buffer(3)]]
, device type_3 const& params [[buffer(4)]]
, threadgroup type_4& tile_x
, threadgroup type_4& tile_w
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
            uint _e599 = base;
            base = _e599 + 16u;
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
            tile_x.inner[((part + 0u) * 17u) + (moved / 4u)][moved % 4u] = _e80;
            tile_w.inner[((part + 0u) * 17u) + ((moved + 0u) / 4u)][moved % 4u] = b0_.x;
            float _e109 = a.y;
            tile_x.inner[((part + 1u) * 17u) + (moved / 4u)][moved % 4u] = _e109;
            tile_w.inner[((part + 1u) * 17u) + ((moved + 0u) / 4u)][moved % 4u] = b0_.y;
            float _e138 = a.z;
            tile_x.inner[((part + 2u) * 17u) + (moved / 4u)][moved % 4u] = _e138;
            tile_w.inner[((part + 2u) * 17u) + ((moved + 0u) / 4u)][moved % 4u] = b0_.z;
            float _e167 = a.w;
            tile_x.inner[((part + 3u) * 17u) + (moved / 4u)][moved % 4u] = _e167;
            tile_w.inner[((part + 3u) * 17u) + ((moved + 0u) / 4u)][moved % 4u] = b0_.w;
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            {
                metal::float4 a_1 = tile_x.inner[0u + across];
                metal::float4 b = tile_w.inner[0u + along];
                metal::float4 _e195 = c0_;
                c0_ = metal::fma(metal::float4(a_1.x), b, _e195);
                metal::float4 _e199 = c1_;
                c1_ = metal::fma(metal::float4(a_1.y), b, _e199);
                metal::float4 _e203 = c2_;
                c2_ = metal::fma(metal::float4(a_1.z), b, _e203);
                metal::float4 _e207 = c3_;
                c3_ = metal::fma(metal::float4(a_1.w), b, _e207);
            }
            {
                metal::float4 a_2 = tile_x.inner[17u + across];
                metal::float4 b_1 = tile_w.inner[17u + along];
                metal::float4 _e221 = c0_;
                c0_ = metal::fma(metal::float4(a_2.x), b_1, _e221);
                metal::float4 _e225 = c1_;
                c1_ = metal::fma(metal::float4(a_2.y), b_1, _e225);
                metal::float4 _e229 = c2_;
                c2_ = metal::fma(metal::float4(a_2.z), b_1, _e229);
                metal::float4 _e233 = c3_;
                c3_ = metal::fma(metal::float4(a_2.w), b_1, _e233);
            }
            {
                metal::float4 a_3 = tile_x.inner[34u + across];
                metal::float4 b_2 = tile_w.inner[34u + along];
                metal::float4 _e247 = c0_;
                c0_ = metal::fma(metal::float4(a_3.x), b_2, _e247);
                metal::float4 _e251 = c1_;
                c1_ = metal::fma(metal::float4(a_3.y), b_2, _e251);
                metal::float4 _e255 = c2_;
                c2_ = metal::fma(metal::float4(a_3.z), b_2, _e255);
                metal::float4 _e259 = c3_;
                c3_ = metal::fma(metal::float4(a_3.w), b_2, _e259);
            }
            {
                metal::float4 a_4 = tile_x.inner[51u + across];
                metal::float4 b_3 = tile_w.inner[51u + along];
                metal::float4 _e273 = c0_;
                c0_ = metal::fma(metal::float4(a_4.x), b_3, _e273);
                metal::float4 _e277 = c1_;
                c1_ = metal::fma(metal::float4(a_4.y), b_3, _e277);
                metal::float4 _e281 = c2_;
                c2_ = metal::fma(metal::float4(a_4.z), b_3, _e281);
                metal::float4 _e285 = c3_;
                c3_ = metal::fma(metal::float4(a_4.w), b_3, _e285);
            }
            {
                metal::float4 a_5 = tile_x.inner[68u + across];
                metal::float4 b_4 = tile_w.inner[68u + along];
                metal::float4 _e299 = c0_;
                c0_ = metal::fma(metal::float4(a_5.x), b_4, _e299);
                metal::float4 _e303 = c1_;
                c1_ = metal::fma(metal::float4(a_5.y), b_4, _e303);
                metal::float4 _e307 = c2_;
                c2_ = metal::fma(metal::float4(a_5.z), b_4, _e307);
                metal::float4 _e311 = c3_;
                c3_ = metal::fma(metal::float4(a_5.w), b_4, _e311);
            }
            {
                metal::float4 a_6 = tile_x.inner[85u + across];
                metal::float4 b_5 = tile_w.inner[85u + along];
                metal::float4 _e325 = c0_;
                c0_ = metal::fma(metal::float4(a_6.x), b_5, _e325);
                metal::float4 _e329 = c1_;
                c1_ = metal::fma(metal::float4(a_6.y), b_5, _e329);
                metal::float4 _e333 = c2_;
                c2_ = metal::fma(metal::float4(a_6.z), b_5, _e333);
                metal::float4 _e337 = c3_;
                c3_ = metal::fma(metal::float4(a_6.w), b_5, _e337);
            }
            {
                metal::float4 a_7 = tile_x.inner[102u + across];
                metal::float4 b_6 = tile_w.inner[102u + along];
                metal::float4 _e351 = c0_;
                c0_ = metal::fma(metal::float4(a_7.x), b_6, _e351);
                metal::float4 _e355 = c1_;
                c1_ = metal::fma(metal::float4(a_7.y), b_6, _e355);
                metal::float4 _e359 = c2_;
                c2_ = metal::fma(metal::float4(a_7.z), b_6, _e359);
                metal::float4 _e363 = c3_;
                c3_ = metal::fma(metal::float4(a_7.w), b_6, _e363);
            }
            {
                metal::float4 a_8 = tile_x.inner[119u + across];
                metal::float4 b_7 = tile_w.inner[119u + along];
                metal::float4 _e377 = c0_;
                c0_ = metal::fma(metal::float4(a_8.x), b_7, _e377);
                metal::float4 _e381 = c1_;
                c1_ = metal::fma(metal::float4(a_8.y), b_7, _e381);
                metal::float4 _e385 = c2_;
                c2_ = metal::fma(metal::float4(a_8.z), b_7, _e385);
                metal::float4 _e389 = c3_;
                c3_ = metal::fma(metal::float4(a_8.w), b_7, _e389);
            }
            {
                metal::float4 a_9 = tile_x.inner[136u + across];
                metal::float4 b_8 = tile_w.inner[136u + along];
                metal::float4 _e403 = c0_;
                c0_ = metal::fma(metal::float4(a_9.x), b_8, _e403);
                metal::float4 _e407 = c1_;
                c1_ = metal::fma(metal::float4(a_9.y), b_8, _e407);
                metal::float4 _e411 = c2_;
                c2_ = metal::fma(metal::float4(a_9.z), b_8, _e411);
                metal::float4 _e415 = c3_;
                c3_ = metal::fma(metal::float4(a_9.w), b_8, _e415);
            }
            {
                metal::float4 a_10 = tile_x.inner[153u + across];
                metal::float4 b_9 = tile_w.inner[153u + along];
                metal::float4 _e429 = c0_;
                c0_ = metal::fma(metal::float4(a_10.x), b_9, _e429);
                metal::float4 _e433 = c1_;
                c1_ = metal::fma(metal::float4(a_10.y), b_9, _e433);
                metal::float4 _e437 = c2_;
                c2_ = metal::fma(metal::float4(a_10.z), b_9, _e437);
                metal::float4 _e441 = c3_;
                c3_ = metal::fma(metal::float4(a_10.w), b_9, _e441);
            }
            {
                metal::float4 a_11 = tile_x.inner[170u + across];
                metal::float4 b_10 = tile_w.inner[170u + along];
                metal::float4 _e455 = c0_;
                c0_ = metal::fma(metal::float4(a_11.x), b_10, _e455);
                metal::float4 _e459 = c1_;
                c1_ = metal::fma(metal::float4(a_11.y), b_10, _e459);
                metal::float4 _e463 = c2_;
                c2_ = metal::fma(metal::float4(a_11.z), b_10, _e463);
                metal::float4 _e467 = c3_;
                c3_ = metal::fma(metal::float4(a_11.w), b_10, _e467);
            }
            {
                metal::float4 a_12 = tile_x.inner[187u + across];
                metal::float4 b_11 = tile_w.inner[187u + along];
                metal::float4 _e481 = c0_;
                c0_ = metal::fma(metal::float4(a_12.x), b_11, _e481);
                metal::float4 _e485 = c1_;
                c1_ = metal::fma(metal::float4(a_12.y), b_11, _e485);
                metal::float4 _e489 = c2_;
                c2_ = metal::fma(metal::float4(a_12.z), b_11, _e489);
                metal::float4 _e493 = c3_;
                c3_ = metal::fma(metal::float4(a_12.w), b_11, _e493);
            }
            {
                metal::float4 a_13 = tile_x.inner[204u + across];
                metal::float4 b_12 = tile_w.inner[204u + along];
                metal::float4 _e507 = c0_;
                c0_ = metal::fma(metal::float4(a_13.x), b_12, _e507);
                metal::float4 _e511 = c1_;
                c1_ = metal::fma(metal::float4(a_13.y), b_12, _e511);
                metal::float4 _e515 = c2_;
                c2_ = metal::fma(metal::float4(a_13.z), b_12, _e515);
                metal::float4 _e519 = c3_;
                c3_ = metal::fma(metal::float4(a_13.w), b_12, _e519);
            }
            {
                metal::float4 a_14 = tile_x.inner[221u + across];
                metal::float4 b_13 = tile_w.inner[221u + along];
                metal::float4 _e533 = c0_;
                c0_ = metal::fma(metal::float4(a_14.x), b_13, _e533);
                metal::float4 _e537 = c1_;
                c1_ = metal::fma(metal::float4(a_14.y), b_13, _e537);
                metal::float4 _e541 = c2_;
                c2_ = metal::fma(metal::float4(a_14.z), b_13, _e541);
                metal::float4 _e545 = c3_;
                c3_ = metal::fma(metal::float4(a_14.w), b_13, _e545);
            }
            {
                metal::float4 a_15 = tile_x.inner[238u + across];
                metal::float4 b_14 = tile_w.inner[238u + along];
                metal::float4 _e559 = c0_;
                c0_ = metal::fma(metal::float4(a_15.x), b_14, _e559);
                metal::float4 _e563 = c1_;
                c1_ = metal::fma(metal::float4(a_15.y), b_14, _e563);
                metal::float4 _e567 = c2_;
                c2_ = metal::fma(metal::float4(a_15.z), b_14, _e567);
                metal::float4 _e571 = c3_;
                c3_ = metal::fma(metal::float4(a_15.w), b_14, _e571);
            }
            {
                metal::float4 a_16 = tile_x.inner[255u + across];
                metal::float4 b_15 = tile_w.inner[255u + along];
                metal::float4 _e585 = c0_;
                c0_ = metal::fma(metal::float4(a_16.x), b_15, _e585);
                metal::float4 _e589 = c1_;
                c1_ = metal::fma(metal::float4(a_16.y), b_15, _e589);
                metal::float4 _e593 = c2_;
                c2_ = metal::fma(metal::float4(a_16.z), b_15, _e593);
                metal::float4 _e597 = c3_;
                c3_ = metal::fma(metal::float4(a_16.w), b_15, _e597);
            }
        }
    }
    uint column = n0_ + (along * 4u);
    {
        uint row_1 = (m0_ + (across * 4u)) + 0u;
        if (row_1 < live) {
            metal::float4 _e611 = c0_;
            metal::float4 _e616 = bias[column / 4u];
            metal::float4 _e618 = gelu(_e611 + _e616);
            if (column < 1536u) {
                y[(row_1 * 384u) + (column / 4u)] = _e618;
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
                y[(row_2 * 384u) + (column / 4u)] = _e641;
            }
        }
    }
    {
        uint row_3 = (m0_ + (across * 4u)) + 2u;
        if (row_3 < live) {
            metal::float4 _e657 = c2_;
            metal::float4 _e662 = bias[column / 4u];
            metal::float4 _e664 = gelu(_e657 + _e662);
            if (column < 1536u) {
                y[(row_3 * 384u) + (column / 4u)] = _e664;
            }
        }
    }
    {
        uint row_4 = (m0_ + (across * 4u)) + 3u;
        if (row_4 < live) {
            metal::float4 _e680 = c3_;
            metal::float4 _e685 = bias[column / 4u];
            metal::float4 _e687 = gelu(_e680 + _e685);
            if (column < 1536u) {
                y[(row_4 * 384u) + (column / 4u)] = _e687;
                return;
            } else {
                return;
            }
        } else {
            return;
        }
    }
}
