# SPDX-License-Identifier: Apache-2.0
app_drivers := gpio pins
