//! The loop that bodies for NVIDIA's warp groups have in common, in PTX: WGSL has no words for products that four subgroups do together
//! (`wgmma`), which make most products of many rows 1.2 times as fast and more.
//!
//! A workgroup sums a tile of `x w^T`, each of its warp groups 64 rows of it. Rows of `x` go from memory straight to registers, `sets`
//! steps ahead; rows of `w` are brought by copies in bulk into `slots` of workgroup memory, of which there are but 48 KiB. None waits for
//! all of them in between but the first invocation, which has a slot filled again once every warp group has said that it is done with it.
//! A warp group waits for its own products before it prepares the next: meanwhile the others multiply.
//!
//! Lanes of a quad load 16 bytes each, so that the depth comes in another order than the instruction counts it; a product does not
//! mind as long as `w` has the same order, in which [`place`] puts it:
//! ```text
//! w        f16 [depth / 32][columns][4 pieces][4 words][2]      depth = 32 step + 8 word + 2 piece + half; of a row's four pieces,
//!                                                               the one at p is piece p ^ (column / 2 % 4): 64-byte swizzle
//! ```
//! Sources: PTX ISA 8.3, "Asynchronous warpgroup-level matrix instructions", "cp.async.bulk", "mbarrier".

use std::fmt::Write;

use crate::wgsl::text;

/// What a workgroup sums, and with what it is fed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tile {
    /// Warp groups: 64 rows each.
    pub groups: u32,
    pub columns: u32,
    /// Pieces of 32 of the depth that a step takes.
    pub parts: u32,
    /// Steps of `w` in workgroup memory, and of `x` on their way to registers.
    pub slots: u32,
    pub sets: u32,
    /// Whether rows of `x` are kept in the first cache when they have been loaded.
    pub cached: bool,
}

/// The depth of a piece, and the bytes of a row of `w` in it.
const PART: u32 = 32;
const ROW: u32 = 64;

/// Lanes of a warp group.
const GROUP: u32 = 128;

/// The matrix descriptor of a slot at address 0: rows in the order of the 64-byte swizzle, 512 bytes from eight of them to the next.
const DESCRIPTOR: &str = "0x8000002000010000U";

impl Tile {
    /// Whether it suits rows of `k` values.
    pub(crate) fn suits(self, k: u32) -> bool {
        k.is_multiple_of(PART * self.parts * self.sets)
    }

    /// What the loop's registers hold for rows of `k` values and `columns` rows of `w`.
    pub(crate) fn sizes(self, k: u32, columns: u32) -> Sizes {
        Sizes { width: k * 2, steps: k / (PART * self.parts), across: columns * ROW }
    }

    pub(crate) fn threads(self) -> u32 {
        self.groups * GROUP
    }

    fn slot_bytes(self) -> u32 {
        self.columns * ROW * self.parts
    }
}

/// The sizes of a product as the loop wants them: in registers of these names, so that one text serves all shapes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    /// Bytes of a row of `x`.
    pub width: u32,
    pub steps: u32,
    /// Bytes of `w` from one piece of the depth to the next.
    pub across: u32,
}

/// Where the value of `column` at `depth` lies in `w`, in halves.
pub(crate) fn place(column: usize, depth: usize, columns: usize) -> usize {
    let (step, word, piece, half) = (depth / 32, depth % 32 / 8, depth % 8 / 2, depth % 2);
    (step * columns + column) * 32 + (piece ^ (column / 2 % 4)) * 8 + word * 2 + half
}

/// The loop of a body under construction.
pub(crate) struct Loop {
    pub tile: Tile,
    /// Bytes of workgroup memory that the body wants besides; they lie at [`Loop::besides`].
    pub wanted: u32,
    /// Workgroups that shall share a multiprocessor.
    pub neighbours: u32,
}

impl Loop {
    /// Bytes of a step in a row of `x`.
    fn step_bytes(&self) -> u32 {
        self.tile.parts * ROW
    }

    /// Where the bytes lie that the body wants besides.
    pub(crate) fn besides(&self) -> u32 {
        self.tile.slots * self.tile.slot_bytes()
    }

    /// Where the barriers lie: one for each slot that says it is full, then one each that says it is free.
    fn barriers(&self) -> u32 {
        self.besides() + self.wanted.next_multiple_of(8)
    }

