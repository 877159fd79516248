"""What can be done from anywhere in the window, and with which key? Each action declared once.

Keys without Ctrl belong to lists, which act only while they have the focus, so that a letter typed
into a field never does anything but write. They are listed here for the page of all keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QKeySequence

CONTEXT = "actions"


class Where(StrEnum):
    """On what an action works."""

    WINDOW = "everywhere"
    CLIENT = "with a client"
    VISIT = "in a visit"
    ITEM = "on an item shown"
    LIST = "in a list"
    FIELD = "in a field"


@dataclass(frozen=True, slots=True)
class Action:
    """One action: its name in the program, its words, key, icon and where it works."""

    id: str
    words: str
    key: str
    where: Where = Where.WINDOW
    icon: str = ""

    @property
    def label(self) -> str:
        """The words in the reader's language."""
        return QCoreApplication.translate(CONTEXT, self.words)

    @property
    def shown_key(self) -> str:
        """The key as the platform writes it."""
        return QKeySequence(self.key).toString(QKeySequence.SequenceFormat.NativeText)


def _n(words: str) -> str:
    return str(QT_TRANSLATE_NOOP(CONTEXT, words))


FIND = Action("find", _n("Find a client or a command"), "Ctrl+K", icon="magnifying-glass")
QUICK_NOTE = Action("note", _n("Quick note"), "Ctrl+N", Where.CLIENT, "note-pencil")
NEW_CLIENT = Action("new_client", _n("New client"), "Ctrl+Shift+N", icon="user-plus")
START_OR_RING = Action("start", _n("Start a visit, or ring once"), "Ctrl+Return", Where.CLIENT)
NEXT_DEPARTMENT = Action("next_department", _n("Next department"), "Ctrl+Right", Where.VISIT)
BRIEF = Action("brief", _n("Brief"), "Ctrl+B", Where.CLIENT, "file-text")
PRINT = Action("print", _n("Print"), "Ctrl+P", Where.CLIENT, "printer")
MADE_RIGHT = Action("made_right", _n("Make it right"), "Ctrl+M", Where.CLIENT, "lifebuoy")
DETAILS = Action("details", _n("Details of the client"), "Ctrl+I", Where.CLIENT, "user")
WRITE = Action("write", _n("Write to the client, or call"), "Ctrl+Shift+M", Where.CLIENT)
PROMISE = Action("promise", _n("New promise"), "Ctrl+Shift+P", Where.CLIENT, "handshake")
HAND_OVER = Action("hand_over", _n("Hand over"), "Ctrl+H", Where.CLIENT, "hand-waving")
WHOSE = Action("whose", _n("Whose client, and take over"), "Ctrl+Shift+B", Where.CLIENT)
WISH = Action("wish", _n("New wish"), "Ctrl+Shift+W", Where.CLIENT, "star")
HOUSEHOLD = Action("household", _n("Household, and who is a client"), "Ctrl+Shift+O", Where.CLIENT)
GIFT = Action("gift", _n("A gift that was given"), "Ctrl+Shift+G", Where.CLIENT, "gift")
PASSPORT = Action("passport", _n("Size passport"), "Ctrl+Shift+S", Where.CLIENT, "ruler")
PURCHASES = Action("purchases", _n("Purchases and habits"), "Ctrl+Shift+U", Where.CLIENT)
BRING_IN = Action("bring_in", _n("Bring in a colleague"), "Ctrl+J", Where.VISIT, "user-plus")
BRING_BACK = Action("bring_back", _n("Bring back"), "Ctrl+Shift+R", Where.VISIT)
PAY_AHEAD = Action("pay_ahead", _n("Pay ahead"), "Ctrl+Shift+D", Where.VISIT)
NEXT_VISIT = Action("next_visit", _n("Next open visit"), "F2", icon="arrows-clockwise")
FIND_HERE = Action("find_here", _n("Find in the story"), "Ctrl+F", Where.CLIENT)
AWAY = Action("away", _n("Away, and who covers"), "Ctrl+Shift+A", icon="airplane-tilt")
TAKE_UP = Action("take_up", _n("Take up what is offered"), "Ctrl+Shift+Y", icon="check")
KEEP_OFFERS = Action("keep_offers", _n("Keep all that notes offer"), "Ctrl+Shift+K", Where.CLIENT)
OUTBOX = Action("outbox", _n("Outbox"), "Ctrl+Shift+X", icon="paper-plane-tilt")
LISTS = Action("lists", _n("Lists"), "Ctrl+Shift+L", icon="list-bullets")
NEXT_CLIENT = Action("next_client", _n("Next client of the list"), "Ctrl+Down", icon="arrow-down")
PREVIOUS_CLIENT = Action(
    "previous_client", _n("Client before on the list"), "Ctrl+Up", icon="arrow-up"
)
UNDO = Action("undo", _n("Undo"), "Ctrl+Z", icon="arrow-counter-clockwise")
LOCK = Action("lock", _n("Lock"), "Ctrl+L", icon="lock-simple")
BACK = Action("back", _n("Back"), "Alt+Left", icon="arrow-left")
KEYS = Action("keys", _n("All keys"), "F1", icon="keyboard")
BIGGER = Action("bigger", _n("Larger text"), "Ctrl++", icon="magnifying-glass-plus")
SMALLER = Action("smaller", _n("Smaller text"), "Ctrl+-", icon="magnifying-glass-minus")

TODAY = Action("today", _n("Today"), "Ctrl+1", icon="sun-horizon")
CLIENTS = Action("clients", _n("Clients"), "Ctrl+2", icon="users")
VISIT = Action("visit", _n("Visit"), "Ctrl+3", icon="storefront")
FOLLOW_UPS = Action("follow_ups", _n("Follow-ups"), "Ctrl+4", icon="chat-circle-text")
PROMISES = Action("promises", _n("Promises"), "Ctrl+5", icon="handshake")
HEROICS = Action("heroics", _n("Heroics"), "Ctrl+6", icon="medal")
INSIGHTS = Action("insights", _n("Insights"), "Ctrl+7", icon="chart-bar")

