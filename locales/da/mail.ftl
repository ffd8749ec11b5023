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
mail-first-credential-login = Loginadresse
mail-first-credential-button = Log ind
mail-first-credential-domain = Domæne
mail-first-credential-account = Kontonavn
mail-first-credential-password = Første adgangskode
mail-first-credential-until = Den midlertidige adgangskode gælder til { $expires }, eller til du vælger din egen adgangskode. Log ind inden da.
mail-first-credential-personal = Kontoen er personlig og kun til dig. Del den ikke med andre.
mail-first-credential-reissue = Kender du ikke længere den midlertidige adgangskode, eller er den udløbet, kan du få en ny under "Har du glemt adgangskoden?" på loginsiden. En ny erstatter den gamle.
mail-first-credential-why = Du får denne mail, fordi du er registreret som administrator for { $tenant }. Hvis du ikke ventede den, skal du lade være med at logge ind og kontakte supporten.
mail-account-subject = [{ $product }] Din konto
mail-account-lead = Der er oprettet en konto til dig i konsollen for { $tenant }. Her er dine loginoplysninger.
mail-account-why = Du får denne mail, fordi der er oprettet en konto til dig hos { $tenant }. Hvis du ikke ventede den, skal du lade være med at logge ind og kontakte administratoren hos { $tenant } eller supporten.
mail-reissue-subject = [{ $product }] Din nye adgangskode
mail-reissue-lead = Der er udstedt en ny første adgangskode til din konto hos { $tenant }. Den gamle adgangskode, dens adgangsnøgler og adgangstokens virker ikke længere, og alle logins er afsluttet. Her er dine nye loginoplysninger.
mail-reissue-why = Du får denne mail, fordi adgangskoden til din konto hos { $tenant } er udstedt igen. Hvis du ikke ventede den, skal du lade være med at logge ind og kontakte administratoren hos { $tenant } eller supporten.
mail-invitation-subject = [{ $product }] Dine loginoplysninger, sendt igen
mail-invitation-lead = Der er bedt om en ny midlertidig adgangskode til din konto hos { $tenant } på loginsiden. Den tidligere midlertidige adgangskode virker ikke længere. Log ind med disse oplysninger, og vælg din egen adgangskode.
mail-invitation-why = Du får denne mail, fordi der er bedt om en adgangskode til din konto på loginsiden hos { $tenant }. Hvis det ikke var dig, kan du se bort fra mailen; brug den midlertidige adgangskode i den, næste gang du logger ind.

# K3: the question to an approver.
mail-approval-subject = [{ $product }] Godkend eller afvis adgang til jeres data ({ $device })
mail-approval-lead = Der er kommet en anmodning om at se data for { $tenant } med Viewer på pc'en nedenfor. Kontrollér anmodningen, og godkend eller afvis den.
mail-approval-request = Anmodningen, som den er indtastet
mail-approval-requester = Navn
mail-approval-email = Mailadresse
mail-approval-organization = Virksomhed
mail-approval-requested = Anmodet
mail-approval-expires = Svar senest
mail-approval-outside = Bemærk: mailadressen ({ $email }) ligger uden for jeres virksomheds domæner. Godkend kun, hvis du har fået anmodningen bekræftet direkte af personen, for eksempel pr. telefon.
mail-approval-checks = Kontrollér, før du godkender
mail-approval-check-person = at personen hører til jeres virksomhed
mail-approval-check-address = at mailadressen er jeres virksomheds
mail-approval-check-address-outside = at jeres virksomhed godkender denne adresse fra et andet domæne
mail-approval-link = Godkend eller afvis på denne side:
mail-approval-button = Se anmodningen
mail-approval-inert = Intet bliver afgjort ved at åbne linket. Afgørelsen sker først, når du sætter kryds i bekræftelsen på siden og trykker på "Godkend" eller "Afvis".
mail-approval-until = Linket gælder til { $expires }. En anmodning, der ikke er godkendt inden da, bortfalder.
mail-approval-first-answer = Er der flere godkendere, gælder det første svar.
mail-approval-why = Du får denne mail, fordi du er registreret som godkender for { $tenant }. Linket er kun til dig og må ikke videresendes. Hvis du ikke ventede anmodningen, skal du trykke på "Afvis" på siden. Så længe den ikke er godkendt, kan pc'en ikke se nogen data.

# K3: many requests at once, told together.
mail-digest-subject = [{ $product }] Anmodninger, der venter på godkendelse: { $count }
mail-digest-lead = Der er kommet så mange anmodninger om at se data for { $tenant }, at de ikke længere sendes enkeltvis. Antal anmodninger i denne mail, der venter på svar: { $count }.
mail-digest-first = De første af dem, som de er indtastet
mail-digest-request = { $name }, { $company }, { $device }
mail-digest-more = Og { $count } mere.
mail-digest-link = Godkend eller afvis dem i konsollen:
mail-digest-button = Åbn anmodningerne
mail-digest-unknown = Hvis du ikke ventede så mange anmodninger, skal du ikke godkende nogen, du ikke kender. Så længe en anmodning ikke er godkendt, kan dens pc ikke se nogen data.
mail-digest-why = Du får denne mail, fordi du er registreret som godkender for { $tenant }.

