use super::{Choice, Sampler, Settings, log_probabilities, reference};
use crate::OpError;
use crate::testing::Numbers;

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

#[test]
fn gpus_find_the_first_of_the_largest() {
    use super::gpu;
    use crate::float::Float;
    use crate::testing::gpus;
    for gpu in gpus() {
        let (vocab, rows) = (3001usize, 6usize);
        let mut logits = Numbers::new(8).list(vocab * rows, 9.0);
        (logits[7], logits[2900]) = (11.0, 11.0);
        logits[vocab..2 * vocab].fill(f32::NEG_INFINITY);
        logits[2 * vocab..3 * vocab].iter_mut().for_each(|logit| *logit = -1.0 - logit.abs());
        logits[3 * vocab + 40] = f32::NAN;
        logits[4 * vocab + 41] = f32::INFINITY;
        let (at, copy) = (gpu.upload(&logits, Float::F32), gpu.room(vocab * rows, Float::F32));
        let best = gpu.indices(&[77; 6]);
        gpu.run(1, rows - 1, |r| gpu::record(r, &at, &copy, &best, vocab, rows, crate::PARAM_SEQUENCES).unwrap());
        let mut found = [0u32; 6];
        best.buffer().read(best.offset(), &mut found).unwrap();
        let greatest = |row: &[f32]| row.iter().enumerate().rev().max_by(|a, b| a.1.total_cmp(b.1)).unwrap().0 as u32;
        let third = greatest(&logits[2 * vocab..3 * vocab]);
        assert_eq!(found, [7, gpu::NONE, third, gpu::NONE, gpu::NONE, 77], "{}", gpu.name);
        let copied = gpu.read(&copy, vocab * rows, Float::F32);
        let live = vocab * (rows - 1);
        let bits = |list: &[f32]| list.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert!(bits(&copied[..3 * vocab]) == bits(&logits[..3 * vocab]), "{}", gpu.name);
        assert!(copied[live..].iter().all(|value| value.is_nan()), "{}: a dead row was written", gpu.name);
    }
}
