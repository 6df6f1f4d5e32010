// Package check finds what is wrong with the sentences of a language. Tests of
// the packages that hold some call it.
package check

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Texts returns every text of a struct by its place in it, such as
// ".Letter.Title" or ".Kinds[spam]". What a pointer leads to is not of it.
func Texts(language any) map[string]string {
	all := map[string]string{}
	var walk func(path string, v reflect.Value)
	walk = func(path string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			all[path] = v.String()
		case reflect.Struct:
			for i := range v.NumField() {
				walk(path+"."+v.Type().Field(i).Name, v.Field(i))
			}
		case reflect.Array:
			for i := range v.Len() {
				walk(path+"["+string(rune('a'+i))+"]", v.Index(i))
			}
		case reflect.Map:
			for _, key := range v.MapKeys() {
				walk(path+"["+key.String()+"]", v.MapIndex(key))
			}
		}
	}
	walk("", reflect.ValueOf(language))
	return all
}

var place = regexp.MustCompile(`\{[^{}]*\}`)

// Places returns the places of a sentence, sorted: "{company}".
func Places(text string) []string {
	found := place.FindAllString(text, -1)
	slices.Sort(found)
	return found
}

// Missing returns what a language lacks beside the English one, or has too
// much: a sentence, a text, a place. Some texts may be empty.
func Missing(english, own map[string]string, mayBeEmpty ...string) (problems []string) {
	for path := range english {
		if _, ok := own[path]; !ok {
			problems = append(problems, path+" is missing")
		}
	}
	for path, text := range own {
		model, ok := english[path]
		switch {
		case !ok:
			problems = append(problems, path+" is not there in English")
		case text == "" && !slices.Contains(mayBeEmpty, path):
			problems = append(problems, path+" is empty")
		case text != "" && !slices.Equal(Places(model), Places(text)):
			problems = append(problems,
				fmt.Sprintf("%s has the places %v, and in English %v", path, Places(text), Places(model)))
		case len(Places(text)) != strings.Count(text, "{") || len(Places(text)) != strings.Count(text, "}"):
			problems = append(problems, path+" has a brace that is of no place")
		}
	}
	slices.Sort(problems)
	return problems
}

// InEnglish returns the texts with letters that are the same as in English,
// sorted.
func InEnglish(english, own map[string]string) (paths []string) {
	for path, text := range own {
		if text == english[path] && strings.ContainsFunc(place.ReplaceAllString(text, ""), unicode.IsLetter) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// Lines returns what keeps texts from standing in one line, in a header or in
// a sentence.
func Lines(own map[string]string) (problems []string) {
	for path, text := range own {
		switch {
		case strings.ContainsFunc(text, unicode.IsControl):
			problems = append(problems, path+" is more than one line")
		case strings.Contains(text, "=?"):
			problems = append(problems, path+" would end a header")
		case strings.Contains(text, "  "):
			problems = append(problems, path+" has two spaces")
		}
	}
	slices.Sort(problems)
	return problems
}
