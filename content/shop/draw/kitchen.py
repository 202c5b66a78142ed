"""Motifs of the kitchen and tea shelves."""

from shapes import circle, ellipse, fish, flower, leaf, mix, path, paw, rect, stroke, turned


def steam(x, y):
    return stroke(f"M{x - 18} {y}c-10-14 10-20 0-36M{x + 18} {y}c-10-14 10-20 0-36", "#ffffff", 6)


def kettle(p, **_):
    return (stroke("M152 226C92 232 128 128 74 118", p.c, 13) + stroke("M274 160C344 150 340 266 276 262", p.wood, 15)
            + path("M150 152H262C276 220 288 268 292 300C292 308 286 312 278 312H134C126 312 120 308 120 300C124 268 136 220 150 152Z", p.c)
            + path("M232 152H262C276 220 288 268 292 300C292 308 286 312 278 312H240C252 270 246 210 232 152Z", p.d)
            + path("M146 152C150 128 262 128 266 152Z", p.dd) + circle(206, 124, 12, p.wood)
            + rect(150, 186, 9, 84, p.l, 4) + steam(72, 100))


def pan(p, **_):
    return (turned(rect(288, 206, 112, 24, p.c, 12) + circle(380, 218, 6, "#ffffff"), -32, 200, 218) + circle(182, 222, 108, p.d)
            + circle(182, 218, 104, p.c) + circle(182, 218, 86, p.dd)
            + path("M150 186C178 164 232 176 238 212C244 250 200 272 168 258C132 246 124 206 150 186Z", "#fffdf6")
            + circle(188, 214, 25, "#f4b83f") + circle(180, 206, 7, "#fbd884"))


def pot(p, **_):
    return (rect(66, 190, 44, 24, p.dd, 12) + rect(290, 190, 44, 24, p.dd, 12)
            + path("M92 186H308C308 268 278 312 240 312H160C122 312 92 268 92 186Z", p.c)
            + path("M250 186H308C308 268 278 312 240 312H212C244 290 252 240 250 186Z", p.d)
            + path("M84 186C84 128 316 128 316 186Z", p.d) + path("M100 176C112 144 200 138 220 140C160 146 130 160 122 178Z", p.l)
            + ellipse(200, 134, 22, 12, p.dd) + steam(200, 108))


def knife(p, **_):
    return turned(path("M60 196H236V246C160 252 96 236 60 196Z", p.metal) + path("M72 208C110 236 164 246 236 240V246C160 252 96 236 60 196Z", "#eef2f5")
                  + rect(232, 190, 16, 60, p.metal_d, 4) + rect(246, 194, 108, 36, p.c, 16)
                  + circle(276, 212, 5, p.accent) + circle(304, 212, 5, p.accent) + circle(332, 212, 5, p.accent), -24)


def board(p, **_):
    return turned(rect(104, 104, 192, 208, p.d, 26) + rect(104, 98, 192, 208, p.c, 26) + rect(172, 112, 56, 18, "#ffffff", 9, ' opacity=".75"')
                  + stroke("M152 146V296M200 146V296M248 146V296", p.d, 3), -8) + (
        circle(176, 232, 36, "#d9534a") + circle(166, 220, 8, "#ee8d83") + path("M176 198l-14-10 14 2 6-10 4 12 14-2-12 10Z", "#5b8f4b")
        + ellipse(250, 262, 42, 18, "#6fa05a") + ellipse(250, 258, 42, 18, "#8fbf74"))


def mug(p, **_):
    return (stroke("M270 176C330 172 330 264 268 260", p.d, 18) + path("M112 138H276L268 296C266 306 260 312 250 312H138C128 312 122 306 120 296Z", p.c)
            + path("M236 138H276L268 296C266 306 260 312 250 312H218C236 290 238 200 236 138Z", p.d)
            + ellipse(194, 138, 82, 20, p.dd) + ellipse(194, 142, 70, 14, "#8a5f42")
            + flower(182, 226, 30, p.l if p.l != p.c else p.paper, p.accent) + steam(194, 104))


