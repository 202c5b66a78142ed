"""Small SVG building blocks and colour arithmetic for the shop's drawings."""


def mix(one, other, share):
    """`share` of `other` in `one`, both `#rrggbb`."""
    parts = [(int(one[i:i + 2], 16), int(other[i:i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


class Paint:
    """A product's colour with the shades a flat drawing needs."""

    def __init__(self, base):
        bright = sum(int(base[i:i + 2], 16) for i in (1, 3, 5)) / 765
        self.c = base
        self.is_bright = bright > 0.88
        self.d = mix(base, "#1d2530", 0.16 if bright > 0.8 else 0.28)
        self.dd = mix(base, "#1d2530", 0.32 if bright > 0.8 else 0.48)
        self.l = mix(base, "#ffffff", 0.55 if bright > 0.8 else 0.3)
        self.ink = "#38404a"
        self.metal, self.metal_d = "#cfd6dc", "#a7b0b8"
        self.wood, self.wood_d = "#c79a68", "#a67c4e"
        self.paper = "#fbf8f1"
        self.accent = "#e9b44c"


def n(value):
    return f"{value:g}"


def rect(x, y, w, h, fill, r=0, extra=""):
    rounded = f' rx="{n(r)}"' if r else ""
    return f'<rect x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}"{rounded} fill="{fill}"{extra}/>'


def circle(x, y, r, fill, extra=""):
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" fill="{fill}"{extra}/>'


def ellipse(x, y, rx, ry, fill, extra=""):
    return f'<ellipse cx="{n(x)}" cy="{n(y)}" rx="{n(rx)}" ry="{n(ry)}" fill="{fill}"{extra}/>'


def path(d, fill, extra=""):
    return f'<path d="{d}" fill="{fill}"{extra}/>'


def stroke(d, colour, width=6):
    return (f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{n(width)}" '
            'stroke-linecap="round" stroke-linejoin="round"/>')


def turned(body, degrees, x=200, y=200):
    return f'<g transform="rotate({n(degrees)} {n(x)} {n(y)})">{body}</g>'


def scaled(body, factor, x=200, y=310):
    """Shrinks towards a point, by default the middle of the ground."""
    return (f'<g transform="translate({n(x * (1 - factor))} {n(y * (1 - factor))}) '
            f'scale({n(factor)})">{body}</g>')


def paw(x, y, size, fill):
    s = size
    toes = [(-1.0, -0.5), (-0.38, -1.15), (0.38, -1.15), (1.0, -0.5)]
    return ellipse(x, y + 0.35 * s, 0.8 * s, 0.65 * s, fill) + "".join(
        ellipse(x + a * s, y + b * s, 0.32 * s, 0.42 * s, fill) for a, b in toes)


def leaf(x, y, size, fill, vein):
    s = size
    return (path(f"M{n(x)} {n(y + s)}C{n(x - 1.1 * s)} {n(y + .3 * s)} {n(x - .7 * s)} {n(y - .7 * s)} {n(x)} {n(y - s)}"
                 f"C{n(x + .7 * s)} {n(y - .7 * s)} {n(x + 1.1 * s)} {n(y + .3 * s)} {n(x)} {n(y + s)}Z", fill)
            + stroke(f"M{n(x)} {n(y + s)}V{n(y - .5 * s)}", vein, 3))


def flower(x, y, size, fill, heart):
    import math
    petals = "".join(circle(x + size * .62 * math.cos(a * math.pi / 3), y + size * .62 * math.sin(a * math.pi / 3),
                            size * .42, fill) for a in range(6))
    return petals + circle(x, y, size * .36, heart)


def fish(x, y, size, fill):
    s = size
    return (ellipse(x - .15 * s, y, .85 * s, .48 * s, fill)
            + path(f"M{n(x + .5 * s)} {n(y)}l{n(.6 * s)} {n(-.5 * s)}v{n(s)}z", fill)
            + circle(x - .55 * s, y - .1 * s, .08 * s, "#ffffff"))
