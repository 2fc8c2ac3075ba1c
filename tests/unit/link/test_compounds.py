"""Names inside longer names that no gazetteer holds."""

from __future__ import annotations

import pytest

from digest.gazetteer.lexicon import build_lexicon
from digest.gazetteer.load import Gazetteer
from digest.languages.companions import Companions, read_companions, read_measured
from digest.languages.pack import FOLDER, load_pack
from digest.link.mentions import Linker
from digest.link.reading import Reading
from digest.model import Mention, Passage, Rejection


@pytest.fixture(scope="module")
def urdu(gazetteer: Gazetteer) -> Linker:
    """The linker of Urdu with the whole gazetteer."""
    pack = load_pack("ur")
    return Linker(build_lexicon(gazetteer, pack.folder, "ur"), pack)


def _link(linker: Linker, *paragraphs: str) -> tuple[tuple[Mention, ...], tuple[Rejection, ...]]:
    readings: list[Reading] = []
    start = 0
    for text in paragraphs:
        passage = Passage(role="paragraph", text=text, start=start, block=len(readings))
        readings.append(Reading(passage, linker.folder.words(text)))
        start += len(text) + 2
    return linker.link(readings)


def _named(linker: Linker, *paragraphs: str) -> set[str]:
    return {mention.entity for mention in _link(linker, *paragraphs)[0]}


@pytest.mark.parametrize(
    ("text", "entity", "why"),
    [
        ("دھان منڈی میں جاپان سنوبری فلیٹس کے رہائشی جمع ہوئے۔", "japan", "in a longer name: «جاپان سنوبری»"),
        ("کنسرٹ میں پرتگالی فادو کی محفل سجی۔", "portugal", "in a longer name: «پرتگالی فادو»"),
        (
            "مریض کو فاطمہ جناح پلمونری یونٹ میں داخل کیا گیا۔",
            "fatima-jinnah",
            "in a longer name: «فاطمہ جناح پلمونری»",
        ),
        ("چور آئی ایم ایف سنوبری فلیٹس میں گھس گئے۔", "imf", "in a longer name: «آئی ایم ایف سنوبری»"),
        ("ان کی فلم ڈھاکہ نے دھوم مچا دی۔", "bangladesh", "a title behind «فلم»"),
        (
            "اونٹاریو کے شہر لندن میں ایک خاندان پر حملہ ہوا۔",
            "united-kingdom",
            "a place of ontario is called so: «شہر»",
        ),
        ("سیاح تحصیل بحرین میں پھنس گئے۔", "bahrain", "smaller than a land: «تحصیل»"),
        ("پولیس نے لبنان احمد کو گرفتار کر لیا۔", "lebanon", "in a longer phrase: «لبنان احمد»"),
        ("پولیس نے یمن گل کو گرفتار کر لیا۔", "yemen", "somebody's name goes on with «گل»"),
        ("مصنف کی تصنیف ’’گمشدہ جاپان‘‘ شائع ہو گئی۔", "japan", "in a title"),
    ],
)
def test_a_name_in_a_longer_one_is_refused_with_the_reason(urdu: Linker, text: str, entity: str, why: str) -> None:
    mentions, rejections = _link(urdu, text)
    assert entity not in {mention.entity for mention in mentions}
    assert (entity, why) in {(rejection.entity, rejection.why) for rejection in rejections}


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("جاپان نے امداد کا اعلان کیا۔", "japan"),  # a postposition goes on with the sentence
        ("جاپان، فرانس اور جرمنی نے دستخط کیے۔", "japan"),
        ("جاپان حکومت نے امداد کا اعلان کیا۔", "japan"),  # a companion of every land
        ("جاپان ہمیشہ امن کا حامی رہا۔", "japan"),  # an adverb
        ("جاپان جاپانیوں کا ہے۔", "japan"),
        ("جاپان گھوڑوں کی دوڑ میں آگے ہے۔", "japan"),  # a plural that no name ends in
        ("جاپان سنوبری فلیٹس بنا رہا ہے۔", "japan"),  # the sentence goes on with a verb: no name ends here
        ("وزیراعظم جاپان شنجیرو کوئزومی کا خطاب۔", "japan"),  # an office, and behind it who holds it
        ("پرتگالی وزیر خارجہ نے بیان دیا۔", "portugal"),
        ("برازیلی صدر لولا ڈا سلوا نے خطاب کیا۔", "lula-da-silva"),  # the word behind it is his own
        ("کویت شہر کویت میں اجلاس ہوا۔", "kuwait"),
        ("صدر نے کہا کہ ’قازقستان‘ ہمارا دوست ہے۔", "kazakhstan"),  # alone in quotation marks
        ("فرانس کے شہر پیرس میں مظاہرہ ہوا۔", "france"),
    ],
)
def test_a_name_that_stands_for_itself_counts(urdu: Linker, text: str, entity: str) -> None:
    assert entity in _named(urdu, text)


