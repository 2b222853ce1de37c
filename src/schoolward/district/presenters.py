"""How the district's acts are told, and what each drops to forget a person."""

from schoolward.audit.presenters import Forgets, present


PLAIN = {
    "district.school.opened": "{actor} opened {target}",
    "district.school.changed": "{actor} corrected {target}: {changes}",
    "district.school.checked": "{actor} looked over the facts of {target}",
    "district.school.renamed": "{actor} renamed {former} to {target} from {on}",
    "district.school.closed": "{actor} closed {target} from {on}",
    "district.school.merged": "{actor} merged {target} into {into} from {on}",
    "district.school.moved": "{actor} moved {target} to {network} from {start}",
    "district.network.opened": "{actor} opened {target}",
    "district.network.changed": "{actor} corrected {target}: {changes}",
    "district.network.closed": "{actor} closed {target} from {on}",
    "district.unit.opened": "{actor} opened {target}",
    "district.unit.changed": "{actor} corrected {target}: {changes}",
    "district.unit.closed": "{actor} closed {target} from {on}",
    "district.post.changed": "{actor} corrected post {target}: {changes}",
    "district.year.begun": "{actor} rolled over to {target}, {first} to {last}, with "
    "{terms} terms and {days} days",
    "district.year.changed": "{actor} changed {target} to {first} until {last}, with "
    "{terms} terms",
    "district.days.set": "{actor} set {days} to {what} ({name}) for {where}",
    "district.days.cleared": "{actor} cleared {day}, {what} ({name}), for {where}",
    "district.settings.changed": "{actor} changed the district: {changes}",
    "district.source.added": "{actor} added the source {target}",
    "district.source.changed": "{actor} changed the source {target}: {changes}",
    "district.change.undone": "{actor} took back: {says}",
    "district.wrong.reported": "{actor} said that {fact} of {school} is wrong "
    "(source: {source})",
    "district.wrong.answered": "{actor} answered about {fact} of {school}: {outcome}",
}
"""Verbs without a name of anybody but the actor."""

NAMING = {
    "district.school.supervised": (
        "{actor} made {ild} the ILD of {target} from {start}",
        ("ild", "ild_id"),
    ),
    "district.person.added": ("{actor} added {target}", ()),
    "district.person.changed": ("{actor} corrected {target}: {changes}", ("changes",)),
    "district.post.begun": (
        "{actor} appointed {holder} as {seat} ({capacity}) of {place} from {start}",
        ("holder",),
    ),
    "district.post.ended": (
        "{actor} ended the post of {holder} as {seat} of {place} on {on}",
        ("holder",),
    ),
    "district.assignment.begun": (
        "{actor} had {person} serve {school} for {unit} from {start}",
        ("person",),
    ),
    "district.assignment.ended": (
        "{actor} ended the service of {person} for {unit} at {school} on {on}",
        ("person",),
    ),
    "district.delegation.begun": (
        "{actor} let {delegate} act for {person} ({purpose})",
        ("person", "delegate"),
    ),
    "district.delegation.ended": (
        "{actor} ended that {delegate} acts for {person}",
        ("person", "delegate"),
    ),
    "district.merge.proposed": (
        "{actor} proposed that {other} is {kept}: {reason}",
        ("other", "kept", "reason"),
    ),
    "district.merge.confirmed": (
        "{actor} merged {other} into {kept}",
        ("other", "kept"),
    ),
    "district.merge.dismissed": (
        "{actor} decided that {other} and {kept} are two people",
        ("other", "kept"),
    ),
    "district.merge.undone": (
        "{actor} undid the merge of {other} into {kept}",
        ("other", "kept"),
    ),
}
"""Verbs whose facts name people, with the facts that go when a person is forgotten."""

PLANNING = {
    "district.profile.written": "{actor} wrote “{part}” of {target}",
    "district.goal.added": "{actor} added a goal of {school}: {target}",
    "district.goal.changed": "{actor} changed a goal of {school}: {changes}",
    "district.goal.ended": "{actor} ended a goal of {school}: {target}",
}
"""Verbs about what a school's people wrote."""


for verb, says in PLAIN.items():
    present(verb, says=says)
for verb, (says, personal) in NAMING.items():
    present(verb, says=says, forgets=Forgets.FACTS, personal=personal)
for verb, says in PLANNING.items():
    present(verb, says=says, record_class="planning")
