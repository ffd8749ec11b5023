# A session, from inside (K10, Z3 to Z7). The names of actions and states, which other pages show too, are in console.ftl.

# How it stands.
console-session-join-lead = Deltag med det ID og den adgangskode, du har fået pr. mail, eller som en person ved maskinen læser op.
console-session = Session
console-session-of = Session: { $name }
console-session-again = Indtast adgangskoden igen for at deltage i sessionen.
console-session-connecting = Opretter forbindelse …
console-session-broken = Forbindelsen blev afbrudt. Der oprettes forbindelse igen automatisk, og sessionen fortsætter.
console-session-lost = Forbindelsen kunne ikke genoprettes. Hvis sessionen stadig kører, kan du deltage igen med adgangskoden.
console-session-removed = Du er fjernet fra sessionen af supporten.
console-session-locked = Deltagelse med adgangskode er låst efter for mange forkerte adgangskoder. De, der allerede deltager, kan fortsætte.
console-session-ends-soon = Det tilladte tidsrum udløber snart, og sessionen slutter samtidig.
console-session-over = Sessionen er afsluttet ({ $why }).
console-session-to-launches = Al fjernsupport
console-session-standing = Denne session
console-session-machine = Maskinens forbindelse
console-session-people = Deltagere
console-session-you = { $name } (dig)
console-session-left = Resterende tid
console-session-until = indtil
console-session-shown = Alt, hvad du gør, vises på maskinen og registreres i kundens revisionslog.
console-session-end = Afslut session
console-session-end-title = Afslut sessionen?

# Diagnostics.
console-session-look = Undersøg maskinen
console-session-doing = I gang …
console-session-nothing-refused = Maskinen afviste det: dens indstillinger tillader det ikke.
console-session-nothing-failed = Det kunne ikke hentes. Prøv igen.
console-session-nothing-unknown = Maskinen blev afbrudt, og udfaldet er ukendt. Prøv igen.
console-session-nothing-broken = Forbindelsen blev afbrudt undervejs. Prøv igen.
console-session-nothing-too_long = Det er for langt til at blive vist.
console-session-nothing-unreadable = Det, maskinen sendte, kan ikke læses.
console-session-software = Software
console-session-no-software = Ingen er sat op til genstart
console-session-runs = Kører
console-session-stopped = Kører ikke
console-session-since = siden
console-session-uptime = Oppetid
console-session-clock = Ur
console-session-clock-right = Passer
console-session-clock-behind = { $seconds } sekunder bagud
console-session-clock-ahead = { $seconds } sekunder foran
console-session-processors = Processorer
console-session-load = Belastning (1 / 5 / 15 minutter)
console-session-memory = Hukommelse
console-session-swap = Swap
console-session-disks = Diske
console-session-disk = Disk
console-session-space = Ledig plads
console-session-free = { $available } ledig af { $total } ({ $percent } %)
console-session-proxy = Proxy: { $proxy }
console-session-check = Kontrol
console-session-outcome = Udfald
console-check-remote_service = Fjerntjenesten er slået til
console-check-proxy = Proxyindstillingerne kan bruges
console-check-name = Tjenestens navn er fundet
console-check-connection = Netværksforbindelse
console-check-proxy_authentication = Proxyservergodkendelse
console-check-proxy_tunnel = Proxyen forbinder til tjenesten
console-check-encryption = Kryptering og certifikat
console-check-service = Tjenesten svarer
console-check-clock = Maskinens ur
console-check-admission = Tilmeldingen er accepteret
console-check-state-passed = I orden
console-check-state-failed = Mislykkedes
console-check-state-not_needed = Ikke nødvendig
console-check-state-not_reached = Ikke testet

# Log files.
console-session-logs = Logfiler
console-session-logs-first = Tryk på "Undersøg maskinen" for at se, hvilke logfiler du kan læse.
console-session-logs-none = Indstillingerne på maskinen tillader ikke, at logfiler læses.
console-session-log = Logfil
console-session-log-hint = Viser slutningen af en fil, som indstillingerne på maskinen tillader.
console-session-log-show = Vis
console-session-log-of = Logfilen { $log }
console-session-log-empty = Filen er tom.
console-session-log-save = Gem som fil

# Restarts.
console-session-restarts = Genstart
console-session-title-restart_software = Genstart softwaren på { $name }?
console-session-title-restart_machine = Genstart { $name }?
console-session-body-restart_software = Softwaren på maskinen stopper et øjeblik. Aftal med dem ved maskinen, at den må genstartes.
console-session-body-restart_machine = Hele maskinen stopper for en tid, og arbejde, der ikke er gemt, går tabt. Aftal med dem ved maskinen, at den må genstartes. Maskinen vender selv tilbage til sessionen.
console-session-after-refused = Indstillingerne på maskinen tillader det ikke.
console-session-after-failed = Genstarten mislykkedes. Se logfilerne.
console-session-after-unknown = Maskinen blev afbrudt og kan ikke sige, om den er genstartet. Undersøg maskinen, før du prøver igen.

# What was done.
console-session-deeds = Det er gjort
console-session-deed = Handling

