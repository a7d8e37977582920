"""The table of the units people use most, with exact factors, so that `pint` is loaded only for rarer ones.

A unit is a product of powers of *atoms*. Each row of the table is an atom: its symbol (used in canonical unit texts),
how it is written after a number, other names, its size in base units, and the dimension it measures.
The sizes are tested against `pint`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from compiler.units import currencies

Dimension = tuple[tuple[str, int], ...]
"""Base dimensions with their powers, in alphabetical order, none of them zero; () for a plain number."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A unit with a name. A value x in it is (x + offset) * factor in base units.

    `offset` is not zero for °C and °F only.
    """

    symbol: str
    singular: str
    plural: str
    short: str
    factor: Fraction
    offset: Fraction
    dimension: Dimension


DIMENSIONS: dict[str, Dimension] = {
    "length": (("length", 1),),
    "area": (("length", 2),),
    "volume": (("length", 3),),
    "weight": (("mass", 1),),
    "time": (("time", 1),),
    "calendar": (("calendar", 1),),
    "temperature": (("temperature", 1),),
    "frequency": (("time", -1),),
    "speed": (("length", 1), ("time", -1)),
    "acceleration": (("length", 1), ("time", -2)),
    "force": (("length", 1), ("mass", 1), ("time", -2)),
    "energy": (("length", 2), ("mass", 1), ("time", -2)),
    "power": (("length", 2), ("mass", 1), ("time", -3)),
    "pressure": (("length", -1), ("mass", 1), ("time", -2)),
    "density": (("length", -3), ("mass", 1)),
    "flow": (("length", 3), ("time", -1)),
    "current": (("current", 1),),
    "voltage": (("current", -1), ("length", 2), ("mass", 1), ("time", -3)),
    "resistance": (("current", -2), ("length", 2), ("mass", 1), ("time", -3)),
    "charge": (("current", 1), ("time", 1)),
    "angle": (("angle", 1),),
    "data": (("data", 1),),
    "concentration": (("concentration", 1),),
    "light": (("luminosity", 1),),
    "illuminance": (("length", -2), ("luminosity", 1)),
    "substance": (("substance", 1),),
}
"""Dimensions by the word used in the table below. Light is counted in lumens, concentration in parts."""

# symbol | written after a number | other names | size | of base unit
_ROWS = """
length
  mm  | mm  | millimetre millimetres millimeter millimeters | 0.001
  cm  | cm  | centimetre centimetres centimeter centimeters | 0.01
  dm  | dm  | decimetre decimetres decimeter decimeters | 0.1
  m   | m   | metre metres meter meters | 1
  km  | km  | kilometre kilometres kilometer kilometers | 1000
  um  | µm  | μm micrometre micrometres micrometer micrometers micron microns | 0.000001
  nm  | nm  | nanometre nanometres nanometer nanometers | 0.000000001
  in  | in  | inch inches | 0.0254
  ft  | ft  | foot feet | 0.3048
  yd  | yd  | yard yards | 0.9144
  mi  | mi  | mile miles | 1609.344
area
  ha    | ha         | hectare hectares | 10000
  acre  | acre acres | ac | 4046.8564224
volume
  l     | l     | L litre litres liter liters | 0.001
  ml    | ml    | mL millilitre millilitres milliliter milliliters | 0.000001
  cl    | cl    | cL centilitre centilitres centiliter centiliters | 0.00001
  dl    | dl    | dL decilitre decilitres deciliter deciliters | 0.0001
  hl    | hl    | hL hectolitre hectolitres hectoliter hectoliters | 0.1
  gal   | gal   | gallon gallons | 0.003785411784
  qt    | qt    | quart quarts | 0.000946352946
  pint  | pint pints | | 0.000473176473
  cup   | cup cups | | 0.0002365882365
  floz  | fl.oz | fl_oz fluid_ounce fluid_ounces | 0.0000295735295625
  tbsp  | tbsp  | tablespoon tablespoons | 0.00001478676478125
  tsp   | tsp   | teaspoon teaspoons | 0.00000492892159375
