"""Structured feeds: schema.org JSON-LD and LHEO become readable sheets in which every stated fact has its place."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.formats import read
from corpus.readers.lheo_words import duration_of, mode_words
from corpus.readers.limits import Limits
from corpus.readers.values import Vague, amount_of, currency_of, date_of, durations_of, show_amount, vague_date
from corpus.records import Capacity, Contact, Document, Duration, FactValue, Price, Session, Text


def documents(tmp_path: Path, name: str, content: str | bytes) -> list[Document]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = list(read(path, name, Limits()))
    for document in found:
        for fact in document.given:
            assert document.text[fact.start : fact.end] == fact.text != ""
    return found


def course(tmp_path: Path, **properties: Any) -> Document:
    value = {"@context": "https://schema.org", "@type": "Course", "name": "Conduire le changement", **properties}
    (document,) = documents(tmp_path, "a.jsonld", json.dumps(value))
    return document


def values(document: Document, field: str) -> list[FactValue]:
    return [f.value for f in document.given if f.field == field]


def words(document: Document, field: str) -> list[str]:
    return [f.text for f in document.given if f.field == field]


def test_a_course_is_a_readable_sheet(tmp_path: Path) -> None:
    document = course(
        tmp_path,
        courseCode="C-1",
        description="<p>Un cours <b>utile</b>.</p><ul><li>Un</li></ul>",
        provider={"@type": "Organization", "name": "École X", "email": "mailto:contact@ecole.example", "telephone": "01 02 03 04 05"},
        teaches=["conduite du changement", "négociation"],
        audience={"@type": "EducationalAudience", "educationalRole": "agents de catégorie A"},
        educationalLevel="Perfectionnement",
        about="management",
        educationalCredentialAwarded="Attestation",
        maximumAttendeeCapacity=12,
    )
    assert document.title == "Conduire le changement"
    assert "Un cours utile.\n\n- Un\n" in document.text
    assert "- Niveau : Perfectionnement" in document.text
    assert words(document, "code") == ["C-1"]
    assert words(document, "provider") == ["École X"]
    assert words(document, "objectives") == ["conduite du changement", "négociation"]
    assert words(document, "audience") == ["agents de catégorie A"]
    assert words(document, "content") == ["management"]
    assert words(document, "certification") == ["Attestation"]
    assert values(document, "capacity") == [Capacity(12)]
    assert values(document, "contact") == [Contact("École X", phone="01 02 03 04 05"), Contact("École X", email="contact@ecole.example")]


@pytest.mark.parametrize(
    ("offers", "expected"),
    [
        ({"price": 1200, "priceCurrency": "EUR"}, [Price(1200.0, "EUR")]),
        ({"price": "1 200,50", "priceCurrency": "EUR", "category": "Employeur"}, [Price(1200.5, "EUR", "Employeur")]),
        ([{"price": "1200.00 EUR"}, {"price": 150_000, "priceCurrency": "XPF"}], [Price(1200.0, "EUR"), Price(150_000.0, "XPF")]),
        ({"price": 0, "priceCurrency": "EUR"}, [Price(0.0, "EUR")]),
        ({"category": "Free"}, [Price(0.0, "EUR")]),
        ({"price": 395}, []),
        ({"price": "sur devis"}, []),
        ({"priceSpecification": [{"price": 10, "priceCurrency": "EUR", "name": "Agents"}]}, [Price(10.0, "EUR", "Agents")]),
        (
            {"@type": "AggregateOffer", "lowPrice": 100, "highPrice": 300, "priceCurrency": "EUR"},
            [Price(100.0, "EUR", "à partir de"), Price(300.0, "EUR", "jusqu'à")],
        ),
        ({"price": 50, "priceCurrency": "EUR", "eligibleCustomerType": "Agents du Pays"}, [Price(50.0, "EUR", "Agents du Pays")]),
        ([{"price": 50, "priceCurrency": "EUR", "category": "Paid"}] * 2, [Price(50.0, "EUR")]),
    ],
)
def test_offers_are_prices(tmp_path: Path, offers: Any, expected: list[Price]) -> None:
    assert values(course(tmp_path, offers=offers), "price") == expected


def test_prices_of_sessions_are_told_apart_where_they_differ(tmp_path: Path) -> None:
    def instance(day: str, price: int) -> dict[str, Any]:
        return {"@type": "CourseInstance", "startDate": day, "endDate": day, "offers": {"price": price, "priceCurrency": "EUR"}}

    alike = course(tmp_path, hasCourseInstance=[instance("2026-03-02", 100), instance("2026-04-02", 100)])
    assert values(alike, "price") == [Price(100.0, "EUR")]
    differ = course(tmp_path, hasCourseInstance=[instance("2026-03-02", 100), instance("2026-04-02", 200)])
    assert values(differ, "price") == [Price(100.0, "EUR", "le 2 mars 2026"), Price(200.0, "EUR", "le 2 avril 2026")]


def test_a_free_course_is_free(tmp_path: Path) -> None:
    document = course(tmp_path, isAccessibleForFree=True)
    assert values(document, "price") == [Price(0.0, "EUR")]
    assert "gratuit" in document.text


def test_sessions_have_their_local_days_and_places(tmp_path: Path) -> None:
    document = course(
        tmp_path,
        hasCourseInstance=[
            {
                "startDate": "2026-03-02T09:00:00+01:00",
                "endDate": "2026-03-03",
                "location": {"@type": "Place", "name": "Site A", "address": {"addressLocality": "Lyon", "postalCode": "69001"}},
            },
            {"startDate": "2026-04-01T22:00:00Z", "endDate": "2026-04-03T22:00:00Z", "location": "Lille"},
            {"startDate": "2026-05-01"},
            {"eventStatus": "https://schema.org/EventCancelled", "startDate": "2026-06-01", "endDate": "2026-06-02"},
            {"startDate": "2026-08-02", "endDate": "2026-08-01"},
            {"courseSchedule": {"@type": "Schedule", "startDate": "2026-09-07", "endDate": "2026-09-09"}},
        ],
    )
    assert values(document, "sessions") == [
        Session(date(2026, 3, 2), date(2026, 3, 3), "Site A, 69001 Lyon"),
        Session(date(2026, 4, 2), date(2026, 4, 4), "Lille"),
        Session(date(2026, 5, 1), None),
        Session(date(2026, 9, 7), date(2026, 9, 9)),
    ]
    assert "Session annulée : du 1er juin 2026 au 2 juin 2026" in document.text
    assert words(document, "location") == ["Site A, 69001 Lyon", "Lille"]


def test_months_and_years_are_periods_that_are_deduced(tmp_path: Path) -> None:
    document = course(tmp_path, hasCourseInstance=[{"startDate": "2026-09", "endDate": "2026-11"}, {"startDate": "2027"}])
    assert [(f.value, f.text, f.status) for f in document.given if f.field == "sessions"] == [
        (Session(date(2026, 9, 1), date(2026, 11, 30)), "de septembre 2026 à novembre 2026", "deduced"),
        (Session(date(2027, 1, 1), None), "à partir de 2027", "deduced"),
    ]


def test_overseas_times_in_utc_are_days_over_there(tmp_path: Path) -> None:
    document = course(
        tmp_path, hasCourseInstance={"startDate": "2026-03-02T18:00:00Z", "endDate": "2026-03-04T02:00:00Z", "location": "Papeete, Tahiti"}
    )
    assert values(document, "sessions") == [Session(date(2026, 3, 2), date(2026, 3, 3))]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("timeRequired", "P2D", [Duration(2.0, "days")]),
        ("timeRequired", "PT14H", [Duration(14.0, "hours")]),
        ("timeRequired", "PT90M", [Duration(1.5, "hours")]),
        ("timeRequired", "P1Y6M", [Duration(18.0, "months")]),
        ("timeToComplete", "P3Y", [Duration(3.0, "years")]),
        ("duration", "P2W", [Duration(2.0, "weeks")]),
        ("timeRequired", "P2DT4H", [Duration(2.0, "days"), Duration(4.0, "hours")]),
        ("timeRequired", "P", []),
    ],
)
def test_durations_are_read_from_iso_8601(tmp_path: Path, name: str, value: str, expected: list[Duration]) -> None:
    assert values(course(tmp_path, **{name: value}), "duration") == expected


def test_the_workload_of_a_session_is_a_duration_and_words_stay_words(tmp_path: Path) -> None:
    document = course(tmp_path, hasCourseInstance=[{"courseWorkload": "PT14H"}, {"courseWorkload": "2 jours et demi"}])
    assert values(document, "duration") == [Duration(14.0, "hours")]
    assert "- Durée : 2 jours et demi" in document.text


@pytest.mark.parametrize(
    ("prerequisites", "expected"),
    [
        ("C-0", ["C-0"]),
        (["C-0", "Avoir un an d'expérience"], ["C-0", "Avoir un an d'expérience"]),
        ({"@type": "Course", "courseCode": "C-0", "name": "Base"}, ["Base (C-0)"]),
        ({"@type": "Course", "courseCode": "C-0"}, ["C-0"]),
        ({"@type": "AlignmentObject", "targetName": "Licence"}, ["Licence"]),
        ({"@type": "EducationalOccupationalCredential", "credentialCategory": "Baccalauréat"}, ["Baccalauréat"]),
    ],
)
def test_prerequisites_name_codes_or_words(tmp_path: Path, prerequisites: Any, expected: list[str]) -> None:
    document = course(tmp_path, coursePrerequisites=prerequisites)
    assert words(document, "prerequisites") == expected
    assert document.id == "a.jsonld"


@pytest.mark.parametrize(
    ("mode", "shown"),
    [("online", "à distance"), ("https://schema.org/OfflineEventAttendanceMode", "en présentiel"), ("Blended", "hybride"), ("le soir", "le soir")],
)
def test_modes_are_said_in_french(tmp_path: Path, mode: str, shown: str) -> None:
    assert words(course(tmp_path, hasCourseInstance={"courseMode": mode}), "mode") == [shown]


def test_several_courses_are_one_document_each(tmp_path: Path) -> None:
    graph = {
        "@context": {"schema": "https://schema.org/"},
        "@graph": [
            {
                "@id": "#a",
                "@type": "schema:Course",
                "schema:name": "A",
                "schema:courseCode": "A-1",
                "schema:coursePrerequisites": {"@id": "#b"},
                "schema:provider": {"@id": "#o"},
            },
            {
                "@id": "#b",
                "@type": ["schema:Course", "schema:Product"],
                "schema:name": [{"@value": "Beta", "@language": "en"}, {"@value": "Bêta", "@language": "fr"}],
                "schema:courseCode": "B-1",
            },
            {"@type": "schema:Course", "schema:name": "Sans code"},
            {"@id": "#o", "@type": "schema:Organization", "schema:name": "École"},
        ],
    }
    found = documents(tmp_path, "c.json", json.dumps(graph))
    assert [(d.id, d.title) for d in found] == [("c.json#A-1", "A"), ("c.json#B-1", "Bêta"), ("c.json#3", "Sans code")]
    assert words(found[0], "prerequisites") == ["Bêta (B-1)"]
    assert words(found[0], "provider") == ["École"]
    assert len({d.sha256 for d in found}) == 3


def test_half_characters_and_invisible_ones_are_left_out(tmp_path: Path) -> None:
    (document,) = documents(
        tmp_path, "a.json", '{"@type": "Course", "name": "A\\ud800 \\u0000B", "courseCode": "X\\ud800", "about": "mana\\u00adgement"}'
    )
    (document.id + document.title + document.text).encode()
    assert words(document, "content") == ["management"]
    assert "\x00" not in document.text + document.title


def test_a_list_of_courses_and_codes_used_twice(tmp_path: Path) -> None:
    items = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": {"@type": "Course", "name": n, "courseCode": "X"}} for n in "AB"]}
    assert [d.id for d in documents(tmp_path, "c.json", json.dumps([items]))] == ["c.json#X", "c.json#X~2"]


def test_a_programme_with_its_modules(tmp_path: Path) -> None:
    programme = {
        "@type": "EducationalOccupationalProgram",
        "name": "Cycle",
        "identifier": "CY-1",
        "startDate": "2026-09-14",
        "endDate": "2026-11-30",
        "timeToComplete": "P3M",
        "maximumEnrollment": 20,
        "applicationDeadline": "2026-06-30",
        "programPrerequisites": "Être cadre",
        "hasCourse": [{"@type": "Course", "name": "Décider"}, {"@type": "Course", "name": "Évaluer", "courseCode": "M-2", "timeRequired": "P1D"}],
        "offers": {"price": 7850, "priceCurrency": "EUR"},
        "trainingSalary": {"@type": "MonetaryAmountDistribution", "currency": "EUR", "median": 1500},
    }
    found = documents(tmp_path, "c.jsonld", json.dumps(programme))
    assert [d.title for d in found] == ["Cycle", "Évaluer"]
    cycle = found[0]
    assert words(cycle, "modules") == ["Décider", "Évaluer"] or words(cycle, "modules") == ["Décider", "Évaluer (M-2)"]
    assert values(cycle, "sessions") == [Session(date(2026, 9, 14), date(2026, 11, 30))]
    assert values(cycle, "price") == [Price(7850.0, "EUR")]
    assert values(cycle, "code") == [Text("CY-1")]
    assert words(cycle, "registration") == ["30 juin 2026"]


def test_a_page_has_its_courses_below_it(tmp_path: Path) -> None:
    script = json.dumps({"@type": "Course", "name": "Cycle", "courseCode": "C-1", "offers": {"price": 300, "priceCurrency": "EUR"}})
    (document,) = documents(
        tmp_path,
        "a.html",
        f'<html><body><h1>Cycle</h1><p>Texte.</p><script type="application/ld+json">{script}</script>'
        '<script type="application/ld+json">{oops</script></body></html>',
    )
    assert document.text.startswith("Cycle\n\nTexte.")
    assert values(document, "price") == [Price(300.0, "EUR")]
    assert words(document, "code") == ["C-1"]


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=6) | st.sampled_from(["2026-01-02", "P2D", "Course", "<p>x", "12 €"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@id", "name", "offers", "price", "hasCourseInstance", "startDate", "provider"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)
_PROPERTIES = [
    "name",
    "description",
    "offers",
    "hasCourseInstance",
    "coursePrerequisites",
    "provider",
    "timeRequired",
    "audience",
    "hasPart",
    "identifier",
    "courseCode",
]


@given(st.dictionaries(st.sampled_from(_PROPERTIES), JSON, max_size=6))
@settings(max_examples=80, deadline=None)
def test_no_course_makes_the_reader_fail(tmp_path_factory: pytest.TempPathFactory, properties: dict[str, Any]) -> None:
    path = tmp_path_factory.mktemp("json")
    found = documents(path, "a.json", json.dumps({"@type": "Course", **properties, "name": "Nom"}))
    assert "Nom" in [d.title for d in found]


FORMATION = """<formation numero="F1"><intitule-formation>Gérer une équipe</intitule-formation>
<objectif-formation>&lt;p&gt;Savoir gérer :&lt;/p&gt;&lt;ul&gt;&lt;li&gt;un&lt;/li&gt;&lt;/ul&gt;</objectif-formation>
<contenu-formation>-</contenu-formation>
<contact-formation><coordonnees><nom>Accueil</nom>
<telfixe><numtel>01 02 03 04 05</numtel></telfixe><courriel>accueil@ecole.example</courriel></coordonnees></contact-formation>
<identifiant-module>M1</identifiant-module>
<certification><code-RNCP>474</code-RNCP></certification>
<modules-prerequis><reference-module>M2</reference-module></modules-prerequis>
<sous-modules><sous-module><reference-module>M2</reference-module><type-module>1</type-module></sous-module></sous-modules>
<action><info-public-vise>Agents territoriaux</info-public-vise>
<modalites-enseignement>1</modalites-enseignement><modalites-pedagogiques>{mode}</modalites-pedagogiques>
<conditions-specifiques>Un an d'expérience</conditions-specifiques>
<lieu-de-formation><coordonnees>
<adresse><ligne>1 rue X</ligne><codepostal>67000</codepostal><ville>Strasbourg</ville></adresse></coordonnees></lieu-de-formation>
<prix-total-TTC>1250.50</prix-total-TTC>
<frais-restants>Aucun</frais-restants><nombre-heures-total>14</nombre-heures-total>
<duree-indicative>2 jours</duree-indicative>
<session><periode><debut>20170900</debut><fin>20180300</fin></periode>
<modalites-inscription>Dossier en ligne</modalites-inscription></session>
<session><periode><debut>20180110</debut><fin>99991231</fin></periode></session>
<session><periode><debut>20180212</debut><fin>20180210</fin></periode></session></action>{second}
<organisme-formation-responsable><nom-organisme>École X</nom-organisme>
<raison-sociale>-</raison-sociale></organisme-formation-responsable></formation>"""
SECOND = """<action><lieu-de-formation><coordonnees>
<adresse><codepostal>98714</codepostal><ville>Papeete</ville></adresse></coordonnees></lieu-de-formation>

