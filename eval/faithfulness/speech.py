"""Words that only address the shopper, or say where a fact was read: they assert nothing that a record could hold.

Read clause by clause, each whole: a clause that says anything else beside its greeting is left for the checks. Open
places take a few words without digits ("thanks for your patience").
"""

import re

from eval.text.listed import listed

_CLAUSE = re.compile(r"[^,，;；:：!！?？。~～…—\n]+?(?:\.(?=\s|$)|[,，;；:：!！?？。~～…—\n]+|$)")
_SIGNS = " ,，;；:：!！?？。.~～…—\n"
_TEXTS_EN = (
    r"(?:listing|records?|descriptions?|page|specifications?|specs?|specs? sheet|texts?|data|details"
    r"|polic(?:y|ies)|rules|information|info|manual|sheet|catalogue|catalog)"
)
_TEXTS_ZH = "(?:资料|参数|说明书?|详情页?|页面|介绍|规格|记录|描述|信息|商品页|规定|规则|数据|条款)"
_EN = (
    r"(?:hello|hi|hey|greetings|welcome|dear|good (?:morning|afternoon|evening|day))(?: [a-z' ]{1,24})?",
    r"(?:(?:many|my) )?thank(?:s| you)(?: (?:so|very|a lot|again|much|kindly|in advance))*(?: for [a-z' ]{1,40})?",
    r"(?:(?:that|this|it)(?:'s| is|’s) |what )?(?:an? )?(?:very |really )?"
    r"(?:good|great|excellent|fair|nice|interesting|fine) (?:question|point|choice|pick|idea|thought|one to ask)",
    r"(?:sure|sure thing|of course|certainly|absolutely|ok|okay|all right|alright|right|understood|got it|i see|well"
    r"|no problem|no worries|you(?:'re| are) (?:very )?welcome|my pleasure|gladly|great|perfect|noted|with pleasure)",
    r"(?:(?:i(?:'m| am)|we(?:'re| are)|always) )?(?:so |very |really |more than |only too )?"
    r"(?:happy|glad|pleased|delighted|here) to (?:help|assist|answer|be of)[a-z' ]{0,30}",
    r"(?:(?:i|we) )?hope (?:this|that|it|these|everything|the answer) "
    r"(?:helps?|answers?|clears?|is (?:of|useful|helpful|clear)|was|works)[a-z' ]{0,30}",
    r"(?:(?:i|we) )?hope you(?:'ll| will)? (?:enjoy|like|love|find|have)(?: [a-z']+){1,3}",
    r"enjoy (?:your|it|the|yourself)[a-z' ]{0,24}|have an? (?:nice|good|great|lovely|wonderful|pleasant)[a-z' ]{1,24}",
    r"happy shopping|good luck|all the best|best wishes|kind regards|take care|see you(?: soon)?|bye|goodbye|cheers",
    r"(?:please |just |do |feel free to |do not hesitate to |don't hesitate to )*"
    r"(?:ask|tell|let|contact|write to|reach out to|get in touch with|call) (?:me|us|away|customer)[a-z' ]{0,50}",
    r"(?:please )?let me (?:know|check|see|have a look|help|explain)[a-z' ]{0,40}",
    r"(?:if|should|whenever|in case) you(?:'d| would| should)? (?:have|need|want|like|get)[a-z' ]{0,24}"
    r"(?:questions?|help|advice|information|anything else|more|details)[a-z' ]{0,24}",
    r"(?:(?:i(?:'m| am)|we(?:'re| are)) )?(?:so |very |really )?sorry(?: (?:for|about|to hear)[a-z' ]{0,40})?"
    r"|(?:i|we) apologi[sz]e[a-z' ]{0,40}|(?:my |our )?apologies|unfortunately|i(?:'m| am) afraid(?: not)?",
    r"(?:as (?:for|to)|about|regarding|concerning|on|to answer|in answer to|in reply to) (?:your|the|this) "
    r"(?:question|request|query|point|enquiry)",
    r"to be (?:clear|precise|exact|honest|sure|fair)|in short|in brief|simply put|for your information"
    r"|just so you know|as you asked|since you asked?|you asked|for the record|quick answer|short answer",
    r"(?:i|we)(?:'ve| have)? (?:just )?(?:looked|checked|searched)(?: (?:it|that|this|them))?(?: up)?(?: for you)?",
    r"here(?:'s| is| are) (?:what (?:i|we) (?:found|know)|(?:my|an?|the|your) (?:answer|overview|summary|details))",
    r"(?:according to|based on|as per|per|going by|judging by|as stated (?:in|on)|from) (?:the |our |its |this )?"
    rf"(?:[a-z']+ ){{0,2}}{_TEXTS_EN}|(?:the |our |its )?(?:[a-z']+ ){{0,2}}{_TEXTS_EN} (?:says?|states?|shows?)"
    r"(?: (?:that|this|so))?",
)
_ZH = (
    r"(?:您|你|大家)好[呀啊哦]?|哈喽|嗨|哈啰|欢迎(?:光临|回来|咨询|您.{0,4}|来到.{0,6})?|亲爱的.{1,4}|亲|[早中下晚上]午?上?好",
    r"(?:非常|十分|多|很)?(?:感谢|谢谢|多谢)(?:您|你|大家)?的?(?:咨询|提问|询问|耐心|等待|关注|支持|信任|光临|理解|来信)*[啦呀哦]?",
    r"(?:您|你)?(?:这|问)?(?:真|可)?(?:是|个|的)*(?:很|非常|挺)?(?:好|棒|不错)的?(?:问题|选择|想法|眼光)|(?:您|你)?问得(?:真|很)?好|好眼光",
    r"好[的呀呢嘞吧]?|行|没问题|当然|明白了?|了解了?|收到|嗯+|不客气|不用谢|没关系|(?:很|非常)?(?:高兴|乐意|荣幸)(?:能)?(?:为|帮|替).{1,10}",
    r"(?:衷心|真心)?希望(?:能|可以|以上|这些|这|对|我的?).{0,16}|祝(?:您|你|大家).{1,12}|愿(?:您|你).{1,12}",
    r"(?:如果|如|若|要是)?(?:您|你)?(?:还)?(?:有|需要)(?:任何|其他|其它|别的|什么|更多|不清楚|疑问|问题|不明白).{0,14}",
    r"(?:请)?(?:您|你)?(?:可以|都可以|也可以)?(?:请)?(?:随时|尽管|欢迎)(?:再)?(?:告诉|联系|问|咨询|找|追问|提问|跟|和|留言).{0,10}",
    r"(?:很|非常|实在|十分)?(?:抱歉|对不起|不好意思|遗憾|可惜)",
    r"(?:我|我们|小助手)?(?:已经?|刚刚?|这就)?(?:帮|替|为|给)?(?:您|你)?(?:查|看|找|核实|确认|整理|核对|查询|翻)"
    r"(?:了一下|了|到了?|过了?|好了?|一下)",
    r"(?:可以|可|能)(?:跟您|向您|和您|给您|帮您)?(?:确认|确定|肯定|告诉您)(?:的是|地说)?|(?:简单|总的|具体|坦率)(?:来|地)?(?:说|讲)",
    r"(?:关于|至于|对于|说到|针对|回答)?(?:您|你)(?:所|想|要|最|刚才|刚刚|比较)?"
    r"(?:关心|关注|问|提|问到|提到|想?了解|咨询|想?知道|在意)的?(?:这一?点|问题|这个|是|内容|情况|事|信息|这件事|方面)*",
    r"(?:答案|结论|情况)(?:如下|是|是这样的)|(?:为您)?(?:解答|回答|说明|介绍)如下",
    rf"(?:从|根据|按照?|依据|据|照|查看|查阅|翻看|参考)了?.{{0,8}}{_TEXTS_ZH}[上里中来]*(?:看|说|讲|显示|来看|来说|所示|所写|写的?|所述|记载)?",
    rf".{{0,4}}{_TEXTS_ZH}[上里中]*(?:显示|表明|写着|写明|写的是|里写着|上写着|标注|注明)",
)
_MORE = listed("eval.faithfulness", "speech.toml")
_FORMS = re.compile("|".join(f"(?:{form})" for form in (*_EN, *_ZH, *_MORE["en"], *_MORE["zh"])), re.IGNORECASE)
_OPENS = re.compile(r"\s*[“\"「『]")  # who is quoted is held against the record that is quoted
_EMOJI = re.compile(r"[\U0001f300-\U0001faff\u2600-\u27bf]")

_ITSELF = re.compile(
    r"\bI(?:'m| am| can| can't| cannot| could| do not| don't| will not| won't)\b"
    r"|我(?:是|可以|能|不能|看不到|无法|没法|帮不)",
    re.IGNORECASE,
)


def without_speech(text: str) -> str:
    """The text with blanks for every clause that only addresses the shopper or names the source; offsets stay."""
    for match in reversed(list(_CLAUSE.finditer(text))):
        said = _EMOJI.sub("", match[0]).replace("’", "'").strip(_SIGNS)
        if said and _FORMS.fullmatch(said) and not _OPENS.match(text, match.end()):
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return text


def is_of_itself(text: str) -> bool:
    """Whether a statement speaks of the guide and what it can do ("I cannot see orders")."""
    return _ITSELF.search(text) is not None and not re.search(r"\d", text)
