# Pages that links in mails lead to, and the page that takes the activation code. They work without JavaScript.

page-languages = Sprog
page-error = Fejl
page-error-summary = Kontrollér dit svar
page-footer = Denne side leveres af { $product }.
page-contact = Support
page-device = Pc

# The question to an approver (K3, B1).
page-approval-title = Godkend adgang til jeres data
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
page-approval-confirm = Jeg har kontrolleret, hvem anmoderen er, at personen hører til vores virksomhed, og mailadressen.
page-approval-confirm-refusal = Jeg afviser denne anmodning.
page-approval-reason = Begrundelse for afvisning (valgfri)
page-approval-reason-hint = Højst 500 tegn. Hvis du afviser, får anmoderen begrundelsen at se.
page-approval-approve = Godkend
page-approval-refuse = Afvis
page-approval-final = Svar senest { $expires }. Det første svar gælder og kan ikke ændres.
page-approval-error-confirm = Sæt kryds ved bekræftelsen, hvis du vil godkende, og tryk på "Godkend" igen.
page-approval-error-refuse = Sæt kryds i feltet over knappen "Afvis", hvis du vil afvise, og tryk på den igen.
page-approval-error-decision = Tryk på enten "Godkend" eller "Afvis".
page-approval-error-both = Begge svar er krydset af. Sæt kun ét kryds, og tryk på knappen igen.
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
page-decided-receipt = Gem den signerede kvittering
page-decided-receipt-hint = Den viser, hvem der svarede, hvornår og på hvilken tekst, og det kan kontrolleres, at den ikke er ændret.

# Where there is nothing to answer.
page-closed-expired-title = Anmodningen er udløbet
page-closed-expired-body = Den blev ikke færdigbehandlet inden fristen. Er der stadig brug for adgang, kan der sendes en ny anmodning fra Viewer.
page-closed-withdrawn-title = Anmodningen er trukket tilbage
page-closed-withdrawn-body = Anmoderen har trukket den tilbage, eller den blev afsluttet, før den var færdig. Du skal ikke gøre noget her.
page-closed-codes-title = For mange forkerte aktiveringskoder
page-closed-codes-body = Der er indtastet for mange forkerte aktiveringskoder, så anmodningen er afsluttet. Send en ny anmodning fra Viewer for at se dataene.
page-closed-invalid-title = Linket er ugyldigt
page-closed-invalid-body = Linket er ufuldstændigt eller hører ikke til denne tjeneste. Kopiér hele linket fra mailen, og åbn det igen.
page-closed-login-title = Log ind
page-closed-login-body = Virksomheden kræver, at du logger ind, før du svarer. Log ind med din egen konto, så kommer du tilbage til anmodningen.
page-closed-login-link = Åbn loginsiden
page-closed-other-title = Du er logget ind med en anden konto
page-closed-other-body = Kun den person, der modtog mailen, kan besvare anmodningen. Log ud af konsollen, og åbn linket i mailen igen.
page-closed-other-link = Åbn konsollen
page-closed-suspended-title = Tjenesten er sat på pause
page-closed-suspended-body = Virksomhedens brug af tjenesten er i øjeblikket sat på pause. Kontakt supporten.
page-closed-missing-title = Siden findes ikke
page-closed-missing-body = Kontrollér adressen. Kom du fra en mail, kan du kopiere hele linket og åbne det igen.
page-closed-often-title = For mange forsøg
page-closed-often-body = Vent lidt, og prøv så igen.
page-closed-large-title = Det, du sendte, er for stort
page-closed-large-body = Gå tilbage til forrige side, gør teksten kortere, og send den igen.
page-closed-unavailable-title = Ikke tilgængelig lige nu
page-closed-unavailable-body = Intet er ændret. Prøv igen om få minutter.
page-closed-failed-title = Noget gik galt
page-closed-failed-body = Handlingen kunne ikke gennemføres. Prøv igen. Bliver problemet ved, kan du kontakte supporten.

