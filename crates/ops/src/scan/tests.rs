//! Every instruction set against plain loops: integers to the bit, scores against `f64`, lists against a sort.

use half::f16;

use super::*;
use crate::Isa;

/// A small generator, so that cases are the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Between -1 and 1.
    fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1 << 23) as f32 - 1.0
    }

    fn vector(&mut self, dim: usize) -> Vec<f32> {
        (0..dim).map(|_| self.unit() + self.unit() + self.unit()).collect()
    }
}

/// Stored rows that own their memory.
struct Store {
    stride: usize,
    codes: Vec<i8>,
    bounds: [Vec<f32>; 3],
    exact: Vec<f16>,
    keys: Vec<u64>,
    allowed: Vec<u64>,
}

impl Store {
    fn new(vectors: &[Vec<f32>]) -> Store {
        let stride = stride(vectors[0].len());
        let rows = vectors.len().next_multiple_of(BLOCK_ROWS);
        let mut store = Store {
            stride,
            codes: vec![0; rows * stride],
            bounds: std::array::from_fn(|_| vec![0.0; rows]),
            exact: vec![f16::ZERO; rows * stride],
            // Keys fall while rows rise, so that a tie decided by row shows.
            keys: (0..rows as u64).map(|row| 1_000_000 - row).collect(),
            allowed: vec![0; rows / BLOCK_ROWS],
        };
        for (row, vector) in vectors.iter().enumerate() {
            let place = row * stride..(row + 1) * stride;
            check_row(vector).unwrap();
            let bound = encode_row(vector, &mut store.exact[place.clone()], &mut store.codes[place]);
            for (to, from) in store.bounds.iter_mut().zip([bound.scale, bound.norm, bound.error]) {
                to[row] = from;
            }
            store.allowed[row / BLOCK_ROWS] |= 1 << (row % BLOCK_ROWS);
        }
        store
    }

    fn rows(&self) -> Rows<'_> {
        Rows {
            stride: self.stride,
            codes: &self.codes,
            scales: &self.bounds[0],
            norms: &self.bounds[1],
            errors: &self.bounds[2],
            exact: &self.exact,
            keys: &self.keys,
            allowed: &self.allowed,
        }
    }

    /// The obvious search: every score, sorted.
    fn brute_force(&self, query: &[f32], k: usize) -> Vec<Hit> {
        let rows = (0..self.keys.len()).filter(|row| self.allowed[row / 64] >> (row % 64) & 1 == 1);
        let hits = rows.map(|row| {
            let values = &self.exact[row * self.stride..];
            let products = query.iter().zip(values).map(|(&q, v)| f64::from(q) * f64::from(v.to_f32()));
            // Not `sum`, which starts from -0.0.
            let score = products.fold(0.0, |sum, product| sum + product);
            Hit { score, key: self.keys[row] }
        });
        merge(hits, k)
    }
}

/// Encoded queries that own their memory.
struct Batch {
    count: usize,
    range: CodeRange,
    codes: Vec<i16>,
    values: Vec<f64>,
    bounds: Vec<Bound>,
}

impl Batch {
    fn new(queries: &[Vec<f32>], range: CodeRange) -> Batch {
        let stride = stride(queries[0].len());
        let count = queries.len();
        let mut batch = Batch {
            count,
            range,
            codes: vec![0; count * stride],
            values: vec![0.0; count * stride],
            bounds: Vec::new(),
        };
        for (at, query) in queries.iter().enumerate() {
            let place = at * stride..(at + 1) * stride;
            let bound = encode_query(query, range, &mut batch.codes[place.clone()], &mut batch.values[place]);
            batch.bounds.push(bound);
        }
        batch
    }

    fn queries(&self) -> Queries<'_> {
        Queries { count: self.count, range: self.range, codes: &self.codes, values: &self.values, bounds: &self.bounds }
    }
}