MADE_RIGHTS = Action("made_rights", _n("Made right"), "Ctrl+8", icon="lifebuoy")

APPOINTMENTS = Action("appointments", _n("Appointments"), "Ctrl+0", icon="calendar-blank")

DUPLICATES = Action("duplicates", _n("Perhaps the same"), "Ctrl+9", icon="users-three")

WORTH = Action("worth_a_call", _n("Worth a call"), "Ctrl+Shift+C", icon="phone-call")

PAGES = (TODAY, CLIENTS, VISIT, FOLLOW_UPS, PROMISES, HEROICS, INSIGHTS, MADE_RIGHTS, APPOINTMENTS)
"""The pages of the rail in their order; each keeps its number even where one is not there yet."""

ANYWHERE = (
    FIND,
    QUICK_NOTE,
    NEW_CLIENT,
    START_OR_RING,
    NEXT_DEPARTMENT,
    BRIEF,
    PRINT,
    MADE_RIGHT,
    DETAILS,
    WRITE,
    PROMISE,
    HAND_OVER,
    WHOSE,
    WISH,
    HOUSEHOLD,
    GIFT,
    PASSPORT,
    PURCHASES,
    BRING_IN,
    BRING_BACK,
    PAY_AHEAD,
    NEXT_VISIT,
    FIND_HERE,
    AWAY,
    TAKE_UP,
    KEEP_OFFERS,
    LISTS,
    OUTBOX,
    DUPLICATES,
    WORTH,
    NEXT_CLIENT,
    PREVIOUS_CLIENT,
    UNDO,
    LOCK,
    BACK,
    KEYS,
    BIGGER,
    SMALLER,
)
"""What has a key and is not a page."""

IN_LISTS = (
    Action("next", _n("Next row"), "J", Where.LIST),
    Action("previous", _n("Row before"), "K", Where.LIST),
    Action("open", _n("Open"), "Return", Where.LIST),
    Action("choose", _n("Choose several clients; Ctrl+A all"), "Space", Where.LIST),
    Action("done", _n("Done"), "D", Where.LIST),
    Action("snooze", _n("Snooze; another date for a promise"), "S", Where.LIST),
    Action("next_step", _n("Next step of a promise; they replied"), "R", Where.LIST),
    Action("tag", _n("Print the tag of a promise"), "T", Where.LIST),
    Action("broken", _n("A promise could not be kept"), "B", Where.LIST),
    Action(
        "accept",
        _n("Accept what is handed to you, X declines; ask about a promise"),
        "A",
        Where.LIST,
    ),
    Action("seen", _n("Put away what fell due meanwhile; not do it; decline"), "X", Where.LIST),
    Action("solved", _n("Solved, says the client"), "V", Where.LIST),
    Action("not_solved", _n("Not solved yet"), "U", Where.LIST),
    Action("merge", _n("Make one client of two"), "M", Where.LIST),
    Action(
        "do_more", _n("Give: decide, or do more; wish for it again; it was a gift"), "G", Where.LIST
    ),
    Action("keep_offer", _n("Keep what a note offers"), "Y", Where.LIST),
    Action("drop_offer", _n("Drop what a note offers"), "N", Where.LIST),
    Action("hold_wish", _n("Hold a wish, send for it or order it"), "H", Where.LIST),
    Action("wish_here", _n("A wish has come in"), "I", Where.LIST),
    Action("change", _n("Change a wish or a gift; X takes it off"), "E", Where.LIST),
    Action("convert", _n("A size in other systems"), "C", Where.LIST),
    Action("follow_up", _n("A follow-up for who is worth a call"), "F", Where.LIST),
    Action("link", _n("Somebody of the household is a client, or is none"), "L", Where.LIST),
    Action("later", _n("An appointment a quarter later; Alt+Right a day"), "Alt+Down", Where.LIST),
    Action("longer", _n("An appointment a quarter longer"), "Alt+Shift+Down", Where.LIST),
    Action("call_off", _n("Call an appointment off"), "Del", Where.LIST),
)
"""Keys that a list takes itself."""

OPEN_KNOWN = Action(
    "open_known", _n("A new client who is there already: open them"), "Ctrl+O", Where.FIELD
)

IN_FIELDS = (
    OPEN_KNOWN,
    Action("restore", _n("Bring back what stood there"), "Esc", Where.FIELD),
)
"""Keys that a field takes itself."""

IN_VISITS = (
    Action("other_visit", _n("Another visit"), "Ctrl+Tab", Where.VISIT),
    Action("keeping", _n("Keeping"), "Y", Where.ITEM),
    Action("no", _n("No, and why"), "N", Where.ITEM),
    Action("wish", _n("Wish list"), "W", Where.ITEM),
    Action("hold", _n("Hold"), "H", Where.ITEM),
    Action("words", _n("Its words and size"), "E", Where.ITEM),
    Action("price", _n("Its price"), "P", Where.ITEM),
    Action("quantity", _n("How many"), "Q", Where.ITEM),
    Action("mark_down", _n("Mark down"), "M", Where.ITEM),
    Action("credit", _n("Who is credited"), "C", Where.ITEM),
    Action("for_whom", _n("For whom it is, such as a gift"), "G", Where.ITEM),
    Action("remove", _n("Remove"), "X", Where.ITEM),
)
"""Keys that the visit's page and the items on it take themselves."""

ALL = (*PAGES, *ANYWHERE, *IN_LISTS, *IN_FIELDS, *IN_VISITS)
