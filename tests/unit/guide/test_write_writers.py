import asyncio

import phone_shop

from guide.config import GeneratorSettings
from guide.write.writers import Writers


def answer(settings, decision):
    async def run():
        writers = Writers(settings)
        release = writers.write(phone_shop.ZH_QUESTION, decision)
        try:
            return [sentence async for sentence in release], release
        finally:
            await writers.aclose()

    return asyncio.run(run())


def test_without_a_model_the_composer_writes():
    said, release = answer(GeneratorSettings(), phone_shop.zh())
    assert said == phone_shop.zh().sentences
    assert release.writer == "composer"
    assert release.usage == {"kept": 6}


def test_an_endpoint_that_is_down_leaves_the_composer_s_answer():
    said, release = answer(GeneratorSettings(url="http://127.0.0.1:9/v1", model="m"), phone_shop.zh())
    assert said == phone_shop.zh().sentences
    assert release.writer == "composer"
    assert "cannot be reached" in release.tally.error


def test_what_has_nothing_to_tell_is_not_given_to_a_model():
    decision = phone_shop.zh()
    decision.outcome = "unanswerable"
    _, release = answer(GeneratorSettings(url="http://127.0.0.1:9/v1", model="m"), decision)
    assert release.tally.error == ""
