"""Units of measure: what they are called in both languages and how they convert.

The factors to the canonical unit of a dimension come from pint 0.25 (`UnitRegistry().Quantity(1, unit).to(canonical)`),
rounded to 12 digits; pint itself is not needed at run time. 斤 and 两 (500 g and 50 g by Chinese law) are not in pint.
Data sizes are decimal, as pint and shops have them: 1 TB = 1000 GB.
"""

from typing import NamedTuple

from catalog.model import Measure


class Unit(NamedTuple):
    """One unit; `zh`, `one` and `many` are how it is written after a number."""

    symbol: str
    canonical: str
    factor: float
    zh: str
    one: str
    many: str
    names: str = ""
    """Other names, parted by blanks; a `_` stands for a blank inside a name."""
    offset: float = 0.0
    """Added before the factor applies (only temperatures have one)."""


_TABLE = (
    Unit("s", "h", 0.000277777777778, "秒", "second", "seconds", "秒钟 sec secs"),
    Unit("min", "h", 0.0166666666667, "分钟", "minute", "minutes", "mins"),
    Unit("h", "h", 1, "小时", "hour", "hours", "hr hrs 钟头 个小时 个钟头 个钟"),
    Unit("day", "h", 24, "天", "day", "days", "d"),
    Unit("week", "h", 168, "周", "week", "weeks", "个星期 星期 个礼拜 礼拜"),
    Unit("month", "h", 730.5, "个月", "month", "months", "mo 月龄"),
    Unit("year", "h", 8766, "年", "year", "years", "yr yrs 岁 周岁 years_old year_old"),
    Unit("mg", "g", 0.001, "mg", "mg", "mg", "毫克 milligram milligrams"),
    Unit("g", "g", 1, "g", "g", "g", "克 gram grams gr"),
    Unit("kg", "g", 1000, "kg", "kg", "kg", "千克 公斤 kilogram kilograms kilo kilos kgs"),
    Unit("t", "g", 1_000_000, "吨", "tonne", "tonnes"),
    Unit("斤", "g", 500, "斤", "jin", "jin", "市斤"),
    Unit("lb", "g", 453.59237, "磅", "lb", "lb", "lbs pound pounds"),
    Unit("oz", "g", 28.349523125, "盎司", "oz", "oz", "ounce ounces"),
    Unit("um", "cm", 0.0001, "微米", "µm", "µm", "μm micron microns"),
    Unit("mm", "cm", 0.1, "mm", "mm", "mm", "毫米 millimeter millimeters millimetre millimetres"),
    Unit("cm", "cm", 1, "cm", "cm", "cm", "厘米 公分 centimeter centimeters centimetre centimetres"),
    Unit("m", "cm", 100, "m", "m", "m", "米 meter meters metre metres"),
    Unit("km", "cm", 100_000, "km", "km", "km", "公里 千米 kilometer kilometers kilometre kilometres"),
    Unit("inch", "cm", 2.54, "英寸", "inch", "inches", 'in 寸 吋 " ″ ” in.'),
    Unit("foot", "cm", 30.48, "英尺", "foot", "feet", "ft"),
    Unit("yard", "cm", 91.44, "码", "yard", "yards", "yd"),
    Unit("cm^2", "m^2", 0.0001, "cm²", "cm²", "cm²", "平方厘米 cm2"),
    Unit("m^2", "m^2", 1, "m²", "m²", "m²", "平方米 平米 平方 平 ㎡ m2 sqm square_meters square_metres"),
    Unit("foot^2", "m^2", 0.09290304, "平方英尺", "sq ft", "sq ft", "sqft square_feet"),
    Unit("ml", "ml", 1, "ml", "ml", "ml", "毫升 milliliter milliliters millilitre millilitres cc"),
    Unit("l", "ml", 1000, "L", "L", "L", "升 公升 liter liters litre litres ltr"),
    Unit("fl_oz", "ml", 29.5735295625, "液体盎司", "fl oz", "fl oz", "fl_oz fl._oz fluid_ounces fluid_ounce"),
    Unit("gallon", "ml", 3785.411784, "加仑", "gallon", "gallons", "gal"),
    Unit("mW", "W", 0.001, "mW", "mW", "mW", "毫瓦"),
    Unit("W", "W", 1, "W", "W", "W", "瓦 瓦特 watt watts"),
    Unit("kW", "W", 1000, "kW", "kW", "kW", "千瓦 kilowatt kilowatts"),
    Unit("horsepower", "W", 745.699871582, "匹", "hp", "hp", "马力"),
    Unit("Wh", "Wh", 1, "Wh", "Wh", "Wh", "瓦时 watt-hours"),
    Unit("kWh", "Wh", 1000, "kWh", "kWh", "kWh", "千瓦时"),
    Unit("mAh", "mAh", 1, "mAh", "mAh", "mAh", "毫安时 毫安 milliamp_hours"),
    Unit("Ah", "mAh", 1000, "Ah", "Ah", "Ah", "安时"),
    Unit("mA", "mA", 1, "mA", "mA", "mA"),
    Unit("A", "mA", 1000, "A", "A", "A", "安培 amp amps"),
    Unit("V", "V", 1, "V", "V", "V", "伏 伏特 volt volts"),
    Unit("Hz", "Hz", 1, "Hz", "Hz", "Hz", "赫兹 hertz"),
    Unit("kHz", "Hz", 1000, "kHz", "kHz", "kHz"),
    Unit("MHz", "Hz", 1_000_000, "MHz", "MHz", "MHz"),
    Unit("GHz", "Hz", 1_000_000_000, "GHz", "GHz", "GHz"),
    Unit("MB", "GB", 0.001, "MB", "MB", "MB", "megabyte megabytes"),
    Unit("GB", "GB", 1, "GB", "GB", "GB", "gigabyte gigabytes gig gigs"),
    Unit("TB", "GB", 1000, "TB", "TB", "TB", "terabyte terabytes T"),
    Unit("Mbps", "Mbps", 1, "Mbps", "Mbps", "Mbps", "Mb/s"),
    Unit("Gbps", "Mbps", 1000, "Gbps", "Gbps", "Gbps", "Gb/s"),
    Unit("MB/s", "Mbps", 8, "MB/s", "MB/s", "MB/s"),
    Unit("GB/s", "Mbps", 8000, "GB/s", "GB/s", "GB/s"),
    Unit("Pa", "kPa", 0.001, "Pa", "Pa", "Pa", "帕"),
    Unit("kPa", "kPa", 1, "kPa", "kPa", "kPa", "千帕"),
    Unit("bar", "kPa", 100, "bar", "bar", "bar"),
    Unit("psi", "kPa", 6.89475729317, "psi", "psi", "psi"),
    Unit("lm", "lm", 1, "流明", "lumen", "lumens", "lm"),
    Unit("dB", "dB", 1, "分贝", "dB", "dB", "dBA decibel decibels"),
    Unit("°C", "°C", 1, "°C", "°C", "°C", "℃ 摄氏度 degC degrees_celsius celsius"),
    Unit("°F", "°C", 0.555555555556, "°F", "°F", "°F", "℉ 华氏度 degF fahrenheit", -32),
    Unit("degree", "degree", 1, "°", "°", "°", "degrees"),
    Unit("rpm", "rpm", 1, "转/分", "rpm", "rpm", "转"),
    Unit("MP", "MP", 1, "百万像素", "MP", "MP", "megapixel megapixels"),
    Unit("%", "%", 1, "%", "%", "%", "percent"),
    Unit("piece", "piece", 1, "件", "piece", "pieces", "片 粒 枚 张 册 颗 pcs pc pc(s) pack count ct"),
)

