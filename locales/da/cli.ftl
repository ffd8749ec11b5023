# Tekster til kommandoen `tegata`. Navne med store bogstaver eller efter "--" er en del af grænsefladen.

cli-usage-heading = Brug:
cli-commands-heading = Kommandoer
cli-arguments-heading = Argumenter
cli-options-heading = Tilvalg

cli-help = Tegata: se data på denne pc, driv en installation, kontrollér kvitteringer
cli-help-exit-codes =
    Afslutningskoder:
      0  udført
      1  mislykket
      2  kommandolinjen eller en indtastning kan ikke være rigtig
      3  afvist
      4  endnu ikke afgjort, eller udløbet
      5  tjenesten kan ikke nås
      6  kontrollen mislykkedes

    Proxyer tages fra HTTPS_PROXY, HTTP_PROXY og NO_PROXY eller fra systemets indstillinger.
cli-help-viewer = Få tilladelse til denne pc, og se data
cli-help-viewer-open = Åbn Viewer i browseren, for dem, der ikke bruger en terminal
cli-help-viewer-register = Anmod administratorerne om tilladelse til denne pc
cli-help-viewer-activate = Indtast aktiveringskoden fra mailen
cli-help-viewer-status = Vis status for registreringen af denne pc
cli-help-viewer-resend = Send den seneste mail igen
cli-help-viewer-get = Hent lejerens data
cli-help-viewer-forget = Annullér registreringen, og slet det, der er gemt på denne pc
cli-help-agent = Agenten på udstyr: tilmeld, forbind, vis status
cli-help-agent-enrol = Tilmeld agenten på denne maskine med en tilmeldingskode eller med tjenesteorganisations-id, bekræftelseskode og serienummer
cli-help-agent-open = Åbn agentens side på denne maskine i browseren
cli-help-agent-install = Installér agenten som tjeneste på denne maskine
cli-help-agent-uninstall = Fjern tjenesten, tilmeldingen, nøglen og alle data
cli-help-agent-run = Hold agenten forbundet, indtil Ctrl-C
cli-help-agent-support = Start fjernsupport på denne maskine, så supporten kan se på den
cli-help-agent-chat = Skriv en besked, som alle i fjernsupporten læser
cli-help-agent-file = Vis de filer, som supporten tilbyder, og modtag eller afvis dem
cli-help-agent-status = Vis, om agenten er tilmeldt og forbundet
cli-help-agent-settings = Vis eller ændr, om og hvordan agenten forbinder
cli-help-agent-diagnose = Test forbindelsen til tjenesten, og sig, hvad der er i vejen
cli-help-agent-forget = Annullér tilmeldingen, og slet det, der er gemt på denne maskine
cli-help-operator = Driv en installation
cli-help-operator-tenant = Lejere og udbydere
cli-help-operator-tenant-create = Opret en lejer med dens første administrator
cli-help-operator-tenant-list = Vis lejerne
cli-help-operator-tenant-show = Vis en lejer
cli-help-operator-tenant-update = Ændr en lejer
cli-help-operator-tenant-suspend = Sæt en lejer på pause
cli-help-operator-tenant-resume = Genoptag en lejer, der er sat på pause
cli-help-operator-administrator = En lejers administratorer
cli-help-operator-administrator-add = Tilføj en systemadministrator
cli-help-operator-device = Godkendte pc'er
cli-help-operator-device-list = Vis en lejers godkendte pc'er
cli-help-operator-device-revoke = Tilbagekald en pc's tilladelse
cli-help-operator-outbox = Mails og offentlige data, der endnu ikke er leveret
cli-help-operator-outbox-list = Vis det, der endnu ikke er leveret
cli-help-operator-outbox-retry = Levér en post nu
cli-help-operator-audit = Revisionslog: gem den med --export, eller brug en af kommandoerne
cli-help-operator-audit-list = Vis posterne i en lejers revisionslog
cli-help-operator-audit-heads = Vis de signerede kontrolpunkter for en lejers revisionslog
cli-help-operator-introspection-secret = Hemmelighed til dataserveren, til kontrol af tokens
cli-help-operator-introspection-secret-new = Opret en ny hemmelighed; den gamle holder op med at virke, og den nye vises kun denne ene gang
cli-help-operator-keys = Tjenestens signeringsnøgler
cli-help-operator-keys-rotate = Udskift nøgler før tiden
cli-help-verify = Kontrollér signerede dokumenter uden netværk
cli-help-verify-receipt = Kontrollér en samtykkekvittering
cli-help-verify-audit = Kontrollér en gemt revisionslog
cli-help-keys = En installations offentlige nøgler
cli-help-keys-save = Hent de offentlige nøgler, og gem dem

