import { asking } from "../behaviour";
import { CATEGORIES } from "../categories";
import { useSpoken } from "../language";
import { Link } from "../place";
import { tell } from "../tandem";
import { POLICIES } from "../texts/policies";

export function Footer() {
  const { t, of } = useSpoken();
  return (
    <footer class="site-footer">
      <div class="wide columns">
        <div>
          <b class="name">{t.shop}</b>
          <p>{t.tagline}</p>
        </div>
        <nav aria-label={t.footer_shop}>
          <b>{t.footer_shop}</b>
          {CATEGORIES.map((key) => (
            <Link key={key} to={`/catalogue?category=${key}`}>
              {t[key]}
            </Link>
          ))}
        </nav>
        <nav aria-label={t.footer_help}>
          <b>{t.footer_help}</b>
          {POLICIES.slice(0, 4).map((policy) => (
            <Link key={policy.key} to={`/policies?at=${policy.key}`}>
              {of(policy.title)}
            </Link>
          ))}
          <Link to="/orders">{t.orders}</Link>
          <button type="button" onClick={() => tell("open")}>
            {t.chat}
          </button>
          <button
            type="button"
            onClick={() => {
              asking.set(true);
              scrollTo(0, 0);
            }}
          >
            {t.consent}
          </button>
        </nav>
      </div>
      <p class="wide fine">{t.footer_note}</p>
    </footer>
  );
}
