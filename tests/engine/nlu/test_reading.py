from engine.nlu.reading import Reading, tokenise


def test_kanji_and_kana_sound_alike() -> None:
    assert Reading.of(tokenise("町内会の支援")).text == "チョウナイカイノシエン"
    assert Reading.of(tokenise("ちょうないかいのしえん")).text == "チョウナイカイノシエン"


def test_kanji_numerals_and_digits_sound_alike() -> None:
    assert Reading.of(tokenise("二〇五〇年")).text == Reading.of(tokenise("2050年")).text


def test_every_sound_knows_where_it_comes_from() -> None:
    text = "市の かーぼん"
    reading = Reading.of(tokenise(text))
    assert reading.text == "シノカーボン"
    assert [text[start:end] for start, end in reading.spans] == list("市のかーぼん")
    assert Reading.of(tokenise("町内会")).spans[0] == (0, 3) or len(tokenise("町内会")) > 1


def test_nothing_has_no_reading() -> None:
    assert Reading.of(tokenise("")) == Reading("", ())
