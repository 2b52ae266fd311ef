//! Inputs that are generated, never stored, so that peers can be given the same ones.

/// Where every generator starts.
pub const SEED: u64 = 20_240_229;

/// Each of these is one token of MiniLM's vocabulary.
const WORDS: &str = "\
time year people way day man thing woman life child world school state family student group country problem hand part place \
case week company system program question work government number night point home water room mother area money story fact \
month lot right study book eye job word business issue side kind head house service friend father power hour game line end \
member law car city community name president team minute idea body information back parent face others level office door \
health person art war history party result change morning reason research girl guy moment air teacher force education";

/// A 64-bit linear congruential generator with Knuth's MMIX constants.
pub struct Lcg(u64);

impl Lcg {
    /// Starts at `seed`.
    pub fn new(seed: u64) -> Lcg {
        Lcg(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 32
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        ((self.next() * n as u64) >> 32) as usize
    }

    /// A number of the standard normal distribution (Box and Muller, 1958).
    pub fn normal(&mut self) -> f32 {
        let (a, b) = ((self.next() + 1) as f32 / 4_294_967_296.0, self.next() as f32 / 4_294_967_296.0);
        (-2.0 * a.ln()).sqrt() * (std::f32::consts::TAU * b).cos()
    }

    /// `[count, dim]` rows of length one in uniformly random directions.
    pub fn unit_rows(&mut self, count: usize, dim: usize) -> Vec<f32> {
        let mut rows: Vec<f32> = (0..count * dim).map(|_| self.normal()).collect();
        for row in rows.chunks_mut(dim) {
            let length = row.iter().map(|value| value * value).sum::<f32>().sqrt();
            row.iter_mut().for_each(|value| *value /= length);
        }
        rows
    }
}

/// `count` texts of `words` words; with its two special tokens a text is `words + 2` tokens of MiniLM.
pub fn sentences(count: usize, words: usize) -> Vec<String> {
    let known: Vec<&str> = WORDS.split_whitespace().collect();
    let mut random = Lcg::new(SEED);
    (0..count).map(|_| (0..words).map(|_| known[random.below(known.len())]).collect::<Vec<_>>().join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_the_one_of_the_peers() {
        // `python3 -c "from common import *; print(sentences(1, 5)[0])"` in bench/peers.
        assert_eq!(sentences(1, 5), ["head place house program year"]);
    }

    #[test]
    fn rows_have_length_one() {
        let rows = Lcg::new(SEED).unit_rows(10, 384);
        for row in rows.chunks(384) {
            assert!((row.iter().map(|value| value * value).sum::<f32>() - 1.0).abs() < 1e-5);
        }
    }
}
