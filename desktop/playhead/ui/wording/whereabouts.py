"""Country and time zone that the system of this computer is set to, as Qt reads them on every system."""

from PySide6.QtCore import QLocale, QTimeZone


def home_region() -> str:
    """The country of this computer's user, two letters; empty if the system does not say.

    Where no language is set, as in what a scheduler starts, that of the time zone.
    """
    for territory in (QLocale.system().territory(), QTimeZone.systemTimeZone().territory()):
        code = QLocale.territoryToCode(territory)
        if len(code) == 2 and code.isalpha():
            return code
    return ""


def zone_name() -> str:
    """The name of the system's time zone, as `Europe/Amsterdam`; empty if it does not say."""
    return bytes(QTimeZone.systemTimeZoneId().data()).decode("utf-8", "replace")
