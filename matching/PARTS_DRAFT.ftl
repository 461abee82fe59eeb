### Draft words for the parts of a score; they belong into locales. Who reads them: coordinators on the card and at the
### desk, whoever runs `bot.py rank`. Variables are words, never numbers to be formatted.

## zh-CN

part-topic-shared = 主题相合：{ $topic }（{ $words }）
part-topic-broader = 主题相近：{ $words }，要的是{ $topic }
part-topic-none = 没有看出擅长{ $topic }
part-subject-shared = 学科相同：{ $subject }
part-subject-sibling = 相近学科：教{ $subject }，要的是{ $asked }
part-stage-shared = 学段相同：{ $stage }
part-stage-adjacent = 相邻学段：教{ $stage }，要的是{ $asked }
part-form-shared = 愿意{ $form }
part-form-missing = 没有报{ $form }，要先问
part-dates-whole = 时间合适
part-dates-later = { $date }起可以到
part-dates-late = 最早{ $date }，晚{ $days }天
part-dates-open = 没有说时间
part-dates-other = 时间差{ $days }天，要另约
part-stay-cycle = 可以待满三年
part-stay-year = 可以待一年以上
part-stay-short = 最多待到{ $date }
part-load-free = 手上没有任务
part-load-some = 已有{ $load }项，最多{ $capacity }项
part-title-top = { $title }
part-title-senior = { $title }
part-title-first = { $title }
part-title-other = { $title }
part-years-many = 教龄{ $years }年
part-years-some = 教龄{ $years }年
part-years-few = 教龄{ $years }年

## en

part-topic-shared = Topic fits: { $topic } ({ $words })
part-topic-broader = Topic is near: { $words }; asked for { $topic }
part-topic-none = No sign of { $topic }
part-subject-shared = Same subject: { $subject }
part-subject-sibling = Near subject: teaches { $subject }, asked for { $asked }
part-stage-shared = Same stage: { $stage }
part-stage-adjacent = Next stage: teaches { $stage }, asked for { $asked }
part-form-shared = Offers { $form }
part-form-missing = Has not offered { $form }; ask first
part-dates-whole = Dates fit
part-dates-later = Can come from { $date }
part-dates-late = { $date } at the earliest, { $days } days late
part-dates-open = Has not said when
part-dates-other = Dates are { $days } days off; to be agreed
part-stay-cycle = Could stay three years
part-stay-year = Could stay a year or more
part-stay-short = Can stay until { $date }
part-load-free = Holds no place now
part-load-some = Holds { $load } of { $capacity } places
part-title-top = { $title }
part-title-senior = { $title }
part-title-first = { $title }
part-title-other = { $title }
part-years-many = { $years } years of teaching
part-years-some = { $years } years of teaching
part-years-few = { $years } years of teaching
