"""Files in and out: CSV and XLSX, their dialects and limits, and the declared columns of a sheet.

An importer declares its columns and never meets a codec:

    schema = SheetSchema("teams", (Column("teamcode", cells.code(), required=True, key=True), …))
    sources = read_sources([Path("map")], known=["teams"])      # files.sources; raises FileFault
    data = read_sheet(schema, sources.sheets["teams"])          # files.schema; faults in data.faults
    for row in data.rows: …                                     # row.line, row.teamcode

An exporter yields rows and chooses a target: `files.targets.write_folder`, `files.targets.write_workbook`, or
`files.csv_codec.csv_chunks` for a streamed answer. What is written reads back unchanged.

Every message is Dutch and meant for the person who brought the file. Nothing here knows Django or another room.
"""
