# The page of an attended session, for the people at the customer (Z3, Z4, Z7, B8).

# Before joining.
join-title = Deltag i sessionen
join-languages = Sprog
join-invites = { $host } fra { $provider } inviterer dig til en supportsession.
join-subject = Emne
join-nothing-yet = Der oprettes ingen forbindelse, og intet deles, blot fordi du åbner denne side. Tryk på "Deltag", når det passer dig.
join-what = Læs dette, før du deltager
join-whole-screen-title = Før du deler din skærm
join-whole-screen = Hvis du deler hele skærmen, ser alle i sessionen også andre vinduer og meddelelser. Luk de vinduer, der ikke vedrører sagen, og slå meddelelser fra. Du kan også nøjes med at dele ét vindue.
join-check = Det kan denne browser
join-check-share = Dele en skærm
join-check-view = Vise delte skærme
join-check-chat = Chat
join-check-files = Modtage filer
join-check-yes = Ja
join-check-no = Nej
join-check-memory = Ja (op til { $size })
join-no-share = Denne browser kan ikke dele din skærm, sådan som det er på telefoner og tablets og i ældre browsere. Du kan se delte skærme og bruge chatten. Hvis du vil dele din skærm, skal du åbne siden i den nyeste Chrome, Edge, Firefox eller Safari på en computer.
join-no-view = Denne browser kan ikke vise delte skærme. Du kan bruge chatten.
join-impossible = Denne browser kan ikke deltage i sessionen. Åbn siden i den nyeste Chrome, Edge, Firefox eller Safari.
join-name = Dit navn
join-name-hint = Alle i sessionen ser det, og det registreres.
join-name-missing = Indtast dit navn.
join-name-wrong = Et navn har højst 100 tegn og ingen symboler.
join-join = Deltag
join-joining = Deltager…
join-guide = Vejledning til deltagere

# Why it cannot be joined.
join-problem-title = Du kunne ikke deltage
join-problem-expired = Tidsrummet, hvor man kunne deltage i denne session, er udløbet. Bed supporten om en ny.
join-problem-ended = Denne session er allerede afsluttet.
join-problem-withdrawn = Denne invitation er trukket tilbage.
join-problem-early = Sessionen gøres klar. Vent et øjeblik, og tryk på "Deltag" igen.
join-problem-many = Der har været for mange forsøg på at deltage. Prøv igen om cirka { $minutes } minutter.
join-problem-unknown = Denne invitation blev ikke fundet. Kontrollér, at linket er fuldstændigt.
join-problem-suspended = Tjenesten er ikke tilgængelig i øjeblikket.
join-problem-offline = Serveren kan ikke nås. Kontrollér dit netværk, og prøv igen.
join-problem-failed = Du kunne ikke deltage. Vent et øjeblik, og prøv igen.

# Inside: one's own screen.
join-inside = Session: { $title }
join-inside-plain = Session
join-state = Skærmdelingens tilstand
join-state-none = Du deler ikke din skærm
join-state-choosing = Vælger, hvad der skal deles…
join-state-sharing-monitor = Du deler hele skærmen
join-state-sharing-window = Du deler ét vindue
join-state-sharing-browser = Du deler én fane
join-state-sharing-unknown = Du deler din skærm
join-state-paused = Delingen er på pause
join-tab-sharing = ● Deler
join-tab-paused = ❚❚ Pause
join-share = Del skærm
join-pause = Pause
join-resume = Fortsæt
join-stop = Stop deling
join-share-hint = "Del skærm" åbner et vindue i din browser, hvor du vælger en skærm eller et vindue. Intet deles, før du har valgt.
join-capture-cancelled = Din skærm blev ikke delt.
join-capture-system = Computerens indstillinger tillader ikke, at browseren optager skærmen. På en Mac skal du tillade denne browser under Systemindstillinger, Anonymitet & sikkerhed, Skærmoptagelse, og prøve igen.
join-capture-failed = Skærmen kunne ikke deles. Prøv igen.
join-own-none = Skærmdeling
join-own = Skærmen, du deler
join-own-paused = På pause. Ingen i sessionen ser den.

# Inside: the others, and the end.
join-screens = Andres skærme
join-screens-none = Ingen andre deler en skærm.
join-people = Deltagere
join-people-waiting = Ingen fra supporten deltager endnu. Vent venligst.
join-ends-soon = Sessionens tid udløber snart. Skærmdelingen stopper samtidig.
join-broken = Forbindelsen blev afbrudt. Der oprettes forbindelse igen…
join-connecting = Opretter forbindelse…
join-leave = Forlad
join-leave-title = Forlad sessionen?
join-leave-body = Skærmdelingen stopper, og du forlader sessionen. Der er ikke andre fra din side. Hvis supporten også er færdig, kan du afslutte hele sessionen.
join-leave-only = Forlad
join-end = Afslut sessionen
join-end-title = Afslut sessionen?
join-end-body = Forbindelsen afbrydes for alle, og sessionen slutter. Det kan ikke fortrydes.
join-cancel = Annuller

# Afterwards.
join-over-title = Sessionen er afsluttet
join-over-desk = Supporten afsluttede den.
join-over-guest = En deltager fra din side afsluttede den.
join-over-administrator = Din organisations administrator afsluttede den.
join-over-expired = Sessionens tid er udløbet.
join-over-other = Den kunne ikke fortsætte og blev afsluttet.
join-gone-left-title = Du har forladt sessionen
join-gone-left-text = Sessionen fortsætter muligvis for de andre.
join-gone-removed-title = Du er fjernet fra sessionen
join-gone-removed-text = Supporten afsluttede denne forbindelse.
join-gone-lost-title = Forbindelsen kunne ikke genoprettes
join-gone-lost-text = Netværksforbindelsen blev afbrudt. Sessionen fortsætter muligvis.
join-unsaved-title = Filer, der ikke er gemt endnu
join-unsaved = Gem de filer, du har modtaget, eller slet dem. Indtil da ligger der en kopi af dem på denne enhed.
join-unsaved-remove = Slet uden at gemme
join-nothing-left-title = Intet er tilbage
join-nothing-left = Skærmdelingen er stoppet. Intet blev installeret på denne enhed, og sidens midlertidige data er slettet. Kun filer, som du har modtaget og gemt, ligger stadig, hvor du gemte dem.
join-not-removed-title = Der er midlertidige data tilbage
join-not-removed = Skærmdelingen er stoppet. Intet blev installeret på denne enhed. Midlertidige data fra en ufuldstændig fil kunne ikke slettes: Slet dette websteds data i browserens indstillinger.
join-again-text = Hvis du vil deltage igen, skal du trykke på knappen herunder eller åbne linket i invitationen igen.
join-again = Deltag igen
join-close = Du kan lukke denne side.
join-contact = Kontakt
