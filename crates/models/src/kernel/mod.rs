//! The arithmetic of the embedded model: 4-bit weights times int8 activations, and the f32 steps around them.
//! Every path gives the same bits, so a vector does not depend on the machine that computed it.
#![allow(unsafe_code)]

mod activations;
mod dense;
mod matrix;
mod portable;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use activations::Activations;
pub use dense::f16_to_f32;
pub use matrix::{BLOCK, BLOCK_BYTES, PackError, PackedMatrix};

/// The instruction set a forward pass uses, chosen once when the model is loaded.
///
/// A `Kernel` other than the portable one can only be had from [`Kernel::detect`] or
/// [`Kernel::available`], which look at the processor first. That is what makes calling
/// the `target_feature` functions sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kernel(Isa);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Isa {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
}

impl Kernel {
    /// The fastest kernel this processor can run.
    pub fn detect() -> Self {
        Self::available().last().copied().unwrap_or(Self::portable())
    }

    /// The kernel that runs anywhere.
    pub const fn portable() -> Self {
        Self(Isa::Portable)
    }

    /// Every kernel this processor can run, slowest first.
    pub fn available() -> Vec<Self> {
        let mut kernels = vec![Self::portable()];
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            kernels.push(Self(Isa::Avx2));
            if std::arch::is_x86_feature_detected!("avxvnni") {
                kernels.push(Self(Isa::AvxVnni));
            }
            if std::arch::is_x86_feature_detected!("avx512vnni")
                && std::arch::is_x86_feature_detected!("avx512vl")
                && std::arch::is_x86_feature_detected!("avx512f")
            {
                kernels.push(Self(Isa::Avx512Vnni));
            }
        }
        kernels
    }

    /// A short name for logs and measurements.
    pub fn name(self) -> &'static str {
        match self.0 {
            Isa::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Isa::AvxVnni => "avx-vnni",
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512Vnni => "avx512-vnni",
        }
    }

    /// `out[t][o] = bias[o] + Σ_k weights[o][k] * activations[t][k]` for every row `t` of the activations.
    ///
    /// `bias` holds `weights.outputs()` numbers and `out` holds `activations.rows() * weights.outputs()`.
    ///
    /// # Panics
    /// When the shapes disagree.
    pub fn multiply(self, weights: &PackedMatrix, activations: &Activations, bias: &[f32], out: &mut [f32]) {
        assert_eq!(weights.inputs(), activations.width());
        assert_eq!(bias.len(), weights.outputs());
        assert_eq!(out.len(), activations.rows() * weights.outputs());
        match self.0 {
            Isa::Portable => portable::multiply(weights, activations, bias, out),
            // SAFETY: a `Kernel` with this `Isa` exists only after its features were detected
            // (see `available`), and the shapes were checked above.
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => unsafe { x86::avx2::multiply(weights, activations, bias, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Isa::AvxVnni => unsafe { x86::avx_vnni::multiply(weights, activations, bias, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512Vnni => unsafe { x86::avx512_vnni::multiply(weights, activations, bias, out) },
        }
    }

    fn has_avx2(self) -> bool {
        self.0 != Isa::Portable
    }
}
