"""Invented names and words for the simulated district."""

from schoolward.district.models import Level


DISTRICT = "Lakemont Public Schools"

NAMED_SCHOOLS = (
    ("Orchard Elementary", Level.ELEMENTARY, "PK-5", "Priya Raman"),
    ("Mill Street K–8", Level.K8, "K-8", "Omar Farouk"),
    ("Harbor Middle", Level.MIDDLE, "6-8", "Denise Whitfield"),
    ("Bellwether Academy", Level.K8, "K-8", "Lourdes Baptiste"),
    ("Ridgeline High", Level.HIGH, "9-12", "Kit Novak"),
    ("Northgate Middle", Level.MIDDLE, "6-8", "Kwame Asante"),
    ("Juniper Elementary", Level.ELEMENTARY, "PK-5", "Tomás Herrera"),
    ("Willow Creek Elementary", Level.ELEMENTARY, "PK-5", "Mei-Ling Zhou"),
    ("Prospect Elementary", Level.ELEMENTARY, "PK-5", "James Tallchief"),
)
"""The nine schools of the first network, with their principals."""

MORE_SCHOOLS = (
    ("Ashford", Level.ELEMENTARY),
    ("Birch Hill", Level.ELEMENTARY),
    ("Cannery Row", Level.ELEMENTARY),
    ("Cedar Point", Level.ELEMENTARY),
    ("Clearwater", Level.MIDDLE),
    ("Copper Canyon", Level.HIGH),
    ("Douglass", Level.K8),
    ("Eastlake", Level.ELEMENTARY),
    ("Fairmount", Level.MIDDLE),
    ("Fernwood", Level.ELEMENTARY),
    ("Garfield Park", Level.K8),
    ("Granite Street", Level.ELEMENTARY),
    ("Hawthorn", Level.ELEMENTARY),
    ("Hillcrest", Level.HIGH),
    ("Ironwood", Level.MIDDLE),
    ("Jane Addams", Level.ELEMENTARY),
    ("Kestrel", Level.ELEMENTARY),
    ("Lakeview", Level.HIGH),
    ("Larkspur", Level.ELEMENTARY),
    ("Lincoln Square", Level.K8),
    ("Magnolia", Level.ELEMENTARY),
    ("Marsh Road", Level.ELEMENTARY),
    ("Meadowbrook", Level.MIDDLE),
    ("Oak Terrace", Level.ELEMENTARY),
    ("Parkside", Level.ELEMENTARY),
    ("Pine Bluff", Level.ELEMENTARY),
    ("Quarry", Level.MIDDLE),
    ("Riverbend", Level.HIGH),
    ("Sojourner Truth", Level.K8),
    ("Stonebridge", Level.ELEMENTARY),
    ("Sycamore", Level.ELEMENTARY),
    ("Tidewater", Level.HIGH),
    ("Union Street", Level.ELEMENTARY),
)

SUFFIX = {
    Level.ELEMENTARY: ("Elementary", "PK-5"),
    Level.MIDDLE: ("Middle", "6-8"),
    Level.K8: ("K–8", "K-8"),
    Level.HIGH: ("High", "9-12"),
}

ILDS = (
    ("Marisol Quintero", "Math talk", 9),
    ("Theodore Banks", "Reading for meaning", 8),
    ("Nkechi Eze", "Ninth-grade success", 8),
    ("Caroline Fitzgerald", "Belonging and attendance", 9),
    ("Samuel Ortiz-Reyes", "Writing across subjects", 8),
)
"""Each ILD, what their network works on, and how many schools it has."""

