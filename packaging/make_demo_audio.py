"""Makes the speech of the demo cloud: `resources/demo/*` and its index `audio.json`.

Needs espeak-ng and ffmpeg. Run it only to change what is said: the files are kept in the repository.
Two voices of one call are two channels: the agent is left (0), the caller is right (1).
"""

import json
import subprocess
import tempfile
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path

_TARGET = Path(__file__).resolve().parent.parent / "resources" / "demo"
_RATE = 22050  # what espeak-ng writes

_VOICES = {
    "en": ("en-us+f3", "en-gb+m3", "en-gb-scotland+m5"),
    "fr": ("fr-fr+f2", "fr-fr+m4", "fr-be+m1"),
    "de": ("de+f4", "de+m2", "de+m6"),
    "nl": ("nl+f3", "nl+m4", "nl+m1"),
}
_LOCALES = {"en": "en-US", "fr": "fr-FR", "de": "de-DE", "nl": "nl-NL"}
_ENCODINGS = {
    "mp3-8": ["-ar", "8000", "-c:a", "libmp3lame", "-b:a", "8k"],
    "mp3-16": ["-ar", "8000", "-c:a", "libmp3lame", "-b:a", "16k", "-joint_stereo", "0"],
    "mp3-24": ["-ar", "8000", "-c:a", "libmp3lame", "-b:a", "24k", "-joint_stereo", "0"],
    "mp3-hd": ["-ar", "16000", "-c:a", "libmp3lame", "-b:a", "24k", "-joint_stereo", "0"],
    "pcm": ["-ar", "8000", "-c:a", "pcm_s16le"],
    "mulaw": ["-ar", "8000", "-c:a", "pcm_mulaw"],
    "opus": ["-ar", "16000", "-c:a", "libopus", "-b:a", "20k", "-vbr", "off"],
    "vorbis": ["-ar", "16000", "-c:a", "libvorbis", "-q:a", "0"],
    "aac": ["-ar", "16000", "-c:a", "aac", "-b:a", "24k", "-movflags", "+faststart"],
}


@dataclass(frozen=True)
class Script:
    """One file to speak: its lines as `A: text` (agent), `C: text` (caller) or `B: text` (third voice)."""

    file: str
    kind: str
    language: str
    channels: int
    encoding: str
    text: str
    title: str = ""
    pause: float = 0.5


_LONG = """
A: Thank you for calling Northwind Support. My name is Ines. How can I help you today?
C: Hello Ines. Our office has lost its telephone lines this morning, all of them.
A: I am sorry to hear that. Can you tell me what you see on the router?
C: There are four lights. The first two are green, the third one is orange and it blinks.
A: Thank you. And the fourth?
C: The fourth one is off. It is usually green, I think.
A: That is the voice light. So you have the internet, but not the telephone service.
C: Yes, that is right. The web works, we can read our mail.
A: May I place you on hold for a moment while I test the line?
C: Of course, please go ahead.
-: 9
A: Thank you for waiting. I can see that the router asks for its settings and gets no answer.
C: Is that something on our side?
A: No. There was maintenance last night, and your account was moved to a new server.
C: Nobody told us about that.
A: I understand, and I apologise. You should have had a message two weeks ago.
C: So what happens now?
A: I will send the settings again. Please do not switch the router off in the meantime.
C: All right. I am standing right in front of it.
-: 6
A: It should start again by itself now. Please tell me when the lights change.
C: They are all off. Now the first one is on again. And the second.
A: Very good. The third one takes about twenty seconds.
-: 7
C: The third is green. And there it is, the fourth is green too.
A: Wonderful. Could you pick up a telephone and tell me whether you hear a tone?
C: One moment, please.
-: 4
C: Yes, I hear a tone. Let me call my colleague to be sure.
-: 6
C: It rings. Great, that works again. Thank you so much.
A: You are very welcome. I will note in your account that the outage began at seven this morning.
C: Will we be paid back for the morning?
A: Yes. A credit for one day will be on your next invoice. The reference is four, seven, one, one, nine.
C: Four, seven, one, one, nine. I have written it down.
A: Is there anything else I can do for you?
C: No, that was all. Have a good day, Ines.
A: Thank you, you too. Good bye.
"""

