# Tekster til den side, som "tegata viewer open" viser på denne pc. Den virker uden JavaScript.

viewer-product = Tegata Viewer
viewer-footer = Denne side vises af Viewer på denne pc og er kun åben i denne browser.
viewer-quit = Luk Viewer

# What the command prints.
viewer-opened = Viewer er åbnet i browseren. Lad dette program køre; stop det med Ctrl-C.
viewer-open-here = Åbn Viewer med denne adresse, som kan bruges én gang: { $url }

# The page behind the one-time address.
viewer-start-title = Åbn Viewer
viewer-start-body = Viewer på denne pc er klar.

# Where there is nothing to show.
viewer-refusal-spent-title = Adressen er allerede brugt
viewer-refusal-spent-body = Hver adresse åbner Viewer én gang. Er Viewer åben i en anden fane, kan du fortsætte dér. Start ellers Viewer igen.
viewer-refusal-no-session-title = Viewer er ikke åben i denne browser
viewer-refusal-no-session-body = Start Viewer igen på denne pc. Den åbner af sig selv i din browser.
viewer-refusal-other-site-title = Anmodningen blev afvist
viewer-refusal-other-site-body = Den kom ikke fra en af Viewers sider. Intet er ændret.
viewer-closed-title = Viewer er lukket
viewer-closed-body = Du kan lukke siden. En tilladelse eller en anmodning forbliver, som den er. Start Viewer igen for at fortsætte.
viewer-trouble-title = Viewer kan ikke fortsætte

# The request (K2).
viewer-request-title = Anmod om tilladelse til denne pc
viewer-request-lead = En administrator i din virksomhed bliver spurgt pr. mail. Når anmodningen er godkendt, får du en aktiveringskode pr. mail, som du indtaster her.
viewer-request-service = Tjeneste
viewer-request-domain = Domæne
viewer-request-email-hint = Din mailadresse i virksomheden. Aktiveringskoden sendes dertil.
viewer-request-device-hint = Administratoren ser dette navn. Vælg et, som pc'en kan kendes på.
viewer-request-edge-hint = Spørg en administrator i din virksomhed eller udbyderen af tjenesten. Eksempel: https://tegata.example.com
viewer-request-tenant-hint = Domænet i virksomhedens login-URL. Eksempel: aozora
viewer-request-button = Anmod om aktiveringskode

# Waiting.
viewer-waiting-title = Venter på godkendelse
viewer-waiting-body = Administratorerne hos { $tenant } er blevet spurgt pr. mail. Så snart en af dem har svaret, vises det her.
viewer-waiting-unknown-title = Anmodningen er sendt
viewer-waiting-unknown-body = Viewer spørger tjenesten, hvordan det står til med anmodningen.
viewer-waiting-address-title = Bekræft din mailadresse
viewer-waiting-address-body = Åbn linket i mailen til { $email }, og bekræft dér, at adressen er din. Derefter bliver administratorerne spurgt.
viewer-waiting-tokens-title = Næsten færdig
viewer-waiting-tokens-body = Anmodningen er godtaget. Viewer henter tilladelsen.
viewer-waiting-away = Du kan lukke siden og starte Viewer igen senere. Anmodningen forbliver åben.
viewer-waiting-email = Mails går til
viewer-waiting-until = Åben indtil
viewer-waiting-user-code = Brugerkode
viewer-waiting-elsewhere = Indtast i stedet koden på tjenestens side
viewer-waiting-resend = Send mailen igen
viewer-waiting-withdraw = Træk anmodningen tilbage

# The activation code (K4).
viewer-code-title = Indtast aktiveringskoden
viewer-code-body = Din anmodning er godkendt. Aktiveringskoden står i mailen til { $email }.
viewer-code = Aktiveringskode
viewer-code-hint = 10 bogstaver og cifre. Store bogstaver, mellemrum og bindestreg er uden betydning.
viewer-code-button = Aktivér
viewer-code-early = Anmodningen er ikke godkendt endnu, så koden er ikke prøvet. Du får koden pr. mail efter godkendelsen.
viewer-code-busy = Tjenesten beder om en kort pause. Koden er ikke prøvet. Tryk på knappen igen.
viewer-code-tries = Forsøg tilbage: { $tries }
viewer-code-lost = { $detail } Det vides ikke, om koden nåede frem. Vent lidt, og se, om siden går videre, før du indtaster den igen: den kan tælle som et forsøg.

