"""Everything that lives in the sandbox, in one object that the pages reach."""

from dataclasses import dataclass

from flask import current_app

from sandbox.acquirer.service import Acquirer
from sandbox.config import Config
from sandbox.ministry.service import Ministry
from sandbox.phone.service import Phones
from sandbox.sms.centre import SmsCentre
from sandbox.store import Store
from sandbox.treasury.service import Treasury


@dataclass(frozen=True)
class World:
    config: Config
    store: Store
    sms: SmsCentre
    phones: Phones
    acquirer: Acquirer
    treasury: Treasury
    ministry: Ministry


def build(config: Config) -> World:
    store = Store(config.data_dir / "sandbox.sqlite3")
    treasury = Treasury(store, config)
    return World(
        config=config,
        store=store,
        sms=SmsCentre(store),
        phones=Phones(store, config),
        acquirer=Acquirer(store, config, treasury),
        treasury=treasury,
        ministry=Ministry(store),
    )


def world() -> World:
    return current_app.extensions["sandbox"]
