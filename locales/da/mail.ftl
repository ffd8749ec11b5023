# Mails. Requirement ids in comments are those of requirements.md.

mail-greeting = Kære { $name }
mail-list-item = - { $item }
mail-automatic = Denne mail er sendt automatisk af { $product }.
# The provider's face (B16): stands above the lines that say how to reach its desk.
mail-contact = Support
mail-device = Pc

# C1, K1: an administrator's first credential.
mail-first-credential-subject = [{ $product }] Registreringen er gennemført
mail-first-credential-lead = Tak, fordi I bruger { $product }. { $tenant } er nu registreret, og her er dine loginoplysninger som administrator.
mail-first-credential-login = Login-URL
mail-first-credential-button = Log ind
mail-first-credential-domain = Domæne
mail-first-credential-account = Kontonavn
mail-first-credential-password = Midlertidig adgangskode
mail-first-credential-until = Den midlertidige adgangskode gælder til { $expires }, eller til du vælger din egen adgangskode. Log ind inden da.
mail-first-credential-personal = Kontoen er personlig. Del den ikke med andre.
mail-first-credential-reissue = Kender du ikke længere den midlertidige adgangskode, eller er den udløbet, kan du få en ny under "Har du glemt adgangskoden?" på loginsiden. En ny erstatter den gamle.
mail-first-credential-why = Du får denne mail, fordi du er registreret som administrator for { $tenant }. Havde du ikke ventet den? Log ikke ind, men kontakt supporten.
mail-account-subject = [{ $product }] Din konto er oprettet
mail-account-lead = Der er oprettet en konto til dig i konsollen for { $tenant }. Her er dine loginoplysninger.
mail-account-why = Du får denne mail, fordi der er oprettet en konto til dig hos { $tenant }. Havde du ikke ventet den? Log ikke ind, men kontakt administratoren hos { $tenant } eller supporten.
mail-reissue-subject = [{ $product }] Din adgangskode er nulstillet
mail-reissue-lead = Adgangskoden til din konto hos { $tenant } er nulstillet. Den gamle adgangskode, dine adgangsnøgler og dine adgangstokens virker ikke længere, og alle sessioner er afsluttet. Her er dine nye loginoplysninger.
mail-reissue-why = Du får denne mail, fordi adgangskoden til din konto hos { $tenant } er nulstillet. Havde du ikke ventet den? Log ikke ind, men kontakt administratoren hos { $tenant } eller supporten.
mail-invitation-subject = [{ $product }] Dine loginoplysninger, sendt igen
mail-invitation-lead = Der er bedt om en ny midlertidig adgangskode til din konto hos { $tenant } på loginsiden. Den tidligere midlertidige adgangskode virker ikke længere. Log ind med disse oplysninger, og vælg din egen adgangskode.
mail-invitation-why = Du får denne mail, fordi der er bedt om en adgangskode til din konto på loginsiden hos { $tenant }. Hvis det ikke var dig, kan du se bort fra mailen; brug den midlertidige adgangskode i den, næste gang du logger ind.

# K3: the question to an approver.
mail-approval-subject = [{ $product }] Godkend eller afvis adgang til jeres data ({ $device })
mail-approval-lead = Der er kommet en anmodning om at se data for { $tenant } med Viewer på pc'en nedenfor. Kontrollér anmodningen, og godkend eller afvis den.
mail-approval-request = Anmodningen, som anmoderen har indtastet den
mail-approval-requester = Anmoder
mail-approval-email = Mailadresse
mail-approval-organization = Virksomhed
mail-approval-requested = Anmodet
mail-approval-expires = Svar senest
mail-approval-outside = Bemærk: anmoderens mailadresse ({ $email }) ligger uden for jeres virksomheds domæner. Godkend kun, hvis du har fået anmodningen bekræftet direkte af personen, for eksempel pr. telefon.
mail-approval-checks = Kontrollér, før du godkender
mail-approval-check-person = at personen hører til jeres virksomhed
mail-approval-check-address = at mailadressen tilhører jeres virksomhed
mail-approval-check-address-outside = at jeres virksomhed accepterer brugen af denne mailadresse fra et andet domæne
mail-approval-link = Godkend eller afvis på denne side:
mail-approval-button = Se anmodningen
mail-approval-inert = Det afgør intet at åbne linket. Afgørelsen træffes først, når du sætter kryds i bekræftelsesfeltet på siden og trykker på "Godkend" eller "Afvis".
mail-approval-until = Linket gælder til { $expires }. Er anmodningen ikke godkendt inden da, udløber den.
mail-approval-first-answer = Er der flere godkendere, gælder det første svar.
mail-approval-why = Du får denne mail, fordi du er registreret som godkender for { $tenant }. Linket er kun til dig, så send det ikke videre. Hvis du ikke ventede anmodningen, skal du trykke på "Afvis" på siden. Så længe den ikke er godkendt, kan pc'en ikke vise nogen data.

