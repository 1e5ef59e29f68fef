"""The one reader of tables: files and pasted texts of any usual form, as grids of cells."""