<prix-total-TTC>900</prix-total-TTC>
<session><periode><debut>20180301</debut><fin>20180302</fin></periode></session></action>"""
OTHER = '<formation numero="F2"><intitule-formation>Les bases</intitule-formation><identifiant-module>M2</identifiant-module></formation>'


def feed(*formations: str, namespace: str = "http://lheo.gouv.fr/2.3", declaration: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f'{declaration}<lheo xmlns="{namespace}"><offres>{"".join(formations)}</offres></lheo>'


def titled(title: str) -> str:
    return f'<formation numero="1"><intitule-formation>{title}</intitule-formation></formation>'


def formation(mode: str = "-", second: str = "") -> str:
    return FORMATION.format(mode=mode, second=second)


@pytest.mark.parametrize("namespace", ["http://lheo.gouv.fr/2.3", "http://www.lheo.org/2.2", "http://www.lheo.org/2.0", ""])
def test_a_formation_is_a_readable_sheet(tmp_path: Path, namespace: str) -> None:
    document, other = documents(tmp_path, "a.xml", feed(formation(), OTHER, namespace=namespace))
    assert (document.id, other.id) == ("a.xml#F1", "a.xml#F2")
    assert document.title == "Gérer une équipe"
    assert words(document, "objectives") == ["un"]
    assert words(document, "audience") == ["Agents territoriaux"]
    assert words(document, "prerequisites") == ["Un an d'expérience", "Les bases (M2)"]
    assert words(document, "modules") == ["Les bases (M2)"]
    assert words(document, "code") == ["F1", "M1"]
    assert words(document, "provider") == ["École X"]
    assert words(document, "certification") == ["RNCP 474"]
    assert words(document, "content") == []
    assert values(document, "price") == [Price(1250.5, "EUR")]
    assert values(document, "duration") == [Duration(2.0, "days"), Duration(14.0, "hours")]
    assert words(document, "location") == ["1 rue X, 67000 Strasbourg"]
    assert words(document, "mode") == ["hybride"]
    assert words(document, "registration") == ["Dossier en ligne"]
    assert values(document, "contact") == [Contact("Accueil", phone="01 02 03 04 05"), Contact("Accueil", email="accueil@ecole.example")]


def test_days_that_a_feed_leaves_open_are_not_invented(tmp_path: Path) -> None:
    (document,) = documents(tmp_path, "a.xml", feed(formation()))
    assert document.id == "a.xml"
    sessions = {f.text: (f.value, f.status) for f in document.given if f.field == "sessions"}
    assert sessions == {
        "de septembre 2017 à mars 2018": (Session(date(2017, 9, 1), date(2018, 3, 31)), "deduced"),
        "à partir du 10 janvier 2018": (Session(date(2018, 1, 10), None), "extracted"),
    }
    assert "du 12 février 2018 au 10 février 2018 (dates incohérentes)" in document.text


def test_several_actions_are_told_apart_by_their_town(tmp_path: Path) -> None:
    (document,) = documents(tmp_path, "a.xml", feed(formation(second=SECOND)))
    assert values(document, "price") == [Price(1250.5, "EUR", "Strasbourg"), Price(900.0, "EUR", "Papeete")]
    assert Session(date(2018, 3, 1), date(2018, 3, 2), "Papeete") in values(document, "sessions")
    assert words(document, "location") == ["1 rue X, 67000 Strasbourg", "98714 Papeete"]


@pytest.mark.parametrize(
    ("told", "expected"), [("-", "hybride"), ("Formation entièrement à distance", "à distance"), ("Cours en présentiel et à distance", "hybride")]
)
def test_swapped_codes_of_modality_yield_to_words(tmp_path: Path, told: str, expected: str) -> None:
    (document,) = documents(tmp_path, "a.xml", feed(formation(told)))
    assert words(document, "mode")[0] == expected


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (
            feed(
                '<formation numero="1"><intitule-formation>Été</intitule-formation></formation>',
                declaration='<?xml version="1.0" encoding="ISO-8859-1"?>',
            ).encode("latin-1"),
            "Été",
        ),
        (feed(titled("Été")).encode("latin-1"), "Été"),
        (feed(titled("R&D et &eacute;quipes")).encode(), "R&D et équipes"),
    ],
)
def test_wrong_encodings_and_bare_ampersands_are_mended(tmp_path: Path, content: bytes, title: str) -> None:
    assert documents(tmp_path, "a.xml", content)[0].title == title


def test_an_index_of_offers_is_read_too(tmp_path: Path) -> None:
    content = (
        '<lheo-index xmlns="http://www.lheo.org/2.2"><resumes-offres><resume-offre numero="R1">'
        "<intitule-formation> Licence\n pro </intitule-formation>"
        "<nom-organisme>École Y</nom-organisme><codepostal>75017</codepostal><ville>Paris</ville><nombre-heures-total>482</nombre-heures-total>"
        "<session><periode><debut>20171003</debut><fin>20190928</fin></periode></session></resume-offre></resumes-offres></lheo-index>"
    )
    (document,) = documents(tmp_path, "a.xml", content)
    assert document.title == "Licence pro"
    assert words(document, "location") == ["75017 Paris"]
    assert values(document, "sessions") == [Session(date(2017, 10, 3), date(2019, 9, 28))]
    assert values(document, "duration") == [Duration(482.0, "hours")]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        (1200, 1200.0),
        ("1 200,50 €", 1200.5),
        ("1,200.00", 1200.0),
        ("1.200", 1200.0),
        ("12.5", 12.5),
        ("0", 0.0),
        ("", None),
        (True, None),
        ("-5", None),
        ("1'250", 1250.0),
    ],
)
def test_amounts(written: object, amount: float | None) -> None:
    assert amount_of(written) == amount


@given(st.floats(0, 1e8).map(lambda x: round(x, 2)), st.sampled_from(["EUR", "XPF"]))
@settings(max_examples=60, deadline=None)
def test_an_amount_that_is_shown_is_read_back(amount: float, currency: str) -> None:
    shown = show_amount(amount, currency)
    assert amount_of(shown) == pytest.approx(amount)
    assert currency_of(shown.split("\u00a0")[-1]) == currency


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("20170912", Vague(date(2017, 9, 12), date(2017, 9, 12), "12 septembre 2017")),
        ("20170900", Vague(date(2017, 9, 1), date(2017, 9, 30), "septembre 2017")),
        ("20170000", Vague(date(2017, 1, 1), date(2017, 12, 31), "2017")),
        ("20170231", Vague(date(2017, 2, 1), date(2017, 2, 28), "février 2017")),
        ("00000000", None),
        ("99991231", None),
        ("demain", None),
    ],
)
def test_dates_with_open_days(written: str, expected: Vague | None) -> None:
    assert vague_date(written) == expected


def test_small_words() -> None:
    assert duration_of("2 ans") == Duration(2.0, "years")
    assert duration_of("2 ans dont 12 semaines") is None
    assert mode_words("2", "") == "à distance"
    assert mode_words("0", "à distance") == "en présentiel"
    assert mode_words("7", "") == ""
    assert durations_of("2 days") == []
    assert date_of("2026-13-01") is None
    assert date_of("2026-03-02T23:59:59Z") == date(2026, 3, 2)
