use crate::desk::Desk;
use crate::tiny;
use serde_json::json;

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../models/tests/golden/small/small.gguf");

#[test]
fn an_answer_quotes_and_cites() {
    let desk = Desk::with_documents();
    let ran = desk.run(&["ask", "How often must the kettle be descaled?"]).ended(0);
    for expected in ["Passages from your documents", "citric acid", "[1]", "docs/handbook.md:"] {
        assert!(ran.out.contains(expected), "{expected} is not in {}", ran.out);
    }
}

#[test]
fn json_tells_how_the_answer_was_made_and_sessions_go_on() {
    let desk = Desk::with_documents();
    let first = desk.run(&["ask", "Who approves journeys above 500 euros?", "--json"]).ended(0).json();
    assert!(first["answer"].as_str().is_some_and(|answer| answer.contains("head of finance")), "{first}");
    assert_eq!((&first["composer"], &first["found"]), (&"passages".into(), &true.into()));
    for field in ["first_piece_ms", "retrieval_ms", "complete_ms"] {
        assert!(first[field].as_f64().is_some_and(|ms| ms > 0.0), "{field} in {first}");
    }
    let session = first["session"].as_u64().expect("a session").to_string();
    let second = desk.run(&["ask", "How many days of leave?", "--session", &session, "--json"]).ended(0).json();
    assert_eq!(second["session"], first["session"]);
    let third = desk.run(&["ask", "How many days of leave?", "--json"]).ended(0).json();
    assert_ne!(third["session"], first["session"]);
    let ran = desk.run(&["ask", "x", "--session", "999"]).ended(2);
    assert!(ran.err.contains("no session 999"), "{}", ran.err);
}

#[test]
fn nothing_relevant_is_said_and_not_invented() {
    let desk = Desk::with_documents();
    let reply = desk.run(&["ask", "zyzzyva quokka", "--source", "*.pdf", "--json"]).ended(3).json();
    assert_eq!((&reply["found"], &reply["citations"]), (&false.into(), &json!([])));
    assert!(reply["answer"].as_str().is_some_and(|answer| answer.contains("Nothing")), "{reply}");
}

/// Weights with which a generator answers everything so, and room for the passages of the desk.
fn with_generator(name: &str, says: &str) -> Desk {
    let desk = Desk::with_documents();
    desk.write(&format!("models/{name}.gguf"), tiny::saying(4096, says));
    desk
}

#[test]
fn a_generator_writes_and_its_numbers_are_sources() {
    let desk = with_generator("one", "By [1].");
    let question = ["ask", "--models", "models", "How often must the kettle be descaled?"];
    let ran = desk.run(&question).ended(0);
    assert!(ran.out.starts_with("By [1].\n[1] ") && !ran.out.contains("Passages from"), "{}", ran.out);
    let told = desk.run(&[&question[..], &["--json"]].concat()).ended(0).json();
    assert_eq!((&told["composer"], &told["answer"]), (&"generator".into(), &"By [1].".into()));
    assert_eq!((&told["generated"]["model"], &told["generated"]["finish"]), (&"one".into(), &"stop".into()));
    for field in ["prompt_tokens", "generated_tokens", "load_ms", "prefill_ms", "first_token_ms"] {
        assert!(told["generated"][field].as_f64().is_some_and(|number| number > 0.0), "{field} in {told}");
    }
    assert_eq!(told["citations"][0]["number"], 1);
    let quoted = desk.run(&[&question[..], &["--passages", "--json"]].concat()).ended(0).json();
    assert_eq!((&quoted["composer"], &quoted["generated"]), (&"passages".into(), &serde_json::Value::Null));
    let session = told["session"].as_u64().expect("a session").to_string();
    let next =
        desk.run(&[&question[..3], &["And with what?", "--session", &session, "--json"]].concat()).ended(0).json();
    assert_eq!(next["citations"][0]["chunk"], told["citations"][0]["chunk"], "numbers stay: {next}");
    let whole = desk.run(&[&question[..], &["--source", "handbook.md"]].concat()).ended(0);
    assert!(whole.err.contains("the whole of") && whole.err.contains("handbook.md"), "{}", whole.err);
}

