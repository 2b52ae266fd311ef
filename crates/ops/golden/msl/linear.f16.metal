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
    metal::float4 inner[272];
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

struct main_Input {
};
[[max_total_threads_per_threadgroup(256)]] kernel void main_(
  metal::uint3 at [[threadgroup_position_in_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
, device type_2 const& x [[buffer(0)]]
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
            uint _e601 = base;
            base = _e601 + 16u;
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
                metal::uint2 _e55 = x[(row * 96u) + (at_1 / 4u)];
                metal::float4 _e56 = widen(_e55);
                a = _e56;
            }
            metal::uint2 _e67 = w_1[(((n0_ + moved) + 0u) * 96u) + (at_1 / 4u)];
            metal::float4 _e68 = widen(_e67);
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            float _e82 = a.x;
            tile_x.inner[((part + 0u) * 17u) + (moved / 4u)][moved % 4u] = _e82;
            tile_w.inner[((part + 0u) * 17u) + ((moved + 0u) / 4u)][moved % 4u] = _e68.x;
            float _e111 = a.y;
            tile_x.inner[((part + 1u) * 17u) + (moved / 4u)][moved % 4u] = _e111;
            tile_w.inner[((part + 1u) * 17u) + ((moved + 0u) / 4u)][moved % 4u] = _e68.y;
            float _e140 = a.z;
            tile_x.inner[((part + 2u) * 17u) + (moved / 4u)][moved % 4u] = _e140;
            tile_w.inner[((part + 2u) * 17u) + ((moved + 0u) / 4u)][moved % 4u] = _e68.z;
            float _e169 = a.w;
            tile_x.inner[((part + 3u) * 17u) + (moved / 4u)][moved % 4u] = _e169;
            tile_w.inner[((part + 3u) * 17u) + ((moved + 0u) / 4u)][moved % 4u] = _e68.w;
            metal::threadgroup_barrier(metal::mem_flags::mem_threadgroup);
            {
                metal::float4 a_1 = tile_x.inner[0u + across];
                metal::float4 b = tile_w.inner[0u + along];
                metal::float4 _e197 = c0_;
                c0_ = metal::fma(metal::float4(a_1.x), b, _e197);
                metal::float4 _e201 = c1_;
                c1_ = metal::fma(metal::float4(a_1.y), b, _e201);
                metal::float4 _e205 = c2_;
                c2_ = metal::fma(metal::float4(a_1.z), b, _e205);
                metal::float4 _e209 = c3_;
                c3_ = metal::fma(metal::float4(a_1.w), b, _e209);
            }
            {
                metal::float4 a_2 = tile_x.inner[17u + across];
                metal::float4 b_1 = tile_w.inner[17u + along];
                metal::float4 _e223 = c0_;
                c0_ = metal::fma(metal::float4(a_2.x), b_1, _e223);
                metal::float4 _e227 = c1_;
                c1_ = metal::fma(metal::float4(a_2.y), b_1, _e227);
                metal::float4 _e231 = c2_;
                c2_ = metal::fma(metal::float4(a_2.z), b_1, _e231);
                metal::float4 _e235 = c3_;
                c3_ = metal::fma(metal::float4(a_2.w), b_1, _e235);
            }
            {
                metal::float4 a_3 = tile_x.inner[34u + across];
                metal::float4 b_2 = tile_w.inner[34u + along];
                metal::float4 _e249 = c0_;
                c0_ = metal::fma(metal::float4(a_3.x), b_2, _e249);
                metal::float4 _e253 = c1_;
                c1_ = metal::fma(metal::float4(a_3.y), b_2, _e253);
                metal::float4 _e257 = c2_;
                c2_ = metal::fma(metal::float4(a_3.z), b_2, _e257);
                metal::float4 _e261 = c3_;
                c3_ = metal::fma(metal::float4(a_3.w), b_2, _e261);
            }
            {
                metal::float4 a_4 = tile_x.inner[51u + across];
                metal::float4 b_3 = tile_w.inner[51u + along];
                metal::float4 _e275 = c0_;
                c0_ = metal::fma(metal::float4(a_4.x), b_3, _e275);
                metal::float4 _e279 = c1_;
                c1_ = metal::fma(metal::float4(a_4.y), b_3, _e279);
                metal::float4 _e283 = c2_;
                c2_ = metal::fma(metal::float4(a_4.z), b_3, _e283);
                metal::float4 _e287 = c3_;
                c3_ = metal::fma(metal::float4(a_4.w), b_3, _e287);
            }
            {
                metal::float4 a_5 = tile_x.inner[68u + across];
                metal::float4 b_4 = tile_w.inner[68u + along];
                metal::float4 _e301 = c0_;
                c0_ = metal::fma(metal::float4(a_5.x), b_4, _e301);
                metal::float4 _e305 = c1_;
                c1_ = metal::fma(metal::float4(a_5.y), b_4, _e305);
                metal::float4 _e309 = c2_;
                c2_ = metal::fma(metal::float4(a_5.z), b_4, _e309);
                metal::float4 _e313 = c3_;
                c3_ = metal::fma(metal::float4(a_5.w), b_4, _e313);
            }
            {
                metal::float4 a_6 = tile_x.inner[85u + across];
                metal::float4 b_5 = tile_w.inner[85u + along];
                metal::float4 _e327 = c0_;
                c0_ = metal::fma(metal::float4(a_6.x), b_5, _e327);
                metal::float4 _e331 = c1_;
                c1_ = metal::fma(metal::float4(a_6.y), b_5, _e331);
                metal::float4 _e335 = c2_;
                c2_ = metal::fma(metal::float4(a_6.z), b_5, _e335);
                metal::float4 _e339 = c3_;
                c3_ = metal::fma(metal::float4(a_6.w), b_5, _e339);
            }
            {
                metal::float4 a_7 = tile_x.inner[102u + across];
                metal::float4 b_6 = tile_w.inner[102u + along];
                metal::float4 _e353 = c0_;
                c0_ = metal::fma(metal::float4(a_7.x), b_6, _e353);
                metal::float4 _e357 = c1_;
                c1_ = metal::fma(metal::float4(a_7.y), b_6, _e357);
                metal::float4 _e361 = c2_;
                c2_ = metal::fma(metal::float4(a_7.z), b_6, _e361);
                metal::float4 _e365 = c3_;
                c3_ = metal::fma(metal::float4(a_7.w), b_6, _e365);
            }
            {
                metal::float4 a_8 = tile_x.inner[119u + across];
                metal::float4 b_7 = tile_w.inner[119u + along];
                metal::float4 _e379 = c0_;
                c0_ = metal::fma(metal::float4(a_8.x), b_7, _e379);
                metal::float4 _e383 = c1_;
                c1_ = metal::fma(metal::float4(a_8.y), b_7, _e383);
                metal::float4 _e387 = c2_;
                c2_ = metal::fma(metal::float4(a_8.z), b_7, _e387);
                metal::float4 _e391 = c3_;
                c3_ = metal::fma(metal::float4(a_8.w), b_7, _e391);
            }
            {
                metal::float4 a_9 = tile_x.inner[136u + across];
                metal::float4 b_8 = tile_w.inner[136u + along];
                metal::float4 _e405 = c0_;
                c0_ = metal::fma(metal::float4(a_9.x), b_8, _e405);
                metal::float4 _e409 = c1_;
                c1_ = metal::fma(metal::float4(a_9.y), b_8, _e409);
                metal::float4 _e413 = c2_;
                c2_ = metal::fma(metal::float4(a_9.z), b_8, _e413);
                metal::float4 _e417 = c3_;
                c3_ = metal::fma(metal::float4(a_9.w), b_8, _e417);
            }
            {
                metal::float4 a_10 = tile_x.inner[153u + across];
                metal::float4 b_9 = tile_w.inner[153u + along];
                metal::float4 _e431 = c0_;
                c0_ = metal::fma(metal::float4(a_10.x), b_9, _e431);
                metal::float4 _e435 = c1_;
                c1_ = metal::fma(metal::float4(a_10.y), b_9, _e435);
                metal::float4 _e439 = c2_;
                c2_ = metal::fma(metal::float4(a_10.z), b_9, _e439);
                metal::float4 _e443 = c3_;
                c3_ = metal::fma(metal::float4(a_10.w), b_9, _e443);
            }
            {
                metal::float4 a_11 = tile_x.inner[170u + across];
                metal::float4 b_10 = tile_w.inner[170u + along];
                metal::float4 _e457 = c0_;
                c0_ = metal::fma(metal::float4(a_11.x), b_10, _e457);
                metal::float4 _e461 = c1_;
                c1_ = metal::fma(metal::float4(a_11.y), b_10, _e461);
                metal::float4 _e465 = c2_;
                c2_ = metal::fma(metal::float4(a_11.z), b_10, _e465);
                metal::float4 _e469 = c3_;
                c3_ = metal::fma(metal::float4(a_11.w), b_10, _e469);
            }
            {
                metal::float4 a_12 = tile_x.inner[187u + across];
                metal::float4 b_11 = tile_w.inner[187u + along];
                metal::float4 _e483 = c0_;
                c0_ = metal::fma(metal::float4(a_12.x), b_11, _e483);
                metal::float4 _e487 = c1_;
                c1_ = metal::fma(metal::float4(a_12.y), b_11, _e487);
                metal::float4 _e491 = c2_;
                c2_ = metal::fma(metal::float4(a_12.z), b_11, _e491);
                metal::float4 _e495 = c3_;
                c3_ = metal::fma(metal::float4(a_12.w), b_11, _e495);
            }
            {
                metal::float4 a_13 = tile_x.inner[204u + across];
                metal::float4 b_12 = tile_w.inner[204u + along];
                metal::float4 _e509 = c0_;
                c0_ = metal::fma(metal::float4(a_13.x), b_12, _e509);
                metal::float4 _e513 = c1_;
                c1_ = metal::fma(metal::float4(a_13.y), b_12, _e513);
                metal::float4 _e517 = c2_;
                c2_ = metal::fma(metal::float4(a_13.z), b_12, _e517);
                metal::float4 _e521 = c3_;
                c3_ = metal::fma(metal::float4(a_13.w), b_12, _e521);
            }
            {
                metal::float4 a_14 = tile_x.inner[221u + across];
                metal::float4 b_13 = tile_w.inner[221u + along];
                metal::float4 _e535 = c0_;
                c0_ = metal::fma(metal::float4(a_14.x), b_13, _e535);
                metal::float4 _e539 = c1_;
                c1_ = metal::fma(metal::float4(a_14.y), b_13, _e539);
                metal::float4 _e543 = c2_;
                c2_ = metal::fma(metal::float4(a_14.z), b_13, _e543);
                metal::float4 _e547 = c3_;
                c3_ = metal::fma(metal::float4(a_14.w), b_13, _e547);
            }
            {
                metal::float4 a_15 = tile_x.inner[238u + across];
                metal::float4 b_14 = tile_w.inner[238u + along];
                metal::float4 _e561 = c0_;
                c0_ = metal::fma(metal::float4(a_15.x), b_14, _e561);
                metal::float4 _e565 = c1_;
                c1_ = metal::fma(metal::float4(a_15.y), b_14, _e565);
                metal::float4 _e569 = c2_;
                c2_ = metal::fma(metal::float4(a_15.z), b_14, _e569);
                metal::float4 _e573 = c3_;
                c3_ = metal::fma(metal::float4(a_15.w), b_14, _e573);
            }
            {
                metal::float4 a_16 = tile_x.inner[255u + across];
                metal::float4 b_15 = tile_w.inner[255u + along];
                metal::float4 _e587 = c0_;
                c0_ = metal::fma(metal::float4(a_16.x), b_15, _e587);
                metal::float4 _e591 = c1_;
                c1_ = metal::fma(metal::float4(a_16.y), b_15, _e591);
                metal::float4 _e595 = c2_;
                c2_ = metal::fma(metal::float4(a_16.z), b_15, _e595);
                metal::float4 _e599 = c3_;
                c3_ = metal::fma(metal::float4(a_16.w), b_15, _e599);
            }
        }
    }
    uint column = n0_ + (along * 4u);
    {
        uint row_1 = (m0_ + (across * 4u)) + 0u;
        if (row_1 < live) {
            metal::float4 _e613 = c0_;
            metal::float4 _e618 = bias[column / 4u];
            metal::float4 value = _e613 + _e618;
            if (column < 384u) {
                metal::uint2 _e629 = narrow(value);
                y[(row_1 * 96u) + (column / 4u)] = _e629;
            }
        }
    }
    {
        uint row_2 = (m0_ + (across * 4u)) + 1u;
        if (row_2 < live) {
            metal::float4 _e636 = c1_;
            metal::float4 _e641 = bias[column / 4u];
            metal::float4 value_1 = _e636 + _e641;
            if (column < 384u) {
                metal::uint2 _e652 = narrow(value_1);
                y[(row_2 * 96u) + (column / 4u)] = _e652;
            }
        }
    }
    {
        uint row_3 = (m0_ + (across * 4u)) + 2u;
        if (row_3 < live) {
            metal::float4 _e659 = c2_;
            metal::float4 _e664 = bias[column / 4u];
            metal::float4 value_2 = _e659 + _e664;
            if (column < 384u) {
                metal::uint2 _e675 = narrow(value_2);
                y[(row_3 * 96u) + (column / 4u)] = _e675;
            }
        }
    }
    {
        uint row_4 = (m0_ + (across * 4u)) + 3u;
        if (row_4 < live) {
            metal::float4 _e682 = c3_;
            metal::float4 _e687 = bias[column / 4u];
            metal::float4 value_3 = _e682 + _e687;
            if (column < 384u) {
                metal::uint2 _e698 = narrow(value_3);
                y[(row_4 * 96u) + (column / 4u)] = _e698;
                return;
            } else {
                return;
            }
        } else {
            return;
        }
    }
}
