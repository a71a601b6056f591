"""One suite for every place the state may lie in; then what only a shared file can go through."""

import itertools
import multiprocessing
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from guide.config import Settings, StateSettings
from guide.errors import ClaimConflict, ConfigError, StateError
from guide.model import Turn
from guide.state.model import Beginning, Claim, Ending, Feedback, Gap, GapPlace
from guide.state.ports import State
from guide.state.store import SqlState, open_state

DAY = 24 * 3600 * 1000


class Clock:
    def __init__(self) -> None:
        self.now = 1_000 * DAY

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["file", "memory"])
def state(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[State]:
    url = "sqlite://" if request.param == "memory" else f"sqlite:///{tmp_path / 'state.db'}"
    opened = SqlState(url, StateSettings(retention_days=30, replay_seconds=300), clock)
    yield opened
    opened.close()


numbers = itertools.count()


def begin(state: State, conversation: str | None = None, *, owner: str = "k", claim: Claim | None = None,
          profile: str | None = None, minted: bool = True) -> str | None:  # fmt: skip
    return state.answers.begin(Beginning(
        answer_id=f"a_{next(numbers)}", owner=owner, conversation_id=conversation,
        minted=minted and conversation is not None, claim=claim, profile_id=profile,
    ))  # fmt: skip


def end(state: State, answer: str, question: str = "手机", text: str = "有。", *, kept: int = 200,
        gap: Gap | None = None) -> None:  # fmt: skip
    turns = Turn("user", question), Turn("assistant", text, ["p1", "p2"])
    state.answers.end(Ending(answer_id=answer, turns=turns, turns_kept=kept, gap=gap))


def unanswered(text: str, reason: str | None = "no_field") -> Gap:
    return Gap(text=text, language="en", outcome="unanswerable", reason=reason)


def test_a_conversation_is_remembered_in_order_with_its_cards(state):
    for number in range(3):
        answer = begin(state, "c1", minted=number == 0)
        end(state, answer, f"q{number}", f"a{number}")
    turns = state.conversations.turns("c1", "k", 4)
    assert [turn.content for turn in turns] == ["q1", "a1", "q2", "a2"]
    assert turns[1] == Turn("assistant", "a1", ["p1", "p2"])
    shown = state.conversations.show("c1", "k")
    assert [turn.turn for turn in shown.turns] == [1, 2, 3, 4, 5, 6]
    assert shown.turns[0].role == "user"


def test_the_shops_own_words_are_kept_as_they_are(state):
    end(state, begin(state, "c1"), "write to a@b.example", "Mail service@shop.example.")
    turns = state.conversations.turns("c1", "k", 2)
    assert [turn.content for turn in turns] == ["write to [email]", "Mail service@shop.example."]


def test_the_oldest_turns_go_first(state):
    for number in range(4):
        end(state, begin(state, "c1", minted=number == 0), f"q{number}", f"a{number}", kept=4)
    assert [turn.turn for turn in state.conversations.show("c1", "k").turns] == [5, 6, 7, 8]


def test_another_key_sees_nothing_and_changes_nothing(state):
    end(state, begin(state, "c1"))
    assert state.conversations.turns("c1", "other", 10) is None
    assert state.conversations.show("c1", "other") is None
    assert state.conversations.delete("c1", "other") is False
    assert begin(state, "c1", owner="other", minted=False) is None
    assert len(state.conversations.turns("c1", "k", 10)) == 2


def test_an_unknown_conversation_cannot_be_gone_on_with(state):
    assert begin(state, "nothing", minted=False) is None


def test_deleting_takes_all_that_hangs_on_it(state):
    answer, other = begin(state, "c1"), begin(state, "c2")
    for one in (answer, other):
        state.answers.log(one, 0, [b"{}"], failed=False)
        end(state, one, gap=unanswered("is it waterproof"))
        assert state.feedback.put(Feedback(answer_id=one, rating="up"), "k")
    assert state.conversations.delete("c1", "k")
    assert state.answers.read(answer, "k", 0) is None
    assert not state.feedback.put(Feedback(answer_id=answer, rating="up"), "k")
    assert state.unanswered.page(10, None)[0].count == 1
    assert state.answers.read(other, "k", 0).events == [b"{}"]


def test_what_was_deleted_while_it_ran_does_not_come_back(state):
    answer = begin(state, "c1")
    state.conversations.delete("c1", "k")
    end(state, answer, gap=unanswered("x"))
    assert state.answers.log(answer, 0, [b"{}"]) is False
    assert state.conversations.show("c1", "k") is None
    assert state.unanswered.page(10, None) == []


def test_the_log_is_read_from_any_place_and_ends(state, clock):
    answer = begin(state)
    assert state.answers.read(answer, "k", 0).running
    assert state.answers.log(answer, 0, [b"1", b"2"])
    assert state.answers.read(answer, "k", 1).events == [b"2"]
    assert state.answers.log(answer, 2, [b"3"], failed=False)
    last = state.answers.read(answer, "k", 2)
    assert (last.events, last.running) == ([b"3"], False)
    assert state.answers.read(answer, "other", 0) is None
    clock.now += 301_000
    assert state.answers.read(answer, "k", 0) is None


def test_an_answer_whose_process_died_does_not_run(state, clock):
    answer = begin(state)
    clock.now += 16_000
    assert not state.answers.read(answer, "k", 0).running
    state.answers.log(answer, 0, [])
    assert state.answers.read(answer, "k", 0).running


def test_who_reads_along_is_seen(state, clock):
    answer = begin(state)
    assert not state.answers.watched(answer, 5)
    state.answers.watch(answer)
    assert state.answers.watched(answer, 5)
    clock.now += 6_000
    assert not state.answers.watched(answer, 5)


def test_a_claim_stands_for_one_answer(state, clock):
    claim = Claim("key", "print")
    first = begin(state, claim=claim)
    assert begin(state, claim=claim) == first
    assert begin(state, claim=claim, owner="other") != first
    with pytest.raises(ClaimConflict):
        begin(state, claim=Claim("key", "another"))
    state.answers.log(first, 0, [b"1"], failed=False)
    assert begin(state, claim=claim) == first
    clock.now += 301_000
    second = begin(state, claim=claim)
    assert second != first


@pytest.mark.parametrize("how", ["failed", "died"])
def test_a_claim_of_an_answer_that_never_came_is_free_again(state, clock, how):
    claim = Claim("key", "print")
    first = begin(state, claim=claim)
    if how == "failed":
        state.answers.log(first, 0, [b"1"], failed=True)
    else:
        clock.now += 16_000
    assert begin(state, claim=claim) != first


def test_a_claim_is_found_even_if_the_conversation_would_begin_anew(state):
    claim = Claim("key", "print")
    first = begin(state, "c1", claim=claim)
    assert begin(state, "c2", claim=claim) == first
    assert state.conversations.show("c2", "k") is None


def test_feedback_is_for_answers_of_the_same_key(state):
    answer = begin(state)
    assert state.feedback.put(Feedback(answer_id=answer, rating="down", comment="call +86 138 0013 8000"), "k")
    assert state.feedback.put(Feedback(answer_id=answer, rating="up"), "k")
    assert not state.feedback.put(Feedback(answer_id=answer, rating="up"), "other")
    assert not state.feedback.put(Feedback(answer_id="a_none", rating="up"), "k")


def test_unanswered_questions_are_counted_together(state, clock):
    said = ("Does it float?", "does it  FLOAT", "能用吗？", "my mail is a@b.example, does it sing", "does it float!")
    for text in said:
        clock.now += 1
        end(state, begin(state), gap=unanswered(text, None if "FLOAT" in text else "no_field"))
    first, *rest = state.unanswered.page(10, None)
    assert (first.text, first.count) == ("does it float!", 3)
    assert first.reasons == {"no_field": 2, "unstated": 1}
    assert first.last_seen == clock.now
    assert [group.text for group in rest] == ["my mail is [email], does it sing", "能用吗？"]


def test_pages_of_unanswered_questions_have_neither_gap_nor_double(state, clock):
    for number in range(7):
        clock.now += number % 2
        for _ in range(1 + number % 3):
            end(state, begin(state), gap=unanswered(f"question {number}"))
    whole = state.unanswered.page(100, None)
    paged, place = [], None
    while page := state.unanswered.page(2, place):
        paged += page
        place = GapPlace(page[-1].count, page[-1].last_seen, page[-1].folded)
    assert paged == whole
    assert len(whole) == 7


def test_the_queue_can_be_turned_off():
    state = SqlState("sqlite://", StateSettings(unanswered=False))
    end(state, begin(state), gap=unanswered("x"))
    assert state.unanswered.page(10, None) == []
    state.close()


def test_the_purge_keeps_what_is_in_use(state, clock):
    old, young = begin(state, "old", claim=Claim("1", "p")), None
    state.answers.log(old, 0, [b"1"], failed=False)
    end(state, old, gap=unanswered("x"))
    clock.now += 20 * DAY
    young = begin(state, "young")
    end(state, young)
    state.purge()
    assert state.conversations.show("old", "k")
    assert state.unanswered.page(10, None)
    clock.now += 15 * DAY
    running = begin(state)
    state.answers.log(running, 0, [b"1"])
    state.purge()
    assert state.conversations.show("old", "k") is None
    assert state.unanswered.page(10, None) == []
    assert len(state.conversations.show("young", "k").turns) == 2
    assert state.answers.read(running, "k", 0).events == [b"1"]


def test_a_conversation_or_a_profile_is_erased(state):
    end(state, begin(state, "c1", profile="anna"), gap=unanswered("x"))
    end(state, begin(state, profile="anna"))
    end(state, begin(state, "c2", profile="ben"))
    erased = state.erase("anna")
    assert (erased.conversations, erased.turns, erased.answers, erased.unanswered) == (1, 2, 2, 1)
    assert state.conversations.show("c1", "k") is None
    assert state.erase("c2").turns == 2
    assert state.erase("c2").conversations == 0


def test_turn_numbers_never_collide(state):
    answers = [begin(state, "c1", minted=number == 0) for number in range(8)]
    threads = [threading.Thread(target=end, args=(state, answer)) for answer in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    turns = state.conversations.show("c1", "k").turns
    assert [turn.turn for turn in turns] == list(range(1, 17))
    assert [turn.role for turn in turns] == ["user", "assistant"] * 8


def test_no_word_of_what_was_erased_stays_in_the_files(tmp_path):
    state = SqlState(f"sqlite:///{tmp_path / 'state.db'}", StateSettings())
    end(state, begin(state, "c1"), "a very particular wish")
    assert any(b"particular wish" in file.read_bytes() for file in tmp_path.iterdir())
    state.erase("c1")
    assert not any(b"particular wish" in file.read_bytes() for file in tmp_path.iterdir())
    state.close()


def test_the_file_is_its_owners_alone(tmp_path):
    state = open_state(Settings(data=tmp_path))
    assert not (tmp_path / "state.db").exists()
    state.purge()
    assert stat.S_IMODE((tmp_path / "state.db").stat().st_mode) == 0o600
    state.close()


def make(url: str, barrier: Callable[[], object], told: "multiprocessing.SimpleQueue[str]") -> None:
    state = SqlState(url, StateSettings())
    barrier()
    try:
        answer = state.answers.begin(Beginning(answer_id=multiprocessing.current_process().name, owner="k"))
        told.put(str(answer))
    except StateError as error:
        told.put(str(error))
    finally:
        state.close()


def test_processes_that_start_at_once_make_one_schema(tmp_path):
    context = multiprocessing.get_context("spawn")
    barrier, told = context.Barrier(3), context.SimpleQueue()
    url = f"sqlite:///{tmp_path / 'state.db'}"
    names = [f"a_{number}" for number in range(3)]
    started = [context.Process(target=make, args=(url, barrier.wait, told), name=name) for name in names]
    for process in started:
        process.start()
    for process in started:
        process.join()
    assert sorted(told.get() for _ in names) == names


def test_a_locked_database_is_told_and_recovers(tmp_path):
    path = tmp_path / "state.db"
    state = SqlState(f"sqlite:///{path}", StateSettings())
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StateError, match="locked"):
            begin(state)
        other.execute("ROLLBACK")
    assert begin(state)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StateError, match="locked"):
            begin(state)
        assert state.conversations.show("c", "k") is None  # readers do not wait for writers
        other.execute("ROLLBACK")
    state.close()


def test_a_database_that_cannot_be_is_told(tmp_path):
    state = SqlState(f"sqlite:///{tmp_path / 'no' / 'folder.db'}", StateSettings())
    with pytest.raises(StateError, match="cannot be written"):
        begin(state)
    (tmp_path / "state.db").write_bytes(b"this is no database, and never was one" * 100)
    state = SqlState(f"sqlite:///{tmp_path / 'state.db'}", StateSettings())
    with pytest.raises(StateError, match="not a database"):
        begin(state)
    for url in ("nonsense", "nosuch://x"):
        with pytest.raises(ConfigError, match=r"state\.url"):
            SqlState(url, StateSettings())
