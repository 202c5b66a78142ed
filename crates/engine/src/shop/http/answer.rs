//! What came back over the wire: which failure it is, and a body no larger than it may be.

use reqwest::{Response, StatusCode};

use super::{
    super::{Outage, ShopError},
    address::AddressRefused,
};

/// A request that got no answer.
pub fn failure(failure: reqwest::Error) -> ShopError {
    let outage = if failure.is_timeout() {
        Outage::Timeout
    } else if is_address_refused(&failure) {
        Outage::Address
    } else {
        Outage::Connect
    };
    // The URL holds keys of customers, which don't belong into logs.
    ShopError::unavailable_because(outage, failure.without_url())
}

fn is_address_refused(failure: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(failure);
    while let Some(error) = cause {
        if error.is::<AddressRefused>() {
            return true;
        }
        cause = error.source();
    }
    false
}

pub fn check_status(status: StatusCode) -> Result<(), ShopError> {
    match status {
        StatusCode::OK => Ok(()),
        StatusCode::NOT_FOUND | StatusCode::GONE => Err(ShopError::NotFound),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
            Err(ShopError::unavailable(Outage::Status(status.as_u16())))
        }
        _ if status.is_server_error() => Err(ShopError::unavailable(Outage::Status(status.as_u16()))),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(ShopError::refused("signature")),
        _ if status.is_client_error() => Err(ShopError::refused(&format!("http_{}", status.as_u16()))),
        _ => Err(ShopError::bad_answer(format!("status {}; only 200 is an answer", status.as_u16()))),
    }
}

pub async fn body(mut response: Response, bytes_max: usize) -> Result<Vec<u8>, ShopError> {
    let too_large = || ShopError::bad_answer(format!("larger than {bytes_max} bytes"));
    let announced = response.content_length().unwrap_or_default();
    if usize::try_from(announced).map_or(true, |announced| announced > bytes_max) {
        return Err(too_large());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failure)? {
        if body.len() + chunk.len() > bytes_max {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
