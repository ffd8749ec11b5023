# Lists as tables (CSV): headings, and the values that the console does not name (B17).
export-in-zone = { $name } ({ $zone })
export-zone-central-europe = centraleuropæisk tid
export-yes = Ja
export-no = Nej

# Headings of several lists.
export-id = Id
export-state = Status
export-person = Navn
export-email = Mailadresse
export-company = Virksomhed
export-device = Pc
export-answer-by = Svar senest
export-answer = Svar
export-answered-by = Besvaret af
export-answered = Besvaret
export-reason = Begrundelse for afvisning
export-subject = Emne
export-domain = Domæne
export-customer = Kunde
export-created = Oprettet
export-updated = Opdateret

# Requests and PCs.
export-key = Pc'ens nøgle
export-outside = Uden for jeres domæner
export-requested = Anmodet
export-approved = Godkendt
export-activated = I brug siden
export-until = Udløber
export-revoked = Tilbagekaldt
export-last-used = Senest brugt
export-thumbprint = Nøglens fingeraftryk

# Equipment.
export-model = Model
export-serial-number = Serienummer
export-place = Placering
export-responsible = Ansvarlige administratorers id
export-remote-assistance = Fjernassistance tilladt
export-manual-launch = Manuel start tilladt
export-notes = Noter
export-registered = Registreringstidspunkt
export-retired = Udgået

# Users and organisations.
export-phonetic = Navn i katakana
export-organization = Organisationens id
export-external = Eksternt id
export-account = Kontonavn
export-role = Rolle
export-administered = Administreret organisations id
export-support = Supporttilvalg
export-account-state = Kontoens status
export-last-login = Seneste login
export-name = Navn
export-parent = Overordnet organisations id

# The audit log.
export-number = Nummer
export-at = Tidspunkt
export-actor-kind = Aktørens type
export-actor = Aktørens id
export-address = Netværksadresse
export-action = Handling
export-object = Objekt
export-outcome = Resultat
export-requester = Anmoder
export-approver = Godkender
export-previous = Den forrige posts hash
export-hash = Denne posts hash
export-actor-name = Aktørens navn
export-object-name = Objektets navn

# Inquiries and customers.
export-sender = Afsender
export-messages = Antal beskeder
export-assigned = Tildelt til
export-language = Sprog
export-zone = Tidszone
export-setup-done = Udførte opsætningstrin
export-setup-of = Opsætningstrin i alt
export-administrators = Antal systemadministratorer

# The provider's questions.
export-question = Spørgsmål
export-reference = Reference
export-provider = Serviceudbyder
export-asked-by = Stillet af
export-asked = Stillet
export-required = Nødvendige godkendelser

# Mails.
export-kind = Type
export-recipient = Til
export-undeliverable = Kunne ikke sendes
export-waiting = Venter på at blive sendt
export-attempts = Forsøg
export-error = Seneste fejl

# Applications.
export-contact = Kontaktperson
export-phone = Telefon
export-applied-on = Ansøgningsdato
export-overdue = Overskredet
export-note = Note
export-recorded-by = Registreret af
export-recorded = Registreret
export-contract = Kontraktens domæne
export-reason-given = Begrundelse
export-closed-by = Afsluttet af
export-closed = Afsluttet
export-granted-from = Periode fra
export-granted-until = Periode til
export-executed-by = Udført af
export-started = Startet
export-ended = Afsluttet
export-equipment = Udstyr
export-launch-reason = Begrundelse
export-opened-by = Åbnet af
export-opened = Åbnet
export-participants = Deltagere
export-host = Ansvarlig
export-agreed-start = Aftalt start
export-agreed-zone = Aftalt i tidszone
export-agreed-by = Aftalt af
export-over-reason = Begrundelse
