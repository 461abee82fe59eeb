### Terms of the field, by the ids of matching/lexicon/terms.toml.

# subject
subject-chinese = Chinese
subject-math = maths
subject-english = English
subject-physics = physics
subject-chemistry = chemistry
subject-biology = biology
subject-history = history
subject-geography = geography
subject-morality = morality and law
subject-politics = politics
subject-science = science
subject-it = information technology
subject-music = music
subject-sports = physical education
subject-art = art
subject-labor = labour education
subject-psychology = mental health
subject-practice = integrated practice
subject-preschool = preschool education
subject-special = special education
subject-tibetan = Tibetan
subject-yi = Yi language
subject-general = all subjects
subject-management = school management
subject-nursing = nursing
subject-car_repair = car repair
subject-new_energy_cars = new energy vehicles
subject-ecommerce = e-commerce
subject-tourism = tourism services
subject-hotel = hotel management
subject-childcare = childcare
subject-cooking = Chinese cooking
subject-veterinary = animal husbandry and veterinary care
subject-building = building construction
subject-computing = applied computing
subject-cnc = CNC machining
subject-machining = machining
subject-welding = welding
subject-electrics = electrical engineering
subject-accounting = accounting
subject-agronomy = agronomy
subject-clothing = fashion design
subject-beauty = beauty and hairdressing
subject-logistics = logistics
subject-railway = railway passenger services
subject-pharmacy = pharmacy
subject-rehab = rehabilitation
subject-animation = animation design
subject-crafts = ethnic crafts
subject-iot = internet of things

# stage
stage-preschool = preschool
stage-primary = primary school
stage-middle = middle school
stage-high = high school
stage-vocational = vocational school

# mode
mode-post = teaching post
mode-visit = visiting lessons
mode-shadow = shadowing
mode-online = online
mode-lecture = talk or training
mode-parallel = parallel lesson
mode-mentor = mentoring

# More majors
subject-aviation = aviation services
subject-graphic_design = graphic design
subject-applied_arts = applied arts
subject-industrial_robots = industrial robotics
subject-drones = drone operation
subject-big_data = big data technology
