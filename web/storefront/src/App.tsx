// Which page it is, and what surrounds every page.

import { useEffect, useRef } from "preact/hooks";
import { isCategory } from "./categories";
import { useSpoken } from "./language";
import { Cart } from "./pages/Cart";
import { Catalogue } from "./pages/Catalogue";
import { Checkout } from "./pages/Checkout";
import { Home } from "./pages/Home";
import { OrderPage } from "./pages/Order";
import { Orders } from "./pages/Orders";
import { Policies } from "./pages/Policies";
import { ProductPage } from "./pages/Product";
import { Consent } from "./parts/Consent";
import { DemoBar } from "./parts/DemoBar";
import { Footer } from "./parts/Footer";
import { Header } from "./parts/Header";
import { Empty } from "./parts/States";
import { Link, place } from "./place";
import { useStore } from "./store";

function Page({ path }: { path: string }) {
  const { t } = useSpoken();
  const [, folder, id] = path.split("/");
  const key = decodeURIComponent(id ?? "");
  if (path === "/") return <Home />;
  if (path === "/catalogue") return <Catalogue />;
  if (folder === "products" && key) return <ProductPage id={key} key={key} />;
  if (path === "/cart") return <Cart />;
  if (path === "/checkout") return <Checkout />;
  if (folder === "orders") return key ? <OrderPage id={key} key={key} /> : <Orders />;
  if (path === "/policies") return <Policies />;
  return (
    <div class="wide page">
      <Empty icon="search" title={t.lost} note={t.lost_note}>
        <Link to="/" class="button">
          {t.to_home}
        </Link>
      </Empty>
    </div>
  );
}

export function App() {
  const { t } = useSpoken();
  const { path, query } = useStore(place);
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const category = query.get("category");
  const folder = path.split("/")[1];
  const name =
    path === "/catalogue"
      ? isCategory(category)
        ? t[category]
        : t.all
      : { "/cart": t.cart, "/checkout": t.checkout_title, "/orders": t.orders, "/policies": t.policies }[
          path
        ];
  // A product's page is called after the product, once it's known.
  const isProduct = path.startsWith("/products/");
  useEffect(() => {
    if (!isProduct) document.title = name ? `${name} · ${t.shop}` : `${t.shop} · ${t.tagline}`;
  }, [isProduct, name, t]);
  useEffect(() => {
    // A screen reader starts at the new page, as it would after a load.
    if (!first.current)
      (main.current?.querySelector<HTMLElement>("h1") ?? main.current)?.focus({ preventScroll: true });
    first.current = false;
  }, [path]);
  return (
    <>
      <a class="skip" href="#main">
        {t.skip}
      </a>
      <DemoBar />
      <Header />
      <Consent />
      <main id="main" tabIndex={-1} ref={main} data-tandem-page={folder || "home"}>
        <Page path={path} />
      </main>
      <Footer />
    </>
  );
}
