package words

// The terms are those of Microsoft's Japanese pages of Partner Center: see
// terms in terms_test.go.
var ja = Language{
	Tag:  "ja",
	Name: "日本語",
	Letter: Letter{
		Drill: "[訓練] ", Resolved: "解決済み: ", Unanswered: "未回答: ",
		Subject:         "セキュリティ インシデント",
		SubjectSeverity: " ({severity})", SubjectCompany: " {company}", SubjectTenant: "、テナント {tenant}",
		SubjectTitle: ": {title}", SubjectContactCompany: " ({company})",

		Title:          "セキュリティ インシデント",
		TitleDrill:     "セキュリティ インシデントの訓練",
		TitleOver:      "セキュリティ インシデントは終息しました",
		TitleDrillOver: "セキュリティ インシデントの訓練は終了しました",

		IsDrill:        "これは訓練です。実際には何も起きていません。",
		DrillSteps:     "以下の手順を実際のインシデントと同じように進めてください。ただし、使用中のものはロック、変更、削除しないでください。",
		IsUpdate:       "これは続報です。同じインシデントについて、以前にもお知らせしています。",
		NobodyAnswered: "この件は以前にもお知らせしましたが、まだ誰からも回答がありません。",
		AllClear:       "これは終息のお知らせです。インシデントは終息しており、これ以上の対応は必要ありません。",

		AsSecurityContact: "下記の会社のセキュリティ連絡先であるため、このメッセージをお送りしています。",
		AsAdminAgent:      "下記の会社の管理エージェントとして Azure の不正行為の通知に登録されているため、このメッセージをお送りしています。",
		AsGlobalAdmin:     "下記の会社の他の方にお知らせできなかったため、グローバル管理者であるあなたにこのメッセージをお送りしています。",
		AsStandIn:         "誰からも回答がないため、下記の会社のグローバル管理者であるあなたにこのメッセージをお送りしています。",
		AsSubscriber:      "このアドレスが下記の会社のセキュリティ インシデントの送信先として登録されているため、このメッセージをお送りしています。",
		AsOther:           "下記の会社に代わってこのメッセージをお送りしています。",

		ImpactsOwn:       "影響を受けているのは、この会社自身のテナントです。",
		ImpactsOther:     "影響を受けているのは、この会社のものではないテナントです。",
		ImpactsCustomer:  "影響を受けているのは、この会社が{rights}を持つ顧客のテナントです。",
		ImpactedOwn:      "影響を受けたのは、この会社自身のテナントです。",
		ImpactedOther:    "影響を受けたのは、この会社のものではないテナントです。",
		ImpactedCustomer: "影響を受けたのは、この会社が{rights}を持つ顧客のテナントです。",
		Reseller:         "リセラー関係",
		DelegatedAdmin:   "代理管理者特権",
		GranularAdmin:    "詳細な代理管理者特権",
		Comma:            "、", And: "および", Between: "",

		HowToAnswer:    "回答方法",
		AnswerOnPage:   "このページを開いて回答してください。",
		AnswerByCode:   "このページを開いて、コードを入力してください。",
		AnswerOnIt:     "回答すると、あなたが対応中であり、このアドレスが読まれていることが伝わります。",
		AnswerReads:    "回答すると、このアドレスが読まれていることが伝わります。",
		AnswerConfirms: "回答すると、このアドレスが読まれていることが伝わります。ページには、連絡先として登録されている内容が表示されます。",

		Actions: "対応手順 (この順番で)", Summary: "わかっていること", Details: "詳細",
		Company: "会社", Tenant: "テナント", Incident: "インシデント", Severity: "重大度",
		RespondBy: "対応期限", Respond: "対応", AtOnce: "ただちに", WaitingSince: "回答待ちの開始日時",
		Page: "ページ", Code: "コード", Reference: "参照先", Kind: "種類", Detected: "検出日時",
		ImpactedTenant: "影響を受けるテナント", OwnTenant: "会社のテナント", IncidentID: "インシデント ID",
		Notification:  "通知",
		Informational: "情報", Low: "低", Medium: "中", High: "高",

		Appointed: Contact{
			Subject:  "セキュリティ連絡先に登録されました",
			What:     "このアドレスが、下記の会社のセキュリティ連絡先として登録されました。",
			Question: "お心当たりがない場合",
			Act:      "会社のグローバル管理者に連絡してください。セキュリティ連絡先を変更できるのはグローバル管理者だけです。",
		},
		Replaced: Contact{
			Subject: "セキュリティ連絡先ではなくなりました",
			What: "下記の会社のセキュリティ連絡先として、このアドレスの代わりに別のアドレスが登録されました。セキュリティ インシデントは、" +
				"今後このアドレスには送信されません。",
			Question: "誰からも聞いていない場合",
			Act: "すでにご存じの電話番号で、会社のグローバル管理者にただちに電話してください。インシデントに気付かれたくない者は、" +
				"まずセキュリティ連絡先を変更します。",
		},
		Updated: Contact{
			Subject: "セキュリティ連絡先の内容が変更されました",
			What: "下記の会社のセキュリティ連絡先の内容 (名前、電話番号、アドレスの表記など) が変更されました。セキュリティ インシデントは、" +
				"引き続きこのアドレスに送信されます。",
			Question: "誰からも聞いていない場合",
			Act: "すでにご存じの電話番号で、会社のグローバル管理者にただちに電話し、内容を確認してもらってください。攻撃者が、" +
				"インシデントに関する電話を受けようとしている可能性があります。",
		},
		Confirm: Contact{
			Subject: "セキュリティ連絡先の確認のお願い",
			What: "このアドレスを読んでいる方はいますか。このアドレスは下記の会社のセキュリティ連絡先として登録されており、" +
				"セキュリティ インシデントはここに送信されます。",
			Question: "セキュリティ連絡先ではない場合",
			Act:      "会社のグローバル管理者に連絡してください。セキュリティ連絡先を変更できるのはグローバル管理者だけです。",
		},
		Lapsed: Contact{
			Subject: "セキュリティ連絡先をご確認ください",
			What: "下記の会社のグローバル管理者であるため、このメッセージをお送りしています。セキュリティ連絡先のアドレスが読まれていることが確認されていないか、" +
				"そのアドレスへのメールが戻ってきました。セキュリティ インシデントは引き続きそこに送信されますが、誰も対応していない可能性があります。",
			Question: "対応手順",
			Act: "会社の法的プロファイルでセキュリティ連絡先を確認してください。そのアドレスを読んでいる方に確認してもらうか、" +
				"読まれているアドレスを登録してください。セキュリティ連絡先を変更できるのはグローバル管理者だけです。",
		},
		Duties: "セキュリティ連絡先に求められること",
		DutyIncidents: "セキュリティ インシデントが会社のテナント、または会社にリセラーか管理者の権限を与えた顧客のテナントに影響する場合は、" +
			"その内容と対応手順をこのアドレスにメールでお知らせします。ただちに対応することが求められます。",
		DutyFraud: "Azure の不正行為の通知は、その通知に登録した管理エージェントに送信されます。",
		Colon:     ":",
	},
	Date: Date{
		Form:     "{year}年{month}{day}日({weekday}) {time} UTC",
		Weekdays: [7]string{"日曜日", "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日"},
		Months:   [12]string{"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"},
	},
	Kinds: map[string]string{
		"spam":                  "迷惑メール",
		"azure_fraud":           "Azure の不正行為",
		"credential_compromise": "資格情報の侵害",
		"phishing":              "フィッシング",
		"malware":               "マルウェア",
		"unauthorized_access":   "不正アクセス",
		"data_exposure":         "データの漏えい",

		"azure_fraud.network_connections_to_crypto_mining_pools": "Azure の不正行為: マイニング プールへの接続",
		"azure_fraud.crypto_mining":                              "Azure の不正行為: 暗号通貨のマイニング",
		"azure_fraud.usage_anomaly_detection":                    "Azure の不正行為: 異常な使用",
		"azure_fraud.virtual_machine_deployment_anomaly":         "Azure の不正行為: 仮想マシンの異常なデプロイ",
		"azure_fraud.vm_anomalous_deployment":                    "Azure の不正行為: 仮想マシンの異常なデプロイ",
		"azure_fraud.multi_region_virtual_machine_scale_set_deployment_anomaly": "Azure の不正行為: 複数リージョンでの仮想マシン " +
			"スケール セットの異常なデプロイ",
		"azure_fraud.multi_region_machine_learning_usage_anomaly": "Azure の不正行為: 複数リージョンでの " +
			"Machine Learning の異常な使用",
		"azure_fraud.azure_machine_learning_anomalous_deployment": "Azure の不正行為: Azure Machine " +
			"Learning の異常なデプロイ",
		"azure_fraud.azure_batch_anomalous_deployment": "Azure の不正行為: Azure Batch " +
			"の異常なデプロイ",
		"azure_fraud.azure_container_instances_anomalous_deployment": "Azure の不正行為: Azure Container " +
			"Instances の異常なデプロイ",
		"azure_fraud.arm_anomalous_resource_consumption": "Azure の不正行為: リソースの異常な消費",
		"azure_fraud.arm_suspicious_operations":          "Azure の不正行為: 疑わしい操作",
		"service_health_security_advisory":               "Service Health のセキュリティ アドバイザリ",
	},
	Sentences: map[string]string{
		"name.missing":   "名前を入力してください。",
		"name.too_long":  "名前が長すぎます。128 文字以内 (会社名は 200 文字以内) で入力してください。",
		"name.character": "名前に使えない文字 (< や > など) または目に見えない文字が含まれています。",
		"name.no_letter": "名前には、文字または数字が少なくとも 1 つ必要です。",

		"email.missing":           "メール アドレスを入力してください。",
		"email.syntax":            "name@company.com の形式で、メール アドレスを 1 つだけ入力してください。",
		"email.non_ascii_local":   "@ の前には、英字、数字、一般的な記号だけを使ってください。多くのメール サーバーは他の文字を受け付けません。",
		"email.too_long":          "メール アドレスが長すぎます。254 文字以内で入力してください。",
		"email.domain":            "@ の後の部分は、メールを送信できるドメイン名ではありません。",
		"email.unattended":        "誰も読まないメールボックスのようです。確認されているメールボックスを指定してください。",
		"email.consumer_provider": "個人向けプロバイダーのメールボックスです。会社のドメインのメールボックスのほうが安全です。",
		"email.guest_account":     "これはゲストのユーザー名であり、メールボックスではありません。ゲストがメールを読むアドレスを指定してください。",
		"email.reserved_domain":   "例やテスト用に予約されたドメインのため、メールは届きません。実在するドメインを指定してください。",
		"email.onmicrosoft":       "Microsoft がテナント用に作成したドメインです。会社のドメインのアドレスのほうがよく読まれます。",
		"email.personal_mailbox":  "1 人のメールボックスのようです。Microsoft は、セキュリティを担当するグループの配布リストを推奨しています。",

		"phone.missing":      "電話番号を入力してください。",
		"phone.syntax":       "電話番号を 1 つ、数字で入力してください (例: +1 425 555 0100 ext. 12)。文字や 2 つ目の番号は使えません。+ は 1 つまでです。",
		"phone.country_code": "国外からもかけられるように、+ と国番号から始めてください。",
		"phone.impossible":   "この国の完全な電話番号ではありません。すべての桁を入力し、国番号の後の 0 は省いてください。短縮番号や緊急番号は使えません。",
		"phone.unassigned":   "既知の範囲にない電話番号です。電話をかけて確かめてください。",
		"phone.premium_rate": "通話料が割増になる番号です。誰でもかけられる番号を指定してください。",
		"phone.not_a_line":   "ポケットベルまたはボイスメールの番号です。24 時間年中無休で応答できる電話を指定してください。",

		"tenant.syntax": "テナント ID は 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10 の形式で入力してください。",
		"partner_type.unknown": "パートナーの種類は direct_bill_partner、indirect_provider、indirect_reseller " +
			"のいずれかにしてください。",
		"field.missing":           "この項目は必須です。",
		"field.too_long":          "文字数が多すぎます。住所の 1 行は 200 文字、市区町村、都道府県、地域は 100 文字、名前は 50 文字、郵便番号は 20 文字以内です。",
		"field.character":         "改行、または表示できない文字が含まれています。入力し直してください。",
		"country.unknown":         "国は 2 文字のコードで指定してください (例: US、英国は GB)。",
		"contact.missing":         "セキュリティ連絡先を指定してください。",
		"contact.same_as_primary": "セキュリティ連絡先と主要連絡先のメールボックスが同じです。インシデントに対応できる方を指定してください。",
		"tenant.immutable":        "このプロファイルは別のテナントのものであり、移動できません。",
		"partner_type.immutable":  "パートナーの種類はここでは変更できません。",

		"incident.id":          "インシデントの ID を 1 行で入力してください。",
		"incident.tenant":      "インシデントのテナント ID は 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10 の形式で入力してください。",
		"incident.kind":        "種類は、英小文字、数字、アンダースコアからなる語 (例: credential_compromise)、またはそれらをピリオドでつないだものにしてください。",
		"incident.severity":    "重大度は informational、low、medium、high のいずれかにしてください。",
		"incident.title":       "タイトルを 1 行で入力してください。",
		"incident.actions":     "解決済みでない限り、連絡先が行う対応を少なくとも 1 つ、それぞれ 1 行で入力してください。",
		"incident.detected_at": "インシデントが検出された日時を入力してください。",
		"incident.respond_by":  "検出より前でない対応期限の日時を入力してください。ただちに対応する必要がある場合は空にしてください。",
		"incident.reference": "Web ページのアドレス全体を、空白やユーザー名を含めずに入力してください (例: https://contoso.com/incidents/42)。" +
			"空でもかまいません。",
		"incident.reference_host": "Web アドレスに異なる文字体系の文字が混ざっています。別のアドレスを装っている可能性があるため、正しいことを確かめてください。",
		"incident.tenant_name":    "影響を受ける組織の名前を 1 行で入力してください。空でもかまいません。",
		"incident.status":         "状態は resolved にするか、インシデントが続いている間は空にしてください。",
		"incident.version":        "バージョンは、インシデントを初めて知らせるときは 0 とし、その後は解決時も含めて毎回大きくしてください。",

		"escalation.steps":   "誰に知らせるかを示す手順を、少なくとも 1 つ追加してください。",
		"escalation.timeout": "この手順が回答を待つ時間を、0 より長く指定してください。",
		"escalation.repeat":  "手順を繰り返せる回数は 0 から 99 までです。",

		"contact.unverified": "このアドレスが読まれていることを、まだ誰も確認していません。",
		"contact.due":        "このアドレスが読まれていることを、再び確認する時期です。",
		"contact.overdue":    "このアドレスが読まれていることが、期限までに確認されませんでした。確認してもらうか、読まれているアドレスを入力してください。",
		"contact.bouncing":   "このアドレスへのメールが戻ってきました。訂正するか、読まれているアドレスを入力してください。",

		"language.tag": "言語はタグで指定してください (例: de、ブラジルのポルトガル語は pt-BR)。",
	},
	Refused: "この値は受け付けられませんでした。",
	Actions: Actions{
		Subscription:  "Azure サブスクリプション {id}",
		Subscriptions: "顧客の Azure サブスクリプション",
		StartWith:     " (まず {resources})",
		More:          "{resources} ほか {count} 件",

		Open: "Azure portal で {subscription} を開いてください{start}。",
		Stop: "すべてが想定どおりでない限り、侵入者が作成したものを、すべてのリージョンで、残ったディスクやストレージも含めて停止し、" +
			"削除してください。",
		Credentials: "テナントの管理者と、サブスクリプションにロールを持つ全員の資格情報を変更し、全員に多要素認証を必須にしてください。",
		Recovery:    "グローバル管理者がパスワードの回復に使う電話番号とアドレスを確認してください。",
		Logs: "アラートの前後のサインイン ログ、危険なユーザー、アクティビティ ログを調べ、誰も説明できないロール、アカウント、" +
			"アプリケーションをすべて削除してください。",
		Cancel: "侵入者を締め出せない場合は、サブスクリプションをキャンセルしてください。時間があれば、先に顧客に確認してください。" +
			"これには、管理エージェントでもあるグローバル管理者が必要です。",
		After:  "その後、顧客が使わないクォータを下げてもらい、支出の予算を設定してください。",
		Report: "パートナー センターでアラートを解決してください。不正行為の場合は不正行為として、想定された活動の場合は正当なものとして解決します。",

		AdvisoryRead:    "アドバイザリを読んでください。パートナー センターのアラートには、Azure portal の Service Health で顧客に伝えられた内容の写しがあります。",
		AdvisoryDo:      "{subscription} について、求められている対応を顧客とともに行ってください{start}。",
		AdvisoryAlert:   "次のアドバイザリが誰かに届くように、顧客が Service Health のアラートを設定していることを確認してください。",
		AdvisoryResolve: "パートナー センターでアラートを解決してください。対応が済んだら正当なものとして、侵入者に関するものであれば不正行為として解決します。",

		OtherOpen: "パートナー センターの Insights、Security、Alerts でアラートを開き、{subscription} で何が検出されたかを読んでください{start}。",
		OtherAsk:  "その活動が想定されたものかどうかを、顧客に確認してください。",

		Look: map[string]string{
			"networkConnectionsToCryptoMiningPools": "どのマシンがマイニング プールに接続しているか、" +
				"顧客の誰かが意図的に暗号通貨をマイニングしているかを調べてください。",
			"cryptoMining": "どのリソースが暗号通貨をマイニングしているか、" +
				"顧客の誰かが意図的に行っているかを調べてください。",
			"usageAnomalyDetection": "最近数日の使用量を前月とリージョンごとに比べ、その理由を顧客に確認してください。",
			"virtualMachineDeploymentAnomaly": "最近作成された仮想マシンを探し、規模の大きいもの、" +
				"または普段と異なるリージョンにあるものについて、それぞれ顧客に確認してください。",
			"vmAnomalousDeployment": "最近作成された仮想マシンを探し、規模の大きいもの、" +
				"または普段と異なるリージョンにあるものについて、それぞれ顧客に確認してください。",
			"multiRegionVirtualMachineScaleSetDeploymentAnomaly": "普段使うリージョンだけでなく、すべてのリージョンで仮想マシン スケール セットを探し、" +
				"それぞれについて顧客に確認してください。",
			"multiRegionMachineLearningUsageAnomaly": "普段使うリージョンだけでなく、すべてのリージョンで Machine Learning " +
				"のワークスペースとコンピューティングを探し、それぞれについて顧客に確認してください。",
			"azureMachineLearningAnomalousDeployment": "すべてのリージョンで、最近作成された Machine Learning " +
				"のワークスペースとコンピューティングを探し、それぞれについて顧客に確認してください。",
			"azureBatchAnomalousDeployment": "すべてのリージョンで、最近作成された Batch のアカウントとプールを探し、" +
				"それぞれについて顧客に確認してください。",
			"azureContainerInstancesAnomalousDeployment": "すべてのリージョンで、最近作成されたコンテナー インスタンスを探し、" +
				"それぞれとそのイメージについて顧客に確認してください。",
			"armAnomalousResourceConsumption": "最近数日に作成、使用されたものを前月と比べ、その理由を顧客に確認してください。",
			"armSuspiciousOperations": "アクティビティ ログで、どの操作が普段と異なり、誰が行ったかを読み、" +
				"本人が行ったかどうかを確認してください。",
		},
	},
	Webhook: Webhook{Fallback: "セキュリティ通知", Answer: "回答する", Reference: "参照先"},
}
