#!/usr/bin/env python3
"""Checks the demo shop's articles and says which customer topics they cover.

    python3 content/articles/check.py
    python3 content/articles/check.py --csds val.jsonl [--write-topics docs/topics.md]

An article holds from its `valid_from` day on, and no longer on its `valid_until` day, in the shop's time (Asia/Shanghai).
Needs PyYAML (`pip install pyyaml`). The CSDS file is read for topic names and counts only.
"""
import argparse
import collections
import datetime
import json
import pathlib
import re
import sys

try:
    import yaml
except ImportError:
    sys.exit("PyYAML is missing: pip install pyyaml")

HERE = pathlib.Path(__file__).resolve().parent
PRODUCT_CATEGORIES = {"outdoor", "kitchen", "home", "pet", "digital", "tea"}
FIELDS = {"key", "category", "scope", "valid_from", "valid_until", "topics", "zh", "en"}
ZH_ALIASES, EN_ALIASES = (3, 6), (2, 4)
ZH_ANSWER_CHARS = (20, 600)
EN_ANSWER_CHARS = (40, 1500)
FILE_LINES_MAX = 600
ARTICLES_MIN = 150

# Advertising law forbids superlatives; the brief forbids naming the data set's company; no address is invented.
FORBIDDEN_ZH = re.compile(r"最|第一|100\s?%|绝对|顶级|国家级|https?:|www\.")
FORBIDDEN_EN = re.compile(r"\b(best|guaranteed|number one|100\s?%)(?!\w)|https?:|www\.", re.I)
FORBIDDEN_NAMES = re.compile(r"京东|京豆|夺宝岛|\bJD\b", re.I)

# Topics for which a skill does something or looks something up for one order or product; the article explains in general.
SKILLS = {
    "product_facts": "属性咨询 商品价格咨询 包装清单 是什么颜色 保修期保质期 生产日期 使用咨询",
    "compare_products": "商品比较",
    "size_and_fit": "属性咨询",
    "stock": "库存状态 为什么显示无货 无法购买提交",
    "remind_restock": "补货时间 预约抢购",
    "promotions": "近期活动咨询 能否优惠 优惠券使用 优惠券获得方式 优惠券查看 优惠券有效期 促销形式 商品价格咨询",
    "shipping_cost_and_time": "售前运费多少 配送周期 能否配送",
    "recommend": "商品检索",
    "unpaid_order": "支付方式 支付异常 支付到账时间",
    "order_status": "订单状态解释 订单历史记录查询 下单后无记录 查询取消是否成功 订单无故取消 解锁锁定 取消订单受理时间",
    "change_address": "修改订单 联系客户",
    "change_variant": "修改订单",
    "cancel_order": "如何取消订单 申请退款 部分商品退款 取消订单白条处理",
    "urge_shipment": "什么时间出库 提前配送",
    "schedule_delivery": "预约配送时间 配送工作时间 提前配送",
    "track_parcel": "物流全程跟踪 配送周期 订单签收异常 物流信息不正确 联系配送 什么时间出库 出库地址",
    "failed_delivery": "联系配送 拒收 是否送货上门",
    "return_items": "保修返修及退换货政策 返回方式 申请退款 售后运费 联系售后 返修退换货拆包装",
    "exchange_items": "保修返修及退换货政策 返修退换货处理周期",
    "refund_status": "正常退款周期 服务单查询 在哪里查询退款 退款到哪儿 退款异常 退款通知 价保记录查询 返修退换货处理周期 审核时效",
    "protect_price": "价保申请流程 价保条件 无法申请价保",
    "issue_invoice": "是否提供发票 补发票 填写发票信息 电子发票 查看发票",
    "change_invoice": "发票退换修改",
    "report_problem": "少商品与少配件 物流损 发错货 补发 售后图片上传 赠品领取更换",
    "request_repair": "保修返修及退换货政策 保修期保质期",
    "complaint": "纠纷单申请 纠纷单处理时效 联系客服",
    "review_follow_up": "如何评价晒单 删除修改评价晒单",
}
# Topics that end with a person after the article has said what to expect.
PEOPLE = set("联系客户 纠纷单申请 纠纷单处理时效 检测单咨询 手机邮件相关问题 公司转账".split())


