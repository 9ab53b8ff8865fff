from accounts.views.contacts import (
    change_address,
    change_email,
    change_phone,
    confirm_email,
    contacts,
    phone_code,
    stop_recovery,
)
from accounts.views.login import forgot_number, log_in, log_out, number_sent
from accounts.views.password import change_password
from accounts.views.recover import recover, recover_done
from accounts.views.reset import reset_done, reset_password, spoken_code
from accounts.views.sessions import end_other_sessions, not_me, sessions

__all__ = [
    "change_address",
    "change_email",
    "change_password",
    "change_phone",
    "confirm_email",
    "contacts",
    "end_other_sessions",
    "forgot_number",
    "log_in",
    "log_out",
    "not_me",
    "number_sent",
    "phone_code",
    "recover",
    "recover_done",
    "reset_done",
    "reset_password",
    "sessions",
    "spoken_code",
    "stop_recovery",
]