    /// Bytes of workgroup memory.
    pub(crate) fn shared(&self) -> u32 {
        self.barriers() + self.tile.slots * 16
    }

    /// What a text begins with: its parameters, its registers, and who the invocation is: `t`, `lane` and `warp`. Sums are `c0` and so
    /// on, as fragments of `wgmma`; `i`, `j`, `l` (32 bits), `a`, `d` (64 bits), `p` and `q` are for anyone.
    pub(crate) fn head(&self, parameters: &str, registers: &str) -> String {
        let Tile { sets, parts, columns, .. } = self.tile;
        let names = (0..sets).map(|set| format!("x{set}_")).chain(["y".into()]);
        let rows_held: String = names.map(|name| format!(".reg .b32 {name}<{}>;\n", 8 * parts)).collect();
        text!(
            ".version 8.3\n.target sm_90a\n.address_size 64\n.extern .shared .align 1024 .b8 shared_[];\n\
             .visible .entry main($parameters)\n.maxntid $threads, 1, 1\n.minnctapersm $neighbours\n{\n\
             .reg .pred p, q, lead, speaks, more;\n.reg .b32 t, lane, warp, m0, n0, last_row, base, i, j, l;\n\
             .reg .b32 slot, full, phase, left, width, steps, zero;\n\
             .reg .b64 x, w, a, d, x_low, x_high, from, across;\n.reg .f32 c<$sums>;\n$held$registers\n\
             mov.u32 t, %tid.x;\nand.b32 lane, t, 31;\nshr.u32 warp, t, 5;\nsetp.eq.u32 lead, t, 0;\nand.b32 i, t, 127;\n\
             setp.eq.u32 speaks, i, 0;\nmov.u32 base, shared_;\nmov.u32 zero, %ctaid.y;\n",
            parameters = parameters,
            threads = self.tile.threads(),
            neighbours = self.neighbours,
            sums = columns / 2,
            held = rows_held,
            registers = registers,
        )
    }

    /// Given `x`, `w`, [`Sizes`], `m0` and `n0`, the first rows of the tile in both, and `last_row`, the last one that there is in `x`:
    /// barriers are made, the first slots are being filled and the first rows loaded. All invocations come together once.
    pub(crate) fn feed(&self) -> String {
        let Tile { groups, slots, sets, .. } = self.tile;
        let barriers = self.barriers();
        let setup: String = (0..slots)
            .map(|slot| {
                let full = barriers + slot * 8;
                format!(
                    "mbarrier.init.shared::cta.b64 [shared_+{full}], 1;\n\
                     mbarrier.init.shared::cta.b64 [shared_+{}], {groups};\n",
                    full + slots * 8
                )
            })
            .collect();
        let mut text = text!(
            // The invocation's rows of x: its quad's, and eight below.
            "shr.u32 i, lane, 2;\nshl.b32 j, warp, 4;\nadd.u32 i, i, j;\nadd.u32 i, i, m0;\n\
             and.b32 j, lane, 3;\nmul.wide.u32 d, j, 16;\nadd.u64 d, d, x;\nmin.u32 j, i, last_row;\n\
             mul.wide.u32 x_low, j, width;\nadd.u64 x_low, x_low, d;\nadd.u32 j, i, 8;\nmin.u32 j, j, last_row;\n\
             mul.wide.u32 x_high, j, width;\nadd.u64 x_high, x_high, d;\n\
             @!lead bra READY;\n$setup fence.mbarrier_init.release.cluster;\nREADY:\nbar.sync 0;\n\
             mul.wide.u32 d, n0, $bytes;\nadd.u64 from, w, d;\n@!lead bra BROUGHT;\nmov.u32 i, base;\nadd.u32 j, base, $full;\n",
            setup = setup,
            bytes = ROW,
            full = barriers,
        );
        for slot in 0..slots {
            if slot > 0 {
                let bytes = self.tile.slot_bytes();
                let _ = writeln!(
                    text,
                    "setp.le.u32 p, steps, {slot};\n@p bra BROUGHT;\nadd.u32 i, i, {bytes};\nadd.u32 j, j, 8;"
                );
            }
            text += &self.bring("i", "j");
        }
        text += "BROUGHT:\n";
        for set in 0..sets {
            text += &self.load(set, set, "");
        }
        text
    }

