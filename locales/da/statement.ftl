# What an approver consents to. Its hash is in every receipt (B3): each message is one paragraph or one line.

statement-title = Anmodning om visningstilladelse
statement-asked = Der bedes om godkendelse af, at data for { $tenant } kan ses med Viewer på følgende pc.
statement-requester = Anmoder
statement-email = Mailadresse
statement-organization = Virksomhed
statement-device = Pc
statement-requested = Anmodet
statement-expires = Svar senest
statement-outside = Bemærk: denne mailadresse ligger uden for domænerne for { $tenant }.
statement-meaning = Ved godkendelse kan anmoderen se data for { $tenant } med Viewer på denne pc. Tilladelsen gælder kun denne pc og kan tilbagekaldes senere. Afvises anmodningen, eller godkendes den ikke i tide, kan der ikke ses noget.
statement-checked = Ved at godkende erklærer godkenderen at have kontrolleret, at anmoderen hører til { $tenant }, og at mailadressen tilhører { $tenant }.
statement-checked-outside = Ved at godkende erklærer godkenderen at have kontrolleret, at anmoderen hører til { $tenant }, og accepterer brugen af denne mailadresse fra et andet domæne.
