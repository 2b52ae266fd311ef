//! Which tile suits a product on a device: measured when the device first meets the shape, and noted.

use std::time::{Duration, Instant};

use hal::{Device, Notes, Recording, Slice, Ticket};

use super::matrix::{TILES, are_few};
use super::{Epilogue, GpuLinear, MOST_PARTS, Order, Results, warp_group};
use crate::error::OpError;
use crate::float::Float;
use crate::glu::{self, Gate};
use crate::streamed::{Held, Matrix, unpack};
use crate::target::Target;

/// Up to so many rows there are fewer tiles than a card works on at once, and what counts is how soon one is done; unless columns are so
/// many that there are more tiles all the same.
const FEW_TILES: usize = 2048;
const MANY_TILES: usize = 512;
const SIDE: usize = 128;

/// Rows that products of few tiles are measured with, and the tiles that come into question below and above.
const SMALL: usize = 512;
const FEW: &[u32] = &[0, 2];
const MANY: &[u32] = &[0, 1, 3, 4, 5, 6];

/// The most rows that are measured with: from there on the last tiles, which do not occupy the whole device, count for little.
const MOST: usize = 65_536;

/// Turns of each tile, of which the shortest counts: the first ones find the device's clocks low, and other work may get in between.
const TURNS: usize = 6;

/// Products of a turn, so that what a submission costs does not count.
const PRODUCTS: usize = 4;

/// How long a turn may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a card's clocks take to rise.
const HEATING: Duration = Duration::from_millis(300);

/// Bytes that the host makes up; the rest is copies of them. Zeros would be multiplied faster than numbers.
const MADE_UP: usize = 1 << 20;

/// What is to be chosen among, for products of up to so many rows.
struct Question {
    /// How many are measured with.
    rows: usize,
    candidates: Vec<u32>,
    /// The name under which a device's notes hold the answer. What is chosen among other candidates has another name.
    name: String,
}

/// Weights that are made before each product: see [`GpuLinear::made`].
#[derive(Clone, Copy)]
struct Made {
    kept: bool,
    results: Results,
}

/// The number of the tile for up to `tokens` rows.
pub(super) fn tile_for(layer: &GpuLinear, device: &Device, tokens: usize) -> u32 {
    let Some(Question { rows, candidates, name }) = question(layer, device, tokens, None) else { return 0 };
    choose(device.notes(), &name, &candidates, || times(layer, device, rows, &candidates, None))
}

/// The order of weights that are made before each product.
pub(super) fn order_for(layer: &GpuLinear, device: &Device, tokens: usize, kept: bool, results: Results) -> Order {
    let groups = matches!(Target::of(device), Target::Gpu(features)
        if warp_group::packs(layer.float, layer.inputs, layer.outputs, features));
    let both = GpuLinear { order: Order::Both, ..*layer };
    let made = Some(Made { kept, results });
    let Some(question) = question(&both, device, tokens, made).filter(|_| groups) else {
        return Order::Rows;
    };
    let Question { rows, candidates, name } = question;
    let chosen = choose(device.notes(), &name, &candidates, || times(&both, device, rows, &candidates, made));
    match in_groups(chosen) {
        Some((tile, parts)) => Order::Groups { tile, gated: results == Results::Gated, parts },
        None => Order::Rows,
    }
}

/// Counts up whenever a number comes to mean another tile, or a body becomes another one: then notes of before are of no use.
const REVISION: u32 = 2;

/// Candidates for warp groups are numbers of tiles, plus this for each part of the depth but the first.
const PART: u32 = 64;

/// The tile and parts of a candidate for warp groups.
fn in_groups(candidate: u32) -> Option<(u32, u32)> {
    let (tile, parts) = (candidate % PART, candidate / PART + 1);
    warp_group::NUMBERS.contains(&tile).then_some((tile, parts))
}

