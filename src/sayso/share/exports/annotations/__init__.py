"""W3C Web Annotations (Recommendation of 2017-02-23) with where they come from in PROV-O, as JSON-LD.

Every statement, every field of an incident and every decision is an annotation on the archived text of a report, by
position and by quotation.
"""
