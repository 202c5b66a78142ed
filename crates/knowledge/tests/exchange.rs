//! Files as merchants send them, and the promise that what is exported is read back the same.

use domain::{
    article::{ArticleDraft, Scope, Wording},
    language::Language,
    shop::{CategoryKey, ProductKey},
    time::Timestamp,
};
use knowledge::exchange::{
    Conventions, ExchangeError, Format, ImportReport, MAX_FILE_BYTES, MAX_UNPACKED_BYTES, Rule, canonical, export,
    import,
};
use proptest::prelude::*;

fn read(format: Format, text: &str) -> ImportReport {
    import(format, text.as_bytes(), &Conventions::default()).unwrap()
}

fn refusals(report: &ImportReport) -> Vec<(usize, &str, Rule)> {
    report.rejected.iter().map(|row| (row.row, row.field.as_str(), row.rule)).collect()
}

#[test]
fn a_chinese_table_is_read() {
    let table = "编号,分类,语言,问题,相似问法,答案,生效日期,失效日期,适用商品,适用类目\n\
        returns,售后,zh,怎么退货,退货在哪点|不想要了,点「退货」。,2026-11-01,2026/11/12,kettle,\n\
        returns,售后,英文,How do I return?,,Click Return.,2026-11-01,2026-11-12,kettle,\n\
        invoice,,中文,能开发票吗,\"要发票\n开票\",\"可以，\n电子发票。\",,,,outdoor|digital\n";
    let report = read(Format::Csv, table);
    assert_eq!((report.rejected.len(), report.warnings.len()), (0, 0), "{report:?}");
    let [returns, invoice] = &report.accepted[..] else { panic!("two drafts: {report:?}") };
    assert_eq!((returns.row, invoice.row), (2, 4));
    assert_eq!(returns.draft.zh.as_ref().unwrap().aliases, ["退货在哪点", "不想要了"]);
    assert_eq!(returns.draft.en.as_ref().unwrap().answer, "Click Return.");
    assert_eq!(returns.draft.valid_from, Some(Timestamp(1_793_462_400_000)), "midnight in China");
    assert_eq!(returns.draft.scope.products, [ProductKey::from("kettle")]);
    assert_eq!(invoice.draft.zh.as_ref().unwrap().aliases, ["要发票", "开票"]);
    assert_eq!(invoice.draft.scope.categories.len(), 2);
}

#[test]
fn other_encodings_and_separators_are_read() {
    let text = "问题;答案\n怎么退货;点退货。\n";
    let (gb, ..) = encoding_rs::GB18030.encode(text);
    for bytes in [gb.to_vec(), text.replace(';', "\t").into_bytes(), format!("\u{feff}{text}").into_bytes()] {
        let report = import(Format::Csv, &bytes, &Conventions::default()).unwrap();
        assert_eq!(report.accepted[0].draft.zh.as_ref().unwrap().question, "怎么退货");
    }
}

#[test]
fn a_table_of_questions_and_answers_is_enough() {
    let report = read(Format::Csv, "Question,Answer,Owner\n怎么退货,点退货。\nHow?,So.\n");
    assert_eq!(report.accepted.len(), 2);
    assert!(report.accepted[0].draft.zh.is_some() && report.accepted[1].draft.en.is_some());
    assert!(report.accepted[0].draft.key.starts_with("q-"));
    let warnings: Vec<_> = report.warnings.iter().map(|warning| (warning.field.as_str(), warning.rule)).collect();
    assert_eq!(warnings, [("Owner", Rule::UnknownColumn), ("key", Rule::KeysDerived)]);
}

#[test]
fn every_fault_is_reported_with_its_row() {
    let long = "长".repeat(301);
    let table = format!(
        "key,language,question,answer,valid_from,valid_until\n\
        a,zh,问,答,tomorrow,\n\
        b,fr,问,答,,\n\
        c,zh,{long},,,\n\
        d,zh,问,答,2026-02-01,2026-01-01\n\
        ,zh,问,答,,\n\
        e,zh,问,答,,\n\
        e,zh,又问,又答,,\n\
        f,zh,问,答,2026-01-01,\n\
        f,en,Q,A,2026-01-02,\n\
        ,,,,,\n\
        g,zh,问,答,2026-02-01,\n\
        g,en,Q,A,,2026-01-01\n\
        ok,zh,问,答,,\n"
    );
    let report = read(Format::Csv, &table);
    assert_eq!(
        refusals(&report),
        [
            (2, "valid_from", Rule::BadDate),
            (3, "language", Rule::UnknownLanguage),
            (4, "question", Rule::TooLong),
            (4, "answer", Rule::Empty),
            (5, "valid_until", Rule::EndsBeforeStart),
            (6, "key", Rule::Empty),
            (7, "key", Rule::SiblingRejected),
            (8, "key", Rule::Duplicate),
            (9, "key", Rule::SiblingRejected),
            (10, "valid_from", Rule::Conflict),
            (12, "valid_until", Rule::EndsBeforeStart),
        ]
    );
    assert_eq!(
        report.accepted.iter().map(|taken| (taken.row, taken.draft.key.as_str())).collect::<Vec<_>>(),
        [(14, "ok")]
    );
    assert!(report.rejected.iter().all(|row| !row.message_zh.is_empty() && !row.message_en.is_empty()));
}