# K3: many requests at once, told together.
mail-digest-subject = [{ $product }] Anmodninger, der venter på godkendelse: { $count }
mail-digest-lead = Der er kommet så mange anmodninger om at se data for { $tenant }, at vi sender en samlet oversigt i stedet for en mail for hver. Antal anmodninger i oversigten, der venter på svar: { $count }.
mail-digest-first = De første anmodninger, som anmoderne har indtastet dem
mail-digest-request = { $name }, { $company }, { $device }
mail-digest-more = Og { $count } til.
mail-digest-link = Godkend eller afvis dem i konsollen:
mail-digest-button = Se anmodningerne
mail-digest-unknown = Hvis du ikke ventede så mange anmodninger, skal du ikke godkende nogen, du ikke kan bekræfte. Så længe en anmodning ikke er godkendt, kan dens pc ikke vise nogen data.
mail-digest-why = Du får denne mail, fordi du er registreret som godkender for { $tenant }.

# K2: a mistyped address is caught before an approver is asked.
mail-confirm-subject = [{ $product }] Bekræft din mailadresse
mail-confirm-lead = Denne mailadresse er indtastet i en anmodning om at se data for { $tenant }. Er anmodningen din, skal du bekræfte adressen på siden nedenfor. Derefter bliver administratorerne bedt om at godkende den.
mail-confirm-link = Bekræft din mailadresse på denne side:
mail-confirm-button = Bekræft mailadresse
mail-confirm-inert = Adressen bliver ikke bekræftet, blot fordi du åbner linket.
mail-confirm-until = Linket gælder til { $expires }.
mail-confirm-why = Du får denne mail, fordi adressen er indtastet i en Viewer. Hvis det ikke var dig, skal du ikke gøre noget og blot slette mailen. Anmodningen udløber så af sig selv.

# K4: the activation code.
mail-activation-subject = [{ $product }] Din aktiveringskode ({ $device })
mail-activation-lead = Din anmodning om at se data for { $tenant } er godkendt. Indtast aktiveringskoden i Viewer på den pc, du sendte anmodningen fra, og tryk på "Aktivér" (i kommandoen: tryk på Enter).
mail-activation-code = Aktiveringskode
mail-activation-typing = Der er ikke forskel på store og små bogstaver. Du skal kun bruge koden én gang pr. pc.
mail-activation-until = Koden gælder til { $expires }. Efter 5 forkerte forsøg kan den ikke længere bruges.
mail-activation-page = Kan du ikke indtaste koden i Viewer, kan du bruge siden nedenfor. Hav brugerkoden fra Viewer klar.
mail-activation-button = Indtast aktiveringskoden
mail-activation-secret = Giv ikke koden til andre. Supporten beder dig aldrig om den.
mail-activation-why = Du får denne mail, fordi der er anmodet om visningstilladelse med din mailadresse på denne pc. Hvis det ikke var dig, skal du ikke bruge koden, men kontakte jeres administrator.

# The approver refused.
mail-refused-subject = [{ $product }] Din anmodning blev ikke godkendt ({ $device })
mail-refused-lead = Din anmodning om at se data for { $tenant } blev ikke godkendt. Denne pc kan ikke vise dataene.
mail-refused-reason = Begrundelse fra godkenderen
mail-refused-next = Har du spørgsmål, kan du kontakte jeres administrator. Har du stadig brug for adgang, kan du sende en ny anmodning fra Viewer.
mail-refused-why = Du får denne mail, fordi der er anmodet om visningstilladelse med din mailadresse på denne pc. Hvis det ikke var dig, kan en anden have brugt din adresse: kontakt jeres administrator.