_SCRIPTS = (
    Script("support-outage.mp3", "call", "en", 2, "mp3-16", _LONG),
    Script(
        "delivery-late.mp3",
        "call",
        "en",
        2,
        "mp3-24",
        """
A: Good morning, Northwind Deliveries, you are speaking with Ines.
C: Hello. My parcel should have come on Monday, and it is still not here.
A: I am sorry. Could you give me the order number, please?
C: Yes. It is eight, two, zero, five, one.
A: Thank you. I see it. The parcel is in the depot and goes out again tomorrow, before noon.
C: Tomorrow before noon. Are you sure this time?
A: I have put a note on it myself. You will get a message when the driver leaves.
C: Fine. Thank you for your help.
A: Thank you for calling. Good bye.
""",
    ),
    Script(
        "invoice-question.mp3",
        "call",
        "en",
        2,
        "mp3-24",
        """
A: Accounts department, how may I help?
C: I was charged twice in March, and I would like a refund.
A: Let me look. Yes, there are two payments on the ninth. One of them is a mistake.
C: When will I have the money back?
A: Within five working days. You will receive a confirmation by mail.
C: Perfect. Thanks.
""",
    ),
    Script(
        "cancel-plan.mp3",
        "call",
        "en",
        2,
        "mp3-24",
        """
C: Hi, I want to cancel my plan.
A: I am sorry to hear that. May I ask why?
C: It is simply too expensive for what I use.
A: I understand. There is a smaller plan at half the price. Would that help?
C: No, thank you. Please just cancel it.
A: Done. It ends on the last day of this month.
""",
    ),
    Script(
        "short-hello.mp3",
        "call",
        "en",
        2,
        "mp3-24",
        """
A: Northwind, hello?
C: Sorry, wrong number.
A: No problem. Good bye.
""",
    ),
    Script(
        "rendez-vous.mp3",
        "call",
        "fr",
        2,
        "mp3-24",
        """
A: Cabinet Northwind, bonjour.
C: Bonjour, je voudrais prendre un rendez-vous pour la semaine prochaine.
A: Bien sûr. Mardi à dix heures, est-ce que cela vous convient ?
C: Mardi, c'est parfait. Merci beaucoup.
A: C'est noté. Bonne journée, au revoir.
""",
    ),
    Script(
        "lieferung.mp3",
        "call",
        "de",
        2,
        "mp3-24",
        """
A: Guten Tag, Northwind, was kann ich für Sie tun?
C: Guten Tag. Wann wird meine Bestellung geliefert?
A: Ich sehe nach. Sie kommt am Donnerstag zwischen neun und zwölf Uhr.
C: Gut, dann bin ich zu Hause. Vielen Dank.
""",
    ),
    Script(
        "callback.mp3",
        "call",
        "en",
        1,
        "mp3-16",
        """
A: Hello, this is Northwind. You asked us to call you back.
C: Yes, thank you. It is about the contract that ends in June.
A: I can renew it for one year, with the same conditions.
C: Please do. Send me the papers by mail.
A: They are on their way.
""",
    ),
    Script(
        "meter-reading.mp3",
        "call",
        "nl",
        1,
        "mp3-16",
        """
A: Goedemiddag, met Northwind.
C: Goedemiddag. Ik wil graag mijn meterstand doorgeven.
A: Dat kan. Zegt u het maar.
C: Drie, vier, negen, nul, twee.
A: Dank u wel. Het staat genoteerd.
""",
    ),
    Script(
        "no-answer.mp3",
        "call",
        "en",
        1,
        "mp3-16",
        """
A: Hello? Hello? I am afraid I cannot hear you.
-: 3
A: Please call again. Good bye.
""",
    ),
    Script(
        "reception.wav",
        "call",
        "en",
        1,
        "pcm",
        """
A: Reception, one moment please.
C: Thank you.
""",
    ),
    Script(
        "door-code.wav",
        "call",
        "en",
        2,
        "mulaw",
        """
A: Facility desk, hello.
C: I forgot the code of the back door.
A: It is one, nine, four, two.
C: Thanks a lot.
""",
    ),
    Script(
        "warehouse.wav",
        "call",
        "en",
        1,
        "mulaw",
        """
C: Is the blue one still in stock?
A: Yes, we have three of them.
C: Please keep one for me.
""",
    ),
    Script(
        "booking.ogg",
        "call",
        "en",
        2,
        "opus",
        """
A: Harbour Hotel, good evening.
C: Good evening. Do you have a room for two nights, from Friday?
A: Yes, a double room with a view of the harbour.
C: Lovely. I will take it.
""",
    ),
    Script(
        "weekly-meeting.mp3",
        "conference",
        "en",
        1,
        "mp3-16",
        """
A: Good, everybody is here. Let us begin with the numbers of last week.
C: We had four hundred and twelve calls, and eleven complaints.
B: Most of the complaints were about deliveries on Monday.
A: What do we do about it?
B: A second driver, from next week on.
C: I will ask the depot today.
A: Thank you both. Same time next week.
""",
    ),
    Script(
        "planning.mp3",
        "conference",
        "en",
        2,
        "mp3-24",
        """
A: Can everybody hear me?
C: Yes, loud and clear.
A: The new menu goes live on the first of the month.
C: I will record the prompts on Thursday.
""",
    ),
    Script(
        "welcome.mp3",
        "prompt",
        "en",
        1,
        "mp3-hd",
        """
A: Welcome to Northwind. For sales, press one. For support, press two. To hear this again, press nine.
""",
        "Welcome message",
    ),
    Script(
        "opening-hours.mp3",
        "prompt",
        "en",
        1,
        "mp3-hd",
        """
A: Our offices are open from Monday to Friday, from eight in the morning until six in the evening.
""",
        "Opening hours",
    ),
    Script(
        "closed.wav",
        "prompt",
        "en",
        1,
        "mulaw",
        """
A: We are closed today. Please call again tomorrow.
""",
        "Closed today",
    ),
    Script(
        "bienvenue.mp3",
        "prompt",
        "fr",
        1,
        "mp3-hd",
        """
A: Bienvenue chez Northwind. Pour le français, tapez un.
""",
        "Bienvenue",
    ),
    Script(
        "hold.ogg",
        "prompt",
        "en",
        1,
        "vorbis",
        """
A: All our agents are busy. Please hold the line. Your call is important to us.
""",
        "Please hold",
    ),
    Script(
        "whisper-sales.mp3",
        "whisper",
        "en",
        1,
        "mp3-hd",
        "A: Sales call from the web site.",
        "Sales, web site",
    ),
    Script("whisper-campaign.wav", "whisper", "en", 1, "mulaw", "A: Spring campaign.", "Spring campaign"),
    Script(
        "voicemail-greeting.m4a",
        "voicemail",
        "en",
        1,
        "aac",
        """
A: You have reached the voice mail of Northwind. Please leave your name and your number after the tone.
""",
        "Voicemail greeting",
    ),
    Script(
        "voicemail-night.mp3",
        "voicemail",
        "de",
        1,
        "mp3-hd",
        """
A: Sie rufen außerhalb unserer Geschäftszeiten an. Bitte hinterlassen Sie eine Nachricht.
""",
        "Nachtansage",
    ),
    Script(
        "survey-rating.mp3",
        "survey",
        "en",
        1,
        "mp3-hd",
        """
A: How satisfied were you with this call? Press a number from one to five.
""",
        "Satisfaction, one to five",
    ),
    Script(
        "survey-thanks.mp3",
        "survey",
        "en",
        1,
        "mp3-hd",
        "A: Thank you for your answer. Good bye.",
        "Survey, thanks",
    ),
)