/// The question for a layer, if there is a choice.
fn question(layer: &GpuLinear, device: &Device, tokens: usize, made: Option<Made>) -> Option<Question> {
    let Target::Gpu(features) = Target::of(device) else { return None };
    let shape @ (k, n, columns) = layer.shape();
    if layer.float != Float::F16 || are_few(tokens as u32, k) || !TILES[0].takes(k, columns, features) {
        return None;
    }
    let rows = measured_rows(tokens, layer.outputs);
    let own = if rows == SMALL { FEW } else { MANY };
    let own = own.iter().copied().filter(|number| TILES[*number as usize].takes(k, columns, features));
    let results = made.map_or(Results::Whole, |made| made.results);
    let parts: &[u32] = if results == Results::Parts { &[1, 2, MOST_PARTS] } else { &[1] };
    let of_groups = parts.iter().flat_map(|parts| warp_group::NUMBERS.map(move |number| (number, *parts)));
    let of_groups = of_groups.filter(|(number, parts)| {
        layer.order == Order::Both
            && warp_group::shares(*number, shape, *parts)
            && (results != Results::Gated || warp_group::gates(*number, n))
    });
    let of_groups = of_groups.map(|(number, parts)| number + PART * (parts - 1));
    let rows = if made.is_some() { rounded(tokens) } else { rows };
    let candidates: Vec<u32> = own.chain(of_groups).collect();
    let name = note(layer, rows, made, candidates.len());
    Some(Question { rows, candidates, name })
}

/// With how many rows a product of up to `tokens` is measured: its own, rounded. How many tiles go into what the device works on at once
/// decides between them.
fn measured_rows(tokens: usize, outputs: usize) -> usize {
    if tokens <= FEW_TILES && tokens.div_ceil(SIDE) * outputs.div_ceil(SIDE) < MANY_TILES {
        return SMALL;
    }
    rounded(tokens)
}

/// Up to an eighth of the power of two below it.
fn rounded(tokens: usize) -> usize {
    tokens.next_multiple_of((tokens.next_power_of_two() / 16).max(1)).min(MOST)
}

/// The name under which a device's notes hold what was chosen among so many candidates, measured with `rows` rows.
fn note(layer: &GpuLinear, rows: usize, made: Option<Made>, candidates: usize) -> String {
    let GpuLinear { inputs, outputs, epilogue, order, .. } = *layer;
    let bent = if epilogue == Epilogue::Gelu { "-gelu" } else { "" };
    let order = match made {
        None if order == Order::Both => "-groups",
        None => "",
        Some(Made { kept: false, .. }) => "-made",
        Some(Made { kept: true, .. }) => "-made-again",
    };
    let results = match made.map_or(Results::Whole, |made| made.results) {
        Results::Whole => "",
        Results::Gated => "-gated",
        Results::Parts => "-parts",
    };
    format!("tile-{rows}x{inputs}x{outputs}{bent}{order}{results}-of-{candidates}-{REVISION}")
}

impl GpuLinear {
    /// The number of the tile that was chosen for products of up to `tokens` rows, where there was a choice.
    pub fn noted_tile(&self, device: &Device, tokens: usize) -> Option<u32> {
        device.notes().get(&question(self, device, tokens, None)?.name)
    }
}

/// The candidate that is noted under `name`, or the one that takes the least of `times`, which is noted. The first candidate where
/// nothing can be measured.
fn choose(
    notes: &Notes,
    name: &str,
    candidates: &[u32],
    times: impl FnOnce() -> Result<Vec<Duration>, OpError>,
) -> u32 {
    let first = candidates.first().copied().unwrap_or(0);
    if candidates.len() < 2 {
        return first;
    }
    // A note that names no candidate counts as none.
    if let Some(noted) = notes.get(name).filter(|noted| candidates.contains(noted)) {
        return noted;
    }
    let Ok(times) = times() else { return first };
    let best = candidates.iter().zip(times).min_by_key(|(_, time)| *time).map_or(first, |(tile, _)| *tile);
    notes.set(name, best);
    best
}

