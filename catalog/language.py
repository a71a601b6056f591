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
    "乾佈佔併來係倆倉個們偉側傘傢傳傷傾僅僱價億儘優儲兒內兩冊凈凍剋剛創劃劇劉劑勁動務勝勞勢勵勻區協卹卻厭參吋吳呎員哩唸問啓啞啟喚喪喫單嗎嘆嘗噴噸嚇嚐嚨嚴囉國圍園圓圖團執堃堅報場塊塗塵墊墜壓壞壯壺壽夠夥夾奧奪"
    "妝姊姪婦媽嬌嬰孃孫學實寧審寫寬寵寶將專尋對導屆屜層屬峯島峽崑嶄嶺師帳帶幣幫幹幾庫廁廂廈廚廠廢廣廳張強彈彌彙後徑從復徵恆悶惡愛態慣慮慶憂憑應懶懷懸戀戰戲戶拋拚挾捨掃掙掛採揚換損搖搗搶搾摺撈撐撥擁擇擊擋擔"
    "據擠擬擴擺擾攏攔攜攝攪敗敘敵數斂斬斷於昇時晉暈暢暫曆曖曠曬書會朧東枱柵條棄棗棲業極榮構槍槳樂樓標樣樹橋機橫檔檢檯檳檸櫃櫻欄權欽歐歡歲歷歸殘殺殼毀氈氣氫汙決沒沖況洩涼淚淨淵淺減渦測湯準溝溫滅滯滾滿漁漢漬"
    "漲漸潑潔潛潤澀澆濃濕濟濱濺濾瀏瀟灑灘灣災為烏無煉煙煥煩熱熾燈燒燙營燭爍爐爛爺爾牆牠牽狀狹獅獎獨獲獻玆現瑪環瓊甌產甦畝畢畫異當疊痠瘋療癒癢癮發皚皺盃盜盡監盤盧眾睜矯砲硯碩碼磚磯礙礦祕禎禦禮禿稅稜種稱穀積"
    "穎穩窩窮竄競筆筍箏節範築簡簽簾籃籌籠籤粵糧糰約紅紋納紐紓純紗紙級紛紮細紹終絃組絆結絕絡給絨統絲綁經綜綠綫維網綿緊緒線緣編緩練緻縫縮縱總績織繞繡繩繪繫繼續纏纔纖纜罰罷羅羣義習翹聖聞聯聰聲聳職聽肅脅脣脫腦"
    "腳腸膚膠膩膽臉臥臨臺與興舉舊艙艦艱艷莊華萬葉著蒐蓆蓋蓮蔣蔥蕭薑薦藍藝藥蘆蘇蘋蘭蘿處虛號虧蝦螞螢蟲蠟蠻術衛衝裊裏補裝裡製複褲褻襪襯見規視覺覽觀觸訂計訊討訓託記訢訪設許訴診註評詞試詩話該詳誇誌認誕語誠誤說"
    "誰課調談請諒論諧諮諾謎謝謹證識譜譯議護譽讀變讓讚豐豬貓貝負財貨販貫貴買貸費貼貿資賓賞賠賢賣賤質賬賴賺購贈贊贏贓贖趕趙跡踐踴躉躍車軌軍軒軟軸較載輔輕輛輝輪輯輸輻轉轎轟辦辭農迴這連週進遊運過達違遙遞遠適遲"
    "選遺遼邁還邊邏鄉鄧鄭鄰醜醫醬釀釋釘針釣鈉鈔鈕鈣鈦鈴鉛鉤銀銅銷鋁鋒鋪鋰鋼錄錢錦錫錯錶鍊鍋鍍鍵鎖鎢鎮鏈鏟鏡鐘鐵鑄鑒鑰鑽長門閃閉開閒間閘閣閨閱闆闊闖關陰陳陸陽隊階隕隨險隱隻雋雖雙雜雞離難雲電霧霽靈靜鞏鞦韋韌"
    "韓響頁頂項順須預頓領頭頰頸頹頻顆題額顏願類顧顯風颯颱飄飛飯飲飼飽飾餅養餓餘館餵饅饋饞馬馮駕駛駝騎騙騰騷驅驕驗驚髒體髖髮鬆鬍鬚鬢鬥鬧鬱魚鮮鯊鱷鳥鳳鴨鵝鷹鹹鹼鹽麗麥麵麼黃黏點黨黴齊齋齒齡齣龍龐龜"
)
_SIMPLIFIED = (
    "干布占并来系俩仓个们伟侧伞家传伤倾仅雇价亿尽优储儿内两册净冻克刚创划剧刘剂劲动务胜劳势励匀区协恤却厌参寸吴尺员里念问启哑启唤丧吃单吗叹尝喷吨吓尝咙严啰国围园圆图团执坤坚报场块涂尘垫坠压坏壮壶寿够伙夹奥夺"
    "妆姐侄妇妈娇婴娘孙学实宁审写宽宠宝将专寻对导届屉层属峰岛峡昆崭岭师帐带币帮干几库厕厢厦厨厂废广厅张强弹弥汇后径从复征恒闷恶爱态惯虑庆忧凭应懒怀悬恋战戏户抛拼挟舍扫挣挂采扬换损摇捣抢榨折捞撑拨拥择击挡担"
    "据挤拟扩摆扰拢拦携摄搅败叙敌数敛斩断于升时晋晕畅暂历暧旷晒书会胧东台栅条弃枣栖业极荣构枪桨乐楼标样树桥机横档检台槟柠柜樱栏权钦欧欢岁历归残杀壳毁毡气氢污决没冲况泄凉泪净渊浅减涡测汤准沟温灭滞滚满渔汉渍"
    "涨渐泼洁潜润涩浇浓湿济滨溅滤浏潇洒滩湾灾为乌无炼烟焕烦热炽灯烧烫营烛烁炉烂爷尔墙它牵状狭狮奖独获献兹现玛环琼瓯产苏亩毕画异当叠酸疯疗愈痒瘾发皑皱杯盗尽监盘卢众睁矫炮砚硕码砖矶碍矿秘祯御礼秃税棱种称谷积"
    "颖稳窝穷窜竞笔笋筝节范筑简签帘篮筹笼签粤粮团约红纹纳纽纾纯纱纸级纷扎细绍终弦组绊结绝络给绒统丝绑经综绿线维网绵紧绪线缘编缓练致缝缩纵总绩织绕绣绳绘系继续缠才纤缆罚罢罗群义习翘圣闻联聪声耸职听肃胁唇脱脑"
    "脚肠肤胶腻胆脸卧临台与兴举旧舱舰艰艳庄华万叶着搜席盖莲蒋葱萧姜荐蓝艺药芦苏苹兰萝处虚号亏虾蚂荧虫蜡蛮术卫冲袅里补装里制复裤亵袜衬见规视觉览观触订计讯讨训托记欣访设许诉诊注评词试诗话该详夸志认诞语诚误说"
    "谁课调谈请谅论谐咨诺谜谢谨证识谱译议护誉读变让赞丰猪猫贝负财货贩贯贵买贷费贴贸资宾赏赔贤卖贱质账赖赚购赠赞赢赃赎赶赵迹践踊趸跃车轨军轩软轴较载辅轻辆辉轮辑输辐转轿轰办辞农回这连周进游运过达违遥递远适迟"
    "选遗辽迈还边逻乡邓郑邻丑医酱酿释钉针钓钠钞钮钙钛铃铅钩银铜销铝锋铺锂钢录钱锦锡错表链锅镀键锁钨镇链铲镜钟铁铸鉴钥钻长门闪闭开闲间闸阁闺阅板阔闯关阴陈陆阳队阶陨随险隐只隽虽双杂鸡离难云电雾霁灵静巩秋韦韧"
    "韩响页顶项顺须预顿领头颊颈颓频颗题额颜愿类顾显风飒台飘飞饭饮饲饱饰饼养饿余馆喂馒馈馋马冯驾驶驼骑骗腾骚驱骄验惊脏体髋发松胡须鬓斗闹郁鱼鲜鲨鳄鸟凤鸭鹅鹰咸碱盐丽麦面么黄粘点党霉齐斋齿龄出龙庞龟"
)
_FOLD = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplify(text: str) -> str:
    """Common traditional characters as simplified ones, one for one, so offsets stay: 這款藍牙耳機 -> 这款蓝牙耳机."""
    return text.translate(_FOLD)
