// Stands in for metal_stdlib, so that a kernel's MSL compiles as C++ and runs on a processor: what kernels of this project use and no
// more. The invocations of a workgroup are fibers of one thread, which change at barriers and at operations of a SIMD group; memory of a
// workgroup starts as garbage. Arithmetic is single precision, half precision is rounded to nearest even.
#pragma once
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <type_traits>
#if !defined(__x86_64__)
#include <ucontext.h>
#endif

#define device
#define constant const
#define threadgroup
#define thread
#define kernel
#define PAPER_SIMD 32u

namespace metal {
using uchar = std::uint8_t;
using ushort = std::uint16_t;
using uint = std::uint32_t;
using ulong = std::uint64_t;

template <class To, class From> To as_type(From from) {
    static_assert(sizeof(To) == sizeof(From), "as_type changes no size");
    To to;
    std::memcpy(static_cast<void*>(&to), &from, sizeof to);
    return to;
}

struct half {
    std::uint16_t bits;
    half() = default;
    half(float value) {
        uint f = as_type<uint>(value), sign = f >> 16 & 0x8000u, rest = f & 0x7fffffffu;
        if (rest > 0x7f800000u) { bits = sign | 0x7e00u; return; }
        if (rest >= 0x47800000u) { bits = sign | 0x7c00u; return; }
        if (rest < 0x33000000u) { bits = sign; return; }
        int exponent = int(rest >> 23) - 112;
        uint fraction = (rest & 0x7fffffu) | 0x800000u, shift = exponent > 0 ? 13 : uint(14 - exponent);
        uint kept = fraction >> shift, lost = fraction & ((1u << shift) - 1), middle = 1u << (shift - 1);
        if (exponent > 0) { kept = (kept & 0x3ffu) | uint(exponent) << 10; }
        if (lost > middle || (lost == middle && (kept & 1))) { kept += 1; }
        bits = sign | kept;
    }
    operator float() const {
        uint sign = uint(bits & 0x8000u) << 16, exponent = bits >> 10 & 31, fraction = bits & 0x3ffu;
        if (exponent == 31) { return as_type<float>(sign | 0x7f800000u | fraction << 13); }
        if (exponent == 0) { float f = std::ldexp(float(fraction), -24); return sign ? -f : f; }
        return as_type<float>(sign | (exponent + 112) << 23 | fraction << 13);
    }
};

// Four bytes in a word.
struct packed_char4 { signed char x, y, z, w; signed char operator[](int i) const { return (&x)[i]; } };
struct packed_uchar4 { uchar x, y, z, w; uchar operator[](int i) const { return (&x)[i]; } };

template <class T, int N> struct vec;
// Some elements of a vector in another order, as `v.xy` names them.
template <class T, int N, int... I> struct picked {
    T all[N];
    operator vec<T, sizeof...(I)>() const { return vec<T, sizeof...(I)>(all[I]...); }
    picked& operator=(vec<T, sizeof...(I)> const& from) {
        int at = 0;
        ((all[I] = from[at++]), ...);
        return *this;
    }
};

#define PAPER_VEC_COMMON(N)                                                                                            \
    vec() = default;                                                                                                   \
    explicit vec(T s) { for (int i = 0; i < N; i++) { (*this)[i] = s; } }                                              \
    template <class U> explicit vec(vec<U, N> const& o) { for (int i = 0; i < N; i++) { (*this)[i] = T(o[i]); } }      \
    template <class U, int M, int... I, class = std::enable_if_t<sizeof...(I) == N>>                                   \
    explicit vec(picked<U, M, I...> const& o) { int at = 0; (((*this)[at++] = T(o.all[I])), ...); }                    \
    T& operator[](int i) { return (&x)[i]; }                                                                           \
    T const& operator[](int i) const { return (&x)[i]; }

template <class T> struct alignas(2 * sizeof(T)) vec<T, 2> {
    union {
        struct { T x, y; };
        picked<T, 2, 0, 1> xy;
        picked<T, 2, 1, 0> yx;
    };
    PAPER_VEC_COMMON(2)
    vec(T a, T b) : x(a), y(b) {}
};
template <class T> struct alignas(4 * sizeof(T)) vec<T, 3> {
    union {
        struct { T x, y, z; };
        picked<T, 3, 0, 1> xy;
        picked<T, 3, 1, 2> yz;
    };
    PAPER_VEC_COMMON(3)
    vec(T a, T b, T c) : x(a), y(b), z(c) {}
};
template <class T> struct alignas(4 * sizeof(T)) vec<T, 4> {
    union {
        struct { T x, y, z, w; };
        picked<T, 4, 0, 1> xy;
        picked<T, 4, 2, 3> zw;
        picked<T, 4, 0, 1, 2> xyz;
    };
    PAPER_VEC_COMMON(4)
    vec(T a, T b, T c, T d) : x(a), y(b), z(c), w(d) {}
    vec(vec<T, 2> a, vec<T, 2> b) : x(a.x), y(a.y), z(b.x), w(b.y) {}
    vec(vec<T, 3> a, T d) : x(a.x), y(a.y), z(a.z), w(d) {}
    explicit vec(packed_char4 a) : x(T(a.x)), y(T(a.y)), z(T(a.z)), w(T(a.w)) {}
    explicit vec(packed_uchar4 a) : x(T(a.x)), y(T(a.y)), z(T(a.z)), w(T(a.w)) {}
};

template <class T, int N, class F> auto map(vec<T, N> const& a, F f) {
    vec<decltype(f(a[0])), N> out;
    for (int i = 0; i < N; i++) { out[i] = f(a[i]); }
    return out;
}
template <class T, int N, class F> auto map(vec<T, N> const& a, vec<T, N> const& b, F f) {
    vec<decltype(f(a[0], b[0])), N> out;
    for (int i = 0; i < N; i++) { out[i] = f(a[i], b[i]); }
    return out;
}
template <class T> struct same { using type = T; };
template <class T> using plain = typename same<T>::type;

#define PAPER_OPERATOR(op)                                                                                             \
    template <class T, int N> auto operator op(vec<T, N> const& a, vec<T, N> const& b) {                               \
        return map(a, b, [](T x, T y) { return decltype(x op y)(x op y); });                                           \
    }                                                                                                                  \
    template <class T, int N> auto operator op(vec<T, N> const& a, plain<T> b) { return a op vec<T, N>(b); }           \
    template <class T, int N> auto operator op(plain<T> a, vec<T, N> const& b) { return vec<T, N>(a) op b; }
PAPER_OPERATOR(+) PAPER_OPERATOR(-) PAPER_OPERATOR(*) PAPER_OPERATOR(/) PAPER_OPERATOR(%) PAPER_OPERATOR(&)
PAPER_OPERATOR(|) PAPER_OPERATOR(^) PAPER_OPERATOR(<<) PAPER_OPERATOR(>>) PAPER_OPERATOR(<) PAPER_OPERATOR(>)
// Shifts count in another type than what they move.
template <class T, class U, int N> vec<T, N> operator>>(vec<T, N> const& a, vec<U, N> const& b) {
    vec<T, N> out;
    for (int i = 0; i < N; i++) { out[i] = T(a[i] >> b[i]); }
    return out;
}
template <class T, class U, int N> vec<T, N> operator<<(vec<T, N> const& a, vec<U, N> const& b) {
    vec<T, N> out;
    for (int i = 0; i < N; i++) { out[i] = T(a[i] << b[i]); }
    return out;
}
PAPER_OPERATOR(<=) PAPER_OPERATOR(>=) PAPER_OPERATOR(==) PAPER_OPERATOR(!=)
template <class T, int N> vec<T, N> operator-(vec<T, N> const& a) { return map(a, [](T x) { return T(-x); }); }
template <class T, int N> vec<T, N> operator~(vec<T, N> const& a) { return map(a, [](T x) { return T(~x); }); }
template <int N> vec<bool, N> operator!(vec<bool, N> const& a) { return map(a, [](bool x) { return !x; }); }

#define PAPER_TYPES(T) using T##2 = vec<T, 2>; using T##3 = vec<T, 3>; using T##4 = vec<T, 4>;
PAPER_TYPES(float) PAPER_TYPES(half) PAPER_TYPES(int) PAPER_TYPES(uint) PAPER_TYPES(bool) PAPER_TYPES(uchar) PAPER_TYPES(char)

#define PAPER_FLOAT1(name, body)                                                                                       \
    inline float name(float x) { return body; }                                                                        \
    template <int N> vec<float, N> name(vec<float, N> const& a) { return map(a, [](float x) { return float(body); }); }
PAPER_FLOAT1(exp, std::exp(x)) PAPER_FLOAT1(exp2, std::exp2(x)) PAPER_FLOAT1(log, std::log(x)) PAPER_FLOAT1(log2, std::log2(x))
PAPER_FLOAT1(sqrt, std::sqrt(x)) PAPER_FLOAT1(rsqrt, 1.0f / std::sqrt(x)) PAPER_FLOAT1(floor, std::floor(x))
PAPER_FLOAT1(ceil, std::ceil(x)) PAPER_FLOAT1(rint, std::rint(x)) PAPER_FLOAT1(round, std::round(x)) PAPER_FLOAT1(trunc, std::trunc(x))
PAPER_FLOAT1(sin, std::sin(x)) PAPER_FLOAT1(cos, std::cos(x)) PAPER_FLOAT1(tanh, std::tanh(x)) PAPER_FLOAT1(fract, x - std::floor(x))
PAPER_FLOAT1(fabs, std::fabs(x))

#define PAPER_ANY1(name, body)                                                                                         \
    template <class T, class = std::enable_if_t<std::is_arithmetic_v<T>>> T name(T x) { return T(body); }              \
    template <class T, int N> vec<T, N> name(vec<T, N> const& a) { return map(a, [](T x) { return T(body); }); }
PAPER_ANY1(abs, x < T(0) ? T(-x) : (std::is_floating_point_v<T> ? T(std::fabs(float(x))) : x))
PAPER_ANY1(popcount, __builtin_popcount(uint(x)))
PAPER_ANY1(clz, uint(x) == 0 ? 32 : __builtin_clz(uint(x)))
PAPER_ANY1(ctz, uint(x) == 0 ? 32 : __builtin_ctz(uint(x)))
PAPER_ANY1(reverse_bits, [](uint v) { uint r = 0; for (int i = 0; i < 32; i++) { r = r << 1 | (v >> i & 1); } return r; }(uint(x)))

inline float least(float a, float b) { return std::fmin(a, b); }
inline float most(float a, float b) { return std::fmax(a, b); }
template <class T> T least(T a, T b) { return b < a ? b : a; }
template <class T> T most(T a, T b) { return a < b ? b : a; }
template <class T, class = std::enable_if_t<std::is_arithmetic_v<T>>> T min(T a, plain<T> b) { return least(a, T(b)); }
template <class T, class = std::enable_if_t<std::is_arithmetic_v<T>>> T max(T a, plain<T> b) { return most(a, T(b)); }
template <class T, int N> vec<T, N> min(vec<T, N> const& a, vec<T, N> const& b) { return map(a, b, [](T x, T y) { return least(x, y); }); }
template <class T, int N> vec<T, N> max(vec<T, N> const& a, vec<T, N> const& b) { return map(a, b, [](T x, T y) { return most(x, y); }); }
template <class T, int N> vec<T, N> clamp(vec<T, N> const& x, plain<T> low, plain<T> high) {
    return min(max(x, vec<T, N>(low)), vec<T, N>(high));
}
template <class V> V clamp(V x, plain<V> low, plain<V> high) { return min(max(x, low), high); }
inline float pow(float a, float b) { return std::pow(a, b); }
inline float mix(float a, float b, float t) { return a + (b - a) * t; }
inline float fma(float a, float b, float c) { return std::fma(a, b, c); }
template <int N> vec<float, N> fma(vec<float, N> const& a, vec<float, N> const& b, vec<float, N> const& c) {
    vec<float, N> out;
    for (int i = 0; i < N; i++) { out[i] = std::fma(a[i], b[i], c[i]); }
    return out;
}
template <class T, int N> T dot(vec<T, N> const& a, vec<T, N> const& b) {
    T sum = a[0] * b[0];
    for (int i = 1; i < N; i++) { sum = T(sum + a[i] * b[i]); }
    return sum;
}
template <class T> T select(T a, plain<T> b, bool which) { return which ? b : a; }
template <class T, int N> vec<T, N> select(vec<T, N> const& a, vec<T, N> const& b, vec<bool, N> const& which) {
    vec<T, N> out;
    for (int i = 0; i < N; i++) { out[i] = which[i] ? b[i] : a[i]; }
    return out;
}
template <int N> bool any(vec<bool, N> const& a) { for (int i = 0; i < N; i++) { if (a[i]) { return true; } } return false; }
template <int N> bool all(vec<bool, N> const& a) { for (int i = 0; i < N; i++) { if (!a[i]) { return false; } } return true; }
inline bool isnan(float x) { return std::isnan(x); }
inline bool isinf(float x) { return std::isinf(x); }
template <class T> T extract_bits(T x, uint offset, uint bits) {
    if (bits == 0) { return T(0); }
    return T(T(x << (32 - bits - offset)) >> (32 - bits));
}
template <class T> T insert_bits(T base, T x, uint offset, uint bits) {
    uint mask = bits == 0 ? 0 : (0xffffffffu >> (32 - bits)) << offset;
    return T((uint(base) & ~mask) | (uint(x) << offset & mask));
}
} // namespace metal

