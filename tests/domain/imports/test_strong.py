"""Strong's layouts since 2016. The samples are invented."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.domain.imports.helpers import at, in_short, lines, read, reasons, told

NUMBERED = (
    "Workout #;Date;Workout Name;Duration (sec);Exercise Name;Set Order;Weight (kg);Reps;RPE;"
    "Distance (meters);Seconds;Notes;Workout Notes"
)
UNITS = (
    "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;"
    "Seconds;Notes;Workout Notes;Workout Duration"
)
OLD = "Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes"
PLAIN = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    "Workout Notes,RPE"
)
SHORT = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE"


def test_the_numbered_layout() -> None:
    parsed = read(
        lines(
            NUMBERED,
            "7;2024-03-05 18:31:09;Legs;3660;Squat (Barbell);W;60.0;8;;;;;Slept well",
            "7;2024-03-05 18:31:09;Legs;3660;Squat (Barbell);1;102,5;5;8,5;;;;Slept well",
            "7;2024-03-05 18:31:09;Legs;3660;Squat (Barbell);Rest Timer;;;;;180.0;;",
            "7;2024-03-05 18:31:09;Legs;3660;Squat (Barbell);F;100;4;;;;;",
            "7;2024-03-05 18:31:09;Legs;3660;Squat (Barbell);D;80;9;;;;;",
            "7;2024-03-05 18:31:09;Legs;3660;Squat (Barbell);Note;;;;;;Belt from the first set;",
            "7;2024-03-05 18:31:09;Legs;3660;Plank;1;0;0;;;75;;",
            "7;2024-03-05 18:31:09;Legs;3660;Sled Push;1;40;3;;30;;;",
        )
    )
    (session,) = parsed.sessions
    assert (parsed.app, parsed.layout, parsed.lines) == ("strong", "numbered", 8)
    assert reasons(parsed) == []
    assert session.key == "2024-03-05T18:31:09"
    assert session.started == at("2024-03-05 18:31:09")
    assert session.has_time
    assert (session.title, session.note) == ("Legs", "Slept well")
    assert session.duration == timedelta(minutes=61)
    squat, plank, sled = session.blocks
    assert squat.note == "Belt from the first set"
    assert [told(each) for each in squat.sets] == [
        (Decimal(60), "kg", 8, None, "warmup"),
        (Decimal("102.5"), "kg", 5, None, "work"),
        (Decimal(100), "kg", 4, None, "work"),
        (Decimal(80), "kg", 9, None, "drop"),
    ]
    assert [each.rir for each in squat.sets] == [None, Decimal("1.5"), 0, None]
    assert told(plank.sets[0]) == (None, None, None, 75, "work")
    assert sled.sets[0].note == "30 m"


def test_pounds_stand_in_the_heading() -> None:
    parsed = read(
        lines(NUMBERED.replace("(kg)", "(lbs)"), "1;2024-03-05 18:31:09;A;60;Squat;1;225;5;;;;;")
    )
    assert told(parsed.sets()[0]) == (Decimal(225), "lb", 5, None, "work")
    assert not parsed.needs_unit


def test_the_layout_with_columns_of_units() -> None:
    parsed = read(
        lines(
            UNITS,
            '2023-07-30 16:49:28;"Legs";"Leg Press";1;140;kg;8;;;;0;"";"";1h 4m',
            '2023-07-30 16:49:28;"Legs";"Leg Press";2;300;lbs;8;;2.5;km;0;"seat at 4";"";1h 4m',
        )
    )
    assert parsed.layout == "units"
    assert [told(each) for each in parsed.sets()] == [
        (Decimal(140), "kg", 8, None, "work"),
        (Decimal(300), "lb", 8, None, "work"),
    ]
    assert parsed.sets()[1].note == "2.5 km"
    assert parsed.sessions[0].blocks[0].note == "seat at 4"
    assert parsed.sessions[0].duration == timedelta(minutes=64)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (OLD, '2016-05-02 07:15:00,"A","Squat",1,80,5,0,0,"",""'),
        (PLAIN, '2016-05-02 07:15:00,"A",45m,"Squat",1,80.0,5,0,0,"","",'),
        (SHORT, '2016-05-02 07:15:00,"A",45m,"Squat",1,80.0,5.0,0,0.0,'),
    ],
)
def test_layouts_without_a_unit_ask_for_it(header: str, row: str) -> None:
    parsed = read(lines(header, row))
    assert parsed.layout == "plain"
    assert told(parsed.sets()[0]) == (Decimal(80), None, 5, None, "work")
    assert parsed.needs_unit
    assert parsed.needs_zone


LOCALIZED = [
    (
        "Datum;Workout-Name;Dauer;Name der Übung;Satzreihenfolge;Gewicht;Wiederholungen;Entfernung;"
        "Sekunden;Notizen;Workout-Notizen;RPE"
    ),
    (
        "Fecha;Nombre del entrenamiento;Duración;Nombre del ejercicio;Orden de serie;Peso;"
        "Repeticiones;Distancia;Segundos;Notas;Notas del entrenamiento;RPE"
    ),
    (
        "Date;Nom de l’entraînement;Durée;Nom de l’exercice;Ordre de la série;Poids;Répétitions;"
        "Distance;Secondes;Notes;Notes de l’entraînement;RPE"
    ),
    (
        "Data;Nome allenamento;Durata;Nome esercizio;Ordine serie;Peso;Ripetizioni;Distanza;"
        "Secondi;Note;Note allenamento;RPE"
    ),
    (
        "Data;Nome do treino;Duração;Nome do exercício;Ordem da série;Peso;Repetições;Distância;"
        "Segundos;Notas;Notas do treino;RPE"
    ),
    (
        "Datum;Naam training;Duur;Naam oefening;Setvolgorde;Gewicht;Herhalingen;Afstand;Seconden;"
        "Notities;Notities training;RPE"
    ),
    (
        "Дата;Название тренировки;Длительность;Название упражнения;Порядок подхода;Вес;Повторения;"
        "Дистанция;Секунды;Заметки;Заметки к тренировке;RPE"
    ),
    "日付;ワークアウト名;時間;エクササイズ名;セット順;重量;回数;距離;秒;メモ;ワークアウトメモ;RPE",
    "日期;训练名称;时长;动作名称;组顺序;重量;次数;距离;秒;备注;训练备注;RPE",
]


@pytest.mark.parametrize("header", LOCALIZED)
def test_headings_may_be_in_another_language(header: str) -> None:
    parsed = read(lines(header, "2022-10-01 09:00:00;A;30m;Squat;1;62,5;8;1,5;20;deep;calm;9"))
    (session,) = parsed.sessions
    assert parsed.app == "strong"
    assert told(parsed.sets()[0]) == (Decimal("62.5"), None, 8, 20, "work")
    assert parsed.sets()[0].rir == 1
    assert parsed.sets()[0].note == "1.5"
    assert (session.title, session.note, session.blocks[0].note) == ("A", "calm", "deep")
    assert (session.blocks[0].name, session.duration) == ("Squat", timedelta(minutes=30))


def test_units_may_be_in_another_language() -> None:
    header = "Datum;Übung;Satz;Gewicht;Gewichtseinheit;Wiederholungen"
    assert read(lines(header, "2022-10-01 09:00;Squat;1;60;kg;8")).sets()[0].unit == "kg"
    header = "Дата;Упражнение;Подход;Вес (кг);Повторения"
    assert read(lines(header, "2022-10-01 09:00;Squat;1;60;8")).sets()[0].unit == "kg"


def test_supersets_logged_in_turn_are_one_block_an_exercise() -> None:
    rows = [
        f"2022-10-01 09:00:00,A,1h,{name},{order},50,8,0,0,,,"
        for order in (1, 2, 3)
        for name in ("Leg Curl", "Leg Extension")
    ]
    assert in_short(read(lines(PLAIN, *rows))) == [
        ("2022-10-01T09:00:00", [("Leg Curl", 3), ("Leg Extension", 3)])
    ]


def test_an_exercise_that_begins_anew_is_another_block() -> None:
    parsed = read(
        lines(
            PLAIN,
            "2022-10-01 09:00:00,A,1h,Squat,1,50,8,0,0,,,",
            "2022-10-01 09:00:00,A,1h,Squat,2,50,8,0,0,,,",
            "2022-10-01 09:00:00,A,1h,Lunge,1,20,8,0,0,,,",
            "2022-10-01 09:00:00,A,1h,Squat,W,30,8,0,0,,,",
            "2022-10-01 09:00:00,A,1h,Squat,1,40,8,0,0,,,",
            "2022-10-01 09:00:00,A,1h,Lunge,D,15,8,0,0,,,",
        )
    )
    assert in_short(parsed)[0][1] == [("Squat", 2), ("Lunge", 2), ("Squat", 2)]


def test_two_equal_sets_are_two_and_two_trainings_at_once_are_one() -> None:
    row = "2022-10-01 09:00:00,{},1h,Squat,1,50,8,0,0,,,"
    parsed = read(lines(PLAIN, row.format("A"), row.format("A"), row.format("B")))
    assert in_short(parsed) == [("2022-10-01T09:00:00", [("Squat", 3)])]
    assert parsed.sessions[0].title == "A"


def test_trainings_are_in_the_order_of_their_beginning() -> None:
    row = "{},A,1h,Squat,1,50,8,0,0,,,"
    parsed = read(lines(PLAIN, *map(row.format, ["2022-10-03 09:00:00", "2021-01-01 10:00:00"])))
    assert [session.key for session in parsed.sessions] == [
        "2021-01-01T10:00:00",
        "2022-10-03T09:00:00",
    ]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("x,A,1h,Squat,1,50,8,0,0,,,", "The date cannot be read."),
        ("2022-13-01 09:00:00,A,1h,Squat,1,50,8,0,0,,,", "The date cannot be read."),
        ("1949-12-31 09:00:00,A,1h,Squat,1,50,8,0,0,,,", "The date is before 1950."),
        ("2022-10-01 09:00:00,A,1h,,1,50,8,0,0,,,", "The line names no exercise."),
        ("2022-10-01 09:00:00,A,,Squat,1,50,0,0,0,,,", "The line has no repetitions and no time."),
        ("2022-10-01 09:00:00,A,,Squat,1,50,7.5,0,0,,,", "The repetitions are not a whole number."),
        ("2022-10-01 09:00:00,A,1h,Squat,1,50,201,0,0,,,", "There are more than 200 repetitions."),
        ("2022-10-01 09:00:00,A,1h,Squat,1,50,-1,0,0,,,", "The repetitions are negative."),
        ("2022-10-01 09:00:00,A,1h,Squat,1,heavy,8,0,0,,,", "The weight is not a number."),
        ("2022-10-01 09:00:00,A,1h,Squat,1,-5,8,0,0,,,", "The weight is negative."),
        ("2022-10-01 09:00:00,A,1h,Squat,1,2000.5,8,0,0,,,", "The weight is more than 2000."),
        ("2022-10-01 09:00:00,A,1h,Squat,1,50,,0,7201,,,", "The time is longer than two hours."),
        ("2022-10-01 09:00:00,A,1h,Squat,1,50,,0,-3,,,", "The time is negative."),
        ("2022-10-01 09:00:00,A,1h,Squat,Odd,50,8,0,0,,,", "The kind of this set is not known."),
        (
            "2022-10-01 09:00:00,A,1h,Squat,1,50,8,0,0,,,,,x",
            "The line has more columns than the file's first line.",
        ),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_told_with_its_reason(cells: str, reason: str) -> None:
    good = "2022-10-01 09:00:00,A,1h,Squat,1,50,8,0,0,,,"
    parsed = read(lines(PLAIN, good, "", cells, good))
    assert reasons(parsed) == [(4, reason)]
    assert parsed.problems[0].text == cells
    assert len(parsed.sets()) == 2
    assert parsed.lines == 3


@pytest.mark.parametrize("rpe", ["11", "0", "hard", "-3", "8.3", "4"])
def test_an_rpe_that_is_none_is_left_out(rpe: str) -> None:
    parsed = read(lines(PLAIN, f"2022-10-01 09:00:00,A,1h,Squat,1,50,8,0,0,,,{rpe}"))
    assert [each.rir for each in parsed.sets()] == [None]
    assert reasons(parsed) == []


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    for name in ("=1+1", "+Squat", "-Squat", "@Squat"):
        parsed = read(lines(PLAIN, f"2022-10-01 09:00:00,{name},1h,{name},1,50,8,0,0,,,"))
        assert parsed.sessions[0].blocks[0].name == name
        assert parsed.sessions[0].title == name


def test_texts_are_cut_and_lose_what_cannot_be_seen() -> None:
    row = f'2022-10-01 09:00:00,{"T" * 150},1h,{"N" * 300},1,50,8,0,0,"{"n" * 300}","a\x07b\nc",'
    parsed = read(lines(PLAIN, row))
    (session,) = parsed.sessions
    assert (len(session.title), len(session.blocks[0].name)) == (100, 200)
    assert len(session.blocks[0].note) == 200
    assert session.note == "ab\nc"


def test_a_weight_keeps_what_can_be_stored_of_it() -> None:
    row = "2022-10-01 09:00:00,A,1h,Squat,1,{},8,0,0,,,"
    weights = [
        read(lines(PLAIN, row.format(text))).sets()[0].weight
        for text in ("61.2349", '"1,234.5"', '"1.234,5"', '"62,5"', "", "0")
    ]
    assert weights == [
        Decimal("61.235"), Decimal("1234.5"), Decimal("1234.5"), Decimal("62.5"), None, 0,
    ]  # fmt: skip


def test_only_a_note_or_a_rest_is_no_training() -> None:
    parsed = read(lines(NUMBERED, "1;2024-03-05 18:00:00;A;60;Squat;Note;;;;;;tight;"))
    assert (parsed.sessions, parsed.problems, parsed.lines) == ((), (), 1)
