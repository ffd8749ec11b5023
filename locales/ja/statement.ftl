# What an approver consents to. Its hash is in every receipt (B3): each message is one paragraph or one line.

statement-title = 閲覧許可の申請
statement-asked = { $tenant }のデータを、次のPCのViewerで閲覧することの承認が求められています。
statement-requester = 申請者
statement-email = メールアドレス
statement-organization = 会社・組織名
statement-device = PC名
statement-requested = 申請日時
statement-expires = 回答期限
statement-outside = ご注意：このメールアドレスは、{ $tenant }のドメインのものではありません。
statement-meaning = 承認すると、この申請者は、このPCのViewerで{ $tenant }のデータを閲覧できるようになります。許可はこのPCに限られ、後から取り消すことができます。拒否した場合や、期限までに承認しなかった場合は、閲覧できるようになりません。
statement-checked = 承認する方は、申請者が{ $tenant }に所属していること、およびメールアドレスが{ $tenant }のものであることを確認したうえで承認します。
statement-checked-outside = 承認する方は、申請者が{ $tenant }に所属していることを確認し、ドメインの異なるこのメールアドレスの使用を認めたうえで承認します。
