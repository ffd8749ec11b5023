# Tekster til den side, som "tegata agent open" viser på en maskine. Den virker uden JavaScript.

machine-product = Tegata-agent
machine-footer = Denne side viser agenten på denne maskine og er kun åben i denne browser.
machine-quit = Luk siden
machine-opened = Agentens side er åben i browseren. Lad dette program køre; stop det med Ctrl-C.
machine-open-here = Åbn agentens side med denne adresse, som virker én gang: { $url }
machine-start-title = Åbn agentens side
machine-start-body = Siden for agenten på denne maskine er klar.
machine-closed-title = Siden er lukket
machine-closed-body = Du kan lukke denne side i browseren. Agenten fortsætter som før.
machine-refusal-spent-title = Adressen er allerede brugt
machine-refusal-spent-body = Hver adresse åbner siden én gang. Er den åben i en anden fane, så fortsæt dér. Start ellers programmet igen.
machine-refusal-no-session-title = Agentens side er ikke åben i denne browser
machine-refusal-no-session-body = Start programmet igen på denne maskine. Det åbner selv i din browser.
machine-refusal-other-site-title = Anmodningen blev afvist
machine-refusal-other-site-body = Den kom ikke fra agentens side. Intet er ændret.
machine-menu = Menu

# The light (P9).
machine-light-green = Grøn: forbundet
machine-light-since = Forbundet siden { $at }.
machine-light-orange = Orange: ikke forbundet
machine-light-not-enrolled = Maskinen er endnu ikke tilmeldt. Tilmeld den under "Remote Service".
machine-light-ended = Maskinens tilmelding er afsluttet. Få en ny tilmeldingskode, og tilmeld igen under "Remote Service".
machine-light-off = Fra: Remote Service er slået fra
machine-light-off-reason = Maskinen opretter slet ingen forbindelse til tjenesten.
machine-light-stopped = Standset: agenten kører ikke
machine-light-stopped-reason = Agenten på denne maskine kører ikke og er derfor ikke forbundet til tjenesten.
machine-light-not-admitted = Du har ikke adgang til agenten
machine-light-not-admitted-reason = Denne bruger har ikke adgang til agenten. Bed maskinens administrator om at føje dig til den gruppe, der har.
machine-light-broken = Agenten svarer ikke
machine-start = Start agenten
machine-start-failed = Agenten kunne ikke startes ({ $detail }).
machine-start-by-hand = Det kræver maskinens administrator, som kan starte den med "{ $command }".

# Remote Service: general, enrolment, proxy, remote assistance (P1, P2, P8, P10).
machine-service = Remote Service
machine-read-only = Kun maskinens administrator kan ændre indstillinger. Åbn siden som administrator (f.eks. med "sudo tegata agent open").
machine-saved = Ændringen er gemt.
machine-change = Ændre
machine-general = Generelle indstillinger
machine-enabled = Aktiveret
machine-enabled-hint = Når den er slået fra, opretter maskinen slet ingen forbindelse til tjenesten.
machine-enrolment = Tilmelding
machine-enrolment-hint = En tilmeldingskode udstedes til denne maskine i konsollen. Den virker én gang på én maskine.
machine-edge = Tjenestens adresse
machine-edge-hint = For eksempel https://tegata.example.com
machine-tenant = Domæne
machine-tenant-hint = Domænet i konsollens login-URL, for eksempel aozora
machine-code = Tilmeldingskode
machine-code-hint = Den begynder med tg_enr_.
machine-enrol = Tilmeld denne maskine
machine-equipment = Udstyr
machine-serial = Serienummer
machine-proxy = Proxy
machine-proxy-choice = Proxyindstillinger
machine-proxy-found = Dette system angiver proxyen { $proxy }.
machine-proxy-none-found = Dette system angiver ingen proxy.
machine-proxy-adopt = Kopiér den fundne proxy til de manuelle indstillinger
machine-proxy-automatic = Indstillinger for automatisk registrering (kun licenser og opdateringer)
machine-proxy-none = Ingen proxyserver
machine-proxy-manual = Brug proxyserver
machine-proxy-address = Proxy-URL-adresse
machine-proxy-address-hint = Vært og port, for eksempel proxy.example.com:8080
machine-proxy-authentication = Proxyservergodkendelse
machine-proxy-domain = Proxydomæne
machine-proxy-user = Proxybrugernavn
machine-proxy-password = Proxyadgangskode
machine-proxy-password-kept = Der er gemt en adgangskode. Lad feltet være tomt for at beholde den.
machine-assistance = Fjernassistance
machine-assistance-hint = Når det er tilladt, kan supporten anmode om at oprette forbindelse til maskinen. Hver forbindelse kræver jeres samtykke.
machine-assistance-allow = Tillad fjernassistance

machine-about = Om
machine-about-version = Version
machine-about-system = System
machine-about-key = Nøgle-id
machine-about-unknown = Agenten svarer ikke, så tilmeldingen kan ikke vises.

# What did not work.
machine-error-failed = Det lykkedes ikke ({ $detail }).
machine-error-already-enrolled = Maskinen er allerede tilmeldt.
machine-error-unknown-tenant = Tjenesten kender ikke dette domæne. Kontrollér adressen og domænet.
machine-invalid = Indtastningen er ikke gyldig.
machine-invalid-edge = Tjenestens adresse er ikke gyldig. Den begynder med https://.
machine-invalid-tenant = Domænet er ikke gyldigt. Det består af a til z, cifre og bindestreger.
machine-invalid-code = Tilmeldingskoden er ikke gyldig. Den begynder med tg_enr_.
machine-invalid-proxy = Proxyadressen er ikke gyldig. Skriv vært:port.
machine-invalid-proxy-domain = Proxydomænet er ikke gyldigt.
machine-invalid-proxy-user = Proxybrugernavnet er ikke gyldigt. Det må ikke indeholde kolon.
machine-invalid-proxy-password = Proxyadgangskoden er ikke gyldig.
machine-invalid-adopt = Der blev ikke fundet nogen proxy.