# K2: a mistyped address is caught before an approver is asked.
mail-confirm-subject = [{ $product }] Bekræft din mailadresse
mail-confirm-lead = Denne mailadresse er angivet i en anmodning om at se data for { $tenant }. Er anmodningen din, skal du bekræfte adressen på siden nedenfor. Derefter bliver administratorerne bedt om at godkende.
mail-confirm-link = Bekræft din mailadresse på denne side:
mail-confirm-button = Bekræft mailadressen
mail-confirm-inert = Adressen bliver ikke bekræftet ved blot at åbne linket.
mail-confirm-until = Linket gælder til { $expires }.
mail-confirm-why = Du får denne mail, fordi adressen er indtastet i en Viewer. Hvis det ikke var dig, skal du ikke gøre noget og blot slette mailen. Anmodningen bortfalder så af sig selv.

# K4: the activation code.
mail-activation-subject = [{ $product }] Din aktiveringskode ({ $device })
mail-activation-lead = Din anmodning om at se data for { $tenant } er godkendt. Indtast aktiveringskoden i Viewer på den pc, du anmodede fra, og tryk på "Aktivér".
mail-activation-code = Aktiveringskode
mail-activation-typing = Der er ikke forskel på store og små bogstaver. Du skal kun bruge koden én gang pr. pc.
mail-activation-until = Koden gælder til { $expires }. Efter 5 forkerte forsøg kan den ikke længere bruges.
mail-activation-page = Kan du ikke indtaste koden i Viewer, kan du bruge siden nedenfor. Hav brugerkoden klar, som Viewer viser.
mail-activation-button = Indtast aktiveringskoden
mail-activation-secret = Giv ikke koden til nogen. Supporten beder dig aldrig om den.
mail-activation-why = Du får denne mail, fordi der er anmodet om visningstilladelse med din adresse på denne pc. Hvis det ikke var dig, skal du ikke bruge koden, men kontakte jeres administrator.

# The approver refused.
mail-refused-subject = [{ $product }] Din anmodning blev ikke godkendt ({ $device })
mail-refused-lead = Din anmodning om at se data for { $tenant } blev ikke godkendt. Denne pc kan ikke se dataene.
mail-refused-reason = Begrundelse fra godkenderen
mail-refused-next = Har du spørgsmål, kan du kontakte jeres administrator. Har du stadig brug for adgang, kan du anmode igen i Viewer.
mail-refused-why = Du får denne mail, fordi der er anmodet om visningstilladelse med din adresse på denne pc. Hvis det ikke var dig, kan en anden have brugt din adresse: kontakt jeres administrator.

# C2: en glemt adgangskode.
mail-reset-subject = [{ $product }] Vælg en ny adgangskode
mail-reset-lead = Der er bedt om en ny adgangskode til din administratorkonto hos { $tenant }. Vælg den på siden nedenfor.
mail-reset-link = Vælg en ny adgangskode på denne side:
mail-reset-button = Vælg en ny adgangskode
mail-reset-until = Linket gælder indtil { $expires } og virker én gang. Når den nye adgangskode er valgt, bliver du logget ud alle andre steder.
mail-reset-why = Du modtager denne mail, fordi der blev bedt om en ny adgangskode på login-siden for { $tenant }. Hvis det ikke var dig, skal du ikke gøre noget og kan slette mailen. Din adgangskode er den samme som før.

# C3: an account has another main address. To the one before.
mail-address-subject = [{ $product }] Din mailadresse blev ændret
mail-address-lead = Hovedadressen for din konto hos { $tenant } er ikke længere denne. Fremover sendes mails til den nye adresse.
mail-address-not-you = Hvis du ikke ventede det, skal du straks sige det til en anden administrator eller supporten. Indtil adressen er rettet, og der er udstedt en ny første adgangskode, kan andre bruge kontoen.
mail-address-why = Du modtager denne mail, fordi den tidligere adresse får besked, når den ændres.

