# A session, from inside (K10, Z3 to Z7). The names of actions and states, which other pages show too, are in console.ftl.

# How it stands.
console-session-join-lead = Join with the ID and the password that were mailed to you, or that a person at the machine reads out to you.
console-session = Session
console-session-of = Session: { $name }
console-session-again = Enter the password again to join the session.
console-session-connecting = Connecting…
console-session-broken = The connection broke. Reconnecting automatically; the session goes on.
console-session-lost = Could not reconnect. If the session is still running, you can join again with the password.
console-session-removed = You were removed from the session by the support desk.
console-session-locked = Joining by password is locked after too many wrong passwords. Those who are in the session can go on.
console-session-ends-soon = The granted period ends soon, and the session ends with it.
console-session-over = The session has ended ({ $why }).
console-session-to-launches = All remote support
console-session-standing = This session
console-session-machine = Connection of the machine
console-session-people = Participants
console-session-you = { $name } (you)
console-session-left = Time left
console-session-until = until
console-session-shown = Everything you do is shown on the machine and recorded in the customer's audit log.
console-session-end = End session
console-session-end-title = End this session?

# Diagnostics.
console-session-look = Look at the machine
console-session-doing = In progress…
console-session-nothing-refused = The machine refused: its settings do not allow it.
console-session-nothing-failed = This could not be fetched. Please try again.
console-session-nothing-unknown = The machine was interrupted, and the outcome is unknown. Please try again.
console-session-nothing-broken = The connection broke before it was complete. Please try again.
console-session-nothing-too_long = It is too long to be shown.
console-session-nothing-unreadable = What the machine sent cannot be read.
console-session-software = Software
console-session-no-software = None is set up to be restarted
console-session-runs = Running
console-session-stopped = Not running
console-session-since = since
console-session-uptime = Running for
console-session-clock = Clock
console-session-clock-right = Right
console-session-clock-behind = { $seconds } seconds slow
console-session-clock-ahead = { $seconds } seconds fast
console-session-processors = Processors
console-session-load = Load (1 / 5 / 15 minutes)
console-session-memory = Memory
console-session-swap = Swap
console-session-disks = Disks
console-session-disk = Disk
console-session-space = Free space
console-session-free = { $available } free of { $total } ({ $percent }%)
console-session-proxy = Proxy: { $proxy }
console-session-check = Check
console-session-outcome = Outcome
console-check-remote_service = Remote service switched on
console-check-proxy = Proxy settings usable
console-check-name = Name of the service found
console-check-connection = Network connection
console-check-proxy_authentication = Authentication at the proxy
console-check-proxy_tunnel = Proxy connects to the service
console-check-encryption = Encryption and certificate
console-check-service = Service answers
console-check-clock = Clock of the machine
console-check-admission = Enrolment accepted
console-check-state-passed = OK
console-check-state-failed = Failed
console-check-state-not_needed = Not needed
console-check-state-not_reached = Not tested

# Log files.
console-session-logs = Log files
console-session-logs-first = Press "Look at the machine" to see which log files you can read.
console-session-logs-none = The settings on the machine allow no log files to be read.
console-session-log = Log file
console-session-log-hint = Shows the end of a file that the settings on the machine allow.
console-session-log-show = Show
console-session-log-of = Log file { $log }
console-session-log-empty = The file is empty.
console-session-log-save = Save as a file

# Restarts.
console-session-restarts = Restarts
console-session-title-restart_software = Restart the software on { $name }?
console-session-title-restart_machine = Restart { $name }?
console-session-body-restart_software = The software running on the machine stops for a moment. Make sure with the people at the machine that it may be restarted.
console-session-body-restart_machine = The whole machine stops for a while, and unsaved work is lost. Make sure with the people at the machine that it may be restarted. The machine comes back to the session by itself.
console-session-after-refused = The settings on the machine do not allow it.
console-session-after-failed = The restart failed. Please check the log files.
console-session-after-unknown = The machine was interrupted and cannot say whether it restarted. Look at the machine before you try again.

# What was done.
console-session-deeds = What has been done
console-session-deed = Action

