use super::super::kept::Kept;
use super::super::tiny;
use super::*;
use hal::{Device, Options};
use models::llama::{Generator, Options as Loading};

const LIMITS: Limits = Limits { rows: 256, beside: 64, outputs: 4 };

fn decodes() -> Wish {
    Wish { tokens: 1, decodes: true, alone: false }
}

fn prompt(tokens: usize) -> Wish {
    Wish { tokens, decodes: false, alone: false }
}

#[test]
fn what_decodes_goes_first_and_prompts_share_the_rest() {
    assert_eq!(compose(&[], LIMITS), []);
    assert_eq!(compose(&[prompt(1000)], LIMITS), [(0, 256)]);
    assert_eq!(compose(&[prompt(1000), prompt(30), prompt(500)], LIMITS), [(1, 30), (2, 113), (0, 113)]);
    assert_eq!(compose(&[prompt(1000), decodes(), decodes()], LIMITS), [(1, 1), (2, 1), (0, 62)]);
    let guesses = Wish { tokens: 3, ..decodes() };
    assert_eq!(compose(&[decodes(), guesses, guesses, decodes(), prompt(9)], LIMITS), [(0, 1), (1, 3), (4, 8)]);
    let many = [decodes(), decodes(), decodes(), decodes(), decodes(), prompt(9), prompt(1)];
    assert_eq!(
        compose(&many, LIMITS),
        [(0, 1), (1, 1), (2, 1), (3, 1), (5, 8)],
        "a run has logits for four, so a prompt cannot end in it"
    );
}

#[test]
fn who_shared_a_failed_run_goes_alone_in_its_turn() {
    let alone = Wish { alone: true, ..prompt(300) };
    assert_eq!(compose(&[alone, decodes()], LIMITS), [(0, 256)]);
    assert_eq!(compose(&[decodes(), alone, prompt(5)], LIMITS), [(0, 1), (2, 5)]);
}

fn model() -> (tempfile::TempDir, Generator) {
    let device = Device::open(&Options::default()).expect("a CPU");
    model_on(&device, Loading { rows: 512, ..Loading::default() })
}

fn model_on(device: &Device, loading: Loading) -> (tempfile::TempDir, Generator) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tiny.gguf");
    std::fs::write(&path, tiny::gguf(512, tiny::END)).expect("it is written");
    (folder, Generator::open(&path, device, loading).expect("it loads"))
}

/// Has all of these prompts wait before the first run begins, and gives what becomes of each: logits, and what its sequence holds.
fn together(board: &Board, model: &Generator, prompts: &[&[u32]]) -> Vec<(Result<Output>, usize)> {
    let (kept, scheduler, cancel) = (Kept::default(), Scheduler::new(), Cancel::new());
    board.state().running = true;
    std::thread::scope(|scope| {
        let ask = |prompt: &[u32]| {
            let call = Call::new(Lane::Interactive, 1, &cancel);
            // Nothing is under way but what this test holds back.
            let sequence = kept.take(model, &Board::default(), prompt, 64, &call).expect("room");
            let (seat, runner) = (board.seat(), Runner { model, scheduler: &scheduler });
            let step =
                Step { held: sequence.held.clone(), tokens: Arc::from(prompt), from: 0, decodes: false, chance: None };
            let done = seat.append(step, &runner, &call);
            let length = sequence.held.sequence().len();
            (done.map(|done| done.outputs.expect("all of it fits into a run").remove(0)), length)
        };
        let threads: Vec<_> = prompts.iter().map(|prompt| scope.spawn(move || ask(prompt))).collect();
        while board.shared().waiting < prompts.len() as u64 {
            std::thread::yield_now();
        }
        drop(Ends(board));
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    })
}

#[test]
fn a_run_that_fails_is_run_again_one_by_one() {
    let (_folder, model) = model();
    let (good, bad, other): (&[u32], &[u32], &[u32]) = (&[1, 2, 3], &[5, 99_999], &[7; 30]);
    let board = Board::default();
    let alone: Vec<_> =
        [good, other].map(|prompt| together(&board, &model, &[prompt]).remove(0).0.expect("logits")).into();
    let before = board.shared();
    let mut outcomes = together(&board, &model, &[good, bad, other]);
    let (other, bad, good) = (outcomes.remove(2), outcomes.remove(1), outcomes.remove(0));
    assert!(matches!(&bad, (Err(Error::Model(models::Error::BadBatch(_))), 0)), "{bad:?}");
    assert_eq!((good.0.expect("logits"), good.1), (alone[0].clone(), 3));
    assert_eq!((other.0.expect("logits"), other.1), (alone[1].clone(), 30));
    let runs = board.shared();
    assert_eq!((runs.runs - before.runs, runs.requests - before.requests, runs.most), (4, 6, 3));
    assert!(!board.state().running && board.state().done.is_empty());
}

