# Dates. The variables are the same in every language, so that one piece of code writes them all.
common-date-time = { $weekday } { $day } { $month } { $year }, { $hour }:{ $minute }{"\u00A0"}{ $zone }
common-weekday-monday = Monday
common-weekday-tuesday = Tuesday
common-weekday-wednesday = Wednesday
common-weekday-thursday = Thursday
common-weekday-friday = Friday
common-weekday-saturday = Saturday
common-weekday-sunday = Sunday
common-month-january = January
common-month-february = February
common-month-march = March
common-month-april = April
common-month-may = May
common-month-june = June
common-month-july = July
common-month-august = August
common-month-september = September
common-month-october = October
common-month-november = November
common-month-december = December
common-zone-jst = JST
common-zone-cet = CET
common-zone-cest = CEST

# A labelled value on a line of plain text.
common-labelled = { $label }: { $value }

# A length of time.
common-hour = { $count } hour
common-hours = { $count } hours
common-minute = { $count } minute
common-minutes = { $count } minutes
common-hours-minutes = { $hours } { $minutes }

# One instant on the clocks of two places.
common-two-zones = { $own } / { $other }

# The name of a calendar of appointments.
common-appointments = Support appointments