# The screen that somebody in the session shares (Z4).
console-shared-of = { $name }'s screen
console-shared-shares = { $name } is sharing: { $what }
console-shared-monitor = the whole screen
console-shared-window = one window
console-shared-browser = one tab
console-shared-unknown = a screen
console-shared-choose = Screen to show
console-shared-connecting = Connecting to the screen…
console-shared-paused = { $name } has paused sharing.
console-shared-impossible = This browser cannot show shared screens. Please try another one.
console-shared-actual = Actual size
console-shared-full = Full screen
console-shared-full-end = Leave full screen
console-shared-point = Point
console-shared-point-hint = Move the mouse over the screen: everybody in the session sees where you point, with your name. You cannot operate anything.
console-shared-way-peer = Direct connection between browsers
console-shared-way-edge = Connection through the server

# The chat (Z5).
console-chat = Chat
console-chat-everybody = Shown to everyone
console-chat-messages = Chat messages
console-chat-none = No messages yet.
console-chat-write = Message
console-chat-hint = Enter sends, Shift+Enter starts a new line.
console-chat-send = Send
console-chat-sending = Sending…
console-chat-too-long = Please enter at most { $count } characters.
console-chat-full = This session has reached { $count } messages; no more can be sent.
console-chat-newer = To the new messages
console-chat-hide = Hide
console-chat-show = Show
console-chat-show-new = Show ({ $count } new)
console-chat-role-agent = Machine
console-chat-role-desk = Support desk
console-chat-role-guest = Customer

# The machine's screen.
console-session-keyboard = Keyboard layout
console-screen = Screen of the machine
console-screen-lead = While you look, the person at the machine sees who is looking.
console-screen-show = Show the screen
console-screen-picture = Screen of { $name }
console-screen-connecting = Opening the screen…
console-screen-broken = The screen broke off. Reconnecting automatically.
console-screen-failed = The machine could not show its screen. Check that its settings allow it and that its VNC server runs.
console-screen-view-only = View only
console-screen-control = Control
console-screen-fit = Fit
console-screen-quality = Quality
console-screen-quality-auto = Automatic (now { $level } of 5)
console-screen-quality-best = Best
console-screen-quality-least = Slow line
console-screen-zenkaku = 半角/全角
console-screen-cad = Send Ctrl+Alt+Del
console-screen-cad-title = Send Ctrl+Alt+Del to the machine?
console-screen-cad-body = Some Linux machines restart on it.
console-screen-full = Full screen
console-screen-window = Leave full screen
console-screen-close = Close the screen
console-screen-leave = Ctrl+Alt+Home takes the keyboard back from the screen to this page.
console-screen-layout = Keyboard layout of the machine: { $layout }
console-screen-layout-differs = The machine's keyboard layout ({ $machine }) differs from your keyboard ({ $own }). For characters that do not arrive, use "Send text" below.
console-screen-others = Others in this session: { $names }
console-screen-text = Send text
console-screen-text-hint = Sends text that you write here with this computer's input method. Pasting puts it into the machine's clipboard and presses Ctrl+V.
console-screen-text-typed-hint = Sends text that you write here with this computer's input method, as one key press for each character. The clipboard of this machine's VNC server does not take Japanese.
console-screen-type = Send as key presses
console-screen-typing = Sending…
console-screen-paste = Paste
console-screen-put = Put into the clipboard
console-screen-copied = Text copied on the machine
console-screen-take = Copy to this computer's clipboard

# A terminal on the machine.
console-terminal = Terminal
console-terminal-recorded = Everything typed and shown is kept in the session's record. Do not type passwords or other secrets.
console-terminal-open = Open a terminal
console-terminal-close = Close the terminal
console-terminal-input = Terminal input
console-terminal-connecting = Opening the terminal…
console-terminal-broken = The terminal broke off. Reconnecting automatically; the program goes on for two minutes.
console-terminal-failed = The machine could not open a terminal. Check that its settings allow it.
console-terminal-gap-lost = Part of what was shown during the break is lost.
console-terminal-gap-another = The earlier terminal has ended; this is a new one.
console-terminal-ended = The program has ended (exit code { $code }).
console-terminal-killed = The program was killed.
console-terminal-again = Open a new terminal
console-terminal-leave = Ctrl+Alt+Home takes the keyboard back from the terminal to this page.
