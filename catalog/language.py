"""Which language a text speaks, and traditional characters written the simplified way."""

import re
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["zh", "en"]

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
# Words that carry a sentence rather than name a thing; a product name hardly ever holds them.
_ENGLISH = re.compile(
    r"\b(?:a|an|the|is|are|was|do|does|did|can|could|will|would|should|i|i'm|my|me|you|your|it|its|this|that|these|those|"
    r"what|which|who|how|when|where|why|any|some|there|have|has|need|want|looking|show|find|recommend|for|with|without|"
    r"under|below|over|between|than|of|from|in|on|to|and|or|not|no|good|best|cheap|cheapest|please)\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"[的吗呢吧了是有没不要我你它这那哪么谁几多少和跟与给能可会想买卖推荐找便宜贵价钱元块请问怎带比还也都就最以内适合用]"
)


def detect(text: str, default: Language = "zh") -> Language:
    """The language whose words carry the grammar: "Mate70 Pro+ 有货吗" is zh, "Is 海盐 tea sugar free" is en.

    A text with neither Chinese characters nor Latin words (an order number, a smile) is in `default`.
    """
    han, words = len(HAN.findall(text)), _WORD.findall(text)
    if not han:
        return "en" if any(len(word) > 1 for word in words) else default
    if not words:
        return "zh"
    english = len(_ENGLISH.findall(text))
    chinese = len(_CHINESE.findall(text))
    if english and not chinese:
        return "en"
    if english > chinese:  # both sides have grammar: the longer sentence wins
        return "en" if len(words) >= han else "zh"
    # Names only: a brand or model in Latin script does not make 手机壳 an English question.
    plain = sum(word.islower() for word in words)
    return "zh" if chinese or han >= plain else "en"


# Characters that shops and shoppers use and that differ one to one; anything else is left as it is.
_TRADITIONAL = (
    "國貨買賣價錢單雙個電腦機筆記螢鍵無線藍綠紅銀黃紫檔預貴嗎麼們這裡邊時間優惠質體適誰對還運費發票稅關產"
    "廠號碼顏尺褲裝裙襪鞋帶兒嬰寶奶補潔護膚髮妝霜齒藥養飲咖啡麵條餅糖鹽醬飯鍋爐鐵鋼鋁銅壺燈風熱涼溫濕淨"
    "衛廚餐盤盃紙書畫圖樂聲響頻視訊號遊戲車輪騎運動遠輕重寬窄長圓內後門開購結帳退換維寄達遲較異點選擇"
    "問題題嘗試聽說話語讀寫請謝幾兩萬億歲萬樣種類買給從過進來會還沒沖壓氣續耗絲絨綿麻織線縫級層組態碟網"
    "絡擴屏攝錄鏡頭變壓縮陽陰雲霧雨雪東西歐臺灣韓義購觸靜動強弱邊緣舊新顯標準規範圍檢測總計積極滿減贈禮"
)
_SIMPLIFIED = (
    "国货买卖价钱单双个电脑机笔记荧键无线蓝绿红银黄紫档预贵吗么们这里边时间优惠质体适谁对还运费发票税关产"
    "厂号码颜尺裤装裙袜鞋带儿婴宝奶补洁护肤发妆霜齿药养饮咖啡面条饼糖盐酱饭锅炉铁钢铝铜壶灯风热凉温湿净"
    "卫厨餐盘杯纸书画图乐声响频视讯号游戏车轮骑运动远轻重宽窄长圆内后门开购结帐退换维寄达迟较异点选择"
    "问题题尝试听说话语读写请谢几两万亿岁万样种类买给从过进来会还没冲压气续耗丝绒绵麻织线缝级层组态碟网"
    "络扩屏摄录镜头变压缩阳阴云雾雨雪东西欧台湾韩义购触静动强弱边缘旧新显标准规范围检测总计积极满减赠礼"
)
_FOLD = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplify(text: str) -> str:
    """Common traditional characters as simplified ones, one for one, so offsets stay: 這款藍牙耳機 -> 这款蓝牙耳机."""
    return text.translate(_FOLD)
