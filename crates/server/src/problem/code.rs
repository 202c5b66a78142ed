//! The stable codes of everything that can go wrong, with their status and their words in both languages.

use axum::http::StatusCode;
use domain::language::{Bilingual, Language};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:ident, $zh:literal, $en:literal;)*) => {
        /// Why a request was not done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// What programs compare; never changes.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            pub const fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status,)* }
            }

            pub const fn text(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$name, Language::Zh) => $zh, (Self::$name, Language::En) => $en,)*
                }
            }
        }
    };
}

codes! {
    NotFound = "not_found", NOT_FOUND, "没有找到", "Not found.";
    Unauthenticated = "unauthenticated", UNAUTHORIZED, "请先登录", "Please sign in first.";
    /// The same code for a wrong password and an unknown account, so that accounts can't be guessed.
    SignInFailed = "unauthenticated", UNAUTHORIZED, "邮箱或密码不正确", "The e-mail address or the password is wrong.";
    Forbidden = "forbidden", FORBIDDEN, "您没有此操作的权限", "You are not allowed to do this.";
    Csrf = "csrf", FORBIDDEN, "页面已过期，请刷新后重试", "This page is out of date. Please reload it and try again.";
    Invalid = "invalid", UNPROCESSABLE_ENTITY, "提交的内容有误", "What was sent is not right.";
    Malformed = "invalid", BAD_REQUEST, "请求无法解析", "The request can't be read.";
    TooLarge = "too_large", PAYLOAD_TOO_LARGE, "内容过大", "This is too large.";
    UnsupportedType = "unsupported_type", UNSUPPORTED_MEDIA_TYPE, "不支持这种类型", "This type is not supported.";
    RateLimited = "rate_limited", TOO_MANY_REQUESTS, "操作太频繁，请稍后再试", "Too many requests. Please wait a moment.";
    NotController = "not_controller", CONFLICT, "当前接待方才能执行此操作", "Only whoever serves this conversation may do this.";
    StaleControl = "stale_control", CONFLICT, "接待方已变更", "Somebody else serves this conversation now.";
    Resolved = "resolved", CONFLICT, "会话已结束", "The conversation has ended.";
    StillOpen = "still_open", CONFLICT, "会话仍在进行中", "The conversation is still open.";
    AlreadySo = "already_so", CONFLICT, "已经是这个状态", "It already is so.";
    AlreadyRated = "already_rated", CONFLICT, "已经评价过了", "This conversation has been rated already.";
    Conflict = "conflict", CONFLICT, "内容已被他人修改，请刷新后重试", "Somebody changed this meanwhile. Please reload and try again.";
    ConfirmationExpired = "confirmation_expired", CONFLICT, "预览已过期，请重新预览后确认", "The preview is too old. Please preview and confirm again.";
    ActionChanged = "action_changed", CONFLICT, "订单或金额和预览时不同了，请重新预览后确认", "The order or an amount is no longer as previewed. Please preview and confirm again.";
    NotCompliant = "not_compliant", UNPROCESSABLE_ENTITY, "内容违反合规规则，请修改后再发", "The text breaks a rule of compliance. Please change it.";
    NotUndone = "not_undone", CONFLICT, "不能撤销", "This can't be undone.";
    ExpiredToken = "expired_token", UNAUTHORIZED, "登录凭证已过期", "The token has expired.";
    ForgedToken = "forged_token", UNAUTHORIZED, "登录凭证无效", "The token is not valid.";
    LinkExpired = "expired_token", FORBIDDEN, "链接已失效，请刷新页面", "This link no longer works. Please reload the page.";
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED, "不支持的请求方法", "This method is not allowed here.";
    TimedOut = "unavailable", GATEWAY_TIMEOUT, "处理超时，请重试", "This took too long. Please try again.";
    Unavailable = "unavailable", SERVICE_UNAVAILABLE, "服务暂时不可用，请稍后再试", "This is unavailable at the moment. Please try again soon.";
    Internal = "internal", INTERNAL_SERVER_ERROR, "系统出错了，我们已记录", "Something went wrong on our side. It has been recorded.";
}

/// What is wrong with one field, for the person at the form.
pub fn fault_text(code: &str) -> Bilingual {
    let (zh, en) = match code {
        "empty" => ("不能为空", "must not be empty"),
        "missing" => ("缺少此项", "is missing"),
        "too_long" => ("太长了", "is too long"),
        "too_short" => ("太短了", "is too short"),
        "too_many" => ("数量过多", "has too many entries"),
        "too_large" => ("太大了", "is too large"),
        "no_language" => ("至少需要一种语言的问题和答案", "needs a question and an answer in at least one language"),
        "ends_before_start" => ("必须晚于开始时间", "must be later than the start"),
        "taken" => ("已被使用", "is already in use"),
        "unknown_variable" => (
            "含有未知变量；可用 {{shopper}}、{{order}}、{{agent}}、{{shop}}",
            "has an unknown variable; there are {{shopper}}, {{order}}, {{agent}} and {{shop}}",
        ),
        "unknown" => ("不存在", "does not exist"),
        "type" => ("格式不正确", "has the wrong form"),
        "range" => ("超出范围", "is out of range"),
        "malformed" => ("格式不正确", "is not in the expected form"),
        "unsupported_type" => ("不支持这种类型", "is of a type that is not supported"),
        "unknown_encoding" => ("无法识别文件编码，请存为 UTF-8", "is in an unknown encoding; save it as UTF-8"),
        "missing_column" => ("缺少必需的列", "lacks a column it needs"),
        "out_of_range" => ("超出范围", "is out of range"),
        "one_language" => ("中英文都要填写", "must be given in both languages"),
        "several_lines" => ("只能写一行", "must be one line"),
        "states_facts" => ("不能含有数字、链接或承诺", "must not state numbers, links or promises"),
        "emoji" => ("需要先打开“表情”", "may have emoji only when emoji are switched on"),
        "banned_word" => ("含有禁用词", "has a banned word"),
        "oneself" => ("不能停用自己的账号", "can't be done to your own account"),
        "wrong" => ("不正确", "is not correct"),
        _ => ("不正确", "is not valid"),
    };
    Bilingual::new(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_speaks_both_languages() {
        for code in Code::ALL {
            assert!(!code.text(Language::Zh).is_ascii(), "{code:?}");
            assert!(code.text(Language::En).is_ascii(), "{code:?}");
            assert!(code.status().is_client_error() || code.status().is_server_error());
        }
    }
}
