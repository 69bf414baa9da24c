//! Statistics of several runs: medians, and their ratios.

use super::measure::Usage;

/// Measurements, run by run.
#[derive(Clone, Debug, Default)]
pub(super) struct Samples(Vec<f64>);

impl Samples {
    pub(super) fn add(&mut self, measured: f64) {
        self.0.push(measured);
    }

    /// The same in another unit.
    pub(super) fn scaled(&self, factor: f64) -> Self {
        Self(self.0.iter().map(|it| it * factor).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value in the middle; of an even number, the mean of both. Zero of none.
    pub(super) fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let half = sorted.len() / 2;
        match sorted.len() % 2 {
            _ if sorted.is_empty() => 0.0,
            0 => f64::midpoint(sorted[half - 1], sorted[half]),
            _ => sorted[half],
        }
    }

    /// The least value, on which other work on the machine has weighed least. Zero of none.
    pub(super) fn least(&self) -> f64 {
        self.0.iter().copied().min_by(f64::total_cmp).unwrap_or(0.0)
    }

    /// `12.3 (11.9)`: the median and the least.
    pub(super) fn show(&self, digits: usize) -> String {
        format!("{:.digits$} ({:.digits$})", self.median(), self.least())
    }

    /// The ratio of its median to that of `other`.
    pub(super) fn times(&self, other: &Self) -> String {
        if self.is_empty() || other.is_empty() {
            return String::new();
        }
        format!("{:.2}", self.median() / other.median())
    }
}

/// Resources that several runs of a process have needed.
#[derive(Clone, Debug, Default)]
pub(super) struct Usages {
    /// In seconds.
    pub(super) wall: Samples,
    /// In seconds.
    pub(super) cpu: Samples,
    /// In MiB.
    pub(super) peak: Samples,
}

impl Usages {
    pub(super) fn add(&mut self, usage: Usage) {
        self.wall.add(usage.wall.as_secs_f64());
        self.cpu.add(usage.cpu.as_secs_f64());
        self.peak.add(mib(usage.peak));
    }
}

/// Bytes in MiB.
fn mib(bytes: u64) -> f64 {
    let kib = u32::try_from(bytes / 1024).unwrap_or(u32::MAX);
    f64::from(kib) / 1024.0
}

/// The samples with the least median, but for those that are empty.
pub(super) fn fastest<'s>(samples: impl Iterator<Item = &'s Samples>) -> Samples {
    let some = samples.filter(|it| !it.is_empty());
    some.min_by(|a, b| a.median().total_cmp(&b.median())).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(values: &[f64]) -> Samples {
        Samples(values.to_vec())
    }

    #[test]
    fn a_median_is_not_moved_by_one_slow_run() {
        assert_eq!(samples(&[3.0, 1.0, 90.0]).show(1), "3.0 (1.0)");
        assert_eq!(samples(&[4.0, 1.0]).show(2), "2.50 (1.00)");
        assert_eq!(Samples::default().show(0), "0 (0)");
    }

    #[test]
    fn ratios_are_those_of_medians_and_none_where_nothing_was_measured() {
        assert_eq!(samples(&[1.0, 3.0, 9.0]).times(&samples(&[2.0])), "1.50");
        assert_eq!(samples(&[1.0]).times(&Samples::default()), "");
    }

    #[test]
    fn what_was_not_measured_is_never_the_fastest() {
        let all = [samples(&[2.0]), Samples::default(), samples(&[1.0, 1.5])];
        assert_eq!(fastest(all.iter()).show(2), "1.25 (1.00)");
    }

    #[test]
    fn memory_is_shown_in_mib() {
        assert!((mib(3 << 19) - 1.5).abs() < f64::EPSILON);
    }
}
