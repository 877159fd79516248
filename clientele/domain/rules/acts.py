"""What the audit trail calls each act, in one sentence: who did what to whom.

The window translates these; the command line says them as they stand. ``{who}`` is who did it,
``{whom}`` the client or clients, ``{what}`` what was changed of them, ``{other}`` an associate,
``{count}`` a number of rows, ``{place}`` what kind of place something went to.
"""

from __future__ import annotations

from enum import StrEnum


class ActKind(StrEnum):
    """What the trail can be filtered by."""

    SAW = "saw"
    CHANGED = "changed"
    GAVE = "gave"
    EXPORTED = "exported"
    MERGED = "merged"
    ERASED = "erased"
    SIGNED_IN = "signed in"
    SETTINGS = "settings"
    KEPT = "kept"
    """Copies of the book, and its keys."""
    BY_ITSELF = "by itself"


_SAW = {
    "see_client": "{who} saw {whom}",
    "see_brief": "{who} saw the brief of {whom}",
    "see_passport": "{who} saw the size passport of {whom}",
    "see_visit": "{who} saw a visit of {whom}",
    "see_trail": "{who} saw who had seen {whom}",
}
_CHANGED = {
    # the client
    "new_client": "{who} added {whom}",
    "edit_client": "{who} changed {what} of {whom}",
    "set_birthday": "{who} changed the birthday of {whom}",
    "set_referred_by": "{who} said who had sent {whom}",
    "set_tag": "{who} changed the tags of {whom}",
    "tag_many": "{who} changed a tag of {whom}",
    "add_contact_point": "{who} added a phone number or e-mail address of {whom}",
    "edit_contact_point": "{who} changed a phone number or e-mail address of {whom}",
    "label_contact_point": "{who} changed the label of a phone number or e-mail address of {whom}",
    "place_contact_point": "{who} changed which phone number or e-mail address of {whom} is first",
    "add_address": "{who} added an address of {whom}",
    "edit_address": "{who} changed the address of {whom}",
    "edit_one_address": "{who} changed an address of {whom}",
    "place_address": "{who} changed which address of {whom} is first",
    "remove_address": "{who} took off an address of {whom}",
    "say_consent": "{who} wrote down what {whom} allows",
    "set_custom_value": "{who} changed a field of the store's own of {whom}",
    "set_photo": "{who} changed the photo of {whom}",
    "remove_photo": "{who} took off the photo of {whom}",
    # what is known of them
    "add_preference": "{who} wrote down what {whom} likes or avoids",
    "add_preferences": "{who} wrote down what {whom} likes or avoids",
    "edit_preference": "{who} changed what {whom} likes or avoids",
    "move_preference": "{who} changed what {whom} likes or avoids",
    "set_preference_department": "{who} said where a like of {whom} holds",
    "settle_preference": "{who} settled what {whom} likes or avoids",
    "add_size": "{who} added a size of {whom}",
    "edit_size": "{who} changed a size of {whom}",
    "remove_size": "{who} took off a size of {whom}",
    "set_aside": "{who} set evidence for a size of {whom} aside",
    "count_again": "{who} let evidence for a size of {whom} count again",
    "add_household_member": "{who} added somebody to the household of {whom}",
    "edit_household_member": "{who} changed somebody of the household of {whom}",
    "remove_household_member": "{who} took somebody off the household of {whom}",
    "add_occasion": "{who} added an occasion of {whom}",
    "edit_occasion": "{who} changed an occasion of {whom}",
    "remove_occasion": "{who} took off an occasion of {whom}",
    "keep_here_too": "{who} kept something of the household of {whom} here too",
    "link_member": "{who} linked somebody of a household with {whom}",
    "unlink_member": "{who} unlinked somebody of a household from {whom}",
    "make_client_of": "{who} made a client of somebody of a household: {whom}",
    "say_back_relation": "{who} said what {whom} are to each other",
    "add_gift": "{who} wrote down a gift of {whom}",
    "change_gift": "{who} changed a gift of {whom}",
    "remove_gift": "{who} took off a gift of {whom}",
    "say_liked": "{who} said how a gift of {whom} was liked",
    "add_wish": "{who} added a wish of {whom}",
    "change_wish": "{who} changed a wish of {whom}",
    "drop_wish": "{who} took off a wish of {whom}",
    "show_wish": "{who} showed what {whom} wished for",
    "promise_wish": "{who} promised what {whom} wished for",
    "wish_again": "{who} put back a wish of {whom}",
    "wishes_arrived": "{who} said that what {whom} wished for has come in",
    "not_here_yet": "{who} said that what {whom} wished for is not here yet",
    # notes
    "keep_note": "{who} wrote a note about {whom}",
    "edit_note": "{who} changed a note about {whom}",
    "mark_sensitive": "{who} said how sensitive a note about {whom} is",
    "say_first": "{who} changed what to say first to {whom}",
    "keep_offer": "{who} kept what a note offered about {whom}",
    "keep_offers": "{who} kept what notes offered about {whom}",
    "drop_offer": "{who} dropped what a note offered about {whom}",
    "correct_offer": "{who} corrected what a note offered about {whom}",
    # visits and tickets
    "start_visit": "{who} began a visit of {whom}",
    "greet": "{who} greeted {whom}",
    "leave": "{who} ended a visit of {whom}",
    "go_to": "{who} went to a department with {whom}",
    "plan_stop": "{who} planned a department for a visit of {whom}",
    "move_stop": "{who} changed the order of a visit of {whom}",
    "remove_stop": "{who} took a department off a visit of {whom}",
    "say_here_for": "{who} wrote down what {whom} came for",
    "say_fitting_room": "{who} wrote down the fitting room of {whom}",
    "add_companion": "{who} wrote down who came with {whom}",
    "remove_companion": "{who} took off who came with {whom}",
    "show_item": "{who} showed {whom} something",
    "edit_shown_item": "{who} changed what {whom} was shown",
    "remove_shown_item": "{who} took off what {whom} was shown",
    "set_outcome": "{who} wrote down what became of what {whom} was shown",
    "set_for_whom": "{who} said for whom something that {whom} was shown is",
    "set_quantity": "{who} changed how many {whom} keeps",
    "mark_down": "{who} marked down something for {whom}",
    "hold_item": "{who} held something for {whom}",
    "decide": "{who} wrote down what {whom} decided about a hold",
    "take_away": "{who} wrote down that {whom} took something along",
    "share_credit": "{who} shared the credit for what {whom} keeps",
    "bring_in": "{who} brought in a colleague for {whom}",
    "join": "{who} joined a visit of {whom}",
    "come_back": "{who} came back to {whom}",
    "colleague_goes": "{who} wrote down that a colleague left {whom}",
    "leave_them_with": "{who} left {whom} with a colleague",
    "ring_once": "{who} rang up a ticket of {whom}",
    "bring_back": "{who} took back goods of {whom}",
    "pay_ahead": "{who} wrote down what {whom} paid ahead",
    "remove_part_payment": "{who} took off what {whom} paid ahead",
    # promises, and what was made right
    "make_promise": "{who} promised {whom} something",
    "end_promise": "{who} ended a promise to {whom}",
    "reach_step": "{who} took a promise to {whom} a step on",
    "move_promise": "{who} moved the date of a promise to {whom}",
    "pass_promise": "{who} passed on a promise to {whom}",
    "not_ready_after_all": "{who} said that a promise to {whom} is not ready after all",
    "ask_about_promise": "{who} asked about a promise to {whom}",
    "word_on_promise": "{who} wrote a word on a promise to {whom}",
    "tag_printed": "{who} printed the tag of a promise to {whom}",
    "open_made_right": "{who} wrote down a problem of {whom}",
    "edit_made_right": "{who} changed a problem of {whom}",
    "decide_made_right": "{who} decided what {whom} gets for a problem",
    "client_says": "{who} wrote down what {whom} says of a problem",
    "asked_if_solved": "{who} asked {whom} whether a problem is solved",
    # follow-ups, appointments, messages
    "new_follow_up": "{who} planned a follow-up for {whom}",
    "follow_up_many": "{who} planned follow-ups for {whom}",
    "edit_follow_up": "{who} changed a follow-up for {whom}",
    "change_follow_up": "{who} changed a follow-up for {whom}",
    "do_follow_up": "{who} did a follow-up for {whom}",
    "do_follow_ups": "{who} did follow-ups for {whom}",
    "drop_follow_up": "{who} dropped a follow-up for {whom}",
    "drop_follow_ups": "{who} dropped follow-ups for {whom}",
    "snooze_follow_up": "{who} put off a follow-up for {whom}",
    "snooze_follow_ups": "{who} put off follow-ups for {whom}",
    "expect_client": "{who} agreed on an appointment with {whom}",
    "change_appointment": "{who} changed an appointment with {whom}",
    "move_appointment": "{who} moved an appointment with {whom}",
    "cancel_appointment": "{who} called off an appointment with {whom}",
    "say_outcome": "{who} wrote down what became of an appointment with {whom}",
    "take_calendar": "{who} brought in a calendar with {whom}",
    "queue_message": "{who} wrote to {whom}",
    "write_many": "{who} wrote to {whom}",
    "hand_over": "{who} took a message to {whom} to another program",
    "_say_if_sent": "{who} said whether a message to {whom} was sent",
    "call_off": "{who} called off a message to {whom}",
    "log_reply": "{who} wrote down a reply of {whom}",
    "word_reply": "{who} changed a reply of {whom}",
    "decide_mail": "{who} decided on an e-mail to {whom}",
    "give_up": "{who} gave up an e-mail to {whom}",
    # lists and duplicates
    "save_list": "{who} kept a list",
    "rename_list": "{who} renamed a list",
    "ask_otherwise": "{who} changed what a list asks",
    "begin_again": "{who} began a list again",
    "copy_list": "{who} copied a list",
    "delete_list": "{who} deleted a list",
    "share_list": "{who} changed with whom a list is shared",
    "mark_client": "{who} ticked off {whom} on a list",
    "set_apart": "{who} said that {whom} are different people",
    "show_again": "{who} let {whom} be worth a call again",
    "set_worth_aside": "{who} said that {whom} is not worth a call now",
    "day_holds": "{who} changed how many calls a day holds",
    "say_away": "{who} wrote down who is away",
    "change_absence": "{who} changed who is away",
    "end_absence": "{who} wrote down who is back",
    "undo": "{who} took back what was done with {whom}",
    "begin_import": "{who} began to bring in a file",
    "end_import": "{who} brought in a file: {count} new rows",
    "undo_import": "{who} took back a file that was brought in",
}
_GAVE = {
    "give_clients": "{who} gave {whom} to a colleague",
    "take_into_book": "{who} took {whom} into their book",
    "take_many": "{who} took {whom} into their book",
    "know_in_department": "{who} wrote down who knows {whom}",
    "end_knowing": "{who} ended who knows {whom}",
    "ask_for_hand_off": "{who} asked for {whom}",
    "offer": "{who} offered {whom} to a colleague",
    "edit_offer": "{who} changed the word on handing over {whom}",
    "accept": "{who} accepted {whom} from a colleague",
    "decline": "{who} declined {whom} from a colleague",
    "give_back": "{who} gave {whom} back",
    "withdraw": "{who} withdrew the offer of {whom}",
    "give_follow_up": "{who} gave a follow-up for {whom} to a colleague",
    "give_follow_ups": "{who} gave follow-ups for {whom} to a colleague",
}
_EXPORTED = {
    "export_customers": "{who} took out all clients: {count} rows, {place}",
    "export_purchases": "{who} took out all purchases: {count} rows, {place}",
    "export_clients": "{who} took out {whom}, {place}",
    "export_client": "{who} took out everything about {whom}, {place}",
    "export_calendar": "{who} took out a calendar: {count} appointments, {place}",
    "print_brief": "{who} printed the brief of {whom}",
    "save_brief": "{who} saved the brief of {whom}, {place}",
    "print_ticket": "{who} printed a ticket of {whom}",
}
_MERGED = {
    "merge_clients": "{who} made one client of two: {whom}",
    "undo_merge": "{who} made two clients of one again: {whom}",
}
_ERASED = {
    "erase_client": "{who} erased a client for good",
    "let_trail_go": "{who} let entries of this trail go that are too old: {count}",
}
_SIGNED_IN = {
    "sign_in": "{who} signed in",
    "sign_in_wrong": "Somebody tried a wrong PIN for {other}",
    "sign_in_locked": "The PIN of {other} is locked after wrong tries",
    "lock": "The window of {who} was locked",
    "change_pin": "{who} changed the PIN of {other}",
    "choose_pin": "{other} chose a PIN",
    "count_try": "Somebody began to try a PIN of {other}",
    "choose_first_pin": "{other} chose a first PIN",
    "reset_pin": "{who} gave {other} a new PIN",
    "choose_pin_by_paper": "{other} chose a new PIN with the recovery key",
}
_SETTINGS = {
    "set_up_store": "{who} set up the store",
    "add_department": "{who} added a department",
    "rename_department": "{who} renamed a department",
    "order_departments": "{who} changed the order of the departments",
    "remove_department": "{who} took off a department",
    "add_associate": "{who} added {other} to the team",
    "edit_associate": "{who} changed the entry of {other}",
    "change_associate": "{who} changed the entry of {other}",
    "associate_leaves": "{who} wrote down that {other} left the store",
    "associate_comes_back": "{who} took {other} into the team again",
    "set_reach_policy": "{who} changed how clients may be reached",
    "add_custom_field": "{who} added a field of the store's own",
    "place_custom_field": "{who} moved a field of the store's own",
    "rename_custom_field": "{who} renamed a field of the store's own",
    "retire_custom_field": "{who} put away a field of the store's own",
    "set_choices": "{who} changed the choices of a field of the store's own",
    "rename_tag": "{who} renamed a tag",
    "merge_tags": "{who} made one tag of two",
    "remove_tag": "{who} took a tag off all clients",
    "set_mail_account": "{who} set up an account for e-mail",
    "remove_mail_account": "{who} removed an account for e-mail",
    "keep_template": "{who} kept a template",
    "offer_template": "{who} changed who is offered a template",
    "shipped_words_again": "{who} brought back the first words of a template",
    "add_rule": "{who} added a rule",
    "edit_rule": "{who} changed a rule",
    "order_rules": "{who} changed the order of the rules",
    "remove_rule": "{who} removed a rule",
    "switch_rule": "{who} switched a rule on or off",
}
_KEPT = {
    "back_up": "{who} made a backup, {place}",
    "back_up_failed": "A backup could not be made, {place}",
    "choose_second_place": "{who} changed the second place for backups",
    "restore": "{who} restored a backup",
    "recover": "{who} made this book out of what was readable of a damaged one",
    "repair": "{who} repaired the book",
    "change_passphrase": "{who} set a passphrase of the book",
    "remove_passphrase": "{who} took away a passphrase of the book",
    "use_keyring": "{who} let the keyring open the book",
    "check_recovery_key": "{who} checked the recovery key on paper",
    "new_recovery_key": "{who} made a new recovery key",
}
_BY_ITSELF = {
    "type_draft": "The program kept what was typed",
    "look_again": "The program looked for clients who are in the book twice",
    "expire_follow_ups": "The program let follow-ups for {whom} lapse",
    "account_used": "The program noted how an account for e-mail is",
    "begin": "The program began to send an e-mail to {whom}",
    "mark_dot": "The program handed over an e-mail to {whom}",
    "ended": "The program noted what became of an e-mail to {whom}",
    "find_unfinished": "The program found e-mails to {whom} whose end nobody knows",
    "run_rules": "The rules looked at follow-ups for {whom}",
    "start_rules": "The program put in the first rules",
}

