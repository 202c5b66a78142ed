"""Motifs of the digital shelf."""

from shapes import circle, ellipse, path, rect, stroke, turned


def earbuds(p, **_):
    bud = lambda x: rect(x + 8, 138, 18, 58, p.c, 9) + circle(x + 17, 124, 24, p.c) + circle(x + 10, 118, 11, p.ink) + rect(x + 20, 150, 6, 44, p.d, 3)
    return (bud(128) + turned(bud(228), 8, 245, 150) + rect(104, 186, 192, 128, p.d, 50) + rect(104, 180, 192, 126, p.c, 50)
            + path("M104 222C104 198 124 180 150 180H250C276 180 296 198 296 222Z", p.d) + stroke("M104 222H296", p.dd, 4) + circle(200, 258, 7, "#7fcf9f") + stroke("M128 246Q128 276 146 288", p.l, 6))


def power_bank(p, **_):
    return turned(rect(136, 80, 128, 232, p.dd, 26) + rect(136, 74, 128, 230, p.c, 26) + path("M226 74H238C252 74 264 86 264 100V278C264 292 252 304 238 304H214C230 280 236 120 226 74Z", p.d)
                  + "".join(rect(166 + i * 19, 96, 12, 8, "#8fd6b0" if i < 3 else p.l, 4) for i in range(4)) + path("M206 156L176 206H198L190 250L226 194H203Z", p.accent)
                  + stroke("M200 304C200 344 292 336 292 278V214", p.ink, 7) + rect(282, 190, 20, 30, p.metal, 5), 8)


def hub(p, **_):
    return (stroke("M102 210C46 210 60 128 116 120", p.ink, 9) + rect(110, 108, 36, 24, p.metal_d, 6) + rect(88, 178, 248, 76, p.d, 20) + rect(88, 172, 248, 72, p.c, 20)
            + rect(112, 198, 40, 22, p.ink, 5) + rect(164, 198, 40, 22, p.ink, 5) + rect(216, 202, 28, 14, p.ink, 7) + rect(256, 194, 36, 28, p.ink, 4) + rect(262, 200, 24, 14, p.accent, 2)
            + circle(314, 208, 6, "#8fd6b0") + stroke("M108 182H300", p.l, 4))


def charger(p, **_):
    return (rect(166, 66, 16, 50, p.metal_d, 4) + rect(218, 66, 16, 50, p.metal_d, 4) + rect(118, 108, 164, 206, p.d, 34) + rect(118, 104, 164, 202, p.c, 34)
            + path("M240 104C266 108 282 122 282 140V272C282 290 266 306 248 306H226C246 280 250 150 240 104Z", p.d)
            + rect(172, 168, 56, 22, p.ink, 11) + rect(172, 204, 56, 22, p.ink, 11) + rect(168, 242, 64, 24, p.ink, 5) + rect(178, 250, 44, 8, p.accent, 3) + rect(138, 130, 8, 90, p.l, 4))


def stand(p, **_):
    return (ellipse(212, 300, 88, 20, p.d) + ellipse(212, 292, 88, 20, p.c) + stroke("M216 286L236 190", p.d, 18) + stroke("M214 286L232 190", p.c, 11)
            + turned(rect(130, 66, 116, 206, "#38404a", 20) + rect(138, 76, 100, 186, "#bcd8e2", 13) + path("M138 208C170 176 202 222 238 184V249C238 256 232 262 225 262H151C144 262 138 256 138 249Z", "#7fb2a4") + circle(208, 118, 15, "#f6d98a") + rect(172, 82, 32, 7, "#38404a", 3), 10, 190, 170))


def band(p, **_):
    return (path("M158 40H242L250 130H150Z", p.c) + path("M214 40H242L250 130H222Z", p.d) + path("M150 270H250L240 350H160Z", p.c) + path("M222 270H250L240 350H216Z", p.d)
            + "".join(circle(200, y, 5, p.dd) for y in (304, 322, 340)) + rect(136, 106, 128, 188, "#2c333c", 42) + rect(146, 116, 108, 168, "#11161c", 34)
            + stroke("M160 214H178L188 190L204 240L216 206L222 214H240", p.l, 6) + rect(168, 140, 64, 12, "#dfe6ea", 5) + rect(178, 160, 44, 7, "#7f8c97", 3) + circle(200, 262, 8, "#7fcf9f"))


def speaker(p, **_):
    holes = "".join(circle(x, y, 4, p.dd) for x in range(138, 270, 20) for y in range(152, 262, 20))
    return (stroke("M262 98C318 70 332 130 286 146", p.dd, 9) + rect(104, 102, 192, 210, p.d, 52) + rect(104, 96, 192, 208, p.c, 52) + rect(122, 132, 156, 146, p.d, 34) + holes
            + stroke("M182 114H218M200 112V116", p.l, 6) + rect(168, 196, 64, 22, p.paper, 11) + stroke("M184 207H216", p.d, 4))


def keyboard(p, **_):
    keys = ""
    for row, y in enumerate((170, 200, 230)):
        for column in range(9):
            x = 66 + column * 30
            lit = (row, column) in ((0, 0), (1, 8))
            keys += rect(x, y, 25, 24, "#e0735f" if lit else (p.l if column < 7 else p.d), 6)
    return (rect(48, 150, 304, 150, p.dd, 22) + rect(48, 144, 304, 146, p.c, 22) + keys + rect(66, 260, 55, 20, p.d, 6) + rect(126, 260, 145, 20, p.l, 6) + rect(276, 260, 55, 20, p.d, 6))


def mouse(p, **_):
    return (path("M118 196C118 60 282 60 282 196V232C282 342 118 342 118 232Z", p.c) + path("M236 106C268 122 282 154 282 196V232C282 300 240 322 200 320C262 290 262 160 236 106Z", p.d)
            + stroke("M122 196Q200 214 278 196M200 98V204", p.dd, 4) + rect(190, 126, 20, 46, p.ink, 10) + rect(195, 134, 10, 16, p.accent, 5) + stroke("M142 228Q146 272 168 290", p.l, 7))


def reader(p, **_):
    lines = "".join(rect(140, y, w, 7, "#a8a89e", 3) for y, w in ((206, 120), (222, 108), (238, 116), (254, 84)))
    return turned(rect(112, 66, 176, 248, p.dd, 20) + rect(112, 62, 176, 246, p.c, 20) + rect(128, 80, 144, 196, "#f2efe4", 6)
                  + path("M140 176C160 140 176 168 192 146C214 118 232 160 260 132V192H140Z", "#c5c7bd") + circle(226, 112, 13, "#d9d6c8") + lines + rect(184, 286, 32, 8, p.l, 4), -7)


def adapter(p, **_):
    return (rect(112, 112, 176, 196, p.d, 32) + rect(112, 106, 176, 194, p.c, 32) + path("M244 106H256C274 106 288 120 288 138V268C288 286 274 300 256 300H228C250 270 254 160 244 106Z", p.d)
            + circle(200, 184, 50, p.paper) + circle(182, 172, 7, p.ink) + circle(218, 172, 7, p.ink) + rect(194, 196, 12, 18, p.ink, 4)
            + rect(142, 252, 34, 16, p.ink, 8) + rect(184, 252, 34, 16, p.ink, 8) + rect(226, 250, 36, 20, p.ink, 4) + rect(160, 70, 14, 42, p.metal_d, 4) + rect(226, 70, 14, 42, p.metal_d, 4) + stroke("M130 138V220", p.l, 6))