// The machine: fibers, barriers and what an invocation knows of itself.
namespace paper {
using metal::uint;
struct Barrier { uint generation, arrived, members; };
struct Row { Barrier barrier; uint parity[PAPER_SIMD]; alignas(16) unsigned char cells[2][PAPER_SIMD][16]; };
struct Self { metal::uint3 group, groups, local, size; uint index; Row* row; };
struct Fiber {
    Self self;
    unsigned char* stack;
    Barrier* waits;
    uint seen;
    bool done;
#if defined(__x86_64__)
    void* at;
#else
    ucontext_t at;
#endif
};
struct Machine {
    Fiber* now;
    Barrier all;
    void* const* buffers;
    void* const* shared;
#if defined(__x86_64__)
    void* home;
#else
    ucontext_t home;
#endif
};
static thread_local Machine machine;
static void body(Self const& self, void* const* buffers, void* const* shared);
static constexpr std::size_t STACK = 256u << 10;

#if defined(__x86_64__)
asm(".text\npaper_switch:\n"
    "pushq %rbp\npushq %rbx\npushq %r12\npushq %r13\npushq %r14\npushq %r15\n"
    "movq %rsp, (%rdi)\nmovq %rsi, %rsp\n"
    "popq %r15\npopq %r14\npopq %r13\npopq %r12\npopq %rbx\npopq %rbp\nret\n");
extern "C" __attribute__((visibility("hidden"))) void paper_switch(void** from, void* to);
inline void leave(Fiber& fiber) { paper_switch(&fiber.at, machine.home); }
inline void enter(Fiber& fiber) { paper_switch(&machine.home, fiber.at); }
#else
inline void leave(Fiber& fiber) { swapcontext(&fiber.at, &machine.home); }
inline void enter(Fiber& fiber) { swapcontext(&machine.home, &fiber.at); }
#endif

inline void pass(Barrier& barrier) { barrier.generation += 1; barrier.arrived = 0; }
inline void arrive(Barrier& barrier) {
    Fiber& me = *machine.now;
    uint seen = barrier.generation;
    barrier.arrived += 1;
    if (barrier.arrived == barrier.members) { pass(barrier); return; }
    me.waits = &barrier;
    me.seen = seen;
    leave(me);
}
inline void quit(Barrier& barrier) {
    barrier.members -= 1;
    if (barrier.members > 0 && barrier.arrived == barrier.members) { pass(barrier); }
}
static void start() {
    for (;;) {
        Fiber& me = *machine.now;
        body(me.self, machine.buffers, machine.shared);
        me.done = true;
        quit(me.self.row->barrier);
        quit(machine.all);
        leave(me);
    }
}
inline void prepare(Fiber& fiber) {
    if (fiber.stack == nullptr) { fiber.stack = static_cast<unsigned char*>(std::malloc(STACK)); }
#if defined(__x86_64__)
    void** top = reinterpret_cast<void**>(fiber.stack + STACK) - 2;
    *top = reinterpret_cast<void*>(&start);
    fiber.at = top - 6;
    std::memset(fiber.at, 0, 6 * sizeof(void*));
#else
    getcontext(&fiber.at);
    fiber.at.uc_stack.ss_sp = fiber.stack;
    fiber.at.uc_stack.ss_size = STACK;
    fiber.at.uc_link = nullptr;
    makecontext(&fiber.at, &start, 0);
#endif
}
// Runs one workgroup: false if its invocations wait for each other at different places.
inline bool run_group(Fiber* fibers, Row* rows, uint count) {
    machine.all = Barrier{0, 0, count};
    for (uint r = 0; r * PAPER_SIMD < count; r++) {
        uint left = count - r * PAPER_SIMD;
        rows[r].barrier = Barrier{0, 0, left < PAPER_SIMD ? left : PAPER_SIMD};
        std::memset(rows[r].parity, 0, sizeof rows[r].parity);
    }
    uint alive = count;
    while (alive > 0) {
        bool moved = false;
        for (uint i = 0; i < count; i++) {
            Fiber& fiber = fibers[i];
            if (fiber.done || (fiber.waits != nullptr && fiber.waits->generation == fiber.seen)) { continue; }
            fiber.waits = nullptr;
            machine.now = &fiber;
            enter(fiber);
            moved = true;
            alive -= fiber.done;
        }
        if (!moved) { return false; }
    }
    return true;
}
// What every lane of the SIMD group brought: `out(lane)` reads it after all have come.
template <class T> struct Exchange {
    Row& row;
    uint parity, lane;
    explicit Exchange(T value) : row(*machine.now->self.row), lane(machine.now->self.index % PAPER_SIMD) {
        static_assert(sizeof(T) <= 16, "a lane brings up to 16 bytes");
        // Two sets of cells by turns, so that nobody writes what another has yet to read.
        parity = row.parity[lane]++ & 1;
        std::memcpy(row.cells[parity][lane], &value, sizeof value);
        arrive(row.barrier);
    }
    T at(uint which) const {
        T value;
        std::memcpy(static_cast<void*>(&value), row.cells[parity][which % PAPER_SIMD], sizeof value);
        return value;
    }
    uint lanes() const {
        Self const& self = machine.now->self;
        uint count = self.size.x * self.size.y * self.size.z, first = self.index / PAPER_SIMD * PAPER_SIMD;
        return count - first < PAPER_SIMD ? count - first : PAPER_SIMD;
    }
};
template <class T> std::remove_reference_t<T>& argument_of(void* at, std::false_type) { return *static_cast<std::remove_reference_t<T>*>(at); }
template <class T> T argument_of(void* at, std::true_type) { return static_cast<T>(at); }
template <class T> decltype(auto) argument(void* at) { return argument_of<T>(at, std::is_pointer<T>()); }
struct Place {
    metal::uint3 at;
    operator metal::uint3() const { return at; }
    operator metal::uint2() const { return metal::uint2(at.x, at.y); }
    operator uint() const { return at.x; }
};
} // namespace paper

