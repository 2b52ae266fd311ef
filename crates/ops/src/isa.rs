//! The instruction set that the CPU kernels use, found once at run time.

use std::fmt;
use std::sync::OnceLock;

use crate::lanes::Lanes;

/// Name of the environment variable that lowers the instruction set, for tests and comparisons.
pub const ISA_VARIABLE: &str = "DOWNBEAT_ISA";

/// Levels in ascending order: each one includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u32)]
enum Level {
    Portable = 0,
    Avx2 = 1,
    Avx512 = 2,
    Avx512Vnni = 3,
    Avx512Bf16 = 4,
}

const LEVELS: [(Level, &str); 5] = [
    (Level::Portable, "portable"),
    (Level::Avx2, "avx2"),
    (Level::Avx512, "avx512"),
    (Level::Avx512Vnni, "avx512vnni"),
    (Level::Avx512Bf16, "avx512bf16"),
];

/// An instruction set that this machine is known to have: holding the value proves it, which is what makes
/// calling the matching kernels sound.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Isa(Level);

/// Which vector type a kernel body is instantiated with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vectors {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Isa {
    /// Plain Rust loops: always there; the compiler vectorises them for the target's baseline (NEON on aarch64).
    pub const PORTABLE: Isa = Isa(Level::Portable);

    /// The set to use in this process: the fastest one here, or the one that `DOWNBEAT_ISA` names.
    /// A name that is unknown or not available here is ignored; [`Isa::name`] shows what was chosen.
    pub fn current() -> Isa {
        static CURRENT: OnceLock<Isa> = OnceLock::new();
        *CURRENT.get_or_init(|| {
            std::env::var(ISA_VARIABLE).ok().and_then(|name| Isa::named(&name)).unwrap_or_else(Isa::fastest)
        })
    }

    /// The highest set this machine has; see also [`Isa::fastest`].
    pub fn best() -> Isa {
        static BEST: OnceLock<Level> = OnceLock::new();
        Isa(*BEST.get_or_init(probe))
    }

    /// The fastest set this machine has: the highest, except that Intel's bfloat16 dot product is passed over. It was
    /// measured (Sapphire Rapids) at half the speed of plain fused multiply-adds; AMD's is expected to be faster, unmeasured.
    pub fn fastest() -> Isa {
        Isa::best().min(if is_intel() { Isa(Level::Avx512Vnni) } else { Isa(Level::Avx512Bf16) })
    }

    /// Every set this machine has, the plainest first.
    pub fn available() -> Vec<Isa> {
        LEVELS.iter().map(|&(level, _)| Isa(level)).filter(|isa| *isa <= Isa::best()).collect()
    }

    /// Names of the sets that exist in this build but not on this machine.
    pub fn missing() -> Vec<&'static str> {
        LEVELS.iter().filter(|(level, _)| Isa(*level) > Isa::best()).map(|(_, name)| *name).collect()
    }

    /// The set of that name, if this machine has it.
    pub fn named(name: &str) -> Option<Isa> {
        Isa::available().into_iter().find(|isa| isa.name() == name)
    }

    /// The set of that code (see [`Isa::code`]), if this machine has it.
    pub fn from_code(code: u32) -> Option<Isa> {
        Isa::available().into_iter().find(|isa| isa.code() == code)
    }

    /// A number for recordings, understood by [`Isa::from_code`].
    pub fn code(self) -> u32 {
        self.0 as u32
    }

    /// Lower-case name, as `DOWNBEAT_ISA` takes it.
    pub fn name(self) -> &'static str {
        LEVELS[self.0 as usize].1
    }

    /// Whether 8-bit dot products (VNNI, 512 bits wide) may be used.
    pub(crate) fn has_vnni(self) -> bool {
        self.0 >= Level::Avx512Vnni
    }

    #[cfg(target_arch = "x86_64")]
    /// Whether bfloat16 dot products (512 bits wide) may be used.
    pub(crate) fn has_bf16(self) -> bool {
        self.0 >= Level::Avx512Bf16
    }

    /// Single-precision values in a vector of this set's kernels.
    pub fn f32_lanes(self) -> usize {
        match self.vectors() {
            Vectors::Portable => crate::lanes::Portable::WIDTH,
            #[cfg(target_arch = "x86_64")]
            Vectors::Avx2 => crate::lanes::Avx2::WIDTH,
            #[cfg(target_arch = "x86_64")]
            Vectors::Avx512 => crate::lanes::Avx512::WIDTH,
        }
    }

    #[cfg(target_arch = "x86_64")]
    pub(crate) fn vectors(self) -> Vectors {
        match self.0 {
            Level::Portable => Vectors::Portable,
            Level::Avx2 => Vectors::Avx2,
            _ => Vectors::Avx512,
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    pub(crate) fn vectors(self) -> Vectors {
        Vectors::Portable
    }
}

impl fmt::Debug for Isa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(target_arch = "x86_64")]
fn probe() -> Level {
    use std::arch::is_x86_feature_detected as has;
    if !(has!("avx2") && has!("fma") && has!("f16c")) {
        return Level::Portable;
    }
    if !(has!("avx512f") && has!("avx512bw") && has!("avx512dq") && has!("avx512vl")) {
        return Level::Avx2;
    }
    match (has!("avx512vnni"), has!("avx512bf16")) {
        (true, true) => Level::Avx512Bf16,
        (true, false) => Level::Avx512Vnni,
        _ => Level::Avx512,
    }
}

#[cfg(target_arch = "x86_64")]
fn is_intel() -> bool {
    // The maker's name is spread over these three registers in this order.
    let leaf = std::arch::x86_64::__cpuid(0);
    [leaf.ebx, leaf.edx, leaf.ecx].map(u32::to_le_bytes).concat() == b"GenuineIntel"
}

#[cfg(not(target_arch = "x86_64"))]
fn is_intel() -> bool {
    false
}

#[cfg(not(target_arch = "x86_64"))]
fn probe() -> Level {
    Level::Portable
}
