"""Money taken online: charges, their ends, links for relatives, refunds, credit that is counted."""
