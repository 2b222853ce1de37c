"""The rules of sorting that Schoolward ships, in order; a district edits its own copy."""

from schoolward.timeuse.domain.categories import Category, Principals, Rule


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


OPERATIONAL = _words(
    "bus, buses, transportation, facilit*, boiler, hvac, heating, leak*, flood*, "
    "construction, roof, custod*, cafeteria, food service*, enrollment, staffing, vacanc*, "
    "budget*, personnel, grievance, union, complaint*, discipline, expulsion, suspension, "
    "hearing, security, safety, drill, lockdown, payroll, investigation, incident, crisis, "
    "leave request, lottery, textbook*, technology, devices, hiring, interview*, posting, "
    "purchase*, contract*, parking lot, field trip, schedule, scheduling, transfer*, legal, "
    "e mail, email"
)
SHIPPED = (
    Rule(
        name="On the way",
        category=Category.TRAVEL,
        words=_words(
            "travel, drive, driving, commute, en route, flight, train to, transit, airport, on the road"
        ),
    ),
    Rule(
        name="Standing in for others",
        category=Category.FILLING_IN,
        words=_words(
            "cover, covering, coverage, fill in, filling in, fill in for, stand in, "
            "standing in, acting, sit in for, on behalf of, backfill*, substitut*, in place of, "
            "interim, duty, registration, dismissal"
        ),
    ),
    Rule(
        name="Looking at progress with a principal",
        category=Category.STRENGTHENING,
        words=_words(
            "progress review, improvement plan, school improvement, data dive, data meeting, "
            "data review, data conversation, quarterly review, midyear review, mid year review, "
            "performance review, step back, stepback, goal review, scorecard, results review, "
            "accountability review, school quality review, action plan, "
            "benchmark*, sip, turnaround plan"
        ),
        principals=Principals.SOME,
    ),
    Rule(
        name="Compliance",
        category=Category.COMPLIANCE,
        words=_words(
            "audit*, compliance, accountability, certification, certify, submission, submit, "
            "deadline, monitoring, state report*, report due, reports due, documentation, "
            "evidence binder, evidence upload, checklist*, sign off, attestation, "
            "evaluation ratings, ratings due, mandated, verification, paperwork, "
            "approvals, binder*, log check, ratings, plan reviews, accreditation, minimums"
        ),
    ),
    Rule(
        name="A matter of operations with a principal",
        category=Category.WITH_PRINCIPAL,
        words=OPERATIONAL,
        principals=Principals.SOME,
    ),
    Rule(
        name="Classrooms with a principal",
        category=Category.VISIT,
        words=_words(
            "classroom*, walkthrough*, walk through*, learning walk*, observ*, "
            "instructional rounds, rounds, visit*, co observ*, look fors"
        ),
        principals=Principals.SOME,
    ),
    Rule(
        name="Classrooms at a school",
        category=Category.VISIT,
        words=_words(
            "classroom*, walkthrough*, learning walk*, visit*, rounds, observ*"
        ),
        at_school=True,
    ),
    Rule(
        name="Principals together",
        category=Category.NETWORK,
        words=_words(
            "network, principals meeting, principal meeting, principal learning, cohort, plc, "
            "principals, principal institute, study group"
        ),
        principals=Principals.SOME,
    ),
    Rule(
        name="Three or more principals",
        category=Category.NETWORK,
        principals=Principals.SEVERAL,
    ),
    Rule(
        name="One principal, for leadership",
        category=Category.ONE_ON_ONE,
        words=_words(
            "1 1, 1on1, one on one, one to one, coaching, coach, check in, checkin, growth, "
            "goal setting, goals, debrief, feedback, conference, teacher leadership, "
            "instruction*, cycle, modeling, planning with, plan with, practice, reflect*, ilt, "
            "leadership team prep, difficult conversation, lesson, problem of practice, "
            "prep, biweekly, weekly, touch base, touchpoint, role play, thinking partner, work on"
        ),
        principals=Principals.SOME,
    ),
    Rule(
        name="Learning as an ILD",
        category=Category.LEARNING,
        words=_words(
            "ild team, ild learning, ild meeting, ilds, case room, mentoring, mentor, "
            "professional learning, professional development, pd, book study, reading, "
            "conference, workshop, webinar, training, course, study, consultancy, seminar, "
            "critical friend*, calibration, learning community, institute, class, retreat, "
            "shadow*, reflect*, learning, podcast, my practice"
        ),
        principals=Principals.NONE,
    ),
    Rule(
        name="Own life",
        category=Category.PERSONAL,
        words=_words(
            "lunch, dentist, doctor, dr, gym, vacation, pto, sick, personal, daycare, pick up, "
            "pickup, birthday, haircut, vet, holiday, day off, out of office, ooo, yoga, "
            "family, kids, school play, anniversary, appointment, soccer, dinner, jury, plumber, therapy"
        ),
        principals=Principals.NONE,
    ),
    Rule(
        name="Central meetings",
        category=Category.CENTRAL,
        words=_words(
            "cabinet, leadership team, senior team, department, staff meeting, all hands, "
            "all staff, chiefs, chief, deputy, superintendent, board, steering, committee, "
            "task force, cross functional, briefing, central office, town hall, working group, "
            "strategic plan, directors"
        ),
        principals=Principals.NONE,
    ),
    Rule(
        name="Operations",
        category=Category.OPERATIONS,
        words=OPERATIONAL,
        principals=Principals.NONE,
    ),
    Rule(
        name="Called by a unit, without principals",
        category=Category.CENTRAL,
        principals=Principals.NONE,
        from_unit=True,
    ),
    Rule(
        name="Any other time with a principal",
        category=Category.WITH_PRINCIPAL,
        principals=Principals.SOME,
    ),
)
