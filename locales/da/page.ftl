# Pages that links in mails lead to, and the page that takes the activation code. They work without JavaScript.

page-languages = Sprog
page-error = Fejl
page-error-summary = Kontrollér dit svar
page-footer = Denne side leveres af { $product }.
page-contact = Support
page-device = Pc

# The question to an approver (K3, B1).
page-approval-title = Visningstilladelse
page-approval-lead = Kontrollér anmodningen, og godkend eller afvis den.
page-approval-statement = Anmodningen
page-approval-answer = Dit svar
page-approval-as = Du svarer som { $name } ({ $email }).
page-approval-to-approve = Hvis du vil godkende
page-approval-checks = Kontrollér følgende, før du godkender:
page-approval-check-person = at anmoderen hører til { $tenant }
page-approval-check-address = at mailadressen tilhører { $tenant }
page-approval-check-outside = direkte med anmoderen, for eksempel pr. telefon, at mailadressen fra et andet domæne er anmoderens egen, og at { $tenant } accepterer den
page-approval-to-refuse = Hvis du vil afvise
page-approval-confirm = Jeg har læst anmodningen, og svaret er min egen beslutning.
page-approval-confirm-refusal = Jeg afviser denne anmodning.
page-approval-reason = Begrundelse for afvisning (valgfri)
page-approval-reason-hint = Højst 500 tegn. Anmoderen får den at vide, hvis du afviser.
page-approval-approve = Godkend
page-approval-refuse = Afvis
page-approval-final = Svar senest { $expires }. Det første svar gælder og kan ikke ændres.
page-approval-error-confirm = Sæt kryds ved bekræftelsen, hvis du vil godkende, og tryk på "Godkend" igen.
page-approval-error-refuse = Sæt kryds i feltet over knappen "Afvis", hvis du vil afvise, og tryk på den igen.
page-approval-error-decision = Tryk på enten "Godkend" eller "Afvis".
page-approval-error-reason = Begrundelsen må højst være på 500 tegn.

# After the decision.
page-decided-approved-now = Du har godkendt anmodningen
page-decided-refused-now = Du har afvist anmodningen
page-decided-approved = Anmodningen er allerede godkendt
page-decided-refused = Anmodningen er allerede afvist
page-decided-by-approved = Godkendt af { $name } { $at }.
page-decided-by-refused = Afvist af { $name } { $at }.
page-decided-closed = Den er besvaret og kan ikke længere ændres.
page-decided-next-code = Aktiveringskoden er på vej til anmoderen pr. mail. Når den er indtastet i Viewer, kan pc'en vise data. Du kan lukke denne side.
page-decided-next-access = Anmoderens Viewer kan nu vise data. Du kan lukke denne side.
page-decided-next-refused = Anmoderen får besked pr. mail. Du kan lukke siden.
page-decided-reason = Begrundelse for afvisning
page-decided-receipt = Gem den underskrevne registrering
page-decided-receipt-hint = Den viser, hvem der svarede, hvornår og på hvilken tekst, og kan kontrolleres for ændringer.

# Where there is nothing to answer.
page-closed-expired-title = Fristen er overskredet
page-closed-expired-body = Der skete ikke noget inden fristen, så anmodningen er bortfaldet. Er der stadig brug for adgang, kan anmoderen anmode igen i Viewer.
page-closed-withdrawn-title = Anmodningen er afsluttet
page-closed-withdrawn-body = Anmoderen har trukket den tilbage, eller den sluttede, før den var færdig. Du skal ikke gøre noget her.
page-closed-codes-title = For mange forkerte aktiveringskoder
page-closed-codes-body = Aktiveringskoden var forkert for mange gange, så anmodningen er afsluttet. Anmod igen i Viewer for at få adgang til dataene.
page-closed-invalid-title = Linket er ikke gyldigt
page-closed-invalid-body = Det er blevet afkortet, eller det er ikke et af vores. Kopiér hele linket fra mailen, og åbn det igen.
page-closed-login-title = Log ind først
page-closed-login-body = Denne virksomhed kræver, at du logger ind, før du svarer. Log ind med din egen konto; derefter føres du tilbage til anmodningen.
page-closed-login-link = Åbn login-siden
page-closed-other-title = En anden konto er logget ind
page-closed-other-body = Kun den person, der fik mailen, kan svare på anmodningen. Log først ud af konsollen, og åbn så linket i mailen igen.
page-closed-other-link = Åbn konsollen
page-closed-suspended-title = Tjenesten er sat på pause
page-closed-suspended-body = Virksomhedens brug af tjenesten er sat på pause for tiden. Kontakt supporten.
page-closed-missing-title = Siden findes ikke
page-closed-missing-body = Kontrollér adressen. Kom du fra en mail, skal du kopiere hele linket og åbne det igen.
page-closed-often-title = For mange forsøg
page-closed-often-body = Vent lidt, og prøv så igen.
page-closed-large-title = Der blev sendt for meget
page-closed-large-body = Gå tilbage til forrige side, gør teksten kortere, og send den igen.
page-closed-unavailable-title = Ikke tilgængelig lige nu
page-closed-unavailable-body = Intet er ændret. Prøv igen om få minutter.
page-closed-failed-title = Noget gik galt
page-closed-failed-body = Det kunne ikke gennemføres. Prøv igen. Bliver det ved, skal du kontakte supporten.