UNITS = (
    (
        "Human Resources",
        "Hires, places and keeps the people schools need.",
        "Yusuf Haddad",
        4,
    ),
    (
        "Budget & Finance",
        "Turns a school's plan into money it can use.",
        "Ingrid Solheim",
        2,
    ),
    (
        "Facilities",
        "Keeps buildings safe, warm and fit to teach in.",
        "Ray Dombrowski",
        3,
    ),
    (
        "Teaching & Learning",
        "Curriculum, materials and coaching for teachers.",
        "Rosa Lindqvist",
        5,
    ),
    (
        "Multilingual Learners",
        "Language services, newcomers and families.",
        "Sofia Marchetti",
        2,
    ),
    (
        "Special Education",
        "Services for students with disabilities.",
        "Bridget O’Malley",
        4,
    ),
    (
        "Student & Family Services",
        "Attendance, health, counseling and families.",
        "Jamal Carter",
        3,
    ),
    (
        "Data & Assessment",
        "Data that principals and teachers can act on.",
        "Leonard Brandt",
        2,
    ),
    (
        "Information Technology",
        "Devices, networks and help with both.",
        "Anika Desai",
        2,
    ),
    ("Nutrition", "Meals that students eat.", "Carmen Villalobos", 1),
    ("Transportation", "Buses that arrive before the bell.", "Dale Whitehorse", 2),
)
"""Each unit, what it is for, its first partner of schools, and how many partners it has."""

PROFILE = {
    "needs": (
        "A steady teacher in room 12. Fewer pull-outs during the math block.",
        "A second counselor for the upper grades; the waiting list is three weeks long.",
        "Substitutes on Mondays. Two of every three requests went unfilled in October.",
        "Planning time that all grade 6 teachers share.",
        "Books in Spanish and Somali for the new classroom libraries.",
        "Help with the boiler before January; the east wing runs cold.",
        "A hiring partner who knows bilingual candidates.",
    ),
    "strengths": (
        "Grade leads who run their own meetings. Families turn out: 71% at conferences.",
        "Teachers open their doors to each other every Wednesday.",
        "Nine of ten teachers came back this fall.",
        "A student council that sits in on hiring.",
        "The reading team studies its own lessons on video.",
        "An office that knows every child by name.",
    ),
    "goals": (
        "“Hear children think, then plan from it.”",
        "“Every ninth grader known by an adult who acts.”",
        "“Writing in every subject, every week.”",
        "“Families hear from us before there is a problem.”",
        "“Fewer, deeper lessons.”",
    ),
    "character": (
        "Small, long-serving staff. Decide together; do not like surprises in August.",
        "Young staff, quick to try things and quick to say when they fail.",
        "Two schools in one building until 2024, and still growing together.",
        "A neighborhood anchor: half the teachers went here as children.",
        "Formal and thorough. Send it in writing first.",
    ),
    "reach": (
        "By the ILD, or before 7:40 AM.",
        "Call the office; the principal is in classrooms until 11.",
        "A short message, then a visit.",
        "Through the assistant principal on testing days.",
    ),
}

LATER = (
    (4, "needs", "An interpreter for conference week, Spanish and Somali."),
    (
        0,
        "needs",
        "A long-term substitute for grade 4 from January, ideally one we know.",
    ),
    (2, "needs", "The gym roof before the first snow; two classes meet in the hall."),
    (
        3,
        "strengths",
        "Two teacher leaders now run the math studio for the whole network.",
    ),
    (5, "needs", "Coverage while the IEP team meets on Thursdays."),
    (6, "strengths", "The attendance team calls on day two; families call back."),
    (8, "needs", "Cart of tablets that keeps its charge through fifth period."),
    (
        10,
        "character",
        "Dismissal is staggered since October; buses wait, and nobody minds.",
    ),
)
"""What partners of units added this fall: the unit, the part of the profile, the words."""

GOALS = (
    (
        "Students explain their thinking in math",
        "Grades 3–5",
        "In half of walk-through visits a student explains a strategy to another student",
    ),
    (
        "Third graders read with understanding",
        "Grades K–3",
        "50–56% at benchmark by spring",
    ),
    (
        "Families hear from us before there is a problem",
        "Whole school",
        "Two good-news calls per family by January",
    ),
    ("Ninth graders stay on track", "Grade 9", "90% on track at each quarter"),
    (
        "Students write in every subject",
        "Grades 6–8",
        "One finished piece a week in each folder",
    ),
    ("Fewer days missed", "Whole school", "Chronic absence under 15% by June"),
    (
        "Teachers learn from each other",
        "All staff",
        "Each teacher visits two lessons a month",
    ),
)

WRONG = (
    ("Grades taught", "PK-5", "We have taught grade 6 since August."),
    ("Phone", "", "The office number changed in September."),
    ("Chronic absence", "", "Our two transfers in January were counted twice."),
    ("Principal since", "", "I began in July, not in August."),
)
