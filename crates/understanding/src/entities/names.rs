//! Who a parcel is for: a name beside a phone number or behind 「收件人」.

use std::sync::LazyLock;

use regex::Regex;

use super::contacts::pattern;

/// The hundred commonest surnames; together they are most of China.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

static SAID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:收件人|收货人|联系人|姓名|名字|收货姓名)(?:改为|改成|换成|是|为|叫)?[::\s]*([\p{Han}·]{2,5})|(?:recipient|name)(?: is|:)? ([a-z]+(?: [a-z'-]+){1,2})",
    )
});
static BESIDE_PHONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:^|[,。;\s])([{SURNAMES}]\p{{Han}}{{1,2}}|[{SURNAMES}](?:先生|女士|小姐))[,\s:]*(?:电话|手机)?[:\s]*(?:\+?86)?1[3-9]\d"
    ))
});
static AFTER_PHONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"1[3-9]\d{{9}}[,\s]+([{SURNAMES}]\p{{Han}}{{1,2}})(?:[,。;\s]|$)")));

/// The recipient named in a text (folded), as its place in bytes.
pub fn recipient(text: &str) -> Option<(usize, usize)> {
    let found = [&*SAID, &*BESIDE_PHONE, &*AFTER_PHONE].into_iter().find_map(|pattern| pattern.captures(text))?;
    let name = found.iter().skip(1).flatten().next()?;
    Some((name.start(), name.end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipients() {
        let name = |text: &str| recipient(text).map(|(start, end)| text[start..end].to_owned());
        assert_eq!(name("收件人:张三丰,电话13800138000").as_deref(), Some("张三丰"));
        assert_eq!(name("改成杭州西湖区文三路1号 李雷 13800138000").as_deref(), Some("李雷"));
        assert_eq!(name("13800138000 王芳").as_deref(), Some("王芳"));
        assert_eq!(name("我的电话13800138000"), None);
    }
}
