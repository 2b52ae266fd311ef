//! Messages in the wire format of protocol buffers: as much of it as a Core ML model needs.

/// A message under construction. Fields are written in the order of the calls.
#[derive(Debug, Default, Clone)]
pub(super) struct Message(Vec<u8>);

impl Message {
    /// A number, a truth value or an enumeration.
    pub(super) fn number(mut self, field: u32, value: u64) -> Message {
        self.key(field, 0);
        self.varint(value);
        self
    }

    /// A text.
    pub(super) fn text(self, field: u32, value: &str) -> Message {
        self.bytes(field, value.as_bytes())
    }

    /// A message within.
    pub(super) fn message(self, field: u32, value: &Message) -> Message {
        self.bytes(field, &value.0)
    }

    /// An entry of a map from texts to messages.
    pub(super) fn entry(self, field: u32, key: &str, value: &Message) -> Message {
        self.message(field, &Message::default().text(1, key).message(2, value))
    }

    /// A list of floats.
    pub(super) fn floats(self, field: u32, values: &[f32]) -> Message {
        let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.bytes(field, &bytes)
    }

    /// A list of numbers.
    pub(super) fn numbers(self, field: u32, values: &[i32]) -> Message {
        let mut list = Message::default();
        // Negative ones are written as the 64-bit number they extend to.
        values.iter().for_each(|value| list.varint(i64::from(*value) as u64));
        self.message(field, &list)
    }

    /// A message from its stored form.
    pub(super) fn stored(bytes: Vec<u8>) -> Message {
        Message(bytes)
    }

    /// The message as it is stored.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    fn bytes(mut self, field: u32, value: &[u8]) -> Message {
        self.key(field, 2);
        self.varint(value.len() as u64);
        self.0.extend_from_slice(value);
        self
    }

    fn key(&mut self, field: u32, kind: u64) {
        self.varint(u64::from(field) << 3 | kind);
    }

    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_as_the_format_says() {
        let inner = Message::default().number(1, 300).text(2, "ab");
        assert_eq!(inner.clone().into_bytes(), [0x08, 0xac, 0x02, 0x12, 2, b'a', b'b']);
        let outer = Message::default().message(502, &inner).numbers(1, &[-1]).floats(3, &[1.0]);
        let mut expected = vec![0xb2, 0x1f, 7];
        expected.extend(inner.into_bytes());
        expected.extend([0x0a, 10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]);
        expected.extend([0x1a, 4, 0, 0, 0x80, 0x3f]);
        assert_eq!(outer.into_bytes(), expected);
    }
}