cli-arg-help = Vis denne hjælp
cli-arg-version = Vis versionen
cli-arg-json = Skriv ét JSON-objekt i stedet for tekst
cli-arg-language = Sproget i kommandoens tekster og i mails til dig: ja, en eller da
cli-arg-data-dir = Mappe, hvor denne pc's registrering gemmes (TEGATA_DATA_DIR)
cli-arg-config = Installationens konfiguration med adresse, domæne og sprog (TEGATA_VIEWER_CONFIG)
cli-arg-edge = Installationens adresse, https://… (TEGATA_EDGE)
cli-arg-token = Operatørens token; angives helst som TEGATA_OPERATOR_TOKEN
cli-arg-tenant = Domænet i login-URL'en
cli-arg-name = Dit navn
cli-arg-email = Din mailadresse i virksomheden
cli-arg-organization = Din virksomhed eller organisation
cli-arg-device-name = Et navn til denne pc
cli-arg-no-wait = Vent ikke på administratorernes svar
cli-arg-port = Port på denne pc; en ledig, hvis den udelades
cli-arg-no-browser = Vis kun adressen, som kan bruges én gang, og åbn ingen browser
cli-arg-code = Aktiveringskoden; udelades den, bliver du bedt om den
cli-arg-enrolment-code = Tilmeldingskoden (TEGATA_ENROLMENT_CODE); udelades den, bliver du bedt om den
cli-arg-organization-id = Tjenesteorganisations-id'et, otte cifre, fra supporten
cli-arg-serial-number = Maskinens serienummer
cli-arg-verification-code-file = Fil med bekræftelseskoden; ellers TEGATA_VERIFICATION_CODE, eller du bliver bedt om den
cli-arg-group = Navnet på den gruppe, hvis medlemmer må se agenten og starte fjernsupport
cli-arg-agent-config = Fil, hvori administratoren angiver, hvad supporten må (standard: agent.toml i datamappen)
cli-arg-service = Kør som tjeneste: vent på en tilmelding i stedet for at slutte uden
cli-arg-program = Kommandoen, som tjenesten kører; denne, hvis den udelades
cli-arg-root = Skriv under en anden rod, til pakker; intet startes
cli-arg-unasked = Vis, hvad denne pc ved, uden at spørge tjenesten
cli-arg-path = Stien til dataene, eventuelt med en forespørgsel
cli-arg-output = Gem i denne fil, som først oprettes, når alt er hentet
cli-arg-offline = Slet de lokale data uden at give tjenesten besked
cli-arg-remote-service = Om agenten overhovedet må forbinde: on eller off
cli-arg-proxy = automatic, none eller en proxy som VÆRT:PORT
cli-arg-adopt-proxy = Brug den proxy, der blev fundet, som om den var angivet manuelt
cli-arg-proxy-domain = Domænet for proxykontoen, til NTLM; en tom værdi fjerner det
cli-arg-proxy-user = Brugernavnet til proxyen; du bliver bedt om adgangskoden. En tom værdi fjerner begge
cli-arg-proxy-password-file = Fil, hvis første linje er adgangskoden til proxyen
cli-arg-chat-text = Beskeden
cli-arg-accept = Id på den fil, der skal modtages
cli-arg-decline = Id på den fil, der skal afvises
cli-arg-remote-assistance = Om supporten må bede om at hjælpe på denne maskine: on eller off
cli-arg-slug = Domænet i login-URL'en: a til z, cifre og bindestreger
cli-arg-kind = tenant (standard) eller provider
cli-arg-provider = Udbyderen, der betjener lejeren
cli-arg-tenant-name = Lejerens navn
cli-arg-tenant-locale = Lejerens sprog: ja, en eller da
cli-arg-tenant-time-zone = Lejerens tidszone, for eksempel Europe/Copenhagen
cli-arg-activation = Hvordan en pc aktiveres: mailed_code eller approval_only
cli-arg-mail-domain = Et af lejerens maildomæner; kan gentages
cli-arg-approval-life-seconds = Hvor længe administratorerne har til at svare, i sekunder
cli-arg-code-life-seconds = Hvor længe aktiveringskoden gælder efter godkendelsen, i sekunder
cli-arg-confirm-address-first = Om anmoderen først skal bekræfte sin mailadresse: true eller false
cli-arg-approver-must-log-in = Om godkendere skal logge ind: true eller false
cli-arg-key-required = Om kun pc'er med en nøgle får tilladelse: true eller false
cli-arg-device-life-seconds = Hvor længe en pc's tilladelse gælder, i sekunder
cli-arg-no-device-life = Pc'ers tilladelser udløber ikke
cli-arg-data-origin = URL til den dataserver, som adgang fra godkendte pc'er sendes videre til
cli-arg-no-data-origin = Fjern dataserverens URL
cli-arg-contact-name = Navn på kontraktens kontaktperson
cli-arg-contact-email = Mailadresse på kontraktens kontaktperson
cli-arg-contact-phone = Telefonnummer på kontraktens kontaktperson
cli-arg-applied-on = Tilmeldingsdato, f.eks. 2026-11-16
cli-arg-administrator-name = Administratorens navn
cli-arg-administrator-email = Administratorens mailadresse
cli-arg-administrator-account = Administratorens kontonavn
cli-arg-administrator-locale = Administratorens sprog: ja, en eller da (standard: lejerens)
cli-arg-administrator-time-zone = Administratorens tidszone (standard: lejerens)
cli-arg-idempotency-key = Gentages kommandoen med samme nøgle, gives samme resultat, og intet gøres to gange
cli-arg-purpose = Kun nøglerne til dette formål: token, receipt eller link
cli-arg-compromised = Nøglerne kan være lækket: gør dem ugyldige nu i stedet for at skifte over om et døgn
cli-arg-reason = Årsagen; gemmes sammen med den nye nøgle
cli-arg-yes = Bekræft det, som --compromised gør ugyldigt
cli-arg-file = JSON-fil med lejerens indstillinger; tilvalg erstatter enkelte af dem
cli-arg-cursor = Fortsæt fra dette sted i listen
cli-arg-limit = Vis højst så mange poster (standard: 1000)
cli-arg-id = Det id, som listen viser
cli-arg-receipt = Filen med kvitteringen
cli-arg-keys = Fil med de offentlige nøgler, som "keys save" gemmer den
cli-arg-issuer = Acceptér kun kvitteringer fra denne udsteder
cli-arg-jwks-file = Den fil, nøglerne gemmes i
cli-arg-export = Gem revisionsloggen i denne fil, som først oprettes, når alt er hentet
cli-arg-format = jsonl (standard): én post pr. linje, som "verify audit" kontrollerer; eller csv
cli-arg-actor = Kun poster fra denne aktør: en type (operator, requester, approver, device, …) eller et id
cli-arg-object = Kun poster om dette objekt; med skråstreg til sidst (device/) alle af den type
cli-arg-action = Kun poster med denne handling; med punktum til sidst (approval.) alle, der begynder sådan
cli-arg-from = Kun poster fra og med dette tidspunkt: 2026-11-21T09:00:00+09:00 eller sekunder siden 1970
cli-arg-to = Kun poster før dette tidspunkt
cli-arg-newest-first = Vis de nyeste poster først
cli-arg-log = Den gemte revisionslog (jsonl)
cli-arg-heads = Fil med signerede kontrolpunkter: det, "--json operator audit heads" skriver, eller én JWS pr. linje; standard med --keys: heads.json ved siden af loggen
cli-arg-head-issuer = Acceptér kun signerede kontrolpunkter fra denne udsteder
cli-arg-head = En tidligere noteret hash af en post, som skal findes i loggen

