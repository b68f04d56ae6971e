"""The printing room: a template folder and a frozen record become PDF bytes, the same each time (reference route).

Start with `press.Press`; `papers.load` reads the templates, `fonts.build` cuts the faces at set-up.
Knows no deal and no database.
"""