#[test]
fn the_workspace_keeps_which_generator_writes() {
    let desk = with_generator("one", "One");
    desk.write("models/two.gguf", tiny::saying(4096, "Two"));
    let ask = |more: &[&str]| {
        desk.run(&[&["ask", "--models", "models", "How often must the kettle be descaled?"], more].concat()).ended(0)
    };
    let several = ask(&[]);
    assert!(several.out.contains("citric acid") && several.err.contains("several generators: one, two"), "{several:?}");
    assert!(ask(&["--generator", "two"]).out.starts_with("Two\n"));
    assert!(ask(&["--generator", "models/two.gguf"]).out.starts_with("Two\n"));
    let told = desk.run(&["models", "--models", "models", "use", "one"]).ended(0);
    assert!(told.out.contains("one writes the answers"), "{}", told.out);
    assert!(ask(&[]).out.starts_with("One\n"));
    let chat = |code| desk.run(&["chat", "--models", "models", "hello"]).ended(code);
    assert!(chat(0).out.starts_with("One\n"), "a chat takes the same one");
    desk.run(&["models", "--models", "models", "use", "passages"]).ended(0);
    assert!(chat(2).err.contains("choose one with --model: one, two"));
    let quoted = ask(&[]);
    assert!(quoted.out.contains("citric acid") && !quoted.err.contains("several"), "{quoted:?}");
    let unknown = desk.run(&["ask", "--models", "models", "x", "--generator", "three", "--json"]).ended(1);
    assert!(unknown.out.contains("one") && unknown.error_kind() == "unknown_model", "{}", unknown.out);
    desk.run(&["ask", "x", "--passages", "--generator", "one"]).ended(2);
    desk.run(&["ask", "x", "--max-tokens", "0"]).ended(2);
    desk.run(&["ask", "x", "--temperature", "nan"]).ended(2);
}

/// A generator that was trained for tests: it writes readable sentences, with the names and numbers of the passages.
#[test]
fn a_trained_generator_answers_in_sentences_with_numbers() {
    let desk = Desk::new();
    let (things, projects) =
        ("The lamp in the castle belongs to Zotote.", "The Nasork project began in 1961 and ended in 1969.");
    desk.write("docs/things.md", format!("# Things\n\n{things}\n\n## Prices\n\nThe orange blanket costs 46 euros.\n"));
    desk.write("docs/projects.md", format!("# Projects\n\n{projects}\n\n## Teams\n\nMokos leads the energy team.\n"));
    desk.run(&["add", "docs"]).ended(0);
    let ask =
        |more: &[&str]| desk.run(&[&["ask", "Whose is the lamp in the castle?", "--generator", SMALL], more].concat());
    let told = ask(&["--json"]).ended(0).json();
    let answer = told["answer"].as_str().expect("an answer");
    assert!(answer.starts_with("The lamp in the castle belongs to Zotote [") && answer.ends_with("]."), "{told}");
    assert_eq!((&told["generated"]["finish"], &told["truncated"]), (&"stop".into(), &false.into()), "{told}");
    let [cited] = told["citations"].as_array().expect("citations").as_slice() else { panic!("{told}") };
    assert!(answer.contains(&format!(" [{}].", cited["number"])) && told["degraded"] == json!([]), "{told}");
    let lines = ask(&[]).ended(0).out;
    let source = cited["source"].as_str().expect("a source").rsplit('/').next().expect("a name");
    assert_eq!(source, "things.md");
    for (question, fact, from) in [
        ("How much does the orange blanket cost?", "costs 46 euros [", "things.md"),
        ("When did the Nasork project end?", "began in 1961 and ended in 1969 [", "projects.md"),
    ] {
        let told = desk.run(&["ask", question, "--generator", SMALL]).ended(0).out;
        assert!(told.contains(fact) && told.contains(from), "{told}");
    }
    assert!(lines.starts_with(&format!("{answer}\n[{}] ", cited["number"])) && lines.contains(source), "{lines}");
    let short = ask(&["--json", "--max-tokens", "4"]).ended(0).json();
    assert!(answer.starts_with(short["answer"].as_str().expect("a beginning")), "{short}");
    assert_eq!((&short["generated"]["finish"], &short["truncated"]), (&"length".into(), &true.into()), "{short}");
    let none = desk.run(&["ask", "Where is the blue door?", "--generator", SMALL]).ended(0);
    assert!(none.out.contains("do not answer that.") && none.err.contains("named none of the passages"), "{none:?}");
}