namespace metal {
enum class mem_flags { mem_none, mem_device, mem_threadgroup, mem_texture };
inline mem_flags operator|(mem_flags a, mem_flags) { return a; }
inline void threadgroup_barrier(mem_flags) { paper::arrive(paper::machine.all); }
inline void simdgroup_barrier(mem_flags) { paper::arrive(paper::machine.now->self.row->barrier); }

template <class T, class F> T simd_fold(T value, F f) {
    paper::Exchange<T> lanes(value);
    T all = lanes.at(0);
    for (uint lane = 1; lane < lanes.lanes(); lane++) { all = f(all, lanes.at(lane)); }
    return all;
}
template <class T> T simd_sum(T value) { return simd_fold(value, [](T a, T b) { return T(a + b); }); }
template <class T> T simd_product(T value) { return simd_fold(value, [](T a, T b) { return T(a * b); }); }
template <class T> T simd_min(T value) { return simd_fold(value, [](T a, T b) { return min(a, b); }); }
template <class T> T simd_max(T value) { return simd_fold(value, [](T a, T b) { return max(a, b); }); }
template <class T> T simd_or(T value) { return simd_fold(value, [](T a, T b) { return T(a | b); }); }
template <class T> T simd_and(T value) { return simd_fold(value, [](T a, T b) { return T(a & b); }); }
inline bool simd_any(bool value) { return simd_fold(value, [](bool a, bool b) { return a || b; }); }
inline bool simd_all(bool value) { return simd_fold(value, [](bool a, bool b) { return a && b; }); }
template <class T> T simd_shuffle(T value, uint lane) { return paper::Exchange<T>(value).at(lane); }
template <class T> T simd_broadcast(T value, uint lane) { return paper::Exchange<T>(value).at(lane); }
template <class T> T simd_broadcast_first(T value) { return paper::Exchange<T>(value).at(0); }
template <class T> T simd_shuffle_xor(T value, uint mask) { paper::Exchange<T> lanes(value); return lanes.at(lanes.lane ^ mask); }
template <class T> T simd_shuffle_down(T value, uint by) { paper::Exchange<T> lanes(value); return lanes.at(lanes.lane + by); }
template <class T> T simd_shuffle_up(T value, uint by) { paper::Exchange<T> lanes(value); return lanes.at(lanes.lane - by); }
template <class T> T simd_prefix_exclusive_sum(T value) {
    paper::Exchange<T> lanes(value);
    T sum = T(0);
    for (uint lane = 0; lane < lanes.lane; lane++) { sum = T(sum + lanes.at(lane)); }
    return sum;
}
template <class T> T simd_prefix_inclusive_sum(T value) { return T(simd_prefix_exclusive_sum(value) + value); }
struct simd_vote { ulong bits; explicit operator ulong() const { return bits; } };
inline simd_vote simd_ballot(bool value) {
    paper::Exchange<bool> lanes(value);
    ulong bits = 0;
    for (uint lane = 0; lane < lanes.lanes(); lane++) { bits |= ulong(lanes.at(lane)) << lane; }
    return simd_vote{bits};
}

// Fibers of one thread never run at once, so plain accesses are atomic.
enum memory_order { memory_order_relaxed };
template <class T> struct atomic { T value; };
using atomic_uint = atomic<uint>;
using atomic_int = atomic<int>;
template <class T> T atomic_load_explicit(atomic<T> const* at, memory_order) { return at->value; }
template <class T> void atomic_store_explicit(atomic<T>* at, plain<T> value, memory_order) { at->value = value; }
#define PAPER_ATOMIC(name, expression)                                                                                 \
    template <class T> T atomic_##name##_explicit(atomic<T>* at, plain<T> b, memory_order) {                           \
        T a = at->value;                                                                                               \
        at->value = T(expression);                                                                                     \
        return a;                                                                                                      \
    }
