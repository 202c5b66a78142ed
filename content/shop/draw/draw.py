#!/usr/bin/env python3
"""Draws every product's picture into ../pictures from the motifs here and the `drawing` of each product file.

Run `python3 draw.py` (needs PyYAML) after adding a product; `--check` only says whether the pictures are current.
"""

import pathlib
import sys

import yaml

import gadgets
import indoors
import kitchen
import outdoors
from shapes import Paint, circle, ellipse, mix, path

HERE = pathlib.Path(__file__).resolve().parent
PRODUCTS, PICTURES = HERE.parent / "products", HERE.parent / "pictures"
BYTES_MAX = 4096
GROUNDS = {"outdoor": "#dce8dd", "kitchen": "#f1e2d0", "home": "#e7e2d8", "pet": "#f5dfcf", "digital": "#dbe4ee", "tea": "#e2ead6"}


def ground(category, is_bright):
    """The scene behind a product; darker behind a bright one, so that white things stand out."""
    base = mix(GROUNDS[category], "#6d7a86" if category == "digital" else "#8d7356", .16) if is_bright else GROUNDS[category]
    light, deep = mix(base, "#ffffff", .22 if is_bright else .5), mix(base, "#5a5348", .12)
    if category == "outdoor":
        scene = path("M0 290L84 196L150 262L246 160L400 300V400H0Z", light)
    else:
        scene = circle(200, 196, 148, light)
    return f'<rect width="400" height="400" fill="{base}"/>' + scene + path("M0 306H400V400H0Z", deep) + ellipse(200, 316, 140, 12, mix(deep, "#3b362e", .2))


def draw(category, product, colours):
    drawing = dict(product["drawing"])
    paint = Paint(colours[drawing.pop("colour")]["hex"])
    name = drawing.pop("motif")
    motif = next(getattr(shelf, name) for shelf in (outdoors, kitchen, indoors, gadgets) if hasattr(shelf, name))
    body = motif(paint, **drawing)
    title = product["title"].split(" | ")[1].replace("&", "&amp;").replace("<", "&lt;")
    return ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img">'
            f"<title>{title}</title>{ground(category, paint.is_bright)}{body}</svg>\n")


def main():
    words = yaml.safe_load((PRODUCTS / "words.yaml").read_text("utf-8"))
    wanted = {}
    for category in words["categories"]:
        for product in yaml.safe_load((PRODUCTS / f"{category}.yaml").read_text("utf-8")):
            svg = draw(category, product, words["colours"])
            assert len(svg.encode()) <= BYTES_MAX, f"{product['key']}: {len(svg.encode())} bytes"
            wanted[f"{product['key']}.svg"] = svg
    stale = {file.name for file in PICTURES.glob("*.svg")} - wanted.keys()
    changed = [name for name, svg in wanted.items() if not (PICTURES / name).exists() or (PICTURES / name).read_text("utf-8") != svg]
    if "--check" in sys.argv:
        sys.exit(f"not current: {sorted(stale) + sorted(changed)}" if stale or changed else 0)
    for name in stale:
        (PICTURES / name).unlink()
    for name in changed:
        (PICTURES / name).write_text(wanted[name], "utf-8")
    print(f"{len(wanted)} pictures, {len(changed)} changed")


if __name__ == "__main__":
    main()
