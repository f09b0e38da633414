"""A small world, made by the verbs, so that every address can be opened with something real behind it."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from rapport.community.models import AreaShare, CensusArea, CensusTable, Dimension
from rapport.deciding.models import Decision, Document, MailCode, Participant, PhaseKind, Process, Promise
from rapport.impact.models import Report
from rapport.insight.models import (
    Assessment,
    Evidence,
    MissedGroup,
    Need,
    NeedKind,
    ProposedTheme,
    Segment,
    Source,
    SurveyPublication,
    Theme,
    ThemeProposal,
    Whereabouts,
)
from rapport.listening.models import Channel, ReplyTemplate, Voice, VoiceKind
from rapport.loop.models import Heard, Loop, Speaker
from rapport.messaging.models import Letter
from rapport.people.models import Invitation, Person, Role
from rapport.places.models import Branch, Closure
from rapport.programs.models import Measure, Program, Session
from rapport.surveys.methods import Kind, Question
from rapport.surveys.models import AnswerFile, BankQuestion, PaperPrint, Picture, Survey
from rapport.surveys.tests.garden import garden_questions
from tests.house.world_access import ACCESS_SAMPLES
from tests.house.world_audits import AUDIT_SAMPLES
from tests.house.world_budgets import BUDGET_SAMPLES
from tests.house.world_deciding import a_board, a_commitment, a_panel, a_vote, a_vote_elsewhere
from tests.house.world_door import DOOR_SAMPLES
from tests.house.world_finding import FINDING_SAMPLES, a_proposed_program
from tests.house.world_following import FOLLOWING_SAMPLES
from tests.house.world_hearing import HEARING_SAMPLES
from tests.house.world_ideas import IDEA_SAMPLES
from tests.house.world_needs import NEED_SAMPLES
from tests.house.world_opinions import OPINION_SAMPLES
from tests.house.world_planning import PLANNING_SAMPLES
from tests.house.world_registering import REGISTERING_SAMPLES
from tests.house.world_themes import THEME_SAMPLES


@dataclass
class World:
    """One of everything at Riverside; `elsewhere` is a voice of another branch."""

    riverside: Branch
    hilltop: Branch
    ben: Person
    speaker: Speaker
    voice: Voice
    elsewhere: Voice
    template: ReplyTemplate
    theme: Theme
    proposal: ThemeProposal
    proposed: ProposedTheme
    need: Need
    evidence: Evidence
    decision: Decision
    program: Program
    measure: Measure
    session: Session
    report: Report
    invitation: Invitation
    letter: Letter
    survey: Survey
    asked: Survey  # an open one, with all ways into it
    survey_elsewhere: Survey

    @property
    def loop(self) -> Loop:
        return self.need.loop


def make_world(riverside: Branch, ben: Person) -> World:
    hilltop = Branch.objects.create(slug="hilltop", name="Hilltop")
    speaker = Speaker.objects.reached_at(email="noor@example.org", language="en")
    voice = _voice(riverside, speaker, is_public=True, released_at=timezone.now(), photo=_photo())
    theme = Theme.objects.confirm("A quiet garden", [voice.pk], by=ben)
    need = Need.objects.take_up(
        "A place to read outdoors", kind=NeedKind.NEED, by=ben, themes=[theme], branch=riverside
    )
    Heard.objects.get_or_create(loop=need.loop, speaker=speaker)
    decision = _decision(need, ben)
    _process(decision, ben)
    program = Program.objects.plan("Reading in the garden", by=ben, need=need, branch=riverside)
    program.publish()
    proposal = ThemeProposal.objects.propose({}, by=ben)
    report_loop = Loop.objects.begin("Longer hours", by=ben)
    return World(
        riverside=riverside,
        hilltop=hilltop,
        ben=ben,
        speaker=speaker,
        voice=voice,
        elsewhere=_voice(hilltop, speaker),
        template=ReplyTemplate.objects.create(title="Thanks", words="Thank you"),
        theme=theme,
        proposal=proposal,
        proposed=proposal.proposed.create(order=1, label={"en": "Garden"}, voices=[voice.pk], n=1),
        need=need,
        evidence=need.evidence.create(source=Source.VOICES, words="Many asked for shade", by=ben),
        decision=decision,
        program=program,
        measure=program.prepare_pilot("People read outdoors", review_on=_in_a_month()).add_measure(
            "How many came", green=12, amber=6
        ),
        session=_session(program, riverside),
        report=Report.objects.publish(report_loop, said="Open longer", did="We do", by=ben),
        invitation=Invitation.objects.create(email="new@example.org", role=Role.FRONTLINE, branch=riverside, by=ben),
        letter=Letter.objects.write(
            "walk:1", subject="Hello", text="Hello", language="en", email=speaker.email, speaker=speaker
        ),
        survey=_with_fieldwork(_survey(riverside, ben), ben),
        asked=_asked(riverside, ben),
        survey_elsewhere=_survey(hilltop, ben),
    )


def _survey(branch: Branch, ben: Person) -> Survey:
    survey = Survey.objects.begin(garden_questions(), by=ben, branch=branch)
    picture = Picture.objects.keep(survey, _photo())
    draft = survey.draft(by=ben)
    draft.questionnaire.pages[0].questions[0].choices[0].picture = picture.name
    draft.write(draft.questionnaire)
    return survey


def _with_fieldwork(survey: Survey, ben: Person) -> Survey:
    """Copies printed, a sheet that came back, a link on a poster, somebody invited by name, and a quota."""
    edition = survey.editions.get()
    PaperPrint.make(survey, edition=edition, language="en", copies=2, by=ben)
    survey.sheets.create(serial=1, edition=edition, language="en")
    survey.links.create(channel=Channel.POSTER)
    survey.invitations.create(name="Noor", reference="12")
    survey.quotas.create(name="Everyone", places=5)
    return survey


def _asked(branch: Branch, ben: Person) -> Survey:
    survey = _survey(branch, ben)
    survey.open(by=ben)
    edition = survey.edition
    link = survey.links.create(channel=Channel.POSTER, branch=branch)
    survey.sittings.create(edition=edition, language="en", channel=Channel.POSTER, link=link)
    survey.invitations.create(email="noor@example.org")
    SurveyPublication.objects.publish(survey, "Shade and quiet", by=ben)
    return survey


def _voice(branch: Branch, speaker: Speaker, **fields: Any) -> Voice:
    words = "I would love to read in the garden"
    said = {"kind": VoiceKind.SUGGESTION, "words": words, "language": "en", "channel": Channel.WEB}
    return Voice(branch=branch, speaker=speaker, **said, **fields).save_as_heard()


def _photo() -> ContentFile:
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "green").save(picture, "WEBP")
    return ContentFile(picture.getvalue(), name="garden.webp")


def _decision(need: Need, ben: Person) -> Decision:
    return Decision.objects.ask(
        "What should the garden be?",
        by=ben,
        need=need,
        promise=Promise.CONSULT,
        open_words={"en": "Plants and seats"},
        closed_words={"en": "The walls"},
        decider={"en": "The board"},
        by_when=_in_a_month(),
    )


def _process(decision: Decision, ben: Person) -> Process:
    """What was asked is an open process now, in the phase in which people choose."""
    process = Process.objects.prepare_for(decision, by=ben)
    process.open(by=ben)
    process.asks.add(_dimension())
    now = timezone.now()
    process.phases.create(kind=PhaseKind.CHOOSE, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=20))
    return process


def _paper(world: World) -> Document:
    """Made anew for each: the walk takes away what it finds."""
    made: Document = world.decision.process.documents.create(title="The plan", kind="pdf", size=4, by=world.ben)
    made.file.save("plan.pdf", ContentFile(b"%PDF-"))
    return made


def _in_a_month() -> date:
    return timezone.localdate() + timedelta(days=30)


def _closure(branch: Branch) -> Closure:
    """Made anew for each: the walk closes what it finds."""
    return branch.closures.create(first=_in_a_month(), last=_in_a_month())


def _session(program: Program, branch: Branch) -> Session:
    starts = timezone.now() + timedelta(days=3)
    program.add_sessions(starts, starts + timedelta(hours=1), branch=branch, language="en", audience="general")
    return program.sessions.get()


def _whereabouts(world: World) -> Whereabouts:
    segment = Segment.objects.new_here(by=world.ben)
    return segment.whereabouts.first() or segment.meet("The laundrette", kind="place", by=world.ben)


def _missed(world: World) -> MissedGroup:
    band = _dimension().bands.all()[0]
    numbers = {"title": world.asked.title, "heard": 2, "index": 0.1, "high": 0.4}
    key = {"thing": "surveys.survey", "thing_key": world.asked.pk, "band": band}
    return MissedGroup.objects.get_or_create(**key, defaults=numbers)[0]


def _assessment(world: World) -> Assessment:
    """Begun once and published, from when on nobody takes anything away from it."""
    if (there := Assessment.objects.first()) is not None:
        return there
    found = Assessment.objects.begin("What Riverside needs", by=world.ben, branch=world.riverside)
    found.sources.create(kind="walk", title="A walk").notes.create(words="No bench")
    found.publish(summary="Shade", limits="Few spoke", next_steps="We decide in May", by=world.ben)
    return found


def _census(world: World) -> AreaShare:
    """Made anew for each, as the walk takes away what it finds."""
    area, _is_new = CensusArea.objects.get_or_create(code="T1", defaults={"name": "Tract 1"})
    return area.shares.get_or_create(branch=world.riverside, defaults={"share": 0.5})[0]


def _answers(world: World) -> AnswerFile:
    return world.survey.answer_files.get_or_create(name="answers.csv")[0]


def _table(world: World) -> CensusTable:
    grid = [["Area", "No car", "One car"], ["Tract 1", "20", "60"]]
    return CensusTable.objects.create(file_name="cars.csv", grid=grid, of_day=date(2023, 12, 31), source="Census")


def _dimension() -> Dimension:
    Dimension.objects.ship(["vehicle"])
    return Dimension.objects.get(slug="vehicle")


Samples = dict[str, Callable[[World], Any]]

# What stands behind each noun of an address (or noun/argument). A new noun wants a line here, or the walk fails.
SAMPLES: Samples = {
    **ACCESS_SAMPLES,
    **DOOR_SAMPLES,
    **IDEA_SAMPLES,
    **FOLLOWING_SAMPLES,
    **FINDING_SAMPLES,
    **BUDGET_SAMPLES,
    **THEME_SAMPLES,
    **NEED_SAMPLES,
    **AUDIT_SAMPLES,
    **HEARING_SAMPLES,
    **OPINION_SAMPLES,
    **REGISTERING_SAMPLES,
    **PLANNING_SAMPLES,
    "answers": lambda world: _answers(world).pk,
    "answering": lambda world: world.asked.sittings.get().code,
    "answering/…": lambda world: 1,
    "i": lambda world: world.asked.invitations.get().secret,
    "s": lambda world: world.asked.links.get().code,
    "appointments": lambda world: world.ben.appointments.get().pk,
    "assessments": lambda world: _assessment(world).pk,
    "assessments/…": lambda world: "sources",
    "assessments/…/…": lambda world: _assessment(world).sources.get().pk,
    "notes": lambda world: _assessment(world).notes().get().pk,
    "bands": lambda world: _dimension().bands.all()[0].pk,
    "branches": lambda world: world.riverside.slug,
    "boards": lambda world: a_board(world).pk,
    "applications": lambda world: a_board(world).applications.get().pk,
    "applications/secret": lambda world: a_board(world).applications.get().secret,
    "terms": lambda world: a_board(world).terms.get().pk,
    "meetings": lambda world: a_board(world).meetings.get().pk,
    "advice": lambda world: a_board(world).advice.get().pk,
    "panels": lambda world: a_panel(world).pk,
    "lots": lambda world: "quotas",
    "quotas/group": lambda world: a_panel(world).quotas.all()[0].pk,
    "seats": lambda world: a_panel(world).draw.seats.get().pk,
    "volunteers": lambda world: a_panel(world).volunteers.get().secret,
    "commitments": lambda world: a_commitment(world).pk,
    "milestones": lambda world: a_commitment(world).milestones.get().pk,
    "decisions": lambda world: world.decision.pk,
    "dimensions": lambda world: _dimension().slug,
    "documents": lambda world: _paper(world).pk,
    "participants": lambda world: Participant.objects.join(world.decision.process, channel=Channel.DESK).pk,
    "phases": lambda world: world.decision.process.phases.all()[0].pk,
    "evidence": lambda world: world.evidence.pk,
    "files": lambda world: "csv",
    "groups": lambda world: world.proposed.pk,
    "invitations": lambda world: world.invitation.pk,
    "invitations/invitation": lambda world: world.survey.invitations.get().pk,
    "invitations/secret": lambda world: world.invitation.secret,
    "kiosk": lambda world: world.riverside.slug,
    "letters": lambda world: world.letter.pk,
    "links": lambda world: world.survey.links.get().pk,
    "loops": lambda world: world.loop.pk,
    "mail/code": lambda world: MailCode.objects.send(world.decision.process, "noor@example.org").pk,
    "measures": lambda world: world.measure.pk,
    "needs": lambda world: world.need.pk,
    "places": lambda world: world.riverside.slug,
    "closures": lambda world: _closure(world.riverside).pk,
    "spaces": lambda world: world.riverside.spaces.get(slug="garden").pk,
    "words": lambda world: "insight.theme",
    "words/…": lambda world: world.theme.pk,
    "people": lambda world: world.ben.pk,
    "prints": lambda world: world.survey.prints.get().pk,
    "polls": lambda world: a_vote(world).pk,
    "polls/…": lambda world: 1,
    "ballots": lambda world: "csv",
    "options": lambda world: a_vote(world).options.first().pk,
    "paper": lambda world: 1,
    "prints/run": lambda world: a_vote(world).prints.get().pk,
    "programs": lambda world: world.program.pk,
    "proposals": lambda world: world.proposal.pk,
    "quotas": lambda world: world.survey.quotas.get().pk,
    "sessions": lambda world: world.session.pk,
    "surveys": lambda world: world.survey.pk,
    "segments": lambda world: _whereabouts(world).segment.pk,
    "whereabouts": lambda world: _whereabouts(world).pk,
    "missed": lambda world: _missed(world).pk,
    "sheets": lambda world: world.survey.sheets.get().pk,
    "surveys/slug": lambda world: world.asked.slug,
    "pictures": lambda world: world.asked.pictures.get().name,
    "shares": lambda world: _census(world).pk,
    "questions": lambda world: "visits",
    "questions/pk": lambda world: BankQuestion.objects.keep(Question(key="q", kind=Kind.LONG), by=world.ben).pk,
    "pages": lambda world: "you",
    "preview": lambda world: "phone",
    "words/language": lambda world: "es",
    "stop": lambda world: world.speaker.secret,
    "tables": lambda world: _table(world).pk,
    "tell": lambda world: world.riverside.slug,
    "tell/…": lambda world: "garden",
    "templates": lambda world: world.template.pk,
    "themes": lambda world: world.theme.pk,
    "v": lambda world: world.voice.secret,
    "voices": lambda world: world.voice.pk,
}

# The same for what belongs to another branch: whoever stands at the desk of Riverside finds nothing there.
ELSEWHERE: Samples = {
    "polls": lambda world: a_vote_elsewhere(world).pk,
    "boards": lambda world: a_board(world, world.hilltop).pk,
    "panels": lambda world: a_panel(world, world.hilltop).pk,
    "commitments": lambda world: a_commitment(world, world.hilltop).pk,
    "surveys": lambda world: world.survey_elsewhere.pk,
    "voices": lambda world: world.elsewhere.pk,
    "program-proposals": lambda world: a_proposed_program(world, elsewhere=True).pk,
}

# Whoever works for one branch sees only their own of these.
ONLY_THEIR_OWN = {"proposals"}

ARGUMENT = re.compile(r"([\w-]+|>)/<(?:\w+:)?(\w+)(?=>)")


def arguments(route: str) -> list[tuple[str, str]]:
    """Each argument's noun and name: `desk/needs/<int:pk>/themes/<int:theme>/` has (needs, pk) and (themes, theme)."""
    found: list[tuple[str, str]] = []
    for noun, name in ARGUMENT.findall(route):
        found.append((f"{found[-1][0]}/…" if noun == ">" else noun, name))
    return found


def nouns(route: str) -> set[str]:
    return {noun for noun, _name in arguments(route)}


def samples_for(route: str, world: World, samples: Samples = SAMPLES) -> list[Any]:
    """What stands behind each argument of the route. Raises KeyError where a sample is lacking."""
    return [(samples.get(f"{noun}/{name}") or samples[noun])(world) for noun, name in arguments(route)]