ACTS: dict[str, tuple[ActKind, str]] = {
    act: (kind, words)
    for kind, acts in (
        (ActKind.SAW, _SAW),
        (ActKind.CHANGED, _CHANGED),
        (ActKind.GAVE, _GAVE),
        (ActKind.EXPORTED, _EXPORTED),
        (ActKind.MERGED, _MERGED),
        (ActKind.ERASED, _ERASED),
        (ActKind.SIGNED_IN, _SIGNED_IN),
        (ActKind.SETTINGS, _SETTINGS),
        (ActKind.KEPT, _KEPT),
        (ActKind.BY_ITSELF, _BY_ITSELF),
    )
    for act, words in acts.items()
}

UNKNOWN = "{who} did something that this version has no words for"
"""Of an act that a newer version entered."""

PROGRAM_WORDS, SET_UP_WORDS, NOBODY_WORDS = (
    "The program",
    "Whoever set up this terminal",
    "Somebody who was not signed in",
)
"""Who did it, where it was no associate."""

ERASED_CLIENT, NO_CLIENT, GONE_ASSOCIATE = (
    "a client who was erased",
    "nobody in particular",
    "an associate who is no longer in the book",
)

FIELDS = {
    "given_name": "the name",
    "family_name": "the name",
    "preferred_name": "the preferred name",
    "say_it": "how to say the name",
    "language": "the language",
    "time_zone": "the time zone",
    "birth_month": "the birthday",
    "birth_day": "the birthday",
    "birth_year": "the birthday",
    "referred_by_id": "who sent them",
}
"""What a column of a client is called."""

SOMETHING = "something"
SEVERAL = "{count} clients"
AND_MORE = "{names} and others, {count} clients"

PLACES = {
    "folder": "into a folder of this computer",
    "drive": "onto a drive that can be taken away",
    "share": "onto a share of the network",
    "output": "to another program",
    "printer": "to a printer",
    "second": "in the second place",
    "here": "beside the book",
}
SOMEWHERE = "somewhere"


def kind_of(act: str) -> ActKind:
    """What kind of act it is; what is unknown is a change."""
    return ACTS.get(act, (ActKind.CHANGED, ""))[0]


def acts_of(kind: ActKind) -> tuple[str, ...]:
    """The acts of a kind."""
    return tuple(act for act, (of, _) in ACTS.items() if of is kind)


def fields_of(columns: list[str]) -> tuple[str, ...]:
    """What columns of a client are called, each once."""
    return tuple(dict.fromkeys(FIELDS.get(column, "") or SOMETHING for column in columns))
