/*
 * The functions of commands.def: each runs one command and gives how it ended.
 */
#pragma once

#include "cli/options.h"

#define COMMAND(name, function, ...) enum ending function(struct cli *c);
#include "cli/commands.def"
