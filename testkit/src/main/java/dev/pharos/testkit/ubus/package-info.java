// SPDX-License-Identifier: Apache-2.0
/// A ubusd for tests, true to the wire.
@NullMarked
package dev.pharos.testkit.ubus;

import org.jspecify.annotations.NullMarked;