fn search(store: &Store, queries: &[Vec<f32>], k: usize, isa: Isa, parts: usize) -> (Vec<Vec<Hit>>, u64) {
    let batch = Batch::new(queries, CodeRange::of(isa, queries.len()));
    let (count, blocks) = (queries.len(), store.allowed.len());
    let mut scratch = Scratch::default();
    let mut all = vec![Vec::new(); count];
    let mut seen: Vec<State> = Vec::new();
    for part in 0..parts {
        let (mut hits, mut states) = (vec![Hit::default(); count * k], vec![State::default(); count]);
        let range = std::iter::once(blocks * part / parts..blocks * (part + 1) / parts);
        scan(&store.rows(), range, &batch.queries(), k, isa, &seen, &mut scratch, &mut hits, &mut states);
        for (query, all) in all.iter_mut().enumerate() {
            all.extend_from_slice(&hits[query * k..][..states[query].len as usize]);
        }
        seen.extend(states);
    }
    let rescored = seen.iter().map(|state| u64::from(state.rescored)).sum();
    (all.into_iter().map(|hits| merge(hits, k)).collect(), rescored)
}

/// Scores may differ from the reference by the order of `f64` additions only.
fn assert_same(found: &[Hit], expected: &[Hit], context: &str) {
    assert_eq!(found.len(), expected.len(), "{context}");
    for (f, e) in found.iter().zip(expected) {
        let limit = 1e-12 * e.score.abs().max(1.0);
        assert!((f.score - e.score).abs() <= limit, "{context}: {f:?} for {e:?}");
    }
    let keys = |hits: &[Hit]| hits.iter().map(|hit| hit.key).collect::<Vec<_>>();
    assert_eq!(keys(found), keys(expected), "{context}");
}

/// The ranges of codes that there are kernels for.
fn ranges(isa: Isa) -> Vec<CodeRange> {
    let mut ranges = vec![CodeRange::of(isa, 1), CodeRange::of(isa, MAX_QUERIES)];
    #[cfg(target_arch = "x86_64")]
    if isa > Isa::PORTABLE {
        ranges.push(CodeRange::Pairs);
    }
    ranges.dedup();
    ranges
}

/// Codes of a query as large as `range` allows: random, all the greatest, or the greatest in one place of every chunk.
fn extreme_codes(random: &mut Random, range: CodeRange, stride: usize, kind: usize) -> Vec<i16> {
    let place = random.next() as usize % 64;
    let shape: Vec<f32> = (0..stride)
        .map(|at| match kind % 4 {
            0 => random.unit(),
            1 => 1.0,
            2 => -1.0,
            _ => f32::from(u8::from(at % 64 == place)),
        })
        .collect();
    let mut codes = vec![0; stride];
    encode_query(&shape, range, &mut codes, &mut vec![0.0; stride]);
    codes
}

#[test]
fn integer_dots_are_exact() {
    let mut random = Random(1);
    for stride in [64, 128, 384, 1024, MAX_DIM] {
        let mut codes: Vec<i8> =
            (0..BLOCK_ROWS * stride).map(|_| (random.next() % 255) as i8).map(|c| c.max(-127)).collect();
        // The extremes, where a sum would overflow first.
        codes[..stride].fill(-127);
        codes[stride..2 * stride].fill(127);
        for count in [1, 2, 3, 4, 5, 8, 13, 17, 40] {
            for (isa, range) in
                Isa::available().into_iter().flat_map(|isa| ranges(isa).into_iter().map(move |r| (isa, r)))
            {
                let queries: Vec<i16> =
                    (0..count).flat_map(|query| extreme_codes(&mut random, range, stride, query)).collect();
                assert!(queries.chunks(stride).all(|query| range.holds(query)));
                let batch = Queries { count, range, codes: &queries, values: &[], bounds: &[] };
                let mut scratch = Scratch::default();
                dot::start(&batch, stride, &mut scratch);
                dot::block(&codes, &batch, stride, dot::Path::of(isa), &mut scratch);
                for query in 0..count {
                    for row in 0..BLOCK_ROWS {
                        let expected: i64 = codes[row * stride..][..stride]
                            .iter()
                            .zip(&queries[query * stride..])
                            .map(|(&c, &q)| i64::from(c) * i64::from(q))
                            .sum();
                        let got = scratch.dots[query * BLOCK_ROWS + row];
                        assert_eq!(i64::from(got), expected, "{isa:?} {stride} {count} {range:?}: {query}, {row}");
                    }
                }
            }
        }
    }
}

