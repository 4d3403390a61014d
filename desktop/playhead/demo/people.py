"""Invented people and numbers: every number is from a range kept free for fiction."""

from dataclasses import dataclass

from playhead.demo.calendar import mixed


@dataclass(frozen=True, slots=True)
class DemoParty:
    """Somebody who calls or is called: E.164 `number`, ISO country, and a name that may be empty."""

    number: str
    country: str
    name: str


# Country, the fixed part of a number, how many digits follow it, the first free number and how many are free.
_RANGES = (
    ("NL", "+3120555", 4, 100, 100),
    ("US", "+1212555", 4, 100, 100),
    ("US", "+1415555", 4, 100, 100),
    ("GB", "+442079460", 3, 0, 1000),
    ("GB", "+447700900", 3, 0, 1000),
    ("FR", "+3319900", 4, 0, 10_000),
    ("FR", "+3363998", 4, 0, 10_000),
    ("DE", "+493023125", 3, 0, 1000),
    ("AU", "+6125550", 4, 0, 10_000),
    ("SE", "+468465004", 2, 0, 100),
)
_PEOPLE = 420

_NAMES = (
    "Maria Jansen", "Noah Smith", "Olivia Brown", "José Núñez Ibáñez", "Zoë van der Berg", "Chloé Dubois",
    "Jürgen Groß", "Søren Ægidius", "Łukasz Żółć", "Ana-Sofía Peña", "Björn Åkesson", "Sinéad Ó Briain",
    "Emma Wilson", "Liam O'Connor", "Fatima El Amrani", "Thomas Müller", "Grace Lee", "Daan de Vries",
    "山田 太郎", "李小龍", "김민준", "佐藤 花子", "王芳",
    "محمد عبد الله", "فاطمة الزهراء", "דוד כהן", "שרה לוי",
    "Νίκος Παπαδόπουλος", "Дмитрий Иванов", "สมชาย ใจดี", "अनिल शर्मा",
    "Wolfeschlegelsteinhausenbergerdorff-Sánchez de la Torre y Fernández-Villaverde, Maximiliano Alejandro",
    "<img src=x>", "=SUM(A1:A9)", "Smith & Sons, Ltd.", 'The "Corner" Shop', "Harbour Hotel", "Acme Plumbing",
    "Northwind Depot", "Dr. Ruth Okafor", "Mr. Li", "Victoria Ng", "Pieter Post", "Ines Duarte",
)  # fmt: skip

LINES = (
    DemoParty("+31205550100", "NL", "Northwind Amsterdam"),
    DemoParty("+12125550100", "US", "Northwind New York"),
    DemoParty("+442079460000", "GB", "Northwind London"),
    DemoParty("+33199000100", "FR", "Northwind Paris"),
    DemoParty("+493023125100", "DE", "Northwind Berlin"),
)


class PhoneBook:
    """The callers of one demo cloud, by number 0 to `len - 1`; low numbers are meant to call most."""

    def __init__(self, seed: int) -> None:
        self._people = tuple(_person(seed, index) for index in range(_PEOPLE))

    def __len__(self) -> int:
        return len(self._people)

    def __getitem__(self, index: int) -> DemoParty:
        return self._people[index]


def _person(seed: int, index: int) -> DemoParty:
    bits = mixed(seed ^ 0xB00C, index)
    country, prefix, digits, first, free = _RANGES[bits % len(_RANGES)]
    number = first + (bits >> 8) % free
    name = "" if bits >> 40 & 7 == 0 else _NAMES[index % len(_NAMES)]
    return DemoParty(f"{prefix}{number:0{digits}d}", country, name)