# Permitted.
viewer-active-title = Denne pc kan vise data
viewer-active-status = Status
viewer-active-data = Se data
viewer-active-name = Navn
viewer-active-email = Mailadresse
viewer-active-organization = Virksomhed eller organisation
viewer-active-device = Navn på denne pc
viewer-active-since = Tilladt siden
viewer-active-confirmed = Senest bekræftet af tjenesten
viewer-active-check = Kontrollér nu
viewer-active-known = Det følgende er, hvad denne pc ved fra tidligere.
viewer-active-give-up = Opgiv tilladelsen

# How it ended.
viewer-ended-refused-title = Anmodningen er afvist
viewer-ended-refused-body = En administrator hos { $tenant } har afvist anmodningen. Er det en fejl, så tal med administratoren, før du anmoder igen.
viewer-ended-expired-title = Anmodningen er udløbet
viewer-ended-expired-body = Ingen svarede i tide, eller aktiveringskoden blev ikke indtastet i tide. Den er ikke afvist: du kan anmode igen.
viewer-ended-withdrawn-title = Anmodningen er trukket tilbage
viewer-ended-withdrawn-body = Har du stadig brug for at se data, kan du anmode igen.
viewer-ended-failed-title = For mange forkerte aktiveringskoder
viewer-ended-failed-body = Anmodningen er afsluttet. Du kan anmode igen og får en ny kode efter godkendelsen.
viewer-ended-unknown-title = Anmodningen er afsluttet
viewer-ended-unknown-body = Tjenesten kender ikke længere anmodningen. Du kan anmode igen.
viewer-ended-revoked-title = Denne pc har ikke længere tilladelse
viewer-ended-revoked-body = Tilladelsen er tilbagekaldt eller udløbet. Har du stadig brug for at se data for { $tenant }, kan du anmode igen.
viewer-ended-told = Det svarede tjenesten
viewer-ended-reason = Begrundelse for afvisning
viewer-ended-again = Anmod igen
viewer-ended-delete = Slet det, der er gemt på denne pc

# Giving up.
viewer-forget-title = Vil du opgive tilladelsen?
viewer-forget-body = Denne pc kan så ikke længere vise data for { $tenant }. Det kræver en ny anmodning, som en administrator godkender.
viewer-forget-button = Opgiv tilladelsen
viewer-withdraw-title = Vil du trække anmodningen tilbage?
viewer-withdraw-body = Administratorerne bliver ikke længere spurgt. Du kan når som helst sende en ny anmodning.
viewer-withdraw-button = Træk anmodningen tilbage
viewer-delete-title = Vil du slette det, der er gemt på denne pc?
viewer-delete-body = Viewer begynder derefter forfra med anmodningen.
viewer-delete-offline = Tjenesten får ikke besked. Har denne pc stadig tilladelse, så bed en administrator om at tilbagekalde den.
viewer-delete-button = Slet
viewer-delete-only = Giv ikke tjenesten besked, og slet kun det, der er gemt på denne pc

# Data.
viewer-data-title = Data for { $tenant }
viewer-data-path = Sti
viewer-data-path-hint = Hvor dataene ligger, som din administrator eller udbyder angiver det. Eksempel: /machines.json
viewer-data-show = Vis
viewer-data-save = Gem som fil
viewer-data-type = Type
viewer-data-size = Størrelse
viewer-data-bytes =
    { $bytes ->
        [one] én byte
       *[other] { $bytes } byte
    }
viewer-data-content = Indhold
viewer-data-empty = Der er intet indhold.
viewer-data-unshown = Indhold af denne type kan ikke vises her. Du kan gemme det som fil.
viewer-data-large = Det er for stort til at blive vist her. Du kan gemme det som fil.
viewer-data-page = Vises uden scripts, links og eksternt indhold.
viewer-data-source = Som tekst

# What is different here from the command.
viewer-error-unknown-tenant = Tjenesten kender ikke domænet "{ $tenant }". En administrator i din virksomhed kan oplyse domænet.
viewer-error-not-a-service = { $edge } svarer ikke som denne tjeneste ({ $detail }). Kontrollér adressen.
viewer-error-not-registered = Denne pc har ikke tilladelse endnu.
viewer-error-already-registered = Denne pc har allerede en anmodning eller en tilladelse. Den vises på første side.
viewer-error-still-pending = Denne pc har endnu ikke fået tilladelse.
viewer-error-key-missing = Nøglefilen { $path } mangler. Tilladelsen følger ikke med, når mappen kopieres. Slet det, der er gemt på denne pc, og anmod om tilladelse til den.
viewer-error-key-mismatch = Nøglen i { $path } hører ikke til denne registrering. Slet det, der er gemt på denne pc, og anmod om tilladelse igen.
viewer-error-busy = Et andet program har brugt { $path } for længe. Prøv igen.