cli-usage-missing = Mangler: { $arguments }
cli-usage-or-variable = { $option } eller { $variable }
cli-usage-unknown = Ukendt tilvalg eller argument: { $argument }
cli-usage-command = Ukendt kommando: { $command }
cli-usage-value = "{ $value }" er ikke gyldig for { $argument }
cli-usage-conflict = { $argument } kan ikke bruges sammen med et andet af de angivne tilvalg
cli-usage-incomplete = Kommandoen er ufuldstændig; se --help
cli-usage-other = Kommandolinjen kan ikke forstås; se --help
cli-get-json-needs-file = Angiv med -o, hvilken fil dataene skal gemmes i, når --json bruges
cli-nothing-to-change = Der er ikke angivet noget at ændre
cli-keys-end-token = Adgangstokens, der er udstedt indtil nu, holder op med at virke inden for få minutter, og programmerne fornyer dem. I op til fem minutter kan nogle fornyede tokens også blive afvist.
cli-keys-end-receipt = Kvitteringer, der er udstedt indtil nu, kan stadig kontrolleres. Den offentlige nøgle viser, hvor længe den blev brugt til at signere.
cli-keys-end-link = Alle links, aktiveringskoder og midlertidige adgangskoder, der er sendt pr. mail indtil nu, holder op med at virke. Anmodninger, der venter på en kode, skal sendes igen, og midlertidige adgangskoder skal udstedes på ny.
cli-keys-confirm = Kør kommandoen igen med --yes for at gøre nøglerne ugyldige nu.
cli-not-json = { $path } indeholder ikke et JSON-objekt

