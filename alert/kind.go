package alert

import (
	"strings"

	"github.com/cspkit/partner"
)

// documented is the table of the types that Microsoft documents: those of the
// FraudEvents API and Graph, and those of the reference guide for security
// alerts, which are in use since May 2024. The guide writes them in another
// way, such as "VM_AnomalousDeployment"; here they are in lower camel case like
// the others. Microsoft adds types, so that the guide may hold more.
var documented = [...]struct {
	name  string
	fraud bool // it is about misuse of Azure; the other is about an advisory
}{
	{"networkConnectionsToCryptoMiningPools", true},
	{"cryptoMining", true},
	{"usageAnomalyDetection", true},
	{"virtualMachineDeploymentAnomaly", true},
	{"vmAnomalousDeployment", true},
	{"multiRegionVirtualMachineScaleSetDeploymentAnomaly", true},
	{"multiRegionMachineLearningUsageAnomaly", true},
	{"azureMachineLearningAnomalousDeployment", true},
	{"azureBatchAnomalousDeployment", true},
	{"azureContainerInstancesAnomalousDeployment", true},
	{"armAnomalousResourceConsumption", true},
	{"armSuspiciousOperations", true},
	{"serviceHealthSecurityAdvisory", false},
}

// cryptoMiningPools is what the old model of the FraudEvents API is about. It
// has no type of its own.
const cryptoMiningPools = "networkConnectionsToCryptoMiningPools"

// place is the row of documented for each type, by its typeKey.
var place = func() map[string]int {
	places := make(map[string]int, len(documented))
	for i, row := range documented {
		places[typeKey(row.name)] = i
	}
	return places
}()

// typeKey is the one spelling that "VM_AnomalousDeployment" and
// "vmAnomalousDeployment" share.
func typeKey(name string) string { return lower(strings.ReplaceAll(name, "_", "")) }

// Kind returns the kind of the incident that the alert is about:
//
//	the type is                    the kind is
//	documented, misuse of Azure    "azure_fraud." and the type in snake case
//	any other                      the type in snake case
//
// So it is "azure_fraud.usage_anomaly_detection" for "usageAnomalyDetection",
// and "service_health_security_advisory" for "serviceHealthSecurityAdvisory",
// the one documented type that is no misuse. Types are compared in any case of
// letters, and with or without "_".
//
// In snake case,
//
//   - what is no ASCII letter or digit becomes "_"; several become one, and
//     none stays at the ends;
//   - "alert_" stands before a leading digit;
//   - "security_alert" is what is written if nothing is left;
//   - the kind is cut at 128 octets.
func (a Alert) Kind() partner.IncidentKind {
	i, known := place[typeKey(a.Type)]
	switch {
	case known && documented[i].fraud:
		return partner.AzureFraud + "." + partner.IncidentKind(snake(documented[i].name))
	case known:
		return partner.IncidentKind(snake(documented[i].name))
	}
	return partner.IncidentKind(snake(a.Type))
}

// kindLimit, in octets, is what an incident's kind may have.
const kindLimit = 128

// snake writes a type as Kind says.
func snake(name string) string {
	var b strings.Builder
	for i := 0; i < len(name) && b.Len() < kindLimit; i++ {
		c := name[i]
		switch {
		case isUpper(c):
			if begins(name, i) {
				underscore(&b)
			}
			b.WriteByte(c + 'a' - 'A')
		case isLower(c), isDigit(c):
			if b.Len() == 0 && isDigit(c) {
				b.WriteString("alert_")
			}
			b.WriteByte(c)
		default:
			underscore(&b)
		}
	}
	text := b.String()
	text = strings.TrimRight(text[:min(len(text), kindLimit)], "_")
	if text == "" {
		return "security_alert"
	}
	return text
}

// underscore writes "_" where a word has ended.
func underscore(b *strings.Builder) {
	if text := b.String(); text != "" && text[len(text)-1] != '_' {
		b.WriteByte('_')
	}
}

// begins reports whether the capital at i begins a word: "pools" in "toPools",
// and "pools" in "ARMPools".
func begins(name string, i int) bool {
	if i == 0 {
		return false
	}
	before := name[i-1]
	return isLower(before) || isDigit(before) || isUpper(before) && i+1 < len(name) && isLower(name[i+1])
}

// title makes a title of the type: "Network connections to crypto mining
// pools".
func (a Alert) title() string {
	words := strings.TrimPrefix(string(a.Kind()), string(partner.AzureFraud)+".")
	words = strings.ReplaceAll(words, "_", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// lower lowers the ASCII letters of s. A letter that merely folds to one of
// them, such as the Kelvin sign, stays.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if isUpper(c) {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
