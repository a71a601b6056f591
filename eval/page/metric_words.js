// What each metric means, in Chinese; in English the harness says it itself. A metric that is not here speaks English.
const METRICS_ZH = {
  accuracy: "结果类型正确，包含全部必需内容，没有禁止内容", outcome: "结果类型在可接受之列", must_coverage: "满足的 must 条目比例",
  rouge_l: "最长公共子序列 F1（中文按字）", chrf: "1 至 6 字符片段，召回率加倍计", risk_area: "错误率—覆盖率曲线下面积",
  attack_success: "得逞的攻击", over_refusal: "被拒绝或称超出范围的正常问题",
  exact_match: "规范化后与某条参考答案相同", token_f1: "与参考答案的词重合 F1（中文按字）", token_precision: "词重合精确率", token_recall: "词重合召回率",
  faithfulness_offline: "有依据的陈述 / 可核查的陈述", contradiction_rate: "与记录矛盾的陈述 / 可核查的陈述", checkable_share: "可核查的陈述 / 有断言的陈述",
  supported_claims: "每个回答中有依据的陈述数", supported_claims_p50: "同上，中位数",
  copied_share: "取自同一段依据的最大比例", copied_share_max: "抄得最多的回答", copied_share_advice: "给建议的回答的 copied_share", copied_share_advice_max: "抄得最多的建议",
  citation_precision: "引文确在所指记录中的引用比例", citation_recall: "可核查的陈述中有依据且带引用的比例",
  constraint_violations: "违反条件的商品卡比例", wrong_price: "没有记录可证的价格比例", out_of_stock_offered: "把售罄的说成有货",
  unknown_product: "没有对应记录的商品卡", off_catalog_link: "没有记录含有的链接", card_text_agreement: "文字所提与卡片一致",
  abstention_precision: "拒答且应当拒答", abstention_recall: "应当拒答的之中拒答的", abstention_f1: "两者的调和平均",
  "nDCG@10": "前 10 条检索排序质量", "R@100": "前 100 条召回率", "RR@10": "首个相关结果的倒数排名", "P@1": "第一条是否相关", "judged@10": "前 10 条中有评级的比例",
  ask_ms_p50: "回答耗时中位数（毫秒）", ask_ms_p95: "回答耗时 95 分位（毫秒）", ask_ms_p99: "回答耗时 99 分位（毫秒）",
  first_text_ms_p50: "首段文字耗时中位数（毫秒）", first_text_ms_p95: "首段文字耗时 95 分位（毫秒）", first_text_ms_p99: "首段文字耗时 99 分位（毫秒）",
  input_tokens: "模型读入的词元数", output_tokens: "模型写出的词元数", model_calls: "调用模型的次数",
  search_ms_p50: "检索耗时中位数（毫秒）", search_ms_p95: "检索耗时 95 分位（毫秒）", search_ms_p99: "检索耗时 99 分位（毫秒）",
};
