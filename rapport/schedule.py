"""Work that comes again: what, and how often. The worker reads this list."""

from rapport.lib.repeating import Entry, Every, Nightly

SCHEDULE: list[Entry] = [
    Every(minutes=5, do="rapport.messaging.post.sweep"),
    Every(minutes=10, do="rapport.impact.models.headline.take_headline"),
    Every(minutes=5, do="rapport.deciding.counting.count_what_is_over"),
    Nightly(at="02:20", do="rapport.deciding.counting.shuffle_urns"),
    Every(minutes=60, do="rapport.insight.reaching.looking.look"),
    Every(minutes=15, do="rapport.deciding.announcing.announce_phases"),
    Every(minutes=5, do="rapport.programs.registering.clock.tend"),
    Every(minutes=60, do="rapport.programs.registering.clock.remind"),
    Every(minutes=60, do="rapport.programs.registering.clock.release_unconfirmed"),
    Nightly(at="09:30", do="rapport.programs.registering.clock.thank"),
    Nightly(at="01:40", do="rapport.programs.registering.clock.count_no_shows"),
    Nightly(at="02:30", do="rapport.surveys.keeping.shuffle_answers"),
    Nightly(at="02:40", do="rapport.surveys.keeping.hear_contacts"),
    Nightly(at="06:00", do="rapport.surveys.letters.write_due_letters"),
    Nightly(at="08:00", do="rapport.programs.arriving.nudging.nudge"),
    Nightly(at="09:00", do="rapport.programs.accommodating.letters.ask_whether_it_helped"),
    Nightly(at="06:10", do="rapport.deciding.reminders.remind_owners"),
    Nightly(at="05:10", do="rapport.programs.following.courses.notice_dwindling"),
    Nightly(at="03:00", do="rapport.people.cleaning.clean_up"),
    Nightly(at="03:20", do="rapport.insight.columns.recheck"),
    Every(minutes=60, do="rapport.insight.reading.read_new_voices"),
    Nightly(at="04:30", do="rapport.insight.digesting.write_digest"),
    Nightly(at="03:30", do="rapport.lib.worker.clean_up"),
]
