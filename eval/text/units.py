"""Units the harness can compare: each spelling with its canonical unit and factor.

Factors are exact by definition (international inch, pound and US gallon; the Chinese 斤 is 500 g) except months
and years, which are mean lengths (365/12 and 365 days), and decimal storage sizes.
"""

DAY = 86_400.0

_GROUPS: list[tuple[str, float, str]] = [
    ("g", 0.001, "mg mgs milligram milligrams 毫克"),
    ("g", 1, "g gm gms gram grams gramme grammes 克"),
    ("g", 1000, "kg kgs kilo kilos kilogram kilograms 千克 公斤"),
    ("g", 500, "斤 市斤"),
    ("g", 1_000_000, "tonne tonnes 吨"),
    ("g", 28.349523125, "oz ounce ounces 盎司"),
    ("g", 453.59237, "lb lbs pound pounds 磅"),
    ("mm", 1, "mm mms millimetre millimetres millimeter millimeters 毫米"),
    ("mm", 10, "cm cms centimetre centimetres centimeter centimeters 厘米 公分"),
    ("mm", 1000, "m mtr metre metres meter meters 米 公尺"),
    ("mm", 1_000_000, "km kms kilometre kilometres kilometer kilometers 公里 千米"),
    ("mm", 25.4, "inch inches ″ 英寸 英吋 吋 寸"),
    ("mm", 304.8, "ft foot feet 英尺"),
    ("ml", 1, "ml mls cc ccs millilitre millilitres milliliter milliliters 毫升 西西"),
    ("ml", 10, "cl centilitre centilitres centiliter centiliters"),
    ("ml", 473.176473, "pint pints 品脱"),
    ("ml", 946.352946, "quart quarts 夸脱"),
    ("ml", 1000, "l ltr ltrs litre litres liter liters 升 公升"),
    ("ml", 3785.411784, "gallon gallons 加仑"),
    ("s", 0.001, "ms millisecond milliseconds 毫秒"),
    ("s", 1, "s sec secs second seconds 秒 秒钟"),
    ("s", 60, "min mins minute minutes 分钟"),
    ("s", 900, "刻钟"),
    ("s", 3600, "h hr hrs hour hours 小时 个小时 钟头 个钟头 个钟"),
    ("s", DAY, "day days 天 日"),
    ("s", 14 * DAY, "fortnight fortnights"),
    ("s", 7 * DAY, "week weeks wk wks 周 星期 个星期 礼拜 个礼拜"),
    ("s", 365 / 12 * DAY, "month months mth mths 个月"),
    ("s", 365 * DAY, "year years yr yrs 年 岁 周岁"),
    ("workday", 1, "工作日 个工作日"),
    ("mm2", 1e6, "m² ㎡ m^2 sqm 平方米 平米 平方 平"),
    ("mm2", 100, "cm² cm^2 平方厘米"),
    ("pa", 1, "pa"),
    ("pa", 1000, "kpa 千帕"),
    ("byte/s", 1e6, "mb/s mb/秒 兆每秒"),
    ("byte/s", 1e9, "gb/s"),
    ("bit/s", 1e6, "mbps mbit/s 兆比特每秒"),
    ("bit/s", 1e9, "gbps gbit/s"),
    ("byte", 1e6, "mb megabyte megabytes"),
    ("byte", 1e9, "gb gbs gig gigs gigabyte gigabytes 吉字节"),
    ("byte", 1e12, "tb terabyte terabytes"),
    ("w", 1, "w watt watts 瓦 瓦特"),
    ("w", 1000, "kw kilowatt kilowatts 千瓦"),
    ("wh", 1, "wh watt-hour watt-hours 瓦时"),
    ("wh", 1000, "kwh"),
    ("mah", 1, "mah milliamp-hour milliamp-hours milliampere-hours 毫安 毫安时"),
    ("v", 1, "v volt volts 伏 伏特"),
    ("hz", 1, "hz hertz 赫兹 赫"),
    ("hz", 1000, "khz kilohertz 千赫 千赫兹"),
    ("hz", 1e9, "ghz gigahertz"),
    ("db", 1, "db dba decibel decibels 分贝"),
    ("bar", 1, "bar"),
    ("lm", 1, "lm lumen lumens 流明"),
    ("celsius", 1, "°c ℃ celsius 摄氏度"),
    ("fahrenheit", 1, "°f ℉ fahrenheit 华氏度"),
    ("degree", 1, "° degree degrees 度"),
    ("percent", 1, "% percent 个百分点"),
    ("mp", 1, "mp megapixel megapixels"),
    ("rpm", 1, "rpm 转"),
    ("fps", 1, "fps 帧"),
    ("star", 1, "star stars 星 颗星"),
    (
        "count",
        1,
        "piece pieces pcs pack packs item items product products option options model models variant variants version"
        " versions size sizes colour colours color colors review reviews rating ratings speed speeds"
        " time times person people cup cups"
        " 个 件 片 只 条 张 支 瓶 包 盒 套 双 款 次 人 位 色 种 台 部 把 本 颗 块装",
    ),
]

# Spelling -> (canonical unit, factor). `in` is no spelling of inch: "3 in stock".
UNITS: dict[str, tuple[str, float]] = {
    spelling: (unit, factor) for unit, factor, spellings in _GROUPS for spelling in spellings.split()
}