# C2: en glemt adgangskode.
mail-reset-subject = [{ $product }] Vælg en ny adgangskode
mail-reset-lead = Der er bedt om en ny adgangskode til din administratorkonto hos { $tenant }. Vælg den på siden nedenfor.
mail-reset-link = Vælg en ny adgangskode på denne side:
mail-reset-button = Vælg en ny adgangskode
mail-reset-until = Linket gælder til { $expires } og kan bruges én gang. Når du har valgt den nye adgangskode, bliver du logget ud alle andre steder.
mail-reset-why = Du får denne mail, fordi der er bedt om at nulstille adgangskoden på loginsiden for { $tenant }. Hvis det ikke var dig, skal du ikke gøre noget og blot slette mailen. Din nuværende adgangskode gælder stadig.

# C3: an account has another main address. To the one before.
mail-address-subject = [{ $product }] Din mailadresse er ændret
mail-address-lead = Den primære mailadresse for din konto hos { $tenant } er ændret fra denne adresse til en anden. Fremover sendes mails til den nye adresse.
mail-address-not-you = Hvis du ikke ventede det, skal du straks kontakte en anden administrator eller supporten. Indtil adressen er rettet tilbage, og der er udstedt en ny midlertidig adgangskode, kan andre måske bruge kontoen.
mail-address-why = Du får denne mail, fordi den tidligere adresse får besked, når den ændres.

# C2: a passkey was added or removed.
mail-passkey-added-subject = [{ $product }] En adgangsnøgle er tilføjet
mail-passkey-added-lead = En adgangsnøgle er føjet til din administratorkonto hos { $tenant }.
mail-passkey-removed-subject = [{ $product }] En adgangsnøgle er fjernet
mail-passkey-removed-lead = En adgangsnøgle er fjernet fra din administratorkonto hos { $tenant }.
mail-passkey-name = Adgangsnøgle
mail-passkey-at = Tidspunkt
mail-passkey-not-you = Hvis det ikke var dig, skal du straks fjerne de adgangsnøgler, du ikke kender, under "Min konto" og skifte din adgangskode. Kan du ikke logge ind, kan du bede en anden administrator eller supporten om en ny midlertidig adgangskode.
mail-passkey-link = Kontrollér dine adgangsnøgler under "Min konto":
mail-passkey-button = Åbn min konto
mail-passkey-why = Du får denne mail, fordi kontoens primære mailadresse får besked, når en adgangsnøgle tilføjes eller fjernes.

# C6: supportaftalens beskeder.
mail-alerts-subject = [{ $product }] Advarsler ({ $tenant })
mail-alerts-lead = Dette er sket hos { $tenant }.
mail-alert-device = { $at }: en ny pc er taget i brug. { $what }
mail-alert-refused = { $at }: en anmodning blev afvist. { $what }
mail-alert-lockout = { $at }: en konto blev midlertidigt spærret efter flere forkerte adgangskoder. { $what }
mail-alert-token-reuse = { $at }: brugte loginoplysninger blev anvendt igen, så pc'ens tilladelse er tilbagekaldt. De kan være blevet kopieret. { $what }
mail-alert-agent-enrolled = { $at }: en agent blev tilmeldt for udstyr. { $what }
mail-alert-machine-waits = { $at }: en maskine venter på at blive godkendt. Godkend eller afvis den i konsollen under "Maskiner, der vil tilmeldes". { $what }
mail-alert-agent-cloned = { $at }: brugte loginoplysninger blev anvendt igen, så tilmeldingen af udstyrets agent er afsluttet. Nøglen kan være blevet kopieret. Tilmeld agenten igen. { $what }
mail-alert-passkey-copied = { $at }: et login med adgangsnøgle blev afvist, fordi adgangsnøglens tæller gik tilbage. Den kan være blevet kopieret. { $what }
mail-alert-undeliverable = { $at }: en mail kunne ikke sendes. { $what }
mail-alert-audit = { $at }: der er fundet en fejl i revisionsloggen. { $what }
mail-alert-data-origin = { $at }: dataserverens URL blev ændret. { $what }
mail-alert-remote-assistance = { $at }: fjernassistance blev tilladt på et stykke udstyr. { $what }
mail-alert-launch-unanswered = { $at }: en anmodning om fjernsupport blev ikke besvaret inden fristen. { $what }
mail-alert-session-locked = { $at }: efter flere forkerte adgangskoder kan ingen længere deltage i en fjernsupportsession. { $what }
mail-alert-appointment-unanswered = { $at }: ingen svarede på de foreslåede tidspunkter til en aftale om support. { $what }
mail-alert-appointment-missed = { $at }: ingen fra jer deltog i en aftale om support. { $what }
mail-alert-suspended = { $at }: jeres brug af tjenesten blev sat på pause af { $what }. Indtil den genoptages, kan ingen logge ind i konsollen eller se data.
mail-alert-resumed = { $at }: jeres brug af tjenesten blev genoptaget af { $what }.
mail-alert-operator = tjenestens operatør
mail-alerts-more = Og { $count } til.
mail-alerts-link = Se detaljerne i revisionsloggen:
mail-alerts-button = Åbn revisionsloggen
mail-alerts-why = Du får denne mail, fordi du er administrator med supporttilvalget hos { $tenant }. Du vælger selv, hvilke advarsler du får, under "Min konto" i konsollen.