# The requester's address (K2).
page-confirm-title = Bekræft din mailadresse
page-confirm-lead = Din mailadresse er indtastet i en anmodning om at se data for { $tenant } på denne pc.
page-confirm-until = Bekræft senest
page-confirm-check = Jeg har selv sendt denne anmodning.
page-confirm-button = Bekræft mailadresse
page-confirm-unexpected = Hvis det ikke var dig, skal du ikke gøre noget og blot lukke siden. Anmodningen udløber så af sig selv.
page-confirm-error = Er anmodningen din, skal du sætte kryds i feltet og trykke på knappen igen.
page-confirmed-title = Din mailadresse er bekræftet
page-confirmed-body = Administratorerne hos { $tenant } er blevet bedt om at godkende. Vent på deres svar.
page-confirmed-close = Du kan lukke siden.

# The activation code (K4).
page-activate-title = Indtast aktiveringskoden
page-activate-lead = Så kan din Viewer vise data for { $tenant }.
page-activate-user-code = Brugerkode
page-activate-user-code-hint = Koden på 8 tegn, som Viewer viser.
page-activate-code = Aktiveringskode
page-activate-code-hint = Koden på 10 tegn fra mailen. Der er ikke forskel på store og små bogstaver.
page-activate-button = Aktivér
page-activate-caution = Indtast kun den brugerkode, som Viewer viser på din egen pc. Indtast aldrig en kode, som nogen har sendt dig.
page-activate-error-unknown = Brugerkoden er forkert eller udløbet. Sammenlign den med Viewer.
page-activate-error-wrong = Aktiveringskoden er forkert. Forsøg tilbage: { $tries }
page-activate-error-no-user-code = Det er ikke en gyldig brugerkode. Indtast de 8 tegn, som Viewer viser.
page-activate-error-no-code = Det er ikke en gyldig aktiveringskode. Indtast de 10 tegn fra mailen. Det tæller ikke som et forsøg.
page-activate-error-pending = Anmodningen er ikke godkendt endnu. Kræves der en aktiveringskode, får du den pr. mail efter godkendelsen.
page-activate-error-often = For mange forsøg. Vent lidt, og prøv så igen.
page-activated-title = Din Viewer er aktiveret
page-activated-body = Viewer på denne pc kan nu vise data for { $tenant }.
page-activated-return = Luk siden, og gå tilbage til Viewer.

# The way to a contract's console (C2).
page-entrance-title = Åbn konsollen
page-entrance-lead = Indtast domænet for jeres kontrakt.
page-entrance-domain = Domæne
page-entrance-domain-hint = Det står i mailen, der bekræftede registreringen. Eksempel: aozora
page-entrance-button = Fortsæt
page-entrance-error-form = Det kan ikke være et domæne. Brug små bogstaver, cifre og bindestreger.
page-entrance-error-unknown = Der findes ingen kontrakt med dette domæne. Se efter i mailen, der bekræftede registreringen.
page-entrance-development = Udvikling
page-entrance-customer = kunde
page-entrance-provider = serviceudbyder
page-entrance-mailbox = Mailboks til udvikling
page-entrance-api = API-reference

# C2
page-console-title = Konsol for { $tenant }
page-console-script = Slå JavaScript til i din browser for at bruge denne side.