def lunch_box(p, **_):
    return (rect(70, 150, 260, 160, p.d, 34) + rect(70, 142, 260, 156, p.c, 34) + rect(86, 158, 128, 124, p.paper, 22)
            + rect(224, 158, 90, 56, p.paper, 18) + rect(224, 224, 90, 58, p.paper, 18)
            + ellipse(150, 220, 50, 46, "#fffdf4") + circle(150, 220, 9, "#c8483f")
            + circle(250, 186, 14, "#7fae5f") + circle(276, 190, 16, "#94c274") + circle(296, 182, 11, "#7fae5f")
            + rect(236, 240, 30, 26, "#f2c14e", 6) + rect(272, 240, 30, 26, "#f4cf76", 6))


def jars(p, **_):
    def jar(x, top, w, fill):
        return (rect(x, top + 22, w, 310 - top - 22, "#e8f1f1", 16) + rect(x + 6, top + 22 + (310 - top) * .32, w - 12, (310 - top) * .56, fill, 12)
                + rect(x + 4, top, w - 8, 28, p.c, 8) + rect(x + 4, top + 18, w - 8, 10, p.d, 5) + rect(x + 12, top + 46, 7, 40, "#ffffff", 3))
    return jar(66, 176, 82, "#6b4630") + jar(158, 130, 92, "#e2c58f") + jar(262, 202, 78, "#9dbb77")


def cooker(p, **_):
    return (path("M92 214C92 124 308 124 308 214V270C308 300 290 312 262 312H138C110 312 92 300 92 270Z", p.c)
            + path("M92 206C92 116 308 116 308 206Z", p.d) + path("M112 196C124 152 170 142 206 140C160 150 142 172 138 198Z", p.l)
            + rect(176, 118, 48, 18, p.dd, 9) + rect(150, 232, 100, 54, p.dd, 16) + rect(160, 242, 48, 34, "#bfe3d4", 8)
            + circle(228, 259, 13, p.accent) + steam(272, 116))


def grinder(p, **_):
    return (stroke("M200 92H296", p.metal_d, 11) + circle(200, 92, 11, p.ink) + rect(286, 64, 26, 40, p.wood, 12)
            + rect(158, 100, 84, 116, p.c, 16) + rect(214, 100, 28, 116, p.d, 12) + rect(152, 190, 96, 26, p.ink, 8)
            + rect(164, 216, 72, 94, p.d, 12) + rect(164, 216, 72, 94, p.c, 12) + rect(170, 108, 8, 74, p.l, 4)
            + rect(164, 250, 72, 34, p.wood, 4) + ellipse(104, 300, 16, 11, "#6b4630") + ellipse(132, 308, 14, 9, "#7d5238") + stroke("M96 300q8-6 16 0", "#4b2f1f", 3))


def steamer(p, **_):
    tier = lambda y: rect(84, y, 232, 66, p.c, 12) + rect(84, y, 232, 14, p.d, 7) + rect(84, y + 54, 232, 12, p.d, 6)
    return (steam(200, 92) + path("M84 174C92 112 308 112 316 174Z", p.c) + stroke("M108 166C160 118 240 118 292 166M150 166C176 126 224 126 250 166", p.d, 5)
            + tier(174) + tier(244) + stroke("M130 190V226M176 190V226M222 190V226M268 190V226", p.l, 5))


def apron(p, **_):
    return (stroke("M160 112C160 58 240 58 240 112M118 206C70 214 74 250 60 268M282 206C330 214 326 250 340 268", p.dd, 8)
            + path("M154 106H246L254 170C270 196 284 198 290 204V304C290 312 284 316 276 316H124C116 316 110 312 110 304V204C116 198 130 196 146 170Z", p.c)
            + path("M232 106H246L254 170C270 196 284 198 290 204V304C290 312 284 316 276 316H250C262 240 240 170 232 106Z", p.d)
            + rect(146, 216, 108, 66, p.d, 10) + rect(146, 216, 108, 14, p.l, 7) + rect(190, 196, 8, 48, p.wood, 4) + ellipse(194, 190, 11, 15, p.wood))


SYMBOLS = {"paw": lambda p: paw(200, 228, 22, p.d), "fish": lambda p: fish(200, 226, 40, p.c),
           "flower": lambda p: flower(200, 226, 36, "#fffaf0", p.accent), "leaf": lambda p: leaf(200, 224, 32, p.d, p.l)}


def pouch(p, symbol="leaf", **_):
    patch = p.l if symbol != "flower" else p.d
    return (path("M118 112H282L294 300C294 308 288 312 280 312H120C112 312 106 308 106 300Z", p.c)
            + path("M254 112H282L294 300C294 308 288 312 280 312H248C262 250 260 180 254 112Z", p.d)
            + rect(114, 88, 172, 34, p.d, 6) + stroke("M126 106H274", p.l, 3) + circle(200, 226, 60, patch) + SYMBOLS[symbol](p))


