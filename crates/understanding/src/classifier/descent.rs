//! Minimising a smooth function of many numbers: limited-memory BFGS with a halving line search.

/// Steps remembered to guess the curvature.
const MEMORY: usize = 8;
const MAX_HALVINGS: usize = 20;
/// A step has to achieve this share of what the slope promises.
const ENOUGH: f64 = 1e-4;
/// Gains smaller than this share of the value end the search.
const DONE: f64 = 1e-5;

/// `function` gives value and gradient. Returns where it is smallest, as far as `max_steps` steps get.
pub fn minimum(mut at: Vec<f32>, max_steps: usize, mut function: impl FnMut(&[f32]) -> (f64, Vec<f32>)) -> Vec<f32> {
    let (mut value, mut gradient) = function(&at);
    let mut past: Vec<(Vec<f32>, Vec<f32>, f64)> = Vec::new();
    for _ in 0..max_steps {
        let mut direction = towards(&gradient, &past);
        let mut slope = dot(&direction, &gradient);
        if slope >= 0.0 {
            past.clear();
            direction = gradient.iter().map(|g| -g).collect();
            slope = -dot(&gradient, &gradient);
        }
        if slope > -1e-12 {
            break;
        }
        let mut step = if past.is_empty() { (1.0 / dot(&gradient, &gradient).sqrt()).min(1.0) } else { 1.0 };
        let mut found = None;
        for _ in 0..MAX_HALVINGS {
            let next: Vec<f32> = at.iter().zip(&direction).map(|(x, d)| x + step as f32 * d).collect();
            let (next_value, next_gradient) = function(&next);
            if next_value <= value + ENOUGH * step * slope {
                found = Some((next, next_value, next_gradient));
                break;
            }
            step *= 0.5;
        }
        let Some((next, next_value, next_gradient)) = found else { break };
        let moved: Vec<f32> = next.iter().zip(&at).map(|(new, old)| new - old).collect();
        let turned: Vec<f32> = next_gradient.iter().zip(&gradient).map(|(new, old)| new - old).collect();
        let curvature = dot(&moved, &turned);
        if curvature > 1e-10 {
            if past.len() == MEMORY {
                past.remove(0);
            }
            past.push((moved, turned, 1.0 / curvature));
        }
        let gain = value - next_value;
        (at, value, gradient) = (next, next_value, next_gradient);
        if gain < DONE * value.abs().max(1e-9) {
            break;
        }
    }
    at
}

/// The gradient, turned by the curvature seen so far.
fn towards(gradient: &[f32], past: &[(Vec<f32>, Vec<f32>, f64)]) -> Vec<f32> {
    let mut direction: Vec<f32> = gradient.iter().map(|g| -g).collect();
    let mut shares = Vec::with_capacity(past.len());
    for (moved, turned, inverse) in past.iter().rev() {
        let share = inverse * dot(moved, &direction);
        direction.iter_mut().zip(turned).for_each(|(d, t)| *d -= share as f32 * t);
        shares.push(share);
    }
    if let Some((_, turned, inverse)) = past.last() {
        let scale = (1.0 / (inverse * dot(turned, turned))) as f32;
        direction.iter_mut().for_each(|d| *d *= scale);
    }
    for ((moved, turned, inverse), share) in past.iter().zip(shares.iter().rev()) {
        let back = inverse * dot(turned, &direction);
        direction.iter_mut().zip(moved).for_each(|(d, m)| *d += (share - back) as f32 * m);
    }
    direction
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    // Eight sums side by side: quick, and exact enough over a hundred thousand numbers.
    let mut sums = [0.0f64; 8];
    for (a, b) in a.chunks(8).zip(b.chunks(8)) {
        for (place, (a, b)) in a.iter().zip(b).enumerate() {
            sums[place] += f64::from(*a) * f64::from(*b);
        }
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_bottom_of_a_narrow_valley() {
        // Rosenbrock's function, whose minimum at (1, 1) lies at the end of a bent valley.
        let found = minimum(vec![-1.2, 1.0], 500, |at| {
            let (x, y) = (f64::from(at[0]), f64::from(at[1]));
            let value = (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2);
            let gradient = vec![(-2.0 * (1.0 - x) - 400.0 * x * (y - x * x)) as f32, (200.0 * (y - x * x)) as f32];
            (value, gradient)
        });
        assert!((found[0] - 1.0).abs() < 0.05 && (found[1] - 1.0).abs() < 0.05, "{found:?}");
    }
}