PAPER_ATOMIC(fetch_add, a + b) PAPER_ATOMIC(fetch_sub, a - b) PAPER_ATOMIC(fetch_or, a | b) PAPER_ATOMIC(fetch_and, a & b)
PAPER_ATOMIC(fetch_xor, a ^ b) PAPER_ATOMIC(fetch_min, least(a, T(b))) PAPER_ATOMIC(fetch_max, most(a, T(b))) PAPER_ATOMIC(exchange, b)

// A matrix of a SIMD group: every lane holds all of it and computes the same.
template <class T, int C, int R> struct simdgroup_matrix {
    T cells[R][C];
    simdgroup_matrix() = default;
    explicit simdgroup_matrix(T fill) { for (auto& row : cells) { for (auto& cell : row) { cell = fill; } } }
};
using simdgroup_float8x8 = simdgroup_matrix<float, 8, 8>;
using simdgroup_half8x8 = simdgroup_matrix<half, 8, 8>;
template <class T, class P> void simdgroup_load(simdgroup_matrix<T, 8, 8>& m, P from, ulong stride = 8, ulong = 0, bool transpose = false) {
    simdgroup_barrier(mem_flags::mem_none);
    for (uint r = 0; r < 8; r++) { for (uint c = 0; c < 8; c++) { m.cells[r][c] = transpose ? from[c * stride + r] : from[r * stride + c]; } }
    simdgroup_barrier(mem_flags::mem_none);
}
template <class T, class P> void simdgroup_store(simdgroup_matrix<T, 8, 8> const& m, P to, ulong stride = 8, ulong = 0, bool transpose = false) {
    simdgroup_barrier(mem_flags::mem_none);
    for (uint r = 0; r < 8; r++) { for (uint c = 0; c < 8; c++) { (transpose ? to[c * stride + r] : to[r * stride + c]) = m.cells[r][c]; } }
    simdgroup_barrier(mem_flags::mem_none);
}
template <class D, class A, class B, class C>
void simdgroup_multiply_accumulate(simdgroup_matrix<D, 8, 8>& d, simdgroup_matrix<A, 8, 8> const& a, simdgroup_matrix<B, 8, 8> const& b,
                                   simdgroup_matrix<C, 8, 8> const& c) {
    simdgroup_matrix<D, 8, 8> out;
    for (int r = 0; r < 8; r++) {
        for (int n = 0; n < 8; n++) {
            float sum = float(c.cells[r][n]);
            for (int k = 0; k < 8; k++) { sum += float(a.cells[r][k]) * float(b.cells[k][n]); }
            out.cells[r][n] = D(sum);
        }
    }
    d = out;
}
} // namespace metal

