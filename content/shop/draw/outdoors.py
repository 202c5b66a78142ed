"""Motifs of the outdoor shelf."""

from shapes import circle, ellipse, path, rect, scaled, stroke, turned


def tent(p, tall=False, **_):
    top, wide = (96, 150) if tall else (124, 140)
    body = (path(f"M{200 - wide} 310L190 {top}H214L{200 + wide} 310Z", p.c)
            + path(f"M214 {top}L{200 + wide} 310H246Z", p.d)
            + path(f"M202 {top + 24}L156 310H250Z", p.dd) + path(f"M202 {top + 24}L156 310H196Z", p.l)
            + stroke(f"M190 {top}L{182} {top - 18}M214 {top}L222 {top - 18}", p.ink, 5)
            + stroke(f"M{200 - wide} 310l-22 8M{200 + wide} 310l22 8", p.ink, 4))
    if tall:
        body += rect(98, 236, 40, 34, p.paper, 5) + rect(278, 236, 32, 34, p.paper, 5)
    return circle(306, 104, 26, "#f6d98a") + body


def sleeping_bag(p, **_):
    body = (path("M138 92C138 58 262 58 262 92L272 210C270 262 244 316 200 320C156 316 130 262 128 210Z", p.c)
            + path("M200 66C240 66 262 74 262 92L272 210C270 262 244 316 200 320Z", p.d)
            + ellipse(200, 108, 44, 32, p.paper) + ellipse(200, 118, 34, 20, p.l))
    for y in (160, 200, 240, 278):
        body += stroke(f"M{132 + max(0, y - 220) * .5} {y}Q200 {y + 16} {268 - max(0, y - 220) * .5} {y}", p.dd, 3)
    return turned(body + stroke("M200 140V312", p.accent, 4), 14)


def backpack(p, small=False, **_):
    body = (stroke("M172 96C172 64 228 64 228 96", p.dd, 9)
            + path("M112 190C84 196 84 288 112 292Z", p.d) + path("M288 190C316 196 316 288 288 292Z", p.d)
            + rect(112, 92, 176, 220, p.c, 46) + path("M112 160V138C112 108 136 92 160 92H240C264 92 288 108 288 138V160C240 182 160 182 112 160Z", p.d)
            + rect(140, 208, 120, 80, p.l, 20) + rect(140, 208, 120, 26, p.d, 12)
            + rect(162, 158, 14, 40, p.accent, 5) + rect(224, 158, 14, 40, p.accent, 5))
    if not small:
        body = rect(118, 296, 164, 26, p.accent, 13) + body
    return scaled(body, .84) if small else body


def chair(p, **_):
    return (stroke("M128 316L246 206M272 316L154 206", p.ink, 9) + stroke("M118 190L108 108M282 190L292 108", p.ink, 9)
            + path("M104 96C150 78 250 78 296 96L286 186C260 238 140 238 114 186Z", p.c)
            + path("M114 186C140 238 260 238 286 186C250 206 150 206 114 186Z", p.d)
            + path("M124 104C160 92 240 92 276 104L273 128C240 116 160 116 127 128Z", p.l))


def lantern(p, **_):
    return (circle(200, 206, 118, "#fbe6ae", ' opacity=".6"') + stroke("M152 132C152 58 248 58 248 132", p.ink, 7)
            + rect(146, 118, 108, 34, p.c, 14) + rect(156, 152, 88, 104, "#fff1c4", 10)
            + ellipse(200, 204, 20, 32, "#f7c65a") + stroke("M172 152V256M228 152V256", p.d, 5)
            + rect(138, 256, 124, 54, p.c, 16) + rect(138, 286, 124, 24, p.d, 12) + circle(200, 274, 9, p.paper))


def poles(p, **_):
    one = (rect(192, 66, 16, 58, "#c9a27a", 8) + rect(196, 120, 8, 64, p.c) + rect(197, 184, 6, 64, p.ink)
           + rect(197.5, 248, 5, 60, p.d) + ellipse(200, 292, 17, 6, p.dd) + stroke("M192 78C168 84 168 116 192 118", p.ink, 4))
    return turned(one, -14, 200, 310) + turned(one, 14, 200, 310)


def mat(p, **_):
    body = path("M76 250L140 150H336L290 250Z", p.c) + path("M76 250H290V264H76Z", p.d) + path("M290 250L336 150V164L290 264Z", p.dd)
    for i in range(1, 5):
        body += stroke(f"M{76 + i * 43} 250L{140 + i * 39} 150", p.l, 5)
    for y in (175, 200, 225):
        body += stroke(f"M{140 - (y - 150) * .64} {y}H{336 - (y - 150) * .46}", p.l, 5)
    basket = rect(196, 122, 92, 58, p.wood, 10) + rect(190, 116, 104, 18, p.wood_d, 8) + stroke("M212 116C212 82 272 82 272 116", p.wood_d, 7)
    return body + basket + circle(146, 208, 20, "#d9534a") + stroke("M146 188c0-8 6-12 12-12", "#5b7f45", 4)


def flask(p, **_):
    return (rect(164, 62, 72, 44, p.metal, 12) + rect(164, 88, 72, 18, p.metal_d) + rect(170, 104, 60, 16, p.ink)
            + path("M152 150C152 128 168 118 176 118H224C232 118 248 128 248 150V286C248 302 238 312 224 312H176C162 312 152 302 152 286Z", p.c)
            + path("M222 118H224C232 118 248 128 248 150V286C248 302 238 312 224 312H214C224 300 226 290 226 280V150C226 136 226 126 222 118Z", p.d)
            + rect(164, 146, 10, 120, p.l, 5) + path("M176 222L200 184L224 222Z", p.paper) + path("M190 222L208 196L226 222Z", p.l))


def jacket(p, quilted=False, **_):
    body = (path("M136 122L84 160L62 276L104 284L124 212Z", p.d) + path("M264 122L316 160L338 276L296 284L276 212Z", p.d)
            + path("M136 122C160 108 240 108 264 122L280 220L276 316H124L120 220Z", p.c)
            + path("M158 114C156 76 244 76 242 114C228 136 172 136 158 114Z", p.dd) + ellipse(200, 112, 30, 15, p.l)
            + stroke("M200 130V314", p.paper, 4))
    if quilted:
        for y in (160, 194, 228, 262, 292):
            body += stroke(f"M124 {y}Q162 {y + 9} 198 {y}M202 {y}Q240 {y + 9} 276 {y}", p.d, 4)
    else:
        body += stroke("M144 236L172 252M256 236L228 252", p.dd, 5) + rect(222, 158, 30, 10, p.accent, 4)
    return body


def shoe(p, **_):
    return (path("M70 284C68 236 84 208 104 180C120 200 148 204 160 186L232 230C270 240 320 240 330 284Z", p.c)
            + path("M270 240C304 244 326 254 330 284H252C250 262 256 248 270 240Z", p.d)
            + path("M70 270C68 236 84 208 104 180C112 190 124 194 136 194C116 222 112 250 114 284H70Z", p.dd)
            + path("M62 280H340V296C340 306 334 310 324 310H80C68 310 62 304 62 294Z", p.paper)
            + path("M62 298H340C338 310 332 314 322 314H82C68 314 62 308 62 298Z", p.ink)
            + stroke("M166 202L150 220M188 214L172 234M210 226L194 246", p.accent, 6))