/// The least time of a product with each of the candidates. Where weights are made, but kept in rows, what another order takes is part of
/// it; where results are gated, and the order is that of rows, so is the gate.
fn times(
    layer: &GpuLinear,
    device: &Device,
    rows: usize,
    candidates: &[u32],
    made: Option<Made>,
) -> Result<Vec<Duration>, OpError> {
    let Made { kept, results } = made.unwrap_or(Made { kept: false, results: Results::Whole });
    let layer = layer.in_rows();
    let heap = device.heap();
    let x = heap.alloc((rows * layer.inputs * 2) as u64)?.all();
    let parts =
        candidates.iter().filter_map(|candidate| in_groups(*candidate)).map(|(_, parts)| parts).max().unwrap_or(1);
    let all = (rows * layer.outputs * 2) as u64;
    let y = heap.alloc(all * u64::from(parts))?.all();
    let bent = if results == Results::Gated { Some(heap.alloc(all / 2)?.all()) } else { None };
    let packed = heap.alloc(layer.packed_bytes() as u64)?.all();
    for slice in [&x, &packed] {
        make_up(device, slice)?;
    }
    let of = Matrix::new(layer.inputs, layer.outputs, Held::Float(layer.float))?;
    let again = if kept { heap.alloc(packed.len())?.all() } else { packed.clone() };
    let mut recordings = Vec::new();
    for &tile in candidates {
        let mut recorder = device.record("choosing a tile");
        let (tile, order) = match in_groups(tile) {
            Some((tile, parts)) => (tile, Order::Groups { tile, gated: results == Results::Gated, parts }),
            None => (tile, Order::Rows),
        };
        let own = GpuLinear { order, ..layer };
        let y = match &bent {
            Some(bent) if own.is_gated() => bent.clone(),
            _ => y.slice(0..all * own.parts() as u64)?,
        };
        for _ in 0..PRODUCTS {
            if kept && !own.is_in_rows() {
                unpack::record(&mut recorder, of, &packed, &own, &again, 0)?;
                recorder.barrier();
            }
            let weights = if own.is_in_rows() { &packed } else { &again };
            own.record_with(&mut recorder, [&x, weights, &y], rows, tile)?;
            recorder.barrier();
            if let Some(bent) = bent.as_ref().filter(|_| own.is_in_rows()) {
                glu::gpu::record(&mut recorder, &y, bent, Gate::Silu, layer.outputs / 2, rows, layer.float)?;
                recorder.barrier();
            }
        }
        recordings.push(recorder.finish());
    }
    if rows != SMALL {
        heat(device, &recordings[0], rows)?;
    }
    let mut least = vec![Duration::MAX; candidates.len()];
    for _ in 0..TURNS {
        for (recording, least) in recordings.iter().zip(&mut least) {
            let start = Instant::now();
            device.ml().submit(recording, &[rows as u32, 1], &[])?.wait(PATIENCE)?;
            *least = start.elapsed().min(*least);
        }
    }
    Ok(least)
}

/// Runs `recording` without a gap until the device's clocks have left their idle state: what moves memory and what multiplies are then
/// in another proportion.
fn heat(device: &Device, recording: &Recording, rows: usize) -> Result<(), OpError> {
    let (start, mut before) = (Instant::now(), None);
    while start.elapsed() < HEATING {
        let ticket = device.ml().submit(recording, &[rows as u32, 1], &[])?;
        if let Some(before) = before.replace(ticket) {
            before.wait(PATIENCE)?;
        }
    }
    before.map_or(Ok(()), |last: Ticket| last.wait(PATIENCE))?;
    Ok(())
}

