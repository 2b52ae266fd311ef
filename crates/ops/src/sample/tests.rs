use super::{Sampler, Settings, log_probabilities, reference};
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
    ] {
        let mut logits = numbers.list(length, 4.0);
        logits[3] = f32::NEG_INFINITY;
        let expected = reference::probabilities(&settings, &logits, &recent);
        let mut sampler = Sampler::new(settings).unwrap();
        let mut counts = vec![0usize; length];
        for _ in 0..DRAWS {
            counts[sampler.pick(&logits, &recent).unwrap().token as usize] += 1;
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
    let choice = sampler.pick(&[0.5, 2.0, -1.0, 2.0], &[]).unwrap();
    assert_eq!(choice.token, 1);
    let sum: f64 = [0.5f64, 2.0, -1.0, 2.0].iter().map(|v| v.exp()).sum();
    assert!((f64::from(choice.log_probability) - (2.0 - sum.ln())).abs() < 1e-6);
    let mut punished = Sampler::new(Settings { repetition: 2.0, ..Settings::GREEDY }).unwrap();
    assert_eq!(punished.pick(&[1.5, 2.0], &[1]).unwrap().token, 0);
}

#[test]
fn equal_seeds_draw_equal_tokens() {
    let logits = Numbers::new(2).list(100, 3.0);
    let draw = |seed: u64| -> Vec<u32> {
        let mut sampler = Sampler::new(Settings { seed, ..WARM }).unwrap();
        (0..50).map(|_| sampler.pick(&logits, &[]).unwrap().token).collect()
    };
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7), draw(8));
}

#[test]
fn logarithms_of_probabilities_are_sorted_and_right() {
    let logits = [1.0f32, 3.0, 2.0, 3.0];
    let listed = log_probabilities(&logits, 3);
    assert_eq!(listed.iter().map(|choice| choice.token).collect::<Vec<_>>(), [1, 3, 2]);
    let all: f64 = log_probabilities(&logits, 9).iter().map(|choice| f64::from(choice.log_probability).exp()).sum();
    assert!((all - 1.0).abs() < 1e-6);
}

#[test]
fn what_cannot_be_chosen_from_is_refused() {
    let mut sampler = Sampler::new(WARM).unwrap();
    for logits in [&[][..], &[f32::NAN, 1.0], &[f32::INFINITY], &[f32::NEG_INFINITY; 2]] {
        assert!(matches!(sampler.pick(logits, &[]), Err(OpError::NoChoice { .. })), "{logits:?}");
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
