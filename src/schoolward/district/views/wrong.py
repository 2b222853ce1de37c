"""A reader says "this is wrong"; the owner of the fact's source answers."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district import actions, forms, policies, queries
from schoolward.district.models import School, WrongFact, WrongFactState
from schoolward.district.views.asking import Done, FormPage, ask, sent


@require_http_methods(["GET", "POST"])
def report_wrong(request: ActorRequest, pk: int) -> HttpResponse:
    """Say that a fact of a school is wrong."""
    insist(policies.can_see_directory(request.actor))
    school = get_object_or_404(School.objects.visible_to(request.actor), pk=pk)
    insist(policies.can_report_wrong(request.actor, pk))
    asked = {name: request.GET.get(name, "") for name in ("fact", "shown", "source")}
    form = forms.ReportWrong(sent(request), initial=asked)
    page = FormPage(
        title=f"Say what is wrong about {school.name}",
        submit="Report it",
        back=reverse("home:school", args=[pk]),
        back_label=school.name,
        lede="Your words go to the person who answers for this fact. You are told "
        "what they found.",
        template="district/report_wrong.html",
        more={"shown": asked["shown"]},
    )

    def act() -> Done:
        words = form.cleaned_data
        report = actions.report_of(
            school,
            fact=words["fact"],
            said=words["said"],
            shown=words["shown"],
            source_key=words["source"],
        )
        made = actions.report_wrong(report, by=request.actor, at=clock.now())
        return Done("Your report is on its way.", _address(made.pk))

    return ask(request, form, page=page, act=act)


def _address(pk: int) -> str:
    return reverse("district:wrong_fact", args=[pk])


@require_GET
def wrong_facts(request: ActorRequest) -> HttpResponse:
    """List the reports one has to answer and those one made."""
    insist(policies.can_see_directory(request.actor))
    page = {
        "mine": queries.wrong_facts_for(request.actor),
        "made": queries.wrong_facts_by(request.actor),
    }
    return answer(request, "district/wrong_facts.html", page)


@require_http_methods(["GET", "POST"])
def wrong_fact(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a report; its owner answers it here."""
    insist(policies.can_see_directory(request.actor))
    row = queries.wrong_fact(request.actor, pk)
    if row is None:
        raise Http404
    rows = WrongFact.objects.visible_to(request.actor)
    report = get_object_or_404(rows, pk=pk)
    decision = policies.can_answer_wrong(
        request.actor, owner_id=report.owner_id, owner_unit_id=report.owner_unit_id
    )
    if request.method == "POST":
        insist(decision)
    form = forms.AnswerWrong(sent(request))
    page = FormPage(
        title=f"{row.fact}, {row.school.name}",
        submit="Answer",
        back=reverse("district:wrong_facts"),
        back_label="Reports",
        template="district/wrong_fact.html",
        more={"row": row},
    )

    def act() -> Done:
        actions.answer_wrong(
            report,
            state=WrongFactState(form.cleaned_data["state"]),
            answer=form.cleaned_data["answer"],
            by=request.actor,
            at=clock.now(),
        )
        return Done("Your answer is sent.", _address(pk))

    return ask(request, form, page=page, act=act)