/// Fills a slice with halves between -1 and 1.
fn make_up(device: &Device, slice: &Slice) -> Result<(), OpError> {
    let mut state = 1u32;
    let words: Vec<u16> = (0..slice.len().min(MADE_UP as u64) / 2)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            // Sign and fraction by chance; an exponent that stands for a half.
            (state >> 16) as u16 & 0x83ff | 0x3800
        })
        .collect();
    slice.buffer().write(slice.offset(), &words)?;
    let mut recorder = device.record("making up numbers");
    let mut known = words.len() as u64 * 2;
    while known < slice.len() {
        let more = known.min(slice.len() - known);
        recorder.copy(&slice.slice(0..more)?, &slice.slice(known..known + more)?)?;
        recorder.barrier();
        known += more;
    }
    device.ml().submit(&recorder.finish(), &[], &[])?.wait(PATIENCE)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;
    use crate::linear::{Weights, reference};
    use crate::testing::{Numbers, assert_close, gpus, rounded as rounded_to, rounding};

    #[test]
    fn the_fastest_is_chosen_once() {
        let notes = Notes::default();
        let times = |times: [u64; 3]| move || Ok(times.map(Duration::from_micros).to_vec());
        let never = || -> Result<Vec<Duration>, OpError> { panic!("it is known") };
        assert_eq!(choose(&notes, "a", &[0, 2, 3], times([30, 10, 20])), 2);
        assert_eq!(choose(&notes, "a", &[0, 2, 3], never), 2);
        assert_eq!(choose(&notes, "b", &[0, 2, 3], times([3, 10, 20])), 0);
        assert_eq!(choose(&notes, "c", &[1], never), 1, "there is nothing to choose");
        // Written by another version, or by chance.
        notes.set("a", 77);
        assert_eq!(choose(&notes, "a", &[0, 2, 3], times([5, 10, 1])), 3);
        // What cannot be measured is not noted.
        let refused = || Err(OpError::Unsupported { op: "linear", what: "this", on: "that" });
        assert_eq!((choose(&notes, "d", &[0, 2], refused), notes.get("d")), (0, None));
    }

    #[test]
    fn every_tile_gives_the_product_on_gpus_with_matrix_units() {
        for gpu in gpus() {
            let target = Target::of(&gpu.device);
            let shapes = [(300, 64, 264), (333, 384, 512), (700, 384, 1144)];
            for (rows, k, n) in shapes.into_iter().take(gpu.cases(shapes.len(), 1)) {
                let mut numbers = Numbers::new(rows as u64);
                let mut list = |count, size| rounded_to(&numbers.list(count, size), Float::F16);
                let (x, weights, bias) = (list(rows * k, 1.0), list(n * k, 0.2), list(n, 1.0));
                let sums = reference::linear(&x, &weights, &bias, k);
                let x = gpu.upload(&x, Float::F16);
                for epilogue in [Epilogue::None, Epilogue::Gelu] {
                    let bent = |sum: f64| if epilogue == Epilogue::Gelu { reference::gelu(sum) } else { sum };
                    let expected: Vec<f64> = sums.iter().map(|sum| bent(sum.0)).collect();
                    let layer = GpuLinear::new(k, n, Weights::F16, epilogue, target).unwrap();
                    let mut packed = vec![0; layer.packed_bytes()];
                    layer.pack(&weights, Some(&bias), &mut packed).unwrap();
                    let packed = gpu.device.heap().upload(&packed).unwrap().all();
                    let units = matches!(target, Target::Gpu(features) if features.matrix16);
                    let all = (0..=TILES.len() as u32).chain(warp_group::NUMBERS);
                    // Devices without the units run the plain body whatever the number says; of the largest shape a few tell.
                    let few = [0, 1, warp_group::NUMBERS.end - 1];
                    for tile in all.filter(|tile| units || rows < 700 || few.contains(tile)) {
                        // Two rows that are not live come last, and are left alone.
                        let y = gpu.room(rows * n, Float::F16);
                        gpu.run(rows - 2, 1, |r| layer.record_with(r, [&x, &packed, &y], rows, tile).unwrap());
                        let found = gpu.read(&y, rows * n, Float::F16);
                        let (live, others) = found.split_at((rows - 2) * n);
                        assert!(others.iter().all(|v| v.is_nan()), "{} tile {tile}: rows that are not live", gpu.name);
                        assert_close(
                            &format!("{} tile {tile} {epilogue:?}", gpu.name),
                            live,
                            &expected[..live.len()],
                            |i, e| {
                                let own = limits::LINEAR_F32 * sums[i].1;
                                let bent = limits::GELU_HALF + limits::GELU_HALF_RELATIVE * sums[i].0.abs();
                                // Some bodies round a sum to a half before GELU bends it, which stretches what is
                                // wrong with it by 1.13 at most.
                                let before = 1.13 * (own + rounding(sums[i].0, Float::F16)) + bent;
                                rounding(e, Float::F16) + if epilogue == Epilogue::Gelu { before } else { own }
                            },
                        );
                    }
                }
            }
        }
    }

    /// Weights that are made for the product, and those that are made and gated.
    #[test]
    fn every_tile_for_warp_groups_takes_weights_that_are_made() {
        for gpu in gpus() {
            if !matches!(Target::of(&gpu.device), Target::Gpu(features) if features.warp_groups) {
                println!("skipped: {} has no warp groups", gpu.name);
                continue;
            }
            let (rows, k, n) = (333, 512, 768);
            let mut numbers = Numbers::new(3);
            let mut list = |count, size| rounded_to(&numbers.list(count, size), Float::F16);
            let (x, weights, bias) = (list(rows * k, 1.0), list(n * k, 0.2), list(n, 1.0));
            let sums = reference::linear(&x, &weights, &bias, k);
            let x = gpu.upload(&x, Float::F16);
            let matrix = Matrix::new(k, n, Held::Float(Float::F16)).unwrap();
            let mut packed = vec![0; matrix.packed_bytes()];
            matrix.put_numbers(&mut packed, 0, &weights).unwrap();
            matrix.put_bias(&mut packed, 0, &bias).unwrap();
            let packed = gpu.device.heap().upload(&packed).unwrap().all();
            for (tile, gated, parts) in
                warp_group::NUMBERS.flat_map(|tile| [(tile, false, 1), (tile, true, 1), (tile, false, 2)])
            {
                let suits = warp_group::shares(tile, (k as u32, n as u32, n as u32), parts);
                if !suits || gated && !warp_group::gates(tile, n as u32) {
                    continue;
                }
                let layer = GpuLinear::new(k, n, Weights::F16, Epilogue::None, Target::of(&gpu.device)).unwrap();
                let layer = GpuLinear { order: Order::Groups { tile, gated, parts }, ..layer };
                let columns = if gated { n / 2 } else { n };
                let made = gpu.device.heap().alloc(layer.packed_bytes() as u64).unwrap().all();
                let y = gpu.room(rows * columns * parts as usize, Float::F16);
                gpu.run(rows - 2, 1, |r| {
                    unpack::record(r, matrix, &packed, &layer, &made, 0).unwrap();
                    r.barrier();
                    layer.record(r, &x, &made, &y, rows).unwrap();
                });
                let found = gpu.read(&y, rows * columns * parts as usize, Float::F16);
                let mut sum = vec![0.0; (rows - 2) * columns];
                for part in found.chunks_exact(rows * columns) {
                    let (live, others) = part.split_at(sum.len());
                    assert!(others.iter().all(|v| v.is_nan()), "tile {tile}: rows that are not live");
                    sum.iter_mut().zip(live).for_each(|(sum, part)| *sum += part);
                }
                let result = |i: usize| {
                    let (row, column) = (i / columns, i % columns);
                    let (sum, size) = sums[row * n + column];
                    let close = limits::LINEAR_F32 * size;
                    if !gated {
                        return (sum, close);
                    }
                    let (up, up_size) = sums[row * n + column + columns];
                    let bent = crate::glu::reference::act(crate::glu::Gate::Silu, sum);
                    let own = limits::LINEAR_F32 * (2.0 * size * up.abs() + up_size * bent.abs());
                    (bent * up, own + limits::GLU * (sum.abs() + bent.abs()) * up.abs())
                };
                let expected: Vec<f64> = (0..sum.len()).map(|i| result(i).0).collect();
                assert_close(&format!("tile {tile}, gated: {gated}, {parts} parts"), &sum, &expected, |i, e| {
                    // Each part is rounded, and may be larger than the sum.
                    let rounded =
                        if parts > 1 { 2.0 * rounding(sums[i].1, Float::F16) } else { rounding(e, Float::F16) };
                    result(i).1 + rounded
                });
            }
        }
    }

    #[test]
    fn gpus_with_matrix_units_measure_and_note() {
        for gpu in gpus() {
            let target = Target::of(&gpu.device);
            let layer = GpuLinear::new(64, 256, Weights::F16, Epilogue::Gelu, target).unwrap();
            let tile = tile_for(&layer, &gpu.device, 200);
            let noted = layer.noted_tile(&gpu.device, 200);
            match target {
                Target::Gpu(features) if features.matrix16 => assert_eq!(noted, Some(tile)),
                _ => {
                    println!("{}: no matrix units, nothing to measure", gpu.name);
                    assert_eq!((tile, noted), (0, None));
                }
            }
        }
    }
}
