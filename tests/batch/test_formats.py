"""``exoreg batch`` on files: CSV, JSON Lines and Parquet in and out."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exoreg.batch.formats import Layout
from exoreg.batch.formats import csv as csv_format
from exoreg.batch.formats import jsonl as jsonl_format
from exoreg.cli import run as main

DAY = "2026-11-22"


@dataclass
class Ended:
    """How the program ended."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Ended]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the program in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def go(*args: str, given: str = "") -> Ended:
        monkeypatch.setattr(sys, "argv", ["exoreg", "batch", "--as-of", DAY, *args])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfdbinary.readouterr()
        return Ended(int(ended.value.code or 0), out.decode(), err.decode())

    return go


def test_csv_of_every_shape(run: Run, tmp_path: Path) -> None:
    """Marks, line ends, quotes, ragged rows and formulas: written out whole."""
    (tmp_path / "c.csv").write_bytes(
        b"\xef\xbb\xbfid,name,source,use,region\r\n"
        b'1,"two\r\nlines, ""quoted""",salmon,topical,UK;KR\r\n'
        b"\r\n"
        b"-2.5,=1+1,umbilicl,topical,\r\n"
        b"+3,@SUM(A1),human\r\n"
        b"4,\x2dx,rose,topical,UK,more,=cells\r\n"
        b"5,caf\xe9,rose,topical,UK\r\n"
        b"6,-,rose,topical,UK"
    )
    found = run("c.csv", "--region", "UK")
    assert found.returncode == 0
    assert found.stderr == "exoreg: 4 of 7 rows have an error\n"
    assert found.stdout == (
        "\ufeffid,name,source,use,region_in,region,as_of,status,supply,confidence,decides,rules,error\n"
        '1,"two\r\nlines, ""quoted""",salmon,topical,UK;KR,UK,2026-11-22,cosmetic,permitted,high,,'
        "uk.cosmetic.outside,\n"
        '1,"two\r\nlines, ""quoted""",salmon,topical,UK;KR,KR,2026-11-22,cosmetic,permitted,high,,'
        "kr.cosmetic.non-human,\n"
        "-2.5,'=1+1,umbilicl,topical,,UK,2026-11-22,,,,,,"
        "`umbilicl` is not a source that exoreg knows; did you mean `umbilical`?\n"
        "+3,'@SUM(A1),human,,,UK,2026-11-22,,,,,,this row has 3 cells and the header 5\n"
        "4,'-x,rose,topical,UK,UK,2026-11-22,,,,,,"
        '"this row has 7 cells and the header 5; left over: `more`, `=cells`"\n'
        "5,caf\ufffd,rose,topical,UK,UK,2026-11-22,,,,,,`name` is not UTF-8\n"
        "6,-,rose,topical,UK,UK,2026-11-22,cosmetic,permitted,high,,uk.cosmetic.outside,\n"
    )


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters(run: Run, delimiter: str) -> None:
    """Semicolons and tabs are read, and written again."""
    given_text = f"source{delimiter}use\nsalmon{delimiter}topical\n"
    found = run("-", "--from", "csv", "--region", "UK", given=given_text)
    assert found.stdout.splitlines()[1].split(delimiter)[:4] == ["salmon", "topical", "UK", DAY]


