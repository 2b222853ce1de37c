"""The simulated district's indicators: what each asks, and who answers for it."""

from schoolward.scorecards.domain import Direction, IndicatorDraft, Subject, Unit


SOURCES = (
    ("student-records", "Student records system, October count", "Data & Assessment"),
    ("spring-tests", "Spring tests, state file", "Data & Assessment"),
    ("walkthroughs", "Walk-through visits", "Teaching & Learning"),
    ("personnel", "Personnel system", "Human Resources"),
    ("schools", "School directory", "Data & Assessment"),
)
"""Key, name and owning unit of each source."""

STUDENT_RECORDS = ("attendance", "chronic_absence", "on_track_9", "graduation_4")
SPRING_TESTS = ("reading_3", "math_5", "math_8")
WALKTHROUGHS = ("explains_strategy",)
PERSONNEL = ("teachers_return", "posts_filled")

BY_SOURCE = {
    "student-records": STUDENT_RECORDS,
    "spring-tests": SPRING_TESTS,
    "walkthroughs": WALKTHROUGHS,
    "personnel": PERSONNEL,
}


def _share(
    key: str, name: str, question: str, formula: str, **more: object
) -> IndicatorDraft:
    direction = more.pop("direction", Direction.HIGHER)
    return IndicatorDraft(
        key=key,
        name=name,
        question=question,
        unit=Unit.SHARE,
        formula=formula,
        direction=direction,  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


DRAFTS = (
    _share(
        "attendance",
        "Attendance",
        "Of all days that students could have come, on how many did they?",
        "days present ÷ days enrolled, all students",
    ),
    _share(
        "chronic_absence",
        "Chronic absence",
        "What share of our students misses one day in ten or more?",
        "students absent on 10% or more of their days ÷ students enrolled 10 days or more",
        direction=Direction.LOWER,
    ),
    _share(
        "reading_3",
        "Grade 3 reading at benchmark",
        "Do our third graders read with understanding?",
        "students at or above benchmark ÷ students tested, grade 3, spring",
        caveats="No spring test in 2019–20.",
    ),
    _share(
        "math_5",
        "Grade 5 math at benchmark",
        "Can our fifth graders reason with fractions?",
        "students at or above benchmark ÷ students tested, grade 5, spring",
        caveats="No spring test in 2019–20.",
    ),
    _share(
        "math_8",
        "Grade 8 math at benchmark",
        "Are our eighth graders ready for algebra?",
        "students at or above benchmark ÷ students tested, grade 8, spring",
        caveats="No spring test in 2019–20.",
    ),
    _share(
        "on_track_9",
        "Ninth graders on track",
        "Do our ninth graders earn the credits that lead to graduation?",
        "ninth graders with five credits and no more than one failed core course ÷ ninth graders",
    ),
    _share(
        "graduation_4",
        "Graduation in four years",
        "How many of those who start with us finish in four years?",
        "graduates in four years ÷ students of the entering class, less transfers out",
    ),
    _share(
        "explains_strategy",
        "A student explains a strategy",
        "In how many visited lessons does a student explain their thinking to another?",
        "visits in which it was seen ÷ visits",
        subject=Subject.THINGS,
    ),
    _share(
        "teachers_return",
        "Teachers who came back",
        "How many of last year's teachers teach here again?",
        "teachers of last October who teach here this October ÷ teachers of last October",
        subject=Subject.ADULTS,
    ),
    _share(
        "posts_filled",
        "Teacher posts filled on day one",
        "Did every class have its teacher on the first day?",
        "teacher posts held by a teacher on the first day ÷ teacher posts",
        subject=Subject.THINGS,
    ),
)
