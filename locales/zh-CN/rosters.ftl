### Tables that are imported (bot.py import): what did not fit and what to do. Read by operators; services/rosters.py names the keys.

# The columns, as people call them
roster-column = { $column ->
    [name] 名称（name）
    [county] 县名（county）
    [district] 片区（district）
    [is_key] 是否重点（is_key）
    [teachers] 专任教师数（teachers）
    [training_body] 承训单位（training_body）
    [central_school] 中心校（central_school）
    [central_inferred] 中心校系推断（central_inferred）
    [stages] 学段（stages）
    [altitude] 海拔（altitude）
    [id] 编号（id）
    [unit] 单位（unit）
    [subjects] 学科（subjects）
    [modes] 帮扶形式（modes）
    [topics] 专长（topics）
    [title] 职称（title）
    [years] 教龄（years）
    [bio] 个人简介（bio）
    [available_from] 开始日期（available_from）
    [available_until] 结束日期（available_until）
    [capacity] 可承接数（capacity）
    [origin_city] 所在城市（origin_city）
    [made_up] 虚构（made_up）
   *[other] { $column }
}
# What a notice announces totals of
roster-what = { $what ->
    [counties] 县数
    [districts] 片区数
    [schools] 学校数
    [key_schools] 重点学校数
    [teachers] 教师数
    [training_bodies] 承训单位数
    [support_units] 帮扶单位数
    [units] 单位数
   *[other] { $what }
}

# The file as a whole; nothing of it is imported
roster-file-missing = 没有这个文件：{ $file }。请核对文件名和路径
roster-file-unreadable = 文件读不了：{ $file }。请核对权限，或者换个位置再试
roster-file-large = 文件太大：{ $file }。最多 { $limit } 字节，请分成几个文件
roster-file-spreadsheet = 这是 Excel 文件：{ $file }。请另存为 CSV（UTF-8）再导入
roster-file-binary = 这不是文本表格：{ $file }。请另存为 CSV（UTF-8）再导入
roster-file-damaged = 文件里有损坏的文字：{ $file }。请从原表重新导出一份
roster-file-empty = 表里没有内容：{ $file }。请核对是不是选错了文件
roster-column-missing = 缺少必需的列：{ $columns }。请在第一行补上列名
roster-column-unknown = 不认识的列：{ $column }。这一列没有读，不需要的话可以不管
roster-column-twice = 同一列出现了两次：{ roster-column }。只读了前一列，请删掉一列

# One row; it is left out, its neighbours are imported
roster-row-broken = 引号没有配对，这一行读不出来。请在原表里改好
roster-row-long = 这一行有 { $cells } 格，表头只有 { $columns } 列。请看看是不是多了逗号
roster-cell-missing = 没有填{ roster-column }。请补上
roster-cell-long = { roster-column }太长，最多 { $limit } 字。请缩短
roster-cell-invisible = { roster-column }里有看不见的字符。请删掉重新输入
roster-cell-number = { roster-column }要填整数，现在是“{ $value }”
roster-cell-range = { roster-column }要在 { $low } 到 { $high } 之间，现在是“{ $value }”
roster-cell-flag = { roster-column }要填 1 或 0（是或否），现在是“{ $value }”
roster-cell-unknown = { roster-column }里的“{ $value }”不在名单里。请改成名单里的说法
roster-cell-date = { roster-column }要写成 2027-03-01 这样的日期，现在是“{ $value }”
roster-dates-reversed = 结束日期早于开始日期。请核对
roster-name-twice = 和第 { $first_line } 行重复，只取了第 { $first_line } 行。请核对
roster-id-twice = 编号和第 { $first_line } 行相同，只取了第 { $first_line } 行。请改成不同的编号
roster-central-unknown = 表里没有这所中心校：{ $name }。学校已导入，中心校请核对

# The table against what a notice announces; nothing is corrected
roster-totals-broken = 总数文件读不懂：{ $file }。总数没有核对，请按样例改好
roster-total-differs = { roster-what }对不上：公布 { $announced }，表里 { $found }。没有改动，请核对来源
roster-county-total-differs = { $county }：{ roster-what }对不上：公布 { $announced }，表里 { $found }。没有改动，请核对来源
roster-total-unknown = 总数文件里的“{ $what }”没有可比的数。请核对写法
roster-county-unannounced = { $county }在表里有学校，总数文件里却没有这个县。请核对
roster-county-unhelped = { $county }没有一家帮扶单位。请核对来源
roster-unit-unmatched = 帮扶单位“{ $name }”的县和承训单位（{ $county }）在学校表里找不到。请核对
roster-units-problems = 帮扶单位表 { $file } 里有 { $count } 处不合。请用 import units 单独导入查看
