### The command line, for operators.

cli-description = 帮扶订单: schools say what they lack, and suitable teachers are found
cli-demo-help = start the demo: three phones on one page, no token, no network
cli-run-help = serve for real (long polling); set TELEGRAM_BOT_TOKEN first
cli-gateway-help = start the gateway alone (a Bot API server on this machine)
cli-invite-help = make a one-time invitation code, alone on the last line
cli-import-help = load a table and list what does not fit
cli-read-help = read needs: one JSON object (id, text) per line on standard input
cli-rank-help = rank candidates for needs
cli-assign-help = assign all places to all free teachers at once (a preview, nothing is sent)
cli-cases-help = List what schools confirmed and corrected (JSON lines), for the county's own checks
cli-cases-read-help = List how today's reader reads those texts instead
cli-migrate-help = bring the database up to date
cli-clock-help = read the offset of business time (seconds) from a file, for tests only
cli-bad-setting = The setting { $name } is wrong: { $why }
cli-no-token = TELEGRAM_BOT_TOKEN is not set. Put it into .env, or try the demo first: make demo
cli-token-refused = The token was refused. Please check TELEGRAM_BOT_TOKEN
cli-no-database = The database cannot be opened ({ $why }). Please check DATABASE_URL
cli-port-taken = This port is taken; perhaps the demo runs already. Use another one, for example --port 8012
cli-clock-refused = --clock is only for a gateway on this machine, not for Telegram's servers
cli-running = The bot is running. Ctrl+C stops it
cli-gateway-running = The gateway is running: { $url }
cli-invite = One-time code, valid for { $days } days. The person sends the bot /start, a space and the code:
cli-school-missing = Please give the full name of the school with --school
cli-school-unknown = There is no school of this name: { $name }. Similar names: { $near }
cli-school-several = There are several schools of this name: { $name }
cli-no-teacher = There is no teacher with the id { $id }
cli-line = Line { $line }:{" "}
cli-imported = Added { $added }, updated { $updated }, problems { $problems }
cli-bad-line = { $file }, line { $line }: { $why }
cli-line-json = not a complete JSON line
cli-line-object = should be a JSON object
cli-line-id = has no id
cli-line-twice = the id { $field } is there twice
cli-line-field = { $field } is not right
cli-seconds = took { $seconds } s
cli-no-file = The file cannot be read: { $file } ({ $why })
cli-migrated = The database is up to date

demo-preparing = Preparing the demo …
demo-schools = { $n } schools loaded
demo-people = { $n } people registered (all made up)
demo-running =
    The demo is running. Please open in a browser:
    { $url }
demo-programme = all counties
demo-stranger = not registered yet
demo-greeting = Sending welcome messages, { $left } to go …  
