"""The texts of the golden vectors: written cases for what a tokenizer can get wrong, and generated ones for length.

`texts()` returns (kind, text) pairs in a fixed order. Nothing here depends on a model.
"""

import random
import unicodedata

SENTENCES = [
    "Invoices above 5,000 euros need a second signature.",
    "How do I ask for parental leave?",
    "The kiln must cool below 60 °C before the door is opened.",
    "Our refund policy covers damaged goods for thirty days.",
    "Who is responsible for rotating the backup tapes?",
    "A cat sat on the mat while the rain kept falling.",
    "Revenue grew by 12.5% in the third quarter of 2024.",
    "please restart the staging server after you have deployed",
    "WARNING: DO NOT MIX BLEACH AND AMMONIA!",
    "It's the dog's bone; they're not ours, aren't they?",
    "The well-known, state-of-the-art, twenty-first-century machine",
    "Dr. Smith arrived at 10:45 a.m. on Mon., 3 Feb. 2025.",
    "Photosynthesis turns light, water and carbon dioxide into sugar and oxygen.",
    "She sells sea shells by the sea shore",
    "To be, or not to be: that is the question.",
    "Reset a forgotten password from the sign-in page.",
    "The train to Vienna leaves from platform nine at noon.",
    "What is the boiling point of ethanol at sea level?",
    "Return `None` when the key is missing.",
    "All employees receive twenty-six days of paid holiday a year.",
]

