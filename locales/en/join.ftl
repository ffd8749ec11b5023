# The page of an attended session, for the people at the customer (Z3, Z4, Z7, B8).

# Before joining.
join-title = Join the session
join-languages = Language
join-invites = { $host } of { $provider } invites you to a support session.
join-subject = Subject
join-nothing-yet = Opening this page connects nothing and shares nothing. Press "Join" when it suits you.
join-what = Please read before you join
join-whole-screen-title = Before you share your screen
join-whole-screen = If you share the whole screen, everybody in the session also sees other windows and notifications. Close windows that do not belong to the matter and turn notifications off. You can also share one window only.
join-check = What this browser can do
join-check-share = Share a screen
join-check-view = Show shared screens
join-check-chat = Chat
join-check-files = Receive files
join-check-yes = Yes
join-check-no = No
join-check-memory = Yes (up to { $size })
join-no-share = This browser cannot share your screen, as is usual on phones and tablets and in older browsers. You can watch shared screens and use the chat. To share your screen, open this page in the current Chrome, Edge, Firefox or Safari on a computer.
join-no-view = This browser cannot show shared screens. You can use the chat.
join-impossible = This browser cannot take part in the session. Please open this page in the current Chrome, Edge, Firefox or Safari.
join-name = Your name
join-name-hint = Everybody in the session sees it, and it is recorded.
join-name-missing = Enter your name.
join-name-wrong = A name has at most 100 characters, and no symbols.
join-join = Join
join-joining = Joining…

# Why it cannot be joined.
join-problem-title = You could not join
join-problem-expired = The time in which this session could be joined is over. Please ask the support desk for a new one.
join-problem-ended = This session has already ended.
join-problem-withdrawn = This invitation was withdrawn.
join-problem-early = The session is being prepared. Please wait a moment and press "Join" again.
join-problem-many = There were too many attempts to join. Please try again in about { $minutes } minutes.
join-problem-unknown = This invitation was not found. Please check that the link is complete.
join-problem-suspended = This service is not available at present.
join-problem-offline = The server cannot be reached. Please check your network and try again.
join-problem-failed = You could not join. Please wait a moment and try again.

# Inside: one's own screen.
join-inside = Session: { $title }
join-inside-plain = Session
join-state = State of screen sharing
join-state-none = You are not sharing your screen
join-state-choosing = Choosing what to share…
join-state-sharing-monitor = You are sharing your whole screen
join-state-sharing-window = You are sharing one window
join-state-sharing-browser = You are sharing one tab
join-state-sharing-unknown = You are sharing your screen
join-state-paused = Sharing is paused
join-tab-sharing = ● Sharing
join-tab-paused = ❚❚ Paused
join-share = Share screen
join-pause = Pause
join-resume = Resume
join-stop = Stop sharing
join-share-hint = "Share screen" opens a dialog of your browser in which you choose a screen or a window. Nothing is shared before you choose.
join-capture-cancelled = Your screen was not shared.
join-capture-system = This computer's settings do not let the browser record the screen. On a Mac, allow this browser in System Settings, Privacy & Security, Screen Recording, and try again.
join-capture-failed = The screen could not be shared. Please try again.
join-own-none = Screen sharing
join-own = The screen you share
join-own-paused = Paused. Nobody in the session sees it.

# Inside: the others, and the end.
join-screens = Screens of others
join-screens-none = Nobody else shares a screen.
join-people = People
join-people-waiting = Nobody from the support desk has joined yet. Please wait.
join-ends-soon = The session's time is nearly over. Screen sharing stops when it ends.
join-broken = The connection was lost. Reconnecting…
join-connecting = Connecting…
join-leave = Leave
join-leave-title = Leave the session?
join-leave-body = Screen sharing stops and you leave. Nobody else from your side is here. If the support desk has finished too, you can end the whole session.
join-leave-only = Leave
join-end = End session
join-end-title = End the session?
join-end-body = Everybody is disconnected and the session ends. This cannot be undone.
join-cancel = Cancel

# Afterwards.
join-over-title = The session has ended
join-over-desk = The support desk ended it.
join-over-guest = Somebody from your side ended it.
join-over-administrator = Your organization's administrator ended it.
join-over-expired = The session's time is over.
join-over-other = It could not go on and was ended.
join-gone-left-title = You have left the session
join-gone-left-text = The session may still be going on for the others.
join-gone-removed-title = You were removed from the session
join-gone-removed-text = The support desk ended this connection.
join-gone-lost-title = You could not be reconnected
join-gone-lost-text = The network connection was lost. The session may still be going on.
join-unsaved-title = Files that are not saved yet
join-unsaved = Save the files you have received, or delete them. Until then a copy of them remains on this device.
join-unsaved-remove = Delete without saving
join-nothing-left-title = Nothing remains
join-nothing-left = Screen sharing has stopped. Nothing was installed on this device, and the temporary data of this page was removed. Only files that you received and saved are still where you saved them.
join-not-removed-title = Temporary data remains
join-not-removed = Screen sharing has stopped. Nothing was installed on this device. Temporary data of a file that was not complete could not be removed: please delete this site's data in your browser's settings.
join-again-text = To take part again, press the button below or open the link of the invitation again.
join-again = Join again
join-close = You can close this page.
join-contact = Contact