def main() -> None:
    """Speaks, encodes and measures every file, then writes the index."""
    _TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        clips = [_make(script, Path(folder)) for script in _SCRIPTS]
    text = json.dumps({"clips": clips}, ensure_ascii=False, indent=1)
    (_TARGET / "audio.json").write_text(text + "\n", encoding="utf-8")
    total = sum((_TARGET / script.file).stat().st_size for script in _SCRIPTS)
    print(f"{len(clips)} files, {total / 1e6:.2f} MB")


def _make(script: Script, folder: Path) -> dict[str, object]:
    tracks = [array("h"), array("h")]
    lines = []
    _silence(tracks, script.pause)
    for line in script.text.strip().splitlines():
        speaker, _, said = line.partition(": ")
        if speaker == "-":
            _silence(tracks, float(said))
            continue
        channel = 0 if speaker == "A" or script.channels == 1 else 1
        samples = _speak(said, _VOICES[script.language]["ACB".index(speaker)], folder)
        start = len(tracks[0]) / _RATE
        tracks[channel].extend(samples)
        tracks[1 - channel].frombytes(bytes(2 * len(samples)))
        end = len(tracks[0]) / _RATE
        lines.append({"start": round(start, 2), "end": round(end, 2), "channel": channel, "text": said})
        _silence(tracks, script.pause)
    _encode(script, tracks[: script.channels], folder / "mix.wav")
    return {
        "file": script.file,
        "kind": script.kind,
        "title": script.title,
        "format": Path(script.file).suffix[1:],
        "channels": script.channels,
        "seconds": round(len(tracks[0]) / _RATE, 3),
        "locale": _LOCALES[script.language],
        "lines": lines,
    }


def _silence(tracks: "list[array[int]]", seconds: float) -> None:
    for track in tracks:
        track.frombytes(bytes(2 * round(seconds * _RATE)))


def _speak(text: str, voice: str, folder: Path) -> "array[int]":
    """The 16-bit samples of one sentence, at the rate espeak-ng writes."""
    path = folder / "line.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-s", "165", "-w", str(path), text], check=True)
    with wave.open(str(path)) as file:
        return array("h", file.readframes(file.getnframes()))


def _encode(script: Script, tracks: "list[array[int]]", mix: Path) -> None:
    woven = array("h", bytes(2 * len(tracks) * len(tracks[0])))
    for channel, track in enumerate(tracks):
        woven[channel :: len(tracks)] = track
    with wave.open(str(mix), "wb") as file:
        file.setnchannels(len(tracks))
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(woven.tobytes())
    quiet = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-y", "-i", str(mix), "-map_metadata", "-1"]
    exact = ["-fflags", "+bitexact", "-flags:a", "+bitexact"]
    subprocess.run([*quiet, *_ENCODINGS[script.encoding], *exact, str(_TARGET / script.file)], check=True)


if __name__ == "__main__":
    main()