BY_SYMBOL: dict[str, Unit] = {unit.symbol: unit for unit in _TABLE}


def _names(unit: Unit) -> list[str]:
    listed = [name.replace("_", " ") for name in unit.names.split()]
    return [unit.symbol.replace("_", " "), unit.zh, unit.one, unit.many, *listed]


_EXACT: dict[str, str] = {name: unit.symbol for unit in reversed(_TABLE) for name in _names(unit)}
_FOLDED: dict[str, str] = {}
for _name, _symbol in _EXACT.items():  # mW and MW, Mb and MB differ by case: only unambiguous names fold
    _folded = _name.casefold()
    _FOLDED[_folded] = _symbol if _FOLDED.get(_folded, _symbol) == _symbol else ""


def symbol(name: str) -> str:
    """The symbol of a unit named in either language (小时, hours, 英寸, mah), or "" if it is none we know."""
    name = name.strip()
    if name in BY_SYMBOL:
        return name
    return _EXACT.get(name) or _FOLDED.get(name.casefold(), "")


def names() -> list[str]:
    """Every way to write a unit, longest first."""
    return sorted(_EXACT, key=len, reverse=True)


def canonical(measure: Measure) -> tuple[float, str]:
    """The value in its dimension's canonical unit (hours, grams, centimetres …); an unknown unit stays as it is."""
    unit = BY_SYMBOL.get(symbol(measure.unit))
    if unit is None:
        return measure.value, measure.unit
    return round((measure.value + unit.offset) * unit.factor, 9), unit.canonical


def convert(measure: Measure, name: str) -> Measure | None:
    """The measure in another unit of its dimension, to six digits (1.2 kg as 1200 g); None if it is of another one."""
    unit = BY_SYMBOL.get(symbol(name))
    value, dimension = canonical(measure)
    if unit is None or unit.canonical != dimension:
        return None
    return Measure(float(f"{value / unit.factor - unit.offset:.6g}"), unit.symbol)


def render(measure: Measure, language: str) -> str:
    """The measure as it is written in `language` (zh or en): 30 小时, 30 hours, 5,000 mAh, 50%."""
    digits = _digits(measure)
    unit = BY_SYMBOL.get(symbol(measure.unit))
    label = measure.unit if unit is None else _label(unit, measure.value, language)
    return f"{digits} {label}" if label and label not in {"%", "°"} else f"{digits}{label}"


def _label(unit: Unit, value: float, language: str) -> str:
    if language == "zh":
        return unit.zh
    return unit.one if value == 1 else unit.many


def _digits(measure: Measure) -> str:
    if not measure.unit:  # a bare number may be a year or a model
        return f"{measure.value:.10g}"
    return f"{round(measure.value, 6):,}".removesuffix(".0")
