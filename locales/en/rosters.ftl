### Tables that are imported (bot.py import): what did not fit and what to do. Read by operators; services/rosters.py names the keys.

# The columns, as people call them
roster-column = { $column ->
    [name] name
    [county] county
    [district] district
    [is_key] is_key (key school)
    [teachers] teachers (number of teachers)
    [training_body] training_body
    [central_school] central_school
    [central_inferred] central_inferred
    [stages] stages
    [altitude] altitude
    [id] id
    [unit] unit
    [subjects] subjects
    [modes] modes (forms of help)
    [topics] topics
    [title] title
    [years] years (of teaching)
    [bio] bio
    [available_from] available_from
    [available_until] available_until
    [capacity] capacity
    [origin_city] origin_city
    [made_up] made_up
   *[other] { $column }
}
# What a notice announces totals of
roster-what = { $what ->
    [counties] counties
    [districts] districts
    [schools] schools
    [key_schools] key schools
    [teachers] teachers
    [training_bodies] training bodies
    [support_units] supporting units
    [units] units
   *[other] { $what }
}

# The file as a whole; nothing of it is imported
roster-file-missing = There is no such file: { $file }. Please check name and path
roster-file-unreadable = The file cannot be read: { $file }. Please check its permissions, or try another place
roster-file-large = The file is too large: { $file }. At most { $limit } bytes; please split it
roster-file-spreadsheet = This is an Excel file: { $file }. Please save it as CSV (UTF-8) first
roster-file-binary = This is not a text table: { $file }. Please save it as CSV (UTF-8) first
roster-file-damaged = The file contains damaged text: { $file }. Please export it again from the original
roster-file-empty = The table is empty: { $file }. Please check whether this is the right file
roster-column-missing = Required columns are missing: { $columns }. Please add them to the first line
roster-column-unknown = Unknown column: { $column }. It was not read; if it is not needed, nothing has to be done
roster-column-twice = The same column stands there twice: { roster-column }. Only the first was read; please delete one

# One row; it is left out, its neighbours are imported
roster-row-broken = A quotation mark is not closed, so this row cannot be read. Please correct it in the table
roster-row-long = This row has { $cells } cells, the header only { $columns }. Please look for a comma too many
roster-cell-missing = Nothing is filled in: { roster-column }. Please add it
roster-cell-long = Too long: { roster-column }, at most { $limit } characters. Please shorten it
roster-cell-invisible = Invisible characters in: { roster-column }. Please delete and type it again
roster-cell-number = A whole number is needed: { roster-column }, now it is “{ $value }”
roster-cell-range = Must lie between { $low } and { $high }: { roster-column }, now it is “{ $value }”
roster-cell-flag = Must be 1 or 0 (yes or no): { roster-column }, now it is “{ $value }”
roster-cell-unknown = “{ $value }” is not on the list: { roster-column }. Please use a word of the list
roster-cell-date = A date such as 2027-03-01 is needed: { roster-column }, now it is “{ $value }”
roster-dates-reversed = The last day lies before the first. Please check
roster-name-twice = The same as line { $first_line }; only line { $first_line } was taken. Please check
roster-id-twice = The same id as line { $first_line }; only line { $first_line } was taken. Please give it another id
roster-central-unknown = This central school is not in the table: { $name }. The school was imported; please check its central school

# The table against what a notice announces; nothing is corrected
roster-totals-broken = The file with the totals cannot be understood: { $file }. Totals were not compared; please follow the sample
roster-total-differs = Totals differ, { roster-what }: announced { $announced }, in the table { $found }. Nothing was changed; please check the source
roster-county-total-differs = { $county }: totals differ, { roster-what }: announced { $announced }, in the table { $found }. Nothing was changed; please check the source
roster-total-unknown = There is no number to compare “{ $what }” of the totals with. Please check its spelling
roster-county-unannounced = { $county } has schools in the table but does not stand in the totals. Please check
roster-county-unhelped = { $county } has no supporting unit at all. Please check the source
roster-unit-unmatched = The supporting unit “{ $name }” does not match any county and training body of the schools ({ $county }). Please check
roster-units-problems = The table of supporting units { $file } has { $count } problems. Please import it by itself (import units) to see them