# C6: henvendelser.
mail-inquiry-about = Emne
mail-inquiry-by = Afsender
mail-inquiry-answer = Svar
mail-inquiry-attachments = Vedhæftede filer, som kan ses i konsollen: { $count }.
mail-inquiry-link = Se henvendelsen i konsollen:
mail-inquiry-button = Se henvendelsen
mail-inquiry-answered-subject = [{ $product }] Svar på din henvendelse: { $subject }
mail-inquiry-answered-lead = { $by } fra supporten har besvaret din henvendelse.
mail-inquiry-answered-why = Du får denne mail, fordi du har sendt en henvendelse fra konsollen for { $tenant }. Svar på denne mail bliver ikke læst: fortsæt i konsollen.
mail-inquiry-answered-why-reply = Du får denne mail, fordi du har sendt en henvendelse fra konsollen for { $tenant }. Fortsæt helst i konsollen. Svar på denne mail går til { $address }.
mail-inquiry-arrived-subject = [{ $product }] Henvendelse fra { $tenant }: { $subject }
mail-inquiry-arrived-lead = { $tenant } har sendt en henvendelse.
mail-inquiry-arrived-why = Du får denne mail, fordi du arbejder i supporten.

# B12: a free question to an approver, and the answer to its asker.
mail-question-subject = [{ $product }] { $provider } beder om din godkendelse ({ $title })
mail-question-lead = { $provider } beder { $tenant } om at besvare spørgsmålet nedenfor med ja eller nej. Læs det, og godkend (ja) eller afvis (nej).
mail-question-question = Spørgsmålet, som { $provider } har indtastet det
mail-question-title = Emne
mail-question-reference = Reference
mail-question-asker = Stillet af
mail-question-expires = Svar senest
mail-question-several = { $required } godkendere skal godkende spørgsmålet. En enkelt afvisning betyder, at det er afvist.
mail-question-link = Godkend eller afvis på denne side:
mail-question-button = Læs spørgsmålet
mail-question-inert = Det afgør intet at åbne linket. Afgørelsen træffes først, når du sætter kryds i bekræftelsesfeltet på siden og trykker på "Godkend" eller "Afvis".
mail-question-until = Linket gælder til { $expires }. Er spørgsmålet ikke besvaret inden da, registreres det som ubesvaret.
mail-question-why = Du får denne mail, fordi du er registreret som godkender for { $tenant }. Linket er kun til dig, så send det ikke videre. Kender du ikke baggrunden for spørgsmålet, kan du spørge { $provider }, før du svarer.
mail-answered-subject = [{ $product }] { $tenant } har besvaret dit spørgsmål
mail-answered-lead-approved = { $tenant } har godkendt dit spørgsmål.
mail-answered-lead-refused = { $tenant } har afvist dit spørgsmål.
mail-answered-title = Emne
mail-answered-reference = Reference
mail-answered-by = Besvaret af
mail-answered-at = Besvaret
mail-answered-reason = Begrundelse
mail-answered-link = Spørgsmålet og den signerede kvittering findes i konsollen:
mail-answered-button = Se svaret
mail-answered-why = Du får denne mail, fordi du har stillet { $tenant } dette spørgsmål.