#[test]
fn exact_dots_agree_to_the_bit_and_with_the_reference() {
    let mut random = Random(2);
    for dim in [64, 384, MAX_DIM] {
        let row: Vec<f16> = random.vector(dim).into_iter().map(f16::from_f32).collect();
        let query: Vec<f64> = random.vector(dim).into_iter().map(f64::from).collect();
        let expected: f64 = row.iter().zip(&query).map(|(r, q)| f64::from(r.to_f32()) * q).sum();
        let portable = exact_dot(&row, &query, Isa::PORTABLE);
        assert!((portable - expected).abs() <= 1e-12 * dim as f64, "{portable} for {expected}");
        for isa in Isa::available() {
            assert_eq!(exact_dot(&row, &query, isa).to_bits(), portable.to_bits(), "{isa:?}");
        }
    }
}

#[test]
fn reach_is_the_same_test_everywhere_up_to_its_slack() {
    let mut random = Random(3);
    let dots: Vec<i32> = (0..BLOCK_ROWS).map(|_| random.next() as i32 >> 8).collect();
    let [scales, norms, errors]: [Vec<f32>; 3] =
        std::array::from_fn(|_| (0..BLOCK_ROWS).map(|_| random.unit().abs() + 0.1).collect());
    let bound = Bound { per_norm: 0.3, per_error: 2.0, unit: 1.0 };
    let upper = |row: usize| {
        let slack =
            f64::from(bound.per_norm) * f64::from(norms[row]) + f64::from(bound.per_error) * f64::from(errors[row]);
        f64::from(scales[row]) * f64::from(dots[row]) + slack
    };
    for floor in [f32::NEG_INFINITY, -1e6, 0.0, 1e5, 1e6, f32::INFINITY, f32::NAN] {
        for isa in Isa::available() {
            let mask = dot::reach(&dots, &scales, &norms, &errors, &bound, floor, dot::Path::of(isa));
            for row in 0..BLOCK_ROWS {
                assert_eq!(mask >> row & 1 == 1, upper(row) >= f64::from(floor), "{isa:?}: row {row}, floor {floor}");
            }
        }
    }
}

/// Makes the vector of a row.
type Maker = Box<dyn FnMut(&mut Random, usize) -> Vec<f32>>;

/// Named sets of vectors, from easy to hostile.
fn sets(dim: usize, rows: usize) -> Vec<(&'static str, Vec<Vec<f32>>)> {
    let mut random = Random(4);
    let scaled = |v: Vec<f32>, s: f32| v.into_iter().map(|x| x * s).collect::<Vec<f32>>();
    let centres: Vec<Vec<f32>> = (0..8).map(|_| random.vector(dim)).collect();
    let mut set = |name, mut make: Maker| (name, (0..rows).map(|row| make(&mut random, row)).collect::<Vec<_>>());
    let (near, same) = (centres.clone(), centres.clone());
    vec![
        set("random", Box::new(move |r, _| r.vector(dim))),
        set("clustered", Box::new(move |r, row| near[row % 8].iter().map(|c| c + 0.001 * r.unit()).collect())),
        set("duplicates", Box::new(move |_, row| same[row % 8].clone())),
        set("all equal", Box::new(move |_, _| vec![0.25; dim])),
        set("all zero", Box::new(move |_, _| vec![0.0; dim])),
        set("huge", Box::new(move |r, _| scaled(r.vector(dim), 20_000.0))),
        set("tiny", Box::new(move |r, _| scaled(r.vector(dim), 1e-7))),
        set("mixed scales", Box::new(move |r, row| scaled(r.vector(dim), 10f32.powi(row as i32 % 8 - 4)))),
        // One element sets the scale, so that the codes of all others are zero: the bound is at its widest.
        set(
            "one peak",
            Box::new(move |r, row| {
                let mut v = scaled(r.vector(dim), 0.001);
                v[row % dim] = 1.0;
                v
            }),
        ),
        // Rising scores: every row beats all before it.
        set("rising", Box::new(move |_, row| vec![row as f32 / 4096.0; dim])),
    ]
}