#[test]
fn an_answer_begins_between_two_runs_of_another() {
    let (_folder, model) = model();
    let (board, kept, scheduler, cancel) = (Board::default(), Kept::default(), Scheduler::new(), Cancel::new());
    // A run is under way, for which another step and who wants to get in between wait.
    board.state().running = true;
    let write = || {
        let call = Call::new(Lane::Interactive, 1, &cancel);
        let sequence = kept.take(&model, &Board::default(), &[1], 64, &call).expect("room");
        let (seat, runner) = (board.seat(), Runner { model: &model, scheduler: &scheduler });
        let step = Step { held: sequence.held.clone(), tokens: Arc::from([1]), from: 0, decodes: true, chance: None };
        seat.append(step, &runner, &call).expect("a run");
    };
    let runs = || board.shared().runs;
    let missed = std::thread::scope(|scope| {
        scope.spawn(write);
        while board.shared().waiting == 0 {
            std::thread::yield_now();
        }
        let enter = || {
            let call = Call::new(Lane::Interactive, 2, &cancel);
            board.between_runs(&call, runs).expect("nothing is cancelled")
        };
        let enters = scope.spawn(enter);
        while board.state().entering == 0 {
            std::thread::yield_now();
        }
        drop(Ends(&board));
        enters.join().expect("no panic")
    });
    assert_eq!((missed, runs()), (0, 1));
}

#[test]
fn a_leader_that_panics_leaves_nobody_behind() {
    let (_folder, model) = model();
    let (board, kept, cancel) = (Board::default(), Kept::default(), Cancel::new());
    let call = Call::new(Lane::Interactive, 1, &cancel);
    let sequence = kept.take(&model, &board, &[1], 16, &call).expect("room");
    let step = Step { held: sequence.held.clone(), tokens: Arc::from([1]), from: 0, decodes: false, chance: None };
    let waiting = Waiting { seat: 5, session: 1, cancel: cancel.clone(), step, since: Instant::now(), alone: false };
    drop(Told { board: &board, steps: vec![(waiting, 1)] });
    assert!(matches!(board.state().done.get(&5), Some((Err(Error::Broken(_)), _))));
}

#[test]
fn segments_on_a_gpu_follow_each_other_closely() {
    let options = Options { kind: hal::Kind::Vulkan { index: None }, ..Options::default() };
    let device = match Device::open(&options) {
        Ok(device) => device,
        Err(none) => {
            assert!(std::env::var_os("DOWNBEAT_REQUIRE_VULKAN").is_none(), "{none}");
            println!("skipped: {none}");
            return;
        }
    };
    let whole = Loading { rows: 512, slice: 64, ..Loading::default() };
    let [(_one, one), (_cut, cut)] =
        [whole, Loading { segment_flops: 0, ..whole }].map(|loading| model_on(&device, loading));
    let prompt: Vec<u32> = (1..40).collect();
    let of = |model| together(&Board::default(), model, &[&prompt]).remove(0);
    let ((expected, _), (found, length)) = (of(&one), of(&cut));
    assert_eq!((found.expect("logits"), length), (expected.expect("logits"), prompt.len()));

    // One that is cancelled meanwhile leaves the schedule as it was, and its sequence.
    let (kept, scheduler, cancel) = (Kept::default(), Scheduler::new(), Cancel::new());
    let call = Call::new(Lane::Interactive, 1, &cancel);
    let sequence = kept.take(&cut, &Board::default(), &prompt, 64, &call).expect("room");
    let step = Step {
        held: sequence.held.clone(),
        tokens: Arc::from(prompt.as_slice()),
        from: 0,
        decodes: false,
        chance: None,
    };
    let waiting = Waiting { seat: 1, session: 1, cancel: cancel.clone(), step, since: Instant::now(), alone: false };
    let runner = Runner { model: &cut, scheduler: &scheduler };
    let outcome = std::thread::scope(|scope| {
        scope.spawn(|| {
            while scheduler.lanes()[0].2.slices < 3 {
                std::thread::yield_now();
            }
            cancel.set();
        });
        // Whose run it is does not count: it ends once all whose steps are in it are cancelled.
        outputs_of(&[(waiting, prompt.len())], &runner, &Call::new(Lane::Interactive, 1, &Cancel::new()))
    });
    assert!(scheduler.lanes().iter().all(|(waiting, running, _)| (*waiting, *running) == (0, 0)));
    match outcome {
        Err(stopped) => assert_eq!((stopped.is_stop(), sequence.held.sequence().len()), (true, 0)),
        Ok(_) => assert_eq!(sequence.held.sequence().len(), prompt.len(), "it was done before it was cancelled"),
    }
}
