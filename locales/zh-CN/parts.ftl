### The parts of a candidate's score (matching/parts.py and matching/wishes.py name them). Read by coordinators.

# Shown behind the points when a candidate is opened; the best two are the one-line reason. So: short, no 。
part-subject-shared = 教{ $subject }
part-subject-sibling = 教{ $subject }（和{ $asked }相近）
part-stage-shared = 教{ $stage }
part-stage-adjacent = 教{ $stage }（和{ $asked }相邻）
part-form-shared = 可以{ $form }
part-form-missing = 没有说可以{ $form }
part-topic-shared = 擅长{ $topic }（{ $words }）
part-topic-likely = 可能擅长{ $topic }（{ $words }）
part-topic-broader = 擅长{ $words }（和{ $topic }有关）
part-topic-none = 没有提到{ $topic }
part-dates-whole = 时间合适
part-dates-later = 时间合适（最早 { $date } 能到）
part-dates-late = 最早 { $date } 能到（晚 { $days } 天）
part-dates-open = 时间没有说
part-dates-other = 时间差 { $days } 天
part-stay-cycle = 能待三年以上
part-stay-year = 能待一学年以上
part-stay-short = 只能待到 { $date }
part-origin-school = 来自结对学校{ $place }
part-origin-county = 来自结对的{ $place }
part-origin-city = 来自结对的{ $place }
part-load-free = 现在没有别的安排
part-load-some = 已有 { $load } 处安排（最多 { $capacity } 处）
part-rating-high = 以前的评价很好（{ $mean } 分，{ $n } 次）
part-rating-fair = 以前的评价还好（{ $mean } 分，{ $n } 次）
part-rating-low = 以前的评价不高（{ $mean } 分，{ $n } 次）
part-wish-here = 本人想去{ $place }
part-wish-elsewhere = 本人更想去{ $place }
part-title-top = { $title }
part-title-senior = { $title }
part-title-first = { $title }
part-title-other = { $title }
part-years-many = 教龄 { $years } 年
part-years-some = 教龄 { $years } 年
part-years-few = 教龄 { $years } 年
