from accounts.views.login import log_in, log_out
from accounts.views.password import change_password
from accounts.views.reset import reset_done, reset_password

__all__ = ["change_password", "log_in", "log_out", "reset_done", "reset_password"]