# K7: a launch, to the administrators responsible. The subjects of K7 and K9 are the same in every language.
mail-launch-subject = { $product }リモートサポート遠隔起動確認[Confirmation of Remote Support execution]
mail-launch-lead = { $provider } beder { $tenant } om at tillade fjernsupport på udstyret nedenfor. Læs anmodningen, og godkend eller afvis den.
mail-launch-equipment = Udstyr
mail-launch-serial = Serienummer
mail-launch-place = Placering
mail-launch-asker = Anmoder
mail-launch-period = Varighed
mail-launch-start = Tidligst
mail-launch-from = Start
mail-launch-expires = Svar senest
mail-launch-reason = Begrundelsen, som { $provider } har indtastet den
mail-launch-abilities = Det kan supporten gøre
mail-ability-diagnostics = Se udstyrets tilstand og de logfiler, som udstyrets konfiguration frigiver
mail-ability-restart-software = Genstarte udstyrets software
mail-ability-restart-machine = Genstarte udstyret
mail-ability-view-screen = Se skærmen
mail-ability-control-screen = Se skærmen og betjene udstyret med tastatur og mus
mail-ability-terminal = Bruge en terminal; alt, der skrives og vises, optages
mail-ability-files = Udveksle filer, som modtageren hver gang skal acceptere
mail-launch-several = { $required } administratorer skal godkende anmodningen. En enkelt afvisning betyder, at den er afvist.
mail-launch-link = Godkend eller afvis på denne side:
mail-launch-button = Læs anmodningen
mail-launch-inert = Det afgør intet at åbne linket. Afgørelsen træffes først, når du sætter kryds i bekræftelsesfeltet på siden og trykker på "Godkend" eller "Afvis".
mail-launch-until = Linket gælder til { $expires }. Er anmodningen ikke godkendt inden da, starter fjernsupporten ikke.
mail-launch-why = Du får denne mail, fordi du er ansvarlig for dette udstyr hos { $tenant }. Linket er kun til dig, så send det ikke videre. Kender du ikke til anmodningen, kan du spørge { $provider }, før du svarer.

# K8: how a launch has moved, to the desk.
mail-launch-approved-subject = [{ $product }] { $tenant } har godkendt fjernsupport
mail-launch-approved-lead = { $tenant } har godkendt fjernsupport. Du kan udføre den i den tilladte periode.
mail-launch-refused-subject = [{ $product }] { $tenant } har afvist fjernsupport
mail-launch-refused-lead = { $tenant } har afvist fjernsupport.
mail-launch-unanswered-subject = [{ $product }] { $tenant } svarede ikke inden fristen
mail-launch-unanswered-lead = Ingen hos { $tenant } besvarede anmodningen om fjernsupport inden fristen. Du kan sende en ny anmodning.
mail-launch-back-subject = [{ $product }] Udstyret hos { $tenant } er forbundet igen
mail-launch-back-lead = Det udstyr, hvor du ville starte fjernsupport, er forbundet igen. Godkendelsen gælder stadig.
mail-launch-desk-link = Anmodningen og forløbet findes i konsollen:
mail-launch-desk-button = Åbn fjernsupport
mail-launch-desk-why = Du får denne mail, fordi du har bedt { $tenant } om fjernsupport eller har udført den.

# K9: ID and password.
mail-started-subject = { $product }リモートサポートID&PASS通知[Notification of Remote Support ID&Pass]
mail-started-lead = Fjernsupporten på udstyr hos { $tenant } er startet, som det blev godkendt.
mail-started-lead-desk = Fjernsupporten på udstyr hos { $tenant } er startet. Deltag med dette ID og denne adgangskode.
mail-started-by = Udført af
mail-started-until = Periodens slutning
mail-started-number = ID
mail-started-password = Adgangskode
mail-started-nothing-to-do = Du behøver ikke at gøre noget.
mail-started-link = Du kan følge sessionen i konsollen og afslutte den når som helst:
mail-started-link-desk = Deltag i sessionen i konsollen:
mail-started-button = Se fjernsupporten
mail-started-button-desk = Åbn fjernsupport
mail-started-why = Du får denne mail, fordi du er ansvarlig for dette udstyr hos { $tenant }. Hvis fjernsupporten ikke skal finde sted, kan du afslutte den i konsollen.
mail-started-why-desk = Du får denne mail, fordi du har bedt { $tenant } om fjernsupport eller har udført den. Send ikke adgangskoden videre.