def test_a_doubtful_name_counts_where_the_land_is_named_without_doubt(urdu: Linker) -> None:
    mentions, rejections = _link(urdu, "جاپان سنوبری فلیٹس کے رہائشی جمع ہوئے۔", "جاپانی وزیر خارجہ نے مذمت کی۔")
    assert [mention.surface for mention in mentions if mention.entity == "japan"] == ["جاپان", "جاپانی"]
    assert not [rejection for rejection in rejections if rejection.entity == "japan"]


def test_a_place_speaks_for_its_country(urdu: Linker) -> None:
    assert "pakistan" in _named(urdu, "پاکستان سنوبری فلیٹس کے رہائشی جمع ہوئے۔", "لاہور میں بارش ہوئی۔")


def test_a_name_first_met_in_a_longer_one_is_that_afterwards(urdu: Linker) -> None:
    first, later = "اداکارہ پیرس کوربینو نے شادی کر لی۔", "پیرس کا کہنا تھا کہ تقریب سادہ تھی۔"
    mentions, rejections = _link(urdu, first, later)
    assert "france" not in {mention.entity for mention in mentions}
    assert [rejection.why for rejection in rejections if rejection.entity == "france"] == [
        "in a longer name: «پیرس کوربینو»",
        "first met in a longer name: «پیرس کوربینو»",
    ]
    assert "france" in _named(urdu, "پیرس میں بارش ہوئی۔", first), "the city came first"


def test_half_of_a_place_named_before_is_that_place(urdu: Linker) -> None:
    before, after = "نیو میکسیکو میں آگ لگ گئی۔", "میکسیکو کے گورنر نے ہنگامی حالت نافذ کر دی۔"
    assert "mexico" not in _named(urdu, before, after)
    assert "mexico" in _named(urdu, after, before)
    assert "sudan" in _named(urdu, "جنوبی سوڈان میں امن ہے۔", "سوڈان میں جنگ ہے۔"), "both are lands"


def test_half_of_a_body_elsewhere_is_that_body(urdu: Linker) -> None:
    before, after = "کولمبیا یونیورسٹی میں دھرنا ہوا۔", "کولمبیا کے طلبہ گرفتار کر لیے گئے۔"
    assert "colombia" not in _named(urdu, before, after)
    assert "colombia" in _named(urdu, after)


def test_an_acronym_in_brackets_is_short_for_what_stands_before_it(urdu: Linker) -> None:
    first, later = "جلسہ انقلابی مسلم فرنٹ (آئی ایم ایف) نے کیا۔", "آئی ایم ایف نے دھرنا بھی دیا۔"
    assert "imf" not in _named(urdu, first, later)
    assert "imf" in _named(urdu, "عالمی مالیاتی فنڈ (آئی ایم ایف) نے قسط جاری کی۔")


def test_somebody_otherwise_called_a_land_is_none(urdu: Linker) -> None:
    assert "germany" not in _named(urdu, "ملزم ندیم عرف جرمنی پکڑا گیا۔", "جرمنی نے اعتراف جرم کر لیا۔")


@pytest.mark.parametrize("tag", ["ar", "fa"])
def test_a_pack_that_says_nothing_of_companions_doubts_nothing(tag: str) -> None:
    assert read_companions(FOLDER / tag) == Companions()
    assert read_measured(FOLDER / tag) == {}


def test_measured_words_are_folded_once_and_no_digits() -> None:
    measured = load_pack("ur").measured
    assert len(measured) > 2000
    assert "ٹیم" in measured
    assert not any(word.isdigit() or set(letters) - set("lapoc") for word, letters in measured.items())