    /// Has the next step of `w` brought to the slot at `to`, whose barrier lies at `full`.
    fn bring(&self, to: &str, full: &str) -> String {
        let piece = self.tile.columns * ROW;
        let mut text = format!("mbarrier.arrive.expect_tx.shared::cta.b64 _, [{full}], {};\n", self.tile.slot_bytes());
        for part in 0..self.tile.parts {
            let at = part * piece;
            let _ = writeln!(
                text,
                "cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [{to}+{at}], [from], {piece}, [{full}];\n\
                 add.u64 from, from, across;"
            );
        }
        text
    }

    /// Loads rows to registers, `ahead` steps after the one that the addresses are those of.
    fn load(&self, set: u32, ahead: u32, guard: &str) -> String {
        let mut text = String::new();
        let cache = if self.tile.cached { "" } else { ".L1::no_allocate" };
        for part in 0..self.tile.parts {
            for (row, address) in ["x_low", "x_high"].into_iter().enumerate() {
                let first = part * 8 + row as u32 * 4;
                let r = |i: u32| format!("x{set}_{}", first + i);
                let _ = writeln!(
                    text,
                    "{guard}ld.global.nc{cache}.v4.b32 {{{},{},{},{}}}, [{address}+{}];",
                    r(0),
                    r(1),
                    r(2),
                    r(3),
                    ahead * self.step_bytes() + part * ROW
                );
            }
        }
        text
    }

    /// All steps, `sets` of them in a turn of the loop: then the sums are done.
    pub(crate) fn multiply(&self) -> String {
        let sets = self.tile.sets;
        let mut text = self.begin() + "TURN:\n";
        for step in 0..sets {
            text += &text!(
                "FULL$step:\nmbarrier.try_wait.parity.shared::cta.b64 q, [full], phase;\n@!q bra FULL$step;\n\
                 shr.u32 i, slot, 4;\ncvt.u64.u32 d, i;\nor.b64 d, d, $descriptor;\n",
                step = step,
                descriptor = DESCRIPTOR,
            );
            text += &self.order(step);
            text += &self.products();
            let _ = writeln!(text, "setp.gt.u32 more, left, {};", step + sets);
            text += &self.load(step, step + sets, "@more ");
            text += "wgmma.wait_group.sync.aligned 0;\n";
            text += &self.refill(step);
            text += &self.advance();
        }
        text += &text!(
            "sub.u32 left, left, $sets;\nadd.u64 x_low, x_low, $bytes;\nadd.u64 x_high, x_high, $bytes;\n\
             setp.ne.u32 more, left, 0;\n@more bra TURN;\n",
            sets = sets,
            bytes = sets * self.step_bytes(),
        );
        text
    }

    /// At the first slot, before all steps.
    fn begin(&self) -> String {
        format!(
            "mov.u32 slot, base;\nadd.u32 full, base, {};\nmov.u32 phase, 0;\nmov.u32 left, steps;\n",
            self.barriers()
        )
    }

    /// Puts a set in the order of products, where words of an invocation's two rows alternate. Adding what the assembler does not know to
    /// be zero (the second number of a workgroup, since they lie in a row) keeps it from moving the words as soon as they are asked for,
    /// which would be to wait for them.
    fn order(&self, set: u32) -> String {
        let mut text = String::new();
        for to in 0..8 * self.tile.parts {
            let (part, half, i, row) = (to / 8, to / 4 % 2, to / 2 % 2, to % 2);
            let _ = writeln!(text, "add.u32 y{to}, x{set}_{}, zero;", part * 8 + row * 4 + 2 * half + i);
        }
        text
    }

    /// For a warp group that has nothing to sum: it says of every slot that it is done with it, and ends.
    pub(crate) fn idle(&self) -> String {
        let waits = text!(
            "WAITS:\nmbarrier.try_wait.parity.shared::cta.b64 q, [full], phase;\n@!q bra WAITS;\n\
             @speaks mbarrier.arrive.shared::cta.b64 _, [full+$said];\n",
            said = self.tile.slots * 8,
        );
        self.begin()
            + &waits
            + &self.advance()
            + "sub.u32 left, left, 1;\nsetp.ne.u32 more, left, 0;\n@more bra WAITS;\nret;\n"
    }