// Tensor operations: of those, a product of two matrices.
namespace metal {
template <class T, int R> struct dextents {
    T sides[R];
    dextents(T columns, T rows) : sides{columns, rows} {}
};
struct tensor_inline {};
// Rows of `sides[0]` items; slices keep the distance from row to row.
template <class T, class E, class D> struct tensor {
    T* items;
    int columns, rows, pitch;
    tensor(T* at, E const& e) : items(at), columns(e.sides[0]), rows(e.sides[1]), pitch(e.sides[0]) {}
    tensor slice(int column, int row) const {
        tensor part = *this;
        part.items = items + std::ptrdiff_t(row) * pitch + column;
        part.columns = columns - column;
        part.rows = rows - row;
        return part;
    }
};
template <class T> constexpr T dynamic_length_v = T(-1);
} // namespace metal
namespace mpp { namespace tensor_ops {
struct matmul2d_descriptor {
    int m, n, k;
    bool turn_left, turn_right, relaxed;
    constexpr matmul2d_descriptor(int m, int n, int k, bool l, bool r, bool x) : m(m), n(n), k(k), turn_left(l), turn_right(r), relaxed(x) {}
};
template <int N> struct execution_simdgroups {};
template <matmul2d_descriptor D, class S> struct matmul2d {
    template <class A, class B, class C> void run(A& a, B& b, C& c) const {
        metal::threadgroup_barrier(metal::mem_flags::mem_none);
        if (paper::machine.now->self.index == 0) {
            int rows = D.turn_left ? a.columns : a.rows, columns = D.turn_right ? b.rows : b.columns;
            int depth = D.turn_left ? a.rows : a.columns;
            rows = metal::min(metal::min(rows, D.m), c.rows);
            columns = metal::min(metal::min(columns, D.n), c.columns);
            for (int r = 0; r < rows; r++) {
                for (int n = 0; n < columns; n++) {
                    float sum = 0;
                    for (int k = 0; k < depth; k++) {
                        float x = float(D.turn_left ? a.items[std::ptrdiff_t(k) * a.pitch + r] : a.items[std::ptrdiff_t(r) * a.pitch + k]);
                        float y = float(D.turn_right ? b.items[std::ptrdiff_t(n) * b.pitch + k] : b.items[std::ptrdiff_t(k) * b.pitch + n]);
                        sum += x * y;
                    }
                    c.items[std::ptrdiff_t(r) * c.pitch + n] = sum;
                }
            }
        }
        metal::threadgroup_barrier(metal::mem_flags::mem_none);
    }
};
} } // namespace mpp::tensor_ops

