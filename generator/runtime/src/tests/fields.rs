//! Properties that a call adds to its body.

use super::{client, json};
use crate::codec::{Encode, Sink, WriteObject, Writer};
use crate::testing::{RecordedRequest, response};
use crate::{Call, Core, Method};

fn sent(call: impl FnOnce(&Core) -> Call) -> RecordedRequest {
    let (core, server, _) = client([response(200).json("1")]);
    json(call(&core)).unwrap();
    server.requests().remove(0)
}

#[test]
fn what_is_added_to_a_body_changes_nothing_else_in_it() {
    // Floats of which a reader with less than full precision makes others.
    let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
    let floats = std::iter::repeat_with(|| {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        f64::from_bits(bits)
    });
    let floats: Vec<f64> = floats.filter(|it| it.is_finite()).take(1000).collect();
    let body = Ordered(floats);
    let plain = sent(|core| core.request(Method::Post, "/").json(&body)).text();
    assert!(plain.starts_with("{\"z\":[") && plain.ends_with("],\"a\":1,\"m\":null}"));
    let added = sent(|core| {
        let call = core.request(Method::Post, "/").json(&body);
        call.with_body_field("m", &Ordered(vec![0.1])).with_body_field("b", &true)
    });
    let wanted = plain.replace("null}", "{\"z\":[0.1],\"a\":1,\"m\":null},\"b\":true}");
    assert_eq!(added.text(), wanted);
}

/// An object whose properties are not in the order of the alphabet.
struct Ordered(Vec<f64>);

impl Encode for Ordered {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.object(self);
    }
}

impl WriteObject for Ordered {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.field("z", &self.0);
        writer.field("a", &1);
        writer.field("m", &());
    }
}

#[test]
fn a_flag_that_asks_for_a_stream_changes_nothing_else_either() {
    let body = Ordered(vec![0.1 + 0.2, 1e-7, 5e-324]);
    let request =
        sent(|core| core.call(&super::POST).json(&body).requesting(crate::ResponseKind::Events));
    let wanted = r#"{"z":[0.30000000000000004,1e-7,5e-324],"a":1,"m":null,"stream":true}"#;
    assert_eq!(request.text(), wanted);
}
