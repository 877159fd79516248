"""Why a file cannot be brought in at all, in words for whoever chose it."""

from __future__ import annotations

from clientele.domain.errors import Refusal


class FileNotReadable(Refusal):
    """The file is missing, a folder, locked or forbidden."""

    template = "“{file}” cannot be read ({why}). Nothing was changed; check the name and try again."


class FileEmpty(Refusal):
    """There is not one row."""

    template = "“{file}” is empty. Nothing was changed; choose the file that holds the rows."


class LineTooLong(Refusal):
    """A line that no table has: read whole, it would fill the memory."""

    template = (
        "A line of “{file}” is longer than {most} characters, which no list of customers or "
        "purchases has. Reading ended there; rows before it that were kept stay. Look at the file "
        "in the program that made it, and save it anew."
    )


class NotText(Refusal):
    """A picture, a workbook, a database: not a text file."""

    template = (
        "“{file}” is {what}, not a CSV file. Nothing was changed; "
        "save it as CSV in the program that made it, then import that file."
    )


class NoHeader(Refusal):
    """The first row holds values instead of the names of the columns."""

    template = (
        "The first row of “{file}” does not name its columns: it begins with “{first}”. "
        "Nothing was changed; add a first row with names such as {names}."
    )


class FieldMissing(Refusal):
    """A field that the import cannot do without has no column."""

    template = (
        "No column was found for {missing}. The file has these columns: {columns}. "
        "Nothing was changed; say which column it is, as FIELD=COLUMN."
    )


class UnknownField(Refusal):
    """A mapping names a field that there is not."""

    template = (
        "There is no field “{field}” for {kind}. Nothing was changed; the fields are: {fields}."
    )


class UnknownColumn(Refusal):
    """A mapping names a column that the file has not."""

    template = "The file has no column “{column}”. Nothing was changed; its columns are: {columns}."


class NotWritable(Refusal):
    """A file that is to be written cannot be."""

    template = "“{file}” cannot be written ({why}). Choose another place and try again."


class RejectsIntoItself(Refusal):
    """The rejects would overwrite the file that is being read."""

    template = (
        "The rejects cannot be written over “{file}” while it is being read. "
        "Nothing was changed; choose another name for them."
    )