// What MSL knows without a prefix.
using metal::uint; using metal::ulong; using metal::uchar; using metal::ushort; using metal::half; using metal::as_type;
using metal::float2; using metal::float3; using metal::float4; using metal::half2; using metal::half4; using metal::uint2; using metal::uint3;
using metal::packed_char4; using metal::packed_uchar4; using metal::uint4; using metal::int2; using metal::int3; using metal::int4; using metal::bool2; using metal::bool4;

namespace paper {
// Runs `groups` workgroups of `size` invocations. 1: invocations wait for each other at different places.
inline int run(void* const* buffers, uint const* groups, uint const* size, uint const* shared_bytes, uint shared_count) {
    uint count = size[0] * size[1] * size[2], row_count = (count + PAPER_SIMD - 1) / PAPER_SIMD;
    Fiber* fibers = static_cast<Fiber*>(std::calloc(count, sizeof(Fiber)));
    Row* rows = static_cast<Row*>(std::aligned_alloc(16, (row_count * sizeof(Row) + 15) / 16 * 16));
    void** shared = static_cast<void**>(std::calloc(shared_count + 1, sizeof(void*)));
    for (uint s = 0; s < shared_count; s++) { shared[s] = std::aligned_alloc(16, shared_bytes[s]); }
    for (uint i = 0; i < count; i++) { prepare(fibers[i]); }
    machine.buffers = buffers;
    machine.shared = shared;
    bool well = true;
    for (uint z = 0; well && z < groups[2]; z++) {
        for (uint y = 0; well && y < groups[1]; y++) {
            for (uint x = 0; well && x < groups[0]; x++) {
                for (uint s = 0; s < shared_count; s++) { std::memset(shared[s], 0xa5, shared_bytes[s]); }
                for (uint i = 0; i < count; i++) {
                    metal::uint3 local(i % size[0], i / size[0] % size[1], i / (size[0] * size[1]));
                    fibers[i].self = Self{metal::uint3(x, y, z), metal::uint3(groups[0], groups[1], groups[2]), local,
                                          metal::uint3(size[0], size[1], size[2]), i, rows + i / PAPER_SIMD};
                    fibers[i].done = false;
                    fibers[i].waits = nullptr;
                }
                well = run_group(fibers, rows, count);
            }
        }
    }
    for (uint i = 0; i < count; i++) { std::free(fibers[i].stack); }
    for (uint s = 0; s < shared_count; s++) { std::free(shared[s]); }
    std::free(shared);
    std::free(rows);
    std::free(fibers);
    return well ? 0 : 1;
}
} // namespace paper