#[test]
fn a_table_without_its_columns_is_refused() {
    let missing = |text: &str| import(Format::Csv, text.as_bytes(), &Conventions::default());
    assert!(matches!(missing("question,key\n"), Err(ExchangeError::MissingColumn("answer"))));
    assert!(matches!(missing(""), Err(ExchangeError::MissingColumn("question"))));
}

#[test]
fn formulas_are_harmless_in_exports_and_whole_again_in_imports() {
    let draft = ArticleDraft {
        key: "-key".into(),
        zh: Some(Wording { question: "=cmd|'/c calc'!A1".into(), aliases: vec!["+1".into()], answer: "@x".into() }),
        ..ArticleDraft::default()
    };
    let bytes = export(Format::Csv, std::slice::from_ref(&draft), &Conventions::default()).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    for cell in ["'-key", "'=cmd", "'+1", "'@x"] {
        assert!(text.contains(&format!(",{cell}")) || text.contains(&format!("\n{cell}")), "{text}");
    }
    let report = import(Format::Csv, &bytes, &Conventions::default()).unwrap();
    assert_eq!(report.accepted[0].draft, draft);
}

#[test]
fn a_workbook_with_typed_cells_is_read() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, heading) in ["编号", "问题", "答案", "生效日期"].iter().enumerate() {
        sheet.write_string(2, column as u16, *heading).unwrap();
    }
    let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 11, 1).unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_number(4, 0, 7).unwrap();
    sheet.write_string(4, 1, "怎么退货").unwrap();
    sheet.write_string(4, 2, "点退货。").unwrap();
    sheet.write_datetime_with_format(4, 3, &date, &format).unwrap();
    sheet.write_string(4, 9_000, "far away").unwrap();
    let report = import(Format::Xlsx, &workbook.save_to_buffer().unwrap(), &Conventions::default()).unwrap();
    assert_eq!(report.accepted.len(), 1, "{report:?}");
    let taken = &report.accepted[0];
    assert_eq!((taken.row, taken.draft.key.as_str()), (5, "7"));
    assert_eq!(taken.draft.valid_from, Some(Timestamp(1_793_462_400_000)));
}

#[test]
fn bombs_and_rubbish_are_refused() {
    let refused = |format, bytes: &[u8]| import(format, bytes, &Conventions::default()).unwrap_err();
    assert!(matches!(refused(Format::Xlsx, b"PK rubbish"), ExchangeError::Workbook(_)));
    assert!(matches!(refused(Format::Csv, &vec![b'a'; MAX_FILE_BYTES + 1]), ExchangeError::FileTooLarge));
    assert!(matches!(refused(Format::Yaml, b"a: [b"), ExchangeError::Yaml(_)));
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    bomb.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::copy(&mut std::io::Read::take(std::io::repeat(0), MAX_UNPACKED_BYTES + 1), &mut bomb).unwrap();
    let bomb = bomb.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(refused(Format::Xlsx, &bomb), ExchangeError::UnpacksTooLarge));
}

#[test]
fn far_off_cells_cost_nothing() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "问题").unwrap();
    sheet.write_string(1_048_575, 16_383, "far").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    assert!(import(Format::Xlsx, &bytes, &Conventions::default()).is_err());
}

#[test]
fn markdown_as_people_write_it() {
    let text = "# 我们的知识库\n\n随便写的。\n\n## 怎么退货？\n分类：售后\n相似问法: 不想要了 | 退掉\n\n点退货。\n\n### 注意\n7 天内。\n\n\
        ## Where is my order?\n\nOpen the order page.\nnote: this is part of the answer\n";
    let report = read(Format::Markdown, text);
    assert_eq!(report.rejected, []);
    let [zh, en] = &report.accepted[..] else { panic!("{report:?}") };
    assert_eq!((zh.row, zh.draft.category.as_str()), (5, "售后"));
    let wording = zh.draft.zh.as_ref().unwrap();
    assert_eq!(wording.aliases, ["不想要了", "退掉"]);
    assert_eq!(wording.answer, "点退货。\n\n### 注意\n7 天内。");
    assert_eq!(en.draft.en.as_ref().unwrap().answer, "Open the order page.\nnote: this is part of the answer");
}