weight
  ug  | µg  | μg microgram micrograms | 0.000000001
  mg  | mg  | milligram milligrams milligramme milligrammes | 0.000001
  g   | g   | gram grams gramme grammes gr | 0.001
  kg  | kg  | kilogram kilograms kilogramme kilogrammes kilo kilos | 1
  t   | t   | tonne tonnes metric_ton metric_tons | 1000
  oz  | oz  | ounce ounces | 0.028349523125
  lb  | lb  | lbs | 0.45359237
  st  | st  | stone stones | 6.35029318
time
  us    | µs            | μs microsecond microseconds | 0.000001
  ms    | ms            | millisecond milliseconds | 0.001
  s     | second seconds | sec secs | 1
  min   | minute minutes | mins | 60
  h     | hour hours     | hr hrs | 3600
  day   | day days       | d | 86400
  week  | week weeks     | wk wks | 604800
calendar
  month | month months   | mo | 1
  year  | year years     | yr yrs | 12
temperature
  K     | K   | kelvin kelvins | 1
  degC  | °C  | C ℃ celsius centigrade degree_celsius degrees_celsius deg_C degree_C degrees_C | 1
  degF  | °F  | F ℉ fahrenheit degree_fahrenheit degrees_fahrenheit deg_F degree_F degrees_F | 5/9
frequency
  Hz    | Hz  | hertz | 1
  kHz   | kHz | kilohertz | 1000
  MHz   | MHz | megahertz | 1000000
  GHz   | GHz | gigahertz | 1000000000
  rpm   | rpm | revolutions_per_minute turns_per_minute | 1/60
speed
  kn    | kn  | knot knots kt kts | 1852/3600
force
  N     | N   | newton newtons | 1
  kN    | kN  | kilonewton kilonewtons | 1000
energy
  J     | J    | joule joules | 1
  kJ    | kJ   | kilojoule kilojoules | 1000
  MJ    | MJ   | megajoule megajoules | 1000000
  Wh    | Wh   | watt_hour watt_hours | 3600
  kWh   | kWh  | kilowatt_hour kilowatt_hours | 3600000
  MWh   | MWh  | megawatt_hour megawatt_hours | 3600000000
  cal   | cal  | calorie calories | 4.184
  kcal  | kcal | kilocalorie kilocalories | 4184
power
  mW    | mW   | milliwatt milliwatts | 0.001
  W     | W    | watt watts | 1
  kW    | kW   | kilowatt kilowatts | 1000
  MW    | MW   | megawatt megawatts | 1000000
  GW    | GW   | gigawatt gigawatts | 1000000000
pressure
  Pa    | Pa   | pascal pascals | 1
  hPa   | hPa  | hectopascal hectopascals | 100
  kPa   | kPa  | kilopascal kilopascals | 1000
  MPa   | MPa  | megapascal megapascals | 1000000
  mbar  | mbar | millibar millibars | 100
  bar   | bar  | bars | 100000
  psi   | psi  | pounds_per_square_inch | 4.4482216152605/0.00064516
  mmHg  | mmHg | millimetres_of_mercury millimeters_of_mercury | 133.322387415
  atm   | atm  | atmosphere atmospheres | 101325
current
  uA    | µA   | μA microamp microamps microampere microamperes | 0.000001
  mA    | mA   | milliamp milliamps milliampere milliamperes | 0.001
  A     | A    | amp amps ampere amperes | 1
voltage
  mV    | mV   | millivolt millivolts | 0.001
  V     | V    | volt volts | 1
  kV    | kV   | kilovolt kilovolts | 1000
resistance
  ohm   | Ω    | Ω ohms | 1
  kohm  | kΩ   | kΩ kilohm kilohms kiloohm kiloohms | 1000
  Mohm  | MΩ   | MΩ megohm megohms megaohm megaohms | 1000000
