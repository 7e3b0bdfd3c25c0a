"""Takes a filled-in contact form: it becomes a ticket whose content only the desk can open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.happenings import taken_down
from bot.conversation.model import Change, Draft, Role, Ticket
from bot.errors import Conflict
from bot.form.contact import Contact
from bot.privacy import SealBroken

if TYPE_CHECKING:
    from bot.adapters.redis.desk_index import RedisDeskIndex
    from bot.adapters.redis.forms import RedisForms
    from bot.adapters.redis.receipts import RedisReceipts
    from bot.adapters.redis.store import RedisConversationStore
    from bot.adapters.redis.ticket_index import RedisTicketIndex
    from bot.conversation.intake import Intake
    from bot.conversation.model import Conversation, Ticket
    from bot.conversation.ports import WorkList
    from bot.privacy import Vault
    from bot.wording import Wording

SAFETY_SECONDS = 5.0
"""As everywhere: the conversation is on the work list before anything is written."""
_SEALED, _PLAIN = "sealed:", "plain:"


class ContactForms:
    """A form is taken once, however often it is sent."""

    def __init__(  # noqa: PLR0913 - one argument a port, named at the one place that builds it
        self,
        *,
        forms: RedisForms,
        store: RedisConversationStore,
        index: RedisDeskIndex,
        tickets: RedisTicketIndex,
        receipts: RedisReceipts,
        intake: Intake,
        work: WorkList,
        wording: Wording,
        vault: Vault | None,
    ) -> None:
        """Takes the ports it talks to; without a vault contents are kept apart, but readable."""
        self._forms = forms
        self._store = store
        self._index = index
        self._tickets = tickets
        self._receipts = receipts
        self._intake = intake
        self._work = work
        self._wording = wording
        self._vault = vault

    async def submit(self, token: str, conversation_id: str, contact: Contact) -> str:
        """Keeps a form as a ticket and returns its receipt number; again, the same number.

        Raises:
            RequestError: 404, if the conversation is gone.
        """
        await self._store.load(conversation_id)
        receipt = await self._forms.receipt(token)
        if receipt is None:
            new = await self._receipts.new(conversation_id)
            receipt = await self._forms.settle_receipt(token, new)
        await self._work.schedule(conversation_id, SAFETY_SECONDS)
        while True:
            conversation = await self._store.load(conversation_id)
            change = await self._change(conversation, receipt, contact)
            try:
                changed = await self._store.commit(conversation, change)
            except Conflict:
                continue
            await self._index.update(changed)
            await self._tickets.update(await self._store.tickets(conversation_id))
            return receipt

    async def opened(self, ticket: Ticket) -> Contact | None:
        """What was filled in for a ticket; None if it came another way, or cannot be opened."""
        kept = await self._store.private(ticket.conversation_id, ticket.receipt)
        if kept is None:
            return None
        if kept.startswith(_PLAIN):
            return Contact.from_json(kept.removeprefix(_PLAIN))
        if self._vault is None:
            return None
        try:
            return Contact.from_json(self._vault.open(kept.removeprefix(_SEALED)))
        except SealBroken:
            return None

    async def _change(self, conversation: Conversation, receipt: str, contact: Contact) -> Change:
        text = self._wording.render("form_ticket")
        ticket = await self._intake.ticket(
            conversation, text, conversation.handled, receipt=receipt
        )
        notice = Draft(Role.SYSTEM, self._wording.render("form_received", receipt=receipt))
        return Change(
            (notice,),
            tickets=(ticket,),
            client_message_id=f"form:{receipt}",
            private={receipt: self._hidden(contact)},
            history=(taken_down(ticket),),
        )

    def _hidden(self, contact: Contact) -> str:
        if self._vault:
            return _SEALED + self._vault.seal(contact.to_json())
        return _PLAIN + contact.to_json()