# The requester's address (K2).
page-confirm-title = Bekræft din mailadresse
page-confirm-lead = Din mailadresse er angivet i en anmodning om at se data for { $tenant } på denne pc.
page-confirm-until = Bekræft senest
page-confirm-check = Jeg har selv lavet denne anmodning.
page-confirm-button = Bekræft mailadressen
page-confirm-unexpected = Hvis det ikke var dig, skal du ikke gøre noget og blot lukke siden. Anmodningen bortfalder så af sig selv.
page-confirm-error = Er anmodningen din, skal du sætte kryds i feltet og trykke på knappen igen.
page-confirmed-title = Din mailadresse er bekræftet
page-confirmed-body = Administratorerne hos { $tenant } er blevet bedt om at godkende. Vent på deres svar.
page-confirmed-close = Du kan lukke siden.

# The activation code (K4).
page-activate-title = Indtast aktiveringskoden
page-activate-lead = Så kan din Viewer vise data for { $tenant }.
page-activate-user-code = Brugerkode
page-activate-user-code-hint = De 8 tegn, som Viewer viser.
page-activate-code = Aktiveringskode
page-activate-code-hint = De 10 tegn fra mailen. Der er ikke forskel på store og små bogstaver.
page-activate-button = Aktivér
page-activate-caution = Indtast kun den brugerkode, som Viewer viser på din egen pc. Indtast aldrig en kode, som nogen har sendt dig.
page-activate-error-unknown = Brugerkoden er forkert, eller fristen er overskredet. Sammenlign den med Viewer.
page-activate-error-wrong = Aktiveringskoden er forkert. Forsøg tilbage: { $tries }
page-activate-error-no-user-code = Det kan ikke være brugerkoden. Indtast de 8 bogstaver, som Viewer viser.
page-activate-error-no-code = Det kan ikke være aktiveringskoden. Indtast de 10 tegn fra mailen. Intet forsøg er brugt.
page-activate-error-pending = Anmodningen er ikke godkendt endnu. Kræves der en aktiveringskode, kommer den pr. mail efter godkendelsen.
page-activate-error-often = For mange forsøg. Vent lidt, og prøv så igen.
page-activated-title = Din Viewer er aktiveret
page-activated-body = Viewer på denne pc kan nu vise data for { $tenant }.
page-activated-return = Luk siden, og gå tilbage til Viewer.

# C2
page-console-title = Konsol for { $tenant }
page-console-script = Tillad JavaScript i din browser for at bruge denne side.

# The free question (B12), on the page of the approver.
page-question-title = Spørgsmål fra din serviceudbyder
page-question-lead = Læs spørgsmålet, og godkend det (ja) eller afvis det (nej).
page-question-statement = Spørgsmålet
page-question-confirm = Jeg har læst spørgsmålet og er berettiget til at besvare det.
page-question-confirm-refusal = Jeg afviser dette spørgsmål.
page-question-reason-hint = Højst 500 tegn. Udbyderen får den at se, hvis du afviser.
page-question-several = { $required } godkendere skal godkende dette spørgsmål.
page-question-agreed = { $name } godkendte { $at }.
page-question-own-title = Du har godkendt spørgsmålet
page-question-own-body = Endnu en godkender skal godkende det. Du kan lukke siden.
page-decided-question-approved-now = Du har godkendt spørgsmålet
page-decided-question-refused-now = Du har afvist spørgsmålet
page-decided-question-approved = Spørgsmålet er godkendt
page-decided-question-refused = Spørgsmålet er afvist
page-decided-question-next = Udbyderen får besked om svaret. Du kan lukke siden.
page-closed-question-expired-body = Spørgsmålet blev ikke besvaret i tide og kan ikke længere besvares. Er det stadig nødvendigt, stiller udbyderen det igen.
page-closed-question-withdrawn-title = Spørgsmålet er trukket tilbage
page-closed-question-withdrawn-body = Udbyderen har trukket spørgsmålet tilbage. Der er intet at gøre på denne side.