# C2: a passkey was added or removed.
mail-passkey-added-subject = [{ $product }] En adgangsnøgle blev tilføjet
mail-passkey-added-lead = En adgangsnøgle blev føjet til din administratorkonto hos { $tenant }.
mail-passkey-removed-subject = [{ $product }] En adgangsnøgle blev fjernet
mail-passkey-removed-lead = En adgangsnøgle blev fjernet fra din administratorkonto hos { $tenant }.
mail-passkey-name = Adgangsnøgle
mail-passkey-at = Hvornår
mail-passkey-not-you = Hvis det ikke var dig, skal du straks fjerne de adgangsnøgler, du ikke kender, under "Min konto" og skifte din adgangskode. Hvis du ikke kan logge ind, kan du bede en anden administrator eller supporten om en ny første adgangskode.
mail-passkey-link = Se den under "Min konto":
mail-passkey-button = Åbn min konto
mail-passkey-why = Du modtager denne mail, fordi kontoens hovedadresse får besked, når adgangsnøgler tilføjes eller fjernes.

# C6: supportaftalens beskeder.
mail-alerts-subject = [{ $product }] Advarsler fra { $tenant }
mail-alerts-lead = Dette er sket hos { $tenant }.
mail-alert-device = { $at }: en ny enhed er taget i brug. { $what }
mail-alert-refused = { $at }: en anmodning blev afvist. { $what }
mail-alert-lockout = { $at }: en konto blev låst for en tid efter forkerte adgangskoder. { $what }
mail-alert-token-reuse = { $at }: et brugt token blev brugt igen, så enheden er spærret. { $what }
mail-alert-passkey-copied = { $at }: et login med en adgangsnøgle blev afvist, fordi dens tæller gik tilbage. Der findes måske en kopi af den. { $what }
mail-alert-undeliverable = { $at }: en mail kunne ikke leveres. { $what }
mail-alert-audit = { $at }: revisionsloggen er ikke intakt. { $what }
mail-alerts-more = Og { $count } mere.
mail-alerts-link = Se revisionsloggen:
mail-alerts-button = Åbn revisionsloggen
mail-alerts-why = Du modtager denne mail, fordi du har supportaftalen for { $tenant }. Du vælger selv beskederne under "Min konto" i konsollen.

# C6: henvendelser.
mail-inquiry-about = Emne
mail-inquiry-by = Spurgt af
mail-inquiry-answer = Svar
mail-inquiry-attachments = Filer, der fulgte med, og som findes i konsollen: { $count }.
mail-inquiry-link = Se den i konsollen:
mail-inquiry-button = Åbn henvendelsen
mail-inquiry-answered-subject = [{ $product }] Svar på din henvendelse: { $subject }
mail-inquiry-answered-lead = { $by } fra supporten har svaret på din henvendelse.
mail-inquiry-answered-why = Du modtager denne mail, fordi du har spurgt i konsollen for { $tenant }. Et svar på denne mail når ikke frem til nogen: fortsæt i konsollen.
mail-inquiry-arrived-subject = [{ $product }] Henvendelse fra { $tenant }: { $subject }
mail-inquiry-arrived-lead = { $tenant } har sendt en henvendelse.
mail-inquiry-arrived-why = Du modtager denne mail, fordi du arbejder i supporten.

# B12: a free question to an approver, and the answer to its asker.
mail-question-subject = [{ $product }] { $provider } beder om din godkendelse ({ $title })
mail-question-lead = { $provider } beder { $tenant } om at besvare spørgsmålet nedenfor med ja eller nej. Læs det, og godkend eller afvis det.
mail-question-question = Spørgsmålet, som { $provider } har skrevet det
mail-question-title = Emne
mail-question-reference = Reference
mail-question-asker = Stillet af
mail-question-expires = Svar senest
mail-question-several = { $required } godkendere skal godkende dette spørgsmål. En enkelt afvisning afgør det.
mail-question-link = Godkend eller afvis på denne side:
mail-question-button = Læs spørgsmålet
mail-question-inert = Det afgør intet at åbne linket. Afgørelsen træffes, når du sætter kryds i bekræftelsen på siden og trykker på »Godkend« eller »Afvis«.
mail-question-until = Linket er gyldigt indtil { $expires }. Et spørgsmål, der ikke er besvaret inden da, regnes for ubesvaret.
mail-question-why = Du får denne mail, fordi du er registreret som godkender for { $tenant }. Linket er kun til dig: send det ikke videre. Kender du ikke baggrunden for spørgsmålet, så spørg { $provider }, før du svarer.
mail-answered-subject = [{ $product }] { $tenant } har besvaret dit spørgsmål
mail-answered-lead-approved = { $tenant } har godkendt dit spørgsmål.
mail-answered-lead-refused = { $tenant } har afvist dit spørgsmål.
mail-answered-title = Emne
mail-answered-reference = Reference
mail-answered-by = Besvaret af
mail-answered-at = Besvaret
mail-answered-reason = Begrundelse
mail-answered-link = Spørgsmålet og den signerede registrering findes i konsollen:
mail-answered-button = Vis svaret
mail-answered-why = Du får denne mail, fordi du har stillet { $tenant } dette spørgsmål.
