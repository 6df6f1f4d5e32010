package alert_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/alert"
)

const advisory = "serviceHealthSecurityAdvisory"

// fraudTypes are the documented types about misuse of Azure.
var fraudTypes = []string{
	"networkConnectionsToCryptoMiningPools", "usageAnomalyDetection", "virtualMachineDeploymentAnomaly",
	"multiRegionVirtualMachineScaleSetDeploymentAnomaly", "multiRegionMachineLearningUsageAnomaly",
	"ARM_AnomalousResourceConsumption", "ARM_SuspiciousOperations", "VM_AnomalousDeployment",
	"AzureBatch_AnomalousDeployment",
	"AzureContainerInstances_AnomalousDeployment", "AzureMachineLearning_AnomalousDeployment", "CryptoMining",
}

func TestDefaultActions(t *testing.T) {
	t.Parallel()
	general := alert.DefaultActions(alert.Alert{Type: "somethingNew"})
	lists := map[string]string{strings.Join(general, "\n"): "the general list"}
	for _, name := range append(fraudTypes, advisory) {
		actions := alert.DefaultActions(alert.Alert{Type: name})
		text := strings.Join(actions, "\n")
		if name != "VM_AnomalousDeployment" { // a new name of an old type
			assert.NotContains(t, lists, text, "%s has steps of its own", name)
		}
		lists[text] = name
		if name != advisory {
			assert.Contains(t, text, "credentials", "%s is about an intruder", name)
			assert.Contains(t, text, "fraud", "%s can be one", name)
		}
		assert.Contains(t, text, "Resolve the alert", "%s: the duty is to resolve it", name)
	}
	for text := range lists {
		for action := range strings.SplitSeq(text, "\n") {
			assert.Regexp(t, `^[A-Z].*\.$`, action, "a sentence")
			assert.NotContains(t, action, "  ")
		}
	}
}

func TestDefaultActionsNameWhatIsAffected(t *testing.T) {
	t.Parallel()
	a := alert.Alert{Type: "cryptoMining", SubscriptionID: "5f6e6521-6e5f-4b0b-80aa-bd44fad7a398\r\nBcc: x"}
	for _, id := range []string{"https://contoso.com/", "/subscriptions/s/x://y", "", "vm-0"} {
		a.Resources = append(a.Resources, alert.Resource{ID: id})
	}
	first := alert.DefaultActions(a)[0]
	assert.Equal(t, "Open the Azure subscription 5f6e6521-6e5f-4b0b-80aa-bd44fad7a398 Bcc: x in the Azure portal.", first,
		"a link that Azure does not write is none of ours")

	for n := range 5 {
		a.Resources = append(a.Resources, alert.Resource{ID: "/subscriptions/s/vm-" + strconv.Itoa(n)})
	}
	a.SubscriptionID = ""
	want := ", and start with /subscriptions/s/vm-0, /subscriptions/s/vm-1, /subscriptions/s/vm-2 and 2 more."
	assert.Equal(t, "Open the customer's Azure subscriptions in the Azure portal"+want, alert.DefaultActions(a)[0])
	for _, name := range []string{advisory, "somethingNew"} {
		a.Type = name
		assert.Contains(t, strings.Join(alert.DefaultActions(a), "\n"), want, name)
	}

	a.Resources = []alert.Resource{{ID: "/Subscriptions/" + strings.Repeat("x", 1<<20)}}
	first = alert.DefaultActions(a)[0]
	require.Less(t, len(first), 1000, "a step is one line that somebody reads")
}
