//! Traditional characters as simplified ones, character by character; for comparing, never for showing.

/// One line for each character, the traditional one and then the simplified one, in the order of code points: every
/// line has as many bytes as any other, so the text itself is searched and nothing is built when the desk starts.
/// From the character table of OpenCC (Apache-2.0), with the variants 著, 妳 and 瞭 added.
static TABLE: &[u8] = include_bytes!("traditional.txt");
const CHAR_BYTES: usize = 3;
const LINE_BYTES: usize = 2 * CHAR_BYTES + 1;

/// The simplified form of a traditional character; any other character as it is.
pub fn simplified(symbol: char) -> char {
    if !super::is_han(symbol) {
        return symbol;
    }
    let mut bytes = [0; 4];
    let wanted = symbol.encode_utf8(&mut bytes).as_bytes();
    let (mut low, mut high) = (0, TABLE.len() / LINE_BYTES);
    while low < high {
        let middle = low + (high - low) / 2;
        let line = &TABLE[middle * LINE_BYTES..(middle + 1) * LINE_BYTES];
        match line[..CHAR_BYTES].cmp(wanted) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => {
                let found = std::str::from_utf8(&line[CHAR_BYTES..2 * CHAR_BYTES]).ok();
                return found.and_then(|text| text.chars().next()).unwrap_or(symbol);
            }
        }
    }
    symbol
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole_and_in_order() {
        let text = std::str::from_utf8(TABLE).expect("the table is UTF-8");
        let mut before = None;
        for line in text.lines() {
            let symbols: Vec<char> = line.chars().collect();
            assert_eq!((symbols.len(), line.len()), (2, LINE_BYTES - 1), "{line}");
            assert!(before < Some(symbols[0]), "{line}");
            assert_eq!(simplified(symbols[0]), symbols[1]);
            before = Some(symbols[0]);
        }
    }

    #[test]
    fn simplified_characters_stay() {
        let text: String = "我想退貨,請問訂單什麼時候發貨,妳們的客服嗎".chars().map(simplified).collect();
        assert_eq!(text, "我想退货,请问订单什么时候发货,你们的客服吗");
        assert_eq!(text.chars().map(simplified).collect::<String>(), text);
        assert_eq!(simplified('a'), 'a');
    }
}
