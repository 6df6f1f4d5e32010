package alert_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
)

func TestKind(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		want partner.IncidentKind
		why  string
	}{
		{"networkConnectionsToCryptoMiningPools", "azure_fraud.network_connections_to_crypto_mining_pools", ""},
		{"NetworkConnectionsToCryptoMiningPools", "azure_fraud.network_connections_to_crypto_mining_pools", ""},
		{"NETWORKCONNECTIONSTOCRYPTOMININGPOOLS", "azure_fraud.network_connections_to_crypto_mining_pools",
			"in any case of letters"},
		{"usageAnomalyDetection", "azure_fraud.usage_anomaly_detection", ""},
		{"virtualMachineDeploymentAnomaly", "azure_fraud.virtual_machine_deployment_anomaly", ""},
		{
			"multiRegionVirtualMachineScaleSetDeploymentAnomaly",
			"azure_fraud.multi_region_virtual_machine_scale_set_deployment_anomaly", "",
		},
		{"multiRegionMachineLearningUsageAnomaly", "azure_fraud.multi_region_machine_learning_usage_anomaly", ""},
		{"ARM_AnomalousResourceConsumption", "azure_fraud.arm_anomalous_resource_consumption", "the reference guide has it"},
		{"ARM_SuspiciousOperations", "azure_fraud.arm_suspicious_operations", ""},
		{"VM_AnomalousDeployment", "azure_fraud.vm_anomalous_deployment", ""},
		{"vmAnomalousDeployment", "azure_fraud.vm_anomalous_deployment", ""},
		{"AzureBatch_AnomalousDeployment", "azure_fraud.azure_batch_anomalous_deployment", ""},
		{"AzureContainerInstances_AnomalousDeployment", "azure_fraud.azure_container_instances_anomalous_deployment", ""},
		{"AzureMachineLearning_AnomalousDeployment", "azure_fraud.azure_machine_learning_anomalous_deployment", ""},
		{"CryptoMining", "azure_fraud.crypto_mining", ""},
		{"serviceHealthSecurityAdvisory", "service_health_security_advisory", "an advisory is no fraud"},
		{"SERVICEHEALTHSECURITYADVISORY", "service_health_security_advisory", ""},

		{"somethingNew", "something_new", "nobody knows whether a new type is fraud"},
		{"SomethingNew", "something_new", ""},
		{"ARMThing", "arm_thing", ""},
		{"thingARM", "thing_arm", ""},
		{"ABc", "a_bc", ""},
		{"vm2Deployment", "vm2_deployment", ""},
		{"already_snake", "already_snake", ""},
		{"with spaces, and more!", "with_spaces_and_more", ""},
		{"-a--B-", "a_b", ""},
		{"2faBypass", "alert_2fa_bypass", "a kind begins with a letter"},
		{" 2", "alert_2", ""},
		{"Überfall", "berfall", "a kind is ASCII"},
		{"", "security_alert", ""},
		{"\x00 .. \u212a", "security_alert", ""},
		{strings.Repeat("a", 200), partner.IncidentKind(strings.Repeat("a", 128)), ""},
		{strings.Repeat("a", 127) + "Bc", partner.IncidentKind(strings.Repeat("a", 127)), "no underscore at the end"},
		{"9" + strings.Repeat("a", 200), partner.IncidentKind("alert_9" + strings.Repeat("a", 121)), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, alert.Alert{Type: tt.name}.Kind(), tt.why)
		})
	}
}
