// The teaser's texts in both languages; the chat's own script need not carry them.

export const zh = {
  from: "智能客服 · 自动消息",
  continue: "继续了解",
  later: "暂不需要",
  never: "不再提醒",
  close: "关闭",
};

export type TeaserTexts = { [Key in keyof typeof zh]: string };

export const en: TeaserTexts = {
  from: "Automatic assistant",
  continue: "Continue",
  later: "Not now",
  never: "Don't show again",
  close: "Close",
};
