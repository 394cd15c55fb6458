/* How the launcher itself says an error: as cli/src/output/report.ts prints it, for people or as a document. */
#include <stdio.h>
#include <string.h>

#include "launcher.h"

/* Options of ours that take the next word: those of cli/src/run/recording-options.ts, and the common ones. */
static const char *const with_value[] = {"-C", "--color", "--tracer", "-n", "--name", "--hash", "--tag", "--composite", "--json-file"};

static bool takes_next(const char *word) {
  for (size_t i = 0; i < sizeof with_value / sizeof *with_value; i++)
    if (!strcmp(word, with_value[i])) return true;
  return false;
}

/* Past the options at the front; `json`: one of them asks for a document. */
static char *const *past_options(char *const *word, bool *json) {
  for (; *word && **word == '-' && strcmp(*word, "--") && strcmp(*word, "-"); word++) {
    if (!strcmp(*word, "--json")) *json = true;
    if (takes_next(*word) && word[1]) word++;
  }
  return word;
}

bool words_record(char *const *words) {
  bool json = false;
  char *const *verb = past_options(words, &json);
  return *verb && (!strcmp(*verb, "run") || !strcmp(*verb, "build"));
}

/* An option of the command that is run does not make the error a document. */
bool words_ask_for_json(char *const *words) {
  bool json = false;
  char *const *verb = past_options(words, &json);
  if (words_record(words)) past_options(verb + 1, &json);
  else
    for (; *verb && strcmp(*verb, "--"); verb++) json |= !strcmp(*verb, "--json");
  return json;
}

void refusal_print(const struct refusal *it, bool json) {
  static const char *const text = "error: %s [%s]\n  %s\n  → %s\n";
  static const char *const document = "{\n  \"schema\": \"roar.error/1\",\n  \"error\": {\n    \"code\": \"%s\",\n    \"message\": \"%s\",\n    \"cause\": \"%s\",\n"
                                      "    \"remedy\": [\n      \"%s\"\n    ],\n    \"docs\": \"errors/%s\",\n    \"data\": {}\n  }\n}\n";
  if (json) fprintf(stderr, document, it->code, it->message, it->cause, it->remedy, it->code);
  else fprintf(stderr, text, it->message, it->code, it->cause, it->remedy);
}
