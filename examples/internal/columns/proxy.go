package columns

import "strings"

// PrimaryAddress returns the primary one of the addresses that Exchange and
// Active Directory keep for an account: "soc@contoso.com" of
// "SMTP:soc@contoso.com;smtp:ada@contoso.com;sip:ada@contoso.com".
//
// It is the one behind SMTP: in capitals. If none is, it is the only one behind
// smtp:. Listed is how many addresses of any kind stand in the cell. It is 0 if
// the cell is no such list, and then there is no primary.
//
// Between two stands a plus, as Microsoft 365 writes it, or one of ",;|", or a
// space. A plus within an address parts nothing.
func PrimaryAddress(cell string) (primary string, listed int) {
	cell = strings.TrimSpace(cell)
	if typeOf(cell) == 0 {
		return "", 0
	}
	var capitals, all []string
	for rest := cell; rest != ""; listed++ {
		n := typeOf(rest)
		end := nextAddress(rest)
		address := strings.Trim(rest[n:end], betweenAddresses)
		switch {
		case rest[:n] == "SMTP:":
			capitals, all = append(capitals, address), append(all, address)
		case strings.EqualFold(rest[:n], "SMTP:"):
			all = append(all, address)
		}
		rest = rest[end:]
	}
	switch {
	case len(all) == 0:
		return "", 0
	case len(capitals) == 1:
		return capitals[0], listed
	case len(all) == 1:
		return all[0], listed
	}
	return "", listed
}

// IsProxies reports whether a header is that of such a list.
func IsProxies(header string) bool {
	w, ok := lookup(key(header))
	return ok && w.kind == Listed
}

const betweenAddresses = "+,;| \t\r\n"

// typeOf returns the length of the type at the start of an address, with its
// colon: that of "SMTP:", "X500:". It is 0 if there is none.
func typeOf(text string) int {
	const most = 8
	for i := range min(len(text), most) {
		switch c := text[i]; {
		case c == ':' && i > 1:
			return i + 1
		case 'a' <= c|0x20 && c|0x20 <= 'z', i > 0 && '0' <= c && c <= '9':
		default:
			return 0
		}
	}
	return 0
}

// nextAddress returns where the next address begins, or the end of the text.
func nextAddress(text string) int {
	for i := 1; i < len(text); i++ {
		if strings.IndexByte(betweenAddresses, text[i-1]) >= 0 && typeOf(text[i:]) > 0 {
			return i
		}
	}
	return len(text)
}
