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
statement-meaning = 承認すると、この申請者は、このPCのViewerで{ $tenant }のデータを閲覧できるようになります。許可はこのPCに限られ、後から取り消すことができます。拒否した場合や、期限までに承認しなかった場合は、閲覧できません。
statement-checked = 承認者は、申請者が{ $tenant }に所属していること、およびメールアドレスが{ $tenant }のものであることを確認したうえで承認するものとします。
statement-checked-outside = 承認者は、申請者が{ $tenant }に所属していることを確認し、ドメインの異なるこのメールアドレスの使用を認めたうえで承認するものとします。

# The free question (B12): any yes/no question of the provider.
statement-question-title = { $provider }からの確認依頼
statement-question-asked = { $provider }が、{ $tenant }に次の質問への回答を求めています。
statement-question-subject = 件名
statement-question-text = 質問
statement-question-reference = 管理番号
statement-question-asker = 依頼者
statement-question-requested = 依頼日時
statement-question-meaning = 承認すると「はい」、拒否すると「いいえ」と回答したことになります。回答は署名付きで記録され、{ $provider }が確認できます。期限までに回答がない場合は、「回答なし」として扱われます。
statement-question-several = この質問は、{ $required }名の承認者が承認したときに承認となります。1名でも拒否した場合は、拒否となります。
statement-question-checked = 承認者は、質問の内容を読み、{ $tenant }を代表して回答する権限があることを確認したうえで承認するものとします。
