//! The ways a shop can fail to answer. Only the variant and its code reach a shopper, never the text.

/// Why a shop gave no answer at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outage {
    /// No connection: name, network or TLS.
    Connect,
    /// No complete answer in time.
    Timeout,
    /// The shop answered with this HTTP status.
    Status(u16),
    /// Its address is one the desk may not call.
    Address,
    /// Its file can't be read or written.
    Storage,
}

#[derive(Debug, thiserror::Error)]
pub enum ShopError {
    /// It does not exist, or it is not this customer's; the two can't be told apart on purpose.
    #[error("not found in the shop")]
    NotFound,
    #[error("the shop is unavailable ({outage:?})")]
    Unavailable {
        outage: Outage,
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// A rule of the shop forbids it; `rule` is a stable code such as `insufficient_stock`.
    #[error("the shop refused: {rule}")]
    Refused { rule: String },
    /// The shop answered with something that isn't what the contract says.
    #[error("the shop's answer can't be used: {what}")]
    BadAnswer { what: String },
}

impl ShopError {
    /// A stable code for logs, metrics and replies.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Unavailable { .. } => "unavailable",
            Self::Refused { .. } => "refused",
            Self::BadAnswer { .. } => "bad_answer",
        }
    }

    /// Whether asking again later may help.
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable { outage: Outage::Connect | Outage::Timeout | Outage::Status(_), .. })
    }

    pub(crate) fn refused(rule: &str) -> Self {
        Self::Refused { rule: rule.to_owned() }
    }

    pub(crate) fn bad_answer(what: impl Into<String>) -> Self {
        Self::BadAnswer { what: what.into() }
    }

    pub(crate) fn unavailable(outage: Outage) -> Self {
        Self::Unavailable { outage, source: None }
    }

    pub(crate) fn unavailable_because(
        outage: Outage,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::Unavailable { outage, source: Some(source.into()) }
    }
}
