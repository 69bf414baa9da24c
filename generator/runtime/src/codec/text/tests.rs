//! The parser against `serde_json`: the same texts are JSON, and they mean the same.

use crate::codec::{Json, Reader, Record, Writer, from_slice};

const TEXTS: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "-1",
    "12",
    "01",
    "-",
    "1.",
    "1.5",
    ".5",
    "1e5",
    "1E+5",
    "1e",
    "1e-400",
    "1e400",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775808",
    "-9223372036854775809",
    "123456789012345678",
    "1234567890123456789",
    "0.1",
    "-0.0",
    "1.0",
    "100000000000000000000000000000",
    "\"\"",
    "\"a\"",
    "\"é😀\"",
    "\"\\n\\t\\r\\b\\f\\\"\\\\\\/\"",
    "\"\\u0041\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"\\ude00\"",
    "\"\\ud83d\\u0041\"",
    "\"\\u0041\\u0042\"",
    "\"\\ud83d\\ue000\"",
    "\"\\ud83d\\udfff\"",
    "\"\\u00\"",
    "\"\\x\"",
    "\"\\",
    "\"\\u",
    "\"abc",
    "\"a\nb\"",
    "\"a\u{7f}b\"",
    "\"12345678\\n12345678\"",
    "\"1234567\"",
    "[]",
    "[1]",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1,2]",
    "[",
    "]",
    "[[[]]]",
    "[1",
    "{}",
    "{\"a\":1}",
    "{\"a\" : 1 , \"b\":[]}",
    "{\"a\":1,}",
    "{\"a\"}",
    "{\"a\":}",
    "{a:1}",
    "{1:1}",
    "{\"a\":1 \"b\":2}",
    "{",
    "}",
    "{\"a\":1,\"a\":2}",
    "nul",
    "nulll",
    "tru",
    "True",
    " 1 ",
    "\t\n\r 1",
    "1 1",
    "\u{feff}1",
    "",
    " ",
    "// 1",
    "NaN",
    "Infinity",
    "+1",
    "0x10",
    "--1",
    "1-",
    "[1.e1]",
    "\"\u{0}\"",
    "{\"\\u0061\":1}",
];

fn agree(text: &str) {
    let ours = from_slice::<Json>(text.as_bytes()).ok();
    let theirs = serde_json::from_str::<Json>(text).ok();
    assert_eq!(ours, theirs, "{text:?}");
}

#[test]
fn the_same_texts_are_json_and_mean_the_same() {
    for text in TEXTS {
        agree(text);
    }
}

#[test]
fn texts_cut_off_or_put_together_are_the_same_too() {
    for left in TEXTS {
        for right in TEXTS {
            agree(&format!("[{left},{right}]"));
            agree(&format!("{{{left}:{right}}}"));
        }
        for end in (0..left.len()).filter(|it| left.is_char_boundary(*it)) {
            agree(&left[..end]);
        }
    }
}

#[test]
fn depth_is_limited_where_serde_json_limits_it() {
    for depth in [126, 127, 128, 129, 100_000] {
        agree(&("[".repeat(depth) + &"]".repeat(depth)));
        agree(&("{\"a\":".repeat(depth) + "1" + &"}".repeat(depth)));
    }
}

#[test]
fn text_that_is_not_utf_8_is_refused() {
    assert!(from_slice::<Json>(b"\"\xff\"").is_err());
}

#[test]
fn an_error_names_the_line_and_column() {
    let error = from_slice::<Vec<i64>>(b"[1,\n  2,\n  x]").unwrap_err();
    assert_eq!(
        error.to_string(),
        "[2]: expected an integer, found something else at line 3 column 3"
    );
    let escape = from_slice::<Json>(br#"["ab\x"]"#).unwrap_err();
    assert!(escape.to_string().ends_with("at line 1 column 5"), "{escape}");
}

#[test]
fn numbers_that_are_passed_over_need_no_value() {
    let error = |text: &str| from_slice::<Named>(text.as_bytes()).err().map(|it| it.to_string());
    for number in ["1e400", "-1E+999", "0", "-0.0", "1e-310", "123456789012345678901234567890"] {
        assert_eq!(error(&format!("{{\"other\":[{number}],\"a\":1}}")), None, "{number}");
    }
    for number in ["01", "1.", "-", "1e", "1e+", ".5", "-a"] {
        assert!(error(&format!("{{\"other\":{number},\"a\":1}}")).is_some(), "{number}");
    }
    assert!(error("{\"a\":1e400}").is_some());
}

#[derive(Debug)]
struct Named;

crate::records!(Named);

impl Record for Named {
    const NAME: &'static str = "Named";
    const FIELDS: &'static [&'static str] = &["a"];

    fn read(object: &mut Reader<'_>) -> Option<Self> {
        let mut value: Option<f64> = None;
        while object.next().is_some() {
            object.value(&mut value);
        }
        value.map(|_| Self)
    }

    fn write(&self, _: &mut Writer<'_>) {}
}

#[test]
fn what_is_smaller_than_any_normal_float_is_no_integer() {
    for text in ["1e-310", "-1e-310", "5e-324", "2.2250738585072014e-308", "1E-5"] {
        assert!(from_slice::<i64>(text.as_bytes()).is_err(), "{text}");
        assert!(from_slice::<u64>(text.as_bytes()).is_err(), "{text}");
        let float: f64 = from_slice(text.as_bytes()).expect("it is a number");
        let exact: f64 = text.parse().expect("it is a number");
        assert_eq!(float.to_bits(), exact.to_bits(), "{text}");
    }
    for (text, int) in [("1e2", 100), ("1.0", 1), ("10E+1", 100), ("0e-400", 0), ("-0.0", 0)] {
        assert_eq!(from_slice::<i64>(text.as_bytes()).ok(), Some(int), "{text}");
    }
}
