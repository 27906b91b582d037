# SPDX-License-Identifier: Apache-2.0
# Guests that differ in how many objects they have: KIND-COUNT is the sources in bench/growth/KIND with the OIL file that
# make_oil.py makes of both words.

growth := $(addprefix priorities-,2 8 31 32 64 128) $(addprefix one_priority-,2 8 32) $(addprefix alarms-,1 10 100 1000)
growth_dir := $(BUILD)/guests/bench/growth
growth_oils := $(growth:%=$(growth_dir)/%.oil)
growth_bins := $(foreach g,$(growth),$(growth_dir)/$(g)/$(g).bin)

$(growth_dir)/%.oil: bench/growth/make_oil.py
	$(Q)mkdir -p $(@D)
	$(Q)python3 $< $(subst -, ,$*) > $@
