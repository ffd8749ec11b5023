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