cells = st.text(st.sampled_from("ab=+-@\t\r\n,;\"'1.0 é＝"), max_size=6)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(cells, cells), min_size=1, max_size=5))
def test_no_cell_becomes_a_formula_and_none_is_lost(rows: list[tuple[str, str]]) -> None:
    """What is written reads back as what it was, but that no cell which is no number begins like a formula."""
    batch = pa.record_batch({"a": [row[0] for row in rows], "b": [row[1] for row in rows]})
    writer = csv_format.Writer(batch.schema, Layout())
    text = (writer.begin() + bytes(writer.rows(batch))).decode()
    read = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert len(read) == len(rows)
    for found_row, row in zip(read, rows, strict=True):
        for found, cell in zip(found_row, row, strict=True):
            assert found.removeprefix("'") == cell.removeprefix("'")
            if found[:1] in tuple("=+-@\t\r＝＋－＠"):
                assert found == "-" or float(found.replace(",", "").replace(".", "") or 0) is not None


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.lists(st.text(st.sampled_from('ab,"\n'), min_size=1, max_size=4), min_size=2, max_size=4)
    ),
    block=st.integers(60, 200),
)
def test_csv_keeps_every_row_in_its_place(rows: list[list[str]], block: int) -> None:
    """Whatever the size of what is read at a time, every row comes out once, in order, the ragged ones marked."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["a", "b", "c"], *rows])
    catalogue = csv_format.read(io.BytesIO(text.getvalue().encode()), None, "csv", block)
    found, errors = [], []
    for part in catalogue.parts:
        errors += [len(found) + number for number in part.unread]
        found += [tuple(row.values()) for row in part.batch.to_pylist()]
    assert found == [tuple([*row, None, None][:3]) for row in rows]  # type: ignore[list-item]
    assert sorted(errors) == [number for number, row in enumerate(rows) if len(row) != 3]


def test_json_lines_keep_their_bytes(run: Run, tmp_path: Path) -> None:
    """A line keeps its own spelling; what is no object is kept beside its error."""
    (tmp_path / "c.jsonl").write_text(
        '{"n": 1.50, "source":"salmon","use":["topical"], "deep":{"é":[1e400]}}\n'
        "\n"
        '{"source":3}\n'
        "nope\n"
        '{"status":"mine","region":"UK"}\n',
        encoding="utf-8",
    )
    lines = run("c.jsonl", "--region", "UK").stdout.splitlines()
    assert lines[0] == (
        '{"n": 1.50, "source":"salmon","use":["topical"], "deep":{"é":[1e400]},"region":"UK",'
        '"as_of":"2026-11-22","status":"cosmetic","supply":"permitted","confidence":"high","decides":null,'
        '"rules":"uk.cosmetic.outside","error":null}'
    )
    others = [json.loads(line) for line in lines[1:]]
    assert others[0]["error"] == "`3` is not a source that exoreg knows"
    assert (others[1]["unread"], others[1]["error"]) == ("nope", "this line is not JSON")
    assert (others[2]["status_in"], others[2]["status"]) == ("mine", "depends")


def test_every_format_says_the_same(run: Run, tmp_path: Path) -> None:
    """One catalogue gives the same answers through every pair of formats."""
    rows = [
        {"source": "salmon", "use": "topical", "claims": "hair growth;appearance"},
        {"source": "human", "use": "microneedled", "claims": ""},
        {"source": "what", "use": "topical", "claims": "disease"},
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "in.parquet")
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    with (tmp_path / "in.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    answers = []
    for given_name in ("csv", "jsonl", "parquet"):
        for wanted in ("csv", "jsonl", "parquet"):
            out = tmp_path / f"{given_name}.{wanted}"
            assert run(f"in.{given_name}", "-o", out.name).returncode == 0
            if wanted == "csv":
                read = list(csv.DictReader(io.StringIO(out.read_text(), newline="")))
            elif wanted == "jsonl":
                read = [json.loads(line) for line in out.read_text().splitlines()]
            else:
                read = pq.read_table(out).to_pylist()
            answers.append([{name: str(value or "") for name, value in row.items()} for row in read])
    assert all(answer == answers[0] for answer in answers)
    assert len(answers[0]) == 15


def test_columns_of_any_type(run: Run, tmp_path: Path) -> None:
    """Numbers, days, lists and records of a Parquet file are kept, and become text in CSV."""
    table = pa.table(
        {
            "source": ["rose"],
            "n": [-5],
            "flag": [True],
            "deep": [{"a": [1]}],
            "list": pa.array([["=x"]]),
            "day": pa.array([20_000], pa.date32()),
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    run("in.parquet", "--region", "UK", "-o", "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet").schema.names[:6] == table.schema.names
    line = run("in.parquet", "--region", "UK", "--format", "csv").stdout.splitlines()[1]
    assert line.startswith('rose,-5,true,"{""a"":[1]}","[""=x""]",2024-10-04,UK,')


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("e.csv", b"", 3, "`e.csv` has nothing to read: it is empty"),
        ("h.csv", b"source,use\n", 3, "`h.csv` has nothing to read: it has no row"),
        ("e.jsonl", b"\n", 3, "`e.jsonl` has nothing to read: it is empty"),
        ("e.parquet", b"", 3, "`e.parquet` has nothing to read: it is empty"),
        ("u.csv", "source\nrose\n".encode("utf-16"), 2, "it is UTF-16; save it as CSV in UTF-8"),
        ("d.csv", b"use,use\nx,y\n", 2, "column `use` stands twice in its header"),
        ("n.csv", b"a,b\nx,y\n", 2, "no column of `n.csv` is a fact"),
        ("p.parquet", b"PAR1 not", 2, "it is not Parquet"),
        ("x.xls", b"x", 2, "cannot tell what `x.xls` is; say it with `--from`"),
        ("q.csv", b'source\n"' + b"x" * 9_000_000, 2, "a row is longer than 4,194,304 bytes"),
    ],
)
def test_what_cannot_be_read(
    run: Run, tmp_path: Path, name: str, content: bytes, code: int, says: str
) -> None:
    """A file that cannot be read is one clear line and an exit code, and leaves no output."""
    (tmp_path / name).write_bytes(content)
    found = run(name, "-o", "out.csv")
    assert (found.returncode, found.stdout) == (code, "")
    assert says in found.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_strict_stops_at_the_first_error(run: Run, tmp_path: Path) -> None:
    """With `--strict` a wrong row ends the run, is named, and nothing is left behind."""
    (tmp_path / "c.csv").write_text("source,use\nrose,topical\nrosse,topical\n")
    found = run("c.csv", "--region", "UK", "--strict", "-o", "out.csv")
    assert found.returncode == 2
    assert "c.csv: row 2: `rosse` is not a source that exoreg knows; did you mean `rose`" in found.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["c.csv"]


def test_wording_joins_the_facts(run: Run, tmp_path: Path) -> None:
    """A column of free wording adds claims and facts; where it contradicts a fact, that fact is not known."""
    rows = [
        {"use": "topical", "page": "Rose stem cell exosomes that treat eczema."},
        {"source": "salmon", "use": "topical", "page": "Exosomes from human umbilical cord."},
        {"source": "rose", "use": "topical", "page": ""},
    ]
    (tmp_path / "c.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = run("c.jsonl", "--region", "UK", "--text-column", "page")
    answers = [json.loads(line) for line in found.stdout.splitlines()]
    assert answers[0]["status"] == "drug"
    assert answers[1]["supply"] == "withhold"
    assert answers[2]["supply"] == "permitted"


PLAIN = [
    '{"source":"salmon","claims":"hair growth","id":1}',
    '{"id":2, "use" : "topical","name":"Infusion, \\"Infinity\\" é 😀"  }',
    '{"use":"\\ud83d\\ude00","n":"\\u00e9\\u0000"}',
    "{}",
    "{ }",
    '{"source":null,"claims":null}',
    '  {"claims":""}\r',
    '{"claims":["hair growth","appearance"]}',
]
ODD = [
    '{"claims":[]}',
    '{"claims":["appearance",null]}',
    '{"use":"\\u0074opical"}',
    '{"name":"[Inf"}',
    '{"claims":[["appearance"]]}',
    '{"source":3,"use":true,"setting":{"a":[1]}}',
    '{"source":"salmon","source":"rose"}',
    '{"source":"\\ud800"}',
    '{"status":null}',
    '{"sta\\u0074us":null,"source":"rose"}',
    '{"region":"UK","as_of":"2026-01-01"}',
    '{"x":Inf}',
    '{"x":[1,-Inf]}',
    '{"x":[NaN,-Infinity,1e400]}',
    '{"x":1}{"y":2}',
    '{"x":1}{"source":',
    '"rose"}',
    '{"x":01}',
    '{"x":"\t"}',
    '\ufeff{"source":"rose"}',
    "[1]",
    "nope",
    "\udcff",
]


@settings(max_examples=300, deadline=None)
@given(picked=st.lists(st.sampled_from(PLAIN) | st.sampled_from(PLAIN + ODD), min_size=1, max_size=6))
def test_many_lines_at_once_are_read_like_one(picked: list[str]) -> None:
    """Whatever stands in JSON Lines, lines that are read together give the rows that each gives alone."""
    lines = [(line + "\n").encode("utf-8", "surrogateescape") for line in picked]
    (whole,) = jsonl_format.read(io.BytesIO(b"".join(lines)), None, "jsonl").parts
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonl_format, "_plain", lambda lines, names: None)
        alone = [part for line in lines for part in jsonl_format.read(io.BytesIO(line), None, "jsonl").parts]
    assert whole.batch.to_pylist() == [row for part in alone for row in part.batch.to_pylist()]
    assert whole.unread == {number: part.unread[0] for number, part in enumerate(alone) if part.unread}


@pytest.mark.parametrize("line", PLAIN)
def test_plain_lines_are_read_together(line: str) -> None:
    """Lines as programs write them are read many at once, lists of words and letters with accents among them."""
    assert jsonl_format._plain([line.strip().encode()], ["source", "use", "claims", jsonl_format.HEAD])
