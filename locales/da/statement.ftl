# What an approver consents to. Its hash is in every receipt (B3): each message is one paragraph or one line.

statement-title = Anmodning om visningstilladelse
statement-asked = Der anmodes om godkendelse af, at data for { $tenant } kan ses med Viewer på følgende pc.
statement-requester = Anmoder
statement-email = Mailadresse
statement-organization = Virksomhed
statement-device = Pc
statement-requested = Anmodet
statement-expires = Svar senest
statement-outside = Bemærk: denne mailadresse ligger uden for domænerne for { $tenant }.
statement-meaning = Hvis du godkender, kan anmoderen se data for { $tenant } med Viewer på denne pc. Tilladelsen gælder kun denne pc og kan tilbagekaldes senere. Afvises anmodningen, eller godkendes den ikke inden fristen, kan ingen data ses.
statement-checked = Ved at godkende bekræfter godkenderen at have kontrolleret, at anmoderen hører til { $tenant }, og at mailadressen tilhører { $tenant }.
statement-checked-outside = Ved at godkende bekræfter godkenderen at have kontrolleret, at anmoderen hører til { $tenant }, og accepterer brugen af denne mailadresse fra et andet domæne.

# The free question (B12): any yes/no question of the provider.
statement-question-title = Spørgsmål fra { $provider }
statement-question-asked = { $provider } beder { $tenant } om at besvare følgende spørgsmål med ja eller nej.
statement-question-subject = Emne
statement-question-text = Spørgsmål
statement-question-reference = Reference
statement-question-asker = Stillet af
statement-question-requested = Stillet
statement-question-meaning = Godkendelse besvarer spørgsmålet med ja; afvisning besvarer det med nej. Svaret registreres og signeres, og { $provider } kan se det. Svarer ingen inden fristen, registreres spørgsmålet som ubesvaret.
statement-question-several = Spørgsmålet er først godkendt, når { $required } godkendere har godkendt det. En enkelt afvisning betyder, at det er afvist.
statement-question-checked = Ved at godkende bekræfter godkenderen at have læst spørgsmålet og at have beføjelse til at besvare det for { $tenant }.

# A launch: remote support on a piece of equipment (K7, K8), and its start at the machine (K6).
statement-launch-title = Fjernsupport fra { $provider }
statement-launch-asked = { $provider } beder { $tenant } om at tillade fjernsupport på følgende udstyr.
statement-launch-extends = Anmodningen forlænger fjernsupport, som allerede er godkendt: slutningen rykkes med varigheden nedenfor.
statement-launch-equipment = Udstyr
statement-launch-serial = Serienummer
statement-launch-place = Placering
statement-launch-asker = Anmoder
statement-launch-reason = Begrundelse
statement-launch-abilities = Det kan supporten gøre
statement-launch-ability = - { $ability }
statement-ability-diagnostics = Se udstyrets tilstand og de logfiler, som udstyrets konfiguration frigiver
statement-ability-restart-software = Genstarte udstyrets software
statement-ability-restart-machine = Genstarte udstyret
statement-ability-view-screen = Se skærmen
statement-ability-control-screen = Se skærmen og betjene udstyret med tastatur og mus
statement-ability-terminal = Bruge en terminal; alt, der skrives og vises, optages
statement-ability-files = Udveksle filer, som modtageren hver gang skal acceptere
statement-launch-period = Varighed
statement-launch-start = Start
statement-launch-start-approval = Ved godkendelsen
statement-launch-start-later = Ved godkendelsen, dog ikke før { $at }
statement-launch-latest = Slut senest
statement-launch-requested = Anmodet
statement-launch-started = Startet
statement-launch-meaning = Hvis du godkender, kan { $provider } starte fjernsupport på dette udstyr én gang inden for denne periode, og alt, hvad supporten gør, vises på udstyret og registreres. Tilladelsen ophører med perioden, og { $tenant } kan når som helst afslutte den før tid. Afvises anmodningen, eller godkendes den ikke inden fristen, starter fjernsupporten ikke.
statement-launch-several = Fjernsupporten er først godkendt, når { $required } administratorer har godkendt den. En enkelt afvisning betyder, at den er afvist.
statement-launch-checked = Ved at godkende bekræfter administratoren at have læst anmodningen og at have beføjelse til at tillade fjernsupport på dette udstyr for { $tenant }.
statement-support-title = Fjernsupport, startet ved udstyret
statement-support-asked = Ved følgende udstyr hos { $tenant } er der trykket på knappen, som starter fjernsupport fra { $provider }.
statement-support-meaning = Et tryk på knappen giver { $provider } mulighed for at oprette forbindelse til dette udstyr med det ID og den adgangskode, som vises på udstyret, og kun til denne session. Alt, hvad der gøres, vises på udstyret og registreres, og personen ved udstyret kan når som helst afslutte den.
statement-support-checked = Knappen står under denne forklaring på udstyrets egen skærm. Der registreres intet navn, fordi der ikke kræves nogen konto dér.

# An attended session: people at the customer show their screens (Z3).
statement-attended-title = Deltagelse i skærmdeling
statement-attended-asked = { $provider } beder dig hos { $tenant } om at deltage i en skærmdeling i forbindelse med support.
statement-attended-about = Emne
statement-attended-host = Supportmedarbejder
statement-attended-possible = Det sker i sessionen
statement-attended-screen = Deling af din skærm; du vælger selv, hvad du deler, når du deltager, og intet deles før
statement-attended-chat = En chat, som alle i sessionen ser, og som registreres
statement-attended-files = Udveksling af filer, som modtageren hver gang skal acceptere
statement-attended-until = Periodens slutning
statement-attended-meaning = Når du trykker på "Deltag", får du forbindelse til sessionen. Når den første har gjort det, kan supportmedarbejdere fra { $provider } også deltage. Det, du deler, vises for supportmedarbejderne fra { $provider } og for de andre i sessionen. Ingen kan betjene din pc. Du kan når som helst sætte delingen på pause eller stoppe den. Når du har forladt sessionen på denne side, er der intet tilbage på din pc ud over de filer, du selv har gemt.
statement-attended-checked = Ved at deltage bekræfter du at have læst dette, og at { $provider } må se det, som din skærm viser. Din deltagelse registreres med det navn, du indtaster, og administratorerne hos { $tenant } kan se det.
statement-attended-name = Deltagerens navn

# An appointment (B7): what a person reads before they agree on a date.
statement-appointment-title = Aftale af en dato
statement-appointment-asked = { $provider } og { $tenant } aftaler en dato for support med skærmdeling.
statement-appointment-time = Dato og tidspunkt
statement-appointment-length = Varighed
statement-appointment-meaning = Når du aftaler dette tidspunkt, får begge parter en mail, der bekræfter det. Aftalen forbinder intet og deler intet. På dagen, ti minutter før start, kommer der en mail med linket til sessionen, og kun de, der trykker på "Deltag", er med. Datoen kan ændres eller aflyses senere. Navnet på den, der aftaler den, registreres og vises for begge parter.