# What happened in a session, to the customer's administrators.
mail-summary-subject = [{ $product }] Fjernsupporten er afsluttet
mail-summary-lead = Fjernsupporten fra { $provider } er afsluttet. Dette er sket.
mail-summary-title = Titel
mail-summary-began = Begyndt
mail-summary-ended = Afsluttet
mail-summary-desk = Deltagere fra supporten
mail-summary-guests = Deltagere hos kunden
mail-summary-and = {", "}
mail-summary-messages = Beskeder i chatten
mail-summary-done = Hvad der blev gjort
mail-summary-shared = Personers skærme blev delt
mail-summary-times = { $what } ({ $times } ×)
mail-summary-files = Overdragne filer
mail-summary-file = { $name } ({ $size } byte): fra { $from } til { $to }
mail-summary-link = Hele protokollen med chat og filer findes i konsollen:
mail-summary-why = Du modtager denne mail, fordi du har ansvar for denne fjernsupport hos { $tenant }. Spørg supporten, hvis noget i den overrasker dig.
mail-summary-attended-subject = [{ $product }] Skærmdelingen er afsluttet
mail-summary-attended-lead = En session med skærmdeling med { $provider } er afsluttet. Dette er sket.
mail-summary-attended-button = Vis sessionen
mail-summary-attended-why = Du modtager denne mail, fordi du følger med i protokollerne over skærmdeling hos { $tenant }. Spørg supporten, hvis noget i den overrasker dig.

# Guides for customers, linked at the end of a mail.
mail-guide-approver = Vejledning til godkendere
mail-guide-viewer = Vejledning til brugere af Viewer

# K6: how to start remote support at the machine, to somebody there.
mail-steps-subject = [{ $product }] Sådan starter du fjernsupport
mail-steps-lead = { $provider } beder dig om at starte fjernsupport ved udstyret nedenfor. Du behøver ingen konto.
mail-steps-first = Åbn menuen på udstyret, og vælg "Start fjernsupport".
mail-steps-second = Sig det ID og den adgangskode, som udstyret viser, til supporten.
mail-steps-third = Luk ikke vinduet, før supporten siger, at den er færdig.
mail-steps-warning = Giv kun ID og adgangskode til den support, du selv har ringet til, eller hvis opkald du ventede. Spørger andre, så luk vinduet.
mail-steps-why = Du får denne mail, fordi { $provider } har indtastet din adresse til fjernsupport på udstyr hos { $tenant }. Kender du ikke til det, kan du se bort fra den: intet starter, medmindre nogen trykker på knappen ved udstyret.
mail-guide-machine = Vejledning til personer ved udstyret
mail-guide-participant = Vejledning til deltagere i en session

# An attended session, to somebody who is invited (Z1, Z3).
mail-attended-subject = [{ $product }] Skærmdeling med { $provider } ({ $title })
mail-attended-lead = En supportmedarbejder fra { $provider } har åbnet en session for { $tenant } for at hjælpe dig, mens du deler din skærm. Åbn siden nedenfor, når det passer dig.
mail-attended-title = Emne
mail-attended-host = Supportmedarbejder
mail-attended-guest = Deltager
mail-attended-link = Åbn sessionens side:
mail-attended-button = Deltag i sessionen
mail-attended-inert = Linket i sig selv hverken forbinder dig eller deler noget. Du får først forbindelse, når du har læst siden og trykker på "Deltag".
mail-attended-whole-screen = Du kan dele hele skærmen eller et enkelt vindue. Vælger du skærmen, gælder det alt på den: Hele din skærm deles. Luk eller skjul derfor vinduer og beskeder, som andre ikke skal se, før du deler den.
mail-attended-nothing-installed = Du behøver kun browseren på din pc. Intet installeres, og der er intet at fjerne bagefter.
mail-attended-typed = Kan du ikke åbne linket? Gå til følgende side, og indtast ID'et og adgangskoden, som supportmedarbejderen giver dig, for eksempel i telefonen. Vi sender aldrig adgangskoden i en mail.
mail-attended-number = ID
mail-attended-page = Side til ID og adgangskode
mail-attended-until = Du kan deltage i sessionen indtil { $expires }.
mail-attended-why = Du får denne mail, fordi { $provider } har indtastet din adresse for at give support til { $tenant }. Linket er kun til dig, så send det ikke videre. Kender du ikke til det, kan du se bort fra mailen: intet starter, medmindre du trykker på "Deltag" på siden.

