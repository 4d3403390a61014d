"""Country and time zone that the system of this computer is set to, as Qt reads them on every system."""

from PySide6.QtCore import QLocale, QTimeZone


def home_region() -> str:
    """The country of this computer's user, two letters; empty if the system does not say."""
    code = QLocale.territoryToCode(QLocale.system().territory())
    return code if len(code) == 2 and code.isalpha() else ""


def zone_name() -> str:
    """The name of the system's time zone, as `Europe/Amsterdam`; empty if it does not say."""
    return bytes(QTimeZone.systemTimeZoneId().data()).decode("utf-8", "replace")
