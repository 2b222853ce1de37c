"""The columnar warehouse, small cells, and control charts at scale.

Nouns: warehouse (Parquet files reached through Ibis), lease (a claim that keeps files
from being swept), small cell (a group too few to show), swap (why a withheld cell cannot
be worked out), natural limits (what a series does when nothing has changed). Knows no
school and no table of the district; `scorecards` brings the facts.
"""