    /// Products with the slot whose descriptor is `d`.
    fn products(&self) -> String {
        let Tile { columns, parts, .. } = self.tile;
        let sums: Vec<String> = (0..columns / 2).map(|i| format!("c{i}")).collect();
        let mut text = String::from("wgmma.fence.sync.aligned;\n");
        for half in 0..2 * parts {
            let y = |i: u32| format!("y{}", half * 4 + i);
            let _ = writeln!(
                text,
                "add.u64 a, d, {};\nwgmma.mma_async.sync.aligned.m64n{columns}k16.f32.f16.f16 {{{}}}, {{{},{},{},{}}}, a, 1, 1, 1, 0;",
                (half / 2 * columns * ROW + half % 2 * 32) / 16,
                sums.join(","),
                y(0),
                y(1),
                y(2),
                y(3)
            );
        }
        text + "wgmma.commit_group.sync.aligned;\n"
    }

    /// Step `step` of a turn is over: its slot is free, and is filled again once all warp groups say so.
    fn refill(&self, step: u32) -> String {
        let slots = self.tile.slots;
        let text = text!(
            "@speaks mbarrier.arrive.shared::cta.b64 _, [full+$said];\n\
             setp.gt.and.u32 p, left, $next, lead;\n@!p bra FILLED$step;\nFREE$step:\n\
             mbarrier.try_wait.parity.shared::cta.b64 q, [full+$said], phase;\n@!q bra FREE$step;\n",
            said = slots * 8,
            next = step + slots,
            step = step,
        );
        text + &self.bring("slot", "full") + &format!("FILLED{step}:\n")
    }

    /// On to the next slot.
    fn advance(&self) -> String {
        text!(
            "add.u32 slot, slot, $bytes;\nadd.u32 full, full, 8;\nadd.u32 i, base, $end;\nsetp.eq.u32 q, slot, i;\n\
             @q mov.u32 slot, base;\n@q add.u32 full, base, $barriers;\n@q xor.b32 phase, phase, 1;\n",
            bytes = self.tile.slot_bytes(),
            end = self.tile.slots * self.tile.slot_bytes(),
            barriers = self.barriers(),
        )
    }
}

/// Has NVIDIA's assembler take the texts, where there is one: `DOWNBEAT_PTXAS`, or `ptxas` of the path.
#[cfg(test)]
pub(crate) fn assembled(bodies: Vec<(String, hal::PtxBody)>) {
    use std::process::Command;
    let named = std::env::var_os("DOWNBEAT_PTXAS");
    let assembler = named.clone().unwrap_or_else(|| "ptxas".into());
    if let Err(cause) = Command::new(&assembler).arg("--version").output() {
        assert!(named.is_none(), "{}: {cause}", assembler.display());
        println!("skipped: there is no ptxas here ({cause}); DOWNBEAT_PTXAS names one");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, body) in bodies {
        let [from, to] = ["body.ptx", "body.cubin"].map(|file| folder.path().join(file));
        std::fs::write(&from, &body.text).unwrap();
        let said = Command::new(&assembler).args(["-arch=sm_90a", "-v", "-o"]).args([&to, &from]).output().unwrap();
        let text = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(said.status.success(), "{name}: {text}");
        assert!(!text.contains("serialized"), "{name}: products wait for each other: {text}");
        assert!(text.contains(", 0 bytes spill stores, 0 bytes spill loads"), "{name}: too many registers: {text}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What instructions do to places, in plain words: item `i` of the depth that `wgmma` counts meets the same item of both factors.
    #[test]
    fn rows_and_weights_come_in_the_same_order() {
        let (columns, depth) = (16, 96);
        let mut packed = vec![0; columns * depth];
        for at in 0..columns * depth {
            packed[place(at / depth, at % depth, columns)] = at;
        }
        for (step, product, lane, item) in (0..depth / 32).flat_map(|step| {
            (0..2).flat_map(move |product| {
                (0..4).flat_map(move |lane| (0..4).map(move |item| (step, product, lane, item)))
            })
        }) {
            // Of the 16 that a product takes, lane `lane` of a quad holds these four, in registers of two halves each.
            let counted = lane * 2 + item % 2 + item / 2 * 8;
            // It loaded eight halves, of which the product is given the first or the last four.
            let depth_of_x = step * 32 + lane * 8 + product * 4 + item;
            for column in 0..columns {
                let piece = product * 2 + counted / 8;
                let at = (step * columns + column) * 32 + (piece ^ (column / 2 % 4)) * 8 + counted % 8;
                assert_eq!(packed[at], column * depth + depth_of_x, "column {column}, item {counted}");
            }
        }
    }
}
