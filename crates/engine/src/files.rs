//! Files people send: type told from the content, not from the name; kept outside the database.

use std::path::PathBuf;

use domain::id::{FileId, ShopId};
use sha2::{Digest, Sha256};
use store::StoredFile;

use crate::{
    desk::Desk,
    error::{DeskError, Result},
};

const MAX_NAME_CHARS: usize = 120;
/// Larger pictures are refused: they are no photographs, they are bombs.
const MAX_PIXELS_A_SIDE: u32 = 20_000;

/// Types that may be sent, by what the content says.
pub const MEDIA_TYPES: [&str; 6] =
    ["image/png", "image/jpeg", "image/webp", "image/gif", "application/pdf", "text/plain"];

/// Stores a file and returns its record. `uploader` is the id of the shopper or of the staff member.
pub async fn put(desk: &Desk, shop: ShopId, uploader: &str, name: &str, content: &[u8]) -> Result<StoredFile> {
    if content.is_empty() {
        return Err(DeskError::invalid("file", "empty"));
    }
    if content.len() as u64 > desk.limits.file_bytes {
        return Err(DeskError::invalid("file", "too_large"));
    }
    let media_type = sniff(content).ok_or_else(|| DeskError::invalid("file", "unsupported_type"))?;
    let size = dimensions(media_type, content);
    if size.is_some_and(|(width, height)| width.max(height) > MAX_PIXELS_A_SIDE) {
        return Err(DeskError::invalid("file", "too_large"));
    }
    let file = StoredFile {
        id: FileId::from_bits(desk.ids.bits()),
        shop,
        uploader: uploader.to_owned(),
        name: clean_name(name),
        media_type: media_type.to_owned(),
        bytes: content.len() as i64,
        width: size.map(|(width, _)| width.into()),
        height: size.map(|(_, height)| height.into()),
        sha256: hex::encode(Sha256::digest(content)),
        created_at: desk.now(),
    };
    let path = path_of(desk, &file);
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(DeskError::Files)?;
    }
    // Under another name first: a file of this name is always whole.
    let partial = path.with_extension("part");
    tokio::fs::write(&partial, content).await.map_err(DeskError::Files)?;
    tokio::fs::rename(&partial, &path).await.map_err(DeskError::Files)?;
    desk.store.create_file(&file).await?;
    Ok(file)
}

pub async fn read(desk: &Desk, file: &StoredFile) -> Result<Vec<u8>> {
    match tokio::fs::read(path_of(desk, file)).await {
        Ok(content) => Ok(content),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(DeskError::NotFound),
        Err(error) => Err(DeskError::Files(error)),
    }
}

/// The id alone names the file on disk; nothing of the sender's name gets there.
fn path_of(desk: &Desk, file: &StoredFile) -> PathBuf {
    let id = file.id.to_string();
    desk.files_dir.join(&id[id.len() - 2..]).join(id)
}

/// For display and downloads only.
fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|symbol| {
            !symbol.is_control()
                && !matches!(symbol, '"' | '<' | '>' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
        .take(MAX_NAME_CHARS)
        .collect();
    if clean.trim().is_empty() { "file".to_owned() } else { clean.trim().to_owned() }
}

fn sniff(content: &[u8]) -> Option<&'static str> {
    match content {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        _ => is_plain_text(content).then_some("text/plain"),
    }
}

/// UTF-8 without control characters, and not markup a browser might run.
fn is_plain_text(content: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(content) else { return false };
    let opens_markup = text.trim_start_matches('\u{feff}').trim_start().starts_with('<');
    !opens_markup && !text.chars().any(|symbol| symbol.is_control() && !matches!(symbol, '\n' | '\r' | '\t'))
}

/// Width and height where the format says so near its start.
fn dimensions(media_type: &str, content: &[u8]) -> Option<(u32, u32)> {
    let be32 = |at: usize| Some(u32::from_be_bytes(content.get(at..at + 4)?.try_into().ok()?));
    let le16 = |at: usize| Some(u32::from(u16::from_le_bytes(content.get(at..at + 2)?.try_into().ok()?)));
    match media_type {
        "image/png" => Some((be32(16)?, be32(20)?)),
        "image/gif" => Some((le16(6)?, le16(8)?)),
        "image/jpeg" => jpeg_dimensions(content),
        _ => None,
    }
}

fn jpeg_dimensions(content: &[u8]) -> Option<(u32, u32)> {
    let be16 = |at: usize| Some(u32::from(u16::from_be_bytes(content.get(at..at + 2)?.try_into().ok()?)));
    let mut at = 2;
    while *content.get(at)? == 0xff {
        let marker = *content.get(at + 1)?;
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            return Some((be16(at + 7)?, be16(at + 5)?));
        }
        at += 2 + be16(at + 2)? as usize;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_types_from_content() {
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n....."), Some("image/png"));
        assert_eq!(sniff(b"%PDF-1.7"), Some("application/pdf"));
        assert_eq!(sniff("订单号 1".as_bytes()), Some("text/plain"));
        for bad in [&b"MZ\x90\0"[..], b"<svg onload=alert(1)>", b"  <html>", b"PK\x03\x04", b"\x7fELF\x02"] {
            assert_eq!(sniff(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn names_are_for_display() {
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("C:\\x\\a\"<b>.png"), "ab.png");
        assert_eq!(clean_name("\u{202e}gnp.exe"), "gnp.exe");
        assert_eq!(clean_name("//"), "file");
    }

    #[test]
    fn reads_sizes() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 1, 0, 0, 0, 0, 2]);
        assert_eq!(dimensions("image/png", &png), Some((256, 2)));
        assert_eq!(dimensions("image/jpeg", b"\xff\xd8\xff\xc0\0\x11\x08\0\x10\0\x20"), Some((32, 16)));
        assert_eq!(dimensions("image/jpeg", b"\xff\xd8\xff"), None);
    }
}
