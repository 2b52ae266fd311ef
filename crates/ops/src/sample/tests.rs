use super::{Choice, Sampler, Settings, choose, gpu, log_probabilities, reference, words};
use crate::float::Float;
use crate::testing::{Numbers, gpus};
use crate::{OpError, limits};

const WARM: Settings = Settings { temperature: 1.0, ..Settings::GREEDY };

/// Draws follow the probabilities of the reference, and nothing that it forbids is drawn.
#[test]
fn draws_follow_the_reference() {
    const DRAWS: usize = 20_000;
    let mut numbers = Numbers::new(5);
    for (length, settings, recent) in [
        (30, WARM, vec![]),
        (30, Settings { temperature: 0.5, top_k: 5, ..WARM }, vec![]),
        (700, Settings { temperature: 1.5, top_p: 0.9, ..WARM }, vec![]),
        (40, Settings { top_p: 0.5, top_k: 10, min_p: 0.2, ..WARM }, vec![]),
        (40, Settings { min_p: 0.1, seed: 9, ..WARM }, vec![]),
        (20, Settings { repetition: 1.4, presence: 0.5, frequency: 0.3, ..WARM }, vec![1, 2, 2, 2, 19, 500]),
        (20, Settings { presence: 1.5, ..WARM }, vec![4, 4, 4, 5, 6, 0]),
        (20, Settings { frequency: 0.8, ..WARM }, vec![4, 4, 4, 5, 6, 0]),
        (20, Settings { presence: -1.0, frequency: -0.2, ..WARM }, vec![7, 8, 8]),
    ] {
        let mut logits = numbers.list(length, 4.0);
        logits[3] = f32::NEG_INFINITY;
        // What the prompt says counts for repetition alone.
        let (prompt, answer) = recent.split_at(recent.len() / 3);
        let expected = reference::probabilities(&settings, &logits, prompt, answer);
        let mut sampler = Sampler::new(settings).unwrap();
        let mut counts = vec![0usize; length];
        for _ in 0..DRAWS {
            counts[sampler.pick(&logits, prompt, answer).unwrap() as usize] += 1;
        }
        for (token, (&count, &p)) in counts.iter().zip(&expected).enumerate() {
            // Five standard deviations.
            let limit = 5.0 * (DRAWS as f64 * p * (1.0 - p)).sqrt() + if p > 0.0 { 1.0 } else { 0.0 };
            let far = (count as f64 - DRAWS as f64 * p).abs();
            assert!(far <= limit, "{settings:?}: token {token} {count} times, probability {p}");
        }
    }
}

#[test]
fn the_largest_is_taken_and_the_first_of_equals() {
    let mut sampler = Sampler::new(Settings::GREEDY).unwrap();
    assert_eq!(sampler.pick(&[0.5, 2.0, -1.0, 2.0], &[], &[]).unwrap(), 1);
    let mut punished = Sampler::new(Settings { repetition: 2.0, ..Settings::GREEDY }).unwrap();
    assert_eq!(punished.pick(&[1.5, 2.0], &[1], &[]).unwrap(), 0);
}

#[test]
fn equal_seeds_draw_equal_tokens() {
    let logits = Numbers::new(2).list(100, 3.0);
    let draw = |seed: u64| -> Vec<u32> {
        let mut sampler = Sampler::new(Settings { seed, ..WARM }).unwrap();
        (0..50).map(|_| sampler.pick(&logits, &[], &[]).unwrap()).collect()
    };
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7), draw(8));
}

#[test]
fn logarithms_of_probabilities_are_sorted_and_right() {
    let order = |listed: Vec<Choice>| listed.into_iter().map(|choice| choice.token).collect::<Vec<_>>();
    assert_eq!(order(log_probabilities(&[1.0, 3.0, 2.0, 3.0], 0, 3).1), [1, 3, 2]);
    for length in [1, 4, 1000] {
        let mut logits = Numbers::new(length as u64).list(length, 6.0);
        logits[0] = logits[0].abs();
        let expected = reference::log_probabilities(&logits);
        let right =
            |choice: &Choice| (f64::from(choice.log_probability) - expected[choice.token as usize]).abs() < 1e-5;
        let (chosen, listed) = log_probabilities(&logits, 0, length + 5);
        assert!(chosen.token == 0 && right(&chosen) && listed.len() == length && listed.iter().all(right));
        assert!(listed.is_sorted_by(|a, b| a.log_probability >= b.log_probability));
        let few = log_probabilities(&logits, 0, 3).1;
        assert_eq!(few, listed[..few.len()]);
    }
    let (outside, none) = log_probabilities(&[1.0], 5, 0);
    assert!(outside.log_probability == f32::NEG_INFINITY && none.is_empty());
}

