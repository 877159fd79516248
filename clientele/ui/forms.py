"""Which forms open over whatever page is in sight, with the client at hand filled in?

Each is imported when it is first asked for, not at each start.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.more_menu import Part
from clientele.ui.team_corner import TeamCorner


class Forms(QObject):
    """Opens forms by their actions, from anywhere in the window."""

    open_client = Signal(int)
    open_visit = Signal(int)

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self.team = TeamCorner(desk, window, self)
        window.on_anywhere(actions.MADE_RIGHT, self.make_right)
        window.on_anywhere(actions.PROMISE, self.promise)
        window.on_anywhere(actions.WRITE, self.write)
        window.on_anywhere(actions.HAND_OVER, self.hand_over)
        window.on_anywhere(actions.WHOSE, self.whose)
        window.on_anywhere(actions.AWAY, self.away)
        window.on_anywhere(actions.TAKE_UP, window.toast.take_up)
        window.on_anywhere(actions.WISH, self.wish)
        window.on_anywhere(actions.HOUSEHOLD, self.household)
        window.on_anywhere(actions.GIFT, self.gift)
        window.on_anywhere(actions.PASSPORT, self.passport)
        window.on_anywhere(actions.PURCHASES, self.purchases)
        window.add_command(self.tr("Who wishes for this?"), self.who_wishes)
        window.on_anywhere(actions.DETAILS, self.details)
        window.add_command(self.tr("The store's own fields…"), self.own_fields, part=Part.STORE)
        window.add_command(self.tr("Tags…"), self.tags, part=Part.STORE)
        window.add_command(self.tr("Message templates…"), self.templates, part=Part.STORE)
        words = self.tr("How clients may be reached…")
        window.add_command(words, self.reach_policy, part=Part.STORE)
        words = self.tr("The same client twice…")
        window.add_command(words, self.merge_with, part=Part.CLIENT)

    def make_right(self) -> None:
        """Write down what went wrong, and what is done about it."""
        from clientele.ui.dialogs.make_right import MakeRightSheet

        page = self._window.current_page()
        MakeRightSheet(
            self._desk,
            self._window.content,
            client_id=self._client,
            visit_id=None if page is None else page.visit_at_hand(),
        ).open_sheet()

    def promise(self) -> None:
        """Write down what was promised."""
        from clientele.ui.dialogs.new_promise import NewPromiseSheet

        NewPromiseSheet(self._desk, self._window.content, client_id=self._client).open_sheet()

    def write(self) -> None:
        """Write to the client at hand, or call: about the visit in sight, where there is one."""
        from clientele.store.queries.message_fields import MatterKind, Meant
        from clientele.ui.dialogs.write_message import WriteMessageSheet

        if self._client is None:
            words = self.tr("To whom? Open a client or choose one in a list, then ask again.")
            self._desk.refused.emit(words)
            return
        page = self._window.current_page()
        visit = None if page is None else page.visit_at_hand()
        meant = Meant(self._client)
        if visit is not None:
            meant = Meant(self._client, MatterKind.VISIT, visit)
        WriteMessageSheet(self._desk, self._window.content, meant).open_sheet()

    def hand_over(self) -> None:
        """Hand the client at hand over to a colleague, with the visit that is in sight."""
        from clientele.ui.dialogs.hand_over import HandOverSheet

        if self._client is None:
            words = self.tr("Whom? Open a client or choose one in a list, then hand them over.")
            self._desk.refused.emit(words)
            return
        page = self._window.current_page()
        HandOverSheet(
            self._desk,
            self._window.content,
            client_id=self._client,
            visit_id=None if page is None else page.visit_at_hand(),
        ).open_sheet()

    def wish(self) -> None:
        """Write down what the client at hand, or somebody of the household, wishes for."""
        from clientele.ui.dialogs.wish import WishSheet

        WishSheet(self._desk, self._window.content, client_id=self._client).open_sheet()

    def who_wishes(self) -> None:
        """Find everybody who waits for what came in."""
        from clientele.ui.dialogs.who_wishes import WhoWishesSheet

        sheet = WhoWishesSheet(self._desk, self._window.content)
        sheet.open_client.connect(self.open_client.emit)
        sheet.open_sheet()

    def household(self) -> None:
        """The household of the client at hand: who is a client, what was given."""
        from clientele.ui.dialogs.household import HouseholdSheet

        if self._client is None:
            words = self.tr("Whose household? Open a client or choose one in a list.")
            self._desk.refused.emit(words)
            return
        self._desk.saw(self._client)
        sheet = HouseholdSheet(self._desk, self._window.content, self._client)
        sheet.open_client.connect(self.open_client.emit)
        sheet.open_sheet()

    def gift(self) -> None:
        """Write down what the client at hand gave, and to whom."""
        from clientele.ui.dialogs.gift import GiftSheet

        if self._client is None:
            words = self.tr("Who gave it? Open a client or choose one in a list.")
            self._desk.refused.emit(words)
            return
        GiftSheet(self._desk, self._window.content, client_id=self._client).open_sheet()

    def passport(self) -> None:
        """What fits the client at hand and the household, and how it is known."""
        from clientele.ui.dialogs.passport import PassportSheet

        if self._client is None:
            words = self.tr("Whose sizes? Open a client or choose one in a list.")
            self._desk.refused.emit(words)
            return
        self._desk.saw(self._client, "see_passport")
        PassportSheet(self._desk, self._window.content, self._client).open_sheet()

    def purchases(self) -> None:
        """What the client at hand owns, and the habits computed from it."""
        from clientele.ui.dialogs.purchases import PurchasesSheet

        if self._client is None:
            words = self.tr("Whose purchases? Open a client or choose one in a list.")
            self._desk.refused.emit(words)
            return
        self._desk.saw(self._client)
        sheet = PurchasesSheet(self._desk, self._window.content, self._client)
        sheet.open_visit.connect(self.open_visit.emit)
        sheet.open_sheet()

    def whose(self) -> None:
        """Say whose the client at hand is, and let that be changed."""
        from clientele.ui.dialogs.whose import WhoseSheet

        if self._client is None:
            words = self.tr("Whose client? Open a client or choose one in a list, then ask again.")
            self._desk.refused.emit(words)
            return
        WhoseSheet(self._desk, self._window.content, self._client).open_sheet()

    def away(self) -> None:
        """Say who is away, and who covers."""
        from clientele.ui.dialogs.away import AwaySheet

        AwaySheet(self._desk, self._window.content).open_sheet()

    def details(self) -> None:
        """Names, numbers, addresses and all else of the client at hand."""
        from clientele.ui.pages.client_cards.details import DetailsSheet

        if self._client is None:
            words = self.tr("Whose details? Open a client or choose one in a list, then ask again.")
            self._desk.refused.emit(words)
            return
        self._desk.saw(self._client)
        sheet = DetailsSheet(self._desk, self._window.content, self._client)
        sheet.open_client.connect(self.open_client)
        sheet.open_sheet()

    def own_fields(self) -> None:
        """What the store asks of its clients beside what everybody does."""
        from clientele.ui.dialogs.own_fields import OwnFieldsSheet

        OwnFieldsSheet(self._desk, self._window.content).open_sheet()

    def tags(self) -> None:
        """All tags: called otherwise, put together, removed."""
        from clientele.ui.dialogs.tags import TagsSheet

        TagsSheet(self._desk, self._window.content).open_sheet()

    def templates(self) -> None:
        """All message templates: changed by a manager, read by everybody."""
        from clientele.ui.dialogs.templates import TemplatesSheet

        TemplatesSheet(self._desk, self._window.content).open_sheet()

    def reach_policy(self) -> None:
        """Hours, limits and channels: set by a manager, seen by everybody."""
        from clientele.ui.dialogs.reach_policy import ReachPolicySheet

        ReachPolicySheet(self._desk, self._window.content).open_sheet()

    def merge_with(self) -> None:
        """Make one client of the one at hand and another."""
        from clientele.ui.dialogs.merge_with import MergeWithSheet

        MergeWithSheet(self._desk, self._window.content, self._client).open_sheet()

    @property
    def _client(self) -> int | None:
        page = self._window.current_page()
        return None if page is None else page.client_at_hand()