# The free question (B12), on the page of the approver.
page-question-title = Spørgsmål fra jeres serviceudbyder
page-question-lead = Læs spørgsmålet, og godkend (ja) eller afvis (nej).
page-question-statement = Spørgsmålet
page-question-confirm = Jeg har læst spørgsmålet og har beføjelse til at besvare det.
page-question-confirm-refusal = Jeg afviser dette spørgsmål.
page-question-reason-hint = Højst 500 tegn. Hvis du afviser, får udbyderen begrundelsen at se.
page-question-several = { $required } godkendere skal godkende spørgsmålet.
page-question-final = Svar senest { $expires }. Spørgsmålet er godkendt, når { $required } godkendere har godkendt det, og afvist, så snart én afviser det. Du kan ikke ændre dit svar.
page-question-agreed = { $name } godkendte { $at }.
page-question-own-title = Du har godkendt spørgsmålet
page-question-own-body = Andre godkendere skal også godkende det. Du kan lukke siden.
page-decided-question-approved-now = Du har godkendt spørgsmålet
page-decided-question-refused-now = Du har afvist spørgsmålet
page-decided-question-approved = Spørgsmålet er allerede godkendt
page-decided-question-refused = Spørgsmålet er allerede afvist
page-decided-question-next = Udbyderen får besked om svaret. Du kan lukke siden.
page-closed-question-expired-body = Spørgsmålet blev ikke besvaret inden fristen og kan ikke længere besvares. Er der stadig brug for et svar, stiller udbyderen det igen.
page-closed-question-withdrawn-title = Spørgsmålet er trukket tilbage
page-closed-question-withdrawn-body = Udbyderen har trukket spørgsmålet tilbage. Du skal ikke gøre noget her.

# Remote support (K8), on the page of the approver.
page-launch-title = Anmodning om fjernsupport
page-launch-lead = Læs anmodningen, og godkend eller afvis fjernsupporten.
page-launch-statement = Anmodningen
page-launch-confirm = Jeg har læst anmodningen og har beføjelse til at tillade fjernsupport på dette udstyr.
page-launch-confirm-refusal = Jeg afviser denne anmodning.
page-launch-several = { $required } administratorer skal godkende anmodningen.
page-launch-final = Svar senest { $expires }. Fjernsupporten er godkendt, når { $required } administratorer har godkendt den, og afvist, så snart én afviser. Du kan ikke ændre dit svar.
page-launch-own-title = Du har godkendt anmodningen
page-launch-own-body = Andre administratorer skal også godkende den. Du kan lukke siden.
page-decided-launch-approved-now = Du har godkendt fjernsupporten
page-decided-launch-refused-now = Du har afvist fjernsupporten
page-decided-launch-approved = Fjernsupporten er allerede godkendt
page-decided-launch-refused = Fjernsupporten er allerede afvist
page-decided-launch-next = Fjernsupporten er godkendt, og supporten har fået en mail.
page-closed-launch-expired-body = Anmodningen blev ikke besvaret inden fristen og kan ikke længere besvares. Er der stadig brug for fjernsupport, spørger udbyderen igen.
page-closed-launch-withdrawn-title = Anmodningen er trukket tilbage
page-closed-launch-withdrawn-body = Udbyderen har trukket anmodningen om fjernsupport tilbage. Du behøver ikke at gøre noget her.
page-closed-passkey-title = Log ind med en adgangsnøgle
page-closed-passkey-body = Denne virksomhed kræver en adgangsnøgle til dette svar. Log ind med din egen konto og din adgangsnøgle, så kommer du tilbage til anmodningen.

# Attended sessions (Z3): the page behind a link, before its script takes over, and the page for ID and password.
page-join-title = Deltagelse i skærmdeling
page-join-script = Denne side kræver en nyere browser med JavaScript (Chrome, Edge, Firefox eller Safari på en pc). Kontrollér browserens indstillinger, og åbn siden igen. Siden i sig selv hverken forbinder dig eller deler noget.
page-knock-title = Deltag med ID og adgangskode
page-knock-lead = Indtast det ID og den adgangskode, som supportmedarbejderen fra { $provider } har givet dig. Du deltager først, når du har læst den næste side.
page-knock-number = ID
page-knock-number-hint = Ni cifre.
page-knock-password = Adgangskode
page-knock-password-hint = Otte bogstaver og tal. Der skelnes ikke mellem store og små bogstaver.
page-knock-button = Næste
page-knock-caution = Indtast dem kun, hvis du har fået dem af en support, som du selv har ringet til, eller hvis opkald du ventede.
page-knock-wrong = ID eller adgangskode er forkert, eller sessionen er afsluttet. Spørg supportmedarbejderen.
page-knock-often = Der har været for mange forsøg. Vent lidt, og prøv igen.
page-knock-suspended = Tjenesten er sat på pause, så ingen kan deltage.