def tin(p, symbol="leaf", **_):
    return (rect(126, 130, 148, 182, p.c, 14) + path("M238 130H260C268 130 274 136 274 144V298C274 306 268 312 260 312H238Z", p.d)
            + rect(118, 96, 164, 48, p.d, 14) + rect(118, 132, 164, 12, p.dd, 5) + rect(136, 106, 60, 8, p.l, 4)
            + rect(156, 172, 88, 108, p.paper, 10) + leaf(200, 222, 28, "#6f9a5d", "#e9f0df") + stroke("M176 264H224", p.c, 5)
            + leaf(306, 300, 13, "#5f8a4f", "#d6e4c6") + leaf(94, 302, 11, "#7ba267", "#e0ecd2"))


def tea_cake(p, **_):
    rings = "".join(circle(200, 206, r, "none", f' stroke="{mix(p.d, "#000000", .1)}" stroke-width="4" stroke-dasharray="{a} {b}"') for r, a, b in ((40, 14, 9), (66, 20, 11), (90, 12, 14)))
    return (circle(200, 210, 112, p.dd) + circle(200, 204, 112, p.c) + rings + circle(200, 204, 20, p.dd) + circle(200, 204, 14, p.d)
            + path("M200 92A112 112 0 0 1 312 204L262 212C270 160 240 140 196 140Z", p.paper) + leaf(256, 152, 17, "#6f9a5d", "#e9f0df"))


def gaiwan(p, **_):
    cup = lambda x: path(f"M{x} 266H{x + 60}C{x + 58} 296 {x + 46} 312 {x + 30} 312C{x + 14} 312 {x + 2} 296 {x} 266Z", p.c) + ellipse(x + 30, 266, 30, 8, "#b9803f")
    return (ellipse(204, 304, 96, 14, p.d) + path("M126 196H282C280 262 250 296 228 300H180C158 296 128 262 126 196Z", p.c)
            + path("M244 196H282C280 262 250 296 228 300H206C238 280 246 240 244 196Z", p.d) + path("M134 190C146 144 262 144 274 190Z", p.l)
            + path("M226 156C252 162 268 174 274 190H236C240 178 234 164 226 156Z", p.d) + rect(186, 138, 36, 16, p.d, 8)
            + ellipse(204, 192, 78, 10, p.dd) + cup(58) + cup(288) + leaf(178, 240, 17, p.d, p.l))


def tea_cup(p, **_):
    cup = lambda x, y: path(f"M{x} {y}H{x + 66}C{x + 64} {y + 32} {x + 50} {y + 46} {x + 33} {y + 46}C{x + 16} {y + 46} {x + 2} {y + 32} {x} {y}Z", p.l) + ellipse(x + 33, y, 33, 9, "#b9803f")
    return (path("M128 160H248C252 230 226 286 208 290H168C150 286 124 230 128 160Z", p.c) + path("M222 160H248C252 230 226 286 208 290H188C216 268 226 210 222 160Z", p.d)
            + path("M244 168L286 158L262 200Z", p.d) + ellipse(188, 160, 62, 14, p.dd) + path("M138 152C150 122 226 122 238 152Z", p.d) + circle(188, 120, 11, p.dd)
            + cup(70, 262) + cup(166, 268) + cup(262, 262) + steam(188, 100))


def tray(p, **_):
    return (path("M60 236H340L322 282H78Z", p.d) + path("M78 190H322L340 236H60Z", p.c) + rect(150, 246, 100, 24, p.wood_d, 8) + circle(200, 258, 6, p.l)
            + stroke("M110 200L100 228M142 200L136 228M174 200L172 228M206 200L208 228M238 200L244 228M270 200L280 228M300 200L314 228", p.d, 5)
            + path("M152 130H232C232 178 212 200 192 200C172 200 152 178 152 130Z", "#a9cbbd") + path("M156 126C164 104 220 104 228 126Z", "#c6ddd3") + circle(192, 104, 8, "#7fa797")
            + path("M250 176H296C296 198 286 208 273 208C260 208 250 198 250 176Z", "#c6ddd3") + ellipse(273, 176, 23, 6, "#b9803f") + rect(92, 282, 22, 20, p.d, 4) + rect(286, 282, 22, 20, p.d, 4))