def load(problems):
    articles = []
    for path in sorted(HERE.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n") + 1
        if lines >= FILE_LINES_MAX:
            problems.append(f"{path.name}: {lines} lines, must stay below {FILE_LINES_MAX}")
        for article in yaml.safe_load(text) or []:
            article["_file"] = path.name
            articles.append(article)
    return articles


MONTHS = "January February March April May June July August September October November December".split()
WORDS = {"once": "1", "twice": "2", "first": "1"}


def numbers(text):
    """The figures in a text; English month names count as figures, since Chinese writes months in digits."""
    found = set(re.findall(r"\d+(?:\.\d+)?", text))
    return found | {str(place) for place, month in enumerate(MONTHS, 1) if re.search(rf"\b{month}\b", text)}


def spelled_out(text):
    return {figure for word, figure in WORDS.items() if re.search(rf"\b{word}\b", text, re.I)}


def check_language(where, language, part, problems):
    if not isinstance(part, dict):
        problems.append(f"{where}: no {language}")
        return
    for field in ("question", "answer"):
        if not isinstance(part.get(field), str) or not part[field].strip():
            problems.append(f"{where}: {language}.{field} is missing")
            return
    aliases = part.get("aliases") or []
    low, high = ZH_ALIASES if language == "zh" else EN_ALIASES
    if not low <= len(aliases) <= high:
        problems.append(f"{where}: {len(aliases)} {language} aliases, wanted {low}-{high}")
    if any(not isinstance(alias, str) for alias in aliases):
        problems.append(f"{where}: a {language} alias is not text (quote it)")
    answer = part["answer"].strip()
    low, high = ZH_ANSWER_CHARS if language == "zh" else EN_ANSWER_CHARS
    if not low <= len(answer) <= high:
        problems.append(f"{where}: {language} answer has {len(answer)} characters, wanted {low}-{high}")
    if re.search(r"^#", answer, re.M):
        problems.append(f"{where}: {language} answer has a heading")
    forbidden = FORBIDDEN_ZH if language == "zh" else FORBIDDEN_EN
    for text in (part["question"], answer):
        hit = forbidden.search(text)
        if hit:
            problems.append(f"{where}: {language} says “{hit.group()}”")
    for text in (part["question"], answer, *map(str, aliases)):
        hit = FORBIDDEN_NAMES.search(text)
        if hit:
            problems.append(f"{where}: {language} names “{hit.group()}”")
    chinese_in_english = language == "en" and re.search(r"[\u4e00-\u9fff]", part["question"] + answer)
    if chinese_in_english:
        problems.append(f"{where}: Chinese characters in the English text")


def check(articles, known_topics, problems):
    for skill in sorted(set(SKILLS) - {path.stem for path in (HERE.parent / "skills").glob("*.yaml")}):
        problems.append(f"SKILLS: there is no skill {skill}")
    for topic in sorted(set(skills_by_topic()) - known_topics) if known_topics else []:
        problems.append(f"SKILLS: there is no topic {topic}")
    keys, phrases = set(), {}
    for article in articles:
        where = f"{article['_file']}: {article.get('key')}"
        key = article.get("key") or ""
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
            problems.append(f"{where}: the key is not kebab-case")
        if key in keys:
            problems.append(f"{where}: the key is used twice")
        keys.add(key)
        unknown = set(article) - FIELDS - {"_file"}
        if unknown:
            problems.append(f"{where}: unknown fields {sorted(unknown)}")
        if article.get("category") != pathlib.Path(article["_file"]).stem:
            problems.append(f"{where}: category differs from the file name")
        scope = article.get("scope") or {}
        if set(scope.get("categories") or []) - PRODUCT_CATEGORIES:
            problems.append(f"{where}: unknown product category in scope")
        for field in ("valid_from", "valid_until"):
            if field in article and not isinstance(article[field], datetime.date):
                problems.append(f"{where}: {field} is not a date")
        for topic in article.get("topics") or []:
            if known_topics and topic not in known_topics:
                problems.append(f"{where}: unknown topic {topic}")
        for language in ("zh", "en"):
            part = article.get(language)
            check_language(where, language, part, problems)
            for phrase in [(part or {}).get("question"), *((part or {}).get("aliases") or [])]:
                plain = re.sub(r"[\s?？!！。，,.、'’]", "", str(phrase)).lower()
                if plain in phrases:
                    problems.append(f"{where}: “{phrase}” is also in {phrases[plain]}")
                phrases[plain] = key
        zh, en = (str((article.get(language) or {}).get("answer", "")) for language in ("zh", "en"))
        zh_only, en_only = numbers(zh) - numbers(en) - spelled_out(en), numbers(en) - numbers(zh)
        if zh_only or en_only:
            problems.append(f"{where}: numbers differ, zh only {sorted(zh_only)}, en only {sorted(en_only)}")
    if len(articles) < ARTICLES_MIN:
        problems.append(f"{len(articles)} articles, wanted {ARTICLES_MIN}")


def coverage(articles, counts):
    by_topic = collections.defaultdict(list)
    for article in articles:
        for topic in article.get("topics") or []:
            by_topic[topic].append(article["key"])
    covered = sum(n for topic, n in counts.items() if by_topic[topic])
    return by_topic, covered


def skills_by_topic():
    """The skills of each topic, in the order above."""
    found = collections.defaultdict(list)
    for skill, topics in SKILLS.items():
        for topic in topics.split():
            found[topic].append(skill)
    return found


def write_topics(path, articles, counts, by_topic, covered):
    total = sum(counts.values())
    skills = skills_by_topic()
    done = sum(n for topic, n in counts.items() if topic in skills)
    lines = [
        "# What shoppers ask, and what answers it",
        "",
        "Topics and counts are those of the labelled dialogue segments of CSDS (validation part). Of the data set only",
        "topic names and counts are used; every article is our own. Some topics carry the name of a product another shop",
        "has; the article then says what this shop has instead, or that it has nothing of the kind.",
        "",
        f"**{len(articles)} articles cover {sum(bool(by_topic[t]) for t in counts)} of {len(counts)} topics and "
        f"{covered} of {total} segments ({covered / total:.1%}). For {sum(t in skills for t in counts)} topics and {done} "
        f"segments ({done / total:.1%}) there is a skill as well.**",
        "",
        "“skill” means: the article explains in general, and for one order or product the skill in `content/skills` looks it",
        "up or does it.",
        "“human” means: the article says what to expect, and a person does it.",
        "",
        "Generated by `python3 content/articles/check.py --csds val.jsonl --write-topics docs/topics.md`; do not edit.",
        "",
        "| # | topic | segments | cumulative | articles | also |",
        "|---:|---|---:|---:|---|---|",
    ]
    running = 0
    for place, (topic, count) in enumerate(sorted(counts.items(), key=lambda item: (-item[1], item[0])), 1):
        running += count
        names = [f"skill `{name}`" for name in skills.get(topic, [])] + ["human"] * (topic in PEOPLE)
        also = ", ".join(names)
        keys = ", ".join(f"`{key}`" for key in by_topic[topic]) or "none"
        lines.append(f"| {place} | {topic} | {count} | {running / total:.1%} | {keys} | {also} |")
    pathlib.Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--csds", help="CSDS file (one dialogue per line with segments[].topic)")
    parser.add_argument("--write-topics", metavar="FILE", help="write the table of topics (needs --csds)")
    options = parser.parse_args()
    if options.write_topics and not options.csds:
        parser.error("--write-topics needs --csds")

    problems, counts = [], collections.Counter()
    if options.csds:
        with open(options.csds, encoding="utf-8") as dialogues:
            for line in dialogues:
                counts.update(segment["topic"] for segment in json.loads(line)["segments"])
    articles = load(problems)
    check(articles, set(counts), problems)

    files = collections.Counter(article["_file"] for article in articles)
    print(f"{len(articles)} articles: " + ", ".join(f"{name[:-5]} {n}" for name, n in sorted(files.items())))
    print(f"{sum(bool((a.get('scope') or {}).get('categories')) for a in articles)} are scoped by product category")
    if counts:
        by_topic, covered = coverage(articles, counts)
        print(f"{covered} of {sum(counts.values())} segments covered ({covered / sum(counts.values()):.1%})")
        missing = [f"{topic} ({n})" for topic, n in counts.most_common() if not by_topic[topic]]
        if missing:
            print("not covered: " + ", ".join(missing))
        if options.write_topics:
            write_topics(options.write_topics, articles, counts, by_topic, covered)
    for problem in problems:
        print("problem: " + problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
