//! English ordinals, for things that nothing but their position tells apart.

const ONES: [(&str, &str); 20] = [
    ("", ""),
    ("one", "first"),
    ("two", "second"),
    ("three", "third"),
    ("four", "fourth"),
    ("five", "fifth"),
    ("six", "sixth"),
    ("seven", "seventh"),
    ("eight", "eighth"),
    ("nine", "ninth"),
    ("ten", "tenth"),
    ("eleven", "eleventh"),
    ("twelve", "twelfth"),
    ("thirteen", "thirteenth"),
    ("fourteen", "fourteenth"),
    ("fifteen", "fifteenth"),
    ("sixteen", "sixteenth"),
    ("seventeen", "seventeenth"),
    ("eighteen", "eighteenth"),
    ("nineteen", "nineteenth"),
];

const TENS: [(&str, &str); 10] = [
    ("", ""),
    ("ten", "tenth"),
    ("twenty", "twentieth"),
    ("thirty", "thirtieth"),
    ("forty", "fortieth"),
    ("fifty", "fiftieth"),
    ("sixty", "sixtieth"),
    ("seventy", "seventieth"),
    ("eighty", "eightieth"),
    ("ninety", "ninetieth"),
];

/// Units from the largest down.
const UNITS: [(usize, &str, &str); 3] = [
    (1_000_000, "million", "millionth"),
    (1_000, "thousand", "thousandth"),
    (100, "hundred", "hundredth"),
];

/// The words of the `number`th: `second`, `twenty first`, `one hundred twelfth`. Counting begins at one.
pub(crate) fn ordinal(number: usize) -> String {
    words(number, true).join(" ")
}

fn words(mut number: usize, is_last: bool) -> Vec<&'static str> {
    let pick = |(cardinal, ordinal): (&'static str, &'static str), is_end: bool| match is_end {
        true => ordinal,
        false => cardinal,
    };
    let mut found = Vec::new();
    for (unit, cardinal, ordinal) in UNITS {
        if number >= unit {
            found.extend(words(number / unit, false));
            number %= unit;
            found.push(pick((cardinal, ordinal), is_last && number == 0));
        }
    }
    if number >= 20 {
        found.push(pick(TENS[number / 10], is_last && number.is_multiple_of(10)));
        number %= 10;
    }
    if number > 0 {
        found.push(pick(ONES[number], is_last));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn numbers_are_spelled_out() {
        let spelled = [
            (1, "first"),
            (12, "twelfth"),
            (20, "twentieth"),
            (21, "twenty first"),
            (100, "one hundredth"),
            (113, "one hundred thirteenth"),
            (2_040, "two thousand fortieth"),
            (1_000_000, "one millionth"),
            (345_000_301, "three hundred forty five million three hundred first"),
        ];
        for (number, words) in spelled {
            assert_eq!(ordinal(number), words);
        }
    }
}
