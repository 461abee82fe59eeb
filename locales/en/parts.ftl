### The parts of a candidate's score (matching/parts.py and matching/wishes.py name them). Read by coordinators.

# Shown behind the points when a candidate is opened; the best two are the one-line reason. So: short, no full stop
part-subject-shared = teaches { $subject }
part-subject-sibling = teaches { $subject } (close to { $asked })
part-stage-shared = teaches { $stage }
part-stage-adjacent = teaches { $stage } (next to { $asked })
part-form-shared = offers { $form }
part-form-missing = did not offer { $form }
part-topic-shared = good at { $topic } ({ $words })
part-topic-likely = may be good at { $topic } ({ $words })
part-topic-broader = good at { $words } (related to { $topic })
part-topic-none = did not mention { $topic }
part-dates-whole = dates fit
part-dates-later = dates fit (from { $date } at the earliest)
part-dates-late = from { $date } at the earliest ({ $days } day(s) late)
part-dates-open = dates not said
part-dates-other = dates differ by { $days } day(s)
part-stay-cycle = can stay three years or more
part-stay-year = can stay a school year or more
part-stay-short = can only stay until { $date }
part-origin-school = from the paired school { $place }
part-origin-county = from paired { $place }
part-origin-city = from paired { $place }
part-load-free = nothing else at present
part-load-some = { $load } placement(s) already (at most { $capacity })
part-rating-high = rated high ({ $mean } of 5, { $n }×)
part-rating-fair = rated fair ({ $mean } of 5, { $n }×)
part-rating-low = rated low ({ $mean } of 5, { $n }×)
part-wish-here = wishes to go to { $place }
part-wish-elsewhere = would rather go to { $place }
part-title-top = { $title }
part-title-senior = { $title }
part-title-first = { $title }
part-title-other = { $title }
part-years-many = teaching for { $years } year(s)
part-years-some = teaching for { $years } year(s)
part-years-few = teaching for { $years } year(s)