#[test]
fn scans_find_what_brute_force_finds() {
    for (dim, rows) in [(1, 70), (3, 64), (65, 400), (384, 700)] {
        for (name, vectors) in sets(dim, rows) {
            let store = Store::new(&vectors);
            let mut random = Random(5);
            let mut queries: Vec<Vec<f32>> = (0..5).map(|_| random.vector(dim)).collect();
            queries.push(vectors[rows / 2].clone());
            queries.push(vec![0.0; dim]);
            queries.push(vec![1.0; dim]);
            queries.push(vec![-3.0e30; dim]);
            queries.push(vec![1.0e-40; dim]);
            for isa in Isa::available() {
                for (k, batch, parts) in [(1, 1, 1), (10, 3, 2), (10, 10, 1), (10, 10, 5), (rows + 10, 10, 3)] {
                    for start in (0..queries.len()).step_by(batch) {
                        let some = &queries[start..(start + batch).min(queries.len())];
                        let (found, _) = search(&store, some, k, isa, parts);
                        for (query, found) in some.iter().zip(found) {
                            let context = format!("{name} {dim} {isa:?} k {k} batch {batch} parts {parts}");
                            let expected = store.brute_force(query, k);
                            // Sums of numbers this large differ by more than an absolute limit allows.
                            let scale = query.iter().fold(1.0f64, |m, &q| m.max(f64::from(q).abs()));
                            let down = |hits: Vec<Hit>| {
                                hits.into_iter().map(|h| Hit { score: h.score / scale, ..h }).collect::<Vec<_>>()
                            };
                            assert_same(&down(found), &down(expected), &context);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn rows_that_are_not_allowed_are_never_found() {
    let mut random = Random(6);
    let vectors: Vec<Vec<f32>> = (0..500).map(|_| random.vector(64)).collect();
    let mut store = Store::new(&vectors);
    for (block, word) in store.allowed.iter_mut().enumerate() {
        *word &= if block % 3 == 0 { 0 } else { random.next() };
    }
    let queries: Vec<Vec<f32>> = (0..6).map(|_| random.vector(64)).collect();
    for isa in Isa::available() {
        let (found, _) = search(&store, &queries, 20, isa, 2);
        for (query, found) in queries.iter().zip(found) {
            assert_same(&found, &store.brute_force(query, 20), "filtered");
        }
    }
}

#[test]
fn the_bound_spares_most_rows() {
    let mut random = Random(7);
    let vectors: Vec<Vec<f32>> = (0..20_000).map(|_| random.vector(128)).collect();
    let store = Store::new(&vectors);
    for isa in Isa::available() {
        let (_, rescored) = search(&store, &[random.vector(128)], 10, isa, 1);
        assert!(rescored < 2_000, "{rescored} of 20000 rows scored exactly");
    }
}

#[test]
fn a_query_that_is_not_finite_finds_nothing() {
    let store = Store::new(&[vec![1.0; 8], vec![2.0; 8]]);
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let mut query = vec![1.0; 8];
        query[3] = bad;
        let (found, _) = search(&store, &[query], 2, Isa::best(), 1);
        assert!(found[0].is_empty());
    }
}

#[test]
fn vectors_that_cannot_be_stored_are_refused() {
    for (value, fits) in [
        (65_504.0, true),
        (-65_504.0, true),
        (65_519.0, true),
        (65_520.0, false),
        (-1e30, false),
        (f32::MAX, false),
        (f32::INFINITY, false),
        (f32::NEG_INFINITY, false),
        (f32::NAN, false),
        (f32::MIN_POSITIVE, true),
    ] {
        let result = check_row(&[0.0, value]);
        assert_eq!(result.is_ok(), fits, "{value}: {result:?}");
    }
    assert!(matches!(check_row(&[0.0, f32::NAN]), Err(RowError::NotFinite { at: 1, .. })));
    assert!(matches!(check_row(&[1e9]), Err(RowError::OutOfRange { at: 0, .. })));
}

#[test]
fn row_bounds_hold() {
    let mut random = Random(8);
    for scale in [1e-6f32, 1.0, 3e4] {
        for _ in 0..200 {
            let vector: Vec<f32> = (0..100).map(|_| random.unit() * scale).collect();
            let (mut exact, mut codes) = (vec![f16::ZERO; 128], vec![1i8; 128]);
            let bound = encode_row(&vector, &mut exact, &mut codes);
            let (mut norm, mut error) = (0.0f64, 0.0f64);
            for (v, &c) in exact.iter().zip(&codes) {
                let near = f64::from(bound.scale) * f64::from(c);
                norm += near * near;
                error += (f64::from(v.to_f32()) - near).powi(2);
            }
            assert!(f64::from(bound.norm) >= norm.sqrt() && f64::from(bound.norm) <= norm.sqrt() * 1.000_001);
            assert!(f64::from(bound.error) >= error.sqrt() && f64::from(bound.error) <= error.sqrt() * 1.000_001);
            assert_eq!((codes[100], exact[127]), (0, f16::ZERO));
        }
    }
}
