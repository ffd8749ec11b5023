# The page of the check before a session that is agreed upon, for the people at the customer (Z2).

check-title = Try your PC beforehand
check-languages = Language
check-contact = Contact
check-for = { $customer }, { $name }
check-subject = Subject
check-start = Your appointment:{ " " }
check-lead = Find out beforehand whether sharing your screen with { $provider } will work. Open this page on the PC and the network that you will use on the day. The check takes half a minute at most.
check-safe = Nothing is installed. You are not connected to the support desk, and nothing on your screen leaves your PC. Only the browser and its version, the kind of operating system, and the results of the check are sent.
check-go = Start the check
check-going = Checking…
check-again = Check again
check-back = Back to the appointment

# The lines.
check-items = What is checked
check-results = Results
check-earlier = Last result: { $time }
check-name-browser = Browser and operating system
check-name-socket = WebSocket connection
check-name-download = Download speed
check-name-upload = Upload speed
check-name-peer = Direct connection between PCs (WebRTC)
check-name-clock = Your PC's clock
check-name-sharing = Screen sharing
check-state-waiting = Not checked yet
check-state-running = Checking…
check-state-measured = Checked
check-state-passed = OK
check-state-warned = Note
check-state-failed = Problem
check-state-untested = Could not be checked
check-state-skipped = Not tried
check-found = { $name }: { $fact }.
check-trying = Checking: { $name }.

# What was found.
check-machine = { $browser } on { $system }
check-browser-other = Another browser
check-system-other = another operating system
check-socket-works = Connected
check-socket-fails = Could not connect
check-rate-none = Hardly anything got through
check-rate-most = { $rate } or more
check-unmeasured = Could not be measured
check-peer-works = Available in this browser
check-peer-fails = Not available in this browser
check-clock-right = Correct
check-clock-ahead-seconds = About { $seconds } seconds fast
check-clock-ahead-minutes = About { $minutes } minutes fast
check-clock-behind-seconds = About { $seconds } seconds slow
check-clock-behind-minutes = About { $minutes } minutes slow
check-sharing-monitor = Your whole screen could be shared (sharing has already stopped)
check-sharing-window = A window could be shared (sharing has already stopped)
check-sharing-browser = A tab could be shared (sharing has already stopped)
check-sharing-unknown = Your screen could be shared (sharing has already stopped)
check-sharing-cancelled = Your screen was not shared
check-sharing-system = This PC's settings do not let the browser record the screen
check-sharing-failed = Your screen could not be shared
check-sharing-unsupported = This browser cannot share your screen

# What to do.
check-for-administrator = For your system or network administrator:{ " " }
check-advice-browser = Please open this page in the current version of Chrome, Edge, Firefox, Safari or Opera.
check-advice-socket = Your network or security software may be blocking the connection. If you can use another network, switch to it and check again. On a company network, please pass the following on to your administrator.
check-advice-rate-failed = Your connection does not reach the 128 kbit/s that screen sharing needs. Stop other traffic, such as videos or file synchronization, or switch to a cable or a place with better reception, and check again.
check-advice-rate-warned = Screen sharing will work, but the picture may lag (256 kbit/s or more is recommended). Stopping other traffic, such as videos or file synchronization, may help.
check-advice-peer = The picture will go through { $host } instead of directly between the PCs. It may lag a little, but you can use it as it is.
check-advice-clock = Please turn on automatic time in your PC's date and time settings.
check-advice-unmeasured = The connection was interrupted or is busy. Please wait a moment and check again.
check-advice-sharing-again = Check again, then press "Try screen sharing" and choose your entire screen.
check-advice-sharing-window = If you want to show more than one window on the day, choose your entire screen.
check-advice-sharing-denied = Press "Try screen sharing" again, choose your entire screen in the browser's dialog, and allow sharing.
check-advice-sharing-system = On a Mac, allow this browser in System Settings, Privacy & Security, Screen Recording, open the browser again, and retry.
check-advice-sharing-phone = On a phone or tablet you can watch a shared screen, but you cannot share your own. To share your screen, open this page on your PC.
check-advice-sharing-unsupported = Please open this page in the current version of Chrome, Edge, Firefox, Safari or Opera on a PC.
check-administrator-browser = Please update one of these browsers to its current version, on an operating system that its vendor still supports.
check-administrator-network = Please allow HTTPS and WebSocket (wss) to { $host } on TCP port { $port }. On a proxy, allow the upgrade to WebSocket and exempt this host from SSL/TLS inspection.
check-administrator-rate = Please provide at least 256 kbit/s (128 kbit/s as a minimum) each way to { $host } on TCP port { $port }.
check-administrator-peer = To use the direct connection, allow WebRTC in the browser and UDP between the PCs.
check-administrator-clock = Please synchronize the PC's clock with a time server (NTP).
check-administrator-sharing-denied = If no dialog opens, please check whether a browser policy forbids screen capture ("ScreenCaptureAllowed" in Chrome and Edge).
check-administrator-sharing-system = On managed Macs, please let standard users approve screen recording in a configuration profile.

# The second step.
check-share-title = Try screen sharing
check-share-hint = "Try screen sharing" opens a dialog of your browser in which you choose what to share. Please choose your entire screen. Sharing stops as soon as you have chosen, and nothing on your screen is sent anywhere.
check-share = Try screen sharing
check-share-again = Try screen sharing again

# What it comes to.
check-overall-passed = Everything is fine. You are ready for the day.
check-overall-sharing = Everything is fine so far. You have not tried screen sharing yet.
check-overall-incomplete = Something could not be checked.
check-overall-slow = It will work, but the picture may lag.
check-overall-warned = It will work, but please note the points above.
check-overall-failed = As things are, screen sharing will not work. Please see the lines marked "Problem".
check-sending = Sending the result…
check-sent = The result was sent to { $provider } on { $time }. The support desk sees the same result as you. You can check again as often as you like.
check-sent-before = This result was sent to { $provider }. The support desk sees the same result as you. You can check again as often as you like.
check-unsent = The result could not be sent
check-kept = Your result is still on this page. You do not need to check again.
check-send = Send again
check-problem-over = The session of this appointment is over or was cancelled. Please contact the support desk for a new time.
check-problem-unknown = This link is not valid. Please check that the link from the mail is complete.
check-problem-many = There were too many checks in a row. Please wait about { $minutes } min and send the result again.
check-problem-suspended = This service is not available at present. Please contact the support desk.
check-problem-offline = The server cannot be reached. Please check your network and send the result again.
check-problem-failed = Something went wrong on the server. Please wait a moment and send the result again.

# What is needed.
check-needed = What you need for screen sharing
check-needed-system = Operating system
check-need-system = Windows, macOS, Linux or ChromeOS, in a version that its vendor still supports
check-needed-browser = Browser
check-need-browser = The current version of Chrome, Edge, Firefox, Safari or Opera
check-needed-phone = Phone or tablet
check-need-phone = With Android and iOS you can watch shared screens and use the chat. You cannot share your own screen.
check-needed-rate = Connection speed
check-need-rate = At least 128 kbit/s each way; 256 kbit/s or more is recommended
check-needed-network = Destination to allow
check-need-network = { $host }, TCP port { $port } (HTTPS and WebSocket)
check-needed-peer = Direct connection (optional)
check-need-peer = Where PCs reach each other directly by WebRTC (UDP), the picture appears sooner. Otherwise it goes through { $host }.
check-needed-programs = Programs and folders to allow
check-need-programs = None. A browser is all you need.
