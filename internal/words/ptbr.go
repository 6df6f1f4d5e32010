package words

// The terms are those of Microsoft's Brazilian pages of Partner Center: see
// terms in terms_test.go.
var ptBR = Language{
	Tag:  "pt-BR",
	Name: "Português (Brasil)",
	Letter: Letter{
		Drill: "[SIMULAÇÃO] ", Resolved: "Resolvido: ", Unanswered: "Sem resposta: ",
		Subject:         "Incidente de segurança",
		SubjectSeverity: " ({severity})", SubjectCompany: " em {company}", SubjectTenant: ", locatário {tenant}",
		SubjectTitle: ": {title}", SubjectContactCompany: " de {company}",

		Title:          "Incidente de segurança",
		TitleDrill:     "Simulação de um incidente de segurança",
		TitleOver:      "O incidente de segurança terminou",
		TitleDrillOver: "A simulação de um incidente de segurança terminou",

		IsDrill: "Isto é uma simulação: nada aconteceu.",
		DrillSteps: "Siga as etapas abaixo como em um incidente real, mas não bloqueie, altere nem exclua nada " +
			"que esteja em " +
			"uso.",
		IsUpdate:       "Isto é uma atualização: uma mensagem anterior tratou do mesmo incidente.",
		NobodyAnswered: "Uma mensagem anterior já tratou disto e ninguém respondeu.",
		AllClear:       "Este é o fim do alerta: o incidente terminou e não há mais nada a fazer.",

		AsSecurityContact: "Você recebe esta mensagem como contato de segurança da empresa abaixo.",
		AsAdminAgent: "Você recebe esta mensagem como agente de administração da empresa abaixo inscrito nas " +
			"notificações de " +
			"fraude do Azure.",
		AsGlobalAdmin: "Você recebe esta mensagem como administrador global da empresa abaixo, porque ninguém " +
			"mais pôde ser " +
			"avisado nela.",
		AsStandIn: "Você recebe esta mensagem como administrador global da empresa abaixo, porque ninguém " +
			"respondeu.",
		AsSubscriber: "Você recebe esta mensagem porque este endereço está registrado para os incidentes de " +
			"segurança da " +
			"empresa abaixo.",
		AsOther: "Você recebe esta mensagem em nome da empresa abaixo.",

		ImpactsOwn:       "O incidente afeta o locatário da própria empresa.",
		ImpactsOther:     "O incidente afeta um locatário que não é o da empresa.",
		ImpactsCustomer:  "O incidente afeta o locatário de um cliente, sobre o qual a empresa tem {rights}.",
		ImpactedOwn:      "O incidente afetou o locatário da própria empresa.",
		ImpactedOther:    "O incidente afetou um locatário que não é o da empresa.",
		ImpactedCustomer: "O incidente afetou o locatário de um cliente, sobre o qual a empresa tem {rights}.",
		Reseller:         "a relação de revendedor",
		DelegatedAdmin:   "privilégios de administrador delegado",
		GranularAdmin:    "privilégios granulares de administrador delegado",
		Comma:            ", ", And: " e ", Between: " ",

		HowToAnswer:  "Como responder",
		AnswerOnPage: "Abra esta página e responda nela.",
		AnswerByCode: "Abra esta página e insira nela o código.",
		AnswerOnIt:   "Sua resposta diz que você está cuidando disso e que alguém lê este endereço.",
		AnswerReads:  "Sua resposta diz que alguém lê este endereço.",
		AnswerConfirms: "Sua resposta diz que alguém lê este endereço. A página mostra os dados registrados " +
			"para o " +
			"contato.",

		Actions: "O que fazer, nesta ordem", Summary: "O que se sabe", Details: "Detalhes",
		Company: "Empresa", Tenant: "Locatário", Incident: "Incidente", Severity: "Gravidade",
		RespondBy: "Reagir até", Respond: "Reagir", AtOnce: "imediatamente", WaitingSince: "Sem resposta desde",
		Page: "Página", Code: "Código", Reference: "Referência", Kind: "Tipo", Detected: "Detectado",
		ImpactedTenant: "Locatário afetado", OwnTenant: "Locatário da empresa", IncidentID: "ID do incidente",
		Notification:  "Notificação",
		Informational: "informativa", Low: "baixa", Medium: "média", High: "alta",

		Appointed: Contact{
			Subject:  "Você agora é o contato de segurança",
			What:     "Este endereço foi registrado para o contato de segurança da empresa abaixo.",
			Question: "Se você não esperava por isso",
			Act:      "Avise um administrador global da empresa: ninguém mais pode alterar o contato de segurança.",
		},
		Replaced: Contact{
			Subject: "Você não é mais o contato de segurança",
			What: "Outro endereço foi registrado para o contato de segurança da empresa abaixo, no lugar deste. " +
				"Os incidentes " +
				"de segurança não são mais enviados para cá.",
			Question: "Se ninguém falou disso com você",
			Act: "Ligue imediatamente para um administrador global da empresa, em um número que você já tenha: " +
				"quem quer que um " +
				"incidente passe despercebido altera primeiro o contato de segurança.",
		},
		Updated: Contact{
			Subject: "Novos dados do contato de segurança",
			What: "Dados do contato de segurança da empresa abaixo, como o nome, o número de telefone ou a " +
				"grafia do endereço, " +
				"foram alterados. Os incidentes de segurança continuam sendo enviados para cá.",
			Question: "Se ninguém falou disso com você",
			Act: "Ligue imediatamente para um administrador global da empresa, em um número que você já tenha, " +
				"e peça que " +
				"verifiquem os dados: um invasor pode querer receber as ligações sobre um incidente.",
		},
		Confirm: Contact{
			Subject: "Confirme o contato de segurança",
			What: "Alguém lê este endereço? Ele está registrado para o contato de segurança da empresa abaixo, " +
				"e os incidentes " +
				"de segurança são enviados para cá.",
			Question: "Se você não é o contato de segurança",
			Act:      "Avise um administrador global da empresa: ninguém mais pode alterar o contato de segurança.",
		},
		Lapsed: Contact{
			Subject: "Verifique o contato de segurança",
			What: "Você recebe esta mensagem como administrador global da empresa abaixo. O contato de " +
				"segurança dela não " +
				"confirmou que alguém lê o endereço, ou mensagens para esse endereço voltaram. Os incidentes de " +
				"segurança " +
				"continuam sendo enviados para lá, mas talvez ninguém aja.",
			Question: "O que fazer",
			Act: "Consulte o contato de segurança no perfil jurídico da empresa. Peça que alguém que lê o " +
				"endereço o confirme, " +
				"ou registre um que seja lido. Só um administrador global pode alterar o contato de segurança.",
		},
		Duties: "O que se espera de um contato de segurança",
		DutyIncidents: "Se um incidente de segurança afetar o locatário da empresa, ou o de um cliente que " +
			"concedeu a ela " +
			"direitos de revendedor ou de administração, um email para este endereço dirá isso e o que fazer. " +
			"Espera-se que " +
			"você aja imediatamente.",
		DutyFraud: "As notificações de fraude do Azure vão para os agentes de administração inscritos nelas.",
		Colon:     ":",
	},
	Date: Date{
		Form: "{weekday}, {day} de {month} de {year}, {time} UTC",
		Weekdays: [7]string{
			"domingo", "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado",
		},
		Months: [12]string{
			"janeiro", "fevereiro", "março", "abril", "maio", "junho",
			"julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
		},
	},
	Kinds: map[string]string{
		"spam":                  "lixo eletrônico",
		"azure_fraud":           "fraude do Azure",
		"credential_compromise": "credenciais comprometidas",
		"phishing":              "roubo de dados por mensagens falsas (phishing)",
		"malware":               "software mal-intencionado",
		"unauthorized_access":   "acesso não autorizado",
		"data_exposure":         "exposição de dados",

		"azure_fraud.network_connections_to_crypto_mining_pools": "fraude do Azure: conexões com " +
			"pools de mineração",
		"azure_fraud.crypto_mining": "fraude do Azure: mineração de " +
			"criptomoeda",
		"azure_fraud.usage_anomaly_detection": "fraude do Azure: uso anormal",
		"azure_fraud.virtual_machine_deployment_anomaly": "fraude do Azure: implantação " +
			"anormal de máquinas virtuais",
		"azure_fraud.vm_anomalous_deployment": "fraude do Azure: implantação " +
			"anormal de máquinas virtuais",
		"azure_fraud.multi_region_virtual_machine_scale_set_deployment_anomaly": "fraude do Azure: conjuntos de " +
			"dimensionamento anormais em várias regiões",
		"azure_fraud.multi_region_machine_learning_usage_anomaly": "fraude do Azure: uso anormal " +
			"do Machine Learning em várias regiões",
		"azure_fraud.azure_machine_learning_anomalous_deployment": "fraude do Azure: implantação " +
			"anormal do Azure Machine Learning",
		"azure_fraud.azure_batch_anomalous_deployment": "fraude do Azure: implantação " +
			"anormal do Lote do Azure",
		"azure_fraud.azure_container_instances_anomalous_deployment": "fraude do Azure: implantação " +
			"anormal de Instâncias de Contêiner do Azure",
		"azure_fraud.arm_anomalous_resource_consumption": "fraude do Azure: consumo " +
			"anormal de recursos",
		"azure_fraud.arm_suspicious_operations": "fraude do Azure: operações " +
			"suspeitas",
		"service_health_security_advisory": "aviso de segurança da " +
			"Integridade do Serviço",
	},
	Sentences: map[string]string{
		"name.missing":  "É necessário um nome.",
		"name.too_long": "O nome é longo demais: no máximo 128 caracteres, 200 para uma empresa.",
		"name.character": "O nome contém um caractere com que não se escrevem nomes, como < ou >, ou um que não " +
			"se vê.",
		"name.no_letter": "Um nome precisa de pelo menos uma letra ou um algarismo.",

		"email.missing": "É necessário um endereço de email.",
		"email.syntax":  "Insira um único endereço de email no formato name@company.com.",
		"email.non_ascii_local": "Antes da @, use apenas letras sem acentos, algarismos e sinais comuns: " +
			"muitos servidores de email não aceitam outra coisa.",
		"email.too_long": "O endereço de email é longo demais: no máximo 254 caracteres.",
		"email.domain": "A parte depois da @ não é um nome de domínio para o qual se possa enviar " +
			"email.",
		"email.unattended": "Isto parece uma caixa de correio que ninguém lê; informe uma que seja " +
			"acompanhada.",
		"email.consumer_provider": "Esta caixa de correio é de um provedor para consumidores; uma no domínio da " +
			"empresa é mais segura.",
		"email.guest_account": "Este é o nome de usuário de um convidado, não uma caixa de correio; informe " +
			"o endereço em que o convidado lê emails.",
		"email.reserved_domain": "Este domínio é reservado para exemplos e testes, e nenhum email chega lá; " +
			"informe um real.",
		"email.onmicrosoft": "Este domínio foi criado pela Microsoft para o locatário; um endereço no " +
			"domínio da empresa é lido com mais frequência.",
		"email.personal_mailbox": "Isto parece a caixa de correio de uma só pessoa; a Microsoft prefere uma " +
			"lista de distribuição do grupo que cuida da segurança.",

		"phone.missing": "É necessário um número de telefone.",
		"phone.syntax": "Insira um único número de telefone em algarismos, como +1 425 555 0100 ext. 12: " +
			"sem letras, sem um segundo número, no máximo um +.",
		"phone.country_code": "Comece o número de telefone com + e o código do país, para que se possa ligar do " +
			"exterior.",
		"phone.impossible": "Este não pode ser um número de telefone completo do país: informe todos os " +
			"algarismos, sem 0 depois do código do país, e nenhum número curto ou de emergência.",
		"phone.unassigned": "Este número de telefone não está em nenhuma faixa conhecida; ligue para ter " +
			"certeza.",
		"phone.premium_rate": "Este é um número de tarifa especial; informe um para o qual qualquer pessoa " +
			"possa ligar.",
		"phone.not_a_line": "Este é um pager ou correio de voz; informe um telefone atendido 24 horas por " +
			"dia, todos os dias.",

		"tenant.syntax": "A ID do locatário deve ter o formato 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10.",
		"partner_type.unknown": "O tipo de parceiro deve ser direct_bill_partner, indirect_provider ou " +
			"indirect_reseller.",
		"field.missing": "Este campo é obrigatório.",
		"field.too_long": "O texto é longo demais: no máximo 200 caracteres em uma linha de endereço, " +
			"100 em uma cidade, estado ou região, 50 em um nome, 20 em um código postal.",
		"field.character": "O texto contém uma quebra de linha ou um caractere que não pode ser " +
			"exibido; digite-o de novo.",
		"country.unknown": "Informe o país pelo código de duas letras, como US, ou GB para o Reino Unido.",
		"contact.missing": "É necessário um contato de segurança.",
		"contact.same_as_primary": "O contato de segurança lê a mesma caixa de correio que o contato principal; " +
			"indique quem possa agir em um incidente.",
		"tenant.immutable":       "Este perfil pertence a outro locatário e não pode ser movido.",
		"partner_type.immutable": "O tipo de parceiro não pode ser alterado aqui.",

		"incident.id": "Insira uma ID do incidente de uma linha.",
		"incident.tenant": "A ID do locatário do incidente deve ter o formato " +
			"3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10.",
		"incident.kind": "O tipo deve ser uma palavra de letras minúsculas, algarismos e sublinhados, " +
			"como credential_compromise, ou várias com pontos entre elas.",
		"incident.severity": "A gravidade deve ser informational, low, medium ou high.",
		"incident.title":    "Insira um título de uma linha.",
		"incident.actions": "Insira pelo menos uma ação para o contato, a menos que o incidente " +
			"esteja resolvido, cada uma de uma linha.",
		"incident.detected_at": "Insira a data e a hora em que o incidente foi detectado.",
		"incident.respond_by": "Insira uma data e uma hora limite que não seja anterior à detecção, ou " +
			"nenhuma se o contato deve reagir imediatamente.",
		"incident.reference": "Insira o endereço completo de uma página da Web, como " +
			"https://contoso.com/incidents/42, sem espaços nem nomes de usuário, ou nenhum.",
		"incident.reference_host": "O endereço da Web mistura letras de alfabetos diferentes, como fazem os que " +
			"se passam por outro; verifique se é o correto.",
		"incident.tenant_name": "Insira o nome da organização afetada em uma linha, ou nenhum.",
		"incident.status":      "O status deve ser resolved, ou vazio enquanto o incidente continua.",
		"incident.version": "A versão deve ser 0 quando o incidente é informado pela primeira vez, e " +
			"mais alta a cada vez depois, também quando é resolvido.",

		"escalation.steps":   "Adicione pelo menos uma etapa que diga quem é avisado.",
		"escalation.timeout": "Informe quanto tempo a etapa espera por uma resposta: mais do que nada.",
		"escalation.repeat":  "As etapas podem ser repetidas de 0 a 99 vezes.",

		"contact.unverified": "Ninguém confirmou ainda que este endereço é lido.",
		"contact.due":        "Está na hora de confirmar de novo que alguém lê este endereço.",
		"contact.overdue": "Ninguém confirmou a tempo que este endereço é lido; peça que o confirmem, ou " +
			"insira um que seja lido.",
		"contact.bouncing": "Mensagens para este endereço voltaram; corrija-o, ou insira um que seja lido.",

		"language.tag": "Informe o idioma pela sua marca, como de, ou pt-BR para o português do Brasil.",
	},
	Refused: "Este valor foi recusado.",
	Actions: Actions{
		Subscription:  "a assinatura do Azure {id}",
		Subscriptions: "as assinaturas do Azure do cliente",
		StartWith:     ", começando por {resources}",
		More:          "{resources} e mais {count}",

		Open: "Abra {subscription} no portal do Azure{start}.",
		Stop: "A menos que tudo seja esperado, pare e exclua o que um invasor criou, em todas as regiões, com " +
			"os discos e o " +
			"armazenamento que restarem.",
		Credentials: "Troque as credenciais dos administradores do locatário e de todos os que têm uma função " +
			"na assinatura, e " +
			"exija de todos eles a autenticação multifator.",
		Recovery: "Verifique os números de telefone e os endereços com que os administradores globais recuperam " +
			"suas senhas.",
		Logs: "Examine os logs de entrada, os usuários em risco e o log de atividades em torno da hora do " +
			"alerta, e remova cada " +
			"função, conta e aplicativo que ninguém saiba explicar.",
		Cancel: "Se não for possível manter o invasor do lado de fora, cancele a assinatura. Pergunte antes ao " +
			"cliente, se houver " +
			"tempo. É preciso um administrador global que também seja agente de administração.",
		After:  "Depois, peça a redução das cotas que o cliente não usa e defina um orçamento de gastos.",
		Report: "Encerre o alerta no Partner Center: como fraude, ou como legítimo se a atividade for esperada.",

		AdvisoryRead: "Leia o aviso. O alerta no Partner Center contém uma cópia do que foi dito ao cliente em " +
			"Service Health no " +
			"portal do Azure.",
		AdvisoryDo: "Faça com o cliente o que ele pede, para {subscription}{start}.",
		AdvisoryAlert: "Cuide para que o cliente tenha um alerta de Service Health, para que o próximo aviso " +
			"chegue a " +
			"alguém.",
		AdvisoryResolve: "Encerre o alerta no Partner Center: como legítimo depois de feito, ou como fraude se " +
			"for sobre um " +
			"invasor.",

		OtherOpen: "Abra o alerta no Partner Center, em Insights, Security, Alerts, e leia o que foi observado " +
			"em " +
			"{subscription}{start}.",
		OtherAsk: "Pergunte ao cliente se a atividade é esperada.",

		Look: map[string]string{
			"networkConnectionsToCryptoMiningPools": "Descubra quais máquinas se conectam a um pool de " +
				"mineração, e se alguém no " +
				"cliente minera criptomoeda ali de propósito.",
			"cryptoMining": "Descubra quais recursos mineram criptomoeda, e se alguém no cliente faz isso de " +
				"propósito.",
			"usageAnomalyDetection": "Compare o uso dos últimos dias com o do mês anterior, região por região, " +
				"e pergunte ao " +
				"cliente o que o explica.",
			"virtualMachineDeploymentAnomaly": "Procure máquinas virtuais criadas há pouco, e pergunte ao " +
				"cliente sobre cada uma " +
				"que seja grande ou esteja em uma região incomum.",
			"vmAnomalousDeployment": "Procure máquinas virtuais criadas há pouco, e pergunte ao cliente sobre " +
				"cada uma " +
				"que seja grande ou esteja em uma região incomum.",
			"multiRegionVirtualMachineScaleSetDeploymentAnomaly": "Procure em todas as regiões, não só nas " +
				"habituais, conjuntos de " +
				"dimensionamento de máquinas virtuais, e pergunte ao cliente sobre cada um.",
			"multiRegionMachineLearningUsageAnomaly": "Procure em todas as regiões, não só nas habituais, " +
				"workspaces e computação " +
				"do Machine Learning, e pergunte ao cliente sobre cada um.",
			"azureMachineLearningAnomalousDeployment": "Procure em todas as regiões workspaces e computação do " +
				"Machine Learning " +
				"criados há pouco, e pergunte ao cliente sobre cada um.",
			"azureBatchAnomalousDeployment": "Procure em todas as regiões contas e pools do Lote criados há " +
				"pouco, e pergunte ao " +
				"cliente sobre cada um.",
			"azureContainerInstancesAnomalousDeployment": "Procure em todas as regiões instâncias de contêiner " +
				"criadas há pouco, e " +
				"pergunte ao cliente sobre cada uma e sobre a imagem dela.",
			"armAnomalousResourceConsumption": "Compare o que foi criado e usado nos últimos dias com o mês " +
				"anterior, e pergunte ao " +
				"cliente o que o explica.",
			"armSuspiciousOperations": "Leia no log de atividades quais operações foram incomuns e quem as fez, " +
				"e pergunte a essa " +
				"pessoa se foi ela.",
		},
	},
	Webhook: Webhook{Fallback: "Notificação de segurança", Answer: "Responder", Reference: "Referência"},
}
