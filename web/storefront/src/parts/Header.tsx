// Name, categories, search, language, theme, orders and cart.

import { useEffect, useState } from "preact/hooks";
import { cart } from "../cart";
import { CATEGORIES } from "../categories";
import { fill, speak, useSpoken } from "../language";
import { go, Link, place } from "../place";
import { kept, useStore } from "../store";
import { Icon } from "./Icon";

function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function ThemeButton() {
  const { t } = useSpoken();
  const [dark, setDark] = useState(isDark());
  useEffect(() => {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => setDark(isDark());
    system.addEventListener("change", follow);
    return () => system.removeEventListener("change", follow);
  }, []);
  return (
    <button
      type="button"
      class="plain-icon"
      aria-label={dark ? t.theme_light : t.theme_dark}
      onClick={() => {
        const theme = dark ? "light" : "dark";
        kept.set("theme", theme);
        document.documentElement.dataset.theme = theme;
        setDark(!dark);
      }}
    >
      <Icon name={dark ? "sun" : "moon"} />
    </button>
  );
}

export function Header() {
  const { t, language } = useSpoken();
  const { path, query } = useStore(place);
  const count = useStore(cart).reduce((sum, line) => sum + line.quantity, 0);
  const searched = path === "/catalogue" ? (query.get("text") ?? "") : "";
  const category = path === "/catalogue" ? query.get("category") : null;
  return (
    <header class="site-header">
      <div class="wide bar">
        <Link to="/" class="logo">
          <img src="/shop/icon.svg" alt="" width={30} height={30} />
          <span>{t.shop}</span>
        </Link>
        <form
          class="search"
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            const text = String(new FormData(event.currentTarget).get("text") ?? "").trim();
            go(text ? `/catalogue?text=${encodeURIComponent(text)}` : "/catalogue");
          }}
        >
          <Icon name="search" size={18} />
          <input
            key={searched}
            type="search"
            name="text"
            defaultValue={searched}
            placeholder={t.search}
            aria-label={t.search}
          />
        </form>
        <div class="tools">
          <button
            type="button"
            class="plain-icon text"
            lang={language === "zh" ? "en" : "zh-CN"}
            onClick={() => speak(language === "zh" ? "en" : "zh")}
          >
            {t.other_language}
          </button>
          <ThemeButton />
          <Link to="/orders" class="plain-icon" aria-label={t.orders} title={t.orders}>
            <Icon name="box" />
          </Link>
          <Link
            to="/cart"
            class="plain-icon"
            aria-label={count ? fill(t.cart_count, { n: count }) : t.cart}
            title={t.cart}
          >
            <Icon name="cart" />
            {count > 0 && (
              <span class="count" aria-hidden="true">
                {count > 99 ? "99+" : count}
              </span>
            )}
          </Link>
        </div>
      </div>
      <nav class="wide categories" aria-label={t.menu}>
        <Link
          to="/catalogue"
          aria-current={path === "/catalogue" && !category && !searched ? "page" : undefined}
        >
          {t.all}
        </Link>
        {CATEGORIES.map((key) => (
          <Link
            key={key}
            to={`/catalogue?category=${key}`}
            aria-current={category === key ? "page" : undefined}
          >
            {t[key]}
          </Link>
        ))}
        <Link to="/policies" class="end" aria-current={path === "/policies" ? "page" : undefined}>
          {t.policies}
        </Link>
      </nav>
    </header>
  );
}