#[test]
fn what_cannot_be_chosen_from_is_refused() {
    let mut sampler = Sampler::new(WARM).unwrap();
    for logits in [&[][..], &[f32::NAN, 1.0], &[f32::INFINITY], &[f32::NEG_INFINITY; 2]] {
        assert!(matches!(sampler.pick(logits, &[], &[]), Err(OpError::NoChoice { .. })), "{logits:?}");
    }
    for settings in [
        Settings { temperature: -1.0, ..WARM },
        Settings { temperature: f32::NAN, ..WARM },
        Settings { top_p: 1.5, ..WARM },
        Settings { repetition: 0.0, ..WARM },
    ] {
        assert!(matches!(Sampler::new(settings), Err(OpError::Setting { .. })), "{settings:?}");
    }
}

/// A row of one of several kinds: even, steep, flat, with many ties, mostly forbidden, or one token far above the others.
fn row(kind: u32, vocab: usize, numbers: &mut Numbers) -> Vec<f32> {
    let steep = |numbers: &mut Numbers| numbers.list(12, 1.0).iter().sum::<f32>() * 1.5 - 3.0;
    let mut row: Vec<f32> = match kind {
        0 => numbers.list(vocab, 8.0),
        1 => (0..vocab).map(|_| steep(numbers)).collect(),
        2 => numbers.list(vocab, 0.01),
        3 => numbers.list(vocab, 9.0).into_iter().map(f32::round).collect(),
        4 => numbers.list(vocab, 9.0).into_iter().map(|v| if v < 8.5 { f32::NEG_INFINITY } else { v }).collect(),
        _ => (0..vocab).map(|_| steep(numbers)).collect(),
    };
    if kind == 5 {
        row[vocab / 2] = 40.0;
    }
    // There is always a choice.
    row[vocab / 3] = row[vocab / 3].max(1.0);
    row
}

/// Rows and settings of all kinds: what is decided by candidates is what the whole row decides, however sums are rounded.
#[test]
fn what_candidates_decide_is_what_the_row_decides() {
    let mut numbers = Numbers::new(77);
    let (mut decided, mut all) = (0, 0);
    for vocab in [1, 5, 300, 513, 3001, 40_000] {
        for kind in 0..6 {
            let raw = row(kind, vocab, &mut numbers);
            for round in 0..if vocab > 9999 { 40 } else { 150 } {
                let mut one = |list: &[f32]| list[numbers.below(list.len() as u32) as usize];
                let settings = Settings {
                    temperature: one(&[0.0, 0.1, 0.7, 1.0, 1.0, 1.5, 100.0]),
                    top_k: one(&[0.0, 0.0, 1.0, 5.0, 40.0, 300.0]) as usize,
                    top_p: one(&[1.0, 1.0, 0.95, 0.5, 0.0, 0.999]),
                    min_p: one(&[0.0, 0.0, 0.05, 0.5, 0.001]),
                    seed: u64::from(numbers.bits()),
                    ..Settings::GREEDY
                };
                let cap = (round % 5 == 4).then_some(30.0f32);
                let logits: Vec<f32> =
                    raw.iter().map(|&logit| cap.map_or(logit, |cap| cap * (logit / cap).tanh())).collect();
                let mut sampler = Sampler::new(settings).unwrap();
                sampler.skip();
                let chance = sampler.chance();
                let mut told = reference::told(&raw, chance.weighs_at());
                let off = 1.0 + numbers.next() * 0.9 * limits::CANDIDATES as f32;
                for group in told.chunks_mut(words(1)) {
                    let sum = &mut group[words(1) - 1];
                    *sum = (f32::from_bits(*sum) * off).to_bits();
                }
                all += 1;
                let Some(token) = choose(&told, &chance, cap) else { continue };
                decided += 1;
                let expected = sampler.pick(&logits, &[], &[]).unwrap();
                assert_eq!(token, expected, "kind {kind}, {vocab} tokens, {settings:?}, {cap:?}");
                assert_eq!(sampler.chance(), chance.after(1));
            }
        }
    }
    println!("{decided} of {all} choices are decided");
    assert!(decided * 10 > all * 6, "{decided} of {all}");
}

