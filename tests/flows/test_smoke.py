"""The whole loop, once, by hand."""

from tests.world import World


def test_from_a_sentence_to_a_survey(world: World) -> None:
    world.add_school("四开乡中心小学校", "昭觉县")
    boss = world.coordinator(1, "昭觉县")
    school = world.school_person(2, "四开乡中心小学校")
    teacher = world.teacher(3)
    print(world.say(teacher, "/teach"))
    print(world.say(teacher, "我叫李明，成都东光实验小学，教小学数学15年，一级教师，擅长计算教学，可以顶岗支教也可以线上，明年3月到7月有空"))
    print(world.labels(teacher))
    print(world.tap(teacher, "提交"))
    print(world.say(school, "我们缺一个小学数学老师，明年3月1日来，支教一学期"))
    print(world.labels(school))
    print(world.tap(school, "提交"))
    print(world.last(boss), world.labels(boss))
    print(world.tap(boss, "①"), world.labels(boss))
    print(world.tap(boss, "批准"))
    print(world.last(teacher), world.labels(teacher))
    print(world.tap(teacher, "接受"))
    print(world.last(school), world.labels(school))
    print(world.tap(school, "确认"))
    for who in (boss, school, teacher):
        print("=====", who)
        print(world.transcript(who))
    world.forward_by(days=260)
    for who in (boss, school, teacher):
        print("=====", who)
        print(world.say(who, "/mine"))
        print(world.labels(who))
    assert 0
