"""All pages of a signed-in person as one router. `asgi` includes it beside the sign-in."""

from fastapi import APIRouter

from dealflow.web import buildings, deals, documents, filings, handovers, me, money, payments, policies, register, today, units

router = APIRouter()
for _part in (today, register, deals, payments, filings, money, handovers, buildings, documents, units, policies, me):
    router.include_router(_part.router)
