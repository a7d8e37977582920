"""Currencies: their ISO 4217 codes, the signs some have, and what people call them."""

from __future__ import annotations

_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG ETH
"""

CODES: frozenset[str] = frozenset(_CODES.split())
"""All codes in use, and `ETH` for ether, which is not in the standard but is paid with in the same way."""

SIGNS: dict[str, str] = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
"""The sign written before an amount, for the currencies that have one of their own here."""

CODE_OF_SIGN: dict[str, str] = {sign: code for code, sign in SIGNS.items()}

NAMES: dict[str, tuple[str, ...]] = {
    "USD": ("dollar", "dollars", "US dollar", "US dollars"),
    "EUR": ("euro", "euros"),
    "GBP": ("pound sterling", "pounds sterling", "British pound", "British pounds", "quid"),
    "JPY": ("yen",),
    "INR": ("rupee", "rupees", "Indian rupee", "Indian rupees"),
    "CHF": ("Swiss franc", "Swiss francs"),
    "CNY": ("yuan", "renminbi"),
    "CAD": ("Canadian dollar", "Canadian dollars"),
    "AUD": ("Australian dollar", "Australian dollars"),
    "SEK": ("Swedish krona", "Swedish kronor"),
    "NOK": ("Norwegian krone", "Norwegian kroner"),
    "DKK": ("Danish krone", "Danish kroner"),
    "PLN": ("zloty", "zlotys"),
    "BRL": ("real", "reais"),
    "KRW": ("won",),
    "ETH": ("ether", "ethers"),
}

_IN_SMALL_LETTERS = "AUD BRL CAD CHF CNY CZK DKK ETH EUR GBP HKD HUF INR JPY KRW MXN NOK NZD PLN SEK SGD THB USD ZAR"

IN_SMALL_LETTERS: frozenset[str] = frozenset(_IN_SMALL_LETTERS.split())
"""Codes also understood in small letters. Others must be in capitals, since "all", "cup", "pen" and "try" are words."""
