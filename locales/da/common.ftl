# Dates. The variables are the same in every language, so that one piece of code writes them all.
common-date-time = { $weekday } den { $day }. { $month } { $year } kl.{"\u00A0"}{ $hour }.{ $minute }{"\u00A0"}{ $zone }
common-weekday-monday = mandag
common-weekday-tuesday = tirsdag
common-weekday-wednesday = onsdag
common-weekday-thursday = torsdag
common-weekday-friday = fredag
common-weekday-saturday = lørdag
common-weekday-sunday = søndag
common-month-january = januar
common-month-february = februar
common-month-march = marts
common-month-april = april
common-month-may = maj
common-month-june = juni
common-month-july = juli
common-month-august = august
common-month-september = september
common-month-october = oktober
common-month-november = november
common-month-december = december
common-zone-jst = japansk tid
common-zone-cet = CET
common-zone-cest = CEST

# A labelled value on a line of plain text.
common-labelled = { $label }: { $value }

# A length of time.
common-hour = { $count } time
common-hours = { $count } timer
common-minute = { $count } minut
common-minutes = { $count } minutter
common-hours-minutes = { $hours } { $minutes }

# One instant on the clocks of two places.
common-two-zones = { $own } / { $other }

# The name of a calendar of appointments.
common-appointments = Supportaftaler
