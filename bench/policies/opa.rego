package partner

# What is constant stands in one value without references, so that OPA does not put it together anew for each query.
grants := {
	"view_legal_profile": {
		"roles": {
			"global_admin", "account_admin", "user_management_admin", "billing_admin", "admin_agent", "sales_agent",
			"helpdesk_agent", "mpn_partner_admin", "business_profile_admin", "referrals_admin", "co_sell_solution_admin",
			"incentives_admin", "compliance_admin", "security_administrator",
		},
		"channels": {"portal", "api"},
	},
	"update_legal_business": {"roles": {"global_admin"}, "channels": {"portal", "api"}},
	"update_primary_contact": {"roles": {"global_admin"}, "channels": {"portal", "api"}},
	"update_security_contact": {"roles": {"global_admin"}, "channels": {"portal"}},
}

decision := {"allowed": false, "reason": "not_signed_in"} if {
	input.actor.id == ""
} else := {"allowed": false, "reason": "other_tenant"} if {
	input.actor.tenantId != input.tenantId
} else := {"allowed": false, "reason": "other_tenant"} if {
	input.tenantId == ""
} else := {"allowed": false, "reason": "unknown_action"} if {
	not grants[input.action]
} else := {"allowed": false, "reason": "role"} if {
	not has_role
} else := {"allowed": false, "reason": "channel"} if {
	not grants[input.action].channels[input.actor.channel]
} else := {"allowed": true, "reason": "allowed"}

has_role if grants[input.action].roles[input.actor.roles[_]]
