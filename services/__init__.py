"""Use cases: one function per thing a person can do, given session, actor and now.

They know no Telegram and never commit; what they tell people goes through `post`, changes of state through `audit`.
"""
