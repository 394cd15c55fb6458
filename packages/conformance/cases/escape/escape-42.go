// title: a Go program of any size that is linked with libc calls the kernel itself
// owed: E=Y P=N T=Y
// gaps: direct-syscall
// flags: cgo
package main

// #include <unistd.h>
import "C"

import (
	"fmt"
	"net/http"
	"os"
)

// More than a moderate size of code: no search for instructions reaches its end.
var large = http.ListenAndServe

func main() {
	text, err := os.ReadFile("a")
	if err == nil {
		err = os.WriteFile("n", text, 0o644)
	}
	say, _ := os.OpenFile(os.Getenv("CASE_EXPECT"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	for _, fact := range []string{"R a", "C n", "W n"} {
		fmt.Fprintln(say, int(C.getpid()), fact)
	}
	fmt.Fprint(say, "job in a\njob out n\n")
	if err != nil || large == nil {
		panic(err)
	}
}
