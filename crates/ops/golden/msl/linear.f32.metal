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
    metal::float4 inner[280];
};

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, device type_1 const& x [[buffer(0)]]
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
    uint m0_ = (group / 6u) * 64u;
    uint n0_ = (group % 6u) * 64u;
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
            uint _e596 = base;
            base = _e596 + 16u;
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
                metal::float4 _e55 = x[(row * 96u) + (at_1 / 4u)];
                a = _e55;
            }
            metal::float4 b0_ = w[(((n0_ + moved) + 0u) * 96u) + (at_1 / 4u)];
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            metal::float4 _e81 = a;
            tile_x.inner[(((thread_ % 4u) * 70u) + ((moved % 4u) * 17u)) + (moved / 4u)] = _e81;
            tile_w.inner[(((thread_ % 4u) * 70u) + (((moved + 0u) % 4u) * 17u)) + ((moved + 0u) / 4u)] = b0_;
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            {
                metal::float4 a0_ = tile_x.inner[0u + across];
                metal::float4 b0_1 = tile_w.inner[0u + along];
                metal::float4 a1_ = tile_x.inner[17u + across];
                metal::float4 b1_ = tile_w.inner[17u + along];
                metal::float4 a2_ = tile_x.inner[34u + across];
                metal::float4 b2_ = tile_w.inner[34u + along];
                metal::float4 a3_ = tile_x.inner[51u + across];
                metal::float4 b3_ = tile_w.inner[51u + along];
                {
                    metal::float4 b = metal::float4(b0_1.x, b1_.x, b2_.x, b3_.x);
                    metal::float4 _e147 = c0_;
                    c0_ = metal::fma(metal::float4(a0_.x), b, _e147);
                    metal::float4 _e151 = c1_;
                    c1_ = metal::fma(metal::float4(a1_.x), b, _e151);
                    metal::float4 _e155 = c2_;
                    c2_ = metal::fma(metal::float4(a2_.x), b, _e155);
                    metal::float4 _e159 = c3_;
                    c3_ = metal::fma(metal::float4(a3_.x), b, _e159);
                }
                {
                    metal::float4 b_1 = metal::float4(b0_1.y, b1_.y, b2_.y, b3_.y);
                    metal::float4 _e168 = c0_;
                    c0_ = metal::fma(metal::float4(a0_.y), b_1, _e168);
                    metal::float4 _e172 = c1_;
                    c1_ = metal::fma(metal::float4(a1_.y), b_1, _e172);
                    metal::float4 _e176 = c2_;
                    c2_ = metal::fma(metal::float4(a2_.y), b_1, _e176);
                    metal::float4 _e180 = c3_;
                    c3_ = metal::fma(metal::float4(a3_.y), b_1, _e180);
                }
                {
                    metal::float4 b_2 = metal::float4(b0_1.z, b1_.z, b2_.z, b3_.z);
                    metal::float4 _e189 = c0_;
                    c0_ = metal::fma(metal::float4(a0_.z), b_2, _e189);
                    metal::float4 _e193 = c1_;
                    c1_ = metal::fma(metal::float4(a1_.z), b_2, _e193);
                    metal::float4 _e197 = c2_;
                    c2_ = metal::fma(metal::float4(a2_.z), b_2, _e197);
                    metal::float4 _e201 = c3_;
                    c3_ = metal::fma(metal::float4(a3_.z), b_2, _e201);
                }
                {
                    metal::float4 b_3 = metal::float4(b0_1.w, b1_.w, b2_.w, b3_.w);
                    metal::float4 _e210 = c0_;
                    c0_ = metal::fma(metal::float4(a0_.w), b_3, _e210);
                    metal::float4 _e214 = c1_;
                    c1_ = metal::fma(metal::float4(a1_.w), b_3, _e214);
                    metal::float4 _e218 = c2_;
                    c2_ = metal::fma(metal::float4(a2_.w), b_3, _e218);
                    metal::float4 _e222 = c3_;
                    c3_ = metal::fma(metal::float4(a3_.w), b_3, _e222);
                }
            }
            {
                metal::float4 a0_1 = tile_x.inner[70u + across];
                metal::float4 b0_2 = tile_w.inner[70u + along];
                metal::float4 a1_1 = tile_x.inner[87u + across];
                metal::float4 b1_1 = tile_w.inner[87u + along];
                metal::float4 a2_1 = tile_x.inner[104u + across];
                metal::float4 b2_1 = tile_w.inner[104u + along];
                metal::float4 a3_1 = tile_x.inner[121u + across];
                metal::float4 b3_1 = tile_w.inner[121u + along];
                {
                    metal::float4 b_4 = metal::float4(b0_2.x, b1_1.x, b2_1.x, b3_1.x);
                    metal::float4 _e271 = c0_;
                    c0_ = metal::fma(metal::float4(a0_1.x), b_4, _e271);
                    metal::float4 _e275 = c1_;
                    c1_ = metal::fma(metal::float4(a1_1.x), b_4, _e275);
                    metal::float4 _e279 = c2_;
                    c2_ = metal::fma(metal::float4(a2_1.x), b_4, _e279);
                    metal::float4 _e283 = c3_;
                    c3_ = metal::fma(metal::float4(a3_1.x), b_4, _e283);
                }
                {
                    metal::float4 b_5 = metal::float4(b0_2.y, b1_1.y, b2_1.y, b3_1.y);
                    metal::float4 _e292 = c0_;
                    c0_ = metal::fma(metal::float4(a0_1.y), b_5, _e292);
                    metal::float4 _e296 = c1_;
                    c1_ = metal::fma(metal::float4(a1_1.y), b_5, _e296);
                    metal::float4 _e300 = c2_;
                    c2_ = metal::fma(metal::float4(a2_1.y), b_5, _e300);
                    metal::float4 _e304 = c3_;
                    c3_ = metal::fma(metal::float4(a3_1.y), b_5, _e304);
                }
                {
                    metal::float4 b_6 = metal::float4(b0_2.z, b1_1.z, b2_1.z, b3_1.z);
                    metal::float4 _e313 = c0_;
                    c0_ = metal::fma(metal::float4(a0_1.z), b_6, _e313);
                    metal::float4 _e317 = c1_;
                    c1_ = metal::fma(metal::float4(a1_1.z), b_6, _e317);
                    metal::float4 _e321 = c2_;
                    c2_ = metal::fma(metal::float4(a2_1.z), b_6, _e321);
                    metal::float4 _e325 = c3_;
                    c3_ = metal::fma(metal::float4(a3_1.z), b_6, _e325);
                }
                {
                    metal::float4 b_7 = metal::float4(b0_2.w, b1_1.w, b2_1.w, b3_1.w);
                    metal::float4 _e334 = c0_;
                    c0_ = metal::fma(metal::float4(a0_1.w), b_7, _e334);
                    metal::float4 _e338 = c1_;
                    c1_ = metal::fma(metal::float4(a1_1.w), b_7, _e338);
                    metal::float4 _e342 = c2_;
                    c2_ = metal::fma(metal::float4(a2_1.w), b_7, _e342);
                    metal::float4 _e346 = c3_;
                    c3_ = metal::fma(metal::float4(a3_1.w), b_7, _e346);
                }
            }
            {
                metal::float4 a0_2 = tile_x.inner[140u + across];
                metal::float4 b0_3 = tile_w.inner[140u + along];
                metal::float4 a1_2 = tile_x.inner[157u + across];
                metal::float4 b1_2 = tile_w.inner[157u + along];
                metal::float4 a2_2 = tile_x.inner[174u + across];
                metal::float4 b2_2 = tile_w.inner[174u + along];
                metal::float4 a3_2 = tile_x.inner[191u + across];
                metal::float4 b3_2 = tile_w.inner[191u + along];
                {
                    metal::float4 b_8 = metal::float4(b0_3.x, b1_2.x, b2_2.x, b3_2.x);
                    metal::float4 _e395 = c0_;
                    c0_ = metal::fma(metal::float4(a0_2.x), b_8, _e395);
                    metal::float4 _e399 = c1_;
                    c1_ = metal::fma(metal::float4(a1_2.x), b_8, _e399);
                    metal::float4 _e403 = c2_;
                    c2_ = metal::fma(metal::float4(a2_2.x), b_8, _e403);
                    metal::float4 _e407 = c3_;
                    c3_ = metal::fma(metal::float4(a3_2.x), b_8, _e407);
                }
                {
                    metal::float4 b_9 = metal::float4(b0_3.y, b1_2.y, b2_2.y, b3_2.y);
                    metal::float4 _e416 = c0_;
                    c0_ = metal::fma(metal::float4(a0_2.y), b_9, _e416);
                    metal::float4 _e420 = c1_;
                    c1_ = metal::fma(metal::float4(a1_2.y), b_9, _e420);
                    metal::float4 _e424 = c2_;
                    c2_ = metal::fma(metal::float4(a2_2.y), b_9, _e424);
                    metal::float4 _e428 = c3_;
                    c3_ = metal::fma(metal::float4(a3_2.y), b_9, _e428);
                }
                {
                    metal::float4 b_10 = metal::float4(b0_3.z, b1_2.z, b2_2.z, b3_2.z);
                    metal::float4 _e437 = c0_;
                    c0_ = metal::fma(metal::float4(a0_2.z), b_10, _e437);
                    metal::float4 _e441 = c1_;
                    c1_ = metal::fma(metal::float4(a1_2.z), b_10, _e441);
                    metal::float4 _e445 = c2_;
                    c2_ = metal::fma(metal::float4(a2_2.z), b_10, _e445);
                    metal::float4 _e449 = c3_;
                    c3_ = metal::fma(metal::float4(a3_2.z), b_10, _e449);
                }
                {
                    metal::float4 b_11 = metal::float4(b0_3.w, b1_2.w, b2_2.w, b3_2.w);
                    metal::float4 _e458 = c0_;
                    c0_ = metal::fma(metal::float4(a0_2.w), b_11, _e458);
                    metal::float4 _e462 = c1_;
                    c1_ = metal::fma(metal::float4(a1_2.w), b_11, _e462);
                    metal::float4 _e466 = c2_;
                    c2_ = metal::fma(metal::float4(a2_2.w), b_11, _e466);
                    metal::float4 _e470 = c3_;
                    c3_ = metal::fma(metal::float4(a3_2.w), b_11, _e470);
                }
            }
            {
                metal::float4 a0_3 = tile_x.inner[210u + across];
                metal::float4 b0_4 = tile_w.inner[210u + along];
                metal::float4 a1_3 = tile_x.inner[227u + across];
                metal::float4 b1_3 = tile_w.inner[227u + along];
                metal::float4 a2_3 = tile_x.inner[244u + across];
                metal::float4 b2_3 = tile_w.inner[244u + along];
                metal::float4 a3_3 = tile_x.inner[261u + across];
                metal::float4 b3_3 = tile_w.inner[261u + along];
                {
                    metal::float4 b_12 = metal::float4(b0_4.x, b1_3.x, b2_3.x, b3_3.x);
                    metal::float4 _e519 = c0_;
                    c0_ = metal::fma(metal::float4(a0_3.x), b_12, _e519);
                    metal::float4 _e523 = c1_;
                    c1_ = metal::fma(metal::float4(a1_3.x), b_12, _e523);
                    metal::float4 _e527 = c2_;
                    c2_ = metal::fma(metal::float4(a2_3.x), b_12, _e527);
                    metal::float4 _e531 = c3_;
                    c3_ = metal::fma(metal::float4(a3_3.x), b_12, _e531);
                }
                {
                    metal::float4 b_13 = metal::float4(b0_4.y, b1_3.y, b2_3.y, b3_3.y);
                    metal::float4 _e540 = c0_;
                    c0_ = metal::fma(metal::float4(a0_3.y), b_13, _e540);
                    metal::float4 _e544 = c1_;
                    c1_ = metal::fma(metal::float4(a1_3.y), b_13, _e544);
                    metal::float4 _e548 = c2_;
                    c2_ = metal::fma(metal::float4(a2_3.y), b_13, _e548);
                    metal::float4 _e552 = c3_;
                    c3_ = metal::fma(metal::float4(a3_3.y), b_13, _e552);
                }
                {
                    metal::float4 b_14 = metal::float4(b0_4.z, b1_3.z, b2_3.z, b3_3.z);
                    metal::float4 _e561 = c0_;
                    c0_ = metal::fma(metal::float4(a0_3.z), b_14, _e561);
                    metal::float4 _e565 = c1_;
                    c1_ = metal::fma(metal::float4(a1_3.z), b_14, _e565);
                    metal::float4 _e569 = c2_;
                    c2_ = metal::fma(metal::float4(a2_3.z), b_14, _e569);
                    metal::float4 _e573 = c3_;
                    c3_ = metal::fma(metal::float4(a3_3.z), b_14, _e573);
                }
                {
                    metal::float4 b_15 = metal::float4(b0_4.w, b1_3.w, b2_3.w, b3_3.w);
                    metal::float4 _e582 = c0_;
                    c0_ = metal::fma(metal::float4(a0_3.w), b_15, _e582);
                    metal::float4 _e586 = c1_;
                    c1_ = metal::fma(metal::float4(a1_3.w), b_15, _e586);
                    metal::float4 _e590 = c2_;
                    c2_ = metal::fma(metal::float4(a2_3.w), b_15, _e590);
                    metal::float4 _e594 = c3_;
                    c3_ = metal::fma(metal::float4(a3_3.w), b_15, _e594);
                }
            }
        }
    }
    uint column = n0_ + (along * 4u);
    {
        uint row_1 = (m0_ + (across * 4u)) + 0u;
        if (row_1 < live) {
            metal::float4 _e608 = c0_;
            metal::float4 _e613 = bias[column / 4u];
            metal::float4 value = _e608 + _e613;
            if (column < 384u) {
                y[(row_1 * 96u) + (column / 4u)] = value;
            }
        }
    }
    {
        uint row_2 = (m0_ + (across * 4u)) + 1u;
        if (row_2 < live) {
            metal::float4 _e630 = c1_;
            metal::float4 _e635 = bias[column / 4u];
            metal::float4 value_1 = _e630 + _e635;
            if (column < 384u) {
                y[(row_2 * 96u) + (column / 4u)] = value_1;
            }
        }
    }
    {
        uint row_3 = (m0_ + (across * 4u)) + 2u;
        if (row_3 < live) {
            metal::float4 _e652 = c2_;
            metal::float4 _e657 = bias[column / 4u];
            metal::float4 value_2 = _e652 + _e657;
            if (column < 384u) {
                y[(row_3 * 96u) + (column / 4u)] = value_2;
            }
        }
    }
    {
        uint row_4 = (m0_ + (across * 4u)) + 3u;
        if (row_4 < live) {
            metal::float4 _e674 = c3_;
            metal::float4 _e679 = bias[column / 4u];
            metal::float4 value_3 = _e674 + _e679;
            if (column < 384u) {
                y[(row_4 * 96u) + (column / 4u)] = value_3;
                return;
            } else {
                return;
            }
        } else {
            return;
        }
    }
}