charge
  mAh   | mAh  | milliamp_hour milliamp_hours | 3.6
  Ah    | Ah   | amp_hour amp_hours | 3600
angle
  deg   | degree degrees | ° arc_degree arc_degrees degrees_of_angle | 1
data
  bit   | bit bits  | | 1
  kbit  | kbit | kilobit kilobits | 1000
  Mbit  | Mbit | megabit megabits | 1000000
  Gbit  | Gbit | gigabit gigabits | 1000000000
  B     | byte bytes | | 8
  kB    | kB   | KB kilobyte kilobytes | 8000
  MB    | MB   | megabyte megabytes | 8000000
  GB    | GB   | gigabyte gigabytes | 8000000000
  TB    | TB   | terabyte terabytes | 8000000000000
concentration
  ppb   | ppb  | parts_per_billion | 0.001
  ppm   | ppm  | parts_per_million | 1
light
  lm    | lm   | lumen lumens | 1
illuminance
  lx    | lx   | lux | 1
substance
  mol   | mol  | mole moles | 1
  mmol  | mmol | millimole millimoles | 0.001
"""

_OFFSETS = {"degC": Fraction("273.15"), "degF": Fraction("459.67")}
_SHORT = {"s": "s", "min": "min", "h": "h", "week": "week", "deg": "°", "B": "B"}

OTHER_NAMES: dict[str, str] = {
    "mph": "mi/h",
    "kph": "km/h",
    "kmh": "km/h",
    "km/hr": "km/h",
    "fps": "ft/s",
    "sqm": "m^2",
    "sqft": "ft^2",
    "sq m": "m^2",
    "sq ft": "ft^2",
    "cc": "cm^3",
}
"""Names of units that are products of atoms."""

AMBIGUOUS: dict[str, tuple[str, ...]] = {
    "pound": ("lb", "GBP"),
    "pounds": ("lb", "GBP"),
    "ton": ("tonnes",),
    "tons": ("tonnes",),
    "franc": ("CHF", "XAF"),
    "francs": ("CHF", "XAF"),
    "krona": ("SEK", "ISK"),
    "kronor": ("SEK",),
    "krone": ("NOK", "DKK"),
    "kroner": ("NOK", "DKK"),
    "peso": ("MXN", "ARS", "PHP"),
    "pesos": ("MXN", "ARS", "PHP"),
}
"""Words that mean several units: never guessed, only suggested from."""


def _fraction(size: str) -> Fraction:
    above, _, below = size.partition("/")
    return Fraction(above) / Fraction(below or 1)


def _read_table() -> tuple[dict[str, Atom], dict[str, str]]:
    atoms: dict[str, Atom] = {}
    names: dict[str, str] = {}
    dimension: Dimension = ()
    for row in _ROWS.strip().splitlines():
        if not row.startswith(" "):
            dimension = DIMENSIONS[row]
            continue
        symbol, written, others, size = (cell.strip() for cell in row.split("|"))
        singular, plural = (written.split() * 2)[:2]
        singular, plural = singular.replace(".", " "), plural.replace(".", " ")
        short = _SHORT.get(symbol, singular)
        atoms[symbol] = Atom(
            symbol, singular, plural, short, _fraction(size), _OFFSETS.get(symbol, Fraction(0)), dimension
        )
        for name in (symbol, singular, plural, *(other.replace("_", " ") for other in others.split())):
            names.setdefault(name, symbol)
    for code in sorted(currencies.CODES):
        atoms[code] = Atom(code, code, code, code, Fraction(1), Fraction(0), ((f"money in {code}", 1),))
        names[code] = code
        for name in currencies.NAMES.get(code, ()):
            names[name] = code
    for sign, code in currencies.CODE_OF_SIGN.items():
        names[sign] = code
    return atoms, names


ATOMS, NAMES = _read_table()
"""Atoms by symbol, and the symbol for every name as it is spelt in the table."""
