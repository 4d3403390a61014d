"""Words that tables take for values: of truth in every language of spreadsheets, of none, of no number.

Those of truth are what LibreOffice reads as such in any of its locales, those of Excel among them.
"""

_WORDS = """
a si ngoho, adevărat, ala, ao, aplams, asiyonyaniso, bana, been, benar, berdat, beru, braero, breug,
chabodza, choona, daabi, dhugaa, diso, dogry, doğru, düz, egiazkoa, epätosi, eqqortoq, eqqunngitsoq,
exacte, fals, falsa, falsch, false, falsk, falskt, falso, falsum, faltsua, falz, farsu, faus, faux,
fauz, fałsz, fo, fäso, fås, fìor, fíor, gaskiya, giaman, gua'u, gwir, halale, hamis, haqiqiy, hewa,
igaz, ih, inf, infinity, jetnu, jitfa, karya, kituufu, kweli, lepat, leres, mamala, marina, mpenzá,
mpenzá tɛ́, mpya, n/a, na, nan, nepravda, net wier, netacno, netačno, neteisingai, netočno, ngaŋwa,
ngoho, ngunti, nibyo, njewěrno, nkalon, no berdat, none, ntiyiso, null, onwaar, oploms, palso,
patiess, patīss, pravda, prawda, prawje, prowda, pudno, qiniso, rangt, rast, run, rétt, sai, salah,
sand, sann, sant, sibyo, sikweli, soba, sonn, soxta, ssi kituufu, sɩda, tacno, taâ-tënë, tačno,
te'ete, teigha, teisingai, tiɲɛ, tjukaṟuru, tosi, točno, tru, true, tuod, tõene, tõtõ, ubbaw, usann,
uthui, vals, veira, veo, ver, vera, verai, verdadeiro, verdadero, veritat, vero, vertat, veru,
verum, vrai, vraiy, vre, vunwa, väär, vêr, võlsś, waahr, waar, wahr, waor, wier, wopak, wouer,
wätäkä, wěrno, xara, yanlış, yinyaniso, yiw, zĩri, ósonn, üi, ýalňyş, đúng, şaş, ȓ, ɛ, ʻoiaʻiʻo,
λάθοσ, σωστό, авиде, ақиқат, брехня, виде, вярно, вѣ́рнѡ, жалган, жалған, истина, ло́жнѡ, ложь,
невярно, неправда, несапраўдна, нетачно, неточно, правда, сапраўдна, суя, тĕрĕс, тачно, точно,
худал, чын, чындык, ялган, істина, қалбакӣ, үнэн, ҳаққонӣ, կեղծ, ճշմարիտ, אמת, פֿאַלש, خاطئ, خطأ,
درست, راست, صح, صحيح, غلط, نادرست, يالغان, गलत, ठीक, बेठीक, सही, মিথ্যা, সত্য, ਗਲਤ, ਸਹੀ, ખરું,
ખોટું, ମିଛ, ସତ, தப்ப, ஸரி, అపాదము, నిజము, ಗಲತ್, ಸಹೀ, അതെ, അല്ല, จริง, เท็จ, ບໍ່ແມ່ນ, ແມ່ນແລ້ວ, མེན་,
ཨིན་, မှန်, မှား, მცდარი, ჭეშმარიტი, ሓሶት, ሓቂ, ሔሰት, አውነት, ខុស, ត្រូវ, 假, 真, 거짓, 참
"""

VALUES = frozenset(word.strip() for word in _WORDS.replace("\n", " ").split(","))
"""In lower case."""
