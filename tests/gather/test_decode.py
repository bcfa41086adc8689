import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import BinaryInput, EmptyInput, SaysoError, TooLarge
from sayso.gather.decode import Decoded, decode, garbled, peek, without_surrogates

LIMIT = 1_000_000
WORDS = "“The pier,” said Åsa, “opens — finally.”\r\nNobody objected.\n"


def read(data: bytes, *, markup: bool = False) -> Decoded:
    return decode(data, "report.txt", LIMIT, markup=markup)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"],
    ids=lambda name: str(name),
)
def test_unicode_encodings_are_read_without_a_flag_and_without_a_change(encoding: str) -> None:
    assert read(WORDS.encode(encoding)) == Decoded(WORDS)


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xfe\xff", "utf-16-be"), (b"\x00\x00\xfe\xff", "utf-32-be")])
def test_big_endian_marks_are_heeded(mark: bytes, encoding: str) -> None:
    assert read(mark + WORDS.encode(encoding)).text == WORDS


def test_windows_1252_is_the_last_resort_and_says_so() -> None:
    decoded = read(WORDS.encode("cp1252"))
    assert decoded.text == WORDS
    assert decoded.flags == ("encoding not stated: read as Windows-1252",)


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("windows-1251", "Мэр обещал открыть причал весной"),
        ("koi8-r", "Мэр обещал открыть причал"),
        ("iso-8859-2", "Żółta łódź wróciła do portu"),
        ("gb18030", "新码头将于春天开放"),
        ("shift_jis", "新しい桟橋は春に開く"),
        ("euc-kr", "새 부두가 봄에 열린다"),
        ("windows-1256", "قال رئيس البلدية"),
        ("iso-8859-1", "Åsa sade “nej”".replace("“", "«").replace("”", "»")),
    ],
)
def test_a_page_is_read_in_the_charset_it_declares(charset: str, words: str) -> None:
    html = f'<html><head><meta charset="{charset}"></head><p>{words}</p>'
    assert read(html.encode(charset), markup=True) == Decoded(html)


def test_a_charset_may_stand_in_the_content_type_or_the_xml_declaration() -> None:
    for head in (
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        '<?xml version="1.0" encoding="windows-1251"?>',
    ):
        assert "причал" in read(f"{head}<p>причал</p>".encode("cp1251"), markup=True).text


def test_bytes_that_are_utf8_win_over_a_wrong_declaration() -> None:
    decoded = read('<meta charset="windows-1251"><p>причал — “да”</p>'.encode(), markup=True)
    assert "причал — “да”" in decoded.text
    assert decoded.flags == ("the page declares windows-1251, but was read as UTF-8",)


@pytest.mark.parametrize("charset", ["zip_codec", "rot13", "unicode_escape", "idna", "undefined", "no-such", "cp9999"])
def test_a_charset_that_is_none_is_ignored(charset: str) -> None:
    decoded = read(f'<meta charset="{charset}"><p>caf'.encode() + b"\xe9</p>", markup=True)
    assert "<p>café</p>" in decoded.text


def test_a_declared_charset_does_not_count_in_plain_text() -> None:
    assert "café" in read(b'<meta charset="windows-1251"> is what they wrote in the caf\xe9').text


def test_a_few_broken_bytes_do_not_turn_utf8_into_another_encoding() -> None:
    decoded = read(WORDS.encode() + b"\xe2\x80")
    assert decoded.text.startswith(WORDS)
    assert decoded.flags == ("text repaired: 1 unreadable byte replaced",)


def test_nul_is_replaced_one_for_one_in_text_and_dropped_in_pages() -> None:
    data = b"The mayor prom\0ised a berth to every fisherman in the town."
    assert read(data).text == data.decode().replace("\0", "\ufffd")
    assert read(data).flags == ("text repaired: 1 NUL character replaced",)
    assert read(data, markup=True).text == data.decode().replace("\0", "")
    assert read(data, markup=True).flags == ("text repaired: 1 NUL character dropped",)


@pytest.mark.parametrize("words", ["â€œThe pierâ€\x9d, she said", "cafÃ© and tea", "5Â\u00a0kg of fish"])
def test_garbled_text_is_flagged_and_kept(words: str) -> None:
    decoded = read(words.encode())
    assert decoded.text == words
    assert "looks garbled" in decoded.flags[0]


@pytest.mark.parametrize("words", ["São Tomé, Ângela, NÃO", "“ordinary” quotes — and dashes", "Français, château"])
def test_accents_alone_are_not_called_garbled(words: str) -> None:
    assert garbled(words) == ()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04 and more", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0 and more", "JPEG"),
        (b"\x1f\x8b\x08 and more", "gzip"),
        (b"\xd0\xcf\x11\xe0 and more", "office"),
        (b"{\\rtf1 The pier}", "rich text"),
        (bytes(range(256)) * 40, "does not look like text"),
        (b"\x01\x02\x03\x04\x05", "does not look like text"),
        (b"a\0\0\0b\0\0" * 100, "does not look like text"),
    ],
)
def test_what_is_not_text_is_refused_with_a_cure(data: bytes, what: str) -> None:
    with pytest.raises(BinaryInput, match=what) as caught:
        read(data)
    assert caught.value.origin == "report.txt"
    assert caught.value.cure


@pytest.mark.parametrize(
    "data",
    [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\n", b"\0", "\u200b \n".encode(), b"{", b" ---\n"],
)
def test_nothing_to_read_is_an_error_of_its_own(data: bytes) -> None:
    with pytest.raises(EmptyInput, match=r"report\.txt"):
        read(data)


def test_the_limit_is_the_last_size_that_passes() -> None:
    assert decode(b"a" * 100, "x", 100).text == "a" * 100
    with pytest.raises(TooLarge, match="limit of 100 bytes"):
        decode(b"a" * 101, "x", 100)


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    decoded = without_surrogates("a\ud800b\udfffc")
    assert decoded == Decoded("a\ufffdb\ufffdc", ("text repaired: 2 lone surrogates replaced",))
    assert without_surrogates("pier 🚢") == Decoded("pier 🚢")


def outcome(data: bytes, markup: bool) -> Decoded | SaysoError:
    try:
        return read(data, markup=markup)
    except SaysoError as error:
        return error


@settings(max_examples=300, deadline=None)
@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "replace")), st.booleans())
def test_any_bytes_give_encodable_text_or_a_typed_error(data: bytes, markup: bool) -> None:
    peek(data).encode()
    found = outcome(data, markup)
    if isinstance(found, SaysoError):
        assert "report.txt" in str(found)
    else:
        found.text.encode("utf-8")
        assert "\0" not in found.text


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"]), min_size=1),
    st.sampled_from("\n\r\t"),
)
def test_utf8_text_comes_back_code_point_for_code_point(words: str, newline: str) -> None:
    text = f"Norrvik{newline}{words}"
    if text.count("\ufffd") <= 2:
        assert read(text.encode()).text == text
