# The page of the check before a session that is agreed upon, for the people at the customer (Z2).

check-title = Afprøv din pc på forhånd
check-languages = Sprog
check-contact = Kontakt
check-for = { $customer }, { $name }
check-subject = Emne
check-start = Din aftale:{ " " }
check-lead = Her kan du på forhånd se, om du kan dele din skærm med { $provider }. Åbn siden på den pc og det netværk, som du vil bruge på dagen. Det tager højst et halvt minut.
check-safe = Intet bliver installeret. Der oprettes ingen forbindelse til supporten, og intet af det, du har på skærmen, forlader din pc. Kun browseren og dens version, styresystemets type og resultaterne af afprøvningen sendes.
check-go = Start afprøvningen
check-going = Afprøver…
check-again = Afprøv igen
check-back = Tilbage til aftalen

# The lines.
check-items = Det bliver afprøvet
check-results = Resultat
check-earlier = Seneste resultat: { $time }
check-name-browser = Browser og styresystem
check-name-socket = WebSocket-forbindelse
check-name-download = Hastighed, download
check-name-upload = Hastighed, upload
check-name-peer = Direkte forbindelse mellem pc'er (WebRTC)
check-name-clock = Pc'ens ur
check-name-sharing = Skærmdeling
check-state-waiting = Ikke afprøvet endnu
check-state-running = Afprøver…
check-state-measured = Afprøvet
check-state-passed = I orden
check-state-warned = Bemærk
check-state-failed = Problem
check-state-untested = Kunne ikke afprøves
check-state-skipped = Ikke prøvet
check-found = { $name }: { $fact }.
check-trying = Afprøver: { $name }.

# What was found.
check-machine = { $browser } på { $system }
check-browser-other = En anden browser
check-system-other = et andet styresystem
check-socket-works = Forbindelsen virker
check-socket-fails = Der kunne ikke oprettes forbindelse
check-rate-none = Næsten intet kom igennem
check-rate-most = { $rate } eller mere
check-unmeasured = Kunne ikke måles
check-peer-works = Kan bruges i denne browser
check-peer-fails = Kan ikke bruges i denne browser
check-clock-right = Går rigtigt
check-clock-ahead-seconds = Går cirka { $seconds } sekunder for hurtigt
check-clock-ahead-minutes = Går cirka { $minutes } minutter for hurtigt
check-clock-behind-seconds = Går cirka { $seconds } sekunder for langsomt
check-clock-behind-minutes = Går cirka { $minutes } minutter for langsomt
check-sharing-monitor = Hele skærmen kunne deles (delingen er allerede stoppet)
check-sharing-window = Et vindue kunne deles (delingen er allerede stoppet)
check-sharing-browser = En fane kunne deles (delingen er allerede stoppet)
check-sharing-unknown = Skærmen kunne deles (delingen er allerede stoppet)
check-sharing-cancelled = Skærmen blev ikke delt
check-sharing-system = Pc'ens indstillinger tillader ikke, at browseren optager skærmen
check-sharing-failed = Skærmen kunne ikke deles
check-sharing-unsupported = Denne browser kan ikke dele din skærm

# What to do.
check-for-administrator = Til system- eller netværksadministratoren:{ " " }
check-advice-browser = Åbn siden i den nyeste version af Chrome, Edge, Firefox, Safari eller Opera.
check-advice-socket = Netværket eller sikkerhedssoftwaren blokerer muligvis forbindelsen. Hvis du kan bruge et andet netværk, så skift til det, og prøv igen. Er du på virksomhedens netværk, så giv følgende videre til administratoren.
check-advice-rate-failed = Forbindelsen når ikke op på de 128 kbit/s, som skærmdeling kræver. Stop anden trafik, for eksempel video eller synkronisering af filer, eller skift til kabel eller et sted med bedre dækning, og prøv igen.
check-advice-rate-warned = Skærmdeling virker, men billedet kan være forsinket (256 kbit/s eller mere anbefales). Det kan hjælpe at stoppe anden trafik, for eksempel video eller synkronisering af filer.
check-advice-peer = Billedet sendes via { $host } i stedet for direkte mellem pc'erne. Det kan være lidt forsinket, men du kan bruge det, som det er.
check-advice-clock = Slå automatisk tid til i pc'ens indstillinger for dato og klokkeslæt.
check-advice-unmeasured = Forbindelsen blev afbrudt eller er optaget. Vent et øjeblik, og prøv igen.
check-advice-sharing-again = Kør afprøvningen igen, tryk derefter på "Prøv skærmdeling", og vælg hele skærmen.
check-advice-sharing-window = Hvis du vil vise mere end ét vindue på dagen, skal du vælge hele skærmen.
check-advice-sharing-denied = Tryk på "Prøv skærmdeling" igen, vælg hele skærmen i browserens vindue, og tillad deling.
check-advice-sharing-system = På en Mac skal du tillade denne browser under Systemindstillinger, Anonymitet & sikkerhed, Skærmoptagelse, åbne browseren igen og prøve på ny.
check-advice-sharing-phone = På en telefon eller tablet kan du se en delt skærm, men ikke dele din egen. Hvis du vil dele din skærm, skal du åbne siden på din pc.
check-advice-sharing-unsupported = Åbn siden i den nyeste version af Chrome, Edge, Firefox, Safari eller Opera på en pc.
check-administrator-browser = Opdater en af disse browsere til den nyeste version på et styresystem, som producenten stadig understøtter.
check-administrator-network = Tillad HTTPS og WebSocket (wss) til { $host } på TCP-port { $port }. På en proxy skal opgraderingen til WebSocket tillades, og denne vært undtages fra SSL/TLS-inspektion.
check-administrator-rate = Sørg for mindst 256 kbit/s (som minimum 128 kbit/s) i hver retning til { $host } på TCP-port { $port }.
check-administrator-peer = Hvis den direkte forbindelse skal bruges, skal WebRTC tillades i browseren og UDP mellem pc'erne.
check-administrator-clock = Synkroniser pc'ens ur med en tidsserver (NTP).
check-administrator-sharing-denied = Hvis der ikke åbnes et vindue, så kontrollér, om en browserpolitik forbyder optagelse af skærmen ("ScreenCaptureAllowed" i Chrome og Edge).
check-administrator-sharing-system = På administrerede Mac-maskiner skal en konfigurationsprofil give standardbrugere lov til at godkende skærmoptagelse.

