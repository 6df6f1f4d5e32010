package mail_test

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/mail"
)

// scripted is a mail server that gives these answers to MAIL, RCPT, DATA and a
// message, and to everything else 250. It tells how many lines came at a time.
type scripted struct {
	address  string
	pipeline bool
	answers  map[string]string // by the command; "." is the end of a message
	together chan int          // of each message: the lines that were there with MAIL
	messages chan string       // as they came, with the dots
}

func newScripted(t *testing.T, pipeline bool, answers map[string]string) *scripted {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := &scripted{address: listener.Addr().String(), pipeline: pipeline, answers: answers,
		together: make(chan int, 9), messages: make(chan string, 9)}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go s.serve(conn)
		}
	}()
	return s
}

func (s *scripted) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	r := bufio.NewReader(conn)
	say := func(text string) { _, _ = fmt.Fprintf(conn, "%s\r\n", text) }
	say("220 localhost")
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		word := strings.ToUpper(strings.FieldsFunc(line, func(r rune) bool { return r <= ' ' })[0])
		answer, known := s.answers[word]
		switch {
		case word == "EHLO" && s.pipeline:
			answer = "250-localhost\r\n250 PIPELINING"
		case word == "DATA" && !known:
			answer = "354 go on"
		case !known:
			answer = "250 fine"
		}
		if word == "MAIL" {
			ahead, _ := r.Peek(r.Buffered())
			s.together <- 1 + strings.Count(string(ahead), "\r\n")
		}
		say(answer)
		if word != "DATA" || !strings.HasPrefix(answer, "354") {
			continue
		}
		var message strings.Builder
		for line != ".\r\n" {
			if line, err = r.ReadString('\n'); err != nil {
				return
			}
			message.WriteString(line)
		}
		s.messages <- message.String()
		say("250 taken")
	}
}

func TestCommandsGoTogetherWhereTheServerTakesThat(t *testing.T) {
	t.Parallel()
	const refused = "550 5.1.1 nobody"
	for _, tt := range []struct {
		name      string
		why       string
		pipeline  bool
		answers   map[string]string
		together  int
		permanent bool
		problem   string
	}{
		{"one by one", "the server does not say that it takes more", false, nil, 1, false, ""},
		{"together", "it does", true, nil, 3, false, ""},
		{"a refused recipient", "the answer to RCPT counts, not the one to DATA", true,
			map[string]string{"RCPT": refused, "DATA": "554 5.5.1 nobody to send to"}, 3, true,
			"the mail server refused the recipient (550 5.1.1)"},
		{"a refused recipient, and the server wants the message", "nothing is sent to nobody", true,
			map[string]string{"RCPT": refused}, 3, true, "the mail server refused the recipient (550 5.1.1)"},
		{"a refused recipient, one by one", "nothing is asked after that", false,
			map[string]string{"RCPT": refused, "DATA": "500 not to be asked"}, 1, true,
			"the mail server refused the recipient (550 5.1.1)"},
		{"a refused sender", "the first refusal counts", true,
			map[string]string{"MAIL": "451 4.3.0 later", "RCPT": refused, "DATA": "503 no sender"}, 3, false,
			"the mail server refused the sender (451 4.3.0)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := newScripted(t, tt.pipeline, tt.answers)
			sender, err := mail.NewSender(mail.SenderOptions{Server: server.address, From: "alerts@contoso.com", Pool: 1})
			require.NoError(t, err)
			defer func() { require.NoError(t, sender.Close()) }()
			for range 2 { // the connection is as good as before
				err = sender.Notify(t.Context(), notification())
				assert.Equal(t, tt.together, <-server.together, tt.why)
				if tt.problem == "" {
					require.NoError(t, err, tt.why)
					continue
				}
				require.ErrorContains(t, err, tt.problem, tt.why)
				assert.Equal(t, tt.permanent, partner.IsPermanent(err), tt.why)
			}
			assert.Len(t, server.messages, map[bool]int{true: 2}[tt.problem == ""], tt.why)
		})
	}
}

func TestALineThatBeginsWithADotGetsAnother(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, message, want string }{
		{"none", "a\r\nb.\r\n", "a\r\nb.\r\n.\r\n"},
		{"first, last and alone", ".a\r\n.\r\n..b\r\n", "..a\r\n..\r\n...b\r\n.\r\n"},
		{"no end of the last line", "a\r\n.b", "a\r\n..b\r\n.\r\n"},
		{"bare line feeds", "a\n.b\n", "a\r\n..b\r\n.\r\n"},
		{"empty lines", "a\r\n\r\n\r\nb\r\n", "a\r\n\r\n\r\nb\r\n.\r\n"},
		{"nothing", "", ".\r\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			w := bufio.NewWriter(&b)
			require.NoError(t, mail.WriteDotted(w, []byte(tt.message)))
			require.NoError(t, w.Flush())
			assert.Equal(t, tt.want, b.String())
		})
	}
}
