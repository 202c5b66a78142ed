// Applies the kept theme and language before the first paint. A file of its own because the page allows no inline script.
(() => {
  let theme = null;
  let language = null;
  try {
    theme = localStorage.getItem("shanlan:theme");
    language = localStorage.getItem("shanlan:language");
  } catch {}
  if (theme) document.documentElement.dataset.theme = theme;
  language ??= /^zh/i.test(navigator.language) ? "zh" : "en";
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
})();
