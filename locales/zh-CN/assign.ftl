### What `bot.py assign` says about pairs and open places. Read by coordinators, beside ids and points.

# Behind the bonus of an order, like the parts of a score: short, no 。
part-assign-waiting = 已等 { $days } 天
part-assign-one-teacher = 一师一校
part-assign-remote = 偏远学校

# What is asked for, where the stage is known; the other sentences use it.
assign-kind = { $where }{ $what }

# Why a place stays open; the first demand nobody meets.
assign-why-subject = 没有空闲的老师能教{ $what }
assign-why-topic = 没有空闲的老师擅长{ $what }
assign-why-stage = 能教{ $what }的空闲老师都不教{ $where }
assign-why-form = 能教{ $kind }的空闲老师都没有说可以{ $how }
assign-why-dates = 能教{ $kind }的老师在这段时间都没有空
assign-why-length = 能教{ $kind }又有空的老师，都去不了这么久或这么短
assign-why-site = 其他条件合适的老师，这一单都问过了，或不能去这所学校
assign-why-few = 合适的老师只有 { $suit } 人，都已安排在这一单
assign-why-elsewhere = 合适的老师有 { $suit } 人，别的订单更需要他们
assign-why-partly = 合适的老师有 { $suit } 人，已安排 { $here } 人，其余别的订单更需要

# What would fill it, and for how many teachers it opens the door.
assign-would-dates = 放宽时间，还有 { $n } 人
assign-would-online = 也接受线上，还有 { $n } 人
assign-would-form = 方式不限，还有 { $n } 人
assign-would-stage = 也接受相邻学段的老师，还有 { $n } 人
assign-would-subject = 也接受相近科目的老师，还有 { $n } 人
assign-would-more = 再找 { $n } 位能教{ $kind }的老师
