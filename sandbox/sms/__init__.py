"""An SMS centre with two gates: the shapes of SMS Aero v2 and of SMS.RU."""
