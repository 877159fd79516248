"""The window with all its pages, joined: whatever one page asks for, another answers.

Forms that are opened now and then are imported when they are, not at each start.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from clientele.domain.rules.reminding import DueKind
from clientele.store.queries.team import AssociateTile, associates
from clientele.store.session import Store
from clientele.system.clock import Clock
from clientele.system.formats import Formats
from clientele.ui import actions
from clientele.ui.arranging import Arranging
from clientele.ui.arrivals import Arrivals
from clientele.ui.auditing import Auditing
from clientele.ui.bringing_in import BringingIn
from clientele.ui.desk import Desk, Me
from clientele.ui.find import Find
from clientele.ui.first_look import FirstLook
from clientele.ui.forms import Forms
from clientele.ui.listing import Listing
from clientele.ui.locking import Locking
from clientele.ui.mailing import Mailing
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.today import TodayPage
from clientele.ui.rail_counts import RailCounting
from clientele.ui.rules_corner import RulesCorner
from clientele.ui.theme import Theme
from clientele.ui.trust_corner import TrustCorner
from clientele.ui.twice import Twice
from clientele.ui.worth import WorthACall

if TYPE_CHECKING:
    from clientele.system.settings import Settings
    from clientele.ui.pages.brief import BriefPage
    from clientele.ui.pages.client import ClientPage
    from clientele.ui.pages.clients import ClientsPage
    from clientele.ui.pages.follow_ups import FollowUpsPage
    from clientele.ui.pages.made_right import MadeRightPage
    from clientele.ui.pages.promises import PromisesPage
    from clientele.ui.pages.visit import VisitPage
    from clientele.ui.pages.worth_a_call import WorthACallPage
    from clientele.ui.reminders import Reminders


class Workplace(QObject):
    """A desk, its window and its pages on one open book."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        formats: Formats,
        theme: Theme,
        *,
        lock_minutes: int = 5,
    ) -> None:
        super().__init__()
        self.store = store
        self.desk = Desk(store, clock, formats, theme)
        # Zero minutes means never, which is a month for a clock that counts.
        after = timedelta(minutes=lock_minutes) if lock_minutes else timedelta(days=30)
        self.window = MainWindow(self.desk, clock, after)
        self.window.locked.connect(self.desk.rest)
        self.today = TodayPage(self.desk)
        self.find = Find(self.desk, self)
        self.forms = Forms(self.desk, self.window)
        self.listing = Listing(self.desk, self.window, lambda: self.clients)
        self.arranging = Arranging(self.desk, self.window)
        self.arrivals = Arrivals(self.desk, self)
        self.twice = Twice(self.desk, self)
        self.rules = RulesCorner(self.desk, self.window, self)
        self.auditing = Auditing(self.desk, self.window, self)
        self.mailing = Mailing(self.desk, self.window, store, clock)
        self.worth = WorthACall(self.desk, store, self)
        self.bringing_in = BringingIn(self.desk, self.window, store, self)
        self.trust = TrustCorner(self.desk, self.window, store, clock, self)
        self.locking = Locking(self.desk, self.window, store, clock, self)
        self.counting = RailCounting(self.desk, self.window.rail, self)
        self.first_look = FirstLook(self.desk, self)
        self.reminders: Reminders | None = None
        self._add_places()
        self._join()
        self.window.show_page(self.today)

    # entering

    def ask_who(self, note: str = "", last: Me | None = None) -> None:
        """Cover the window until somebody signs in; ``last`` worked here a moment ago."""
        self.window.lock(note, last)

    def enter(self, associate_id: int) -> None:
        """Somebody who has just proved who they are, as at first start, works at once."""

        def found(people: tuple[AssociateTile, ...]) -> None:
            for one in people:
                if one.id == associate_id:
                    self.desk.sign(Me(one.id, one.name, one.department_id, one.department))
                    self.window.idle.start()

        self.desk.ask(associates, found, owner=self, slot="enter")

    def remind(self, settings: Settings) -> None:
        """Tell from now on what falls due; the window was seen."""
        from clientele.ui.reminders import Reminders

        self.reminders = Reminders(self.desk, self.window, self.today, settings, self)
        self.reminders.lead_to.connect(self.lead_to)
        self.reminders.begin()
        self.locking.begin()

    def lead_to(self, kind: str, id: int) -> None:
        """Show what is due: a follow-up, a promise or hold, or who is expected."""
        if kind == DueKind.FOLLOW_UP:
            self._show_follow_ups()
            self.follow_ups.show_follow_up(id)
        elif kind == DueKind.APPOINTMENT:
            self.window.show_page(self.arranging.page)
            self.arranging.page.open_appointment(id)
        else:
            self.open_promise(id)

    def stop(self) -> None:
        """Keep what was typed, end what runs."""
        if self.reminders is not None:
            self.reminders.stop()
        self.window.close()
        self.bringing_in.stop()
        self.trust.stop()
        self.locking.stop()
        self.twice.stop()
        self.rules.stop()
        self.counting.timer.stop()
        self.first_look.timer.stop()
        self.mailing.stop()
        self.worth.stop()
        self.desk.stop()
        self.window.deleteLater()

    def bring_in(self) -> None:
        """Open the form that brings a file in."""
        self.bringing_in.bring_in()

    # joining

    def _add_places(self) -> None:
        window = self.window
        window.add_page(self.today, actions.TODAY)
        window.add_place(actions.CLIENTS, lambda: self.clients)
        window.add_place(actions.VISIT, lambda: self.visit)
        window.add_place(actions.APPOINTMENTS, lambda: self.arranging.page)
        window.add_place(actions.FOLLOW_UPS, lambda: self.follow_ups)
        window.add_place(actions.PROMISES, lambda: self.promises)
        window.add_place(actions.MADE_RIGHTS, lambda: self.made_right)

    def _join(self) -> None:
        window, find = self.window, self.find
        window.searched.connect(find.ask)
        window.found.connect(find.choose)
        find.answered.connect(window.show_found)
        find.open_client.connect(self.open_client)
        self.forms.open_client.connect(self.open_client)
        self.mailing.open_client.connect(self.open_client)
        self.forms.open_visit.connect(self.open_visit)
        find.open_promise.connect(self.open_promise)
        find.all_results.connect(self._all_results)
        find.new_client.connect(self.new_client)
        window.new_client.connect(self.new_client)
        window.start_visit.connect(self._start_somewhere)
        self._join_today()
        window.on_anywhere(actions.NEXT_VISIT, self._next_visit)
        self.listing.open_client.connect(self.open_client)
        self.arranging.open_client.connect(self.open_client)
        self.arranging.start_visit.connect(self.start_visit)
        self.arranging.follow_up.connect(self.new_follow_up)
        self.bringing_in.open_client.connect(self.open_client)
        self.trust.open_client.connect(self.open_client)
        self.rules.open_client.connect(self.open_client)
        self.auditing.open_client.connect(self.open_client)
        window.on_anywhere(actions.WORTH, self.show_worth)

    def _join_today(self) -> None:
        today = self.today
        today.open_client.connect(self.open_client)
        today.open_brief.connect(self.open_brief)
        today.start_visit.connect(self.start_visit)
        today.open_visit.connect(self.open_visit)
        today.open_promises.connect(lambda: self.window.show_page(self.promises))
        today.open_follow_ups.connect(self._show_follow_ups)
        today.cover.outbox_wanted.connect(self.mailing.outbox)
        today.open_worth.connect(self.show_worth)

    # pages that are made when they are first gone to, with what they ask to be opened

    @cached_property
    def clients(self) -> ClientsPage:
        """The page of all clients."""
        from clientele.ui.pages.clients import ClientsPage

        page = ClientsPage(self.desk)
        self.window.add_page(page, under=actions.CLIENTS)
        page.open_client.connect(self.open_client)
        page.open_brief.connect(self.open_brief)
        page.start_visit.connect(self.start_visit)
        page.new_client.connect(self.new_client)
        page.new_follow_up.connect(self.new_follow_up)
        page.import_wanted.connect(self.bring_in)
        page.pairs_link.wanted.connect(self.bringing_in.show_duplicates)
        self.listing.has_clients(page)
        return page

    @cached_property
    def client(self) -> ClientPage:
        """The page of one client."""
        from clientele.ui.pages.client import ClientPage

        page = ClientPage(self.desk)
        self.window.add_page(page, under=actions.CLIENTS)
        page.open_client.connect(self.open_client)
        page.open_brief.connect(self.open_brief)
        page.start_visit.connect(self.start_visit)
        page.open_visit.connect(self.open_visit)
        page.open_clients.connect(lambda: self.window.show_page(self.clients))
        page.open_promise.connect(self.open_promise)
        page.open_made_right.connect(self.open_made_right)
        self.listing.has_client(page)
        return page

    @cached_property
    def brief(self) -> BriefPage:
        """The brief of a client."""
        from clientele.ui.pages.brief import BriefPage

        page = BriefPage(self.desk)
        self.window.add_page(page, under=actions.CLIENTS)
        page.open_client.connect(self.open_client)
        page.start_visit.connect(self.start_visit)
        return page

    @cached_property
    def visit(self) -> VisitPage:
        """The visits."""
        from clientele.ui.pages.visit import VisitPage

        page = VisitPage(self.desk)
        self.window.add_page(page, under=actions.VISIT)
        page.open_client.connect(self.open_client)
        page.open_brief.connect(self.open_brief)
        page.open_promise.connect(self.open_promise)
        page.open_follow_ups.connect(self._show_follow_ups)
        page.asks.connect(self.window.act)
        page.left.connect(lambda: self.window.show_page(self.today))
        return page

    @cached_property
    def follow_ups(self) -> FollowUpsPage:
        """The follow-ups."""
        from clientele.ui.pages.follow_ups import FollowUpsPage

        page = FollowUpsPage(self.desk)
        self.window.add_page(page, under=actions.FOLLOW_UPS)
        page.open_client.connect(self.open_client)
        page.open_visit.connect(self.open_visit)
        page.open_promise.connect(self.open_promise)
        page.open_made_right.connect(self.open_made_right)
        return page

    @cached_property
    def worth_page(self) -> WorthACallPage:
        """Whom it is worth calling."""
        from clientele.ui.pages.worth_a_call import WorthACallPage

        page = WorthACallPage(self.desk)
        self.window.add_page(page, under=actions.FOLLOW_UPS)
        page.open_client.connect(self.open_client)
        return page

    @cached_property
    def promises(self) -> PromisesPage:
        """The promises."""
        from clientele.ui.pages.promises import PromisesPage

        page = PromisesPage(self.desk)
        self.window.add_page(page, under=actions.PROMISES)
        page.open_client.connect(self.open_client)
        return page

    @cached_property
    def made_right(self) -> MadeRightPage:
        """What is to be made right."""
        from clientele.ui.pages.made_right import MadeRightPage

        page = MadeRightPage(self.desk)
        self.window.add_page(page, under=actions.MADE_RIGHTS)
        page.open_client.connect(self.open_client)
        return page

    def _show_follow_ups(self) -> None:
        self.window.show_page(self.follow_ups)

    # opening

    def show_worth(self, client_id: int = 0) -> None:
        """Show whom it is worth calling, with one client brought to hand if named."""
        self.window.show_page(self.worth_page)
        if client_id:
            self.worth_page.show_worth(client_id)

    def open_client(self, client_id: int) -> None:
        """Show a client."""
        self._leave_place(self.client)
        self.client.show_client(client_id)
        self.window.show_page(self.client)

    def open_brief(self, client_id: int) -> None:
        """Show the brief of a client."""
        self._leave_place(self.brief)
        self.brief.show_brief(client_id)
        self.window.show_page(self.brief)

    def open_visit(self, visit_id: int) -> None:
        """Show a visit."""
        self.visit.show_visit(visit_id)
        self.window.show_page(self.visit)

    def open_promise(self, promise_id: int) -> None:
        """Bring a promise to hand."""
        self.window.show_page(self.promises)
        self.promises.show_promise(promise_id)

    def open_made_right(self, made_right_id: int) -> None:
        """Bring a problem to hand."""
        self.window.show_page(self.made_right)
        self.made_right.show_problem(made_right_id)

    def start_visit(self, client_id: int) -> None:
        """The client is here: begin a visit, or go to the one that is open."""
        self.window.show_page(self.visit)
        self.visit.start(client_id)

    def new_client(self, typed: str = "") -> None:
        """Open the form for a client who is new."""
        from clientele.ui.dialogs.new_client import NewClientSheet

        sheet = NewClientSheet(self.desk, self.window.content, typed)
        sheet.open_client.connect(self.open_client)
        sheet.open_details.connect(self._go_on_with_details)
        sheet.open_sheet()

    def _go_on_with_details(self, client_id: int) -> None:
        """Type on in the details of a client who was just added."""
        if self.client.client_id == client_id:
            self.client.edit_details()

    def new_follow_up(self, client_id: int, reason: str = "") -> None:
        """Open the form for a follow-up."""
        from clientele.ui.dialogs.new_follow_up import NewFollowUpSheet

        over = self.window.content
        NewFollowUpSheet(self.desk, over, client_id=client_id, reason=reason).open_sheet()

    def _start_somewhere(self) -> None:
        """Start visit was asked for with no client in sight: the visit page asks for whom."""
        self.window.show_page(self.visit)
        self.visit.ask_who()

    def _next_visit(self) -> None:
        """To the visits, or from the one in sight to the next of mine."""
        if self.window.current_page() is self.visit:
            self.visit.next_visit()
        else:
            self.window.show_page(self.visit)

    def _all_results(self, text: str) -> None:
        self.window.show_page(self.clients)
        self.clients.show_found(text)

    def _leave_place(self, page: ClientPage | BriefPage) -> None:
        if self.window.current_page() is page:
            self.window.remember_place()
