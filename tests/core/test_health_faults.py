"""Faults of a recording are told with their places, the earliest first."""

from playhead.core.health.audiofigures import Measured
from playhead.core.health.faults import Fault, FaultKind, faults
from playhead.core.health.soundcourse import SoundCourse
from playhead.core.recording import Recording
from support.health.figures_examples import figures

CALL = Recording(account="first", id="1", provider="bird", kind="call", duration=120.0)


def test_clipped_damaged_and_cut_off_places_are_told_in_order() -> None:
    course = SoundCourse((b"", b""), (((5.0, 6.0),), ((1.0, 2.0),)))
    measured = Measured(figures(damage=((3.0, 3.5),), seconds=100.0), b"", course)
    assert faults(measured, CALL) == (
        Fault(FaultKind.CLIPPED, 1.0, 2.0, (1,)),
        Fault(FaultKind.DAMAGED, 3.0, 3.5),
        Fault(FaultKind.CLIPPED, 5.0, 6.0, (0,)),
        Fault(FaultKind.ENDS, 100.0, 100.0),
    )


def test_one_channel_has_no_side_and_a_sound_recording_no_fault() -> None:
    course = SoundCourse((b"",), (((5.0, 5.0),),))
    assert faults(Measured(figures(), b"", course), CALL) == (Fault(FaultKind.CLIPPED, 5.0, 5.02),)
    assert faults(Measured(figures(), b""), CALL) == ()
