# SPDX-License-Identifier: Apache-2.0
"""The laboratory: real Xen, real dom0 and real toolstack under QEMU, for people and for tests.

Standard library only. The command line is ``python3 -m tools.lab CMD``, run from the repository
root; tests import the modules. docs/LAB.md is the guide.
"""
