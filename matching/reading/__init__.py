"""From tokens to orders; start with `read`.

Who wants what (`scene`); the signs found (`mentions`, `counts`, `marks`, `when`, `moments`, `stays`, `phrases`, `topics`);
the signs given to orders (`asked`, `drafts`, `orders`); the kind of the message (`kinds`, learned by `training`).
"""