# An appointment (Z1, B7), to somebody at the customer.
mail-appointment-when = Dato og tidspunkt
mail-appointment-length = Varighed
mail-appointment-times = Foreslåede tidspunkter
mail-appointment-reason = Besked
mail-appointment-by = Meddelt af
mail-appointment-page = Aftalens side (til at ændre eller aflyse den)
mail-appointment-machine-page = Aftalens side
mail-appointment-page-at = Aftalens side (til at ændre eller aflyse den): { $link }
mail-appointment-check-page = Side til at afprøve din pc på forhånd
mail-appointment-no-reply = Svar fra din kalender ("Accepter", "Afvis") når ikke frem til supporten. Brug aftalens side, hvis du vil ændre eller aflyse aftalen.
mail-appointment-inert = Det afgør ikke noget at åbne linket. Vælg et tidspunkt på siden, læs, hvad du aftaler, og bekræft det. Du kan også foreslå andre tidspunkter eller sige nej.
mail-appointment-stands = Den aftalte dato gælder, indtil en ændring er aftalt.
mail-appointment-why = Du får denne mail, fordi { $provider } har indtastet din adresse for at aftale support for { $tenant }. Hvis en kollega tager over, må du gerne videresende den; begge parter ser navnet på den, der svarer. Hvis du ikke venter dette, kan du se bort fra mailen. Selv når en dato er aftalt, begynder intet, før nogen trykker på "Deltag" på dagen.
mail-appointment-why-equipment = Du får denne mail, fordi du som administrator bliver spurgt om fjernsupport på udstyr hos { $tenant }. Kontakt supporten, hvis du ikke venter dette.
mail-appointment-proposed-subject = [{ $product }] Svar venligst: { $provider } foreslår tidspunkter til en aftale ({ $title })
mail-appointment-proposed-lead = { $provider } vil gerne aftale support med skærmdeling. Vælg venligst et af de foreslåede tidspunkter. Det første svar afgør datoen for alle.
mail-appointment-change-lead = { $provider } vil gerne ændre aftalen. Vælg venligst et af de nye tidspunkter.
mail-appointment-choose = Følg linket for at vælge et tidspunkt.
mail-appointment-choose-button = Vælg et tidspunkt
mail-appointment-scheduled-subject = [{ $product }] Aftale: { $title }
mail-appointment-scheduled-lead = Her er den aftalte dato. Du behøver ikke at åbne noget link nu.
mail-appointment-join-by-mail = Ti minutter før start får du en mail med linket "Deltag i sessionen". Brug det link til at deltage på dagen.
mail-appointment-advice-pc = Hav den pc klar på dagen, hvis skærm du vil dele. Du behøver kun dens browser; intet installeres.
mail-appointment-advice-windows = Hvis du deler hele skærmen, kan andre vinduer og meddelelser også ses. Luk eller skjul det, som ingen skal se, inden det begynder.
mail-appointment-machine-advice = Du behøver ikke at gøre noget på dagen. Lad maskinen være tændt og forbundet til netværket.
mail-appointment-moved-subject = [{ $product }] Ny dato: { $title }
mail-appointment-moved-lead = Datoen er ændret. Her er den nye.
mail-appointment-shifted-subject = [{ $product }] Kontrollér tidspunktet: { $title }
mail-appointment-shifted-lead = Reglerne for lokal tid (for eksempel sommertid) er ændret dér, hvor datoen blev aftalt. Den lokale tid dér er den samme, men tidspunktet andre steder ændres. Kontrollér venligst denne dato.
mail-appointment-cancelled-subject = [{ $product }] Aflyst: { $title }
mail-appointment-cancelled-lead = Denne aftale er aflyst.
mail-appointment-declined-subject = [{ $product }] Om de tidspunkter, du foreslog: { $title }
mail-appointment-declined-lead = De tidspunkter, du foreslog, er desværre ikke mulige.
mail-appointment-unanswered-subject = [{ $product }] De tidspunkter, du foreslog, blev ikke besvaret: { $title }
mail-appointment-unanswered-lead = Alle de tidspunkter, du foreslog, er gået, og { $provider } har ikke svaret. Det beklager vi. Kontakt { $provider } direkte, hvis det haster.
mail-appointment-check-subject = [{ $product }] Prøv venligst din pc: { $title }
mail-appointment-check-lead = Aftalen nærmer sig, og ingen har endnu afprøvet pc'en. Åbn denne side på den pc, du vil bruge. Det tager cirka et minut.
mail-appointment-check-link = Følg linket for at afprøve din pc.
mail-appointment-check-button = Afprøv min pc
mail-appointment-check-what = Din browser, din forbindelse og muligheden for at dele skærmen bliver afprøvet. Du får ikke forbindelse til nogen, og intet af din skærm bliver sendt. Begge parter ser resultatet.
mail-appointment-check-machine-subject = [{ $product }] Maskinen er ikke afprøvet: { $title }
mail-appointment-check-machine-lead = Aftalen nærmer sig, og maskinen er endnu ikke afprøvet. Tænd den, og forbind den til netværket. Så afprøver agenten den selv.
mail-appointment-check-machine-what = Du kan også køre "tegata agent diagnose" på den maskine. Det afprøver forbindelsens hastighed, uret, proxyen og programmet, der viser skærmen. Begge parter ser resultatet.
mail-appointment-reminder-subject = [{ $product }] Begynder snart: { $title }
mail-appointment-reminder-lead = Din aftale begynder snart ({ $at }). Åbn siden med "Deltag i sessionen".
mail-appointment-reminder-late = Din aftale er begyndt ({ $at }). Vi beklager, at denne mail kommer sent. Du kan stadig deltage med "Deltag i sessionen".
mail-appointment-reminder-machine = Fjernsupport på maskinen begynder snart ({ $at }). Du behøver ikke at gøre noget.
mail-appointment-reminder-machine-late = Tidspunktet for fjernsupport på maskinen er kommet ({ $at }). Vi beklager, at denne mail kommer sent. Du behøver ikke at gøre noget.

