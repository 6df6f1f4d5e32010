package host

// Provider is who looks after the partners and writes to them. The zero value
// is not named.
type Provider struct {
	Name    string // for people: "Contoso Distribution"
	ReplyTo string // whom a reply reaches: "Contoso Desk <desk@contoso.example>"; "": the sender
	Phone   string // answered by people: "+1 425 555 0100"; "": none
}
