//! The exponent of growth.

/// The slope of the straight line that fits the logarithms best.
pub(super) fn exponent(sizes: &[f64], costs: &[f64]) -> f64 {
    let points: Vec<_> =
        sizes.iter().zip(costs).map(|(size, cost)| (size.ln(), cost.ln())).collect();
    let count: f64 = points.iter().map(|_| 1.0).sum();
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|it| it.0), mean(|it| it.1));
    let covariance: f64 = points.iter().map(|it| (it.0 - x) * (it.1 - y)).sum();
    let variance: f64 = points.iter().map(|it| (it.0 - x).powi(2)).sum();
    covariance / variance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_found() {
        let sizes = [1000.0, 2000.0, 4000.0, 8000.0];
        for power in [0.0, 1.0, 1.2, 2.0] {
            let costs = sizes.map(|it: f64| 0.3 * it.powf(power));
            assert!((exponent(&sizes, &costs) - power).abs() < 1e-9, "{power}");
        }
    }
}
