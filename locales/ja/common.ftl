# Dates. The variables are the same in every language, so that one piece of code writes them all.
common-date-time = { $year }年{ $month }月{ $day }日（{ $weekday }）{ $hour }時{ $minute }分（{ $zone }）
common-weekday-monday = 月
common-weekday-tuesday = 火
common-weekday-wednesday = 水
common-weekday-thursday = 木
common-weekday-friday = 金
common-weekday-saturday = 土
common-weekday-sunday = 日
common-month-january = 1
common-month-february = 2
common-month-march = 3
common-month-april = 4
common-month-may = 5
common-month-june = 6
common-month-july = 7
common-month-august = 8
common-month-september = 9
common-month-october = 10
common-month-november = 11
common-month-december = 12
common-zone-jst = 日本時間
common-zone-cet = 中央ヨーロッパ時間
common-zone-cest = 中央ヨーロッパ夏時間

# A labelled value on a line of plain text.
common-labelled = { $label }：{ $value }

# A length of time.
common-hour = { $count }時間
common-hours = { $count }時間
common-minute = { $count }分
common-minutes = { $count }分
common-hours-minutes = { $hours }{ $minutes }

# One instant on the clocks of two places.
common-two-zones = { $own }／{ $other }

# The name of a calendar of appointments.
common-appointments = サポートの日程