WRITTEN = {
    "empty": [""],
    "blank": [" ", "   ", "\n", "\t", "\r\n\r\n", " \t \n \r ", "\u00a0", "\u2003\u2009", "\u3000"],
    "punctuation": [
        ".", "...", "!?", "—", "“quoted”", "‘single’", "(a)[b]{c}<d>", "a.b.c.d", "$€£¥₿", "1+1=2; 3*4=12; 2^8=256",
        "-----", "=====", "#hashtag @mention", "…", "§ 12 (3) no. 4 ¶ 5", "50%/50‰", "a_b_c snake_case __init__",
    ],
    "word": ["a", "the", "Hello", "HELLO", "antidisestablishmentarianism", "pneumonoultramicroscopicsilicovolcanoconiosis",
             "x" * 99, "x" * 100, "x" * 101, "y" * 5000, "supercalifragilisticexpialidocious " * 3],
    "number": ["0", "42", "-273.15", "3.14159265358979", "1,234,567.89", "1e-12", "0x1F4A9", "2026-11-23T03:05:00Z",
               "+44 20 7946 0958", "DE89 3704 0044 0532 0130 00", "IPv6 fe80::1ff:fe23:4567:890a", "v1.2.3-rc.4+build.5"],
    "special": ["[CLS]", "[SEP] text after a separator [SEP]", "the [MASK] sat on the [MASK]", "[UNK] [PAD] [unused1]", "##ing ##s"],
    "accents": ["Crème brûlée à la carte", "naïve façade, déjà vu", "Ångström Øresund Æsir", "Straße, groß, Fußgänger", "İstanbul ıssız",
                "Đặng Thị Ngọc Thịnh", "Zażółć gęślą jaźń", "příliš žluťoučký kůň", "Ǆ ǅ ǆ ﬁ ﬂ ﬀ", "ΑΒΓ Σίσυφος ΣΊΣΥΦΟΣ",
                "e\u0301\u0301\u0301 combining twice", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!"],
    "cyrillic": ["Быстрая коричневая лиса", "Привет, как дела?", "Ёжик в тумане", "Їжак та ґава", "Слободан Ђоковић"],
    "greek": ["Η γρήγορη καφέ αλεπού", "Ὦ ξεῖν’, ἀγγέλλειν Λακεδαιμονίοις"],
    "cjk": ["我们的退款政策", "今天天气很好，我们去公园散步吧。", "東京都千代田区", "カタカナ と ひらがな と 漢字", "ｶﾀｶﾅ ﾊﾝｶｸ", "한국어 문장입니다.",
            "한글 조합형", "𠀋𠮷野家", "北京2008年奥运会Beijing Olympics", "「引用」『二重』、。", "ＦＵＬＬ　ｗｉｄｔｈ１２３"],
    "rtl": ["مرحبا بالعالم", "السَّلَامُ عَلَيْكُمْ", "שלום עולם", "שָׁלוֹם", "Price: ١٢٣ ريال (SAR)", "\u202eright to left override\u202c",
            "mixed עברית and العربية text"],
    "indic": ["नमस्ते दुनिया", "வணக்கம் உலகம்", "বাংলা ভাষা", "สวัสดีชาวโลก", "မင်္ဂလာပါ", "ជំរាបសួរ", "ගුවන් විදුලිය", "తెలుగు"],
    "other script": ["გამარჯობა მსოფლიო", "Բարեւ աշխարհ", "ᚠᛇᚻ ᛒᛦᚦ", "ᏣᎳᎩ", "አማርኛ", "ⵜⵉⴼⵉⵏⴰⵖ", "𐍅𐌿𐌻𐍆𐌹𐌻𐌰", "⠓⠑⠇⠇⠕"],
    "emoji": ["🙂", "🙂🙃😀 three faces", "👨‍👩‍👧‍👦 family", "🇬🇧🇫🇷 flags", "👍🏽 skin tone", "❤️ heart", "great work 🎉🎉🎉 everyone!", "1️⃣ 2️⃣ 3️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"],
    "symbol": ["∀x ∈ ℝ: x² ≥ 0", "∫₀^∞ e^{-x²} dx = √π/2", "H₂O → H⁺ + OH⁻", "½ ¼ ¾ ⅓", "𝒜𝓁𝑔ℯ𝒷𝓇𝒶 𝔽𝕣𝕒𝕜𝕥𝕦𝕣", "♠♥♦♣ ♔♕♖", "│ box ─ drawing ┼", "™ ® © ℠ ℃ №"],
    "control": ["nul\u0000byte", "bell\u0007 escape\u001b[31mred\u001b[0m", "zero\u200bwidth\u200djoiner\u2060word", "soft\u00adhyphen", "\ufeffbyte order mark",
                "replacement \ufffd character", "private \ue000 use", "line\u2028separator\u2029paragraph", "vertical\u000btab form\u000cfeed", "\u0080\u0085\u009f c1",
                "tag \U000e0041\U000e0042", "non\u00a0breaking\u202fspaces", "\U0010ffff last"],
    "url": ["https://example.com/path/to/page?query=value&other=1#fragment", "mailto:jane.doe+tag@example.co.uk", "www.example.org",
            "file:///C:/Users/jane/Documents/report%20final.pdf", r"\\server\share\folder\file.txt", "/usr/local/share/doc/README.md",
            "git@example.com:team/project.git", "127.0.0.1:8080"],
    "code": [
        "fn main() {\n    println!(\"Hello, {}!\", name);\n}",
        "SELECT region, sum(amount) AS total FROM sales WHERE year = 2024 GROUP BY region ORDER BY total DESC LIMIT 10;",
        "for i in range(10):\n    if i % 2 == 0:\n        yield i ** 2",
        "{\"id\": 17, \"name\": \"Ada\", \"tags\": [\"a\", \"b\"], \"nested\": {\"x\": null}}",
        "<div class=\"card\"><h1>Title</h1><p>Text &amp; more&nbsp;text</p></div>",
        "#!/bin/sh\nset -eu\nfind . -name '*.log' -mtime +30 -exec rm {} \\;",
        "const add = (a, b) => a + b; // arrow function",
        "template <typename T> std::vector<T> f(const T& x) { return {x, x}; }",
        "^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*)@example\\.com$",
        "camelCase PascalCase SCREAMING_SNAKE_CASE kebab-case i18n k8s utf8mb4",
        "0000:  48 65 6c 6c 6f 2c 20 77  6f 72 6c 64 21 0a  |Hello, world!.|",
    ],
    "table": [
        "| item | price |\n|------|------:|\n| tea | 2.50 |\n| coffee | 3.20 |",
        "name\tage\tcity\nAda\t36\tLondon\nAlan\t41\tWilmslow",
        "id,date,amount\n1,2024-01-05,19.99\n2,2024-01-06,5.00\n3,2024-01-07,\"1,200.00\"",
        "+-----+-----+\n| a   | b   |\n+=====+=====+\n| 1   | 2   |\n+-----+-----+",
    ],
    "markdown": [
        "# Holiday policy\n\n- ask **early**\n- see [the form](forms/leave.md)\n\n> Managers decide within *five* days.",
        "1. Unplug the machine.\n2. Wait for 30 s.\n3. Remove the cover.\n\n```sh\nsudo systemctl stop pump\n```",
        "Term\n: Definition with `code`[^1]\n\n[^1]: A footnote.",
    ],
    "language": [
        "Der schnelle braune Fuchs springt über den faulen Hund.", "Le renard brun rapide saute par-dessus le chien paresseux.",
        "El rápido zorro marrón salta sobre el perro perezoso.", "La volpe marrone salta sopra il cane pigro.",
        "A rápida raposa marrom pula sobre o cachorro.", "Szybki brązowy lis przeskakuje nad leniwym psem.",
        "Hızlı kahverengi tilki tembel köpeğin üstünden atlar.", "Nopea ruskea kettu hyppää laiskan koiran yli.",
        "Con cáo nâu nhanh nhẹn nhảy qua con chó lười.",
    ],
    "typo": ["teh qiuck brwon fxo", "recieve definately seperate", "loooooooool so goooood", "gr8 m8 i r8 8/8", "THiS iS MoCKiNG TeXT"],
    "repeat": ["the " * 20, "buffalo " * 300, "a b " * 130, "。" * 300, "😀" * 260, "x" * 100 + " " + "z" * 100, ". " * 400, "\n" * 1000 + "end"],
}

WORDS = (
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you were "
    "all her she there would their we him been has when who will no more if out so up said what its about than into them can only "
    "other time new some could these two may first then do any like my now over such our man me even most made after also well must "
    "policy invoice customer delivery warehouse schedule meeting quarterly budget revenue contract supplier machine temperature "
    "maintenance safety training holiday insurance payroll password database backup network printer laboratory microscope chemistry "
    "engine bicycle mountain river harvest orchestra violin painting museum cathedral parliament election treaty navigation astronomy "
    "unbelievable internationalisation counterproductive photosynthesis electroencephalogram misunderstanding"
).split()

# Word counts of the generated texts: dense where most chunks are, and on both sides of the 256-token limit.
LENGTHS = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 200, 208,
           216, 224, 232, 236, 240, 244, 248, 250, 252, 254, 256, 260, 264, 272, 288, 320, 384, 512, 700, 1000, 2000]


def texts() -> list[tuple[str, str]]:
    """All cases in order: plain sentences, written cases, both normal forms of accented text, generated lengths."""
    cases = [("sentence", text) for text in SENTENCES]
    cases += [(kind, text) for kind, group in WRITTEN.items() for text in group]
    cases += [("decomposed", unicodedata.normalize("NFD", text)) for text in WRITTEN["accents"][:6]]
    rng = random.Random(20240229)
    for length in LENGTHS:
        words = [rng.choice(WORDS) for _ in range(length)]
        for start in range(0, length, 12):
            words[start] = words[start].capitalize()
            words[min(start + 11, length - 1)] += rng.choice(".,;?")
        cases.append(("length", " ".join(words)))
    return cases
