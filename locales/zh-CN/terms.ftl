### Terms of the field, by the ids of matching/lexicon/terms.toml.

# subject
subject-chinese = 语文
subject-math = 数学
subject-english = 英语
subject-physics = 物理
subject-chemistry = 化学
subject-biology = 生物
subject-history = 历史
subject-geography = 地理
subject-morality = 道德与法治
subject-politics = 思想政治
subject-science = 科学
subject-it = 信息科技
subject-music = 音乐
subject-sports = 体育
subject-art = 美术
subject-labor = 劳动
subject-psychology = 心理健康
subject-practice = 综合实践
subject-preschool = 学前教育
subject-special = 特殊教育
subject-tibetan = 藏语文
subject-yi = 彝语文
subject-general = 全科
subject-management = 管理
subject-nursing = 护理
subject-car_repair = 汽车维修
subject-new_energy_cars = 新能源汽车
subject-ecommerce = 电子商务
subject-tourism = 旅游服务
subject-hotel = 酒店管理
subject-childcare = 幼儿保育
subject-cooking = 中餐烹饪
subject-veterinary = 畜牧兽医
subject-building = 建筑施工
subject-computing = 计算机应用
subject-cnc = 数控技术
subject-machining = 机械加工
subject-welding = 焊接技术
subject-electrics = 电工电子
subject-accounting = 会计
subject-agronomy = 农学
subject-clothing = 服装设计
subject-beauty = 美容美发
subject-logistics = 物流
subject-railway = 铁路客运
subject-pharmacy = 药剂
subject-rehab = 康复技术
subject-animation = 动漫设计
subject-crafts = 民族工艺
subject-iot = 物联网

# stage
stage-preschool = 学前
stage-primary = 小学
stage-middle = 初中
stage-high = 高中
stage-vocational = 中职

# mode
mode-post = 顶岗支教
mode-visit = 送教
mode-shadow = 跟岗
mode-online = 线上
mode-lecture = 讲座培训
mode-parallel = 同课异构
mode-mentor = 师徒结对

# More majors
subject-aviation = 航空服务
subject-graphic_design = 平面设计
subject-applied_arts = 工艺美术
subject-industrial_robots = 工业机器人
subject-drones = 无人机操控与维护
subject-big_data = 大数据技术应用