# The same, to the member of the desk's staff who holds it.
mail-appointment-desk-link = Følg linket for at se aftalen i konsollen.
mail-appointment-desk-button = Se aftalen
mail-appointment-desk-why = Du får denne mail, fordi aftalen er din.
mail-appointment-desk-countered-subject = [{ $product }] Andre tidspunkter foreslået: { $tenant } ({ $title })
mail-appointment-desk-countered-lead = { $tenant } foreslår andre tidspunkter. Svar venligst i konsollen.
mail-appointment-desk-scheduled-subject = [{ $product }] Dato aftalt: { $tenant } ({ $title })
mail-appointment-desk-scheduled-lead = En dato med { $tenant } er aftalt.
mail-appointment-desk-moved-subject = [{ $product }] Ny dato: { $tenant } ({ $title })
mail-appointment-desk-moved-lead = Datoen med { $tenant } er ændret.
mail-appointment-desk-shifted-subject = [{ $product }] Kontrollér tidspunktet: { $tenant } ({ $title })
mail-appointment-desk-shifted-lead = Reglerne for lokal tid (for eksempel sommertid) er ændret dér, hvor datoen blev aftalt. Den lokale tid dér er den samme, men tidspunktet andre steder ændres.
mail-appointment-desk-cancelled-subject = [{ $product }] Aflyst: { $tenant } ({ $title })
mail-appointment-desk-cancelled-lead = Aftalen med { $tenant } er aflyst.
mail-appointment-desk-declined-subject = [{ $product }] Tidspunkter afvist: { $tenant } ({ $title })
mail-appointment-desk-declined-lead = { $tenant } har afvist de foreslåede tidspunkter.
mail-appointment-desk-unanswered-subject = [{ $product }] Intet svar: { $tenant } ({ $title })
mail-appointment-desk-unanswered-lead = Alle foreslåede tidspunkter er gået, og ingen dato er aftalt ({ $tenant }). Foreslå nye tidspunkter, hvis der stadig er brug for det.
mail-appointment-desk-check-subject = [{ $product }] Endnu ikke afprøvet: { $tenant } ({ $title })
mail-appointment-desk-check-lead = Aftalen nærmer sig, og intet er afprøvet på forhånd. Kunden er også blevet mindet om det.
mail-appointment-desk-reminder-subject = [{ $product }] Begynder snart: { $tenant } ({ $title })
mail-appointment-desk-reminder-lead = Din aftale med { $tenant } begynder snart.
mail-appointment-desk-late-subject = [{ $product }] Allerede begyndt: { $tenant } ({ $title })
mail-appointment-desk-late-lead = Din aftale med { $tenant } er begyndt.
