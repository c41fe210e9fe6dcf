// SPDX-License-Identifier: Apache-2.0
/// Test doubles that are real parts: they keep every promise of the interface they stand for, and only leave
/// out the network or the passing of time.
@NullMarked
package dev.pharos.testkit;

import org.jspecify.annotations.NullMarked;