# The second step.
check-share-title = Prøv skærmdeling
check-share-hint = "Prøv skærmdeling" åbner et vindue i din browser, hvor du vælger, hvad du vil dele. Vælg hele skærmen. Delingen stopper, så snart du har valgt, og intet af det, du har på skærmen, sendes nogen steder hen.
check-share = Prøv skærmdeling
check-share-again = Prøv skærmdeling igen

# What it comes to.
check-overall-passed = Alt er i orden. Du er klar til dagen.
check-overall-sharing = Alt er i orden indtil videre. Du har ikke prøvet skærmdeling endnu.
check-overall-incomplete = Noget kunne ikke afprøves.
check-overall-slow = Det virker, men billedet kan være forsinket.
check-overall-warned = Det virker, men læg mærke til punkterne ovenfor.
check-overall-failed = Som det er nu, vil skærmdeling ikke virke. Se punkterne med "Problem".
check-sending = Sender resultatet…
check-sent = Resultatet blev sendt til { $provider } { $time }. Supporten ser det samme resultat som dig. Du kan afprøve igen, så tit du vil.
check-sent-before = Dette resultat er sendt til { $provider }. Supporten ser det samme resultat som dig. Du kan afprøve igen, så tit du vil.
check-unsent = Resultatet kunne ikke sendes
check-kept = Resultatet står stadig på denne side. Du behøver ikke at afprøve igen.
check-send = Send igen
check-problem-over = Sessionen for denne aftale er afsluttet eller aflyst. Kontakt supporten for at aftale et nyt tidspunkt.
check-problem-unknown = Dette link er ikke gyldigt. Kontrollér, at linket fra mailen er fuldstændigt.
check-problem-many = Der har været for mange afprøvninger i træk. Vent cirka { $minutes } min., og send resultatet igen.
check-problem-suspended = Tjenesten er ikke tilgængelig i øjeblikket. Kontakt supporten.
check-problem-offline = Serveren kan ikke nås. Kontrollér dit netværk, og send resultatet igen.
check-problem-failed = Noget gik galt på serveren. Vent et øjeblik, og send resultatet igen.

# What is needed.
check-needed = Det kræver skærmdeling
check-needed-system = Styresystem
check-need-system = Windows, macOS, Linux eller ChromeOS i en version, som producenten stadig understøtter
check-needed-browser = Browser
check-need-browser = Den nyeste version af Chrome, Edge, Firefox, Safari eller Opera
check-needed-phone = Telefon eller tablet
check-need-phone = Med Android og iOS kan du se delte skærme og bruge chatten. Du kan ikke dele din egen skærm.
check-needed-rate = Forbindelsens hastighed
check-need-rate = Mindst 128 kbit/s i hver retning; 256 kbit/s eller mere anbefales
check-needed-network = Adresse, der skal tillades
check-need-network = { $host }, TCP-port { $port } (HTTPS og WebSocket)
check-needed-peer = Direkte forbindelse (valgfri)
check-need-peer = Hvor pc'er kan nå hinanden direkte med WebRTC (UDP), vises billedet hurtigere. Ellers sendes det via { $host }.
check-needed-programs = Programmer og mapper, der skal tillades
check-need-programs = Ingen. En browser er nok.
