/* SPDX-License-Identifier: Apache-2.0
 *
 * OIL's grammar: what can be said without knowing any object or attribute. More is accepted than
 * the standard allows (objects inside and outside of CPU and OS, a missing `;` behind a block), so
 * that the files of other systems need no edit.
 */
%code top {
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
}
%code requires {
#include "oilc.h"
#include "syntax.h"

typedef void *yyscan_t;
#define YYLLOC_DEFAULT(current, rhs, n) \
    ((current) = (n) ? YYRHSLOC(rhs, 1) : YYRHSLOC(rhs, 0))
}
%code provides {
int yylex(YYSTYPE *value, YYLTYPE *place, yyscan_t scanner);
}
%code {
#include "diag.h"

static void yyerror(const YYLTYPE *place, struct oilc *oilc, yyscan_t scanner, const char *text);
}

%define api.pure full
%define api.location.type {struct place}
%define parse.error custom
%define parse.lac full
%locations
%parse-param {struct oilc *oilc}
%param {yyscan_t scanner}

%union {
    struct value value;
    const char *text;
    struct attributes attributes;
    struct attribute *attribute;
    struct rules rules;
    struct rule *rule;
    struct choices choices;
    struct choice *choice;
    struct ranges ranges;
    struct limits limits;
    const struct value *standard;
    bool flag;
}

%token <value> NAME "a name" NUMBER "a number" STRING "a string"
%token END 0 "the end of the file"
%token <value> IMPLEMENTATION "IMPLEMENTATION" WITH_AUTO "WITH_AUTO"
%token RANGE "`..`" ';' "`;`" '{' "`{`" '}' "`}`" '=' "`=`" ':' "`:`" ',' "`,`" '[' "`[`" ']' "`]`"

%type <text> description
%type <value> name value
%type <attributes> items block
%type <attribute> assignment
%type <rules> rules
%type <rule> rule
%type <choices> choices
%type <choice> choice
%type <ranges> ranges
%type <limits> limits
%type <standard> standard
%type <flag> with_auto multiple

%%

file:
    items                           { syntax_stray(oilc, $items); }
    ;

/* Objects go into oilc->definitions wherever they stand; attributes belong to what is around. */
items:
    %empty                          { $$ = (struct attributes){0}; }
  | items assignment                { $$ = syntax_append($1, $2); }
  | items object                    { $$ = $1; }
  | items implementation            { $$ = $1; }
  | items error ';'                 { $$ = $1; }
    ;

assignment:
    name '=' value description ';'  { $$ = syntax_attribute(oilc, $name, $value, NULL, $description); }
  | name '=' value block[params] description block_end
                                    { $$ = syntax_attribute(oilc, $name, $value, &$params, $description); }
    ;

object:
    name[kind] name description ';' { syntax_object(oilc, $kind, $2, (struct attributes){0}, $description); }
  | name[kind] name block description block_end
                                    { syntax_object(oilc, $kind, $2, $block, $description); }
    ;

block:
    open items '}'                  { oilc->nesting--; $$ = $items; }
  | open items error '}'            { oilc->nesting--; $$ = $items; }
    ;

open:
    '{'                             { if (!syntax_enter(oilc, @1)) YYABORT; }
    ;

block_end:
    ';'
  | %empty                          { syntax_block_end(oilc); }
    ;

description:
    %empty                          { $$ = ""; }
  | ':' STRING                      { $$ = $STRING.text; }
    ;

name:
    NAME
    ;

value:
    NAME
  | NUMBER
  | STRING
    ;

/* IMPLEMENTATION sections: which attributes there are. */
implementation:
    IMPLEMENTATION name open kinds '}' description block_end
                                    { oilc->nesting--; }
    ;

kinds:
    %empty
  | kinds name open rules '}' description block_end
                                    { if (!syntax_count(oilc, @2)) YYABORT;
                                      oilc->nesting--;
                                      syntax_kind(oilc, $name, $rules); }
  | kinds name ';'
  | kinds error ';'
    ;

rules:
    %empty                          { $$ = (struct rules){0}; }
  | rules rule                      { $$ = syntax_append_rule($1, $2); }
  | rules error ';'                 { $$ = $1; }
    ;

rule:
    NAME[type] with_auto limits NAME[what] multiple standard description ';'
                                    { if (!syntax_count(oilc, @1)) YYABORT;
                                      $$ = syntax_rule(oilc, $type, $what, $limits, $standard);
                                      $$->with_auto = $with_auto;
                                      $$->multiple = $multiple; }
    ;

with_auto:
    %empty                          { $$ = false; }
  | WITH_AUTO                       { $$ = true; }
    ;

limits:
    %empty                          { $$ = (struct limits){0}; }
  | '[' NUMBER[low] RANGE NUMBER[high] ']'
                                    { $$ = (struct limits){.ranges = syntax_range(oilc, $low, $high)}; }
  | '[' ranges ']'                  { $$ = (struct limits){.ranges = $ranges.first}; }
  | '[' choices ']'                 { $$ = (struct limits){.choices = $choices.first}; }
    ;

ranges:
    NUMBER                          { $$ = syntax_append_range((struct ranges){0}, syntax_range(oilc, $1, $1)); }
  | ranges ',' NUMBER               { $$ = syntax_append_range($1, syntax_range(oilc, $3, $3)); }
    ;

choices:
    choice                          { $$ = syntax_append_choice((struct choices){0}, $1); }
  | choices ',' choice              { $$ = syntax_append_choice($1, $3); }
    ;

choice:
    name description                { if (!syntax_count(oilc, @1)) YYABORT;
                                      $$ = syntax_choice(oilc, $name, (struct rules){0}); }
  | name open rules '}' description
                                    { if (!syntax_count(oilc, @1)) YYABORT;
                                      oilc->nesting--;
                                      $$ = syntax_choice(oilc, $name, $rules); }
    ;

multiple:
    %empty                          { $$ = false; }
  | '[' ']'                         { $$ = true; }
    ;

standard:
    %empty                          { $$ = NULL; }
  | '=' value                       { $$ = syntax_default(oilc, $value); }
    ;

%%

static void yyerror(const YYLTYPE *place, struct oilc *oilc, yyscan_t scanner, const char *text)
{
    (void)scanner;
    error_at(oilc, *place, "%s", text);
}

/* The words that would have been right, unless they are many. */
static int yyreport_syntax_error(const yypcontext_t *context, struct oilc *oilc, yyscan_t scanner)
{
    enum { MANY = 5 };
    const char *names[MANY + 1] = {NULL};
    yysymbol_kind_t expected[MANY];
    const yysymbol_kind_t found = yypcontext_token(context);
    const int count = yypcontext_expected_tokens(context, expected, MANY);
    int kept = 0;

    (void)scanner;
    for (int i = 0; i < count; i++)
        if (expected[i] != YYSYMBOL_IMPLEMENTATION)
            names[kept++] = yysymbol_name(expected[i]);
    if (found == YYSYMBOL_YYEOF)
        syntax_end(oilc, *yypcontext_location(context), names);
    else
        syntax_error(oilc, *yypcontext_location(context), names, yysymbol_name(found));
    return 0;
}