# The screen that somebody in the session shares (Z4).
console-shared-of = Skærm fra { $name }
console-shared-shares = { $name } deler: { $what }
console-shared-monitor = hele skærmen
console-shared-window = ét vindue
console-shared-browser = én fane
console-shared-unknown = en skærm
console-shared-choose = Skærm, der vises
console-shared-connecting = Opretter forbindelse til skærmen…
console-shared-paused = { $name } har sat delingen på pause.
console-shared-impossible = Denne browser kan ikke vise delte skærme. Prøv en anden browser.
console-shared-actual = Faktisk størrelse
console-shared-full = Fuld skærm
console-shared-full-end = Afslut fuld skærm
console-shared-point = Peg
console-shared-point-hint = Bevæg musen over skærmen: Alle i sessionen ser, hvor du peger, sammen med dit navn. Du kan ikke betjene noget.
console-shared-way-peer = Direkte forbindelse mellem browserne
console-shared-way-edge = Forbindelse gennem serveren

# The chat (Z5).
console-chat = Chat
console-chat-everybody = Vises for alle
console-chat-messages = Beskeder i chatten
console-chat-none = Ingen beskeder endnu.
console-chat-write = Besked
console-chat-hint = Enter sender, Shift+Enter giver en ny linje.
console-chat-send = Send
console-chat-sending = Sender …
console-chat-too-long = Skriv højst { $count } tegn.
console-chat-full = Sessionen har nået { $count } beskeder; der kan ikke sendes flere.
console-chat-newer = Til de nye beskeder
console-chat-hide = Skjul
console-chat-show = Vis
console-chat-show-new = Vis ({ $count } nye)
console-chat-role-agent = Maskine
console-chat-role-desk = Support
console-chat-role-guest = Kunde

# The machine's screen.
console-session-keyboard = Tastaturlayout
console-screen = Maskinens skærm
console-screen-lead = Mens du ser med, kan personen ved maskinen se, hvem der ser med.
console-screen-show = Vis skærmen
console-screen-picture = Skærmen på { $name }
console-screen-connecting = Åbner skærmen …
console-screen-broken = Skærmen blev afbrudt. Der oprettes forbindelse igen automatisk.
console-screen-failed = Maskinen kunne ikke vise sin skærm. Kontrollér, at dens indstillinger tillader det, og at dens VNC-server kører.
console-screen-view-only = Kun visning
console-screen-control = Styr
console-screen-fit = Tilpas
console-screen-quality = Kvalitet
console-screen-quality-auto = Automatisk (nu { $level } af 5)
console-screen-quality-best = Bedst
console-screen-quality-least = Langsom forbindelse
console-screen-zenkaku = 半角/全角
console-screen-cad = Send Ctrl+Alt+Del
console-screen-cad-title = Send Ctrl+Alt+Del til maskinen?
console-screen-cad-body = Nogle Linux-maskiner genstarter, når de får det.
console-screen-full = Fuld skærm
console-screen-window = Forlad fuld skærm
console-screen-close = Luk skærmen
console-screen-leave = Ctrl+Alt+Home fører tastaturet fra skærmen tilbage til denne side.
console-screen-layout = Maskinens tastaturlayout: { $layout }
console-screen-layout-differs = Maskinens tastaturlayout ({ $machine }) er et andet end dit tastaturs ({ $own }). Brug »Send tekst« nedenfor til tegn, der ikke når frem.
console-screen-others = Andre i denne session: { $names }
console-screen-text = Send tekst
console-screen-text-hint = Sender tekst, som du skriver her med denne computers inputmetode. Indsæt lægger den i maskinens udklipsholder og trykker på Ctrl+V.
console-screen-text-typed-hint = Sender tekst, som du skriver her med denne computers inputmetode, som ét tastetryk pr. tegn. Udklipsholderen i maskinens VNC-server modtager ikke japansk.
console-screen-type = Send som tastetryk
console-screen-typing = Sender …
console-screen-paste = Indsæt
console-screen-put = Læg i udklipsholderen
console-screen-copied = Tekst kopieret på maskinen
console-screen-take = Kopiér til denne computers udklipsholder

# A terminal on the machine.
console-terminal = Terminal
console-terminal-recorded = Alt, der skrives og vises, gemmes i sessionens optegnelse. Skriv ikke adgangskoder eller andre hemmeligheder.
console-terminal-open = Åbn en terminal
console-terminal-close = Luk terminalen
console-terminal-input = Input til terminalen
console-terminal-connecting = Åbner terminalen …
console-terminal-broken = Terminalen blev afbrudt. Der oprettes forbindelse igen automatisk; programmet kører videre i to minutter.
console-terminal-failed = Maskinen kunne ikke åbne en terminal. Kontrollér, at dens indstillinger tillader det.
console-terminal-gap-lost = En del af det, der blev vist under afbrydelsen, er gået tabt.
console-terminal-gap-another = Den tidligere terminal er afsluttet; dette er en ny.
console-terminal-ended = Programmet er afsluttet (afslutningskode { $code }).
console-terminal-killed = Programmet blev afbrudt.
console-terminal-again = Åbn en ny terminal
console-terminal-leave = Ctrl+Alt+Home fører tastaturet fra terminalen tilbage til denne side.
