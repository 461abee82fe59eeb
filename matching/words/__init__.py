"""From letters to tokens.

Clean text (`text`), announced items as rows (`items`), jieba with our own dictionary (`vocabulary`, `tokens`), homophones and
typing errors mended (`repair`), Chinese numerals (`numerals`).
"""
