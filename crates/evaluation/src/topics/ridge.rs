//! Kernel ridge regression: weights of known texts so that likeness to them gives the wanted scores. It isn't the desk's
//! classifier, which gives a message one intent: a dialogue has several of 153 topics, most with a handful of examples,
//! and one kernel of words, meaning and the topics' own names is solved once for all of them.

use anyhow::{Result, bail};

/// A symmetric matrix by rows.
pub struct Square {
    pub side: usize,
    pub cells: Vec<f64>,
}

impl Square {
    /// Its lower triangle becomes its Cholesky factor.
    fn factor(&mut self) -> Result<()> {
        let side = self.side;
        for row in 0..side {
            let (above, current) = self.cells.split_at_mut(row * side);
            let current = &mut current[..side];
            for column in 0..row {
                let other = &above[column * side..column * side + side];
                let sum = dot(&current[..column], &other[..column]);
                current[column] = (current[column] - sum) / other[column];
            }
            let left = current[row] - dot(&current[..row], &current[..row]);
            if left <= 0.0 {
                bail!("the likenesses can't be solved");
            }
            current[row] = left.sqrt();
        }
        Ok(())
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    const LANES: usize = 8;
    let mut sums = [0.0; LANES];
    let (ones, others) = (one.chunks_exact(LANES), other.chunks_exact(LANES));
    let rest: f64 = ones.remainder().iter().zip(others.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in ones.zip(others) {
        for lane in 0..LANES {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum::<f64>() + rest
}

/// Solves `(likeness + strength) weights = wanted`; `wanted` holds one list for each label, and so does what comes
/// back.
pub fn solve(mut likeness: Square, strength: f64, wanted: &[Vec<f64>]) -> Result<Vec<Vec<f64>>> {
    let side = likeness.side;
    for place in 0..side {
        likeness.cells[place * side + place] += strength;
    }
    likeness.factor()?;
    let factor = &likeness.cells;
    // The other triangle takes the transposed factor, so that both passes read whole rows.
    let mut turned = vec![0.0; side * side];
    for row in 0..side {
        for column in 0..=row {
            turned[column * side + row] = factor[row * side + column];
        }
    }
    let solved = wanted.iter().map(|wanted| {
        let mut values = wanted.clone();
        for row in 0..side {
            let sum = dot(&factor[row * side..row * side + row], &values[..row]);
            values[row] = (values[row] - sum) / factor[row * side + row];
        }
        for row in (0..side).rev() {
            let sum = dot(&turned[row * side + row + 1..(row + 1) * side], &values[row + 1..]);
            values[row] = (values[row] - sum) / factor[row * side + row];
        }
        values
    });
    Ok(solved.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_what_can_be_checked_by_hand() {
        let likeness = || Square { side: 2, cells: vec![3.0, 1.0, 1.0, 2.0] };
        let solved = solve(likeness(), 1.0, &[vec![1.0, 2.0]]).expect("positive");
        // (4 1; 1 3) x = (1; 2)
        assert!((solved[0][0] - 1.0 / 11.0).abs() < 1e-12 && (solved[0][1] - 7.0 / 11.0).abs() < 1e-12);
        assert!(solve(Square { side: 1, cells: vec![-2.0] }, 1.0, &[vec![1.0]]).is_err());
    }
}