#[test]
fn the_demo_content_is_read() {
    let text = "- key: a\n  category: returns\n  topics: [x]\n  scope: {categories: [home]}\n  valid_from: 2026-11-01\n  \
        zh: {question: 问, aliases: [别问], answer: 答}\n  en: {question: Q, answer: A}\n\
        - key: b\n  owner: me\n  zh: {question: 问}\n- just text\n";
    let report = read(Format::Yaml, text);
    assert_eq!(refusals(&report), [(2, "record", Rule::Malformed), (3, "record", Rule::Malformed)]);
    let draft = &report.accepted[0].draft;
    assert_eq!(draft.scope.categories, [CategoryKey::from("home")]);
    assert!(draft.zh.is_some() && draft.en.is_some() && draft.valid_from.is_some());
    assert_eq!(report.warnings, []);
}

#[test]
fn broken_lines_are_refused_one_by_one() {
    let text = "{\"key\":\"a\",\"zh\":{\"question\":\"问\",\"answer\":\"答\"}}\n{oops\n\n\
        {\"key\":\"b\",\"colour\":1,\"valid_from\":\"never\",\"zh\":{\"question\":\"问\",\"answer\":\"答\"}}\n";
    let report = read(Format::Jsonl, text);
    assert_eq!(report.accepted.len(), 1);
    assert_eq!(refusals(&report), [(2, "record", Rule::Malformed), (4, "valid_from", Rule::BadDate)]);
    assert_eq!(report.warnings[0].field, "colour");
}

#[test]
fn file_names_tell_the_format() {
    for format in Format::ALL {
        assert_eq!(Format::from_file_name(&format.file_name("articles")), Some(format));
    }
    assert_eq!(Format::from_file_name("A.B.XLSX"), Some(Format::Xlsx));
    assert_eq!(Format::from_file_name("picture.png"), None);
}

#[test]
fn text_that_looks_like_an_escape_survives_a_workbook() {
    let draft = ArticleDraft {
        key: "k".into(),
        zh: Some(Wording { question: "_x0041_ _x000D_".into(), aliases: vec![], answer: "a\n\n b_x000A_".into() }),
        ..ArticleDraft::default()
    };
    let bytes = export(Format::Xlsx, std::slice::from_ref(&draft), &Conventions::default()).unwrap();
    assert_eq!(import(Format::Xlsx, &bytes, &Conventions::default()).unwrap().accepted[0].draft, draft);
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[-=+@'|\\\\#>:,;\"\n\t 退货a1_]{1,20}", "(## |\\\\|key: |- |\n|答|x){1,8}", any::<String>(),]
}

fn any_wording() -> impl Strategy<Value = Wording> {
    (any_text(), prop::collection::vec(any_text(), 0..4), any_text()).prop_map(|(question, aliases, answer)| Wording {
        question,
        aliases,
        answer,
    })
}

fn any_draft() -> impl Strategy<Value = ArticleDraft> {
    let time = || prop::option::of((-62_000_000_000_000i64..253_000_000_000_000).prop_map(Timestamp));
    let keys = || prop::collection::vec(any_text(), 0..3);
    let wordings = (prop::option::of(any_wording()), prop::option::of(any_wording()));
    (any_text(), any_text(), time(), time(), keys(), keys(), wordings).prop_map(
        |(key, category, valid_from, valid_until, products, categories, (zh, en))| ArticleDraft {
            key,
            category,
            scope: Scope {
                products: products.into_iter().map(ProductKey).collect(),
                categories: categories.into_iter().map(CategoryKey).collect(),
            },
            valid_from,
            valid_until,
            zh,
            en,
        },
    )
}

/// Sound drafts with different keys.
fn any_drafts() -> impl Strategy<Value = Vec<ArticleDraft>> {
    prop::collection::vec(any_draft(), 0..4).prop_map(|drafts| {
        let mut seen = std::collections::HashSet::new();
        let drafts = drafts.iter().map(canonical);
        drafts.filter(|draft| draft.faults().is_empty() && seen.insert(draft.key.clone())).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn every_format_reads_back_what_it_wrote(drafts in any_drafts(), minutes in -720i32..840, is_english: bool) {
        let headings = if is_english { Language::En } else { Language::Zh };
        let conventions = Conventions { utc_offset_minutes: minutes, headings };
        for format in Format::ALL {
            let bytes = export(format, &drafts, &conventions).unwrap();
            let report = import(format, &bytes, &conventions).unwrap();
            prop_assert_eq!(&report.rejected, &vec![], "{:?}", format);
            let read: Vec<_> = report.accepted.into_iter().map(|taken| taken.draft).collect();
            prop_assert_eq!(&read, &drafts, "{:?}", format);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), text in any_text()) {
        for format in Format::ALL {
            let _ = import(format, &bytes, &Conventions::default());
            let _ = import(format, text.as_bytes(), &Conventions::default());
        }
    }

    #[test]
    fn the_canonical_form_is_its_own(draft in any_draft()) {
        let once = canonical(&draft);
        prop_assert_eq!(canonical(&once), once);
    }
}
