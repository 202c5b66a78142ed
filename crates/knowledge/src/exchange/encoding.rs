//! Turns a file's bytes into text: spreadsheets on Chinese Windows write GBK, others UTF-8 or UTF-16.

use encoding_rs::{Encoding, GB18030};

use super::ExchangeError;

pub(super) fn decode(bytes: &[u8]) -> Result<String, ExchangeError> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some(marked) => marked,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => return Ok(text.to_owned()),
            // Without a mark there is nothing else that a merchant's file is likely to be.
            Err(_) => (GB18030, 0),
        },
    };
    let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[mark..]);
    if had_errors { Err(ExchangeError::UnknownEncoding) } else { Ok(text.into_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_encodings_are_told_apart() {
        let text = "问题,答案";
        let utf16: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for bytes in [text.as_bytes().to_vec(), [b"\xef\xbb\xbf", text.as_bytes()].concat(), utf16] {
            assert_eq!(decode(&bytes).unwrap(), text);
        }
        assert_eq!(decode(&GB18030.encode(text).0).unwrap(), text);
        assert!(matches!(decode(&[0xff, 0xff, 0x80]), Err(ExchangeError::UnknownEncoding)));
    }
}