cli-ask-edge = Tjenestens adresse (https://…)
cli-ask-tenant = Domænet i login-URL'en
cli-ask-name = Navn
cli-ask-email = Mailadresse
cli-ask-email-again = Mailadressen igen, for at bekræfte den
cli-ask-organization = Virksomhed eller organisation
cli-ask-device-name = Navn på denne pc
cli-email-mismatch = De to mailadresser er ikke ens.
cli-input-closed = Indtastningen sluttede, før alle felter var udfyldt.

# Et tidspunkt i en sætning. Ugedage tælles fra mandag, 0.
cli-moment =
    { $weekday ->
        [0] mandag
        [1] tirsdag
        [2] onsdag
        [3] torsdag
        [4] fredag
        [5] lørdag
       *[6] søndag
    } den { $day }. { $month ->
        [1] januar
        [2] februar
        [3] marts
        [4] april
        [5] maj
        [6] juni
        [7] juli
        [8] august
        [9] september
        [10] oktober
        [11] november
       *[12] december
    } { $year } kl. { $hour }.{ $minute } ({ $zone })

cli-registered = Anmodningen er sendt. Mails går til { $email }. Den er åben indtil { $until }.
cli-user-code = Brugerkode { $code }: aktiveringskoden kan også indtastes på { $uri }
cli-may-interrupt = Du kan stoppe med Ctrl-C og fortsætte senere med "tegata viewer activate".
cli-waiting-address = Venter på, at du bekræfter din mailadresse: åbn linket i mailen til { $email }.
cli-waiting-approval = Venter på, at en administrator godkender.
cli-waiting-code = Godkendt. Indtast aktiveringskoden fra mailen til { $email }, og tryk på Enter.
cli-waiting-code-elsewhere = Godkendt. Indtast aktiveringskoden fra mailen til { $email } med "tegata viewer activate CODE".
cli-waiting-network = Tjenesten kan ikke nås i øjeblikket. Prøver igen.
cli-checking-code = Kontrollerer koden …
cli-wrong-code =
    { $tries ->
        [one] Aktiveringskoden er forkert. Der er ét forsøg tilbage.
       *[other] Aktiveringskoden er forkert. Der er { $tries } forsøg tilbage.
    }
cli-active = Denne pc kan nu vise data for { $tenant }.
cli-status-known = Ifølge det, der er gemt på denne pc, kan den vise data for { $tenant }.
cli-status-confirmed = Tjenesten bekræftede det senest { $at }.
cli-status-unasked = Tjenesten er ikke spurgt. Uden --offline spørger kommandoen, om denne pc stadig accepteres.
cli-status-asking = Spørger tjenesten …
cli-status-revoked = Det svarede tjenesten { $at }.
cli-status-checked = Tjenesten er netop blevet spurgt: denne pc kan vise data for { $tenant }.
cli-status-uncollected = Registreringen er godtaget, men svaret er ikke nået frem til denne pc. Kør "tegata viewer activate" inden for ti minutter efter indtastningen af koden for at hente det.
cli-resent = Mailen er sendt igen.
cli-until = Åben indtil { $until }.
cli-refusal-reason = Begrundelse: { $reason }
cli-saved = { $file }: { $bytes } byte
cli-forgotten = Registreringen er annulleret, og dens data på denne pc er slettet.
cli-forgotten-here = De data, der lå på denne pc, er slettet.
cli-nothing-to-forget = Der er ikke gemt noget på denne pc.
cli-forget-unreachable = { $detail } Intet er slettet. Prøv igen senere, eller slet kun de lokale data med --offline; bed i så fald en administrator om at tilbagekalde denne pc's tilladelse.
cli-done = Udført.
cli-more = Der er flere. Fortsæt med --cursor { $cursor }
cli-keys-saved =
    { $count ->
        [one] { $file }: én nøgle
       *[other] { $file }: { $count } nøgler
    }

cli-state-awaiting-address = Venter på, at mailadressen bekræftes.
cli-state-awaiting-approval = Venter på, at en administrator godkender.
cli-state-awaiting-code = Godkendt. Aktiveringskoden fra mailen er endnu ikke indtastet.
cli-state-activated = Aktiveret. Kør "tegata viewer activate" på denne pc for at gøre den færdig.
cli-state-redeemed = Denne registrering er allerede brugt. Kør "tegata viewer forget", og registrér igen.
cli-state-refused = En administrator har afvist anmodningen.
cli-state-withdrawn = Anmodningen er trukket tilbage.
cli-state-expired = Registreringen er udløbet. Registrér igen.
cli-state-failed = For mange forkerte aktiveringskoder. Registrér igen.
cli-state-unknown = Registreringen er ikke gennemført.

cli-field-edge = Adressen skal begynde med https:// og må ikke indeholde noget efter værtsnavnet.
cli-field-tenant = Domænet må kun indeholde bogstaverne a til z, cifre og bindestreger.
cli-field-name = Angiv et navn på 1 til 100 tegn.
cli-field-email = Det er ikke en gyldig mailadresse. Den skal have formen navn@example.com, uden mellemrum.
cli-field-organization = Angiv en virksomhed eller organisation på 1 til 100 tegn.
cli-field-device-name = Angiv et navn på 1 til 100 tegn til denne pc.
cli-field-activation-code = Det er ikke en gyldig aktiveringskode: den har 10 bogstaver og cifre. Den er ikke sendt og tæller ikke som et forsøg.
cli-field-path = Stien ligger uden for lejerens data.

cli-error-field = Værdien af "{ $field }" er ugyldig.
cli-error-file = { $path }: { $detail }
cli-error-output = Resultatet kan ikke skrives: { $detail }
cli-error-network = Tjenesten kan ikke nås ({ $detail }). Kontrollér forbindelsen og proxyindstillingerne.
cli-error-protocol = Tjenesten svarede uventet ({ $detail }).
cli-error-unknown-tenant = Der er ingen lejer "{ $tenant }" på { $edge }. Kontrollér lejerens domæne (--tenant); en administrator i din virksomhed kan oplyse det.
cli-error-not-a-service = { $edge } svarer ikke som denne tjeneste ({ $detail }). Kontrollér adressen (--edge eller TEGATA_EDGE).
cli-error-oauth = Tjenesten afviste anmodningen: { $code }. { $detail }
cli-error-problem = { $title }. { $detail }
cli-error-problem-field = { $field }: { $problem }
cli-error-status = Tjenesten svarede med status { $status }.
cli-error-too-often = For mange anmodninger. Prøv igen om { $seconds } sekunder.
cli-error-clock = Denne pc's ur går { $seconds } sekunder forkert. Stil det, og prøv igen.
cli-error-not-registered = Denne pc er ikke registreret. Begynd med "tegata viewer register".
cli-error-already-registered = Denne pc er allerede registreret. Se "tegata viewer status", eller annullér registreringen med "tegata viewer forget".
cli-error-still-pending = Denne pc har endnu ikke fået tilladelse. Se "tegata viewer status".
cli-error-revoked = Denne pc har ikke længere tilladelse. Kør "tegata viewer forget", og registrér igen.
cli-error-malformed = { $path } er beskadiget eller kommer fra en anden version.
cli-error-key-missing = Nøglefilen { $path } mangler. Tilladelsen følger ikke med, når mappen kopieres: registrér på denne pc. Kør "tegata viewer forget --offline" for at begynde forfra her.
cli-error-key-mismatch = Nøglen i { $path } hører ikke til denne registrering. Kør "tegata viewer forget --offline" for at begynde forfra.
cli-error-exposed = Andre brugere af denne pc har adgang til { $path } (tilstand { $mode }). Undersøg, om nogen kan have læst den, og begræns den til dig selv (filer 0600, mappe 0700).
cli-error-busy = En anden kommando har brugt { $path } for længe.
cli-error-no-home = Der kan ikke findes en mappe til dataene. Angiv en med --data-dir eller TEGATA_DATA_DIR.
cli-error-installation = Konfigurationen { $path } kan ikke bruges: { $detail }

cli-receipt-valid = Kvitteringen er ægte og uændret.
cli-receipt-partial = Den er én af flere påkrævede godkendelser og afgjorde ikke spørgsmålet alene.
cli-receipt-attended = Dette er samtykket fra en deltager i en skærmdeling. Navnet er, som deltageren skrev det; ingen har kontrolleret det.
cli-receipt-appointment = Dette er aftalen om en dato; den giver ingen adgang til en pc. Navnet på en, der svarede via et link, er, som det blev skrevet; ingen har kontrolleret det.
cli-receipt-malformed = Det er ikke en kvittering, eller den er beskadiget.
cli-receipt-algorithm = Kvitteringen er ikke signeret med EdDSA, men med "{ $name }". Stol ikke på den.
cli-receipt-type = Det er et dokument af typen "{ $name }", ikke en kvittering.
cli-receipt-unknown-key = Nøglefilen har ingen kvitteringsnøgle "{ $kid }".
cli-receipt-ended-key = Kvitteringen angiver, at den er signeret, efter at nøglen "{ $kid }" blev taget ud af brug. Stol ikke på den.
cli-receipt-signature = Signaturen er ugyldig: kvitteringen er ændret eller kommer ikke fra denne tjeneste.
cli-receipt-text = Teksten i den er ikke den tekst, der blev besvaret.
cli-receipt-issuer = Kvitteringen er udstedt af { $issuer }.

cli-exported =
    { $entries ->
        [one] { $file }: én post
       *[other] { $file }: { $entries } poster
    }

cli-audit-intact =
    { $entries ->
        [one] Revisionsloggen er uændret: én post.
       *[other] Revisionsloggen er uændret: { $entries } poster.
    }
cli-audit-last = Seneste post: { $entry }, hash { $hash }
cli-audit-covered = Signerede kontrolpunkter bekræfter loggen til og med post { $entry }.
cli-audit-uncovered = Der er ikke angivet signerede kontrolpunkter (--heads): mangler der poster til sidst, opdages det ikke.
cli-audit-heads-found = Signerede kontrolpunkter: { $file }, som ligger ved siden af loggen.
cli-audit-beyond = Posterne efter den følger af den, men intet signeret kontrolpunkt bekræfter dem endnu.
cli-audit-unsigned = Kun kæden af hashværdier er kontrolleret. Ingen underskrift er det: der er ingen signerede kontrolpunkter, hverken angivet (--heads) eller i en heads.json ved siden af loggen.
cli-audit-open-end = Mangler der poster til sidst, opdages det ikke.
cli-audit-not-an-entry = Post { $entry }: linjen er ikke en post i en revisionslog.
cli-audit-spelling = Post { $entry }: linjen er ikke skrevet, som den blev gemt.
cli-audit-number = Post { $entry }: post { $found } står på dens plads. En post er fjernet, tilføjet, gentaget eller flyttet.
cli-audit-previous = Post { $entry }: den følger ikke af posten før den. En af de to er udskiftet.
cli-audit-hash = Post { $entry }: den er ændret. Dens hash stemmer ikke med indholdet.
cli-audit-head = Post { $entry }: dens hash stemmer ikke med et signeret kontrolpunkt. Loggen er skrevet om.
cli-audit-cut-off = Post { $entry }: et signeret kontrolpunkt dækker den, men loggen slutter før den. Slutningen af loggen er fjernet.
cli-audit-before = Post { $entry }: et signeret kontrolpunkt dækker den, men loggen begynder efter den.
cli-audit-noted = Post { $entry }: loggen slutter her, og ingen post har den noterede hash.
cli-audit-empty = Revisionsloggen har ingen poster.

cli-head-none = Der er endnu ingen signerede kontrolpunkter: det første kommer cirka et døgn efter den første post. Kontrollér indtil da uden --heads.
cli-head-malformed = Signeret kontrolpunkt { $place }: det er ikke et signeret kontrolpunkt, eller det er beskadiget.
cli-head-unknown-key = Signeret kontrolpunkt { $place }: nøglefilen har ingen kvitteringsnøgle "{ $kid }".
cli-head-ended-key = Signeret kontrolpunkt { $place }: det angiver, at det er signeret, efter at nøglen "{ $kid }" blev taget ud af brug.
cli-head-signature = Signeret kontrolpunkt { $place }: signaturen er ugyldig. Det er ændret eller kommer ikke fra denne tjeneste.
cli-head-issuer = Signeret kontrolpunkt { $place }: det er udstedt af { $issuer }.
cli-ask-proxy-password = Proxyadgangskode (vises ikke)
cli-field-proxy = En proxy angives som VÆRT:PORT, for eksempel proxy.example:8080.
cli-field-proxy-domain = Et proxydomæne har højst 256 tegn.
cli-field-proxy-user = Et proxybrugernavn har højst 256 tegn og indeholder intet kolon.
cli-field-proxy-password = En proxyadgangskode har højst 256 tegn.
cli-field-proxy-not-manual = Domæne, brugernavn og adgangskode hører til en proxy, der er angivet manuelt. Angiv den med --proxy VÆRT:PORT.
cli-field-adopt-proxy = Hverken miljøet eller systemet angiver en proxy, der kan bruges.
cli-setting-on = til
cli-setting-off = fra
cli-setting-remote-service = Fjerntjeneste: { $value }
cli-setting-proxy = Proxy: { $value }
cli-setting-proxy-found = automatisk ({ $proxy } blev fundet)
cli-setting-proxy-none-found = automatisk (ingen blev fundet)
cli-setting-proxy-none = ingen
cli-setting-proxy-domain = Proxydomæne: { $value }
cli-setting-proxy-user = Proxybrugernavn: { $value }
cli-setting-proxy-password = Proxyadgangskode: { $value }
cli-setting-password-set = angivet
cli-setting-remote-assistance = Fjernassistance: { $value }
cli-setting-assistance-suspended = Fjernassistance har ingen virkning lige nu. Der mangler stadig: { $missing }
cli-error-assistance-not-ready = Fjernassistance kan ikke tillades endnu. Der mangler stadig: { $missing }
cli-missing-enrolment = tilmelding af denne maskine
cli-missing-proxy = en proxy, der er angivet manuelt (eller valget af ingen)
cli-obstacle-off = Fjerntjenesten er slået fra; intet blev sendt.
cli-remedy-off = Slå den til for at tillade forbindelser ("tegata agent settings --remote-service on").
cli-obstacle-settings = Indstillingerne kan ikke læses ({ $detail }); intet blev sendt.
cli-remedy-settings = Ret filen "settings.json", eller slet den for at begynde med standardindstillingerne.
cli-obstacle-proxy-kind = Miljøet eller systemet angiver en proxy af typen "{ $scheme }", som ikke kan bruges.
cli-remedy-proxy-kind = Angiv en HTTP-proxy manuelt (VÆRT:PORT), eller vælg ikke at bruge nogen.
cli-obstacle-dns = Navnet { $host } kan ikke slås op ({ $detail }).
cli-remedy-dns = Kontrollér netværkskablet og DNS-serveren i netværksindstillingerne. Hvis den eneste vej ud er en proxy, så angiv proxyen.
cli-obstacle-proxy-unreachable = Proxyen { $proxy } kan ikke nås ({ $detail }).
cli-remedy-proxy-unreachable = Kontrollér adresse og port i proxyindstillingerne.
cli-obstacle-proxy-no-credentials = Proxyen { $proxy } kræver godkendelse ({ $schemes }), og der er ikke angivet brugernavn og adgangskode.
cli-remedy-proxy-no-credentials = Indtast det brugernavn og den adgangskode til proxyen, som du har fået af din netværksadministrator.
cli-obstacle-proxy-credentials-refused = Proxyen { $proxy } afviste brugernavnet og adgangskoden ({ $schemes }).
cli-remedy-proxy-credentials-refused = Indtast dem igen. Spørg din netværksadministrator, hvis adgangskoden er ændret eller udløbet.
cli-obstacle-proxy-no-scheme = Proxyen { $proxy } kræver en godkendelse, der ikke kan bruges her ({ $schemes }).
cli-remedy-proxy-no-scheme = Bed din netværksadministrator om at tillade NTLM eller Basic for denne maskine eller at lade den komme igennem uden godkendelse.
cli-obstacle-proxy-refused = Proxyen { $proxy } forbinder ikke til tjenesten (status { $status }).
cli-remedy-proxy-refused = Bed din netværksadministrator om at tillade forbindelser til tjenestens adresse.
cli-obstacle-unreachable = Tjenesten kan ikke nås ({ $detail }).
cli-remedy-unreachable = Kontrollér, om en firewall blokerer forbindelsen, og om der skal bruges en proxy.
cli-obstacle-interception = Krypterede forbindelser bliver åbnet undervejs: certifikatet kommer fra "{ $issuer }", som denne maskine ikke har tillid til.
cli-remedy-interception = Bed din netværksadministrator om at undtage tjenesten fra inspektion eller at installere certifikatet på denne maskine. Hvis ingen kender udstederen, så opret ikke forbindelse.
cli-obstacle-certificate-time = Certifikatet fra "{ $issuer }" er ikke gyldigt på det tidspunkt, som denne maskines ur viser.
cli-remedy-certificate-time = Kontrollér maskinens dato og klokkeslæt. Kontakt supporten, hvis de er rigtige.
cli-obstacle-certificate = Certifikatet fra "{ $issuer }" blev ikke accepteret ({ $detail }).
cli-remedy-certificate = Kontrollér tjenestens adresse. Kontakt supporten, hvis den er rigtig.
cli-obstacle-encryption = Der kom ingen krypteret forbindelse i stand ({ $detail }).
cli-remedy-encryption = Spørg din netværksadministrator, om noget undervejs ændrer krypterede forbindelser.
cli-diagnosis = Test af forbindelsen til { $edge }
cli-diagnosis-proxy = Gennem proxyen { $proxy }
cli-check-remote-service = Fjerntjenesten er slået til: { $state }
cli-check-proxy = Proxyindstillingerne kan bruges: { $state }
cli-check-name = Tjenestens navn er fundet: { $state }
cli-check-connection = Netværksforbindelse: { $state }
cli-check-proxy-authentication = Proxyservergodkendelse: { $state }
cli-check-proxy-tunnel = Proxyen forbinder til tjenesten: { $state }
cli-check-encryption = Kryptering og certifikat: { $state }
cli-check-service = Tjenesten svarer: { $state }
cli-check-clock = Denne maskines ur: { $state }
cli-check-admission = Tilmeldingen er accepteret: { $state }
cli-check-passed = i orden
cli-check-failed = mislykkedes
cli-check-not-needed = ikke nødvendig
cli-check-not-reached = ikke testet
cli-preflight = Hvad en session med supporten kræver:
cli-preflight-connection = Forbindelse til tjenesten: { $state }
cli-preflight-proxy = Vejen gennem proxyen: { $state }
cli-preflight-download = Hastighed fra tjenesten: { $state }
cli-preflight-upload = Hastighed til tjenesten: { $state }
cli-preflight-screen = Program, der viser skærmen: { $state }
cli-preflight-clock = Urets afvigelse: { $state }
cli-preflight-rate = { $state } ({ $value } kbps)
cli-preflight-seconds = { $state } ({ $value } s)
cli-preflight-passed = i orden
cli-preflight-untested = ikke testet
cli-preflight-warned = advarsel
cli-preflight-failed = mislykkedes
cli-preflight-reported = Resultatet gemmes ved aftalerne på denne maskine, og supporten kan se det.
cli-preflight-not-reported = Resultatet er ikke sendt til supporten, fordi agenten ikke er forbundet.
cli-outcome-ok = Forbindelsen virker.
cli-outcome-not-the-service = Tjenesten svarer ikke på denne adresse ({ $detail }). Kontrollér adressen, og om noget andet undervejs svarer i stedet.
cli-outcome-service-failing = Tjenesten har selv en fejl (status { $status }). Prøv igen senere.
cli-outcome-clock-fast = Denne maskines ur går { $seconds } sekunder for hurtigt. Stil dato, klokkeslæt og tidszone, og slå automatisk tid til.
cli-outcome-clock-slow = Denne maskines ur går { $seconds } sekunder for langsomt. Stil dato, klokkeslæt og tidszone, og slå automatisk tid til.

cli-ask-enrolment-code = Tilmeldingskode (begynder med tg_enr_)
cli-ask-organization-id = Tjenesteorganisations-id (otte cifre)
cli-ask-verification-code = Bekræftelseskode
cli-ask-serial-number = Maskinens serienummer
cli-field-organization-id = Et tjenesteorganisations-id har otte cifre. Supporten har det.
cli-field-verification-code = En bekræftelseskode har 10 bogstaver og cifre. Supporten har den.
cli-field-serial-number = Et serienummer har 1 til 64 bogstaver, cifre og tegn, som på typeskiltet.
cli-agent-waits = Denne maskine har identificeret sig. Hvis den ikke accepteres med det samme, afgør supporten eller en ansvarlig administrator det inden { $until }. Du kan stoppe med Ctrl-C og fortsætte med "tegata agent enrol".
cli-agent-waiting = Maskinen (serienummer { $serial }) venter på at blive accepteret indtil { $until }.
cli-agent-not-known = Tjenesteorganisations-id'et eller bekræftelseskoden er forkert. Spørg supporten om de gældende.
cli-agent-too-many-tries = Der har været for mange forsøg fra dette netværk. Vent en time, og kontrollér bekræftelseskoden.
cli-agent-refused = Denne maskine blev afvist. Spørg supporten.
cli-agent-request-expired = Ingen accepterede denne maskine i tide. Begynd forfra, og giv supporten besked.
cli-agent-request-ended = Godkendelsen af denne maskine gælder ikke længere, for eksempel fordi udstyret er taget ud af brug. Begynd forfra, og giv supporten besked.
cli-field-enrolment-code = En tilmeldingskode har 50 tegn og begynder med "tg_enr_". Indsæt den, som du har fået den fra konsollen eller supporten.
cli-agent-enrolled = Agenten på denne maskine er tilmeldt hos { $tenant }.
cli-agent-equipment = Udstyr: { $equipment } (serienummer { $serial })
cli-agent-connected = Forbundet ({ $equipment }).
cli-agent-away = Ikke forbundet: { $detail } Prøver igen om { $seconds } s.
cli-agent-stopped = Standset.
cli-agent-light-green = Grøn: forbundet siden { $at }.
cli-agent-light-orange = Orange: ikke forbundet. { $detail }
cli-agent-light-stopped = Standset: agenten kører ikke. Start den med "tegata agent run".
cli-agent-light-off = Fra: fjerntjenesten er slået fra, og denne maskine opretter ingen forbindelse.
cli-agent-trouble-none = Forbinder.
cli-agent-trouble-turned-away = Tjenesten accepterede ikke forbindelsen. Din kontrakt kan være sat på pause.
cli-agent-trouble-replaced = Et andet program har oprettet forbindelse med samme tilmelding. Kontrollér, om denne maskines data er blevet kopieret.
cli-agent-trouble-lost = Forbindelsen blev afbrudt.
cli-agent-trouble-other = { $detail }
cli-agent-not-enrolled = Agenten på denne maskine er ikke tilmeldt. Begynd med "tegata agent enrol".
cli-agent-already-enrolled = Agenten på denne maskine er allerede tilmeldt. Se "tegata agent status", eller annullér tilmeldingen med "tegata agent forget".
cli-agent-ended = Tilmeldingen af agenten på denne maskine er afsluttet. Få en ny tilmeldingskode, og tilmeld igen med "tegata agent enrol".
cli-agent-wrong-code = Tilmeldingskoden kan ikke bruges. Den er tastet forkert, allerede brugt eller erstattet af en nyere. Få en ny tilmeldingskode.
cli-agent-expired-code = Tilmeldingskoden er udløbet. Få en ny.
cli-agent-runs-already = Agenten på denne maskine kører allerede.
cli-agent-no-group = Der er ingen gruppe { $group } på denne maskine.
cli-agent-no-socket = Andre programmer på denne maskine kan ikke få forbindelse til agenten: { $detail }
cli-agent-config = Konfigurationsfilen kan ikke bruges ({ $file }): { $detail }
cli-support-fact = { $name }: { $value }
cli-support-end = Tryk på Ctrl-C for at afslutte fjernsupporten.
cli-support-file = Modtag en fil med "tegata agent file --accept ID", eller afvis den med "tegata agent file --decline ID".
cli-support-chat = Skriv en besked med "tegata agent chat TEKST" i en anden terminal.
cli-chat-sent = Beskeden blev sendt.
cli-file-decided = Dit valg blev sendt videre.
cli-file-none = Der er ingen filer at modtage.
cli-file-no-id = Det er ikke id'et på en fil. "tegata agent file" viser id'erne.
cli-support-joined = { $names } deltager i fjernsupporten på denne maskine.
cli-support-runs = Fjernsupporten er åben (aktivt id: { $number }).
cli-agent-forgotten = Tilmeldingen er annulleret, og dens data på denne maskine er slettet.
cli-agent-nothing-to-forget = Der er ikke gemt noget på denne maskine.
cli-agent-installed = Agenten er installeret som tjeneste og startet ({ $path }).
cli-agent-unit-written = Enhedsfilen { $path } er skrevet. Start tjenesten med "{ $command }".
cli-agent-enrolment-moved = Denne brugers tilmelding hører nu til tjenesten.
cli-agent-unsafe-program = { $path } kan udskiftes af andre end root, og tjenesten kører som root. Læg kommandoen i en mappe, der tilhører root, f.eks. /usr/local/bin.
cli-agent-unusual-path = En sti til tjenesten skal være absolut og må kun bestå af bogstaver, cifre og ./_+-@.
cli-agent-unusual-group = Gruppens navn kan ikke bruges til en tjeneste.
cli-agent-needs-administrator = Kør kommandoen som maskinens administrator, f.eks. med sudo.
cli-agent-systemctl = "{ $command }" mislykkedes: { $detail }
cli-agent-no-service = På dette system kan agenten ikke installeres som tjeneste.
cli-agent-not-on-windows = På Windows findes --root ikke.
cli-agent-uninstalled = Tjenesten, tilmeldingen, nøglen og alle data er fjernet.
cli-agent-uninstalled-offline = Tjenesten, nøglen og alle data er fjernet. Tilmeldingen kunne ikke gives tilbage ({ $detail }). Bed en administrator om at afslutte agentens tilmelding i konsollen.
cli-agent-forget-unreachable = { $detail } Intet er slettet. Prøv igen senere, eller slet kun de lokale data med --offline; bed i så fald en administrator om at afslutte agentens tilmelding.
