// 主动消息气泡的中文文案；不必随聊天脚本一起加载。
export const zh = {
  from: "智能客服 · 自动消息",
  continue: "继续了解",
  later: "暂不需要",
  never: "不再提醒",
  close: "关闭",
};

export type Texts = { [Key in keyof typeof zh]: string };
