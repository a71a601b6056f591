"""Product questions: real shoppers' questions about one product, asked of its own reviews, answers and attributes.

amazon_pqa's ePQA (CDLA-Sharing-1.0): each question has ten candidates labelled by people (2 answers it, 1 helps, 0 is
beside it) and answers that people wrote from those candidates.
"""