/// With rows as models make them and settings as people use them, hardly a row is read.
#[test]
fn usual_choices_are_decided_by_candidates() {
    let mut numbers = Numbers::new(3);
    for settings in [
        Settings::GREEDY,
        Settings { temperature: 0.7, top_k: 40, top_p: 0.95, min_p: 0.05, ..Settings::GREEDY },
        Settings { temperature: 0.7, top_k: 40, ..Settings::GREEDY },
        Settings { temperature: 0.8, top_p: 0.9, ..Settings::GREEDY },
        Settings { temperature: 1.0, min_p: 0.05, ..Settings::GREEDY },
        WARM,
    ] {
        let mut decided = 0;
        for seed in 0..100 {
            let chance = Sampler::new(Settings { seed, ..settings }).unwrap().chance();
            // Some tens of tokens share nearly all of the probability.
            let mut logits: Vec<f32> = (0..20_000).map(|_| numbers.list(12, 1.0).iter().sum::<f32>() * 0.7).collect();
            (0..40).for_each(|_| logits[numbers.below(20_000) as usize] += 10.0);
            decided += usize::from(choose(&reference::told(&logits, chance.weighs_at()), &chance, None).is_some());
        }
        println!("{decided} of 100: {settings:?}");
        assert!(decided >= 90, "{decided} of 100: {settings:?}");
    }
}

#[test]
fn gpus_tell_what_the_reference_tells() {
    for gpu in gpus() {
        let sizes = [(3001usize, 6usize), (1, 1), (8, 2), (513, 3), (40_000, 2)];
        for (vocab, rows) in sizes.into_iter().take(gpu.cases(sizes.len(), 2)) {
            let mut numbers = Numbers::new(vocab as u64);
            let mut logits: Vec<f32> = (0..rows as u32).flat_map(|kind| row(kind, vocab, &mut numbers)).collect();
            if rows > 3 {
                logits[vocab..2 * vocab].fill(f32::NEG_INFINITY);
                (logits[3], logits[2 * vocab + 9]) = (f32::NAN, f32::INFINITY);
                (logits[2 * vocab + 600], logits[3 * vocab]) = (-f32::NAN, -0.0);
            }
            let temperatures = [1.0, 0.7, 0.0, 30.0, 0.01, 1.0];
            let (at, told) = (gpu.upload(&logits, Float::F32), gpu.indices(&vec![77; rows * words(vocab)]));
            let params = gpu::Params { count: crate::PARAM_SEQUENCES, temperatures: crate::PARAM_TEMPERATURES };
            let bits: Vec<u32> = temperatures.iter().map(|t: &f32| t.to_bits()).collect();
            let live = rows.div_ceil(2);
            gpu.run_with(1, live, &bits, |r| gpu::record(r, &at, &told, vocab, rows, params).unwrap());
            let mut found = vec![0u32; rows * words(vocab)];
            told.buffer().read(told.offset(), &mut found).unwrap();
            assert!(found.split_off(live * words(vocab)).iter().all(|word| *word == 77), "a dead row was written");
            let lines = found.chunks(words(vocab)).zip(logits.chunks(vocab)).zip(temperatures);
            for (number, ((found, logits), temperature)) in lines.enumerate() {
                let expected = reference::told(logits, temperature);
                for (found, expected) in found.chunks(words(1)).zip(expected.chunks(words(1))) {
                    let what = format!("{}: row {number} of {vocab}: {found:?}, not {expected:?}", gpu.name);
                    let (last, bound) = (words(1) - 1, words(1) - 2);
                    assert_eq!(
                        f32::from_bits(found[bound]).is_nan(),
                        f32::from_bits(expected[bound]).is_nan(),
                        "{what}"
                    );
                    if f32::from_bits(expected[bound]).is_nan() {
                        continue;
                    }
                    assert_eq!(found[..last], expected[..last], "{what}");
                    let [sum, right] = [found[last], expected[last]].map(|bits| f64::from(f32::from_bits(bits)));
                    // What the host adds to it must not take it beyond the limit.
                    assert!((sum - right).abs() <= 0.5 * limits::CANDIDATES * right, "{what}: sums {sum}, {right}");
                }
            }
        }
    }
}
