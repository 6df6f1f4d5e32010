package csvfile

import (
	"golang.org/x/text/encoding/charmap"

	"github.com/cspkit/partner/examples/internal/columns"
)

// others are the encodings in which a header may make more sense than in
// Windows-1252. Of two that are as good, the first is named.
var others = [...]struct {
	name string
	*charmap.Charmap
}{
	{"windows-1250", charmap.Windows1250},
	{"iso-8859-2", charmap.ISO8859_2},
	{"cp850", charmap.CodePage850},
	{"cp852", charmap.CodePage852},
	{"macintosh", charmap.Macintosh},
}

// betterEncoding returns the encoding in which more columns are understood than
// in the guessed one. It returns "" if there is none.
func (f *File) betterEncoding() string {
	if !f.options.Guessed {
		return ""
	}
	var octets []string
	for _, c := range f.mapping.Columns {
		text, err := charmap.Windows1252.NewEncoder().String(c.Header)
		if err != nil {
			return ""
		}
		octets = append(octets, text)
	}
	understood := func(in *charmap.Charmap) int {
		cells := make([]string, len(octets))
		for i, text := range octets {
			cells[i], _ = in.NewDecoder().String(text) // each octet is a character
		}
		return len(cells) - len(columns.Read(cells).Unknown())
	}
	best, most := "", understood(charmap.Windows1252)
	for _, o := range others {
		if n := understood(o.Charmap); n > most {
			best, most = o.name, n
		}
	}
	return best
}
