//! What a generator is told.

use super::Message;
use engine::ask::{Cited, rules, with_passages};
use engine::generate;

/// The conversation, with the passages beside the last question.
pub fn messages(before: &[generate::Message], question: &str, passages: &[(Cited, String)]) -> Vec<Message> {
    let wishes = before.iter().filter(|message| message.role == "system").map(|message| message.content.as_str());
    let rules = rules(wishes);
    let mut messages = vec![Message { role: "system".into(), content: rules }];
    let said = before.iter().filter(|message| message.role != "system");
    messages.extend(said.map(|said| Message { role: said.role.to_owned(), content: said.content.clone() }));
    let content = with_passages(passages, question);
    messages.push(Message { role: "user".into(), content });
    messages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_stays_the_same_and_the_passages_stand_beside_the_question() {
        let message = generate::Message::new;
        let before = [message("system", "Be brief."), message("user", "Hello"), message("assistant", "Hi")];
        let cited = Cited { number: 1, chunk: 7, source: "/a.md".into(), heading_path: "Top".into(), lines: (1, 2) };
        let sent = messages(&before, "Who?", &[(cited, "Ada.".into())]);
        let roles: Vec<&str> = sent.iter().map(|message| message.role.as_str()).collect();
        assert_eq!(roles, ["system", "user", "assistant", "user"]);
        assert!(sent[0].content.starts_with("You answer questions") && sent[0].content.ends_with("Be brief."));
        assert_eq!(sent[3].content, "Passages:\n\n[1] a.md, Top:\nAda.\n\nQuestion: Who?");
    }
}
